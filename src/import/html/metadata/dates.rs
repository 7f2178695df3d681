//! Dates as pages and front matter write them → [`StatedDate`], exactly as precise as they are written. Guesses nothing:
//! "03/04/2026" is a day in March or in April, and is not read.

use crate::document::StatedDate;
use crate::document::date::Time;

/// Month names, by how they begin once folded, in the languages that most pages are written in. A word must be one of
/// these or the beginning of the long form with at least three letters.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "enero", "gennaio", "janeiro", "januari", "stycznia", "janner"],
    &["february", "februar", "fevrier", "febrero", "febbraio", "fevereiro", "februari", "lutego"],
    &["march", "marz", "mars", "marzo", "marco", "maart", "marca", "maerz"],
    &["april", "avril", "abril", "aprile", "kwietnia"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "maja", "maj"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "czerwca"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "lipca"],
    &["august", "aout", "agosto", "augustus", "sierpnia", "augusti"],
    &["september", "septembre", "septiembre", "settembre", "setembro", "wrzesnia"],
    &["october", "oktober", "octobre", "octubre", "ottobre", "outubro", "pazdziernika"],
    &["november", "novembre", "noviembre", "novembro", "listopada"],
    &["december", "dezember", "decembre", "diciembre", "dicembre", "dezembro", "grudnia"],
];

/// A date in ISO 8601, in a mail's or a script's form, or in words; `None` where the text is no date or not a plain one.
pub fn parse(text: &str) -> Option<StatedDate> {
    let text = text.trim().trim_matches(['"', '\'']);
    // No date anyone writes is longer; a paragraph is not searched for one.
    if text.is_empty() || text.len() > 80 {
        return None;
    }
    text.parse().ok().or_else(|| compact(text)).or_else(|| in_words(text))
}

/// `20260304`, `20260304T182000Z`, `2026/03/04`, `2026.03.04`, `04.03.2026`.
fn compact(text: &str) -> Option<StatedDate> {
    // "Wed, 03/04/2026 - 18:20": a weekday says nothing more, and a hyphen between date and time is none of an offset.
    let text = text.split_once(' ').filter(|(day, _)| is_weekday(day)).map_or(text, |(_, rest)| rest.trim());
    let text = &text.replacen(" - ", " ", 1);
    let (date, time) = text.split_once(['T', ' ']).map_or((text.as_str(), None), |(d, t)| (d, Some(t)));
    let digits = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    let iso = if digits {
        format!("{}-{}-{}", date.get(..4)?, date.get(4..6)?, date.get(6..)?)
    } else {
        let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
        let [first, second, third] = parts[..] else { return None };
        let numeric = parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
        let high = |part: &str| part.parse::<u8>().is_ok_and(|n| n > 12);
        match (first.len(), third.len()) {
            _ if !numeric => return None,
            (4, _) => format!("{first}-{second:0>2}-{third:0>2}"),
            // With dots the day stands first; with slashes only a number above 12 says which is the day.
            (_, 4) if date.contains('.') || high(first) => format!("{third}-{second:0>2}-{first:0>2}"),
            (_, 4) if high(second) => format!("{third}-{first:0>2}-{second:0>2}"),
            _ => return None,
        }
    };
    let time = match time {
        Some(time) if digits && time.len() >= 6 && !time.contains(':') => {
            format!("T{}:{}:{}", time.get(..2)?, time.get(2..4)?, time.get(4..)?)
        }
        Some(time) => format!("T{time}"),
        None => String::new(),
    };
    format!("{iso}{time}").parse().ok().or_else(|| iso.parse().ok())
}

/// `Tue, 03 Mar 2026 10:00:00 GMT`, `March 4, 2026`, `4. März 2026, 18:20`, `Mar 2026`, `Tue Mar 03 2026 10:00:00 GMT+0100`.
fn in_words(text: &str) -> Option<StatedDate> {
    let (mut month, mut day, mut year, mut clock, mut afternoon, mut offset) = (None, None, None, None, None, None);
    let spaced = text.replace([',', '(', ')', '|', '·', '•', '/'], " ");
    for word in spaced.split_whitespace() {
        let plain = word.trim_matches(['.', ':', ';']);
        let lower = plain.to_lowercase();
        let number: Option<u16> = {
            let digits = lower.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
            let suffix = lower.get(digits.len()..).unwrap_or_default();
            let ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "º");
            if ordinal && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
        };
        if lower.contains(':') {
            let (time, half) = split_half(&lower);
            clock = clock.or(parse_clock(time));
            clock?;
            afternoon = afternoon.or(half);
        } else if let Some(found) = month_of(&lower).filter(|_| month.is_none()) {
            month = Some(found);
        } else if let Some(n) = number {
            match n {
                1..=31 if day.is_none() && plain.len() <= 4 => day = u8::try_from(n).ok(),
                1000..=2999 if year.is_none() => year = i16::try_from(n).ok(),
                _ => return None,
            }
        } else {
            match lower.as_str() {
                "am" | "a.m" => afternoon = Some(false),
                "pm" | "p.m" => afternoon = Some(true),
                "gmt" | "utc" | "z" => offset = Some(0),
                _ if is_offset(&lower) => offset = parse_offset(&lower),
                _ => {}
            }
        }
    }
    let month = month?;
    let time = clock.and_then(|(hour, minute, second)| {
        let hour = match afternoon {
            Some(true) if hour < 12 => hour + 12,
            Some(false) if hour == 12 => 0,
            _ => hour,
        };
        day.map(|_| Time { hour, minute, second, offset_minutes: offset })
    });
    StatedDate::new(year?, Some(month), day, time).or_else(|| StatedDate::new(year?, Some(month), day, None))
}

