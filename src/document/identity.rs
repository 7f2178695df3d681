//! What files and stories are known by: hashes of content, never names or paths, so that a moved file keeps its notes.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Article, ResourceState};
use unicode_normalization::UnicodeNormalization;

/// SHA-256 of a file's bytes, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(String);

/// SHA-256 of a story's canonical content, in lower-case hexadecimal: the text of every block, in NFC, white space
/// collapsed, one block a line. Styles, metadata and what is shown do not change it, so a better importer keeps it. A
/// story without text is known by its address, or by its images.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoryId(String);

impl SourceId {
    /// From digits that [`Self::as_str`] gave.
    pub fn from_digits(digits: String) -> Self {
        Self(digits)
    }

    /// The hash of a file's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl StoryId {
    pub(super) fn of(article: &Article) -> Self {
        let mut hash = Sha256::new();
        let mut has_text = false;
        for block in &article.blocks {
            has_text |= hash_words(&mut hash, &normalized(&block.plain_text()));
        }
        if !has_text {
            if let Some(url) = article.metadata.url.value() {
                hash.update(url.as_bytes());
            }
            for resource in &article.resources {
                match &resource.state {
                    ResourceState::Here { bytes } => hash.update(bytes),
                    ResourceState::Absent { name } => hash.update(name.as_bytes()),
                    ResourceState::Remote { url } => hash.update(url.as_bytes()),
                }
            }
        }
        Self(hex(&hash.finalize()))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text in normalization form C. Most text is in it: what lies below U+0300 and the punctuation of U+2010 to U+205E
/// composes with nothing before it and is its own normal form (Unicode's DerivedNormalizationProps), so that only text with
/// other characters has to be looked at closely.
fn normalized(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c < '\u{300}' || ('\u{2010}'..='\u{205E}').contains(&c);
    if text.is_ascii() || text.chars().all(is_plain) { text.into() } else { text.nfc().collect::<String>().into() }
}

/// Hashes a block's words, apart by one space, and a line feed; `false` where it has none.
fn hash_words(hash: &mut Sha256, text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    hash.update(first.as_bytes());
    for word in words {
        hash.update(b" ");
        hash.update(word.as_bytes());
    }
    hash.update(b"\n");
    true
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, OmissionReason, RichText};

    #[test]
    fn a_source_is_its_bytes() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(SourceId::of(b"").as_str(), empty);
    }

    #[test]
    fn a_story_is_its_text_whatever_is_shown() {
        let story =
            |text: &str| Article { blocks: vec![Block::paragraph(RichText::plain(text))], ..Article::default() };
        let mut cleaned = story("One  ferry.");
        cleaned.blocks[0].omitted = Some(OmissionReason::Share);
        assert_eq!(story("One ferry.").story_id(), cleaned.story_id());
        assert_ne!(story("One ferry.").story_id(), story("Two ferries.").story_id());
    }
}
