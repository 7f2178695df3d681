//! Where an underline gives way to letters that reach through it, as browsers' `text-decoration-skip-ink` has it. Draws no
//! line.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use swash::scale::ScaleContext;
use swash::scale::outline::Outline;
use swash::zeno::{Angle, Command, PathData as _, Point, Transform};
use swash::{CacheKey, FontRef, GlyphId};

use super::raster::EMBOLDEN_EM;
use super::set_block::{GlyphRun, PaintItem};

/// Air on each side of a letter, in ems: a pixel at sixteen.
const AIR_EM: f32 = 1.0 / 16.0;
/// What is left of a line between two letters, or between a letter and its end, is dropped where it is shorter, in ems.
const SLIVER_EM: f32 = 1.0 / 8.0;
/// Straight pieces that a curve is taken for: their error is a small part of a pixel at the sizes of text.
const PIECES_OF_CURVE: u8 = 6;
/// Glyphs whose ink is kept; a page has some hundred.
const MOST_KEPT: usize = 4_000;

/// A part of an underline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Whole pixels: its top, and how thick it is.
    pub(super) y: f32,
    pub(super) thickness: f32,
}

/// What is left of an underline below these glyphs. `solid` are stretches in which it is not broken, rising.
pub(super) fn stretches(stroke: Stroke, size_px: f32, painted: &[PaintItem], solid: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let mut gaps = gaps(stroke, size_px, painted, solid);
    if gaps.is_empty() {
        return vec![(stroke.x0, stroke.x1)];
    }
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut left = Vec::with_capacity(gaps.len() + 1);
    let mut at = stroke.x0;
    for (from, to) in gaps.into_iter().chain([(stroke.x1, stroke.x1)]) {
        if from - at >= (size_px * SLIVER_EM).max(1.0) {
            left.push((at, from.min(stroke.x1)));
        }
        at = at.max(to);
    }
    left
}

fn gaps(stroke: Stroke, size_px: f32, painted: &[PaintItem], solid: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let air = (size_px * AIR_EM).max(1.0);
    let mut gaps = Vec::new();
    KNOWN.with_borrow_mut(|known| {
        for item in painted {
            let PaintItem::Glyphs(run) = item else { continue };
            // No letter reaches further than an em or two to either side.
            let near = (stroke.x0 - 2.0 * run.size_px)..(stroke.x1 + run.size_px);
            let mut letters = run.glyphs.iter().filter(|glyph| near.contains(&glyph.x)).peekable();
            if letters.peek().is_none() {
                continue;
            }
            let inks = known.of(run);
            for glyph in letters {
                if solid.iter().any(|(from, to)| glyph.x >= from - 0.01 && glyph.x < to - 0.01) {
                    continue;
                }
                // Letters are painted with their baseline on a whole pixel.
                #[expect(clippy::cast_possible_truncation, reason = "a few pixels")]
                let band = ((stroke.y - glyph.y.round()) as i16, stroke.thickness as i16);
                for (from, to) in inks.of(run, glyph.id, band) {
                    let gap = (glyph.x + from - air, glyph.x + to + air);
                    if gap.1 > stroke.x0 && gap.0 < stroke.x1 {
                        gaps.push(gap);
                    }
                }
            }
        }
    });
    gaps
}

thread_local! {
    /// The outlines of letters do not change, and cost as much as all else about a line together.
    static KNOWN: RefCell<Known> = RefCell::new(Known::default());
}

/// What of a run a letter's outline depends on.
#[derive(PartialEq, Eq, Hash)]
struct FaceKey {
    font: (u64, u32),
    size_bits: u32,
    embolden: bool,
    skew_bits: u32,
    coords: Arc<[i16]>,
}

#[derive(Default)]
struct Known {
    faces: HashMap<FaceKey, Inks>,
}

impl Known {
    fn of(&mut self, run: &GlyphRun) -> &mut Inks {
        if self.faces.values().map(|inks| inks.glyphs.len()).sum::<usize>() > MOST_KEPT {
            self.faces.clear();
        }
        let key = FaceKey {
            font: run.font.id(),
            size_bits: run.size_px.to_bits(),
            embolden: run.embolden,
            skew_bits: run.skew_degrees.to_bits(),
            coords: run.coords.clone(),
        };
        self.faces.entry(key).or_insert_with(|| Inks::new(run))
    }
}

/// A glyph's number, and how far below its baseline a line begins and how thick it is, in pixels.
type Below = (u32, (i16, i16));

/// The ink of a face's letters in one size.
struct Inks {
    scale: ScaleContext,
    /// Where the face begins in its file, and the key that swash knows it by.
    face: Option<(u32, CacheKey)>,
    glyphs: HashMap<Below, Vec<(f32, f32)>>,
}

