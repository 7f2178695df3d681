//! Which way a text runs, and what keeps the parts of a line in order. The order inside a line is the text engine's work.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_bidi::{BidiClass, bidi_class};

/// The base direction of a text, with the names that HTML's `dir` uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// Left to right.
    #[default]
    #[serde(rename = "ltr")]
    LeftToRight,
    /// Right to left.
    #[serde(rename = "rtl")]
    RightToLeft,
}

impl Direction {
    /// `ltr` or `rtl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// Reads HTML's `dir`; `auto` and anything else are `None`.
    pub fn from_attribute(value: &str) -> Option<Self> {
        match value.trim().to_ascii_lowercase().as_str() {
            "ltr" => Some(Self::LeftToRight),
            "rtl" => Some(Self::RightToLeft),
            _ => None,
        }
    }
}

/// The direction of the first strong character (rules P2 and P3 of the Unicode Bidirectional Algorithm, UAX #9), or
/// `None` where the text has no strong character.
pub fn base_direction(text: &str) -> Option<Direction> {
    let mut isolates = 0usize;
    for c in text.chars() {
        match bidi_class(c) {
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => isolates += 1,
            BidiClass::PDI => isolates = isolates.saturating_sub(1),
            BidiClass::L if isolates == 0 => return Some(Direction::LeftToRight),
            BidiClass::R | BidiClass::AL if isolates == 0 => return Some(Direction::RightToLeft),
            _ => {}
        }
    }
    None
}

/// A line of parts between ` · ` (a name, a date, a length), each kept in its own order where some of it runs right to left:
/// the parts behind the first are isolated (UAX #9), else the number of a date would change its place.
pub fn parts_apart(line: &str) -> Cow<'_, str> {
    const BETWEEN: &str = " · ";
    let right_to_left = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    let Some((first, rest)) = line.split_once(BETWEEN).filter(|_| line.contains(right_to_left)) else {
        return Cow::Borrowed(line);
    };
    let mut out = first.to_owned();
    for part in rest.split(BETWEEN) {
        out.push_str(BETWEEN);
        out.push('\u{2068}');
        out.push_str(part);
        out.push('\u{2069}');
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_isolated_where_one_runs_right_to_left() {
        assert_eq!(parts_apart("Ann · 4 May · 2 minutes"), "Ann · 4 May · 2 minutes");
        assert_eq!(parts_apart("ليلى"), "ليلى");
        assert_eq!(parts_apart("ليلى · 4 May · 2 minutes"), "ليلى · \u{2068}4 May\u{2069} · \u{2068}2 minutes\u{2069}");
    }

    #[test]
    fn the_first_strong_character_decides() {
        use Direction::{LeftToRight, RightToLeft};
        for (text, expected) in [
            ("", None),
            ("12, 34!", None),
            ("Hello", Some(LeftToRight)),
            ("“שלום” said he", Some(RightToLeft)),
            ("١٢ دليل", Some(RightToLeft)),
            ("(NATO) دليل", Some(LeftToRight)),
            ("\u{2067}דל\u{2069} latin", Some(LeftToRight)),
        ] {
            assert_eq!(base_direction(text), expected, "{text:?}");
        }
    }
}
