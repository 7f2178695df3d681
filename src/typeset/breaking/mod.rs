//! Where the lines of a shaped text end: for the best paragraph as a whole, or each line as full as it gets. A word wider
//! than the measure is broken anywhere; a letter wider than it is left to the text engine. Places no glyph.
//!
//! - `opportunities`: the places where a line may end, and how wide what is between two of them is
//! - `total_fit`: the best paragraph as a whole; `first_fit`: each line as full as it gets, and balanced lines
//! - `glue`: the spaces that a line does not end at

mod first_fit;
mod glue;
mod opportunities;
mod total_fit;

use parley::Layout;

pub(super) use opportunities::Measured;

use super::east_asian::Stops;
use super::give::Letters;

/// What the lines of a paragraph have to fit in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Device pixels.
    pub(super) width: f32,
    /// Device pixels that the first line begins further in.
    pub(super) first_indent: f32,
}

/// How lines are broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Each line takes what fits: code, and what is cut to a number of lines.
    FirstFit,
    /// The paragraph that looks best as a whole.
    TotalFit,
    /// As few lines as can be, of much the same length: titles and headings (CSS Text 4, `text-wrap-style: balance`).
    Balanced,
}

/// By what lines are broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Breaks<'a> {
    pub(super) measure: Measure,
    /// That of the text, a BCP 47 tag.
    pub(super) language: Option<&'a str>,
    pub(super) manner: Manner,
    pub(super) justified: bool,
    /// Whether punctuation may reach over the edges.
    pub(super) hangs: bool,
    /// Whether letters may give way a little in justified lines.
    pub(super) letters: Letters,
    /// Where stops stand in the East Asian text that has its spaces seen to.
    pub(super) stops: Option<Stops>,
    /// That of the text, in device pixels.
    pub(super) em: f32,
    /// Whether the text goes on elsewhere, so that its last line has to be as full as the others.
    pub(super) goes_on: bool,
}

impl Breaks<'_> {
    /// What every word has to fit in not to be broken anywhere.
    pub(super) fn narrowest(&self) -> f32 {
        self.measure.width.max(1.0) - self.measure.first_indent.max(0.0)
    }

    /// The room of the line that begins at the opportunity `from`.
    fn room(&self, from: usize) -> f32 {
        self.measure.width - if from == 0 { self.measure.first_indent } else { 0.0 }
    }
}

/// Where the lines of a text end.
#[derive(Debug, Default)]
pub(super) struct Broken {
    pub(super) cuts: Vec<Cut>,
    /// Whether so many of its lines would have holes that the whole looks better ragged.
    pub(super) is_ragged: bool,
}

/// The end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The piece and the byte of the layout's text that the next line begins with.
    pub(super) piece: usize,
    pub(super) at: usize,
    /// Characters and objects before it, as the text engine counts them.
    pub(super) characters: u32,
    /// Whether a word is broken there with a hyphen.
    pub(super) hyphen: bool,
    /// Whether the line ends for want of room.
    pub(super) soft: bool,
}

/// Chooses where the lines end.
pub(super) fn break_lines(measured: &Measured, breaks: Breaks<'_>) -> Broken {
    let ends = match breaks.manner {
        Manner::TotalFit => measured.total_fit(breaks).unwrap_or_else(|| measured.first_fit(breaks)),
        Manner::Balanced => measured.balanced(breaks),
        Manner::FirstFit => measured.first_fit(breaks),
    };
    let is_ragged = breaks.justified && measured.has_holes(&ends, breaks);
    let cuts = ends.iter().filter_map(|end| measured.cut(*end)).collect();
    Broken { cuts, is_ragged }
}

/// Tells the text engine where its lines end.
pub(super) fn apply(broken: &Broken, layout: &mut Layout<u16>, width: f32) {
    let mut breaker = layout.break_lines();
    let mut before = 0;
    for cut in &broken.cuts {
        breaker.break_next_with_length(cut.characters.saturating_sub(before));
        before = cut.characters;
    }
    // Nothing remains, unless the engine counts characters in another way; then it places them.
    breaker.break_remaining(width);
}
