//! How much of one text stands in another: texts are compared by their shingles, the runs of a few words that begin at each
//! of their words (Broder, "On the resemblance and containment of documents", 1997). A [`Signature`] of fixed size finds what
//! may be alike among very many; [`Shingles`] tell whether it is. Knows no meaning: a translation is another text.

use std::collections::HashSet;
use std::ops::Range;
use std::thread;

use super::folded_words;
use super::segments::stands_alone;

/// Rises when the same text may have another signature than before. Those of two versions do not find each other: then all of a
/// library have to be made anew.
pub const VERSION: u32 = 1;

/// How much text a shingle spans: five words, or ten characters of Han and kana, which stand for some five words. Fewer are in
/// texts that have nothing to do with each other ("at the end of the"), and more survive fewer of an editor's changes. Of the
/// pairs in `tests/fixtures/near_duplicates` four, five, six and eight words tell all apart, five with the widest gap.
const WEIGHT: usize = 10;
const WORD_WEIGHT: usize = 2;
const CHARACTER_WEIGHT: usize = 1;

/// Values of a signature. Each agrees for two texts with the probability of their resemblance (Broder; Leskovec, Rajaraman,
/// Ullman, "Mining of Massive Datasets", section 3.3.3), and each is a band of its own (section 3.4): of bands with `r` values, a
/// resemblance of `s` is found with `1 - (1 - s^r)^b`. A telling of a tenth of the length has a resemblance below 0.1 even if
/// every word of it is in the other, where two values a band would find every second one (b = 64) and one finds 99.5 % at 0.08,
/// 93 % at 0.04. What agrees by chance is sorted out afterwards.
pub const SIGNATURE_VALUES: usize = 64;

/// Bits of a signature's value that count: among the 6.4 million values of 100,000 texts, a look-up of 64 then meets a wrong one
/// once in two thousand.
const VALUE_BITS: u32 = 40;

/// From this part of either text on that is in the other, they are tellings of one text. In the fixtures no lookalike shares
/// more than 48 %, and of each near-duplicate one side shares 74 % at least; this is the middle.
pub const ALIKE_FROM: f32 = 0.6;

/// So many words are shared at least: a saying in two notes makes no telling.
pub const FEWEST_SHARED: usize = 20;

/// From so many bytes on two threads share the work: of a novel, 500 kB, they save 10 ms of 20, and a thread costs 0.05.
const WORTH_A_THREAD: usize = 1 << 16;

/// A text's shingles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles {
    words: usize,
    /// Each with the words it spans, from the one of its place.
    all: Vec<(u64, usize)>,
}

/// How much two texts share. Words are those of the index: each character of Han and kana is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Words of this text, and those that stand in the other as well, in shingles of both.
    pub here: (usize, usize),
    /// The same of the other.
    pub there: (usize, usize),
}

impl Shared {
    /// The part of this text that is in the other, 0 to 1.
    pub fn part_here(self) -> f32 {
        part(self.here)
    }

    /// The part of the other that is in this one, 0 to 1.
    pub fn part_there(self) -> f32 {
        part(self.there)
    }

    /// Whether one of them is a telling of the other: the same text, a part of it, or it with something around it.
    pub fn is_alike(self) -> bool {
        self.part_here().max(self.part_there()) >= ALIKE_FROM && self.here.1.min(self.there.1) >= FEWEST_SHARED
    }
}

#[expect(clippy::cast_precision_loss, reason = "a part to be shown as per cent")]
fn part((words, shared): (usize, usize)) -> f32 {
    if words == 0 { 0.0 } else { shared as f32 / words as f32 }
}

impl Shingles {
    /// The shingles of a text.
    pub fn of(text: &str) -> Self {
        Self::of_parts([text])
    }

