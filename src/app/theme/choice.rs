//! Which theme is in force: one is chosen for light and one for dark, and the desktop or the person says which of the two.

use serde::{Deserialize, Serialize};

use super::{OwnColors, OwnTheme, Rgb, Scheme, Theme, named};

/// The themes that a person has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct ThemeChoice {
    /// Which of the two is in force.
    pub mode: Mode,
    /// The id of the light one.
    pub light: String,
    /// The id of the dark one.
    pub dark: String,
}

/// Which of the two chosen themes is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// As the desktop has it.
    #[default]
    System,
    /// The light one.
    Light,
    /// The dark one.
    Dark,
}

/// The light theme unless the person says otherwise.
const LIGHT: &str = "paper";
/// The dark theme unless the person says otherwise.
const DARK: &str = "night";

impl Default for ThemeChoice {
    fn default() -> Self {
        Self { mode: Mode::System, light: LIGHT.to_owned(), dark: DARK.to_owned() }
    }
}

impl ThemeChoice {
    /// The theme in force, given what the desktop prefers and whether it wants more contrast.
    pub fn theme(&self, own: &[OwnTheme], system: Option<Scheme>, high_contrast: bool) -> Theme {
        let is_dark = self.is_dark(system);
        let fallback = if is_dark { DARK } else { LIGHT };
        let id = if high_contrast {
            if is_dark { "contrast" } else { "contrast-light" }
        } else if is_dark {
            &self.dark
        } else {
            &self.light
        };
        let found = own.iter().find(|theme| theme.id() == id).map(|theme| theme.colors.theme());
        // What was deleted, or came with settings of another version, is as if it were not chosen.
        found.or_else(|| named(id).or_else(|| named(fallback)).copied()).unwrap_or_else(plain)
    }

    /// Whether the dark one of the two is in force.
    pub fn is_dark(&self, system: Option<Scheme>) -> bool {
        match self.mode {
            Mode::System => system == Some(Scheme::Dark),
            Mode::Light => false,
            Mode::Dark => true,
        }
    }

    /// Chooses a theme for its kind, and has it in force: where the desktop says otherwise, the person's word counts.
    pub fn choose(&mut self, id: &str, is_dark: bool, system: Option<Scheme>) {
        let place = if is_dark { &mut self.dark } else { &mut self.light };
        id.clone_into(place);
        if self.is_dark(system) != is_dark {
            self.mode = if is_dark { Mode::Dark } else { Mode::Light };
        }
    }

    /// The id of the theme in force.
    pub fn id(&self, system: Option<Scheme>) -> &str {
        if self.is_dark(system) { &self.dark } else { &self.light }
    }
}

/// Black on white, for a program without its themes; a test sees that it has them.
fn plain() -> Theme {
    let (white, black, blue) = (Rgb(255, 255, 255), Rgb(0, 0, 0), Rgb(0, 0, 200));
    OwnColors { page: white, ink: black, accent: blue, highlight: white, selection: white }.theme()
}

/// What settings files hold: a word in those of the first versions, which had three themes.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Word(String),
    Whole {
        #[serde(default)]
        mode: Mode,
        #[serde(default)]
        light: Option<String>,
        #[serde(default)]
        dark: Option<String>,
    },
}

impl From<Stored> for ThemeChoice {
    fn from(stored: Stored) -> Self {
        let default = Self::default();
        match stored {
            Stored::Word(word) => match word.as_str() {
                "light" => Self { mode: Mode::Light, ..default },
                "sepia" => Self { mode: Mode::Light, light: "sepia".to_owned(), ..default },
                "dark" => Self { mode: Mode::Dark, ..default },
                _ => default,
            },
            Stored::Whole { mode, light, dark } => {
                Self { mode, light: light.unwrap_or(default.light), dark: dark.unwrap_or(default.dark) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktop_decides_only_when_asked() {
        let choice = ThemeChoice::default();
        let dark = |choice: &ThemeChoice, system| choice.theme(&[], system, false).dark;
        assert!(dark(&choice, Some(Scheme::Dark)) && !dark(&choice, None));
        let light = ThemeChoice { mode: Mode::Light, ..choice };
        assert!(!dark(&light, Some(Scheme::Dark)));
    }

    #[test]
    fn what_is_chosen_is_in_force() {
        let mut choice = ThemeChoice::default();
        choice.choose("sepia", false, Some(Scheme::Light));
        assert_eq!((choice.mode, choice.light.as_str()), (Mode::System, "sepia"));
        choice.choose("black", true, Some(Scheme::Light));
        assert_eq!((choice.mode, choice.dark.as_str(), choice.light.as_str()), (Mode::Dark, "black", "sepia"));
    }

    #[test]
    fn themes_of_the_first_versions_are_read() {
        for (json, mode, light) in [
            (r#""system""#, Mode::System, "paper"),
            (r#""light""#, Mode::Light, "paper"),
            (r#""sepia""#, Mode::Light, "sepia"),
            (r#""dark""#, Mode::Dark, "paper"),
            (r#"{"mode": "dark", "light": "white"}"#, Mode::Dark, "white"),
        ] {
            let choice: ThemeChoice = serde_json::from_str(json).unwrap();
            assert_eq!((choice.mode, choice.light.as_str()), (mode, light), "{json}");
            let again: ThemeChoice = serde_json::from_str(&serde_json::to_string(&choice).unwrap()).unwrap();
            assert_eq!(again, choice);
        }
    }

    #[test]
    fn a_theme_that_is_gone_gives_way_to_the_usual_one() {
        let choice = ThemeChoice { light: "own:gone".to_owned(), ..ThemeChoice::default() };
        assert_eq!(Some(&choice.theme(&[], None, false)), named("paper"));
    }
}
