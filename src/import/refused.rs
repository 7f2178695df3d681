//! What is known and not read: articles in forms that Recto does not open yet, and files that are none. Each is told by the
//! numbers it begins with (as in file(1)'s magic), and says what to do instead. Reads nothing of them.

use super::{ImportError, encoding};
use crate::archive;

/// Known by content before any importer is asked, because it looks like something that is read.
pub fn before_sniffing(bytes: &[u8]) -> Option<ImportError> {
    if !archive::is_zip(bytes) {
        return None;
    }
    let names = archive::entry_names(bytes);
    let holds = |name: &str| names.iter().any(|n| n == name);
    let begins = |start: &str| names.iter().any(|n| n.starts_with(start));
    let office = "Save it as HTML or as text in the program that made it, and open that";
    if holds("[Content_Types].xml") {
        let what = match () {
            () if begins("word/") => "Word documents",
            () if begins("xl/") => "Excel tables",
            () if begins("ppt/") => "PowerPoint presentations",
            () => "Microsoft Office documents",
        };
        return Some(ImportError::NotYet { what, advice: office });
    }
    if holds("META-INF/manifest.xml") && holds("content.xml") {
        return Some(ImportError::NotYet { what: "OpenDocument files", advice: office });
    }
    if holds("AndroidManifest.xml") || holds("META-INF/MANIFEST.MF") {
        return Some(ImportError::NotAnArticle { what: "a program".to_owned(), advice: None });
    }
    None
}

const BOOK: &str = "Convert it to EPUB, with Calibre for instance, and open that";
const LOCKED_BOOK: &str =
    "A book that is locked to a shop opens only in that shop's program; an EPUB without a lock opens here";
const PDF: &str = "Open it in a PDF viewer, or save the web page that it was made from and open that";
const OFFICE: &str = "Save it as HTML or as text in the program that made it, and open that";
const PACKED: &str = "Unpack it and open what is inside";
const PICTURE: &str = "Open it in a picture viewer; the text in a picture has to be typed or recognised first";

/// By first bytes.
const AT_START: &[(&[u8], Kind)] = &[
    (b"%!PS", Kind::NotYet("PostScript documents", PDF)),
    (b"{\\rtf", Kind::NotYet("RTF documents", OFFICE)),
    (b"\xD0\xCF\x11\xE0", Kind::NotYet("old Microsoft Office documents", OFFICE)),
    (b"AT&TFORM", Kind::NotYet("DjVu documents", PDF)),
    (b"ITSF", Kind::NotYet("Windows help files", BOOK)),
    (b"TPZ", Kind::NotYet("Kindle Topaz books", LOCKED_BOOK)),
    (b"\xEADRMION\xEE", Kind::NotYet("Kindle KFX books", LOCKED_BOOK)),
    (b"\x89PNG", Kind::No("a PNG image", Some(PICTURE))),
    (b"\xFF\xD8\xFF", Kind::No("a JPEG image", Some(PICTURE))),
    (b"GIF87a", Kind::No("a GIF image", Some(PICTURE))),
    (b"GIF89a", Kind::No("a GIF image", Some(PICTURE))),
    (b"II*\0", Kind::No("a TIFF image", Some(PICTURE))),
    (b"MM\0*", Kind::No("a TIFF image", Some(PICTURE))),
    (b"\0\0\x01\0", Kind::No("an icon", None)),
    (b"\x7FELF", Kind::No("a program", None)),
    (b"MZ\x90\0", Kind::No("a Windows program", None)),
    (b"\xCF\xFA\xED\xFE", Kind::No("a program", None)),
    (b"\xCA\xFE\xBA\xBE", Kind::No("a program", None)),
    (b"SQLite format 3\0", Kind::No("an SQLite database", None)),
    (b"BZh", Kind::No("a bzip2 archive", Some(PACKED))),
    (b"\xFD7zXZ\0", Kind::No("an xz archive", Some(PACKED))),
    (b"7z\xBC\xAF\x27\x1C", Kind::No("a 7z archive", Some(PACKED))),
    (b"Rar!\x1A\x07", Kind::No("a RAR archive", Some(PACKED))),
    (b"\x1F\x8B", Kind::No("a gzip archive", Some(PACKED))),
    (b"ID3", Kind::No("an MP3 recording", None)),
    (b"\xFF\xFB", Kind::No("an MP3 recording", None)),
    (b"fLaC", Kind::No("a FLAC recording", None)),
    (b"OggS", Kind::No("an Ogg recording", None)),
    (b"\x1A\x45\xDF\xA3", Kind::No("a Matroska or WebM video", None)),
    (b"wOFF", Kind::No("a font", None)),
    (b"wOF2", Kind::No("a font", None)),
    (b"OTTO\0", Kind::No("a font", None)),
    (b"\0\x01\0\0\0", Kind::No("a font", None)),
    (b"bplist00", Kind::No("a binary property list", None)),
];

/// What a file is, and what to do instead.
#[derive(Clone, Copy)]
enum Kind {
    /// Articles that are not read yet: in the plural, and what to do.
    NotYet(&'static str, &'static str),
    /// No article: with its own article, and what to do if anything.
    No(&'static str, Option<&'static str>),
}

impl Kind {
    fn error(self) -> ImportError {
        match self {
            Self::NotYet(what, advice) => ImportError::NotYet { what, advice },
            Self::No(what, advice) => ImportError::NotAnArticle { what: what.to_owned(), advice },
        }
    }
}

