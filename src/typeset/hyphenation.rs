//! Where words may be broken, by the patterns of their language (Liang's algorithm, in hypher). Which of the places a line
//! uses is decided elsewhere.

use std::collections::HashMap;

/// Fewer letters than this are never broken: what is gained on the line is less than what the eye loses.
const SHORTEST_WORD: usize = 6;

/// Fewer letters than this do not begin a line: the hyphen and they would take as much room as was won.
const FEWEST_BEHIND: usize = 3;

/// More bytes than this are no word, and patterns say nothing about them.
const LONGEST_WORD: usize = 120;

/// The patterns for a BCP 47 tag, if there are any.
pub(super) fn patterns(language: &str) -> Option<hypher::Lang> {
    let primary = language.split(['-', '_']).next()?;
    // Norwegian's patterns go by the macro language's code.
    let code = match primary.to_ascii_lowercase().as_str() {
        "nb" | "nn" => *b"no",
        other => <[u8; 2]>::try_from(other.as_bytes()).ok()?,
    };
    hypher::Lang::from_iso(code)
}

/// A place where a word may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Byte offset before which the hyphen stands.
    pub(super) at: usize,
    /// In a name, which is only broken where a line would look bad otherwise.
    pub(super) is_name: bool,
}

/// Words that are remembered; a book has fewer different ones.
const MOST_REMEMBERED: usize = 20_000;

/// What the patterns said of words, of one language: a text has every other word a second time.
#[derive(Default)]
pub(super) struct Memory {
    language: Option<hypher::Lang>,
    words: HashMap<Box<str>, Box<[u8]>>,
}

impl Memory {
    /// Calls `at` with the places in a word of at most [`LONGEST_WORD`] bytes.
    fn places(&mut self, word: &str, language: hypher::Lang, mut at: impl FnMut(u8)) {
        if self.language != Some(language) || self.words.len() >= MOST_REMEMBERED {
            self.words.clear();
            self.language = Some(language);
        }
        if let Some(known) = self.words.get(word) {
            known.iter().copied().for_each(at);
            return;
        }
        let mut places = Vec::new();
        let mut end = 0;
        for syllable in hypher::hyphenate(word, language) {
            end += syllable.len();
            let behind = word.get(end..).unwrap_or_default();
            places.extend(u8::try_from(end).ok().filter(|_| behind.chars().nth(FEWEST_BEHIND - 1).is_some()));
        }
        places.iter().copied().for_each(&mut at);
        self.words.insert(word.into(), places.into());
    }
}

/// The places in a text, in rising order.
pub(super) fn break_places(text: &str, language: hypher::Lang, memory: &mut Memory) -> Vec<Place> {
    let mut places = Vec::new();
    // Within a sentence a capital marks a name in all languages but German, which gives one to every noun.
    let has_names = language != hypher::Lang::German;
    let mut word_start = None;
    let mut previous = ' ';
    let mut begins_sentence = true;
    for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphabetic() {
            if word_start.is_none() {
                word_start = Some((offset, previous));
            }
        } else if let Some((start, before)) = word_start.take() {
            let word = text.get(start..offset).unwrap_or_default();
            if may_break(word, before, c) {
                let is_name = has_names && !begins_sentence && word.starts_with(char::is_uppercase);
                memory.places(word, language, |at| places.push(Place { at: start + usize::from(at), is_name }));
            }
            begins_sentence = false;
        }
        if matches!(c, '.' | '!' | '?' | '\n') {
            begins_sentence = true;
        }
        previous = c;
    }
    places
}

/// Whether a run of letters is a word to be broken: not part of an address, a file name or an identifier, not an
/// abbreviation or a name with capitals inside, and long enough.
fn may_break(word: &str, before: char, after: char) -> bool {
    let in_address = |c: char| matches!(c, '/' | '@' | '_' | '.' | ':' | '\\' | '#' | '=' | '\u{AD}') || c.is_numeric();
    // A full stop or a colon ends a sentence as well; it is an address only with a letter behind it, which the word after
    // it will see as `before`.
    let after_is_address = matches!(after, '/' | '@' | '_' | '\\' | '=' | '\u{AD}') || after.is_numeric();
    word.len() <= LONGEST_WORD
        && word.chars().nth(SHORTEST_WORD - 1).is_some()
        && !in_address(before)
        && !after_is_address
        && !word.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(text: &str, language: &str) -> String {
        let places =
            patterns(language).map_or_else(Vec::new, |patterns| break_places(text, patterns, &mut Memory::default()));
        let mut out = text.to_owned();
        for place in places.iter().rev() {
            out.insert(place.at, if place.is_name { '~' } else { '-' });
        }
        out
    }

    #[test]
    fn words_break_by_their_language() {
        for (text, language, expected) in [
            ("hyphenation", "en", "hy-phen-ation"),
            ("hyphenation", "en-GB", "hy-phen-ation"),
            ("Landeszuschüsse", "de", "Lan-des-zu-schüsse"),
            ("short words stay", "en", "short words stay"),
            ("Silbentrennung", "de", "Sil-ben-tren-nung"),
            ("NATO BUNDESWEHR", "de", "NATO BUNDESWEHR"),
            ("in Gloucester Cathedral", "en", "in Glouces~ter Cathe~dral"),
            ("Meanwhile. “However,” said", "en", "Mean-while. “How-ever,” said"),
            ("see example.org/something", "en", "see ex-am-ple.org/something"),
            ("anything", "xx", "anything"),
            ("anything", "", "anything"),
            ("переводчик", "ru", "пе-ре-вод-чик"),
        ] {
            assert_eq!(hyphenated(text, language), expected, "{text} in {language}");
        }
    }
}
