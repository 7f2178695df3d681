//! `recto library`: checks, backs up and restores the library, and says where what was there is now. How that is done is
//! the library's.

use std::io::{self, Write as _};
use std::path::Path;

use super::{complain_of, folder};
use crate::cli::arguments::{Library, Upkeep};
use crate::cli::complain;
use crate::library::{LibraryError, Reader, rescue, upkeep};

/// Does what was asked; whether all is well.
///
/// # Errors
/// Those of writing to standard output.
pub fn run(request: &Library) -> io::Result<bool> {
    let Some(folder) = folder(request.library.as_deref()) else { return Ok(false) };
    match &request.upkeep {
        Upkeep::Check { quick } => check(&folder, *quick),
        Upkeep::Backup { file } => back_up(&folder, file),
        Upkeep::Rescue { file } => save_what_can_be_read(&folder, file),
        Upkeep::Restore { file } => restore(&folder, file),
    }
}

fn check(folder: &Path, is_quick: bool) -> io::Result<bool> {
    let report = match Reader::open(folder).and_then(|reader| reader.check(is_quick)) {
        Ok(report) => report,
        Err(error) => {
            complain_of(&error, folder);
            return Ok(false);
        }
    };
    if report.problems.is_empty() {
        writeln!(io::stdout(), "All is well with the library and its {}.", stories(report.stories))?;
        return Ok(true);
    }
    for problem in &report.problems {
        complain(problem);
    }
    complain(&format!(
        "Something is wrong with the library, which has {}. It was left as it is; put a backup in its place with \
         “recto library restore”: {}",
        stories(report.stories),
        folder.display()
    ));
    Ok(false)
}

fn back_up(folder: &Path, file: &Path) -> io::Result<bool> {
    let error = match Reader::open(folder) {
        Ok(reader) => match reader.back_up(file) {
            Ok(()) => {
                writeln!(io::stdout(), "The library is backed up: {}", file.display())?;
                return Ok(true);
            }
            Err(error @ LibraryError::Exists { .. }) => {
                complain(&error.to_string());
                return Ok(false);
            }
            Err(error) => error,
        },
        Err(error) => error,
    };
    complain_of(&error, folder);
    Ok(false)
}

fn save_what_can_be_read(folder: &Path, file: &Path) -> io::Result<bool> {
    let rescued = match rescue::rescue(folder, file) {
        Ok(rescued) => rescued,
        Err(error) => {
            complain_of(&error, folder);
            return Ok(false);
        }
    };
    for problem in &rescued.problems {
        complain(problem);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} saved; put them in the library’s place with “recto library restore”: {}",
        stories(rescued.stories),
        file.display()
    )?;
    if rescued.text_only > 0 {
        writeln!(out, "Of these, {} without pictures, headings and links", rescued.text_only)?;
    }
    if rescued.without_text > 0 {
        writeln!(
            out,
            "Of these, {} without their text; importing their files again brings it back",
            rescued.without_text
        )?;
    }
    Ok(rescued.problems.is_empty())
}

fn restore(folder: &Path, file: &Path) -> io::Result<bool> {
    match upkeep::restore(folder, file) {
        Ok(aside) => {
            let mut out = io::stdout().lock();
            writeln!(out, "The library is as it was in {}", file.display())?;
            if let Some(aside) = aside {
                writeln!(out, "What was in its place has been set aside: {}", aside.display())?;
            }
            Ok(true)
        }
        Err(error @ LibraryError::NoLibrary) => {
            complain_of(&error, file);
            Ok(false)
        }
        Err(error) => {
            complain_of(&error, folder);
            Ok(false)
        }
    }
}

fn stories(number: usize) -> String {
    if number == 1 { "1 story".to_owned() } else { format!("{number} stories") }
}
