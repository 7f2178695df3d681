//! What a person put back of what was left out, and left out of what was shown. Kept apart from the article and by anchors,
//! so that the choices outlive a reading of the same story that cuts its blocks elsewhere. Changes no offset.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Story;
use super::outline::outline;
use crate::document::{Anchor, Block, FlatText, OmissionReason, Role, TextRange};
use crate::text;

/// Bytes of a block's beginning that are quoted to find it again.
const QUOTED_BYTES: usize = 96;

/// A block that a person decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The block's beginning.
    pub anchor: Anchor,
    /// Whether the block is shown.
    pub shown: bool,
}

/// The choices for one story, by block number. Only what differs from the importer's choice is in it.
pub type Choices = BTreeMap<usize, bool>;

/// Blocks that were put back or left out in one go, which can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The story.
    pub story: String,
    /// The blocks, none of them twice, and whether each is shown from then on; none was before.
    pub blocks: Vec<(usize, bool)>,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let blocks = self.blocks.iter().map(|(block, shown)| (*block, !shown)).collect();
        Self { story: self.story.clone(), blocks }
    }
}

/// The choices as they are kept. A block whose beginning cannot be quoted is left out; none has been seen.
pub fn to_kept(choices: &Choices, flat: &FlatText) -> Vec<Choice> {
    let kept = choices.iter().filter_map(|(block, shown)| {
        let range = beginning(*block, flat)?;
        Some(Choice { anchor: Anchor::new(flat.as_str(), range)?, shown: *shown })
    });
    kept.collect()
}

/// Kept choices for a story that has just been read. What is not found again does nothing, and stays kept.
pub fn from_kept(kept: &[Choice], story: &Story) -> Choices {
    let found = kept.iter().filter_map(|choice| {
        let range = choice.anchor.find(story.flat.as_str())?;
        let (block, within) = story.flat.locate(range.start)?;
        let is_other = story.article.blocks.get(block)?.is_shown() != choice.shown;
        (within == 0 && is_other).then_some((block, choice.shown))
    });
    found.collect()
}

/// The kept choices whose blocks are not found in a story, to be kept on: another reading of it may have them again.
pub fn not_found(kept: &[Choice], story: &Story) -> Vec<Choice> {
    let flat = story.flat.as_str();
    kept.iter().filter(|choice| choice.anchor.find(flat).is_none()).cloned().collect()
}

fn beginning(block: usize, flat: &FlatText) -> Option<TextRange> {
    let range = flat.block_range(block)?;
    let text = range.of(flat.as_str())?;
    Some(TextRange::new(range.start, range.start + text.floor_char_boundary(QUOTED_BYTES)))
}

/// Whether a person can decide about a block: what the page's head shows, and what has nothing to see, is not theirs.
pub fn is_open(block: &Block) -> bool {
    matches!(block.role, Role::Body | Role::Standfirst)
}

/// The story as it is read with these choices; `read` is the story as the importer left it.
pub fn apply(read: &Arc<Story>, choices: &Choices) -> Arc<Story> {
    if choices.is_empty() {
        return Arc::clone(read);
    }
    let mut story = Story { as_read: Some(Arc::clone(read)), ..Story::clone(read) };
    let mut words = story.article.metadata.words;
    for (number, shown) in choices {
        let Some(block) = story.article.blocks.get_mut(*number) else { continue };
        if block.is_shown() == *shown {
            continue;
        }
        let of_block = if block.role == Role::Body { text::count_words(&block.body_text()) } else { 0 };
        words = if *shown { words + of_block } else { words.saturating_sub(of_block) };
        block.omitted = if *shown { None } else { Some(OmissionReason::ByReader) };
    }
    story.article.metadata.words = words;
    story.article.metadata.minutes = text::reading_minutes(words);
    story.count_blocks();
    story.outline = outline(&story.article, &story.flat);
    Arc::new(story)
}
