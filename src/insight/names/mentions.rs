//! Names in a passage of a language that writes only names with capitals: English, the Romance languages, Dutch. A capital at
//! a sentence's beginning, in a headline or in a title proves nothing, so that what stands there counts only if the lists or
//! the rest of the story have it.

use std::ops::Range;

use super::super::passages::{Case, Kind, Passage, Setting};
use super::super::vocabulary::{Class, Language};
use super::spans::{body, bracketed, genitive, has, listed, long_form, run};
use super::{NameKind, folded, introductions, range_of};
use crate::document::TextRange;

/// A name at a place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) range: TextRange,
    /// Its words in small letters.
    pub(super) words: String,
    pub(super) kind: NameKind,
    /// Whether it counts only if another mention has its words.
    pub(super) is_weak: bool,
    /// What the lists have its names under.
    pub(super) listed: Option<&'static str>,
    pub(super) introduction: Option<TextRange>,
    /// The abbreviation behind it, and its letters.
    pub(super) abbreviation: Option<(TextRange, String)>,
    /// Where it was told that this may be a place's name, by a preposition alone; German.
    pub(super) is_located: bool,
    pub(super) is_in_heading: bool,
}

impl Mention {
    pub(super) fn new(p: &Passage<'_>, places: Range<usize>, kind: NameKind) -> Self {
        Self {
            range: p.range(places.clone()),
            words: folded(p, places),
            kind,
            is_weak: false,
            listed: None,
            introduction: None,
            abbreviation: None,
            is_located: false,
            is_in_heading: p.setting == Setting::Heading,
        }
    }

    pub(super) fn weak(mut self) -> Self {
        self.is_weak = true;
        self
    }

    pub(super) fn weak_if(mut self, is_weak: bool) -> Self {
        self.is_weak = self.is_weak || is_weak;
        self
    }

    pub(super) fn listed_as(mut self, name: &'static str) -> Self {
        self.listed = Some(name).filter(|name| !name.is_empty());
        self
    }
}

pub(super) fn find(p: &Passage<'_>, taken: &[Range<usize>], mentions: &mut Vec<Mention>) {
    let is_headline = p.is_title_case();
    each_capital(p, taken, |at| Finder { p, is_headline, mentions }.name(at));
}

/// Calls on at each word with a capital that stands in no date and in no title; it is told where the name ends that it began.
pub(super) fn each_capital(p: &Passage<'_>, taken: &[Range<usize>], mut name: impl FnMut(usize) -> usize) {
    let mut at = 0;
    let mut dates = taken.iter().peekable();
    while at < p.len() {
        while dates.next_if(|date| date.end <= at).is_some() {}
        if let Some(date) = dates.peek().filter(|date| date.start <= at) {
            at = date.end;
        } else if let Some(end) = title_in_quotes(p, at) {
            at = end;
        } else if p.is_capital(at) {
            at = name(at).max(at + 1);
        } else {
            at += 1;
        }
    }
}

/// The title of a work between quotation marks: where it ends. It has few words, the first with a capital, and no sign that
/// a sentence ends.
pub(super) fn title_in_quotes(p: &Passage<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 9;
    let Kind::Sign(open) = p.at(at).kind else { return None };
    let closes: &[char] = match open {
        '“' => &['”'],
        '"' => &['"'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '‘' => &['’'],
        '»' => &['«'],
        _ => return None,
    };
    let first = at + 1;
    if !p.is_capital(first) || !p.at(first).is_quoted {
        return None;
    }
    let is_close = |place: usize| {
        matches!(p.at(place).kind, Kind::Sign(sign) if closes.contains(&sign))
            && (p.at(place + 1).is_spaced || p.is_border(place + 1))
    };
    let end = (first + 1..=first + LONGEST).find(|place| is_close(*place))?;
    let words = first..end;
    let is_sentence = words.clone().any(|place| matches!(p.at(place).kind, Kind::Sign('.' | '!' | '?' | ';' | '…')));
    let comma = p.is_sign(end - 1, ',');
    let is_capitalised =
        words.filter(|place| p.is_word(*place) && p.at(*place).text.len() > 3).all(|place| p.is_capital(place));
    (!is_sentence && (!comma || is_capitalised)).then_some(end + 1)
}

struct Finder<'p, 't, 'm> {
    p: &'p Passage<'t>,
    is_headline: bool,
    mentions: &'m mut Vec<Mention>,
}

