//! Whom the words beside a quotation stand for: the fullest name in the story for a surname, a pronoun, an office and its
//! holder. What it cannot tell keeps its own words.

use std::collections::HashMap;
use std::ops::Range;

use super::cast::{Cast, Gender, part, runs};
use super::lexicon::{Flags, Language};
use super::phrase::{Kind, Phrase, forward};
use super::tokens::{Paragraph, Shape};

/// Somebody who was named at a place.
#[derive(Clone, Copy, Debug)]
struct Seen {
    at: usize,
    number: usize,
    is_subject: bool,
    paragraph: usize,
}

/// Who is being spoken of, as a text goes on.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) cast: &'a Cast,
    /// The only author that the story names: who says "I".
    pub(super) author: Option<String>,
    seen: Vec<Seen>,
    spoken: Vec<Seen>,
    /// Whoever was brought in without a name, by their noun: "an employee".
    unnamed: HashMap<String, String>,
}

/// How many paragraphs back a pronoun reaches.
const FARTHEST_BACK: usize = 3;

/// How many mentions are kept in mind.
const MEMORY: usize = 96;

impl<'a> Scene<'a> {
    pub(super) fn new(cast: &'a Cast, author: Option<String>) -> Self {
        Self { cast, author, seen: Vec::new(), spoken: Vec::new(), unnamed: HashMap::new() }
    }

    /// Takes in who is named in a paragraph, outside of quotations.
    pub(super) fn enter(&mut self, p: &Paragraph<'_>, base: usize, paragraph: usize) {
        if self.seen.len() > MEMORY * 2 {
            let old = self.seen.len() - MEMORY;
            self.seen.drain(..old);
        }
        for i in (0..p.tokens.len()).filter(|i| p.is(*i, Flags::DET) && is_indefinite(p, *i)) {
            let phrase = forward(p, i, p.tokens.len()).filter(|phrase| phrase.kind == Kind::Somebody);
            let Some(noun) = phrase.and_then(|phrase| phrase.tokens.rev().find(|i| p.is(*i, Flags::SOMEBODY))) else {
                continue;
            };
            let own = p.text.get(p.range(&(i..noun + 1))).unwrap_or_default();
            self.unnamed.entry(p.word(noun).to_lowercase()).or_insert_with(|| own.to_owned());
        }
        for run in runs(p) {
            let parted = part(p, &run);
            let words: Vec<String> = parted.name.clone().map(|i| p.word(i).to_lowercase()).collect();
            let at = base + p.range(&run).start;
            if words.is_empty() {
                continue;
            }
            if let Some(number) = self.cast.find(&words, title_gender(p, &parted.titles), at)
                && self.cast.get(number).is_some_and(|named| named.is_person)
            {
                let is_subject = p.sentence_of(run.start).is_some_and(|(_, sentence)| {
                    (sentence.start..run.start).all(|i| {
                        !p.is_word(i)
                            || p.is(i, Flags::DET.or(Flags::ROLE).or(Flags::TITLE).or(Flags::CONJ).or(Flags::ADVERB))
                    })
                });
                let owns = p.shape(run.end) == Some(Shape::Possessive);
                self.seen.push(Seen { at, number, is_subject: is_subject && !owns, paragraph });
            }
        }
    }

    /// Somebody spoke: pronouns that follow are likelier to be theirs.
    pub(super) fn spoke(&mut self, number: Option<usize>, at: usize, paragraph: usize) {
        if let Some(number) = number {
            if self.spoken.len() >= MEMORY * 2 {
                self.spoken.drain(..MEMORY);
            }
            self.spoken.push(Seen { at, number, is_subject: true, paragraph });
        }
    }

    /// Whom a pronoun at an offset stands for: who spoke last or was the last sentence's subject, whichever is nearer.
    fn pronoun(&self, gender: Option<Gender>, at: usize, paragraph: usize) -> Option<usize> {
        let known = |seen: &Seen| self.cast.get(seen.number).and_then(|named| named.gender);
        let fits = |seen: &&Seen| gender.is_none() || known(seen).is_none() || known(seen) == gender;
        let near = |seen: &&Seen| seen.at < at && seen.paragraph + FARTHEST_BACK >= paragraph;
        let before = || self.seen.iter().rev().skip_while(|seen| seen.at >= at).take(MEMORY).filter(near).filter(fits);
        let spoken = self.spoken.iter().rev().filter(near).find(fits);
        let subject = before().find(|seen| seen.is_subject);
        let nearest = match (spoken, subject) {
            (Some(spoken), Some(subject)) if subject.at > spoken.at => Some(subject),
            (spoken, subject) => spoken.or(subject),
        };
        nearest
            .or_else(|| before().find(|seen| known(seen).is_some()))
            .or_else(|| before().next())
            .map(|seen| seen.number)
    }

