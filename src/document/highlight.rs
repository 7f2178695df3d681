//! What a person had marked in the service that a story comes from: quotes with notes, as the export has them. Marks that
//! are made in Recto are kept elsewhere.

use serde::{Deserialize, Serialize};

use super::{Provenance, StatedDate, TextRange};

/// A highlight of an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// The quoted words as the export has them; empty for a note on the whole story.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// Where they stand in the story's flat text, if they were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// What the person wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Its colour as the service names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<StatedDate>,
    /// Its own keywords.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Where it was read.
    pub from: Provenance,
}

impl Highlight {
    /// A quote without anything else.
    pub fn new(quote: impl Into<String>, from: Provenance) -> Self {
        Self { quote: quote.into(), range: None, note: None, color: None, made: None, tags: Vec::new(), from }
    }
}

/// Finds quotes in a text whatever its white space: services join blocks with one space, a line feed or nothing.
#[derive(Debug)]
pub(super) struct QuoteFinder {
    /// The text without white space.
    packed: String,
    /// Where each byte of it stands in the text.
    offsets: Vec<usize>,
}

impl QuoteFinder {
    pub(super) fn new(text: &str) -> Self {
        let mut finder = Self { packed: String::with_capacity(text.len()), offsets: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices().filter(|(_, c)| is_of_words(*c)) {
            finder.packed.push(c);
            finder.offsets.extend((0..c.len_utf8()).map(|byte| at + byte));
        }
        finder
    }

    /// The first place of a quote at or behind `from`, else the first of all.
    pub(super) fn find(&self, quote: &str, from: usize) -> Option<TextRange> {
        let needle: String = quote.chars().filter(|c| is_of_words(*c)).collect();
        if needle.is_empty() {
            return None;
        }
        let behind = self.offsets.partition_point(|offset| *offset < from);
        let later = self.packed.get(behind..).and_then(|rest| rest.find(&needle)).map(|at| at + behind);
        let start = later.or_else(|| self.packed.find(&needle))?;
        let first = *self.offsets.get(start)?;
        let last = *self.offsets.get((start + needle.len()).checked_sub(1)?)?;
        Some(TextRange::new(first, last + 1))
    }
}

fn is_of_words(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{AD}' | '\u{FEFF}' | super::rich_text::OBJECT_REPLACEMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_whatever_their_white_space() {
        let text = "The ferry\u{A0}sails.\n\nIt sails é daily. The ferry";
        let finder = QuoteFinder::new(text);
        for (quote, from, expected) in [
            ("ferry sails.", 0, Some("ferry\u{A0}sails.")),
            ("sails. It  sails", 0, Some("sails.\n\nIt sails")),
            (" é\ndaily", 0, Some("é daily")),
            ("boat", 0, None),
            ("", 0, None),
            (" ", 0, None),
        ] {
            assert_eq!(finder.find(quote, from).and_then(|range| range.of(text)), expected, "{quote}");
        }
        assert_eq!(finder.find("The ferry", 5).map(|range| range.start > 30), Some(true));
        assert_eq!(finder.find("It sails", text.len()).map(|range| range.start), text.find("It sails"));
    }
}
