//! What each line of a page looks like, as numbers between 0 and 1 that [`super::labelling`] weighs: its length, its ending,
//! its words' shape, its place, its neighbours, and what the lists have it as. No feature is a word or a site, and none
//! jumps where a length grows by one character. Decides nothing.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::OmissionReason;

use super::Decision;
use super::head::is_head_line;
use super::lexicon::View;
use super::lines::{Line, begins_small, is_rule, list_marker};

/// The features' names, in the order of their values.
pub(super) const NAMES: [&str; 96] = [
    "always",
    // Length, in pieces that add up.
    "to 15 characters",
    "15 to 30",
    "30 to 60",
    "60 to 120",
    "120 to 240",
    "240 to 480",
    // Its end.
    "ends a sentence",
    "ends a sentence, to 60",
    "ends a sentence, 60 to 120",
    "ends a sentence, 120 to 240",
    "ends with a colon",
    "ends with an ellipsis",
    "ends with a question",
    // Its words.
    "small words",
    "large words",
    "all capitals",
    "digits",
    "commas without a sentence",
    "sentences inside",
    "tabs",
    "separators",
    "an address or handle",
    "begins small",
    "begins with a quotation mark",
    "list item",
    "list item, to 60",
    "rule",
    "quoted",
    // Blank lines.
    "blank before",
    "blank behind",
    "alone where paragraphs are",
    "not alone where paragraphs are",
    // Repetition.
    "occurs again",
    "occurs often",
    "long and seen before",
    // The lists.
    "comments",
    "advertisement",
    "legal",
    "subscribe",
    "share",
    "related",
    "boilerplate",
    "image credit",
    "navigation",
    "reading time",
    "listed sentence",
    "author or date",
    // Neighbours.
    "line before, to 60",
    "line before, 60 to 240",
    "line before ends a sentence",
    "line before is listed",
    "line behind, to 60",
    "line behind, 60 to 240",
    "line behind ends a sentence",
    "line behind is listed",
    "as long as the line before",
    "as long as the line behind",
    "run of labels",
    "run of labels, long",
    "prose close before",
    "prose close behind",
    "prose before",
    "prose behind",
    "short between prose",
    "short between prose, far",
    "listed before",
    "listed behind",
    "labels before",
    "labels behind",
    // Place.
    "place in the text",
    "last tenth",
    "first tenth",
    "in the stretch",
    "short in the stretch",
    "before the stretch",
    "before the stretch, far",
    "behind the stretch",
    "behind the stretch, far",
    "soon behind author or date",
    "soon before author or date",
    "behind comments",
    "soon behind related",
    "behind legal",
    "soon behind subscribe",
    // Subject.
    "words of the story",
    "words of the story, to 120",
    // What the rules say.
    "shown by rules",
    "set aside within the stretch",
    // Patterns.
    "pattern of two",
    "pattern of three",
    "pattern of four",
    "short and behind a listed heading",
    "sentence of a teaser",
    "listed, short",
    "listed, near prose",
];

/// How many features a line has.
pub(super) const COUNT: usize = NAMES.len();

/// The values of a line's features.
pub(super) type Features = [f32; COUNT];

/// Characters at a line's beginning whose words are looked at.
const LOOKED_AT: usize = 320;

/// Letters of a word that says what a text is about; shorter ones are mostly grammar.
const CONTENT_WORD: usize = 5;

/// Characters that make a fifty-fifty of a sum of prose.
const MUCH_PROSE: f32 = 300.0;

/// The shape of one line's words.
#[derive(Default)]
struct Shape {
    small: f32,
    large: f32,
    capitals: f32,
    digits: f32,
    commas: f32,
    sentences: f32,
    tabs: f32,
    separators: f32,
    address: f32,
}

