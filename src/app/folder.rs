//! The article files of a folder: its own files first, then those of the folders in it, each in the order of their names.
//! Reads names, and the content only of what a name says too little of.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::import::{FORMATS, Source, format, parts};

/// The most files that are taken from one folder at once.
pub const MOST_FILES: usize = 5_000;

/// Folders in folders in folders: deeper ones are left alone.
const DEEPEST: usize = 16;

/// The files, and what could not be looked into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Article files by their ending.
    pub files: Vec<PathBuf>,
    /// What could not be looked into, and why, the path last.
    pub problems: Vec<String>,
}

/// Lists a folder. Hidden files and folders are passed over; a link that leads back is followed once.
pub fn list(folder: &Path) -> Listing {
    Walk { most: MOST_FILES, ..Walk::of(folder, &[]) }.list()
}

/// Lists a folder of the library: all its files but those that a pattern names, as `.gitignore` has them.
pub fn list_all(folder: &Path, ignored: &[String]) -> Listing {
    Walk::of(folder, ignored).list()
}

/// Whether a pattern of a folder names a path in it. A pattern without a slash names a file or folder wherever it is.
pub fn is_ignored(folder: &Path, patterns: &GlobSet, path: &Path) -> bool {
    let within = path.strip_prefix(folder).unwrap_or(path);
    within.ancestors().any(|part| patterns.is_match(part) || part.file_name().is_some_and(|n| patterns.is_match(n)))
}

/// Patterns that can be asked; one that makes no sense names nothing.
pub fn patterns(ignored: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in ignored.iter().filter_map(|pattern| Glob::new(pattern.trim_end_matches('/')).ok()) {
        set.add(pattern);
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

/// What a walk through a folder takes and passes over.
struct Walk<'a> {
    folder: &'a Path,
    most: usize,
    ignored: GlobSet,
    seen: HashSet<PathBuf>,
    listing: Listing,
}

impl<'a> Walk<'a> {
    fn of(folder: &'a Path, ignored: &[String]) -> Self {
        let (seen, listing) = (HashSet::new(), Listing::default());
        Self { folder, most: usize::MAX, ignored: patterns(ignored), seen, listing }
    }

    fn list(mut self) -> Listing {
        self.visit(self.folder, 0);
        self.listing
    }

    fn visit(&mut self, folder: &Path, depth: usize) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        if depth > DEEPEST || !self.seen.insert(real) {
            return;
        }
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let why = match error.kind() {
                    std::io::ErrorKind::PermissionDenied => "You may not look into this folder".to_owned(),
                    std::io::ErrorKind::NotFound => "The folder is not there".to_owned(),
                    _ => format!("The folder cannot be read ({error})"),
                };
                self.listing.problems.push(format!("{why}: {}", folder.display()));
                return;
            }
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
            .map(|entry| entry.path())
            .filter(|path| !is_ignored(self.folder, &self.ignored, path))
            .collect();
        paths.sort();
        let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        for file in files.into_iter().filter(|file| is_article_file(file)) {
            if self.listing.files.len() >= self.most {
                if self.listing.files.len() == self.most
                    && self.listing.problems.last().is_none_or(|p| !p.starts_with("Only"))
                {
                    self.listing.problems.push(format!(
                        "Only the first {} files were taken: {}",
                        self.most,
                        folder.display()
                    ));
                }
                return;
            }
            self.listing.files.push(file);
        }
        // A page's images and frames are not stories of their own.
        let beside = folder.to_owned();
        let is_of_a_page = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            parts::is_of_a_page(&name, |page| beside.join(page).is_file())
        };
        for folder in folders.into_iter().filter(|path| !is_of_a_page(path)) {
            self.visit(&folder, depth + 1);
        }
    }
}

/// Whether a file is one that Recto opens: by its ending, and where that says too little (`.zip`, `.json`) by its content.
pub fn is_article_file(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    format::is_article_name(&name)
        || format::may_hold_articles(&name) && Source::read(path).is_ok_and(|source| format::holds_articles(&source))
}

/// The media type of a file, by its ending alone, as the desktop's own list of kinds has it.
pub fn media_type(path: &Path) -> &'static str {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let has = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'));
    // Endings that formats share with files that are no articles have no format to say what they are.
    let shared = [("zip", "application/zip"), ("json", "application/json"), ("csv", "text/csv")];
    let own = FORMATS.iter().find(|format| format.extensions.iter().any(|ending| has(ending)));
    let own = own.and_then(|format| format.media_types.first().copied());
    own.or_else(|| shared.into_iter().find(|(ending, _)| has(ending)).map(|(_, media_type)| media_type))
        .unwrap_or("application/octet-stream")
}

/// Name and endings of each format that Recto opens, for a dialog's list.
pub fn formats() -> Vec<(String, Vec<String>)> {
    FORMATS.iter().map(|format| (format.name.to_owned(), format.endings().map(str::to_owned).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_files_are_listed_in_order_and_others_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("deep/er")).unwrap();
        for name in
            ["b.txt", "a.html", "c.exe", ".hidden.txt", "deep/d.md", "deep/er/e.recto.json", "txt", "f.zip", "g.zip"]
        {
            std::fs::write(at(name), "x").unwrap();
        }
        // The list of an archive without entries.
        std::fs::write(at("g.zip"), [&b"PK\x05\x06"[..], &[0; 18]].concat()).unwrap();
        let listing = list(folder.path());
        assert_eq!(listing.files, ["a.html", "b.txt", "g.zip", "deep/d.md", "deep/er/e.recto.json"].map(at));
        assert_eq!(listing.problems, Vec::<String>::new());
    }

    #[test]
    fn a_file_has_the_media_type_of_its_ending() {
        for (name, expected) in [
            ("a.TXT", "text/plain"),
            ("a.html", "text/html"),
            ("a.recto.json", "application/vnd.recto+json"),
            ("a.json", "application/json"),
            ("a.zip", "application/zip"),
            ("html", "application/octet-stream"),
        ] {
            assert_eq!(media_type(Path::new(name)), expected, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_ends() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        assert_eq!(list(folder.path()).files.len(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_problem() {
        let listing = list(Path::new("/nowhere/at/all"));
        assert_eq!(listing.problems, ["The folder is not there: /nowhere/at/all"]);
    }
}
