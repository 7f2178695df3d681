//! The list of what two stories state differently, above their paragraphs. A row leads to its words on both sides; what is listed
//! is decided by [`crate::app::told_differently`].

use std::ops::Range;

use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::lettering::{Lettered, Lettering, Wording};
use super::{look, widgets};
use crate::app::Theme;
use crate::app::told_differently::{Differing, ToldDifferently};

/// What is said where nothing is listed.
pub const NOTHING: &str = "No differing figures or quotations";
/// Rows that are drawn at once; the rest comes when it is asked for.
const MOST_ROWS: usize = 60;
/// The part of the window's height that the list takes.
const MOST_DOWN: f32 = 0.26;
/// Lines of a side's words that are shown; all of them stand in the text.
const MOST_LINES: usize = 2;

/// Where the two sides' words stand.
#[derive(Clone, Copy)]
pub(super) struct Places {
    /// From the left edge.
    pub(super) lefts: [f32; 2],
    /// Of one side.
    pub(super) measure: f32,
    /// Of both.
    pub(super) width: f32,
    /// Whether they stand beside each other.
    pub(super) has_two: bool,
}

/// What belongs to the list alone.
#[derive(Default)]
pub(super) struct ToldView {
    /// The row that was chosen last, and the side that it led to.
    chosen: Option<(usize, usize)>,
    is_whole: bool,
}

impl ToldView {
    /// Draws the list. Answers with the row of the paragraphs that is to be scrolled to.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        lettering: &mut Lettering<'_>,
        told: &ToldDifferently,
        places: Places,
    ) -> Option<usize> {
        let mut goal = None;
        if told.has_too_many_quotations {
            let words = "The quotations are too many to be compared";
            lettering.label_ui(ui, &Wording::new(words, look::size::SMALL, theme.faint));
        }
        if told.rows.is_empty() {
            if !told.has_too_many_quotations {
                lettering.label_ui(ui, &Wording::new(NOTHING, look::size::BODY, theme.soft));
            }
            return None;
        }
        widgets::section_head_ui(ui, theme, "Told differently");
        let most_down = (ui.ctx().content_rect().height() * MOST_DOWN).max(60.0);
        let area = ScrollArea::vertical().id_salt("told differently").max_height(most_down);
        let area = area.min_scrolled_height(most_down).auto_shrink([false, true]);
        area.show(ui, |ui| {
            let most = if self.is_whole { told.rows.len() } else { MOST_ROWS };
            for (number, differing) in told.rows.iter().take(most).enumerate() {
                let is_chosen = self.chosen.is_some_and(|(chosen, _)| chosen == number);
                let response =
                    ui.push_id(number, |ui| row_ui(ui, theme, lettering, differing, places, is_chosen)).inner;
                if response.clicked() {
                    goal = self.choose(number, differing);
                }
            }
            if told.rows.len() > most {
                let label = format!("Show all {}", crate::text::with_separators(told.rows.len()));
                self.is_whole |= widgets::link_button_ui(ui, theme, &label, look::size::NOTE).clicked();
            }
        });
        goal
    }

    /// The paragraphs' row that a click leads to. Where the two sides' paragraphs stand apart, it is the one, and with the next
    /// click the other.
    fn choose(&mut self, number: usize, differing: &Differing) -> Option<usize> {
        let rows = differing.sides.each_ref().map(|side| side.as_ref().map(|told| told.row));
        let side = match (rows, self.chosen) {
            ([Some(left), Some(right)], Some((chosen, 0))) if chosen == number && left != right => 1,
            ([Some(_), _], _) => 0,
            _ => 1,
        };
        self.chosen = Some((number, side));
        rows.get(side).copied().flatten()
    }

    /// The words of the chosen row that stand in a row of the paragraphs, for each side.
    pub(super) fn lit<'t>(&self, told: &'t ToldDifferently, row: usize) -> [Option<&'t Range<usize>>; 2] {
        let chosen = self.chosen.and_then(|(number, _)| told.rows.get(number));
        let Some(chosen) = chosen else { return [None, None] };
        let within = |side: &'t Option<crate::app::told_differently::Told>| {
            side.as_ref().filter(|told| told.row == row && !told.range.is_empty()).map(|told| &told.range)
        };
        chosen.sides.each_ref().map(within)
    }
}

/// What a side has: its words in quotation marks where somebody said them.
fn shown(differing: &Differing, side: usize) -> String {
    match differing.sides.get(side).and_then(Option::as_ref) {
        Some(told) if differing.kind == crate::app::told_differently::DifferingKind::Quotation => {
            format!("“{}”", told.words)
        }
        Some(told) => match &told.meaning {
            Some(meaning) => format!("{} ({meaning})", told.words),
            None => told.words.clone(),
        },
        None => if side == 0 { "not in this one" } else { "not in the other" }.to_owned(),
    }
}

