//! What the program was started with, ready for the window. Says nothing of how it was parsed.

use std::path::PathBuf;

/// What to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    /// Files and folders, as they were named; they need not exist.
    pub paths: Vec<PathBuf>,
    /// What stood on standard input, where `-` was named.
    pub standard_input: Option<Vec<u8>>,
    /// The folder of the library, where another one than the person's own was named.
    pub library: Option<PathBuf>,
}
