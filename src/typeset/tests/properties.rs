//! Any text, any spans, any width: nothing panics, and the lines hold the text in its order.

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
];

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
}
