//! The pieces in sight with their places in the window, and the questions asked of them: which offset is under a point,
//! where is a range. Offsets count in the story's flat text, places in points.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::columns::Slice;
use super::position::Page;
use crate::document::{ResourceId, TextRange};
use crate::typeset::flow::Position;
use crate::typeset::{self, Caret, SetBlock, Typesetter};

/// A piece in the window, or the part of it that stands in one column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// The piece.
    pub piece: usize,
    /// The top of the line above what was left out; that of the piece where there is none.
    pub label_top: f32,
    /// The box of what was set, whole, in points; its top left corner is where the block's pixels count from.
    pub rect: Rect,
    /// What of the window it may be drawn in.
    pub clip: Rect,
    /// Where its block begins in the flat text; `None` for a piece that is not part of it.
    pub base: Option<usize>,
    /// Whether it is a table's head at the view's top, away from its place in the story.
    pub is_stuck: bool,
}

impl Page {
    /// Sets what is in sight and places it in `view`.
    pub(super) fn arrange(&mut self, view: Rect, typesetter: &mut Typesetter) -> Vec<Placed> {
        if self.layout.pages { self.arrange_columns(view, typesetter) } else { self.arrange_scroll(view, typesetter) }
    }

    fn arrange_scroll(&mut self, view: Rect, typesetter: &mut Typesetter) -> Vec<Placed> {
        let scale = self.setting.scale;
        let mut placed = Vec::new();
        let mut top = view.top() - self.position.offset / scale;
        let mut piece = self.position.piece;
        while top < view.bottom() && piece < self.pieces.len() {
            let height = self.height_of(piece, typesetter);
            placed.extend(self.placed(piece, pos2(self.layout.left, top), view));
            top += height / scale;
            piece += 1;
        }
        self.end = None;
        self.keep_head(view, &mut placed, typesetter);
        placed
    }

    fn arrange_columns(&mut self, view: Rect, typesetter: &mut Typesetter) -> Vec<Placed> {
        let scale = self.setting.scale;
        let top = view.top() + self.layout.top_margin;
        let height = self.layout.column_height * scale;
        let mut placed = Vec::new();
        let mut start = Some(self.position);
        for number in 0..self.layout.columns {
            let Some(from) = start else { break };
            let column = self.fill_column(from, height, typesetter);
            let left = self.layout.left + f32::from(number) * (self.setting.measure + self.layout.gutter);
            for Slice { piece, from, to, top: within } in column.slices {
                let y = top + within / scale;
                let clip =
                    Rect::from_min_max(pos2(view.left(), y - 1.0), pos2(view.right(), y + (to - from) / scale + 1.0));
                let clip = clip.intersect(Rect::from_x_y_ranges(
                    left - self.layout.gutter / 2.0..=left + self.setting.measure + self.layout.gutter / 2.0,
                    view.y_range(),
                ));
                placed.extend(self.placed(piece, pos2(left, y - from / scale), clip));
            }
            start = column.end;
        }
        self.end = start;
        placed
    }

    fn placed(&self, piece: usize, at: Pos2, clip: Rect) -> Option<Placed> {
        let scale = self.setting.scale;
        let laid = self.laid.get(&piece)?;
        let what = self.pieces.get(piece)?;
        let label_top = at.y + laid.gap.unwrap_or(0.0) / scale;
        let corner = pos2(at.x, label_top + laid.label_height() / scale);
        let rect = Rect::from_min_size(corner, vec2(self.setting.measure, laid.set.height / scale));
        let base = what.text_block().and_then(|block| self.story.flat.block_range(block)).map(|range| range.start);
        Some(Placed { piece, label_top, rect, clip, base, is_stuck: false })
    }

    /// What was set for a piece.
    pub(super) fn set(&self, piece: usize) -> Option<&SetBlock> {
        self.laid.get(&piece).map(|laid| &laid.set)
    }

