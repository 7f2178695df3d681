//! Tables: column widths from what the cells hold, spans, alignment, and the rules between rows. What a number is, `numbers`
//! says. Reads nothing from a file.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use parley::OverflowWrap;

use super::blocks::{CAPTION_SCALE, Page};
use super::breaking::Measure;
use super::columns::{Column, Halves, measured_columns, number_columns, raise, span_width};
use super::fallback::Reach;
use super::grid::{Covered, Grid};
use super::lines::Stand;
use super::looks::Look;
use super::numbers;
use super::paragraph::{self, START, Shaped};
use super::parts::{Cut, Rows, Sampled, Shape};
use super::set_block::{ColorRole, Overflow, Rect, SetBlock};
use super::style::Style;
use super::typesetter::Typesetter;
use crate::document::{Alignment, Cell, Row, Table, TextRange};
use crate::text::Direction;

/// A table's text against the running text.
const TABLE_SCALE: f32 = 0.88;
const TABLE_LINE_HEIGHT: f32 = 1.4;
/// Between two columns, and above and below a cell's text, in ems of the table's text.
const COLUMN_GAP_EM: f32 = 1.2;
const CELL_PADDING_EM: f32 = 0.4;
const CAPTION_GAP_EM: f32 = 0.4;
const HEADER_WEIGHT: f32 = 600.0;
/// Figures of one width, so that they stand under one another.
const FEATURES: &str = "\"tnum\" 1, \"lnum\" 1";

/// A cell in its place on the grid.
pub(super) struct Placed<'a> {
    pub(super) cell: &'a Cell,
    pub(super) source_start: usize,
    pub(super) row: usize,
    pub(super) rows: usize,
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) header: bool,
    pub(super) shaped: Option<Shaped>,
    /// A number in a column of numbers, set on its one line.
    pub(super) number: Option<(SetBlock, Halves)>,
    pub(super) alignment: Alignment,
    pub(super) least: f32,
    pub(super) natural: f32,
}

/// How a table's text looks.
struct Looks {
    body: Look,
    header: Look,
    /// The sign that its language writes before decimals.
    decimal: char,
}

impl Looks {
    fn of(typesetter: &mut Typesetter, page: &Page<'_>) -> Self {
        let em = page.em * TABLE_SCALE;
        let mut body = page.look(typesetter, em);
        body.line_height_px = (em * TABLE_LINE_HEIGHT).round();
        body.features = FEATURES.into();
        // A word may be broken only where the columns leave no other way, so it counts for their least width.
        body.wrap = OverflowWrap::BreakWord;
        let header = Look { weight: HEADER_WEIGHT.max(body.weight), ..body.clone() };
        Self { body, header, decimal: numbers::decimal_sign(page.language) }
    }

    fn of_cell(&self, cell: &Placed<'_>) -> &Look {
        if cell.header { &self.header } else { &self.body }
    }

    /// Measures a cell; `in_numbers` says whether it stands in a column of numbers.
    fn measure(
        &self,
        typesetter: &mut Typesetter,
        page: &Page<'_>,
        cell: &mut Placed<'_>,
        width: f32,
        in_numbers: bool,
    ) {
        let is_free = in_numbers && cell.columns == 1 && cell.alignment == Alignment::Start;
        if is_free {
            cell.alignment = Alignment::End;
        }
        let look = self.of_cell(cell);
        let shaped = paragraph::shape(typesetter, &cell_spec(page, cell, look), 0, width);
        (cell.least, cell.natural) = shaped.content_widths();
        let text = cell.cell.text.as_str();
        let point = if is_free && !cell.header { numbers::point_of(text, self.decimal) } else { None };
        let Some(point) = point else {
            cell.shaped = Some(shaped);
            return;
        };
        let mut spec = cell_spec(page, cell, look);
        spec.stand = START;
        let set = paragraph::set_shaped(typesetter, &spec, shaped, Measure { width: cell.natural, first_indent: 0.0 });
        match set.lines.as_slice() {
            [line] if line.rect.width() > 0.0 => {
                let at = line.clusters.iter().find(|c| c.range.start >= cell.source_start + point && c.x1 > c.x0);
                let x = at.map_or(line.rect.x1, |cluster| cluster.x0);
                let halves = Halves { before: x - line.rect.x0, behind: line.rect.x1 - x };
                cell.least = halves.width();
                cell.number = Some((set, halves));
            }
            _ => cell.shaped = Some(paragraph::shape(typesetter, &cell_spec(page, cell, look), 0, width)),
        }
    }
}

