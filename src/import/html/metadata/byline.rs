//! Author and date out of the words of the lines around the title: "By Ann Lee | 4 March 2026", "Dec 17, 2025Ann Lee".
//! Believes less than the page's own statements, and only where these are silent or shorter.

use super::authors::{is_site, site_names, split_names};
use super::dates;
use crate::document::{Metadata, Provenance, StatedDate};
use crate::import::html::furniture::is_reading_time;
use crate::text::{collapse_whitespace, fold};

/// A line near the title, or one further down that names its writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadLine {
    /// Its words.
    pub text: String,
    /// Its element says that it names an author.
    pub says_author: bool,
    /// Its element says that it states a date.
    pub says_date: bool,
    /// It stands in the story's head, not behind it.
    pub in_head: bool,
    /// The same words stand in a line further down.
    pub again: bool,
}

/// How lines lead up to a name, in lower case.
const LEADS: &[&str] = &[
    "by:",
    "by ",
    "by\u{a0}",
    "written by:",
    "written by ",
    "words by ",
    "posted by ",
    "story by ",
    "published by ",
    "author:",
    "authors:",
    "von ",
    "par ",
    "por ",
    "por:",
    "autor:",
    "auteur:",
    "автор:",
    "文/",
    "作者:",
    "作者：",
];

/// Words that stand in dates beside months and numbers.
const DATE_WORDS: &[&str] = &[
    "at",
    "am",
    "pm",
    "a.m.",
    "p.m.",
    "est",
    "edt",
    "et",
    "pst",
    "pdt",
    "pt",
    "cst",
    "cdt",
    "ct",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "uhr",
    "de",
    "of",
    "the",
    "on",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "h",
    "hrs",
    "ist",
];

/// Words before a date, in lower case.
const STAMPS: &[&str] = &[
    "published",
    "posted",
    "updated",
    "last",
    "modified",
    "date",
    "first",
    "on",
    "reviewed",
    "created",
    "aktualisiert",
    "veröffentlicht",
    "publié",
    "publicado",
    "le",
    "stand",
];

/// Adds what the lines say to what the page states.
pub fn read(lines: &[HeadLine], metadata: &mut Metadata) {
    let site = site_names(metadata);
    let readings: Vec<Read> = lines.iter().map(|line| read_line(line, &site)).collect();
    // A note that tells when a story first came out, wherever it stands, counts before what stands in its head.
    if metadata.published.is_empty()
        && let Some(date) = lines.iter().find_map(|line| first_published(&line.text))
    {
        metadata.published.add(date, Provenance::Text);
    }
    // Published first, wherever it stands; a page that states only when it was updated states the date of what one reads.
    for updated in [false, true] {
        let found = lines
            .iter()
            .zip(&readings)
            .filter(|(line, _)| line.in_head)
            .find_map(|(_, read)| read.date.filter(|_| read.updated == updated));
        if let Some(date) = found {
            if updated {
                metadata.modified.add(date, Provenance::Text);
            }
            if metadata.published.is_empty() {
                metadata.published.add(date, Provenance::Text);
            }
        }
    }
    let stated: Vec<String> = metadata.authors.value().into_iter().flatten().map(|name| fold(name)).collect();
    let beside_date = || name_beside_date(lines, &readings, &site);
    let named = readings.iter().find(|read| !read.names.is_empty()).cloned().or_else(beside_date);
    let Some(named) = named else { return };
    let folded: Vec<String> = named.names.iter().map(|name| fold(name)).collect();
    if stated.is_empty() {
        metadata.authors.add(named.names.clone(), Provenance::Text);
    } else if named.names.len() > stated.len()
        && named.certain
        && stated.iter().all(|name| folded.iter().any(|other| other.ends_with(name.as_str())))
    {
        // The byline names all of them, the statement only the first.
        metadata.authors.put_first(named.names.clone(), Provenance::Text);
    } else if named.certain && narrows(&stated, &folded) {
        metadata.authors.put_first(named.names.clone(), Provenance::Text);
    } else if named.certain
        && matches!(metadata.authors.first().map(|first| &first.from), Some(Provenance::Meta(_)))
        && !stated
            .iter()
            .any(|name| folded.iter().any(|other| other.contains(name.as_str()) || name.contains(other.as_str())))
    {
        // A guest's text: the tag names who put it online.
        metadata.authors.put_first(named.names.clone(), Provenance::Text);
    } else if named.certain {
        metadata.authors.add(named.names.clone(), Provenance::Text);
    }
}

