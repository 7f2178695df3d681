//! Which shortcut runs which command: the table's, and over it the person's own. A shortcut that the person gives to one
//! command is taken from every other.

use std::collections::BTreeMap;

use super::command::{COMMANDS, Command};
use super::shortcut::Shortcut;

/// Shortcuts in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of the commands; the first of a command is the one that menus show.
    bindings: Vec<(Command, Shortcut)>,
    /// Shortcuts of the table that the person has given to another command: whose each was, and whose it is.
    taken: Vec<(Command, Shortcut, Command)>,
}

impl Keymap {
    /// With the person's own, by the commands' ids. What is no command, no shortcut or reserved is passed over.
    pub fn new(own: &BTreeMap<String, Vec<String>>) -> Self {
        let own: BTreeMap<String, Vec<Shortcut>> = own
            .iter()
            .map(|(id, texts)| {
                let shortcuts = texts.iter().filter_map(|text| text.parse().ok());
                (id.clone(), shortcuts.filter(|shortcut: &Shortcut| !shortcut.is_reserved()).collect())
            })
            .collect();
        let (mut bindings, mut taken) = (Vec::new(), Vec::new());
        let owner = |shortcut: Shortcut| {
            let found = own.iter().find(|(_, shortcuts)| shortcuts.contains(&shortcut));
            found.and_then(|(id, _)| Command::of_id(id)).filter(|command| !command.has_fixed_shortcut())
        };
        let mut given = std::collections::HashSet::new();
        for row in COMMANDS {
            let command = row.command;
            match own.get(&command.id()).filter(|_| !command.has_fixed_shortcut()) {
                // Of two commands with the same of the person's own, the first has it.
                Some(shortcuts) => bindings.extend(
                    shortcuts.iter().filter(|shortcut| given.insert(**shortcut)).map(|shortcut| (command, *shortcut)),
                ),
                None => {
                    for shortcut in command.default_shortcuts() {
                        match owner(shortcut) {
                            Some(other) => taken.push((command, shortcut, other)),
                            None => bindings.push((command, shortcut)),
                        }
                    }
                }
            }
        }
        Self { bindings, taken }
    }

    /// All of them, in the order of the commands.
    pub fn bindings(&self) -> impl Iterator<Item = (Command, Shortcut)> + '_ {
        self.bindings.iter().copied()
    }

    /// Those of a command, the one that menus show first.
    pub fn of(&self, command: Command) -> impl Iterator<Item = Shortcut> + '_ {
        self.bindings.iter().filter(move |(of, _)| *of == command).map(|(_, shortcut)| *shortcut)
    }

    /// The one that menus show.
    pub fn first(&self, command: Command) -> Option<Shortcut> {
        self.of(command).next()
    }

    /// The command that has a shortcut.
    pub fn command(&self, shortcut: Shortcut) -> Option<Command> {
        self.bindings.iter().find(|(_, known)| *known == shortcut).map(|(command, _)| *command)
    }

    /// Shortcuts of the table that this command has lost, and to which command.
    pub fn lost_by(&self, command: Command) -> impl Iterator<Item = (Shortcut, Command)> + '_ {
        self.taken.iter().filter(move |(of, ..)| *of == command).map(|(_, shortcut, by)| (*shortcut, *by))
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&BTreeMap::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap(own: &[(&str, &[&str])]) -> Keymap {
        let own = own.iter().map(|(id, texts)| ((*id).to_owned(), texts.iter().map(|&text| text.to_owned()).collect()));
        Keymap::new(&own.collect())
    }

    fn shortcut(text: &str) -> Shortcut {
        text.parse().unwrap()
    }

    #[test]
    fn the_table_holds_where_nothing_else_is_said() {
        let keymap = Keymap::default();
        for row in COMMANDS {
            assert_eq!(keymap.first(row.command), row.shortcut, "{}", row.name);
        }
        assert_eq!(keymap.command(shortcut("Ctrl+G")), Some(Command::FindNext));
    }

    #[test]
    fn what_a_person_gives_is_taken_from_others() {
        let keymap = keymap(&[("find-next", &["Ctrl+O", "J"]), ("quit", &[]), ("nonsense", &["K"])]);
        assert_eq!(keymap.command(shortcut("Ctrl+O")), Some(Command::FindNext));
        assert_eq!(keymap.command(shortcut("J")), Some(Command::FindNext));
        assert_eq!(keymap.command(shortcut("F3")), None);
        assert_eq!(keymap.first(Command::Open), None);
        assert_eq!(keymap.lost_by(Command::Open).collect::<Vec<_>>(), [(shortcut("Ctrl+O"), Command::FindNext)]);
        assert_eq!(keymap.first(Command::Quit), None);
        assert_eq!(keymap.command(shortcut("K")), None);
    }

    #[test]
    fn what_moves_about_and_the_clipboard_stay() {
        let keymap = keymap(&[("open", &["Space", "Ctrl+C", "Ctrl+Space"]), ("copy", &["J"])]);
        assert_eq!(keymap.of(Command::Open).collect::<Vec<_>>(), [shortcut("Ctrl+Space")]);
        assert_eq!(keymap.command(shortcut("Ctrl+C")), Some(Command::Copy));
        assert_eq!(keymap.command(shortcut("J")), None);
    }

    #[test]
    fn of_two_claims_the_first_holds() {
        let keymap = keymap(&[("open", &["J"]), ("quit", &["J"])]);
        assert_eq!(keymap.bindings().filter(|(_, s)| *s == shortcut("J")).count(), 1);
    }

    #[test]
    fn every_command_has_an_id_and_is_found_by_it() {
        for row in COMMANDS {
            let id = row.command.id();
            assert!(!id.is_empty());
            assert_eq!(Command::of_id(&id), Some(row.command), "{id}");
        }
    }
}
