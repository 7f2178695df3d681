//! Holds line breaks and the order of mixed directions to Chromium's answers (`tests/chromium/answers.json`, made by
//! `scripts/ask_chromium.py table`). Every difference is listed here with its reason, so that one more and one less both
//! fail. Needs no browser and no font of the scripts: offsets and order are right with blank boxes for letters.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that panics has failed, which is right")]

#[path = "chromium/order.rs"]
mod letters;

use letters::{is_hidden, order};
use recto::text::Direction;
use recto::typeset::segmenting::break_opportunities;
use recto::typeset::{Fonts, Typesetter};
use serde_json::Value;

/// Why Recto breaks otherwise, and what it has where Chromium has something else.
const OTHER_BREAKS: &[(&str, &[(&str, &str)])] = &[
    (
        "Chromium breaks no address but behind a hyphen or a question mark; here one may end behind its slashes (UAX #14, \
         class SY), since it is often longer than the measure",
        &[("https://ferry.example.org/timetable/winter", "https://|ferry.example.org/|timetable/|winter")],
    ),
    (
        "Chromium breaks behind each hyphen with a letter or a digit before it; a number with hyphens stays whole here (UAX \
         #14, LB25), since its second half looks like a number of its own",
        &[("02-|555-|0199", "02-555-0199"), ("010-|5550199", "010-5550199"), ("03-|5555-|0199", "03-5555-0199")],
    ),
    ("the same", &[("A-|1", "A-1")]),
    (
        "Chromium breaks behind every space; marks that are set off by spaces stay with their words here (LB13 to LB15)",
        &[("« |Nous", "« Nous"), ("avons |trop |attendu |»", "avons |trop |attendu »"), ("dit-|il |;", "dit-|il ;")],
    ),
    ("the same", &[("15,50 |€ |:", "15,50 |€ :"), ("revenu |!", "revenu !")]),
    ("the Lao dictionary of CLDR has more compounds than Chromium's", &[("ກັບ|ບ້ານ", "ກັບບ້ານ"), ("ຕອນ|ແລງ", "ຕອນແລງ")]),
    (
        "the Khmer dictionary of CLDR has other compounds than Chromium's",
        &[
            ("ក្រុម|ប្រឹក្សា", "ក្រុមប្រឹក្សា"),
            ("បាន|សម្រេច", "បានសម្រេច"),
            ("ថ្ងៃ|អង្គារថា", "ថ្ងៃអង្គារ|ថា"),
            ("ដំណើរ|ការ", "ដំណើរការ"),
            ("ដោយ|ខ្លួនឯង", "ដោយខ្លួនឯង"),
            ("សាលា|រៀន", "សាលារៀន"),
            ("ត្រឡប់មក", "ត្រឡប់|មក"),
            ("គិត|ថ្លៃ", "គិតថ្លៃ"),
        ],
    ),
];

/// Paragraphs whose letters stand in another order, and why.
const OTHER_ORDERS: &[(&str, &[&str])] = &[(
    "HTML's `dir=auto` takes the first strong character even of what is isolated, UAX #9 (P2) passes it over; told to go by \
     that (`unicode-bidi: plaintext`), Chromium agrees",
    &["\u{2068}english\u{2069} עברית (x) 12.", "\u{2067}עברית\u{2069} english (x) 12."],
)];

fn answers(kind: &str) -> Vec<Value> {
    let answers: Value = serde_json::from_str(include_str!("chromium/answers.json")).unwrap();
    answers[kind].as_array().unwrap().clone()
}

fn with_breaks(text: &str, language: &str) -> String {
    let mut out = text.to_owned();
    for at in break_opportunities(text, Some(language)).into_iter().rev().filter(|at| *at > 0 && *at < text.len()) {
        out.insert(at, '|');
    }
    out
}

#[test]
fn lines_may_end_where_chromium_ends_them() {
    let mut unused: Vec<&(&str, &str)> = OTHER_BREAKS.iter().flat_map(|(_, others)| *others).collect();
    for row in answers("breaks") {
        let lines: Vec<&str> = row["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let mut expected = lines.join("|");
        for (theirs, ours) in OTHER_BREAKS.iter().flat_map(|(_, others)| *others) {
            if expected.contains(theirs) {
                expected = expected.replace(theirs, ours);
                unused.retain(|(other, _)| other != theirs);
            }
        }
        let language = row["language"].as_str().unwrap();
        assert_eq!(with_breaks(&lines.concat(), language), expected, "{language}");
    }
    assert!(unused.is_empty(), "no paragraph has {unused:?}");
}

#[test]
fn letters_stand_in_the_order_in_which_chromium_draws_them() {
    let mut typesetter = Typesetter::new(Fonts::bundled());
    let mut others: Vec<&str> = Vec::new();
    for row in answers("order") {
        let text = row["text"].as_str().unwrap();
        let stated = row["direction"].as_str().unwrap();
        let theirs = row["order"].as_array().unwrap().iter().map(|at| usize::try_from(at.as_u64().unwrap()).unwrap());
        let theirs: Vec<usize> = theirs.filter(|at| !is_hidden(text.get(*at..).unwrap())).collect();
        let ours = order(&mut typesetter, text, Direction::from_attribute(stated));
        if ours != theirs {
            assert!(OTHER_ORDERS.iter().any(|(_, texts)| texts.contains(&text)), "{text}: {ours:?}, not {theirs:?}");
            others.push(OTHER_ORDERS.iter().flat_map(|(_, texts)| *texts).find(|other| **other == text).unwrap());
        }
    }
    assert_eq!(others, OTHER_ORDERS.iter().flat_map(|(_, texts)| *texts).copied().collect::<Vec<_>>());
}
