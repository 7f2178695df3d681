//! The find engine against tables of examples, and against a search so simple that it is right.

use std::ops::Range;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::letters::Letters;
use super::literal::{Needle, Search};
use super::window::Window;
use super::{Query, QueryError, Step};

fn folded(text: &str, match_case: bool, fold_diacritics: bool) -> String {
    let mut window = Window::default();
    window.fold(&Letters::new(!match_case, fold_diacritics), text, 0, usize::MAX);
    String::from_utf8(window.folded().to_vec()).unwrap()
}

fn hits<'a>(query: &Query, text: &'a str) -> Vec<&'a str> {
    query.matcher().unwrap().matches(text).map(|range| text.get(range).unwrap()).collect()
}

fn check(query: &Query, text: &str, expected: &[&str]) {
    assert_eq!(hits(query, text), expected, "{query:?} in {text:?}");
}

#[test]
fn a_text_is_found_as_a_person_means_it() {
    for (query, text, expected) in [
        ("", "abc", &[][..]),
        ("abc", "", &[]),
        ("resume", "Résumé, RESUME, re\u{301}sume\u{301}", &["Résumé", "RESUME", "re\u{301}sume\u{301}"]),
        ("Résumé", "resume", &["resume"]),
        ("strasse", "Straße STRASSE STRAẞE", &["Straße", "STRASSE", "STRAẞE"]),
        ("straße", "Strasse", &["Strasse"]),
        ("aether", "Æther", &["Æther"]),
        ("oeuvre", "Œuvre", &["Œuvre"]),
        ("office", "oﬃce", &["oﬃce"]),
        ("fi", "oﬃce ﬁn", &["ﬁ"]),
        ("λογος", "ΛΌΓΟΣ λόγος", &["ΛΌΓΟΣ", "λόγος"]),
        ("istanbul", "İstanbul ISTANBUL ıstanbul", &["İstanbul", "ISTANBUL", "ıstanbul"]),
        ("Łódź", "lodz", &["lodz"]),
        ("it's \"so\" - he", "it’s “so” – he", &["it’s “so” – he"]),
        ("it’s", "it's", &["it's"]),
        ("wait...", "Wait…", &["Wait…"]),
        (".", "Wait…", &[]),
        ("1/2", "½ 1⁄2", &["½", "1⁄2"]),
        ("a b", "a\u{A0}b a \t\n b a\u{2009}\u{AD} b", &["a\u{A0}b", "a \t\n b", "a\u{2009}\u{AD} b"]),
        ("end start", "An end\n\nStart anew", &["end\n\nStart"]),
        ("end. start", "The end.\r\nStart", &["end.\r\nStart"]),
        ("donaudampf", "Donau\u{AD}dampf\u{AD}schiff", &["Donau\u{AD}dampf"]),
        ("dampf", "Donau\u{AD}dampf\u{AD}schiff", &["dampf"]),
        ("donau\u{AD}dampf", "Donaudampf", &["Donaudampf"]),
        ("می", "می\u{200C}خواهم", &["می\u{200C}"]),
        ("میخواهم", "می\u{200C}خواهم", &["می\u{200C}خواهم"]),
        ("كتاب", "كِتَابٌ کتاب", &["كِتَابٌ", "کتاب"]),
        ("سلام", "ســلام", &["ســلام"]),
        ("שלום", "שָׁלוֹם", &["שָׁלוֹם"]),
        ("еще", "Ещё", &["Ещё"]),
        ("мои", "мой мои\u{306} мои", &["мои"]),
        ("мой", "мои\u{306} Мой", &["мои\u{306}", "Мой"]),
        ("か", "が か\u{3099} か", &["か"]),
        ("が", "か\u{3099} ｶﾞ", &["か\u{3099}"]),
        ("한", "하 한", &["한"]),
        ("하", "한", &[]),
        ("한국", "한국", &["한국"]),
        ("ａｂｃ", "abc", &["abc"]),
        ("👨", "👨‍👩‍👧 👨", &["👨"]),
        ("❤", "❤️", &["❤️"]),
        ("aa", "aaaaa", &["aa", "aa"]),
        (" ", "a  b\n\nc", &["  ", "\n\n"]),
        ("x", "x\u{301}\u{302}y", &["x\u{301}\u{302}"]),
        ("\r", "a\r\nb", &["\r\n"]),
    ] {
        check(&Query::text(query), text, expected);
    }
}

