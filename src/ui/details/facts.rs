//! What the rules say of the story: sections of rows. A row leads to its words; the row whose words are under the pointer in
//! the text is lit, and the words of the row under the pointer are lit in the text.

use egui::{Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::heights::Heights;
use super::section;
use super::values::Pen;
use crate::app::effect::Target;
use crate::app::facts::{FIGURES, LINKS, READ_FOR, Row, Section};
use crate::app::{Action, Addressed, Facts, Session};
use crate::document::TextRange;
use crate::ui::lettering::Wording;
use crate::ui::{look, widgets};

/// Rows of a section that are drawn at once; the rest comes when it is asked for.
const MOST_ROWS: usize = 60;
/// Points that a row below a head is moved in.
const INDENT: f32 = 12.0;
/// What marks a link that leads to a story of the library.
const IN_LIBRARY: &str = "In your library";

/// The sections' own state.
#[derive(Default)]
pub(super) struct FactSections {
    /// Sections whose rows are all drawn, by their names, and the story that this is so for.
    whole: std::collections::HashSet<&'static str>,
    of: Option<String>,
    /// Whether figures stand by their size.
    is_sorted: bool,
    /// The row that was lit last, so that it is scrolled to once.
    lit: Option<TextRange>,
    heights: Heights,
}

/// What the pointer is at, in the text and in the panel.
#[derive(Default)]
pub(super) struct Pointed {
    /// In the text.
    pub(super) offset: Option<usize>,
    /// The words of the row under the pointer.
    pub(super) range: Option<TextRange>,
}

impl FactSections {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen<'_, '_>,
        session: &Session,
        pointed: &mut Pointed,
        actions: &mut Vec<Action>,
    ) {
        let Some(facts) = &session.facts else {
            waiting_ui(ui, pen, session, actions);
            return;
        };
        let is_first = self.of.as_deref() != Some(facts.story.id.as_str());
        if is_first {
            self.whole.clear();
            self.of = Some(facts.story.id.as_str().to_owned());
        }
        self.heights.begin_pass(ui.ctx().cumulative_frame_nr(), is_first);
        let lit = pointed.offset.and_then(|at| narrowest(facts.sections.iter().flat_map(|s| &s.rows), at));
        let is_new = lit != self.lit && lit.is_some();
        self.lit = lit;
        for section in &facts.sections {
            let leads_to = |row: &Row| {
                row.address.as_deref().filter(|_| section.name == LINKS).and_then(|address| session.story_at(address))
            };
            let rows = wanted(pen, section, &|row| leads_to(row).is_some());
            if pen.is_searching() && rows.is_empty() {
                continue;
            }
            if !section::head_ui(ui, pen, session, section.name, actions) {
                continue;
            }
            pen.due_head_ui(ui);
            if !section.summary.is_empty() {
                pen.text_ui(ui, &section.summary, look::size::BODY, pen.theme.ink);
                ui.add_space(2.0);
            }
            if section.name == LINKS
                && let Some(text) = stories_text(session)
            {
                pen.text_ui(ui, &text, look::size::SMALL, pen.theme.faint);
            }
            let mut rows = rows;
            if section.name == FIGURES {
                self.table_ui(ui, pen, facts, actions);
                if self.is_sorted {
                    rows.retain(|row| row.value.is_some());
                    rows.sort_by(|a, b| b.value.unwrap_or_default().total_cmp(&a.value.unwrap_or_default()));
                }
            }
            let most = if self.whole.contains(section.name) || pen.is_searching() { rows.len() } else { MOST_ROWS };
            for (number, row) in rows.iter().take(most).enumerate() {
                ui.push_id((section.name, number), |ui| {
                    let is_lit = lit.is_some() && row.range == lit;
                    let response = row_ui(ui, pen, row, is_lit, &mut self.heights);
                    if response.hovered() && row.range.is_some() {
                        pointed.range = row.range;
                    }
                    if is_lit && is_new {
                        response.scroll_to_me(None);
                    }
                    let story = leads_to(row);
                    act(&response, row, story, actions);
                    if let Some(story) = story {
                        mark_ui(ui, pen, story, actions);
                    }
                });
            }
            if rows.len() > most {
                let label = format!("Show all {}", crate::text::with_separators(rows.len()));
                if widgets::link_button_ui(ui, pen.theme, &label, look::size::NOTE).clicked() {
                    self.whole.insert(section.name);
                }
            }
        }
        if self.heights.is_guessing() {
            ui.ctx().request_repaint();
        }
    }
}

