//! The window's texts that quote a story (titles, names, excerpts, headings), set and painted as the page is: egui's own text
//! puts right-to-left words in the wrong order. Keeps what was set lately, so that a list is scrolled at the cost of the rows
//! that come into sight. Chooses no text.
//!
//! - `values`: values that can be selected and copied; `told`: what a screen reader is told of them

mod told;
mod values;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Color32, Painter, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use self::values::Selected;
use super::atlas::Atlas;
use super::look;
use super::paint::Picture;
use crate::app::theme::Rgb;
use crate::document::TextRange;
use crate::text::Direction;
use crate::typeset::{ColorRole, SetBlock, TextLook, TextRequest, Typesetter};

/// Distance of the baselines, in ems: room for the marks of Thai and Arabic, and near to what egui's text has.
const LINE_HEIGHT: f32 = 1.3;
/// Texts of a generation: some ten screens of rows. Of what was set before them as many may still be kept.
const MOST_KEPT: usize = 400;

/// What was set lately, and what of it is selected.
#[derive(Default)]
pub struct Letters {
    young: HashMap<u64, Kept>,
    old: HashMap<u64, Kept>,
    selected: Option<Selected>,
}

struct Kept {
    text: String,
    lettered: Lettered,
}

impl Letters {
    /// To be called at a frame's start: what is selected goes with what was not drawn in the last.
    pub fn begin_frame(&mut self) {
        self.selected.take_if(|selected| !std::mem::take(&mut selected.is_seen));
    }

    /// Whether a value's words are selected, which is then what is copied.
    pub fn has_selection(&self) -> bool {
        self.selected.as_ref().is_some_and(|selected| !selected.range().is_empty())
    }

    fn take(&mut self, key: u64, text: &str) -> Option<Lettered> {
        let kept = self.young.remove(&key).or_else(|| self.old.remove(&key))?;
        (kept.text == text).then_some(kept.lettered)
    }

    fn keep(&mut self, key: u64, text: &str, lettered: Lettered) {
        if self.young.len() >= MOST_KEPT {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, Kept { text: text.to_owned(), lettered });
    }
}

/// A text, and how it looks.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    text: &'a str,
    points: f32,
    ink: Color32,
    is_semibold: bool,
    most_lines: Option<usize>,
    language: Option<&'a str>,
    direction: Option<Direction>,
    family: Option<&'a str>,
}

impl<'a> Wording<'a> {
    /// In the chrome's sans.
    pub fn new(text: &'a str, points: f32, ink: Rgb) -> Self {
        let ink = look::color(ink);
        Self { text, points, ink, is_semibold: false, most_lines: None, language: None, direction: None, family: None }
    }

    /// Whether it is emphasised.
    #[must_use]
    pub fn semibold(self, is_semibold: bool) -> Self {
        Self { is_semibold, ..self }
    }

    /// Lines at most; what does not fit gives way to an ellipsis.
    #[must_use]
    pub fn most_lines(self, lines: usize) -> Self {
        Self { most_lines: Some(lines), ..self }
    }

    /// The story's language, a BCP 47 tag.
    #[must_use]
    pub fn language(self, language: Option<&'a str>) -> Self {
        Self { language, ..self }
    }

    /// Begins at this side, whatever its first letter says.
    #[must_use]
    pub fn direction(self, direction: Direction) -> Self {
        Self { direction: Some(direction), ..self }
    }

    /// In a family of its own.
    #[must_use]
    pub fn family(self, family: &'a str) -> Self {
        Self { family: Some(family), ..self }
    }

    fn key(&self, width_px: f32, scale: f32) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.text, self.ink, self.is_semibold, self.most_lines, self.language, self.family).hash(&mut hasher);
        self.direction.map(|direction| direction == Direction::RightToLeft).hash(&mut hasher);
        [self.points, width_px, scale].map(f32::to_bits).hash(&mut hasher);
        hasher.finish()
    }
}

/// A text that has been set. Cheap to clone.
#[derive(Clone)]
pub struct Lettered {
    set: Arc<SetBlock>,
    picture: Picture,
    scale: f32,
}

impl Lettered {
    /// Points down.
    pub fn height(&self) -> f32 {
        self.set.height / self.scale
    }

    /// From the left of its first letters to the right of its last, in points from the measure's left.
    pub fn extent(&self) -> (f32, f32) {
        let lines = || self.set.lines().filter(|line| line.rect.width() > 0.0);
        let left = lines().map(|line| line.rect.x0).reduce(f32::min).unwrap_or(0.0);
        let right = lines().map(|line| line.rect.x1).reduce(f32::max).unwrap_or(0.0);
        (left / self.scale, right / self.scale)
    }

    /// Points across that its letters take.
    pub fn width(&self) -> f32 {
        let (left, right) = self.extent();
        right - left
    }

    /// Its lines.
    pub fn line_count(&self) -> usize {
        self.set.lines().count()
    }

