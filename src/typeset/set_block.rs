//! What has been set: glyphs, rectangles and images in their places, and the answers to "which offset is here" and "where
//! is this range". All in device pixels from the top left of the measure; all offsets count in the block's plain text.
//! Draws nothing.

use std::sync::Arc;

use parley::FontData;

use super::caret::Caret;
use super::clusters::Clusters;
use crate::document::{ResourceId, TextRange};

/// A rectangle in device pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

impl Rect {
    /// From the left, top, right and bottom.
    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0, y0, x1, y1 }
    }

    /// From right to left.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// From bottom to top.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// Whether a point is in it.
    pub fn contains(&self, x: f32, y: f32) -> bool {
        x >= self.x0 && x < self.x1 && y >= self.y0 && y < self.y1
    }

    /// Moved.
    #[must_use]
    pub fn shifted(self, dx: f32, dy: f32) -> Self {
        Self { x0: self.x0 + dx, y0: self.y0 + dy, x1: self.x1 + dx, y1: self.y1 + dy }
    }
}

/// What a colour is for. The theme says which colour it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColorRole {
    /// Running text.
    #[default]
    Text,
    /// Captions, bylines, notes' labels.
    Soft,
    /// What is hardly there: placeholders.
    Faint,
    /// A link's underline and text.
    Link,
    /// The one accent: the source line, the bar beside a quotation.
    Accent,
    /// Hairlines.
    Rule,
    /// Behind code.
    CodeBackground,
    /// Words that a programming language gives a meaning.
    CodeKeyword,
    /// Strings and characters in code.
    CodeString,
    /// Comments in code.
    CodeComment,
    /// Numbers and other constants in code.
    CodeNumber,
    /// Names of functions, types and tags in code.
    CodeName,
    /// Behind text that the source marked.
    Highlight,
}

/// A font file's face. Cheap to clone.
#[derive(Clone)]
pub struct FontFace(pub(super) FontData);

impl FontFace {
    /// The font file's bytes.
    pub fn data(&self) -> &[u8] {
        self.0.data.data()
    }

    /// The face's number in the file.
    pub fn index(&self) -> u32 {
        self.0.index
    }

    /// Equal for equal faces while the program runs.
    pub fn id(&self) -> (u64, u32) {
        (self.0.data.id(), self.0.index)
    }
}

impl std::fmt::Debug for FontFace {
    /// Without the file's bytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FontFace").field(&self.id()).finish()
    }
}

impl PartialEq for FontFace {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

/// A glyph in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Its origin, from the block's left.
    pub x: f32,
    /// Its baseline, from the block's top.
    pub y: f32,
}

/// Glyphs of one font, size and colour.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The font.
    pub font: FontFace,
    /// Pixels to the em.
    pub size_px: f32,
    /// Normalised coordinates of a variable font (2.14 fixed point); empty for the default instance.
    pub coords: Arc<[i16]>,
    /// Whether the face has to be made bolder, since the family has no bold one.
    pub embolden: bool,
    /// Degrees that the face has to be slanted by, since the family has no italic one.
    pub skew_degrees: f32,
    /// The colour.
    pub role: ColorRole,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum PaintItem {
    /// Text.
    Glyphs(GlyphRun),
    /// A filled rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Its colour.
        role: ColorRole,
    },
    /// An image.
    Image {
        /// Where.
        rect: Rect,
        /// Which.
        image: ResourceId,
    },
}

/// A line of text as a caller sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SetLine {
    /// The text's extent across, the line's box down.
    pub rect: Rect,
    /// From the block's top.
    pub baseline: f32,
    /// What of the block's plain text stands in it, the white space at its end included.
    pub range: TextRange,
}

/// What a caret cannot enter: a letter with its marks, in a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// In the block's plain text.
    pub range: TextRange,
    /// Its left edge.
    pub x0: f32,
    /// Its right edge; the left one for what is not seen.
    pub x1: f32,
    /// Which way it is read.
    pub right_to_left: bool,
}

