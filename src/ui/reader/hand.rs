//! What the pointer does to the text: selects by character, word and block, follows links, opens pictures, and scrolls
//! while it drags beyond the edge. What is selected is the session's.

use egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Ui};

use super::placement::Placed;
use super::position::Page;
use crate::app::{Action, Selection, Session};
use crate::document::{ResourceId, TextRange};
use crate::text;

/// Points a second that a drag scrolls by for each point it is beyond the edge.
const DRAG_SPEED: f32 = 9.0;
/// Points that a drag scrolls by in a second at most.
const FASTEST_DRAG: f32 = 3_000.0;
/// Seconds without movement after which the pointer is hidden over the text.
const POINTER_REST: f64 = 3.0;

/// Seconds between two presses of a double click: the GTK and Windows default is 0.4 to 0.5.
const DOUBLE_CLICK: f64 = 0.45;
/// Points that the pointer may move between them.
const DOUBLE_CLICK_REACH: f32 = 5.0;

/// What a drag selects by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Grain {
    #[default]
    Character,
    Word,
    Block,
}

/// The pointer's own state.
#[derive(Debug, Default)]
pub(super) struct Hand {
    grain: Grain,
    /// What the press selected; a drag always keeps it.
    origin: Option<TextRange>,
    /// The presses that came quickly at one place: when and where the last was, and how many.
    presses: Option<(f64, Pos2, u32)>,
    /// When the pointer moved last.
    moved_at: f64,
    /// Where a press went down, if on a link or a picture.
    pressed: Option<Thing>,
}

/// What a click means where it falls.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Thing {
    /// A link: its range in the flat text and its address.
    Link(TextRange, String),
    /// A picture.
    Picture(ResourceId),
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Grasp {
    /// What the session is told.
    pub actions: Vec<Action>,
    /// What is under the pointer.
    pub hovered: Option<Thing>,
    /// What was clicked.
    pub clicked: Option<Thing>,
    /// How far a drag beyond the edge scrolls in this frame, in points.
    pub scroll_by: f32,
    /// How far a drag beyond the edge of a wide block moves it in this frame, in points.
    pub slide: Option<(usize, f32)>,
}

impl Hand {
    /// Takes what the pointer did in the view in this frame.
    pub(super) fn take(
        &mut self,
        ui: &Ui,
        view: &Response,
        page: &Page,
        placed: &[Placed],
        session: &Session,
    ) -> Grasp {
        let mut grasp = Grasp::default();
        let (now, pointer, moved) =
            ui.input(|input| (input.time, input.pointer.latest_pos(), input.pointer.delta() != egui::Vec2::ZERO));
        if moved || ui.input(|input| input.pointer.any_down()) {
            self.moved_at = now;
        }
        if let Some(at) = view.hover_pos() {
            grasp.hovered = thing_at(page, placed, at);
            self.show_pointer(ui, &grasp, page, placed, at, now);
        }
        let pressed_now = ui.input(|input| input.pointer.button_pressed(PointerButton::Primary));
        // Where the button went down, not where the pointer has got to since: a slow frame brings both.
        let origin = ui.input(|input| input.pointer.press_origin()).or(pointer);
        // A tap goes down and up within one frame.
        let is_here = view.is_pointer_button_down_on() || view.clicked();
        if let Some(at) = origin.filter(|_| pressed_now && is_here) {
            self.press(ui, page, placed, session, at, &grasp.hovered, &mut grasp.actions);
        }
        // Told by the pointer's own way: a slow frame can bring the press and all of it, the next one the release.
        let drags = self.origin.is_some() && ui.input(|input| input.pointer.is_decidedly_dragging());
        if drags && let Some(at) = pointer {
            self.drag(page, placed, view.rect, at, ui.input(|input| input.stable_dt), &mut grasp);
        }
        if view.clicked() {
            let clicks = view.double_clicked() || view.triple_clicked();
            if !clicks && self.pressed.is_some() && self.pressed == grasp.hovered {
                grasp.clicked = self.pressed.take();
            }
        }
        if ui.input(|input| input.pointer.button_released(PointerButton::Primary)) {
            self.origin = None;
        }
        // A click with the right button outside what is selected selects the word under it, for its menu.
        if view.secondary_clicked()
            && let Some(offset) = pointer.and_then(|at| page.offset_at(placed, at))
            && grasp.hovered.is_none()
            && !session.reading.selection.is_some_and(|s| s.range().contains(offset))
        {
            let word = word_at(page, offset);
            let is_word = word.of(page.story.flat.as_str()).is_some_and(|text| text.contains(char::is_alphanumeric));
            let selection = is_word.then_some(Selection::new(word.start, word.end));
            grasp.actions.push(Action::SelectText(selection));
        }
        grasp
    }

