//! A long story in the window: its beginning is read while the rest is on its way.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use recto::app::head_start::{Begun, Opening};
use recto::app::load::{self, Places};
use recto::app::{Action, Command, RowKey, SavedState};
use recto::import::Watch;
use recto::typeset::Fonts;
use support::{Stand, Trial};

const PARAGRAPHS: usize = 6_000;

fn paragraph(number: usize) -> String {
    format!(
        "On day {number} the ferry to Harrow Island left at six, when the tide had turned and the gulls were quiet."
    )
}

fn story() -> String {
    let paragraphs: Vec<_> = (0..PARAGRAPHS).map(paragraph).collect();
    format!("The log of the ferry\n\n{}\n", paragraphs.join("\n\n"))
}

/// A window in which a long story's beginning has come, and what follows is kept back; with the action that brings it.
fn begun(text: &str) -> (Trial, Action) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.txt");
    std::fs::write(&path, text).unwrap();
    let row: Rc<Cell<Option<(RowKey, u64)>>> = Rc::default();
    let (told, opened) = (Rc::clone(&row), path.clone());
    let begin = move || {
        let state = SavedState { started_before: true, ..SavedState::default() };
        let mut begun = Begun::new(Opening { state, ..Opening::default() });
        // No worker is sent for what is to be loaded: the test brings it.
        begun.session.apply(Action::Open(vec![opened]));
        let row = begun.session.rows.first().unwrap();
        told.set(Some((row.key, row.generation)));
        begun
    };
    let mut trial = Trial::of_session(folder, Arc::new(Stand::default()), begin, Fonts::bundled());
    trial.harness.step();
    let (row, generation) = row.get().unwrap();
    let origin = trial.window().session().rows.first().unwrap().origin.clone();
    let mut beginning = None;
    let result = load::load_telling(&origin, &Places::default(), &Watch::default(), |b| beginning = Some(b));
    trial.apply(Action::Begun { row, generation, beginning: Box::new(beginning.unwrap()) });
    (trial, Action::Loaded { row, generation, result })
}

fn opens_the_rest(trial: &Trial) -> bool {
    trial.harness.query_by_label("Opening the rest…").is_some()
}

fn first_in_sight(trial: &Trial) -> String {
    let session = trial.window().session();
    let story = session.selected_row().unwrap().story_in_view().unwrap();
    let block = trial.window().reader().in_sight().find_map(|(block, _, _)| block).unwrap();
    story.article.blocks.get(block).unwrap().plain_text().into_owned()
}

#[test]
fn the_beginning_is_read_and_nothing_moves_when_the_whole_comes() {
    for screens in [0, 3] {
        let (mut trial, whole) = begun(&story());
        trial.harness.run_steps(3);
        assert!(trial.window().session().selected_story().is_none() && opens_the_rest(&trial));
        for _ in 0..screens {
            trial.apply(Action::Run(Command::PageDown));
        }
        let before = (first_in_sight(&trial), trial.window().reader().laid_lines());
        assert!(screens == 0 || before.0 != paragraph(0), "{}", before.0);
        trial.apply(whole);
        assert_eq!(trial.window().session().selected_story().unwrap().article.blocks.len(), PARAGRAPHS + 1);
        assert_eq!(first_in_sight(&trial), before.0, "{screens}");
        assert!(!opens_the_rest(&trial));
        if screens == 0 {
            let lines = trial.window().reader().laid_lines();
            assert_eq!(lines.first(), before.1.first());
        }
        trial.apply(Action::Run(Command::GoToEnd));
        trial.harness.run_steps(2);
        assert!(trial.reads(&paragraph(PARAGRAPHS - 1)));
    }
}
