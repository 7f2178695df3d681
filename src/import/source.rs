//! The bytes to be read and what is known of where they came from. Reading a file happens here and nowhere else in
//! `import`; nothing is ever written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::SourceId;

/// The largest file that is read, in bytes. A larger one is no article: the whole of Proust is 8 MB of text, and saved
/// pages with all their pictures inlined stay under 100 MB.
pub const LARGEST_FILE_BYTES: u64 = 256 << 20;

/// Bytes with their name.
#[derive(Clone, Debug)]
pub struct Source {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// Where the file is; `None` for pasted text and standard input. Files beside it may belong to it.
    pub path: Option<PathBuf>,
}

/// Why a file's bytes cannot be had. The path is for the caller to add, last.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("The file is not there. It may have been moved, renamed or deleted")]
    NotFound,
    /// Not for this person to read.
    #[error("You may not read this file. Ask its owner, or change its permissions")]
    PermissionDenied,
    /// It is a folder.
    #[error("This is a folder, not a file")]
    IsAFolder,
    /// A device, socket or pipe.
    #[error("This is not a regular file but a device, pipe or socket")]
    NotAFile,
    /// It passes [`LARGEST_FILE_BYTES`].
    #[error("The file is too large for an article: {} MB, and Recto reads up to {} MB", .bytes >> 20, LARGEST_FILE_BYTES >> 20)]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// Anything else that the system says.
    #[error("The file cannot be read: {detail}. Try again, or copy it elsewhere first")]
    Other {
        /// The system's words.
        detail: String,
    },
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::PermissionDenied => Self::PermissionDenied,
            ErrorKind::IsADirectory => Self::IsAFolder,
            _ => Self::Other { detail: error.to_string() },
        }
    }
}

impl Source {
    /// Bytes without a file: pasted text, standard input.
    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { bytes: bytes.into(), path: None }
    }

    /// Bytes with the name of a file that need not exist; for tests, and for entries of archives.
    pub fn named(name: impl Into<PathBuf>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { bytes: bytes.into(), path: Some(name.into()) }
    }

    /// Reads a file whole. A file that grows while it is read stays within the limit.
    ///
    /// # Errors
    /// [`ReadError`] says why not.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        use std::io::Read as _;
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            return Err(ReadError::IsAFolder);
        }
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        if metadata.len() > LARGEST_FILE_BYTES {
            return Err(ReadError::TooLarge { bytes: metadata.len() });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
        std::fs::File::open(path)?.take(LARGEST_FILE_BYTES + 1).read_to_end(&mut bytes)?;
        match u64::try_from(bytes.len()) {
            Ok(length) if length <= LARGEST_FILE_BYTES => Ok(Self { bytes: bytes.into(), path: Some(path.to_owned()) }),
            length => Err(ReadError::TooLarge { bytes: length.unwrap_or(u64::MAX) }),
        }
    }

    /// The file's ending in lower case, without the dot.
    pub fn extension(&self) -> Option<String> {
        self.path.as_deref()?.extension()?.to_str().map(str::to_lowercase)
    }

    /// The file's name without its folder.
    pub fn file_name(&self) -> Option<&str> {
        self.path.as_deref()?.file_name()?.to_str()
    }

    /// The hash of the bytes.
    pub fn id(&self) -> SourceId {
        SourceId::of(&self.bytes)
    }
}
