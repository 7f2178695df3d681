//! The words that stand for somebody: a name with its title, a pronoun, "a spokeswoman for the harbour". Read from their
//! beginning or back from their end; no grammar beyond that of a few words in a row.

use std::ops::Range;

use super::lexicon::{Flags, Language};
use super::tokens::{Paragraph, Shape};

/// What a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// He, she, they.
    Pronoun,
    /// It ends with a name.
    Name,
    /// It stands for a person or a body without ending with a name.
    Somebody,
    /// Anything else.
    Thing,
}

/// Some words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) tokens: Range<usize>,
    pub(super) kind: Kind,
}

impl Phrase {
    /// Whether it can be one who speaks.
    pub(super) fn is_somebody(&self) -> bool {
        self.kind != Kind::Thing
    }
}

/// Words of a phrase before its head: more is a sentence that was not understood.
const LONGEST_CORE: usize = 9;

/// How far back a phrase is looked for.
const FAR_BACK: usize = 16;

/// The phrase that begins at `i`.
pub(super) fn forward(p: &Paragraph<'_>, i: usize, end: usize) -> Option<Phrase> {
    if i >= end {
        return None;
    }
    if is_pronoun(p, i) {
        return Some(Phrase { tokens: i..i + 1, kind: Kind::Pronoun });
    }
    let mut tokens = core(p, i, end)?;
    let mut kind = classify(p, &tokens);
    for _ in 0..3 {
        let of = tokens.end;
        let joins = p.is(of, Flags::OF) && p.shape(of) == Some(Shape::Lower);
        // A name is whole without what follows it, but an office is not: "Secretary of State".
        let ends_in_office = p.is(of.wrapping_sub(1), Flags::TITLE.or(Flags::ROLE).or(Flags::ORG));
        if !joins || (kind == Kind::Name && !ends_in_office) {
            break;
        }
        let mut from = of + 1;
        // "for the harbour": German and others have the article in the preposition.
        while from < end && p.is(from, Flags::OF) && !p.is_capital(from) {
            from += 1;
        }
        let Some(more) = core(p, from, end) else { break };
        tokens.end = more.end;
        let is_of_somebody = classify(p, &more) != Kind::Thing && p.language != Language::German;
        if kind == Kind::Name || is_of_somebody {
            kind = Kind::Somebody;
        }
        // "Secretary of State John Kerry"
        if classify(p, &more) == Kind::Name
            && ends_in_office
            && more.len() >= 2
            && p.is(of + 1, Flags::ORG.or(Flags::NOUN))
        {
            kind = Kind::Name;
            break;
        }
    }
    Some(Phrase { tokens, kind })
}

/// Whether the word is a pronoun that can be the one who speaks.
pub(super) fn is_pronoun(p: &Paragraph<'_>, i: usize) -> bool {
    p.is(i, Flags::SUBJECT) && p.is_word(i) && !p.is(i, Flags::DET.or(Flags::CLAUSE))
}

/// An article or possessive, then words up to one that can belong to no name or noun.
fn core(p: &Paragraph<'_>, i: usize, end: usize) -> Option<Range<usize>> {
    let mut j = i;
    while j < end && j < i + 3 && p.is(j, Flags::DET.or(Flags::POSS)) && p.is_word(j) {
        j += 1;
    }
    let mut is_determined = j > i;
    let first = j;
    let mut last_capital = None;
    while j < end && j < first + LONGEST_CORE {
        let flags = p.flags(j);
        match p.shape(j) {
            Some(Shape::Possessive) if j > first || j > i => {
                is_determined = true;
                last_capital = None;
            }
            Some(Shape::Number) if last_capital.is_none() => {}
            Some(Shape::Capital | Shape::Upper) => {
                let is_function = flags.any(STOP.or(Flags::PREP).or(Flags::DET).or(Flags::POSS));
                let is_named =
                    flags.any(Flags::MALE.or(Flags::FEMALE).or(Flags::TITLE).or(Flags::ORG)) || is_will(p, j);
                if is_function && !is_named && !(last_capital.is_some() && flags.any(Flags::PARTICLE)) {
                    break;
                }
                last_capital = Some(j);
            }
            Some(Shape::Lower) if belongs(p, j, first, is_determined, last_capital) => {}
            _ => break,
        }
        j += 1;
    }
    // A possessive at the end belongs to what was not read.
    while j > first && p.shape(j - 1) == Some(Shape::Possessive) {
        j -= 1;
    }
    // "some say", "a mother of three": a number stands for what it counts.
    let counts = first > i
        && p.is(first - 1, Flags::DET)
        && !matches!(p.word(first - 1).to_lowercase().as_str(), "the" | "a" | "an" | "this" | "these");
    (j > first || (counts && p.language == Language::English)).then_some(i..j)
}

