//! A page's bytes → text: byte order mark, valid UTF-8, the encoding the page states, then a guess from the bytes. Does
//! not look at HTTP headers: a saved file has none.

use encoding_rs::Encoding;

use crate::import::encoding::{self, Decoded};

/// Bytes at the start in which an encoding is declared. HTML's standard says 1024; saved pages often have a long comment
/// of the saving program before it.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a page: by its byte order mark, as UTF-8 where it is that, as it states, else by [`encoding::decode`]'s guess.
pub fn decode(bytes: &[u8]) -> Decoded {
    if Encoding::for_bom(bytes).is_some() {
        return encoding::decode(bytes);
    }
    let stated = declared(bytes);
    let valid_utf8 = std::str::from_utf8(bytes).is_ok();
    if valid_utf8 && (!bytes.is_ascii() || stated.is_none()) {
        // Browsers that save a page as UTF-8 leave its old declaration in place; text in another encoding that happens to
        // be valid UTF-8 beyond ASCII is next to impossible. ISO-2022-JP and UTF-16 without a mark are the guess's work.
        return encoding::decode(bytes);
    }
    match stated {
        Some(stated) if stated != encoding_rs::UTF_8 || mostly_utf8(bytes) => encoding::decode_as(stated, bytes),
        _ => encoding::decode(bytes),
    }
}

/// Whether at most one in a hundred of the characters beyond ASCII is broken: cut off or pasted together, but UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (mut beyond_ascii, mut broken) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        beyond_ascii += 1;
        broken += usize::from(c == char::REPLACEMENT_CHARACTER);
    }
    broken * 100 <= beyond_ascii
}

/// The encoding that a `meta` element or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(DECLARED_WITHIN))?.to_ascii_lowercase();
    let text: String = head.iter().map(|b| if b.is_ascii() { char::from(*b) } else { ' ' }).collect();
    let xml = text.trim_start().starts_with("<?xml").then(|| text.split("?>").next().unwrap_or_default());
    let label = xml.and_then(|declaration| value_of(declaration, "encoding")).or_else(|| {
        text.split("<meta").skip(1).find_map(|rest| value_of(rest.split('>').next().unwrap_or_default(), "charset"))
    })?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // HTML's standard: a page that could be read this far is not UTF-16, whatever it says.
    let is_utf16 = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    Some(if is_utf16 { encoding_rs::UTF_8 } else { encoding })
}

/// The value behind `name=`, quoted or not.
fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.match_indices(name).find_map(|(at, _)| {
        let rest = text.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        let end = rest.find(['"', '\'', ';', ' ', '/', '\t', '\n', '\r']).unwrap_or(rest.len());
        rest.get(..end).filter(|value| !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found() {
        let latin: &[u8] = b"<meta charset=iso-8859-1><p>caf\xE9";
        let cases: [(&[u8], &str, &str); 8] = [
            (b"<p>plain", "UTF-8", "<p>plain"),
            ("<p>café".as_bytes(), "UTF-8", "<p>café"),
            ("\u{FEFF}<p>é".as_bytes(), "UTF-8", "<p>é"),
            (latin, "windows-1252", "<meta charset=iso-8859-1><p>café"),
            ("<meta charset=\"iso-8859-1\">é".as_bytes(), "UTF-8", "<meta charset=\"iso-8859-1\">é"),
            (b"\xFF\xFE<\0p\0>\0", "UTF-16LE", "<p>"),
            (
                b"<?xml version='1.0' encoding='windows-1251'?>\xEF",
                "windows-1251",
                "<?xml version='1.0' encoding='windows-1251'?>п",
            ),
            (
                b"<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>\x82\xA0",
                "Shift_JIS",
                "<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>あ",
            ),
        ];
        for (bytes, name, text) in cases {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, name));
        }
    }

    #[test]
    fn one_broken_character_does_not_turn_a_page_into_another_encoding() {
        let mut bytes = "<meta charset=utf-8>".as_bytes().to_vec();
        bytes.extend("é".repeat(200).as_bytes());
        bytes.push(0xE9);
        assert_eq!(decode(&bytes).encoding, "UTF-8");
    }
}
