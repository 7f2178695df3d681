//! What read-later services leave in people's hands: one importer a service, all giving [`Item`]s. Field names are those of
//! the services' own exporters; columns are found by their names, never by their place, which changed over the years.
//!
//! - [`pocket`], [`pocket_api`]: CSV, HTML and the zip with annotations and shared lists; what its interface gave
//! - [`omnivore`]: the zip with pages and highlights
//! - [`wallabag`]: JSON with whole texts
//! - [`matter`]: the zip with pages
//! - [`table`]: CSV: Instapaper, Readwise, Raindrop, wallabag, mymind
//! - [`bookmarks`]: JSON of Karakeep, Linkwarden, Pinboard, Readability; HTML bookmarks of browsers
//! - [`annotations`]: highlights of KOReader, Foliate and Obsidian Web Clipper
//! - [`csv`], [`json`]: reading the notations

pub mod annotations;
pub mod bookmarks;
pub mod csv;
pub mod json;
pub mod matter;
pub mod omnivore;
pub mod pocket;
pub mod pocket_api;
pub mod table;
pub mod wallabag;

use super::item::{Item, without_empty};
use super::many::read_each;
use super::{Import, ImportError, Source, Warning, Watch};

/// The articles of items; what has neither title, address nor text is counted in a warning.
fn finish(
    mut items: Vec<Item>,
    mut warnings: Vec<Warning>,
    source: &Source,
    watch: &Watch,
) -> Result<Import, ImportError> {
    warnings.extend(without_empty(&mut items));
    if items.is_empty() {
        return Err(ImportError::NoStories { what: "export" });
    }
    let without_text = items.iter().filter(|item| item.text.is_none() && item.highlights.is_empty()).count();
    let inner = source.inner("item", *b"");
    let mut import = read_each(&items, watch, Item::name, |item: &Item| Ok(item.import(&inner)))?;
    import.warnings.splice(0..0, warnings);
    if without_text > 0 {
        let stories = if without_text == 1 { "story has" } else { "stories have" };
        import.warnings.push(Warning::new(format!(
            "{without_text} {stories} no text in the export, only an address: open it in the browser to read"
        )));
    }
    Ok(import)
}

fn broken(format: &'static str, detail: impl std::fmt::Display) -> ImportError {
    ImportError::Broken { format, detail: format!("{detail}. Export it again, or unpack it and open a part") }
}

#[cfg(test)]
mod tests;
