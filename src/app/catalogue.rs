//! What the window knows of the library: which list is shown, the rows of it that came into sight, what is picked. Asks for
//! nothing itself.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::gather::Gathering;
use crate::library::folders::Folder;
use crate::library::{Counts, Entry, Found, Key, Lit, Sort, View};

/// Rows that are kept in memory; about ten screens of them.
const MOST_ROWS: usize = 400;
/// Rows that are asked for beyond those in sight, so that scrolling finds them there.
const ROWS_AHEAD: usize = 24;

/// How far the library is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LibraryState {
    /// There is none; stories last as long as the window.
    #[default]
    Absent,
    /// It is being opened.
    Opening,
    /// It can be read and changed.
    Whole,
    /// It can only be read.
    ReadOnly,
}

/// What is shown of the library.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// How far it is open.
    pub state: LibraryState,
    /// Which stories are listed.
    pub view: View,
    /// Their order.
    pub sort: Sort,
    /// What is searched for, as it was typed.
    pub query: String,
    /// The list.
    pub list: Found,
    /// Whether the list has come; before, nothing is known of it.
    pub is_listed: bool,
    /// How many stories each view has.
    pub counts: Counts,
    /// Whether they are those that were asked for last.
    pub(super) is_counted: bool,
    /// Stories that are picked, for what is to be done with them.
    pub picked: BTreeSet<Key>,
    /// Where picking a range begins.
    pub pivot: Option<Key>,
    /// Files that are being read into the library.
    pub gathering: Option<Gathering>,
    /// The stories whose tags are being edited.
    pub tagging: Option<Vec<Key>>,
    /// The folder for which is being said what is left out of it.
    pub leaving_out: Option<Folder>,
    /// Rises with every list that is asked for.
    pub(super) generation: u64,
    /// The generation of the list that is here.
    pub(super) listed: u64,
    rows: HashMap<Key, (Entry, Lit)>,
    asked: HashSet<Key>,
    in_sight: Range<usize>,
}

impl Catalogue {
    /// Whether there is a library to be read.
    pub fn is_there(&self) -> bool {
        self.state != LibraryState::Absent
    }

    /// Whether stories can be kept and changed.
    pub fn can_change(&self) -> bool {
        matches!(self.state, LibraryState::Opening | LibraryState::Whole)
    }

    /// Whether the list has come with its first row, if there is one.
    pub fn has_first_row(&self) -> bool {
        self.is_listed && self.list.keys.first().is_none_or(|key| self.rows.contains_key(key))
    }

    /// Whether the list is the one that was asked for last.
    pub fn is_current(&self) -> bool {
        self.listed == self.generation
    }

    /// Whether something is searched for.
    pub fn is_searching(&self) -> bool {
        !self.query.trim().is_empty()
    }

    /// A row that has come, with the words that are lit up in it.
    pub fn row(&self, key: Key) -> Option<&(Entry, Lit)> {
        self.rows.get(&key)
    }

    /// The rows that are here, in no order.
    pub fn rows_here(&self) -> impl Iterator<Item = &Entry> {
        self.rows.values().map(|(entry, _)| entry)
    }

    /// Where a story stands in the list.
    pub fn position(&self, key: Key) -> Option<usize> {
        self.list.keys.iter().position(|listed| *listed == key)
    }

    /// Rows came.
    pub(super) fn settle_rows(&mut self, rows: Vec<(Key, Entry, Lit)>) {
        for (key, entry, lit) in rows {
            self.asked.remove(&key);
            self.rows.insert(key, (entry, lit));
        }
    }

    /// A row that is known without asking.
    pub(super) fn know_row(&mut self, key: Key, entry: Entry) {
        self.rows.insert(key, (entry, Lit::default()));
    }

    /// A story's place moved.
    pub(super) fn place_moved(&mut self, key: Key, progress: f32) {
        if let Some((entry, _)) = self.rows.get_mut(&key) {
            entry.status.progress = progress;
            entry.status.read = entry.status.read.after(progress);
        }
    }

    /// These rows are in sight: what has to be asked for.
    pub(super) fn look_at(&mut self, range: Range<usize>) -> Vec<Key> {
        self.in_sight = range.clone();
        let from = range.start.saturating_sub(ROWS_AHEAD);
        let to = range.end.saturating_add(ROWS_AHEAD).min(self.list.keys.len());
        let near: Vec<Key> = self.list.keys.get(from..to).unwrap_or_default().to_vec();
        if self.rows.len() > MOST_ROWS {
            let kept: HashSet<Key> = near.iter().copied().collect();
            self.rows.retain(|key, _| kept.contains(key));
        }
        near.into_iter().filter(|key| !self.rows.contains_key(key) && self.asked.insert(*key)).collect()
    }

    /// Whether rows in sight have not come.
    pub fn is_wanting(&self, range: &Range<usize>) -> bool {
        let keys = self.list.keys.get(range.clone()).unwrap_or_default();
        *range != self.in_sight || keys.iter().any(|key| !self.rows.contains_key(key) && !self.asked.contains(key))
    }

    /// Rows that have to be read again.
    pub(super) fn known(&self, keys: &[Key]) -> Vec<Key> {
        keys.iter().copied().filter(|key| self.rows.contains_key(key)).collect()
    }

    /// All rows in sight, to be read again: what is searched for has changed, or who knows what.
    pub(super) fn read_again(&mut self) -> Vec<Key> {
        self.asked.clear();
        let keys = self.list.keys.get(self.in_sight.clone()).unwrap_or_default();
        keys.to_vec()
    }

    /// Nothing that was read counts any more, as the rows say where something else was found.
    pub(super) fn forget_rows(&mut self) {
        self.rows.clear();
        self.asked.clear();
    }
}
