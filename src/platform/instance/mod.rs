//! One running window a library: who opens it first listens, who comes later hands over what it was started with. Knows
//! nothing of windows, and decides nothing about what is asked.
//!
//! - [`Instance::claim`]: first or second
//! - `lock`: the file in the library folder that decides, and that says where the first one listens
//! - `socket`: where the socket lies, and who may use it
//! - `server`: answering, a thread a connection
//! - `connection`: asking
//! - `protocol`: what is said
//! - `wire`: lines through a socket, with an end to every wait
//!
//! The lock decides, never the socket: the system gives it back when a process dies, however it dies, so a socket that a
//! killed process left can be replaced by whoever holds the lock, and of two starters exactly one does.
//!
//! On Unix a socket lies in a folder of mode 0700 and both sides look at the other's user. On Windows a named pipe of the
//! default kind is writable by the same user and by administrators only.

mod connection;
mod lock;
mod protocol;
mod server;
mod socket;
mod wire;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

pub use connection::Connection;
pub use protocol::{Failure, Request, Response};
pub use server::{Gone, Listener, Reply, ServerGuard};

use lock::Lock;
use socket::Places;

/// How long a line may take to come or go. A window that starts on a slow disk takes a second or two to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to try, where the lock is taken but nobody listens: the first one may just be starting, or just ending.
const CLAIM_PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait between two such tries.
const CLAIM_PAUSE: Duration = Duration::from_millis(20);

/// The running programs of one library.
#[derive(Clone, Copy, Debug)]
pub struct Instance;

/// Whether this process is the first of its library.
#[derive(Debug)]
pub enum Claim {
    /// It is. Nobody else becomes it while the listener, or the guard that it turns into, is kept.
    First(Listener),
    /// Another one is running, and listens.
    Second(Connection),
}

/// Why it is not known who else runs, or why the other one could not be asked. The program may go on alone.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// The library's folder cannot be made or locked.
    #[error(
        "Recto cannot tell whether it is running already ({detail}), so it goes on alone. Use this library from one window at a time: {}",
        library.display()
    )]
    NoLock {
        /// What the system says.
        detail: String,
        /// The library's folder.
        library: PathBuf,
    },
    /// It is the first, but cannot listen.
    #[error(
        "Recto cannot listen for files that are opened later ({detail}), so each opens a window of its own. Check that this folder can be written to: {}",
        library.display()
    )]
    NoSocket {
        /// What the system says.
        detail: String,
        /// The library's folder.
        library: PathBuf,
    },
    /// Another process has the lock, and nobody listens, or answers in time.
    #[error(
        "Another Recto has this library open and does not answer, on this computer or another. Close it, or wait until it is done: {}",
        library.display()
    )]
    NoAnswer {
        /// The library's folder.
        library: PathBuf,
    },
    /// The one that listens belongs to another user.
    #[error("Another user has this library open. Close Recto there, or open a library of your own: {}", library.display())]
    OtherUser {
        /// The library's folder.
        library: PathBuf,
    },
    /// The line was cut, or is none that this version knows.
    #[error(
        "The Recto that is running answered in a way that this one does not understand ({detail}). Close it and start again; it may be of another version"
    )]
    NotUnderstood {
        /// What is wrong with it.
        detail: String,
    },
    /// The request has too many paths for one line.
    #[error("{count} files at once are too many to hand over to the window that is open. Open fewer, or their folder")]
    TooLarge {
        /// How many paths there are.
        count: usize,
    },
}

impl Instance {
    /// Finds out who is the first of a library, and makes its folder if there is none. Takes some milliseconds; up to three
    /// seconds where another one is just starting, ending, or hangs.
    ///
    /// # Errors
    /// [`InstanceError`]: go on alone, and say why.
    pub fn claim(library_folder: &Path) -> Result<Claim, InstanceError> {
        claim_in(library_folder, &Places::of_this_system(), CLAIM_PATIENCE)
    }
}

/// What the desktop gave this process so that a window may come to the front, for [`Request::Open`]: the value of
/// `XDG_ACTIVATION_TOKEN`, or of the older `DESKTOP_STARTUP_ID`.
pub fn activation_token() -> Option<String> {
    activation_token_in(|name| std::env::var_os(name))
}

fn activation_token_in(variable: impl Fn(&str) -> Option<OsString>) -> Option<String> {
    ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"]
        .into_iter()
        .filter_map(|name| variable(name)?.into_string().ok())
        .find(|token| !token.is_empty())
}

fn claim_in(library_folder: &Path, places: &Places, patience: Duration) -> Result<Claim, InstanceError> {
    let no_lock = |error: &std::io::Error| InstanceError::NoLock {
        detail: error.to_string(),
        library: library_folder.to_owned(),
    };
    std::fs::create_dir_all(library_folder).map_err(|error| no_lock(&error))?;
    let library = library_folder.canonicalize().map_err(|error| no_lock(&error))?;
    let mut lock = Lock::open(&library).map_err(|error| no_lock(&error))?;
    let start = Instant::now();
    loop {
        if lock.try_take().map_err(|error| no_lock(&error))? {
            let listening = socket::listen(&library, places).and_then(|(listener, address)| {
                lock.write_address(&address)?;
                Ok(Listener::new(listener, address, lock))
            });
            return listening
                .map(Claim::First)
                .map_err(|error| InstanceError::NoSocket { detail: error.to_string(), library: library.clone() });
        }
        if let Some(stream) = lock.read_address(&library).and_then(|address| socket::connect(&address).ok()) {
            if !socket::is_of_this_user(&stream) {
                return Err(InstanceError::OtherUser { library });
            }
            return Ok(Claim::Second(Connection::new(stream, library)));
        }
        if start.elapsed() >= patience {
            return Err(InstanceError::NoAnswer { library });
        }
        thread::sleep(CLAIM_PAUSE);
    }
}

#[cfg(test)]
mod tests;
