//! Speech that stands without quotation marks: dialogue behind dashes, and transcripts whose lines begin with a name and a
//! colon. Says where it is; whose it is, [`super::story`] finds out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::attribution::{Cue, verb_first};
use super::lexicon::Flags;
use super::tokens::{Paragraph, Shape};
use crate::text::fold;

/// The labels that lines of a story begin with, and how often.
#[derive(Debug, Default)]
pub(super) struct Labels {
    counts: HashMap<String, usize>,
    /// Lines whose label is in capitals.
    loud: usize,
    /// Labels that stand in the story often enough.
    frequent: usize,
}

/// Letters of the longest label.
const LONGEST_LABEL: usize = 40;

/// Words of the longest label.
const MOST_LABEL_WORDS: usize = 4;

/// How often a label that is not in capitals has to stand in a story.
const OFTEN: usize = 2;

/// A line's label, and what it says.
pub(super) struct Labelled {
    pub(super) label: Range<usize>,
    pub(super) speech: Range<usize>,
}

impl Labels {
    /// Takes in how a line begins.
    pub(super) fn count(&mut self, line: &str) {
        if let Some(found) = labelled(line) {
            let label = line.get(found.label).unwrap_or_default();
            self.loud += usize::from(is_loud(label));
            let count = self.counts.entry(label.to_owned()).or_default();
            *count += 1;
            self.frequent += usize::from(*count == OFTEN);
        }
    }

    /// The label of a line, if the story is one that has labels: two of them, or the same again.
    pub(super) fn read(&self, line: &str) -> Option<Labelled> {
        let found = labelled(line)?;
        let label = line.get(found.label.clone())?;
        let often = self.counts.get(label).copied().unwrap_or_default();
        let is_one = if is_loud(label) { self.loud >= 2 } else { often >= OFTEN && self.frequent >= 2 };
        (is_one && !found.speech.is_empty()).then_some(found)
    }
}

fn is_loud(label: &str) -> bool {
    !label.chars().any(char::is_lowercase)
}

/// A name in capitals, or words with capitals, and a colon with a space behind it. A quotation mark may stand before it.
fn labelled(line: &str) -> Option<Labelled> {
    let start = line.len() - line.trim_start_matches([' ', '"', '“', '”', '„', '«', '*', '\u{A0}']).len();
    let rest = line.get(start..)?;
    let colon = rest.char_indices().take(LONGEST_LABEL).find(|(_, c)| *c == ':').map(|(at, _)| at)?;
    let label = rest.get(..colon)?.trim_end_matches('*');
    let after = rest.get(colon + 1..)?;
    let words: Vec<&str> = label.split_whitespace().collect();
    let has_names = words.iter().all(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase));
    if words.is_empty()
        || words.len() > MOST_LABEL_WORDS
        || !has_names
        || !after.starts_with([' ', '*', '\u{A0}', '\t'])
    {
        return None;
    }
    let speech_start = start + colon + 1 + (after.len() - after.trim_start_matches([' ', '*', '\u{A0}', '\t']).len());
    let end = line.trim_end_matches([' ', '"', '”', '“', '»', '\u{A0}']).len();
    Some(Labelled { label: start..start + label.len(), speech: speech_start..end.max(speech_start) })
}

/// A line of dialogue behind a dash: what is said, and what names who says it.
pub(super) struct Dialogue {
    pub(super) speech: Vec<Range<usize>>,
    pub(super) cue: Option<Cue>,
}

/// What a line begins with that leads to another story, folded: the entries that stand at a line's start.
static TEASERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let entries =
        include_str!("../../../assets/lexicons/related.txt").lines().map(|line| line.trim_end_matches('*').trim());
    entries.filter(|entry| !entry.is_empty() && !entry.starts_with(['#', '*'])).map(fold).collect()
});
/// Bytes of the longest of these.
const LONGEST_TEASER: usize = 40;

/// Whether a line leads to another story: "READ MORE: …".
pub(super) fn is_teaser(line: &str) -> bool {
    let Some((head, _)) = line.split_once(':') else { return false };
    head.len() <= LONGEST_TEASER && TEASERS.contains(&fold(head.trim()))
}

/// Whether a line begins as one of dialogue.
pub(super) fn begins_with_dash(line: &str) -> bool {
    let line = line.trim_start();
    let mut chars = line.chars();
    matches!(chars.next(), Some('—' | '–' | '―'))
        && chars
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| c.is_alphabetic() || matches!(c, '¿' | '¡' | '…' | '«' | '“'))
}

/// Reads a line that begins with a dash.
pub(super) fn dialogue(p: &Paragraph<'_>) -> Dialogue {
    let end = p.tokens.len();
    let verb = (2..end).find(|i| {
        let is_set_off = p.is_dash(i - 1) || p.is_comma(i - 1) || p.is_sign(i - 1, &['?', '!', '…']);
        let lower = p.shape(*i) == Some(Shape::Lower);
        is_set_off && lower && verb_first(p, *i, end).is_some()
    });
    let Some(verb) = verb else {
        return Dialogue { speech: speech(p, 1..end).into_iter().collect(), cue: None };
    };
    let cue = verb_first(p, verb, end);
    let named = cue.as_ref().map_or(verb, |cue| cue.phrase.tokens.end.max(verb + 1));
    // The words about the speaker go on to the next dash, if dashes set them off, or else to the sentence's end.
    let by_dash = p.is_dash(verb - 1);
    let next_dash = (named..end).find(|i| p.is_dash(*i));
    let next_stop = (named..end).find(|i| p.is_sign(*i, &['.']) || (!by_dash && p.is_comma(*i)));
    let rest = match (by_dash, next_dash, next_stop) {
        (true, Some(dash), _) => dash + 1,
        (false, _, Some(stop)) => stop + 1,
        _ => end,
    };
    let speech = speech(p, 1..verb).into_iter().chain(speech(p, rest..end)).collect();
    Dialogue { speech, cue }
}

/// Words without the signs that part them from what is about them.
fn speech(p: &Paragraph<'_>, mut tokens: Range<usize>) -> Option<Range<usize>> {
    while tokens.start < tokens.end && (p.is_dash(tokens.start) || p.is_sign(tokens.start, &[',', '.', ';'])) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && (p.is_dash(tokens.end - 1) || p.is_comma(tokens.end - 1)) {
        tokens.end -= 1;
    }
    (tokens.clone().any(|i| p.is_word(i) || p.is_quote(i))).then(|| p.range(&tokens))
}

/// A block's last line that says whose words they are: a dash, a name, and no sentence.
pub(super) fn signature(p: &Paragraph<'_>) -> Option<super::phrase::Phrase> {
    let is_short = p.tokens.len() <= 24 && !p.text.trim_end().ends_with(['.', '!', '?']);
    if !p.is_dash(0) || !is_short {
        return None;
    }
    super::phrase::forward(p, 1, p.tokens.len())
        .filter(|phrase| phrase.is_somebody() && !p.is(phrase.tokens.start, Flags::SUBJECT))
}
