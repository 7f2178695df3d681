//! Holds the sources to the table of layers in ARCHITECTURE.md: a folder under `src` uses only the layers below it, and
//! an outside crate stays in the layers that own it. Reads tokens, not types: a name that is re-exported is not followed.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with those it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("document", &["text"]),
    ("archive", &[]),
    ("pictures", &[]),
    ("import", &["text", "document", "archive", "pictures"]),
    ("insight", &["text", "document"]),
    ("library", &["text", "document"]),
    ("typeset", &["text", "document"]),
    ("export", &["text", "document", "archive", "typeset"]),
    ("app", &["text", "document", "archive", "pictures", "import", "insight", "library", "typeset", "export"]),
    ("platform", &["document"]),
    ("ui", &["text", "document", "insight", "typeset", "app", "platform"]),
    (
        "cli",
        &[
            "text", "document", "archive", "pictures", "import", "insight", "library", "typeset", "export", "app",
            "platform", "ui",
        ],
    ),
];

/// Outside crates with the layers that may name them; `*` is all. Every dependency has to stand here.
const CRATES: &[(&str, &[&str])] = &[
    ("arboard", &["platform"]),
    ("base64", &["document", "import", "export"]),
    ("chardetng", &["import"]),
    ("clap", &["cli"]),
    ("csv", &["import"]),
    ("directories", &["platform"]),
    ("dom_query", &["import"]),
    ("dom_smoothie", &["import"]),
    ("eframe", &["ui"]),
    ("egui", &["ui"]),
    ("encoding_rs", &["import"]),
    ("epaint", &["ui"]),
    ("flate2", &["archive", "library"]),
    ("fontique", &["typeset"]),
    ("globset", &["app"]),
    ("hypher", &["typeset"]),
    ("icu_provider", &["typeset"]),
    ("icu_segmenter", &["text", "typeset"]),
    ("image", &["pictures"]),
    ("interprocess", &["platform"]),
    ("jiff", &["*"]),
    ("log", &["*"]),
    ("memchr", &["text", "import", "typeset"]),
    ("mail_parser", &["import"]),
    ("notify", &["platform"]),
    ("open", &["platform"]),
    ("nucleo_matcher", &["app"]),
    ("parley", &["typeset"]),
    ("pulldown_cmark", &["import"]),
    ("regex", &["text"]),
    ("regex_syntax", &["text"]),
    ("quick_xml", &["import", "platform"]),
    ("resvg", &["pictures"]),
    ("rfd", &["platform"]),
    ("rusqlite", &["library"]),
    ("ruzstd", &["archive"]),
    ("saphyr", &["import"]),
    ("serde", &["*"]),
    ("serde_json", &["*"]),
    ("sha2", &["document"]),
    ("similar", &["app"]),
    ("skrifa", &["typeset"]),
    ("swash", &["typeset"]),
    ("syntect", &["typeset"]),
    ("tempfile", &["platform"]),
    ("thiserror", &["*"]),
    ("tiny_skia", &["typeset"]),
    ("toml", &["import"]),
    ("trash", &["platform"]),
    ("unicode_bidi", &["text", "typeset"]),
    ("unicode_normalization", &["text", "document", "import"]),
    ("unicode_properties", &["typeset"]),
    ("unicode_script", &["text", "typeset"]),
    ("unicode_segmentation", &["*"]),
    ("whatlang", &["text"]),
    // For build.rs alone.
    ("winresource", &[]),
    ("zbus", &["platform"]),
    ("zip", &["archive"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Words and the signs `::`, `{`, `}`, `,`, `;`, without comments and what stands in quotes.
fn tokens(source: &str) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut tokens, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                i += 2;
                while i < chars.len() && !(at(i) == '*' && at(i + 1) == '/') {
                    i += 1;
                }
                i += 2;
            }
            'r' | 'b' | 'c' if raw_hashes(&chars, i).is_some() => {
                let (start, hashes) = raw_hashes(&chars, i).unwrap();
                i = start;
                while i < chars.len() && !(at(i) == '"' && (1..=hashes).all(|h| at(i + h) == '#')) {
                    i += 1;
                }
                i += 1 + hashes;
            }
            '"' => {
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                i += 1;
            }
            // A character, not a lifetime: 'x' or an escape.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            c if c.is_alphabetic() || c == '_' => {
                let start = i;
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                tokens.push(chars[start..i].iter().collect());
            }
            ':' if at(i + 1) == ':' => {
                tokens.push("::".into());
                i += 2;
            }
            c => {
                if "{},;.".contains(c) {
                    tokens.push(c.into());
                }
                i += 1;
            }
        }
    }
    tokens
}

/// Where a raw string's text begins and how many signs close it, if one begins here.
fn raw_hashes(chars: &[char], i: usize) -> Option<(usize, usize)> {
    if i > 0 && chars.get(i - 1).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
        return None;
    }
    let mut j = i + usize::from(chars.get(i) != Some(&'r'));
    (chars.get(j) == Some(&'r')).then_some(())?;
    j += 1;
    let hashes = chars.iter().skip(j).take_while(|c| **c == '#').count();
    (chars.get(j + hashes) == Some(&'"')).then_some((j + hashes + 1, hashes))
}

