//! One run of text on its way to becoming a block: white space collapsed as HTML says, styles as spans, line breaks kept.
//! Knows nothing of the page's elements.

use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{InlineStyle, RichText, TextRange};
use crate::text::line_feeds;

/// Text with styles that may still be open.
#[derive(Debug, Default)]
pub struct Run {
    text: String,
    spans: Vec<(TextRange, InlineStyle)>,
    /// White space since the last word.
    space_due: Space,
    /// Line breaks since the last word.
    breaks_due: usize,
    /// Bytes of words that belong to the article, of all words, and of words in links.
    pub weight: Weight,
    /// Names that links lead here by.
    pub fragments: Vec<String>,
}

/// White space that is due before the next word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Space {
    #[default]
    None,
    /// A space.
    Plain,
    /// There was a line feed in it, which between some letters is none.
    WithFeed,
}

/// How much text there is, in bytes without white space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// In the article, as extraction found it.
    pub kept: usize,
    /// In all.
    pub total: usize,
    /// In links.
    pub linked: usize,
}

impl std::ops::AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.kept += other.kept;
        self.total += other.total;
        self.linked += other.linked;
    }
}

impl Run {
    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the next character will stand.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether the text ends with such a character, and no white space is due behind it.
    pub fn ends_with(&self, is_such: impl Fn(char) -> bool) -> bool {
        self.space_due == Space::None && self.breaks_due == 0 && self.text.chars().next_back().is_some_and(is_such)
    }

    /// Whether a line break is due: two of them end a paragraph.
    pub fn breaks_due(&self) -> usize {
        self.breaks_due
    }

    /// Writes text. White space is collapsed; with `keep_breaks` line feeds are breaks.
    pub fn push(&mut self, text: &str, keep_breaks: bool) {
        for c in text.chars() {
            match c {
                '\n' if keep_breaks => self.push_break(),
                // White space as HTML has it; a no-break space is a character.
                '\n' => self.space_due = Space::WithFeed,
                ' ' | '\t' | '\r' | '\u{C}' => {
                    if self.space_due == Space::None {
                        self.space_due = Space::Plain;
                    }
                }
                // The last stands for an inline image here; in a page it is a leftover of a word processor.
                '\u{FEFF}' | '\0' | OBJECT_REPLACEMENT => {}
                c => self.push_char(c),
            }
        }
    }

    /// Writes one character as it is.
    pub fn push_char(&mut self, c: char) {
        if self.breaks_due > 0 && !self.text.is_empty() {
            self.text.push('\n');
        } else if let Some(before) = self.text.chars().next_back() {
            let is_due = match self.space_due {
                Space::None => false,
                Space::Plain => true,
                Space::WithFeed => line_feeds::is_space(before, c),
            };
            if is_due {
                self.text.push(' ');
            }
        }
        self.breaks_due = 0;
        self.space_due = Space::None;
        self.text.push(c);
    }

    /// A line break.
    pub fn push_break(&mut self) {
        self.breaks_due += 1;
        self.space_due = Space::None;
    }

    /// Styles everything from `start` on, without the white space at its beginning.
    pub fn style(&mut self, start: usize, style: InlineStyle) {
        let Some(styled) = self.text.get(start..) else { return };
        let start = self.text.len() - styled.trim_start().len();
        if start < self.text.len() {
            self.spans.push((TextRange::new(start, self.text.len()), style));
        }
    }

    /// Takes what was written from `start` on out again: text that belongs somewhere else, such as an annotation.
    pub fn cut_from(&mut self, start: usize) -> String {
        let Some(cut) = self.text.get(start..).map(str::to_owned) else { return String::new() };
        self.text.truncate(start);
        for (range, _) in &mut self.spans {
            range.end = range.end.min(start);
        }
        self.spans.retain(|(range, _)| range.start < range.end);
        cut.trim().to_owned()
    }

    /// Takes the text out, white space at its ends trimmed.
    pub fn take(&mut self) -> RichText {
        let mut text = RichText::plain(std::mem::take(&mut self.text));
        // Outer styles were closed last; a reader of the spans expects them first.
        let mut spans = std::mem::take(&mut self.spans);
        spans.reverse();
        spans.sort_by(|(a, _), (b, _)| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        for (range, style) in spans {
            text.add_span(range, style);
        }
        text.trimmed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_breaks_stay() {
        for (pieces, expected) in [
            (&["  a \n b ", " c"][..], "a b c"),
            (&["a", "b"], "ab"),
            (&["a\u{A0} b"], "a\u{A0} b"),
            (&["\u{FFFC}\0"], ""),
            (&["港口的船\n  都没有", "\n", "开。"], "港口的船都没有开。"),
            (&["船が \n", "出る"], "船が出る"),
            (&["他说：\n“走”"], "他说：“走”"),
            (&["港口 船"], "港口 船"),
            (&["港口\nferry\n船"], "港口 ferry 船"),
            (&["배가\n떠난다"], "배가 떠난다"),
        ] {
            let mut run = Run::default();
            for piece in pieces {
                run.push(piece, false);
            }
            assert_eq!(run.take().as_str(), expected);
        }
        let mut run = Run::default();
        run.push_break();
        run.push("one ", false);
        run.push_break();
        run.push(" two\nthree", true);
        run.push_break();
        assert_eq!(run.take().as_str(), "one\ntwo\nthree");
    }

    #[test]
    fn styles_leave_white_space_out() {
        let mut run = Run::default();
        run.push("a ", false);
        let start = run.len();
        run.push("b ", false);
        run.style(start, InlineStyle::Strong);
        run.push("c", false);
        let text = run.take();
        assert_eq!(text.as_str(), "a b c");
        assert_eq!(text.spans()[0].range, TextRange::new(2, 3));
    }
}
