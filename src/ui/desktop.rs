//! What the window asks of the desktop. The real one goes through `platform`; tests stand in for it.

use std::path::{Path, PathBuf};

use crate::app::effect::Clipping;
use crate::app::load::Picture;
use crate::app::theme::{Scheme, SystemPreferences};
use crate::platform::watch::FileWatcher;
use crate::platform::watch_folders::{FolderChange, FolderWatcher};
use crate::platform::{Folders, browser, clipboard, dialogs, preferences, save_atomically};

/// The answer to an open dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickedFiles {
    /// These.
    Files(Vec<PathBuf>),
    /// None: the person changed their mind.
    Cancelled,
    /// This desktop has no dialog.
    Unavailable {
        /// Why, and what would mend it.
        reason: String,
    },
}

/// Sets what is watched.
pub type SetWatched = Box<dyn FnMut(&[PathBuf]) + Send>;

/// What the desktop can do. Calls may block for as long as a person takes, and are made on threads of their own.
pub trait Desktop: Send + Sync + 'static {
    /// Lets a person choose files to open.
    fn pick_files(&self) -> PickedFiles;

    /// Lets a person choose a file of settings.
    fn pick_settings(&self) -> PickedFiles {
        self.pick_files()
    }

    /// Lets a person choose where to save; the name is a proposal.
    fn pick_save_path(&self, file_name: &str) -> PickedFiles;

    /// Opens a web or mail address.
    ///
    /// # Errors
    /// What failed and what to do.
    fn open_address(&self, address: &str) -> Result<(), String>;

    /// Shows a file in the file manager.
    ///
    /// # Errors
    /// What failed and what to do.
    fn show_in_folder(&self, path: &Path) -> Result<(), String>;

    /// Calls back with what the desktop prefers, now and whenever it changes.
    fn watch_preferences(&self, report: Box<dyn Fn(SystemPreferences) + Send + Sync>);

    /// Calls back with the path of a watched file that was changed or deleted. Called once; the answer sets what is
    /// watched.
    fn watch_files(&self, report: Box<dyn Fn(PathBuf) + Send + Sync>) -> SetWatched;

    /// Puts text on the clipboard.
    ///
    /// # Errors
    /// What failed and what to do.
    fn copy(&self, clipping: &Clipping) -> Result<(), String>;

    /// Offers text as the primary selection.
    ///
    /// # Errors
    /// What failed and what to do.
    fn offer_selection(&self, text: &str) -> Result<(), String>;

    /// Puts a picture on the clipboard.
    ///
    /// # Errors
    /// What failed and what to do.
    fn copy_picture(&self, picture: &Picture) -> Result<(), String>;

    /// The folder that pasted texts are kept in where there is no library.
    fn kept_folder(&self) -> Option<PathBuf>;

    /// The folder of the library; `None` where stories are not kept.
    fn library_folder(&self) -> Option<PathBuf> {
        None
    }

    /// Lets a person choose folders for the library.
    fn pick_folders(&self) -> PickedFiles {
        PickedFiles::Cancelled
    }

    /// Calls back with the files of watched folders that came, changed or went. Called once; the answer sets what is
    /// watched.
    fn watch_folders(&self, _report: Box<dyn Fn(Vec<FolderChange>) + Send + Sync>) -> SetWatched {
        Box::new(|_| {})
    }

    /// Moves a file to the system's bin.
    ///
    /// # Errors
    /// What failed and what to do.
    fn move_to_bin(&self, path: &Path) -> Result<(), String> {
        Err(format!("This desktop has no bin. The file was left alone: {}", path.display()))
    }

    /// Puts a file that was opened into the desktop's own list of recent documents, unless the desktop keeps none.
    ///
    /// # Errors
    /// What failed.
    fn list_as_recent(&self, _path: &Path, _media_type: &str) -> Result<(), String> {
        Ok(())
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// What failed and what to do.
    fn save_settings(&self, json: &[u8]) -> Result<(), String>;

    /// Writes the remembered state.
    ///
    /// # Errors
    /// What failed and what to do.
    fn save_state(&self, json: &[u8]) -> Result<(), String>;

    /// Writes a file whole or not at all.
    ///
    /// # Errors
    /// What failed and what to do.
    fn save_file(&self, path: &Path, bytes: &[u8]) -> Result<(), String>;
}

/// The desktop that the program runs on.
pub struct SystemDesktop {
    folders: Option<Folders>,
    library: Option<PathBuf>,
    /// Held by whoever writes the list of recent documents.
    #[cfg(not(any(windows, target_os = "macos")))]
    listing: std::sync::Mutex<()>,
}

impl SystemDesktop {
    /// With the platform's folders, and the library of another folder than theirs where one is named.
    pub fn new(folders: Option<Folders>, library: Option<PathBuf>) -> Self {
        Self {
            folders,
            library,
            #[cfg(not(any(windows, target_os = "macos")))]
            listing: std::sync::Mutex::default(),
        }
    }

    fn save(&self, pick: impl Fn(&Folders) -> PathBuf, bytes: &[u8]) -> Result<(), String> {
        let Some(folders) = &self.folders else {
            return Err("There is no home folder to keep settings in. Set HOME and start again".to_owned());
        };
        let path = pick(folders);
        self.save_file(&path, bytes)
    }
}

