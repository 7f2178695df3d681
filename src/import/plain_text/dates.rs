//! Dates as articles write them: ISO 8601, "4 March 2026", "March 4, 2026", "4. März 2026", "04.03.2026", 2026年3月4日. A date
//! whose day and month could be told either way round (04/03/2026) is not read: nothing is guessed.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::StatedDate;
use crate::document::date::Time;
use crate::text::fold;

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Nothing says.
    Unsaid,
    /// Published, posted, on a date.
    Published,
    /// Updated, modified.
    Updated,
}

#[derive(Clone, Copy)]
enum Word {
    Month(u8),
    Says(What),
}

static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for entry in super::lexicon::entries(include_str!("../../../assets/lexicons/dates.txt")) {
        let mut parts = entry.split_whitespace();
        let meaning = match parts.next() {
            Some("published") => Word::Says(What::Published),
            Some("updated") => Word::Says(What::Updated),
            Some(number) => match number.parse() {
                Ok(month) => Word::Month(month),
                Err(_) => continue,
            },
            None => continue,
        };
        for part in parts {
            words.insert(fold(part), meaning);
        }
    }
    words
});

/// A date in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The date.
    pub(super) date: StatedDate,
    /// What the words before it say that it is.
    pub(super) what: What,
    /// Words of the line that are part of it.
    pub(super) words: usize,
}

/// Years in which a saved article can have been published: print reaches back, and a number like 1234 is seldom a year.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2199;

/// The dates that a line states, in their order.
pub(super) fn dates_in(text: &str) -> Vec<Found> {
    if text.len() > 400 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let spaced = text.replace(['年', '月'], "-").replace('日', " ");
    let tokens: Vec<&str> = spaced
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•'))
        .filter(|t| !t.is_empty())
        .collect();
    let mut found: Vec<Found> = Vec::new();
    let mut what = What::Unsaid;
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        if let Some((year, month, day, time, used)) = date_at(rest) {
            let (time, more) = match time {
                Some(time) => (Some(time), 0),
                None => day
                    .and_then(|_| time_after(rest.get(used..).unwrap_or_default()))
                    .map_or((None, 0), |(t, n)| (Some(t), n)),
            };
            let date = i16::try_from(year).ok().and_then(|year| StatedDate::new(year, Some(month), day, time));
            if let Some(date) = date {
                found.push(Found { date, what, words: used + more });
                at += used + more;
                continue;
            }
            // A day that no calendar has is no month either.
            at += used;
            continue;
        }
        if let Some(Word::Says(says)) = rest.first().and_then(|token| WORDS.get(&fold(token))) {
            // "Last updated" and "stand vom": the more telling word wins over one beside it.
            what = *says;
        }
        at += 1;
    }
    found
}

type Parts = (u32, u8, Option<u8>, Option<Time>, usize);

fn date_at(tokens: &[&str]) -> Option<Parts> {
    iso(tokens).or_else(|| numeric(tokens)).or_else(|| prose(tokens))
}

/// `2026-03-04`, with a time behind a `T`.
fn iso(tokens: &[&str]) -> Option<Parts> {
    let token = tokens.first()?.trim_end_matches(['.', ';', ':', '-']);
    let date: StatedDate = token.parse().ok()?;
    let month = date.month()?;
    date.day_of_month()?;
    Some((u32::try_from(date.year()).ok()?, month, date.day_of_month(), date.time(), 1))
}

/// `04.03.2026`, `2026/03/04`, and `25/12/2026` where only one reading is a date.
fn numeric(tokens: &[&str]) -> Option<Parts> {
    let token = tokens.first()?.trim_end_matches(['.', ';', ':']);
    let mark = ['.', '/', '-'].into_iter().find(|mark| token.matches(*mark).count() == 2)?;
    let numbers: Vec<u32> = token.split(mark).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = *numbers.as_slice() else { return None };
    let (year, month, day) = if YEARS.contains(&first) {
        (first, second, third)
    } else if !YEARS.contains(&third) {
        return None;
    } else if mark == '.' || first > 12 || first == second {
        (third, second, first)
    } else if second > 12 {
        (third, first, second)
    } else {
        return None;
    };
    Some((year, u8::try_from(month).ok()?, Some(u8::try_from(day).ok()?), None, 1))
}

/// "4 March 2026", "4 de marzo de 2026", "March 4th, 2026", "March 2026".
fn prose(tokens: &[&str]) -> Option<Parts> {
    let (mut day, mut month, mut used) = (None, None, 0);
    for token in tokens.iter().take(7) {
        used += 1;
        let folded = fold(token);
        let is_link = matches!(folded.as_str(), "de" | "del" | "of" | "the" | "le" | "il" | "den" | "am");
        if is_link {
            if used == 1 {
                return None;
            }
            continue;
        }
        if let Some(Word::Month(number)) = WORDS.get(&folded) {
            if month.is_some() {
                return None;
            }
            month = Some(*number);
            continue;
        }
        let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
        let tail = folded.get(digits.len()..).unwrap_or_default();
        let number: u32 = digits.parse().ok()?;
        if month.is_some() && digits.len() == 4 && YEARS.contains(&number) && tail.is_empty() {
            return Some((number, month?, day, None, used));
        }
        let is_day = day.is_none()
            && (1..=31).contains(&number)
            && matches!(tail, "" | "st" | "nd" | "rd" | "th" | "er" | "o" | "a" | "º");
        if !is_day {
            return None;
        }
        day = u8::try_from(number).ok();
    }
    None
}

