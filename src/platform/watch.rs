//! Tells when a file was changed or deleted, by the system's own notices: nothing is polled, and an idle program sleeps.
//! Does not read the files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

/// Watches a set of files.
pub struct FileWatcher {
    watcher: Option<RecommendedWatcher>,
    files: Arc<Mutex<HashSet<PathBuf>>>,
    folders: HashSet<PathBuf>,
}

impl FileWatcher {
    /// Watches nothing yet. Where the system has no notices to give, nothing is ever reported.
    pub fn new(report: impl Fn(PathBuf) + Send + 'static) -> Self {
        let files: Arc<Mutex<HashSet<PathBuf>>> = Arc::default();
        let watched = Arc::clone(&files);
        let handler = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if event.kind.is_access() {
                return;
            }
            let files = watched.lock().unwrap_or_else(PoisonError::into_inner);
            for path in event.paths.iter().filter(|path| files.contains(*path)) {
                report(path.clone());
            }
        };
        Self { watcher: notify::recommended_watcher(handler).ok(), files, folders: HashSet::new() }
    }

    /// Watches these files, and no others. Their folders are watched rather than the files themselves, since most programs
    /// save by replacing a file with another.
    pub fn set(&mut self, files: &[PathBuf]) {
        let wanted: HashSet<PathBuf> = files.iter().filter_map(|f| f.parent()).map(Path::to_owned).collect();
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) = files.iter().cloned().collect();
        let Some(watcher) = &mut self.watcher else { return };
        for folder in self.folders.difference(&wanted) {
            // A folder that is gone is not watched any more anyway.
            let _ = watcher.unwatch(folder);
        }
        for folder in wanted.difference(&self.folders) {
            let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
        }
        self.folders = wanted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_watched_file_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (watched, other) = (root.join("a.txt"), root.join("b.txt"));
        std::fs::write(&watched, "one").unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        let mut watcher = FileWatcher::new(move |path| {
            let _ = sender.send(path);
        });
        watcher.set(std::slice::from_ref(&watched));
        std::fs::write(&other, "x").unwrap();
        std::fs::write(&watched, "two").unwrap();
        assert_eq!(receiver.recv().unwrap(), watched);
    }
}
