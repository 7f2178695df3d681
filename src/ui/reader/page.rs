//! The pieces that a story's page is made of, in order: its head, its shown blocks, and what was left out where it is shown
//! in place. Says what stands where, not how it looks.

use std::collections::BTreeSet;

use crate::app::{Story, Summary};
use crate::document::{Content, Role};
use crate::typeset::Style;

/// One piece of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The source's name.
    Site(String),
    /// The title.
    Title(String),
    /// Author, date and minutes.
    Byline(String),
    /// The line between head and text.
    HeadRule,
    /// A block of the story.
    Block(usize),
    /// A block that was left out, shown in its place.
    Omitted(usize),
    /// The space below the text.
    End,
}

impl Piece {
    /// The block it shows.
    pub fn block(&self) -> Option<usize> {
        match self {
            Self::Block(block) | Self::Omitted(block) => Some(*block),
            Self::Site(_) | Self::Title(_) | Self::Byline(_) | Self::HeadRule | Self::End => None,
        }
    }
}

/// The pieces of a story's page.
pub fn pieces(story: &Story, summary: &Summary, omissions: &BTreeSet<usize>) -> Vec<Piece> {
    let article = &story.article;
    let mut pieces = Vec::with_capacity(article.blocks.len() + 5);
    if let Some(site) = &summary.site {
        pieces.push(Piece::Site(site.clone()));
    }
    pieces.push(Piece::Title(summary.title.clone()));
    let byline = byline(story);
    if !byline.is_empty() {
        pieces.push(Piece::Byline(byline));
    }
    pieces.push(Piece::HeadRule);
    for (number, block) in article.blocks.iter().enumerate() {
        if omissions.contains(&number) {
            pieces.push(Piece::Omitted(number));
        } else if block.is_shown() && (block.role == Role::Body || states_more(block.role, story, number)) {
            pieces.push(Piece::Block(number));
        }
    }
    pieces.push(Piece::End);
    pieces
}

/// The head is made of what was read, so the lines it was read from are not repeated below it; a line that says more than
/// the head does stays.
fn states_more(role: Role, story: &Story, number: usize) -> bool {
    let Some(block) = story.article.blocks.get(number) else { return false };
    let text = crate::text::fold(&block.plain_text());
    let head = crate::text::fold(&format!("{} {}", story.article.title().unwrap_or_default(), byline(story)));
    match role {
        Role::Body | Role::Standfirst => true,
        Role::Title => text != crate::text::fold(story.article.title().unwrap_or_default()),
        Role::Byline => text.split(' ').any(|word| !head.split(' ').any(|w| w == word) && word.chars().count() > 3),
    }
}

/// "Ines Halloran · 4 March 2026 · 4 minutes", of what is known.
pub fn byline(story: &Story) -> String {
    let metadata = &story.article.metadata;
    let mut parts = Vec::new();
    if let Some(authors) = metadata.authors.value() {
        parts.push(authors.join(", "));
    }
    if let Some(date) = metadata.published.value() {
        parts.push(date.to_prose());
    }
    if metadata.words > 0 {
        parts.push(minutes(metadata.minutes));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "1 minute", "4 minutes".
pub fn minutes(minutes: usize) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

/// A guess at a piece's height before it is set, in points: lines of the mean number of characters.
pub fn estimated_height(piece: &Piece, story: &Story, style: &Style, characters_per_line: f32) -> f32 {
    let line = style.size_pt * style.line_height;
    let lines = |text: &str| {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let characters = text.len() as f32;
        (characters / characters_per_line.max(1.0)).ceil().max(1.0)
    };
    match piece {
        Piece::Site(_) | Piece::Byline(_) => line,
        Piece::Title(title) => lines(title) * line * 2.4,
        Piece::HeadRule => line * 1.5,
        Piece::End => super::BOTTOM_MARGIN,
        Piece::Block(block) | Piece::Omitted(block) => match story.article.blocks.get(*block).map(|b| &b.content) {
            Some(Content::Paragraph { text }) => lines(text.as_str()) * line,
            Some(Content::Heading { text, .. }) => lines(text.as_str()) * line * 1.4 + line,
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            Some(Content::Code { text, .. }) => (text.lines().count() as f32 + 1.0) * line * 0.9,
            #[expect(clippy::cast_precision_loss, reason = "an estimate")]
            Some(Content::Table(table)) => (table.rows.len() as f32 + 1.0) * line * 1.3,
            Some(Content::Figure(figure)) => {
                let size = story.image_sizes.get(figure.image.0).copied().flatten();
                #[expect(clippy::cast_precision_loss, reason = "an estimate")]
                let image = size.map_or(4.0 * line, |(width, height)| {
                    let measure = characters_per_line * style.size_pt * 0.46;
                    height as f32 * (measure / (width as f32).max(1.0)).min(1.0)
                });
                image + 2.0 * line
            }
            Some(Content::Rule) | None => line * 2.0,
        },
    }
}
