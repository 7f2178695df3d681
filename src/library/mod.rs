//! The library: every story, kept and found again.
//!
//! - [`terms`]: what a text is indexed by
//! - [`query`]: what a person types into the search field

pub mod query;
pub mod terms;