/// What no importer took, by the numbers it begins with.
pub fn by_magic(bytes: &[u8]) -> Option<ImportError> {
    let begins = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    let kind = match () {
        () if begins(60, b"BOOKMOBI") || begins(60, b"TEXtREAd") => {
            // PalmDOC's encryption (the record behind the list of records, offset 12): 0 is none.
            Kind::NotYet("Kindle books (MOBI, AZW3)", if is_locked_mobi(bytes) { LOCKED_BOOK } else { BOOK })
        }
        () if after_blanks(bytes).starts_with(b"<") && holds_element(bytes, b"<FictionBook") => {
            Kind::NotYet("FictionBook files", BOOK)
        }
        // Readers of PDF look for its beginning behind a mark and blank lines too.
        () if after_blanks(bytes).starts_with(b"%PDF-") => Kind::NotYet("PDF documents", PDF),
        () if begins(0, b"RIFF") && begins(8, b"WEBP") => Kind::No("a WebP image", Some(PICTURE)),
        () if begins(0, b"RIFF") && begins(8, b"WAVE") => Kind::No("a WAV recording", None),
        () if begins(0, b"RIFF") && begins(8, b"AVI ") => Kind::No("an AVI video", None),
        () if begins(4, b"ftypavif") || begins(4, b"ftyphei") => Kind::No("an AVIF or HEIC image", Some(PICTURE)),
        () if begins(4, b"ftypM4A") => Kind::No("an MPEG-4 recording", None),
        () if begins(4, b"ftyp") => Kind::No("an MPEG-4 video", None),
        () if begins(257, b"ustar") => Kind::No("a tar archive", Some(PACKED)),
        () => {
            let (magic, kind) = AT_START.iter().find(|(magic, _)| bytes.starts_with(magic))?;
            // Three magic numbers are also how a sentence may begin.
            let is_words = matches!(*magic, b"ID3" | b"BZh" | b"TPZ" | b"ITSF") && !is_binary(bytes);
            return (!is_words).then(|| kind.error());
        }
    };
    Some(kind.error())
}

/// Whether an element begins near the start, behind a declaration and comments.
fn holds_element(bytes: &[u8], start: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    head.windows(start.len()).any(|window| window == start)
}

fn after_blanks(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let blanks = bytes.iter().take(1024).take_while(|byte| byte.is_ascii_whitespace()).count();
    bytes.get(blanks..).unwrap_or_default()
}

fn is_locked_mobi(bytes: &[u8]) -> bool {
    let number = |at: usize, length: usize| -> Option<usize> {
        Some(bytes.get(at..at + length)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    number(78, 4).and_then(|record| number(record.checked_add(12)?, 2)).is_some_and(|encryption| encryption != 0)
}

/// The largest share of control characters in text, as one in so many; pasted terminal output has some.
const CONTROLS_ONE_IN: usize = 50;

/// The fewest control characters that make a file binary, unless they are most of it.
const FEWEST_CONTROLS: usize = 8;

/// Whether the bytes are no text.
pub fn is_binary(bytes: &[u8]) -> bool {
    let decoded = encoding::decode(bytes.get(..64 << 10).unwrap_or(bytes));
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
    use crate::import::{ImportError, Source, format};

    fn said(bytes: &[u8]) -> String {
        format::detect(&Source::from_bytes(bytes)).err().map(|error| error.to_string()).unwrap_or_default()
    }

    fn zip_of(names: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_no_text_is_named() {
        let check = |bytes: &[u8], expected: &str| {
            let said = said(bytes);
            assert!(said.contains(expected) && said.len() > expected.len() + 25, "{expected}: {said}");
        };
        let mobi = |locked: u8| {
            let mut bytes = vec![0u8; 78];
            bytes[..4].copy_from_slice(b"Book");
            bytes[60..68].copy_from_slice(b"BOOKMOBI");
            bytes.extend([0, 0, 0, 86, 0, 0, 0, 0]);
            bytes.extend([0, 2, 0, 0, 0, 0, 0, 9, 0, 1, 16, 0, 0, locked, 0, 0]);
            bytes
        };
        check(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG image");
        check(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", "a JPEG image");
        check(b"GIF89a\x01\0", "a GIF image");
        check(b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image");
        check(b"%PDF-1.7\n%\xE2\xE3", "PDF documents yet");
        check(&mobi(0), "Convert it to EPUB");
        check(&mobi(2), "locked to a shop");
        check(&zip_of(&["[Content_Types].xml", "word/document.xml"]), "Word documents yet");
        check(&zip_of(&["mimetype", "META-INF/manifest.xml", "content.xml"]), "OpenDocument files yet");
        check(b"\x7FELF\x02\x01\x01\0", "a program");
        check(b"MZ\x90\0\x03\0\0\0", "a Windows program");
        check(b"SQLite format 3\0", "an SQLite database");
        check(b"7z\xBC\xAF\x27\x1C\0\0", "a 7z archive");
        check(b"ID3\x04\0\0\0\0\0\0\0\0\0\0\0\0\0", "an MP3 recording");
        check(b"\0\0\0\x18ftypmp42", "an MPEG-4 video");
        check(&[0, 1, 2, 3, 200, 0, 0, 7, 0, 0, 0, 0, 5, 6, 1, 2, 0], "binary data");
    }

    #[test]
    fn an_image_says_what_recto_opens_or_what_to_do() {
        let error = ImportError::NotAnArticle { what: "binary data".into(), advice: None };
        assert!(error.to_string().contains("Recto opens Recto, "), "{error}");
    }
}
