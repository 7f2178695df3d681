//! Finding in the story that is read: what is looked for, what was found, which hit is the current one. Searches on a
//! worker, never here, and draws no bar.
//!
//! - [`hits`]: the hits in order, while they come in from two sides
//! - [`search`](mod@search): what the worker does

pub mod hits;
pub mod search;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use self::hits::Hits;
pub use self::search::{Batch, Job, search};
use super::effect::Target;
use super::{Effect, Jump, Story};
use crate::document::TextRange;
use crate::text::matching::{Query, QueryError};

/// Something that happened to the search.
#[derive(Debug)]
pub enum FindAction {
    /// Open the bar, with what is selected as the text to find if it is short.
    Open,
    /// The text or an option was changed. The search begins anew, from the place where it was.
    SetQuery(Query),
    /// To the next hit; from the last one to the first.
    Next,
    /// To the hit before; from the first one to the last.
    Previous,
    /// Close the bar and stay at the hit.
    Accept,
    /// Close the bar and go back to the place where it was opened.
    Cancel,
    /// A worker found hits, or came to the end.
    Found(Batch),
}

/// The search in the story that is read.
#[derive(Debug, Default)]
pub struct Find {
    /// Whether the bar is open.
    pub is_open: bool,
    /// How many times the bar was asked for; when it rises, its text field takes the focus.
    pub asked_for: u64,
    /// What is looked for. Kept when the bar is closed.
    pub query: Query,
    /// What is wrong with it.
    pub error: Option<QueryError>,
    /// What was found. Kept when the bar is closed, so that the next hit is near; painted only while it is open.
    pub hits: Hits,
    /// The hit that was gone to, as a range of the flat text.
    pub current: Option<TextRange>,
    wanted: Option<Wanted>,
    job: Option<Job>,
    generation: u64,
    /// The offset that the search begins from.
    from: usize,
    /// The first line in sight when the bar was opened.
    opened_at: usize,
    has_moved_view: bool,
    /// Whether the search goes on as soon as there is a story again.
    is_interrupted: bool,
    /// Whether it then goes to the first hit.
    goes_to_hit: bool,
}

/// The hit to go to as soon as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// The first that begins at an offset or behind it.
    From(usize),
    /// The last that begins before an offset.
    Before(usize),
}

/// What the search has to know of the session.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The story that is read.
    pub story: &'a Arc<Story>,
    /// Blocks that are shown though they were left out.
    pub omissions: &'a BTreeSet<usize>,
    /// What stands in the view, as a range of the flat text.
    pub view: TextRange,
}

impl Find {
    /// Whether there is more to search.
    pub fn is_searching(&self) -> bool {
        self.job.is_some() && !self.hits.is_complete()
    }

    /// The number of the current hit, from 1; rises while hits before it come in.
    pub fn position(&self) -> Option<usize> {
        self.hits.number(self.current?).map(|number| number + 1)
    }

    /// The hits that touch a part of the flat text, for painting; none while the bar is closed.
    pub fn hits_within(&self, range: TextRange) -> &[TextRange] {
        if self.is_open { self.hits.within(range) } else { &[] }
    }

    /// What the bar says: "3 of 17", "17…" while more are counted, "No hits"; empty where there is nothing to say. A
    /// screen reader is told the same.
    pub fn status(&self) -> String {
        if self.error.is_some() || self.job.is_none() {
            return String::new();
        }
        let more = if self.is_searching() { "…" } else { "" };
        let count = match self.hits.len() {
            search::MOST_HITS.. => format!("more than {}", crate::text::with_separators(search::MOST_HITS)),
            count => format!("{}{more}", crate::text::with_separators(count)),
        };
        match self.position() {
            Some(position) => format!("{} of {count}", crate::text::with_separators(position)),
            None if self.hits.is_empty() && self.is_searching() => "Searching…".to_owned(),
            None if self.hits.is_empty() => "No hits".to_owned(),
            None if self.hits.len() == 1 && !self.is_searching() => "1 hit".to_owned(),
            None => format!("{count} hits"),
        }
    }

    /// Does what was asked for. `selected` are the words that are selected.
    pub fn apply(&mut self, action: FindAction, subject: Subject<'_>, selected: Option<&str>) -> Vec<Effect> {
        match action {
            FindAction::Open => self.open(subject, selected),
            FindAction::SetQuery(query) => {
                if query == self.query && self.job.is_some() {
                    self.wanted = Some(Wanted::From(self.from));
                    return self.go_to_wanted();
                }
                self.query = query;
                // A hit that is still in sight is where the person looks; they may have scrolled on since.
                let seen = self.current.filter(|hit| subject.view.contains(hit.start));
                self.from = seen.map_or(subject.view.start, |hit| hit.start);
                self.start(subject, true)
            }
            FindAction::Next => self.step(subject, true),
            FindAction::Previous => self.step(subject, false),
            FindAction::Accept => {
                self.is_open = false;
                Vec::new()
            }
            FindAction::Cancel => self.cancel(),
            FindAction::Found(batch) => self.found(batch),
        }
    }

