//! Lines that the source has broken, lists, ruby and raised letters.

use super::*;

#[test]
fn a_line_in_letters_of_another_font_has_its_font() {
    let mut fonts = Fonts::bundled();
    let devanagari = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts/NotoSerifDevanagari.ttf");
    fonts.register(std::fs::read(devanagari).expect("is in the repository"));
    let mut bench = Bench { typesetter: Typesetter::new(fonts), ..Bench::new() };
    for text in ["Ferries\nनाव", "नाव\nFerries", "a\nनाव\nb"] {
        let set = bench.set(&paragraph(text));
        let fonts: Vec<_> = set
            .items
            .iter()
            .filter_map(|item| if let PaintItem::Glyphs(run) = item { Some(run.font.0.data.id()) } else { None })
            .collect();
        assert_eq!(fonts.len(), text.split('\n').count(), "{text:?}");
        assert!(fonts.windows(2).all(|pair| pair[0] != pair[1]), "{text:?}");
    }
}

#[test]
fn verse_turns_over_with_an_indent_and_is_never_stretched() {
    let short = "Half a league, half a league,\nHalf a league onward,\n\nRode the six hundred.\n";
    let long = "Extraordinarily administrative responsibilities notwithstanding, “Forward!” he said.\n";
    let text = format!("{short}{long}Into the valley");
    let mut bench = Bench { width: 300.0, ..Bench::new() };
    let mut rich = RichText::plain(text.clone());
    let forward = text.find("Forward").unwrap();
    rich.add_span(TextRange::new(forward, forward + 7), InlineStyle::Link { target: "https://example.org".into() });
    for direction in [crate::text::Direction::LeftToRight, crate::text::Direction::RightToLeft] {
        let block = Block { direction: Some(direction), ..Block::paragraph(rich.clone()) };
        let set = bench.set_after(&block, Some(&paragraph("Before")));
        let indents: Vec<f32> = set
            .lines()
            .map(
                |line| {
                    if direction == crate::text::Direction::LeftToRight { line.rect.x0 } else { 300.0 - line.rect.x1 }
                },
            )
            .collect();
        let turnover = (18.5f32 * 1.5).round();
        let count = set.lines().count();
        assert!(count > 6 && indents.len() == count);
        let mut at = 0;
        for (line, indent) in set.lines().zip(&indents) {
            assert_eq!(line.range.start, at);
            at = line.range.end;
            let begins = line.range.start == 0 || text.as_bytes()[line.range.start - 1] == b'\n';
            let expected = if begins { 0.0 } else { turnover };
            assert!((indent - expected).abs() < 0.6, "{:?}: {indent}", line.range.of(&text));
            assert!(line.rect.x0 >= -0.5 && line.rect.x1 <= 300.5);
        }
        assert_eq!(at, text.len());
        assert!(set.space_before > 0.0 && set.links().count() == 1);
        assert!(!set.rects(TextRange::new(forward, forward + 7)).is_empty());
        let heights: Vec<f32> = set.lines().map(|line| line.rect.height()).collect();
        assert!(heights.iter().all(|height| *height == heights[0]));
    }
}

#[test]
fn a_lists_numbers_end_at_one_place_and_its_bullets_differ() {
    let mut bench = Bench::new();
    let text_x0 = |set: &SetBlock| set.lines[0].rect.x0;
    let marker_end = |set: &SetBlock| {
        let text = text_x0(set);
        let runs = set.items.iter().filter_map(|item| if let PaintItem::Glyphs(run) = item { Some(run) } else { None });
        runs.flat_map(|run| &run.glyphs).map(|glyph| glyph.x).filter(|x| *x < text).fold(f32::MIN, f32::max)
    };
    let of = |marker: Marker, number: u32| paragraph("Text").within(vec![item(1, number, marker)]);
    let points: Vec<f32> = [(9, 0), (10, 1), (101, 2)]
        .map(|(number, item)| marker_end(&bench.set(&of(Marker::Number(number), item))))
        .to_vec();
    assert!(points.iter().all(|x| (x - points[0]).abs() < 1.0), "the full stops stand under one another: {points:?}");
    let mut shapes = Vec::new();
    for depth in 1..=4u32 {
        let containers = (0..depth).map(|list| item(list, 0, Marker::Bullet)).collect();
        let previous = paragraph("Above").within((0..depth - 1).map(|list| item(list, 0, Marker::Bullet)).collect());
        let set = bench.set_after(&paragraph("Text").within(containers), Some(&previous));
        let PaintItem::Glyphs(run) = &set.items[0] else { panic!("a bullet comes first") };
        assert_eq!(run.glyphs.len(), 1);
        shapes.push(run.glyphs[0].id);
    }
    shapes.sort_unstable();
    shapes.dedup();
    assert_eq!(shapes.len(), 4);
}

