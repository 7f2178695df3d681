//! The window without a display: every way in leads to the story's text in the reading view, found by role and label as a
//! screen reader would; type, panels and omissions answer to the hand.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::effect::Clipping;
use recto::app::load::Picture;
use recto::app::theme::Scheme;
use recto::app::{Action, Command, NoticeKind, SavedState, Settings};
use recto::platform::Invocation;
use recto::typeset::Fonts;
use recto::ui::desktop::SetWatched;
use recto::ui::{Desktop, Opening, PickedFiles, Window};

const ARTICLE: &str = "The lighthouse at Varnes is dark again\n\nCoast Gazette\nCoast Gazette 2 Min Read\n2 Min Read\n\n\
    The lamp went out on Monday night, and nobody on the island noticed until the morning boat came in. The keeper’s \
    daughter, who is ninety, said that she had slept better than in years.\n\n\
    “A light that nobody needs is only a bill,” said Oda Brek, who chairs the harbour board and has paid it since 1998. \
    She put the cost at 41,000 a year, a third of what the board takes in fees from visiting boats.\n\n\
    The pilots disagree. Two of them wrote to the ministry that the reef is no shallower for being on a chart, and that \
    charts have been known to get wet.\n\nShare this Post";
const BODY: &str = "The pilots disagree. Two of them wrote to the ministry that the reef is no shallower for being on a chart, \
    and that charts have been known to get wet.";
const FURNITURE: &str = "Share this Post";

/// A desktop whose dialog has its answer ready, and that keeps what it is asked to do.
#[derive(Default)]
struct Stand {
    answer: Mutex<Option<PickedFiles>>,
    kept: Option<PathBuf>,
    done: Mutex<Vec<String>>,
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
    fn watch_scheme(&self, report: Box<dyn Fn(Option<Scheme>) + Send + Sync>) {
        report(Some(Scheme::Light));
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
    fn save_settings(&self, _json: &[u8]) -> Result<(), String> {
        Ok(())
    }
    fn save_state(&self, _json: &[u8]) -> Result<(), String> {
        Ok(())
    }
    fn save_file(&self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).map_err(|error| error.to_string())
    }
}

struct Trial {
    harness: Harness<'static, Option<Window>>,
    desktop: Arc<Stand>,
    folder: tempfile::TempDir,
}

impl Trial {
    /// A window that has been started before, so that it is empty, with an article file to open.
    fn new(paths: &[&str]) -> Self {
        Self::with(paths, SavedState { started_before: true, ..SavedState::default() })
    }

    fn with(paths: &[&str], state: SavedState) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("light.txt"), ARTICLE).unwrap();
        let desktop = Arc::new(Stand { kept: Some(folder.path().join("kept")), ..Stand::default() });
        let paths = paths.iter().map(|name| folder.path().join(name)).collect();
        let invocation = Invocation { paths, standard_input: None };
        let opening = Opening { settings: Settings::default(), state, notices: Vec::new(), invocation };
        let stand: Arc<dyn Desktop> = desktop.clone();
        let mut opening = Some((opening, stand));
        let harness = Harness::builder().with_size([1280.0, 800.0]).allow_missing_glyphs().build_ui_state(
            move |ui: &mut egui::Ui, window: &mut Option<Window>| {
                let window = window.get_or_insert_with(|| {
                    let (opening, stand) = opening.take().unwrap();
                    Window::new(ui.ctx(), stand, opening, Fonts::bundled())
                });
                window.show(ui);
            },
            None,
        );
        Self { harness, desktop, folder }
    }

    fn window(&self) -> &Window {
        self.harness.state().as_ref().unwrap()
    }

    fn apply(&mut self, action: Action) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().as_mut().unwrap().apply(&ctx, action);
        self.harness.step();
    }

    /// Steps until a condition holds: workers answer when they are done.
    fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..2_000 {
            self.harness.step();
            if holds(self) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("never came: {what}");
    }

    fn reads(&self, text: &str) -> bool {
        self.harness.query_by_role_and_label(Role::Paragraph, text).is_some()
    }

    fn until_read(&mut self) {
        self.until("the body in the reading view", |trial| trial.reads(BODY));
    }

    fn article(&self) -> PathBuf {
        self.folder.path().join("light.txt")
    }

    fn row_count(&self) -> usize {
        self.window().session().rows.len()
    }
}

#[test]
fn a_file_named_on_the_command_line_is_read() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "The lighthouse at Varnes is dark again").is_some());
    assert!(!trial.reads(FURNITURE));
}

