//! HTML: semantic elements, everything escaped, no styles. Links are written only where a browser may follow them.

use base64::Engine as _;

use super::excerpt::{Excerpt, Part, slice, source_of};
use super::inline::{Event, events, is_safe_target};
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{
    Alignment, Article, Container, Content, InlineStyle, Marker, ResourceId, ResourceState, RichText, Role, Table,
    TextRange,
};

/// Bytes of a picture that go along on the clipboard, where most programs that paste want text.
const LARGEST_COPIED_PICTURE: usize = 1 << 20;

/// Writes HTML of one article.
struct Writer<'a> {
    article: &'a Article,
    out: String,
    open: Vec<Open>,
    largest_picture: usize,
}

/// An element that is open around blocks.
#[derive(Clone, Debug, PartialEq)]
struct Open {
    container: Container,
    /// A list is open around its items; it is the same for all of them.
    list: Option<u32>,
    close: &'static str,
}

pub(super) fn fragment(excerpt: &Excerpt<'_>) -> String {
    write(excerpt, LARGEST_COPIED_PICTURE)
}

pub(super) fn fragment_with_source(excerpt: &Excerpt<'_>) -> String {
    let mut out = fragment(excerpt);
    let (title, site, address) = source_of(excerpt.article);
    let title = title.or(address).map(|title| format!("<cite>{}</cite>", escaped(title)));
    let title = match (title, address.filter(|address| is_safe_target(address))) {
        (Some(title), Some(address)) => Some(format!("<a href=\"{}\">{title}</a>", escaped(address))),
        (title, _) => title,
    };
    let name: Vec<String> = [title, site.map(escaped)].into_iter().flatten().collect();
    if !name.is_empty() {
        out.push_str(&format!("<p>— {}</p>\n", name.join(", ")));
    }
    out
}

/// A page of its own.
pub(super) fn document(article: &Article) -> String {
    let metadata = &article.metadata;
    let mut out = String::from("<!DOCTYPE html>\n<html");
    if let Some(language) = metadata.language.value() {
        out.push_str(&format!(" lang=\"{}\"", escaped(language)));
    }
    if let Some(direction) = metadata.direction.value() {
        out.push_str(&format!(" dir=\"{}\"", direction.as_str()));
    }
    out.push_str(">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"Recto\">\n");
    let title = article.title().unwrap_or_default();
    out.push_str(&format!("<title>{}</title>\n", escaped(title)));
    let mut meta = |key: &str, name: &str, value: &str| {
        out.push_str(&format!("<meta {key}=\"{name}\" content=\"{}\">\n", escaped(value)));
    };
    for author in metadata.authors.value().into_iter().flatten() {
        meta("name", "author", author);
    }
    if let Some(site) = metadata.site.value() {
        meta("property", "og:site_name", site);
    }
    if let Some(date) = metadata.published.value() {
        meta("property", "article:published_time", &date.to_string());
    }
    if let Some(description) = metadata.description.value() {
        meta("name", "description", description);
    }
    if let Some(address) = metadata.url.value().filter(|address| is_safe_target(address)) {
        out.push_str(&format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(address)));
    }
    out.push_str("</head>\n<body>\n<article>\n");
    if !title.is_empty() {
        out.push_str(&format!("<h1>{}</h1>\n", escaped(title)));
    }
    out.push_str(&write(&Excerpt::body(article), usize::MAX));
    out.push_str("</article>\n</body>\n</html>\n");
    out
}

/// A table alone, for formats that have no tables of their own as rich.
pub(super) fn table_alone(article: &Article, table: &Table) -> String {
    let mut writer = Writer { article, out: String::new(), open: Vec::new(), largest_picture: 0 };
    writer.table(table, TextRange::new(0, usize::MAX));
    writer.out
}

fn write(excerpt: &Excerpt<'_>, largest_picture: usize) -> String {
    let mut writer = Writer { article: excerpt.article, out: String::new(), open: Vec::new(), largest_picture };
    for part in &excerpt.parts {
        writer.part(part);
    }
    writer.close_to(0);
    writer.out
}

/// Text with the five signs that HTML has uses for written as entities.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            _ => out.push(c),
        }
    }
    out
}

