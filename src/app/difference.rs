//! What differs between two versions of a story, word by word. Shows nothing.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

/// The longest that is compared; what is left then counts as replaced.
const LONGEST: Duration = Duration::from_secs(2);
/// Words beside a difference that are shown of what is the same.
const WORDS_AROUND: usize = 12;

/// What differs between the story that is read and another version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The title.
    pub title: String,
    /// The stretches, from the older text to the newer.
    pub stretches: Vec<(Kind, String)>,
}

/// A stretch of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In both.
    Same,
    /// In the older only.
    Gone,
    /// In the newer only.
    New,
    /// Words that are the same, left out.
    Skipped,
}

/// The stretches of two texts in order. Of what is the same, only some words beside each difference stay.
pub fn between(older: &str, newer: &str) -> Vec<(Kind, String)> {
    let mut config = TextDiff::configure();
    config.timeout(LONGEST);
    let diff = config.diff_unicode_words(older, newer);
    let mut stretches: Vec<(Kind, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Kind::Same,
            ChangeTag::Delete => Kind::Gone,
            ChangeTag::Insert => Kind::New,
        };
        match stretches.last_mut() {
            Some((last, text)) if *last == kind => text.push_str(change.value()),
            _ => stretches.push((kind, change.value().to_owned())),
        }
    }
    let last = stretches.len().saturating_sub(1);
    let shorten = |(at, (kind, text)): (usize, (Kind, String))| -> Vec<(Kind, String)> {
        if kind == Kind::Same && last > 0 { shortened(&text, at == 0, at == last) } else { vec![(kind, text)] }
    };
    stretches.into_iter().enumerate().flat_map(shorten).collect()
}

/// The words of a stretch that stand beside its ends.
fn shortened(text: &str, is_first: bool, is_last: bool) -> Vec<(Kind, String)> {
    let starts: Vec<usize> = text.split_word_starts().collect();
    let (head, tail) = (if is_first { 0 } else { WORDS_AROUND }, if is_last { 0 } else { WORDS_AROUND });
    if starts.len() <= head + tail {
        return vec![(Kind::Same, text.to_owned())];
    }
    let from = starts.get(head).copied().unwrap_or_default();
    let to = starts.get(starts.len() - tail).copied().unwrap_or(text.len());
    let part = |range: std::ops::Range<usize>| (Kind::Same, text.get(range).unwrap_or_default().to_owned());
    let all = [part(0..from), (Kind::Skipped, " … ".to_owned()), part(to..text.len())];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

trait WordStarts {
    fn split_word_starts(&self) -> impl Iterator<Item = usize>;
}

impl WordStarts for str {
    fn split_word_starts(&self) -> impl Iterator<Item = usize> {
        let mut after_space = true;
        self.char_indices().filter_map(move |(at, c)| {
            let starts = after_space && !c.is_whitespace();
            after_space = c.is_whitespace();
            starts.then_some(at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_stand_out() {
        let found = between("The ferry leaves at nine.", "The ferry leaves at ten.");
        let kinds: Vec<(Kind, &str)> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        assert_eq!(
            kinds,
            [(Kind::Same, "The ferry leaves at "), (Kind::Gone, "nine"), (Kind::New, "ten"), (Kind::Same, ".")]
        );
        assert_eq!(between("same", "same"), [(Kind::Same, "same".to_owned())]);
        assert_eq!(between("", ""), []);
    }

    #[test]
    fn long_stretches_of_the_same_are_cut() {
        let same = "word ".repeat(200);
        let found = between(&format!("{same}old {same}"), &format!("{same}new {same}"));
        assert!(found.iter().any(|(kind, _)| *kind == Kind::Skipped));
        let shown: usize = found.iter().map(|(_, text)| text.split_whitespace().count()).sum();
        assert!(shown < 60, "{shown}");
    }
}