#[test]
fn the_dialogs_answer_is_read() {
    let mut trial = Trial::new(&[]);
    *trial.desktop.answer.lock().unwrap() = Some(PickedFiles::Files(vec![trial.article()]));
    trial.harness.step();
    trial.harness.get_by_role_and_label(Role::Button, "Open a file").click();
    trial.until_read();
}

#[test]
fn without_a_dialog_a_path_is_asked_for() {
    let mut trial = Trial::new(&[]);
    *trial.desktop.answer.lock().unwrap() = Some(PickedFiles::Unavailable { reason: "There is no portal".to_owned() });
    trial.harness.step();
    trial.apply(Action::Run(Command::Open));
    trial.until("the prompt", |trial| trial.harness.query_by_label("Open a file by its path").is_some());
    let path = trial.article().display().to_string();
    trial.apply(Action::PathEntered(Some(path)));
    trial.until_read();
}

#[test]
fn pasted_text_is_read_and_kept() {
    let mut trial = Trial::new(&[]);
    trial.harness.step();
    trial.harness.event(egui::Event::Paste(ARTICLE.to_owned()));
    trial.until_read();
    let kept = trial.folder.path().join("kept");
    trial.until("the kept text", move |_| kept.read_dir().is_ok_and(|mut files| files.next().is_some()));
}

#[test]
fn a_folder_is_read_and_its_first_file_shown() {
    let mut trial = Trial::new(&[]);
    trial.harness.step();
    let folder = trial.folder.path().to_owned();
    trial.apply(Action::Open(vec![folder]));
    trial.until_read();
}

#[test]
fn opening_a_file_twice_selects_its_row() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    std::fs::write(trial.folder.path().join("note.txt"), "A note\n\nBuy rope before noon.").unwrap();
    let note = trial.folder.path().join("note.txt");
    trial.apply(Action::Open(vec![note]));
    trial.until("the note", |trial| trial.reads("Buy rope before noon."));
    let article = trial.article();
    trial.apply(Action::Open(vec![article]));
    trial.until_read();
    assert_eq!(trial.row_count(), 2);
}

#[test]
fn the_first_start_shows_the_samples() {
    let mut trial = Trial::with(&[], SavedState::default());
    trial.until("three stories", |trial| {
        let rows = &trial.window().session().rows;
        rows.len() == 3 && rows.iter().all(|row| row.story().is_some())
    });
}

#[test]
fn family_and_size_change_the_laid_out_geometry() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let before = trial.window().reader().laid_lines();
    trial.apply(Action::Run(Command::LargerText));
    let larger = trial.window().reader().laid_lines();
    assert_ne!(before, larger);
    let mut settings = trial.window().session().settings.clone();
    settings.style.text_family = "Inter".to_owned();
    trial.apply(Action::SettingsChanged(settings));
    assert_ne!(larger, trial.window().reader().laid_lines());
    assert!(trial.reads(BODY));
}

#[test]
fn panels_collapse_by_key() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    for (key, label) in [(egui::Key::F9, "Stories"), (egui::Key::F8, "Coverage")] {
        assert!(trial.harness.query_by_role_and_label(Role::Heading, label).is_some(), "{label}");
        trial.harness.key_press(key);
        trial.harness.run_steps(3);
        assert!(trial.harness.query_by_role_and_label(Role::Heading, label).is_none(), "{label}");
    }
    assert!(trial.reads(BODY));
}

#[test]
fn an_omission_is_shown_in_its_place_by_a_click() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    assert!(!trial.reads(FURNITURE));
    let row = trial
        .harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(FURNITURE)));
    row.unwrap().click();
    trial.until("the omission", |trial| trial.reads(FURNITURE));
}

#[test]
fn what_cannot_be_read_says_why() {
    let mut trial = Trial::new(&["gone.txt"]);
    trial.until("the notice", |trial| {
        trial.window().session().notices.iter().any(|n| n.kind == NoticeKind::Error && n.message.contains("not there"))
    });
    let errors = |trial: &Trial| trial.window().session().notices.len();
    trial.harness.run_steps(20);
    assert_eq!(errors(&trial), 1, "an error stays until it is dismissed");
    trial.harness.get_by_role_and_label(Role::Button, "Dismiss").click();
    trial.until("no notice", |trial| trial.window().session().notices.is_empty());
}

#[test]
fn a_file_that_goes_while_it_is_open_stays_readable() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let path = trial.article().canonicalize().unwrap();
    std::fs::remove_file(&path).unwrap();
    trial.apply(Action::FileChanged(path));
    assert!(trial.reads(BODY));
    assert!(trial.window().session().notices.iter().any(|notice| notice.message.contains("is gone")));
}