/// The widths of columns, measured by a sample of their cells, and what they were measured for.
pub(super) struct KnownColumns {
    shape: Arc<Shape>,
    key: u64,
    columns: Vec<Column>,
}

/// So many tables' columns are remembered: those that may stand in sight together.
const MOST_KNOWN: usize = 8;

/// The widths of a cut table's columns.
fn sampled_columns(
    typesetter: &mut Typesetter,
    page: &Page<'_>,
    table: &Table,
    shape: &Arc<Shape>,
    width: f32,
    gap: f32,
) -> Vec<Column> {
    let content = |sampled: &Sampled| {
        let row = table.rows.get(sampled.row)?;
        Some((row, row.cells.get(sampled.cell)?))
    };
    let mut hasher = DefaultHasher::new();
    for (_, cell) in shape.sample.iter().filter_map(content) {
        cell.text.as_str().hash(&mut hasher);
    }
    let Style { text_family, weight, letter_spacing_em, word_spacing_em, .. } = page.style;
    (text_family, page.language, page.scrolls).hash(&mut hasher);
    for number in [*weight, *letter_spacing_em, *word_spacing_em, page.em, width, gap] {
        number.to_bits().hash(&mut hasher);
    }
    let key = hasher.finish();
    if let Some(known) =
        typesetter.columns.iter().find(|k| k.key == key && (Arc::ptr_eq(&k.shape, shape) || k.shape == *shape))
    {
        return known.columns.clone();
    }
    let text: String = shape.sample.iter().filter_map(content).map(|(_, cell)| cell.text.as_str()).collect();
    let page = Page { reach: Reach::of(&text), ..*page };
    let looks = Looks::of(typesetter, &page);
    let mut cells = Vec::with_capacity(shape.sample.len());
    for sampled in &shape.sample {
        let Some((row, cell)) = content(sampled) else { continue };
        let placed = Placed {
            cell,
            source_start: 0,
            row: 0,
            rows: 1,
            column: sampled.column,
            columns: sampled.columns,
            header: cell.header || row.header,
            shaped: None,
            number: None,
            alignment: cell.alignment,
            least: 0.0,
            natural: 0.0,
        };
        cells.push(placed);
    }
    let in_numbers = number_columns(&page, &cells, shape.columns);
    for cell in &mut cells {
        let in_numbers = in_numbers.get(cell.column).copied().unwrap_or_default();
        looks.measure(typesetter, &page, cell, width, in_numbers);
        // Widths are all that is wanted here.
        cell.shaped = None;
    }
    let columns = measured_columns(&page, &cells, &in_numbers, width, gap);
    if typesetter.columns.len() >= MOST_KNOWN {
        typesetter.columns.remove(0);
    }
    typesetter.columns.push(KnownColumns { shape: shape.clone(), key, columns: columns.clone() });
    columns
}

