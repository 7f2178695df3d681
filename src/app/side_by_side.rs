//! Two stories side by side, paragraph by paragraph: what both have stands plain, what only one has is marked in its column.
//! Unlike [`super::difference`], which tells versions of one text apart word by word, it follows paragraphs that were moved, cut or
//! rewritten. Shows nothing.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{ChangeTag, TextDiff};

use super::told_differently::{self, Paragraphs, ToldDifferently};
use crate::document::{Article, Role};
use crate::insight::facts::PublicationDay;
use crate::text::shingles::Shingles;
use crate::text::{fold, folded_words};

/// The longest that words are compared for; paragraphs that are left then count as rewritten.
const LONGEST: Duration = Duration::from_secs(2);
/// Two paragraphs are one, rewritten, when this part of either's words stands in the other: half of them could be a quotation in
/// common.
const ALIKE_FROM: f32 = 0.5;
/// Pairs of paragraphs whose words are counted one by one; of more only those with a run of words in common are compared.
const MOST_PAIRS: usize = 40_000;

/// Two stories side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideBySide {
    /// What stands above each column.
    pub heads: [Head; 2],
    /// From the top down.
    pub rows: Vec<PairRow>,
    /// Paragraphs that both have, rewritten or moved ones too.
    pub shared: usize,
    /// Of these, those that are the same word for word.
    pub same: usize,
    /// What they state differently.
    pub told: ToldDifferently,
}

/// What stands above a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title.
    pub title: String,
    /// The site, if one is stated.
    pub site: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
}

/// Paragraphs at one height; one of the two may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairRow {
    /// Of the story that is read, and of the other.
    pub cells: [Option<Cell>; 2],
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// What of it only this story has, in bytes.
    pub marked: Vec<Range<usize>>,
    /// Whether the other story has it in another place.
    pub is_moved: bool,
}

impl PairRow {
    /// Whether anything in it is not in both.
    pub fn differs(&self) -> bool {
        self.cells.iter().flatten().any(|cell| !cell.marked.is_empty())
    }
}

/// The paragraphs of a story, without its title, byline and captions, each with the number of its block.
pub fn paragraphs(article: &Article) -> (Vec<usize>, Vec<String>) {
    let blocks = article.blocks.iter().enumerate();
    let shown = blocks.filter(|(_, block)| block.is_shown() && block.role == Role::Body);
    let texts = shown.map(|(number, block)| (number, block.body_text().trim().to_owned()));
    texts.filter(|(_, text)| !text.is_empty()).unzip()
}

/// Lays two stories side by side, with what they state differently; their relative dates are told from these days.
pub fn lay_stories(heads: [Head; 2], articles: [&Article; 2], days: [PublicationDay; 2]) -> SideBySide {
    let [(left_blocks, left), (right_blocks, right)] = articles.map(paragraphs);
    let pairs = matched(&left, &right);
    let mut laid = lay_pairs(heads, &left, &right, &pairs);
    let row_of = |side: usize| -> Vec<usize> {
        let rows = laid.rows.iter().enumerate();
        rows.filter(|(_, row)| row.cells.get(side).is_some_and(Option::is_some)).map(|(number, _)| number).collect()
    };
    let sides = [
        Paragraphs { article: articles[0], day: days[0], blocks: &left_blocks, texts: &left, rows: &row_of(0) },
        Paragraphs { article: articles[1], day: days[1], blocks: &right_blocks, texts: &right, rows: &row_of(1) },
    ];
    laid.told = told_differently::between(&sides, &pairs);
    laid
}

/// Lays two texts side by side. No word of them is left out.
pub fn lay(heads: [Head; 2], left: &[String], right: &[String]) -> SideBySide {
    lay_pairs(heads, left, right, &matched(left, right))
}

