//! A search for the facts of a story, from the one who asks for it to the worker that makes it: whether it is still wanted, and
//! how often it tells how far it has come. Finds nothing itself.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{Facts, Story};
use crate::insight::facts::PublicationDay;
use crate::insight::insights::Insights;

/// How far it has come is told at most this often, and first after as long: what is there sooner needs no telling, and nobody
/// reads faster.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// A search for the facts of a story; clones are of the same one.
#[derive(Clone, Debug)]
pub struct FactFinding {
    story: Arc<Story>,
    day: PublicationDay,
    is_given_up: Arc<AtomicBool>,
}

impl PartialEq for FactFinding {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.is_given_up, &other.is_given_up)
    }
}

impl FactFinding {
    /// A search that nobody has given up.
    pub fn of(story: Arc<Story>, day: PublicationDay) -> Self {
        Self { story, day, is_given_up: Arc::default() }
    }

    /// Whether it is a search for the facts of this story, published on this day.
    pub fn is_of(&self, story: &Arc<Story>, day: PublicationDay) -> bool {
        Arc::ptr_eq(&self.story, story) && self.day == day
    }

    /// The story.
    pub fn story(&self) -> &Arc<Story> {
        &self.story
    }

    /// Says that its facts are no longer wanted.
    pub fn give_up(&self) {
        self.is_given_up.store(true, Ordering::Relaxed);
    }

    /// Whether they are no longer wanted.
    pub fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed)
    }

    /// Finds them, or takes what was kept of the story where it holds; `tell` hears seldom which part of the text is done. None
    /// where nobody wants them any more. For a worker.
    pub fn find(&self, kept: Option<Insights>, tell: impl FnMut(f32)) -> Option<Facts> {
        self.find_telling(TELL_EVERY, kept, tell)
    }

    fn find_telling(&self, every: Duration, kept: Option<Insights>, mut tell: impl FnMut(f32)) -> Option<Facts> {
        let mut last = Instant::now();
        Facts::find_until(Arc::clone(&self.story), self.day, kept, &mut |done, total| {
            if self.is_given_up() {
                return ControlFlow::Break(());
            }
            if last.elapsed() >= every {
                last = Instant::now();
                tell(part(done, total));
            }
            ControlFlow::Continue(())
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a part of a text")]
fn part(done: usize, total: usize) -> f32 {
    (done as f32 / total.max(1) as f32).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story() -> Arc<Story> {
        let text =
            "The boat is sold\n\n“We had no other choice,” said Maren Oakley on 3 May 2024.\n\nIt cost £412,000.\n\n"
                .repeat(20);
        let origin = crate::app::Origin::Bytes { name: "a.txt".into(), bytes: text.as_bytes().into() };
        let loaded = crate::app::load::load(&origin, &crate::app::load::Places::default(), &Default::default());
        Arc::clone(&loaded.unwrap().stories[0].0)
    }

    #[test]
    fn what_is_told_rises_and_changes_nothing() {
        let finding = FactFinding::of(story(), PublicationDay::AsRead);
        let mut told = Vec::new();
        let found = finding.find_telling(Duration::ZERO, None, |done| told.push(done)).unwrap();
        assert!(told.len() > 20 && told.is_sorted() && told.last() >= Some(&0.99), "{told:?}");
        assert_eq!(found.sections, Facts::find(story()).sections);
        // What is there in a moment tells nothing.
        let mut told = 0;
        let again = finding.find_telling(Duration::from_secs(600), None, |_| told += 1).unwrap();
        assert_eq!((again.sections, told), (found.sections, 0));
    }

    #[test]
    fn what_was_kept_is_taken_where_it_holds() {
        let finding = FactFinding::of(story(), PublicationDay::AsRead);
        let found = finding.find(None, |_| {}).unwrap();
        let kept = Insights::clone(found.found.as_ref().unwrap());
        let again = finding.find(Some(kept.clone()), |_| {}).unwrap();
        assert!(again.sections == found.sections && again.found.is_none());
        // Of another day, it does not.
        let corrected = FactFinding::of(story(), PublicationDay::Corrected(None));
        assert!(corrected.find(Some(kept), |_| {}).unwrap().found.is_some());
    }

    #[test]
    fn a_search_that_is_given_up_ends_without_facts() {
        let finding = FactFinding::of(story(), PublicationDay::AsRead);
        let mut told = 0;
        let other = finding.clone();
        let found = finding.find_telling(Duration::ZERO, None, |_| {
            told += 1;
            other.give_up();
        });
        assert!(found.is_none() && told == 1 && finding.is_given_up());
        assert!(finding.find(None, |_| {}).is_none());
    }
}