#[test]
fn options_narrow_the_search() {
    let case = |text: &str| Query { match_case: true, ..Query::text(text) };
    let exact = |text: &str| Query { fold_diacritics: false, ..Query::text(text) };
    let word = |text: &str| Query { whole_word: true, ..Query::text(text) };
    for (query, text, expected) in [
        (case("Us"), "US us Us Ús", &["Us", "Ús"][..]),
        (case("STRASSE"), "Straße STRASSE", &["STRASSE"]),
        (exact("resume"), "résumé resume", &["resume"]),
        (exact("e"), "e\u{301} é e", &["e"]),
        (exact("é"), "e\u{301} é É e", &["e\u{301}", "é", "É"]),
        (exact("ss"), "ß", &["ß"]),
        (exact("\u{1ea1}\u{302}"), "a\u{302}\u{323} ậ", &["a\u{302}\u{323}", "ậ"]),
        (exact("ø"), "o Ø", &["Ø"]),
        (word("the"), "The other theme, the", &["The", "the"]),
        (word("don"), "don't don’t don", &["don"]),
        (word("don't"), "don’t", &["don’t"]),
        (word("well"), "well-known wells", &["well"]),
        (word("ecole"), "l’école préécole", &[]),
        (word("école"), "(École)", &["École"]),
        (word("dampf"), "Donau\u{AD}dampf", &[]),
        (word("決定"), "議会が決定した", &["決定"]),
        (word("(a"), "(a) (ab)", &["(a"]),
    ] {
        check(&query, text, expected);
    }
}

#[test]
fn a_regular_expression_is_held_against_each_line() {
    let expression = |text: &str| Query { regular_expression: true, ..Query::text(text) };
    let case = |text: &str| Query { match_case: true, ..expression(text) };
    let word = |text: &str| Query { whole_word: true, ..expression(text) };
    for (query, text, expected) in [
        (expression("^b.*$"), "abc\nBcd\r\nbe", &["Bcd", "be"][..]),
        (expression(r"\d{4}"), "1999 and 20011", &["1999", "2001"]),
        (expression("x*"), "axxb", &["xx"]),
        (expression("x*"), "", &[]),
        (expression("e"), "e\u{301}", &["e\u{301}"]),
        (expression("."), "👨‍👩‍👧é", &["👨‍👩‍👧", "é"]),
        (expression(r"a\s+b"), "a\n\nb", &["a\n\nb"]),
        (expression("résumé"), "RÉSUMÉ resume", &["RÉSUMÉ"]),
        (case("b"), "aBb", &["b"]),
        (word("foo|foobar"), "foobar barfoo", &["foobar"]),
        (word("(?x) a  # a letter"), "a ab", &["a"]),
    ] {
        check(&query, text, expected);
    }
}

#[test]
fn a_bad_expression_is_explained_with_its_place() {
    for (pattern, words, expected) in [
        ("a(b", "no “)”", 1..2),
        ("ab)", "no “(”", 2..3),
        ("é[a", "no “]”", 2..3),
        ("*a", "repeats nothing", 0..1),
        ("a{2,1}", "at least more", 1..6),
        ("a{", "no “}”", 1..2),
        ("a\\", "at the end", 1..2),
        ("[z-a]", "backwards", 1..4),
        (r"(a)\1", "refers back", 3..5),
        ("(?=a)", "looks around", 0..3),
        (r"\p{Klingon}", "No class", 0..11),
        (r"\y", "no meaning", 0..2),
    ] {
        let query = Query { regular_expression: true, ..Query::text(pattern) };
        match query.matcher() {
            Err(QueryError::Pattern { problem, place }) => {
                assert!(problem.contains(words), "{pattern}: {problem}");
                assert_eq!(place, expected, "{pattern}");
            }
            other => panic!("{pattern}: {other:?}"),
        }
    }
    let large = Query { regular_expression: true, ..Query::text(r"(\w{100}){100}") };
    assert_eq!(large.matcher().unwrap_err(), QueryError::TooLarge);
}

#[test]
fn a_search_is_resumed_where_it_was_left() {
    let text = "one two one\n\ntwo one twofold ".repeat(9000);
    for query in [Query::text("one"), Query { regular_expression: true, ..Query::text("one|two") }] {
        let matcher = query.matcher().unwrap();
        let all: Vec<_> = matcher.matches(&text).collect();
        assert!(all.len() > 20_000);
        let (mut resumed, mut at) = (Vec::new(), 0);
        'search: loop {
            let mut matches = matcher.matches_from(&text, at);
            for _ in 0..999 {
                match matches.step() {
                    Step::Hit(range) => resumed.push(range),
                    Step::Searching => {}
                    Step::Done => break 'search,
                }
            }
            at = matches.position();
        }
        assert_eq!(resumed, all);
    }
}

#[test]
fn one_step_is_bounded() {
    let text = "nothing to be found here, line by line\n".repeat(50_000);
    for query in [Query::text("lighthouse"), Query { regular_expression: true, ..Query::text("light.*house$") }] {
        let matcher = query.matcher().unwrap();
        let mut matches = matcher.matches(&text);
        let (mut steps, mut at) = (0, 0);
        while matches.step() == Step::Searching {
            assert!(matches.position() > at && matches.position() - at < 200_000);
            at = matches.position();
            steps += 1;
        }
        assert!(steps >= 10, "{steps}");
    }
}

#[test]
fn an_expression_finds_across_windows() {
    let mut text = "word and word\n".repeat(40_000);
    let places = [131_000, 131_100, 300_000, text.len()];
    for place in places.iter().rev() {
        text.insert_str(text.ceil_char_boundary(*place), "NEEDLE\nin a haystack");
    }
    let query = Query { regular_expression: true, match_case: true, ..Query::text(r"NEEDLE\nin\s") };
    assert_eq!(query.matcher().unwrap().matches(&text).count(), places.len());
}

