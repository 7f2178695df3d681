//! From a command line to a window: what is read, asked and begun before there is one.

use std::path::Path;
use std::sync::Arc;

use super::{Opening, Window};
use crate::app::head_start::HeadStart;
use crate::app::keeper::Keeper;
use crate::app::load::Places;
use crate::app::{Notice, SavedState, Session, Settings};
use crate::platform::{self, Folders, Invocation, Loaded};
use crate::typeset::Fonts;
use crate::ui::desktop::{self, SystemDesktop};
use crate::ui::handover::{self, Start};

/// Opens the window and stays until it is closed.
///
/// # Errors
/// What kept the window from opening.
pub fn run(invocation: Invocation) -> Result<(), String> {
    // The system's fonts are asked for while the window is being made.
    let fonts = std::thread::Builder::new().name("fonts".into()).spawn(Fonts::with_system);
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
    let keeper = library.as_deref().map(|folder| open_library(folder, &state));
    let places = Places { kept: folders.as_ref().map(desktop::kept_path), library: library.clone() };
    let head_start = match invocation.standard_input {
        None => HeadStart::begin(&invocation.paths, &state, places),
        Some(_) => None,
    };

    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Recto")
        .with_app_id(platform::APP_ID)
        .with_inner_size([state.window.size.0, state.window.size.1])
        .with_min_inner_size([420.0, 320.0])
        .with_maximized(state.window.maximized);
    if let Some((x, y)) = state.window.position {
        viewport = viewport.with_position([x, y]);
    }
    if let Ok(icon) = eframe::icon_data::from_png_bytes(platform::icon::WINDOW_PNG) {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let opening = Opening { settings, state, notices, invocation, head_start, keeper };
    eframe::run_native(
        "Recto",
        options,
        Box::new(move |context| {
            let fonts = fonts.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(Fonts::bundled);
            log_graphics(context);
            let desktop = Arc::new(SystemDesktop::new(folders, library));
            let mut window = Window::new(&context.egui_ctx, desktop, opening, fonts);
            window.listener =
                listener.and_then(|l| handover::serve(l, &window.hands.jobs, window.hands.keeper.as_ref()));
            window.await_story(&context.egui_ctx);
            Ok(Box::new(window))
        }),
    )
    .map_err(|error| {
        log::error!("the window cannot be opened: {error}");
        format!("The window cannot be opened: {error}. Is there a display, and does OpenGL work? See recto doctor")
    })
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

/// Opens a library, and asks it for what the window will show of it.
pub(super) fn open_library(folder: &Path, state: &SavedState) -> Keeper {
    let keeper = Keeper::start(folder);
    Session::asks_first(state).into_iter().for_each(|request| keeper.send(request));
    keeper
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