impl Finder<'_, '_, '_> {
    /// The name that begins at a place, if one does: where to go on.
    fn name(&mut self, at: usize) -> usize {
        let p = self.p;
        if let Some(end) = self.dateline(at) {
            return end;
        }
        // "Two-thirds of", "Nine".
        if p.at(at).is_first && (p.is(at, Class::Number) || p.is(at, Class::Tens)) {
            return at + 1;
        }
        // "4DJ".
        if !p.at(at).is_spaced && p.is_number(at.wrapping_sub(1)) {
            return at + 1;
        }
        // "L'Organisation": the article is no part of it, unless the lists have it so.
        if p.at(at).text.ends_with(['\'', '\u{2019}']) && p.is(at, Class::Small) && listed(p, at).is_none() {
            return at + 1;
        }
        // "Bundesbank (…)": what the brackets abbreviate is told by their letters.
        if let Some(end) = self.with_abbreviation(at) {
            return end;
        }
        if let Some(end) = body(p, at).filter(|end| !self.is_headline && self.is_told(at, *end)) {
            self.mentions.push(Mention::new(p, at..end, NameKind::Organisation));
            return end;
        }
        let end = run(p, at);
        if let Some((length, class, name)) = listed(p, at)
            && at + length >= end
        {
            return self.listed(at, length, class, name);
        }
        self.refine(at, end)
    }

    /// Whether the head of a body is a name's: it is not a sentence's first word, or an article stands before it.
    fn is_told(&self, at: usize, end: usize) -> bool {
        !self.p.at(at).is_first
            || has(self.p, at + 1..end, Class::OrgWord)
            || (at + 1..end).any(|place| self.p.is_capital(place))
    }

    /// "MILLBROOK, Ohio — The council".
    fn dateline(&mut self, at: usize) -> Option<usize> {
        let p = self.p;
        if at != 0 || p.at(0).case != Case::Capitals || p.at(0).text.len() < 4 || p.setting != Setting::Prose {
            return None;
        }
        let end = (1..5).find(|place| p.at(*place).case != Case::Capitals || !p.is_word(*place))?;
        let region = usize::from(p.is_sign(end, ','));
        let behind = if region == 1 { run(p, end + 1) } else { end };
        let is_dash = matches!(p.at(behind).kind, Kind::Sign('-' | '–' | '—' | '(')) && p.at(behind).is_spaced;
        if !is_dash {
            return None;
        }
        let mut mention = Mention::new(p, 0..end, NameKind::Place);
        mention.listed = listed(p, 0)
            .filter(|(length, class, _)| *length == end && *class == Class::Place)
            .map(|(.., name)| name)
            .filter(|name| !name.is_empty());
        self.mentions.push(mention);
        Some(end)
    }

    /// A name with its abbreviation in brackets, where the name's words have the abbreviation's letters.
    fn with_abbreviation(&mut self, at: usize) -> Option<usize> {
        let p = self.p;
        let open = (at + 1..at + 16)
            .take_while(|place| p.is_same_sentence(at, *place))
            .find(|place| p.is_sign(*place, '('))?;
        let place = bracketed(p, open)?;
        let start = long_form(p, open, p.at(place).text).filter(|start| *start == at)?;
        let letters = p.at(place).word.to_string();
        let abbreviation = p.range(place..place + 1);
        let name = listed(p, start).filter(|(length, ..)| start + length == open).map(|(.., name)| name);
        let mut mention = Mention::new(p, start..open, NameKind::Organisation);
        mention.abbreviation = Some((abbreviation, letters));
        mention.listed = name.filter(|name| !name.is_empty());
        self.mentions.push(mention);
        Some(place + 2)
    }

    fn listed(&mut self, at: usize, length: usize, class: Class, name: &'static str) -> usize {
        let p = self.p;
        let end = at + length;
        let kind = match class {
            Class::Place => NameKind::Place,
            _ => NameKind::Organisation,
        };
        // A city's club, where a result stands beside it.
        let is_club = kind == NameKind::Place
            && is_city(name)
            && !is_locative(p, at)
            && p.before(at, 1).word != "at"
            && has_score(p, at);
        let is_weak = is_doubtful(p, at, length, class);
        // Clubs named after what else has the name.
        let is_other = class == Class::Club && length == 1 && !has_score(p, at);
        let kind = if is_club || is_other { NameKind::Unknown } else { kind };
        let mention = Mention::new(p, at..end, kind).weak_if(is_weak);
        self.mentions.push(if is_club { mention } else { mention.listed_as(name) });
        end
    }

    /// A run of words with capitals: parted at titles, stripped of what is no name, and told what it is.
    fn refine(&mut self, at: usize, end: usize) -> usize {
        let p = self.p;
        let mut start = at;
        // "In Brussels", "The Lancet" has been looked up whole.
        while start < end && (p.is(start, Class::Small) && p.at(start).is_first || is_article(p, start)) {
            start += 1;
        }
        if start > at {
            return if start < end { start } else { end };
        }
        // "l’UMP Laure de la Raudière": a body and a person.
        let is_acronym = p.at(at).case == Case::Capitals && p.at(at).text.len() <= 6 && p.is(at + 1, Class::FirstName);
        if is_acronym && end > at + 2 && !p.is_hyphen(at + 1) {
            self.single(at);
            return at + 1;
        }
        if is_swallowed(p, at) {
            return (at + 1..end).find(|place| p.is(*place, Class::FirstName)).unwrap_or(at + 1);
        }
        if let Some(behind) = self.title(at, end) {
            return behind;
        }
        // "French Anna Smith", "Western Balkans": a people or a direction before a name.
        let skips = p.is(at, Class::NotName) || p.is(at, Class::Directional);
        if skips && end > at + 1 && !is_body(p, at..end) {
            let is_water = has(p, end - 1..end, Class::PlaceWord);
            let is_name =
                listed(p, at + 1).is_some() && !is_water || p.is(at + 1, Class::FirstName) || p.is(at, Class::NotName);
            if is_name {
                return at + 1;
            }
        }
        self.whole(at, end);
        end
    }

    /// A run with a title in it: what stands before it, and the person behind it. Where to go on.
    fn title(&mut self, at: usize, end: usize) -> Option<usize> {
        let p = self.p;
        // Offices have capitals only at a sentence's beginning there.
        let has_roles = p.at(at).is_first && end > at + 1 || p.language != Some(Language::English) && p.at(at).is_first;
        let is_title = |place: usize| {
            p.is(place, Class::Title)
                || (has_roles && place == at && p.is(place, Class::Role))
                || p.is(place, Class::Address)
                || p.phrase(place, Class::Title).is_some()
        };
        let first = (at..end).find(|place| is_title(*place))?;
        if is_body(p, at..end) && !p.is(first, Class::Address) && !is_office_of(p, first, end) {
            return None;
        }
        let mut behind = first;
        while behind < end && (is_title(behind) || p.is_sign(behind, '.') || p.is(behind, Class::Role)) {
            behind += p.phrase(behind, Class::Title).map_or(1, |(length, _)| length);
        }
        let behind = behind.min(end);
        if first > at {
            // "NATO Secretary General", "Kosovo President": a name of its own, unless it is a people's.
            if let Some((length, class, name)) = listed(p, at).filter(|(length, ..)| at + length <= first) {
                self.listed(at, length, class, name);
            } else if !p.is(at, Class::NotName)
                && !p.at(at).is_first
                && !p.is(at, Class::Small)
                && p.at(at).case == Case::Capitals
            {
                self.whole(at, first);
            }
        }
        if behind < end {
            let introduction = (!p.is(first, Class::Address)).then(|| {
                // Before a capital inside a sentence nothing else is the office's.
                let from = if p.at(at).is_first || p.is(at, Class::Role) && at + 1 == behind {
                    introductions::before(p, behind, end).map_or(at, |intro| intro.start)
                } else {
                    at
                };
                let is_verb = from < at && (from..at).any(|place| !p.is(place, Class::Determiner));
                (if is_verb { at } else { from.min(at) })..behind
            });
            let name_end = person_end(p, behind, end);
            let mut mention = Mention::new(p, behind..name_end, NameKind::Person).weak_if(self.is_headline);
            mention.introduction = range_of(p, introduction).or_else(|| range_of(p, introductions::after(p, name_end)));
            self.mentions.push(mention);
            return Some(name_end);
        }
        // "Minister of the Interior", "Secretary of State": what follows is the office's, unless it is a name that is known.
        if matches!(p.at(end).word.as_ref(), "of" | "for" | "van") {
            let article = usize::from(matches!(p.at(end + 1).word.as_ref(), "the" | "de"));
            let place = end + 1 + article;
            if p.is_capital(place) && listed(p, place).is_none() {
                let last = run(p, place);
                let person = (place + 1..last).find(|name| p.is(*name, Class::FirstName));
                return Some(person.unwrap_or(last));
            }
        }
        Some(end)
    }

    /// A run that is one name, or none.
    fn whole(&mut self, at: usize, end: usize) {
        let p = self.p;
        let length = end - at;
        let is_first = p.at(at).is_first;
        // "R-S.C.": a party and a state.
        let is_party = p.at(at).case == Case::Initial && p.is_hyphen(at + 1);
        if is_party || is_street(p, at, end) || is_office_s(p, at) {
            return;
        }
        if length == 1 {
            self.single(at);
            return;
        }
        // "Flight BA", "Boeing 737": a name with a number is a thing's.
        let is_thing = p.is_number(end)
            && p.at(end).is_spaced
            && p.at(end).text.len() <= 4
            && !p.is_border(end)
            && (p.is_border(end + 1) || p.is(end + 1, Class::Small));
        if is_thing {
            return;
        }
        if is_body(p, at..end) {
            let is_weak = self.is_headline;
            let mention = Mention::new(p, at..end, NameKind::Organisation).weak_if(is_weak);
            self.mentions.push(mention);
            return;
        }
        if let Some((first, class, name)) = listed(p, at).filter(|(listed, ..)| *listed < length)
            && p.is(at + first, Class::Small)
        {
            self.listed(at, first, class, name);
            return;
        }
        let is_place = has(p, at..at + 1, Class::PlaceWord)
            || has(p, end - 1..end, Class::PlaceWord)
            || genitive(p, at + 1).is_some();
        let introduction = introductions::before(p, at, end).or_else(|| introductions::after(p, end));
        let is_introduced = introduction.as_ref().is_some_and(|intro| {
            introductions::is_role(p, intro.start) || (intro.clone()).any(|place| introductions::is_role(p, place))
        });
        let is_person = p.is(at, Class::FirstName) || is_introduced || introductions::is_of_a_person(p, end);
        // "In" and "à" stand before people and bodies of two words as well.
        let is_plain = !matches!(p.language, Some(Language::English | Language::French));
        let kind = if is_place && !p.is(at, Class::FirstName) {
            NameKind::Place
        } else if is_person && is_name_of_a_person(p, at, end) {
            NameKind::Person
        } else if is_locative(p, at) && (is_plain || (at + 1..end).all(|place| !p.at(place).is_spaced)) {
            NameKind::Place
        } else {
            NameKind::Unknown
        };
        // A headline in title case has capitals everywhere.
        // A people, "Sunni Muslims", or a heading in capitals before a paragraph.
        let is_people = p.is(end - 1, Class::NotName) && kind == NameKind::Unknown;
        let capitals =
            (at..end).filter(|place| p.at(*place).case == Case::Capitals && p.at(*place).text.len() > 3).count();
        let is_shouted = capitals > 0 && capitals < length && kind != NameKind::Person;
        let is_weak =
            self.is_headline || is_people || is_shouted || (is_first && kind == NameKind::Unknown && is_common(p, at));
        let mut mention = Mention::new(p, at..end, kind).weak_if(is_weak);
        if kind == NameKind::Person {
            mention.introduction = range_of(p, introduction);
        }
        self.mentions.push(mention);
    }

    fn single(&mut self, at: usize) {
        let p = self.p;
        let token = p.at(at);
        let is_word = p.is(at, Class::Small)
            || p.is(at, Class::NotName)
            || p.is(at, Class::Month) && token.is_first
            || p.is(at, Class::Weekday);
        let is_title = p.is(at, Class::Title)
            || p.is(at, Class::Address)
            || token.case == Case::Initial
            || token.text.chars().count() < 2;
        // "BA 286", "TP 1234", "A380", "Covid-19".
        let is_code = p.is_number(at + 1) && (token.case == Case::Capitals || !p.at(at + 1).is_spaced)
            || p.is_hyphen(at + 1) && p.is_number(at + 2);
        let is_numbered = p.is(at, Class::Numbered) && p.is_number(at + 1);
        // "’s Avonds".
        let is_counted_out = p.language == Some(Language::Dutch) && p.before(at, 1).word == "s";
        // A people in Dutch: "1.250 Italianen".
        let is_counted = p.language == Some(Language::Dutch) && p.is_number(at.wrapping_sub(1));
        if is_counted || is_counted_out || is_word || is_title || is_code || is_numbered || is_swallowed(p, at) {
            return;
        }
        let is_acronym =
            token.case == Case::Capitals && (2..=6).contains(&token.text.chars().count()) && !self.is_headline;
        if is_acronym && p.setting != Setting::Table {
            // "HALE: The bread.": who speaks, told by another mention.
            let is_label = at == 0 && p.is_sign(1, ':');
            // "OSCE" is a body, "TOTP" none: what no list has is not told.
            let mention = Mention::new(p, at..at + 1, NameKind::Unknown).weak_if(is_label);
            self.mentions.push(mention);
            return;
        }
        let is_generic = p.is(at, Class::OrgWord)
            || p.is(at, Class::PlaceWord)
            || p.is(at, Class::Role)
            || p.is(at, Class::Directional);
        let introduction = introductions::before(p, at, at + 1);
        // "Brent", "Charlotte" and "Florence" are more than people.
        let speaks = p.is(at + 1, Class::Speech) || p.is(at.wrapping_sub(1), Class::Speech);
        let is_person = p.is(at, Class::FirstName) && speaks
            || introductions::is_of_a_person(p, at + 1)
            || introduction.is_some() && !is_generic;
        let kind = if is_person {
            NameKind::Person
        } else if is_locative(p, at) && !is_generic && genitive(p, at + 1).is_none() {
            NameKind::Place
        } else {
            NameKind::Unknown
        };
        // One word proves little: without anything that tells, it counts where another mention does.
        let proves = kind != NameKind::Unknown || (!is_generic && !token.is_first && p.setting != Setting::Table);
        let is_weak = !proves
            || (kind == NameKind::Unknown && is_people(p, at))
            || self.is_headline
            || (token.is_first && !(is_person && introduction.is_some()));
        let mut mention = Mention::new(p, at..at + 1, kind).weak_if(is_weak);
        if kind == NameKind::Person {
            mention.introduction = range_of(p, introduction);
        }
        self.mentions.push(mention);
    }
}

