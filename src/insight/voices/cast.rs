//! The names of a story: whoever is named in full somewhere, with what is said of them, so that a surname, a title or a pronoun
//! finds its way back. Holds no list of well-known people.

use std::collections::HashMap;
use std::ops::Range;

use super::lexicon::{Flags, Language};
use super::tokens::{Paragraph, Shape};

/// What pronoun goes with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// Somebody, or a body, that is named in full.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The name without titles.
    pub(super) name: String,
    /// Its words in small letters.
    words: Vec<String>,
    pub(super) gender: Option<Gender>,
    /// Whether something says that it is a person: a given name, a title, an office.
    pub(super) is_person: bool,
    count: usize,
    first: usize,
}

/// All that are named in a story.
#[derive(Debug, Default)]
pub(super) struct Cast {
    named: Vec<Named>,
    by_name: HashMap<String, usize>,
    by_word: HashMap<String, Vec<usize>>,
    /// Who holds an office, and where that is said.
    offices: HashMap<String, Vec<(usize, usize)>>,
}

/// Titles of a name, and the words of the name itself.
pub(super) struct Parted {
    pub(super) titles: Range<usize>,
    pub(super) name: Range<usize>,
}

/// Parts a run of words into titles and name. The last title or office ends the titles: "New York Mayor Bill de Blasio".
pub(super) fn part(p: &Paragraph<'_>, run: &Range<usize>) -> Parted {
    let titles = Flags::TITLE.or(Flags::ROLE).or(Flags::PERSON).or(Flags::OFFICE);
    let is_title = |i: usize| p.is(i, titles) && (!p.is(i, Flags::MALE.or(Flags::FEMALE)) || p.word(i).ends_with('.'));
    let last = (run.start..run.end.saturating_sub(1)).rev().find(|i| is_title(*i));
    let mut start = last.map_or(run.start, |last| last + 1);
    let function = Flags::DET
        .or(Flags::POSS)
        .or(Flags::PREP)
        .or(Flags::CONJ)
        .or(Flags::CLAUSE)
        .or(Flags::AUX)
        .or(Flags::SUBJECT)
        .or(Flags::ADVERB)
        .or(Flags::WHO)
        .or(Flags::WHICH)
        .or(Flags::OTHER_PRONOUN);
    while start < run.end
        && p.is(start, function.or(Flags::TIME))
        && !p.is(start, Flags::MALE.or(Flags::FEMALE))
        && !(p.is(start, Flags::PARTICLE) && start + 1 < run.end)
    {
        start += 1;
    }
    if super::phrase::is_participle_in_front(p, start) || (start + 1 < run.end && is_leading_participle(p, start)) {
        start += 1;
    }
    // "Browns captain", "Ukraine envoy": what stands before a given name is no part of it.
    let given = Flags::MALE.or(Flags::FEMALE);
    if !p.is(start, given) && !p.word(start).ends_with('.') {
        let first = (start + 1..run.end.saturating_sub(1)).find(|i| p.is(*i, given));
        start = first
            .filter(|first| !p.word(first - 1).ends_with('.') && !p.is(first - 1, Flags::PARTICLE))
            .unwrap_or(start);
    }
    Parted { titles: run.start..start, name: start..run.end }
}

/// "Following Ann Lee": a sentence's first word that is no name.
fn is_leading_participle(p: &Paragraph<'_>, i: usize) -> bool {
    let begins = i.checked_sub(1).is_none_or(|before| p.is_sign(before, &['.', '!', '?', ':', '“', '"']));
    begins
        && p.language == Language::English
        && p.word(i).len() > 6
        && p.word(i).ends_with("ing")
        && !p.is(i, Flags::MALE.or(Flags::FEMALE))
}

/// The words behind a name's comma that tell who it is: "the director of the port", not "the director said".
fn apposition(p: &Paragraph<'_>, start: usize) -> std::ops::Range<usize> {
    let relative = if p.language == Language::English { Flags::WHO } else { Flags::WHO.or(Flags::WHICH) };
    if p.is(start, relative) {
        return start..(start + 8).min(p.tokens.len());
    }
    let Some(phrase) = super::phrase::forward(p, start, p.tokens.len()) else { return start..start };
    let next = phrase.tokens.end;
    let tells = !p.is_word(next) || p.is(next, Flags::PREP.or(Flags::OF).or(Flags::WHO).or(Flags::CONJ));
    if tells { phrase.tokens } else { start..start }
}

fn lower_words(p: &Paragraph<'_>, run: &Range<usize>) -> Vec<String> {
    run.clone().filter(|i| p.is_word(*i)).map(|i| p.word(i).to_lowercase()).collect()
}

/// The runs of capitalised words of a paragraph, small words inside a name among them.
pub(super) fn runs(p: &Paragraph<'_>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut i = 0;
    while i < p.tokens.len() {
        if !p.is_capital(i) {
            i += 1;
            continue;
        }
        let start = i;
        i += 1;
        loop {
            let given = Flags::MALE.or(Flags::FEMALE);
            let is_name = p.is_capital(i) && (!p.is(i, Flags::SUBJECT) || p.is(i, given));
            // "Ann van der Berg", but "University of Paris" is one of many.
            let is_small = p.is(i, Flags::PARTICLE)
                && p.shape(i) == Some(Shape::Lower)
                && (p.is_capital(i + 1) || (p.is(i + 1, Flags::PARTICLE) && p.is_capital(i + 2)))
                && (!p.is(i, Flags::OF) || p.language == Language::Dutch || p.is(start, given));
            if !is_name && !is_small {
                break;
            }
            i += 1;
        }
        runs.push(start..i);
    }
    runs
}

