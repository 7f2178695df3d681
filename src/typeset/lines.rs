//! Puts the glyphs of broken lines in their places: alignment, justification, hyphens, decorations, and the clusters that
//! hit tests and selections go by. The engine's own alignment is not used, since it can neither shrink a space nor leave
//! room for a hyphen, and its rectangles of justified lines are too short (parley #396).

use std::sync::Arc;

use parley::{BreakReason, FontData, FontMetrics, Layout, Line as EngineLine, PositionedLayoutItem};

use super::breaking::Measure;
use super::decorations::{Decorated, Decorations};
use super::east_asian;
use super::give::Give;
use super::hyphenation::Place;
use super::looks::mark;
use super::margins::{self, Side};
use super::offsets::LayoutText;
use super::paragraph::Object;
use super::set_block::{Cluster, ColorRole, FontFace, Glyph, GlyphRun, Line, PaintItem, Rect, SetBlock};
use super::syntax::CodeRange;
use crate::document::{Alignment, TextRange};

/// The soft hyphen: a place where a word may be broken, seen only where it is.
pub(super) const SOFT_HYPHEN: char = '\u{AD}';

/// A space wider than this many ems is worse than a ragged line.
const WIDEST_SPACE_EM: f32 = 2.2;

/// How lines stand in the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stand {
    Justified,
    Aligned(Alignment),
}

/// What is placed, and where.
pub(super) struct Placing<'a> {
    pub(super) layout: &'a Layout<u16>,
    pub(super) text: &'a LayoutText,
    /// The places in it before which a word may be broken, rising.
    pub(super) hyphens: &'a [Place],
    pub(super) objects: &'a [Object],
    /// Space added before clusters of the layout's text, in device pixels, by their offset, rising.
    pub(super) spaces: &'a [(usize, f32)],
    /// Whether punctuation may reach over the edges.
    pub(super) hangs: bool,
    /// Whether letters may give way a little in justified lines.
    pub(super) letters_give: bool,
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

/// A cluster or an object of a line, in visual order.
struct Piece {
    /// Space added at its left.
    before: f32,
    advance: f32,
    range: std::ops::Range<usize>,
    right_to_left: bool,
    /// Part of a ligature that is drawn with the first of its clusters.
    continuation: bool,
    /// White space at the line's end: it takes no room.
    trailing: bool,
    /// Whether the line may be stretched behind it.
    stretches: bool,
    run: usize,
    glyphs: std::ops::Range<usize>,
    object: Option<usize>,
}

impl Piece {
    /// Whether a little space may be added behind it in a justified line: behind a ligature as a whole.
    fn is_letter(&self) -> bool {
        !self.trailing && !self.stretches && self.object.is_none() && self.advance > 0.0 && !self.glyphs.is_empty()
    }
}

/// What a line's pieces share.
struct PieceRun {
    font: FontData,
    size_px: f32,
    coords: Arc<[i16]>,
    embolden: bool,
    skew_degrees: f32,
    baseline: f32,
    marks: u16,
    metrics: FontMetrics,
    style: u16,
    item: usize,
}

/// The pieces of one line; kept to use its room again.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Piece>,
    runs: Vec<PieceRun>,
    glyphs: Vec<parley::Glyph>,
    baselines: Vec<(u16, f32)>,
}

