//! The table of formats: names, endings and media types feed the file dialog, drops, the desktop entry and `--help`;
//! sniffing and importers feed [`super::import`]. Knows no format's insides beyond its first bytes.

use super::mail::{eml, mbox, mhtml};
use super::service::{annotations, bookmarks, matter, omnivore, pocket, table, wallabag};
use super::{
    Import, ImportError, Source, Watch, beginning, bundle, compressed, epub, feed, html, maff, markdown, plain_text,
    recto_json, refused, webarchive,
};

/// One format that can be opened.
pub struct Format {
    /// Its name in the interface and in messages.
    pub name: &'static str,
    /// File endings that are its own, in lower case, the usual one first. An ending may have two parts (`recto.json`).
    pub extensions: &'static [&'static str],
    /// Endings that it shares with files that are no articles (`zip`, `json`). The open dialog offers them; of a folder only
    /// those files are taken whose content is of such a format, and no desktop is told that Recto opens them.
    pub shared_extensions: &'static [&'static str],
    /// Media types that are its own, the usual one first.
    pub media_types: &'static [&'static str],
    /// Whether the bytes are certainly of this format, whatever the file is called.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads it.
    pub import: fn(&Source, &Watch) -> Result<Import, ImportError>,
    /// What of a long source can be read before the rest of it; `None` where it is read whole or not at all.
    pub beginning: fn(&Source) -> Option<Source>,
    /// Whether it is only what another format is packed in.
    pub is_wrapping: bool,
}

impl Format {
    /// All its endings, its own first.
    pub fn endings(&self) -> impl Iterator<Item = &'static str> {
        self.extensions.iter().chain(self.shared_extensions).copied()
    }
}

/// What most rows of the table have in common.
const USUAL: Format = Format {
    name: "",
    extensions: &[],
    shared_extensions: &[],
    media_types: &[],
    sniff: |_| false,
    import: |_, _| Err(ImportError::Empty),
    beginning: |_| None,
    is_wrapping: false,
};

/// All formats, in the order in which they are sniffed; plain text, which takes whatever is text, is last.
pub const FORMATS: &[Format] = &[
    Format {
        name: "Recto",
        extensions: &["recto.json"],
        media_types: &["application/vnd.recto+json"],
        sniff: recto_json::sniff,
        import: |source, _| recto_json::import(source),
        ..USUAL
    },
    Format {
        name: "EPUB",
        extensions: &["epub"],
        media_types: &["application/epub+zip"],
        sniff: epub::sniff,
        import: epub::import,
        beginning: beginning::of_book,
        ..USUAL
    },
    Format {
        name: "MHTML",
        extensions: &["mhtml", "mht"],
        media_types: &["multipart/related", "application/x-mimearchive"],
        sniff: mhtml::sniff,
        import: |source, _| mhtml::import(source),
        ..USUAL
    },
    Format {
        name: "MAFF",
        extensions: &["maff"],
        media_types: &["application/x-maff"],
        sniff: maff::sniff,
        import: maff::import,
        ..USUAL
    },
    Format {
        name: "Safari web archive",
        extensions: &["webarchive"],
        media_types: &["application/x-webarchive"],
        sniff: webarchive::sniff,
        import: |source, _| webarchive::import(source),
        ..USUAL
    },
    Format {
        name: "E-mail",
        extensions: &["eml"],
        media_types: &["message/rfc822"],
        sniff: eml::sniff,
        import: |source, _| eml::import(source),
        ..USUAL
    },
    Format {
        name: "Mailbox",
        extensions: &["mbox"],
        media_types: &["application/mbox"],
        sniff: mbox::sniff,
        import: mbox::import,
        ..USUAL
    },
    Format {
        name: "Pocket export",
        shared_extensions: &["zip", "csv", "json"],
        sniff: pocket::sniff,
        import: pocket::import,
        ..USUAL
    },
    Format {
        name: "Omnivore export",
        shared_extensions: &["zip"],
        sniff: omnivore::sniff,
        import: omnivore::import,
        ..USUAL
    },
    Format {
        name: "Matter export",
        shared_extensions: &["zip"],
        sniff: matter::sniff,
        import: matter::import,
        ..USUAL
    },
    Format {
        name: "wallabag export",
        shared_extensions: &["json"],
        sniff: wallabag::sniff,
        import: wallabag::import,
        ..USUAL
    },
    Format {
        name: "Instapaper, Readwise, Raindrop and other tables",
        shared_extensions: &["csv"],
        sniff: table::sniff,
        import: table::import,
        ..USUAL
    },
    Format {
        name: "Bookmarks",
        shared_extensions: &["json"],
        sniff: bookmarks::sniff,
        import: bookmarks::import,
        ..USUAL
    },
    Format {
        name: "Highlights",
        shared_extensions: &["json"],
        sniff: annotations::sniff,
        import: annotations::import,
        ..USUAL
    },
    Format {
        name: "Feed",
        extensions: &["rss", "atom"],
        shared_extensions: &["xml", "json"],
        media_types: &["application/rss+xml", "application/atom+xml", "application/feed+json"],
        sniff: feed::sniff,
        import: feed::import,
        ..USUAL
    },
    Format {
        name: "HTML",
        extensions: &["html", "htm", "xhtml", "xht"],
        media_types: &["text/html", "application/xhtml+xml"],
        sniff: html::sniff,
        import: |source, _| html::import(source),
        beginning: beginning::of_page,
        ..USUAL
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        media_types: &["text/markdown", "text/x-markdown"],
        sniff: markdown::sniff,
        import: |source, _| markdown::import(source),
        beginning: beginning::of_markdown,
        ..USUAL
    },
    Format {
        name: "Zip of articles",
        shared_extensions: &["zip"],
        sniff: bundle::sniff,
        import: bundle::import,
        ..USUAL
    },
    Format {
        name: "Compressed",
        shared_extensions: &["gz", "gzip", "zst", "zstd"],
        sniff: compressed::sniff,
        import: compressed::import,
        is_wrapping: true,
        ..USUAL
    },
    PLAIN_TEXT,
];

