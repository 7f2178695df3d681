//! Adding the program to a Linux desktop for one person, without root: menu entry, icons, kinds of file, and who opens
//! them. Every file that it writes or changes is on record, so that all of it can be taken back. Prints nothing.
//!
//! - `desktop_entry`: the menu entry's text
//! - `media_types`: the kinds of file that the system may not know
//! - `defaults`: which program opens which kind
//!
//! A desktop takes the person's own menu entries before the system's, so adding one would quietly make it the default for
//! every kind that nobody has chosen a program for. Whatever opens such a kind now is therefore written down as chosen.

mod defaults;
mod desktop_entry;
mod media_types;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::folders::DesktopFolders;
use super::{APP_ID, files, icon, programs};
use defaults::Opener;

/// A kind of file that the program opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name for a person.
    pub name: String,
    /// Media types, the usual one first.
    pub media_types: Vec<String>,
    /// File endings without a dot, the usual one first.
    pub extensions: Vec<String>,
    /// Whether it is the program's own, which nothing else opens.
    pub own: bool,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were written or removed.
    pub files: Vec<PathBuf>,
    /// Media types that now open with Recto.
    pub opens: Vec<String>,
    /// Media types whose program was kept, with its menu entry's name.
    pub kept: Vec<(String, String)>,
    /// Programs of the desktop that would make it known at once and are not installed, or failed.
    pub not_run: Vec<&'static str>,
}

