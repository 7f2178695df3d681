//! What the desktop prefers, where the window system does not tell it: light or dark, contrast, motion. On Linux from the
//! settings portal. Decides no colour.

/// What the desktop prefers, as far as it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Light or dark.
    pub scheme: Option<ColorScheme>,
    /// Whether contrast is to be high.
    pub high_contrast: Option<bool>,
    /// Whether things are to move as little as they can.
    pub reduced_motion: Option<bool>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorScheme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
    /// Nothing is set.
    NoPreference,
}

/// Calls back with the preferences and again with every change of them, from a thread of its own that sleeps in between.
/// Ends quietly where there is no portal. On Windows and macOS it does nothing, since winit reports the theme there.
pub fn watch(callback: impl Fn(Preferences) + Send + 'static) {
    #[cfg(not(any(windows, target_os = "macos")))]
    portal::watch(callback);
    #[cfg(any(windows, target_os = "macos"))]
    drop(callback);
}

/// Whether the desktop keeps a list of recent documents; `None` where it does not say. Waits for the session bus: ask on a
/// worker.
#[cfg(not(any(windows, target_os = "macos")))]
pub fn remembers_recent_documents() -> Option<bool> {
    portal::remembers_recent_documents()
}

#[cfg(not(any(windows, target_os = "macos")))]
mod portal {
    use zbus::blocking::Proxy;
    use zbus::zvariant::{OwnedValue, Value};

    use super::{ColorScheme, Preferences};
    use crate::platform::session_bus::{self, PORTAL_NAME, PORTAL_PATH};

    const INTERFACE: &str = "org.freedesktop.portal.Settings";
    const APPEARANCE: &str = "org.freedesktop.appearance";
    /// GNOME's own, which its portal and GTK's pass on; the portal's `reduced-motion` is younger than many desktops.
    const GNOME: &str = "org.gnome.desktop.interface";
    /// GNOME's switch for "file history", as its portal and GTK's pass it on.
    const PRIVACY: (&str, &str) = ("org.gnome.desktop.privacy", "remember-recent-files");
    const KEYS: [(&str, &str); 4] = [
        (APPEARANCE, "color-scheme"),
        (APPEARANCE, "contrast"),
        (GNOME, "enable-animations"),
        (APPEARANCE, "reduced-motion"),
    ];

    pub(super) fn watch(callback: impl Fn(Preferences) + Send + 'static) {
        // Without a thread there is no news, and the program's own defaults stand.
        let _ = std::thread::Builder::new().name("preferences".into()).spawn(move || {
            // An end of the watch is an end of the news, whatever its cause.
            let _ = follow(&callback);
        });
    }

    fn follow(callback: &impl Fn(Preferences)) -> zbus::Result<()> {
        let Some(bus) = session_bus::connect() else { return Ok(()) };
        let proxy = Proxy::new(&bus, PORTAL_NAME, PORTAL_PATH, INTERFACE)?;
        // Listening starts before reading, so that no change falls between the two.
        let changes = proxy.receive_signal("SettingChanged")?;
        let mut known = Preferences::default();
        for (namespace, key) in KEYS {
            if let Some(value) = read(&proxy, namespace, key) {
                take_in(&mut known, namespace, key, &value);
            }
        }
        callback(known);
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, Value<'_>) = body.deserialize()?;
            let before = known;
            take_in(&mut known, &namespace, &key, &value);
            if known != before {
                callback(known);
            }
        }
        Ok(())
    }

    pub(super) fn remembers_recent_documents() -> Option<bool> {
        let bus = session_bus::connect()?;
        let proxy = Proxy::new(&bus, PORTAL_NAME, PORTAL_PATH, INTERFACE).ok()?;
        let value = read(&proxy, PRIVACY.0, PRIVACY.1)?;
        switch(&value)
    }

    /// Whether a switch is on, through any wrapping.
    fn switch(value: &Value<'_>) -> Option<bool> {
        match value {
            Value::Value(inner) => switch(inner),
            Value::Bool(is_on) => Some(*is_on),
            _ => None,
        }
    }

    /// `ReadOne` came with version 2 of the interface; the older `Read` wraps its answer twice.
    fn read(proxy: &Proxy<'_>, namespace: &str, key: &str) -> Option<OwnedValue> {
        let read = |method: &str| proxy.call::<_, _, OwnedValue>(method, &(namespace, key));
        read("ReadOne").or_else(|_| read("Read")).ok()
    }

    /// Takes a value in; one that is none of these, or of another kind, changes nothing.
    pub(super) fn take_in(known: &mut Preferences, namespace: &str, key: &str, value: &Value<'_>) {
        match (namespace, key, value) {
            (_, _, Value::Value(inner)) => take_in(known, namespace, key, inner),
            // 1 prefers dark, 2 light; anything else is to be taken as no preference, as the portal's documentation says.
            (APPEARANCE, "color-scheme", Value::U32(scheme)) => {
                known.scheme = Some(match scheme {
                    1 => ColorScheme::Dark,
                    2 => ColorScheme::Light,
                    _ => ColorScheme::NoPreference,
                });
            }
            (APPEARANCE, "contrast", Value::U32(contrast)) => known.high_contrast = Some(*contrast == 1),
            (APPEARANCE, "reduced-motion", Value::U32(motion)) => known.reduced_motion = Some(*motion == 1),
            (GNOME, "enable-animations", Value::Bool(animates)) => known.reduced_motion = Some(!animates),
            _ => {}
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_switch_is_read_through_any_wrapping() {
            let wrapped = Value::Value(Box::new(Value::Value(Box::new(Value::Bool(false)))));
            for (value, expected) in
                [(Value::Bool(true), Some(true)), (wrapped, Some(false)), (Value::from("false"), None)]
            {
                assert_eq!(switch(&value), expected, "{value:?}");
            }
        }

        #[test]
        fn preferences_are_read_through_any_wrapping() {
            let check = |namespace: &str, key: &str, value: Value<'_>, expected: Preferences| {
                let mut known = Preferences::default();
                take_in(&mut known, namespace, key, &value);
                assert_eq!(known, expected, "{key} {value:?}");
            };
            let scheme = |scheme| Preferences { scheme: Some(scheme), ..Preferences::default() };
            check(APPEARANCE, "color-scheme", Value::U32(0), scheme(ColorScheme::NoPreference));
            check(APPEARANCE, "color-scheme", Value::U32(1), scheme(ColorScheme::Dark));
            let wrapped = Value::Value(Box::new(Value::Value(Box::new(Value::U32(2)))));
            check(APPEARANCE, "color-scheme", wrapped, scheme(ColorScheme::Light));
            check(APPEARANCE, "color-scheme", Value::from("dark"), Preferences::default());
            let contrast = |high| Preferences { high_contrast: Some(high), ..Preferences::default() };
            check(APPEARANCE, "contrast", Value::U32(1), contrast(true));
            check(APPEARANCE, "contrast", Value::U32(0), contrast(false));
            let motion = |reduced| Preferences { reduced_motion: Some(reduced), ..Preferences::default() };
            check(APPEARANCE, "reduced-motion", Value::U32(1), motion(true));
            check(GNOME, "enable-animations", Value::Bool(false), motion(true));
            check(GNOME, "cursor-size", Value::Bool(false), Preferences::default());
        }
    }
}
