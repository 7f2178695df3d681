//! What becomes of a library when files, rights and other programs go wrong: it says so, keeps what it has, and is never
//! overwritten. What needs a disk of its own is in `tests/library`, power cuts are in `tests/power`.

#![expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is right"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use recto::app::Action;
use recto::app::keeper::{Answer, How, Keeper, Opened, Request};
use recto::app::load::{Places, load};
use recto::app::story::{Arrival, Origin};
use recto::import::Watch;
use recto::library::rescue::{Rescued, rescue};
use recto::library::{Change, Key, LibraryError, Reader, Sort, Store, View, upkeep};

const STORIES: usize = 16;
const PAGE: usize = 4_096;

/// A folder for a test, in memory where there is one: what is waited for is not the disk.
fn home() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// A keeper and what it answers.
struct Window {
    keeper: Keeper,
    answers: Receiver<Answer>,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let keeper = Keeper::start(folder);
        let (sender, answers) = channel();
        keeper.attend(move |action| {
            if let Action::Library(answer) = action {
                let _ = sender.send(answer);
            }
        });
        Self { keeper, answers }
    }

    fn answer(&self) -> Answer {
        self.answers.recv_timeout(Duration::from_secs(30)).unwrap()
    }

    fn change(&self, change: Change) -> Answer {
        self.keeper.send(Request::Change { change, how: How::Made });
        self.answer()
    }
}

fn arrival(number: usize) -> Arrival {
    let words = format!("The ferry {number} leaves at dusk, with word{number} on board. ").repeat(20 + number * 5);
    let bytes = format!("Story {number}\n\n{words}\n").into_bytes();
    let origin = Origin::Bytes { name: format!("{number}.txt"), bytes: bytes.into() };
    let loaded = load(&origin, &Places::default(), &Watch::default()).unwrap();
    loaded.into_arrival(Origin::File(format!("/articles/{number}.txt").into()), true).unwrap()
}

/// Fills a library with stories, a note on each.
fn fill(folder: &Path) {
    let window = Window::open(folder);
    assert!(matches!(window.answer(), Answer::Opened(Opened::Whole { .. })));
    window.keeper.send(Request::Keep((0..STORIES).map(arrival).collect()));
    let Answer::Kept(kept) = window.answer() else { panic!("not kept") };
    for (number, kept) in kept.iter().enumerate() {
        let note = Change::Note { key: kept.key, text: format!("note{number}") };
        assert!(matches!(window.change(note), Answer::Changed { .. }));
    }
}

fn file(folder: &Path, ending: &str) -> PathBuf {
    folder.join(format!("library.db{ending}"))
}

/// The folder as a killed program leaves it: what was done last is in the log alone.
fn left(folder: &Path, to: &Path) {
    fill(folder);
    let mut store = Store::open(folder).unwrap();
    let keys = store.reader().unwrap().list(&View::All, Sort::Added).unwrap();
    store.change(&Change::Note { key: keys[0], text: "lastwords".into() }).unwrap();
    fs::create_dir_all(to).unwrap();
    for ending in ["", "-wal", "-shm"] {
        fs::copy(file(folder, ending), file(to, ending)).unwrap();
    }
}

#[cfg(unix)]
mod rights {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    use super::*;

    /// `nobody` on every Linux.
    const NOBODY: u32 = 65534;

    /// What somebody sees who may not write everything, as root may.
    fn look_as_a_person(folder: &Path, word: &str) -> String {
        let here = std::env::current_exe().unwrap();
        let program = here.parent().and_then(Path::parent).unwrap().join("examples/library_changes");
        assert!(program.is_file(), "build it first: cargo build --example library_changes");
        let mut command = Command::new(program);
        command.args(["look".as_ref(), folder.as_os_str(), word.as_ref()]);
        if fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
            command.uid(NOBODY);
        }
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    }

    fn allow(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn close(folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            allow(&entry.unwrap().path(), 0o444);
        }
        allow(folder, 0o555);
    }

    #[test]
    fn what_may_not_be_written_is_read() {
        let home = home();
        allow(home.path(), 0o755);
        let read_only = LibraryError::ReadOnly.to_string();
        let expected = |found| {
            format!(
                "opened to be read: {read_only}\nlisted {STORIES} found {found} read {STORIES}\nnot changed: {read_only}\n"
            )
        };

        let whole = home.path().join("closed");
        fill(&whole);
        close(&whole);
        assert_eq!(look_as_a_person(&whole, "note3"), expected(1));
        allow(&whole, 0o755);
        // The folder is somebody else's, the file is everybody's.
        allow(&file(&whole, ""), 0o666);
        assert_eq!(look_as_a_person(&whole, "note3"), expected(1));
        // The folder is everybody's, the file may not be written.
        allow(&whole, 0o777);
        allow(&file(&whole, ""), 0o444);
        assert_eq!(look_as_a_person(&whole, "note3"), expected(1));
    }

    #[test]
    fn what_a_killed_program_wrote_last_is_read_where_nothing_may_be_written() {
        let home = home();
        allow(home.path(), 0o755);
        let folder = home.path().join("left");
        left(&home.path().join("library"), &folder);
        close(&folder);
        let with_index = look_as_a_person(&folder, "lastwords");
        allow(&folder, 0o755);
        fs::remove_file(file(&folder, "-shm")).unwrap();
        close(&folder);
        let before = fs::read(file(&folder, "-wal")).unwrap();
        for seen in [with_index, look_as_a_person(&folder, "lastwords")] {
            assert!(seen.starts_with("opened to be read: "), "{seen}");
            assert!(seen.contains(&format!("listed {STORIES} found 1 read {STORIES}")), "{seen}");
        }
        assert_eq!(fs::read(file(&folder, "-wal")).unwrap(), before);
        allow(&folder, 0o755);
    }

    #[test]
    fn no_library_is_not_one_that_may_be_read() {
        let home = home();
        allow(home.path(), 0o555);
        for folder in [home.path().to_owned(), home.path().join("library")] {
            let seen = look_as_a_person(&folder, "x");
            assert!(seen.starts_with("not opened: The library cannot be opened ("), "{seen}");
            assert!(seen.contains("Check its folder’s permissions"), "{seen}");
        }
        allow(home.path(), 0o755);
    }
}