/// Why the desktop was not changed, or not wholly. The path stands last.
#[derive(Debug, thiserror::Error)]
pub enum IntegrateError {
    /// The program lies where a menu entry cannot start it.
    #[error(
        "No menu entry can start a program from a path with this sign in it. Move Recto to another folder: {program}"
    )]
    Unquotable {
        /// Where it is.
        program: PathBuf,
    },
    /// A file could not be written.
    #[error("A file cannot be written ({source}). Make room or change permissions, then run the command again: {path}")]
    Write {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// A file could not be removed.
    #[error("A file cannot be removed ({source}). Remove it yourself: {path}")]
    Remove {
        /// What the system says.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The record of what was written is broken.
    #[error("What was added is not on record any more ({reason}). Look for {APP_ID} under the folder yourself: {path}")]
    Record {
        /// What is wrong.
        reason: String,
        /// The folder.
        path: PathBuf,
    },
}

/// What was written, so that it can be taken back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Record {
    files: Vec<PathBuf>,
    defaults: Vec<ChangedDefault>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ChangedDefault {
    media_type: String,
    before: Option<String>,
    after: String,
}

fn record_file(folders: &DesktopFolders) -> PathBuf {
    folders.data_home.join("recto/integration.json")
}

/// The menu entry's file name.
pub fn menu_entry_name() -> String {
    format!("{APP_ID}.desktop")
}

/// What makes a desktop know the program, as files below a `share` folder, with their bytes: the menu entry, which starts
/// `program` (a path, or a name that is looked for in `PATH`), the kinds of file that no folder of `data_dirs` knows, and the
/// icons. A package of the system installs the same.
///
/// # Errors
/// [`IntegrateError::Unquotable`].
pub fn shared_files(
    program: &Path,
    kinds: &[Kind],
    data_dirs: &[PathBuf],
) -> Result<Vec<(PathBuf, Vec<u8>)>, IntegrateError> {
    let media_types = kinds.iter().flat_map(|kind| &kind.media_types).map(String::as_str);
    let entry = desktop_entry::text(program, media_types)
        .map_err(|_| IntegrateError::Unquotable { program: program.to_owned() })?;
    let mut files = vec![(Path::new("applications").join(menu_entry_name()), entry.into_bytes())];
    if let Some(package) = media_types::package(kinds, data_dirs) {
        files.push((PathBuf::from(format!("mime/packages/{APP_ID}.xml")), package.into_bytes()));
    }
    let icons = Path::new("icons/hicolor");
    files.push((icons.join(format!("scalable/apps/{APP_ID}.svg")), icon::SVG.to_vec()));
    for (edge, png) in icon::PNGS {
        files.push((icons.join(format!("{edge}x{edge}/apps/{APP_ID}.png")), png.to_vec()));
    }
    Ok(files)
}

/// The menu entry of the program that opens a kind of file, and whether somebody chose it; `None` where nothing does.
pub fn opener_of(media_type: &str, folders: &DesktopFolders) -> Option<(String, bool)> {
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    Some(match defaults::opener(media_type, folders, &desktop)? {
        Opener::Chosen(entry) => (entry, true),
        Opener::First(entry) => (entry, false),
    })
}

/// Adds the program to the desktop; what an earlier call added is taken back first. With `take_over`, Recto becomes the
/// default for all its kinds; otherwise only for its own.
///
/// # Errors
/// [`IntegrateError`]; what was written until then is on record, and [`unintegrate`] takes it back.
pub fn integrate(
    program: &Path,
    kinds: &[Kind],
    take_over: bool,
    folders: &DesktopFolders,
) -> Result<Report, IntegrateError> {
    let files = shared_files(program, kinds, &folders.data_dirs)?;
    take_back(folders)?;

    let mut report = Report::default();
    let changes = choose_defaults(kinds, take_over, folders, &mut report);
    let to_write: Vec<_> = files.into_iter().map(|(path, bytes)| (folders.data_home.join(path), bytes)).collect();

    // The record comes first: a write that fails half way can be taken back too.
    let record = Record { files: to_write.iter().map(|(path, _)| path.clone()).collect(), defaults: changes };
    save_record(&record, folders)?;
    for (path, bytes) in to_write {
        files::save_atomically(&path, &bytes).map_err(|source| IntegrateError::Write { source, path: path.clone() })?;
        report.files.push(path);
    }
    if edit_defaults(folders, |text| {
        record
            .defaults
            .iter()
            .fold(text, |text, change| defaults::with_default(&text, &change.media_type, Some(&change.after)))
    })? {
        report.files.push(mimeapps_file(folders));
    }
    report.not_run = tell_desktop(folders);
    Ok(report)
}

/// Takes back what [`integrate`] wrote, and nothing else.
///
/// # Errors
/// [`IntegrateError`].
pub fn unintegrate(folders: &DesktopFolders) -> Result<Report, IntegrateError> {
    let files = take_back(folders)?;
    let not_run = if files.is_empty() { Vec::new() } else { tell_desktop(folders) };
    Ok(Report { files, not_run, ..Report::default() })
}

/// Which defaults have to change: Recto's own kinds and, when it takes over, all; of the others, those that would fall to
/// Recto though nobody chose it.
fn choose_defaults(
    kinds: &[Kind],
    take_over: bool,
    folders: &DesktopFolders,
    report: &mut Report,
) -> Vec<ChangedDefault> {
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    let list = fs::read_to_string(mimeapps_file(folders)).unwrap_or_default();
    let mut changes: Vec<ChangedDefault> = Vec::new();
    for kind in kinds {
        for media_type in &kind.media_types {
            if changes.iter().any(|change| change.media_type == *media_type) {
                continue;
            }
            let before = defaults::default_of(&list, media_type).map(str::to_owned);
            let after = if take_over || kind.own {
                report.opens.push(media_type.clone());
                format!("{};{}", menu_entry_name(), before.as_deref().unwrap_or_default())
            } else {
                match defaults::opener(media_type, folders, &desktop) {
                    Some(Opener::Chosen(entry)) => {
                        report.kept.push((media_type.clone(), entry));
                        continue;
                    }
                    Some(Opener::First(entry)) => {
                        report.kept.push((media_type.clone(), entry.clone()));
                        format!("{entry};{}", before.as_deref().unwrap_or_default())
                    }
                    None => {
                        report.opens.push(media_type.clone());
                        continue;
                    }
                }
            };
            changes.push(ChangedDefault { media_type: media_type.clone(), before, after });
        }
    }
    changes
}

fn mimeapps_file(folders: &DesktopFolders) -> PathBuf {
    folders.config_home.join("mimeapps.list")
}

/// Edits the list of defaults; whether that changed it. A list that becomes empty is removed.
fn edit_defaults(folders: &DesktopFolders, edit: impl FnOnce(String) -> String) -> Result<bool, IntegrateError> {
    let path = mimeapps_file(folders);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(IntegrateError::Write { source, path }),
    };
    let edited = edit(text.clone());
    if edited == text {
        return Ok(false);
    }
    files::save_atomically(&path, edited.as_bytes()).map_err(|source| IntegrateError::Write { source, path })?;
    Ok(true)
}

