//! Where the view is in the story: the page's pieces, the place among them, how it is moved, and the anchor that outlives
//! every change of type. Draws nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::BOTTOM_MARGIN;
use super::coloring::CodeColors;
use super::composer::{Composer, Laid, Setting};
use super::page::Piece;
use super::sideways::Slides;
use crate::app::effect::Scroll;
use crate::app::{Action, Correction, RowKey, Story};
use crate::document::{Anchor, TextRange};
use crate::typeset::Typesetter;
use crate::typeset::flow::{Flow, Position};

/// Who is gone sooner has only come by: walking through a list by keys finishes no story.
const LONGEST_GLANCE: std::time::Duration = std::time::Duration::from_secs(3);
/// Characters that a place's anchor quotes.
const ANCHOR_CHARS: usize = 24;

/// How the page stands in the view, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// Whether pages are turned rather than scrolled.
    pub pages: bool,
    /// Columns side by side, at least 1.
    pub columns: u8,
    /// Where the first column's text begins.
    pub left: f32,
    /// Space between two columns.
    pub gutter: f32,
    /// Space above a column.
    pub top_margin: f32,
    /// A column's height.
    pub column_height: f32,
}

/// A story's page and the view's place in it.
pub(super) struct Page {
    pub(super) row: RowKey,
    pub(super) story: Arc<Story>,
    /// Whether that is no more than the beginning of the story: no place in it is remembered.
    pub(super) is_beginning: bool,
    pub(super) omissions: BTreeSet<usize>,
    pub(super) title: String,
    pub(super) corrections: Vec<Correction>,
    pub(super) setting: Setting,
    pub(super) layout: Layout,
    pub(super) pieces: Vec<Piece>,
    pub(super) flow: Flow,
    pub(super) laid: HashMap<usize, Laid>,
    pub(super) code: CodeColors,
    /// What is moved sideways.
    pub(super) slides: Slides,
    /// How much of the view's top a table's head covers, in device pixels.
    pub(super) head_height: f32,
    pub(super) position: Position,
    /// Where the next page begins, in a view of pages; `None` on the last.
    pub(super) end: Option<Position>,
    /// The view's height, in device pixels.
    pub(super) view_height: f32,
    /// When the view was moved, until the place is reported.
    pub(super) moved_at: Option<f64>,
    /// Whether it was moved at all since it is shown, and since when it is.
    pub(super) was_moved: bool,
    pub(super) shown_since: std::time::Instant,
    /// What of the flat text was in sight last.
    pub(super) view: TextRange,
}

impl Page {
    /// The height of a piece with the space above it, in device pixels. Sets it if need be.
    pub(super) fn height_of(&mut self, piece: usize, typesetter: &mut Typesetter) -> f32 {
        let (mut composer, flow) = self.composer(typesetter);
        let height = composer.height(piece);
        flow.set_height(piece, height);
        height
    }

