//! Worker threads and their one channel. A job gives back an [`Action`]; the window is woken and applies it. Knows nothing of
//! what the jobs do.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

use super::Action;
use crate::import::panic_words;

type Job = Box<dyn FnOnce() -> Action + Send>;
type Wake = Box<dyn Fn() + Send + Sync>;

/// The worker threads of one window.
pub struct Jobs {
    queue: Arc<Queue>,
    wake: Arc<OnceLock<Wake>>,
    sender: Sender<Action>,
    receiver: Receiver<Action>,
    workers: usize,
}

#[derive(Default)]
struct Queue {
    state: Mutex<QueueState>,
    ready: Condvar,
}

#[derive(Default)]
struct QueueState {
    jobs: VecDeque<Job>,
    idle: usize,
    closed: bool,
}

impl Default for Jobs {
    fn default() -> Self {
        Self::new()
    }
}

impl Jobs {
    /// No threads yet; they start with the first jobs.
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self { queue: Arc::default(), wake: Arc::default(), sender, receiver, workers: 0 }
    }

    /// From now on `wake` is called from a worker after each answer; answers that came before are there to be taken. The
    /// first who attends stays.
    pub fn attend(&self, wake: impl Fn() + Send + Sync + 'static) {
        let _ = self.wake.set(Box::new(wake));
    }

    /// The answers that have come in.
    pub fn answers(&self) -> impl Iterator<Item = Action> {
        self.receiver.try_iter()
    }

    /// Waits for the next answer, but no longer than this.
    pub fn wait_for(&self, longest: std::time::Duration) -> Option<Action> {
        self.receiver.recv_timeout(longest).ok()
    }

    /// Waits for the next answer; for tests and for the command line.
    pub fn wait(&self) -> Option<Action> {
        self.receiver.recv().ok()
    }

    /// Something that reports actions from outside, such as a watcher's callback.
    pub fn reporter(&self) -> impl Fn(Action) + Send + Sync + Clone + 'static {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        move |action| {
            // The window is gone: nobody is left to tell.
            if sender.send(action).is_ok()
                && let Some(wake) = wake.get()
            {
                wake();
            }
        }
    }

    /// Runs `work` on a worker, one job for each core at a time. If it panics, `on_panic` makes the answer of the panic's
    /// words.
    pub fn run(
        &mut self,
        work: impl FnOnce() -> Action + Send + 'static,
        on_panic: impl FnOnce(String) -> Action + Send + 'static,
    ) {
        let job: Job = Box::new(move || guarded(work, on_panic));
        let mut state = self.queue.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.jobs.push_back(job);
        let needs_worker = state.idle < state.jobs.len();
        drop(state);
        let most = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        if needs_worker && self.workers < most {
            self.start_worker();
        }
        self.queue.ready.notify_one();
    }

    /// Runs `work` on a thread of its own: for what waits for a person, such as a dialog.
    pub fn run_apart(
        &self,
        name: &str,
        work: impl FnOnce() -> Action + Send + 'static,
        on_panic: impl FnOnce(String) -> Action + Send + 'static,
    ) {
        let report = self.reporter();
        let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(move || report(guarded(work, on_panic)));
        if let Err(error) = spawned {
            let message = format!("The system has no thread to spare ({error}). Close something and try again");
            self.reporter()(Action::Tell(super::Notice::error(message)));
        }
    }

    fn start_worker(&mut self) {
        let (queue, report) = (Arc::clone(&self.queue), self.reporter());
        let worker = std::thread::Builder::new().name(format!("worker-{}", self.workers));
        let spawned = worker.spawn(move || {
            while let Some(job) = queue.next() {
                report(job());
            }
        });
        match spawned {
            Ok(_) => self.workers += 1,
            Err(_) if self.workers > 0 => {}
            Err(_) => {
                // Not one thread to be had: the work is done here, late rather than never.
                let job = self.queue.state.lock().unwrap_or_else(PoisonError::into_inner).jobs.pop_front();
                if let Some(job) = job {
                    self.reporter()(job());
                }
            }
        }
    }
}

fn guarded(work: impl FnOnce() -> Action, on_panic: impl FnOnce(String) -> Action) -> Action {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| on_panic(panic_words(&*panic)))
}

impl Queue {
    /// The next job; waits for one without using the processor. `None` when the window is gone.
    fn next(&self) -> Option<Job> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.closed {
                return None;
            }
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            state.idle += 1;
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.queue.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.queue.ready.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Notice;

    fn told(action: &Action) -> &str {
        match action {
            Action::Tell(notice) => &notice.message,
            _ => "",
        }
    }

    fn tell(message: String) -> Action {
        Action::Tell(Notice::error(message))
    }

    #[test]
    fn every_job_answers_and_a_panic_is_an_answer() {
        let mut jobs = Jobs::new();
        for number in 0..20 {
            jobs.run(
                move || if number == 7 { panic!("seven") } else { tell(number.to_string()) },
                |words| tell(format!("panicked: {words}")),
            );
        }
        let mut answers: Vec<String> = (0..20).map(|_| told(&jobs.wait().unwrap()).to_owned()).collect();
        answers.sort();
        assert_eq!(answers.iter().filter(|a| *a == "panicked: seven").count(), 1);
        assert_eq!(answers.len(), 20);
    }
}
