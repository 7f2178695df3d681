//! Markdown: CommonMark with GitHub's tables and footnotes, and HTML where it has no sign. Wraps no line.

use super::excerpt::{Excerpt, Part, source_of};
use super::html;
use super::inline::{Event, events, is_safe_target};
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{
    Alignment, Article, Container, Content, InlineStyle, Marker, ResourceId, ResourceState, RichText, Role, Span, Table,
};

pub(super) fn document(article: &Article) -> String {
    let mut out = front_matter(article);
    if let Some(title) = article.title() {
        out.push_str(&format!("# {}\n\n", escaped(title)));
    }
    let excerpt = Excerpt::body(article);
    let mut before: Option<&Part<'_>> = None;
    for part in &excerpt.parts {
        if let Some(before) = before {
            let (end, gap) = (common(before, part), common_lists(before, part));
            let prefix = prefix(before, end, None);
            // Two lists in a row are one to a reader of Markdown unless something stands between.
            out.push_str(if gap { prefix.trim_end() } else { "" });
            out.push_str(if gap { "\n" } else { "" });
            if is_another_list(before, part) {
                out.push_str(&format!("{prefix}<!-- -->\n{}\n", prefix.trim_end()));
            }
        }
        let first = prefix_of_first_line(part);
        let rest = prefix(part, part.block.containers.len(), None);
        for (number, line) in block(article, part).split('\n').enumerate() {
            let line = format!("{}{line}", if number == 0 { &first } else { &rest });
            out.push_str(line.trim_end_matches(' '));
            out.push('\n');
        }
        before = Some(part);
    }
    out
}

fn front_matter(article: &Article) -> String {
    let metadata = &article.metadata;
    let (title, site, address) = source_of(article);
    let mut lines: Vec<String> = Vec::new();
    let mut line = |key: &str, value: Option<&str>| {
        lines.extend(value.map(|value| format!("{key}: {}", quoted(value))));
    };
    line("title", title);
    line("site", site);
    line("source", address);
    if let Some(authors) = metadata.authors.value() {
        line("author", Some(&authors.join(", ")));
    }
    line("published", metadata.published.value().map(ToString::to_string).as_deref());
    line("language", metadata.language.value().map(String::as_str));
    if lines.is_empty() { String::new() } else { format!("---\n{}\n---\n\n", lines.join("\n")) }
}

