//! The library as its callers see it: what is kept, told apart, changed, taken back, and said of what is broken.

use std::path::Path;

use super::adding::Addition;
use super::listing::count_stories;
use super::*;
use crate::document::{Anchor, Article, Block, Provenance, RichText, SourceId, TextRange};

pub(super) fn article(title: &str, text: &str) -> Article {
    let mut article = Article {
        blocks: text.split("\n\n").map(|part| Block::paragraph(RichText::plain(part))).collect(),
        ..Article::default()
    };
    article.metadata.title.add(title.to_owned(), Provenance::Line(1));
    article.compute_metadata();
    article
}

/// A file with stories, added.
pub(super) fn add(store: &mut Store, seen: &Seen, articles: &[Article]) -> Vec<Kept> {
    add_at(store, seen, articles, 1_000)
}

fn add_at(store: &mut Store, seen: &Seen, articles: &[Article], now_ms: i64) -> Vec<Kept> {
    let bytes: Vec<u8> = articles.iter().flat_map(|a| a.body_text().into_bytes()).collect();
    let source = NewSource {
        id: SourceId::of(&bytes),
        size: bytes.len() as u64,
        modified_ms: Some(5),
        format: "Plain text".into(),
        encoding: Some("UTF-8".into()),
        warnings: vec![],
        seen: seen.clone(),
        original: Some(bytes.into()),
    };
    let parts: Vec<_> = articles.iter().map(|a| (a.story_id(), a.flat_text(), a.title().unwrap_or_default())).collect();
    let stories = articles.iter().zip(&parts).enumerate().map(|(number, (article, (id, flat, title)))| NewStory {
        number,
        id,
        article,
        flat: flat.as_str(),
        title,
        excerpt: "",
        thumbnail: None,
    });
    let addition = Addition { source: &source, stories: stories.collect(), is_asked_for: true };
    store.add(&[addition], now_ms).unwrap().remove(0)
}

pub(super) fn file(name: &str) -> Seen {
    Seen::File(Path::new("/articles").join(name))
}

pub(super) fn open() -> (tempfile::TempDir, Store, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let reader = store.reader().unwrap();
    (folder, store, reader)
}

fn titles(reader: &Reader, view: &View, sort: Sort) -> Vec<String> {
    let keys = reader.list(view, sort).unwrap();
    reader.entries(&keys).unwrap().into_iter().map(|(_, entry)| entry.title).collect()
}

#[test]
fn a_story_comes_back_as_it_was() {
    let (_folder, mut store, reader) = open();
    let story = article("Ferries", "The ferry leaves at nine.\n\nIt returns at noon.");
    let kept = add(&mut store, &file("a.txt"), std::slice::from_ref(&story)).remove(0);
    assert!(kept.is_new && kept.replaces.is_none());
    let document = reader.document(kept.key).unwrap().unwrap();
    assert_eq!(document.article, story);
    assert_eq!(document.source.seen, [file("a.txt")]);
    assert_eq!(reader.original(&document.source.id).unwrap().unwrap(), story.body_text().into_bytes());
    assert_eq!(reader.flat_text(kept.key).unwrap().unwrap(), story.flat_text().as_str());
    assert_eq!(reader.document(Key(99)).unwrap(), None);
}

#[test]
fn a_copy_and_a_moved_file_are_the_same_story() {
    let (_folder, mut store, reader) = open();
    let story = [article("Ferries", "The ferry leaves at nine.")];
    let first = add(&mut store, &file("a.txt"), &story).remove(0);
    store.change(&Change::Tag { keys: vec![first.key], tag: "sea".into() }).unwrap();
    store.mark_missing(Path::new("/articles/a.txt"), true).unwrap();
    assert!(reader.entry(first.key).unwrap().unwrap().is_missing);
    let second = add(&mut store, &file("b.txt"), &story).remove(0);
    assert_eq!((second.key, second.is_new), (first.key, false));
    let entry = reader.entry(first.key).unwrap().unwrap();
    assert_eq!((entry.status.tags, entry.is_missing, entry.seen), (vec!["sea".to_owned()], false, Some(file("b.txt"))));
}

#[test]
fn equal_titles_are_not_equal_stories() {
    let (_folder, mut store, reader) = open();
    add(&mut store, &file("a.txt"), &[article("Ferries", "Nine.")]);
    add(&mut store, &file("b.txt"), &[article("Ferries", "Noon.")]);
    assert_eq!(reader.list(&View::Inbox, Sort::Added).unwrap().len(), 2);
}

