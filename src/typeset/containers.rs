//! What a block stands in, drawn: a quotation's bar, a list's marker, a note's label, and the indents they need. Sets no
//! text of the block itself.

use super::blocks::Page;
use super::bundled;
use super::icons;
use super::own_text;
use super::set_block::{ColorRole, Rect, SetBlock};
use super::typesetter::{TextLook, TextRequest, Typesetter};
use super::verse;
use crate::document::{Block, Container, Content, Marker};
use crate::text::Direction;

/// How far a quotation stands in (20 points at 18.5 in the drawing of the page), and how thick its bar is.
const QUOTATION_INSET_EM: f32 = 1.08;
const BAR_EM: f32 = 0.108;
/// How far a list and a note stand in. Wide enough for two digits and a full stop.
const LIST_INSET_EM: f32 = 1.6;
const NOTE_INSET_EM: f32 = 1.6;
/// Between a marker and its text.
const MARKER_GAP_EM: f32 = 0.5;

/// What a block has to know of the one before it.
pub(super) struct Surroundings<'a> {
    /// Its containers, and whether the block begins each.
    pub(super) containers: Vec<(&'a Container, bool)>,
    pub(super) is_quoted: bool,
    /// Whether it is a paragraph that goes on from a paragraph, so that its first line is indented.
    pub(super) continues_text: bool,
    /// Whether its lines are broken by the source.
    pub(super) is_verse: bool,
}

impl<'a> Surroundings<'a> {
    pub(super) fn of(block: &'a Block, previous: Option<&Block>) -> Self {
        let before: &[Container] = previous.map_or(&[], |p| &p.containers);
        let mut same = true;
        let containers = block
            .containers
            .iter()
            .enumerate()
            .map(|(depth, container)| {
                same = same && before.get(depth).is_some_and(|other| is_same(container, other));
                (container, !same)
            })
            .collect();
        let paragraph = |b: &Block| matches!(b.content, Content::Paragraph { .. });
        // In an item the marker shows where it begins, and an indent would read as another level.
        let in_item = block.containers.iter().any(|c| matches!(c, Container::ListItem { .. }));
        let is_verse = |b: &Block| matches!(&b.content, Content::Paragraph { text } if verse::is_verse(text.as_str()));
        let this_is_verse = is_verse(block);
        // Around verse there is space, and no indent is needed to show where a paragraph begins.
        let continues_text = !in_item
            && !this_is_verse
            && paragraph(block)
            && previous.is_some_and(|p| {
                paragraph(p) && !is_verse(p) && p.role == block.role && is_same_path(&p.containers, &block.containers)
            });
        Self { containers, is_quoted: block.is_quoted(), continues_text, is_verse: this_is_verse }
    }
}

/// Space around a quotation and around a list, between the items of one list, and above the first of the notes.
const AROUND_QUOTATION_EM: f32 = 0.75;
const AROUND_LIST_EM: f32 = 0.45;
const ITEM_SPACING_EM: f32 = 0.25;
const ABOVE_NOTES_EM: f32 = 1.4;

/// The space that what two neighbouring blocks stand in asks for between them, in ems of the running text.
pub(super) fn space_between_em(block: &Block, previous: Option<&Block>) -> f32 {
    let Some(previous) = previous else { return 0.0 };
    let (mine, before) = (&block.containers, &previous.containers);
    let shared = mine.iter().zip(before).take_while(|(a, b)| is_same(a, b)).count();
    let inside_item = mine.iter().take(shared).any(|c| matches!(c, Container::ListItem { .. }));
    match (mine.get(shared), before.get(shared)) {
        (None, None) if inside_item => ITEM_SPACING_EM,
        (None, None) => 0.0,
        (Some(Container::ListItem { list: a, .. }), Some(Container::ListItem { list: b, .. })) if a == b => {
            ITEM_SPACING_EM
        }
        (Some(Container::Note { .. }), Some(Container::Note { .. })) => ITEM_SPACING_EM,
        (Some(Container::Note { .. }), _) => ABOVE_NOTES_EM,
        (Some(Container::Quotation { .. }), _) | (_, Some(Container::Quotation { .. })) => AROUND_QUOTATION_EM,
        _ if inside_item => ITEM_SPACING_EM,
        _ => AROUND_LIST_EM,
    }
}

/// Whether two containers are one. Items are told apart by their numbers, so that a list's items are one each.
fn is_same(a: &Container, b: &Container) -> bool {
    match (a, b) {
        (Container::Quotation { quotation: a }, Container::Quotation { quotation: b }) => a == b,
        (Container::ListItem { list, item, .. }, Container::ListItem { list: other, item: number, .. }) => {
            list == other && item == number
        }
        (Container::Note { label: a }, Container::Note { label: b }) => a == b,
        _ => false,
    }
}

fn is_same_path(a: &[Container], b: &[Container]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
}

pub(super) fn in_note(block: &Block) -> bool {
    block.containers.iter().any(|c| matches!(c, Container::Note { .. }))
}

fn inset_em(container: &Container) -> f32 {
    match container {
        Container::Quotation { .. } => QUOTATION_INSET_EM,
        Container::ListItem { .. } => LIST_INSET_EM,
        Container::Note { .. } => NOTE_INSET_EM,
    }
}

