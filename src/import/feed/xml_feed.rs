//! RSS 0.9x, 1 and 2, and Atom → items, by the elements' local names and, where two vocabularies share one, by namespace.
//! Podcasts' enclosures are links that stay in the feed.

use crate::document::Metadata;
use crate::import::html::authors::split_names;
use crate::import::html::{dates, encoding, links};
use crate::import::item::{Item, Text, field};
use crate::import::xml::{self, Element};
use crate::text::collapse_whitespace;

/// Whether the bytes begin like RSS, RDF with RSS's namespace, or Atom.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(super::SNIFFED_BYTES)).unwrap_or_default();
    let text = encoding::decode(head).text;
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    // Declarations, style sheets and comments may stand before the first element.
    while let Some(behind) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if behind.starts_with("--") { "-->" } else { ">" };
        let Some((_, after)) = behind.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let tag = rest.split('>').next().unwrap_or_default();
    let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    match name.rsplit(':').next().unwrap_or_default() {
        "rss" => true,
        "feed" => tag.contains("http://www.w3.org/2005/Atom") || tag.contains("http://purl.org/atom/ns"),
        "RDF" => tag.contains("http://purl.org/rss/1.0/") || tag.contains("http://my.netscape.com/rdf/simple/0.9/"),
        "entry" => tag.contains("http://www.w3.org/2005/Atom"),
        _ => false,
    }
}

/// The entries.
///
/// # Errors
/// What is wrong, as a phrase.
pub fn read(bytes: &[u8]) -> Result<Vec<Item>, String> {
    let root = xml::parse(bytes)?;
    if root.name == "entry" {
        return Ok(vec![atom_entry(&root, &Feed::default())]);
    }
    if root.name == "feed" {
        let feed = Feed::atom(&root);
        return Ok(root.all("entry").map(|entry| atom_entry(entry, &feed)).collect());
    }
    let channel = root.first("channel").unwrap_or(&root);
    let feed = Feed::rss(channel);
    // RSS 1 has its items beside the channel.
    Ok(channel.all("item").chain(root.all("item")).map(|item| rss_item(item, &feed)).collect())
}

/// What a feed says of all its entries.
#[derive(Default)]
struct Feed {
    site: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
    base: Option<String>,
}

impl Feed {
    fn rss(channel: &Element) -> Self {
        let link =
            channel.all("link").map(Element::text).map(|text| text.trim().to_owned()).find(|text| links::is_web(text));
        Self { site: channel.text_of("title"), language: channel.text_of("language"), authors: Vec::new(), base: link }
    }

    fn atom(root: &Element) -> Self {
        Self {
            site: root.text_of("title"),
            language: root.attribute("xml:lang").map(str::to_owned),
            authors: names(root),
            base: root.attribute("xml:base").map(str::to_owned).or_else(|| atom_link(root, None)),
        }
    }

    fn fill(&self, metadata: &mut Metadata) {
        if let Some(site) = &self.site {
            metadata.site.add(site.clone(), field("channel title"));
        }
        if let Some(language) = self.language.as_ref().filter(|tag| tag.len() <= 20) {
            metadata.language.add(language.replace('_', "-"), field("language"));
        }
    }
}

