//! What extraction lost and the story needs: paragraphs, headings and lists that stand in the same elements as what it
//! found, quoted posts between them, and the lead between the title and the text. Leaves nothing out.

use std::collections::HashMap;
use std::rc::Rc;

use dom_query::NodeId;

use super::line::Line;
use crate::document::OmissionReason;

/// How many lost blocks before the first found one can be the lead.
const LEAD_BLOCKS: usize = 6;

/// How many paragraphs an element holds that is taken for the one that the story stands in.
const LEAST_PARAGRAPHS: usize = 2;

/// A quoted post is a line of at least this many words.
const LEAST_QUOTED_WORDS: usize = 3;

/// Where extraction found less than this share of the prose that stands in the same article, in percent, it missed the
/// story. (Measured on other pages than these rules: a second extractor is right then.)
const LEAST_FOUND_PERCENT: usize = 40;

/// Shows the whole run of prose of which extraction found only a part.
pub(super) fn widen(lines: &mut [Line], title: Option<usize>) {
    let home = title.and_then(|at| lines.get(at)).map(|line| line.draft.place.article);
    let can_be = |line: &Line| {
        line.draft.hint.is_none() && !line.draft.is_caption && home.is_none_or(|home| line.draft.place.article == home)
    };
    // Between the first and the last block of which extraction kept something, images too.
    let kept = |line: &Line| line.draft.weight.kept > 0;
    let (Some(start), Some(end)) = (lines.iter().position(kept), lines.iter().rposition(kept)) else { return };
    let prose = |line: &Line| {
        let apart = line.is_paragraph() && !line.is_quoted_or_list();
        can_be(line) && apart && line.is_prose() && line.link_share() < 0.2
    };
    let weigh = |line: &Line| line.draft.weight.total;
    let candidates: Vec<usize> =
        (start..=end).filter(|at| lines.get(*at).is_some_and(|line| line.has_words && prose(line))).collect();
    let all: usize = candidates.iter().filter_map(|at| lines.get(*at)).map(weigh).sum();
    let found: usize = lines.iter().filter(|line| line.shown && line.has_words).map(weigh).sum();
    if found * 100 >= all * LEAST_FOUND_PERCENT {
        return;
    }
    let (Some(first), Some(last)) = (candidates.first(), candidates.last()) else { return };
    for line in lines.iter_mut().skip(*first).take(last - first + 1) {
        if line.has_words && can_be(line) && line.link_share() < 0.4 {
            line.shown = true;
        }
    }
}

/// Shows what extraction lost.
pub(super) fn put_back(lines: &mut [Line]) {
    let mut paragraphs: HashMap<NodeId, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.shown && line.is_paragraph() && line.is_prose()) {
        if let Some(around) = line.draft.place.around {
            *paragraphs.entry(around).or_default() += 1;
        }
    }
    // Sections of their own, each with its paragraphs, of one kind: told by what they stand in and by their class.
    let mut sections: HashMap<(NodeId, Rc<str>), usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.shown && line.is_paragraph() && line.is_prose()) {
        if let Some(above) = line.draft.place.above {
            *sections.entry((above, line.draft.near.clone())).or_default() += 1;
        }
    }
    let is_home = |node: Option<NodeId>| {
        node.and_then(|node| paragraphs.get(&node)).is_some_and(|count| *count >= LEAST_PARAGRAPHS)
    };
    let prose: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| line.shown && line.is_prose())).collect();
    let (Some(first), Some(last)) = (prose.first().copied(), prose.last().copied()) else { return };
    for number in 0..lines.len() {
        let Some(line) = lines.get(number) else { continue };
        if line.shown || !line.has_words || line.draft.is_caption {
            continue;
        }
        let place = line.draft.place;
        let in_section = place.above.is_some_and(|above| {
            sections.get(&(above, line.draft.near.clone())).is_some_and(|count| *count >= LEAST_PARAGRAPHS)
        });
        let beside = is_home(place.around) || in_section;
        let within = number > first && number < last;
        let open = line.draft.hint.is_none() && line.link_share() < 0.4;
        let paragraph = line.is_paragraph() && !line.is_quoted_or_list();
        let wanted = if paragraph && beside {
            open && (line.is_prose() || within && line.count_words() >= 4 && line.link_share() < 0.2)
        } else if line.is_heading() && beside {
            open && within && line.link_share() < 0.2
        } else if line.is_quoted() && within {
            let home = is_home(place.above) || is_home(place.around) || place.beyond.is_some_and(|n| is_home(Some(n)));
            let hint_allows = matches!(line.draft.hint, None | Some(OmissionReason::Share));
            home && hint_allows && line.count_words() >= LEAST_QUOTED_WORDS
        } else if line.is_quoted_or_list() && within {
            open && line.link_share() < 0.3 && is_home(place.above)
        } else if number < first && first - number <= LEAD_BLOCKS {
            let same = lines.get(first).is_some_and(|found| found.draft.place.above == place.around);
            open && paragraph && same && line.is_prose()
        } else {
            false
        };
        if wanted && let Some(line) = lines.get_mut(number) {
            line.shown = true;
        }
    }
}
