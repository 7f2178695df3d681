//! Text that some program encoded twice: "itâ€™s" for "it’s". Repairs it only where that cannot have been meant: the
//! characters between two encodings, controls or a run as in the example, stand in no text that a person wrote.

/// What bytes 0x80 to 0x9F are in windows-1252; `\0` where it has nothing.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The bytes of the longest character of UTF-8.
const LONGEST: usize = 4;

/// The text as it was meant; `None` where nothing says that it was encoded twice.
pub fn repair(text: &str) -> Option<String> {
    if !has_evidence(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut is_certain = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((meant, length, certain)) = meant(rest) {
            out.push(meant);
            is_certain |= certain;
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    is_certain.then_some(out)
}

/// A quick look: a control between 0x80 and 0x9F, or the mark that begins most of what was encoded as windows-1252.
fn has_evidence(text: &str) -> bool {
    let is_control = |pair: &[u8]| matches!(pair, [0xC2, second] if *second < 0xA0);
    text.as_bytes().windows(2).any(is_control) || text.contains('€')
}

fn byte_of(c: char) -> Option<u8> {
    match u8::try_from(u32::from(c)) {
        Ok(byte) if byte >= 0x80 => Some(byte),
        Ok(_) => None,
        Err(_) => {
            let place = WINDOWS.iter().position(|known| *known == c)?;
            u8::try_from(place + 0x80).ok()
        }
    }
}

/// The character that the beginning of a text stands for, the bytes it takes up, and whether it can be nothing else.
fn meant(text: &str) -> Option<(char, usize, bool)> {
    let first = byte_of(text.chars().next()?).filter(|byte| (0xC2..=0xF4).contains(byte))?;
    let count = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    let mut bytes = [0u8; LONGEST];
    let (mut length, mut has_control, mut has_sign) = (0, false, false);
    let mut characters = text.chars();
    for slot in bytes.iter_mut().take(count) {
        let c = characters.next()?;
        *slot = byte_of(c)?;
        length += c.len_utf8();
        has_control |= matches!(c, '\u{80}'..='\u{9F}');
        has_sign |= c == '€';
    }
    let meant = std::str::from_utf8(bytes.get(..count)?).ok()?.chars().next()?;
    Some((meant, length, has_control || has_sign && count > 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_twice_is_read_as_meant() {
        for (text, expected) in [
            ("It\u{E2}\u{80}\u{99}s a tide", Some("It’s a tide")),
            ("Itâ€™s a cafÃ© \u{E2}€\u{9D}", Some("It’s a café ”")),
            ("\u{D7}\u{91}\u{C2}\u{A0}a", Some("ב\u{A0}a")),
            ("\u{F0}\u{9F}\u{98}\u{80} tide", Some("😀 tide")),
            ("It’s a café for 3 €", None),
            ("“IRMÔ e “NÃO”, 5 €", None),
            ("cafÃ©", None),
            ("plain", None),
        ] {
            assert_eq!(repair(text).as_deref(), expected, "{text}");
        }
    }
}
