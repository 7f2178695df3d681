//! Any text, any spans, any width: nothing panics, the lines hold the text in its order, and places on the screen and in the
//! text lead to each other.

use proptest::prelude::*;

use super::*;

fn any_style() -> impl Strategy<Value = InlineStyle> {
    prop_oneof![
        Just(InlineStyle::Strong),
        Just(InlineStyle::Emphasis),
        Just(InlineStyle::Code),
        Just(InlineStyle::Superscript),
        Just(InlineStyle::Highlight),
        Just(InlineStyle::Underline),
        Just(InlineStyle::Link { target: "#a".into() }),
        Just(InlineStyle::Language { tag: "zh-Hant".into() }),
        (0usize..3).prop_map(|image| InlineStyle::Image { image: ResourceId(image), alt: "alt".into() }),
    ]
}

const PIECES: &[&str] = &[
    "word ",
    "extraordinarily ",
    "a",
    " ",
    "  ",
    "\n",
    "\t",
    "\u{FFFC}",
    "\u{AD}",
    "é",
    "e\u{301}",
    "عربي ",
    "שלום ",
    "漢字かな",
    "👩‍👩‍👧",
    "fi ffl ",
    "\u{200F}",
    "\u{202E}",
    "\u{2028}",
    "\r",
    "ประเทศไทย",
    "-",
    "https://example.org/a/b ",
    "\u{0}",
    "١٢٣ ",
    "क्षेत्रज्ञ ",
    "u\u{308}\u{304}",
    "🇫🇷🇩🇪",
    "👍🏽",
    "한국어 ",
    "ខ្មែរ",
    "\u{2067}אב\u{2069}",
    "\u{A0}",
    "\u{200B}",
    "“(12,5 %)” ",
    "בֿ",
];

fn any_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..60).prop_map(|pieces| pieces.concat())
}

/// The families, sizes and measures that a reader may choose, in a mixed order.
const SETTINGS: &[(&str, f32, f32, TextAlignment)] = &[
    (bundled::SERIF, 18.5, 480.0, TextAlignment::Justify),
    (bundled::SANS, 12.0, 700.0, TextAlignment::Start),
    (bundled::MONO, 30.0, 200.0, TextAlignment::Justify),
    (bundled::SERIF, 9.0, 90.0, TextAlignment::Start),
    (bundled::SANS, 40.0, 60.0, TextAlignment::Justify),
];

fn set_with(text: &str, setting: &(&str, f32, f32, TextAlignment)) -> SetBlock {
    let mut bench = Bench { width: setting.2, ..Bench::new() };
    bench.style =
        Style { text_family: setting.0.to_owned(), size_pt: setting.1, alignment: setting.3, ..Style::default() };
    bench.set(&paragraph(text))
}

