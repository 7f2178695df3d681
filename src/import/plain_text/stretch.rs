//! Finds the article among a page's lines: the stretch whose lines' scores have the greatest sum (a maximum subarray, by
//! Kadane's algorithm). A line scores for its length and for ending as a sentence does, and loses for looking like
//! furniture. Says nothing about what the other lines are.

use std::ops::Range;

use crate::document::OmissionReason;

use super::head::is_head_line;
use super::lexicon::View;
use super::lines::Line;

/// Characters beyond which a longer line is no more likely to be the article's.
const LONG: i32 = 300;

/// Characters at which a line without other signs is as likely in the article as out of it.
const EVEN: i32 = 110;

/// Lines between two parts of one article.
const GAP: usize = 12;

/// Lines of a stretch that may still be the head: headline, standfirst, caption, author, date.
const HEAD: usize = 7;

/// A head's sentences are less than one in so many of the article's.
const HEAD_SHARE: usize = 4;

/// Lines between an article and its last paragraph alone: a heading of other stories and a few of them.
const SHORT_GAP: usize = 5;

/// Characters of a sentence that is a paragraph, however short.
const PARAGRAPH: usize = 80;

/// Characters of a sentence that goes on with the article behind a gap.
const REJOINED: usize = 60;

/// What the end of a sentence is worth, in characters.
const SENTENCE: i32 = 90;

/// A heading of readers' comments: behind it nothing is the article's.
const COMMENTS: i32 = -300;

/// A heading of other stories, which may also stand between two paragraphs.
const RELATED_HEADING: i32 = -160;

/// A label that comes back again and again parts the entries of a list of stories.
const BETWEEN_TEASERS: i32 = -300;

/// What seldom stands anywhere but behind an article.
const BEHIND: i32 = -130;

/// The least that a line costs which no list knows: captions and credits stand between an article's paragraphs.
const LEAST: i32 = -60;

/// Any other furniture.
const FURNITURE: i32 = -80;

