//! Whether a word is a verb that gives speech where it stands, and whether it has its subject before it. A list has what it can
//! be; the words beside it decide.

use super::lexicon::{Flags, Language};
use super::tokens::{Paragraph, Shape};

/// Plural forms of English verbs that are nouns as well.
const HOMOGRAPHS: &[&str] = &[
    "state",
    "note",
    "report",
    "comment",
    "answer",
    "question",
    "attack",
    "praise",
    "voice",
    "post",
    "text",
    "email",
    "quote",
    "view",
    "rate",
    "rank",
    "cast",
    "list",
    "address",
    "issue",
    "use",
    "support",
    "challenge",
    "brand",
    "label",
    "reply",
    "offer",
    "laugh",
    "cry",
    "snap",
    "signal",
    "counter",
    "caution",
    "stress",
    "highlight",
    "fear",
    "hope",
    "doubt",
    "worry",
    "rule",
    "mention",
    "appeal",
    "object",
    "welcome",
    "blame",
    "paint",
    "frame",
    "estimate",
    "demand",
    "promise",
    "pledge",
    "vow",
];

/// Whether the word at `i` is a verb that gives speech, and not a noun that looks like it.
pub(super) fn is_verb(p: &Paragraph<'_>, i: usize, kinds: Flags) -> bool {
    if !p.is(i, kinds) || p.shape(i) != Some(Shape::Lower) {
        return false;
    }
    let Some(before) = i.checked_sub(1) else { return true };
    let noun = Flags::NOUN.or(Flags::ORG).or(Flags::ROLE);
    // "Republican claims", "his mental state": nouns that look like verbs.
    if p.language == Language::English && !p.is(i, Flags::PARTICIPLE) && !p.word(i).ends_with("ed") {
        let word = p.word(i);
        if p.is(before, Flags::TITLE) && p.is(i, noun) {
            return false;
        }
        let after = Flags::OF.or(Flags::PARTICIPLE).or(Flags::AUX);
        if p.is(i, noun)
            && (p.is(i + 1, after) || p.word(i + 1).ends_with("ing"))
            && !p.is(before, Flags::SUBJECT)
            && !p.is(i + 1, Flags::TO)
        {
            return false;
        }
        let is_plain = p.is(i, noun) || HOMOGRAPHS.contains(&word);
        let can_be_plural = p
            .is(before, Flags::SUBJECT.or(Flags::AUX).or(Flags::ADVERB).or(Flags::WHO).or(Flags::WHICH))
            || p.word(before).ends_with('s');
        if is_plain && !word.ends_with('s') && !can_be_plural {
            return false;
        }
    }
    if p.shape(before) == Some(Shape::Possessive) {
        return !p.is(i, noun.or(Flags::CALL)) && !p.word(i).ends_with('s');
    }
    // "some say", "a mother of three says": a number can be a subject.
    let counts = p.language == Language::English
        && !matches!(
            p.word(before).to_lowercase().as_str(),
            "the" | "a" | "an" | "this" | "these" | "every" | "no" | "any" | "such"
        )
        && !p.is(before, Flags::POSS);
    if p.is(before, Flags::DET.or(Flags::POSS)) && !p.is(before, Flags::SUBJECT) && !counts {
        return p.is(i, Flags::PARTICIPLE) && !p.is(i, noun);
    }
    !(p.is(before, Flags::PREP.or(Flags::OF))
        && p.shape(before) == Some(Shape::Lower)
        && !p.is(i, Flags::PARTICIPLE)
        && p.language == Language::English)
}

/// Whether a verb has its speaker behind it, if anywhere: "was called".
pub(super) fn is_passive(p: &Paragraph<'_>, verb: usize) -> bool {
    if p.language != Language::English || p.is(verb, Flags::PARTICIPLE) {
        return false;
    }
    let mut i = verb;
    while let Some(before) = i.checked_sub(1) {
        if !p.is(before, Flags::ADVERB) {
            return matches!(
                p.word(before).to_lowercase().as_str(),
                "was" | "were" | "been" | "is" | "are" | "being" | "be" | "it's" | "it’s" | "wasn't" | "weren't"
            );
        }
        i = before;
    }
    false
}

/// Whether a verb is an infinitive: "to say".
pub(super) fn is_infinitive(p: &Paragraph<'_>, verb: usize) -> bool {
    verb.checked_sub(1).is_some_and(|before| p.is(before, Flags::TO)) && p.language == Language::English
}
