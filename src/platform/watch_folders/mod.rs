//! Tells what comes to, goes from and moves within folders and all folders in them, by the system's own notices, in
//! batches: an idle program sleeps. Reads no file, and does not look for what changed while nobody watched.
//!
//! - [`FolderWatcher`]: the folders and the thread that waits
//! - `batch`: what a run of notices comes to

mod batch;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use batch::{Batch, Look, Notice};

/// How long nothing may happen before a batch is told: a person's copy of some files is one batch, and does not seem late.
const QUIET: Duration = Duration::from_millis(500);

/// How long a batch waits for quiet.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// More changes at once than this are told as [`FolderChange::Rescan`], as if the system had lost them.
const MOST_PENDING: usize = 50_000;

/// What happened in a watched folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderChange {
    /// This file is new, or has new content, and is not being written any more as far as can be told.
    Appeared(PathBuf),
    /// This file, or folder with all that was in it, is gone.
    Vanished(PathBuf),
    /// This file, or folder with all that is in it, has another name or place. Whatever had that name before is gone.
    Renamed {
        /// Where it was.
        from: PathBuf,
        /// Where it is.
        to: PathBuf,
    },
    /// More happened in this folder than the system could tell: look through all of it.
    Rescan(PathBuf),
    /// Some changes will not be noticed. What a person is told, with what to do.
    Problem(String),
}

/// Watches folders.
#[derive(Debug)]
pub struct FolderWatcher {
    sender: mpsc::Sender<Message>,
}

enum Message {
    Set(Vec<PathBuf>),
    Notice(notify::Event),
    Failure(notify::Error),
    Stop,
}

impl FolderWatcher {
    /// Watches nothing yet. `report` is called on a thread of the watcher's, with at least one change, renames before what
    /// is gone and that before what is new, so that they can be applied in their order.
    pub fn new(report: impl Fn(Vec<FolderChange>) + Send + 'static) -> Self {
        let (sender, receiver) = mpsc::channel();
        let notices = sender.clone();
        // Without a thread nothing is ever reported; a system that has none left has other troubles.
        let _ = thread::Builder::new()
            .name("watching folders".to_owned())
            .spawn(move || Worker::new(notices, Box::new(report)).run(&receiver));
        Self { sender }
    }

    /// Watches these folders, and no others, from a moment after this returns. Paths are told with the folders as they are
    /// given here. Symbolic links within them are not followed. A folder that could not be watched is tried again by
    /// setting it again, and one that is gone ([`FolderChange::Vanished`]) is not watched when it comes back.
    pub fn set(&mut self, folders: &[PathBuf]) {
        let _ = self.sender.send(Message::Set(folders.to_vec()));
    }
}

impl Drop for FolderWatcher {
    fn drop(&mut self) {
        let _ = self.sender.send(Message::Stop);
    }
}

/// A watched folder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Root {
    /// As it was asked for.
    given: PathBuf,
    /// As the system tells its notices.
    canonical: PathBuf,
}

struct Worker {
    watcher: Option<RecommendedWatcher>,
    notices: mpsc::Sender<Message>,
    report: Box<dyn Fn(Vec<FolderChange>)>,
    roots: Vec<Root>,
    batch: Batch,
    /// When the first and the last notice of the batch came.
    span: Option<(Instant, Instant)>,
    /// Told when the batch is.
    first: Vec<FolderChange>,
}

impl Worker {
    fn new(notices: mpsc::Sender<Message>, report: Box<dyn Fn(Vec<FolderChange>)>) -> Self {
        Self { watcher: None, notices, report, roots: vec![], batch: Batch::default(), span: None, first: vec![] }
    }

