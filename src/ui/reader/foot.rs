//! The line below the page: how far, how much of the source is shown, how long still.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::head::{duration, minutes_left};
use crate::app::{Action, Command, Session};
use crate::ui::{look, widgets};

/// Points down.
pub const HEIGHT: f32 = 33.0;

/// What is told while no more than the beginning of a story is there.
pub const OPENING_THE_REST: &str = "Opening the rest…";

/// Draws the foot.
pub fn ui(ui: &mut Ui, session: &Session, progress: Option<f32>) -> Option<Action> {
    let theme = session.theme();
    let rect = ui.available_rect_before_wrap();
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, look::color(theme.line)));
    let Some(story) = session.selected_story() else {
        if session.selected_row().is_some_and(|row| row.beginning.is_some()) {
            let at = Rect::from_min_size(rect.min + vec2(18.0, 8.0), rect.size() - vec2(36.0, 8.0));
            let label = egui::Label::new(widgets::text(OPENING_THE_REST, look::size::SMALL, theme.faint));
            let label = ui.put(at, label.halign(egui::Align::Min));
            widgets::announce(ui, &label, OPENING_THE_REST, false);
        }
        return None;
    };
    let progress = progress?;
    let done = Rect::from_min_size(rect.min - vec2(0.0, 0.5), vec2(rect.width() * progress, 2.0));
    ui.painter().rect_filled(done, 0.0, look::color(theme.accent));
    let bar = ui.interact(rect, ui.scope_id().with("progress"), Sense::hover());

    let y = rect.center().y + 1.0;
    let font = look::sans(look::size::SMALL);
    let faint = look::color(theme.faint);
    let percent = format!("{:.0} %", progress * 100.0);
    let left = minutes_left(story.article.metadata.minutes, progress);
    let left = if progress >= 0.995 { "Finished".to_owned() } else { format!("{} left", duration(left.max(1))) };
    bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, format!("Read: {percent}, {left}")));
    ui.ctx().accesskit_node_builder(bar.id, |node| {
        node.set_numeric_value(f64::from(progress * 100.0).round());
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
    });
    ui.painter().text(pos2(rect.left() + 18.0, y), Align2::LEFT_CENTER, &percent, font.clone(), faint);
    ui.painter().text(pos2(rect.right() - 18.0, y), Align2::RIGHT_CENTER, &left, font.clone(), faint);

    let coverage = story.coverage;
    let text = coverage_text(coverage.shown, coverage.total);
    let galley = ui.painter().layout_no_wrap(text.clone(), font, faint);
    let place = Rect::from_center_size(pos2(rect.center().x, y), galley.size());
    // Beside a narrow page's other words there is no room for it; the details have it too.
    if place.width() + 220.0 > rect.width() {
        return None;
    }
    let sense = if coverage.shown < coverage.total { Sense::click() } else { Sense::hover() };
    let response = ui.interact(place.expand2(vec2(6.0, 6.0)), ui.scope_id().with("coverage"), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    let ink = if response.hovered() && coverage.shown < coverage.total { look::color(theme.ink) } else { faint };
    ui.painter().galley_with_override_text_color(place.min, galley, ink);
    let clicked = response.clicked();
    if coverage.shown < coverage.total {
        response.on_hover_text("Show or hide what was left out");
    }
    clicked.then_some(Action::Run(Command::ToggleOriginal))
}

/// "8 of 12 paragraphs shown".
pub fn coverage_text(shown: usize, total: usize) -> String {
    match (shown, total) {
        (1, 1) => "The one paragraph is shown".to_owned(),
        (shown, total) if shown == total => format!("All {total} paragraphs shown"),
        (shown, total) => format!("{shown} of {total} paragraphs shown"),
    }
}
