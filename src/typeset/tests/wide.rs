//! What may be wider than the measure: code and tables that are moved sideways, and numbers under one another.

use super::*;

fn set_wide(bench: &mut Bench, block: &Block, part: Option<&Part>) -> SetBlock {
    bench.typesetter.set_block(&BlockRequest {
        block,
        part,
        previous: None,
        style: &bench.style,
        width: bench.width,
        scale: bench.scale,
        language: bench.language,
        image_size: &image_size,
        code: &[],
        scrolls: true,
    })
}

fn table_of(head: &[&str], rows: &[&[&str]]) -> Table {
    let row = |cells: &[&str], header| Row { header, cells: cells.iter().map(|c| Cell::new((*c).into())).collect() };
    let head = (!head.is_empty()).then(|| row(head, true));
    Table { caption: RichText::default(), rows: head.into_iter().chain(rows.iter().map(|r| row(r, false))).collect() }
}

fn block_of(table: &Table) -> Block {
    Block::new(Content::Table(table.clone()))
}

/// The text's line with its first words.
fn line_of(set: &SetBlock, text: &str, words: &str) -> SetLine {
    let at = text.find(words).unwrap_or_else(|| panic!("{words}"));
    set.lines().find(|line| line.range.contains(at)).unwrap()
}

#[test]
fn code_keeps_its_lines() {
    let mut bench = Bench::new();
    let long = format!("let a = \"{}\";", "word ".repeat(80));
    let text = format!("short\n{long}\n\n\tend");
    let block = Block::code(None, text.clone());
    let broken = bench.set(&block);
    assert!(broken.lines().count() > 5 && broken.overflow.is_none());
    let set = set_wide(&mut bench, &block, None);
    let lines: Vec<&str> = set.lines().map(|line| line.range.of(&text).unwrap()).collect();
    assert_eq!(lines, ["short\n", &format!("{long}\n"), "\n", "\tend"]);
    let overflow = set.overflow.unwrap();
    let widest = set.lines().map(|line| line.rect.x1).fold(0.0, f32::max);
    assert_eq!((overflow.window.x0, overflow.window.x1, overflow.left), (0.0, 480.0, 0.0));
    assert!(overflow.right > widest && overflow.right < widest + 40.0 && widest > 480.0);
    assert!(set.lines().all(|line| overflow.holds(line.rect.y0) && overflow.holds(line.rect.y1 - 0.5)));
    // The panel stays, the text moves.
    assert_eq!(overflow.items_from, 1);
    for number in [0, 40, text.len() - 1] {
        let caret = set.caret(number).unwrap();
        assert_eq!(set.offset_at(caret.x0, (caret.y0 + caret.y1) / 2.0), Some(number));
    }
}

#[test]
fn code_in_parts_keeps_its_lines_too() {
    let mut bench = Bench::new();
    let text = format!("{}\n", "x = 1; ".repeat(60)).repeat(80);
    let block = Block::code(None, text.clone());
    let mut at = 0;
    for part in parts(&block) {
        let set = set_wide(&mut bench, &block, Some(&part));
        let feeds = part.text(&block).matches('\n').count();
        assert_eq!(set.lines().count(), feeds);
        for line in set.lines() {
            assert_eq!(line.range.start, at);
            at = line.range.end;
        }
    }
    assert_eq!(at, text.len());
}

#[test]
fn a_table_that_cannot_be_narrower_is_wider_than_the_measure() {
    let words = ["Donaudampfschifffahrt", "Elektrizitätswerke", "Hauptbetriebswerk", "Bauunterbeamten", "Gesellschaft"];
    let table = table_of(&["a", "b", "c", "d", "e"], &[&words, &words]);
    let text = table.plain_text();
    for (direction, language) in [(None, "de"), (Some(crate::text::Direction::RightToLeft), "ar")] {
        let mut bench = Bench { language: Some(language), width: 300.0, ..Bench::new() };
        let block = Block { direction, ..block_of(&table) };
        let squeezed = bench.set(&block);
        assert!(squeezed.lines().all(|line| line.rect.x0 >= -1.0 && line.rect.x1 <= 301.0));
        let set = set_wide(&mut bench, &block, None);
        let overflow = set.overflow.unwrap();
        assert!(overflow.right - overflow.left > 500.0, "{overflow:?}");
        let is_rtl = direction.is_some();
        assert_eq!((overflow.left < 0.0, overflow.right > 300.0), (is_rtl, !is_rtl));
        for word in words {
            let line = line_of(&set, &text, word);
            assert_eq!(line.range.of(&text).unwrap().trim(), word);
            assert!(line.rect.x0 >= overflow.left - 0.5 && line.rect.x1 <= overflow.right + 0.5);
        }
    }
    // What fits is not moved.
    let mut bench = Bench::new();
    let overflow = set_wide(&mut bench, &block_of(&table_of(&["a"], &[&["b"]])), None).overflow.unwrap();
    assert_eq!((overflow.left, overflow.right), (0.0, 480.0));
    // A word wider than the view is broken to it.
    let address = "https://example.org/".to_owned() + &"a".repeat(300);
    let long = table_of(&[], &[&["one", &address]]);
    let set = set_wide(&mut bench, &block_of(&long), None);
    assert!(set.lines().count() > 3 && set.overflow.unwrap().right < 2.0 * 480.0);
}

