//! `recto import`: files and folders into the library, on all cores. What was read is kept a few stories at a time, so that
//! whoever stops it loses nothing of what was said to be added.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use serde::Serialize;

use super::{complain_of, folder, harmless};
use crate::app::gather::{self, Controls, Gathering, Takers};
use crate::app::keeper::{self, BATCH, READ_AHEAD};
use crate::app::story::{Arrival, Origin};
use crate::cli::arguments::Import;
use crate::cli::complain;
use crate::library::folders::Folder;
use crate::library::{Kept, Key, LibraryError, Store};
use crate::platform::instance::{Claim, Connection, Instance, Request, Response};

/// What the threads that read tell the one that writes.
enum Event {
    Read(Box<Arrival>),
    Unchanged(PathBuf),
    Failed(PathBuf, String),
    Missing(PathBuf),
    Progress(Gathering),
}

/// Imports every path; whether all could be read and kept.
///
/// # Errors
/// Those of writing to standard output, when everything is imported.
pub fn run(request: &Import) -> io::Result<bool> {
    let Some(folder) = folder(request.place.library.as_deref()) else { return Ok(false) };
    // While a window has the library open, it reads them: its list shows them as they come.
    let _served = match Instance::claim(&folder) {
        Ok(Claim::Second(connection)) if !request.watch => {
            if let Some(is_well) = through_window(request, connection)? {
                return Ok(is_well);
            }
            None
        }
        // A window that starts meanwhile is told at once that nothing can be handed over.
        Ok(Claim::First(listener)) => listener
            .serve(|_, reply| {
                let _ = reply.refuse("Files are being imported from a command line");
            })
            .ok(),
        _ => None,
    };
    let mut store = match Store::open(&folder) {
        Ok(store) => store,
        Err(error) => {
            complain_of(&error, &folder);
            return Ok(false);
        }
    };
    if request.watch {
        match watch(&mut store, &request.paths) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => {
                complain_of(&error, &folder);
                return Ok(false);
            }
        }
    }
    let controls = Arc::new(Controls::default());
    controls.add(Some(&request.paths));
    let (sender, receiver) = sync_channel(READ_AHEAD);
    let mut report = Report::new(request.json);
    let kept = std::thread::scope(|scope| {
        let (folder, controls) = (&folder, &controls);
        scope.spawn(move || read(folder, controls, &sender));
        let kept = write(&mut store, &receiver, &mut report);
        // Where the library cannot be written there is no point in reading on.
        controls.cancel();
        drop(receiver);
        kept
    });
    if let Err(error) = &kept {
        complain_of(error, &folder);
    }
    report.finish()?;
    Ok(kept.is_ok() && report.is_well)
}

/// Has the open window import everything; `None` where it does not answer, and the import is to be done here.
fn through_window(request: &Import, connection: Connection) -> io::Result<Option<bool>> {
    let mut report = Report::new(request.json);
    let paths = request.paths.clone();
    let asked = connection.ask(Request::Import { paths }, |done, total| {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        report.progress(&Gathering { done: count(done), total: count(total), ..Gathering::default() });
    });
    let Ok(Response::Imported { imported, failed }) = asked else { return Ok(None) };
    for failure in &failed {
        report.failed(&failure.path, &failure.why);
    }
    report.through_window(imported);
    report.finish()?;
    Ok(Some(failed.is_empty()))
}

/// Makes the folders that were named folders of the library.
fn watch(store: &mut Store, paths: &[PathBuf]) -> Result<bool, LibraryError> {
    if let Some(file) = paths.iter().find(|path| !path.is_dir()) {
        complain(&format!("Only a folder can be watched, and this is none: {}", file.display()));
        return Ok(false);
    }
    let known = store.reader()?.folders()?;
    for path in paths {
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        // What is passed over in it stays as it was set.
        if !known.iter().any(|folder| folder.path == path) {
            store.keep_folder(&Folder { path, ignored: Vec::new() })?;
        }
    }
    Ok(true)
}

fn read(folder: &Path, controls: &Arc<Controls>, sender: &SyncSender<Event>) {
    let send = |event| sender.send(event).is_ok();
    let takers = Takers {
        arrival: &|arrival| send(Event::Read(Box::new(arrival))),
        unchanged: &|path| {
            send(Event::Unchanged(path.to_owned()));
        },
        failure: &|path, why| {
            send(Event::Failed(path.to_owned(), why.to_owned()));
        },
        missing: &|path| {
            send(Event::Missing(path));
        },
        keep_bytes: crate::app::settings::ProgramSettings::default().keep_bytes(),
        progress: &|gathering| {
            send(Event::Progress(gathering));
        },
    };
    gather::run(folder, controls, &takers);
}

fn write(store: &mut Store, receiver: &Receiver<Event>, report: &mut Report) -> Result<(), LibraryError> {
    let mut waiting: Vec<Arrival> = Vec::new();
    loop {
        // What is there is taken; where nothing is, what was taken is written before more is waited for.
        let event = match receiver.try_recv() {
            Ok(event) => Some(event),
            Err(_) if waiting.is_empty() => receiver.recv().ok(),
            Err(_) => None,
        };
        let is_over = event.is_none() && waiting.is_empty();
        match event {
            Some(Event::Read(arrival)) => waiting.push(*arrival),
            Some(Event::Unchanged(path)) => report.unchanged(&path),
            Some(Event::Failed(path, why)) => report.failed(&path, &why),
            Some(Event::Missing(path)) => store.mark_missing(&path, true)?,
            Some(Event::Progress(gathering)) => report.progress(&gathering),
            None if is_over => return Ok(()),
            None => keep(store, &mut waiting, report)?,
        }
        if waiting.len() >= BATCH {
            keep(store, &mut waiting, report)?;
        }
    }
}

