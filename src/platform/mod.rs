//! What the operating system and the desktop do for the program: folders, files, dialogs, the browser, the menu entry.
//! Knows no article and no window. What asks another program of the desktop is in the feature `gui`.
//!
//! - [`folders`]: where settings, data, state and caches are kept
//! - [`files`]: saving without ever leaving half a file, and reading what may be broken
//! - [`icon`]: the program's icon
//! - [`integrate`]: the desktop's menu entry, icons and kinds of file (Linux)
//! - [`instance`]: one window a library, and asking the one that is open
//! - [`invocation`]: what the program was started with
//! - [`loader`]: which of the libraries that the window loads are there (Linux)
//! - [`log_file`]: what went wrong, for a bug report
//! - [`services`]: what the desktop offers: dialogs, appearance, a program for addresses
//! - `bin`: moving files to the desktop's bin
//! - `programs`: finding another program, and running one that may hang
//! - `dialogs`: choosing files and folders
//! - `browser`: opening an address, showing a file in its folder
//! - `clipboard`: styled text, pictures, the primary selection
//! - `preferences`: light or dark, contrast and motion as the desktop has them (Linux; elsewhere the window system tells)
//! - `watch`: files that change while they are open
//! - `watch_folders`: files that come to, go from and move within folders
//! - `recent_documents`: the desktop's list of recent documents (Linux)
//! - `session_bus`: D-Bus without waiting for ever (Linux)

pub mod files;
pub mod folders;
pub mod icon;
pub mod instance;
pub mod integrate;
pub mod invocation;
pub mod loader;
pub mod log_file;
mod programs;
pub mod services;

#[cfg(feature = "gui")]
pub mod bin;
#[cfg(feature = "gui")]
pub mod browser;
#[cfg(feature = "gui")]
pub mod clipboard;
#[cfg(feature = "gui")]
pub mod dialogs;
#[cfg(feature = "gui")]
pub mod preferences;
#[cfg(all(feature = "gui", not(any(windows, target_os = "macos"))))]
pub mod recent_documents;
#[cfg(all(feature = "gui", not(any(windows, target_os = "macos"))))]
mod session_bus;
#[cfg(feature = "gui")]
pub mod watch;
#[cfg(feature = "gui")]
pub mod watch_folders;

pub use files::{Loaded, read_json, save_atomically};
pub use folders::Folders;
pub use invocation::Invocation;

/// What desktops know the program by: the window's `app_id` (Wayland) and class (X11), and the name of the menu entry,
/// which have to be equal for a desktop to show the window under the program's icon.
pub const APP_ID: &str = "org.recto_reader.Recto";
