//! Shortcuts → egui's keys. Knows no command by name.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::Session;
use crate::app::command::{COMMANDS, Command, Key as PlainKey, Shortcut};

/// The command whose shortcut was pressed and that can be chosen now. Its key press is consumed.
pub fn pressed_command(ctx: &egui::Context, session: &Session) -> Option<Command> {
    let typing = ctx.egui_wants_keyboard_input();
    // egui lets Ctrl+Shift+O pass for Ctrl+O, so the shortcuts with the most modifiers are asked for first.
    let mut rows: Vec<_> = COMMANDS.iter().filter_map(|row| Some((row, row.shortcut?))).collect();
    rows.sort_by_key(|(_, keys)| {
        std::cmp::Reverse([keys.command, keys.shift, keys.alt].iter().filter(|on| **on).count())
    });
    ctx.input_mut(|input| {
        rows.into_iter().find_map(|(row, shortcut)| {
            // Ctrl+V and Ctrl+C come as events of their own; plain keys belong to the text field that has the focus, and so
            // does what every text field takes.
            if matches!(row.command, Command::Paste | Command::Copy)
                || (typing && row.command == Command::SelectAll)
                || (typing && !shortcut.command && !matches!(shortcut.key, PlainKey::Function(_)))
            {
                return None;
            }
            if !session.can_run(row.command) {
                return None;
            }
            variants(shortcut).into_iter().any(|keys| input.consume_shortcut(&keys)).then_some(row.command)
        })
    })
}

/// The key combinations that mean a shortcut: `+` is typed as `=` on many keyboards.
fn variants(shortcut: Shortcut) -> Vec<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    if shortcut.command {
        modifiers |= Modifiers::COMMAND;
    }
    if shortcut.shift {
        modifiers |= Modifiers::SHIFT;
    }
    if shortcut.alt {
        modifiers |= Modifiers::ALT;
    }
    let keys: &[Key] = match shortcut.key {
        PlainKey::Char('+') => &[Key::Plus, Key::Equals],
        PlainKey::Char('-') => &[Key::Minus],
        PlainKey::Char(',') => &[Key::Comma],
        PlainKey::Char(c) => {
            return key_named(&c.to_string()).map(|key| KeyboardShortcut::new(modifiers, key)).into_iter().collect();
        }
        PlainKey::Function(n) => {
            return key_named(&format!("F{n}")).map(|key| KeyboardShortcut::new(modifiers, key)).into_iter().collect();
        }
        PlainKey::Named(name) => {
            return key_named(name).map(|key| KeyboardShortcut::new(modifiers, key)).into_iter().collect();
        }
    };
    keys.iter().map(|key| KeyboardShortcut::new(modifiers, *key)).collect()
}

fn key_named(name: &str) -> Option<Key> {
    Key::from_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_has_a_key() {
        for row in COMMANDS {
            if let Some(shortcut) = row.shortcut {
                assert!(!variants(shortcut).is_empty(), "{}", row.name);
            }
        }
    }
}
