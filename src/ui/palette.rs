//! The command palette: a field and what is offered for what is typed in it, by keyboard alone. Finds nothing itself.

use egui::{Id, Key, Modal, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{look, widgets};
use crate::app::palette::{Choice, Offer, offers};
use crate::app::{Action, Command, Session, Theme};
use crate::typeset::icons;

/// Points down of a line.
const LINE: f32 = 30.0;
/// Lines in sight at most.
const MOST_LINES: f32 = 12.0;

/// The palette's own state.
#[derive(Default)]
pub struct Palette {
    typed: String,
    at: usize,
    is_open: bool,
}

impl Palette {
    /// Draws the palette while it is open, and closes it when something was chosen.
    pub fn ui(&mut self, ui: &Ui, session: &Session, open: &mut bool) -> Option<Action> {
        if !*open {
            *self = Self::default();
            return None;
        }
        let theme = session.theme();
        let is_new = !std::mem::replace(&mut self.is_open, true);
        let mut chosen: Option<Choice> = None;
        let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(8));
        let window = ui.ctx().content_rect();
        let place = vec2(0.0, (window.height() * 0.12).min(90.0));
        let area = Modal::default_area(Id::unique("palette")).anchor(egui::Align2::CENTER_TOP, place);
        let modal = Modal::new(Id::unique("palette")).area(area).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(520.0_f32.min(window.width() - 32.0));
            let found = offers(session, &self.typed);
            let (up, down, enter) = ui.input_mut(|input| {
                let none = egui::Modifiers::NONE;
                (
                    input.count_and_consume_key(none, Key::ArrowUp),
                    input.count_and_consume_key(none, Key::ArrowDown),
                    input.consume_key(none, Key::Enter),
                )
            });
            let field =
                widgets::line_field(&mut self.typed).hint_text("What would you like to do?").frame(egui::Frame::NONE);
            let field = ui.add(field.desired_width(f32::INFINITY).min_size(vec2(0.0, 32.0)).margin(vec2(8.0, 6.0)));
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Find a command"));
            if is_new || !field.has_focus() {
                field.request_focus();
            }
            widgets::hairline_ui(ui, theme);
            if field.changed() {
                self.at = 0;
            }
            let last = found.len().saturating_sub(1);
            self.at = (self.at + down).saturating_sub(up).min(last);
            if found.is_empty() {
                let label = ui.label(widgets::text("No command is called so.", look::size::BODY, theme.soft));
                widgets::announce(ui, &label, "No command is called so.", false);
            }
            let height = (LINE * MOST_LINES).min(window.height() - place.y - 80.0).max(LINE * 2.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut area =
                ScrollArea::vertical().id_salt(self.typed.as_str()).max_height(height).auto_shrink([false, true]);
            if up + down > 0 {
                #[expect(clippy::cast_precision_loss, reason = "a hundred commands")]
                let top = self.at as f32 * LINE;
                area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
            }
            let pointer_moved = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
            area.show_rows(ui, LINE, found.len(), |ui, shown| {
                for number in shown {
                    let Some(offer) = found.get(number) else { continue };
                    let response = line_ui(ui, theme, offer, number == self.at);
                    if response.hovered() && pointer_moved {
                        self.at = number;
                    }
                    if response.clicked() && offer.can_run {
                        chosen = Some(offer.choice.clone());
                    }
                }
            });
            if enter && let Some(offer) = found.get(self.at).filter(|offer| offer.can_run) {
                chosen = Some(offer.choice.clone());
            }
        });
        if chosen.is_some() || modal.should_close() {
            *open = false;
            self.is_open = false;
        }
        let choice = chosen?;
        if choice == Choice::Command(Command::Paste) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            return None;
        }
        Some(choice.action())
    }
}

fn line_ui(ui: &mut Ui, theme: &Theme, offer: &Offer, is_at: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    let keys = offer.shortcut.map(|keys| keys.to_string()).unwrap_or_default();
    let name = if keys.is_empty() { offer.label.clone() } else { format!("{}, {keys}", offer.label) };
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, offer.can_run, is_at, &name));
    if is_at {
        ui.painter().rect_filled(rect, 6.0, look::color(theme.selected));
        response.ctx.accesskit_node_builder(response.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
    }
    let ink = look::color(if offer.can_run { theme.ink } else { theme.soft });
    let mut job = egui::text::LayoutJob::default();
    for (number, letter) in offer.label.chars().enumerate() {
        let is_typed = offer.typed.binary_search(&number).is_ok();
        let font = if is_typed { look::semibold(look::size::BODY) } else { look::sans(look::size::BODY) };
        let ink = if is_typed { look::color(theme.accent) } else { ink };
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, egui::TextFormat::simple(font, ink));
    }
    let galley = ui.painter().layout_job(job);
    let left = rect.left() + 28.0;
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, ink);
    if offer.is_on {
        let at = pos2(rect.left() + 14.0, rect.center().y);
        let ink = look::color(theme.accent);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::CHECK, look::icons(look::size::BODY), ink);
    }
    let at = pos2(rect.right() - 10.0, rect.center().y);
    let soft = look::color(theme.soft);
    ui.painter().text(at, egui::Align2::RIGHT_CENTER, keys, look::sans(look::size::NOTE), soft);
    response
}
