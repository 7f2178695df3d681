//! MAFF: a zip with a folder for each saved page, and in it `index.rdf`, which says where the page came from and when. The
//! pages go through the HTML importer with what stands beside them.

use super::bundle::{open, warnings};
use super::html::{dates, links};
use super::many::read_each;
use super::parts::ArchiveParts;
use super::{Import, ImportError, Source, Watch, html, xml};
use crate::archive::{Archive, entry_names, is_zip, names};
use crate::document::Provenance;

/// Whether the bytes are a zip with such a description in a folder of it.
pub fn sniff(bytes: &[u8]) -> bool {
    is_zip(bytes)
        && entry_names(bytes).iter().any(|name| name.ends_with("/index.rdf") && name.matches('/').count() == 1)
}

/// What a page's description says.
#[derive(Debug, Default)]
struct Description {
    page: String,
    address: Option<String>,
    title: Option<String>,
    saved: Option<String>,
}

/// Reads every page.
///
/// # Errors
/// [`ImportError::Broken`] where it is no archive, [`ImportError::NoStories`] where no page can be read.
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let archive = open(source, "MAFF")?;
    let pages: Vec<Description> = archive
        .entries()
        .iter()
        .filter(|entry| entry.name.ends_with("/index.rdf"))
        .filter_map(|e| describe(&archive, &e.name))
        .collect();
    let mut import = read_each(&pages, watch, |page| page.page.clone(), |page| read(source, &archive, page))?;
    import.warnings.splice(0..0, warnings(&archive));
    if import.articles.is_empty() {
        return Err(ImportError::NoStories { what: "archive" });
    }
    Ok(import)
}

fn describe(archive: &Archive, name: &str) -> Option<Description> {
    let tree = archive.read_named(name).ok().and_then(|bytes| xml::parse(&bytes).ok()).unwrap_or_default();
    let value = |key: &str| {
        let element = tree.find(key)?;
        element
            .attribute("resource")
            .map(str::to_owned)
            .or_else(|| Some(crate::text::collapse_whitespace(&element.text())))
            .filter(|value| !value.is_empty())
    };
    let index = value("indexfilename").unwrap_or_else(|| "index.html".to_owned());
    let page = names::resolve(name, &index).filter(|page| archive.entry(page).is_some());
    // A page of XHTML, or one whose description is wrong.
    let page = page.or_else(|| {
        let folder = name.strip_suffix("index.rdf")?;
        let is_page = |entry: &str| {
            entry.strip_prefix(folder).is_some_and(|rest| rest.starts_with("index.") && rest != "index.rdf")
        };
        archive.entries().iter().map(|entry| &entry.name).find(|entry| is_page(entry)).cloned()
    })?;
    Some(Description { page, address: value("originalurl"), title: value("title"), saved: value("archivetime") })
}

fn read(source: &Source, archive: &Archive, page: &Description) -> Result<Import, ImportError> {
    let bytes = archive
        .read_named(&page.page)
        .map_err(|error| ImportError::Broken { format: "MAFF", detail: error.to_string() })?;
    let from = |key: &str| Provenance::Field(key.to_owned());
    let mut inner = source.inner(&page.page, bytes).with_parts(ArchiveParts::new(archive, &page.page));
    if let Some(address) = page.address.as_deref().filter(|address| links::is_web(address)) {
        inner = inner.with_address(address, from("originalurl"));
    }
    let mut import = html::import(&inner)?;
    for article in &mut import.articles {
        if let Some(title) = &page.title {
            article.metadata.title.add(crate::text::collapse_whitespace(title), from("title"));
        }
        if let Some(date) = page.saved.as_deref().and_then(dates::parse) {
            article.metadata.saved.add(date, from("archivetime"));
        }
    }
    Ok(import)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::bundle::tests::{GIF, zip_of};
    use crate::import::import as import_any;

    #[test]
    fn every_page_is_a_story_with_where_it_came_from() {
        let rdf = |n: usize| {
            format!(
                "<?xml version=\"1.0\"?><RDF:RDF xmlns:MAF=\"http://maf.mozdev.org/metadata/rdf#\" xmlns:RDF=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><RDF:Description RDF:about=\"urn:root\"><MAF:originalurl RDF:resource=\"https://tide.example/{n}\"/><MAF:title RDF:resource=\"Tide {n}\"/><MAF:archivetime RDF:resource=\"Tue, 03 Mar 2026 10:00:00 +0100\"/><MAF:indexfilename RDF:resource=\"index.html\"/></RDF:Description></RDF:RDF>"
            )
        };
        let page = b"<html><body><p>The tide rose.</p><img src=index_files/a.gif alt=Gauge><a href=/more>More</a></body></html>";
        let bytes = zip_of(&[
            ("1/index.html", page),
            ("1/index_files/a.gif", GIF),
            ("1/index.rdf", rdf(1).as_bytes()),
            ("2/index.html", b"<html><body><p>It fell.</p></body></html>"),
            ("2/index.rdf", rdf(2).as_bytes()),
        ]);
        let import = import_any(&Source::named("tides.maff", bytes)).unwrap();
        assert_eq!((import.format, import.articles.len()), ("MAFF", 2));
        let article = &import.articles[0];
        assert_eq!(article.metadata.url.value().map(String::as_str), Some("https://tide.example/1"));
        assert_eq!(article.metadata.saved.first().map(|r| r.from.to_string()).as_deref(), Some("field archivetime"));
        assert_eq!(article.title(), Some("Tide 1"));
        assert!(article.resources[0].bytes().is_some());
    }
}
