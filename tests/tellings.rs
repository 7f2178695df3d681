//! What two tellings state differently, held to answers that were written before the rules; what they mean says
//! `tests/fixtures/tellings/README.md`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, which is right")]

use std::path::Path;

use recto::app::side_by_side::{Head, SideBySide, lay_stories};
use recto::app::told_differently::{DifferingKind, Told};
use recto::document::{Article, Block, Provenance, RichText, StatedDate};

fn article(text: &str, language: &str, published: &str) -> Article {
    let blocks = text.split("\n\n").map(|text| Block::paragraph(RichText::plain(text.trim()))).collect();
    let mut article = Article { blocks, ..Article::default() };
    article.metadata.language.add(language.to_owned(), Provenance::Attribute("lang".into()));
    let parts: Vec<u8> = published.split('-').skip(1).map(|part| part.parse().unwrap()).collect();
    let year = published.split('-').next().unwrap().parse().unwrap();
    article.metadata.published.add(StatedDate::day(year, parts[0], parts[1]).unwrap(), Provenance::Text);
    article
}

fn laid(left: &str, right: &str, language: &str, published: &str) -> SideBySide {
    let [left, right] = [left, right].map(|text| article(text, language, published));
    lay_stories(<[Head; 2]>::default(), [&left, &right])
}

/// Each row as a fixture has it. What is shown of each side stands where it is said to stand.
fn rows(laid: &SideBySide) -> Vec<String> {
    let row = |differing: &recto::app::told_differently::Differing| {
        let kind = match differing.kind {
            DifferingKind::Figure => "figure",
            DifferingKind::Date => "date",
            DifferingKind::Quotation => "quotation",
        };
        let words = |side: usize, told: &Option<Told>| {
            let Some(told) = told else { return "-".to_owned() };
            let cell = laid.rows[told.row].cells[side].as_ref().unwrap();
            assert_eq!(cell.text.get(told.range.clone()), Some(told.words.as_str()));
            told.words.clone()
        };
        format!("{kind} | {} | {}", words(0, &differing.sides[0]), words(1, &differing.sides[1]))
    };
    laid.told.rows.iter().map(row).collect()
}

#[test]
fn pairs_of_tellings_differ_in_what_a_careful_reader_lists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tellings");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    assert!(files.len() >= 8);
    let mut wrong = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let (head, rest) = text.split_once("=== here\n").unwrap();
        let (left, rest) = rest.split_once("=== there\n").unwrap();
        let (right, answers) = rest.split_once("=== differs\n").unwrap();
        let value = |key: &str| head.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim();
        let (language, published) = (value("language"), value("published"));
        let expected: Vec<&str> = answers.lines().collect();
        let found = rows(&laid(left, right, language, published));
        if found != expected {
            wrong.push(format!("{}\n  expected {expected:#?}\n  found {found:#?}", path.display()));
        }
        // The other way round it is the same, with sides exchanged.
        let back = laid(right, left, language, published).told.rows;
        let there = laid(left, right, language, published).told.rows;
        for differing in &there {
            let [left, right] = &differing.sides;
            let is_back = back.iter().any(|other| {
                let [there, here] = &other.sides;
                let words = |told: &Option<Told>| told.as_ref().map(|told| told.words.clone());
                words(left) == words(here) && words(right) == words(there)
            });
            assert!(is_back, "{}: {differing:?}", path.display());
        }
        assert_eq!(back.len(), there.len());
        assert!(laid(left, left, language, published).told.rows.is_empty());
    }
    if !wrong.is_empty() {
        panic!("{}", wrong.join("\n"));
    }
}