/// The folder that pasted texts are kept in.
pub fn kept_path(folders: &Folders) -> PathBuf {
    folders.data.join("pasted")
}

/// Where the settings are kept.
pub fn settings_path(folders: &Folders) -> PathBuf {
    folders.settings()
}

/// Where the remembered state is kept.
pub fn state_path(folders: &Folders) -> PathBuf {
    folders.remembered()
}

impl From<dialogs::Answer> for PickedFiles {
    fn from(answer: dialogs::Answer) -> Self {
        match answer {
            dialogs::Answer::Picked(files) => Self::Files(files),
            dialogs::Answer::Cancelled => Self::Cancelled,
            dialogs::Answer::Unavailable { reason } => Self::Unavailable { reason },
        }
    }
}

impl Desktop for SystemDesktop {
    fn pick_files(&self) -> PickedFiles {
        dialogs::pick_files(&filters(), None).into()
    }

    fn pick_settings(&self) -> PickedFiles {
        let json = dialogs::Filter { name: "Settings".to_owned(), extensions: vec!["json".to_owned()] };
        dialogs::pick_files(&[json], None).into()
    }

    fn pick_save_path(&self, file_name: &str) -> PickedFiles {
        dialogs::save_file(file_name, &[], None).into()
    }

    fn open_address(&self, address: &str) -> Result<(), String> {
        browser::open_address(address).map_err(|error| error.to_string())
    }

    fn show_in_folder(&self, path: &Path) -> Result<(), String> {
        browser::show_in_folder(path).map_err(|error| error.to_string())
    }

    fn watch_preferences(&self, report: Box<dyn Fn(SystemPreferences) + Send + Sync>) {
        preferences::watch(move |wishes| {
            let scheme = match wishes.scheme {
                Some(preferences::ColorScheme::Light) => Some(Scheme::Light),
                Some(preferences::ColorScheme::Dark) => Some(Scheme::Dark),
                Some(preferences::ColorScheme::NoPreference) | None => None,
            };
            report(SystemPreferences {
                scheme,
                high_contrast: wishes.high_contrast,
                reduced_motion: wishes.reduced_motion,
            });
        });
    }

    fn watch_files(&self, report: Box<dyn Fn(PathBuf) + Send + Sync>) -> SetWatched {
        let mut watcher = FileWatcher::new(report);
        Box::new(move |files| watcher.set(files))
    }

    fn copy(&self, clipping: &Clipping) -> Result<(), String> {
        clipboard::copy(&clipping.text, clipping.html.as_deref())
    }

    fn offer_selection(&self, text: &str) -> Result<(), String> {
        clipboard::offer_selection(text)
    }

    fn copy_picture(&self, picture: &Picture) -> Result<(), String> {
        clipboard::copy_picture(picture.width, picture.height, &picture.rgba)
    }

    fn kept_folder(&self) -> Option<PathBuf> {
        self.folders.as_ref().map(kept_path)
    }

    fn library_folder(&self) -> Option<PathBuf> {
        self.library.clone()
    }

    fn pick_folders(&self) -> PickedFiles {
        dialogs::pick_folder(None).into()
    }

    fn watch_folders(&self, report: Box<dyn Fn(Vec<FolderChange>) + Send + Sync>) -> SetWatched {
        let mut watcher = FolderWatcher::new(report);
        Box::new(move |folders| watcher.set(folders))
    }

    fn move_to_bin(&self, path: &Path) -> Result<(), String> {
        crate::platform::bin::move_to_bin(path).map_err(|error| error.to_string())
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    fn list_as_recent(&self, path: &Path, media_type: &str) -> Result<(), String> {
        use crate::platform::{folders::DesktopFolders, recent_documents};
        let Some(folders) = DesktopFolders::for_user() else { return Ok(()) };
        // A panic elsewhere leaves the file as whole as before.
        let _alone = self.listing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if preferences::remembers_recent_documents() == Some(false) {
            return Ok(());
        }
        let opened = recent_documents::Opened { path, media_type, at: jiff::Timestamp::now() };
        recent_documents::add(&folders.data_home, &opened).map_err(|error| error.to_string())
    }

    fn save_settings(&self, json: &[u8]) -> Result<(), String> {
        self.save(settings_path, json)
    }

    fn save_state(&self, json: &[u8]) -> Result<(), String> {
        self.save(state_path, json)
    }

    fn save_file(&self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        save_atomically(path, bytes).map_err(|error| {
            format!("The file cannot be saved ({error}). Free some space or choose another folder: {}", path.display())
        })
    }
}

/// The dialog's kinds of file, from the table of formats.
fn filters() -> Vec<dialogs::Filter> {
    let formats = crate::app::folder::formats();
    let all = formats.iter().flat_map(|(_, endings)| endings.clone()).collect();
    let mut filters = vec![dialogs::Filter { name: "Articles".to_owned(), extensions: all }];
    filters.extend(formats.into_iter().map(|(name, extensions)| dialogs::Filter { name, extensions }));
    filters.push(dialogs::Filter { name: "All files".to_owned(), extensions: vec!["*".to_owned()] });
    filters
}
