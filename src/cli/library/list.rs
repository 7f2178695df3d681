//! `recto list` and `recto search`: stories of the library in lines. Changes nothing.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

use super::{complain_of, folder, row};
use crate::cli::arguments::{List, Search};
use crate::cli::complain;
use crate::library::{Entry, Key, LibraryError, Lit, Reader, Sort, View};

/// Rows that are read at once: the first ones are there while the others are read.
const ROWS_AT_ONCE: usize = 200;

/// Why the stories are not listed.
enum Failure {
    Library(LibraryError),
    Output(io::Error),
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Lists the stories of a view; whether the library could be read.
///
/// # Errors
/// Those of writing to standard output.
pub fn run(request: &List) -> io::Result<bool> {
    let Some(folder) = folder(request.place.library.as_deref()) else { return Ok(false) };
    told(list(&folder, request), &folder)
}

/// Lists what answers a query; whether the library could be read.
///
/// # Errors
/// Those of writing to standard output.
pub fn search(request: &Search) -> io::Result<bool> {
    let Some(folder) = folder(request.place.library.as_deref()) else { return Ok(false) };
    told(find(&folder, request), &folder)
}

fn told(outcome: Result<(), Failure>, folder: &Path) -> io::Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(Failure::Output(error)) => Err(error),
        Err(Failure::Library(error)) => {
            complain_of(&error, folder);
            Ok(false)
        }
    }
}

fn list(folder: &Path, request: &List) -> Result<(), Failure> {
    let reader = Reader::open(folder)?;
    let keys = reader.list(&request.view, request.sort)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for keys in keys.chunks(ROWS_AT_ONCE) {
        for (key, entry) in reader.entries(keys)? {
            write_row(key, &entry, None, request.sort, request.json, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

fn find(folder: &Path, request: &Search) -> Result<(), Failure> {
    let reader = Reader::open(folder)?;
    // Behind a space, the last word is not one that is still being typed.
    let typed = format!("{} ", request.query.join(" "));
    let found = reader.find(&View::All, Sort::Added, &typed)?;
    for problem in &found.problems {
        complain(&problem.to_string());
    }
    if found.is_cut {
        complain(&format!("Only the latest {} stories are listed. Add a word to find fewer", found.keys.len()));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for keys in found.keys.chunks(ROWS_AT_ONCE) {
        for (key, entry, lit) in reader.found_entries(keys, &typed)? {
            write_row(key, &entry, Some(&lit), Sort::Added, request.json, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

fn write_row(
    key: Key,
    entry: &Entry,
    lit: Option<&Lit>,
    sort: Sort,
    is_json: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    if is_json {
        return writeln!(out, "{}", row::json(key, entry, lit)?);
    }
    let is_terminal = io::stdout().is_terminal();
    let title = row::lit(&entry.title, lit.map(|lit| lit.title.as_slice()).unwrap_or_default(), is_terminal);
    writeln!(out, "{}", row::line(entry, sort, &title))?;
    match lit {
        Some(lit) => writeln!(out, "    {}", row::lit(&entry.excerpt, &lit.excerpt, is_terminal)),
        None => Ok(()),
    }
}
