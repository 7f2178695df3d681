//! A book's package document and table of contents (EPUB 3.3, 5 and 7; OPF 2.0): metadata, the order of chapters, the cover,
//! and what the contents call each chapter. Reads no chapter.

use std::collections::HashMap;

use crate::archive::{Archive, names};
use crate::document::{Metadata, Provenance};
use crate::import::html::{dates, links};
use crate::import::xml::{self, Element};
use crate::import::{fragment, html};
use crate::text::collapse_whitespace;

/// What a package says.
#[derive(Debug, Default)]
pub struct Package {
    /// What is known of the book.
    pub metadata: Metadata,
    /// The chapters' documents in reading order.
    pub spine: Vec<Chapter>,
    /// The entry of the cover's image.
    pub cover: Option<String>,
}

/// A chapter's document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// Its entry in the archive.
    pub name: String,
    /// Whether it is XHTML rather than HTML.
    pub is_xhtml: bool,
    /// What the table of contents calls it, and how deep it stands there, from 1.
    pub label: Option<(String, u8)>,
}

struct Item {
    id: String,
    name: String,
    media_type: String,
    properties: String,
}

impl Package {
    /// Finds and reads the package of a book.
    ///
    /// # Errors
    /// What is wrong, as a phrase.
    pub fn read(archive: &Archive) -> Result<Self, String> {
        let name = find_package(archive).ok_or("it has no package document")?;
        let bytes = archive.read_named(&name).map_err(|error| error.to_string())?;
        let root = xml::parse(&bytes).map_err(|error| format!("its package document is damaged ({error})"))?;
        let items: Vec<Item> = root
            .find("manifest")
            .into_iter()
            .flat_map(|manifest| manifest.all("item"))
            .filter_map(|item| {
                let href = links::percent_decoded(item.attribute("href")?);
                Some(Item {
                    id: item.attribute("id").unwrap_or_default().to_owned(),
                    name: entry(archive, &names::resolve(&name, &href)?)?,
                    media_type: item.attribute("media-type").unwrap_or_default().to_ascii_lowercase(),
                    properties: item.attribute("properties").unwrap_or_default().to_owned(),
                })
            })
            .collect();
        let by_id: HashMap<&str, &Item> = items.iter().map(|item| (item.id.as_str(), item)).collect();
        let spine_element = root.find("spine");
        let mut spine: Vec<&Item> = spine_element
            .into_iter()
            .flat_map(|spine| spine.all("itemref"))
            .filter_map(|item| by_id.get(item.attribute("idref")?).copied())
            .collect();
        if spine.is_empty() {
            // Without a spine, the manifest's order is the best there is.
            spine = items.iter().filter(|item| is_chapter(item)).collect();
        }
        if spine.is_empty() {
            return Err("it lists no chapters".to_owned());
        }
        let labels = contents(archive, &items, spine_element, &by_id);
        let chapters = spine
            .into_iter()
            .filter(|item| is_chapter(item) || item.media_type.is_empty())
            .map(|item| Chapter {
                name: item.name.clone(),
                is_xhtml: item.media_type != "text/html",
                label: labels.get(&item.name).cloned(),
            })
            .collect();
        let metadata_element = root.find("metadata").cloned().unwrap_or_default();
        let named_cover = metadata_element.all("meta").find(|meta| meta.attribute("name") == Some("cover"));
        let named_cover = named_cover.and_then(|meta| by_id.get(meta.attribute("content")?).copied());
        let cover = items.iter().find(|item| item.properties.split(' ').any(|p| p == "cover-image")).or(named_cover);
        let cover = cover.filter(|item| item.media_type.starts_with("image/")).map(|item| item.name.clone());
        Ok(Self { metadata: read_metadata(&metadata_element), spine: chapters, cover })
    }
}

fn is_chapter(item: &Item) -> bool {
    matches!(item.media_type.as_str(), "application/xhtml+xml" | "text/html" | "text/x-oeb1-document")
}

/// The entry as the archive writes it; books are made on systems that do not tell cases apart.
fn entry(archive: &Archive, name: &str) -> Option<String> {
    archive.entry(name).map(|entry| entry.name.clone())
}

fn find_package(archive: &Archive) -> Option<String> {
    let named = archive.read_named("META-INF/container.xml").ok().and_then(|bytes| {
        let root = xml::parse(&bytes).ok()?;
        let path = root.find("rootfile")?.attribute("full-path")?.to_owned();
        entry(archive, &names::inside(&path)?)
    });
    named
        .or_else(|| archive.entries().iter().find(|entry| entry.name.ends_with(".opf")).map(|entry| entry.name.clone()))
}

