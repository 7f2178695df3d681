//! What another width of the window costs: the paragraphs in sight set again, by Recto with total fit and hyphens, and by
//! egui's own text, ragged, in the same face. Run with `cargo bench --bench relayout` on a machine that does nothing else.

#![expect(clippy::unwrap_used, reason = "what a bench is given is there")]

mod support;

use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use egui::text::{LayoutJob, TextFormat};
use egui::{FontData, FontDefinitions, FontFamily, FontId};
use recto::document::{Block, InlineStyle, RichText};
use recto::typeset::{BlockRequest, Fonts, ImageBox, Style, Typesetter};

use support::SENTENCES;

fn main() {
    divan::main();
}

/// Eight paragraphs of some 550 letters, each with a part in italics.
fn screen() -> Vec<Vec<(&'static str, bool)>> {
    (0..8)
        .map(|n| {
            SENTENCES.iter().cycle().skip(n % 4).take(5).enumerate().map(|(m, sentence)| (*sentence, m == 2)).collect()
        })
        .collect()
}

fn bytes() -> usize {
    screen().iter().flatten().map(|(sentence, _)| sentence.len()).sum()
}

#[divan::bench]
fn recto_page_at_another_width(bencher: Bencher<'_, '_>) {
    let blocks: Vec<Block> = screen()
        .iter()
        .map(|sentences| {
            let mut text = RichText::default();
            for (sentence, italic) in sentences {
                if *italic {
                    text.push_styled(sentence, InlineStyle::Emphasis);
                } else {
                    text.push_str(sentence);
                }
            }
            Block::paragraph(text)
        })
        .collect();
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let style = Style::default();
    let mut step = 0u16;
    bencher.counter(BytesCount::new(bytes())).bench_local(|| {
        step = (step + 7) % 97;
        let mut previous = None;
        let mut height = 0.0;
        for block in &blocks {
            let set = typesetter.set_block(&BlockRequest {
                block,
                part: None,
                previous,
                style: &style,
                width: 560.0 + f32::from(step),
                scale: 1.0,
                language: Some("en"),
                image_size: &|_| ImageBox::Missing { label: String::new() },
                code: &[],
                scrolls: false,
            });
            previous = Some(block);
            height += set.height;
        }
        height
    });
}

#[divan::bench]
fn egui_page_at_another_width(bencher: Bencher<'_, '_>) {
    let faces = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/literata/Literata_400Regular");
    let face = |ending: &str| Arc::new(FontData::from_owned(std::fs::read(format!("{faces}{ending}.ttf")).unwrap()));
    let mut fonts = FontDefinitions::empty();
    for (name, ending) in [("upright", ""), ("italic", "_Italic")] {
        fonts.font_data.insert(name.into(), face(ending));
        fonts.families.insert(FontFamily::Name(name.into()), vec![name.into()]);
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["upright".into()]);
    }
    let ctx = egui::Context::default();
    ctx.set_fonts(fonts);
    let format = |italic: bool| TextFormat {
        font_id: FontId::new(18.5, FontFamily::Name(if italic { "italic" } else { "upright" }.into())),
        line_height: Some(29.0),
        ..TextFormat::default()
    };
    let jobs: Vec<LayoutJob> = screen()
        .iter()
        .map(|sentences| {
            let mut job = LayoutJob::default();
            for (sentence, italic) in sentences {
                job.append(sentence, 0.0, format(*italic));
            }
            job
        })
        .collect();
    let mut step = 0u16;
    let mut height = 0.0;
    // A pass drops what the pass before it did not use, as in the window.
    bencher.counter(BytesCount::new(bytes())).bench_local(|| {
        step = (step + 7) % 97;
        let _ = ctx.run_ui(egui::RawInput::default(), |ui| {
            for job in &jobs {
                let mut job = job.clone();
                job.wrap.max_width = 560.0 + f32::from(step);
                height += ui.fonts_mut(|fonts| fonts.layout_job(job)).size().y;
            }
        });
        height
    });
}

/// What a pass costs that sets nothing, to be taken off the one above.
#[divan::bench]
fn egui_empty_pass(bencher: Bencher<'_, '_>) {
    let ctx = egui::Context::default();
    bencher.bench_local(|| {
        let _ = ctx.run_ui(egui::RawInput::default(), |_| {});
    });
}
