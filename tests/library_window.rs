//! The window with a library, without a display: what is opened is there at the next start, is searched, picked, tagged,
//! archived, deleted and brought back; files that change, go, or come into a folder.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::PathBuf;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::action::Pick;
use recto::app::keeper::INSIGHTS;
use recto::app::{Action, Change, Command, Item, Key, ReadState, Shelf, Sort, Stated, View};
use recto::library::{Reader, Rules, Store};

use support::{ARTICLE, BODY, Trial};

/// Writes articles into a folder of the trial's.
fn folder_of(trial: &Trial, articles: &[(&str, &str)]) -> PathBuf {
    let folder = trial.folder.path().join("articles");
    std::fs::create_dir_all(&folder).unwrap();
    for (title, text) in articles {
        std::fs::write(folder.join(format!("{title}.md")), format!("# {title}\n\n{text}\n")).unwrap();
    }
    folder
}

fn titles(trial: &Trial) -> Vec<String> {
    let rows = trial.harness.query_all_by_role(Role::ListBoxOption);
    let mut rows: Vec<_> =
        rows.map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default())).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, title)| title).collect()
}

fn until_listed(trial: &mut Trial, expected: &[&str]) {
    trial.until(&format!("{expected:?}"), |trial| {
        trial.harness.query_all_by_role(Role::ListBoxOption).count() == expected.len() && titles(trial) == expected
    });
}

fn until_kept(trial: &mut Trial) -> Key {
    trial.until("the story in the library", |trial| {
        trial.window().session().selected_row().is_some_and(|row| row.kept.is_some())
    });
    trial.window().session().selected_row().unwrap().kept.as_ref().unwrap().key
}

const FERRIES: [(&str, &str); 3] = [
    ("Ferries", "The ferry leaves the harbour at nine, and nobody is late for it."),
    ("Bridges", "A bridge of stone leads to the harbour; it was paid for by the town."),
    ("Bread", "Bread is baked before dawn, when the ovens are cold and the town sleeps."),
];

fn with_ferries() -> Trial {
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    let folder = folder_of(&trial, &FERRIES);
    trial.apply(Action::Open(vec![folder]));
    trial.until("three stories", |trial| trial.window().session().item_count() == 3);
    trial.apply(Action::SortBy(Sort::Title));
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries"]);
    trial
}

fn key_of(trial: &Trial, title: &str) -> Key {
    let session = trial.window().session();
    let found = session.catalogue.list.keys.iter().find(|key| session.catalogue.row(**key).unwrap().0.title == title);
    *found.unwrap()
}

#[test]
fn what_was_opened_is_there_at_the_next_start_and_is_read_without_its_file() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    until_kept(&mut trial);
    assert_eq!(trial.row_count(), 1);
    std::fs::remove_file(trial.article()).unwrap();
    let mut trial = trial.again();
    trial.until_read();
    until_listed(&mut trial, &["The lighthouse at Varnes is dark again"]);
    let row = trial.window().session().selected_row().unwrap();
    assert_eq!(row.file_change, Some(recto::app::story::FileChange::Missing));
}

#[test]
fn the_same_story_under_another_name_is_the_same_story() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    let first = until_kept(&mut trial);
    let copy = trial.folder.path().join("copy.txt");
    std::fs::write(&copy, ARTICLE).unwrap();
    trial.apply(Action::Open(vec![copy]));
    trial.until("one story", |trial| {
        let session = trial.window().session();
        session.item_count() == 1 && session.selected_item() == Some(Item::Kept(first))
    });
    assert!(trial.reads(BODY));
}

#[test]
fn pasted_text_is_in_the_library_and_nowhere_else() {
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    trial.harness.event(egui::Event::Paste(ARTICLE.to_owned()));
    trial.until_read();
    until_kept(&mut trial);
    assert!(!trial.folder.path().join("kept").exists());
    let mut trial = trial.again();
    trial.until_read();
    trial.apply(Action::Run(Command::Reload));
    trial.harness.run_steps(10);
    trial.until_read();
}

