//! Values put in place of what was read: a field for each, and what takes it back. Stores nothing; a change of the library does.

use egui::{Id, Ui, vec2};

use super::values::{Pen, indented_ui};
use crate::app::story::KeptRow;
use crate::app::{Action, Change, Key, Stated, Story};
use crate::document::Metadata;
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// Points across of a value's name.
const NAMES: f32 = 76.0;

/// What is being corrected.
#[derive(Default)]
pub(super) struct Correcting {
    /// The story that is corrected.
    of: Option<Key>,
    /// The field that is typed in, and what is typed.
    typed: Option<(Id, String)>,
}

impl Correcting {
    /// Whether the values of this story are being corrected.
    pub(super) fn is_on(&self, kept: Option<&KeptRow>) -> bool {
        self.of.is_some() && self.of == kept.map(|kept| kept.key)
    }

    /// Begins, or ends.
    pub(super) fn toggle_ui(&mut self, ui: &mut Ui, pen: &Pen<'_, '_>, kept: &KeptRow) {
        let is_on = self.is_on(Some(kept));
        let label = if is_on { "Done correcting" } else { "Correct values" };
        if widgets::link_button_ui(ui, pen.theme, label, look::size::SMALL).clicked() {
            self.of = (!is_on).then_some(kept.key);
        }
    }

    /// A field for each value that can be corrected.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen<'_, '_>,
        story: &Story,
        kept: &KeptRow,
        actions: &mut Vec<Action>,
    ) {
        let theme = pen.theme;
        for field in Stated::ALL {
            let read = as_read(&story.article.metadata, field);
            let corrected = kept.corrected(field);
            let shown = corrected.unwrap_or(&read);
            let name = name(field);
            ui.push_id(name, |ui| {
                ui.horizontal(|ui| {
                    ui.allocate_ui(vec2(NAMES, 24.0), |ui| {
                        ui.set_min_size(vec2(NAMES, 24.0));
                        ui.label(widgets::text(name, look::size::BODY, theme.faint));
                    });
                    let room = ui.available_width() - if corrected.is_some() { 30.0 } else { 0.0 };
                    if let Some(value) = self.field_ui(ui, room, name, hint(field), shown) {
                        actions.push(Action::ChangeStories(Change::Correct {
                            key: kept.key,
                            field,
                            value: Some(value),
                        }));
                    }
                    let label = format!("Take the correction of {} back", name.to_lowercase());
                    if corrected.is_some() && widgets::small_icon_button_ui(ui, theme, icons::RESET, &label).clicked() {
                        actions.push(Action::ChangeStories(Change::Correct { key: kept.key, field, value: None }));
                    }
                });
            });
            if corrected.is_some() && !read.is_empty() {
                indented_ui(ui, |ui| {
                    pen.text_ui(ui, &format!("read: {read}"), look::size::SMALL, theme.faint);
                });
            }
        }
    }

    /// A field whose text is taken when it is finished.
    fn field_ui(&mut self, ui: &mut Ui, width: f32, name: &str, hint: &str, shown: &str) -> Option<String> {
        let id = ui.make_persistent_id("correct");
        let of_this = self.typed.as_ref().is_some_and(|(of, _)| *of == id);
        let mut typed = match self.typed.take_if(|_| of_this) {
            Some((_, typed)) => typed,
            None => shown.to_owned(),
        };
        let field = widgets::line_field(&mut typed).id(id).hint_text(hint).desired_width(width);
        let response = ui.add(field.min_size(vec2(0.0, 24.0)));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("Correct {}", name.to_lowercase())));
        if response.has_focus() {
            self.typed = Some((id, typed));
            return None;
        }
        let is_left = response.lost_focus() && !ui.input(|input| input.key_pressed(egui::Key::Escape));
        (is_left && typed.trim() != shown).then(|| typed.trim().to_owned())
    }
}

/// What a value is called in the panel.
pub(super) fn name(field: Stated) -> &'static str {
    match field {
        Stated::Title => "Title",
        Stated::Site => "Source",
        Stated::Authors => "Author",
        Stated::Published => "Published",
        Stated::Modified => "Updated",
        Stated::Url => "Address",
        Stated::Language => "Language",
    }
}

fn hint(field: Stated) -> &'static str {
    match field {
        Stated::Authors => "Ann Lee; Bo Park",
        Stated::Published | Stated::Modified => "2026-03-14",
        Stated::Url => "https://",
        Stated::Language => "en",
        Stated::Title | Stated::Site => "not stated",
    }
}

/// A value as it was read, as a correction of it would be written.
fn as_read(metadata: &Metadata, field: Stated) -> String {
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    match field {
        Stated::Title => text(metadata.title.value()),
        Stated::Site => text(metadata.site.value()),
        Stated::Authors => metadata.authors.value().map(|authors| authors.join("; ")).unwrap_or_default(),
        Stated::Published => metadata.published.value().map(ToString::to_string).unwrap_or_default(),
        Stated::Modified => metadata.modified.value().map(ToString::to_string).unwrap_or_default(),
        Stated::Url => text(metadata.url.value()),
        Stated::Language => text(metadata.language.value()),
    }
}
