//! How wide a table's columns are, from what their cells measure, and which of them are columns of numbers. Sets no text.

use super::blocks::Page;
use super::numbers;
use super::table::Placed;

/// A column that need not fit the measure is no narrower than this, in ems, unless its cells are: a column of prose with
/// one word to the line is as hard to read as a broken word.
const COMFORTABLE_COLUMN_EM: f32 = 14.0;

/// The widths of a number, or of the widest in a column, before its decimal sign and from there on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Halves {
    pub(super) before: f32,
    pub(super) behind: f32,
}

impl Halves {
    pub(super) fn width(self) -> f32 {
        (self.before + self.behind).ceil()
    }

    fn raise(&mut self, other: Self) {
        self.before = self.before.max(other.before);
        self.behind = self.behind.max(other.behind);
    }
}

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Column {
    pub(super) width: f32,
    /// Its numbers, where it is a column of numbers.
    pub(super) numbers: Option<Halves>,
}

/// Which columns are mostly numbers.
pub(super) fn number_columns(page: &Page<'_>, cells: &[Placed<'_>], count: usize) -> Vec<bool> {
    let body = cells.iter().filter(|cell| !cell.header && cell.columns == 1);
    let texts = body.map(|cell| (cell.column, cell.cell.text.as_str()));
    numbers::columns(texts, count, numbers::decimal_sign(page.language))
}

/// The columns, from cells that have been measured.
pub(super) fn measured_columns(
    page: &Page<'_>,
    cells: &[Placed<'_>],
    in_numbers: &[bool],
    width: f32,
    gap: f32,
) -> Vec<Column> {
    let mut numbers: Vec<Option<Halves>> = in_numbers.iter().map(|is| is.then(Halves::default)).collect();
    for cell in cells {
        if let (Some((_, halves)), Some(Some(widest))) = (&cell.number, numbers.get_mut(cell.column)) {
            widest.raise(*halves);
        }
    }
    let widths = column_widths(page, cells, &numbers, width, gap);
    widths.into_iter().zip(numbers).map(|(width, numbers)| Column { width, numbers }).collect()
}

/// How wide `count` columns from `first` are with the gaps between them.
pub(super) fn span_width(columns: &[Column], first: usize, count: usize, gap: f32) -> f32 {
    columns.iter().skip(first).take(count).map(|column| column.width).sum::<f32>()
        + gap * count.saturating_sub(1) as f32
}

/// The columns' widths: natural ones where they fit; else each gets its longest word and a share of what is left; else
/// the table is wider than the measure or, where it must not be, the widest shrink until words break (CSS 2.2, 17.5.2.2,
/// with the last step added).
fn column_widths(page: &Page<'_>, cells: &[Placed<'_>], numbers: &[Option<Halves>], width: f32, gap: f32) -> Vec<f32> {
    let count = numbers.len();
    let mut least = vec![0.0f32; count];
    let mut natural = vec![0.0f32; count];
    for cell in cells.iter().filter(|c| c.columns == 1) {
        raise(&mut least, cell.column, cell.least);
        raise(&mut natural, cell.column, cell.natural);
    }
    for cell in cells.iter().filter(|c| c.columns > 1) {
        spread(&mut least, cell, cell.least, gap);
        spread(&mut natural, cell, cell.natural, gap);
    }
    for (column, halves) in numbers.iter().enumerate() {
        let needed = halves.map_or(0.0, Halves::width);
        raise(&mut least, column, needed);
        raise(&mut natural, column, needed);
    }
    if page.scrolls {
        // A column wider than the view could not be read without moving for every line.
        least.iter_mut().for_each(|column| *column = column.min(width));
    }
    let room = (width - gap * count.saturating_sub(1) as f32).max(count as f32);
    let (least_sum, natural_sum): (f32, f32) = (least.iter().sum(), natural.iter().sum());
    if natural_sum <= room {
        return natural;
    }
    if least_sum <= room {
        let share = (room - least_sum) / (natural_sum - least_sum).max(1.0);
        return least
            .iter()
            .zip(&natural)
            .map(|(least, natural)| (least + (natural - least) * share).floor())
            .collect();
    }
    if page.scrolls {
        let comfortable = (page.em * COMFORTABLE_COLUMN_EM).min(width);
        return least.iter().zip(&natural).map(|(least, natural)| least.max(natural.min(comfortable)).ceil()).collect();
    }
    let cap = cap_of(&least, room);
    least.iter().map(|w| w.min(cap).floor().max(1.0)).collect()
}

/// The width that no column may exceed for all to fit, so that wide columns give way and a column of years keeps its form.
fn cap_of(widths: &[f32], room: f32) -> f32 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut left = room;
    for (number, width) in sorted.iter().enumerate() {
        let share = left / (sorted.len() - number) as f32;
        if *width > share {
            return share;
        }
        left -= width;
    }
    f32::INFINITY
}

pub(super) fn raise(widths: &mut [f32], column: usize, to: f32) {
    if let Some(width) = widths.get_mut(column) {
        *width = width.max(to);
    }
}

/// Widens the columns that a cell spans evenly until it fits.
fn spread(widths: &mut [f32], cell: &Placed<'_>, wanted: f32, gap: f32) {
    let spanned = widths.iter().skip(cell.column).take(cell.columns).sum::<f32>();
    let missing = wanted - spanned - gap * cell.columns.saturating_sub(1) as f32;
    if missing > 0.0 {
        for width in widths.iter_mut().skip(cell.column).take(cell.columns) {
            *width += missing / cell.columns as f32;
        }
    }
}