    /// Who a phrase stands for, and the name to show: none for a pronoun that stands for nobody who is named.
    pub(super) fn resolve(
        &self,
        p: &Paragraph<'_>,
        phrase: &Phrase,
        base: usize,
        paragraph: usize,
    ) -> (Option<usize>, Option<String>) {
        let at = base + p.range(&phrase.tokens).start;
        let number = match phrase.kind {
            Kind::Pronoun => {
                let flags = p.flags(phrase.tokens.start);
                if flags.any(Flags::FIRST) {
                    return (None, self.author.clone());
                }
                match (flags.any(Flags::HE), flags.any(Flags::SHE)) {
                    (true, false) => self.pronoun(Some(Gender::Male), at, paragraph),
                    (false, true) => self.pronoun(Some(Gender::Female), at, paragraph),
                    (true, true) => self.pronoun(None, at, paragraph),
                    (false, false) => self.pronoun_by_possessive(p, phrase.tokens.start, at, paragraph),
                }
            }
            Kind::Name => {
                let (number, name) = self.name(p, phrase, at);
                return (number, Some(name));
            }
            Kind::Somebody | Kind::Thing => self.somebody(p, phrase, at, paragraph),
        };
        match number.and_then(|number| self.cast.get(number)) {
            Some(named) => (number, Some(named.name.clone())),
            None if phrase.kind == Kind::Pronoun => (None, None),
            None => (None, self.unnamed(p, phrase).or_else(|| p.text.get(p.range(&phrase.tokens)).map(str::to_owned))),
        }
    }

    /// "To her, …"
    fn pronoun_by_possessive(&self, p: &Paragraph<'_>, i: usize, at: usize, paragraph: usize) -> Option<usize> {
        let gender = match p.word(i) {
            "him" | "his" => Gender::Male,
            "her" => Gender::Female,
            _ => return None,
        };
        self.pronoun(Some(gender), at, paragraph)
    }

    /// Whether a phrase certainly stands for a person.
    pub(super) fn is_person(&self, p: &Paragraph<'_>, phrase: &Phrase, base: usize) -> bool {
        let last = phrase.tokens.end.wrapping_sub(1);
        match phrase.kind {
            Kind::Pronoun => p.is(phrase.tokens.start, Flags::HE.or(Flags::SHE)),
            Kind::Name => {
                let at = base + p.range(&phrase.tokens).start;
                let (number, _) = self.name(p, phrase, at);
                let titled =
                    phrase.tokens.clone().any(|i| p.is(i, Flags::TITLE.or(Flags::ROLE).or(Flags::MR).or(Flags::MRS)));
                titled || number.and_then(|number| self.cast.get(number)).is_some_and(|named| named.is_person)
            }
            Kind::Somebody => p.is(last, Flags::ROLE.or(Flags::PERSON).or(Flags::KIN)),
            Kind::Thing => false,
        }
    }

    /// Whom a transcript's label stands for.
    pub(super) fn labelled(&self, label: &str, at: usize) -> (Option<usize>, String) {
        let words: Vec<String> = label.split_whitespace().map(str::to_lowercase).collect();
        match self.cast.find(&words, None, at).and_then(|number| Some((number, self.cast.get(number)?))) {
            Some((number, named)) => (Some(number), named.name.clone()),
            None => (None, label.to_owned()),
        }
    }

    fn name(&self, p: &Paragraph<'_>, phrase: &Phrase, at: usize) -> (Option<usize>, String) {
        // The last run of capitals is the name, whatever stands before it.
        let mut start = phrase.tokens.end;
        while start > phrase.tokens.start
            && (p.is_capital(start - 1)
                || (p.is(start - 1, Flags::PARTICLE) && start < phrase.tokens.end && start - 1 > phrase.tokens.start))
        {
            start -= 1;
        }
        let parted = part(p, &(start..phrase.tokens.end));
        let words: Vec<String> = parted.name.clone().map(|i| p.word(i).to_lowercase()).collect();
        let found = self.cast.find(&words, title_gender(p, &parted.titles), at);
        match found.and_then(|number| self.cast.get(number)) {
            Some(named) => (found, named.name.clone()),
            // "The Navy": a body by a common word.
            None if parted.name.len() == 1
                && p.is(parted.name.start, Flags::ORG)
                && p.is(phrase.tokens.start, Flags::DET) =>
            {
                (None, p.text.get(p.range(&phrase.tokens)).unwrap_or_default().to_owned())
            }
            None => {
                let name = p.text.get(p.range(&parted.name)).unwrap_or_default();
                (None, name.to_owned())
            }
        }
    }