#[test]
fn ruby_has_room_beside_and_above() {
    let mut bench = Bench { width: 200.0, language: Some("ja"), ..Bench::new() };
    bench.style.line_height = 1.0;
    let mut rich = RichText::default();
    let mut spans = Vec::new();
    for _ in 0..6 {
        for (base, annotation) in [("go", "longer note"), ("at", "another"), ("river", "mill race")] {
            spans.push(rich.push_styled(base, InlineStyle::Ruby { annotation: annotation.into() }));
        }
        rich.push_str(" by the weir ");
    }
    for alignment in [TextAlignment::Start, TextAlignment::Justify] {
        bench.style.alignment = alignment;
        let set = bench.set(&Block::paragraph(rich.clone()));
        let extent = |run: &GlyphRun| {
            let xs = run.glyphs.iter().map(|glyph| glyph.x);
            (xs.clone().fold(f32::MAX, f32::min), xs.fold(f32::MIN, f32::max) + run.size_px * 0.3, run.glyphs[0].y)
        };
        let small = set.items.iter().filter_map(|item| match item {
            PaintItem::Glyphs(run) if run.size_px < 10.0 => Some(extent(run)),
            _ => None,
        });
        let mut rubies: Vec<(f32, f32, f32)> = small.collect();
        assert_eq!(rubies.len(), spans.len());
        assert!(rubies.iter().all(|(x0, x1, _)| *x0 > -0.6 * 18.5 && *x1 < 200.0 + 0.6 * 18.5), "{rubies:?}");
        rubies.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.0.total_cmp(&b.0)));
        for pair in rubies.windows(2) {
            assert!(pair[0].2 < pair[1].2 || pair[0].1 <= pair[1].0 + 0.5, "{pair:?}");
        }
        let baselines: Vec<f32> = set.lines().map(|line| line.baseline).collect();
        assert!(baselines.windows(2).all(|pair| pair[1] - pair[0] >= 18.5 * 1.55), "{baselines:?}");
        let mut at = 0;
        for line in set.lines() {
            assert_eq!(line.range.start, at);
            at = line.range.end;
        }
        assert_eq!(at, rich.len());
    }
}

#[test]
fn raised_letters_push_no_lines_apart() {
    let mut bench = Bench::new();
    let mut rich = RichText::default();
    for _ in 0..30 {
        rich.push_str("The weir x");
        rich.push_styled("2n", InlineStyle::Superscript);
        rich.push_str(" and H");
        rich.push_styled("2", InlineStyle::Subscript);
        rich.push_str("O. ");
    }
    let set = bench.set(&Block::paragraph(rich));
    let baselines: Vec<f32> = set.lines().map(|line| line.baseline).collect();
    let step = baselines[1] - baselines[0];
    assert!(baselines.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < 0.01), "{baselines:?}");
}

#[test]
fn a_letter_that_becomes_two_capitals_is_not_parted() {
    let mut bench = Bench::new();
    let look = TextLook { capitals: true, ..TextLook::interface(12.0, 400.0, ColorRole::Text) };
    for text in ["aA\u{FB00}", "Stra\u{DF}e \u{DF}\u{DF}", "\u{149}\u{1F0}\u{390}"] {
        for width in [1.0, 12.0, 17.0, 25.5] {
            let request =
                TextRequest { text, look: &look, width, scale: 1.5, language: None, direction: None, max_lines: None };
            let set = bench.typesetter.set_text(&request);
            assert!(set.lines().all(|line| line.range.of(text).is_some()), "{text} in {width}");
            assert_eq!(set.lines().last().map(|line| line.range.end), Some(text.len()));
        }
    }
}

/// WCAG 2.2, criterion 1.4.12: nothing is lost at a line height of 1.5, twice the size between paragraphs, 0.12 em between
/// letters and 0.16 em between words.
#[test]
fn the_spacing_that_accessibility_asks_for_loses_nothing() {
    let style = Style {
        line_height: 1.5,
        paragraph_spacing_em: 2.0,
        letter_spacing_em: 0.12,
        word_spacing_em: 0.16,
        ..Style::default()
    };
    let text = "The office at the harbour kept a final figure for 1998, and “AVAST” was painted on its door; nobody could say \
        by which hand, or when, or why it had been left there through so many incomprehensible winters.";
    for width in [120.0, 320.0, 640.0] {
        for block in [
            Block::paragraph(RichText::plain(text)),
            Block::heading(2, RichText::plain(text)),
            Block::new(Content::Code { language: None, text: text.replace(", ", "\n") }),
        ] {
            let mut typesetter = Typesetter::new(Fonts::bundled());
            let set = typesetter.set_block(&BlockRequest {
                block: &block,
                part: None,
                previous: None,
                style: &style,
                width,
                scale: 1.0,
                language: Some("en"),
                image_size: &|_| ImageBox::Missing { label: String::new() },
                code: &[],
                scrolls: false,
            });
            let plain = block.plain_text();
            let lines: Vec<_> = set.lines().collect();
            let mut bottom = 0.0f32;
            for (number, line) in lines.iter().enumerate() {
                assert!(line.rect.x1 <= width + 12.0, "{width}: a line is {} wide", line.rect.x1);
                assert!(line.rect.y0 >= bottom - 0.5, "{width}: lines overlap");
                bottom = line.rect.y1;
                let glyphs = set.clusters(number).iter().all(|cluster| cluster.x1 <= width + 12.0);
                assert!(glyphs, "{width}: letters stand outside");
            }
            assert!(bottom <= set.height + 0.5, "{width}: a line stands below the block");
            let shown: usize = lines.iter().map(|line| line.range.end - line.range.start).sum();
            assert!(shown + lines.len() * 2 >= plain.len(), "{width}: {shown} of {} bytes", plain.len());
        }
    }
}
