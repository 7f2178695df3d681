//! The menu bar: every command with its shortcut, from the table of commands. A command that cannot be chosen is grey.

use egui::{Button, MenuBar, Ui};

use super::look;
use super::widgets;
use crate::app::command::COMMANDS;
use crate::app::{Action, Command, Menu, Session};

/// Points across of a menu.
const WIDTH: f32 = 264.0;

/// Draws the bar.
pub fn ui(ui: &mut Ui, session: &Session) -> Option<Action> {
    let mut chosen = None;
    let theme = session.theme();
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(widgets::text(menu.name(), look::size::NOTE, theme.soft), |ui| {
                ui.set_width(WIDTH);
                for row in COMMANDS.iter().filter(|row| row.menu == menu) {
                    if row.begins_group {
                        widgets::hairline_ui(ui, theme);
                    }
                    let keys = session.keymap().first(row.command).map(|keys| keys.to_string()).unwrap_or_default();
                    let mark = if session.is_on(row.command) == Some(true) { "✓ " } else { "" };
                    let name = format!("{mark}{}", row.name);
                    let button = Button::new(name).shortcut_text(keys).min_size(egui::vec2(WIDTH, 26.0));
                    if ui.add_enabled(session.can_run(row.command), button).clicked() {
                        chosen = Some(row.command);
                        ui.close();
                    }
                }
            });
        }
    });
    let command = chosen?;
    if command == Command::Paste {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
        return None;
    }
    Some(Action::Run(command))
}