/// The given name, which is a helping verb where a question begins with it.
fn is_will(p: &Paragraph<'_>, i: usize) -> bool {
    let begins = i.checked_sub(1).is_none_or(|before| p.is_sign(before, &['.', '!', '?', '…']));
    p.language == Language::English && p.word(i) == "Will" && p.is_capital(i + 1) && !begins
}

/// Words that no phrase goes on with.
const STOP: Flags = Flags::CONJ
    .or(Flags::CLAUSE)
    .or(Flags::AUX)
    .or(Flags::WHO)
    .or(Flags::WHICH)
    .or(Flags::SUBJECT)
    .or(Flags::OTHER_PRONOUN)
    .or(Flags::TIME)
    .or(Flags::ACCORDING);

/// Whether a small word at `j` is part of the phrase whose words begin at `first`.
fn belongs(p: &Paragraph<'_>, j: usize, first: usize, is_determined: bool, last_capital: Option<usize>) -> bool {
    let flags = p.flags(j);
    let is_behind_capital = last_capital.is_some_and(|last| last + 1 == j);
    let is_particle = flags.any(Flags::PARTICLE) && is_behind_capital && p.is_capital(j + 1);
    let joins_names = p.word(j) == "and" && is_behind_capital && p.is_capital(j + 1) && p.language == Language::English;
    // "the last ferry", "the most senior official"
    let is_inside = is_determined
        && j == first
        && flags.any(Flags::TIME.or(Flags::ADVERB))
        && p.shape(j + 1) == Some(Shape::Lower)
        && !p.is(j + 1, STOP.or(Flags::PREP).or(Flags::OF));
    if is_particle || joins_names || is_inside {
        return true;
    }
    let is_noun = flags.any(Flags::SOMEBODY.or(Flags::TITLE));
    let is_function = flags.any(STOP.or(Flags::PREP).or(Flags::OF).or(Flags::ADVERB).or(Flags::DET).or(Flags::POSS));
    let is_verb = flags.any(Flags::VERB) && !is_noun && !(flags.any(Flags::NOUN) && is_determined && j == first);
    // Behind a name nothing more belongs to it, unless it stands before a noun: "the Ohio transportation official".
    let is_behind_name = last_capital.is_some() && !is_noun && !(is_determined && noun_follows(p, j));
    let is_behind_noun = match p.language {
        Language::German => last_capital.is_some(),
        // Its adjectives stand before nouns, so that what follows one is a verb.
        Language::Dutch => j > first && p.is(j - 1, Flags::SOMEBODY) && !is_noun,
        _ => false,
    };
    !(is_function || is_verb || is_behind_name || is_behind_noun)
}

/// Whether one of the next words stands for somebody or something said: "the Ohio transportation official".
fn noun_follows(p: &Paragraph<'_>, i: usize) -> bool {
    (i..i + 3)
        .take_while(|j| *j == i || p.shape(*j) == Some(Shape::Lower))
        .any(|j| p.is(j, Flags::SOMEBODY.or(Flags::NOUN).or(Flags::TITLE)))
}

fn classify(p: &Paragraph<'_>, tokens: &Range<usize>) -> Kind {
    let mut kind = Kind::Thing;
    let mut capitals = 0;
    let mut has_given_name = false;
    let is_determined = p.is(tokens.start, Flags::DET.or(Flags::POSS));
    for i in tokens.clone() {
        let flags = p.flags(i);
        if flags.any(Flags::SOMEBODY.or(Flags::TITLE)) {
            kind = Kind::Somebody;
        }
        if p.is_capital(i) && !flags.any(Flags::DET.or(Flags::POSS)) {
            capitals += 1;
            has_given_name |= flags.any(Flags::MALE.or(Flags::FEMALE));
        }
    }
    let last = tokens.end.wrapping_sub(1);
    let ends_in_name = p.is_capital(last) && !p.is(last, Flags::DET.or(Flags::POSS));
    if p.language == Language::German {
        let is_role = p.is(last, Flags::SOMEBODY) && !p.is(last, Flags::MALE.or(Flags::FEMALE));
        if ends_in_name && !is_role && (has_given_name || capitals >= 2 || !is_determined) {
            return Kind::Name;
        }
        return kind;
    }
    if ends_in_name {
        // "the President's Office", "the Coast Guard": a body, but "the Democrat" is none by name.
        let is_role = p.is(last, Flags::ROLE.or(Flags::PERSON).or(Flags::TITLE).or(Flags::OFFICE)) && !has_given_name;
        return if is_role && (capitals == 1 || is_determined) { Kind::Somebody } else { Kind::Name };
    }
    if capitals > 0 { Kind::Somebody } else { kind }
}