#[test]
fn a_folder_is_read_and_searched_and_a_hit_shows_its_words() {
    let mut trial = with_ferries();
    trial.apply(Action::Run(Command::SearchStories));
    trial.harness.run_steps(2);
    trial.harness.event(egui::Event::Text("harbour".to_owned()));
    until_listed(&mut trial, &["Ferries", "Bridges"]);
    trial.harness.get_by_role_and_label(Role::ListBoxOption, "Bridges").click();
    trial.until("the words in the text", |trial| {
        let find = &trial.window().session().find;
        find.is_open && find.query.text == "harbour" && find.hits.len() == 1
    });
    trial.apply(Action::SearchLibrary("harbour -ferry".into()));
    until_listed(&mut trial, &["Bridges"]);
    trial.apply(Action::SearchLibrary("colour:red".into()));
    trial.until("a hint", |trial| !trial.window().session().catalogue.list.problems.is_empty());
    trial.apply(Action::SearchLibrary(String::new()));
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries"]);
}

#[test]
fn stories_are_archived_deleted_and_brought_back() {
    let mut trial = with_ferries();
    let bridges = key_of(&trial, "Bridges");
    trial.apply(Action::SelectKept(bridges));
    trial.until("the story", |trial| trial.window().session().selected_story().is_some());
    trial.harness.key_press(egui::Key::E);
    until_listed(&mut trial, &["Bread", "Ferries"]);
    // The next one is read.
    assert_eq!(trial.window().session().selected_item(), Some(Item::Kept(key_of(&trial, "Ferries"))));
    trial.apply(Action::ShowView(View::Archive));
    until_listed(&mut trial, &["Bridges"]);
    trial.apply(Action::Run(Command::Undo));
    until_listed(&mut trial, &[]);
    trial.apply(Action::ShowView(View::Inbox));
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries"]);

    trial.apply(Action::Pick(Pick::All));
    trial.apply(Action::Run(Command::Delete));
    until_listed(&mut trial, &[]);
    assert!(trial.folder.path().join("articles/Bread.md").exists());
    trial.apply(Action::Run(Command::Undo));
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries"]);
    trial.apply(Action::Run(Command::Redo));
    until_listed(&mut trial, &[]);
    trial.apply(Action::ShowView(View::Deleted));
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries"]);
}

#[test]
fn tags_are_given_to_many_and_are_a_view() {
    let mut trial = with_ferries();
    let (bread, bridges) = (key_of(&trial, "Bread"), key_of(&trial, "Bridges"));
    trial.apply(Action::Pick(Pick::Toggle(bread)));
    trial.apply(Action::Pick(Pick::Toggle(bridges)));
    trial.apply(Action::Run(Command::EditTags));
    trial.harness.run_steps(2);
    trial.harness.event(egui::Event::Text("town".to_owned()));
    trial.harness.run_steps(2);
    trial.harness.key_press(egui::Key::Enter);
    trial.until("the tag", |trial| trial.window().session().catalogue.counts.tags == [("town".to_owned(), 2)]);
    trial.harness.get_by_role_and_label(Role::Button, "Done").click();
    trial.harness.run_steps(2);
    trial.apply(Action::ShowView(View::Tag("town".into())));
    until_listed(&mut trial, &["Bread", "Bridges"]);
    trial.apply(Action::SearchLibrary("tag:town bridge".into()));
    until_listed(&mut trial, &["Bridges"]);
}

#[test]
fn reading_moves_a_story_on() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    let key = until_kept(&mut trial);
    let is = |read| move |trial: &Trial| trial.window().session().status_of(key).is_some_and(|s| s.read == read);
    let row = trial.window().session().selected.unwrap();
    let text = trial.window().session().selected_story().unwrap().flat.as_str().to_owned();
    let anchor = recto::document::Anchor::new(&text, recto::document::TextRange::new(0, 9)).unwrap();
    trial.apply(Action::PlaceMoved { row, anchor, progress: 0.4 });
    trial.until("in progress", is(ReadState::InProgress));
    trial.apply(Action::ShowView(View::InProgress));
    until_listed(&mut trial, &["The lighthouse at Varnes is dark again"]);
    trial.harness.key_press(egui::Key::M);
    trial.until("finished", is(ReadState::Finished));
    trial.harness.key_press(egui::Key::M);
    trial.until("unread again", is(ReadState::Unread));
}

