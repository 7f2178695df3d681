//! The words of Thai, which is written without spaces: those of the dictionary that comes with the segmenter, chosen as
//! ICU's and so browsers' engine does (ThaiBreakEngine in ICU's `dictbe.cpp`). The segmenter itself takes the longest word
//! at each place, which leaves what it cannot read behind it: มาเล|ย for มา|เลย. Knows nothing but Thai.

use std::sync::OnceLock;

use icu_provider::prelude::{
    DataIdentifierBorrowed, DataMarkerAttributes, DataProvider, DataRequest, DataRequestMetadata, DataResponse,
};
use icu_segmenter::provider::{Baked, DictionaryBreakData, SegmenterDictionaryExtendedV2};

/// ICU's numbers, in characters. A run this short is one word.
const SHORTEST_RUN: usize = 4;
/// What is no word is joined to the word before it, unless that is as long as this …
const ROOT_COMBINE_THRESHOLD: usize = 3;
/// … or as much of it has to be read to see that it is none.
const PREFIX_COMBINE_THRESHOLD: usize = 3;

/// Stands behind a word that is shortened, or after a list that goes on.
const PAIYANNOI: char = 'ฯ';
/// Stands behind a word that is said twice.
const MAIYAMOK: char = 'ๆ';

/// Whether a character is one that words are made of: the Thai ones of line breaking class SA.
pub(super) fn is_letter(c: char) -> bool {
    matches!(c, '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}')
}

fn begins_a_word(c: char) -> bool {
    matches!(c, '\u{E01}'..='\u{E2E}' | '\u{E40}'..='\u{E44}')
}

fn ends_a_word(c: char) -> bool {
    is_letter(c) && !matches!(c, '\u{E31}' | '\u{E40}'..='\u{E44}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

/// Calls `at` with the offset of each word of a run of letters but the first, rising.
pub(super) fn word_starts(run: &str, mut at: impl FnMut(usize)) {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    if letters.len() <= SHORTEST_RUN {
        return;
    }
    let Some(words) = Words::new(&letters) else { return };
    let mut start = 0;
    while start < letters.len() {
        start = words.word_end(start).max(start + 1);
        if let Some((offset, _)) = letters.get(start) {
            at(*offset);
        }
    }
}

/// A run of letters and the dictionary.
struct Words<'a> {
    letters: &'a [(usize, char)],
    dictionary: &'static DictionaryBreakData<'static>,
}

/// What the dictionary has at a place, in letters.
#[derive(Default)]
struct Candidates {
    /// The ends of the words that begin here, rising.
    ends: Vec<usize>,
    /// How much has to be read to know them all.
    prefix: usize,
}

impl<'a> Words<'a> {
    fn new(letters: &'a [(usize, char)]) -> Option<Self> {
        Some(Self { letters, dictionary: dictionary()? })
    }

    fn letter(&self, at: usize) -> char {
        self.letters.get(at).map_or(' ', |(_, letter)| *letter)
    }

    /// Where the word that begins at `start` ends.
    fn word_end(&self, start: usize) -> usize {
        let length = self.letters.len();
        let mut end = self.best(start, &self.candidates(start).ends).unwrap_or(start);
        if end < length && end - start < ROOT_COMBINE_THRESHOLD {
            let next = self.candidates(end);
            if next.ends.is_empty() && (end == start || next.prefix < PREFIX_COMBINE_THRESHOLD) {
                end = self.next_plausible_start(end);
            }
        }
        while end < length && is_mark(self.letter(end)) {
            end += 1;
        }
        if end < length && end > start && !self.has_word(end) {
            if self.letter(end) == PAIYANNOI && !matches!(self.letter(end - 1), PAIYANNOI | MAIYAMOK) {
                end += 1;
            }
            if self.letter(end) == MAIYAMOK && self.letter(end - 1) != MAIYAMOK {
                end += 1;
            }
        }
        end
    }

    /// Which of the words at `start` to take: the longest that two more can follow, or else the shortest that one can.
    fn best(&self, start: usize, ends: &[usize]) -> Option<usize> {
        let longest = *ends.last()?;
        if ends.len() == 1 || longest >= self.letters.len() {
            return Some(longest);
        }
        let mut best = longest;
        for end in ends.iter().rev().copied().filter(|end| *end > start) {
            let second = self.candidates(end).ends;
            let Some(furthest) = second.last() else { continue };
            best = end;
            if *furthest >= self.letters.len() || second.iter().rev().any(|end| self.has_word(*end)) {
                break;
            }
        }
        Some(best)
    }

    /// The next place behind `at` where a word of the dictionary begins and a word may begin.
    fn next_plausible_start(&self, at: usize) -> usize {
        let plausible =
            |at: &usize| ends_a_word(self.letter(at - 1)) && begins_a_word(self.letter(*at)) && self.has_word(*at);
        (at + 1..self.letters.len()).find(plausible).unwrap_or(self.letters.len())
    }

    fn has_word(&self, at: usize) -> bool {
        !self.candidates(at).ends.is_empty()
    }

    fn candidates(&self, start: usize) -> Candidates {
        let mut found = Candidates::default();
        let DictionaryBreakData::ZeroTrie { alphabet, trie } = self.dictionary else { return found };
        let mut cursor = trie.cursor();
        for (at, (_, letter)) in self.letters.iter().enumerate().skip(start) {
            let Some(code) = alphabet.position(*letter).and_then(|code| u8::try_from(code).ok()) else { break };
            cursor.step(code);
            found.prefix += 1;
            if cursor.take_value().is_some() {
                found.ends.push(at + 1);
            }
            if cursor.is_empty() {
                break;
            }
        }
        found
    }
}

fn dictionary() -> Option<&'static DictionaryBreakData<'static>> {
    static DICTIONARY: OnceLock<Option<&DictionaryBreakData<'_>>> = OnceLock::new();
    *DICTIONARY.get_or_init(|| {
        let name = DataMarkerAttributes::try_from_str("thaidict").ok()?;
        let id = DataIdentifierBorrowed::for_marker_attributes(name);
        let request = DataRequest { id, metadata: DataRequestMetadata::default() };
        let response: DataResponse<SegmenterDictionaryExtendedV2> = Baked.load(request).ok()?;
        response.payload.get_static()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_chosen_by_what_follows_them() {
        for expected in ["รอ|มา|นาน", "กลับ|มา|เลย", "ค่อยๆ|จิบ|กาแฟ", "ผู้ใหญ่|บ้าน", "กรุงเทพฯ|เป็น|เมือง", "กกก", ""]
        {
            let text = expected.replace('|', "");
            let mut broken = text.clone();
            let mut starts = Vec::new();
            word_starts(&text, |at| starts.push(at));
            for at in starts.into_iter().rev() {
                broken.insert(at, '|');
            }
            assert_eq!(broken, expected);
        }
    }
}
