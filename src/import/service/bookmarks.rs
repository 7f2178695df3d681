//! Links and notes of bookmarking programs: JSON of Karakeep, Linkwarden, Pinboard and Readability, and the HTML that every browser
//! exports. Folders and lists become tags.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::{broken, finish, json};
use crate::archive::is_zip;
use crate::document::{Highlight, ReadState};
use crate::import::item::{Item, Text, any_date, field};
use crate::import::{Import, ImportError, Source, Watch, html};

/// Whether the bytes are such an export.
pub fn sniff(bytes: &[u8]) -> bool {
    is_html(bytes) || is_karakeep(bytes) || is_linkwarden(bytes) || is_pinboard(bytes) || is_readability(bytes)
}

fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(512)).unwrap_or_default()).to_lowercase();
    !is_zip(bytes) && head.contains("<!doctype netscape-bookmark-file-1>")
}

fn is_karakeep(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '{', &["bookmarks", "createdAt", "content"])
}

fn is_linkwarden(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '{', &["collections", "links"])
}

fn is_pinboard(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '[', &["href", "description", "toread"])
}

fn is_readability(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '{', &["bookmarks", "article__url"])
}

/// Reads every link and note.
///
/// # Errors
/// [`ImportError::Broken`] and [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    if is_html(&source.bytes) {
        return finish(from_html(&source.bytes), Vec::new(), source, watch);
    }
    let value = json::parse(&source.bytes).map_err(|error| broken("bookmarks", error))?;
    let items = match () {
        () if is_readability(&source.bytes) => json::list(&value, "bookmarks").iter().map(readability).collect(),
        () if is_karakeep(&source.bytes) => karakeep(&value),
        () if is_linkwarden(&source.bytes) => linkwarden(&value),
        () => value.as_array().into_iter().flatten().map(pinboard).collect(),
    };
    finish(items, Vec::new(), source, watch)
}

fn karakeep(value: &Value) -> Vec<Item> {
    let lists: HashMap<&str, &str> =
        json::list(value, "lists").iter().map(|list| (json::text(list, "id"), json::text(list, "name"))).collect();
    let read = |entry: &Value| {
        let mut item = Item::default();
        item.title(json::text(entry, "title"), "title");
        item.saved(json::date(entry, "createdAt"), "createdAt");
        let of_lists = json::names(entry, "lists").into_iter();
        let of_lists = of_lists.map(|id| lists.get(id.as_str()).map_or(id.clone(), |name| (*name).to_owned()));
        item.tags(json::names(entry, "tags").into_iter().chain(of_lists), "tags");
        if let Some(archived) = json::flag(entry, "archived") {
            item.state(if archived { ReadState::Archived } else { ReadState::Unread }, "archived");
        }
        if let Some(content) = entry.get("content") {
            item.url(json::text(content, "url"), "content.url");
            item.text = Text::guess(json::text(content, "text"));
        }
        let note = json::text(entry, "note");
        if !note.trim().is_empty() {
            item.highlights.push(Highlight { note: Some(note.to_owned()), ..Highlight::new("", field("note")) });
        }
        item
    };
    json::list(value, "bookmarks").iter().map(read).collect()
}

fn linkwarden(value: &Value) -> Vec<Item> {
    let mut items = Vec::new();
    for collection in json::list(value, "collections") {
        for link in json::list(collection, "links") {
            let mut item = Item::default();
            item.title(json::text(link, "name"), "name");
            item.url(json::text(link, "url"), "url");
            item.description(json::text(link, "description"), "description");
            let name = Some(json::text(collection, "name").to_owned());
            item.tags(json::names(link, "tags").into_iter().chain(name), "tags");
            item.saved(json::date(link, "createdAt"), "createdAt");
            items.push(item);
        }
    }
    items
}

fn pinboard(entry: &Value) -> Item {
    let mut item = Item::default();
    item.title(json::text(entry, "description"), "description");
    item.url(json::text(entry, "href"), "href");
    item.description(json::text(entry, "extended"), "extended");
    item.saved(json::date(entry, "time"), "time");
    item.tags(json::text(entry, "tags").split_whitespace().map(str::to_owned), "tags");
    if let Some(unread) = json::flag(entry, "toread") {
        item.state(if unread { ReadState::Unread } else { ReadState::Archived }, "toread");
    }
    item
}

fn readability(entry: &Value) -> Item {
    let mut item = Item::default();
    item.title(json::text(entry, "article__title"), "article__title");
    item.url(json::text(entry, "article__url"), "article__url");
    item.description(json::text(entry, "article__excerpt"), "article__excerpt");
    item.saved(json::date(entry, "date_added"), "date_added");
    item.tags(json::names(entry, "tags"), "tags");
    if let Some(archived) = json::flag(entry, "archive") {
        item.state(if archived { ReadState::Archived } else { ReadState::Unread }, "archive");
    }
    if let Some(favorite) = json::flag(entry, "favorite") {
        item.metadata.favorite.add(favorite, field("favorite"));
    }
    item
}

fn from_html(bytes: &[u8]) -> Vec<Item> {
    let text = html::encoding::decode(bytes).text;
    let document = Document::from(html::nesting::limit(&text).as_ref());
    document.root().descendants_it().filter(|node| node.has_name("a")).filter_map(|node| bookmark(&node)).collect()
}

fn bookmark(node: &NodeRef) -> Option<Item> {
    let mut item = Item::default();
    item.title(&node.text(), "a");
    item.url(&node.attr("href")?, "href");
    item.saved(node.attr("add_date").and_then(|date| any_date(&date)), "add_date");
    let folders = node.ancestors(None).into_iter().filter(|ancestor| ancestor.has_name("dl")).filter_map(|list| {
        let heading = list.prev_element_sibling().filter(|sibling| sibling.has_name("h3"))?;
        Some(heading.text().to_string())
    });
    let own = node.attr("tags").unwrap_or_default();
    let own: Vec<String> = own.split(',').map(str::to_owned).collect();
    item.tags(own.into_iter().chain(folders), "tags");
    Some(item)
}
