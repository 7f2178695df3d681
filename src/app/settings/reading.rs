//! How a page looks: all that a profile holds.

use serde::{Deserialize, Serialize};

use super::super::ThemeChoice;
use super::knobs;
use crate::typeset::{Style, TextAlignment};

/// How a page looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadingSettings {
    /// The page's type.
    pub style: Style,
    /// The length of a line, in characters of mean width.
    pub measure: u16,
    /// Where the columns stand.
    pub layout: PageLayout,
    /// How pictures are shown.
    pub pictures: PictureSettings,
    /// Whether lines of code and tables are broken to fit, instead of being moved sideways.
    pub wrap_wide: bool,
    /// What helps the eye keep its place.
    pub aids: Aids,
    /// The themes.
    pub theme: ThemeChoice,
}

/// Where the columns stand, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageLayout {
    /// The least space on each side of the text.
    pub side_margin_pt: f32,
    /// Space above and below the columns of pages.
    pub column_margin_pt: f32,
    /// Space between two columns.
    pub gutter_pt: f32,
    /// The most columns that stand side by side where pages are turned and the window has room.
    pub most_columns: u8,
}

/// How pictures are shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureSettings {
    /// How much darker they are on a dark page, in hundredths.
    pub dimming_percent: f32,
    /// Whether light becomes dark on a dark page.
    pub inverted: bool,
}

/// What helps the eye keep its place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aids {
    /// All but the paragraph that is read is dimmed.
    pub paragraph_focus: bool,
    /// A band across the lines that are read.
    pub ruler: bool,
    /// Lines that the band leaves free.
    pub ruler_lines: f32,
    /// How much of the page's colour covers what is not read now, in hundredths.
    pub dimming_percent: f32,
    /// Pages that are turned instead of a scroll.
    pub pages: bool,
}

/// Characters of mean width in a line. Bringhurst ("The Elements of Typographic Style", 2.1.2) calls 66 ideal.
const IDEAL_MEASURE: u16 = 66;

impl Default for ReadingSettings {
    fn default() -> Self {
        Self {
            style: Style::default(),
            measure: IDEAL_MEASURE,
            layout: PageLayout::default(),
            pictures: PictureSettings::default(),
            wrap_wide: false,
            aids: Aids::default(),
            theme: ThemeChoice::default(),
        }
    }
}

impl Default for PageLayout {
    fn default() -> Self {
        Self { side_margin_pt: 28.0, column_margin_pt: 26.0, gutter_pt: 56.0, most_columns: 2 }
    }
}

impl Default for PictureSettings {
    fn default() -> Self {
        // Bright pictures hurt beside a dark page. Firefox dims them to 80 % there; a little less keeps their blacks apart.
        Self { dimming_percent: 16.0, inverted: false }
    }
}

impl Default for Aids {
    fn default() -> Self {
        Self { paragraph_focus: false, ruler: false, ruler_lines: 3.0, dimming_percent: 66.0, pages: false }
    }
}

impl ReadingSettings {
    /// The settings with every value inside its range.
    #[must_use]
    pub fn in_range(mut self) -> Self {
        for knob in knobs::READING {
            knob.bring_into_range(&mut self);
        }
        let default = Style::default();
        for (family, otherwise) in
            [(&mut self.style.text_family, default.text_family), (&mut self.style.code_family, default.code_family)]
        {
            if family.trim().is_empty() {
                *family = otherwise;
            }
        }
        self
    }

    /// The size one step up (`+1`) or down (`-1`): half points up to 24, then growing steps, as eyes tell sizes apart by
    /// ratio.
    pub fn step_size(&mut self, direction: i8) {
        let size = self.style.size_pt;
        let step = if size < 24.0 || (size <= 24.0 && direction < 0) { 0.5 } else { (size / 16.0).round() };
        self.style.size_pt =
            (size + step * f32::from(direction)).clamp(*knobs::TEXT_SIZES.start(), *knobs::TEXT_SIZES.end());
    }

    /// Sets how the lines' ends stand; hyphenation goes with it, for justified text without it has rivers.
    pub fn set_alignment(&mut self, alignment: TextAlignment) {
        self.style.alignment = alignment;
        self.style.hyphenate = alignment == TextAlignment::Justify;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_step_there_and_back() {
        let mut settings = ReadingSettings::default();
        let first = settings.style.size_pt;
        settings.step_size(1);
        assert!(settings.style.size_pt > first);
        settings.step_size(-1);
        assert_eq!(settings.style.size_pt, first);
        for _ in 0..200 {
            settings.step_size(1);
        }
        assert_eq!(settings.style.size_pt, *knobs::TEXT_SIZES.end());
    }
}
