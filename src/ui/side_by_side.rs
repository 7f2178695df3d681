//! Two stories side by side: in two columns where the window has room for them, one below the other where it has not. Only what
//! is in sight is set; what is above and below has the height it had last, or an estimated one. What is marked is decided by
//! [`crate::app::side_by_side`].

use std::ops::Range;

use egui::{
    Id, Key, Modal, Modifiers, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::lettering::{Lettered, Lettering, Wording};
use super::told_differently::{Places, ToldView, lit_ui};
use super::{look, widgets};
use crate::app::side_by_side::{Cell, Head, PairRow, SideBySide};
use crate::app::{Action, Session, Theme};
use crate::document::TextRange;
use crate::text::with_separators;

/// The widest that the dialog is: two columns of some 65 letters.
const WIDEST: f32 = 1_060.0;
/// Two columns from this width of the dialog on: 40 letters each.
const TWO_COLUMNS_FROM: f32 = 620.0;
/// Between columns, and between paragraphs.
const GAP: f32 = 24.0;
const BELOW: f32 = 12.0;
/// What a line of text takes down, and a letter across, in ems: for estimates.
const LINE_EMS: f32 = 1.3;
const LETTER_EMS: f32 = 0.5;
/// An arrow key scrolls so many lines, a page key leaves so many in sight.
const LINES_OF_A_STEP: f32 = 3.0;

/// What belongs to the view alone.
#[derive(Default)]
pub struct SideBySideView {
    heights: Vec<f32>,
    width: f32,
    /// Where it is to be scrolled to.
    goal: Option<f32>,
    offset: f32,
    /// Room for the rows in the last frame.
    room: f32,
    told: ToldView,
}

impl SideBySideView {
    /// Draws the comparison, if there is one.
    pub fn ui(&mut self, ui: &Ui, session: &Session, lettering: &mut Lettering<'_>) -> Option<Action> {
        let Some(laid) = session.side_by_side.as_deref() else {
            *self = Self::default();
            return None;
        };
        let theme = session.theme();
        let mut is_closed = false;
        let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(look::PANEL_MARGIN));
        let modal = Modal::new(Id::unique("side by side")).frame(frame).show(ui.ctx(), |ui| {
            let window = ui.ctx().content_rect();
            let width = WIDEST.min(window.width() - 60.0).max(100.0);
            ui.set_width(width);
            let title = egui::RichText::new("Side by side").font(look::semibold(16.0)).color(look::color(theme.ink));
            let response = ui.label(title);
            widgets::mark_heading(ui, &response, 1, "Side by side");
            lettering.label_ui(ui, &Wording::new(&summary(laid), look::size::BODY, theme.soft));
            ui.add_space(8.0);
            let columns = Columns::of(ui.cursor().left(), width);
            heads_ui(ui, theme, lettering, laid, &columns);
            widgets::hairline_ui(ui, theme);
            let above = ui.cursor().top();
            if let Some(row) = self.told.ui(ui, theme, lettering, &laid.told, columns.places()) {
                self.goal = Some(self.heights.iter().take(row).sum());
            }
            widgets::hairline_ui(ui, theme);
            let list = ui.cursor().top() - above;
            self.take_keys(ui);
            self.rows_ui(ui, theme, lettering, laid, &columns, window.height() - 240.0 - list);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let buttons = ["Previous difference", "Next difference", "Close"];
                let [back, on, close] = buttons.map(|label| widgets::field_button_ui(ui, theme, label));
                if ui.memory(egui::Memory::focused).is_none() {
                    close.request_focus();
                }
                // Arrows scroll, whichever button has the focus; Tab goes from one to the next.
                for button in [&back, &on, &close].into_iter().filter(|button| button.has_focus()) {
                    let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
                    ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
                }
                if back.clicked() || on.clicked() {
                    self.turn_to_difference(laid, on.clicked());
                }
                is_closed = close.clicked();
            });
        });
        (is_closed || modal.should_close()).then_some(Action::SideBySideClosed)
    }

    /// The keys that scroll a page scroll this one.
    fn take_keys(&mut self, ui: &Ui) {
        let line = look::size::BODY * LINE_EMS;
        let page = (self.room - 2.0 * line).max(line);
        let end = f32::MAX;
        for (key, by) in [
            (Key::ArrowDown, LINES_OF_A_STEP * line),
            (Key::ArrowUp, -LINES_OF_A_STEP * line),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Home, -end),
            (Key::End, end),
        ] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.goal = Some((self.offset + by).max(0.0));
            }
        }
    }

    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        lettering: &mut Lettering<'_>,
        laid: &SideBySide,
        columns: &Columns,
        most_down: f32,
    ) {
        // Another width, or another comparison.
        if self.heights.len() != laid.rows.len() || (self.width - columns.width).abs() > 0.5 {
            self.heights = laid.rows.iter().map(|row| columns.estimate(row)).collect();
            self.width = columns.width;
        }
        // At once as high as it may be: a dialog that is not yet in its place would grow over several frames.
        let most_down = most_down.max(80.0);
        let mut area = ScrollArea::vertical().max_height(most_down).min_scrolled_height(most_down);
        area = area.auto_shrink([false, true]);
        if let Some(goal) = self.goal.take() {
            let all: f32 = self.heights.iter().sum();
            area = area.vertical_scroll_offset(goal.min((all - self.room).max(0.0)));
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            let all: f32 = self.heights.iter().sum();
            ui.set_height(all);
            ui.set_width(columns.width);
            let top = ui.max_rect().top();
            let mut y = 0.0;
            for (number, (row, height)) in laid.rows.iter().zip(&mut self.heights).enumerate() {
                if y > viewport.bottom() {
                    break;
                }
                if y + *height >= viewport.top() {
                    let place = Rect::from_min_size(pos2(ui.max_rect().left(), top + y), vec2(columns.width, *height));
                    let mut child = ui.new_child(UiBuilder::new().id_salt(number).max_rect(place));
                    let lit = self.told.lit(&laid.told, number);
                    *height = row_ui(&mut child, theme, lettering, laid, row, lit, columns);
                }
                y += *height;
            }
        });
        self.offset = output.state.clamped_offset().y;
        self.room = output.inner_rect.height();
    }

    /// Scrolls to the first row that differs below what is at the top, or the last one above it.
    fn turn_to_difference(&mut self, laid: &SideBySide, is_forward: bool) {
        let mut top = 0.0;
        let mut tops = Vec::new();
        for (row, height) in laid.rows.iter().zip(&self.heights) {
            if row.differs() {
                tops.push(top);
            }
            top += height;
        }
        let at = self.offset;
        self.goal = if is_forward {
            tops.into_iter().find(|top| *top > at + 1.0)
        } else {
            tops.into_iter().rev().find(|top| *top < at - 1.0)
        };
    }
}