/// Sets a table to a width, or a part of it.
pub(super) fn set(
    typesetter: &mut Typesetter,
    page: &Page<'_>,
    table: &Table,
    width: f32,
    part: Option<(TextRange, &Cut, &Rows)>,
) -> SetBlock {
    let em = page.em * TABLE_SCALE;
    let looks = Looks::of(typesetter, page);
    let is_first = part.is_none_or(|(_, cut, _)| cut.is_first);
    let rows = part.map_or(0..table.rows.len(), |(_, _, rows)| rows.rows.clone());
    let above = part.map_or(&[][..], |(_, _, rows)| &rows.covered);
    let caption_end = table.caption.len() + usize::from(!table.caption.is_empty());
    let start = part.filter(|_| !is_first).map_or(caption_end, |(range, ..)| range.start);
    let before = part.map_or_else(Grid::default, |(_, _, rows)| Grid::at(rows.shape.columns, above));
    let (mut cells, column_count) = grid(table, rows.clone(), before, start);
    // In a column too narrow for its table the gaps give way before the letters do.
    let narrowest = width / if page.scrolls { 8.0 } else { (column_count.max(1) * 4) as f32 };
    let gap = (em * COLUMN_GAP_EM).min(narrowest).round();
    let known = part.map(|(_, _, rows)| sampled_columns(typesetter, page, table, &rows.shape, width, gap));
    let in_numbers = match &known {
        Some(columns) => columns.iter().map(|column| column.numbers.is_some()).collect(),
        None => number_columns(page, &cells, column_count),
    };
    for cell in &mut cells {
        let in_numbers = in_numbers.get(cell.column).copied().unwrap_or_default();
        looks.measure(typesetter, page, cell, width, in_numbers);
    }
    let columns = known.unwrap_or_else(|| measured_columns(page, &cells, &in_numbers, width, gap));
    let mut out = SetBlock { width, ..SetBlock::default() };
    if is_first && !table.caption.is_empty() {
        let mut caption_look = page.look(typesetter, page.small(page.em * CAPTION_SCALE));
        caption_look.role = ColorRole::Soft;
        caption_look.line_height_px = (caption_look.size_px * TABLE_LINE_HEIGHT).round();
        let spec = page.spec(&table.caption, 0, &caption_look, START);
        let caption = paragraph::set(typesetter, &spec, Measure { width, first_indent: 0.0 });
        out.height = caption.height + (page.em * CAPTION_GAP_EM).round();
        out.append(caption, 0.0, 0.0);
    }
    let (rows_top, items_from) = (out.height, out.items.len());

    let padding = (em * CELL_PADDING_EM).round();
    let mut set_cells = Vec::with_capacity(cells.len());
    for mut cell in cells {
        let cell_width = span_width(&columns, cell.column, cell.columns, gap);
        let measure = Measure { width: cell_width, first_indent: 0.0 };
        let numbers = columns.get(cell.column).and_then(|column| column.numbers);
        let set = match (cell.number.take(), cell.shaped.take(), numbers) {
            (Some((set, halves)), _, Some(numbers)) if set.width <= cell_width => {
                under_one_another(page, set, halves, numbers, cell_width)
            }
            (_, Some(shaped), _) => {
                paragraph::set_shaped(typesetter, &cell_spec(page, &cell, looks.of_cell(&cell)), shaped, measure)
            }
            _ => paragraph::set(typesetter, &cell_spec(page, &cell, looks.of_cell(&cell)), measure),
        };
        set_cells.push((cell, set));
    }
    let heights = row_heights(&set_cells, rows.len(), padding, looks.body.line_height_px);
    let tops: Vec<f32> = heights
        .iter()
        .scan(out.height, |top, height| {
            let at = *top;
            *top += height;
            Some(at)
        })
        .collect();
    let table_width = span_width(&columns, 0, columns.len(), gap);
    let right_to_left = page.direction == Direction::RightToLeft;
    let left = if right_to_left { width - table_width } else { 0.0 };

    for (row, top) in tops.iter().enumerate() {
        let Some(height) = heights.get(row) else { continue };
        let in_table = rows.start + row;
        let is_header = table.rows.get(in_table).is_some_and(|r| r.header);
        let next_is_header = table.rows.get(in_table + 1).is_some_and(|r| r.header);
        let last = in_table + 1 == table.rows.len();
        if !last {
            let thickness = if is_header && !next_is_header { page.hairline() * 2.0 } else { page.hairline() };
            let role = if is_header && !next_is_header { ColorRole::Soft } else { ColorRole::Rule };
            let y = top + height - thickness;
            for (x0, x1) in uncovered(&set_cells, above, &columns, row, gap, table_width) {
                let (x0, x1) = if right_to_left { (table_width - x1, table_width - x0) } else { (x0, x1) };
                out.push_rect(Rect::new(left + x0, y, left + x1, y + thickness), role);
            }
        }
    }
    for (cell, set) in set_cells {
        let Some(top) = tops.get(cell.row) else { continue };
        let x = span_width(&columns, 0, cell.column, gap) + if cell.column > 0 { gap } else { 0.0 };
        let cell_width = span_width(&columns, cell.column, cell.columns, gap);
        let x = if right_to_left { table_width - x - cell_width } else { x };
        out.append(set, left + x, top + padding);
    }
    out.height += heights.iter().sum::<f32>();
    if is_first {
        let rows = head_rows(table);
        let bottom = rows_top + heights.iter().take(rows).sum::<f32>();
        out.head = (rows > 0).then_some((rows_top, bottom));
    }
    if page.scrolls {
        if table_width > width && part.is_none_or(|(_, cut, _)| cut.is_last) {
            // Room for the bar that a wide table is moved by.
            out.height += padding;
        }
        let window = Rect::new(0.0, rows_top, width, out.height);
        out.overflow =
            Some(Overflow { window, left: left.min(0.0), right: (left + table_width).max(width), items_from });
    }
    out
}

