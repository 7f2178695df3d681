//! The same thing given two values: two counts of the same words whose sentences say the same of them. Points to both and does
//! not judge. Keeps silent where one may be a part of the other, or what it was before.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Approximation, Figure, FigureKind};
use crate::document::TextRange;
use crate::text::fold;

/// Two figures of an article, by their places in its list, that give one thing two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Conflict {
    /// The one that stands first.
    pub first: usize,
    /// The other.
    pub second: usize,
}

/// How far an approximate value may be from another of the same thing.
const ROUGHLY: f64 = 0.1;

/// Letters of words that say something of a sentence.
const SHORTEST_WORD: usize = 5;

/// Bytes of a sentence beyond which it is a list.
const LONGEST_SENTENCE: usize = 1_500;

/// Words that two sentences have to share besides what is counted.
const SHARED_WORDS: usize = 2;

/// Pairs of one counted thing that are looked at; a list of a thousand "people" is no list of contradictions.
const MOST_ALIKE: usize = 12;

pub(in crate::insight) fn find(flat: &str, figures: &[Figure]) -> Vec<Conflict> {
    let mut alike: BTreeMap<(FigureKind, String, String), Vec<usize>> = BTreeMap::new();
    for (number, figure) in figures.iter().enumerate() {
        let Some(counted) = figure.counted.and_then(|range| range.of(flat)) else { continue };
        if figure.kind == FigureKind::Count {
            alike.entry((figure.kind, figure.unit.to_string(), fold(counted))).or_default().push(number);
        }
    }
    let mut conflicts = Vec::new();
    for numbers in alike.into_values().filter(|numbers| (2..=MOST_ALIKE).contains(&numbers.len())) {
        for (place, first) in numbers.iter().enumerate() {
            for second in numbers.iter().skip(place + 1) {
                let (Some(a), Some(b)) = (figures.get(*first), figures.get(*second)) else { continue };
                if a.contradicts(b) && say_the_same(flat, a, b) {
                    conflicts.push(Conflict { first: *first, second: *second });
                }
            }
        }
    }
    conflicts.sort_unstable();
    conflicts
}

impl Figure {
    /// Whether two values of the same thing cannot both be right. What is stated roughly may be a tenth away, what is "more than"
    /// something may be any more, and ranges that touch agree.
    pub fn contradicts(&self, other: &Self) -> bool {
        if self.kind == FigureKind::Score || other.kind == FigureKind::Score {
            return (self.value, self.to) != (other.value, other.to);
        }
        let is_exact = |figure: &Self| figure.approximation.is_none() && figure.to.is_none();
        let (low, high) = if self.value <= other.value { (self, other) } else { (other, self) };
        if low.to.is_some_and(|to| to >= high.value)
            || low.approximation == Some(Approximation::More)
            || high.approximation == Some(Approximation::Less)
        {
            return false;
        }
        let are_exact = is_exact(self) && is_exact(other);
        if are_exact { self.value != other.value } else { high.value - low.value > high.value.abs() * ROUGHLY }
    }
}

/// Whether the sentences of two figures share their words, and none speaks of a change or a part.
fn say_the_same(flat: &str, a: &Figure, b: &Figure) -> bool {
    let is_long = a.sentence.len().max(b.sentence.len()) > LONGEST_SENTENCE;
    if is_long || a.sentence == b.sentence {
        return false;
    }
    let words = |figure: &Figure| -> HashSet<String> {
        let folded = figure.sentence.of(flat).map(fold).unwrap_or_default();
        folded.split(' ').filter(|word| word.chars().count() >= SHORTEST_WORD).map(ToOwned::to_owned).collect()
    };
    let counted =
        |figure: &Figure| figure.counted.and_then(|range: TextRange| range.of(flat)).map(fold).unwrap_or_default();
    let own = counted(a);
    let (first, second) = (words(a), words(b));
    const CHANGES: [&str; 16] = [
        "after",
        "before",
        "another",
        "further",
        "additional",
        "earlier",
        "previous",
        "previously",
        "increased",
        "weitere",
        "zusatzliche",
        "autres",
        "otros",
        "altri",
        "outros",
        "andere",
    ];
    let changes = CHANGES.iter().any(|word| first.contains(*word) || second.contains(*word));
    let shared = first.intersection(&second).filter(|word| !own.contains(word.as_str())).count();
    !changes && shared >= SHARED_WORDS
}
