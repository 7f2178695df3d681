//! Where the words of a query stand in a text as it was written. Cuts the text as the index does, so that what the index
//! found is found.

use std::ops::{ControlFlow, Range};

use crate::text::folded_words_until;

use super::tree::Phrase;

/// A stretch of the text that is lit up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    /// Which of the phrases stand here, a bit each; those behind the 64th share one.
    pub(super) which: u64,
}

/// The first `limit` places in `flat` where one of `highlights` stands, in bytes, rising and apart from each other. A word
/// that is found by its beginning is a hit as a whole.
pub fn find_hits(flat: &str, highlights: &[Phrase], limit: usize) -> Vec<Range<usize>> {
    hits(flat, highlights, limit).into_iter().map(|hit| hit.range).collect()
}

pub(super) fn hits(flat: &str, highlights: &[Phrase], limit: usize) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    if limit == 0 || highlights.is_empty() {
        return found;
    }
    // Of each phrase, where it has begun and how many of its terms stand there.
    let mut begun: Vec<Vec<(usize, usize)>> = vec![Vec::new(); highlights.len()];
    folded_words_until(flat, |range, word| {
        for (number, (phrase, begun)) in highlights.iter().zip(&mut begun).enumerate() {
            // Nearly every word is none that is looked for.
            if begun.is_empty() && !is_term(phrase, 0, word) {
                continue;
            }
            begun.push((range.start, 0));
            begun.retain_mut(|(start, count)| {
                if !is_term(phrase, *count, word) {
                    return false;
                }
                *count += 1;
                let is_whole = *count == phrase.terms.len();
                if is_whole {
                    add(&mut found, Hit { range: *start..range.end, which: 1 << number.min(63) });
                }
                !is_whole
            });
        }
        // One more than wanted is looked for: it may yet turn out to be a part of the last.
        if found.len() > limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found.truncate(limit);
    found
}

/// Whether a word is the term of a phrase that stands at a place in it.
fn is_term(phrase: &Phrase, place: usize, word: &str) -> bool {
    let is_last = place + 1 == phrase.terms.len();
    phrase
        .terms
        .get(place)
        .is_some_and(|term| if is_last && phrase.is_prefix { word.starts_with(term.as_str()) } else { word == term })
}

/// Adds a hit that ends behind all others, and joins it with those it overlaps.
fn add(found: &mut Vec<Hit>, mut hit: Hit) {
    while let Some(last) = found.pop_if(|last| last.range.end > hit.range.start) {
        hit.range = last.range.start.min(hit.range.start)..last.range.end.max(hit.range.end);
        hit.which |= last.which;
    }
    found.push(hit);
}
