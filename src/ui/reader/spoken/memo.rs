//! What of a story is found out once and asked for in every frame: the beginnings of words, the cells of tables, the
//! lengths of lists. Knows no nodes.

use std::collections::HashMap;
use std::rc::Rc;

use crate::document::{Block, Container, Table, TextRange};
use crate::text::boundaries;

/// Texts whose words are remembered at most; then all are forgotten.
const MOST_TEXTS: usize = 4_000;

/// What is remembered of one story.
#[derive(Default)]
pub(super) struct Memo {
    words: HashMap<(usize, usize), Rc<[usize]>>,
    grids: HashMap<usize, Rc<Grid>>,
    lists: Option<HashMap<u32, u32>>,
}

impl Memo {
    /// Where words begin in a part of the flat text.
    pub(super) fn words(&mut self, flat: &str, range: TextRange) -> Rc<[usize]> {
        if self.words.len() > MOST_TEXTS {
            self.words.clear();
        }
        let known = self.words.entry((range.start, range.end)).or_insert_with(|| {
            let starts = boundaries::word_starts(range.of(flat).unwrap_or_default());
            starts.into_iter().map(|at| range.start + at).collect()
        });
        Rc::clone(known)
    }

    /// The cells of a table, which is the block with this number.
    pub(super) fn grid(&mut self, block: usize, table: &Table) -> Rc<Grid> {
        Rc::clone(self.grids.entry(block).or_insert_with(|| Rc::new(Grid::of(table))))
    }

    /// How many items a list has.
    pub(super) fn items(&mut self, list: u32, blocks: &[Block]) -> usize {
        let lists = self.lists.get_or_insert_with(|| {
            let mut lists = HashMap::new();
            for container in blocks.iter().filter(|block| block.is_shown()).flat_map(|block| &block.containers) {
                if let Container::ListItem { list, item, .. } = container {
                    let items = lists.entry(*list).or_insert(0);
                    *items = (item + 1).max(*items);
                }
            }
            lists
        });
        lists.get(&list).and_then(|items| usize::try_from(*items).ok()).unwrap_or(1)
    }
}

/// A table's cells in their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// Columns.
    pub columns: usize,
    /// Rows that have cells, in order.
    pub rows: Vec<GridRow>,
}

/// A row's cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GridRow {
    /// Its number in the table.
    pub number: usize,
    /// Each cell's range in the table's plain text, and its column.
    pub cells: Vec<(TextRange, usize)>,
}

impl Grid {
    fn of(table: &Table) -> Self {
        let mut grid = Self::default();
        // For each column the rows that a cell above still reaches into.
        let mut covered: Vec<u16> = Vec::new();
        for (number, (row, ranges)) in table.rows.iter().zip(table.cell_ranges()).enumerate() {
            let mut column = 0;
            let mut cells = Vec::with_capacity(row.cells.len());
            let mut next = covered.iter().map(|rows| rows.saturating_sub(1)).collect::<Vec<u16>>();
            for (cell, range) in row.cells.iter().zip(ranges) {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                cells.push((range, column));
                let end = column + usize::from(cell.columns.max(1));
                if next.len() < end {
                    next.resize(end, 0);
                }
                for rows in next.iter_mut().take(end).skip(column) {
                    *rows = cell.rows.saturating_sub(1).max(*rows);
                }
                column = end;
            }
            grid.columns = grid.columns.max(next.len());
            covered = next;
            if !cells.is_empty() {
                grid.rows.push(GridRow { number, cells });
            }
        }
        grid
    }

    /// The rows whose text begins in a part of the table's plain text.
    pub(super) fn rows_in(&self, part: TextRange, is_last: bool) -> &[GridRow] {
        let start = |row: &GridRow| row.cells.first().map_or(0, |(range, _)| range.start);
        let from = self.rows.partition_point(|row| start(row) < part.start);
        let to = if is_last { self.rows.len() } else { self.rows.partition_point(|row| start(row) < part.end) };
        self.rows.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Row};

    #[test]
    fn a_cell_that_reaches_down_moves_those_below_it_aside() {
        let cell = |text: &str, columns, rows| Cell { columns, rows, ..Cell::new(text.into()) };
        let row = |cells| Row { header: false, cells };
        let table = Table {
            caption: "Sailings".into(),
            rows: vec![
                row(vec![cell("a", 1, 2), cell("b", 2, 1)]),
                row(vec![cell("c", 1, 1), cell("d", 1, 1)]),
                row(vec![]),
                row(vec![cell("e", 1, 1)]),
            ],
        };
        let grid = Grid::of(&table);
        let columns: Vec<Vec<usize>> =
            grid.rows.iter().map(|row| row.cells.iter().map(|(_, column)| *column).collect()).collect();
        assert_eq!(columns, [vec![0, 1], vec![1, 2], vec![0]]);
        assert_eq!((grid.columns, grid.rows[2].number), (3, 3));
        let text = table.plain_text();
        let part = TextRange::new(text.find('c').unwrap(), text.len());
        assert_eq!(grid.rows_in(part, true).len(), 2);
        assert_eq!(grid.rows_in(TextRange::new(0, part.start), false).len(), 1);
    }
}
