//! The hits in the order of the text, while they come in from two sides: first from the reading place to the end, then from
//! the beginning to the reading place. Knows which stretches have been searched, so that the next hit is never a guess.

use super::Batch;
use crate::document::TextRange;

/// The hits of one search.
#[derive(Debug, Default)]
pub struct Hits {
    /// In order; none overlaps another.
    ranges: Vec<TextRange>,
    /// How many of them stand before the place the search began from.
    behind: usize,
    /// Where the search began.
    began: usize,
    /// Searched from there up to here.
    ahead_to: usize,
    /// Searched from the beginning up to here.
    behind_to: usize,
    is_ahead_complete: bool,
    is_complete: bool,
}

impl Hits {
    /// None yet, of a search that begins at an offset.
    pub(super) fn from(began: usize) -> Self {
        Self { began, ahead_to: began, ..Self::default() }
    }

    /// All hits so far, in the order of the text.
    pub fn as_slice(&self) -> &[TextRange] {
        &self.ranges
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether there is none so far.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Whether the whole story has been searched.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The number of a hit, from 0.
    pub fn number(&self, hit: TextRange) -> Option<usize> {
        self.ranges.binary_search(&hit).ok()
    }

    /// Those that touch a range.
    pub fn within(&self, range: TextRange) -> &[TextRange] {
        let first = self.ranges.partition_point(|hit| hit.end <= range.start);
        let last = self.ranges.partition_point(|hit| hit.start < range.end);
        self.ranges.get(first..last).unwrap_or_default()
    }

    pub(super) fn take_in(&mut self, batch: Batch) {
        if batch.is_ahead {
            self.ranges.extend(batch.hits);
            self.ahead_to = batch.searched_to;
        } else {
            self.is_ahead_complete = true;
            let added = batch.hits.len();
            self.ranges.splice(self.behind..self.behind, batch.hits);
            self.behind += added;
            self.behind_to = batch.searched_to;
        }
        if batch.is_last {
            self.is_ahead_complete = true;
            self.is_complete = true;
        }
    }

    /// The first hit from an offset on, or else the first of all; `None` where that is not known yet, or there is no hit.
    pub(super) fn first_from(&self, offset: usize) -> Option<TextRange> {
        let next = self.ranges.get(self.ranges.partition_point(|hit| hit.start < offset));
        match next {
            Some(hit) => self.is_searched(offset, hit.start).then_some(*hit),
            None if self.is_searched_to_end(offset) => {
                self.ranges.first().copied().filter(|first| self.is_searched(0, first.start))
            }
            None => None,
        }
    }

    /// The last hit that begins before an offset, or else the last of all.
    pub(super) fn last_before(&self, offset: usize) -> Option<TextRange> {
        let before = self.ranges.partition_point(|hit| hit.start < offset).checked_sub(1);
        match before.and_then(|before| self.ranges.get(before)) {
            Some(hit) => self.is_searched(hit.start, offset).then_some(*hit),
            None if self.is_searched(0, offset) && self.is_ahead_complete => self.ranges.last().copied(),
            None => None,
        }
    }

    /// Whether no hit can be missing that begins between two offsets.
    fn is_searched(&self, start: usize, end: usize) -> bool {
        let is_behind_complete = self.is_complete || self.behind_to >= self.began;
        let is_ahead = start >= self.began && (end <= self.ahead_to || self.is_ahead_complete);
        let is_behind = end <= self.behind_to;
        let is_across = is_behind_complete && (end <= self.ahead_to || self.is_ahead_complete);
        self.is_complete || end <= start || is_ahead || is_behind || is_across
    }

    fn is_searched_to_end(&self, start: usize) -> bool {
        self.is_complete || self.is_ahead_complete && self.is_searched(start, self.began.max(start))
    }
}
