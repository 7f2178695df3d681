//! A table's rows and cells, as HTML has them. Widths are the typesetter's work.

use serde::{Deserialize, Serialize};

use super::{RichText, TextRange};

/// Rows of cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The caption; empty where there is none. It is part of [`Table::plain_text`].
    #[serde(default, skip_serializing_if = "RichText::is_empty")]
    pub caption: RichText,
    /// The rows, header rows first.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Whether it is part of the table's head.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header: bool,
    /// The cells, in reading order.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The text; blocks inside a cell are apart by line feeds.
    pub text: RichText,
    /// Whether it heads its row or column.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header: bool,
    /// Columns it spans, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u16,
    /// Rows it spans, at least 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u16,
    /// How its text is aligned.
    #[serde(default, skip_serializing_if = "Alignment::is_start")]
    pub alignment: Alignment,
}

/// How a cell's text is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// At the side where reading begins.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the side where reading ends.
    End,
}

impl Alignment {
    fn is_start(&self) -> bool {
        *self == Self::Start
    }
}

fn one() -> u16 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if asks for a reference")]
fn is_one(n: &u16) -> bool {
    *n == 1
}

impl Cell {
    /// A cell of one row and one column.
    pub fn new(text: RichText) -> Self {
        Self { text, header: false, columns: 1, rows: 1, alignment: Alignment::Start }
    }
}

impl Table {
    /// The caption, then the rows: cells apart by a tab, rows by a line feed.
    pub fn plain_text(&self) -> String {
        let mut out = String::from(self.caption.as_str());
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 || !self.caption.is_empty() {
                out.push('\n');
            }
            for (number, cell) in row.cells.iter().enumerate() {
                if number > 0 {
                    out.push('\t');
                }
                out.push_str(cell.text.as_str());
            }
        }
        out
    }

    /// Each cell's range in [`Table::plain_text`], row by row; the caption's range is from 0 to its length.
    pub fn cell_ranges(&self) -> Vec<Vec<TextRange>> {
        let mut at = self.caption.len();
        let mut ranges = Vec::with_capacity(self.rows.len());
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 || !self.caption.is_empty() {
                at += 1;
            }
            let mut cells = Vec::with_capacity(row.cells.len());
            for (number, cell) in row.cells.iter().enumerate() {
                if number > 0 {
                    at += 1;
                }
                cells.push(TextRange::new(at, at + cell.text.len()));
                at += cell.text.len();
            }
            ranges.push(cells);
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_ranges_hold_their_cells() {
        let row = |cells: &[&str]| Row { header: false, cells: cells.iter().map(|c| Cell::new((*c).into())).collect() };
        for caption in ["", "Sailings"] {
            let table = Table { caption: caption.into(), rows: vec![row(&["a", "bé", ""]), row(&[]), row(&["c"])] };
            let text = table.plain_text();
            for (row, ranges) in table.rows.iter().zip(table.cell_ranges()) {
                for (cell, range) in row.cells.iter().zip(ranges) {
                    assert_eq!(text.get(range.start..range.end), Some(cell.text.as_str()));
                }
            }
        }
    }
}
