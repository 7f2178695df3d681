//! The themes as swatches, which of light and dark is in force, and a person's own colours with how readable they are.

use egui::{Sense, Ui, WidgetInfo, pos2, vec2};

use super::Parts;
use crate::app::theme::{Mode, OwnColors, OwnTheme, Rgb, Theme, themes};
use crate::app::{ReadingSettings, Settings};
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// Points of a swatch.
const SWATCH: egui::Vec2 = vec2(104.0, 58.0);

/// What is being typed.
#[derive(Default)]
pub(super) struct Themes {
    /// The theme whose name is being typed, and what is typed.
    renamed: Option<(usize, String)>,
}

impl Themes {
    pub(super) fn ui(&mut self, ui: &mut Ui, parts: &mut Parts<'_, '_>, new: &mut Settings) {
        let theme = parts.theme;
        let profile = parts.session.profile_in_force();
        let scheme = parts.session.system.scheme;
        ui.add_space(8.0);
        widgets::section_head_ui(ui, theme, "In force");
        ui.horizontal(|ui| {
            let choice = &mut new.reading_of_mut(profile).theme;
            for (mode, name) in [(Mode::System, "As the desktop"), (Mode::Light, "Light"), (Mode::Dark, "Dark")] {
                if widgets::tab_ui(ui, theme, name, choice.mode == mode).clicked() {
                    choice.mode = mode;
                }
            }
        });
        let own = new.own_themes.clone();
        for (is_dark, head) in [(false, "Light themes"), (true, "Dark themes")] {
            ui.add_space(8.0);
            widgets::section_head_ui(ui, theme, head);
            let bundled = themes().iter().map(|named| (named.id.clone(), named.name.clone(), named.tokens));
            let of_person = own.iter().map(|own| (own.id(), own.name.clone(), own.colors.theme()));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                for (id, name, tokens) in bundled.chain(of_person).filter(|(.., tokens)| tokens.dark == is_dark) {
                    let choice = &mut new.reading_of_mut(profile).theme;
                    let place = if is_dark { &choice.dark } else { &choice.light };
                    if swatch_ui(ui, theme, &name, &tokens, *place == id) {
                        choice.choose(&id, is_dark, scheme);
                    }
                }
            });
        }
        ui.add_space(12.0);
        widgets::section_head_ui(ui, theme, "Your own colours");
        self.own_ui(ui, parts, new);
    }

    fn own_ui(&mut self, ui: &mut Ui, parts: &mut Parts<'_, '_>, new: &mut Settings) {
        let theme = parts.theme;
        let profile = parts.session.profile_in_force();
        let mut gone = None;
        for number in 0..new.own_themes.len() {
            ui.push_id(number, |ui| {
                let before = new.own_themes.get(number).map(OwnTheme::id).unwrap_or_default();
                if self.one_ui(ui, parts, new, number) {
                    gone = Some(number);
                }
                // Who wears it goes on wearing it under its new name.
                let after = new.own_themes.get(number).map(OwnTheme::id).unwrap_or_default();
                if before != after {
                    each_reading(new, |reading| {
                        for id in [&mut reading.theme.light, &mut reading.theme.dark] {
                            if *id == before {
                                id.clone_from(&after);
                            }
                        }
                    });
                }
            });
            ui.add_space(6.0);
        }
        if let Some(number) = gone {
            new.own_themes.remove(number);
            self.renamed = None;
        }
        if widgets::field_button_ui(ui, theme, "New theme from the one in force").clicked() {
            let taken = |name: &str| new.own_themes.iter().any(|own| own.name == name);
            let name = (1..).map(|n| format!("My theme {n}")).find(|name| !taken(name)).unwrap_or_default();
            let own = OwnTheme { name, colors: OwnColors::of(theme) };
            let (id, is_dark) = (own.id(), own.colors.is_dark());
            new.own_themes.push(own);
            new.reading_of_mut(profile).theme.choose(&id, is_dark, parts.session.system.scheme);
        }
    }

    /// One of the person's themes; answers whether it is to go.
    fn one_ui(&mut self, ui: &mut Ui, parts: &Parts<'_, '_>, new: &mut Settings, number: usize) -> bool {
        let theme = parts.theme;
        let names: Vec<String> = new.own_themes.iter().map(|own| own.name.clone()).collect();
        let Some(own) = new.own_themes.get_mut(number) else { return false };
        let mut is_gone = false;
        ui.horizontal(|ui| {
            let typed = self.renamed.take().filter(|(of, _)| *of == number).map(|(_, typed)| typed);
            let mut typed = typed.unwrap_or_else(|| own.name.clone());
            let width = ui.available_width() - 34.0;
            let field = ui.add(widgets::line_field(&mut typed).desired_width(width).min_size(vec2(0.0, 26.0)));
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Name of the theme"));
            if field.has_focus() {
                self.renamed = Some((number, typed));
            } else if field.lost_focus() && !typed.trim().is_empty() && !names.contains(&typed) {
                own.name = typed.trim().to_owned();
            }
            let label = format!("Delete {}", own.name);
            is_gone = widgets::small_icon_button_ui(ui, theme, icons::TRASH, &label).clicked();
        });
        let colors = &mut own.colors;
        for (name, color) in [
            ("Page", &mut colors.page),
            ("Text", &mut colors.ink),
            ("Links and accent", &mut colors.accent),
            ("Highlights", &mut colors.highlight),
            ("Selection", &mut colors.selection),
        ] {
            color_ui(ui, parts, name, color);
        }
        for check in colors.checks() {
            let (sign, ink, word) = if check.is_readable() {
                (icons::CHECK, theme.soft, "readable")
            } else {
                (icons::WARNING, theme.error, "too faint")
            };
            ui.horizontal(|ui| {
                ui.label(egui::RichText::new(sign).font(look::icons(look::size::BODY)).color(look::color(ink)));
                let text = format!("{}: {:.1} to 1, {word}", check.name, check.ratio);
                ui.label(widgets::text(text, look::size::NOTE, ink));
            });
        }
        is_gone
    }
}