/// Where the two texts stand.
struct Columns {
    left: f32,
    width: f32,
    /// Of one text.
    measure: f32,
    has_two: bool,
}

impl Columns {
    fn of(left: f32, width: f32) -> Self {
        // Room for the scroll bar.
        let width = width - 16.0;
        let has_two = width >= TWO_COLUMNS_FROM;
        let measure = if has_two { (width - GAP) / 2.0 } else { width - GAP };
        Self { left, width, measure: measure.floor(), has_two }
    }

    /// Where a side's text begins. Where they stand below each other, the other's is indented.
    fn left_of(&self, side: usize) -> f32 {
        match (side, self.has_two) {
            (0, _) => 0.0,
            (_, true) => self.measure + GAP,
            (_, false) => GAP,
        }
    }

    fn places(&self) -> Places {
        let lefts = [0, 1].map(|side| self.left_of(side));
        Places { lefts, measure: self.measure, width: self.width, has_two: self.has_two }
    }

    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn estimate(&self, row: &PairRow) -> f32 {
        let height = |cell: &Option<Cell>| {
            let letters = cell.as_ref().map_or(0, |cell| cell.text.chars().count()) as f32;
            (letters * LETTER_EMS * look::size::BODY / self.measure.max(1.0)).ceil() * LINE_EMS * look::size::BODY
        };
        let [left, right] = &row.cells;
        BELOW + if self.has_two { height(left).max(height(right)) } else { height(left) + height(right) }
    }
}

