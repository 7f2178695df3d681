//! Code and tables wider than the measure: how far each block is moved sideways, how a place in it comes into sight, and the
//! bar at its foot. How wide they are is the typesetter's answer; that they were moved is remembered by nobody.

use std::collections::HashMap;

use egui::{Rect, Sense, Ui, Vec2, pos2, vec2};

use super::page::Piece;
use super::placement::Placed;
use super::position::Page;
use crate::app::Theme;
use crate::document::TextRange;
use crate::typeset::{self, Caret, Overflow, Typesetter};
use crate::ui::look;

/// Points of a block that stay in sight beside what was brought into it.
const BESIDE: f32 = 36.0;
/// Less than this, in device pixels, is rounding and no reason for a bar.
const LEAST_REACH: f32 = 1.5;

/// Points down of the bar, for the hand.
const BAR_ROOM: f32 = 10.0;
/// Points down of what is seen of it, at rest and under the pointer.
const BAR: f32 = 3.0;
const BAR_ACTIVE: f32 = 6.0;
/// Points across of its handle at least.
const SHORTEST: f32 = 28.0;

/// How far a block is moved, in device pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Slide {
    /// How far its content is moved to the left.
    by: f32,
    /// How far it can be: from `least`, not above 0, to `most`, not below.
    least: f32,
    most: f32,
}

/// The blocks that are wider than the measure, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Slides(HashMap<usize, Slide>);

impl Slides {
    /// The same blocks, for another measure: how wide they are is to be found again.
    pub(super) fn kept(self) -> Self {
        Self(self.0.into_iter().map(|(block, slide)| (block, Slide { by: slide.by, ..Slide::default() })).collect())
    }
}

/// A piece's content that is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moved {
    pub overflow: Overflow,
    /// How far to the left, in device pixels.
    pub by: f32,
}

impl Page {
    /// How the content of a piece is moved; `None` where it fits.
    pub(super) fn moved(&self, piece: usize) -> Option<Moved> {
        let block = self.pieces.get(piece)?.block()?;
        let slide = self.slides.0.get(&block)?;
        Some(Moved { overflow: self.set(piece)?.overflow?, by: slide.by })
    }

    /// How far to the left a rectangle of a piece has moved, in device pixels.
    pub(super) fn moved_by(&self, piece: usize, rect: typeset::Rect) -> f32 {
        let moved = self.moved(piece).filter(|moved| moved.overflow.holds((rect.y0 + rect.y1) / 2.0));
        moved.map_or(0.0, |moved| moved.by)
    }

    /// The window that a piece's wide content is seen through, in points.
    pub(super) fn window_of(&self, place: &Placed) -> Option<Rect> {
        let window = self.moved(place.piece)?.overflow.window;
        let scale = self.setting.scale;
        let corner = place.rect.min;
        Some(Rect::from_min_max(
            corner + vec2(window.x0, window.y0) / scale,
            corner + vec2(window.x1, window.y1) / scale,
        ))
    }

    /// What is seen of a rectangle of a set block, in points; `None` where it is moved out of sight.
    pub(super) fn seen_rect(&self, place: &Placed, rect: typeset::Rect) -> Option<Rect> {
        let there = self.in_window(place, rect);
        match self.window_of(place).filter(|window| window.y_range().contains(there.center().y)) {
            Some(window) => {
                let seen = there.intersect(Rect::from_x_y_ranges(window.x_range(), there.y_range()));
                (seen.width() > 0.0).then_some(seen)
            }
            None => Some(there),
        }
    }

    /// Takes in how wide the blocks in sight are.
    pub(super) fn note_widths(&mut self, placed: &[Placed]) {
        for place in placed {
            self.note_width(place.piece);
        }
        for place in placed {
            if let Some(slide) =
                self.pieces.get(place.piece).and_then(Piece::block).and_then(|b| self.slides.0.get_mut(&b))
            {
                slide.by = slide.by.clamp(slide.least, slide.most);
            }
        }
    }

    /// All parts of a block move together, as far as the widest of them that was seen.
    fn note_width(&mut self, piece: usize) {
        let Some(block) = self.pieces.get(piece).and_then(Piece::block) else { return };
        let Some(Overflow { window, left, right, .. }) = self.set(piece).and_then(|set| set.overflow) else { return };
        let (least, most) = ((left - window.x0).min(0.0), (right - window.x1).max(0.0));
        if most - least < LEAST_REACH && !self.slides.0.contains_key(&block) {
            return;
        }
        let slide = self.slides.0.entry(block).or_default();
        (slide.least, slide.most) = (slide.least.min(least), slide.most.max(most));
    }

    /// Moves a block by device pixels, its content to the left where positive; `false` where it cannot be moved.
    pub(super) fn slide(&mut self, block: usize, by: f32) -> bool {
        let Some(slide) = self.slides.0.get_mut(&block).filter(|slide| slide.most - slide.least >= LEAST_REACH) else {
            return false;
        };
        slide.by = (slide.by + by).clamp(slide.least, slide.most).round();
        true
    }

    /// Moves what is under the pointer by points of a wheel; `false` where nothing there can be moved.
    pub(super) fn slide_under(&mut self, placed: &[Placed], at: egui::Pos2, delta: f32) -> bool {
        let block = self.block_at(placed, at);
        block.is_some_and(|block| self.slide(block, -delta * self.setting.scale))
    }

