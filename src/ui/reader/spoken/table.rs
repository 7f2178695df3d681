//! A table as nodes: its caption, its rows, and in each its cells with their places.

use egui::accesskit::{Action, Node, Role};

use super::naming::{name_of, named};
use super::runs::{Line, bounds};
use super::telling::{Passage, Shown, Teller};
use super::told::Place;
use super::tree::id_of;
use crate::document::{Table, TextRange};

impl Teller<'_, '_> {
    /// Tells the part of a table that is shown. `end` is where the table's text ends, with the line feed behind it.
    pub(super) fn table(&mut self, shown: &Shown<'_>, table: &Table, end: usize) {
        let grid = self.memo.grid(shown.number, table);
        let part = shown.part.range();
        if shown.part.is_first() && !table.caption.is_empty() {
            let range = TextRange::new(0, table.caption.len()).shifted(shown.base);
            let node = named(Role::Caption, &name_of(table.caption.as_str(), table.caption.spans()));
            self.tree.open(id_of(("caption", shown.number)), node);
            self.text(&table.caption, shown.passage(shown.base, range, self.end_behind(range.end)));
            self.tree.close();
        }
        let flat = self.scene.story.flat.as_str();
        for place in grid.rows_in(part, shown.part.is_last()) {
            let Some(row) = table.rows.get(place.number) else { continue };
            let mut node = Node::new(Role::Row);
            node.set_row_index(place.number);
            self.tree.open(id_of(("row", shown.number, place.number)), node);
            let frame = self.row_frame(shown, place.cells.iter().map(|(range, _)| range.shifted(shown.base)));
            for (cell, (range, column)) in row.cells.iter().zip(&place.cells) {
                let range = range.shifted(shown.base);
                let role = match (row.header, cell.header) {
                    (true, _) => Role::ColumnHeader,
                    (false, true) => Role::RowHeader,
                    (false, false) => Role::Cell,
                };
                let mut node = named(role, &name_of(cell.text.as_str(), cell.text.spans()));
                node.set_row_index(place.number);
                node.set_column_index(*column);
                if cell.columns > 1 {
                    node.set_column_span(cell.columns.into());
                }
                if cell.rows > 1 {
                    node.set_row_span(cell.rows.into());
                }
                node.add_action(Action::ScrollIntoView);
                if cell.text.is_empty() {
                    node.set_bounds(bounds(frame));
                }
                let id = self.tree.open(id_of(("cell", range.start)), node);
                self.told.note(id, Place::Text(range.start));
                // Behind a cell stands a tab, behind a row a line feed.
                let has_sign = flat.get(range.end..).is_some_and(|rest| rest.starts_with(['\t', '\n']));
                let behind = if range.end + 1 >= end { end } else { range.end + usize::from(has_sign) };
                let passage = Passage { frame, ..shown.passage(range.start, range, behind) };
                self.text(&cell.text, passage);
                self.tree.close();
            }
            self.tree.close();
        }
    }

    /// The box of a row's lines; that of the whole where none is laid out.
    fn row_frame(&self, shown: &Shown<'_>, mut cells: impl Iterator<Item = TextRange>) -> egui::Rect {
        let Some(first) = cells.next() else { return shown.spot.frame };
        let row = TextRange::new(first.start, cells.last().unwrap_or(first).end);
        let from = shown.lines.partition_point(|line| line.range.end <= row.start);
        let lines = shown.lines.iter().skip(from).take_while(|line: &&Line| line.range.start < row.end);
        lines.map(|line| line.rect).reduce(egui::Rect::union).unwrap_or(shown.spot.frame)
    }
}
