//! Facts hold together whatever the text: their ranges lie on its words, the same article gives the same facts, nothing
//! panics, and a reading can be broken off.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed, which is right")]

use std::ops::ControlFlow;

use proptest::prelude::*;
use recto::document::{Article, Block, OmissionReason, Provenance, RichText, Role, StatedDate, TextRange};
use recto::insight::facts::{Facts, PublicationDay, facts, facts_until};
use recto::insight::names::NameKind;

const LANGUAGES: [&str; 9] = ["en", "de", "fr", "es", "it", "pt", "nl", "ja", ""];

fn article(paragraphs: &[String], language: &str, is_dated: bool) -> Article {
    let blocks = paragraphs.iter().map(|text| Block::paragraph(RichText::plain(text.as_str()))).collect();
    let mut article = Article { blocks, ..Article::default() };
    if !language.is_empty() {
        article.metadata.language.add(language.to_owned(), Provenance::Attribute("lang".into()));
    }
    if is_dated {
        article.metadata.published.add(StatedDate::day(2026, 3, 12).unwrap(), Provenance::Text);
    }
    article
}

/// Every range lies in the text, holds words without white space at its ends, and stands where its sentence does.
fn check(article: &Article, facts: &Facts) {
    let flat = article.flat_text();
    let words = |range: TextRange| {
        let text = range.of(flat.as_str()).unwrap_or_else(|| panic!("{range:?} lies in no text"));
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
    };
    let within = |range: TextRange, sentence: TextRange| {
        words(sentence);
        assert!(sentence.start <= range.start && range.end <= sentence.end, "{range:?} beyond {sentence:?}");
    };
    for figure in &facts.figures {
        words(figure.range);
        within(figure.range, figure.sentence);
        figure.counted.map(words);
        assert!(figure.value.is_finite() && figure.to.is_none_or(f64::is_finite));
    }
    for date in &facts.dates {
        words(date.range);
        within(date.range, date.sentence);
        assert!(date.when.as_ref().is_none_or(|when| when.first.to_string() <= when.last.to_string()));
    }
    for name in &facts.names {
        words(name.range);
        name.introduction.map(words);
        name.abbreviation.map(words);
        assert!(!name.mentions.is_empty());
        name.mentions.iter().copied().for_each(words);
        assert!(name.mentions.is_sorted());
    }
    assert!(facts.figures.is_sorted_by_key(|figure| figure.range.start));
    assert!(facts.dates.is_sorted_by_key(|date| date.range.start));
    assert!(facts.names.is_sorted_by_key(|name| name.mentions.first().copied()));
    for conflict in &facts.conflicts {
        assert!(conflict.first < conflict.second && conflict.second < facts.figures.len());
    }
    let json = serde_json::to_string(facts).unwrap();
    let mut again: Facts = serde_json::from_str(&json).unwrap();
    // What is read of a number may differ from what was written in its last bit.
    for (read, written) in again.figures.iter_mut().zip(&facts.figures) {
        let is_near = |a: f64, b: f64| (a - b).abs() <= b.abs() * 1e-12;
        assert!(is_near(read.value, written.value) && read.to.unwrap_or(0.0).is_finite());
        (read.value, read.to) = (written.value, written.to);
    }
    assert_eq!(&again, facts);
}

