//! The library from the command line: `recto import`, `list`, `search` and `library`. Knows no SQL, and opens no window.
//!
//! - [`import`]: files and folders into the library
//! - [`list`]: the stories of a view, and what a search finds
//! - [`row`]: a story in one line, for people or as JSON
//! - [`upkeep`]: check, backup and restore

pub mod import;
pub mod list;
pub mod row;
pub mod upkeep;

use std::path::{Path, PathBuf};

use super::complain;
use crate::library::LibraryError;
use crate::platform::folders::Folders;

/// The folder of the library that is meant; `None`, and said why, where there is none.
fn folder(named: Option<&Path>) -> Option<PathBuf> {
    let folder = named.map(Path::to_owned).or_else(|| Folders::for_user().map(|folders| folders.library()));
    if folder.is_none() {
        complain("There is no home folder for a library. Set HOME, or name a folder with --library");
    }
    folder
}

/// Says what went wrong with a library.
fn complain_of(error: &LibraryError, folder: &Path) {
    complain(&format!("{error}: {}", folder.display()));
}

/// A text from a file as it may go to a terminal: in one line, and without characters that would be taken for orders.
pub(super) fn harmless(text: &str) -> String {
    crate::text::collapse_whitespace(&text.replace(char::is_control, " "))
}
