//! Blocks too large to be set at once, cut into parts that are set one by one as they come into view. Cuts by content
//! alone, so that a part is the same at every width. Sets nothing.

use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

use super::grid::{Covered, Grid};
use super::paragraph;
use super::segmenting::break_opportunities;
use crate::document::{Block, Content, InlineStyle, Span, Table, TextRange};
use crate::text::Direction;

/// A block of fewer bytes than this is one part. Even a chapter in one paragraph is seldom longer, and a seam that the
/// writer did not make is only worth its cost where setting the whole would be felt.
const UNCUT_BYTES: usize = 16_000;

/// About how long a part is: some thirty lines of Latin text or twenty of Chinese, a screen or less. Shorter ones would give the
/// scroll bar too many pieces, longer ones are set for lines that nobody looks at: where two of them came into sight at once,
/// a frame of paging through a paragraph of 5 MB took 5.7 ms with 3,200 bytes.
const PART_BYTES: usize = 2_200;
/// The same of code and tables, whose lines are short: each part is set again when its colours come.
const CODE_PART_BYTES: usize = 3_200;

/// How far back from its length a good end of a part is looked for.
const SEARCH_BYTES: usize = 1_100;

/// Lines of a part: code, verse and lists of addresses may have a byte or two to the line.
const PART_LINES: usize = 80;

/// Cells of a part of a table, and how many a table may have to be one part: a cell costs about what two lines do, and a
/// screen shows some eighty.
const PART_CELLS: usize = 48;
const UNCUT_CELLS: usize = 400;

/// Rows at the beginning of a cut table, and as many spread over it, that are measured for its columns' widths, besides
/// the longest cell and the longest word of each column.
const SAMPLE_ROWS: usize = 8;

/// A part of a block, or the whole of one that need not be cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    range: TextRange,
    cut: Option<Arc<Cut>>,
}

/// What a part has to know of the block around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) is_first: bool,
    pub(super) is_last: bool,
    pub(super) direction: Direction,
    pub(super) has_italics: bool,
    /// The numbers of the spans that reach into it.
    spans: Vec<usize>,
    pub(super) rows: Option<Rows>,
}

/// A part of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) rows: Range<usize>,
    /// What cells above reach into it.
    pub(super) covered: Vec<Covered>,
    pub(super) shape: Arc<Shape>,
}

/// What all parts of a table share.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) columns: usize,
    /// The cells that the columns' widths are measured by.
    pub(super) sample: Vec<Sampled>,
}

/// A cell of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sampled {
    pub(super) row: usize,
    pub(super) cell: usize,
    pub(super) column: usize,
    pub(super) columns: usize,
}

/// The parts of a block, in order; together they hold its text once. One part, and no work to speak of, for all but
/// giants.
pub fn parts(block: &Block) -> Vec<Part> {
    match &block.content {
        Content::Paragraph { text } | Content::Heading { text, .. } if text.len() > UNCUT_BYTES => {
            let ends = text_ends(text.as_str(), false);
            of_text(block, text.as_str(), &ends, text.spans())
        }
        Content::Code { text, .. } if text.len() > UNCUT_BYTES => of_text(block, text, &text_ends(text, true), &[]),
        Content::Table(table) if is_large(table) => of_table(block, table),
        Content::Paragraph { text } | Content::Heading { text, .. } => vec![Part::whole(text.len())],
        Content::Code { text, .. } => vec![Part::whole(text.len())],
        Content::Figure(figure) => vec![Part::whole(figure.caption.len())],
        Content::Table(_) => vec![Part::whole(block.plain_text().len())],
        Content::Rule => vec![Part::whole(0)],
    }
}

impl Part {
    fn whole(len: usize) -> Self {
        Self { range: TextRange::new(0, len), cut: None }
    }

    /// What it holds of the block's plain text.
    pub fn range(&self) -> TextRange {
        self.range
    }

    /// Whether it begins its block: markers, labels and the space above stand here.
    pub fn is_first(&self) -> bool {
        self.cut.as_ref().is_none_or(|cut| cut.is_first)
    }

    /// Whether it ends its block.
    pub fn is_last(&self) -> bool {
        self.cut.as_ref().is_none_or(|cut| cut.is_last)
    }

