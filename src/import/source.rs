//! The bytes to be read and what is known of where they came from. Reading a file happens here and nowhere else in
//! `import`; nothing is ever written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::archive::Budget;
use crate::document::{Provenance, SourceId};

/// The largest file that is read, in bytes. A larger one is no article: the whole of Proust is 8 MB of text, and saved
/// pages with all their pictures inlined stay under 100 MB.
pub const LARGEST_FILE_BYTES: u64 = 256 << 20;

/// Bytes with their name, and what they came with.
#[derive(Clone, Debug)]
pub struct Source {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// Where the file is; `None` for pasted text and standard input. Files beside it may belong to it, unless it came out
    /// of an archive: then this is no more than its name in there.
    pub path: Option<PathBuf>,
    /// The other parts of the archive or message that it came out of.
    pub parts: Option<Arc<dyn Parts>>,
    /// The address that whatever it came out of gives it, and where that was read.
    pub address: Option<(String, Provenance)>,
    /// What may still be unpacked of the file.
    pub budget: Budget,
    /// How many archives it was taken out of.
    pub depth: usize,
    /// Whether no more than its beginning is wanted.
    pub is_beginning: bool,
}

/// What stands beside a page in an archive or message.
pub trait Parts: std::fmt::Debug + Send + Sync {
    /// The bytes at an address or relative name, as the page has it or resolved, up to a limit.
    fn part(&self, address: &str, limit_bytes: u64) -> Option<Vec<u8>>;
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
        Self {
            bytes: bytes.into(),
            path: None,
            parts: None,
            address: None,
            budget: Budget::default(),
            depth: 0,
            is_beginning: false,
        }
    }

    /// Bytes with the name of a file that need not exist; for tests, and for entries of archives.
    pub fn named(name: impl Into<PathBuf>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { path: Some(name.into()), ..Self::from_bytes(bytes) }
    }

    /// Bytes that were found inside this source: under this name, one archive deeper, on the same budget.
    pub fn inner(&self, name: impl Into<PathBuf>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { budget: self.budget.clone(), depth: self.depth + 1, ..Self::named(name, bytes) }
    }

    /// The source with what stands beside it in its archive.
    #[must_use]
    pub fn with_parts(self, parts: Arc<dyn Parts>) -> Self {
        Self { parts: Some(parts), ..self }
    }

    /// The source with the address that its archive or message gives it.
    #[must_use]
    pub fn with_address(self, address: impl Into<String>, from: Provenance) -> Self {
        Self { address: Some((address.into(), from)), ..self }
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
            Ok(length) if length <= LARGEST_FILE_BYTES => Ok(Self::named(path, bytes)),
            length => Err(ReadError::TooLarge { bytes: length.unwrap_or(u64::MAX) }),
        }
    }

    /// The bytes of a part of the archive or message that this came out of, by its address or relative name.
    pub fn part(&self, address: &str, limit_bytes: u64) -> Option<Vec<u8>> {
        self.parts.as_ref()?.part(address, limit_bytes)
    }

    /// The bytes of a file beside this one, by its relative path as a page or a Markdown file names it. Only inside the
    /// source's own folder or below it: no absolute path, no `..`, no link that leads out, no file above `limit_bytes`. Of
    /// what came out of an archive, nothing on the disk stands beside it.
    pub fn read_beside(&self, relative: &str, limit_bytes: u64) -> Option<Vec<u8>> {
        use std::path::Component;
        if self.parts.is_some() || self.depth > 0 {
            return self.part(relative, limit_bytes);
        }
        let relative = Path::new(relative);
        let stays_inside = relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        if !stays_inside || relative.to_str().is_none_or(|r| r.contains(['\\', ':', '\0'])) {
            return None;
        }
        let parent = self.path.as_deref()?.parent()?;
        let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent }.canonicalize().ok()?;
        let file = folder.join(relative).canonicalize().ok()?;
        let metadata = std::fs::metadata(&file).ok()?;
        if !file.starts_with(&folder) || !metadata.is_file() || metadata.len() > limit_bytes {
            return None;
        }
        Self::read(&file).ok().map(|source| source.bytes.to_vec())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_beside_are_read_and_others_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("page_files");
        std::fs::create_dir(&inside).expect("a folder in it");
        std::fs::write(inside.join("a.png"), b"picture").expect("a file");
        std::fs::write(folder.path().join("secret.png"), b"secret").expect("a file");
        let page = Source::named(folder.path().join("page.html"), *b"<p>");
        assert_eq!(page.read_beside("page_files/a.png", 99).as_deref(), Some(&b"picture"[..]));
        assert_eq!(page.read_beside("./page_files/a.png", 99).as_deref(), Some(&b"picture"[..]));
        let deeper = Source::named(inside.join("page.html"), *b"<p>");
        let absolute = folder.path().join("secret.png");
        for (source, name, limit) in [
            (&page, "page_files/a.png", 3),
            (&page, "page_files", 99),
            (&page, "none.png", 99),
            (&deeper, "../secret.png", 99),
            (&deeper, "x/../../secret.png", 99),
            (&deeper, absolute.to_str().expect("a name"), 99),
            (&Source::from_bytes(*b"<p>"), "page_files/a.png", 99),
        ] {
            assert_eq!(source.read_beside(name, limit), None, "{name}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, inside.join("link.png")).expect("a link");
            assert_eq!(deeper.read_beside("link.png", 99), None);
        }
    }
}
