//! The head of a long table, kept at the view's top while its rows are scrolled through: its first piece is placed there a
//! second time, and the rows give way to it. Sets nothing of its own.

use egui::{Rect, pos2, vec2};

use super::page::Piece;
use super::placement::Placed;
use super::position::Page;
use crate::document::Content;
use crate::typeset::Typesetter;

/// A head that takes more of the view than this stays with its table.
const MOST_OF_VIEW: f32 = 0.35;

impl Page {
    /// Keeps the head of the table at the view's top there.
    pub(super) fn keep_head(&mut self, view: Rect, placed: &mut Vec<Placed>, typesetter: &mut Typesetter) {
        self.head_height = 0.0;
        if let Some(head) = self.kept_head(view, placed, typesetter) {
            self.head_height = head.clip.height() * self.setting.scale;
            let block = self.pieces.get(head.piece).and_then(Piece::block);
            for place in placed.iter_mut().filter(|place| self.pieces.get(place.piece).and_then(Piece::block) == block)
            {
                place.clip.min.y = place.clip.min.y.max(head.clip.bottom());
            }
            // Behind the others, so that the first place is that of the view's top.
            placed.push(head);
        }
    }

    fn kept_head(&mut self, view: Rect, placed: &[Placed], typesetter: &mut Typesetter) -> Option<Placed> {
        let scale = self.setting.scale;
        let top = placed.first()?;
        let (first, (head_top, head_bottom)) = self.head_of(top.piece, typesetter)?;
        let height = (head_bottom - head_top) / scale;
        let is_above = top.piece != first || top.rect.top() + head_top / scale < view.top();
        if !is_above || height > view.height() * MOST_OF_VIEW {
            return None;
        }
        let block = self.pieces.get(first).and_then(Piece::block);
        let of_table = |place: &&Placed| self.pieces.get(place.piece).and_then(Piece::block) == block;
        let last = placed.iter().rev().find(of_table)?;
        let is_last = self.pieces.get(last.piece).and_then(Piece::part).is_some_and(crate::typeset::Part::is_last);
        // The table's end takes its head along.
        let y = if is_last { view.top().min(last.rect.bottom() - height) } else { view.top() };
        if y + height <= view.top() {
            return None;
        }
        let laid = self.laid.get(&first)?;
        let corner = pos2(self.layout.left, y - head_top / scale);
        let rect = Rect::from_min_size(corner, vec2(self.setting.measure, laid.set.height / scale));
        let clip = Rect::from_min_max(pos2(view.left(), y), pos2(view.right(), y + height)).intersect(view);
        let label_top = corner.y - laid.label_height() / scale;
        let base = top.base;
        Some(Placed { piece: first, label_top, rect, clip, base, is_stuck: true })
    }

    /// The first piece of the table that a piece is of, and its head's top and bottom, in device pixels.
    fn head_of(&mut self, piece: usize, typesetter: &mut Typesetter) -> Option<(usize, (f32, f32))> {
        let block = self.pieces.get(piece)?.block()?;
        if !matches!(self.story.article.blocks.get(block)?.content, Content::Table(_)) {
            return None;
        }
        let (first, _) = self.piece_of(block, 0)?;
        self.height_of(first, typesetter);
        Some((first, self.set(first)?.head?))
    }

    /// How much of the view's top a head covers when the view begins `offset` below a piece's top, in device pixels.
    pub(super) fn covered_above(&mut self, piece: usize, offset: f32, typesetter: &mut Typesetter) -> f32 {
        if self.layout.pages {
            return 0.0;
        }
        let Some((first, (top, bottom))) = self.head_of(piece, typesetter) else { return 0.0 };
        let above = self.laid.get(&first).map_or(0.0, |laid| laid.gap.unwrap_or(0.0) + laid.label_height());
        let is_in_head = piece == first && offset < above + bottom;
        if is_in_head || bottom - top > self.view_height * MOST_OF_VIEW { 0.0 } else { bottom - top }
    }
}
