//! The session as a whole: actions in, state and effects out, without a window.

use std::path::PathBuf;
use std::sync::Arc;

use super::Session;
use crate::app::action::LoadError;
use crate::app::effect::Target;
use crate::app::keeper::{Answer, Request};
use crate::app::story::{FileChange, Loaded};
use crate::app::{
    Action, Command, Counts, Effect, Jump, Notice, NoticeKind, Origin, RowKey, RowStatus, SavedState, Selection,
    Settings, load,
};
use crate::document::{Anchor, Block, OmissionReason, TextRange};
use crate::import::Watch;
use crate::library::{Found, LibraryError};

fn empty() -> Session {
    Session::new(Settings::default(), SavedState { started_before: true, ..SavedState::default() }).0
}

/// Carries out what is to be loaded, as a worker would.
fn settle(session: &mut Session, effects: Vec<Effect>) -> Vec<Effect> {
    let mut further = Vec::new();
    for effect in effects {
        match effect {
            Effect::Load { row, generation, origin, watch, .. } => {
                let result = load::load(&origin, &load::Places::default(), &watch);
                further.extend(session.apply(Action::Loaded { row, generation, result }));
            }
            other => further.push(other),
        }
    }
    further
}

fn paste(session: &mut Session, text: &str) -> Vec<Effect> {
    let effects = session.apply(Action::Paste(text.to_owned()));
    settle(session, effects)
}

#[test]
fn the_first_start_opens_the_samples_and_the_next_does_not() {
    let (mut session, effects) = Session::new(Settings::default(), SavedState::default());
    settle(&mut session, effects);
    assert_eq!(session.rows.iter().filter(|row| row.story().is_some()).count(), 4);
    let mut saved = session.saved_state();
    assert!(saved.started_before);
    assert_eq!((saved.rows.len(), saved.selected), (4, Some(0)));
    saved.rows.clear();
    assert!(Session::new(Settings::default(), saved).0.rows.is_empty());
}

#[test]
fn a_sample_opened_as_a_file_is_one_row_and_nothing_to_tell() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbour-ferry.txt");
    std::fs::write(&path, crate::app::samples::bytes("harbour-ferry.txt").unwrap()).unwrap();
    for file_first in [true, false] {
        let (mut session, samples) = Session::new(Settings::default(), SavedState::default());
        let file = session.apply(Action::Open(vec![path.clone()]));
        let (first, second) = if file_first { (file, samples) } else { (samples, file) };
        let further = settle(&mut session, first);
        settle_all(&mut session, further);
        let further = settle(&mut session, second);
        settle_all(&mut session, further);
        assert_eq!(session.rows.iter().filter(|row| row.story().is_some()).count(), 4, "{file_first}");
        assert!(session.notices.is_empty(), "{:?}", session.notices);
    }
}

#[test]
fn what_was_open_is_there_again_and_only_what_is_read_is_loaded() {
    let (mut session, effects) = Session::new(Settings::default(), SavedState::default());
    settle(&mut session, effects);
    session.apply(Action::Select(session.rows[1].key));
    let (again, effects) = Session::new(Settings::default(), session.saved_state());
    assert_eq!(again.rows[1].summary, session.rows[1].summary);
    assert_eq!(again.selected, Some(again.rows[1].key));
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Load { .. })).count(), 1);
}

#[test]
fn pasted_text_is_kept_under_its_hash_and_pasted_again_selects_its_row() {
    let mut session = empty();
    let effects = paste(&mut session, "Buy rope.");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepPasted { .. })));
    assert!(matches!(session.rows[0].origin, Origin::Kept(_)));
    paste(&mut session, "Another note.");
    paste(&mut session, "Buy rope.");
    assert_eq!(session.rows.len(), 2);
    assert_eq!(session.selected, Some(session.rows[1].key));
}

#[test]
fn an_empty_clipboard_says_what_to_do() {
    let mut session = empty();
    assert!(paste(&mut session, " \n").is_empty());
    assert!(session.notices[0].message.contains("Copy an article"));
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut session = empty();
    paste(&mut session, "Buy rope.");
    let row = session.rows[0].key;
    let late = Err(LoadError { message: "late".to_owned(), is_missing: false });
    session.apply(Action::Loaded { row, generation: 0, result: late });
    assert!(session.notices.is_empty() && session.rows[0].story().is_some());
}