/// What a file in `layer` may not use, as sentences. `depth` is how many modules it stands below the crate.
fn violations(layer: &str, depth: usize, source: &str) -> BTreeSet<String> {
    let tokens = tokens(source);
    let token = |i: usize| tokens.get(i).map_or("", String::as_str);
    let mut found = BTreeSet::new();
    // Braces that are open, each with whether it is an inline module, and whether that is of tests.
    let mut braces: Vec<(bool, bool)> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let in_tests = braces.iter().any(|(_, tests)| *tests);
        match token(i) {
            "{" => {
                let module = i >= 2 && token(i - 2) == "mod";
                braces.push((module, module && token(i - 1).contains("test")));
            }
            "}" => {
                braces.pop();
            }
            // Tests may reach for what is above them: a round trip needs both ends.
            "crate" if token(i + 1) == "::" && in_tests => {}
            "crate" if token(i + 1) == "::" => check_layers(layer, &tokens, i + 2, &mut found),
            "super" if token(i.wrapping_sub(1)) != "::" => {
                let mut up = 1;
                while token(i + 2 * up - 1) == "::" && token(i + 2 * up) == "super" {
                    up += 1;
                }
                if up == depth + braces.iter().filter(|(module, _)| *module).count() && depth > 0 {
                    check_layers(layer, &tokens, i + 2 * up, &mut found);
                }
                i += 2 * up - 2;
            }
            "std" if token(i + 1) == "::" && token(i + 2) == "net" => {
                found.insert(format!("{layer} uses std::net, and Recto has no network code"));
            }
            name if !in_tests && !["::", "."].contains(&token(i.wrapping_sub(1))) => {
                let named = token(i + 1) == "::" || (token(i.wrapping_sub(1)) == "use" && token(i + 1) == ";");
                if let Some((_, owners)) = CRATES.iter().find(|(crate_name, _)| named && *crate_name == name)
                    && !owners.contains(&"*")
                    && !owners.contains(&layer)
                {
                    found.insert(format!("{layer} uses the crate {name}, which belongs to {}", owners.join(", ")));
                }
            }
            _ => {}
        }
        i += 1;
    }
    found
}

/// Checks the layer that a path from the crate's root leads to, or each of a group in braces.
fn check_layers(layer: &str, tokens: &[String], start: usize, found: &mut BTreeSet<String>) {
    let mut names = Vec::new();
    if tokens.get(start).is_some_and(|token| token == "{") {
        let (mut depth, mut first) = (0, true);
        for token in &tokens[start..] {
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                "," if depth == 1 => first = true,
                name if depth == 1 && first => {
                    names.push(name);
                    first = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    } else {
        names.extend(tokens.get(start).map(String::as_str));
    }
    let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, allowed)| *allowed);
    for name in names {
        if name != layer && LAYERS.iter().any(|(other, _)| *other == name) && !allowed.contains(&name) {
            found.insert(format!("{layer} uses {name}"));
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn every_file_keeps_to_its_layer() {
    let source_folder = root().join("src");
    let mut broken = Vec::new();
    for entry in fs::read_dir(&source_folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let layer = entry.file_name().into_string().unwrap();
        assert!(LAYERS.iter().any(|(name, _)| *name == layer), "src/{layer} is no layer: add it to the table");
        for file in rust_files(&entry.path()) {
            let inside = file.strip_prefix(&source_folder).unwrap();
            let is_mod = file.file_name().is_some_and(|name| name == "mod.rs");
            let depth = inside.components().count() - usize::from(is_mod);
            // A module of tests in a file of its own reads as one in place would.
            let source = fs::read_to_string(&file).unwrap();
            let is_tests = inside.components().any(|part| Path::new(&part).file_stem() == Some("tests".as_ref()));
            let (depth, source) =
                if is_tests { (depth - 1, format!("mod tests {{ {source} }}")) } else { (depth, source) };
            for violation in violations(&layer, depth, &source) {
                broken.push(format!("{}: {violation}", inside.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_program_only_calls_the_command_line() {
    let main = tokens(&fs::read_to_string(root().join("src/main.rs")).unwrap());
    let used: Vec<_> = main.windows(3).filter(|w| w[0] == "recto" && w[1] == "::").map(|w| w[2].as_str()).collect();
    assert_eq!(used, ["cli"]);
}

#[test]
fn every_dependency_has_an_owner() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut within = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            within = line.ends_with("dependencies]") && line != "[dev-dependencies]";
        } else if let Some((name, _)) = line.split_once('=').filter(|_| within && !line.starts_with('#')) {
            let name = name.trim().replace('-', "_");
            assert!(CRATES.iter().any(|(known, _)| *known == name), "{name} has no owner: add it to the table");
        }
    }
}

#[test]
fn a_violation_is_caught() {
    let check = |layer: &str, depth: usize, source: &str, expected: &[&str]| {
        let found = violations(layer, depth, source);
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{source}");
    };
    check("document", 2, "use crate::text;", &[]);
    check("document", 2, "use crate::import::Source;", &["document uses import"]);
    check("document", 2, "fn f() { crate::ui::run() }", &["document uses ui"]);
    check(
        "text",
        2,
        "use crate::{text::fold, document::{Article, Block}, app};",
        &["text uses app", "text uses document"],
    );
    check("text", 2, "use super::super::document::Block;", &["text uses document"]);
    check("text", 1, "use super::document::Block;", &["text uses document"]);
    check("text", 2, "mod tests { use super::*; use super::super::fold; }", &[]);
    check("text", 2, "mod tests { use super::super::super::document; }", &["text uses document"]);
    check("import", 2, "use egui::Ui;", &["import uses the crate egui, which belongs to ui"]);
    check("ui", 2, "use egui::Ui; use {serde::Serialize};", &[]);
    check("ui", 2, "let a = self.open::<u8>(); let b = file::open::x;", &[]);
    check(
        "app",
        2,
        "// crate::ui::run\n/* egui::Ui */ let a = \"crate::ui\"; let b = r#\"egui::\"#; let c = '\"'; egui::f()",
        &["app uses the crate egui, which belongs to ui"],
    );
    check("cli", 2, "std::net::TcpStream::connect(a)", &["cli uses std::net, and Recto has no network code"]);
}
