//! Every command's keys, to be given anew: a key press is taken down, and what it belonged to until then is told.

use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

use super::Parts;
use crate::app::command::{COMMANDS, CommandRow};
use crate::app::{Command, Menu, Settings, Shortcut};
use crate::typeset::icons;
use crate::ui::{keys, look, widgets};

/// Points across of a command's keys.
const KEYS: f32 = 118.0;

/// What is being typed and taken down.
#[derive(Default)]
pub(super) struct Shortcuts {
    typed: String,
    recording: Option<Command>,
    /// What cannot be given, and why.
    refused: Option<(Command, String)>,
}

impl Shortcuts {
    pub(super) fn is_recording(&self) -> bool {
        self.recording.is_some()
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, parts: &Parts<'_, '_>, new: &mut Settings) {
        let theme = parts.theme;
        ui.add_space(8.0);
        let field = widgets::line_field(&mut self.typed).hint_text("Find a command").desired_width(f32::INFINITY);
        let response = ui.add(field.min_size(vec2(0.0, 28.0)));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find a command"));
        self.record(ui, parts, new);
        let typed = crate::text::fold(self.typed.trim());
        let keymap = parts.session.keymap();
        let holds = |row: &CommandRow| {
            let keys: Vec<String> = keymap.of(row.command).map(|keys| keys.to_string()).collect();
            crate::text::fold(&format!("{} {}", row.name, keys.join(" "))).contains(&typed)
        };
        for menu in Menu::ALL {
            let rows: Vec<&CommandRow> = COMMANDS.iter().filter(|row| row.menu == menu && holds(row)).collect();
            if rows.is_empty() {
                continue;
            }
            ui.add_space(8.0);
            widgets::section_head_ui(ui, theme, menu.name());
            for row in rows {
                self.row_ui(ui, parts, new, row);
            }
        }
        if !new.shortcuts.is_empty() {
            ui.add_space(8.0);
            if widgets::field_button_ui(ui, theme, "Revert all shortcuts").clicked() {
                new.shortcuts.clear();
            }
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, parts: &Parts<'_, '_>, new: &mut Settings, row: &CommandRow) {
        let theme = parts.theme;
        let command = row.command;
        let keymap = parts.session.keymap();
        let id = command.id();
        ui.push_id(&id, |ui| {
            ui.horizontal(|ui| {
                let width = (ui.available_width() - KEYS - 62.0).max(60.0);
                ui.allocate_ui_with_layout(vec2(width, 26.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.set_min_size(vec2(width, 26.0));
                    ui.add(egui::Label::new(widgets::text(row.name, look::size::BODY, theme.ink)).truncate());
                });
                let keys: Vec<String> = keymap.of(command).map(|keys| keys.to_string()).collect();
                self.keys_ui(ui, parts, command, row.name, &keys.join(", "));
                if command.has_fixed_shortcut() {
                    return;
                }
                let name = row.name.trim_end_matches('…');
                if new.shortcuts.contains_key(&id) {
                    let label = format!("Revert the shortcut of {name}");
                    if widgets::small_icon_button_ui(ui, theme, icons::RESET, &label).clicked() {
                        new.shortcuts.remove(&id);
                    }
                }
                if !keys.is_empty() {
                    let label = format!("Take away the shortcut of {name}");
                    if widgets::small_icon_button_ui(ui, theme, icons::CLOSE, &label).clicked() {
                        new.shortcuts.insert(id.clone(), Vec::new());
                    }
                }
            });
            let mut note = |text: String, ink| {
                let label = ui.add(egui::Label::new(widgets::text(&text, look::size::NOTE, ink)).wrap());
                widgets::announce(ui, &label, &text, false);
            };
            if let Some((_, why)) = self.refused.as_ref().filter(|(of, _)| *of == command) {
                note(why.clone(), theme.error);
            }
            for (shortcut, by) in keymap.lost_by(command) {
                let by = by.row().map_or("another command", |row| row.name.trim_end_matches('…'));
                note(format!("{shortcut} belongs to “{by}” now"), theme.soft);
            }
        });
    }

    fn keys_ui(&mut self, ui: &mut Ui, parts: &Parts<'_, '_>, command: Command, name: &str, keys: &str) {
        let theme = parts.theme;
        let is_recording = self.recording == Some(command);
        let is_fixed = command.has_fixed_shortcut();
        let sense = if is_fixed { Sense::hover() } else { Sense::click() };
        let (rect, response) = ui.allocate_exact_size(vec2(KEYS, 26.0), sense);
        let shown = if is_recording {
            "Press keys…"
        } else if keys.is_empty() {
            "none"
        } else {
            keys
        };
        let label = format!("Shortcut of {}: {shown}", name.trim_end_matches('…'));
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, !is_fixed, &label));
        if !is_fixed {
            let fill = if response.hovered() { theme.hover } else { theme.field };
            ui.painter().rect_filled(rect, 6.0, look::color(fill));
            let edge = if is_recording { theme.accent } else { theme.line };
            let stroke = egui::Stroke::new(1.0, look::color(edge));
            ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
        }
        let ink = look::color(if keys.is_empty() && !is_recording { theme.faint } else { theme.ink });
        let galley = ui.painter().layout_no_wrap(shown.to_owned(), look::sans(look::size::NOTE), ink);
        let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().with_clip_rect(rect).galley(at, galley, ink);
        widgets::focus_ring(ui, &response, theme);
        if response.clicked() {
            self.recording = Some(command);
            self.refused = None;
        } else if is_recording && (response.clicked_elsewhere() || response.lost_focus()) {
            self.recording = None;
        }
    }

    /// Takes down what is pressed for the command that waits for it.
    fn record(&mut self, ui: &Ui, parts: &Parts<'_, '_>, new: &mut Settings) {
        let Some(command) = self.recording else { return };
        let Some(shortcut) = keys::pressed_shortcut(ui.ctx()) else { return };
        self.recording = None;
        let Shortcut { command: ctrl, alt, shift, key } = shortcut;
        if key == crate::app::shortcut::Key::Named("Escape") && !(ctrl || alt || shift) {
            return;
        }
        if shortcut.is_reserved() {
            let why = format!("{shortcut} moves about, or belongs to the clipboard, and stays so");
            self.refused = Some((command, why));
            return;
        }
        let fixed = parts.session.keymap().command(shortcut).filter(|command| command.has_fixed_shortcut());
        if fixed.is_some() {
            self.refused = Some((command, format!("{shortcut} is the system’s own")));
            return;
        }
        let text = shortcut.to_text();
        let before = new.shortcuts.clone();
        // Of the person's own, one command has it at a time.
        for shortcuts in new.shortcuts.values_mut() {
            shortcuts.retain(|of_other| *of_other != text);
        }
        new.shortcuts.retain(|id, shortcuts| !shortcuts.is_empty() || before.get(id).is_some_and(Vec::is_empty));
        if command.default_shortcuts().next() == Some(shortcut) {
            new.shortcuts.remove(&command.id());
        } else {
            new.shortcuts.insert(command.id(), vec![text]);
        }
    }
}