/// Whether the byline names some of those stated, and whoever it leaves out is no person but an office or a body.
fn narrows(stated: &[String], byline: &[String]) -> bool {
    let (named, left): (Vec<&String>, Vec<&String>) = stated.iter().partition(|name| byline.contains(name));
    !named.is_empty() && !left.is_empty() && left.iter().all(|name| name.split(' ').count() > MOST_PERSON_WORDS)
}

/// The most words of a name that a person has.
const MOST_PERSON_WORDS: usize = 4;

/// A person's name on a line of its own beside the date's, which stands once more below: there the author is presented.
fn name_beside_date(lines: &[HeadLine], readings: &[Read], site: &[String]) -> Option<Read> {
    let dated = |at: usize| readings.get(at).is_some_and(|read| read.date.is_some());
    lines.iter().enumerate().find_map(|(at, line)| {
        let near = (at.saturating_sub(2)..=at + 2).any(|other| other != at && dated(other));
        let name = collapse_whitespace(&line.text);
        let is_author = line.in_head && line.again && near && is_person(&name) && !is_site(&name, site);
        is_author.then(|| Read { names: vec![name], ..Read::default() })
    })
}

/// What one line says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Read {
    names: Vec<String>,
    /// A word or an element says that these are authors.
    certain: bool,
    date: Option<StatedDate>,
    updated: bool,
}

fn read_line(line: &HeadLine, site: &[String]) -> Read {
    let text = parted(&line.text);
    let lower = text.to_lowercase();
    let mut read = Read { updated: is_update(&lower), ..Read::default() };
    let mut loose: Vec<String> = Vec::new();
    let mut led = false;
    for piece in text.split(['\n', '|', '•', '·', '●', '・', '—', '–', '\u{FFFC}', '⋅']).flat_map(split_at_slashes)
    {
        let Parts { before, date, behind } = split_date(piece.trim());
        read.date = read.date.or(date);
        // Behind the date of "Posted by Ann Lee on 4 March from the harbour" stands no name.
        let is_led = |words: &str| LEADS.iter().any(|lead| words.to_lowercase().starts_with(lead));
        let sides = if is_led(&before) { vec![before] } else { vec![before, behind] };
        for words in sides {
            let words = words.trim().trim_matches([',', '-', '(', ')', '"', ' ']);
            let lower = words.to_lowercase();
            if words.is_empty() {
                continue;
            }
            // "Written by:", a portrait, the name.
            if LEADS
                .iter()
                .any(|lead| lead.trim_end_matches([' ', ':', '\u{a0}']) == lower.trim_end_matches([':', ' ']))
            {
                led = true;
                continue;
            }
            let lead = LEADS.iter().find(|lead| lower.starts_with(*lead));
            if read.names.is_empty() && (lead.is_some() || led || line.says_author) {
                let rest = lead.map_or(words, |lead| words.get(lead.len()..).unwrap_or_default());
                let names = split_names(rest.trim().trim_start_matches(':').trim());
                let by_word = lead.is_some() || led;
                let kept = |name: &String| {
                    is_name(name) && (is_person(name) || !is_site(name, site) && (by_word || !names_body(name)))
                };
                read.names = names.into_iter().filter(kept).collect();
                read.certain = !read.names.is_empty();
            } else if lead.is_none() && !is_reading_time(words) {
                loose.push(words.to_owned());
            }
        }
    }
    // A line of a date and two or three capitalised words: the words are who wrote it.
    if read.names.is_empty()
        && line.in_head
        && read.date.is_some()
        && let [only] = loose.as_slice()
        && (2..=3).contains(&only.split_whitespace().count())
        && is_person(only)
        && (line.says_author || !is_site(only, site) || line.again)
        && !STAMPS.iter().any(|stamp| fold(only).split(' ').any(|word| word == *stamp))
    {
        read.names = split_names(only);
    }
    read
}

