//! The session as a whole: actions in, state and effects out, without a window.

use std::path::PathBuf;

use super::Session;
use crate::app::action::LoadError;
use crate::app::effect::Target;
use crate::app::story::{FileChange, Loaded};
use crate::app::{Action, Command, Effect, Jump, NoticeKind, Origin, RowKey, RowStatus, SavedState, Settings, load};

fn empty() -> Session {
    Session::new(Settings::default(), SavedState { started_before: true, ..SavedState::default() }).0
}

/// Carries out what is to be loaded, as a worker would.
fn settle(session: &mut Session, effects: Vec<Effect>) -> Vec<Effect> {
    let mut further = Vec::new();
    for effect in effects {
        match effect {
            Effect::Load { row, generation, origin } => {
                let result = load::load(&origin, None);
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
    assert_eq!(session.rows.iter().filter(|row| row.story().is_some()).count(), 3);
    let mut saved = session.saved_state();
    assert!(saved.started_before);
    assert_eq!((saved.rows.len(), saved.selected), (3, Some(0)));
    saved.rows.clear();
    assert!(Session::new(Settings::default(), saved).0.rows.is_empty());
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
        load::load(&origin, None).unwrap().stories.remove(0)
    };
    let loaded = Loaded { stories: vec![story("One."), story("Two."), story("Three.")] };
    session.apply(Action::Loaded { row, generation, result: Ok(loaded) });
    assert_eq!(session.rows.iter().map(|row| row.article).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(session.row(RowKey(99)).map(|row| row.key), None);
}
