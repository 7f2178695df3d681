//! Bytes → articles, with warnings. One file a format behind one table ([`format::FORMATS`]); importers share this
//! interface and nothing else, read no file but through [`Source`], and know no window.
//!
//! Parsing bad input gives warnings beside a result. An error is for input in which nothing can be read, and says what to
//! do next.

pub mod encoding;
pub mod format;
pub mod html;
pub mod markdown;
#[cfg(test)]
mod outline;
pub mod plain_text;
pub mod recto_json;
pub mod source;

use crate::document::Article;

pub use format::{FORMATS, Format};
pub use source::{ReadError, Source};

/// What an importer made of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The name of the format that was read, as [`Format::name`] has it.
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
    #[error("This is not an article but {what}. Recto opens text, Markdown, HTML and its own .recto.json files")]
    NotAnArticle {
        /// What it seems to be, with its article: "a PNG image", "binary data".
        what: String,
    },
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

/// Reads a source: finds its format by content first and name second, parses it on a thread with a large stack, and turns
/// a panic into an error.
///
/// # Errors
/// [`ImportError`] where nothing can be read.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    let format = format::detect(source)?;
    std::thread::scope(|scope| {
        let parser = std::thread::Builder::new().name("parser".into()).stack_size(PARSER_STACK_BYTES);
        match parser.spawn_scoped(scope, || (format.import)(source)) {
            Ok(thread) => {
                thread.join().unwrap_or_else(|panic| Err(ImportError::Panicked { detail: panic_words(&*panic) }))
            }
            // No thread to be had: the machine is out of memory, and a smaller stack is the better chance.
            Err(_) => (format.import)(source),
        }
    })
    .map(|mut import| {
        import.format = format.name;
        for article in &mut import.articles {
            article.compute_metadata();
        }
        import
    })
}

/// What a panic said.
pub(crate) fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
