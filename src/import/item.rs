//! One story of a feed or of a service's export, before it is an article: what the export says, each value with the name of
//! its field. Reads no file.

use super::html::links;
use super::{Import, Source, Warning, fragment};
use crate::document::{Article, Block, Container, Highlight, Metadata, Provenance, ReadState, RichText, StatedDate};
use crate::text::collapse_whitespace;

/// What an export says of one story.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// What is known, each value with its field.
    pub metadata: Metadata,
    /// The text, if the export has any.
    pub text: Option<Text>,
    /// What the person had marked.
    pub highlights: Vec<Highlight>,
    /// What was not as it should be.
    pub warnings: Vec<Warning>,
}

/// A text in one of two notations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// HTML.
    Html(String),
    /// Plain, paragraphs apart by blank lines.
    Plain(String),
}

impl Text {
    /// HTML or plain, by what it looks like; `None` where there is nothing in it.
    pub fn guess(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return None;
        }
        Some(if fragment::is_html(text) { Self::Html(text.to_owned()) } else { Self::Plain(unescaped(text)) })
    }
}

/// A text with its character references resolved: what is meant as HTML has them even where it has no tag. What looks like
/// one and is none stays.
fn unescaped(text: &str) -> String {
    /// Longer than any name (`CounterClockwiseContourIntegral`).
    const LONGEST_NAME: usize = 32;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        rest = behind;
        let end = behind.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
        let name = end.and_then(|end| behind.get(..end)).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
            None => number.parse().ok(),
        });
        let number = number.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from);
        match number.or_else(|| quick_xml::escape::resolve_html5_entity(name).map(str::to_owned)) {
            Some(meant) => {
                out.push_str(&meant);
                rest = behind.get(name.len() + 1..).unwrap_or_default();
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// Where a value was read: a field of an export.
pub fn field(name: &str) -> Provenance {
    Provenance::Field(name.to_owned())
}

/// Takes out what says nothing, and gives a warning that counts it.
pub fn without_empty(items: &mut Vec<Item>) -> Option<Warning> {
    let all = items.len();
    items.retain(|item| !item.is_empty());
    let empty = all - items.len();
    let entries = if empty == 1 { "entry has" } else { "entries have" };
    let message = || format!("{empty} {entries} neither title, address nor text, or cannot be read, and stayed out");
    (empty > 0).then(|| Warning::new(message()))
}

impl Item {
    /// What a warning calls it.
    pub fn name(&self) -> String {
        let title = self.metadata.title.value().or_else(|| self.metadata.url.value());
        title.cloned().unwrap_or_else(|| "a story without title".to_owned())
    }

    /// Sets the title, tags taken off and white space collapsed.
    pub fn title(&mut self, title: &str, from: &str) {
        let title = plain(title);
        if !title.is_empty() && !links::is_web(&title) {
            self.metadata.title.add(title, field(from));
        }
    }

    /// Sets the address, if it is one on the web.
    pub fn url(&mut self, url: &str, from: &str) {
        let url = url.trim();
        if links::is_web(url) {
            self.metadata.url.add(url.to_owned(), field(from));
        }
    }

    /// Sets the authors.
    pub fn authors(&mut self, names: impl IntoIterator<Item = String>, from: &str) {
        let names: Vec<String> = names.into_iter().map(|name| plain(&name)).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            self.metadata.authors.add(names, field(from));
        }
    }

    /// Sets the tags.
    pub fn tags(&mut self, tags: impl IntoIterator<Item = String>, from: &str) {
        let mut kept: Vec<String> = Vec::new();
        for tag in tags {
            let tag = collapse_whitespace(&tag);
            if !tag.is_empty() && !kept.contains(&tag) {
                kept.push(tag);
            }
        }
        if !kept.is_empty() {
            self.metadata.tags.add(kept, field(from));
        }
    }

    /// Sets the summary.
    pub fn description(&mut self, text: &str, from: &str) {
        let text = plain(text);
        if !text.is_empty() {
            self.metadata.description.add(text, field(from));
        }
    }

    /// Sets whether it was read.
    pub fn state(&mut self, state: ReadState, from: &str) {
        self.metadata.state.add(state, field(from));
    }

    /// Sets when it was saved.
    pub fn saved(&mut self, date: Option<StatedDate>, from: &str) {
        if let Some(date) = date {
            self.metadata.saved.add(date, field(from));
        }
    }

    /// Whether it says anything at all.
    pub fn is_empty(&self) -> bool {
        self.metadata.title.is_empty()
            && self.metadata.url.is_empty()
            && self.text.is_none()
            && self.highlights.is_empty()
    }

    /// The article. One without a text has no blocks, unless the person had marked something: then the quotes are all the
    /// text there is.
    pub fn import(&self, source: &Source) -> Import {
        let mut article = Article { metadata: self.metadata.clone(), ..Article::default() };
        let mut warnings = self.warnings.clone();
        let base = self.metadata.url.value().map(String::as_str);
        match &self.text {
            Some(Text::Html(html)) => {
                let read = fragment::read(html, source, base);
                if read.too_deep {
                    warnings
                        .push(Warning::new("It nests its elements extremely deep; the deepest are plain paragraphs"));
                }
                read.fill(&mut article);
            }
            Some(Text::Plain(text)) => article.blocks = paragraphs(text),
            None => {}
        }
        article.highlights.clone_from(&self.highlights);
        if article.blocks.is_empty() {
            article.blocks = quotes(&article.highlights);
        }
        article.place_highlights();
        Import { articles: vec![article], warnings, ..Import::default() }
    }
}

/// A text of several lines as paragraphs.
fn paragraphs(text: &str) -> Vec<Block> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let paragraphs = text.split("\n\n").map(|part| {
        part.lines().map(collapse_whitespace).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    });
    paragraphs.filter(|text| !text.is_empty()).map(|text| Block::paragraph(RichText::plain(text))).collect()
}

