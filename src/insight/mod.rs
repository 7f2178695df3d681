//! What a story says, computed from its article: pure, deterministic, each fact with the range of the flat text that it
//! stands in. Reads no file, keeps nothing, and knows neither the library nor a window.
//!
//! - [`facts`]: figures, dates and names of an article in one reading, with progress
//! - [`figures`]: the numbers it states
//! - [`dates`]: the days, months and years it speaks of
//! - [`names`]: the people, organisations and places it names
//! - [`passages`]: blocks cut into the tokens that these go by
//! - [`vocabulary`]: the words that they know

pub mod dates;
pub mod facts;
pub mod figures;
pub mod names;
mod passages;
mod vocabulary;
