//! What is said of a person beside the name: an office before it ("Mayor Denise Calloway"), a phrase between commas before or
//! behind it ("Kadri Kastrati, former commander of the guard,"). It proves that the name is a person's.

use std::ops::Range;

use super::super::passages::{Kind, Passage};
use super::super::vocabulary::{Class, Language};
use super::spans::genitive;

/// Tokens of the longest introduction.
const LONGEST: usize = 32;

/// Tokens that an office's own phrase may have behind its word: "minister of the interior and of sport".
const LONGEST_OFFICE: usize = 7;

/// Endings of German offices, which are compounds: "Bundesfinanzminister".
const GERMAN_OFFICES: [&str; 34] = [
    "minister",
    "ministerin",
    "präsident",
    "präsidentin",
    "kanzler",
    "kanzlerin",
    "chef",
    "chefin",
    "sprecher",
    "sprecherin",
    "meister",
    "meisterin",
    "vorsitzende",
    "vorsitzender",
    "vorsitzenden",
    "direktor",
    "direktorin",
    "leiter",
    "leiterin",
    "trainer",
    "trainerin",
    "experte",
    "expertin",
    "sekretär",
    "sekretärin",
    "richter",
    "richterin",
    "anwalt",
    "anwältin",
    "kommissar",
    "kommissarin",
    "forscher",
    "forscherin",
    "beauftragte",
];

/// Whether a word is an office or a role.
pub(super) fn is_role(p: &Passage<'_>, at: usize) -> bool {
    if p.phrase(at, Class::Role).is_some() {
        return true;
    }
    let word = p.at(at).word.as_ref();
    p.language == Some(Language::German)
        && p.is_capital(at)
        && word.len() > 8
        && GERMAN_OFFICES.iter().any(|office| word.ends_with(office))
}

/// What stands before a name that begins at `start` and ends before `end`, and introduces it.
pub(super) fn before(p: &Passage<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let last = start.checked_sub(1)?;
    if !p.is_same_sentence(start, last) {
        return None;
    }
    if is_role(p, last) {
        return Some(phrase_start(p, last)..start);
    }
    // "a porta-voz Ana Teixeira".
    if let Some(length) = p.phrase_before(start, Class::Role) {
        return Some(phrase_start(p, start - length)..start);
    }
    // "Minister van Financiën Eelco Heinen": the office's phrase goes on to the name.
    if p.is_word(last) && !p.is(last, Class::Small) {
        let role = last.checked_sub(2).filter(|role| is_role(p, *role) && p.is(role + 1, Class::Of))?;
        return Some(phrase_start(p, role)..start);
    }
    if !p.is_sign(last, ',') || !is_closing(p, end) {
        return None;
    }
    // "La ministre de la Culture, Rachida Dati,".
    let role = (1..=LONGEST_OFFICE + 1).filter_map(|by| last.checked_sub(by)).find(|place| {
        is_role(p, *place)
            || !p.is_same_sentence(*place, last)
            || is_verb(p, *place)
            || matches!(p.at(*place).kind, Kind::Sign(',' | ';' | ':' | '"' | '“' | '”' | '.'))
    });
    let role = role.filter(|role| is_role(p, *role) && p.is_same_sentence(*role, last))?;
    let is_office = (role + 1..last).all(|place| {
        p.is_capital(place)
            || p.is(place, Class::Of)
            || p.is(place, Class::Determiner)
            || !p.is(place, Class::Small)
            || matches!(p.at(place).word.as_ref(), "for" | "für" | "ai" | "voor" | "and" | "und" | "et" | "e" | "y")
    });
    let begins = role + 1 == last
        || p.is(role + 1, Class::Of)
        || matches!(p.at(role + 1).word.as_ref(), "for" | "für" | "ai" | "voor" | "dell'" | "of" | "del" | "della");
    (is_office && begins).then(|| phrase_start(p, role)..last)
}

fn is_closing(p: &Passage<'_>, at: usize) -> bool {
    matches!(p.at(at).kind, Kind::Sign(',' | '.' | ':' | ';' | ')' | '–' | '—' | '(' | '!' | '?') | Kind::Nothing)
}

/// A word that no name's phrase has in it.
fn is_verb(p: &Passage<'_>, at: usize) -> bool {
    p.is(at, Class::Past) && !p.is(at, Class::Of) && !p.is(at, Class::Determiner) || p.is(at, Class::Speech)
}

