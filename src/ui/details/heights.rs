//! How high the rows of facts are. Only those in sight have to be set; the others are measured a few in each frame, so that the
//! first picture of a story waits for none of them. Sets nothing.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::app::facts::Row;

/// Rows out of sight that are set in a frame after the first: some 2 ms of work.
const MEASURED_IN_A_FRAME: usize = 24;
/// How high a row is taken to be until then, in points: one line and its note.
const GUESSED_HEIGHT: f32 = 40.0;
/// Heights that are remembered: those of all sections' first rows at some ten widths.
const MOST_KNOWN: usize = 4_000;

/// What is known of the heights.
#[derive(Default)]
pub(super) struct Heights {
    /// In points, by what a row says and how wide it is.
    known: HashMap<u64, f32>,
    /// The number of the story's first frame.
    first_frame: u64,
    /// Rows that may still be measured in this pass.
    left: usize,
    is_guessing: bool,
}

impl Heights {
    /// Begins a pass of a frame; a frame may take two. `is_new` says that it is the first of another story.
    pub(super) fn begin_pass(&mut self, frame: u64, is_new: bool) {
        if is_new {
            self.first_frame = frame;
        }
        // A panel that is drawn wider has other heights at each width.
        if is_new || self.known.len() > MOST_KNOWN {
            self.known.clear();
        }
        self.left = if frame == self.first_frame { 0 } else { MEASURED_IN_A_FRAME };
        self.is_guessing = false;
    }

    /// What a row is known by.
    pub(super) fn key(row: &Row, width: f32) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&row.text, &row.note, row.is_head, row.share.is_some() || !row.ticks.is_empty()).hash(&mut hasher);
        width.to_bits().hash(&mut hasher);
        hasher.finish()
    }

    /// A row's height, where it was measured.
    pub(super) fn known(&self, key: u64) -> Option<f32> {
        self.known.get(&key).copied()
    }

    /// The height to go by for a row out of sight; none where it is to be measured.
    pub(super) fn out_of_sight(&mut self, key: u64) -> Option<f32> {
        let known = self.known(key);
        if known.is_none() && self.left > 0 {
            self.left -= 1;
            return None;
        }
        self.is_guessing |= known.is_none();
        Some(known.unwrap_or(GUESSED_HEIGHT))
    }

    /// A row was measured.
    pub(super) fn learn(&mut self, key: u64, height: f32) {
        self.known.insert(key, height);
    }

    /// Whether a height was guessed in this pass, so that another frame is due.
    pub(super) fn is_guessing(&self) -> bool {
        self.is_guessing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pass over so many rows out of sight; how many of them were measured.
    fn pass(heights: &mut Heights, frame: u64, is_new: bool, rows: u64) -> usize {
        heights.begin_pass(frame, is_new);
        let measured: Vec<u64> = (0..rows).filter(|key| heights.out_of_sight(*key).is_none()).collect();
        measured.iter().for_each(|key| heights.learn(*key, 55.0));
        measured.len()
    }

    #[test]
    fn the_first_picture_measures_nothing_and_the_next_ones_a_few_each() {
        let mut heights = Heights::default();
        // Both passes of the first frame, which is not the window's first.
        assert_eq!((pass(&mut heights, 7, true, 60), pass(&mut heights, 7, false, 60)), (0, 0));
        assert!(heights.is_guessing());
        let measured = [8, 9, 10].map(|frame| pass(&mut heights, frame, false, 60));
        assert_eq!(measured, [MEASURED_IN_A_FRAME, MEASURED_IN_A_FRAME, 60 - 2 * MEASURED_IN_A_FRAME]);
        // Then all is known, and no frame is due for it.
        assert_eq!(pass(&mut heights, 11, false, 60), 0);
        assert!(!heights.is_guessing() && heights.known(59) == Some(55.0));
        // Another story begins anew.
        assert_eq!(pass(&mut heights, 12, true, 60), 0);
        assert!(heights.is_guessing() && heights.known(59).is_none());
    }

    #[test]
    fn rows_are_known_by_what_makes_them_high() {
        let row = Row { text: "310 passengers".into(), ..Row::default() };
        let key = Heights::key(&row, 200.0);
        let others = [
            Row { text: "311 passengers".into(), ..row.clone() },
            Row { note: "a day".into(), ..row.clone() },
            Row { is_head: true, ..row.clone() },
            Row { share: Some(0.5), ..row.clone() },
        ];
        assert_eq!(key, Heights::key(&row.clone(), 200.0));
        assert!(others.iter().all(|other| Heights::key(other, 200.0) != key) && Heights::key(&row, 201.0) != key);
    }
}