fn rss_item(item: &Element, feed: &Feed) -> Item {
    let mut out = Item::default();
    feed.fill(&mut out.metadata);
    let base = feed.base.as_deref();
    if let Some(title) = item.all("title").find(|title| !title.namespace.contains("search.yahoo.com/mrss")) {
        out.title(&title.text(), "title");
    }
    let link = item.all("link").map(|link| {
        let text = link.text();
        if text.trim().is_empty() { link.attribute("href").unwrap_or_default().to_owned() } else { text }
    });
    for link in link {
        out.url(&links::resolve(base, link.trim()), "link");
    }
    if let Some(guid) = item.first("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false")) {
        out.url(guid.text().trim(), "guid");
    }
    let authors: Vec<String> = item.all("creator").map(Element::text).collect();
    if authors.is_empty() {
        for (element, name) in
            ["author", "dc:author"].iter().filter_map(|n| Some((item.first(n.rsplit(':').next()?)?, *n)))
        {
            // "ann@b.example (Ann Lee)", as RSS wants it; or a name, as most write it.
            let text = element.text_of("name").unwrap_or_else(|| collapse_whitespace(&element.text()));
            let named =
                text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name.to_owned());
            out.authors(named.map_or_else(|| split_names(&text), |name| vec![name]), name);
        }
    } else {
        out.authors(authors.iter().flat_map(|name| split_names(&collapse_whitespace(name))), "dc:creator");
    }
    for name in ["pubDate", "date", "published"] {
        if let Some(date) = item.text_of(name).and_then(|text| dates::parse(&text)) {
            out.metadata.published.add(date, field(name));
        }
    }
    for name in ["modified", "updated"] {
        if let Some(date) = item.text_of(name).and_then(|text| dates::parse(&text)) {
            out.metadata.modified.add(date, field(name));
        }
    }
    out.tags(item.all("category").chain(item.all("subject")).map(Element::text), "category");
    // The whole text stands in content:encoded where there is one; the description is then a teaser.
    let content = item.all("encoded").chain(item.all("content")).map(content_of).find(|text| !text.trim().is_empty());
    let description = item.first("description").map(content_of).filter(|text| !text.trim().is_empty());
    match (content, description) {
        (Some(content), Some(description)) => {
            out.description(&description, "description");
            out.text = Text::guess(&content);
        }
        (Some(text), None) | (None, Some(text)) => out.text = Text::guess(&text),
        (None, None) => {}
    }
    out
}

/// What an element holds: escaped HTML as text, or elements as HTML.
fn content_of(element: &Element) -> String {
    if element.elements().next().is_some() { element.inner_html() } else { element.text() }
}

fn atom_entry(entry: &Element, feed: &Feed) -> Item {
    let mut out = Item::default();
    let source = entry.first("source").map(Feed::atom);
    let feed = source.as_ref().filter(|source| source.site.is_some()).unwrap_or(feed);
    feed.fill(&mut out.metadata);
    let base = entry.attribute("xml:base").or(feed.base.as_deref());
    if let Some(title) = entry.first("title") {
        out.title(&atom_text(title), "title");
    }
    if let Some(link) = atom_link(entry, base) {
        out.url(&link, "link");
    }
    let own = names(entry);
    out.authors(if own.is_empty() { feed.authors.clone() } else { own }, "author");
    for name in ["published", "issued"] {
        if let Some(date) = entry.text_of(name).and_then(|text| dates::parse(&text)) {
            out.metadata.published.add(date, field(name));
        }
    }
    for name in ["updated", "modified"] {
        if let Some(date) = entry.text_of(name).and_then(|text| dates::parse(&text)) {
            out.metadata.modified.add(date, field(name));
        }
    }
    let categories = entry.all("category");
    out.tags(
        categories.filter_map(|c| c.attribute("label").or_else(|| c.attribute("term"))).map(str::to_owned),
        "category",
    );
    let content = entry.first("content").filter(|content| content.attribute("src").is_none());
    let content = content.map(|content| (atom_text(content), content)).filter(|(text, _)| !text.trim().is_empty());
    let summary = entry.first("summary").map(|summary| (atom_text(summary), summary));
    let summary = summary.filter(|(text, _)| !text.trim().is_empty());
    let text = |(text, element): (String, &Element)| match element.attribute("type") {
        Some("html" | "xhtml" | "text/html" | "application/xhtml+xml") => Some(Text::Html(text)),
        Some("text" | "text/plain") => Some(Text::Plain(text)),
        _ => Text::guess(&text),
    };
    match (content, summary) {
        (Some(content), Some((summary, _))) => {
            out.description(&summary, "summary");
            out.text = text(content);
        }
        (Some(only), None) | (None, Some(only)) => out.text = text(only),
        (None, None) => {}
    }
    out
}

/// A text construct (RFC 4287, 3.1), as HTML or plain.
fn atom_text(element: &Element) -> String {
    match element.attribute("type") {
        Some("xhtml" | "application/xhtml+xml") => element.inner_html(),
        _ => content_of(element),
    }
}

/// The address of the entry's page.
fn atom_link(element: &Element, base: Option<&str>) -> Option<String> {
    let link = element.all("link").find(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"))?;
    Some(links::resolve(base, link.attribute("href")?.trim())).filter(|address| links::is_web(address))
}

fn names(element: &Element) -> Vec<String> {
    element.all("author").filter_map(|author| author.text_of("name").or_else(|| author.text_of("email"))).collect()
}