    /// The shingles of a text in parts that stand apart in it, taken together.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let parts: Vec<&str> = parts.into_iter().collect();
        let words = if parts.iter().map(|part| part.len()).sum::<usize>() < WORTH_A_THREAD {
            hashed_words(&parts)
        } else {
            let (first, second) = halves(&parts);
            let (mut words, others) = on_two_threads(|| hashed_words(&first), || hashed_words(&second));
            words.extend(others);
            words
        };
        let middle = words.len() / 2;
        let all = if words.len() * size_of::<u64>() < WORTH_A_THREAD {
            shingles_from(&words, 0..words.len())
        } else {
            let (mut all, rest) =
                on_two_threads(|| shingles_from(&words, 0..middle), || shingles_from(&words, middle..words.len()));
            all.extend(rest);
            all
        };
        Self { words: words.len(), all }
    }

    /// Words of the text.
    pub fn words(&self) -> usize {
        self.words
    }

    /// The shingles' hashes, in the order of the text.
    pub fn hashes(&self) -> impl Iterator<Item = u64> {
        self.all.iter().map(|(hash, _)| *hash)
    }

    /// What of a part of another text is not in this one, in bytes of the part: words that stand in no shingle of both. White space
    /// and punctuation around what is in both is not missing.
    pub fn missing_from(&self, part: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        folded_words(part, |range, _| places.push(range));
        let mut is_there = vec![false; places.len()];
        let known: HashSet<u64, Mixed> = self.hashes().collect();
        for (start, (hash, span)) in Self::of(part).all.into_iter().enumerate() {
            if known.contains(&hash) {
                is_there.iter_mut().skip(start).take(span).for_each(|is_there| *is_there = true);
            }
        }
        let mut missing = Vec::new();
        let mut from = Some(0);
        for (place, is_there) in places.iter().zip(is_there) {
            if !is_there {
                from = from.or(Some(place.start));
            } else if let Some(start) = from.take() {
                missing.push(start..place.start);
            }
        }
        missing.extend(from.map(|start| start..part.len()));
        let trimmed = missing.into_iter().filter_map(|range| {
            let words = part.get(range.clone())?;
            let start = range.start + words.len() - words.trim_start().len();
            let has_letters = words.chars().any(char::is_alphanumeric);
            has_letters.then(|| start..start + words.trim().len())
        });
        trimmed.collect()
    }

    /// How much this text and another share.
    pub fn shared_with(&self, other: &Self) -> Shared {
        if self.all.len().min(other.all.len()) * size_of::<u64>() >= WORTH_A_THREAD {
            let count = |of: &Self, known: &Self| of.words_in(&known.hashes().collect());
            let (here, there) = on_two_threads(|| count(self, other), || count(other, self));
            return Shared { here: (self.words, here), there: (other.words, there) };
        }
        // A note and a book: only the note's shingles are made a set of.
        let (short, long) = if self.all.len() <= other.all.len() { (self, other) } else { (other, self) };
        let of_short: HashSet<u64, Mixed> = short.hashes().collect();
        let of_both: HashSet<u64, Mixed> = long.hashes().filter(|hash| of_short.contains(hash)).collect();
        Shared { here: (self.words, self.words_in(&of_both)), there: (other.words, other.words_in(&of_both)) }
    }

    /// Words that stand in some shingles.
    fn words_in(&self, known: &HashSet<u64, Mixed>) -> usize {
        let (mut count, mut counted_to) = (0, 0);
        for (start, (hash, span)) in self.all.iter().enumerate() {
            if known.contains(hash) {
                let end = start + span;
                count += end - counted_to.max(start);
                counted_to = end;
            }
        }
        count
    }

    /// What the text is found by; `None` where it is shorter than a shingle.
    pub fn signature(&self) -> Option<Signature> {
        if self.all.is_empty() {
            return None;
        }
        let mut values = [u64::MAX; SIGNATURE_VALUES];
        let (first, second) = values.split_at_mut(SIGNATURE_VALUES / 2);
        let (seeds, rest) = (1u64.., 1 + first.len() as u64..);
        if self.all.len() * size_of::<u64>() < WORTH_A_THREAD {
            self.put_least(first, seeds);
            self.put_least(second, rest);
        } else {
            on_two_threads(|| self.put_least(first, seeds), || self.put_least(second, rest));
        }
        Some(Signature(values))
    }

    /// The least hash under the function of each seed.
    fn put_least(&self, values: &mut [u64], seeds: impl Iterator<Item = u64>) {
        for (value, seed) in values.iter_mut().zip(seeds) {
            let seed = seed.wrapping_mul(GOLDEN);
            for (hash, _) in &self.all {
                let mixed = all_but_last_step_of_mix(hash ^ seed);
                // The last step leaves the upper half as it is: nearly always that is enough to tell that another is less.
                if mixed >> 33 <= *value >> 33 {
                    *value = (*value).min(last_step_of_mix(mixed));
                }
            }
        }
    }
}

/// The shingles that begin at some of the words.
fn shingles_from(words: &[(u64, usize)], starts: Range<usize>) -> Vec<(u64, usize)> {
    let mut all = Vec::with_capacity(starts.len());
    for start in starts {
        let (mut weight, mut hash, mut span) = (0, 0, 0);
        for (word, of_word) in words.iter().skip(start) {
            weight += of_word;
            hash = mix(hash ^ word);
            span += 1;
            if weight >= WEIGHT {
                all.push((hash, span));
                break;
            }
        }
    }
    all
}