/// "10:48", "at 2:15 p.m.", "18.20 Uhr", "9:22 am GMT".
fn time_after(tokens: &[&str]) -> Option<(Time, usize)> {
    let skipped = tokens
        .iter()
        .take(2)
        .take_while(|t| matches!(fold(t).as_str(), "at" | "um" | "a" | "alle" | "as" | "om" | "ore" | "las" | ""))
        .count();
    let token = tokens.get(skipped)?.to_lowercase();
    let clock: String = token.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h')).collect();
    let (hour, minute) = clock.trim_end_matches(['.', ':']).split_once([':', '.', 'h'])?;
    let second = minute.split_once(':').and_then(|(_, s)| s.parse().ok());
    let minute = minute.split_once(':').map_or(minute, |(m, _)| m);
    if minute.len() != 2 {
        return None;
    }
    let (mut hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let mut used = skipped + 1;
    let glued = fold(token.get(clock.len()..).unwrap_or_default());
    let next = tokens.get(used).map(|t| fold(t)).unwrap_or_default();
    let half = if glued.is_empty() { next.clone() } else { glued.clone() };
    let half = half.replace(' ', "");
    if matches!(half.as_str(), "am" | "pm") {
        if glued.is_empty() {
            used += 1;
        }
        hour = match (half.as_str(), hour) {
            ("am", 12) => 0,
            ("pm", h) if h < 12 => h + 12,
            (_, h) => h,
        };
    } else if matches!(next.as_str(), "uhr" | "uur") {
        used += 1;
    }
    let zone = tokens.get(used).map(|t| fold(t)).unwrap_or_default();
    let offset_minutes = matches!(zone.as_str(), "utc" | "gmt").then_some(0);
    if offset_minutes.is_some()
        || (2..=4).contains(&zone.len()) && tokens.get(used).is_some_and(|t| t.chars().all(|c| c.is_ascii_uppercase()))
    {
        // Other zones' letters are ambiguous (CST is three zones), so the moment stays without one.
        used += 1;
    }
    (hour < 24 && minute < 60).then_some((Time { hour, minute, second, offset_minutes }, used))
}

/// Whether a word of a line only says what a date is ("Published", "Stand").
pub(super) fn is_date_word(word: &str) -> bool {
    WORDS.contains_key(&fold(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        let check = |text: &str, expected: &[(&str, What)]| {
            let found: Vec<(String, What)> = dates_in(text).into_iter().map(|f| (f.date.to_string(), f.what)).collect();
            let found: Vec<(&str, What)> = found.iter().map(|(d, w)| (d.as_str(), *w)).collect();
            assert_eq!(found, expected, "{text}");
        };
        use What::{Published, Unsaid, Updated};
        check("2026-03-04", &[("2026-03-04", Unsaid)]);
        check("Published 2026-03-04T18:20Z", &[("2026-03-04T18:20Z", Published)]);
        check("4 March 2026", &[("2026-03-04", Unsaid)]);
        check("Wednesday, March 4th, 2026 at 2:15 p.m.", &[("2026-03-04T14:15", Unsaid)]);
        check(
            "PUBLISHED: 10:48, Tue, Nov 19, 2019 | UPDATED: 11:05, Tue, Nov 20, 2019",
            &[("2019-11-19", Published), ("2019-11-20", Updated)],
        );
        check("Aktualisiert am 4. März 2026, 18:20 Uhr", &[("2026-03-04T18:20", Updated)]);
        check("Publié le 1er août 2025", &[("2025-08-01", Published)]);
        check("4 de marzo de 2026", &[("2026-03-04", Unsaid)]);
        check("Pubblicato il 4 marzo 2026", &[("2026-03-04", Published)]);
        check("Publicado em 4 de março de 2026", &[("2026-03-04", Published)]);
        check("Gepubliceerd op 4 maart 2026", &[("2026-03-04", Published)]);
        check("04.03.2026", &[("2026-03-04", Unsaid)]);
        check("25/12/2026", &[("2026-12-25", Unsaid)]);
        check("04/03/2026", &[]);
        check("2026年3月4日", &[("2026-03-04", Unsaid)]);
        check("March 2026", &[("2026-03", Unsaid)]);
        check("30 February 2026", &[]);
        check("May the 400 win", &[]);
    }
}
