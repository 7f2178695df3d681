//! What is not opened: each is named, and says what to do instead.

use crate::carriers::epub;
use crate::make::{zip, zip_texts};
use crate::refusal;
use recto::import::ImportError;

fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let said = refusal(name, bytes).to_string();
    for words in expected {
        assert!(said.contains(words), "{name}: {said}");
    }
    // A sentence that ends in what to do, without a full stop.
    assert!(said.contains(". ") && !said.ends_with('.'), "{name}: {said}");
}

/// The head of a Palm database, as Kindle's older books are.
fn palm(kind: &[u8; 8], encryption: u8) -> Vec<u8> {
    let mut bytes = vec![0u8; 78];
    bytes[..5].copy_from_slice(b"Tides");
    bytes[60..68].copy_from_slice(kind);
    bytes.extend([0, 0, 0, 86, 0, 0, 0, 0]);
    bytes.extend([0, 2, 0, 0, 0, 0, 0, 9, 0, 1, 16, 0, 0, encryption, 0, 0]);
    bytes
}

#[test]
fn books_of_shops_and_documents_are_not_opened_yet() {
    check("a.mobi", palm(b"BOOKMOBI", 0), &["Kindle books", "yet", "Convert it to EPUB"]);
    check("a.azw3", palm(b"BOOKMOBI", 0), &["Kindle books", "Convert it to EPUB"]);
    check("a.azw", palm(b"BOOKMOBI", 2), &["Kindle books", "locked to a shop", "EPUB without a lock"]);
    check("a.prc", palm(b"TEXtREAd", 0), &["Kindle books", "Convert it to EPUB"]);
    check("a.azw1", b"TPZ0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x02\x03\x04", &["Topaz", "EPUB without a lock"]);
    check("a.kfx", b"\xEADRMION\xEE\0\0", &["KFX", "EPUB without a lock"]);
    check("a.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", &["PDF documents", "yet", "PDF viewer"]);
    // Some programs write a line before it.
    check("b.pdf", b"\xEF\xBB\xBF\r\n%PDF-1.4\n1 0 obj\n", &["PDF documents", "PDF viewer"]);
    check(
        "a.docx",
        zip_texts(&[("[Content_Types].xml", ""), ("word/document.xml", "")]),
        &["Word documents", "Save it as HTML"],
    );
    check(
        "a.odt",
        zip_texts(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", ""),
            ("META-INF/manifest.xml", ""),
        ]),
        &["OpenDocument", "Save it as HTML"],
    );
    check("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", &["Microsoft Office", "Save it as HTML"]);
    check("a.rtf", b"{\\rtf1\\ansi Hello}", &["RTF documents", "Save it as HTML"]);
    check("a.djvu", b"AT&TFORM\0\0\0\0DJVM", &["DjVu", "PDF viewer"]);
    check(
        "a.fb2",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<FictionBook xmlns=\"http://www.gribuser.ru/xml/fictionbook/2.0\"><body/></FictionBook>",
        &["FictionBook files", "Convert it to EPUB"],
    );
    check("a.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", &["a PNG image", "picture viewer"]);
    check("a.7z", b"7z\xBC\xAF\x27\x1C\0\0", &["a 7z archive", "Unpack it"]);
    check("a.bin", [0, 1, 2, 3, 200, 0, 0, 7, 0, 0, 0, 0, 5, 6, 1, 2, 0], &["binary data", "Recto opens"]);
    for empty in ["", " \r\n", "\u{FEFF}"] {
        check("a.md", empty, &["empty"]);
    }
}

/// What encrypts one entry of a book.
fn encryption(algorithm: &str, name: &str) -> String {
    format!(
        "<encryption xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\"><enc:EncryptedData><enc:EncryptionMethod Algorithm=\"{algorithm}\"/><enc:CipherData><enc:CipherReference URI=\"{name}\"/></enc:CipherData></enc:EncryptedData></encryption>"
    )
}

#[test]
fn locked_books_say_whose_lock_it_is() {
    let book = epub("<p>It rose.</p>", 3).bytes;
    let with = |added: &[(&str, &str)]| {
        let budget = recto::archive::Budget::default();
        let archive = recto::archive::Archive::open(book.clone().into(), &budget).unwrap();
        let mut entries: Vec<(String, Vec<u8>)> =
            archive.entries().iter().map(|entry| (entry.name.clone(), archive.read(entry).unwrap())).collect();
        entries.extend(added.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
        zip(&entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
    let chapter = encryption(aes, "OEBPS/text/one.xhtml");
    for (added, by) in [
        (&[("META-INF/encryption.xml", chapter.as_str())][..], None),
        (&[("META-INF/encryption.xml", &chapter), ("META-INF/rights.xml", "<rights/>")], Some("Adobe")),
        (&[("META-INF/encryption.xml", &chapter), ("META-INF/sinf.xml", "<sinf/>")], Some("Apple")),
        (&[("META-INF/encryption.xml", &chapter), ("META-INF/license.lcpl", "{}")], Some("Readium LCP")),
    ] {
        let error = refusal("a.epub", with(added));
        assert_eq!(error, ImportError::Locked { by });
        let said = error.to_string();
        assert!(said.contains("locked") && said.contains("EPUB without a lock opens here"), "{said}");
    }
    // Fonts that are merely obfuscated, and pictures that are encrypted, leave a text to read.
    for fonts in [
        encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf"),
        encryption("http://ns.adobe.com/pdf/enc#RC", "OEBPS/text/one.xhtml"),
        encryption(aes, "OEBPS/images/a.gif"),
    ] {
        assert_eq!(crate::story("a.epub", with(&[("META-INF/encryption.xml", &fonts)])).body_text(), "It rose.");
    }
}
