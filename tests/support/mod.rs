//! A window without a display, on a desktop that answers at once and keeps what it is asked to do. Asserts nothing.
#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of it")]
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use recto::app::effect::Clipping;
use recto::app::head_start::{Begun, Opening};
use recto::app::load::Picture;
use recto::app::load::Places;
use recto::app::theme::{Scheme, SystemPreferences};
use recto::app::{Action, SavedState, Settings};
use recto::typeset::Fonts;
use recto::ui::desktop::SetWatched;
use recto::ui::{Desktop, PickedFiles, Window};

pub const ARTICLE: &str = "The lighthouse at Varnes is dark again\n\nCoast Gazette\nCoast Gazette 2 Min Read\n2 Min Read\n\n\
    The lamp went out on Monday night, and nobody on the island noticed until the morning boat came in. The keeper’s \
    daughter, who is ninety, said that she had slept better than in years.\n\n\
    “A light that nobody needs is only a bill,” said Oda Brek, who chairs the harbour board and has paid it since 1998. \
    She put the cost at 41,000 a year, a third of what the board takes in fees from visiting boats.\n\n\
    The pilots disagree. Two of them wrote to the ministry that the reef is no shallower for being on a chart, and that \
    charts have been known to get wet.\n\nShare this Post";
pub const BODY: &str = "The pilots disagree. Two of them wrote to the ministry that the reef is no shallower for being on a chart, \
    and that charts have been known to get wet.";
pub const FURNITURE: &str = "Share this Post";

/// A desktop whose dialog has its answer ready, and that keeps what it is asked to do.
#[derive(Default)]
pub struct Stand {
    pub answer: Mutex<Option<PickedFiles>>,
    pub kept: Option<PathBuf>,
    pub library: Option<PathBuf>,
    /// What was remembered last, as a next start reads it.
    pub state: Mutex<Option<SavedState>>,
    pub done: Mutex<Vec<String>>,
    /// The settings that were written last.
    pub settings: Mutex<Option<Settings>>,
}

impl Stand {
    fn note(&self, what: String) -> Result<(), String> {
        self.done.lock().unwrap().push(what);
        Ok(())
    }
}

impl Desktop for Stand {
    fn pick_files(&self) -> PickedFiles {
        self.answer.lock().unwrap().clone().unwrap_or(PickedFiles::Cancelled)
    }
    fn pick_save_path(&self, _file_name: &str) -> PickedFiles {
        self.pick_files()
    }
    fn open_address(&self, address: &str) -> Result<(), String> {
        self.note(format!("open {address}"))
    }
    fn show_in_folder(&self, path: &Path) -> Result<(), String> {
        self.note(format!("show {}", path.display()))
    }
    fn watch_preferences(&self, report: Box<dyn Fn(SystemPreferences) + Send + Sync>) {
        report(SystemPreferences { scheme: Some(Scheme::Light), ..SystemPreferences::default() });
    }
    fn watch_files(&self, _report: Box<dyn Fn(PathBuf) + Send + Sync>) -> SetWatched {
        Box::new(|_| {})
    }
    fn copy(&self, clipping: &Clipping) -> Result<(), String> {
        self.note(format!("copy {}", clipping.text))
    }
    fn offer_selection(&self, text: &str) -> Result<(), String> {
        self.note(format!("offer {text}"))
    }
    fn copy_picture(&self, picture: &Picture) -> Result<(), String> {
        self.note(format!("copy picture {} x {}", picture.width, picture.height))
    }
    fn kept_folder(&self) -> Option<PathBuf> {
        self.kept.clone()
    }
    fn list_as_recent(&self, path: &Path, media_type: &str) -> Result<(), String> {
        self.note(format!("recent {media_type} {}", path.display()))
    }
    fn save_settings(&self, json: &[u8]) -> Result<(), String> {
        *self.settings.lock().unwrap() = serde_json::from_slice(json).ok();
        Ok(())
    }
    fn library_folder(&self) -> Option<PathBuf> {
        self.library.clone()
    }
    fn pick_folders(&self) -> PickedFiles {
        self.pick_files()
    }
    fn move_to_bin(&self, path: &Path) -> Result<(), String> {
        std::fs::remove_file(path).map_err(|error| error.to_string())?;
        self.note(format!("bin {}", path.display()))
    }
    fn save_state(&self, json: &[u8]) -> Result<(), String> {
        *self.state.lock().unwrap() = serde_json::from_slice(json).ok();
        Ok(())
    }
    fn save_file(&self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).map_err(|error| error.to_string())
    }
}