/// Deeper containers than this are drawn no further in: a column of one word helps nobody.
const DEEPEST: usize = 8;

/// How far the text stands in at the side where reading begins, and at the other.
pub(super) fn insets(block: &Block, em: f32) -> (f32, f32) {
    (block.containers.iter().take(DEEPEST).map(|c| (inset_em(c) * em).round()).sum(), 0.0)
}

/// Draws what the containers ask for beside a block of `out.height`. `gap` is the space to the block before it, and
/// `baseline` that of the block's first line.
pub(super) fn draw(
    typesetter: &mut Typesetter,
    page: &Page<'_>,
    surroundings: &Surroundings<'_>,
    out: &mut SetBlock,
    gap: f32,
    baseline: Option<f32>,
) {
    let em = page.em;
    let mut inset = 0.0;
    for (depth, (container, begins)) in surroundings.containers.iter().enumerate().take(DEEPEST) {
        let room = (inset_em(container) * em).round();
        match container {
            Container::Quotation { .. } => {
                let thickness = (BAR_EM * em).round().max(page.hairline());
                // The bar of one quotation has no gaps.
                let top = if *begins { 0.0 } else { -gap };
                let x0 = mirrored(page, out.width, inset, inset + thickness);
                out.push_rect(Rect::new(x0, top, x0 + thickness, out.height), ColorRole::Accent);
            }
            Container::ListItem { marker, .. } if *begins => {
                let lists = surroundings.containers.iter().take(depth);
                let level = lists.filter(|(c, _)| matches!(c, Container::ListItem { .. })).count();
                draw_marker(typesetter, page, marker, level, inset + room, room, baseline, out);
            }
            Container::Note { label: text } if *begins => {
                let label = label(typesetter, page, &page.style.text_family, text, room);
                hang(page, label, inset + room, baseline, out);
            }
            Container::ListItem { .. } | Container::Note { .. } => {}
        }
        inset += room;
    }
}

/// The left edge of something that begins `from` and ends `to` from the side where reading begins.
fn mirrored(page: &Page<'_>, width: f32, from: f32, to: f32) -> f32 {
    if page.direction == Direction::RightToLeft { width - to } else { from }
}

#[expect(clippy::too_many_arguments, reason = "each says where one thing stands; a struct would only rename them")]
fn draw_marker(
    typesetter: &mut Typesetter,
    page: &Page<'_>,
    marker: &Marker,
    level: usize,
    text_start: f32,
    room: f32,
    baseline: Option<f32>,
    out: &mut SetBlock,
) {
    match marker {
        Marker::Bullet => {
            let bullet = match level {
                0 => "•",
                1 => "◦",
                2 => "▪",
                _ => "–",
            };
            // Book faces have small bullets that differ in height; the sans has one for all.
            let bullet = label(typesetter, page, bundled::SANS, bullet, room);
            hang(page, bullet, text_start, baseline, out);
        }
        Marker::Number(number) => {
            let number = label(typesetter, page, &page.style.text_family, &format!("{number}."), room);
            hang(page, number, text_start, baseline, out);
        }
        Marker::Task(done) => {
            let (icon, role) =
                if *done { (icons::SQUARE_CHECK, ColorRole::Accent) } else { (icons::SQUARE, ColorRole::Soft) };
            let size = (page.em * 0.95).round();
            let box_ = own_text::icon(typesetter, icon, size, role);
            let from = text_start - size - page.em * (MARKER_GAP_EM - 0.1);
            let x = mirrored(page, out.width, from, from + size);
            // The icon's box is centred on the capitals, which are about 0.7 em high.
            let y = baseline.map_or(0.0, |baseline| baseline - page.em * 0.35 - box_.height / 2.0);
            out.append(box_, x.round(), y.round());
        }
        Marker::None => {}
    }
}

/// A marker or a note's label, on one line.
fn label(typesetter: &mut Typesetter, page: &Page<'_>, family: &str, text: &str, room: f32) -> SetBlock {
    let look = TextLook {
        family: family.to_owned(),
        line_height: page.style.line_height,
        ..TextLook::interface(page.em, page.style.weight, ColorRole::Soft)
    };
    let request = TextRequest {
        text,
        look: &look,
        width: room.max(page.em) * 4.0,
        scale: 1.0,
        language: page.language,
        direction: Some(page.direction),
        max_lines: Some(1),
    };
    own_text::set_text(typesetter, &request)
}

/// Puts a marker before the text, its end at the text's start and its baseline on the text's.
fn hang(page: &Page<'_>, label: SetBlock, text_start: f32, baseline: Option<f32>, out: &mut SetBlock) {
    let Some(line) = label.lines.first() else { return };
    let (own_left, own_right, own_baseline) = (line.rect.x0, line.rect.x1, line.baseline);
    let end = text_start - page.em * MARKER_GAP_EM;
    let x = mirrored(page, out.width, end - (own_right - own_left), end) - own_left;
    let y = baseline.map_or(0.0, |baseline| baseline - own_baseline);
    let mut label = label;
    // It is no part of the block's plain text.
    label.lines.clear();
    out.append(label, x.round(), y);
}
