//! Pocket's exports: `part_*.csv` (addresses, no texts), `annotations/*.json` (highlights), `collections/*.json` (shared
//! lists), all in one zip; a single file out of it; and the older HTML. Titles may be cut at 75 characters: nothing mends
//! that.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;

use super::csv::{self, Table};
use super::{broken, finish, json, pocket_api};
use crate::archive::{entry_names, is_zip};
use crate::document::{Highlight, ReadState};
use crate::import::item::{Item, any_date, field};
use crate::import::{Import, ImportError, Source, Warning, Watch, bundle, html};

/// Whether the bytes are such an export.
pub fn sniff(bytes: &[u8]) -> bool {
    is_csv(bytes) || is_html(bytes) || is_export_zip(bytes) || is_json(bytes)
}

fn is_json(bytes: &[u8]) -> bool {
    is_annotations(bytes) || is_collection(bytes) || pocket_api::sniff(bytes)
}

fn is_annotations(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '[', &["url", "highlights", "quote", "created_at"])
}

fn is_collection(bytes: &[u8]) -> bool {
    json::has_keys(bytes, '{', &["slug", "items", "excerpt", "note"])
}

fn is_csv(bytes: &[u8]) -> bool {
    let header = csv::header(bytes);
    ["title", "url", "time_added", "status"].iter().all(|name| header.iter().any(|column| column == name))
}

fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024)).unwrap_or_default()).to_lowercase();
    !is_zip(bytes) && head.contains("<title>pocket export</title>")
}

fn is_export_zip(bytes: &[u8]) -> bool {
    let is_part = |name: &String| {
        let name = name.rsplit('/').next().unwrap_or_default();
        name.strip_prefix("part_")
            .and_then(|rest| rest.strip_suffix(".csv"))
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
    };
    is_zip(bytes) && entry_names(bytes).iter().any(is_part)
}

/// Reads every link, with what was marked in it.
///
/// # Errors
/// [`ImportError::Broken`] and [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let mut items = Vec::new();
    let mut warnings = Vec::new();
    if is_csv(&source.bytes) {
        read_csv(&source.bytes, &mut items, &mut warnings);
    } else if is_html(&source.bytes) {
        read_html(&source.bytes, &mut items);
    } else if is_json(&source.bytes) {
        let value = json::parse(&source.bytes).map_err(|error| broken("Pocket", error))?;
        if is_annotations(&source.bytes) {
            add_annotations(&[value], &mut items);
        } else if is_collection(&source.bytes) {
            add_collections(&[value], &mut items);
        } else {
            items = pocket_api::read(&value);
        }
    } else {
        let archive = bundle::open(source, "Pocket")?;
        warnings.extend(bundle::warnings(&archive));
        let (mut annotations, mut collections) = (Vec::new(), Vec::new());
        for entry in archive.entries() {
            watch.check()?;
            let kind = match () {
                () if entry.name.ends_with(".csv") => 0,
                () if entry.name.contains("annotations/") && entry.name.ends_with(".json") => 1,
                () if entry.name.contains("collections/") && entry.name.ends_with(".json") => 2,
                () => continue,
            };
            let bytes = match archive.read(entry) {
                Ok(bytes) => bytes,
                Err(error) => {
                    warnings.push(Warning::new(format!("“{}” was left out: {error}", entry.name)));
                    continue;
                }
            };
            let parsed = if kind == 0 { Ok(Value::Null) } else { json::parse(&bytes) };
            match (kind, parsed) {
                (0, _) => read_csv(&bytes, &mut items, &mut warnings),
                (1, Ok(value)) => annotations.push(value),
                (_, Ok(value)) => collections.push(value),
                (_, Err(error)) => {
                    warnings.push(Warning::new(format!("“{}” was left out: it is damaged ({error})", entry.name)));
                }
            }
        }
        add_annotations(&annotations, &mut items);
        add_collections(&collections, &mut items);
        if items.is_empty() {
            return Err(broken("Pocket", warnings.first().map_or("there is no link in it", |w| w.message.as_str())));
        }
    }
    finish(items, warnings, source, watch)
}

