//! Handing an address to the person's browser and a file to their file manager. No shell sees either; nothing is fetched.

use std::path::Path;

/// What may be handed to another program; `file:` and the like would let a saved page start programs on this machine.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Why nothing was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither web nor mail.
    #[error(
        "Recto opens web and mail addresses only. Copy the address and open it yourself if you trust it: {address}"
    )]
    NotAllowed {
        /// The address.
        address: String,
    },
    /// No program could be started.
    #[error("No program could be started ({detail}). Copy the address or path and open it yourself: {what}")]
    NoProgram {
        /// What the system says.
        detail: String,
        /// The address or path.
        what: String,
    },
}

/// Opens an `http`, `https` or `mailto` address in the person's browser or mail program, without waiting for it.
///
/// # Errors
/// [`OpenError`].
pub fn open_address(address: &str) -> Result<(), OpenError> {
    let address = address.trim();
    if !is_allowed(address) {
        return Err(OpenError::NotAllowed { address: address.to_owned() });
    }
    detach(address.as_ref())
}

/// Whether an address is of an allowed scheme and free of control characters.
fn is_allowed(address: &str) -> bool {
    SCHEMES.iter().any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        && !address.chars().any(char::is_control)
}

fn detach(what: &std::ffi::OsStr) -> Result<(), OpenError> {
    open::that_detached(what)
        .map_err(|error| OpenError::NoProgram { detail: error.to_string(), what: what.to_string_lossy().into_owned() })
}

/// Shows a file in the person's file manager, marked where the file manager can do that; otherwise its folder. May wait
/// for a slow session bus for some seconds: run it on a worker.
///
/// # Errors
/// [`OpenError::NoProgram`].
pub fn show_in_folder(path: &Path) -> Result<(), OpenError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if marked(&path) {
        return Ok(());
    }
    detach(path.parent().unwrap_or(&path).as_os_str())
}

#[cfg(windows)]
fn marked(path: &Path) -> bool {
    use std::os::windows::process::CommandExt as _;
    // Explorer parses its line itself; a file's name cannot hold the quote that would end the argument.
    let argument = format!("/select,\"{}\"", path.display());
    std::process::Command::new("explorer").raw_arg(argument).spawn().is_ok()
}

#[cfg(target_os = "macos")]
fn marked(path: &Path) -> bool {
    std::process::Command::new("/usr/bin/open").arg("-R").arg(path).status().is_ok_and(|status| status.success())
}

#[cfg(not(any(windows, target_os = "macos")))]
fn marked(path: &Path) -> bool {
    let Some(bus) = super::session_bus::connect() else { return false };
    let addresses = [file_address(path)];
    bus.call_method(
        Some("org.freedesktop.FileManager1"),
        "/org/freedesktop/FileManager1",
        Some("org.freedesktop.FileManager1"),
        "ShowItems",
        &(&addresses[..], ""),
    )
    .is_ok()
}

/// A path as a `file:` address (RFC 8089), every byte but the unreserved ones and the slash percent-encoded.
#[cfg(not(any(windows, target_os = "macos")))]
fn file_address(path: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;
    let mut address = "file://".to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(*byte));
            }
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_leave() {
        let check = |address: &str, expected| assert_eq!(is_allowed(address), expected, "{address}");
        check("https://example.org/a?b=c#d", true);
        check("HTTP://EXAMPLE.ORG", true);
        check("mailto:ann@example.org", true);
        check("file:///etc/passwd", false);
        check("javascript:alert(1)", false);
        check("--help", false);
        check("https:", false);
        check("ü", false);
        check("https://example.org/\n--new-window", false);
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn paths_become_addresses() {
        let check = |path: &str, expected| assert_eq!(file_address(Path::new(path)), expected);
        check("/home/ann/a b.html", "file:///home/ann/a%20b.html");
        check("/tmp/100%/é#1?.txt", "file:///tmp/100%25/%C3%A9%231%3F.txt");
    }
}
