//! What a worker does to search a story: from the reading place to the end, then from the beginning, a slice at a time.
//! Knows no session; what it finds goes out in batches.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::FindAction;
use crate::app::{Action, Story, head};
use crate::document::TextRange;
use crate::text::matching::{Matcher, Step};

/// Hits that are kept at most: no person steps through more, and each takes 16 bytes.
pub const MOST_HITS: usize = 1_000_000;

/// From one batch to the next. The window takes in two or three of them between the key press and what follows it.
const BATCH_PAUSE: Duration = Duration::from_millis(30);

/// A search to be done.
#[derive(Clone)]
pub struct Job {
    /// Comes back with each batch.
    pub generation: u64,
    /// The story.
    pub story: Arc<Story>,
    /// The block's beginning at which the search begins, as an offset of the flat text.
    pub from: usize,
    omissions: BTreeSet<usize>,
    matcher: Arc<Matcher>,
    cancelled: Arc<AtomicBool>,
}

/// Hits that a worker found.
#[derive(Debug, PartialEq, Eq)]
pub struct Batch {
    /// The job's.
    pub generation: u64,
    /// The hits, in order, as ranges of the flat text.
    pub hits: Vec<TextRange>,
    /// Whether they stand behind the place the search began from.
    pub is_ahead: bool,
    /// No further hit of this part begins before this offset.
    pub searched_to: usize,
    /// Whether nothing follows.
    pub is_last: bool,
}

impl Job {
    pub(super) fn new(
        generation: u64,
        story: &Arc<Story>,
        omissions: &BTreeSet<usize>,
        matcher: Arc<Matcher>,
        place: usize,
    ) -> Self {
        let block = story.flat.locate(place).and_then(|(block, _)| story.flat.block_range(block));
        Self {
            generation,
            story: Arc::clone(story),
            from: block.map_or(0, |range| range.start),
            omissions: omissions.clone(),
            matcher,
            cancelled: Arc::default(),
        }
    }

    /// Nobody waits for the rest.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody waits for the rest.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    pub(super) fn is_about(&self, story: &Arc<Story>, omissions: &BTreeSet<usize>) -> bool {
        Arc::ptr_eq(&self.story, story) && self.omissions == *omissions
    }
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation && Arc::ptr_eq(&self.story, &other.story)
    }
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("generation", &self.generation).field("from", &self.from).finish_non_exhaustive()
    }
}

/// Does a job. Batches go to `report` while it runs, the first as soon as there is a hit; the last one is the answer.
pub fn search(job: &Job, report: &impl Fn(Action)) -> Action {
    let mut search = Search { job, report, hits: Vec::new(), count: 0, is_ahead: true, reported: None };
    let stretches = shown_stretches(&job.story, &job.omissions);
    let flat = job.story.flat.as_str();
    let mut searched_to = flat.len();
    let mut first_ahead = flat.len();
    for stretch in stretches.iter().filter(|stretch| stretch.end > job.from) {
        let start = stretch.start.max(job.from);
        search.stretch(*stretch, start, flat.len(), &mut first_ahead);
    }
    search.flush(searched_to, false);
    search.is_ahead = false;
    searched_to = job.from;
    let mut ignored = 0;
    for stretch in stretches.iter().filter(|stretch| stretch.start < job.from) {
        search.stretch(*stretch, stretch.start, first_ahead.min(flat.len()), &mut ignored);
    }
    search.last(searched_to)
}

/// The stretches of the flat text that stand on the page without anything left out in between.
pub fn shown_stretches(story: &Story, omissions: &BTreeSet<usize>) -> Vec<TextRange> {
    let mut stretches: Vec<TextRange> = Vec::new();
    let mut goes_on = false;
    for number in 0..story.article.blocks.len() {
        let Some(range) = story.flat.block_range(number) else { continue };
        let is_shown = head::is_on_page(story, number, omissions);
        match stretches.last_mut() {
            Some(last) if is_shown && goes_on => last.end = range.end,
            _ if is_shown => stretches.push(range),
            _ => {}
        }
        goes_on = is_shown;
    }
    stretches
}

struct Search<'a, R> {
    job: &'a Job,
    report: &'a R,
    hits: Vec<TextRange>,
    count: usize,
    is_ahead: bool,
    reported: Option<Instant>,
}

impl<R: Fn(Action)> Search<'_, R> {
    /// Searches a stretch from `start` for hits that end at `limit` at the latest, or begin before where the search began
    /// when it comes from the beginning.
    fn stretch(&mut self, stretch: TextRange, start: usize, limit: usize, first: &mut usize) {
        let Some(text) = stretch.of(self.job.story.flat.as_str()) else { return };
        let mut matches = self.job.matcher.matches_from(text, start - stretch.start);
        while !self.job.is_cancelled() && self.count < MOST_HITS {
            let searched_to = stretch.start + matches.position();
            match matches.step() {
                Step::Hit(range) => {
                    let hit = TextRange::new(range.start, range.end).shifted(stretch.start);
                    if hit.end > limit || !self.is_ahead && hit.start >= self.job.from {
                        return;
                    }
                    *first = hit.start.min(*first);
                    self.hits.push(hit);
                    self.count += 1;
                    let is_first = self.reported.is_none();
                    // A look at the clock takes as long as finding some ten hits.
                    if is_first || self.count.is_multiple_of(64) && self.is_due() {
                        self.flush(hit.end, false);
                    }
                }
                Step::Searching if self.is_due() => self.flush(searched_to, false),
                Step::Searching => {}
                Step::Done => return,
            }
            if !self.is_ahead && searched_to >= self.job.from {
                return;
            }
        }
    }

    fn is_due(&self) -> bool {
        self.reported.is_none_or(|at| at.elapsed() >= BATCH_PAUSE)
    }

    fn batch(&mut self, searched_to: usize, is_last: bool) -> Action {
        self.reported = Some(Instant::now());
        Action::Find(FindAction::Found(Batch {
            generation: self.job.generation,
            hits: std::mem::take(&mut self.hits),
            is_ahead: self.is_ahead,
            searched_to,
            is_last,
        }))
    }

    fn flush(&mut self, searched_to: usize, is_last: bool) {
        if !self.job.is_cancelled() {
            let batch = self.batch(searched_to, is_last);
            (self.report)(batch);
        }
    }

    fn last(&mut self, searched_to: usize) -> Action {
        self.batch(searched_to, true)
    }
}
