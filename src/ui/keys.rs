//! Shortcuts → egui's keys. Knows no command by name.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::shortcut::{Key as PlainKey, Shortcut};
use crate::app::{Command, Session};

/// The command whose shortcut was pressed and that can be chosen now. Its key press is consumed.
/// `list_has_focus` says whether keys that pick belong to the list of stories.
pub fn pressed_command(ctx: &egui::Context, session: &Session, list_has_focus: bool) -> Option<Command> {
    let is_pressed = |event: &egui::Event| matches!(event, egui::Event::Key { pressed: true, .. });
    if !ctx.input(|input| input.events.iter().any(is_pressed)) {
        return None;
    }
    let typing = ctx.text_edit_focused();
    // A button or a row takes the keys that move within it; a menu or a dialog takes all that are plain.
    let is_focused = ctx.memory(|memory| memory.focused().is_some());
    let is_asked = egui::Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
    let is_taken = |shortcut: Shortcut| {
        let is_plain = !shortcut.command && !matches!(shortcut.key, PlainKey::Function(_));
        let moves = matches!(shortcut.key, PlainKey::Named("Home" | "End"));
        is_plain && (typing || is_asked || (is_focused && moves && !shortcut.alt))
    };
    let mut rows = session.keymap().bindings();
    ctx.input_mut(|input| {
        rows.find_map(|(command, shortcut)| {
            // Ctrl+V and Ctrl+C come as events of their own; plain keys belong to the text field that has the focus, and so
            // does what every text field takes. Keys that move the view move the caret while there is one.
            if matches!(command, Command::Paste | Command::Copy)
                || ((typing || list_has_focus) && command == Command::SelectAll)
                || is_taken(shortcut)
                || (session.caret_browsing && command.scroll().is_some())
                || !session.can_run(command)
            {
                return None;
            }
            variants(shortcut).into_iter().any(|keys| consume(input, keys)).then_some(command)
        })
    })
}

/// Takes a key press with just these modifiers: egui's own matching lets Ctrl+Shift+O pass for Ctrl+O. Signs that are typed
/// with Shift on some keyboards pass with it.
fn consume(input: &mut egui::InputState, keys: KeyboardShortcut) -> bool {
    let is_sign = matches!(keys.logical_key, Key::Plus | Key::Equals | Key::Minus | Key::Comma);
    let at = input.events.iter().position(|event| match event {
        egui::Event::Key { key, modifiers, pressed: true, .. } if *key == keys.logical_key => {
            if is_sign {
                modifiers.matches_logically(keys.modifiers)
            } else {
                modifiers.matches_exact(keys.modifiers)
            }
        }
        _ => false,
    });
    if let Some(at) = at {
        input.events.remove(at);
    }
    at.is_some()
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

/// The shortcut that was pressed just now, whatever it runs; its key press is consumed. For a field that takes one down.
pub fn pressed_shortcut(ctx: &egui::Context) -> Option<Shortcut> {
    ctx.input_mut(|input| {
        let (at, shortcut) = input.events.iter().enumerate().find_map(|(at, event)| match event {
            egui::Event::Key { key, modifiers, pressed: true, .. } => Some((at, shortcut_of(*key, *modifiers)?)),
            _ => None,
        })?;
        input.events.remove(at);
        Some(shortcut)
    })
}

fn shortcut_of(key: Key, modifiers: Modifiers) -> Option<Shortcut> {
    let plain = match key {
        // egui calls it by the typographic minus.
        Key::Minus => PlainKey::Char('-'),
        Key::ArrowLeft => PlainKey::Named("ArrowLeft"),
        Key::ArrowRight => PlainKey::Named("ArrowRight"),
        Key::ArrowUp => PlainKey::Named("ArrowUp"),
        Key::ArrowDown => PlainKey::Named("ArrowDown"),
        key => PlainKey::named(key.name()).or_else(|| PlainKey::named(key.symbol_or_name()))?,
    };
    // A plus is typed with Shift on many keyboards.
    let plain = if key == Key::Equals && modifiers.shift { PlainKey::Char('+') } else { plain };
    let is_sign = matches!(plain, PlainKey::Char(c) if !c.is_ascii_alphanumeric());
    Some(Shortcut { command: modifiers.command, shift: modifiers.shift && !is_sign, alt: modifiers.alt, key: plain })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::COMMANDS;

    #[test]
    fn every_shortcut_has_a_key_and_is_taken_down_as_it_is() {
        for row in COMMANDS {
            for shortcut in row.command.default_shortcuts() {
                let keys = variants(shortcut);
                let first = keys.first().copied();
                let pressed = first.and_then(|keys| shortcut_of(keys.logical_key, keys.modifiers));
                assert_eq!(pressed, Some(shortcut), "{}", row.name);
            }
        }
    }
}
