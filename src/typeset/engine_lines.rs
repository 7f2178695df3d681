//! The lines of a layout as the text engine has them, taken apart for [`lines`](super::lines): text of two directions, with
//! pictures in its lines or raised letters, which only the engine puts in order.

use parley::{BreakReason, Layout, Line as EngineLine, PositionedLayoutItem};

use super::lines::{LineBox, Placed, Placing, Row, SOFT_HYPHEN, content_end};
use super::pieces::{Piece, PieceRun, Pieces};
use super::set_block::SetBlock;

/// Places the lines of a layout below `top` and appends them to a block. Where the text goes on in another layout the last
/// line is left to it, unless it is the only one.
pub(super) fn place(placing: &Placing<'_>, layout: &Layout<u16>, top: f32, out: &mut SetBlock) -> Placed {
    let (mut visual, mut row) = (Visual::default(), Row::default());
    let count = layout.len();
    let mut end = 0;
    let mut placed = Placed { source_end: placing.text.to_source(layout.text_len()), bottom: top };
    for (number, line) in layout.lines().enumerate() {
        let last = number + 1 == count;
        if last && end > 0 && !placing.is_end {
            placed.source_end = placing.text.to_source(end);
            break;
        }
        // Behind a final line feed the engine has an empty line for the caret.
        if last && number > 0 && line.is_empty() || end >= layout.text_len() && line.runs().next().is_some() {
            break;
        }
        visual.collect(placing, &line);
        let start = end;
        // The engine knows no range for a line that holds an image only.
        if line.runs().next().is_some() {
            end = end.max(line.text_range().end);
        }
        end = visual.pieces.list.iter().map(|piece| piece.end as usize).fold(end, usize::max);
        let content_end = content_end(placing.text.as_str(), line.text_range());
        let soft = matches!(line.break_reason(), BreakReason::Regular | BreakReason::Emergency);
        let content = placing.text.as_str().get(start..content_end).unwrap_or_default();
        let is_place = || placing.hyphens.binary_search_by_key(&content_end, |place| place.at).is_ok();
        let metrics = line.metrics();
        let line = LineBox {
            range: start..end,
            content_end,
            soft,
            hyphen: soft && (content.ends_with(SOFT_HYPHEN) || is_place()),
            is_text_end: line.break_reason() == BreakReason::None,
            kept: None,
            seen: None,
            top: top + metrics.block_min_coord,
            bottom: top + metrics.block_max_coord,
            baseline: top + metrics.baseline,
            runs_from: (!placing.is_level).then_some(top),
            indent: if number == 0 { placing.measure.first_indent } else { 0.0 },
        };
        if line.hyphen {
            visual.pieces.find_hyphens();
        }
        placing.place_line(&line, &visual.pieces.list, &visual.pieces, &mut row, out);
        placed.bottom = line.bottom;
    }
    placed
}

/// The pieces of one line of a layout in the order they are seen; kept to use its room again.
#[derive(Default)]
struct Visual {
    pieces: Pieces,
    baselines: Vec<(u16, f32)>,
}

impl Visual {
    fn collect(&mut self, placing: &Placing<'_>, line: &EngineLine<'_, u16>) {
        self.pieces.clear();
        self.baselines.clear();
        let text = placing.text.as_str();
        if placing.is_level {
            // The engine's positions of glyph runs cost a second walk over the letters, and are only needed for baselines.
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    self.pieces.push_cluster(text, &run, &cluster, line.metrics().baseline);
                }
            }
            self.pieces.add_spaces(placing.spaces);
            return;
        }
        for item in line.items() {
            if let PositionedLayoutItem::GlyphRun(run) = item
                && !self.baselines.iter().any(|(style, _)| *style == run.style_index())
            {
                self.baselines.push((run.style_index(), run.baseline()));
            }
        }
        let mut item_in_hand = None;
        for (item_number, item) in line.items().enumerate() {
            match item {
                PositionedLayoutItem::InlineBox(inline) => {
                    let object = usize::try_from(inline.id).ok();
                    let range = object.and_then(|o| placing.objects.get(o)).map_or(0..0, |o| o.range.clone());
                    self.pieces.runs.push(PieceRun::of_object(inline.y, item_number));
                    let number = object.and_then(|object| u32::try_from(object).ok());
                    let mut piece = Piece::of_object(number, inline.width, range, self.pieces.runs.len() - 1);
                    piece.right_to_left = placing.right_to_left;
                    self.pieces.list.push(piece);
                }
                PositionedLayoutItem::GlyphRun(glyph_run) => {
                    let run = glyph_run.run();
                    // A run of the engine is cut by style into glyph runs; its clusters are taken at once.
                    if item_in_hand == Some(run.index()) {
                        continue;
                    }
                    item_in_hand = Some(run.index());
                    for cluster in run.visual_clusters() {
                        let baseline = self.baseline(cluster.style_index(), line);
                        self.pieces.push_cluster(text, run, &cluster, baseline);
                    }
                }
            }
        }
        self.pieces.add_spaces(placing.spaces);
    }

    fn baseline(&self, style: u16, line: &EngineLine<'_, u16>) -> f32 {
        self.baselines.iter().find(|(s, _)| *s == style).map_or(line.metrics().baseline, |(_, baseline)| *baseline)
    }
}
