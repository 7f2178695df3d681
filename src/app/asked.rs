//! What the library was asked about the story that is read, as far as it has answered. Asks for nothing itself; the session
//! does.

/// What is known of a story, and which one.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked<K, T> {
    /// The story that was asked about last.
    of: Option<K>,
    /// Rises with every question; an answer to an older one is stale.
    generation: u64,
    is_stale: bool,
    answer: Option<T>,
}

impl<K, T> Default for Asked<K, T> {
    fn default() -> Self {
        Self { of: None, generation: 0, is_stale: false, answer: None }
    }
}

impl<K: Copy + PartialEq, T> Asked<K, T> {
    /// What is known of a story; `None` until the library has answered.
    pub fn of(&self, key: K) -> Option<&T> {
        self.answer.as_ref().filter(|_| self.of == Some(key))
    }

    /// What was answered may not hold any more; it is shown until there is a new answer.
    pub(super) fn is_doubted(&mut self) {
        self.is_stale = true;
    }

    /// Whether a story has to be asked about.
    pub(super) fn wants(&self, key: K) -> bool {
        self.of != Some(key) || self.is_stale
    }

    /// A question about a story goes out: its generation. What is known of another story does not stay.
    pub(super) fn ask(&mut self, key: K) -> u64 {
        if self.of != Some(key) {
            self.answer = None;
        }
        (self.of, self.is_stale) = (Some(key), false);
        self.generation += 1;
        self.generation
    }

    /// The library answered.
    pub(super) fn settle(&mut self, generation: u64, answer: T) {
        if generation == self.generation {
            self.answer = Some(answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Key, Nearby};

    #[test]
    fn a_late_answer_is_dropped() {
        let mut elsewhere = Asked::default();
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
