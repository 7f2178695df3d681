//! A place holder for the window while it is written elsewhere; draws nothing.

use crate::platform::Invocation;

/// Opens the window.
///
/// # Errors
/// Always, for now.
pub fn run(_invocation: Invocation) -> Result<(), String> {
    Err("The window is not part of this build yet. Use `recto inspect`".to_owned())
}
