//! What the command palette offers for what is typed: commands, themes, profiles, recent files; the best first. Draws nothing.

use std::path::PathBuf;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::command::COMMANDS;
use super::settings::STANDARD;
use super::theme::themes;
use super::{Action, Command, Session, Shortcut};

/// Something that the palette offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What is done when it is chosen.
    pub choice: Choice,
    /// Its name, with its menu or kind before it.
    pub label: String,
    /// The letters of the label that were typed, by their number, rising.
    pub typed: Vec<usize>,
    /// Its shortcut.
    pub shortcut: Option<Shortcut>,
    /// Whether it can be chosen now.
    pub can_run: bool,
    /// Whether it is on, where it is a switch.
    pub is_on: bool,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A command.
    Command(Command),
    /// A theme, by its id.
    Theme(String),
    /// A profile by its name; `None` has the story decide.
    Profile(Option<String>),
    /// A file that was opened lately.
    Recent(PathBuf),
}

impl Choice {
    /// The action that it is.
    pub fn action(self) -> Action {
        match self {
            Self::Command(command) => Action::Run(command),
            Self::Theme(id) => Action::ChooseTheme(id),
            Self::Profile(name) => Action::ChooseProfile(name),
            Self::Recent(path) => Action::Open(vec![path]),
        }
    }
}

/// What is offered for what is typed, the best first; all of it, in the order of the menus, where nothing is.
pub fn offers(session: &Session, typed: &str) -> Vec<Offer> {
    let all = all(session);
    if typed.trim().is_empty() {
        return all;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut found: Vec<(u32, Offer)> = Vec::new();
    let (mut letters, mut indices) = (Vec::new(), Vec::new());
    for mut offer in all {
        indices.clear();
        let label = Utf32Str::new(&offer.label, &mut letters);
        let Some(score) = pattern.indices(label, &mut matcher, &mut indices) else { continue };
        indices.sort_unstable();
        indices.dedup();
        offer.typed = indices.iter().filter_map(|index| usize::try_from(*index).ok()).collect();
        found.push((score, offer));
    }
    // What can be chosen stands before what cannot; of what is found alike, that of which more was typed.
    found.sort_by_key(|(score, offer)| (!offer.can_run, u32::MAX - score, offer.label.len()));
    found.into_iter().map(|(_, offer)| offer).collect()
}

fn all(session: &Session) -> Vec<Offer> {
    let offer = |choice, label| Offer { choice, label, typed: Vec::new(), shortcut: None, can_run: true, is_on: false };
    let commands = COMMANDS.iter().filter(|row| row.command != Command::Palette).map(|row| Offer {
        shortcut: session.keymap().first(row.command),
        can_run: session.can_run(row.command),
        is_on: session.is_on(row.command) == Some(true),
        ..offer(Choice::Command(row.command), format!("{}: {}", row.menu.name(), row.name))
    });
    let choice = &session.reading_settings().theme;
    let is_worn = |id: &str| choice.id(session.system.scheme) == id;
    let bundled = themes().iter().map(|theme| (theme.id.clone(), theme.name.clone()));
    let own = session.settings.own_themes.iter().map(|theme| (theme.id(), theme.name.clone()));
    let themes = bundled
        .chain(own)
        .map(|(id, name)| Offer { is_on: is_worn(&id), ..offer(Choice::Theme(id), format!("Theme: {name}")) });
    let chosen = session.settings.profile.as_deref();
    let has_profiles = !session.settings.profiles.is_empty();
    let by_hand = session.settings.profiles.iter().map(|profile| profile.name.as_str());
    let profiles = std::iter::once(None).chain([Some(STANDARD)]).chain(by_hand.map(Some)).filter(|_| has_profiles);
    let profiles = profiles.map(|name| Offer {
        is_on: chosen == name,
        ..offer(Choice::Profile(name.map(str::to_owned)), format!("Profile: {}", name.unwrap_or("by the story")))
    });
    let recent = &session.state.recent;
    let recent = recent.paths().iter().zip(recent.names()).map(|(path, name)| {
        let can_run = !session.missing_recent.contains(path);
        let name = if can_run { name } else { format!("{name} (not found)") };
        Offer { can_run, ..offer(Choice::Recent(path.clone()), format!("Open recent: {name}")) }
    });
    commands.chain(themes).chain(profiles).chain(recent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{SavedState, Settings};

    fn session() -> Session {
        Session::new(Settings::default(), SavedState { started_before: true, ..SavedState::default() }).0
    }

    #[test]
    fn the_best_comes_first() {
        let session = session();
        for (typed, expected) in [
            ("settings", "View: Settings"),
            ("sepia", "Theme: Sepia"),
            ("full scr", "View: Full screen"),
            ("about", "Help: About Recto"),
            ("opn", "File: Open…"),
        ] {
            let found = offers(&session, typed);
            assert_eq!(found.first().map(|offer| offer.label.as_str()), Some(expected), "{typed}");
            assert!(!found[0].typed.is_empty());
        }
        assert!(offers(&session, "zzzzqq").is_empty());
    }

    #[test]
    fn what_cannot_be_chosen_stands_behind() {
        let found = offers(&session(), "copy");
        let first_grey = found.iter().position(|offer| !offer.can_run).unwrap();
        assert!(found.iter().skip(first_grey).all(|offer| !offer.can_run));
    }

    #[test]
    fn recent_files_are_offered_by_name_and_those_that_are_gone_are_grey() {
        let mut session = session();
        session.state.recent = vec![PathBuf::from("/x/ferry.html"), PathBuf::from("/x/gone.txt")].into();
        session.apply(Action::RecentMissing(vec![PathBuf::from("/x/gone.txt")]));
        for (typed, label, can_run) in
            [("ferry", "Open recent: ferry.html", true), ("gone.txt", "Open recent: gone.txt (not found)", false)]
        {
            let found = offers(&session, typed);
            let offer = found.iter().find(|offer| offer.label == label).unwrap();
            assert_eq!(offer.can_run, can_run, "{typed}");
        }
    }

    #[test]
    fn without_a_word_all_is_offered_in_order() {
        let found = offers(&session(), " ");
        assert_eq!(found.len(), COMMANDS.len() - 1 + themes().len());
    }
}
