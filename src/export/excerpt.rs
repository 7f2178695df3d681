//! The blocks of a range of the flat text, cut where the range cuts them. Writes nothing itself.

use crate::document::{Article, Block, Container, FlatText, RichText, Role, TextRange};

use super::{html, plain};

/// A part of a story.
#[derive(Debug)]
pub struct Excerpt<'a> {
    pub(super) article: &'a Article,
    pub(super) parts: Vec<Part<'a>>,
}

/// A block of an excerpt, or what the range leaves of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) block: &'a Block,
    /// Of the block's plain text.
    pub(super) range: TextRange,
    /// How many of the block's containers begin with this block, so that their sign (a bullet, a number, a note's label)
    /// stands before it.
    pub(super) begins: usize,
}

impl<'a> Excerpt<'a> {
    /// The blocks that a range of the flat text touches: those that are shown, and those that were left out and
    /// `is_put_back` says are shown too, by their number.
    pub fn new(article: &'a Article, flat: &FlatText, range: TextRange, is_put_back: &dyn Fn(usize) -> bool) -> Self {
        let mut parts = Vec::new();
        let mut before: &[Container] = &[];
        for (number, block) in article.blocks.iter().enumerate() {
            let common = block.containers.iter().zip(before).take_while(|(a, b)| a == b).count();
            before = &block.containers;
            let Some(whole) = flat.block_range(number) else { continue };
            // A block without text (a rule, a picture) belongs to the range that runs over it.
            let is_within = whole.start >= range.start && whole.end <= range.end;
            let Some(part) = whole.intersection(range).or_else(|| (is_within && whole.is_empty()).then_some(whole))
            else {
                continue;
            };
            if !block.is_shown() && !is_put_back(number) {
                continue;
            }
            let range = TextRange::new(part.start - whole.start, part.end - whole.start);
            let begins = if range.start == 0 { block.containers.len() - common } else { 0 };
            parts.push(Part { block, range, begins });
        }
        Self { article, parts }
    }

    /// The shown body of a story, and what of its title and byline lines is not said by its metadata.
    pub(super) fn body(article: &'a Article) -> Self {
        let flat = article.flat_text();
        let mut excerpt = Self::new(article, &flat, TextRange::new(0, flat.as_str().len()), &|_| false);
        let title = article.title().map(crate::text::fold);
        excerpt.parts.retain(|part| {
            part.block.role != Role::Title || Some(crate::text::fold(&part.block.plain_text())) != title
        });
        excerpt
    }

    /// As plain text: the source between the two offsets, blocks apart by a blank line and items of a list by a line feed,
    /// each item behind its sign and each note behind its label, cells apart by a tab. Placeholders of pictures and soft
    /// hyphens are dropped.
    pub fn plain_text(&self) -> String {
        plain::text(&self.parts)
    }

    /// [`Excerpt::plain_text`] with title, site and address below.
    pub fn plain_text_with_source(&self) -> String {
        plain::with_source(self)
    }

    /// As a piece of HTML for inside `<body>`: semantic, escaped, without styles or scripts.
    pub fn html(&self) -> String {
        html::fragment(self)
    }

    /// [`Excerpt::html`] with title, site and address below.
    pub fn html_with_source(&self) -> String {
        html::fragment_with_source(self)
    }
}

/// A part of a text with the styles of that part.
pub(super) fn slice(text: &RichText, range: TextRange) -> RichText {
    let mut out = RichText::plain(range.of(text.as_str()).unwrap_or_default());
    for span in text.spans() {
        if let Some(part) = span.range.intersection(range) {
            out.add_span(TextRange::new(part.start - range.start, part.end - range.start), span.style.clone());
        }
    }
    out
}

/// Title and site of a story, and its address, as far as they are known.
pub(super) fn source_of(article: &Article) -> (Option<&str>, Option<&str>, Option<&str>) {
    let metadata = &article.metadata;
    (article.title(), metadata.site.value().map(String::as_str), metadata.url.value().map(String::as_str))
}
