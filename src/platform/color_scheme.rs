//! The desktop's light or dark preference where the window system does not tell it: on Linux, from the settings portal.
//! Decides no colour.

/// What the desktop prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorScheme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
    /// Nothing is set.
    NoPreference,
}

/// Calls back with the preference and again with every change of it, from a thread of its own that sleeps in between.
/// Ends quietly where there is no portal. On Windows and macOS it does nothing, since winit reports the theme there.
pub fn watch(callback: impl Fn(ColorScheme) + Send + 'static) {
    #[cfg(not(any(windows, target_os = "macos")))]
    portal::watch(callback);
    #[cfg(any(windows, target_os = "macos"))]
    drop(callback);
}

#[cfg(not(any(windows, target_os = "macos")))]
mod portal {
    use zbus::blocking::Proxy;
    use zbus::zvariant::{OwnedValue, Value};

    use super::ColorScheme;
    use crate::platform::session_bus::{self, PORTAL_NAME, PORTAL_PATH};

    const INTERFACE: &str = "org.freedesktop.portal.Settings";
    const NAMESPACE: &str = "org.freedesktop.appearance";
    const KEY: &str = "color-scheme";

    pub(super) fn watch(callback: impl Fn(ColorScheme) + Send + 'static) {
        // Without a thread there is no news, and the program's own default theme stands.
        let _ = std::thread::Builder::new().name("color scheme".into()).spawn(move || {
            // An end of the watch is an end of the news, whatever its cause.
            let _ = follow(&callback);
        });
    }

    fn follow(callback: &impl Fn(ColorScheme)) -> zbus::Result<()> {
        let Some(bus) = session_bus::connect() else { return Ok(()) };
        let proxy = Proxy::new(&bus, PORTAL_NAME, PORTAL_PATH, INTERFACE)?;
        // Listening starts before reading, so that no change falls between the two.
        let changes = proxy.receive_signal_with_args("SettingChanged", &[(0, NAMESPACE), (1, KEY)])?;
        if let Some(scheme) = read(&proxy) {
            callback(scheme);
        }
        for change in changes {
            let body = change.body();
            let (_, _, value): (String, String, Value<'_>) = body.deserialize()?;
            if let Some(scheme) = scheme(&value) {
                callback(scheme);
            }
        }
        Ok(())
    }

    /// `ReadOne` came with version 2 of the interface; the older `Read` wraps its answer twice.
    fn read(proxy: &Proxy<'_>) -> Option<ColorScheme> {
        let read = |method: &str| proxy.call::<_, _, OwnedValue>(method, &(NAMESPACE, KEY));
        let value = read("ReadOne").or_else(|_| read("Read")).ok()?;
        scheme(&value)
    }

    /// 1 prefers dark, 2 light; anything else is to be taken as no preference, as the portal's documentation says.
    pub(super) fn scheme(value: &Value<'_>) -> Option<ColorScheme> {
        match value {
            Value::Value(inner) => scheme(inner),
            Value::U32(1) => Some(ColorScheme::Dark),
            Value::U32(2) => Some(ColorScheme::Light),
            Value::U32(_) => Some(ColorScheme::NoPreference),
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn schemes_are_read_through_any_wrapping() {
            let check = |value: Value<'_>, expected| assert_eq!(scheme(&value), expected, "{value:?}");
            check(Value::U32(0), Some(ColorScheme::NoPreference));
            check(Value::U32(1), Some(ColorScheme::Dark));
            check(Value::Value(Box::new(Value::Value(Box::new(Value::U32(2))))), Some(ColorScheme::Light));
            check(Value::U32(77), Some(ColorScheme::NoPreference));
            check(Value::from("dark"), None);
        }
    }
}