/// Lines of the article: from the first to behind the last.
pub(super) fn find(lines: &[Line<'_>], views: &[View]) -> Range<usize> {
    let scores = scores(lines, views);
    let mut body = best_stretch(&scores);
    extend(&mut body, views);
    behind_head(&mut body, lines, views);
    body
}

/// Begins the article behind its author and date: a standfirst and the headline before them are the head's.
fn behind_head(body: &mut Range<usize>, lines: &[Line<'_>], views: &[View]) {
    let near = body.start..(body.start + HEAD).min(body.end);
    let last = near.rev().find(|index| {
        let short = views.get(*index).is_some_and(|v| v.chars <= 120 && v.kind.is_none());
        short && lines.get(*index).is_some_and(|l| is_head_line(&l.text))
    });
    let Some(last) = last else { return };
    let prose = |range: Range<usize>| -> usize {
        views.get(range).unwrap_or_default().iter().filter(|v| v.ends).map(|v| v.chars).sum()
    };
    // An author named below a short article must not make its end the beginning.
    if prose(body.start..last) * HEAD_SHARE < prose(last..body.end) {
        body.start = last + 1;
    }
}

/// Takes in paragraphs that only a short gap (an advertisement, other stories' headlines, a gallery) parts from the
/// stretch. One paragraph alone may be a teaser; two in a row are not, nor is one behind which no other comes.
fn extend(body: &mut Range<usize>, views: &[View]) {
    let goes_on = |index: usize| views.get(index).is_some_and(|v| v.kind.is_none() && v.ends && v.chars >= PARAGRAPH);
    let ends = |index: usize| {
        views
            .get(index)
            .is_none_or(|v| v.kind == Some(OmissionReason::Comments) || v.kind == Some(OmissionReason::Legal))
    };
    loop {
        let forward = (body.end..body.end + GAP)
            .take_while(|i| !ends(*i))
            .find(|i| goes_on(*i) && (*i == body.end || goes_on(i + 1)));
        let Some(found) = forward else { break };
        body.end = found + 1;
    }
    let last_one = (body.end..body.end + SHORT_GAP).take_while(|i| !ends(*i)).find(|i| goes_on(*i));
    if let Some(last) = last_one.filter(|i| views.get(*i).is_some_and(View::is_prose))
        && !(last + 1..last + 1 + GAP).any(goes_on)
    {
        body.end = last + 1;
    }
    loop {
        let first = body.start.saturating_sub(GAP);
        let backward = (first..body.start)
            .rev()
            .take_while(|i| !ends(*i))
            .find(|i| goes_on(*i) && (i + 1 == body.start || i.checked_sub(1).is_some_and(goes_on)));
        let Some(found) = backward else { break };
        body.start = found;
    }
}

/// Takes paragraphs back that the labels leave out though they stand in the stretch and only a few lines from what is the
/// article's: an advertisement and two headlines between paragraphs end no article.
pub(super) fn rejoin(labels: &mut [bool], views: &[View], stretch: &Range<usize>) {
    let goes_on = |index: usize| views.get(index).is_some_and(|v| v.kind.is_none() && v.ends && v.chars >= REJOINED);
    let mut last: Option<usize> = None;
    for index in stretch.clone() {
        let near = last.is_some_and(|last| index - last <= SHORT_GAP);
        let Some(label) = labels.get_mut(index) else { break };
        *label |= near && goes_on(index);
        if *label {
            last = Some(index);
        }
    }
}

fn best_stretch(scores: &[i32]) -> Range<usize> {
    let (mut best, mut best_sum, mut start, mut sum) = (0..0, 0i64, 0, 0i64);
    for (index, score) in scores.iter().enumerate() {
        if sum <= 0 {
            start = index;
            sum = 0;
        }
        sum += i64::from(*score);
        if sum > best_sum {
            best_sum = sum;
            best = start..index + 1;
        }
    }
    best
}

fn scores(lines: &[Line<'_>], views: &[View]) -> Vec<i32> {
    let uses_blank_lines = paragraphs_are_apart(lines, views);
    let alone = |index: usize| {
        lines.get(index).is_some_and(|l| l.blank_before) && lines.get(index + 1).is_none_or(|l| l.blank_before)
    };
    views
        .iter()
        .enumerate()
        .map(|(index, view)| {
            let mut score = i32::try_from(view.chars).unwrap_or(LONG).min(LONG) - EVEN;
            if view.ends {
                score += SENTENCE;
            }
            if uses_blank_lines {
                score += if alone(index) { 40 } else { -40 };
            }
            if view.occurs > 1 && view.chars < 200 {
                score -= 60;
            }
            match view.kind {
                Some(OmissionReason::Comments) => COMMENTS,
                None | Some(OmissionReason::Share | OmissionReason::Related | OmissionReason::Subscribe)
                    if view.occurs >= 3 && view.is_label() =>
                {
                    BETWEEN_TEASERS
                }
                Some(OmissionReason::Related) if view.words <= 4 => RELATED_HEADING,
                Some(OmissionReason::Legal | OmissionReason::Subscribe | OmissionReason::Boilerplate) => BEHIND,
                Some(_) => score.min(FURNITURE),
                None => score.max(LEAST),
            }
        })
        .collect()
}

/// Whether the text's paragraphs stand between blank lines; then a line that does not is less likely to be one.
fn paragraphs_are_apart(lines: &[Line<'_>], views: &[View]) -> bool {
    let (mut apart, mut all) = (0usize, 0usize);
    for (index, view) in views.iter().enumerate() {
        if view.is_prose() {
            all += 1;
            let before = lines.get(index).is_some_and(|l| l.blank_before);
            apart += usize::from(before && lines.get(index + 1).is_none_or(|l| l.blank_before));
        }
    }
    all >= 3 && apart * 10 >= all * 6
}
