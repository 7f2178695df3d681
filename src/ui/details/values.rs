//! Rows of a label and a value, and the other texts of the panel.

use egui::{Response, Sense, Ui, vec2};

use crate::app::Theme;
use crate::app::theme::Rgb;
use crate::document::Readings;
use crate::text::parts_apart;
use crate::ui::lettering::{Lettering, Wording};
use crate::ui::{look, widgets};

/// Points across of the labels' column.
const LABELS: f32 = 76.0;

/// What the panel is written with.
pub(super) struct Pen<'a, 'b> {
    pub(super) theme: &'a Theme,
    /// The story's, a BCP 47 tag.
    pub(super) language: Option<&'a str>,
    pub(super) lettering: &'a mut Lettering<'b>,
    /// What is searched in the panel, folded; empty where nothing is.
    pub(super) searched: String,
    /// Whether something was drawn already.
    pub(super) has_begun: bool,
    /// While something is searched: the head of the section that comes with its first row.
    pub(super) head_due: Option<&'static str>,
}

impl<'a> Pen<'a, '_> {
    /// Whether something is searched in the panel.
    pub(super) fn is_searching(&self) -> bool {
        !self.searched.is_empty()
    }

    /// Whether what is searched is found in a text; in every text where nothing is.
    pub(super) fn wants(&self, text: &str) -> bool {
        self.searched.is_empty() || crate::text::fold(text).contains(&self.searched)
    }

    /// Whether this is the first section; no space stands above it.
    pub(super) fn is_first(&mut self) -> bool {
        !std::mem::replace(&mut self.has_begun, true)
    }

    /// Draws the head that comes with the first row of its section.
    pub(super) fn due_head_ui(&mut self, ui: &mut Ui) {
        if let Some(name) = self.head_due.take() {
            if !self.is_first() {
                ui.add_space(12.0);
            }
            widgets::section_head_ui(ui, self.theme, name);
        }
    }

    /// A value with where it was read; what is not stated says so.
    pub(super) fn reading_ui<T: PartialEq>(
        &mut self,
        ui: &mut Ui,
        label: &str,
        readings: &Readings<T>,
        show: impl Fn(&T) -> String,
    ) {
        let Some(first) = readings.first() else {
            if self.is_searching() {
                return;
            }
            let ink = self.theme.faint;
            self.row_ui(ui, label, |_, ui| {
                let text = widgets::text("not stated", look::size::BODY, ink).italics();
                ui.label(text);
            });
            return;
        };
        let mut from = first.from.to_string();
        for other in readings.disagreeing().take(3) {
            from.push_str(&format!(" · {} says {}", other.from, show(&other.value)));
        }
        self.value_ui(ui, label, &show(&first.value), &from);
    }

    /// A value, and below it in small type where it is from.
    pub(super) fn value_ui(&mut self, ui: &mut Ui, label: &str, value: &str, from: &str) {
        if !(self.wants(value) || self.wants(label) || self.wants(from)) {
            return;
        }
        self.due_head_ui(ui);
        self.row_ui(ui, label, |pen, ui| {
            let wording = pen.wording(value, look::size::BODY, pen.theme.ink);
            pen.lettering.value_ui(ui, &wording);
            if !from.is_empty() {
                pen.text_ui(ui, &parts_apart(from), look::size::SMALL, pen.theme.faint);
            }
        });
    }

    /// A text as wide as the panel.
    pub(super) fn text_ui(&mut self, ui: &mut Ui, text: &str, points: f32, ink: Rgb) -> Response {
        let wording = self.wording(text, points, ink);
        self.lettering.label_ui(ui, &wording)
    }

    /// A text of the story.
    pub(super) fn wording<'t>(&self, text: &'t str, points: f32, ink: Rgb) -> Wording<'t>
    where
        'a: 't,
    {
        Wording::new(text, points, ink).language(self.language)
    }

    fn row_ui(&mut self, ui: &mut Ui, label: &str, value: impl FnOnce(&mut Self, &mut Ui)) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let (rect, response) = ui.allocate_exact_size(vec2(LABELS, 18.0), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, label));
            let wording = Wording::new(label, look::size::BODY, self.theme.faint);
            self.lettering.set(ui, &wording, LABELS).paint(ui.painter(), rect.min);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                value(self, ui);
            });
        });
        ui.add_space(2.0);
    }
}

/// What stands below a value, in its column.
pub(super) fn indented_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(LABELS);
        contents(ui);
    });
}
