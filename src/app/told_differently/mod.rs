//! What two tellings of a story state differently: figures, dates and quotations, each with both sides' words and where they stand.
//! By rules that would rather keep silent than compare what is not the same; which of the two is right they do not ask.
//!
//! # When two figures are the same one, told differently
//!
//! All of this has to hold:
//!
//! 1. Their paragraphs are a pair of [`super::side_by_side`].
//! 2. Their sentences are a pair: of the sentences with figures or dates in both paragraphs, those that share most words, each once,
//!    and at least half of their words ([`ALIKE_FROM`]); figures and dates do not count as words.
//! 3. They are of one kind, with the same unit, and count the same: the same words, or both nothing.
//! 4. Neither value is told of that kind, unit and counted thing anywhere in the other telling.
//! 5. Of those that are left, each is the only such figure in its sentence.
//! 6. Nothing else was put in another's place: among the [`AROUND`] words before them, and among those behind them, it is not
//!    so that either has a word that the other's sentence lacks ("12 were hurt", "3 were killed"); nor have both sentences a
//!    name that the other lacks.
//! 7. The values [cannot both be right](Figure::contradicts).
//!
//! For two dates the same holds, where "the same kind" means equally precise (two days, two months, two years), and two values
//! cannot both be right when they have no day in common. What is relative to a day that is not known is left out.
//!
//! # When a quotation is told differently
//!
//! Reported speech is left out, and so are quotations of fewer than three words. A quotation is told alike when its words
//! stand in the other telling one after another, in its text or in its quotations put together. Of the others two are the same
//! one, quoted differently, when they share at least half of their words and have one speaker, or stand in paired paragraphs and
//! nobody is named for one of them. One that is left stands on one side only, unless a quotation there has half of its words,
//! which may be a part of it.
//!
//! Tellings in two languages are not compared.
//!
//! - `quotations`: those that one telling has otherwise, or alone

mod quotations;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::ops::Range;

use crate::document::{Article, FlatText, TextRange};
use crate::insight::dates::{DateMention, How};
use crate::insight::facts::{Facts, PublicationDay, facts_until};
use crate::insight::figures::{Figure, FigureKind};
use crate::insight::step::to_the_end;
use crate::text::{collapse_whitespace, fold, folded_words};

/// The part of their words that sentences, and quotations, have to share (Dice's coefficient): half of them, as for paragraphs.
const ALIKE_FROM: f32 = 0.5;
/// Words beside a figure in which nothing may be replaced: about a clause.
const AROUND: usize = 6;
/// Letters of a word that says something: "for" and "against", but not "a" and "an".
const SHORTEST_WORD: usize = 3;
/// Bytes of a sentence beyond which it is a list.
const LONGEST_SENTENCE: usize = 1_500;
/// Figures of one kind, unit and counted thing that are looked through; more are a list.
const MOST_ALIKE: usize = 1_000;
/// Sentences of two paragraphs, or quotations of two tellings, whose words are counted pair by pair. Tellings of that many
/// quotations are books.
const MOST_PAIRS: usize = 250_000;

/// What two tellings state differently.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldDifferently {
    /// In the order in which it stands.
    pub rows: Vec<Differing>,
    /// Whether there are too many quotations to be compared.
    pub has_too_many_quotations: bool,
}

/// One thing that two tellings state differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// What it is.
    pub kind: DifferingKind,
    /// As the story that is read has it, and the other; a quotation may stand on one side only.
    pub sides: [Option<Told>; 2],
}

/// What is stated differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferingKind {
    /// A number.
    Figure,
    /// A day, a month or a year.
    Date,
    /// Words that somebody said.
    Quotation,
}

impl DifferingKind {
    /// What a person is told.
    pub fn label(self) -> &'static str {
        match self {
            Self::Figure => "Figure",
            Self::Date => "Date",
            Self::Quotation => "Quotation",
        }
    }
}

/// The words of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// On one line.
    pub words: String,
    /// What a relative date was resolved to, in ISO 8601-2: "Monday" here may be another one there.
    pub meaning: Option<String>,
    /// The row of [`super::side_by_side::SideBySide`] that they stand in.
    pub row: usize,
    /// Where in the text of that row's cell, in bytes.
    pub range: Range<usize>,
}

/// The paragraphs of a telling, as they are laid beside another.
#[derive(Clone, Copy, Debug)]
pub struct Paragraphs<'a> {
    /// The story.
    pub article: &'a Article,
    /// What its relative dates are told from.
    pub day: PublicationDay,
    /// The block that each is.
    pub blocks: &'a [usize],
    /// Their texts.
    pub texts: &'a [String],
    /// The row that each stands in.
    pub rows: &'a [usize],
}

