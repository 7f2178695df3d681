//! Asking the first process, once. Waits for no answer for ever.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use interprocess::local_socket::Stream;

use super::protocol::{self, LONGEST_LINE, Request, Response, Said};
use super::wire::{self, Lines};
use super::{InstanceError, PATIENCE};

/// A way to the first process of a library, for one request.
#[derive(Debug)]
pub struct Connection {
    stream: Stream,
    library: PathBuf,
    pub(super) patience: Duration,
}

impl Connection {
    pub(super) fn new(stream: Stream, library: PathBuf) -> Self {
        Self { stream, library, patience: PATIENCE }
    }

    /// Asks, and waits for the final answer: at most five seconds, except for an import, which may take its time as long
    /// as something is heard of it. `progress` is told how many files of an import are done, and of how many. Paths are
    /// made absolute first.
    ///
    /// # Errors
    /// [`InstanceError`]. Whether the other one did what was asked is not known then, except where the request was too
    /// large.
    pub fn ask(self, request: Request, mut progress: impl FnMut(u64, u64)) -> Result<Response, InstanceError> {
        let Self { stream, library, patience } = self;
        let is_long = matches!(request, Request::Import { .. });
        let request = request.absolute();
        let line =
            protocol::to_line(&request).map_err(|error| InstanceError::NotUnderstood { detail: error.to_string() })?;
        if line.len() > LONGEST_LINE {
            return Err(InstanceError::TooLarge { count: request.paths().len() });
        }
        let no_answer = || InstanceError::NoAnswer { library: library.clone() };
        let (sender, receiver) = mpsc::channel();
        // Only a thread of its own can be left behind where the system's wait has no end.
        thread::Builder::new()
            .name("asking the first".to_owned())
            .spawn(move || exchange(&stream, &line, patience, &sender))
            .map_err(|_| no_answer())?;
        let mut deadline = Instant::now() + patience;
        loop {
            match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Ok(line)) => match protocol::from_line(&line) {
                    Ok(Said::Working) => {}
                    Ok(Said::Response(Response::Progress { done, total })) => progress(done, total),
                    Ok(Said::Response(response)) => return Ok(response),
                    Err(error) => return Err(InstanceError::NotUnderstood { detail: error.to_string() }),
                },
                Ok(Err(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return Err(InstanceError::NotUnderstood { detail: "the answer is too long".to_owned() });
                }
                Ok(Err(_)) | Err(_) => return Err(no_answer()),
            }
            if is_long {
                deadline = Instant::now() + patience;
            }
        }
    }
}

/// Sends the request and hands on lines until one side is done.
fn exchange(stream: &Stream, line: &[u8], patience: Duration, sender: &mpsc::Sender<io::Result<Vec<u8>>>) {
    let mut lines = Lines::new();
    if let Err(error) = wire::send(stream, line, Instant::now() + patience)
        // Who refuses a request before reading all of it has answered nevertheless.
        && !matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
    {
        let _ = sender.send(Err(error));
        return;
    }
    loop {
        let answer = lines.receive(stream, Instant::now() + patience);
        let is_last = answer.is_err();
        if sender.send(answer).is_err() || is_last {
            return;
        }
    }
}
