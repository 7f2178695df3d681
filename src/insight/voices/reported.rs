//! Speech that is told in the writer's words: "Lee believes that …", "according to Lee, …", "…, Lee said". Only forms that leave
//! no doubt who says it and what is said.

use std::ops::Range;

use super::attribution::{Cue, source_at};
use super::lexicon::{Flags, Language};
use super::phrase::{self, Kind, Phrase, forward, is_break, subject_before};
use super::tokens::{Paragraph, Shape};
use super::verb::{is_passive, is_verb};

/// Words that a clause at least has.
const FEWEST_WORDS: usize = 3;

/// What a sentence says that somebody said, and who.
pub(super) fn reported(p: &Paragraph<'_>, sentence: &Range<usize>) -> Option<(Cue, Range<usize>)> {
    let mut end = sentence.end;
    while end > sentence.start && (p.is_sign(end - 1, &['.', '!', '?', '…']) || p.is_break_sign(end - 1)) {
        end -= 1;
    }
    let body = sentence.start..end;
    let found = source_first(p, &body).or_else(|| told_behind(p, &body)).or_else(|| told(p, &body))?;
    let words = found.1.clone().filter(|i| p.is_word(*i)).count();
    (words >= FEWEST_WORDS && found.0.phrase.is_somebody()).then_some(found)
}

/// "According to Lee, …"
fn source_first(p: &Paragraph<'_>, body: &Range<usize>) -> Option<(Cue, Range<usize>)> {
    let cue = source_at(p, body.start, body.end)?;
    let mut start = cue.phrase.tokens.end;
    if p.is_comma(start) {
        start += 1;
    } else if p.language == Language::English {
        start = (start..body.end.min(start + 12)).find(|i| p.is_comma(*i))? + 1;
    }
    Some((cue, start..body.end))
}

/// "…, Lee said on Friday.", "…, according to Lee."
fn told_behind(p: &Paragraph<'_>, body: &Range<usize>) -> Option<(Cue, Range<usize>)> {
    if p.language != Language::English || !begins_clause(p, body) {
        return None;
    }
    let commas: Vec<usize> = (body.start + 5..body.end).filter(|i| p.is_comma(*i)).collect();
    commas.into_iter().rev().take(4).find_map(|comma| {
        if let Some(cue) = source_at(p, comma + 1, body.end) {
            return Some((cue, body.start..comma));
        }
        let phrase = forward(p, comma + 1, body.end)?;
        let verb = phrase.tokens.end;
        let is_told = is_verb(p, verb, Flags::SAY) && !p.is(verb, Flags::PARTICIPLE) && verb < body.end;
        let after = Flags::TIME.or(Flags::PREP).or(Flags::ADVERB);
        let ends = verb + 1 >= body.end || is_break(p, verb + 1) || p.is(verb + 1, after);
        let has_that = (verb + 1..body.end).any(|i| p.is(i, Flags::THAT));
        (is_told && ends && !has_that).then(|| (Cue::of_verb(phrase), body.start..comma))
    })
}

/// Whether a sentence begins with its subject and not with what leads up to it.
fn begins_clause(p: &Paragraph<'_>, body: &Range<usize>) -> bool {
    let first = body.start;
    let leads = Flags::PREP.or(Flags::OF).or(Flags::CLAUSE).or(Flags::ACCORDING).or(Flags::ADVERB).or(Flags::CONJ);
    let is_led = (p.is(first, leads) && !p.is(first, Flags::DET)) || phrase::is_participle_in_front(p, first);
    !is_led
        && forward(p, first, body.end).is_some_and(|phrase| {
            let next = phrase.tokens.end;
            !p.is_comma(next) && phrase.kind != Kind::Pronoun
        })
}

/// "Lee said that …", "Lee told reporters that …", "Lee said the plan was …".
fn told(p: &Paragraph<'_>, body: &Range<usize>) -> Option<(Cue, Range<usize>)> {
    body.clone().filter(|i| is_verb(p, *i, Flags::SAY.or(Flags::THINK))).find_map(|verb| {
        if p.is(verb, Flags::PARTICIPLE) || is_passive(p, verb) || is_weak(p, body, verb) {
            return None;
        }
        let start = clause_start(p, verb, body.end)?;
        let phrase = subject_before(p, body.start, verb).filter(Phrase::is_somebody).or_else(|| {
            // "Lee laughed and said that", "an official who asked for silence said that"
            let phrase = phrase::subject_of(p, body.start, verb)?;
            (p.is(verb.wrapping_sub(1), Flags::CONJ) || p.is(phrase.tokens.end, Flags::WHO)).then_some(phrase)
        })?;
        let is_pronoun = phrase.kind == Kind::Pronoun && p.is(phrase.tokens.start, Flags::IT.or(Flags::FIRST));
        (phrase.is_somebody() && !is_pronoun).then(|| (Cue::of_verb(phrase), start..body.end))
    })
}

