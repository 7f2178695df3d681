//! Everything that can happen: menus, keys, drops, dialogs, workers and the command line all become one of these.

use std::ops::Range;
use std::path::PathBuf;

use super::effect::Target;
use super::fact_finding::FactFinding;
use super::{
    Command, Jump, RowKey, Selection, Settings,
    story::{Beginning, Loaded},
};
use crate::document::{Anchor, ResourceId, TextRange};
use crate::library::folders::Folder;
use crate::library::{Change, Key, Sort, View};

/// Something that happened.
#[derive(Debug)]
pub enum Action {
    /// A person chose a command.
    Run(Command),
    /// Open these files and folders, and read the first.
    Open(Vec<PathBuf>),
    /// The files that were opened last come into sight: find out which are gone.
    RecentShown,
    /// Of the files that were opened last, these are gone.
    RecentMissing(Vec<PathBuf>),
    /// Open text from the clipboard.
    Paste(String),
    /// Open what came on standard input.
    OpenStandardInput(Vec<u8>),
    /// Show a row's story.
    Select(RowKey),
    /// Take a row out of the sidebar. Its file is not touched.
    Close(RowKey),
    /// The open dialog was answered with nothing.
    DialogCancelled,
    /// There is no open dialog on this desktop; ask for a path instead.
    DialogUnavailable {
        /// Why.
        reason: String,
    },
    /// Another start of the program hands over what it was asked to open.
    HandedOver(Vec<PathBuf>),
    /// The path prompt was answered; `None` closes it.
    PathEntered(Option<String>),
    /// A folder's article files were listed.
    FolderListed {
        /// The folder.
        folder: PathBuf,
        /// Its article files, in the order of their names.
        files: Vec<PathBuf>,
        /// What could not be looked into, and why.
        problems: Vec<String>,
    },
    /// A worker has read the beginning of a long story, and goes on.
    Begun {
        /// The row it is for.
        row: RowKey,
        /// The request it belongs to; a stale one is dropped.
        generation: u64,
        /// What there is of it.
        beginning: Box<Beginning>,
    },
    /// A worker opened a story, or could not.
    Loaded {
        /// The row it was for.
        row: RowKey,
        /// The request it answers; a stale answer is dropped.
        generation: u64,
        /// The stories of the file, or what to tell.
        result: Result<Loaded, LoadError>,
    },
    /// Give up on what is being read and what waits to be read.
    CancelImport,
    /// An import has come further; the window is drawn anew.
    ImportMoved,
    /// A file that is open was changed or deleted.
    FileChanged(PathBuf),
    /// The library answered.
    Library(super::keeper::Answer),
    /// List other stories.
    ShowView(View),
    /// List them in another order.
    SortBy(Sort),
    /// Something was typed into the search field.
    SearchLibrary(String),
    /// These lines of the sidebar are in sight.
    RowsInSight(Range<usize>),
    /// Read a story of the library.
    SelectKept(Key),
    /// Pick stories, for what is to be done with them.
    Pick(Pick),
    /// Change stories of the library.
    ChangeStories(Change),
    /// Give the stories whose tags are edited a tag, or take it away.
    SetTag {
        /// The tag.
        tag: String,
        /// Whether they have it from now on.
        is_on: bool,
    },
    /// The tags are as they should be.
    TagsEdited,
    /// What is written about the story that is read.
    WriteNote(String),
    /// Show what differs between the story that is read and another version of it.
    CompareWith(Key),
    /// What the rules say of a story was found.
    FactsFound(super::Facts),
    /// A search for facts has come further.
    FactsMoved {
        /// The search.
        finding: FactFinding,
        /// Which part of the text is done, 0 to 1.
        done: f32,
    },
    /// A search for facts has ended without them.
    FactsNotFound {
        /// The search.
        finding: FactFinding,
        /// What is to be told of it; nothing where it was given up.
        notice: Option<super::Notice>,
    },
    /// Fold a section of the details, or unfold it, by its name.
    Fold(String, bool),
    /// The differences are there.
    Compared(super::difference::Comparison),
    /// Enough was seen of them.
    ComparisonClosed,
    /// Show the story that is read beside another, paragraph by paragraph.
    LayBeside(Key),
    /// They are there.
    LaidBeside(Box<super::side_by_side::SideBySide>),
    /// Enough was seen of them.
    SideBySideClosed,
    /// What had to be confirmed is wanted, or not.
    Confirmed(bool),
    /// From now on the files of these folders are stories.
    FoldersPicked(Vec<PathBuf>),
    /// Say what is left out of a folder; `None` closes that.
    LeaveOut(Option<Folder>),
    /// A folder's files are stories but for those that its patterns name.
    SetFolder(Folder),
    /// Look through a folder again.
    LookThrough(PathBuf),
    /// The files of a folder to come are no stories any more.
    DropFolder(PathBuf),
    /// Files of the folders came, were changed or went.
    FoldersChanged {
        /// Files to be read.
        appeared: Vec<PathBuf>,
        /// Files that are gone.
        vanished: Vec<PathBuf>,
    },
    /// Wait with reading files into the library, or go on.
    PauseGathering(bool),
    /// A link of the story was clicked.
    FollowLink(String),
    /// Text was selected, or nothing is any more.
    SelectText(Option<Selection>),
    /// The reading view shows this part of the flat text.
    ViewMoved(TextRange),
    /// The reading view has jumped from this offset of the flat text.
    Jumped {
        /// The first line that was in sight.
        from: usize,
        /// How the jump came about.
        jump: Jump,
    },
    /// Bring a place into view.
    GoTo(Target),
    /// Put a picture of the story on the clipboard.
    CopyPicture(ResourceId),
    /// Save a picture of the story as a file.
    SavePicture(ResourceId),
    /// Put an address on the clipboard.
    CopyLink(String),
    /// Something happened to the search in the story.
    Find(super::FindAction),
    /// Show a block that was left out, in its place.
    ShowOmission(usize),
    /// Put a block back into the story, or leave it out. Can be undone.
    SetShown {
        /// The block.
        block: usize,
        /// Whether it is part of the story from now on.
        shown: bool,
    },
    /// Show or hide all that was left out, in place.
    ShowAllOmissions(bool),
    /// The reader's place moved.
    PlaceMoved {
        /// The story's row.
        row: RowKey,
        /// The first line in sight.
        anchor: Anchor,
        /// How far, 0 to 1.
        progress: f32,
    },
    /// The settings were changed in the window.
    SettingsChanged(Settings),
    /// A file of settings was read.
    SettingsFileRead(Vec<u8>),
    /// Wear a theme, by its id.
    ChooseTheme(String),
    /// Set pages by a profile, by its name; `None` has the story decide.
    ChooseProfile(Option<String>),
    /// A panel was dragged to a width, in points.
    PanelResized {
        /// Which.
        panel: Panel,
        /// Points.
        width: f32,
    },
    /// The window was moved, resized or maximised.
    WindowChanged(super::saved_state::WindowPlace),
    /// A notice was dismissed.
    Dismiss(u64),
    /// Something to tell a person.
    Tell(super::Notice),
    /// What the desktop prefers became known.
    SystemPreferences(super::theme::SystemPreferences),
}

/// How stories are picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// One more, or one less.
    Toggle(Key),
    /// All from where picking began.
    To(Key),
    /// The whole list.
    All,
    /// None.
    Nothing,
}

/// What a person has to confirm first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// Stories are forgotten for good.
    Forget(Vec<Key>),
    /// A file is moved to the system's bin.
    BinFile(PathBuf),
}

/// A side panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The stories.
    Sidebar,
    /// What is known about the story.
    Details,
}

/// Why a story could not be opened, in a person's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// What failed and what to do next.
    pub message: String,
    /// Whether the file is gone, rather than unreadable.
    pub is_missing: bool,
}
