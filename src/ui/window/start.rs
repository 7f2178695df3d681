//! From a command line to a window: what is read, asked and begun before there is one.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::Window;
use crate::app::head_start::{Begun, HeadStart, Opening};
use crate::app::load::Places;
use crate::app::{Notice, SavedState, Settings};
use crate::platform::{self, Folders, Invocation, Loaded};
use crate::typeset::Fonts;
use crate::ui::desktop::{self, SystemDesktop};
use crate::ui::handover::{self, Start};
use crate::ui::late_fonts::LateFonts;

/// Opens the window and stays until it is closed.
///
/// # Errors
/// What kept the window from opening.
pub fn run(invocation: Invocation) -> Result<(), String> {
    let folders = Folders::for_user();
    let mut notices = Vec::new();
    let settings: Settings = read(folders.as_ref().map(desktop::settings_path), &mut notices);
    let state: SavedState = read(folders.as_ref().map(desktop::state_path), &mut notices);
    let settings = settings.in_range();
    let state = state.in_range();
    let library = invocation.library.clone().or_else(|| folders.as_ref().map(Folders::library));
    let mut listener = None;
    // What comes on standard input can only be read here.
    if let (Some(library), None) = (&library, &invocation.standard_input) {
        match handover::begin(library, &invocation.paths) {
            Start::First(first) => listener = Some(first),
            Start::HandedOver => return Ok(()),
            Start::Alone(Some(error)) => notices.push(Notice::warning(error.to_string())),
            Start::Alone(None) => {}
        }
    }
    // A start that hands over has nothing to tell.
    if let Some(folders) = &folders {
        platform::log_file::start(folders);
    }
    log::info!("start: Recto {} for {} on {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let window_place = state.window;
    let Invocation { paths, standard_input, .. } = invocation;
    let places = Places { kept: folders.as_ref().map(desktop::kept_path), library: library.clone() };
    let opening = Opening { settings, state, notices, paths, standard_input, places };

    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Recto")
        .with_app_id(platform::APP_ID)
        .with_inner_size([window_place.size.0, window_place.size.1])
        .with_min_inner_size([420.0, 320.0])
        .with_maximized(window_place.maximized);
    if let Some((x, y)) = window_place.position {
        viewport = viewport.with_position([x, y]);
    }
    if let Ok(icon) = eframe::icon_data::from_png_bytes(platform::icon::WINDOW_PNG) {
        viewport = viewport.with_icon(icon);
    }
    let meanwhile = Rc::new(RefCell::new(None));
    let begins = Rc::clone(&meanwhile);
    let options = eframe::NativeOptions {
        viewport,
        window_builder: Some(Box::new(move |viewport| {
            *begins.borrow_mut() = Some(Meanwhile::begin(opening));
            viewport
        })),
        ..Default::default()
    };
    eframe::run_native(
        "Recto",
        options,
        Box::new(move |context| {
            let Meanwhile { head_start, late_fonts } = meanwhile.take().ok_or("the session has not begun")?;
            log_graphics(context);
            let desktop = Arc::new(SystemDesktop::new(folders, library));
            let mut begun = head_start.finish().ok_or("the session has ended")?;
            let (fonts, late_fonts) = match (begun.fonts.take(), late_fonts) {
                (Some(fonts), late_fonts) => (fonts, late_fonts),
                (None, Some(late_fonts)) => (late_fonts.wait(), None),
                (None, None) => (Fonts::bundled(), None),
            };
            let mut window = Window::new(&context.egui_ctx, desktop, begun, fonts);
            if let Some(late_fonts) = late_fonts {
                late_fonts.attend(&context.egui_ctx);
                window.late_fonts = Some(late_fonts);
            }
            window.listener =
                listener.and_then(|l| handover::serve(l, &window.hands.jobs, window.hands.keeper.as_ref()));
            Ok(Box::new(window))
        }),
    )
    .map_err(|error| {
        log::error!("the window cannot be opened: {error}");
        format!("The window cannot be opened: {error}. Is there a display, and does OpenGL work? See recto doctor")
    })
}

/// What is done while the window is being made. It begins when there is an event loop and no window yet: to make the event loop
/// on X11, Xlib reads the table of the keyboard's compositions a byte at a time, which takes 8 ms longer in a program of several
/// threads, since then the C library locks the file for each byte.
struct Meanwhile {
    head_start: HeadStart,
    late_fonts: Option<LateFonts>,
}

impl Meanwhile {
    fn begin(opening: Opening) -> Self {
        let mut head_start = HeadStart::of(Begun::new(opening));
        let late_fonts = LateFonts::find(head_start.rests());
        Self { head_start, late_fonts }
    }
}

/// Writes down what draws the window.
fn log_graphics(context: &eframe::CreationContext<'_>) {
    #[cfg(not(any(windows, target_os = "macos")))]
    if let Some(gl) = &context.gl {
        let version = eframe::glow::HasContext::version(gl.as_ref());
        log::info!("graphics: OpenGL {}.{} {}", version.major, version.minor, version.vendor_info);
    }
    #[cfg(any(windows, target_os = "macos"))]
    if let Some(state) = &context.wgpu_render_state {
        let adapter = state.adapter.get_info();
        log::info!("graphics: {:?}, {} {}", adapter.backend, adapter.name, adapter.driver_info);
    }
}

/// Reads a file of our own; what is wrong with it becomes a notice, and the default takes its place.
fn read<T: Default + serde::de::DeserializeOwned>(path: Option<std::path::PathBuf>, notices: &mut Vec<Notice>) -> T {
    let Some(path) = path else { return T::default() };
    match platform::read_json(&path) {
        Loaded::Value(value) => value,
        Loaded::Missing => T::default(),
        Loaded::SetAside { moved_to, reason } => {
            let message =
                format!("A file of Recto’s own was damaged ({reason}). It was set aside, and Recto starts afresh");
            notices.push(Notice::error(message).about(moved_to));
            T::default()
        }
        Loaded::Unreadable { reason } => {
            let message = format!("A file of Recto’s own cannot be read ({reason}). Check its permissions");
            notices.push(Notice::error(message).about(path));
            T::default()
        }
    }
}
