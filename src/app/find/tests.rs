//! Finding without a window: actions in, hits and effects out.

use std::cell::RefCell;

use crate::app::effect::Target;
use crate::app::{
    Action, Command, Effect, FindAction, Jump, Origin, SavedState, Selection, Session, Settings, find, load,
};
use crate::document::{Article, Block, Envelope, OmissionReason, RichText, TextRange};
use crate::text::matching::Query;

fn paragraph(text: &str) -> Block {
    Block::paragraph(RichText::plain(text))
}

fn loaded(blocks: Vec<Block>) -> Session {
    let mut session = Session::new(Settings::default(), SavedState { started_before: true, ..SavedState::default() }).0;
    let json = Envelope::new(Article { blocks, ..Article::default() }).to_json().unwrap();
    let effects = session.apply(Action::OpenStandardInput(json.into_bytes()));
    for effect in effects {
        if let Effect::Load { row, generation, origin, watch, .. } = effect {
            assert!(matches!(origin, Origin::Bytes { .. }));
            let result = load::load(&origin, &load::Places::default(), &watch);
            session.apply(Action::Loaded { row, generation, result });
        }
    }
    assert!(session.selected_story().is_some());
    session
}

/// Carries out searches as a worker would, and gives the other effects.
fn settle(session: &mut Session, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    for effect in effects {
        let Effect::Find(job) = effect else {
            others.push(effect);
            continue;
        };
        let batches = RefCell::new(Vec::new());
        let last = find::search(&job, &|action| batches.borrow_mut().push(action));
        for action in batches.into_inner().into_iter().chain([last]) {
            let effects = session.apply(action);
            others.extend(settle(session, effects));
        }
    }
    others
}

fn act(session: &mut Session, action: FindAction) -> Vec<Effect> {
    let effects = session.apply(Action::Find(action));
    settle(session, effects)
}

fn run(session: &mut Session, command: Command) -> Vec<Effect> {
    let effects = session.apply(Action::Run(command));
    settle(session, effects)
}

fn find_text(session: &mut Session, text: &str) -> Vec<Effect> {
    act(session, FindAction::SetQuery(Query::text(text)))
}

fn reveal(start: usize, end: usize) -> Vec<Effect> {
    vec![Effect::Reveal(Target::Range(TextRange::new(start, end)), Jump::Passing)]
}

#[test]
fn hits_are_counted_and_stepped_through_from_the_reading_place_and_round() {
    let mut session = loaded(vec![paragraph("one two"), paragraph("two one"), paragraph("one")]);
    session.apply(Action::ViewMoved(TextRange::new(9, 21)));
    run(&mut session, Command::Find);
    assert!(session.find.is_open && session.find.status().is_empty());
    assert_eq!(find_text(&mut session, "one"), reveal(13, 16));
    assert_eq!(session.find.status(), "2 of 3");
    assert_eq!(run(&mut session, Command::FindNext), reveal(18, 21));
    assert_eq!(run(&mut session, Command::FindNext), reveal(0, 3));
    assert_eq!(session.find.status(), "1 of 3");
    assert_eq!(run(&mut session, Command::FindPrevious), reveal(18, 21));
    assert_eq!(run(&mut session, Command::FindPrevious), reveal(13, 16));
    assert_eq!(session.find.hits_within(TextRange::new(2, 14)), [TextRange::new(0, 3), TextRange::new(13, 16)]);
}

#[test]
fn typing_on_stays_at_the_hit_that_still_fits() {
    let mut session = loaded(vec![paragraph("mat man map man")]);
    run(&mut session, Command::Find);
    session.apply(Action::ViewMoved(TextRange::new(0, 15)));
    assert_eq!(find_text(&mut session, "ma"), reveal(0, 2));
    assert_eq!(find_text(&mut session, "man"), reveal(4, 7));
    assert_eq!(find_text(&mut session, "ma"), reveal(4, 6));
    assert_eq!(find_text(&mut session, "mast"), []);
    assert_eq!(session.find.status(), "No hits");
    assert_eq!(find_text(&mut session, ""), []);
    assert_eq!(session.find.status(), "");
}

#[test]
fn escape_goes_back_to_where_find_was_opened_and_accepting_stays() {
    let mut session = loaded(vec![paragraph("first"), paragraph("second"), paragraph("third")]);
    session.apply(Action::ViewMoved(TextRange::new(7, 13)));
    run(&mut session, Command::Find);
    find_text(&mut session, "third");
    session.apply(Action::ViewMoved(TextRange::new(15, 20)));
    assert_eq!(act(&mut session, FindAction::Cancel), [Effect::Reveal(Target::Offset(7), Jump::Passing)]);
    assert!(!session.find.is_open && session.find.hits.is_empty());

    session.apply(Action::ViewMoved(TextRange::new(7, 13)));
    run(&mut session, Command::Find);
    find_text(&mut session, "third");
    assert!(!act(&mut session, FindAction::Accept).iter().any(|effect| matches!(effect, Effect::Reveal(..))));
    assert!(!session.find.is_open);
    assert_eq!(session.reading.selection, Some(Selection::new(15, 20)));
    assert_eq!(run(&mut session, Command::Back), [Effect::Reveal(Target::Offset(7), Jump::Back)]);
    assert_eq!(run(&mut session, Command::FindNext), reveal(15, 20));
    assert!(session.find.hits_within(TextRange::new(0, 99)).is_empty());
}

