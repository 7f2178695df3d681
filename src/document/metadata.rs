//! What is known about a story, each value with where it was read. Sources that disagree are all kept; the first reading
//! is the most trustworthy and is the one shown. What is not stated has no reading.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::StatedDate;
use crate::text::Direction;

/// What is known. Names follow Dublin Core and schema.org where they have one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The headline.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub title: Readings<String>,
    /// The site, newspaper or publisher.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub site: Readings<String>,
    /// The authors, in the order they are named.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub authors: Readings<Vec<String>>,
    /// When it was published.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub published: Readings<StatedDate>,
    /// When it was last changed by its publisher.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub modified: Readings<StatedDate>,
    /// BCP 47 tag.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub language: Readings<String>,
    /// Base direction.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub direction: Readings<Direction>,
    /// The address it was published at.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub url: Readings<String>,
    /// When the file was saved from the web.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub saved: Readings<StatedDate>,
    /// The reading time that the source states, in minutes.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub stated_minutes: Readings<u32>,
    /// The publisher's own summary.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub description: Readings<String>,
    /// The publisher's or the person's keywords.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub tags: Readings<Vec<String>>,
    /// Whether it was read, as the service says that it was exported from.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub state: Readings<ReadState>,
    /// Whether the person had marked it as one of the best.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub favorite: Readings<bool>,
    /// How far it had been read, in per cent.
    #[serde(skip_serializing_if = "Readings::is_empty")]
    pub read_percent: Readings<u8>,
    /// Words of the shown body, counted.
    pub words: usize,
    /// Minutes to read them, computed.
    pub minutes: usize,
}

/// What a person had done with a story in the service that it was exported from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadState {
    /// It waited to be read.
    Unread,
    /// It was begun, or meant to be read next.
    Reading,
    /// It was read or put away.
    Archived,
}

impl fmt::Display for ReadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unread => "unread",
            Self::Reading => "reading",
            Self::Archived => "archived",
        })
    }
}

/// All readings of one value, the most trustworthy first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Readings<T>(Vec<Reading<T>>);

/// A value and where it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub from: Provenance,
}

/// Where a value was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// A line of a text file, from 1.
    Line(usize),
    /// A `meta` element, by its name or property.
    Meta(String),
    /// A key of the page's JSON-LD.
    JsonLd(String),
    /// A microdata property.
    Microdata(String),
    /// An element of the page, as a selector (`h1`, `time`, `link[rel=canonical]`).
    Element(String),
    /// An attribute of the page's root (`lang`, `dir`).
    Attribute(String),
    /// A key of a Markdown file's front matter.
    FrontMatter(String),
    /// A header line of an e-mail or MHTML file.
    Header(String),
    /// A comment that the program left that saved the page.
    SavedBy(String),
    /// A field of an export (wallabag, Omnivore …).
    Field(String),
    /// The visible text, where no line or element can be named.
    Text,
    /// The file's name.
    FileName,
    /// The file's time of last change.
    FileTime,
    /// Computed from the text.
    Computed,
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number}"),
            Self::Meta(name) => write!(f, "meta {name}"),
            Self::JsonLd(key) => write!(f, "JSON-LD {key}"),
            Self::Microdata(property) => write!(f, "microdata {property}"),
            Self::Element(selector) => write!(f, "element {selector}"),
            Self::Attribute(name) => write!(f, "attribute {name}"),
            Self::FrontMatter(key) => write!(f, "front matter {key}"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::SavedBy(program) => write!(f, "{program}"),
            Self::Field(name) => write!(f, "field {name}"),
            Self::Text => f.write_str("text"),
            Self::FileName => f.write_str("file name"),
            Self::FileTime => f.write_str("file time"),
            Self::Computed => f.write_str("computed"),
        }
    }
}

impl<T> Default for Readings<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Readings<T> {
    /// Adds a reading behind those that are there; one that is there already is not added twice.
    pub fn add(&mut self, value: T, from: Provenance) {
        let reading = Reading { value, from };
        if !self.0.contains(&reading) {
            self.0.push(reading);
        }
    }

    /// Puts a reading before all others: it is the one to show.
    pub fn put_first(&mut self, value: T, from: Provenance) {
        let reading = Reading { value, from };
        self.0.retain(|known| *known != reading);
        self.0.insert(0, reading);
    }

    /// Adds a computed value.
    pub fn compute(&mut self, value: T) {
        self.add(value, Provenance::Computed);
    }

    /// The readings whose value differs from the one shown.
    pub fn disagreeing(&self) -> impl Iterator<Item = &Reading<T>> {
        let shown = self.value();
        self.0.iter().filter(move |reading| Some(&reading.value) != shown)
    }
}

impl<T> Readings<T> {
    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The most trustworthy reading.
    pub fn first(&self) -> Option<&Reading<T>> {
        self.0.first()
    }

    /// The value to show.
    pub fn value(&self) -> Option<&T> {
        self.0.first().map(|reading| &reading.value)
    }

    /// All readings, the most trustworthy first.
    pub fn iter(&self) -> std::slice::Iter<'_, Reading<T>> {
        self.0.iter()
    }
}
