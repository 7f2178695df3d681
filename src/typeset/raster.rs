//! A glyph as pixels: coverage, or colours for emoji. Keeps no pictures; an atlas is the painter's.

use std::collections::HashMap;

use swash::scale::image::Content;
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};
use swash::{CacheKey, FontRef, GlyphId};

use super::color_glyph;
use super::set_block::GlyphRun;

/// How many places between two pixels a glyph is rasterised for: a quarter of a pixel is where unevenness stops showing.
pub const SUBPIXELS: u8 = 4;

/// How much bolder a made bold is, in ems: what Skia and FreeType add.
pub(super) const EMBOLDEN_EM: f32 = 1.0 / 48.0;

/// What one glyph's picture depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GlyphKey {
    font: (u64, u32),
    glyph: u32,
    size_bits: u32,
    subpixel: u8,
    embolden: bool,
    skew_bits: u32,
    coords: std::sync::Arc<[i16]>,
}

/// The key of a glyph of a run, for an atlas.
pub fn glyph_key(run: &GlyphRun, glyph: u32, subpixel: u8) -> GlyphKey {
    GlyphKey {
        font: run.font.id(),
        glyph,
        size_bits: run.size_px.to_bits(),
        subpixel,
        embolden: run.embolden,
        skew_bits: run.skew_degrees.to_bits(),
        coords: run.coords.clone(),
    }
}

/// A glyph's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphImage {
    /// From the glyph's origin to the picture's left, in pixels.
    pub left: i32,
    /// From the baseline up to the picture's top, in pixels.
    pub top: i32,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Row by row from the top.
    pub content: GlyphContent,
}

/// The pixels of a glyph's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GlyphContent {
    /// One byte of coverage a pixel, to be filled with the text's colour.
    Alpha(Vec<u8>),
    /// Four bytes a pixel, red, green, blue and alpha, not multiplied by it.
    Rgba(Vec<u8>),
}

/// Makes pictures of glyphs. One for each thread.
pub struct Rasterizer {
    scale: ScaleContext,
    /// Where a face begins in its file, the key that its hinting state is cached under, and whether it has coloured layers.
    fonts: HashMap<(u64, u32), (u32, CacheKey, bool)>,
}

impl Default for Rasterizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Rasterizer {
    /// An empty one.
    pub fn new() -> Self {
        Self { scale: ScaleContext::new(), fonts: HashMap::new() }
    }

    /// The picture of a glyph, moved right by `subpixel` quarters of a pixel (0 to 3); `None` where there is nothing to
    /// see, as for a space.
    pub fn glyph(&mut self, run: &GlyphRun, glyph: u32, subpixel: u8) -> Option<GlyphImage> {
        let id = GlyphId::try_from(glyph).ok()?;
        let data = run.font.data();
        let key = run.font.id();
        let (offset, cache_key, has_color_layers) = match self.fonts.get(&key) {
            Some(found) => *found,
            None => {
                let font = FontRef::from_index(data, usize::try_from(run.font.index()).ok()?)?;
                let found = (font.offset, font.key, font.table(swash::tag_from_bytes(b"COLR")).is_some());
                self.fonts.insert(key, found);
                found
            }
        };
        let font = FontRef { data, offset, key: cache_key };
        let shift_px = f32::from(subpixel.min(SUBPIXELS - 1)) / f32::from(SUBPIXELS);
        if has_color_layers
            && let Some(image) = color_glyph::draw(data, run.font.index(), glyph, run.size_px, &run.coords, shift_px)
        {
            return Some(image);
        }
        let mut scaler =
            self.scale.builder(font).size(run.size_px).hint(false).normalized_coords(run.coords.iter()).build();
        let mut render =
            Render::new(&[Source::ColorOutline(0), Source::ColorBitmap(StrikeWith::BestFit), Source::Outline]);
        render.format(Format::Alpha).offset(Vector::new(shift_px, 0.0));
        if run.embolden {
            render.embolden(run.size_px * EMBOLDEN_EM);
        }
        if run.skew_degrees != 0.0 {
            render.transform(Some(Transform::skew(Angle::from_degrees(run.skew_degrees), Angle::ZERO)));
        }
        let image = render.render(&mut scaler, id)?;
        let placement = image.placement;
        if placement.width == 0 || placement.height == 0 {
            return None;
        }
        let content = match image.content {
            Content::Mask => GlyphContent::Alpha(image.data),
            Content::Color | Content::SubpixelMask => GlyphContent::Rgba(image.data),
        };
        Some(GlyphImage {
            left: placement.left,
            top: placement.top,
            width: placement.width,
            height: placement.height,
            content,
        })
    }
}