/// Pieces that the rules go by, in any order.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "4,700",
        "1.234,56",
        "4 700",
        "2.5",
        "0800",
        "2019",
        "1990",
        "30",
        "’60",
        "XIX",
        "12.03.2026",
        "3.",
        "half",
        "two",
        "dozen",
        "million",
        "Mio.",
        "une",
        "dizaine",
        "de",
        "d'",
        "€",
        "$",
        "%",
        "°C",
        "km/h",
        "-",
        "–",
        ":",
        "/",
        "to",
        "bis",
        "and",
        "between",
        "more",
        "than",
        "ago",
        "vor",
        "il",
        "y",
        "a",
        "hace",
        "last",
        "week",
        "Tuesday",
        "Montagabend",
        "mardi",
        "soir",
        "May",
        "March",
        "août",
        "siglo",
        "years",
        "old",
        "year",
        "jährige",
        "ans",
        "President",
        "Dr.",
        "said",
        ",",
        ".",
        "“",
        "”",
        "«",
        "»",
        "'",
        "’s",
        "(",
        ")",
        "KSF",
        "Kosovo",
        "Security",
        "Force",
        "Anna",
        "Smith",
        "van",
        "Ministry",
        "of",
        "the",
        "Der",
        "Bürgermeisterin",
        "L’",
        "Organisation",
        "mondiale",
        "Street",
        "\n",
        "\t",
        "\u{AD}",
        "\u{202F}",
        "zweihundertfünfzig",
        "vent’",
        "anni",
        "one",
        "in",
        "five",
        "İ",
        "ǅ",
        "ﬁ",
        "Σ",
        "e\u{301}",
        "१२",
        "½",
        "漢字",
        "ก",
        "שלום",
    ])
    .prop_map(str::to_owned);
    prop_oneof![8 => known, 1 => "\\PC{0,6}", 1 => "[0-9.,' ]{1,12}"]
}

fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec((piece(), prop::bool::weighted(0.7)), 0..40)).prop_map(|pieces| {
        pieces.into_iter().map(|(piece, is_spaced)| if is_spaced { format!("{piece} ") } else { piece }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn facts_hold_their_words(
        paragraphs in prop::collection::vec(prop_oneof![4 => text(), 1 => "\\PC*"], 1..4),
        language in prop::sample::select(LANGUAGES.to_vec()),
        is_dated: bool,
    ) {
        let article = article(&paragraphs, language, is_dated);
        let found = facts(&article);
        check(&article, &found);
        prop_assert_eq!(facts(&article), found);
    }
}

#[test]
fn only_what_is_shown_is_read() {
    let mut article = article(&[], "en", true);
    article.blocks = vec![
        Block::heading(1, RichText::plain("Storm cuts off 300 homes in Ghent")).with_role(Role::Title),
        Block::paragraph(RichText::plain("By Ann Lee, 12 March 2026")).with_role(Role::Byline),
        Block::paragraph(RichText::plain("Subscribe for 5 euros")).omitted(OmissionReason::Subscribe),
        Block::code(None, "let a = 12;".into()),
    ];
    let facts = facts(&article);
    check(&article, &facts);
    assert_eq!((facts.figures.len(), facts.dates.len(), facts.names.len()), (1, 0, 1));
}

#[test]
fn a_byline_dates_what_is_relative_where_nothing_else_does() {
    let mut article = article(&["The bridge closed yesterday.".to_owned()], "en", false);
    article.blocks.insert(0, Block::paragraph(RichText::plain("By Ann Lee, 12 March 2026")).with_role(Role::Byline));
    let facts = facts(&article);
    assert_eq!(facts.dates[0].when.as_ref().unwrap().iso, "2026-03-11");
}

#[test]
fn one_thing_with_two_values_is_pointed_out() {
    let check = |first: &str, second: &str, expected: usize| {
        let article = article(&[first.to_owned(), second.to_owned()], "en", true);
        assert_eq!(facts(&article).conflicts.len(), expected, "{first} {second}");
    };
    let organisers = "Organisers said 70,000 demonstrators filled the streets of Lisbon.";
    check(organisers, "Police counted 28,000 demonstrators who filled the streets.", 1);
    check(organisers, "The streets were filled by 70,000 demonstrators.", 0);
    check(organisers, "Earlier, 28,000 demonstrators had filled the streets.", 0);
    check(organisers, "In Porto 28,000 demonstrators stayed at home.", 0);
    check("Around 4,700 soldiers serve in northern Kosovo.", "In Kosovo, 4,712 soldiers serve.", 0);
}

/// The shape of the article that Recto was started for, in words of our own.
#[test]
fn an_article_of_visits_and_missions_has_its_figures_and_names_and_nothing_else() {
    let paragraphs = [
        "Marenian President Ilira Doshi has confirmed that OSCE Secretary General Jan Verbeek will visit Montenegro. Doshi said \
         that calm in Montenegro matters to the whole region. Security analysts believe that such visits show the OSCE’s support.",
        "The President’s Office stated that during President Doshi’s meeting with the commander of EUFOR in Montenegro, it was \
         noted that Europe is facing a difficult year.",
        "Besnik Luma, former commander of the Coastal Rescue Service (CRS), considers the visit a sign. However, Luma states that \
         it should be used. “We must show that we stand with the U.S. and Europe,” said Luma.",
        "Former Deputy Minister of Interior, Gazmend Prela, believes that diplomacy should follow the U.S. and other allies, given \
         its place in the Western Balkans.",
        "The OSCE delegation will also visit the EUFOR mission, where around 2,300 soldiers are stationed. The largest contingent is \
         from Spain, with 840 personnel, while the United States has around 300 personnel in the mission.",
    ];
    let mut article = article(&paragraphs.map(str::to_owned), "en", false);
    let title =
        Block::heading(1, RichText::plain("OSCE Chief’s Visit to Montenegro: A Clear Sign of Support for the Balkans"));
    article.blocks.insert(0, title.with_role(Role::Title));
    let flat = article.flat_text();
    let words = |range: TextRange| range.of(flat.as_str()).unwrap().to_owned();
    let facts = facts(&article);
    let figures: Vec<String> = facts
        .figures
        .iter()
        .map(|figure| format!("{} {}", words(figure.range), figure.counted.map(words).unwrap_or_default()))
        .collect();
    assert_eq!(figures, ["2,300 soldiers", "840 personnel", "300 personnel"]);
    let of_kind = |kind: NameKind| {
        let mut names: Vec<String> =
            facts.names.iter().filter(|name| name.kind == kind).map(|name| words(name.range)).collect();
        names.sort();
        names
    };
    assert_eq!(of_kind(NameKind::Person), ["Besnik Luma", "Gazmend Prela", "Ilira Doshi", "Jan Verbeek"]);
    assert_eq!(of_kind(NameKind::Organisation), ["Coastal Rescue Service", "EUFOR", "OSCE", "President’s Office"]);
    assert_eq!(of_kind(NameKind::Place), ["Balkans", "Europe", "Montenegro", "Spain", "United States"]);
    assert_eq!(of_kind(NameKind::Unknown), [""; 0]);
    assert!(facts.dates.is_empty());
    let introduced: Vec<String> = facts.names.iter().filter_map(|name| name.introduction.map(words)).collect();
    assert_eq!(
        introduced,
        [
            "Marenian President",
            "OSCE Secretary General",
            "former commander of the Coastal Rescue Service",
            "Former Deputy Minister of Interior"
        ]
    );
}

#[test]
fn relative_dates_are_told_from_the_day_that_a_person_says() {
    let mut article = article(&["The ferry was sold yesterday.".to_owned()], "en", true);
    article.metadata.published = recto::document::Readings::default();
    article.metadata.published.add(StatedDate::day(2020, 1, 1).unwrap(), Provenance::Text);
    for (day, expected) in [
        (PublicationDay::AsRead, Some("2019-12-31")),
        (PublicationDay::Corrected(StatedDate::day(2026, 3, 5)), Some("2026-03-04")),
        (PublicationDay::Corrected(None), None),
    ] {
        let facts = facts_until(&article, day, &mut |_, _| ControlFlow::Continue(())).unwrap();
        let found: Vec<_> = facts.dates.iter().map(|date| date.when.as_ref().map(|when| when.iso.as_str())).collect();
        assert_eq!(found, [expected], "{day:?}");
    }
}

#[test]
fn a_reading_can_be_broken_off() {
    let article = article(&["One of 12 ferries.".to_owned(), "Two of 30 boats.".to_owned()], "en", true);
    let mut steps = Vec::new();
    let mut step = |done: usize, total: usize| {
        steps.push((done, total));
        ControlFlow::Break(())
    };
    assert_eq!(facts_until(&article, PublicationDay::AsRead, &mut step), None);
    assert_eq!(steps, [(18, 36)]);
}
