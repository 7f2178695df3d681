//! Makes strings comparable: case, diacritics, typographic marks and white space folded away. Nothing folded is ever
//! shown to a person.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` with every run of white space made one space, and none at the ends. No-break spaces count as white space.
pub fn collapse_whitespace(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A form of `text` in which two strings that a reader would call the same are equal: compatibility decomposition
/// (NFKD) without combining marks, lower case, letters and digits only, words apart by one space.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            if c.is_ascii() {
                out.push(c.to_ascii_lowercase());
            } else {
                out.extend(c.to_lowercase());
            }
        } else if !matches!(c, '\'' | '\u{2019}' | '\u{AD}') {
            gap = true;
        }
    };
    // Each character by itself: decomposing a whole string differs from that only in the order of marks, which are dropped.
    for c in text.chars() {
        if c.is_ascii() {
            push(c);
        } else {
            std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folding_by_characters_is_folding_the_string(text in any::<String>()) {
            let whole: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
            prop_assert_eq!(fold(&text), fold(&whole));
        }
    }

    #[test]
    fn white_space_collapses() {
        for (text, expected) in [("", ""), (" a\u{A0}\n b ", "a b"), ("a", "a")] {
            assert_eq!(collapse_whitespace(text), expected);
        }
    }

    #[test]
    fn folding_keeps_letters_and_digits() {
        for (text, expected) in [
            ("NATO Chief’s Visit", "nato chiefs visit"),
            ("— Café  ÉCLAIR!", "cafe eclair"),
            ("3 Min. Read", "3 min read"),
            ("ﬁnal", "final"),
        ] {
            assert_eq!(fold(text), expected);
        }
    }
}
