//! What can be said of a story by rules: an article to facts, each with the [range](crate::document::TextRange) that it stands
//! in. Pure and deterministic; reads no file, knows no window and keeps nothing.
//!
//! - [`contacts`]: whom the page would have called on, trackers named
//! - [`links`]: every link of the source
//! - [`shape`]: words, sentences, how hard it reads, whether it looks cut off
//! - [`step`]: how far a long computation has come, and whether it is still wanted
//! - [`voices`]: who says what

pub mod contacts;
pub mod links;
pub mod shape;
pub mod step;
pub mod voices;
