//! Carets in what has been set: where one stands, which one a point means, and how it moves on the screen. Movement that needs
//! no screen (by cluster, word or paragraph of the text) is `text::boundaries`'s.

use super::set_block::{Cluster, Line, Rect, SetBlock};
use crate::document::TextRange;

/// Which of the two characters beside it a caret belongs to. They stand apart where a line is broken between them and where
/// the direction of writing changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Affinity {
    /// The one that follows: the caret stands before it.
    #[default]
    Downstream,
    /// The one before: the caret stands behind it.
    Upstream,
}

/// A place between two characters of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Caret {
    /// In the block's plain text.
    pub offset: usize,
    /// Which side of it is meant.
    pub affinity: Affinity,
}

impl Caret {
    /// Before the character at an offset.
    pub fn before(offset: usize) -> Self {
        Self { offset, affinity: Affinity::Downstream }
    }

    /// Behind the character that ends at an offset.
    pub fn behind(offset: usize) -> Self {
        Self { offset, affinity: Affinity::Upstream }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Left,
    Right,
}

impl SetBlock {
    /// The caret nearest to a point; `None` where the block has no text.
    pub fn caret_at(&self, x: f32, y: f32) -> Option<Caret> {
        Some(self.nearest_line(x, y)?.caret_at(x))
    }

    /// Where a caret stands: a rectangle without width, as high as its line.
    pub fn caret_rect(&self, caret: Caret) -> Option<Rect> {
        let line = self.lines.get(self.line_of(caret)?)?;
        let x = line.x_of(caret);
        Some(Rect::new(x, line.rect.y0, x, line.rect.y1))
    }

    /// The number in [`Self::lines`] of the line that a caret stands in.
    pub fn line_of(&self, caret: Caret) -> Option<usize> {
        if caret.affinity == Affinity::Upstream {
            let line = self.lines.partition_point(|line| line.range.end < caret.offset);
            if self.lines.get(line).is_some_and(|line| line.range.start < caret.offset) {
                return Some(line);
            }
        }
        let behind = self.lines.partition_point(|line| line.range.start <= caret.offset);
        Some(behind.saturating_sub(1)).filter(|line| *line < self.lines.len())
    }

    /// The caret one cluster further to the left on the screen; `None` where the block ends there.
    pub fn left_of(&self, caret: Caret) -> Option<Caret> {
        self.moved(caret, Way::Left)
    }

    /// The caret one cluster further to the right on the screen; `None` where the block ends there.
    pub fn right_of(&self, caret: Caret) -> Option<Caret> {
        self.moved(caret, Way::Right)
    }

    /// The beginning of the line that a caret stands in.
    pub fn line_start(&self, caret: Caret) -> Option<Caret> {
        Some(Caret::before(self.lines.get(self.line_of(caret)?)?.range.start))
    }

    /// The end of the line that a caret stands in, before its line feed and before the white space that it was broken at.
    pub fn line_end(&self, caret: Caret) -> Option<Caret> {
        Some(self.lines.get(self.line_of(caret)?)?.end())
    }

    /// The caret nearest to `x` in the line above; `None` in the first. In a table it is the line above in the same column.
    pub fn above(&self, caret: Caret, x: f32) -> Option<Caret> {
        let from = self.lines.get(self.line_of(caret)?)?.middle();
        self.nearest_in_column(x, |line| from - line.rect.y1, |line| line.rect.y1 <= from)
    }

    /// The caret nearest to `x` in the line below; `None` in the last.
    pub fn below(&self, caret: Caret, x: f32) -> Option<Caret> {
        let from = self.lines.get(self.line_of(caret)?)?.middle();
        self.nearest_in_column(x, |line| line.rect.y0 - from, |line| line.rect.y0 >= from)
    }

    /// The caret nearest to `x` in the first line, for one that comes from the block above.
    pub fn first_at(&self, x: f32) -> Option<Caret> {
        self.nearest_in_column(x, |line| line.rect.y0, |_| true)
    }

