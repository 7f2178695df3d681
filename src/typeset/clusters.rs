//! The clusters of a line: as they were placed, or reckoned when they are first asked for. Most lines are painted, and neither
//! touched nor selected.

use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use super::pieces::Pieces;
use super::set_block::Cluster;
use crate::document::TextRange;

/// How what is over in a line is shared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// Added at each place that stretches, and behind each letter, in pixels.
    pub(super) stretch: f32,
    pub(super) track: f32,
    /// The piece behind which nothing is added.
    pub(super) last: u32,
    /// Where the white space at the line's end begins.
    pub(super) content_end: u32,
}

/// Clusters in visual order, from left to right.
#[derive(Clone, Default)]
pub(super) struct Clusters {
    known: OnceLock<Vec<Cluster>>,
    made_of: Option<Row>,
}

/// Pieces of a text that is the source's as it is, read from the left.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) pieces: Arc<Pieces>,
    /// The numbers of the line's.
    pub(super) range: Range<u32>,
    pub(super) spread: Spread,
    /// Where the line begins, in pixels, and how far it was moved since.
    pub(super) x: f32,
    pub(super) dx: f32,
    /// What the pieces' first byte is in the block's plain text.
    pub(super) source_start: usize,
}

impl Clusters {
    /// As they were placed.
    pub(super) fn placed(clusters: Vec<Cluster>) -> Self {
        Self { known: OnceLock::from(clusters), made_of: None }
    }

    /// To be reckoned.
    pub(super) fn of(row: Row) -> Self {
        Self { known: OnceLock::new(), made_of: Some(row) }
    }

    /// Moves them to the right.
    pub(super) fn shift(&mut self, dx: f32) {
        if let Some(row) = &mut self.made_of {
            row.dx += dx;
        }
        if let Some(clusters) = self.known.get_mut() {
            shift(clusters, dx);
        }
    }
}

impl Row {
    fn reckon(&self) -> Vec<Cluster> {
        let list = self.pieces.list.get(self.range.start as usize..self.range.end as usize).unwrap_or_default();
        let mut clusters: Vec<Cluster> = Vec::with_capacity(list.len());
        let (base, spread, mut x) = (self.source_start, self.spread, self.x);
        for (number, piece) in (0..).zip(list) {
            let range = TextRange::new(base + piece.start as usize, base + piece.end as usize);
            let from = x;
            if piece.start < spread.content_end {
                if number > 0 {
                    x += piece.before;
                }
                let given = if number < spread.last { piece.given(spread.stretch, spread.track) } else { 0.0 };
                // What was added before a cluster is selected with it; what it gave up was its neighbour's.
                let x0 = x.min(from);
                if x0 < from
                    && let Some(last) = clusters.last_mut()
                {
                    last.x1 = x0;
                }
                x += piece.advance + given;
                clusters.push(Cluster { range, x0, x1: x, right_to_left: false });
            } else {
                clusters.push(Cluster { range, x0: x, x1: x, right_to_left: false });
            }
        }
        if self.dx != 0.0 {
            shift(&mut clusters, self.dx);
        }
        clusters
    }
}

fn shift(clusters: &mut [Cluster], dx: f32) {
    for cluster in clusters {
        cluster.x0 += dx;
        cluster.x1 += dx;
    }
}

impl Deref for Clusters {
    type Target = [Cluster];

    fn deref(&self) -> &[Cluster] {
        self.known.get_or_init(|| self.made_of.as_ref().map_or_else(Vec::new, Row::reckon))
    }
}

impl<'a> IntoIterator for &'a Clusters {
    type Item = &'a Cluster;
    type IntoIter = std::slice::Iter<'a, Cluster>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Clusters {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for Clusters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