#[test]
fn the_beginning_of_a_long_story_stands_in_for_it_until_the_whole_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("long.txt");
    std::fs::write(
        &path,
        "The tide tables\n\n".to_owned() + &"The ferry leaves at six, when the tide turns.\n\n".repeat(15_000),
    )
    .unwrap();
    for fails in [false, true] {
        let mut session = empty();
        session.apply(Action::Open(vec![path.clone()]));
        let (row, generation) = (session.rows[0].key, session.rows[0].generation);
        let mut begun = None;
        let watch = Watch::default();
        let result = load::load_telling(&session.rows[0].origin, &load::Places::default(), &watch, |b| begun = Some(b));
        let begun = begun.expect("a beginning");
        session.apply(Action::Begun { row, generation: generation + 1, beginning: Box::new(begun.clone()) });
        assert!(session.rows[0].beginning.is_none());
        session.apply(Action::Begun { row, generation, beginning: Box::new(begun) });
        assert_eq!(session.rows[0].summary.title, "The tide tables");
        let in_view = session.rows[0].story_in_view().unwrap().flat.as_str().len();
        assert!(session.selected_story().is_none() && in_view > 10_000);
        session.apply(Action::SelectText(Some(Selection::new(3, 9))));
        assert!(session.reading.selection.is_none());
        assert!(session.can_run(Command::PageDown) && !session.can_run(Command::CopyText));
        let result = if fails { Err(LoadError { message: "Too large".into(), is_missing: false }) } else { result };
        session.apply(Action::Loaded { row, generation, result });
        assert!(session.rows[0].beginning.is_none());
        assert_eq!(session.rows[0].story_in_view().is_none(), fails);
        assert!(fails || session.selected_story().unwrap().flat.as_str().len() > in_view);
    }
}

#[test]
fn a_story_that_is_closed_while_it_is_read_is_given_up() {
    let mut session = empty();
    let effects = session.apply(Action::Open(vec!["/nowhere/long.txt".into()]));
    let watch =
        effects.iter().find_map(|e| if let Effect::Load { watch, .. } = e { Some(watch.clone()) } else { None });
    session.apply(Action::Close(session.rows[0].key));
    assert!(watch.unwrap().is_cancelled() && session.progress().is_none());
}

#[test]
fn who_is_further_in_a_file_is_not_shown_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("long.txt");
    std::fs::write(&path, "The ferry leaves at six, when the tide turns.\n\n".repeat(15_000)).unwrap();
    let library = folder.path().join("library");
    let mut store = crate::library::Store::open(&library).unwrap();
    let origin = Origin::File(path);
    let places = load::Places { library: Some(library), ..load::Places::default() };
    let begins = || {
        let mut begun = false;
        let loaded = load::load_telling(&origin, &places, &Watch::default(), |_| begun = true).unwrap();
        (begun, loaded)
    };
    let (begun, loaded) = begins();
    assert!(begun);
    let flat = loaded.stories[0].0.flat.as_str().to_owned();
    let arrival = loaded.into_arrival(origin.clone(), true).unwrap();
    let key = crate::app::keeper::keep_all(&mut store, &[arrival]).unwrap()[0][0].key;
    for (start, expected) in [(0, true), (400_000, false)] {
        let anchor = Anchor::new(&flat, TextRange::new(start, start + 20)).unwrap();
        store.change(&crate::library::Change::Place { key, anchor, progress: 0.5, seconds: 1 }).unwrap();
        assert_eq!(begins().0, expected, "{start}");
    }
}

#[test]
fn what_was_read_stays_readable_when_the_file_fails_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("note.txt");
    std::fs::write(&path, "Buy rope.").unwrap();
    let mut session = empty();
    let effects = session.apply(Action::Open(vec![path.clone()]));
    settle(&mut session, effects);
    std::fs::remove_file(&path).unwrap();
    session.apply(Action::FileChanged(path));
    assert_eq!(session.rows[0].file_change, Some(FileChange::Missing));
    let effects = session.apply(Action::Run(Command::Reload));
    settle(&mut session, effects);
    assert!(session.rows[0].story().is_some());
    assert_eq!(session.notices.last().unwrap().kind, NoticeKind::Error);
}

