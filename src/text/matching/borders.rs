//! Where a hit may begin and end: on the borders of what a person sees as one character, and of words if they ask.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::GraphemeCursor;

/// Bytes on each side of a hit that are looked at for its word: more than the longest word, and so few that text written
/// without spaces is not segmented by the book.
const WORD_CONTEXT: usize = 200;

/// Whether an offset lies between two grapheme clusters (UAX #29), or at an end.
pub(super) fn is_grapheme_border(text: &str, at: usize) -> bool {
    match neighbours(text, at) {
        (Some(before), Some(after)) if before.is_ascii() && after.is_ascii() => !(before == b'\r' && after == b'\n'),
        (None, _) | (_, None) => true,
        _ => GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(false),
    }
}

/// The border of grapheme clusters at an offset or next behind it.
pub(super) fn grapheme_border_from(text: &str, at: usize) -> usize {
    if is_grapheme_border(text, at) {
        return at;
    }
    GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The border of grapheme clusters at an offset or next before it.
pub(super) fn grapheme_border_to(text: &str, at: usize) -> usize {
    if is_grapheme_border(text, at) {
        return at;
    }
    GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Whether a range begins and ends where words do (UAX #29, with dictionaries for scripts written without spaces). An
/// end that is no letter or digit is a border in itself.
pub(super) fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let (start, end) = (clear_border(text, range.start), clear_border(text, range.end));
    match (start, end) {
        (Some(false), _) | (_, Some(false)) => false,
        (Some(true), Some(true)) => true,
        _ => is_segment(text, range),
    }
}

/// What can be said of an offset from the two bytes around it.
fn clear_border(text: &str, at: usize) -> Option<bool> {
    match neighbours(text, at) {
        (None, _) | (_, None) => Some(true),
        (Some(before), Some(after)) if before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() => Some(false),
        (Some(before), Some(after)) if before.is_ascii_whitespace() || after.is_ascii_whitespace() => Some(true),
        _ => None,
    }
}

fn is_segment(text: &str, range: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(range.start.saturating_sub(WORD_CONTEXT));
    let from = last_space(text, from, range.start).unwrap_or(from);
    let to = text.ceil_char_boundary(range.end.saturating_add(WORD_CONTEXT));
    let to = first_space(text, range.end, to).unwrap_or(to);
    let Some(context) = text.get(from..to) else { return false };
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let (mut starts, mut ends) = (false, false);
    for border in segmenter.segment_str(context) {
        starts |= from + border == range.start;
        ends |= from + border == range.end;
    }
    starts && ends
}

fn last_space(text: &str, from: usize, to: usize) -> Option<usize> {
    text.get(from..to)?.rfind(char::is_whitespace).map(|at| from + at)
}

fn first_space(text: &str, from: usize, to: usize) -> Option<usize> {
    text.get(from..to)?.find(char::is_whitespace).map(|at| from + at)
}

fn neighbours(text: &str, at: usize) -> (Option<u8>, Option<u8>) {
    let bytes = text.as_bytes();
    (at.checked_sub(1).and_then(|before| bytes.get(before)).copied(), bytes.get(at).copied())
}
