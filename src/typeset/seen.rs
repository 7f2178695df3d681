//! What of a line is seen, added up: from its pieces, or from sums that were made of a whole text once. Places nothing.

use super::pieces::{Piece, Pieces, small};
use super::strip::{Before, pixels};

/// What of a line is seen: all but the white space at its end.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// How wide it is by itself.
    pub(super) natural: f32,
    /// Where it may be stretched, and its letters, but for the last of all: behind that there is nothing to push away.
    pub(super) places: u32,
    pub(super) letters: u32,
    /// The number of the visually last piece that is seen.
    pub(super) last: usize,
}

impl Seen {
    /// [`Self::of`] the pieces from one to another, in the order of the text.
    pub(super) fn between(pieces: &Pieces, before: &[Before], from: usize, to: usize, content_end: usize) -> Self {
        let content_end = small(content_end);
        let list = pieces.list.get(from..to).unwrap_or_default();
        let Some(last) = list.iter().rposition(|piece| piece.start < content_end) else {
            return Self { natural: 0.0, places: 0, letters: 0, last: 0 };
        };
        let at = |number: usize| before.get(number).copied().unwrap_or_default();
        let (start, all_but_last, all) = (at(from), at(from + last), at(from + last + 1));
        Self {
            natural: pixels(all.x.wrapping_sub(start.x)) - list.first().map_or(0.0, |piece| piece.before),
            places: u32::from(all_but_last.places - start.places),
            letters: u32::from(all_but_last.letters - start.letters),
            last,
        }
    }

    /// Of a line's pieces in any order.
    pub(super) fn of(list: &[Piece], content_end: u32) -> Self {
        let mut seen = Self { natural: 0.0, places: 0, letters: 0, last: 0 };
        let mut counted = (0, 0);
        for (number, piece) in list.iter().enumerate() {
            if piece.start >= content_end && piece.object.is_none() {
                continue;
            }
            seen.natural += piece.advance + if number == 0 { 0.0 } else { piece.before };
            (seen.places, seen.letters) = (seen.places + counted.0, seen.letters + counted.1);
            counted = (u32::from(piece.stretches), u32::from(piece.is_letter));
            seen.last = number;
        }
        seen
    }
}
