//! The help sheet: every command with its keys as they are now, and the keys that are no command's.

use egui::{Id, Key, Modal, ScrollArea, Ui, vec2};

use super::{look, widgets};
use crate::app::command::{COMMANDS, PAGE_KEYS};
use crate::app::{Menu, Session, Theme};

/// Points across of a column.
const COLUMN: f32 = 300.0;
/// Points between columns.
const GUTTER: f32 = 36.0;

/// Draws the sheet while it is open; answers whether the shortcuts are to be changed.
pub fn ui(ui: &Ui, session: &Session, open: &mut bool) -> bool {
    if !*open {
        return false;
    }
    let theme = session.theme();
    let mut is_changed = false;
    let mut is_closed = false;
    let window = ui.ctx().content_rect();
    let columns: u8 = if window.width() >= 2.0 * COLUMN + GUTTER + 90.0 { 2 } else { 1 };
    let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(20));
    let modal = Modal::new(Id::unique("help")).frame(frame).show(ui.ctx(), |ui| {
        let count = f32::from(columns);
        let width = count * COLUMN + (count - 1.0) * GUTTER;
        let width = width.min(window.width() - 70.0);
        ui.set_width(width);
        let title = egui::RichText::new("Keyboard shortcuts").font(look::semibold(16.0)).color(look::color(theme.ink));
        let heading = ui.label(title);
        widgets::mark_heading(ui, &heading, 1, "Keyboard shortcuts");
        ui.add_space(4.0);
        let height = (window.height() - 190.0).max(120.0);
        // Sheets of this kind are read by paging.
        let step = ui.input(|input| {
            let pressed = |key| f32::from(input.key_pressed(key));
            (pressed(Key::PageDown) - pressed(Key::PageUp)) * (height - 40.0)
                + (pressed(Key::ArrowDown) - pressed(Key::ArrowUp)) * 40.0
        });
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            if step != 0.0 {
                ui.scroll_with_delta(vec2(0.0, -step));
            }
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GUTTER;
                let menus = Menu::ALL;
                let half = if columns == 1 { menus.len() } else { 3 };
                let (first, second) = menus.split_at_checked(half).unwrap_or((&menus, &[]));
                let column = ((width - 14.0 - if columns == 2 { GUTTER } else { 0.0 }) / f32::from(columns)).max(80.0);
                for (number, menus) in [first, second].into_iter().enumerate().filter(|(_, menus)| !menus.is_empty()) {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing = vec2(8.0, 3.0);
                        ui.set_width(column);
                        for menu in menus {
                            menu_ui(ui, theme, session, *menu);
                        }
                        if number + 1 == usize::from(columns) {
                            page_keys_ui(ui, theme);
                        }
                    });
                }
            });
        });
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let close = widgets::field_button_ui(ui, theme, "Close");
            if ui.memory(egui::Memory::focused).is_none() {
                close.request_focus();
            }
            is_closed = close.clicked();
            is_changed = widgets::field_button_ui(ui, theme, "Change shortcuts").clicked();
        });
    });
    if is_closed || is_changed || modal.should_close() {
        *open = false;
    }
    is_changed
}

fn menu_ui(ui: &mut Ui, theme: &Theme, session: &Session, menu: Menu) {
    widgets::section_head_ui(ui, theme, menu.name());
    for row in COMMANDS.iter().filter(|row| row.menu == menu) {
        let keys: Vec<String> = session.keymap().of(row.command).map(|keys| keys.to_string()).collect();
        if !keys.is_empty() {
            line_ui(ui, theme, row.name.trim_end_matches('…'), &keys.join(", "));
        }
    }
    ui.add_space(12.0);
}

fn page_keys_ui(ui: &mut Ui, theme: &Theme) {
    widgets::section_head_ui(ui, theme, "On the page");
    for (keys, what) in PAGE_KEYS {
        line_ui(ui, theme, what, keys);
    }
    ui.add_space(12.0);
}

fn line_ui(ui: &mut Ui, theme: &Theme, what: &str, keys: &str) {
    ui.horizontal(|ui| {
        let keys_text = widgets::text(keys, look::size::NOTE, theme.ink);
        let width = ui.available_width();
        let galley = egui::WidgetText::from(keys_text.clone()).into_galley(
            ui,
            Some(egui::TextWrapMode::Extend),
            width,
            egui::TextStyle::Body,
        );
        let room = (width - galley.size().x - 12.0).max(60.0);
        ui.allocate_ui_with_layout(vec2(room, 20.0), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_size(vec2(room, 20.0));
            ui.set_max_width(room);
            ui.add(egui::Label::new(widgets::text(what, look::size::BODY, theme.soft)).truncate());
        });
        ui.label(keys_text);
    });
}
