//! The library's file: opened for writing by one thread, for reading by any. Knows nothing of what is in its tables.
//!
//! Nobody but SQLite opens the file: closing another handle to it would drop this process's locks
//! (<https://sqlite.org/howtocorrupt.html>, section 2.2).

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::{LibraryError, Result, file_in};
use super::schema;

/// How long another program's lock is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Kilobytes of pages that a connection keeps in memory; SQLite's own default is 2 MB.
const CACHE_KB: i64 = 8_192;

/// SQLite's own way to files without locks.
#[cfg(unix)]
const VFS_WITHOUT_LOCKS: &str = "unix-none";
#[cfg(not(unix))]
const VFS_WITHOUT_LOCKS: &str = "win32-none";

/// The library, to be changed.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    folder: PathBuf,
    was_interrupted: bool,
}

/// The library, to be read.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
    /// Whether it has the tables of version 3.
    pub(super) has_version_3: bool,
}

impl Store {
    /// Opens a folder's library, making it if there is none and bringing an older one up to date; the older one is kept
    /// beside it first.
    ///
    /// # Errors
    /// [`LibraryError::Newer`] where a newer Recto has changed it, [`LibraryError::ReadOnly`] where it may not be written:
    /// a [`Reader`] can open both. Otherwise what keeps it from being opened.
    pub fn open(folder: &Path) -> Result<Self> {
        make_folder(folder).map_err(|error| match LibraryError::io(&error) {
            LibraryError::Full => LibraryError::Full,
            // There is nothing that could be read.
            _ => LibraryError::CannotOpen { detail: error.to_string() },
        })?;
        match Self::open_file(folder) {
            // Where no log can be made beside the file, SQLite says no more than that.
            Err(LibraryError::CannotOpen { .. }) if file_in(folder).is_file() && is_closed(folder) => {
                Err(LibraryError::ReadOnly)
            }
            opened => opened,
        }
    }

    fn open_file(folder: &Path) -> Result<Self> {
        let path = file_in(folder);
        refuse_emptied(&path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(LONGEST_WAIT)?;
        let found = schema::version_of(&connection)?;
        if found > schema::VERSION {
            return Err(LibraryError::Newer { found, known: schema::VERSION });
        }
        if connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(LibraryError::ReadOnly);
        }
        // Readers go on while something is written. What is committed is synced: WAL's own default keeps the file whole in a
        // power cut, but not the last changes (https://sqlite.org/wal.html).
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        settle(&connection)?;
        if found > 0 && found < schema::VERSION {
            let kept = folder.join(format!("library before version {}.db", schema::VERSION));
            if !kept.exists() {
                super::upkeep::copy_to(&connection, &kept)?;
            }
        }
        schema::migrate(&mut connection)?;
        let marker = marker_in(folder);
        let was_interrupted = marker.exists();
        // A disk that has no room for an empty file will say so at the first change.
        let _ = fs::write(&marker, b"");
        Ok(Self { connection, folder: folder.to_owned(), was_interrupted })
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the program that had it open last did not close it: time for a [`Reader::check`].
    pub fn was_interrupted(&self) -> bool {
        self.was_interrupted
    }

    /// The same library, to be read.
    ///
    /// # Errors
    /// What keeps it from being opened once more.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.folder)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.keep_counts();
        // Statistics for the query planner, where they have grown stale; SQLite's advice for every close.
        let _ = self.connection.execute_batch("PRAGMA optimize");
        let _ = fs::remove_file(marker_in(&self.folder));
    }
}

impl Reader {
    /// Opens a folder's library for reading, of whatever version this program can read.
    ///
    /// # Errors
    /// What keeps it from being opened; [`LibraryError::Absent`] where none is there.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = file_in(folder);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(LibraryError::NoLibrary),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(LibraryError::Absent),
            Err(error) => return Err(LibraryError::CannotOpen { detail: error.to_string() }),
        }
        refuse_emptied(&path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(LONGEST_WAIT)?;
        let connection = match schema::version_of(&connection) {
            Ok(_) => connection,
            Err(LibraryError::CannotOpen { .. } | LibraryError::ReadOnly) => open_as_it_lies(&path, flags)?,
            Err(error) => return Err(error),
        };
        settle(&connection)?;
        let has_version_3 = schema::version_of(&connection)? >= 3;
        Ok(Self { connection, has_version_3 })
    }

    /// The library's version.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn version(&self) -> Result<u32> {
        schema::version_of(&self.connection)
    }
}

/// Opens a file in a folder where no index of its log can be made (<https://sqlite.org/wal.html>, "Read-only databases"). It is
/// read without locks, which is safe as long as nobody can change it.
fn open_as_it_lies(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = if size_of(&log_of(path)) > 0 {
        // A program was killed, and its last changes are in the log alone: `immutable` would not look there. Who has the file
        // to himself, or need not lock it to have it so, keeps the index in memory (same page, "Use of WAL Without
        // Shared-Memory").
        let connection = Connection::open_with_flags_and_vfs(path, flags, VFS_WITHOUT_LOCKS)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        connection
    } else {
        Connection::open_with_flags(format!("file:{}?immutable=1", escaped(path)), flags)?
    };
    schema::version_of(&connection)?;
    Ok(connection)
}

/// Makes a folder that lasts: SQLite syncs what is in it, and not the folders around it.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut new: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder)?;
    while let Some(made) = new.pop() {
        sync_folder_of(made);
    }
    Ok(())
}

/// Makes the name of a file last. There are file systems whose folders cannot be synced; then this is as good as it gets.
pub(super) fn sync_folder_of(path: &Path) {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    // Elsewhere a folder cannot be opened.
    #[cfg(not(unix))]
    let _ = path;
}

/// The log of a file.
pub(super) fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

fn size_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Whether a file has lost everything but its log, which SQLite would remove as that of another file: it makes a log when
/// the file's first page is on the disk. A file of one byte counts as empty there, too.
pub(super) fn is_emptied(path: &Path) -> bool {
    path.exists() && size_of(path) <= 1 && size_of(&log_of(path)) > 0
}

fn refuse_emptied(path: &Path) -> Result<()> {
    if is_emptied(path) { Err(LibraryError::damaged("its file is empty and its log is not")) } else { Ok(()) }
}

/// Whether nobody gave this program the right to make a file in a folder.
fn is_closed(folder: &Path) -> bool {
    let probe = folder.join("library.probe");
    let made = fs::write(&probe, b"");
    let _ = fs::remove_file(probe);
    made.is_err_and(|error| LibraryError::io(&error) == LibraryError::ReadOnly)
}

fn settle(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // What comes from a file that somebody may have prepared runs no code and calls no function of the schema's own
    // (https://sqlite.org/security.html).
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Whether a program has the library open, or had and did not close it.
fn marker_in(folder: &Path) -> PathBuf {
    folder.join("library.open")
}

/// A path in a `file:` address of SQLite's.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3f"),
            '#' => out.push_str("%23"),
            c => out.push(c),
        }
    }
    out
}
