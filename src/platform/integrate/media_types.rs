//! Kinds of file as the shared MIME database knows them: which are known, which are parts of which, and the package that
//! adds the missing ones. After the Shared MIME-info Specification 0.22. Writes no file.

use std::fs;
use std::path::PathBuf;

use super::Kind;

/// The package's text: the program's own kinds, and those that no folder of the system knows by any of their names. `None`
/// if there is nothing to add.
pub(super) fn package(kinds: &[Kind], data_dirs: &[PathBuf]) -> Option<String> {
    let mut text = String::new();
    for kind in kinds {
        let Some(media_type) = kind.media_types.first() else { continue };
        if !kind.own && kind.media_types.iter().any(|media_type| is_known(media_type, data_dirs)) {
            continue;
        }
        text.push_str(&format!("  <mime-type type=\"{}\">\n", escape(media_type)));
        text.push_str(&format!("    <comment>{}</comment>\n", escape(&kind.name)));
        if media_type.ends_with("+json") {
            text.push_str("    <sub-class-of type=\"application/json\"/>\n");
        }
        for extension in &kind.extensions {
            text.push_str(&format!("    <glob pattern=\"*.{}\"/>\n", escape(extension)));
        }
        text.push_str("  </mime-type>\n");
    }
    (!text.is_empty()).then(|| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <mime-info xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">\n{text}</mime-info>\n"
        )
    })
}

/// Whether a folder of the system has a file ending for this type.
fn is_known(media_type: &str, data_dirs: &[PathBuf]) -> bool {
    data_dirs.iter().any(|folder| {
        // Lines are `weight:type:pattern`.
        fs::read_to_string(folder.join("mime/globs2"))
            .is_ok_and(|globs| globs.lines().any(|line| line.split(':').nth(1) == Some(media_type)))
    })
}

/// The types that a type is a kind of: those the database names, and plain text for all of `text/`.
pub(super) fn parents(media_type: &str, data_dirs: &[PathBuf]) -> Vec<String> {
    let mut parents = Vec::new();
    for folder in data_dirs {
        let Ok(lines) = fs::read_to_string(folder.join("mime/subclasses")) else { continue };
        let found = lines.lines().filter_map(|line| line.split_once(' ')).filter(|(child, _)| *child == media_type);
        parents.extend(found.map(|(_, parent)| parent.to_owned()));
    }
    if media_type.starts_with("text/") && media_type != "text/plain" {
        parents.push("text/plain".to_owned());
    }
    parents
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, media_type: &str, extension: &str, own: bool) -> Kind {
        Kind { name: name.into(), media_types: vec![media_type.into()], extensions: vec![extension.into()], own }
    }

    #[test]
    fn only_what_is_missing_is_added() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("mime")).unwrap();
        fs::write(folder.path().join("mime/globs2"), "50:text/html:*.html\n50:application/x-own+json:*.own\n").unwrap();
        let dirs = [folder.path().to_owned()];
        let html = kind("HTML", "text/html", "html", false);
        assert_eq!(package(std::slice::from_ref(&html), &dirs), None);
        let mut by_its_second_name = html.clone();
        by_its_second_name.media_types.insert(0, "text/x-other".into());
        assert_eq!(package(&[by_its_second_name], &dirs), None);
        let text = package(
            &[html, kind("A & B", "text/ab", "ab", false), kind("Own", "application/x-own+json", "own", true)],
            &dirs,
        )
        .unwrap();
        assert!(!text.contains("text/html"), "{text}");
        assert!(text.contains("<comment>A &amp; B</comment>"), "{text}");
        assert!(text.contains("<glob pattern=\"*.own\"/>"), "{text}");
        assert!(text.contains("<sub-class-of type=\"application/json\"/>"), "{text}");
    }

    #[test]
    fn all_text_is_plain_text() {
        assert_eq!(parents("text/markdown", &[]), ["text/plain"]);
        assert!(parents("text/plain", &[]).is_empty());
    }
}
