//! Cuts a text into the words that an index knows it by, folded by the rules of [`super::matching`], so that what is found
//! in all stories is found again in one. Keeps no index.
//!
//! Han and kana stand one by one: a word of theirs is then found as a sequence, whatever a dictionary thinks of the words
//! around it. Thai, Lao, Khmer and Burmese, whose letters mean little one by one, are cut by a dictionary. All else is cut
//! where no letter or digit stands, apostrophes too: “l’eau” is found as “eau”, “harbour’s” as “harbour”.

use std::ops::{ControlFlow, Range};
use std::sync::LazyLock;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::matching::letters::{BREVE, Folded, Letters};

/// What is longer is no word but data in a text's midst; its beginning is enough to find it by. Longer than any word of a
/// dictionary, in bytes.
const MOST_BYTES: usize = 256;

static LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters::new(true, true));

/// Gives `emit` the words of `text` in turn: where each stands, and what it is folded to, which is never empty and has
/// characters of the general categories L, N, Mn, Mc and Co only. A character such as ½ may be several words.
pub fn folded_words(text: &str, mut emit: impl FnMut(Range<usize>, &str)) {
    folded_words_until(text, |range, word| {
        emit(range, word);
        ControlFlow::Continue(())
    });
}

/// As [`folded_words`], until `emit` has had enough.
pub fn folded_words_until(text: &str, emit: impl FnMut(Range<usize>, &str) -> ControlFlow<()>) {
    let mut cutter =
        Cutter { letters: &LETTERS, word: String::new(), range: 0..0, is_alone: false, is_done: false, emit };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| !cutter.is_done) {
        if !byte.is_ascii() {
            at = cutter.take(text, at);
        } else if byte.is_ascii_alphanumeric() {
            let rest = bytes.get(at..).unwrap_or_default();
            let end = at + rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
            cutter.ascii(text, at..end);
            at = end;
        } else {
            cutter.border();
            at += 1;
        }
    }
    cutter.border();
}

/// Whether a character is a word of the index by itself: Han, hiragana, katakana and the signs that only they have.
pub fn stands_alone(c: char) -> bool {
    // The first block of East Asian characters.
    if c < '\u{2E80}' {
        return false;
    }
    match c.script() {
        Script::Han | Script::Hiragana | Script::Katakana => true,
        Script::Common => {
            let scripts = c.script_extension();
            // A character of every script "contains" each of them.
            !scripts.is_common()
                && [Script::Han, Script::Hiragana, Script::Katakana].iter().any(|s| scripts.contains_script(*s))
        }
        _ => false,
    }
}

/// The blocks of Thai, Lao, Burmese and Khmer letters.
fn needs_dictionary(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{A9E0}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AA7F}')
}

/// Whether a word may have this character. The letters in boxes are symbols in spite of being alphabetic.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{1F130}'..='\u{1F189}')
}

/// Marks around a letter, which say nothing of the word.
fn is_enclosing(c: char) -> bool {
    matches!(c, '\u{488}' | '\u{489}' | '\u{1ABE}' | '\u{20DD}'..='\u{20E4}' | '\u{A670}'..='\u{A672}')
}

/// A syllable of Hangul in its letters, by the arithmetic of the Unicode Standard, chapter 3.12: what [`Letters::spell`]
/// gives, ten times as fast, as nearly all of a Korean text is syllables.
fn jamo(c: char) -> Option<[Option<char>; 3]> {
    if !matches!(c, '\u{AC00}'..='\u{D7A3}') {
        return None;
    }
    let index = u32::from(c) - 0xAC00;
    let tail = index % 28;
    Some([
        char::from_u32(0x1100 + index / 588),
        char::from_u32(0x1161 + index % 588 / 28),
        char::from_u32(0x11A7 + tail).filter(|_| tail > 0),
    ])
}

struct Cutter<F> {
    letters: &'static Letters,
    word: String,
    range: Range<usize>,
    /// Whether the word is one that stands alone: a mark may follow, but no letter.
    is_alone: bool,
    /// Whether no more words are wanted.
    is_done: bool,
    emit: F,
}

