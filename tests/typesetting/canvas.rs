//! Paints what was set onto pixels, as the window does but without one. For tests only: slow and plain.

use recto::typeset::{ColorRole, GlyphContent, GlyphImage, PaintItem, Rasterizer, SetBlock};

/// Quarters of a pixel that a glyph can start at.
const SUBPIXELS: f32 = 4.0;

/// How many greys a channel keeps: enough to see an edge, and a file of a third of the size.
const GREYS: u8 = 15;

/// White paper.
pub(crate) struct Canvas {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Red, green and blue, row by row.
    pub(crate) pixels: Vec<u8>,
    rasterizer: Rasterizer,
}

impl Canvas {
    pub(crate) fn new(width: f32, height: f32) -> Self {
        let (width, height) = (pixels(width), pixels(height));
        let count = usize::try_from(width * height * 3).unwrap();
        Self { width, height, pixels: vec![255; count], rasterizer: Rasterizer::new() }
    }

    /// Paints a block with its top left corner at a place.
    pub(crate) fn paint(&mut self, set: &SetBlock, left: f32, top: f32) {
        for item in &set.items {
            match item {
                PaintItem::Rect { rect, role } => {
                    let (x, y) = ((rect.x0 + left).round(), (rect.y0 + top).round());
                    let (w, h) = (rect.width().round().max(1.0), rect.height().round().max(1.0));
                    for row in 0..pixels(h) {
                        for column in 0..pixels(w) {
                            self.blend(whole(x) + signed(column), whole(y) + signed(row), color(*role), 255);
                        }
                    }
                }
                PaintItem::Glyphs(run) => {
                    for glyph in &run.glyphs {
                        let x = glyph.x + left;
                        let pen = x.floor();
                        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
                        let subpixel = ((x - pen) * SUBPIXELS).clamp(0.0, SUBPIXELS - 1.0) as u8;
                        if let Some(image) = self.rasterizer.glyph(run, glyph.id, subpixel) {
                            self.stamp(&image, whole(pen), whole((glyph.y + top).round()), color(run.role));
                        }
                    }
                }
                PaintItem::Image { .. } => {}
            }
        }
    }

    fn stamp(&mut self, image: &GlyphImage, pen: i32, baseline: i32, ink: [u8; 3]) {
        for row in 0..image.height {
            for column in 0..image.width {
                let at = usize::try_from(row * image.width + column).unwrap();
                let (x, y) = (pen + image.left + signed(column), baseline - image.top + signed(row));
                match &image.content {
                    GlyphContent::Alpha(alpha) => self.blend(x, y, ink, alpha[at]),
                    GlyphContent::Rgba(bytes) => {
                        let [r, g, b, a] = bytes[at * 4..at * 4 + 4] else { return };
                        self.blend(x, y, [r, g, b], a);
                    }
                }
            }
        }
    }

    fn blend(&mut self, x: i32, y: i32, ink: [u8; 3], alpha: u8) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let at = usize::try_from((y * self.width + x) * 3).unwrap();
        for (pixel, ink) in self.pixels[at..at + 3].iter_mut().zip(ink) {
            let mixed = u32::from(*pixel) * u32::from(255 - alpha) + u32::from(ink) * u32::from(alpha);
            *pixel = u8::try_from(mixed / 255).unwrap();
        }
    }

    /// The pixels in few greys, as they are kept.
    pub(crate) fn reduced(mut self) -> Self {
        for pixel in &mut self.pixels {
            let step = u16::from(255 / GREYS);
            *pixel = u8::try_from((u16::from(*pixel) + step / 2) / step * step).unwrap();
        }
        self
    }
}

fn color(role: ColorRole) -> [u8; 3] {
    match role {
        ColorRole::Text => [0, 0, 0],
        ColorRole::Soft => [102, 102, 102],
        ColorRole::Faint => [170, 170, 170],
        ColorRole::Link | ColorRole::Accent => [34, 85, 170],
        ColorRole::CodeKeyword
        | ColorRole::CodeString
        | ColorRole::CodeComment
        | ColorRole::CodeNumber
        | ColorRole::CodeName => [68, 68, 68],
        ColorRole::Rule => [204, 204, 204],
        ColorRole::CodeBackground => [238, 238, 238],
        ColorRole::Highlight => [255, 238, 136],
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture's side, a few hundred")]
fn pixels(length: f32) -> u32 {
    length.clamp(0.0, 4096.0) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number within a picture")]
fn whole(place: f32) -> i32 {
    place as i32
}

fn signed(length: u32) -> i32 {
    i32::try_from(length).unwrap()
}
