//! A story's head: its title among the blocks, the lines that name author and date, the standfirst, and the menu lines
//! between them. Judges nothing behind the first prose but repetitions of these.

use super::line::{Line, ends_sentence};
use crate::document::{Metadata, OmissionReason, Role};
use crate::import::html::metadata::byline::{HeadLine, tells_first_published};
use crate::import::html::metadata::dates;
use crate::import::html::{dom, furniture};
use crate::text::fold;

/// The longest byline or date line, in bytes.
pub(super) const LONGEST_BYLINE: usize = 120;

/// How many blocks around the title and before the first prose can be byline lines.
const HEAD_BLOCKS: usize = 14;

/// How many blocks behind the title the byline stands that ends a standfirst.
const STANDFIRST_BLOCKS: usize = 8;

/// A standfirst's length in words.
const STANDFIRST_WORDS: std::ops::RangeInclusive<usize> = 5..=70;

/// Class words of standfirsts.
const STANDFIRST_TOKENS: &[&str] = &[
    "standfirst",
    "dek",
    "deck",
    "subhead",
    "subheading",
    "subheadline",
    "subtitle",
    "sub title",
    "sub headline",
    "sub heading",
    "secondary title",
    "strapline",
    "hed dek",
];

/// The titles that the page states, folded.
pub(super) fn titles(metadata: &Metadata) -> Vec<String> {
    metadata.title.iter().map(|reading| fold(&reading.value)).filter(|t| !t.is_empty()).collect()
}

