//! What a page states about its story, each value with where it was read, the most trustworthy first: JSON-LD, then meta
//! tags (Open Graph, Dublin Core and others), then elements, then the byline's own words. Shows and hides nothing.
//!
//! - [`json_ld`]: schema.org in JSON
//! - `elements`: what of the page states anything
//! - `titles`, [`authors`], `published`, `language`: one value each
//! - [`byline`]: author and date in the words of the lines around the title
//! - [`dates`]: dates as they are written
//! - `saving`: what the program wrote that saved the page

pub mod authors;
pub mod byline;
pub mod dates;
mod elements;
pub mod json_ld;
mod language;
mod published;
mod saving;
mod titles;

use dom_query::Document;

use super::dom::filled_attribute;
use super::links;
use crate::document::{Metadata, Provenance};
use crate::text::collapse_whitespace;
use elements::Elements;
use json_ld::JsonLd;

/// What Recto's HTML export names as its generator (`export::html` writes it; the test of the round trip holds both to it).
const GENERATOR: &str = "Recto";

/// What a page states of its story: its elements that say something, its meta tags and its JSON-LD.
pub struct Statements<'a> {
    elements: Elements<'a>,
    tags: Tags,
    ld: JsonLd,
}

impl<'a> Statements<'a> {
    /// Gathers them.
    pub fn read(document: &'a Document) -> Self {
        let elements = Elements::read(document);
        Self { tags: Tags::read(&elements), ld: json_ld::read(&elements), elements }
    }

    /// All metadata that the page states.
    pub fn metadata(&self) -> Metadata {
        let mut metadata = Metadata::default();
        saving::read(&self.elements, &mut metadata);
        read_address(self, &mut metadata);
        read_site(&self.tags, &self.ld, &mut metadata);
        titles::read(self, &mut metadata);
        authors::read_authors(self, &mut metadata);
        published::read(self, &mut metadata);
        language::read(self, &mut metadata);
        read_description(&self.tags, &self.ld, &mut metadata);
        metadata
    }

    /// Whether the page is one that Recto exported: it holds a story and nothing else.
    pub fn is_own_export(&self) -> bool {
        let generators = self.elements.select("meta[name=generator]");
        generators.iter().any(|node| node.attr("content").is_some_and(|by| &*by == GENERATOR))
    }

    /// Reads what is believed only where nothing else was stated: the date by the class of its element, the site as author.
    pub fn read_last(&self, document: &Document, metadata: &mut Metadata) {
        if metadata.published.is_empty() {
            published::read_by_class(document, metadata);
        }
        if metadata.authors.is_empty() {
            authors::read_site_as_author(self, metadata);
        }
    }

    /// The address that relative links are meant against: the `base` element's, itself resolved, or the page's.
    pub fn base_address(&self, page: Option<&str>) -> Option<String> {
        let base = self.elements.select("base[href]").first().and_then(|node| filled_attribute(node, "href"));
        match base {
            Some(base) => Some(links::resolve(page, &base)).filter(|base| links::is_web(base)),
            None => page.map(str::to_owned),
        }
    }
}

/// The `meta` elements by name in lower case, in their order.
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    fn read(elements: &Elements<'_>) -> Self {
        let mut tags = Vec::new();
        for node in elements.select("meta[content]") {
            let Some(content) = filled_attribute(&node, "content") else { continue };
            for key in ["property", "name", "itemprop", "http-equiv"] {
                for name in filled_attribute(&node, key).unwrap_or_default().split_whitespace() {
                    tags.push((name.to_ascii_lowercase(), collapse_whitespace(&content)));
                }
            }
        }
        Self(tags)
    }

    /// All values under some names: by the order of the names, then of the page.
    pub(super) fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        names.iter().flat_map(|name| {
            self.0.iter().filter(move |(key, _)| key == name).map(|(key, value)| (key.as_str(), value.as_str()))
        })
    }
}

pub(super) fn meta(name: &str) -> Provenance {
    Provenance::Meta(name.to_owned())
}

pub(super) fn json(name: &str) -> Provenance {
    Provenance::JsonLd(name.to_owned())
}

pub(super) fn element(selector: &str) -> Provenance {
    Provenance::Element(selector.to_owned())
}

fn read_site(tags: &Tags, ld: &JsonLd, metadata: &mut Metadata) {
    for (name, value) in tags.all(&["og:site_name"]) {
        metadata.site.add(value.to_owned(), meta(name));
    }
    if let Some(publisher) = &ld.publisher {
        metadata.site.add(publisher.clone(), json("publisher"));
    }
    for (name, value) in
        tags.all(&["application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_journal_title", "cre"])
    {
        metadata.site.add(value.to_owned(), meta(name));
    }
}

