//! The log: when the program started, and what went wrong since, for a bug report. It takes what goes through the crate
//! `log`, and panics. No text, title or path of anyone's stories goes into it: what stands in quotation marks and what looks
//! like a path is left out of every line. Shows nothing to anyone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use log::{Level, LevelFilter, Metadata, Record};

use super::Folders;

/// A file of at most so many bytes; the one before it is kept too.
const LARGEST_BYTES: u64 = 1 << 20;

/// A line of at most so many characters: one broken thing is told in a few words.
const LONGEST_LINE: usize = 600;

/// The outside crates whose warnings are about the window or the desktop. Others may speak of what they read.
const HEARD: &[&str] = &[
    "accesskit",
    "arboard",
    "eframe",
    "egui",
    "glow",
    "glutin",
    "naga",
    "rfd",
    "sctk",
    "smithay_client_toolkit",
    "wgpu",
    "winit",
    "zbus",
];

/// Where the log is.
pub fn path(folders: &Folders) -> PathBuf {
    folders.state.join("recto.log")
}

/// Where the part of it is that was written before.
pub fn older_path(folders: &Folders) -> PathBuf {
    folders.state.join("recto.old.log")
}

/// Begins the log of this process: from now on, warnings and panics are written down. The first call counts.
pub fn start(folders: &Folders) {
    static LOG: OnceLock<Log> = OnceLock::new();
    let mut is_first = false;
    let log = LOG.get_or_init(|| {
        is_first = true;
        Log { path: path(folders), older: older_path(folders), state: Mutex::default() }
    });
    if !is_first || log::set_logger(log).is_err() {
        return;
    }
    log::set_max_level(LevelFilter::Info);
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        log.write(Level::Error, "panic", &words_of(panic));
        before(panic);
    }));
}

/// Where a panic was, and its words.
fn words_of(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let words = payload.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no words");
    let place = panic.location().map_or_else(String::new, |place| {
        // Of a path within the program's sources, which is no one's own.
        let file = place.file().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        format!(" at {file}:{}:{}", place.line(), place.column())
    });
    let thread = std::thread::current().name().unwrap_or("without a name").to_owned();
    format!("thread {thread} panicked{place}: {words}")
}

/// The file, and what was written to it last.
struct Log {
    path: PathBuf,
    older: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    file: Option<(File, u64)>,
    last: String,
    repeats: u32,
}

impl log::Log for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_heard(metadata.target(), metadata.level())
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            self.write(record.level(), record.target(), &record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// Whether what a crate says goes into the log.
fn is_heard(target: &str, level: Level) -> bool {
    let outside = || HEARD.iter().any(|heard| target.starts_with(heard));
    target == "recto" || target.starts_with("recto::") || (level <= Level::Warn && outside())
}

impl Log {
    /// Writes a line. Where that fails there is nobody to tell, and the program goes on.
    fn write(&self, level: Level, target: &str, message: &str) {
        let line = format!("{level:<5} {target}: {}", without_what_is_private(message));
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last == line {
            // What is said with every frame is written once, and how often it was said.
            state.repeats = state.repeats.saturating_add(1);
            return;
        }
        let mut text = String::new();
        if state.repeats > 0 {
            text = format!("{} (the line above, {} more times)\n", now(), state.repeats);
        }
        text.push_str(&format!("{} {line}\n", now()));
        (state.last, state.repeats) = (line, 0);
        let _ = self.append(&mut state, text.as_bytes());
    }

    fn append(&self, state: &mut State, bytes: &[u8]) -> io::Result<()> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if state.file.as_ref().is_some_and(|(_, size)| size.saturating_add(more) > LARGEST_BYTES) {
            state.file = None;
        }
        let (file, size) = match &mut state.file {
            Some(open) => open,
            none => none.insert(self.open(more)?),
        };
        file.write_all(bytes)?;
        *size = size.saturating_add(more);
        Ok(())
    }

    /// The file with room for more; one that is full becomes the older one.
    fn open(&self, more: u64) -> io::Result<(File, u64)> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        if size_of(&self.path).saturating_add(more) > LARGEST_BYTES {
            fs::rename(&self.path, &self.older)?;
        }
        let file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    }
}

