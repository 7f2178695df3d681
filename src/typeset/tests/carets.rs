//! Carets: where they stand, and where the keys of a keyboard take them.

use super::*;
use crate::text::boundaries;

const MIXED: &str = "one שני 12 שלוש two";

/// The offsets that a step passes through, from a caret to where there is no further step.
fn walk(set: &SetBlock, from: Caret, step: impl Fn(&SetBlock, Caret) -> Option<Caret>) -> Vec<usize> {
    let mut offsets = vec![from.offset];
    let mut caret = from;
    while let Some(next) = step(set, caret) {
        offsets.push(next.offset);
        caret = next;
        assert!(offsets.len() < 10_000, "walks in a circle: {offsets:?}");
    }
    offsets
}

fn clusters(text: &str) -> Vec<usize> {
    let mut places = vec![0];
    while let Some(last) = places.last().copied().filter(|at| *at < text.len()) {
        places.push(boundaries::next_cluster(text, last));
    }
    places
}

#[test]
fn arrows_visit_every_cluster_once() {
    let mut bench = Bench { width: 150.0, ..Bench::new() };
    for text in [TEXT, "a\n\nb\nce\u{301}d", "漢字かな漢字かな漢字かな漢字かな漢字かな", "x\u{AD}y word"]
    {
        let set = bench.set(&paragraph(text));
        // White space at a line's end, and what is not seen, is stepped over with what stands beside it.
        let seen: Vec<usize> = clusters(text);
        let right = walk(&set, Caret::before(0), SetBlock::right_of);
        let mut left = walk(&set, Caret::behind(text.len()), SetBlock::left_of);
        left.reverse();
        assert_eq!(right, left, "{text}");
        assert!(right.iter().all(|offset| seen.contains(offset)), "{text}");
        assert!(right.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(right.len() + set.lines().count() >= seen.len(), "{text}: {right:?}");
        assert_eq!((right[0], right[right.len() - 1]), (0, text.len()));
    }
    let set = bench.set(&paragraph("x\u{AD}y"));
    assert_eq!(walk(&set, Caret::before(0), SetBlock::right_of), [0, 3, 4]);
}

#[test]
fn arrows_go_the_way_they_point() {
    let mut bench = Bench::new();
    for text in [MIXED, ARABIC, "ab שלום", "שלום ab", "a1 שלום 12, ב b"] {
        let set = bench.set(&paragraph(text));
        for (start, step, sign) in [
            (Caret::before(0), SetBlock::right_of as fn(&SetBlock, Caret) -> Option<Caret>, 1.0),
            (Caret::behind(text.len()), SetBlock::left_of, -1.0),
        ] {
            let mut caret = start;
            let mut steps = 0;
            while let Some(next) = step(&set, caret) {
                if set.line_of(next) == set.line_of(caret) {
                    let x = |caret| set.caret_rect(caret).expect("has lines").x0;
                    assert!((x(next) - x(caret)) * sign > 0.0, "{text}: {caret:?} to {next:?}");
                }
                caret = next;
                steps += 1;
            }
            let first_is_left = !set.lines[0].right_to_left;
            assert!(sign < 0.0 || (steps > 5) == first_is_left, "{text}");
        }
    }
}

#[test]
fn the_two_sides_of_a_change_of_direction_stand_apart() {
    let mut bench = Bench::new();
    let set = bench.set(&paragraph("ab שלום cd"));
    let x = |caret| set.caret_rect(caret).expect("has lines").x0;
    let hebrew = "ab ".len();
    let (before, behind) = (x(Caret::behind(hebrew)), x(Caret::before(hebrew)));
    assert!(behind > before + 20.0, "{before} {behind}");
    let end = "ab שלום".len();
    assert!((x(Caret::behind(end)) - before).abs() < 0.6);
    assert!((x(Caret::before(end)) - behind).abs() < 0.6);
    let middle = (set.lines[0].rect.y0 + set.lines[0].rect.y1) / 2.0;
    assert_eq!(set.caret_at(before - 1.0, middle), Some(Caret::behind(hebrew)));
    assert_eq!(set.caret_at(before + 1.0, middle), Some(Caret::behind(end)));
}

#[test]
fn a_line_has_a_beginning_and_an_end() {
    let mut bench = Bench { width: 150.0, ..Bench::new() };
    let set = bench.set(&paragraph(TEXT));
    for (number, line) in set.lines().enumerate() {
        let inside = Caret::before(line.range.start + 1);
        let (start, end) = (set.line_start(inside).expect("a line"), set.line_end(inside).expect("a line"));
        assert_eq!(start, Caret::before(line.range.start));
        let text = line.range.of(TEXT).expect("in the text");
        assert_eq!(end.offset, line.range.start + text.trim_end().len(), "{text}");
        assert_eq!((set.line_of(start), set.line_of(end)), (Some(number), Some(number)));
        let rect = set.caret_rect(end).expect("a place");
        assert!(rect.x0 > 40.0 && rect.y0 == line.rect.y0);
        let broken = text.ends_with(char::is_alphabetic);
        assert!(!broken || rect.x0 < line.rect.x1 - 2.0, "before the hyphen that the text does not have");
    }
    let set = bench.set(&paragraph("ab\n\ncd\n"));
    for (offset, start, end) in [(0, 0, 2), (2, 0, 2), (3, 3, 3), (4, 4, 6), (6, 4, 6)] {
        assert_eq!(set.line_start(Caret::before(offset)).map(|c| c.offset), Some(start));
        assert_eq!(set.line_end(Caret::before(offset)).map(|c| c.offset), Some(end));
    }
    let set = bench.set(&paragraph(MIXED));
    assert_eq!(set.line_end(Caret::before(0)).map(|c| set.line_of(c)), Some(Some(0)));
}

#[test]
fn up_and_down_keep_their_place_across() {
    let mut bench = Bench { width: 240.0, ..Bench::new() };
    let text = format!("{TEXT}\nx\n{TEXT}");
    let set = bench.set(&paragraph(&text));
    let lines = set.lines().count();
    let mut caret = set.first_at(100.0).expect("has lines");
    for number in 1..lines {
        caret = set.below(caret, 100.0).expect("a line below");
        assert_eq!(set.line_of(caret), Some(number));
        let rect = set.caret_rect(caret).expect("a place");
        assert!((rect.x0 - 100.0).abs() < 20.0 || rect.x0 < 100.0);
    }
    assert_eq!(set.below(caret, 100.0), None);
    assert_eq!(set.last_at(100.0), Some(caret));
    for number in (0..lines - 1).rev() {
        caret = set.above(caret, 100.0).expect("a line above");
        assert_eq!(set.line_of(caret), Some(number));
    }
    assert_eq!(set.above(caret, 100.0), None);
}

#[test]
fn in_a_table_up_and_down_stay_in_the_column() {
    let mut bench = Bench { width: 200.0, ..Bench::new() };
    let mut source = table("");
    source.rows[1].cells[2].text = "A remark of several lines that its neighbours do not have".into();
    let set = bench.set(&Block::new(Content::Table(source.clone())));
    let text = source.plain_text();
    let at = |needle: &str| Caret::before(text.find(needle).expect("stands in the table"));
    let x = |caret| set.caret_rect(caret).expect("a place").x0;
    let word = |caret: Option<Caret>| caret.map(|c| boundaries::word_at(&text, c.offset).start);
    assert_eq!(word(set.below(at("Year"), x(at("Year")) + 1.0)), Some(at("2019").offset));
    assert_eq!(word(set.below(at("2019"), x(at("2019")) + 1.0)), Some(at("2020").offset));
    assert_eq!(word(set.above(at("2019"), x(at("2019")) + 1.0)), Some(at("Year").offset));
    // From the end of one cell a step leads to the beginning of the next.
    let end = Caret::behind(at("Year").offset + 4);
    assert_eq!(set.right_of(end), Some(at("Sailings")));
    assert_eq!(set.left_of(at("Sailings")).map(|c| c.offset), Some(end.offset));
}

#[test]
fn what_is_highlighted_is_what_is_copied() {
    let mut bench = Bench::new();
    let set = bench.set(&paragraph("ae\u{301}o"));
    assert_eq!(set.whole_clusters(TextRange::new(2, 3)), TextRange::new(1, 4));
    assert_eq!(set.whole_clusters(TextRange::new(0, 1)), TextRange::new(0, 1));
}

#[test]
fn nothing_to_stand_in_gives_no_caret() {
    let mut bench = Bench::new();
    let set = bench.set(&Block::rule());
    assert_eq!((set.caret_at(0.0, 0.0), set.first(), set.last(), set.first_at(0.0)), (None, None, None, None));
    assert_eq!(set.right_of(Caret::before(0)), None);
    assert_eq!(set.caret_rect(Caret::before(3)), None);
}
