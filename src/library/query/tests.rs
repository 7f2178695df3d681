//! Queries as they are typed, with what is made of them.

use proptest::prelude::*;

use super::{Condition, Field, Filter, Phrase, Query, State, find_hits, snippet};

/// What is searched for, or – for nothing.
fn fts(typed: &str) -> String {
    Query::read(typed).fts().unwrap_or_else(|| "–".to_owned())
}

#[test]
fn words_become_an_expression() {
    let check = |typed: &str, expected: &str| assert_eq!(fts(typed), expected, "{typed}");
    check("", "–");
    check("  ", "–");
    check("Ferry ", r#""ferry""#);
    check("Ferry", r#""ferry" *"#);
    check("old Fer", r#""old" AND "fer" *"#);
    check("ferr* boat ", r#""ferr" * AND "boat""#);
    check("l’Eau ", r#""l eau""#);
    check("ferry-boat", r#""ferry boat" *"#);
    check("Straße Łódź ", r#""strasse" AND "lodz""#);
    check("渡輪", r#""渡 輪""#);
    check("東京 ferry ", r#""東 京" AND "ferry""#);
    check("ข้ามฟาก ", "\"ขาม ฟาก\"");
    check("rust & sea ", r#""rust" AND "sea""#);
    check("a\" OR body:b ", r#""a" AND "or body b""#);
    check("colour:red ", r#""colour red""#);
    check("https://a.example/b ", r#""https a example b""#);
    check("ferry.", r#""ferry" *"#);
}

#[test]
fn phrases_stand_in_quotation_marks() {
    let check = |typed: &str, expected: &str| assert_eq!(fts(typed), expected, "{typed}");
    check("\"old harbour\"", r#""old harbour""#);
    check("“Old Harbour”", r#""old harbour""#);
    check("„alter Hafen“", r#""alter hafen""#);
    check("« vieux port »", r#""vieux port""#);
    check("\"old harb\"*", r#""old harb" *"#);
    check("\"old harb", r#""old harb" *"#);
    check("\"old harbour ", r#""old harbour""#);
    check("\"\" \"", "–");
    check("five\"pipe\"", r#""five" AND "pipe""#);
    check("\"OR\" \"NEAR(a\"", r#""or" AND "near a""#);
}

#[test]
fn signs_join_words() {
    let check = |typed: &str, expected: &str| assert_eq!(fts(typed), expected, "{typed}");
    check("ferry OR boat ", r#"("ferry" OR "boat")"#);
    check("old ferry OR boat OR ship new ", r#""old" AND ("ferry" OR "boat" OR "ship") AND "new""#);
    check("old AND ferry ", r#""old" AND "ferry""#);
    check("and or near not ", r#""and" AND "or" AND "near" AND "not""#);
    check("ferry OR", r#""ferry""#);
    check("OR ferry ", r#""ferry""#);
    check("ferry OR -boat ", r#""ferry""#);
    check("ferry OR is:unread boat ", r#""ferry" AND "boat""#);
    check("ferry NEAR harbour ", r#"NEAR("ferry" "harbour", 10)"#);
    check("ferry NEAR/3 harb", r#"NEAR("ferry" "harb" *, 3)"#);
    check("ferry NEAR/x harbour ", r#"NEAR("ferry" "harbour", 10)"#);
    check("a NEAR/3 b NEAR c ", r#"NEAR("a" "b" "c", 10)"#);
    check("a OR b NEAR/2 c ", r#"("a" OR NEAR("b" "c", 2))"#);
    check("a NEAR/2 b OR c ", r#"(NEAR("a" "b", 2) OR "c")"#);
    check("NEAR(ferry \"old harbour\" b*, 5)", r#"NEAR("ferry" "old harbour" "b" *, 5)"#);
    check("NEAR(ferry, harbour)", r#"NEAR("ferry" "harbour", 10)"#);
    check("NEAR(ferry harb", r#"NEAR("ferry" "harb" *, 10)"#);
    check("NEAR(a, b, 5 ) c ", r#"NEAR("a" "b", 5) AND "c""#);
    check("NEAR(a b, 5 c)", r#"NEAR("a" "b" "5" "c", 10)"#);
    check("NEAR(ferry harbour, 5", r#"NEAR("ferry" "harbour", 5)"#);
    check("NEAR(ferry, 5) boat ", r#""ferry" AND "boat""#);
    check("NEAR()", "–");
    check("a NEAR/99999999999 b ", r#"NEAR("a" "b", 1000)"#);
    check("(ferry OR boat) old ", r#"("ferry" OR "boat") AND "old""#);
}

#[test]
fn fields_are_columns() {
    let check = |typed: &str, expected: &str| assert_eq!(fts(typed), expected, "{typed}");
    check("title:ferry ", r#"{title} : "ferry""#);
    check("Title:fer", r#"{title} : "fer" *"#);
    check("site:\"Harbour Post\"", r#"{site} : "harbour post""#);
    check("author:lee tag:later note:x ", r#"{author} : "lee" AND {tags} : "later" AND {notes} : "x""#);
    check("tags：海", r#"{tags} : "海""#);
    check("title:a OR title:b ", r#"({title} : "a" OR {title} : "b")"#);
    check("title:NEAR(a b, 2)", r#"{title} : NEAR("a" "b", 2)"#);
    check("title:a NEAR b ", r#"{title} : NEAR("a" "b", 10)"#);
    check("title: ferry ", r#""ferry""#);
    check("title:", "–");
}

#[test]
fn exclusions_stand_apart() {
    let check = |typed: &str, expected: Option<&str>, excluded: &str| {
        let query = Query::read(typed);
        assert_eq!((query.fts().as_deref(), query.fts_excluded().as_deref()), (expected, Some(excluded)), "{typed}");
    };
    check("-ferry", None, r#""ferry""#);
    check("ferry -boat", Some(r#""ferry""#), r#""boat""#);
    check("−\"old boat\" -sh* -tag:later", None, r#""old boat" OR "sh" * OR {tags} : "later""#);
    check("-\"old bo", None, r#""old bo""#);
    check("a NOT b ", Some(r#""a""#), r#""b""#);
    check("-NEAR(a b, 2) -OR ", None, r#"NEAR("a" "b", 2) OR "or""#);
    assert_eq!(Query::read("a - b ").fts_excluded(), None);
}

#[test]
fn filters_are_values() {
    let check = |typed: &str, expected: &[(Condition, bool)]| {
        let query = Query::read(typed);
        let filters: Vec<Filter> = expected
            .iter()
            .map(|(condition, is_negated)| Filter { condition: condition.clone(), is_negated: *is_negated })
            .collect();
        assert_eq!((query.filters, query.terms, query.excluded), (filters, vec![], vec![]), "{typed}");
        assert_eq!(query.problems, vec![], "{typed}");
    };
    let date = |text: &str| text.parse().expect("a date");
    check(
        "is:unread is:In-Progress",
        &[(Condition::Is(State::Unread), false), (Condition::Is(State::InProgress), false)],
    );
    check("-is:archived", &[(Condition::Is(State::Archived), true)]);
    check("before:2024", &[(Condition::Before(date("2024")), false)]);
    check(
        "after:2024-3 -before:\"2024-03-04\" ",
        &[(Condition::After(date("2024-03")), false), (Condition::Before(date("2024-03-04")), true)],
    );
    check(
        "lang:de NOT lang:zh-Hant",
        &[(Condition::Language("de".to_owned()), false), (Condition::Language("zh-hant".to_owned()), true)],
    );
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let check = |typed: &str, expected: &[(&str, &str)]| {
        let query = Query::read(typed);
        let found: Vec<(&str, String)> =
            query.problems.iter().map(|p| (typed.get(p.place.clone()).unwrap(), p.to_string())).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(place, text)| (*place, text.as_str())).collect();
        assert_eq!(found, expected, "{typed}");
    };
    for typed in ["", " ", "ferry", "12:30 So: std::fs https://a.example", "a-b -c d", "(a b)", "is:inbox", "a AND b"] {
        check(typed, &[]);
    }
    check(
        "one \"two three",
        &[("\"two three", "A quotation mark is not closed: the words up to the end count as the phrase")],
    );
    check("beforre:2024", &[("beforre:", "“beforre:” is no field. Did you mean before:?")]);
    check(
        "colour:red",
        &[(
            "colour:",
            "“colour:” is no field, so it is searched for as a word. \
             Fields are title:, site:, author:, tag:, note:, before:, after:, is: and lang:",
        )],
    );
    check("a title:", &[("title:", "title: needs something right behind it, such as title:ferry")]);
    check("is:new", &[("is:new", "is: takes unread, in-progress, finished, archived, inbox or missing")]);
    check("a before:May", &[("before:May", "before: takes a date such as 2024, 2024-03 or 2024-03-04")]);
    check("after:2024-13", &[("after:2024-13", "after: takes a date such as 2024, 2024-03 or 2024-03-04")]);
    check("lang:german", &[("lang:german", "lang: takes the code of a language, such as de, en or zh-Hant")]);
    check(" -a -b ", &[("-a -b", "Only exclusions: everything else is shown. Add a word to search for")]);
    check("-a is:unread", &[]);
    let near = "NEAR needs two words, such as ferry NEAR harbour or NEAR(ferry harbour, 5)";
    check("NEAR(ferry)", &[("NEAR(ferry)", near)]);
    check("ferry NEAR", &[("NEAR", near)]);
    check("NEAR ferry", &[("NEAR", near)]);
    check("a NEAR -b", &[("NEAR", near)]);
    check("NEAR(a b", &[("NEAR(a b", "NEAR( is not closed: the words up to the end count as its words")]);
    check("a NEAR/x b", &[("NEAR/x", "NEAR/ takes the number of words that may stand between, such as NEAR/5")]);
    check(
        "title:a NEAR site:b",
        &[("site:b", "Words NEAR each other stand in one field: the first field counts for all")],
    );
    let or = "OR joins the words before and behind it, such as ferry OR boat";
    check("OR a", &[("OR", or)]);
    check("a OR", &[("OR", or)]);
    check("a OR OR b", &[("OR", or)]);
    let joins = "OR joins words only: what is excluded, and is:, lang:, before: and after:, count for every result";
    check("a OR -b", &[("OR", joins)]);
    check("a OR is:unread", &[("OR", joins)]);
    let star = "* stands at the end of a word, such as ferr*: only beginnings can be searched for";
    check("f*ry *rry", &[("f*ry", star), ("*rry", star)]);
    check("(a b) OR c", &[("(", "Parentheses do not group words: OR joins the two words beside it")]);
    check(" & ", &[("&", "There is no letter and no digit here to search for")]);
    let many = "a ".repeat(64);
    check(&format!("{many}b c"), &[("b c", "Only the first 64 words are searched for")]);
}

#[test]
fn one_or_two_letters_are_short() {
    let check = |typed: &str, expected: Option<&str>| {
        let query = Query::read(typed);
        assert_eq!(query.fts_short().as_deref(), expected, "{typed}");
        assert_eq!(query.short(), expected.is_some(), "{typed}");
    };
    check("f", Some(r#""f" *"#));
    check("Fé", Some(r#""fe" *"#));
    check("fe* -boat is:unread", Some(r#""fe" *"#));
    check("a*", Some(r#""a" *"#));
    for typed in ["", "fer", "fe ", "\"fe\"", "a b", "title:f", "船", "か", "한", "-f", "a OR b", "l'e"] {
        check(typed, None);
    }
}

#[test]
fn highlights_are_what_may_stand_in_the_text() {
    let words = |phrases: Vec<Phrase>| {
        let words = phrases.iter().map(|p| format!("{}{}", p.terms.join(" "), if p.is_prefix { "*" } else { "" }));
        words.collect::<Vec<_>>().join(", ")
    };
    let query = Query::read("ferry \"Old harbour\" OR 船 title:isle -boat NEAR(ferry x) harb");
    assert_eq!(words(query.highlights()), "ferry, old harbour, 船, x, harb*");
    assert_eq!(words(query.highlights_in(Field::Title)), "ferry, old harbour, 船, isle, x, harb*");
}

#[test]
fn hits_are_found_in_the_text_as_it_was_written() {
    let check = |typed: &str, text: &str, expected: &[&str]| {
        let hits = find_hits(text, &Query::read(typed).highlights(), 100);
        let found: Vec<&str> = hits.iter().map(|range| text.get(range.clone()).unwrap()).collect();
        assert_eq!(found, expected, "{typed} in {text}");
    };
    check("ferry ", "A Ferry, the ferry’s fare, ferrying", &["Ferry", "ferry"]);
    check("ferr", "A Ferry, the ferry’s fare, ferrying", &["Ferry", "ferry", "ferrying"]);
    check("\"the old\" ", "the the old, The  OLD, the new old", &["the old", "The  OLD"]);
    check("\"a a\" ", "a a a b a", &["a a a"]);
    check("\"a b c\" \"b\" ", "a b c b", &["a b c", "b"]);
    check("ete ", "L’été, e\u{301}te\u{301}", &["été", "e\u{301}te\u{301}"]);
    check("東京 ", "東京都、京東、東\n京", &["東京", "東\n京"]);
    check("か ", "が か", &["か"]);
    check("กิน ", "ไปกินข้าว กันเถอะ", &["กิน"]);
    check("하", "한국 하늘 국", &["한국", "하늘"]);
    check("", "a", &[]);
    let ferries = Query::read("ferry ").highlights();
    assert_eq!(find_hits("ferry ferry ferry", &ferries, 2), [0..5, 6..11]);
    assert!(find_hits("ferry", &ferries, 0).is_empty());
}

#[test]
fn a_snippet_shows_the_densest_place() {
    let check = |typed: &str, text: &str, around: usize, expected: &str| {
        let found = snippet(text, &Query::read(typed).highlights(), around);
        let mut marked = found.text.clone();
        for hit in found.hits.iter().rev() {
            marked.insert(hit.end, ']');
            marked.insert(hit.start, '[');
        }
        assert_eq!(marked, expected, "{typed} in {text}");
    };
    let text = "The ferry left early.\n\nAfter a long way over the sea, the old ferry reached the harbour at noon. Then it rained.";
    check("ferry ", text, 12, "The [ferry] left early.…");
    check("ferry harbour ", text, 25, "…over the sea, the old [ferry] reached the [harbour] at noon. Then it rained.");
    check("harbour ", text, 6, "…the [harbour] at…");
    check("harbour ", text, 0, "…[harbour]…");
    check("rained", text, 500, &text.replace("\n\n", " ").replace("rained", "[rained]"));
    check("absent ", text, 10, "The ferry left early…");
    check("x ", " \u{FFFC}\u{FFFC} a \u{FFFC} \u{A0}x\n", 20, "a [x]");
    check("x ", "\u{FFFC} \n aaaa x", 3, "…[x]");
    check("大学 ", "私は東京の大学で経済を勉強しています。", 4, "…は東京の[大学]で経済を…");
    check("", "", 10, "");
    check("a ", &"é".repeat(50), 5, "éééééééééé…");
}

#[test]
fn a_text_pasted_by_mistake_is_read_in_no_time() {
    for part in ["a ", "NEAR(,", "title:NEAR(a)", "(", "\"", "OR ", "-", "a:", "漢"] {
        Query::read(&part.repeat(200_000));
    }
}

#[test]
fn the_small_librarys_queries_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/library");
    let queries = std::fs::read_to_string(folder.join("queries.tsv")).expect("the queries");
    for line in queries.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [typed, expected, why] = columns.as_slice() else { panic!("three columns: {line}") };
        for name in expected.split([' ', '|']).filter(|name| *name != "none") {
            assert!(folder.join(name).is_file(), "{name}");
        }
        let problems = Query::read(&typed.replace('␣', " ")).problems;
        assert_eq!(problems.is_empty(), !why.starts_with("phrase still being typed"), "{typed}: {problems:?}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_bad_to_be_read(
        typed in r#"\PC*|([ a*"“«(),:：\-−漢かก한é\n&]|OR |NEAR|NEAR\(|NOT |title:|is:|before:|lang:|/5|unread|2024){0,24}"#,
        text in r#"[ a漢かก한é½㌔\x{FFFC}\n]{0,60}"#,
        around in 0usize..20,
    ) {
        let query = Query::read(&typed);
        for problem in &query.problems {
            prop_assert!(typed.get(problem.place.clone()).is_some(), "{:?}", problem);
            prop_assert!(!problem.to_string().is_empty());
        }
        for expression in [query.fts(), query.fts_excluded(), query.fts_short()].into_iter().flatten() {
            // Outside of quotation marks, FTS5's own words and signs only.
            let outside: String = expression.split('"').step_by(2).collect();
            let known = outside.split(|c: char| !c.is_ascii_alphabetic()).all(|word| {
                ["", "AND", "OR", "NEAR", "title", "author", "site", "tags", "notes"].contains(&word)
            });
            prop_assert!(known && expression.matches('"').count() % 2 == 0, "{}", expression);
        }
        prop_assert_eq!(query.is_empty(), query.fts().is_none() && query.fts_excluded().is_none() && query.filters.is_empty());
        let highlights = query.highlights();
        let hits = find_hits(&text, &highlights, 5);
        prop_assert!(hits.iter().all(|hit| text.get(hit.clone()).is_some_and(|hit| !hit.is_empty())));
        prop_assert!(hits.is_sorted_by(|a, b| a.end <= b.start));
        let cut = snippet(&text, &highlights, around);
        prop_assert!(cut.hits.iter().all(|hit| cut.text.get(hit.clone()).is_some_and(|hit| !hit.is_empty())));
        prop_assert!(cut.hits.is_sorted_by(|a, b| a.end <= b.start));
        prop_assert_eq!(hits.is_empty(), cut.hits.is_empty());
        let is_in_one_line = !cut.text.contains(['\n', '\u{FFFC}']);
        prop_assert!(is_in_one_line);
    }
}
