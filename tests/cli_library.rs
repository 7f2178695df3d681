//! Drives the real program's library commands, as a shell would: what is imported, listed and found, what is said when
//! something is wrong, and exit codes. Opens no window.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

#[path = "support/output.rs"]
mod output;

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use recto::library::{Change, Key, Store};
use serde_json::Value;

use output::{code, json_lines, standard_error, standard_output};

fn article(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nsite: Harbour Post\ndate: 2024-03-05\ntags: [sea, later]\nlang: en\n---\n\n{text}\n")
}

const FERRY: &str = "The last ferry of the season left the harbour at dusk, with forty people and a piano on board. Nobody \
    on the quay expected it back before spring.";
const BEES: &str =
    "The bees of the island fly as far as the lighthouse. Their honey tastes of thyme, and a little of salt.";

/// A folder with two articles and a library beside it.
struct Rig {
    folder: tempfile::TempDir,
}

impl Rig {
    fn new() -> Self {
        let rig = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(rig.articles()).unwrap();
        rig.write("ferry.md", &article("The night ferry", FERRY));
        rig.write("bees.md", &article("Bees", BEES).replace("[sea, later]", "[garden]"));
        rig
    }

    fn articles(&self) -> PathBuf {
        self.folder.path().join("articles")
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.articles().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn command<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        command.args(arguments).arg("--library").arg(self.library()).stdin(Stdio::null());
        command
    }

    fn run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Imports the articles; what is said of them.
    fn import(&self) -> String {
        let output = self.run([OsStr::new("import"), self.articles().as_os_str()]);
        assert_eq!(code(&output), 0, "{}", standard_error(&output));
        standard_output(&output)
    }

    /// The titles that a command lists as JSON.
    fn titles(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(arguments.iter().copied().chain(["--json"]));
        assert_eq!(code(&output), 0, "{}", standard_error(&output));
        json_lines(&output).iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    }
}

/// Fails with exit code 1 and these words.
fn check_failed(output: &Output, words: &str) {
    let error = standard_error(output);
    assert_eq!(code(output), 1, "{error}{}", standard_output(output));
    assert!(error.contains(words), "{error:?} says nothing of {words:?}");
    assert!(!error.contains("bug") && !error.contains("panicked"), "{error}");
}

#[test]
fn help_is_complete() {
    let rig = Rig::new();
    for (arguments, expected) in [
        (&["--help"][..], &["import", "list", "search", "library", "--library"][..]),
        (&["import", "--help"], &["--watch", "--json", "--library"]),
        (&["list", "--help"], &["--view", "in-progress", "tag:", "--sort", "length", "--json", "--library"]),
        (&["search", "--help"], &["title:ferry", "NEAR/5", "--json", "--library"]),
        (&["library", "--help"], &["check", "backup", "restore"]),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_recto")).args(arguments).output().unwrap();
        let text = standard_output(&output);
        assert_eq!(code(&output), 0);
        for expected in expected {
            assert!(text.contains(expected), "{expected} is missing in {text}");
        }
    }
    for arguments in [
        &["import"][..],
        &["list", "--view", "everything"],
        &["list", "--sort", "size"],
        &["search"],
        &["library"],
        &["library", "mend"],
    ] {
        assert_eq!(code(&rig.run(arguments)), 2, "{arguments:?}");
    }
    assert!(!rig.library().exists());
}

