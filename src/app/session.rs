//! The app's state, and the one way to change it. Draws nothing and touches no file; what has to be done outside is
//! answered as [`Effect`]s. [`super::command`] says what a person can ask for, `commands` does it.

mod asking;
mod choosing;
mod commands;
mod facts;
mod find;
mod imports;
mod library;
mod open;
mod reading;
mod recent;
mod settings;
mod stories;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::action::{Confirmation, Panel};
use super::asked::Asked;
use super::catalogue::Catalogue;
use super::choices::Change;
use super::effect::Target;
use super::notice::NoticeKind;
use super::reading::{Jump, Reading};
use super::saved_state::{PANEL_WIDTHS, SavedRow, SavedState};
use super::theme::SystemPreferences;
use super::{Action, Effect, Find, Notice, Origin, Row, RowKey, RowStatus, Settings, Story};
use crate::library::{Addressed, Nearby, Pace};
pub use imports::{Progress, ProgressUnit};
pub use library::Item;

/// The app's state.
#[derive(Debug)]
pub struct Session {
    /// What the person has set.
    pub settings: Settings,
    /// What is remembered.
    pub state: SavedState,
    /// The stories at hand: those that are in no library, in the sidebar's order, and those of the library that were read.
    pub rows: Vec<Row>,
    /// What is known of the library.
    pub catalogue: Catalogue,
    /// What the rules say of the story that is read, once that was found.
    pub facts: Option<super::Facts>,
    /// Which part of its text is done while they are being found; none where that takes a moment only.
    pub facts_progress: Option<f32>,
    /// The search for the facts of the story that is read, also after it has ended.
    finding: Option<super::fact_finding::FactFinding>,
    /// Differences that are shown.
    pub comparison: Option<super::difference::Comparison>,
    /// Two stories that are shown side by side.
    pub side_by_side: Option<Box<super::side_by_side::SideBySide>>,
    /// Other tellings of the story that is read.
    pub elsewhere: Asked<crate::library::Key, Nearby>,
    /// The stories of the library that the story that is read links to, by the links' addresses without what follows a click.
    pub linked: Asked<RowKey, HashMap<String, Addressed>>,
    /// How fast the reader reads, where enough was read to tell.
    pub pace: Option<Pace>,
    /// The story that the pace was asked for last.
    pace_asked: Option<RowKey>,
    /// What a person has to confirm first.
    pub confirmation: Option<Confirmation>,
    /// The row that is read.
    pub selected: Option<RowKey>,
    /// What a person is told, the oldest first.
    pub notices: Vec<Notice>,
    /// Blocks of the selected story that are shown though they were left out. Cleared when another story is read.
    pub shown_omissions: BTreeSet<usize>,
    /// What goes on in the story that is read.
    pub reading: Reading,
    /// The search in the story that is read.
    pub find: Find,
    /// Whether the panels and bars are put away for reading.
    pub focus_mode: bool,
    /// Whether a caret can be moved through the text by keys.
    pub caret_browsing: bool,
    /// The prompt for a path, with the reason why it is needed.
    pub path_prompt: Option<String>,
    /// Of the files that were opened last, those that were gone when that was looked for.
    pub missing_recent: Vec<std::path::PathBuf>,
    /// What the desktop prefers, where it is known.
    pub system: SystemPreferences,
    /// What follows from the settings, the desktop and the story that is read.
    in_force: settings::InForce,
    imports: imports::Imports,
    /// Rows whose files a person has opened, and that are being read.
    asked_for: std::collections::HashSet<RowKey>,
    closed: Vec<(Origin, usize)>,
    /// What can be taken back, and what was taken back and can be done again; the latest last.
    done: Vec<Step>,
    undone: Vec<Step>,
    /// What was opened and is to be kept, together with what is still being read.
    arrivals: Vec<super::story::Arrival>,
    /// Whether the library has not answered yet for what came last.
    is_keeping: bool,
    /// Ids of stories that are known to be in the library: what is remembered of them is remembered there.
    kept_ids: std::collections::HashSet<String>,
    /// Stories that were read before the one that is, and those that were left by going back; the latest last.
    visited: [Vec<Item>; 2],
    next_key: u64,
    next_notice: u64,
}

/// A change that can be taken back, or done again.
#[derive(Clone, Debug)]
enum Step {
    /// Blocks were put back or left out.
    Blocks(Change),
    /// What sets stories of the library back as they were.
    Library(Box<crate::library::Change>),
    /// The settings as they were.
    Settings(Box<Settings>),
}

impl Session {
    /// A session with what was set and remembered, without a library: stories last as long as it. Answers with what has to
    /// be done first.
    pub fn new(settings: Settings, state: SavedState) -> (Self, Vec<Effect>) {
        Self::begin(settings, state, false)
    }

