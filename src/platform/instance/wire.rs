//! Lines of limited length through a socket, each with a moment at which the wait for it ends. Knows nothing of what they
//! say. Windows' pipes have no such moment: there, whoever cannot wait for ever leaves it to a thread.

use std::io::{self, Read as _, Write as _};
use std::time::{Duration, Instant};

use interprocess::local_socket::Stream;
use interprocess::local_socket::traits::Stream as _;

use super::protocol::LONGEST_LINE;

/// Where reading goes on after a line.
pub(super) struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { rest: Vec::new() }
    }

    /// The next line, without its end.
    pub(super) fn receive(&mut self, stream: &Stream, deadline: Instant) -> io::Result<Vec<u8>> {
        self.next(deadline, |chunk| {
            // Not on Windows.
            let _ = stream.set_recv_timeout(Some(until(deadline)));
            (&*stream).read(chunk)
        })
    }

    fn next(&mut self, deadline: Instant, mut read: impl FnMut(&mut [u8]) -> io::Result<usize>) -> io::Result<Vec<u8>> {
        let mut chunk = [0; 16 * 1024];
        let mut searched = 0;
        loop {
            if let Some(length) = self.rest.iter().skip(searched).position(|byte| *byte == b'\n') {
                let rest = self.rest.split_off(searched + length + 1);
                let mut line = std::mem::replace(&mut self.rest, rest);
                line.pop();
                return Ok(line);
            }
            searched = self.rest.len();
            if searched > LONGEST_LINE {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            if Instant::now() >= deadline {
                return Err(io::ErrorKind::TimedOut.into());
            }
            match read(&mut chunk) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(length) => self.rest.extend_from_slice(chunk.get(..length).unwrap_or_default()),
                Err(error) if is_passing(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Sends a line.
pub(super) fn send(stream: &Stream, line: &[u8], deadline: Instant) -> io::Result<()> {
    let mut rest = line;
    while !rest.is_empty() {
        if Instant::now() >= deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        // Not on Windows.
        let _ = stream.set_send_timeout(Some(until(deadline)));
        match (&*stream).write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(length) => rest = rest.get(length..).unwrap_or_default(),
            Err(error) if is_passing(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What is left; a wait of nothing would be one for ever.
fn until(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))
}

/// Whether to try again, as long as there is time: a wait that ended is told as one that would block.
fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_and_limited() {
        let far = Instant::now() + Duration::from_secs(60);
        let mut lines = Lines::new();
        let mut text = &b"one\ntwo\nthr"[..];
        let mut next = || lines.next(far, |chunk| text.read(chunk)).map_err(|error| error.kind());
        assert_eq!(next(), Ok(b"one".to_vec()));
        assert_eq!(next(), Ok(b"two".to_vec()));
        assert_eq!(next(), Err(io::ErrorKind::UnexpectedEof));
        let endless = |deadline| Lines::new().next(deadline, |chunk| io::repeat(b'a').read(chunk)).unwrap_err().kind();
        assert_eq!(endless(far), io::ErrorKind::FileTooLarge);
        assert_eq!(endless(Instant::now()), io::ErrorKind::TimedOut);
    }
}
