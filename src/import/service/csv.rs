//! CSV → rows by column names, forgiving: a byte order mark, cells of several lines, short rows, `;` as separator. Knows no
//! service.

use std::collections::HashMap;

use crate::import::encoding;

/// Rows whose cells are found by their column's name.
#[derive(Debug, Default)]
pub struct Table {
    /// Column names in lower case, with their places.
    columns: HashMap<String, usize>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows that could not be read.
    pub damaged: usize,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: Vec<String>,
}

/// The most rows that are read.
const MOST_ROWS: usize = 1_000_000;

/// The column names of the first line, in lower case; none where it is no line of names.
pub fn header(bytes: &[u8]) -> Vec<String> {
    // An archive may hold a table uncompressed.
    if crate::archive::is_zip(bytes) {
        return Vec::new();
    }
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    let text = encoding::decode(head).text;
    let line = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or_default();
    let separator = separator_of(line);
    line.split(char::from(separator)).map(|name| name.trim().trim_matches('"').to_lowercase()).collect()
}

fn separator_of(line: &str) -> u8 {
    let count = |c: char| line.matches(c).count();
    if count(';') > count(',') {
        b';'
    } else if count('\t') > count(',') {
        b'\t'
    } else {
        b','
    }
}

impl Table {
    /// Reads a table.
    pub fn read(bytes: &[u8]) -> Self {
        let text = encoding::decode(bytes).text;
        let text = text.trim_start_matches('\u{FEFF}');
        let separator = separator_of(text.lines().next().unwrap_or_default());
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let mut table = Self::default();
        if let Ok(names) = reader.headers() {
            for (place, name) in names.iter().enumerate() {
                table.columns.entry(name.trim().to_lowercase()).or_insert(place);
            }
        }
        for record in reader.records().take(MOST_ROWS) {
            match record {
                Ok(record) => {
                    table.rows.push(Row { cells: record.iter().map(|cell| cell.replace("\r\n", "\n")).collect() });
                }
                Err(_) => table.damaged += 1,
            }
        }
        table
    }

    /// A cell of the column of this name, without white space round it; empty where there is none.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.columns.get(column).and_then(|place| row.cells.get(*place)).map_or("", |cell| cell.trim())
    }
}

/// `["a","b"]`, `['a', 'b']` (Python's), `a, b`, `a|b`, `a;b` → the tags.
pub fn tags(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    if let Ok(tags) = serde_json::from_str::<Vec<String>>(cell) {
        return tags;
    }
    if let Some(inner) = cell.strip_prefix('[').and_then(|c| c.strip_suffix(']')) {
        return python_strings(inner);
    }
    let separator = ['|', ';', ','].into_iter().find(|c| cell.contains(*c)).unwrap_or(',');
    cell.split(separator).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

/// The strings of a Python list, in single or double quotes.
fn python_strings(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut chars = text.chars();
    while let Some(quote) = chars.by_ref().find(|c| matches!(c, '\'' | '"')) {
        let mut string = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\\' => string.extend(chars.next()),
                c if c == quote => break,
                c => string.push(c),
            }
        }
        out.push(string);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_name() {
        let table = Table::read(
            "\u{FEFF}Title,URL\r\n\"Two\nlines, \"\"quoted\"\"\",https://a.example/\r\nshort\r\n".as_bytes(),
        );
        let cells: Vec<_> = table.rows.iter().map(|row| (table.cell(row, "title"), table.cell(row, "url"))).collect();
        assert_eq!(cells, [("Two\nlines, \"quoted\"", "https://a.example/"), ("short", "")]);
        assert_eq!(header(b"Title;URL;\"Content\"\n1,2"), ["title", "url", "content"]);
    }

    #[test]
    fn tags_of_every_notation() {
        for (cell, expected) in [
            ("[\"a\",\"b c\"]", &["a", "b c"][..]),
            ("['a', \"b's\", 'c\\'d']", &["a", "b's", "c'd"]),
            ("a|b", &["a", "b"]),
            ("a, b", &["a", "b"]),
            ("a;b", &["a", "b"]),
            ("[]", &[]),
            ("", &[]),
        ] {
            assert_eq!(tags(cell), expected, "{cell}");
        }
    }
}