/// What the words of a text are known by, with their weights.
fn hashed_words(parts: &[&str]) -> Vec<(u64, usize)> {
    let mut words = Vec::new();
    for part in parts {
        folded_words(part, |_, word| {
            let is_character = word.chars().next().is_some_and(stands_alone);
            words.push((hash_of(word), if is_character { CHARACTER_WEIGHT } else { WORD_WEIGHT }));
        });
    }
    words
}

/// Cuts a text in parts about in the middle, where a line or a part ends: no word goes on there.
fn halves<'a>(parts: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let middle = parts.iter().map(|part| part.len()).sum::<usize>() / 2;
    let (mut first, mut second, mut bytes) = (Vec::new(), Vec::new(), 0);
    for part in parts {
        let wanted = middle.saturating_sub(bytes).min(part.len());
        bytes += part.len();
        let line_feed = part.bytes().skip(wanted).position(|byte| byte == b'\n');
        let (here, there) = match line_feed {
            _ if wanted == part.len() => (*part, ""),
            _ if wanted == 0 => ("", *part),
            Some(after) => part.split_at_checked(wanted + after).unwrap_or((part, "")),
            None => (*part, ""),
        };
        first.extend((!here.is_empty()).then_some(here));
        second.extend((!there.is_empty()).then_some(there));
    }
    (first, second)
}

/// Does two things at the same time, the first on the thread that asks. A panic of either comes out here.
pub(crate) fn on_two_threads<A, B: Send>(first: impl FnOnce() -> A, second: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        (first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// The least hash of a text's shingles under each of some functions (MinHash).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature([u64; SIGNATURE_VALUES]);

impl Signature {
    /// The values as words of letters and digits, for an index of words. Those of different places are never the same.
    pub fn terms(&self) -> impl Iterator<Item = String> {
        const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        self.0.iter().zip(1u64..).map(|(value, place)| {
            // The least of many hashes begins with zeros: what is kept of it has to be mixed again, with its place.
            let bits = mix(value ^ place) >> (64 - VALUE_BITS);
            let digit = |shift: u32| DIGITS.get(usize::try_from(bits >> shift & 31).unwrap_or_default());
            (0..VALUE_BITS).step_by(5).filter_map(digit).map(|digit| char::from(*digit)).collect()
        })
    }
}

/// What a text's words and shingles are known by. It is kept in libraries, so it is defined here and not by a crate: FNV-1a
/// (draft-eastlake-fnv), mixed.
fn hash_of(word: &str) -> u64 {
    mix(word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)))
}

/// 2^64 by the golden ratio, the step of SplitMix64.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finalizer of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
fn mix(value: u64) -> u64 {
    last_step_of_mix(all_but_last_step_of_mix(value))
}

fn all_but_last_step_of_mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(GOLDEN);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB)
}

/// It leaves the upper 31 bits as they are.
fn last_step_of_mix(z: u64) -> u64 {
    z ^ (z >> 31)
}

/// A hash table's way to what is mixed already.
#[derive(Clone, Copy, Debug, Default)]
struct Mixed(u64);

