//! What the library has of the story: its tags, what was written about it, its versions, where its file was seen. The
//! note's text is kept here while it is being typed.

use egui::{TextEdit, Ui, vec2};

use super::section;
use super::values::{Pen, indented_ui};
use crate::app::head::duration;
use crate::app::story::KeptRow;
use crate::app::{Action, Command, Key, ReadState, Session, Shelf};
use crate::ui::{look, widgets};

/// The note that is being typed.
#[derive(Default)]
pub(super) struct Note {
    of: Option<Key>,
    text: String,
    /// What the library had when typing began, or when it was written last.
    kept: String,
}

impl Note {
    /// Draws the section.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen<'_, '_>,
        session: &Session,
        kept: &KeptRow,
        actions: &mut Vec<Action>,
    ) {
        let theme = pen.theme;
        if !section::head_ui(ui, pen, session, "Library", actions) {
            return;
        }
        let state = match (kept.status.shelf, kept.status.read) {
            (Shelf::Archive, ReadState::Finished) => "archived, finished",
            (Shelf::Archive, _) => "archived",
            (Shelf::Deleted, _) => "deleted",
            (Shelf::Superseded, _) => "an earlier version",
            (Shelf::Inbox, ReadState::Unread) => "unread",
            (Shelf::Inbox, ReadState::InProgress) => "in progress",
            (Shelf::Inbox, ReadState::Finished) => "finished",
        };
        pen.value_ui(ui, "State", state, "");
        if let Some(added) = kept.added_ms.map(day).filter(|day| !day.is_empty()) {
            let read = kept.file_read_ms.map(day).filter(|read| !read.is_empty() && *read != added);
            let from = read.map(|read| format!("its file was last read {read}")).unwrap_or_default();
            pen.value_ui(ui, "Added", &added, &from);
        }
        if kept.seconds >= 60 {
            let words = duration(usize::try_from(kept.seconds / 60).unwrap_or(usize::MAX));
            pen.value_ui(ui, "Read for", &words, "before it was opened now");
        }
        if !kept.status.tags.is_empty() {
            pen.value_ui(ui, "Tags", &kept.status.tags.join(", "), "");
        }
        if session.can_run(Command::EditTags)
            && widgets::link_button_ui(ui, theme, "Edit tags", look::size::SMALL).clicked()
        {
            actions.push(Action::Run(Command::EditTags));
        }
        self.note_ui(ui, session, kept, actions);
        versions_ui(ui, pen, kept, actions);
    }

    fn note_ui(&mut self, ui: &mut Ui, session: &Session, kept: &KeptRow, actions: &mut Vec<Action>) {
        if self.of != Some(kept.key) || self.kept != kept.status.note {
            // What was typed and not yet written goes first.
            let is_typing = self.of == Some(kept.key) && self.text != self.kept;
            self.kept.clone_from(&kept.status.note);
            if !is_typing {
                self.text.clone_from(&kept.status.note);
            }
            self.of = Some(kept.key);
        }
        let rows = if self.text.is_empty() { 1 } else { 2 };
        let edit = TextEdit::multiline(&mut self.text)
            .hint_text(widgets::text("Write a note…", look::size::BODY, session.theme().faint))
            .desired_width(f32::INFINITY)
            .desired_rows(rows)
            .min_size(vec2(0.0, 28.0));
        ui.add_space(4.0);
        let response = ui.add_enabled(session.catalogue.can_change(), edit);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Note"));
        if response.lost_focus() && self.text != self.kept {
            self.kept.clone_from(&self.text);
            actions.push(Action::WriteNote(self.text.clone()));
        }
    }
}

fn versions_ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, kept: &KeptRow, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    if kept.versions.is_empty() {
        return;
    }
    ui.add_space(6.0);
    let count = match kept.versions.len() {
        1 => "1 other version of this file’s text".to_owned(),
        many => format!("{many} other versions of this file’s text"),
    };
    pen.text_ui(ui, &count, look::size::BODY, theme.ink);
    for version in &kept.versions {
        let words = crate::text::with_separators(version.words);
        let label = format!("{} words, kept {}", words, day(version.added_ms));
        indented_ui(ui, |ui| {
            pen.text_ui(ui, &label, look::size::NOTE, theme.soft);
            ui.horizontal(|ui| {
                if widgets::link_button_ui(ui, theme, "Read", look::size::SMALL).clicked() {
                    actions.push(Action::SelectKept(version.key));
                }
                if widgets::link_button_ui(ui, theme, "Show differences", look::size::SMALL).clicked() {
                    actions.push(Action::CompareWith(version.key));
                }
            });
        });
    }
}

/// The day of a moment, in the zone of this machine.
fn day(ms: i64) -> String {
    let Ok(moment) = jiff::Timestamp::from_millisecond(ms) else { return String::new() };
    let date = jiff::tz::TimeZone::system().to_datetime(moment).date();
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    crate::document::StatedDate::day(date.year(), month, day)
        .map(crate::document::StatedDate::to_prose)
        .unwrap_or_default()
}
