//! Names of entries: brought to one form, and refused where they would lead out of the archive. Touches no file.

/// A name with forward slashes and without `.`, or `None` where it is absolute, has a drive letter, a NUL or a `..`, or is
/// empty. Backslashes part folders, as archivers of Windows write them.
pub fn inside(name: &str) -> Option<String> {
    if name.contains('\0') {
        return None;
    }
    let name = name.replace('\\', "/");
    let drive = name.get(..2).is_some_and(|start| start.ends_with(':') && start.starts_with(char::is_alphabetic));
    if name.starts_with('/') || drive {
        return None;
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What a reference in the entry `from` means, as an entry's name: `../images/a.png` in `text/one.html` is `images/a.png`.
/// `None` where it leads outside.
pub fn resolve(from: &str, reference: &str) -> Option<String> {
    let reference = reference.split(['?', '#']).next().unwrap_or_default();
    if reference.is_empty() || reference.contains(['\0', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = match reference.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    if !reference.starts_with('/') {
        parts.pop();
    }
    for part in reference.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for (name, expected) in [
            ("a/b.html", Some("a/b.html")),
            ("./a//b.html", Some("a/b.html")),
            ("a\\b.html", Some("a/b.html")),
            ("Résumé: part 2.html", Some("Résumé: part 2.html")),
            ("../a", None),
            ("a/../../b", None),
            ("a\\..\\..\\b", None),
            ("/etc/passwd", None),
            ("\\\\server\\share", None),
            ("C:\\a", None),
            ("c:a", None),
            ("a\0b", None),
            ("", None),
            ("./", None),
        ] {
            assert_eq!(inside(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn references_resolve_inside() {
        for (from, reference, expected) in [
            ("text/one.html", "../images/a.png", Some("images/a.png")),
            ("text/one.html", "two.html#n1", Some("text/two.html")),
            ("one.html", "/images/a.png", Some("images/a.png")),
            ("one.html", "../a.png", None),
            ("text/one.html", "../../a.png", None),
            ("one.html", "#n1", None),
            ("one.html", "..\\a.png", None),
        ] {
            assert_eq!(resolve(from, reference).as_deref(), expected, "{from} {reference}");
        }
    }
}
