//! Articles, or parts of them, as text that other programs take: plain text, HTML, Markdown. Writes no file and knows no
//! clipboard.
//!
//! - [`excerpt`]: the blocks of a range, cut where the range cuts them
//! - `plain`: as plain text
//! - `html`: as HTML
//! - `markdown`: as Markdown
//! - `inline`: styled text as a sequence of openings, text and closings

pub mod excerpt;
mod html;
mod inline;
mod markdown;
mod plain;
#[cfg(test)]
mod tests;

pub use excerpt::Excerpt;

use crate::document::{Article, TextRange};

/// The shown text of a range of the flat text: see [`Excerpt::plain_text`].
pub fn plain_text(article: &Article, range: TextRange) -> String {
    Excerpt::new(article, &article.flat_text(), range, &|_| false).plain_text()
}

/// The shown text of a range of the flat text as a piece of HTML: see [`Excerpt::html`].
pub fn html(article: &Article, range: TextRange) -> String {
    Excerpt::new(article, &article.flat_text(), range, &|_| false).html()
}

/// A whole story as plain text: its head, a blank line, what is shown of it.
pub fn text_document(article: &Article) -> String {
    plain::document(article)
}

/// A whole story as an HTML page of its own, pictures included.
pub fn html_document(article: &Article) -> String {
    html::document(article)
}

/// A whole story as Markdown (CommonMark with tables and footnotes), its metadata as front matter.
pub fn markdown(article: &Article) -> String {
    markdown::document(article)
}