fn lay_pairs(heads: [Head; 2], left: &[String], right: &[String], pairs: &[(usize, usize)]) -> SideBySide {
    let partner: HashMap<usize, usize> = pairs.iter().copied().collect();
    let of_right: HashMap<usize, usize> = pairs.iter().map(|(l, r)| (*r, *l)).collect();
    let aligned: HashSet<usize> = in_order(pairs).into_iter().map(|(l, _)| l).collect();
    let whole = [left, right].map(|side| Shingles::of_parts(side.iter().map(String::as_str)));
    let [whole_left, whole_right] = &whole;
    let end = Instant::now() + LONGEST;
    let mut rows = Vec::with_capacity(left.len().max(right.len()));
    let mut same = 0;
    // Each pair is compared once, whether its paragraphs stand at one height or not.
    let mut marks: HashMap<usize, [Vec<Range<usize>>; 2]> = HashMap::new();
    for (l, r) in pairs {
        let (Some(a), Some(b)) = (left.get(*l), right.get(*r)) else { continue };
        let marked = differences(a, b, end);
        same += usize::from(marked.iter().all(Vec::is_empty));
        marks.insert(*l, marked);
    }
    let cell = |text: &String, pair: Option<usize>, side: usize, other: &Shingles, is_moved: bool| Cell {
        marked: match pair.and_then(|pair| marks.get(&pair)).and_then(|marks| marks.get(side)) {
            Some(marked) => marked.clone(),
            None => other.missing_from(text),
        },
        text: text.clone(),
        is_moved,
    };
    let mut at = 0;
    let right_until = |at: &mut usize, end: usize, rows: &mut Vec<PairRow>| {
        for (number, text) in right.iter().enumerate().take(end).skip(*at) {
            let pair = of_right.get(&number).copied();
            rows.push(PairRow { cells: [None, Some(cell(text, pair, 1, whole_left, pair.is_some()))] });
        }
        *at = end.max(*at);
    };
    for (number, text) in left.iter().enumerate() {
        let other = partner.get(&number).copied();
        let pair = other.map(|_| number);
        match other.filter(|_| aligned.contains(&number)).and_then(|other| Some((other, right.get(other)?))) {
            Some((other, beside)) => {
                right_until(&mut at, other, &mut rows);
                at = other + 1;
                let cells = [cell(text, pair, 0, whole_right, false), cell(beside, pair, 1, whole_left, false)];
                rows.push(PairRow { cells: cells.map(Some) });
            }
            None => rows.push(PairRow { cells: [Some(cell(text, pair, 0, whole_right, pair.is_some())), None] }),
        }
    }
    right_until(&mut at, right.len(), &mut rows);
    SideBySide { heads, rows, shared: pairs.len(), same, told: ToldDifferently::default() }
}

