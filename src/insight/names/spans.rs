//! How far a name goes, from its first word on: particles, hyphens, "of", the small words inside the names of bodies.

use std::ops::Range;

use super::super::passages::{Case, Kind, Passage};
use super::super::vocabulary::{Class, Language};

/// Words that join a name's parts where a body is named: "Bank of England", "Centre for Health".
const JOINTS: [&str; 3] = ["of", "for", "on"];

/// Heads of bodies that are "on" something.
const PANELS: [&str; 7] = ["panel", "committee", "commission", "conference", "council", "centre", "center"];

/// What a hyphen adds to a name without being of it: "Washington-based".
const DESCRIBES: [&str; 14] = [
    "based",
    "born",
    "led",
    "style",
    "backed",
    "area",
    "era",
    "wide",
    "bound",
    "funded",
    "owned",
    "run",
    "trained",
    "controlled",
];

/// Tokens of the longest name.
const LONGEST: usize = 14;

/// A name that the lists have, from a place on: how many tokens, of which class, and what its names have in common.
pub(super) fn listed(p: &Passage<'_>, at: usize) -> Option<(usize, Class, &'static str)> {
    if !p.is_capital(at) {
        return None;
    }
    [Class::Place, Class::Known, Class::Club]
        .into_iter()
        .filter_map(|class| {
            let (length, sense) = p.phrase(at, class)?;
            // "us" and "who" are words; "US" and "WHO" are names.
            let token = p.at(at);
            let is_short = length == 1 && token.text.len() <= 4 && token.case == Case::Capital && class != Class::Place;
            let is_abbreviation =
                length == 1 && token.word.len() <= 3 && token.case != Case::Capitals && !token.text.contains('.');
            // "Washington-based".
            let is_described = p.language == Some(Language::English) && p.at(at + length + 1).case == Case::Small;
            let is_whole = is_described
                || !p.is_hyphen(at + length)
                || p.at(at + length + 1).is_spaced
                || !p.is_word(at + length + 1);
            let is_last_capital = length == 1
                || p.is_capital(at + length - 1)
                || p.language.is_some_and(Language::is_romance)
                || !p.is_word(at + length - 1);
            ((!is_short || is_name_of_four(token.text)) && !is_abbreviation && is_whole && is_last_capital)
                .then_some((length, class, sense.text))
        })
        .max_by_key(|(length, ..)| *length)
}

/// Listed names of four letters and fewer that are written with one capital.
fn is_name_of_four(text: &str) -> bool {
    matches!(
        text,
        "Lens"
            | "Ajax"
            | "Meta"
            | "Nasa"
            | "Nato"
            | "Onu"
            | "Otan"
            | "Fifa"
            | "Uefa"
            | "Ende"
            | "Sony"
            | "Eni"
            | "Enel"
    )
}

/// The words with capitals from a place on, with what joins them: where they end.
pub(super) fn run(p: &Passage<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while end - at < LONGEST {
        let Some(next) = joined(p, at, end) else { break };
        end = next;
    }
    end
}

/// The place behind the next word of a name.
fn joined(p: &Passage<'_>, start: usize, end: usize) -> Option<usize> {
    if p.at(end).is_first || !p.is_same_sentence(start, end) {
        return None;
    }
    // "Jean-Marc", "Bourg-le-Haut".
    let is_described = p.language == Some(Language::English) && DESCRIBES.contains(&p.at(end + 1).word.as_ref());
    if p.is_hyphen(end) && is_described {
        return None;
    }
    if p.is_hyphen(end) && p.is_word(end + 1) && !p.at(end + 1).is_spaced {
        return Some(end + 2);
    }
    // "BS1" of an address is no name, nor what goes on from one.
    let is_code = p.is_number(end + 1) && !p.at(end + 1).is_spaced;
    if p.is_capital(end) && p.at(end).is_spaced && !is_code {
        return Some(end + 1);
    }
    // "d'Or", "L'Aquila".
    if p.is_capital(end) && p.at(end - 1).text.ends_with(['\'', '\u{2019}']) {
        return Some(end + 1);
    }
    // "J. K.", "Dr. Brandt", "St. Gallen".
    if p.is_sign(end, '.') && !p.at(end).is_spaced && p.is_capital(end + 1) && !p.at(end + 1).is_first {
        let before = p.at(end - 1);
        let is_short = before.case == Case::Initial && before.text.len() <= 2
            || p.is(end - 1, Class::Address)
            || p.is(end - 1, Class::Title)
            || before.word == "st";
        return is_short.then_some(end + 2);
    }
    if p.is_sign(end, '&') && p.at(end).is_spaced && p.is_capital(end + 1) {
        return Some(end + 2);
    }
    // "St Mark’s Church", "President’s Office".
    if let Some(behind) = genitive(p, end).filter(|behind| p.is_capital(*behind)) {
        let is_head = p.is(behind, Class::PlaceWord) || p.is(behind, Class::OrgWord);
        let is_owned = p.is(start, Class::FirstName) && end > start + 1;
        return (is_head && !is_owned && p.language == Some(Language::English)).then_some(behind + 1);
    }
    by_small_word(p, start, end)
}