impl<F: FnMut(Range<usize>, &str) -> ControlFlow<()>> Cutter<F> {
    fn border(&mut self) {
        if !self.word.is_empty() {
            self.is_done = self.is_done || (self.emit)(self.range.clone(), &self.word).is_break();
            self.word.clear();
        }
        self.is_alone = false;
    }

    /// Letters and digits of ASCII.
    fn ascii(&mut self, text: &str, range: Range<usize>) {
        if self.is_alone {
            self.border();
        }
        if self.word.is_empty() {
            self.range.start = range.start;
        }
        self.range.end = range.end;
        let length = self.word.len();
        let room = MOST_BYTES.saturating_sub(length).min(range.len());
        self.word.push_str(text.get(range.start..range.start + room).unwrap_or_default());
        if let Some(added) = self.word.get_mut(length..) {
            added.make_ascii_lowercase();
        }
    }

    /// The character at an offset, or all the text there that needs a dictionary. Returns where it ends.
    fn take(&mut self, text: &str, at: usize) -> usize {
        let rest = text.get(at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { return text.len() };
        if !needs_dictionary(c) {
            self.character(c, at);
            return at + c.len_utf8();
        }
        self.border();
        let belongs = |c: char| needs_dictionary(c) || (!c.is_ascii() && self.letters.get(c) == Folded::Nothing);
        let run = rest.split(|c| !belongs(c)).next().unwrap_or_default();
        let mut start = 0;
        // Cheap enough to make each time: it borrows what is compiled in.
        for end in WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()).segment_str(run) {
            for (place, c) in run.get(start..end).unwrap_or_default().char_indices() {
                self.character(c, at + start + place);
            }
            self.border();
            start = end;
        }
        at + run.len()
    }

    fn character(&mut self, c: char, at: usize) {
        let source = at..at + c.len_utf8();
        if let Some(jamo) = jamo(c) {
            self.letter(false, &source);
            jamo.into_iter().flatten().for_each(|piece| self.push(piece));
            return;
        }
        match self.letters.get(c) {
            Folded::One(piece) => self.piece(piece, &source),
            Folded::Nothing => self.range.end = source.end,
            Folded::Space => self.border(),
            Folded::Several => {
                let letters = self.letters;
                letters.spell(c, &mut |piece, _| self.piece(piece, &source));
            }
        }
    }

    /// A piece of what the character at `source` is folded to.
    fn piece(&mut self, piece: char, source: &Range<usize>) {
        if is_combining_mark(piece) {
            self.range.end = source.end;
            let is_diacritic = is_enclosing(piece) || (piece == BREVE && !self.word.ends_with('и'));
            if !self.word.is_empty() && !is_diacritic {
                self.push(piece);
            }
        } else if is_letter(piece) {
            self.letter(stands_alone(piece), source);
            self.push(piece);
        } else {
            self.border();
        }
    }

    /// Opens or goes on with a word, for a letter that comes from `source`.
    fn letter(&mut self, is_alone: bool, source: &Range<usize>) {
        if is_alone || self.is_alone {
            self.border();
        }
        if self.word.is_empty() {
            self.range.start = source.start;
        }
        self.range.end = source.end;
        self.is_alone = is_alone;
    }