    /// Whether an ellipsis stands for the rest.
    pub fn is_cut(&self) -> bool {
        self.set.truncated
    }

    /// The rectangles of a part of the text that stands at `at`.
    pub fn rects(&self, at: Pos2, range: TextRange) -> impl Iterator<Item = Rect> {
        let (at, scale) = (self.snapped(at), self.scale);
        let place = move |x, y| at + vec2(x, y) / scale;
        self.set
            .rects(range)
            .into_iter()
            .map(move |rect| Rect::from_min_max(place(rect.x0, rect.y0), place(rect.x1, rect.y1)))
    }

    /// Paints it with the measure's top left corner at `at`.
    pub fn paint(&self, painter: &Painter, at: Pos2) {
        if !self.picture.is_empty() {
            painter.add(self.picture.shape(at, self.scale));
        }
    }

    /// Where the picture of what stands at `at` begins: on a whole pixel.
    fn snapped(&self, at: Pos2) -> Pos2 {
        pos2((at.x * self.scale).round(), (at.y * self.scale).round()) / self.scale
    }
}

/// Sets and paints.
pub struct Lettering<'a> {
    typesetter: &'a mut Typesetter,
    atlas: &'a mut Atlas,
    letters: &'a mut Letters,
}

impl<'a> Lettering<'a> {
    /// With what sets, what holds the glyphs, and what was set before.
    pub fn new(typesetter: &'a mut Typesetter, atlas: &'a mut Atlas, letters: &'a mut Letters) -> Self {
        Self { typesetter, atlas, letters }
    }

    /// What a family can be varied in.
    pub fn axes(&mut self, family: &str) -> crate::typeset::Axes {
        self.typesetter.fonts().axes(family)
    }

    /// A text, set to a width in points.
    pub fn set(&mut self, ui: &Ui, wording: &Wording<'_>, width: f32) -> Lettered {
        let scale = ui.pixels_per_point();
        let width_px = (width * scale).floor().max(1.0);
        let key = wording.key(width_px, scale);
        let mut lettered = match self.letters.take(key, wording.text) {
            Some(lettered) => lettered,
            None => self.set_anew(wording, width_px, scale),
        };
        if !lettered.picture.is_whole(self.atlas) {
            lettered.picture = Picture::in_ink(&lettered.set.items, self.atlas, wording.ink);
        }
        self.letters.keep(key, wording.text, lettered.clone());
        lettered
    }

    fn set_anew(&mut self, wording: &Wording<'_>, width_px: f32, scale: f32) -> Lettered {
        let weight = if wording.is_semibold { 600.0 } else { 400.0 };
        let mut look =
            TextLook { line_height: LINE_HEIGHT, ..TextLook::interface(wording.points, weight, ColorRole::Text) };
        if let Some(family) = wording.family {
            family.clone_into(&mut look.family);
        }
        let set = self.typesetter.set_text(&TextRequest {
            text: wording.text,
            look: &look,
            // A hair more, so that whole pixels stay whole.
            width: (width_px + 0.01) / scale,
            scale,
            language: wording.language,
            direction: wording.direction,
            max_lines: wording.most_lines,
        });
        let picture = Picture::in_ink(&set.items, self.atlas, wording.ink);
        Lettered { set: Arc::new(set), picture, scale }
    }

    /// A text as a label as wide as there is room for.
    pub fn label_ui(&mut self, ui: &mut Ui, wording: &Wording<'_>) -> Response {
        let lettered = self.set(ui, wording, ui.available_width());
        let (rect, response) = ui.allocate_exact_size(room_of(ui, &lettered), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), wording.text));
        if ui.is_rect_visible(rect) {
            lettered.paint(ui.painter(), rect.min);
        }
        response
    }

    /// Texts below each other as a button as wide as there is room for, known by `name`.
    pub fn button_ui(&mut self, ui: &mut Ui, name: &str, texts: &[Wording<'_>], width: f32) -> Response {
        let padding = ui.spacing().button_padding;
        let inner = width - 2.0 * padding.x;
        let set: Vec<Lettered> = texts.iter().map(|wording| self.set(ui, wording, inner)).collect();
        let height = set.iter().map(Lettered::height).sum::<f32>() + 2.0 * padding.y;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height.max(24.0)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
        if ui.is_rect_visible(rect) {
            let visuals = ui.style().interact(&response);
            ui.painter().rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
            let mut y = rect.center().y - height / 2.0 + padding.y;
            for lettered in set {
                lettered.paint(ui.painter(), pos2(rect.left() + padding.x, y));
                y += lettered.height();
            }
        }
        response
    }
}

/// The room that a text takes: all that there is where it does not begin at the left.
fn room_of(ui: &Ui, lettered: &Lettered) -> Vec2 {
    let (left, right) = lettered.extent();
    let width = if left > 0.0 { ui.available_width() } else { right };
    vec2(width, lettered.height())
}

#[cfg(test)]
mod tests;
