//! Saving a file so that it is whole at every moment, and reading one that may be broken without losing it. Knows nothing
//! of what is in them.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// What became of reading a file of settings or state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded<T> {
    /// It was read.
    Value(T),
    /// There is none yet.
    Missing,
    /// It is broken. It was renamed, so that saving anew cannot destroy what the person may want to mend.
    SetAside {
        /// Where it is now.
        moved_to: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// It is there, and can be neither used nor renamed. Saving over it would lose it: do not.
    Unreadable {
        /// What the system says.
        reason: String,
    },
}

/// Saves bytes so that, whatever happens, either the old or the new file is whole: writes beside it, syncs, renames.
/// Creates missing folders, keeps an existing file's permissions, and follows a symbolic link rather than replace it.
///
/// # Errors
/// What the system says; the old file is untouched then.
pub fn save_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Less the umask, as for any new file; tempfile's own default would hide an export from the person's group.
    replace_atomically(path, bytes, 0o666, || Ok(true)).map(drop)
}

/// The same for a file that others write too: asks last whether it is still wanted, and answers whether it was saved.
/// `mode` is what a new file may be, on Unix and less the umask.
///
/// # Errors
/// What the system says, or what was asked; the old file is untouched then.
pub(super) fn replace_atomically(
    path: &Path,
    bytes: &[u8],
    mode: u32,
    is_wanted: impl FnOnce() -> io::Result<bool>,
) -> io::Result<bool> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut temporary = tempfile::Builder::new();
    temporary.prefix(".recto-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        temporary.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = temporary.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(metadata) = fs::metadata(&target) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.as_file().sync_all()?;
    if !is_wanted()? {
        return Ok(false);
    }
    file.persist(&target).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(true)
}

/// Makes the new name last through a power cut. A file system that cannot do this has done what it can.
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Whether files can be made in a folder, or in the folder above that is there already. Nothing of it stays.
///
/// # Errors
/// What the system says.
pub fn check_writable(folder: &Path) -> io::Result<()> {
    let existing = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    tempfile::tempfile_in(existing).map(drop)
}

/// Reads JSON. A file that is not of this shape is renamed to `name.broken-1` (or the next free number).
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Loaded<T> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Loaded::Missing,
        Err(error) => return Loaded::Unreadable { reason: error.to_string() },
    };
    let error = match serde_json::from_slice(&bytes) {
        Ok(value) => return Loaded::Value(value),
        Err(error) => error,
    };
    match set_aside(path) {
        Ok(moved_to) => Loaded::SetAside { moved_to, reason: error.to_string() },
        Err(rename) => Loaded::Unreadable { reason: format!("{error}; and it cannot be renamed: {rename}") },
    }
}

/// Renames a file to the first free name behind it.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let mut number = 1u32;
    loop {
        let mut name: OsString = path.as_os_str().to_owned();
        name.push(format!(".broken-{number}"));
        let aside = PathBuf::from(name);
        if fs::symlink_metadata(&aside).is_err() {
            fs::rename(path, &aside)?;
            return Ok(aside);
        }
        number = number.checked_add(1).ok_or(io::ErrorKind::AlreadyExists)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn saving_creates_folders_replaces_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/settings.json");
        save_atomically(&path, b"one").unwrap();
        save_atomically(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(path.parent().unwrap()), ["settings.json"]);
    }

    #[test]
    fn a_save_that_fails_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("folder");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), b"kept").unwrap();
        assert!(save_atomically(&path, b"new").is_err());
        assert_eq!(fs::read(path.join("inside")).unwrap(), b"kept");
        assert_eq!(names(folder.path()), ["folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn saving_keeps_permissions_and_links() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, b"old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&target, &link).unwrap();
        save_atomically(&link, b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_broken_file_is_set_aside_and_none_is_ever_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        assert_eq!(read_json::<Vec<u8>>(&path), Loaded::Missing);
        for (number, broken) in [(1, "{"), (2, "[1, 2"), (3, "\"a word\"")] {
            fs::write(&path, broken).unwrap();
            let Loaded::SetAside { moved_to, reason } = read_json::<Vec<u8>>(&path) else { panic!("{broken}") };
            assert_eq!(moved_to, folder.path().join(format!("settings.json.broken-{number}")));
            assert_eq!(fs::read_to_string(moved_to).unwrap(), broken);
            assert!(!reason.is_empty());
            assert!(!path.exists());
        }
        fs::write(&path, "[1, 2]").unwrap();
        assert_eq!(read_json(&path), Loaded::Value(vec![1u8, 2]));
    }

    #[test]
    fn what_is_no_file_is_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read_json::<u8>(folder.path()), Loaded::Unreadable { .. }));
    }
}
