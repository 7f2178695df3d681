//! A text as it is once shaped: its pieces, and where its lines may end. All that another width of the column leaves as it
//! is, so a page's paragraphs are kept for when it comes. Only for text that is read from the left on one baseline; the rest
//! is broken by the text engine each time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use parley::Layout;

use super::breaking::{self, Breaks, Broken, Cut, Manner, Measured};
use super::east_asian::{self, Stops};
use super::give::Letters;
use super::hyphenation::Place;
use super::lines::HardLine;
use super::looks::Look;
use super::offsets::LayoutText;
use super::paragraph::Spec;
use super::pieces::Pieces;
use super::strip::{Before, Strip};
use crate::document::TextRange;
use crate::text::Direction;

/// A text, or the first part of a long one.
pub(super) struct Composed {
    pub(super) text: LayoutText,
    /// The places in it before which a word may be broken, rising.
    pub(super) hyphens: Vec<Place>,
    pub(super) pieces: Arc<Pieces>,
    /// What stands before each of them, and before the end.
    pub(super) before: Vec<Before>,
    /// Their glyphs, where the text may be set again.
    pub(super) strip: Option<Strip>,
    /// The lines that the text itself ends.
    pub(super) hard_lines: Vec<HardLine>,
    /// The last piece of each of them, and where it ends in the text.
    ends: Vec<(usize, usize)>,
    /// How wide the widest of them is.
    widest: f32,
    pub(super) letters: Letters,
    pub(super) stops: Option<Stops>,
    /// Where it stands in what was to be set.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where its lines may end, once that was asked for.
    measured: Option<Measured>,
}

/// The spaces and lines of a layout's pieces.
pub(super) struct Lines {
    pub(super) pieces: Pieces,
    pub(super) spaces: Vec<(usize, f32)>,
}

impl Lines {
    /// Takes a layout apart; its lines end only where they must afterwards.
    pub(super) fn of(layout: &mut Layout<u16>, text: &str, em: f32, stops: Option<Stops>, has_hyphens: bool) -> Self {
        layout.break_all_lines(None);
        let mut pieces = Pieces::logical(layout, text);
        let spaces = stops.map_or_else(Vec::new, |stops| east_asian::spaces(&pieces, em, stops));
        pieces.add_spaces(&spaces);
        if has_hyphens || text.contains(super::lines::SOFT_HYPHEN) {
            pieces.find_hyphens();
        }
        Self { pieces, spaces }
    }
}

