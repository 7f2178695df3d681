//! The stories: search, views, and the list, of which only the rows in sight are drawn. Decides nothing; keeps what is
//! being typed, and small pictures as textures.
//!
//! - `head`: the search field, the views, the orders
//! - `row`: one story
//! - `picked`: what is done with several stories at once
//! - `patterns`: what is left out of a folder
//! - `tags`: the tags of stories, edited

mod head;
mod patterns;
mod picked;
mod row;
mod tags;

use egui::{Key, Modifiers, ScrollArea, Ui};

use super::lettering::Lettering;
use super::{look, widgets};
use crate::app::action::Pick;
use crate::app::{Action, Command, Item, Session, Sort, View};

/// The panel's own state.
#[derive(Default)]
pub struct Sidebar {
    head: head::Head,
    tags: tags::TagEditor,
    patterns: patterns::Patterns,
    thumbnails: row::Thumbnails,
    /// What the list that was drawn last was of: another one begins at its top.
    list_of: (View, Sort, String),
    /// The line that the list was last brought to.
    followed: Option<Item>,
    /// The line that takes the keyboard's focus when it is drawn.
    focus_due: Option<Item>,
    /// Whether one of the list's rows had the keyboard's focus when it was drawn last.
    pub has_focus: bool,
}

impl Sidebar {
    /// Draws the panel. `search_focus_due` has the search field take the focus.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        search_focus_due: &mut bool,
        lettering: &mut Lettering<'_>,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        self.head.ui(ui, session, search_focus_due, lettering, &mut actions);
        if self.head.goes_to_list(ui)
            && let Some(first) = session.item(0)
        {
            self.focus_due = Some(first);
        }
        let count = session.item_count();
        if count == 0 {
            empty_ui(ui, session, &mut actions);
            return actions;
        }
        if session.catalogue.picked.len() > 1 {
            egui::Panel::bottom("picked").frame(egui::Frame::NONE).show_separator_line(false).show(ui, |ui| {
                picked::ui(ui, session, &mut actions);
            });
        }
        self.list_ui(ui, session, count, lettering, &mut actions);
        actions
    }

    /// Draws the window in which tags are edited, where it is open.
    pub fn tags_ui(&mut self, ui: &Ui, session: &Session, lettering: &mut Lettering<'_>) -> Vec<Action> {
        let mut actions = self.tags.ui(ui, session, lettering);
        actions.extend(self.patterns.ui(ui, session));
        actions
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        count: usize,
        lettering: &mut Lettering<'_>,
        actions: &mut Vec<Action>,
    ) {
        ui.spacing_mut().item_spacing.y = 2.0;
        let row_height = row::HEIGHT + ui.spacing().item_spacing.y;
        let mut area = ScrollArea::vertical().auto_shrink(false);
        let catalogue = &session.catalogue;
        let (view, sort, query) = &self.list_of;
        if (view, *sort, query) != (&catalogue.view, catalogue.sort, &catalogue.query) {
            self.list_of = (catalogue.view.clone(), catalogue.sort, catalogue.query.clone());
            self.head.scroll_offset = 0.0;
            area = area.vertical_scroll_offset(0.0);
        }
        let selected = session.selected_item();
        let wanted = self.focus_due.or(selected.filter(|_| selected != self.followed));
        if let Some(at) = wanted.and_then(|item| session.position_of(item)) {
            if let Some(offset) = self.head.offset_to_show(at, row_height, ui.available_height()) {
                area = area.vertical_scroll_offset(offset);
            }
            self.followed = selected;
        }
        self.has_focus = false;
        let shown = area.show_rows(ui, row::HEIGHT, count, |ui, range| {
            if session.wants_rows(&range) {
                actions.push(Action::RowsInSight(range.clone()));
            }
            for at in range {
                let Some(item) = session.item(at) else { continue };
                let response = row::ui(ui, session, item, &mut self.thumbnails, lettering, actions);
                if self.focus_due == Some(item) {
                    response.request_focus();
                    self.focus_due = None;
                }
                if response.has_focus() {
                    self.has_focus = true;
                    self.keys(ui, &response, session, at, actions);
                }
            }
        });
        self.head.scroll_offset = shown.state.clamped_offset().y;
    }

    /// What keys do while a row has the focus.
    fn keys(&mut self, ui: &Ui, row: &egui::Response, session: &Session, at: usize, actions: &mut Vec<Action>) {
        let has_picked = !session.catalogue.picked.is_empty();
        let filter = egui::EventFilter { vertical_arrows: true, escape: has_picked, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, filter));
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        for (key, to) in [
            (Key::ArrowDown, at.saturating_add(1)),
            (Key::ArrowUp, at.wrapping_sub(1)),
            (Key::Home, 0),
            (Key::End, session.item_count().wrapping_sub(1)),
        ] {
            let with_shift = pressed(Modifiers::SHIFT, key);
            if !(with_shift || pressed(Modifiers::NONE, key)) {
                continue;
            }
            if let Some(item) = session.item(to) {
                self.focus_due = Some(item);
                actions.push(match item {
                    Item::Kept(story) if with_shift => Action::Pick(Pick::To(story)),
                    item => select(item),
                });
                ui.ctx().request_repaint();
            }
        }
        // Whoever has walked to a story reads on in it.
        for (modifiers, command) in [(Modifiers::SHIFT, Command::PageUp), (Modifiers::NONE, Command::PageDown)] {
            if pressed(modifiers, Key::Space) {
                actions.push(Action::Run(command));
            }
        }
        if pressed(Modifiers::COMMAND, Key::A) {
            actions.push(Action::Pick(Pick::All));
        }
        if has_picked && pressed(Modifiers::NONE, Key::Escape) {
            actions.push(Action::Pick(Pick::Nothing));
        }
    }
}

/// Reads a line's story.
fn select(item: Item) -> Action {
    match item {
        Item::Row(key) => Action::Select(key),
        Item::Kept(key) => Action::SelectKept(key),
    }
}

/// What stands in the place of an empty list.
fn empty_ui(ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
    let (theme, catalogue) = (session.theme(), &session.catalogue);
    // Nothing is known yet: words that go at once would only flicker.
    if catalogue.is_there() && !catalogue.is_listed {
        return;
    }
    let message = if catalogue.is_searching() {
        "No story has these words."
    } else if !catalogue.is_there() {
        "No story is open."
    } else {
        match &catalogue.view {
            View::Inbox if session.has_stories() => "Nothing waits to be read.",
            View::Inbox | View::All => "No story is here yet. Open one, or add a folder.",
            View::Unread => "No story is unread.",
            View::InProgress => "No story was begun.",
            View::Finished => "No story was finished.",
            View::Archive => "No story was archived.",
            View::Deleted => "No story was deleted.",
            View::Tag(_) => "No story has this tag.",
            View::Site(_) => "No story is of this site.",
            View::Folder(_) => "No story is in this folder.",
        }
    };
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 8)).show(ui, |ui| {
        let label = ui.add(egui::Label::new(widgets::text(message, look::size::BODY, theme.soft)).wrap());
        widgets::announce(ui, &label, message, false);
        if catalogue.is_searching() && catalogue.view != View::All {
            let everywhere = widgets::link_button_ui(ui, theme, "Search inbox and archive", look::size::BODY);
            if everywhere.clicked() {
                actions.push(Action::ShowView(View::All));
            }
        }
    });
}
