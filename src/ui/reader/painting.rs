//! Paints the pieces in their places: marks behind, text and pictures, aids in front. Decides nothing.

use egui::{Color32, Rect, Response, Stroke, Ui, pos2, vec2};

use super::composer::{Laid, Pictures};
use super::page::Piece;
use super::placement::Placed;
use super::position::Page;
use super::{LEFT_OFF_SECONDS, LIT_SECONDS, Reader, marks};
use crate::app::{Session, Story, Theme};
use crate::document::{ResourceId, TextRange};
use crate::typeset::{Caret, ColorRole, PaintItem, SetBlock};
use crate::ui::atlas::Atlas;
use crate::ui::images::Images;
use crate::ui::look;
use crate::ui::paint::Picture;

impl Reader {
    /// Paints what is in sight.
    pub(super) fn paint(&mut self, ui: &mut Ui, view: &Response, session: &Session, rect: Rect, atlas: &mut Atlas) {
        let theme = session.theme();
        let now = ui.input(|input| input.time);
        let lit = strength(ui, &mut self.lit, now, LIT_SECONDS);
        let left_off = strength(ui, &mut self.left_off, now, LEFT_OFF_SECONDS);
        let Some(page) = &mut self.page else { return };
        let selection = session.reading.selection.map(crate::app::Selection::range);
        for place in &self.placed {
            let painter = ui.painter().with_clip_rect(place.clip.intersect(rect));
            let scale = page.setting.scale;
            let moved = page.moved(place.piece);
            let by = moved.map_or(0.0, |moved| moved.by.round());
            let window = page.window_of(place).unwrap_or(rect);
            let inner = painter.with_clip_rect(painter.clip_rect().intersect(window));
            let is_omitted = matches!(page.pieces.get(place.piece), Some(Piece::Omitted(..)));
            // What was left out is paler, and still passes for text: soft on the page has the contrast, its tint only hints.
            let tint = if is_omitted { 0.72 } else { 1.0 };
            let corners = (place.rect.min, place.rect.min - vec2(by / scale, 0.0));
            let mut layers = Layers { still: &painter, moving: &inner, corners, scale, atlas, theme, tint };
            if let Some(laid) = page.laid.get_mut(&place.piece) {
                layers.paint(&laid.set, &mut laid.ground, is_ground);
            }
            if let Some((range, strength)) = lit {
                paint_light(&painter, theme, page, place, range, strength);
            }
            if let Some(range) = self.pointed {
                paint_light(&painter, theme, page, place, range, 0.7);
            }
            paint_hits(&painter, session, page, place);
            if let Some(range) = selection.filter(|range| !range.is_empty()) {
                marks::selection(&painter, theme, page, place, range);
            }
            if is_omitted {
                let left = place.rect.left();
                let bar =
                    Rect::from_min_max(pos2(left - 14.0, place.label_top), pos2(left - 12.0, place.rect.bottom()));
                painter.rect_filled(bar, 1.0, look::color(theme.line));
            }
            if let Some(laid) = page.laid.get_mut(&place.piece) {
                layers.paint(&laid.set, &mut laid.front, |item| !is_ground(item));
                paint_label(&painter, laid, place, scale, layers.atlas, theme);
                for item in &laid.set.items {
                    let PaintItem::Image { rect, image } = item else { continue };
                    let is_moved = moved.is_some_and(|moved| moved.overflow.holds(rect.y0));
                    let (painter, corner) = if is_moved { (&inner, corners.1) } else { (&painter, corners.0) };
                    let area = snapped(*rect, corner, scale);
                    paint_image(ui, painter, &mut self.images, &page.story, *image, rect.width(), area, session);
                }
            }
            paint_over(&painter, theme, page, place, session, selection, |offset| self.keyboard.caret(offset));
            if let Some((at, strength)) = left_off
                && let Some(line) = page.caret_of(place, Caret::before(at))
            {
                marks::left_off(&painter, theme, place.rect.left(), line, strength);
            }
        }
        paint_aids(ui, view, session, page, &self.placed, rect);
    }
}