/// Whether something takes the weight from a verb: a negation, "to", "would", "if".
fn is_weak(p: &Paragraph<'_>, body: &Range<usize>, verb: usize) -> bool {
    let words = [
        "not",
        "never",
        "to",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "didn't",
        "didn’t",
        "doesn't",
        "doesn’t",
        "don't",
        "don’t",
        "nicht",
        "nie",
        "pas",
        "jamais",
        "no",
        "nunca",
        "non",
        "não",
        "niet",
        "nooit",
    ];
    let helpers =
        (body.start..verb).rev().take_while(|i| p.is(*i, Flags::AUX.or(Flags::ADVERB)) || words.contains(&p.word(*i)));
    let subject = subject_before(p, body.start, verb).map_or(verb, |phrase| phrase.tokens.start);
    let is_in_clause = subject
        .checked_sub(1)
        .is_some_and(|i| i >= body.start && matches!(p.word(i).to_lowercase().as_str(), "if" | "when" | "whether"));
    helpers.into_iter().any(|i| words.contains(&p.word(i))) || is_in_clause
}

/// Where what is said begins, behind a verb.
fn clause_start(p: &Paragraph<'_>, verb: usize, end: usize) -> Option<usize> {
    let mut i = verb + 1;
    // "teilte am Dienstag mit, dass", "told reporters on Friday that": what stands between is short.
    let limit = (i + 9).min(end);
    let mut that = None;
    let mut at = i;
    while at < limit {
        if p.is(at, Flags::THAT) && p.is_word(at) {
            that = Some(at);
            break;
        }
        if p.is_quote(at) || is_verb(p, at, Flags::SAY) || (is_break(p, at) && !p.is(at + 1, Flags::THAT)) {
            break;
        }
        at += 1;
    }
    if let Some(that) = that {
        // "in a speech that lasted an hour": not what was said, but what it was said in.
        let is_relative = p.language == Language::English
            && that > verb + 1
            && (p.is(that + 1, Flags::AUX.or(Flags::VERB)) || p.word(that + 1).ends_with("ed"));
        return (!is_relative).then_some(that + 1);
    }
    match p.language {
        Language::German => {
            let comma = (i..limit).find(|i| p.is_comma(*i))?;
            (!(i..comma).any(|i| p.is(i, Flags::SAY))
                && forward(p, comma + 1, end).is_some()
                && p.is(verb, Flags::SAY)
                && !p.is(comma + 1, Flags::WHO)
                || p.is(comma + 1, Flags::DET) && has_verb_second(p, comma + 1, end))
            .then_some(comma + 1)
        }
        Language::English => {
            while p.is(i, Flags::TIME) && i < end {
                i += 1;
            }
            let takes_clause = matches!(
                p.word(verb),
                "said"
                    | "says"
                    | "say"
                    | "added"
                    | "adds"
                    | "believes"
                    | "believe"
                    | "believed"
                    | "thinks"
                    | "think"
                    | "argued"
                    | "argues"
                    | "insisted"
                    | "insists"
                    | "claimed"
                    | "claims"
                    | "warned"
                    | "warns"
                    | "hopes"
                    | "hope"
                    | "fears"
                    | "fear"
                    | "told"
                    | "tells"
                    | "admitted"
                    | "admits"
                    | "acknowledged"
                    | "predicted"
                    | "conceded"
                    | "promised"
            );
            if !takes_clause {
                return None;
            }
            if matches!(p.word(verb), "told" | "tells") {
                i = forward(p, i, end)
                    .map(|phrase| phrase.tokens.end)
                    .or_else(|| p.is(i, Flags::OTHER_PRONOUN).then_some(i + 1))?;
            }
            let subject = forward(p, i, end)?;
            let next = subject.tokens.end;
            let is_clause = p.is(next, Flags::AUX)
                || (p.shape(next) == Some(Shape::Lower)
                    && !p.is(
                        next,
                        Flags::PREP.or(Flags::OF).or(Flags::CONJ).or(Flags::CLAUSE).or(Flags::TIME).or(Flags::ADVERB),
                    )
                    && subject.kind == Kind::Pronoun);
            is_clause.then_some(i)
        }
        _ => None,
    }
}

/// Whether a clause that nothing begins but a comma goes on as a main clause does: subject, then verb.
fn has_verb_second(p: &Paragraph<'_>, start: usize, end: usize) -> bool {
    forward(p, start, end).is_some_and(|phrase: Phrase| p.shape(phrase.tokens.end) == Some(Shape::Lower))
}
