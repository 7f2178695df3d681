//! What stands in the reading view when there is no story: how to begin, what is being opened, what could not be opened.

use egui::{Align, Layout, Ui, vec2};

use crate::app::command::COMMANDS;
use crate::app::{Action, Command, Row, RowStatus, Session, Theme};
use crate::ui::lettering::{Lettering, Wording};
use crate::ui::{look, widgets};

/// Points across that a state's text may take.
const TEXT_WIDTH: f32 = 420.0;

/// No story is open.
pub fn empty_ui(ui: &mut Ui, theme: &Theme, session: &Session) -> Option<Action> {
    let mut action = None;
    let title = if !session.has_stories() { "Open an article to read it" } else { "Choose a story" };
    centred_ui(ui, |ui| {
        title_ui(ui, theme, title);
        ui.add_space(6.0);
        let lines = [
            "Open a file that you saved: a web page, pasted text, Markdown, a book, an e-mail, an archive.",
            "Drop files or a folder on this window.",
            "Or copy an article in the browser and paste it here.",
        ];
        for line in lines {
            ui.add(egui::Label::new(widgets::text(line, 14.0, theme.soft)).wrap());
        }
        ui.add_space(14.0);
        ui.horizontal_wrapped(|ui| {
            for (command, label) in [
                (Command::Open, "Open…"),
                (Command::Paste, "Paste text"),
                (Command::OpenSamples, "Open the sample stories"),
            ] {
                let shortcut = COMMANDS.iter().find(|row| row.command == command).and_then(|row| row.shortcut);
                let label = shortcut.map_or_else(|| label.to_owned(), |keys| format!("{label}  {keys}"));
                if widgets::field_button_ui(ui, theme, &label).clicked() {
                    action = Some(Action::Run(command));
                }
            }
        });
    });
    action
}

/// A story is being opened, or could not be.
pub fn pending_ui(ui: &mut Ui, theme: &Theme, row: &Row, lettering: &mut Lettering<'_>) -> Option<Action> {
    let mut action = None;
    centred_ui(ui, |ui| match &row.status {
        RowStatus::Failed(error) => {
            story_title_ui(ui, theme, &row.summary.title, lettering);
            ui.add_space(6.0);
            lettering.label_ui(ui, &Wording::new(&error.message, 14.0, theme.ink));
            if let Some(path) = row.origin.path() {
                let path = path.display().to_string();
                lettering.label_ui(ui, &Wording::new(&path, look::size::NOTE, theme.faint));
            }
            ui.add_space(14.0);
            ui.horizontal_wrapped(|ui| {
                let can_show = row.origin.path().is_some_and(std::path::Path::exists);
                for (command, label) in [
                    (Command::Reload, "Try again"),
                    (Command::ShowInFolder, "Show in folder"),
                    (Command::CloseStory, "Close"),
                ] {
                    let offered = command != Command::ShowInFolder || can_show;
                    if offered && widgets::field_button_ui(ui, theme, label).clicked() {
                        action = Some(Action::Run(command));
                    }
                }
            });
        }
        RowStatus::Waiting | RowStatus::Loading | RowStatus::Ready(_) => {
            story_title_ui(ui, theme, &row.summary.title, lettering);
            ui.add_space(6.0);
            let label = ui.label(widgets::text("Opening…", 14.0, theme.soft));
            widgets::announce(ui, &label, "Opening…", false);
        }
    });
    action
}

fn title_ui(ui: &mut Ui, theme: &Theme, title: &str) {
    let text = egui::RichText::new(title).font(look::semibold(20.0)).color(look::color(theme.ink));
    let response = ui.add(egui::Label::new(text).wrap());
    widgets::mark_heading(ui, &response, 1, title);
}

fn story_title_ui(ui: &mut Ui, theme: &Theme, title: &str, lettering: &mut Lettering<'_>) {
    let response = lettering.label_ui(ui, &Wording::new(title, 20.0, theme.ink).semibold(true));
    widgets::mark_heading(ui, &response, 1, title);
}

fn centred_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let rect = ui.available_rect_before_wrap();
    let width = TEXT_WIDTH.min(rect.width() - 48.0).max(120.0);
    let top = rect.top() + (rect.height() * 0.26).min(220.0);
    let place =
        egui::Rect::from_min_size(egui::pos2(rect.center().x - width / 2.0, top), vec2(width, rect.bottom() - top));
    let builder = egui::UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min));
    contents(&mut ui.new_child(builder));
}
