//! The search for a text in folded form, a window at a time. Knows no regular expression.

use std::ops::Range;

use memchr::memmem::Finder;

use super::borders;
use super::letters::{Folded, Letters};
use super::matches::Step;
use super::window::Window;

/// Bytes of source that are folded at a time: some tenths of a millisecond's work.
const WINDOW_BYTES: usize = 64 * 1024;

/// The text that is looked for.
pub(super) struct Needle {
    letters: Letters,
    finder: Finder<'static>,
    whole_word: bool,
    window_bytes: usize,
}

impl Needle {
    pub(super) fn new(text: &str, letters: Letters, whole_word: bool) -> Self {
        let mut window = Window::default();
        window.fold(&letters, text, 0, usize::MAX);
        Self { finder: Finder::new(window.folded()).into_owned(), letters, whole_word, window_bytes: WINDOW_BYTES }
    }

    /// The same with smaller windows, so that tests meet their borders.
    #[cfg(test)]
    pub(super) fn with_window_bytes(self, window_bytes: usize) -> Self {
        Self { window_bytes, ..self }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.finder.needle().is_empty()
    }
}

/// How far a search has come.
#[derive(Debug)]
pub(super) struct Search {
    window: Window,
    /// Where the next window begins in the source.
    next_window: usize,
    /// Where to go on in the window.
    folded_at: usize,
    has_window: bool,
    /// How many times the usual size a window is made, where what is looked for is longer than that.
    enlarged: usize,
    /// Up to here all hits were given.
    pub(super) position: usize,
}

impl Search {
    pub(super) fn from(text: &str, offset: usize) -> Self {
        let start = borders::grapheme_border_from(text, text.ceil_char_boundary(offset.min(text.len())));
        Self {
            window: Window::default(),
            next_window: start,
            folded_at: 0,
            has_window: false,
            enlarged: 1,
            position: start,
        }
    }

    pub(super) fn step(&mut self, needle: &Needle, text: &str) -> Step {
        if needle.is_empty() {
            return Step::Done;
        }
        if !self.has_window {
            if self.next_window >= text.len() {
                self.position = text.len();
                return Step::Done;
            }
            let limit = self.next_window.saturating_add(needle.window_bytes.saturating_mul(self.enlarged));
            self.window.fold(&needle.letters, text, self.next_window, limit);
            self.has_window = true;
            self.folded_at = 0;
        }
        let folded = self.window.folded();
        while let Some(found) = folded.get(self.folded_at..).and_then(|rest| needle.finder.find(rest)) {
            let start = self.folded_at + found;
            let end = start + needle.finder.needle().len();
            if let Some(range) = self.source_range(&needle.letters, text, start..end)
                && (!needle.whole_word || borders::is_whole_word(text, &range))
            {
                self.folded_at = end;
                self.position = range.end;
                return Step::Hit(range);
            }
            self.folded_at = start + 1;
        }
        self.leave_window(needle, text)
    }

    /// Where a folded range stands in the source; `None` where that is not between whole characters.
    fn source_range(&self, letters: &Letters, text: &str, folded: Range<usize>) -> Option<Range<usize>> {
        let first = self.window.source_start(folded.start)?;
        let end = self.window.source_end_of(folded.end)?;
        // A joiner without anything to join is one with the mark behind it.
        let start = borders::grapheme_border_to(text, first);
        let is_whole = |c| letters.get(c) == Folded::Nothing;
        if start < self.position || !text.get(start..first)?.chars().all(is_whole) {
            return None;
        }
        // Marks and joiners that were folded away belong to the last character.
        let end = borders::grapheme_border_from(text, end);
        (end <= self.window.source_start(folded.end)?).then_some(start..end)
    }

    /// The next window begins with the first place whose hit could reach beyond this one.
    fn leave_window(&mut self, needle: &Needle, text: &str) -> Step {
        self.has_window = false;
        let length = self.window.folded().len();
        if self.window.source_end >= text.len() {
            self.next_window = text.len();
            self.position = text.len();
            return Step::Done;
        }
        let searched = (length + 1).saturating_sub(needle.finder.needle().len());
        let folded = self.window.next_beginning(searched.max(self.folded_at));
        let next = self.window.source_start(folded).unwrap_or(self.window.source_end).max(self.position);
        if next > self.next_window {
            self.enlarged = 1;
            self.next_window = next;
            self.position = next;
        } else {
            // The window is shorter than what is looked for.
            self.enlarged = self.enlarged.saturating_mul(2);
        }
        Step::Searching
    }
}
