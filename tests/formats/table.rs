//! One table of formats feeds whatever lists them: dialog, drops, the desktop, `--help`, the documentation.

use recto::import::{FORMATS, format};

#[test]
fn endings_and_media_types_are_written_in_one_way_and_stand_once() {
    let mut seen = std::collections::HashSet::new();
    for format in FORMATS {
        assert!(!format.name.is_empty() && format.endings().next().is_some(), "{}", format.name);
        for ending in format.endings() {
            assert!(ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.'), "{ending}");
        }
        for name in format.extensions.iter().chain(format.media_types).chain([&format.name]) {
            assert!(seen.insert(*name), "{name} stands twice");
        }
        for media_type in format.media_types {
            assert!(media_type.contains('/') && media_type.to_lowercase() == **media_type, "{media_type}");
        }
        assert_eq!(format.extensions.is_empty(), format.media_types.is_empty(), "{}", format.name);
    }
    // What one format has for itself is no other's to share, but for an ending in two parts.
    for shared in FORMATS.iter().flat_map(|format| format.shared_extensions) {
        assert!(!seen.contains(shared), "{shared}");
    }
}

#[test]
fn every_ending_opens_with_its_own_importer() {
    // Text that no format is sure of: then the name decides.
    let text = "It rose.\n\nIt fell.\n";
    for (ending, expected) in [
        ("md", "Markdown"),
        ("markdown", "Markdown"),
        ("html", "HTML"),
        ("txt", "Plain text"),
        ("", "Plain text"),
        ("unknown", "Plain text"),
    ] {
        assert_eq!(crate::open(&format!("a.{ending}"), text).format, expected, "{ending}");
        assert_eq!(crate::open(&format!("A.{}", ending.to_uppercase()), text).format, expected, "{ending}");
    }
    // What a format is sure of, it is whatever it is called.
    for carrier in crate::carriers::CARRIERS.iter().filter(|carrier| carrier.name != "XHTML") {
        let file = (carrier.pack)("<p>It rose.</p>");
        for name in ["a.txt", "a.md", "a.zip", "a", "a.html", "a.epub"] {
            let found = format::detect(&recto::import::Source::named(name, file.bytes.as_slice())).map(|f| f.name);
            assert_eq!(found.as_ref().ok(), Some(&carrier.format), "{} as {name}", carrier.name);
        }
    }
}

#[test]
fn dialogs_drops_and_folders_take_every_ending() {
    let filters = recto::app::folder::formats();
    assert_eq!(filters.len(), FORMATS.len());
    for format in FORMATS {
        let (_, endings) = filters.iter().find(|(name, _)| name == format.name).unwrap();
        assert_eq!(endings.iter().map(String::as_str).collect::<Vec<_>>(), format.endings().collect::<Vec<_>>());
        for ending in format.extensions {
            assert!(format::is_article_name(&format!("a.{ending}")), "{ending}");
        }
        for ending in format.shared_extensions {
            assert!(format::may_hold_articles(&format!("a.{ending}")), "{ending}");
        }
    }
}

#[test]
fn the_documentation_lists_the_same_table() {
    let text = include_str!("../../docs/formats.md");
    let table = text.lines().skip_while(|line| !line.starts_with("|---"));
    let rows: Vec<&str> = table.skip(1).take_while(|line| line.starts_with('|')).collect();
    let expected: Vec<String> = FORMATS.iter().map(row).collect();
    let missing: Vec<_> = expected.iter().filter(|row| !rows.contains(&row.as_str())).collect();
    assert!(
        missing.is_empty(),
        "docs/formats.md lacks\n{}",
        missing.iter().map(|row| row.as_str()).collect::<Vec<_>>().join("\n")
    );
    assert_eq!(rows.len(), FORMATS.len(), "docs/formats.md has a row too many");
}

fn row(format: &recto::import::Format) -> String {
    let list = |items: Vec<String>| items.join(" ");
    let endings = list(format.endings().map(|ending| format!("`.{ending}`")).collect());
    let types = list(format.media_types.iter().map(|kind| format!("`{kind}`")).collect());
    format!("| {} | {endings} | {types} |", format.name)
}

#[test]
fn help_lists_the_same_table() {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_recto")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for format in FORMATS {
        assert!(help.contains(format.name), "{}", format.name);
        for ending in format.endings() {
            assert!(help.contains(&format!(".{ending}")), "{ending}");
        }
    }
}