/// Describes all lines; `stretch` is where most of the prose is, `rules` what the rules make of each line.
pub(super) fn describe(
    lines: &[Line<'_>],
    views: &[View],
    stretch: &Range<usize>,
    rules: &[Decision],
) -> Vec<Features> {
    let page = Page { lines, views, rules, around: Around::new(lines, views, stretch) };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut out = Vec::with_capacity(lines.len());
    for (index, (line, view)) in lines.iter().zip(views).enumerate() {
        let again = view.folded.len() > 40 && seen.insert(&view.folded, index).is_some();
        out.push(describe_line(index, line, view, again, &page));
    }
    out
}

#[expect(clippy::too_many_lines, reason = "a list of features, in the order of their names")]
fn describe_line(index: usize, line: &Line<'_>, view: &View, again: bool, page: &Page<'_>) -> Features {
    let Page { lines, views, rules, around } = page;
    let mut values: Features = [0.0; COUNT];
    let mut slots = values.iter_mut();
    let mut put = |value: f32| {
        if let Some(slot) = slots.next() {
            *slot = value;
        }
    };
    let chars = view.chars;
    let shape = shape(&line.text);
    let ends = on(view.ends);
    let short = 1.0 - part(chars, 30, 120);
    let is_listed = |v: &View| on(v.kind.is_some());
    let kind = |reason: OmissionReason| on(view.kind == Some(reason));
    let is_item = on(list_marker(&line.text).is_some());
    let before = index.checked_sub(1).and_then(|i| views.get(i));
    let behind = views.get(index + 1);
    let alone = line.blank_before && lines.get(index + 1).is_none_or(|l| l.blank_before);
    put(1.0);
    put(part(chars, 0, 15));
    put(part(chars, 15, 30));
    put(part(chars, 30, 60));
    put(part(chars, 60, 120));
    put(part(chars, 120, 240));
    put(part(chars, 240, 480));

    put(ends);
    put(ends * part(chars, 0, 60));
    put(ends * part(chars, 60, 120));
    put(ends * part(chars, 120, 240));
    put(on(line.text.ends_with(':')));
    put(on(line.text.ends_with("...") || line.text.ends_with('…')));
    put(on(line.text.ends_with(['?', '¿'])));

    put(shape.small);
    put(shape.large);
    put(shape.capitals);
    put(shape.digits);
    put(if view.ends { 0.0 } else { shape.commas });
    put(shape.sentences);
    put(shape.tabs);
    put(shape.separators);
    put(shape.address);
    put(on(begins_small(&line.text)));
    put(on(line.text.starts_with(['"', '“', '„', '«', '‘', '—', '–'])));
    put(is_item);
    put(is_item * (1.0 - part(chars, 30, 90)));
    put(on(is_rule(&line.text)));
    put(on(line.quoted > 0));

    put(on(line.blank_before));
    put(on(lines.get(index + 1).is_none_or(|l| l.blank_before)));
    put(around.apart * on(alone));
    put(around.apart * on(!alone));

    put(on(view.occurs > 1));
    put(on(view.occurs > 3));
    put(on(again));

    put(kind(OmissionReason::Comments));
    put(kind(OmissionReason::Advertisement));
    put(kind(OmissionReason::Legal));
    put(kind(OmissionReason::Subscribe));
    put(kind(OmissionReason::Share));
    put(kind(OmissionReason::Related));
    put(kind(OmissionReason::Boilerplate));
    put(kind(OmissionReason::ImageCredit));
    put(kind(OmissionReason::Navigation));
    put(kind(OmissionReason::ReadingTime));
    put(is_listed(view) * ends * part(chars, 30, 120));
    put(around.head.get(index).copied().unwrap_or_default());

    for neighbour in [before, behind] {
        let chars = neighbour.map_or(0, |v| v.chars);
        put(part(chars, 0, 60));
        put(part(chars, 60, 240));
        put(neighbour.map_or(0.0, |v| on(v.ends)));
        put(neighbour.map_or(0.0, is_listed));
    }
    put(before.map_or(0.0, |v| alike(v.chars, chars)));
    put(behind.map_or(0.0, |v| alike(v.chars, chars)));
    let run = around.label_run.get(index).copied().unwrap_or_default();
    put(part(run, 0, 6));
    put(part(run, 6, 24));
    let (near_before, near_behind) = around.prose_near.at(index);
    let (far_before, far_behind) = around.prose_far.at(index);
    put(squash(near_before, MUCH_PROSE));
    put(squash(near_behind, MUCH_PROSE));
    put(squash(far_before, 4.0 * MUCH_PROSE));
    put(squash(far_behind, 4.0 * MUCH_PROSE));
    put(short * squash(near_before.min(near_behind), MUCH_PROSE));
    put(short * squash(far_before.min(far_behind), 4.0 * MUCH_PROSE));
    let (listed_before, listed_behind) = around.listed.at(index);
    put(squash(listed_before, 1.0));
    put(squash(listed_behind, 1.0));
    let (labels_before, labels_behind) = around.labels.at(index);
    put(squash(labels_before, 3.0));
    put(squash(labels_behind, 3.0));

    let place = ratio(index, lines.len());
    put(place);
    put(((place - 0.9) * 10.0).clamp(0.0, 1.0));
    put(((0.1 - place) * 10.0).clamp(0.0, 1.0));
    let inside = on(around.stretch.contains(&index));
    put(inside);
    put(inside * short);
    let lead = around.stretch.start.saturating_sub(index);
    put(on(lead > 0));
    put(part(lead, 0, 12));
    let tail = (index + 1).saturating_sub(around.stretch.end);
    put(on(tail > 0));
    put(part(tail, 0, 12));
    put(around.behind_head.get(index).copied().unwrap_or_default());
    put(around.before_head.get(index).copied().unwrap_or_default());
    put(around.behind_comments.get(index).copied().unwrap_or_default());
    put(around.behind_related.get(index).copied().unwrap_or_default());
    put(around.behind_legal.get(index).copied().unwrap_or_default());
    put(around.behind_subscribe.get(index).copied().unwrap_or_default());
    let shared = around.shared_words(view, index);
    put(shared);
    put(shared * (1.0 - part(chars, 60, 180)));
    let shown = rules.get(index).is_some_and(|d| d.omitted.is_none());
    put(on(shown));
    put(inside * on(!shown));
    for period in 2..=4 {
        let same = |other: Option<usize>| other.and_then(|o| views.get(o)).is_some_and(|o| same_shape(o, view));
        let around = usize::from(same(index.checked_sub(period))) + usize::from(same(Some(index + period)));
        let beside = before.is_some_and(|b| same_shape(b, view)) || behind.is_some_and(|b| same_shape(b, view));
        put(if beside { 0.0 } else { ratio(around, 2) });
    }
    put(short * around.behind_related.get(index).copied().unwrap_or_default());
    put(on(line.text.ends_with("...") || line.text.ends_with('…') || line.text.ends_with(']')) * (part(chars, 30, 90)));
    put(is_listed(view) * short);
    put(is_listed(view) * squash(near_before + near_behind, MUCH_PROSE));
    values
}

/// Whether two lines could be the same part of two entries of a list.
fn same_shape(a: &View, b: &View) -> bool {
    a.ends == b.ends && a.kind == b.kind && alike(a.chars, b.chars) > 0.55
}

fn on(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// How much of the way from `from` to `to` a number has gone.
#[expect(clippy::cast_precision_loss, reason = "lengths and counts of lines are small")]
fn part(number: usize, from: usize, to: usize) -> f32 {
    number.saturating_sub(from).min(to - from) as f32 / (to - from) as f32
}

#[expect(clippy::cast_precision_loss, reason = "lengths and counts of lines are small")]
fn ratio(a: usize, b: usize) -> f32 {
    a as f32 / b.max(1) as f32
}

/// A sum as a share that never reaches one; a half at `half`.
fn squash(sum: f32, half: f32) -> f32 {
    sum / (sum + half)
}

/// How alike two lengths are.
fn alike(a: usize, b: usize) -> f32 {
    ratio(a.min(b), a.max(b))
}

fn shape(text: &str) -> Shape {
    let mut shape = Shape::default();
    let (mut words, mut small, mut large, mut capitals, mut commas, mut sentences) =
        (0usize, 0usize, 0usize, 0usize, 0usize, 0usize);
    let (mut letters, mut digits) = (0usize, 0usize);
    let head: &str = text.char_indices().nth(LOOKED_AT).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    let mut was_end = false;
    for word in head.split_whitespace() {
        words += 1;
        let first = word.chars().find(|c| c.is_alphanumeric());
        let is_large = first.is_some_and(char::is_uppercase);
        small += usize::from(first.is_some_and(char::is_lowercase));
        large += usize::from(is_large);
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        let lower = word.chars().filter(|c| c.is_lowercase()).count();
        capitals += usize::from(upper > 1 && lower == 0);
        digits += word.bytes().filter(u8::is_ascii_digit).count();
        letters += upper + lower;
        commas += usize::from(word.ends_with(','));
        sentences += usize::from(was_end && is_large);
        was_end = word.ends_with(['.', '!', '?']) && word.chars().count() > 2;
        if word.contains("://") || word.starts_with('@') || word.starts_with("www.") || word.contains("@") {
            shape.address = 1.0;
        }
        if matches!(word, "|" | "»" | "›" | ">" | "·" | "•" | "/" | "«" | "→") || word.contains('|') {
            shape.separators = 1.0;
        }
    }
    shape.small = ratio(small, words);
    shape.large = ratio(large, words);
    shape.capitals = ratio(capitals, words);
    shape.digits = ratio(digits, digits + letters);
    shape.commas = (ratio(commas, words) * 3.0).min(1.0);
    shape.sentences = part(sentences, 0, 3);
    shape.tabs = on(text.contains('\t'));
    shape
}

/// Sums that fade with the distance, on both sides of each line and without it.
struct Faded {
    before: Vec<f32>,
    behind: Vec<f32>,
}

impl Faded {
    fn new(values: &[f32], keep: f32) -> Self {
        let mut before = Vec::with_capacity(values.len());
        let mut sum = 0.0;
        for value in values {
            before.push(sum);
            sum = (sum + value) * keep;
        }
        let mut behind = Vec::with_capacity(values.len());
        sum = 0.0;
        for value in values.iter().rev() {
            behind.push(sum);
            sum = (sum + value) * keep;
        }
        behind.reverse();
        Self { before, behind }
    }

    fn at(&self, index: usize) -> (f32, f32) {
        (self.before.get(index).copied().unwrap_or_default(), self.behind.get(index).copied().unwrap_or_default())
    }
}

/// A page, and what is known of it before its lines are described.
struct Page<'a> {
    lines: &'a [Line<'a>],
    views: &'a [View],
    rules: &'a [Decision],
    around: Around,
}