/// What stays lit for a while, with how strongly it still is: 1 at first, then fading to 0.
fn strength<T: Copy>(ui: &Ui, lit: &mut Option<(T, f64)>, now: f64, seconds: f64) -> Option<(T, f32)> {
    let (what, until) = (*lit)?;
    let left = until - now;
    if left <= 0.0 {
        *lit = None;
        return None;
    }
    let fading = seconds * 0.4;
    if left > fading {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left - fading));
        return Some((what, 1.0));
    }
    ui.ctx().request_repaint();
    #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
    Some((what, (left / fading) as f32))
}

/// A whole block is lit as a box, a few words as words.
fn paint_light(painter: &egui::Painter, theme: &Theme, page: &Page, place: &Placed, range: TextRange, strength: f32) {
    let Some(base) = place.base else { return };
    let block = page.pieces.get(place.piece).and_then(Piece::text_block);
    let whole = block.and_then(|block| page.story.flat.block_range(block));
    if range.start <= base && whole.is_some_and(|whole| range.end >= whole.end && range.start < whole.end.max(base + 1))
    {
        marks::lit_block(painter, theme, place.rect, strength);
    } else {
        let glow = look::color(theme.highlight).gamma_multiply(strength);
        marks::ranges(painter, page, place, &[range], glow, 3.0);
    }
}

/// What the search has found in a piece; the hit that was gone to stands out.
fn paint_hits(painter: &egui::Painter, session: &Session, page: &Page, place: &Placed) {
    let Some(range) = page.flat_range(place.piece) else { return };
    let hits = session.find.hits_within(range);
    if hits.is_empty() {
        return;
    }
    let theme = session.theme();
    marks::ranges(painter, page, place, hits, look::color(theme.highlight), 2.0);
    if let Some(current) = session.find.current.filter(|current| hits.contains(current)) {
        marks::ranges(painter, page, place, &[current], look::color(theme.hit), 2.0);
    }
}

fn paint_over(
    painter: &egui::Painter,
    theme: &Theme,
    page: &Page,
    place: &Placed,
    session: &Session,
    selection: Option<TextRange>,
    caret_of: impl Fn(usize) -> Caret,
) {
    let (Some(base), Some(set)) = (place.base, page.set(place.piece)) else { return };
    if selection.is_some_and(|range| !range.is_empty() && range.start <= base && range.end > base) {
        for item in &set.items {
            if let PaintItem::Image { rect, .. } = item
                && let Some(rect) = page.seen_rect(place, *rect)
            {
                marks::selected_picture(painter, theme, rect);
            }
        }
    }
    if session.caret_browsing
        && let Some(selection) = session.reading.selection
        && let Some(caret) = page.caret_of(place, caret_of(selection.focus))
    {
        marks::caret(painter, theme, caret);
    }
}

fn paint_aids(ui: &Ui, view: &Response, session: &Session, page: &Page, placed: &[Placed], rect: Rect) {
    let aids = session.reading_settings().aids;
    let theme = session.theme();
    let eye = marks::eye(rect, view.hover_pos());
    if aids.paragraph_focus {
        marks::paragraph_focus(ui.painter(), theme, &aids, placed, eye);
    }
    if aids.ruler {
        let x = eye_x(rect, view.hover_pos());
        let is_only = page.layout.columns == 1;
        let under_eye = |place: &&Placed| is_only || place.rect.expand(30.0).x_range().contains(x);
        let lines = placed.iter().filter(under_eye).flat_map(|place| page.lines_of(place));
        let lines: Vec<egui::Rangef> = lines.filter(|line| line.max > rect.top() && line.min < rect.bottom()).collect();
        let band = marks::band(&lines, eye, aids.ruler_lines, page.line_height());
        marks::ruler(ui.painter(), theme, &aids, rect, band);
    }
}

/// The column that is read: that under the pointer, else the first.
fn eye_x(view: Rect, pointer: Option<egui::Pos2>) -> f32 {
    pointer.filter(|at| view.contains(*at)).map_or(view.left() + view.width() / 4.0, |at| at.x)
}

/// What lies behind marks: panels and grounds would hide them.
fn is_ground(item: &PaintItem) -> bool {
    matches!(item, PaintItem::Rect { role: ColorRole::CodeBackground | ColorRole::Highlight, .. })
}

