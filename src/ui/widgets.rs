//! The small parts that panels share: icon buttons, section heads, hairlines. They keep no state.

use egui::{Align2, Color32, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::look;
use crate::app::Theme;

/// Points on each side of an icon button.
pub const ICON_BUTTON: f32 = 28.0;

/// A button with an icon and a name that a tooltip and a screen reader tell.
pub fn icon_button_ui(ui: &mut Ui, theme: &Theme, icon: char, name: &str, selected: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ICON_BUTTON, ICON_BUTTON), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, name));
    if ui.is_rect_visible(rect) {
        let hovered = response.hovered() && ui.is_enabled();
        let fill = if hovered { look::color(theme.hover) } else { Color32::TRANSPARENT };
        ui.painter().rect_filled(rect, 6.0, fill);
        let ink = if !ui.is_enabled() {
            look::color(theme.line)
        } else if hovered || selected {
            look::color(theme.ink)
        } else {
            look::color(theme.soft)
        };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, look::icons(look::size::ICON), ink);
        focus_ring(ui, &response, theme);
    }
    response.on_hover_text(name)
}

/// A smaller one, for the corner of a field: 24 points, the least that WCAG 2.2 asks for.
pub fn small_icon_button_ui(ui: &mut Ui, theme: &Theme, icon: char, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let ink = look::color(if response.hovered() { theme.ink } else { theme.soft });
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, look::icons(look::size::BODY), ink);
    focus_ring(ui, &response, theme);
    response.on_hover_text(name)
}

/// A ring around what has the keyboard's focus.
pub fn focus_ring(ui: &Ui, response: &Response, theme: &Theme) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, look::color(theme.accent));
        ui.painter().rect_stroke(response.rect.expand(1.0), 6.0, stroke, egui::StrokeKind::Outside);
    }
}

/// A section's head, in small spaced capitals; a heading to a screen reader.
pub fn section_head_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let job = spaced_capitals(text, look::size::SMALL, look::color(theme.soft));
    let response = ui.add(egui::Label::new(job));
    mark_heading(ui, &response, 2, text);
    response
}

/// Text in spaced capitals, as egui lays it out.
pub fn spaced_capitals(text: &str, points: f32, ink: Color32) -> egui::text::LayoutJob {
    let format = egui::TextFormat {
        font_id: look::semibold(points),
        extra_letter_spacing: points * 0.08,
        color: ink,
        ..Default::default()
    };
    egui::text::LayoutJob::single_section(text.to_uppercase(), format)
}

/// Tells a screen reader that a label is a heading.
pub fn mark_heading(ui: &Ui, response: &Response, level: usize, text: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(level);
        node.set_label(text);
    });
}

/// Has a screen reader say a text when it appears and when it changes: at once where it is an error, else when what is
/// being said has ended.
pub fn announce(ui: &Ui, response: &Response, text: &str, is_error: bool) {
    use egui::accesskit::{Live, Role};
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(if is_error { Role::Alert } else { Role::Status });
        node.set_live(if is_error { Live::Assertive } else { Live::Polite });
        node.set_label(text);
        // egui gives a label's text as its value; every other role is known by its label.
        node.clear_value();
    });
}

/// Text in a token's colour.
pub fn text(text: impl Into<String>, points: f32, ink: crate::app::theme::Rgb) -> RichText {
    RichText::new(text).font(look::sans(points)).color(look::color(ink))
}

/// A quiet text button in the accent's colour.
pub fn link_button_ui(ui: &mut Ui, theme: &Theme, label: &str, points: f32) -> Response {
    let label = RichText::new(label).font(look::sans(points)).color(look::color(theme.accent));
    let response = ui.add(egui::Button::new(label).frame(false).min_size(vec2(0.0, 24.0)));
    focus_ring(ui, &response, theme);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A button with a visible field, for what a state's design offers to do next.
pub fn field_button_ui(ui: &mut Ui, theme: &Theme, label: &str) -> Response {
    let text = RichText::new(label).font(look::sans(look::size::BODY)).color(look::color(theme.ink));
    let button = egui::Button::new(text)
        .fill(look::color(theme.field))
        .stroke(Stroke::new(1.0, look::color(theme.line)))
        .corner_radius(6.0)
        .min_size(vec2(0.0, 30.0));
    let response = ui.add(button);
    focus_ring(ui, &response, theme);
    response
}

/// A switch with a name that a screen reader tells.
pub fn toggle_ui(ui: &mut Ui, theme: &Theme, name: &str, on: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(38.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, name));
    let track = egui::Rect::from_center_size(rect.center(), vec2(34.0, 18.0));
    let (fill, edge, knob) =
        if on { (theme.accent, theme.accent, theme.field) } else { (theme.field, theme.soft, theme.soft) };
    ui.painter().rect(track, 9.0, look::color(fill), Stroke::new(1.2, look::color(edge)), egui::StrokeKind::Inside);
    let x = if on { track.right() - 9.0 } else { track.left() + 9.0 };
    ui.painter().circle_filled(egui::pos2(x, track.center().y), 5.5, look::color(knob));
    focus_ring(ui, &response, theme);
    response
}

/// A field for a line of text, which stands in its middle.
pub fn line_field(text: &mut String) -> egui::TextEdit<'_> {
    egui::TextEdit::singleline(text).align(Align2::LEFT_CENTER)
}

/// The sign of a box that opens a list.
pub fn combo_icon(ui: &Ui, rect: egui::Rect, visuals: &egui::style::WidgetVisuals, _is_open: bool) {
    let ink = visuals.fg_stroke.color;
    let icon = crate::typeset::icons::CHEVRON_DOWN;
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, look::icons(look::size::BODY), ink);
}

/// One of a few that exclude each other, side by side.
pub fn tab_ui(ui: &mut Ui, theme: &Theme, name: &str, is_on: bool) -> Response {
    let ink = look::color(if is_on { theme.ink } else { theme.soft });
    let font = if is_on { look::semibold(look::size::NOTE) } else { look::sans(look::size::NOTE) };
    let galley = ui.painter().layout_no_wrap(name.to_owned(), font, ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 16.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_on, name));
    let fill = if is_on {
        look::color(theme.selected)
    } else if response.hovered() {
        look::color(theme.hover)
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, 6.0, fill);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    focus_ring(ui, &response, theme);
    response
}

/// A hairline across.
pub fn hairline_ui(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let y = rect.center().y;
    ui.painter().hline(rect.x_range(), y, Stroke::new(1.0, look::color(theme.line)));
}
