//! Matter's zip: `_matter_history.csv` somewhere in it, whose `File Id` is the place of the saved page in the same zip.

use super::csv::Table;
use super::{broken, finish};
use crate::archive::{Archive, entry_names, is_zip, names};
use crate::document::ReadState;
use crate::import::html::encoding;
use crate::import::item::{Item, Text, any_date, field};
use crate::import::{Import, ImportError, Source, Warning, Watch, bundle};

const HISTORY: &str = "_matter_history.csv";

/// Whether the bytes are such an export.
pub fn sniff(bytes: &[u8]) -> bool {
    is_zip(bytes) && entry_names(bytes).iter().any(|name| name.ends_with(HISTORY))
}

/// Reads every row.
///
/// # Errors
/// [`ImportError::Broken`] and [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let archive = bundle::open(source, "Matter")?;
    let history = archive.entries().iter().find(|entry| entry.name.ends_with(HISTORY));
    let history = history.ok_or_else(|| broken("Matter", "its list of stories is missing"))?;
    let table = Table::read(&archive.read(history).map_err(|error| broken("Matter", error))?);
    let mut items = Vec::new();
    for row in &table.rows {
        watch.check()?;
        let cell = |column| table.cell(row, column);
        let mut item = Item::default();
        item.title(cell("title"), "Title");
        item.url(cell("url"), "URL");
        item.authors(Some(cell("author").to_owned()), "Author");
        if !cell("publisher").is_empty() {
            item.metadata.site.add(cell("publisher").to_owned(), field("Publisher"));
        }
        item.tags(cell("tags").split(';').map(str::to_owned), "Tags");
        let is = |column| matches!(cell(column).to_lowercase().as_str(), "true" | "1" | "yes");
        match () {
            () if is("read") => item.state(ReadState::Archived, "Read"),
            () if is("in queue") => item.state(ReadState::Unread, "In Queue"),
            () => {}
        }
        if !cell("favorited").is_empty() {
            item.metadata.favorite.add(is("favorited"), field("Favorited"));
        }
        for (column, name) in [("saved", "Saved"), ("last interaction date", "Last Interaction Date")] {
            item.saved(any_date(cell(column)), name);
        }
        if !cell("file id").is_empty() {
            read_page(cell("file id"), &archive, &history.name, &mut item);
        }
        items.push(item);
    }
    finish(items, bundle::warnings(&archive), source, watch)
}

fn read_page(file: &str, archive: &Archive, history: &str, item: &mut Item) {
    // From the archive's root, or from the folder that the list stands in.
    let places = [names::inside(file), names::resolve(history, file)];
    let Some(entry) = places.into_iter().flatten().find_map(|name| archive.entry(&name)) else { return };
    match archive.read(entry) {
        Ok(bytes) => item.text = Text::guess(&encoding::decode(&bytes).text),
        Err(error) => item.warnings.push(Warning::new(format!("Its text was left out: {error}"))),
    }
}
