//! An image that stands on its own, or a frame where it cannot be shown, and its caption. Decodes nothing.

use super::blocks::{AROUND_EM, CAPTION_SCALE, Page};
use super::breaking::Measure;
use super::bundled;
use super::objects;
use super::own_text;
use super::paragraph::{self, START};
use super::set_block::{ColorRole, PaintItem, Rect, SetBlock};
use super::typesetter::{ImageBox, TextLook, TextRequest, Typesetter};
use crate::document::Figure;

/// Between the image and its caption, in ems.
const CAPTION_GAP_EM: f32 = 0.5;
/// Between the frame of a missing image and the words in it.
const FRAME_PADDING_EM: f32 = 0.8;
const CAPTION_LINE_HEIGHT: f32 = 1.45;

/// Sets a figure to a width.
pub(super) fn set(typesetter: &mut Typesetter, page: &Page<'_>, figure: &Figure, width: f32) -> SetBlock {
    let mut out = match (page.images.size)(figure.image) {
        ImageBox::Size { width: natural_width, height: natural_height } => {
            let (w, h) = objects::fit(
                natural_width * page.scale,
                natural_height * page.scale,
                width * page.style.image_percent / 100.0,
            );
            let x = ((width - w) / 2.0).round();
            let mut out = SetBlock { width, height: h, ..SetBlock::default() };
            out.items.push(PaintItem::Image { rect: Rect::new(x, 0.0, x + w, h), image: figure.image });
            out
        }
        ImageBox::Missing { label } => missing(typesetter, page, &label, &figure.alt, width),
    };
    if !figure.caption.is_empty() {
        let size = page.small(page.em * CAPTION_SCALE);
        let mut look = page.look(typesetter, size);
        look.role = ColorRole::Soft;
        look.line_height_px = (size * CAPTION_LINE_HEIGHT).round();
        let measure = Measure { width, first_indent: 0.0 };
        let caption = paragraph::set(typesetter, &page.spec(&figure.caption, 0, &look, START), measure);
        let top = out.height + (page.em * CAPTION_GAP_EM).round();
        out.height = top + caption.height;
        out.append(caption, 0.0, top);
    }
    out
}

/// A quiet frame with why there is no image and what it would have shown.
fn missing(typesetter: &mut Typesetter, page: &Page<'_>, label: &str, alt: &str, width: f32) -> SetBlock {
    let padding = (page.em * FRAME_PADDING_EM).round().min(width / 6.0);
    let mut out = SetBlock { width, ..SetBlock::default() };
    let mut top = padding;
    let lines = [
        (
            label,
            TextLook { family: bundled::SANS.to_owned(), ..TextLook::interface(page.em * 0.7, 500.0, ColorRole::Soft) },
        ),
        (
            alt,
            TextLook {
                family: page.style.text_family.clone(),
                italic: true,
                ..TextLook::interface(page.em * CAPTION_SCALE, 400.0, ColorRole::Soft)
            },
        ),
    ];
    for (text, look) in lines.iter().filter(|(text, _)| !text.is_empty()) {
        let request = TextRequest {
            text,
            look,
            width: width - 2.0 * padding,
            scale: 1.0,
            language: page.language,
            direction: None,
            max_lines: Some(6),
        };
        let mut set = own_text::set_text(typesetter, &request);
        // They are no part of the block's plain text.
        set.lines.clear();
        let height = set.height;
        out.append(set, padding, top);
        top += height;
    }
    out.height = (top + padding).max(page.em * AROUND_EM);
    objects::frame(&mut out, Rect::new(0.0, 0.0, width, (top + padding).round()), page.hairline());
    out.height = out.height.round();
    out
}
