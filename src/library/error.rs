//! What can go wrong with the library, in a person's words: what failed, what is safe, what to do next. Decides nothing.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the library cannot be opened, read or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LibraryError {
    /// The disk is full.
    #[error(
        "The disk is full, so the library could not be changed. Everything kept before is safe; free some space and try again"
    )]
    Full,
    /// The file or its folder may not be written.
    #[error("The library may be read but not changed. Everything in it is safe; give yourself write permission to it")]
    ReadOnly,
    /// Another program holds it.
    #[error("Another program is using the library. Everything in it is safe; close the other program and try again")]
    Busy,
    /// Its pages contradict each other.
    #[error(
        "The library is damaged ({detail}). It was left as it is; “recto library restore” puts a backup in its place, and “recto library rescue” saves what can be read"
    )]
    Damaged {
        /// SQLite's words.
        detail: String,
    },
    /// A newer Recto has changed it.
    #[error(
        "A newer Recto has changed the library (version {found}, this one knows {known}). It can be read here; update Recto to change it"
    )]
    Newer {
        /// The version found.
        found: u32,
        /// The newest version that is known here.
        known: u32,
    },
    /// It cannot be opened.
    #[error("The library cannot be opened ({detail}). Check its folder’s permissions")]
    CannotOpen {
        /// The system's words.
        detail: String,
    },
    /// The disk does not answer as it should.
    #[error(
        "The disk failed while the library was in use ({detail}). What was kept before should be safe: make a backup on another disk"
    )]
    Disk {
        /// The system's words.
        detail: String,
    },
    /// There is none in a folder.
    #[error("There is no library here. Recto makes one when it is opened, and with “recto import”")]
    Absent,
    /// A file is there already.
    #[error("There is a file of this name already, and nothing was written over it. Choose another name: {}", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// What was typed for a date is none.
    #[error("“{typed}” is no date, and nothing was changed. Type it as 2024, 2024-03 or 2024-03-05")]
    NotADate {
        /// What was typed.
        typed: String,
    },
    /// What was typed for a language is none.
    #[error("“{typed}” is no language’s tag, and nothing was changed. Type it as en, de or pt-BR")]
    NotALanguage {
        /// What was typed.
        typed: String,
    },
    /// A file is no library.
    #[error("This file is no Recto library")]
    NoLibrary,
    /// Something that only a mistake in Recto brings about.
    #[error("Something went wrong in the library, which is a bug; please report it ({detail})")]
    Bug {
        /// SQLite's words.
        detail: String,
    },
}

/// A result of the library.
pub type Result<T> = std::result::Result<T, LibraryError>;

impl From<rusqlite::Error> for LibraryError {
    fn from(error: rusqlite::Error) -> Self {
        let detail = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { detail },
            Some(ErrorCode::NotADatabase) => Self::Damaged { detail: "its first page is not SQLite’s".to_owned() },
            Some(ErrorCode::CannotOpen) => Self::CannotOpen { detail },
            Some(ErrorCode::SystemIoFailure) => Self::Disk { detail },
            Some(_) if is_of_another_shape(&detail) => Self::Damaged { detail },
            Some(_) => Self::Bug { detail },
            None => match error {
                // A row is missing, or has something in it that was never put there.
                rusqlite::Error::QueryReturnedNoRows
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Self::Damaged { detail },
                _ => Self::Bug { detail },
            },
        }
    }
}

/// Whether a table is not as the library's version has it: SQLite tells this from a mistake in a query by words alone.
fn is_of_another_shape(detail: &str) -> bool {
    ["no such table", "no such column", "no such index", "vtable constructor failed"].iter().any(|w| detail.contains(w))
}

impl LibraryError {
    /// The error of a file operation beside the database.
    pub(super) fn io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::CannotOpen { detail: error.to_string() },
        }
    }

    /// What is stored does not have the shape that it was stored in.
    pub(super) fn damaged(detail: impl std::fmt::Display) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }
}

/// Where the library's file is, in its folder.
pub fn file_in(folder: &std::path::Path) -> PathBuf {
    folder.join("library.db")
}
