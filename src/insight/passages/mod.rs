//! A block of a story cut into words, numbers and signs, with what the vocabulary knows of each. Knows no fact.
//!
//! - [`tokens`]: the cutting
//! - [`passage`]: the tokens of a block, and what can be asked of their neighbourhood

mod passage;
mod tokens;

pub(super) use passage::{Passage, Setting, passages};
pub(super) use tokens::{Case, Kind, is_apostrophe, words_of};