/// Text without markup. Nothing in its bytes is certain, so it is never sniffed: it is what is left.
const PLAIN_TEXT: Format = Format {
    name: "Plain text",
    extensions: &["txt", "text"],
    media_types: &["text/plain"],
    import: |source, _| plain_text::import(source),
    beginning: beginning::of_text,
    ..USUAL
};

/// "Recto opens …", for messages.
pub fn opens() -> String {
    let names: Vec<_> = FORMATS.iter().filter(|format| !format.is_wrapping).map(|format| format.name).collect();
    match names.split_last() {
        Some((last, rest)) => format!("Recto opens {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Whether a file's name ends like an article's: with an ending that a format has for itself.
pub fn is_article_name(name: &str) -> bool {
    has_ending(name, |format| format.extensions)
}

/// Whether a file's name ends like something that may hold articles, and may not.
pub fn may_hold_articles(name: &str) -> bool {
    has_ending(name, |format| format.shared_extensions)
}

fn has_ending(name: &str, endings: fn(&Format) -> &'static [&'static str]) -> bool {
    let name = name.to_lowercase();
    FORMATS.iter().flat_map(endings).any(|ending| {
        name.strip_suffix(ending).and_then(|stem| stem.strip_suffix('.')).is_some_and(|stem| !stem.is_empty())
    })
}

/// Whether the content of a file, whatever it is called, is certainly of a format that holds articles.
pub fn holds_articles(source: &Source) -> bool {
    detect(source).is_ok_and(|format| (format.sniff)(&source.bytes))
}

/// The format of a source: by content where that is certain, then by the file's ending, then plain text.
///
/// # Errors
/// [`ImportError::Empty`], [`ImportError::NotYet`] and [`ImportError::NotAnArticle`].
pub fn detect(source: &Source) -> Result<&'static Format, ImportError> {
    let bytes = &*source.bytes;
    if is_blank(bytes) {
        return Err(ImportError::Empty);
    }
    if let Some(refused) = refused::before_sniffing(bytes) {
        return Err(refused);
    }
    // What is packed first: compressed text may begin with so much of itself that it looks like what it holds.
    let (wrappings, others): (Vec<_>, Vec<_>) = FORMATS.iter().partition(|format| format.is_wrapping);
    if let Some(format) = wrappings.into_iter().chain(others).find(|format| (format.sniff)(bytes)) {
        return Ok(format);
    }
    if let Some(refused) = refused::by_magic(bytes) {
        return Err(refused);
    }
    if refused::is_binary(bytes) {
        return Err(ImportError::NotAnArticle { what: "binary data".to_owned(), advice: None });
    }
    let name = source.file_name().unwrap_or_default().to_lowercase();
    let ends_so = |ending: &&str| name.strip_suffix(*ending).is_some_and(|stem| stem.ends_with('.'));
    let by_ending = FORMATS.iter().find(|format| format.extensions.iter().any(ends_so));
    Ok(by_ending.unwrap_or(&PLAIN_TEXT))
}

/// Whether there is nothing but white space, in ASCII or in UTF-16 and UTF-32 with their marks.
fn is_blank(bytes: &[u8]) -> bool {
    // A mark, U+FEFF, in any of its forms, and a NUL beside an ASCII space are the only other bytes of such a file.
    let blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, 0xEF | 0xBB | 0xBF | 0xFF | 0xFE);
    if !bytes.iter().all(|b| blank(b) || *b == 0) {
        return false;
    }
    super::encoding::decode(bytes).text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_said_to_be() {
        for bytes in [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF", b"\xEF\xBB\xBF \n", b"\xFF\xFE \0\n\0"] {
            assert_eq!(detect(&Source::from_bytes(bytes)).err(), Some(ImportError::Empty), "{bytes:?}");
        }
    }

    #[test]
    fn endings_of_their_own_and_shared_ones_are_told_apart() {
        for (name, own, shared) in
            [("a.HTML", true, false), ("a.zip", false, true), ("zip", false, false), ("a.recto.json", true, true)]
        {
            assert_eq!((is_article_name(name), may_hold_articles(name)), (own, shared), "{name}");
        }
    }

    #[test]
    fn no_ending_is_claimed_twice() {
        let mut endings: Vec<_> = FORMATS.iter().flat_map(|format| format.extensions).collect();
        let all = endings.len();
        endings.sort();
        endings.dedup();
        assert_eq!(endings.len(), all);
    }

    #[test]
    fn text_is_text_whatever_it_is_called() {
        for bytes in [&b"ID3 tags are a plague"[..], b"BZh is a prefix", b"a\0b and more words", b"x"] {
            assert_eq!(detect(&Source::named("a.bin", bytes)).map(|f| f.name).ok(), Some("Plain text"), "{bytes:?}");
        }
    }
}
