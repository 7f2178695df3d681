//! How high a block will be, guessed without laying it out, so that a long story has a scroll bar before it has lines. Off by
//! a tenth on running text; whoever shows a block corrects the guess by the height it was set to.

use super::parts::Part;
use super::set_block::SetBlock;
use super::typesetter::BlockRequest;
use super::{ImageBox, blocks};
use crate::document::Content;

/// What a letter takes, in ems: the mean of English, German and Russian prose in the bundled faces, spaces included.
const LETTER_EM: f32 = 0.475;
/// The same for code, and for scripts whose characters fill a square.
const MONO_EM: f32 = 0.6;
const SQUARE_EM: f32 = 1.0;

/// The width and height of a block and the spaces around it, without anything to paint.
pub(super) fn estimate(request: &BlockRequest<'_>) -> SetBlock {
    let style = request.style.clone().sane();
    let frame = blocks::Frame::of(request, &style);
    let part = request.part.filter(|part| part.cut().is_some());
    let (block, em, width) = (request.block, frame.em, frame.inner.max(1.0));
    let line = (em * style.line_height).round();
    let height = match &block.content {
        Content::Paragraph { text } => {
            lines(of_part(text.as_str(), part), em * LETTER_EM, em * SQUARE_EM, width) * line
        }
        Content::Heading { level, text } => {
            let size = em * blocks::heading_scale(*level) * style.heading_percent / 100.0;
            lines(of_part(text.as_str(), part), size * LETTER_EM * 1.08, size, width)
                * (size * blocks::HEADING_LINE_HEIGHT).round()
        }
        Content::Code { text, .. } => {
            let size = em * blocks::CODE_BLOCK_SCALE * style.code_percent / 100.0;
            let padding = em * blocks::CODE_PADDING_EM;
            let ends = [part.is_none_or(Part::is_first), part.is_none_or(Part::is_last)];
            let room = if request.scrolls { f32::INFINITY } else { width - 2.0 * padding };
            let lines = lines(of_part(text, part), size * MONO_EM, size, room);
            let around = padding * ends.iter().filter(|end| **end).count() as f32;
            lines * (size * blocks::CODE_LINE_HEIGHT).round() + around
        }
        // Most rows have one line; a cell of prose makes more, up to what the text fills across all columns.
        Content::Table(table) => {
            let range = part.and_then(Part::cut).and_then(|cut| cut.rows.as_ref());
            let range = range.map_or(0..table.rows.len(), |part| part.rows.clone());
            let rows: f32 = table
                .rows
                .get(range)
                .unwrap_or_default()
                .iter()
                .map(|row| {
                    let bytes: usize = row.cells.iter().map(|cell| cell.text.len()).sum();
                    (bytes as f32 * em * LETTER_EM / width).ceil().max(1.0)
                })
                .sum();
            rows * em * 2.0
        }
        Content::Figure(figure) => {
            let image = match (request.image_size)(figure.image) {
                ImageBox::Size { width: w, height: h } => {
                    super::objects::fit(w * frame.scale, h * frame.scale, width * style.image_percent / 100.0).1
                }
                ImageBox::Missing { .. } => em * 4.0,
            };
            let caption = figure.caption.as_str();
            let size = em * blocks::CAPTION_SCALE;
            image + if caption.is_empty() { 0.0 } else { lines(caption, size * LETTER_EM, size, width) * size * 1.5 }
        }
        Content::Rule => frame.scale,
    };
    SetBlock {
        width: frame.width,
        height: height.round().max(0.0),
        space_before: frame.space_before,
        space_after: frame.space_after,
        ..SetBlock::default()
    }
}

/// What a part holds of a text. The line feed at its end begins no line of its own.
fn of_part<'a>(text: &'a str, part: Option<&Part>) -> &'a str {
    let Some(part) = part else { return text };
    let text = part.range().of(text).unwrap_or_default();
    if part.is_last() { text } else { text.strip_suffix('\n').unwrap_or(text) }
}

/// How many lines a text takes.
fn lines(text: &str, letter: f32, square: f32, width: f32) -> f32 {
    let width = width.max(square).max(1.0);
    text.split('\n')
        .map(|part| {
            // Bytes tell the scripts apart well enough: three to a character are mostly squares.
            let characters = part.chars().count();
            let wide = (part.len().saturating_sub(characters * 2)) as f32;
            let length = wide.min(characters as f32) * (square - letter) + characters as f32 * letter;
            (length / width).ceil().max(1.0)
        })
        .sum()
}