#[test]
fn a_changed_file_is_a_new_version_with_what_was_written() {
    let (_folder, mut store, reader) = open();
    let old = add(&mut store, &file("a.txt"), &[article("Ferries", "The ferry leaves at nine.")]).remove(0);
    let anchor = Anchor::new("The ferry leaves at nine.", TextRange::new(4, 9)).unwrap();
    let mark = changing::Mark { number: 0, anchor: anchor.clone(), note: "which?".into(), made_ms: 7 };
    for change in [
        Change::Tag { keys: vec![old.key], tag: "sea".into() },
        Change::Note { key: old.key, text: "Ask Ada.".into() },
        Change::AddMark { key: old.key, mark },
        Change::Place { key: old.key, anchor: anchor.clone(), progress: 0.5, seconds: 60 },
        Change::Choices { key: old.key, json: "[]".into() },
    ] {
        store.change(&change).unwrap();
    }
    let new = add(&mut store, &file("a.txt"), &[article("Ferries", "The ferry leaves at ten.")]).remove(0);
    assert_eq!(new.replaces, Some(old.key));
    let document = reader.document(new.key).unwrap().unwrap();
    assert_eq!((document.status.tags, document.status.note.as_str()), (vec!["sea".to_owned()], "Ask Ada."));
    assert_eq!(
        (document.status.read, document.place, document.choices.as_str()),
        (ReadState::InProgress, Some(anchor), "[]")
    );
    assert_eq!(document.marks.iter().map(|m| m.note.as_str()).collect::<Vec<_>>(), ["which?"]);
    assert_eq!(document.versions.iter().map(|v| v.key).collect::<Vec<_>>(), [old.key]);
    assert_eq!(reader.list(&View::All, Sort::Added).unwrap(), [new.key]);
    assert_eq!(reader.entry(new.key).unwrap().unwrap().older_versions, 1);

    // The file is set back: the old version is the newest again, and nothing is there twice.
    let back = add(&mut store, &file("a.txt"), &[article("Ferries", "The ferry leaves at nine.")]).remove(0);
    assert_eq!((back.key, back.replaces), (old.key, Some(new.key)));
    assert_eq!(reader.list(&View::All, Sort::Added).unwrap(), [old.key]);
    assert_eq!(reader.document(old.key).unwrap().unwrap().marks.len(), 1);
}

#[test]
fn a_changed_copy_leaves_the_other_copy_alone() {
    let (_folder, mut store, reader) = open();
    let story = [article("Ferries", "Nine.")];
    add(&mut store, &file("a.txt"), &story);
    add(&mut store, &file("b.txt"), &story);
    add(&mut store, &file("b.txt"), &[article("Ferries", "Ten.")]);
    assert_eq!(reader.list(&View::Inbox, Sort::Added).unwrap().len(), 2);
}

