//! Which language a text is in: script rules where one script means one language, trigram statistics (whatlang)
//! elsewhere. Says nothing rather than guess from a few words.

/// How much of a text is looked at, in bytes: detection does not get better after a few paragraphs.
const SAMPLE_BYTES: usize = 8_000;

/// The fewest letters a guess may rest on. whatlang calls itself reliable on far less and is then often wrong.
const FEWEST_LETTERS: usize = 60;

/// The BCP 47 tag of the language of `text` (`en`, `de`, `zh` …), or `None` where the text is too short or too mixed to
/// tell.
pub fn detect_language(text: &str) -> Option<&'static str> {
    let sample = prefix(text, SAMPLE_BYTES);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let info = whatlang::detect(sample)?;
    let one_language = !matches!(
        info.script(),
        whatlang::Script::Latin
            | whatlang::Script::Cyrillic
            | whatlang::Script::Arabic
            | whatlang::Script::Devanagari
            | whatlang::Script::Hebrew
    );
    if letters < FEWEST_LETTERS && !(one_language && letters >= 8) {
        return None;
    }
    if !one_language && !info.is_reliable() && letters < 400 {
        return None;
    }
    tag(info.lang())
}

/// The first `limit` bytes of `text`, cut at a character's border.
fn prefix(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

/// The ISO 639-1 code where there is one (BCP 47 asks for the shortest).
fn tag(language: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match language {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, expected) in [
            ("", None),
            ("Ferry timetable", None),
            ("The ferry will go on running through the winter, the council decided on Tuesday evening.", Some("en")),
            ("Die Fähre fährt auch im Winter weiter, entschied der Rat der Stadt am Dienstagabend.", Some("de")),
            ("Le conseil municipal a décidé mardi soir que le bac continuerait de naviguer cet hiver.", Some("fr")),
            ("渡轮将继续运行，镇议会星期二晚上决定。", Some("zh")),
            ("フェリーは冬の間も運航を続けると町議会が決めた。", Some("ja")),
            ("Паром будет ходить и зимой, решил во вторник вечером городской совет, несмотря на расходы.", Some("ru")),
        ] {
            assert_eq!(detect_language(text), expected, "{text}");
        }
    }
}
