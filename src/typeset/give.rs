//! How far the spaces of a justified line give way, and by how little its letters help them. Places nothing.

/// How much narrower a good line's spaces may be, and how much wider, in ems. A book face's space is about a fifth of an em;
/// TeX lets it shrink by a third of itself and stretch by a half (Computer Modern's fontdimen 2 to 4).
const SPACE_SHRINK_EM: f32 = 0.067;
const SPACE_STRETCH_EM: f32 = 0.125;
/// The same for the distance of two letters: less than a sixth of a pixel at 20 pixels to the em. Printers track a line by up
/// to one hundredth of an em before it is seen (Bringhurst, "The Elements of Typographic Style", 2.1.6 and 2.1.10).
const LETTER_SHRINK_EM: f32 = 0.006;
const LETTER_STRETCH_EM: f32 = 0.008;
/// A space is never made narrower than by this much, or words run together.
const NARROWER_SPACE_EM: f32 = 0.12;

/// Where spaces would become wider by more than this, a line is better left ragged; by more than half of it, it has holes.
const WIDEST_SPACE_EM: f32 = 1.2;

/// The same for Thai, Lao, Khmer and Burmese, whose lines have few spaces to share what is over, and whose letters do not
/// join.
const FREE_LETTER_SHRINK_EM: f32 = 0.01;
const FREE_LETTER_STRETCH_EM: f32 = 0.05;

/// How far a text's letters may be moved apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Not at all: they join (Arabic) or hang from one line (Devanagari).
    Fixed,
    /// By less than is seen.
    Slight,
    /// Where there are no spaces between words.
    Free,
}

impl Letters {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Slight;
        }
        let mut letters = Self::Slight;
        for c in text.chars() {
            match c {
                // Between squares there are places enough.
                '\u{600}'..='\u{A7F}'
                | '\u{F00}'..='\u{FFF}'
                | '\u{1800}'..='\u{18AF}'
                | '\u{2E80}'..='\u{D7FF}'
                | '\u{F900}'..='\u{FDFF}'
                | '\u{FE70}'..='\u{FEFE}'
                | '\u{20000}'.. => return Self::Fixed,
                '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => letters = Self::Free,
                _ => {}
            }
        }
        letters
    }

    fn shrink_em(self) -> f32 {
        match self {
            Self::Fixed => 0.0,
            Self::Slight => LETTER_SHRINK_EM,
            Self::Free => FREE_LETTER_SHRINK_EM,
        }
    }

    fn stretch_em(self) -> f32 {
        match self {
            Self::Fixed => 0.0,
            Self::Slight => LETTER_STRETCH_EM,
            Self::Free => FREE_LETTER_STRETCH_EM,
        }
    }
}

/// What a line has that gives way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Give {
    /// Spaces, and the places between letters that stand in squares.
    pub(super) places: u32,
    /// Letters, and how far they may be moved.
    pub(super) count: u32,
    pub(super) letters: Letters,
    /// That of the text, in pixels.
    pub(super) em: f32,
}

impl Give {
    /// How much a good line shrinks by at most, in pixels.
    pub(super) fn shrink(self) -> f32 {
        (self.places as f32 * SPACE_SHRINK_EM + self.count as f32 * self.letters.shrink_em()) * self.em
    }

    /// How much a good line is stretched by at most; never nothing.
    pub(super) fn stretch(self) -> f32 {
        (self.places.max(1) as f32 * SPACE_STRETCH_EM + self.count as f32 * self.letters.stretch_em()) * self.em
    }

    /// What each place and each letter gets of what is over, or loses of what is missing: each by what it can give, and
    /// beyond that the spaces alone.
    pub(super) fn share(self, free: f32) -> (f32, f32) {
        if self.places == 0 {
            return (0.0, 0.0);
        }
        let (whole, letter) = if free < 0.0 {
            (self.shrink(), -self.letters.shrink_em())
        } else {
            (self.stretch(), self.letters.stretch_em())
        };
        let letter = if self.count > 0 { letter * self.em * (free.abs() / whole).min(1.0) } else { 0.0 };
        let place = (free - letter * self.count as f32) / self.places as f32;
        (place.max(-NARROWER_SPACE_EM * self.em), letter)
    }
}

impl Give {
    /// Whether a line with this much over is better left ragged.
    pub(super) fn is_hopeless(self, free: f32) -> bool {
        self.places == 0 || self.share(free).0 > WIDEST_SPACE_EM * self.em
    }

    /// Whether a line with this much over has holes in it when it is justified.
    pub(super) fn is_torn(self, free: f32) -> bool {
        self.places == 0 || self.share(free).0 > WIDEST_SPACE_EM / 2.0 * self.em
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_shared() {
        let give = Give { places: 10, count: 50, letters: Letters::Slight, em: 20.0 };
        for free in [-20.0, -5.0, 0.0, 5.0, 30.0, 100.0] {
            let (place, letter) = give.share(free);
            assert!((place * 10.0 + letter * 50.0 - free).abs() < 1e-3 || place == -2.4, "{free}");
            assert!(letter.abs() <= 0.1601 && letter * free >= 0.0, "{free}: {letter}");
        }
        assert_eq!(Give { places: 0, ..give }.share(50.0), (0.0, 0.0));
        assert_eq!(Give { count: 0, ..give }.share(50.0), (5.0, 0.0));
    }

    #[test]
    fn joined_letters_do_not_give() {
        for (text, expected) in [
            ("plain “text”", Letters::Slight),
            ("Ελλάδα, Việt", Letters::Slight),
            ("שלום", Letters::Slight),
            ("قرر المجلس", Letters::Fixed),
            ("नाव", Letters::Fixed),
            ("漢字", Letters::Fixed),
            ("เรือข้ามฟาก 12", Letters::Free),
        ] {
            assert_eq!(Letters::of(text), expected, "{text}");
        }
    }
}
