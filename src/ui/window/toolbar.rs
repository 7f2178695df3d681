//! The bar above the page, what opens from it, and the way out of focus mode.

use egui::{Key, Popup, Ui, vec2};

use super::{TOOLBAR, Window};
use crate::app::{Action, Command, Theme};
use crate::typeset::icons;
use crate::ui::lettering::Lettering;
use crate::ui::{contents, settings, widgets};

impl Window {
    /// The way out of focus mode, shown while the pointer is near the window's upper edge.
    pub(super) fn leave_focus_mode_ui(&self, ui: &mut Ui, theme: &Theme) -> Option<Action> {
        let screen = ui.ctx().content_rect();
        let escape = self.session.reading.selection.is_none()
            && ui.memory(|memory| memory.focused().is_none())
            && ui.input(|input| input.key_pressed(Key::Escape));
        if escape {
            return Some(Action::Run(Command::FocusMode));
        }
        let near = ui.input(|input| input.pointer.hover_pos()).is_some_and(|at| at.y < screen.top() + TOOLBAR * 1.5);
        let place = egui::Rect::from_min_size(
            egui::pos2(screen.right() - 48.0, screen.top() + 8.0),
            vec2(TOOLBAR - 8.0, TOOLBAR - 8.0),
        );
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
        child.set_opacity(if near { 1.0 } else { 0.0 });
        let button = widgets::icon_button_ui(&mut child, theme, icons::SHRINK, "Leave focus mode", false);
        button.clicked().then_some(Action::Run(Command::FocusMode))
    }

    /// The list of headings, below its button.
    fn contents_ui(&mut self, button: &egui::Response) -> Option<Action> {
        if !self.hands.contents_open {
            self.contents_followed = false;
            return None;
        }
        if !self.session.can_run(Command::Contents) {
            self.hands.contents_open = false;
            return None;
        }
        let follow = !std::mem::replace(&mut self.contents_followed, true);
        let session = &self.session;
        let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
        let height = (button.ctx.content_rect().height() - 140.0).clamp(120.0, 520.0);
        let shown = Popup::from_response(button)
            .id(egui::Id::unique("contents"))
            .open(true)
            .close_behavior(egui::PopupCloseBehavior::IgnoreClicks)
            .align(egui::RectAlign::BOTTOM_START)
            .show(|ui| {
                ui.set_width(320.0_f32.min(ui.ctx().content_rect().width() - 40.0));
                contents::ui(ui, session, height, follow, &mut lettering)
            })?;
        let outside = shown.response.clicked_elsewhere() && !button.clicked();
        let escape = button.ctx.input(|input| input.key_pressed(Key::Escape));
        if escape || outside || shown.inner.is_some() {
            self.hands.contents_open = false;
        }
        shown.inner
    }

    pub(super) fn toolbar_ui(&mut self, ui: &mut Ui, theme: &Theme) -> Vec<Action> {
        let mut actions = Vec::new();
        ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
        ui.horizontal_centered(|ui| {
            ui.add_space(10.0);
            let open = self.session.state.sidebar.open;
            if widgets::icon_button_ui(ui, theme, icons::PANEL_LEFT, "Stories", open).clicked() {
                actions.push(Action::Run(Command::ToggleSidebar));
            }
            if self.session.can_run(Command::Contents) {
                let open = self.hands.contents_open;
                let button = widgets::icon_button_ui(ui, theme, icons::LIST, "Contents", open);
                if button.clicked() {
                    actions.push(Action::Run(Command::Contents));
                }
                actions.extend(self.contents_ui(&button));
            }
            for (command, icon) in [(Command::Back, icons::ARROW_LEFT), (Command::Forward, icons::ARROW_RIGHT)] {
                let can = self.session.can_run(command);
                let other = if command == Command::Back { Command::Forward } else { Command::Back };
                if !can && !self.session.can_run(other) {
                    continue;
                }
                let name = command.row().map_or("", |row| row.name);
                let button = ui.add_enabled_ui(can, |ui| widgets::icon_button_ui(ui, theme, icon, name, false)).inner;
                if button.clicked() {
                    actions.push(Action::Run(command));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(10.0);
                let open = self.session.state.details.open;
                if widgets::icon_button_ui(ui, theme, icons::PANEL_RIGHT, "Details", open).clicked() {
                    actions.push(Action::Run(Command::ToggleDetails));
                }
                if widgets::icon_button_ui(ui, theme, icons::MAXIMIZE, "Full screen", false).clicked() {
                    actions.push(Action::Run(Command::FullScreen));
                }
                let open = self.hands.settings_open;
                if widgets::icon_button_ui(ui, theme, icons::TEXT_SIZE, "Settings", open).clicked() {
                    actions.push(Action::Run(Command::Settings));
                }
            });
        });
        actions
    }

    /// The sheet of settings, beside the page.
    pub(super) fn settings_ui(&mut self, ui: &mut Ui, frame: egui::Frame) -> Vec<Action> {
        let families = self.families.get_or_insert_with(|| self.reader.typesetter().fonts().families());
        let width = settings::WIDTH.min(ui.available_width() * 0.6);
        let shown = egui::Panel::right("settings").frame(frame).resizable(false).exact_size(width).show(ui, |ui| {
            let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
            self.settings.ui(ui, &self.session, families, &mut lettering)
        });
        shown.inner
    }
}
