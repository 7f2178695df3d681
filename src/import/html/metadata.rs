//! What a page states about its story, each value with where it was read, the most trustworthy first: JSON-LD, then meta
//! tags (Open Graph, Dublin Core and others), then elements, then what the saving program wrote. Shows and hides nothing.

use dom_query::{Document, NodeRef};

use super::authors::{is_beside_story, read_authors};
use super::dom::{self, filled_attribute, visible_text};
use super::json_ld::{self, JsonLd};
use super::{dates, links};
use crate::document::{Metadata, Provenance, Readings, StatedDate};
use crate::text::{Direction, collapse_whitespace, fold};

/// Separators between a title and its site in a `title` element.
const TITLE_SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " / ", " • "];

/// All metadata that the page states.
pub fn read(document: &Document) -> Metadata {
    let tags = Tags::read(document);
    let ld = json_ld::read(document);
    let mut metadata = Metadata::default();
    read_saving_program(document, &mut metadata);
    read_address(document, &tags, &ld, &mut metadata);
    read_site(&tags, &ld, &mut metadata);
    read_titles(document, &tags, &ld, &mut metadata);
    read_authors(document, &tags, &ld, &mut metadata);
    read_dates(document, &tags, &ld, &mut metadata);
    read_language(document, &tags, &ld, &mut metadata);
    read_description(&tags, &ld, &mut metadata);
    metadata
}

/// The address that relative links are meant against: the `base` element's, itself resolved, or the page's.
pub fn base_address(document: &Document, page: Option<&str>) -> Option<String> {
    let base = document.select("base[href]").nodes().first().and_then(|node| filled_attribute(node, "href"));
    match base {
        Some(base) => Some(links::resolve(page, &base)).filter(|base| links::is_web(base)),
        None => page.map(str::to_owned),
    }
}

