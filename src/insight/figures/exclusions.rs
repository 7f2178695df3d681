//! Numbers that are no figures: parts of names and codes, telephone numbers, addresses, times of day, ordinals. Wherever this
//! is unsure it leaves a number out, since a wrong line is worse than a missing one.

use super::super::passages::{Case, Kind, Passage};
use super::super::vocabulary::{Class, Language};
use super::counted;

/// How many tokens from a place on are no figure.
pub(super) fn skipped(p: &Passage<'_>, at: usize) -> Option<usize> {
    if p.is_number(at) {
        return number(p, at);
    }
    // "+44 20 7946 0958".
    if p.is_sign(at, '+') && p.is_number(at + 1) && !p.at(at + 1).is_spaced {
        let length = groups(p, at + 1);
        return (length > 1 || p.at(at + 1).text.len() > 6).then_some(length + 1);
    }
    // "twenty-first": a number's word that a hyphen joins to what is before it.
    let is_joined = p.is_hyphen(at.wrapping_sub(1)) && !p.at(at).is_spaced && p.is_word(at.wrapping_sub(2));
    (is_joined && p.is_word(at)).then_some(1)
}

/// Tokens of the longest telephone number or code.
const LONGEST_CODE: usize = 16;

/// Digit groups in a row, apart by spaces, hyphens or slashes: how many tokens.
fn groups(p: &Passage<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while end - at < LONGEST_CODE {
        let joint =
            usize::from(matches!(p.at(end).kind, Kind::Sign('-' | '/' | '–' | '(' | ')')) && !p.at(end).is_spaced);
        if !p.is_number(end + joint) || p.at(end + joint).is_first {
            return end - at;
        }
        end += joint + 1;
    }
    end - at
}

fn number(p: &Passage<'_>, at: usize) -> Option<usize> {
    let token = p.at(at);
    let text = token.text;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_code = text.starts_with('0') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let run = groups(p, at);
    let numbers = (at..at + run).filter(|place| p.is_number(*place)).count();
    // Twelve digits in a row are an identifier, "6'3" a height in two units.
    let is_feet = matches!(p.at(at + 1).kind, Kind::Sign('\'' | '\u{2019}' | '′'))
        && !p.at(at + 1).is_spaced
        && p.is_number(at + 2);
    if is_feet {
        return Some(3);
    }
    if is_code || digits >= 12 && digits == text.len() {
        return Some(run);
    }
    // Telephone numbers: three groups or more of two digits or more.
    let is_short = |place: usize| !p.is_number(place) || (2..=4).contains(&p.at(place).text.len());
    if numbers >= 3 && (at..at + run).all(is_short) {
        return Some(run);
    }
    let is_counted = is_measured(p, at + 1) || counted::counts_something(p, at + 1);
    if digits >= 9 && text.contains([' ', '\u{A0}', '\u{202F}']) && !is_counted {
        return Some(1);
    }
    let Kind::Number(Some(value)) = token.kind else { return Some(1) };
    if is_time(p, at, value) {
        return Some(time_length(p, at));
    }
    if is_part_of_a_word(p, at) || is_named(p, at, is_counted) || is_address(p, at, digits) {
        return Some(1);
    }
    is_ordinal(p, at).then_some(2)
}

/// Whether a unit stands at a place.
fn is_measured(p: &Passage<'_>, at: usize) -> bool {
    [Class::Unit, Class::Span, Class::Currency, Class::Percent, Class::Points, Class::Scale]
        .into_iter()
        .any(|class| p.phrase(at, class).is_some())
        || matches!(p.at(at).kind, Kind::Sign('%' | '°'))
}

fn is_two_digits(p: &Passage<'_>, at: usize, most: u32) -> bool {
    let text = p.at(at).text;
    text.len() == 2 && text.parse().is_ok_and(|number: u32| number <= most)
}

/// "14:30", "14.30 Uhr", "8 p.m.", "20h30".
fn is_time(p: &Passage<'_>, at: usize, value: f64) -> bool {
    if value >= 25.0 {
        return false;
    }
    let text = p.at(at).text;
    let close = |place: usize| !p.at(place).is_spaced;
    if p.is_sign(at + 1, ':') && close(at + 1) && close(at + 2) && is_two_digits(p, at + 2, 59) {
        return true;
    }
    if p.at(at + 1).word == "h" && close(at + 1) {
        return true;
    }
    let has_minutes = text.split_once('.').is_some_and(|(_, minutes)| minutes.len() == 2);
    let is_clock = p.phrase(at + 1, Class::Clock).is_some();
    match p.language {
        Some(Language::English | Language::German) if is_clock => true,
        _ => has_minutes && p.phrase_before(at, Class::TimeLead).is_some() && !is_measured(p, at + 1),
    }
}

fn time_length(p: &Passage<'_>, at: usize) -> usize {
    if p.is_sign(at + 1, ':') {
        // "14:30:05".
        return 3 + 2 * usize::from(p.is_sign(at + 3, ':') && p.is_number(at + 4));
    }
    if p.at(at + 1).word == "h" {
        return 2 + usize::from(p.is_number(at + 2) && !p.at(at + 2).is_spaced);
    }
    1 + p.phrase(at + 1, Class::Clock).map_or(0, |(length, _)| length)
}

