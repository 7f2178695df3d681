//! What the window and the desktop need of each other. Opens no window, and starts no program of the desktop's.

use std::path::Path;

use super::Finding;
use crate::platform::folders::DesktopFolders;
use crate::platform::services::Services;
use crate::platform::{integrate, loader};

/// Whether this is a system whose desktop is a matter of packages.
const IS_FREE: bool = !cfg!(any(windows, target_os = "macos"));

/// What the window loads on X11, what on Wayland, and for OpenGL, where one of the two is enough.
const X11_LIBRARIES: &[&str] =
    &["libX11.so.6", "libX11-xcb.so.1", "libXcursor.so.1", "libXi.so.6", "libxkbcommon.so.0", "libxkbcommon-x11.so.0"];
const WAYLAND_LIBRARIES: &[&str] = &["libwayland-client.so.0", "libwayland-egl.so.1", "libxkbcommon.so.0"];
const GL_LIBRARIES: &[&str] = &["libEGL.so.1", "libGL.so.1"];

/// What the crate rfd asks the portal for files through.
const DBUS: &str = "libdbus-1.so.3";

/// Where the system puts what drives the graphics card.
const GRAPHICS_DEVICES: &str = "/dev/dri";

/// A variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The display, and what has to be there to draw on it.
pub(super) fn screen() -> Vec<Finding> {
    if !cfg!(feature = "gui") {
        return vec![Finding::ok("display", "Not looked for: this build has no window")];
    }
    if !IS_FREE {
        return vec![Finding::ok("display", "The system’s own")];
    }
    vec![display(variable("WAYLAND_DISPLAY").as_deref(), variable("DISPLAY").as_deref()), graphics()]
}

/// The display, by the variables that name it.
fn display(wayland: Option<&str>, x11: Option<&str>) -> Finding {
    const CHECK: &str = "display";
    let (found, wanted, package) = match (wayland, x11) {
        (Some(name), _) => {
            (format!("Wayland, {name}"), WAYLAND_LIBRARIES, "libwayland-client0, libwayland-egl1, libxkbcommon0")
        }
        (None, Some(name)) => (
            format!("X11, {name}"),
            X11_LIBRARIES,
            "libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon0, libxkbcommon-x11-0",
        ),
        (None, None) => {
            return Finding::warn(
                CHECK,
                "Neither WAYLAND_DISPLAY nor DISPLAY is set, so no window can be opened from here",
                "Start Recto from a desktop; its other commands work without one",
            );
        }
    };
    if let Some(socket) = wayland.is_none().then(|| x11.and_then(x11_socket)).flatten()
        && !Path::new(&socket).exists()
    {
        return Finding::problem(
            CHECK,
            format!("DISPLAY names an X server that is not running: {socket}"),
            "Set DISPLAY to the one that runs, or start Recto from the desktop itself",
        );
    }
    match loader::missing(wanted) {
        Some(missing) if !missing.is_empty() => Finding::problem(
            CHECK,
            format!("{found}; these libraries cannot be loaded: {}", missing.join(", ")),
            format!("Install them (Debian: {package})"),
        ),
        _ => Finding::ok(CHECK, found),
    }
}

/// The socket of an X server on this computer, by the name of its display (`:1`, `:1.0`); `None` for one elsewhere.
fn x11_socket(display: &str) -> Option<String> {
    let number = display.strip_prefix(':').or_else(|| display.strip_prefix("unix:"))?;
    let number = number.split('.').next().unwrap_or_default();
    number.chars().all(|c| c.is_ascii_digit()).then(|| format!("/tmp/.X11-unix/X{number}"))
}

fn graphics() -> Finding {
    const CHECK: &str = "graphics";
    let Some(missing) = loader::missing(GL_LIBRARIES) else {
        return Finding::warn(
            CHECK,
            "Not known: the system’s loader did not answer",
            "If the window does not open, install OpenGL (Debian: libegl1, libgl1, libgl1-mesa-dri)",
        );
    };
    if missing.len() == GL_LIBRARIES.len() {
        return Finding::problem(
            CHECK,
            format!("OpenGL cannot be loaded: {}", missing.join(", ")),
            "Install it (Debian: libegl1, libgl1, libgl1-mesa-dri)",
        );
    }
    let found: Vec<_> = GL_LIBRARIES.iter().filter(|library| !missing.contains(library)).copied().collect();
    let found = format!("OpenGL can be loaded: {}", found.join(", "));
    if Path::new(GRAPHICS_DEVICES).is_dir() {
        Finding::ok(CHECK, found)
    } else {
        Finding::ok(CHECK, format!("{found}; no graphics card is in sight, so the processor draws"))
    }
}

/// Dialogs, appearance, and who opens addresses.
pub(super) fn services() -> Vec<Finding> {
    if !IS_FREE {
        return vec![Finding::ok("dialogs", "The system’s own")];
    }
    let services = Services::ask();
    let can_ask = loader::missing(&[DBUS]).is_none_or(|missing| missing.is_empty());
    vec![dialogs(&services, can_ask), appearance(&services), addresses(&services)]
}

