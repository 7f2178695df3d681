//! Whether Recto's own files can be read and written. Mends none.

use std::path::{Path, PathBuf};

use super::Finding;
use crate::library::{LibraryError, Reader, View};
use crate::platform::{Folders, files, log_file};

/// What there is to say where a person has no home folder.
fn homeless(check: &'static str) -> Finding {
    Finding::problem(check, "There is no home folder", "Set HOME, and start again")
}

/// Settings, remembered state and log.
pub(super) fn own_files() -> Vec<Finding> {
    let Some(folders) = Folders::for_user() else { return vec![homeless("settings")] };
    vec![
        json_file("settings", &folders.settings(), "settings"),
        json_file("state", &folders.remembered(), "what was remembered"),
        log(&folders),
    ]
}

/// A file of JSON, which Recto sets aside at its next start where it is broken.
fn json_file(check: &'static str, path: &Path, what: &str) -> Finding {
    let is_there = match std::fs::read(path) {
        Ok(bytes) => match serde_json::from_slice::<serde_json::Value>(&bytes) {
            Ok(_) => true,
            Err(error) => {
                let found = format!("The file is damaged ({error}): {}", path.display());
                return Finding::warn(check, found, "Mend it, or let the next start set it aside and begin afresh");
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => {
            let found = format!("The file cannot be read ({error}): {}", path.display());
            return Finding::problem(check, found, "Give yourself permission to read it");
        }
    };
    match writable(path) {
        Err(error) => Finding::problem(
            check,
            format!("Recto cannot keep {what} ({error}): {}", path.display()),
            "Give yourself permission to write to the folder, or make room on the disk",
        ),
        Ok(()) if is_there => Finding::ok(check, path.display().to_string()),
        Ok(()) => Finding::ok(check, format!("None yet; it will be {}", path.display())),
    }
}

/// Whether a file could be saved at a path.
fn writable(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), files::check_writable)
}

fn log(folders: &Folders) -> Finding {
    let path = log_file::path(folders);
    let state = if path.is_file() { "" } else { "None yet; it will be " };
    match writable(&path) {
        Ok(()) => Finding::ok("log", format!("{state}{}", path.display())),
        Err(error) => Finding::warn(
            "log",
            format!("Nothing can be written to the log ({error}): {}", path.display()),
            "Give yourself permission to write to the folder, or make room on the disk",
        ),
    }
}

/// The library: that it can be opened, read and written. It is opened as a reader, so one that is in use is not disturbed.
pub(super) fn library(named: Option<PathBuf>) -> Finding {
    const CHECK: &str = "library";
    let Some(folder) = named.or_else(|| Folders::for_user().map(|folders| folders.library())) else {
        return homeless(CHECK);
    };
    let counted = match Reader::open(&folder).and_then(|reader| reader.counts()) {
        Ok(counts) => Some(counts.of(&View::All).unwrap_or_default()),
        Err(LibraryError::Absent) => None,
        Err(error) => {
            let told = error.to_string();
            // What failed stands before the last sentence's end, what to do behind it.
            let (found, advice) = told.split_once(". ").unwrap_or((&told, "See recto library check"));
            return Finding::problem(CHECK, format!("{found}: {}", folder.display()), advice);
        }
    };
    if let Err(error) = files::check_writable(&folder) {
        return Finding::problem(
            CHECK,
            format!("The library cannot be changed ({error}): {}", folder.display()),
            "Give yourself permission to write to the folder, or make room on the disk",
        );
    }
    match counted {
        Some(1) => Finding::ok(CHECK, format!("1 story; it can be read and changed: {}", folder.display())),
        Some(count) => Finding::ok(CHECK, format!("{count} stories; it can be read and changed: {}", folder.display())),
        None => Finding::ok(CHECK, format!("None yet; it will be made in {}", folder.display())),
    }
}
