//! What lies under and over the text: the selection, hits, the caret, the light on what was jumped to, the aids that keep
//! the eye's place. Sets and moves nothing.

use egui::{Color32, Painter, Rangef, Rect, Stroke, pos2, vec2};

use super::placement::Placed;
use super::position::Page;
use crate::app::Theme;
use crate::app::settings::Aids;
use crate::document::TextRange;
use crate::ui::look;

/// Where in the view the eye is taken to be when no pointer says otherwise, as a share of its height.
const READING_HEIGHT: f32 = 0.36;

/// Ranges of the flat text with their colour, painted behind the text.
pub(super) fn ranges(painter: &Painter, page: &Page, place: &Placed, ranges: &[TextRange], color: Color32, round: f32) {
    for range in ranges {
        for rect in page.rects_of(place, *range) {
            painter.rect_filled(rect, round, color);
        }
    }
}

/// What is selected. A selected line break shows as a sliver, so that empty lines are seen to be part of it.
pub(super) fn selection(painter: &Painter, theme: &Theme, page: &Page, place: &Placed, range: TextRange) {
    ranges(painter, page, place, &[range], look::color(theme.selection), 0.0);
    let (Some(base), Some(set)) = (place.base, page.set(place.piece)) else { return };
    if set.lines().next().is_none() && range.contains(base) {
        painter.rect_filled(place.rect, 4.0, look::color(theme.selection).gamma_multiply(0.5));
    }
}

/// Pictures in what is selected have a veil, since their colours hide what lies behind them.
pub(super) fn selected_picture(painter: &Painter, theme: &Theme, rect: Rect) {
    painter.rect_filled(rect, 0.0, look::color(theme.selection).gamma_multiply(0.45));
}

/// The caret.
pub(super) fn caret(painter: &Painter, theme: &Theme, rect: Rect) {
    let stroke = Stroke::new(2.0, look::color(theme.accent));
    painter.line_segment([pos2(rect.left(), rect.top()), pos2(rect.left(), rect.bottom())], stroke);
}

/// The light on a whole block, fading; `strength` from 1 to 0.
pub(super) fn lit_block(painter: &Painter, theme: &Theme, rect: Rect, strength: f32) {
    let glow = look::color(theme.highlight).gamma_multiply(0.6 * strength);
    painter.rect_filled(rect.expand2(vec2(10.0, 4.0)), 6.0, glow);
}

/// The sign beside the line at which one was before a jump, fading; `strength` from 1 to 0.
pub(super) fn left_off(painter: &Painter, theme: &Theme, column_left: f32, line: Rect, strength: f32) {
    let ink = look::color(theme.accent).gamma_multiply(strength);
    let y = line.center().y;
    let tip = pos2(column_left - 8.0, y);
    let points = vec![tip, tip + vec2(-7.0, -5.0), tip + vec2(-7.0, 5.0)];
    painter.add(egui::Shape::convex_polygon(points, ink, Stroke::NONE));
}

/// Where the eye is taken to be: at the pointer if it is over the page, else a third down.
pub(super) fn eye(view: Rect, pointer: Option<egui::Pos2>) -> f32 {
    match pointer.filter(|at| view.contains(*at)) {
        Some(at) => at.y,
        None => view.top() + view.height() * READING_HEIGHT,
    }
}

/// Dims every piece but the one that is read.
pub(super) fn paragraph_focus(painter: &Painter, theme: &Theme, aids: &Aids, placed: &[Placed], eye: f32) {
    let distance = |place: &Placed| (place.rect.top() - eye).max(eye - place.rect.bottom()).max(0.0);
    let with_text = placed.iter().filter(|place| place.base.is_some());
    let current = with_text.min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|place| place.piece);
    let veil = look::color(theme.page).gamma_multiply(aids.dimming_percent / 100.0);
    for place in placed.iter().filter(|place| Some(place.piece) != current) {
        painter.rect_filled(place.rect.expand2(vec2(24.0, 1.0)).intersect(place.clip), 0.0, veil);
    }
}

/// The band around as many lines at the eye, from the first one's top to the last one's bottom; `lines` are the lines in
/// sight, from the top on. Where there are none, the band is as high as they would be.
pub(super) fn band(lines: &[Rangef], eye: f32, count: f32, line_height: f32) -> Rangef {
    let distance = |line: &Rangef| (line.min - eye).max(eye - line.max).max(0.0);
    let nearest = lines.iter().enumerate().min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    let Some((at, _)) = nearest else {
        let half = line_height * count / 2.0;
        return Rangef::new(eye - half, eye + half);
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
    let count = count.max(1.0) as usize;
    let first = at.saturating_sub((count - 1) / 2);
    let last = (first + count - 1).min(lines.len() - 1);
    let top = lines.get(first).map_or(eye, |line| line.min);
    Rangef::new(top, lines.get(last).map_or(eye, |line| line.max))
}

/// Dims all above and below a band.
pub(super) fn ruler(painter: &Painter, theme: &Theme, aids: &Aids, view: Rect, band: Rangef) {
    let veil = look::color(theme.page).gamma_multiply(aids.dimming_percent / 100.0);
    painter.rect_filled(view.with_max_y(band.min.max(view.top())), 0.0, veil);
    painter.rect_filled(view.with_min_y(band.max.min(view.bottom())), 0.0, veil);
    for y in [band.min, band.max] {
        painter.hline(view.x_range(), y, Stroke::new(1.0, look::color(theme.line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ruler_lies_on_whole_lines() {
        let lines: Vec<Rangef> = [0.0, 20.0, 40.0, 70.0, 90.0].map(|top| Rangef::new(top, top + 20.0)).to_vec();
        for (eye, count, expected) in [
            (45.0, 1.0, (40.0, 60.0)),
            (45.0, 3.0, (20.0, 90.0)),
            (64.0, 1.0, (40.0, 60.0)),
            (5.0, 3.0, (0.0, 60.0)),
            (95.0, 12.0, (0.0, 110.0)),
            (95.0, 3.0, (70.0, 110.0)),
        ] {
            let band = band(&lines, eye, count, 20.0);
            assert_eq!((band.min, band.max), expected, "{eye} {count}");
        }
        assert_eq!(band(&[], 50.0, 3.0, 20.0), Rangef::new(20.0, 80.0));
    }
}
