//! Font families to choose from, each shown in itself, narrowed by what is typed; and the rows that lead there. Loads no
//! font but of what is in sight.

use egui::{Key, Modal, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Parts;
use super::rows::{self, Hint};
use crate::app::settings::{Knob, ReadingSettings, Settings, knobs};
use crate::typeset::{Family, icons, scripts};
use crate::ui::lettering::Wording;
use crate::ui::{look, widgets};

/// Points down of a family's line.
const LINE: f32 = 34.0;
/// Points of the name as it is shown in itself.
const NAME_SIZE: f32 = 16.0;

/// What a family is chosen for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// A knob.
    Knob {
        id: &'static str,
        name: &'static str,
        /// What no family means, where that can be chosen.
        none: Option<&'static str>,
    },
    /// A script, by its code.
    Script { code: &'static str, name: &'static str },
}

impl Slot {
    fn name(&self) -> &'static str {
        match self {
            Self::Knob { name, .. } | Self::Script { name, .. } => name,
        }
    }

    fn none(&self) -> Option<&'static str> {
        match self {
            Self::Knob { none, .. } => *none,
            Self::Script { .. } => Some("The best there is"),
        }
    }

    /// Puts a family there; an empty name for none.
    pub(super) fn set(&self, settings: &mut ReadingSettings, family: String) {
        match self {
            Self::Knob { id, .. } => {
                let knob: Option<&Knob<ReadingSettings>> = knobs::READING.iter().find(|knob| knob.id == *id);
                if let Some(knob) = knob {
                    knob.set(settings, crate::app::settings::Value::Text(family));
                }
            }
            Self::Script { code, .. } => {
                let families = &mut settings.style.script_families;
                if family.is_empty() {
                    families.remove(*code);
                } else {
                    families.insert((*code).to_owned(), family);
                }
            }
        }
    }
}

/// The list of families, while it is open.
#[derive(Default)]
pub(super) struct FamilyPicker {
    open: Option<Open>,
}

struct Open {
    slot: Slot,
    /// What was chosen before.
    before: String,
    typed: String,
    /// The line that the arrows are at.
    at: usize,
    is_new: bool,
}

