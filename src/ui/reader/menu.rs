//! The menu of the right button: what can be done with the link, the picture or the words under it.

use egui::Ui;

use super::hand::Thing;
use crate::app::{Action, Command, Session, choices};
use crate::ui::look::size;
use crate::ui::reader::foot::OPENING_THE_REST;
use crate::ui::widgets;

/// What was chosen.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// What the session is told.
    pub action: Option<Action>,
    /// What is to be opened.
    pub opened: Option<Thing>,
}

/// Draws the menu for what the button was pressed on, and the block that this is in.
pub(super) fn ui(ui: &mut Ui, session: &Session, thing: Option<&Thing>, block: Option<usize>) -> Chosen {
    let mut chosen = Chosen::default();
    // A line between groups would make it as wide as the window.
    ui.set_width(190.0);
    let theme = session.theme();
    let item = |ui: &mut Ui, name: &str| {
        let clicked = ui.add(egui::Button::new(name).min_size(egui::vec2(190.0, 26.0))).clicked();
        if clicked {
            ui.close();
        }
        clicked
    };
    match thing {
        Some(thing @ Thing::Link(_, target)) => {
            let inside = target.starts_with('#');
            if item(ui, if inside { "Go to place" } else { "Open link in browser" }) {
                chosen.opened = Some(thing.clone());
            }
            if !inside && item(ui, "Copy link address") {
                chosen.action = Some(Action::CopyLink(target.clone()));
            }
            widgets::hairline_ui(ui, theme);
        }
        Some(thing @ Thing::Picture(picture)) => {
            if item(ui, "Enlarge picture") {
                chosen.opened = Some(thing.clone());
            }
            if item(ui, "Copy picture") {
                chosen.action = Some(Action::CopyPicture(*picture));
            }
            if item(ui, "Save picture…") {
                chosen.action = Some(Action::SavePicture(*picture));
            }
            widgets::hairline_ui(ui, theme);
        }
        None => {}
    }
    for command in
        [Command::Copy, Command::CopyPlain, Command::CopyWithSource, Command::LookUp, Command::SelectAll, Command::Back]
    {
        let Some(row) = command.row().filter(|_| session.can_run(command)) else { continue };
        if item(ui, row.name) {
            chosen.action = Some(Action::Run(command));
        }
    }
    let story = session.selected_story();
    if story.is_none() {
        ui.label(widgets::text(OPENING_THE_REST, size::BODY, theme.faint));
    }
    let about = block.and_then(|number| Some((number, story?.article.blocks.get(number)?)));
    if let Some((block, what)) = about.filter(|(_, what)| choices::is_open(what)) {
        widgets::hairline_ui(ui, theme);
        let shown = what.is_shown();
        if item(ui, if shown { "Leave this block out" } else { "Put back into the story" }) {
            chosen.action = Some(Action::SetShown { block, shown: !shown });
        }
    }
    chosen
}
