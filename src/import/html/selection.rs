//! Which blocks are the story: extraction's choice, then a filter for what it takes in too much (share rows, teasers, tag
//! lists at the ends), the title and byline by role, and a reason for everything left out. Drops nothing.

use super::blocks::Draft;
use super::{dates, furniture};
use crate::document::{Block, Content, Metadata, OmissionReason, Role};
use crate::text::fold;

/// Below this much found text, in bytes without white space, a page that has more is shown whole.
const LEAST_ARTICLE_BYTES: usize = 200;

/// A paragraph of at least this many bytes that ends like a sentence is prose: no share row, no menu.
const PROSE_BYTES: usize = 80;

/// The longest byline or date line, in bytes.
const LONGEST_BYLINE: usize = 120;

/// How many blocks around the title and before the first prose can be byline lines.
const HEAD_BLOCKS: usize = 14;

/// The blocks, with roles and reasons, and whether the page had to be shown whole.
pub fn select(drafts: Vec<Draft>, metadata: &Metadata) -> (Vec<Block>, bool) {
    let found: usize = drafts.iter().filter(|d| is_extracted(d) && has_words(d)).map(|d| d.weight.total).sum();
    let all: usize = drafts.iter().filter(|d| has_words(d)).map(|d| d.weight.total).sum();
    // A page of two lines is all story; one of which next to nothing was found has one that was not found.
    let tiny = all < LEAST_ARTICLE_BYTES;
    let whole = tiny || (found < LEAST_ARTICLE_BYTES && found * 2 < all);
    let mut lines: Vec<Line> = drafts.into_iter().map(|draft| Line::new(draft, whole)).collect();
    if whole && !lines.iter().any(|line| line.shown && line.has_words) {
        for line in &mut lines {
            line.shown = true;
        }
    }
    let title = mark_title(&mut lines, metadata);
    mark_byline(&mut lines, metadata, title);
    if !whole {
        leave_out_furniture(&mut lines);
        trim_end(&mut lines);
        trim_start(&mut lines);
        if !lines.iter().any(|l| l.shown && l.role == Role::Body && l.has_words) {
            // The filter took everything: then it was wrong.
            for line in lines.iter_mut().filter(|l| l.role == Role::Body && is_extracted(&l.draft)) {
                line.shown = true;
                line.reason = None;
            }
        }
    }
    mark_rules(&mut lines);
    let shown_text: std::collections::HashSet<String> =
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
    (blocks, whole && !tiny)
}

/// A draft and what is decided about it.
struct Line {
    draft: Draft,
    text: String,
    folded: String,
    has_words: bool,
    shown: bool,
    role: Role,
    reason: Option<OmissionReason>,
}

impl Line {
    fn new(draft: Draft, whole: bool) -> Self {
        let text = draft.block.plain_text().into_owned();
        let shown = if whole { draft.hint.is_none() } else { is_extracted(&draft) };
        Self {
            folded: fold(&text),
            has_words: draft.block.has_text(),
            text,
            shown,
            draft,
            role: Role::Body,
            reason: None,
        }
    }

    fn is_heading(&self) -> bool {
        matches!(self.draft.block.content, Content::Heading { .. })
    }

    fn is_paragraph(&self) -> bool {
        matches!(self.draft.block.content, Content::Paragraph { .. })
    }

    /// The share of the text that is links.
    fn link_share(&self) -> f64 {
        let total = self.draft.weight.total.max(1);
        #[expect(clippy::cast_precision_loss, reason = "a share of texts far below 2^53 bytes")]
        let share = self.draft.weight.linked as f64 / total as f64;
        share
    }

    /// Text that a story is made of.
    fn is_prose(&self) -> bool {
        match &self.draft.block.content {
            Content::Paragraph { .. } => {
                self.text.len() >= PROSE_BYTES && self.link_share() < 0.5 && ends_sentence(&self.text)
                    || self.text.len() >= PROSE_BYTES * 2 && self.link_share() < 0.3
            }
            Content::Code { .. } => true,
            Content::Table(table) => table.rows.len() > 1 && self.link_share() < 0.5,
            Content::Heading { .. } | Content::Figure(_) | Content::Rule => false,
        }
    }

    fn is_quoted_or_list(&self) -> bool {
        !self.draft.block.containers.is_empty()
    }

    fn leave_out(&mut self, reason: OmissionReason) {
        self.shown = false;
        self.reason = Some(reason);
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' '])
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔'])
}

fn has_words(draft: &Draft) -> bool {
    draft.block.has_text()
}

/// At least half of a block's text is in the article that was found.
fn is_extracted(draft: &Draft) -> bool {
    draft.weight.total > 0 && draft.weight.kept * 2 >= draft.weight.total
}

fn titles(metadata: &Metadata) -> Vec<String> {
    metadata.title.iter().map(|reading| fold(&reading.value)).filter(|t| !t.is_empty()).collect()
}