fn size_of(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// The time to a second, in UTC.
fn now() -> String {
    Timestamp::from_second(Timestamp::now().as_second()).map_or_else(|_| String::new(), |now| now.to_string())
}

/// Marks that open a quotation, and those that close it.
const QUOTES: [(char, char); 5] = [('“', '”'), ('"', '"'), ('`', '`'), ('‘', '’'), ('\'', '\'')];

/// A message in one line, without what is quoted in it and from the first path on.
fn without_what_is_private(message: &str) -> String {
    let mut kept = String::new();
    let mut before = ' ';
    let mut chars = message.chars().peekable();
    while let Some(c) = chars.next() {
        let begins_word = !before.is_alphanumeric();
        let close = QUOTES.iter().find(|(open, _)| *open == c && begins_word).map(|(_, close)| *close);
        let goes_on = chars.peek().is_some_and(|next| !next.is_whitespace());
        let begins_path = begins_word && goes_on && matches!(c, '/' | '\\' | '~')
            || c == ':' && before.is_ascii_alphabetic() && matches!(chars.peek(), Some('\\' | '/'));
        if let Some(close) = close {
            kept.push_str("[…]");
            let mut escaped = false;
            for c in chars.by_ref() {
                if c == close && !escaped {
                    break;
                }
                escaped = c == '\\' && !escaped;
            }
            before = close;
            continue;
        }
        if begins_path {
            kept.push_str("[path]");
            break;
        }
        kept.push(if c.is_control() { ' ' } else { c });
        before = c;
        if kept.len() > LONGEST_LINE {
            kept.push('…');
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private_is_left_out() {
        let check = |message: &str, expected: &str| assert_eq!(without_what_is_private(message), expected, "{message}");
        check("The disk is full", "The disk is full");
        check("Recto’s own file isn't there", "Recto’s own file isn't there");
        check("“The night ferry” has gone: /home/ann/ferry.txt", "[…] has gone: [path]");
        check(
            "byte index 1 is no boundary; it is inside 'é' (bytes 0..2) of `été à`",
            "byte index 1 is no boundary; it is inside […] (bytes 0..2) of […]",
        );
        check("called `Option::unwrap()` on a `None` value", "called […] on a […] value");
        check(r#"left: "a \" b" right: 2"#, "left: […] right: 2");
        check("cannot be opened: C:\\Users\\ann\\ferry.txt", "cannot be opened: C[path]");
        check("~/letters/a.md is gone", "[path]");
        check("open [/home/ann/a b.txt]", "open [[path]");
        check("“never closed", "[…]");
        check("GL 3.3 / Mesa 22", "GL 3.3 / Mesa 22");
        check("one\ntwo\u{1b}[0m", "one two [0m");
        assert!(without_what_is_private(&"word ".repeat(1000)).chars().count() <= LONGEST_LINE + 2);
    }

    #[test]
    fn who_is_heard() {
        let check =
            |target: &str, level: Level, expected: bool| assert_eq!(is_heard(target, level), expected, "{target}");
        check("recto::app", Level::Info, true);
        check("eframe::native", Level::Warn, true);
        check("eframe::native", Level::Info, false);
        check("html5ever::tree_builder", Level::Warn, false);
        check("usvg::parser", Level::Error, false);
        check("rectory", Level::Error, false);
    }

    #[test]
    fn two_files_of_limited_size_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let log = Log { path: path(&folders), older: older_path(&folders), state: Mutex::default() };
        for number in 0..8_000 {
            log.write(Level::Warn, "recto", &format!("{number} {}", "word ".repeat(60)));
        }
        let (new, old) = (fs::read_to_string(&log.path).unwrap(), fs::read_to_string(&log.older).unwrap());
        assert!(new.contains(" 7999 word") && !new.contains("recto: 0 "));
        assert!(new.len() <= 1 << 20 && old.len() <= 1 << 20 && old.len() > 1 << 19, "{} {}", new.len(), old.len());
        assert_eq!(fs::read_dir(&folders.state).unwrap().count(), 2);
    }

    #[test]
    fn what_is_repeated_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::under(folder.path());
        let log = Log { path: path(&folders), older: older_path(&folders), state: Mutex::default() };
        for message in ["one", "one", "one", "two"] {
            log.write(Level::Warn, "recto", message);
        }
        let text = fs::read_to_string(&log.path).unwrap();
        let lines: Vec<&str> = text.lines().map(|line| line.split_once(' ').unwrap().1).collect();
        assert_eq!(lines, ["WARN  recto: one", "(the line above, 2 more times)", "WARN  recto: two"]);
    }
}
