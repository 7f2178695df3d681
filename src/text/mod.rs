//! What every layer may ask of a string, and nothing about articles.
//!
//! - [`counting`]: words, and the minutes they take
//! - [`direction`]: which way a text runs
//! - [`folding`]: strings made comparable
//! - [`language`]: which language a text is in
//! - [`words`]: the word at an offset

pub mod counting;
pub mod direction;
pub mod folding;
pub mod language;
pub mod words;

pub use counting::{count_words, reading_minutes};
pub use direction::{Direction, base_direction};
pub use folding::{collapse_whitespace, fold};
pub use language::detect_language;
pub use words::word_range;
