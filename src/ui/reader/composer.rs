//! Sets the pieces of a page as they are asked for, keeps those near the view, and lets the far ones go. The heights it
//! finds go into the flow.

use std::collections::HashMap;

use super::coloring::CodeColors;
use super::page::Piece;
use crate::app::Story;
use crate::document::{Block, OmissionReason, ResourceId, ResourceState};
use crate::text::parts_apart;
use crate::typeset::{BlockRequest, ImageBox, SetBlock, Style, TextLook, TextRequest, Typesetter};
use crate::ui::paint::Picture;

/// Set pieces that are kept out of sight: a screen or two of short paragraphs on each side. A paragraph of 600 letters
/// takes some 60 kB once it is set.
const MOST_KEPT: usize = 60;

/// A piece that has been set.
pub struct Laid {
    /// What was set.
    pub set: SetBlock,
    /// The line above what was left out.
    pub label: Option<SetBlock>,
    /// What lies behind marks and text, once it has been painted: the panels of code, the grounds of marked text.
    pub ground: Pictures,
    /// Everything else.
    pub front: Pictures,
    /// The label's picture.
    pub label_picture: Option<Picture>,
    /// Space above, in device pixels; known when its neighbour above is set.
    pub gap: Option<f32>,
}

/// The pictures of a piece.
#[derive(Default)]
pub struct Pictures {
    /// Of what stays.
    pub still: Option<Picture>,
    /// Of what may be moved sideways.
    pub moving: Option<Picture>,
}

/// How the page is set at present.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The person's choices.
    pub style: Style,
    /// The measure, in points.
    pub measure: f32,
    /// Device pixels to a point.
    pub scale: f32,
    /// Whether code and tables are broken to fit.
    pub wraps: bool,
    /// Rises with every change of the fonts that there are.
    pub fonts: u32,
}

/// All that setting a piece takes.
pub struct Composer<'a> {
    /// Sets text.
    pub typesetter: &'a mut Typesetter,
    /// What has been set.
    pub laid: &'a mut HashMap<usize, Laid>,
    /// The colours of code.
    pub code: &'a CodeColors,
    /// The page.
    pub pieces: &'a [Piece],
    /// The story.
    pub story: &'a Story,
    /// How it is set.
    pub setting: &'a Setting,
}

impl Composer<'_> {
    /// The height of a piece with the space above it, in device pixels. Sets it, and its neighbour above, if need be.
    pub fn height(&mut self, piece: usize) -> f32 {
        let scale = self.setting.scale;
        if self.pieces.get(piece) == Some(&Piece::End) {
            return super::BOTTOM_MARGIN * scale;
        }
        self.ensure(piece);
        let gap = match self.laid.get(&piece).and_then(|laid| laid.gap) {
            Some(gap) => gap,
            None => {
                let gap = self.gap_above(piece);
                if let Some(laid) = self.laid.get_mut(&piece) {
                    laid.gap = Some(gap);
                }
                gap
            }
        };
        self.laid.get(&piece).map_or(0.0, |laid| gap + laid.label_height() + laid.set.height).round()
    }

    fn gap_above(&mut self, piece: usize) -> f32 {
        let scale = self.setting.scale;
        let Some(above) = piece.checked_sub(1) else { return (super::TOP_MARGIN * scale).round() };
        self.ensure(above);
        let below_above = self.laid.get(&above).map_or(0.0, |laid| laid.set.space_after);
        let above_this = self.laid.get(&piece).map_or(0.0, |laid| laid.set.space_before);
        let label = match (self.pieces.get(above), self.pieces.get(piece)) {
            (_, Some(piece)) if piece.continues() => 0.0,
            // What was left out stands apart from the story on both sides, so that it is never read as part of it.
            (Some(Piece::Omitted(..)), _) | (_, Some(Piece::Omitted(..))) => self.setting.style.size_pt * 0.8 * scale,
            _ => 0.0,
        };
        below_above.max(above_this).max(label).round()
    }

    /// Sets a piece if it is not.
    fn ensure(&mut self, piece: usize) {
        if self.laid.contains_key(&piece) {
            return;
        }
        let Some(what) = self.pieces.get(piece) else { return };
        let (set, label) = match what {
            Piece::Site(text) => (self.head_text(text, &TextLook::site_line(&self.setting.style), 0.0, 8.0), None),
            Piece::Title { text, .. } => {
                (self.head_text(text, &TextLook::story_title(&self.setting.style), 0.0, 10.0), None)
            }
            Piece::Byline(text) => {
                (self.head_text(&parts_apart(text), &TextLook::byline(&self.setting.style), 0.0, 14.0), None)
            }
            Piece::HeadRule => (self.head_rule(), None),
            Piece::Block(block, _) => (self.block(piece, *block), None),
            Piece::Omitted(block, part) if !part.is_first() => (self.block(piece, *block), None),
            Piece::Omitted(block, _) => {
                let text = match self.story.article.blocks.get(*block).and_then(|b| b.omitted) {
                    Some(OmissionReason::ByReader) | None => "Left out by you".to_owned(),
                    Some(reason) => format!("Left out: {}", reason.label()),
                };
                (self.block(piece, *block), Some(self.text(&text, &TextLook::section_head())))
            }
            Piece::End => (SetBlock::default(), None),
        };
        self.laid.insert(
            piece,
            Laid {
                set,
                label,
                ground: Pictures::default(),
                front: Pictures::default(),
                label_picture: None,
                gap: None,
            },
        );
    }

    fn text(&mut self, text: &str, look: &TextLook) -> SetBlock {
        self.typesetter.set_text(&TextRequest {
            text,
            look,
            width: self.setting.measure,
            scale: self.setting.scale,
            language: self.story.article.metadata.language.value().map(String::as_str),
            direction: None,
            max_lines: None,
        })
    }

    fn head_text(&mut self, text: &str, look: &TextLook, before: f32, after: f32) -> SetBlock {
        let mut set = self.text(text, look);
        set.space_before = before * self.setting.scale;
        set.space_after = after * self.setting.scale;
        set
    }

    fn head_rule(&self) -> SetBlock {
        use crate::typeset::{ColorRole, PaintItem, Rect};
        let Setting { style, measure, scale, .. } = self.setting;
        let thickness = scale.round().max(1.0);
        let mut set = SetBlock::default();
        set.width = measure * scale;
        set.height = thickness;
        set.space_after = style.size_pt * 1.5 * scale;
        let rect = Rect::new(0.0, 0.0, measure * scale, thickness);
        set.items.push(PaintItem::Rect { rect, role: ColorRole::Rule });
        set
    }

    fn block(&mut self, piece: usize, number: usize) -> SetBlock {
        let story = self.story;
        let Some(block) = story.article.blocks.get(number) else { return SetBlock::default() };
        let image_size = |id: ResourceId| image_box(story, id);
        let request = BlockRequest {
            code: self.code.of(number),
            ..request(story, self.pieces, piece, block, self.setting, &image_size)
        };
        self.typesetter.set_block(&request)
    }

    /// Lets go the pictures of what is out of sight, and of what is far from it all. `head` is in sight as well.
    pub fn let_go(&mut self, seen: std::ops::Range<usize>, head: Option<usize>) {
        let is_head = |piece: &usize| head == Some(*piece);
        for (piece, laid) in self.laid.iter_mut() {
            if !seen.contains(piece) && !is_head(piece) {
                laid.ground = Pictures::default();
                laid.front = Pictures::default();
                laid.label_picture = None;
            }
        }
        if self.laid.len() > MOST_KEPT + seen.len() {
            let near = seen.start.saturating_sub(MOST_KEPT / 2)..seen.end + MOST_KEPT / 2;
            self.laid.retain(|piece, _| near.contains(piece) || is_head(piece));
        }
    }
}