    /// Its text, as it stands in the block's plain text.
    pub fn text<'b>(&self, block: &'b Block) -> std::borrow::Cow<'b, str> {
        let slice = |text: &'b str| self.range.of(text).unwrap_or_default().into();
        match (&block.content, self.cut()) {
            (_, None) => block.plain_text(),
            (Content::Paragraph { text } | Content::Heading { text, .. }, _) => slice(text.as_str()),
            (Content::Code { text, .. }, _) => slice(text),
            (Content::Table(table), Some(Cut { rows: Some(part), is_first, is_last, .. })) => {
                let mut out = String::from(if *is_first { table.caption.as_str() } else { "" });
                for (number, row) in table.rows.iter().enumerate().take(part.rows.end).skip(part.rows.start) {
                    if number > part.rows.start || !out.is_empty() {
                        out.push('\n');
                    }
                    for (number, cell) in row.cells.iter().enumerate() {
                        out.push_str(if number > 0 { "\t" } else { "" });
                        out.push_str(cell.text.as_str());
                    }
                }
                if !is_last {
                    out.push('\n');
                }
                out.into()
            }
            _ => "".into(),
        }
    }

    pub(super) fn cut(&self) -> Option<&Cut> {
        self.cut.as_deref()
    }

    /// The spans that reach into it, counted from its beginning. An image or an annotation stands in the part that it
    /// begins in.
    pub(super) fn spans(&self, spans: &[Span]) -> Vec<Span> {
        let numbers = self.cut().map_or(&[][..], |cut| &cut.spans);
        let inside = numbers.iter().filter_map(|number| {
            let span = spans.get(*number)?;
            let stays = !matches!(span.style, InlineStyle::Image { .. } | InlineStyle::Ruby { .. });
            let range = span.range.intersection(self.range)?;
            let start = self.range.start;
            (stays || span.range.start >= start).then(|| Span {
                range: TextRange::new(range.start - start, range.end - start),
                style: span.style.clone(),
            })
        });
        inside.collect()
    }
}

fn of_text(block: &Block, text: &str, ends: &[usize], spans: &[Span]) -> Vec<Part> {
    let mut numbers: Vec<Vec<usize>> = vec![Vec::new(); ends.len()];
    for (number, span) in spans.iter().enumerate() {
        let first = ends.partition_point(|end| *end <= span.range.start);
        let touched = ends.iter().skip(first).take_while(|end| **end < span.range.end).count() + 1;
        for part in numbers.iter_mut().skip(first).take(touched) {
            part.push(number);
        }
    }
    let direction = paragraph::direction_of(block.direction, text);
    let has_italics = paragraph::has_italics(text);
    let mut start = 0;
    let cut = |(number, (end, spans)): (usize, (&usize, Vec<usize>))| {
        let range = TextRange::new(start, *end);
        start = *end;
        let is_last = number + 1 == ends.len();
        let cut = Cut { is_first: number == 0, is_last, direction, has_italics, spans, rows: None };
        Part { range, cut: Some(Arc::new(cut)) }
    };
    ends.iter().zip(numbers).enumerate().map(cut).collect()
}

/// Where the parts of a text end; the last of them is its end.
fn text_ends(text: &str, whole_lines: bool) -> Vec<usize> {
    let mut ends = Vec::with_capacity(text.len() / PART_BYTES + 1);
    let mut start = 0;
    let length = if whole_lines { CODE_PART_BYTES } else { PART_BYTES };
    while text.len() - start > length + SEARCH_BYTES {
        let end = text_end(text, start, length, whole_lines);
        ends.push(end);
        start = end;
    }
    // What is left may still have thousands of lines.
    while let Some(end) = line_limit(text, start, text.len()) {
        ends.push(end);
        start = end;
    }
    if start < text.len() {
        ends.push(text.len());
    }
    ends
}

/// The end of the line at which a part has its most lines, if it has so many before `limit`.
fn line_limit(text: &str, start: usize, limit: usize) -> Option<usize> {
    let window = text.get(start..limit)?;
    window.match_indices('\n').nth(PART_LINES - 1).map(|(at, _)| start + at + 1).filter(|end| *end < text.len())
}

