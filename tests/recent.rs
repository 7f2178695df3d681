//! The files that were opened last, in the window: from the File menu to the story, found by role and label as a screen reader
//! would; what is gone is grey, and the list can be cleared.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::{Action, Command};

use support::{BODY, Trial};

const NOTE: &str = "Buy rope before noon.";

fn click(trial: &mut Trial, label: &str) {
    trial.harness.get_by_role_and_label(Role::Button, label).click();
    trial.harness.run_steps(4);
}

fn open_menu(trial: &mut Trial) {
    click(trial, "File");
    click(trial, "Open recent");
}

/// Whether the menu's line for a file is there, and whether it can be chosen.
fn line(trial: &Trial, label: &str) -> Option<bool> {
    let node = trial.harness.query_by_role_and_label(Role::Button, label)?;
    Some(!node.accesskit_node().is_disabled())
}

#[test]
fn a_recent_file_is_opened_again_by_its_menu() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let note = trial.folder.path().join("note.txt");
    std::fs::write(&note, NOTE).unwrap();
    trial.apply(Action::Open(vec![note.clone()]));
    trial.until("the note", |trial| trial.reads(NOTE));
    trial.until("the desktop's list", |trial| {
        let done = trial.desktop.done.lock().unwrap();
        ["light.txt", "note.txt"]
            .iter()
            .all(|name| done.iter().any(|what| what.starts_with("recent text/plain ") && what.ends_with(name)))
    });

    open_menu(&mut trial);
    assert_eq!(line(&trial, "note.txt"), Some(true));
    let places = ["note.txt", "light.txt", "Clear list"]
        .map(|label| trial.harness.get_by_role_and_label(Role::Button, label).rect().top());
    assert!(places.is_sorted(), "the newest stands first: {places:?}");
    click(&mut trial, "light.txt");
    trial.until_read();
    assert_eq!(line(&trial, "Clear list"), None, "a choice closes the menu");

    std::fs::remove_file(&note).unwrap();
    open_menu(&mut trial);
    trial.until("what is gone", |trial| line(trial, "note.txt (not found)") == Some(false));
    assert_eq!(line(&trial, "light.txt"), Some(true));
    click(&mut trial, "Clear list");
    assert!(trial.window().session().state.recent.is_empty());
    click(&mut trial, "File");
    assert_eq!(line(&trial, "Open recent"), Some(false), "there is nothing to open");
    assert!(trial.reads(BODY));
}

#[test]
fn a_recent_file_is_found_in_the_palette() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    std::fs::write(trial.folder.path().join("note.txt"), NOTE).unwrap();
    let note = trial.folder.path().join("note.txt");
    trial.apply(Action::Open(vec![note]));
    trial.until("the note", |trial| trial.reads(NOTE));
    trial.apply(Action::Run(Command::Palette));
    trial.harness.run_steps(3);
    trial.harness.get_by_label("Find a command").type_text("recent light");
    trial.harness.run_steps(3);
    let offer = "Open recent: light.txt";
    assert!(trial.harness.query_by_role_and_label(Role::ListBoxOption, offer).is_some());
    trial.harness.key_press(egui::Key::Enter);
    trial.until_read();
}

#[test]
fn what_was_opened_is_remembered_by_the_next_start() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    let mut trial = trial.again();
    trial.harness.step();
    let recent = trial.window().session().state.recent.names();
    assert_eq!(recent, ["light.txt"]);
    let told = trial.desktop.done.lock().unwrap().iter().any(|what| what.starts_with("recent "));
    assert!(!told, "to start is not to open");
}
