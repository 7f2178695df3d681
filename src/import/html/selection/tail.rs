//! What stands around a story's text and in its gaps: share rows, teasers, other stories, notes about the author and the
//! site. Works on what extraction took in; adds nothing.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dom_query::NodeId;

use super::line::{Line, PROSE_BYTES, ends_sentence};
use crate::document::{Content, InlineStyle, Metadata, OmissionReason, Role};
use crate::import::html::furniture;
use crate::text::fold;

/// A teaser is a link of at least this many words: shorter ones name a source or a shop.
const LEAST_TEASER_WORDS: usize = 5;

/// How many linked headings make a list of other stories.
const LEAST_LINKED_SECTIONS: usize = 2;

/// The shortest paragraph, in bytes of folded text, whose repetition is left out: a refrain is shorter.
const LEAST_REPETITION: usize = 40;

/// The longest appeal to subscribe, in bytes, that is left out of a story's middle; and its words where it has no link.
const LONGEST_APPEAL: usize = 240;
const MOST_APPEAL_WORDS: usize = 25;

/// A line behind this many blocks that are left out is no part of the story before them.
const STRAY_BLOCKS: usize = 6;

/// An element holds the story where it has one in this many parts of its prose.
const HOME_SHARE: usize = 4;

/// The least of a story's prose, in percent, that stands where much of it does.
const LEAST_AT_HOME_PERCENT: usize = 70;

/// What stands behind the story is at most one in this many parts of its prose.
const ISLAND_SHARE: usize = 4;

/// The longest note about author or site, in bytes.
const LONGEST_CLOSING: usize = 700;

/// The share of a story, one in this many, that its end may lose of paragraphs that look like prose.
const MOST_CLOSING_SHARE: usize = 3;

