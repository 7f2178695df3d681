//! The open stories. Only the rows in sight are drawn. Keeps nothing but egui's scroll position.

use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{look, widgets};
use crate::app::story::FileChange;
use crate::app::{Action, Command, Row, RowStatus, Session, Theme};
use crate::text::Direction;
use crate::typeset::icons;

/// Points down of a row.
const ROW_HEIGHT: f32 = 98.0;
/// Points from the panel's edge to a row.
const ROW_MARGIN: f32 = 12.0;
/// Points from a row's edge to its text.
const ROW_PADDING: f32 = 10.0;

/// Draws the panel.
pub fn ui(ui: &mut Ui, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let theme = session.theme();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let title = egui::RichText::new("Stories").font(look::semibold(look::size::BODY)).color(look::color(theme.ink));
        let response = ui.label(title);
        widgets::mark_heading(ui, &response, 1, "Stories");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(12.0);
            if widgets::icon_button_ui(ui, theme, icons::PLUS, "Open a file", false).clicked() {
                actions.push(Action::Run(Command::Open));
            }
        });
    });
    ui.add_space(4.0);
    if session.rows.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.label(widgets::text("No story is open.", look::size::BODY, theme.faint));
        });
        return actions;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, session.rows.len(), |ui, range| {
        for row in session.rows.get(range).unwrap_or_default() {
            actions.extend(row_ui(ui, theme, row, session.selected == Some(row.key)));
        }
    });
    actions
}

fn row_ui(ui: &mut Ui, theme: &Theme, row: &Row, selected: bool) -> Option<Action> {
    let (space, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let rect = space.shrink2(vec2(ROW_MARGIN, 0.0));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, &row.summary.title));
    let fill = if selected {
        Some(theme.selected)
    } else if response.hovered() {
        Some(theme.hover)
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 8.0, look::color(fill));
    }
    widgets::focus_ring(ui, &response.clone().with_new_rect(rect), theme);
    row_text(ui, theme, row, rect.shrink(ROW_PADDING), fill.is_some());

    let mut action = None;
    response.context_menu(|ui| {
        for (name, chosen) in [("Read", Action::Select(row.key)), ("Close story", Action::Close(row.key))] {
            if ui.button(name).clicked() {
                action = Some(chosen);
                ui.close();
            }
        }
    });
    if response.clicked() {
        action = Some(Action::Select(row.key));
    }
    action
}

fn row_text(ui: &Ui, theme: &Theme, row: &Row, rect: Rect, on_fill: bool) {
    let painter = ui.painter().with_clip_rect(rect.expand(ROW_PADDING).intersect(ui.clip_rect()));
    let finished = row.progress > 0.99;
    let title_font = if finished { look::sans(look::size::ROW) } else { look::semibold(look::size::ROW) };
    let ink = look::color(if finished { theme.soft } else { theme.ink });
    let rtl = row.summary.direction() == Direction::RightToLeft;
    let lines = |text: &str, font: egui::FontId, color: egui::Color32, rows: usize| {
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, color, rect.width());
        job.wrap.max_rows = rows;
        job.halign = if rtl { egui::Align::RIGHT } else { egui::Align::LEFT };
        painter.layout_job(job)
    };
    let x = if rtl { rect.right() } else { rect.left() };
    let title = lines(&row.summary.title, title_font, ink, 2);
    let title_rows = title.rows.len();
    let mut y = rect.top();
    painter.galley(pos2(x, y), title.clone(), ink);
    y += title.size().y + 3.0;

    let soft = look::color(theme.soft);
    let (excerpt, color) = match &row.status {
        RowStatus::Failed(error) => (error.message.as_str(), look::color(theme.error)),
        RowStatus::Loading => ("Opening…", soft),
        RowStatus::Waiting | RowStatus::Ready(_) => (row.summary.excerpt.as_str(), soft),
    };
    let excerpt = lines(excerpt, look::sans(look::size::NOTE), color, if title_rows > 1 { 1 } else { 2 });
    painter.galley(pos2(x, y), excerpt, color);

    let foot = rect.bottom() - 2.0;
    let faint = look::color(if on_fill { theme.soft } else { theme.faint });
    let font = look::sans(look::size::SMALL);
    let right = match (row.file_change, row.summary.minutes) {
        (Some(FileChange::Missing), _) => "File missing".to_owned(),
        (Some(FileChange::Changed), _) => "Changed on disk".to_owned(),
        (None, _) if finished => "Finished".to_owned(),
        (None, 0) => String::new(),
        (None, minutes) => format!("{minutes} min"),
    };
    let right = painter.layout_no_wrap(right, font.clone(), faint);
    let room = rect.width() - right.size().x - 8.0;
    painter.galley(pos2(rect.right() - right.size().x, foot - right.size().y), right, faint);
    let origin = match &row.origin {
        crate::app::Origin::Kept(_) | crate::app::Origin::Bytes { .. } => "Pasted text",
        crate::app::Origin::Sample(_) => "Sample story",
        crate::app::Origin::File(_) => "",
    };
    let name = row.origin.name();
    let site = row.summary.site.as_deref().unwrap_or(if origin.is_empty() { &name } else { origin });
    let mut job = egui::text::LayoutJob::simple(site.to_owned(), font, faint, room);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let site = painter.layout_job(job);
    painter.galley(pos2(rect.left(), foot - site.size().y), site, faint);
}