    /// The caret nearest to `x` in the last line, for one that comes from the block below.
    pub fn last_at(&self, x: f32) -> Option<Caret> {
        self.nearest_in_column(x, |line| -line.rect.y1, |_| true)
    }

    /// A range widened to whole clusters: what is highlighted is what is copied.
    pub fn whole_clusters(&self, range: TextRange) -> TextRange {
        let clusters = self.lines_of(range).flat_map(|line| &line.clusters);
        clusters
            .filter(|c| c.range.intersection(range).is_some())
            .fold(range, |sum, c| TextRange::new(sum.start.min(c.range.start), sum.end.max(c.range.end)))
    }

    /// The caret before the block's first character.
    pub fn first(&self) -> Option<Caret> {
        self.lines.first().map(|line| Caret::before(line.range.start))
    }

    /// The caret behind the block's last character.
    pub fn last(&self) -> Option<Caret> {
        self.lines.last().map(|line| Caret::behind(line.range.end))
    }

    fn nearest_in_column(
        &self,
        x: f32,
        distance: impl Fn(&Line) -> f32,
        is_wanted: impl Fn(&Line) -> bool,
    ) -> Option<Caret> {
        let beside = |line: &Line| (line.left - x).max(x - line.right).max(0.0);
        let wanted = self.lines.iter().filter(|line| is_wanted(line));
        let nearest = wanted.min_by(|a, b| {
            let column = beside(a).total_cmp(&beside(b));
            column.then_with(|| distance(a).total_cmp(&distance(b)))
        })?;
        Some(nearest.caret_at(x))
    }

    fn moved(&self, caret: Caret, way: Way) -> Option<Caret> {
        let mut number = self.line_of(caret)?;
        let mut line = self.lines.get(number)?;
        let mut border = line.border_of(caret);
        loop {
            let next = match way {
                Way::Right => line.clusters.get(border),
                Way::Left => border.checked_sub(1).and_then(|before| line.clusters.get(before)),
            };
            let Some(cluster) = next else {
                let forwards = (way == Way::Right) != line.right_to_left;
                number = if forwards { number.checked_add(1) } else { number.checked_sub(1) }?;
                line = self.lines.get(number)?;
                border = if forwards { line.first_border() } else { line.last_border() };
                let landed = if forwards { Caret::before(line.range.start) } else { line.end() };
                // A line that is broken inside a word ends where the next begins, and that is no step.
                if landed.offset != caret.offset {
                    return Some(landed);
                }
                continue;
            };
            border = if way == Way::Right { border + 1 } else { border - 1 };
            let is_feed = line.ends_with_feed && cluster.range.end == line.range.end;
            if cluster.x1 <= cluster.x0 && !is_feed {
                // Nothing is seen of it: white space at a line's end, a mark of direction, a soft hyphen of the source.
                if cluster.range.end != line.range.end || number + 1 < self.lines.len() {
                    continue;
                }
            }
            let to_end = (way == Way::Right) != cluster.right_to_left;
            let landed =
                if to_end { Caret::behind(line.behind_unseen(cluster)) } else { Caret::before(cluster.range.start) };
            // Behind the last cluster of a line stands the first of the next; where the line ends in the other direction, its
            // last cluster is somewhere within it and the way goes on there.
            let forwards = (way == Way::Right) != line.right_to_left;
            let is_next = to_end
                && forwards
                && line.is_passed(border, way)
                && landed.offset == line.range.end
                && number + 1 < self.lines.len();
            let landed = if is_next && self.lines.get(number + 1).is_some_and(|next| next.range.start == landed.offset)
            {
                Caret::before(landed.offset)
            } else {
                landed
            };
            if landed.offset != caret.offset {
                return Some(landed);
            }
        }
    }
}

impl Line {
    /// The caret nearest to a place across: before or behind the cluster, whichever half of it is meant. Beside the text it
    /// is the line's beginning or end.
    pub(super) fn caret_at(&self, x: f32) -> Caret {
        let Some(first) = self.clusters.first() else { return Caret::before(self.range.start) };
        let mut nearest = first;
        let (mut x0, mut x1) = (f32::INFINITY, f32::NEG_INFINITY);
        for cluster in self.clusters.iter().filter(|c| c.x1 > c.x0) {
            (x0, x1) = (x0.min(cluster.x0), x1.max(cluster.x1));
            if x >= cluster.x0 || nearest.x1 <= nearest.x0 {
                nearest = cluster;
            }
        }
        // A line feed alone in its line: the caret stands before it.
        if nearest.x1 <= nearest.x0 {
            return Caret::before(self.range.start);
        }
        if x < x0 || x > x1 {
            return if (x < x0) == self.right_to_left { self.end() } else { Caret::before(self.range.start) };
        }
        let left_half = x < (nearest.x0 + nearest.x1) / 2.0;
        if left_half == nearest.right_to_left {
            Caret::behind(nearest.range.end)
        } else {
            Caret::before(nearest.range.start)
        }
    }

