//! Times the reading view on a file, without a display: opening, the first frame, every Page Down to the end, find. Prints
//! the times of whole frames (input, layout, tessellation), as the drawing thread has them, and the memory; beside them an
//! egui label of the same text in a scroll area, in the same run. Nothing is drawn on a screen.
//!
//!     cargo run --release --example reading_times -- FILE…
#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints what it measured")]

mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Nowhere, frame, percentile, resident};
use egui::Context;
use recto::app::head_start::{Begun, Opening};
use recto::app::{Action, Command, FindAction, SavedState};
use recto::text::matching::Query;
use recto::typeset::Fonts;
use recto::ui::Window;

/// The most screens that are turned.
const MOST_SCREENS: usize = 30_000;

fn measure(path: &Path) {
    let ctx = Context::default();
    let mut time = 0.0;
    let state = SavedState { started_before: true, ..SavedState::default() };
    let begun = Begun::new(Opening { state, ..Opening::default() });
    let mut window = Window::new(&ctx, Arc::new(Nowhere::default()), begun, Fonts::with_system());
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
    // Of a long file that was the beginning: the rest comes, in a frame that has to take it in.
    let mut slowest = Duration::ZERO;
    while window.session().selected_story().is_none() {
        slowest = slowest.max(frame(&ctx, &mut time, |ui| window.show(ui)));
        std::thread::sleep(Duration::from_millis(1));
    }
    let whole = opened.elapsed().as_secs_f64() * 1e3;
    slowest = slowest.max(frame(&ctx, &mut time, |ui| window.show(ui)));
    let before = resident();
    let mut turns = Vec::new();
    while turns.len() < MOST_SCREENS && window.reader().progress().is_some_and(|progress| progress < 0.9999) {
        window.apply(&ctx, Action::Run(Command::PageDown));
        turns.push(frame(&ctx, &mut time, |ui| window.show(ui)));
    }
    let after = resident();
    let screens = turns.len();
    println!("{}", path.display());
    println!(
        "  painted after {opening:.1} ms, of which the frame {:.2} ms; all of it there after {whole:.1} ms, slowest frame until then {:.2} ms",
        first.as_secs_f64() * 1e3,
        slowest.as_secs_f64() * 1e3,
    );
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
