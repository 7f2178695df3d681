//! The people, organisations and places that a story names, each under its fullest name, with its introduction, its
//! abbreviation and every place it stands at. What kind of name it is stays unknown where nothing tells; a word of which it is
//! not told whether it is a name is none.
//!
//! - [`name`]: what is told of one
//! - [`mentions`]: names in a passage, by their capitals
//! - [`german`]: names in German, where every noun has a capital
//! - [`spans`]: how far a name goes
//! - [`introductions`]: what is said of a person beside the name
//! - [`groups`]: which mentions are of one name

mod german;
mod groups;
mod introductions;
mod mentions;
mod name;
mod spans;

pub use name::{Name, NameKind};

use std::ops::Range;

use super::passages::Passage;
use super::vocabulary::Language;
use crate::document::{FlatText, TextRange};
use mentions::Mention;

/// Rises when the same article may give other names than before.
pub const VERSION: u32 = 1;

/// Gathers the mentions of names, passage by passage.
pub(super) struct Collector<'t> {
    flat: &'t str,
    mentions: Vec<Mention>,
}

impl<'t> Collector<'t> {
    pub(super) fn new(flat: &'t FlatText) -> Self {
        Self { flat: flat.as_str(), mentions: Vec::new() }
    }

    /// Adds the mentions of a passage, apart from the tokens of dates.
    pub(super) fn take(&mut self, passage: &Passage<'_>, taken: &[Range<usize>]) {
        match passage.language {
            Some(Language::German) => german::find(passage, taken, &mut self.mentions),
            Some(_) => mentions::find(passage, taken, &mut self.mentions),
            None => {}
        }
    }

    /// The names, in the order in which they are first mentioned.
    pub(super) fn names(self) -> Vec<Name> {
        groups::names(self.flat, self.mentions)
    }
}

/// The words of a range, in small letters and apart by one space, as mentions are compared.
fn folded(p: &Passage<'_>, places: Range<usize>) -> String {
    let mut out = String::new();
    for place in places {
        let token = p.at(place);
        if !out.is_empty() && token.is_spaced {
            out.push(' ');
        }
        out.push_str(&token.word);
    }
    out
}

/// The range of places that may be none.
fn range_of(p: &Passage<'_>, places: Option<Range<usize>>) -> Option<TextRange> {
    places.filter(|places| !places.is_empty()).map(|places| p.range(places))
}
