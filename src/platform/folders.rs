//! Where settings, data, state and caches are kept, as each system has it. Creates none of them.

use std::path::{Path, PathBuf};

/// The program's own folders. None needs to exist; [`super::save_atomically`] creates what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What the person has set.
    pub config: PathBuf,
    /// What the person would miss: the library.
    pub data: PathBuf,
    /// What is remembered between runs and nobody would miss: window size, last place.
    pub state: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
}

impl Folders {
    /// The person's folders: under XDG's variables or their defaults on Linux, `Application Support` on macOS, `AppData`
    /// on Windows. `None` where there is no home folder.
    pub fn for_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("org", "recto_reader", "Recto")?;
        Some(Self {
            config: folders.config_dir().to_owned(),
            data: folders.data_dir().to_owned(),
            // macOS and Windows have no folder for state; theirs for data that stays on this machine serves.
            state: folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned(),
            cache: folders.cache_dir().to_owned(),
        })
    }

    /// Where the library is, unless another folder is named.
    pub fn library(&self) -> PathBuf {
        self.data.join("library")
    }

    /// Where the settings are.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// Where is what was remembered.
    pub fn remembered(&self) -> PathBuf {
        self.state.join("state.json")
    }

    /// Folders under one folder, for tests.
    pub fn under(folder: &Path) -> Self {
        Self {
            config: folder.join("config"),
            data: folder.join("data"),
            state: folder.join("state"),
            cache: folder.join("cache"),
        }
    }
}

/// The folders that the whole desktop shares, where a program adds its menu entry and its kinds of file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesktopFolders {
    /// `XDG_DATA_HOME`, or `~/.local/share`.
    pub data_home: PathBuf,
    /// `XDG_CONFIG_HOME`, or `~/.config`.
    pub config_home: PathBuf,
    /// `XDG_DATA_DIRS`: where the system's programs keep theirs, the most important first.
    pub data_dirs: Vec<PathBuf>,
    /// `XDG_CONFIG_DIRS`: where the system keeps its settings, the most important first.
    pub config_dirs: Vec<PathBuf>,
}

/// The defaults of `XDG_DATA_DIRS` and `XDG_CONFIG_DIRS`, from the XDG Base Directory Specification 0.8.
const DEFAULT_DATA_DIRS: &str = "/usr/local/share:/usr/share";
const DEFAULT_CONFIG_DIRS: &str = "/etc/xdg";

impl DesktopFolders {
    /// This person's; `None` where there is no home folder.
    pub fn for_user() -> Option<Self> {
        let base = directories::BaseDirs::new()?;
        Some(Self {
            data_home: base.data_dir().to_owned(),
            config_home: base.config_dir().to_owned(),
            data_dirs: listed("XDG_DATA_DIRS", DEFAULT_DATA_DIRS),
            config_dirs: listed("XDG_CONFIG_DIRS", DEFAULT_CONFIG_DIRS),
        })
    }

    /// Folders under one folder, for tests.
    pub fn under(folder: &Path) -> Self {
        Self {
            data_home: folder.join("share"),
            config_home: folder.join("config"),
            data_dirs: vec![folder.join("system/share")],
            config_dirs: vec![folder.join("system/config")],
        }
    }
}

/// The absolute folders that a variable lists; others are to be ignored.
fn listed(variable: &str, default: &str) -> Vec<PathBuf> {
    let value = std::env::var_os(variable).filter(|folders| !folders.is_empty());
    std::env::split_paths(&value.unwrap_or_else(|| default.into())).filter(|folder| folder.is_absolute()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_differ() {
        let folders = Folders::under(Path::new("/somewhere"));
        let all = [&folders.config, &folders.data, &folders.state, &folders.cache];
        for (index, folder) in all.iter().enumerate() {
            assert!(folder.starts_with("/somewhere"));
            assert!(!all[..index].contains(folder));
        }
    }
}
