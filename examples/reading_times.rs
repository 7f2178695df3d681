//! Times the reading view on a file, without a display: opening, the first frame, every Page Down to the end, find. Prints
//! the times of whole frames (input, layout, tessellation), as the drawing thread has them, and the memory; beside them an
//! egui label of the same text in a scroll area, in the same run. Nothing is drawn on a screen.
//!
//!     cargo run --release --example reading_times -- FILE…
#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints what it measured")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, RawInput, Rect, pos2, vec2};
use recto::app::effect::Clipping;
use recto::app::load::Picture;
use recto::app::theme::Scheme;
use recto::app::{Action, Command, FindAction, SavedState, Settings};
use recto::platform::Invocation;
use recto::text::matching::Query;
use recto::typeset::Fonts;
use recto::ui::desktop::SetWatched;
use recto::ui::{Desktop, Opening, PickedFiles, Window};

/// The most screens that are turned.
const MOST_SCREENS: usize = 30_000;

/// A desktop that does nothing.
struct Nowhere;

impl Desktop for Nowhere {
    fn pick_files(&self) -> PickedFiles {
        PickedFiles::Cancelled
    }
    fn pick_save_path(&self, _file_name: &str) -> PickedFiles {
        PickedFiles::Cancelled
    }
    fn open_address(&self, _address: &str) -> Result<(), String> {
        Ok(())
    }
    fn show_in_folder(&self, _path: &Path) -> Result<(), String> {
        Ok(())
    }
    fn watch_scheme(&self, _report: Box<dyn Fn(Option<Scheme>) + Send + Sync>) {}
    fn watch_files(&self, _report: Box<dyn Fn(PathBuf) + Send + Sync>) -> SetWatched {
        Box::new(|_| {})
    }
    fn copy(&self, _clipping: &Clipping) -> Result<(), String> {
        Ok(())
    }
    fn offer_selection(&self, _text: &str) -> Result<(), String> {
        Ok(())
    }
    fn copy_picture(&self, _picture: &Picture) -> Result<(), String> {
        Ok(())
    }
    fn kept_folder(&self) -> Option<PathBuf> {
        None
    }
    fn save_settings(&self, _json: &[u8]) -> Result<(), String> {
        Ok(())
    }
    fn save_state(&self, _json: &[u8]) -> Result<(), String> {
        Ok(())
    }
    fn save_file(&self, _path: &Path, _bytes: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

/// One frame: what the drawing thread does before the graphics card is asked.
fn frame(ctx: &Context, time: &mut f64, mut draw: impl FnMut(&mut egui::Ui)) -> Duration {
    *time += 1.0 / 60.0;
    let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
    let input = RawInput { screen_rect: Some(screen), time: Some(*time), ..RawInput::default() };
    let start = Instant::now();
    let output = ctx.run_ui(input, |ui| draw(ui));
    std::hint::black_box(ctx.tessellate(output.shapes, 1.0));
    start.elapsed()
}

/// The share of sorted times that lie below.
fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let at = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// Resident memory, in megabytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1e3
}

fn measure(path: &Path) {
    let ctx = Context::default();
    let mut time = 0.0;
    let state = SavedState { started_before: true, ..SavedState::default() };
    let invocation = Invocation { paths: Vec::new(), standard_input: None, library: None };
    let opening = Opening { settings: Settings::default(), state, notices: Vec::new(), invocation, head_start: None };
    let mut window = Window::new(&ctx, Arc::new(Nowhere), opening, Fonts::with_system());
    for _ in 0..3 {
        frame(&ctx, &mut time, |ui| window.show(ui));
    }
    let opened = Instant::now();
    window.apply(&ctx, Action::Open(vec![path.to_owned()]));
    let mut slowest_waiting = Duration::ZERO;
    let first = loop {
        let took = frame(&ctx, &mut time, |ui| window.show(ui));
        if window.reader().progress().is_some() {
            break took;
        }
        slowest_waiting = slowest_waiting.max(took);
        if window.session().rows.iter().any(|row| matches!(row.status, recto::app::RowStatus::Failed(_))) {
            println!("{}: cannot be read", path.display());
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let opening = opened.elapsed().as_secs_f64() * 1e3;
    frame(&ctx, &mut time, |ui| window.show(ui));
    let before = resident();
    let mut turns = Vec::new();
    while turns.len() < MOST_SCREENS && window.reader().progress().is_some_and(|progress| progress < 0.9999) {
        window.apply(&ctx, Action::Run(Command::PageDown));
        turns.push(frame(&ctx, &mut time, |ui| window.show(ui)));
    }
    let after = resident();
    let screens = turns.len();
    println!("{}", path.display());
    println!("  opened and painted {opening:.1} ms, of which the frame {:.2} ms", first.as_secs_f64() * 1e3);
    println!(
        "  {screens} screens by Page Down: median {:.2} ms, 99 % {:.2} ms, slowest {:.2} ms; memory {before:.0} to {after:.0} MB",
        percentile(&mut turns, 0.5),
        percentile(&mut turns, 0.99),
        percentile(&mut turns, 1.0),
    );
    find(&ctx, &mut time, &mut window);
    label(path);
}

/// Times a search for a word that the text has often.
fn find(ctx: &Context, time: &mut f64, window: &mut Window) {
    let start = Instant::now();
    window.apply(ctx, Action::Find(FindAction::Open));
    window.apply(ctx, Action::Find(FindAction::SetQuery(Query::text("letter"))));
    let (mut first, mut frames) = (None, Vec::new());
    while window.session().find.is_searching() || first.is_none() {
        frames.push(frame(ctx, time, |ui| window.show(ui)));
        if first.is_none() && (!window.session().find.hits.is_empty() || !window.session().find.is_searching()) {
            first = Some(start.elapsed());
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    println!(
        "  find: first of {} hits after {:.1} ms, all after {:.1} ms, slowest frame {:.2} ms",
        window.session().find.hits.len(),
        first.unwrap_or_default().as_secs_f64() * 1e3,
        start.elapsed().as_secs_f64() * 1e3,
        percentile(&mut frames, 1.0),
    );
}

/// The same text as one egui label that scrolls.
fn label(path: &Path) {
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let ctx = Context::default();
    let mut time = 0.0;
    let mut draw = |ui: &mut egui::Ui| {
        egui::ScrollArea::vertical().show(ui, |ui| ui.add(egui::Label::new(text.as_str()).wrap()));
    };
    let first = frame(&ctx, &mut time, &mut draw);
    let mut frames: Vec<_> = (0..20).map(|_| frame(&ctx, &mut time, &mut draw)).collect();
    println!(
        "  egui label: first frame {:.2} ms, then median {:.2} ms",
        first.as_secs_f64() * 1e3,
        percentile(&mut frames, 0.5)
    );
}

fn main() {
    let paths: Vec<_> = std::env::args_os().skip(1).collect();
    match (paths.as_slice(), std::env::current_exe()) {
        ([path], _) => measure(Path::new(path)),
        // A process each, so that none's memory is another's.
        (_, Ok(program)) => paths.iter().for_each(|path| {
            let _ = std::process::Command::new(&program).arg(path).status();
        }),
        (_, Err(error)) => println!("{error}"),
    }
}