#[test]
fn a_note_is_written_found_and_taken_back() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    until_kept(&mut trial);
    trial.apply(Action::WriteNote("Ask the pilots about the reef".into()));
    let note =
        |trial: &Trial| trial.window().session().selected_row().unwrap().kept.as_ref().unwrap().status.note.clone();
    trial.until("the note", |trial| note(trial).starts_with("Ask"));
    trial.apply(Action::SearchLibrary("note:ask".into()));
    until_listed(&mut trial, &["The lighthouse at Varnes is dark again"]);
    trial.apply(Action::Run(Command::Undo));
    until_listed(&mut trial, &[]);
    trial.until("no note", |trial| note(trial).is_empty());
}

#[test]
fn a_changed_file_is_a_new_version_that_can_be_compared() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    let first = until_kept(&mut trial);
    trial.apply(Action::WriteNote("Mine".into()));
    std::fs::write(trial.article(), ARTICLE.replace("ninety", "ninety-one")).unwrap();
    trial.apply(Action::Run(Command::Reload));
    trial.until("the new version", |trial| {
        let kept = trial.window().session().selected_row().unwrap().kept.as_ref();
        kept.is_some_and(|kept| kept.key != first && kept.status.note == "Mine")
    });
    until_listed(&mut trial, &["The lighthouse at Varnes is dark again"]);
    trial.apply(Action::CompareWith(first));
    trial.until("the differences", |trial| {
        let comparison = trial.window().session().comparison.as_ref();
        comparison.is_some_and(|c| c.stretches.iter().any(|(_, text)| text.contains("one")))
    });
    trial.harness.run_steps(2);
    assert!(trial.harness.query_by_label("Earlier and later version").is_some());
}

#[test]
fn forgetting_is_asked_for_first_and_touches_no_file() {
    let mut trial = Trial::with_library(&["light.txt"]);
    trial.until_read();
    until_kept(&mut trial);
    trial.apply(Action::Run(Command::Forget));
    trial.harness.run_steps(2);
    trial.harness.get_by_role_and_label(Role::Button, "Cancel").click();
    trial.harness.run_steps(2);
    until_listed(&mut trial, &["The lighthouse at Varnes is dark again"]);
    trial.apply(Action::Run(Command::Forget));
    trial.harness.run_steps(2);
    trial.harness.get_by_role_and_label(Role::Button, "Forget").click();
    until_listed(&mut trial, &[]);
    assert!(trial.article().exists());
}

#[test]
fn files_that_come_and_go_in_a_folder_are_followed() {
    let mut trial = with_ferries();
    let folder = folder_of(&trial, &[("Tides", "The tide is gauged twice a day.")]);
    let (new, old) = (folder.join("Tides.md"), folder.join("Bread.md"));
    std::fs::remove_file(&old).unwrap();
    trial.apply(Action::FoldersChanged { appeared: vec![new], vanished: vec![old.canonicalize().unwrap_or(old)] });
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries", "Tides"]);
    let bread = key_of(&trial, "Bread");
    trial.until("Bread is missing", |trial| trial.window().session().catalogue.row(bread).unwrap().0.is_missing);
    trial.apply(Action::SelectKept(bread));
    trial.until("its text", |trial| trial.reads(FERRIES[2].1));
}

#[test]
fn the_list_is_walked_by_keys() {
    let mut trial = with_ferries();
    trial.harness.get_by_role_and_label(Role::ListBoxOption, "Bread").click();
    trial.until("the story", |trial| trial.reads(FERRIES[2].1));
    trial.harness.key_press(egui::Key::ArrowDown);
    trial.until("the next story", |trial| trial.reads(FERRIES[1].1));
    trial.harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::ArrowDown);
    trial.until("two picked", |trial| trial.window().session().catalogue.picked.len() == 2);
    assert!(trial.harness.query_by_label("2 picked").is_some());
    trial.harness.key_press(egui::Key::Escape);
    trial.until("none picked", |trial| trial.window().session().catalogue.picked.is_empty());
}

#[test]
fn the_samples_of_the_first_start_are_kept_in_their_order() {
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    trial.apply(Action::Run(Command::OpenSamples));
    trial.until("four stories", |trial| {
        let session = trial.window().session();
        session.catalogue.list.keys.len() == 4 && session.item_count() == 4
    });
    trial.harness.run_steps(5);
    let expected: Vec<String> = {
        let session = trial.window().session();
        let keys = &session.catalogue.list.keys;
        keys.iter().map(|key| session.catalogue.row(*key).unwrap().0.title.clone()).collect()
    };
    assert_eq!(titles(&trial), expected);
    assert!(expected[0].starts_with("Welcome"), "{expected:?}");
}

