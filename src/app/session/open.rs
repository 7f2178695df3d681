//! How stories come and go: opened, pasted, restored, loaded, closed, changed on disk.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Session;
use crate::app::action::LoadError;
use crate::app::keeper::Request;
use crate::app::reading::Reading;
use crate::app::story::{Beginning, FileChange, FromLibrary, KeptRow, Loaded};
use crate::app::{Command, Effect, Notice, Origin, Row, RowKey, RowStatus, Story, Summary, samples};
use crate::document::SourceId;

impl Session {
    /// The rows of the last start, or the samples at the first.
    pub(super) fn restore(&mut self) -> Vec<Effect> {
        if !self.state.started_before {
            let keys: Vec<_> = samples::names().map(|name| self.add_row(Origin::Sample(name.to_owned()), 0)).collect();
            // All three at once: they are short, and their titles should not pop up one by one later.
            let mut effects: Vec<_> = keys.iter().skip(1).flat_map(|key| self.request(*key, false)).collect();
            if let Some(first) = keys.first() {
                effects.splice(0..0, self.select(*first));
            }
            return effects;
        }
        let (rows, selected) = (std::mem::take(&mut self.state.rows), self.state.selected);
        let mut keys = Vec::new();
        for saved in rows {
            let key = self.add_row(saved.origin, saved.article);
            if let Some(row) = self.row_mut(key) {
                row.summary = saved.summary.unwrap_or_else(|| row.summary.clone());
                row.kept = saved.kept.map(KeptRow::of);
            }
            keys.push(key);
        }
        match selected.and_then(|number| keys.get(number).copied()) {
            Some(key) => self.select(key),
            None => Vec::new(),
        }
    }

    fn add_row(&mut self, origin: Origin, article: usize) -> RowKey {
        let row = self.new_row(origin, article);
        let key = row.key;
        self.rows.push(row);
        key
    }

    /// A row that is in no list yet.
    pub(super) fn new_row(&mut self, origin: Origin, article: usize) -> Row {
        let key = RowKey(self.next_key);
        self.next_key += 1;
        let summary = Summary { title: origin.name(), ..Summary::default() };
        Row {
            key,
            origin,
            article,
            summary,
            status: RowStatus::Waiting,
            beginning: None,
            generation: 0,
            file_change: None,
            progress: 0.0,
            kept: None,
        }
    }

    /// The row of an origin, new or there already. New ones come first in the sidebar.
    fn row_for(&mut self, origin: Origin, at: usize) -> RowKey {
        if let Some(row) = self.rows.iter().find(|row| row.origin == origin) {
            return row.key;
        }
        let key = self.add_row(origin, 0);
        if let Some(row) = self.rows.pop() {
            self.rows.insert(at.min(self.rows.len()), row);
        }
        key
    }

    /// Opens files and folders, and reads the first of them.
    pub(super) fn open(&mut self, paths: Vec<PathBuf>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let (mut first, mut keys) = (None, Vec::new());
        let mut files = Vec::new();
        for path in paths {
            let path = std::path::absolute(&path).unwrap_or(path);
            // A link and its file are one file; what is not there keeps the name it was asked for by.
            let path = path.canonicalize().unwrap_or(path);
            if path.is_dir() && self.catalogue.can_change() {
                effects.extend(self.add_folders(vec![path]));
                continue;
            }
            if path.is_dir() {
                effects.push(Effect::ListFolder(path));
                continue;
            }
            let at = first.map_or(0, |_| self.rows.iter().position(|r| Some(r.key) == first).map_or(0, |p| p + 1));
            let key = self.row_for(Origin::File(path.clone()), at);
            keys.push(key);
            files.push((key, path));
            first = first.or(Some(key));
        }
        effects.extend(self.remember_opened(&files));
        // The first is read first: it is the one that is shown.
        if let Some(key) = first {
            effects.extend(self.select(key));
        }
        effects.extend(self.read_all(keys));
        effects
    }

    pub(super) fn folder_listed(&mut self, folder: &Path, files: Vec<PathBuf>, problems: Vec<String>) -> Vec<Effect> {
        for problem in problems {
            self.tell(Notice::error(problem));
        }
        if files.is_empty() {
            let message = format!("There is no article file in this folder. {}", crate::import::format::opens());
            self.tell(Notice::warning(message).about(folder));
            return Vec::new();
        }
        let mut effects = Vec::new();
        let mut keys = Vec::with_capacity(files.len());
        let known: HashMap<Origin, RowKey> = self.rows.iter().map(|row| (row.origin.clone(), row.key)).collect();
        let mut new_rows = Vec::new();
        for file in files {
            let origin = Origin::File(file.canonicalize().unwrap_or(file));
            let key = known.get(&origin).copied().unwrap_or_else(|| {
                let row = self.new_row(origin, 0);
                let key = row.key;
                new_rows.push(row);
                key
            });
            keys.push(key);
        }
        self.rows.splice(0..0, new_rows);
        if let Some(key) = keys.first() {
            effects.extend(self.select(*key));
        }
        effects.extend(self.read_all(keys));
        effects
    }

