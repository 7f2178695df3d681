//! Each kind of block: sizes, spaces and what is drawn around the text. Tables and figures have their own files.

use std::borrow::Cow;
use std::sync::Arc;

use parley::OverflowWrap;

use super::breaking::{Manner, Measure};
use super::bundled;
use super::containers::{self, Surroundings};
use super::east_asian;
use super::fallback::{Reach, Script, Stack};
use super::lines::Stand;
use super::looks::{CODE_FEATURES, Look};
use super::objects::Images;
use super::paragraph::{self, START, Spec};
use super::parts::Part;
use super::set_block::{ColorRole, Overflow, Rect, SetBlock};
use super::style::{Style, TextAlignment};
use super::syntax::CodeRange;
use super::typesetter::{BlockRequest, Typesetter};
use super::{figure, table, verse};
use crate::document::{Alignment, Block, Content, RichText, Role, Span};
use crate::text::Direction;

/// The story's title, in ems of the running text (31 to 18.5 in the drawing of the page).
pub(super) const TITLE_SCALE: f32 = 1.676;
pub(super) const TITLE_LINE_HEIGHT: f32 = 1.2;
/// The byline, likewise (13 to 18.5).
pub(super) const BYLINE_SCALE: f32 = 0.7;
pub(super) const BYLINE_LINE_HEIGHT: f32 = 1.4;

/// Headings of level 1 to 6, in ems of the running text: a step of about 1.15 down to the text's own size.
const HEADING_SCALES: [f32; 6] = [1.5, 1.3, 1.15, 1.05, 1.0, 0.95];
/// Leading of headings: they are short, and larger letters need less.
pub(super) const HEADING_LINE_HEIGHT: f32 = 1.25;
/// Space above and below a heading, in ems of its own size. A heading stands nearer to what it heads.
const HEADING_BEFORE_EM: f32 = 1.35;
const HEADING_AFTER_EM: f32 = 0.45;
const HEADING_WEIGHT: f32 = 600.0;

/// Space around what is not running text (quotations, code, figures, tables), in ems.
pub(super) const AROUND_EM: f32 = 0.75;
/// Space around a stanza, which no indent parts from the next.
const STANZA_EM: f32 = 0.7;
/// Space around a rule.
const RULE_AROUND_EM: f32 = 1.2;

/// Code in its own block, against the running text.
pub(super) const CODE_BLOCK_SCALE: f32 = 0.82;
pub(super) const CODE_LINE_HEIGHT: f32 = 1.5;
/// Between code and the edge of its panel.
pub(super) const CODE_PADDING_EM: f32 = 0.8;

/// A measure that no line of code reaches, in device pixels.
const UNBROKEN: f32 = 1e7;

/// Footnotes.
pub(super) const NOTE_SCALE: f32 = 0.85;
/// Captions.
pub(super) const CAPTION_SCALE: f32 = 0.82;

/// Fewer letters than this in a line leave too few spaces to share what is over (Bringhurst, "The Elements of Typographic
/// Style", 2.1.3: below about 40 set ragged).
const FEWEST_LETTERS: f32 = 40.0;
/// The same for Chinese and Japanese, whose lines have a place to stretch behind every letter.
const FEWEST_SQUARES: f32 = 10.0;

/// What setting a block goes by, in device pixels.
pub(super) struct Page<'a> {
    pub(super) style: &'a Style,
    pub(super) scale: f32,
    /// An em of the block's running text.
    pub(super) em: f32,
    pub(super) language: Option<&'a str>,
    pub(super) direction: Direction,
    pub(super) italic: bool,
    pub(super) reach: Reach,
    pub(super) images: Images<'a>,
    /// Whether code and tables may be wider than the measure.
    pub(super) scrolls: bool,
}

/// Where a block stands in the measure, and the spaces around it; in device pixels.
pub(super) struct Frame {
    pub(super) scale: f32,
    pub(super) em: f32,
    /// The measure.
    pub(super) width: f32,
    /// What the block's containers leave of it.
    pub(super) inner: f32,
    inset_start: f32,
    inset_end: f32,
    pub(super) space_before: f32,
    pub(super) space_after: f32,
    /// The space to the block before it.
    gap: f32,
}

