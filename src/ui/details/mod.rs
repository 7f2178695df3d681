//! What is known about the story that is read. Computes nothing.
//!
//! - `section`: a section that folds
//! - `story`: what the source states; `values`: how a value is shown
//! - `correct`: values put in place of what was read
//! - `coverage`: what was left out
//! - `facts`: what the rules say: voices, links, contacts, shape; `heights`: how high its rows are
//! - `highlights`: what was marked in the service that the story comes from
//! - `elsewhere`: other tellings of the story in the library
//! - `library`: tags, note, versions
//! - `file`: the file

mod correct;
mod coverage;
mod elsewhere;
mod facts;
mod file;
mod heights;
mod highlights;
mod library;
mod section;
mod story;
mod values;

use egui::{ScrollArea, Ui, vec2};

use self::correct::Correcting;
use self::coverage::CoverageSection;
use self::facts::{FactSections, Pointed};
use self::values::Pen;
use super::lettering::Lettering;
use super::{look, widgets};
use crate::app::{Action, Session};
use crate::document::TextRange;

/// The panel's own state.
#[derive(Default)]
pub struct Details {
    note: library::Note,
    facts: FactSections,
    correcting: Correcting,
    coverage: CoverageSection,
    typed: String,
}

impl Details {
    /// Draws the panel; `pointed` is the offset of the flat text under the pointer. Gives, beside what is to be done, the words
    /// of the row under the pointer.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        pointed: Option<usize>,
        lettering: &mut Lettering<'_>,
    ) -> (Vec<Action>, Option<TextRange>) {
        let mut actions = Vec::new();
        let theme = session.theme();
        let mut pointed = Pointed { offset: pointed, range: None };
        if session.selected_row().is_some() {
            egui::Frame::new().inner_margin(egui::Margin { left: 18, right: 18, top: 10, bottom: 4 }).show(ui, |ui| {
                let field = widgets::line_field(&mut self.typed).hint_text("Find in the details");
                let field = ui.add(field.desired_width(f32::INFINITY).min_size(vec2(0.0, 26.0)));
                ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Find in the details"));
                if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                    self.typed.clear();
                }
            });
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin { left: 18, right: 18, top: 4, bottom: 24 }).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
                let Some(row) = session.selected_row() else {
                    ui.label(widgets::text("Details of the story appear here.", look::size::BODY, theme.faint));
                    return;
                };
                let language = row.story().and_then(|story| story.article.metadata.language.value());
                let searched = crate::text::fold(self.typed.trim());
                let language = language.map(String::as_str);
                let pen = &mut Pen { theme, language, lettering, searched, has_begun: false, head_due: None };
                if let Some(story) = row.story() {
                    if section::head_ui(ui, pen, session, "Story", &mut actions) {
                        let kept = row.kept.as_ref();
                        match kept.filter(|kept| self.correcting.is_on(Some(kept)) && !pen.is_searching()) {
                            Some(kept) => self.correcting.ui(ui, pen, story, kept, &mut actions),
                            None => story::ui(ui, pen, session, story, kept, &mut actions),
                        }
                        if let Some(kept) = kept.filter(|_| session.catalogue.can_change() && !pen.is_searching()) {
                            self.correcting.toggle_ui(ui, pen, kept);
                        }
                    }
                    if !pen.is_searching() {
                        self.coverage.ui(ui, pen, session, story, &mut actions);
                        highlights::ui(ui, pen, session, story, &mut actions);
                        elsewhere::ui(ui, pen, session, &mut actions);
                    }
                    self.facts.ui(ui, pen, session, &mut pointed, &mut actions);
                }
                if let Some(kept) = row.kept.as_ref().filter(|_| !pen.is_searching()) {
                    self.note.ui(ui, pen, session, kept, &mut actions);
                }
                if section::head_ui(ui, pen, session, "File", &mut actions) {
                    file::ui(ui, pen, row, &mut actions);
                }
            });
        });
        (actions, pointed.range)
    }
}
