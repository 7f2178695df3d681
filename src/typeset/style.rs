//! What a person can choose about a page, as plain data. Colours and the width of the column are not among it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::bundled;

/// How a page is set. Sizes in points (CSS pixels) or in ems of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Style {
    /// The family of the running text.
    pub text_family: String,
    /// The family of the headings; empty for that of the text.
    pub heading_family: String,
    /// The family of code.
    pub code_family: String,
    /// The families of scripts that the text's own family lacks, by the first of the codes (ISO 15924) that
    /// [`scripts`](super::scripts()) gives; those that are not named take the best there is.
    pub script_families: BTreeMap<String, String>,
    /// Size of the running text, in points.
    pub size_pt: f32,
    /// Notes, captions and code are never smaller than this, in points.
    pub min_size_pt: f32,
    /// Size of the headings, in hundredths of what they have by themselves.
    pub heading_percent: f32,
    /// Size of code, in hundredths of what it has by itself.
    pub code_percent: f32,
    /// CSS weight of the running text, 100 to 900; strong text is 300 heavier.
    pub weight: f32,
    /// Width of the letters in hundredths of the normal, as CSS' `font-stretch`, where the family has several.
    pub width_percent: f32,
    /// The size that a family with an optical size axis is drawn for, in points; `None` is the size that it is set in.
    pub optical_size_pt: Option<f32>,
    /// Distance of the baselines, in ems.
    pub line_height: f32,
    /// How the lines' ends stand.
    pub alignment: TextAlignment,
    /// Whether words may be hyphenated. Ragged text is hyphenated as well where it is set.
    pub hyphenate: bool,
    /// Whether punctuation may reach over the column's edges.
    pub hang_punctuation: bool,
    /// Whether the letters of justified lines give way a little (by less than is seen), which makes spaces more even.
    pub letters_give: bool,
    /// Whether the font joins letters such as fi.
    pub ligatures: bool,
    /// Whether the font sets pairs such as AV closer.
    pub kerning: bool,
    /// Which digits the font is asked for.
    pub numerals: Numerals,
    /// Space between paragraphs, in ems.
    pub paragraph_spacing_em: f32,
    /// Indent of a paragraph that follows another, in ems.
    pub first_line_indent_em: f32,
    /// Space added between letters, in ems.
    pub letter_spacing_em: f32,
    /// Space added between words, in ems.
    pub word_spacing_em: f32,
    /// How a link is told from the text around it.
    pub links: LinkStyle,
    /// The widest that an image is, in hundredths of the measure.
    pub image_percent: f32,
}

/// How the ends of lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextAlignment {
    /// Even at the side where reading begins, ragged at the other.
    Start,
    /// Even at both sides.
    #[default]
    Justify,
    /// Each line in the middle.
    Center,
    /// Even at the side where reading ends.
    End,
}

/// Which digits a font is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numerals {
    /// Those that it has by itself.
    #[default]
    Normal,
    /// As high as capitals.
    Lining,
    /// With ascenders and descenders, as small letters have them.
    OldStyle,
}

/// How a link is told from the text around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkStyle {
    /// By a line below it and a colour.
    #[default]
    Both,
    /// By a line below it.
    Underline,
    /// By a colour.
    Color,
    /// Not at all.
    Plain,
}

impl LinkStyle {
    /// Whether it has a line below it.
    pub fn is_underlined(self) -> bool {
        matches!(self, Self::Both | Self::Underline)
    }

    /// Whether it has a colour of its own.
    pub fn is_colored(self) -> bool {
        matches!(self, Self::Both | Self::Color)
    }
}

/// What the sizes may be; anything else is brought into it before it is used.
const SIZES_PT: RangeInclusive<f32> = 2.5..=256.0;

