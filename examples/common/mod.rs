//! What the examples share that time the window without a display: a desktop that does nothing, a frame, and figures.
#![allow(dead_code, unreachable_pub, reason = "each example uses a part of it")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Context, RawInput, Rect, pos2, vec2};
use recto::app::effect::Clipping;
use recto::app::load::Picture;
use recto::app::theme::SystemPreferences;
use recto::ui::desktop::SetWatched;
use recto::ui::{Desktop, PickedFiles};

/// A desktop that does nothing.
#[derive(Default)]
pub struct Nowhere {
    /// The folder of a library, if there is to be one.
    pub library: Option<PathBuf>,
}

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
    fn watch_preferences(&self, _report: Box<dyn Fn(SystemPreferences) + Send + Sync>) {}
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
    fn library_folder(&self) -> Option<PathBuf> {
        self.library.clone()
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
pub fn frame(ctx: &Context, time: &mut f64, draw: impl FnMut(&mut egui::Ui)) -> Duration {
    frame_with(ctx, time, Vec::new(), draw)
}

/// One frame with input.
pub fn frame_with(
    ctx: &Context,
    time: &mut f64,
    events: Vec<egui::Event>,
    mut draw: impl FnMut(&mut egui::Ui),
) -> Duration {
    *time += 1.0 / 60.0;
    let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0));
    let input = RawInput { screen_rect: Some(screen), time: Some(*time), events, ..RawInput::default() };
    let start = Instant::now();
    let output = ctx.run_ui(input, |ui| draw(ui));
    std::hint::black_box(ctx.tessellate(output.shapes, 1.0));
    start.elapsed()
}

/// The share of sorted times that lie below.
pub fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let at = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// Resident memory, in megabytes.
pub fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1e3
}