/// The longest phrase that ends right before `end`, not before `start`.
pub(super) fn ending_at(p: &Paragraph<'_>, start: usize, end: usize) -> Option<Phrase> {
    let from = start.max(end.saturating_sub(FAR_BACK));
    (from..end).find_map(|i| {
        // What stands inside a name or behind a word that it needs is no beginning.
        forward(p, i, end).filter(|phrase| phrase.tokens.end == end)
    })
}

/// Whether a sign parts a sentence's pieces.
pub(super) fn is_break(p: &Paragraph<'_>, i: usize) -> bool {
    p.is_comma(i) || p.is_sign(i, &['—', '–', ';', ':', '(', ')', '―']) || (p.is_dash(i) && !p.is_word(i))
}

/// The subject of a verb at `verb`: the phrase before it, or before what stands between commas there.
pub(super) fn subject_before(p: &Paragraph<'_>, start: usize, verb: usize) -> Option<Phrase> {
    let mut end = verb;
    loop {
        let before = end.checked_sub(1).filter(|before| *before >= start)?;
        let flags = p.flags(before);
        let small = p.shape(before) == Some(Shape::Lower);
        if small && flags.any(Flags::AUX.or(Flags::ADVERB)) && !flags.any(Flags::SUBJECT) {
            end = before;
        } else if p.is_word(before) && flags.any(Flags::TIME) && before > start {
            end = before;
            while end > start && small_word(p, end - 1, Flags::PREP.or(Flags::DET).or(Flags::TIME)) {
                end -= 1;
            }
        } else {
            break;
        }
    }
    let before = end.checked_sub(1).filter(|before| *before >= start)?;
    if p.is(before, Flags::WHO.or(Flags::WHICH)) {
        let mut end = before;
        while end > start && is_break(p, end - 1) {
            end -= 1;
        }
        return ending_at(p, start, end);
    }
    if p.is_sign(before, &[')', ']']) {
        let open = (start..before).rev().find(|i| p.is_sign(*i, &['(', '[']))?;
        return ending_at(p, start, open).or_else(|| inserted(p, start, open));
    }
    if is_break(p, before) {
        return inserted(p, start, before);
    }
    ending_at(p, start, end).map(|phrase| with_what_it_follows(p, start, phrase))
}

/// "Experts at the University of Paris say", "critics such as Lee say": those that the sentence begins with, and not where they
/// are or who is one of them.
fn with_what_it_follows(p: &Paragraph<'_>, start: usize, phrase: Phrase) -> Phrase {
    if p.language != Language::English {
        return phrase;
    }
    head_before(p, start, &phrase).unwrap_or(phrase)
}

/// Whom a phrase behind a preposition tells more of: "one user on the site", "Ann Lee of the Herald".
fn head_before(p: &Paragraph<'_>, start: usize, phrase: &Phrase) -> Option<Phrase> {
    let joins = Flags::PREP.or(Flags::OF);
    let mut end = phrase.tokens.start.checked_sub(1).filter(|i| *i > start && small_word(p, *i, joins))?;
    if p.word(end - 1) == "such" {
        end -= 1;
    }
    let head = ending_at(p, start, end)?;
    let is_somebody = match head.kind {
        Kind::Name => true,
        Kind::Somebody => p.is(end - 1, Flags::ROLE.or(Flags::PERSON).or(Flags::KIN)),
        Kind::Pronoun | Kind::Thing => false,
    };
    let begins =
        head.tokens.start == start
            || head.tokens.start.checked_sub(1).is_some_and(|i| {
                is_break(p, i) || p.is(i, Flags::CONJ.or(Flags::CLAUSE).or(Flags::THAT)) || p.is_quote(i)
            });
    (is_somebody && begins).then_some(head)
}

fn small_word(p: &Paragraph<'_>, i: usize, flags: Flags) -> bool {
    p.is(i, flags) && p.is_word(i)
}

/// The subject before an insertion that ends at the comma `close`: "Ann Lee, the director, said", "the director, Ann Lee, said",
/// "Lee, who runs it, said".
fn inserted(p: &Paragraph<'_>, start: usize, close: usize) -> Option<Phrase> {
    let mut end = close;
    let mut tries = 0;
    loop {
        // "Ann Lee (D-Ohio), the director, said"
        if p.is_sign(end.wrapping_sub(1), &[')', ']'])
            && let Some(bracket) = (start..end).rev().find(|i| p.is_sign(*i, &['(', '[']))
        {
            end = bracket;
            if let Some(phrase) = ending_at(p, start, end).filter(Phrase::is_somebody) {
                return Some(phrase);
            }
        }
        let open = (start..end).rev().find(|i| is_break(p, *i) || p.is_quote(*i));
        let from = open.map_or(start, |open| open + 1);
        if let Some(phrase) = forward(p, from, end).filter(|phrase| phrase.tokens.end == end)
            && phrase.kind == Kind::Name
            && (phrase.tokens.len() >= 2 || open.is_none())
            && !p.is(from, Flags::DET)
        {
            return Some(phrase);
        }
        let open = open?;
        if p.is_quote(open) {
            return ending_at(p, from, end).filter(Phrase::is_somebody);
        }
        if let Some(phrase) = ending_at(p, start, open).filter(Phrase::is_somebody) {
            // "On Monday, the director, Ann Lee": the phrase before the insertion, unless that is one of time or place.
            let leads = phrase.tokens.start.checked_sub(1).filter(|i| *i >= start);
            if !leads.is_some_and(|i| p.is(i, Flags::PREP) && p.is_word(i)) {
                return Some(phrase);
            }
            if let Some(head) = head_before(p, start, &phrase).filter(|_| p.language == Language::English) {
                return Some(head);
            }
        }
        end = open;
        tries += 1;
        if tries > 6 || end <= start {
            return None;
        }
    }
}

