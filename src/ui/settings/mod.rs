//! The sheet of settings, beside the page so that every change is seen on it at once. Sets nothing itself: it hands back the
//! settings as they are wanted.
//!
//! - `rows`: a knob's row, with what takes it back; `families`: font families, each shown in itself
//! - `themes`: the themes and a person's own colours
//! - `profiles`: names for all of a page's settings, and the stories they are for
//! - `shortcuts`: every command's keys

mod families;
mod profiles;
mod rows;
mod shortcuts;
mod themes;

use egui::{ComboBox, ScrollArea, Ui, vec2};

use self::families::FamilyPicker;
use super::lettering::Lettering;
use super::{look, widgets};
use crate::app::settings::knob::{Knob, Section};
use crate::app::settings::{STANDARD, knobs};
use crate::app::{Action, Command, Session, Settings, Theme};
use crate::typeset::{Family, icons};

/// Points across of the sheet, where the window has room.
pub const WIDTH: f32 = 380.0;

/// A page of the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Type and spacing.
    #[default]
    Text,
    /// Where the text stands, pictures, aids.
    Page,
    /// Themes.
    Colors,
    /// Named profiles.
    Profiles,
    /// Shortcuts.
    Keys,
    /// The program.
    Program,
}

impl Tab {
    const ALL: [Self; 6] = [Self::Text, Self::Page, Self::Colors, Self::Profiles, Self::Keys, Self::Program];

    fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Page => "Page",
            Self::Colors => "Colours",
            Self::Profiles => "Profiles",
            Self::Keys => "Keys",
            Self::Program => "Program",
        }
    }

    fn sections(self) -> &'static [Section] {
        match self {
            Self::Text => &[Section::Type, Section::Spacing, Section::Lines, Section::Letterforms],
            Self::Page => &[Section::Page, Section::Pictures, Section::Focus],
            Self::Program => &[Section::Interface, Section::Other],
            Self::Colors | Self::Profiles | Self::Keys => &[],
        }
    }
}

/// The sheet's own state.
#[derive(Default)]
pub struct SettingsSheet {
    tab: Tab,
    typed: String,
    /// The frame in which it was drawn last: one that was not drawn in the last frame has just been opened.
    drawn_in: Option<u64>,
    picker: FamilyPicker,
    themes: themes::Themes,
    profiles: profiles::Profiles,
    shortcuts: shortcuts::Shortcuts,
}

/// What every part of the sheet needs.
struct Parts<'a, 'b> {
    session: &'a Session,
    theme: &'a Theme,
    lettering: &'a mut Lettering<'b>,
    families: &'a [Family],
}

impl SettingsSheet {
    /// Opens on a page.
    pub fn turn_to(&mut self, tab: Tab) {
        self.tab = tab;
        self.typed.clear();
    }

    /// Whether a key press is being taken down as a shortcut.
    pub fn takes_keys(&self) -> bool {
        self.shortcuts.is_recording()
    }

