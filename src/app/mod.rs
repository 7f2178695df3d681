//! What the app is doing, as plain data: which stories are open, which one is read, what is shown and what has to be done
//! next. Draws nothing and touches no file: [`Session::apply`] answers with [`Effect`]s, which `ui` and `cli` carry out.
//!
//! - [`action`]: everything that can happen
//! - [`effect`]: everything that has to be done outside
//! - [`command`]: what a person can name: the table behind menus, shortcuts and help
//! - [`session`]: the state, and the one way to change it
//! - [`story`]: a row of the sidebar and the story behind it
//! - [`reading`]: what is selected, what is in sight, where a person came from
//! - [`head`]: what stands above a story's text, and which blocks it makes needless
//! - [`facts`]: what the rules say of the story that is read; [`fact_finding`]: the search for it
//! - [`find`]: finding in the story that is read
//! - [`choices`]: what a person put back or left out
//! - [`catalogue`]: what is shown of the library
//! - [`difference`]: what differs between two versions
//! - [`asked`]: what the library was asked about the story that is read
//! - [`side_by_side`]: two stories, paragraph by paragraph; [`told_differently`]: what they state differently
//! - [`keeper`]: the library at work, on threads of its own
//! - [`gather`]: folders of files into the library
//! - [`recent`]: the files that were opened last
//! - [`outline`]: the headings of a story
//! - [`jobs`]: worker threads and their one channel of events
//! - [`load`]: what a worker does to open a story
//! - [`errands`]: what workers and the library do for a session
//! - [`head_start`]: a session that begins before there is a window
//! - [`folder`]: the article files of a folder
//! - [`notice`]: what a person is told
//! - [`settings`]: what a person has set
//! - [`saved_with`]: what saved a story's file
//! - [`saved_state`]: what is remembered from one start to the next
//! - [`theme`]: colour tokens
//! - [`samples`]: the stories of the first start

pub mod action;
pub mod asked;
pub mod catalogue;
pub mod choices;
pub mod command;
pub mod difference;
pub mod effect;
pub mod errands;
pub mod fact_finding;
pub mod facts;
pub mod find;
pub mod folder;
pub mod gather;
pub mod head;
pub mod head_start;
pub mod jobs;
pub mod keeper;
pub mod keymap;
pub mod load;
pub mod notice;
pub mod outline;
pub mod palette;
pub mod reading;
pub mod recent;
pub mod samples;
pub mod saved_state;
pub mod saved_with;
pub mod session;
pub mod settings;
pub mod shortcut;
pub mod side_by_side;
pub mod story;
pub mod theme;
pub mod told_differently;

pub use crate::library::folders::Folder;
pub use crate::library::{
    Addressed, Change, Correction, Counts, Entry, Key, Lit, NearDuplicate, Nearby, Pace, ReadState, Seen, Shelf, Sort,
    Stated, Status, View,
};
pub use action::Action;
pub use command::{Command, Menu};
pub use effect::Effect;
pub use facts::Facts;
pub use find::{Find, FindAction};
pub use keymap::Keymap;
pub use notice::{Notice, NoticeKind};
pub use reading::{Jump, Selection};
pub use saved_state::SavedState;
pub use session::{Item, Progress, ProgressUnit, Session};
pub use settings::{ReadingSettings, Settings};
pub use shortcut::Shortcut;
pub use story::{Origin, Row, RowKey, RowStatus, Story, Summary};
pub use theme::{Theme, ThemeChoice};
