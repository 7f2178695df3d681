//! Letters that join, stack and change places: told by their glyphs.

use super::{Bench, glyphs};

fn ids(bench: &mut Bench, text: &str, language: &str) -> Vec<u32> {
    glyphs(&bench.line(text, Some(language))).into_iter().map(|(id, _)| id).collect()
}

#[test]
fn arabic_letters_join() {
    let mut bench = Bench::new();
    for letter in ["ب", "ع", "م"] {
        let alone = ids(&mut bench, letter, "ar");
        let joined = ids(&mut bench, &letter.repeat(3), "ar");
        assert!(joined.len() >= 3 && alone.len() <= joined.len(), "{letter}");
        let forms: std::collections::BTreeSet<u32> = joined.iter().copied().collect();
        assert!(forms.len() >= 3, "{letter} has an initial, a medial and a final form: {joined:?}");
        assert!(!alone.iter().all(|id| forms.contains(id)), "{letter} alone has another: {alone:?}");
    }
    // Lam and alef have forms that they have beside no other letter.
    let together = ids(&mut bench, "لا", "ar");
    let apart = [ids(&mut bench, "لب", "ar"), ids(&mut bench, "با", "ar")].concat();
    assert!(!together.iter().any(|id| apart.contains(id)), "{together:?} {apart:?}");
    // A non-joiner keeps letters apart, as Persian has it in one word.
    assert_ne!(ids(&mut bench, "می\u{200C}کند", "fa"), ids(&mut bench, "میکند", "fa"));
}

/// Text, its language, and how many glyphs it is drawn with.
const LIGATED: &[(&str, &str, usize)] = &[
    // Consonants that meet are one, with or without what stands below.
    ("क्ष", "hi", 1),
    ("त्र", "hi", 1),
    ("ক্ত", "bn", 1),
    ("ক্ষ", "bn", 1),
    ("ક્ષ", "gu", 1),
    // A vowel in two parts stands around its consonant.
    ("கொ", "ta", 3),
    ("ക്ക", "ml", 1),
    // Sinhala's joined ra, which a joiner asks for.
    ("ශ්\u{200D}රී", "si", 2),
    // Letters of a book face.
    ("fi", "en", 1),
    ("ffi", "en", 1),
    // A Turkish i keeps its dot.
    ("fi", "tr", 2),
    // A family is one picture, and so are a flag and a tone of skin.
    ("👩‍👩‍👧", "en", 1),
    ("🇫🇷", "en", 1),
    ("👍🏽", "en", 1),
    ("1️⃣", "en", 1),
];

#[test]
fn letters_become_one_glyph() {
    let mut bench = Bench::new();
    let mut faults = Vec::new();
    for (text, language, expected) in LIGATED {
        let found = ids(&mut bench, text, language);
        if found.len() != *expected {
            faults.push(format!("{text}: {found:?}, not {expected}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn languages_have_letters_of_their_own() {
    let mut bench = Bench::new();
    for (text, one, other) in [("ş", "ro", "tr"), ("i", "tr", "en"), ("直", "zh-Hans", "ja")] {
        let of_one = bench.line(text, Some(one));
        let of_other = bench.line(text, Some(other));
        assert_ne!(of_one.items, of_other.items, "{text} in {one} and in {other}");
    }
}

#[test]
fn letters_change_places() {
    let mut bench = Bench::new();
    // A consonant, the consonant with a vowel that is written before it, and how many glyphs stand before it then.
    for (base, text, language, before) in [
        ("क", "कि", "hi", 1),
        ("ক", "কি", "bn", 1),
        ("ক", "কে", "bn", 1),
        ("ક", "કિ", "gu", 1),
        ("ਕ", "ਕਿ", "pa", 1),
        ("க", "கெ", "ta", 1),
        ("க", "கொ", "ta", 1),
        ("ക", "കെ", "ml", 1),
        ("ක", "කෙ", "si", 1),
        ("ក", "កេ", "km", 1),
        ("က", "ကေ", "my", 1),
        // Thai and Lao are written as they stand.
        ("ก", "เก", "th", 1),
        ("ກ", "ເກ", "lo", 1),
        ("क", "का", "hi", 0),
    ] {
        let alone = ids(&mut bench, base, language);
        let set = ids(&mut bench, text, language);
        assert_eq!(set.iter().position(|id| alone.contains(id)), Some(before), "{text}: {set:?} around {alone:?}");
    }
}

#[test]
fn letters_below_take_no_room_of_their_own() {
    let mut bench = Bench::new();
    for (base, stacked, language) in [
        ("ស", "ស្រ", "km"),
        ("ទ", "ទ្ប", "km"),
        ("རྒ", "རྒྱ", "bo"),
        ("ས", "སྐ", "bo"),
        ("ဘ", "ဘ္ဘ", "my"),
        ("ర", "ర్క", "te"),
        ("ก", "ก้", "th"),
        ("ש", "שׁ", "he"),
    ] {
        let width = |bench: &mut Bench, text| bench.line(text, Some(language)).lines().next().unwrap().rect.width();
        let (alone, with) = (width(&mut bench, base), width(&mut bench, stacked));
        assert!(with < alone * 1.75, "{stacked}: {with} for {alone}");
    }
}