/// A YAML string between double quotes.
fn quoted(value: &str) -> String {
    let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn block(article: &Article, part: &Part<'_>) -> String {
    match &part.block.content {
        Content::Paragraph { text } => at_line_start(&inline(article, text)),
        Content::Heading { level, text } => {
            let level = if part.block.role == Role::Title { 1 } else { usize::from(*level) };
            format!("{} {}", "#".repeat(level), inline(article, text).replace("\\\n", " ").replace('\n', " "))
        }
        Content::Code { language, text } => {
            let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
            format!("{fence}{}\n{text}\n{fence}", language.as_deref().unwrap_or_default())
        }
        Content::Table(table) => table_text(article, table),
        Content::Figure(figure) => {
            let image = image(article, figure.image, &figure.alt);
            let caption = inline(article, &figure.caption);
            if caption.is_empty() { image } else { format!("{image}\\\n{caption}") }
        }
        Content::Rule => "---".to_owned(),
    }
}

fn prefix_of_first_line(part: &Part<'_>) -> String {
    let containers = part.block.containers.len();
    prefix(part, containers, Some(containers.saturating_sub(part.begins)))
}

/// What stands before a line in the first `depth` containers; from the container `signs_from` on with their signs.
fn prefix(part: &Part<'_>, depth: usize, signs_from: Option<usize>) -> String {
    let mut out = String::new();
    for (number, container) in part.block.containers.iter().take(depth).enumerate() {
        let sign = match container {
            Container::Quotation { .. } => {
                out.push_str("> ");
                continue;
            }
            Container::ListItem { marker, .. } => match marker {
                Marker::Number(number) => format!("{number}. "),
                Marker::Task(true) => "- [x] ".to_owned(),
                Marker::Task(false) => "- [ ] ".to_owned(),
                Marker::Bullet | Marker::None => "- ".to_owned(),
            },
            Container::Note { label } => format!("[^{}]: ", note_name(label)),
        };
        if signs_from.is_some_and(|from| number >= from) {
            out.push_str(&sign);
        } else {
            // What goes on stands as far in as the sign is wide; a task's box belongs to its text, a note wants four.
            let width = match container {
                Container::Note { .. } => 4,
                Container::ListItem { marker: Marker::Task(_), .. } => 2,
                _ => sign.len(),
            };
            out.push_str(&" ".repeat(width));
        }
    }
    out
}

fn note_name(label: &str) -> String {
    label.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

/// How many containers two blocks have in common.
fn common(before: &Part<'_>, part: &Part<'_>) -> usize {
    before.block.containers.iter().zip(&part.block.containers).take_while(|(a, b)| a == b).count()
}

/// Whether a blank line belongs between two blocks: not between items of one list, which stay tight.
fn common_lists(before: &Part<'_>, part: &Part<'_>) -> bool {
    let depth = common(before, part);
    let lists = (before.block.containers.get(depth), part.block.containers.get(depth));
    !matches!(lists, (Some(Container::ListItem { list: a, .. }), Some(Container::ListItem { list: b, .. }))
        if a == b && before.block.containers.len() == depth + 1)
}

fn is_another_list(before: &Part<'_>, part: &Part<'_>) -> bool {
    let depth = common(before, part);
    match (before.block.containers.get(depth), part.block.containers.get(depth)) {
        (Some(Container::ListItem { list: a, .. }), Some(Container::ListItem { list: b, .. })) => a != b,
        (Some(Container::Quotation { .. }), Some(Container::Quotation { .. })) => true,
        _ => false,
    }
}

fn table_text(article: &Article, table: &Table) -> String {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let cells = || table.rows.iter().flat_map(|row| &row.cells);
    let is_plain = table.rows.first().is_some_and(|row| row.header || row.cells.iter().all(|cell| cell.header))
        && table.rows.iter().skip(1).all(|row| !row.header)
        && table.rows.iter().all(|row| row.cells.len() == columns)
        && cells().all(|cell| cell.columns == 1 && cell.rows == 1);
    if !is_plain || !table.caption.is_empty() {
        return html::table_alone(article, table).trim_end().to_owned();
    }
    let mut lines = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| inline(article, &cell.text).replace("\\\n", "<br>").replace('\n', "<br>"))
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if number == 0 {
            let rule: Vec<&str> = row
                .cells
                .iter()
                .map(|cell| match cell.alignment {
                    Alignment::Start => "---",
                    Alignment::Center => ":-:",
                    Alignment::End => "--:",
                })
                .collect();
            lines.push(format!("| {} |", rule.join(" | ")));
        }
    }
    lines.join("\n")
}

fn inline(article: &Article, text: &RichText) -> String {
    let mut out = String::new();
    let mut closings: Vec<String> = Vec::new();
    // What stands between the signs of code or of a reference to a note is not escaped.
    let mut verbatim: Option<String> = None;
    for event in events(text) {
        match event {
            Event::Open(span) => {
                let (open, close) = signs(article, text, span);
                if let Some(note) = close.strip_prefix("note:") {
                    verbatim = Some(format!("[^{note}]"));
                } else if close.starts_with('`') && verbatim.is_none() {
                    verbatim = Some(String::new());
                }
                if verbatim.as_ref().is_none_or(String::is_empty) {
                    out.push_str(&open);
                }
                closings.push(close);
            }
            Event::Text(text) => match &verbatim {
                Some(note) if note.is_empty() => out.push_str(text),
                Some(_) => {}
                None => out.push_str(&escaped(text).replace('\n', "\\\n").replace(OBJECT_REPLACEMENT, "")),
            },
            Event::Close(_) => {
                let Some(close) = closings.pop() else { continue };
                if close.starts_with("note:") {
                    out.push_str(&verbatim.take().unwrap_or_default());
                } else if verbatim.as_ref().is_none_or(String::is_empty) {
                    if close.starts_with('`') {
                        verbatim = None;
                    }
                    out.push_str(&close);
                }
            }
        }
    }
    out
}

