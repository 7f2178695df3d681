//! Finds what a person types, as they mean it: case, diacritics, typography and white space aside unless they ask. Knows
//! strings only; what part of a story is searched, and when, is the caller's.
//!
//! - [`query`]: what is asked for, and what may be wrong with it
//! - [`mod@matches`]: the hits, one slice of work at a time
//! - `letters`: what one character is folded to
//! - `window`: a stretch of text folded, with the way back to its offsets
//! - `literal`: the search for folded text
//! - `expression`: the search by a regular expression
//! - `borders`: where a hit may begin and end

mod borders;
mod expression;
pub(in crate::text) mod letters;
mod literal;
pub mod matches;
pub mod query;
#[cfg(test)]
mod tests;
mod window;

pub use matches::{Matches, Step};
pub use query::{Matcher, Query, QueryError};
