//! The clusters of a shaped text as one list with their glyphs, taken from the text engine once: what lines are measured and
//! placed from. Breaks nothing and places nothing.

use std::ops::Range;
use std::sync::Arc;

use parley::{FontData, FontMetrics, Layout, PositionedLayoutItem};

use super::set_block::{ColorRole, FontFace, GlyphRun};

/// A cluster, or an object in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// Space added at its left where it does not begin a line, in device pixels.
    pub(super) before: f32,
    /// Device pixels.
    pub(super) advance: f32,
    /// Where it stands in the layout's text, in bytes.
    pub(super) start: u32,
    pub(super) end: u32,
    first_glyph: u32,
    glyph_count: u32,
    /// The number of its [`PieceRun`].
    pub(super) run: u32,
    /// Its first character.
    pub(super) c: char,
    pub(super) right_to_left: bool,
    /// Whether a line may be stretched behind it.
    pub(super) stretches: bool,
    /// Whether a little space may be added behind it in a justified line: behind a ligature as a whole.
    pub(super) is_letter: bool,
    /// Part of a ligature that is drawn with the first of its clusters.
    pub(super) continuation: bool,
    /// The number of the object that it is.
    pub(super) object: Option<u32>,
}

/// What pieces share.
#[derive(Clone)]
pub(super) struct PieceRun {
    pub(super) font: FontData,
    pub(super) size_px: f32,
    coords: Arc<[i16]>,
    embolden: bool,
    skew_degrees: f32,
    /// From the line's top; see [`Pieces::push_cluster`].
    pub(super) baseline: f32,
    pub(super) marks: u16,
    pub(super) metrics: FontMetrics,
    style: u16,
    item: usize,
    /// The glyph and the advance of its font's hyphen, where it was asked for.
    pub(super) hyphen: Option<(u32, f32)>,
}

/// The glyphs of a run in a line.
struct Taken {
    /// The run's number in the line.
    item: usize,
    /// The numbers of its glyphs.
    glyphs: Range<usize>,
    /// Whether all of them have the same style.
    has_one_style: bool,
}

/// Pieces, and what they share.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) list: Vec<Piece>,
    pub(super) runs: Vec<PieceRun>,
    glyphs: Vec<parley::Glyph>,
}

impl Piece {
    /// An object as wide as this.
    pub(super) fn of_object(number: Option<u32>, width: f32, range: Range<usize>, run: usize) -> Self {
        Self {
            before: 0.0,
            advance: width,
            start: small(range.start),
            end: small(range.end),
            first_glyph: 0,
            glyph_count: 0,
            run: small(run),
            c: '\u{FFFC}',
            right_to_left: false,
            stretches: false,
            is_letter: false,
            continuation: false,
            object: number,
        }
    }

    /// A cluster that is read from the left, without its glyphs.
    fn of_letter(c: char, advance: f32, range: Range<usize>, run: usize, has_glyphs: bool) -> Self {
        let stretches = super::lines::stretches(c);
        Self {
            c,
            stretches,
            is_letter: !stretches && advance > 0.0 && has_glyphs,
            ..Self::of_object(None, advance, range, run)
        }
    }

    /// What stands behind the last piece of a text.
    pub(super) fn end_of(text_len: usize) -> Self {
        Self { c: ' ', ..Self::of_object(None, 0.0, text_len..text_len, 0) }
    }

    /// How many characters it has.
    pub(super) fn characters(&self, text: &str) -> u32 {
        match self.end - self.start {
            0 => 0,
            length if length as usize == self.c.len_utf8() => 1,
            _ => small(text.get(self.range()).map_or(0, |text| text.chars().count())),
        }
    }

    /// Its last character, which is its first in most.
    pub(super) fn last_character(&self, text: &str) -> char {
        if (self.end - self.start) as usize == self.c.len_utf8() {
            return self.c;
        }
        text.get(self.range()).and_then(|text| text.chars().next_back()).unwrap_or(self.c)
    }