fn is_article(p: &Passage<'_>, at: usize) -> bool {
    p.is(at, Class::Determiner)
        && p.at(at).text.len() <= 4
        && p.is_capital(at)
        && p.language.is_some_and(|l| l.is_romance() || l == Language::English)
        && p.at(at).is_first
}

/// Words that begin sentences and are no names, though no list of small words has them: "Critics", "Yesterday".
fn is_common(p: &Passage<'_>, at: usize) -> bool {
    let word = p.at(at).word.as_ref();
    word.ends_with("ing") || word.ends_with("ly") || word.ends_with("ed") || p.is(at, Class::NotName)
}

/// Whether the words with capitals are a body's name.
fn is_body(p: &Passage<'_>, places: Range<usize>) -> bool {
    let last = places.end - 1;
    let is_short = places.len() < 2;
    let has_company = p.is(last, Class::Company) && p.is_capital(last) && (p.at(last).case != Case::Small);
    let is_head_last = p.is(last, Class::OrgWord) && p.is_capital(last);
    let is_head_joined = places.clone().any(|place| {
        p.is(place, Class::OrgWord)
            && p.is_capital(place)
            && matches!(
                p.at(place + 1).word.as_ref(),
                "of" | "for" | "voor" | "van" | "de" | "do" | "da" | "di" | "del" | "on" | "and"
            )
    });
    let is_head_first = p.is(places.start, Class::OrgWord) && p.language.is_some_and(|l| l != Language::English);
    let has_club = p.is(places.start, Class::ClubWord) || p.is(last, Class::ClubWord);
    let has_ampersand = places.clone().any(|place| p.is_sign(place, '&'));
    !is_short && (has_company || is_head_last || is_head_joined || is_head_first || has_club || has_ampersand)
}

