//! Blocks put back and left out by the person who reads, and the way back from that. Changes no file but the remembered
//! state.

use std::sync::Arc;

use super::{Session, Step};
use crate::app::choices::{self, Change, Choices};
use crate::app::keeper::{How, Request};
use crate::app::{Effect, RowStatus, Story};

/// The most changes that can be taken back.
const MOST_CHANGES: usize = 1_000;

impl Session {
    /// The story with what the person chose for it in earlier sessions.
    pub(super) fn with_choices(&self, story: &Arc<Story>) -> Arc<Story> {
        let kept = self.state.choices.get(story.id.as_str());
        kept.map_or_else(|| Arc::clone(story), |kept| choices::apply(story, &choices::from_kept(kept, story)))
    }

    /// Puts a block of the story that is read back, or leaves it out.
    pub(super) fn set_shown(&mut self, block: usize, shown: bool) -> Vec<Effect> {
        self.choose(vec![(block, shown)])
    }

    /// Puts every block that was left out back, as one step.
    pub(super) fn put_all_back(&mut self) -> Vec<Effect> {
        let blocks = self.selected_story().map(|story| story.article.blocks.as_slice()).unwrap_or_default();
        let wanted = (0..blocks.len()).map(|block| (block, true)).collect();
        self.choose(wanted)
    }

    /// Shows and leaves out what was shown and left out when the story was read, as one step.
    pub(super) fn choose_as_read(&mut self) -> Vec<Effect> {
        let Some(story) = self.selected_story() else { return Vec::new() };
        let wanted = choices_of(story).into_iter().map(|(block, shown)| (block, !shown)).collect();
        self.choose(wanted)
    }

    /// Shows blocks or leaves them out, those among them that are a person's to decide about and are not so already.
    fn choose(&mut self, mut blocks: Vec<(usize, bool)>) -> Vec<Effect> {
        let Some(story) = self.selected_story() else { return Vec::new() };
        let all = &story.article.blocks;
        blocks.retain(|(at, shown)| all.get(*at).is_some_and(|b| choices::is_open(b) && b.is_shown() != *shown));
        if blocks.is_empty() {
            return Vec::new();
        }
        let change = Change { story: story.id.as_str().to_owned(), blocks };
        self.undone.clear();
        self.done.push(Step::Blocks(change.clone()));
        if self.done.len() > MOST_CHANGES {
            self.done.remove(0);
        }
        self.make(&change)
    }

    pub(super) fn can_undo(&self) -> bool {
        self.done.last().is_some_and(|step| self.is_open(step))
    }

    pub(super) fn can_redo(&self) -> bool {
        self.undone.last().is_some_and(|step| self.is_open(step))
    }

    /// A change is taken back where it can be seen: in the story that is read.
    fn is_open(&self, step: &Step) -> bool {
        match step {
            Step::Blocks(change) => self.selected_story().is_some_and(|story| story.id.as_str() == change.story),
            Step::Library(_) => self.catalogue.can_change(),
            Step::Settings(_) => true,
        }
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        match self.done.pop() {
            Some(Step::Blocks(change)) => {
                let effects = self.make(&change.inverse());
                self.undone.push(Step::Blocks(change));
                effects
            }
            Some(Step::Library(change)) => vec![library_change(*change, How::Undone)],
            Some(Step::Settings(settings)) => {
                let now = self.swap_settings(*settings);
                self.undone.push(Step::Settings(Box::new(now)));
                vec![Effect::SaveSettings]
            }
            None => Vec::new(),
        }
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        match self.undone.pop() {
            Some(Step::Blocks(change)) => {
                let effects = self.make(&change);
                self.done.push(Step::Blocks(change));
                effects
            }
            Some(Step::Library(change)) => vec![library_change(*change, How::Redone)],
            Some(Step::Settings(settings)) => {
                let now = self.swap_settings(*settings);
                self.done.push(Step::Settings(Box::new(now)));
                vec![Effect::SaveSettings]
            }
            None => Vec::new(),
        }
    }

    fn make(&mut self, change: &Change) -> Vec<Effect> {
        let Some(story) = self.selected_story().map(Arc::clone) else { return Vec::new() };
        let read = story.as_read();
        let mut all: Choices = choices_of(&story);
        for (block, shown) in &change.blocks {
            let as_read = read.article.blocks.get(*block).is_some_and(crate::document::Block::is_shown);
            if as_read == *shown {
                all.remove(block);
            } else {
                all.insert(*block, *shown);
            }
        }
        let mut kept = choices::to_kept(&all, &read.flat);
        let before = self.state.choices.get(&change.story);
        kept.extend(before.map(|before| choices::not_found(before, read)).unwrap_or_default());
        if kept.is_empty() {
            self.state.choices.remove(&change.story);
        } else {
            self.state.choices.insert(change.story.clone(), kept);
        }
        let changed = choices::apply(read, &all);
        // What is in the story needs no place among what is shown though it was left out.
        for (block, _) in change.blocks.iter().filter(|(_, shown)| *shown) {
            self.shown_omissions.remove(block);
        }
        if let Some(row) = self.selected.and_then(|key| self.row_mut(key)) {
            row.summary.minutes = changed.article.metadata.minutes;
            row.status = RowStatus::Ready(changed);
        }
        let mut effects = vec![Effect::SaveState];
        if let Some(kept) = self.selected_row().and_then(|row| row.kept.as_ref()) {
            let kept_choices = self.state.choices.get(&change.story);
            let json = kept_choices.and_then(|choices| serde_json::to_string(choices).ok()).unwrap_or_default();
            effects.push(library_change(crate::library::Change::Choices { key: kept.key, json }, How::Quiet));
        }
        effects
    }
}

fn library_change(change: crate::library::Change, how: How) -> Effect {
    Effect::Library(Request::Change { change, how })
}

/// How a story differs from what its importer made of it.
fn choices_of(story: &Arc<Story>) -> Choices {
    let blocks = story.as_read().article.blocks.iter().zip(&story.article.blocks).enumerate();
    blocks.filter(|(_, (a, b))| a.is_shown() != b.is_shown()).map(|(number, (_, b))| (number, b.is_shown())).collect()
}
