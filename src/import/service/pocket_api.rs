//! What people fetched from Pocket's programming interface before it closed: a map of items by their numbers, or a list of
//! them, with the favourites and dates that its own exports leave out. Holds no texts.

use serde_json::Value;

use super::json;
use crate::document::ReadState;
use crate::import::item::{Item, field};

/// Whether the bytes are such a file.
pub fn sniff(bytes: &[u8]) -> bool {
    ['{', '['].iter().any(|start| json::has_keys(bytes, *start, &["item_id", "given_url", "time_added"]))
}

/// Every item.
pub fn read(value: &Value) -> Vec<Item> {
    let of_list = |list: &Value| match list {
        Value::Array(items) => items.iter().map(item).collect(),
        // serde_json sorts a map by its keys, which are numbers in the order of saving, as strings.
        Value::Object(items) => items.values().filter(|value| value.is_object()).map(item).collect(),
        _ => Vec::new(),
    };
    match value.get("list") {
        Some(list) => of_list(list),
        None => of_list(value),
    }
}

fn item(entry: &Value) -> Item {
    let mut item = Item::default();
    for key in ["resolved_title", "given_title"] {
        item.title(json::text(entry, key), key);
    }
    for key in ["resolved_url", "given_url"] {
        item.url(json::text(entry, key), key);
    }
    item.description(json::text(entry, "excerpt"), "excerpt");
    item.saved(json::date(entry, "time_added"), "time_added");
    item.tags(json::names(entry, "tags"), "tags");
    if let Some(archived) = json::flag(entry, "status") {
        item.state(if archived { ReadState::Archived } else { ReadState::Unread }, "status");
    }
    if let Some(favorite) = json::flag(entry, "favorite") {
        item.metadata.favorite.add(favorite, field("favorite"));
    }
    let language = json::text(entry, "lang");
    if (2..=12).contains(&language.len()) {
        item.metadata.language.add(language.replace('_', "-"), field("lang"));
    }
    if let Some(minutes) = entry.get("time_to_read").and_then(Value::as_u64).and_then(|m| u32::try_from(m).ok())
        && minutes > 0
    {
        item.metadata.stated_minutes.add(minutes, field("time_to_read"));
    }
    item
}
