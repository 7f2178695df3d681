//! What a person does to stories of the library: picked, moved, tagged, marked, written about, forgotten, and what is told
//! and kept to be taken back. Lists and rows are the work of `library`.

use super::{Item, Session, Step};
use crate::app::action::{Confirmation, Pick};
use crate::app::keeper::{How, Request};
use crate::app::{Command, Effect, Notice, Row};
use crate::library::{Change, Key, ReadState, Shelf};

impl Session {
    /// Does something to the stories that are meant.
    pub(super) fn change(&mut self, change: Change) -> Vec<Effect> {
        let moves = match &change {
            Change::Move { keys, .. } | Change::Forget(keys) => keys.clone(),
            _ => Vec::new(),
        };
        let mut effects = self.read_on(&moves);
        self.catalogue.picked.clear();
        effects.push(Effect::Library(Request::Change { change, how: How::Made }));
        effects
    }

    /// Where the story that is read leaves the list, the next one is read.
    fn read_on(&mut self, leaving: &[Key]) -> Vec<Effect> {
        let read = self.selected_row().and_then(|row| row.kept.as_ref()).map(|kept| kept.key);
        let Some(at) = read.filter(|key| leaving.contains(key)).and_then(|key| self.catalogue.position(key)) else {
            return Vec::new();
        };
        let keys = &self.catalogue.list.keys;
        let stays = |key: &&Key| !leaving.contains(key);
        let behind = keys.iter().skip(at).find(stays);
        let next = behind.or_else(|| keys.iter().take(at).rev().find(stays)).copied();
        let left = self.selected;
        let effects = match next {
            Some(next) => self.select_kept(next),
            None => self.leave(),
        };
        self.rows.retain(|row| Some(row.key) != left || Some(row.key) == self.selected);
        effects
    }

    pub(super) fn pick(&mut self, pick: Pick) {
        let catalogue = &mut self.catalogue;
        match pick {
            Pick::Toggle(key) => {
                // The story that is read is part of what is picked from there.
                if catalogue.picked.is_empty()
                    && let Some(Item::Kept(read)) = self.selected_item()
                {
                    self.catalogue.picked.insert(read);
                }
                if !self.catalogue.picked.remove(&key) {
                    self.catalogue.picked.insert(key);
                }
                self.catalogue.pivot = Some(key);
            }
            Pick::To(key) => {
                let pivot = catalogue.pivot.and_then(|pivot| catalogue.position(pivot)).unwrap_or(0);
                let Some(at) = catalogue.position(key) else { return };
                let range = pivot.min(at)..=pivot.max(at);
                catalogue.picked = catalogue.list.keys.get(range).unwrap_or_default().iter().copied().collect();
            }
            Pick::All => catalogue.picked = catalogue.list.keys.iter().copied().collect(),
            Pick::Nothing => catalogue.picked.clear(),
        }
    }

