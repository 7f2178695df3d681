//! What every layer may ask of a string, and nothing about articles.
//!
//! - [`address`]: what can be asked of a web address as it is written
//! - [`boundaries`]: where a caret may stand, and the word at a place
//! - [`counting`]: words, and the minutes they take
//! - [`direction`]: which way a text runs
//! - [`folding`]: strings made comparable
//! - [`language`]: which language a text is in
//! - [`line_feeds`]: what a line feed in running text stands for
//! - [`matching`]: finds what a person types
//! - [`segments`]: the words that an index knows a text by
//! - [`shingles`]: how much of one text stands in another

pub mod address;
pub mod boundaries;
pub mod counting;
pub mod direction;
pub mod folding;
pub mod language;
pub mod line_feeds;
pub mod matching;
pub mod segments;
pub mod shingles;

pub use counting::{WORDS_PER_MINUTE, count_words, reading_minutes, with_separators};
pub use direction::{Direction, base_direction, parts_apart};
pub use folding::{collapse_whitespace, fold};
pub use language::detect_language;
pub use segments::{folded_words, folded_words_until};
