//! The way in: a block of a story or a text of the program's own, set to a width. Keeps fonts and scratch space between
//! calls, and nothing of what it has set.

use std::collections::HashMap;
use std::sync::Arc;

use parley::{Layout, LayoutContext};

use super::bundled;
use super::composed::Kept;
use super::fallback::Stacks;
use super::fonts::Fonts;
use super::hyphenation::Memory;
use super::parts::Part;
use super::set_block::{ColorRole, SetBlock};
use super::style::Style;
use super::syntax::CodeRange;
use super::table::KnownColumns;
use super::{blocks, estimate, own_text};
use crate::document::{Alignment, Block, ResourceId};
use crate::text::Direction;

/// Sets text. One for each thread.
pub struct Typesetter {
    pub(super) fonts: Fonts,
    pub(super) scratch: LayoutContext<u16>,
    pub(super) spare: Vec<Layout<u16>>,
    pub(super) stacks: Stacks,
    /// The columns of tables that are set in parts.
    pub(super) columns: Vec<KnownColumns>,
    /// Where the words of the last language can be broken.
    pub(super) words: Memory,
    /// What was set lately, for when the page has another width.
    pub(super) kept: Kept,
    /// Families and weights whose mean advance was asked for, in ems.
    mean_advances: HashMap<(String, u32), f32>,
    /// The style that was asked for last, and what is made of it.
    style: Option<(Style, Arc<Style>)>,
}

/// Text whose mean advance gives the measure: a sentence with English letter frequencies.
const SAMPLE: &str = "The tide had turned, and along the quay the boats lay waiting for the water that would lift them off the \
    mud before noon";
/// For a family that cannot set it.
const MEAN_ADVANCE_EM: f32 = 0.46;

/// What it takes to set a block.
#[derive(Clone, Copy)]
pub struct BlockRequest<'a> {
    /// The block.
    pub block: &'a Block,
    /// The part of it that is wanted, one of [`parts`](super::parts()); `None` is all of it.
    pub part: Option<&'a Part>,
    /// The shown block before it, which decides whether a list's marker stands here, whether the first line is indented and
    /// whether a quotation's bar goes on.
    pub previous: Option<&'a Block>,
    /// How the page is set.
    pub style: &'a Style,
    /// The measure, in points.
    pub width: f32,
    /// Device pixels to a point.
    pub scale: f32,
    /// The story's language, a BCP 47 tag, for blocks that state none.
    pub language: Option<&'a str>,
    /// How large an image is.
    pub image_size: &'a dyn Fn(ResourceId) -> ImageBox,
    /// What [`syntax::roles`](super::syntax::roles) says of a block of code; empty for plain code and all else.
    pub code: &'a [CodeRange],
    /// Whether code and tables may be wider than the measure, to be moved sideways; else they are broken to fit.
    pub scrolls: bool,
}

/// How large an image is.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageBox {
    /// Its natural size.
    Size {
        /// In points.
        width: f32,
        /// In points.
        height: f32,
    },
    /// It is absent, remote or cannot be decoded; a quiet frame stands in its place.
    Missing {
        /// Why, in a few words.
        label: String,
    },
}

/// What it takes to set a text of the program's own: a story's title in its head, a row of a list.
#[derive(Clone, Copy, Debug)]
pub struct TextRequest<'a> {
    /// The text.
    pub text: &'a str,
    /// How it looks.
    pub look: &'a TextLook,
    /// The measure, in points.
    pub width: f32,
    /// Device pixels to a point.
    pub scale: f32,
    /// BCP 47 tag, where it is known.
    pub language: Option<&'a str>,
    /// Base direction; `None` takes that of the first strong character.
    pub direction: Option<Direction>,
    /// The most lines; what does not fit gives way to an ellipsis.
    pub max_lines: Option<usize>,
}

/// How a text of the program's own looks.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLook {
    /// The family.
    pub family: String,
    /// Size, in points.
    pub size_pt: f32,
    /// CSS weight, 100 to 900.
    pub weight: f32,
    /// Whether it is italic.
    pub italic: bool,
    /// Distance of the baselines, in ems.
    pub line_height: f32,
    /// Space added between letters, in ems.
    pub letter_spacing_em: f32,
    /// Whether all letters are set as capitals.
    pub capitals: bool,
    /// The colour.
    pub role: ColorRole,
    /// Where the lines stand in the measure.
    pub alignment: Alignment,
    /// Whether its lines are made of much the same length, as a title's are, where their number is not limited.
    pub balanced: bool,
}