    /// Pasted text: a path or `file:` address of something that is there is opened; anything else is a story.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        let paths: Vec<PathBuf> = lines().map_while(pasted_path).collect();
        if !paths.is_empty() && paths.len() == lines().count() {
            return self.open(paths);
        }
        if text.trim().is_empty() {
            let message = "There is no text on the clipboard. Copy an article's text in the browser first";
            self.tell(Notice::warning(message));
            return Vec::new();
        }
        self.open_bytes("Pasted text", text.as_bytes().into())
    }

    pub(super) fn open_bytes(&mut self, name: &str, bytes: Arc<[u8]>) -> Vec<Effect> {
        let kept = Origin::Kept(SourceId::of(&bytes).to_string());
        if let Some(row) = self.rows.iter().find(|row| row.origin == kept) {
            return self.select(row.key);
        }
        let key = self.row_for(Origin::Bytes { name: name.to_owned(), bytes }, 0);
        self.select(key)
    }

    /// A worker has read the beginning of a long story: it is shown until the whole is there.
    pub(super) fn begun(&mut self, key: RowKey, generation: u64, beginning: Beginning) {
        let Some(row) = self.row_mut(key) else { return };
        // The first of several stories begins the file; a row that waits for another one has to wait on.
        if row.generation == generation && row.article == 0 && matches!(row.status, RowStatus::Loading) {
            row.summary = beginning.summary;
            row.beginning = Some(beginning.story);
        }
    }

    /// A worker has opened a file, or could not.
    pub(super) fn loaded(&mut self, key: RowKey, generation: u64, result: Result<Loaded, LoadError>) -> Vec<Effect> {
        let Some(at) = self.rows.iter().position(|row| row.key == key && row.generation == generation) else {
            return Vec::new();
        };
        if let Some(row) = self.rows.get_mut(at) {
            row.beginning = None;
        }
        let mut effects = match result {
            Ok(loaded) => {
                let mut effects = self.list_as_recent(key);
                effects.extend(self.settle(at, key, &loaded));
                effects
            }
            Err(error) if error.is_missing && self.forgotten(at) => {
                return self.request(key, true);
            }
            Err(error) => {
                self.forget_opened(key, &error);
                if !self.count_failure(key, &error) {
                    self.fail(at, error);
                }
                Vec::new()
            }
        };
        effects.extend(self.ended(key));
        effects
    }

    fn settle(&mut self, at: usize, key: RowKey, loaded: &Loaded) -> Vec<Effect> {
        let mut effects = Vec::new();
        let Some(row) = self.rows.get(at) else { return effects };
        let (origin, wanted) = (row.origin.clone(), row.article);
        let (first_time, several) = (row.generation == 1 && wanted == 0, loaded.stories.len() > 1);
        let story = loaded.stories.get(wanted).or_else(|| loaded.stories.first()).cloned();
        let Some((story, summary)) = story else { return effects };
        if let Some(kept) = &loaded.kept {
            self.settle_from_library(at, &story, kept);
        }
        let Some(origin) =
            self.rows.get(at).map(|row| row.origin.clone()).filter(|_| loaded.kept.is_some()).or(Some(origin))
        else {
            return effects;
        };

        let origin = match origin {
            Origin::Bytes { bytes, .. } => {
                let source_id = story.file.source_id.to_string();
                if !self.catalogue.can_change() {
                    effects.push(Effect::KeepPasted { source_id: source_id.clone(), bytes });
                }
                Origin::Kept(source_id)
            }
            other => other,
        };
        if let Some(twin) = self.twin(key, &story) {
            return self.join_twin(key, twin, &origin);
        }
        let story = self.with_choices(&story);
        let progress = self.state.places.get(story.id.as_str()).map_or(0.0, |place| place.progress);
        if let Some(row) = self.rows.get_mut(at) {
            row.origin = origin.clone();
            row.summary = summary;
            if let Some(kept) = &row.kept {
                row.summary.correct(&kept.corrections);
            }
            row.status = RowStatus::Ready(Arc::clone(&story));
            row.file_change = loaded.kept.as_ref().and_then(|kept| kept.file_change);
            row.progress = progress;
        }
        if self.selected == Some(key) {
            let blocks = story.article.blocks.len();
            self.shown_omissions.retain(|block| *block < blocks);
        }
        self.expect_to_keep(loaded, &origin);
        if several {
            self.settle_further_stories(at, &origin, loaded, first_time);
        }
        effects.push(Effect::SaveState);
        // While many files are read, the list of all that are watched is made once, at the end.
        if !self.reads_many() || self.selected == Some(key) {
            effects.push(self.watch());
        }
        effects
    }

    /// A story that the library does not have any more is read from its file, if there is one.
    fn forgotten(&mut self, at: usize) -> bool {
        let Some(row) = self.rows.get_mut(at) else { return false };
        row.kept.take().is_some() && row.origin.path().is_some()
    }

    /// A story came from the library, with what is known of it there.
    fn settle_from_library(&mut self, at: usize, story: &Story, kept: &FromLibrary) {
        let id = story.id.as_str();
        self.kept_ids.insert(id.to_owned());
        if let Some(anchor) = &kept.place {
            self.state.keep_place(id, anchor.clone(), kept.row.status.progress);
        }
        if !kept.choices.is_empty() {
            self.state.choices.insert(id.to_owned(), kept.choices.clone());
        }
        if let Some(row) = self.rows.get_mut(at) {
            row.origin = kept.origin.clone();
            row.kept = Some(kept.row.clone());
        }
    }

    /// The other stories of a file: rows that wait for theirs get it, and the first time the file is read all others become
    /// rows below the first. A story that is open already gets no second row.
    fn settle_further_stories(&mut self, at: usize, origin: &Origin, loaded: &Loaded, first_time: bool) {
        let mut known: HashSet<String> = HashSet::new();
        let mut rows_of_file = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            if let Some(story) = row.story() {
                known.insert(story.id.as_str().to_owned());
            }
            if row.origin == *origin {
                rows_of_file.insert(row.article, place);
            }
        }
        let mut new_rows = Vec::new();
        let mut twins = 0;
        for (number, (story, summary)) in loaded.stories.iter().enumerate() {
            let place = rows_of_file.get(&number).copied();
            let waits = place
                .and_then(|place| self.rows.get(place))
                .is_some_and(|row| matches!(row.status, RowStatus::Waiting | RowStatus::Failed(_)));
            if (place.is_some() && !waits) || (place.is_none() && !first_time) {
                continue;
            }
            if !known.insert(story.id.as_str().to_owned()) {
                twins += usize::from(place.is_none());
                continue;
            }
            let mut row = self.new_row(origin.clone(), number);
            row.progress = self.state.places.get(story.id.as_str()).map_or(0.0, |place| place.progress);
            row.summary = summary.clone();
            row.status = RowStatus::Ready(self.with_choices(story));
            match place.and_then(|place| self.rows.get_mut(place)) {
                Some(waiting) => {
                    row.key = waiting.key;
                    row.generation = waiting.generation;
                    *waiting = row;
                }
                None => new_rows.push(row),
            }
        }
        self.rows.splice(at + 1..at + 1, new_rows);
        if twins > 0 {
            let stories = if twins == 1 { "story is" } else { "stories are" };
            let notice = Notice::done(format!("{twins} {stories} in the file twice, or open already"));
            self.tell(match origin.path() {
                Some(path) => notice.about(path),
                None => notice,
            });
        }
    }

    /// Another row with the same story: a copy, or the file under another name.
    fn twin(&self, key: RowKey, story: &Story) -> Option<RowKey> {
        self.rows.iter().find(|row| row.key != key && row.story().is_some_and(|s| s.id == story.id)).map(|row| row.key)
    }

    /// Two rows of one story become one. A file that is there is better than one that is gone, or than a pasted text.
    fn join_twin(&mut self, key: RowKey, twin: RowKey, origin: &Origin) -> Vec<Effect> {
        let was_selected = self.selected == Some(key);
        // A sample that a person opens as a file is nothing to tell of beside the samples, whichever is read first.
        let of_twin = self.row(twin).map(|row| &row.origin);
        let is_sample = [of_twin, Some(origin)].into_iter().flatten().any(|o| matches!(o, Origin::Sample(_)));
        self.rows.retain(|row| row.key != key);
        if let Some(row) = self.row_mut(twin)
            && (row.file_change == Some(FileChange::Missing) || row.origin.path().is_none())
            && origin.path().is_some()
        {
            row.origin = origin.clone();
            row.file_change = None;
        }
        let title = self.row(twin).map(|row| row.summary.title.clone()).unwrap_or_default();
        if !is_sample && !self.count_twin() {
            self.tell(Notice::done(format!("This story is open already: {title}")));
        }
        if was_selected { self.select(twin) } else { vec![Effect::SaveState] }
    }

    /// A story could not be read. What was read before stays readable.
    fn fail(&mut self, at: usize, error: LoadError) {
        let Some(row) = self.rows.get_mut(at) else { return };
        let mut notice = Notice::error(error.message.clone());
        if let Some(path) = row.origin.path() {
            notice = notice.about(path);
        }
        if row.story().is_some() {
            row.file_change = Some(if error.is_missing { FileChange::Missing } else { FileChange::Changed });
        } else {
            row.status = RowStatus::Failed(error);
        }
        self.tell(notice);
    }

    /// A watched file was changed or deleted.
    pub(super) fn file_changed(&mut self, path: &Path) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !path.exists() && self.catalogue.can_change() {
            effects.push(Effect::Library(Request::Missing(path.to_owned())));
        }
        let change = if path.is_file() { FileChange::Changed } else { FileChange::Missing };
        let (mut told, mut is_kept) = (None, false);
        for row in self.rows.iter_mut().filter(|row| row.origin.path() == Some(path) && row.story().is_some()) {
            if row.file_change != Some(change) {
                row.file_change = Some(change);
                told = Some(row.summary.title.clone());
                is_kept |= row.kept.is_some();
            }
        }
        if let Some(title) = told {
            let notice = match change {
                FileChange::Changed => {
                    Notice::warning(format!("“{title}” has changed on disk")).with_button(Command::Reload)
                }
                FileChange::Missing if is_kept => {
                    Notice::warning(format!("The file of “{title}” is gone. The library has the story"))
                }
                FileChange::Missing => Notice::warning(format!(
                    "The file of “{title}” is gone. What is open stays readable; save a copy to keep it"
                ))
                .with_button(Command::SaveCopy),
            };
            self.tell(notice.about(path));
        }
        effects
    }

    pub(super) fn path_entered(&mut self, path: Option<String>) -> Vec<Effect> {
        self.path_prompt = None;
        let Some(path) = path else { return Vec::new() };
        let path = path.trim().trim_matches(['"', '\'']);
        if path.is_empty() {
            return Vec::new();
        }
        let path = pasted_path(path).unwrap_or_else(|| PathBuf::from(path));
        self.open(vec![expand_home(path)])
    }

    pub(super) fn close(&mut self, key: RowKey) -> Vec<Effect> {
        let Some(at) = self.rows.iter().position(|row| row.key == key) else { return Vec::new() };
        let row = self.rows.remove(at);
        if !matches!(row.origin, Origin::Bytes { .. }) {
            self.closed.push((row.origin.clone(), row.article));
        }
        self.notices.retain(|notice| notice.path.is_none() || notice.path.as_deref() != row.origin.path());
        let mut effects = self.given_up(key);
        effects.push(Effect::SaveState);
        if self.selected == Some(key) {
            self.selected = None;
            self.shown_omissions.clear();
            self.reading = Reading::default();
            let next = self.rows.get(at).or_else(|| self.rows.last()).map(|row| row.key);
            if let Some(next) = next {
                effects.extend(self.select(next));
            }
        }
        effects.push(self.watch());
        effects
    }

    pub(super) fn reopen_closed(&mut self) -> Vec<Effect> {
        let Some((origin, article)) = self.closed.pop() else { return Vec::new() };
        let key = match self.rows.iter().find(|row| row.origin == origin && row.article == article) {
            Some(row) => row.key,
            None => {
                let key = self.add_row(origin, article);
                if let Some(row) = self.rows.pop() {
                    self.rows.insert(0, row);
                }
                key
            }
        };
        self.select(key)
    }

    /// Whether a closed story can be brought back.
    pub fn can_reopen(&self) -> bool {
        !self.closed.is_empty()
    }

    pub(super) fn open_samples(&mut self) -> Vec<Effect> {
        let keys: Vec<_> =
            samples::names().enumerate().map(|(at, name)| self.row_for(Origin::Sample(name.to_owned()), at)).collect();
        let mut effects: Vec<_> = keys.iter().flat_map(|key| self.request(*key, false)).collect();
        if let Some(first) = keys.first() {
            effects.extend(self.select(*first));
        }
        effects
    }

    pub(super) fn open_welcome(&mut self) -> Vec<Effect> {
        let key = self.row_for(Origin::Sample(samples::WELCOME.to_owned()), 0);
        let mut effects = self.request(key, false);
        effects.extend(self.select(key));
        effects
    }

    pub(super) fn reload(&mut self) -> Vec<Effect> {
        let Some(key) = self.selected else { return Vec::new() };
        self.notices.retain(|notice| notice.button != Some(Command::Reload));
        self.request(key, true)
    }
}

/// A file manager's clipboard and a terminal's `realpath` give paths; only one that is there counts.
fn pasted_path(line: &str) -> Option<PathBuf> {
    let path = match line.strip_prefix("file://") {
        Some(rest) => PathBuf::from(percent_decoded(rest.strip_prefix("localhost").unwrap_or(rest))),
        None if line.starts_with('/') || line.get(1..3) == Some(":\\") => PathBuf::from(line),
        None => return None,
    };
    path.exists().then_some(path)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn expand_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}