#[test]
fn escape_moves_nothing_when_nothing_was_found() {
    let mut session = loaded(vec![paragraph("first")]);
    run(&mut session, Command::Find);
    find_text(&mut session, "nowhere");
    assert_eq!(act(&mut session, FindAction::Cancel), []);
}

#[test]
fn only_what_is_shown_is_searched_and_hits_run_across_blocks_but_not_through_omissions() {
    let blocks = vec![
        paragraph("the end"),
        paragraph("of the story"),
        paragraph("Share the end").omitted(OmissionReason::Share),
        paragraph("of it"),
    ];
    let mut session = loaded(blocks);
    run(&mut session, Command::Find);
    assert_eq!(find_text(&mut session, "end of"), reveal(4, 11));
    assert_eq!(session.find.status(), "1 of 1");
    find_text(&mut session, "story of");
    assert_eq!(session.find.status(), "No hits");
    find_text(&mut session, "end");
    assert_eq!(session.find.status(), "1 of 1");
    let effects = session.apply(Action::ShowOmission(2));
    settle(&mut session, effects);
    assert_eq!(session.find.status(), "1 of 2");
    let effects = session.apply(Action::ShowAllOmissions(false));
    settle(&mut session, effects);
    assert_eq!(session.find.status(), "1 of 1");
}

#[test]
fn a_stale_answer_is_dropped_and_its_job_is_told() {
    let mut session = loaded(vec![paragraph("one two")]);
    run(&mut session, Command::Find);
    let first = session.apply(Action::Find(FindAction::SetQuery(Query::text("one"))));
    let second = session.apply(Action::Find(FindAction::SetQuery(Query::text("two"))));
    let Some(Effect::Find(job)) = first.first() else { panic!("starts a search") };
    assert!(job.is_cancelled());
    settle(&mut session, first);
    assert!(session.find.hits.is_empty() && session.find.is_searching());
    assert_eq!(session.find.status(), "Searching…");
    settle(&mut session, second);
    assert_eq!(session.find.status(), "1 of 1");
}

#[test]
fn a_bad_expression_is_told_and_searches_nothing() {
    let mut session = loaded(vec![paragraph("one (two)")]);
    run(&mut session, Command::Find);
    let query = |text: &str| Query { regular_expression: true, ..Query::text(text) };
    assert_eq!(act(&mut session, FindAction::SetQuery(query("(two"))), []);
    assert!(session.find.error.is_some() && session.find.status().is_empty());
    assert_eq!(act(&mut session, FindAction::SetQuery(query("(two)"))), reveal(5, 8));
    assert!(session.find.error.is_none());
}

#[test]
fn what_is_selected_is_looked_for_and_next_without_a_text_asks_for_one() {
    let mut session = loaded(vec![paragraph("one two one")]);
    run(&mut session, Command::FindNext);
    assert!(session.find.is_open);
    let asked_for = session.find.asked_for;
    session.apply(Action::SelectText(Some(Selection::new(8, 11))));
    run(&mut session, Command::Find);
    assert_eq!((session.find.query.text.as_str(), session.find.asked_for), ("one", asked_for + 1));
    assert_eq!(session.find.status(), "1 of 2");
}

#[test]
fn another_story_is_searched_without_moving_it() {
    let mut session = loaded(vec![paragraph("one two one")]);
    run(&mut session, Command::Find);
    find_text(&mut session, "one");
    let effects = session.apply(Action::Paste("Another one.".to_owned()));
    for effect in effects {
        if let Effect::Load { row, generation, origin, watch, .. } = effect {
            let result = load::load(&origin, &load::Places::default(), &watch);
            let effects = session.apply(Action::Loaded { row, generation, result });
            let effects = settle(&mut session, effects);
            assert!(!effects.iter().any(|effect| matches!(effect, Effect::Reveal(..))));
        }
    }
    assert_eq!(session.find.status(), "1 hit");
}

#[test]
fn counting_goes_on_while_hits_arrive_from_both_sides() {
    let text = "word and another word\n".repeat(4_000);
    let mut session = loaded((0..8).map(|_| Block::code(None, text.clone())).collect());
    let middle = session.selected_story().unwrap().flat.block_range(4).unwrap().start;
    session.apply(Action::ViewMoved(TextRange::new(middle + 3, middle + 500)));
    run(&mut session, Command::Find);
    let effects = session.apply(Action::Find(FindAction::SetQuery(Query::text("word"))));
    let Some(Effect::Find(job)) = effects.into_iter().next() else { panic!("starts a search") };
    let batches = RefCell::new(Vec::new());
    let last = find::search(&job, &|action| batches.borrow_mut().push(action));
    let mut batches = batches.into_inner().into_iter();
    session.apply(batches.next().unwrap());
    assert_eq!(session.find.position(), None, "the first hit stands above the first line in sight");
    let mut count = 0;
    for batch in batches {
        session.apply(batch);
        assert!(session.find.is_searching() && session.find.hits.len() >= count);
        count = session.find.hits.len();
    }
    session.apply(last);
    assert_eq!(session.find.status(), "32,002 of 64,000");
    assert!(session.find.hits.as_slice().windows(2).all(|pair| pair[0].end <= pair[1].start));
    let effects = session.apply(Action::Run(Command::FindPrevious));
    assert_eq!(effects, reveal(middle, middle + 4));
}
