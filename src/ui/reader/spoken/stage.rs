//! Where the pieces of a page stand for a screen reader: those in sight where they are seen, the others above and below
//! them, by their estimated heights.

use std::ops::Range;

use egui::{Rect, pos2, vec2};

use super::runs::Site;
use super::telling::Spot;
use crate::ui::reader::placement::Placed;
use crate::ui::reader::position::Page;

/// The places of a window of pieces.
pub(super) struct Stage<'a> {
    page: &'a Page,
    placed: &'a [Placed],
    view: Rect,
    /// What places count from, in device pixels from the story's top.
    origin: f64,
    /// How far down the page stands in the window, in points. In a view that scrolls places count from the window's first
    /// piece, so that scrolling moves one node and not all.
    pub shift: f32,
}

impl<'a> Stage<'a> {
    /// For the pieces that are told.
    pub(super) fn new(page: &'a Page, placed: &'a [Placed], view: Rect, window: &Range<usize>) -> Self {
        let origin = page.flow.top_of(window.start);
        let scale = f64::from(page.setting.scale);
        #[expect(clippy::cast_possible_truncation, reason = "points within some screens")]
        let shift = (f64::from(view.top()) + (origin - page.flow.distance(page.position)) / scale) as f32;
        Self { page, placed, view, origin, shift: if page.layout.pages { 0.0 } else { shift } }
    }

    /// Where a piece stands.
    pub(super) fn spot(&self, piece: usize) -> Spot<'a> {
        let page = self.page;
        let scale = page.setting.scale;
        let laid = page.laid.get(&piece);
        let size = laid.map_or(page.flow.height(piece), |laid| laid.set.height) / scale;
        let size = vec2(page.setting.measure, size);
        let set = laid.map(|laid| &laid.set);
        if page.layout.pages {
            let sites: Vec<Site> = self
                .placed
                .iter()
                .filter(|place| place.piece == piece)
                .map(|place| Site { corner: place.rect.min, clip: place.clip, moved: page.moved(piece) })
                .collect();
            let frames = sites.iter().map(|site| Rect::from_min_size(site.corner, size).intersect(site.clip));
            if let Some(frame) = frames.reduce(Rect::union) {
                return Spot { set, sites, frame };
            }
        }
        let above = laid.map_or(0.0, |laid| laid.gap.unwrap_or(0.0) + laid.label_height()) / scale;
        let corner = pos2(page.layout.left, self.top_of(piece) + above);
        let sites = vec![Site { corner, clip: Rect::EVERYTHING, moved: page.moved(piece) }];
        Spot { set, sites, frame: Rect::from_min_size(corner, size) }
    }

    /// The top of a piece with the space above it.
    fn top_of(&self, piece: usize) -> f32 {
        let page = self.page;
        let top = page.flow.top_of(piece);
        let (first, last) = (self.placed.first(), self.placed.last());
        let distance = match (page.layout.pages, first, last) {
            (true, Some(first), _) if piece < first.piece => top - page.flow.top_of(first.piece),
            (true, _, Some(last)) => top - page.flow.top_of(last.piece + 1),
            _ => top - self.origin,
        };
        #[expect(clippy::cast_possible_truncation, reason = "far from the view a point more or less is nothing")]
        let distance = (distance / f64::from(page.setting.scale)) as f32;
        match (page.layout.pages, first) {
            (true, Some(first)) if piece < first.piece => self.view.top() + distance,
            (true, _) => self.view.bottom() + distance,
            (false, _) => distance,
        }
    }

    /// What the page's node is moved by.
    pub(super) fn transform(&self) -> Option<egui::accesskit::Affine> {
        let shift = f64::from(self.shift);
        (shift != 0.0).then(|| egui::accesskit::Affine::new([1.0, 0.0, 0.0, 1.0, 0.0, shift]))
    }
}
