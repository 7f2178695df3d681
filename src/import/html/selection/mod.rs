//! Which blocks are the story: extraction's choice, what it lost put back, then a filter for what it takes in too much, the
//! title, byline and standfirst by role, and a reason for everything left out. Drops nothing.
//!
//! - `line`: a block while it is decided about
//! - `rescue`: what extraction lost
//! - `head`: title, byline, standfirst
//! - `captions`: captions and credits beside images
//! - `tail`: what stands around the text and in its gaps

mod captions;
mod head;
mod line;
mod rescue;
mod tail;

use std::collections::HashSet;

use self::head::{LONGEST_BYLINE, is_date_line, titles};
use self::line::{Line, PROSE_BYTES, is_extracted};
use super::blocks::Draft;
use super::furniture;
use super::metadata::byline::HeadLine;
use crate::document::{Block, Content, Metadata, OmissionReason, Role};
use crate::text::fold;

/// Below this much found text, in bytes without white space, a page that has more is shown whole.
const LEAST_ARTICLE_BYTES: usize = 200;

/// Where less than one part in this many of the text is left, the filter was wrong.
const LEAST_LEFT: usize = 10;

/// What was decided about a page.
#[derive(Debug)]
pub struct Selection {
    /// All blocks, with roles and reasons.
    pub blocks: Vec<Block>,
    /// The page had to be shown whole.
    pub whole: bool,
    /// The lines in which author and date can stand.
    pub head: Vec<HeadLine>,
}

/// Decides about every block of a page.
pub fn select(drafts: Vec<Draft>, metadata: &Metadata) -> Selection {
    let found: usize = drafts.iter().filter(|d| is_extracted(d) && d.block.has_text()).map(|d| d.weight.total).sum();
    let all: usize = drafts.iter().filter(|d| d.block.has_text()).map(|d| d.weight.total).sum();
    // A page of two lines is all story; one of which next to nothing was found has one that was not found.
    let tiny = all < LEAST_ARTICLE_BYTES;
    let whole = tiny || (found < LEAST_ARTICLE_BYTES && found * 2 < all);
    let mut lines: Vec<Line> = drafts.into_iter().map(|draft| Line::new(draft, whole)).collect();
    if whole && !lines.iter().any(|line| line.shown && line.has_words) {
        for line in &mut lines {
            line.shown = true;
        }
    }
    if !whole {
        rescue::put_back(&mut lines);
    }
    let title = head::mark_title(&mut lines, metadata);
    if !whole {
        rescue::widen(&mut lines, title);
    }
    let before: usize = lines.iter().filter(|l| l.is_story()).map(|l| l.draft.weight.total).sum();
    captions::mark(&mut lines);
    lines.retain(|line| !line.merged);
    let title = title.and_then(|_| lines.iter().position(|line| line.role == Role::Title));
    head::mark_byline(&mut lines, metadata, title);
    if !whole {
        head::mark_standfirst(&mut lines, title);
        tail::leave_out_repetitions(&mut lines);
        tail::leave_out_other_stories(&mut lines, title);
        tail::leave_out_furniture(&mut lines);
        tail::trim_end(&mut lines, metadata);
        head::trim_start(&mut lines);
        let after: usize = lines.iter().filter(|l| l.is_story()).map(|l| l.draft.weight.total).sum();
        if after * LEAST_LEFT < before {
            undo(&mut lines);
        }
    }
    mark_rules(&mut lines);
    let head = head::lines_of_head(&lines, title);
    let shown_text: HashSet<String> =
        lines.iter().filter(|l| l.shown && l.folded.len() >= PROSE_BYTES).map(|l| l.folded.clone()).collect();
    let sites: Vec<String> = metadata.site.iter().map(|reading| fold(&reading.value)).collect();
    let titles = titles(metadata);
    let blocks = lines
        .into_iter()
        .map(|line| {
            let reason = line.reason.unwrap_or_else(|| reason(&line, &titles, &sites, &shown_text));
            let Line { draft, role, shown, .. } = line;
            let block = draft.block.with_role(role);
            if shown { block } else { block.omitted(reason) }
        })
        .collect();
    Selection { blocks, whole: whole && !tiny, head }
}

/// Everything shown, the heading that is the title by role: for a page that holds the story and nothing else.
pub fn show_all(drafts: Vec<Draft>, metadata: &Metadata) -> Selection {
    let titles = titles(metadata);
    let mut titled = false;
    let blocks = drafts
        .into_iter()
        .map(|draft| {
            let is_title = !titled && draft.is_h1 && titles.contains(&fold(&draft.block.plain_text()));
            titled |= is_title;
            draft.block.with_role(if is_title { Role::Title } else { Role::Body })
        })
        .collect();
    Selection { blocks, whole: false, head: Vec::new() }
}

/// Shows what extraction found, whatever the filter made of it.
fn undo(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|l| !matches!(l.role, Role::Title | Role::Byline) && is_extracted(&l.draft)) {
        line.shown = true;
        line.role = Role::Body;
        line.reason = None;
    }
}

/// A rule belongs to the story where the story goes on at both its sides.
fn mark_rules(lines: &mut [Line]) {
    let mut shown_before = false;
    for number in 0..lines.len() {
        let after = lines
            .get(number + 1..)
            .unwrap_or_default()
            .iter()
            .find(|l| l.has_words)
            .is_some_and(|l| l.shown && l.role == Role::Body);
        let Some(line) = lines.get_mut(number) else { continue };
        if line.draft.block.content == Content::Rule {
            line.shown = shown_before && after;
        } else if line.has_words {
            shown_before = line.shown && line.role == Role::Body;
        }
    }
}

/// Why a block that extraction left out is no part of the story.
fn reason(line: &Line, titles: &[String], sites: &[String], shown_text: &HashSet<String>) -> OmissionReason {
    if titles.contains(&line.folded) {
        return OmissionReason::RepeatedTitle;
    }
    if sites.contains(&line.folded) {
        return OmissionReason::SourceName;
    }
    if let Some(reason @ (OmissionReason::Control | OmissionReason::Embed)) = line.draft.hint {
        return reason;
    }
    if let Some(reason) = furniture::by_wording(&line.text).or(line.draft.hint) {
        return reason;
    }
    if shown_text.contains(&line.folded) {
        return OmissionReason::Duplicate;
    }
    if line.text.len() <= LONGEST_BYLINE && is_date_line(&line.text) {
        return OmissionReason::RepeatedDateline;
    }
    if line.link_share() > 0.5
        && let Some(reason) = furniture::by_beginning(&line.text)
    {
        return reason;
    }
    OmissionReason::OutsideArticle
}
