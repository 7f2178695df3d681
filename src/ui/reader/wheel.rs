//! What the wheel and the touchpad do: scroll, turn pages, move wide blocks sideways, and change the size of the text.

use egui::{Rect, Ui};

use super::{Reader, Wanted};
use crate::app::Action;
use crate::app::effect::Scroll;

/// Points of wheel that turn a page.
const WHEEL_TURN: f32 = 40.0;

impl Reader {
    /// Wheel, touchpad and Ctrl+wheel.
    pub(super) fn take_wheel(&mut self, ui: &Ui, rect: Rect, actions: &mut Vec<Action>) {
        let Some(page) = &mut self.page else { return };
        if !ui.rect_contains_pointer(rect) || self.enlarged.is_some() {
            return;
        }
        let (delta, zoom, now) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.time));
        let is_sideways = delta.x.abs() > delta.y.abs();
        let at = ui.input(|input| input.pointer.latest_pos());
        if zoom == 1.0
            && is_sideways
            && let Some(at) = at
            && page.slide_under(&self.placed, at, delta.x)
        {
            return;
        }
        if zoom != 1.0 {
            // A notch of the wheel is one step of the size; a touchpad's pinch comes in small parts that add up.
            self.zoom *= zoom;
            let command = if self.zoom > 1.08 {
                Some(crate::app::Command::LargerText)
            } else if self.zoom < 1.0 / 1.08 {
                Some(crate::app::Command::SmallerText)
            } else {
                None
            };
            if let Some(command) = command {
                self.zoom = 1.0;
                actions.push(Action::Run(command));
            }
        } else if page.layout.pages {
            self.wheel += if is_sideways { delta.x } else { delta.y };
            if self.wheel.abs() >= WHEEL_TURN {
                let scroll = if self.wheel < 0.0 { Scroll::PageDown } else { Scroll::PageUp };
                self.wheel = 0.0;
                self.wanted.push(Wanted::Scroll(scroll));
            }
        } else if delta.y != 0.0 && !is_sideways {
            page.move_by(-delta.y * page.setting.scale, &mut self.typesetter, now);
        }
    }
}