/// The parts of a piece between slashes, but for those of a date in numbers.
fn split_at_slashes(piece: &str) -> Vec<&str> {
    let in_numbers = |at: usize| {
        let before = piece.get(..at).and_then(|text| text.chars().next_back());
        let behind = piece.get(at + 1..).and_then(|text| text.chars().next());
        before.is_some_and(|c| c.is_ascii_digit()) && behind.is_some_and(|c| c.is_ascii_digit())
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in piece.match_indices('/').filter(|(at, _)| !in_numbers(*at)) {
        parts.extend(piece.get(start..at));
        start = at + 1;
    }
    parts.extend(piece.get(start..));
    parts
}

/// Words that grew together where elements met, apart again: "2025Ann", "ByAnn".
fn parted(text: &str) -> String {
    let text = text.replace("\u{a0}\u{a0}", "|").replace('\u{a0}', " ");
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut word = String::new();
    for c in text.chars() {
        let glued = c.is_uppercase()
            && (before.is_ascii_digit()
                || before.is_lowercase()
                    && ["by", "on", "updated", "published", "posted", "author"]
                        .contains(&word.to_lowercase().as_str()));
        if glued {
            out.push(' ');
            word.clear();
        }
        if c.is_alphanumeric() {
            word.push(c);
        } else {
            word.clear();
        }
        out.push(c);
        before = c;
    }
    out
}

fn is_update(lower: &str) -> bool {
    let updated = ["updated", "modified", "aktualisiert", "mis à jour", "actualizado", "atualizado", "aggiornato"];
    let published = ["published", "posted", "veröffentlicht", "publié", "publicado"];
    updated.iter().any(|word| lower.contains(word)) && !published.iter().any(|word| lower.contains(word))
}

/// A piece of a line: its date, and what stands around that.
#[derive(Debug, Default)]
struct Parts {
    before: String,
    date: Option<StatedDate>,
    behind: String,
}

fn split_date(piece: &str) -> Parts {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches([',', '.', '(', ')', ':', '@']).to_lowercase();
    let is_number = |word: &str| {
        let word = plain(word);
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        digits.contains(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | ':' | '-'))
    };
    let is_core = |word: &str| is_number(word) || dates::is_month(&plain(word));
    let none = || Parts { before: piece.to_owned(), ..Parts::default() };
    let Some(first) = words.iter().position(|word| is_core(word)) else { return none() };
    let is_part = |word: &&&str| is_core(word) || DATE_WORDS.contains(&plain(word).as_str());
    let count = words.iter().skip(first).take_while(is_part).count();
    let run = words.iter().skip(first).take(count).map(|word| word.trim_matches(['(', ')', '@'])).collect::<Vec<_>>();
    // What follows a date in its run can be anything: the longest beginning that is a date counts. A year alone is a
    // number in a heading.
    let date = (1..=run.len()).rev().find_map(|length| dates::parse(&run.get(..length)?.join(" ")));
    let Some(date) = date.filter(|date| date.month().is_some()) else { return none() };
    let mut before: Vec<&str> = words.iter().take(first).copied().collect();
    while before.last().is_some_and(|word| {
        let word = plain(word);
        STAMPS.contains(&word.as_str()) || DATE_WORDS.contains(&word.as_str())
    }) {
        before.pop();
    }
    let behind = words.iter().skip(first + count).copied().collect::<Vec<_>>().join(" ");
    // From a day to a day something lasts; nothing is published so.
    if behind.strip_prefix(['-', '–']).is_some_and(|end| dates::parse(end.trim()).is_some()) {
        return none();
    }
    Parts { before: before.join(" "), date: Some(date), behind }
}

/// Words, folded, that bodies have in their names and persons do not.
const BODY_WORDS: &[&str] = &[
    "editorial",
    "team",
    "staff",
    "official",
    "desk",
    "newsroom",
    "university",
    "institute",
    "college",
    "school",
    "company",
    "agency",
    "group",
    "clinic",
    "association",
    "foundation",
    "inc",
    "llc",
    "ltd",
    "gmbh",
    "media",
    "news",
    "magazine",
    "journal",
    "tips",
    "society",
    "department",
    "bank",
    "network",
    "press",
    "times",
    "post",
    "studio",
    "solutions",
    "services",
];

fn names_body(name: &str) -> bool {
    fold(name).split(' ').any(|word| BODY_WORDS.contains(&word))
}

/// Whether a name is a person's by its form: two or three words, each with a capital.
pub(super) fn is_person(name: &str) -> bool {
    let mut words = 0;
    for word in name.split_whitespace() {
        let starts = word.chars().next().is_some_and(char::is_uppercase);
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        // Whole words in capitals are firms' and sections'.
        let shouted = word.chars().filter(|c| c.is_uppercase()).count() > 2 && !word.chars().any(char::is_lowercase);
        if !starts || !letters || shouted || BODY_WORDS.contains(&fold(word).as_str()) {
            return false;
        }
        words += 1;
    }
    (2..=3).contains(&words) && is_name(name)
}

