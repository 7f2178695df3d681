//! How far an import has come, and whether it is still wanted. Shared by the one who asked and the one who reads; shows
//! nothing.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::ImportError;

/// An import under way; clones are of the same one.
#[derive(Clone, Default)]
pub struct Watch(Arc<State>);

#[derive(Default)]
struct State {
    cancelled: AtomicBool,
    done: AtomicUsize,
    total: AtomicUsize,
    moved: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (done, total) = self.progress();
        write!(f, "Watch({done} of {total}, cancelled: {})", self.is_cancelled())
    }
}

impl PartialEq for Watch {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Watch {
    /// Calls `moved` whenever it has come further, from the thread that reads. Only the first caller is called.
    pub fn when_moved(&self, moved: impl Fn() + Send + Sync + 'static) {
        let _ = self.0.moved.set(Box::new(moved));
    }

    /// Says that it is no longer wanted.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it is no longer wanted.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// So many more steps are to be done.
    pub fn expect(&self, steps: usize) {
        self.0.total.fetch_add(steps, Ordering::Relaxed);
    }

    /// One step is done.
    ///
    /// # Errors
    /// [`ImportError::Cancelled`] where no further one is wanted.
    pub fn step(&self) -> Result<(), ImportError> {
        self.0.done.fetch_add(1, Ordering::Relaxed);
        if let Some(moved) = self.0.moved.get() {
            moved();
        }
        self.check()
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`ImportError::Cancelled`].
    pub fn check(&self) -> Result<(), ImportError> {
        if self.is_cancelled() { Err(ImportError::Cancelled) } else { Ok(()) }
    }

    /// Steps done, and all that are known of; 0 of 0 for a file that is read in one.
    pub fn progress(&self) -> (usize, usize) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }
}
