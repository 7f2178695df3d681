//! Glyphs of the page as one texture. It grows when it is full and is emptied only at a frame's start, so that no mesh ever
//! points at another glyph's pixels. Rasterising is `typeset`'s work.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily};
use egui::{Color32, ColorImage, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};

use crate::typeset::{
    ColorRole, Fonts, GlyphContent, GlyphImage, GlyphKey, GlyphRun, PaintItem, Rasterizer, TextLook, TextRequest,
    Typesetter, glyph_key,
};

/// Pixels on a side at first; under software OpenGL the texture is counted as the program's own memory.
const FIRST_SIDE: usize = 512;
/// Pixels on a side at most. Every OpenGL ES 3 driver has 4096.
const LARGEST_SIDE: usize = 4096;
/// Up to here what was on earlier screens is worth its memory (16 MB of it); beyond, the texture grows only where one screen
/// needs it.
const LARGEST_KEPT_SIDE: usize = 2048;
/// Empty pixels between two glyphs, so that filtering never mixes them.
const GAP: usize = 1;
/// A white square at the corner, for rectangles.
const WHITE_SIDE: usize = 3;

/// The texture and what is on it.
pub struct Atlas {
    texture: TextureHandle,
    side: usize,
    largest_side: usize,
    slots: HashMap<GlyphKey, Option<Slot>>,
    rasterizer: Rasterizer,
    /// Where the next glyph goes, and the height of the row it is in.
    next: (usize, usize),
    row_height: usize,
    generation: u64,
    is_full: bool,
    /// Whether it was emptied at this frame's start, so that all that is on it is of this frame.
    is_fresh: bool,
    dark: bool,
}

/// What becomes of a glyph's picture.
enum Place {
    Here(Slot),
    NoRoom,
    /// No texture would hold it.
    TooLarge,
}

/// Where a glyph is.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// On the texture.
    pub uv: Rect,
    /// Pixels across and down.
    pub size: Vec2,
    /// From the glyph's origin, in whole pixels, to the picture's top left corner.
    pub offset: Vec2,
    /// Whether it has colours of its own.
    pub is_colored: bool,
}

impl Atlas {
    /// An empty one.
    pub fn new(ctx: &egui::Context) -> Self {
        let largest_side = ctx.input(|input| input.max_texture_side).min(LARGEST_SIDE);
        Self::with_sides(ctx, FIRST_SIDE.min(largest_side), largest_side)
    }

    fn with_sides(ctx: &egui::Context, side: usize, largest_side: usize) -> Self {
        Self {
            texture: new_texture(ctx, side),
            side,
            largest_side,
            slots: HashMap::new(),
            rasterizer: Rasterizer::new(),
            next: (WHITE_SIDE + GAP, 0),
            row_height: WHITE_SIDE,
            generation: 0,
            is_full: false,
            is_fresh: true,
            dark: false,
        }
    }

    /// To be called before the first mesh of a frame: makes room where the last frame ran out of it. Meshes of an older
    /// [`Atlas::generation`] are stale afterwards.
    pub fn begin_frame(&mut self, ctx: &egui::Context, dark: bool) {
        let grows = self.is_full && (self.is_fresh || self.side < LARGEST_KEPT_SIDE);
        self.is_fresh = self.is_full || self.dark != dark;
        if grows {
            self.side = (self.side * 2).min(self.largest_side);
        }
        if self.is_fresh {
            self.dark = dark;
            self.texture = new_texture(ctx, self.side);
            self.slots.clear();
            self.next = (WHITE_SIDE + GAP, 0);
            self.row_height = WHITE_SIDE;
            self.generation += 1;
            self.is_full = false;
        }
    }

    /// Rises whenever the atlas is emptied.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether a glyph of this frame found no room.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Whether drawing the frame again would show glyphs that found no room: not where one frame needs more than the largest
    /// texture has.
    pub fn wants_redraw(&self) -> bool {
        self.is_full && !(self.is_fresh && self.side >= self.largest_side)
    }

    /// The texture.
    pub fn texture(&self) -> TextureId {
        self.texture.id()
    }

    /// A place on the texture that is white.
    pub fn white(&self) -> Rect {
        let at = self.uv(1.5);
        Rect::from_min_max(pos2(at, at), pos2(at, at))
    }

    /// A glyph's place; `None` where it has nothing to show or there is no room.
    pub fn glyph(&mut self, run: &GlyphRun, id: u32, subpixel: u8) -> Option<Slot> {
        let key = glyph_key(run, id, subpixel);
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        let slot = match self.rasterizer.glyph(run, id, subpixel) {
            Some(image) => match self.place(&image) {
                Place::Here(slot) => Some(slot),
                Place::TooLarge => None,
                Place::NoRoom => {
                    self.is_full = true;
                    return None;
                }
            },
            None => None,
        };
        self.slots.insert(key, slot);
        slot
    }

