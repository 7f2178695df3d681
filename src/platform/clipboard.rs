//! The clipboard, for what the window toolkit cannot put there: styled text, pictures, and X11's primary selection. Never
//! reads it.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use arboard::{Clipboard, Error, ImageData};

/// Kept for as long as the program runs: on X11 and Wayland what is offered is gone with the one who offers it.
static CLIPBOARD: Mutex<Option<Clipboard>> = Mutex::new(None);

/// Puts text on the clipboard, and beside it the same as HTML for programs that take styles.
///
/// # Errors
/// What failed and what to do.
pub fn copy(text: &str, html: Option<&str>) -> Result<(), String> {
    with_clipboard(|clipboard| match html {
        Some(html) => clipboard.set_html(html, Some(text)),
        None => clipboard.set_text(text),
    })
}

/// Puts a picture on the clipboard: straight RGBA, row by row.
///
/// # Errors
/// What failed and what to do.
pub fn copy_picture(width: u32, height: u32, rgba: &[u8]) -> Result<(), String> {
    let size = |side: u32| usize::try_from(side).unwrap_or(usize::MAX);
    let image = ImageData { width: size(width), height: size(height), bytes: Cow::Borrowed(rgba) };
    with_clipboard(|clipboard| clipboard.set_image(image))
}

/// Offers text as the primary selection, which the middle button pastes. Does nothing where there is none.
///
/// # Errors
/// What failed and what to do.
pub fn offer_selection(text: &str) -> Result<(), String> {
    #[cfg(all(unix, not(target_os = "macos")))]
    return with_clipboard(|clipboard| {
        use arboard::{LinuxClipboardKind, SetExtLinux as _};
        clipboard.set().clipboard(LinuxClipboardKind::Primary).text(text)
    });
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    Ok(drop(text.len()))
}

fn with_clipboard(work: impl FnOnce(&mut Clipboard) -> Result<(), Error>) -> Result<(), String> {
    let mut kept = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let clipboard = match &mut *kept {
        Some(clipboard) => clipboard,
        none => none.insert(Clipboard::new().map_err(told)?),
    };
    work(clipboard).map_err(told)
}

#[expect(clippy::needless_pass_by_value, reason = "what map_err hands over")]
fn told(error: Error) -> String {
    format!("The clipboard does not answer ({error}). Try again")
}