/// Where a part of about this length that begins at `start` ends: behind a line, a sentence, a word or a grapheme.
fn text_end(text: &str, start: usize, length: usize, whole_lines: bool) -> usize {
    let limit = text.floor_char_boundary(start + length);
    if let Some(end) = line_limit(text, start, limit) {
        return end;
    }
    let search = text.floor_char_boundary(if whole_lines { start } else { limit - SEARCH_BYTES });
    let window = text.get(search..limit).unwrap_or_default();
    if let Some(at) = window.rfind('\n') {
        return search + at + 1;
    }
    let search = text.floor_char_boundary(limit - SEARCH_BYTES);
    let window = text.get(search..limit).unwrap_or_default();
    let after = text.get(limit..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    let found = if whole_lines { None } else { sentence_end(window, after) };
    if let Some(at) = found.or_else(|| last_space(window)) {
        return search + at;
    }
    let ends = break_opportunities(window, None);
    // The first and the last are the window's own edges. It may begin inside a flag, and then all flags look torn.
    let inner = ends.get(1..ends.len().saturating_sub(1)).unwrap_or_default();
    grapheme_end(text, start, inner.last().map_or(limit, |at| search + at))
}

/// The last end of a sentence in a text that `after` follows, the white space behind it included: much of UAX #29's rules
/// at a fraction of their cost, since a missed sentence does no harm.
fn sentence_end(text: &str, after: char) -> Option<usize> {
    let mut next = after;
    let mut behind = text.len();
    // Whether white space or a closing quotation mark stands between a full stop and what follows.
    let (mut spaced, mut end) = (false, text.len());
    for (at, c) in text.char_indices().rev() {
        if c.is_whitespace() {
            if !spaced {
                (spaced, end) = (true, behind);
            }
        } else if matches!(c, '。' | '！' | '？' | '．') {
            return (!is_closing(next) || spaced).then_some(if spaced { end } else { behind });
        } else if spaced && matches!(c, '.' | '!' | '?' | '…' | '।' | '॥' | '؟' | '۔' | '։' | '።' | '။' | '។')
        {
            if !next.is_lowercase() {
                return Some(end);
            }
            spaced = false;
        } else if !(is_closing(c) && spaced) {
            spaced = false;
        }
        // What begins the next sentence is what stands behind the white space.
        if !(c.is_whitespace() || is_closing(c) && spaced) {
            next = c;
        }
        behind = at;
    }
    None
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | ')' | ']' | '」' | '』' | '）' | '】')
}

/// Behind the last white space that a line may end at.
fn last_space(text: &str) -> Option<usize> {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}');
    text.char_indices().rev().find(|(_, c)| breaks(*c)).map(|(at, c)| at + c.len_utf8())
}

/// The last border of graphemes behind `start`, which is one itself, and at or before `limit`, or else the first behind it.
fn grapheme_end(text: &str, start: usize, limit: usize) -> usize {
    let Some(text) = text.get(start..) else { return limit };
    let limit = limit - start;
    let mut cursor = GraphemeCursor::new(limit, text.len(), true);
    let found = match cursor.is_boundary(text, 0) {
        Ok(true) => Ok(Some(limit)),
        Ok(false) => cursor.prev_boundary(text, 0),
        Err(error) => Err(error),
    };
    let after = |_: GraphemeIncomplete| limit;
    let end = match found {
        Ok(Some(end)) if end > 0 => end,
        Ok(_) => GraphemeCursor::new(limit, text.len(), true)
            .next_boundary(text, 0)
            .map_or_else(after, |e| e.unwrap_or(limit)),
        Err(error) => after(error),
    };
    start + end
}

fn is_large(table: &Table) -> bool {
    let (mut cells, mut bytes) = (0, 0);
    table.rows.iter().flat_map(|row| &row.cells).any(|cell| {
        cells += 1;
        bytes += cell.text.len();
        cells > UNCUT_CELLS || bytes > UNCUT_BYTES
    })
}

