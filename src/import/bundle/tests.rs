//! Archives made in the test: pages with their images, bad entries among good ones, archives in archives, bombs.

use std::io::{Cursor, Write as _};

use super::*;
use crate::import::{import as import_any, import_watched, outline::outline};
use zip::write::SimpleFileOptions;

pub(crate) fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        // A book's first entry stands uncompressed.
        let method =
            if *name == "mimetype" { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub(crate) const GIF: &[u8] = b"GIF89a\x04\0\x04\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\0\0\0\0,\0\0\0\0\x04\0\x04\0\0\x02\x04\x84\x8F\x09\x05\0;";

#[test]
fn every_article_is_a_story_and_images_stand_beside_their_page() {
    let page =
        b"<!doctype html><title>Tides</title><p>The tide <img src='Tides_files/a%20b.gif' width=99 height=99> rose.";
    let bytes = zip_of(&[
        ("saved/Tides.html", page),
        ("saved/Tides_files/a b.gif", GIF),
        ("saved/Tides_files/frame.html", b"<p>an advertisement"),
        ("notes/ferry.md", b"# Ferry\n\nIt sails."),
        ("notes/.hidden.md", b"hidden"),
        ("__MACOSX/notes/._ferry.md", b"\0\x05\x16\x07"),
        ("settings.json", b"{\"a\": 1}"),
        ("style.css", b"p { }"),
    ]);
    let import = import_any(&Source::named("backup.zip", bytes)).unwrap();
    let titles: Vec<_> = import.articles.iter().map(|a| a.title().unwrap_or_default()).collect();
    assert_eq!((titles.as_slice(), import.format), (&["Tides", "Ferry"][..], "Zip of articles"));
    assert_eq!(import.articles[0].resources[0].bytes().map(|b| b.len()), Some(GIF.len()));
    assert_eq!(import.warnings, []);
}

#[test]
fn one_bad_entry_of_many_is_a_warning() {
    let mut entries: Vec<(String, Vec<u8>)> =
        (0..1000).map(|n| (format!("{n}.txt"), format!("Story {n}.").into())).collect();
    entries[500].1 = b" \n".to_vec();
    let entries: Vec<_> = entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let watch = Watch::default();
    let import = import_watched(&Source::named("many.zip", zip_of(&entries)), &watch).unwrap();
    assert_eq!(import.articles.len(), 999);
    assert_eq!(import.articles[998].body_text(), "Story 999.");
    assert_eq!(import.warnings.len(), 1);
    assert!(import.warnings[0].message.starts_with("“500.txt”: The file is empty"));
    assert_eq!(watch.progress(), (1000, 1000));
}

#[test]
fn what_is_packed_again_is_seen_through() {
    let story = b"# Ferry\n\nIt sails.";
    for bytes in [
        gzip(story),
        gzip(&gzip(story)),
        zip_of(&[("a.md.gz", &gzip(b"---\ntitle: x\n---\n# Ferry\n\nIt sails."))]),
        gzip(&zip_of(&[("a.md", story)])),
        zip_of(&[("inner.zip", &zip_of(&[("a.md", story)]))]),
        ruzstd::encoding::compress_to_vec(&story[..], ruzstd::encoding::CompressionLevel::Fastest),
    ] {
        let import = import_any(&Source::named("a.md.gz", bytes)).unwrap();
        assert!(outline(&import.articles[0]).ends_with("p It sails."), "{}", outline(&import.articles[0]));
    }
    let mut deep = story.to_vec();
    for _ in 0..6 {
        deep = gzip(&deep);
    }
    assert!(matches!(import_any(&Source::named("a.md.gz", deep)), Err(ImportError::Broken { .. })));
}

#[test]
fn archives_without_a_story_and_damaged_ones_are_said_to_be() {
    assert_eq!(
        import_any(&Source::from_bytes(zip_of(&[("a.css", b"p {}")]))).err(),
        Some(ImportError::NoStories { what: "archive" })
    );
    assert!(matches!(import_any(&Source::from_bytes(*b"PK\x03\x04 cut")), Err(ImportError::Broken { .. })));
    // What leads outside is left out with a warning, and is never looked for on the disk.
    let bytes = zip_of(&[("../../etc/story.txt", b"x"), ("a.html", b"<p>a <img src='../../../etc/hostname'>")]);
    let import = import_any(&Source::named("/tmp/a.zip", bytes)).unwrap();
    assert_eq!(import.articles.len(), 1);
    assert!(import.warnings[0].message.contains("leads out of the archive"));
}

#[test]
fn a_bomb_among_stories_is_a_warning() {
    let zeros = vec![b' '; 9 << 20];
    let import = import_any(&Source::named("a.zip", zip_of(&[("bomb.txt", &zeros), ("a.txt", b"A story.")]))).unwrap();
    assert_eq!(import.articles.len(), 1);
    assert!(import.warnings[0].message.contains("made to do harm"), "{:?}", import.warnings);
    // An archive of archives of archives shares one budget and ends at a depth.
    let mut nested = zip_of(&[("a.txt", b"A story.")]);
    for _ in 0..8 {
        nested = zip_of(&[("a.zip", &nested), ("b.zip", &nested)]);
    }
    assert!(import_any(&Source::named("a.zip", nested)).is_err());
}
