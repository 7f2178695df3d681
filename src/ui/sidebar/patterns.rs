//! What is left out of a folder of the library, said in a small window. Reads no folder.

use egui::{Id, Modal, TextEdit, Ui};

use crate::app::{Action, Folder, Session};
use crate::ui::{look, widgets};

/// The patterns that are being typed.
#[derive(Default)]
pub(super) struct Patterns {
    text: String,
    is_open: bool,
}

impl Patterns {
    /// Draws the window in which is said what is left out of a folder.
    pub(super) fn ui(&mut self, ui: &Ui, session: &Session) -> Option<Action> {
        let Some(folder) = &session.catalogue.leaving_out else {
            *self = Self::default();
            return None;
        };
        let theme = session.theme();
        if !std::mem::replace(&mut self.is_open, true) {
            self.text = folder.ignored.join("\n");
        }
        let mut action = None;
        let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(look::PANEL_MARGIN));
        let modal = Modal::new(Id::unique("leave out")).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(380.0_f32.min(ui.ctx().content_rect().width() - 60.0));
            let title = "Files that are left out";
            let text = egui::RichText::new(title).font(look::semibold(16.0)).color(look::color(theme.ink));
            let heading = ui.label(text);
            widgets::mark_heading(ui, &heading, 1, title);
            let hint =
                "One pattern a line, such as *.draft.md or notes/old. Stories that are in the library already stay.";
            ui.add(egui::Label::new(widgets::text(hint, look::size::NOTE, theme.soft)).wrap());
            let field = ui.add(TextEdit::multiline(&mut self.text).desired_rows(4).desired_width(f32::INFINITY));
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Patterns"));
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                if widgets::field_button_ui(ui, theme, "Leave out").clicked() {
                    let lines = self.text.lines().map(str::trim).filter(|line| !line.is_empty());
                    let ignored = lines.map(str::to_owned).collect();
                    action = Some(Action::SetFolder(Folder { path: folder.path.clone(), ignored }));
                }
                if widgets::field_button_ui(ui, theme, "Cancel").clicked() {
                    action = Some(Action::LeaveOut(None));
                }
            });
        });
        if action.is_none() && modal.should_close() {
            action = Some(Action::LeaveOut(None));
        }
        action
    }
}
