//! What may be wrong with a query, each with what to do, in plain words. A hint, never a refusal.

use std::ops::Range;

/// What may be wrong, and where. Its text is [`ProblemKind`]'s.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Problem {
    /// Where in what was typed, in bytes; at borders of characters.
    pub place: Range<usize>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What may be wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    /// `"ferry to`
    #[error("A quotation mark is not closed: the words up to the end count as the phrase")]
    UnclosedQuote,
    /// `NEAR(ferry harbour`
    #[error("NEAR( is not closed: the words up to the end count as its words")]
    UnclosedNear,
    /// `beforre:2024`
    #[error("“{name}:” is no field. Did you mean {suggestion}:?")]
    MistypedField {
        /// What stands before the colon.
        name: String,
        /// The field that is like it.
        suggestion: &'static str,
    },
    /// `colour:red`
    #[error("“{name}:” is no field, so it is searched for as a word. Fields are {}", super::fields::list())]
    UnknownField {
        /// What stands before the colon.
        name: String,
    },
    /// `title:` with nothing behind it.
    #[error("{field}: needs something right behind it, such as {field}:{example}")]
    EmptyField {
        /// The field.
        field: &'static str,
        /// What may stand there.
        example: &'static str,
    },
    /// `is:new`
    #[error("is: takes unread, in-progress, finished, archived, inbox or missing")]
    UnknownState,
    /// `before:May`
    #[error("{field}: takes a date such as 2024, 2024-03 or 2024-03-04")]
    NotADate {
        /// The field.
        field: &'static str,
    },
    /// `lang:german`
    #[error("lang: takes the code of a language, such as de, en or zh-Hant")]
    NotALanguage,
    /// `-ferry`
    #[error("Only exclusions: everything else is shown. Add a word to search for")]
    OnlyExclusions,
    /// `NEAR(ferry)`, or NEAR without a word on one side.
    #[error("NEAR needs two words, such as ferry NEAR harbour or NEAR(ferry harbour, 5)")]
    LoneNear,
    /// `ferry NEAR/x harbour`
    #[error("NEAR/ takes the number of words that may stand between, such as NEAR/5")]
    NoDistance,
    /// `title:ferry NEAR site:harbour`
    #[error("Words NEAR each other stand in one field: the first field counts for all")]
    NearInTwoFields,
    /// OR without a word on one side.
    #[error("OR joins the words before and behind it, such as ferry OR boat")]
    StrayOr,
    /// `ferry OR -boat`, `ferry OR is:unread`
    #[error("OR joins words only: what is excluded, and is:, lang:, before: and after:, count for every result")]
    OrJoinsWords,
    /// `f*ry`, `*rry`
    #[error("* stands at the end of a word, such as ferr*: only beginnings can be searched for")]
    MisplacedStar,
    /// `(a b) OR c`
    #[error("Parentheses do not group words: OR joins the two words beside it")]
    Parentheses,
    /// More than are searched for.
    #[error("Only the first {most} words are searched for")]
    TooManyWords {
        /// How many are.
        most: usize,
    },
    /// `&!`
    #[error("There is no letter and no digit here to search for")]
    NothingToSearch,
}
