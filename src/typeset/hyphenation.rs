//! Where words may be broken, by the patterns of their language (Liang's algorithm, in hypher). Marks the places with soft
//! hyphens; which of them a line uses is decided elsewhere.

/// Fewer letters than this are never broken: what is gained on the line is less than what the eye loses.
const SHORTEST_WORD: usize = 6;

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

/// Calls `at` with each byte offset in `text` before which a word may be broken, in rising order.
pub(super) fn break_places(text: &str, language: hypher::Lang, mut at: impl FnMut(usize)) {
    // A capital marks a name, or the first word of a sentence, in all languages but German, which gives one to every noun.
    let names_break = language == hypher::Lang::German;
    let mut word_start = None;
    let mut previous = ' ';
    for (offset, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphabetic() {
            if word_start.is_none() {
                word_start = Some((offset, previous));
            }
        } else if let Some((start, before)) = word_start.take() {
            let word = text.get(start..offset).unwrap_or_default();
            if may_break(word, before, c, names_break) {
                let mut place = start;
                let mut syllables = hypher::hyphenate(word, language).peekable();
                while let Some(syllable) = syllables.next() {
                    place += syllable.len();
                    if syllables.peek().is_some() {
                        at(place);
                    }
                }
            }
        }
        previous = c;
    }
}

/// Whether a run of letters is a word to be broken: not part of an address, a file name or an identifier, not an
/// abbreviation in capitals nor a name, and long enough.
fn may_break(word: &str, before: char, after: char, names_break: bool) -> bool {
    let in_address = |c: char| matches!(c, '/' | '@' | '_' | '.' | ':' | '\\' | '#' | '=' | '\u{AD}') || c.is_numeric();
    // A full stop or a colon ends a sentence as well; it is an address only with a letter behind it, which the word after
    // it will see as `before`.
    let after_is_address = matches!(after, '/' | '@' | '_' | '\\' | '=' | '\u{AD}') || after.is_numeric();
    word.len() <= LONGEST_WORD
        && word.chars().nth(SHORTEST_WORD - 1).is_some()
        && !in_address(before)
        && !after_is_address
        && !word.chars().skip(usize::from(names_break)).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(text: &str, language: &str) -> String {
        let mut places = Vec::new();
        if let Some(patterns) = patterns(language) {
            break_places(text, patterns, |place| places.push(place));
        }
        let mut out = text.to_owned();
        for place in places.iter().rev() {
            out.insert(*place, '-');
        }
        out
    }

    #[test]
    fn words_break_by_their_language() {
        for (text, language, expected) in [
            ("hyphenation", "en", "hy-phen-ation"),
            ("hyphenation", "en-GB", "hy-phen-ation"),
            ("short words stay", "en", "short words stay"),
            ("Silbentrennung", "de", "Sil-ben-tren-nung"),
            ("NATO BUNDESWEHR", "de", "NATO BUNDESWEHR"),
            ("Gloucester Cathedral", "en", "Gloucester Cathedral"),
            ("see example.org/something", "en", "see ex-am-ple.org/something"),
            ("anything", "xx", "anything"),
            ("anything", "", "anything"),
            ("переводчик", "ru", "пе-ре-вод-чик"),
        ] {
            assert_eq!(hyphenated(text, language), expected, "{text} in {language}");
        }
    }
}