/// The beginning of the phrase that an office's word ends or heads: its article, and what describes it.
fn phrase_start(p: &Passage<'_>, role: usize) -> usize {
    let mut start = role;
    let is_open = |place: usize| {
        p.is_word(place)
            && p.is_same_sentence(place, role)
            && p.at(place + 1).is_spaced
            && (!p.is(place, Class::Small) || p.is(place, Class::Prenoun))
            && !p.is(place, Class::Speech)
            && !(p.language != Some(Language::English) && p.is_capital(place) && !p.at(place).is_first)
            && p.language != Some(Language::German)
    };
    for _ in 0..4 {
        let Some(place) = start.checked_sub(1) else { break };
        // "17-year-old daughter": what a hyphen leads to is left out.
        if p.is_hyphen(place.wrapping_sub(1)) && !p.at(place).is_spaced {
            break;
        }
        let is_compound = p.language == Some(Language::English);
        if let Some(owner) = start.checked_sub(3).filter(|owner| genitive(p, owner + 1) == Some(start)) {
            // "the report's lead author".
            start = owner;
        } else if is_open(place)
            && (is_compound || p.is(place, Class::Prenoun) || is_role(p, place))
            && !is_finite(p, place)
        {
            start = place;
        } else {
            break;
        }
    }
    // A German adjective: "der frühere Kommandeur".
    if p.language == Some(Language::German)
        && let Some(place) = start.checked_sub(1)
        && p.is_word(place)
        && !p.is(place, Class::Small)
        && p.at(place).word.ends_with(['e', 'n', 'r'])
        && !p.is_capital(place)
        && p.is(place.wrapping_sub(1), Class::Determiner)
    {
        start = place;
    }
    // French and Spanish "former", "last": "El último molinero".
    if p.language.is_some_and(Language::is_romance)
        && let Some(place) = start.checked_sub(1)
        && (p.is(place, Class::Last) || p.is(place, Class::Quarter))
    {
        start = place;
    }
    match start.checked_sub(1).filter(|place| p.is(*place, Class::Determiner) && p.is_same_sentence(*place, role)) {
        Some(article) => article,
        None => start,
    }
}

/// An English word that is a verb and not the first part of an office: "told minister".
fn is_finite(p: &Passage<'_>, at: usize) -> bool {
    let word = p.at(at).word.as_ref();
    p.is(at, Class::Past)
        || word.ends_with("ed")
        || word.ends_with("ing")
        || word.ends_with("ly")
        || p.is(at, Class::Future)
}

/// What stands between commas behind a name that ends before `end`, an age between passed over.
pub(super) fn after(p: &Passage<'_>, end: usize) -> Option<Range<usize>> {
    if !p.is_sign(end, ',') {
        return None;
    }
    let mut start = end + 1;
    if p.is_number(start) && p.is_sign(start + 1, ',') {
        start += 2;
    }
    let is_relative =
        p.is(start, Class::Relative) && (p.language != Some(Language::German) || is_followed_by_role(p, start));
    let is_determined = p.is(start, Class::Determiner) && matches!(p.language, Some(Language::English));
    let is_office = is_role(p, start) || p.is(start, Class::Prenoun) || is_followed_by_role(p, start);
    if !is_relative && !is_determined && !is_office {
        return None;
    }
    let sentence = p.at(end).sentence;
    let last = (start..start + LONGEST).find(|place| {
        p.at(*place).sentence != sentence
            || matches!(p.at(*place).kind, Kind::Sign(',' | ';' | ':' | '–' | '—' | '"' | '”' | '»') | Kind::Nothing)
            || is_end(p, *place)
    })?;
    // "Ann, the mayor said": told, not introduced.
    let is_told = !is_relative && (start..last).any(|place| p.is(place, Class::Speech) && !p.is(place, Class::Role));
    let length = last - start;
    // "(KSF)" at the end is the abbreviation of another.
    let last = if last >= start + 4 && p.is_sign(last - 1, ')') && p.is_sign(last - 3, '(') { last - 3 } else { last };
    (!is_told && length >= 1 && (length > 1 || is_office)).then_some(start..last)
}

/// A point that ends the sentence.
fn is_end(p: &Passage<'_>, at: usize) -> bool {
    matches!(p.at(at).kind, Kind::Sign('.' | '!' | '?')) && p.at(at + 1).sentence != p.at(at).sentence
}

fn is_followed_by_role(p: &Passage<'_>, at: usize) -> bool {
    let is_lead = |place: usize| p.is_word(place) && !p.is(place, Class::Past) && !p.is(place, Class::Speech);
    (0..4).take_while(|by| *by == 0 || is_lead(at + by - 1)).any(|by| is_role(p, at + by))
}

/// Whether what follows a name says that it is a person's, whatever it is: an age, or "who".
pub(super) fn is_of_a_person(p: &Passage<'_>, end: usize) -> bool {
    if !p.is_sign(end, ',') {
        return false;
    }
    let is_age =
        p.is_number(end + 1) && p.at(end + 1).text.len() <= 2 && matches!(p.at(end + 2).kind, Kind::Sign(',' | '.'));
    let is_who = p.language == Some(Language::English) && matches!(p.at(end + 1).word.as_ref(), "who" | "whom");
    is_age || is_who
}