fn read_csv(bytes: &[u8], items: &mut Vec<Item>, warnings: &mut Vec<Warning>) {
    let table = Table::read(bytes);
    if table.damaged > 0 {
        warnings.push(Warning::new(format!("{} rows of the table are damaged and were left out", table.damaged)));
    }
    for row in &table.rows {
        let cell = |column| table.cell(row, column);
        let mut item = Item::default();
        item.title(cell("title"), "title");
        item.url(cell("url"), "url");
        item.saved(any_date(cell("time_added")), "time_added");
        item.tags(cell("tags").split('|').map(str::to_owned), "tags");
        set_state(&mut item, cell("status"), "status");
        items.push(item);
    }
}

fn set_state(item: &mut Item, status: &str, from: &str) {
    match status {
        "unread" | "0" => item.state(ReadState::Unread, from),
        "archive" | "1" => item.state(ReadState::Archived, from),
        _ => {}
    }
}

fn read_html(bytes: &[u8], items: &mut Vec<Item>) {
    let text = html::encoding::decode(bytes).text;
    let document = Document::from(html::nesting::limit(&text).as_ref());
    let mut state = None;
    for node in document.root().descendants_it().filter(dom_query::NodeRef::is_element) {
        if node.has_name("h1") {
            let heading = node.text().to_lowercase();
            state = match () {
                () if heading.contains("unread") => Some(ReadState::Unread),
                () if heading.contains("archive") => Some(ReadState::Archived),
                () => None,
            };
        } else if node.has_name("a")
            && let Some(href) = node.attr("href")
        {
            let mut item = Item::default();
            item.title(&node.text(), "a");
            item.url(&href, "href");
            item.saved(node.attr("time_added").and_then(|time| any_date(&time)), "time_added");
            item.tags(node.attr("tags").unwrap_or_default().split(',').map(str::to_owned), "tags");
            if let Some(state) = state {
                item.state(state, "h1");
            }
            items.push(item);
        }
    }
}

/// The places of items by their address.
fn by_address(items: &[Item]) -> HashMap<String, usize> {
    let address = |(place, item): (usize, &Item)| Some((item.metadata.url.value()?.clone(), place));
    items.iter().enumerate().filter_map(address).collect()
}

/// The item of an address, or where none is stated of a title; it is made where there is none.
fn item_of<'a>(entry: &Value, places: &mut HashMap<String, usize>, items: &'a mut Vec<Item>) -> Option<&'a mut Item> {
    let url = json::text(entry, "url").trim();
    let key = if url.is_empty() { json::text(entry, "title").trim() } else { url };
    let place = *places.entry(key.to_owned()).or_insert_with(|| {
        let mut item = Item::default();
        item.url(url, "url");
        item.title(json::text(entry, "title"), "title");
        items.push(item);
        items.len() - 1
    });
    items.get_mut(place)
}

fn add_annotations(files: &[Value], items: &mut Vec<Item>) {
    let mut places = by_address(items);
    for entry in files.iter().filter_map(Value::as_array).flatten() {
        let Some(item) = item_of(entry, &mut places, items) else { continue };
        for mark in json::list(entry, "highlights") {
            let quote = json::text(mark, "quote");
            if !quote.trim().is_empty() {
                let made = json::date(mark, "created_at");
                item.highlights.push(Highlight { made, ..Highlight::new(quote, field("annotations")) });
            }
        }
    }
}

/// A shared list is a tag; what was written to a link in it is a note.
fn add_collections(files: &[Value], items: &mut Vec<Item>) {
    let mut places = by_address(items);
    for list in files {
        let title = [json::text(list, "title"), json::text(list, "slug")].into_iter().find(|title| !title.is_empty());
        for entry in json::list(list, "items") {
            let Some(item) = item_of(entry, &mut places, items) else { continue };
            item.description(json::text(entry, "excerpt"), "excerpt");
            item.tags(title.map(str::to_owned), "collections");
            let note = json::text(entry, "note");
            if !note.trim().is_empty() {
                item.highlights
                    .push(Highlight { note: Some(note.to_owned()), ..Highlight::new("", field("collections")) });
            }
        }
    }
}
