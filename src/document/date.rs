//! A date as precise as it was stated: a year, a month, a day, or a moment with or without its zone. Nothing is filled
//! in: "March 2026" does not become the first of March.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date or moment, written as ISO 8601 (`2026`, `2026-03`, `2026-03-04`, `2026-03-04T18:20+01:00`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatedDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
    time: Option<Time>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59, if stated.
    pub second: Option<u8>,
    /// Minutes east of UTC, if stated.
    pub offset_minutes: Option<i16>,
}

/// What was read is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 8601 date")]
pub struct NotADate;

impl StatedDate {
    /// A date; `None` where the calendar has no such day, month or time.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>, time: Option<Time>) -> Option<Self> {
        let (m, d) = (i8::try_from(month.unwrap_or(1)).ok()?, i8::try_from(day.unwrap_or(1)).ok()?);
        jiff::civil::Date::new(year, m, d).ok()?;
        let time_ok = time.is_none_or(|t| {
            t.hour < 24
                && t.minute < 60
                && t.second.is_none_or(|s| s < 60)
                && t.offset_minutes.is_none_or(|o| (-18 * 60..=18 * 60).contains(&o))
        });
        let nested = (month.is_some() || day.is_none()) && (day.is_some() || time.is_none());
        ((1..=9999).contains(&year) && time_ok && nested).then_some(Self { year, month, day, time })
    }

    /// A day.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        Self::new(year, Some(month), Some(day), None)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, if stated.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if stated.
    pub fn day_of_month(self) -> Option<u8> {
        self.day
    }

    /// The time of day, if stated.
    pub fn time(self) -> Option<Time> {
        self.time
    }

    /// As a person reads it: "4 March 2026, 18:20", "March 2026", "2026".
    pub fn to_prose(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let Some(month) = self.month.and_then(|m| MONTHS.get(usize::from(m) - 1)) else {
            return self.year.to_string();
        };
        let Some(day) = self.day else {
            return format!("{month} {}", self.year);
        };
        let mut out = format!("{day} {month} {}", self.year);
        if let Some(time) = self.time {
            out.push_str(&format!(", {:02}:{:02}", time.hour, time.minute));
            if let Some(offset) = time.offset_minutes {
                out.push_str(&if offset == 0 { " UTC".to_owned() } else { format!(" UTC{}", Offset(offset)) });
            }
        }
        out
    }
}

/// `+01:00`.
struct Offset(i16);

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let minutes = self.0.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Display for StatedDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        let Some(month) = self.month else { return Ok(()) };
        write!(f, "-{month:02}")?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour, time.minute)?;
        if let Some(second) = time.second {
            write!(f, ":{second:02}")?;
        }
        match time.offset_minutes {
            Some(0) => f.write_str("Z"),
            Some(offset) => write!(f, "{}", Offset(offset)),
            None => Ok(()),
        }
    }
}

impl FromStr for StatedDate {
    type Err = NotADate;

    /// Reads ISO 8601's extended form, with `T` or a space before the time and fractions of a second dropped; the basic
    /// offset `+0100` is taken too.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        parse(text.trim()).ok_or(NotADate)
    }
}

fn parse(text: &str) -> Option<StatedDate> {
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (text.get(..at)?, Some(text.get(at + 1..)?.trim_start())),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4, 4)?;
    let month = parts.next().map(|p| number(p, 1, 2)).map_or(Some(None), |m| m.map(Some))?;
    let day = parts.next().map(|p| number(p, 1, 2)).map_or(Some(None), |d| d.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let time = match rest {
        None | Some("") => None,
        Some(rest) => Some(parse_time(rest)?),
    };
    StatedDate::new(
        i16::try_from(year).ok()?,
        month.and_then(|m| u8::try_from(m).ok()),
        day.and_then(|d| u8::try_from(d).ok()),
        time,
    )
}

fn parse_time(text: &str) -> Option<Time> {
    let zone_at = text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len());
    let (clock, zone) = (text.get(..zone_at)?, text.get(zone_at..)?.trim());
    let mut parts = clock.split(':');
    let hour = u8::try_from(number(parts.next()?, 2, 2)?).ok()?;
    let minute = u8::try_from(number(parts.next()?, 2, 2)?).ok()?;
    let second = match parts.next() {
        Some(s) => Some(u8::try_from(number(s.split(['.', ',']).next()?, 2, 2)?).ok()?),
        None => None,
    };
    let offset_minutes = match zone {
        "" => None,
        "Z" | "z" | "UTC" | "GMT" => Some(0),
        _ => Some(parse_offset(zone)?),
    };
    // A leap second is shown as the second before it: no calendar here knows which minutes have one.
    Some(Time { hour, minute, second: second.map(|s| s.min(59)), offset_minutes })
}

fn parse_offset(zone: &str) -> Option<i16> {
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    let value = number(&digits, 2, 4)?;
    let (hours, minutes) = if digits.len() <= 2 { (value, 0) } else { (value / 100, value % 100) };
    i16::try_from(hours * 60 + minutes).ok().map(|m| sign * m)
}

/// A number of `least` to `most` ASCII digits.
fn number(text: &str, least: usize, most: usize) -> Option<u32> {
    let digits = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

impl Serialize for StatedDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StatedDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for (text, iso, prose) in [
            ("2026", "2026", "2026"),
            ("2026-03", "2026-03", "March 2026"),
            ("2026-3-4", "2026-03-04", "4 March 2026"),
            ("2026-03-04T18:20+01:00", "2026-03-04T18:20+01:00", "4 March 2026, 18:20 UTC+01:00"),
            ("2026-03-04 18:20:05.123Z", "2026-03-04T18:20:05Z", "4 March 2026, 18:20 UTC"),
            ("2026-03-04T18:20:05-0330", "2026-03-04T18:20:05-03:30", "4 March 2026, 18:20 UTC-03:30"),
            ("2026-03-04T18:20", "2026-03-04T18:20", "4 March 2026, 18:20"),
        ] {
            let date: StatedDate = text.parse().expect(text);
            assert_eq!(date.to_string(), iso);
            assert_eq!(date.to_prose(), prose);
            assert_eq!(iso.parse(), Ok(date));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "yesterday", "2026-13", "2026-02-30", "26-03-04", "2026-03-04T25:00", "2026-03-04-05", "2026T10:00"]
        {
            assert_eq!(text.parse::<StatedDate>(), Err(NotADate), "{text}");
        }
    }
}