    /// Begins anew if the story or what is shown of it has changed, without moving the view.
    pub fn keep_true(&mut self, subject: Option<Subject<'_>>) -> Vec<Effect> {
        let is_true = |job: &Job| subject.is_some_and(|subject| job.is_about(subject.story, subject.omissions));
        if !self.is_interrupted && self.job.as_ref().is_none_or(is_true) {
            return Vec::new();
        }
        match subject {
            Some(subject) if self.is_open => {
                let is_same_story = self.job.as_ref().is_some_and(|job| Arc::ptr_eq(&job.story, subject.story));
                if !is_same_story {
                    self.current = None;
                    self.from = subject.view.start;
                    self.opened_at = subject.view.start;
                    self.has_moved_view = false;
                }
                let goes_to_hit = std::mem::take(&mut self.goes_to_hit);
                self.start(subject, goes_to_hit)
            }
            _ => {
                self.stop();
                self.current = None;
                self.is_interrupted = self.is_open;
                Vec::new()
            }
        }
    }

    /// Looks for something in the story that is read next, as soon as it is there, and goes to the first hit.
    pub fn look_for(&mut self, text: String) {
        self.stop();
        self.query = Query { text, ..Query::default() };
        (self.is_open, self.is_interrupted, self.goes_to_hit) = (true, true, true);
        self.current = None;
    }

    /// The place where the bar was opened, if the view has left it since.
    pub fn place_left(&self) -> Option<usize> {
        self.has_moved_view.then_some(self.opened_at)
    }

    fn open(&mut self, subject: Subject<'_>, selected: Option<&str>) -> Vec<Effect> {
        self.asked_for += 1;
        if !self.is_open {
            self.is_open = true;
            self.opened_at = subject.view.start;
            self.from = subject.view.start;
            self.has_moved_view = false;
            self.current = None;
        }
        match selected {
            Some(selected) if !self.query.regular_expression => self.query.text = selected.to_owned(),
            _ if self.job.is_some() => return Vec::new(),
            _ => {}
        }
        self.start(subject, selected.is_some())
    }

    /// Starts a search, and goes to the first hit if that is wanted.
    fn start(&mut self, subject: Subject<'_>, goes_to_hit: bool) -> Vec<Effect> {
        self.stop();
        if goes_to_hit {
            self.current = None;
        }
        self.error = None;
        if self.query.text.is_empty() {
            self.current = None;
            return Vec::new();
        }
        let matcher = match self.query.matcher() {
            Ok(matcher) => Arc::new(matcher),
            Err(error) => {
                self.error = Some(error);
                return Vec::new();
            }
        };
        self.generation += 1;
        let job = Job::new(self.generation, subject.story, subject.omissions, matcher, self.from);
        self.hits = Hits::from(job.from);
        self.wanted = goes_to_hit.then_some(Wanted::From(self.from));
        self.job = Some(job.clone());
        vec![Effect::Find(job)]
    }

    fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            job.cancel();
        }
        self.hits = Hits::default();
        self.wanted = None;
        self.is_interrupted = false;
    }

    fn step(&mut self, subject: Subject<'_>, next: bool) -> Vec<Effect> {
        if self.query.text.is_empty() {
            return self.open(subject, None);
        }
        let is_current = self.job.as_ref().is_some_and(|job| job.is_about(subject.story, subject.omissions));
        let wanted = match self.current.filter(|_| is_current) {
            Some(current) if next => Wanted::From(current.start + 1),
            Some(current) => Wanted::Before(current.start),
            None if next => Wanted::From(subject.view.start),
            None => Wanted::Before(subject.view.start),
        };
        let mut effects = Vec::new();
        if !is_current {
            self.from = subject.view.start;
            effects = self.start(subject, true);
        }
        if self.job.is_some() {
            self.wanted = Some(wanted);
            effects.extend(self.go_to_wanted());
        }
        effects
    }

    fn cancel(&mut self) -> Vec<Effect> {
        let left = self.place_left();
        self.is_open = false;
        self.stop();
        self.current = None;
        self.has_moved_view = false;
        left.map(|place| Effect::Reveal(Target::Offset(place), Jump::Passing)).into_iter().collect()
    }

    fn found(&mut self, batch: Batch) -> Vec<Effect> {
        if self.job.as_ref().is_none_or(|job| job.generation != batch.generation) {
            return Vec::new();
        }
        self.hits.take_in(batch);
        self.go_to_wanted()
    }

    fn go_to_wanted(&mut self) -> Vec<Effect> {
        let Some(wanted) = self.wanted else { return Vec::new() };
        let hit = match wanted {
            Wanted::From(offset) => self.hits.first_from(offset),
            Wanted::Before(offset) => self.hits.last_before(offset),
        };
        if hit.is_none() && !self.hits.is_complete() {
            return Vec::new();
        }
        self.wanted = None;
        let Some(hit) = hit else { return Vec::new() };
        self.current = Some(hit);
        self.from = hit.start;
        self.has_moved_view = true;
        vec![Effect::Reveal(Target::Range(hit), Jump::Passing)]
    }
}
