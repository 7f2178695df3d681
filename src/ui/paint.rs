//! What `typeset` has set → egui meshes. Knows neither what is set nor where it stands in the window.

use std::sync::Arc;

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Pos2, Rect, Shape, pos2, vec2};

use super::atlas::Atlas;
use super::look;
use crate::app::Theme;
use crate::typeset::{ColorRole, GlyphRun, PaintItem};

/// Quarters of a pixel that a glyph can start at, as `typeset`'s rasteriser has them.
const SUBPIXELS: f32 = 4.0;

/// A block's picture, kept until the atlas is emptied or the theme changes.
#[derive(Clone, Debug)]
pub struct Picture {
    mesh: Arc<Mesh>,
    generation: u64,
    inks: [Color32; 8],
    is_complete: bool,
}

impl Picture {
    /// Builds the mesh of everything but images. Positions are in device pixels, from the block's top left corner.
    pub fn new<'a>(
        items: impl IntoIterator<Item = &'a PaintItem>,
        atlas: &mut Atlas,
        theme: &Theme,
        tint: f32,
    ) -> Self {
        Self::with_inks(items, atlas, |role| ink(theme, role, tint), inks(theme))
    }

    /// One all in the same colour.
    pub fn in_ink<'a>(items: impl IntoIterator<Item = &'a PaintItem>, atlas: &mut Atlas, ink: Color32) -> Self {
        Self::with_inks(items, atlas, |_| ink, [ink; 8])
    }

    fn with_inks<'a>(
        items: impl IntoIterator<Item = &'a PaintItem>,
        atlas: &mut Atlas,
        ink_of: impl Fn(ColorRole) -> Color32,
        inks: [Color32; 8],
    ) -> Self {
        let mut mesh = Mesh::with_texture(atlas.texture());
        for item in items {
            match item {
                PaintItem::Glyphs(run) => add_glyphs(&mut mesh, run, atlas, ink_of(run.role)),
                PaintItem::Rect { rect, role } => {
                    let rect = Rect::from_min_max(pos2(rect.x0, rect.y0), pos2(rect.x1, rect.y1));
                    add_quad(&mut mesh, snapped(rect), atlas.white(), ink_of(*role));
                }
                PaintItem::Image { .. } => {}
            }
        }
        Self { mesh: Arc::new(mesh), generation: atlas.generation(), inks, is_complete: !atlas.is_full() }
    }

    /// Whether there is nothing to paint.
    pub fn is_empty(&self) -> bool {
        self.mesh.vertices.is_empty()
    }

    /// Whether it can still be painted.
    pub fn is_current(&self, atlas: &Atlas, theme: &Theme) -> bool {
        self.is_whole(atlas) && self.inks == inks(theme)
    }

    /// Whether all its glyphs are still on the atlas.
    pub fn is_whole(&self, atlas: &Atlas) -> bool {
        self.is_complete && self.generation == atlas.generation()
    }

    /// The picture with its top left corner at `at`, in points.
    pub fn shape(&self, at: Pos2, scale: f32) -> Shape {
        let origin = vec2((at.x * scale).round(), (at.y * scale).round());
        let mut mesh = Mesh::clone(&self.mesh);
        for vertex in &mut mesh.vertices {
            vertex.pos = ((vertex.pos.to_vec2() + origin) / scale).to_pos2();
        }
        Shape::mesh(mesh)
    }
}

/// The colours that a picture may have: two themes may both be light.
fn inks(theme: &Theme) -> [Color32; 8] {
    use ColorRole::{Accent, CodeBackground, Faint, Highlight, Link, Rule, Soft, Text};
    [Text, Soft, Faint, Link, Accent, Rule, CodeBackground, Highlight].map(|role| look::role_color(theme, role))
}

fn ink(theme: &Theme, role: ColorRole, tint: f32) -> Color32 {
    look::role_color(theme, role).gamma_multiply(tint)
}

fn add_glyphs(mesh: &mut Mesh, run: &GlyphRun, atlas: &mut Atlas, ink: Color32) {
    for glyph in &run.glyphs {
        let left = glyph.x.floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 3")]
        let subpixel = ((glyph.x - left) * SUBPIXELS).clamp(0.0, SUBPIXELS - 1.0) as u8;
        let Some(slot) = atlas.glyph(run, glyph.id, subpixel) else { continue };
        let corner = pos2(left, glyph.y.round()) + slot.offset;
        let color = if slot.is_colored { Color32::WHITE.gamma_multiply(f32::from(ink.a()) / 255.0) } else { ink };
        add_quad(mesh, Rect::from_min_size(corner, slot.size), slot.uv, color);
    }
}

/// Edges on whole pixels, and never thinner than one: hairlines stay even wherever they fall.
fn snapped(rect: Rect) -> Rect {
    let min = pos2(rect.min.x.round(), rect.min.y.round());
    let size = vec2(rect.width().round().max(1.0), rect.height().round().max(1.0));
    Rect::from_min_size(min, size)
}

fn add_quad(mesh: &mut Mesh, rect: Rect, uv: Rect, color: Color32) {
    let Ok(first) = u32::try_from(mesh.vertices.len()) else { return };
    mesh.indices.extend([0, 1, 2, 2, 1, 3].map(|corner| first + corner));
    for (pos, uv) in [
        (rect.left_top(), uv.left_top()),
        (rect.right_top(), uv.right_top()),
        (rect.left_bottom(), uv.left_bottom()),
        (rect.right_bottom(), uv.right_bottom()),
    ] {
        mesh.vertices.push(Vertex { pos, uv, color });
    }
}
