//! Archives made in the test: whole ones, damaged ones, ones that mean harm.

use super::*;
use std::io::Write as _;
use zip::write::SimpleFileOptions;

fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open(bytes: Vec<u8>) -> Result<Archive, ArchiveError> {
    Archive::open(bytes.into(), &Budget::default())
}

#[test]
fn entries_are_read_by_name() {
    let archive = open(pack(&[("a.html", b"one"), ("Images/b.png", b"two")])).unwrap();
    assert_eq!(archive.read_named("a.html").as_deref(), Ok(&b"one"[..]));
    assert_eq!(archive.read_named("images/B.png").as_deref(), Ok(&b"two"[..]));
    assert_eq!(archive.read_named("c"), Err(ArchiveError::NotFound));
    assert_eq!(archive.entries().len(), 2);
}

#[test]
fn names_and_links_that_lead_outside_are_left_out() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for name in ["../up.html", "/absolute.html", "C:\\drive.html", "a\\..\\..\\back.html", "good.html"] {
        writer.start_file(name, options).unwrap();
        writer.write_all(name.as_bytes()).unwrap();
    }
    writer.add_symlink("link.html", "/etc/passwd", options).unwrap();
    let archive = open(writer.finish().unwrap().into_inner()).unwrap();
    let names: Vec<_> = archive.entries().iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["good.html"]);
    assert_eq!(archive.refused().len(), 5, "{:?}", archive.refused());
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![0u8; usize::try_from(budget::HARMLESS_BYTES).unwrap() + 1];
    let archive = open(pack(&[("bomb.html", &zeros), ("good.html", b"one")])).unwrap();
    assert_eq!(archive.read_named("bomb.html"), Err(ArchiveError::Bomb));
    assert_eq!(archive.read_named("good.html").as_deref(), Ok(&b"one"[..]));
    // Many small ones are one large one.
    let entries: Vec<_> = (0..20).map(|number| (format!("{number}.html"), vec![b'a'; 1000])).collect();
    let entries: Vec<_> = entries.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let archive = Archive::open(pack(&entries).into(), &Budget::new(10_000)).unwrap();
    let read = archive.entries().iter().filter(|entry| archive.read(entry).is_ok()).count();
    assert_eq!(read, 10);
}

#[test]
fn a_bad_entry_spoils_no_other() {
    let mut bytes = pack(&[("a.html", &[b'x'; 400]), ("b.html", b"two")]);
    // The first entry's packed bytes begin behind its header of 30 bytes and its name.
    bytes[36] ^= 0xFF;
    bytes[37] ^= 0xFF;
    let archive = open(bytes).unwrap();
    assert!(matches!(archive.read_named("a.html"), Err(ArchiveError::Damaged { .. })));
    assert_eq!(archive.read_named("b.html").as_deref(), Ok(&b"two"[..]));
}

#[test]
fn what_is_no_archive_is_said_to_be_damaged() {
    let whole = pack(&[("a.html", b"one")]);
    for bytes in [&b"PK\x03\x04"[..], b"", &whole[..whole.len() - 30]] {
        assert!(matches!(open(bytes.to_vec()), Err(ArchiveError::Damaged { .. })), "{bytes:?}");
    }
    assert!(is_zip(&whole));
}
