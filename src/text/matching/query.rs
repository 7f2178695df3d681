//! What is asked for, made ready to search with. Searches nothing itself.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::expression::Expression;
use super::letters::Letters;
use super::literal::Needle;
use super::matches::Matches;

/// What a person looks for.
///
/// Without options a text is found whatever its case, with or without diacritics, and in any typography: `resume` finds
/// “Résumé”, `"it's" - he` finds “it’s” – he, a space finds any white space, the border of two blocks too.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The text, or the pattern.
    pub text: String,
    /// Whether capital letters are other letters.
    pub match_case: bool,
    /// Whether only whole words are found.
    pub whole_word: bool,
    /// Whether the text is a regular expression, of the syntax that the crate `regex` documents. It is held against the
    /// text as it stands: nothing is folded but case.
    pub regular_expression: bool,
    /// Whether `e` finds é, `ss` finds ß, and Arabic and Hebrew are found without their vowel signs.
    pub fold_diacritics: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            match_case: false,
            whole_word: false,
            regular_expression: false,
            fold_diacritics: true,
        }
    }
}

impl Query {
    /// A text with the options of [`Query::default`].
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Makes the query ready to search with.
    ///
    /// # Errors
    /// A regular expression that cannot be read, with the place in it, or that is too large.
    pub fn matcher(&self) -> Result<Matcher, QueryError> {
        let engine = if self.regular_expression {
            Engine::Expression(Expression::new(&self.text, self.match_case, self.whole_word)?)
        } else {
            let letters = Letters::new(!self.match_case, self.fold_diacritics);
            Engine::Literal(Box::new(Needle::new(&self.text, letters, self.whole_word)))
        };
        Ok(Matcher { engine })
    }
}

/// A query that cannot be searched for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// The pattern cannot be read.
    #[error("{problem}")]
    Pattern {
        /// What is wrong and what to do, in plain words.
        problem: String,
        /// Where in the pattern, in bytes; may be empty at its end.
        place: Range<usize>,
    },
    /// The pattern repeats so much that it would not fit into memory.
    #[error("This pattern is too large. Ask for fewer repetitions")]
    TooLarge,
}

/// A query that is ready. It can be used by many threads at once.
pub struct Matcher {
    engine: Engine,
}

pub(super) enum Engine {
    Literal(Box<Needle>),
    Expression(Expression),
}

impl Matcher {
    /// The hits in a text.
    pub fn matches<'a>(&'a self, text: &'a str) -> Matches<'a> {
        self.matches_from(text, 0)
    }

    /// The hits in a text that begin at `offset` (bytes) or behind it.
    pub fn matches_from<'a>(&'a self, text: &'a str, offset: usize) -> Matches<'a> {
        Matches::new(self, text, offset)
    }

    /// Whether it can find nothing, being empty, or of ignored characters only.
    pub fn is_empty(&self) -> bool {
        match &self.engine {
            Engine::Literal(needle) => needle.is_empty(),
            Engine::Expression(_) => false,
        }
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let engine = match self.engine {
            Engine::Literal(_) => "literal",
            Engine::Expression(_) => "expression",
        };
        f.debug_struct("Matcher").field("engine", &engine).finish()
    }
}
