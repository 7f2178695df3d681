//! A knob's row: its name, what turns it, and what takes it back. Knows no knob by name.

use egui::{Align, ComboBox, DragValue, Layout, Response, Slider, Ui, WidgetInfo, vec2};

use super::Parts;
use super::families::{FamilyPicker, Slot};
use crate::app::settings::knob::{Kind, Knob, Number, shortest};
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// Points across of a name.
const NAME: f32 = 128.0;
/// Points across of what takes a change back.
const REVERT: f32 = 24.0;
/// Points across of a number beside its slider.
const NUMBER: f32 = 58.0;

/// What is known of a knob with the font that is chosen.
pub(super) struct Hint {
    /// In a sentence.
    pub(super) text: String,
    /// Whether turning it would do nothing.
    pub(super) is_idle: bool,
}

/// Draws a knob's row, and turns it in the settings.
pub(super) fn ui<T: Default + 'static>(
    ui: &mut Ui,
    parts: &mut Parts<'_, '_>,
    knob: &Knob<T>,
    settings: &mut T,
    hint: Option<&Hint>,
    picker: &mut FamilyPicker,
) {
    let theme = parts.theme;
    ui.push_id(knob.id, |ui| {
        ui.horizontal(|ui| {
            name_ui(ui, parts, knob.name, hint.map_or(knob.note, |hint| &hint.text));
            let width = (ui.available_width() - REVERT - 6.0).max(60.0);
            ui.allocate_ui_with_layout(vec2(width, 26.0), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(vec2(width, 26.0));
                if hint.is_some_and(|hint| hint.is_idle) && !knob.is_changed(settings) {
                    ui.disable();
                }
                control_ui(ui, parts, knob, settings, picker);
            });
            if knob.is_changed(settings) {
                let label = format!("Revert {}", knob.name.to_lowercase());
                if widgets::small_icon_button_ui(ui, theme, icons::RESET, &label).clicked() {
                    knob.revert(settings);
                }
            }
        });
    });
}

/// A row's name, with what it does on demand.
pub(super) fn name_ui(ui: &mut Ui, parts: &Parts<'_, '_>, name: &str, note: &str) {
    let width = NAME.min(ui.available_width() / 2.2);
    ui.allocate_ui_with_layout(vec2(width, 26.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(vec2(width, 26.0));
        let text = widgets::text(name, look::size::BODY, parts.theme.soft);
        let label = ui.add(egui::Label::new(text).truncate());
        if !note.is_empty() {
            label.on_hover_text(note);
        }
    });
}

fn control_ui<T: Default + 'static>(
    ui: &mut Ui,
    parts: &mut Parts<'_, '_>,
    knob: &Knob<T>,
    settings: &mut T,
    picker: &mut FamilyPicker,
) {
    let theme = parts.theme;
    match &knob.kind {
        Kind::Number(number) => number_ui(ui, parts, knob, number, settings),
        Kind::Switch { get, set } => {
            let on = get(settings);
            let response = widgets::toggle_ui(ui, theme, knob.name, on);
            if response.clicked() {
                set(settings, !on);
            }
            described(&response, knob.note);
        }
        Kind::Choice { options, get, set } => {
            let mut at = get(settings);
            let shown = options.get(at).copied().unwrap_or_default();
            let combo = ComboBox::from_id_salt("choice").width(ui.available_width()).icon(widgets::combo_icon);
            let response = combo.selected_text(shown).show_ui(ui, |ui| {
                for (number, option) in options.iter().enumerate() {
                    ui.selectable_value(&mut at, number, *option);
                }
            });
            widgets::focus_ring(ui, &response.response, theme);
            response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, knob.name));
            described(&response.response, knob.note);
            if at != get(settings) {
                set(settings, at);
            }
        }
        Kind::Family { none, get, .. } => {
            let family = get(settings).to_owned();
            picker.button_ui(ui, parts, &Slot::Knob { id: knob.id, name: knob.name, none: *none }, &family);
        }
        Kind::Text { get, set } => {
            let mut text = get(settings).to_owned();
            let id = ui.make_persistent_id("text");
            // What is typed is taken when it is finished: half an address is no address.
            let typed = ui.data(|data| data.get_temp::<String>(id));
            text = typed.unwrap_or(text);
            let field = widgets::line_field(&mut text).id(id).desired_width(f32::INFINITY).min_size(vec2(0.0, 26.0));
            let response = ui.add(field);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(knob.name));
            described(&response, knob.note);
            if response.has_focus() {
                ui.data_mut(|data| data.insert_temp(id, text));
            } else {
                ui.data_mut(|data| data.remove::<String>(id));
                if response.lost_focus() {
                    set(settings, text);
                }
            }
        }
    }
}

