//! What is asked of the library, and what it answers. Does nothing.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::app::gather::Gathering;
use crate::app::story::Arrival;
use crate::document::StoryId;
use crate::insight::insights::Insights;
use crate::library::folders::Folder;
use crate::library::{Addressed, Change, Counts, Entry, Found, Kept, Key, LibraryError, Lit, Nearby, Pace, Sort, View};

/// Something asked of the library.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The stories of a view, or of a search in it; answered by [`Answer::Listed`].
    List {
        /// Comes back with the answer; an older answer is stale.
        generation: u64,
        /// Which stories.
        view: View,
        /// Their order.
        sort: Sort,
        /// What is searched for, as it was typed; empty for all.
        query: String,
    },
    /// The rows of stories; answered by [`Answer::Rows`].
    Rows {
        /// The stories.
        keys: Vec<Key>,
        /// What is searched for: rows show where it stands.
        query: String,
    },
    /// The other tellings of a story; answered by [`Answer::Near`].
    Near {
        /// Comes back with the answer; an older answer is stale.
        generation: u64,
        /// The story.
        key: Key,
    },
    /// The stories that a story links to; answered by [`Answer::Links`].
    Links {
        /// Comes back with the answer; an older answer is stale.
        generation: u64,
        /// The addresses of all its links.
        addresses: Vec<String>,
        /// The story itself, which is not what it links to.
        except: Option<Key>,
    },
    /// How fast the library's person reads; answered by [`Answer::Pace`].
    Pace,
    /// How many stories each view has; answered by [`Answer::Counted`].
    Count,
    /// Keep what was opened; answered by [`Answer::Kept`] or [`Answer::NotKept`].
    Keep(Vec<Arrival>),
    /// Change stories; answered by [`Answer::Changed`].
    Change {
        /// The change.
        change: Change,
        /// How it came about.
        how: How,
    },
    /// Keep what was found in a story; nobody is told.
    KeepInsights {
        /// The story.
        id: StoryId,
        /// What was found.
        insights: Arc<Insights>,
    },
    /// From now on a folder's files are stories, but for those that are left out; answered by [`Answer::FolderKept`].
    SetFolder(Folder),
    /// A folder's files to come are no stories any more. Those that are there stay.
    DropFolder(PathBuf),
    /// Reads files and folders into the library; answered by [`Answer::Gathered`], many times.
    Gather(Vec<PathBuf>),
    /// Reads the library's folders again.
    GatherFolders,
    /// Waits with reading, or goes on.
    PauseGathering(bool),
    /// Gives up on what has not been read.
    CancelGathering,
    /// A file is gone.
    Missing(PathBuf),
    /// Files above so many bytes are kept as stories alone.
    LimitOriginals(u64),
}

/// How a change came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A person made it; it can be taken back.
    Made,
    /// It takes one back.
    Undone,
    /// It does one again.
    Redone,
    /// By reading: a place, choices. Nobody is told.
    Quiet,
}

/// What the library answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It is open, or not.
    Opened(Opened),
    /// The stories of a list.
    Listed {
        /// The request's.
        generation: u64,
        /// The stories, in order.
        list: Found,
    },
    /// Rows of a list.
    Rows {
        /// The request's.
        query: String,
        /// The rows, with the words that are searched for.
        rows: Vec<(Key, Entry, Lit)>,
    },
    /// The other tellings of a story.
    Near {
        /// The request's.
        generation: u64,
        /// What was found.
        nearby: Nearby,
    },
    /// The stories that a story links to.
    Links {
        /// The request's.
        generation: u64,
        /// By those of the addresses that are a story's.
        linked: HashMap<String, Addressed>,
    },
    /// How fast the library's person reads, where enough was read to tell.
    Pace(Option<Pace>),
    /// The stories of an older Recto's library have come by what other tellings are found by.
    Signed,
    /// How many stories each view has.
    Counted(Counts),
    /// What was opened is kept.
    Kept(Vec<Kept>),
    /// What was opened could not be kept.
    NotKept {
        /// What was opened.
        arrivals: Vec<Arrival>,
        /// Why.
        error: LibraryError,
    },
    /// A change was made.
    Changed {
        /// The change.
        change: Change,
        /// What takes it back.
        inverse: Option<Change>,
        /// How it came about.
        how: How,
    },
    /// A folder is one of the library's, with what is left out of it: now it can be read.
    FolderKept(PathBuf),
    /// Stories came or went without being asked for one by one.
    Moved,
    /// Reading files into the library has come further.
    Gathered(Gathering),
    /// Something failed.
    Failed(LibraryError),
    /// The check after a crash found this.
    Checked(Vec<String>),
}

/// How the library was opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// To be read and changed.
    Whole {
        /// The folders that are watched.
        folders: Vec<PathBuf>,
    },
    /// To be read only; why.
    ReadOnly(LibraryError),
    /// Not at all; why.
    Not(LibraryError),
}