#[test]
fn a_library_that_cannot_be_opened_is_told_and_the_file_is_read() {
    let mut trial = Trial::with_library(&[]);
    trial.quit();
    let library = trial.folder.path().join("library/library.db");
    std::fs::write(&library, "no database at all, and long enough to be looked at").unwrap();
    let mut trial = trial.again();
    trial.until("a notice", |trial| {
        trial.window().session().notices.iter().any(|notice| notice.message.contains("is not kept"))
    });
    let article = trial.article();
    trial.apply(Action::Open(vec![article]));
    trial.until_read();
    assert_eq!(trial.row_count(), 1);
    assert!(std::fs::read(&library).unwrap().starts_with(b"no database"));
}

#[test]
fn pasted_text_that_no_library_takes_is_a_file_of_its_own() {
    let mut trial = Trial::with_library(&[]);
    trial.quit();
    let library = trial.folder.path().join("library/library.db");
    std::fs::write(&library, "no database at all, and long enough to be looked at").unwrap();
    let mut trial = trial.again();
    // Before it is known that there is no library.
    trial.harness.step();
    trial.harness.event(egui::Event::Paste(ARTICLE.to_owned()));
    trial.until_read();
    let kept = trial.folder.path().join("kept");
    trial.until("the kept text", move |_| kept.read_dir().is_ok_and(|mut files| files.next().is_some()));
    let mut trial = trial.again();
    trial.until_read();
}

const SWIFTS: &str = "For eleven summers there were no swifts over the roofs of the square, and old people remembered them.\n\n\
    Then the parish decided to mend the tower, and the architect found a sheet of paper pinned to his plans.";

fn with_tellings() -> Trial {
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    let longer =
        format!("{SWIFTS}\n\nNobody admitted to having written it, and the sexton was suspected first of all.");
    let folder = folder_of(&trial, &[("Swifts", SWIFTS), ("The note", &longer), ("Bread", FERRIES[2].1)]);
    trial.apply(Action::Open(vec![folder]));
    trial.until("three stories", |trial| trial.window().session().item_count() == 3);
    trial.apply(Action::SortBy(Sort::Title));
    until_listed(&mut trial, &["Bread", "Swifts", "The note"]);
    trial
}

#[test]
fn another_telling_is_listed_read_and_laid_beside() {
    let mut trial = with_tellings();
    let (short, long) = (key_of(&trial, "Swifts"), key_of(&trial, "The note"));
    trial.apply(Action::SelectKept(short));
    trial.until("the other telling", |trial| {
        trial.harness.query_by_label_contains("100 % of this one is there too; that is").is_some()
    });
    trial.harness.get_by_label("Compare with The note").click();
    trial.until("both side by side", |trial| trial.window().session().side_by_side.is_some());
    trial.harness.run_steps(3);
    let summary = "2 paragraphs are in both, word for word; 0 only here, 1 only there";
    assert!(trial.harness.query_by_label(summary).is_some());
    assert_eq!(trial.harness.query_all_by_label_contains("This one, in both. ").count(), 2);
    assert_eq!(trial.harness.query_all_by_label_contains("The other, only here. Nobody admitted").count(), 1);
    // By keys: down to the end, and away.
    trial.harness.key_press(egui::Key::End);
    trial.harness.run_steps(3);
    trial.harness.key_press(egui::Key::Escape);
    trial.harness.run_steps(3);
    assert!(trial.window().session().side_by_side.is_none());

    // The other way round, after a click on its row.
    trial.harness.get_by_label_contains("The note, 100 % of this one").click();
    trial.until("the other is read", |trial| {
        trial.window().session().selected_item() == Some(Item::Kept(long))
            && trial.harness.query_by_label_contains("that is 100 % of the other").is_some()
    });
    // Of bread there is no other telling, and nothing is said.
    let bread = key_of(&trial, "Bread");
    trial.apply(Action::SelectKept(bread));
    trial.until("an answer about bread", |trial| trial.window().session().elsewhere.of(bread).is_some());
    assert!(trial.harness.query_by_label("Elsewhere in your library").is_none());
}

