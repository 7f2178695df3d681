//! What a screen reader is told of a value: each line with its letters, as egui does of its own labels. egui lets none but its
//! own widgets have such lines, so they are put into what it gives out.

use egui::accesskit::{self, Node, NodeId, Role, TextDirection, TextPosition, TextSelection};
use egui::{Context, FullOutput, Plugin, Rect, Response, Ui};

use super::Lettered;
use crate::document::TextRange;

/// The lines of the values of a frame, with the node that each belongs to.
#[derive(Default)]
struct Runs {
    lines: Vec<(NodeId, Vec<(NodeId, Node)>)>,
}

impl Plugin for Runs {
    fn debug_name(&self) -> &'static str {
        "values for screen readers"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let lines = std::mem::take(&mut self.lines);
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (parent, runs) in lines {
            // A tree with a node that no other holds is refused as a whole.
            let Some((_, node)) = update.nodes.iter_mut().find(|(id, _)| *id == parent) else { continue };
            node.set_children(runs.iter().map(|(id, _)| *id).collect::<Vec<_>>());
            update.nodes.extend(runs);
        }
    }
}

/// Tells a screen reader each line with its letters, as egui does of its own labels.
pub(super) fn tell(ui: &Ui, response: &Response, lettered: &Lettered, text: &str, selected: Option<(usize, usize)>) {
    let ctx = ui.ctx();
    if ctx.accesskit_node_builder(response.id, |_| ()).is_none() {
        return;
    }
    let corner = lettered.snapped(response.rect.min);
    let (mut ends, mut runs) = (Vec::new(), Vec::new());
    for (number, line) in lettered.set.lines().enumerate() {
        let mut letters = lettered.set.clusters(number).to_vec();
        letters.sort_by_key(|letter| letter.range.start);
        // AccessKit counts the letters of a run, and the bytes of a letter, in bytes.
        letters.truncate(usize::from(u8::MAX));
        let Some(range) = letters.first().zip(letters.last()).map(|(a, b)| TextRange::new(a.range.start, b.range.end))
        else {
            continue;
        };
        let Some(value) = range.of(text) else { continue };
        let lengths: Option<Vec<u8>> = letters.iter().map(|letter| u8::try_from(letter.range.len()).ok()).collect();
        let Some(lengths) =
            lengths.filter(|lengths| lengths.iter().map(|l| usize::from(*l)).sum::<usize>() == value.len())
        else {
            continue;
        };
        let right_to_left = letters.iter().filter(|letter| letter.right_to_left).count() * 2 > letters.len();
        let rect = Rect::from_min_max(
            corner + egui::vec2(line.rect.x0, line.rect.y0) / lettered.scale,
            corner + egui::vec2(line.rect.x1, line.rect.y1) / lettered.scale,
        );
        let from_start = |letter: &crate::typeset::Cluster| {
            let distance = if right_to_left { line.rect.x1 - letter.x1 } else { letter.x0 - line.rect.x0 };
            distance / lettered.scale
        };
        let starts = letters.iter().enumerate().filter_map(|(at, letter)| {
            let is_letter = |range: TextRange| range.of(text).is_some_and(|t| t.contains(char::is_alphanumeric));
            let before = at.checked_sub(1).and_then(|before| letters.get(before));
            let begins = is_letter(letter.range) && before.is_none_or(|before| !is_letter(before.range));
            begins.then(|| u8::try_from(at).ok()).flatten()
        });
        let id = response.id.with(("line", number)).accesskit_id();
        let mut node = Node::new(Role::TextRun);
        node.set_text_direction(if right_to_left { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
        node.set_bounds(accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        node.set_value(value);
        node.set_character_lengths(lengths);
        node.set_character_positions(letters.iter().map(from_start).collect::<Vec<_>>());
        node.set_character_widths(letters.iter().map(|l| (l.x1 - l.x0) / lettered.scale).collect::<Vec<_>>());
        node.set_word_starts(starts.collect::<Vec<_>>());
        ends.push((id, letters));
        runs.push((id, node));
    }
    let position = |offset: usize| {
        let (node, letters) =
            ends.iter().find(|(_, letters)| letters.last().is_some_and(|l| offset <= l.range.end)).or(ends.last())?;
        let character_index = letters.iter().take_while(|letter| letter.range.end <= offset).count();
        Some(TextPosition { node: *node, character_index })
    };
    if let Some((anchor, focus)) = selected
        && let (Some(anchor), Some(focus)) = (position(anchor), position(focus))
    {
        ctx.accesskit_node_builder(response.id, |node| node.set_text_selection(TextSelection { anchor, focus }));
    }
    let parent = response.id.accesskit_id();
    ctx.plugin_or_default::<Runs>().lock().lines.push((parent, runs));
}
