//! Other tellings of the story that is read: asked for when it is there and the details are open, and again when stories came or
//! went. Compares nothing.

use super::Session;
use crate::app::Effect;
use crate::app::keeper::Request;
use crate::library::Key;

impl Session {
    /// Asks for what the details show and is not known.
    pub(super) fn keep_elsewhere_true(&mut self) -> Option<Effect> {
        let row = self.selected_row().filter(|row| row.story().is_some())?;
        let key = row.kept.as_ref()?.key;
        let is_shown = self.state.details.open && !self.focus_mode;
        if !is_shown || !self.catalogue.is_there() || !self.elsewhere.wants(key) {
            return None;
        }
        let generation = self.elsewhere.ask(key);
        Some(Effect::Library(Request::Near { generation, key }))
    }

    /// Shows the story that is read beside another.
    pub(super) fn lay_beside(&self, with: Key) -> Vec<Effect> {
        self.selected.map(|row| Effect::LayBeside { row, with }).into_iter().collect()
    }
}