impl FamilyPicker {
    /// A button with a family's name in itself; it opens the list.
    pub(super) fn button_ui(&mut self, ui: &mut Ui, parts: &mut Parts<'_, '_>, slot: &Slot, family: &str) {
        let theme = parts.theme;
        let shown = if family.is_empty() { slot.none().unwrap_or_default() } else { family };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::click());
        let name = format!("{}: {shown}", slot.name());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
        let hovered = response.hovered();
        let fill = if hovered { theme.hover } else { theme.field };
        ui.painter().rect_filled(rect, 6.0, look::color(fill));
        let stroke = egui::Stroke::new(1.0, look::color(theme.line));
        ui.painter().rect_stroke(rect, 6.0, stroke, egui::StrokeKind::Inside);
        let mut wording = Wording::new(shown, look::size::ROW, theme.ink).most_lines(1);
        if !family.is_empty() {
            wording = wording.family(family);
        }
        let lettered = parts.lettering.set(ui, &wording, rect.width() - 34.0);
        lettered.paint(ui.painter(), pos2(rect.left() + 8.0, rect.center().y - lettered.height() / 2.0));
        let at = pos2(rect.right() - 14.0, rect.center().y);
        let ink = look::color(theme.soft);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::CHEVRON_DOWN, look::icons(look::size::BODY), ink);
        widgets::focus_ring(ui, &response, theme);
        if response.clicked() {
            let at = 0;
            let before = family.to_owned();
            self.open = Some(Open { slot: slot.clone(), before, typed: String::new(), at, is_new: true });
        }
    }

    /// A row for each script that a page may need a family for.
    pub(super) fn scripts_ui(&mut self, ui: &mut Ui, parts: &mut Parts<'_, '_>, new: &mut Settings) {
        let note = "For letters that the text’s own font lacks";
        ui.add(egui::Label::new(widgets::text(note, look::size::NOTE, parts.theme.faint)).wrap());
        let profile = parts.session.profile_in_force();
        for script in scripts() {
            let settings = new.reading_of_mut(profile);
            let family = settings.style.script_families.get(script.code).cloned().unwrap_or_default();
            let slot = Slot::Script { code: script.code, name: script.name };
            ui.push_id(script.code, |ui| {
                ui.horizontal(|ui| {
                    rows::name_ui(ui, parts, script.name, "");
                    let width = ui.available_width() - 30.0;
                    ui.allocate_ui(vec2(width, 26.0), |ui| self.button_ui(ui, parts, &slot, &family));
                    let label = format!("Revert {}", script.name);
                    if !family.is_empty()
                        && widgets::small_icon_button_ui(ui, parts.theme, icons::RESET, &label).clicked()
                    {
                        slot.set(settings, String::new());
                    }
                });
            });
        }
    }

    /// What the font that is chosen has of what a knob turns.
    pub(super) fn hint(&self, id: &str, parts: &mut Parts<'_, '_>) -> Option<Hint> {
        let family = &parts.session.reading_settings().style.text_family;
        let axes = parts.lettering.axes(family);
        let (span, what, one) = match id {
            "style.weight" => (axes.weight, "weights", "one weight"),
            "style.width_percent" => (axes.width_percent, "widths", "one width"),
            "style.optical_size_pt" => (axes.optical_size_pt, "optical sizes", "one drawing for all sizes"),
            _ => return None,
        };
        let text = match span {
            Some((least, most)) => format!("{family} has {what} from {least} to {most}."),
            None => format!("{family} has {one}."),
        };
        Some(Hint { text, is_idle: span.is_none() })
    }

    /// The list, over the window. Gives what was chosen.
    pub(super) fn ui(&mut self, ui: &Ui, parts: &mut Parts<'_, '_>) -> Option<(Slot, String)> {
        let open = self.open.as_mut()?;
        let theme = parts.theme;
        let typed = crate::text::fold(open.typed.trim());
        let none = open.slot.none().map(|_| String::new());
        let families: Vec<&Family> =
            parts.families.iter().filter(|family| crate::text::fold(&family.name).contains(&typed)).collect();
        let mut lines: Vec<(String, bool)> = Vec::with_capacity(families.len() + 1);
        lines.extend(none.filter(|_| typed.is_empty()).map(|name| (name, true)));
        lines.extend(families.iter().map(|family| (family.name.clone(), family.bundled)));
        let mut chosen = None;
        let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(look::PANEL_MARGIN));
        let modal = Modal::new(egui::Id::unique("families")).frame(frame).show(ui.ctx(), |ui| {
            let window = ui.ctx().content_rect();
            ui.set_width(380.0_f32.min(window.width() - 48.0));
            let title = open.slot.name();
            let text = egui::RichText::new(title).font(look::semibold(16.0)).color(look::color(theme.ink));
            let heading = ui.label(text);
            widgets::mark_heading(ui, &heading, 1, title);
            let field = widgets::line_field(&mut open.typed).hint_text("Find a font").desired_width(f32::INFINITY);
            let field = ui.add(field.min_size(vec2(0.0, 30.0)));
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Find a font"));
            let is_new = std::mem::take(&mut open.is_new);
            if is_new {
                field.request_focus();
                open.at = lines.iter().position(|(name, _)| *name == open.before).unwrap_or_default();
            }
            if field.changed() {
                open.at = 0;
            }
            let (up, down, enter) = ui.input(|input| {
                (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
            });
            let moved = up || down;
            if up {
                open.at = open.at.saturating_sub(1);
            }
            if down {
                open.at = (open.at + 1).min(lines.len().saturating_sub(1));
            }
            ui.add_space(4.0);
            if lines.is_empty() {
                ui.label(widgets::text("No font is called so.", look::size::BODY, theme.soft));
            }
            let height = (window.height() - 190.0).clamp(LINE * 2.0, LINE * 12.0);
            let mut area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
            if moved || is_new {
                #[expect(clippy::cast_precision_loss, reason = "a few thousand families at most")]
                let top = open.at as f32 * LINE;
                area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            area.show_rows(ui, LINE, lines.len(), |ui, shown| {
                for number in shown {
                    let Some((name, bundled)) = lines.get(number) else { continue };
                    let is_chosen = *name == open.before;
                    let line = Line { name, is_bundled: *bundled, is_chosen, is_at: number == open.at };
                    if line.ui(ui, parts, &open.slot) {
                        chosen = Some(name.clone());
                    }
                }
            });
            // The press that opened the list chooses nothing in it.
            if enter
                && !is_new
                && let Some((name, _)) = lines.get(open.at)
            {
                chosen = Some(name.clone());
            }
        });
        let slot = open.slot.clone();
        if chosen.is_some() || modal.should_close() {
            self.open = None;
        }
        chosen.map(|name| (slot, name))
    }
}

/// A line of the list.
struct Line<'a> {
    /// Empty for none.
    name: &'a str,
    is_bundled: bool,
    is_chosen: bool,
    is_at: bool,
}

impl Line<'_> {
    fn ui(&self, ui: &mut Ui, parts: &mut Parts<'_, '_>, slot: &Slot) -> bool {
        let theme = parts.theme;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
        let shown = if self.name.is_empty() { slot.none().unwrap_or_default() } else { self.name };
        response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, true, self.is_chosen, shown));
        if self.is_at || response.hovered() {
            let fill = if self.is_at { theme.selected } else { theme.hover };
            ui.painter().rect_filled(rect, 6.0, look::color(fill));
        }
        let mut wording = Wording::new(shown, NAME_SIZE, theme.ink).most_lines(1);
        if !self.name.is_empty() {
            wording = wording.family(self.name);
        }
        // Fonts of signs and of hands that are hard to read have a name that can be read.
        let note = match (self.name.is_empty(), self.is_bundled) {
            (true, _) => "",
            (_, true) => "comes with Recto",
            (_, false) => self.name,
        };
        let wide = rect.width() * 0.4;
        let note = parts.lettering.set(ui, &Wording::new(note, look::size::SMALL, theme.soft).most_lines(1), wide);
        let lettered = parts.lettering.set(ui, &wording, rect.width() - note.width() - 48.0);
        lettered.paint(ui.painter(), pos2(rect.left() + 8.0, rect.center().y - lettered.height() / 2.0));
        let right = rect.right() - 30.0 - note.width();
        note.paint(ui.painter(), pos2(right, rect.center().y - note.height() / 2.0));
        if self.is_chosen {
            let at = pos2(rect.right() - 14.0, rect.center().y);
            let ink = look::color(theme.accent);
            ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::CHECK, look::icons(look::size::BODY), ink);
        }
        response.clicked()
    }
}
