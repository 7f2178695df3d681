//! Ruby: annotations above their base, and the room that a base gets whose annotation is longer than it. Breaks no line.

use super::breaking::{Manner, Measure};
use super::looks::Run;
use super::paragraph::{self, START, Spec};
use super::set_block::SetBlock;
use super::typesetter::Typesetter;
use crate::document::{InlineStyle, Span, TextRange};
use crate::text::Direction;

/// Size of ruby against its base (JIS X 4051: a half), and where its foot stands above the base's baseline.
const RUBY_SCALE: f32 = 0.5;
const RUBY_FOOT_EM: f32 = 0.86;

/// The least distance of the baselines of text with ruby, in ems: the foot, the ruby, and the descenders of the line above.
const LEAST_LINE_HEIGHT_EM: f32 = 1.6;

/// How far an annotation may reach over the kana or the punctuation beside its base: one character of its own, half a
/// character of theirs (JLREQ 3.3.8). Over other characters it does not.
const OVERHANG_EM: f32 = 0.5;

/// The room that a base needs because its annotation is longer. In device pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// The base.
    pub(super) range: TextRange,
    /// Space before it and behind each of its characters.
    pub(super) space: f32,
    /// How far the annotation reaches over what stands before all that.
    overhang: f32,
}

/// The distance of the baselines of a text.
pub(super) fn line_height(spec: &Spec<'_>) -> f32 {
    let has_ruby = spec.spans.iter().any(|span| matches!(span.style, InlineStyle::Ruby { .. }));
    let least = if has_ruby { (spec.look.size_px * LEAST_LINE_HEIGHT_EM).round() } else { 0.0 };
    spec.look.line_height_px.max(least)
}

/// The bases in a part of a text that need room, in the order of the text and apart from one another.
pub(super) fn rooms(typesetter: &mut Typesetter, spec: &Spec<'_>, part: TextRange) -> Vec<Room> {
    let mut rooms: Vec<Room> = Vec::new();
    for span in spec.spans.iter().filter(|span| part.contains(span.range.start) && span.range.end <= part.end) {
        if let InlineStyle::Ruby { annotation } = &span.style {
            rooms.extend(room(typesetter, spec, span.range, annotation));
        }
    }
    rooms.sort_by_key(|room| room.range.start);
    rooms.dedup_by(|next, room| next.range.start < room.range.end);
    rooms
}

fn room(typesetter: &mut Typesetter, spec: &Spec<'_>, range: TextRange, annotation: &str) -> Option<Room> {
    let em = spec.look.size_px;
    let base = range.of(spec.text)?;
    let count = u16::try_from(base.chars().count()).ok().filter(|count| *count > 0)?;
    let base_width = width_of(typesetter, spec, base, 1.0) + spec.look.letter_spacing_px * f32::from(count);
    let excess = width_of(typesetter, spec, annotation, RUBY_SCALE) - base_width;
    if excess <= 0.0 {
        return None;
    }
    let allowed = |beside: Option<char>| if beside.is_some_and(may_be_covered) { em * OVERHANG_EM } else { 0.0 };
    let before = spec.text.get(..range.start).and_then(|text| text.chars().next_back());
    let behind = spec.text.get(range.end..).and_then(|text| text.chars().next());
    let needed = |beside: Option<char>| (excess / 2.0 - allowed(beside)).max(0.0);
    let (before, behind) = (needed(before), needed(behind));
    let space = (before + behind) / f32::from(count.saturating_add(1));
    (space > 0.0).then(|| Room { range, space, overhang: excess / 2.0 - before })
}

/// How wide a text is on one line. What stands in squares need not be set for it.
fn width_of(typesetter: &mut Typesetter, spec: &Spec<'_>, text: &str, scale: f32) -> f32 {
    let em = spec.look.size_px * scale;
    if text.chars().all(is_square) {
        return text.chars().map(|_| em).sum();
    }
    let set = set_small(typesetter, spec, text, scale);
    set.lines.first().map_or(0.0, |line| line.rect.width())
}

fn is_square(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// Kana and the punctuation of Chinese and Japanese.
fn may_be_covered(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{30FF}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}')
}

/// Runs cut at the bases that need room: each with what is added behind its characters.
pub(super) fn with_rooms<'a>(runs: &[Run<'a>], rooms: &[Room]) -> Vec<(Run<'a>, f32)> {
    let mut cut = Vec::with_capacity(runs.len() + 2 * rooms.len());
    for run in runs {
        let mut at = run.range.start;
        let mut push = |until: usize, space: f32| {
            if until > at {
                cut.push((Run { range: TextRange::new(at, until), ..*run }, space));
                at = until;
            }
        };
        for room in rooms {
            if let Some(shared) = room.range.intersection(run.range) {
                push(shared.start, 0.0);
                push(shared.end, room.space);
            }
        }
        push(run.range.end, 0.0);
    }
    cut
}

/// Draws the annotation of a span above its base, or above the first part of one that is broken over lines. Offsets in
/// `out` count from the block's beginning.
pub(super) fn draw(
    typesetter: &mut Typesetter,
    spec: &Spec<'_>,
    span: &Span,
    annotation: &str,
    width: f32,
    out: &mut SetBlock,
) {
    let range = span.range.shifted(spec.source_start);
    let Some(base) = out.rects(range).first().copied() else { return };
    let Some(baseline) = out.lines_of(range).next().map(|l| l.baseline) else { return };
    let em = spec.look.size_px;
    let room = room(typesetter, spec, span.range, annotation);
    let mut set = set_small(typesetter, spec, annotation, RUBY_SCALE);
    let Some(line) = set.lines.first() else { return };
    let (middle, half) = ((line.rect.x0 + line.rect.x1) / 2.0, line.rect.width() / 2.0);
    let centre = match room {
        // It has its own room, and would leave it for a neighbour's.
        Some(room) if spec.direction == Direction::LeftToRight => base.x0 - room.space - room.overhang + half,
        // At the measure's edges it stands inside it, where it fits.
        _ if width > 2.0 * half => ((base.x0 + base.x1) / 2.0).clamp(half, width - half),
        _ => (base.x0 + base.x1) / 2.0,
    };
    let dy = baseline - em * RUBY_FOOT_EM - line.baseline;
    // It is no part of the block's plain text.
    set.lines.clear();
    out.append(set, centre - middle, dy.round());
}

/// A text on one line, in the size of its base or in that of ruby.
fn set_small(typesetter: &mut Typesetter, spec: &Spec<'_>, text: &str, scale: f32) -> SetBlock {
    let mut look = spec.look.clone();
    look.size_px *= scale;
    look.line_height_px = look.size_px;
    look.letter_spacing_px = 0.0;
    let small = Spec {
        text,
        spans: &[],
        look: &look,
        images: None,
        hyphenate: false,
        stand: START,
        manner: Manner::FirstFit,
        hangs: false,
        goes_on: false,
        code: &[],
        ..*spec
    };
    paragraph::set(typesetter, &small, Measure { width: f32::from(u16::MAX), first_indent: 0.0 })
}
