//! What is told of a name.

use serde::{Deserialize, Serialize};

use crate::document::TextRange;

/// A person, an organisation or a place, or what is named like one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The fullest name that the story has for it, where that stands first.
    pub range: TextRange,
    /// What it is the name of.
    pub kind: NameKind,
    /// What is said of a person where they are introduced: "former commander of the guard".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<TextRange>,
    /// Its abbreviation, where the story states one beside the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<TextRange>,
    /// Everywhere it stands, in whatever form, rising.
    pub mentions: Vec<TextRange>,
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A person.
    Person,
    /// A body, company, club, party or medium.
    Organisation,
    /// A country, region, city, building, mountain or water.
    Place,
    /// Nothing tells.
    Unknown,
}

impl NameKind {
    /// What a person is told, and the heading of a group of them.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Organisation => "Organisations",
            Self::Place => "Places",
            Self::Unknown => "Other names",
        }
    }
}