/// A report, with what another telling may have otherwise.
fn report(hurt: &str, day: &str, quotation: &str) -> String {
    let filler = "The road winds along the cliffs for nine miles, and people who live there say that it has frozen over in every \
        winter that they can remember. A wall was built beside it after the war, and part of that wall has since fallen. ";
    format!(
        "{hurt} passengers were hurt when a bus slid off the coast road near Kelder on Tuesday night, the county police said.\n\n\
        {}The road will be closed until {day} while the wall is mended.\n\n“{quotation},” said Inspector Ruth Hale.",
        format!("{filler}\n\n").repeat(6)
    )
}

#[test]
fn what_two_tellings_state_differently_is_listed_and_leads_to_both() {
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    let ice = "The road was a sheet of ice and nobody had gritted it";
    let grit = "The road was a sheet of ice and no one had been out to grit it";
    let (one, other) = (report("Twelve", "30 September 2027", ice), report("Fourteen", "30 November 2027", grit));
    let folder = folder_of(&trial, &[("Bus", &one), ("The coast road", &other), ("The copy", &one)]);
    trial.apply(Action::Open(vec![folder]));
    trial.until("three stories", |trial| trial.window().session().item_count() == 3);
    trial.apply(Action::SortBy(Sort::Title));
    until_listed(&mut trial, &["Bus", "The coast road", "The copy"]);
    let bus = key_of(&trial, "Bus");
    trial.apply(Action::SelectKept(bus));
    trial.until("the other tellings", |trial| trial.harness.query_by_label("Compare with The coast road").is_some());
    let (other, copy) = (key_of(&trial, "The coast road"), key_of(&trial, "The copy"));
    trial.apply(Action::LayBeside(other));
    trial.until("both side by side", |trial| trial.window().session().side_by_side.is_some());
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Told differently").is_some());
    for label in [
        "Figure: Twelve passengers here, Fourteen passengers there".to_owned(),
        "Date: 30 September 2027 here, 30 November 2027 there".to_owned(),
        format!("Quotation: “{ice},” here, “{grit},” there"),
    ] {
        assert!(trial.harness.query_by_role_and_label(Role::Button, &label).is_some(), "{label}");
    }
    // A click leads both sides to the words, which are below what is in sight.
    let is_drawn = |trial: &Trial| {
        [format!("{ice},” said Inspector"), format!("{grit},” said Inspector")]
            .iter()
            .all(|words| trial.harness.query_all_by_label_contains(words).count() > 0)
    };
    assert!(!is_drawn(&trial));
    trial.harness.get_by_role_and_label(Role::Button, &format!("Quotation: “{ice},” here, “{grit},” there")).click();
    trial.harness.run_steps(3);
    assert!(is_drawn(&trial));
    trial.harness.key_press(egui::Key::Escape);
    trial.harness.run_steps(3);

    trial.apply(Action::LayBeside(copy));
    trial.until("the copy beside it", |trial| trial.window().session().side_by_side.is_some());
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_label("No differing figures or quotations").is_some());
    assert!(trial.harness.query_by_label("Told differently").is_none());
}

#[test]
fn a_correction_is_shown_listed_undone_and_there_at_the_next_start() {
    let mut trial = with_ferries();
    let key = key_of(&trial, "Ferries");
    trial.apply(Action::SelectKept(key));
    let until_there =
        |trial: &mut Trial| trial.until("the story", |trial| trial.window().session().selected_story().is_some());
    until_there(&mut trial);
    let correct =
        |field, value: &str| Action::ChangeStories(Change::Correct { key, field, value: Some(value.to_owned()) });
    trial.apply(correct(Stated::Title, "Boats"));
    until_listed(&mut trial, &["Boats", "Bread", "Bridges"]);
    let corrected = |trial: &Trial| {
        let row = trial.window().session().selected_row().unwrap();
        let title = row.kept.as_ref().unwrap().corrected(Stated::Title).map(str::to_owned);
        (title, row.summary.title.clone())
    };
    trial.until("the title above the text", |trial| corrected(trial) == (Some("Boats".to_owned()), "Boats".to_owned()));
    trial.apply(Action::Run(Command::Undo));
    until_listed(&mut trial, &["Bread", "Bridges", "Ferries"]);
    trial.until("what was read", |trial| corrected(trial) == (None, "Ferries".to_owned()));
    trial.apply(Action::Run(Command::Redo));
    until_listed(&mut trial, &["Boats", "Bread", "Bridges"]);
    // What is no date is told, and nothing changes.
    trial.apply(correct(Stated::Published, "soon"));
    trial.until("a notice", |trial| {
        trial.window().session().notices.iter().any(|notice| notice.message.contains("“soon” is no date"))
    });
    let mut trial = trial.again();
    until_there(&mut trial);
    until_listed(&mut trial, &["Boats", "Bread", "Bridges"]);
    assert_eq!(corrected(&trial), (Some("Boats".to_owned()), "Boats".to_owned()));
}

