//! The menu bar: every command with its shortcut, from the table of commands, and the files that were opened last. A command
//! that cannot be chosen is grey.

use egui::containers::menu::SubMenuButton;
use egui::{Atoms, Button, ScrollArea, Ui};

use super::lettering::{Lettering, Wording};
use super::look;
use super::widgets;
use crate::app::command::{COMMANDS, CommandRow};
use crate::app::{Action, Command, Menu, Session};
use crate::text::Direction;

/// Points across of a menu.
const WIDTH: f32 = 264.0;
/// Points across of the menu of recent files, whose names are longer than commands'.
const RECENT_WIDTH: f32 = 340.0;
/// Points down of a menu's line.
const LINE: f32 = 26.0;

/// The menu bar's own state.
#[derive(Default)]
pub struct MenuBar {
    /// Whether the recent files were in sight in the last frame.
    shows_recent: bool,
}

impl MenuBar {
    /// Draws the bar.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>) -> Option<Action> {
        let mut chosen = None;
        let mut shows_recent = false;
        let theme = session.theme();
        egui::MenuBar::new().ui(ui, |ui| {
            for menu in Menu::ALL {
                ui.menu_button(widgets::text(menu.name(), look::size::NOTE, theme.soft), |ui| {
                    ui.set_width(WIDTH);
                    for row in COMMANDS.iter().filter(|row| row.menu == menu) {
                        if row.begins_group {
                            widgets::hairline_ui(ui, theme);
                        }
                        if row.command == Command::ClearRecent {
                            shows_recent |= recent_ui(ui, session, lettering, &mut chosen);
                        } else {
                            command_ui(ui, session, row, row.name, WIDTH, &mut chosen);
                        }
                    }
                });
            }
        });
        // Which files are gone is looked for when the list comes into sight, on a worker.
        if shows_recent && !std::mem::replace(&mut self.shows_recent, shows_recent) && chosen.is_none() {
            return Some(Action::RecentShown);
        }
        self.shows_recent = shows_recent;
        if let Some(Action::Run(Command::Paste)) = chosen {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            return None;
        }
        chosen
    }
}

fn command_ui(ui: &mut Ui, session: &Session, row: &CommandRow, name: &str, width: f32, chosen: &mut Option<Action>) {
    // A shortcut without letters would be told as a space.
    let keys = session.keymap().first(row.command).map(|keys| Atoms::new(keys.to_string())).unwrap_or_default();
    let mark = if session.is_on(row.command) == Some(true) { "✓ " } else { "" };
    let button = Button::new(format!("{mark}{name}")).shortcut_text(keys).min_size(egui::vec2(width, LINE));
    if ui.add_enabled(session.can_run(row.command), button).clicked() {
        *chosen = Some(Action::Run(row.command));
        ui.close();
    }
}

/// The menu of the files that were opened last, and whether it is open; grey where there are none.
fn recent_ui(ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>, chosen: &mut Option<Action>) -> bool {
    let theme = session.theme();
    let recent = &session.state.recent;
    let mut is_open = false;
    let button = Button::new("Open recent")
        .right_text(SubMenuButton::arrow_atom(Some(look::color(theme.soft))))
        .min_size(egui::vec2(WIDTH, LINE));
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        SubMenuButton::from_button(button).ui(ui, |ui| {
            is_open = true;
            ui.set_width(RECENT_WIDTH);
            let height = (ui.ctx().content_rect().height() - 160.0).max(LINE * 3.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                ui.set_width(RECENT_WIDTH);
                for (path, name) in recent.paths().iter().zip(recent.names()) {
                    let is_there = !session.missing_recent.contains(path);
                    let name = if is_there { name } else { format!("{name} (not found)") };
                    // All begin at one edge, as the commands do, whatever their letters.
                    let wording = Wording::new(&name, look::size::BODY, theme.soft).most_lines(1);
                    let wording = wording.direction(Direction::LeftToRight);
                    let response = ui.add_enabled_ui(is_there, |ui| {
                        let response = lettering.button_ui(ui, &name, &[wording], RECENT_WIDTH);
                        widgets::focus_ring(ui, &response, theme);
                        response
                    });
                    let response = response.inner.on_hover_text(path.display().to_string());
                    let response = response.on_disabled_hover_text(format!("Not found: {}", path.display()));
                    if response.clicked() {
                        *chosen = Some(Action::Open(vec![path.clone()]));
                        ui.close();
                    }
                }
            });
            widgets::hairline_ui(ui, theme);
            if let Some(row) = Command::ClearRecent.row() {
                command_ui(ui, session, row, "Clear list", RECENT_WIDTH, chosen);
            }
        });
    });
    is_open
}
