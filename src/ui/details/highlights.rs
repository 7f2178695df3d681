//! What the person had marked in the service that the story comes from, each quote with its note. A click leads to its
//! place; what was not found in the text is listed all the same.

use egui::Ui;

use super::section;
use super::values::Pen;
use crate::app::effect::Target;
use crate::app::{Action, Session, Story};
use crate::document::Highlight;
use crate::text::collapse_whitespace;
use crate::ui::{look, widgets};

/// Highlights that are listed at most.
const MOST_LISTED: usize = 300;
/// Characters of a quote that are listed.
const QUOTED_CHARS: usize = 160;

/// Draws the section; nothing where nothing was marked.
pub(super) fn ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, session: &Session, story: &Story, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    let highlights = &story.article.highlights;
    if highlights.is_empty() {
        return;
    }
    if !section::head_ui(ui, pen, session, "Highlights", actions) {
        return;
    }
    let lost = highlights.iter().filter(|highlight| !highlight.quote.is_empty() && highlight.range.is_none()).count();
    let mut text = if highlights.len() == 1 {
        "1 brought along".to_owned()
    } else {
        format!("{} brought along", highlights.len())
    };
    if lost > 0 {
        text.push_str(&format!(", {lost} not found in the text"));
    }
    pen.text_ui(ui, &text, look::size::BODY, theme.ink);
    for highlight in highlights.iter().take(MOST_LISTED) {
        highlight_ui(ui, pen, highlight, actions);
    }
}

fn highlight_ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, highlight: &Highlight, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    let quote: String = collapse_whitespace(&highlight.quote).chars().take(QUOTED_CHARS).collect();
    if !quote.is_empty() {
        let ink = if highlight.range.is_some() { theme.ink } else { theme.faint };
        let text = format!("“{quote}”");
        let wording = pen.wording(&text, look::size::NOTE, ink).most_lines(3);
        let button = |ui: &mut Ui| pen.lettering.button_ui(ui, &text, &[wording], ui.available_width());
        let response = ui.add_enabled_ui(highlight.range.is_some(), button).inner;
        widgets::focus_ring(ui, &response, theme);
        if let Some(range) = highlight.range.filter(|_| response.clicked()) {
            actions.push(Action::GoTo(Target::Range(range)));
        }
    }
    if let Some(note) = &highlight.note {
        pen.text_ui(ui, note, look::size::NOTE, theme.soft);
    }
}
