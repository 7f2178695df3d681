//! What can be said of a story by rules: an article to facts, each with the [range](crate::document::TextRange) that it stands
//! in. Pure and deterministic; reads no file, knows no window and keeps nothing.
//!
//! - [`step`]: how far a long computation has come, and whether it is still wanted
//! - [`voices`]: who says what

pub mod step;
pub mod voices;