/// Whether a body's head at the end of a run is an office with its holder: "Justice Minister" and no "Justice Department".
fn is_office_of(p: &Passage<'_>, first: usize, end: usize) -> bool {
    (first + 1..end).any(|place| p.is(place, Class::FirstName))
}

/// The end of a person's name in a run: before a role, or what else is no name.
fn person_end(p: &Passage<'_>, start: usize, end: usize) -> usize {
    let mut last = start + 1;
    while last < end && !(p.is(last, Class::NotName) && p.is_word(last)) && genitive(p, last).is_none() {
        last += 1;
    }
    last
}

/// At most five words, none of them an office or a small word but particles.
fn is_name_of_a_person(p: &Passage<'_>, at: usize, end: usize) -> bool {
    let words = (at..end).filter(|place| p.is_word(*place)).count();
    words <= 7 && !(at..end).any(|place| p.is(place, Class::OrgWord) && p.is_capital(place) && place + 1 == end)
}

fn is_street(p: &Passage<'_>, at: usize, end: usize) -> bool {
    let last = end - 1;
    let before = at.wrapping_sub(1);
    let of = p.at(before).word.as_ref();
    let is_behind_street = p.is(before, Class::StreetWord)
        || matches!(of, "des" | "de" | "du" | "della" | "del") && p.is(before.wrapping_sub(1), Class::StreetWord);
    // "Supreme Court".
    let is_body = p.is(last, Class::OrgWord) || p.is(last, Class::PlaceWord) && p.at(last).word == "square";
    let is_street_name = p.is(last, Class::StreetWord) && !is_body
        || p.language == Some(Language::Dutch)
            && ["straat", "laan", "weg", "plein", "gracht"].iter().any(|end| p.at(last).word.ends_with(end));
    (is_street_name && p.is_capital(last))
        || p.is(at, Class::StreetWord) && p.language != Some(Language::English)
        || (is_behind_street && p.language != Some(Language::English))
}

