//! Carries out what the session asks for, through the desktop and the workers. Decides nothing.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::ViewportCommand;

use super::desktop::{Desktop, PickedFiles, SetWatched};
use super::reader::Reader;
use crate::app::effect::FactsForm;
use crate::app::errands::{self, failed};
use crate::app::jobs::Jobs;
use crate::app::keeper::{Keeper, Request};
use crate::app::{Action, Change, Effect, Key, Notice, Session, folder, load};
use crate::document::{Envelope, Resource, ResourceId};
use crate::platform::watch_folders::FolderChange;

/// Seconds from a change to its being written.
const SAVE_PAUSE: Duration = Duration::from_millis(800);

/// What carrying out takes.
pub struct Hands {
    /// The desktop.
    pub desktop: Arc<dyn Desktop>,
    /// The workers.
    pub jobs: Jobs,
    /// The library, where there is one.
    pub keeper: Option<Keeper>,
    /// Whether the library's search field is to take the focus.
    pub search_focus_due: bool,
    clock: ReadingClock,
    watch: Option<SetWatched>,
    watch_folders: Option<SetWatched>,
    settings_due: Option<f64>,
    state_due: Option<f64>,
    /// Whether the reading settings are open.
    pub settings_open: bool,
    /// Whether the command palette is open.
    pub palette_open: bool,
    /// Whether the list of shortcuts is open.
    pub help_open: bool,
    /// Whether the list of headings is open.
    pub contents_open: bool,
    /// Whether the about box is open.
    pub about_open: bool,
}

impl Hands {
    /// With these.
    pub fn new(desktop: Arc<dyn Desktop>, jobs: Jobs, keeper: Option<Keeper>) -> Self {
        Self {
            desktop,
            jobs,
            keeper,
            search_focus_due: false,
            clock: ReadingClock::default(),
            watch: None,
            watch_folders: None,
            settings_due: None,
            state_due: None,
            settings_open: false,
            palette_open: false,
            help_open: false,
            contents_open: false,
            about_open: false,
        }
    }