#[test]
fn blocks_are_left_out_and_put_back_and_it_is_remembered() {
    let mut session = empty();
    let text = "A note on rope\n\nBuy rope before noon.\n\nAnd tar, if there is any left.";
    let effects = paste(&mut session, text);
    settle(&mut session, effects);
    let shown = |session: &Session| {
        let blocks = &session.selected_story().unwrap().article.blocks;
        blocks.iter().map(Block::is_shown).collect::<Vec<_>>()
    };
    let words = |session: &Session| session.selected_story().unwrap().article.metadata.words;
    let (whole, length) = (shown(&session), words(&session));
    let last = whole.len() - 1;
    assert!(!session.can_run(Command::Undo));
    session.apply(Action::SetShown { block: last, shown: false });
    assert_eq!(shown(&session), [&whole[..last], &[false][..]].concat());
    assert_eq!(words(&session), length - 7);
    assert_eq!(session.selected_story().unwrap().article.blocks[last].omitted, Some(OmissionReason::ByReader));
    // The title is the page's head; nothing is chosen twice.
    session.apply(Action::SetShown { block: 0, shown: false });
    session.apply(Action::SetShown { block: last, shown: false });
    let saved: SavedState = serde_json::from_str(&serde_json::to_string(&session.saved_state()).unwrap()).unwrap();
    for (command, expected) in [(Command::Undo, true), (Command::Redo, false), (Command::Undo, true)] {
        session.apply(Action::Run(command));
        assert_eq!(shown(&session)[last], expected, "{command:?}");
    }
    assert!(session.state.choices.is_empty() && words(&session) == length);
    // What was chosen is there again when the story is read again, though nothing can be undone.
    let (mut again, _) = Session::new(Settings::default(), SavedState { rows: Vec::new(), ..saved });
    let effects = paste(&mut again, text);
    settle(&mut again, effects);
    assert!(!shown(&again)[last] && !again.can_run(Command::Undo));
    // A choice whose block is not in this reading of the story is kept on beside others that are made.
    let elsewhere = Anchor::new("Caulk the seams.", TextRange::new(0, 16)).unwrap();
    let id = again.selected_story().unwrap().id.as_str().to_owned();
    let kept = again.state.choices.get_mut(&id).unwrap();
    kept.push(crate::app::choices::Choice { anchor: elsewhere.clone(), shown: false });
    again.apply(Action::SetShown { block: last, shown: true });
    let kept = &again.state.choices[&id];
    assert!(kept.len() == 1 && kept[0].anchor == elsewhere, "{kept:?}");
}

#[test]
fn all_blocks_are_put_back_and_left_as_they_were_read_in_one_step_each() {
    let mut session = empty();
    let text = "The lighthouse is dark again\n\nCoast Gazette\nCoast Gazette 2 Min Read\n2 Min Read\n\nThe lamp went out on Monday \
        night, and nobody on the island noticed until the morning boat came in with the post and the bread.\n\nThe pilots \
        disagree. Two of them wrote to the ministry that the reef is no shallower for being on a chart.\n\nShare this Post\n\n\
        Subscribe to our newsletter";
    let effects = paste(&mut session, text);
    settle(&mut session, effects);
    let shown = |session: &Session| {
        let blocks = &session.selected_story().unwrap().article.blocks;
        blocks.iter().map(Block::is_shown).collect::<Vec<_>>()
    };
    let as_read = shown(&session);
    let omitted = as_read.iter().filter(|is_shown| !*is_shown).count();
    assert!(omitted >= 2 && !session.can_run(Command::ChooseAsRead), "{as_read:?}");
    // What stands in the page's head stays there.
    let is_open = |at: usize| crate::app::choices::is_open(&session.selected_story().unwrap().article.blocks[at]);
    let all: Vec<bool> = as_read.iter().enumerate().map(|(at, is_shown)| *is_shown || is_open(at)).collect();
    assert_ne!(all, as_read);
    let own = as_read.iter().rposition(|is_shown| *is_shown).unwrap();
    let mixed: Vec<bool> = all.iter().enumerate().map(|(at, is_shown)| *is_shown && at != own).collect();
    session.apply(Action::ShowAllOmissions(true));
    for (action, expected) in [
        (Action::Run(Command::PutAllBack), &all),
        (Action::Run(Command::Undo), &as_read),
        (Action::Run(Command::Redo), &all),
        (Action::SetShown { block: own, shown: false }, &mixed),
        (Action::Run(Command::ChooseAsRead), &as_read),
        (Action::Run(Command::Undo), &mixed),
        (Action::Run(Command::PutAllBack), &all),
        (Action::Run(Command::Undo), &mixed),
        (Action::Run(Command::Undo), &all),
        (Action::Run(Command::Undo), &as_read),
    ] {
        let what = format!("{action:?}");
        session.apply(action);
        assert_eq!(&shown(&session), expected, "{what}");
        let has_choices = *expected != as_read;
        assert_eq!(
            (session.can_run(Command::ChooseAsRead), !session.state.choices.is_empty()),
            (has_choices, has_choices)
        );
        assert_eq!(session.can_run(Command::PutAllBack), *expected != all, "{what}");
    }
    assert!(!session.can_run(Command::Undo) && session.shown_omissions.is_empty());
}