/// Whether a word is an English weekday, whole or cut as in mails.
fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']).to_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && days.iter().any(|day| day.starts_with(word.as_str()))
}

/// Whether a word is the name of a month, or its beginning.
pub fn is_month(word: &str) -> bool {
    month_of(word).is_some()
}

fn month_of(word: &str) -> Option<u8> {
    let folded = crate::text::fold(word);
    if folded.chars().count() < 3 {
        return None;
    }
    let position = MONTHS
        .iter()
        .position(|names| names.contains(&folded.as_str()))
        // "Sept", "Okt": a beginning of three or four letters, and not the first letters of another word ("marching").
        .or_else(|| {
            let short = folded.chars().count() <= 4;
            MONTHS.iter().position(|names| short && names.iter().any(|name| name.starts_with(&folded)))
        })?;
    u8::try_from(position + 1).ok()
}

fn split_half(word: &str) -> (&str, Option<bool>) {
    let word = word.trim_end_matches('.');
    for (ending, afternoon) in
        [("am", false), ("a.m", false), ("pm", true), ("p.m", true), ("uhr", false), ("h", false)]
    {
        if let Some(time) = word.strip_suffix(ending) {
            return (time, matches!(ending, "am" | "a.m" | "pm" | "p.m").then_some(afternoon));
        }
    }
    (word, None)
}

fn parse_clock(text: &str) -> Option<(u8, u8, Option<u8>)> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().map(|s| s.split('.').next().unwrap_or_default().parse().ok());
    let second = match second {
        Some(None) => return None,
        Some(second) => second,
        None => None,
    };
    Some((hour, minute, second))
}

fn is_offset(word: &str) -> bool {
    let word = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc")).unwrap_or(word);
    word.starts_with(['+', '-']) && word.len() >= 3
}

fn parse_offset(word: &str) -> Option<i16> {
    let word = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc")).unwrap_or(word);
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let value: i16 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { value.checked_mul(60)? } else { value / 100 * 60 + value % 100 };
    Some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written() {
        for (text, expected) in [
            ("2026-03-04", "2026-03-04"),
            ("2026-03-04T18:20:05+01:00", "2026-03-04T18:20:05+01:00"),
            ("2026", "2026"),
            ("20260304", "2026-03-04"),
            ("20260304T182005Z", "2026-03-04T18:20:05Z"),
            ("2026/03/04", "2026-03-04"),
            ("2026/03/04 18:20", "2026-03-04T18:20"),
            ("04.03.2026", "2026-03-04"),
            ("13/03/2026", "2026-03-13"),
            ("3/24/2026", "2026-03-24"),
            ("4.3.2026", "2026-03-04"),
            ("Wed, 03/25/2026 - 18:20", "2026-03-25T18:20"),
            ("03/13/2026", "2026-03-13"),
            ("March 4, 2026", "2026-03-04"),
            ("Mar. 4th, 2026", "2026-03-04"),
            ("4 March 2026 at 6:20 pm", "2026-03-04T18:20"),
            ("Wednesday, March 4, 2026 12:05 AM", "2026-03-04T00:05"),
            ("4. März 2026, 18:20 Uhr", "2026-03-04T18:20"),
            ("4 août 2026", "2026-08-04"),
            ("4 de septiembre de 2026", "2026-09-04"),
            ("March 2026", "2026-03"),
            ("Wed, 04 Mar 2026 18:20:05 GMT", "2026-03-04T18:20:05Z"),
            ("Wed, 4 Mar 2026 18:20:05 -0330", "2026-03-04T18:20:05-03:30"),
            ("Wed Mar 04 2026 18:20:05 GMT+0100 (Central European Standard Time)", "2026-03-04T18:20:05+01:00"),
            ("Published: May 14, 2026", "2026-05-14"),
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_no_date_is_not_read() {
        for text in
            ["", "03/04/2026", "yesterday", "3 hours ago", "marching on", "99 March 2026", "March", "Story 2026"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
