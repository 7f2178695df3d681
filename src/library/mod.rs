//! The library: one SQLite file that keeps every story that was opened, with what its person did to it. The only place
//! that knows SQL. Opens no article file, and draws nothing.
//!
//! - [`values`]: what goes in and comes out
//! - [`store`]: the file, opened for writing or for reading
//! - [`schema`]: its tables, and the way from an older library to this one
//! - [`adding`]: stories in, versions and copies told apart
//! - [`changing`]: what a person does to a story, and how it is taken back
//! - [`computed`]: what was computed from a story, by the version of the rules
//! - [`correcting`]: values that a person puts in place of what was read
//! - [`listing`]: the stories of a view in order, and their rows
//! - [`documents`]: whole stories out, and kept originals
//! - [`finding`]: full-text search
//! - [`addressed`]: the stories that links lead to
//! - [`pace`]: how fast its person reads
//! - [`nearness`]: other tellings of a story
//! - [`folders`]: folders whose files are stories
//! - [`upkeep`]: check, backup, restore
//! - [`rescue`]: what can still be read of a damaged library
//! - [`error`]: what can go wrong, in a person's words
//!
//! One thread writes ([`Store`]); any number read ([`Reader`]), each with a connection of its own. What a function that
//! changes something has answered is on the disk: a power cut later loses nothing of it.

pub mod adding;
pub mod addressed;
pub mod changing;
pub mod computed;
pub mod correcting;
pub mod documents;
pub mod error;
pub mod finding;
pub mod folders;
pub mod listing;
pub mod nearness;
pub mod pace;
mod packing;
pub mod query;
pub mod rescue;
pub mod schema;
pub mod store;
pub mod terms;
pub mod upkeep;
pub mod values;

pub use addressed::Addressed;
pub use changing::Change;
pub use computed::Rules;
pub use correcting::{Correction, Stated};
pub use error::LibraryError;
pub use finding::{Found, Lit};
pub use nearness::{NearDuplicate, Nearby};
pub use pace::Pace;
pub use query::Query;
pub use store::{Reader, Store};
pub use values::{Counts, Entry, Kept, Key, NewSource, NewStory, ReadState, Seen, Shelf, Sort, Status, View};

#[cfg(test)]
mod tests;