#[test]
fn a_missing_file_is_a_row_that_says_so() {
    let mut session = empty();
    let effects = session.apply(Action::Open(vec![PathBuf::from("/nowhere/at/all.txt")]));
    settle(&mut session, effects);
    assert!(matches!(&session.rows[0].status, RowStatus::Failed(error) if error.is_missing));
}

#[test]
fn a_closed_story_comes_back() {
    let mut session = empty();
    paste(&mut session, "Buy rope.");
    assert!(!session.can_run(Command::ReopenClosed));
    session.apply(Action::Run(Command::CloseStory));
    assert!(session.rows.is_empty() && session.selected.is_none());
    session.apply(Action::Run(Command::ReopenClosed));
    assert_eq!(session.rows.len(), 1);
}

#[test]
fn links_lead_to_the_browser_or_into_the_story_and_nowhere_else() {
    for (target, expected) in [
        ("https://example.org/", Some(Effect::OpenAddress("https://example.org/".to_owned()))),
        ("mailto:a@example.org", Some(Effect::OpenAddress("mailto:a@example.org".to_owned()))),
        ("#note", Some(Effect::Reveal(Target::Fragment("note".to_owned()), Jump::New))),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("page.html", None),
    ] {
        let mut session = empty();
        let effects = session.apply(Action::FollowLink(target.to_owned()));
        assert_eq!(effects.first(), expected.as_ref(), "{target}");
        assert_eq!(session.notices.is_empty(), expected.is_some(), "{target}");
    }
}

#[test]
fn commands_that_cannot_be_chosen_do_nothing() {
    let mut session = empty();
    for command in [Command::CloseStory, Command::Reload, Command::CopyText, Command::NextStory, Command::ShowInFolder]
    {
        assert!(!session.can_run(command));
        assert!(session.apply(Action::Run(command)).is_empty(), "{command:?}");
    }
}

#[test]
fn many_stories_of_one_file_are_many_rows() {
    let mut session = empty();
    let effects = session.apply(Action::Paste("One.".to_owned()));
    let Some(Effect::Load { row, generation, .. }) = effects.into_iter().next() else { panic!("asks for the story") };
    let story = |text: &str| {
        let origin = Origin::Bytes { name: "text".to_owned(), bytes: text.as_bytes().into() };
        load::load(&origin, &load::Places::default(), &Watch::default()).unwrap().stories.remove(0)
    };
    let loaded = Loaded { stories: vec![story("One."), story("Two."), story("Three.")], bytes: None, kept: None };
    session.apply(Action::Loaded { row, generation, result: Ok(loaded) });
    assert_eq!(session.rows.iter().map(|row| row.article).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(session.row(RowKey(99)).map(|row| row.key), None);
}

/// Carries out all that is to be loaded, and what that leads to, in turn.
fn settle_all(session: &mut Session, effects: Vec<Effect>) {
    let mut effects = effects;
    while effects.iter().any(|effect| matches!(effect, Effect::Load { .. })) {
        effects = settle(session, effects);
    }
}

fn folder_of(files: usize) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    let files: Vec<_> = (0..files).map(|number| path.join(format!("{number:03}.txt"))).collect();
    for (number, file) in files.iter().enumerate() {
        // The third is empty, and the fifth says what the fourth does.
        let text = match number {
            2 => String::new(),
            4 => "Story 3.".to_owned(),
            number => format!("Story {number}."),
        };
        std::fs::write(file, text).unwrap();
    }
    (folder, files)
}