#[test]
fn an_undone_correction_is_gone_from_a_story_that_is_neither_read_nor_listed() {
    let mut trial = with_ferries();
    let (ferries, bread) = (key_of(&trial, "Ferries"), key_of(&trial, "Bread"));
    let select = |trial: &mut Trial, key: Key| {
        trial.apply(Action::SelectKept(key));
        trial.until("the story", |trial| {
            let session = trial.window().session();
            session.selected_story().is_some() && session.selected_item() == Some(Item::Kept(key))
        });
    };
    select(&mut trial, ferries);
    let value = Some("Boats".to_owned());
    trial.apply(Action::ChangeStories(Change::Correct { key: ferries, field: Stated::Title, value }));
    until_listed(&mut trial, &["Boats", "Bread", "Bridges"]);
    select(&mut trial, bread);
    trial.apply(Action::SearchLibrary("dawn".into()));
    until_listed(&mut trial, &["Bread"]);
    trial.apply(Action::Run(Command::Undo));
    trial.until("what was read", |trial| {
        let rows = &trial.window().session().rows;
        let row = rows.iter().find(|row| row.kept.as_ref().is_some_and(|kept| kept.key == ferries)).unwrap();
        row.summary.title == "Ferries" && row.kept.as_ref().unwrap().corrected(Stated::Title).is_none()
    });
}

#[test]
fn every_value_is_corrected_in_its_field_and_stays_so_in_a_new_version_of_the_file() {
    let mut trial = with_ferries();
    let key = key_of(&trial, "Ferries");
    trial.apply(Action::SelectKept(key));
    let press = |trial: &mut Trial, label: &str| {
        trial.until(label, |trial| trial.harness.query_by_role_and_label(Role::Button, label).is_some());
        trial.harness.get_by_role_and_label(Role::Button, label).click();
        trial.harness.run_steps(3);
    };
    let kept = |trial: &Trial, field: Stated| {
        let row = trial.window().session().selected_row()?;
        row.kept.as_ref()?.corrected(field).map(str::to_owned)
    };
    let typed = [
        (Stated::Title, "title", "Boats"),
        (Stated::Site, "source", "The Harbour Post"),
        (Stated::Authors, "author", "Ann Lee; Bo Park"),
        (Stated::Published, "published", "2026-03-14"),
        (Stated::Modified, "updated", "2026-03-15"),
        (Stated::Url, "address", "https://coast.example/boats"),
        (Stated::Language, "language", "en"),
    ];
    assert_eq!(typed.map(|(field, ..)| field), Stated::ALL);
    press(&mut trial, "Correct values");
    for (field, name, value) in typed {
        let label = format!("Correct {name}");
        trial.harness.get_by_role_and_label(Role::TextInput, &label).focus();
        trial.harness.run_steps(2);
        trial.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        trial.harness.event(egui::Event::Text(value.to_owned()));
        trial.harness.key_press(egui::Key::Enter);
        trial.until(&label, |trial| kept(trial, field).as_deref() == Some(value));
    }
    press(&mut trial, "Done correcting");
    for shown in ["Boats", "The Harbour Post", "Ann Lee, Bo Park", "14 March 2026", "15 March 2026", "English"] {
        trial.until(shown, |trial| trial.harness.query_all_by_label_contains(shown).next().is_some());
    }
    // What is typed and left with Escape is not taken.
    press(&mut trial, "Correct values");
    trial.harness.get_by_role_and_label(Role::TextInput, "Correct source").focus();
    trial.harness.run_steps(2);
    trial.harness.event(egui::Event::Text("nothing".to_owned()));
    trial.harness.key_press(egui::Key::Escape);
    trial.harness.run_steps(5);
    assert_eq!(kept(&trial, Stated::Site).as_deref(), Some("The Harbour Post"));
    // One is taken back, and the last step undone and done again by keys.
    press(&mut trial, "Take the correction of source back");
    trial.until("what was read", |trial| kept(trial, Stated::Site).is_none());
    trial.apply(Action::Run(Command::Undo));
    trial.until("the correction again", |trial| kept(trial, Stated::Site).as_deref() == Some("The Harbour Post"));
    let byline = "Ann Lee, Bo Park · 14 March 2026";
    trial.until(byline, |trial| trial.harness.query_all_by_label_contains(byline).next().is_some());
    // The file becomes another version, and the program starts anew: all seven are there.
    let path = trial.folder.path().join("articles/Ferries.md");
    let second = "At night it carries the post, two cows and whoever has missed the last train home.";
    std::fs::write(&path, format!("# Ferries\n\n{}\n\n{second}\n", FERRIES[0].1)).unwrap();
    trial.apply(Action::Run(Command::Reload));
    trial.until("the new version", |trial| trial.reads(second));
    until_kept(&mut trial);
    let mut trial = trial.again();
    trial.until("the new version at the next start", |trial| trial.reads(second));
    for (field, _, value) in typed {
        trial.until(value, |trial| kept(trial, field).as_deref() == Some(value));
    }
    until_listed(&mut trial, &["Boats", "Bread", "Bridges"]);
}