impl Default for Style {
    fn default() -> Self {
        Self {
            text_family: bundled::SERIF.to_owned(),
            heading_family: String::new(),
            code_family: bundled::MONO.to_owned(),
            script_families: BTreeMap::new(),
            size_pt: 18.5,
            min_size_pt: 9.0,
            heading_percent: 100.0,
            code_percent: 100.0,
            weight: 400.0,
            width_percent: 100.0,
            optical_size_pt: None,
            line_height: 1.58,
            alignment: TextAlignment::Justify,
            hyphenate: true,
            hang_punctuation: true,
            letters_give: true,
            ligatures: true,
            kerning: true,
            numerals: Numerals::Normal,
            paragraph_spacing_em: 0.0,
            first_line_indent_em: 1.3,
            letter_spacing_em: 0.0,
            word_spacing_em: 0.0,
            links: LinkStyle::Both,
            image_percent: 100.0,
        }
    }
}

impl Style {
    /// The style with every number brought to where text can still be set: a settings file may hold anything.
    #[must_use]
    pub fn sane(mut self) -> Self {
        let default = Self::default();
        let keep = |value: f32, low: f32, high: f32, otherwise: f32| {
            if value.is_finite() { value.clamp(low, high) } else { otherwise }
        };
        self.size_pt = keep(self.size_pt, *SIZES_PT.start(), *SIZES_PT.end(), default.size_pt);
        self.min_size_pt = keep(self.min_size_pt, 0.0, *SIZES_PT.end(), default.min_size_pt).min(self.size_pt);
        self.heading_percent = keep(self.heading_percent, 40.0, 250.0, default.heading_percent);
        self.code_percent = keep(self.code_percent, 40.0, 250.0, default.code_percent);
        self.weight = keep(self.weight, 100.0, 900.0, default.weight);
        self.width_percent = keep(self.width_percent, 50.0, 200.0, default.width_percent);
        self.optical_size_pt = self.optical_size_pt.map(|size| keep(size, 5.0, 200.0, default.size_pt));
        self.line_height = keep(self.line_height, 0.8, 4.0, default.line_height);
        self.paragraph_spacing_em = keep(self.paragraph_spacing_em, 0.0, 6.0, default.paragraph_spacing_em);
        self.first_line_indent_em = keep(self.first_line_indent_em, 0.0, 8.0, default.first_line_indent_em);
        self.letter_spacing_em = keep(self.letter_spacing_em, -0.2, 1.0, default.letter_spacing_em);
        self.word_spacing_em = keep(self.word_spacing_em, -0.3, 2.0, default.word_spacing_em);
        self.image_percent = keep(self.image_percent, 5.0, 100.0, default.image_percent);
        self
    }

    /// The family of the headings.
    pub fn family_of_headings(&self) -> &str {
        if self.heading_family.is_empty() { &self.text_family } else { &self.heading_family }
    }

    /// A size that is a share of the text's own, in points, brought to the least there may be.
    pub(super) fn small(&self, size_pt: f32) -> f32 {
        size_pt.max(self.min_size_pt)
    }

    /// What a font is asked for, as CSS' `font-feature-settings` has it; empty where it is left to itself.
    pub(super) fn features(&self) -> Cow<'static, str> {
        let mut features: Vec<&str> = Vec::new();
        if !self.ligatures {
            features.push("\"liga\" 0, \"clig\" 0");
        }
        if !self.kerning {
            features.push("\"kern\" 0");
        }
        match self.numerals {
            Numerals::Normal => {}
            Numerals::Lining => features.push("\"lnum\" 1"),
            Numerals::OldStyle => features.push("\"onum\" 1"),
        }
        if features.is_empty() { Cow::Borrowed("") } else { Cow::Owned(features.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settings_file_may_leave_out_or_overdo() {
        let style: Style = serde_json::from_str(r#"{"size_pt": 1e9, "alignment": "start"}"#).expect("reads");
        let style = style.sane();
        assert_eq!((style.size_pt, style.alignment), (256.0, TextAlignment::Start));
        assert_eq!(style.text_family, "Literata");
        let style = Style { line_height: f32::NAN, ..Style::default() }.sane();
        assert_eq!(style.line_height, Style::default().line_height);
    }
}
