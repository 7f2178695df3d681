//! A glyph that its font describes as layers of gradients (COLR version 1, as Fedora's Noto Color Emoji and Windows's emoji
//! are), as pixels. Simpler coloured glyphs (layers of plain colours, bitmaps) are the rasteriser's own work.

use skrifa::color::{
    Brush, ColorGlyphFormat, ColorPainter, ColorStop, CompositeMode, Extend, Transform as FontTransform,
};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider as _;
use skrifa::raw::types::{BoundingBox, F2Dot14, Point as FontPoint};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use tiny_skia::{
    BlendMode, Color, FillRule, GradientStop, LinearGradient, Mask, Paint, Path, PathBuilder, Pixmap, PixmapPaint,
    Point, RadialGradient, Rect, Shader, SpreadMode, SweepGradient, Transform,
};

use super::raster::{GlyphContent, GlyphImage};

/// Pixels on a side at most: what a glyph of a title at a scale of 8 takes, and no more than an atlas has.
const LARGEST_SIDE: f32 = 2_000.0;

/// Glyphs without a box of their own are looked for in this one, in ems from the origin: emoji overhang the em by less.
const BOX_EM: (f32, f32, f32, f32) = (-0.5, -0.5, 2.0, 1.5);

/// The picture of a glyph; `None` where the font has no such description of it. Drawn for an origin `shift_px` right of a
/// whole pixel.
pub(super) fn draw(
    data: &[u8],
    index: u32,
    glyph: u32,
    size_px: f32,
    coords: &[i16],
    shift_px: f32,
) -> Option<GlyphImage> {
    let font = FontRef::from_index(data, index).ok()?;
    let glyph = GlyphId::new(glyph);
    let color = font.color_glyphs().get_with_format(glyph, ColorGlyphFormat::ColrV1)?;
    let units = f32::from(font.head().ok()?.units_per_em()).max(1.0);
    let scale = size_px / units;
    let coords: Vec<NormalizedCoord> = coords.iter().map(|bits| F2Dot14::from_bits(*bits)).collect();
    let location = LocationRef::new(&coords);

    let (x0, y0, x1, y1) = match color.bounding_box(location, Size::unscaled()) {
        Some(bounds) => (bounds.x_min * scale, bounds.y_min * scale, bounds.x_max * scale, bounds.y_max * scale),
        None => (BOX_EM.0 * size_px, BOX_EM.1 * size_px, BOX_EM.2 * size_px, BOX_EM.3 * size_px),
    };
    let (left, top) = ((x0 + shift_px).floor(), y1.ceil());
    let (width, height) = ((x1 + shift_px).ceil() - left, top - y0.floor());
    // A size that is no number fails too.
    if !(1.0..=LARGEST_SIDE).contains(&width) || !(1.0..=LARGEST_SIDE).contains(&height) {
        return None;
    }
    let mut painter = Painter {
        font: &font,
        location,
        palette: palette(&font),
        transforms: vec![Transform::from_row(scale, 0.0, 0.0, -scale, shift_px - left, top)],
        clips: Vec::new(),
        layers: vec![(Pixmap::new(pixels(width), pixels(height))?, BlendMode::SourceOver)],
    };
    color.paint(location, &mut painter).ok()?;
    let (picture, _) = painter.layers.into_iter().next()?;
    let content = picture.pixels().iter().flat_map(|pixel| {
        let color = pixel.demultiply();
        [color.red(), color.green(), color.blue(), color.alpha()]
    });
    Some(GlyphImage {
        left: whole(left),
        top: whole(top),
        width: picture.width(),
        height: picture.height(),
        content: GlyphContent::Rgba(content.collect()),
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to LARGEST_SIDE")]
fn pixels(length: f32) -> u32 {
    length as u32
}

#[expect(clippy::cast_possible_truncation, reason = "a whole number; a glyph's place, some ems at most")]
fn whole(length: f32) -> i32 {
    length as i32
}

/// The colours of the font's first palette.
fn palette(font: &FontRef<'_>) -> Vec<Color> {
    let palettes = font.color_palettes();
    let Some(palette) = palettes.get(0) else { return Vec::new() };
    let colors = palette.colors().iter().map(|c| Color::from_rgba8(c.red, c.green, c.blue, c.alpha));
    colors.collect()
}

struct Painter<'a> {
    font: &'a FontRef<'a>,
    location: LocationRef<'a>,
    palette: Vec<Color>,
    /// From the font's units to pixels, the innermost last.
    transforms: Vec<Transform>,
    /// What may be painted on, the innermost last; each is within the one before.
    clips: Vec<Mask>,
    layers: Vec<(Pixmap, BlendMode)>,
}

impl Painter<'_> {
    fn transform(&self) -> Transform {
        self.transforms.last().copied().unwrap_or_default()
    }

    /// A color of the palette. The text's own is black here: a glyph's picture is the same in every text.
    fn color(&self, index: u16, alpha: f32) -> Color {
        let mut color = self.palette.get(usize::from(index)).copied().unwrap_or(Color::BLACK);
        color.apply_opacity(alpha.clamp(0.0, 1.0));
        color
    }

    fn stops(&self, stops: &[ColorStop]) -> Vec<GradientStop> {
        stops.iter().map(|stop| GradientStop::new(stop.offset, self.color(stop.palette_index, stop.alpha))).collect()
    }

    fn outline(&self, glyph: GlyphId) -> Option<Path> {
        let mut pen = Pen(PathBuilder::new());
        let outline = self.font.outline_glyphs().get(glyph)?;
        outline.draw(DrawSettings::unhinted(Size::unscaled(), self.location), &mut pen).ok()?;
        pen.0.finish()
    }

    /// What a brush paints, in coordinates that `transform` leads from.
    fn shader(&self, brush: &Brush<'_>, transform: Transform) -> Option<Shader<'static>> {
        match *brush {
            Brush::Solid { palette_index, alpha } => Some(Shader::SolidColor(self.color(palette_index, alpha))),
            Brush::LinearGradient { p0, p1, color_stops, extend } => {
                LinearGradient::new(point(p0), point(p1), self.stops(color_stops), spread(extend), transform)
                    .or_else(|| self.last_color(color_stops))
            }
            Brush::RadialGradient { c0, r0, c1, r1, color_stops, extend } => {
                // Radii below nothing come of stops that were brought to 0 and 1, and are not seen.
                let (r0, r1) = (r0.max(0.0), r1.max(0.0));
                let stops = self.stops(color_stops);
                RadialGradient::new(point(c0), r0, point(c1), r1, stops, spread(extend), transform)
                    .or_else(|| self.last_color(color_stops))
            }
            Brush::SweepGradient { c0, start_angle, end_angle, color_stops, extend } => {
                // Angles are told clockwise, which they are where y grows downwards.
                let center = Point::from_xy(c0.x, -c0.y);
                let transform = transform.pre_scale(1.0, -1.0);
                let stops = self.stops(color_stops);
                SweepGradient::new(center, start_angle, end_angle, stops, spread(extend), transform)
                    .or_else(|| self.last_color(color_stops))
            }
        }
    }

    /// What a gradient without an extent is.
    fn last_color(&self, stops: &[ColorStop]) -> Option<Shader<'static>> {
        stops.last().map(|stop| Shader::SolidColor(self.color(stop.palette_index, stop.alpha)))
    }

    fn push_clip(&mut self, path: Option<&Path>) {
        let Some((layer, _)) = self.layers.last() else { return };
        let transform = self.transform();
        let mask = match (path, self.clips.last()) {
            (Some(path), Some(around)) => {
                let mut mask = around.clone();
                mask.intersect_path(path, FillRule::Winding, true, transform);
                Some(mask)
            }
            (Some(path), None) => Mask::new(layer.width(), layer.height()).map(|mut mask| {
                mask.fill_path(path, FillRule::Winding, true, transform);
                mask
            }),
            // An outline with nothing in it lets nothing through.
            (None, _) => Mask::new(layer.width(), layer.height()),
        };
        self.clips.extend(mask);
    }
}

impl ColorPainter for Painter<'_> {
    fn push_transform(&mut self, transform: FontTransform) {
        self.transforms.push(self.transform().pre_concat(matrix(transform)));
    }

    fn pop_transform(&mut self) {
        self.transforms.pop();
    }

    fn push_clip_glyph(&mut self, glyph: GlyphId) {
        let path = self.outline(glyph);
        self.push_clip(path.as_ref());
    }

    fn push_clip_box(&mut self, clip: BoundingBox<f32>) {
        let rect = Rect::from_ltrb(clip.x_min, clip.y_min, clip.x_max, clip.y_max);
        self.push_clip(rect.map(PathBuilder::from_rect).as_ref());
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn fill(&mut self, brush: Brush<'_>) {
        let Some(shader) = self.shader(&brush, self.transform()) else { return };
        let Some((layer, _)) = self.layers.last_mut() else { return };
        #[expect(clippy::cast_precision_loss, reason = "at most LARGEST_SIDE")]
        let Some(all) = Rect::from_xywh(0.0, 0.0, layer.width() as f32, layer.height() as f32) else { return };
        layer.fill_rect(all, &Paint { shader, ..Paint::default() }, Transform::identity(), self.clips.last());
    }

    fn fill_glyph(&mut self, glyph: GlyphId, brush_transform: Option<FontTransform>, brush: Brush<'_>) {
        let Some(path) = self.outline(glyph) else { return };
        // The path's transform is the shader's as well.
        let Some(shader) = self.shader(&brush, brush_transform.map(matrix).unwrap_or_default()) else { return };
        let transform = self.transform();
        let Some((layer, _)) = self.layers.last_mut() else { return };
        let paint = Paint { shader, ..Paint::default() };
        layer.fill_path(&path, &paint, FillRule::Winding, transform, self.clips.last());
    }

    fn push_layer(&mut self, mode: CompositeMode) {
        let size = self.layers.last().map(|(layer, _)| (layer.width(), layer.height()));
        if let Some(layer) = size.and_then(|(width, height)| Pixmap::new(width, height)) {
            self.layers.push((layer, blend(mode)));
        }
    }

    fn pop_layer(&mut self) {
        if self.layers.len() < 2 {
            return;
        }
        let Some((layer, blend_mode)) = self.layers.pop() else { return };
        let Some((below, _)) = self.layers.last_mut() else { return };
        let paint = PixmapPaint { blend_mode, ..PixmapPaint::default() };
        below.draw_pixmap(0, 0, layer.as_ref(), &paint, Transform::identity(), self.clips.last());
    }
}

struct Pen(PathBuilder);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, cy0, cx1, cy1, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

fn point(point: FontPoint<f32>) -> Point {
    Point::from_xy(point.x, point.y)
}

fn matrix(t: FontTransform) -> Transform {
    Transform::from_row(t.xx, t.yx, t.xy, t.yy, t.dx, t.dy)
}

fn spread(extend: Extend) -> SpreadMode {
    match extend {
        Extend::Repeat => SpreadMode::Repeat,
        Extend::Reflect => SpreadMode::Reflect,
        _ => SpreadMode::Pad,
    }
}

fn blend(mode: CompositeMode) -> BlendMode {
    match mode {
        CompositeMode::Clear => BlendMode::Clear,
        CompositeMode::Src => BlendMode::Source,
        CompositeMode::Dest => BlendMode::Destination,
        CompositeMode::DestOver => BlendMode::DestinationOver,
        CompositeMode::SrcIn => BlendMode::SourceIn,
        CompositeMode::DestIn => BlendMode::DestinationIn,
        CompositeMode::SrcOut => BlendMode::SourceOut,
        CompositeMode::DestOut => BlendMode::DestinationOut,
        CompositeMode::SrcAtop => BlendMode::SourceAtop,
        CompositeMode::DestAtop => BlendMode::DestinationAtop,
        CompositeMode::Xor => BlendMode::Xor,
        CompositeMode::Plus => BlendMode::Plus,
        CompositeMode::Screen => BlendMode::Screen,
        CompositeMode::Overlay => BlendMode::Overlay,
        CompositeMode::Darken => BlendMode::Darken,
        CompositeMode::Lighten => BlendMode::Lighten,
        CompositeMode::ColorDodge => BlendMode::ColorDodge,
        CompositeMode::ColorBurn => BlendMode::ColorBurn,
        CompositeMode::HardLight => BlendMode::HardLight,
        CompositeMode::SoftLight => BlendMode::SoftLight,
        CompositeMode::Difference => BlendMode::Difference,
        CompositeMode::Exclusion => BlendMode::Exclusion,
        CompositeMode::Multiply => BlendMode::Multiply,
        CompositeMode::HslHue => BlendMode::Hue,
        CompositeMode::HslSaturation => BlendMode::Saturation,
        CompositeMode::HslColor => BlendMode::Color,
        CompositeMode::HslLuminosity => BlendMode::Luminosity,
        _ => BlendMode::SourceOver,
    }
}
