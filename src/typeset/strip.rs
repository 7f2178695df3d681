//! The glyphs of a text as one line that nothing was added to. The lines of a paragraph are cut from it at any width, and
//! stretched glyph by glyph without one waiting for the next.

use super::clusters::Spread;
use super::pieces::{Piece, Pieces};
use super::seen::Seen;
use super::set_block::Glyph;

/// Steps to the device pixel that natural places are kept in: whole numbers, so that they are as exact at the end of a long
/// text, some 200,000 pixels on, as at its beginning.
const STEPS: f32 = 1024.0;

/// A glyph in its natural place.
#[derive(Clone, Copy)]
struct Natural {
    id: u32,
    /// From the text's beginning, in [`STEPS`].
    x: i32,
    /// From the baseline, in pixels.
    y: f32,
    /// Places that stretch, and letters, before it.
    places: u16,
    letters: u16,
}

/// What stands before a piece.
#[derive(Clone, Copy, Default)]
pub(super) struct Before {
    /// Where the piece before it ends, in [`STEPS`].
    pub(super) x: i32,
    glyphs: u32,
    pub(super) places: u16,
    pub(super) letters: u16,
}

impl Before {
    /// With one piece more.
    pub(super) fn with(self, piece: &Piece) -> Self {
        Self {
            x: self.x.wrapping_add(steps(piece.before + piece.advance)),
            glyphs: self.glyphs + piece.glyph_count(),
            places: self.places.saturating_add(u16::from(piece.stretches)),
            letters: self.letters.saturating_add(u16::from(piece.is_letter)),
        }
    }
}

/// The glyphs of pieces that are read from the left on one baseline, in their natural places.
pub(super) struct Strip {
    glyphs: Vec<Natural>,
    /// The pieces that runs begin with.
    runs: Vec<usize>,
}

/// A line to be cut from a strip: its pieces that are seen, and how it is stretched.
pub(super) struct Stretched<'a> {
    strip: &'a Strip,
    /// What stands before each piece of the text, and before its end.
    before: &'a [Before],
    origin: Before,
    /// Where it begins, in pixels.
    x: f32,
    stretch: f32,
    track: f32,
    /// The pieces that are seen.
    from: usize,
    to: usize,
    /// What is shared out in all of it.
    places: u32,
    letters: u32,
}

impl Strip {
    /// Of all pieces of a text, and what stands before each.
    pub(super) fn of(pieces: &Pieces, before: &[Before]) -> Self {
        let mut strip = Self { glyphs: Vec::with_capacity(pieces.list.len()), runs: Vec::new() };
        let mut run = None;
        for (number, (piece, before)) in pieces.list.iter().zip(before).enumerate() {
            if run != Some(piece.run) {
                run = Some(piece.run);
                strip.runs.push(number);
            }
            let mut pen = piece.before;
            for glyph in pieces.glyphs(piece) {
                let (x, places, letters) = (before.x.wrapping_add(steps(pen + glyph.x)), before.places, before.letters);
                strip.glyphs.push(Natural { id: glyph.id, x, y: glyph.y, places, letters });
                pen += glyph.advance;
            }
        }
        strip
    }

    /// The line whose pieces begin with `from`, which is seen as far as `seen` and begins at `x`; `before` is what stands before
    /// each piece of the text.
    pub(super) fn line<'a>(
        &'a self,
        pieces: &Pieces,
        before: &'a [Before],
        from: usize,
        seen: &Seen,
        spread: Spread,
        x: f32,
    ) -> Stretched<'a> {
        let first = pieces.list.get(from);
        let is_blank = first.is_none_or(|piece| piece.start >= spread.content_end);
        let mut origin = before.get(from).copied().unwrap_or_default();
        origin.x = origin.x.wrapping_add(steps(first.map_or(0.0, |piece| piece.before)));
        let to = if is_blank { from } else { from + seen.last + 1 };
        let (stretch, track) = (spread.stretch, spread.track);
        Stretched {
            strip: self,
            before,
            origin,
            x,
            stretch,
            track,
            from,
            to,
            places: seen.places,
            letters: seen.letters,
        }
    }
}

impl Stretched<'_> {
    /// Its runs: the first piece of each, and the one behind its last.
    pub(super) fn runs(&self) -> impl Iterator<Item = (usize, usize)> {
        let runs = &self.strip.runs;
        let mut next = runs.partition_point(|start| *start <= self.from);
        let (mut at, to) = (self.from, self.to);
        std::iter::from_fn(move || {
            let begin = at;
            at = runs.get(next).map_or(to, |start| (*start).min(to));
            next += 1;
            (begin < to).then_some((begin, at))
        })
    }

    /// Its first piece.
    pub(super) fn begin(&self) -> usize {
        self.from
    }

    /// Where what stands before a piece of it ends, in pixels; at its first piece, where it begins.
    pub(super) fn place(&self, piece: usize) -> f32 {
        if piece == self.from {
            return self.x;
        }
        let before = self.before.get(piece).copied().unwrap_or_default();
        if piece == self.to {
            // Nothing is added behind the last of all.
            return self.moved(before.x, self.places as f32, self.letters as f32);
        }
        self.moved(
            before.x,
            f32::from(before.places.wrapping_sub(self.origin.places)),
            f32::from(before.letters.wrapping_sub(self.origin.letters)),
        )
    }

    fn moved(&self, x: i32, places: f32, letters: f32) -> f32 {
        self.x + pixels(x.wrapping_sub(self.origin.x)) + self.stretch * places + self.track * letters
    }

    /// How many glyphs some of its pieces have.
    pub(super) fn count(&self, from: usize, to: usize) -> usize {
        self.range(from, to).len()
    }

    fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let at = |piece: usize| self.before.get(piece).map_or(0, |before| before.glyphs as usize);
        at(from)..at(to)
    }

    /// Puts the glyphs of some of its pieces in their places.
    pub(super) fn place_glyphs(&self, from: usize, to: usize, baseline: f32, glyphs: &mut Vec<Glyph>) {
        let natural = self.strip.glyphs.get(self.range(from, to)).unwrap_or_default();
        let origin = self.origin;
        glyphs.extend(natural.iter().map(|glyph| Glyph {
            id: glyph.id,
            x: self.moved(
                glyph.x,
                f32::from(glyph.places.wrapping_sub(origin.places)),
                f32::from(glyph.letters.wrapping_sub(origin.letters)),
            ),
            y: baseline + glyph.y,
        }));
    }
}

/// To the nearest step.
#[expect(clippy::cast_possible_truncation, reason = "2,000,000 pixels, which no text is long")]
fn steps(pixels: f32) -> i32 {
    (pixels * STEPS + 0.5) as i32
}

/// Device pixels.
pub(super) fn pixels(steps: i32) -> f32 {
    steps as f32 * (1.0 / STEPS)
}