/// A line with its clusters in visual order, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) rect: Rect,
    pub(super) baseline: f32,
    pub(super) range: TextRange,
    /// The measure it was set to: the whole column's, or that of a table's cell.
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) right_to_left: bool,
    /// Whether the text has a line feed at its end.
    pub(super) ends_with_feed: bool,
    pub(super) clusters: Clusters,
}

/// What may be wider than the measure, and is then seen through a window and moved sideways. Places in the block are those
/// of what has not been moved.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overflow {
    /// The window. All text and every image at its height is inside it, and nothing else is.
    pub window: Rect,
    /// How far to the left the content reaches.
    pub left: f32,
    /// How far to the right.
    pub right: f32,
    /// The first of the items that are moved; those before it stay.
    pub items_from: usize,
}

impl Overflow {
    /// Whether what stands at this height is moved.
    pub fn holds(&self, y: f32) -> bool {
        y >= self.window.y0 && y < self.window.y1
    }

    fn shifted(self, dx: f32, dy: f32, items: usize) -> Self {
        Self {
            window: self.window.shifted(dx, dy),
            left: self.left + dx,
            right: self.right + dx,
            items_from: self.items_from + items,
        }
    }
}

/// A block or a text, set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetBlock {
    /// The measure it was set to.
    pub width: f32,
    /// From its top to its bottom, without the spaces around it.
    pub height: f32,
    /// Space wanted above it; of two neighbouring spaces the larger holds.
    pub space_before: f32,
    /// Space wanted below it.
    pub space_after: f32,
    /// What to paint, in this order. A quotation's bar may begin above the block, to meet the bar of the one before.
    pub items: Vec<PaintItem>,
    /// Whether it was cut to the number of lines asked for.
    pub truncated: bool,
    /// Code or a table's rows, where they may be wider than the measure.
    pub overflow: Option<Overflow>,
    /// The top and the bottom of the rows that head a table, where more rows follow.
    pub head: Option<(f32, f32)>,
    pub(super) lines: Vec<Line>,
    pub(super) links: Vec<(TextRange, String)>,
}

impl SetBlock {
    /// The offset nearest to a point; `None` where the block has no text.
    pub fn offset_at(&self, x: f32, y: f32) -> Option<usize> {
        self.caret_at(x, y).map(|caret| caret.offset)
    }

    /// The address of the link under a point.
    pub fn link_at(&self, x: f32, y: f32) -> Option<&str> {
        let under = self.cluster_at(x, y)?;
        self.links.iter().find(|(range, _)| range.contains(under.start)).map(|(_, target)| target.as_str())
    }

    /// What of the plain text is drawn under a point; `None` beside the text.
    pub fn cluster_at(&self, x: f32, y: f32) -> Option<TextRange> {
        let line = self.lines.iter().find(|line| line.rect.contains(x, y))?;
        line.clusters.iter().find(|c| x >= c.x0 && x < c.x1).map(|c| c.range)
    }

    /// The links with their ranges, in the order of the text.
    pub fn links(&self) -> impl Iterator<Item = (TextRange, &str)> {
        self.links.iter().map(|(range, target)| (*range, target.as_str()))
    }

    /// The image under a point.
    pub fn image_at(&self, x: f32, y: f32) -> Option<ResourceId> {
        self.items.iter().rev().find_map(|item| match item {
            PaintItem::Image { rect, image } if rect.contains(x, y) => Some(*image),
            _ => None,
        })
    }

    /// The rectangles of a range: one or more for each line it touches, as high as the line.
    pub fn rects(&self, range: TextRange) -> Vec<Rect> {
        let mut rects = Vec::new();
        for line in self.lines_of(range) {
            line.add_rects(range, &mut rects);
        }
        rects
    }

    /// The lines that a range touches. Lines stand in the order of the text.
    pub(super) fn lines_of(&self, range: TextRange) -> impl Iterator<Item = &Line> {
        let first = self.lines.partition_point(|line| line.range.end <= range.start);
        self.lines.iter().skip(first).take_while(move |line| line.range.start < range.end)
    }

