//! JSON Feed 1 and 1.1 → items. Attachments are links that stay in the feed.

use serde::Deserialize;

use crate::import::html::dates;
use crate::import::item::{Item, Text, field};

/// Whether the bytes are a JSON Feed, which states its version by an address.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(super::SNIFFED_BYTES)).unwrap_or_default());
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    head.starts_with('{') && head.replace("\\/", "/").contains("://jsonfeed.org/version/1")
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Feed {
    title: Option<String>,
    language: Option<String>,
    authors: Vec<Author>,
    author: Option<Author>,
    items: Vec<serde_json::Value>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Author {
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
    language: Option<String>,
    authors: Vec<Author>,
    author: Option<Author>,
    tags: Vec<String>,
}

fn names(authors: &[Author], author: Option<&Author>) -> Vec<String> {
    authors.iter().chain(author).filter_map(|author| author.name.clone()).collect()
}

/// The entries.
///
/// # Errors
/// What is wrong, as a phrase.
pub fn read(bytes: &[u8]) -> Result<Vec<Item>, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let feed: Feed = serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON Feed ({error})"))?;
    let of_all = names(&feed.authors, feed.author.as_ref());
    let read = |value: &serde_json::Value| {
        let entry = Entry::deserialize(value).ok()?;
        let mut item = Item::default();
        item.title(entry.title.as_deref().unwrap_or_default(), "title");
        for (address, name) in [(&entry.url, "url"), (&entry.external_url, "external_url")] {
            item.url(address.as_deref().unwrap_or_default(), name);
        }
        let own = names(&entry.authors, entry.author.as_ref());
        item.authors(if own.is_empty() { of_all.clone() } else { own }, "authors");
        if let Some(site) = &feed.title {
            item.metadata.site.add(site.clone(), field("title of the feed"));
        }
        if let Some(language) = entry.language.or_else(|| feed.language.clone()) {
            item.metadata.language.add(language, field("language"));
        }
        let date = |text: Option<String>| text.as_deref().and_then(dates::parse);
        if let Some(date) = date(entry.date_published) {
            item.metadata.published.add(date, field("date_published"));
        }
        if let Some(date) = date(entry.date_modified) {
            item.metadata.modified.add(date, field("date_modified"));
        }
        item.tags(entry.tags, "tags");
        item.description(entry.summary.as_deref().unwrap_or_default(), "summary");
        let html = entry.content_html.filter(|text| !text.trim().is_empty()).map(Text::Html);
        let plain = || entry.content_text.filter(|text| !text.trim().is_empty()).map(Text::Plain);
        item.text = html.or_else(plain);
        Some(item)
    };
    Ok(feed.items.iter().filter_map(read).filter(|item| !item.is_empty()).collect())
}
