//! Who speaks a quotation, by the words beside it in its own sentence: a verb with its subject, "according to", a noun with
//! its owner, the sentence's subject. What stands further off, [`super::story`] looks at.

use std::ops::Range;

use super::How;
use super::lexicon::{Flags, Language};
use super::phrase::{self, Kind, Phrase, forward, object, subject_before, subject_of};
use super::teller::before;
use super::tokens::{Paragraph, Shape};
use super::verb::{is_passive, is_verb};

/// The words that name who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) phrase: Phrase,
    pub(super) how: How,
    /// Whether a verb of speech stands right beside the quotation.
    pub(super) is_close: bool,
}

impl Cue {
    pub(super) fn of_verb(phrase: Phrase) -> Self {
        let how = if phrase.kind == Kind::Pronoun { How::PronounAndVerb } else { How::NameAndVerb };
        Self { phrase, how, is_close: false }
    }
}

/// Who speaks the quotation at a token, as its own sentence says.
pub(super) fn beside(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    // "Lee, calling it “…,” denied the report": what follows belongs to the sentence, not to the quotation.
    let is_taken = (quote.saturating_sub(3).max(sentence.start)..quote)
        .any(|i| is_verb(p, i, Flags::VERB) && p.is(i, Flags::PARTICIPLE))
        && is_verb(p, quote + 1, Flags::SAY)
        && p.language == Language::English;
    let tight =
        if is_taken { None } else { behind_closely(p, quote, sentence).map(|cue| Cue { is_close: true, ..cue }) };
    let before = before(p, quote, sentence);
    let lead = quote.checked_sub(1).filter(|lead| p.is_sign(*lead, &[':', ',']) || p.is(*lead, Flags::CLAUSE));
    let led_from = lead.unwrap_or(quote);
    // "…," said Lee, "…": the words between name who speaks both.
    if let Some(first) = (sentence.start..quote).rev().find(|i| p.is_quote(*i))
        && tight.is_none()
        && (first + 1..quote).filter(|i| is_verb(p, *i, Flags::SAY)).count() == 1
        && let Some(cue) = behind_closely(p, first, sentence)
        && cue.how != How::Signature
    {
        return Some(Cue { is_close: true, ..cue });
    }
    // "The Herald reports: “…” in its last issue, said Ann Lee": who tells the whole has it from nobody else.
    if tight.is_none()
        && let Some(cue) = closing_tag(p, quote, sentence)
    {
        return Some(cue);
    }
    let by_colon = lead.is_some_and(|lead| p.is_sign(lead, &[':']));
    let is_led_in = before.as_ref().is_some_and(|(_, verb)| {
        let is_near = *verb + 1 == led_from && p.is(*verb, Flags::SAY);
        let is_told = by_colon && (p.is(*verb, Flags::SAY) || *verb + 4 > quote);
        let is_split = tight.is_some() && (sentence.start..*verb).any(|i| p.is_quote(i));
        (is_near || (is_told && tight.as_ref().is_none_or(|cue| cue.phrase.kind == Kind::Pronoun))) && !is_split
    });
    if is_led_in {
        return before.map(|(cue, _)| Cue { is_close: true, ..cue });
    }
    if by_colon && tight.as_ref().is_none_or(|cue| cue.phrase.kind == Kind::Pronoun) {
        let led = by_subject(p, quote, sentence).map(|cue| Cue { is_close: true, ..cue });
        return led.or(tight).or(before.map(|(cue, _)| cue)).or_else(|| by_owner(p, quote, sentence));
    }
    if tight.is_none() && is_left_open(p, quote, sentence) {
        return by_agent(p, quote, sentence).or_else(|| behind_loosely(p, quote, sentence));
    }
    // "The delay began with an order from Lee to “…”": what is no one who can speak gives way to one who can.
    let owner = match &before {
        Some((cue, _)) if !cue.phrase.is_somebody() => by_owner(p, quote, sentence),
        _ => None,
    };
    tight
        .or_else(|| by_agent(p, quote, sentence))
        .or(owner)
        .or_else(|| before.map(|(cue, _)| cue))
        .or_else(|| behind_loosely(p, quote, sentence))
        .or_else(|| source_before(p, quote, sentence))
        .or_else(|| (sentence.start..quote).find_map(|i| put_by(p, i, quote)))
        .or_else(|| in_whose_eyes(p, quote, sentence))
        .or_else(|| by_owner(p, quote, sentence))
}