/// The phrase behind a verb or a preposition, an office's holder in its stead: of "the director, Ann Lee," the name.
pub(super) fn object(p: &Paragraph<'_>, i: usize, end: usize) -> Option<Phrase> {
    let phrase = forward(p, i, end)?;
    if phrase.kind == Kind::Name || phrase.kind == Kind::Pronoun {
        return Some(phrase);
    }
    Some(named_behind(p, &phrase, end).unwrap_or(phrase))
}

/// The name that a comma sets behind a phrase: "the director, Ann Lee".
pub(super) fn named_behind(p: &Paragraph<'_>, phrase: &Phrase, end: usize) -> Option<Phrase> {
    let comma = phrase.tokens.end;
    if phrase.kind == Kind::Thing || !p.is_comma(comma) {
        return None;
    }
    let name = forward(p, comma + 1, end)
        .filter(|name| name.kind == Kind::Name && !p.is(comma + 1, Flags::DET.or(Flags::POSS)))?;
    let behind = name.tokens.end;
    let is_apart =
        behind >= end || is_break(p, behind) || p.is_quote(behind) || matches!(p.shape(behind), Some(Shape::Sign('.')));
    (is_apart && name.tokens.len() >= 2).then_some(name)
}

/// The subject of a sentence: its first phrase that is not set in front of it.
pub(super) fn subject_of(p: &Paragraph<'_>, start: usize, end: usize) -> Option<Phrase> {
    let mut i = start;
    let mut tries = 0;
    while i < end && tries < 24 {
        tries += 1;
        let leads = Flags::PREP.or(Flags::CLAUSE).or(Flags::OF).or(Flags::PARTICIPLE).or(Flags::ACCORDING);
        let is_passed = p.is(i, Flags::CONJ.or(Flags::ADVERB)) && !p.is(i, Flags::SUBJECT.or(Flags::DET));
        if is_passed || !p.is_word(i) {
            i += 1;
        } else if (p.is(i, leads) && !p.is(i, Flags::SUBJECT.or(Flags::DET)))
            || is_participle_in_front(p, i)
            || (p.is(i, Flags::VERB) && !p.is(i, Flags::SOMEBODY))
        {
            let comma = (i..end).find(|j| p.is_comma(*j) || p.is_quote(*j) || p.is_dash(*j));
            match comma {
                Some(comma) => i = comma + 1,
                None => return first_name(p, i + 1, end),
            }
        } else if let Some(phrase) = forward(p, i, end) {
            if p.is_comma(phrase.tokens.end) {
                if let Some(name) = named_behind(p, &phrase, end) {
                    return Some(name);
                }
                if !phrase.is_somebody() {
                    i = phrase.tokens.end + 1;
                    continue;
                }
            }
            return Some(phrase);
        } else {
            i += 1;
        }
    }
    None
}

/// "Following a meeting, …", "Pressed on this, …".
pub(super) fn is_participle_in_front(p: &Paragraph<'_>, i: usize) -> bool {
    let word = p.word(i);
    p.language == Language::English
        && word.len() > 4
        && (word.ends_with("ing") || (word.ends_with("ed") && p.shape(i + 1) == Some(Shape::Lower)))
        && !p.is(i, Flags::MALE.or(Flags::FEMALE).or(Flags::SOMEBODY))
        && !p.is_capital(i + 1)
}

/// The first name or pronoun in a stretch without commas: "At a forum Hale argued".
fn first_name(p: &Paragraph<'_>, start: usize, end: usize) -> Option<Phrase> {
    let mut i = start;
    while i < end {
        if let Some(phrase) = forward(p, i, end) {
            let behind_preposition = p.is(i.wrapping_sub(1), Flags::PREP.or(Flags::OF));
            if matches!(phrase.kind, Kind::Name | Kind::Pronoun) && !behind_preposition {
                return Some(phrase);
            }
            i = phrase.tokens.end.max(i + 1);
        } else {
            i += 1;
        }
    }
    None
}
