//! Stated reading times: "3 Min Read", "Lesezeit: 3 Min.", "5 min de lecture". Takes a line for one only if it says little
//! else.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::fold;

struct Words {
    minute: HashSet<String>,
    read: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { minute: HashSet::new(), read: HashSet::new() };
    for entry in super::lexicon::entries(include_str!("../../../assets/lexicons/reading_time.txt")) {
        let mut parts = entry.split_whitespace();
        let set = if parts.next() == Some("minute") { &mut words.minute } else { &mut words.read };
        set.extend(parts.map(fold));
    }
    words
});

/// Words that only say that a word of reading follows; alone they prove nothing.
const PARTICLES: &[&str] = &["de", "di", "a", "to", "time", "temps", "tempo", "tiempo", "length", "est", "lire"];

/// Words a line may have besides its reading time: a site's name, a date, an author.
const MOST_OTHER_WORDS: usize = 8;

/// The longest article anybody states a reading time for, in minutes.
const MOST_MINUTES: u32 = 240;

/// The minutes that a line states it takes to read.
pub(super) fn stated_minutes(text: &str) -> Option<u32> {
    if text.len() > 160 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let folded = split_digits(&fold(text));
    let words: Vec<&str> = folded.split(' ').collect();
    let at = words.iter().position(|w| WORDS.minute.contains(*w))?;
    let is_reading = |w: &&&str| WORDS.read.contains(**w) && !PARTICLES.contains(*w);
    if !words.iter().any(|w| is_reading(&w)) && !says_time_to_read(&folded) {
        return None;
    }
    // "8–10 min read": the longer is stated last.
    let minutes: u32 = words.get(at.checked_sub(1)?)?.parse().ok()?;
    let other = words
        .iter()
        .filter(|w| !(WORDS.minute.contains(**w) || WORDS.read.contains(**w) || w.parse::<u32>().is_ok()))
        .count();
    ((1..=MOST_MINUTES).contains(&minutes) && other <= MOST_OTHER_WORDS).then_some(minutes)
}

fn says_time_to_read(folded: &str) -> bool {
    folded.contains("a lire") || folded.contains("time to read")
}

/// "3min" as "3 min".
fn split_digits(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len() + 4);
    let mut was_digit = false;
    for c in folded.chars() {
        if was_digit && c.is_alphabetic() {
            out.push(' ');
        }
        was_digit = c.is_ascii_digit();
        out.push(c);
    }
    out
}

/// What a line says besides its reading time, marks at its ends aside: "RksNews" of "RksNews 3 Min Read".
pub(super) fn without_time(text: &str) -> String {
    let is_time = |word: &str| {
        let folded = split_digits(&fold(word));
        !folded.is_empty()
            && folded.split(' ').all(|w| WORDS.minute.contains(w) || WORDS.read.contains(w) || w.parse::<u32>().is_ok())
    };
    let kept: Vec<&str> = text.split_whitespace().filter(|w| !is_time(w)).collect();
    kept.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_times_are_read() {
        for (text, expected) in [
            ("3 Min Read", Some(3)),
            ("RksNews 3 Min Read", Some(3)),
            ("3 minute read", Some(3)),
            ("12-minute read", Some(12)),
            ("Reading time: 4 minutes", Some(4)),
            ("8–10 min read", Some(10)),
            ("Lesezeit: 3 Min.", Some(3)),
            ("Lesedauer ca. 7 Minuten", Some(7)),
            ("5 min de lecture", Some(5)),
            ("Temps de lecture : 6 minutes", Some(6)),
            ("Lectura de 4 minutos", Some(4)),
            ("Tiempo de lectura: 2 min.", Some(2)),
            ("3 minuti di lettura", Some(3)),
            ("Tempo di lettura: 3 min", Some(3)),
            ("4 min de leitura", Some(4)),
            ("Leestijd: 5 minuten", Some(5)),
            ("3min read", Some(3)),
            ("Prep time: 10 minutes", None),
            ("Cooking takes 20 minutes", None),
            ("Read 3 books", None),
            ("The ferry takes 20 minutes", None),
        ] {
            assert_eq!(stated_minutes(text), expected, "{text}");
        }
        assert_eq!(without_time("RksNews 3 Min Read"), "RksNews");
        assert_eq!(without_time("3 Min Read"), "");
    }
}
