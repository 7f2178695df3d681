//! Colour tokens. The values are in `assets/themes.json`; this names them, reads them, and computes their contrast. How a
//! toolkit is coloured with them is `ui`'s work.
//!
//! - `choice`: which theme is in force, for a light and for a dark desktop
//! - `own`: a person's five colours made a whole theme

mod choice;
mod own;

use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use choice::{Mode, ThemeChoice};
pub use own::{OwnColors, OwnTheme, PairCheck};

/// A desktop's preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark ink on a light page.
    Light,
    /// Light ink on a dark page.
    Dark,
}

/// What a desktop says about how things are to look, as far as it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemPreferences {
    /// Light or dark.
    pub scheme: Option<Scheme>,
    /// Whether contrast is to be high.
    pub high_contrast: Option<bool>,
    /// Whether things are to move as little as they can.
    pub reduced_motion: Option<bool>,
}

/// A colour in sRGB, without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The tokens of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Whether ink is lighter than the page.
    pub dark: bool,
    /// Behind the story.
    pub page: Rgb,
    /// Behind the side panels.
    pub panel: Rgb,
    /// Behind text fields and menus.
    pub field: Rgb,
    /// Hairlines.
    pub line: Rgb,
    /// Text.
    pub ink: Rgb,
    /// Secondary text.
    pub soft: Rgb,
    /// Tertiary text: labels, provenance.
    pub faint: Rgb,
    /// The source line, the current view, links and progress.
    pub accent: Rgb,
    /// The selected row.
    pub selected: Rgb,
    /// A row under the pointer.
    pub hover: Rgb,
    /// Behind marked text.
    pub highlight: Rgb,
    /// Behind what is selected.
    pub selection: Rgb,
    /// Behind the hit that a search stands at.
    pub hit: Rgb,
    /// Behind code.
    pub code: Rgb,
    /// Keywords in code.
    pub code_keyword: Rgb,
    /// Strings in code.
    pub code_string: Rgb,
    /// Comments in code.
    pub code_comment: Rgb,
    /// Numbers in code.
    pub code_number: Rgb,
    /// Names of functions and types in code.
    pub code_name: Rgb,
    /// The sign of an error.
    pub error: Rgb,
}

/// A theme that comes with Recto.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedTheme {
    /// What settings know it by.
    pub id: String,
    /// Its name in the interface.
    pub name: String,
    /// Its colours.
    pub tokens: Theme,
}

/// The themes that come with Recto.
const THEMES_JSON: &str = include_str!("../../../assets/themes.json");

/// The themes that come with Recto, in the order they are offered.
pub fn themes() -> &'static [NamedTheme] {
    static THEMES: OnceLock<Vec<NamedTheme>> = OnceLock::new();
    THEMES.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
        serde_json::from_str(THEMES_JSON).expect("assets/themes.json holds the themes")
    })
}

/// A theme that comes with Recto, by its id.
pub fn named(id: &str) -> Option<&'static Theme> {
    themes().iter().find(|theme| theme.id == id).map(|theme| &theme.tokens)
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("a colour is RRGGBB"))
    }
}

impl Serialize for Rgb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::str::FromStr for Rgb {
    type Err = ();

    /// `RRGGBB`, with or without a `#` before it.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.trim().trim_start_matches('#');
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6 && !digits.contains('+'));
        let [_, red, green, blue] = value.ok_or(())?.to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

impl Rgb {
    /// Relative luminance, 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The colour a share of the way to another, 0 to 1, channel by channel.
    #[must_use]
    pub fn mix(self, other: Self, share: f32) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
        let channel =
            |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share.clamp(0.0, 1.0)).round() as u8;
        Self(channel(self.0, other.0), channel(self.1, other.1), channel(self.2, other.2))
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl Theme {
    /// Every pair of tokens that are used together: a text or sign, what it stands on, and what each is called.
    pub fn pairs(&self) -> Vec<Pair> {
        let t = self;
        let grounds = [
            ("page", t.page),
            ("panel", t.panel),
            ("field", t.field),
            ("selected", t.selected),
            ("hover", t.hover),
            ("code", t.code),
            ("selection", t.selection),
        ];
        let flat = &grounds[..3];
        let marked = [("highlight", t.highlight), ("hit", t.hit)];
        let in_code = [("code", t.code), ("selection", t.selection), ("highlight", t.highlight), ("hit", t.hit)];
        let mut pairs = Vec::new();
        let mut add = |ink: (&'static str, Rgb), grounds: &[(&'static str, Rgb)]| {
            pairs.extend(grounds.iter().map(|ground| Pair { ink, ground: *ground }));
        };
        add(("ink", t.ink), &grounds);
        add(("ink", t.ink), &marked);
        add(("soft", t.soft), &grounds);
        add(("accent", t.accent), &grounds);
        add(("faint", t.faint), flat);
        add(("error", t.error), flat);
        for code in [
            ("code_keyword", t.code_keyword),
            ("code_string", t.code_string),
            ("code_comment", t.code_comment),
            ("code_number", t.code_number),
            ("code_name", t.code_name),
        ] {
            add(code, &in_code);
        }
        pairs
    }
}

/// Two tokens that are used together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The text's token and colour.
    pub ink: (&'static str, Rgb),
    /// The token and colour of what it stands on.
    pub ground: (&'static str, Rgb),
}

impl Pair {
    /// Its contrast ratio, 1 to 21.
    pub fn contrast(&self) -> f32 {
        self.ink.1.contrast(self.ground.1)
    }
}

/// WCAG 2.2 AA for text (criterion 1.4.3).
pub const AA_TEXT: f32 = 4.5;
/// WCAG 2.2 AAA for text (criterion 1.4.6), which the themes of high contrast keep to.
pub const AAA_TEXT: f32 = 7.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_colour_is_readable_where_it_stands() {
        for theme in themes() {
            let least = if theme.id.starts_with("contrast") { AAA_TEXT } else { AA_TEXT };
            for pair in theme.tokens.pairs() {
                let ratio = pair.contrast();
                // Marked text of high contrast keeps to AA: a mark that is seen is not black.
                let least = if matches!(pair.ground.0, "highlight" | "hit" | "selection") { AA_TEXT } else { least };
                assert!(ratio >= least, "{}: {} on {} is {ratio:.2}", theme.id, pair.ink.0, pair.ground.0);
            }
        }
    }

    #[test]
    fn themes_are_told_apart() {
        let ids: std::collections::HashSet<_> = themes().iter().map(|theme| &theme.id).collect();
        let names: std::collections::HashSet<_> = themes().iter().map(|theme| &theme.name).collect();
        assert_eq!((ids.len(), names.len()), (themes().len(), themes().len()));
        for theme in themes() {
            let t = theme.tokens;
            assert_eq!(t.dark, t.ink.luminance() > t.page.luminance(), "{}", theme.id);
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((Rgb(0, 0, 0).contrast(Rgb(255, 255, 255)) - 21.0).abs() < 0.01);
        assert!((Rgb(0x77, 0x77, 0x77).contrast(Rgb(255, 255, 255)) - 4.48).abs() < 0.01);
    }

    #[test]
    fn colours_are_read_as_they_are_written() {
        for (text, expected) in [
            ("#1b1A18", Some(Rgb(0x1b, 0x1a, 0x18))),
            ("FFFFFF", Some(Rgb(255, 255, 255))),
            (" 000000 ", Some(Rgb(0, 0, 0))),
            ("FFF", None),
            ("+12345", None),
            ("red", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
        assert_eq!(Rgb(1, 2, 255).to_string(), "0102FF");
    }
}
