//! Bytes → articles, with warnings. One file a format behind one table ([`format::FORMATS`]); importers share this
//! interface and nothing else, read no file but through [`Source`], and know no window.
//!
//! Parsing bad input gives warnings beside a result. An error is for input in which nothing can be read, and says what to
//! do next.

//!
//! What every importer stands on:
//!
//! - [`mod@format`], [`refused`]: the table of formats, and what is known and not read
//! - [`source`], [`parts`]: the bytes, and what stands beside them
//! - [`encoding`]: bytes → text
//! - `beginning`: what of a long source can be read before the rest
//! - [`watch`], [`many`]: progress, cancelling, many stories on all cores
//! - [`fragment`], [`xml`]: HTML that is all story, and XML
//! - [`item`]: one story of a feed or an export, before it is an article
//!
//! The formats:
//!
//! - [`recto_json`], [`html`], [`markdown`], `plain_text`: one file, one story
//! - [`epub`] books
//! - [`feed`]: feeds, an entry a story
//! - [`maff`], [`mail`], [`webarchive`]: pages with their images, and messages
//! - [`service`]: the exports of read-later services
//! - [`compressed`], [`bundle`]: what is packed, seen through

mod beginning;
pub mod bundle;
pub mod compressed;
pub mod encoding;
pub mod epub;
pub mod feed;
pub mod format;
pub mod fragment;
pub mod html;
pub mod item;
pub mod maff;
pub mod mail;
pub mod many;
pub mod markdown;
#[cfg(test)]
mod outline;
pub mod parts;
pub mod plain_text;
pub mod recto_json;
pub mod refused;
pub mod service;
pub mod source;
pub mod watch;
pub mod webarchive;
pub mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::document::Article;

pub use beginning::{import_beginning, is_long};
pub use format::{FORMATS, Format};
pub use source::{Parts, ReadError, Source};
pub use watch::Watch;

/// What an importer made of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The name of the format that was read, as [`Format::name`] has it. Importers leave it to [`import`].
    pub format: &'static str,
    /// The encoding that text was decoded from (`UTF-8`, `windows-1252`), where the format has one to find.
    pub encoding: Option<&'static str>,
    /// The stories, in the source's order; never empty.
    pub articles: Vec<Article>,
    /// What a person should know about how it was read.
    pub warnings: Vec<Warning>,
}

/// Something that was not as it should be, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// One sentence for a person, without a full stop.
    pub message: String,
}

impl Warning {
    /// A warning.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// Why nothing can be read. Each says what to do next; the path is for the caller to add, last.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No bytes, or nothing but white space.
    #[error("The file is empty. Save the article again, or paste its text with Ctrl+V")]
    Empty,
    /// Not text of any kind.
    #[error("This is not an article but {what}. {}", .advice.map_or_else(format::opens, str::to_owned))]
    NotAnArticle {
        /// What it seems to be, with its article: "a PNG image", "binary data".
        what: String,
        /// What to do instead, where something can be done; a sentence without a full stop.
        advice: Option<&'static str>,
    },
    /// Articles of a kind that is not read yet.
    #[error("Recto does not open {what} yet. {advice}")]
    NotYet {
        /// What it is, in the plural: "PDF documents".
        what: &'static str,
        /// What to do instead; a sentence without a full stop.
        advice: &'static str,
    },
    /// A book that only its shop's program opens.
    #[error(
        "This book is locked{}, and only the program of the shop that sold it opens it. An EPUB without a lock opens here",
        .by.map(|by| format!(" ({by})")).unwrap_or_default()
    )]
    Locked {
        /// Whose lock it is.
        by: Option<&'static str>,
    },
    /// An archive or export in which there is no story.
    #[error("There is no article in this {what}. {}", format::opens())]
    NoStories {
        /// What it is.
        what: &'static str,
    },
    /// The person no longer wants it.
    #[error("Reading was cancelled. Open the file again to read it")]
    Cancelled,
    /// It took longer than any file that a person made.
    #[error(
        "The file took more than {} seconds without getting any further, so reading was given up. Save the part you want to read as a file of its own",
        LONGEST_STEP.as_secs()
    )]
    TooSlow,
    /// The format is known, and its content is broken beyond reading.
    #[error("The {format} file cannot be read: {detail}")]
    Broken {
        /// The format's name.
        format: &'static str,
        /// What is wrong and what to do.
        detail: String,
    },
    /// A limit was passed.
    #[error("The file is too large to read: {detail}")]
    TooLarge {
        /// Which limit, and what to do.
        detail: String,
    },
    /// The importer panicked. The panic's words are for a bug report.
    #[error(
        "Recto stumbled over this file, which is a bug; please report it with the file if you can share it ({detail})"
    )]
    Panicked {
        /// The panic's message.
        detail: String,
    },
}