/// Finds the title among the blocks, shows it in the head, and leaves out its repetitions. Gives its place.
fn mark_title(lines: &mut [Line], metadata: &Metadata) -> Option<usize> {
    let titles = titles(metadata);
    let is_title = |line: &Line| {
        !line.folded.is_empty() && (line.is_heading() || line.is_paragraph()) && titles.contains(&line.folded)
    };
    let first_prose = lines.iter().position(|l| l.shown && l.is_prose()).unwrap_or(lines.len());
    // The h1 that is the title; else another heading; else, before the text begins, a line of any kind.
    let place = lines
        .iter()
        .position(|l| l.draft.is_h1 && is_title(l))
        .or_else(|| {
            lines.iter().position(|l| l.is_heading() && is_title(l) && l.draft.hint != Some(OmissionReason::Related))
        })
        .or_else(|| lines.iter().take(first_prose).position(|l| is_title(l) && l.draft.hint.is_none()));
    for (number, line) in lines.iter_mut().enumerate() {
        if Some(number) == place {
            line.shown = true;
            line.role = Role::Title;
        } else if is_title(line) && (line.is_heading() || number < first_prose || !line.shown) {
            line.leave_out(OmissionReason::RepeatedTitle);
        }
    }
    place
}

/// Author and date lines near the title or before the first prose.
fn mark_byline(lines: &mut [Line], metadata: &Metadata, title: Option<usize>) {
    let authors: Vec<String> = metadata
        .authors
        .iter()
        .flat_map(|reading| reading.value.iter().map(|name| fold(name)))
        .filter(|n| n.len() > 3)
        .collect();
    let first_prose = lines.iter().position(|l| l.shown && l.is_prose()).unwrap_or(lines.len());
    let start = title.map_or(first_prose.saturating_sub(HEAD_BLOCKS), |t| t.saturating_sub(3)).min(first_prose);
    let end = first_prose.min(start + HEAD_BLOCKS * 2);
    let mut seen: Vec<String> = Vec::new();
    for (number, line) in lines.iter_mut().enumerate().take(end).skip(start) {
        if Some(number) == title || !line.is_paragraph() || line.text.len() > LONGEST_BYLINE || !line.has_words {
            continue;
        }
        if !is_byline(line, &authors) {
            continue;
        }
        if seen.contains(&line.folded) {
            line.leave_out(OmissionReason::RepeatedDateline);
        } else if line.draft.hint.is_none() || line.shown {
            seen.push(line.folded.clone());
            line.shown = true;
            line.role = Role::Byline;
        }
    }
    // The same line once more, in the text or behind it.
    for line in lines.iter_mut().skip(end) {
        if line.shown && line.is_paragraph() && seen.contains(&line.folded) {
            line.leave_out(OmissionReason::RepeatedDateline);
        }
    }
    // A line within the text that states nothing but a date or "By" and a name the page states as its author.
    for line in lines.iter_mut().skip(first_prose) {
        let alone =
            line.shown && line.role == Role::Body && line.is_paragraph() && line.text.len() <= LONGEST_BYLINE / 2;
        if alone && !line.is_quoted_or_list() {
            let by_author = line.folded.strip_prefix("by ").is_some_and(|name| authors.iter().any(|a| a == name));
            if by_author || is_date_line(&line.text) {
                line.leave_out(OmissionReason::RepeatedDateline);
            }
        }
    }
}

fn is_byline(line: &Line, authors: &[String]) -> bool {
    let named = authors.iter().any(|author| line.folded.contains(author.as_str()));
    let ends = ends_sentence(&line.text) && line.text.split_whitespace().count() > 6;
    let by_class = super::dom::has_token(
        &line.draft.tokens,
        &[
            "byline",
            "author",
            "authors",
            "dateline",
            "timestamp",
            "published",
            "pubdate",
            "meta",
            "date",
            "posted on",
            "post date",
            "entry date",
            "publish date",
            "byline name",
            "article meta",
            "entry meta",
            "post meta",
            "contributor",
        ],
    );
    (named && !ends)
        || is_date_line(&line.text)
        || line.folded.starts_with("by ") && line.folded.split(' ').count() <= 8 && !ends
        || by_class && !ends && line.draft.tokens.len() < 200 && line.text.len() < LONGEST_BYLINE
}

/// Whether a line is a date and at most a word or two about it ("Published 4 March 2026, 18:20").
pub fn is_date_line(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let has_year =
        text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
    has_year && letters <= 45 && text.split_whitespace().count() <= 12 && dates::parse(text).is_some()
}

