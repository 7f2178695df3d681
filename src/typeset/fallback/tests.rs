//! The table against the names that fonts go by; which family a script's letters take.

use super::*;

fn names_of(families: &Families) -> Vec<&str> {
    families
        .iter()
        .filter_map(|name| match name {
            FontFamilyName::Named(name) => Some(name.as_ref()),
            FontFamilyName::Generic(_) => None,
        })
        .collect()
}

#[test]
fn a_stack_holds_only_what_is_there() {
    let mut fonts = Fonts::bundled();
    let mut stacks = Stacks::default();
    for (family, expected) in [
        (bundled::SERIF, vec![bundled::SERIF, bundled::SANS]),
        (bundled::MONO, vec![bundled::MONO, bundled::SANS, bundled::SERIF]),
        ("Not Installed Sans", vec![bundled::SANS, bundled::SERIF]),
    ] {
        let stack = stacks.get(&mut fonts, family, Script::Simplified, Reach::of("漢 ☎ ع 😀"));
        assert_eq!(names_of(&stack.text), expected, "{family}");
        assert_eq!(stack.emoji.as_ref().map(names_of), Some(expected), "{family}");
    }
}

#[test]
fn a_text_reaches_for_what_it_has() {
    let bit = |script: &[u8; 4]| {
        GROUPS.iter().position(|group| group.scripts.contains(&script)).map_or(0, |number| 1u64 << number)
    };
    for (text, expected) in [
        ("Déjà vu, “Ελλάδα” — Паром… €5", 0),
        ("قرر", bit(b"Arab")),
        ("漢字 한국", EAST_ASIAN_BIT | HANGUL_BIT),
        ("漢字カナ", EAST_ASIAN_BIT | KANA_BIT),
        ("fine 👍", EMOJI_BIT | SIGNS_BIT),
        ("√2 ≠ 1", SIGNS_BIT),
        ("1\u{FE0F}\u{20E3}", EMOJI_BIT | SIGNS_BIT),
        ("قرر שלום קרר 漢", bit(b"Arab") | bit(b"Hebr") | EAST_ASIAN_BIT),
        ("বাংলা। পরে॥", bit(b"Beng")),
        ("हिन्दी।", bit(b"Deva")),
        ("ᚠᚢᚦ", bit(b"Runr")),
    ] {
        assert_eq!(Reach::of(text), Reach(expected), "{text}");
    }
}

#[test]
fn the_table_has_room_and_no_slips() {
    assert!(GROUPS.len() < 59, "the bits above are taken");
    let mut blocks: Vec<_> = GROUPS.iter().flat_map(|group| group.blocks).collect();
    blocks.sort_unstable();
    for pair in blocks.windows(2) {
        assert!(pair[0].1 < pair[1].0, "{pair:X?} overlap");
    }
    let lists = GROUPS
        .iter()
        .flat_map(|group| [&group.serif, &group.sans])
        .chain([&table::EMOJI, &table::SIGNS, &table::LETTERS.0, &table::LETTERS.1])
        .chain(Script::ALL.iter().flat_map(|form| [&form.families().0, &form.families().1]));
    for list in lists {
        for (number, names) in list.iter().enumerate() {
            assert!(number == 2 || !names.is_empty(), "{list:?}");
            for name in names.split(", ").filter(|name| !name.is_empty()) {
                assert!(name == name.trim() && !name.contains([',', '\\', '\n']), "{name:?}");
                assert!(!name.contains("  "), "{name:?}");
            }
        }
    }
}

#[test]
fn languages_choose_their_forms() {
    for (language, expected) in [
        (None, Script::Unstated),
        (Some("en"), Script::Unstated),
        (Some("ja-JP"), Script::Japanese),
        (Some("zh-Hant-HK"), Script::HongKong),
        (Some("zh-Hant-TW"), Script::Traditional),
        (Some("zh-Hant"), Script::Traditional),
        (Some("zh_TW"), Script::Traditional),
        (Some("zh-MO"), Script::HongKong),
        (Some("yue"), Script::HongKong),
        (Some("zh-Hans-HK"), Script::Simplified),
        (Some("zh"), Script::Simplified),
        (Some("zh-CN"), Script::Simplified),
        (Some("ko"), Script::Korean),
    ] {
        assert_eq!(Script::of(language), expected, "{language:?}");
    }
}

#[test]
fn the_engine_falls_back_by_the_table_before_it_asks_the_system() {
    use fontique::{FallbackKey, Language};
    for mut fonts in [Fonts::bundled(), Fonts::with_system()] {
        for (script, language, names) in by_script() {
            let collection = &mut fonts.context.collection;
            let expected: Vec<_> = names.iter().filter_map(|name| collection.family_id(name)).collect();
            if expected.is_empty() {
                continue;
            }
            // A language that the engine does not track for a script is none to it.
            let untracked = if script == b"Hani" { language } else { Some("ja") };
            for language in [language, language.or(Some("en")), untracked] {
                let language = language.and_then(|tag| Language::parse(tag).ok());
                let key = FallbackKey::new(fontique::Script::from_bytes(*script), language.as_ref());
                let found: Vec<_> = collection.fallback_families(key).collect();
                assert_eq!(found, expected, "{:?} in {language:?}", str::from_utf8(script));
            }
        }
    }
}