/// What a screen reader says of a row.
fn name(differing: &Differing) -> String {
    let kind = differing.kind.label();
    match &differing.sides {
        [Some(_), None] => format!("{kind}: {} only here", shown(differing, 0)),
        [None, Some(_)] => format!("{kind}: {} only there", shown(differing, 1)),
        _ => format!("{kind}: {} here, {} there", shown(differing, 0), shown(differing, 1)),
    }
}

fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    lettering: &mut Lettering<'_>,
    differing: &Differing,
    places: Places,
    is_chosen: bool,
) -> egui::Response {
    let kind = Wording::new(differing.kind.label(), look::size::SMALL, theme.faint);
    let kind = lettering.set(ui, &kind, places.measure);
    let texts = [0, 1].map(|side| {
        let is_there = differing.sides.get(side).is_some_and(Option::is_some);
        let (text, ink) = (shown(differing, side), if is_there { theme.ink } else { theme.faint });
        lettering.set(ui, &Wording::new(&text, look::size::BODY, ink).most_lines(MOST_LINES), places.measure)
    });
    let [left, right] = texts.each_ref().map(Lettered::height);
    let down = if places.has_two { left.max(right) } else { left + right };
    let (rect, response) = ui.allocate_exact_size(vec2(places.width, kind.height() + down + 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name(differing)));
    if response.has_focus() {
        // Arrows scroll the paragraphs, as they do from every other button here.
        let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    if ui.is_rect_visible(rect) {
        if is_chosen || response.hovered() {
            let fill = if is_chosen { theme.selected } else { theme.hover };
            ui.painter().rect_filled(rect, 5.0, look::color(fill));
        }
        let mut at = pos2(rect.left(), rect.top() + 4.0);
        kind.paint(ui.painter(), at);
        at.y += kind.height();
        for (text, left) in texts.iter().zip(places.lefts) {
            text.paint(ui.painter(), pos2(at.x + left, at.y));
            if !places.has_two {
                at.y += text.height();
            }
        }
        widgets::focus_ring(ui, &response, theme);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Lines below words that a click led to.
pub(super) fn lit_ui(ui: &Ui, theme: &Theme, rects: impl Iterator<Item = Rect>) {
    let stroke = egui::Stroke::new(2.0, look::color(theme.accent));
    for rect in rects {
        ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::told_differently::{DifferingKind, Told};

    fn differing(kind: DifferingKind, sides: [Option<(&str, usize)>; 2]) -> Differing {
        let told = |(words, row): (&str, usize)| Told {
            words: words.to_owned(),
            meaning: (words == "Monday").then(|| format!("2026-03-0{}", row + 1)),
            row,
            range: 0..words.len(),
        };
        Differing { kind, sides: sides.map(|side| side.map(told)) }
    }

    #[test]
    fn a_row_is_told_by_ear() {
        use DifferingKind::{Date, Figure, Quotation};
        for (row, expected) in [
            (
                differing(Figure, [Some(("12 people", 0)), Some(("14 people", 0))]),
                "Figure: 12 people here, 14 people there",
            ),
            (differing(Date, [Some(("2 March", 0)), Some(("3 March", 0))]), "Date: 2 March here, 3 March there"),
            (
                differing(Date, [Some(("Monday", 1)), Some(("Monday", 8))]),
                "Date: Monday (2026-03-02) here, Monday (2026-03-09) there",
            ),
            (differing(Quotation, [None, Some(("We know", 3))]), "Quotation: “We know” only there"),
            (differing(Quotation, [Some(("We know", 3)), None]), "Quotation: “We know” only here"),
        ] {
            assert_eq!(name(&row), expected);
        }
    }

    #[test]
    fn a_click_leads_to_both_sides() {
        let together = differing(DifferingKind::Figure, [Some(("1", 4)), Some(("2", 4))]);
        let apart = differing(DifferingKind::Figure, [Some(("1", 2)), Some(("2", 9))]);
        let alone = differing(DifferingKind::Quotation, [None, Some(("We know", 3))]);
        let mut view = ToldView::default();
        let told = |rows: &[&Differing]| ToldDifferently {
            rows: rows.iter().copied().cloned().collect(),
            ..Default::default()
        };
        let all = told(&[&together, &apart, &alone]);
        let mut led = |number: usize| view.choose(number, &all.rows[number]);
        assert_eq!([led(0), led(0), led(1), led(1), led(1), led(2), led(2)].map(Option::unwrap), [4, 4, 2, 9, 2, 3, 3]);
        assert_eq!(view.lit(&all, 3), [None, Some(&(0..7))]);
        assert_eq!(view.lit(&all, 4), [None, None]);
    }
}