#[test]
fn what_is_imported_is_listed() {
    let rig = Rig::new();
    let said = rig.import();
    assert!(said.contains("The night ferry") && said.ends_with("2 added\n"), "{said}");
    assert_eq!(rig.titles(&["list", "--sort", "title"]), ["Bees", "The night ferry"]);
    assert_eq!(rig.titles(&["list", "--sort", "length"]), ["The night ferry", "Bees"]);
    assert_eq!(rig.titles(&["list", "--view", "tag:garden"]), ["Bees"]);
    assert_eq!(rig.titles(&["list", "--view", "site:Harbour Post"]).len(), 2);
    for view in ["in-progress", "finished", "archive", "deleted", "tag:none", "site:none"] {
        assert!(rig.titles(&["list", "--view", view]).is_empty(), "{view}");
    }

    let output = rig.run(["list", "--json", "--view", "tag:sea"]);
    let row = &json_lines(&output)[0];
    let path = rig.articles().canonicalize().unwrap().join("ferry.md");
    for (name, expected) in [
        ("title", Value::from("The night ferry")),
        ("site", "Harbour Post".into()),
        ("published", "2024-03-05".into()),
        ("words", FERRY.split(' ').count().into()),
        ("minutes", 1.into()),
        ("state", "unread".into()),
        ("shelf", "inbox".into()),
        ("progress", 0.0.into()),
        ("tags", serde_json::json!(["later", "sea"])),
        ("url", Value::Null),
        ("path", path.to_str().unwrap().into()),
        ("authors", serde_json::json!([])),
    ] {
        assert_eq!(row[name], expected, "{name}");
    }
    assert!(row["key"].is_u64() && row["added"].as_str().unwrap().ends_with('Z') && row.get("snippet").is_none());

    let lines = standard_output(&rig.run(["list", "--sort", "published"]));
    let line = lines.lines().find(|line| line.contains("ferry")).unwrap();
    assert!(line.starts_with("2024-03-05"), "{line}");
    assert!(line.contains("Harbour Post") && line.ends_with("The night ferry  #later  #sea"), "{line}");
    let at = |line: &str| line.find("Harbour Post").unwrap();
    assert!(lines.lines().all(|other| at(other) == at(line)), "{lines}");
}

#[test]
fn a_second_import_changes_nothing() {
    let rig = Rig::new();
    rig.import();
    assert_eq!(rig.import(), "2 unchanged\n");
    let copy = rig.write("copy of the ferry.md", &article("The night ferry", FERRY));
    let output = rig.run([OsStr::new("import"), OsStr::new("--json"), copy.as_os_str()]);
    let line = &json_lines(&output)[0];
    assert_eq!((line["outcome"].as_str(), line["stories"][0]["outcome"].as_str()), (Some("read"), Some("known")));
    assert_eq!(rig.titles(&["list"]).len(), 2);
}

#[test]
fn a_changed_file_is_a_new_version() {
    let rig = Rig::new();
    rig.import();
    rig.write("ferry.md", &article("The night ferry", &format!("{FERRY} It came back in March.")));
    let said = rig.import();
    assert!(said.contains("new version") && said.ends_with("1 new version, 1 unchanged\n"), "{said}");
    assert_eq!(rig.titles(&["list"]).len(), 2);
    assert_eq!(rig.titles(&["search", "March"]), ["The night ferry"]);
}

#[test]
fn what_was_done_to_a_story_is_listed() {
    let rig = Rig::new();
    rig.import();
    let key = json_lines(&rig.run(["list", "--json", "--view", "tag:garden"]))[0]["key"].as_i64().unwrap();
    let mut store = Store::open(&rig.library()).unwrap();
    store.change(&Change::Move { keys: vec![Key(key)], shelf: recto::library::Shelf::Deleted }).unwrap();
    drop(store);
    assert_eq!(rig.titles(&["list", "--view", "deleted"]), ["Bees"]);
    assert_eq!(rig.titles(&["list", "--view", "all"]), ["The night ferry"]);
    assert!(rig.titles(&["search", "honey"]).is_empty());
}

