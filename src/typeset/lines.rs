//! Puts the glyphs of broken lines in their places: alignment, justification, hyphens, decorations, and the clusters that
//! hit tests and selections go by. The engine's own alignment is not used, since it can neither shrink a space nor leave
//! room for a hyphen, and its rectangles of justified lines are too short (parley #396).

use std::sync::Arc;

use super::breaking::{Cut, Measure};
use super::clusters::{self, Clusters, Spread};
use super::composed::Composed;
use super::decorations::{Decorated, Decorations, is_solid, is_underlined};
use super::east_asian;
use super::give::{Give, Letters};
use super::hyphenation::Place;
use super::looks::mark;
use super::margins::{self, Side};
use super::objects::Object;
use super::offsets::LayoutText;
use super::pieces::{Piece, Pieces, small};
use super::seen::Seen;
use super::set_block::{Cluster, ColorRole, Glyph, GlyphRun, Line, PaintItem, Rect, SetBlock};
use super::strip::{Before, Stretched, Strip};
use super::style::LinkStyle;
use super::syntax::CodeRange;
use crate::document::{Alignment, TextRange};

/// The soft hyphen: a place where a word may be broken, seen only where it is.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// How lines stand in the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stand {
    Justified,
    Aligned(Alignment),
}

/// What is placed, and where.
pub(super) struct Placing<'a> {
    pub(super) text: &'a LayoutText,
    /// The places in it before which a word may be broken, rising.
    pub(super) hyphens: &'a [Place],
    pub(super) objects: &'a [Object],
    /// Space added before clusters of the layout's text, in device pixels, by their offset, rising.
    pub(super) spaces: &'a [(usize, f32)],
    /// Whether punctuation may reach over the edges.
    pub(super) hangs: bool,
    pub(super) links: LinkStyle,
    /// Whether letters may give way a little in justified lines.
    pub(super) letters: Letters,
    pub(super) measure: Measure,
    pub(super) stand: Stand,
    pub(super) right_to_left: bool,
    /// Ems of the text, for what is measured in them.
    pub(super) size_px: f32,
    pub(super) role: ColorRole,
    /// The parts with a role of their own, in the block's plain text.
    pub(super) code: &'a [CodeRange],
    /// What the layout's first character is in the block's plain text.
    pub(super) source_start: usize,
    /// Whether all letters stand on the line's own baseline, with no image among them.
    pub(super) is_level: bool,
    /// Whether the text ends here, rather than going on in another layout.
    pub(super) is_end: bool,
    /// Whether its last line is a line like any other, since the text goes on in another block's place.
    pub(super) goes_on: bool,
}

/// Where the next layout goes on.
pub(super) struct Placed {
    /// Bytes of the source that were placed.
    pub(super) source_end: usize,
    /// The bottom of the last line.
    pub(super) bottom: f32,
}

/// A line to be placed.
pub(super) struct LineBox<'a> {
    /// What of the layout's text stands in it, and where the white space at its end begins.
    pub(super) range: std::ops::Range<usize>,
    pub(super) content_end: usize,
    /// Whether it ends for want of room, and with a hyphen of our own.
    pub(super) soft: bool,
    pub(super) hyphen: bool,
    /// Whether the text ends with it.
    pub(super) is_text_end: bool,
    /// Where all of it is read from the left, on its own baseline: what it is cut from.
    pub(super) kept: Option<Kept<'a>>,
    /// What of it is seen, where that is known.
    pub(super) seen: Option<Seen>,
    /// From the block's top.
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) baseline: f32,
    /// What the baselines of runs count from; `None` where all letters stand on the line's own.
    pub(super) runs_from: Option<f32>,
    pub(super) indent: f32,
}

/// What a line is cut from.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a> {
    /// All of the text's pieces.
    pieces: &'a Arc<Pieces>,
    /// What stands before each of them, and before the end.
    before: &'a [Before],
    strip: Option<&'a Strip>,
    /// The number of the line's first piece.
    first: usize,
}

