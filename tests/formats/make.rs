//! Writes the containers that formats are made of: zips, compressed files, messages, property lists. Knows no story.

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A picture of 4 by 4 pixels.
pub(crate) const GIF: &[u8] =
    b"GIF89a\x04\0\x04\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\0\0\0\0,\0\0\0\0\x04\0\x04\0\0\x02\x04\x84\x8F\x09\x05\0;";

/// Bytes in base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// The picture as an address that holds it.
pub(crate) fn inlined_gif() -> String {
    format!("data:image/gif;base64,{}", base64(GIF))
}

/// A zip of these entries. One named `mimetype` stands uncompressed, as in a book.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip of texts.
pub(crate) fn zip_texts(entries: &[(&str, &str)]) -> Vec<u8> {
    zip(&entries.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

/// Compressed as gzip does.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Compressed as zstd does.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Text as the parts of a message have it: quoted-printable, lines of at most 76 characters.
pub(crate) fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for byte in text.bytes() {
        let piece = match byte {
            b'\n' => "\r\n".to_owned(),
            b' '..=b'~' if byte != b'=' => char::from(byte).to_string(),
            byte => format!("={byte:02X}"),
        };
        if width + piece.len() > 75 && byte != b'\n' {
            out.push_str("=\r\n");
            width = 0;
        }
        width = if byte == b'\n' { 0 } else { width + piece.len() };
        out.push_str(&piece);
    }
    out
}

/// One part of a message.
pub(crate) fn part(head: &str, body: &str) -> String {
    format!("{head}\n\n{body}\n").replace("\r\n", "\n").replace('\n', "\r\n")
}

/// A message of several parts.
pub(crate) fn multipart(head: &str, kind: &str, parts: &[String]) -> String {
    let mut out = format!("{head}\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"--=_edge\"\n\n")
        .replace('\n', "\r\n");
    for part in parts {
        out.push_str(&format!("----=_edge\r\n{part}"));
    }
    out.push_str("----=_edge--\r\n");
    out
}

/// A value of a binary property list.
pub(crate) enum Plist {
    Data(Vec<u8>),
    Text(String),
    List(Vec<Plist>),
    Map(Vec<(&'static str, Plist)>),
}

/// A binary property list, laid out as Safari lays out its web archives.
pub(crate) fn binary_plist(root: &Plist) -> Vec<u8> {
    let mut objects = Vec::new();
    let root = add_object(root, &mut objects);
    let mut out = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for object in objects {
        offsets.push(u32::try_from(out.len()).unwrap());
        out.extend(object);
    }
    let table = u64::try_from(out.len()).unwrap();
    out.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes()));
    out.extend([0, 0, 0, 0, 0, 0, 4, 2]);
    out.extend(u64::try_from(offsets.len()).unwrap().to_be_bytes());
    out.extend(u64::from(root).to_be_bytes());
    out.extend(table.to_be_bytes());
    out
}

fn add_object(value: &Plist, objects: &mut Vec<Vec<u8>>) -> u16 {
    let head = |kind: u8, length: usize| {
        let mut head = vec![kind << 4 | u8::try_from(length.min(15)).unwrap()];
        if length >= 15 {
            head.push(0x12);
            head.extend(u32::try_from(length).unwrap().to_be_bytes());
        }
        head
    };
    let bytes = match value {
        Plist::Data(bytes) => [head(4, bytes.len()), bytes.clone()].concat(),
        Plist::Text(text) if text.is_ascii() => [head(5, text.len()), text.as_bytes().to_vec()].concat(),
        Plist::Text(text) => {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            [head(6, units.len() / 2), units].concat()
        }
        Plist::List(items) => {
            let items: Vec<u16> = items.iter().map(|item| add_object(item, objects)).collect();
            [head(10, items.len()), items.iter().flat_map(|item| item.to_be_bytes()).collect()].concat()
        }
        Plist::Map(entries) => {
            let keys: Vec<u16> =
                entries.iter().map(|(key, _)| add_object(&Plist::Text((*key).to_owned()), objects)).collect();
            let values: Vec<u16> = entries.iter().map(|(_, value)| add_object(value, objects)).collect();
            [head(13, keys.len()), keys.iter().chain(&values).flat_map(|item| item.to_be_bytes()).collect()].concat()
        }
    };
    objects.push(bytes);
    u16::try_from(objects.len() - 1).unwrap()
}

/// A line of a table, its cells quoted.
pub(crate) fn csv_line(cells: &[&str], separator: &str) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    format!("{}\n", cells.join(separator))
}
