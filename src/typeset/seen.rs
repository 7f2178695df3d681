//! What of a line is seen, added up: from its pieces, or from sums that were made of a whole text once. Places nothing.

use super::pieces::{Piece, Pieces, small};

/// All that stands before a piece.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// Device pixels.
    width: f32,
    /// Places where a line may be stretched, and letters.
    places: u32,
    letters: u32,
}

impl Sum {
    /// With one piece more.
    pub(super) fn with(self, piece: &Piece) -> Self {
        Self {
            width: self.width + piece.before + piece.advance,
            places: self.places + u32::from(piece.stretches),
            letters: self.letters + u32::from(piece.is_letter),
        }
    }
}

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
    pub(super) fn between(pieces: &Pieces, sums: &[Sum], from: usize, to: usize, content_end: usize) -> Self {
        let content_end = small(content_end);
        let list = pieces.list.get(from..to).unwrap_or_default();
        let Some(last) = list.iter().rposition(|piece| piece.start < content_end) else {
            return Self { natural: 0.0, places: 0, letters: 0, last: 0 };
        };
        let sum = |number: usize| sums.get(number).copied().unwrap_or_default();
        let (before, all_but_last, all) = (sum(from), sum(from + last), sum(from + last + 1));
        Self {
            natural: all.width - before.width - list.first().map_or(0.0, |piece| piece.before),
            places: all_but_last.places - before.places,
            letters: all_but_last.letters - before.letters,
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