#[test]
fn a_link_to_a_story_of_the_library_is_marked_and_read_by_a_click() {
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    let folder = folder_of(&trial, &[("Bread", FERRIES[2].1)]);
    std::fs::write(
        folder.join("Ferries.md"),
        format!("---\ntitle: Ferries\nurl: https://www.coast.example/ferries/\n---\n\n{}\n", FERRIES[0].1),
    )
    .unwrap();
    let linking = "The [ferry](http://coast.example/ferries?utm_source=letter#nine) is older than the \
        [bridge](https://coast.example/bridges), and [ferries](https://www.coast.example/ferries/) go on.";
    std::fs::write(folder.join("Harbour.md"), format!("# Harbour\n\n{linking}\n")).unwrap();
    trial.apply(Action::Open(vec![folder]));
    trial.until("three stories", |trial| trial.window().session().item_count() == 3);
    trial.apply(Action::SortBy(Sort::Title));
    until_listed(&mut trial, &["Bread", "Ferries", "Harbour"]);
    let (harbour, ferries) = (key_of(&trial, "Harbour"), key_of(&trial, "Ferries"));
    trial.apply(Action::SelectKept(harbour));
    trial.until("both marks", |trial| {
        trial.harness.query_all_by_role_and_label(Role::Button, "In your library: Ferries").count() == 2
    });
    assert!(trial.harness.query_by_label("1 story in your library is linked to").is_some());
    trial.harness.get_all_by_role_and_label(Role::Button, "In your library: Ferries").next().unwrap().click();
    trial.until("the story that is linked to", |trial| trial.reads(FERRIES[0].1));
    assert_eq!(trial.window().session().selected_item(), Some(Item::Kept(ferries)));
    // A story that goes out of sight is no link's any more, and one that comes back is.
    trial.apply(Action::SelectKept(harbour));
    let marks = |trial: &Trial| trial.harness.query_all_by_label("In your library: Ferries").count();
    trial.until("the marks again", |trial| marks(trial) == 2);
    let delete = Change::Move { keys: vec![ferries], shelf: Shelf::Deleted };
    trial.apply(Action::ChangeStories(delete));
    trial.until("no mark", |trial| marks(trial) == 0);
    trial.apply(Action::Run(Command::Undo));
    trial.until("the marks once more", |trial| marks(trial) == 2);
}

#[test]
fn the_details_say_when_a_story_was_added_and_what_saved_its_file() {
    let mut trial = with_ferries();
    let row = |trial: &Trial, label| trial.harness.query_by_role_and_label(Role::Label, label).is_some();
    let ferries = key_of(&trial, "Ferries");
    trial.apply(Action::SelectKept(ferries));
    trial.until("when it was added", |trial| row(trial, "Added"));
    assert!(!row(&trial, "Saved with"));
    let page = format!(
        "<html><!--\n Page saved with SingleFile\n url: https://coast.example/tides\n saved date: Wed Mar 04 2026 18:20:05 GMT+0100\n-->\n\
         <head><title>Tides</title></head><body><article><h1>Tides</h1><p>{}</p><p>{}</p></article></body></html>",
        FERRIES[0].1, FERRIES[1].1
    );
    let path = trial.folder.path().join("tides.html");
    std::fs::write(&path, page).unwrap();
    trial.apply(Action::Open(vec![path]));
    until_kept(&mut trial);
    trial.until("what saved it", |trial| row(trial, "Saved with") && row(trial, "Added"));
    assert!(trial.harness.query_by_label("by what it wrote into the page").is_some());
    assert!(trial.harness.query_all_by_label("SingleFile").next().is_some());
}