/// Places all lines below `top` and appends them to a block. Where the text goes on in another layout the last line is
/// left to it, unless it is the only one.
pub(super) fn place(placing: &Placing<'_>, top: f32, out: &mut SetBlock) -> Placed {
    let mut pieces = Pieces::default();
    let count = placing.layout.len();
    let mut end = 0;
    let mut placed = Placed { source_end: placing.text.to_source(placing.layout.text_len()), bottom: top };
    for (number, line) in placing.layout.lines().enumerate() {
        let last = number + 1 == count;
        if last && end > 0 && !placing.is_end {
            placed.source_end = placing.text.to_source(end);
            break;
        }
        // Behind a final line feed the engine has an empty line for the caret.
        if last && number > 0 && line.is_empty() || end >= placing.layout.text_len() && line.runs().next().is_some() {
            break;
        }
        let indent = if number == 0 { placing.measure.first_indent } else { 0.0 };
        pieces.collect(placing, &line);
        let start = end;
        // The engine knows no range for a line that holds an image only.
        if line.runs().next().is_some() {
            end = end.max(line.text_range().end);
        }
        end = pieces.pieces.iter().map(|piece| piece.range.end).fold(end, usize::max);
        placing.place_line(&line, start..end, indent, top, &pieces, out);
        placed.bottom = top + line.metrics().block_max_coord;
    }
    placed
}

impl Pieces {
    fn collect(&mut self, placing: &Placing<'_>, line: &EngineLine<'_, u16>) {
        self.pieces.clear();
        self.runs.clear();
        self.glyphs.clear();
        self.baselines.clear();
        let text = placing.text.as_str();
        let content_end = content_end(text, line);
        if placing.is_level {
            // The engine's positions of glyph runs cost a second walk over the letters, and are only needed for baselines.
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    self.push_cluster(placing, content_end, &run, &cluster, line.metrics().baseline);
                }
            }
            return;
        }
        for item in line.items() {
            if let PositionedLayoutItem::GlyphRun(run) = item
                && !self.baselines.iter().any(|(style, _)| *style == run.style_index())
            {
                self.baselines.push((run.style_index(), run.baseline()));
            }
        }
        let mut item_in_hand = None;
        for (item_number, item) in line.items().enumerate() {
            match item {
                PositionedLayoutItem::InlineBox(inline) => {
                    let object = usize::try_from(inline.id).ok();
                    let range = object.and_then(|o| placing.objects.get(o)).map_or(0..0, |o| o.range.clone());
                    self.runs.push(PieceRun::of_object(inline.y, item_number));
                    self.pieces.push(Piece {
                        before: 0.0,
                        advance: inline.width,
                        range,
                        right_to_left: placing.right_to_left,
                        continuation: false,
                        trailing: false,
                        stretches: false,
                        run: self.runs.len() - 1,
                        glyphs: 0..0,
                        object,
                    });
                }
                PositionedLayoutItem::GlyphRun(glyph_run) => {
                    let run = glyph_run.run();
                    // A run of the engine is cut by style into glyph runs; its clusters are taken at once.
                    if item_in_hand == Some(run.index()) {
                        continue;
                    }
                    item_in_hand = Some(run.index());
                    for cluster in run.visual_clusters() {
                        let baseline = self.baseline(cluster.style_index(), line);
                        self.push_cluster(placing, content_end, run, &cluster, baseline);
                    }
                }
            }
        }
    }

    fn baseline(&self, style: u16, line: &EngineLine<'_, u16>) -> f32 {
        self.baselines.iter().find(|(s, _)| *s == style).map_or(line.metrics().baseline, |(_, baseline)| *baseline)
    }

    fn push_cluster(
        &mut self,
        placing: &Placing<'_>,
        content_end: usize,
        run: &parley::Run<'_, u16>,
        cluster: &parley::Cluster<'_, u16>,
        baseline: f32,
    ) {
        let style = cluster.style_index();
        let same = self.runs.last().is_some_and(|last| last.style == style && last.item == run.index());
        if !same {
            self.runs.push(PieceRun::of_run(run, cluster, baseline));
        }
        let range = cluster.text_range();
        let first_glyph = self.glyphs.len();
        self.glyphs.extend(cluster.glyphs());
        let trailing = range.start >= content_end;
        let before = if self.pieces.is_empty() || trailing { 0.0 } else { placing.space_before(range.start) };
        let text = placing.text.as_str();
        let first = text.get(range.clone()).and_then(|t| t.chars().next()).unwrap_or(' ');
        self.pieces.push(Piece {
            before,
            advance: if trailing { 0.0 } else { cluster.advance() },
            right_to_left: cluster.is_rtl(),
            continuation: cluster.is_ligature_continuation(),
            trailing,
            stretches: !trailing && stretches(first),
            run: self.runs.len() - 1,
            glyphs: first_glyph..self.glyphs.len(),
            range,
            object: None,
        });
    }
}

