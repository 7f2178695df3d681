//! What reading programs keep of a person's marks, without the texts: KOReader's and Foliate's JSON, and the highlights that
//! Obsidian Web Clipper exports. The quotes are all the text that such a story has.

use serde_json::Value;

use super::{broken, finish, json};
use crate::document::Highlight;
use crate::import::item::{Item, field};
use crate::import::{Import, ImportError, Source, Watch};

/// Whether the bytes are such a file.
pub fn sniff(bytes: &[u8]) -> bool {
    is_koreader(bytes) || is_foliate(bytes) || is_clipper(bytes)
}

fn is_koreader(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '{', &["entries", "created_on", "version"])
}

fn is_foliate(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '{', &["annotations", "metadata", "value"])
}

fn is_clipper(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '[', &["url", "highlights", "text", "timestamp"])
}

/// Reads every book or page with what was marked in it.
///
/// # Errors
/// [`ImportError::Broken`] and [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let value = json::parse(&source.bytes).map_err(|error| broken("highlights", error))?;
    let items = match () {
        () if is_koreader(&source.bytes) => {
            // Of several books, or of one.
            let books = json::list(&value, "documents");
            if books.is_empty() { vec![koreader(&value)] } else { books.iter().map(koreader).collect() }
        }
        () if is_foliate(&source.bytes) => vec![foliate(&value)],
        () => value.as_array().into_iter().flatten().map(clipper).collect(),
    };
    finish(items, Vec::new(), source, watch)
}

/// A mark, if it says anything.
fn mark(quote: &str, note: &str, from: &str) -> Option<Highlight> {
    let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
    let quote = quote.trim();
    (!quote.is_empty() || note.is_some()).then(|| Highlight { note, ..Highlight::new(quote, field(from)) })
}

fn koreader(book: &Value) -> Item {
    let mut item = Item::default();
    item.title(json::text(book, "title"), "title");
    // Several authors stand one a line.
    item.authors(json::text(book, "author").lines().map(str::to_owned), "author");
    for entry in json::list(book, "entries") {
        if let Some(mark) = mark(json::text(entry, "text"), json::text(entry, "note"), "entries") {
            let color = Some(json::text(entry, "color").to_owned()).filter(|color| !color.is_empty());
            item.highlights.push(Highlight { made: json::date(entry, "time"), color, ..mark });
        }
    }
    item
}

fn foliate(book: &Value) -> Item {
    let mut item = Item::default();
    let metadata = book.get("metadata").unwrap_or(&Value::Null);
    item.title(json::text(metadata, "title"), "title");
    item.authors(json::texts(metadata, "author"), "author");
    for entry in json::list(book, "annotations") {
        if let Some(mark) = mark(json::text(entry, "text"), json::text(entry, "note"), "annotations") {
            let color = Some(json::text(entry, "color").to_owned()).filter(|color| !color.is_empty());
            item.highlights.push(Highlight { made: json::date(entry, "created"), color, ..mark });
        }
    }
    item
}

fn clipper(page: &Value) -> Item {
    let mut item = Item::default();
    item.title(json::text(page, "title"), "title");
    item.url(json::text(page, "url"), "url");
    for entry in json::list(page, "highlights") {
        let notes = json::texts(entry, "notes").join("\n\n");
        if let Some(mark) = mark(json::text(entry, "text"), &notes, "highlights") {
            item.highlights.push(Highlight { made: json::date(entry, "timestamp"), ..mark });
        }
    }
    item
}