#[test]
fn minutes_at_the_readers_own_pace_are_told_once_enough_was_read() {
    let mut trial = with_ferries();
    let row = |trial: &Trial| trial.harness.query_by_role_and_label(Role::Label, "At your pace").is_some();
    let ferries = key_of(&trial, "Ferries");
    trial.apply(Action::SelectKept(ferries));
    trial.until("the story", |trial| trial.reads(FERRIES[0].1));
    trial.harness.run_steps(20);
    assert!(!row(&trial) && trial.window().session().pace.is_none());
    let text = (0..300).map(|number| format!("The {number}th boat left the harbour at nine. ")).collect::<String>();
    let long: Vec<(String, String)> =
        (0..3).map(|number| (format!("Log {number}"), format!("Of year {number}. {text}"))).collect();
    let long: Vec<(&str, &str)> = long.iter().map(|(title, text)| (title.as_str(), text.as_str())).collect();
    let folder = folder_of(&trial, &long);
    trial.apply(Action::Open(vec![folder]));
    trial.until("six stories", |trial| trial.window().session().item_count() == 6);
    trial.quit();
    let mut store = recto::library::Store::open(&trial.folder.path().join("library")).unwrap();
    let reader = store.reader().unwrap();
    for key in reader.list(&View::All, Sort::Title).unwrap() {
        if reader.entry(key).unwrap().unwrap().title.starts_with("Log") {
            let text = reader.flat_text(key).unwrap().unwrap();
            let anchor = recto::document::Anchor::new(&text, recto::document::TextRange::new(0, 3)).unwrap();
            store.change(&Change::Place { key, anchor, progress: 1.0, seconds: 720 }).unwrap();
        }
    }
    drop((store, reader));
    let mut trial = trial.again();
    trial.apply(Action::SelectKept(ferries));
    trial.until("the pace", row);
    // Three times 2,403 words in twelve minutes.
    let from = "200 words a minute, measured over 3 stories and 36 minutes";
    assert!(trial.harness.query_by_label(from).is_some(), "{:?}", trial.window().session().pace);
}

#[test]
fn insights_are_kept_and_found_anew_where_the_rules_are_newer() {
    let speaks = |trial: &Trial, name: &str| {
        let facts = trial.window().session().facts.as_ref();
        facts.is_some_and(|facts| facts.sections.iter().flat_map(|section| &section.rows).any(|row| *row.text == *name))
    };
    let mut trial = Trial::with_library(&[]);
    trial.harness.step();
    trial.apply(Action::Paste("The boat is sold\n\n“We had no other choice,” said Maren Oakley.".to_owned()));
    trial.until("its voices", |trial| speaks(trial, "Maren Oakley"));
    let library = trial.desktop.library.clone().unwrap();
    let id = trial.window().session().selected_story().unwrap().id.clone();
    trial.quit();
    let kept = |rules: Rules| Reader::open(&library).unwrap().computed(&id, rules).unwrap();
    let found = String::from_utf8(kept(INSIGHTS).unwrap()).unwrap();
    assert!(found.contains("Maren Oakley"), "{found}");

    // What is kept by the same rules is what the details list,
    let altered = found.replace("Maren Oakley", "Maren of the library");
    Store::open(&library).unwrap().keep_computed(&id, INSIGHTS, altered.as_bytes()).unwrap();
    let mut trial = trial.again();
    trial.until("what is kept", |trial| speaks(trial, "Maren of the library"));
    trial.quit();

    // and what older ones found is not.
    let older = Rules { version: INSIGHTS.version - 1, ..INSIGHTS };
    Store::open(&library).unwrap().keep_computed(&id, older, altered.as_bytes()).unwrap();
    let mut trial = trial.again();
    trial.until("what is found anew", |trial| speaks(trial, "Maren Oakley"));
    trial.quit();
    assert_eq!((kept(older), kept(INSIGHTS).map(String::from_utf8)), (None, Some(Ok(found))));
}
