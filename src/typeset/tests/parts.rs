//! Blocks set in parts: together they are the block, and each costs what it holds.

use super::*;

impl Bench {
    fn set_part(&mut self, block: &Block, part: &Part) -> SetBlock {
        self.typesetter.set_block(&BlockRequest {
            block,
            part: Some(part),
            previous: None,
            style: &self.style,
            width: self.width,
            scale: self.scale,
            language: self.language,
            image_size: &image_size,
            code: &[],
            scrolls: false,
        })
    }
}

fn large_table(rows: usize) -> Table {
    let mut table = Table { caption: "Caption".into(), rows: Vec::new() };
    for number in 0..rows {
        let texts = [number.to_string(), "x".repeat(number % 30), format!("Remark {number}"), String::new()];
        let cells = texts.iter().map(|text| Cell::new(text.as_str().into())).collect();
        table.rows.push(Row { header: number == 0, cells });
    }
    table.rows[90].cells[0].rows = 5;
    for row in &mut table.rows[91..95] {
        row.cells.pop();
    }
    table
}

fn monsters() -> Vec<Block> {
    let prose = TEXT.repeat(130);
    vec![
        paragraph(&prose),
        paragraph(&ARABIC.repeat(160)),
        paragraph(&"渡轮将继续运营，理事会周二以九票对四票决定。".repeat(500)),
        paragraph(&"เรือข้ามฟากจะดำเนินต่อไป".repeat(500)),
        paragraph(&"a".repeat(40_000)),
        paragraph(&"e\u{301}".repeat(9_000)),
        paragraph(&"\n".repeat(20_000)),
        paragraph(&format!("{TEXT}\n").repeat(100)),
        Block::heading(2, prose.as_str().into()),
        Block::code(None, "let a = 1;\n".repeat(4_000)),
        Block::code(None, prose),
        Block::code(None, "\t{}\n".repeat(40_000)),
        Block::new(Content::Table(large_table(600))),
    ]
}

#[test]
fn ordinary_blocks_are_one_part() {
    for block in everything().into_iter().chain([paragraph(""), paragraph(&TEXT.repeat(45))]) {
        let parts = parts(&block);
        assert_eq!(parts.len(), 1);
        assert!(parts[0].is_first() && parts[0].is_last());
        assert_eq!(parts[0].range(), TextRange::new(0, block.plain_text().len()));
        let mut bench = Bench::new();
        assert_eq!(bench.set_part(&block, &parts[0]), bench.set(&block));
    }
}

#[test]
fn parts_hold_the_whole_text_once() {
    for block in monsters() {
        let text = block.plain_text();
        let parts = parts(&block);
        assert!(parts.len() > 3, "{}", parts.len());
        let mut at = 0;
        for (number, part) in parts.iter().enumerate() {
            assert_eq!(part.range().start, at);
            assert!(part.range().end > at && part.range().len() < 8_000, "{:?}", part.range());
            at = part.range().end;
            assert_eq!(Some(&*part.text(&block)), part.range().of(&text));
            assert_eq!(part.is_first(), number == 0);
            assert_eq!(part.is_last(), number + 1 == parts.len());
        }
        assert_eq!(at, text.len());
    }
}

#[test]
fn parts_end_at_the_best_place_at_hand() {
    let ends = |text: &str| -> Vec<String> {
        let block = paragraph(text);
        let parts = parts(&block);
        let last = parts.len() - 1;
        parts[..last]
            .iter()
            .map(|p| p.text(&block).chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect())
            .collect()
    };
    for (text, expected) in [
        ("One two. ".repeat(3_000), "wo. "),
        ("Said “one two.” ".repeat(3_000), "o.” "),
        ("one e.g. two ".repeat(3_000), " "),
        ("一二三。".repeat(3_000), "二三。"),
        ("one\ntwo. ".repeat(3_000), "one\n"),
        ("word ".repeat(5_000), "ord "),
        ("eins.zwei-".repeat(3_000), "wei-"),
    ] {
        for end in ends(&text) {
            assert!(end.ends_with(expected), "{end} for {expected}");
        }
    }
    for end in ends(&"e\u{301}\u{323}".repeat(6_000)) {
        assert!(end.ends_with('\u{323}'));
    }
}

