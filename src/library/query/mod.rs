//! What a person types into the library's search field: read, explained, and put into the language of the index (SQLite's
//! FTS5). Runs no search.
//!
//! All words have to occur, in any order and wherever. `"exact phrase"`, `begin*`, `-not`, `this OR that` (OR binds its
//! two neighbours, tighter than the words around them), `a NEAR b`, `NEAR(a b c, 5)`, `field:word`. Nothing that is typed
//! is refused: what cannot be meant is explained where it stands, and the rest is searched for.
//!
//! - [`tree`]: what was asked for, as values
//! - `reader`: what is typed → clauses and the signs between them
//! - `fields`: the fields, and what may stand behind them
//! - `assembly`: clauses → the query
//! - [`problem`]: what may be wrong, in plain words
//! - [`begun`]: what of it can be searched for while it is being typed
//! - `expression`: the query → FTS5
//! - [`hits`]: where it is found in a text
//! - [`mod@snippet`]: the part of a text to be shown for it

mod assembly;
pub mod begun;
mod expression;
mod fields;
pub mod hits;
pub mod problem;
mod reader;
pub mod snippet;
#[cfg(test)]
mod tests;
pub mod tree;

pub use begun::Searchable;
pub use hits::find_hits;
pub use problem::{Problem, ProblemKind};
pub use snippet::{Snippet, snippet};
pub use tree::{Condition, Field, Filter, Phrase, State, Term};

/// A query as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What has to occur, all of it.
    pub terms: Vec<Term>,
    /// What may not occur, none of it.
    pub excluded: Vec<Term>,
    /// What has to hold of the article besides its words.
    pub filters: Vec<Filter>,
    /// What may be wrong, in the order of where it was typed.
    pub problems: Vec<Problem>,
}

/// A word of up to so many letters that is still being typed begins too many words to be looked for in whole texts.
const SHORT_LETTERS: usize = 2;

/// What is typed behind this is not read: it was pasted by mistake, and a search field answers at once.
const MOST_BYTES: usize = 1 << 14;

impl Query {
    /// Reads what was typed. The last word counts as the beginning of one as long as nothing, no space and no quotation
    /// mark, stands behind it; an exclusion does not, or `-f` on its way to `-ferry` would empty the list.
    pub fn read(typed: &str) -> Self {
        let typed = typed.get(..typed.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
        let (items, problems) = reader::read(typed);
        assembly::assemble(typed, items, problems)
    }

    /// Whether nothing is asked for: every article answers.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.excluded.is_empty() && self.filters.is_empty()
    }

    /// Whether all there is to search for is the beginning of a word, of one or two letters. Only titles, sites and tags
    /// are to be searched for it, with [`Query::fts_short`]. Of Han and kana, one character is a word, and never short.
    pub fn short(&self) -> bool {
        match self.terms.as_slice() {
            [Term::Phrase(Phrase { field: None, terms, is_prefix: true })] => match terms.as_slice() {
                [term] => term.chars().count() <= SHORT_LETTERS,
                _ => false,
            },
            _ => false,
        }
    }

    /// The words and phrases to be lit up in an article's text: what may stand anywhere, without what was asked for in
    /// the title or another field.
    pub fn highlights(&self) -> Vec<Phrase> {
        self.phrases(|field| field.is_none())
    }

    /// The words and phrases to be lit up in a field: those of the text, and those asked for in this field.
    pub fn highlights_in(&self, field: Field) -> Vec<Phrase> {
        self.phrases(|asked| asked.is_none() || asked == Some(field))
    }

    fn phrases(&self, is_wanted: impl Fn(Option<Field>) -> bool) -> Vec<Phrase> {
        let mut phrases: Vec<Phrase> = Vec::new();
        for phrase in self.terms.iter().flat_map(Term::phrases).filter(|phrase| is_wanted(phrase.field)) {
            if !phrases.contains(phrase) {
                phrases.push(phrase.clone());
            }
        }
        phrases
    }
}
