//! What a screen reader was told last, by the names of the nodes: what it asks for by a node and a character is an offset
//! of the flat text here, and the other way round.

use std::collections::HashMap;

use egui::accesskit::{NodeId, TextPosition, TextSelection};

use super::runs::Run;
use crate::app::Selection;
use crate::document::{ResourceId, TextRange};
use crate::typeset::{Affinity, Caret};

/// What a node stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// A text that begins here.
    Text(usize),
    /// A link.
    Link(TextRange, String),
    /// A picture that can be enlarged, and where it stands.
    Picture(usize, ResourceId),
    /// The way on to what is not told, which begins here.
    Edge(usize),
}

/// A run that was told.
#[derive(Clone, Debug, PartialEq)]
struct ToldRun {
    id: NodeId,
    range: TextRange,
    lengths: Box<[u8]>,
}

/// What was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    places: HashMap<NodeId, Place>,
    by_id: HashMap<NodeId, usize>,
    /// In the order of the text.
    runs: Vec<ToldRun>,
}

impl Told {
    /// Notes what a node stands for.
    pub(super) fn note(&mut self, id: NodeId, place: Place) {
        self.places.insert(id, place);
    }

    /// Notes a run.
    pub(super) fn run(&mut self, id: NodeId, run: &Run) {
        self.by_id.insert(id, self.runs.len());
        self.runs.push(ToldRun { id, range: run.range, lengths: run.node.character_lengths().into() });
    }

    /// Puts the runs in the order of the text: a title is told before what stands above it.
    pub(super) fn finish(&mut self) {
        if !self.runs.is_sorted_by_key(|run| run.range.start) {
            self.runs.sort_by_key(|run| run.range.start);
            self.by_id = self.runs.iter().enumerate().map(|(number, run)| (run.id, number)).collect();
        }
    }

    /// What a node stands for; a run stands for its text.
    pub(super) fn place(&self, id: NodeId) -> Option<Place> {
        let run = || self.by_id.get(&id).and_then(|number| self.runs.get(*number));
        self.places.get(&id).cloned().or_else(|| run().map(|run| Place::Text(run.range.start)))
    }

    /// The offset of a place in a run.
    pub(super) fn offset(&self, position: TextPosition) -> Option<usize> {
        let run = self.runs.get(*self.by_id.get(&position.node)?)?;
        let before = run.lengths.iter().take(position.character_index);
        Some(run.range.start + before.copied().map(usize::from).sum::<usize>())
    }

    /// The place of a caret; the nearest where its own is not told.
    pub(super) fn position(&self, caret: Caret) -> Option<TextPosition> {
        let mut number = self.runs.partition_point(|run| run.range.start <= caret.offset).saturating_sub(1);
        if caret.affinity == Affinity::Upstream
            && let Some(before) = number.checked_sub(1)
            && self.runs.get(number).is_some_and(|run| run.range.start == caret.offset)
            && self.runs.get(before).is_some_and(|run| run.range.end == caret.offset)
        {
            number = before;
        }
        let run = self.runs.get(number)?;
        let mut at = run.range.start;
        let mut character_index = 0;
        for length in &run.lengths {
            let end = at + usize::from(*length);
            if end > caret.offset {
                break;
            }
            at = end;
            character_index += 1;
        }
        Some(TextPosition { node: run.id, character_index })
    }

    /// What is selected, as far as it is told; `None` where nothing of it is.
    pub(super) fn selection(&self, selection: Selection, affinity: Affinity) -> Option<TextSelection> {
        let (first, last) = (self.runs.first()?.range.start, self.runs.last()?.range.end);
        let range = selection.range();
        if range.end < first || range.start > last {
            return None;
        }
        Some(TextSelection {
            anchor: self.position(Caret::before(selection.anchor))?,
            focus: self.position(Caret { offset: selection.focus, affinity })?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::runs::Text;
    use super::*;

    fn told(flat: &str) -> Told {
        let mut told = Told::default();
        let range = TextRange::new(0, flat.len());
        let frame = egui::Rect::ZERO;
        let text =
            Text { flat, range, end: flat.len(), right_to_left: false, borders: &[], words: &[], lines: &[], frame };
        for run in text.runs() {
            told.run(run.id, &run);
        }
        told
    }

    #[test]
    fn offsets_go_there_and_back() {
        let flat = "One é\ntwo 🇫🇷 three\n\nfour";
        let told = told(flat);
        for (offset, c) in flat.char_indices() {
            let position = told.position(Caret::before(offset)).unwrap();
            // The second half of a flag is no place for a caret.
            let expected = if c == '\u{1F1F7}' { offset - 4 } else { offset };
            assert_eq!(told.offset(position), Some(expected), "{offset}");
        }
        let end = told.position(Caret::before(flat.len())).unwrap();
        assert_eq!(told.offset(end), Some(flat.len()));
        assert_eq!(told.position(Caret::before(999)), Some(end));
    }

    #[test]
    fn a_caret_at_a_border_belongs_to_the_side_that_is_meant() {
        let flat = "One\ntwo";
        let told = told(flat);
        let before = told.position(Caret::before(4)).unwrap();
        let behind = told.position(Caret::behind(4)).unwrap();
        assert_eq!((before.character_index, behind.character_index), (0, 4));
        assert_eq!(told.offset(before), told.offset(behind));
    }
}
