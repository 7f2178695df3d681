//! How far reading many files has come, above the foot of the page, with the way to give up on the rest. Shown only when
//! it takes longer than a moment.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::lettering::{Lettering, Wording};
use super::{look, widgets};
use crate::app::session::ProgressUnit;
use crate::app::{Action, Session};

/// Seconds that reading may take before the strip appears: most files are there sooner, and a strip that flashes disturbs.
const PATIENCE: f64 = 0.4;
/// Points down of the strip.
const HEIGHT: f32 = 34.0;
/// Steps of the way that are told aloud. Every file would talk over everything else.
const TOLD_STEPS: usize = 5;

/// When the reading that is under way was first seen.
#[derive(Debug, Default)]
pub struct ProgressStrip {
    since: Option<f64>,
    /// What a screen reader was told last, and of which step of the way.
    told: Option<(usize, String)>,
}

impl ProgressStrip {
    /// Draws the strip at the lower edge of what is left, if there is something to wait for.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>) -> Option<Action> {
        let Some(progress) = session.progress() else {
            *self = Self::default();
            return None;
        };
        let now = ui.input(|input| input.time);
        let since = *self.since.get_or_insert(now);
        if now - since < PATIENCE {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PATIENCE - (now - since)));
            return None;
        }
        let theme = session.theme();
        let mut action = None;
        let (rect, strip) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        ui.painter().rect_filled(rect, 0.0, look::color(theme.panel));
        let unit = match progress.unit {
            ProgressUnit::Files => "files",
            ProgressUnit::Stories => "stories",
        };
        let text = match (progress.done, progress.total) {
            (_, 0) => format!("Reading {}…", progress.name),
            (done, total) if progress.unit == ProgressUnit::Files => format!("Reading files: {done} of {total}"),
            (done, total) => format!("Reading {}: {done} of {total} {unit}", progress.name),
        };
        let step = (progress.done * TOLD_STEPS).checked_div(progress.total).unwrap_or(0);
        let told = match &mut self.told {
            Some((last, told)) if *last == step => told,
            told => &mut told.insert((step, text.clone())).1,
        };
        strip.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "Reading files"));
        ui.ctx().accesskit_node_builder(strip.id, |node| {
            if progress.total > 0 {
                #[expect(clippy::cast_precision_loss, reason = "a share of a strip")]
                node.set_numeric_value(progress.done as f64 / progress.total as f64 * 100.0);
                node.set_min_numeric_value(0.0);
                node.set_max_numeric_value(100.0);
            }
        });
        if progress.total > 0 {
            #[expect(clippy::cast_precision_loss, reason = "a share of a strip")]
            let share = (progress.done as f32 / progress.total as f32).clamp(0.0, 1.0);
            let done = Rect::from_min_size(rect.min, vec2(rect.width() * share, 2.0));
            ui.painter().rect_filled(done, 0.0, look::color(theme.accent));
        }
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(16.0, 4.0))));
        child.horizontal_centered(|ui| {
            let label = lettering.label_ui(ui, &Wording::new(&text, look::size::NOTE, theme.soft).most_lines(1));
            widgets::announce(ui, &label, told, false);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if widgets::link_button_ui(ui, theme, "Cancel", look::size::NOTE).clicked() {
                    action = Some(Action::CancelImport);
                }
                if let Some(gathering) = &session.catalogue.gathering {
                    let name = if gathering.is_paused { "Go on" } else { "Pause" };
                    if widgets::link_button_ui(ui, theme, name, look::size::NOTE).clicked() {
                        action = Some(Action::PauseGathering(!gathering.is_paused));
                    }
                }
            });
        });
        let line = egui::Stroke::new(1.0, look::color(theme.line));
        ui.painter().line_segment([pos2(rect.left(), rect.top()), pos2(rect.right(), rect.top())], line);
        action
    }
}
