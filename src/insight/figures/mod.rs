//! The numbers that a story states, with their units and what they count. Leaves out what is a number by its looks alone:
//! dates, times of day, ordinals, codes, addresses, names.
//!
//! - [`figure`]: what is told of one
//! - [`amounts`]: numbers in digits and words
//! - [`quantities`]: a number with its unit
//! - [`counted`]: what a number counts
//! - [`exclusions`]: numbers that are no figures
//! - [`conflicts`]: the same thing given two values

mod amounts;
mod conflicts;
mod counted;
mod exclusions;
mod figure;
mod quantities;

pub use conflicts::Conflict;
pub use figure::{Approximation, Figure, FigureKind};

pub(super) use amounts::{is_compound, small_amount};
pub(super) use conflicts::find as find_conflicts;
pub(super) use counted::counts_something;

use std::ops::Range;

use super::passages::{Kind, Passage};
use super::vocabulary::Class;

/// Rises when the same article may give other figures than before.
pub const VERSION: u32 = 1;

/// Whether a figure can begin with the token there, by its word alone.
fn may_begin(passage: &Passage<'_>, at: usize) -> bool {
    const CLASSES: [Class; 13] = [
        Class::Number,
        Class::One,
        Class::Tens,
        Class::Hundred,
        Class::Scale,
        Class::Collective,
        Class::Half,
        Class::Halves,
        Class::Part,
        Class::Minus,
        Class::Currency,
        Class::Roundly,
        Class::Between,
    ];
    let token = passage.at(at);
    match token.kind {
        Kind::Number(_) | Kind::Sign('-' | '−' | '–') => true,
        Kind::Nothing => false,
        Kind::Sign(_) | Kind::Word => {
            token.entry.is_some_and(|entry| entry.leads_to(&CLASSES)) || is_compound(passage, at)
        }
    }
}

/// Adds the figures of a passage, apart from the tokens that are taken by dates; `taken` rises.
pub(super) fn find(passage: &Passage<'_>, taken: &[Range<usize>], figures: &mut Vec<Figure>) {
    let mut at = 0;
    let mut dates = taken.iter().peekable();
    while at < passage.len() {
        while dates.next_if(|date| date.end <= at).is_some() {}
        if let Some(date) = dates.peek().filter(|date| date.start <= at) {
            at = date.end;
            continue;
        }
        let limit = dates.peek().map_or(passage.len(), |date| date.start);
        if let Some(length) = exclusions::skipped(passage, at) {
            at += length.max(1);
            continue;
        }
        if !may_begin(passage, at) {
            at += 1;
            continue;
        }
        match quantities::find(passage, at, limit) {
            Some(quantity) => {
                let (end, figure) = quantity.into_figure(passage, limit);
                figures.extend(figure);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
}