/// Where the items of a piece are painted.
struct Layers<'a> {
    still: &'a egui::Painter,
    /// For what is moved sideways.
    moving: &'a egui::Painter,
    /// Where the pixels of both count from.
    corners: (egui::Pos2, egui::Pos2),
    scale: f32,
    atlas: &'a mut Atlas,
    theme: &'a Theme,
    tint: f32,
}

impl Layers<'_> {
    /// Paints some of the items of a piece.
    fn paint(&mut self, set: &SetBlock, pictures: &mut Pictures, is_wanted: impl Fn(&PaintItem) -> bool) {
        let from = set.overflow.map_or(set.items.len(), |overflow| overflow.items_from);
        let (still, moving) = set.items.split_at_checked(from).unwrap_or((&set.items, &[]));
        for (items, picture, painter, corner) in [
            (still, &mut pictures.still, self.still, self.corners.0),
            (moving, &mut pictures.moving, self.moving, self.corners.1),
        ] {
            if picture.as_ref().is_none_or(|picture| !picture.is_current(self.atlas, self.theme)) {
                let items = items.iter().filter(|item| is_wanted(item));
                *picture = Some(Picture::new(items, self.atlas, self.theme, self.tint));
            }
            if let Some(picture) = picture.as_ref().filter(|picture| !picture.is_empty()) {
                painter.add(picture.shape(corner, self.scale));
            }
        }
    }
}

fn paint_label(painter: &egui::Painter, laid: &mut Laid, place: &Placed, scale: f32, atlas: &mut Atlas, theme: &Theme) {
    let Some(label) = &laid.label else { return };
    if laid.label_picture.as_ref().is_none_or(|picture| !picture.is_current(atlas, theme)) {
        laid.label_picture = Some(Picture::new(&label.items, atlas, theme, 1.0));
    }
    if let Some(picture) = &laid.label_picture {
        painter.add(picture.shape(pos2(place.rect.left(), place.label_top), scale));
    }
}

/// A rectangle of a block that stands at `at`, on whole pixels, in points.
fn snapped(rect: crate::typeset::Rect, at: egui::Pos2, scale: f32) -> Rect {
    Rect::from_min_max(
        at + vec2(rect.x0.round(), rect.y0.round()) / scale,
        at + vec2(rect.x1.round(), rect.y1.round()) / scale,
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "what it takes to paint a picture, none of which belongs together elsewhere"
)]
fn paint_image(
    ui: &Ui,
    painter: &egui::Painter,
    images: &mut Images,
    story: &Story,
    image: ResourceId,
    width_px: f32,
    area: Rect,
    session: &Session,
) {
    if !painter.clip_rect().intersects(area) {
        return;
    }
    let Some(resource) = story.article.resource(image) else { return };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width on the screen, in pixels")]
    let width_px = width_px.round().max(1.0) as u32;
    let theme = session.theme();
    let pictures = session.reading_settings().pictures;
    match images.texture(ui.ctx(), image, width_px, theme.dark && pictures.inverted, resource) {
        Some(texture) => {
            let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let dimming = if theme.dark { pictures.dimming_percent / 100.0 } else { 0.0 };
            let tint = Color32::WHITE.lerp_to_gamma(Color32::BLACK, dimming);
            painter.image(texture.id(), area, uv, tint);
        }
        None => {
            painter.rect_filled(area, 4.0, look::color(theme.code));
        }
    }
}

/// The address under the pointer, at the view's lower edge.
pub(super) fn link_address(ui: &Ui, theme: &Theme, rect: Rect, address: &str) {
    let shown: String = address.chars().take(120).collect();
    let galley = ui.painter().layout_no_wrap(shown, look::sans(look::size::NOTE), look::color(theme.soft));
    let size = galley.size() + vec2(16.0, 8.0);
    let place = Rect::from_min_size(pos2(rect.left() + 8.0, rect.bottom() - size.y - 8.0), size);
    ui.painter().rect_filled(place, 5.0, look::color(theme.field));
    let stroke = Stroke::new(1.0, look::color(theme.line));
    ui.painter().rect_stroke(place, 5.0, stroke, egui::StrokeKind::Inside);
    ui.painter().galley(place.min + vec2(8.0, 4.0), galley, look::color(theme.soft));
}
