//! The file in the library folder that the first process holds a lock on, and in which it says where it listens. It is
//! never deleted: a process that waits for a deleted file would lock another file than the next one does.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::socket::Address;

/// The file's name.
const NAME: &str = "instance.lock";

/// The file, locked or not. The lock goes with it.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    pub(super) fn open(library: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        Ok(Self { file: options.open(library.join(NAME))? })
    }

    /// Whether this process has the lock now.
    pub(super) fn try_take(&self) -> io::Result<bool> {
        match self.file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Says where this process, which holds the lock, listens: one that was started with another environment looks for it
    /// elsewhere otherwise.
    #[cfg(unix)]
    pub(super) fn write_address(&mut self, address: &Address) -> io::Result<()> {
        use std::io::{Seek as _, Write as _};
        use std::os::unix::ffi::OsStrExt as _;
        self.file.set_len(0)?;
        self.file.rewind()?;
        // The zero is the end: without it, a reader knows that it came too early.
        let mut line = address.as_path().as_os_str().as_bytes().to_vec();
        line.push(0);
        self.file.write_all(&line)
    }

    /// Where the process that holds the lock listens; `None` while it is still writing that down.
    #[cfg(unix)]
    pub(super) fn read_address(&mut self, _library: &Path) -> Option<Address> {
        use std::io::{Read as _, Seek as _};
        use std::os::unix::ffi::OsStringExt as _;
        /// No path is longer on any Unix.
        const PATH_MAX: u64 = 4096;
        self.file.rewind().ok()?;
        let mut line = Vec::new();
        (&self.file).take(PATH_MAX).read_to_end(&mut line).ok()?;
        (line.pop() == Some(0)).then(|| Address::from(std::path::PathBuf::from(std::ffi::OsString::from_vec(line))))
    }

    /// A pipe's name depends on nothing but the library, and a locked file cannot be read on Windows.
    #[cfg(not(unix))]
    pub(super) fn write_address(&mut self, _address: &Address) -> io::Result<()> {
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn read_address(&mut self, library: &Path) -> Option<Address> {
        Some(Address::of(library))
    }
}
