//! Drives the real program from the command line, as a shell would: what it prints, where, and its exit codes. Opens no
//! window.

#![expect(
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed, which is right"
)]

#[path = "support/output.rs"]
mod output;

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use output::{code, json_lines, standard_error, standard_output};

/// A short article, long enough to be taken for one.
const ARTICLE: &str = "The night ferry\n\nBy Ann Example\n\nThe last ferry of the season left the harbour at dusk, with \
    forty people and a piano on board. Nobody on the quay expected it back before spring.\n\n\"We have always gone,\" \
    said the captain, who has made the crossing for thirty years. The piano was for the school on the island.\n";

fn recto<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Output {
    recto(arguments).output().unwrap()
}

/// Inspects a path that cannot be read: exit code 1, the words on standard error and in the JSON, the path last.
fn check_unreadable(path: &Path, words: &str) {
    let output = run([OsStr::new("inspect"), OsStr::new("--json"), path.as_os_str()]);
    assert_unreadable(&output, path, words);
}

fn assert_unreadable(output: &Output, path: &Path, words: &str) {
    let error = standard_error(output);
    assert_eq!(code(output), 1, "{error}");
    assert!(error.contains(words), "{error:?} says nothing of {words:?}");
    assert!(error.trim_end().ends_with(&path.display().to_string()), "{error:?} does not end with the path");
    assert!(!error.contains("panicked"), "{error}");
    let lines = json_lines(output);
    assert_eq!(lines.len(), 1);
    assert!(lines[0]["error"].as_str().unwrap().contains(words), "{}", lines[0]);
    assert_eq!(lines[0]["stories"], serde_json::json!([]));
}

#[test]
fn help_and_version_are_no_failure() {
    let help = run(["--help"]);
    assert_eq!(code(&help), 0);
    let text = standard_output(&help);
    for expected in ["inspect", "integrate", "unintegrate", ".html", ".md", ".txt", ".recto.json"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    let version = run(["--version"]);
    assert_eq!((code(&version), standard_output(&version)), (0, format!("recto {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn misuse_is_told_from_failure() {
    for arguments in [&["--no-such-flag"][..], &["inspect"], &["inspect", "--yaml", "a"], &["unintegrate", "a"]] {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(standard_error(&output).contains("Usage"), "{arguments:?}");
    }
}

#[test]
fn an_article_is_reported_with_where_things_stood() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ferry.txt");
    fs::write(&path, ARTICLE).unwrap();
    let report = run([OsStr::new("inspect"), path.as_os_str()]);
    let text = standard_output(&report);
    assert_eq!(code(&report), 0, "{}", standard_error(&report));
    for expected in ["The night ferry", "Ann Example", "[line 1]", "text blocks shown", "computed"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    let json = run([OsStr::new("inspect"), OsStr::new("--json"), path.as_os_str()]);
    let lines = json_lines(&json);
    let story = &lines[0]["stories"][0];
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["file"], path.to_str().unwrap());
    assert_eq!(story["title"], "The night ferry");
    assert_eq!(story["metadata"]["title"]["from"], "line 1");
    assert!(story["text"].as_str().unwrap().starts_with("The last ferry"), "{story:#}");
    assert_eq!(story["id"].as_str().unwrap().len(), 64);
    assert!(story["coverage"]["total"].as_u64().unwrap() >= 3, "{story:#}");
}

#[test]
fn inspecting_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ferry.txt");
    fs::write(&path, ARTICLE).unwrap();
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    run([OsStr::new("inspect"), folder.path().as_os_str()]);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_is_its_article_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.txt", "a.md", ".hidden.txt", "picture.png"] {
        fs::write(folder.path().join(name), ARTICLE).unwrap();
    }
    fs::create_dir(folder.path().join("inside")).unwrap();
    fs::write(folder.path().join("inside/c.txt"), ARTICLE).unwrap();
    let output = run([OsStr::new("inspect"), OsStr::new("--json"), folder.path().as_os_str()]);
    assert_eq!(code(&output), 0, "{}", standard_error(&output));
    let files: Vec<_> = json_lines(&output).iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect();
    let expected: Vec<_> = ["a.md", "b.txt"].map(|name| folder.path().join(name).to_str().unwrap().to_owned()).into();
    assert_eq!(files, expected);

    let empty = tempfile::tempdir().unwrap();
    check_unreadable(empty.path(), "No article files");
}

#[test]
fn one_bad_file_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (good, gone) = (folder.path().join("good.txt"), folder.path().join("gone.txt"));
    fs::write(&good, ARTICLE).unwrap();
    let output = run([OsStr::new("inspect"), OsStr::new("--json"), gone.as_os_str(), good.as_os_str()]);
    assert_eq!(code(&output), 1);
    let lines = json_lines(&output);
    assert_eq!(lines.len(), 2);
    assert!(lines[0]["error"].is_string());
    assert_eq!(lines[1]["stories"][0]["title"], "The night ferry");
}