#[test]
fn a_folder_is_read_a_few_at_a_time_and_told_of_at_the_end() {
    let (folder, files) = folder_of(50);
    let mut session = empty();
    let listed = Action::FolderListed { folder: folder.path().to_owned(), files, problems: Vec::new() };
    let effects = session.apply(listed);
    let asked = effects.iter().filter(|effect| matches!(effect, Effect::Load { .. })).count();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    assert!(asked <= 2 * cores, "{asked}");
    let progress = session.progress().unwrap();
    assert_eq!((progress.name.as_str(), progress.done, progress.total), ("50 files", 0, 50));
    settle_all(&mut session, effects);
    assert_eq!(session.progress(), None);
    assert_eq!(session.rows.iter().filter(|row| row.story().is_some()).count(), 48);
    let told: Vec<_> = session.notices.iter().map(|notice| notice.message.as_str()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("1 of 50 files could not be read"), "{told:?}");
    assert_eq!(session.selected, Some(session.rows[0].key));
}

#[test]
fn cancelling_keeps_what_was_read_and_asks_for_nothing_more() {
    let (folder, files) = folder_of(50);
    let mut session = empty();
    let listed = Action::FolderListed { folder: folder.path().to_owned(), files, problems: Vec::new() };
    let first = session.apply(listed);
    let mut second = settle(&mut session, first);
    let watches: Vec<_> = second
        .iter()
        .filter_map(|effect| if let Effect::Load { watch, .. } = effect { Some(watch.clone()) } else { None })
        .collect();
    let read = session.rows.iter().filter(|row| row.story().is_some()).count();
    assert!(read > 0 && !watches.is_empty());
    let effects = session.apply(Action::CancelImport);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Load { .. })));
    assert!(watches.iter().all(Watch::is_cancelled));
    let left = |session: &Session| session.rows.iter().filter(|row| row.story().is_some()).count();
    let failed = session.rows.iter().filter(|row| matches!(row.status, RowStatus::Failed(_))).count();
    assert_eq!((left(&session), session.rows.len()), (read, read + failed));
    // What the workers still answer changes nothing.
    second = settle(&mut session, second);
    assert!(!second.iter().any(|effect| matches!(effect, Effect::Load { .. })));
    assert_eq!((left(&session), session.progress()), (read, None));
    assert!(session.notices.iter().any(|notice| notice.message.starts_with("Stopped: ")));
    assert!(session.apply(Action::CancelImport).is_empty());
}

