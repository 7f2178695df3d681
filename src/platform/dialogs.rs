//! Asking a person for files and folders with the desktop's own dialogs. Calls wait for the answer: run them on a worker,
//! never on the drawing thread (macOS asks for the main thread; rfd sees to it). Opens nothing itself.

use std::path::{Path, PathBuf};

/// A row of a dialog's choice of kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Its name, as a person reads it.
    pub name: String,
    /// File endings without a dot; `*` is any.
    pub extensions: Vec<String>,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person chose; never empty.
    Picked(Vec<PathBuf>),
    /// The person closed the dialog.
    Cancelled,
    /// No dialog can be shown here; the program has to ask in its own window.
    Unavailable {
        /// Why, and what to do about it.
        reason: String,
    },
}

/// Asks for files to open.
pub fn pick_files(filters: &[Filter], start_in: Option<&Path>) -> Answer {
    ask(|| dialog("Open", filters, start_in).pick_files())
}

/// Asks for a folder.
pub fn pick_folder(start_in: Option<&Path>) -> Answer {
    ask(|| dialog("Open folder", &[], start_in).pick_folder().map(|folder| vec![folder]))
}

/// Asks where to save, with a name to begin with.
pub fn save_file(name: &str, filters: &[Filter], start_in: Option<&Path>) -> Answer {
    ask(|| dialog("Save", filters, start_in).set_file_name(name).save_file().map(|file| vec![file]))
}

fn dialog(title: &str, filters: &[Filter], start_in: Option<&Path>) -> rfd::FileDialog {
    let mut dialog = rfd::FileDialog::new().set_title(title);
    for filter in filters {
        dialog = dialog.add_filter(&filter.name, &filter.extensions);
    }
    match start_in {
        // A folder that is gone makes some dialogs fail rather than start elsewhere.
        Some(folder) if folder.is_dir() => dialog.set_directory(folder),
        _ => dialog,
    }
}

fn ask(show: impl FnOnce() -> Option<Vec<PathBuf>>) -> Answer {
    if let Err(reason) = available() {
        return Answer::Unavailable { reason };
    }
    answer(show())
}

/// rfd's zenity says a closed dialog as a list of one empty name.
fn answer(picked: Option<Vec<PathBuf>>) -> Answer {
    let picked: Vec<_> = picked.into_iter().flatten().filter(|path| !path.as_os_str().is_empty()).collect();
    if picked.is_empty() { Answer::Cancelled } else { Answer::Picked(picked) }
}

#[cfg(any(windows, target_os = "macos"))]
#[expect(clippy::unnecessary_wraps, reason = "dialogs are part of these systems; elsewhere they may be missing")]
fn available() -> Result<(), String> {
    Ok(())
}

/// Whether rfd has anything to show a dialog with. It asks the portal through libdbus and else runs zenity; with neither
/// it answers as if the person had cancelled, which a person would take for a dead button.
#[cfg(not(any(windows, target_os = "macos")))]
fn available() -> Result<(), String> {
    use super::session_bus;
    let portal = session_bus::connect()
        .and_then(|bus| session_bus::portal_version(&bus, "org.freedesktop.portal.FileChooser"))
        .is_some();
    if portal || super::programs::on_path("zenity").is_some() {
        return Ok(());
    }
    Err("This desktop offers no file dialog. Type or paste the file’s path, drop the file on the window, or install \
         xdg-desktop-portal with your desktop’s backend, or zenity"
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_picked_is_cancelled() {
        let check = |picked: Option<&[&str]>, expected| {
            assert_eq!(answer(picked.map(|p| p.iter().map(PathBuf::from).collect())), expected, "{picked:?}");
        };
        check(None, Answer::Cancelled);
        check(Some(&[]), Answer::Cancelled);
        check(Some(&[""]), Answer::Cancelled);
        check(Some(&["/a"]), Answer::Picked(vec!["/a".into()]));
    }
}
