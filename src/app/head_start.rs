//! The story that is read first, read while the window is still being made. Decides which story that is as the session will,
//! and leaves everything else to it.

use std::path::PathBuf;
use std::thread::JoinHandle;

use super::SavedState;
use super::action::LoadError;
use super::load;
use super::story::{Loaded, Origin};
use crate::import::Watch;

/// Bytes of a file that is read ahead at most: what takes longer is read where it can be given up.
const LARGEST_BYTES: u64 = 32 << 20;

/// A story that is on its way.
#[derive(Debug)]
pub struct HeadStart {
    origin: Origin,
    kept: Option<crate::library::Key>,
    thread: JoinHandle<Result<Loaded, LoadError>>,
}

impl HeadStart {
    /// Begins with the first of the files that are asked for, or else with the story that was read last. `None` where that
    /// is a folder, a large file or nothing, or where the system has no thread to spare.
    pub fn begin(paths: &[PathBuf], state: &SavedState, places: load::Places) -> Option<Self> {
        let mut kept = None;
        let origin = match paths.first() {
            Some(path) => {
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                Origin::File(path.canonicalize().unwrap_or(path))
            }
            None => {
                let row = state.rows.get(state.selected?)?;
                kept = row.kept;
                row.origin.clone()
            }
        };
        if let Some(path) = origin.path().filter(|_| kept.is_none()) {
            let file = path.metadata().ok()?;
            if !file.is_file() || file.len() > LARGEST_BYTES {
                return None;
            }
        }
        let asked = origin.clone();
        let work = move || match (kept, &places.library) {
            (Some(key), Some(library)) => load::load_kept(library, key),
            _ => load::load(&asked, &places, &Watch::default()),
        };
        let thread = std::thread::Builder::new().name("head start".to_owned()).spawn(work).ok()?;
        Some(Self { origin, kept, thread })
    }

    /// Whether it is this story.
    pub fn is_of(&self, origin: &Origin, kept: Option<crate::library::Key>) -> bool {
        self.kept == kept && (kept.is_some() || self.origin == *origin)
    }

    /// Waits for it. `None` where reading it panicked: whoever reads it again says so.
    pub fn finish(self) -> Option<Result<Loaded, LoadError>> {
        self.thread.join().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_that_will_be_read_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note.txt");
        std::fs::write(&path, "Buy rope before noon.").unwrap();
        let state = SavedState::default();
        assert!(HeadStart::begin(&[], &state, load::Places::default()).is_none());
        assert!(HeadStart::begin(&[folder.path().to_owned()], &state, load::Places::default()).is_none());
        let start = HeadStart::begin(std::slice::from_ref(&path), &state, load::Places::default()).unwrap();
        assert!(start.is_of(&Origin::File(path.canonicalize().unwrap()), None));
        assert_eq!(start.finish().unwrap().unwrap().stories.len(), 1);
    }
}
