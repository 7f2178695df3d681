//! The Aa popover: family, size, line height, measure, alignment, theme, each seen at once on the page behind it.

use egui::{ComboBox, Slider, Ui};

use super::{look, widgets};
use crate::app::settings::{LINE_HEIGHTS, MEASURES, TEXT_SIZES};
use crate::app::{Settings, Theme, ThemeChoice};
use crate::typeset::{Family, TextAlignment};

/// Draws the controls; gives the settings when one was changed.
pub fn ui(ui: &mut Ui, theme: &Theme, settings: &Settings, families: &[Family]) -> Option<Settings> {
    let mut new = settings.clone();
    ui.set_width(300.0);
    ui.spacing_mut().slider_width = 150.0;
    widgets::section_head_ui(ui, theme, "Type");
    labelled_ui(ui, theme, "Font", |ui| {
        let label = ComboBox::from_id_salt("text family").width(196.0).height(320.0);
        let response = label.selected_text(&new.style.text_family).show_ui(ui, |ui| {
            for (number, family) in families.iter().enumerate() {
                if number > 0 && !family.bundled && families.get(number - 1).is_some_and(|f| f.bundled) {
                    widgets::hairline_ui(ui, theme);
                }
                ui.selectable_value(&mut new.style.text_family, family.name.clone(), &family.name);
            }
        });
        response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Font"));
    });
    labelled_ui(ui, theme, "Size", |ui| {
        name(&ui.add(Slider::new(&mut new.style.size_pt, TEXT_SIZES).step_by(0.5).max_decimals(1)), "Size");
    });
    labelled_ui(ui, theme, "Line height", |ui| {
        name(
            &ui.add(Slider::new(&mut new.style.line_height, LINE_HEIGHTS).step_by(0.02).fixed_decimals(2)),
            "Line height",
        );
    });
    labelled_ui(ui, theme, "Measure", |ui| {
        name(&ui.add(Slider::new(&mut new.measure, MEASURES)), "Measure");
    });
    labelled_ui(ui, theme, "Alignment", |ui| {
        for (alignment, label) in [(TextAlignment::Start, "Ragged"), (TextAlignment::Justify, "Justified")] {
            let on = new.style.alignment == alignment;
            if choice_ui(ui, theme, label, on) {
                new.set_alignment(alignment);
            }
        }
    });
    labelled_ui(ui, theme, "Layout", |ui| {
        for (pages, label) in [(false, "Scroll"), (true, "Pages")] {
            if choice_ui(ui, theme, label, new.aids.pages == pages) {
                new.aids.pages = pages;
            }
        }
    });
    labelled_ui(ui, theme, "Focus", |ui| {
        for (aid, label) in [(&mut new.aids.paragraph_focus, "Paragraph"), (&mut new.aids.ruler, "Ruler")] {
            if choice_ui(ui, theme, label, *aid) {
                *aid = !*aid;
            }
        }
    });
    ui.add_space(8.0);
    widgets::section_head_ui(ui, theme, "Theme");
    ui.horizontal(|ui| {
        for choice in ThemeChoice::ALL {
            if choice_ui(ui, theme, choice.name(), new.theme == choice) {
                new.theme = choice;
            }
        }
    });
    (new != *settings).then_some(new)
}

fn name(response: &egui::Response, label: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(label));
}

fn choice_ui(ui: &mut Ui, theme: &Theme, label: &str, on: bool) -> bool {
    let ink = if on { theme.ink } else { theme.soft };
    let button = egui::Button::new(widgets::text(label, look::size::BODY, ink)).selected(on);
    let response = ui.add(button);
    widgets::focus_ring(ui, &response, theme);
    response.clicked()
}

fn labelled_ui(ui: &mut Ui, theme: &Theme, label: &str, control: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(egui::vec2(84.0, 24.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(84.0);
            ui.label(widgets::text(label, look::size::BODY, theme.soft));
        });
        control(ui);
    });
}