/// Two stories in one file: an archive of two texts and one of them again.
fn file_of_stories() -> (tempfile::TempDir, PathBuf) {
    use std::io::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("all.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, text) in [("a.txt", "Story a."), ("b.txt", "Story b."), ("c.txt", "Story a.")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    (folder, path)
}

#[test]
fn each_story_of_a_file_is_a_row_and_all_come_back_at_once() {
    let (_folder, path) = file_of_stories();
    let mut session = empty();
    let effects = session.apply(Action::Open(vec![path]));
    settle_all(&mut session, effects);
    let excerpts: Vec<_> = session.rows.iter().map(|row| row.summary.excerpt.clone()).collect();
    assert_eq!(excerpts, ["Story a.", "Story b."]);
    assert!(session.notices[0].message.starts_with("1 story is in the file twice"));
    session.apply(Action::Select(session.rows[1].key));
    let (mut again, effects) = Session::new(Settings::default(), session.saved_state());
    settle_all(&mut again, effects);
    assert!(again.rows.iter().all(|row| row.story().is_some()));
    assert_eq!(again.selected_row().map(|row| row.summary.excerpt.as_str()), Some("Story b."));
    // One that was closed stays closed when the file is read again.
    let closed = again.rows[0].key;
    again.apply(Action::Close(closed));
    let effects = again.apply(Action::Run(Command::Reload));
    settle_all(&mut again, effects);
    assert_eq!(again.rows.len(), 1);
}

#[test]
fn the_library_is_waited_for_until_it_has_said_what_a_frame_shows() {
    let state = SavedState { started_before: true, ..SavedState::default() };
    let asked = Session::asks_first(&state);
    let (mut session, effects) = Session::with_library(Settings::default(), state);
    let is_again = |effect: &Effect| matches!(effect, Effect::Library(Request::List { .. } | Request::Count));
    assert!(!effects.iter().any(is_again), "{effects:?}");
    // Answers to the lists and counts among some requests, and to no others.
    let answer = |session: &mut Session, requests: &[Request]| {
        let mut further = Vec::new();
        for request in requests {
            let answer = match request {
                Request::List { generation, .. } => Answer::Listed { generation: *generation, list: Found::default() },
                Request::Count => Answer::Counted(Counts::default()),
                _ => continue,
            };
            assert!(session.awaits_library(), "{request:?}");
            further.extend(session.apply(Action::Library(answer)));
        }
        further
    };
    let requests = |effects: Vec<Effect>| -> Vec<Request> {
        let request = |effect| if let Effect::Library(request) = effect { Some(request) } else { None };
        effects.into_iter().filter_map(request).collect()
    };
    answer(&mut session, &asked);
    assert!(!session.awaits_library());

    let effects = paste(&mut session, "Buy rope before noon.");
    assert!(requests(effects).iter().any(|request| matches!(request, Request::Keep(_))));
    assert!(session.awaits_library());
    let again = requests(session.apply(Action::Library(Answer::Kept(Vec::new()))));
    answer(&mut session, &again);
    assert!(!session.awaits_library());

    paste(&mut session, "Buy tar as well.");
    let error = LibraryError::Full;
    session.apply(Action::Library(Answer::NotKept { arrivals: Vec::new(), error }));
    assert!(!session.awaits_library());
}

#[test]
fn all_links_are_asked_about_at_once_and_a_stale_answer_is_dropped() {
    let state = SavedState { started_before: true, ..SavedState::default() };
    let (mut session, _) = Session::with_library(Settings::default(), state);
    let links = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Library(Request::Links { generation, addresses, .. }) => Some((*generation, addresses.clone())),
            _ => None,
        })
    };
    let address = "https://a.example/ferry";
    let text = format!("Ferries\n\nSee {address}?utm_source=n and https://b.example/ and {address} about it.");
    let effects = paste(&mut session, &text);
    // They are not known before the facts are.
    assert_eq!(links(&effects), None);
    let facts = crate::app::Facts::find(session.selected_story().unwrap().clone());
    let (first, asked) = links(&session.apply(Action::FactsFound(facts.clone()))).unwrap();
    assert_eq!(asked, [address, "https://b.example/"]);
    assert_eq!(links(&session.apply(Action::ImportMoved)), None);
    // Stories came: what was asked before is stale.
    let (second, _) = links(&session.apply(Action::Library(Answer::Moved))).unwrap();
    let linked = |title: &str| {
        let there = crate::app::Addressed { key: crate::app::Key(7), title: title.to_owned() };
        std::collections::HashMap::from([(address.to_owned(), there)])
    };
    let title = |session: &Session| session.story_at(address).map(|story| story.title.clone());
    session.apply(Action::Library(Answer::Links { generation: first, linked: linked("Old") }));
    assert_eq!(title(&session), None);
    session.apply(Action::Library(Answer::Links { generation: second, linked: linked("New") }));
    assert_eq!((title(&session).as_deref(), session.story_at("https://b.example/")), (Some("New"), None));
    // Of another story nothing is known, and nothing is asked while the details are closed.
    session.apply(Action::Run(Command::ToggleDetails));
    paste(&mut session, "Another one\n\nSee https://c.example/ about it.");
    assert_eq!(title(&session), None);
    let facts = crate::app::Facts::find(session.selected_story().unwrap().clone());
    assert_eq!(links(&session.apply(Action::FactsFound(facts))), None);
    assert!(links(&session.apply(Action::Run(Command::ToggleDetails))).is_some());
}

