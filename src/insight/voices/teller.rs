//! Who tells what a quotation is a piece of, by the verbs before it: the nearest verb of speech whose subject can speak, in its own
//! clause or in the one that this is told in.

use std::ops::Range;

use super::How;
use super::attribution::Cue;
use super::lexicon::{Flags, Language};
use super::phrase::{self, Kind, Phrase, forward, object, subject_before, subject_of};
use super::tokens::{Paragraph, Shape};
use super::verb::{is_infinitive, is_passive, is_verb};

/// The nearest verb of speech before a quotation whose subject can speak, and where it stands.
pub(super) fn before(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<(Cue, usize)> {
    let mut fallback = None;
    for i in (sentence.start..quote).rev() {
        if !is_verb(p, i, Flags::VERB) {
            continue;
        }
        if is_passive(p, i) {
            // "was told by Lee that"
            let agent = if p.word(i + 1) == "by" { object(p, i + 2, quote).filter(Phrase::is_somebody) } else { None };
            if let Some(phrase) = agent {
                return Some((Cue::of_verb(phrase), i));
            }
            continue;
        }
        let Some(phrase) = subject(p, sentence, i) else { continue };
        // "once you use it": whoever reads this. "as of 2022 claimed": nobody.
        let is_nobody = p.language == Language::English
            && (matches!(p.word(phrase.tokens.start), "you" | "You")
                || phrase.tokens.clone().all(|i| p.shape(i) == Some(Shape::Number)));
        if is_nobody {
            continue;
        }
        let is_it = phrase.kind == Kind::Pronoun && p.is(phrase.tokens.start, Flags::IT);
        if phrase.is_somebody() && !is_it {
            if crosses_quote(p, i, quote)
                && let Some(phrase) = own_clause(p, i, quote)
            {
                return Some((Cue { phrase, how: How::SameSentence, is_close: false }, i));
            }
            let phrase = outer(p, sentence, i, phrase);
            return Some((Cue::of_verb(phrase), i));
        }
        if p.is(i, Flags::SAY) || is_it {
            fallback.get_or_insert((Cue::of_verb(phrase), i));
        }
    }
    fallback
}

/// Whether another quotation stands between a verb and one.
fn crosses_quote(p: &Paragraph<'_>, verb: usize, quote: usize) -> bool {
    (verb + 1..quote).any(|i| p.is_quote(i))
}

/// The subject of a quotation's own clause, where the verb before it belongs to another quotation: "“…,” she said, but as Lee
/// went on about “…”".
fn own_clause(p: &Paragraph<'_>, verb: usize, quote: usize) -> Option<Phrase> {
    let joint = Flags::CONJ.or(Flags::CLAUSE);
    let last = (verb + 1..quote).rev().find(|i| p.is(*i, Flags::CLAUSE) && p.is_word(*i) || p.is_quote(*i))?;
    let start = (verb + 1..quote).rev().find(|i| p.is(*i, Flags::CLAUSE) && p.is_word(*i)).unwrap_or(last);
    if !p.is(start, joint) {
        return None;
    }
    let phrase = forward(p, start + 1, quote)?;
    let is_followed = phrase.tokens.end < quote && !phrase::is_break(p, phrase.tokens.end);
    (matches!(phrase.kind, Kind::Name) && is_followed && !(verb + 1..start).any(|i| p.is_quote(i))).then_some(phrase)
}

/// Where what a quotation belongs to is itself told by somebody, that somebody: "Lee said she thinks it “…”", "Lee said that the
/// plan calls it “…”".
fn outer(p: &Paragraph<'_>, sentence: &Range<usize>, verb: usize, phrase: Phrase) -> Phrase {
    let start = phrase.tokens.start;
    let first = (sentence.start..start.min(verb)).find(|i| is_verb(p, *i, Flags::SAY) && !is_passive(p, *i));
    let Some(first) = first.filter(|first| !crosses_quote(p, *first, start)) else { return phrase };
    let is_set_in_front = (sentence.start..first).any(|i| p.is(i, Flags::CLAUSE) && p.is_word(i));
    if is_set_in_front || (phrase.kind == Kind::Pronoun && p.is(start, Flags::FIRST)) {
        return phrase;
    }
    // "They laughed when he asked, “…”": told at the same time, and by nobody else.
    let is_beside = (first + 1..start).any(|i| p.is(i, Flags::MEANWHILE));
    if is_beside {
        return phrase;
    }
    let is_told = phrase.kind == Kind::Pronoun || {
        let joint = start.checked_sub(1).filter(|joint| p.is(*joint, Flags::CONJ));
        // "Lee said the state and its allies will call it …": two subjects of one verb part nothing.
        let is_pair = |joint: usize| {
            phrase::ending_at(p, first + 1, joint)
                .is_some_and(|other| other.tokens.start == first + 1 || p.is(other.tokens.start - 1, Flags::THAT))
        };
        let parted = (first + 1..start).any(|i| phrase::is_break(p, i)) || joint.is_some_and(|joint| !is_pair(joint));
        let is_relative = start
            .checked_sub(1)
            .is_some_and(|before| p.is(before, Flags::WHICH.or(Flags::WHO)) && p.word(before) != "that");
        !p.is(verb, Flags::SAY) && !parted && !is_relative
    };
    if !is_told {
        return phrase;
    }
    let named = subject(p, sentence, first).filter(|named| named.is_somebody() && named.tokens.end <= first);
    match named {
        Some(named) if phrase.kind != Kind::Pronoun || named.kind != Kind::Pronoun => named,
        _ => phrase,
    }
}

/// The subject of the verb at `verb`.
fn subject(p: &Paragraph<'_>, sentence: &Range<usize>, verb: usize) -> Option<Phrase> {
    if is_infinitive(p, verb) {
        // "…, and the firm will be left to wonder": the subject of the last clause that has one.
        let joint = (sentence.start..verb).rev().find(|i| p.is_comma(*i) && matches!(p.word(i + 1), "and" | "but"));
        if let Some(phrase) = joint.and_then(|joint| forward(p, joint + 2, verb))
            && phrase.is_somebody()
            && p.is(phrase.tokens.end, Flags::AUX)
        {
            return Some(phrase);
        }
        return subject_of(p, sentence.start, verb);
    }
    if !p.is(verb, Flags::PARTICIPLE)
        && let Some(phrase) = subject_before(p, sentence.start, verb)
    {
        return Some(phrase);
    }
    // "a statement from Lee saying", "footage of Lee asking"
    if p.is(verb, Flags::PARTICIPLE)
        && let Some(phrase) = phrase::ending_at(p, sentence.start, verb)
        && phrase.is_somebody()
        && !p.is(phrase.tokens.start, Flags::POSS)
        && !is_where(p, phrase.tokens.start)
    {
        if let Some(from) = (phrase.tokens.start..phrase.tokens.end).rev().find(|i| p.is(*i, Flags::OF)) {
            return forward(p, from + 1, phrase.tokens.end).filter(Phrase::is_somebody).or(Some(phrase));
        }
        if p.is(phrase.tokens.end - 1, Flags::NOUN) {
            // "Lee issued a statement calling it …"
            return subject_of(p, sentence.start, phrase.tokens.start).filter(Phrase::is_somebody).or(Some(phrase));
        }
        return Some(phrase);
    }
    // "when he asked, Lee laughed and said": the subject of the nearest clause.
    if p.is(verb.wrapping_sub(1), Flags::CONJ.or(Flags::ADVERB))
        && let Some(comma) = (sentence.start..verb).rev().find(|i| p.is_comma(*i) || p.is_quote(*i))
        && let Some(phrase) =
            subject_of(p, comma + 1, verb).filter(|phrase| phrase.is_somebody() && phrase.tokens.end < verb)
    {
        return Some(phrase);
    }
    let leads = !(sentence.start..verb).any(|i| p.is(i, Flags::SUBJECT) || p.is_comma(i));
    let before =
        subject_of(p, sentence.start, verb).filter(|_| !(leads && p.is(sentence.start, Flags::CLAUSE.or(Flags::PREP))));
    // "After saying that it was “…”, Lee left."
    before.or_else(|| {
        let comma = (verb + 1..sentence.end).find(|i| p.is_comma(*i) || p.is_quote(*i))?;
        p.is(verb, Flags::PARTICIPLE).then(|| subject_of(p, comma, sentence.end)).flatten()
    })
}

/// "went to Paris telling them", "posted on a forum asking": a place, and not who tells.
fn is_where(p: &Paragraph<'_>, start: usize) -> bool {
    p.language == Language::English
        && start.checked_sub(1).is_some_and(|i| matches!(p.word(i), "to" | "in" | "on" | "at" | "into" | "onto"))
}