    /// The lines, in the order of the text.
    pub fn lines(&self) -> impl Iterator<Item = SetLine> {
        self.lines.iter().map(|line| SetLine { rect: line.rect, baseline: line.baseline, range: line.range })
    }

    /// The clusters of a line (by its number in [`Self::lines`]) from left to right: what a screen reader is told of the
    /// letters' places.
    pub fn clusters(&self, line: usize) -> &[Cluster] {
        self.lines.get(line).map_or(&[], |line| &line.clusters)
    }

    /// Where a caret before the character at an offset stands: a rectangle without width.
    pub fn caret(&self, offset: usize) -> Option<Rect> {
        self.caret_rect(Caret::before(offset))
    }

    /// The line whose box holds a point, or else the nearest: lines of one row of a table lie beside each other.
    pub(super) fn nearest_line(&self, x: f32, y: f32) -> Option<&Line> {
        let outside = |low: f32, high: f32, value: f32| (low - value).max(value - high).max(0.0);
        self.lines.iter().min_by(|a, b| {
            let distance =
                |line: &Line| (outside(line.rect.y0, line.rect.y1, y), outside(line.rect.x0, line.rect.x1, x));
            let ((ay, ax), (by, bx)) = (distance(a), distance(b));
            ay.total_cmp(&by).then(ax.total_cmp(&bx))
        })
    }

    /// Takes over what another block set, moved to its place here.
    pub(super) fn append(&mut self, mut other: Self, dx: f32, dy: f32) {
        let before = self.items.len();
        self.overflow = other.overflow.map(|overflow| overflow.shifted(dx, dy, before)).or(self.overflow);
        self.head = other.head.map(|(top, bottom)| (top + dy, bottom + dy)).or(self.head);
        self.links.extend(other.links);
        if dx == 0.0 && dy == 0.0 {
            self.items.append(&mut other.items);
            self.lines.append(&mut other.lines);
            return;
        }
        self.items.extend(other.items.into_iter().map(|item| shifted(item, dx, dy)));
        self.lines.extend(other.lines.into_iter().map(|line| line.shifted(dx, dy)));
    }

    pub(super) fn push_rect(&mut self, rect: Rect, role: ColorRole) {
        if rect.width() > 0.0 && rect.height() > 0.0 {
            self.items.push(PaintItem::Rect { rect, role });
        }
    }
}

impl Line {
    fn add_rects(&self, range: TextRange, rects: &mut Vec<Rect>) {
        let first = rects.len();
        for cluster in self.clusters.iter().filter(|c| c.range.intersection(range).is_some() && c.x1 > c.x0) {
            match rects.get_mut(first..).and_then(<[Rect]>::last_mut) {
                // Neighbours grow into one rectangle; half a pixel is less than any space between two of them.
                Some(last) if cluster.x0 - last.x1 < 0.5 => last.x1 = last.x1.max(cluster.x1),
                _ => rects.push(Rect::new(cluster.x0, self.rect.y0, cluster.x1, self.rect.y1)),
            }
        }
    }

    fn shifted(mut self, dx: f32, dy: f32) -> Self {
        self.rect = self.rect.shifted(dx, dy);
        self.baseline += dy;
        self.left += dx;
        self.right += dx;
        self.clusters.shift(dx);
        self
    }
}

fn shifted(item: PaintItem, dx: f32, dy: f32) -> PaintItem {
    match item {
        PaintItem::Glyphs(mut run) => {
            for glyph in &mut run.glyphs {
                glyph.x += dx;
                glyph.y += dy;
            }
            PaintItem::Glyphs(run)
        }
        PaintItem::Rect { rect, role } => PaintItem::Rect { rect: rect.shifted(dx, dy), role },
        PaintItem::Image { rect, image } => PaintItem::Image { rect: rect.shifted(dx, dy), image },
    }
}
