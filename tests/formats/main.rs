//! Every format that opens, through the one interface that opens them, on small files written here: what each can carry,
//! the odd cases of the programs and services that write them, and what is meant to do harm.
//!
//! - `kinds`: every kind of block in every format that can carry it
//! - `carriers`: how each format packs a page
//! - `texts`: what Markdown and plain text write otherwise
//! - `savers`: programs that save pages, mail and books
//! - `services`: exports of read-later services
//! - `hostile`: bombs, names that lead out, nesting
//! - `mutations`: damaged files of every format
//! - `refusals`: what is not opened, and what to do instead
//! - `table`: one table feeds every list of formats
//! - `make`: writing zips, messages, property lists
//! - `outline`: blocks as short lines
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

// The importers' own tests write blocks down in the same way.
use recto::document;

mod carriers;
mod hostile;
mod kinds;
mod make;
mod mutations;
#[path = "../../src/import/outline.rs"]
mod outline;
mod refusals;
mod savers;
mod services;
mod table;
mod texts;

use recto::document::Article;
use recto::import::{Import, ImportError, Source, import};

/// Reads a file of this name; nothing of that name need be on the disk.
fn open(name: &str, bytes: impl AsRef<[u8]>) -> Import {
    import(&Source::named(format!("nowhere/{name}"), bytes.as_ref())).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is said of a file that does not open.
fn refusal(name: &str, bytes: impl AsRef<[u8]>) -> ImportError {
    match import(&Source::named(format!("nowhere/{name}"), bytes.as_ref())) {
        Ok(read) => panic!("{name} opened as {}", read.format),
        Err(error) => error,
    }
}

/// The one story of a file.
fn story(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    let mut read = open(name, bytes);
    assert_eq!(read.articles.len(), 1, "{name}");
    read.articles.remove(0)
}

/// What a person is told beside the result.
fn warnings(import: &Import) -> String {
    import.warnings.iter().map(|warning| warning.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// A value's first reading and where it was read.
fn stated<T: ToString + PartialEq>(readings: &recto::document::metadata::Readings<T>) -> String {
    readings.first().map(|reading| format!("{} ({})", reading.value.to_string(), reading.from)).unwrap_or_default()
}

/// Whether a story can be written down and read again without a difference.
fn is_sound(article: &Article) -> bool {
    let json = recto::document::Envelope::new(article.clone()).to_json().unwrap();
    recto::document::Envelope::from_json(json.as_bytes()).is_ok_and(|envelope| envelope.article == *article)
}
