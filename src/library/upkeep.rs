//! Check, backup and restore. A backup is a library of its own, made while the first is in use; restoring puts what was
//! there aside and never over it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::error::{LibraryError, Result, file_in};
use super::listing::count_stories;
use super::store::{Reader, Store, is_emptied, log_of, sync_folder_of};

/// Pages that are copied at a time; in between, others may write.
const PAGES_AT_ONCE: i32 = 1_024;
/// The most contradictions that are told.
const MOST_PROBLEMS: i64 = 20;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// All stories, deleted ones and older versions as well.
    pub stories: usize,
    /// What is wrong, in SQLite's words or ours; nothing where all is well.
    pub problems: Vec<String>,
}

impl Reader {
    /// Looks through the whole library: that its pages hold together, that nothing points nowhere, that every story can be
    /// read. `is_quick` leaves out what takes minutes in a large library: comparing indexes, and reading every story.
    ///
    /// # Errors
    /// What keeps it from being looked through at all.
    pub fn check(&self, is_quick: bool) -> Result<Report> {
        let mut report = Report::default();
        let pragma = if is_quick { "quick_check" } else { "integrity_check" };
        let mut statement = self.connection.prepare(&format!("PRAGMA {pragma}({MOST_PROBLEMS})"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                report.problems.push(line);
            }
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, other): (String, String) = (row.get(0)?, row.get(2)?);
            report.problems.push(format!("a row of {table} belongs to nothing in {other}"));
        }
        let stories: i64 = self.connection.query_row("SELECT count(*) FROM stories", [], |row| row.get(0))?;
        report.stories = usize::try_from(stories).unwrap_or_default();
        for (what, sql) in [
            ("has no text", "SELECT count(*) FROM stories WHERE key NOT IN (SELECT story FROM documents)"),
            ("cannot be searched", "SELECT count(*) FROM stories WHERE key NOT IN (SELECT rowid FROM search)"),
            ("has no source", "SELECT count(*) FROM stories WHERE key NOT IN (SELECT story FROM story_sources)"),
        ] {
            let number: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            if number > 0 {
                report.problems.push(format!("{number} of the stories: one {what}"));
            }
        }
        if self.kept_counts().is_some_and(|kept| count_stories(&self.connection).is_ok_and(|counted| counted != kept)) {
            report.problems.push("the stories of some view are counted wrongly".to_owned());
        }
        if !is_quick {
            let mut statement = self.connection.prepare("SELECT key FROM stories")?;
            let keys = statement.query_map([], |row| row.get(0).map(super::Key))?;
            for key in keys {
                let key = key?;
                if let Err(error) = self.document(key) {
                    report.problems.push(format!("story {}: {error}", key.0));
                }
            }
        }
        Ok(report)
    }

    /// Copies the library into a new file, while it is in use.
    ///
    /// # Errors
    /// What keeps the copy from being made; nothing is left of it then.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        copy_to(&self.connection, to)
    }
}

/// Copies an open database into a new file.
pub(super) fn copy_to(from: &Connection, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(LibraryError::Exists { path: to.to_owned() });
    }
    let copy = || -> Result<()> {
        let mut target = Connection::open(to)?;
        Backup::new(from, &mut target)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
        // The copy is one file, and on the disk.
        target.pragma_update(None, "journal_mode", "DELETE")?;
        drop(target);
        std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|error| LibraryError::io(&error))?;
        sync_folder_of(to);
        Ok(())
    };
    let copied = copy();
    if copied.is_err() {
        let _ = std::fs::remove_file(to);
    }
    copied
}

/// Puts a backup in the place of a folder's library, which is set aside first. Answers where it was put, if there was one.
///
/// # Errors
/// The library is as it was then. [`LibraryError::Busy`] where a program has it open.
pub fn restore(folder: &Path, backup: &Path) -> Result<Option<PathBuf>> {
    let source = open_backup(backup)?;
    let target = file_in(folder);
    std::fs::create_dir_all(folder).map_err(|error| LibraryError::io(&error))?;
    let arriving = folder.join("library being restored.db");
    let _ = std::fs::remove_file(&arriving);
    copy_to(&source, &arriving)?;
    let aside = set_aside(folder)?;
    let arrived = std::fs::rename(&arriving, &target).map_err(|error| LibraryError::io(&error));
    sync_folder_of(&target);
    // It opens, or the old one comes back.
    let opened = arrived.and_then(|()| Store::open(folder));
    match opened {
        Ok(_) => Ok(aside),
        Err(error) => {
            if let Some(aside) = &aside {
                bring_back(aside, &target);
            }
            Err(error)
        }
    }
}

/// Puts what was set aside in its place again.
fn bring_back(aside: &Path, target: &Path) {
    // A log goes with its file and no other.
    let _ = std::fs::remove_file(log_of(target));
    let _ = std::fs::rename(aside, target);
    let _ = std::fs::rename(log_of(aside), log_of(target));
    // Where both are one file under two names, the other stays: better one name too many than none.
    sync_folder_of(target);
}

fn open_backup(backup: &Path) -> Result<Connection> {
    use rusqlite::OpenFlags;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    std::fs::metadata(backup).map_err(|error| LibraryError::io(&error))?;
    let source = Connection::open_with_flags(backup, flags)?;
    let id = source.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
    let id = match id {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => 0,
        id => id?,
    };
    if id != super::schema::APPLICATION_ID {
        return Err(LibraryError::NoLibrary);
    }
    let verdict: String = source.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(source) } else { Err(LibraryError::damaged(verdict)) }
}

/// Moves a library, with what its log still holds, out of the way.
fn set_aside(folder: &Path) -> Result<Option<PathBuf>> {
    let path = file_in(folder);
    if !path.exists() {
        return Ok(None);
    }
    // What is in the log goes into the file first, which nobody but its only user can ask for
    // (https://sqlite.org/wal.html). A library that is too damaged for that is moved with its log.
    if !is_emptied(&path)
        && let Ok(connection) = Connection::open(&path)
    {
        connection.busy_timeout(Duration::from_secs(1))?;
        let merged: rusqlite::Result<String> =
            connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0));
        if let Err(error) = merged
            && LibraryError::from(error) == LibraryError::Busy
        {
            return Err(LibraryError::Busy);
        }
    }
    let free = (1..).map(|number| folder.join(format!("library set aside {number}.db"))).find(|path| !path.exists());
    let Some(aside) = free else { return Ok(None) };
    // The log first: beside another file it would be taken for that one's, and spoil it.
    let io = |error: std::io::Error| LibraryError::io(&error);
    let log = log_of(&path);
    if log.exists() {
        std::fs::rename(&log, log_of(&aside)).map_err(io)?;
    }
    // SQLite makes its index anew.
    let _ = std::fs::remove_file(folder.join("library.db-shm"));
    // Both names for a moment, so that a library is in its place whenever the power goes; not every file system can do it.
    if std::fs::hard_link(&path, &aside).is_err() {
        std::fs::rename(&path, &aside).map_err(io)?;
    }
    sync_folder_of(&path);
    Ok(Some(aside))
}