    /// A session with a library, which is being opened and was asked for [what it asks first](Self::asks_first).
    pub fn with_library(settings: Settings, state: SavedState) -> (Self, Vec<Effect>) {
        Self::begin(settings, state, true)
    }

    fn begin(settings: Settings, state: SavedState, has_library: bool) -> (Self, Vec<Effect>) {
        let mut session = Self {
            settings: settings.in_range(),
            state: state.in_range(),
            rows: Vec::new(),
            catalogue: Catalogue::default(),
            facts: None,
            facts_progress: None,
            finding: None,
            comparison: None,
            side_by_side: None,
            elsewhere: Asked::default(),
            linked: Asked::default(),
            pace: None,
            pace_asked: None,
            confirmation: None,
            arrivals: Vec::new(),
            is_keeping: false,
            kept_ids: std::collections::HashSet::new(),
            visited: [Vec::new(), Vec::new()],
            selected: None,
            notices: Vec::new(),
            shown_omissions: BTreeSet::new(),
            reading: Reading::default(),
            find: Find::default(),
            focus_mode: false,
            caret_browsing: false,
            path_prompt: None,
            missing_recent: Vec::new(),
            asked_for: std::collections::HashSet::new(),
            system: SystemPreferences::default(),
            in_force: settings::InForce::default(),
            imports: imports::Imports::default(),
            closed: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            next_key: 0,
            next_notice: 0,
        };
        let mut effects = if has_library { session.library_opens() } else { Vec::new() };
        effects.extend(session.restore());
        session.find_in_force();
        (session, effects)
    }

