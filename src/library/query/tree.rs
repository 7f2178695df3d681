//! What was asked for, as values. Nothing of how it was typed.

use crate::document::date::StatedDate;

/// A column of the index that can be asked for by name. The text itself is the column `body`, which has no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// `title:`
    Title,
    /// `author:`
    Author,
    /// `site:`
    Site,
    /// `tag:`
    Tags,
    /// `note:`
    Notes,
}

impl Field {
    /// Its column in the index.
    pub fn column(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Site => "site",
            Self::Tags => "tags",
            Self::Notes => "notes",
        }
    }
}

/// Terms of the index that stand in sequence; a typed word is one too, often of one term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Where it has to stand; anywhere if `None`.
    pub field: Option<Field>,
    /// The terms, folded as [`crate::library::terms`] folds them. At least one.
    pub terms: Vec<String>,
    /// Whether the last term is the beginning of a word.
    pub is_prefix: bool,
}

/// What has to occur, or may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A word or phrase.
    Phrase(Phrase),
    /// Phrases in any order, of one field, with at most `distance` terms from the end of the first to the beginning of
    /// the last. At least two.
    Near {
        /// The phrases.
        phrases: Vec<Phrase>,
        /// The terms between.
        distance: u32,
    },
    /// One of these at least. At least two, none of them an `Any`.
    Any(Vec<Term>),
}

impl Term {
    /// Its phrases, in the order they were typed.
    pub fn phrases(&self) -> Vec<&Phrase> {
        match self {
            Self::Phrase(phrase) => vec![phrase],
            Self::Near { phrases, .. } => phrases.iter().collect(),
            Self::Any(terms) => terms.iter().flat_map(Self::phrases).collect(),
        }
    }
}

/// What has to hold of an article besides its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What has to hold.
    pub condition: Condition,
    /// Whether it must not hold instead.
    pub is_negated: bool,
}

/// What can be asked of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its date is before the first day of what was typed. As ISO texts, `date < typed`.
    Before(StatedDate),
    /// Its date is the first day of what was typed, or later: `after:2024 before:2025` is all of 2024. As ISO texts,
    /// `date >= typed`, which puts a date known as “2024” before March of it, and outside `after:2024-03`.
    After(StatedDate),
    /// What the reader did with it.
    Is(State),
    /// Its language, or one that is written more precisely: `en` for en-GB too. Lower case.
    Language(String),
}

/// What a reader did with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not begun.
    Unread,
    /// Begun.
    InProgress,
    /// Read to its end.
    Finished,
    /// Put away.
    Archived,
    /// Not put away.
    Inbox,
    /// Its file is no longer where it was.
    Missing,
}
