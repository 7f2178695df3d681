//! Notices above the page's foot. Errors stay until they are dismissed, the others go by themselves.

use std::collections::HashMap;

use egui::{Align2, Area, Id, Ui, vec2};

use super::lettering::{Lettering, Wording};
use super::{look, widgets};
use crate::app::{Action, Notice, NoticeKind, Session};
use crate::typeset::icons;

/// Seconds that a notice stays which goes by itself.
const SECONDS: f64 = 8.0;
/// Notices shown at once; the older wait below them.
const MOST: usize = 3;

/// When each notice was first seen.
#[derive(Default)]
pub struct Notices {
    since: HashMap<u64, f64>,
}

impl Notices {
    /// Draws the notices over the page.
    pub fn ui(&mut self, ui: &Ui, page: egui::Rect, session: &Session, lettering: &mut Lettering<'_>) -> Vec<Action> {
        let mut actions = Vec::new();
        let now = ui.input(|input| input.time);
        self.since.retain(|id, _| session.notices.iter().any(|notice| notice.id == *id));
        if session.notices.is_empty() {
            return actions;
        }
        for notice in &session.notices {
            let since = *self.since.entry(notice.id).or_insert(now);
            if notice.kind != NoticeKind::Error {
                if now - since >= SECONDS {
                    actions.push(Action::Dismiss(notice.id));
                } else {
                    let left = std::time::Duration::from_secs_f64(SECONDS - (now - since));
                    ui.ctx().request_repaint_after(left);
                }
            }
        }
        let width = (page.width() - 32.0).clamp(160.0, 460.0);
        let at = egui::pos2(page.center().x, page.bottom() - 14.0);
        let area =
            Area::new(Id::unique("notices")).order(egui::Order::Foreground).pivot(Align2::CENTER_BOTTOM).fixed_pos(at);
        area.show(ui.ctx(), |ui| {
            ui.set_width(width);
            for notice in session.notices.iter().rev().take(MOST).rev() {
                // Named by its number, so that one that goes does not have the others told again.
                let scope = egui::UiBuilder::new().scope_id(Id::unique(("notice", notice.id)));
                ui.scope_builder(scope, |ui| notice_ui(ui, session, notice, width, lettering, &mut actions));
                ui.add_space(vec2(0.0, 6.0).y);
            }
        });
        actions
    }
}

fn notice_ui(
    ui: &mut Ui,
    session: &Session,
    notice: &Notice,
    width: f32,
    lettering: &mut Lettering<'_>,
    actions: &mut Vec<Action>,
) {
    let theme = session.theme();
    let stroke = egui::Stroke::new(1.0, look::color(theme.line));
    let frame = egui::Frame::new().fill(look::color(theme.field)).stroke(stroke).corner_radius(8.0);
    frame.shadow(ui.visuals().popup_shadow).inner_margin(egui::Margin::symmetric(12, 9)).show(ui, |ui| {
        ui.set_width(width - 26.0);
        ui.horizontal_top(|ui| {
            let (icon, ink) = match notice.kind {
                NoticeKind::Error => (icons::ERROR, theme.error),
                NoticeKind::Warning => (icons::INFO, theme.accent),
                NoticeKind::Done => (icons::CHECK, theme.soft),
            };
            // The icon and the first line stand level with the button at the end.
            let size = vec2(look::size::ICON, widgets::ICON_BUTTON);
            let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            let font = look::icons(look::size::ICON);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, font, look::color(ink));
            ui.vertical(|ui| {
                ui.set_width(width - 96.0);
                let line = ui.text_style_height(&egui::TextStyle::Body);
                ui.add_space(((widgets::ICON_BUTTON - line) / 2.0).max(0.0));
                let label = lettering.label_ui(ui, &Wording::new(&notice.message, look::size::BODY, theme.ink));
                widgets::announce(ui, &label, &notice.message, notice.kind == NoticeKind::Error);
                if let Some(path) = &notice.path {
                    lettering.label_ui(ui, &Wording::new(&path.display().to_string(), look::size::SMALL, theme.faint));
                }
                let row = notice.button.and_then(crate::app::Command::row);
                if let Some(row) = row.filter(|row| session.can_run(row.command))
                    && widgets::link_button_ui(ui, theme, row.name, look::size::BODY).clicked()
                {
                    actions.push(Action::Run(row.command));
                    actions.push(Action::Dismiss(notice.id));
                }
            });
            if widgets::icon_button_ui(ui, theme, icons::CLOSE, "Dismiss", false).clicked() {
                actions.push(Action::Dismiss(notice.id));
            }
        });
    });
}
