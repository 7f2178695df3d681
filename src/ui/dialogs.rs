//! The window's own dialogs: a field for a path where the desktop has no file dialog, a question before what cannot be
//! taken back, what differs between two versions. Decides nothing.

use egui::{Id, Modal, TextEdit, Ui};

use super::lettering::{Lettering, Wording};
use super::{look, widgets};
use crate::app::action::Confirmation;
use crate::app::difference::{Comparison, Kind};
use crate::app::{Action, Session, Theme};

/// A dialog's sheet, with room around what is in it.
pub(super) fn modal(ui: &Ui, name: &str) -> Modal {
    let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(look::PANEL_MARGIN));
    Modal::new(Id::unique(name)).frame(frame)
}

/// The prompt for a path; `text` is what has been typed.
pub fn path_prompt_ui(ui: &Ui, session: &Session, text: &mut String) -> Option<Action> {
    let reason = session.path_prompt.as_ref()?;
    let theme = session.theme();
    let mut answer = None;
    let modal = modal(ui, "path prompt").show(ui.ctx(), |ui| {
        ui.set_width(440.0_f32.min(ui.ctx().content_rect().width() - 60.0));
        title_ui(ui, theme, "Open a file by its path");
        ui.add(egui::Label::new(widgets::text(reason, look::size::NOTE, theme.soft)).wrap());
        ui.add_space(4.0);
        let field = TextEdit::singleline(text).hint_text("/home/you/articles/story.html").desired_width(f32::INFINITY);
        let response = ui.add(field);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Path"));
        if !response.has_focus() && !response.lost_focus() {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            if widgets::field_button_ui(ui, theme, "Open").clicked() || entered {
                answer = Some(Action::PathEntered(Some(std::mem::take(text))));
            }
            if widgets::field_button_ui(ui, theme, "Cancel").clicked() {
                answer = Some(Action::PathEntered(None));
            }
        });
    });
    if answer.is_none() && modal.should_close() {
        answer = Some(Action::PathEntered(None));
    }
    answer
}

/// The question before something that cannot be taken back, or that touches a file.
pub fn confirmation_ui(ui: &Ui, session: &Session, lettering: &mut Lettering<'_>) -> Option<Action> {
    let confirmation = session.confirmation.as_ref()?;
    let theme = session.theme();
    let (title, text, button) = match confirmation {
        Confirmation::Forget(keys) => (
            match keys.len() {
                1 => "Forget this story?".to_owned(),
                many => format!("Forget {} stories?", crate::text::with_separators(many)),
            },
            "The library loses it for good, with its place, its tags and what was written about it. Its file is not touched."
                .to_owned(),
            "Forget",
        ),
        Confirmation::BinFile(path) => (
            "Move the file to the bin?".to_owned(),
            format!("The story stays in the library, and can be read without its file. {}", path.display()),
            "Move to bin",
        ),
    };
    let mut answer = None;
    let modal = modal(ui, "confirmation").show(ui.ctx(), |ui| {
        ui.set_width(400.0_f32.min(ui.ctx().content_rect().width() - 60.0));
        title_ui(ui, theme, &title);
        lettering.label_ui(ui, &Wording::new(&text, look::size::BODY, theme.soft));
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if widgets::field_button_ui(ui, theme, button).clicked() {
                answer = Some(true);
            }
            let cancel = widgets::field_button_ui(ui, theme, "Cancel");
            if ui.memory(egui::Memory::focused).is_none() {
                cancel.request_focus();
            }
            if cancel.clicked() {
                answer = Some(false);
            }
        });
    });
    if answer.is_none() && modal.should_close() {
        answer = Some(false);
    }
    answer.map(Action::Confirmed)
}

/// What differs between two versions of a story: what is gone struck through, what is new underlined.
pub fn comparison_ui(ui: &Ui, session: &Session, lettering: &mut Lettering<'_>) -> Option<Action> {
    let comparison = session.comparison.as_ref()?;
    let theme = session.theme();
    let mut is_closed = false;
    let modal = modal(ui, "differences").show(ui.ctx(), |ui| {
        let window = ui.ctx().content_rect();
        ui.set_width(640.0_f32.min(window.width() - 60.0));
        title_ui(ui, theme, "Earlier and later version");
        lettering.label_ui(ui, &Wording::new(&comparison.title, look::size::BODY, theme.soft));
        ui.add_space(6.0);
        let job = comparison_job(comparison, theme);
        egui::ScrollArea::vertical().max_height(window.height() - 200.0).show(ui, |ui| {
            ui.add(egui::Label::new(job).wrap());
        });
        ui.add_space(8.0);
        is_closed = widgets::field_button_ui(ui, theme, "Close").clicked();
    });
    (is_closed || modal.should_close()).then_some(Action::ComparisonClosed)
}

fn comparison_job(comparison: &Comparison, theme: &Theme) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::default();
    let font = || look::sans(look::size::ROW);
    if comparison.stretches.iter().all(|(kind, _)| *kind == Kind::Same) {
        let text = "The words are the same; only their form differs.";
        job.append(text, 0.0, egui::TextFormat::simple(font(), look::color(theme.soft)));
        return job;
    }
    for (kind, text) in &comparison.stretches {
        let mut format = egui::TextFormat::simple(font(), look::color(theme.soft));
        match kind {
            Kind::Same => {}
            Kind::Gone => {
                format.color = look::color(theme.error);
                format.strikethrough = egui::Stroke::new(1.0, format.color);
            }
            Kind::New => {
                format.color = look::color(theme.ink);
                format.background = look::color(theme.highlight);
                format.underline = egui::Stroke::new(1.0, look::color(theme.ink));
            }
            Kind::Skipped => format.color = look::color(theme.faint),
        }
        job.append(text, 0.0, format);
    }
    job
}

/// A dialog's heading.
pub(super) fn title_ui(ui: &mut Ui, theme: &Theme, title: &str) {
    let text = egui::RichText::new(title).font(look::semibold(16.0)).color(look::color(theme.ink));
    let response = ui.label(text);
    widgets::mark_heading(ui, &response, 1, title);
}
