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

use super::figures::is_compound;
use super::passages::{Kind, Passage, is_apostrophe};
use super::vocabulary::Class;

/// Rises when the same article may give other dates than before.
pub const VERSION: u32 = 2;

/// A date found in a passage, with the places of its tokens.
struct Found {
    places: Range<usize>,
    when: Option<When>,
    how: How,
}

/// Whether a date can begin with the token there, by its word alone.
fn may_begin(passage: &Passage<'_>, at: usize) -> bool {
    const CLASSES: [Class; 23] = [
        Class::Month,
        Class::Weekday,
        Class::ShortWeekday,
        Class::Season,
        Class::Day,
        Class::Last,
        Class::This,
        Class::Next,
        Class::Period,
        Class::AgoBefore,
        Class::OrdinalDay,
        Class::Quarter,
        Class::CenturyWord,
        Class::DecadeLead,
        Class::Phase,
        Class::Between,
        Class::From,
        Class::Number,
        Class::Tens,
        Class::One,
        Class::About,
        Class::Determiner,
        Class::Hundred,
    ];
    let token = passage.at(at);
    match token.kind {
        Kind::Number(_) => true,
        Kind::Sign(sign) => is_apostrophe(sign) || sign == '\u{2018}',
        Kind::Nothing => false,
        // Roman numbers and "Q3" are in no list.
        Kind::Word => {
            token.entry.is_some_and(|entry| entry.leads_to(&CLASSES))
                || token.word == "from"
                || token.text.starts_with(['I', 'V', 'X', 'Q', 'q'])
                || is_compound(passage, at)
        }
    }
}

/// Adds the dates of a passage, and gives the places of their tokens, rising.
pub(super) fn find(passage: &Passage<'_>, published: Option<Date>, dates: &mut Vec<DateMention>) -> Vec<Range<usize>> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < passage.len() {
        if !may_begin(passage, at) {
            at += 1;
            continue;
        }
        let found = stated::find(passage, at, published).or_else(|| relative::find(passage, at, published, dates));
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
