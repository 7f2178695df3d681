//! The word at an offset, as a double click selects it. Segments by UAX #29; languages without spaces by dictionary.

use std::ops::Range;

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};

/// Bytes on each side of an offset that are looked at: far more than any word, and little enough for a paragraph of
/// megabytes.
const REACH: usize = 512;

/// The range of the word, run of signs or run of white space that the character at an offset belongs to; at the text's end
/// the last one. Offsets are UTF-8 bytes.
pub fn word_range(text: &str, offset: usize) -> Range<usize> {
    let offset = floor(text, offset.min(text.len()));
    // White space is where a word surely begins; without any in reach, a character border has to do.
    let low = floor(text, offset.saturating_sub(REACH));
    let start = match text.get(low..offset).and_then(|before| before.find(char::is_whitespace)) {
        Some(at) if low > 0 => low + at,
        _ => low,
    };
    let end = floor(text, (offset + REACH).min(text.len()));
    let Some(window) = text.get(start..end) else { return offset..offset };
    let mut word = 0..0;
    for at in WordSegmenter::new_auto(WordBreakInvariantOptions::default()).segment_str(window) {
        word = word.end..at;
        if at > offset - start {
            break;
        }
    }
    start + word.start..start + word.end
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_under_an_offset() {
        for (text, offset, word) in [
            ("The tide gauge.", 5, "tide"),
            ("The tide gauge.", 4, "tide"),
            ("The tide gauge.", 3, " "),
            ("The tide gauge.", 14, "."),
            ("The tide gauge.", 15, "."),
            ("Don’t go", 1, "Don’t"),
            ("cafe\u{301} noir", 2, "cafe\u{301}"),
            ("1,250.50 m", 4, "1,250.50"),
            ("東京に行きました", 0, "東京"),
            ("", 0, ""),
        ] {
            let range = word_range(text, offset);
            assert_eq!(&text[range], word, "{text} at {offset}");
        }
    }

    #[test]
    fn a_far_away_beginning_is_not_looked_at() {
        let text = "aé ".repeat(4_000);
        assert_eq!(&text[word_range(&text, 8_001)], "aé");
        let one = "x".repeat(5_000);
        assert!(word_range(&one, 2_500).contains(&2_500));
    }
}
