//! When a story was published and changed, as JSON-LD, meta tags, microdata and `time` elements state it. Reads no line of
//! text: that is the work of [`super::byline`].

use dom_query::Document;

use super::authors::is_beside_story;
use super::{Statements, dates, element, json, meta};
use crate::document::{Metadata, Provenance, Readings, StatedDate};
use crate::import::html::dom::{self, filled_attribute, visible_text};

pub(super) fn read(stated: &Statements<'_>, metadata: &mut Metadata) {
    let Statements { elements, tags, ld } = stated;
    let add = |readings: &mut Readings<StatedDate>, text: &str, from: Provenance| {
        if let Some(date) = dates::parse(text) {
            readings.add(date, from);
        }
    };
    for (readings, stated, key) in [
        (&mut metadata.published, &ld.published, "datePublished"),
        (&mut metadata.modified, &ld.modified, "dateModified"),
    ] {
        if let Some(text) = stated {
            add(readings, text, json(key));
        }
    }
    for (name, value) in tags.all(&[
        "article:published_time",
        "article:published",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "dcterms.created",
        "dc.date.created",
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "published",
        "pubdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publisheddate",
        "originalpublicationdate",
        "ptime",
        "article.published",
        "published-date",
        "release_date",
        "date",
        "datecreated",
    ]) {
        add(&mut metadata.published, value, meta(name));
    }
    for (name, value) in tags.all(&[
        "article:modified_time",
        "og:updated_time",
        "article:modified",
        "datemodified",
        "dcterms.modified",
        "dc.date.modified",
        "last-modified",
        "lastmod",
        "revised",
    ]) {
        add(&mut metadata.modified, value, meta(name));
    }
    for (selector, key, modified) in [
        ("[itemprop~=datePublished]", "datePublished", false),
        ("[itemprop~=dateCreated]", "dateCreated", false),
        ("[itemprop~=dateModified]", "dateModified", true),
    ] {
        for node in elements.select(selector).iter().filter(|n| !is_beside_story(n)).take(2) {
            let text = ["datetime", "content"]
                .iter()
                .find_map(|k| filled_attribute(node, k))
                .unwrap_or_else(|| visible_text(node));
            let readings = if modified { &mut metadata.modified } else { &mut metadata.published };
            add(readings, &text, Provenance::Microdata(key.to_owned()));
        }
    }
    for node in elements.select("time").iter().filter(|n| !is_beside_story(n)).take(6) {
        let tokens = dom::tokens(node);
        let text = filled_attribute(node, "datetime").unwrap_or_else(|| visible_text(node));
        if dom::has_token(&tokens, &["updated", "modified"]) && !dom::has_token(&tokens, &["published"]) {
            add(&mut metadata.modified, &text, element("time.updated"));
        } else if metadata.published.is_empty() || node.has_attr("pubdate") {
            add(&mut metadata.published, &text, element("time"));
        }
    }
}

/// A date line by its class, where nothing else states the date.
pub(super) fn read_by_class(document: &Document, metadata: &mut Metadata) {
    for class in [
        "published",
        "pubdate",
        "publish-date",
        "post-date",
        "entry-date",
        "article-date",
        "date-published",
        "dateline",
        "timestamp",
        "posted-on",
        "article-timestamp",
        "date",
        "byline",
        "post-meta",
        "entry-meta",
        "article-meta",
        "meta",
    ] {
        let selector = format!(".{class}");
        for node in document.select(&selector).nodes().iter().filter(|n| !is_beside_story(n)).take(3) {
            let text = visible_text(node);
            let lines = text.split(['|', '•', '·']).map(str::trim);
            let found = lines.filter(|l| l.len() <= 60).find_map(super::byline::date_in_line);
            if let Some(date) = found {
                metadata.published.add(date, element(&selector));
                return;
            }
        }
    }
}