impl Laid {
    /// The label's height with the space below it.
    pub fn label_height(&self) -> f32 {
        self.label.as_ref().map_or(0.0, |label| label.height * 1.25)
    }
}

/// A guess at a piece's height with the space above it, in device pixels, before it is set.
pub fn estimated_height(
    typesetter: &Typesetter,
    story: &Story,
    pieces: &[Piece],
    piece: usize,
    setting: &Setting,
    characters_per_line: f32,
) -> f32 {
    let Some(what) = pieces.get(piece) else { return 0.0 };
    let Some(block) = what.block().and_then(|block| story.article.blocks.get(block)) else {
        return super::page::estimated_height(what, &setting.style, characters_per_line) * setting.scale;
    };
    let image_size = |id: ResourceId| image_box(story, id);
    let guess = typesetter.estimate(&request(story, pieces, piece, block, setting, &image_size));
    guess.space_before + guess.height
}

/// What setting a piece of the story's text takes.
fn request<'a>(
    story: &'a Story,
    pieces: &'a [Piece],
    piece: usize,
    block: &'a Block,
    setting: &'a Setting,
    image_size: &'a dyn Fn(ResourceId) -> ImageBox,
) -> BlockRequest<'a> {
    let part = pieces.get(piece).and_then(Piece::part);
    // The parts before this one are of the same block.
    let number = pieces.get(piece).and_then(Piece::block);
    let above = piece.checked_sub(1).and_then(|above| pieces.get(above)).and_then(Piece::block);
    let previous = above.filter(|above| Some(*above) != number).and_then(|above| story.article.blocks.get(above));
    BlockRequest {
        block,
        part,
        previous,
        style: &setting.style,
        width: setting.measure,
        scale: setting.scale,
        language: story.article.metadata.language.value().map(String::as_str),
        image_size,
        code: &[],
        scrolls: !setting.wraps,
    }
}

/// What is known of an image before it is decoded.
pub fn image_box(story: &Story, id: ResourceId) -> ImageBox {
    #[expect(clippy::cast_precision_loss, reason = "pixels of an image, far below 2^24")]
    if let Some((width, height)) = story.image_sizes.get(id.0).copied().flatten() {
        return ImageBox::Size { width: width as f32, height: height as f32 };
    }
    let label = match story.article.resource(id).map(|resource| &resource.state) {
        Some(ResourceState::Remote { .. }) => "Picture on the web, not fetched",
        Some(ResourceState::Absent { .. }) => "Picture missing from the file",
        Some(ResourceState::Here { .. }) => "Picture that cannot be read",
        None => "Picture",
    };
    ImageBox::Missing { label: label.to_owned() }
}