    /// "The minister", "her office", "the mayor's office".
    fn somebody(&self, p: &Paragraph<'_>, phrase: &Phrase, at: usize, paragraph: usize) -> Option<usize> {
        let tokens = phrase.tokens.clone();
        let last = tokens.end.wrapping_sub(1);
        // A surname that is a trade as well: Ken Baker.
        if p.is_capital(last) && p.language != Language::German && !p.is(last, Flags::OFFICE) {
            let words = |tokens: Range<usize>| tokens.map(|i| p.word(i).to_lowercase()).collect::<Vec<_>>();
            let start = (tokens.start..last).rev().take_while(|i| p.is_capital(*i)).last().unwrap_or(last);
            let found = self
                .cast
                .find(&words(start..tokens.end), None, at)
                .or_else(|| self.cast.find(&words(last..tokens.end), None, at));
            if let Some(number) = found.filter(|number| self.cast.get(*number).is_some_and(|named| named.is_person)) {
                return Some(number);
            }
        }
        if p.is(last, Flags::OFFICE) && tokens.len() <= 5 {
            if p.is(tokens.start, Flags::POSS) && tokens.len() == 2 {
                return self.pronoun(possessor(p.word(tokens.start)), at, paragraph);
            }
            let owner = tokens.clone().find(|i| p.shape(*i) == Some(Shape::Possessive))?;
            let run = tokens.start..owner;
            if p.is_capital(owner.wrapping_sub(1)) && !p.is(owner.wrapping_sub(1), Flags::ROLE) {
                let words: Vec<String> = part(p, &run).name.map(|i| p.word(i).to_lowercase()).collect();
                return self.cast.find(&words, None, at);
            }
            return self.cast.holder(&p.word(owner.wrapping_sub(1)).to_lowercase(), at);
        }
        // A role by itself, with its article: somebody who was said to have it.
        if tokens.len() > 3 || !p.is(tokens.start, Flags::DET) || is_indefinite(p, tokens.start) {
            return None;
        }
        if p.is(last, Flags::ROLE.or(Flags::TITLE).or(Flags::PERSON)) && !p.is(last, Flags::KIN) {
            let holder = self.cast.holder(&p.word(last).to_lowercase(), at);
            return holder
                .or_else(|| if p.is(last, Flags::PERSON) { self.only_one(p, phrase, at, paragraph) } else { None });
        }
        None
    }

    /// The only one in sight whom a word for a person fits: "the old man".
    fn only_one(&self, p: &Paragraph<'_>, phrase: &Phrase, at: usize, paragraph: usize) -> Option<usize> {
        let last = phrase.tokens.end.wrapping_sub(1);
        let gender = match (p.is(last, Flags::MR), p.is(last, Flags::MRS)) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => match p.word(phrase.tokens.start).to_lowercase().as_str() {
                "el" | "il" | "lo" | "le" | "o" => Some(Gender::Male),
                "la" | "a" => Some(Gender::Female),
                _ => None,
            },
        };
        let mut only = None;
        let before = self.seen.iter().rev().skip_while(|seen| seen.at >= at).take(MEMORY);
        for seen in before.filter(|seen| seen.paragraph + FARTHEST_BACK >= paragraph) {
            let known = self.cast.get(seen.number).and_then(|named| named.gender);
            if gender.is_some() && known.is_some() && known != gender {
                continue;
            }
            if only.is_some_and(|only| only != seen.number) {
                return None;
            }
            only = Some(seen.number);
        }
        only
    }

    /// Whoever was brought in as "an employee" is "the employee" later.
    fn unnamed(&self, p: &Paragraph<'_>, phrase: &Phrase) -> Option<String> {
        let is_short =
            phrase.tokens.len() <= 2 && p.is(phrase.tokens.start, Flags::DET) && !is_indefinite(p, phrase.tokens.start);
        if !is_short || phrase.kind == Kind::Pronoun {
            return None;
        }
        head(p, phrase).and_then(|head| self.unnamed.get(&head).cloned())
    }
}

/// The noun of a phrase, in small letters.
fn head(p: &Paragraph<'_>, phrase: &Phrase) -> Option<String> {
    let tokens = phrase.tokens.clone();
    let last = tokens.clone().take_while(|i| !p.is(*i, Flags::OF) || *i == tokens.start).last()?;
    Some(p.word(last).to_lowercase())
}

fn is_indefinite(p: &Paragraph<'_>, i: usize) -> bool {
    let word = p.word(i).to_lowercase();
    match p.language {
        Language::English => matches!(
            word.as_str(),
            "a" | "an"
                | "one"
                | "another"
                | "some"
                | "many"
                | "most"
                | "several"
                | "other"
                | "few"
                | "any"
                | "every"
                | "each"
                | "no"
                | "more"
        ),
        _ => matches!(word.as_str(), "ein" | "eine" | "un" | "une" | "una" | "uno" | "um" | "uma" | "een"),
    }
}

/// What a possessive says of whose it is.
fn possessor(word: &str) -> Option<Gender> {
    match word.to_lowercase().as_str() {
        "his" | "sein" | "seine" | "zijn" => Some(Gender::Male),
        "her" | "ihr" | "ihre" | "haar" => Some(Gender::Female),
        _ => None,
    }
}

fn title_gender(p: &Paragraph<'_>, titles: &Range<usize>) -> Option<Gender> {
    titles.clone().rev().find_map(|i| match (p.is(i, Flags::MR), p.is(i, Flags::MRS)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    })
}
