//! Where a caret may stand in a text and where words begin and end, looked for around one place, so that a text of megabytes
//! costs no more than a line. Knows no lines and no screen: what moves up, down, left or right is the typesetter's.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::GraphemeCursor;

/// How far around a place words are looked for at first, in bytes: a few lines, within which nearly every script has a
/// space.
const NEAR_BYTES: usize = 256;

/// And how far at most: a "word" of a bad file may have megabytes.
const FAR_BYTES: usize = 1 << 16;

/// The next place a caret may stand at: behind a letter with all its marks (an extended grapheme cluster of UAX #29). The
/// text's end where there is none.
pub fn next_cluster(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The place before it. The text's beginning where there is none.
pub fn previous_cluster(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    let mut cursor = GraphemeCursor::new(offset, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// An offset brought to a place that a caret may stand at: itself, or the beginning of the cluster it lies in.
pub fn cluster_start(text: &str, offset: usize) -> usize {
    let offset = floor(text, offset);
    match GraphemeCursor::new(offset, text.len(), true).is_boundary(text, 0) {
        Ok(true) => offset,
        _ => previous_cluster(text, offset),
    }
}

/// The word that the character at an offset belongs to, or the white space or sign that it is: what a double click takes.
/// Words are those of UAX #29, found by dictionary in scripts that are written without spaces.
pub fn word_at(text: &str, offset: usize) -> Range<usize> {
    let offset = floor(text, offset.min(text.len().saturating_sub(1)));
    let mut radius = NEAR_BYTES;
    loop {
        let window = window(text, offset, radius);
        let segments = segments(text, &window);
        let found = segments.iter().position(|segment| segment.range.contains(&offset));
        let Some(Segment { range, .. }) = found.and_then(|found| segments.get(found)) else {
            return offset..offset;
        };
        let is_cut = |at: usize, edge: usize, end: usize| at == edge && at != end;
        let uncertain = is_cut(range.start, window.start, 0) || is_cut(range.end, window.end, text.len());
        if !uncertain || radius >= FAR_BYTES {
            return range.clone();
        }
        radius *= 4;
    }
}

/// The end of the word at or behind an offset; the text's end where no word follows.
pub fn next_word_end(text: &str, offset: usize) -> usize {
    forward(text, offset, |word, from| word.end > from, |word| word.end)
}

/// The beginning of the next word behind an offset; the text's end where no word follows.
pub fn next_word_start(text: &str, offset: usize) -> usize {
    forward(text, offset, |word, from| word.start > from, |word| word.start)
}

/// The beginning of the word before an offset, or of the word it lies in; the text's beginning where there is none.
pub fn previous_word_start(text: &str, offset: usize) -> usize {
    let mut from = floor(text, offset);
    while from > 0 {
        let window = window(text, from, NEAR_BYTES);
        let words = segments(text, &window);
        let word = words.iter().rev().find(|word| word.is_word && word.range.start < from);
        match word {
            // What begins at the window's edge may begin before it.
            Some(word) if word.range.start > window.start || word.range.start == 0 => return word.range.start,
            Some(word) => return word_at(text, word.range.start).start,
            None => from = window.start.min(floor(text, from - 1)),
        }
    }
    0
}

fn forward(
    text: &str,
    offset: usize,
    is_wanted: impl Fn(&Range<usize>, usize) -> bool,
    place: impl Fn(&Range<usize>) -> usize,
) -> usize {
    let offset = floor(text, offset);
    let mut from = offset;
    while from < text.len() {
        let window = window(text, from, NEAR_BYTES);
        let mut reached = window.end;
        for word in segments(text, &window).into_iter().filter(|word| word.is_word) {
            let is_cut = (word.range.start == window.start && window.start > 0) || word.range.end == window.end;
            let range = if is_cut { word_at(text, word.range.start) } else { word.range };
            if is_wanted(&range, offset) {
                return place(&range);
            }
            reached = reached.max(range.end);
        }
        from = reached.max(next_cluster(text, from));
    }
    text.len()
}

/// Where the words of a text begin, rising. One walk over the whole text, so for texts of a screen or two.
pub fn word_starts(text: &str) -> Vec<usize> {
    let words = segments(text, &(0..text.len())).into_iter().filter(|segment| segment.is_word);
    words.map(|word| word.range.start).collect()
}

/// The line of the text around an offset, between two line feeds, without them.
pub fn hard_line_at(text: &str, offset: usize) -> Range<usize> {
    let offset = floor(text, offset);
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|after| after.find('\n')).map_or(text.len(), |at| offset + at);
    start..end
}

/// The last border of characters at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

struct Segment {
    range: Range<usize>,
    is_word: bool,
}

/// The text around a place, from white space to white space where there is any.
fn window(text: &str, offset: usize, radius: usize) -> Range<usize> {
    let start = floor(text, offset.saturating_sub(radius));
    let end = floor(text, offset.saturating_add(radius));
    let before = text.get(start..offset).unwrap_or_default();
    let after = text.get(offset..end).unwrap_or_default();
    let is_space = |c: char| c.is_whitespace();
    let start = match before.find(is_space) {
        Some(at) if start > 0 => start + at,
        _ => cluster_start(text, start),
    };
    let end = match after.rfind(is_space) {
        Some(at) if end < text.len() && at > 0 => offset + at,
        _ if end < text.len() => next_cluster(text, end),
        _ => end,
    };
    start..end
}

fn segments(text: &str, window: &Range<usize>) -> Vec<Segment> {
    let Some(part) = text.get(window.clone()) else { return Vec::new() };
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut segments: Vec<Segment> = Vec::new();
    let mut start = window.start;
    for (end, kind) in segmenter.segment_str(part).iter_with_word_type() {
        let end = window.start + end;
        if end > start {
            segments.push(Segment { range: start..end, is_word: kind.is_word_like() });
            start = end;
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_stands_between_clusters() {
        let text = "ae\u{301}👩‍👩‍👧🇫🇷क्षि\r\nz";
        let mut places = vec![0];
        while let Some(last) = places.last().copied().filter(|at| *at < text.len()) {
            places.push(next_cluster(text, last));
        }
        assert_eq!(places, [0, 1, 4, 22, 30, 42, 44, 45]);
        let mut back = vec![text.len()];
        while let Some(last) = back.last().copied().filter(|at| *at > 0) {
            back.push(previous_cluster(text, last));
        }
        back.reverse();
        assert_eq!(back, places);
        for offset in 0..=text.len() + 3 {
            let expected = places.iter().rev().find(|at| **at <= offset).copied();
            assert_eq!(Some(cluster_start(text, offset)), expected, "{offset}");
        }
        assert_eq!((next_cluster("", 0), previous_cluster("", 5)), (0, 0));
    }

    #[test]
    fn a_word_is_what_a_reader_takes_for_one() {
        for (text, offset, expected) in [
            ("One two, three", 0, "One"),
            ("One two, three", 5, "two"),
            ("One two, three", 7, ","),
            ("One two, three", 8, " "),
            ("One two, three", 14, "three"),
            ("don't 3,500.25 a_b", 2, "don't"),
            ("don't 3,500.25 a_b", 9, "3,500.25"),
            ("قرر المجلس البلدي", 10, "المجلس"),
            ("北京大学生", 0, "北京"),
            ("ข้ามฟากจะดำเนินต่อไป", 27, "ดำเนิน"),
            ("", 3, ""),
        ] {
            let offset = text.floor_char_boundary(offset);
            let range = word_at(text, offset);
            assert!(range.contains(&offset) || text.is_empty() || offset == text.len());
            assert_eq!(text.get(range), Some(expected), "{text} at {offset}");
        }
    }

    #[test]
    fn words_are_walked_both_ways() {
        let text = "One two, “three” — 北京 four.";
        let words = ["One", "two", "three", "北京", "four"];
        let starts: Vec<usize> = words.iter().filter_map(|word| text.find(word)).collect();
        let ends: Vec<usize> = starts.iter().zip(words).map(|(start, word)| start + word.len()).collect();
        let walk = |mut at: usize, step: fn(&str, usize) -> usize| {
            let mut places = Vec::new();
            loop {
                let next = step(text, at);
                if next == at {
                    return places;
                }
                places.push(next);
                at = next;
            }
        };
        assert_eq!(walk(0, next_word_end), [ends.clone(), vec![text.len()]].concat());
        assert_eq!(walk(0, next_word_start), [&starts[1..], &[text.len()]].concat());
        let mut back = walk(text.len(), previous_word_start);
        back.reverse();
        assert_eq!(back, starts);
        assert_eq!(word_starts(text), starts);
        assert_eq!(next_word_end(text, 5), ends[1]);
        assert_eq!(previous_word_start(text, 5), starts[1]);
    }

    #[test]
    fn distance_is_no_obstacle() {
        let long = "a".repeat(5_000);
        let text = format!("one {long}{}two {}", " ".repeat(3_000), ".".repeat(2_000));
        assert_eq!(word_at(&text, 2_000), 4..5_004);
        assert_eq!(next_word_end(&text, 5), 5_004);
        assert_eq!(next_word_start(&text, 5), 8_004);
        assert_eq!(previous_word_start(&text, 8_004), 4);
        assert_eq!(previous_word_start(&text, text.len()), 8_004);
        assert_eq!(next_word_end(&text, 8_007), text.len());
        let thai = "ข้ามฟากจะดำเนินต่อไป".repeat(200);
        let middle = thai.floor_char_boundary(thai.len() / 2);
        let range = word_at(&thai, middle);
        assert!(range.len() < 40, "{range:?}");
    }

    #[test]
    fn a_line_is_what_stands_between_line_feeds() {
        for (offset, expected) in [(0, 0..3), (3, 0..3), (4, 4..4), (5, 5..8), (8, 5..8), (99, 5..8)] {
            assert_eq!(hard_line_at("one\n\ntwo", offset), expected, "{offset}");
        }
    }
}