fn of_table(block: &Block, table: &Table) -> Vec<Part> {
    let mut grid = Grid::default();
    let mut sampler = Sampler::new(table.rows.len());
    let caption = table.caption.len() + usize::from(!table.caption.is_empty() && !table.rows.is_empty());
    let mut cuts = vec![(0, 0, Vec::new())];
    let (mut at, mut bytes, mut cells) = (caption, 0, 0);
    for (number, row) in table.rows.iter().enumerate() {
        // A part ends where no cell reaches across, unless that never comes.
        let is_full = bytes >= CODE_PART_BYTES || cells >= PART_CELLS;
        let is_overfull = bytes >= 2 * CODE_PART_BYTES || cells >= 2 * PART_CELLS;
        if (is_full && !grid.is_covered()) || is_overfull {
            cuts.push((number, at, grid.covered()));
            (bytes, cells) = (0, 0);
        }
        for (cell, (content, place)) in row.cells.iter().zip(grid.place(row, table.rows.len() - number)).enumerate() {
            let sampled = Sampled { row: number, cell, column: place.column, columns: place.columns };
            sampler.look_at(sampled, content.text.as_str(), row.header);
        }
        let length = row.cells.iter().map(|cell| cell.text.len() + 1).sum::<usize>().max(1);
        at += length;
        bytes += length;
        cells += row.cells.len().max(1);
    }
    let shape = Arc::new(Shape { columns: grid.columns(), sample: sampler.finish() });
    // Behind the last row there is no line feed.
    let text_end = at.saturating_sub(1);
    let first_text = std::iter::once(table.caption.as_str())
        .chain(table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str()));
    let direction = block.direction.or_else(|| first_text.clone().find_map(crate::text::base_direction));
    let has_italics =
        first_text.clone().find(|text| text.chars().any(char::is_alphabetic)).is_none_or(paragraph::has_italics);
    let mut parts = Vec::with_capacity(cuts.len());
    let ends: Vec<(usize, usize)> =
        cuts.iter().skip(1).map(|(row, at, _)| (*row, *at)).chain([(table.rows.len(), text_end)]).collect();
    let count = cuts.len();
    for (number, ((row, start, covered), (row_end, end))) in cuts.into_iter().zip(ends).enumerate() {
        let cut = Cut {
            is_first: number == 0,
            is_last: number + 1 == count,
            direction: direction.unwrap_or_default(),
            has_italics,
            spans: Vec::new(),
            rows: Some(Rows { rows: row..row_end, covered, shape: shape.clone() }),
        };
        parts.push(Part { range: TextRange::new(start, end), cut: Some(Arc::new(cut)) });
    }
    parts
}

/// Chooses the cells that a table's columns are measured by.
struct Sampler {
    every: usize,
    sample: Vec<Sampled>,
    /// For each column the longest cell and the longest word, in bytes.
    longest: Vec<[Option<(usize, Sampled)>; 2]>,
}

impl Sampler {
    fn new(rows: usize) -> Self {
        Self { every: (rows / SAMPLE_ROWS).max(1), sample: Vec::new(), longest: Vec::new() }
    }

    fn look_at(&mut self, sampled: Sampled, text: &str, header: bool) {
        let early = sampled.row < SAMPLE_ROWS || (header && sampled.row < 2 * SAMPLE_ROWS);
        if early || sampled.row.is_multiple_of(self.every) {
            self.sample.push(sampled);
            return;
        }
        if self.longest.len() <= sampled.column {
            self.longest.resize(sampled.column + 1, [None; 2]);
        }
        let Some(longest) = self.longest.get_mut(sampled.column).filter(|_| sampled.columns == 1) else { return };
        let [line, word] = longest;
        // A word is no longer than its line, so most cells need no second look.
        if line.is_none_or(|(length, _)| text.len() > length) {
            *line = Some((text.len(), sampled));
        }
        if word.is_none_or(|(length, _)| text.len() > length) {
            let length = text.split_whitespace().map(str::len).max().unwrap_or(0);
            if word.is_none_or(|(known, _)| length > known) {
                *word = Some((length, sampled));
            }
        }
    }

    fn finish(self) -> Vec<Sampled> {
        let Self { mut sample, longest, .. } = self;
        sample.extend(longest.into_iter().flatten().flatten().map(|(_, sampled)| sampled));
        sample.sort_unstable();
        sample.dedup();
        sample
    }
}
