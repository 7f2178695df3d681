//! What can be said of a story by rules: an article to facts, each with the [range](crate::document::TextRange) that it stands
//! in. Pure and deterministic; reads no file, knows no window and keeps nothing.
//!
//! - [`contacts`]: whom the page would have called on, trackers named
//! - [`links`]: every link of the source
//! - [`shape`]: words, sentences, how hard it reads, whether it looks cut off
//! - [`step`]: how far a long computation has come, and whether it is still wanted
//! - [`voices`]: who says what
//! - [`facts`]: figures, dates and names of an article in one reading
//! - [`insights`]: what takes a reading of the whole text, in one value that can be kept
//! - [`figures`]: the numbers it states
//! - [`dates`]: the days, months and years it speaks of
//! - [`names`]: the people, organisations and places it names
//! - [`passages`]: blocks cut into the tokens that these three go by
//! - [`vocabulary`]: the words that they know

pub mod contacts;
pub mod dates;
pub mod facts;
pub mod figures;
pub mod insights;
pub mod links;
pub mod names;
mod passages;
pub mod shape;
pub mod step;
mod vocabulary;
pub mod voices;