impl PieceRun {
    fn of_run(run: &parley::Run<'_, u16>, cluster: &parley::Cluster<'_, u16>, baseline: f32) -> Self {
        let synthesis = run.synthesis();
        Self {
            font: run.font().clone(),
            size_px: run.font_size(),
            coords: run.normalized_coords().iter().map(|c| c.to_bits()).collect(),
            embolden: synthesis.embolden(),
            skew_degrees: synthesis.skew().unwrap_or(0.0),
            baseline,
            marks: cluster.style().brush,
            metrics: *run.font_metrics(),
            style: cluster.style_index(),
            item: run.index(),
        }
    }

    fn of_object(top: f32, item: usize) -> Self {
        Self {
            font: FontData::new(parley::fontique::Blob::new(Arc::new([])), 0),
            size_px: 0.0,
            coords: Arc::new([]),
            embolden: false,
            skew_degrees: 0.0,
            baseline: top,
            marks: 0,
            metrics: FontMetrics::fallback(0.0),
            style: u16::MAX,
            item,
        }
    }

    fn paint_run(&self, role: ColorRole) -> GlyphRun {
        GlyphRun {
            font: FontFace(self.font.clone()),
            size_px: self.size_px,
            coords: self.coords.clone(),
            embolden: self.embolden,
            skew_degrees: self.skew_degrees,
            role,
            glyphs: Vec::new(),
        }
    }
}

/// Where the white space at the line's end begins, as an offset in the layout's text.
fn content_end(text: &str, line: &EngineLine<'_, u16>) -> usize {
    let range = line.text_range();
    let content = text.get(range.clone()).unwrap_or_default();
    range.start + content.trim_end_matches(|c: char| c.is_whitespace() && c != '\u{A0}').len()
}

/// Whether a line may be stretched behind a character: a space, or one that stands alone as a word does.
pub(super) fn stretches(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}') || east_asian::spreads(c)
}

