//! `recto inspect`: reads files and says what was found in them. Changes nothing and opens no window.
//!
//! - [`json`]: one line a file, for programs
//! - [`report`]: for people

pub mod json;
pub mod report;

use std::ffi::OsStr;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::arguments::Inspect;
use super::{STANDARD_INPUT, complain, read_standard_input};
use crate::import::{self, Import, Source};

/// One file and what became of it.
pub struct Inspected {
    /// Its path as it was given, or `-`.
    pub file: PathBuf,
    /// What was read, or a sentence that says why nothing was, without the path.
    pub outcome: Result<Import, String>,
}

/// Inspects every path in turn; whether all of them could be read.
///
/// # Errors
/// Those of writing to standard output.
pub fn run(request: &Inspect) -> io::Result<bool> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut all_read = true;
    for path in &request.paths {
        for inspected in inspect(path) {
            if let Err(error) = &inspected.outcome {
                all_read = false;
                complain(&format!("{error}: {}", inspected.file.display()));
            }
            if request.json {
                json::write(&inspected, &mut out)?;
            } else {
                report::write(&inspected, &mut out)?;
            }
            // Each file's result is there as soon as it is read, also for a reader behind a pipe.
            out.flush()?;
        }
    }
    Ok(all_read)
}

/// What a path leads to: one file, or the article files of a folder. Files are read one at a time, as they are asked for.
fn inspect(path: &Path) -> Box<dyn Iterator<Item = Inspected> + '_> {
    if path.as_os_str() == STANDARD_INPUT {
        let source = read_standard_input().map(Source::from_bytes).map_err(|error| error.to_string());
        return Box::new(std::iter::once(Inspected { file: path.to_owned(), outcome: source.and_then(|s| read(&s)) }));
    }
    if !path.is_dir() {
        return Box::new(std::iter::once(inspect_file(path.to_owned())));
    }
    match article_files(path) {
        Ok(files) => Box::new(files.into_iter().map(inspect_file)),
        Err(error) => Box::new(std::iter::once(Inspected { file: path.to_owned(), outcome: Err(error) })),
    }
}

fn inspect_file(file: PathBuf) -> Inspected {
    let outcome = Source::read(&file).map_err(|error| error.to_string()).and_then(|source| read(&source));
    Inspected { file, outcome }
}

fn read(source: &Source) -> Result<Import, String> {
    import::import(source).map_err(|error| error.to_string())
}

/// The files straight in a folder whose names end like an article's, by name.
fn article_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "You may not look into this folder. Ask its owner, or change its permissions".to_owned()
        }
        _ => format!("The folder cannot be listed: {error}"),
    })?;
    let mut files: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| is_article(name, path)) && path.is_file())
        .collect();
    files.sort();
    if files.is_empty() {
        return Err("No article files stand in this folder. Name files, or a folder that holds some".to_owned());
    }
    Ok(files)
}

/// Whether a file is one that Recto opens. Hidden files are settings and backups, not articles.
fn is_article(name: &OsStr, path: &Path) -> bool {
    !name.to_string_lossy().starts_with('.') && crate::app::folder::is_article_file(path)
}
