//! The words that the rules know, by language: the lists of `assets/lexicons`, read once. Knows no grammar.
//!
//! - [`class`]: what a word can be

mod class;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

pub(super) use class::Class;

use super::passages::words_of;

/// The word lists.
const LISTS: [&str; 8] = [
    include_str!("../../../assets/lexicons/numbers.txt"),
    include_str!("../../../assets/lexicons/units.txt"),
    include_str!("../../../assets/lexicons/calendar.txt"),
    include_str!("../../../assets/lexicons/small_words.txt"),
    include_str!("../../../assets/lexicons/people.txt"),
    include_str!("../../../assets/lexicons/first_names.txt"),
    include_str!("../../../assets/lexicons/organisations.txt"),
    include_str!("../../../assets/lexicons/places.txt"),
];

/// A language that there are words of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
}

impl Language {
    /// Every language.
    const ALL: [Self; 7] =
        [Self::English, Self::German, Self::French, Self::Spanish, Self::Italian, Self::Portuguese, Self::Dutch];

    /// The language of a BCP 47 tag, whatever its region.
    pub(super) fn of_tag(tag: &str) -> Option<Self> {
        let code = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| code.eq_ignore_ascii_case(language.code()))
    }

    fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Italian => "it",
            Self::Portuguese => "pt",
            Self::Dutch => "nl",
        }
    }

    /// Whether nouns stand before what describes them, and "of" joins the parts of a name.
    pub(super) fn is_romance(self) -> bool {
        matches!(self, Self::French | Self::Spanish | Self::Italian | Self::Portuguese)
    }
}

/// One meaning of a word or of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sense {
    pub(super) class: Class,
    /// The value behind the class as a number; 0 where it is none.
    pub(super) number: f64,
    /// The value as it stands in the list.
    pub(super) text: &'static str,
}

/// What is known of a word.
#[derive(Debug, Default)]
pub(super) struct Entry {
    classes: u128,
    /// The classes of what begins with it.
    phrase_classes: u128,
    senses: Vec<Sense>,
    /// What begins with the word, longest first.
    phrases: Vec<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    sense: Sense,
}

impl Entry {
    pub(super) fn has(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    pub(super) fn sense(&self, class: Class) -> Option<Sense> {
        if !self.has(class) {
            return None;
        }
        self.senses.iter().copied().find(|sense| sense.class == class)
    }

    /// Whether it is, or begins, something of one of these classes.
    pub(super) fn leads_to(&self, classes: &[Class]) -> bool {
        let known = self.classes | self.phrase_classes;
        classes.iter().any(|class| known & class.bit() != 0)
    }

    pub(super) fn begins(&self, class: Class) -> bool {
        self.phrase_classes & class.bit() != 0
    }

    /// The phrases of a class that begin with the word: what follows it, and what it means.
    pub(super) fn phrases(&self, class: Class) -> impl Iterator<Item = (&[String], Sense)> {
        self.phrases.iter().filter(move |phrase| phrase.sense.class == class).map(|p| (p.rest.as_slice(), p.sense))
    }
}

/// FNV-1a, by words of eight bytes: each word of a text is looked up, and nobody chooses the lists to make them collide.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        const PRIME: u64 = 0x0100_0000_01B3;
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
            self.0 = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(PRIME).rotate_left(23);
        }
    }
}

/// All words of a language.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<String, Entry, BuildHasherDefault<Quick>>,
}

impl Vocabulary {
    /// The words of a language, or those of every language alone.
    pub(super) fn of(language: Option<Language>) -> &'static Self {
        static VOCABULARIES: [OnceLock<Vocabulary>; 8] = [const { OnceLock::new() }; 8];
        let number = language.and_then(|l| Language::ALL.iter().position(|known| *known == l)).unwrap_or(7);
        // There are as many cells as languages, and one.
        let Some(cell) = VOCABULARIES.get(number) else { unreachable!("a language without a cell") };
        cell.get_or_init(|| Self::read(language))
    }

    pub(super) fn get(&self, word: &str) -> Option<&Entry> {
        self.words.get(word)
    }

    fn read(language: Option<Language>) -> Self {
        let mut vocabulary = Self::default();
        for list in LISTS {
            vocabulary.add_list(list, language);
        }
        for entry in vocabulary.words.values_mut() {
            entry.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        vocabulary
    }

    fn add_list(&mut self, list: &'static str, language: Option<Language>) {
        let mut applies = false;
        for line in list.lines() {
            if let Some(section) = line.strip_prefix("# ") {
                applies = section == "all" || language.is_some_and(|language| section == language.code());
                continue;
            }
            let mut words = line.split_whitespace();
            let Some(head) = words.next().filter(|_| applies) else { continue };
            let (name, text) = head.split_once('=').unwrap_or((head, ""));
            let Some(class) = Class::named(name) else { continue };
            let sense = Sense { class, number: text.parse().unwrap_or_default(), text };
            for word in words {
                self.add(&word.replace('_', " "), language, sense);
            }
        }
    }

    fn add(&mut self, written: &str, language: Option<Language>, sense: Sense) {
        let mut parts = words_of(written, language).into_iter();
        let Some(first) = parts.next() else { return };
        let entry = self.words.entry(first).or_default();
        let rest: Vec<String> = parts.collect();
        if rest.is_empty() {
            entry.classes |= sense.class.bit();
            entry.senses.push(sense);
        } else {
            entry.phrase_classes |= sense.class.bit();
            entry.phrases.push(Phrase { rest, sense });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_understood() {
        for list in LISTS {
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                let name = line.split([' ', '=']).next().unwrap_or_default();
                assert!(Class::named(name).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn words_and_phrases_are_found_by_language() {
        let english = Vocabulary::of(Some(Language::English));
        assert_eq!(english.get("dozen").and_then(|e| e.sense(Class::Collective)).map(|s| s.number), Some(12.0));
        assert!(english.get("prime").is_some_and(|e| e.phrases(Class::Title).next().is_some()));
        assert!(english.get("zwölf").is_none());
        assert!(Vocabulary::of(None).get("€").is_some_and(|e| e.has(Class::Currency)));
    }
}