impl Placing<'_> {
    /// The space added before the cluster at an offset of the layout's text.
    fn space_before(&self, offset: usize) -> f32 {
        match self.spaces.binary_search_by_key(&offset, |(at, _)| *at) {
            Ok(found) => self.spaces.get(found).map_or(0.0, |(_, space)| *space),
            Err(_) => 0.0,
        }
    }

    fn place_line(
        &self,
        line: &EngineLine<'_, u16>,
        range: std::ops::Range<usize>,
        indent: f32,
        top: f32,
        parts: &Pieces,
        out: &mut SetBlock,
    ) {
        let metrics = line.metrics();
        let end = content_end(self.text.as_str(), line);
        let soft = matches!(line.break_reason(), BreakReason::Regular | BreakReason::Emergency);
        let content = self.text.as_str().get(range.start..end).unwrap_or_default();
        let broken_word = soft
            && (content.ends_with(SOFT_HYPHEN) || self.hyphens.binary_search_by_key(&end, |place| place.at).is_ok());
        let hyphen = if broken_word { parts.hyphen() } else { None };

        let natural =
            parts.pieces.iter().map(|p| p.before + p.advance).sum::<f32>() + hyphen.map_or(0.0, |h| h.advance);
        let (hang_left, hang_right) = self.hang(range.start, end, hyphen, parts);
        let free = self.measure.width - indent - natural + hang_left + hang_right;
        // Of a text that goes on, the last line is none for the reader.
        let full = soft || (self.goes_on && line.break_reason() == BreakReason::None);
        let (mut x, (stretch, track)) = self.start_and_stretch(free, indent, full, parts);
        x -= hang_left;

        let line_top = top + metrics.block_min_coord;
        let line_bottom = top + metrics.block_max_coord;
        let start_x = x;
        let mut clusters: Vec<Cluster> = Vec::with_capacity(parts.pieces.len());
        let mut decorations = Decorations::default();
        let mut paint: Option<(usize, GlyphRun)> = None;
        let mut painted: Vec<PaintItem> = Vec::new();
        let mut ligature_x = None;
        let last_stretch = parts.last_stretching();
        let last_letter = parts.last_letter().unwrap_or(usize::MAX);
        for (number, piece) in parts.pieces.iter().enumerate() {
            let Some(run) = parts.runs.get(piece.run) else { continue };
            let mut advance = piece.advance;
            if piece.stretches && Some(number) != last_stretch {
                advance += stretch;
            } else if piece.is_letter() && number != last_letter {
                advance += track;
            }
            let x0 = x;
            x += piece.before;
            let x1 = x + advance;
            if let Some(object) = piece.object.and_then(|o| self.objects.get(o)) {
                object.paint(x, top + run.baseline, &mut painted);
            } else if !piece.trailing {
                decorations.extend(
                    Decorated {
                        marks: run.marks,
                        run: piece.run,
                        size_px: run.size_px,
                        baseline: top + run.baseline,
                        metrics: &run.metrics,
                    },
                    x,
                    x1,
                );
            }
            if !piece.glyphs.is_empty() && !piece.trailing {
                // In a line that runs right to left the parts of a ligature come before the one that draws it.
                let mut pen = ligature_x.take().unwrap_or(x);
                let role = if run.marks & mark::LINK != 0 { ColorRole::Link } else { self.role_at(piece.range.start) };
                if paint.as_ref().is_none_or(|(of, paint)| *of != piece.run || paint.role != role) {
                    painted.extend(paint.take().map(|(_, run)| PaintItem::Glyphs(run)));
                    paint = Some((piece.run, run.paint_run(role)));
                }
                if let Some((_, paint)) = &mut paint {
                    for glyph in parts.glyphs.get(piece.glyphs.clone()).unwrap_or_default() {
                        paint.glyphs.push(Glyph { id: glyph.id, x: pen + glyph.x, y: top + run.baseline + glyph.y });
                        pen += glyph.advance;
                    }
                }
            } else if piece.continuation && piece.right_to_left && ligature_x.is_none() {
                ligature_x = Some(x);
            }
            // What was added before a cluster is selected with it; what it gave up was its neighbour's.
            self.push_cluster(piece, x.min(x0), x1, &mut clusters);
            x = x1;
        }
        if let (Some(hyphen), Some((_, run))) = (&hyphen, &mut paint) {
            run.glyphs.push(Glyph { id: hyphen.glyph, x, y: top + hyphen.baseline });
            x += hyphen.advance;
        }
        painted.extend(paint.map(|(_, run)| PaintItem::Glyphs(run)));

        decorations.paint_below(line_top, line_bottom, self.size_px, out);
        out.items.extend(painted);
        decorations.paint_above(out);
        out.lines.push(Line {
            rect: Rect::new(start_x, line_top, x.max(start_x), line_bottom),
            baseline: top + metrics.baseline,
            range: TextRange::new(self.source(range.start), self.source(range.end)),
            left: 0.0,
            right: self.measure.width,
            right_to_left: self.right_to_left,
            ends_with_feed: self.text.as_str().get(range).is_some_and(|text| text.ends_with('\n')),
            clusters,
        });
    }

    /// Where the line's left edge stands, and how much is added at each place that stretches and behind each letter.
    fn start_and_stretch(&self, free: f32, indent: f32, soft: bool, parts: &Pieces) -> (f32, (f32, f32)) {
        let left = if self.right_to_left { 0.0 } else { indent };
        let places = parts.stretching();
        // A last line is not stretched, but it may have been broken to fit with its spaces made smaller.
        if self.stand == Stand::Justified && places > 0 && (soft || free < 0.0) {
            let letters = if self.letters_give { parts.letters().saturating_sub(1) } else { 0 };
            let share = Give { places, letters, em: self.size_px }.share(free);
            if share.0 <= self.size_px * WIDEST_SPACE_EM {
                return (left, share);
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
    fn hang(&self, start: usize, end: usize, hyphen: Option<Hyphen>, parts: &Pieces) -> (f32, f32) {
        if !self.hangs || self.stand == Stand::Aligned(Alignment::Center) {
            return (0.0, 0.0);
        }
        let mut seen = parts.pieces.iter().filter(|piece| !piece.trailing);
        let (Some(left), last) = (seen.next(), seen.next_back()) else { return (0.0, 0.0) };
        let right = last.unwrap_or(left);
        let (first, last) = if self.right_to_left { (right, left) } else { (left, right) };
        let of = |piece: &Piece, side: Side| {
            let c = self.text.as_str().get(piece.range.clone()).and_then(|text| text.chars().next());
            let size = parts.runs.get(piece.run).map_or(self.size_px, |run| run.size_px);
            c.filter(|_| piece.object.is_none()).map_or(0.0, |c| margins::hang(c, side, piece.advance, size))
        };
        // In a line of two directions its first sign may stand in its midst.
        let at_start = if first.range.start == start { of(first, Side::Start) } else { 0.0 };
        let at_end = match hyphen {
            Some(hyphen) => margins::hyphen(hyphen.advance),
            None if last.range.end == end => of(last, Side::End),
            None => 0.0,
        };
        if self.right_to_left { (at_end, at_start) } else { (at_start, at_end) }
    }

    fn push_cluster(&self, piece: &Piece, x0: f32, x1: f32, clusters: &mut Vec<Cluster>) {
        let source = self.text.range_to_source(&piece.range);
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

impl Pieces {
    fn stretching(&self) -> u32 {
        let places = self.pieces.iter().filter(|p| p.stretches).count();
        // Behind the last piece of the line there is nothing to push away.
        u32::try_from(places).unwrap_or(u32::MAX) - u32::from(self.last_stretching().is_some())
    }

    fn letters(&self) -> u32 {
        self.pieces.iter().map(|piece| u32::from(piece.is_letter())).sum()
    }

    /// The visually last letter, behind which there is nothing to push away.
    fn last_letter(&self) -> Option<usize> {
        self.pieces.iter().rposition(Piece::is_letter)
    }

    /// The visually last piece that takes room, where it is one that stretches.
    fn last_stretching(&self) -> Option<usize> {
        let last = self.pieces.iter().rposition(|p| !p.trailing)?;
        self.pieces.get(last).is_some_and(|p| p.stretches).then_some(last)
    }

    /// A hyphen in the font of the line's last letters; only for text that runs left to right, since no language that does
    /// not is broken with one.
    fn hyphen(&self) -> Option<Hyphen> {
        let piece = self.pieces.iter().rev().find(|p| !p.trailing && p.object.is_none() && !p.glyphs.is_empty())?;
        if piece.right_to_left {
            return None;
        }
        let run = self.runs.get(piece.run)?;
        let (glyph, advance) = hyphen_of(&run.font, run.size_px, &run.coords)?;
        Some(Hyphen { glyph, advance, baseline: run.baseline })
    }
}

/// A font's hyphen, or its hyphen-minus, and how wide it is.
pub(super) fn hyphen_of(font: &FontData, size_px: f32, coords: &[i16]) -> Option<(u32, f32)> {
    let font = swash::FontRef::from_index(font.data.data(), usize::try_from(font.index).ok()?)?;
    let charmap = font.charmap();
    let glyph = [charmap.map('\u{2010}'), charmap.map('-')].into_iter().find(|glyph| *glyph != 0)?;
    Some((u32::from(glyph), font.glyph_metrics(coords).scale(size_px).advance_width(glyph)))
}
