//! Reading many files at once: which are being read, which wait for their turn, how far it has come, and giving up on the
//! rest. Reads nothing itself: what is to be read goes out as [`Effect::Load`].

use std::collections::{HashMap, HashSet, VecDeque};

use super::Session;
use crate::app::action::LoadError;
use crate::app::keeper::Request;
use crate::app::{Effect, Notice, RowKey, RowStatus};
use crate::import::Watch;

/// Files that are with the workers at one time, for each core: enough that none waits for the next, few enough that a
/// story that is chosen meanwhile is read at once.
const AHEAD_PER_CORE: usize = 2;

/// So many files at once are told of together, not one by one.
const MANY_FILES: usize = 4;

/// What is being read and what waits.
#[derive(Debug, Default)]
pub(super) struct Imports {
    running: HashMap<RowKey, Watch>,
    waiting: VecDeque<RowKey>,
    asked: HashSet<RowKey>,
    done: usize,
    failed: usize,
    twins: usize,
}

/// How far reading has come, for a progress strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being read: a file's name, or "300 files".
    pub name: String,
    /// What is done, in [`Progress::unit`]s.
    pub done: usize,
    /// All there is to do; 0 where that is not known.
    pub total: usize,
    /// What is counted.
    pub unit: ProgressUnit,
}

/// What progress counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressUnit {
    /// Files of a folder or of a drop.
    Files,
    /// Stories of one file.
    Stories,
}

impl Session {
    /// How far reading has come; `None` while nothing is read. [`crate::app::Action::CancelImport`] gives up on the rest.
    pub fn progress(&self) -> Option<Progress> {
        if let Some(gathering) = &self.catalogue.gathering {
            let (done, total) = (gathering.done, gathering.total);
            return Some(Progress { name: "files".to_owned(), done, total, unit: ProgressUnit::Files });
        }
        let imports = &self.imports;
        let (key, watch) = imports.running.iter().min_by_key(|(key, _)| **key)?;
        if imports.asked.len() > 1 {
            let (done, total) = (imports.done, imports.asked.len());
            return Some(Progress { name: format!("{total} files"), done, total, unit: ProgressUnit::Files });
        }
        let (done, total) = watch.progress();
        let name = self.row(*key).map(|row| row.summary.title.clone()).unwrap_or_default();
        Some(Progress { name, done, total, unit: ProgressUnit::Stories })
    }

    /// Whether all that is read is the rest of a story whose beginning is in view: its page says so itself, and should not move for it.
    pub fn opens_the_rest(&self, progress: &Progress) -> bool {
        progress.unit == ProgressUnit::Stories && self.selected_row().is_some_and(|row| row.beginning.is_some())
    }

    /// Whether many files are being read.
    pub(super) fn reads_many(&self) -> bool {
        self.imports.asked.len() >= MANY_FILES
    }

    /// Reads these rows' files, a few at a time.
    pub(super) fn read_all(&mut self, keys: impl IntoIterator<Item = RowKey>) -> Vec<Effect> {
        for key in keys {
            let waits =
                self.row(key).is_some_and(|row| matches!(row.status, RowStatus::Waiting | RowStatus::Failed(_)));
            if waits && self.imports.asked.insert(key) {
                self.imports.waiting.push_back(key);
            }
        }
        self.read_next()
    }

    fn read_next(&mut self) -> Vec<Effect> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut effects = Vec::new();
        while self.imports.running.len() < cores * AHEAD_PER_CORE {
            let Some(key) = self.imports.waiting.pop_front() else { break };
            effects.extend(self.request(key, false));
        }
        effects
    }

    /// A row's file is with the workers.
    pub(super) fn began(&mut self, key: RowKey) -> Watch {
        let watch = Watch::default();
        self.imports.asked.insert(key);
        self.imports.running.insert(key, watch.clone());
        watch
    }

    /// A row's file has been read, or could not be: the next one's turn, and at the end what has to be told.
    pub(super) fn ended(&mut self, key: RowKey) -> Vec<Effect> {
        if self.imports.running.remove(&key).is_none() {
            return Vec::new();
        }
        self.imports.done += 1;
        let mut effects = self.read_next();
        let is_over = self.imports.running.is_empty();
        if is_over {
            effects.extend(self.finish_imports());
        }
        if is_over || self.has_many_arrivals() {
            effects.extend(self.keep_what_came());
        }
        effects
    }

    /// Nobody wants a row's file any more: whoever reads it stops, and what has been read meanwhile is kept.
    pub(super) fn given_up(&mut self, key: RowKey) -> Vec<Effect> {
        if let Some(watch) = self.imports.running.get(&key) {
            watch.cancel();
        }
        self.imports.waiting.retain(|waiting| *waiting != key);
        self.ended(key)
    }

    fn finish_imports(&mut self) -> Vec<Effect> {
        let imports = std::mem::take(&mut self.imports);
        let all = imports.asked.len();
        if all < MANY_FILES {
            return Vec::new();
        }
        if imports.failed > 0 {
            self.tell(Notice::warning(format!(
                "{} of {all} files could not be read; choose one in the list to see why",
                imports.failed
            )));
        }
        if imports.twins > 0 {
            let hold = if imports.twins == 1 { "holds a story that is" } else { "hold stories that are" };
            self.tell(Notice::done(format!("{} of {all} files {hold} open already", imports.twins)));
        }
        vec![self.watch()]
    }

    /// One of many files could not be read: counted, and told at the end. `false` where it is told now.
    pub(super) fn count_failure(&mut self, key: RowKey, error: &LoadError) -> bool {
        if !self.reads_many() {
            return false;
        }
        self.imports.failed += 1;
        if let Some(row) = self.row_mut(key)
            && row.story().is_none()
        {
            row.status = RowStatus::Failed(error.clone());
        }
        true
    }

    /// One of many files holds a story that is open already.
    pub(super) fn count_twin(&mut self) -> bool {
        self.imports.twins += usize::from(self.reads_many());
        self.reads_many()
    }

    /// Gives up on everything that has not been read yet. What was read stays; rows that never had a story go.
    pub(super) fn cancel_import(&mut self) -> Vec<Effect> {
        if self.catalogue.gathering.is_some() {
            return vec![Effect::Library(Request::CancelGathering)];
        }
        let imports = std::mem::take(&mut self.imports);
        if imports.running.is_empty() {
            return Vec::new();
        }
        imports.running.values().for_each(Watch::cancel);
        for key in imports.running.keys() {
            if let Some(row) = self.row_mut(*key) {
                // What the workers still answer is stale.
                row.generation += 1;
            }
        }
        let asked = &imports.asked;
        self.rows.retain(|row| {
            let unread = matches!(row.status, RowStatus::Waiting | RowStatus::Loading);
            !(unread && asked.contains(&row.key))
        });
        let (done, all) = (imports.done, asked.len());
        let message = if all > 1 {
            format!("Stopped: {done} of {all} files were read, the others were left alone")
        } else {
            "Stopped: the file was left alone".to_owned()
        };
        self.tell(Notice::done(message));
        let mut effects = vec![Effect::SaveState];
        if self.selected_row().is_none() {
            self.selected = None;
            self.shown_omissions.clear();
            if let Some(first) = self.rows.iter().find(|row| row.story().is_some()).map(|row| row.key) {
                effects.extend(self.select(first));
            }
        }
        effects.push(self.watch());
        effects
    }
}
