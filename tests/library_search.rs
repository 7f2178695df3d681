//! Holds the library's search to `tests/fixtures/library/queries.tsv`: what a person who types something wants to see
//! first. Says nothing of how fast it is found.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use recto::app::Action;
use recto::app::keeper::{Answer, Keeper, Request};
use recto::library::{Reader, Seen, Sort, View};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/library")
}

/// The articles of the small library, in a library.
fn small_library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut articles: Vec<PathBuf> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"))
        .collect();
    articles.sort();
    assert_eq!(articles.len(), 48);
    let keeper = Keeper::start(folder.path());
    let (sender, receiver) = std::sync::mpsc::channel();
    keeper.attend(move |action| {
        if let Action::Library(Answer::Gathered(gathering)) = action {
            let _ = sender.send(gathering);
        }
    });
    keeper.send(Request::Gather(articles));
    let last = receiver.iter().find(|gathering| gathering.is_over).unwrap();
    assert_eq!((last.read, last.failed), (48, 0), "{:?}", last.failures);
    // What was read is on the disk.
    drop(keeper);
    folder
}

fn file_names(reader: &Reader, typed: &str) -> Vec<String> {
    let found = reader.find(&View::All, Sort::Added, typed).unwrap();
    assert!(!found.is_cut);
    let entries = reader.entries(&found.keys).unwrap();
    assert_eq!(entries.len(), found.keys.len());
    let name = |seen: &Option<Seen>| match seen {
        Some(Seen::File(path)) => path.file_name().unwrap().to_string_lossy().into_owned(),
        other => panic!("{other:?}"),
    };
    entries.iter().map(|(_, entry)| name(&entry.seen)).collect()
}

#[test]
fn the_best_comes_first() {
    let folder = small_library();
    let reader = Reader::open(folder.path()).unwrap();
    let queries = std::fs::read_to_string(fixtures().join("queries.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in queries.lines().skip(1) {
        let mut columns = line.split('\t');
        let (typed, expected, why) = (columns.next().unwrap(), columns.next().unwrap(), columns.next().unwrap());
        let found = file_names(&reader, &typed.replace('␣', " "));
        let mut rest = found.iter().map(String::as_str);
        let groups = expected.split(' ').filter(|group| *group != "none");
        let is_right = groups.into_iter().all(|group| {
            let group: HashSet<&str> = group.split('|').collect();
            rest.by_ref().take(group.len()).collect::<HashSet<_>>() == group
        });
        if !is_right || rest.next().is_some() {
            wrong.push(format!("{typed} ({why})\n  expected {expected}\n  found    {}", found.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{} queries:\n{}", wrong.len(), wrong.join("\n"));
}
