//! What follows from the settings, the desktop and the story that is read; and what a person does to settings as a whole.

use super::{Session, Step};
use crate::app::settings::{ReadingSettings, StoryFacts};
use crate::app::theme::{Theme, named};
use crate::app::{Effect, Keymap, Notice, Settings};

/// What is in force. Kept, because every part of a frame asks for it.
#[derive(Debug)]
pub(super) struct InForce {
    profile: Option<usize>,
    theme: Theme,
    keymap: Keymap,
    /// What the keymap was made from.
    shortcuts: std::collections::BTreeMap<String, Vec<String>>,
}

impl Default for InForce {
    fn default() -> Self {
        let theme = ReadingSettings::default().theme.theme(&[], None, false);
        Self { profile: None, theme, keymap: Keymap::default(), shortcuts: std::collections::BTreeMap::new() }
    }
}

impl Session {
    /// Finds out what is in force now.
    pub(super) fn find_in_force(&mut self) {
        self.in_force.profile = self.settings.profile_for(&self.story_facts());
        let high_contrast = self.settings.program.high_contrast.or(self.system.high_contrast);
        let choice = &self.settings.reading_of(self.in_force.profile).theme;
        self.in_force.theme = choice.theme(&self.settings.own_themes, self.system.scheme, high_contrast);
        if self.in_force.shortcuts != self.settings.shortcuts {
            self.in_force.keymap = Keymap::new(&self.settings.shortcuts);
            self.in_force.shortcuts.clone_from(&self.settings.shortcuts);
        }
    }

    fn story_facts(&self) -> StoryFacts<'_> {
        let Some(row) = self.selected_row() else { return StoryFacts::default() };
        let metadata = row.story().map(|story| &story.article.metadata);
        let of_library = row.kept.as_ref().map(|kept| kept.status.tags.as_slice());
        StoryFacts {
            site: row.summary.site.as_deref(),
            url: metadata.and_then(|metadata| metadata.url.value()).map(String::as_str),
            language: metadata.and_then(|metadata| metadata.language.value()).map(String::as_str),
            tags: of_library.unwrap_or_default(),
        }
    }

    /// The colours in force.
    pub fn theme(&self) -> &Theme {
        &self.in_force.theme
    }

    /// The shortcuts in force.
    pub fn keymap(&self) -> &Keymap {
        &self.in_force.keymap
    }

    /// Whether things are to move as little as they can.
    pub fn reduces_motion(&self) -> bool {
        self.settings.program.reduced_motion.or(self.system.reduced_motion)
    }

    /// The number of the profile in force; `None` for the standard.
    pub fn profile_in_force(&self) -> Option<usize> {
        self.in_force.profile
    }

    /// How the page looks.
    pub fn reading_settings(&self) -> &ReadingSettings {
        self.settings.reading_of(self.in_force.profile)
    }

    pub(super) fn reading_settings_mut(&mut self) -> &mut ReadingSettings {
        self.settings.reading_of_mut(self.in_force.profile)
    }

    pub(super) fn set_settings(&mut self, settings: Settings) -> Vec<Effect> {
        self.settings = settings.in_range();
        let limit = self.catalogue.is_there().then(|| self.limit_originals());
        limit.into_iter().chain([Effect::SaveSettings]).collect()
    }

    /// Replaces all settings; can be undone.
    pub(super) fn replace_settings(&mut self, settings: Settings, told: &str) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.settings, settings);
        self.done.push(Step::Settings(Box::new(before)));
        self.undone.clear();
        self.tell(Notice::done(format!("{told}. Undo brings back what was set")));
        let settings = self.settings.clone();
        self.set_settings(settings)
    }

    pub(super) fn import_settings(&mut self, json: &[u8]) -> Vec<Effect> {
        match Settings::from_json(json) {
            Ok(settings) => self.replace_settings(settings, "The settings of the file are in force"),
            Err(why) => {
                self.tell(Notice::error(format!(
                    "{why}, so nothing was changed. Choose a file that Recto has exported"
                )));
                Vec::new()
            }
        }
    }

    pub(super) fn choose_theme(&mut self, id: &str) -> Vec<Effect> {
        let own = self.settings.own_themes.iter().find(|theme| theme.id() == id).map(|theme| theme.colors.is_dark());
        let Some(is_dark) = own.or_else(|| named(id).map(|theme| theme.dark)) else { return Vec::new() };
        let scheme = self.system.scheme;
        self.reading_settings_mut().theme.choose(id, is_dark, scheme);
        vec![Effect::SaveSettings]
    }

    pub(super) fn choose_profile(&mut self, name: Option<String>) -> Vec<Effect> {
        self.settings.profile = name;
        let settings = self.settings.clone();
        self.set_settings(settings)
    }

    /// Puts the settings of a step back, and gives those that were in force.
    pub(super) fn swap_settings(&mut self, settings: Settings) -> Settings {
        std::mem::replace(&mut self.settings, settings)
    }
}
