//! Omnivore's zip: `metadata_*.json` in batches, `content/<slug>.html` (the readable form; "contents" in its documentation),
//! `highlights/<slug>.md`. An entry may stand in it twice, and a page may be missing.

use serde_json::Value;

use super::{broken, finish, json};
use crate::archive::{Archive, entry_names, is_zip};
use crate::document::{Highlight, ReadState};
use crate::import::item::{Item, Text, field};
use crate::import::{Import, ImportError, Source, Warning, Watch, bundle, html};

/// Whether the bytes are such an export.
pub fn sniff(bytes: &[u8]) -> bool {
    is_zip(bytes) && entry_names(bytes).iter().any(|name| is_metadata(name))
}

fn is_metadata(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.strip_prefix("metadata_").and_then(|rest| rest.strip_suffix(".json")).is_some_and(|rest| rest.contains("_to_"))
}

/// Reads every item.
///
/// # Errors
/// [`ImportError::Broken`] and [`ImportError::NoStories`].
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let archive = bundle::open(source, "Omnivore")?;
    let mut warnings = bundle::warnings(&archive);
    let mut items = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for entry in archive.entries().iter().filter(|entry| is_metadata(&entry.name)) {
        watch.check()?;
        let parsed = archive.read(entry).map_err(|error| error.to_string()).and_then(|bytes| json::parse(&bytes));
        let folder = entry.name.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        match parsed {
            Ok(value) => {
                for item in value.as_array().into_iter().flatten() {
                    watch.check()?;
                    let id = [json::text(item, "id"), json::text(item, "slug")].join(" ");
                    if seen.insert(id.clone()) || id.trim().is_empty() {
                        items.push(read(item, &archive, &folder));
                    }
                }
            }
            Err(error) => warnings.push(Warning::new(format!("“{}” was left out: {error}", entry.name))),
        }
    }
    if items.is_empty() {
        return Err(broken("Omnivore", warnings.first().map_or("there is no story in it", |w| w.message.as_str())));
    }
    finish(items, warnings, source, watch)
}

fn read(entry: &Value, archive: &Archive, folder: &str) -> Item {
    let mut item = Item::default();
    item.title(json::text(entry, "title"), "title");
    let url = json::text(entry, "url");
    // Newsletters had no address of their own.
    if !url.starts_with("https://omnivore.app/no_url") {
        item.url(url, "url");
    }
    item.authors(Some(json::text(entry, "author").to_owned()), "author");
    item.description(json::text(entry, "description"), "description");
    item.tags(json::names(entry, "labels"), "labels");
    item.saved(json::date(entry, "savedAt"), "savedAt");
    if let Some(date) = json::date(entry, "publishedAt") {
        item.metadata.published.add(date, field("publishedAt"));
    }
    if let Some(percent) = entry.get("readingProgress").and_then(Value::as_f64).filter(|p| (0.0..=100.0).contains(p)) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100, as checked")]
        item.metadata.read_percent.add(percent.round() as u8, field("readingProgress"));
    }
    match json::text(entry, "state").to_lowercase().as_str() {
        "active" => item.state(ReadState::Unread, "state"),
        "archived" => item.state(ReadState::Archived, "state"),
        _ => {}
    }
    let slug = json::text(entry, "slug");
    let page = ["content", "contents"].iter().find_map(|place| archive.entry(&format!("{folder}{place}/{slug}.html")));
    match page.map(|page| archive.read(page)) {
        Some(Ok(bytes)) => {
            let text = html::encoding::decode(&bytes).text;
            item.text = Some(text).filter(|text| !text.trim().is_empty()).map(Text::Html);
        }
        Some(Err(error)) => item.warnings.push(Warning::new(format!("Its text was left out: {error}"))),
        None => {
            let is_pdf = ["content", "contents"]
                .iter()
                .any(|place| archive.entry(&format!("{folder}{place}/{slug}.pdf")).is_some());
            if is_pdf {
                item.warnings.push(Warning::new("Its text is a PDF document, which Recto does not open yet"));
            }
        }
    }
    if let Some(Ok(bytes)) = archive.entry(&format!("{folder}highlights/{slug}.md")).map(|entry| archive.read(entry)) {
        item.highlights = highlights(&String::from_utf8_lossy(&bytes));
    }
    item
}

/// `> quote`, then `#label #label`, then the note, apart by blank lines; a note on the page has no quote.
fn highlights(text: &str) -> Vec<Highlight> {
    let mut out: Vec<Highlight> = Vec::new();
    let text = text.replace("\r\n", "\n");
    for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        if part.starts_with('>') {
            let quote: Vec<&str> = part.lines().map(|line| line.trim_start_matches('>').trim()).collect();
            match out.last_mut().filter(|last| {
                !last.quote.is_empty() && last.note.is_none() && last.tags.is_empty() && part.starts_with(">>")
            }) {
                Some(last) => last.quote.push_str(&format!("\n\n{}", quote.join("\n"))),
                None => out.push(Highlight::new(quote.join("\n"), field("highlights"))),
            }
        } else if part.split_whitespace().all(|word| word.len() > 1 && word.starts_with('#')) {
            if let Some(last) = out.last_mut() {
                last.tags.extend(part.split_whitespace().map(|tag| tag.trim_start_matches('#').to_owned()));
            }
        } else {
            match out.last_mut().filter(|last| !last.quote.is_empty() && last.note.is_none()) {
                Some(last) => last.note = Some(part.to_owned()),
                None => out.push(Highlight { note: Some(part.to_owned()), ..Highlight::new("", field("highlights")) }),
            }
        }
    }
    out
}
