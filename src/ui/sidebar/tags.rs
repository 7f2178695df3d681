//! The tags of one or many stories, edited in a small window: those they have, those there are, and new ones.

use egui::{Id, Key, Modal, Sense, TextEdit, Ui, vec2};

use crate::app::{Action, Session};
use crate::ui::lettering::{Lettering, Wording};
use crate::ui::{look, widgets};

/// Tags that are offered at once; typing narrows them.
const MOST_OFFERED: usize = 12;

/// What is being typed.
#[derive(Default)]
pub(super) struct TagEditor {
    typed: String,
    is_open: bool,
}

impl TagEditor {
    pub(super) fn ui(&mut self, ui: &Ui, session: &Session, lettering: &mut Lettering<'_>) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(keys) = &session.catalogue.tagging else {
            *self = Self::default();
            return actions;
        };
        let theme = session.theme();
        let is_new = !std::mem::replace(&mut self.is_open, true);
        let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(look::PANEL_MARGIN));
        let modal = Modal::new(Id::unique("tags")).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(320.0_f32.min(ui.ctx().content_rect().width() - 60.0));
            let title = match keys.len() {
                1 => "Tags of this story".to_owned(),
                many => format!("Tags of {} stories", super::head::with_separators(many)),
            };
            let text = egui::RichText::new(&title).font(look::semibold(16.0)).color(look::color(theme.ink));
            let heading = ui.label(text);
            widgets::mark_heading(ui, &heading, 1, &title);
            let field = ui.add(
                TextEdit::singleline(&mut self.typed)
                    .hint_text("Type a tag and press Enter")
                    .desired_width(f32::INFINITY)
                    .min_size(vec2(0.0, 30.0)),
            );
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("New tag"));
            if is_new {
                field.request_focus();
            }
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                if self.typed.trim().is_empty() {
                    actions.push(Action::TagsEdited);
                } else {
                    actions.push(Action::SetTag { tag: std::mem::take(&mut self.typed), is_on: true });
                    field.request_focus();
                }
            }
            ui.add_space(6.0);
            for (tag, is_on) in self.offered(session) {
                let mut checked = is_on;
                let is_changed = ui.horizontal(|ui| {
                    let mut tick = ui.checkbox(&mut checked, "");
                    ui.ctx().accesskit_node_builder(tick.id, |node| node.set_label(tag.as_str()));
                    let words =
                        lettering.set(ui, &Wording::new(&tag, look::size::BODY, theme.ink), ui.available_width());
                    let (rect, name) = ui.allocate_exact_size(vec2(words.width(), words.height()), Sense::CLICK);
                    words.paint(ui.painter(), rect.min - vec2(words.extent().0, 0.0));
                    if name.clicked() {
                        tick.mark_changed();
                        checked = !checked;
                    }
                    tick.changed()
                });
                if is_changed.inner {
                    actions.push(Action::SetTag { tag, is_on: checked });
                }
            }
            ui.add_space(8.0);
            if widgets::field_button_ui(ui, theme, "Done").clicked() {
                actions.push(Action::TagsEdited);
            }
        });
        if actions.is_empty() && modal.should_close() {
            actions.push(Action::TagsEdited);
        }
        actions
    }

    /// Tags with whether all the stories have them: theirs first, then those there are that begin as what is typed.
    fn offered(&self, session: &Session) -> Vec<(String, bool)> {
        let keys = session.catalogue.tagging.as_deref().unwrap_or_default();
        let has = |tag: &String| {
            keys.iter().all(|key| session.status_of(*key).is_some_and(|status| status.tags.contains(tag)))
        };
        let typed = crate::text::fold(&self.typed);
        let mut all: Vec<(String, bool)> =
            session.catalogue.counts.tags.iter().map(|(tag, _)| (tag.clone(), has(tag))).collect();
        all.retain(|(tag, is_on)| *is_on || crate::text::fold(tag).starts_with(&typed));
        all.sort_by_key(|(_, is_on)| !is_on);
        all.truncate(MOST_OFFERED);
        all
    }
}
