//! What a person has set. One JSON file of the config folder, described in `docs/settings.md`; unknown keys are kept out,
//! missing ones take their default, and values out of range are brought into it.
//!
//! - `reading`: how a page looks, which a profile holds all of
//! - `profile`: named profiles, and the stories they are for
//! - `program`: what belongs to the program and not to a page
//! - `knob`, `knobs`: every value with its name, range and default, as the sheet, the documentation and the tests have them

pub mod knob;
pub mod knobs;
mod profile;
mod program;
mod reading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::theme::OwnTheme;
pub use knob::{Kind, Knob, Section, Value};
pub use profile::{Profile, STANDARD, StoryFacts, Uses};
pub use program::{ProgramSettings, Wish};
pub use reading::{Aids, PageLayout, PictureSettings, ReadingSettings};

/// What a person has set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How a page looks where no profile says otherwise.
    #[serde(flatten)]
    pub reading: ReadingSettings,
    /// Named profiles, in the person's order.
    pub profiles: Vec<Profile>,
    /// The profile chosen by hand, [`STANDARD`] for none of the named ones; `None` has the story decide.
    pub profile: Option<String>,
    /// Themes of the person's own.
    pub own_themes: Vec<OwnTheme>,
    /// Shortcuts that differ from the table's, by the commands' ids; an empty list takes them all away.
    pub shortcuts: BTreeMap<String, Vec<String>>,
    /// What belongs to the program.
    #[serde(flatten)]
    pub program: ProgramSettings,
}

impl Settings {
    /// The settings with every value inside its range. A file can hold anything.
    #[must_use]
    pub fn in_range(mut self) -> Self {
        self.reading = self.reading.in_range();
        self.program = self.program.in_range();
        let mut names = std::collections::HashSet::from([STANDARD.to_owned()]);
        self.profiles.retain(|profile| !profile.name.trim().is_empty() && names.insert(profile.name.clone()));
        for profile in &mut self.profiles {
            profile.reading = std::mem::take(&mut profile.reading).in_range();
        }
        let mut themes = std::collections::HashSet::new();
        self.own_themes.retain(|theme| !theme.name.trim().is_empty() && themes.insert(theme.name.clone()));
        if self.profile.as_ref().is_some_and(|name| name != STANDARD && self.profile_named(name).is_none()) {
            self.profile = None;
        }
        self
    }

    /// A profile by its name.
    pub fn profile_named(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// Which of the profiles is in force for a story: the one chosen by hand, or the first that is for it; `None` for the
    /// standard.
    pub fn profile_for(&self, story: &StoryFacts<'_>) -> Option<usize> {
        match &self.profile {
            Some(name) => self.profiles.iter().position(|profile| profile.name == *name),
            None => self.profiles.iter().position(|profile| profile.uses.is_for(story)),
        }
    }

    /// How a page looks with a profile, or without.
    pub fn reading_of(&self, profile: Option<usize>) -> &ReadingSettings {
        profile.and_then(|number| self.profiles.get(number)).map_or(&self.reading, |profile| &profile.reading)
    }

    /// The same, to be changed.
    pub fn reading_of_mut(&mut self, profile: Option<usize>) -> &mut ReadingSettings {
        match profile.and_then(|number| self.profiles.get_mut(number)) {
            Some(profile) => &mut profile.reading,
            None => &mut self.reading,
        }
    }

    /// The settings as the file has them.
    pub fn to_json(&self) -> Option<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self).ok()?;
        json.push(b'\n');
        Some(json)
    }

    /// Reads settings that were exported.
    ///
    /// # Errors
    /// What is wrong with them, in a person's words.
    pub fn from_json(json: &[u8]) -> Result<Self, String> {
        let value: serde_json::Value =
            serde_json::from_slice(json).map_err(|error| format!("This is not JSON ({error})"))?;
        let known = serde_json::to_value(Self::default()).unwrap_or_default();
        let keys = |value: &serde_json::Value| value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>());
        let known = keys(&known).unwrap_or_default();
        // Any JSON object would be read as settings that say nothing.
        if !keys(&value).unwrap_or_default().iter().any(|key| known.contains(key)) {
            return Err("There are no settings of Recto in it".to_owned());
        }
        serde_json::from_value::<Self>(value)
            .map(Self::in_range)
            .map_err(|error| format!("A setting is not what it should be ({error})"))
    }
}