/// "’s" at a place: where it ends.
pub(super) fn genitive(p: &Passage<'_>, at: usize) -> Option<usize> {
    let is = matches!(p.at(at).kind, Kind::Sign('\'' | '\u{2019}'))
        && !p.at(at).is_spaced
        && p.at(at + 1).word == "s"
        && !p.at(at + 1).is_spaced;
    is.then_some(at + 2)
}

pub(super) fn has(p: &Passage<'_>, places: Range<usize>, class: Class) -> bool {
    places.into_iter().any(|place| p.is(place, class) && p.is_capital(place))
}

/// Over one small word or two to the next capital.
fn by_small_word(p: &Passage<'_>, start: usize, end: usize) -> Option<usize> {
    let word = p.at(end).word.as_ref();
    let behind = |from: usize| {
        let article = usize::from(matches!(
            p.at(from).word.as_ref(),
            "the" | "la" | "de" | "der" | "het" | "den" | "las" | "los" | "l'" | "le" | "les"
        ));
        let place = from + article;
        (p.is_capital(place) && !p.at(place).is_first).then_some(place + 1)
    };
    let so_far = || start..end;
    if p.is(end, Class::Particle) {
        let is_foreign = matches!(word, "von" | "bin" | "ibn" | "al" | "el");
        let is_person = p.is(start, Class::FirstName) || has(p, so_far(), Class::FirstName);
        let is_english = p.language == Some(Language::English) && !matches!(word, "la" | "le" | "al");
        return (is_foreign || is_person || is_english).then(|| behind(end + 1))?;
    }
    let is_body = has(p, so_far(), Class::OrgWord);
    match p.language {
        Some(Language::English) if JOINTS.contains(&word) => {
            let is_place = has(p, so_far(), Class::PlaceWord) && word == "of";
            (is_body && (word != "on" || PANELS.contains(&p.at(end - 1).word.as_ref())) || is_place)
                .then(|| behind(end + 1))?
        }
        Some(Language::English) if word == "and" => {
            let is_of = so_far().any(|place| JOINTS.contains(&p.at(place).word.as_ref()));
            let is_other = listed(p, end + 1).is_some() || p.is(end + 1, Class::FirstName);
            // "Ministry of Health and Greenpeace": what is listed is another.
            (is_body && is_of && !is_other && p.is_capital(end + 1)).then(|| behind(end + 1))?
        }
        Some(Language::Dutch) if matches!(word, "voor" | "van") && is_body => behind(end + 1),
        _ => None,
    }
}

/// The name of a body in a Romance language, from its head on: adjectives in small letters, "of" and what it joins.
/// Where it ends; nothing for the head alone.
pub(super) fn body(p: &Passage<'_>, at: usize) -> Option<usize> {
    if !p.is(at, Class::OrgWord) || !p.is_capital(at) {
        return None;
    }
    let language = p.language.filter(|language| language.is_romance())?;
    let mut end = at + 1;
    let mut parts = 0;
    while end < at + LONGEST && parts < 6 {
        parts += 1;
        if p.is_capital(end) && p.at(end).is_spaced && !p.at(end).is_first {
            end += 1;
        } else if p.is_hyphen(end) && p.is_word(end + 1) && !p.at(end + 1).is_spaced {
            end += 2;
        } else if is_adjective(p, end) && (end == at + 1 || parts < 5) {
            end += 1;
        } else if let Some(next) = behind_of(p, end, language) {
            end = next;
        } else {
            break;
        }
    }
    (end > at + 1).then_some(end)
}

