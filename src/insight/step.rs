//! How far an insight has come in a long text, and whether it is still wanted. Starts no thread.

use std::ops::ControlFlow;

/// Called between parts of the work with the bytes that are done and all that there are. Break, and the insight ends without
/// an answer.
pub type Step<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// For who waits for the answer in any case.
pub fn to_the_end(_done: usize, _total: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
