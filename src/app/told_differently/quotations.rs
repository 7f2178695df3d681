//! Which quotations two tellings have otherwise: their words looked for in the other's text, and what is left paired by speaker.

use std::collections::{HashMap, HashSet};

use super::{ALIKE_FROM, Differing, DifferingKind, MOST_PAIRS, Side, best_pairs, dice, shared};
use crate::document::TextRange;
use crate::insight::voices::{Kind, voices};
use crate::text::{fold, folded_words};

/// Words of a quotation that can be told differently.
const FEWEST_WORDS: usize = 3;

/// A direct quotation.
struct Quoted {
    range: TextRange,
    paragraph: usize,
    /// The folded words of the name.
    speaker: Vec<String>,
    /// Its words, each by a number of its own.
    words: Vec<u32>,
}

/// Words by numbers, the same on both sides.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: &str, out: &mut Vec<u32>) {
        folded_words(text, |_, word| {
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            out.push(*self.0.entry(word.to_owned()).or_insert(next));
        });
    }
}

/// A run of words in which other runs are looked for.
struct Runs {
    words: Vec<u32>,
    /// Where each three words stand one after another.
    places: HashMap<[u32; FEWEST_WORDS], Vec<usize>>,
}

impl Runs {
    fn of(words: Vec<u32>) -> Self {
        let mut places: HashMap<[u32; FEWEST_WORDS], Vec<usize>> = HashMap::new();
        for (at, three) in words.windows(FEWEST_WORDS).enumerate() {
            if let Ok(three) = three.try_into() {
                places.entry(three).or_default().push(at);
            }
        }
        Self { words, places }
    }

    fn has(&self, words: &[u32]) -> bool {
        let first = words.get(..FEWEST_WORDS).and_then(|three| <[u32; FEWEST_WORDS]>::try_from(three).ok());
        let places = first.and_then(|first| self.places.get(&first));
        places.is_some_and(|places| places.iter().any(|at| self.words.get(*at..*at + words.len()) == Some(words)))
    }
}

/// Adds the quotations that are told differently; none where they are too many.
pub(super) fn quoted(sides: &[Side<'_>; 2], pairs: &[(usize, usize)], rows: &mut Vec<Differing>) -> Option<()> {
    let mut numbers = Numbers::default();
    let all = sides.each_ref().map(|side| quotations(side, &mut numbers));
    let [of_left, of_right] = &all;
    if of_left.len().saturating_mul(of_right.len()) > MOST_PAIRS {
        return None;
    }
    let runs = |side: &Side<'_>, quotations: &[Quoted], numbers: &mut Numbers| {
        let mut text = Vec::new();
        side.paragraphs.texts.iter().for_each(|paragraph| numbers.of(paragraph, &mut text));
        [text, quotations.iter().flat_map(|quoted| quoted.words.iter().copied()).collect()].map(Runs::of)
    };
    let [left, right] = sides;
    let (in_left, in_right) = (runs(left, of_left, &mut numbers), runs(right, of_right, &mut numbers));
    let rest = |quotations: &[Quoted], other: &[Runs; 2]| -> Vec<usize> {
        let is_told = |quoted: &Quoted| other.iter().any(|runs| runs.has(&quoted.words));
        quotations.iter().enumerate().filter(|(_, quoted)| !is_told(quoted)).map(|(number, _)| number).collect()
    };
    let (rest_left, rest_right) = (rest(of_left, &in_right), rest(of_right, &in_left));
    let beside: HashSet<(usize, usize)> = pairs.iter().copied().collect();
    let mut alike = Vec::new();
    for number in &rest_left {
        for other_number in &rest_right {
            let (Some(one), Some(other)) = (of_left.get(*number), of_right.get(*other_number)) else { continue };
            let is_one = if one.speaker.is_empty() || other.speaker.is_empty() {
                beside.contains(&(one.paragraph, other.paragraph))
            } else {
                one.speaker.ends_with(&other.speaker) || other.speaker.ends_with(&one.speaker)
            };
            let part = if is_one { dice(&one.words, &other.words) } else { 0.0 };
            if part >= ALIKE_FROM {
                alike.push((part, *number, *other_number));
            }
        }
    }
    let found = best_pairs(alike);
    for (number, other_number) in &found {
        let (Some(one), Some(other)) = (of_left.get(*number), of_right.get(*other_number)) else { continue };
        let sides = [left.told(one.range), right.told(other.range)];
        rows.push(Differing { kind: DifferingKind::Quotation, sides });
    }
    let is_partly_in = |quoted: &Quoted, others: &[Quoted]| {
        others.iter().any(|other| shared(&quoted.words, &other.words) * 2 >= quoted.words.len())
    };
    for number in rest_left.iter().filter(|number| !found.iter().any(|(left, _)| left == *number)) {
        if let Some(one) = of_left.get(*number).filter(|one| !is_partly_in(one, of_right)) {
            rows.push(Differing { kind: DifferingKind::Quotation, sides: [left.told(one.range), None] });
        }
    }
    for number in rest_right.iter().filter(|number| !found.iter().any(|(_, right)| right == *number)) {
        if let Some(one) = of_right.get(*number).filter(|one| !is_partly_in(one, of_left)) {
            rows.push(Differing { kind: DifferingKind::Quotation, sides: [None, right.told(one.range)] });
        }
    }
    Some(())
}

/// The direct quotations of a telling that stand in its paragraphs.
fn quotations(side: &Side<'_>, numbers: &mut Numbers) -> Vec<Quoted> {
    let said = voices(side.paragraphs.article).quotations;
    let direct = said.into_iter().filter(|quotation| quotation.kind != Kind::Indirect);
    let quoted = direct.filter_map(|quotation| {
        let mut words = Vec::new();
        numbers.of(side.words(quotation.range), &mut words);
        let name = quotation.speaker.as_deref().map(fold).unwrap_or_default();
        let speaker = name.split_whitespace().map(str::to_owned).collect();
        Some(Quoted { range: quotation.range, paragraph: side.paragraph(quotation.range)?, speaker, words })
    });
    quoted.filter(|quoted| quoted.words.len() >= FEWEST_WORDS).collect()
}
