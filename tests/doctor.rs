//! Drives `recto doctor` as a shell would, in homes of its own, with and without what it looks for. Opens no window.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

#[path = "support/output.rs"]
mod output;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use output::{code, json_lines, standard_error, standard_output};
use serde_json::Value;

/// Runs it in a home, without a display or a bus.
fn doctor(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.arg("doctor").args(arguments).stdin(Stdio::null()).env("HOME", home);
    for variable in [
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
    ] {
        command.env_remove(variable);
    }
    command.envs(variables.iter().copied()).output().unwrap()
}

fn finding<'a>(report: &'a Value, check: &str) -> &'a Value {
    report["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == check).expect(check)
}

#[test]
fn it_looks_changes_nothing_and_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let output = doctor(home.path(), &[], &[]);
    assert!(began.elapsed() < Duration::from_secs(15));
    let text = standard_output(&output);
    assert_eq!((code(&output), standard_error(&output)), (0, String::new()), "{text}");
    for expected in [env!("CARGO_PKG_VERSION"), "settings", "library", "log", "fonts", "scripts", "display"] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    let report = &json_lines(&doctor(home.path(), &["--json"], &[]))[0];
    assert_eq!((&report["recto"], &report["well"]), (&Value::from(env!("CARGO_PKG_VERSION")), &Value::from(true)));
    for finding in report["findings"].as_array().unwrap() {
        assert!(finding["state"] == "ok" || finding["advice"].is_string(), "{finding}");
    }
}

#[test]
fn a_damaged_library_is_a_problem() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("books");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("library.db"), "no library at all, ".repeat(100)).unwrap();
    let output = doctor(home.path(), &["--json", "--library", folder.to_str().unwrap()], &[]);
    assert_eq!(code(&output), 1);
    let report = &json_lines(&output)[0];
    let library = finding(report, "library");
    assert_eq!((&report["well"], &library["state"]), (&Value::from(false), &Value::from("problem")), "{library}");
    assert!(library["found"].as_str().unwrap().contains("damaged"), "{library}");
    assert!(library["advice"].as_str().unwrap().contains("rescue"), "{library}");
}

#[cfg(target_os = "linux")]
#[test]
fn damaged_settings_and_a_display_that_is_gone_are_told() {
    let home = tempfile::tempdir().unwrap();
    let settings = finding(&json_lines(&doctor(home.path(), &["--json"], &[]))[0], "settings")["found"].clone();
    let path = Path::new(settings.as_str().unwrap().split_once("it will be ").unwrap().1).to_owned();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "{").unwrap();
    let output = doctor(home.path(), &["--json"], &[("DISPLAY", ":4711")]);
    let report = &json_lines(&output)[0];
    assert_eq!(finding(report, "settings")["state"], "warn");
    assert_eq!(fs::read_to_string(&path).unwrap(), "{");
    if cfg!(feature = "gui") {
        assert_eq!((code(&output), &finding(report, "display")["state"]), (1, &Value::from("problem")));
    }
}

/// A bus that takes a connection and never says a word.
#[cfg(target_os = "linux")]
#[test]
fn a_bus_that_hangs_is_given_up() {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("bus");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let address = format!("unix:path={}", socket.display());
    let began = Instant::now();
    let output = doctor(home.path(), &["--json"], &[("DBUS_SESSION_BUS_ADDRESS", &address)]);
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    let report = &json_lines(&output)[0];
    if cfg!(feature = "gui") {
        assert_eq!(finding(report, "appearance")["state"], "warn");
    }
}
