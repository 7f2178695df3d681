//! Which program opens which kind of file, after the MIME Applications Specification 1.0.1: reads who does, and edits the
//! text of `mimeapps.list`. Writes no file.

use std::fs;
use std::path::PathBuf;

use super::media_types;
use crate::platform::folders::DesktopFolders;

const DEFAULTS: &str = "[Default Applications]";

/// Kinds of file stand within kinds of file at most so deep; a database that goes round in circles ends here.
const DEEPEST: usize = 8;

/// Who opens a kind of file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// Someone chose a program for it; that holds whatever is installed.
    Chosen(String),
    /// Nobody chose; this menu entry comes first, and would not if another were added before it.
    First(String),
}

/// Who opens files of a type, by the menu entry's name. `desktop` is `XDG_CURRENT_DESKTOP`.
pub(super) fn opener(media_type: &str, folders: &DesktopFolders, desktop: &str) -> Option<Opener> {
    if let Some(opener) = direct_opener(media_type, folders, desktop) {
        return Some(opener);
    }
    // A program for text opens Markdown until a program for Markdown is added.
    let mut types = vec![media_type.to_owned()];
    for _ in 0..DEEPEST {
        types = types.iter().flat_map(|child| media_types::parents(child, &folders.data_dirs)).collect();
        if let Some(opener) = types.iter().find_map(|parent| direct_opener(parent, folders, desktop)) {
            let (Opener::Chosen(entry) | Opener::First(entry)) = opener;
            return Some(Opener::First(entry));
        }
    }
    None
}

fn direct_opener(media_type: &str, folders: &DesktopFolders, desktop: &str) -> Option<Opener> {
    let in_file = |file: &PathBuf, section: &str, fits: fn(&str, &DesktopFolders) -> bool| {
        let text = fs::read_to_string(file).ok()?;
        let entries = value(&text, section, media_type)?;
        entries.split(';').map(str::trim).find(|entry| fits(entry, folders)).map(str::to_owned)
    };
    let chosen = lists(folders, desktop).iter().find_map(|file| in_file(file, DEFAULTS, exists));
    chosen.map(Opener::Chosen).or_else(|| {
        let caches = application_folders(folders).map(|folder| folder.join("mimeinfo.cache"));
        caches.into_iter().find_map(|file| in_file(&file, "[MIME Cache]", opens_window)).map(Opener::First)
    })
}

fn application_folders(folders: &DesktopFolders) -> impl Iterator<Item = PathBuf> {
    std::iter::once(&folders.data_home).chain(&folders.data_dirs).map(|folder| folder.join("applications"))
}

/// The files in which a choice may stand, the most important first.
fn lists(folders: &DesktopFolders, desktop: &str) -> Vec<PathBuf> {
    let desktops: Vec<_> = desktop.split(':').filter(|name| !name.is_empty()).map(str::to_lowercase).collect();
    let mut lists = Vec::new();
    let places = std::iter::once(folders.config_home.clone())
        .chain(folders.config_dirs.iter().cloned())
        .chain(application_folders(folders));
    for folder in places {
        lists.extend(desktops.iter().map(|desktop| folder.join(format!("{desktop}-mimeapps.list"))));
        lists.push(folder.join("mimeapps.list"));
        // What GLib read before there was a specification; Debian still installs one.
        lists.push(folder.join("defaults.list"));
    }
    lists
}

/// Whether a menu entry is there. A dash in its name may stand for a folder.
fn exists(entry: &str, folders: &DesktopFolders) -> bool {
    !entry.is_empty()
        && application_folders(folders)
            .any(|folder| folder.join(entry).is_file() || folder.join(entry.replacen('-', "/", 1)).is_file())
}

/// Whether a menu entry is there and needs no terminal. An editor in a terminal that nobody chose, such as the one that
/// Debian installs, is nobody's way to open an article with a double-click.
fn opens_window(entry: &str, folders: &DesktopFolders) -> bool {
    exists(entry, folders)
        && application_folders(folders)
            .flat_map(|folder| [folder.join(entry), folder.join(entry.replacen('-', "/", 1))])
            .find_map(|file| fs::read_to_string(file).ok())
            .is_none_or(|text| value(&text, "[Desktop Entry]", "Terminal") != Some("true"))
}