    /// Changes the state, and answers with what has to be done outside.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        let mut effects = self.carry_out(action);
        effects.extend(self.keep_find_true());
        effects.extend(self.keep_facts_true());
        effects.extend(self.keep_what_was_found());
        effects.extend(self.keep_asked_true());
        self.find_in_force();
        effects
    }

    fn carry_out(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Find(action) => self.apply_find(action),
            Action::Run(command) => self.run(command),
            Action::Open(paths) => self.open(paths),
            Action::RecentShown => self.look_for_recent(),
            Action::RecentMissing(paths) => {
                self.missing_recent = paths;
                Vec::new()
            }
            Action::Paste(text) => self.paste(&text),
            Action::OpenStandardInput(bytes) => self.open_bytes("Standard input", bytes.into()),
            Action::Select(key) => self.select(key),
            Action::Close(key) => self.close(key),
            Action::DialogCancelled | Action::ImportMoved => Vec::new(),
            Action::DialogUnavailable { reason } => {
                self.path_prompt = Some(reason);
                Vec::new()
            }
            Action::HandedOver(paths) => {
                let mut effects = vec![Effect::Raise];
                effects.extend(self.open(paths));
                effects
            }
            Action::PathEntered(path) => self.path_entered(path),
            Action::FolderListed { folder, files, problems } => self.folder_listed(&folder, files, problems),
            Action::Begun { row, generation, beginning } => {
                self.begun(row, generation, *beginning);
                Vec::new()
            }
            Action::Loaded { row, generation, result } => self.loaded(row, generation, result),
            Action::CancelImport => self.cancel_import(),
            Action::FileChanged(path) => self.file_changed(&path),
            Action::Library(answer) => self.library_answered(answer),
            Action::ShowView(view) => self.show_view(view),
            Action::SortBy(sort) => self.sort_by(sort),
            Action::SearchLibrary(typed) => self.search_library(typed),
            Action::RowsInSight(range) => self.rows_in_sight(range),
            Action::SelectKept(key) => self.select_kept(key),
            Action::Pick(pick) => {
                self.pick(pick);
                Vec::new()
            }
            Action::ChangeStories(change) => self.change(change),
            Action::SetTag { tag, is_on } => self.set_tag(&tag, is_on),
            Action::TagsEdited => {
                self.catalogue.tagging = None;
                Vec::new()
            }
            Action::WriteNote(text) => self.write_note(text),
            Action::CompareWith(key) => {
                self.selected.map(|row| Effect::Compare { row, with: key }).into_iter().collect()
            }
            Action::FactsFound(facts) => {
                self.facts_found(facts);
                Vec::new()
            }
            Action::FactsMoved { finding, done } => {
                self.facts_moved(&finding, done);
                Vec::new()
            }
            Action::FactsNotFound { finding, notice } => {
                self.facts_not_found(&finding, notice);
                Vec::new()
            }
            Action::Fold(section, is_folded) => {
                if is_folded {
                    self.state.folded.insert(section);
                } else {
                    self.state.folded.remove(&section);
                }
                vec![Effect::SaveState]
            }
            Action::Compared(comparison) => {
                self.comparison = Some(comparison);
                Vec::new()
            }
            Action::ComparisonClosed => {
                self.comparison = None;
                Vec::new()
            }
            Action::LayBeside(key) => self.lay_beside(key),
            Action::LaidBeside(laid) => {
                self.side_by_side = Some(laid);
                Vec::new()
            }
            Action::SideBySideClosed => {
                self.side_by_side = None;
                Vec::new()
            }
            Action::Confirmed(is_wanted) => self.confirmed(is_wanted),
            Action::FoldersPicked(folders) => self.add_folders(folders),
            Action::LeaveOut(folder) => {
                self.catalogue.leaving_out = folder;
                Vec::new()
            }
            Action::SetFolder(folder) => self.set_folder(folder),
            Action::LookThrough(folder) => {
                vec![Effect::Library(super::keeper::Request::Gather(vec![folder]))]
            }
            Action::DropFolder(folder) => self.drop_folder(folder),
            Action::FoldersChanged { appeared, vanished } => self.folders_changed(appeared, vanished),
            Action::PauseGathering(is_paused) => {
                if let Some(gathering) = &mut self.catalogue.gathering {
                    gathering.is_paused = is_paused;
                }
                vec![Effect::Library(super::keeper::Request::PauseGathering(is_paused))]
            }
            Action::FollowLink(target) => self.follow_link(target),
            Action::ShowOmission(block) => {
                self.shown_omissions.insert(block);
                vec![Effect::Reveal(Target::Block(block), Jump::New)]
            }
            Action::SetShown { block, shown } => self.set_shown(block, shown),
            Action::SelectText(selection) => self.select_text(selection),
            Action::ViewMoved(view) => {
                self.reading.view = view;
                Vec::new()
            }
            Action::Jumped { from, jump } => {
                self.reading.trail.jumped(from, jump);
                Vec::new()
            }
            Action::GoTo(target) => vec![Effect::Reveal(target, Jump::New)],
            Action::CopyPicture(picture) => vec![Effect::CopyPicture(picture)],
            Action::SavePicture(picture) => vec![Effect::SavePicture(picture)],
            Action::CopyLink(address) => vec![Effect::CopyText(address)],
            Action::ShowAllOmissions(show) => {
                self.show_all_omissions(show);
                Vec::new()
            }
            Action::PlaceMoved { row, anchor, progress } => self.place_moved(row, anchor, progress),
            Action::SettingsChanged(settings) => self.set_settings(settings),
            Action::SettingsFileRead(json) => self.import_settings(&json),
            Action::ChooseTheme(id) => self.choose_theme(&id),
            Action::ChooseProfile(name) => self.choose_profile(name),
            Action::PanelResized { panel, width } => {
                let width = width.clamp(*PANEL_WIDTHS.start(), *PANEL_WIDTHS.end());
                match panel {
                    Panel::Sidebar => self.state.sidebar.width = width,
                    Panel::Details => self.state.details.width = width,
                }
                vec![Effect::SaveState]
            }
            Action::WindowChanged(place) => {
                self.state.window = place;
                vec![Effect::SaveState]
            }
            Action::Dismiss(id) => {
                self.notices.retain(|notice| notice.id != id);
                Vec::new()
            }
            Action::Tell(notice) => {
                self.tell(notice);
                Vec::new()
            }
            Action::SystemPreferences(system) => {
                self.system = system;
                Vec::new()
            }
        }
    }

    /// The row with this key.
    pub fn row(&self, key: RowKey) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == key)
    }

    fn row_mut(&mut self, key: RowKey) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.key == key)
    }

    /// The row that is read.
    pub fn selected_row(&self) -> Option<&Row> {
        self.row(self.selected?)
    }

    /// The story that is read, once it is there.
    pub fn selected_story(&self) -> Option<&Arc<Story>> {
        self.selected_row()?.story()
    }

    /// What can be looked at of the story that is read: all of it, or its beginning.
    pub fn story_in_view(&self) -> Option<&Arc<Story>> {
        self.selected_row()?.story_in_view()
    }

    /// Tells a person something. The same words about the same file are told once.
    pub fn tell(&mut self, mut notice: Notice) {
        self.notices.retain(|n| !(n.message == notice.message && n.path == notice.path));
        self.next_notice += 1;
        notice.id = self.next_notice;
        // The path may hold a title, which is nobody else's business.
        match notice.kind {
            NoticeKind::Error => log::error!("notice: {}", notice.message),
            NoticeKind::Warning => log::warn!("notice: {}", notice.message),
            NoticeKind::Done => {}
        }
        self.notices.push(notice);
    }

    /// What is to be remembered, as of now.
    pub fn saved_state(&self) -> SavedState {
        let mut state = self.state.clone();
        // What is in the library is remembered there, but for the story that is read.
        let kept = |row: &&Row| {
            !matches!(row.origin, Origin::Bytes { .. }) && (row.kept.is_none() || Some(row.key) == self.selected)
        };
        state.started_before = true;
        state.selected = self.rows.iter().filter(kept).position(|row| Some(row.key) == self.selected);
        state.rows = self
            .rows
            .iter()
            .filter(kept)
            .map(|row| SavedRow {
                origin: row.origin.clone(),
                article: row.article,
                summary: Some(row.summary.clone()),
                kept: row.kept.as_ref().map(|kept| kept.key),
            })
            .collect();
        if self.catalogue.can_change() {
            state.places.retain(|id, _| !self.kept_ids.contains(id));
            state.choices.retain(|id, _| !self.kept_ids.contains(id));
        }
        state
    }

    /// Shows a row's story.
    fn select(&mut self, key: RowKey) -> Vec<Effect> {
        if self.row(key).is_none() {
            return Vec::new();
        }
        if self.selected != Some(key) {
            self.visit();
            self.shown_omissions.clear();
            self.reading = Reading::default();
        }
        self.selected = Some(key);
        let mut effects = self.request(key, false);
        effects.push(Effect::SaveState);
        effects.push(self.watch());
        effects
    }

    /// Asks for a row's story if it is not there, or in any case.
    fn request(&mut self, key: RowKey, again: bool) -> Vec<Effect> {
        let is_selected = self.selected == Some(key);
        let Some(row) = self.row_mut(key) else { return Vec::new() };
        let wanted = again || matches!(row.status, RowStatus::Waiting | RowStatus::Failed(_));
        if !wanted {
            return Vec::new();
        }
        row.generation += 1;
        let is_awaited = is_selected && row.story().is_none();
        if row.story().is_none() {
            row.status = RowStatus::Loading;
        }
        let (generation, origin) = (row.generation, row.origin.clone());
        // Its file is read again where that is asked for; else the library has it as it was.
        let kept = row.kept.as_ref().map(|kept| kept.key).filter(|_| !again);
        vec![Effect::Load { row: key, generation, origin, kept, is_awaited, watch: self.began(key) }]
    }

    /// Watches the files of the stories that are in memory.
    fn watch(&self) -> Effect {
        let open = self.rows.iter().filter(|row| row.story().is_some() || Some(row.key) == self.selected);
        Effect::WatchFiles(open.filter_map(|row| row.origin.path().map(std::path::Path::to_owned)).collect())
    }

    fn show_all_omissions(&mut self, show: bool) {
        self.shown_omissions.clear();
        if show && let Some(story) = self.selected_story() {
            let blocks = story.article.blocks.iter().enumerate();
            self.shown_omissions = blocks.filter(|(_, block)| !block.is_shown()).map(|(number, _)| number).collect();
        }
    }

    fn place_moved(&mut self, row_key: RowKey, anchor: crate::document::Anchor, progress: f32) -> Vec<Effect> {
        let progress = if progress.is_finite() { progress.clamp(0.0, 1.0) } else { 0.0 };
        let Some(row) = self.row_mut(row_key) else { return Vec::new() };
        row.progress = progress;
        let Some(id) = row.story().map(|story| story.id.clone()) else { return Vec::new() };
        let kept = row.kept.as_ref().map(|kept| kept.key);
        self.state.keep_place(id.as_str(), anchor.clone(), progress);
        let mut effects = vec![Effect::SaveState];
        if let Some(key) = kept {
            self.catalogue.place_moved(key, progress);
            if let Some(kept) = self.row_mut(row_key).and_then(|row| row.kept.as_mut()) {
                kept.status.read = kept.status.read.after(progress);
            }
            let change = crate::library::Change::Place { key, anchor, progress, seconds: 0 };
            effects.push(Effect::Library(super::keeper::Request::Change { change, how: super::keeper::How::Quiet }));
        }
        effects
    }

    fn follow_link(&mut self, target: String) -> Vec<Effect> {
        if let Some(name) = target.strip_prefix('#') {
            return vec![Effect::Reveal(Target::Fragment(name.to_owned()), Jump::New)];
        }
        let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(scheme.as_str(), "http" | "https" | "mailto") && target.contains(':') {
            return vec![Effect::OpenAddress(target)];
        }
        self.tell(Notice::warning(format!(
            "Recto opens web and mail addresses only, and this link is neither: {target}"
        )));
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