/// "9 paragraphs are in both, 7 of them word for word; 2 only here, 3 only there."
fn summary(laid: &SideBySide) -> String {
    let count = |side: usize| laid.rows.iter().filter(|row| row.cells.get(side).is_some_and(Option::is_some)).count();
    let [here, there] = [count(0), count(1)].map(|all| with_separators(all - laid.shared.min(all)));
    let words = match (laid.shared, laid.same) {
        (shared, same) if shared == same => "word for word".to_owned(),
        (_, 0) => "none of them word for word".to_owned(),
        (_, same) => format!("{} of them word for word", with_separators(same)),
    };
    match laid.shared {
        0 => format!("No paragraph is in both; {here} only here, {there} only there"),
        1 => format!("1 paragraph is in both, {words}; {here} only here, {there} only there"),
        many => {
            format!("{} paragraphs are in both, {words}; {here} only here, {there} only there", with_separators(many))
        }
    }
}

fn heads_ui(ui: &mut Ui, theme: &Theme, lettering: &mut Lettering<'_>, laid: &SideBySide, columns: &Columns) {
    let at = ui.cursor().min;
    let mut bottom = at.y;
    for (side, head) in laid.heads.iter().enumerate() {
        let top = if columns.has_two { at.y } else { bottom };
        let place = Rect::from_min_size(pos2(columns.left + columns.left_of(side), top), vec2(columns.measure, 0.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place));
        head_ui(&mut child, theme, lettering, head, side);
        bottom = bottom.max(child.min_rect().bottom() + 4.0);
    }
    ui.allocate_rect(Rect::from_min_max(at, pos2(at.x + columns.width, bottom)), Sense::hover());
}

fn head_ui(ui: &mut Ui, theme: &Theme, lettering: &mut Lettering<'_>, head: &Head, side: usize) {
    let title = Wording::new(&head.title, look::size::ROW, theme.ink).semibold(true).most_lines(2);
    lettering.label_ui(ui, &title.language(head.language.as_deref()));
    let which = if side == 0 { "this one" } else { "the other" };
    let site = head.site.as_ref().map_or_else(|| which.to_owned(), |site| format!("{site} · {which}"));
    lettering.label_ui(ui, &Wording::new(&crate::text::parts_apart(&site), look::size::SMALL, theme.faint));
}

/// Draws a row, and answers with its height.
fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    lettering: &mut Lettering<'_>,
    laid: &SideBySide,
    row: &PairRow,
    lit: [Option<&Range<usize>>; 2],
    columns: &Columns,
) -> f32 {
    let at = ui.max_rect().min;
    let mut down: f32 = 0.0;
    let mut highest: f32 = 0.0;
    for (side, ((cell, head), lit)) in row.cells.iter().zip(&laid.heads).zip(lit).enumerate() {
        let Some(cell) = cell else { continue };
        let place = pos2(at.x + columns.left_of(side), at.y + down);
        let height = cell_ui(ui, theme, lettering, cell, head, lit, side, place, columns.measure);
        highest = highest.max(height);
        if !columns.has_two {
            down += height + 4.0;
        }
    }
    BELOW + if columns.has_two { highest } else { down }
}

