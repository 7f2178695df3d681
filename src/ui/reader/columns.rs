//! Where a column of a page ends: lines and pictures stay whole, and a heading goes with its text. Works on what the
//! composer has set, in device pixels; draws nothing.

use super::composer::Laid;
use super::page::Piece;
use super::position::Page;
use crate::document::Content;
use crate::typeset::flow::Position;
use crate::typeset::{PaintItem, Typesetter};

/// Pixels that the boxes of neighbouring lines may overlap by through rounding.
const ROUNDING: f32 = 1.5;

/// A part of a piece in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slice {
    /// The piece.
    pub piece: usize,
    /// What of the piece, from its top, is shown.
    pub from: f32,
    /// Where that ends.
    pub to: f32,
    /// Where it begins in the column.
    pub top: f32,
}

/// A filled column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// What stands in it, from top to bottom.
    pub slices: Vec<Slice>,
    /// Where the next column begins; `None` behind the story's end.
    pub end: Option<Position>,
}

impl Page {
    /// Fills a column of a height from a position on.
    pub(super) fn fill_column(&mut self, start: Position, height: f32, typesetter: &mut Typesetter) -> Column {
        let mut slices: Vec<Slice> = Vec::new();
        let (mut piece, mut from, mut top) = (start.piece, start.offset, 0.0_f32);
        loop {
            if self.pieces.get(piece).is_none_or(|what| *what == Piece::End) {
                return Column { slices, end: None };
            }
            let whole = self.height_of(piece, typesetter);
            let Some(laid) = self.laid.get(&piece) else { return Column { slices, end: None } };
            if slices.is_empty() && piece > 0 {
                // A column begins with its text, not with the space above it.
                from = from.max(laid.gap.unwrap_or(0.0));
            }
            let rest = (whole - from).max(0.0);
            if top + rest <= height {
                slices.push(Slice { piece, from, to: whole, top });
                top += rest;
                piece += 1;
                from = 0.0;
                continue;
            }
            let cut = cut_below(laid, from, from + height - top);
            let end = match cut {
                Some(cut) => {
                    slices.push(Slice { piece, from, to: cut, top });
                    Position { piece, offset: cut }
                }
                None if slices.is_empty() => {
                    // Higher than a page: shown in parts rather than not at all.
                    let cut = from + height.max(1.0);
                    slices.push(Slice { piece, from, to: cut, top });
                    Position { piece, offset: cut }
                }
                None => {
                    let mut next = piece;
                    while slices.len() > 1 && slices.last().is_some_and(|last| self.keeps_with_next(last.piece)) {
                        next = slices.pop().map_or(next, |slice| slice.piece);
                    }
                    Position { piece: next, offset: 0.0 }
                }
            };
            return Column { slices, end: Some(end) };
        }
    }

    /// Where a column begins that ends at a position.
    pub(super) fn column_before(&mut self, end: Position, height: f32, typesetter: &mut Typesetter) -> Position {
        let (mut piece, mut to, mut room) = (end.piece, end.offset, height);
        loop {
            if to <= 0.0 {
                let Some(above) = piece.checked_sub(1) else { return Position::default() };
                piece = above;
                to = self.height_of(piece, typesetter);
                if self.pieces.get(piece) == Some(&Piece::End) {
                    to = 0.0;
                    continue;
                }
            }
            self.height_of(piece, typesetter);
            let Some(laid) = self.laid.get(&piece) else { return Position { piece, offset: 0.0 } };
            let gap = laid.gap.unwrap_or(0.0);
            if to > room {
                if to - gap <= room {
                    return Position { piece, offset: 0.0 };
                }
                let least = to - room;
                let cut = boundaries(laid).into_iter().find(|b| *b >= least - 0.5 && *b < to - 0.5);
                return match cut {
                    Some(cut) => Position { piece, offset: cut },
                    None if room < height => Position { piece: piece + 1, offset: 0.0 },
                    None => Position { piece, offset: least },
                };
            }
            room -= to;
            to = 0.0;
            if piece == 0 {
                return Position::default();
            }
        }
    }

    fn keeps_with_next(&self, piece: usize) -> bool {
        match self.pieces.get(piece) {
            Some(Piece::Site(_) | Piece::Title { .. } | Piece::Byline(_) | Piece::HeadRule) => true,
            Some(what) => {
                let block = what.block().and_then(|block| self.story.article.blocks.get(block));
                block.is_some_and(|block| matches!(block.content, Content::Heading { .. }))
            }
            None => false,
        }
    }
}

/// The lowest place below `from` and not below `limit` at which a piece can be cut.
fn cut_below(laid: &Laid, from: f32, limit: f32) -> Option<f32> {
    boundaries(laid).into_iter().rev().find(|b| *b <= limit + 0.5 && *b > from + 0.5)
}

/// The places at which a piece can be cut, from its top: below each line that no other line or picture lies beside.
fn boundaries(laid: &Laid) -> Vec<f32> {
    let above = laid.gap.unwrap_or(0.0) + laid.label_height();
    let mut boxes: Vec<(f32, f32)> = laid.set.lines().map(|line| (line.rect.y0, line.rect.y1)).collect();
    boxes.extend(laid.set.items.iter().filter_map(|item| match item {
        PaintItem::Image { rect, .. } => Some((rect.y0, rect.y1)),
        PaintItem::Glyphs(_) | PaintItem::Rect { .. } => None,
    }));
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::with_capacity(boxes.len());
    let mut lowest = f32::NEG_INFINITY;
    for (top, bottom) in boxes {
        if lowest.is_finite() && top >= lowest - ROUNDING {
            found.push(above + top.max(lowest.min(top + ROUNDING)));
        }
        lowest = lowest.max(bottom);
    }
    found
}
