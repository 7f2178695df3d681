//! Moving files to the desktop's bin, from where a person can take them back. Never deletes anything.

use std::path::{Path, PathBuf};

/// Why a file is still where it was.
#[derive(Debug, thiserror::Error)]
pub enum BinError {
    /// There is nothing at this path.
    #[error("There is no such file any more, so nothing was moved to the bin: {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The system refuses.
    #[error(
        "The file could not be moved to the bin, since that is not allowed here. Change the rights of its folder, or delete it in your file manager: {}",
        path.display()
    )]
    NotAllowed {
        /// The file.
        path: PathBuf,
    },
    /// There is no bin, as on many network folders and USB sticks, or it is broken.
    #[error(
        "The file could not be moved to the bin ({detail}). Nothing was deleted; delete it in your file manager if you want it gone: {}",
        path.display()
    )]
    NoBin {
        /// What the system says.
        detail: String,
        /// The file.
        path: PathBuf,
    },
}

/// Moves a file or folder to the bin. A symbolic link is moved itself, not what it leads to. May copy, where the bin is on
/// another disk: run it on a worker.
///
/// # Errors
/// [`BinError`]; the file is where it was then.
pub fn move_to_bin(path: &Path) -> Result<(), BinError> {
    let owned = || path.to_owned();
    if let Err(error) = path.symlink_metadata() {
        return Err(match error.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => BinError::Missing { path: owned() },
            std::io::ErrorKind::PermissionDenied => BinError::NotAllowed { path: owned() },
            _ => BinError::NoBin { detail: error.to_string(), path: owned() },
        });
    }
    trash::delete(path).map_err(|error| told(&error, owned()))
}

/// The crate's error, in a person's words.
fn told(error: &trash::Error, path: PathBuf) -> BinError {
    let detail = match error {
        trash::Error::CouldNotAccess { .. } => return BinError::NotAllowed { path },
        #[cfg(not(any(windows, target_os = "macos")))]
        trash::Error::FileSystem { source, .. } => {
            use std::io::ErrorKind;
            match source.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => return BinError::NotAllowed { path },
                _ => source.to_string(),
            }
        }
        trash::Error::TargetedRoot => "it is the root of everything".to_owned(),
        trash::Error::Unknown { description } | trash::Error::Os { description, .. } => description.clone(),
        other => other.to_string(),
    };
    BinError::NoBin { detail, path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_told_with_the_path_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone.html");
        let error = move_to_bin(&path).unwrap_err();
        assert!(matches!(error, BinError::Missing { .. }), "{error:?}");
        assert!(error.to_string().ends_with("gone.html"), "{error}");
    }

    #[test]
    fn errors_are_sentences() {
        let check = |error: trash::Error, expected: &str| {
            assert_eq!(told(&error, "/a.html".into()).to_string(), expected);
        };
        let no_bin = "The file could not be moved to the bin (no bin here). Nothing was deleted; delete it in your file manager if you want it gone: /a.html";
        check(trash::Error::Unknown { description: "no bin here".into() }, no_bin);
        let not_allowed = "The file could not be moved to the bin, since that is not allowed here. Change the rights of its folder, or delete it in your file manager: /a.html";
        check(trash::Error::CouldNotAccess { target: "/a.html".into() }, not_allowed);
        #[cfg(target_os = "linux")]
        check(
            trash::Error::FileSystem { path: "/bin".into(), source: std::io::ErrorKind::PermissionDenied.into() },
            not_allowed,
        );
    }

    /// Where the child process below finds the folder to work in.
    #[cfg(target_os = "linux")]
    const ROOT: &str = "RECTO_TEST_BIN_ROOT";

    #[cfg(target_os = "linux")]
    #[test]
    #[ignore = "is started by the test below, with a bin of its own"]
    fn child() {
        use std::ffi::OsStr;
        use std::fs;
        use std::os::unix::ffi::OsStrExt as _;
        let root = PathBuf::from(std::env::var_os(ROOT).unwrap());
        let articles = root.join("articles");
        let odd = articles.join(OsStr::from_bytes(b"odd \xff%.html"));
        let (file, link, folder) = (articles.join("a b.html"), articles.join("link"), articles.join("folder"));
        fs::create_dir_all(folder.join("inside")).unwrap();
        fs::write(articles.join("target"), "target").unwrap();
        std::os::unix::fs::symlink("target", &link).unwrap();
        for text in ["one", "two"] {
            fs::write(&file, text).unwrap();
            move_to_bin(&file).unwrap();
            assert!(!file.exists());
        }
        fs::write(&odd, "odd").unwrap();
        for path in [&odd, &link, &folder] {
            move_to_bin(path).unwrap();
            assert!(path.symlink_metadata().is_err(), "{path:?}");
        }
        assert_eq!(fs::read_to_string(articles.join("target")).unwrap(), "target");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn files_links_and_folders_go_to_the_bin_and_can_be_found_there() {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "platform::bin::tests::child", "--ignored"])
            .env(ROOT, root.path())
            .env("HOME", root.path())
            .env("XDG_DATA_HOME", &data)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
        let names = |folder: &str| {
            let entries = std::fs::read_dir(data.join("Trash").join(folder)).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
        };
        assert_eq!(names("files").len(), 5);
        let notes: Vec<_> = names("info").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
        assert_eq!(notes.iter().filter(|note| note.contains("/articles/a%20b.html")).count(), 2, "{notes:?}");
        assert_eq!(notes.iter().filter(|note| note.contains("/articles/odd%20%FF%25.html")).count(), 1, "{notes:?}");
        assert!(notes.iter().all(|note| note.contains("DeletionDate=")), "{notes:?}");
        let texts = ["one", "two", "odd"];
        let files = names("files");
        let kept =
            |text: &&str| files.iter().any(|path| path.is_file() && std::fs::read(path).unwrap() == text.as_bytes());
        assert!(texts.iter().all(kept), "{files:?}");
    }
}
