//! What is drawn along the letters of a line: underlines, strikes, and the grounds behind marked text and code. Places no
//! letter, and asks no letter's shape but where an underline would run through it.

use parley::FontMetrics;

use super::east_asian::{self, Class};
use super::looks::mark;
use super::set_block::{ColorRole, PaintItem, Rect, SetBlock};
use super::skip_ink::{self, Stroke};
use super::style::LinkStyle;

/// What is drawn below and above the letters of a line.
#[derive(Default)]
pub(super) struct Decorations {
    segments: Vec<Segment>,
    /// Underlined letters below which no line is broken.
    solid: Vec<(f32, f32)>,
}

/// A piece of a line, as far as what is drawn along it goes.
#[derive(Clone, Copy)]
pub(super) struct Decorated<'a> {
    pub(super) marks: u16,
    pub(super) links: LinkStyle,
    /// The number of its run: pieces of one run share a font.
    pub(super) run: usize,
    pub(super) size_px: f32,
    pub(super) baseline: f32,
    pub(super) metrics: &'a FontMetrics,
    /// Whether its underline is not broken.
    pub(super) is_solid: bool,
}

struct Segment {
    mark: u16,
    run: usize,
    x0: f32,
    x1: f32,
    /// The rectangle's top and height for lines drawn along the text.
    y: f32,
    thickness: f32,
    size_px: f32,
    role: ColorRole,
}

/// An underline in a link is a hairline at any size a page is read at, in ems.
const LINK_UNDERLINE_EM: f32 = 0.045;

impl Decorations {
    /// Takes in a piece from `x0` to `x1`.
    pub(super) fn extend(&mut self, piece: Decorated<'_>, x0: f32, x1: f32) {
        let Decorated { mut marks, links, run, size_px, baseline, metrics, is_solid } = piece;
        if !links.is_underlined() {
            marks &= !mark::LINK;
        }
        if marks == 0 {
            return;
        }
        if is_underlined(marks) && is_solid {
            self.solid.push((x0, x1));
        }
        for mark in [mark::LINK, mark::UNDERLINE, mark::STRIKETHROUGH, mark::HIGHLIGHT, mark::CODE] {
            if marks & mark == 0 || (mark == mark::UNDERLINE && marks & mark::LINK != 0) {
                continue;
            }
            // A background goes on over a change of font inside it; a line is redrawn by each font's own measure.
            let across = matches!(mark, mark::HIGHLIGHT | mark::CODE);
            let open = self.segments.iter_mut().rev().find(|s| s.mark == mark && (across || s.run == run));
            if let Some(open) = open.filter(|s| (s.x1 - x0).abs() < 0.5) {
                open.x1 = x1;
                continue;
            }
            let (y, thickness, role) = match mark {
                mark::LINK => {
                    let thickness = (size_px * LINK_UNDERLINE_EM).round().max(1.0);
                    let role = if links.is_colored() { ColorRole::Link } else { ColorRole::Text };
                    ((baseline - metrics.underline_offset).round(), thickness, role)
                }
                mark::UNDERLINE => {
                    ((baseline - metrics.underline_offset).round(), metrics.underline_size, ColorRole::Text)
                }
                mark::STRIKETHROUGH => {
                    ((baseline - metrics.strikethrough_offset).round(), metrics.strikethrough_size, ColorRole::Text)
                }
                mark::CODE => {
                    ((baseline - metrics.ascent).floor(), metrics.ascent + metrics.descent, ColorRole::CodeBackground)
                }
                _ => (0.0, 0.0, ColorRole::Highlight),
            };
            let thickness = thickness.round().max(1.0);
            self.segments.push(Segment { mark, run, x0, x1, y, size_px, thickness, role });
        }
    }

    /// Goes on from `x0` to `x1` with what ends there: below a hyphen.
    pub(super) fn go_on(&mut self, x0: f32, x1: f32) {
        for open in self.segments.iter_mut().filter(|s| (s.x1 - x0).abs() < 0.5) {
            open.x1 = x1;
        }
    }

    /// Is empty again, for another line.
    pub(super) fn clear(&mut self) {
        self.segments.clear();
        self.solid.clear();
    }

    /// Draws what lies below these glyphs.
    pub(super) fn paint_below(
        &self,
        line_top: f32,
        line_bottom: f32,
        size_px: f32,
        glyphs: &[PaintItem],
        out: &mut SetBlock,
    ) {
        for s in &self.segments {
            match s.mark {
                // One pixel apart, so that marked lines do not run together.
                mark::HIGHLIGHT => out.push_rect(Rect::new(s.x0, line_top + 1.0, s.x1, line_bottom - 1.0), s.role),
                mark::CODE => {
                    let beside = size_px * 0.12;
                    out.push_rect(Rect::new(s.x0 - beside, s.y, s.x1 + beside, s.y + s.thickness), s.role);
                }
                mark::LINK | mark::UNDERLINE => {
                    let stroke = Stroke { x0: s.x0, x1: s.x1, y: s.y, thickness: s.thickness };
                    for (x0, x1) in skip_ink::stretches(stroke, s.size_px, glyphs, &self.solid) {
                        out.push_rect(Rect { x0, x1, ..s.rect() }, s.role);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn paint_above(&self, out: &mut SetBlock) {
        for s in self.segments.iter().filter(|s| s.mark == mark::STRIKETHROUGH) {
            out.push_rect(s.rect(), s.role);
        }
    }
}

/// Whether something with these marks may have a line below it.
pub(super) fn is_underlined(marks: u16) -> bool {
    marks & (mark::LINK | mark::UNDERLINE) != 0
}

/// Whether a letter stands so low in its square that its underline would be in pieces: browsers break none below Chinese,
/// Japanese and Korean.
pub(super) fn is_solid(c: char) -> bool {
    matches!(east_asian::class(c), Class::Ideograph)
        || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3000}'..='\u{318F}' | '\u{AC00}'..='\u{D7FF}' | '\u{FF00}'..='\u{FFEF}')
}

impl Segment {
    fn rect(&self) -> Rect {
        Rect::new(self.x0, self.y, self.x1, self.y + self.thickness)
    }
}
