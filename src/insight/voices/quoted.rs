//! Whether what stands between quotation marks is speech, or a title, a name, a coined or a doubted word. Asks nobody who
//! speaks.

use super::lexicon::{Flags, Language};
use super::tokens::{Paragraph, Shape};

/// Words below which a quoted piece is speech only if it is a sentence that somebody is said to have spoken.
const FEWEST_WORDS: usize = 3;

/// Letters below which a quotation in a language whose words are not known is none. Such a language may put no spaces between words.
const FEWEST_LETTERS: usize = 12;

/// Whether the quotation at a token is a sentence, or follows a colon.
pub(super) fn is_sentence(p: &Paragraph<'_>, quote: usize) -> bool {
    let Some(Shape::Quote(number)) = p.shape(quote) else { return false };
    p.quoted(number).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
        || quote.checked_sub(1).is_some_and(|i| p.is_sign(i, &[':', '：']))
}

/// Whether it follows a colon and is a sentence or more.
pub(super) fn is_led_sentence(p: &Paragraph<'_>, quote: usize) -> bool {
    let is_led = quote.checked_sub(1).is_some_and(|i| p.is_sign(i, &[':']));
    let Some(Shape::Quote(number)) = p.shape(quote) else { return false };
    is_led && p.quoted(number).ends_with(['.', '!', '?', '…'])
}

/// Whether the quotation at a token is speech. `is_told` says whether a verb of speech stands right beside it,
/// `goes_on` whether somebody has spoken in the paragraph before it.
pub(super) fn is_speech(p: &Paragraph<'_>, quote: usize, is_told: bool, goes_on: bool) -> bool {
    let Some(Shape::Quote(number)) = p.shape(quote) else { return false };
    let text = p.quoted(number);
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    if p.language == Language::Other && text.chars().filter(|c| c.is_alphanumeric()).count() >= FEWEST_LETTERS {
        return !has_headline_case(&words);
    }
    if words.is_empty() {
        return false;
    }
    if is_cued(p, quote) && !is_told {
        return false;
    }
    if words.len() < FEWEST_WORDS {
        let alone = p.sentence_of(quote).is_some_and(|(_, sentence)| sentence.len() == 1);
        return (is_told || (goes_on && alone)) && ends_like_speech(p, quote, text);
    }
    let alone = p.sentence_of(quote).is_some_and(|(_, sentence)| sentence.len() == 1);
    let is_called =
        p.word(quote.wrapping_sub(1)) == "as" && (quote.saturating_sub(6)..quote).any(|i| p.is(i, Flags::CALL));
    if (alone && goes_on) || is_called {
        return true;
    }
    let begins = p.sentence_of(quote).is_some_and(|(_, sentence)| sentence.start == quote);
    // What is read may be a sign, or a paper.
    let is_led = quote
        .checked_sub(1)
        .is_some_and(|i| p.is_sign(i, &[':', ',']) || (p.is(i, Flags::SAY) && !matches!(p.word(i), "read" | "reads")));
    (is_told && (begins || is_led)) || !has_headline_case(&words) || text.contains(". ")
}

fn ends_like_speech(p: &Paragraph<'_>, quote: usize, text: &str) -> bool {
    text.ends_with(['.', ',', '!', '?', '…', '。', '！', '？']) || p.is_comma(quote + 1)
}

/// Whether a word before it says that a title or a coined word follows.
fn is_cued(p: &Paragraph<'_>, quote: usize) -> bool {
    let mut i = quote;
    for _ in 0..2 {
        let Some(before) = i.checked_sub(1) else { return false };
        i = before;
        if p.is_comma(i) {
            continue;
        }
        if p.is(i, Flags::TITLE_CUE) {
            return true;
        }
    }
    false
}

/// Words that a title writes small.
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "and", "or", "in", "on", "at", "to", "for", "from", "by", "with", "as", "vs", "de", "la",
    "le", "les", "du", "des", "et", "el", "los", "las", "y", "del", "il", "lo", "gli", "di", "da", "e", "o", "do",
    "dos", "van", "het", "een", "der", "die", "das", "und", "im", "am", "von",
];

/// Whether every word but the small ones has a capital, as in a title.
fn has_headline_case(words: &[&str]) -> bool {
    let letters = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_big =
        |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let big = words.iter().filter(|word| is_big(word)).count();
    big >= 2
        && words.first().is_some_and(|word| is_big(word))
        && words.iter().all(|word| is_big(word) || SMALL.contains(&letters(word).as_str()))
        && words.iter().any(|word| word.chars().any(char::is_lowercase))
}