#[test]
fn standard_input_is_read() {
    let mut child = recto(["inspect", "--json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ARTICLE.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0);
    let line = &json_lines(&output)[0];
    assert_eq!((line["file"].as_str(), line["stories"][0]["title"].as_str()), (Some("-"), Some("The night ferry")));
    let empty = run(["inspect", "-"]);
    assert_eq!(code(&empty), 1);
    assert!(standard_error(&empty).contains("empty"), "{}", standard_error(&empty));
}

#[test]
fn what_is_no_article_is_said_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    check_unreadable(&folder.path().join("gone.txt"), "not there");
    check_unreadable(&file("empty.txt", b""), "empty");
    check_unreadable(&file("blank.txt", b" \n\t\n"), "empty");
    check_unreadable(
        &file("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0"),
        "not an article",
    );
    let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check_unreadable(&file("noise.txt", &noise), "not an article");
}

#[test]
fn a_huge_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.txt");
    // Sparse: it takes no room on the disk.
    fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    check_unreadable(&path, "too large");
}

#[test]
fn other_encodings_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = "Le bac de nuit\n\nLe dernier bac de la saison a quitté le port à la tombée de la nuit, chargé d'une \
        quarantaine de passagers et d'un piano. À l'école de l'île, on l'attendait déjà depuis l'été.\n";
    let latin: Vec<u8> = sentence.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let mut utf_16 = vec![0xff, 0xfe];
    utf_16.extend(sentence.encode_utf16().flat_map(u16::to_le_bytes));
    let mut with_mark = b"\xef\xbb\xbf".to_vec();
    with_mark.extend(sentence.as_bytes());
    for (name, bytes) in [("latin.txt", latin), ("utf16.txt", utf_16), ("mark.txt", with_mark)] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = run([OsStr::new("inspect"), OsStr::new("--json"), path.as_os_str()]);
        assert_eq!(code(&output), 0, "{name}: {}", standard_error(&output));
        let text = json_lines(&output)[0]["stories"][0]["text"].as_str().unwrap().to_owned();
        assert!(text.contains("a quitté le port à la tombée"), "{name}: {text}");
    }
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ferry.txt");
    fs::write(&path, ARTICLE.repeat(2000)).unwrap();
    for arguments in [vec![OsStr::new("inspect"), OsStr::new("--json"), path.as_os_str()], vec![OsStr::new("--help")]] {
        let mut child = recto(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        assert_eq!((child.wait().unwrap().code(), error.as_str()), (Some(0), ""));
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    use super::*;

    /// `nobody` on every Linux.
    const NOBODY: u32 = 65534;

    /// Inspects as someone to whom mode 000 means something: root may read everything.
    fn run_as_a_person(path: &Path) -> Output {
        let mut command = recto([OsStr::new("inspect"), OsStr::new("--json"), path.as_os_str()]);
        if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            command.uid(NOBODY);
        }
        command.output().unwrap()
    }

    /// A folder that everyone can look into; the program beside it too, since the build's folder may not be open to all.
    #[test]
    fn permissions_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        open(folder.path(), 0o755);
        let (file, closed) = (folder.path().join("closed.txt"), folder.path().join("closed"));
        fs::write(&file, ARTICLE).unwrap();
        fs::create_dir(&closed).unwrap();
        open(&file, 0o000);
        open(&closed, 0o000);
        assert_unreadable(&run_as_a_person(&file), &file, "may not read");
        assert_unreadable(&run_as_a_person(&closed), &closed, "may not look");
        let inside = closed.join("a.txt");
        assert_unreadable(&run_as_a_person(&inside), &inside, "may not read");
        open(&closed, 0o755);
    }

    #[test]
    fn names_that_are_no_unicode_work() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(OsStr::from_bytes(b"caf\xe9.txt"));
        fs::write(&path, ARTICLE).unwrap();
        let output = run([OsStr::new("inspect"), OsStr::new("--json"), path.as_os_str()]);
        assert_eq!(code(&output), 0, "{}", standard_error(&output));
        assert!(json_lines(&output)[0]["file"].as_str().unwrap().ends_with("caf\u{fffd}.txt"));
    }

    #[test]
    fn devices_are_refused() {
        check_unreadable(Path::new("/dev/zero"), "not a regular file");
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
mod linux {
    use super::*;

    /// Runs in a home of its own, where no other program opens anything.
    fn at_home(home: &Path, program: impl AsRef<OsStr>, arguments: &[&OsStr]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).env("HOME", home).env("XDG_DATA_DIRS", "/usr/share");
        command.env_remove("XDG_CURRENT_DESKTOP").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        for variable in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
        command.output().unwrap()
    }

    #[test]
    fn integrating_makes_the_desktop_open_articles_and_can_be_taken_back() {
        let home = tempfile::tempdir().unwrap();
        let recto = env!("CARGO_BIN_EXE_recto");
        let words = |arguments: &[&str]| arguments.iter().map(OsStr::new).map(ToOwned::to_owned).collect::<Vec<_>>();
        let integrate = |arguments: &[&str]| {
            let arguments = words(arguments);
            at_home(home.path(), recto, &arguments.iter().map(AsRef::as_ref).collect::<Vec<_>>())
        };
        let output = integrate(&["integrate"]);
        assert_eq!(code(&output), 0, "{}", standard_error(&output));
        let entry = home.path().join(".local/share/applications/org.recto_reader.Recto.desktop");
        let text = fs::read_to_string(&entry).unwrap();
        assert!(text.contains(&format!("Exec={recto} %F")), "{text}");
        assert!(text.contains("text/html;"), "{text}");
        if let Ok(output) = Command::new("desktop-file-validate").arg(&entry).output() {
            assert_eq!((output.status.code(), standard_output(&output)), (Some(0), String::new()));
        }

        let listed = |media_type: &str| {
            let mime = at_home(home.path(), "gio", &["mime".as_ref(), media_type.as_ref()]);
            standard_output(&mime)
        };
        let has_gio = Command::new("gio").arg("version").output().is_ok();
        if has_gio {
            assert!(listed("text/html").contains("org.recto_reader.Recto.desktop"), "{}", listed("text/html"));
            let story = home.path().join("ferry.recto.json");
            fs::write(&story, "{}").unwrap();
            let info = at_home(
                home.path(),
                "gio",
                &["info".as_ref(), "-a".as_ref(), "standard::content-type".as_ref(), story.as_os_str()],
            );
            let info = standard_output(&info);
            let own = info.lines().find_map(|line| line.trim().strip_prefix("standard::content-type: ")).unwrap();
            let opener = listed(own);
            if !output.stdout.windows(7).any(|w| w == b"Not run") {
                assert!(own.contains("recto"), "{own}");
                assert!(opener.lines().next().unwrap().ends_with("org.recto_reader.Recto.desktop"), "{opener}");
            }
        }

        assert_eq!(code(&integrate(&["integrate", "--default"])), 0);
        if has_gio {
            assert!(listed("text/html").lines().next().unwrap().ends_with("org.recto_reader.Recto.desktop"));
        }
        let output = integrate(&["unintegrate"]);
        assert_eq!(code(&output), 0, "{}", standard_error(&output));
        assert!(!entry.exists());
        assert!(!home.path().join(".config/mimeapps.list").exists());
        assert!(!home.path().join(".local/share/icons").exists());
        assert!(!home.path().join(".local/share/recto").exists());
        assert!(standard_output(&integrate(&["unintegrate"])).contains("nothing to remove"));
    }
}
