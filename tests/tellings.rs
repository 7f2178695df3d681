//! What two tellings state differently, held to answers that were written before the rules; what they mean says
//! `tests/fixtures/tellings/README.md`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, which is right")]

use std::path::Path;

use proptest::prelude::*;
use recto::app::side_by_side::{Head, SideBySide, lay_stories};
use recto::app::told_differently::{DifferingKind, Told};
use recto::document::{Article, Block, Provenance, RichText, StatedDate};
use recto::insight::facts::PublicationDay;

const AS_READ: [PublicationDay; 2] = [PublicationDay::AsRead; 2];

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
    lay_stories(<[Head; 2]>::default(), [&left, &right], AS_READ)
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
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_the_same_thing_is_not_compared() {
    let told = |left: &str, right: &str| rows(&laid(left, right, "en", "2026-03-12"));
    for (left, right, expected) in [
        ("In the crash 12 people were hurt.", "In the crash 14 people were hurt.", "figure | 12 people | 14 people"),
        // Of something else, or said otherwise of it.
        ("In the crash 12 people were hurt.", "In the crash 3 people were killed.", ""),
        ("In the crash 12 people were hurt.", "In the crash 14 cyclists were hurt.", ""),
        ("In Essex the turnout was 61%.", "In Sussex the turnout was 58%.", ""),
        ("The bridge cost £2 million.", "The tunnel cost £3 million.", ""),
        ("The walk is 12 miles long.", "The walk is 19 km long.", ""),
        // Both can be right.
        ("In the crash about 100 people were hurt.", "In the crash 104 people were hurt.", ""),
        ("In the crash more than 12 people were hurt.", "In the crash 14 people were hurt.", ""),
        ("The bridge was closed in March 2024.", "The bridge was closed on 3 March 2024.", ""),
        // The other tells both values.
        (
            "In the crash 12 people were hurt.",
            "In the crash 14 people were hurt. At first 12 people were said to be.",
            "",
        ),
        ("The team won the final 3–1 at home.", "The team won the final 3–2 at home.", "figure | 3–1 | 3–2"),
        ("The bridge was closed in 1998.", "The bridge was closed in 1989.", "date | 1998 | 1989"),
        ("The bridge was opened in 1998.", "The bridge was closed in 2004.", ""),
    ] {
        let expected: Vec<&str> = Some(expected).filter(|row| !row.is_empty()).into_iter().collect();
        assert_eq!(told(left, right), expected, "{left} {right}");
    }
    // Two languages.
    let [one, other] = [("en", "In Ulm 12 people were hurt."), ("de", "In Ulm 14 people were hurt.")]
        .map(|(language, text)| article(text, language, "2026-03-12"));
    assert!(lay_stories(<[Head; 2]>::default(), [&one, &other], AS_READ).told.rows.is_empty());
}

#[test]
fn relative_dates_are_told_from_a_corrected_day() {
    let [one, other] = [(); 2].map(|()| article("The boat was sold on Monday to a town.", "en", "2026-03-12"));
    let laid = |days| lay_stories(<[Head; 2]>::default(), [&one, &other], days);
    let told = |days| rows(&laid(days));
    assert_eq!(told(AS_READ), Vec::<String>::new());
    let corrected = |day| PublicationDay::Corrected(StatedDate::day(2026, 3, day));
    let days = [PublicationDay::AsRead, corrected(19)];
    assert_eq!(told(days), ["date | Monday | Monday"]);
    let sides = &laid(days).told.rows[0].sides;
    let meanings = sides.each_ref().map(|side| side.as_ref().unwrap().meaning.as_deref());
    assert_eq!(meanings, [Some("2026-03-09"), Some("2026-03-16")]);
    assert_eq!(told([corrected(19), corrected(20)]), Vec::<String>::new());
}

/// Sentences that the rules go by, in any order.
fn telling() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "12 people were hurt",
        "14 people were hurt",
        "on 3 March",
        "in 1998",
        "“We knew it was late,” said Ann Lee.",
        "£2m",
        "“We knew that it was late,” said Ann Lee.",
        ". ",
        "\n\n",
        " ",
        "\u{FFFC}",
        "\u{AD}",
        "The",
        "漢字",
        "e\u{301}",
    ]);
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_listed_stands_where_it_is_said_to(left in telling(), right in telling()) {
        let found = laid(&left, &right, "en", "2026-03-12");
        prop_assert_eq!(&laid(&left, &right, "en", "2026-03-12").told, &found.told);
        for differing in &found.told.rows {
            prop_assert!(differing.sides.iter().any(Option::is_some));
            for (side, told) in differing.sides.iter().enumerate() {
                let Some(told) = told else { continue };
                let cell = found.rows[told.row].cells[side].as_ref().unwrap();
                let words = cell.text.get(told.range.clone()).map(recto::text::collapse_whitespace);
                prop_assert_eq!(words.as_deref(), Some(told.words.as_str()));
            }
        }
        prop_assert!(laid(&left, &left, "en", "2026-03-12").told.rows.is_empty());
    }
}