/// What a section says of a key.
pub(super) fn value<'a>(text: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let mut within = false;
    text.lines().find_map(|line| {
        let line = line.trim();
        if line.starts_with('[') {
            within = line == section;
        }
        let (found, value) = line.split_once('=').filter(|_| within)?;
        (found.trim() == key).then(|| value.trim())
    })
}

/// The default programs of a type in `mimeapps.list`.
pub(super) fn default_of<'a>(text: &'a str, media_type: &str) -> Option<&'a str> {
    value(text, DEFAULTS, media_type)
}

/// The text with another default for a type, or with none. Everything else stays as it stands, comments and order too.
pub(super) fn with_default(text: &str, media_type: &str, programs: Option<&str>) -> String {
    let new_line = programs.map(|programs| format!("{media_type}={programs}"));
    let mut lines: Vec<String> = Vec::new();
    let (mut within, mut placed, mut section_end) = (false, new_line.is_none(), None);
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            within = trimmed == DEFAULTS;
        }
        let is_ours = within && trimmed.split_once('=').is_some_and(|(key, _)| key.trim() == media_type);
        if is_ours {
            if let Some(new_line) = new_line.as_ref().filter(|_| !placed) {
                lines.push(new_line.clone());
                placed = true;
            }
        } else {
            lines.push(line.to_owned());
        }
        if within && !trimmed.is_empty() {
            section_end = Some(lines.len());
        }
    }
    if let Some(new_line) = new_line.filter(|_| !placed) {
        match section_end {
            Some(end) => lines.insert(end, new_line),
            None => {
                if lines.last().is_some_and(|line| !line.is_empty()) {
                    lines.push(String::new());
                }
                lines.extend([DEFAULTS.to_owned(), new_line]);
            }
        }
    }
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_set_changed_and_removed() {
        let check = |text: &str, programs: Option<&str>, expected: &str| {
            assert_eq!(with_default(text, "text/html", programs), expected, "{text:?} {programs:?}");
        };
        check("", Some("r;"), "[Default Applications]\ntext/html=r;\n");
        check("[Default Applications]\ntext/html=r;\n", None, "[Default Applications]\n");
        check(
            "[Added Associations]\ntext/html=a;\n",
            Some("r;"),
            "[Added Associations]\ntext/html=a;\n\n[Default Applications]\ntext/html=r;\n",
        );
        check(
            "# mine\n[Default Applications]\ntext/html = a;\nx/y=z;\n\n[Other]\ntext/html=o;\n",
            Some("r;a;"),
            "# mine\n[Default Applications]\ntext/html=r;a;\nx/y=z;\n\n[Other]\ntext/html=o;\n",
        );
        check(
            "[Default Applications]\nx/y=z;\n\n[Other]\n",
            Some("r;"),
            "[Default Applications]\nx/y=z;\ntext/html=r;\n\n[Other]\n",
        );
    }

    #[test]
    fn openers_are_found_as_desktops_find_them() {
        let root = tempfile::tempdir().unwrap();
        let folders = DesktopFolders::under(root.path());
        let system = folders.data_dirs[0].join("applications");
        fs::create_dir_all(&system).unwrap();
        for entry in ["browser.desktop", "editor.desktop"] {
            fs::write(system.join(entry), "").unwrap();
        }
        let cache = "[MIME Cache]\ntext/html=gone.desktop;browser.desktop;\ntext/plain=editor.desktop;\n";
        fs::write(system.join("mimeinfo.cache"), cache).unwrap();
        fs::create_dir_all(&folders.config_home).unwrap();
        let check = |media_type: &str, expected: Option<Opener>| {
            assert_eq!(opener(media_type, &folders, "GNOME"), expected, "{media_type}");
        };
        check("text/html", Some(Opener::First("browser.desktop".into())));
        check("text/markdown", Some(Opener::First("editor.desktop".into())));
        check("application/x-own+json", None);
        fs::write(
            folders.config_home.join("gnome-mimeapps.list"),
            "[Default Applications]\ntext/html=editor.desktop\n",
        )
        .unwrap();
        check("text/html", Some(Opener::Chosen("editor.desktop".into())));
    }
}