    /// Brings a range of the flat text, or a caret where it is empty, into sight sideways.
    pub(super) fn show_sideways(&mut self, range: TextRange, typesetter: &mut Typesetter) {
        let Some((piece, within)) = self.piece_at(range.start) else { return };
        self.height_of(piece, typesetter);
        self.note_width(piece);
        let Some(Moved { overflow, by }) = self.moved(piece) else { return };
        let Some(set) = self.set(piece) else { return };
        let rects = set.rects(TextRange::new(within, within + range.len()));
        let Some(rect) = rects.first().copied().or_else(|| set.caret_rect(Caret::before(within))) else { return };
        let window = overflow.window;
        if !overflow.holds((rect.y0 + rect.y1) / 2.0) {
            return;
        }
        let (left, right) = (rect.x0 - by - window.x0, window.x1 - (rect.x1 - by));
        let beside = (BESIDE * self.setting.scale).min(window.width() / 4.0);
        let edge = self.setting.scale * 4.0;
        let Some(block) = self.pieces.get(piece).and_then(Piece::block) else { return };
        // The beginning is more than the end where both have no room.
        if left < edge || right < 0.0 && rect.width() + 2.0 * beside > window.width() {
            self.slide(block, left - beside);
        } else if right < edge {
            self.slide(block, beside - right);
        }
    }

    /// How far a drag at a point beyond a wide block's edge goes, in points, with the block.
    pub(super) fn beyond_edge(&self, placed: &[Placed], at: egui::Pos2) -> Option<(usize, f32)> {
        let holds = |place: &&Placed| self.window_of(place).is_some_and(|window| window.y_range().contains(at.y));
        let place = placed.iter().find(holds)?;
        let window = self.window_of(place)?;
        let beyond = (at.x - window.right()).max(0.0) - (window.left() - at.x).max(0.0);
        Some((self.pieces.get(place.piece)?.block()?, beyond))
    }

    /// A point of the window in a piece's pixels, moved with what is under it.
    pub(super) fn local(&self, place: &Placed, point: egui::Pos2) -> Vec2 {
        let local = (point - place.rect.min) * self.setting.scale;
        match self.moved(place.piece) {
            Some(Moved { overflow, by }) if overflow.holds(local.y) => {
                vec2(local.x.clamp(overflow.window.x0, overflow.window.x1) + by, local.y)
            }
            _ => local,
        }
    }
}

/// Draws the bars of the wide blocks in sight, and moves the blocks by them.
pub(super) fn bars_ui(ui: &mut Ui, theme: &Theme, view: Rect, page: &mut Page, placed: &[Placed]) {
    let mut bars: Vec<(usize, Rect, bool)> = Vec::new();
    for place in placed.iter().filter(|place| !place.is_stuck) {
        let Some(block) = page.pieces.get(place.piece).and_then(Piece::block) else { continue };
        let Some(window) = page.window_of(place) else { continue };
        let seen = window.intersect(place.clip).intersect(view);
        if !seen.is_positive() {
            continue;
        }
        match bars.last_mut() {
            // Parts below one another have one bar.
            Some((last, bar, foot)) if *last == block && bar.left() == seen.left() => {
                (*bar, *foot) = (bar.union(seen), seen.bottom() >= window.bottom());
            }
            _ => bars.push((block, seen, seen.bottom() >= window.bottom())),
        }
    }
    for (number, (block, seen, has_foot)) in bars.into_iter().enumerate() {
        // Away from the block's foot the bar would lie on its words: it is there for a hand that reaches for it.
        if has_foot || ui.rect_contains_pointer(seen) {
            bar_ui(ui, theme, page, block, number, seen);
        }
    }
}

fn bar_ui(ui: &mut Ui, theme: &Theme, page: &mut Page, block: usize, number: usize, seen: Rect) {
    let Some(slide) = page.slides.0.get(&block).copied().filter(|slide| slide.most - slide.least >= LEAST_REACH) else {
        return;
    };
    let track = Rect::from_min_max(pos2(seen.left() + 4.0, seen.bottom() - BAR_ROOM), seen.max - vec2(4.0, 0.0));
    let response = ui.interact(track, ui.scope_id().with(("sideways", block, number)), Sense::click_and_drag());
    let reach = slide.most - slide.least;
    let width = seen.width() * page.setting.scale;
    let length = (track.width() * width / (width + reach)).max(SHORTEST).min(track.width());
    let travel = (track.width() - length).max(1.0);
    let share = ((slide.by - slide.least) / reach).clamp(0.0, 1.0);
    response.widget_info(|| egui::WidgetInfo::slider(true, f64::from(share) * 100.0, "Scroll sideways"));
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.is_pointer_button_down_on())
    {
        let wanted = ((pointer.x - track.left() - length / 2.0) / travel).clamp(0.0, 1.0);
        page.slide(block, slide.least + wanted * reach - slide.by);
        ui.ctx().request_repaint();
    }
    let is_active = response.hovered() || response.dragged();
    let height = if is_active { BAR_ACTIVE } else { BAR };
    let handle =
        Rect::from_min_size(pos2(track.left() + travel * share, track.bottom() - height - 2.0), vec2(length, height));
    let ink = look::color(theme.faint).gamma_multiply(if is_active { 1.0 } else { 0.4 });
    ui.painter().with_clip_rect(seen).rect_filled(handle, height / 2.0, ink);
}
