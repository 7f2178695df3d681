//! The part of a text to be shown for a query: where most of what was asked for stands close together. Shortens texts only
//! for a list; nothing here is kept.

use std::ops::Range;

use crate::text::boundaries::{cluster_start, word_at};

use super::hits::{Hit, hits};
use super::tree::Phrase;

/// How many hits are looked at: the best place in a long text is among its first ones, or a good enough one is.
const MOST_HITS: usize = 200;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text, in one line, with … where it was cut off.
    pub text: String,
    /// What is to be lit up in it, in bytes, rising.
    pub hits: Vec<Range<usize>>,
}

/// Cuts out of `flat` the place where the most of `highlights` stand within `around_chars` characters, the first of equal
/// ones, and as many characters on either side of it, less the word that would be cut there. Without a hit, the beginning.
pub fn snippet(flat: &str, highlights: &[Phrase], around_chars: usize) -> Snippet {
    let hits = hits(flat, highlights, MOST_HITS);
    let core = densest(flat, &hits, around_chars);
    let around_end = if core.is_empty() { around_chars.saturating_mul(2) } else { around_chars };
    let cut = start_of_cut(flat, core.start, around_chars)..end_of_cut(flat, core.end, around_end);
    write(flat, cut, &hits)
}

/// The stretch from a hit to another, with the most different phrases, and then the most hits.
fn densest(flat: &str, hits: &[Hit], most_chars: usize) -> Range<usize> {
    let mut best = (0, 0, 0..0);
    for (number, first) in hits.iter().enumerate() {
        let (mut which, mut count, mut end) = (0, 0, first.range.start);
        let mut room = most_chars;
        for hit in hits.iter().skip(number) {
            let chars = flat.get(end..hit.range.end).unwrap_or_default().chars().count();
            if chars > room && count > 0 {
                break;
            }
            room = room.saturating_sub(chars);
            which |= hit.which;
            count += 1;
            end = hit.range.end;
        }
        let score = (which.count_ones(), count);
        if score > (best.0, best.1) {
            best = (score.0, score.1, first.range.start..end);
        }
    }
    best.2
}

fn start_of_cut(flat: &str, core: usize, around_chars: usize) -> usize {
    let before = flat.get(..core).unwrap_or_default();
    let mut start = core;
    if let Some(number) = around_chars.checked_sub(1) {
        start = before.char_indices().rev().nth(number).map_or(0, |(at, _)| at);
    }
    let word = word_at(flat, start);
    if word.start < start && start < core {
        start = word.end.min(core);
    }
    cluster_start(flat, start).min(core)
}

fn end_of_cut(flat: &str, core: usize, around_chars: usize) -> usize {
    let behind = flat.get(core..).unwrap_or_default();
    let Some((at, _)) = behind.char_indices().nth(around_chars) else { return flat.len() };
    let end = core + at;
    let word = word_at(flat, end);
    // A text that begins with a word longer than all there is room for is cut within it.
    if word.start < end && word.start > 0 { word.start.max(core) } else { cluster_start(flat, end).max(core) }
}

/// Whether a character stands for nothing but a gap: white space, or the place of an image.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == '\u{FFFC}'
}

fn write(flat: &str, cut: Range<usize>, hits: &[Hit]) -> Snippet {
    let part = flat.get(cut.clone()).unwrap_or_default();
    let is_cut = |rest: Option<&str>| rest.is_some_and(|rest| !rest.chars().all(is_gap));
    let mut out = Snippet::default();
    let (mut gap, mut is_begun) = (false, false);
    if is_cut(flat.get(..cut.start)) {
        out.text.push('…');
    }
    let mut hits = hits.iter().filter(|hit| hit.range.start >= cut.start && hit.range.end <= cut.end).peekable();
    let mut hit_start = 0;
    for (at, c) in part.char_indices() {
        let at = cut.start + at;
        if is_gap(c) {
            gap = is_begun;
        } else {
            if gap {
                out.text.push(' ');
            }
            (gap, is_begun) = (false, true);
            if hits.peek().is_some_and(|hit| hit.range.start == at) {
                hit_start = out.text.len();
            }
            out.text.push(c);
        }
        if hits.next_if(|hit| hit.range.end <= at + c.len_utf8()).is_some() {
            out.hits.push(hit_start..out.text.len());
        }
    }
    if is_cut(flat.get(cut.end..)) {
        out.text.push('…');
    }
    out
}