    /// What it gets of what is added at places that stretch and behind letters.
    pub(super) fn given(&self, stretch: f32, track: f32) -> f32 {
        if self.stretches {
            stretch
        } else if self.is_letter {
            track
        } else {
            0.0
        }
    }

    /// Where it stands in the layout's text.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn glyph_count(&self) -> u32 {
        self.glyph_count
    }

    /// Whether something is drawn for it.
    pub(super) fn has_glyphs(&self) -> bool {
        self.glyph_count > 0
    }
}

impl Pieces {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.runs.clear();
        self.glyphs.clear();
    }

    /// All clusters of a layout whose lines have been broken, in the order of the text. Baselines are of no use in these.
    pub(super) fn logical(layout: &Layout<u16>, text: &str) -> Self {
        let mut pieces = Self {
            list: Vec::with_capacity(text.len()),
            runs: Vec::with_capacity(4),
            glyphs: Vec::with_capacity(text.len()),
        };
        let mut is_mixed = false;
        let mut in_order = Vec::new();
        for line in layout.lines() {
            pieces.take_glyphs(&line, &mut in_order);
            for run in line.runs() {
                is_mixed |= run.is_rtl();
                let taken = in_order.iter().find(|taken: &&Taken| taken.item == run.index());
                if run.is_rtl() || !taken.is_some_and(|taken| pieces.push_one_to_one(layout, text, &run, taken)) {
                    for cluster in run.clusters() {
                        pieces.push_cluster(text, &run, &cluster, 0.0);
                    }
                }
            }
        }
        if is_mixed {
            pieces.list.sort_by_key(|piece| piece.start);
        }
        pieces
    }

    /// Whether all of them are read from the left.
    pub(super) fn is_left_to_right(&self) -> bool {
        self.list.iter().all(|piece| !piece.right_to_left)
    }

    /// Appends the glyphs of a line's runs, and says which are whose. Asked for with each cluster they cost four times as
    /// much.
    fn take_glyphs(&mut self, line: &parley::Line<'_, u16>, in_order: &mut Vec<Taken>) {
        in_order.clear();
        for item in line.items() {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            let start = self.glyphs.len();
            self.glyphs.extend(run.glyphs());
            let end = self.glyphs.len();
            let item = run.run().index();
            match in_order.last_mut().filter(|taken| taken.item == item) {
                Some(taken) => {
                    taken.glyphs.end = end;
                    taken.has_one_style = false;
                }
                None => in_order.push(Taken { item, glyphs: start..end, has_one_style: true }),
            }
        }
    }

    /// Appends the clusters of a run that is read from the left and has a glyph for each of them, or for each ligature; leaves
    /// all as it was and returns false where it is not known to be so.
    fn push_one_to_one(&mut self, layout: &Layout<u16>, text: &str, run: &parley::Run<'_, u16>, taken: &Taken) -> bool {
        let range = run.text_range();
        let words = text.get(range.clone()).unwrap_or_default();
        // No marks, nothing invisible: each character is a cluster, with a glyph for each but where letters are joined.
        let is_plain = words
            .chars()
            .all(|c| (' '..'\u{300}').contains(&c) && c != '\u{AD}' || ('\u{2010}'..='\u{2027}').contains(&c));
        if !is_plain {
            return false;
        }
        let (pieces, runs) = (self.list.len(), self.runs.len());
        let is_done = if taken.has_one_style {
            self.push_words(layout, run, taken, words)
        } else {
            self.push_characters(run, taken, words)
        };
        if !is_done {
            self.list.truncate(pieces);
            self.runs.truncate(runs);
        }
        debug_assert!(!is_done || self.is_one_to_one(run, taken, words, (pieces, runs)), "{words:?}");
        is_done
    }

    /// [`Self::push_one_to_one`] of a run in one style, word by word: where the glyphs up to a space are as many as the
    /// characters, they are theirs in order, and the engine is only asked for the clusters of words with ligatures. That takes
    /// half the time.
    fn push_words(&mut self, layout: &Layout<u16>, run: &parley::Run<'_, u16>, taken: &Taken, words: &str) -> bool {
        let mut start = run.text_range().start;
        let mut at = taken.glyphs.start;
        let Some(first) = run.clusters().next() else { return words.is_empty() };
        self.begin_run(run, &first, 0.0);
        let number = self.runs.len() - 1;
        let space = swash::FontRef::from_index(run.font().data.data(), run.font().index as usize)
            .map(|font| u32::from(font.charmap().map(' ')))
            .filter(|glyph| *glyph != 0);
        for word in words.split_inclusive(' ') {
            let count = word.chars().count();
            let glyphs = self.glyphs.get(at..taken.glyphs.end).unwrap_or_default();
            let length = if word.ends_with(' ') {
                glyphs.iter().take(count).position(|glyph| Some(glyph.id) == space).map(|place| place + 1)
            } else {
                Some(glyphs.len())
            };
            let Some(length) = length.filter(|length| *length <= count) else { return false };
            let glyphs = glyphs.get(..length).unwrap_or_default();
            // A mark that the font takes from a letter would have no advance.
            let are_letters = length == count && glyphs.iter().all(|glyph| glyph.advance > 0.0);
            for (place, c) in word.chars().enumerate() {
                let end = start + c.len_utf8();
                let (advance, glyph_count, continuation) = match glyphs.get(place).filter(|_| are_letters) {
                    Some(glyph) => (glyph.advance, 1, false),
                    None => {
                        let Some(cluster) = parley::Cluster::from_byte_index(layout, start) else { return false };
                        let continuation = cluster.is_ligature_continuation();
                        (cluster.advance(), usize::from(!continuation), continuation)
                    }
                };
                self.list.push(Piece {
                    first_glyph: small(at),
                    glyph_count: small(glyph_count),
                    continuation,
                    ..Piece::of_letter(c, advance, start..end, number, glyph_count > 0)
                });
                at += glyph_count;
                start = end;
            }
        }
        at == taken.glyphs.end
    }

    /// [`Self::push_one_to_one`], character by character.
    fn push_characters(&mut self, run: &parley::Run<'_, u16>, taken: &Taken, words: &str) -> bool {
        let mut at = taken.glyphs.start;
        let mut start = run.text_range().start;
        let mut clusters = run.clusters();
        for c in words.chars() {
            let Some(cluster) = clusters.next() else { return false };
            self.begin_run(run, &cluster, 0.0);
            let continuation = cluster.is_ligature_continuation();
            let count = usize::from(!continuation);
            let is_part = continuation || cluster.is_ligature_start();
            let advance = self.glyphs.get(at).filter(|_| !is_part).map_or_else(|| cluster.advance(), |g| g.advance);
            let end = start + c.len_utf8();
            self.list.push(Piece {
                first_glyph: small(at),
                glyph_count: small(count),
                continuation,
                ..Piece::of_letter(c, advance, start..end, self.runs.len() - 1, count > 0)
            });
            at += count;
            start = end;
        }
        at == taken.glyphs.end && clusters.next().is_none()
    }

    /// Whether what was pushed of a run, behind these pieces and runs, is what its clusters are.
    fn is_one_to_one(&self, run: &parley::Run<'_, u16>, taken: &Taken, words: &str, behind: (usize, usize)) -> bool {
        let (pieces, runs) = behind;
        let runs = self.runs.get(..runs).unwrap_or_default().to_vec();
        let mut again = Self { list: Vec::new(), runs, glyphs: self.glyphs.clone() };
        let pushed = self.list.get(pieces..).unwrap_or_default();
        let is_same = |(a, b): (&Piece, &Piece)| {
            (a.advance - b.advance).abs() < 0.01 && Piece { advance: 0.0, ..*a } == Piece { advance: 0.0, ..*b }
        };
        again.push_characters(run, taken, words)
            && again.list.len() == pushed.len()
            && again.list.iter().zip(pushed).all(is_same)
            && run.clusters().zip(pushed).all(|(cluster, piece)| cluster.text_range() == piece.range())
    }

    /// Appends a cluster. The baseline is that of its run.
    pub(super) fn push_cluster(
        &mut self,
        text: &str,
        run: &parley::Run<'_, u16>,
        cluster: &parley::Cluster<'_, u16>,
        baseline: f32,
    ) {
        let first = self.glyphs.len();
        self.glyphs.extend(cluster.glyphs());
        let glyphs = first..self.glyphs.len();
        self.push(text, run, cluster, baseline, cluster.advance(), glyphs);
    }

    fn push(
        &mut self,
        text: &str,
        run: &parley::Run<'_, u16>,
        cluster: &parley::Cluster<'_, u16>,
        baseline: f32,
        advance: f32,
        glyphs: Range<usize>,
    ) {
        self.begin_run(run, cluster, baseline);
        let range = cluster.text_range();
        let c = text.get(range.start..).and_then(|text| text.chars().next()).unwrap_or(' ');
        self.list.push(Piece {
            first_glyph: small(glyphs.start),
            glyph_count: small(glyphs.len()),
            right_to_left: cluster.is_rtl(),
            continuation: cluster.is_ligature_continuation(),
            ..Piece::of_letter(c, advance, range, self.runs.len() - 1, !glyphs.is_empty())
        });
    }

    /// Begins another run of pieces where a cluster does not share what the last one has.
    fn begin_run(&mut self, run: &parley::Run<'_, u16>, cluster: &parley::Cluster<'_, u16>, baseline: f32) {
        let style = cluster.style_index();
        // In the next line numbers begin anew.
        let is_same = |last: &PieceRun| last.style == style && last.item == run.index() && last.font == *run.font();
        if !self.runs.last().is_some_and(is_same) {
            self.runs.push(PieceRun::of_run(run, cluster, baseline));
        }
    }

    /// Adds the spaces that stand before clusters, by their offset, rising.
    pub(super) fn add_spaces(&mut self, spaces: &[(usize, f32)]) {
        if spaces.is_empty() {
            return;
        }
        for piece in &mut self.list {
            if let Ok(found) = spaces.binary_search_by_key(&(piece.start as usize), |(at, _)| *at) {
                piece.before = spaces.get(found).map_or(0.0, |(_, space)| *space);
            }
        }
    }

    /// Looks up the hyphens of all fonts.
    pub(super) fn find_hyphens(&mut self) {
        for run in &mut self.runs {
            run.hyphen = run.hyphen.or_else(|| hyphen_of(&run.font, run.size_px, &run.coords));
        }
    }

    pub(super) fn run(&self, piece: &Piece) -> Option<&PieceRun> {
        self.runs.get(piece.run as usize)
    }

    pub(super) fn glyphs(&self, piece: &Piece) -> &[parley::Glyph] {
        let first = piece.first_glyph as usize;
        self.glyphs.get(first..first + piece.glyph_count as usize).unwrap_or_default()
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
            hyphen: None,
        }
    }

    /// What an object stands on: its top.
    pub(super) fn of_object(top: f32, item: usize) -> Self {
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
            hyphen: None,
        }
    }

    /// Glyphs of this run, none yet, with room for some.
    pub(super) fn paint_run(&self, role: ColorRole, room: usize) -> GlyphRun {
        GlyphRun {
            font: FontFace(self.font.clone()),
            size_px: self.size_px,
            coords: self.coords.clone(),
            embolden: self.embolden,
            skew_degrees: self.skew_degrees,
            role,
            glyphs: Vec::with_capacity(room),
        }
    }
}

/// A font's hyphen, or its hyphen-minus, and how wide it is.
fn hyphen_of(font: &FontData, size_px: f32, coords: &[i16]) -> Option<(u32, f32)> {
    let font = swash::FontRef::from_index(font.data.data(), usize::try_from(font.index).ok()?)?;
    let charmap = font.charmap();
    let glyph = [charmap.map('\u{2010}'), charmap.map('-')].into_iter().find(|glyph| *glyph != 0)?;
    Some((u32::from(glyph), font.glyph_metrics(coords).scale(size_px).advance_width(glyph)))
}

/// Offsets in a layout are small: it holds some 24 kB of text at most.
pub(super) fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