/// Leaves out what extraction took in although its element or its words say what it is.
pub(super) fn leave_out_furniture(lines: &mut [Line]) {
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
                    || (line.text.len() < PROSE_BYTES * 2 && !ends_sentence(&line.text))
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
        if is_teaser(line) {
            line.leave_out(furniture::by_beginning(&line.text).unwrap_or(OmissionReason::Related));
            continue;
        }
        if line.is_paragraph()
            && line.text.len() <= LONGEST_APPEAL
            && !line.is_quoted_or_list()
            && furniture::by_closing(&line.folded) == Some(OmissionReason::Subscribe)
            && (line.link_share() > 0.1 || line.count_words() <= MOST_APPEAL_WORDS)
        {
            line.leave_out(OmissionReason::Subscribe);
            continue;
        }
        if line.is_paragraph() && line.text.len() <= LONGEST_APPEAL && furniture::is_disclosure(&line.folded) {
            line.leave_out(OmissionReason::Boilerplate);
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

/// Whether a line is nothing but a link to another page, worded like its headline.
fn is_teaser(line: &Line) -> bool {
    let can_be = line.is_paragraph() && !line.is_quoted_or_list() && line.link_share() > 0.95;
    let words = line.count_words();
    let is_address = line.text.starts_with("http") || line.text.starts_with("www.");
    // "Click to tweet" hands the story's own sentence to a network.
    let is_shared = line.draft.block.rich_text().is_some_and(|text| {
        text.spans().iter().any(|span| matches!(&span.style, InlineStyle::Link { target } if is_share_link(target)))
    });
    // A link that is a sentence is as often the story's own.
    can_be && !is_address && !is_shared && words >= LEAST_TEASER_WORDS && !ends_sentence(&line.text)
}

/// Whether an address hands something to a network instead of leading to a page.
fn is_share_link(target: &str) -> bool {
    ["/intent/", "/share?", "/sharer", "/share/", "mailto:", "whatsapp:"].iter().any(|part| target.contains(part))
}

/// Leaves out captions and quotations that were shown before in another element: set twice for two sizes of screen, or
/// large beside the text. Paragraphs that are the same are so by intent.
pub(super) fn leave_out_repetitions(lines: &mut [Line]) {
    let mut seen: HashMap<String, Option<NodeId>> = HashMap::new();
    let repeats = |line: &Line| line.is_figure() || line.is_paragraph() && (line.draft.is_caption || line.is_quoted());
    for line in lines.iter_mut().filter(|line| line.is_story() && (line.is_paragraph() || line.is_figure())) {
        if !repeats(line) {
            seen.entry(line.folded.clone()).or_insert(line.draft.place.around);
            continue;
        }
        if line.folded.len() < LEAST_REPETITION {
            continue;
        }
        let around = line.draft.place.around;
        match seen.get(&line.folded) {
            Some(first) if *first != around => line.leave_out(OmissionReason::Duplicate),
            _ => {
                seen.insert(line.folded.clone(), around);
            }
        }
    }
}

/// Leaves out other stories of the page: what stands in another `article` than the title, and headings that are links, with
/// what stands under them.
pub(super) fn leave_out_other_stories(lines: &mut [Line], title: Option<usize>) {
    let prose_of = |line: &Line| if line.is_story() && line.is_prose() { line.draft.weight.total } else { 0 };
    let all: usize = lines.iter().map(prose_of).sum();
    if let Some(title) = title
        && let Some(home) = lines.get(title).and_then(|line| line.draft.place.article)
    {
        let at_home = |line: &Line| line.draft.place.article == Some(home);
        let own: usize = lines.iter().filter(|line| at_home(line)).map(prose_of).sum();
        let announced = lines.iter().enumerate().skip(title).find(|(_, line)| {
            let named = line.draft.hint == Some(OmissionReason::Related) && line.text.len() <= 60;
            !at_home(line) && (named || furniture::by_wording(&line.text) == Some(OmissionReason::Related))
        });
        let from = if own * 2 >= all {
            lines.iter().rposition(|line| at_home(line) && line.has_words).map(|last| last + 1)
        } else {
            announced.filter(|_| own > 0).map(|(at, _)| at)
        };
        for line in lines.iter_mut().skip(from.unwrap_or(usize::MAX)) {
            if line.shown && line.role == Role::Body && line.draft.place.article != Some(home) {
                line.leave_out(OmissionReason::Related);
            }
        }
    }
    leave_out_linked_sections(lines);
}

/// Behind the first half of a story, headings that are links to other pages head other stories.
fn leave_out_linked_sections(lines: &mut [Line]) {
    let total: usize = lines.iter().filter(|l| l.is_story()).map(|l| l.draft.weight.total).sum();
    let mut before = 0usize;
    let mut start = None;
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.is_story()) {
        before += line.draft.weight.total;
        if before * 5 < total * 2 || !line.is_heading() {
            continue;
        }
        let linked = line.link_share() > 0.9 && line.count_words() >= LEAST_TEASER_WORDS;
        match (linked, start) {
            (true, None) => start = Some(number),
            // A heading of the story behind them: they were part of it.
            (false, Some(_)) => start = None,
            _ => {}
        }
    }
    let Some(start) = start else { return };
    let heads = lines.iter().skip(start).filter(|line| line.is_story() && line.is_heading()).count();
    if heads >= LEAST_LINKED_SECTIONS {
        for line in lines.iter_mut().skip(start).filter(|line| line.shown && line.role == Role::Body) {
            line.leave_out(OmissionReason::Related);
        }
    }
}

/// Cuts the end: from a heading like "Related stories" on, and whatever is links, short lines and notes about author and site
/// behind the last prose.
pub(super) fn trim_end(lines: &mut [Line], metadata: &Metadata) {
    let shown: Vec<usize> =
        (0..lines.len()).filter(|n| lines.get(*n).is_some_and(|l| l.shown && l.role == Role::Body)).collect();
    cut_headed_groups(lines, &shown);
    leave_out_islands(lines);
    leave_out_strays(lines);
    let authors: Vec<String> = metadata
        .authors
        .iter()
        .flat_map(|reading| reading.value.iter().map(|name| fold(name)))
        .filter(|name| name.len() > 3)
        .collect();
    let total: usize = shown.iter().filter_map(|n| lines.get(*n)).map(|l| l.draft.weight.total).sum();
    let mut cut = 0usize;
    // From the last shown block back to the last of the story.
    for number in shown.iter().rev() {
        let Some(line) = lines.get_mut(*number) else { continue };
        if !line.shown || !line.has_words || line.is_figure() {
            continue;
        }
        let weight = line.draft.weight.total;
        if (cut + weight) * MOST_CLOSING_SHARE > total.max(1) && line.is_prose() {
            break;
        }
        let Some(reason) = closing_reason(line, &authors) else { break };
        cut += weight;
        line.leave_out(reason);
    }
}

/// Where a story's prose stands: in which elements, each with so much of it that it is no box of a list.
struct Homes {
    elements: HashSet<NodeId>,
    sections: HashSet<(NodeId, Rc<str>)>,
}

impl Homes {
    fn find(lines: &[Line]) -> Self {
        let mut elements: HashMap<NodeId, usize> = HashMap::new();
        let mut sections: HashMap<(NodeId, Rc<str>), usize> = HashMap::new();
        let mut total = 0;
        for line in lines.iter().filter(|line| line.is_story() && line.is_prose()) {
            let weight = line.draft.weight.total;
            total += weight;
            if let Some(around) = line.draft.place.around {
                *elements.entry(around).or_default() += weight;
            }
            if let Some(above) = line.draft.place.above {
                *sections.entry((above, line.draft.near.clone())).or_default() += weight;
            }
        }
        let is_much = |weight: &usize| weight * HOME_SHARE >= total;
        Self {
            elements: elements.into_iter().filter(|(_, weight)| is_much(weight)).map(|(id, _)| id).collect(),
            sections: sections.into_iter().filter(|(_, weight)| is_much(weight)).map(|(key, _)| key).collect(),
        }
    }

    fn hold(&self, line: &Line) -> bool {
        let place = line.draft.place;
        let stands_in = |node: Option<NodeId>| node.is_some_and(|node| self.elements.contains(&node));
        stands_in(place.around)
            || stands_in(place.above)
            || place.above.is_some_and(|above| self.sections.contains(&(above, line.draft.near.clone())))
    }
}

/// Leaves out what stands behind a story in boxes of its own, each with what was left out between: teasers whose text
/// extraction took in without their headings.
fn leave_out_islands(lines: &mut [Line]) {
    let homes = Homes::find(lines);
    let prose = |line: &&Line| line.is_story() && line.is_prose();
    let weigh = |lines: &[Line]| lines.iter().filter(prose).map(|line| line.draft.weight.total).sum::<usize>();
    let at_home = lines.iter().filter(|line| prose(line) && homes.hold(line));
    let at_home: usize = at_home.map(|line| line.draft.weight.total).sum();
    // A story in many parts of which none is much has no home.
    if at_home * 100 < weigh(lines) * LEAST_AT_HOME_PERCENT {
        return;
    }
    let Some(last) = lines.iter().rposition(|line| prose(&line) && homes.hold(line)) else { return };
    let Some(behind) = lines.get(last + 1..) else { return };
    let Some(first) = behind.iter().position(|line| line.has_words && !line.shown) else { return };
    let islands = behind.get(first..).unwrap_or_default();
    let Some(end) = islands.iter().rposition(|line| prose(&line)) else { return };
    let between = islands.iter().take(end).filter(|line| line.has_words && !line.shown).count();
    if between < STRAY_BLOCKS || weigh(islands) * ISLAND_SHARE > weigh(lines) {
        return;
    }
    // What goes on with the story has its own headings and paragraphs before it, a teaser its link.
    let (mut teasers, mut texts) = (0, 0);
    let mut before: Option<&Line> = None;
    for line in islands.iter().filter(|line| line.has_words) {
        if prose(&line) {
            texts += 1;
            teasers += usize::from(before.is_none_or(|before| !before.shown || before.link_share() > 0.9));
        }
        before = Some(line);
    }
    if teasers * 2 < texts {
        return;
    }
    for line in lines.iter_mut().skip(last + 1 + first).filter(|line| line.shown && line.role == Role::Body) {
        if !line.is_note() {
            line.leave_out(OmissionReason::Related);
        }
    }
}

/// Leaves out headings and short lines far behind the last prose, with much between that is not the story.
fn leave_out_strays(lines: &mut [Line]) {
    let Some(last) = lines.iter().rposition(|line| line.is_story() && line.is_prose()) else { return };
    let mut between = 0usize;
    for line in lines.iter_mut().skip(last + 1).filter(|line| line.has_words) {
        if line.shown && line.role == Role::Body && !line.is_note() && between >= STRAY_BLOCKS {
            line.leave_out(OmissionReason::OutsideArticle);
        }
        between += usize::from(!line.shown);
    }
}

/// What a block at the very end is, if it is not the story.
fn closing_reason(line: &Line, authors: &[String]) -> Option<OmissionReason> {
    if line.is_note() {
        return None;
    }
    let by_words = furniture::by_wording(&line.text).or_else(|| furniture::by_beginning(&line.text));
    let closing = || {
        let short = line.is_paragraph() && line.text.len() <= LONGEST_CLOSING;
        let about_author = || {
            authors.iter().any(|author| {
                line.folded.strip_prefix(author.as_str()).is_some_and(|rest| {
                    let mut words = rest.split(' ').filter(|word| !word.is_empty());
                    words.any(|word| {
                        matches!(
                            word,
                            "is" | "was" | "has" | "covers" | "writes" | "lives" | "works" | "e" | "ist" | "est" | "es"
                        )
                    })
                })
            })
        };
        let phrase = if short { furniture::by_closing(&line.folded) } else { None };
        phrase.or_else(|| (short && about_author()).then_some(OmissionReason::Boilerplate))
    };
    if line.is_prose() {
        let by_hint = line.draft.hint.filter(|hint| {
            matches!(
                hint,
                OmissionReason::Boilerplate
                    | OmissionReason::Legal
                    | OmissionReason::Comments
                    | OmissionReason::Subscribe
            )
        });
        return closing().or(by_hint);
    }
    if line.link_share() > 0.6 {
        return Some(line.draft.hint.or(by_words).unwrap_or(OmissionReason::Related));
    }
    if line.is_heading() {
        // A heading with nothing under it.
        return Some(line.draft.hint.or(by_words).unwrap_or(OmissionReason::Related));
    }
    if line.text.len() < PROSE_BYTES
        && let Some(reason) = line.draft.hint.or(by_words)
    {
        return Some(reason);
    }
    closing()
}

/// Cuts what stands under lines like "Related stories" and "Don't miss": to the end where hardly any prose follows, else the
/// links and short lines right behind them.
fn cut_headed_groups(lines: &mut [Line], shown: &[usize]) {
    let total: usize = shown.iter().filter_map(|n| lines.get(*n)).map(|l| l.draft.weight.total).sum();
    let mut before = 0usize;
    for (place, number) in shown.iter().enumerate() {
        let Some(line) = lines.get(*number) else { continue };
        before += line.draft.weight.total;
        if !line.shown || line.text.len() > 60 || line.is_quoted_or_list() && !line.is_heading() {
            continue;
        }
        let Some(reason) = furniture::by_wording(&line.text) else { continue };
        let behind: Vec<&Line> =
            shown.iter().skip(place + 1).filter_map(|n| lines.get(*n)).filter(|l| l.shown).collect();
        let prose: usize = behind.iter().filter(|l| l.is_prose()).map(|l| l.draft.weight.total).sum();
        let rest: usize = behind.iter().map(|l| l.draft.weight.total).sum();
        // Nothing in the first half of a story is its end.
        let to_end = before * 2 >= total && (prose * 5 < rest * 2 || prose * 12 < total);
        let next_linked = behind.first().is_some_and(|next| next.link_share() > 0.6);
        for (step, number) in shown.iter().skip(place).enumerate() {
            let Some(line) = lines.get_mut(*number) else { break };
            let goes = to_end || step == 0 || line.has_words && !line.is_heading() && line.link_share() > 0.6;
            if !goes {
                break;
            }
            // A heading such as "More" or "News" alone can head the story's own part.
            if step == 0 && !to_end && !next_linked {
                break;
            }
            line.leave_out(reason);
        }
        if to_end {
            break;
        }
    }
}