/// Whether words are written as names are: each with a capital, but for particles.
fn is_name(text: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "do", "dos", "van", "von", "der", "den", "di", "la", "le", "bin", "al", "el", "y", "e", "ten",
        "ter", "of",
    ];
    const NO_NAMES: &[&str] = &[
        "min",
        "mins",
        "minute",
        "minutes",
        "read",
        "share",
        "comments",
        "views",
        "updated",
        "published",
        "news",
        "blog",
        "home",
        "category",
        "posted",
        "written",
        "reviewed",
        "share",
        "save",
        "listen",
        "subscribe",
        "guide",
        "guides",
        "resources",
        "articles",
    ];
    let mut words = 0;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(['.', ',', '(', ')', '"']);
        if NO_NAMES.contains(&fold(bare).as_str()) {
            return false;
        }
        let first = bare.chars().next();
        if first.is_some_and(char::is_lowercase) && !PARTICLES.contains(&bare) && text.contains(' ') {
            return false;
        }
        words += 1;
    }
    (1..=6).contains(&words)
}

/// How notes begin that tell when a story first came out, in lower case.
const FIRST_PUBLISHED: &[&str] = &["originally published on ", "first published on ", "originally posted on "];

/// Whether a line tells when a story first came out.
pub fn tells_first_published(text: &str) -> bool {
    let lower = text.to_lowercase();
    FIRST_PUBLISHED.iter().any(|lead| lower.contains(lead))
}

/// The date in a line like "This was originally published on 4 March 2026 and has been updated".
fn first_published(text: &str) -> Option<StatedDate> {
    let text = collapse_whitespace(text);
    let lower = text.to_lowercase();
    let behind = FIRST_PUBLISHED.iter().find_map(|lead| lower.find(lead).map(|at| at + lead.len()))?;
    split_date(lower.get(behind..)?).date
}

/// A date in a line like "Published on March 4, 2026 by Ann Lee"; none in one that says when it was updated.
pub(super) fn date_in_line(line: &str) -> Option<StatedDate> {
    let text = parted(line);
    if is_update(&text.to_lowercase()) {
        return None;
    }
    dates::parse(&collapse_whitespace(&text)).or_else(|| split_date(text.trim()).date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_tells_when_a_story_first_came_out() {
        for (text, expected) in [
            ("This was originally published on 4 March 2026 and is kept up to date.", Some("2026-03-04")),
            ("First published on Mar 4, 2026", Some("2026-03-04")),
            ("Originally published on the harbour's own page", None),
            ("Published on 4 March 2026", None),
        ] {
            assert_eq!(first_published(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn bylines_are_read_by_their_words() {
        for (text, says_author, names, date) in [
            ("By Ann Lee | 4 March 2026", false, &["Ann Lee"][..], Some("2026-03-04")),
            ("Dec 17, 2025Ann K. Lee", false, &["Ann K. Lee"], Some("2025-12-17")),
            ("ByAnn Lee Updated onFebruary 16, 2026", false, &["Ann Lee"], Some("2026-02-16")),
            ("Ann Lee July 13, 2025 — 7 minutes read", false, &["Ann Lee"], Some("2025-07-13")),
            ("by Ann Lee ● December 23, 2025 ● 6 min read", false, &["Ann Lee"], Some("2025-12-23")),
            ("Posted by AnnL on Friday December 19, 2025 @08:00PM", false, &["AnnL"], Some("2025-12-19T20:00")),
            ("Written by Dr Ann Lee, Bo Li, Cy Fo", false, &["Dr Ann Lee", "Bo Li", "Cy Fo"], None),
            ("Ann Lee", true, &["Ann Lee"], None),
            ("Ann Lee", false, &[], None),
            ("Personal finance March 2026", false, &[], Some("2026-03")),
            ("December 18, 2025 ・ 3 min read", false, &[], Some("2025-12-18")),
            ("By The Lantern Team", false, &[], None),
            ("3/24/2026", false, &[], Some("2026-03-24")),
            ("By Ann Lee / The Lantern", false, &["Ann Lee"], None),
            ("DATE: 2026-03-04 - 2026-03-09", false, &[], None),
        ] {
            let line = HeadLine { text: text.to_owned(), says_author, says_date: false, in_head: true, again: false };
            let read = read_line(&line, &["the lantern".to_owned()]);
            let found = read.date.map(|date| date.to_string());
            assert_eq!(
                (read.names.as_slice(), found.as_deref()),
                (&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()[..], date),
                "{text}"
            );
        }
    }
}
