//! Plain text. Wraps no line: that is the work of whoever shows it.

use super::excerpt::{Excerpt, Part, source_of};
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{Article, Container, Marker};

/// Columns that a list in a list stands further in.
const INDENT: &str = "  ";

pub(super) fn text(parts: &[Part<'_>]) -> String {
    let mut out = String::new();
    let mut before: Option<&Part<'_>> = None;
    for part in parts {
        let block = part.block.plain_text();
        let text = part.range.of(&block).unwrap_or_default().replace([OBJECT_REPLACEMENT, '\u{AD}'], "");
        if text.is_empty() {
            continue;
        }
        if let Some(before) = before {
            out.push_str(if are_items_of_one_list(before, part) { "\n" } else { "\n\n" });
        }
        out.push_str(&sign(part));
        out.push_str(&text);
        before = Some(part);
    }
    out
}

pub(super) fn with_source(excerpt: &Excerpt<'_>) -> String {
    let mut out = text(&excerpt.parts);
    let (title, site, address) = source_of(excerpt.article);
    let name: Vec<&str> = [title, site].into_iter().flatten().collect();
    if !name.is_empty() {
        out.push_str("\n\n— ");
        out.push_str(&name.join(", "));
    }
    if let Some(address) = address {
        out.push_str(if name.is_empty() { "\n\n" } else { "\n" });
        out.push_str(address);
    }
    out
}

pub(super) fn document(article: &Article) -> String {
    let mut head: Vec<String> = Vec::new();
    head.extend(article.title().map(str::to_owned));
    let metadata = &article.metadata;
    let mut byline: Vec<String> = Vec::new();
    byline.extend(metadata.authors.value().map(|authors| authors.join(", ")));
    byline.extend(metadata.site.value().cloned());
    byline.extend(metadata.published.value().map(|date| date.to_prose()));
    if !byline.is_empty() {
        head.push(byline.join(" · "));
    }
    head.extend(metadata.url.value().cloned());
    let body = text(&Excerpt::body(article).parts);
    let head = head.join("\n");
    let gap = if head.is_empty() { "" } else { "\n\n" };
    format!("{head}{gap}{body}\n")
}

/// What stands before a block: its list's sign or its note's label.
fn sign(part: &Part<'_>) -> String {
    let containers = &part.block.containers;
    let Some(first) = containers.len().checked_sub(part.begins) else { return String::new() };
    let mut out = String::new();
    for (depth, container) in containers.iter().enumerate().skip(first) {
        match container {
            Container::ListItem { marker, .. } => {
                if out.is_empty() {
                    let lists = containers.iter().take(depth);
                    let depth = lists.filter(|c| matches!(c, Container::ListItem { .. })).count();
                    out.push_str(&INDENT.repeat(depth));
                }
                match marker {
                    Marker::Bullet => out.push_str("• "),
                    Marker::Number(number) => out.push_str(&format!("{number}. ")),
                    Marker::Task(true) => out.push_str("[x] "),
                    Marker::Task(false) => out.push_str("[ ] "),
                    Marker::None => {}
                }
            }
            Container::Note { label } => out.push_str(&format!("[{label}] ")),
            Container::Quotation { .. } => {}
        }
    }
    out
}

fn are_items_of_one_list(before: &Part<'_>, part: &Part<'_>) -> bool {
    let list = |part: &Part<'_>| {
        part.block.containers.iter().find_map(|container| match container {
            Container::ListItem { list, .. } => Some(*list),
            Container::Quotation { .. } | Container::Note { .. } => None,
        })
    };
    part.begins > 0 && list(part).is_some() && list(before) == list(part)
}