#[test]
fn a_part_counts_in_the_whole_block() {
    for block in monsters() {
        let text = block.plain_text();
        let mut bench = Bench::new();
        let parts = parts(&block);
        for part in [&parts[0], &parts[1], &parts[parts.len() / 2], &parts[parts.len() - 1]] {
            let set = bench.set_part(&block, part);
            assert!(set.height > 0.0 && set.height.fract() == 0.0, "{}", set.height);
            let first = set.lines().next().expect("has lines");
            let last = set.lines().last().expect("has lines");
            assert!(part.range().contains(first.range.start));
            assert!(last.range.end <= part.range().end);
            for line in set.lines() {
                assert!(line.range.of(&text).is_some());
                assert!(line.rect.x1 <= 481.0 || reaches(&line, 480.0));
            }
            assert_eq!(
                set.space_before > 0.0 || block.rich_text().is_some(),
                part.is_first() || block.rich_text().is_some()
            );
        }
    }
}

#[test]
fn the_seams_of_justified_text_do_not_show() {
    let block = paragraph(&TEXT.repeat(130));
    let mut bench = Bench::new();
    let parts = parts(&block);
    for part in &parts {
        let set = bench.set_part(&block, part);
        let lines: Vec<_> = set.lines().collect();
        let full = lines.iter().filter(|line| reaches(line, 480.0)).count();
        assert_eq!(full, lines.len() - usize::from(part.is_last()));
        assert_eq!(set.height, lines.len() as f32 * 29.0);
        assert!(lines.iter().all(|line| line.rect.x0.abs() < 0.6), "no part but the first is indented");
    }
}

#[test]
fn bars_markers_and_panels_are_drawn_once() {
    let mut bench = Bench::new();
    let text = TEXT.repeat(130);
    let quoted = paragraph(&text).within(vec![Container::Quotation { quotation: 1 }, item(0, 0, Marker::Number(7))]);
    let mut glyph_counts = Vec::new();
    let parts_of_quotation = parts(&quoted);
    for part in &parts_of_quotation {
        let set = bench.set_part(&quoted, part);
        let bar = rects_of(&set, ColorRole::Accent)[0];
        assert_eq!((bar.y0, bar.y1), (0.0, set.height));
        let plain = paragraph(&part.text(&quoted)).within(vec![Container::Quotation { quotation: 1 }]);
        let markers = set.items.iter().filter(|i| matches!(i, PaintItem::Glyphs(run) if run.role == ColorRole::Soft));
        glyph_counts.push(markers.count());
        assert!(bench.set(&plain).height > 0.0);
    }
    assert_eq!(glyph_counts[0], 1);
    assert!(glyph_counts[1..].iter().all(|count| *count == 0));

    let code = Block::code(None, "let a = 1;\n".repeat(4_000));
    let parts = parts(&code);
    let mut lines = 0;
    for part in &parts {
        let set = bench.set_part(&code, part);
        let panel = rects_of(&set, ColorRole::CodeBackground)[0];
        assert_eq!((panel.y0, panel.y1), (0.0, set.height));
        lines += set.lines().count();
        assert_eq!(set.lines().next().map(|l| l.rect.y0 > 0.0), Some(part.is_first()));
        assert_eq!(set.space_after > 0.0, part.is_last());
    }
    assert_eq!(lines, 4_000);
}