impl Writer<'_> {
    fn part(&mut self, part: &Part<'_>) {
        let item_is_new = self.enter(&part.block.containers);
        let attributes = attributes(part);
        match &part.block.content {
            Content::Paragraph { text } => {
                let text = self.inline(&slice(text, part.range));
                // The first paragraph of an item needs no element of its own, which keeps lists tight.
                if item_is_new && attributes.is_empty() {
                    self.out.push_str(&text);
                    self.out.push('\n');
                } else {
                    self.out.push_str(&format!("<p{attributes}>{text}</p>\n"));
                }
            }
            Content::Heading { level, text } => {
                let text = self.inline(&slice(text, part.range));
                let level = if part.block.role == Role::Title { 1 } else { *level };
                self.out.push_str(&format!("<h{level}{attributes}>{text}</h{level}>\n"));
            }
            Content::Code { language, text } => {
                let text = escaped(part.range.of(text).unwrap_or_default());
                let class = match language {
                    Some(language) => format!(" class=\"language-{}\"", escaped(language)),
                    None => String::new(),
                };
                // A parser drops a line feed right behind <pre>.
                let first = if text.starts_with('\n') { "\n" } else { "" };
                self.out.push_str(&format!("<pre{attributes}>{first}<code{class}>{text}</code></pre>\n"));
            }
            Content::Table(table) => self.table(table, part.range),
            Content::Figure(figure) => {
                let image = self.image(figure.image, &figure.alt);
                let caption = self.inline(&slice(&figure.caption, part.range));
                let caption = if caption.is_empty() { caption } else { format!("<figcaption>{caption}</figcaption>") };
                self.out.push_str(&format!("<figure{attributes}>{image}{caption}</figure>\n"));
            }
            Content::Rule => self.out.push_str("<hr>\n"),
        }
    }

    /// Opens and closes elements until those around the next block are open. Says whether a list's item has just begun.
    fn enter(&mut self, containers: &[Container]) -> bool {
        let mut depth = 0;
        for container in containers {
            let list = match container {
                Container::ListItem { list, .. } => Some(*list),
                Container::Quotation { .. } | Container::Note { .. } => None,
            };
            let is_open =
                |open: Option<&Open>| open.is_some_and(|open| open.list.is_none() && open.container == *container);
            let in_list = list.is_some() && self.open.get(depth).is_some_and(|open| open.list == list);
            if in_list {
                depth += 1;
            }
            if is_open(self.open.get(depth)) && (list.is_none() || in_list) {
                depth += 1;
                continue;
            }
            self.close_to(depth);
            if let (Some(list), false) = (list, in_list) {
                self.open_list(container, list);
                depth += 1;
            }
            self.open_container(container);
            depth += 1;
        }
        let has_begun = self.open.len() == depth
            && matches!(containers.last(), Some(Container::ListItem { .. }))
            && (self.out.ends_with("<li>") || self.out.ends_with("<dd>") || self.out.ends_with("\">"));
        self.close_to(depth);
        has_begun
    }

    fn open_list(&mut self, container: &Container, list: u32) {
        let (open, close) = match container {
            Container::ListItem { marker: Marker::Number(1), .. } => ("<ol>\n".to_owned(), "</ol>\n"),
            Container::ListItem { marker: Marker::Number(start), .. } => {
                (format!("<ol start=\"{start}\">\n"), "</ol>\n")
            }
            Container::ListItem { marker: Marker::None, .. } => ("<dl>\n".to_owned(), "</dl>\n"),
            _ => ("<ul>\n".to_owned(), "</ul>\n"),
        };
        self.out.push_str(&open);
        self.open.push(Open { container: container.clone(), list: Some(list), close });
    }

    fn open_container(&mut self, container: &Container) {
        let (open, close) = match container {
            Container::Quotation { .. } => ("<blockquote>\n".to_owned(), "</blockquote>\n"),
            Container::ListItem { marker, .. } => match marker {
                Marker::Number(number) => (format!("<li value=\"{number}\">"), "</li>\n"),
                Marker::Bullet => ("<li>".to_owned(), "</li>\n"),
                Marker::Task(ticked) => {
                    let checked = if *ticked { " checked" } else { "" };
                    (format!("<li><input type=\"checkbox\" disabled{checked} value=\"\">"), "</li>\n")
                }
                Marker::None => ("<dd>".to_owned(), "</dd>\n"),
            },
            Container::Note { label } => {
                (format!("<aside role=\"doc-footnote\" aria-label=\"{}\">\n", escaped(label)), "</aside>\n")
            }
        };
        self.out.push_str(&open);
        self.open.push(Open { container: container.clone(), list: None, close });
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                self.out.push_str(open.close);
            }
        }
    }

    fn table(&mut self, table: &Table, range: TextRange) {
        self.out.push_str("<table>\n");
        let caption = TextRange::new(0, table.caption.len());
        if let Some(part) = caption.intersection(range) {
            let caption = self.inline(&slice(&table.caption, part));
            self.out.push_str(&format!("<caption>{caption}</caption>\n"));
        }
        for (row, ranges) in table.rows.iter().zip(table.cell_ranges()) {
            let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { continue };
            if last.end < range.start || first.start > range.end {
                continue;
            }
            self.out.push_str("<tr>");
            for (cell, whole) in row.cells.iter().zip(ranges) {
                let name = if row.header || cell.header { "th" } else { "td" };
                let mut attributes = String::new();
                if cell.columns > 1 {
                    attributes.push_str(&format!(" colspan=\"{}\"", cell.columns));
                }
                if cell.rows > 1 {
                    attributes.push_str(&format!(" rowspan=\"{}\"", cell.rows));
                }
                match cell.alignment {
                    Alignment::Start => {}
                    Alignment::Center => attributes.push_str(" style=\"text-align: center\""),
                    Alignment::End => attributes.push_str(" style=\"text-align: end\""),
                }
                let part =
                    whole.intersection(range).map(|p| TextRange::new(p.start - whole.start, p.end - whole.start));
                let text = part.map(|part| self.inline(&slice(&cell.text, part))).unwrap_or_default();
                self.out.push_str(&format!("<{name}{attributes}>{text}</{name}>"));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table>\n");
    }

    fn inline(&self, text: &RichText) -> String {
        let mut out = String::new();
        for event in events(text) {
            match event {
                Event::Open(span) => out.push_str(&self.opening(&span.style)),
                Event::Text(text) => {
                    out.push_str(&escaped(text).replace('\n', "<br>\n").replace(OBJECT_REPLACEMENT, ""));
                }
                Event::Close(span) => out.push_str(&closing(&span.style)),
            }
        }
        out
    }

    fn opening(&self, style: &InlineStyle) -> String {
        match style {
            InlineStyle::Strong => "<strong>".to_owned(),
            InlineStyle::Emphasis => "<em>".to_owned(),
            InlineStyle::Underline => "<u>".to_owned(),
            InlineStyle::Strikethrough => "<s>".to_owned(),
            InlineStyle::Code => "<code>".to_owned(),
            InlineStyle::Superscript => "<sup>".to_owned(),
            InlineStyle::Subscript => "<sub>".to_owned(),
            InlineStyle::Highlight => "<mark>".to_owned(),
            InlineStyle::Link { target } if is_safe_target(target) => format!("<a href=\"{}\">", escaped(target)),
            InlineStyle::Link { .. } => "<a>".to_owned(),
            InlineStyle::Image { image, alt } => self.image(*image, alt),
            InlineStyle::Ruby { .. } => "<ruby>".to_owned(),
            InlineStyle::Language { tag } => format!("<span lang=\"{}\">", escaped(tag)),
        }
    }

    fn image(&self, image: ResourceId, alt: &str) -> String {
        let alt = escaped(alt);
        let Some(resource) = self.article.resource(image) else { return format!("<img alt=\"{alt}\">") };
        let source = match &resource.state {
            ResourceState::Here { bytes } if bytes.len() <= self.largest_picture => {
                let media_type = resource.media_type.as_deref().unwrap_or("application/octet-stream");
                let data = base64::engine::general_purpose::STANDARD.encode(bytes);
                format!("data:{};base64,{data}", escaped(media_type))
            }
            ResourceState::Here { .. } => return format!("<img alt=\"{alt}\">"),
            ResourceState::Absent { name } => escaped(name),
            ResourceState::Remote { url } => escaped(url),
        };
        let size = |name: &str, value: Option<u32>| value.map(|v| format!(" {name}=\"{v}\"")).unwrap_or_default();
        let (width, height) = (size("width", resource.width), size("height", resource.height));
        format!("<img src=\"{source}\" alt=\"{alt}\"{width}{height}>")
    }
}

fn closing(style: &InlineStyle) -> String {
    match style {
        InlineStyle::Strong => "</strong>",
        InlineStyle::Emphasis => "</em>",
        InlineStyle::Underline => "</u>",
        InlineStyle::Strikethrough => "</s>",
        InlineStyle::Code => "</code>",
        InlineStyle::Superscript => "</sup>",
        InlineStyle::Subscript => "</sub>",
        InlineStyle::Highlight => "</mark>",
        InlineStyle::Link { .. } => "</a>",
        InlineStyle::Image { .. } => "",
        InlineStyle::Ruby { annotation } => return format!("<rt>{}</rt></ruby>", escaped(annotation)),
        InlineStyle::Language { .. } => "</span>",
    }
    .to_owned()
}

fn attributes(part: &Part<'_>) -> String {
    let mut out = String::new();
    if let Some(name) = part.block.fragments.first() {
        out.push_str(&format!(" id=\"{}\"", escaped(name)));
    }
    if let Some(language) = &part.block.language {
        out.push_str(&format!(" lang=\"{}\"", escaped(language)));
    }
    if let Some(direction) = part.block.direction {
        out.push_str(&format!(" dir=\"{}\"", direction.as_str()));
    }
    out
}
