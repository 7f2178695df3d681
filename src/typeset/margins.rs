//! How far a character may reach over the edge of the measure, so that the edge looks straight: hanging punctuation, and
//! the empty half of full-width East Asian punctuation. Measures nothing itself.

use super::east_asian::{self, Class};

/// Shares of a character's own advance. pdfTeX's margin kerning as the microtype package sets it for old-style Latin faces
/// (Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system", 2000), rounded.
const STOP: f32 = 0.7;
const QUOTE: f32 = 0.6;
const GUILLEMET: f32 = 0.4;
const HYPHEN: f32 = 0.6;
const COLON: f32 = 0.4;
const EN_DASH: f32 = 0.35;
const EM_DASH: f32 = 0.25;
const ELLIPSIS: f32 = 0.2;
const MARK: f32 = 0.15;
const BRACKET: f32 = 0.1;
/// Half of a full-width sign is empty (JIS X 4051, 6.1).
const FULL_WIDTH: f32 = 0.5;

/// A side of a line, by the direction that it is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    End,
}

/// How far a character with this advance hangs over the edge at a line's start or end, in the advance's unit.
pub(super) fn hang(c: char, side: Side, advance: f32, em: f32) -> f32 {
    // Nothing hangs that is a letter, which is what nearly all lines begin and end with.
    if c.is_ascii_alphanumeric() || c == ' ' {
        return 0.0;
    }
    if east_asian::is_full_width(advance, em) {
        return match (east_asian::class(c), side) {
            (Class::Opening, Side::Start) | (Class::Closing | Class::Stop, Side::End) => FULL_WIDTH * advance,
            _ => 0.0,
        };
    }
    share(c, side) * advance
}

fn share(c: char, side: Side) -> f32 {
    match (c, side) {
        ('\'' | '"' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟', _) => QUOTE,
        ('«' | '»' | '‹' | '›', _) => GUILLEMET,
        ('.' | ',' | '،' | '۔' | '·', Side::End) => STOP,
        (':' | ';' | '؛' | '։' | '׃', Side::End) => COLON,
        ('-' | '\u{2010}' | '\u{2011}' | '\u{5BE}', Side::End) => HYPHEN,
        ('–', _) => EN_DASH,
        ('—' | '―', _) => EM_DASH,
        ('…', Side::End) => ELLIPSIS,
        ('!' | '?' | '؟', Side::End) | ('¡' | '¿', Side::Start) => MARK,
        ('(' | '[' | '{', Side::Start) | (')' | ']' | '}', Side::End) => BRACKET,
        _ => 0.0,
    }
}

/// How far the hyphen of a broken word hangs over a line's end, by its advance.
pub(super) fn hyphen(advance: f32) -> f32 {
    HYPHEN * advance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_hangs_on_its_side() {
        for (c, side, advance, expected) in [
            ('.', Side::End, 5.0, 3.5),
            ('.', Side::Start, 5.0, 0.0),
            ('“', Side::Start, 10.0, 6.0),
            ('“', Side::End, 10.0, 6.0),
            ('a', Side::Start, 10.0, 0.0),
            ('é', Side::End, 10.0, 0.0),
            ('「', Side::Start, 20.0, 10.0),
            ('「', Side::End, 20.0, 0.0),
            ('。', Side::End, 20.0, 10.0),
            ('“', Side::Start, 20.0, 10.0),
            ('(', Side::Start, 10.0, 1.0),
        ] {
            assert_eq!(hang(c, side, advance, 20.0), expected, "{c} {side:?}");
        }
    }
}