    fn push(&mut self, piece: char) {
        if self.word.len() + piece.len_utf8() <= MOST_BYTES {
            self.word.push(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    fn words(text: &str) -> Vec<(Range<usize>, String)> {
        let mut words = Vec::new();
        folded_words(text, |range, word| words.push((range, word.to_owned())));
        words
    }

    fn joined(text: &str) -> String {
        words(text).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_text_is_cut_into_words() {
        for (text, expected) in [
            ("", ""),
            ("One two, THREE", "one two three"),
            ("Café Straße œuvre Ångström", "cafe strasse oeuvre angstrom"),
            ("l’eau, dell'acqua, harbour’s", "l eau dell acqua harbour s"),
            ("so\u{AD}ft zero\u{200B}width", "soft zerowidth"),
            ("e\u{301}te\u{301}", "ete"),
            ("3,500.25 m² ½ №5", "3 500 25 m2 1 2 no5"),
            ("ferry_boat ferry-boat", "ferry boat ferry boat"),
            ("渡輪將繼續", "渡 輪 將 繼 續"),
            ("2024年Rust語言", "2024 年 rust 語 言"),
            ("フェリー、々〇", "フ ェ リ ー 々 〇"),
            ("が ｶﾞ ガ", "か\u{3099} カ\u{3099} カ\u{3099}"),
            ("㈱日立", "株 日 立"),
            ("ข้ามฟากจะดำเนินต่อไป", "ขาม ฟาก จะ ดําเนิน ตอ ไป"),
            ("한국어", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}\u{110B}\u{1165}"),
            ("Чай её", "чаи\u{306} ее"),
            ("e\u{306}", "e"),
            ("कर्म", "कर\u{94D}म"),
            ("1\u{FE0F}\u{20E3} 🙂 🅐 Ⓐ", "1 a"),
        ] {
            assert_eq!(joined(text), expected, "{text}");
        }
    }

    #[test]
    fn words_say_where_they_stand() {
        let text = "L’été à 東京が ไปกิน x";
        let places: Vec<&str> = words(text).iter().map(|(range, _)| text.get(range.clone()).unwrap()).collect();
        assert_eq!(places, ["L", "été", "à", "東", "京", "が", "ไป", "กิน", "x"]);
        assert_eq!(words("ae\u{301}\u{AD} b"), [(0..6, "ae".to_owned()), (7..8, "b".to_owned())]);
    }

    #[test]
    fn who_has_enough_gets_no_more() {
        for text in ["a b c d", "東京都内", "ข้ามฟากจะดำเนินต่อไป", "½ c", "㌔㌔"]
        {
            let mut count = 0;
            folded_words_until(text, |_, _| {
                count += 1;
                if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert_eq!(count, 2, "{text}");
        }
    }

    #[test]
    fn data_is_no_word() {
        let lengths =
            |text: &str| words(text).iter().map(|(range, word)| (range.len(), word.len())).collect::<Vec<_>>();
        assert_eq!(lengths(&"A".repeat(5_000)), [(5_000, MOST_BYTES)]);
        assert_eq!(lengths(&"é1".repeat(5_000)), [(15_000, MOST_BYTES)]);
    }

    /// The categories that the index's tokenizer takes for parts of a word; and letters newer than the tables this is held
    /// against (Cn), which a tokenizer that does not know them parts in what is indexed and in what is typed alike.
    #[test]
    fn every_character_survives_the_index() {
        let kept = Regex::new(r"^[\p{L}\p{N}\p{Co}\p{Mn}\p{Mc}\p{Cn}]+$").expect("a pattern");
        let lost: Vec<String> = ('\0'..=char::MAX)
            .flat_map(|c| words(&format!("a{c}")))
            .filter(|(_, word)| !kept.is_match(word))
            .map(|(_, word)| word.escape_unicode().to_string())
            .collect();
        assert_eq!(lost, [""; 0]);
    }

    #[test]
    fn syllables_are_spelled_as_other_letters_are() {
        for c in '\u{AC00}'..='\u{D7A3}' {
            let mut spelled = String::new();
            LETTERS.spell(c, &mut |piece, _| spelled.push(piece));
            assert_eq!(jamo(c).map(|jamo| jamo.into_iter().flatten().collect()), Some(spelled), "{c}");
        }
    }

    proptest! {
        #[test]
        fn words_rise_and_folding_them_again_changes_nothing(text in "\\PC*|[a-zé'が漢ก-๎ 한]{0,40}") {
            let mut last = 0..0;
            for (range, word) in words(&text) {
                prop_assert!(text.get(range.clone()).is_some() && range.start < range.end);
                prop_assert!(range.start >= last.start && range.end >= last.end, "{:?}", range);
                prop_assert!(!word.is_empty());
                last = range;
            }
            prop_assert_eq!(joined(&text).is_empty(), joined(&joined(&text)).is_empty());
        }
    }
}
