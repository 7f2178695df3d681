//! Services that export one table: which columns tell each, and what each column says. One row of [`SERVICES`] a service.

use super::csv::{self, Row, Table};
use super::finish;
use crate::document::{Highlight, ReadState};
use crate::import::item::{Item, Text, any_date, field};
use crate::import::{Import, ImportError, Source, Warning, Watch};

/// A service by its columns.
struct Service {
    /// The columns, in lower case, that it alone has together.
    known_by: &'static [&'static str],
    /// What a row says.
    read: fn(&Table, &Row, &mut Item),
    /// Whether several rows are one story: highlights of one book.
    joins_rows: bool,
}

const SERVICES: &[Service] = &[
    Service { known_by: &["url", "title", "selection", "folder"], read: instapaper, joins_rows: false },
    Service {
        known_by: &["title", "url", "document tags", "saved date", "location"],
        read: readwise_reader,
        joins_rows: false,
    },
    Service { known_by: &["highlight", "book title", "book author"], read: readwise_highlight, joins_rows: true },
    Service {
        known_by: &["title", "author", "publisher", "text", "highlighted date"],
        read: matter_highlight,
        joins_rows: true,
    },
    Service {
        known_by: &["title", "note", "excerpt", "url", "folder", "tags", "created"],
        read: raindrop,
        joins_rows: false,
    },
    Service {
        known_by: &["title", "url", "content", "tags", "mime type", "language", "creation date"],
        read: wallabag,
        joins_rows: false,
    },
    Service {
        known_by: &["type", "title", "url", "content", "note", "tags", "created"],
        read: mymind,
        joins_rows: false,
    },
];

fn service_of(bytes: &[u8]) -> Option<&'static Service> {
    let header = csv::header(bytes);
    let has = |name: &&str| header.iter().any(|column| column == name);
    SERVICES.iter().find(|service| service.known_by.iter().all(has))
}

/// Whether the bytes are a table of one of the services.
pub fn sniff(bytes: &[u8]) -> bool {
    service_of(bytes).is_some()
}

/// Reads every row.
///
/// # Errors
/// [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let Some(service) = service_of(&source.bytes) else { return Err(ImportError::NoStories { what: "table" }) };
    let table = Table::read(&source.bytes);
    let mut items: Vec<Item> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for row in &table.rows {
        let mut item = Item::default();
        (service.read)(&table, row, &mut item);
        let title = item.metadata.title.value().cloned().unwrap_or_default();
        let key = (title, item.metadata.authors.value().cloned());
        if service.joins_rows
            && let Some(known) = places.get(&key).and_then(|place: &usize| items.get_mut(*place))
        {
            known.highlights.append(&mut item.highlights);
        } else {
            places.insert(key, items.len());
            items.push(item);
        }
    }
    let damaged = (table.damaged > 0)
        .then(|| Warning::new(format!("{} rows of the table are damaged and were left out", table.damaged)));
    finish(items, damaged.into_iter().collect(), source, watch)
}

fn add_note(item: &mut Item, note: &str, from: &str) {
    if !note.is_empty() {
        item.highlights.push(Highlight { note: Some(note.to_owned()), ..Highlight::new("", field(from)) });
    }
}

fn instapaper(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    item.title(cell("title"), "Title");
    item.url(cell("url"), "URL");
    item.saved(any_date(cell("timestamp")), "Timestamp");
    let mut tags = csv::tags(cell("tags"));
    // A story stands in one folder: a state, a star, or a name that the person gave.
    match cell("folder") {
        "Unread" => item.state(ReadState::Unread, "Folder"),
        "Archive" => item.state(ReadState::Archived, "Folder"),
        "Starred" => item.metadata.favorite.add(true, field("Folder")),
        folder => tags.push(folder.to_owned()),
    }
    item.tags(tags, "Tags");
    if !cell("selection").is_empty() {
        item.highlights.push(Highlight::new(cell("selection"), field("Selection")));
    }
}

fn readwise_reader(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    item.title(cell("title"), "Title");
    item.url(cell("url"), "URL");
    item.tags(csv::tags(cell("document tags")), "Document tags");
    item.saved(any_date(cell("saved date")), "Saved date");
    match cell("location") {
        "new" | "feed" => item.state(ReadState::Unread, "Location"),
        "later" | "shortlist" => item.state(ReadState::Reading, "Location"),
        "archive" => item.state(ReadState::Archived, "Location"),
        _ => {}
    }
    if let Some(share) = cell("reading progress").parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share)) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100, as checked")]
        item.metadata.read_percent.add((share * 100.0).round() as u8, field("Reading progress"));
    }
}

fn readwise_highlight(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    item.title(cell("book title"), "Book Title");
    item.authors(some(cell("book author")), "Book Author");
    item.tags(csv::tags(cell("document tags")), "Document tags");
    item.highlights.push(Highlight {
        note: some(cell("note")),
        color: some(cell("color")),
        made: any_date(cell("highlighted at")),
        tags: csv::tags(cell("tags")),
        ..Highlight::new(cell("highlight"), field("Highlight"))
    });
}

fn matter_highlight(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    item.title(cell("title"), "Title");
    item.authors(Some(cell("author").to_owned()), "Author");
    if !cell("publisher").is_empty() {
        item.metadata.site.add(cell("publisher").to_owned(), field("Publisher"));
    }
    let made = any_date(cell("highlighted date"));
    item.highlights.push(Highlight { made, ..Highlight::new(cell("text"), field("Text")) });
}

fn raindrop(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    item.title(cell("title"), "title");
    item.url(cell("url"), "url");
    item.description(cell("excerpt"), "excerpt");
    let folder = cell("folder");
    let folder = (!folder.is_empty() && folder != "Unsorted").then(|| folder.to_owned());
    item.tags(csv::tags(cell("tags")).into_iter().chain(folder), "tags");
    item.saved(any_date(cell("created")), "created");
    if let Some(favorite) = match cell("favorite") {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    } {
        item.metadata.favorite.add(favorite, field("favorite"));
    }
    add_note(item, cell("note"), "note");
    for part in cell("highlights").split("\n\n").map(|part| part.trim().trim_start_matches("Highlight:")) {
        let (quote, note) = part.split_once("\nNote:").map_or((part, None), |(quote, note)| (quote, Some(note)));
        if !quote.trim().is_empty() {
            let note = note.map(|note| note.trim().to_owned());
            item.highlights.push(Highlight { note, ..Highlight::new(quote.trim(), field("highlights")) });
        }
    }
}

fn wallabag(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    item.title(cell("title"), "Title");
    item.url(cell("url"), "URL");
    item.text = Text::guess(cell("content"));
    item.tags(csv::tags(cell("tags")), "Tags");
    if !cell("language").is_empty() {
        item.metadata.language.add(cell("language").replace('_', "-"), field("Language"));
    }
    // `d/m/Y h:i:s` counts hours to twelve without saying which half: the day is certain, the time is not.
    let day: Vec<&str> = cell("creation date").split([' ', '/']).take(3).collect();
    if let [day, month, year] = day[..] {
        item.saved(format!("{year}-{month:0>2}-{day:0>2}").parse().ok(), "Creation date");
    }
}

fn mymind(table: &Table, row: &Row, item: &mut Item) {
    let cell = |column| table.cell(row, column);
    item.title(cell("title"), "title");
    item.url(cell("url"), "url");
    item.text = Text::guess(cell("content"));
    item.tags(csv::tags(cell("tags")), "tags");
    item.saved(any_date(cell("created")), "created");
    add_note(item, cell("note"), "note");
}
