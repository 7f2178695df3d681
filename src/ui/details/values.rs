//! Rows of a label and a value.

use egui::{Label, Ui, vec2};

use crate::app::Theme;
use crate::document::Readings;
use crate::ui::{look, widgets};

/// Points across of the labels' column.
const LABELS: f32 = 76.0;

/// A value with where it was read; what is not stated says so.
pub(super) fn reading_ui<T: PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    readings: &Readings<T>,
    show: impl Fn(&T) -> String,
) {
    let Some(first) = readings.first() else {
        row_ui(ui, theme, label, |ui| {
            let text = widgets::text("not stated", look::size::BODY, theme.faint).italics();
            ui.label(text);
        });
        return;
    };
    let mut from = first.from.to_string();
    for other in readings.disagreeing().take(3) {
        from.push_str(&format!(" · {} says {}", other.from, show(&other.value)));
    }
    value_ui(ui, theme, label, &show(&first.value), &from);
}

/// A value, and below it in small type where it is from.
pub(super) fn value_ui(ui: &mut Ui, theme: &Theme, label: &str, value: &str, from: &str) {
    row_ui(ui, theme, label, |ui| {
        ui.add(Label::new(widgets::text(value, look::size::BODY, theme.ink)).wrap().selectable(true));
        if !from.is_empty() {
            ui.add(Label::new(widgets::text(from, look::size::SMALL, theme.faint)).wrap());
        }
    });
}

fn row_ui(ui: &mut Ui, theme: &Theme, label: &str, value: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.allocate_ui_with_layout(vec2(LABELS, 18.0), egui::Layout::left_to_right(egui::Align::Min), |ui| {
            ui.set_min_width(LABELS);
            ui.label(widgets::text(label, look::size::BODY, theme.faint));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            value(ui);
        });
    });
    ui.add_space(2.0);
}

/// What stands below a value, in its column.
pub(super) fn indented_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(LABELS);
        contents(ui);
    });
}