    /// Draws the sheet.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        families: &[Family],
        lettering: &mut Lettering<'_>,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let theme = session.theme();
        let mut new = session.settings.clone();
        let frame = ui.ctx().cumulative_frame_nr();
        let is_new = self.drawn_in.replace(frame).is_none_or(|last| last + 1 < frame);
        let mut parts = Parts { session, theme, lettering, families };
        egui::Frame::new().inner_margin(egui::Margin { left: 16, right: 8, top: 10, bottom: 0 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            look::fields(ui, theme);
            self.head_ui(ui, &mut parts, &mut new, is_new, &mut actions);
            ui.add_space(4.0);
            ScrollArea::vertical().id_salt((self.tab as usize, self.typed.is_empty())).auto_shrink(false).show(
                ui,
                |ui| {
                    ui.set_width(ui.available_width() - 10.0);
                    if self.typed.trim().is_empty() {
                        self.tab_ui(ui, &mut parts, &mut new, &mut actions);
                    } else {
                        self.found_ui(ui, &mut parts, &mut new);
                    }
                    ui.add_space(24.0);
                },
            );
        });
        if let Some((slot, name)) = self.picker.ui(ui, &mut parts) {
            slot.set(new.reading_of_mut(session.profile_in_force()), name);
        }
        if new != session.settings {
            actions.push(Action::SettingsChanged(new));
        }
        actions
    }

    fn head_ui(
        &mut self,
        ui: &mut Ui,
        parts: &mut Parts<'_, '_>,
        new: &mut Settings,
        is_new: bool,
        actions: &mut Vec<Action>,
    ) {
        let theme = parts.theme;
        ui.horizontal(|ui| {
            let title = egui::RichText::new("Settings").font(look::semibold(16.0)).color(look::color(theme.ink));
            let heading = ui.label(title);
            widgets::mark_heading(ui, &heading, 1, "Settings");
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if widgets::icon_button_ui(ui, theme, icons::CLOSE, "Close settings", false).clicked() {
                    actions.push(Action::Run(Command::Settings));
                }
            });
        });
        profile_choice_ui(ui, parts, new);
        let field = widgets::line_field(&mut self.typed)
            .hint_text("Find a setting")
            .desired_width(f32::INFINITY)
            .min_size(vec2(0.0, 28.0));
        let response = ui.add_sized(vec2(ui.available_width() - 8.0, 28.0), field);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Find a setting"));
        if is_new {
            response.request_focus();
        }
        // A field that has the focus loses it to Esc in the same frame.
        let is_left = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape));
        if is_left && self.typed.is_empty() {
            actions.push(Action::Run(Command::Settings));
        } else if is_left {
            self.typed.clear();
            response.request_focus();
        }
        if !self.typed.trim().is_empty() {
            // The next stop of Tab is the first that was found.
            widgets::hairline_ui(ui, theme);
            return;
        }
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
            for tab in Tab::ALL {
                let response = widgets::tab_ui(ui, theme, tab.name(), self.tab == tab);
                if response.clicked() {
                    self.turn_to(tab);
                }
            }
        });
        widgets::hairline_ui(ui, theme);
    }

    fn tab_ui(&mut self, ui: &mut Ui, parts: &mut Parts<'_, '_>, new: &mut Settings, actions: &mut Vec<Action>) {
        for section in self.tab.sections() {
            ui.add_space(8.0);
            widgets::section_head_ui(ui, parts.theme, section.name());
            self.knobs_ui(ui, parts, new, |knob_section, _| knob_section == *section);
        }
        match self.tab {
            Tab::Text => {
                ui.add_space(8.0);
                widgets::section_head_ui(ui, parts.theme, "Fonts of other scripts");
                self.picker.scripts_ui(ui, parts, new);
            }
            Tab::Colors => self.themes.ui(ui, parts, new),
            Tab::Profiles => self.profiles.ui(ui, parts, new),
            Tab::Keys => self.shortcuts.ui(ui, parts, new),
            Tab::Program => {
                ui.add_space(12.0);
                for command in [Command::ExportSettings, Command::ImportSettings, Command::ResetSettings] {
                    let Some(row) = command.row() else { continue };
                    let can = parts.session.can_run(command);
                    let button = ui.add_enabled_ui(can, |ui| widgets::field_button_ui(ui, parts.theme, row.name)).inner;
                    if button.clicked() {
                        actions.push(Action::Run(command));
                    }
                }
            }
            Tab::Page => {}
        }
    }

    /// Every knob of the wanted sections.
    fn knobs_ui(
        &mut self,
        ui: &mut Ui,
        parts: &mut Parts<'_, '_>,
        new: &mut Settings,
        is_wanted: impl Fn(Section, &str) -> bool,
    ) {
        let profile = parts.session.profile_in_force();
        for knob in knobs::READING.iter().filter(|knob| is_wanted(knob.section, knob.name)) {
            let hint = self.picker.hint(knob.id, parts);
            rows::ui(ui, parts, knob, new.reading_of_mut(profile), hint.as_ref(), &mut self.picker);
        }
        for knob in knobs::PROGRAM.iter().filter(|knob| is_wanted(knob.section, knob.name)) {
            rows::ui(ui, parts, knob, &mut new.program, None, &mut self.picker);
        }
    }

    /// The knobs that what is typed is found in, whatever page they are on.
    fn found_ui(&mut self, ui: &mut Ui, parts: &mut Parts<'_, '_>, new: &mut Settings) {
        let typed = crate::text::fold(self.typed.trim());
        let holds = |name: &str, note: &str| {
            let words = crate::text::fold(&format!("{name} {note}"));
            typed.split_whitespace().all(|word| words.contains(word))
        };
        let names: Vec<&str> = found(knobs::READING, &holds).chain(found(knobs::PROGRAM, &holds)).collect();
        ui.add_space(8.0);
        if names.is_empty() {
            ui.label(widgets::text("No setting is called so.", look::size::BODY, parts.theme.soft));
        }
        self.knobs_ui(ui, parts, new, |_, name| names.contains(&name));
    }
}

fn found<'k, T>(
    knobs: &'k [Knob<T>],
    holds: &'k dyn Fn(&str, &str) -> bool,
) -> impl Iterator<Item = &'static str> + 'k {
    knobs.iter().filter(move |knob| holds(knob.name, knob.note) || holds(knob.section.name(), "")).map(|knob| knob.name)
}

/// Which profile pages are set by.
fn profile_choice_ui(ui: &mut Ui, parts: &Parts<'_, '_>, new: &mut Settings) {
    let session = parts.session;
    let in_force = session.profile_in_force().and_then(|number| session.settings.profiles.get(number));
    let in_force = in_force.map_or(STANDARD, |profile| profile.name.as_str());
    let shown = match &new.profile {
        Some(name) => name.clone(),
        None if session.settings.profiles.is_empty() => STANDARD.to_owned(),
        None => format!("By the story: {in_force}"),
    };
    ui.horizontal(|ui| {
        ui.label(widgets::text("Profile", look::size::BODY, parts.theme.soft));
        let combo = ComboBox::from_id_salt("profile").width(ui.available_width() - 10.0).height(320.0);
        let combo = combo.icon(widgets::combo_icon);
        let response = combo.selected_text(&shown).show_ui(ui, |ui| {
            ui.selectable_value(&mut new.profile, None, "By the story");
            let names: Vec<String> = new.profiles.iter().map(|profile| profile.name.clone()).collect();
            for name in std::iter::once(STANDARD.to_owned()).chain(names) {
                ui.selectable_value(&mut new.profile, Some(name.clone()), name);
            }
        });
        widgets::focus_ring(ui, &response.response, parts.theme);
        response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Profile"));
    });
}