impl Frame {
    pub(super) fn of(request: &BlockRequest<'_>, style: &Style) -> Self {
        let block = request.block;
        let scale = if request.scale.is_finite() { request.scale.clamp(0.25, 8.0) } else { 1.0 };
        let width = if request.width.is_finite() { (request.width * scale).floor().max(1.0) } else { 1.0 };
        let em = em_of(block, style, scale);
        let (inset_start, inset_end) = containers::insets(block, em);
        let inner = (width - inset_start - inset_end).max(em * 2.0).min(width.max(em * 2.0));
        let (before, after) = spaces_of_kind(block, style, em);
        let between = containers::space_between_em(block, request.previous) * style.size_pt * scale;
        let space_before = before.max(between).round();
        let gap = request.previous.map_or(0.0, |previous| {
            let (_, after) = spaces_of_kind(previous, style, em_of(previous, style, scale));
            space_before.max(after.round())
        });
        let (is_first, is_last) = (request.part.is_none_or(Part::is_first), request.part.is_none_or(Part::is_last));
        let (space_before, gap) = if is_first { (space_before, gap) } else { (0.0, 0.0) };
        let space_after = if is_last { after.round() } else { 0.0 };
        Self { scale, em, width, inner, inset_start, inset_end, space_before, space_after, gap }
    }
}

/// Running text of a block, or what a part holds of it.
struct Running<'a> {
    text: &'a str,
    spans: Cow<'a, [Span]>,
    /// Where it begins in the block's plain text.
    start: usize,
    is_first: bool,
    goes_on: bool,
}

impl<'a> Running<'a> {
    fn of(text: &'a RichText, part: Option<&Part>) -> Self {
        Self::cut(text.as_str(), text.spans(), part)
    }

    fn cut(text: &'a str, spans: &'a [Span], part: Option<&Part>) -> Self {
        match part.filter(|part| part.cut().is_some()) {
            None => Self { text, spans: spans.into(), start: 0, is_first: true, goes_on: false },
            Some(part) => Self {
                text: part.range().of(text).unwrap_or_default(),
                spans: part.spans(spans).into(),
                start: part.range().start,
                is_first: part.is_first(),
                goes_on: !part.is_last(),
            },
        }
    }
}

/// Sets a block, or a part of it.
pub(super) fn set(typesetter: &mut Typesetter, request: &BlockRequest<'_>) -> SetBlock {
    let block = request.block;
    let part = request.part;
    let cut = part.and_then(Part::cut);
    let style = typesetter.sane(request.style);
    let style = &*style;
    let frame = Frame::of(request, style);
    let is_first = part.is_none_or(Part::is_first);
    // A part that is not the first stands in what its block stands in, and begins none of it.
    let surroundings = Surroundings::of(block, if is_first { request.previous } else { Some(block) });
    let plain = part.map_or_else(|| block.plain_text(), |part| part.text(block));
    let has_italics = || cut.map_or_else(|| paragraph::has_italics(&plain), |cut| cut.has_italics);
    let page = Page {
        style,
        scale: frame.scale,
        em: frame.em,
        language: block.language.as_deref().or(request.language),
        direction: cut.map_or_else(|| paragraph::direction_of(block.direction, &plain), |cut| cut.direction),
        italic: surroundings.is_quoted && has_italics(),
        reach: Reach::of(&plain),
        images: Images { size: request.image_size, scale: frame.scale },
        scrolls: request.scrolls,
    };
    let content = match (&block.content, block.role) {
        (Content::Paragraph { text } | Content::Heading { text, .. }, Role::Title) => {
            title(typesetter, &page, &Running::of(text, part), frame.inner)
        }
        (Content::Paragraph { text } | Content::Heading { text, .. }, Role::Byline) => {
            byline(typesetter, &page, &Running::of(text, part), frame.inner)
        }
        (Content::Paragraph { text }, Role::Body | Role::Standfirst) => {
            paragraph_block(typesetter, &page, &Running::of(text, part), frame.inner, &surroundings)
        }
        (Content::Heading { level, text }, Role::Body | Role::Standfirst) => {
            heading(typesetter, &page, *level, &Running::of(text, part), frame.inner)
        }
        (Content::Code { text, .. }, _) => {
            code(typesetter, &page, &Running::cut(text, &[], part), request.code, frame.inner)
        }
        (Content::Table(found), _) => {
            let rows = part.and_then(|part| {
                let cut = part.cut()?;
                Some((part.range(), cut, cut.rows.as_ref()?))
            });
            table::set(typesetter, &page, found, frame.inner, rows)
        }
        (Content::Figure(found), _) => figure::set(typesetter, &page, found, frame.inner),
        (Content::Rule, _) => rule(&page, frame.inner),
    };
    let dx = if page.direction == Direction::RightToLeft { frame.inset_end } else { frame.inset_start };
    let mut out = SetBlock {
        width: frame.width,
        height: content.height,
        space_before: frame.space_before,
        space_after: frame.space_after,
        ..SetBlock::default()
    };
    let baseline = content.lines.first().map(|line| line.baseline);
    containers::draw(typesetter, &page, &surroundings, &mut out, frame.gap, baseline);
    out.append(content, dx, 0.0);
    out
}

