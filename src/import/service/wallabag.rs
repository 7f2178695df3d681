//! wallabag's JSON: whole texts with state, tags and annotations. Flags are 0 and 1 in its newer exports, booleans and
//! strings in older ones.

use serde_json::Value;

use super::{broken, finish, json};
use crate::document::{Highlight, ReadState};
use crate::import::item::{Item, Text, field};
use crate::import::{Import, ImportError, Source, Watch};

/// Whether the bytes are such an export.
pub fn sniff(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '[', &["is_archived", "content", "url"])
}

/// Reads every entry.
///
/// # Errors
/// [`ImportError::Broken`] and [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let value = json::parse(&source.bytes).map_err(|error| broken("wallabag", error))?;
    let items = value.as_array().into_iter().flatten().map(read).collect();
    finish(items, Vec::new(), source, watch)
}

fn read(entry: &Value) -> Item {
    let mut item = Item::default();
    item.title(json::text(entry, "title"), "title");
    for key in ["url", "given_url", "origin_url"] {
        item.url(json::text(entry, key), key);
    }
    item.authors(json::names(entry, "published_by"), "published_by");
    if let Some(domain) = entry.get("domain_name").and_then(Value::as_str).filter(|domain| !domain.is_empty()) {
        item.metadata.site.add(domain.to_owned(), field("domain_name"));
    }
    if let Some(date) = json::date(entry, "published_at") {
        item.metadata.published.add(date, field("published_at"));
    }
    item.saved(json::date(entry, "created_at"), "created_at");
    if let Some(language) = entry.get("language").and_then(Value::as_str).filter(|tag| (2..=12).contains(&tag.len())) {
        item.metadata.language.add(language.replace('_', "-"), field("language"));
    }
    if let Some(minutes) =
        entry.get("reading_time").and_then(Value::as_u64).and_then(|m| u32::try_from(m).ok()).filter(|m| *m > 0)
    {
        item.metadata.stated_minutes.add(minutes, field("reading_time"));
    }
    if let Some(archived) = json::flag(entry, "is_archived") {
        item.state(if archived { ReadState::Archived } else { ReadState::Unread }, "is_archived");
    }
    if let Some(starred) = json::flag(entry, "is_starred") {
        item.metadata.favorite.add(starred, field("is_starred"));
    }
    item.tags(json::names(entry, "tags"), "tags");
    item.text = Some(json::text(entry, "content"))
        .filter(|text| !text.trim().is_empty() && !is_failure(text))
        .map(|text| Text::Html(text.to_owned()));
    for annotation in json::list(entry, "annotations") {
        let mut highlight = Highlight::new(json::text(annotation, "quote"), field("annotations"));
        highlight.note = Some(json::text(annotation, "text").to_owned()).filter(|note| !note.trim().is_empty());
        highlight.made = json::date(annotation, "created_at");
        if !highlight.quote.is_empty() || highlight.note.is_some() {
            item.highlights.push(highlight);
        }
    }
    item
}

/// What wallabag writes in place of a page that it could not fetch.
fn is_failure(text: &str) -> bool {
    text.len() < 600 && text.contains("wallabag can't retrieve contents")
}