impl FactSections {
    /// What can be done with the figures as a table.
    fn table_ui(&mut self, ui: &mut Ui, pen: &Pen<'_, '_>, facts: &Facts, actions: &mut Vec<Action>) {
        ui.horizontal(|ui| {
            let label = if self.is_sorted { "By kind" } else { "By size" };
            if widgets::link_button_ui(ui, pen.theme, label, look::size::SMALL).clicked() {
                self.is_sorted = !self.is_sorted;
            }
            if widgets::link_button_ui(ui, pen.theme, "Copy as table", look::size::SMALL).clicked() {
                actions.push(Action::CopyLink(facts.figures_as_tsv()));
            }
        });
    }
}

/// What stands in the sections of a long story until its facts are found: what is looked for, and how far that has come.
fn waiting_ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, session: &Session, actions: &mut Vec<Action>) {
    let Some(done) = session.facts_progress.filter(|_| !pen.is_searching()) else { return };
    for (name, doing) in READ_FOR {
        if !section::head_ui(ui, pen, session, name, actions) {
            continue;
        }
        let percent = f64::from(done * 100.0).floor();
        let text = format!("{doing}… {percent:.0} %");
        let lettered =
            pen.lettering.set(ui, &Wording::new(&text, look::size::BODY, pen.theme.soft), ui.available_width());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), lettered.height() + 7.0), Sense::hover());
        // Not announced: it moves ten times a second, and is there for who looks for it.
        response.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, doing));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_numeric_value(percent);
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(100.0);
            node.set_value(format!("{percent:.0} %"));
        });
        lettered.paint(ui.painter(), rect.min);
        let track = Rect::from_min_size(pos2(rect.left(), rect.bottom() - 4.0), vec2(rect.width(), 2.0));
        ui.painter().rect_filled(track, 1.0, look::color(pen.theme.line));
        let part = track.with_max_x(track.left() + track.width() * done.clamp(0.0, 1.0));
        ui.painter().rect_filled(part, 1.0, look::color(pen.theme.accent));
    }
}

/// Of the rows whose words hold an offset, those of the fewest words.
fn narrowest<'r>(rows: impl Iterator<Item = &'r Row>, offset: usize) -> Option<TextRange> {
    rows.filter_map(|row| row.range).filter(|range| range.contains(offset)).min_by_key(|range| range.end - range.start)
}

/// The rows in which what is searched is found, with their heads.
fn wanted<'s>(pen: &Pen<'_, '_>, section: &'s Section, is_marked: &dyn Fn(&Row) -> bool) -> Vec<&'s Row> {
    if !pen.is_searching() || pen.wants(section.name) {
        return section.rows.iter().collect();
    }
    let mut out: Vec<&Row> = Vec::new();
    let mut head: Option<(&Row, bool)> = None;
    let wants_marked = pen.wants(IN_LIBRARY);
    for row in &section.rows {
        let is_found = pen.wants(&row.text) || pen.wants(&row.note) || (wants_marked && is_marked(row));
        if row.is_head {
            head = Some((row, is_found));
            if is_found {
                out.push(row);
            }
        } else if is_found || head.is_some_and(|(_, head_found)| head_found) {
            if let Some((head_row, false)) = head {
                out.push(head_row);
                head = None;
            }
            out.push(row);
        }
    }
    out
}

/// How many stories of the library the links lead to; `None` where there are none, or the library has not answered.
fn stories_text(session: &Session) -> Option<String> {
    let linked = session.linked.of(session.selected?)?;
    let stories: std::collections::HashSet<_> = linked.values().map(|story| story.key).collect();
    match stories.len() {
        0 => None,
        1 => Some("1 story in your library is linked to".to_owned()),
        many => Some(format!("{} stories in your library are linked to", crate::text::with_separators(many))),
    }
}

/// The mark of a link that leads to a story of the library: a click reads it.
fn mark_ui(ui: &mut Ui, pen: &Pen<'_, '_>, story: &Addressed, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.add_space(INDENT);
        let mark = widgets::link_button_ui(ui, pen.theme, IN_LIBRARY, look::size::SMALL);
        ui.ctx().accesskit_node_builder(mark.id, |node| node.set_label(format!("{IN_LIBRARY}: {}", story.title)));
        if mark.on_hover_text("Read it").clicked() {
            actions.push(Action::SelectKept(story.key));
        }
    });
}