fn em_of(block: &Block, style: &Style, scale: f32) -> f32 {
    scale * if containers::in_note(block) { style.small(style.size_pt * NOTE_SCALE) } else { style.size_pt }
}

/// The space that a block wants above and below whatever it stands in.
fn spaces_of_kind(block: &Block, style: &Style, em: f32) -> (f32, f32) {
    let both = |ems: f32| (ems * em, ems * em);
    match &block.content {
        Content::Paragraph { text } if verse::is_verse(text.as_str()) => {
            both(style.paragraph_spacing_em.max(STANZA_EM))
        }
        Content::Paragraph { .. } => both(style.paragraph_spacing_em),
        Content::Heading { level, .. } => {
            let size = heading_scale(*level) * em * style.heading_percent / 100.0;
            (HEADING_BEFORE_EM * size, HEADING_AFTER_EM * size)
        }
        Content::Code { .. } | Content::Table(_) | Content::Figure(_) => both(AROUND_EM),
        Content::Rule => both(RULE_AROUND_EM),
    }
}

impl Page<'_> {
    /// The families of a text of this page's reach, with those that the person chose for a script.
    fn stack(&self, typesetter: &mut Typesetter, family: &str, script: Script) -> Stack {
        typesetter.stacks.choose(&self.style.script_families);
        typesetter.stacks.get(&mut typesetter.fonts, family, script, self.reach)
    }

    /// A size of what is smaller than the text around it, in device pixels, brought to the least there may be.
    pub(super) fn small(&self, size_px: f32) -> f32 {
        size_px.max(self.style.min_size_pt * self.scale)
    }

    /// How running text looks on this page.
    pub(super) fn look(&self, typesetter: &mut Typesetter, size_px: f32) -> Look {
        self.look_in(typesetter, &self.style.text_family, size_px)
    }

    /// How text in a family of its own looks on this page.
    fn look_in(&self, typesetter: &mut Typesetter, family: &str, size_px: f32) -> Look {
        let script = Script::of(self.language);
        let style = self.style;
        let stack = self.stack(typesetter, family, script);
        Look {
            optical_size_pt: stack
                .optical_sizes_pt
                .map(|(least, most)| style.optical_size_pt.unwrap_or(size_px / self.scale).clamp(least, most)),
            stack,
            code_stack: self.stack(typesetter, &style.code_family, script),
            size_px,
            weight: style.weight,
            italic: self.italic,
            line_height_px: (size_px * style.line_height).round().max(1.0),
            letter_spacing_px: style.letter_spacing_em * size_px,
            word_spacing_px: style.word_spacing_em * size_px,
            role: ColorRole::Text,
            features: style.features(),
            width_percent: style.width_percent,
            code_scale: style.code_percent / 100.0,
            least_px: style.min_size_pt * self.scale,
            wrap: OverflowWrap::Anywhere,
        }
    }

    /// A text of the block as it is set in this look.
    pub(super) fn spec<'s>(
        &'s self,
        text: &'s RichText,
        source_start: usize,
        look: &'s Look,
        stand: Stand,
    ) -> Spec<'s> {
        Spec {
            text: text.as_str(),
            spans: text.spans(),
            source_start,
            look,
            direction: self.direction,
            language: self.language,
            hyphenate: self.style.hyphenate,
            capitals: false,
            stand,
            manner: Manner::TotalFit,
            hangs: false,
            letters_give: self.style.letters_give,
            links: self.style.links,
            images: Some(self.images),
            goes_on: false,
            code: &[],
        }
    }

    fn running<'s>(&'s self, running: &'s Running<'_>, look: &'s Look, stand: Stand) -> Spec<'s> {
        Spec {
            text: running.text,
            spans: &running.spans,
            source_start: running.start,
            look,
            direction: self.direction,
            language: self.language,
            hyphenate: self.style.hyphenate,
            capitals: false,
            stand,
            manner: Manner::TotalFit,
            hangs: self.style.hang_punctuation,
            letters_give: self.style.letters_give,
            links: self.style.links,
            images: Some(self.images),
            goes_on: running.goes_on,
            code: &[],
        }
    }

    /// Whether a measure holds enough for its lines to be justified without holes.
    fn is_wide_enough(&self, typesetter: &mut Typesetter, text: &str, width: f32) -> bool {
        let letter = if east_asian::is_ideographic(text) {
            // A line of squares can be spread between any two of them.
            return width >= FEWEST_SQUARES * self.em;
        } else {
            typesetter.mean_advance(&self.style.text_family, self.style.weight) + self.style.letter_spacing_em
        };
        width >= FEWEST_LETTERS * letter * self.em
    }

    /// A hairline's thickness.
    pub(super) fn hairline(&self) -> f32 {
        self.scale.round().max(1.0)
    }
}

