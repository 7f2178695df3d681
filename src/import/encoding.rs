//! Bytes → text: byte order marks first, then valid UTF-8, then UTF-16's pattern of NULs, then detection of legacy
//! encodings. Does not look for an encoding that a document declares about itself; that is its importer's work.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::Warning;

/// How many bytes the guesses look at: enough for statistics, little enough for a book.
const SAMPLE_BYTES: usize = 64 << 10;

/// Text and what it was decoded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding's name as the Encoding Standard has it, or `UTF-32LE` and `UTF-32BE`, which that standard leaves out.
    pub encoding: &'static str,
    /// Bytes that mean nothing in this encoding; each run of them became one U+FFFD.
    pub undecodable_bytes: usize,
}

impl Decoded {
    /// What a person is told of bytes that could not be decoded.
    pub fn warning(&self) -> Option<Warning> {
        let count = self.undecodable_bytes;
        let bytes = if count == 1 { "byte" } else { "bytes" };
        let message = format!("{count} {bytes} could not be decoded as {} and became \u{FFFD}", self.encoding);
        (count > 0).then(|| Warning::new(message))
    }
}

/// Decodes bytes of unknown encoding. Never fails: in the worst case the text is full of U+FFFD.
pub fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_as(UTF_8, rest),
        [0xFF, 0xFE, 0, 0, rest @ ..] => decode_utf32(rest, "UTF-32LE", u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => decode_utf32(rest, "UTF-32BE", u32::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => decode_as(UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => decode_as(UTF_16BE, rest),
        _ => decode_unmarked(bytes),
    }
}

fn decode_unmarked(bytes: &[u8]) -> Decoded {
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return decode_as(encoding, bytes);
    }
    if bytes.windows(3).take(SAMPLE_BYTES).any(|w| matches!(w, [0x1B, b'$', b'B' | b'@'])) {
        return decode_as(ISO_2022_JP, bytes);
    }
    let Err(error) = std::str::from_utf8(bytes) else {
        return decode_as(UTF_8, bytes);
    };
    // UTF-8 cut in the middle of its last character, or with a few damaged bytes, is still UTF-8: legacy text seldom
    // makes even one valid sequence of two bytes or more by chance.
    let as_utf8 = decode_as(UTF_8, bytes);
    let cut = error.error_len().is_none();
    let valid_sequences = as_utf8.text.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER).count();
    if cut || valid_sequences > 2 * as_utf8.undecodable_bytes {
        return as_utf8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The detector learns from what is not ASCII, which may first come late in a book.
    detector.feed(bytes.get(..4 << 20).unwrap_or(bytes), true);
    decode_as(detector.guess(None, Utf8Detection::Deny), bytes)
}

/// UTF-16 without a byte order mark: ASCII characters, spaces and line ends at the least, put NULs on one side of each pair
/// of bytes and never on the other.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut first, mut second, mut pairs) = (0usize, 0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        pairs += 1;
        first += usize::from(matches!(pair, [0, b] if *b != 0));
        second += usize::from(matches!(pair, [a, 0] if *a != 0));
        if pair == [0, 0] {
            return None;
        }
    }
    // One character in twenty is a space or line end even in languages written with few of them.
    let enough = pairs.div_ceil(20);
    match (first, second) {
        (0, n) if n >= enough => Some(UTF_16LE),
        (n, 0) if n >= enough => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes bytes of a known encoding, counting what it has no meaning for.
pub fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), undecodable_bytes: 0 };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut undecodable_bytes = 0;
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len() + 64),
            DecoderResult::Malformed(length, _) => {
                undecodable_bytes += usize::from(length);
                text.reserve(4);
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    Decoded { text, encoding: encoding.name(), undecodable_bytes }
}

fn decode_utf32(bytes: &[u8], encoding: &'static str, unit: fn([u8; 4]) -> u32) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut undecodable_bytes = 0;
    for quad in bytes.chunks(4) {
        match <[u8; 4]>::try_from(quad).ok().and_then(|quad| char::from_u32(unit(quad))) {
            Some(c) => text.push(c),
            None => {
                undecodable_bytes += quad.len();
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    Decoded { text, encoding, undecodable_bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let utf32 = |text: &str| -> Vec<u8> { text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect() };
        let with = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let text = "Die Fähre fährt für „alle“ – bis zum Frühjahr.\r\n";
        let check = |bytes: Vec<u8>, encoding: &str| {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.undecodable_bytes), (text, encoding, 0));
        };
        check(text.as_bytes().to_vec(), "UTF-8");
        check(with(&[0xEF, 0xBB, 0xBF], text.as_bytes().to_vec()), "UTF-8");
        check(with(&[0xFF, 0xFE], utf16(text, false)), "UTF-16LE");
        check(with(&[0xFE, 0xFF], utf16(text, true)), "UTF-16BE");
        check(utf16(text, false), "UTF-16LE");
        check(utf16(text, true), "UTF-16BE");
        check(with(&[0xFF, 0xFE, 0, 0], utf32(text)), "UTF-32LE");
        check(encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), "windows-1252");
    }

    #[test]
    fn scripts_of_legacy_encodings_are_told_apart() {
        for (encoding, text) in [
            (encoding_rs::WINDOWS_1251, "Паром будет ходить и зимой, решил городской совет."),
            (encoding_rs::SHIFT_JIS, "フェリーは冬の間も運航を続けると町議会が決めた。"),
            (encoding_rs::ISO_2022_JP, "フェリーは冬の間も運航を続けると町議会が決めた。"),
        ] {
            let decoded = decode(&encoding.encode(text).0);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding.name()));
        }
    }

    #[test]
    fn damage_is_counted() {
        let mut bytes = "Füße, Käse, Öl, Mühe".as_bytes().to_vec();
        bytes.extend([b' ', 0xFF, b'x', 0xC3]);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.undecodable_bytes), ("UTF-8", 2));
        assert!(decoded.text.ends_with(" \u{FFFD}x\u{FFFD}"));
    }
}