/// A title with a genitive: "President’s" is no name where no office follows.
fn is_office_s(p: &Passage<'_>, at: usize) -> bool {
    p.is(at, Class::Title) && genitive(p, at + 1).is_some_and(|behind| !p.is_capital(behind))
}

/// What an office is of: "ministra de Hacienda", "ministro dell'Economia".
fn is_swallowed(p: &Passage<'_>, at: usize) -> bool {
    let is_joint = |place: usize| {
        p.is(place, Class::Of)
            || matches!(p.at(place).word.as_ref(), "of" | "for" | "van" | "voor" | "dell'" | "della" | "del" | "degli")
    };
    let before = at.wrapping_sub(1);
    let joint = if matches!(p.at(before).word.as_ref(), "la" | "l'" | "the") { before.wrapping_sub(1) } else { before };
    let office = p.at(joint.wrapping_sub(1)).word.as_ref();
    is_joint(joint)
        && [
            "minist",
            "secretar",
            "sekret",
            "segretari",
            "secrétaire",
            "staatssecr",
            "sottosegr",
            "assessor",
            "consejer",
        ]
        .iter()
        .any(|head| office.starts_with(head))
}

/// Whether a preposition of place stands before a name.
fn is_locative(p: &Passage<'_>, at: usize) -> bool {
    let before = p.before(at, 1);
    let second = p.before(at, 2).word.as_ref();
    let word = before.word.as_ref();
    match p.language {
        Some(Language::English) => {
            matches!(word, "in" | "near" | "outside")
                || (word == "at" || word == "from" || word == "to")
                    && p.at(at).case == Case::Capital
                    && is_plain_of_place(p, at, word)
                || (word == "of"
                    && matches!(
                        second,
                        "island"
                            | "city"
                            | "town"
                            | "village"
                            | "port"
                            | "province"
                            | "region"
                            | "district"
                            | "state"
                            | "county"
                            | "valley"
                            | "suburb"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                    ))
        }
        Some(Language::French) => {
            word == "à"
                || (word == "de" && second == "près")
                || (word == "de" && matches!(second, "ville" | "village" | "région" | "île"))
        }
        Some(Language::Spanish) => {
            word == "en"
                || (word == "de"
                    && matches!(second, "cerca" | "ciudad" | "provincia" | "isla" | "pueblo" | "molino" | "municipio"))
        }
        Some(Language::Italian) => {
            matches!(word, "a" | "in" | "ad")
                || (word == "di" && matches!(second, "città" | "provincia" | "comune" | "isola"))
        }
        Some(Language::Portuguese) => {
            word == "em"
                || (word == "de" && matches!(second, "perto" | "cidade" | "ilha" | "distrito"))
                || (word == "da" && second == "farol")
        }
        Some(Language::Dutch) => matches!(word, "in" | "te" | "uit") || (word == "bij" && second != "van"),
        _ => false,
    }
}