#[test]
fn a_library_that_another_program_holds_is_opened_when_it_is_let_go() {
    let folder = home();
    fill(folder.path());
    let other = rusqlite::Connection::open(file(folder.path(), "")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let began = std::time::Instant::now();
    let window = Window::open(folder.path());
    assert_eq!(window.answer(), Answer::Opened(Opened::Not(LibraryError::Busy)));
    assert!(began.elapsed() < Duration::from_secs(7), "{:?}", began.elapsed());
    let note = |text: &str| Change::Note { key: Key(1), text: text.into() };
    assert_eq!(window.change(note("now")), Answer::Failed(LibraryError::Busy));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(window.answer(), Answer::Opened(Opened::Whole { folders: Vec::new() }));
    assert!(matches!(window.change(note("later")), Answer::Changed { .. }));

    // One that takes hold of it later.
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(window.change(note("now")), Answer::Failed(LibraryError::Busy));
    other.execute_batch("ROLLBACK").unwrap();
    assert!(matches!(window.change(note("at last")), Answer::Changed { .. }));
}

/// Everything that a window does with a library, on one that is damaged. Answers what was said of it, and of what is left
/// how many stories can be read.
fn use_all(folder: &Path) -> (Vec<String>, usize) {
    let mut said = Vec::new();
    let mut readable = 0;
    match Store::open(folder) {
        Ok(mut store) => {
            let changes = [
                Change::Note { key: Key(2), text: "changed".into() },
                Change::Tag { keys: (1..10).map(Key).collect(), tag: "x".into() },
                Change::Forget(vec![Key(5)]),
            ];
            said.extend(changes.iter().filter_map(|change| store.change(change).err()).map(|error| error.to_string()));
        }
        Err(error) => said.push(error.to_string()),
    }
    match Reader::open(folder) {
        Ok(reader) => {
            for typed in ["", "ferry", "note7"] {
                said.extend(reader.find(&View::All, Sort::Title, typed).err().map(|error| error.to_string()));
            }
            for key in (1..).map(Key).take(STORIES) {
                match reader.document(key) {
                    Ok(document) => readable += usize::from(document.is_some()),
                    Err(error) => said.push(error.to_string()),
                }
            }
            match reader.check(false) {
                Ok(report) => said.extend(report.problems),
                Err(error) => said.push(error.to_string()),
            }
        }
        Err(error) => said.push(error.to_string()),
    }
    for words in &said {
        assert!(!words.contains("which is a bug"), "{words}");
    }
    (said, readable)
}

/// A number that differs with each call and is the same in each run.
fn random(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// A file that was saved becomes a library that passes its check, whose stories can all be read.
fn check_saved(what: &str, saved: &Path, folder: &Path) {
    fs::create_dir(folder).unwrap();
    fs::copy(saved, file(folder, "")).unwrap();
    let reader = Reader::open(folder).unwrap();
    let report = reader.check(false).unwrap();
    assert!(report.problems.is_empty(), "{what}: {:?}", report.problems);
    for key in reader.list(&View::All, Sort::Added).unwrap() {
        assert!(reader.document(key).unwrap().is_some(), "{what}: {key:?}");
        assert!(reader.entry(key).unwrap().is_some(), "{what}: {key:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn of_a_library_with_a_damaged_page_the_rest_is_saved() {
    let home = home();
    let (folder, saved) = (home.path().join("library"), home.path().join("saved.db"));
    fill(&folder);
    let whole = fs::read(file(&folder, "")).unwrap();
    assert_eq!(rescue(&folder, &saved).unwrap(), Rescued { stories: STORIES, ..Rescued::default() });
    check_saved("nothing", &saved, &home.path().join("after"));
    fs::remove_file(&saved).unwrap();

    let pages = whole.len() / PAGE;
    // Each where `RECTO_ALL_PAGES` is set; else the first two, and some
    let step = if std::env::var_os("RECTO_ALL_PAGES").is_some() { 1 } else { 8 };
    for page in (0..pages).filter(|page| *page == 1 || page % step == 0) {
        let mut bytes = whole.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        fs::write(file(&folder, ""), &bytes).unwrap();
        let rescued = rescue(&folder, &saved).unwrap_or_else(|error| panic!("page {page}: {error}"));
        check_saved(&format!("page {page}"), &saved, &home.path().join("after"));
        fs::remove_file(&saved).unwrap();
        assert_eq!(rescued.stories, STORIES, "page {page}: {rescued:?}");
    }
}

#[test]
fn damage_is_told_and_a_backup_brings_everything_back() {
    let home = home();
    let (library, folder, backup) =
        (home.path().join("library"), home.path().join("damaged"), home.path().join("backup.db"));
    left(&library, &folder);
    drop(Store::open(&library).unwrap());
    Reader::open(&library).unwrap().back_up(&backup).unwrap();
    let whole = fs::read(file(&library, "")).unwrap();
    let log = fs::read(file(&folder, "-wal")).unwrap();
    let pages = whole.len() / PAGE;
    let mut state = 1;

    // What is done to the file; whether it may go unnoticed, as where a page is hit that nothing is in.
    let mut cases: Vec<(String, Vec<u8>, Option<Vec<u8>>)> = Vec::new();
    for number in [0, 1, 3, 9] {
        let mut bytes = whole.clone();
        for _ in 0..=number {
            let page = 1 + random(&mut state) % (pages - 1);
            let at = page * PAGE + random(&mut state) % 64;
            let end = (at + 1 + random(&mut state) % PAGE).min(bytes.len());
            bytes[at..end].iter_mut().for_each(|byte| *byte = random(&mut state) as u8);
        }
        cases.push((format!("{} pages overwritten", number + 1), bytes, None));
    }
    for length in [2, 512, 5 * PAGE, whole.len() / 2, whole.len() - PAGE, whole.len() - 1] {
        cases.push((format!("cut to {length} bytes"), whole[..length].to_vec(), None));
    }
    let mut bytes = whole.clone();
    bytes[..100].fill(0);
    cases.push(("no header".into(), bytes, None));
    let mut bytes = whole.clone();
    bytes[..PAGE].fill(0);
    cases.push(("no first page".into(), bytes, None));
    cases.push(("zeros".into(), vec![0; whole.len()], None));
    cases.push(("emptied, with a log".into(), Vec::new(), Some(log.clone())));
    cases.push(("a log of garbage".into(), whole.clone(), Some((0..=250).cycle().take(20_000).collect())));
    let mut torn = log.clone();
    let middle = torn.len() / 2;
    torn[middle..].fill(0x5a);
    cases.push(("a log of another file, torn".into(), whole.clone(), Some(torn)));

    for (what, bytes, its_log) in cases {
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        fs::write(file(&folder, ""), &bytes).unwrap();
        if let Some(its_log) = its_log {
            fs::write(file(&folder, "-wal"), its_log).unwrap();
            fs::write(file(&folder, "-shm"), vec![0xa5; 32_768]).unwrap();
        }
        let (said, readable) = use_all(&folder);
        assert!(
            !said.is_empty() || readable >= STORIES - 1,
            "{what}: nothing is said, and {readable} stories are left"
        );
        let left = fs::read(file(&folder, "")).unwrap();
        let kept = bytes.len().min(left.len()).min(whole.len());
        assert!(kept == bytes.len(), "{what}: it was {} bytes long, and is {}", bytes.len(), left.len());

        if bytes.is_empty() {
            assert_eq!(fs::read(file(&folder, "-wal")).unwrap(), log, "{what}: its log is gone");
        }

        // What is saved of it holds together, and nothing of the damaged file is touched.
        let saved = home.path().join("saved.db");
        let rescued = rescue(&folder, &saved);
        assert_eq!(fs::read(file(&folder, "")).unwrap(), left, "{what}");
        let is_nothing_left = ["cut to 2 bytes", "cut to 512 bytes", "zeros", "emptied, with a log"].contains(&&*what);
        assert_eq!(rescued.is_err(), is_nothing_left, "{what}: {rescued:?}");
        if let Ok(rescued) = rescued {
            assert!(rescued.stories >= STORIES - 1, "{what}: {rescued:?}");
            check_saved(&what, &saved, &home.path().join("after"));
            fs::remove_file(&saved).unwrap();
        }
        assert!(fs::read_dir(home.path()).unwrap().count() <= 4, "{what}: something is left");

        let aside = upkeep::restore(&folder, &backup);
        assert!(matches!(aside, Ok(Some(_))), "{what}: {aside:?}");
        let reader = Reader::open(&folder).unwrap();
        assert_eq!(reader.check(false).unwrap(), upkeep::Report { stories: STORIES, problems: vec![] }, "{what}");
    }
}