    pub(super) fn run_on_stories(&mut self, command: Command) -> Vec<Effect> {
        let keys = self.meant();
        match command {
            Command::Archive => self.change(Change::Move { keys, shelf: Shelf::Archive }),
            Command::ToInbox => self.change(Change::Move { keys, shelf: Shelf::Inbox }),
            Command::Delete => self.change(Change::Move { keys, shelf: Shelf::Deleted }),
            Command::MarkRead => {
                let is_read = |key: &Key| self.status_of(*key).is_some_and(|status| status.read == ReadState::Finished);
                let read = if keys.iter().all(is_read) { ReadState::Unread } else { ReadState::Finished };
                self.change(Change::MarkRead { keys, read })
            }
            Command::EditTags => {
                self.catalogue.tagging = Some(keys);
                Vec::new()
            }
            Command::Forget => {
                self.confirmation = Some(Confirmation::Forget(keys));
                Vec::new()
            }
            Command::BinFile => {
                let path = self.selected_row().and_then(|row| row.origin.path()).map(std::path::Path::to_owned);
                self.confirmation = path.map(Confirmation::BinFile);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn set_tag(&mut self, tag: &str, is_on: bool) -> Vec<Effect> {
        let keys = self.catalogue.tagging.clone().unwrap_or_else(|| self.meant());
        let tag = crate::text::collapse_whitespace(tag);
        if tag.is_empty() || keys.is_empty() {
            return Vec::new();
        }
        let change = if is_on { Change::Tag { keys, tag } } else { Change::Untag { keys, tag } };
        vec![Effect::Library(Request::Change { change, how: How::Made })]
    }

    pub(super) fn confirmed(&mut self, is_wanted: bool) -> Vec<Effect> {
        let confirmation = self.confirmation.take();
        match confirmation.filter(|_| is_wanted) {
            Some(Confirmation::Forget(keys)) => self.change(Change::Forget(keys)),
            Some(Confirmation::BinFile(path)) => vec![Effect::MoveToBin(path)],
            None => Vec::new(),
        }
    }

    /// What is written about the story that is read.
    pub(super) fn write_note(&mut self, text: String) -> Vec<Effect> {
        let Some(kept) = self.selected_row().and_then(|row| row.kept.as_ref()) else { return Vec::new() };
        if kept.status.note == text {
            return Vec::new();
        }
        let change = Change::Note { key: kept.key, text };
        vec![Effect::Library(Request::Change { change, how: How::Made })]
    }

    pub(super) fn changed(&mut self, change: &Change, inverse: Option<Change>, how: How) -> Vec<Effect> {
        if how == How::Quiet {
            return Vec::new();
        }
        // What was to be taken back has been, or something else is from now on.
        self.notices.retain(|notice| notice.button != Some(Command::Undo));
        let step = inverse.map(|inverse| Step::Library(Box::new(inverse)));
        match how {
            How::Undone => self.undone.extend(step),
            How::Redone => self.done.extend(step),
            How::Made | How::Quiet => {
                self.undone.clear();
                self.done.extend(step);
                if let Some(message) = told(change) {
                    let notice = Notice::done(message);
                    let can_be_undone = !matches!(change, Change::Forget(_));
                    self.tell(if can_be_undone { notice.with_button(Command::Undo) } else { notice });
                }
            }
        }
        let keys = keys_of(change);
        // Shelves, titles and addresses are part of what is said of other tellings and of links.
        self.doubt_what_was_asked();
        if matches!(change, Change::Forget(_)) {
            let gone = |row: &Row| row.kept.as_ref().is_some_and(|kept| keys.contains(&kept.key));
            if self.selected_row().is_some_and(gone) {
                self.selected = None;
            }
            self.rows.retain(|row| !gone(row));
        }
        // Of the stories at hand the page and the details show it too, whether their rows are in the list or not.
        let mut again = self.catalogue.known(&keys);
        let at_hand = self.rows.iter().filter_map(|row| row.kept.as_ref()).map(|kept| kept.key);
        let at_hand: Vec<Key> = at_hand.filter(|key| keys.contains(key) && !again.contains(key)).collect();
        again.extend(at_hand);
        let mut effects: Vec<Effect> = self.rows_again(again).into_iter().collect();
        effects.extend(self.list_again());
        effects.push(Effect::Library(Request::Count));
        effects
    }
}

fn keys_of(change: &Change) -> Vec<Key> {
    match change {
        Change::Move { keys, .. }
        | Change::MarkRead { keys, .. }
        | Change::Tag { keys, .. }
        | Change::Untag { keys, .. }
        | Change::Forget(keys) => keys.clone(),
        Change::Set(all) => all.iter().map(|(key, _)| *key).collect(),
        Change::Note { key, .. }
        | Change::Correct { key, .. }
        | Change::Place { key, .. }
        | Change::Choices { key, .. }
        | Change::AddMark { key, .. }
        | Change::RemoveMark { key, .. } => vec![*key],
    }
}

/// What a person is told of a change that can not be seen where it was made.
fn told(change: &Change) -> Option<String> {
    let count = |keys: &[Key]| match keys.len() {
        1 => "The story was".to_owned(),
        many => format!("{many} stories were"),
    };
    match change {
        Change::Move { keys, shelf: Shelf::Archive } => Some(format!("{} archived", count(keys))),
        Change::Move { keys, shelf: Shelf::Inbox } => Some(format!("{} moved to the inbox", count(keys))),
        Change::Move { keys, shelf: Shelf::Deleted } => Some(format!("{} deleted; no file was touched", count(keys))),
        Change::Forget(keys) => Some(format!("{} forgotten; no file was touched", count(keys))),
        Change::MarkRead { keys, .. } if keys.len() > 1 => Some(format!("{} marked", count(keys))),
        Change::Tag { keys, tag } if keys.len() > 1 => Some(format!("{} tagged “{tag}”", count(keys))),
        _ => None,
    }
}