#[test]
fn what_is_searched_for_is_found() {
    let rig = Rig::new();
    rig.import();
    for (query, expected) in [
        (&["ferry"][..], &["The night ferry"][..]),
        (&["ferr"], &[]),
        (&["ferr*"], &["The night ferry"]),
        (&["harbour", "-ferry"], &["Bees"]),
        (&["site:harbour", "tag:later"], &["The night ferry"]),
        (&["\"the piano\""], &[]),
        (&["piano", "OR", "honey", "before:2024"], &[]),
    ] {
        let arguments: Vec<&str> = ["search"].iter().chain(query).copied().collect();
        assert_eq!(rig.titles(&arguments), expected, "{query:?}");
    }
    let output = rig.run(["search", "piano", "--json"]);
    let snippet = &json_lines(&output)[0]["snippet"];
    let hit = &snippet["hits"][0];
    let range = |at: usize| usize::try_from(hit[at].as_u64().unwrap()).unwrap();
    assert_eq!(snippet["text"].as_str().unwrap().get(range(0)..range(1)), Some("piano"));
    let lines = standard_output(&rig.run(["search", "piano"]));
    assert!(lines.contains("and a piano on board") && !lines.contains('\u{1b}'), "{lines}");

    let output = rig.run(["search", "piano", "colour:red"]);
    assert_eq!(code(&output), 0);
    assert!(standard_error(&output).contains("“colour:” is no field"), "{}", standard_error(&output));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_kept() {
    let rig = Rig::new();
    rig.write("empty.md", "");
    let gone = rig.articles().join("gone.txt");
    let output = rig.run([OsStr::new("import"), rig.articles().as_os_str(), gone.as_os_str()]);
    check_failed(&output, "empty");
    check_failed(&output, "gone.txt");
    assert!(standard_output(&output).ends_with("2 added, 2 failed\n"), "{}", standard_output(&output));
    let output = rig.run([OsStr::new("import"), OsStr::new("--json"), gone.as_os_str()]);
    assert_eq!(json_lines(&output)[0]["outcome"], "failed");
    assert!(json_lines(&output)[0]["error"].as_str().unwrap().contains("not there"));
}

#[test]
fn only_a_watched_folder_belongs_to_the_library() {
    let rig = Rig::new();
    let folders = || {
        let reader = recto::library::Reader::open(&rig.library()).unwrap();
        reader.folders().unwrap().into_iter().map(|folder| folder.path).collect::<Vec<_>>()
    };
    rig.import();
    assert!(folders().is_empty());
    let output = rig.run([OsStr::new("import"), OsStr::new("--watch"), rig.articles().as_os_str()]);
    assert_eq!((code(&output), standard_output(&output)), (0, "2 unchanged\n".to_owned()));
    assert_eq!(folders(), [rig.articles().canonicalize().unwrap()]);
    let file = rig.articles().join("bees.md");
    let output = rig.run([OsStr::new("import"), OsStr::new("--watch"), file.as_os_str()]);
    check_failed(&output, "Only a folder can be watched");
}

#[test]
fn a_backup_is_put_back() {
    let rig = Rig::new();
    rig.import();
    let backup = rig.folder.path().join("backup.db");
    let with_backup = |what: &str| rig.run([OsStr::new("library"), OsStr::new(what), backup.as_os_str()]);
    let check = rig.run(["library", "check"]);
    assert_eq!(code(&check), 0, "{}", standard_error(&check));
    assert!(standard_output(&check).contains("2 stories"), "{}", standard_output(&check));
    assert_eq!(code(&with_backup("backup")), 0);
    check_failed(&with_backup("backup"), "of this name already");

    rig.write("third.md", &article("Third", "A third story, which is not in the backup that was made."));
    rig.import();
    assert_eq!(rig.titles(&["list"]).len(), 3);
    let restored = with_backup("restore");
    assert_eq!(code(&restored), 0, "{}", standard_error(&restored));
    let aside = rig.library().join("library set aside 1.db");
    assert!(standard_output(&restored).contains(aside.to_str().unwrap()), "{}", standard_output(&restored));
    assert!(aside.exists());
    assert_eq!(rig.titles(&["list"]).len(), 2);
    assert_eq!(code(&rig.run(["library", "check", "--quick"])), 0);

    let none = rig.articles().join("bees.md");
    check_failed(&rig.run([OsStr::new("library"), OsStr::new("restore"), none.as_os_str()]), "no Recto library");
    let gone = rig.articles().join("gone.db");
    check_failed(&rig.run([OsStr::new("library"), OsStr::new("restore"), gone.as_os_str()]), "cannot be opened");
    assert_eq!(rig.titles(&["list"]).len(), 2);
}

#[test]
fn what_is_wrong_with_a_library_is_said() {
    let rig = Rig::new();
    for arguments in [&["list"][..], &["search", "a"], &["library", "check"], &["library", "backup", "b.db"]] {
        check_failed(&rig.run(arguments), "There is no library here");
    }
    assert!(!rig.library().exists(), "reading makes no library");
    rig.import();
    let file = rig.library().join("library.db");
    let whole = fs::read(&file).unwrap();

    // The version stands at byte 60 of SQLite's header (https://sqlite.org/fileformat.html).
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    fs::write(&file, &newer).unwrap();
    check_failed(&rig.run([OsStr::new("import"), rig.articles().as_os_str()]), "A newer Recto");
    assert_eq!(rig.titles(&["list"]).len(), 2);

    fs::write(&file, b"no database at all, but long enough to be taken for the beginning of one".repeat(20)).unwrap();
    check_failed(&rig.run(["list"]), "damaged");
    check_failed(&rig.run(["library", "check"]), "damaged");

    let mut torn = whole;
    let length = torn.len();
    torn[4096..length / 2].fill(0xA5);
    fs::write(&file, &torn).unwrap();
    let output = rig.run(["library", "check"]);
    assert_eq!(code(&output), 1, "{}", standard_output(&output));
    assert!(!standard_error(&output).contains("panicked"), "{}", standard_error(&output));
}

#[test]
fn a_closed_pipe_is_no_failure_and_stops_no_import() {
    let rig = Rig::new();
    for number in 0..40 {
        rig.write(&format!("{number}.md"), &article(&format!("Story {number}"), &format!("{FERRY} {number}")));
    }
    let articles = rig.articles();
    for arguments in [
        vec![OsStr::new("import"), articles.as_os_str()],
        vec![OsStr::new("list"), OsStr::new("--json")],
        vec![OsStr::new("search"), OsStr::new("ferry")],
    ] {
        let mut child = rig.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        assert_eq!((child.wait().unwrap().code(), error.as_str()), (Some(0), ""));
    }
    assert_eq!(rig.titles(&["list"]).len(), 42);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;

    use super::*;

    /// `nobody` on every Linux.
    const NOBODY: u32 = 65534;

    /// As someone to whom modes mean something: root may write everything.
    fn run_as_a_person(rig: &Rig, arguments: &[&OsStr]) -> Output {
        let mut command = rig.command(arguments);
        if fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
            command.uid(NOBODY);
        }
        command.output().unwrap()
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_library_that_may_not_be_written_can_be_read() {
        let rig = Rig::new();
        rig.import();
        set_mode(rig.folder.path(), 0o755);
        set_mode(&rig.library(), 0o555);
        set_mode(&rig.library().join("library.db"), 0o444);
        let output = run_as_a_person(&rig, &["list", "--json"].map(OsStr::new));
        assert_eq!(code(&output), 0, "{}", standard_error(&output));
        assert_eq!(json_lines(&output).len(), 2);
        let output = run_as_a_person(&rig, &[OsStr::new("search"), OsStr::new("honey")]);
        assert!(standard_output(&output).contains("Bees"), "{}", standard_error(&output));
        let articles = rig.articles();
        let output = run_as_a_person(&rig, &[OsStr::new("import"), articles.as_os_str()]);
        check_failed(&output, "may be read but not changed");
        set_mode(&rig.library(), 0o755);
    }

    #[test]
    fn a_closed_folder_is_told() {
        let rig = Rig::new();
        set_mode(rig.folder.path(), 0o777);
        let closed = rig.articles().join("closed");
        fs::create_dir(&closed).unwrap();
        set_mode(&closed, 0o000);
        let articles = rig.articles();
        let output = run_as_a_person(&rig, &[OsStr::new("import"), articles.as_os_str()]);
        set_mode(&closed, 0o755);
        check_failed(&output, "may not look into");
        assert!(standard_output(&output).ends_with("2 added\n"), "{}", standard_output(&output));
    }
}