    fn place(&mut self, image: &GlyphImage) -> Place {
        let (Ok(width), Ok(height)) = (usize::try_from(image.width), usize::try_from(image.height)) else {
            return Place::TooLarge;
        };
        // In the row that begins below the white square.
        if width + GAP > self.largest_side || height + WHITE_SIDE + 2 * GAP > self.largest_side {
            return Place::TooLarge;
        }
        if self.next.0 + width + GAP > self.side {
            self.next = (0, self.next.1 + self.row_height + GAP);
            self.row_height = 0;
        }
        if self.next.0 + width + GAP > self.side || self.next.1 + height + GAP > self.side {
            return Place::NoRoom;
        }
        let (x, y) = self.next;
        self.next.0 += width + GAP;
        self.row_height = self.row_height.max(height);
        let pixels = self.pixels(&image.content);
        self.texture.set_partial([x, y], ColorImage::new([width, height], pixels), TextureOptions::LINEAR);
        let min = pos2(self.uv(to_f32(x)), self.uv(to_f32(y)));
        let max = pos2(self.uv(to_f32(x + width)), self.uv(to_f32(y + height)));
        Place::Here(Slot {
            uv: Rect::from_min_max(min, max),
            size: vec2(to_f32(width), to_f32(height)),
            #[expect(clippy::cast_precision_loss, reason = "a glyph's offset, in pixels")]
            offset: vec2(image.left as f32, -image.top as f32),
            is_colored: matches!(image.content, GlyphContent::Rgba(_)),
        })
    }

    fn pixels(&self, content: &GlyphContent) -> Vec<Color32> {
        match content {
            // Light text on a dark page looks thinner than dark text on a light one. egui's own text is corrected by the same
            // curve (epaint, `AlphaFromCoverage::TwoCoverageMinusCoverageSq`).
            GlyphContent::Alpha(alpha) if self.dark => alpha
                .iter()
                .map(|a| {
                    let a = u32::from(*a);
                    let lifted = 2 * a - a * a / 255;
                    Color32::from_white_alpha(u8::try_from(lifted).unwrap_or(u8::MAX))
                })
                .collect(),
            GlyphContent::Alpha(alpha) => alpha.iter().map(|a| Color32::from_white_alpha(*a)).collect(),
            GlyphContent::Rgba(bytes) => bytes
                .as_chunks::<4>()
                .0
                .iter()
                .map(|[r, g, b, a]| Color32::from_rgba_unmultiplied(*r, *g, *b, *a))
                .collect(),
        }
    }

    fn uv(&self, pixels: f32) -> f32 {
        pixels / to_f32(self.side)
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most the atlas's side, far below 2^24")]
fn to_f32(pixels: usize) -> f32 {
    pixels as f32
}

fn new_texture(ctx: &egui::Context, side: usize) -> TextureHandle {
    let mut image = ColorImage::filled([side, side], Color32::TRANSPARENT);
    for y in 0..WHITE_SIDE {
        for x in 0..WHITE_SIDE {
            if let Some(pixel) = image.pixels.get_mut(y * side + x) {
                *pixel = Color32::WHITE;
            }
        }
    }
    ctx.load_texture("page-glyphs", image, TextureOptions::LINEAR)
}

/// Finds fonts for what the chrome's own faces lack, in the collection that pages are set in: to ask the system for one more
/// would hold up the first frame that has such a character.
pub struct SystemFallback {
    typesetter: Mutex<Typesetter>,
    /// Whether something was asked for that these fonts have not.
    has_missed: AtomicBool,
}

impl SystemFallback {
    /// In these fonts.
    pub fn new(fonts: Fonts) -> Self {
        Self { typesetter: Mutex::new(Typesetter::new(fonts)), has_missed: AtomicBool::new(false) }
    }

    /// Has other fonts from now on. Answers whether the ones before have lacked something, which egui then draws as boxes until
    /// its own fonts are installed anew.
    pub fn adopt(&self, fonts: Fonts) -> bool {
        *self.typesetter.lock().unwrap_or_else(PoisonError::into_inner) = Typesetter::new(fonts);
        self.has_missed.swap(false, Ordering::Relaxed)
    }
}

impl FontProvider for SystemFallback {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let mut typesetter = self.typesetter.lock().unwrap_or_else(PoisonError::into_inner);
        let set = typesetter.set_text(&TextRequest {
            text: request.cluster,
            look: &TextLook::interface(super::look::size::BODY, 400.0, ColorRole::Text),
            width: f32::from(u16::MAX),
            scale: 1.0,
            language: None,
            direction: None,
            max_lines: Some(1),
        });
        let run = set.items.iter().find_map(|item| match item {
            PaintItem::Glyphs(run) if run.glyphs.iter().any(|glyph| glyph.id != 0) => Some(run),
            PaintItem::Glyphs(_) | PaintItem::Rect { .. } | PaintItem::Image { .. } => None,
        });
        let Some(run) = run else {
            self.has_missed.store(true, Ordering::Relaxed);
            return None;
        };
        let (id, index) = run.font.id();
        let mut data = egui::FontData::from_owned(run.font.data().to_vec());
        data.index = index;
        Some(FontInsert {
            name: format!("system-{id}-{index}"),
            data,
            families: vec![InsertFontFamily { family: request.family.clone(), priority: FontPriority::Lowest }],
        })
    }
}

#[cfg(test)]
mod tests;
