//! What is done with several stories at once, below the list. Decides nothing.

use egui::Ui;

use crate::app::action::Pick;
use crate::app::{Action, Command, Session};
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// Draws the strip.
pub(super) fn ui(ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
    let theme = session.theme();
    widgets::hairline_ui(ui, theme);
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        let count = session.catalogue.picked.len();
        let text = format!("{} picked", super::head::with_separators(count));
        let label = ui.label(widgets::text(&text, look::size::NOTE, theme.soft));
        widgets::announce(ui, &label, &text, false);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(10.0);
            ui.spacing_mut().item_spacing.x = 2.0;
            if widgets::icon_button_ui(ui, theme, icons::CLOSE, "Pick none", false).clicked() {
                actions.push(Action::Pick(Pick::Nothing));
            }
            for (icon, name, command) in [
                (icons::TRASH, "Delete what is picked", Command::Delete),
                (icons::ARCHIVE, "Archive what is picked", Command::Archive),
                (icons::TAG, "Tag what is picked", Command::EditTags),
                (icons::CHECK, "Mark what is picked as read", Command::MarkRead),
            ] {
                ui.add_enabled_ui(session.can_run(command), |ui| {
                    if widgets::icon_button_ui(ui, theme, icon, name, false).clicked() {
                        actions.push(Action::Run(command));
                    }
                });
            }
        });
    });
    ui.add_space(4.0);
}
