//! Every letter has a glyph, in the family that its script and language ask for.

use super::{Bench, block, family, fonts, reference, runs};
use recto::document::Block;
use recto::typeset::{Fonts, bundled};

#[test]
fn no_letter_of_the_reference_document_lacks_a_glyph() {
    let article = reference();
    let mut bench = Bench::new();
    let mut faults = Vec::new();
    for scale in [1.0, 2.0] {
        bench.scale = scale;
        for family_name in [bundled::SERIF, bundled::SANS, bundled::MONO] {
            bench.style.text_family = family_name.to_owned();
            for (number, block) in article.blocks.iter().enumerate() {
                let set = bench.set(block, number.checked_sub(1).and_then(|n| article.blocks.get(n)));
                for run in runs(&set) {
                    let missing = run.glyphs.iter().filter(|glyph| glyph.id == 0).count();
                    if missing > 0 {
                        faults.push(format!("{missing} in {}: {}", family(run), block.plain_text()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Text, its language, and the families that its glyphs are taken from, in their order of appearance.
const SAMPLES: &[(&str, Option<&str>, &[&str])] = &[
    ("Ferry, Ελλάδα, Паром", Some("en"), &["Literata"]),
    ("العبّارة", Some("ar"), &["Noto Naskh Arabic"]),
    ("می‌کند", Some("fa"), &["Noto Naskh Arabic"]),
    ("שָׁלוֹם", Some("he"), &["Noto Serif Hebrew"]),
    ("समुद्र।", Some("hi"), &["Noto Serif Devanagari"]),
    ("সমুদ্র।", Some("bn"), &["Noto Serif Bengali"]),
    ("ਸਮੁੰਦਰ।", Some("pa"), &["Noto Serif Gurmukhi"]),
    ("સમુદ્ર", Some("gu"), &["Noto Serif Gujarati"]),
    ("கடலே", Some("ta"), &["Noto Serif Tamil"]),
    ("సముద్రమే", Some("te"), &["Noto Serif Telugu"]),
    ("ಸಮುದ್ರವೇ", Some("kn"), &["Noto Serif Kannada"]),
    ("കടലാണ്", Some("ml"), &["Noto Serif Malayalam"]),
    ("මුහුද", Some("si"), &["Noto Serif Sinhala"]),
    ("ทะเล", Some("th"), &["Noto Serif Thai"]),
    ("ທະເລ", Some("lo"), &["Noto Serif Lao"]),
    ("សមុទ្រ", Some("km"), &["Noto Serif Khmer"]),
    ("ပင်လယ်", Some("my"), &["Noto Sans Myanmar"]),
    ("རྒྱ་མཚོས།", Some("bo"), &["Noto Serif Tibetan"]),
    ("ባሕሩ።", Some("am"), &["Noto Serif Ethiopic"]),
    ("ზღვა", Some("ka"), &["Noto Serif Georgian"]),
    ("Ծովն։", Some("hy"), &["Noto Serif Armenian"]),
    ("直骨海角", Some("zh-Hans"), &["Noto Serif CJK SC"]),
    ("直骨海角", Some("zh-Hant"), &["Noto Serif CJK TC"]),
    ("直骨海角", Some("ja"), &["Noto Serif CJK JP"]),
    ("直骨", Some("ko"), &["Noto Serif CJK KR"]),
    ("바다가", Some("ko"), &["Noto Serif CJK KR"]),
    ("바다가", None, &["Noto Serif CJK KR"]),
    ("海のひと", None, &["Noto Serif CJK JP"]),
    ("大海", None, &["Noto Serif CJK SC"]),
    ("The word 바다가", Some("en"), &["Literata", "Noto Serif CJK KR"]),
    ("“大海”", Some("zh-Hans"), &["Noto Serif CJK SC"]),
    ("“바다가”", Some("ko"), &["Literata", "Noto Serif CJK KR", "Literata"]),
    ("He said “直骨”.", Some("en"), &["Literata", "Noto Serif CJK SC", "Literata"]),
    ("大海12名", Some("zh-Hans"), &["Noto Serif CJK SC", "Literata", "Noto Serif CJK SC"]),
    ("😀👍🏽", Some("en"), &["Noto Color Emoji"]),
    ("⌚", None, &["Noto Color Emoji"]),
    ("1️⃣", None, &["Noto Color Emoji"]),
    ("☎️", Some("en"), &["Noto Color Emoji"]),
    ("❤️", Some("ar"), &["Noto Color Emoji"]),
    ("☎︎", Some("en"), &["Noto Sans Symbols2"]),
    ("☎", None, &["Noto Sans Symbols2"]),
    ("✈︎", None, &["Noto Sans Symbols2"]),
    ("𝑥", None, &["Noto Sans Math"]),
    ("∫", None, &["Literata"]),
];

/// The families that a text's glyphs are taken from.
fn families(bench: &mut Bench, text: &str, language: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = runs(&bench.line(text, language)).map(family).collect();
    found.dedup();
    found
}

#[test]
fn each_script_takes_its_family() {
    let mut bench = Bench::new();
    let mut faults = Vec::new();
    for (text, language, expected) in SAMPLES {
        let found = families(&mut bench, text, *language);
        if found != *expected {
            faults.push(format!("{text} in {language:?}: {found:?}, not {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_script_takes_its_family_where_a_whole_system_is_installed() {
    let mut system = Fonts::with_system();
    let mut bench = Bench::new();
    bench.typesetter = recto::typeset::Typesetter::new(Fonts::with_system());
    let (mut skipped, mut faults) = (Vec::new(), Vec::new());
    for (text, language, expected) in SAMPLES {
        let wanted = |name: &&&str| **name != "Literata";
        if let Some(missing) = expected.iter().filter(wanted).find(|name| !system.has_family(name)) {
            skipped.push(*missing);
            continue;
        }
        let found = families(&mut bench, text, *language);
        if found != *expected {
            faults.push(format!("{text} in {language:?}: {found:?}, not {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    skipped.dedup();
    if !skipped.is_empty() {
        // What the same table says of the fonts for tests has been held above.
        println!("Not installed here, so not looked at: {}", skipped.join(", "));
    }
}

#[test]
fn quotation_marks_and_digits_keep_to_the_page_in_scripts_that_share_them() {
    let article = reference();
    let mut bench = Bench::new();
    for (words, own) in [("नौका", "Noto Serif Devanagari"), ("ফেরি", "Noto Serif Bengali")] {
        let block: &Block = block(&article, words);
        let set = bench.set(block, None);
        let others: Vec<String> = runs(&set).map(family).filter(|name| name != own && name != "Literata").collect();
        assert!(others.is_empty(), "{words}: {others:?}");
    }
}

#[test]
fn what_is_no_font_is_not_registered() {
    let mut fonts = fonts();
    assert!(fonts.register(b"no font at all".to_vec()).is_empty());
    assert!(fonts.register(Vec::new()).is_empty());
}
