//! The yardstick for start-up time and memory: an eframe window that shows a text file in one label, with the features
//! and the font that Recto uses and nothing else. Reads no format. `scripts/measure_start.py` holds Recto against it.
//!
//!     cargo run --release --example bare_window -- article.txt

use std::error::Error;
use std::sync::Arc;

use eframe::egui;

/// Read when the example runs, as Recto's own bundled fonts are in memory when it starts.
const FONT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/inter/Inter_400Regular.ttf");

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("name a text file")?;
    let text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
    let mut fonts = egui::FontDefinitions::empty();
    fonts.font_data.insert("inter".into(), Arc::new(egui::FontData::from_owned(std::fs::read(FONT)?)));
    for family in [egui::FontFamily::Proportional, egui::FontFamily::Monospace] {
        fonts.families.insert(family, vec!["inter".into()]);
    }
    let mut fonts = Some(fonts);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]),
        ..Default::default()
    };
    eframe::run_native(
        "bare window",
        options,
        Box::new(move |context| {
            if let Some(fonts) = fonts.take() {
                context.egui_ctx.set_fonts(fonts);
            }
            Ok(Box::new(BareWindow { text }))
        }),
    )?;
    Ok(())
}

struct BareWindow {
    text: String,
}

impl eframe::App for BareWindow {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| ui.label(self.text.as_str()));
    }
}