/// Whether what takes the quotation says of nobody that they said it: "what is being criticised as “…”".
pub(super) fn is_left_open(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> bool {
    let verb = (quote.saturating_sub(4).max(sentence.start)..quote).rev().find(|i| is_verb(p, *i, Flags::VERB));
    verb.is_some_and(|verb| is_passive(p, verb) && p.is(verb, Flags::CALL))
        && !(sentence.start..quote).any(|i| is_verb(p, i, Flags::SAY) && !is_passive(p, i))
}

/// Where the words behind a quotation end: at the next quotation or the sentence's end.
fn tail(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Range<usize> {
    let end = (quote + 1..sentence.end).find(|i| p.is_quote(*i)).unwrap_or(sentence.end);
    quote + 1..end
}

/// Whether a quotation ends so that words about its speaker can follow.
fn invites(p: &Paragraph<'_>, quote: usize) -> bool {
    let Some(Shape::Quote(number)) = p.shape(quote) else { return false };
    let inner = p.quoted(number).trim_end_matches(['’', '\'', '”', '"', '»', '‘', '“', ' ', '\u{A0}']);
    inner.ends_with([',', '?', '!', '—', '–', '-', '…', '.']) || is_lead(p, quote + 1)
}

fn is_lead(p: &Paragraph<'_>, i: usize) -> bool {
    p.is_comma(i) || p.is_dash(i)
}

/// "said Ann Lee", "Lee said", "according to Lee" right behind it.
fn behind_closely(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    let tail = tail(p, quote, sentence);
    let mut i = tail.start;
    while i < tail.end && (is_lead(p, i) || p.is_sign(i, &['.', '?', '!'])) {
        i += 1;
    }
    if let Some(signed) = signature(p, tail.clone(), sentence) {
        return Some(signed);
    }
    if let Some(source) = source_at(p, i, tail.end).or_else(|| as_put(p, i, tail.end)) {
        return Some(source);
    }
    if !invites(p, quote) {
        return without_a_sign(p, quote, i, &tail, sentence);
    }
    if let Some(cue) = verb_first(p, i, tail.end) {
        return Some(cue);
    }
    subject_first(p, i, tail.end)
}

/// "“We go now” Lee said.": the quotation lacks its comma, but there is nothing in the sentence beside it and who said it.
fn without_a_sign(
    p: &Paragraph<'_>,
    quote: usize,
    start: usize,
    tail: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<Cue> {
    let is_whole = p.language == Language::English && quote == sentence.start && !super::quoted::is_title(p, quote);
    let phrase = is_whole.then(|| forward(p, start, tail.end)).flatten()?;
    let is_named = matches!(phrase.kind, Kind::Name | Kind::Pronoun);
    (is_named && is_verb(p, phrase.tokens.end, Flags::SAY)).then(|| Cue::of_verb(phrase))
}

/// "…, said Ann Lee" at the end of a sentence that goes on behind the quotation.
fn closing_tag(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    if p.language != Language::English {
        return None;
    }
    let comma = (quote + 2..sentence.end)
        .rev()
        .find(|i| p.is_comma(*i) && is_verb(p, i + 1, Flags::SAY) && !p.is(i + 1, Flags::PARTICIPLE))?;
    let goes_on = (quote + 1..comma).any(|i| p.is_word(i)) && !(quote + 1..comma).any(|i| p.is_quote(i));
    // "Lee said the plan would": what follows is no one who speaks.
    let cue = if goes_on { verb_first(p, comma + 1, sentence.end) } else { None }?;
    let behind = cue.phrase.tokens.end;
    let goes_with = Flags::PREP.or(Flags::OF).or(Flags::WHO).or(Flags::TIME).or(Flags::ADVERB);
    let is_whole = behind >= sentence.end || !p.is_word(behind) || p.is(behind, goes_with);
    is_whole.then_some(cue)
}

/// A dash and a name, and nothing more.
fn signature(p: &Paragraph<'_>, tail: Range<usize>, sentence: &Range<usize>) -> Option<Cue> {
    if !p.is_dash(tail.start) {
        return None;
    }
    let phrase = forward(p, tail.start + 1, tail.end).filter(|phrase| phrase.kind == Kind::Name)?;
    let behind = phrase.tokens.end;
    let ends = behind >= sentence.end || p.is_quote(behind) || p.is_comma(behind) || p.is_sign(behind, &['.', '(']);
    ends.then_some(Cue { phrase, how: How::Signature, is_close: true })
}

/// "As Lee put it, “…”".
fn put_by(p: &Paragraph<'_>, i: usize, quote: usize) -> Option<Cue> {
    let phrase =
        matches!(p.word(i), "As" | "as").then(|| forward(p, i + 1, quote)).flatten().filter(Phrase::is_somebody)?;
    matches!(p.word(phrase.tokens.end), "put" | "puts").then(|| Cue { is_close: true, ..Cue::of_verb(phrase) })
}

/// "as Lee put it", "as Lee said".
fn as_put(p: &Paragraph<'_>, i: usize, end: usize) -> Option<Cue> {
    if p.language != Language::English {
        return None;
    }
    let from = match (p.word(i), p.word(i + 1)) {
        ("as", _) => i + 1,
        ("is" | "was", "how") => i + 2,
        _ => return None,
    };
    let phrase = forward(p, from, end).filter(Phrase::is_somebody)?;
    let verb = phrase.tokens.end;
    let told = matches!(p.word(verb), "put" | "puts")
        || (verb..verb + 3).any(|i| p.word(i) == "put")
        || is_verb(p, verb, Flags::VERB);
    told.then(|| Cue::of_verb(phrase))
}

/// "said Ann Lee", "a déclaré Ann Lee", "dit-elle"; also "as Ann Lee put it".
pub(super) fn verb_first(p: &Paragraph<'_>, start: usize, end: usize) -> Option<Cue> {
    let mut i = start;
    if p.language != Language::English {
        // ha detto, a-t-elle dit, hat er gesagt
        while i < end
            && p.is(i, Flags::AUX.or(Flags::ADVERB).or(Flags::OTHER_PRONOUN))
            && !p.is_capital(i)
            && !p.is(i, Flags::SAY)
        {
            i += 1;
        }
        if i > start && phrase::is_pronoun(p, i) && (i + 1..i + 4).any(|j| j < end && p.is(j, Flags::SAY)) {
            return Some(Cue::of_verb(Phrase { tokens: i..i + 1, kind: Kind::Pronoun }));
        }
    }
    if i < end && p.is(i, Flags::SO) {
        return object(p, i + 1, end).filter(Phrase::is_somebody).map(Cue::of_verb);
    }
    if p.is_told_so(i, end) {
        let name = forward(p, i + 1, end).filter(|name| name.kind == Kind::Name && name.tokens.len() >= 2)?;
        let ends = name.tokens.end >= end || phrase::is_break(p, name.tokens.end) || !p.is_word(name.tokens.end);
        return ends.then(|| Cue::of_verb(name));
    }
    if i >= end
        || !p.is(i, Flags::SAY)
        || p.is(i, Flags::LISTENED_TO)
        || p.shape(i) != Some(Shape::Lower)
        || (p.is(i, Flags::PARTICIPLE) && p.language != Language::German)
    {
        return None;
    }
    i += 1;
    let skipped = Flags::TIME.or(Flags::ADVERB);
    while i < end && p.is(i, skipped) && !p.is_capital(i) {
        i += 1;
    }
    // "sagte dem Blatt zufolge", "ha detto ieri": what is no subject stands between.
    let phrase = object(p, i, end)?;
    // "said a trader", "said two jurors", "said traders": no list has all that people can be.
    if phrase.kind == Kind::Thing && p.language == Language::English && !is_determined(p, &phrase) {
        let is_plural = phrase.tokens.len() <= 3 && p.word(phrase.tokens.end - 1).ends_with('s');
        return is_plural.then(|| Cue::of_verb(phrase));
    }
    Some(Cue::of_verb(phrase))
}

/// Whether an article, a possessive or a number stands at its head.
fn is_determined(p: &Paragraph<'_>, phrase: &Phrase) -> bool {
    let first = phrase.tokens.start;
    p.is(first, Flags::DET.or(Flags::POSS)) || p.shape(first) == Some(Shape::Number)
}

/// "Lee said", "Lee, who runs it, told reporters".
fn subject_first(p: &Paragraph<'_>, start: usize, end: usize) -> Option<Cue> {
    if start >= end
        || p.is(start, Flags::CONJ)
        || (p.is(start, Flags::CLAUSE.or(Flags::PREP)) && !p.is(start, Flags::SUBJECT.or(Flags::DET)))
    {
        return None;
    }
    let first = forward(p, start, end)?;
    if first.is_somebody() && p.is_told_so(first.tokens.end, end) {
        let behind = first.tokens.end + 1;
        let ends = behind >= end || !p.is_word(behind) || p.is(behind, Flags::ADVERB);
        return ends.then(|| Cue::of_verb(first));
    }
    let verb = (first.tokens.end..end).find(|i| is_verb(p, *i, Flags::SAY) && !p.is(*i, Flags::PARTICIPLE))?;
    // "a trader said": no list has all that people can be.
    if first.kind == Kind::Thing && verb == first.tokens.end && is_determined(p, &first) {
        return Some(Cue::of_verb(first));
    }
    let phrase = subject_before(p, start, verb)
        .filter(|phrase| phrase.tokens.start == first.tokens.start || phrase.kind == Kind::Name);
    // Between the first words and the verb there may be what tells more of them, but no clause of its own.
    let between = first.tokens.end..verb;
    let is_one_clause = !between.clone().any(|i| p.is_quote(i) || p.is(i, Flags::CLAUSE) || p.is_sign(i, &[':', ';']))
        || is_apposition(p, &between);
    let is_near = |phrase: &Phrase| phrase.tokens.start == first.tokens.start || is_apposition(p, &between);
    let phrase = phrase.filter(is_near).or_else(|| is_one_clause.then(|| first.clone()))?;
    phrase.is_somebody().then(|| Cue::of_verb(phrase))
}

/// Whether what stands between a subject and its verb is set apart by commas or brackets, or holds no other verb.
fn is_apposition(p: &Paragraph<'_>, between: &Range<usize>) -> bool {
    phrase::is_break(p, between.start) && between.clone().last().is_some_and(|last| phrase::is_break(p, last))
}

/// "…, Lee said" at the end of a sentence that the quotation is a piece of.
fn behind_loosely(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    let commas = (quote + 1..sentence.end).filter(|i| is_lead(p, *i) || p.is_quote(*i));
    for comma in commas.collect::<Vec<_>>().into_iter().rev() {
        let end = (comma + 1..sentence.end).find(|i| p.is_comma(*i)).unwrap_or(sentence.end);
        if let Some(cue) = source_at(p, comma + 1, end)
            .or_else(|| verb_first(p, comma + 1, end))
            .or_else(|| subject_first(p, comma + 1, sentence.end))
        {
            return Some(cue);
        }
    }
    let tail = quote + 1..sentence.end;
    tail.clone().find_map(|i| source_at(p, i, tail.end))
}

/// "according to Lee", "laut Lee", "selon Lee".
pub(super) fn source_at(p: &Paragraph<'_>, i: usize, end: usize) -> Option<Cue> {
    if !p.is(i, Flags::ACCORDING) || i >= end {
        return None;
    }
    let mut at = i + 1;
    while at < end && p.is(at, Flags::TO) {
        at += 1;
    }
    if p.word(i) == "according" && at == i + 1 {
        return None;
    }
    let phrase = object(p, at, end)?;
    Some(Cue { phrase, how: How::AccordingTo, is_close: false })
}

fn source_before(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    (sentence.start..quote).rev().find_map(|i| source_at(p, i, quote))
}

/// "was called “…” by Lee".
fn by_agent(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    if p.language != Language::English {
        return None;
    }
    let tail = tail(p, quote, sentence);
    let by = (tail.start..tail.end.min(tail.start + 2)).find(|i| p.word(*i) == "by")?;
    let is_passive =
        (sentence.start..quote).rev().find(|i| is_verb(p, *i, Flags::VERB)).is_none_or(|verb| is_passive(p, verb));
    let phrase = is_passive.then(|| object(p, by + 1, tail.end)).flatten().filter(Phrase::is_somebody)?;
    Some(Cue::of_verb(phrase))
}

/// "to her, “…”", "for Lee, “…”": in whose eyes it is so.
fn in_whose_eyes(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    let first = p.word(sentence.start);
    if matches!(first, "To" | "For")
        && let Some(phrase) = forward(p, sentence.start + 1, quote).filter(|phrase| phrase.kind == Kind::Name)
        && p.is_comma(phrase.tokens.end)
        && p.is(phrase.tokens.end + 1, Flags::IT.or(Flags::WHICH))
    {
        return Some(Cue { phrase, how: How::SameSentence, is_close: false });
    }
    let comma = quote.checked_sub(1).filter(|comma| p.is_comma(*comma))?;
    let before = comma.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let phrase = if p.is(before, Flags::OTHER_PRONOUN.or(Flags::POSS)) {
        Phrase { tokens: before..before + 1, kind: Kind::Pronoun }
    } else {
        phrase::ending_at(p, sentence.start, comma).filter(Phrase::is_somebody)?
    };
    let leads = phrase.tokens.start.checked_sub(1).filter(|i| matches!(p.word(*i), "to" | "for" | "To" | "For"))?;
    (leads >= sentence.start).then_some(Cue { phrase, how: How::SameSentence, is_close: false })
}

/// Whose statement it is: "Lee's claim that “…”", "an order from Lee to “…”", "in the words of Lee: “…”".
fn by_owner(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    let noun = (sentence.start..quote).rev().find(|i| p.is(*i, Flags::NOUN) && p.shape(*i) == Some(Shape::Lower))?;
    if p.language == Language::English
        && (matches!(p.word(noun + 1), "from" | "by") || (p.word(noun), p.word(noun + 1)) == ("words", "of"))
        && let Some(phrase) = object(p, noun + 2, quote).filter(Phrase::is_somebody)
    {
        return Some(Cue { phrase, how: How::SameSentence, is_close: false });
    }
    let possessive = (sentence.start..noun).rev().take(3).find(|i| p.shape(*i) == Some(Shape::Possessive))?;
    let phrase = phrase::ending_at(p, sentence.start, possessive).filter(Phrase::is_somebody)?;
    Some(Cue { phrase, how: How::SameSentence, is_close: false })
}

/// The subject of the quotation's sentence, where no verb of speech is beside it.
pub(super) fn by_subject(p: &Paragraph<'_>, quote: usize, sentence: &Range<usize>) -> Option<Cue> {
    if is_left_open(p, quote, sentence) {
        return None;
    }
    let phrase = subject_of(p, sentence.start, quote).filter(Phrase::is_somebody)?;
    if is_plain_beginning(p, &phrase, sentence.start) {
        return None;
    }
    // "Lee's response: “…”"
    let owner = phrase
        .tokens
        .clone()
        .find(|i| p.shape(*i) == Some(Shape::Possessive))
        .filter(|_| p.is(phrase.tokens.end - 1, Flags::NOUN));
    let phrase = owner.and_then(|owner| phrase::ending_at(p, phrase.tokens.start, owner)).unwrap_or(phrase);
    // A code, or a headline, is nobody.
    let capitals = phrase.tokens.clone().filter(|i| p.is_capital(*i)).count();
    let is_code = p.word(phrase.tokens.end - 1).bytes().any(|byte| byte.is_ascii_digit());
    // "its “star reporter” Ann Lee": what is quoted is what somebody is called.
    let is_epithet =
        p.is_capital(quote + 1) && quote.checked_sub(1).is_some_and(|i| p.is(i, Flags::DET.or(Flags::POSS)));
    // "Coast Gazette, “A headline,” 3 May": a source, not a speaker.
    let is_cited = phrase.tokens.end + 1 == quote && p.is_comma(phrase.tokens.end);
    (capitals < MOST_CAPITALS && !is_code && !is_epithet && !is_cited).then_some(Cue {
        phrase,
        how: How::SameSentence,
        is_close: false,
    })
}

/// Whether a phrase has its only capital because a sentence begins with it: "New signs in the shops", "Example".
fn is_plain_beginning(p: &Paragraph<'_>, phrase: &Phrase, start: usize) -> bool {
    let first = phrase.tokens.start;
    if first != start || p.language != Language::English || phrase.kind == Kind::Pronoun {
        return false;
    }
    let is_label = phrase.tokens.len() == 1 && p.is(first, Flags::LABEL) && p.is_sign(first + 1, &[':']);
    let is_plain = p.flags(first) == Flags::default()
        && phrase.tokens.clone().skip(1).all(|i| p.shape(i) == Some(Shape::Lower) && !p.is(i, Flags::SOMEBODY))
        && phrase.tokens.len() > 1;
    is_label || is_plain
}

/// Words with capitals in a row that are more than a name with its title.
const MOST_CAPITALS: usize = 6;

/// Who a sentence without a quotation is told by, or else is about; and whether it is the former.
pub(super) fn speaker_of(p: &Paragraph<'_>, sentence: &Range<usize>) -> Option<(Phrase, bool)> {
    let told = (sentence.start..sentence.end)
        .rev()
        .find(|i| is_verb(p, *i, Flags::SAY) && !p.is(*i, Flags::PARTICIPLE) && !is_passive(p, *i));
    told.and_then(|verb| subject_before(p, sentence.start, verb))
        .filter(|phrase| phrase.is_somebody() && !p.is(phrase.tokens.start, Flags::IT))
        .map(|phrase| (phrase, true))
        .or_else(|| {
            subject_of(p, sentence.start, sentence.end).filter(Phrase::is_somebody).map(|phrase| (phrase, false))
        })
}