/// What two tellings state differently. `pairs` are the paragraphs that both have.
pub fn between(sides: &[Paragraphs<'_>; 2], pairs: &[(usize, usize)]) -> ToldDifferently {
    let [left, right] = sides.each_ref().map(|side| language(side.article));
    if left.is_some() && right.is_some() && left != right {
        return ToldDifferently::default();
    }
    let sides = sides.each_ref().map(Side::of);
    let mut rows = stated(&sides, pairs);
    let has_too_many_quotations = quotations::quoted(&sides, pairs, &mut rows).is_none();
    rows.sort_by_key(|differing| {
        let place = |told: &Option<Told>| told.as_ref().map_or((usize::MAX, 0), |told| (told.row, told.range.start));
        let [left, right] = differing.sides.each_ref().map(place);
        (left.0.min(right.0), left, right)
    });
    ToldDifferently { rows, has_too_many_quotations }
}

/// Without its region.
fn language(article: &Article) -> Option<&str> {
    article.metadata.language.value().and_then(|tag| tag.split(['-', '_']).next())
}

/// A telling with its facts.
struct Side<'a> {
    paragraphs: Paragraphs<'a>,
    flat: FlatText,
    facts: Facts,
    /// Where each paragraph's block stands in the flat text; rising.
    places: Vec<TextRange>,
    /// What is no word of a sentence: figures and dates; rising.
    taken: Vec<TextRange>,
    /// Where names stand; rising.
    names: Vec<TextRange>,
}

impl<'a> Side<'a> {
    fn of(paragraphs: &Paragraphs<'a>) -> Self {
        let flat = paragraphs.article.flat_text();
        let facts = facts_until(paragraphs.article, paragraphs.day, &mut to_the_end).unwrap_or_default();
        let places = paragraphs.blocks.iter().map(|block| flat.block_range(*block).unwrap_or_default()).collect();
        let figures = facts.figures.iter().map(|figure| figure.range);
        let mut taken: Vec<TextRange> = figures.chain(facts.dates.iter().map(|date| date.range)).collect();
        taken.sort_unstable();
        let mut names: Vec<TextRange> = facts.names.iter().flat_map(|name| name.mentions.iter().copied()).collect();
        names.sort_unstable();
        Self { paragraphs: *paragraphs, flat, facts, places, taken, names }
    }

    fn words(&self, range: TextRange) -> &str {
        range.of(self.flat.as_str()).unwrap_or_default()
    }

    /// The paragraph that a place is in.
    fn paragraph(&self, range: TextRange) -> Option<usize> {
        let number = self.places.partition_point(|place| place.start <= range.start).checked_sub(1)?;
        self.places.get(number).filter(|place| range.end <= place.end).map(|_| number)
    }

    /// What is shown of a place.
    fn told(&self, range: TextRange) -> Option<Told> {
        let number = self.paragraph(range)?;
        let (place, text) = (self.places.get(number)?, self.paragraphs.texts.get(number)?);
        // A paragraph's text has no pictures, and no white space at its ends.
        let plain = |range: TextRange| self.words(range).replace('\u{FFFC}', "");
        let before = plain(TextRange::new(place.start, range.start));
        let whole = plain(*place);
        let start = before.len().saturating_sub(whole.len() - whole.trim_start().len());
        let words = plain(range);
        let within = start..start + words.len();
        let range = if text.get(within.clone()) == Some(words.as_str()) { within } else { 0..0 };
        Some(Told { words: collapse_whitespace(&words), meaning: None, row: *self.paragraphs.rows.get(number)?, range })
    }

    /// The words of a sentence, folded, each with where it stands; figures and dates left out.
    fn sentence(&self, range: TextRange) -> Sentence {
        let mut words = Vec::new();
        let first = self.taken.partition_point(|taken| taken.end <= range.start);
        let taken = self.taken.get(first..).unwrap_or_default();
        folded_words(self.words(range), |place, word| {
            let (start, end) = (range.start + place.start, range.start + place.end);
            let ahead = taken.iter().take_while(|taken| taken.start < end);
            if !ahead.into_iter().any(|taken| start < taken.end) {
                words.push((TextRange::new(start, end), word.to_owned()));
            }
        });
        let first = self.names.partition_point(|name| name.start < range.start);
        let names = self.names.get(first..).unwrap_or_default().iter().take_while(|name| name.end <= range.end);
        let names = names.map(|name| fold(self.words(*name))).collect();
        let set = words.iter().map(|(_, word)| word.clone()).collect();
        Sentence { range, words, set, names }
    }
}

/// A sentence with figures or dates.
struct Sentence {
    range: TextRange,
    words: Vec<(TextRange, String)>,
    set: HashSet<String>,
    names: HashSet<String>,
}