/// Leaves out what extraction took in although its element or its words say what it is.
fn leave_out_furniture(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|l| l.shown && l.role == Role::Body && l.has_words) {
        if matches!(line.draft.block.content, Content::Figure(_) | Content::Code { .. } | Content::Table(_)) {
            continue;
        }
        if let Some(reason) = furniture::by_wording(&line.text) {
            // "Comments" can head a chapter; a heading goes with what stands under it.
            let certain = matches!(
                reason,
                OmissionReason::Advertisement
                    | OmissionReason::ReadingTime
                    | OmissionReason::Share
                    | OmissionReason::Legal
            );
            if certain || (!line.is_heading() && line.link_share() > 0.5) {
                line.leave_out(reason);
                continue;
            }
        }
        let by_element = match line.draft.hint {
            // Captions whose image is gone.
            Some(OmissionReason::ImageCredit) => true,
            Some(OmissionReason::Share | OmissionReason::Comments | OmissionReason::Advertisement) => !line.is_prose(),
            Some(OmissionReason::Related | OmissionReason::Subscribe | OmissionReason::Navigation) => {
                line.link_share() > 0.3
                    || line.is_heading()
                    || (line.text.len() < PROSE_BYTES && !ends_sentence(&line.text))
            }
            Some(OmissionReason::Boilerplate | OmissionReason::Legal) => {
                !line.is_prose() && line.text.len() < PROSE_BYTES * 2
            }
            _ => false,
        };
        if by_element && let Some(reason) = line.draft.hint {
            line.leave_out(reason);
            continue;
        }
        // "Read more: another story": a line of its own that is a link and says so.
        if line.is_paragraph()
            && line.link_share() > 0.5
            && let Some(reason) = furniture::by_beginning(&line.text)
        {
            line.leave_out(reason);
        }
    }
}

/// Cuts the end: from a heading like "Related stories" on, and whatever is links and short lines behind the last prose.
fn trim_end(lines: &mut [Line]) {
    let shown: Vec<usize> =
        (0..lines.len()).filter(|n| lines.get(*n).is_some_and(|l| l.shown && l.role == Role::Body)).collect();
    let total: usize = shown.iter().filter_map(|n| lines.get(*n)).map(|l| l.draft.weight.total).sum();
    let mut before = 0usize;
    for (place, number) in shown.iter().enumerate() {
        let Some(line) = lines.get(*number) else { continue };
        before += line.draft.weight.total;
        // Nothing in the first half of a story is its end.
        if before * 2 < total || line.text.len() > 60 || line.is_quoted_or_list() && !line.is_heading() {
            continue;
        }
        let Some(reason) = furniture::by_wording(&line.text) else { continue };
        let behind: Vec<&Line> = shown.iter().skip(place + 1).filter_map(|n| lines.get(*n)).collect();
        let prose: usize = behind.iter().filter(|l| l.is_prose()).map(|l| l.draft.weight.total).sum();
        let rest: usize = behind.iter().map(|l| l.draft.weight.total).sum();
        let furniture_behind = behind.is_empty() || prose * 3 < rest * 2;
        if furniture_behind {
            for number in shown.iter().skip(place) {
                if let Some(line) = lines.get_mut(*number) {
                    line.leave_out(reason);
                }
            }
            break;
        }
    }
    // From the last shown block back to the last prose.
    for number in shown.iter().rev() {
        let Some(line) = lines.get_mut(*number) else { continue };
        if !line.shown {
            continue;
        }
        if !line.has_words {
            continue;
        }
        if line.is_prose() || matches!(line.draft.block.content, Content::Figure(_)) {
            break;
        }
        let links = line.link_share();
        let reason = line
            .draft
            .hint
            .or_else(|| furniture::by_wording(&line.text))
            .or_else(|| furniture::by_beginning(&line.text));
        if links > 0.6 && !has_note(line) {
            line.leave_out(reason.unwrap_or(OmissionReason::Related));
        } else if line.is_heading() {
            // A heading with nothing under it.
            line.leave_out(reason.unwrap_or(OmissionReason::Related));
        } else if let Some(reason) = reason
            && line.text.len() < PROSE_BYTES
        {
            line.leave_out(reason);
        } else {
            break;
        }
    }
}

fn has_note(line: &Line) -> bool {
    line.draft.block.containers.iter().any(|c| matches!(c, crate::document::Container::Note { .. }))
}

/// Cuts the beginning: short lines of links before the first prose (sections, tags, "home").
fn trim_start(lines: &mut [Line]) {
    let Some(first_prose) = lines.iter().position(|l| l.shown && l.is_prose()) else { return };
    for line in lines.iter_mut().take(first_prose) {
        let movable =
            line.shown && line.role == Role::Body && line.has_words && (line.is_paragraph() || line.is_heading());
        if movable && (line.link_share() > 0.6 || furniture::by_wording(&line.text).is_some()) {
            let reason = line.draft.hint.or_else(|| furniture::by_wording(&line.text));
            line.leave_out(reason.unwrap_or(OmissionReason::Navigation));
        }
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
fn reason(
    line: &Line,
    titles: &[String],
    sites: &[String],
    shown_text: &std::collections::HashSet<String>,
) -> OmissionReason {
    if titles.contains(&line.folded) {
        return OmissionReason::RepeatedTitle;
    }
    if sites.contains(&line.folded) {
        return OmissionReason::SourceName;
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