/// How many rows head the table: those at its beginning, unless a cell reaches from them into the rows that follow or
/// none follow.
fn head_rows(table: &Table) -> usize {
    let is_head = |row: &&Row| row.header || (!row.cells.is_empty() && row.cells.iter().all(|cell| cell.header));
    let rows = table.rows.iter().take_while(is_head).count();
    let reaches_out = table
        .rows
        .iter()
        .take(rows)
        .enumerate()
        .any(|(number, row)| row.cells.iter().any(|cell| number + usize::from(cell.rows) > rows));
    if reaches_out || rows == table.rows.len() { 0 } else { rows }
}

/// Puts a number of a column of numbers in its place: its decimal sign under the others', the widest at the column's end.
fn under_one_another(page: &Page<'_>, set: SetBlock, halves: Halves, numbers: Halves, width: f32) -> SetBlock {
    let own_left = set.lines.first().map_or(0.0, |line| line.rect.x0);
    let spare = if page.direction == Direction::RightToLeft { 0.0 } else { width - numbers.width() };
    let x = spare + numbers.before - halves.before;
    let x = x.min(width - halves.before - halves.behind).max(0.0);
    let mut out = SetBlock { width, height: set.height, ..SetBlock::default() };
    out.append(set, x - own_left, 0.0);
    for line in &mut out.lines {
        (line.left, line.right) = (0.0, width);
    }
    out
}

fn cell_spec<'s>(page: &'s Page<'_>, cell: &Placed<'s>, look: &'s Look) -> paragraph::Spec<'s> {
    let mut spec = page.spec(&cell.cell.text, cell.source_start, look, Stand::Aligned(cell.alignment));
    spec.hyphenate = false;
    // A number in a table that runs right to left stands at the right as well.
    spec.direction = page.direction;
    spec
}

/// Gives the cells of some rows their places. `start` is where the first row's text begins in the table's.
fn grid<'a>(table: &'a Table, rows: std::ops::Range<usize>, mut grid: Grid, start: usize) -> (Vec<Placed<'a>>, usize) {
    let mut cells = Vec::new();
    let mut at = start;
    for (row, content) in table.rows.iter().enumerate().take(rows.end).skip(rows.start) {
        for (cell, place) in content.cells.iter().zip(grid.place(content, table.rows.len() - row)) {
            cells.push(Placed {
                cell,
                source_start: at,
                row: row - rows.start,
                rows: place.rows,
                column: place.column,
                columns: place.columns,
                header: cell.header || content.header,
                shaped: None,
                number: None,
                alignment: cell.alignment,
                least: 0.0,
                natural: 0.0,
            });
            at += cell.text.len() + 1;
        }
        if content.cells.is_empty() {
            at += 1;
        }
    }
    (cells, grid.columns())
}

fn row_heights(cells: &[(Placed<'_>, SetBlock)], count: usize, padding: f32, line: f32) -> Vec<f32> {
    let mut heights = vec![line + 2.0 * padding; count];
    for (cell, set) in cells.iter().filter(|(cell, _)| cell.rows == 1) {
        raise(&mut heights, cell.row, (set.height + 2.0 * padding).ceil());
    }
    for (cell, set) in cells.iter().filter(|(cell, _)| cell.rows > 1) {
        // A cell may reach beyond the rows of a part.
        let end = (cell.row + cell.rows).min(count);
        let has: f32 = heights.iter().take(end).skip(cell.row).sum();
        let missing = (set.height + 2.0 * padding).ceil() - has;
        if missing > 0.0
            && let Some(last) = heights.get_mut(end - 1)
        {
            *last += missing;
        }
    }
    heights
}

/// The parts of a row's lower edge that no cell reaches across.
fn uncovered(
    cells: &[(Placed<'_>, SetBlock)],
    above: &[Covered],
    columns: &[Column],
    row: usize,
    gap: f32,
    table_width: f32,
) -> Vec<(f32, f32)> {
    let extent = |column: usize, count: usize| {
        let x = span_width(columns, 0, column, gap) + if column > 0 { gap } else { 0.0 };
        (x, x + span_width(columns, column, count, gap))
    };
    let mut across: Vec<(f32, f32)> = cells
        .iter()
        .filter(|(cell, _)| cell.rows > 1 && cell.row <= row && row + 1 < cell.row + cell.rows)
        .map(|(cell, _)| extent(cell.column, cell.columns))
        .chain(above.iter().filter(|covered| covered.rows > row + 1).map(|covered| extent(covered.column, 1)))
        .collect();
    across.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut parts = Vec::new();
    let mut at = 0.0;
    for (x0, x1) in across {
        if x0 > at {
            parts.push((at, x0));
        }
        at = x1.max(at);
    }
    if at < table_width {
        parts.push((at, table_width));
    }
    parts
}