impl std::hash::BuildHasher for Mixed {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl std::hash::Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| mix(hash ^ u64::from(*byte)));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fixtures(kind: &str) -> Vec<(String, String, String)> {
        let folder = std::path::Path::new("tests/fixtures/near_duplicates");
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(stem) = name.strip_suffix(".a.txt").filter(|stem| stem.starts_with(kind)) {
                let read = |side: &str| std::fs::read_to_string(folder.join(format!("{stem}.{side}.txt"))).unwrap();
                all.push((stem.to_owned(), read("a"), read("b")));
            }
        }
        all.sort();
        assert_eq!(all.len(), 10);
        all
    }

    #[test]
    fn near_duplicates_and_lookalikes_are_told_apart() {
        for (kind, expected) in [("near", true), ("lookalike", false)] {
            for (name, a, b) in fixtures(kind) {
                let shared = Shingles::of(&a).shared_with(&Shingles::of(&b));
                let (here, there) = (shared.part_here(), shared.part_there());
                assert_eq!(shared.is_alike(), expected, "{name}: {here:.2} {there:.2}");
                // With room to either side.
                let most = here.max(there);
                assert!(if expected { most >= 0.7 } else { most <= 0.5 }, "{name}: {here:.2} {there:.2}");
            }
        }
    }

    #[test]
    fn signatures_of_near_duplicates_agree_in_places() {
        for (name, a, b) in fixtures("near") {
            let terms = |text: &str| Shingles::of(text).signature().unwrap().terms().collect::<HashSet<_>>();
            let agree = terms(&a).intersection(&terms(&b)).count();
            assert!(agree >= 8, "{name}: {agree}");
        }
    }

    #[test]
    fn what_two_texts_share_is_counted_in_words() {
        for (a, b, here, there) in [
            ("", "", (0, 0), (0, 0)),
            ("one two three", "one two three", (3, 0), (3, 0)),
            ("one two three four five", "One, two: THREE four—five!", (5, 5), (5, 5)),
            ("a b c d e f g", "x a b c d e y", (7, 5), (7, 5)),
            ("a b c d e x a b c d e", "a b c d e", (11, 10), (5, 5)),
            ("渡輪將繼續在港內行駛", "渡輪將繼續在港內行駛。", (10, 10), (10, 10)),
        ] {
            assert_eq!(Shingles::of(a).shared_with(&Shingles::of(b)), Shared { here, there }, "{a:?} {b:?}");
        }
    }

    #[test]
    fn signatures_stay_as_they_are_kept() {
        let terms: Vec<String> = Shingles::of("The ferry leaves at nine.").signature().unwrap().terms().collect();
        assert_eq!(terms.len(), SIGNATURE_VALUES);
        // They are in people's libraries: another answer needs another version of the library.
        assert_eq!(terms.first().map(String::as_str), Some("hjwmzzfx"));
        assert_eq!(Shingles::of("The ferry leaves").signature(), None);
    }

    #[test]
    fn a_long_text_is_what_its_halves_are() {
        let line =
            |number: usize| format!("Line {number} of the ferry’s log, 渡輪 and ฉันรักภาษาไทย: the wind was {number}.\n");
        let text: String = (0..3_000).map(line).collect();
        assert!(text.len() > 2 * WORTH_A_THREAD);
        let (start, rest) = text.split_at(text.find("Line 7 ").unwrap());
        for parts in [vec![text.as_str()], vec![start, rest], vec![rest, "", start], vec![]] {
            let long = Shingles::of_parts(parts.iter().copied());
            let words = hashed_words(&parts);
            assert_eq!(long.words(), words.len());
            let (first, second) = halves(&parts);
            assert_eq!([first.concat(), second.concat()].concat(), parts.concat());
            assert_eq!([hashed_words(&first), hashed_words(&second)].concat(), words);
            let least = |seed: u64| long.hashes().map(|hash| mix(hash ^ seed.wrapping_mul(GOLDEN))).min();
            let values: Option<Vec<u64>> = (1..=SIGNATURE_VALUES as u64).map(least).collect();
            assert_eq!(long.signature().map(|signature| signature.0.to_vec()), values);
            // What two long texts share is what the shingles of both say.
            let other = Shingles::of(text.split_at(text.find("Line 900 ").unwrap()).1);
            let of_both: HashSet<u64, Mixed> = other.hashes().collect();
            let of_both: HashSet<u64, Mixed> = long.hashes().filter(|hash| of_both.contains(hash)).collect();
            let shared = long.shared_with(&other);
            assert_eq!(shared.here, (long.words(), long.words_in(&of_both)));
            assert_eq!(shared.there, (other.words(), other.words_in(&of_both)));
        }
    }

    proptest! {
        #[test]
        fn halves_are_cut_where_no_word_goes_on(parts in proptest::collection::vec("[ab漢\n ]{0,12}", 0..5)) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let (first, second) = halves(&parts);
            prop_assert_eq!([first.concat(), second.concat()].concat(), parts.concat());
            prop_assert_eq!([hashed_words(&first), hashed_words(&second)].concat(), hashed_words(&parts));
        }

        #[test]
        fn a_text_is_all_in_itself_and_sharing_goes_both_ways(a in "[a-c漢 ]{0,60}", b in "[a-c漢 ]{0,60}") {
            let (first, second) = (Shingles::of(&a), Shingles::of(&b));
            let shared = first.shared_with(&second);
            prop_assert_eq!(second.shared_with(&first), Shared { here: shared.there, there: shared.here });
            prop_assert!(shared.here.1 <= shared.here.0 && shared.there.1 <= shared.there.0);
            prop_assert_eq!(shared.here.1 == 0, shared.there.1 == 0);
            // Where words and characters mix, the last one may be in no shingle: that before it was long enough without it.
            let itself = first.shared_with(&first).here;
            prop_assert!(first.all.is_empty() || itself.1 + 1 >= itself.0, "{:?}", itself);
        }
    }
}
