//! What a person can choose about a page, as plain data. Colours and the width of the column are not among it.

use serde::{Deserialize, Serialize};

use super::bundled;

/// How a page is set. Sizes in points (CSS pixels) or in ems of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Style {
    /// The family of the running text and the headings.
    pub text_family: String,
    /// The family of code.
    pub code_family: String,
    /// Size of the running text, in points.
    pub size_pt: f32,
    /// CSS weight of the running text, 100 to 900; strong text is 300 heavier.
    pub weight: f32,
    /// Distance of the baselines, in ems.
    pub line_height: f32,
    /// How the lines' ends stand.
    pub alignment: TextAlignment,
    /// Whether words may be hyphenated. Ragged text is hyphenated as well where it is set.
    pub hyphenate: bool,
    /// Space between paragraphs, in ems.
    pub paragraph_spacing_em: f32,
    /// Indent of a paragraph that follows another, in ems.
    pub first_line_indent_em: f32,
    /// Space added between letters, in ems.
    pub letter_spacing_em: f32,
    /// Space added between words, in ems.
    pub word_spacing_em: f32,
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
}

/// What the sizes may be; anything else is brought into it before it is used.
const SIZES_PT: std::ops::RangeInclusive<f32> = 6.0..=128.0;

impl Default for Style {
    fn default() -> Self {
        Self {
            text_family: bundled::SERIF.to_owned(),
            code_family: bundled::MONO.to_owned(),
            size_pt: 18.5,
            weight: 400.0,
            line_height: 1.58,
            alignment: TextAlignment::Justify,
            hyphenate: true,
            paragraph_spacing_em: 0.0,
            first_line_indent_em: 1.3,
            letter_spacing_em: 0.0,
            word_spacing_em: 0.0,
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
        self.weight = keep(self.weight, 100.0, 900.0, default.weight);
        self.line_height = keep(self.line_height, 0.8, 4.0, default.line_height);
        self.paragraph_spacing_em = keep(self.paragraph_spacing_em, 0.0, 6.0, default.paragraph_spacing_em);
        self.first_line_indent_em = keep(self.first_line_indent_em, 0.0, 8.0, default.first_line_indent_em);
        self.letter_spacing_em = keep(self.letter_spacing_em, -0.2, 1.0, default.letter_spacing_em);
        self.word_spacing_em = keep(self.word_spacing_em, -0.3, 2.0, default.word_spacing_em);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settings_file_may_leave_out_or_overdo() {
        let style: Style = serde_json::from_str(r#"{"size_pt": 1e9, "alignment": "start"}"#).expect("reads");
        let style = style.sane();
        assert_eq!((style.size_pt, style.alignment), (128.0, TextAlignment::Start));
        assert_eq!(style.text_family, "Literata");
        let style = Style { line_height: f32::NAN, ..Style::default() }.sane();
        assert_eq!(style.line_height, Style::default().line_height);
    }
}
