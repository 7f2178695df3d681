//! Where a table's cells stand on its grid, row by row: the next free column, which a cell above may reach into, as HTML
//! has it. Measures nothing.

use crate::document::Row;

/// More columns than this are set in the last one's place: a page is not that wide, and a file may claim 65,535.
pub(super) const MOST_COLUMNS: usize = 120;

/// A table's grid while its rows are gone through.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// For each column, how many more rows a cell from above takes.
    taken: Vec<usize>,
}

/// Where a cell stands in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A column that a cell from above takes for some rows more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) column: usize,
    pub(super) rows: usize,
}

impl Grid {
    /// The grid at a row that cells from above reach into.
    pub(super) fn at(columns: usize, covered: &[Covered]) -> Self {
        let mut taken = vec![0; columns];
        for Covered { column, rows } in covered {
            if let Some(place) = taken.get_mut(*column) {
                *place = *rows;
            }
        }
        Self { taken }
    }

    /// Gives the next row's cells their places; `rows_left` counts the table's rows from this one on.
    pub(super) fn place(&mut self, row: &Row, rows_left: usize) -> Vec<Place> {
        let mut column = 0;
        let mut places = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            while column + 1 < MOST_COLUMNS && self.taken.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let columns = usize::from(cell.columns).clamp(1, MOST_COLUMNS - column.min(MOST_COLUMNS - 1));
            let rows = usize::from(cell.rows).clamp(1, rows_left.max(1));
            places.push(Place { column: column.min(MOST_COLUMNS - 1), columns, rows });
            column = (column + columns).min(MOST_COLUMNS - 1);
        }
        for rows in &mut self.taken {
            *rows = rows.saturating_sub(1);
        }
        for place in &places {
            if self.taken.len() < place.column + place.columns {
                self.taken.resize(place.column + place.columns, 0);
            }
            for covered in self.taken.iter_mut().skip(place.column).take(place.columns) {
                *covered = (*covered).max(place.rows - 1);
            }
        }
        places
    }

    /// How many columns there have been.
    pub(super) fn columns(&self) -> usize {
        self.taken.len()
    }

    /// Whether a cell reaches into the next row.
    pub(super) fn is_covered(&self) -> bool {
        self.taken.iter().any(|rows| *rows > 0)
    }

    /// The cells that reach into the next row.
    pub(super) fn covered(&self) -> Vec<Covered> {
        let taken = self.taken.iter().enumerate().filter(|(_, rows)| **rows > 0);
        taken.map(|(column, rows)| Covered { column, rows: *rows }).collect()
    }
}