    fn show_pointer(&self, ui: &Ui, grasp: &Grasp, page: &Page, placed: &[Placed], at: Pos2, now: f64) {
        let rested = now - self.moved_at;
        let icon = match &grasp.hovered {
            Some(Thing::Link(..)) => CursorIcon::PointingHand,
            Some(Thing::Picture(_)) => CursorIcon::ZoomIn,
            None if page.under(placed, at).is_some_and(|(place, ..)| place.base.is_some()) => CursorIcon::Text,
            None => CursorIcon::Default,
        };
        let hides = grasp.hovered.is_none() && rested >= POINTER_REST;
        ui.ctx().set_cursor_icon(if hides { CursorIcon::None } else { icon });
        if grasp.hovered.is_none() && rested < POINTER_REST {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(POINTER_REST - rested));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a press is all of these")]
    fn press(
        &mut self,
        ui: &Ui,
        page: &Page,
        placed: &[Placed],
        session: &Session,
        at: Pos2,
        hovered: &Option<Thing>,
        actions: &mut Vec<Action>,
    ) {
        self.pressed.clone_from(hovered);
        let (shift, now) = ui.input(|input| (input.modifiers.shift, input.time));
        let clicks = self.count_press(now, at);
        let Some(offset) = page.offset_at(placed, at) else { return };
        let old = session.reading.selection;
        self.grain = match clicks {
            2 => Grain::Word,
            3.. => Grain::Block,
            _ => Grain::Character,
        };
        if self.grain == Grain::Character && hovered.is_some() && !shift {
            self.origin = None;
            return;
        }
        let range = self.widened(page, TextRange::new(offset, offset));
        let selection = match (shift, old) {
            (true, Some(old)) => {
                self.origin = Some(TextRange::new(old.anchor, old.anchor));
                Some(Selection::new(old.anchor, offset))
            }
            _ if range.is_empty() => {
                self.origin = Some(range);
                session.caret_browsing.then_some(Selection::caret(offset))
            }
            _ => {
                self.origin = Some(range);
                Some(Selection::new(range.start, range.end))
            }
        };
        actions.push(Action::SelectText(selection));
    }

    /// How many presses have come in a row. egui counts clicks when they end; a selection by words begins with the press.
    fn count_press(&mut self, now: f64, at: Pos2) -> u32 {
        let count = match self.presses {
            Some((then, place, count)) if now - then <= DOUBLE_CLICK && place.distance(at) <= DOUBLE_CLICK_REACH => {
                count % 3 + 1
            }
            _ => 1,
        };
        self.presses = Some((now, at, count));
        count
    }

    fn drag(&mut self, page: &Page, placed: &[Placed], view: Rect, at: Pos2, dt: f32, grasp: &mut Grasp) {
        let Some(origin) = self.origin else { return };
        let beyond = (at.y - view.bottom()).max(0.0) - (view.top() - at.y).max(0.0);
        if beyond != 0.0 {
            grasp.scroll_by = (beyond * DRAG_SPEED).clamp(-FASTEST_DRAG, FASTEST_DRAG) * dt.min(0.1);
        }
        if let Some((block, beyond)) = page.beyond_edge(placed, at).filter(|(_, beyond)| *beyond != 0.0) {
            grasp.slide = Some((block, (beyond * DRAG_SPEED).clamp(-FASTEST_DRAG, FASTEST_DRAG) * dt.min(0.1)));
        }
        let inside = at.clamp(view.min, view.max);
        let Some(offset) = page.offset_at(placed, inside) else { return };
        let reached = self.widened(page, TextRange::new(offset, offset));
        let selection = if reached.start < origin.start {
            Selection::new(origin.end, reached.start)
        } else {
            Selection::new(origin.start, reached.end.max(origin.end))
        };
        grasp.actions.push(Action::SelectText(Some(selection)));
    }

    /// The range of whole words or blocks around a range.
    fn widened(&self, page: &Page, range: TextRange) -> TextRange {
        match self.grain {
            Grain::Character => range,
            Grain::Word => word_at(page, range.start),
            Grain::Block => block_at(page, range.start),
        }
    }
}

/// The link or picture at a point.
fn thing_at(page: &Page, placed: &[Placed], at: Pos2) -> Option<Thing> {
    if let Some((range, target)) = page.link_under(placed, at) {
        return Some(Thing::Link(range, target));
    }
    let picture = page.picture_under(placed, at)?;
    page.story.image_sizes.get(picture.0).copied().flatten().map(|_| Thing::Picture(picture))
}

/// The word at an offset of the flat text.
fn word_at(page: &Page, offset: usize) -> TextRange {
    let flat = page.story.flat.as_str();
    let Some((block, _)) = page.story.flat.locate(offset) else { return TextRange::new(offset, offset) };
    let Some(range) = page.story.flat.block_range(block) else { return TextRange::new(offset, offset) };
    let words = range.of(flat).map(|text| text::boundaries::word_at(text, offset.saturating_sub(range.start)));
    words.map_or(range, |word| TextRange::new(word.start, word.end).shifted(range.start))
}

/// The whole block at an offset.
fn block_at(page: &Page, offset: usize) -> TextRange {
    let flat = &page.story.flat;
    let range = flat.locate(offset).and_then(|(block, _)| flat.block_range(block));
    range.unwrap_or(TextRange::new(offset, offset))
}
