//! `recto doctor`: looks at what Recto needs of this computer, and says what to do where something is missing. Changes
//! nothing, and needs neither a display nor a network.
//!
//! - `files`: settings, remembered state, library and log
//! - `fonts`: families, and scripts without one
//! - `desktop`: display, OpenGL, dialogs, appearance, addresses, kinds of file
//!
//! Each group of checks runs on a thread of its own and is given up after [`PATIENCE`]: a file system or a session bus that
//! hangs is a finding too.

mod desktop;
mod files;
mod fonts;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::arguments::Doctor;

/// How long all of it may take. SQLite and the session bus have ends of their own before that.
const PATIENCE: Duration = Duration::from_secs(12);

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// Something does not work, and Recto does without.
    Warn,
    /// Something has to be mended first.
    Problem,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in a word; it does not change between versions.
    pub check: &'static str,
    /// How it came out.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, state: State::Ok, found: found.into(), advice: None }
    }

    fn warn(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, state: State::Warn, found: found.into(), advice: Some(advice.into()) }
    }

    fn problem(check: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { check, state: State::Problem, found: found.into(), advice: Some(advice.into()) }
    }

    /// The finding with something to do that is no more than a hint.
    #[must_use]
    fn with_hint(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

/// All of it, as JSON has it. Keys are only ever added.
#[derive(Serialize)]
struct Report<'a> {
    recto: &'static str,
    well: bool,
    findings: &'a [Finding],
}

/// A group of checks: what they are called where they do not answer, and what they do.
type Group = (&'static str, Box<dyn FnOnce() -> Vec<Finding> + Send>);

/// Looks, and says what was found; whether there is no problem.
///
/// # Errors
/// Those of writing to standard output.
pub fn run(asked: &Doctor) -> io::Result<bool> {
    let findings = examine(groups(asked.place.library.clone()), PATIENCE);
    let well = findings.iter().all(|finding| finding.state != State::Problem);
    let mut out = io::stdout().lock();
    if asked.json {
        let report = Report { recto: env!("CARGO_PKG_VERSION"), well, findings: &findings };
        serde_json::to_writer(&mut out, &report)?;
        writeln!(out)?;
        return Ok(well);
    }
    for finding in &findings {
        let state = match finding.state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Problem => "problem",
        };
        writeln!(out, "{state:<8} {:<10} {}", finding.check, super::library::harmless(&finding.found))?;
        if let Some(advice) = &finding.advice {
            writeln!(out, "{:19} → {}", "", super::library::harmless(advice))?;
        }
    }
    Ok(well)
}

fn groups(library: Option<PathBuf>) -> Vec<Group> {
    vec![
        ("version", Box::new(|| vec![version()])),
        ("files", Box::new(files::own_files)),
        ("library", Box::new(move || vec![files::library(library)])),
        ("fonts", Box::new(fonts::check)),
        ("display", Box::new(desktop::screen)),
        ("desktop", Box::new(desktop::services)),
        ("default", Box::new(|| vec![desktop::default_program()])),
    ]
}

/// Runs all groups at once; their findings in their order.
fn examine(groups: Vec<Group>, patience: Duration) -> Vec<Finding> {
    let end = Instant::now() + patience;
    let started: Vec<_> = groups
        .into_iter()
        .map(|(name, check)| {
            let (sender, receiver) = mpsc::channel();
            let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
                // Nobody waits any more where this fails.
                let _ = sender.send(check());
            });
            (name, spawned.map(|_| receiver))
        })
        .collect();
    let mut findings = Vec::new();
    for (name, receiver) in started {
        let left = end.saturating_duration_since(Instant::now());
        match receiver.map(|receiver| receiver.recv_timeout(left)) {
            Ok(Ok(found)) => findings.extend(found),
            Ok(Err(mpsc::RecvTimeoutError::Timeout)) => findings.push(Finding::problem(
                name,
                format!("No answer within {} seconds", patience.as_secs()),
                "Look for a disk, a network folder or a session bus that hangs",
            )),
            Ok(Err(mpsc::RecvTimeoutError::Disconnected)) => findings.push(Finding::problem(
                name,
                "The check itself failed, which is a bug",
                "Please report it with what stands on standard error",
            )),
            Err(error) => findings.push(Finding::problem(
                name,
                format!("The system has no thread to spare ({error})"),
                "Close something and try again",
            )),
        }
    }
    findings
}

fn version() -> Finding {
    let window = if cfg!(feature = "gui") { "with its window" } else { "without a window" };
    let build = if cfg!(debug_assertions) { ", a debug build" } else { "" };
    let (version, system, processor) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    Finding::ok("version", format!("Recto {version} for {system} on {processor}, {window}{build}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_or_breaks_is_a_finding() {
        let groups: Vec<Group> = vec![
            (
                "slow",
                Box::new(|| {
                    std::thread::sleep(Duration::from_secs(30));
                    Vec::new()
                }),
            ),
            ("broken", Box::new(|| panic!("on purpose"))),
            ("quick", Box::new(|| vec![Finding::ok("quick", "well")])),
        ];
        let began = Instant::now();
        let findings = examine(groups, Duration::from_millis(200));
        assert!(began.elapsed() < Duration::from_secs(10));
        let states: Vec<_> = findings.iter().map(|finding| (finding.check, finding.state)).collect();
        assert_eq!(states, [("slow", State::Problem), ("broken", State::Problem), ("quick", State::Ok)]);
        assert!(findings.iter().all(|finding| finding.state == State::Ok || finding.advice.is_some()));
    }
}
