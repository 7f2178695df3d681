//! Names in German, where every noun has a capital: only what the lists, a first name, an office, an adjective with a capital
//! or an abbreviation tells. Other words with capitals count where one of these names has them.

use std::ops::Range;

use super::super::passages::{Case, Kind, Passage};
use super::super::vocabulary::{Class, Language};
use super::mentions::{Mention, each_capital};
use super::spans::{bracketed, listed, long_form};
use super::{NameKind, introductions, range_of};

/// Endings of German nouns that are no names.
const COMMON_ENDINGS: [&str; 14] =
    ["ung", "ungen", "heit", "keit", "schaft", "tion", "tionen", "tät", "ismus", "nis", "ment", "ling", "chen", "tum"];

pub(super) fn find(p: &Passage<'_>, taken: &[Range<usize>], mentions: &mut Vec<Mention>) {
    each_capital(p, taken, |at| name(p, at, mentions));
}

/// The name that begins at a place, if one does: where to go on.
fn name(p: &Passage<'_>, at: usize, mentions: &mut Vec<Mention>) -> usize {
    if let Some(end) = with_abbreviation(p, at, mentions) {
        return end;
    }
    if let Some((length, class, name)) = listed(p, at) {
        let end = at + length;
        let is_club = class == Class::Place && is_club_number(p, end);
        let kind = if class == Class::Place && !is_club { NameKind::Place } else { NameKind::Organisation };
        let end = end + usize::from(is_club);
        let mention = Mention::new(p, at..end, kind);
        mentions.push(if is_club { mention } else { mention.listed_as(name) });
        return end;
    }
    if let Some(end) = person(p, at, mentions).or_else(|| body(p, at, mentions)) {
        return end;
    }
    single(p, at, mentions);
    at + 1
}

/// "Hannover 96" in a sentence with a result or an opponent.
fn is_club_number(p: &Passage<'_>, at: usize) -> bool {
    p.is_number(at) && p.at(at).text.len() == 2 && p.near(at).any(|place| p.at(place).word == "gegen")
}

fn with_abbreviation(p: &Passage<'_>, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
    let open =
        (at + 1..at + 12).take_while(|place| p.is_same_sentence(at, *place)).find(|place| p.is_sign(*place, '('))?;
    let place = bracketed(p, open)?;
    let start = long_form(p, open, p.at(place).text).filter(|start| *start == at)?;
    let mut mention = Mention::new(p, start..open, NameKind::Organisation);
    mention.abbreviation = Some((p.range(place..place + 1), p.at(place).word.to_string()));
    mention.listed = listed(p, start).filter(|(length, ..)| start + length == open).map(|(.., name)| name);
    mentions.push(mention);
    Some(place + 2)
}

/// The end of a surname, with its particles and hyphens, from a place on.
fn surname_end(p: &Passage<'_>, at: usize) -> Option<usize> {
    let mut start = at;
    while p.is(start, Class::Particle) && p.at(start).case == Case::Small && start < at + 3 {
        start += 1;
    }
    let is_name = p.is_capital(start)
        && p.at(start).is_spaced
        && !p.at(start).is_first
        && !p.is(start, Class::NotName)
        && !p.is(start, Class::Weekday)
        && !p.is(start, Class::Small);
    if !is_name {
        return None;
    }
    let mut end = start + 1;
    while p.is_hyphen(end) && p.is_capital(end + 1) && !p.at(end + 1).is_spaced {
        end += 2;
    }
    Some(end)
}

fn person(p: &Passage<'_>, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
    let is_first_name = p.is(at, Class::FirstName);
    let is_addressed = p.is(at.wrapping_sub(1), Class::Address)
        || p.is_sign(at.wrapping_sub(1), '.') && p.is(at.wrapping_sub(2), Class::Address);
    let office = introductions::before(p, at, at + 1);
    if is_first_name {
        // Further first names, compounds, initials, then the surname.
        let mut end = at + 1;
        loop {
            if p.is_hyphen(end) && p.is_capital(end + 1) && !p.at(end + 1).is_spaced {
                end += 2;
            } else if p.is(end, Class::FirstName)
                && p.is_capital(end)
                && surname_end(p, end + 1).is_some()
                && !p.at(end).is_first
            {
                end += 1;
            } else if p.at(end).case == Case::Initial && p.is_sign(end + 1, '.') {
                end += 2;
            } else {
                break;
            }
        }
        if let Some(end) = surname_end(p, end) {
            push_person(p, at..end, mentions);
            return Some(end);
        }
        let is_direct = p.at(at).is_first && office.is_none();
        mentions.push(Mention::new(p, at..at + 1, NameKind::Person).weak_if(is_direct));
        return Some(at + 1);
    }
    let is_word = introductions::is_role(p, at)
        || p.is(at, Class::OrgNoun)
        || p.is(at, Class::OrgWord)
        || p.is(at, Class::Small)
        || p.is(at, Class::Address)
        || p.is(at, Class::NotName)
        || p.is(at, Class::NameAdjective);
    let is_behind_office = office.is_some() && introductions::is_role(p, at.wrapping_sub(1)) && !p.at(at).is_first;
    if is_word
        || COMMON_ENDINGS.iter().any(|ending| p.at(at).word.ends_with(ending))
        || !(is_addressed || is_behind_office)
    {
        return None;
    }
    let mut end = at + 1;
    while p.is_hyphen(end) && p.is_capital(end + 1) && !p.at(end + 1).is_spaced {
        end += 2;
    }
    let end = surname_end(p, end).unwrap_or(end);
    push_person(p, at..end, mentions);
    Some(end)
}

