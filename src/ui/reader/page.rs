//! The pieces that a story's page is made of, in order: its head, its shown blocks, and what was left out where it is shown
//! in place. Says what stands where, not how it looks.

use std::collections::BTreeSet;

use crate::app::{Correction, Story, Summary, head};
use crate::document::Role;
use crate::typeset::{Part, Style};

/// One piece of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The source's name.
    Site(String),
    /// The title.
    Title {
        /// Its words.
        text: String,
        /// The block that holds the same words, where there is one: they can be selected and found.
        block: Option<usize>,
    },
    /// Author, date and minutes.
    Byline(String),
    /// The line between head and text.
    HeadRule,
    /// A block of the story, or a part of a long one.
    Block(usize, Part),
    /// A block that was left out, shown in its place, or a part of it.
    Omitted(usize, Part),
    /// The space below the text.
    End,
}

impl Piece {
    /// The block it shows.
    pub fn block(&self) -> Option<usize> {
        match self {
            Self::Block(block, _) | Self::Omitted(block, _) => Some(*block),
            Self::Site(_) | Self::Title { .. } | Self::Byline(_) | Self::HeadRule | Self::End => None,
        }
    }

    /// The block whose text it shows: that of [`Piece::block`], and for the title the one it was read from.
    pub fn text_block(&self) -> Option<usize> {
        match self {
            Self::Title { block, .. } => *block,
            other => other.block(),
        }
    }

    /// The part of its block that it shows.
    pub fn part(&self) -> Option<&Part> {
        match self {
            Self::Block(_, part) | Self::Omitted(_, part) => Some(part),
            Self::Site(_) | Self::Title { .. } | Self::Byline(_) | Self::HeadRule | Self::End => None,
        }
    }

    /// Whether it goes on with the block of the piece before it.
    pub fn continues(&self) -> bool {
        self.part().is_some_and(|part| !part.is_first())
    }
}

/// The pieces of a story's page; `corrections` are what a person put in place of what was read.
pub fn pieces(story: &Story, summary: &Summary, omissions: &BTreeSet<usize>, corrections: &[Correction]) -> Vec<Piece> {
    let article = &story.article;
    let mut pieces = Vec::with_capacity(article.blocks.len() + 5);
    if let Some(site) = &summary.site {
        pieces.push(Piece::Site(site.clone()));
    }
    let titles = article.blocks.iter().position(|block| block.is_shown() && block.role == Role::Title);
    let same = titles.filter(|n| article.blocks.get(*n).is_some_and(|b| *b.plain_text() == *summary.title));
    pieces.push(Piece::Title { text: summary.title.clone(), block: same });
    let byline = head::byline(story, corrections);
    if !byline.is_empty() {
        pieces.push(Piece::Byline(byline));
    }
    pieces.push(Piece::HeadRule);
    let parts = |number: usize| story.parts.get(number).into_iter().flatten().cloned();
    for (number, block) in article.blocks.iter().enumerate() {
        if omissions.contains(&number) {
            pieces.extend(parts(number).map(|part| Piece::Omitted(number, part)));
        } else if block.is_shown() && (block.role == Role::Body || head::states_more(story, number)) {
            pieces.extend(parts(number).map(|part| Piece::Block(number, part)));
        }
    }
    pieces.push(Piece::End);
    pieces
}

/// A guess at the height of a piece of the head before it is set, in points: lines of the mean number of characters. Blocks
/// are guessed by [`crate::typeset::Typesetter::estimate`].
pub fn estimated_height(piece: &Piece, style: &Style, characters_per_line: f32) -> f32 {
    let line = style.size_pt * style.line_height;
    let lines = |text: &str| {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let characters = text.len() as f32;
        (characters / characters_per_line.max(1.0)).ceil().max(1.0)
    };
    match piece {
        Piece::Site(_) | Piece::Byline(_) | Piece::Block(..) | Piece::Omitted(..) => line,
        Piece::Title { text, .. } => lines(text) * line * 2.4,
        Piece::HeadRule => line * 1.5,
        Piece::End => super::BOTTOM_MARGIN,
    }
}
