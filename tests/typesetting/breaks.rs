//! Lines end only where they may.

use super::{Bench, reference};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

/// What no line begins with.
const CLOSING: &str = ".,;:!?)]}»”’…。，、；：？！）」』】〉》·ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ።፣፤։।॥،؛؟။၊།៖ៗ។";
/// What no line ends with.
const OPENING: &str = "([{«“‘「『（【〈《";

#[test]
fn no_line_begins_or_ends_with_the_wrong_sign() {
    let article = reference();
    let mut bench = Bench::new();
    let mut faults = Vec::new();
    for width in (200..=480).step_by(20) {
        bench.width = f32::from(u16::try_from(width).unwrap());
        for block in &article.blocks {
            let text = block.plain_text().into_owned();
            // A quotation mark that is written alike on both sides, and a full stop that begins no sentence, are none.
            if matches!(block.content, recto::document::Content::Code { .. } | recto::document::Content::Table(_)) {
                continue;
            }
            let set = bench.set(block, None);
            let lines: Vec<_> = set.lines().collect();
            for pair in lines.windows(2) {
                let (end, start) = (pair[0].range.of(&text).unwrap(), pair[1].range.of(&text).unwrap());
                let inside_quote = |c: char| block.language.as_deref() == Some("ka") && c == '“';
                if let Some(first) = start.chars().next()
                    && CLOSING.contains(first)
                    && !end.ends_with('\n')
                {
                    faults.push(format!("{width}: a line begins with {first}: {start}"));
                }
                if let Some(last) = end.trim_end().chars().next_back()
                    && OPENING.contains(last)
                    && !inside_quote(last)
                {
                    faults.push(format!("{width}: a line ends with {last}: {end}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_line_ends_inside_a_letter() {
    let article = reference();
    let mut bench = Bench::new();
    for width in [60.0, 140.0, 260.0, 333.0] {
        bench.width = width;
        for block in &article.blocks {
            let text = block.plain_text().into_owned();
            let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let set = bench.set(block, None);
            for line in set.lines() {
                assert!(borders.binary_search(&line.range.end).is_ok(), "{width}: {:?}", line.range.of(&text));
            }
        }
    }
}

#[test]
fn lines_without_spaces_end_between_words() {
    let article = reference();
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut bench = Bench::new();
    let mut breaks = 0;
    for width in (220..=480).step_by(20) {
        bench.width = f32::from(u16::try_from(width).unwrap());
        for block in &article.blocks {
            if !matches!(block.language.as_deref(), Some("th" | "lo" | "km" | "my")) {
                continue;
            }
            let text = block.plain_text().into_owned();
            let words: Vec<usize> = segmenter.segment_str(&text).collect();
            let set = bench.set(block, None);
            for line in set.lines() {
                let end = line.range.end;
                assert!(words.binary_search(&end).is_ok(), "{width}: {:?}", line.range.of(&text));
                breaks += 1;
            }
        }
    }
    assert!(breaks > 100, "{breaks}");
}