/// Every hit, found by folding each stretch of grapheme clusters for itself.
fn naive(query: &Query, text: &str) -> Vec<Range<usize>> {
    let fold = |text: &str| folded(text, query.match_case, query.fold_diacritics);
    let needle = fold(&query.text);
    let clusters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let (mut hits, mut from) = (Vec::new(), 0);
    if needle.is_empty() {
        return hits;
    }
    while let Some((start, first)) = clusters.get(from) {
        let mut found = None;
        if !fold(first).is_empty() {
            for (number, (at, cluster)) in clusters.iter().enumerate().skip(from) {
                let end = at + cluster.len();
                let stretch = fold(text.get(*start..end).unwrap());
                if stretch == needle && !fold(cluster).is_empty() {
                    found = Some((number, end));
                    // A run of white space is found as a whole.
                    if !needle.ends_with(' ') {
                        break;
                    }
                }
                if stretch.len() > needle.len() {
                    break;
                }
            }
        }
        match found {
            Some((number, end)) => {
                hits.push(*start..end);
                from = number + 1;
            }
            None => from += 1,
        }
    }
    hits
}

fn with_small_windows(query: &Query, text: &str, window_bytes: usize) -> Vec<Range<usize>> {
    let letters = Letters::new(!query.match_case, query.fold_diacritics);
    let needle = Needle::new(&query.text, letters, false).with_window_bytes(window_bytes);
    let mut search = Search::from(text, 0);
    let mut hits = Vec::new();
    loop {
        match search.step(&needle, text) {
            Step::Hit(range) => hits.push(range),
            Step::Searching => {}
            Step::Done => return hits,
        }
    }
}

/// Texts of few letters, so that what is looked for occurs, with everything that is hard.
fn tangled(most: usize) -> impl Strategy<Value = String> {
    let letters = [
        "a",
        "A",
        "s",
        "S",
        "ß",
        "ss",
        "e",
        "é",
        "e\u{301}",
        "É",
        "\u{301}",
        "\u{323}",
        "\u{302}",
        " ",
        "  ",
        "\n\n",
        "\r\n",
        "\u{AD}",
        "\u{200D}",
        "\u{200C}",
        "ﬁ",
        "f",
        "i",
        "İ",
        "ı",
        "й",
        "и",
        "\u{306}",
        "か",
        "が",
        "\u{3099}",
        "’",
        "'",
        "…",
        ".",
        "한",
        "하",
        "ᆫ",
        "👨",
        "👨‍👩‍👧",
        "क",
        "्",
        "ष",
        "ि",
        "\u{93C}",
        "\u{FE0F}",
        "🇩",
        "🇪",
        "ậ",
    ];
    proptest::collection::vec(proptest::sample::select(letters.to_vec()), 0..most).prop_map(|parts| parts.concat())
}

fn query(most: usize) -> impl Strategy<Value = Query> {
    (tangled(most), any::<bool>(), any::<bool>()).prop_map(|(text, match_case, fold_diacritics)| Query {
        match_case,
        fold_diacritics,
        ..Query::text(text)
    })
}

proptest! {
    // The simple search takes time that is cubic in the text.
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_found_is_what_a_simple_search_finds(query in query(4), text in tangled(30), window in 1usize..60) {
        let expected = naive(&query, &text);
        prop_assert_eq!(&with_small_windows(&query, &text, window), &expected);
        prop_assert_eq!(query.matcher().unwrap().matches(&text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_hit_folds_to_what_was_looked_for(query in query(3), text in tangled(60)) {
        let needle = folded(&query.text, query.match_case, query.fold_diacritics);
        let mut behind = 0;
        for range in query.matcher().unwrap().matches(&text) {
            prop_assert!(range.start >= behind && range.end > range.start);
            behind = range.end;
            prop_assert_eq!(folded(text.get(range).unwrap(), query.match_case, query.fold_diacritics), needle.as_str());
        }
    }

    #[test]
    fn canonically_equal_texts_fold_alike(text in tangled(20), match_case: bool, fold_diacritics: bool) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        let expected = folded(&text, match_case, fold_diacritics);
        prop_assert_eq!(&folded(&composed, match_case, fold_diacritics), &expected);
        prop_assert_eq!(&folded(&decomposed, match_case, fold_diacritics), &expected);
    }

    #[test]
    fn any_text_and_any_query_is_borne(text in ".{0,80}", query in ".{0,6}", options in any::<[bool; 4]>()) {
        let [match_case, whole_word, regular_expression, fold_diacritics] = options;
        let query = Query { text: query, match_case, whole_word, regular_expression, fold_diacritics };
        if let Ok(matcher) = query.matcher() {
            for range in matcher.matches(&text) {
                prop_assert!(text.get(range).is_some_and(|hit| !hit.is_empty()));
            }
        }
    }
}
