//! What the window asks of the desktop. The real one goes through `platform`; tests stand in for it.

use std::path::{Path, PathBuf};

use crate::app::theme::Scheme;

/// The answer to an open dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickedFiles {
    /// These.
    Files(Vec<PathBuf>),
    /// None: the person changed their mind.
    Cancelled,
    /// This desktop has no dialog.
    Unavailable {
        /// Why, and what would mend it.
        reason: String,
    },
}

/// What the desktop can do. Calls may block for as long as a person takes, and are made on threads of their own.
pub trait Desktop: Send + Sync + 'static {
    /// Lets a person choose files to open.
    fn pick_files(&self) -> PickedFiles;

    /// Lets a person choose where to save; the name is a proposal.
    fn pick_save_path(&self, file_name: &str) -> PickedFiles;

    /// Opens a web or mail address.
    ///
    /// # Errors
    /// What failed and what to do.
    fn open_address(&self, address: &str) -> Result<(), String>;

    /// Shows a file in the file manager.
    ///
    /// # Errors
    /// What failed and what to do.
    fn show_in_folder(&self, path: &Path) -> Result<(), String>;

    /// Calls back with the desktop's light or dark preference, now and whenever it changes.
    fn watch_scheme(&self, report: Box<dyn Fn(Option<Scheme>) + Send + Sync>);

    /// Calls back with the path of a watched file that was changed or deleted. Called once; the answer sets what is
    /// watched.
    fn watch_files(&self, report: Box<dyn Fn(PathBuf) + Send + Sync>) -> Box<dyn FnMut(&[PathBuf]) + Send>;

    /// The folder that pasted texts are kept in.
    fn kept_folder(&self) -> Option<PathBuf>;

    /// Writes the settings.
    ///
    /// # Errors
    /// What failed and what to do.
    fn save_settings(&self, json: &[u8]) -> Result<(), String>;

    /// Writes the remembered state.
    ///
    /// # Errors
    /// What failed and what to do.
    fn save_state(&self, json: &[u8]) -> Result<(), String>;

    /// Writes a file whole or not at all.
    ///
    /// # Errors
    /// What failed and what to do.
    fn save_file(&self, path: &Path, bytes: &[u8]) -> Result<(), String>;
}
