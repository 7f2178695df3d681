//! Values that can be selected by the pointer and copied, and are told to a screen reader letter by letter. What is
//! selected is one part of one value.

use egui::{CursorIcon, Event, Id, Key, Modifiers, Pos2, Response, Role, Sense, Ui, WidgetInfo};

use super::{Lettered, Lettering, Wording, room_of, told};
use crate::document::TextRange;
use crate::text::boundaries;

/// What is selected.
pub(super) struct Selected {
    id: Id,
    /// The whole value.
    of: String,
    anchor: usize,
    focus: usize,
    /// What the press selected: a drag goes on from there.
    is_held: bool,
    /// Whether it was drawn in this frame.
    pub(super) is_seen: bool,
}

impl Selected {
    pub(super) fn range(&self) -> TextRange {
        TextRange::new(self.anchor.min(self.focus), self.anchor.max(self.focus))
    }
}

impl Lettering<'_> {
    /// A text that can be selected and copied.
    pub fn value_ui(&mut self, ui: &mut Ui, wording: &Wording<'_>) -> Response {
        let lettered = self.set(ui, wording, ui.available_width());
        // Not a stop of Tab, as labels are none.
        let (rect, response) = ui.allocate_exact_size(room_of(ui, &lettered), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), wording.text));
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        self.take_pointer(ui, &response, &lettered, wording.text);
        let selected = self.letters.selected.as_ref().filter(|selected| selected.id == response.id);
        if let Some(range) = selected.map(Selected::range).filter(|range| !range.is_empty()) {
            for rect in lettered.rects(rect.min, range) {
                ui.painter().rect_filled(rect, 0.0, ui.visuals().selection.bg_fill);
            }
            let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
            if copies
                && !ui.ctx().text_edit_focused()
                && let Some(words) = range.of(wording.text)
            {
                ui.ctx().copy_text(words.to_owned());
            }
        }
        if ui.is_rect_visible(rect) {
            lettered.paint(ui.painter(), rect.min);
        }
        told::tell(ui, &response, &lettered, wording.text, selected.map(|selected| (selected.anchor, selected.focus)));
        response
    }

    fn take_pointer(&mut self, ui: &Ui, response: &Response, lettered: &Lettered, text: &str) {
        let id = response.id;
        let offset_at = |at: Pos2| {
            let at = (at - lettered.snapped(response.rect.min)) * lettered.scale;
            lettered.set.offset_at(at.x, at.y).unwrap_or(0).min(text.len())
        };
        let (pressed, is_down, shift, pointer, origin) = ui.input(|input| {
            let pointer = &input.pointer;
            let pressed = pointer.primary_pressed();
            (pressed, pointer.primary_down(), input.modifiers.shift, pointer.latest_pos(), pointer.press_origin())
        });
        let selected = &mut self.letters.selected;
        let is_ours = selected.as_ref().is_some_and(|selected| selected.id == id);
        if is_ours && selected.as_ref().is_some_and(|selected| selected.of != text) {
            *selected = None;
        }
        // A tap goes down and up within one frame.
        if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
            if let Some(at) = origin.or(pointer) {
                let focus = offset_at(at);
                let anchor = selected.as_ref().filter(|_| is_ours && shift).map_or(focus, |selected| selected.anchor);
                *selected = Some(Selected { id, of: text.to_owned(), anchor, focus, is_held: true, is_seen: true });
            }
        } else if is_ours {
            let goes = pressed || ui.input(goes_by_key);
            if goes {
                *selected = None;
            }
        }
        let Some(selected) = selected.as_mut().filter(|selected| selected.id == id) else { return };
        if response.triple_clicked() {
            (selected.anchor, selected.focus) = (0, text.len());
        } else if response.double_clicked() {
            let word = boundaries::word_at(text, selected.focus);
            (selected.anchor, selected.focus) = (word.start, word.end);
        } else if is_down && selected.is_held && ui.input(|input| input.pointer.is_decidedly_dragging()) {
            selected.focus = pointer.map_or(selected.focus, offset_at);
        }
        selected.is_held &= is_down;
        selected.is_seen = true;
    }
}

/// Whether a key ends the selection: Escape, or the one that selects the whole story.
fn goes_by_key(input: &egui::InputState) -> bool {
    input.key_pressed(Key::Escape) || input.modifiers.matches_logically(Modifiers::COMMAND) && input.key_pressed(Key::A)
}