fn save_record(record: &Record, folders: &DesktopFolders) -> Result<(), IntegrateError> {
    let path = record_file(folders);
    serde_json::to_vec_pretty(record)
        .map_err(io::Error::from)
        .and_then(|json| files::save_atomically(&path, &json))
        .map_err(|source| IntegrateError::Write { source, path })
}

/// Removes the files on record, and puts back the defaults that nobody has changed since.
fn take_back(folders: &DesktopFolders) -> Result<Vec<PathBuf>, IntegrateError> {
    let record: Record = match files::read_json(&record_file(folders)) {
        files::Loaded::Value(record) => record,
        files::Loaded::Missing => return Ok(Vec::new()),
        files::Loaded::SetAside { reason, .. } | files::Loaded::Unreadable { reason } => {
            return Err(IntegrateError::Record { reason, path: folders.data_home.clone() });
        }
    };
    let ours = menu_entry_name();
    let mut removed = Vec::new();
    let edited = edit_defaults(folders, |text| {
        record.defaults.iter().fold(text, |text, change| {
            let now = defaults::default_of(&text, &change.media_type).map(str::to_owned);
            let back = match now {
                Some(now) if now == change.after => change.before.clone(),
                // Someone has chosen since: their choice stays, without the entry that goes.
                Some(now) => {
                    let others: Vec<_> = now.split(';').filter(|entry| *entry != ours && !entry.is_empty()).collect();
                    (!others.is_empty()).then(|| format!("{};", others.join(";")))
                }
                None => return text,
            };
            defaults::with_default(&text, &change.media_type, back.as_deref())
        })
    })?;
    if edited {
        let list = mimeapps_file(folders);
        // What is left when Recto alone had written it.
        if fs::read_to_string(&list).is_ok_and(|text| text.trim() == "[Default Applications]") {
            remove(&list)?;
        }
        removed.push(list);
    }
    for file in record.files.iter().chain([&record_file(folders)]) {
        if remove(file)? {
            removed.push(file.clone());
        }
        remove_empty_folders(file, &folders.data_home);
    }
    Ok(removed)
}

/// Whether there was such a file.
fn remove(file: &Path) -> Result<bool, IntegrateError> {
    match fs::remove_file(file) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(IntegrateError::Remove { source, path: file.to_owned() }),
    }
}

