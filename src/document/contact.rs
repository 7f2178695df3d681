//! What a page would have fetched from elsewhere had it been opened in a browser. Facts about a source: Recto fetches
//! none of it, and a story's identity does not depend on it.

use serde::{Deserialize, Serialize};

/// An address that a page would have called on by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contact {
    /// The address, absolute where the source says what it is relative to.
    pub address: String,
    /// What for.
    pub kind: ContactKind,
}

/// What an address would have been called on for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactKind {
    /// A program.
    Script,
    /// A style sheet.
    Style,
    /// A font.
    Font,
    /// Another page in a frame.
    Frame,
    /// An image.
    Image,
    /// A video, a sound or their subtitles.
    Media,
    /// An image too small to see, or an address that is told of a click: it counts visits.
    Beacon,
    /// A connection made or a file fetched ahead of need.
    Prefetch,
}

impl Contact {
    /// A contact.
    pub fn new(address: impl Into<String>, kind: ContactKind) -> Self {
        Self { address: address.into(), kind }
    }
}

impl ContactKind {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Style => "style sheet",
            Self::Font => "font",
            Self::Frame => "frame",
            Self::Image => "image",
            Self::Media => "video or sound",
            Self::Beacon => "tracking pixel",
            Self::Prefetch => "fetched ahead",
        }
    }
}
