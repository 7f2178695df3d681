//! Which files a person opened last, and what the desktop is told of them. Reads none.

use std::path::PathBuf;

use super::Session;
use crate::app::action::LoadError;
use crate::app::{Effect, RowKey, folder};

impl Session {
    /// Files were opened, the first of which is read. Each is told to the desktop once it turns out to be a story.
    pub(super) fn remember_opened(&mut self, files: &[(RowKey, PathBuf)]) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (key, path) in files.iter().rev().filter(|(_, path)| path.is_file()) {
            self.state.recent.opened(path);
            self.missing_recent.retain(|missing| missing != path);
            self.asked_for.insert(*key);
            effects.push(Effect::SaveState);
        }
        // What is read already is read no more.
        let read = |key: &RowKey| self.row(*key).is_some_and(|row| row.story().is_some());
        let read: Vec<RowKey> = files.iter().map(|(key, _)| *key).filter(read).collect();
        effects.extend(read.into_iter().flat_map(|key| self.list_as_recent(key)));
        effects
    }

    /// A row's file was read: where a person has opened it, the desktop's own list gets it too.
    pub(super) fn list_as_recent(&mut self, key: RowKey) -> Vec<Effect> {
        if !self.asked_for.remove(&key) || !self.settings.program.list_as_recent {
            return Vec::new();
        }
        let path = self.row(key).and_then(|row| row.origin.path());
        // Of a hundred files that were opened at once the list would have nothing but these.
        let path = path.filter(|path| self.state.recent.paths().iter().any(|recent| recent == path));
        let Some(path) = path.map(std::path::Path::to_owned) else { return Vec::new() };
        let media_type = folder::media_type(&path);
        vec![Effect::ListAsRecent { path, media_type }]
    }

    /// A row's file could not be read. One that is nothing to be read is nothing to be opened again; one that is gone may
    /// come back with its disk.
    pub(super) fn forget_opened(&mut self, key: RowKey, error: &LoadError) {
        if !self.asked_for.remove(&key) || error.is_missing {
            return;
        }
        if let Some(path) = self.row(key).and_then(|row| row.origin.path()).map(std::path::Path::to_owned) {
            self.state.recent.forget(&path);
        }
    }

    pub(super) fn look_for_recent(&self) -> Vec<Effect> {
        let paths = self.state.recent.paths();
        if paths.is_empty() { Vec::new() } else { vec![Effect::FindMissing(paths.to_vec())] }
    }
}
