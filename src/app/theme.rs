//! Colour tokens. The values are in `assets/themes.json`; this names them, reads them, and computes their contrast. How a
//! toolkit is coloured with them is `ui`'s work.

use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize};

/// Which theme a person has chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// Light or dark as the desktop has it.
    #[default]
    System,
    /// Warm white.
    Light,
    /// Sepia.
    Sepia,
    /// Warm black.
    Dark,
}

/// A desktop's preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark ink on a light page.
    Light,
    /// Light ink on a dark page.
    Dark,
}

/// A colour in sRGB, without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The tokens of one theme.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Themes {
    light: Theme,
    sepia: Theme,
    dark: Theme,
}

/// The themes that come with Recto.
const THEMES_JSON: &str = include_str!("../../assets/themes.json");

fn themes() -> &'static Themes {
    static THEMES: OnceLock<Themes> = OnceLock::new();
    THEMES.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
        serde_json::from_str(THEMES_JSON).expect("assets/themes.json holds the themes")
    })
}

impl ThemeChoice {
    /// All choices, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Sepia, Self::Dark];

    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Sepia => "Sepia",
            Self::Dark => "Dark",
        }
    }

    /// The tokens, given what the desktop prefers.
    pub fn theme(self, system: Option<Scheme>) -> &'static Theme {
        let themes = themes();
        match (self, system) {
            (Self::Light, _) | (Self::System, None | Some(Scheme::Light)) => &themes.light,
            (Self::Sepia, _) => &themes.sepia,
            (Self::Dark, _) | (Self::System, Some(Scheme::Dark)) => &themes.dark,
        }
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let value = u32::from_str_radix(&text, 16).ok().filter(|_| text.len() == 6);
        let [_, red, green, blue] = value.ok_or_else(|| serde::de::Error::custom("a colour is RRGGBB"))?.to_be_bytes();
        Ok(Self(red, green, blue))
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

    /// Contrast ratio, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 AA for text (criterion 1.4.3).
    const AA_TEXT: f32 = 4.5;

    #[test]
    fn every_text_colour_is_readable_where_it_stands() {
        for choice in [ThemeChoice::Light, ThemeChoice::Sepia, ThemeChoice::Dark] {
            let t = choice.theme(None);
            let everywhere = [t.page, t.panel, t.field, t.selected, t.hover, t.code, t.selection];
            let flat = [t.page, t.panel, t.field];
            let in_code = [t.code, t.selection, t.highlight];
            for (name, ink, grounds) in [
                ("ink", t.ink, everywhere.as_slice()),
                ("ink on highlight", t.ink, &[t.highlight, t.hit]),
                ("soft", t.soft, &everywhere),
                ("accent", t.accent, &everywhere),
                ("faint", t.faint, &flat),
                ("keywords of code", t.code_keyword, &in_code),
                ("strings of code", t.code_string, &in_code),
                ("keywords of a hit", t.code_keyword, &[t.hit]),
                ("strings of a hit", t.code_string, &[t.hit]),
                ("numbers of a hit", t.code_number, &[t.hit]),
                ("names of a hit", t.code_name, &[t.hit]),
                ("comments of code", t.code_comment, &in_code),
                ("numbers of code", t.code_number, &in_code),
                ("names of code", t.code_name, &in_code),
                ("error", t.error, &flat),
            ] {
                for ground in grounds {
                    let ratio = ink.contrast(*ground);
                    assert!(ratio >= AA_TEXT, "{choice:?}: {name} on {ground:?} is {ratio:.2}");
                }
            }
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((Rgb(0, 0, 0).contrast(Rgb(255, 255, 255)) - 21.0).abs() < 0.01);
        assert!((Rgb(0x77, 0x77, 0x77).contrast(Rgb(255, 255, 255)) - 4.48).abs() < 0.01);
    }

    #[test]
    fn the_desktop_decides_only_when_asked() {
        assert!(ThemeChoice::System.theme(Some(Scheme::Dark)).dark);
        assert!(!ThemeChoice::System.theme(None).dark);
        assert!(!ThemeChoice::Light.theme(Some(Scheme::Dark)).dark);
    }
}
