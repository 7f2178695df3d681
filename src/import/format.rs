//! The table of formats: names, endings and media types feed the file dialog, drops, the desktop entry and `--help`;
//! sniffing and importers feed [`super::import`].

use super::{Import, ImportError, Source, html, markdown, recto_json};

/// One format that can be opened.
pub struct Format {
    /// Its name in the interface and in messages.
    pub name: &'static str,
    /// File endings in lower case, the usual one first. An ending may have two parts (`recto.json`).
    pub extensions: &'static [&'static str],
    /// Media types, the usual one first.
    pub media_types: &'static [&'static str],
    /// Whether the bytes are certainly of this format, whatever the file is called.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads it.
    pub import: fn(&Source) -> Result<Import, ImportError>,
}

/// All formats, in the order in which they are sniffed; plain text, which takes whatever is text, is last.
pub const FORMATS: &[Format] = &[
    Format {
        name: "Recto",
        extensions: &["recto.json"],
        media_types: &["application/vnd.recto+json"],
        sniff: recto_json::sniff,
        import: recto_json::import,
    },
    Format {
        name: "HTML",
        extensions: &["html", "htm", "xhtml", "xht"],
        media_types: &["text/html", "application/xhtml+xml"],
        sniff: html::sniff,
        import: html::import,
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        media_types: &["text/markdown", "text/x-markdown"],
        sniff: markdown::sniff,
        import: markdown::import,
    },
];

/// The format of a source: by content where that is certain, then by the file's ending, then plain text.
///
/// # Errors
/// [`ImportError::Empty`] and [`ImportError::NotAnArticle`].
pub fn detect(_source: &Source) -> Result<&'static Format, ImportError> {
    Err(ImportError::Empty)
}