fn read_metadata(element: &Element) -> Metadata {
    let mut metadata = Metadata::default();
    let from = |key: &str| Provenance::Field(key.to_owned());
    let texts = |name: &'static str| {
        element.all(name).filter_map(|e| Some((e, Some(collapse_whitespace(&e.text())).filter(|t| !t.is_empty())?)))
    };
    // EPUB 3 says in a `meta` beside it what EPUB 2 says in an attribute.
    let refined = |e: &Element, property: &str| {
        let id = format!("#{}", e.attribute("id")?);
        let meta = element
            .all("meta")
            .find(|meta| meta.attribute("refines") == Some(&id) && meta.attribute("property") == Some(property))?;
        Some(collapse_whitespace(&meta.text()))
    };
    let mut titles: Vec<(bool, String)> =
        texts("title").map(|(e, text)| (refined(e, "title-type").as_deref() == Some("main"), text)).collect();
    titles.sort_by_key(|(is_main, _)| !is_main);
    for (_, title) in titles {
        metadata.title.add(title, from("dc:title"));
    }
    let role = |e: &Element| refined(e, "role").or_else(|| e.attribute("role").map(str::to_owned));
    let creators: Vec<(Option<String>, String)> = texts("creator").map(|(e, text)| (role(e), text)).collect();
    let is_author = |role: &Option<String>| role.as_deref().is_none_or(|role| role == "aut");
    let authors: Vec<String> =
        creators.iter().filter(|(role, _)| is_author(role)).map(|(_, name)| name.clone()).collect();
    let everyone = || creators.iter().map(|(_, name)| name.clone()).collect();
    let authors: Vec<String> = if authors.is_empty() { everyone() } else { authors };
    if !authors.is_empty() {
        metadata.authors.add(authors, from("dc:creator"));
    }
    for (_, publisher) in texts("publisher") {
        metadata.site.add(publisher, from("dc:publisher"));
    }
    for (e, text) in texts("date") {
        // EPUB 2 has one element for several dates.
        let Some(date) = dates::parse(&text) else { continue };
        match e.attribute("event") {
            Some("modification") => metadata.modified.add(date, from("dc:date")),
            Some("creation" | "conversion") => {}
            _ => metadata.published.add(date, from("dc:date")),
        }
    }
    for meta in element.all("meta").filter(|meta| meta.attribute("property") == Some("dcterms:modified")) {
        if let Some(date) = dates::parse(meta.text().trim()) {
            metadata.modified.add(date, from("dcterms:modified"));
        }
    }
    for (_, language) in
        texts("language").filter(|(_, tag)| !matches!(tag.to_ascii_lowercase().as_str(), "und" | "unk"))
    {
        metadata.language.add(language.replace('_', "-"), from("dc:language"));
    }
    for (_, text) in texts("description") {
        let text = if fragment::is_html(&text) { plain(&text) } else { text };
        metadata.description.add(text, from("dc:description"));
    }
    let subjects: Vec<String> = texts("subject").flat_map(|(_, text)| html::metadata::split_keywords(&text)).collect();
    if !subjects.is_empty() {
        metadata.tags.add(subjects, from("dc:subject"));
    }
    for name in ["source", "identifier"] {
        for (_, address) in texts(name).filter(|(_, text)| links::is_web(text)) {
            metadata.url.add(address, from(if name == "source" { "dc:source" } else { "dc:identifier" }));
        }
    }
    metadata
}

/// The words of a description that is written as HTML.
fn plain(text: &str) -> String {
    let read = fragment::read(text, &crate::import::Source::from_bytes(*b""), None);
    collapse_whitespace(&read.blocks.iter().map(|block| block.plain_text()).collect::<Vec<_>>().join(" "))
}

/// What the table of contents calls each document, by its entry: the first name of each, with its depth.
fn contents(
    archive: &Archive,
    items: &[Item],
    spine: Option<&Element>,
    by_id: &HashMap<&str, &Item>,
) -> HashMap<String, (String, u8)> {
    let mut labels = HashMap::new();
    if let Some(nav) = items.iter().find(|item| item.properties.split(' ').any(|property| property == "nav"))
        && let Some(root) = archive.read_named(&nav.name).ok().and_then(|bytes| xml::parse(&bytes).ok())
        && let Some(toc) = find_toc(&root)
        && let Some(list) = toc.find("ol")
    {
        read_nav(list, &nav.name, 1, &mut labels);
    }
    if labels.is_empty() {
        let ncx = spine.and_then(|spine| by_id.get(spine.attribute("toc")?).copied());
        let ncx = ncx.or_else(|| items.iter().find(|item| item.media_type == "application/x-dtbncx+xml"));
        if let Some(ncx) = ncx
            && let Some(root) = archive.read_named(&ncx.name).ok().and_then(|bytes| xml::parse(&bytes).ok())
            && let Some(map) = root.find("navMap")
        {
            read_ncx(map, &ncx.name, 1, &mut labels);
        }
    }
    labels
}

fn find_toc(element: &Element) -> Option<&Element> {
    element.elements().find_map(|child| {
        let is_toc =
            child.name == "nav" && child.attribute("type").is_none_or(|kinds| kinds.split(' ').any(|k| k == "toc"));
        if is_toc { Some(child) } else { find_toc(child) }
    })
}

fn read_nav(list: &Element, from: &str, depth: u8, labels: &mut HashMap<String, (String, u8)>) {
    for item in list.all("li") {
        if let Some(link) = item.first("a")
            && let Some(href) = link.attribute("href")
        {
            add_label(from, href, &link.text(), depth, labels);
        }
        for inner in item.all("ol") {
            read_nav(inner, from, depth.saturating_add(1), labels);
        }
    }
}

fn read_ncx(map: &Element, from: &str, depth: u8, labels: &mut HashMap<String, (String, u8)>) {
    for point in map.all("navPoint") {
        if let Some(href) = point.first("content").and_then(|content| content.attribute("src")) {
            let label = point.first("navLabel").map(Element::text).unwrap_or_default();
            add_label(from, href, &label, depth, labels);
        }
        read_ncx(point, from, depth.saturating_add(1), labels);
    }
}

fn add_label(from: &str, href: &str, label: &str, depth: u8, labels: &mut HashMap<String, (String, u8)>) {
    let label = collapse_whitespace(label);
    let path = href.split('#').next().unwrap_or_default();
    if let Some(name) = names::resolve(from, &links::percent_decoded(path)).filter(|_| !label.is_empty()) {
        labels.entry(name).or_insert((label, depth));
    }
}