#[expect(clippy::too_many_arguments, reason = "what it is drawn with, what is drawn, and where")]
fn cell_ui(
    ui: &mut Ui,
    theme: &Theme,
    lettering: &mut Lettering<'_>,
    cell: &Cell,
    head: &Head,
    lit: Option<&Range<usize>>,
    side: usize,
    at: Pos2,
    width: f32,
) -> f32 {
    let ink = if cell.is_moved { theme.soft } else { theme.ink };
    let wording = Wording::new(&cell.text, look::size::BODY, ink).language(head.language.as_deref());
    let lettered = lettering.set(ui, &wording, width);
    let mut height = lettered.height();
    let rect = Rect::from_min_size(at, vec2(width, height));
    let response = ui.interact(rect, ui.scope_id().with(("paragraph", side)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, told(cell, side)));
    marks_ui(ui, theme, &lettered, &cell.marked, at);
    lettered.paint(ui.painter(), at);
    if let Some(lit) = lit {
        lit_ui(ui, theme, lettered.rects(at, TextRange::new(lit.start, lit.end)));
    }
    if cell.is_moved {
        let words = "in another place there";
        let words = Wording::new(words, look::size::SMALL, theme.faint);
        let note = lettering.set(ui, &words, width);
        note.paint(ui.painter(), pos2(at.x, at.y + height));
        height += note.height();
    }
    height
}

/// What only this story has lies on a colour and over a line, since not everybody tells colours apart.
fn marks_ui(ui: &Ui, theme: &Theme, lettered: &Lettered, marked: &[Range<usize>], at: Pos2) {
    let line = Stroke::new(1.0, look::color(theme.ink));
    for range in marked {
        for rect in lettered.rects(at, TextRange::new(range.start, range.end)) {
            ui.painter().rect_filled(rect, 0.0, look::color(theme.highlight));
            ui.painter().hline(rect.x_range(), rect.bottom() - 1.5, line);
        }
    }
}

/// What a screen reader says of a paragraph: by ear no colour is seen.
fn told(cell: &Cell, side: usize) -> String {
    let which = if side == 0 { "This one" } else { "The other" };
    let marked: Vec<&str> = cell.marked.iter().filter_map(|range| cell.text.get(range.clone())).collect();
    let kind = match marked.as_slice() {
        [] if cell.is_moved => "in both, in another place".to_owned(),
        [] => "in both".to_owned(),
        [only] if only.trim() == cell.text.trim() => "only here".to_owned(),
        some => format!("only here: {}", some.join("; ")),
    };
    format!("{which}, {kind}. {}", cell.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_summed_up() {
        let row = |left: bool, right: bool| PairRow { cells: [left, right].map(|is| is.then(Cell::default)) };
        let laid = |rows: Vec<PairRow>, shared, same| SideBySide { rows, shared, same, ..SideBySide::default() };
        for (laid, expected) in [
            (laid(vec![row(true, true)], 1, 1), "1 paragraph is in both, word for word; 0 only here, 0 only there"),
            (
                laid(vec![row(true, true), row(true, true), row(true, false), row(false, true)], 2, 1),
                "2 paragraphs are in both, 1 of them word for word; 1 only here, 1 only there",
            ),
            (
                laid(vec![row(true, false), row(false, true)], 0, 0),
                "No paragraph is in both; 1 only here, 1 only there",
            ),
        ] {
            assert_eq!(summary(&laid), expected);
        }
    }

    #[test]
    fn marks_are_told_by_ear() {
        let cell = |text: &str, marked: Option<Range<usize>>, is_moved| Cell {
            text: text.into(),
            marked: marked.into_iter().collect(),
            is_moved,
        };
        for (cell, side, expected) in [
            (cell("Nine.", None, false), 0, "This one, in both. Nine."),
            (cell("Nine.", None, true), 1, "The other, in both, in another place. Nine."),
            (cell("Nine.", Some(0..5), false), 0, "This one, only here. Nine."),
            (cell("At nine sharp.", Some(3..7), false), 1, "The other, only here: nine. At nine sharp."),
        ] {
            assert_eq!(told(&cell, side), expected);
        }
    }
}
