//! The window without a display: every way in leads to the story's text in the reading view, found by role and label as a
//! screen reader would; type, panels and omissions answer to the hand.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::{Action, Command, NoticeKind, SavedState};
use recto::ui::PickedFiles;

use support::{ARTICLE, BODY, FURNITURE, Trial};

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
    trial.until("four stories", |trial| {
        let rows = &trial.window().session().rows;
        rows.len() == 4 && rows.iter().all(|row| row.story().is_some())
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
    settings.reading.style.text_family = "Inter".to_owned();
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

/// A file that was let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_dropped_file_is_read() {
    let mut trial = Trial::new(&[]);
    trial.harness.step();
    let path = trial.article();
    trial.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    trial.until_read();
}

#[test]
fn what_was_left_out_is_put_back_and_taken_out_again() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let put_back = format!("Put back: {FURNITURE}");
    trial.harness.get_by_role_and_label(Role::Button, &put_back).click();
    trial.until("the block in the story", |trial| trial.reads(FURNITURE));
    assert!(trial.harness.query_by_role_and_label(Role::Button, &put_back).is_none());
    trial.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    trial.until("the block gone", |trial| !trial.reads(FURNITURE));
    let shown = |trial: &Trial| trial.window().session().selected_story().unwrap().article.coverage().shown;
    let before = shown(&trial);
    trial.apply(Action::Run(Command::Redo));
    assert_eq!(shown(&trial), before + 1);
}

#[test]
fn all_that_was_left_out_is_put_back_in_one_step() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let button = |trial: &Trial, label| trial.harness.query_by_role_and_label(Role::Button, label).is_some();
    let shown = |trial: &Trial| trial.window().session().selected_story().unwrap().coverage;
    let at_first = shown(&trial);
    assert!(button(&trial, "Put back all") && !button(&trial, "Leave out as at first"));
    trial.harness.get_by_role_and_label(Role::Button, "Put back all").click();
    trial.until("the blocks in the story", |trial| trial.reads(FURNITURE));
    trial.harness.run_steps(2);
    assert!(shown(&trial).shown > at_first.shown && !button(&trial, "Put back all"));
    trial.harness.get_by_role_and_label(Role::Button, "Leave out as at first").click();
    trial.until("the blocks gone", |trial| !trial.reads(FURNITURE));
    trial.harness.run_steps(2);
    assert!(shown(&trial) == at_first && !button(&trial, "Leave out as at first"));
    // Each is one step.
    trial.apply(Action::Run(Command::Undo));
    trial.until("the blocks once more", |trial| trial.reads(FURNITURE));
    trial.apply(Action::Run(Command::Undo));
    trial.until("the blocks gone again", |trial| !trial.reads(FURNITURE));
    assert!(shown(&trial) == at_first && !trial.window().session().can_run(Command::Undo));
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

#[test]
fn a_value_of_the_details_is_selected_and_copied() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let title = "The lighthouse at Varnes is dark again";
    let is_title = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().role() == Role::Label && node.accesskit_node().value().as_deref() == Some(title)
    };
    let value = trial.harness.get_all_by_role(Role::Label).find(is_title).unwrap();
    let lines: String =
        value.accesskit_node().children().map(|run| run.data().value().unwrap_or_default().to_owned()).collect();
    assert_eq!(lines, title, "a screen reader is told its letters");
    let rect = value.rect();
    let copied = |trial: &mut Trial| {
        trial.harness.event(egui::Event::Copy);
        trial.harness.step();
        let commands = &trial.harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    };
    assert_eq!(copied(&mut trial), None);
    let press = |trial: &mut Trial, pos: egui::Pos2, pressed: bool| {
        let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
        trial.harness.event(egui::Event::PointerMoved(pos));
        trial.harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
        trial.harness.step();
    };
    press(&mut trial, rect.left_top() + egui::vec2(1.0, 4.0), true);
    trial.harness.event(egui::Event::PointerMoved(rect.right_bottom()));
    trial.harness.step();
    press(&mut trial, rect.right_bottom(), false);
    assert_eq!(copied(&mut trial).as_deref(), Some(title));
    // A press elsewhere lets go of it.
    press(&mut trial, egui::pos2(640.0, 500.0), true);
    press(&mut trial, egui::pos2(640.0, 500.0), false);
    assert_eq!(copied(&mut trial), None);
}

#[test]
fn the_details_say_who_is_quoted_and_lead_there() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until_read();
    let label = "“A light that nobody needs is only a bill,”, quotation, name and verb";
    trial.until("the voices", |trial| trial.harness.query_by_role_and_label(Role::Button, label).is_some());
    // Typing narrows the panel to what is looked for.
    trial.harness.get_by_label("Find in the details").focus();
    trial.harness.step();
    trial.harness.get_by_label("Find in the details").type_text("nobody needs");
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Coverage").is_none());
    trial.harness.get_by_role_and_label(Role::Button, label).click();
    trial.harness.run_steps(3);
    assert!(trial.reads(BODY));
    // A folded section keeps its head alone, and is remembered as folded.
    trial.apply(Action::Fold("Voices".to_owned(), true));
    assert!(trial.window().session().saved_state().folded.contains("Voices"));
}