/// Stack of the thread that a document is parsed on, in bytes: deeply nested HTML overflows Rust's default of 2 MB in most
/// parsers, and an overflow cannot be caught.
const PARSER_STACK_BYTES: usize = 64 << 20;

/// How long one story may take. The slowest page known, the HTML standard on one page, takes a few seconds in a release
/// build and a minute in a debug build.
const LONGEST_STEP: Duration = Duration::from_secs(180);

/// How often a long import is asked whether it is still wanted: often enough that cancelling is felt at once.
const CANCEL_CHECK: Duration = Duration::from_millis(20);

/// Reads a source whole, in its own time. See [`import_watched`].
///
/// # Errors
/// [`ImportError`] where nothing can be read.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    import_watched(source, &Watch::default())
}

/// Reads a source: finds its format by content first and name second, parses it on a thread with a large stack, and turns
/// a panic into an error. Once `watch` is cancelled, or a single story takes longer than any should, it answers at once:
/// the thread is left to end at its next step.
///
/// # Errors
/// [`ImportError`] where nothing can be read.
pub fn import_watched(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    let (give_back, given_back) = std::sync::mpsc::channel();
    let parser = std::thread::Builder::new().name("parser".into()).stack_size(PARSER_STACK_BYTES);
    let (inner_source, inner_watch) = (source.clone(), watch.clone());
    let spawned = parser.spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| read_any(&inner_source, &inner_watch)));
        // Nobody waits any more where it was cancelled.
        let _ =
            sender.send(outcome.unwrap_or_else(|panic| Err(ImportError::Panicked { detail: panic_words(&*panic) })));
        drop(given_back.recv());
    });
    if spawned.is_err() {
        // No thread to be had: the machine is out of memory, and a smaller stack is the better chance.
        return read_any(source, watch);
    }
    let (mut done, mut since) = (0, Instant::now());
    loop {
        match receiver.recv_timeout(CANCEL_CHECK) {
            Ok(outcome) => return outcome.map(|import| moved_out(source, import, &give_back)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(ImportError::Panicked { detail: "the parser's thread ended".to_owned() });
            }
            Err(RecvTimeoutError::Timeout) => watch.check()?,
        }
        let now = watch.progress().0;
        if now != done {
            (done, since) = (now, Instant::now());
        } else if since.elapsed() > LONGEST_STEP {
            watch.cancel();
            return Err(ImportError::TooSlow);
        }
    }
}

/// Bytes of a source from which what was read of it is moved out of the parser's memory.
const LARGE_BYTES: usize = 1 << 20;

/// An import in memory of this thread; what it stood in goes back to the parser's thread, to be let go there. What that one took
/// for its tree, of a table of 50,000 rows more than the table itself, can be given back to the system only when nothing among it
/// is held any more, and who frees another thread's memory holds some of it for its own next use.
fn moved_out(source: &Source, mut import: Import, give_back: &Sender<Vec<Article>>) -> Import {
    if source.bytes.len() >= LARGE_BYTES {
        let articles = import.articles.clone();
        let _ = give_back.send(std::mem::replace(&mut import.articles, articles));
    }
    import
}

/// How many archives a file may be taken out of: a saved page, compressed, in an export, in a backup.
const DEEPEST: usize = 4;

/// Reads a source on this thread. For archives, which read what is in them.
fn read_any(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    watch.check()?;
    if source.depth > DEEPEST {
        let detail = "it is an archive in an archive in an archive; unpack it and open what is inside".to_owned();
        return Err(ImportError::Broken { format: "packed", detail });
    }
    let format = format::detect(source)?;
    let mut import = (format.import)(source, watch)?;
    if !format.is_wrapping || import.format.is_empty() {
        import.format = format.name;
    }
    // What was read as one of many has been computed there, on all cores.
    let rest = import.articles.iter_mut().filter(|article| article.metadata.words == 0);
    rest.for_each(Article::compute_metadata);
    Ok(import)
}

/// What a panic said.
pub(crate) fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