fn keep(store: &mut Store, waiting: &mut Vec<Arrival>, report: &mut Report) -> Result<(), LibraryError> {
    let kept = keeper::keep_all(store, waiting)?;
    for (arrival, kept) in waiting.drain(..).zip(&kept) {
        report.kept(&arrival, kept);
    }
    Ok(())
}

/// What became of a story.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    Added,
    NewVersion,
    Known,
}

impl Outcome {
    fn of(kept: &Kept) -> Self {
        match (kept.replaces, kept.is_new) {
            (Some(_), _) => Self::NewVersion,
            (None, true) => Self::Added,
            (None, false) => Self::Known,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::NewVersion => "new version",
            Self::Known => "known already",
        }
    }
}

/// A file, for programs.
#[derive(Serialize)]
struct FileLine<'a> {
    file: std::borrow::Cow<'a, str>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    stories: Vec<StoryLine<'a>>,
}

/// A story of a file, for programs.
#[derive(Serialize)]
struct StoryLine<'a> {
    key: Key,
    title: &'a str,
    outcome: Outcome,
}

/// Says what became of the files as it happens, and sums it up. An import goes on when nobody listens any more.
struct Report {
    is_json: bool,
    shows_progress: bool,
    is_well: bool,
    output: io::Result<()>,
    counts: [usize; 3],
    unchanged: usize,
    failed: usize,
    /// Files that the open window read.
    through_window: usize,
    problems: usize,
}

impl Report {
    fn new(is_json: bool) -> Self {
        let shows_progress = io::stderr().is_terminal();
        Self {
            is_json,
            shows_progress,
            is_well: true,
            output: Ok(()),
            counts: [0; 3],
            unchanged: 0,
            failed: 0,
            through_window: 0,
            problems: 0,
        }
    }

    fn line(&mut self, line: &str) {
        self.clear_progress();
        if self.output.is_ok() {
            self.output = writeln!(io::stdout(), "{line}");
        }
    }

    fn json(&mut self, line: &FileLine<'_>) {
        match serde_json::to_string(line) {
            Ok(line) => self.line(&line),
            Err(error) => complain(&error.to_string()),
        }
    }

    fn kept(&mut self, arrival: &Arrival, kept: &[Kept]) {
        // The first story of a file was added last.
        let stories: Vec<_> = arrival.stories.iter().zip(kept).rev().collect();
        for (_, kept) in &stories {
            if let Some(count) = self.counts.get_mut(Outcome::of(kept) as usize) {
                *count += 1;
            }
        }
        let file = match &arrival.origin {
            Origin::File(path) => path.to_string_lossy(),
            other => other.name().into(),
        };
        if self.is_json {
            let stories = stories.iter().map(|((_, _, summary), kept)| StoryLine {
                key: kept.key,
                title: &summary.title,
                outcome: Outcome::of(kept),
            });
            self.json(&FileLine { file, outcome: "read", error: None, stories: stories.collect() });
            return;
        }
        for ((_, _, summary), kept) in stories {
            self.line(&format!(
                "{:13}  {}  ({})",
                Outcome::of(kept).label(),
                harmless(&summary.title),
                harmless(&file)
            ));
        }
    }

    fn through_window(&mut self, files: u64) {
        self.through_window = usize::try_from(files).unwrap_or(usize::MAX);
        if self.is_json {
            self.line(&format!("{{\"through_window\":{files}}}"));
        }
    }

    fn unchanged(&mut self, path: &Path) {
        self.unchanged += 1;
        if self.is_json {
            let file = path.to_string_lossy();
            self.json(&FileLine { file, outcome: "unchanged", error: None, stories: Vec::new() });
        }
    }

    fn failed(&mut self, path: &Path, why: &str) {
        self.failed += 1;
        self.is_well = false;
        self.clear_progress();
        complain(&format!("{why}: {}", path.display()));
        if self.is_json {
            let file = path.to_string_lossy();
            self.json(&FileLine { file, outcome: "failed", error: Some(why), stories: Vec::new() });
        }
    }

    fn progress(&mut self, gathering: &Gathering) {
        for problem in gathering.problems.iter().skip(self.problems) {
            self.is_well = false;
            self.clear_progress();
            complain(problem);
        }
        self.problems = gathering.problems.len();
        if self.shows_progress && !gathering.is_over {
            let _ = write!(io::stderr(), "\r\u{1B}[K{} of {} files", gathering.done, gathering.total);
        }
    }

    fn clear_progress(&self) {
        if self.shows_progress {
            let _ = write!(io::stderr(), "\r\u{1B}[K");
        }
    }

    /// The sum of it all.
    fn finish(&mut self) -> io::Result<()> {
        self.clear_progress();
        if !self.is_json {
            let [added, versions, known] = self.counts;
            let parts = [
                (added, "added"),
                (versions, if versions == 1 { "new version" } else { "new versions" }),
                (known, "known already"),
                (self.through_window, "read by the open window"),
                (self.unchanged, "unchanged"),
                (self.failed, "failed"),
            ];
            let said: Vec<String> =
                parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
            let sum = if said.is_empty() { "No article files were found".to_owned() } else { said.join(", ") };
            self.line(&sum);
        }
        std::mem::replace(&mut self.output, Ok(()))
    }
}