fn paragraph_block(
    typesetter: &mut Typesetter,
    page: &Page<'_>,
    text: &Running<'_>,
    width: f32,
    surroundings: &Surroundings<'_>,
) -> SetBlock {
    let look = page.look(typesetter, page.em);
    if surroundings.is_verse {
        return verse::set(typesetter, &page.running(text, &look, START), width);
    }
    let stand = match page.style.alignment {
        TextAlignment::Justify if page.is_wide_enough(typesetter, text.text, width) => Stand::Justified,
        TextAlignment::Justify | TextAlignment::Start => START,
        TextAlignment::Center => Stand::Aligned(Alignment::Center),
        TextAlignment::End => Stand::Aligned(Alignment::End),
    };
    let first_indent =
        if text.is_first && surroundings.continues_text { page.style.first_line_indent_em * page.em } else { 0.0 };
    let measure = Measure { width, first_indent: first_indent.round().min(width / 2.0) };
    paragraph::set(typesetter, &page.running(text, &look, stand), measure)
}

/// A block that is the story's title, as [`super::TextLook::story_title`] has it, with its offsets.
fn title(typesetter: &mut Typesetter, page: &Page<'_>, text: &Running<'_>, width: f32) -> SetBlock {
    let size = page.em * TITLE_SCALE * page.style.heading_percent / 100.0;
    let mut look = page.look_in(typesetter, page.style.family_of_headings(), size);
    look.weight = HEADING_WEIGHT.max(page.style.weight);
    look.line_height_px = (size * TITLE_LINE_HEIGHT).round();
    look.letter_spacing_px -= size * 0.005;
    let mut spec = page.running(text, &look, START);
    spec.hyphenate = false;
    spec.manner = Manner::Balanced;
    paragraph::set(typesetter, &spec, Measure { width, first_indent: 0.0 })
}

/// A block that is the story's byline, as [`super::TextLook::byline`] has it, with its offsets.
fn byline(typesetter: &mut Typesetter, page: &Page<'_>, text: &Running<'_>, width: f32) -> SetBlock {
    let size = (page.em * BYLINE_SCALE).max(10.0 * page.scale);
    let mut look = page.look(typesetter, size);
    look.stack = typesetter.stacks.get(&mut typesetter.fonts, bundled::SANS, Script::of(page.language), page.reach);
    look.role = ColorRole::Soft;
    look.line_height_px = (size * BYLINE_LINE_HEIGHT).round();
    let mut spec = page.running(text, &look, START);
    spec.hyphenate = false;
    spec.manner = Manner::Balanced;
    paragraph::set(typesetter, &spec, Measure { width, first_indent: 0.0 })
}