/// What is known of a text beside its pieces.
pub(super) struct Facts {
    pub(super) text: LayoutText,
    pub(super) hyphens: Vec<Place>,
    pub(super) letters: Letters,
    pub(super) stops: Option<Stops>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Composed {
    /// Of a layout that has been taken apart.
    pub(super) fn new(layout: &Layout<u16>, pieces: Pieces, facts: Facts, is_kept: bool) -> Self {
        let Facts { text, hyphens, letters, stops, start, end } = facts;
        let hard_lines: Vec<HardLine> = layout
            .lines()
            .map(|line| {
                let metrics = line.metrics();
                HardLine {
                    height: metrics.block_max_coord - metrics.block_min_coord,
                    ascent: metrics.baseline - metrics.block_min_coord,
                }
            })
            .collect();
        let mut before = Vec::with_capacity(pieces.list.len() + 1);
        let mut sum = Before::default();
        before.push(sum);
        let (mut ends, mut widest, mut width) = (Vec::new(), 0.0f32, 0.0);
        let count = pieces.list.len();
        for (number, piece) in pieces.list.iter().enumerate() {
            width += piece.before + piece.advance;
            sum = sum.with(piece);
            before.push(sum);
            if piece.c == '\n' || number + 1 == count {
                widest = widest.max(width);
                width = 0.0;
                ends.push((number + 1, piece.end as usize));
            }
        }
        let strip = (is_kept && text.is_source()).then(|| Strip::of(&pieces, &before));
        let pieces = Arc::new(pieces);
        Self {
            text,
            hyphens,
            pieces,
            before,
            strip,
            hard_lines,
            ends,
            widest,
            letters,
            stops,
            start,
            end,
            measured: None,
        }
    }

    /// Where its lines end.
    pub(super) fn break_lines(&mut self, breaks: Breaks<'_>) -> Broken {
        if !breaks.goes_on && self.widest + breaks.measure.first_indent.max(0.0) <= breaks.measure.width {
            let end = |(piece, at): &(usize, usize)| Cut {
                piece: *piece,
                at: *at,
                characters: 0,
                hyphen: false,
                soft: false,
            };
            return Broken { cuts: self.ends.iter().map(end).collect(), is_ragged: false };
        }
        let narrowest = breaks.narrowest();
        let measured = match self.measured.take() {
            Some(measured) if measured.holds_for(narrowest) => measured,
            _ => {
                let none = std::iter::empty();
                Measured::new(&self.pieces, self.text.as_str(), &self.hyphens, breaks, none, narrowest)
            }
        };
        let broken = breaking::break_lines(&measured, breaks);
        self.measured = Some(measured);
        broken
    }
}

/// Bytes of text that are kept: a long page or two of them, some 60 times as much memory.
const MOST_KEPT: usize = 24_000;

/// Texts that were set lately. Of what was set before the last [`MOST_KEPT`] bytes some is still kept.
#[derive(Default)]
pub(super) struct Kept {
    young: HashMap<u64, (String, Composed)>,
    old: HashMap<u64, (String, Composed)>,
    bytes: usize,
}

impl Kept {
    /// Takes out what was kept of a text.
    pub(super) fn take(&mut self, key: u64, text: &str) -> Option<(String, Composed)> {
        let young = self.young.remove(&key);
        if let Some((known, _)) = &young {
            self.bytes -= known.len();
        }
        let (known, composed) = young.or_else(|| self.old.remove(&key))?;
        (known == text).then_some((known, composed))
    }

    /// Keeps it.
    pub(super) fn keep(&mut self, key: u64, text: String, composed: Composed) {
        if text.len() > MOST_KEPT / 4 {
            return;
        }
        if self.bytes + text.len() > MOST_KEPT {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += text.len();
        self.young.insert(key, (text, composed));
    }
}

/// What a composed text depends on beside the measure, and all that hyphenation, spacing and breaking are told; `None` for
/// what would take the place of a page's paragraphs: code, rows of lists, and parts of a text of many.
pub(super) fn key(spec: &Spec<'_>, part: TextRange) -> Option<u64> {
    if spec.manner == Manner::FirstFit || part.len() < spec.text.len() {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    // The words themselves are compared where something is found.
    let words = part.of(spec.text).unwrap_or_default().as_bytes();
    match (words.first_chunk::<24>(), words.last_chunk::<24>()) {
        (Some(first), Some(last)) if words.len() > 48 => (words.len(), first, last).hash(&mut hasher),
        _ => words.hash(&mut hasher),
    }
    (spec.direction == Direction::RightToLeft).hash(&mut hasher);
    (part.start, part.end, spec.language, spec.hyphenate, spec.capitals, spec.hangs).hash(&mut hasher);
    spec.spans.hash(&mut hasher);
    let look: &Look = spec.look;
    (Arc::as_ptr(&look.stack), Arc::as_ptr(&look.code_stack), look.italic, &look.features).hash(&mut hasher);
    let numbers = [look.size_px, look.weight, look.line_height_px, look.letter_spacing_px, look.word_spacing_px];
    numbers.map(f32::to_bits).hash(&mut hasher);
    let axes = [look.width_percent, look.optical_size_pt.unwrap_or_default(), look.code_scale, look.least_px];
    (axes.map(f32::to_bits), spec.letters_give).hash(&mut hasher);
    Some(hasher.finish())
}