/// File dialogs; `can_ask` is whether the library that the portal is asked through can be loaded.
fn dialogs(services: &Services, can_ask: bool) -> Finding {
    const CHECK: &str = "dialogs";
    const ADVICE: &str = "Install xdg-desktop-portal with your desktop’s backend (Debian: xdg-desktop-portal-gtk, -gnome, \
        -kde), or zenity. Until then type or paste the path, or drop the file on the window";
    match (services.file_chooser, &services.zenity) {
        (Some(version), _) if can_ask => {
            Finding::ok(CHECK, format!("The desktop’s portal, version {version} of its FileChooser"))
        }
        (Some(_), None) => Finding::warn(
            CHECK,
            format!("There is a portal for files, but {DBUS} cannot be loaded, and there is no zenity"),
            "Install libdbus (Debian: libdbus-1-3)",
        ),
        (_, Some(zenity)) => Finding::ok(CHECK, format!("Without a portal, by zenity: {}", zenity.display())),
        (None, None) => match services.session_bus {
            None => Finding::ok(CHECK, "Not looked for: this build has no window"),
            Some(true) => {
                Finding::warn(CHECK, "The session bus has no portal for files, and there is no zenity", ADVICE)
            }
            Some(false) => Finding::warn(CHECK, "No session bus answers, and there is no zenity", ADVICE),
        },
    }
}

fn appearance(services: &Services) -> Finding {
    const CHECK: &str = "appearance";
    match (services.settings, services.session_bus) {
        (Some(version), _) => Finding::ok(CHECK, format!("The desktop’s portal, version {version} of its Settings")),
        (None, None) => Finding::ok(CHECK, "Not looked for: this build has no window"),
        (None, Some(_)) => Finding::warn(
            CHECK,
            "No portal tells whether the desktop is light or dark",
            "Choose a theme in Recto, or install xdg-desktop-portal with your desktop’s backend",
        ),
    }
}

fn addresses(services: &Services) -> Finding {
    const CHECK: &str = "addresses";
    match &services.opener {
        Some(program) => Finding::ok(CHECK, format!("Links are handed to the browser by {}", program.display())),
        None => Finding::warn(
            CHECK,
            "No program hands links to the browser",
            "Install xdg-utils; until then copy the address and open it yourself",
        ),
    }
}

/// Which program opens web pages from disk.
pub(super) fn default_program() -> Finding {
    const CHECK: &str = "default";
    if !IS_FREE {
        return Finding::ok(CHECK, "The system’s own settings say which program opens text/html");
    }
    let Some(folders) = DesktopFolders::for_user() else {
        return Finding::problem(CHECK, "There is no home folder", "Set HOME, and start again");
    };
    let ours = integrate::menu_entry_name();
    let is_in_menu = std::iter::once(&folders.data_home)
        .chain(&folders.data_dirs)
        .any(|folder| folder.join("applications").join(&ours).is_file());
    let hint = if is_in_menu {
        "recto integrate --default makes it Recto"
    } else {
        "recto integrate adds Recto to the menu and to “Open with”"
    };
    match integrate::opener_of("text/html", &folders) {
        Some((entry, _)) if entry == ours => Finding::ok(CHECK, "Recto opens text/html"),
        Some((entry, true)) => Finding::ok(CHECK, format!("{entry} was chosen to open text/html")).with_hint(hint),
        Some((entry, false)) => Finding::ok(CHECK, format!("{entry} opens text/html; nobody chose it")).with_hint(hint),
        None => Finding::warn(CHECK, "No program opens text/html", hint),
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    #[test]
    fn the_socket_of_a_display() {
        let check = |display: &str, expected: Option<&str>| {
            assert_eq!(x11_socket(display).as_deref(), expected, "{display}");
        };
        check(":0", Some("/tmp/.X11-unix/X0"));
        check(":12.0", Some("/tmp/.X11-unix/X12"));
        check("unix:1", Some("/tmp/.X11-unix/X1"));
        check("elsewhere:0", None);
        check(":a/../b", None);
    }

    #[test]
    fn what_the_desktop_lacks_is_told_with_what_to_do() {
        let check = |services: &Services, dialog: State, theme: State, link: State| {
            let found = [dialogs(services, true), appearance(services), addresses(services)];
            assert_eq!(found.clone().map(|finding| finding.state), [dialog, theme, link], "{services:?}");
            assert!(found.iter().all(|finding| finding.state == State::Ok || finding.advice.is_some()));
        };
        let nothing = Services { session_bus: Some(false), ..Services::default() };
        check(&nothing, State::Warn, State::Warn, State::Warn);
        check(
            &Services { zenity: Some("/usr/bin/zenity".into()), ..nothing.clone() },
            State::Ok,
            State::Warn,
            State::Warn,
        );
        let portal =
            Services { session_bus: Some(true), file_chooser: Some(4), settings: Some(2), ..Services::default() };
        check(&portal, State::Ok, State::Ok, State::Warn);
        assert_eq!(dialogs(&portal, false).state, State::Warn);
        check(&Services::default(), State::Ok, State::Ok, State::Warn);
    }

    #[test]
    fn without_a_display_there_is_no_window() {
        assert_eq!(display(None, None).state, State::Warn);
        assert_eq!(display(None, Some(":4711")).state, State::Problem);
    }
}
