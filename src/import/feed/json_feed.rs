//! JSON Feed 1 and 1.1 → items. Attachments are links that stay in the feed.

use serde_json::Value;

use crate::import::html::dates;
use crate::import::item::{Item, Text, field};
use crate::import::service::json;
use crate::text::collapse_whitespace;

/// Whether the bytes are a JSON Feed, which states its version by an address.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(super::SNIFFED_BYTES)).unwrap_or_default());
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    head.starts_with('{') && head.replace("\\/", "/").contains("://jsonfeed.org/version/1")
}

/// The entries. Values of a kind that the format does not have are passed over, not the entry that they stand in.
///
/// # Errors
/// What is wrong, as a phrase.
pub fn read(bytes: &[u8]) -> Result<Vec<Item>, String> {
    let feed = json::parse(bytes).map_err(|error| format!("it is no JSON Feed ({error})"))?;
    Ok(json::list(&feed, "items").iter().map(|entry| read_entry(entry, &feed)).collect())
}

/// The names of version 1.1, and of version 1.
fn authors(value: &Value) -> Vec<String> {
    let names = json::texts(value, "authors");
    if names.is_empty() { json::texts(value, "author") } else { names }
}

fn read_entry(entry: &Value, feed: &Value) -> Item {
    let mut item = Item::default();
    item.title(json::text(entry, "title"), "title");
    for name in ["url", "external_url"] {
        item.url(json::text(entry, name), name);
    }
    let own = authors(entry);
    item.authors(if own.is_empty() { authors(feed) } else { own }, "authors");
    let site = collapse_whitespace(json::text(feed, "title"));
    if !site.is_empty() {
        item.metadata.site.add(site, field("title of the feed"));
    }
    let language = [entry, feed].into_iter().map(|value| json::text(value, "language")).find(|tag| !tag.is_empty());
    if let Some(language) = language.filter(|tag| tag.len() <= 20) {
        item.metadata.language.add(language.replace('_', "-"), field("language"));
    }
    if let Some(date) = dates::parse(json::text(entry, "date_published")) {
        item.metadata.published.add(date, field("date_published"));
    }
    if let Some(date) = dates::parse(json::text(entry, "date_modified")) {
        item.metadata.modified.add(date, field("date_modified"));
    }
    item.tags(json::names(entry, "tags"), "tags");
    item.description(json::text(entry, "summary"), "summary");
    let text = |name: &str| Some(json::text(entry, name).to_owned()).filter(|text| !text.trim().is_empty());
    item.text = text("content_html").map(Text::Html).or_else(|| text("content_text").map(Text::Plain));
    item
}
