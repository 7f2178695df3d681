//! What a number counts: the words behind it up to the noun. Without a grammar, nouns are told by what each language shows of
//! them: English and Romance plurals by their endings, German nouns by their capitals. Where it is not told, nothing is.

use std::ops::Range;

use super::super::passages::{Case, Passage};
use super::super::vocabulary::{Class, Language};

/// Words before a noun that are looked through.
const MOST_MODIFIERS: usize = 3;

/// What a number counts, from the place behind it; `is_noun` where "of" stands between.
pub(super) fn noun(p: &Passage<'_>, at: usize, limit: usize, is_noun: bool) -> Option<Range<usize>> {
    let mut at = at;
    if is_noun && p.is(at, Class::Of) && p.language.is_some_and(Language::is_romance) {
        at += 1;
    }
    // "25 million more people".
    if p.is(at, Class::Further) && p.language == Some(Language::English) {
        at += 1;
    }
    let noun = match p.language? {
        Language::English => english(p, at),
        Language::German => german(p, at),
        Language::Dutch => dutch(p, at),
        Language::French | Language::Spanish | Language::Italian | Language::Portuguese => romance(p, at),
    }?;
    (noun.end <= limit && p.is_same_sentence(noun.start, noun.end - 1)).then_some(noun)
}

/// Whether a number before a place could count what stands there.
pub(in crate::insight) fn counts_something(p: &Passage<'_>, at: usize) -> bool {
    noun(p, at, p.len(), false).is_some()
}

/// Whether a word can be a part of a noun's phrase.
fn is_open(p: &Passage<'_>, at: usize) -> bool {
    // "millions d’habitants".
    let is_elided = p.before(at, 1).text.ends_with(['\'', '\u{2019}']);
    p.is_word(at)
        && (p.at(at).is_spaced || is_elided)
        && !p.at(at).is_first
        && !p.is(at, Class::Small)
        && !p.is(at, Class::Month)
        && !p.is(at, Class::Weekday)
}

/// Whether an English word looks like a plural.
pub(super) fn is_plural(p: &Passage<'_>, at: usize) -> bool {
    if !p.is_word(at) || p.is(at, Class::NotPlural) {
        return false;
    }
    let word = p.at(at).word.as_ref();
    p.is(at, Class::Plural)
        || (word.len() > 3 && word.ends_with('s') && !["ss", "us", "is", "'s"].iter().any(|end| word.ends_with(end)))
}

fn english(p: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    let mut place = at;
    for _ in 0..=MOST_MODIFIERS {
        // "new doctors": "new" is small in other places.
        if !(is_open(p, place) || p.is(place, Class::Prenoun)) || p.is(place, Class::NotPlural) {
            return None;
        }
        if is_plural(p, place) {
            // "emergency exits", "sales managers".
            let goes_on = is_open(p, place + 1) && is_plural(p, place + 1) && p.at(place + 1).case == Case::Small;
            return Some(at..place + 1 + usize::from(goes_on));
        }
        let word = p.at(place).word.as_ref();
        // An adverb or a verb ends it: "12 recently", "300 died".
        if word.ends_with("ly") || (place > at && word.ends_with("ed")) {
            return None;
        }
        place += 1;
        // "half-empty houses".
        if p.is_hyphen(place) && p.is_word(place + 1) {
            place += 1;
        }
    }
    None
}

fn german(p: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    for place in at..=at + MOST_MODIFIERS {
        if !is_open(p, place) {
            return None;
        }
        if p.is_capital(place) {
            let is_name = p.is(place, Class::Place) || p.is(place, Class::FirstName) && p.is_capital(place + 1);
            let is_time = p.is(place, Class::Clock) || p.is(place, Class::NotName);
            return (!is_name && !is_time).then_some(at..place + 1);
        }
        let word = p.at(place).word.as_ref();
        let is_adjective = ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end));
        if !is_adjective {
            return None;
        }
    }
    None
}

fn dutch(p: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    for place in at..=at + MOST_MODIFIERS {
        if !is_open(p, place) {
            return None;
        }
        let word = p.at(place).word.as_ref();
        let is_plural = (word.len() > 3 && (word.ends_with("en") || word.ends_with('s'))) || p.is(place, Class::Plural);
        if is_plural {
            return Some(at..place + 1);
        }
        let is_adjective = word.ends_with('e') || p.is(place, Class::Prenoun);
        if !is_adjective {
            return None;
        }
    }
    None
}

