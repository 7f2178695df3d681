//! Files and folders into the library, on all cores and in the background: what is there and unchanged is passed over, what
//! cannot be read is counted and told, what is gone is marked. Knows no window; who started it may pause it and give up.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::keeper::milliseconds;
use super::story::{Arrival, Origin};
use super::{folder, load};
use crate::import::Watch;
use crate::library::Reader;
use crate::library::folders::Folder;

/// Progress is told at most this often: as often as a person can read a number.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// Failures that are told one by one; more are counted.
const MOST_FAILURES: usize = 50;

/// How far reading files into the library has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathering {
    /// Files that were looked at.
    pub done: usize,
    /// All files that are known of.
    pub total: usize,
    /// Files that were read; the others are in the library as they are.
    pub read: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// The first of them, and why.
    pub failures: Vec<(PathBuf, String)>,
    /// Folders that could not be looked into.
    pub problems: Vec<String>,
    /// Whether it waits.
    pub is_paused: bool,
    /// Whether it is over.
    pub is_over: bool,
    /// Whether somebody gave up on it.
    pub is_cancelled: bool,
}

/// What the one who started it holds.
#[derive(Debug, Default)]
pub struct Controls {
    state: Mutex<State>,
    changed: Condvar,
    watch: Watch,
}

#[derive(Debug, Default)]
struct State {
    /// What is still to be looked into; `None` stands for the library's folders.
    asked: Vec<Option<Vec<PathBuf>>>,
    is_paused: bool,
    is_over: bool,
}

impl Controls {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// More to be read; `None` for the library's folders. `false` where it is over already.
    pub fn add(&self, paths: Option<&[PathBuf]>) -> bool {
        let mut state = self.lock();
        if state.is_over || self.watch.is_cancelled() {
            return false;
        }
        state.asked.push(paths.map(<[PathBuf]>::to_vec));
        true
    }

    /// Waits with the next file, or goes on.
    pub fn pause(&self, is_paused: bool) {
        self.lock().is_paused = is_paused;
        self.changed.notify_all();
    }

    /// Gives up on what has not been read; what is being read is given up as well.
    pub fn cancel(&self) {
        self.watch.cancel();
        self.pause(false);
    }

    /// Waits while it is paused. `false` where it was given up.
    fn may_go_on(&self) -> bool {
        let mut state = self.lock();
        while state.is_paused && !self.watch.is_cancelled() {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !self.watch.is_cancelled()
    }

    /// The next of what was asked for; where there is none it is over.
    fn next(&self) -> Option<Option<Vec<PathBuf>>> {
        let mut state = self.lock();
        if state.asked.is_empty() || self.watch.is_cancelled() {
            state.is_over = true;
            return None;
        }
        Some(state.asked.remove(0))
    }
}

/// Who takes what is found, on whatever thread found it.
pub struct Takers<'a> {
    /// What was read; says whether more is wanted.
    pub arrival: &'a (dyn Fn(Arrival) -> bool + Sync),
    /// A file that is in the library as it is.
    pub unchanged: &'a (dyn Fn(&Path) + Sync),
    /// A file that could not be read, and why.
    pub failure: &'a (dyn Fn(&Path, &str) + Sync),
    /// A file of the library that is gone.
    pub missing: &'a (dyn Fn(PathBuf) + Sync),
    /// The largest file whose bytes are kept.
    pub keep_bytes: u64,
    /// How far it has come.
    pub progress: &'a (dyn Fn(Gathering) + Sync),
}