/// What is true of the lines around each line.
struct Around {
    stretch: Range<usize>,
    apart: f32,
    prose_near: Faded,
    prose_far: Faded,
    listed: Faded,
    labels: Faded,
    label_run: Vec<usize>,
    head: Vec<f32>,
    behind_head: Vec<f32>,
    before_head: Vec<f32>,
    behind_comments: Vec<f32>,
    behind_related: Vec<f32>,
    behind_legal: Vec<f32>,
    behind_subscribe: Vec<f32>,
    /// In how many of the story's paragraphs a word stands.
    story_words: HashMap<String, usize>,
}

impl Around {
    fn new(lines: &[Line<'_>], views: &[View], stretch: &Range<usize>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "lengths and counts of lines are small")]
        let prose: Vec<f32> =
            views.iter().map(|v| if v.kind.is_none() && v.ends { v.chars.min(400) as f32 } else { 0.0 }).collect();
        let listed: Vec<f32> = views.iter().map(|v| on(v.kind.is_some())).collect();
        let labels: Vec<f32> = views.iter().map(|v| on(v.is_label())).collect();
        let head: Vec<f32> =
            lines.iter().zip(views).map(|(l, v)| on(v.chars <= 160 && is_head_line(&l.text))).collect();
        // A heading of comments or of other stories above the article is a menu's entry.
        let fading = |of: &dyn Fn(&View) -> bool, keep: f32, past_prose: f32| {
            let mut level = 0.0f32;
            views
                .iter()
                .enumerate()
                .map(|(index, v)| {
                    let now = level;
                    level *= if v.is_prose() { past_prose } else { keep };
                    if index >= stretch.start && of(v) {
                        level = 1.0;
                    }
                    now
                })
                .collect::<Vec<f32>>()
        };
        let is = |reason: OmissionReason| move |v: &View| v.kind == Some(reason) && v.words <= 6;
        let mut story_words: HashMap<String, usize> = HashMap::new();
        for view in views.get(stretch.clone()).unwrap_or_default().iter().filter(|v| v.is_prose()) {
            for word in content_words(view) {
                *story_words.entry(word.to_owned()).or_default() += 1;
            }
        }
        let backwards: Vec<f32> = head.iter().rev().copied().collect();
        let mut before_head = fade(&backwards, 0.8);
        before_head.reverse();
        Self {
            stretch: stretch.clone(),
            apart: apart(lines, views),
            prose_near: Faded::new(&prose, 0.5),
            prose_far: Faded::new(&prose, 0.9),
            listed: Faded::new(&listed, 0.7),
            labels: Faded::new(&labels, 0.8),
            label_run: runs(views),
            behind_head: fade(&head, 0.8),
            before_head,
            head,
            behind_comments: fading(&is(OmissionReason::Comments), 0.98, 0.8),
            behind_related: fading(&is(OmissionReason::Related), 0.95, 0.5),
            behind_legal: fading(&is(OmissionReason::Legal), 0.98, 0.8),
            behind_subscribe: fading(&is(OmissionReason::Subscribe), 0.8, 0.5),
            story_words,
        }
    }

    /// The share of a line's words that other paragraphs of the story have.
    fn shared_words(&self, view: &View, index: usize) -> f32 {
        let own = usize::from(self.stretch.contains(&index) && view.is_prose());
        let (mut all, mut shared) = (0usize, 0usize);
        for word in content_words(view) {
            all += 1;
            shared += usize::from(self.story_words.get(word).is_some_and(|n| *n > own));
        }
        ratio(shared, all)
    }
}

/// How near the last mark before each line is.
fn fade(marks: &[f32], keep: f32) -> Vec<f32> {
    let mut level = 0.0f32;
    marks
        .iter()
        .map(|mark| {
            let now = level;
            level = (level * keep).max(*mark);
            now
        })
        .collect()
}

fn content_words(view: &View) -> impl Iterator<Item = &str> {
    view.folded.split(' ').filter(|w| w.chars().count() >= CONTENT_WORD)
}

/// How many short lines without an end stand together around each line.
fn runs(views: &[View]) -> Vec<usize> {
    let mut out = vec![0; views.len()];
    let mut start = 0;
    for index in 0..=views.len() {
        if views.get(index).is_some_and(View::is_label) {
            continue;
        }
        if let Some(run) = out.get_mut(start..index) {
            run.fill(index - start);
        }
        start = index + 1;
    }
    out
}

/// How far the text's paragraphs stand between blank lines, as a share of them.
fn apart(lines: &[Line<'_>], views: &[View]) -> f32 {
    let (mut apart, mut all) = (0usize, 0usize);
    for (index, view) in views.iter().enumerate() {
        if view.is_prose() {
            all += 1;
            let before = lines.get(index).is_some_and(|l| l.blank_before);
            apart += usize::from(before && lines.get(index + 1).is_none_or(|l| l.blank_before));
        }
    }
    if all >= 3 { ratio(apart, all) } else { 0.0 }
}
