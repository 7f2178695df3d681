//! Feeds saved as files: RSS 2 and its older kin, RSS 1, Atom, JSON Feed. Every entry is a story, with the HTML it carries.
//! A feed that only teases gives short stories: nothing is fetched.
//!
//! - [`xml_feed`]: RSS and Atom
//! - [`json_feed`]: JSON Feed

pub mod json_feed;
pub mod xml_feed;

use super::item::{Item, without_empty};
use super::many::read_each;
use super::{Import, ImportError, Source, Watch};

/// Bytes at the start in which a feed shows that it is one.
const SNIFFED_BYTES: usize = 4096;

/// Whether the bytes are certainly a feed.
pub fn sniff(bytes: &[u8]) -> bool {
    xml_feed::sniff(bytes) || json_feed::sniff(bytes)
}

/// Reads every entry.
///
/// # Errors
/// [`ImportError::Broken`] where the feed is damaged beyond reading, [`ImportError::NoStories`] where it is empty.
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let items =
        if json_feed::sniff(&source.bytes) { json_feed::read(&source.bytes) } else { xml_feed::read(&source.bytes) };
    let mut items = items.map_err(|detail| ImportError::Broken {
        format: "feed",
        detail: format!("{detail}. Save it again from its address"),
    })?;
    let empty = without_empty(&mut items);
    if items.is_empty() {
        return Err(ImportError::NoStories { what: "feed" });
    }
    // A relative address in an entry is meant against the site's, never a file beside the feed.
    let inner = source.inner("entry", *b"");
    let mut import = read_each(&items, watch, Item::name, |item: &Item| Ok(item.import(&inner)))?;
    import.warnings.splice(0..0, empty);
    Ok(import)
}

#[cfg(test)]
mod tests;