fn number_ui<T: Default>(ui: &mut Ui, parts: &Parts<'_, '_>, knob: &Knob<T>, number: &Number<T>, settings: &mut T) {
    let theme = parts.theme;
    let now = (number.get)(settings);
    if let Some(none) = number.none {
        let mut is_set = now.is_some();
        let tick = ui.checkbox(&mut is_set, "");
        widgets::focus_ring(ui, &tick, theme);
        let name = format!("{}: {}", knob.name, if is_set { "by hand" } else { none });
        tick.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_set, &name));
        if tick.changed() {
            let middle = (number.range.start() + number.range.end()) / 4.0;
            (number.set)(settings, is_set.then_some(middle.round()));
            return;
        }
        if now.is_none() {
            ui.label(widgets::text(none, look::size::BODY, theme.faint));
            return;
        }
    }
    let mut value = now.unwrap_or_default();
    let slider_width = (ui.available_width() - NUMBER - 8.0).max(40.0);
    ui.spacing_mut().slider_width = slider_width;
    let (step, range) = (f64::from(number.step), number.range.clone());
    // Steps count from zero, as the numbers do: a slider's own begin at the least.
    let (least, most) = (*range.start(), *range.end());
    let slider = Slider::new(&mut value, range.clone()).show_value(false).trailing_fill(true);
    // Sizes are told apart by their ratio.
    let slider = ui.add(slider.logarithmic(least > 0.0 && most / least > 8.0));
    if slider.changed() {
        value = snapped(value, number.step).clamp(*range.start(), *range.end());
    }
    widgets::focus_ring(ui, &slider, theme);
    let unit = number.unit;
    let drag = DragValue::new(&mut value)
        .range(range)
        .speed(step / 4.0)
        .custom_formatter(move |value, _| {
            #[expect(clippy::cast_possible_truncation, reason = "it was made from one of these")]
            let text = shortest(value as f32);
            format!("{text}{unit}").replacen('-', "−", 1)
        })
        .custom_parser(move |text| {
            let text = text.trim().trim_end_matches(unit.trim()).trim().replace('−', "-").replace(',', ".");
            text.parse().ok()
        });
    let drag = ui.add_sized(vec2(NUMBER, 24.0), drag);
    widgets::focus_ring(ui, &drag, theme);
    for response in [&slider, &drag] {
        response.ctx.accesskit_node_builder(response.id, |node| node.set_label(knob.name));
        described(response, knob.note);
    }
    if (slider.changed() || drag.changed()) && Some(value) != now {
        (number.set)(settings, Some(value));
    }
}

/// The nearest whole number of steps.
fn snapped(value: f32, step: f32) -> f32 {
    let value = (f64::from(value) / f64::from(step)).round() * f64::from(step);
    #[expect(clippy::cast_possible_truncation, reason = "it was one of these")]
    let value = ((value * 1e4).round() / 1e4) as f32;
    value
}

/// Tells a screen reader what a control does.
fn described(response: &Response, note: &str) {
    if !note.is_empty() {
        response.ctx.accesskit_node_builder(response.id, |node| node.set_description(note));
    }
}

#[cfg(test)]
mod tests {
    use super::snapped;

    #[test]
    fn values_stand_on_steps() {
        for (value, step, expected) in
            [(1.013, 0.02, 1.02), (-0.0499, 0.01, -0.05), (18.3, 0.5, 18.5), (0.7001, 0.1, 0.7)]
        {
            assert_eq!(snapped(value, step), expected);
        }
    }
}
