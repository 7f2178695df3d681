//! Folders whose article files are stories of the library, those to come as well. Looks into none of them.

use std::path::{Path, PathBuf};

use rusqlite::params;

use super::adding::{path_bytes, path_of, to_json};
use super::error::{LibraryError, Result};
use super::store::{Reader, Store};

/// A folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Patterns of names in it that are passed over, as `.gitignore` has them.
    pub ignored: Vec<String>,
}

impl Store {
    /// Adds a folder, or sets what is passed over in it.
    ///
    /// # Errors
    /// Nothing was changed then.
    pub fn keep_folder(&mut self, folder: &Folder) -> Result<()> {
        let sql = "INSERT INTO folders (path, ignored) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET ignored = ?2";
        self.connection.prepare_cached(sql)?.execute(params![path_bytes(&folder.path), to_json(&folder.ignored)?])?;
        Ok(())
    }

    /// Takes a folder away. Its stories stay.
    ///
    /// # Errors
    /// Nothing was changed then.
    pub fn drop_folder(&mut self, path: &Path) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM folders WHERE path = ?1")?.execute([path_bytes(path)])?;
        Ok(())
    }
}

impl Reader {
    /// All folders, in the order of their paths.
    ///
    /// # Errors
    /// What keeps them from being listed.
    pub fn folders(&self) -> Result<Vec<Folder>> {
        let mut statement = self.connection.prepare_cached("SELECT path, ignored FROM folders ORDER BY path")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (path, ignored) = row?;
            let ignored = serde_json::from_str(&ignored).map_err(LibraryError::damaged)?;
            Ok(Folder { path: path_of(path), ignored })
        })
        .collect()
    }
}