#[test]
fn facts_that_are_being_found_are_given_up_for_another_story() {
    let mut session = empty();
    let effects = session.apply(Action::Paste("“It was a good boat,” said Maren Oakley.".to_owned()));
    let searches = |effects: &[Effect]| -> Vec<crate::app::fact_finding::FactFinding> {
        let search = |effect: &Effect| if let Effect::FindFacts(search) = effect { Some(search.clone()) } else { None };
        effects.iter().filter_map(search).collect()
    };
    let first = searches(&settle(&mut session, effects)).remove(0);
    assert_eq!(session.facts_progress, None, "what takes a moment shows nothing");
    session.apply(Action::FactsMoved { finding: first.clone(), done: 0.4 });
    assert_eq!((session.facts_progress, first.is_given_up()), (Some(0.4), false));
    let effects = session.apply(Action::Paste("Nobody spoke.".to_owned()));
    let second = searches(&settle(&mut session, effects)).remove(0);
    assert!(first.is_given_up() && !second.is_given_up());
    assert_eq!(session.facts_progress, None);
    // What the first still tells is late.
    session.apply(Action::FactsMoved { finding: first.clone(), done: 0.5 });
    session.apply(Action::FactsFound(crate::app::Facts::find(Arc::clone(first.story()))));
    session.apply(Action::FactsNotFound { finding: first.clone(), notice: None });
    assert!(session.facts_progress.is_none() && session.facts.is_none() && session.notices.is_empty());
    session.apply(Action::FactsMoved { finding: second.clone(), done: 0.9 });
    session.apply(Action::FactsFound(second.find(None, |_| {}).unwrap()));
    assert!(session.facts_progress.is_none() && session.facts.is_some());
    // The first again is searched anew; a search that stumbles is told of, and waits no longer.
    let key = session.rows.iter().find(|row| row.story().is_some_and(|s| Arc::ptr_eq(s, first.story()))).unwrap().key;
    let third = searches(&session.apply(Action::Select(key))).remove(0);
    assert!(third != first && !third.is_given_up() && session.facts.is_none());
    session.apply(Action::FactsMoved { finding: third.clone(), done: 0.1 });
    session.apply(Action::FactsNotFound { finding: third, notice: Some(Notice::error("Something went wrong")) });
    assert_eq!((session.facts_progress, session.notices.len()), (None, 1));
}

/// What the desktop is told was opened.
fn told(effects: &[Effect]) -> Vec<(PathBuf, &'static str)> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::ListAsRecent { path, media_type } => Some((path.clone(), *media_type)),
        _ => None,
    });
    told.collect()
}

#[test]
fn files_that_were_opened_are_remembered_and_told_to_the_desktop_once_they_are_stories() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let at = |name: &str| folder.join(name);
    std::fs::write(at("a.txt"), "Rope is bought before noon.").unwrap();
    std::fs::write(at("b.html"), "<p>Tar is bought after noon, in the yard behind the chapel.</p>").unwrap();
    std::fs::write(at("c.txt"), "%PDF-1.7\n").unwrap();
    let mut session = empty();
    let paths = ["a.txt", "b.html", "c.txt", "gone.txt"].map(at).to_vec();
    let effects = session.apply(Action::Open(paths));
    assert!(told(&effects).is_empty() && effects.contains(&Effect::SaveState));
    // A few are read at one time, the others when those have been.
    let (mut effects, mut all) = (effects, Vec::new());
    while effects.iter().any(|effect| matches!(effect, Effect::Load { .. })) {
        effects = settle(&mut session, effects);
        all.extend(told(&effects));
    }
    all.sort();
    // The one that is read is the newest; what is no story, and what is not there, is none to open again.
    assert_eq!(session.state.recent.paths(), [at("a.txt"), at("b.html")], "{all:?}");
    assert_eq!(all, [(at("a.txt"), "text/plain"), (at("b.html"), "text/html")]);

    // Again, though it is read already; and not where that is not wanted.
    let effects = session.apply(Action::Open(vec![at("b.html")]));
    assert_eq!(told(&effects).len(), 1);
    assert_eq!(session.state.recent.paths(), [at("b.html"), at("a.txt")]);
    session.settings.program.list_as_recent = false;
    assert!(told(&session.apply(Action::Open(vec![at("a.txt")]))).is_empty());

    // Neither a reload nor a new start opens anything anew.
    session.settings.program.list_as_recent = true;
    let effects = session.apply(Action::Run(Command::Reload));
    assert!(told(&settle(&mut session, effects)).is_empty());
    let state = session.saved_state();
    let (mut next, effects) = Session::new(Settings::default(), state);
    assert!(told(&settle(&mut next, effects)).is_empty());
    assert_eq!(next.state.recent.paths(), [at("a.txt"), at("b.html")]);

    // What is gone is found out by a worker, and comes back with its file.
    let looked = next.apply(Action::RecentShown);
    assert_eq!(looked, [Effect::FindMissing(vec![at("a.txt"), at("b.html")])]);
    next.apply(Action::RecentMissing(vec![at("a.txt")]));
    next.apply(Action::Open(vec![at("a.txt")]));
    assert!(next.missing_recent.is_empty());
    assert!(next.can_run(Command::ClearRecent));
    assert!(next.apply(Action::Run(Command::ClearRecent)).contains(&Effect::SaveState));
    assert!(next.state.recent.is_empty() && !next.can_run(Command::ClearRecent));
    assert!(next.apply(Action::RecentShown).is_empty());
}