fn push_person(p: &Passage<'_>, places: Range<usize>, mentions: &mut Vec<Mention>) {
    let mut mention = Mention::new(p, places.clone(), NameKind::Person);
    let introduction = introductions::before(p, places.start, places.end)
        .or_else(|| introductions::after(p, behind_brackets(p, places.end)));
    mention.introduction = range_of(p, introduction);
    mentions.push(mention);
}

/// Behind "(CDU)", "(34)".
fn behind_brackets(p: &Passage<'_>, at: usize) -> usize {
    if p.is_sign(at, '(') && p.is_sign(at + 2, ')') { at + 3 } else { at }
}

/// The name of a body: an adjective with a capital and its noun, a noun of bodies and what follows it.
fn body(p: &Passage<'_>, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
    let is_first = p.at(at).is_first;
    let is_noun = |place: usize| p.is_capital(place) && p.at(place).is_spaced && !p.at(place).is_first;
    if p.is(at, Class::NameAdjective) && !is_first {
        let mut end = at + 1;
        while p.is(end, Class::NameAdjective) && is_noun(end) {
            end += 1;
        }
        if !is_noun(end) {
            return None;
        }
        end += 1;
        let kind = if is_body_noun(p, end - 1) { NameKind::Organisation } else { NameKind::Unknown };
        mentions.push(Mention::new(p, at..end, kind));
        return Some(end);
    }
    // "Industrie- und Handelskammer".
    if p.is_hyphen(at + 1)
        && p.at(at + 2).word == "und"
        && is_noun(at + 3)
        && is_body_noun(p, at + 3)
        && p.at(at + 2).is_spaced
    {
        mentions.push(Mention::new(p, at..at + 4, NameKind::Organisation));
        return Some(at + 4);
    }
    // "FC Augsburg", "Borussia Dortmund".
    if p.is(at, Class::ClubWord) && is_noun(at + 1) {
        let end = at + 2 + usize::from(p.is_number(at + 2) && p.at(at + 2).text.len() == 2);
        mentions.push(Mention::new(p, at..end, NameKind::Organisation));
        return Some(end);
    }
    // "Meinungsforschungsinstitut Forsa", "Universität Heidelberg".
    if (p.is(at, Class::OrgNoun) || p.is(at, Class::OrgWord)) && is_noun(at + 1) && !introductions::is_role(p, at + 1) {
        if let Some((length, class, name)) = listed(p, at + 1) {
            let is_own = class == Class::Place && p.is(at, Class::OrgWord);
            let places = if is_own { at..at + 1 + length } else { at + 1..at + 1 + length };
            let kind = if class == Class::Place && !is_own { NameKind::Place } else { NameKind::Organisation };
            let mention = Mention::new(p, places, kind);
            mentions.push(if is_own { mention } else { mention.listed_as(name) });
            return Some(at + 1 + length);
        }
        if p.is(at, Class::OrgNoun) && !is_common(p, at + 1) && !is_noun(at + 2) {
            mentions.push(Mention::new(p, at + 1..at + 2, NameKind::Organisation));
            return Some(at + 2);
        }
    }
    None
}

fn is_common(p: &Passage<'_>, at: usize) -> bool {
    let word = p.at(at).word.as_ref();
    COMMON_ENDINGS.iter().any(|ending| word.ends_with(ending)) || p.is(at, Class::NotName) || word.ends_with("en")
}

/// A noun whose own ending, or its last part, is a body's.
fn is_body_noun(p: &Passage<'_>, at: usize) -> bool {
    const ENDINGS: [&str; 24] = [
        "bank",
        "amt",
        "rat",
        "gericht",
        "hof",
        "partei",
        "verband",
        "verein",
        "bund",
        "union",
        "kammer",
        "universität",
        "institut",
        "ministerium",
        "behörde",
        "gesellschaft",
        "stiftung",
        "kreuz",
        "hilfe",
        "zeitung",
        "rundfunk",
        "nationen",
        "kommission",
        "parlament",
    ];
    let word = p.at(at).word.as_ref();
    p.is(at, Class::OrgWord) || ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// One word with a capital, of which nothing tells that it is a name.
fn single(p: &Passage<'_>, at: usize, mentions: &mut Vec<Mention>) {
    let token = p.at(at);
    let is_word = p.is(at, Class::Small)
        || p.is(at, Class::NotName)
        || p.is(at, Class::Month)
        || p.is(at, Class::Weekday)
        || token.case == Case::Initial;
    let is_code = p.is_number(at + 1) && token.case == Case::Capitals || p.is_hyphen(at + 1) && p.is_number(at + 2);
    if is_word || is_code {
        return;
    }
    let is_acronym =
        token.case == Case::Capitals && (2..=6).contains(&token.text.chars().count()) && !p.is_title_case();
    if is_acronym {
        // "EU-Kommission" is listed; of other compounds the abbreviation is a part.
        if !p.is_hyphen(at + 1) {
            mentions.push(Mention::new(p, at..at + 1, NameKind::Unknown));
        }
        return;
    }
    if introductions::is_role(p, at) || COMMON_ENDINGS.iter().any(|ending| token.word.ends_with(ending)) {
        return;
    }
    let mut mention = Mention::new(p, at..at + 1, NameKind::Unknown).weak();
    let before = p.before(at, 1);
    mention.is_located = before.kind == Kind::Word
        && matches!(before.word.as_ref(), "in" | "aus" | "nach" | "bei" | "von")
        && p.language == Some(Language::German);
    mentions.push(mention);
}
