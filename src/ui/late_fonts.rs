//! The system's fonts, which take as long to be found as a quarter of the window's start: found while it is made where the first
//! picture needs them, else behind it. Sets nothing.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::typeset::Fonts;

/// The longest that the fonts wait for the story to be read and the library to be opened. A window takes twice that to be
/// made, and most of its first half is talk with the display server, which needs a processor too.
const AFTER_STORY: Duration = Duration::from_millis(60);
/// The longest that they wait for the first picture.
const AFTER_PICTURE: Duration = Duration::from_secs(2);

/// Fonts that are still to come.
pub struct LateFonts {
    found: Receiver<Fonts>,
    wanted: Sender<()>,
    wake: Arc<OnceLock<egui::Context>>,
}

impl LateFonts {
    /// Has them found on a thread of their own: when `is_covered` says that the bundled ones are not enough for the first picture,
    /// or later than it does, or else when they are [wanted](Self::is_wanted). None where there is no thread to be had.
    pub fn find(is_covered: Option<Receiver<bool>>) -> Option<Self> {
        let (give, found) = channel();
        let (wanted, wait) = channel();
        let wake: Arc<OnceLock<egui::Context>> = Arc::default();
        let waked = Arc::clone(&wake);
        let work = move || {
            let is_covered = is_covered.and_then(|is_covered| is_covered.recv_timeout(AFTER_STORY).ok());
            if is_covered == Some(true) && wait.recv_timeout(AFTER_PICTURE) == Err(RecvTimeoutError::Disconnected) {
                return;
            }
            if give.send(Fonts::with_system()).is_ok()
                && let Some(ctx) = waked.get()
            {
                ctx.request_repaint();
            }
        };
        let thread = thread::Builder::new().name("fonts".into()).spawn(work);
        thread.is_ok().then_some(Self { found, wanted, wake })
    }

    /// Waits for them; the bundled ones where finding them failed.
    pub fn wait(self) -> Fonts {
        self.is_wanted();
        self.found.recv().unwrap_or_else(|_| Fonts::bundled())
    }

    /// Says that they may be found now.
    pub fn is_wanted(&self) {
        // Whoever finds them already has not waited.
        let _ = self.wanted.send(());
    }

    /// From now on a window is woken when they are found.
    pub fn attend(&self, ctx: &egui::Context) {
        let _ = self.wake.set(ctx.clone());
    }

    /// Those that were found.
    pub fn take(&self) -> Option<Fonts> {
        self.found.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_come_when_they_are_wanted_or_needed() {
        // Needed: nobody has to ask.
        let (tell, is_covered) = channel();
        tell.send(false).unwrap();
        let late = LateFonts::find(Some(is_covered)).unwrap();
        assert!(late.found.recv_timeout(Duration::from_secs(20)).is_ok());
        // Not needed: they are waited for in vain until somebody asks.
        let (tell, is_covered) = channel();
        tell.send(true).unwrap();
        let late = LateFonts::find(Some(is_covered)).unwrap();
        assert!(late.take().is_none());
        assert!(late.wait().has_family(crate::typeset::bundled::SERIF));
        // Nobody tells whether they are needed.
        assert!(LateFonts::find(None).unwrap().wait().has_family(crate::typeset::bundled::SERIF));
    }

    #[test]
    fn a_window_is_woken_when_they_are_there() {
        let (tell, is_covered) = channel();
        tell.send(true).unwrap();
        let late = LateFonts::find(Some(is_covered)).unwrap();
        let ctx = egui::Context::default();
        let (wake, woken) = channel();
        ctx.set_request_repaint_callback(move |_| {
            let _ = wake.send(());
        });
        late.attend(&ctx);
        assert!(woken.try_recv().is_err());
        late.is_wanted();
        assert!(woken.recv_timeout(Duration::from_secs(20)).is_ok());
        assert!(late.take().is_some());
    }
}
