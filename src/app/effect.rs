//! Everything that has to be done outside the session. `ui` and `cli` carry these out through `platform` and [`super::jobs`].

use std::path::PathBuf;

use super::fact_finding::FactFinding;
use super::{Jump, Origin, RowKey};
use crate::document::{ResourceId, TextRange};
use crate::import::Watch;

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a story on a worker; answered by `Action::Loaded`.
    Load {
        /// The row it is for.
        row: RowKey,
        /// Comes back with the answer.
        generation: u64,
        /// What to open.
        origin: Origin,
        /// Its number in the library, where it is to be read from there.
        kept: Option<crate::library::Key>,
        /// Whether somebody waits for it, and wants to see the beginning of a long story meanwhile.
        is_awaited: bool,
        /// How far it has come, and whether it is still wanted.
        watch: Watch,
    },
    /// List a folder's article files on a worker; answered by `Action::FolderListed`.
    ListFolder(PathBuf),
    /// Find on a worker which of these files are gone; answered by `Action::RecentMissing`.
    FindMissing(Vec<PathBuf>),
    /// Put a file that was opened into the desktop's own list of recent documents.
    ListAsRecent {
        /// The file.
        path: PathBuf,
        /// Its media type.
        media_type: &'static str,
    },
    /// Ask something of the library; answered by `Action::Library`.
    Library(super::keeper::Request),
    /// Let a person choose folders for the library.
    ShowFolderDialog,
    /// Watch these folders, and no others, for files that come and go.
    WatchFolders(Vec<PathBuf>),
    /// Compare the story of a row with one of the library; answered by `Action::Compared`.
    Compare {
        /// The row.
        row: RowKey,
        /// The other.
        with: crate::library::Key,
    },
    /// Find on a worker what the rules say of a story; answered by `Action::FactsFound` or `FactsNotFound`, and by `FactsMoved`
    /// before that.
    FindFacts(FactFinding),
    /// Ask where, and save what the details list.
    ShowFactsDialog(FactsForm),
    /// Lay the story of a row beside one of the library; answered by `Action::LaidBeside`.
    LayBeside {
        /// The row.
        row: RowKey,
        /// The other.
        with: crate::library::Key,
    },
    /// Move a file to the system's bin.
    MoveToBin(PathBuf),
    /// Put the cursor into the library's search field.
    FocusSearch,
    /// Show the desktop's open dialog.
    ShowOpenDialog,
    /// Ask where, and save the story as `.recto.json`.
    ShowSaveDialog(RowKey),
    /// Open an address in the person's browser.
    OpenAddress(String),
    /// Show a file in the file manager.
    ShowInFolder(PathBuf),
    /// Put text on the clipboard.
    CopyText(String),
    /// Keep pasted bytes as a file of the data folder, under their hash.
    KeepPasted {
        /// The bytes' hash.
        source_id: String,
        /// The bytes.
        bytes: std::sync::Arc<[u8]>,
    },
    /// Watch these files, and no others, for change.
    WatchFiles(Vec<PathBuf>),
    /// Put text on the clipboard, with its styles for programs that take them.
    Copy(Clipping),
    /// Offer text as X11's primary selection, which the middle button pastes.
    OfferSelection(String),
    /// Put a picture of the story on the clipboard.
    CopyPicture(ResourceId),
    /// Ask where, and save a picture of the story as its file has it.
    SavePicture(ResourceId),
    /// Bring a place into view and light it up.
    Reveal(Target, Jump),
    /// Search a story on a worker, with [`super::find::search()`].
    Find(super::find::Job),
    /// Open or close the list of headings.
    ToggleContents,
    /// Scroll the reading view.
    Scroll(Scroll),
    /// Write the settings soon.
    SaveSettings,
    /// Write the remembered state soon.
    SaveState,
    /// Bring the window to the front.
    Raise,
    /// Enter or leave full screen.
    ToggleFullScreen,
    /// Open or close the settings.
    ToggleSettings,
    /// Open or close the command palette.
    TogglePalette,
    /// Open or close the list of shortcuts.
    ToggleHelp,
    /// Ask where, and save the settings as a file.
    ShowExportDialog,
    /// Ask for a file, and read settings from it; answered by `Action::SettingsFileRead`.
    ShowImportDialog,
    /// Show the about box.
    ShowAbout,
    /// Close the window.
    Quit,
}

/// In which form what the details list is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactsForm {
    /// To be read.
    Markdown,
    /// For other programs.
    Json,
}

/// A place to bring into view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A block of the story.
    Block(usize),
    /// The block that `#name` leads to.
    Fragment(String),
    /// Words of the flat text.
    Range(TextRange),
    /// An offset of the flat text, at the view's top.
    Offset(usize),
}

/// What goes to the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clipping {
    /// As plain text.
    pub text: String,
    /// As HTML; `None` where plain text is wanted.
    pub html: Option<String>,
}

/// A jump of the reading view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scroll {
    /// One line back.
    LineUp,
    /// One line on.
    LineDown,
    /// One screen back, less two lines.
    PageUp,
    /// One screen on, less two lines.
    PageDown,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}
