//! The library in the session: lists, rows, what is kept of what was opened, folders. Asks for it with [`Effect::Library`]; the
//! keeper answers with [`crate::app::Action::Library`]. What a person does to stories is the work of `stories`.

use std::ops::Range;
use std::path::PathBuf;

use super::Session;
use crate::app::catalogue::LibraryState;
use crate::app::gather::Gathering;
use crate::app::keeper::{Answer, How, Opened, Request};
use crate::app::story::{Arrival, KeptRow, Loaded};
use crate::app::{Effect, Notice, Origin, Row, RowKey, SavedState};
use crate::library::folders::Folder;
use crate::library::{Change, Entry, Kept, Key, LibraryError, Sort, Status, View};

/// Stories of the library whose text stays in memory, so that going back is at once.
const MOST_AT_HAND: usize = 6;

/// The generation of the list that is asked for first.
const FIRST_LIST: u64 = 1;

/// So few files that came into a folder are seen in the list; nobody has to be told.
const FEW_FILES: usize = 3;
/// Files that wait for others before they are kept.
const MOST_ARRIVALS: usize = 64;

/// A line of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// A story that is in no library: on its way there, or not to be read.
    Row(RowKey),
    /// A story of the library.
    Kept(Key),
}

impl Session {
    /// How many lines the sidebar has.
    pub fn item_count(&self) -> usize {
        self.unkept().count() + self.catalogue.list.keys.len()
    }

    /// A line of the sidebar.
    pub fn item(&self, at: usize) -> Option<Item> {
        let mut unkept = 0;
        for row in self.unkept() {
            if unkept == at {
                return Some(Item::Row(row.key));
            }
            unkept += 1;
        }
        self.catalogue.list.keys.get(at - unkept).copied().map(Item::Kept)
    }

    /// The line of the story that is read.
    pub fn selected_item(&self) -> Option<Item> {
        let row = self.selected_row()?;
        Some(row.kept.as_ref().map_or(Item::Row(row.key), |kept| Item::Kept(kept.key)))
    }

    /// Where a line stands.
    pub fn position_of(&self, item: Item) -> Option<usize> {
        match item {
            Item::Row(key) => self.unkept().position(|row| row.key == key),
            Item::Kept(key) => Some(self.unkept().count() + self.catalogue.position(key)?),
        }
    }

    /// Rows that are in no library. While something is searched for, only stories that are found are listed.
    pub fn unkept(&self) -> impl Iterator<Item = &Row> {
        let is_hidden = self.catalogue.is_there() && self.catalogue.is_searching();
        self.rows.iter().filter(move |row| row.kept.is_none() && !is_hidden)
    }

    /// Whether any story is listed anywhere.
    pub fn has_stories(&self) -> bool {
        !self.rows.is_empty() || self.catalogue.counts.of(&View::All).unwrap_or_default() > 0
    }

    /// The stories that a command is about: those that are picked, else the one that is read.
    pub fn meant(&self) -> Vec<Key> {
        if self.catalogue.picked.is_empty() {
            self.selected_row().and_then(|row| row.kept.as_ref()).map(|kept| kept.key).into_iter().collect()
        } else {
            self.catalogue.picked.iter().copied().collect()
        }
    }

    /// What a person did to a story of the library, as far as it is known here.
    pub fn status_of(&self, key: Key) -> Option<&Status> {
        let of_row = self.rows.iter().find_map(|row| row.kept.as_ref().filter(|kept| kept.key == key));
        self.catalogue.row(key).map(|(entry, _)| &entry.status).or_else(|| of_row.map(|kept| &kept.status))
    }

    pub(super) fn list_again(&mut self) -> Vec<Effect> {
        if !self.catalogue.is_there() {
            return Vec::new();
        }
        self.catalogue.generation += 1;
        let (generation, sort) = (self.catalogue.generation, self.catalogue.sort);
        let (view, query) = (self.catalogue.view.clone(), self.catalogue.query.clone());
        vec![Effect::Library(Request::List { generation, view, sort, query })]
    }

    /// What a session with this state has asked of its library when it begins. Whoever opens the library asks for it, so
    /// that the answers are there when the window is.
    pub fn asks_first(state: &SavedState) -> [Request; 2] {
        let (view, sort) = (state.view.clone(), state.sort);
        [Request::List { generation: FIRST_LIST, view, sort, query: String::new() }, Request::Count]
    }

