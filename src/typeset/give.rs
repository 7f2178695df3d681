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

/// What a line has that gives way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Give {
    /// Spaces, and the places between letters that stand in squares.
    pub(super) places: u32,
    /// Letters that may stand a little nearer or wider apart.
    pub(super) letters: u32,
    /// That of the text, in pixels.
    pub(super) em: f32,
}

impl Give {
    /// How much a good line shrinks by at most, in pixels.
    pub(super) fn shrink(self) -> f32 {
        (self.places as f32 * SPACE_SHRINK_EM + self.letters as f32 * LETTER_SHRINK_EM) * self.em
    }

    /// How much a good line is stretched by at most; never nothing.
    pub(super) fn stretch(self) -> f32 {
        (self.places.max(1) as f32 * SPACE_STRETCH_EM + self.letters as f32 * LETTER_STRETCH_EM) * self.em
    }

    /// What each place and each letter gets of what is over, or loses of what is missing: each by what it can give, and
    /// beyond that the spaces alone.
    pub(super) fn share(self, free: f32) -> (f32, f32) {
        if self.places == 0 {
            return (0.0, 0.0);
        }
        let (whole, letter) =
            if free < 0.0 { (self.shrink(), -LETTER_SHRINK_EM) } else { (self.stretch(), LETTER_STRETCH_EM) };
        let letter = if self.letters > 0 { letter * self.em * (free.abs() / whole).min(1.0) } else { 0.0 };
        let place = (free - letter * self.letters as f32) / self.places as f32;
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

/// Whether a text's letters may be moved apart: not where they join (Arabic), nor where marks stand around them.
pub(super) fn letters_give(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| c < '\u{590}' || ('\u{1E00}'..='\u{2BFF}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_shared() {
        let give = Give { places: 10, letters: 50, em: 20.0 };
        for free in [-20.0, -5.0, 0.0, 5.0, 30.0, 100.0] {
            let (place, letter) = give.share(free);
            assert!((place * 10.0 + letter * 50.0 - free).abs() < 1e-3 || place == -2.4, "{free}");
            assert!(letter.abs() <= 0.1601 && letter * free >= 0.0, "{free}: {letter}");
        }
        assert_eq!(Give { places: 0, ..give }.share(50.0), (0.0, 0.0));
        assert_eq!(Give { letters: 0, ..give }.share(50.0), (5.0, 0.0));
    }

    #[test]
    fn joined_letters_do_not_give() {
        for (text, expected) in [("plain “text”", true), ("Ελλάδα, Việt", true), ("قرر المجلس", false), ("漢字", false)]
        {
            assert_eq!(letters_give(text), expected, "{text}");
        }
    }
}
