//! Markdown: CommonMark with GitHub's tables, footnotes, task lists and strikethrough, `==highlights==` and wiki links, as
//! note-taking programs and web clippers save articles. Everything is shown: a Markdown file has no furniture.
//!
//! - [`front_matter`]: the YAML, TOML or JSON at the head → metadata
//! - [`blocks`]: the parser's events → blocks
//! - [`inline_html`]: HTML tags in a line of text
//! - [`highlight`]: `==marked==` text

pub mod blocks;
pub mod front_matter;
pub mod highlight;
pub mod inline_html;

use crate::document::{Article, Block, Content, Provenance, Role, StatedDate};
use crate::import::html::encoding;
use crate::import::{Import, ImportError, Source};
use crate::text::fold;

/// Whether the bytes certainly are Markdown: front matter stands at their head.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if !(head.starts_with(b"---") || head.starts_with(b"+++")) {
        return false;
    }
    let text = encoding::decode(bytes).text;
    front_matter::split(&text).0.is_some()
}

/// Reads a Markdown file.
///
/// # Errors
/// [`ImportError::Empty`] where there is nothing but white space.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    let decoded = encoding::decode(&source.bytes);
    let text = decoded.text.as_str();
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let (head, body) = front_matter::split(text);
    let mut warnings: Vec<_> = decoded.warning().into_iter().collect();
    let mut article = Article::default();
    let mut unread = None;
    if let Some(head) = &head {
        let read = front_matter::read(head);
        article.metadata = read.metadata;
        warnings.extend(read.warning);
        unread = read.unread;
        if let Some(day) = source.file_name().and_then(day_of_post) {
            article.metadata.published.add(day, Provenance::FileName);
        }
    }
    let base = article.metadata.url.value().cloned();
    let lines_before =
        text.len().checked_sub(body.len()).and_then(|at| text.get(..at)).map_or(0, |t| t.matches('\n').count());
    let read = blocks::read(body, source, base.as_deref());
    article.blocks = read.blocks;
    article.resources = read.resources;
    if let Some(unread) = unread {
        article.blocks.insert(0, Block::code(None, unread));
    }
    mark_title(&mut article, read.first_heading.map(|offset| lines_before + line_of(body, offset)));
    if article.blocks.is_empty() && article.metadata.title.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Import { format: "Markdown", encoding: Some(decoded.encoding), articles: vec![article], warnings })
}

/// The day that a post's name begins with, as Jekyll names posts: `2024-02-29-low-water.md`.
fn day_of_post(name: &str) -> Option<StatedDate> {
    let (day, behind) = name.split_at_checked("2024-02-29".len())?;
    behind.starts_with('-').then(|| day.parse().ok()).flatten()
}

/// The number of the line that an offset stands in, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1)
}

/// The first heading of level 1 is the title where front matter states none or the same.
fn mark_title(article: &mut Article, line: Option<usize>) {
    let first = article.blocks.iter_mut().find(|b| matches!(b.content, Content::Heading { .. }));
    let Some(block) = first.filter(|b| matches!(b.content, Content::Heading { level: 1, .. })) else { return };
    let text = block.plain_text().replace('\n', " ");
    let stated = article.metadata.title.value();
    if stated.is_none_or(|title| fold(title) == fold(&text)) && !text.trim().is_empty() {
        block.role = Role::Title;
        article.metadata.title.add(text, line.map_or(Provenance::Text, Provenance::Line));
    }
}

#[cfg(test)]
mod tests;
