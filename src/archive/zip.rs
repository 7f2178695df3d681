//! Zip archives: their entries by name, each read on its own. Never unpacks to a disk, and follows no link.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::{ArchiveError, Budget, budget, names};

/// The most entries of an archive that is read. Ten years of saved articles with their highlights are 30,000.
pub(super) const MOST_ENTRIES: usize = 100_000;

/// An archive. Cheap to clone; clones share the bytes and the budget.
#[derive(Clone)]
pub struct Archive {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    entries: Arc<Vec<Entry>>,
    by_name: Arc<HashMap<String, usize>>,
    /// The first entry of each name in lower case.
    by_folded_name: Arc<HashMap<String, usize>>,
    refused: Arc<Vec<String>>,
    budget: Budget,
}

/// One file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name with its folders, parted by `/`.
    pub name: String,
    /// Bytes unpacked, as the archive states them: not to be relied on.
    pub size: u64,
    number: usize,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

/// Whether the bytes begin like an archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The names of all entries as they stand there; none where the bytes are no archive. For telling what an archive is.
pub fn entry_names(bytes: &[u8]) -> Vec<String> {
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    zip.file_names().take(MOST_ENTRIES).filter_map(|name| Some(name.ok()?.into_owned())).collect()
}

impl Archive {
    /// Reads the list of entries.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] and [`ArchiveError::TooMany`].
    pub fn open(bytes: Arc<[u8]>, budget: &Budget) -> Result<Self, ArchiveError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| from_zip(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(ArchiveError::TooMany { entries: zip.len() });
        }
        let mut entries = Vec::new();
        let mut by_name = HashMap::new();
        let mut by_folded_name = HashMap::new();
        let mut refused = Vec::new();
        for number in 0..zip.len() {
            let file = match zip.by_index_raw(number) {
                Ok(file) => file,
                Err(error) => {
                    refused.push(format!("Entry {} was left out: {}", number + 1, from_zip(&error)));
                    continue;
                }
            };
            let name = file
                .name()
                .map_or_else(|_| String::from_utf8_lossy(file.name_raw()).into_owned(), std::borrow::Cow::into_owned);
            if file.is_symlink() {
                refused.push(format!("“{name}” was left out: it is a link"));
            } else if file.is_file() || !(name.ends_with('/') || name.ends_with('\\')) {
                match names::inside(&name) {
                    Some(name) => {
                        // Of two entries of one name the later is the newer.
                        by_name.insert(name.clone(), entries.len());
                        by_folded_name.entry(name.to_ascii_lowercase()).or_insert(entries.len());
                        entries.push(Entry { name, size: file.size(), number });
                    }
                    None => refused.push(format!("“{name}” was left out: its name leads out of the archive")),
                }
            }
        }
        Ok(Self {
            zip,
            entries: Arc::new(entries),
            by_name: Arc::new(by_name),
            by_folded_name: Arc::new(by_folded_name),
            refused: Arc::new(refused),
            budget: budget.clone(),
        })
    }

    /// The files, in the archive's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was left out, and why, a sentence each without a full stop.
    pub fn refused(&self) -> &[String] {
        &self.refused
    }

    /// The file of this name, in the case given or in any other.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        let number = self.by_name.get(name).or_else(|| self.by_folded_name.get(&name.to_ascii_lowercase()))?;
        self.entries.get(*number)
    }

    /// What may still be unpacked, for archives in this one.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The bytes of an entry.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn read(&self, entry: &Entry) -> Result<Vec<u8>, ArchiveError> {
        self.read_up_to(entry, budget::LARGEST_ENTRY_BYTES)
    }

    /// The bytes of an entry of at most so many bytes.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn read_up_to(&self, entry: &Entry, limit_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        let mut zip = self.zip.clone();
        let file = zip.by_index(entry.number).map_err(|error| from_zip(&error))?;
        let packed = file.compressed_size();
        self.budget.read(file, packed, limit_bytes.min(budget::LARGEST_ENTRY_BYTES))
    }

    /// The bytes of the entry of this name.
    ///
    /// # Errors
    /// [`ArchiveError`], [`ArchiveError::NotFound`] among them.
    pub fn read_named(&self, name: &str) -> Result<Vec<u8>, ArchiveError> {
        self.read(self.entry(name).ok_or(ArchiveError::NotFound)?)
    }
}

fn from_zip(error: &ZipError) -> ArchiveError {
    match error {
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => ArchiveError::Encrypted,
        ZipError::UnsupportedArchive(what) => ArchiveError::Method { method: (*what).to_string() },
        ZipError::CompressionMethodNotSupported(number) => ArchiveError::Method { method: format!("number {number}") },
        ZipError::FileNotFound => ArchiveError::NotFound,
        other => ArchiveError::Damaged { detail: other.to_string() },
    }
}

#[cfg(test)]
mod tests;
