//! What the desktop offers a program, found without using it: file dialogs, the light or dark preference, a program for
//! addresses. Every question has an end. Shows nothing.

use std::path::PathBuf;

/// What there is. On Windows and macOS all of it is part of the system, and nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Services {
    /// Whether the session bus answers; `None` where this build cannot ask.
    pub session_bus: Option<bool>,
    /// The version of the portal for file dialogs.
    pub file_chooser: Option<u32>,
    /// The version of the portal for settings.
    pub settings: Option<u32>,
    /// zenity, which shows file dialogs where there is no portal.
    pub zenity: Option<PathBuf>,
    /// What hands addresses to the browser.
    pub opener: Option<PathBuf>,
}

/// The programs that hand an address to the browser, as the crate `open` tries them.
const OPENERS: [&str; 4] = ["xdg-open", "gio", "gnome-open", "kde-open"];

impl Services {
    /// Asks. Takes some seconds where the bus or a portal hangs.
    pub fn ask() -> Self {
        if cfg!(any(windows, target_os = "macos")) {
            return Self::default();
        }
        let (session_bus, file_chooser, settings) = portals();
        Self {
            session_bus,
            file_chooser,
            settings,
            zenity: super::programs::on_path("zenity"),
            opener: OPENERS.into_iter().find_map(super::programs::on_path),
        }
    }
}

/// Whether there is a bus, and the versions of its portals for files and for settings.
type Portals = (Option<bool>, Option<u32>, Option<u32>);

#[cfg(all(feature = "gui", not(any(windows, target_os = "macos"))))]
fn portals() -> Portals {
    use super::session_bus::{connect, portal_version};
    let Some(bus) = connect() else { return (Some(false), None, None) };
    let version = |name: &str| portal_version(&bus, &format!("org.freedesktop.portal.{name}"));
    (Some(true), version("FileChooser"), version("Settings"))
}

#[cfg(not(all(feature = "gui", not(any(windows, target_os = "macos")))))]
fn portals() -> Portals {
    (None, None, None)
}