#[test]
fn the_next_edition_of_an_archive_finds_its_stories() {
    let (_folder, mut store, reader) = open();
    let edition = |words: [&str; 3]| {
        let [a, b, c] = words;
        [article("A", a), article("B", b), article("C", c)]
    };
    let first = add(&mut store, &file("export.csv"), &edition(["one", "two", "three"]));
    let second = add(&mut store, &file("export.csv"), &edition(["one", "two again", "three"]));
    assert_eq!(second.iter().map(|k| k.is_new).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(second[1].replaces, Some(first[1].key));
    assert_eq!(titles(&reader, &View::Inbox, Sort::Title), ["A", "B", "C"]);
}

#[test]
fn changes_are_taken_back() {
    let (_folder, mut store, reader) = open();
    let keys: Vec<Key> =
        ["one", "two"].iter().map(|text| add(&mut store, &file(text), &[article(text, text)]).remove(0).key).collect();
    let state = |reader: &Reader| -> Vec<Status> {
        keys.iter().map(|key| reader.entry(*key).unwrap().unwrap().status).collect()
    };
    let before = state(&reader);
    for change in [
        Change::Move { keys: keys.clone(), shelf: Shelf::Deleted },
        Change::MarkRead { keys: keys.clone(), read: ReadState::Finished },
        Change::Tag { keys: keys.clone(), tag: "sea".into() },
        Change::Note { key: keys[0], text: "why".into() },
    ] {
        let inverse = store.change(&change).unwrap().unwrap();
        let after = state(&reader);
        assert_ne!(after, before, "{change:?}");
        let again = store.change(&inverse).unwrap().unwrap();
        assert_eq!(state(&reader), before, "{change:?}");
        store.change(&again).unwrap();
        assert_eq!(state(&reader), after, "{change:?}");
        store.change(&inverse).unwrap();
    }
    assert_eq!(reader.counts().unwrap().tags, []);
}

#[test]
fn a_deleted_story_comes_back_when_it_is_opened_and_a_forgotten_one_is_gone() {
    let (_folder, mut store, reader) = open();
    let story = [article("Ferries", "Nine.")];
    let kept = add(&mut store, &file("a.txt"), &story).remove(0);
    store.change(&Change::Note { key: kept.key, text: "secret".into() }).unwrap();
    store.change(&Change::Move { keys: vec![kept.key], shelf: Shelf::Deleted }).unwrap();
    assert_eq!(reader.list(&View::All, Sort::Added).unwrap(), []);
    assert_eq!(reader.list(&View::Deleted, Sort::Added).unwrap(), [kept.key]);
    let again = add(&mut store, &file("a.txt"), &story).remove(0);
    assert_eq!((again.key, again.status.shelf, again.status.note.as_str()), (kept.key, Shelf::Inbox, "secret"));

    store.change(&Change::Forget(vec![kept.key])).unwrap();
    assert_eq!(reader.document(kept.key).unwrap(), None);
    assert_eq!(reader.seen_file(Path::new("/articles/a.txt")).unwrap(), None);
    assert_eq!(reader.check(false).unwrap(), upkeep::Report::default());
    let late = Change::Note { key: kept.key, text: "too late".into() };
    assert_eq!(store.change(&late), Ok(None));
    let new = add(&mut store, &file("a.txt"), &story).remove(0);
    assert!(new.is_new && new.key > kept.key);
    assert_eq!(new.status.note, "");
}

#[test]
fn a_deleted_story_comes_back_when_its_changed_file_is_opened() {
    let (_folder, mut store, reader) = open();
    let kept = add(&mut store, &file("a.txt"), &[article("Ferries", "Nine.")]).remove(0);
    store.change(&Change::Note { key: kept.key, text: "why".into() }).unwrap();
    store.change(&Change::Move { keys: vec![kept.key], shelf: Shelf::Deleted }).unwrap();
    let newer = add(&mut store, &file("a.txt"), &[article("Ferries", "Ten.")]).remove(0);
    assert_eq!((newer.status.shelf, newer.status.note.as_str()), (Shelf::Inbox, "why"));
    assert_eq!(reader.list(&View::All, Sort::Added).unwrap(), [newer.key]);
}

#[test]
fn views_and_orders() {
    let (_folder, mut store, reader) = open();
    let mut keys = Vec::new();
    for (title, text, date) in [("Öl", "one two three", "2020"), ("anchor", "one", "2024-05"), ("Zebra", "one two", "")]
    {
        let mut story = article(title, text);
        if let Ok(date) = date.parse() {
            story.metadata.published.add(date, Provenance::Line(2));
        }
        story.metadata.site.add("Harbour Post".into(), Provenance::Line(1));
        keys.push(add(&mut store, &file(title), &[story]).remove(0).key);
    }
    store.change(&Change::MarkRead { keys: vec![keys[2]], read: ReadState::Finished }).unwrap();
    store.change(&Change::Move { keys: vec![keys[2]], shelf: Shelf::Archive }).unwrap();
    store.change(&Change::Tag { keys: vec![keys[0]], tag: "sea".into() }).unwrap();
    for (view, sort, expected) in [
        (View::All, Sort::Added, &["Zebra", "anchor", "Öl"][..]),
        (View::All, Sort::Title, &["anchor", "Öl", "Zebra"]),
        (View::All, Sort::Length, &["Öl", "Zebra", "anchor"]),
        (View::All, Sort::Published, &["anchor", "Öl", "Zebra"]),
        (View::Inbox, Sort::Added, &["anchor", "Öl"]),
        (View::Archive, Sort::Added, &["Zebra"]),
        (View::Finished, Sort::Added, &["Zebra"]),
        (View::Unread, Sort::Added, &["anchor", "Öl"]),
        (View::Tag("sea".into()), Sort::Added, &["Öl"]),
        (View::Site("Harbour Post".into()), Sort::Title, &["anchor", "Öl", "Zebra"]),
        (View::Folder("/articles".into()), Sort::Title, &["anchor", "Öl", "Zebra"]),
        (View::Folder("/article".into()), Sort::Title, &[]),
    ] {
        assert_eq!(titles(&reader, &view, sort), expected, "{view:?} {sort:?}");
    }
    let counts = reader.counts().unwrap();
    assert_eq!((counts.inbox, counts.archive, counts.deleted), ([2, 0, 0], [0, 0, 1], 0));
    assert_eq!((counts.tags, counts.sites), (vec![("sea".into(), 1)], vec![("Harbour Post".into(), 3)]));
}

#[test]
fn what_was_counted_is_kept_until_something_changes_it() {
    let (folder, mut store, reader) = open();
    let mut story = article("Ferries", "Nine.");
    story.metadata.site.add("Harbour Post".into(), Provenance::Line(1));
    let key = add(&mut store, &file("a.txt"), &[story]).remove(0).key;
    let other = add(&mut store, &file("b.txt"), &[article("Tides", "Ten.")]).remove(0).key;
    let anchor = Anchor::new("Nine.", TextRange::new(0, 4)).unwrap();
    let site = |value: Option<&str>| Change::Correct { key, field: Stated::Site, value: value.map(str::to_owned) };
    for (change, is_kept) in [
        (Change::Note { key, text: "why".into() }, true),
        (Change::Place { key, anchor: anchor.clone(), progress: 0.0, seconds: 1 }, true),
        (Change::Place { key, anchor, progress: 0.5, seconds: 1 }, false),
        (Change::MarkRead { keys: vec![key], read: ReadState::Finished }, false),
        (Change::Tag { keys: vec![key, other], tag: "sea".into() }, false),
        (Change::Untag { keys: vec![other], tag: "sea".into() }, false),
        (site(Some("Tide Tables")), false),
        (site(None), false),
        (Change::Move { keys: vec![key], shelf: Shelf::Archive }, false),
        (Change::Forget(vec![key]), false),
    ] {
        store.keep_counts().unwrap();
        assert_eq!(reader.kept_counts(), Some(count_stories(&reader.connection).unwrap()));
        store.change(&change).unwrap();
        assert_eq!(reader.kept_counts().is_some(), is_kept, "{change:?}");
        assert_eq!(reader.counts(), count_stories(&reader.connection), "{change:?}");
    }
    store.keep_counts().unwrap();
    add(&mut store, &file("c.txt"), &[article("Ropes", "Eleven.")]);
    assert_eq!(reader.kept_counts(), None);
    // For the next start.
    drop(store);
    let kept = Reader::open(folder.path()).unwrap().kept_counts().unwrap();
    assert_eq!(kept.inbox, [2, 0, 0]);
    assert_eq!(reader.check(false).unwrap(), upkeep::Report { stories: 2, ..upkeep::Report::default() });
}

#[test]
fn a_backup_restores_and_what_was_there_is_set_aside() {
    let (folder, mut store, reader) = open();
    add(&mut store, &file("a.txt"), &[article("First", "Nine.")]);
    let backup = folder.path().join("backup.db");
    reader.back_up(&backup).unwrap();
    assert!(matches!(reader.back_up(&backup), Err(LibraryError::Exists { .. })));
    add(&mut store, &file("b.txt"), &[article("Second", "Ten.")]);
    assert_eq!(upkeep::restore(folder.path(), &backup), Err(LibraryError::Busy));
    drop((store, reader));
    let aside = upkeep::restore(folder.path(), &backup).unwrap().unwrap();
    let reader = Reader::open(folder.path()).unwrap();
    assert_eq!(titles(&reader, &View::All, Sort::Added), ["First"]);
    assert!(aside.exists());
    drop(reader);
    assert_eq!(upkeep::restore(folder.path(), &aside).unwrap().map(|p| p != aside), Some(true));
    assert_eq!(titles(&Reader::open(folder.path()).unwrap(), &View::All, Sort::Added), ["Second", "First"]);
}

#[test]
fn what_is_no_library_or_is_broken_or_newer_is_told_and_left() {
    let at = |bytes: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(error::file_in(folder.path()), bytes).unwrap();
        let answer = Store::open(folder.path()).map(|_| ());
        (folder, answer)
    };
    assert!(matches!(at(b"").1, Ok(())));
    assert!(matches!(at(b"half").1, Err(LibraryError::Damaged { .. })));
    let (folder, answer) = at(b"not a database, but long enough for a header of one");
    assert!(matches!(answer, Err(LibraryError::Damaged { .. })));
    assert!(std::fs::read(error::file_in(folder.path())).unwrap().starts_with(b"not a database"));
    assert!(matches!(Reader::open(Path::new("/nowhere/at/all")), Err(LibraryError::Absent)));

    let (folder, mut store, _reader) = open();
    add(&mut store, &file("a.txt"), &[article("First", "Nine.")]);
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let newer = LibraryError::Newer { found: 99, known: schema::VERSION };
    assert_eq!(Store::open(folder.path()).map(|_| ()), Err(newer));
    assert_eq!(titles(&Reader::open(folder.path()).unwrap(), &View::All, Sort::Added), ["First"]);
}