    /// The lines of a placed piece, from top to bottom, in points.
    pub(super) fn lines_of(&self, place: &Placed) -> Vec<egui::Rangef> {
        let scale = self.setting.scale;
        let lines = self.set(place.piece).into_iter().flat_map(SetBlock::lines);
        let mut lines: Vec<egui::Rangef> = lines
            .map(|line| egui::Rangef::new(line.rect.y0, line.rect.y1))
            .map(|line| egui::Rangef::new(place.rect.top() + line.min / scale, place.rect.top() + line.max / scale))
            .collect();
        lines.sort_by(|a, b| a.min.total_cmp(&b.min));
        // The cells of a row stand beside each other.
        lines.dedup_by(|next, line| (next.min - line.min).abs() < 2.0);
        lines
    }

    /// The offset nearest to a point of the window.
    pub(super) fn offset_at(&self, placed: &[Placed], point: Pos2) -> Option<usize> {
        let (nearest, set) = self.nearest(placed, point)?;
        // Beside the text of its column the line's nearest end is meant; below the last line, the text's end.
        let local = self.local(nearest, point);
        Some(nearest.base? + set.offset_at(local.x, local.y)?)
    }

    fn nearest<'a>(&'a self, placed: &'a [Placed], point: Pos2) -> Option<(&'a Placed, &'a SetBlock)> {
        let with_text = placed.iter().filter(|place| place.base.is_some());
        let set = with_text.filter_map(|place| Some((place, self.set(place.piece)?)));
        set.filter(|(_, set)| set.lines().next().is_some()).min_by(|(a, _), (b, _)| {
            let distance = |place: &Placed| {
                let seen = place.rect.intersect(place.clip);
                (outside(place.clip.x_range(), point.x), outside(seen.y_range(), point.y))
            };
            let ((ax, ay), (bx, by)) = (distance(a), distance(b));
            ax.total_cmp(&bx).then(ay.total_cmp(&by))
        })
    }

    /// The piece under a point, with the point in its pixels.
    pub(super) fn under<'a>(&'a self, placed: &'a [Placed], point: Pos2) -> Option<(&'a Placed, &'a SetBlock, Vec2)> {
        let place = placed.iter().find(|place| place.rect.expand(2.0).intersect(place.clip).contains(point))?;
        Some((place, self.set(place.piece)?, self.local(place, point)))
    }

    /// The link under a point: its range in the flat text and its address.
    pub(super) fn link_under(&self, placed: &[Placed], point: Pos2) -> Option<(TextRange, String)> {
        let (place, set, local) = self.under(placed, point)?;
        let cluster = set.cluster_at(local.x, local.y)?;
        let (range, target) = set.links().find(|(range, _)| range.contains(cluster.start))?;
        Some((range.shifted(place.base?), target.to_owned()))
    }

    /// The block under a point.
    pub(super) fn block_at(&self, placed: &[Placed], point: Pos2) -> Option<usize> {
        let (place, ..) = self.under(placed, point)?;
        self.pieces.get(place.piece)?.block()
    }

    /// The picture under a point.
    pub(super) fn picture_under(&self, placed: &[Placed], point: Pos2) -> Option<ResourceId> {
        let (_, set, local) = self.under(placed, point)?;
        set.image_at(local.x, local.y)
    }

    /// The rectangles of a range in a placed piece, in points; of what is moved sideways, what is seen of it.
    pub(super) fn rects_of(&self, place: &Placed, range: TextRange) -> Vec<Rect> {
        let (Some(base), Some(set)) = (place.base, self.set(place.piece)) else { return Vec::new() };
        if range.end <= base {
            return Vec::new();
        }
        let local = TextRange::new(range.start.saturating_sub(base), range.end - base);
        set.rects(local).into_iter().filter_map(|rect| self.seen_rect(place, rect)).collect()
    }

    /// Where a caret before an offset stands in a placed piece, in points.
    pub(super) fn caret_of(&self, place: &Placed, caret: Caret) -> Option<Rect> {
        let local = caret.offset.checked_sub(place.base?)?;
        let what = self.pieces.get(place.piece)?;
        let block = self.story.flat.block_range(what.text_block()?)?;
        let part = what.part().map_or(TextRange::new(0, block.len()), crate::typeset::Part::range);
        let is_last = part.end >= block.len();
        if local < part.start || local > part.end || (local == part.end && !is_last) {
            return None;
        }
        let rect = self
            .in_window(place, self.set(place.piece)?.caret_rect(Caret { offset: local, affinity: caret.affinity })?);
        let is_in_sight = |clip: Rect| clip.expand(1.0).contains(rect.center());
        let window = self.window_of(place).filter(|window| window.y_range().contains(rect.center().y));
        (is_in_sight(place.clip) && window.is_none_or(is_in_sight)).then_some(rect)
    }

    /// A rectangle of a set block, in points of the window.
    pub(super) fn in_window(&self, place: &Placed, rect: typeset::Rect) -> Rect {
        let scale = self.setting.scale;
        let rect = rect.shifted(-self.moved_by(place.piece, rect), 0.0);
        let min = place.rect.min + vec2(rect.x0, rect.y0) / scale;
        let max = place.rect.min + vec2(rect.x1, rect.y1) / scale;
        Rect::from_min_max(min, max)
    }

    /// What of the flat text is in sight, from the first line to the last.
    pub(super) fn view_of(&self, placed: &[Placed], view: Rect) -> Option<TextRange> {
        let mut seen: Option<TextRange> = None;
        for place in placed.iter().filter(|place| !place.is_stuck) {
            let (Some(base), Some(set)) = (place.base, self.set(place.piece)) else { continue };
            let clip = place.clip.intersect(view);
            let lines = set.lines().filter(|line| {
                let middle = self.in_window(place, line.rect).center().y;
                clip.y_range().contains(middle)
            });
            for line in lines {
                let range = line.range.shifted(base);
                seen = Some(seen.map_or(range, |s| TextRange::new(s.start.min(range.start), s.end.max(range.end))));
            }
        }
        seen
    }

    /// The piece that holds an offset of the flat text, if it is shown, and the next shown one if not.
    pub(super) fn piece_at(&self, offset: usize) -> Option<(usize, usize)> {
        let (block, within) = self.story.flat.locate(offset)?;
        self.piece_of(block, within)
    }

    /// The position at which an offset's line is the first in sight: below the head of its table, where that stays.
    pub(super) fn top_position_of(&mut self, offset: usize, typesetter: &mut Typesetter) -> Option<Position> {
        let to = self.position_of(offset, typesetter)?;
        let covered = self.covered_above(to.piece, to.offset, typesetter);
        if covered == 0.0 {
            return Some(to);
        }
        let (mut composer, flow) = self.composer(typesetter);
        Some(flow.moved(to, -covered, &mut |piece| composer.height(piece)))
    }

    /// The position of an offset's line, at its top.
    pub(super) fn position_of(&mut self, offset: usize, typesetter: &mut Typesetter) -> Option<Position> {
        let (piece, within) = self.piece_at(offset)?;
        self.height_of(piece, typesetter);
        let laid = self.laid.get(&piece)?;
        let above = laid.gap.unwrap_or(0.0) + laid.label_height();
        let line = laid.set.lines().filter(|line| line.range.start <= within).last();
        // The story's first line goes with its head.
        let is_first = line.is_none_or(|line| line.range.start == 0)
            && self.pieces.iter().take(piece).all(|piece| piece.text_block().is_none());
        if is_first {
            return Some(Position::default());
        }
        Some(Position { piece, offset: line.map_or(0.0, |line| above + line.rect.y0) })
    }
}

/// The pieces from the first in sight to the last.
pub(super) fn pieces_in_sight(placed: &[Placed]) -> std::ops::Range<usize> {
    let mut in_place = placed.iter().filter(|place| !place.is_stuck).map(|place| place.piece);
    let Some(first) = in_place.next() else { return 0..0 };
    first..in_place.next_back().unwrap_or(first) + 1
}

fn outside(range: egui::Rangef, value: f32) -> f32 {
    (range.min - value).max(value - range.max).max(0.0)
}
