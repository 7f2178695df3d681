//! The list of headings: where one is, and a jump to each. Only the rows in sight are drawn. What a heading is,
//! [`crate::app::outline`] says.

use egui::{Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::lettering::{Lettering, Wording};
use super::{look, widgets};
use crate::app::effect::Target;
use crate::app::outline::{self, Heading};
use crate::app::{Action, Session};
use crate::text::{Direction, base_direction};

/// Points down of a row.
const ROW: f32 = 28.0;
/// Points that a deeper heading is set in by.
const INDENT: f32 = 14.0;
/// Headings deeper than this are not set in further, so that their words keep room.
const DEEPEST: u8 = 5;

/// Draws the list. `follow` brings the current heading into sight.
pub fn ui(ui: &mut Ui, session: &Session, height: f32, follow: bool, lettering: &mut Lettering<'_>) -> Option<Action> {
    let theme = session.theme();
    let story = session.selected_story()?;
    let headings = &story.outline;
    let language = story.article.metadata.language.value().map(String::as_str);
    let current = outline::current(headings, session.reading.view.start.max(1));
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().auto_shrink([false, true]).max_height(height);
    if follow && let Some(current) = current {
        #[expect(clippy::cast_precision_loss, reason = "rows of a list")]
        let top = current as f32 * ROW;
        area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
    }
    area.show_rows(ui, ROW, headings.len(), |ui, rows| {
        for number in rows {
            let Some(heading) = headings.get(number) else { continue };
            let response = row_ui(ui, theme, heading, current == Some(number), language, lettering);
            // Who opened the list by a key goes on by keys: arrows walk, Enter jumps.
            if follow && number == current.unwrap_or_default() {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(Action::GoTo(Target::Offset(heading.start)));
            }
        }
    });
    chosen
}

fn row_ui(
    ui: &mut Ui,
    theme: &crate::app::Theme,
    heading: &Heading,
    is_current: bool,
    language: Option<&str>,
    lettering: &mut Lettering<'_>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Link, true, is_current, &heading.title));
    let fill = if is_current {
        Some(theme.selected)
    } else if response.hovered() {
        Some(theme.hover)
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 6.0, look::color(fill));
    }
    widgets::focus_ring(ui, &response, theme);
    let inset = 10.0 + f32::from(heading.depth.min(DEEPEST)) * INDENT;
    let right_to_left = base_direction(&heading.title) == Some(Direction::RightToLeft);
    let ink = if is_current || heading.depth == 0 { theme.ink } else { theme.soft };
    let wording = |ink| Wording::new(&heading.title, look::size::BODY, ink).language(language);
    let room = (rect.width() - inset - 10.0).max(20.0);
    let words = lettering.set(ui, &wording(ink).semibold(is_current).most_lines(1), room);
    let left = if right_to_left { rect.right() - inset - room } else { rect.left() + inset };
    words.paint(ui.painter(), pos2(left, rect.center().y - words.height() / 2.0));
    if !words.is_cut() {
        return response;
    }
    response.on_hover_ui(|ui| {
        lettering.label_ui(ui, &wording(theme.ink));
    })
}