/// A cluster that is seen, and so can be meant by a point.
fn is_seen(cluster: &set_block::Cluster) -> bool {
    cluster.x1 - cluster.x0 > 1.0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_are_set_in_order(text in any::<String>(), width in 1.0f32..400.0, limit in 1usize..4) {
        let mut bench = Bench { width, ..Bench::new() };
        let set = bench.set(&paragraph(&text));
        prop_assert_eq!(set.lines().last().map_or(0, |l| l.range.end), text.len());
        let look = TextLook { capitals: true, ..TextLook::interface(12.0, 400.0, ColorRole::Text) };
        let request = TextRequest {
            text: &text, look: &look, width, scale: 1.5, language: None, direction: None, max_lines: Some(limit),
        };
        let set = bench.typesetter.set_text(&request);
        prop_assert!(set.lines().count() <= limit);
        for line in set.lines() {
            prop_assert!(line.range.of(&text).is_some());
        }
    }

    #[test]
    fn any_text_is_set_in_order(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
        spans in prop::collection::vec((0usize..200, 0usize..60, any_style()), 0..8),
        width in 1.0f32..700.0,
        justify in any::<bool>(),
    ) {
        let mut rich = RichText::plain(pieces.concat());
        for (start, length, style) in spans {
            rich.add_span(TextRange::new(start, start + length), style);
        }
        let text = rich.as_str().to_owned();
        let mut bench = Bench { width, ..Bench::new() };
        bench.style.alignment = if justify { TextAlignment::Justify } else { TextAlignment::Start };
        let set = bench.set(&Block::paragraph(rich.clone()));
        let mut at = 0;
        for line in set.lines() {
            prop_assert_eq!(line.range.start, at);
            at = line.range.end;
        }
        prop_assert_eq!(at, text.len());
        for line in &set.lines {
            for cluster in &line.clusters {
                prop_assert!(text.get(cluster.range.start..cluster.range.end).is_some());
            }
        }
        prop_assert!(set.height.is_finite());

        let table = Table { caption: rich.clone(), rows: vec![Row { header: true, cells: vec![Cell::new(rich.clone()), Cell::new(rich)] }] };
        let text = table.plain_text();
        let set = bench.set(&Block::new(Content::Table(table)));
        for line in set.lines() {
            prop_assert!(text.get(line.range.start..line.range.end).is_some());
        }
        let set = bench.set(&Block::code(None, text));
        prop_assert!(set.height.is_finite());
    }

    #[test]
    fn each_cluster_stands_in_one_line_and_is_hit_where_it_stands(
        text in any_text(),
        setting in prop::sample::select(SETTINGS),
    ) {
        let set = set_with(&text, &setting);
        let mut at = 0;
        for line in &set.lines {
            let mut clusters: Vec<_> = line.clusters.iter().collect();
            clusters.sort_by_key(|c| c.range.start);
            for cluster in clusters {
                prop_assert_eq!(cluster.range.start, at, "clusters follow each other");
                at = cluster.range.end;
                prop_assert!(text.get(cluster.range.start..cluster.range.end).is_some());
            }
            prop_assert_eq!(at, line.range.end);
            let y = (line.rect.y0 + line.rect.y1) / 2.0;
            for cluster in line.clusters.iter().filter(|c| is_seen(c)) {
                let quarter = (cluster.x1 - cluster.x0) / 4.0;
                let (left, right) = (cluster.x0 + quarter, cluster.x1 - quarter);
                let (start, end) = if cluster.right_to_left { (right, left) } else { (left, right) };
                prop_assert_eq!(set.caret_at(start, y), Some(Caret::before(cluster.range.start)));
                prop_assert_eq!(set.caret_at(end, y), Some(Caret::behind(cluster.range.end)));
                prop_assert_eq!(set.cluster_at(start, y), Some(cluster.range));
            }
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn rectangles_cover_the_clusters_of_a_range_and_no_other(
        text in any_text(),
        setting in prop::sample::select(SETTINGS),
        ends in (0.0f64..1.0, 0.0f64..1.0),
    ) {
        let set = set_with(&text, &setting);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the text's length")]
        let place = |share: f64| text.floor_char_boundary((share * text.len() as f64) as usize);
        let range = TextRange::new(place(ends.0.min(ends.1)), place(ends.0.max(ends.1)));
        let range = set.whole_clusters(range);
        let rects = set.rects(range);
        for line in &set.lines {
            let y = (line.rect.y0 + line.rect.y1) / 2.0;
            for cluster in line.clusters.iter().filter(|c| is_seen(c)) {
                let covered = rects.iter().any(|rect| rect.contains((cluster.x0 + cluster.x1) / 2.0, y));
                prop_assert_eq!(covered, cluster.range.intersection(range).is_some(), "{:?}", cluster);
            }
        }
        let area: f32 = rects.iter().map(Rect::width).sum();
        let clusters = set.lines.iter().flat_map(|line| &line.clusters);
        let wanted: f32 = clusters.filter(|c| c.range.intersection(range).is_some()).map(|c| c.x1 - c.x0).sum();
        prop_assert!((area - wanted).abs() < 1.0 + wanted * 0.002, "{} for {}", area, wanted);
    }

    #[test]
    fn arrows_lead_through_the_text_and_stop(text in any_text(), setting in prop::sample::select(SETTINGS)) {
        let set = set_with(&text, &setting);
        let count = set.lines.iter().map(|line| line.clusters.len() + 1).sum::<usize>();
        for (start, step, sign) in [
            (set.first(), SetBlock::right_of as fn(&SetBlock, Caret) -> Option<Caret>, 1.0),
            (set.last(), SetBlock::left_of, -1.0),
        ] {
            let Some(mut caret) = start else { continue };
            let mut steps = 0;
            while let Some(next) = step(&set, caret) {
                steps += 1;
                prop_assert!(steps <= count, "walks in a circle");
                prop_assert!(text.is_char_boundary(next.offset));
                prop_assert_ne!(next.offset, caret.offset);
                if set.line_of(next) == set.line_of(caret) {
                    let x = |caret| set.caret_rect(caret).map_or(0.0, |rect| rect.x0);
                    prop_assert!((x(next) - x(caret)) * sign > -0.6, "{:?} to {:?}", caret, next);
                }
                caret = next;
            }
        }
    }

    #[test]
    fn a_place_survives_widths_sizes_and_fonts(text in any_text(), share in 0.0f64..1.0) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the text's length")]
        let offset = text.floor_char_boundary((share * text.len() as f64) as usize);
        for setting in SETTINGS {
            let set = set_with(&text, setting);
            let lines: Vec<_> = set.lines().collect();
            let number = set.line_of(Caret::before(offset)).expect("text has lines");
            prop_assert!(lines[number].range.contains(offset));
            // The view's top stands at that line, and the line at the view's top is found again.
            let top = lines[number].rect.y0;
            let found = lines.iter().position(|line| line.rect.y1 > top + 1.0);
            prop_assert_eq!(found, Some(number));
            let rect = set.caret_rect(Caret::before(offset)).expect("a place");
            let again = set.caret_at(rect.x0, (rect.y0 + rect.y1) / 2.0).expect("a caret");
            let back = set.caret_rect(again).expect("a place");
            prop_assert!((back.x0 - rect.x0).abs() < 1.1 && back.y0 == rect.y0, "{:?} {:?}", rect, back);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_any_text_hold_it_once(text in any_text(), code in any::<bool>(), which in 0usize..100) {
        let text = text.repeat(40_000 / text.len() + 1);
        let block = if code { Block::code(None, text.clone()) } else { paragraph(&text) };
        let parts = parts(&block);
        prop_assert!(parts.len() > 2);
        let mut at = 0;
        for part in &parts {
            prop_assert_eq!(part.range().start, at);
            at = part.range().end;
            prop_assert!(text.is_char_boundary(at));
            // A carriage return and its line feed, or a letter and its mark, are not torn apart.
            prop_assert_eq!(crate::text::boundaries::cluster_start(&text, at), at);
        }
        prop_assert_eq!(at, text.len());
        let part = &parts[which % parts.len()];
        let mut bench = Bench::new();
        let set = bench.typesetter.set_block(&BlockRequest {
            block: &block,
            part: Some(part),
            previous: None,
            style: &bench.style,
            width: bench.width,
            scale: 1.0,
            language: Some("en"),
            image_size: &image_size,
            code: &[],
            scrolls: false,
        });
        let mut at = part.range().start;
        for line in set.lines() {
            prop_assert_eq!(line.range.start, at);
            at = line.range.end;
        }
        prop_assert_eq!(at, part.range().end);
    }
}
