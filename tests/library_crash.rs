//! Kills a program that changes a library, again and again, and looks whether everything is there that it was told is kept.
//! `RECTO_CRASH_ROUNDS=500 cargo test --test library_crash` for long; power cuts are in `tests/power`.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Rounds of a common test run; each takes half a second.
const ROUNDS: u64 = 12;
/// Rounds that one library lives through; the next begins with none.
const ROUNDS_OF_A_LIBRARY: u64 = 8;

/// Cargo builds examples before it runs tests of the whole package, and beside them.
fn program() -> Option<PathBuf> {
    let here = std::env::current_exe().unwrap();
    let name = format!("library_changes{}", std::env::consts::EXE_SUFFIX);
    let path = here.parent().and_then(Path::parent).unwrap().join("examples").join(name);
    path.is_file().then_some(path)
}

#[test]
fn a_killed_program_loses_nothing_that_was_kept() {
    let Some(program) = program() else {
        panic!("build it first: cargo build --example library_changes");
    };
    let rounds = std::env::var("RECTO_CRASH_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let (mut made, mut checked) = (0, 0);
    let mut home = tempfile::tempdir().unwrap();
    for round in 0..rounds {
        if round % ROUNDS_OF_A_LIBRARY == 0 {
            home = tempfile::tempdir().unwrap();
            made = 0;
        }
        let (folder, acks) = (home.path().join("library"), home.path().join("acks"));
        let seed = round / ROUNDS_OF_A_LIBRARY + 1;
        let mut child = Command::new(&program)
            .args(["run".as_ref(), folder.as_os_str()])
            .args([seed, 100_000, made].map(|number| number.to_string()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut state = round;
        let mut random = |end: u64| {
            state = state.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (state >> 33) % end
        };
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        if round % ROUNDS_OF_A_LIBRARY < 2 {
            // While it is made, or opened after a kill.
            std::thread::sleep(Duration::from_micros(random(60_000)));
        } else {
            let most = random(20);
            while said.matches("ack ").count() < usize::try_from(most).unwrap() {
                assert!(output.read_line(&mut said).unwrap() > 0, "it ended by itself");
            }
            std::thread::sleep(Duration::from_micros(random(20_000)));
        }
        child.kill().unwrap();
        output.read_to_string(&mut said).unwrap();
        child.wait().unwrap();
        // A line that was only begun promises nothing.
        said.truncate(said.rfind('\n').map_or(0, |end| end + 1));
        fs::write(&acks, &said).unwrap();

        let from = made.to_string();
        let output = Command::new(&program)
            .args(["check".as_ref(), folder.as_os_str(), seed.to_string().as_ref(), acks.as_os_str(), from.as_ref()])
            .output()
            .unwrap();
        if !output.status.success() {
            let kept = home.keep();
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            panic!(
                "round {round}, seed {seed}, from {made}, {}: {words}\nThe library is in {}",
                output.status,
                kept.display()
            );
        }
        let acked = said.lines().filter(|line| line.starts_with("ack ")).count();
        made += u64::try_from(acked).unwrap();
        checked += acked;
    }
    eprintln!("{rounds} rounds, {checked} changes: nothing was lost");
}
