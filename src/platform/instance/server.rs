//! Answering those who come later. Decides nothing: each request goes to the handler that it was given.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use interprocess::local_socket::traits::Listener as _;
use interprocess::local_socket::{self, Stream};

use super::PATIENCE;
use super::lock::Lock;
use super::protocol::{self, Failure, Request, Response, Said};
use super::socket::{self, Address};
use super::wire::{self, Lines};

/// How many are listened to at once; the next one is refused. A person opens a handful of files at once at most, and who
/// says nothing goes after [`PATIENCE`].
const MOST_CONNECTIONS: usize = 16;

/// How often who waits for an import hears that it is still going on. Well below [`PATIENCE`].
const PULSE: Duration = Duration::from_secs(1);

/// How long to wait where the system cannot accept a connection, for want of file descriptors usually.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What makes this process the first of its library: the lock, and the place where others find it.
#[derive(Debug)]
struct Held {
    address: Address,
    /// Given back after the socket is removed.
    _lock: Lock,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.address.remove();
    }
}

/// The first process of a library, before it answers. Those who come meanwhile wait some seconds for it to.
#[derive(Debug)]
pub struct Listener {
    socket: local_socket::Listener,
    held: Held,
    pub(super) patience: Duration,
}

/// Answers as long as it is kept. Those that are being answered when it goes are answered to the end, if the process
/// lasts that long.
#[derive(Debug)]
pub struct ServerGuard {
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    held: Held,
}

/// How a handler answers one request.
#[derive(Debug)]
pub struct Reply {
    voice: Arc<Voice>,
}

/// Who asked is not there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody waits for the answer any more")]
pub struct Gone;

impl Listener {
    pub(super) fn new(socket: local_socket::Listener, address: Address, lock: Lock) -> Self {
        Self { socket, held: Held { address, _lock: lock }, patience: PATIENCE }
    }

    /// Answers from now on, on threads of its own. The handler is called on several of them at once, and should hand the
    /// request to the window and answer at once, except for an import: whoever waits for anything else gives up after five
    /// seconds. A request that the handler answers in no way is refused for it.
    ///
    /// # Errors
    /// What the system says where it has no thread to give.
    pub fn serve(self, handle: impl Fn(Request, &mut Reply) + Send + Sync + 'static) -> io::Result<ServerGuard> {
        let Self { socket, held, patience } = self;
        let closing = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&closing);
        let handle = Arc::new(handle);
        let thread = thread::Builder::new()
            .name("answering others".to_owned())
            .spawn(move || accept(&socket, &seen, patience, &handle))?;
        Ok(ServerGuard { closing, thread: Some(thread), held })
    }
}

impl Drop for ServerGuard {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // Nothing but a visitor wakes the thread. Where the socket is gone nobody else comes either, and it stays asleep.
        if socket::connect(&self.held.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

fn accept<H>(socket: &local_socket::Listener, closing: &AtomicBool, patience: Duration, handle: &Arc<H>)
where
    H: Fn(Request, &mut Reply) + Send + Sync + 'static,
{
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        let accepted = socket.accept();
        if closing.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = accepted else {
            thread::sleep(ACCEPT_PAUSE);
            continue;
        };
        if !socket::is_of_this_user(&stream) {
            continue;
        }
        let slot = Slot::take(&open);
        let voice = Voice { stream, patience, finished: Mutex::new(false) };
        if slot.number > MOST_CONNECTIONS {
            voice.refuse("Recto is busy with other files. Try again in some seconds");
            continue;
        }
        let handle = Arc::clone(handle);
        // Where there is no thread to give, the connection closes, and who asked is told that there is no answer.
        let _ = thread::Builder::new().name("answering".to_owned()).spawn(move || {
            let _slot = slot;
            converse(voice, &*handle);
        });
    }
}

/// A place among the [`MOST_CONNECTIONS`], given back at the end.
struct Slot {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Slot {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        Self { number: open.fetch_add(1, Ordering::SeqCst) + 1, open: Arc::clone(open) }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn converse(voice: Voice, handle: &impl Fn(Request, &mut Reply)) {
    let line = match Lines::new().receive(&voice.stream, Instant::now() + voice.patience) {
        Ok(line) => line,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            voice.refuse("These are too many files at once. Open fewer, or their folder");
            return;
        }
        Err(_) => return,
    };
    let request: Request = match protocol::from_line(&line) {
        Ok(request) => request,
        Err(error) => {
            voice.refuse(&format!("The Recto that is running does not understand this one: {error}. Close it first"));
            return;
        }
    };
    let voice = Arc::new(voice);
    // Dropped at the end, also where the handler panics, which ends the pulse.
    let (_end, ended) = mpsc::channel::<()>();
    if matches!(request, Request::Import { .. }) {
        let voice = Arc::clone(&voice);
        let pulse = PULSE.min(voice.patience / 4);
        let _ = thread::Builder::new().name("still at it".to_owned()).spawn(move || {
            while ended.recv_timeout(pulse) == Err(mpsc::RecvTimeoutError::Timeout) && voice.say(&Said::Working).is_ok()
            {
            }
        });
    }
    handle(request, &mut Reply { voice: Arc::clone(&voice) });
    voice.refuse("The Recto that is running did not say what became of it");
}

impl Reply {
    /// Says how far an import is. A handler may stop where nobody listens any more, or go on.
    ///
    /// # Errors
    /// [`Gone`].
    pub fn progress(&mut self, done: u64, total: u64) -> Result<(), Gone> {
        self.voice.say(&Said::Response(Response::Progress { done, total }))
    }

    /// Says that it was done. This and the two below are final: the first one counts.
    ///
    /// # Errors
    /// [`Gone`].
    pub fn done(&mut self) -> Result<(), Gone> {
        self.voice.say(&Said::Response(Response::Done))
    }

    /// Says what became of an import.
    ///
    /// # Errors
    /// [`Gone`].
    pub fn imported(&mut self, imported: u64, failed: Vec<Failure>) -> Result<(), Gone> {
        self.voice.say(&Said::Response(Response::Imported { imported, failed }))
    }

    /// Says that it was not done, and why, in a person's words.
    ///
    /// # Errors
    /// [`Gone`].
    pub fn refuse(&mut self, why: impl Into<String>) -> Result<(), Gone> {
        self.voice.say(&Said::Response(Response::Refused { why: why.into() }))
    }
}

/// The way back to who asked.
#[derive(Debug)]
struct Voice {
    stream: Stream,
    patience: Duration,
    /// Whether the final answer was given.
    finished: Mutex<bool>,
}

impl Voice {
    fn say(&self, said: &Said) -> Result<(), Gone> {
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        if *finished {
            return Err(Gone);
        }
        let line = protocol::to_line(said).map_err(|_| Gone)?;
        *finished = !matches!(said, Said::Working | Said::Response(Response::Progress { .. }));
        wire::send(&self.stream, &line, Instant::now() + self.patience).map_err(|_| {
            // A line may have been sent in part.
            *finished = true;
            Gone
        })
    }

    fn refuse(&self, why: &str) {
        // Who asked may be gone, or have an answer already.
        let _ = self.say(&Said::Response(Response::Refused { why: why.to_owned() }));
    }
}