impl Sentence {
    fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|(_, word)| word.as_str()).collect()
    }

    /// The words that the other lacks, of those beside a place.
    fn lacking<'s>(words: impl Iterator<Item = &'s (TextRange, String)>, other: &Self) -> bool {
        let telling = words.take(AROUND).filter(|(_, word)| word.chars().count() >= SHORTEST_WORD);
        telling.into_iter().any(|(_, word)| !other.set.contains(word))
    }

    /// Whether a word beside a place of this one stands where the other has another word, or a name of it does anywhere.
    fn is_replaced(&self, place: TextRange, other: &Self, beside: TextRange) -> bool {
        let before = |sentence: &Self, place: TextRange, other: &Self| {
            Self::lacking(sentence.words.iter().rev().filter(|(range, _)| range.end <= place.start), other)
        };
        let behind = |sentence: &Self, place: TextRange, other: &Self| {
            Self::lacking(sentence.words.iter().filter(|(range, _)| range.start >= place.end), other)
        };
        let lacks_name = |one: &Self, other: &Self| {
            let is_told = |name: &String| name.split(' ').all(|word| other.set.contains(word));
            one.names.iter().any(|name| !other.names.contains(name) && !is_told(name))
        };
        before(self, place, other) && before(other, beside, self)
            || behind(self, place, other) && behind(other, beside, self)
            || lacks_name(self, other) && lacks_name(other, self)
    }
}

/// The words of both, as a part of the words of each on average (Dice's coefficient).
#[expect(clippy::cast_precision_loss, reason = "a part")]
fn dice<W: Eq + Hash>(left: &[W], right: &[W]) -> f32 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    2.0 * shared(left, right) as f32 / (left.len() + right.len()) as f32
}

/// How many words both have.
fn shared<W: Eq + Hash>(left: &[W], right: &[W]) -> usize {
    let mut counts: HashMap<&W, usize> = HashMap::new();
    right.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut take = |word: &W| match counts.get_mut(word) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    left.iter().filter(|word| take(word)).count()
}

/// Pairs of places that are most alike, each place once; of equals those that stand first.
fn best_pairs(mut alike: Vec<(f32, usize, usize)>) -> Vec<(usize, usize)> {
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_left, mut of_right) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (_, left, right) in alike {
        if !of_left.contains(&left) && !of_right.contains(&right) {
            of_left.insert(left);
            of_right.insert(right);
            pairs.push((left, right));
        }
    }
    pairs
}

/// Something that is stated: a figure or a date.
trait Stated {
    /// Equal for what can be the same thing.
    type Key: Eq + Hash;
    const KIND: DifferingKind;

    fn key(&self, side: &Side<'_>) -> Option<Self::Key>;
    fn contradicts(&self, other: &Self) -> bool;
    fn sentence(&self) -> TextRange;
    /// What is shown: with what is counted, where that follows.
    fn range(&self) -> TextRange;
    /// What its words do not say by themselves.
    fn meaning(&self) -> Option<String> {
        None
    }
}

impl Stated for Figure {
    type Key = (FigureKind, String, String);
    const KIND: DifferingKind = DifferingKind::Figure;

    fn key(&self, side: &Side<'_>) -> Option<Self::Key> {
        let counted = self.counted.map(|range| fold(&collapse_whitespace(side.words(range)))).unwrap_or_default();
        Some((self.kind, self.unit.to_string(), counted))
    }
    fn contradicts(&self, other: &Self) -> bool {
        self.contradicts(other)
    }
    fn sentence(&self) -> TextRange {
        self.sentence
    }
    fn range(&self) -> TextRange {
        let counted =
            self.counted.filter(|counted| counted.start >= self.range.end && counted.end <= self.sentence.end);
        TextRange::new(self.range.start, counted.map_or(self.range.end, |counted| counted.end))
    }
}

impl Stated for DateMention {
    /// How it is written in ISO 8601-2, digits made alike.
    type Key = String;
    const KIND: DifferingKind = DifferingKind::Date;

