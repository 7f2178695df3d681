//! What is told of a date.

use serde::{Deserialize, Serialize};

use crate::document::{StatedDate, TextRange};

/// A date that a story speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateMention {
    /// Its words.
    pub range: TextRange,
    /// The days it may mean; none where it is relative and no publication date is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// How it is known.
    pub how: How,
    /// The sentence that it stands in.
    pub sentence: TextRange,
}

/// How a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The text states it in full.
    Stated,
    /// Computed from the publication date.
    Resolved,
    /// It is relative to a day that is not known.
    Unresolved,
}

impl How {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Resolved => "resolved from the publication date",
            Self::Unresolved => "relative to a day that is not known",
        }
    }
}

/// A day, or a span of days as wide as what is stated: a month, a season, a decade, from one year to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// As ISO 8601-2 writes it (EDTF, level 2): `2026-03-12`, `2026-03`, `199X`, `2025-22` a summer, `2025-35` a third quarter,
    /// `1939/1945`; `~` about.
    pub iso: String,
    /// Its first day.
    pub first: StatedDate,
    /// Its last day.
    pub last: StatedDate,
}