/// Removes the folders above a file that are empty now, up to a folder that stays.
fn remove_empty_folders(file: &Path, stays: &Path) {
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != stays && folder.starts_with(stays)) {
        // Refused where something else is in it, which is the point.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// Has the desktop take notice; the programs that could not be run.
fn tell_desktop(folders: &DesktopFolders) -> Vec<&'static str> {
    let icons = folders.data_home.join("icons/hicolor");
    // GTK looks again when the theme's folder is newer than it remembers.
    if let Ok(folder) = fs::File::open(&icons) {
        let _ = folder.set_modified(SystemTime::now());
    }
    let mut not_run = Vec::new();
    let mut run = |program: &'static str, arguments: &[&str], folder: &Path| {
        if !folder.is_dir() {
            return;
        }
        let done = programs::on_path(program).is_some_and(|program| {
            let mut command = Command::new(program);
            command.args(arguments).arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        });
        if !done {
            not_run.push(program);
        }
    };
    run("update-desktop-database", &[], &folders.data_home.join("applications"));
    run("update-mime-database", &[], &folders.data_home.join("mime"));
    // A cache is brought up to date and never made: one that nobody keeps would hide the icons of the next program.
    if icons.join("icon-theme.cache").exists() {
        run("gtk-update-icon-cache", &["--force", "--ignore-theme-index", "--quiet"], &icons);
    }
    not_run
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn kinds() -> Vec<Kind> {
        let kind = |name: &str, media_type: &str, extension: &str, own| Kind {
            name: name.into(),
            media_types: vec![media_type.into()],
            extensions: vec![extension.into()],
            own,
        };
        vec![
            kind("Recto story", "application/x-recto+json", "recto.json", true),
            kind("HTML", "text/html", "html", false),
            kind("Markdown", "text/markdown", "md", false),
        ]
    }

    /// All files below a folder, without what the desktop's own programs make of them.
    fn files_below(folder: &Path) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name() == Some("mime".as_ref()) {
                    found.extend(files_below(&path.join("packages")));
                } else {
                    found.extend(files_below(&path));
                }
            } else if path.file_name() != Some("mimeinfo.cache".as_ref()) {
                found.insert(path.clone(), fs::read_to_string(&path).unwrap_or_default());
            }
        }
        found
    }

    fn desktop() -> (tempfile::TempDir, DesktopFolders) {
        let root = tempfile::tempdir().unwrap();
        let folders = DesktopFolders::under(root.path());
        let system = folders.data_dirs[0].join("applications");
        fs::create_dir_all(&system).unwrap();
        fs::create_dir_all(&folders.config_home).unwrap();
        fs::write(system.join("browser.desktop"), "").unwrap();
        fs::write(system.join("mimeinfo.cache"), "[MIME Cache]\ntext/html=browser.desktop;\n").unwrap();
        (root, folders)
    }

    fn default(folders: &DesktopFolders, media_type: &str) -> Option<String> {
        let text = fs::read_to_string(mimeapps_file(folders)).unwrap_or_default();
        defaults::default_of(&text, media_type).map(str::to_owned)
    }

    #[test]
    fn nothing_is_stolen_and_all_is_taken_back() {
        for take_over in [false, true] {
            let (root, folders) = desktop();
            fs::write(mimeapps_file(&folders), "# mine\n[Default Applications]\nimage/png=viewer.desktop;\n").unwrap();
            let before = files_below(root.path());
            let program = Path::new("/opt/re cto/recto");
            let report = integrate(program, &kinds(), take_over, &folders).unwrap();
            assert!(report.files.iter().all(|file| file.is_file()));
            let own = format!("{};", menu_entry_name());
            assert_eq!(default(&folders, "application/x-recto+json"), Some(own.clone()));
            assert_eq!(default(&folders, "text/html").unwrap(), if take_over { &own } else { "browser.desktop;" });
            // A second time changes nothing, and the second is taken back as wholly as the first.
            let once = files_below(root.path());
            integrate(program, &kinds(), take_over, &folders).unwrap();
            assert_eq!(files_below(root.path()), once);
            unintegrate(&folders).unwrap();
            assert_eq!(files_below(root.path()), before);
            assert_eq!(unintegrate(&folders).unwrap(), Report::default());
        }
    }

    #[test]
    fn a_choice_made_since_stays() {
        let (_root, folders) = desktop();
        integrate(Path::new("/opt/recto"), &kinds(), true, &folders).unwrap();
        let list = fs::read_to_string(mimeapps_file(&folders)).unwrap();
        let chosen =
            defaults::with_default(&list, "text/html", Some(&format!("browser.desktop;{};", menu_entry_name())));
        fs::write(mimeapps_file(&folders), chosen).unwrap();
        unintegrate(&folders).unwrap();
        assert_eq!(default(&folders, "text/html").as_deref(), Some("browser.desktop;"));
        assert_eq!(default(&folders, "text/markdown"), None);
    }
}