    /// A library is being opened: what is asked of it before it is waits there.
    pub(super) fn library_opens(&mut self) -> Vec<Effect> {
        self.catalogue.state = LibraryState::Opening;
        self.catalogue.view = self.state.view.clone();
        self.catalogue.sort = self.state.sort;
        self.catalogue.generation = FIRST_LIST;
        vec![self.limit_originals()]
    }

    /// Whether the library has yet to say what a frame shows of it, which it does without being asked again.
    pub fn awaits_library(&self) -> bool {
        let catalogue = &self.catalogue;
        let is_told = catalogue.is_current() && catalogue.has_first_row() && catalogue.is_counted;
        catalogue.is_there() && (!is_told || self.is_keeping)
    }

    /// Files that are read into the library behind the window follow the settings too.
    pub(super) fn limit_originals(&self) -> Effect {
        Effect::Library(Request::LimitOriginals(self.settings.program.keep_bytes()))
    }

    pub(super) fn library_answered(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Opened(opened) => self.library_opened(opened),
            Answer::Listed { generation, list } if generation == self.catalogue.generation => {
                self.catalogue.list = list;
                self.catalogue.is_listed = true;
                self.catalogue.listed = generation;
                Vec::new()
            }
            Answer::Listed { .. } => Vec::new(),
            Answer::Rows { query, rows } => {
                for (key, entry, _) in &rows {
                    let at_hand = self.rows.iter_mut().filter_map(|row| row.kept.as_mut());
                    at_hand.filter(|kept| kept.key == *key).for_each(|kept| kept.status = entry.status.clone());
                    self.settle_corrections(*key, entry);
                }
                if query == self.catalogue.query {
                    self.catalogue.settle_rows(rows);
                }
                Vec::new()
            }
            Answer::Counted(counts) => {
                self.catalogue.counts = counts;
                self.catalogue.is_counted = true;
                Vec::new()
            }
            Answer::Near { generation, nearby } => {
                self.elsewhere.settle(generation, nearby);
                Vec::new()
            }
            Answer::Links { generation, linked } => {
                self.linked.settle(generation, linked);
                Vec::new()
            }
            Answer::Pace(pace) => {
                self.pace = pace;
                Vec::new()
            }
            Answer::Signed => {
                self.elsewhere.is_doubted();
                Vec::new()
            }
            Answer::Kept(kept) => self.kept(kept),
            Answer::NotKept { arrivals, error } => self.not_kept(arrivals, &error),
            Answer::Changed { change, inverse, how } => self.changed(&change, inverse, how),
            Answer::FolderKept(path) => {
                let mut effects = vec![Effect::Library(Request::Gather(vec![path]))];
                effects.push(Effect::Library(Request::Count));
                effects
            }
            Answer::Moved => self.everything_again(),
            Answer::Gathered(gathering) => self.gathered(gathering),
            Answer::Failed(error) => {
                self.tell(Notice::error(error.to_string()));
                Vec::new()
            }
            Answer::Checked(problems) => {
                let first = problems.first().cloned().unwrap_or_default();
                self.tell(Notice::error(LibraryError::Damaged { detail: first }.to_string()));
                Vec::new()
            }
        }
    }

    /// What was corrected of a story stands above its text as well.
    fn settle_corrections(&mut self, key: Key, entry: &Entry) {
        for row in &mut self.rows {
            let Some(kept) = row.kept.as_mut().filter(|kept| kept.key == key) else { continue };
            if kept.corrections != entry.corrections {
                kept.corrections.clone_from(&entry.corrections);
                row.summary.title.clone_from(&entry.title);
                row.summary.site.clone_from(&entry.site);
            }
        }
    }

    fn everything_again(&mut self) -> Vec<Effect> {
        self.doubt_what_was_asked();
        let mut effects = self.list_again();
        effects.push(Effect::Library(Request::Count));
        self.catalogue.is_counted = false;
        let keys = self.catalogue.read_again();
        effects.extend(self.rows_again(keys));
        effects
    }

    pub(super) fn rows_again(&self, keys: Vec<Key>) -> Option<Effect> {
        let query = self.catalogue.query.clone();
        (!keys.is_empty()).then_some(Effect::Library(Request::Rows { keys, query }))
    }

    fn library_opened(&mut self, opened: Opened) -> Vec<Effect> {
        match opened {
            Opened::Whole { folders } => {
                self.catalogue.state = LibraryState::Whole;
                let mut effects = Vec::new();
                if !folders.is_empty() {
                    effects.push(Effect::WatchFolders(folders));
                    effects.push(Effect::Library(Request::GatherFolders));
                }
                // Stories of the time before there was a library become part of it.
                let waiting: Vec<RowKey> = self.unkept().map(|row| row.key).collect();
                effects.extend(self.read_all(waiting));
                effects
            }
            Opened::ReadOnly(error) => {
                self.catalogue.state = LibraryState::ReadOnly;
                self.tell(Notice::warning(error.to_string()));
                Vec::new()
            }
            Opened::Not(error) => {
                self.catalogue.state = LibraryState::Absent;
                let message = format!("{error}. What you open now is not kept");
                self.tell(Notice::error(message));
                Vec::new()
            }
        }
    }

    pub(super) fn show_view(&mut self, view: View) -> Vec<Effect> {
        self.catalogue.picked.clear();
        self.catalogue.view = view.clone();
        self.state.view = view;
        let mut effects = self.list_again();
        effects.push(Effect::SaveState);
        effects
    }

    pub(super) fn sort_by(&mut self, sort: Sort) -> Vec<Effect> {
        (self.catalogue.sort, self.state.sort) = (sort, sort);
        let mut effects = self.list_again();
        effects.push(Effect::SaveState);
        effects
    }

    pub(super) fn search_library(&mut self, typed: String) -> Vec<Effect> {
        if typed == self.catalogue.query {
            return Vec::new();
        }
        self.catalogue.query = typed;
        self.catalogue.picked.clear();
        self.catalogue.forget_rows();
        self.list_again()
    }

    pub(super) fn rows_in_sight(&mut self, range: Range<usize>) -> Vec<Effect> {
        let unkept = self.unkept().count();
        let range = range.start.saturating_sub(unkept)..range.end.saturating_sub(unkept);
        let keys = self.catalogue.look_at(range);
        self.rows_again(keys).into_iter().collect()
    }

    /// Whether lines of the sidebar have to be asked for.
    pub fn wants_rows(&self, range: &Range<usize>) -> bool {
        let unkept = self.unkept().count();
        self.catalogue.is_wanting(&(range.start.saturating_sub(unkept)..range.end.saturating_sub(unkept)))
    }

    /// Reads a story of the library.
    pub(super) fn select_kept(&mut self, key: Key) -> Vec<Effect> {
        self.catalogue.pivot = Some(key);
        self.catalogue.picked.clear();
        let at_hand = self.rows.iter().find(|row| row.kept.as_ref().is_some_and(|kept| kept.key == key));
        let row = match at_hand {
            Some(row) => row.key,
            None => self.bring_to_hand(key),
        };
        let mut effects = self.select(row);
        if self.catalogue.is_searching() {
            effects.extend(self.find_what_is_searched());
        }
        self.put_away();
        effects
    }

    /// A row for a story of the library; its text comes when it is asked for.
    pub(super) fn bring_to_hand(&mut self, key: Key) -> RowKey {
        let entry = self.catalogue.row(key).map(|(entry, _)| entry.clone()).unwrap_or_default();
        let mut row = self.new_row(Origin::Kept(String::new()), 0);
        row.summary.title.clone_from(&entry.title);
        row.summary.site.clone_from(&entry.site);
        row.progress = entry.status.progress;
        row.kept = Some(KeptRow { status: entry.status, ..KeptRow::of(key) });
        let number = row.key;
        self.rows.push(row);
        number
    }

    /// Of the stories of the library that were read, the latest stay in memory.
    fn put_away(&mut self) {
        let selected = self.selected;
        let kept = |row: &&Row| row.kept.is_some() && Some(row.key) != selected;
        let surplus = self.rows.iter().filter(kept).count().saturating_sub(MOST_AT_HAND);
        let oldest: Vec<RowKey> = self.rows.iter().filter(kept).take(surplus).map(|row| row.key).collect();
        self.rows.retain(|row| !oldest.contains(&row.key));
    }

    /// What was opened is to be kept, as soon as everything that was opened with it is there.
    pub(super) fn expect_to_keep(&mut self, loaded: &Loaded, origin: &Origin) {
        if self.catalogue.can_change()
            && loaded.kept.is_none()
            && let Some(mut arrival) = loaded.clone().into_arrival(origin.clone(), true)
        {
            arrival.keep_no_more_than(self.settings.program.keep_bytes());
            self.arrivals.push(arrival);
        }
    }

    /// Whether so much came that it is kept before the rest is there.
    pub(super) fn has_many_arrivals(&self) -> bool {
        self.arrivals.len() >= MOST_ARRIVALS
    }

    pub(super) fn keep_what_came(&mut self) -> Vec<Effect> {
        if self.arrivals.is_empty() {
            return Vec::new();
        }
        // In a list of the latest the first of them stands on top, as it did when it was opened.
        let place = |arrival: &Arrival| self.rows.iter().position(|row| row.origin == arrival.origin);
        let mut arrivals = std::mem::take(&mut self.arrivals);
        arrivals.sort_by_key(|arrival| std::cmp::Reverse(place(arrival)));
        self.is_keeping = true;
        vec![Effect::Library(Request::Keep(arrivals))]
    }

    fn kept(&mut self, all: Vec<Kept>) -> Vec<Effect> {
        self.is_keeping = false;
        let mut effects = Vec::new();
        let mut replaced = 0;
        for kept in all {
            let Some(at) = self.rows.iter().position(|row| row.story().is_some_and(|story| story.id == kept.id)) else {
                continue;
            };
            replaced += usize::from(kept.replaces.is_some());
            effects.extend(self.settle_kept(at, &kept));
        }
        if replaced > 0 {
            let message = match replaced {
                1 => "The file has changed: its new version has your place, tags and notes".to_owned(),
                many => format!("{many} stories have changed: their new versions have your places, tags and notes"),
            };
            self.tell(Notice::done(message));
        }
        // The story that is read stays at hand, the others are in the list.
        let selected = self.selected;
        let is_over = |row: &Row| row.kept.is_some() && Some(row.key) != selected;
        self.rows.retain(|row| !is_over(row) || row.story().is_none());
        effects.extend(self.everything_again());
        effects.push(Effect::SaveState);
        effects
    }

    /// What was opened is in no library. Pasted words are nowhere else: they become a file of their own.
    fn not_kept(&mut self, arrivals: Vec<Arrival>, error: &LibraryError) -> Vec<Effect> {
        self.is_keeping = false;
        // Why there is no library to keep it in was told when it was opened.
        if self.catalogue.state == LibraryState::Whole {
            self.tell(Notice::error(error.to_string()));
        }
        let pasted = arrivals.into_iter().filter_map(|arrival| match arrival.origin {
            Origin::Kept(source_id) => Some(Effect::KeepPasted { source_id, bytes: arrival.bytes? }),
            _ => None,
        });
        pasted.collect()
    }

    fn settle_kept(&mut self, at: usize, kept: &Kept) -> Vec<Effect> {
        let mut effects = Vec::new();
        let id = kept.id.as_str().to_owned();
        let Some(row) = self.rows.get_mut(at) else { return effects };
        let entry = Entry {
            title: row.summary.title.clone(),
            site: row.summary.site.clone(),
            excerpt: row.summary.excerpt.clone(),
            minutes: row.summary.minutes,
            status: kept.status.clone(),
            seen: Some(crate::app::keeper::seen_at(&row.origin)),
            ..Entry::default()
        };
        self.kept_ids.insert(id.clone());
        let Some(row) = self.rows.get_mut(at) else { return effects };
        let versions = row.kept.take().map(|kept| kept.versions).unwrap_or_default();
        let corrections = kept.corrections.clone();
        row.summary.correct(&corrections);
        let (status, added_ms) = (kept.status.clone(), Some(kept.added_ms));
        row.kept = Some(KeptRow { status, versions, corrections, added_ms, ..KeptRow::of(kept.key) });
        // What was remembered before there was a library goes into it; what the library knows counts otherwise.
        let remembered = self.state.places.get(&id).cloned();
        match (remembered, &kept.place) {
            (Some(place), None) => {
                let (anchor, progress) = (place.anchor, place.progress);
                let change = Change::Place { key: kept.key, anchor, progress, seconds: 0 };
                effects.push(Effect::Library(Request::Change { change, how: How::Quiet }));
            }
            (None, Some(anchor)) => self.state.keep_place(&id, anchor.clone(), kept.status.progress),
            _ => {}
        }
        if kept.is_new
            && let Some(choices) = self.state.choices.get(&id)
            && let Ok(json) = serde_json::to_string(choices)
        {
            let change = Change::Choices { key: kept.key, json };
            effects.push(Effect::Library(Request::Change { change, how: How::Quiet }));
        }
        let catalogue = &mut self.catalogue;
        let is_shown = matches!(catalogue.view, View::Inbox | View::Unread | View::All) && !catalogue.is_searching();
        if kept.is_new && is_shown && catalogue.sort == Sort::Added && catalogue.position(kept.key).is_none() {
            catalogue.list.keys.insert(0, kept.key);
        }
        catalogue.know_row(kept.key, entry);
        effects
    }

    pub(super) fn add_folders(&mut self, folders: Vec<PathBuf>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for path in folders {
            let path = path.canonicalize().unwrap_or(path);
            let known = self.catalogue.counts.folders.iter().find(|folder| folder.path == path);
            let folder = known.cloned().unwrap_or(Folder { path, ignored: Vec::new() });
            effects.extend(self.set_folder(folder));
        }
        effects
    }

    /// From now on a folder's files are stories, but for those that are left out.
    pub(super) fn set_folder(&mut self, folder: Folder) -> Vec<Effect> {
        let folders = &mut self.catalogue.counts.folders;
        folders.retain(|known| known.path != folder.path);
        folders.push(folder.clone());
        let all = folders.iter().map(|folder| folder.path.clone()).collect();
        self.catalogue.leaving_out = None;
        vec![Effect::Library(Request::SetFolder(folder)), Effect::WatchFolders(all)]
    }

    pub(super) fn drop_folder(&mut self, folder: PathBuf) -> Vec<Effect> {
        self.catalogue.counts.folders.retain(|known| known.path != folder);
        let all = self.catalogue.counts.folders.iter().map(|folder| folder.path.clone()).collect();
        if self.catalogue.view == View::Folder(folder.clone()) {
            self.catalogue.view = View::Inbox;
        }
        let mut effects = vec![Effect::Library(Request::DropFolder(folder)), Effect::WatchFolders(all)];
        effects.extend(self.list_again());
        effects
    }

    pub(super) fn folders_changed(&mut self, appeared: Vec<PathBuf>, vanished: Vec<PathBuf>) -> Vec<Effect> {
        let missing = vanished.into_iter().map(Request::Missing);
        let read = (!appeared.is_empty()).then_some(Request::Gather(appeared));
        missing.chain(read).map(Effect::Library).collect()
    }

    /// No story is read any more.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        self.selected = None;
        self.shown_omissions.clear();
        self.reading = crate::app::reading::Reading::default();
        vec![Effect::SaveState]
    }

    fn gathered(&mut self, gathering: Gathering) -> Vec<Effect> {
        if !gathering.is_over {
            self.catalogue.gathering = Some(gathering);
            return Vec::new();
        }
        self.catalogue.gathering = None;
        for problem in &gathering.problems {
            self.tell(Notice::error(problem.clone()));
        }
        if gathering.failed > 0 {
            let (first, why) = gathering.failures.first().cloned().unwrap_or_default();
            let message = match gathering.failed {
                1 => why,
                many => format!("{many} files could not be read; the first: {why}"),
            };
            self.tell(Notice::warning(message).about(first));
        }
        if gathering.is_cancelled {
            self.tell(Notice::done(format!(
                "Stopped: {} of {} files were looked at, the others were left alone",
                gathering.done, gathering.total
            )));
        } else if gathering.read > FEW_FILES {
            self.tell(Notice::done(format!("{} files were read into the library", gathering.read)));
        }
        let mut effects = self.everything_again();
        if self.selected.is_none()
            && let Some(first) = self.catalogue.list.keys.first().copied()
        {
            effects.extend(self.select_kept(first));
        }
        effects
    }
}