/// Quotes with their notes as blocks.
fn quotes(highlights: &[Highlight]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (number, highlight) in (1..).zip(highlights) {
        for mut block in paragraphs(&highlight.quote) {
            block.containers.push(Container::Quotation { quotation: number });
            blocks.push(block);
        }
        if let Some(note) = &highlight.note {
            blocks.extend(paragraphs(note));
        }
    }
    blocks
}

/// A value without tags and entities.
fn plain(text: &str) -> String {
    let text = if text.contains('&') || fragment::is_html(text) {
        let read = fragment::read(text, &Source::from_bytes(*b""), None);
        read.blocks.iter().map(|block| block.plain_text().into_owned()).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    };
    collapse_whitespace(&text)
}

/// Seconds, or milliseconds where they would lie beyond the year 5000, since 1970.
pub fn unix_date(number: i64) -> Option<StatedDate> {
    let seconds = if number.abs() > 100_000_000_000 { number / 1000 } else { number };
    let date = jiff::Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)?;
    date.to_string().parse().ok()
}

/// A date as an export writes it: seconds since 1970, or anything that is a date.
pub fn any_date(text: &str) -> Option<StatedDate> {
    let text = text.trim();
    match text.parse::<i64>() {
        // Eight digits are a day.
        Ok(number) if text.len() > 8 => unix_date(number),
        _ => super::html::dates::parse(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::outline::outline;

    #[test]
    fn an_item_without_a_text_is_its_address_or_its_quotes() {
        let mut item = Item::default();
        item.title("A &amp; <b>B</b>", "title");
        item.url("https://a.example/", "url");
        let article = item.import(&Source::from_bytes(*b"")).articles.remove(0);
        assert_eq!((article.is_link_only(), article.title()), (true, Some("A & B")));
        item.highlights.push(Highlight { note: Some("Why?".into()), ..Highlight::new("One.\nTwo.", field("quote")) });
        let article = item.import(&Source::from_bytes(*b"")).articles.remove(0);
        assert_eq!(outline(&article), "> p One.⏎Two.\np Why?");
        assert!(article.highlights[0].range.is_some());
    }

    #[test]
    fn character_references_are_resolved_without_tags() {
        for (text, expected) in [
            ("a &amp; b&nbsp;c &#8211; &#x201C;d&#x201D;", "a & b\u{A0}c – “d”"),
            ("a & b; AT&T; &; &unknown; &#0; &#xFFFFFFFF; &amp", "a & b; AT&T; &; &unknown; &#0; &#xFFFFFFFF; &amp"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(Text::guess(text), Some(Text::Plain(expected.to_owned())), "{text}");
        }
    }

    #[test]
    fn dates_of_every_kind_are_read() {
        for (text, expected) in [
            ("1772532000", Some("2026-03-03T10:00:00Z")),
            ("1772532000123", Some("2026-03-03T10:00:00Z")),
            ("2026-03-03T10:00:00.000Z", Some("2026-03-03T10:00:00Z")),
            ("2026-03-03 10:00:00+00:00", Some("2026-03-03T10:00:00Z")),
            ("20260303", Some("2026-03-03")),
            ("0", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(any_date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }
}
