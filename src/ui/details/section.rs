//! A section that folds: its head, which remembers whether it is folded, and room above it. Knows no section by name.

use egui::{Align2, Sense, Ui, WidgetInfo, pos2, vec2};

use super::values::Pen;
use crate::app::{Action, Session};
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// Draws a section's head; what is in it is drawn where it answers yes. While something is searched none is folded, and a
/// head comes with the first of its rows that is found.
pub(super) fn head_ui(
    ui: &mut Ui,
    pen: &mut Pen<'_, '_>,
    session: &Session,
    name: &'static str,
    actions: &mut Vec<Action>,
) -> bool {
    let theme = pen.theme;
    if pen.is_searching() {
        pen.head_due = Some(name);
        return true;
    }
    let is_folded = session.state.folded.contains(name);
    if !pen.is_first() {
        ui.add_space(12.0);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::Heading, true, name);
        info.selected = Some(!is_folded);
        info
    });
    widgets::mark_heading(ui, &response, 2, name);
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_expanded(!is_folded);
        node.add_action(egui::accesskit::Action::Click);
    });
    let ink = look::color(if response.hovered() { theme.ink } else { theme.soft });
    let job = widgets::spaced_capitals(name, look::size::SMALL, ink);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, ink);
    let icon = if is_folded { icons::CHEVRON_RIGHT } else { icons::CHEVRON_DOWN };
    let at = pos2(rect.right() - 8.0, rect.center().y);
    if response.hovered() || response.has_focus() || is_folded {
        ui.painter().text(at, Align2::CENTER_CENTER, icon, look::icons(look::size::BODY), ink);
    }
    widgets::focus_ring(ui, &response, theme);
    if response.clicked() {
        actions.push(Action::Fold(name.to_owned(), !is_folded));
    }
    !is_folded
}
