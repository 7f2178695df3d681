//! Named profiles: made, renamed, deleted, and the stories that each is for.

use egui::{Ui, vec2};

use super::{Parts, rows};
use crate::app::Settings;
use crate::app::settings::{Profile, STANDARD};
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// What is being typed.
#[derive(Default)]
pub(super) struct Profiles {
    /// The field that is typed in, and what is typed.
    typed: Option<(egui::Id, String)>,
}

impl Profiles {
    pub(super) fn ui(&mut self, ui: &mut Ui, parts: &Parts<'_, '_>, new: &mut Settings) {
        let theme = parts.theme;
        ui.add_space(8.0);
        let about = "A profile holds everything under Text, Page and Colours. It is chosen by hand, above, or by the story: \
            the first that names its site, its language or one of its tags.";
        ui.add(egui::Label::new(widgets::text(about, look::size::NOTE, theme.soft)).wrap());
        ui.add_space(8.0);
        let mut gone = None;
        for number in 0..new.profiles.len() {
            ui.push_id(number, |ui| {
                if self.one_ui(ui, parts, new, number) {
                    gone = Some(number);
                }
            });
            widgets::hairline_ui(ui, theme);
            ui.add_space(6.0);
        }
        if let Some(number) = gone {
            let profile = new.profiles.remove(number);
            if new.profile.as_ref() == Some(&profile.name) {
                new.profile = None;
            }
        }
        if widgets::field_button_ui(ui, theme, "New profile from what is in force").clicked() {
            let name = (1..).map(|n| format!("Profile {n}")).find(|name| new.profile_named(name).is_none());
            let reading = parts.session.reading_settings().clone();
            let profile = Profile { name: name.unwrap_or_default(), reading, ..Profile::default() };
            new.profile = Some(profile.name.clone());
            new.profiles.push(profile);
        }
    }

    /// One profile; answers whether it is to go.
    fn one_ui(&mut self, ui: &mut Ui, parts: &Parts<'_, '_>, new: &mut Settings, number: usize) -> bool {
        let theme = parts.theme;
        let names: Vec<String> = new.profiles.iter().map(|profile| profile.name.clone()).collect();
        let Some(name) = names.get(number).cloned() else { return false };
        let mut is_gone = false;
        ui.horizontal(|ui| {
            let width = ui.available_width() - 34.0;
            if let Some(typed) = self.field_ui(ui, width, "Name of the profile", &name, "")
                && typed != STANDARD
                && !typed.is_empty()
                && !names.contains(&typed)
            {
                if new.profile.as_ref() == Some(&name) {
                    new.profile = Some(typed.clone());
                }
                if let Some(profile) = new.profiles.get_mut(number) {
                    profile.name = typed;
                }
            }
            let label = format!("Delete {name}");
            is_gone = widgets::small_icon_button_ui(ui, theme, icons::TRASH, &label).clicked();
        });
        let Some(profile) = new.profiles.get_mut(number) else { return is_gone };
        let uses = &mut profile.uses;
        for (name, hint, list) in [
            ("For sites", "Harbour Post, example.org", &mut uses.sites),
            ("For languages", "de, zh-TW", &mut uses.languages),
            ("For tags", "poems", &mut uses.tags),
        ] {
            ui.push_id(name, |ui| {
                ui.horizontal(|ui| {
                    rows::name_ui(ui, parts, name, "Separated by commas");
                    let width = ui.available_width() - 4.0;
                    let joined = list.join(", ");
                    if let Some(typed) = self.field_ui(ui, width, name, &joined, hint) {
                        let words = typed.split(',').map(str::trim).filter(|word| !word.is_empty());
                        *list = words.map(str::to_owned).collect();
                    }
                });
            });
        }
        is_gone
    }

    /// A field whose text is taken when it is finished.
    fn field_ui(&mut self, ui: &mut Ui, width: f32, label: &str, text: &str, hint: &str) -> Option<String> {
        let id = ui.make_persistent_id(label);
        let of_this = self.typed.as_ref().is_some_and(|(of, _)| *of == id);
        let mut typed = match self.typed.take_if(|_| of_this) {
            Some((_, typed)) => typed,
            None => text.to_owned(),
        };
        let field = widgets::line_field(&mut typed).id(id).hint_text(hint).desired_width(width);
        let response = ui.add(field.min_size(vec2(0.0, 26.0)));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
        if response.has_focus() {
            self.typed = Some((id, typed));
            return None;
        }
        (response.lost_focus() && typed.trim() != text).then(|| typed.trim().to_owned())
    }
}
