//! Whether what stands between quotation marks is speech, or a title, a name, a coined or a doubted word. Asks nobody who
//! speaks.

use super::lexicon::{Flags, Language};
use super::tokens::{Paragraph, Shape};
use super::verb::is_verb;

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

/// Whether it is written as a title is, or is too short to be told from one.
pub(super) fn is_title(p: &Paragraph<'_>, quote: usize) -> bool {
    let Some(Shape::Quote(number)) = p.shape(quote) else { return true };
    let words: Vec<&str> = p.quoted(number).split_whitespace().collect();
    words.len() <= FEWEST_WORDS || has_headline_case(&words)
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
    if !is_told && (is_cued(p, quote) || is_example(p, quote) || is_modifier(p, quote)) {
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

/// Whether it stands behind what brings in an example: "(e.g., “…”)", "such as “…”".
fn is_example(p: &Paragraph<'_>, quote: usize) -> bool {
    let before = |back: usize| quote.checked_sub(back).map_or("", |i| p.word(i));
    let at = if before(1) == "," { 2 } else { 1 };
    p.language == Language::English
        && (matches!(before(at), "e.g." | "i.e.") || (before(at), before(at + 1)) == ("as", "such"))
}

/// Whether it says of which kind the noun behind it is, in nobody's words: "a “save the school” march". Where somebody is said to
/// say or to call it so, it is theirs.
fn is_modifier(p: &Paragraph<'_>, quote: usize) -> bool {
    let Some(Shape::Quote(number)) = p.shape(quote) else { return false };
    if p.language != Language::English || p.quoted(number).ends_with(['.', ',', '!', '?', '…', '—']) {
        return false;
    }
    let function = Flags::CONJ
        .or(Flags::PREP)
        .or(Flags::OF)
        .or(Flags::AUX)
        .or(Flags::CLAUSE)
        .or(Flags::WHO)
        .or(Flags::WHICH)
        .or(Flags::THAT)
        .or(Flags::TO)
        .or(Flags::TIME)
        .or(Flags::ADVERB)
        .or(Flags::SUBJECT)
        .or(Flags::OTHER_PRONOUN);
    let is_plain = |i: usize, other: Flags| p.shape(i) == Some(Shape::Lower) && !p.is(i, function.or(other));
    let is_before_noun = is_plain(quote + 1, Flags::VERB.or(Flags::DET).or(Flags::POSS));
    let is_behind_article = quote.checked_sub(1).is_some_and(|i| is_plain(i, Flags::VERB) || p.is(i, Flags::VERB));
    let Some((_, sentence)) = p.sentence_of(quote) else { return false };
    let verb = (sentence.start..quote).rev().find(|i| is_verb(p, *i, Flags::VERB));
    let is_somebodys = verb.is_some_and(|verb| p.is(verb, Flags::SAY.or(Flags::NAMING)));
    is_before_noun && is_behind_article && !is_somebodys
}

/// Words by which somebody speaks of themselves.
const FIRST_PERSON: &[&str] = &["i", "i've", "i'm", "i'd", "i'll", "my", "me", "we", "we've", "we're", "our", "us"];

/// Whether who speaks in it speaks of themselves.
pub(super) fn is_of_speaker(p: &Paragraph<'_>, quote: usize) -> bool {
    let Some(Shape::Quote(number)) = p.shape(quote) else { return false };
    p.language == Language::English
        && p.quoted(number).split_whitespace().any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
            FIRST_PERSON.contains(&word.as_str())
        })
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
