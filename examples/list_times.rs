//! Times the list of stories on a library, without a display: from the window's making to the first rows, every frame of
//! scrolling through the list, every keystroke of a search. Prints the times of whole frames, as the drawing thread has
//! them, and the memory; an empty library in the same run beside it.
//!
//!     cargo run --release --example list_times -- LIBRARY
#![expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints what it measured")]

mod common;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Nowhere, frame, frame_with, percentile, resident};
use egui::{Context, Event, MouseWheelUnit, TouchPhase, pos2, vec2};
use recto::app::head_start::{Begun, Opening};
use recto::app::load::Places;
use recto::app::{Action, SavedState};
use recto::typeset::Fonts;
use recto::ui::Window;

/// Frames of scrolling.
const FRAMES: usize = 1_500;
/// What is typed, letter by letter.
const TYPED: [&str; 4] = ["harbour", "the water", "\"of the", "river -bridge"];

fn main() {
    let empty = std::env::temp_dir().join(format!("recto-empty-library-{}", std::process::id()));
    let libraries = std::iter::once(empty.clone()).chain(std::env::args_os().skip(1).map(PathBuf::from));
    for library in libraries {
        measure(library);
    }
    let _ = std::fs::remove_dir_all(empty);
}

fn measure(library: PathBuf) {
    let ctx = Context::default();
    let mut time = 0.0;
    let state = SavedState { started_before: true, ..SavedState::default() };
    let places = Places { library: Some(library.clone()), ..Places::default() };
    let opening = Opening { state, places, ..Opening::default() };
    let fonts = Fonts::bundled();
    let name = library.display().to_string();
    let began = Instant::now();
    let mut window = Window::new(&ctx, Arc::new(Nowhere { library: Some(library) }), Begun::new(opening), fonts);
    // Until the rows in sight are there, or nothing is to come.
    loop {
        frame(&ctx, &mut time, |ui| window.show(ui));
        let catalogue = &window.session().catalogue;
        let has_rows = catalogue.list.keys.iter().take(6).all(|key| catalogue.row(*key).is_some());
        if catalogue.is_listed && has_rows {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    frame(&ctx, &mut time, |ui| window.show(ui));
    let opened = began.elapsed().as_secs_f64() * 1e3;
    let count = window.session().catalogue.list.keys.len();
    println!("{name}: {count} stories\n  the list drawn after {opened:.1} ms; memory {:.0} MB", resident());
    if count == 0 {
        return;
    }

    let wheel = |lines: f32| {
        let unit = MouseWheelUnit::Line;
        let (delta, modifiers, phase) = (vec2(0.0, lines), egui::Modifiers::NONE, TouchPhase::Move);
        let source = egui::MouseWheelSource::Unknown;
        vec![Event::PointerMoved(pos2(120.0, 400.0)), Event::MouseWheel { unit, delta, source, modifiers, phase }]
    };
    let mut frames: Vec<Duration> = (0..FRAMES)
        .map(|number| {
            // On and back again, at the speed of a free wheel.
            let lines = if number % 300 < 200 { -9.0 } else { 9.0 };
            let took = frame_with(&ctx, &mut time, wheel(lines), |ui| window.show(ui));
            std::thread::sleep(Duration::from_millis(2));
            took
        })
        .collect();
    println!(
        "  {FRAMES} frames of scrolling: median {:.2} ms, 99 % {:.2} ms, slowest {:.2} ms; memory {:.0} MB",
        percentile(&mut frames, 0.5),
        percentile(&mut frames, 0.99),
        percentile(&mut frames, 1.0),
        resident(),
    );

    let (mut typing, mut answered) = (Vec::new(), Vec::new());
    for words in TYPED {
        for end in words.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let typed = words.get(..end).unwrap_or_default().to_owned();
            let asked = Instant::now();
            window.apply(&ctx, Action::SearchLibrary(typed));
            for _ in 0..1_000 {
                typing.push(frame(&ctx, &mut time, |ui| window.show(ui)));
                let catalogue = &window.session().catalogue;
                let has_rows = catalogue.list.keys.iter().take(6).all(|key| catalogue.row(*key).is_some());
                if catalogue.is_current() && has_rows {
                    break;
                }
                std::thread::sleep(Duration::from_micros(500));
                if asked.elapsed() > Duration::from_millis(300) {
                    break;
                }
            }
            answered.push(asked.elapsed());
        }
    }
    println!(
        "  {} keystrokes: rows drawn after {:.1} ms in the median, {:.1} ms at 95 %; frames 99 % {:.2} ms",
        answered.len(),
        percentile(&mut answered, 0.5),
        percentile(&mut answered, 0.95),
        percentile(&mut typing, 0.99),
    );
    let shown = window.session().catalogue.list.keys.len() as f64;
    println!("  {shown} stories in the last list");
}