/// "at Low Fell", "from Hexton to": with no verb that goes to people and firms.
fn is_plain_of_place(p: &Passage<'_>, at: usize, preposition: &str) -> bool {
    match preposition {
        "at" => {
            matches!(p.before(at, 2).word.as_ref(), "is" | "was" | "stop" | "station" | "home" | "landed" | "arrived")
        }
        "from" => {
            let end = run(p, at);
            p.at(end).word == "to"
        }
        _ => matches!(
            p.before(at, 2).word.as_ref(),
            "ferry" | "train" | "road" | "travel" | "travelled" | "flew" | "went" | "trip" | "visit" | "bus" | "way"
        ),
    }
}

fn is_city(name: &str) -> bool {
    // Countries are listed by their two letters.
    name.len() > 2
}

/// Whether the sentence tells a result: "3–1".
fn has_score(p: &Passage<'_>, at: usize) -> bool {
    p.near(at).any(|place| {
        p.is_number(place)
            && (p.is_hyphen(place + 1) || p.is_sign(place + 1, ':') && !p.at(place + 1).is_spaced)
            && p.is_number(place + 2)
            && p.at(place).text.len() <= 2
            && p.at(place + 2).text.len() <= 2
    })
}

/// A people or a faith by its ending: "Syrians".
fn is_people(p: &Passage<'_>, at: usize) -> bool {
    let word = p.at(at).word.as_ref();
    let endings: &[&str] = match p.language {
        Some(Language::English) => &["ian", "ians", "ese", "ish", "ans", "ists", "ist", "ism"],
        Some(Language::Dutch) => &["anen", "iërs", "ezen", "isten", "aanse", "ische", "se"],
        _ => &["ismo", "isme"],
    };
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Names of the lists that are something else at this place.
fn is_doubtful(p: &Passage<'_>, at: usize, length: usize, class: Class) -> bool {
    class == Class::Club && !has_score(p, at) && length == 1 && p.at(at).is_first
}