/// What opens and what closes a style.
fn signs(article: &Article, text: &RichText, span: &Span) -> (String, String) {
    let inside = span.range.of(text.as_str()).unwrap_or_default();
    let pair = |sign: &str| (sign.to_owned(), sign.to_owned());
    let tag = |name: &str| (format!("<{name}>"), format!("</{name}>"));
    match &span.style {
        InlineStyle::Strong if can_have_signs(text, span) => pair("**"),
        InlineStyle::Strong => tag("strong"),
        InlineStyle::Emphasis if can_have_signs(text, span) => pair("*"),
        InlineStyle::Emphasis => tag("em"),
        InlineStyle::Strikethrough if can_have_signs(text, span) => pair("~~"),
        InlineStyle::Strikethrough => tag("s"),
        InlineStyle::Code if can_have_signs(text, span) && !inside.contains('\n') => {
            let fence = "`".repeat(longest_run(inside, '`') + 1);
            pair(&fence)
        }
        InlineStyle::Code => tag("code"),
        InlineStyle::Underline => tag("u"),
        InlineStyle::Superscript => tag("sup"),
        InlineStyle::Subscript => tag("sub"),
        InlineStyle::Highlight => tag("mark"),
        InlineStyle::Link { target } => match note_of(article, target, inside) {
            Some(label) => (String::new(), format!("note:{}", note_name(label))),
            None if is_safe_target(target) => ("[".to_owned(), format!("]({})", destination(target))),
            None => Default::default(),
        },
        InlineStyle::Image { image: number, alt } => (image(article, *number, alt), String::new()),
        InlineStyle::Ruby { annotation } => {
            ("<ruby>".to_owned(), format!("<rt>{}</rt></ruby>", html::escaped(annotation)))
        }
        InlineStyle::Language { .. } => Default::default(),
    }
}

/// The label of the note that a link leads to, if the link says no more than that.
fn note_of<'a>(article: &'a Article, target: &str, inside: &str) -> Option<&'a str> {
    let name = target.strip_prefix('#')?;
    let block = article.blocks.iter().find(|block| block.fragments.iter().any(|fragment| fragment == name))?;
    let label = block.containers.iter().find_map(|container| match container {
        Container::Note { label } => Some(label.as_str()),
        Container::Quotation { .. } | Container::ListItem { .. } => None,
    })?;
    (inside.trim_matches(['[', ']', '(', ')', ' ']) == label).then_some(label)
}

/// Whether a style can be written with Markdown's signs: they are read as such for certain only between a letter inside and
/// whatever is outside, and where no other style begins or ends at the same place or across.
fn can_have_signs(text: &RichText, span: &Span) -> bool {
    let inside = span.range.of(text.as_str()).unwrap_or_default();
    let has_letters_at_ends = inside.starts_with(char::is_alphanumeric) && inside.ends_with(char::is_alphanumeric);
    let (start, end) = (span.range.start, span.range.end);
    let is_apart = text.spans().iter().filter(|other| !std::ptr::eq(*other, span)).all(|other| {
        let (a, b) = (other.range.start, other.range.end);
        b < start || a > end || (a < start && b > end) || (a > start && b < end && span.style != InlineStyle::Code)
    });
    has_letters_at_ends && is_apart
}

fn image(article: &Article, image: ResourceId, alt: &str) -> String {
    let source = article.resource(image).map(|resource| match &resource.state {
        // Bytes in the text would make it unreadable; the HTML export takes them along.
        ResourceState::Here { .. } => "",
        ResourceState::Absent { name } => name.as_str(),
        ResourceState::Remote { url } => url.as_str(),
    });
    format!("![{}]({})", escaped(&alt.replace('\n', " ")), destination(source.unwrap_or_default()))
}

fn destination(address: &str) -> String {
    if address.is_empty() {
        return String::new();
    }
    let address: String = address.chars().filter(|c| !c.is_control()).collect();
    format!("<{}>", address.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E"))
}

/// Text in which no sign means anything to Markdown, but for signs at the beginning of a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '\u{AD}') {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '{' | '}' | '$' | '=' | '^' | '!'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes what makes a line a heading, a list or a rule.
fn at_line_start(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let digits = line.chars().take_while(char::is_ascii_digit).count();
            let behind = line.get(digits..).unwrap_or_default();
            if line.starts_with(['#', '+', '-', ':']) {
                format!("\\{line}")
            } else if digits > 0 && behind.starts_with(['.', ')']) {
                format!("{}\\{behind}", line.get(..digits).unwrap_or_default())
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}