    pub(super) fn composer<'a>(&'a mut self, typesetter: &'a mut Typesetter) -> (Composer<'a>, &'a mut Flow) {
        let composer = Composer {
            typesetter,
            laid: &mut self.laid,
            code: &self.code,
            pieces: &self.pieces,
            story: &self.story,
            setting: &self.setting,
        };
        (composer, &mut self.flow)
    }

    /// What of the flat text a piece shows.
    pub(super) fn flat_range(&self, piece: usize) -> Option<TextRange> {
        let what = self.pieces.get(piece)?;
        let whole = self.story.flat.block_range(what.text_block()?)?;
        Some(what.part().map_or(whole, |part| part.range().shifted(whole.start)))
    }

    /// Whether somebody has read in it, rather than come by on the way to another story.
    pub(super) fn was_read(&self) -> bool {
        self.was_moved || self.shown_since.elapsed() >= LONGEST_GLANCE
    }

    /// Moves the view by device pixels, down where positive.
    pub(super) fn move_by(&mut self, by: f32, typesetter: &mut Typesetter, now: f64) {
        let from = self.position;
        let (mut composer, flow) = self.composer(typesetter);
        let to = flow.moved(from, by, &mut |piece| composer.height(piece));
        self.go_to(to, now);
    }

    pub(super) fn go_to(&mut self, position: Position, now: f64) {
        if self.position != position {
            self.position = position;
            self.moved_at = Some(now);
            self.was_moved = true;
        }
    }

    /// Makes a jump that a key asks for.
    pub(super) fn scroll(&mut self, scroll: Scroll, typesetter: &mut Typesetter, now: f64) {
        if self.layout.pages {
            self.turn(scroll, typesetter, now);
            return;
        }
        let line = self.line_height() * self.setting.scale;
        // Two lines stay in sight, so that the eye finds where it was.
        let screen = (self.view_height - self.head_height - 2.0 * line).max(line);
        match scroll {
            Scroll::LineUp => self.move_by(-2.0 * line, typesetter, now),
            Scroll::LineDown => self.move_by(2.0 * line, typesetter, now),
            Scroll::PageUp => self.move_by(-screen, typesetter, now),
            Scroll::PageDown => self.move_by(screen, typesetter, now),
            Scroll::Start => self.go_to(Position::default(), now),
            Scroll::End => {
                let last = self.last_position(typesetter);
                self.go_to(last, now);
            }
        }
    }

    fn turn(&mut self, scroll: Scroll, typesetter: &mut Typesetter, now: f64) {
        let height = self.layout.column_height * self.setting.scale;
        match scroll {
            Scroll::LineDown | Scroll::PageDown => {
                if let Some(end) = self.end {
                    self.go_to(end, now);
                }
            }
            Scroll::LineUp | Scroll::PageUp => {
                let mut start = self.position;
                for _ in 0..self.layout.columns {
                    start = self.column_before(start, height, typesetter);
                }
                self.go_to(start, now);
            }
            Scroll::Start => self.go_to(Position::default(), now),
            Scroll::End => {
                let end = Position { piece: self.pieces.len().saturating_sub(1), offset: 0.0 };
                let start = self.column_before(end, height, typesetter);
                self.go_to(start, now);
            }
        }
    }

    /// The last position at which the view is still full.
    pub(super) fn last_position(&mut self, typesetter: &mut Typesetter) -> Position {
        let view_height = self.view_height;
        let (mut composer, flow) = self.composer(typesetter);
        flow.last_position(view_height, &mut |piece| composer.height(piece))
    }

    /// Keeps the view from going beyond the story's end.
    pub(super) fn keep_in_bounds(&mut self, typesetter: &mut Typesetter) {
        if self.layout.pages {
            return;
        }
        // Only near the end is the last full view worth finding: the pieces below have to be set for it.
        let left = self.flow.total() - self.flow.distance(self.position);
        if left < f64::from(self.view_height) * 2.0 {
            let last = self.last_position(typesetter);
            if (self.position.piece, self.position.offset) > (last.piece, last.offset) {
                self.position = last;
            }
        }
    }

    /// Brings a range of the flat text into view: to the upper third, unless it is in sight.
    pub(super) fn reveal(&mut self, range: TextRange, typesetter: &mut Typesetter, now: f64) {
        let Some(to) = self.position_of(range.start, typesetter) else { return };
        if self.layout.pages {
            if !(self.view.start <= range.start && range.end <= self.view.end) {
                self.go_to(to, now);
            }
            return;
        }
        let top = self.flow.distance(to) - self.flow.distance(self.position);
        let line = f64::from(self.line_height() * self.setting.scale);
        let covered = self.covered_above(to.piece, to.offset, typesetter);
        if top < f64::from(covered) || top + 2.0 * line > f64::from(self.view_height) {
            let third = self.view_height / 3.0;
            let (mut composer, flow) = self.composer(typesetter);
            let to = flow.moved(to, -third, &mut |piece| composer.height(piece));
            self.go_to(to, now);
        }
    }

    /// Moves the view as little as shows the line with an offset.
    pub(super) fn show_line(&mut self, offset: usize, typesetter: &mut Typesetter, now: f64) {
        let Some(to) = self.position_of(offset, typesetter) else { return };
        if self.layout.pages {
            if offset < self.view.start || offset > self.view.end {
                self.go_to(to, now);
            }
            return;
        }
        let line = self.line_height() * self.setting.scale;
        #[expect(clippy::cast_possible_truncation, reason = "a distance that is compared with the view's height")]
        let top = (self.flow.distance(to) - self.flow.distance(self.position)) as f32;
        let covered = self.covered_above(to.piece, to.offset, typesetter);
        if top < covered {
            let (mut composer, flow) = self.composer(typesetter);
            let to = flow.moved(to, -line - covered, &mut |piece| composer.height(piece));
            self.go_to(to, now);
        } else if top + 2.0 * line > self.view_height {
            let below = 2.0 * line - self.view_height;
            let (mut composer, flow) = self.composer(typesetter);
            let to = flow.moved(to, below, &mut |piece| composer.height(piece));
            self.go_to(to, now);
        }
    }

    /// Puts the line with an offset at the view's top.
    pub(super) fn go_to_offset(&mut self, offset: usize, typesetter: &mut Typesetter, now: f64) {
        if let Some(position) = self.top_position_of(offset, typesetter) {
            self.go_to(position, now);
        }
    }

    /// The block that `#name` leads to.
    pub(super) fn block_of_fragment(&self, name: &str) -> Option<usize> {
        self.story.article.blocks.iter().position(|block| block.fragments.iter().any(|f| f == name))
    }

    /// The pieces that show a block.
    pub(super) fn pieces_of_block(&self, block: usize) -> Option<std::ops::Range<usize>> {
        let (first, _) = self.piece_of(block, 0)?;
        let is_it = |piece: usize| self.pieces.get(piece).and_then(Piece::block) == Some(block);
        is_it(first)
            .then(|| first..(first..self.pieces.len()).find(|piece| !is_it(*piece)).unwrap_or(self.pieces.len()))
    }

    /// The piece that holds a place in a block, or the first behind it where the block is not shown; with the place in it.
    pub(super) fn piece_of(&self, block: usize, within: usize) -> Option<(usize, usize)> {
        if let Some(title) =
            self.pieces.iter().take(4).position(|p| p.block().is_none() && p.text_block() == Some(block))
        {
            return Some((title, within));
        }
        let (first, _) = self.pieces.iter().enumerate().find(|(_, piece)| piece.block().is_some())?;
        let body = self.pieces.get(first..)?;
        // A part holds its end only where it is the last of its block.
        let is_before = |piece: &Piece| match (piece.block(), piece.part()) {
            (Some(number), Some(part)) => {
                number < block || (number == block && !part.is_last() && part.range().end <= within)
            }
            _ => false,
        };
        let at = first + body.partition_point(is_before);
        let found = self.pieces.get(at).and_then(Piece::block)?;
        Some((at, if found == block { within } else { 0 }))
    }

    /// Where the view's top is, so that it can be found again.
    pub(super) fn anchor(&self) -> Option<Anchor> {
        if self.position == Position::default() || self.view.is_empty() {
            return None;
        }
        let flat = self.story.flat.as_str();
        let rest = flat.get(self.view.start..)?;
        let length = rest.char_indices().nth(ANCHOR_CHARS).map_or(rest.len(), |(at, _)| at);
        Anchor::new(flat, TextRange::new(self.view.start, self.view.start + length))
    }

    /// The place, as the session remembers it; `None` in the beginning of a story.
    pub(super) fn place(&self) -> Option<Action> {
        if self.is_beginning {
            return None;
        }
        let flat = self.story.flat.as_str();
        let anchor = self.anchor().or_else(|| Anchor::new(flat, TextRange::new(0, 0)))?;
        Some(Action::PlaceMoved { row: self.row, anchor, progress: self.progress() })
    }

    /// How far the view's end has come, 0 to 1.
    pub(super) fn progress(&self) -> f32 {
        let total = self.flow.total() - f64::from(BOTTOM_MARGIN * self.setting.scale);
        let bottom = match (self.layout.pages, self.end) {
            (true, None) => total,
            (true, Some(end)) => self.flow.distance(end),
            (false, _) => self.flow.distance(self.position) + f64::from(self.view_height),
        };
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
        if total <= 0.0 { 1.0 } else { (bottom / total).clamp(0.0, 1.0) as f32 }
    }

    /// The text's line height, in points.
    pub(super) fn line_height(&self) -> f32 {
        self.setting.style.size_pt * self.setting.style.line_height
    }
}
