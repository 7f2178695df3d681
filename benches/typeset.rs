//! How long it takes to set what a screen shows, to set it again at another width, and to set a long text. Run with
//! `cargo bench --no-default-features --bench typeset` on a machine that does nothing else.

#![expect(clippy::unwrap_used, reason = "what a bench is given is there")]

mod support;

use divan::Bencher;
use divan::counter::BytesCount;
use recto::document::{Block, InlineStyle, RichText};
use recto::typeset::{BlockRequest, Fonts, ImageBox, SetBlock, Style, TextAlignment, Typesetter};

use support::SENTENCES;

fn main() {
    divan::main();
}

/// A paragraph of about `bytes`, with a bold and an italic part.
fn paragraph(bytes: usize) -> Block {
    numbered(0, bytes)
}

/// One that differs from those with other numbers, so that nothing that is kept of one serves another.
fn numbered(number: usize, bytes: usize) -> Block {
    let mut text = RichText::plain(format!("{number}. "));
    for (number, sentence) in SENTENCES.iter().cycle().enumerate() {
        match number % 7 {
            2 => text.push_styled(sentence, InlineStyle::Emphasis),
            5 => text.push_styled(sentence, InlineStyle::Strong),
            _ => text.push_styled(sentence, InlineStyle::Language { tag: "en".into() }),
        };
        if text.len() >= bytes {
            break;
        }
    }
    Block::paragraph(text)
}

fn screen() -> Vec<Block> {
    (0..8).map(|number| numbered(number, 550)).collect()
}

fn set(typesetter: &mut Typesetter, blocks: &[Block], style: &Style, width: f32) -> Vec<SetBlock> {
    let mut previous = None;
    let image_size = |_| ImageBox::Missing { label: String::new() };
    blocks
        .iter()
        .map(|block| {
            let request = BlockRequest {
                block,
                part: None,
                previous,
                style,
                width,
                scale: 1.0,
                language: Some("en"),
                image_size: &image_size,
                code: &[],
                scrolls: false,
            };
            previous = Some(block);
            typesetter.set_block(&request)
        })
        .collect()
}

fn run(bencher: Bencher<'_, '_>, blocks: &[Block], style: &Style, width: f32) {
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let bytes: usize = blocks.iter().map(|b| b.plain_text().len()).sum();
    // A size that never comes twice: nothing that is kept of the blocks serves.
    let mut style = style.clone();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        style.size_pt += 1e-5;
        set(&mut typesetter, blocks, &style, width)
    });
}

#[divan::bench]
fn bundled_fonts() -> Fonts {
    Fonts::bundled()
}

/// For the first time: nothing is known of the text.
#[divan::bench]
fn screen_justified(bencher: Bencher<'_, '_>) {
    run(bencher, &screen(), &Style::default(), 560.0);
}

/// The list of families behind the chosen one is some ninety names longer here.
#[divan::bench]
fn screen_with_system_fonts(bencher: Bencher<'_, '_>) {
    let (blocks, style) = (screen(), Style::default());
    let mut typesetter = Typesetter::new(Fonts::with_system());
    bencher.bench_local(|| set(&mut typesetter, &blocks, &style, 560.0));
}

#[divan::bench]
fn system_fonts() -> Fonts {
    Fonts::with_system()
}

#[divan::bench]
fn screen_ragged(bencher: Bencher<'_, '_>) {
    let style = Style { alignment: TextAlignment::Start, hyphenate: false, ..Style::default() };
    run(bencher, &screen(), &style, 560.0);
}

#[divan::bench]
fn screen_at_another_width(bencher: Bencher<'_, '_>) {
    let (blocks, style) = (screen(), Style::default());
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let mut width = 560.0;
    bencher.bench_local(|| {
        width = if width > 560.0 { 560.0 } else { 561.0 };
        set(&mut typesetter, &blocks, &style, width)
    });
}

#[divan::bench]
fn text_of_100_kb(bencher: Bencher<'_, '_>) {
    let blocks: Vec<Block> = (0..180).map(|number| numbered(number, 550)).collect();
    run(bencher, &blocks, &Style::default(), 560.0);
}