/// The `meta` elements by name in lower case, in their order.
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    fn read(document: &Document) -> Self {
        let mut tags = Vec::new();
        for node in document.select("meta[content]").nodes() {
            let Some(content) = filled_attribute(node, "content") else { continue };
            for key in ["property", "name", "itemprop", "http-equiv"] {
                for name in filled_attribute(node, key).unwrap_or_default().split_whitespace() {
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

pub(super) fn select<'a>(document: &'a Document, selector: &str) -> Vec<NodeRef<'a>> {
    document.try_select(selector).map(|selection| selection.nodes().to_vec()).unwrap_or_default()
}

fn read_titles(document: &Document, tags: &Tags, ld: &JsonLd, metadata: &mut Metadata) {
    let mut site: Vec<String> = metadata.site.iter().map(|reading| fold(&reading.value)).collect();
    // The host's own name: "slashdot" of news.slashdot.org.
    let host = metadata.url.value().and_then(|url| url.split('/').nth(2)).unwrap_or_default().to_lowercase();
    let mut labels = host.trim_start_matches("www.").rsplit('.').skip(1);
    site.extend(labels.find(|label| label.len() > 3).map(fold));
    let mut add = |title: &str, from: Provenance| {
        let title = collapse_whitespace(title);
        if !title.is_empty() && !site.contains(&fold(&title)) {
            metadata.title.add(title, from);
        }
    };
    let h1s: Vec<String> = select(document, "h1")
        .iter()
        .filter(|n| !dom::is_hidden(n))
        .map(visible_text)
        .filter(|t| !t.is_empty())
        .collect();
    let stated: Vec<String> = {
        let tagged = tags.all(&["og:title", "twitter:title"]).map(|(_, value)| value.to_owned());
        ld.headline.iter().cloned().chain(tagged).collect()
    };
    let title_element =
        select(document, "head title").first().map(|n| collapse_whitespace(&n.text())).filter(|t| !t.is_empty());
    // A heading that the page's own statements repeat is the title as the reader saw it: the statements are often cut,
    // decorated with the site's name, or written for search engines.
    let is_repeated = |h1: &str| {
        let heading = fold(h1);
        let within = |other: &str| {
            let other = fold(other);
            // A word that the title happens to hold is the name of a section, not the title.
            let much = heading.len() * 5 >= other.len() * 2;
            !heading.is_empty() && (other.contains(&heading) && much || (other.len() >= 20 && heading.contains(&other)))
        };
        heading.len() >= 3 && (stated.iter().any(|t| within(t)) || title_element.as_deref().is_some_and(within))
    };
    let confirmed = h1s.iter().filter(|h1| !site.contains(&fold(h1))).find(|h1| is_repeated(h1));
    if let Some(h1) = confirmed {
        add(h1, element("h1"));
    }
    if let Some(headline) = &ld.headline {
        add(&without_site(headline, &site, &h1s), json("headline"));
    }
    for (name, value) in tags.all(&[
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "title",
    ]) {
        add(&without_site(value, &site, &h1s), meta(name));
    }
    if confirmed.is_none()
        && let [h1] = h1s.as_slice()
    {
        add(h1, element("h1"));
    }
    if let Some(title) = &title_element {
        add(&without_site(title, &site, &h1s), element("title"));
    }
    if let Some(name) = &ld.name {
        add(&without_site(name, &site, &h1s), json("name"));
    }
}

/// A title without the site's name at its end or beginning: by the site's stated name, by an `h1` that is all but that, or,
/// behind the last bar, by being short.
fn without_site(title: &str, site: &[String], h1s: &[String]) -> String {
    for separator in TITLE_SEPARATORS {
        if let Some((rest, last)) = title.rsplit_once(separator) {
            let last = fold(last);
            let joined = last.replace(' ', "");
            let is_site = site.contains(&joined)
                || site.iter().any(|s| {
                    *s == last || (last.len() > 3 && s.contains(&last)) || (s.len() > 3 && last.contains(s.as_str()))
                });
            let is_heading = h1s.iter().any(|h1| fold(h1) == fold(rest));
            let short_behind_bar = matches!(separator, " | " | " :: " | " » ")
                && last.split(' ').count() <= 4
                && rest.split_whitespace().count() > 3;
            if is_site || is_heading || short_behind_bar {
                return without_site(rest.trim(), site, h1s);
            }
        }
        if let Some((first, rest)) = title.split_once(separator) {
            let first = fold(first);
            if site.contains(&first) || h1s.iter().any(|h1| fold(h1) == fold(rest)) {
                return rest.trim().to_owned();
            }
        }
    }
    title.to_owned()
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

fn read_dates(document: &Document, tags: &Tags, ld: &JsonLd, metadata: &mut Metadata) {
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
        for node in select(document, selector).iter().filter(|n| !is_beside_story(n)).take(2) {
            let text = ["datetime", "content"]
                .iter()
                .find_map(|k| filled_attribute(node, k))
                .unwrap_or_else(|| visible_text(node));
            let readings = if modified { &mut metadata.modified } else { &mut metadata.published };
            add(readings, &text, Provenance::Microdata(key.to_owned()));
        }
    }
    for node in select(document, "time").iter().filter(|n| !is_beside_story(n)).take(6) {
        let tokens = dom::tokens(node);
        let text = filled_attribute(node, "datetime").unwrap_or_else(|| visible_text(node));
        if dom::has_token(&tokens, &["updated", "modified"]) && !dom::has_token(&tokens, &["published"]) {
            add(&mut metadata.modified, &text, element("time.updated"));
        } else if metadata.published.is_empty() || node.has_attr("pubdate") {
            add(&mut metadata.published, &text, element("time"));
        }
    }
    if metadata.published.is_empty() {
        read_visible_date(document, metadata);
    }
}

/// A date line by its class, where nothing else states the date.
fn read_visible_date(document: &Document, metadata: &mut Metadata) {
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
        for node in select(document, &selector).iter().filter(|n| !is_beside_story(n)).take(3) {
            let text = visible_text(node);
            let lines = text.split(['|', '•', '·']).map(str::trim);
            let found = lines.filter(|l| l.len() <= 60).find_map(date_in_line);
            if let Some(date) = found {
                metadata.published.add(date, element(&selector));
                return;
            }
        }
    }
}

/// A date in a line like "Published on March 4, 2026 by Ann Lee", which has no other number.
pub(super) fn date_in_line(line: &str) -> Option<StatedDate> {
    let folded = fold(line);
    let modified = ["updated", "modified", "aktualisiert"].iter().any(|word| folded.contains(word));
    if modified { None } else { dates::parse(line) }
}

fn read_language(document: &Document, tags: &Tags, ld: &JsonLd, metadata: &mut Metadata) {
    let language = |text: &str| {
        let tag = text.split([',', ';']).next().unwrap_or_default().trim().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        let plausible = (2..=3).contains(&primary.len())
            && tag.len() <= 35
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        plausible.then_some(tag)
    };
    for (selector, key) in [("html", "lang"), ("html", "xml:lang"), ("body", "lang"), ("article", "lang")] {
        let stated = select(document, selector).first().and_then(|n| filled_attribute(n, key));
        if let Some(tag) = stated.as_deref().and_then(language) {
            let from = if selector == "html" {
                Provenance::Attribute(key.to_owned())
            } else {
                element(&format!("{selector}[{key}]"))
            };
            metadata.language.add(tag, from);
        }
    }
    if let Some(tag) = ld.language.as_deref().and_then(language) {
        metadata.language.add(tag, json("inLanguage"));
    }
    for (name, value) in tags.all(&["content-language", "og:locale", "dc.language", "dcterms.language", "language"]) {
        if let Some(tag) = language(value) {
            metadata.language.add(tag, meta(name));
        }
    }
    for selector in ["html", "body", "article", "main"] {
        let stated = select(document, selector).first().and_then(|n| dom::attribute(n, "dir"));
        if let Some(direction) = stated.as_deref().and_then(Direction::from_attribute) {
            let from = if selector == "html" {
                Provenance::Attribute("dir".to_owned())
            } else {
                element(&format!("{selector}[dir]"))
            };
            metadata.direction.add(direction, from);
        }
    }
}

fn read_address(document: &Document, tags: &Tags, ld: &JsonLd, metadata: &mut Metadata) {
    let mut add = |address: &str, from: Provenance| {
        let address = address.trim();
        if links::is_web(address) {
            metadata.url.add(address.to_owned(), from);
        }
    };
    for node in select(document, "link[rel~=canonical]") {
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

/// What the programs that save pages write into them: SingleFile's comment, Save Page WE's meta tags, Internet Explorer's
/// mark of the web.
fn read_saving_program(document: &Document, metadata: &mut Metadata) {
    let root = document.root();
    let comments = root.descendants_it().filter(NodeRef::is_comment).take(50);
    for comment in comments.filter_map(|node| dom::comment_of(&node)) {
        let text = comment.trim();
        if let Some(at) = text.find("saved from url=(") {
            let address = text.get(at..).and_then(|t| t.split_once(')')).map(|(_, address)| address.trim());
            if let Some(address) = address.filter(|a| links::is_web(a)) {
                metadata.url.add(address.to_owned(), Provenance::SavedBy("saved from url".to_owned()));
            }
        }
        if text.contains("SingleFile") {
            for line in text.lines().map(str::trim) {
                if let Some(address) = line.strip_prefix("url:").map(str::trim).filter(|a| links::is_web(a)) {
                    metadata.url.add(address.to_owned(), Provenance::SavedBy("SingleFile".to_owned()));
                }
                if let Some(date) = line.strip_prefix("saved date:").and_then(dates::parse) {
                    metadata.saved.add(date, Provenance::SavedBy("SingleFile".to_owned()));
                }
            }
        }
    }
    for node in select(document, "meta[name][content]") {
        let (name, content) = (filled_attribute(&node, "name"), filled_attribute(&node, "content"));
        let (Some(name), Some(content)) = (name, content) else { continue };
        match name.as_str() {
            "savepage-url" if links::is_web(&content) => {
                metadata.url.add(content, Provenance::SavedBy("Save Page WE".to_owned()));
            }
            "savepage-date" => {
                if let Some(date) = dates::parse(&content) {
                    metadata.saved.add(date, Provenance::SavedBy("Save Page WE".to_owned()));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_page(html: &str) -> Metadata {
        read(&Document::from(html))
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
