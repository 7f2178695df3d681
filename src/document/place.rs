//! Ranges and anchors: places in a story's flat text that survive fonts, widths, clean-up and new versions. No pixels.

use serde::{Deserialize, Serialize};

/// A range of UTF-8 byte offsets, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TextRange {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl TextRange {
    /// A range; an end before the start gives an empty range at the start.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the byte at `offset` is in it.
    pub fn contains(self, offset: usize) -> bool {
        (self.start..self.end).contains(&offset)
    }

    /// The range moved towards the end.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// What two ranges share, if anything.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let range = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (!range.is_empty()).then_some(range)
    }

    /// Its part of a text; `None` where it is out of bounds or inside a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

/// Characters of context on each side of an anchor's quote. W3C's Web Annotation model leaves the number open; 32 is what
/// its reference implementation (Apache Annotator) and Hypothesis keep.
const CONTEXT_CHARS: usize = 32;

/// A place with quoted context: W3C Web Annotation's TextPositionSelector and TextQuoteSelector in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Where it was, in UTF-8 bytes of the flat text.
    pub range: TextRange,
    /// The quoted words; empty for a place between two characters.
    pub exact: String,
    /// What stands before.
    pub prefix: String,
    /// What stands behind.
    pub suffix: String,
}

impl Anchor {
    /// An anchor at a range of `flat`; `None` where the range is out of bounds or inside a character.
    pub fn new(flat: &str, range: TextRange) -> Option<Self> {
        let exact = range.of(flat)?.to_owned();
        let before = flat.get(..range.start)?;
        let after = flat.get(range.end..)?;
        let prefix_at = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
        let suffix_at = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
        Some(Self {
            range,
            exact,
            prefix: before.get(prefix_at..)?.to_owned(),
            suffix: after.get(..suffix_at)?.to_owned(),
        })
    }

    /// Where the anchor is in a text that may have changed: at its old range if the quote still stands there, else where
    /// quote and context agree best. `None` where the quote is gone, or is empty and none of its context is left.
    pub fn find(&self, flat: &str) -> Option<TextRange> {
        let here = self.range.of(flat).is_some_and(|text| text == self.exact);
        if here && self.context_score(flat, self.range) == self.prefix.len() + self.suffix.len() {
            return Some(self.range);
        }
        let needle = if self.exact.is_empty() { self.context_needle()? } else { (self.exact.as_str(), 0) };
        let mut best: Option<(usize, std::cmp::Reverse<usize>, TextRange)> = None;
        for (at, _) in flat.match_indices(needle.0) {
            let start = at + needle.1;
            let range = TextRange::new(start, start + self.exact.len());
            let far = std::cmp::Reverse(start.abs_diff(self.range.start));
            let score = self.context_score(flat, range);
            if best.is_none_or(|(s, f, _)| (score, far) > (s, f)) {
                best = Some((score, far, range));
            }
        }
        best.map(|(_, _, range)| range)
    }

    /// The longer side of the context, and how far into it the place lies.
    fn context_needle(&self) -> Option<(&str, usize)> {
        let (needle, offset) = if self.suffix.len() >= self.prefix.len() {
            (self.suffix.as_str(), 0)
        } else {
            (self.prefix.as_str(), self.prefix.len())
        };
        (!needle.trim().is_empty()).then_some((needle, offset))
    }

    /// Bytes of context that agree around a range, counted outwards from it.
    fn context_score(&self, flat: &str, range: TextRange) -> usize {
        let before = flat.get(..range.start).unwrap_or_default();
        let after = flat.get(range.end..).unwrap_or_default();
        let same_before =
            before.chars().rev().zip(self.prefix.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
        let same_after = after.chars().zip(self.suffix.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
        same_before.sum::<usize>() + same_after.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(flat: &str, quote: &str) -> Anchor {
        let start = flat.find(quote).expect("the quote stands in the text");
        Anchor::new(flat, TextRange::new(start, start + quote.len())).expect("in bounds")
    }

    #[test]
    fn an_anchor_survives_change_around_it() {
        let old = "One ferry. Two ferries. The ferry goes on.";
        for (quote, new, expected) in [
            ("ferry", old, Some(4)),
            ("The ferry", "Zero. One ferry. Two ferries. The ferry goes on.", Some(30)),
            ("ferry goes", "ferry ferry goes on.", Some(6)),
            ("ferries", "Nothing is left.", None),
        ] {
            assert_eq!(anchor(old, quote).find(new).map(|r| r.start), expected, "{quote}");
        }
    }

    #[test]
    fn an_empty_anchor_is_found_by_its_context() {
        let old = "One ferry. Two ferries.";
        let anchor = Anchor::new(old, TextRange::new(11, 11)).expect("in bounds");
        assert_eq!(anchor.find("Zero. One ferry. Two ferries."), Some(TextRange::new(17, 17)));
    }

    #[test]
    fn out_of_bounds_is_no_anchor() {
        assert_eq!(Anchor::new("é", TextRange::new(1, 2)), None);
        assert_eq!(Anchor::new("é", TextRange::new(0, 9)), None);
    }
}