#[test]
fn the_columns_of_a_table_are_the_same_in_all_parts() {
    let source = large_table(600);
    let block = Block::new(Content::Table(source.clone()));
    let text = source.plain_text();
    for width in [480.0, 120.0] {
        let mut bench = Bench { width, ..Bench::new() };
        let mut edges = std::collections::BTreeMap::<usize, [f32; 4]>::new();
        let mut seen = 0;
        for part in parts(&block) {
            let set = bench.set_part(&block, &part);
            for (row, ranges) in source.rows.iter().zip(source.cell_ranges()) {
                for (column, (cell, range)) in row.cells.iter().zip(ranges).enumerate() {
                    if !part.range().contains(range.start) || cell.text.is_empty() || row.cells.len() < 4 {
                        continue;
                    }
                    let line = set.lines().find(|l| l.range.start == range.start).expect("a cell has a line");
                    assert!(line.range.of(&text).is_some_and(|t| cell.text.as_str().starts_with(t)), "{line:?}");
                    let (x0, x1) = (line.rect.x0, line.rect.x1);
                    let [a, b, c, d] = *edges.entry(column).or_insert([x0, x0, x1, x1]);
                    edges.insert(column, [a.min(x0), b.max(x0), c.min(x1), d.max(x1)]);
                    seen += 1;
                }
            }
            // A rule below each row but the table's last one.
            let rows = part.text(&block).lines().count() - usize::from(part.is_first());
            let rules = rects_of(&set, ColorRole::Rule).len() + rects_of(&set, ColorRole::Soft).len();
            assert!(rules >= rows - usize::from(part.is_last()), "{rules} {rows}");
        }
        assert!(seen > 1_500);
        // A column of numbers ends at one place, any other begins at one.
        let is_even = |[a, b, c, d]: &[f32; 4]| (b - a).min(d - c) <= 1.0;
        assert!(edges.values().all(is_even), "{width}: {edges:?}");
    }
}

#[test]
fn spans_are_cut_with_their_text() {
    let mut rich = RichText::plain(TEXT.repeat(20));
    let link = rich.push_styled(&TEXT.repeat(60), InlineStyle::Link { target: "#a".into() });
    let image = rich.push_styled("\u{FFFC}", InlineStyle::Image { image: ResourceId(1), alt: "alt".into() });
    rich.push_str(&TEXT.repeat(20));
    let block = Block::paragraph(rich);
    let mut bench = Bench::new();
    let (mut linked, mut images) = (0, 0);
    for part in parts(&block) {
        let set = bench.set_part(&block, &part);
        for (range, target) in set.links() {
            assert_eq!((range.intersection(link), target), (Some(range), "#a"));
            assert_eq!(range.intersection(part.range()), Some(range));
            let rect = set.rects(range)[0];
            assert_eq!(set.link_at(rect.x0 + 2.0, (rect.y0 + rect.y1) / 2.0), Some("#a"));
            linked += range.len();
        }
        for item in &set.items {
            if let PaintItem::Image { rect, .. } = item {
                images += 1;
                assert!(part.range().contains(image.start));
                let y = (rect.y0 + rect.y1) / 2.0;
                assert_eq!(set.cluster_at((rect.x0 + rect.x1) / 2.0, y), Some(image));
            }
        }
    }
    assert_eq!((linked, images), (link.len(), 1));
}

#[test]
fn parts_are_guessed_as_their_blocks_are() {
    let mut bench = Bench::new();
    for block in monsters() {
        for part in parts(&block).iter().take(3) {
            let set = bench.set_part(&block, part);
            let request = BlockRequest {
                block: &block,
                part: Some(part),
                previous: None,
                style: &bench.style,
                width: bench.width,
                scale: bench.scale,
                language: bench.language,
                image_size: &image_size,
                code: &[],
                scrolls: false,
            };
            let guess = bench.typesetter.estimate(&request);
            let factor = guess.height / set.height;
            // The bundled faces have no Chinese: their empty boxes are half as wide as the letters that are guessed at.
            assert!((0.4..2.2).contains(&factor), "{} for {}", guess.height, set.height);
            assert_eq!((guess.space_before, guess.space_after), (set.space_before, set.space_after));
        }
    }
}

#[test]
fn flags_are_not_torn_between_parts() {
    for text in ["🇫🇷🇩🇪".repeat(3_000), format!("a{}", "🇫🇷".repeat(6_000))] {
        let block = paragraph(&text);
        let parts = parts(&block);
        assert!(parts.len() > 3);
        for part in &parts {
            let end = part.range().end;
            assert_eq!(crate::text::boundaries::cluster_start(&text, end), end);
        }
    }
}