    /// Behind what is seen of the line.
    fn end(&self) -> Caret {
        let seen = self.clusters.iter().filter(|c| c.x1 > c.x0).map(|c| c.range.end).max();
        seen.map_or(Caret::before(self.range.start), Caret::behind)
    }

    /// The end of a cluster, moved behind what is not seen there and has something seen behind it, so that a soft hyphen of
    /// the source is passed on the same side from left and right.
    fn behind_unseen(&self, cluster: &Cluster) -> usize {
        let x = if cluster.right_to_left { cluster.x0 } else { cluster.x1 };
        let mut at = cluster.range.end;
        let is_here = |c: &Cluster| c.x1 <= c.x0 && (c.x0 - x).abs() < 0.5 && c.right_to_left == cluster.right_to_left;
        while let Some(unseen) = self.clusters.iter().find(|c| c.range.start == at && is_here(c)) {
            at = unseen.range.end;
        }
        if self.clusters.iter().any(|c| c.range.start >= at && c.x1 > c.x0) { at } else { cluster.range.end }
    }

    /// Whether nothing that is seen stands further on.
    fn is_passed(&self, border: usize, way: Way) -> bool {
        let (left, right) = self.clusters.split_at_checked(border).unwrap_or((&self.clusters, &[]));
        (if way == Way::Right { right } else { left }).iter().all(|c| c.x1 <= c.x0)
    }

    fn middle(&self) -> f32 {
        (self.rect.y0 + self.rect.y1) / 2.0
    }

    /// The cluster that a caret belongs to, and whether it stands at its end.
    fn cluster_of(&self, caret: Caret) -> Option<(usize, bool)> {
        let find = |wanted: &dyn Fn(&Cluster) -> bool| self.clusters.iter().position(wanted);
        let before = || find(&|c| c.range.contains(caret.offset)).map(|number| (number, false));
        let behind = || find(&|c| c.range.end == caret.offset).map(|number| (number, true));
        match caret.affinity {
            Affinity::Downstream => before().or_else(behind),
            Affinity::Upstream => behind().or_else(before),
        }
    }

    fn x_of(&self, caret: Caret) -> f32 {
        match self.cluster_of(caret).and_then(|(number, at_end)| Some((self.clusters.get(number)?, at_end))) {
            Some((cluster, at_end)) if at_end == cluster.right_to_left => cluster.x0,
            Some((cluster, _)) => cluster.x1,
            None if self.right_to_left => self.rect.x0,
            None => self.rect.x1,
        }
    }

    /// The number of clusters that stand to the left of a caret.
    fn border_of(&self, caret: Caret) -> usize {
        match self.cluster_of(caret).and_then(|(number, at_end)| Some((number, self.clusters.get(number)?, at_end))) {
            Some((number, cluster, at_end)) => number + usize::from(at_end != cluster.right_to_left),
            None => self.last_border(),
        }
    }

    fn first_border(&self) -> usize {
        if self.right_to_left { self.clusters.len() } else { 0 }
    }

    fn last_border(&self) -> usize {
        if self.right_to_left { 0 } else { self.clusters.len() }
    }
}