    fn key(&self, _side: &Side<'_>) -> Option<Self::Key> {
        let when = self.when.as_ref().filter(|_| self.how != How::Unresolved)?;
        Some(when.iso.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect())
    }
    fn contradicts(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (&self.when, &other.when) else { return false };
        let days = |when: &crate::insight::dates::When| (when.first.to_string(), when.last.to_string());
        let ((first, last), (other_first, other_last)) = (days(one), days(other));
        last < other_first || other_last < first
    }
    fn sentence(&self) -> TextRange {
        self.sentence
    }
    fn range(&self) -> TextRange {
        self.range
    }
    fn meaning(&self) -> Option<String> {
        let when = self.when.as_ref().filter(|_| self.how == How::Resolved)?;
        Some(when.iso.clone())
    }
}

/// Figures and dates that are told differently.
fn stated(sides: &[Side<'_>; 2], pairs: &[(usize, usize)]) -> Vec<Differing> {
    let mut rows = Vec::new();
    let figures = untold(sides, sides.each_ref().map(|side| side.facts.figures.as_slice()));
    let dates = untold(sides, sides.each_ref().map(|side| side.facts.dates.as_slice()));
    let [left, right] = sides;
    for (number, other) in pairs {
        let (of_left, of_right) = (sentences(left, *number), sentences(right, *other));
        if of_left.len().saturating_mul(of_right.len()) > MOST_PAIRS {
            continue;
        }
        let mut alike = Vec::new();
        for (place, sentence) in of_left.iter().enumerate() {
            let words = sentence.texts();
            for (other_place, other) in of_right.iter().enumerate() {
                let part = dice(&words, &other.texts());
                if part >= ALIKE_FROM {
                    alike.push((part, place, other_place));
                }
            }
        }
        for (place, other_place) in best_pairs(alike) {
            let (Some(one), Some(other)) = (of_left.get(place), of_right.get(other_place)) else { continue };
            compare(sides, [one, other], &figures, &mut rows);
            compare(sides, [one, other], &dates, &mut rows);
        }
    }
    rows
}

/// The sentences of a paragraph that have figures or dates.
fn sentences(side: &Side<'_>, paragraph: usize) -> Vec<Sentence> {
    let place = side.places.get(paragraph).copied().unwrap_or_default();
    let mut found: Vec<TextRange> =
        within(&side.facts.figures, place).chain(within(&side.facts.dates, place)).collect();
    found.retain(|sentence| place.start <= sentence.start && sentence.end <= place.end);
    found.retain(|sentence| sentence.len() <= LONGEST_SENTENCE);
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|sentence| side.sentence(sentence)).collect()
}

/// The sentences of what is stated in a place; `list` is in the order of the text.
fn within<S: Stated>(list: &[S], place: TextRange) -> impl Iterator<Item = TextRange> {
    let first = list.partition_point(|one| one.range().start < place.start);
    let rest = list.get(first..).unwrap_or_default();
    rest.iter().take_while(move |one| one.range().start < place.end).map(Stated::sentence)
}

/// What each side states, with its key, where the other states it of the same thing, but never with this value.
fn untold<'s, S: Stated>(sides: &[Side<'_>; 2], lists: [&'s [S]; 2]) -> [Vec<(S::Key, &'s S)>; 2] {
    let [left, right] = sides;
    let [of_left, of_right] = lists;
    let by_key = |side: &Side<'_>, list: &'s [S]| {
        let mut all: HashMap<S::Key, Vec<&'s S>> = HashMap::new();
        for one in list {
            if let Some(key) = one.key(side) {
                all.entry(key).or_default().push(one);
            }
        }
        all
    };
    let left_out = |side: &Side<'_>, list: &'s [S], others: &HashMap<S::Key, Vec<&'s S>>| {
        let keyed = list.iter().filter_map(|one| Some((one.key(side)?, one)));
        let is_untold = |(key, one): &(S::Key, &S)| {
            others
                .get(key)
                .is_some_and(|others| others.len() <= MOST_ALIKE && others.iter().all(|other| one.contradicts(other)))
        };
        keyed.filter(is_untold).collect::<Vec<_>>()
    };
    [left_out(left, of_left, &by_key(right, of_right)), left_out(right, of_right, &by_key(left, of_left))]
}

/// Adds what two sentences state differently.
fn compare<S: Stated>(
    sides: &[Side<'_>; 2],
    sentences: [&Sentence; 2],
    untold: &[Vec<(S::Key, &S)>; 2],
    rows: &mut Vec<Differing>,
) {
    let [of_left, of_right] = [0, 1].map(|side: usize| {
        let (list, sentence) = (untold.get(side).map_or(&[][..], Vec::as_slice), sentences.get(side).map(|s| s.range));
        let place = sentence.unwrap_or_default();
        let first = list.partition_point(|(_, one)| one.range().start < place.start);
        let rest = list.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(_, one)| one.range().start < place.end).collect::<Vec<_>>()
    });
    let [sentence, other_sentence] = sentences;
    let [left, right] = sides;
    for (key, one) in &of_left {
        let is_only = |list: &[&(S::Key, &S)]| list.iter().filter(|(other, _)| other == key).count() == 1;
        let Some((_, other)) = of_right.iter().find(|(other, _)| other == key) else { continue };
        let is_same = is_only(&of_left)
            && is_only(&of_right)
            && one.contradicts(other)
            && !sentence.is_replaced(one.range(), other_sentence, other.range());
        if let (true, Some(here), Some(there)) = (is_same, left.told(one.range()), right.told(other.range())) {
            let sides = [Told { meaning: one.meaning(), ..here }, Told { meaning: other.meaning(), ..there }];
            rows.push(Differing { kind: S::KIND, sides: sides.map(Some) });
        }
    }
}