/// "A380", "F-16", "BS1 4DJ", "24/7", "#5", "[3]", and what is written in addresses of the web.
fn is_part_of_a_word(p: &Passage<'_>, at: usize) -> bool {
    let (before, after) = (p.before(at, 1), p.at(at + 1));
    let is_close = !p.at(at).is_spaced;
    let joins_before = is_close
        && match before.kind {
            Kind::Word => !is_currency(p, at),
            Kind::Number(_)
            | Kind::Sign('/' | '_' | '=' | '&' | '#' | '@' | '\\' | '§' | '№' | '[' | '*' | '^' | '.') => true,
            Kind::Sign('-' | '\u{2010}' | '\u{2011}' | '–') => !before.is_spaced && p.is_word(at.wrapping_sub(2)),
            _ => false,
        };
    let joins_after = !after.is_spaced
        && match after.kind {
            Kind::Word => !is_suffix(p, at),
            Kind::Sign('/' | '_' | '=' | '&' | '@' | '\\' | '#') => true,
            _ => false,
        };
    let is_section = matches!(before.kind, Kind::Sign('§' | '#' | '№'));
    joins_before || joins_after || is_section
}

fn is_currency(p: &Passage<'_>, at: usize) -> bool {
    p.phrase_before(at, Class::Currency).is_some()
}

/// Letters that may be written to a number: a unit, a scale.
fn is_suffix(p: &Passage<'_>, at: usize) -> bool {
    let after = at + 1;
    is_measured(p, after) || p.is(after, Class::Suffix) && is_currency(p, at) || p.at(after).text == "C"
}

/// "Room 101", "No. 10", "Boeing 737", "Hannover 96".
fn is_named(p: &Passage<'_>, at: usize, is_counted: bool) -> bool {
    let before = at.wrapping_sub(1);
    if !p.at(at).is_spaced {
        return false;
    }
    // "No. 10".
    let word = if p.is_sign(before, '.') || p.is_sign(before, '°') { before.wrapping_sub(1) } else { before };
    if p.is(word, Class::Numbered) && (p.is_capital(word) || !is_counted) {
        return true;
    }
    let is_listed = p.is(before, Class::And)
        && p.is_number(before.wrapping_sub(1))
        && p.is(before.wrapping_sub(2), Class::Numbered);
    let is_score = is_result(p, at);
    let token = p.at(before);
    let is_name = token.case != Case::Small
        && p.is_word(before)
        && !p.is(before, Class::Small)
        && !p.is(before, Class::About)
        && !is_currency(p, at);
    // A list's number: "3. …".
    let is_marker = p.at(at).is_first
        && matches!(p.at(at + 1).kind, Kind::Sign('.' | ')'))
        && !p.at(at + 1).is_spaced
        && p.is_same_sentence(at, at + 1);
    is_listed || (is_name && !is_counted && !is_score) || (is_marker && at == 0)
}

/// Two numbers of a result: "Chelsea 3–1".
fn is_result(p: &Passage<'_>, at: usize) -> bool {
    let joins = p.is_hyphen(at + 1) || p.is_sign(at + 1, ':') && !p.at(at + 1).is_spaced;
    let is_short = |place: usize| p.is_number(place) && p.at(place).text.len() <= 3;
    joins && is_short(at) && is_short(at + 2) && !p.at(at + 2).is_spaced && !p.is_hyphen(at + 3)
}

/// "14 Mill Lane", "14, rue des Lilas", "calle Mayor, 14", "10115 Berlin".
fn is_address(p: &Passage<'_>, at: usize, digits: usize) -> bool {
    if p.at(at).text.len() > 5 {
        return false;
    }
    let streets = [Class::StreetWord];
    let is_street = |place: usize| streets.iter().any(|class| p.is(place, *class));
    let behind = at + 1;
    if p.language == Some(Language::English) {
        // "131 West 23rd Street".
        if p.is(behind, Class::Directional) && p.is_capital(behind) && !counted::counts_something(p, behind) {
            return true;
        }
        let capitals = (behind..behind + 3).take_while(|place| p.is_capital(*place)).count();
        if capitals > 0 && (behind + 1..=behind + capitals).any(|place| is_street(place) && p.is_capital(place)) {
            return true;
        }
    } else {
        let comma = usize::from(p.is_sign(behind, ','));
        if is_street(behind + comma) && !p.is(behind + comma, Class::Small) {
            return true;
        }
        let is_behind =
            p.is_sign(at.wrapping_sub(1), ',') && (2..6).any(|by| at.checked_sub(by).is_some_and(is_street));
        if is_behind {
            return true;
        }
    }
    digits == 5 && p.at(at).text.len() == 5 && p.is_capital(behind) && p.is(behind, Class::Place)
}

/// "3rd", "1er", "19.": with the sign or letters behind.
fn is_ordinal(p: &Passage<'_>, at: usize) -> bool {
    let after = p.at(at + 1);
    if after.is_spaced {
        return false;
    }
    match after.kind {
        Kind::Word => matches!(
            after.word.as_ref(),
            "st" | "nd" | "rd" | "th" | "er" | "e" | "ème" | "º" | "ª" | "o" | "a" | "de" | "ste" | "s"
        ),
        Kind::Sign('º' | 'ª') => true,
        Kind::Sign('.') => {
            let next = p.at(at + 2);
            p.language == Some(Language::German)
                && next.kind == Kind::Word
                && !next.is_first
                && p.at(at).text.len() <= 2
        }
        _ => false,
    }
}
