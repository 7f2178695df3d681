//! How much of the source is shown, and each block that is not, with the reason. A block is shown in its place, or put back; all of
//! them are at once.

use egui::Ui;

use super::section;
use super::values::Pen;
use crate::app::{Action, Command, Session, Story, choices};
use crate::typeset::icons;
use crate::ui::lettering::Wording;
use crate::ui::reader::foot::coverage_text;
use crate::ui::{look, widgets};

/// Blocks that are listed at once: what a page has around its story must not push the story's own facts out of sight.
const LISTED_AT_ONCE: usize = 8;
/// Blocks that are listed at most; all are in "Original text".
const MOST_LISTED: usize = 300;

/// The section's own state.
#[derive(Default)]
pub(super) struct CoverageSection {
    /// The story whose blocks are all listed.
    whole: Option<String>,
}

impl CoverageSection {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        pen: &mut Pen<'_, '_>,
        session: &Session,
        story: &Story,
        actions: &mut Vec<Action>,
    ) {
        let theme = pen.theme;
        let coverage = story.coverage;
        if !section::head_ui(ui, pen, session, "Coverage", actions) {
            return;
        }
        pen.text_ui(ui, &coverage_text(coverage.shown, coverage.total), look::size::BODY, theme.ink);
        let mut choices = Vec::new();
        if coverage.shown < coverage.total {
            let all = session.shown_omissions.is_empty();
            let label = if all { "Show what was left out" } else { "Hide what was left out" };
            choices.push((label, Action::ShowAllOmissions(all)));
        }
        let commands = [(Command::PutAllBack, "Put back all"), (Command::ChooseAsRead, "Leave out as at first")];
        let runnable = commands.into_iter().filter(|(command, _)| session.can_run(*command));
        choices.extend(runnable.map(|(command, label)| (label, Action::Run(command))));
        // A line without a choice would leave a gap.
        if !choices.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (label, action) in choices {
                    if widgets::link_button_ui(ui, theme, label, look::size::SMALL).clicked() {
                        actions.push(action);
                    }
                }
            });
        }
        let is_whole = self.whole.as_deref() == Some(story.id.as_str());
        let most = if is_whole { MOST_LISTED } else { LISTED_AT_ONCE };
        if !story.has_omissions {
            return;
        }
        let omitted = || {
            let blocks = story.article.blocks.iter().enumerate();
            blocks.filter_map(|(n, b)| Some((n, b, b.omitted?))).filter(|(_, block, _)| block.has_text())
        };
        for (number, block, reason) in omitted().take(most) {
            let text = crate::text::collapse_whitespace(&block.plain_text());
            let short: String = text.chars().take(90).collect();
            // On a line of its own, so that it is seen behind a long quotation too.
            let texts = [
                pen.wording(&short, look::size::NOTE, theme.soft).most_lines(1),
                Wording::new(reason.label(), look::size::SMALL, theme.faint).most_lines(1),
            ];
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let width = ui.available_width() - widgets::ICON_BUTTON;
                let name = format!("{short}  {}", reason.label());
                let button = pen.lettering.button_ui(ui, &name, &texts, width);
                widgets::focus_ring(ui, &button, theme);
                if button.on_hover_text("Show in its place").clicked() {
                    actions.push(Action::ShowOmission(number));
                }
                if choices::is_open(block) {
                    let name = format!("Put back: {short}");
                    if widgets::icon_button_ui(ui, theme, icons::PLUS, &name, false).clicked() {
                        actions.push(Action::SetShown { block: number, shown: true });
                    }
                }
            });
        }
        let count = omitted().count();
        if !is_whole && count > LISTED_AT_ONCE {
            let label = format!("List all {}", crate::text::with_separators(count.min(MOST_LISTED)));
            if widgets::link_button_ui(ui, theme, &label, look::size::NOTE).clicked() {
                self.whole = Some(story.id.as_str().to_owned());
            }
        }
    }
}