/// Finds the title among the blocks, shows it in the head, and leaves out its repetitions. Gives its place.
pub(super) fn mark_title(lines: &mut [Line], metadata: &Metadata) -> Option<usize> {
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
pub(super) fn mark_byline(lines: &mut [Line], metadata: &Metadata, title: Option<usize>) {
    let authors: Vec<String> = metadata
        .authors
        .iter()
        .flat_map(|reading| reading.value.iter().map(|name| fold(name)))
        .filter(|n| n.len() > 3)
        .collect();
    let first_prose = lines.iter().position(|l| l.shown && l.is_prose()).unwrap_or(lines.len());
    let start = title.map_or(first_prose.saturating_sub(HEAD_BLOCKS), |t| t.saturating_sub(3)).min(first_prose);
    // A summary before the byline can be as long as a paragraph.
    let behind_summary = title.filter(|t| first_prose >= *t && first_prose - t <= 3).and_then(|_| {
        let mut near = lines.iter().enumerate().skip(first_prose + 1).take(3);
        near.find(|(_, line)| {
            line.is_paragraph() && line.text.len() <= LONGEST_BYLINE && is_certain_byline(line, &authors)
        })
    });
    let end = behind_summary.map_or(first_prose, |(at, _)| at + 1).min(start + HEAD_BLOCKS * 2);
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

/// The lines between the title and the byline that sum the story up, or that say so by their class.
pub(super) fn mark_standfirst(lines: &mut [Line], title: Option<usize>) {
    let Some(title) = title else { return };
    let mut near = (title + 1..=title + STANDFIRST_BLOCKS).rev();
    let byline = near.find(|at| lines.get(*at).is_some_and(|line| line.shown && line.role == Role::Byline));
    let prose = lines.iter().filter(|line| line.is_story() && line.is_prose()).count();
    // A story of one paragraph has no summary before it.
    if prose < 2 {
        return;
    }
    for (number, line) in lines.iter_mut().enumerate().skip(title + 1).take(STANDFIRST_BLOCKS) {
        let can_be = line.is_story()
            && (line.is_paragraph() || line.is_heading())
            && !line.is_quoted_or_list()
            && STANDFIRST_WORDS.contains(&line.count_words())
            && line.link_share() < 0.5;
        if !can_be {
            continue;
        }
        let before_byline = byline.is_some_and(|byline| number < byline);
        if before_byline || dom::has_token(&line.draft.near, STANDFIRST_TOKENS) {
            line.role = Role::Standfirst;
        }
    }
}

fn is_certain_byline(line: &Line, authors: &[String]) -> bool {
    let by_author = authors.iter().any(|author| {
        line.folded == *author || line.folded.strip_prefix("by ").is_some_and(|rest| rest.starts_with(author.as_str()))
    });
    by_author || is_date_line(&line.text)
}

fn is_byline(line: &Line, authors: &[String]) -> bool {
    let named = authors.iter().any(|author| line.folded.contains(author.as_str()));
    let ends = ends_sentence(&line.text) && line.text.split_whitespace().count() > 6;
    let by_class = dom::has_token(
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

/// Whether a line is a date and at most a word or two about it ("Published 4 March 2026, 18:20 | Updated 19:00").
pub(super) fn is_date_line(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 60 || text.split_whitespace().count() > 18 || text.len() > LONGEST_BYLINE {
        return false;
    }
    let has_year =
        text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
    let lower = text.to_lowercase();
    let stamped =
        ["updated", "published", "posted", "last updated", "first published", "last modified", "aktualisiert"]
            .iter()
            .any(|word| lower.trim_start_matches(['(', '[', ' ']).starts_with(word));
    if !has_year {
        // "Updated at 1:23 p.m.", "Published 3 hours ago".
        return stamped && letters <= 30 && lower.chars().any(|c| c.is_ascii_digit()) && !ends_in_story(&lower);
    }
    let parts = || lower.split(['|', '·', '•', ';', '–', '—', '\n']).map(str::trim);
    let whole = letters <= 45 && dates::parse(text).is_some();
    whole || parts().any(|part| dates::parse(part.trim_matches(['(', ')', '[', ']'])).is_some()) || {
        // "Updated Nov 19, 2026 9:41; posted Nov 18, 2026".
        let split = ["updated", "posted", "published", "@"].iter().find_map(|word| lower.rsplit_once(word));
        split.is_some_and(|(before, behind)| [before, behind].iter().any(|part| dates::parse(part).is_some()))
    }
}

/// Whether a stamp is the beginning of a sentence ("Updated rules of 12 pages were sent out").
fn ends_in_story(lower: &str) -> bool {
    lower.ends_with('.') && !lower.ends_with("m.") && lower.split_whitespace().count() > 6
}

/// Class words of elements that name authors.
const AUTHOR_TOKENS: &[&str] = &[
    "author",
    "authors",
    "authorname",
    "author name",
    "byline",
    "bylines",
    "writer",
    "written by",
    "contributor",
    "contributors",
    "creator",
    "reporter",
    "vcard",
];

/// How many blocks before the title and behind it can name author and date.
const BEFORE_TITLE: usize = 4;
const BEHIND_TITLE: usize = 16;

/// The lines around the title in which author and date can stand, and those further down that say who wrote it.
pub(super) fn lines_of_head(lines: &[Line], title: Option<usize>) -> Vec<HeadLine> {
    let first_prose = lines.iter().position(|l| l.is_story() && l.is_prose()).unwrap_or(lines.len());
    let start = title.unwrap_or(first_prose).min(first_prose).saturating_sub(BEFORE_TITLE);
    let end = title.map_or(first_prose + 1, |title| (title + BEHIND_TITLE).min(first_prose.max(title) + 3));
    let mut out = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let in_head = (start..=end).contains(&number);
        let beside = matches!(
            line.draft.hint,
            Some(OmissionReason::Comments | OmissionReason::Related | OmissionReason::Advertisement)
        );
        let tells_first = !beside && line.text.len() <= LONGEST_NOTE && tells_first_published(&line.text);
        let longest = if tells_first { LONGEST_NOTE } else { LONGEST_BYLINE };
        let short = line.text.len() <= longest && line.has_words && Some(number) != title;
        if beside || !short || line.draft.is_caption || !(line.is_paragraph() || line.is_heading()) {
            continue;
        }
        let says_author = dom::has_token(&line.draft.near, AUTHOR_TOKENS);
        let says_date = dom::has_token(&line.draft.near, &["date", "dateline", "timestamp", "published", "time"]);
        let lower = line.text.to_lowercase();
        let names_writer =
            ["written by", "posted by", "words by", "story by"].iter().any(|lead| lower.starts_with(lead));
        if in_head && line.role != Role::Standfirst || names_writer || tells_first {
            out.push(HeadLine {
                text: line.text.clone(),
                says_author: says_author && in_head && line.count_words() <= MOST_AUTHOR_WORDS,
                says_date,
                in_head: in_head && !tells_first,
                again: in_head && lines.iter().skip(end + 1).any(|other| other.folded == line.folded),
            });
        }
    }
    out
}

/// The most words of a line that is authors and no sentence about them.
const MOST_AUTHOR_WORDS: usize = 12;

/// The longest note that tells when a story first came out, in bytes.
const LONGEST_NOTE: usize = 240;

/// Cuts the beginning: short lines of links before the first prose (sections, tags, "home").
pub(super) fn trim_start(lines: &mut [Line]) {
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
