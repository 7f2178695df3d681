//! The headings of a story, in the order they are shown, and the one that is being read. Draws nothing.

use crate::document::{Article, Content, FlatText, Role};
use crate::text::collapse_whitespace;

/// A heading of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its block.
    pub block: usize,
    /// Where it begins in the flat text.
    pub start: usize,
    /// How deep it lies below the outermost heading of the story, from 0.
    pub depth: u8,
    /// Its text, on one line.
    pub title: String,
}

/// The outline of an article: shown headings of its body.
pub fn outline(article: &Article, flat: &FlatText) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut levels = [false; 7];
    for (number, block) in article.blocks.iter().enumerate() {
        let Content::Heading { level, text } = &block.content else { continue };
        let Some(range) = flat.block_range(number) else { continue };
        if !block.is_shown() || block.role != Role::Body || text.as_str().trim().is_empty() {
            continue;
        }
        if let Some(seen) = levels.get_mut(usize::from(*level)) {
            *seen = true;
        }
        let title = collapse_whitespace(&text.as_str().replace(['\u{FFFC}', '\u{AD}'], ""));
        headings.push(Heading { block: number, start: range.start, depth: *level, title });
    }
    // Levels that the story skips would only push its outline to the right.
    for heading in &mut headings {
        let above = levels.iter().take(usize::from(heading.depth)).filter(|seen| **seen).count();
        heading.depth = u8::try_from(above).unwrap_or(u8::MAX);
    }
    headings
}

/// The number of the heading that an offset stands under; `None` above the first.
pub fn current(headings: &[Heading], offset: usize) -> Option<usize> {
    headings.partition_point(|heading| heading.start <= offset).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, OmissionReason, RichText};

    #[test]
    fn shown_headings_of_the_body_make_the_outline() {
        let heading = |level, text: &str| Block::heading(level, RichText::plain(text));
        let article = Article {
            blocks: vec![
                heading(1, "The title").with_role(Role::Title),
                heading(2, "First"),
                Block::paragraph(RichText::plain("Text.")),
                heading(4, "Below\nit"),
                heading(2, "More stories").omitted(OmissionReason::Related),
                heading(2, "Second"),
            ],
            ..Article::default()
        };
        let headings = outline(&article, &article.flat_text());
        let seen: Vec<_> = headings.iter().map(|h| (h.block, h.depth, h.title.as_str())).collect();
        assert_eq!(seen, [(1, 0, "First"), (3, 1, "Below it"), (5, 0, "Second")]);
        for (offset, expected) in [(0, None), (headings[0].start, Some(0)), (headings[2].start - 1, Some(1))] {
            assert_eq!(current(&headings, offset), expected, "{offset}");
        }
    }
}