/// Places lines that have been cut from one list of pieces, all read from the left and on one baseline.
pub(super) fn place_cuts(
    placing: &Placing<'_>,
    composed: &Composed,
    cuts: &[Cut],
    top: f32,
    out: &mut SetBlock,
) -> Placed {
    let Composed { pieces, before, hard_lines, strip, .. } = composed;
    let text = placing.text.as_str();
    let mut placed = Placed { source_end: placing.text.to_source(text.len()), bottom: top };
    let (mut piece, mut at) = (0, 0);
    let mut row = Row::default();
    out.lines.reserve(cuts.len());
    out.items.reserve(cuts.len());
    let mut hard_lines = hard_lines.iter();
    let mut metrics = hard_lines.next().copied().unwrap_or_default();
    for (number, cut) in cuts.iter().enumerate() {
        let last = number + 1 == cuts.len();
        if last && number > 0 && !placing.is_end {
            placed.source_end = placing.text.to_source(at);
            break;
        }
        let bottom = placed.bottom + metrics.height;
        let content_end = content_end(text, at..cut.at);
        let line = LineBox {
            range: at..cut.at,
            content_end,
            soft: cut.soft,
            hyphen: cut.hyphen,
            is_text_end: last && !text.ends_with('\n'),
            kept: Some(Kept { pieces, before, strip: strip.as_ref(), first: piece }),
            seen: Some(Seen::between(pieces, before, piece, cut.piece, content_end)),
            top: placed.bottom,
            bottom,
            baseline: placed.bottom + metrics.ascent,
            runs_from: None,
            indent: if number == 0 { placing.measure.first_indent } else { 0.0 },
        };
        let list = pieces.list.get(piece..cut.piece).unwrap_or_default();
        placing.place_line(&line, list, pieces, &mut row, out);
        placed.bottom = bottom;
        (piece, at) = (cut.piece, cut.at);
        if !cut.soft
            && let Some(next) = hard_lines.next()
        {
            metrics = *next;
        }
    }
    placed
}

/// A line that the text itself ends, by its measures in device pixels.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HardLine {
    pub(super) height: f32,
    /// From its top to its baseline.
    pub(super) ascent: f32,
}

/// Where the white space at the line's end begins, as an offset in the layout's text.
pub(super) fn content_end(text: &str, range: std::ops::Range<usize>) -> usize {
    let content = text.get(range.clone()).unwrap_or_default();
    range.start + content.trim_end_matches(|c: char| c.is_whitespace() && c != '\u{A0}').len()
}

/// Whether a line may be stretched behind a character: a space, or one that stands alone as a word does.
pub(super) fn stretches(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}') || east_asian::spreads(c)
}