/// Reads everything that was asked for, and answers when it is over.
pub fn run(library: &Path, controls: &Arc<Controls>, takers: &Takers<'_>) {
    let progress = Mutex::new((Gathering::default(), Instant::now()));
    let with = |change: &dyn Fn(&mut Gathering), is_urgent: bool| {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut progress.0);
        if is_urgent || progress.1.elapsed() >= TELL_EVERY {
            progress.1 = Instant::now();
            let mut now = progress.0.clone();
            now.is_paused = controls.lock().is_paused;
            drop(progress);
            (takers.progress)(now);
        }
    };
    while let Some(asked) = controls.next() {
        let reader = Reader::open(library).ok();
        let folders = reader.as_ref().and_then(|reader| reader.folders().ok()).unwrap_or_default();
        let paths = asked.unwrap_or_else(|| folders.iter().map(|folder| folder.path.clone()).collect());
        let mut files = Vec::new();
        for path in paths {
            let path = path.canonicalize().unwrap_or(path);
            let of_library = folders.iter().find(|folder| path.starts_with(&folder.path));
            if !path.is_dir() {
                let is_left_out =
                    |folder: &Folder| folder::is_ignored(&folder.path, &folder::patterns(&folder.ignored), &path);
                if !of_library.is_some_and(is_left_out) {
                    files.push(path);
                }
                continue;
            }
            let ignored = of_library.map(|folder| folder.ignored.as_slice()).unwrap_or_default();
            let listing = folder::list_all(&path, ignored);
            with(&|gathering| gathering.problems.extend(listing.problems.iter().cloned()), false);
            let known = reader.as_ref().and_then(|reader| reader.files_under(&path).ok()).unwrap_or_default();
            if !known.is_empty() {
                let there: std::collections::HashSet<&PathBuf> = listing.files.iter().collect();
                // A folder that could not be looked into says nothing of its files.
                let gone = known.iter().filter(|file| !there.contains(file) && !file.exists());
                gone.for_each(|file| (takers.missing)(file.clone()));
            }
            files.extend(listing.files);
        }
        with(&|gathering| gathering.total += files.len(), true);
        let all = files.len();
        let (unchanged, files): (Vec<PathBuf>, _) =
            files.into_iter().partition(|file| is_unchanged(reader.as_ref(), file));
        unchanged.iter().for_each(|file| (takers.unchanged)(file));
        with(&|gathering| gathering.done += all - files.len(), true);
        read_all(&files, controls, takers, &with);
    }
    with(
        &|gathering| {
            gathering.is_over = true;
            gathering.is_cancelled = controls.watch.is_cancelled();
        },
        true,
    );
}

/// Changes how far it has come, and tells it: at once, or when it is time to.
type With<'a> = dyn Fn(&dyn Fn(&mut Gathering), bool) + Sync + 'a;

fn read_all(files: &[PathBuf], controls: &Controls, takers: &Takers<'_>, with: &With<'_>) {
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let work = || {
        while controls.may_go_on()
            && let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let outcome = read_watched(file, &controls.watch).map(|mut arrival| {
                arrival.keep_no_more_than(takers.keep_bytes);
                arrival
            });
            let failure = match outcome {
                Ok(arrival) => (!(takers.arrival)(arrival)).then_some(None),
                Err(_) if controls.watch.is_cancelled() => Some(None),
                Err(message) => {
                    (takers.failure)(file, &message);
                    Some(Some(message))
                }
            };
            with(
                &|gathering| {
                    gathering.done += 1;
                    match &failure {
                        None => gathering.read += 1,
                        Some(None) => {}
                        Some(Some(message)) => {
                            gathering.failed += 1;
                            if gathering.failures.len() < MOST_FAILURES {
                                gathering.failures.push((file.clone(), message.clone()));
                            }
                        }
                    }
                },
                false,
            );
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..cores.min(files.len()) {
            let spawned = std::thread::Builder::new().name("gather".into()).spawn_scoped(scope, work);
            // With no thread to spare, this one does it all.
            drop(spawned);
        }
        work();
    });
}

/// Reads one file, as [`run`] reads each.
///
/// # Errors
/// Why it cannot be read, in a person's words.
pub fn read_one(file: &Path) -> Result<Arrival, String> {
    read_watched(file, &Watch::default())
}

fn read_watched(file: &Path, watch: &Watch) -> Result<Arrival, String> {
    let origin = Origin::File(file.to_owned());
    let read =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| load::load(&origin, &load::Places::default(), watch)));
    match read {
        Ok(Ok(loaded)) => loaded.into_arrival(origin, false).ok_or_else(|| "There is no story in this file".to_owned()),
        Ok(Err(error)) => Err(error.message),
        Err(panic) => Err(format!(
            "Recto stumbled over this file, which is a bug; please report it ({})",
            crate::import::panic_words(&*panic)
        )),
    }
}

/// Whether the library has seen a file as it is now.
fn is_unchanged(reader: Option<&Reader>, file: &Path) -> bool {
    let (Some(reader), Ok(metadata)) = (reader, file.metadata()) else { return false };
    let Ok(Some(seen)) = reader.seen_file(file) else { return false };
    let modified = metadata.modified().ok().map(milliseconds);
    !seen.is_missing && seen.size == metadata.len() && seen.modified_ms.is_some() && seen.modified_ms == modified
}
