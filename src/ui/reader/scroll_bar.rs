//! The bar at the page's edge: where the view is in the whole story. It is drawn from estimates until all is set, and never
//! moves the text by itself.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::Page;
use crate::app::Session;
use crate::document::TextRange;
use crate::typeset::flow::Position;
use crate::ui::look;

/// Points across, for the hand.
const WIDTH: f32 = 14.0;
/// Points down of a tick.
const TICK: f32 = 2.0;
/// Points down at least, for the hand.
const SHORTEST: f32 = 32.0;

/// Draws the bar, and moves the page by it.
pub(super) fn ui(ui: &mut Ui, session: &Session, rect: Rect, page: &mut Page) {
    let theme = session.theme();
    let total = page.flow.total();
    let view = f64::from(page.view_height);
    if total <= view {
        return;
    }
    let track = Rect::from_min_max(pos2(rect.right() - WIDTH, rect.top()), rect.max).shrink2(vec2(0.0, 4.0));
    let response = ui.interact(track, ui.scope_id().with("scroll bar"), Sense::click_and_drag());
    #[expect(clippy::cast_possible_truncation, reason = "shares of the track, 0 to 1")]
    let (share, at) =
        ((view / total) as f32, (page.flow.distance(page.position) / (total - view)).clamp(0.0, 1.0) as f32);
    let length = (track.height() * share).max(SHORTEST).min(track.height());
    let travel = (track.height() - length).max(1.0);
    response.widget_info(|| egui::WidgetInfo::slider(true, f64::from(at) * 100.0, "Place in the story"));

    if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged() || response.is_pointer_button_down_on())
    {
        let wanted = ((pointer.y - track.top() - length / 2.0) / travel).clamp(0.0, 1.0);
        let now = ui.input(|input| input.time);
        let position = page.flow.at(f64::from(wanted) * (total - view));
        page.go_to(position, now);
        ui.ctx().request_repaint();
    }
    ticks(ui, session, track, page);
    let top = track.top() + travel * at;
    let active = response.hovered() || response.dragged();
    let width = if active { 8.0 } else { 4.0 };
    let handle = Rect::from_min_size(pos2(track.right() - width - 3.0, top), vec2(width, length));
    let ink = if active { theme.faint } else { theme.line };
    ui.painter().rect_filled(handle, width / 2.0, look::color(ink));
}

/// A tick where the search has hits. Asked for each row of the bar rather than for each hit: there may be a million.
fn ticks(ui: &Ui, session: &Session, track: Rect, page: &Page) {
    if !session.find.is_open || session.find.hits.is_empty() {
        return;
    }
    let theme = session.theme();
    let total = page.flow.total();
    let mut y = track.top();
    while y < track.bottom() {
        let share = |y: f32| f64::from((y - track.top()) / track.height().max(1.0)) * total;
        let (from, to) = (page.flow.at(share(y)), page.flow.at(share(y + TICK)));
        let (Some(from), Some(to)) = (offset_at(page, from), offset_at(page, to)) else {
            y += TICK;
            continue;
        };
        let row = TextRange::new(from, to.max(from + 1));
        let hits = session.find.hits_within(row);
        if !hits.is_empty() {
            let is_current = session.find.current.is_some_and(|current| hits.contains(&current));
            let ink = if is_current { theme.accent } else { theme.hit };
            let tick = Rect::from_min_size(pos2(track.right() - WIDTH + 1.0, y), vec2(WIDTH - 3.0, TICK));
            ui.painter().rect_filled(tick, 0.0, look::color(ink));
        }
        y += TICK;
    }
}

/// The offset of the flat text at a position, from the share of the piece's height that lies above it.
fn offset_at(page: &Page, position: Position) -> Option<usize> {
    let mut piece = position.piece;
    loop {
        if let Some(range) = page.flat_range(piece) {
            let height = page.flow.height(piece);
            let share = if piece == position.piece && height > 0.0 { position.offset / height } else { 0.0 };
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of a part of the text"
            )]
            let within = (range.len() as f32 * share) as usize;
            return Some(range.start + within);
        }
        piece += 1;
        page.pieces.get(piece)?;
    }
}