impl TextLook {
    /// Text of the chrome, in the bundled sans.
    pub fn interface(size_pt: f32, weight: f32, role: ColorRole) -> Self {
        Self {
            family: bundled::SANS.to_owned(),
            size_pt,
            weight,
            italic: false,
            line_height: blocks::BYLINE_LINE_HEIGHT,
            letter_spacing_em: 0.0,
            capitals: false,
            role,
            alignment: Alignment::Start,
            balanced: false,
        }
    }

    /// A story's title at the head of its page.
    pub fn story_title(style: &Style) -> Self {
        Self {
            family: style.family_of_headings().to_owned(),
            size_pt: style.size_pt * blocks::TITLE_SCALE * style.heading_percent / 100.0,
            weight: 600.0,
            line_height: blocks::TITLE_LINE_HEIGHT,
            letter_spacing_em: -0.005,
            balanced: true,
            ..Self::interface(style.size_pt, 600.0, ColorRole::Text)
        }
    }

    /// The source's name above the title, in spaced capitals.
    pub fn site_line(style: &Style) -> Self {
        let size_pt = (style.size_pt * 0.6).max(9.0);
        Self { letter_spacing_em: 0.08, capitals: true, ..Self::interface(size_pt, 600.0, ColorRole::Accent) }
    }

    /// Author, date and minutes below the title.
    pub fn byline(style: &Style) -> Self {
        Self::interface((style.size_pt * blocks::BYLINE_SCALE).max(10.0), 400.0, ColorRole::Soft)
    }

    /// A section's head in the panels, in small spaced capitals.
    pub fn section_head() -> Self {
        Self { letter_spacing_em: 0.08, capitals: true, ..Self::interface(11.0, 600.0, ColorRole::Soft) }
    }
}

impl Typesetter {
    /// With these fonts.
    pub fn new(fonts: Fonts) -> Self {
        Self {
            fonts,
            scratch: LayoutContext::new(),
            spare: Vec::new(),
            stacks: Stacks::default(),
            columns: Vec::new(),
            words: Memory::default(),
            kept: Kept::default(),
            mean_advances: HashMap::new(),
            style: None,
        }
    }

    /// The fonts, to list the families.
    pub fn fonts(&mut self) -> &mut Fonts {
        &mut self.fonts
    }

    /// [`Style::sane`]. A page's blocks have one style, and its families' names are not copied for each of them.
    pub(super) fn sane(&mut self, style: &Style) -> Arc<Style> {
        match &self.style {
            Some((known, sane)) if known == style => Arc::clone(sane),
            _ => {
                let sane = Arc::new(style.clone().sane());
                self.style = Some((style.clone(), Arc::clone(&sane)));
                sane
            }
        }
    }

    /// Sets a block of a story, or a part of it. Offsets count in the whole block's plain text either way.
    pub fn set_block(&mut self, request: &BlockRequest<'_>) -> SetBlock {
        blocks::set(self, request)
    }

    /// A guess at the height [`Self::set_block`] would give, with the spaces around the block and nothing to paint. A
    /// thousand times cheaper.
    pub fn estimate(&self, request: &BlockRequest<'_>) -> SetBlock {
        estimate::estimate(request)
    }

    /// The mean advance of a family's letters in running English, in ems: what a measure in characters is counted by.
    pub fn mean_advance(&mut self, family: &str, weight: f32) -> f32 {
        let key = (family.to_owned(), weight.to_bits());
        if let Some(advance) = self.mean_advances.get(&key) {
            return *advance;
        }
        let size = 100.0;
        let look = TextLook { family: family.to_owned(), ..TextLook::interface(size, weight, ColorRole::Text) };
        let set = self.set_text(&TextRequest {
            text: SAMPLE,
            look: &look,
            width: f32::from(u16::MAX),
            scale: 1.0,
            language: Some("en"),
            direction: None,
            max_lines: None,
        });
        let width: f32 = set.lines().map(|line| line.rect.width()).sum();
        let advance = if width > 0.0 { width / SAMPLE.len() as f32 / size } else { MEAN_ADVANCE_EM };
        self.mean_advances.insert(key, advance);
        advance
    }

    /// Sets a text of the program's own.
    pub fn set_text(&mut self, request: &TextRequest<'_>) -> SetBlock {
        own_text::set_text(self, request)
    }
}