#[test]
fn numbers_stand_under_one_another() {
    let table = table_of(
        &["Place", "Depth", "Share"],
        &[&["Marren", "1,204.5", "7"], &["Alder", "3", "12"], &["Mill", "–", "105"], &["Quay", "0.125", "n/a"]],
    );
    let text = table.plain_text();
    let mut bench = Bench::new();
    for set in [bench.set(&block_of(&table)), set_wide(&mut bench, &block_of(&table), None)] {
        let x_behind = |number: &str, digits: usize| {
            let at = text.find(&format!("\t{number}")).unwrap() + 1 + digits;
            let line = set.lines().position(|line| line.range.start < at && at <= line.range.end).unwrap();
            set.clusters(line).iter().find(|c| c.range.end == at).unwrap().x1
        };
        let points = [x_behind("1,204.5", 5), x_behind("3", 1), x_behind("0.125", 1)];
        assert!(points.iter().all(|x| (x - points[0]).abs() < 0.6), "{points:?}");
        let ends = [x_behind("7", 1), x_behind("12", 2), x_behind("105", 3), x_behind("n/a", 3), x_behind("Share", 5)];
        assert!(ends.iter().all(|x| (x - ends[0]).abs() < 1.5), "{ends:?}");
        // The words of the first column begin where it does.
        assert!(line_of(&set, &text, "Marren").rect.x0 < 0.5 && line_of(&set, &text, "Quay").rect.x0 < 0.5);
    }
    let mut stated = table;
    for row in &mut stated.rows {
        row.cells[1].alignment = Alignment::Center;
    }
    let set = bench.set(&block_of(&stated));
    let middle = |words: &str| {
        let rect = line_of(&set, &text, words).rect;
        (rect.x0 + rect.x1) / 2.0
    };
    assert!((middle("1,204.5") - middle("0.125")).abs() < 1.0);
}

#[test]
fn numbers_of_a_table_in_parts_stand_under_one_another_in_all_of_them() {
    let rows: Vec<Vec<String>> =
        (0..600).map(|n| vec![format!("Row {n}"), format!("{}.{}", n * n, n % 7), "x".into()]).collect();
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let table = table_of(&["a", "b", "c"], &rows);
    let block = block_of(&table);
    let text = table.plain_text();
    let mut bench = Bench::new();
    let mut points = Vec::new();
    for (number, part) in parts(&block).iter().enumerate() {
        let set = set_wide(&mut bench, &block, Some(part));
        assert_eq!(set.head.is_some(), number == 0);
        for (number, line) in set.lines().enumerate() {
            let dot = line.range.of(&text).unwrap().find('.');
            let cluster =
                dot.and_then(|dot| set.clusters(number).iter().find(|c| c.range.start == line.range.start + dot));
            points.extend(cluster.map(|cluster| cluster.x0));
        }
    }
    assert_eq!(points.len(), 600);
    assert!(points.iter().all(|x| (x - points[0]).abs() < 0.6));
}

#[test]
fn a_head_is_what_stands_above_the_rows() {
    let mut bench = Bench::new();
    let plain = table_of(&[], &[&["a"], &["b"]]);
    assert_eq!(set_wide(&mut bench, &block_of(&plain), None).head, None);
    let alone = table_of(&["a"], &[]);
    assert_eq!(set_wide(&mut bench, &block_of(&alone), None).head, None);
    let mut table = table_of(&["a", "b"], &[&["c", "d"], &["e", "f"]]);
    table.caption = "Sailings".into();
    let set = set_wide(&mut bench, &block_of(&table), None);
    let text = table.plain_text();
    let (top, bottom) = set.head.unwrap();
    let line = |word: &str| line_of(&set, &text, word).rect;
    assert!(line("Sailings").y1 <= top && line("a\tb").y0 >= top && line("a\tb").y1 <= bottom);
    assert!(line("c\td").y0 >= bottom && !set.overflow.unwrap().holds(line("Sailings").y0));
    // A cell that reaches from the head into the rows cannot stay without them.
    table.rows[0].cells[0].rows = 2;
    assert_eq!(set_wide(&mut bench, &block_of(&table), None).head, None);
}