/// The paragraphs that both texts have, each once: equal ones, then those that share most, wherever they stand.
fn matched(left: &[String], right: &[String]) -> Vec<(usize, usize)> {
    let mut equal: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (number, text) in right.iter().enumerate() {
        equal.entry(fold(text)).or_default().push_back(number);
    }
    let mut pairs = Vec::new();
    for (number, text) in left.iter().enumerate() {
        let folded = fold(text);
        if let Some(other) = equal.get_mut(&folded).filter(|_| !folded.is_empty()).and_then(VecDeque::pop_front) {
            pairs.push((number, other));
        }
    }
    let (of_left, of_right) = pairs.iter().copied().unzip::<_, _, HashSet<_>, HashSet<_>>();
    let rest = |side: &[String], taken: &HashSet<usize>| -> Vec<(usize, Bag)> {
        let rest = side.iter().enumerate().filter(|(number, _)| !taken.contains(number));
        rest.map(|(number, text)| (number, Bag::of(text))).collect()
    };
    let (left, right) = (rest(left, &of_left), rest(right, &of_right));
    let has_all = left.len().saturating_mul(right.len()) <= MOST_PAIRS;
    let mut with_run: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, (_, bag)) in right.iter().enumerate().filter(|_| !has_all) {
        bag.shingles.hashes().for_each(|run| with_run.entry(run).or_default().push(place));
    }
    let mut alike = Vec::new();
    for (number, bag) in &left {
        let near: Vec<usize> = if has_all {
            (0..right.len()).collect()
        } else {
            let places = bag.shingles.hashes().filter_map(|run| with_run.get(&run)).flatten().copied();
            places.collect::<HashSet<_>>().into_iter().collect()
        };
        for (other, other_bag) in near.into_iter().filter_map(|place| right.get(place)) {
            let dice = bag.part_shared_with(other_bag);
            // Of a paragraph that was cut, what is left stands in the other word for word.
            let shared = bag.shingles.shared_with(&other_bag.shingles);
            let part = dice.max(shared.part_here()).max(shared.part_there());
            if part >= ALIKE_FROM {
                alike.push((part + dice, *number, *other));
            }
        }
    }
    // Of equals, those that stand first in both.
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_left, mut of_right) = (of_left, of_right);
    for (_, number, other) in alike {
        if !of_left.contains(&number) && !of_right.contains(&other) {
            of_left.insert(number);
            of_right.insert(other);
            pairs.push((number, other));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// A paragraph's words, with how often each is there, and its shingles.
struct Bag {
    words: HashMap<String, usize>,
    count: usize,
    shingles: Shingles,
}

impl Bag {
    fn of(text: &str) -> Self {
        let (mut words, mut count) = (HashMap::new(), 0);
        folded_words(text, |_, word| {
            *words.entry(word.to_owned()).or_default() += 1;
            count += 1;
        });
        Self { words, count, shingles: Shingles::of(text) }
    }

    /// The words of both, as a part of the words of each on average (Dice's coefficient).
    #[expect(clippy::cast_precision_loss, reason = "a part")]
    fn part_shared_with(&self, other: &Self) -> f32 {
        let of_other = |word: &String| other.words.get(word).copied().unwrap_or_default();
        let shared: usize = self.words.iter().map(|(word, count)| (*count).min(of_other(word))).sum();
        if shared == 0 { 0.0 } else { 2.0 * shared as f32 / (self.count + other.count) as f32 }
    }
}

/// The most pairs that are in the same order in both texts (patience sorting). `pairs` are in the order of the left one.
fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The pair that ends the best chain of each length, and the one before each pair in its chain.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let right_of = |at: usize| pairs.get(at).map_or(usize::MAX, |pair| pair.1);
    for (at, (_, right)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| right_of(*end) < *right);
        before.push(length.checked_sub(1).and_then(|last| ends.get(last).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.extend(pairs.get(at).copied());
        next = before.get(at).copied().flatten();
    }
    chain.reverse();
    chain
}

/// What differs between two paragraphs, in bytes of each.
fn differences(left: &str, right: &str, end: Instant) -> [Vec<Range<usize>>; 2] {
    let mut marked = [Vec::new(), Vec::new()];
    if left == right {
        return marked;
    }
    let mut config = TextDiff::configure();
    config.timeout(end.saturating_duration_since(Instant::now()));
    let diff = config.diff_unicode_words(left, right);
    let mut at = [0, 0];
    for change in diff.iter_all_changes() {
        let length = change.value().len();
        let moves = match change.tag() {
            ChangeTag::Equal => [true, true],
            ChangeTag::Delete => [true, false],
            ChangeTag::Insert => [false, true],
        };
        for ((at, marked), moves) in at.iter_mut().zip(&mut marked).zip(moves) {
            if moves {
                if change.tag() != ChangeTag::Equal {
                    mark(marked, *at..*at + length);
                }
                *at += length;
            }
        }
    }
    let [of_left, of_right] = marked;
    [trimmed(left, of_left), trimmed(right, of_right)]
}

fn mark(marked: &mut Vec<Range<usize>>, range: Range<usize>) {
    match marked.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => marked.push(range),
    }
}

/// Without white space at the ends, which is nothing to be marked by itself, and with that between two marks.
fn trimmed(text: &str, marked: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(marked.len());
    for range in marked {
        let Some(words) = text.get(range.clone()) else { continue };
        let start = range.start + words.len() - words.trim_start().len();
        let end = start + words.trim().len();
        match out.last_mut() {
            Some(last) if text.get(last.end..start).is_some_and(|gap| gap.trim().is_empty()) => {
                last.end = end.max(last.end);
            }
            _ if start < end => out.push(start..end),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn laid(left: &[&str], right: &[&str]) -> SideBySide {
        let own = |side: &[&str]| side.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        lay(<[Head; 2]>::default(), &own(left), &own(right))
    }

    /// Each row as "left | right", what is marked in brackets, what was moved behind a star.
    fn drawn(laid: &SideBySide) -> Vec<String> {
        let cell = |cell: &Option<Cell>| {
            let Some(cell) = cell else { return String::new() };
            let mut out = if cell.is_moved { "*".to_owned() } else { String::new() };
            let mut at = 0;
            let part = |range: Range<usize>| cell.text.get(range).unwrap();
            for range in &cell.marked {
                out.push_str(&format!("{}[{}]", part(at..range.start), part(range.clone())));
                at = range.end;
            }
            out + part(at..cell.text.len())
        };
        laid.rows.iter().map(|row| format!("{} | {}", cell(&row.cells[0]), cell(&row.cells[1]))).collect()
    }

    #[test]
    fn what_only_one_has_is_marked_in_its_column() {
        let one = "The ferry leaves at nine from the old pier.";
        let two = "Nobody has ever been late for it.";
        let three = "It returns at noon, and brings the mail.";
        for (left, right, rows, counts) in [
            (&[one, two][..], &[one, two][..], &[format!("{one} | {one}"), format!("{two} | {two}")][..], (2, 2)),
            (
                &[one, two],
                &["The ferry leaves at ten from the old pier."],
                &["The ferry leaves at [nine] from the old pier. | The ferry leaves at [ten] from the old pier.".into(), format!("[{two}] | ")],
                (1, 0),
            ),
            (&[one, three], &[one, two, three], &[format!("{one} | {one}"), format!(" | [{two}]"), format!("{three} | {three}")], (2, 2)),
            (
                &[one, two, three],
                &[two, three, one],
                &[format!("*{one} | "), format!("{two} | {two}"), format!("{three} | {three}"), format!(" | *{one}")],
                (3, 3),
            ),
            // Two paragraphs made one: what it has in common with the second is no less in both.
            (
                &["Four and twenty blackbirds were baked in a pie, as everybody in the kitchen remembers to this day.", "When the pie was opened the birds began to sing."],
                &["Four and twenty blackbirds were baked in a pie, as everybody in the kitchen remembers to this day. When the pie was opened the birds began to sing."],
                &["Four and twenty blackbirds were baked in a pie, as everybody in the kitchen remembers to this day. | Four and twenty blackbirds were baked in a pie, as everybody in the kitchen remembers to this day. [When the pie was opened the birds began to sing.]".into(), "When the pie was opened the birds began to sing. | ".into()],
                (1, 0),
            ),
            // A paragraph that was cut.
            (
                &["No ferry sails before noon today. The harbour master has seen eleven boats go down at their moorings."],
                &["No ferry sails before noon today."],
                &["No ferry sails before noon today. [The harbour master has seen eleven boats go down at their moorings.] | No ferry sails before noon today.".into()],
                (1, 0),
            ),
            (&[], &[], &[], (0, 0)),
        ] {
            let found = laid(left, right);
            assert_eq!(drawn(&found), rows, "{left:?} {right:?}");
            assert_eq!((found.shared, found.same), counts, "{left:?} {right:?}");
        }
    }

    proptest! {
        #[test]
        fn the_columns_give_back_the_texts(
            left in proptest::collection::vec("[a-d é漢.]{1,24}", 0..12),
            right in proptest::collection::vec("[a-d é漢.]{1,24}", 0..12),
            taken in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            // With paragraphs of the one in the other.
            let mut right = right;
            right.extend(taken.iter().filter(|_| !left.is_empty()).map(|at| at.get(&left).clone()));
            let found = lay(<[Head; 2]>::default(), &left, &right);
            for (side, expected) in [&left, &right].into_iter().enumerate() {
                let cells: Vec<&Cell> = found.rows.iter().filter_map(|row| row.cells[side].as_ref()).collect();
                let texts: Vec<&String> = cells.iter().map(|cell| &cell.text).collect();
                prop_assert_eq!(texts, expected.iter().collect::<Vec<_>>());
                for cell in cells {
                    let mut at = 0;
                    for range in &cell.marked {
                        prop_assert!(range.start >= at && range.start < range.end && cell.text.get(range.clone()).is_some());
                        at = range.end;
                    }
                }
            }
            prop_assert!(found.same <= found.shared && found.shared <= left.len().min(right.len()));
            prop_assert!(found.rows.iter().all(|row| row.cells.iter().any(Option::is_some)));
        }
    }
}
