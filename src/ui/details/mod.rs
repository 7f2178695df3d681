//! What is known about the story that is read. Computes nothing.
//!
//! - `story`: what the source states; `values`: how a value is shown
//! - `coverage`: what was left out
//! - `highlights`: what was marked in the service that the story comes from
//! - `contacts`: what the page would have fetched
//! - `elsewhere`: other tellings of the story in the library
//! - `library`: tags, note, versions
//! - `file`: the file

mod contacts;
mod coverage;
mod elsewhere;
mod file;
mod highlights;
mod library;
mod story;
mod values;

use egui::{ScrollArea, Ui, vec2};

use self::values::Pen;
use super::lettering::Lettering;
use super::{look, widgets};
use crate::app::{Action, Session};

/// The panel's own state.
#[derive(Default)]
pub struct Details {
    note: library::Note,
}

impl Details {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>) -> Vec<Action> {
        let mut actions = Vec::new();
        let theme = session.theme();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin { left: 18, right: 18, top: 14, bottom: 24 }).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
                let Some(row) = session.selected_row() else {
                    ui.label(widgets::text("Details of the story appear here.", look::size::BODY, theme.faint));
                    return;
                };
                let language = row.story().and_then(|story| story.article.metadata.language.value());
                let pen = &mut Pen { theme, language: language.map(String::as_str), lettering };
                if let Some(story) = row.story() {
                    story::ui(ui, pen, story, &mut actions);
                    coverage::ui(ui, pen, session, story, &mut actions);
                    highlights::ui(ui, pen, story, &mut actions);
                    contacts::ui(ui, pen, story);
                }
                elsewhere::ui(ui, pen, session, &mut actions);
                if let Some(kept) = &row.kept {
                    self.note.ui(ui, pen, session, kept, &mut actions);
                }
                file::ui(ui, pen, row, &mut actions);
            });
        });
        actions
    }
}
