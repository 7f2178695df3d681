//! The file that a story was read from. Touches none.

use egui::Ui;

use super::values::{Pen, indented_ui};
use crate::app::saved_with::saved_with;
use crate::app::story::FileChange;
use crate::app::{Action, Command, Origin, Row};
use crate::ui::{look, widgets};

/// Draws the section.
pub(super) fn ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, row: &Row, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    let name = match &row.origin {
        Origin::Kept(_) => "Pasted text, kept by Recto".to_owned(),
        Origin::Sample(name) => format!("{name}, part of Recto"),
        other => other.name(),
    };
    pen.value_ui(ui, "Name", &name, "");
    if let Some(folder) = row.origin.path().and_then(std::path::Path::parent) {
        pen.value_ui(ui, "Folder", &folder.display().to_string(), "");
        if !pen.is_searching() {
            indented_ui(ui, |ui| {
                if widgets::link_button_ui(ui, theme, "Show in folder", look::size::SMALL).clicked() {
                    actions.push(Action::Run(Command::ShowInFolder));
                }
            });
        }
    }
    if let Some(story) = row.story() {
        let file = &story.file;
        let format =
            file.encoding.as_ref().map_or_else(|| file.format.clone(), |enc| format!("{}, {enc}", file.format));
        pen.value_ui(ui, "Format", &format, "");
        if let Some((name, from)) = saved_with(&story.article.metadata, &file.format) {
            pen.value_ui(ui, "Saved with", name, from);
        }
        pen.value_ui(ui, "Size", &size(file.size), "");
        pen.value_ui(ui, "SHA-256", file.source_id.as_str(), "");
        for warning in &file.warnings {
            if !pen.wants(warning) {
                continue;
            }
            pen.due_head_ui(ui);
            ui.add_space(4.0);
            pen.text_ui(ui, &warning.to_string(), look::size::NOTE, theme.soft);
        }
    }
    if let Some(change) = row.file_change {
        let text = match change {
            FileChange::Changed => "Changed on disk since it was read",
            FileChange::Missing => "No longer there; what is open stays readable",
        };
        pen.value_ui(ui, "State", text, "");
    }
}

fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