fn romance(p: &Passage<'_>, at: usize) -> Option<Range<usize>> {
    let mut place = at;
    for _ in 0..MOST_MODIFIERS {
        if !p.is(place, Class::Prenoun) {
            break;
        }
        place += 1;
    }
    let open = is_open(p, place)
        || (place > at
            && p.is_word(place)
            && !p.at(place).is_first
            && p.at(place).is_spaced
            && !p.is(place, Class::Small));
    if !open || p.is_capital(place) {
        // A noun that could be an adjective: "les trois jeunes".
        return (place > at && is_romance_plural(p, place - 1)).then_some(at..place);
    }
    is_romance_plural(p, place).then_some(at..place + 1)
}

fn is_romance_plural(p: &Passage<'_>, at: usize) -> bool {
    let word = p.at(at).word.as_ref();
    if p.is(at, Class::Plural) {
        return true;
    }
    match p.language {
        Some(Language::French) => ["s", "x", "z"].iter().any(|end| word.ends_with(end)),
        Some(Language::Spanish | Language::Portuguese) => word.ends_with('s'),
        Some(Language::Italian) => ["i", "e", "a"].iter().any(|end| word.ends_with(end)) && word.len() > 3,
        _ => false,
    }
}

/// Behind a part or a percentage: "of the voters", "der Befragten", "la moitié des communes", "half the village".
pub(super) fn part(p: &Passage<'_>, at: usize, limit: usize, is_fraction: bool) -> Option<Range<usize>> {
    let language = p.language?;
    // "one in five children": no word between.
    if let Some(noun) = noun(p, at, limit, false).filter(|_| language != Language::German || !p.is(at, Class::Of)) {
        return Some(noun);
    }
    let mut place = at;
    if p.is(place, Class::Of) {
        place += 1;
        place += usize::from(p.is(place, Class::Determiner) || p.is(place, Class::TheName));
    } else if is_fraction
        && p.is(place, Class::Determiner)
        && language == Language::English
        && p.at(place).text.len() > 2
    {
        place += 1;
    } else {
        return None;
    }
    group(p, place, limit)
}

/// Behind a measure: "26 tonnes of rice", "18.000 ton graan", "30 Tonnen Reis".
pub(super) fn substance(p: &Passage<'_>, at: usize, limit: usize, unit: &str) -> Option<Range<usize>> {
    let is_mass = matches!(unit, "t" | "kg" | "g" | "tons" | "lb" | "oz" | "l" | "ml" | "gal" | "ha" | "ac");
    match p.language? {
        Language::German => {
            (is_mass && p.is_capital(at) && is_open(p, at)).then_some(at..at + 1).filter(|noun| noun.end <= limit)
        }
        Language::Dutch => (is_mass && is_open(p, at) && p.at(at).case == Case::Small && !p.at(at).word.ends_with('e'))
            .then_some(at..at + 1)
            .filter(|noun| noun.end <= limit),
        // A place follows a distance: "30 km de Paris".
        _ => (matches!(p.at(at).word.as_ref(), "of" | "de" | "di" | "d'")
            && !p.is(at + 1, Class::Determiner)
            && !p.is_capital(at + 1))
        .then(|| group(p, at + 1, limit))?,
    }
}

/// A noun in the singular or plural with what stands before it, where no number tells which.
fn group(p: &Passage<'_>, at: usize, limit: usize) -> Option<Range<usize>> {
    match p.language? {
        Language::English => {
            if let Some(noun) = english(p, at).filter(|noun| noun.end <= limit) {
                return Some(noun);
            }
            let mut end = at;
            // "half of Lee’s supporters" would be half of Lee.
            if p.is_capital(at) {
                return None;
            }
            while end < at + MOST_MODIFIERS && (is_open(p, end) || p.is(end, Class::Prenoun)) && end < limit {
                let word = p.at(end).word.as_ref();
                if end > at && (word.ends_with("ed") || word.ends_with("ing") || word.ends_with("ly")) {
                    break;
                }
                end += 1;
            }
            (end > at).then_some(at..end)
        }
        Language::German => german(p, at).filter(|noun| noun.end <= limit),
        Language::Dutch => {
            dutch(p, at).or_else(|| is_open(p, at).then_some(at..at + 1)).filter(|noun| noun.end <= limit)
        }
        Language::French | Language::Spanish | Language::Italian | Language::Portuguese => {
            let mut place = at;
            while place < at + 2 && p.is(place, Class::Prenoun) {
                place += 1;
            }
            let is_word = p.is_word(place) && !p.is(place, Class::Small) && place < limit;
            // "los jóvenes vive": an adjective that is the noun.
            let is_noun = place > at && is_romance_plural(p, place - 1) && !(is_word && is_romance_plural(p, place));
            if is_noun { Some(at..place) } else { is_word.then_some(at..place + 1) }
        }
    }
}
