//! The days, months and years that a story speaks of, each as precise as it is stated. What is relative is resolved against
//! the publication date and says so; without one it stays unresolved. Times of day are not looked for.
//!
//! - [`mention`]: what is told of a date
//! - [`stated`]: dates that name their day, month or year
//! - [`relative`]: dates that are told from the day of publication
//! - [`calendar`]: counting days, weeks and months

mod calendar;
mod mention;
mod relative;
mod stated;

pub use mention::{DateMention, How, When};

use std::ops::Range;

use jiff::civil::Date;

use super::passages::Passage;

/// Rises when the same article may give other dates than before.
pub const VERSION: u32 = 1;

/// A date found in a passage, with the places of its tokens.
struct Found {
    places: Range<usize>,
    when: Option<When>,
    how: How,
}

/// Adds the dates of a passage, and gives the places of their tokens, rising.
pub(super) fn find(passage: &Passage<'_>, published: Option<Date>, dates: &mut Vec<DateMention>) -> Vec<Range<usize>> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < passage.len() {
        let found = stated::find(passage, at, published).or_else(|| relative::find(passage, at, published));
        match found {
            Some(Found { places, when, how })
                if places.end > at && passage.is_same_sentence(places.start, places.end - 1) =>
            {
                let floor = taken.last().map_or(0, |last| last.end);
                let places = places.start.max(floor)..places.end;
                dates.push(DateMention {
                    range: passage.range(places.clone()),
                    when,
                    how,
                    sentence: passage.sentence_range(at),
                });
                at = places.end;
                taken.push(places);
            }
            _ => at += 1,
        }
    }
    taken
}
