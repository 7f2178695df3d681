//! What a person has set. One JSON file of the config folder; unknown keys are kept out, missing ones take their default,
//! and values out of range are brought into it.

use serde::{Deserialize, Serialize};

use super::ThemeChoice;
use crate::typeset::{Style, TextAlignment};

/// Sizes of the reading text, in points.
pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 8.0..=96.0;
/// Line heights, as multiples of the size.
pub const LINE_HEIGHTS: std::ops::RangeInclusive<f32> = 1.0..=2.6;
/// Measures, in characters of mean width.
pub const MEASURES: std::ops::RangeInclusive<u16> = 30..=140;

/// What a person has set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The page's type.
    pub style: Style,
    /// The length of a line, in characters of mean width.
    pub measure: u16,
    /// The theme.
    pub theme: ThemeChoice,
    /// What helps the eye keep its place.
    pub aids: Aids,
    /// The address that a look-up opens, with `%s` where the words go.
    pub lookup_address: String,
    /// The largest file whose bytes are kept in the library, in megabytes; 0 for none. Pasted text is always kept.
    pub keep_originals_mb: u32,
}

/// What helps the eye keep its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aids {
    /// All but the paragraph that is read is dimmed.
    pub paragraph_focus: bool,
    /// A band across the line that is read.
    pub ruler: bool,
    /// Pages that are turned instead of a scroll.
    pub pages: bool,
}

/// Where words are looked up unless the person says otherwise: a dictionary that has every language and no advertisements.
const LOOKUP_ADDRESS: &str = "https://en.wiktionary.org/w/index.php?search=%s";

/// Characters of mean width in a line. Bringhurst ("The Elements of Typographic Style", 2.1.2) calls 66 ideal.
pub const IDEAL_MEASURE: u16 = 66;

/// A saved page with all its pictures has some 10 MB, a long illustrated one 50.
const KEEP_ORIGINALS_MB: u32 = 64;

impl Default for Settings {
    fn default() -> Self {
        Self {
            style: Style::default(),
            measure: IDEAL_MEASURE,
            theme: ThemeChoice::System,
            aids: Aids::default(),
            lookup_address: LOOKUP_ADDRESS.to_owned(),
            keep_originals_mb: KEEP_ORIGINALS_MB,
        }
    }
}

impl Settings {
    /// The settings with every value inside its range. A file can hold anything.
    #[must_use]
    pub fn in_range(mut self) -> Self {
        let default = Self::default();
        let clamp = |value: f32, range: &std::ops::RangeInclusive<f32>, default: f32| {
            if value.is_finite() { value.clamp(*range.start(), *range.end()) } else { default }
        };
        self.style.size_pt = clamp(self.style.size_pt, &TEXT_SIZES, default.style.size_pt);
        self.style.line_height = clamp(self.style.line_height, &LINE_HEIGHTS, default.style.line_height);
        self.measure = self.measure.clamp(*MEASURES.start(), *MEASURES.end());
        let lookup = &self.lookup_address;
        if !(lookup.starts_with("https://") || lookup.starts_with("http://")) || !lookup.contains("%s") {
            self.lookup_address = default.lookup_address;
        }
        if self.style.text_family.trim().is_empty() {
            self.style.text_family = default.style.text_family;
        }
        self
    }

    /// The largest file whose bytes are kept in the library, in bytes.
    pub fn keep_bytes(&self) -> u64 {
        u64::from(self.keep_originals_mb) << 20
    }

    /// The size one step up (`+1`) or down (`-1`): half points up to 24, then growing steps, as eyes tell sizes apart by
    /// ratio.
    pub fn step_size(&mut self, direction: i8) {
        let size = self.style.size_pt;
        let step = if size < 24.0 || (size <= 24.0 && direction < 0) { 0.5 } else { (size / 16.0).round() };
        self.style.size_pt = (size + step * f32::from(direction)).clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end());
    }

    /// Turns justification on or off; hyphenation goes with it, for justified text without it has rivers.
    pub fn set_alignment(&mut self, alignment: TextAlignment) {
        self.style.alignment = alignment;
        self.style.hyphenate = alignment == TextAlignment::Justify;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_can_hold_anything() {
        let read: Settings = serde_json::from_str(r#"{"measure": 9, "style": {"size_pt": 1e9}}"#).unwrap();
        let settings = read.in_range();
        assert_eq!((settings.measure, settings.style.size_pt), (30, 96.0));
        assert_eq!(settings.style.line_height, Style::default().line_height);
    }

    #[test]
    fn sizes_step_there_and_back() {
        let mut settings = Settings::default();
        let first = settings.style.size_pt;
        settings.step_size(1);
        assert!(settings.style.size_pt > first);
        settings.step_size(-1);
        assert_eq!(settings.style.size_pt, first);
        for _ in 0..200 {
            settings.step_size(1);
        }
        assert_eq!(settings.style.size_pt, *TEXT_SIZES.end());
    }
}
