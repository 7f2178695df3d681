//! The bar that finds words in the story: the text, its options, how many hits there are, the way from one to the next.
//! Searching is the session's; painting the hits is the reading view's.

use egui::{Id, Key, Modifiers, TextEdit, Ui, vec2};

use super::{look, widgets};
use crate::app::{Action, FindAction, Session};
use crate::text::matching::Query;
use crate::typeset::icons;

/// Points across of the text field at most.
const FIELD: f32 = 280.0;
/// Points across below which the options stand in a second row.
const ONE_ROW: f32 = 720.0;

/// What of the bar the session does not know.
#[derive(Debug, Default)]
pub struct FindBar {
    /// The text as it is being typed.
    text: String,
    /// The time the bar was asked for last, as the session counts.
    asked_for: u64,
}

impl FindBar {
    /// Draws the bar while it is open.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session) -> Vec<Action> {
        let mut actions = Vec::new();
        let theme = session.theme();
        let find = &session.find;
        let mut query = find.query.clone();
        let field = Id::unique("find field");
        let asked = self.asked_for != find.asked_for;
        if asked || (query.text != self.text && !ui.memory(|memory| memory.has_focus(field))) {
            self.text.clone_from(&query.text);
        }
        let margin = egui::Margin::symmetric(14, 6);
        egui::Frame::new().fill(look::color(theme.panel)).inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            let one_row = ui.available_width() >= ONE_ROW;
            ui.horizontal(|ui| {
                let width = FIELD.min(ui.available_width() - 190.0).max(80.0);
                let edit = TextEdit::singleline(&mut self.text)
                    .id(field)
                    .hint_text("Find in this story")
                    .align(egui::Align2::LEFT_CENTER);
                let response = ui.add(edit.desired_width(width).min_size(vec2(0.0, 26.0)));
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find in this story"));
                if asked {
                    self.asked_for = find.asked_for;
                    response.request_focus();
                    select_all(ui, field, &self.text);
                }
                actions.extend(keys(ui, &response));
                self.steps_ui(ui, session, &mut actions);
                if one_row {
                    options_ui(ui, session, &mut query);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if widgets::icon_button_ui(ui, theme, icons::CLOSE, "Close find", false).clicked() {
                        actions.push(Action::Find(FindAction::Accept));
                    }
                });
            });
            if !one_row {
                ui.horizontal(|ui| options_ui(ui, session, &mut query));
            }
            if let Some(error) = &find.error {
                let message = error.to_string();
                let label = ui.add(egui::Label::new(widgets::text(&message, look::size::NOTE, theme.error)).wrap());
                widgets::announce(ui, &label, &message, true);
            }
        });
        widgets::hairline_ui(ui, theme);
        query.text.clone_from(&self.text);
        if query != find.query {
            actions.insert(0, Action::Find(FindAction::SetQuery(query)));
        }
        actions
    }

    /// The hits' count and the way from one to the next.
    fn steps_ui(&self, ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
        let theme = session.theme();
        let has_hits = !session.find.hits.is_empty();
        ui.add_enabled_ui(has_hits, |ui| {
            if widgets::icon_button_ui(ui, theme, icons::CHEVRON_UP, "Previous hit", false).clicked() {
                actions.push(Action::Find(FindAction::Previous));
            }
            if widgets::icon_button_ui(ui, theme, icons::CHEVRON_DOWN, "Next hit", false).clicked() {
                actions.push(Action::Find(FindAction::Next));
            }
        });
        let status = session.find.status();
        let nothing = !self.text.is_empty() && !has_hits && !session.find.is_searching();
        let ink = if nothing { theme.error } else { theme.soft };
        let label = ui.label(widgets::text(&status, look::size::NOTE, ink));
        widgets::announce(ui, &label, &status, false);
    }
}

fn options_ui(ui: &mut Ui, session: &Session, query: &mut Query) {
    let theme = session.theme();
    ui.add_space(6.0);
    let mut option = |label: &str, hint: &str, on: &mut bool| {
        let ink = if *on { theme.ink } else { theme.soft };
        let button = egui::Button::new(widgets::text(label, look::size::NOTE, ink)).selected(*on);
        let response = ui.add(button.min_size(vec2(26.0, 26.0))).on_hover_text(hint);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_label(hint);
            node.set_toggled(if *on { egui::accesskit::Toggled::True } else { egui::accesskit::Toggled::False });
        });
        widgets::focus_ring(ui, &response, theme);
        if response.clicked() {
            *on = !*on;
        }
    };
    option("Aa", "Match case", &mut query.match_case);
    option("Word", "Whole words", &mut query.whole_word);
    let mut accents = !query.fold_diacritics;
    option("é", "Match accents", &mut accents);
    query.fold_diacritics = !accents;
    option(".*", "Regular expression", &mut query.regular_expression);
}

/// Enter goes on, Shift+Enter goes back, Escape returns to where the bar was opened.
fn keys(ui: &Ui, field: &egui::Response) -> Option<Action> {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let typing = field.has_focus() || field.lost_focus();
    if typing && pressed(Modifiers::SHIFT, Key::Enter) {
        field.request_focus();
        return Some(Action::Find(FindAction::Previous));
    }
    if typing && pressed(Modifiers::NONE, Key::Enter) {
        field.request_focus();
        return Some(Action::Find(FindAction::Next));
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        return Some(Action::Find(FindAction::Cancel));
    }
    None
}

fn select_all(ui: &Ui, field: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), field);
}
