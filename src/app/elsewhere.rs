//! Other tellings of the story that is read, as far as the library has answered. Asks for nothing itself; `session::elsewhere`
//! does.

use crate::library::{Key, Nearby};

/// What is known of the other tellings of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elsewhere {
    /// The story that was asked about last.
    of: Option<Key>,
    /// Rises with every question; an answer to an older one is stale.
    generation: u64,
    is_stale: bool,
    answer: Option<Nearby>,
}

impl Elsewhere {
    /// The other tellings of a story; `None` until the library has answered.
    pub fn of(&self, key: Key) -> Option<&Nearby> {
        self.answer.as_ref().filter(|_| self.of == Some(key))
    }

    /// What was answered may not hold any more; it is shown until there is a new answer.
    pub(super) fn is_doubted(&mut self) {
        self.is_stale = true;
    }

    /// Whether a story has to be asked about.
    pub(super) fn wants(&self, key: Key) -> bool {
        self.of != Some(key) || self.is_stale
    }

    /// A question about a story goes out: its generation. What is known of another story does not stay.
    pub(super) fn ask(&mut self, key: Key) -> u64 {
        if self.of != Some(key) {
            self.answer = None;
        }
        (self.of, self.is_stale) = (Some(key), false);
        self.generation += 1;
        self.generation
    }

    /// The library answered.
    pub(super) fn settle(&mut self, generation: u64, nearby: Nearby) {
        if generation == self.generation {
            self.answer = Some(nearby);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_answer_is_dropped() {
        let mut elsewhere = Elsewhere::default();
        let first = elsewhere.ask(Key(1));
        let second = elsewhere.ask(Key(2));
        elsewhere.settle(first, Nearby { unsigned: 1, ..Nearby::default() });
        assert_eq!((elsewhere.of(Key(1)), elsewhere.of(Key(2))), (None, None));
        elsewhere.settle(second, Nearby::default());
        assert_eq!((elsewhere.of(Key(1)), elsewhere.of(Key(2))), (None, Some(&Nearby::default())));
        // A story that was asked about is asked about again when something may have changed.
        assert!(!elsewhere.wants(Key(2)));
        elsewhere.is_doubted();
        assert!(elsewhere.wants(Key(2)) && elsewhere.of(Key(2)).is_some());
        elsewhere.ask(Key(2));
        assert!(!elsewhere.wants(Key(2)) && elsewhere.of(Key(2)).is_some());
    }
}