pub struct Trial {
    pub harness: Harness<'static, Option<Window>>,
    pub desktop: Arc<Stand>,
    pub folder: tempfile::TempDir,
}

impl Trial {
    /// A window that has been started before, so that it is empty, with an article file to open.
    pub fn new(paths: &[&str]) -> Self {
        Self::with(paths, SavedState { started_before: true, ..SavedState::default() })
    }

    pub fn with(paths: &[&str], state: SavedState) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("light.txt"), ARTICLE).unwrap();
        Self::within(folder, paths, state, false, Fonts::bundled())
    }

    /// A window with a story of its own and other fonts than the bundled.
    pub fn with_story(name: &str, story: &[u8], fonts: Fonts) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), story).unwrap();
        let state = SavedState { started_before: true, ..SavedState::default() };
        Self::within(folder, &[name], state, false, fonts)
    }

    /// A window with a library, with an article file to open.
    pub fn with_library(paths: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("light.txt"), ARTICLE).unwrap();
        let state = SavedState { started_before: true, ..SavedState::default() };
        Self::within(folder, paths, state, true, Fonts::bundled())
    }

    /// Closes the window and starts it again, on the same library and with what was remembered.
    pub fn again(mut self) -> Self {
        self.quit();
        let state = self.desktop.state.lock().unwrap().clone().unwrap();
        drop(self.harness);
        Self::within(self.folder, &[], state, true, Fonts::bundled())
    }

    /// What the window does when it is closed.
    pub fn quit(&mut self) {
        use eframe::App as _;
        self.harness.state_mut().as_mut().unwrap().on_exit(None);
    }

    fn within(folder: tempfile::TempDir, paths: &[&str], state: SavedState, has_library: bool, fonts: Fonts) -> Self {
        let library = has_library.then(|| folder.path().join("library"));
        let kept = Some(folder.path().join("kept"));
        let desktop = Arc::new(Stand { kept, library, ..Stand::default() });
        let paths = paths.iter().map(|name| folder.path().join(name)).collect();
        let places = Places { kept: desktop.kept.clone(), library: desktop.library.clone() };
        let opening = Opening { state, paths, places, ..Opening::default() };
        Self::of_session(folder, desktop, move || Begun::new(opening), fonts)
    }

    /// A window on a session that something was done to before.
    pub fn of_session(
        folder: tempfile::TempDir,
        desktop: Arc<Stand>,
        begin: impl FnOnce() -> Begun + 'static,
        fonts: Fonts,
    ) -> Self {
        let stand: Arc<dyn Desktop> = desktop.clone();
        let mut opening = Some((begin, stand, fonts));
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_step_dt(1.0 / 60.0)
            .allow_missing_glyphs()
            .build_ui_state(
                move |ui: &mut egui::Ui, window: &mut Option<Window>| {
                    let window = window.get_or_insert_with(|| {
                        let (begin, stand, fonts) = opening.take().unwrap();
                        Window::new(ui.ctx(), stand, begin(), fonts)
                    });
                    window.show(ui);
                },
                None,
            );
        Self { harness, desktop, folder }
    }

    pub fn window(&self) -> &Window {
        self.harness.state().as_ref().unwrap()
    }

    pub fn apply(&mut self, action: Action) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().as_mut().unwrap().apply(&ctx, action);
        self.harness.step();
    }

    /// Steps until a condition holds: workers answer when they are done.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..2_000 {
            self.harness.step();
            if holds(self) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("never came: {what}");
    }

    pub fn reads(&self, text: &str) -> bool {
        self.harness.query_by_role_and_label(Role::Paragraph, text).is_some()
    }

    pub fn until_read(&mut self) {
        self.until("the body in the reading view", |trial| trial.reads(BODY));
    }

    pub fn article(&self) -> PathBuf {
        self.folder.path().join("light.txt")
    }

    pub fn row_count(&self) -> usize {
        self.window().session().rows.len()
    }
}