impl Cast {
    /// Takes in the names of a paragraph that begins at `base`.
    pub(super) fn meet(&mut self, p: &Paragraph<'_>, base: usize) {
        for run in runs(p) {
            let Parted { titles, name } = part(p, &run);
            if name.len() < 2 && !(name.len() == 1 && p.is(name.start.wrapping_sub(1), Flags::MR.or(Flags::MRS))) {
                continue;
            }
            if name.len() > 6 {
                continue;
            }
            let at = base + p.range(&name).start;
            let number = self.enter(p, &name, at);
            // Small words before the name are its office as well: "harbour master Ida Brandt".
            let mut first = titles.start;
            while first > 0
                && p.shape(first - 1) == Some(Shape::Lower)
                && p.is(first - 1, Flags::ROLE.or(Flags::TITLE).or(Flags::PERSON))
            {
                first -= 1;
            }
            let mut offices: Vec<usize> = (first..titles.end).collect();
            // "Ann Lee, the director", "the director, Ann Lee,"
            if p.is_comma(name.end) && !p.is(first.wrapping_sub(1), Flags::PREP) {
                offices.extend(apposition(p, name.end + 1));
            }
            if let Some(comma) = first.checked_sub(1).filter(|i| p.is_comma(*i)) {
                let start = (comma.saturating_sub(7)..comma)
                    .rev()
                    .find(|i| !p.is_word(*i))
                    .map_or(comma.saturating_sub(7), |i| i + 1);
                offices.extend(start..comma);
            }
            let given = p.flags(name.start);
            let mut gender = match (given.any(Flags::MALE), given.any(Flags::FEMALE)) {
                (true, false) => Some(Gender::Male),
                (false, true) => Some(Gender::Female),
                _ => None,
            };
            let mut is_person = given.any(Flags::MALE.or(Flags::FEMALE));
            for office in offices {
                let flags = p.flags(office);
                if flags.any(Flags::ROLE.or(Flags::TITLE).or(Flags::PERSON).or(Flags::MR).or(Flags::MRS)) {
                    is_person = true;
                    self.offices.entry(p.word(office).to_lowercase()).or_default().push((at, number));
                    if office < titles.end || gender.is_none() {
                        match (flags.any(Flags::MR), flags.any(Flags::MRS)) {
                            (true, false) => gender = Some(Gender::Male),
                            (false, true) => gender = Some(Gender::Female),
                            _ => {}
                        }
                    }
                }
            }
            if let Some(named) = self.named.get_mut(number) {
                named.is_person |= is_person;
                named.gender = named.gender.or(gender);
            }
        }
    }

    fn enter(&mut self, p: &Paragraph<'_>, name: &Range<usize>, at: usize) -> usize {
        let words = lower_words(p, name);
        let key = words.join(" ");
        if let Some(number) = self.by_name.get(&key).copied() {
            if let Some(named) = self.named.get_mut(number) {
                named.count += 1;
            }
            return number;
        }
        let number = self.named.len();
        for word in &words {
            let numbers = self.by_word.entry(word.clone()).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        let display = p.text.get(p.range(name)).unwrap_or_default().to_owned();
        self.named.push(Named { name: display, words, gender: None, is_person: false, count: 1, first: at });
        self.by_name.insert(key, number);
        number
    }

    pub(super) fn get(&self, number: usize) -> Option<&Named> {
        self.named.get(number)
    }

    /// Whom the words of a name stand for at an offset: the fullest name that ends or begins with them.
    pub(super) fn find(&self, words: &[String], gender: Option<Gender>, at: usize) -> Option<usize> {
        let last = words.last()?;
        let numbers = self.by_word.get(last)?;
        let candidates =
            || numbers.iter().take(MOST_NAMESAKES).filter_map(|number| Some((*number, self.named.get(*number)?)));
        let (_, best) = candidates()
            .filter(|(_, named)| gender.is_none() || named.gender.is_none() || gender == named.gender)
            .filter(|(_, named)| fit(&named.words, words, named.is_person) > 0)
            // The first of equals, so that the answer does not depend on who comes later.
            .rev()
            .max_by_key(|(_, named)| {
                (
                    fit(&named.words, words, named.is_person),
                    named.is_person,
                    named.first <= at,
                    // "Mr. Lee" has no more of his name than "Ann Lee" has.
                    named.words.len() > 1,
                    named.count,
                    named.words.len(),
                )
            })?;
        // The same with what stands between given name and surname.
        let is_fuller =
            |named: &Named| named.words.first() == best.words.first() && named.words.last() == best.words.last();
        candidates()
            .filter(|(_, named)| is_fuller(named))
            .rev()
            .max_by_key(|(_, named)| named.words.len())
            .map(|(number, _)| number)
    }

    /// Who was last said to hold an office, before an offset or else behind it.
    pub(super) fn holder(&self, office: &str, at: usize) -> Option<usize> {
        let holders = self.offices.get(office)?;
        let before = holders.partition_point(|(told, _)| *told < at);
        before.checked_sub(1).and_then(|last| holders.get(last)).or_else(|| holders.first()).map(|(_, number)| *number)
    }
}

/// People of one surname that are looked at; a book of genealogy has more.
const MOST_NAMESAKES: usize = 64;

/// How well a short name fits a full one: as its end or both its ends, or as the given name of a person; 0 if it does not.
fn fit(full: &[String], short: &[String], is_person: bool) -> u8 {
    let has_both_ends = short.len() >= 2 && full.first() == short.first() && full.last() == short.last();
    match () {
        () if full.ends_with(short) || has_both_ends => 2,
        () if is_person && full.starts_with(short) => 1,
        () => 0,
    }
}
