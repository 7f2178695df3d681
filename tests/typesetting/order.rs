//! Where letters stand in a line that runs in two directions, against another implementation of Unicode's rules (UAX #9) and
//! against lines set by hand.

use super::{Bench, glyphs, reference};
use recto::text::Direction;
use recto::typeset::SetBlock;
use unicode_bidi::{BidiInfo, Level};

/// The text of a line's clusters from left to right.
fn from_left(set: &SetBlock, line: usize, text: &str) -> String {
    set.clusters(line).iter().map(|cluster| cluster.range.of(text).unwrap_or_default()).collect()
}

#[test]
fn lines_read_as_they_are_set_by_hand() {
    let mut bench = Bench::new();
    for (text, expected) in [
        // Digits run from the left within a line from the right, and the number that is named first stands first.
        ("بين 12 و 345", "345 و 12 نيب"),
        ("بين ١٢ و ٣٤٥", "٣٤٥ و ١٢ نيب"),
        // A separator between digits belongs to them, a full stop at the end to the line.
        ("أي 0.58 ساعة.", ".ةعاس 0.58 يأ"),
        ("קו 9:30 עולה.", ".הלוע 9:30 וק"),
        // The comma stands at the left of the word it follows.
        ("نعم، هو", "وه ،معن"),
        // Brackets keep to what they enclose.
        ("في (2024) هنا", "انه (2024) يف"),
        ("אב [8] גד", "דג [8] בא"),
        // A word from the left in a line from the right, and the other way about.
        ("אני Recto כאן", "ןאכ Recto ינא"),
        ("He said שלום עולם twice", "He said םלוע םולש twice"),
        // Numbers behind right-to-left words belong to them.
        ("sign: שלום 12, end", "sign: 12 םולש, end"),
        ("رقم 47-B هنا", "انه B-47 مقر"),
    ] {
        let set = bench.line(text, None);
        let bracketless: String = from_left(&set, 0, text).chars().map(mirrored_if(text)).collect();
        assert_eq!(bracketless, expected, "{text}");
    }
}

/// The clusters' characters are the text's: an opening bracket of a line from the right is drawn as a closing one.
fn mirrored_if(text: &str) -> impl Fn(char) -> char {
    let from_right = recto::text::base_direction(text) == Some(Direction::RightToLeft);
    move |c| match c {
        '(' if from_right => ')',
        ')' if from_right => '(',
        '[' if from_right => ']',
        ']' if from_right => '[',
        other => other,
    }
}

#[test]
fn brackets_are_mirrored_where_they_run_from_the_right() {
    let mut bench = Bench::new();
    let opening = glyphs(&bench.line("a(", None))[1].0;
    let closing = glyphs(&bench.line("a)", None))[1].0;
    assert_ne!(opening, closing);
    let set = glyphs(&bench.line("אב (גד) הו", None));
    let places: Vec<u32> = set.iter().map(|(id, _)| *id).filter(|id| [opening, closing].contains(id)).collect();
    assert_eq!(places, [opening, closing], "from the left: one that opens to the right, then one that closes");
    // An English bracket within stays as it is.
    let set = glyphs(&bench.line("a (b) c", None));
    let places: Vec<u32> = set.iter().map(|(id, _)| *id).filter(|id| [opening, closing].contains(id)).collect();
    assert_eq!(places, [opening, closing]);
}

#[test]
fn every_line_of_the_reference_document_stands_as_unicode_says() {
    let article = reference();
    let mut bench = Bench::new();
    let mut lines = 0;
    for width in [480.0, 250.0] {
        bench.width = width;
        for block in &article.blocks {
            let text = block.plain_text().into_owned();
            if text.contains(['\t', '\u{FFFC}']) || text.is_empty() {
                continue;
            }
            let set = bench.set(block, None);
            let stated = block.direction.or_else(|| recto::text::base_direction(&text)).unwrap_or_default();
            let level = if stated == Direction::RightToLeft { Level::rtl() } else { Level::ltr() };
            let info = BidiInfo::new(&text, Some(level));
            for (number, line) in set.lines().enumerate() {
                let paragraph = info.paragraphs.iter().find(|p| p.range.contains(&line.range.start)).unwrap();
                let end = line.range.of(&text).unwrap().trim_end().len() + line.range.start;
                let clusters = set.clusters(number).iter().filter(|cluster| cluster.range.start < end);
                // A cluster is told by where it begins, since its marks follow it in either direction.
                let found: Vec<usize> = clusters.map(|cluster| cluster.range.start).collect();
                let expected = from_left_by_levels(&info, paragraph, line.range.start..end, &found);
                assert_eq!(found, expected, "{} at {width}", &text[line.range.start..end]);
                lines += 1;
            }
        }
    }
    assert!(lines > 200, "{lines}");
}

/// Where the clusters of a line begin, from left to right.
fn from_left_by_levels(
    info: &BidiInfo<'_>,
    paragraph: &unicode_bidi::ParagraphInfo,
    line: std::ops::Range<usize>,
    clusters: &[usize],
) -> Vec<usize> {
    let mut clusters = clusters.to_vec();
    clusters.sort_unstable();
    let (levels, runs) = info.visual_runs(paragraph, line);
    let mut out = Vec::new();
    for run in runs {
        let mut inside: Vec<usize> = clusters.iter().copied().filter(|start| run.contains(start)).collect();
        if levels[run.start].is_rtl() {
            inside.reverse();
        }
        out.extend(inside);
    }
    out
}