    fn run(mut self, receiver: &mpsc::Receiver<Message>) {
        loop {
            let message = match self.span {
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some((first, last)) => {
                    let end = (last + QUIET).min(first + LONGEST_WAIT);
                    match end.checked_duration_since(Instant::now()) {
                        Some(wait) => receiver.recv_timeout(wait),
                        None => Err(RecvTimeoutError::Timeout),
                    }
                }
            };
            match message {
                Ok(Message::Set(folders)) => self.set(&folders),
                Ok(Message::Notice(event)) => self.notice(&event),
                Ok(Message::Failure(error)) => self.fail(&error, None),
                Err(RecvTimeoutError::Timeout) => self.settle(),
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Something has to be told soon.
    fn touch(&mut self) {
        let now = Instant::now();
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
    }

    fn tell(&mut self, change: FolderChange) {
        if !self.first.contains(&change) {
            self.first.push(change);
        }
        self.touch();
    }

    fn set(&mut self, folders: &[PathBuf]) {
        let wanted = roots(folders);
        for missing in folders.iter().filter(|folder| !folder.is_dir()) {
            self.tell(FolderChange::Problem(format!(
                "This folder is not there, so new files in it are not noticed. Connect its disk, or choose another: {}",
                missing.display()
            )));
        }
        if self.watcher.is_none() && !wanted.is_empty() {
            self.watcher = match watcher(self.notices.clone()) {
                Ok(watcher) => Some(watcher),
                Err(error) => {
                    self.fail(&error, None);
                    None
                }
            };
        }
        let Some(mut watcher) = self.watcher.take() else { return };
        for root in self.roots.iter().filter(|root| !wanted.iter().any(|other| other.canonical == root.canonical)) {
            // A folder that is gone is not watched any more anyway.
            let _ = watcher.unwatch(&root.canonical);
        }
        let old = std::mem::take(&mut self.roots);
        for root in wanted {
            if old.iter().any(|other| other.canonical == root.canonical) {
                self.roots.push(root);
                continue;
            }
            match watcher.watch(&root.canonical, RecursiveMode::Recursive) {
                Ok(()) => self.roots.push(root),
                Err(error) => {
                    let _ = watcher.unwatch(&root.canonical);
                    self.fail(&error, Some(&root.given));
                }
            }
        }
        self.watcher = Some(watcher);
    }

    fn notice(&mut self, event: &notify::Event) {
        if event.need_rescan() {
            for root in self.roots.clone() {
                self.tell(FolderChange::Rescan(root.given));
            }
        }
        for notice in notices_of(event, |path| self.as_given(path)) {
            self.batch.apply(notice);
            self.touch();
        }
        if self.batch.len() > MOST_PENDING {
            self.batch = Batch::default();
            for root in self.roots.clone() {
                self.tell(FolderChange::Rescan(root.given));
            }
        }
    }

    /// A path under the folder as it was asked for; `None` where it lies in none, as just after one was taken away.
    fn as_given(&self, path: &Path) -> Option<PathBuf> {
        self.roots.iter().find_map(|root| {
            let rest = path.strip_prefix(&root.canonical).ok()?;
            Some(if rest.as_os_str().is_empty() { root.given.clone() } else { root.given.join(rest) })
        })
    }

    fn fail(&mut self, error: &notify::Error, folder: Option<&Path>) {
        let folder = folder.map(Path::to_owned).or_else(|| error.paths.first().and_then(|path| self.as_given(path)));
        self.tell(FolderChange::Problem(problem(error, folder.as_deref())));
    }

    fn settle(&mut self) {
        let now = Instant::now();
        let is_quiet = self.span.is_none_or(|(_, last)| now.saturating_duration_since(last) >= QUIET);
        let mut changes = std::mem::take(&mut self.first);
        changes.extend(self.batch.settle(now, is_quiet, look, files_in));
        // What is still being written is looked at again.
        self.span = (self.batch.len() > 0).then_some((now, now));
        if changes.iter().any(|change| matches!(change, FolderChange::Vanished(path) if self.is_root(path))) {
            self.roots.retain(|root| root.canonical.is_dir());
        }
        if !changes.is_empty() {
            (self.report)(changes);
        }
    }

    fn is_root(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| root.given == path)
    }
}

fn watcher(notices: mpsc::Sender<Message>) -> notify::Result<RecommendedWatcher> {
    let handler = move |event: notify::Result<notify::Event>| {
        let message = match event {
            // Every reading of a file in the folder is a notice too.
            Ok(event) if event.kind.is_access() && !is_close(event.kind) => return,
            Ok(event) => Message::Notice(event),
            Err(error) => Message::Failure(error),
        };
        let _ = notices.send(message);
    };
    // A link may lead to what contains it.
    RecommendedWatcher::new(handler, Config::default().with_follow_symlinks(false))
}

fn is_close(kind: EventKind) -> bool {
    kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

/// The folders to watch: those that are there, without those within others.
fn roots(folders: &[PathBuf]) -> Vec<Root> {
    let mut all: Vec<_> = folders
        .iter()
        .filter(|folder| folder.is_dir())
        .filter_map(|folder| {
            let given = std::path::absolute(folder).ok()?;
            Some(Root { canonical: folder.canonicalize().ok()?, given })
        })
        .collect();
    all.sort_by(|a, b| a.canonical.cmp(&b.canonical));
    let mut roots: Vec<Root> = Vec::new();
    for root in all {
        if !roots.iter().any(|outer| root.canonical.starts_with(&outer.canonical)) {
            roots.push(root);
        }
    }
    roots
}

fn notices_of(event: &notify::Event, as_given: impl Fn(&Path) -> Option<PathBuf>) -> Vec<Notice> {
    let tracker = event.tracker();
    let kind = event.kind;
    let mut paths = event.paths.iter().map(|path| as_given(path));
    if kind == EventKind::Modify(ModifyKind::Name(RenameMode::Both)) {
        return match (paths.next().flatten(), paths.next().flatten()) {
            (Some(from), Some(to)) => vec![Notice::Renamed { tracker, from, to }],
            (Some(path), None) => vec![Notice::Removed(path)],
            (None, Some(path)) => vec![Notice::Written(path)],
            (None, None) => vec![],
        };
    }
    let notice = |path| match kind {
        EventKind::Create(_) => Some(Notice::Created(path)),
        EventKind::Remove(_) => Some(Notice::Removed(path)),
        EventKind::Modify(ModifyKind::Metadata(_)) => None,
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) => Some(Notice::MovedFrom { tracker, path }),
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Some(Notice::MovedTo { tracker, path }),
        EventKind::Access(_) => is_close(kind).then_some(Notice::Closed(path)),
        EventKind::Modify(_) | EventKind::Any | EventKind::Other => Some(Notice::Written(path)),
    };
    paths.flatten().filter_map(notice).collect()
}

fn look(path: &Path) -> Look {
    let Ok(metadata) = fs::symlink_metadata(path) else { return Look::Missing };
    if metadata.is_dir() {
        return Look::Folder;
    }
    // A link to a file is one; a link to a folder is not followed.
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Look::File { length: metadata.len(), modified: metadata.modified().ok() },
        _ => Look::Other,
    }
}

/// All files in a folder and those in it; links are not followed.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) => files.push(entry.path()),
                Err(_) => {}
            }
        }
        if files.len() > MOST_PENDING {
            break;
        }
    }
    files.sort();
    files
}

/// What a person is told where watching fails.
fn problem(error: &notify::Error, folder: Option<&Path>) -> String {
    let place = folder.map(|folder| format!(": {}", folder.display())).unwrap_or_default();
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => format!(
            "The system watches no more folders, so new files in some of them are not noticed. Raise its limit with \
             “sudo sysctl fs.inotify.max_user_watches=524288”, or watch a folder with fewer folders in it{place}"
        ),
        // Too many open files: the limit is one of watching programs, or of this program's files.
        notify::ErrorKind::Io(detail) if detail.raw_os_error() == Some(24) => format!(
            "Too many programs watch folders, so new files are not noticed. Close some, or raise the limit with “sudo \
             sysctl fs.inotify.max_user_instances=1024”{place}"
        ),
        _ => format!(
            "New files are not noticed ({error_kind}). Import them by hand, or check that you may read every folder \
             within{place}",
            error_kind = detail(error)
        ),
    }
}

/// What the system says, without the paths.
fn detail(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Io(detail) => detail.to_string(),
        notify::ErrorKind::Generic(detail) => detail.clone(),
        notify::ErrorKind::PathNotFound => "a folder is not there".to_owned(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests;