impl Inks {
    fn new(run: &GlyphRun) -> Self {
        let index = usize::try_from(run.font.index()).unwrap_or(usize::MAX);
        let face = FontRef::from_index(run.font.data(), index).map(|font| (font.offset, font.key));
        Self { scale: ScaleContext::with_max_entries(1), face, glyphs: HashMap::new() }
    }

    /// Where a glyph's ink is between two heights below its baseline, from its origin.
    fn of(&mut self, run: &GlyphRun, glyph: u32, band: (i16, i16)) -> impl Iterator<Item = (f32, f32)> {
        let (scale, face) = (&mut self.scale, self.face);
        self.glyphs
            .entry((glyph, band))
            .or_insert_with(|| {
                let top = -f32::from(band.0);
                let outline = outline(scale, face, run, glyph);
                outline.map_or_else(Vec::new, |outline| ink(&outline, top - f32::from(band.1), top))
            })
            .iter()
            .copied()
    }
}

fn outline(scale: &mut ScaleContext, face: Option<(u32, CacheKey)>, run: &GlyphRun, glyph: u32) -> Option<Outline> {
    let (offset, key) = face?;
    let font = FontRef { data: run.font.data(), offset, key };
    let mut scaler = scale.builder(font).size(run.size_px).hint(false).normalized_coords(run.coords.iter()).build();
    let mut outline = scaler.scale_outline(GlyphId::try_from(glyph).ok()?)?;
    if run.embolden {
        outline.embolden(run.size_px * EMBOLDEN_EM, run.size_px * EMBOLDEN_EM);
    }
    if run.skew_degrees != 0.0 {
        outline.transform(&Transform::skew(Angle::from_degrees(run.skew_degrees), Angle::ZERO));
    }
    Some(outline)
}

/// The stretches in which an outline has ink between two heights, from the baseline up.
fn ink(outline: &Outline, low: f32, high: f32) -> Vec<(f32, f32)> {
    let bounds = outline.bounds();
    if outline.is_empty() || bounds.min.y >= high || bounds.max.y <= low {
        return Vec::new();
    }
    // What an edge covers inside the band, and what lies between edges along its middle and its rims.
    let mut found: Vec<(f32, f32)> = Vec::new();
    let heights = [low + 0.01, (low + high) / 2.0, high - 0.01];
    let mut crossings: [Vec<(f32, i32)>; 3] = Default::default();
    for_each_edge(outline, |a, b| {
        let (bottom, top) = if a.y <= b.y { (a, b) } else { (b, a) };
        if top.y <= low || bottom.y >= high {
            return;
        }
        let x_at = |y: f32| {
            let share = if top.y > bottom.y { (y - bottom.y) / (top.y - bottom.y) } else { 0.0 };
            bottom.x + share.clamp(0.0, 1.0) * (top.x - bottom.x)
        };
        let (x0, x1) = (x_at(low.max(bottom.y)), x_at(high.min(top.y)));
        found.push((x0.min(x1), x0.max(x1)));
        for (height, crossings) in heights.iter().zip(&mut crossings) {
            if bottom.y <= *height && top.y > *height {
                crossings.push((x_at(*height), if a.y <= b.y { 1 } else { -1 }));
            }
        }
    });
    for crossings in &mut crossings {
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut winding = 0;
        for (here, next) in crossings.iter().zip(crossings.iter().skip(1)) {
            winding += here.1;
            if winding != 0 {
                found.push((here.0, next.0));
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f32, f32)> = Vec::new();
    for (from, to) in found {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

fn for_each_edge(outline: &Outline, mut edge: impl FnMut(Point, Point)) {
    let (mut start, mut at) = (Point::ZERO, Point::ZERO);
    let steps = || (1..=PIECES_OF_CURVE).map(|step| f32::from(step) / f32::from(PIECES_OF_CURVE));
    for command in outline.path().commands() {
        match command {
            Command::MoveTo(to) => {
                edge(at, start);
                (start, at) = (to, to);
            }
            Command::LineTo(to) => {
                edge(at, to);
                at = to;
            }
            Command::QuadTo(control, to) => {
                let from = at;
                for t in steps() {
                    let next = mix(mix(from, control, t), mix(control, to, t), t);
                    edge(at, next);
                    at = next;
                }
            }
            Command::CurveTo(first, second, to) => {
                let from = at;
                for t in steps() {
                    let (a, b, c) = (mix(from, first, t), mix(first, second, t), mix(second, to, t));
                    let next = mix(mix(a, b, t), mix(b, c, t), t);
                    edge(at, next);
                    at = next;
                }
            }
            Command::Close => {
                edge(at, start);
                at = start;
            }
        }
    }
    edge(at, start);
}

fn mix(a: Point, b: Point, t: f32) -> Point {
    Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
}
