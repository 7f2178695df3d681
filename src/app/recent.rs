//! The files that a person opened last, the newest first. Opens none, and does not know whether they are still there.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The most that are remembered: what a menu shows without being scrolled.
pub const MOST: usize = 12;

/// The files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<PathBuf>", into = "Vec<PathBuf>")]
pub struct Recent {
    paths: Vec<PathBuf>,
}

impl Recent {
    /// A file was opened.
    pub fn opened(&mut self, path: &Path) {
        self.forget(path);
        self.paths.insert(0, path.to_owned());
        self.paths.truncate(MOST);
    }

    /// A file is nothing that can be opened.
    pub fn forget(&mut self, path: &Path) {
        self.paths.retain(|other| other != path);
    }

    /// The files, the newest first.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// What each is called in a menu: its name, and its folder where another is called so too.
    pub fn names(&self) -> Vec<String> {
        let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let names: Vec<String> = self.paths.iter().map(|path| name(path)).collect();
        let is_double = |wanted: &String| names.iter().filter(|other| *other == wanted).count() > 1;
        let folder = |path: &PathBuf| path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
        let named = names.iter().zip(&self.paths);
        named
            .map(|(name, path)| if is_double(name) { format!("{name}, {}", folder(path)) } else { name.clone() })
            .collect()
    }
}

/// As a file has it, which can hold anything.
impl From<Vec<PathBuf>> for Recent {
    fn from(paths: Vec<PathBuf>) -> Self {
        let mut recent = Self::default();
        paths.iter().take(MOST).rev().for_each(|path| recent.opened(path));
        recent
    }
}

/// Paths that are no text cannot stand in a file of JSON.
impl From<Recent> for Vec<PathBuf> {
    fn from(recent: Recent) -> Self {
        recent.paths.into_iter().filter(|path| path.to_str().is_some()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(paths: &[&str]) -> Recent {
        paths.iter().map(PathBuf::from).collect::<Vec<_>>().into()
    }

    #[test]
    fn the_newest_stands_first_and_once() {
        for (before, opened, expected) in [
            (&[][..], "/a", &["/a"][..]),
            (&["/a"], "/b", &["/b", "/a"]),
            (&["/b", "/a"], "/a", &["/a", "/b"]),
            (&["/b", "/a", "/b"], "/b", &["/b", "/a"]),
        ] {
            let mut recent = of(before);
            recent.opened(Path::new(opened));
            assert_eq!(recent, of(expected), "{before:?} {opened}");
        }
        let mut recent = Recent::default();
        for number in 0..=MOST {
            recent.opened(&PathBuf::from(format!("/{number}")));
        }
        assert_eq!((recent.paths.len(), &*recent.paths[0]), (MOST, Path::new(&format!("/{MOST}"))));
    }

    #[test]
    fn names_are_told_apart_by_their_folders() {
        for (paths, expected) in [
            (&["/x/a.txt", "/y/b.txt"][..], &["a.txt", "b.txt"][..]),
            (&["/x/a.txt", "/y/a.txt", "/b"], &["a.txt, /x", "a.txt, /y", "b"]),
        ] {
            assert_eq!(of(paths).names(), expected);
        }
    }

    #[test]
    fn what_is_remembered_is_read_again_whatever_a_file_holds() {
        for (text, expected) in [("[]", &[][..]), (r#"["/b", "/a"]"#, &["/b", "/a"]), (r#"["/a", "/a"]"#, &["/a"])] {
            let recent: Recent = serde_json::from_str(text).unwrap();
            assert_eq!(recent, of(expected), "{text}");
            let again = serde_json::to_string(&recent).unwrap();
            assert_eq!(serde_json::from_str::<Recent>(&again).unwrap(), recent);
        }
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let mut recent = of(&["/a"]);
            recent.opened(Path::new(std::ffi::OsStr::from_bytes(b"/\xff")));
            assert_eq!(serde_json::to_string(&recent).unwrap(), r#"["/a"]"#);
        }
    }
}
