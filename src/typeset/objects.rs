//! What stands in a line beside letters: images, the frames in the place of those that cannot be shown, and the room before
//! long ruby.

use super::offsets::LayoutText;
use super::own_text;
use super::paragraph::Spec;
use super::ruby::Room;
use super::set_block::{ColorRole, PaintItem, Rect, SetBlock};
use super::typesetter::{ImageBox, TextLook, TextRequest, Typesetter};
use crate::document::{InlineStyle, ResourceId, TextRange};

/// Stands for an image in the layout's text: as long as U+FFFC, without a glyph, and a line may end behind it.
pub(super) const IMAGE_STAND_IN: &str = "\u{200B}";

/// How inline images are sized.
#[derive(Clone, Copy)]
pub(super) struct Images<'a> {
    pub(super) size: &'a dyn Fn(ResourceId) -> ImageBox,
    pub(super) scale: f32,
}

/// An inline image, or what stands in for one that cannot be shown.
pub(super) struct Object {
    /// What it is in the layout's text; empty where the source's span does not stand over U+FFFC.
    pub(super) range: std::ops::Range<usize>,
    pub(super) width: f32,
    pub(super) height: f32,
    content: ObjectContent,
}

enum ObjectContent {
    Image(ResourceId),
    /// Items from the object's top left.
    Stand(SetBlock),
}

impl Object {
    pub(super) fn paint(&self, x: f32, y: f32, items: &mut Vec<PaintItem>) {
        let (x, y) = (x.round(), y.round());
        match &self.content {
            ObjectContent::Image(image) => {
                let rect = Rect::new(x, y, x + self.width, y + self.height);
                items.push(PaintItem::Image { rect, image: *image });
            }
            ObjectContent::Stand(stand) => {
                let mut moved = SetBlock::default();
                moved.append(stand.clone(), x, y);
                items.extend(moved.items);
            }
        }
    }
}

/// The objects of a part of a text, in its order: room before long ruby, images, and what stands in for them.
pub(super) fn objects(
    typesetter: &mut Typesetter,
    spec: &Spec<'_>,
    part: TextRange,
    text: &LayoutText,
    rooms: &[Room],
    width: f32,
) -> Vec<Object> {
    let before = rooms.iter().map(|room| {
        let at = text.to_layout(room.range.start - part.start);
        Object { range: at..at, width: room.space, height: 1.0, content: ObjectContent::Stand(SetBlock::default()) }
    });
    let mut objects: Vec<Object> = before.collect();
    let Some(images) = spec.images else { return objects };
    for span in spec.spans {
        let InlineStyle::Image { image, alt } = &span.style else { continue };
        if !part.contains(span.range.start) {
            continue;
        }
        let at = text.to_layout(span.range.start - part.start);
        let stands = text.as_str().get(at..).is_some_and(|rest| rest.starts_with(IMAGE_STAND_IN));
        let range = at..at + if stands { IMAGE_STAND_IN.len() } else { 0 };
        objects.push(match (images.size)(*image) {
            ImageBox::Size { width: natural_width, height: natural_height } => {
                let (w, h) = fit(natural_width * images.scale, natural_height * images.scale, width);
                Object { range, width: w, height: h, content: ObjectContent::Image(*image) }
            }
            ImageBox::Missing { label } => {
                missing(typesetter, spec, range, if alt.is_empty() { &label } else { alt }, width)
            }
        });
    }
    objects.sort_by_key(|object| object.range.start);
    objects
}

/// A size brought into a width, its proportions kept; never enlarged.
pub(super) fn fit(width: f32, height: f32, into: f32) -> (f32, f32) {
    let sane = |v: f32| if v.is_finite() { v.max(1.0) } else { 1.0 };
    let (width, height, into) = (sane(width), sane(height), sane(into));
    let factor = (into / width).min(1.0);
    ((width * factor).round().max(1.0), (height * factor).round().max(1.0))
}

/// The frame that stands in a line for an image that cannot be shown, with a few words in it.
fn missing(
    typesetter: &mut Typesetter,
    spec: &Spec<'_>,
    range: std::ops::Range<usize>,
    words: &str,
    width: f32,
) -> Object {
    let size = spec.look.size_px * 0.75;
    let beside = (size * 0.4).round();
    let mut look = TextLook::interface(size, 400.0, ColorRole::Soft);
    look.line_height = 1.3;
    let request = TextRequest {
        text: if words.is_empty() { "image" } else { words },
        look: &look,
        width: (width - 2.0 * beside).max(size),
        scale: 1.0,
        language: spec.language,
        direction: None,
        max_lines: Some(1),
    };
    let text = own_text::set_text(typesetter, &request);
    let text_right = text.lines().map(|line| line.rect.x1).fold(0.0, f32::max);
    let text_left = text.lines().map(|line| line.rect.x0).fold(text_right, f32::min);
    let (width, height) = ((text_right - text_left).ceil() + 2.0 * beside, text.height.ceil());
    let mut stand = SetBlock::default();
    frame(&mut stand, Rect::new(0.0, 0.0, width, height), 1.0);
    stand.append(text, beside - text_left, 0.0);
    stand.lines.clear();
    Object { range, width, height, content: ObjectContent::Stand(stand) }
}

/// Four hairlines inside a rectangle's edges.
pub(super) fn frame(out: &mut SetBlock, rect: Rect, thickness: f32) {
    let Rect { x0, y0, x1, y1 } = rect;
    for line in [
        Rect::new(x0, y0, x1, y0 + thickness),
        Rect::new(x0, y1 - thickness, x1, y1),
        Rect::new(x0, y0 + thickness, x0 + thickness, y1 - thickness),
        Rect::new(x1 - thickness, y0 + thickness, x1, y1 - thickness),
    ] {
        out.push_rect(line, ColorRole::Rule);
    }
}
