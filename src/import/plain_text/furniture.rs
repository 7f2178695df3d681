//! Says of each line of a page outside its article, and of some inside, why the reading view leaves it out. Does not look
//! for the title or the author: [`super::head`] takes those back afterwards.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{OmissionReason, Role};

use super::Decision;
use super::lexicon::View;
use super::lines::{Line, begins_small, list_marker};

/// Characters of a teaser's headline.
const TEASER: std::ops::RangeInclusive<usize> = 12..=160;

/// Characters from which a line that stands twice in the article is a repetition rather than a refrain.
const REPETITION: usize = 60;

/// Decides on all lines; `body` is the article's stretch.
pub(super) fn decide(lines: &[Line<'_>], views: &[View], body: &Range<usize>) -> Vec<Decision> {
    let mut reasons: Vec<Option<OmissionReason>> = vec![None; lines.len()];
    let mut behind: Option<OmissionReason> = None;
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, view) in views.iter().enumerate() {
        let reason = if body.contains(&index) {
            inside(index, lines, views, body, behind)
        } else {
            Some(outside(view, behind, index < body.start))
        };
        // A heading of related stories or comments takes along what stands behind it, up to the next running text.
        behind = match view.kind {
            Some(kind @ (OmissionReason::Related | OmissionReason::Comments)) if reason.is_some() => Some(kind),
            _ if view.is_prose() && body.contains(&index) => None,
            None | Some(OmissionReason::Advertisement | OmissionReason::Share) => behind,
            Some(_) => None,
        };
        let repeats = view.chars >= REPETITION && seen.insert(&view.folded, index).is_some() && !view.folded.is_empty();
        let reason = reason.or(repeats.then_some(OmissionReason::Duplicate));
        if let Some(slot) = reasons.get_mut(index) {
            *slot = reason;
        }
    }
    reasons.into_iter().map(|omitted| Decision { role: Role::Body, omitted }).collect()
}

/// The lines from the first to the last that are the article's.
pub(super) fn span(labels: &[bool]) -> Range<usize> {
    let first = labels.iter().position(|label| *label).unwrap_or(0);
    let last = labels.iter().rposition(|label| *label).map_or(first, |last| last + 1);
    first..last
}

/// Decides on all lines where it is known which are the article's. What the lists know stays out of it all the same, but for
/// the words of menus, which head sections too; and so does a headline right behind the heading of other stories.
pub(super) fn decide_labelled(
    lines: &[Line<'_>],
    views: &[View],
    labels: &[bool],
    body: &Range<usize>,
) -> Vec<Decision> {
    let mut decisions = decide(lines, views, body);
    for (index, ((decision, view), label)) in decisions.iter_mut().zip(views).zip(labels).enumerate() {
        let is_first_teaser = !view.ends && TEASER.contains(&view.chars) && behind_directly(index, views);
        let teaser = is_first_teaser.then_some(OmissionReason::Related);
        let kind = view.kind.filter(|kind| *kind != OmissionReason::Navigation).or(teaser);
        decision.omitted = if *label {
            kind.or(decision.omitted.filter(|reason| *reason == OmissionReason::Duplicate))
        } else {
            decision.omitted.or_else(|| Some(outside(view, None, false)))
        };
    }
    decisions
}

/// Why a line inside the article's stretch is no part of it.
fn inside(
    index: usize,
    lines: &[Line<'_>],
    views: &[View],
    body: &Range<usize>,
    behind: Option<OmissionReason>,
) -> Option<OmissionReason> {
    let view = views.get(index)?;
    let line = lines.get(index)?;
    let next = views.get(index + 1).filter(|_| body.contains(&(index + 1)));
    match view.kind {
        // One word that menus have too may head a section of the article.
        Some(OmissionReason::Navigation) => {
            let heads = line.blank_before && next.is_some_and(View::is_prose) && view.occurs == 1 && view.words <= 3;
            if heads { None } else { Some(OmissionReason::Navigation) }
        }
        Some(kind) => Some(kind),
        None => {
            if let Some(kind) = behind
                && !view.is_prose()
                && !(view.ends && view.chars > 40)
                && list_marker(&line.text).is_none()
                && !begins_small(&line.text)
            {
                // The heading of the article's next section ends the teasers.
                let heads = line.blank_before && next.is_some_and(View::is_prose) && !behind_directly(index, views);
                return (!heads).then_some(kind);
            }
            // A label that comes back is a button or a source's name.
            (view.occurs > 1 && view.is_label() && view.chars > 1 && list_marker(&line.text).is_none())
                .then_some(OmissionReason::Navigation)
        }
    }
}

/// Whether the line before is the heading of other stories, so that this one is the first of them.
fn behind_directly(index: usize, views: &[View]) -> bool {
    index.checked_sub(1).and_then(|before| views.get(before)).is_some_and(|v| v.kind == Some(OmissionReason::Related))
}

/// What a line outside the article is.
fn outside(view: &View, behind: Option<OmissionReason>, before_body: bool) -> OmissionReason {
    if let Some(kind) = view.kind {
        return kind;
    }
    match behind {
        Some(OmissionReason::Comments) => OmissionReason::Comments,
        Some(kind) if TEASER.contains(&view.chars) => kind,
        _ if view.is_label() => OmissionReason::Navigation,
        _ if !before_body && !view.ends && TEASER.contains(&view.chars) => OmissionReason::Related,
        _ => OmissionReason::OutsideArticle,
    }
}
