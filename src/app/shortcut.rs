//! Keys with their modifiers, by plain names that a settings file and a menu can hold. Presses none.

use std::str::FromStr;

/// A key, by what is printed on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or sign, in upper case.
    Char(char),
    /// F1 to F12.
    Function(u8),
    /// A named key, as the W3C's `KeyboardEvent.key` has it (`PageDown`, `Home`).
    Named(&'static str),
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl; Command on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key.
    pub key: Key,
}

/// Keys with a name, as the W3C's `KeyboardEvent.key` has them, and what menus call them.
const NAMED: &[(&str, &str)] = &[
    ("PageUp", "Page Up"),
    ("PageDown", "Page Down"),
    ("ArrowLeft", "←"),
    ("ArrowRight", "→"),
    ("ArrowUp", "↑"),
    ("ArrowDown", "↓"),
    ("Home", "Home"),
    ("End", "End"),
    ("Insert", "Insert"),
    ("Delete", "Delete"),
    ("Backspace", "Backspace"),
    ("Enter", "Enter"),
    ("Space", "Space"),
    ("Tab", "Tab"),
    ("Escape", "Esc"),
];

/// The last function key.
const LAST_FUNCTION_KEY: u8 = 24;

impl Key {
    /// A key by its name in a settings file.
    pub fn named(name: &str) -> Option<Self> {
        if let Some((name, _)) = NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Some(Self::Named(name));
        }
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_ascii_alphanumeric() || c.is_ascii_punctuation() => {
                Some(Self::Char(c.to_ascii_uppercase()))
            }
            (Some('F' | 'f'), Some(_)) => {
                let number = name.get(1..)?.parse().ok()?;
                (1..=LAST_FUNCTION_KEY).contains(&number).then_some(Self::Function(number))
            }
            _ => None,
        }
    }
}

impl Shortcut {
    /// As a settings file has it: `Ctrl+Shift+P`, on every system.
    pub fn to_text(self) -> String {
        let mut text = String::new();
        for (is_held, name) in [(self.command, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if is_held {
                text.push_str(name);
            }
        }
        match self.key {
            Key::Char(c) => text.push(c),
            Key::Function(number) => text.push_str(&format!("F{number}")),
            Key::Named(name) => text.push_str(name),
        }
        text
    }

    /// Why it can be no command's: it moves about, types, or belongs to the clipboard.
    pub fn is_reserved(self) -> bool {
        let moves = matches!(self.key, Key::Named("Space" | "Tab" | "Enter" | "Escape" | "Backspace"))
            || matches!(self.key, Key::Named(name) if name.starts_with("Arrow"));
        let clipboard = matches!(self.key, Key::Char('C' | 'V' | 'X')) && self.command && !self.shift && !self.alt;
        clipboard || (moves && !self.command && !self.alt)
    }
}

impl FromStr for Shortcut {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut shortcut = Self { command: false, shift: false, alt: false, key: Key::Char(' ') };
        let mut rest = text.trim();
        // The key itself may be a plus.
        while let Some((modifier, after)) = rest.split_once('+').filter(|(_, after)| !after.is_empty()) {
            match modifier.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "cmd" | "command" => shortcut.command = true,
                "shift" => shortcut.shift = true,
                "alt" | "option" => shortcut.alt = true,
                _ => return Err(()),
            }
            rest = after.trim_start();
        }
        shortcut.key = Key::named(rest.trim_end()).ok_or(())?;
        Ok(shortcut)
    }
}

impl std::fmt::Display for Shortcut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mac = cfg!(target_os = "macos");
        if self.command {
            f.write_str(if mac { "⌘" } else { "Ctrl+" })?;
        }
        if self.alt {
            f.write_str(if mac { "⌥" } else { "Alt+" })?;
        }
        if self.shift {
            f.write_str(if mac { "⇧" } else { "Shift+" })?;
        }
        match self.key {
            Key::Char('-') => f.write_str("−"),
            Key::Char(c) => write!(f, "{c}"),
            Key::Function(n) => write!(f, "F{n}"),
            Key::Named(name) => {
                f.write_str(NAMED.iter().find(|(known, _)| *known == name).map_or(name, |(_, shown)| shown))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_are_read_as_they_are_written() {
        for text in [
            "Ctrl+Shift+P",
            "F9",
            "Shift+F11",
            "Alt+ArrowLeft",
            "Ctrl+PageUp",
            "M",
            "Delete",
            "Ctrl+,",
            "Ctrl++",
            "Ctrl+Alt+-",
        ] {
            let shortcut: Shortcut = text.parse().unwrap();
            assert_eq!(shortcut.to_text(), text);
        }
        for (text, expected) in [("shift + ctrl + p", "Ctrl+Shift+P"), ("cmd+pageup", "Ctrl+PageUp"), ("f12", "F12")] {
            assert_eq!(text.parse::<Shortcut>().unwrap().to_text(), expected);
        }
        for text in ["", "Ctrl+", "Hyper+P", "F99", "Ctrl+é", "PageSideways"] {
            assert!(text.parse::<Shortcut>().is_err(), "{text}");
        }
    }

    #[test]
    fn keys_that_move_about_are_reserved() {
        for (text, expected) in [
            ("Space", true),
            ("Shift+Tab", true),
            ("Ctrl+Enter", false),
            ("Alt+ArrowUp", false),
            ("Ctrl+C", true),
            ("Ctrl+Shift+C", false),
            ("J", false),
        ] {
            assert_eq!(text.parse::<Shortcut>().unwrap().is_reserved(), expected, "{text}");
        }
    }
}
