//! Feeds any bytes to the importer of books, as the parts of an archive.
#![no_main]

const NAMES: &[&str] = &[
    "mimetype",
    "META-INF/container.xml",
    "book.opf",
    "nav.xhtml",
    "toc.ncx",
    "one.xhtml",
    "two.xhtml",
    "cover.gif",
    "META-INF/encryption.xml",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| recto_fuzz::read_packed("EPUB", "fuzz.epub", NAMES, bytes));