fn act(response: &egui::Response, row: &Row, story: Option<&Addressed>, actions: &mut Vec<Action>) {
    if response.clicked() {
        if let Some(range) = row.range {
            actions.push(Action::GoTo(Target::Range(range)));
        } else if let Some(address) = &row.address {
            actions.push(Action::CopyLink(address.to_string()));
        }
    }
    response.context_menu(|ui| {
        if let Some(story) = story
            && ui.button("Read it in your library").clicked()
        {
            actions.push(Action::SelectKept(story.key));
        }
        if let Some(range) = row.range
            && ui.button("Show in the text").clicked()
        {
            actions.push(Action::GoTo(Target::Range(range)));
        }
        if ui.button("Copy").clicked() {
            actions.push(Action::CopyLink(row.text.to_string()));
        }
        if let Some(address) = &row.address {
            if ui.button("Copy address").clicked() {
                actions.push(Action::CopyLink(address.to_string()));
            }
            if address.starts_with("http") && ui.button("Open in browser").clicked() {
                actions.push(Action::FollowLink(address.to_string()));
            }
        }
    });
}

fn row_ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, row: &Row, is_lit: bool, heights: &mut Heights) -> egui::Response {
    let theme = pen.theme;
    let indent = if row.is_head { 0.0 } else { INDENT };
    let width = ui.available_width();
    let key = Heights::key(row, width);
    let place = Rect::from_min_size(ui.cursor().min, vec2(width, heights.known(key).unwrap_or(0.0)));
    if !ui.is_rect_visible(place)
        && let Some(height) = heights.out_of_sight(key)
    {
        return allocate(ui, row, vec2(width, height)).1;
    }
    let inner = (width - indent - 8.0).max(40.0);
    let wording = pen.wording(&row.text, look::size::BODY, theme.ink).semibold(row.is_head).most_lines(4);
    let text = pen.lettering.set(ui, &wording, inner);
    let note = Wording::new(&row.note, look::size::SMALL, theme.faint).most_lines(2);
    let note = pen.lettering.set(ui, &note, inner);
    let note_height = if row.note.is_empty() { 0.0 } else { note.height() };
    let bar = if row.share.is_some() || !row.ticks.is_empty() { 7.0 } else { 0.0 };
    let height = (text.height() + note_height + bar + 7.0).max(24.0);
    heights.learn(key, height);
    let (rect, response) = allocate(ui, row, vec2(width, height));
    if ui.is_rect_visible(rect) {
        if is_lit || (response.hovered() && can_click(row)) {
            let fill = if is_lit { theme.highlight } else { theme.hover };
            ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), 5.0, look::color(fill));
        }
        let x = rect.left() + indent;
        let mut y = rect.top() + 3.0;
        text.paint(ui.painter(), pos2(x, y));
        y += text.height();
        if !row.note.is_empty() {
            note.paint(ui.painter(), pos2(x, y));
            y += note_height;
        }
        if let Some(share) = row.share {
            let track = Rect::from_min_size(pos2(x, y + 2.0), vec2(inner, 3.0));
            ui.painter().rect_filled(track, 1.5, look::color(theme.line));
            let part = track.with_max_x(track.left() + track.width() * share.clamp(0.0, 1.0));
            ui.painter().rect_filled(part, 1.5, look::color(theme.accent));
        }
        if !row.ticks.is_empty() {
            let track = Rect::from_min_size(pos2(x, y + 3.0), vec2(inner, 1.0));
            ui.painter().rect_filled(track, 0.0, look::color(theme.line));
            for tick in &row.ticks {
                let at = track.left() + track.width() * tick.clamp(0.0, 1.0);
                let mark = Rect::from_center_size(pos2(at, track.center().y), vec2(2.0, 6.0));
                ui.painter().rect_filled(mark, 1.0, look::color(theme.accent));
            }
        }
        widgets::focus_ring(ui, &response, theme);
    }
    response
}

/// The room of a row, and what a screen reader is told of it.
fn allocate(ui: &mut Ui, row: &Row, size: egui::Vec2) -> (Rect, egui::Response) {
    let sense = if can_click(row) { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let role = if can_click(row) { egui::Role::Button } else { egui::Role::Label };
    response.widget_info(|| {
        let name = if row.note.is_empty() { row.text.to_string() } else { format!("{}, {}", row.text, row.note) };
        WidgetInfo::labeled(role, true, name)
    });
    (rect, response)
}

/// Whether a row leads somewhere.
fn can_click(row: &Row) -> bool {
    row.range.is_some() || row.address.is_some()
}
