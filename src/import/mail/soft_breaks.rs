//! A soft line break (`=` at a line's end) directly before a boundary, as some programs end quoted-printable parts. The mail
//! parser takes the last two characters of such a part for the break's own; with a line break between them it does not.
//! Changes nothing else.

use std::borrow::Cow;

/// The message as the parser reads it whole; borrowed where it has no such break.
pub(super) fn mend(bytes: &[u8]) -> Cow<'_, [u8]> {
    let places: Vec<usize> = ["=\r\n--", "=\n--"]
        .iter()
        .flat_map(|broken| places_of(bytes, broken.as_bytes()).map(|at| at + broken.len() - "--".len()))
        .collect();
    if places.is_empty() {
        return Cow::Borrowed(bytes);
    }
    let boundaries = boundaries(bytes);
    let is_boundary = |at: usize| {
        let behind = bytes.get(at + "--".len()..).unwrap_or_default();
        boundaries.iter().any(|boundary| behind.starts_with(boundary))
    };
    let mut places: Vec<usize> = places.into_iter().filter(|at| is_boundary(*at)).collect();
    places.sort_unstable();
    let mut out = Vec::with_capacity(bytes.len() + places.len() * 2);
    let mut from = 0;
    for at in places {
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        out.extend_from_slice(b"\r\n");
        from = at;
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

fn places_of<'a>(bytes: &'a [u8], sought: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(sought.len()).enumerate().filter(move |(_, window)| *window == sought).map(|(at, _)| at)
}

/// All boundaries that the message names, in its own head and in those of its parts.
fn boundaries(bytes: &[u8]) -> Vec<&[u8]> {
    /// Longer than any boundary may be (RFC 2046, 5.1.1), with its quotation marks.
    const LONGEST: usize = 80;
    /// More than any message has levels.
    const MOST: usize = 100;
    let mut found: Vec<&[u8]> = Vec::new();
    for at in places_of(bytes, b"oundary=").take(MOST) {
        let value = bytes.get(at + "oundary=".len()..).unwrap_or_default();
        let value = value.get(..value.len().min(LONGEST)).unwrap_or_default();
        let boundary = match value.strip_prefix(b"\"") {
            Some(quoted) => quoted.split(|byte| *byte == b'"').next(),
            None => value.split(|byte| byte.is_ascii_whitespace() || *byte == b';').next(),
        };
        found.extend(boundary.filter(|boundary| !boundary.is_empty() && !found.contains(boundary)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_before_boundaries_are_parted_and_others_stay() {
        for (text, expected) in [
            ("boundary=r\r\n--r\r\na=\r\n--r--", Some("boundary=r\r\n--r\r\na=\r\n\r\n--r--")),
            ("Boundary=\"a b\"; x\n--a b\nc=\n--a b--", Some("Boundary=\"a b\"; x\n--a b\nc=\n\r\n--a b--")),
            ("boundary=r\r\n--r\r\nfoo=\r\n--bar\r\n--r--", None),
            ("=\r\n--", None),
            ("a\r\n--r", None),
        ] {
            assert_eq!(mend(text.as_bytes()), expected.unwrap_or(text).as_bytes(), "{text:?}");
        }
    }
}
