//! Counts words and the minutes they take to read. Knows no grammar: a word is what Unicode's word boundaries
//! (UAX #29, with dictionaries for scripts written without spaces) make of the text.

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};

/// Words a minute, silently: the mean for English non-fiction adults in Brysbaert's review of 190 studies
/// ("How many words do we read per minute?", Journal of Memory and Language 109, 2019).
pub const WORDS_PER_MINUTE: usize = 238;

/// The number of words in `text`: segments that hold a letter or a digit. Chinese, Japanese and Thai are segmented
/// by dictionary, so that "北京大学" counts as words rather than as one run.
pub fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        return count_ascii_words(text);
    }
    // A space always ends a word, so only what is not ASCII between two of them needs the whole rules: in English with
    // typographic quotes, one word in twenty.
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let count = |part: &str| match part.is_ascii() {
        true => count_ascii_words(part),
        false => segmenter.segment_str(part).iter_with_word_type().filter(|(_, kind)| kind.is_word_like()).count(),
    };
    text.split_ascii_whitespace().map(count).sum()
}

/// [`count_words`] for plain ASCII, where a word is a run of letters, digits and the marks that UAX #29 keeps inside
/// one (an apostrophe or full stop between letters, a comma or full stop between digits).
fn count_ascii_words(text: &str) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    text.unicode_words().count()
}

/// Minutes to read `words` words, rounded up, at least one for anything that has a word.
pub fn reading_minutes(words: usize) -> usize {
    words.div_ceil(WORDS_PER_MINUTE)
}

/// A number with its thousands apart.
pub fn with_separators(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_reader_would() {
        for (text, expected) in [
            ("", 0),
            ("  \n — … !", 0),
            ("One two three", 3),
            ("It’s 4,700 soldiers", 3),
            ("don't stop", 2),
            ("naïve café", 2),
            ("well-known", 2),
            ("北京大学", 2),
            ("ขอบเขตภาษา", 2),
            ("שלום עולם", 2),
            ("“So it is,” she said — and it’s\nnot 3.5 °C", 10),
        ] {
            assert_eq!(count_words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn minutes_are_rounded_up() {
        for (words, expected) in [(0, 0), (1, 1), (238, 1), (239, 2), (2380, 10)] {
            assert_eq!(reading_minutes(words), expected, "{words}");
        }
    }
}
