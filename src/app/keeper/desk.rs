//! Where the library's threads find their work, and where their answers go. Knows no library.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::messages::{Answer, Request};
use crate::app::Action;
use crate::app::story::Arrival;

/// What waits for the writer.
#[derive(Debug)]
pub(super) enum Writing {
    Request(Request),
    /// A story that was read from a folder.
    Arrival(Box<Arrival>),
}

/// Where a thread finds its work.
#[derive(Debug)]
pub(super) struct Desk<T> {
    state: Mutex<DeskState<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct DeskState<T> {
    waiting: VecDeque<T>,
    is_closed: bool,
}

/// What the writer takes up next.
pub(super) enum Taken {
    Nothing,
    Closed,
    One(Writing),
    Many(Vec<Arrival>),
}

impl<T> Default for Desk<T> {
    fn default() -> Self {
        Self { state: Mutex::new(DeskState { waiting: VecDeque::new(), is_closed: false }), changed: Condvar::new() }
    }
}

impl<T> Desk<T> {
    fn lock(&self) -> std::sync::MutexGuard<'_, DeskState<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn put(&self, item: T) {
        self.lock().waiting.push_back(item);
        self.changed.notify_all();
    }

    /// No more comes; what waits is still done.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// Waits for the next; `None` when closed and empty.
    pub(super) fn take(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(item) = state.waiting.pop_front() {
                return Some(item);
            }
            if state.is_closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn any(&self, holds: impl Fn(&T) -> bool) -> bool {
        self.lock().waiting.iter().any(holds)
    }
}

impl Desk<Writing> {
    /// Waits while there are many stories on the desk. Answers whether there is any point in bringing more.
    pub(super) fn put_when_there_is_room(&self, item: Writing, most: usize) -> bool {
        let mut state = self.lock();
        while state.waiting.len() >= most && !state.is_closed {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.is_closed {
            return false;
        }
        state.waiting.push_back(item);
        self.changed.notify_all();
        true
    }

    /// What a person asked for comes first; else stories, several at once.
    pub(super) fn take_batch(&self, longest: Duration, most: usize) -> Taken {
        let end = Instant::now().checked_add(longest.min(Duration::from_secs(3_600)));
        let mut state = self.lock();
        loop {
            let request = state.waiting.iter().position(|item| matches!(item, Writing::Request(_)));
            if let Some(request) = request.and_then(|at| state.waiting.remove(at)) {
                self.changed.notify_all();
                return Taken::One(request);
            }
            let mut batch = Vec::new();
            while batch.len() < most
                && let Some(Writing::Arrival(arrival)) = state.waiting.pop_front()
            {
                batch.push(*arrival);
            }
            if !batch.is_empty() {
                self.changed.notify_all();
                return Taken::Many(batch);
            }
            if state.is_closed {
                return Taken::Closed;
            }
            let left = end.map_or(Duration::from_secs(3_600), |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Taken::Nothing;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Where answers go, and what is held until somebody attends.
#[derive(Default)]
pub(super) struct Outbox {
    state: Mutex<OutboxState>,
}

pub(super) type Report = Box<dyn Fn(Action) + Send + Sync>;

#[derive(Default)]
struct OutboxState {
    report: Option<Arc<Report>>,
    held: Vec<Answer>,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outbox")
    }
}

impl Outbox {
    pub(super) fn attend(&self, report: Report) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let held = std::mem::take(&mut state.held);
        for answer in held {
            report(Action::Library(answer));
        }
        state.report = Some(Arc::new(report));
    }

    pub(super) fn tell(&self, answer: Answer) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.report {
            Some(report) => {
                let report = Arc::clone(report);
                drop(state);
                report(Action::Library(answer));
            }
            None => state.held.push(answer),
        }
    }
}
