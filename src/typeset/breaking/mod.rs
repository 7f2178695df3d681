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

use parley::{IndentOptions, Layout};

use opportunities::{Advances, Measured};

use super::east_asian::{self, Stops};
use super::hyphenation::Place;

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
    pub(super) letters_give: bool,
    /// Where stops stand in the East Asian text that has its spaces seen to.
    pub(super) stops: Option<Stops>,
    /// That of the text, in device pixels.
    pub(super) em: f32,
    /// Whether the text goes on elsewhere, so that its last line has to be as full as the others.
    pub(super) goes_on: bool,
}

impl Breaks<'_> {
    /// The room of the line that begins at the opportunity `from`.
    fn room(&self, from: usize) -> f32 {
        self.measure.width - if from == 0 { self.measure.first_indent } else { 0.0 }
    }
}

/// Breaks all lines. `hyphens` are the places in `text`, rising, before which a word may be broken. Returns the spaces that
/// were added before clusters, in device pixels, by their offset, rising.
pub(super) fn break_lines(
    layout: &mut Layout<u16>,
    text: &str,
    hyphens: &[Place],
    breaks: Breaks<'_>,
) -> Vec<(usize, f32)> {
    let Breaks { measure, manner, .. } = breaks;
    let width = measure.width.max(1.0);
    layout.set_text_indent(measure.first_indent, IndentOptions::default());
    if manner == Manner::FirstFit && hyphens.is_empty() && breaks.stops.is_none() {
        // Where no place needs a hyphen and no line is stretched the engine is as good.
        layout.break_all_lines(Some(width));
        return Vec::new();
    }
    layout.break_all_lines(None);
    let widest = layout.full_width() + measure.first_indent;
    let fits = !breaks.goes_on && widest <= width;
    if fits && breaks.stops.is_none() {
        return Vec::new();
    }
    let advances = Advances::of(layout, text);
    let spaces = match breaks.stops {
        Some(stops) => east_asian::spaces(text, breaks.em, stops, |at| advances.at(at)),
        None => Vec::new(),
    };
    if fits && widest + spaces.iter().map(|(_, space)| space.max(0.0)).sum::<f32>() <= width {
        return spaces;
    }
    let narrowest = width - measure.first_indent.max(0.0);
    let measured = Measured::new(layout, text, &advances, hyphens, &spaces, breaks, narrowest);
    let best = match manner {
        Manner::TotalFit => measured.total_fit(breaks),
        Manner::Balanced => measured.balanced(breaks),
        Manner::FirstFit => None,
    };
    match best.or_else(|| measured.first_fit(breaks)) {
        Some(lengths) => {
            let mut breaker = layout.break_lines();
            for length in lengths {
                breaker.break_next_with_length(length);
            }
            // Nothing remains, unless the engine counts characters in another way; then it places them.
            breaker.break_remaining(width);
        }
        None => layout.break_all_lines(Some(width)),
    }
    spaces
}