impl Placing<'_> {
    pub(super) fn place_line(
        &self,
        line: &LineBox<'_>,
        list: &[Piece],
        pieces: &Pieces,
        row: &mut Row,
        out: &mut SetBlock,
    ) {
        let content_end = small(line.content_end);
        let hyphen = if line.hyphen { hyphen(list, pieces, content_end) } else { None };
        let seen = line.seen.unwrap_or_else(|| Seen::of(list, content_end));
        let natural = seen.natural + hyphen.map_or(0.0, |h| h.advance);
        let (hang_left, hang_right) = self.hang(line, list, hyphen, pieces);
        let free = self.measure.width - line.indent - natural + hang_left + hang_right;
        // Of a text that goes on, the last line is none for the reader.
        let full = line.soft || (self.goes_on && line.is_text_end);
        let (mut x, (stretch, track)) = self.start_and_stretch(free, line.indent, full, &seen);
        x -= hang_left;

        let start_x = x;
        let spread = Spread { stretch, track, last: small(seen.last), content_end };
        // Mostly a line's text is the source's, and no letter needs to be asked for more than its advance.
        let plain = line.kept.filter(|_| self.code.is_empty() && self.text.is_source());
        let clusters = match plain {
            Some(Kept { pieces: all, before, strip, first }) => {
                x = match strip {
                    Some(strip) => {
                        let stretched = strip.line(pieces, before, first, &seen, spread, x);
                        self.place_strip(line, pieces, &stretched, row)
                    }
                    None => self.place_plain(line, list, pieces, spread, x, row),
                };
                let (range, source_start) = (small(first)..small(first + list.len()), self.source_start);
                let pieces = Arc::clone(all);
                Clusters::of(clusters::Row { pieces, range, spread, x: start_x, dx: 0.0, source_start })
            }
            None => {
                row.clusters.reserve(list.len());
                x = self.place_pieces(line, list, pieces, spread, x, row);
                Clusters::placed(std::mem::take(&mut row.clusters))
            }
        };
        let Row { painted, decorations, .. } = row;
        if let Some(hyphen) = hyphen
            && let Some(PaintItem::Glyphs(run)) = painted.iter_mut().rfind(|item| matches!(item, PaintItem::Glyphs(_)))
        {
            let y = line.runs_from.map_or(line.baseline, |from| from + hyphen.baseline);
            run.glyphs.push(Glyph { id: hyphen.glyph, x, y });
            decorations.go_on(x, x + hyphen.advance);
            x += hyphen.advance;
        }

        decorations.paint_below(line.top, line.bottom, self.size_px, painted, out);
        out.items.append(painted);
        decorations.paint_above(out);
        decorations.clear();
        out.lines.push(Line {
            rect: Rect::new(start_x, line.top, x.max(start_x), line.bottom),
            baseline: line.baseline,
            range: TextRange::new(self.source(line.range.start), self.source(line.range.end)),
            left: 0.0,
            right: self.measure.width,
            right_to_left: self.right_to_left,
            ends_with_feed: self.text.as_str().get(line.range.clone()).is_some_and(|text| text.ends_with('\n')),
            clusters,
        });
    }

    /// Puts the pieces of a line in their places, beginning at `x`, and returns where it ends.
    fn place_pieces(
        &self,
        line: &LineBox<'_>,
        list: &[Piece],
        pieces: &Pieces,
        spread: Spread,
        mut x: f32,
        row: &mut Row,
    ) -> f32 {
        let mut paint: Option<(u32, GlyphRun)> = None;
        let mut ligature_x = None;
        for (number, piece) in list.iter().enumerate() {
            let Some(run) = pieces.run(piece) else { continue };
            let baseline = line.runs_from.map_or(line.baseline, |from| from + run.baseline);
            let trailing = piece.start >= spread.content_end && piece.object.is_none();
            let mut advance = if trailing { 0.0 } else { piece.advance };
            if small(number) < spread.last && !trailing {
                advance += piece.given(spread.stretch, spread.track);
            }
            let x0 = x;
            x += if number == 0 || trailing { 0.0 } else { piece.before };
            let x1 = x + advance;
            if let Some(object) = piece.object.and_then(|o| self.objects.get(o as usize)) {
                object.paint(x, baseline, &mut row.painted);
            } else if run.marks != 0 && !trailing {
                row.decorations.extend(
                    Decorated {
                        marks: run.marks,
                        links: self.links,
                        run: piece.run as usize,
                        size_px: run.size_px,
                        baseline,
                        metrics: &run.metrics,
                        is_solid: is_underlined(run.marks) && is_solid(piece.c),
                    },
                    x,
                    x1,
                );
            }
            if piece.has_glyphs() && !trailing {
                // In a line that runs right to left the parts of a ligature come before the one that draws it.
                let mut pen = ligature_x.take().unwrap_or(x);
                let role =
                    if self.is_colored_link(run.marks) { ColorRole::Link } else { self.role_at(piece.start as usize) };
                if paint.as_ref().is_none_or(|(of, paint)| *of != piece.run || paint.role != role) {
                    row.painted.extend(paint.take().map(|(_, run)| PaintItem::Glyphs(run)));
                    paint = Some((piece.run, run.paint_run(role, list.len() - number)));
                }
                if let Some((_, paint)) = &mut paint {
                    for glyph in pieces.glyphs(piece) {
                        paint.glyphs.push(Glyph { id: glyph.id, x: pen + glyph.x, y: baseline + glyph.y });
                        pen += glyph.advance;
                    }
                }
            } else if piece.continuation && piece.right_to_left && ligature_x.is_none() {
                ligature_x = Some(x);
            }
            // What was added before a cluster is selected with it; what it gave up was its neighbour's.
            self.push_cluster(piece, x.min(x0), x1, &mut row.clusters);
            x = x1;
        }
        row.painted.extend(paint.map(|(_, run)| PaintItem::Glyphs(run)));
        x
    }

    fn is_colored_link(&self, marks: u16) -> bool {
        marks & mark::LINK != 0 && self.links.is_colored()
    }

    /// [`Self::place_pieces`] for text that is read from the left on one baseline, is the source's as it is and has no parts
    /// with a role of their own.
    fn place_plain(
        &self,
        line: &LineBox<'_>,
        list: &[Piece],
        pieces: &Pieces,
        spread: Spread,
        mut x: f32,
        row: &mut Row,
    ) -> f32 {
        let mut number = 0u32;
        for part in list.chunk_by(|a, b| a.run == b.run) {
            let Some(run) = part.first().and_then(|piece| pieces.run(piece)) else { continue };
            let role = if self.is_colored_link(run.marks) { ColorRole::Link } else { self.role };
            let mut paint = run.paint_run(role, part.len());
            let part_x = x;
            for piece in part {
                if piece.start >= spread.content_end {
                    continue;
                }
                if number > 0 {
                    x += piece.before;
                }
                let mut pen = x;
                for glyph in pieces.glyphs(piece) {
                    paint.glyphs.push(Glyph { id: glyph.id, x: pen + glyph.x, y: line.baseline + glyph.y });
                    pen += glyph.advance;
                }
                let given = if number < spread.last { piece.given(spread.stretch, spread.track) } else { 0.0 };
                x += piece.advance + given;
                number += 1;
            }
            if run.marks != 0 && x > part_x {
                let number = part.first().map_or(0, |piece| piece.run as usize);
                let (marks, size_px) = (run.marks, run.size_px);
                let is_solid = is_underlined(run.marks) && part.iter().any(|piece| is_solid(piece.c));
                let (baseline, metrics) = (line.baseline, &run.metrics);
                let part = Decorated { marks, links: self.links, run: number, size_px, baseline, metrics, is_solid };
                row.decorations.extend(part, part_x, x);
            }
            if !paint.glyphs.is_empty() {
                row.painted.push(PaintItem::Glyphs(paint));
            }
        }
        x
    }

    /// [`Self::place_plain`] where the text's glyphs are known in their natural places.
    fn place_strip(&self, line: &LineBox<'_>, pieces: &Pieces, stretched: &Stretched<'_>, row: &mut Row) -> f32 {
        let mut x = stretched.place(stretched.begin());
        for (from, to) in stretched.runs() {
            let Some((first, run)) = pieces.list.get(from).and_then(|piece| Some((piece, pieces.run(piece)?))) else {
                continue;
            };
            let role = if self.is_colored_link(run.marks) { ColorRole::Link } else { self.role };
            // A hyphen may follow.
            let mut paint = run.paint_run(role, stretched.count(from, to) + 1);
            stretched.place_glyphs(from, to, line.baseline, &mut paint.glyphs);
            let part_x = x;
            x = stretched.place(to);
            if run.marks != 0 && x > part_x {
                let part = pieces.list.get(from..to).unwrap_or_default();
                let decorated = Decorated {
                    marks: run.marks,
                    links: self.links,
                    run: first.run as usize,
                    size_px: run.size_px,
                    baseline: line.baseline,
                    metrics: &run.metrics,
                    is_solid: is_underlined(run.marks) && part.iter().any(|piece| is_solid(piece.c)),
                };
                row.decorations.extend(decorated, part_x, x);
            }
            if !paint.glyphs.is_empty() {
                row.painted.push(PaintItem::Glyphs(paint));
            }
        }
        x
    }

    /// Where the line's left edge stands, and how much is added at each place that stretches and behind each letter.
    fn start_and_stretch(&self, free: f32, indent: f32, soft: bool, seen: &Seen) -> (f32, (f32, f32)) {
        let left = if self.right_to_left { 0.0 } else { indent };
        // A last line is not stretched, but it may have been broken to fit with its spaces made smaller.
        if self.stand == Stand::Justified && seen.places > 0 && (soft || free < 0.0) {
            let give = Give { places: seen.places, count: seen.letters, letters: self.letters, em: self.size_px };
            if !give.is_hopeless(free) {
                return (left, give.share(free));
            }
        }
        let alignment = match self.stand {
            Stand::Justified => Alignment::Start,
            Stand::Aligned(alignment) => alignment,
        };
        let offset = match (alignment, self.right_to_left) {
            (Alignment::Start, false) | (Alignment::End, true) => 0.0,
            // What overflows does so at the end of the line, which for these is the left.
            (Alignment::Start, true) => free,
            (Alignment::End, false) => free.max(0.0),
            (Alignment::Center, _) => free.max(0.0) / 2.0,
        };
        (left + offset, (0.0, 0.0))
    }

    /// How far the line's first and last signs reach over the left and the right edge.
    fn hang(&self, line: &LineBox<'_>, list: &[Piece], hyphen: Option<Hyphen>, pieces: &Pieces) -> (f32, f32) {
        if !self.hangs || self.stand == Stand::Aligned(Alignment::Center) {
            return (0.0, 0.0);
        }
        let end = small(line.content_end);
        let mut seen = list.iter().filter(|piece| piece.start < end);
        let (Some(left), last) = (seen.next(), seen.next_back()) else { return (0.0, 0.0) };
        let right = last.unwrap_or(left);
        let (first, last) = if self.right_to_left { (right, left) } else { (left, right) };
        let of = |piece: &Piece, side: Side| {
            let size = pieces.run(piece).map_or(self.size_px, |run| run.size_px);
            if piece.object.is_some() { 0.0 } else { margins::hang(piece.c, side, piece.advance, size) }
        };
        // In a line of two directions its first sign may stand in its midst.
        let at_start = if first.start as usize == line.range.start { of(first, Side::Start) } else { 0.0 };
        let at_end = match hyphen {
            Some(hyphen) => margins::hyphen(hyphen.advance),
            None if last.end == end => of(last, Side::End),
            None => 0.0,
        };
        if self.right_to_left { (at_end, at_start) } else { (at_start, at_end) }
    }

    fn push_cluster(&self, piece: &Piece, x0: f32, x1: f32, clusters: &mut Vec<Cluster>) {
        let source = self.text.range_to_source(&piece.range());
        let range = TextRange::new(self.source_start + source.start, self.source_start + source.end);
        match clusters.last_mut() {
            // What the source does not have (the rest of a tab) belongs to its neighbour.
            Some(last) if range.is_empty() => last.x1 = x1,
            // An image's stand-in behind the image.
            Some(last) if last.range == range => last.x1 = last.x1.max(x1),
            _ if range.is_empty() => {}
            Some(last) if last.x1 > x0 && x0 > last.x0 => {
                last.x1 = x0;
                clusters.push(Cluster { range, x0, x1, right_to_left: piece.right_to_left });
            }
            _ => clusters.push(Cluster { range, x0, x1, right_to_left: piece.right_to_left }),
        }
    }

    /// The role of the letter at an offset in the layout.
    fn role_at(&self, layout: usize) -> ColorRole {
        if self.code.is_empty() {
            return self.role;
        }
        let at = self.source(layout);
        let next = self.code.partition_point(|part| part.range.end <= at);
        self.code.get(next).filter(|part| part.range.contains(at)).map_or(self.role, |part| part.role)
    }

    fn source(&self, layout: usize) -> usize {
        self.source_start + self.text.to_source(layout)
    }
}

/// The hyphen of a line that ends inside a word.
#[derive(Clone, Copy)]
struct Hyphen {
    glyph: u32,
    advance: f32,
    baseline: f32,
}

/// What is being made of a line.
#[derive(Default)]
pub(super) struct Row {
    clusters: Vec<Cluster>,
    painted: Vec<PaintItem>,
    decorations: Decorations,
}

/// A hyphen in the font of the line's last letters; only for text that runs left to right, since no language that does not
/// is broken with one.
fn hyphen(list: &[Piece], pieces: &Pieces, content_end: u32) -> Option<Hyphen> {
    let piece = list.iter().rev().find(|p| p.start < content_end && p.object.is_none() && p.has_glyphs())?;
    if piece.right_to_left {
        return None;
    }
    let run = pieces.run(piece)?;
    let (glyph, advance) = run.hyphen?;
    Some(Hyphen { glyph, advance, baseline: run.baseline })
}