fn behind_of(p: &Passage<'_>, at: usize, language: Language) -> Option<usize> {
    let joint = p.at(at).word.as_ref();
    let is_for = matches!(joint, "por" | "para" | "pour" | "per" | "contra" | "contre");
    if !p.is(at, Class::Of) && !matches!(joint, "dell'" | "dello" | "del" | "della") && !is_for {
        return None;
    }
    let article = usize::from(matches!(
        p.at(at + 1).word.as_ref(),
        "la" | "l'" | "las" | "los" | "le" | "les" | "lo" | "il" | "a" | "o" | "as" | "os"
    ));
    let place = at + 1 + article;
    if p.is_capital(place) && !p.at(place).is_first {
        return Some(place + 1);
    }
    let takes_small = matches!(language, Language::French | Language::Italian);
    let is_noun = p.is_word(place) && !p.is(place, Class::Small) && p.at(place).text.len() > 2;
    (takes_small && is_noun && !is_for).then_some(place + 1)
}

/// Endings of adjectives that stand behind a body's head.
fn is_adjective(p: &Passage<'_>, at: usize) -> bool {
    const ENDINGS: [&str; 34] = [
        "al", "ale", "ales", "aux", "ique", "iques", "aire", "aires", "enne", "ennes", "ien", "iens", "aise", "aises",
        "çais", "çaise", "ive", "elle", "ar", "ico", "ica", "icos", "icas", "ano", "ana", "ea", "eo", "or", "ile",
        "il", "iali", "nali", "enza", "oire",
    ];
    let token = p.at(at);
    token.kind == Kind::Word
        && token.case == Case::Small
        && token.is_spaced
        && token.text.len() > 4
        && !p.is(at, Class::Small)
        && ENDINGS.iter().any(|ending| token.word.ends_with(ending))
}

/// "(KSF)" behind a name: the place of the abbreviation.
pub(super) fn bracketed(p: &Passage<'_>, at: usize) -> Option<usize> {
    let token = p.at(at + 1);
    let is_short = (2..=10).contains(&token.text.len())
        && token.case != Case::Small
        && token.text.chars().all(char::is_alphanumeric);
    let capitals = token.text.chars().filter(|c| c.is_uppercase()).count();
    let is_abbreviation = token.case == Case::Capitals || capitals >= 2 || token.text.len() <= 6;
    (p.is_sign(at, '(') && p.is_sign(at + 2, ')') && token.kind == Kind::Word && is_short && is_abbreviation)
        .then_some(at + 1)
}

/// The beginning of a long form that ends before a place, by the letters of its abbreviation: the nearest word with a capital
/// from which its words' first letters have them all, in order.
pub(super) fn long_form(p: &Passage<'_>, end: usize, abbreviation: &str) -> Option<usize> {
    let letters: Vec<char> = abbreviation.chars().flat_map(char::to_lowercase).collect();
    let first = *letters.first()?;
    let most = letters.len() * 2 + 4;
    let by_initials = |start: usize| {
        let mut wanted = letters.iter().skip(1).peekable();
        for place in start + 1..end {
            let initial = p.at(place).word.chars().next();
            wanted.next_if(|letter| initial == Some(**letter));
        }
        wanted.peek().is_none()
    };
    let by_letters = |start: usize| {
        let mut wanted = letters.iter().peekable();
        for place in start..end {
            for c in p.at(place).word.chars() {
                wanted.next_if(|letter| **letter == c);
            }
        }
        wanted.peek().is_none()
    };
    let starts = || {
        (1..=most).filter_map(|by| end.checked_sub(by)).filter(|start| {
            p.is_capital(*start)
                && p.is_same_sentence(*start, end)
                && p.at(*start).word.starts_with(first)
                && end - *start >= 2
        })
    };
    starts().find(|start| by_initials(*start)).or_else(|| starts().find(|start| by_letters(*start)))
}
