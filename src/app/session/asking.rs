//! What the details ask the library about the story that is read: other tellings of it, the stories that it links to, and how
//! fast its reader reads. Asked when it is there and the details are open, and again when stories came or went. Compares nothing.

use std::collections::BTreeSet;

use super::Session;
use crate::app::Effect;
use crate::app::facts::LINKS;
use crate::app::keeper::Request;
use crate::library::{Addressed, Key};

impl Session {
    /// Asks for what the details show and is not known.
    pub(super) fn keep_asked_true(&mut self) -> Vec<Effect> {
        if !self.state.details.open || self.focus_mode || !self.catalogue.is_there() {
            return Vec::new();
        }
        let requests = [self.ask_elsewhere(), self.ask_links(), self.ask_pace()];
        requests.into_iter().flatten().map(Effect::Library).collect()
    }

    fn ask_elsewhere(&mut self) -> Option<Request> {
        let row = self.selected_row().filter(|row| row.story().is_some())?;
        let key = row.kept.as_ref()?.key;
        if !self.elsewhere.wants(key) {
            return None;
        }
        let generation = self.elsewhere.ask(key);
        Some(Request::Near { generation, key })
    }

    /// Asks about all links of the story at once, as soon as they were found.
    fn ask_links(&mut self) -> Option<Request> {
        let row = self.selected_row()?;
        let (number, except) = (row.key, row.kept.as_ref().map(|kept| kept.key));
        let facts = self.facts.as_ref().filter(|facts| row.is_of(facts.story.id.as_str()))?;
        if !self.linked.wants(number) {
            return None;
        }
        let rows = facts.sections.iter().filter(|section| section.name == LINKS).flat_map(|section| &section.rows);
        let addresses: BTreeSet<&str> = rows.filter_map(|row| row.address.as_deref()).collect();
        let addresses: Vec<String> = addresses.into_iter().map(str::to_owned).collect();
        let generation = self.linked.ask(number);
        if addresses.is_empty() {
            self.linked.settle(generation, std::collections::HashMap::new());
            return None;
        }
        Some(Request::Links { generation, addresses, except })
    }

    /// Asks once for each story that is read, so that what is told does not move while it is.
    fn ask_pace(&mut self) -> Option<Request> {
        let number = self.selected_row().filter(|row| row.story().is_some())?.key;
        (self.pace_asked.replace(number) != Some(number)).then_some(Request::Pace)
    }

    /// The story of the library that an address of the story that is read leads to.
    pub fn story_at(&self, address: &str) -> Option<&Addressed> {
        self.linked.of(self.selected?)?.get(address)
    }

    /// Stories came, went or changed: what was answered may not hold any more.
    pub(super) fn doubt_what_was_asked(&mut self) {
        self.elsewhere.is_doubted();
        self.linked.is_doubted();
    }

    /// Shows the story that is read beside another.
    pub(super) fn lay_beside(&self, with: Key) -> Vec<Effect> {
        self.selected.map(|row| Effect::LayBeside { row, with }).into_iter().collect()
    }
}
