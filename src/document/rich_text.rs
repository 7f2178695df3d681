//! Text with styled spans. Spans are byte ranges beside the string rather than a tree around its pieces, so that an
//! offset in the text is an offset in the story.

use serde::{Deserialize, Serialize};

use super::{ResourceId, TextRange};

/// Stands in the text where an inline image does (U+FFFC, as in W3C's and accessibility's text models).
pub const OBJECT_REPLACEMENT: char = '\u{FFFC}';

/// A string and the styles of its parts. White space has been collapsed by the importer; a line feed is a kept line
/// break.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RichText {
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    spans: Vec<Span>,
}

/// A styled part of a [`RichText`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// UTF-8 byte offsets in the rich text's own string.
    pub range: TextRange,
    /// What the part is.
    pub style: InlineStyle,
}

/// What a part of a text is. Spans may nest and overlap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InlineStyle {
    /// Strong importance; set bold.
    Strong,
    /// Stress; set italic.
    Emphasis,
    /// Underlined without being a link.
    Underline,
    /// Struck through.
    Strikethrough,
    /// Computer code.
    Code,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Marked by the source (`<mark>`, `==…==`).
    Highlight,
    /// A link.
    Link {
        /// An absolute address, or `#name` for a place in the story.
        target: String,
    },
    /// An inline image, over one [`OBJECT_REPLACEMENT`].
    Image {
        /// The image.
        image: ResourceId,
        /// The alternative text.
        alt: String,
    },
    /// Ruby (furigana) over the base text.
    Ruby {
        /// The annotation.
        annotation: String,
    },
    /// Text in another language.
    Language {
        /// BCP 47 tag.
        tag: String,
    },
}

impl RichText {
    /// Text without styles.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), spans: Vec::new() }
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The spans, in the order they were opened.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends plain text.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends text in a style and gives its range.
    pub fn push_styled(&mut self, text: &str, style: InlineStyle) -> TextRange {
        let start = self.text.len();
        self.text.push_str(text);
        let range = TextRange::new(start, self.text.len());
        self.add_span(range, style);
        range
    }

    /// Styles a part. A range that is empty, out of bounds or inside a character is ignored: it styles nothing.
    pub fn add_span(&mut self, range: TextRange, style: InlineStyle) {
        if !range.is_empty() && self.text.get(range.start..range.end).is_some() {
            self.spans.push(Span { range, style });
        }
    }

    /// Appends another text with its spans.
    pub fn append(&mut self, other: &Self) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.spans.extend(
            other.spans.iter().map(|span| Span { range: span.range.shifted(offset), style: span.style.clone() }),
        );
    }

    /// The text without white space at its ends, spans moved along. Images stay.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        if start == 0 && end == self.text.len() {
            return self;
        }
        let range = TextRange::new(start, end);
        let mut out = Self::plain(self.text.trim());
        for span in self.spans {
            if let Some(part) = span.range.intersection(range) {
                out.add_span(TextRange::new(part.start - start, part.end - start), span.style);
            }
        }
        out
    }

    /// The address of the link at a byte offset.
    pub fn link_at(&self, offset: usize) -> Option<&str> {
        self.spans.iter().find_map(|span| match &span.style {
            InlineStyle::Link { target } if span.range.contains(offset) => Some(target.as_str()),
            _ => None,
        })
    }

    /// Whether every span lies in the text on characters' borders; what comes from a file is checked with it.
    pub fn is_valid(&self) -> bool {
        self.spans.iter().all(|s| !s.range.is_empty() && self.text.get(s.range.start..s.range.end).is_some())
    }
}

impl From<&str> for RichText {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_moves_spans_along() {
        let mut text = RichText::plain("  a ");
        text.push_styled("bold ", InlineStyle::Strong);
        let text = text.trimmed();
        assert_eq!(text.as_str(), "a bold");
        assert_eq!(text.spans()[0].range, TextRange::new(2, 6));
    }

    #[test]
    fn spans_outside_the_text_are_ignored() {
        let mut text = RichText::plain("é");
        for (start, end) in [(0, 1), (0, 9), (1, 1), (2, 2)] {
            text.add_span(TextRange { start, end }, InlineStyle::Strong);
        }
        assert!(text.spans().is_empty());
    }
}