/// Holds a page of the documentation to what the program says, or writes it where `RECTO_ACCEPT=1` asks for that.
#[cfg(test)]
pub(in crate::app) fn accept_page(name: &str, expected: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("RECTO_ACCEPT").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "docs/{name} is not what the program says; RECTO_ACCEPT=1 writes it anew");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::Mode;
    use crate::typeset::Style;

    #[test]
    fn a_file_can_hold_anything() {
        let read: Settings = serde_json::from_str(
            r#"{"measure": 9, "style": {"size_pt": 1e9}, "scale_percent": 9000, "profile": "gone",
                "profiles": [{"name": "A", "reading": {"measure": 9999}}, {"name": "A"}, {"name": " "}, {"name": "Standard"}]}"#,
        )
        .unwrap();
        let settings = read.in_range();
        assert_eq!((settings.reading.measure, settings.reading.style.size_pt), (20, 128.0));
        assert_eq!(settings.reading.style.line_height, Style::default().line_height);
        assert_eq!(settings.profiles.len(), 1);
        assert_eq!(settings.profiles[0].reading.measure, 140);
        assert_eq!((settings.program.scale_percent, settings.profile), (300.0, None));
    }

    #[test]
    fn a_settings_file_of_the_first_versions_is_read() {
        let json = br#"{"style": {"text_family": "Inter", "size_pt": 22.0}, "measure": 70, "theme": "dark",
            "aids": {"ruler": true}, "lookup_address": "https://example.org/?q=%s", "keep_originals_mb": 3}"#;
        let settings = Settings::from_json(json).unwrap();
        let reading = &settings.reading;
        assert_eq!((reading.style.text_family.as_str(), reading.measure), ("Inter", 70));
        assert_eq!((reading.theme.mode, reading.aids.ruler), (Mode::Dark, true));
        assert_eq!(settings.program.lookup_address, "https://example.org/?q=%s");
        assert_eq!(settings.program.keep_bytes(), 3 << 20);
    }

    #[test]
    fn settings_are_exported_and_imported() {
        let mut settings = Settings::default();
        settings.profiles.push(Profile { name: "Poems".to_owned(), ..Profile::default() });
        settings.shortcuts.insert("open".to_owned(), vec!["Ctrl+P".to_owned()]);
        settings.reading.style.script_families.insert("Arab".to_owned(), "Amiri".to_owned());
        assert_eq!(Settings::from_json(&settings.to_json().unwrap()).unwrap(), settings);
        for (json, words) in [
            ("", "not JSON"),
            ("[1]", "no settings"),
            (r#"{"name": "recto"}"#, "no settings"),
            (r#"{"measure": "wide"}"#, "not what it should be"),
        ] {
            let error = Settings::from_json(json.as_bytes()).unwrap_err();
            assert!(error.contains(words), "{json}: {error}");
        }
    }

    /// `docs/settings.md` is made from the knobs: `RECTO_ACCEPT=1` writes it anew.
    #[test]
    fn the_documentation_has_every_setting() {
        fn table<T: Default>(knobs: &[Knob<T>], page: &mut String) {
            let mut section = None;
            for knob in knobs {
                if section.replace(knob.section) != Some(knob.section) {
                    let head = "| key | in the sheet | may be | at first | what it does |\n|---|---|---|---|---|\n";
                    page.push_str(&format!("\n### {}\n\n{head}", knob.section.name()));
                }
                let (range, default) = knob.description();
                let line = format!("| `{}` | {} | {range} | {default} | {} |\n", knob.id, knob.name, knob.note);
                page.push_str(&line);
            }
        }
        let mut page = String::from(
            "# Settings\n\n`settings.json` of the config folder (`recto doctor` names it) holds what was set; every key may be \
             left out. The sheet\n(Ctrl+,) changes all of it and shows each change on the page at once; File, Export settings \
             and Import settings carry it from\none machine to another. A key with dots stands in objects within each other: \
             `style.size_pt` is `{\"style\": {\"size_pt\": 18.5}}`.\n\n## Of a page\n\nA profile holds all of these.\n",
        );
        table(knobs::READING, &mut page);
        page.push_str(
            "\n### Other scripts and themes\n\n| key | what it holds |\n|---|---|\n\
             | `style.script_families` | font families by script, for letters that the text’s own font lacks: \
             `{\"Arab\": \"Amiri\", \"Jpan\": \"Noto Serif CJK JP\"}` |\n\
             | `theme.mode` | `system`, `light` or `dark`: which of the two themes is in force |\n\
             | `theme.light`, `theme.dark` | the ids of the two themes: ",
        );
        let ids: Vec<String> = crate::app::theme::themes().iter().map(|theme| format!("`{}`", theme.id)).collect();
        page.push_str(&ids.join(", "));
        page.push_str(" or `own:` and the name of one of your own |\n\n## Of the program\n");
        table(knobs::PROGRAM, &mut page);
        page.push_str(
            "\n## Profiles, colours, shortcuts\n\n| key | what it holds |\n|---|---|\n\
             | `profiles` | a list of `{\"name\", \"reading\", \"uses\"}`: `reading` has the keys of a page, `uses` has \
             `sites`, `languages` and `tags` |\n\
             | `profile` | the profile chosen by hand, `\"Standard\"` for none of the named ones, `null` to have the story \
             decide: the first profile that is for it |\n\
             | `own_themes` | a list of `{\"name\", \"page\", \"ink\", \"accent\", \"highlight\", \"selection\"}`, colours \
             as `RRGGBB`; the other colours are mixed from these |\n\
             | `shortcuts` | by the id of a command (docs/shortcuts.md) the list of its shortcuts, the first shown in menus: \
             `{\"find-next\": [\"Ctrl+J\"], \"quit\": []}` |\n",
        );
        accept_page("settings.md", &page);
    }

    #[test]
    fn a_story_chooses_its_profile() {
        let uses = |site: &str, language: &str, tag: &str| Uses {
            sites: if site.is_empty() { Vec::new() } else { vec![site.to_owned()] },
            languages: if language.is_empty() { Vec::new() } else { vec![language.to_owned()] },
            tags: if tag.is_empty() { Vec::new() } else { vec![tag.to_owned()] },
        };
        let mut settings = Settings::default();
        for (name, uses) in [
            ("Hand", Uses::default()),
            ("Post", uses("Harbour Post", "", "")),
            ("Japanese", uses("", "ja", "")),
            ("Poems", uses("", "", "poem")),
        ] {
            settings.profiles.push(Profile { name: name.to_owned(), uses, ..Profile::default() });
        }
        let tags = ["Poem".to_owned()];
        let story = |site, language, tags| StoryFacts { site, url: None, language, tags };
        for (story, expected) in [
            (story(Some("harbour post"), None, &[][..]), Some(1)),
            (story(None, Some("ja-JP"), &[]), Some(2)),
            (story(None, Some("jav"), &[]), None),
            (story(None, Some("en"), &tags[..]), Some(3)),
            (story(None, None, &[]), None),
        ] {
            assert_eq!(settings.profile_for(&story), expected, "{story:?}");
            let by_hand = Settings { profile: Some("Hand".to_owned()), ..settings.clone() };
            assert_eq!(by_hand.profile_for(&story), Some(0));
            let standard = Settings { profile: Some(STANDARD.to_owned()), ..settings.clone() };
            assert_eq!(standard.profile_for(&story), None);
        }
    }
}
