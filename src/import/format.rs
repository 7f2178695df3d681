//! The table of formats: names, endings and media types feed the file dialog, drops, the desktop entry and `--help`;
//! sniffing and importers feed [`super::import`]. Knows no format's insides beyond its first bytes.

use super::{Import, ImportError, Source, html, markdown, plain_text, recto_json};

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
    PLAIN_TEXT,
];

/// Text without markup. Nothing in its bytes is certain, so it is never sniffed: it is what is left.
const PLAIN_TEXT: Format = Format {
    name: "Plain text",
    extensions: &["txt", "text"],
    media_types: &["text/plain"],
    sniff: |_| false,
    import: plain_text::import,
};

/// The format of a source: by content where that is certain, then by the file's ending, then plain text.
///
/// # Errors
/// [`ImportError::Empty`] and [`ImportError::NotAnArticle`].
pub fn detect(source: &Source) -> Result<&'static Format, ImportError> {
    let bytes = &*source.bytes;
    if is_blank(bytes) {
        return Err(ImportError::Empty);
    }
    if let Some(format) = FORMATS.iter().find(|format| (format.sniff)(bytes)) {
        return Ok(format);
    }
    if let Some(what) = known_binary(bytes) {
        return Err(ImportError::NotAnArticle { what: what.to_owned() });
    }
    if is_binary(bytes) {
        return Err(ImportError::NotAnArticle { what: "binary data".to_owned() });
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

/// What a file of another kind is, by the numbers it begins with (as in file(1)'s magic).
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const AT_START: &[(&[u8], &str)] = &[
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"\0\0\x01\0", "an icon"),
        (b"%PDF-", "a PDF document"),
        (b"%!PS", "a PostScript document"),
        (b"{\\rtf", "an RTF document"),
        (b"\xD0\xCF\x11\xE0", "an old Microsoft Office document"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90\0", "a Windows program"),
        (b"\xCF\xFA\xED\xFE", "a program"),
        (b"\xCA\xFE\xBA\xBE", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ\0", "an xz archive"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"ID3", "an MP3 recording"),
        (b"\xFF\xFB", "an MP3 recording"),
        (b"fLaC", "a FLAC recording"),
        (b"OggS", "an Ogg recording"),
        (b"\x1A\x45\xDF\xA3", "a Matroska or WebM video"),
        (b"wOFF", "a font"),
        (b"wOF2", "a font"),
        (b"OTTO\0", "a font"),
        (b"\0\x01\0\0\0", "a font"),
        (b"bplist00", "a binary property list"),
    ];
    let begins = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if begins(0, b"PK\x03\x04") || begins(0, b"PK\x05\x06") {
        let head = bytes.get(..4096).unwrap_or(bytes);
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        return Some(match () {
            () if holds(b"application/epub+zip") => "an EPUB book",
            () if holds(b"application/vnd.oasis.opendocument") => "an OpenDocument file",
            () if holds(b"[Content_Types].xml") => "a Microsoft Office document",
            () => "a ZIP archive",
        });
    }
    match () {
        () if begins(0, b"RIFF") && begins(8, b"WEBP") => Some("a WebP image"),
        () if begins(0, b"RIFF") && begins(8, b"WAVE") => Some("a WAV recording"),
        () if begins(0, b"RIFF") && begins(8, b"AVI ") => Some("an AVI video"),
        () if begins(4, b"ftypavif") || begins(4, b"ftyphei") => Some("an AVIF or HEIC image"),
        () if begins(4, b"ftypM4A") => Some("an MPEG-4 recording"),
        () if begins(4, b"ftyp") => Some("an MPEG-4 video"),
        () if begins(257, b"ustar") => Some("a tar archive"),
        () => {
            let known = AT_START.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
            // Two magic numbers are also how a sentence may begin.
            let is_words = matches!(known, Some("an MP3 recording" | "a bzip2 archive")) && !is_binary(bytes);
            if is_words { None } else { known }
        }
    }
}

/// The largest share of control characters in text, as one in so many; pasted terminal output has some.
const CONTROLS_ONE_IN: usize = 50;

/// The fewest control characters that make a file binary, unless they are most of it.
const FEWEST_CONTROLS: usize = 8;

fn is_binary(bytes: &[u8]) -> bool {
    let decoded = super::encoding::decode(bytes.get(..64 << 10).unwrap_or(bytes));
    let (mut controls, mut all) = (0usize, 0usize);
    for c in decoded.text.chars() {
        all += 1;
        let is_text = !c.is_control() || c.is_whitespace() || matches!(c, '\u{8}' | '\u{1B}');
        controls += usize::from(!is_text);
    }
    let undecodable_matter = decoded.undecodable_bytes * 4 > bytes.len().min(64 << 10);
    controls * 2 > all || (controls >= FEWEST_CONTROLS && controls * CONTROLS_ONE_IN > all) || undecodable_matter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_named() {
        let check = |bytes: &[u8], expected: &str| match detect(&Source::from_bytes(bytes)) {
            Err(ImportError::NotAnArticle { what }) => assert_eq!(what, expected),
            other => panic!("{expected}: {:?}", other.map(|format| format.name)),
        };
        check(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG image");
        check(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", "a JPEG image");
        check(b"GIF89a\x01\0", "a GIF image");
        check(b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image");
        check(b"%PDF-1.7\n%\xE2\xE3", "a PDF document");
        check(b"PK\x03\x04\x14\0\0\0mimetypeapplication/epub+zip", "an EPUB book");
        check(b"PK\x03\x04\x14\0\0\0[Content_Types].xml", "a Microsoft Office document");
        check(b"PK\x03\x04\x14\0\0\0notes.txt", "a ZIP archive");
        check(b"\x7FELF\x02\x01\x01\0", "a program");
        check(b"MZ\x90\0\x03\0\0\0", "a Windows program");
        check(b"SQLite format 3\0", "an SQLite database");
        check(b"\x1F\x8B\x08\0", "a gzip archive");
        check(b"ID3\x04\0\0\0\0\0\0\0\0\0\0\0\0\0", "an MP3 recording");
        check(b"\0\0\0\x18ftypmp42", "an MPEG-4 video");
        check(&[0, 1, 2, 3, 200, 0, 0, 7, 0, 0, 0, 0, 5, 6, 1, 2, 0], "binary data");
    }

    #[test]
    fn what_is_empty_is_said_to_be() {
        for bytes in [&b""[..], b" \r\n\t", b"\xEF\xBB\xBF", b"\xEF\xBB\xBF \n", b"\xFF\xFE \0\n\0"] {
            assert_eq!(detect(&Source::from_bytes(bytes)).err(), Some(ImportError::Empty), "{bytes:?}");
        }
    }

    #[test]
    fn text_is_text_whatever_it_is_called() {
        for bytes in [&b"ID3 tags are a plague"[..], b"BZh is a prefix", b"a\0b and more words", b"x"] {
            assert_eq!(detect(&Source::named("a.bin", bytes)).map(|f| f.name).ok(), Some("Plain text"), "{bytes:?}");
        }
    }
}
