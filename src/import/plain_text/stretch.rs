//! Finds the article among a page's lines: the stretch whose lines' scores have the greatest sum (a maximum subarray, by
//! Kadane's algorithm). A line scores for its length and for ending as a sentence does, and loses for looking like
//! furniture. Says nothing about what the other lines are.

use std::ops::Range;

use crate::document::OmissionReason;

use super::lexicon::View;
use super::lines::Line;

/// Characters beyond which a longer line is no more likely to be the article's.
const LONG: i32 = 300;

/// Characters at which a line without other signs is as likely in the article as out of it.
const EVEN: i32 = 110;

/// What the end of a sentence is worth, in characters.
const SENTENCE: i32 = 60;

/// The first lines' heading of what comes behind an article.
const HEADING_BEHIND: i32 = -260;

/// Lines of the article: from the first to behind the last.
pub(super) fn find(lines: &[Line<'_>], views: &[View]) -> Range<usize> {
    let scores = scores(lines, views);
    best_stretch(&scores)
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
                Some(OmissionReason::Comments) => score.min(0) - 300,
                Some(OmissionReason::Related | OmissionReason::Legal) => score.min(HEADING_BEHIND),
                Some(OmissionReason::Subscribe | OmissionReason::Boilerplate) => score.min(-150),
                Some(_) => score.min(-90),
                None => score,
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