    /// Carries out an effect.
    pub fn carry_out(&mut self, ctx: &egui::Context, session: &Session, reader: &mut Reader, effect: Effect) {
        let desktop = Arc::clone(&self.desktop);
        let effect = match effect {
            Effect::Library(request) => Effect::Library(self.clock.timed(request)),
            effect => effect,
        };
        let places = load::Places { kept: desktop.kept_folder(), library: desktop.library_folder() };
        let left = errands::carry_out(effect, session, &mut self.jobs, self.keeper.as_ref(), &places);
        let Some(effect) = left else { return };
        match effect {
            Effect::ShowFolderDialog => {
                let answer = move || match desktop.pick_folders() {
                    PickedFiles::Files(folders) => Action::FoldersPicked(folders),
                    PickedFiles::Cancelled => Action::DialogCancelled,
                    PickedFiles::Unavailable { reason } => Action::DialogUnavailable { reason },
                };
                self.jobs.run_apart("folder dialog", answer, failed);
            }
            Effect::WatchFolders(folders) => {
                let report = self.jobs.reporter();
                let start = || desktop.watch_folders(Box::new(move |changes| report_changes(&report, changes)));
                self.watch_folders.get_or_insert_with(start)(&folders);
            }
            Effect::ShowFactsDialog(form) => {
                let Some(facts) = session.facts.clone() else { return };
                let stem = file_stem(facts.story.article.title().unwrap_or("Story"));
                let (name, text) = match form {
                    FactsForm::Markdown => (format!("{stem} details.md"), facts.to_markdown()),
                    FactsForm::Json => (format!("{stem} details.json"), facts.to_json()),
                };
                self.jobs.run_apart("save dialog", move || save_file(&*desktop, &name, text.as_bytes()), failed);
            }
            Effect::MoveToBin(path) => {
                let work = move || match desktop.move_to_bin(&path) {
                    Ok(()) => Action::FileChanged(path),
                    Err(message) => Action::Tell(Notice::error(message)),
                };
                self.jobs.run_apart("bin", work, failed);
            }
            // Nobody has to be told that a list of the desktop's could not be written; the log is.
            Effect::ListAsRecent { path, media_type } => {
                let work = move || {
                    if let Err(message) = desktop.list_as_recent(&path, media_type) {
                        log::warn!("{message}");
                    }
                    Action::DialogCancelled
                };
                self.jobs.run_apart("recent documents", work, failed);
            }
            Effect::FocusSearch => self.search_focus_due = true,
            Effect::ShowOpenDialog => {
                let answer = move || match desktop.pick_files() {
                    PickedFiles::Files(files) => Action::Open(files),
                    PickedFiles::Cancelled => Action::DialogCancelled,
                    PickedFiles::Unavailable { reason } => Action::DialogUnavailable { reason },
                };
                self.jobs.run_apart("open dialog", answer, failed);
            }
            Effect::ShowSaveDialog(key) => {
                let Some(row) = session.row(key) else { return };
                let Some(story) = row.story().map(Arc::clone) else { return };
                let name = format!("{}.recto.json", file_stem(&row.summary.title));
                self.jobs.run_apart(
                    "save dialog",
                    move || save_copy(&*desktop, &name, &story.as_read().article),
                    failed,
                );
            }
            Effect::OpenAddress(address) => self.attempt(move || desktop.open_address(&address)),
            Effect::ShowInFolder(path) => self.attempt(move || desktop.show_in_folder(&path)),
            Effect::CopyText(text) => ctx.copy_text(text),
            Effect::Copy(clipping) => {
                // A clipboard that takes no styles takes the text at least: egui has a way of its own there.
                let (ctx, text) = (ctx.clone(), clipping.text.clone());
                self.jobs.run(
                    move || {
                        if desktop.copy(&clipping).is_err() {
                            ctx.copy_text(text);
                        }
                        Action::DialogCancelled
                    },
                    failed,
                );
            }
            // Most desktops but X11 have no primary selection; nobody misses it there.
            Effect::OfferSelection(text) => self.attempt(move || desktop.offer_selection(&text).or(Ok(()))),
            Effect::CopyPicture(picture) => self.copy_picture(session, picture),
            Effect::SavePicture(picture) => self.save_picture(session, picture),
            Effect::KeepPasted { source_id, bytes } => {
                if let Some(folder) = desktop.kept_folder() {
                    self.attempt(move || desktop.save_file(&load::kept_path(&folder, &source_id), &bytes));
                }
            }
            Effect::WatchFiles(files) => {
                let report = self.jobs.reporter();
                let start = || desktop.watch_files(Box::new(move |path| report(Action::FileChanged(path))));
                self.watch.get_or_insert_with(start)(&files);
            }
            Effect::Reveal(target, jump) => reader.reveal(target, jump),
            Effect::Scroll(scroll) => reader.scroll(scroll),
            Effect::SaveSettings => self.settings_due = Some(due(ctx)),
            Effect::SaveState => {
                self.state_due.get_or_insert(due(ctx));
            }
            Effect::Raise => {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
            Effect::ToggleFullScreen => {
                let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
            }
            Effect::ToggleSettings => self.settings_open = !self.settings_open,
            Effect::TogglePalette => self.palette_open = !self.palette_open,
            Effect::ToggleHelp => self.help_open = !self.help_open,
            Effect::ShowExportDialog => {
                let Some(json) = session.settings.to_json() else { return };
                self.jobs.run_apart("save dialog", move || save_file(&*desktop, "recto-settings.json", &json), failed);
            }
            Effect::ShowImportDialog => self.jobs.run_apart("open dialog", move || pick_settings(&*desktop), failed),
            Effect::ToggleContents => self.contents_open = !self.contents_open,
            Effect::ShowAbout => self.about_open = true,
            // The errands have gone for these.
            Effect::Load { .. }
            | Effect::ListFolder(_)
            | Effect::FindMissing(_)
            | Effect::Library(_)
            | Effect::FindFacts(_)
            | Effect::Find(_)
            | Effect::LayBeside { .. }
            | Effect::Compare { .. } => {}
            Effect::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    fn copy_picture(&mut self, session: &Session, picture: ResourceId) {
        let Some(story) = session.story_in_view().map(Arc::clone) else { return };
        let desktop = Arc::clone(&self.desktop);
        self.attempt(move || {
            let resource = story.article.resource(picture);
            let width = story.image_sizes.get(picture.0).copied().flatten().map_or(1, |(width, _)| width);
            let decoded = resource.and_then(|r| load::picture(r.bytes()?, r.media_type.as_deref(), width));
            let decoded = decoded.ok_or("This picture cannot be read. Save it, and open it with another program")?;
            desktop.copy_picture(&decoded)
        });
    }

    fn save_picture(&mut self, session: &Session, picture: ResourceId) {
        let Some(story) = session.story_in_view().map(Arc::clone) else { return };
        let desktop = Arc::clone(&self.desktop);
        let title = session.selected_row().map(|row| row.summary.title.clone()).unwrap_or_default();
        let work = move || {
            let resource = story.article.resource(picture);
            let Some((bytes, resource)) = resource.and_then(|resource| Some((resource.bytes()?, resource))) else {
                return Action::Tell(Notice::error("This picture is not in the file, so it cannot be saved"));
            };
            let name = format!("{} {}.{}", file_stem(&title), picture.0 + 1, picture_ending(resource));
            save_file(&*desktop, &name, bytes)
        };
        self.jobs.run_apart("save dialog", work, failed);
    }

    /// Writes what is due.
    pub fn save_due(&mut self, ctx: &egui::Context, session: &Session) {
        let now = ctx.input(|input| input.time);
        if self.settings_due.is_some_and(|at| now >= at) {
            self.settings_due = None;
            if let Some(json) = session.settings.to_json() {
                let desktop = Arc::clone(&self.desktop);
                self.attempt(move || desktop.save_settings(&json));
            }
        }
        if self.state_due.is_some_and(|at| now >= at) {
            self.state_due = None;
            if let Some(json) = json(&session.saved_state()) {
                let desktop = Arc::clone(&self.desktop);
                self.attempt(move || desktop.save_state(&json));
            }
        }
        let next = [self.settings_due, self.state_due].into_iter().flatten().reduce(f64::min);
        if let Some(at) = next {
            ctx.request_repaint_after(Duration::from_secs_f64((at - now).max(0.01)));
        }
    }

    /// The last that is to be kept; the window closes.
    pub fn keep_last(&mut self, effect: Effect) {
        if let (Effect::Library(request), Some(keeper)) = (effect, &self.keeper) {
            keeper.send(self.clock.timed(request));
        }
    }

    /// Writes everything now; the window closes.
    pub fn save_all(&mut self, session: &Session) {
        // Nobody is left to be told of a failure; what was written before is whole.
        if let Some(json) = session.settings.to_json() {
            let _ = self.desktop.save_settings(&json);
        }
        if let Some(json) = json(&session.saved_state()) {
            let _ = self.desktop.save_state(&json);
        }
        // Waits until what was asked for is on the disk.
        self.keeper = None;
    }

    fn attempt(&mut self, work: impl FnOnce() -> Result<(), String> + Send + 'static) {
        let answer = move || match work() {
            Ok(()) => Action::DialogCancelled,
            Err(message) => Action::Tell(Notice::error(message)),
        };
        self.jobs.run(answer, failed);
    }
}

/// Seconds that count as reading at most between two looks at the page: who is longer away than it takes to read a screen
/// of a hard text is not reading.
const LONGEST_LOOK: Duration = Duration::from_secs(120);

/// How long a story is read: the time between two moves of its place, as far as somebody can have read in it.
#[derive(Default)]
struct ReadingClock {
    last: Option<(Key, std::time::Instant)>,
}

impl ReadingClock {
    /// The request, with the seconds that were read where it moves a place.
    fn timed(&mut self, mut request: Request) -> Request {
        if let Request::Change { change: Change::Place { key, seconds, .. }, .. } = &mut request {
            let now = std::time::Instant::now();
            let before = self.last.replace((*key, now)).filter(|(last, _)| last == key);
            let look = before.map_or(Duration::ZERO, |(_, at)| now.duration_since(at).min(LONGEST_LOOK));
            // What is less than a second counts with the next move.
            *seconds = u32::try_from(look.as_secs()).unwrap_or_default();
            if *seconds == 0 {
                self.last = before.or(self.last);
            }
        }
        request
    }
}

/// What happened in watched folders, as one action for what came and went and one each for what cannot be watched.
fn report_changes(report: &impl Fn(Action), changes: Vec<FolderChange>) {
    let (mut appeared, mut vanished) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            FolderChange::Appeared(path) if folder::is_article_file(&path) => appeared.push(path),
            FolderChange::Appeared(_) => {}
            FolderChange::Vanished(path) => vanished.push(path),
            FolderChange::Renamed { from, to } => {
                vanished.push(from);
                appeared.push(to);
            }
            FolderChange::Rescan(path) => appeared.push(path),
            FolderChange::Problem(message) => report(Action::Tell(Notice::warning(message))),
        }
    }
    if !(appeared.is_empty() && vanished.is_empty()) {
        report(Action::FoldersChanged { appeared, vanished });
    }
}

fn due(ctx: &egui::Context) -> f64 {
    ctx.request_repaint_after(SAVE_PAUSE);
    ctx.input(|input| input.time) + SAVE_PAUSE.as_secs_f64()
}

fn json<T: serde::Serialize>(value: &T) -> Option<Vec<u8>> {
    serde_json::to_vec_pretty(value).ok()
}

fn save_copy(desktop: &dyn Desktop, name: &str, article: &crate::document::Article) -> Action {
    match Envelope::new(article.clone()).to_json() {
        Ok(json) => save_file(desktop, name, json.as_bytes()),
        Err(error) => Action::Tell(Notice::error(error.to_string())),
    }
}

/// Asks where, and saves bytes there; the name is a proposal.
fn save_file(desktop: &dyn Desktop, name: &str, bytes: &[u8]) -> Action {
    let path = match desktop.pick_save_path(name) {
        PickedFiles::Files(files) => files.into_iter().next(),
        PickedFiles::Cancelled => None,
        PickedFiles::Unavailable { reason } => return Action::Tell(Notice::error(reason)),
    };
    let Some(path) = path else { return Action::DialogCancelled };
    match desktop.save_file(&path, bytes) {
        Ok(()) => Action::Tell(Notice::done("Saved").about(path)),
        Err(message) => Action::Tell(Notice::error(message)),
    }
}

/// The largest file that is read as settings, in bytes. Whole settings with many profiles have some tens of kilobytes.
const LARGEST_SETTINGS: u64 = 4 << 20;

/// Asks for a file, and reads settings from it.
fn pick_settings(desktop: &dyn Desktop) -> Action {
    let path = match desktop.pick_settings() {
        PickedFiles::Files(files) => files.into_iter().next(),
        PickedFiles::Cancelled => None,
        PickedFiles::Unavailable { reason } => return Action::Tell(Notice::error(reason)),
    };
    let Some(path) = path else { return Action::DialogCancelled };
    let too_large = || std::io::Error::other("it is too large for settings");
    let read = std::fs::metadata(&path)
        .and_then(|facts| if facts.len() > LARGEST_SETTINGS { Err(too_large()) } else { std::fs::read(&path) });
    match read {
        Ok(json) => Action::SettingsFileRead(json),
        Err(error) => Action::Tell(
            Notice::error(format!("The settings cannot be read ({error}). Choose a file that Recto has exported"))
                .about(path),
        ),
    }
}

/// The ending of a picture's file, by its media type.
fn picture_ending(resource: &Resource) -> &'static str {
    match resource.media_type.as_deref().unwrap_or_default() {
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        "image/bmp" => "bmp",
        "image/x-icon" | "image/vnd.microsoft.icon" => "ico",
        _ => "jpg",
    }
}

/// A title as a file name: what no file system forbids, and not too long for any.
fn file_stem(title: &str) -> String {
    let safe: String = title.chars().map(|c| if c.is_alphanumeric() || " -_.".contains(c) { c } else { ' ' }).collect();
    let words = crate::text::collapse_whitespace(&safe);
    let stem: String = words.trim_matches(['.', ' ']).chars().take(80).collect();
    if stem.is_empty() { "Story".to_owned() } else { stem }
}

/// Whether dropped or pasted things are paths.
pub fn dropped_paths(ctx: &egui::Context) -> Vec<PathBuf> {
    ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_file_name() {
        for (title, stem) in [("A/B: “C”", "A B C"), ("...", "Story"), ("", "Story"), ("Fähre 3", "Fähre 3")] {
            assert_eq!(file_stem(title), stem, "{title}");
        }
    }
}
