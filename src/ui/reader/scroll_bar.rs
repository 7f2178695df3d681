//! The bar at the page's edge: where the view is in the whole story. It is drawn from estimates until all is set, and never
//! moves the text by itself.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::Page;
use crate::app::Theme;
use crate::ui::look;

/// Points across, for the hand.
const WIDTH: f32 = 14.0;
/// Points down at least, for the hand.
const SHORTEST: f32 = 32.0;

/// Draws the bar, and moves the page by it.
pub(super) fn ui(ui: &mut Ui, theme: &Theme, rect: Rect, page: &mut Page) {
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
    let top = track.top() + travel * at;
    let active = response.hovered() || response.dragged();
    let width = if active { 8.0 } else { 4.0 };
    let handle = Rect::from_min_size(pos2(track.right() - width - 3.0, top), vec2(width, length));
    let ink = if active { theme.faint } else { theme.line };
    ui.painter().rect_filled(handle, width / 2.0, look::color(ink));
}
