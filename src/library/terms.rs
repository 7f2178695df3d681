//! What is put into the full-text index of a text, and how a query's words are cut the same way. Knows no table: the
//! index's own tokenizer only has to part what comes from here at spaces, and to leave marks alone
//! (`unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'`).

use crate::text::folded_words;
use crate::text::segments::stands_alone;

/// The words of a text as they are indexed, apart by one space.
pub fn index_text(text: &str) -> String {
    // Han and kana come out a third longer, by their spaces.
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    folded_words(text, |_, word| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    });
    out
}

/// The terms of the index that have to stand in this sequence where `text` stands. Empty if it has no letter and no digit.
pub fn phrase_of(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    folded_words(text, |_, word| terms.push(word.to_owned()));
    terms
}

/// The phrase of each word that is typed, white space between them: `l’eau 東京` → `l eau`, `東 京`.
pub fn terms_of(text: &str) -> Vec<Vec<String>> {
    text.split_whitespace().map(phrase_of).filter(|terms| !terms.is_empty()).collect()
}

/// Whether a term may be the beginning of a longer one: what stands alone in the index is always whole.
pub fn can_grow(term: &str) -> bool {
    !term.chars().next().is_some_and(stands_alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_indexed_by_its_words() {
        for (text, expected) in [
            ("", ""),
            (" The ferry’s\n\u{FFFC} fare ", "the ferry s fare"),
            ("渡輪。Ferry", "渡 輪 ferry"),
            ("ไปกิน", "ไป กิน"),
        ] {
            assert_eq!(index_text(text), expected, "{text}");
        }
    }

    #[test]
    fn typed_words_are_phrases() {
        let check = |typed: &str, expected: &[&str]| {
            let terms: Vec<String> = terms_of(typed).iter().map(|terms| terms.join(" ")).collect();
            assert_eq!(terms, expected, "{typed}");
        };
        check("Ferry harbour", &["ferry", "harbour"]);
        check("l’Eau ferry-boat & ", &["l eau", "ferry boat"]);
        check("東京\u{3000}船", &["東 京", "船"]);
        check("ข้ามฟาก", &["ขาม ฟาก"]);
    }

    #[test]
    fn a_character_that_stands_alone_does_not_grow() {
        for (term, expected) in [("fer", true), ("ก", true), ("船", false), ("か\u{3099}", false), ("", true)] {
            assert_eq!(can_grow(term), expected, "{term}");
        }
    }
}