fn read_address(stated: &Statements<'_>, metadata: &mut Metadata) {
    let Statements { elements, tags, ld } = stated;
    let mut add = |address: &str, from: Provenance| {
        let address = address.trim();
        if links::is_web(address) {
            metadata.url.add(address.to_owned(), from);
        }
    };
    for node in elements.select("link[rel~=canonical]") {
        add(&filled_attribute(&node, "href").unwrap_or_default(), element("link[rel=canonical]"));
    }
    for (name, value) in tags.all(&["og:url", "twitter:url", "parsely-link", "dc.identifier"]) {
        add(value, meta(name));
    }
    if let Some(url) = &ld.url {
        add(url, json("url"));
    }
}

fn read_description(tags: &Tags, ld: &JsonLd, metadata: &mut Metadata) {
    for (name, value) in
        tags.all(&["og:description", "description", "twitter:description", "dc.description", "dcterms.abstract"])
    {
        metadata.description.add(value.to_owned(), meta(name));
    }
    if let Some(description) = &ld.description {
        metadata.description.add(description.clone(), json("description"));
    }
    if !ld.keywords.is_empty() {
        metadata.tags.add(ld.keywords.clone(), json("keywords"));
    }
    let tagged: Vec<String> = tags.all(&["article:tag"]).flat_map(|(_, value)| split_keywords(value)).collect();
    if !tagged.is_empty() {
        metadata.tags.add(tagged, meta("article:tag"));
    }
    for (name, value) in tags.all(&["keywords", "news_keywords", "parsely-tags", "sailthru.tags", "dc.subject"]) {
        let words = split_keywords(value);
        if !words.is_empty() {
            metadata.tags.add(words, meta(name));
        }
    }
}

/// `a, b; c` as three keywords.
pub fn split_keywords(text: &str) -> Vec<String> {
    text.split([',', ';']).map(collapse_whitespace).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Readings;

    fn read_page(html: &str) -> Metadata {
        Statements::read(&Document::from(html)).metadata()
    }

    fn first<T: std::fmt::Debug>(readings: &Readings<T>) -> String {
        readings.first().map(|r| format!("{:?} from {}", r.value, r.from)).unwrap_or_default()
    }

    #[test]
    fn titles_are_the_readers_and_without_the_site() {
        for (html, expected) in [
            ("<title>A long way home | The Lantern</title>", "\"A long way home\" from element title"),
            ("<title>The Lantern: news</title><h1>A way home</h1>", "\"A way home\" from element h1"),
            (
                "<meta property=og:site_name content=Lantern><title>Home - Lantern</title>",
                "\"Home\" from element title",
            ),
            (
                "<meta property=og:title content='A way home - Lantern'><h1>A way home</h1>",
                "\"A way home\" from element h1",
            ),
            (
                "<meta property=og:title content='A way'><h1>Lantern</h1><meta property=og:site_name content=Lantern>",
                "\"A way\" from meta og:title",
            ),
        ] {
            assert_eq!(first(&read_page(html).title), expected, "{html}");
        }
    }

    #[test]
    fn readings_are_kept_apart_and_the_most_trustworthy_stands_first() {
        let metadata = read_page(
            "<html lang=en-GB dir=ltr><head><!--\n Page saved with SingleFile\n url: https://a.example/x\n saved date: Wed Mar 04 2026 18:20:05 GMT+0100 (CET)\n-->
             <link rel=canonical href=https://a.example/story>
             <meta property=article:published_time content=2026-03-04T10:00:00Z>
             <meta name=author content='Ann Lee'><meta name=keywords content='sea, tide'>
             <script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2026-03-03\",\"author\":{\"name\":\"Ann B. Lee\"}}</script>
             <body><time datetime=2020-01-01>then</time>",
        );
        assert_eq!(
            first(&metadata.published),
            "StatedDate { year: 2026, month: Some(3), day: Some(3), time: None } from JSON-LD datePublished"
        );
        assert_eq!(metadata.published.iter().count(), 2);
        assert_eq!(first(&metadata.authors), "[\"Ann B. Lee\"] from JSON-LD author");
        assert_eq!(first(&metadata.url), "\"https://a.example/x\" from SingleFile");
        assert_eq!(metadata.saved.value().map(ToString::to_string).as_deref(), Some("2026-03-04T18:20:05+01:00"));
        assert_eq!(first(&metadata.language), "\"en-GB\" from attribute lang");
        assert_eq!(first(&metadata.tags), "[\"sea\", \"tide\"] from meta keywords");
    }
}