#[test]
fn a_long_story_says_how_far_its_facts_have_come() {
    let mut trial = Trial::new(&["light.txt"]);
    trial.until("the facts", |trial| trial.window().session().facts.is_some());
    let doing = "Looking for who says what";
    assert!(trial.harness.query_by_role_and_label(Role::ProgressIndicator, doing).is_none());
    let paragraph =
        "“It was a good boat,” said Maren Oakley, the skipper, on 3 May 2024. It carried 310 passengers a day.";
    let book = format!("The boat is sold\n\n{}", format!("{paragraph}\n\n").repeat(12_000));
    std::fs::write(trial.folder.path().join("book.txt"), book).unwrap();
    let book = trial.folder.path().join("book.txt");
    trial.apply(Action::Open(vec![book]));
    let waits = |trial: &Trial| trial.harness.query_by_role_and_label(Role::ProgressIndicator, doing).is_some();
    trial.until("the progress", waits);
    let told = trial.harness.get_by_role_and_label(Role::ProgressIndicator, doing).accesskit_node().numeric_value();
    assert!(told.is_some_and(|percent| (0.0..=100.0).contains(&percent)), "{told:?}");
    for other in ["Looking for figures", "Looking for dates", "Looking for names"] {
        assert!(trial.harness.query_by_role_and_label(Role::ProgressIndicator, other).is_some(), "{other}");
    }
    // Another story does not wait for it.
    let article = trial.article();
    trial.apply(Action::Open(vec![article]));
    trial.until("the article's facts", |trial| trial.window().session().facts.is_some());
    assert!(!waits(&trial) && trial.window().session().facts_progress.is_none());
}

/// What was put on the clipboard in the last frame.
fn copied(trial: &Trial) -> Option<String> {
    let commands = &trial.harness.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn figures_are_sorted_by_size_and_by_kind_and_copied_as_a_table() {
    let mut trial = Trial::new(&[]);
    let story = "The boat is sold\n\nThe boat cost £412,000 and carried 310 passengers a day, and 1,200 bicycles a year. It was \
        sold for £90,000.\n\nThe council says that 61% of the crew were hired again, and 25 sailors were not.";
    std::fs::write(trial.folder.path().join("boat.txt"), story).unwrap();
    let path = trial.folder.path().join("boat.txt");
    trial.apply(Action::Open(vec![path]));
    trial.until("the figures", |trial| trial.harness.query_by_role_and_label(Role::Heading, "Figures").is_some());
    // Only the figures are left in sight.
    let others: Vec<&str> = trial.window().session().facts.as_ref().unwrap().sections.iter().map(|s| s.name).collect();
    for name in others.into_iter().chain(["Story", "Coverage", "File"]).filter(|name| *name != "Figures") {
        trial.apply(Action::Fold(name.to_owned(), true));
    }
    trial.harness.run_steps(3);
    // The rows from the top down, with the heads above them.
    let listed = |trial: &Trial| -> Vec<String> {
        let names = ["£412,000", "310 passengers", "1,200 bicycles", "£90,000", "61% crew", "25 sailors"];
        let heads = ["Counts", "Money", "Percentages"];
        let mut rows: Vec<(f32, String)> = Vec::new();
        for name in names {
            let begins = format!("{name}, ");
            let is_row = |node: &egui_kittest::Node<'_>| {
                node.accesskit_node().label().is_some_and(|label| label.starts_with(&begins))
            };
            rows.extend(
                trial.harness.get_all_by_role(Role::Button).filter(is_row).map(|node| (node.rect().top(), name.into())),
            );
        }
        for head in heads {
            let node = trial.harness.query_by_role_and_label(Role::Label, head);
            rows.extend(node.map(|node| (node.rect().top(), head.to_owned())));
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, name)| name).collect()
    };
    let by_kind = [
        "Money",
        "£412,000",
        "£90,000",
        "Counts",
        "310 passengers",
        "1,200 bicycles",
        "25 sailors",
        "Percentages",
        "61% crew",
    ];
    assert_eq!(listed(&trial), by_kind);
    trial.harness.get_by_role_and_label(Role::Button, "By size").click();
    trial.harness.run_steps(2);
    assert_eq!(listed(&trial), ["£412,000", "£90,000", "1,200 bicycles", "310 passengers", "61% crew", "25 sailors"]);
    trial.harness.get_by_role_and_label(Role::Button, "By kind").click();
    trial.harness.run_steps(2);
    assert_eq!(listed(&trial), by_kind);

    trial.harness.get_by_role_and_label(Role::Button, "Copy as table").click();
    let mut table = None;
    for _ in 0..4 {
        trial.harness.step();
        table = table.or_else(|| copied(&trial));
    }
    let first = "The boat cost £412,000 and carried 310 passengers a day, and 1,200 bicycles a year.";
    let (sold, hired) = (
        "It was sold for £90,000.",
        "The council says that 61% of the crew were hired again, and 25 sailors were not.",
    );
    let rows = [
        ("figure", "value", "kind or note"),
        ("£412,000", "412000", first),
        ("£90,000", "90000", sold),
        ("310 passengers", "310", first),
        ("1,200 bicycles", "1200", first),
        ("25 sailors", "25", hired),
        ("61% crew", "61", hired),
    ];
    let expected: String = rows.iter().map(|(figure, value, note)| format!("{figure}\t{value}\t{note}\n")).collect();
    assert_eq!(table.as_deref(), Some(expected.as_str()));
}