pub(super) fn heading_scale(level: u8) -> f32 {
    HEADING_SCALES.get(usize::from(level).saturating_sub(1)).copied().unwrap_or(1.0)
}

fn heading(typesetter: &mut Typesetter, page: &Page<'_>, level: u8, text: &Running<'_>, width: f32) -> SetBlock {
    let size = heading_scale(level) * page.em * page.style.heading_percent / 100.0;
    let mut look = page.look_in(typesetter, page.style.family_of_headings(), size);
    look.weight = HEADING_WEIGHT.max(page.style.weight);
    look.line_height_px = (size * HEADING_LINE_HEIGHT).round();
    look.letter_spacing_px -= size * 0.004;
    let mut spec = page.running(text, &look, START);
    spec.hyphenate = false;
    spec.manner = Manner::Balanced;
    paragraph::set(typesetter, &spec, Measure { width, first_indent: 0.0 })
}

fn code(typesetter: &mut Typesetter, page: &Page<'_>, code: &Running<'_>, roles: &[CodeRange], width: f32) -> SetBlock {
    let size = page.small(page.em * CODE_BLOCK_SCALE * page.style.code_percent / 100.0);
    let base = page.look(typesetter, size);
    let look = Look {
        stack: Arc::clone(&base.code_stack),
        italic: false,
        weight: 400.0,
        line_height_px: (size * CODE_LINE_HEIGHT).round(),
        letter_spacing_px: 0.0,
        word_spacing_px: 0.0,
        features: CODE_FEATURES.into(),
        width_percent: 100.0,
        optical_size_pt: None,
        ..base
    };
    let padding = (page.em * CODE_PADDING_EM).round().min(width / 4.0);
    let spec = Spec {
        text: code.text,
        spans: &[],
        source_start: code.start,
        look: &look,
        direction: Direction::LeftToRight,
        language: None,
        hyphenate: false,
        capitals: false,
        stand: START,
        manner: Manner::FirstFit,
        hangs: false,
        letters_give: false,
        links: page.style.links,
        images: None,
        goes_on: code.goes_on,
        code: roles,
    };
    let room = width - 2.0 * padding;
    let measure = Measure { width: if page.scrolls { UNBROKEN } else { room }, first_indent: 0.0 };
    let mut lines = paragraph::set(typesetter, &spec, measure);
    if page.scrolls {
        let right = lines.lines.iter().map(|line| line.rect.x1).fold(room, f32::max).ceil();
        for line in &mut lines.lines {
            line.right = right;
        }
        lines.width = right;
    }
    // The panel of a part goes on to the next one's.
    let above = if code.is_first { padding } else { 0.0 };
    let below = if code.goes_on { 0.0 } else { padding };
    let height = lines.height.max(look.line_height_px) + above + below;
    let mut out = SetBlock { width, height, ..SetBlock::default() };
    let panel = Rect::new(0.0, 0.0, width, height);
    out.push_rect(panel, ColorRole::CodeBackground);
    if page.scrolls {
        // The text goes on to the panel's edges, and has its space beside it when it is moved to its end.
        let right = lines.width + 2.0 * padding;
        out.overflow = Some(Overflow { window: panel, left: 0.0, right, items_from: out.items.len() });
    }
    out.append(lines, padding, above);
    out
}

/// How long a rule is, in ems.
const RULE_LENGTH_EM: f32 = 6.0;

fn rule(page: &Page<'_>, width: f32) -> SetBlock {
    let thickness = page.hairline();
    let length = (page.em * RULE_LENGTH_EM).min(width);
    let x0 = ((width - length) / 2.0).round();
    let mut out = SetBlock { width, height: thickness, ..SetBlock::default() };
    out.push_rect(Rect::new(x0, 0.0, x0 + length.round(), thickness), ColorRole::Rule);
    out
}
