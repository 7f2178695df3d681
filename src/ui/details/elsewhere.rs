//! Other tellings of the story in the library, with how much of it is in each. One is read by a click, or laid beside.

use egui::Ui;

use super::section;
use super::values::Pen;
use crate::app::{Action, NearDuplicate, Session};
use crate::text::parts_apart;
use crate::ui::lettering::Wording;
use crate::ui::{look, widgets};

/// Draws the section; nothing where nothing of the story is anywhere else.
pub(super) fn ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, session: &Session, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    let Some(kept) = session.selected_row().and_then(|row| row.kept.as_ref()) else { return };
    let Some(nearby) = session.elsewhere.of(kept.key) else { return };
    if nearby.tellings.is_empty() && nearby.unsigned == 0 {
        return;
    }
    if !section::head_ui(ui, pen, session, "Elsewhere in your library", actions) {
        return;
    }
    let count = match nearby.tellings.len() {
        0 => "Nothing found so far".to_owned(),
        1 => "1 other telling of this story".to_owned(),
        many => format!("{many} other tellings of this story"),
    };
    pen.text_ui(ui, &count, look::size::BODY, theme.ink);
    if nearby.unsigned > 0 {
        let waiting = match nearby.unsigned {
            1 => "1 story has yet to be looked through".to_owned(),
            many => format!("{} stories have yet to be looked through", crate::text::with_separators(many)),
        };
        pen.text_ui(ui, &waiting, look::size::SMALL, theme.faint);
    }
    for telling in &nearby.tellings {
        telling_ui(ui, pen, telling, actions);
    }
}

fn telling_ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, telling: &NearDuplicate, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    let title = Wording::new(&telling.title, look::size::NOTE, theme.ink);
    let title = title.language(telling.language.as_deref()).most_lines(2);
    let shares = shares(telling);
    let below = match &telling.site {
        Some(site) => parts_apart(&format!("{site} · {shares}")).into_owned(),
        None => shares,
    };
    let texts = [title, Wording::new(&below, look::size::SMALL, theme.faint).most_lines(3)];
    let name = format!("{}, {below}", telling.title);
    let button = pen.lettering.button_ui(ui, &name, &texts, ui.available_width());
    widgets::focus_ring(ui, &button, theme);
    if button.on_hover_text("Read it").clicked() {
        actions.push(Action::SelectKept(telling.key));
    }
    let compare = widgets::link_button_ui(ui, theme, "Compare side by side", look::size::SMALL);
    ui.ctx().accesskit_node_builder(compare.id, |node| node.set_label(format!("Compare with {}", telling.title)));
    if compare.clicked() {
        actions.push(Action::LayBeside(telling.key));
    }
}

/// "87 % of this one is there too; that is 40 % of the other".
fn shares(telling: &NearDuplicate) -> String {
    let [here, there] = [telling.shared.part_here(), telling.shared.part_there()].map(per_cent);
    if here == there {
        return format!("{here} of each is in both");
    }
    format!("{here} of this one is there too; that is {there} of the other")
}

/// Rounded down, so that only all of it is 100 %.
fn per_cent(part: f32) -> String {
    format!("{:.0} %", (part * 100.0).floor())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Key;
    use crate::text::shingles::Shared;

    #[test]
    fn shares_are_told_both_ways() {
        let told = |here, there| {
            let shared = Shared { here, there };
            shares(&NearDuplicate { key: Key(1), title: String::new(), site: None, language: None, shared })
        };
        assert_eq!(told((100, 87), (200, 87)), "87 % of this one is there too; that is 43 % of the other");
        assert_eq!(told((1_000, 999), (1_000, 999)), "99 % of each is in both");
        assert_eq!(told((50, 50), (50, 50)), "100 % of each is in both");
    }
}