#[test]
fn every_view_is_searched() {
    let (_folder, mut store, reader) = open();
    let mut story = article("Ferries", "The ferry leaves at nine.");
    story.metadata.site.add("Harbour Post".to_owned(), Provenance::Line(2));
    story.metadata.language.add("en-GB".to_owned(), Provenance::Line(3));
    let kept = add(&mut store, &file("a.txt"), &[story]).remove(0);
    store.change(&Change::Tag { keys: vec![kept.key], tag: "sea".into() }).unwrap();
    let folder = View::Folder("/articles".into());
    for view in [View::Inbox, View::All, View::Tag("sea".into()), View::Site("Harbour Post".into()), folder] {
        for typed in ["ferry", "fe", "lang:en", "ferry after:2000", "-boat", "site:harbour"] {
            let found = reader.find(&view, Sort::Added, typed).unwrap().keys;
            let expected: &[Key] = if typed.contains("after") { &[] } else { &[kept.key] };
            assert_eq!(found, expected, "{view:?} {typed}");
        }
    }
}

#[test]
fn a_damaged_page_is_found_by_a_check() {
    let (folder, mut store, _reader) = open();
    for number in 0..50 {
        let text = format!("Ferry number {number} leaves. ").repeat(40);
        add(&mut store, &file(&number.to_string()), &[article("Ferries", &text)]);
    }
    drop(store);
    let path = error::file_in(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    // Some of the pages there may be free ones.
    for page in (middle..middle + 8 * 4096).step_by(4096) {
        bytes[page..page + 64].fill(0xA5);
    }
    std::fs::write(&path, bytes).unwrap();
    let report = Reader::open(folder.path()).unwrap().check(true);
    assert!(report.map_or(true, |report| !report.problems.is_empty()));
}

#[test]
fn an_interrupted_library_says_so() {
    let (folder, store, reader) = open();
    assert!(!store.was_interrupted());
    drop((store, reader));
    let store = Store::open(folder.path()).unwrap();
    assert!(!store.was_interrupted());
    // As if the program had been killed: nothing of it is dropped.
    std::mem::forget(store);
    assert!(Store::open(folder.path()).unwrap().was_interrupted());
}

#[test]
fn a_clock_that_was_set_back_disturbs_no_order() {
    let (_folder, mut store, reader) = open();
    // Each is added before the one before it, the last before 1970.
    let mut clock = [9_000, 5_000, 5_000, 1_000, -7].into_iter();
    let mut now = || clock.next().unwrap();
    let first = add_at(&mut store, &file("a.txt"), &[article("First", "Nine.")], now()).remove(0);
    add_at(&mut store, &file("b.txt"), &[article("Second", "Nine, again.")], now());
    assert_eq!(titles(&reader, &View::Inbox, Sort::Added), ["Second", "First"]);

    // The file that changed later is the newer version.
    let inverse = store.change(&Change::Note { key: first.key, text: "why".into() }).unwrap().unwrap();
    let newer = add_at(&mut store, &file("a.txt"), &[article("First", "Ten.")], now()).remove(0);
    let newest = add_at(&mut store, &file("a.txt"), &[article("First", "Eleven.")], now()).remove(0);
    assert_eq!((newer.replaces, newest.replaces), (Some(first.key), Some(newer.key)));
    let document = reader.document(newest.key).unwrap().unwrap();
    assert_eq!(document.versions.iter().map(|version| version.key).collect::<Vec<_>>(), [newer.key, first.key]);
    assert_eq!(titles(&reader, &View::Inbox, Sort::Added), ["First", "Second"]);

    // What was done is taken back, and no mark is told from another by its time alone.
    store.change(&inverse).unwrap();
    let anchor = Anchor::new("Eleven.", TextRange::new(0, 3)).unwrap();
    for note in ["one", "two"] {
        let mark = changing::Mark { number: 0, anchor: anchor.clone(), note: note.into(), made_ms: -1 };
        store.change(&Change::AddMark { key: newest.key, mark }).unwrap();
    }
    let last = add_at(&mut store, &file("a.txt"), &[article("First", "Twelve.")], now()).remove(0);
    assert_eq!((last.replaces, last.status.note.as_str()), (Some(newest.key), "why"));
    let marks = reader.document(last.key).unwrap().unwrap().marks;
    assert_eq!(marks.iter().map(|mark| mark.note.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    // A copy goes where it was seen last.
    let moved = add_at(&mut store, &file("c.txt"), &[article("First", "Twelve.")], -9_000).remove(0);
    assert_eq!((moved.key, moved.is_new), (last.key, false));
}