/// Calls on the settings of every profile.
fn each_reading(settings: &mut Settings, mut call: impl FnMut(&mut ReadingSettings)) {
    call(&mut settings.reading);
    settings.profiles.iter_mut().for_each(|profile| call(&mut profile.reading));
}

fn color_ui(ui: &mut Ui, parts: &Parts<'_, '_>, name: &str, color: &mut Rgb) {
    ui.push_id(name, |ui| {
        ui.horizontal(|ui| {
            super::rows::name_ui(ui, parts, name, "");
            let mut picked = [color.0, color.1, color.2];
            let button = ui.color_edit_button_srgb(&mut picked);
            button.widget_info(|| WidgetInfo::labeled(egui::Role::ColorWell, true, name));
            widgets::focus_ring(ui, &button, parts.theme);
            let [red, green, blue] = picked;
            *color = Rgb(red, green, blue);
            let id = ui.make_persistent_id("hex");
            let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| format!("#{color}"));
            let field = ui.add(widgets::line_field(&mut typed).id(id).desired_width(80.0).min_size(vec2(0.0, 24.0)));
            ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(format!("{name} as hexadecimal")));
            if let Ok(read) = typed.parse()
                && field.changed()
            {
                *color = read;
            }
            if field.has_focus() {
                ui.data_mut(|data| data.insert_temp(id, typed));
            } else {
                ui.data_mut(|data| data.remove::<String>(id));
            }
        });
    });
}

/// A theme's page with some of its text; answers whether it was chosen.
fn swatch_ui(ui: &mut Ui, theme: &Theme, name: &str, tokens: &Theme, is_chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(SWATCH, Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, is_chosen, name));
    let painter = ui.painter();
    painter.rect_filled(rect, 8.0, look::color(tokens.page));
    let edge = if is_chosen { (2.0, theme.accent) } else { (1.0, theme.line) };
    painter.rect_stroke(rect, 8.0, egui::Stroke::new(edge.0, look::color(edge.1)), egui::StrokeKind::Inside);
    let left = rect.left() + 10.0;
    let name_ink = look::color(tokens.ink);
    let galley = painter.layout(name.to_owned(), look::semibold(look::size::NOTE), name_ink, SWATCH.x - 16.0);
    painter.galley(pos2(left, rect.top() + 7.0), galley, name_ink);
    for (number, (token, width)) in [(tokens.accent, 22.0), (tokens.ink, 34.0), (tokens.soft, 16.0)].iter().enumerate()
    {
        let before: f32 = [0.0, 26.0, 64.0].get(number).copied().unwrap_or_default();
        let bar = egui::Rect::from_min_size(pos2(left + before, rect.bottom() - 13.0), vec2(*width, 3.0));
        painter.rect_filled(bar, 1.5, look::color(*token));
    }
    widgets::focus_ring(ui, &response, theme);
    response.clicked()
}