/// What the text engine alone takes for [`text_of_100_kb`]: the same spans shaped, lines as full as they get, justified by
/// itself. Nothing is hyphenated, and no glyph is put in its place.
#[divan::bench]
fn engine_alone_100_kb(bencher: Bencher<'_, '_>) {
    let blocks: Vec<Block> = (0..180).map(|number| numbered(number, 550)).collect();
    engine(bencher, &blocks, false);
}

/// The same with the glyphs' places read out, which is what there is to paint from after [`text_of_100_kb`] as well.
#[divan::bench]
fn engine_with_glyphs_100_kb(bencher: Bencher<'_, '_>) {
    let blocks: Vec<Block> = (0..180).map(|number| numbered(number, 550)).collect();
    engine(bencher, &blocks, true);
}

#[divan::bench]
fn engine_alone_screen(bencher: Bencher<'_, '_>) {
    engine(bencher, &screen(), false);
}

#[divan::bench]
fn engine_with_glyphs_screen(bencher: Bencher<'_, '_>) {
    engine(bencher, &screen(), true);
}

fn engine(bencher: Bencher<'_, '_>, blocks: &[Block], glyphs: bool) {
    use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
    use parley::{
        Alignment, AlignmentOptions, FontContext, FontFamily, FontStyle, FontWeight, Layout, LayoutContext,
        StyleProperty,
    };
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let faces = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/literata");
    for file in std::fs::read_dir(faces).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|ending| ending == "ttf" || ending == "otf") {
            collection.register_fonts(Blob::new(std::sync::Arc::new(std::fs::read(file).unwrap())), None);
        }
    }
    let mut fonts = FontContext { collection, source_cache: SourceCache::default() };
    let mut scratch: LayoutContext<u16> = LayoutContext::new();
    let bytes: usize = blocks.iter().map(|b| b.plain_text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        blocks
            .iter()
            .map(|block| {
                let text = block.rich_text().unwrap();
                let mut builder = scratch.ranged_builder(&mut fonts, text.as_str(), 1.0, true);
                builder.push_default(FontFamily::from("Literata"));
                builder.push_default(StyleProperty::FontSize(18.5));
                for span in text.spans() {
                    let range = span.range.start..span.range.end;
                    match span.style {
                        InlineStyle::Emphasis => builder.push(StyleProperty::FontStyle(FontStyle::Italic), range),
                        InlineStyle::Strong => builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range),
                        _ => {}
                    }
                }
                let mut layout: Layout<u16> = builder.build(text.as_str());
                layout.break_all_lines(Some(560.0));
                layout.align(Alignment::Justify, AlignmentOptions::default());
                let mut placed: Vec<parley::Glyph> = Vec::new();
                for item in layout.lines().flat_map(|line| line.items()).filter(|_| glyphs) {
                    if let parley::PositionedLayoutItem::GlyphRun(run) = item {
                        placed.extend(run.positioned_glyphs());
                    }
                }
                (layout, placed)
            })
            .collect::<Vec<_>>()
    });
}

#[divan::bench]
fn paragraph_of_100_kb(bencher: Bencher<'_, '_>) {
    run(bencher, &[paragraph(100_000)], &Style::default(), 560.0);
}

/// What a bad file may hold.
#[divan::bench(sample_count = 2)]
fn paragraph_of_5_mb(bencher: Bencher<'_, '_>) {
    run(bencher, &[paragraph(5_000_000)], &Style::default(), 560.0);
}

#[divan::bench(sample_count = 2)]
fn a_megabyte_of_zero_width_spaces(bencher: Bencher<'_, '_>) {
    run(bencher, &[Block::paragraph("\u{200B}".repeat(350_000).as_str().into())], &Style::default(), 560.0);
}

#[divan::bench]
fn screen_guessed(bencher: Bencher<'_, '_>) {
    let (blocks, style) = (screen(), Style::default());
    let typesetter = Typesetter::new(Fonts::bundled());
    let image_size = |_| ImageBox::Missing { label: String::new() };
    bencher.bench_local(|| {
        blocks
            .iter()
            .map(|block| {
                let request = BlockRequest {
                    block,
                    part: None,
                    previous: None,
                    style: &style,
                    width: 560.0,
                    scale: 1.0,
                    language: Some("en"),
                    image_size: &image_size,
                    code: &[],
                    scrolls: false,
                };
                typesetter.estimate(&request).height
            })
            .sum::<f32>()
    });
}
