//! The facts of the story that is read: asked for once, given up when another is read, taken in when they come, and given to the
//! library. Finds none.

use std::sync::Arc;

use super::Session;
use crate::app::catalogue::LibraryState;
use crate::app::fact_finding::FactFinding;
use crate::app::keeper::Request;
use crate::app::story::KeptRow;
use crate::app::{Effect, Facts, Notice};

impl Session {
    /// Has the facts of the story that is read found, once for each story, each choice of what belongs to it and
    /// each day that it is said to be of.
    pub(super) fn keep_facts_true(&mut self) -> Option<Effect> {
        let story = self.selected_story().map(Arc::clone);
        let kept = self.selected_row().and_then(|row| row.kept.as_ref());
        let day = kept.map(KeptRow::publication_day).unwrap_or_default();
        let is_asked = match (&self.finding, &story) {
            (Some(finding), Some(story)) => finding.is_of(story, day),
            (finding, story) => finding.is_none() && story.is_none(),
        };
        if is_asked {
            return None;
        }
        if let Some(finding) = self.finding.take() {
            finding.give_up();
        }
        self.facts_progress = None;
        // Those of the same story with another choice of its blocks stay until the new ones are there.
        if self.facts.as_ref().is_some_and(|facts| story.as_ref().is_none_or(|story| facts.story.id != story.id)) {
            self.facts = None;
        }
        self.finding = story.map(|story| FactFinding::of(story, day));
        self.finding.clone().map(Effect::FindFacts)
    }

    /// A search has come further. What is told of another one is late.
    pub(super) fn facts_moved(&mut self, finding: &FactFinding, done: f32) {
        if self.finding.as_ref() == Some(finding) {
            self.facts_progress = Some(done);
        }
    }

    /// Facts were found. What comes of another story is late.
    pub(super) fn facts_found(&mut self, mut facts: Facts) {
        if self.selected_story().is_some_and(|story| Arc::ptr_eq(story, &facts.story)) {
            // Of a book that is more than its rows, and nobody keeps it.
            if !self.catalogue.is_there() {
                facts.found = None;
            }
            self.facts = Some(facts);
            self.facts_progress = None;
            self.linked.is_doubted();
        }
    }

    /// Has what was found anew kept, as soon as its story is.
    pub(super) fn keep_what_was_found(&mut self) -> Option<Effect> {
        let is_kept = self.catalogue.state == LibraryState::Whole
            && !self.is_keeping
            && self.arrivals.is_empty()
            && self.selected_row().is_some_and(|row| row.kept.is_some());
        let facts = self.facts.as_mut().filter(|_| is_kept)?;
        let insights = facts.found.take()?;
        Some(Effect::Library(Request::KeepInsights { id: facts.story.id.clone(), insights }))
    }

    /// A search has ended without facts: it was given up, or stumbled, which is told.
    pub(super) fn facts_not_found(&mut self, finding: &FactFinding, notice: Option<Notice>) {
        if self.finding.as_ref() == Some(finding) {
            self.facts_progress = None;
        }
        if let Some(notice) = notice {
            self.tell(notice);
        }
    }
}
