//! Where the socket of a library lies, making it, reaching it, and whose it is. Reads and writes nothing through it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use interprocess::ConnectWaitMode;
use interprocess::local_socket::{ConnectOptions, Listener, ListenerOptions, Name, Stream};

use crate::document::SourceId;

/// How long reaching a socket may take. Nobody has to answer for it; it fails where the queue is full.
const CONNECT_PATIENCE: Duration = Duration::from_secs(1);

/// How many hexadecimal digits of the hash stand in a name: 64 bits, and no one has that many libraries.
const DIGITS: usize = 16;

/// Folders that may hold sockets.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// `XDG_RUNTIME_DIR`, which is gone after logging out.
    pub(super) runtime: Option<PathBuf>,
    /// For a library whose own path is too long for a socket.
    pub(super) temporary: PathBuf,
}

impl Places {
    pub(super) fn of_this_system() -> Self {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_absolute());
        Self { runtime, temporary: std::env::temp_dir() }
    }
}

/// The beginning of a name, from the library's canonical path.
fn digits(library: &Path) -> String {
    let hash = SourceId::of(library.as_os_str().as_encoded_bytes());
    hash.as_str().chars().take(DIGITS).collect()
}

pub(super) use system::{Address, is_of_this_user, listen};

/// Reaches the process that listens there.
pub(super) fn connect(address: &Address) -> io::Result<Stream> {
    ConnectOptions::new().name(address.name()?).wait_mode(ConnectWaitMode::Timeout(CONNECT_PATIENCE)).connect_sync()
}

/// No name is reclaimed by the listener: it is removed while the lock is still held, by who holds it.
fn options(name: Name<'_>) -> ListenerOptions<'_> {
    ListenerOptions::new().name(name).reclaim_name(false)
}

#[cfg(unix)]
mod system {
    use std::fs::{self, DirBuilder, Permissions};
    use std::os::unix::fs::{DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
    use std::os::unix::net::UnixStream;

    use interprocess::local_socket::traits::StreamCommon as _;
    use interprocess::local_socket::{GenericFilePath, ToFsName as _};

    use super::{Listener, Path, PathBuf, Places, Stream, digits, io, options};

    /// The longest path of a socket: 104 bytes with the zero at the end on macOS and the BSDs, 108 on Linux.
    const LONGEST_PATH: usize = 103;

    /// The path of a socket.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(in super::super) struct Address(PathBuf);

    impl From<PathBuf> for Address {
        fn from(path: PathBuf) -> Self {
            Self(path)
        }
    }

    impl Address {
        pub(in super::super) fn as_path(&self) -> &Path {
            &self.0
        }

        pub(super) fn name(&self) -> io::Result<super::Name<'_>> {
            self.0.as_path().to_fs_name::<GenericFilePath>()
        }

        /// Removes the socket. Only who holds the lock may.
        pub(in super::super) fn remove(&self) {
            // A folder for temporary files may have been emptied; then there is nothing to remove.
            let _ = fs::remove_file(&self.0);
        }
    }

    /// Listens in the first place that allows it. Only who holds the lock may.
    pub(in super::super) fn listen(library: &Path, places: &Places) -> io::Result<(Listener, Address)> {
        let uid = own_uid()?;
        let digits = digits(library);
        let folders = [
            places.runtime.as_ref().map(|folder| folder.join("recto")),
            Some(library.join(".instance")),
            Some(places.temporary.join(format!("recto-{uid}-{digits}"))),
        ];
        let mut failure = io::Error::from(io::ErrorKind::NotFound);
        for folder in folders.into_iter().flatten() {
            let address = Address(folder.join(format!("{digits}.sock")));
            match listen_at(&folder, &address, uid) {
                Ok(listener) => return Ok((listener, address)),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    fn listen_at(folder: &Path, address: &Address, uid: u32) -> io::Result<Listener> {
        if address.0.as_os_str().len() > LONGEST_PATH {
            return Err(io::Error::new(io::ErrorKind::InvalidFilename, "the path is too long for a socket"));
        }
        make_private(folder, uid)?;
        if fs::symlink_metadata(&address.0).is_ok_and(|metadata| metadata.file_type().is_socket()) {
            // Whoever made it is dead, or it would hold the lock.
            fs::remove_file(&address.0)?;
        }
        let options = options(address.name()?);
        // macOS cannot set the mode of a socket before it has its name; the folder keeps others out meanwhile.
        #[cfg(target_os = "linux")]
        let options = interprocess::os::unix::local_socket::ListenerOptionsExt::mode(options, 0o600);
        let listener = options.create_sync()?;
        fs::set_permissions(&address.0, Permissions::from_mode(0o600))?;
        Ok(listener)
    }

    /// Makes a folder that nobody else can enter, or makes sure that it is one. A folder of the same name that somebody
    /// else made, or a link, is refused.
    fn make_private(folder: &Path, uid: u32) -> io::Result<()> {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let metadata = fs::symlink_metadata(folder)?;
        if !metadata.is_dir() || metadata.uid() != uid {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "a folder of this user's is not there"));
        }
        if metadata.mode() & 0o777 != 0o700 {
            fs::set_permissions(folder, Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    /// Whether the process at the other end runs as the same user.
    pub(in super::super) fn is_of_this_user(stream: &Stream) -> bool {
        let peer = stream.peer_creds().ok().and_then(|credentials| credentials.euid());
        peer.is_some() && peer == own_uid().ok()
    }

    /// The user that this process runs as: what the other end of a socket sees.
    pub(super) fn own_uid() -> io::Result<u32> {
        let (stream, _other_end) = UnixStream::pair()?;
        let credentials = interprocess::os::unix::uds_local_socket::Stream::from(stream).peer_creds()?;
        credentials.euid().ok_or_else(|| io::ErrorKind::Unsupported.into())
    }
}

#[cfg(windows)]
mod system {
    use interprocess::local_socket::{GenericNamespaced, ToNsName as _};

    use super::{Listener, Path, Places, Stream, digits, io, options};

    /// The name of a pipe.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(in super::super) struct Address(String);

    impl Address {
        pub(in super::super) fn of(library: &Path) -> Self {
            Self(format!("recto-{}", digits(library)))
        }

        pub(super) fn name(&self) -> io::Result<super::Name<'_>> {
            self.0.as_str().to_ns_name::<GenericNamespaced>()
        }

        /// A pipe goes with its process.
        pub(in super::super) fn remove(&self) {}
    }

    pub(in super::super) fn listen(library: &Path, _places: &Places) -> io::Result<(Listener, Address)> {
        let address = Address::of(library);
        let listener = options(address.name()?).create_sync()?;
        Ok((listener, address))
    }

    /// The default rights of a pipe see to it: others may read from it, and so not open it for both.
    pub(in super::super) fn is_of_this_user(_stream: &Stream) -> bool {
        true
    }
}
