//! Days, weeks, months, seasons and centuries as spans of days, written as ISO 8601-2 writes them. What cannot be on the
//! calendar is none.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use super::When;
use crate::document::StatedDate;

pub(super) fn stated(day: Date) -> Option<StatedDate> {
    StatedDate::day(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

fn span(first: Date, last: Date, iso: String) -> Option<When> {
    Some(When { iso, first: stated(first)?, last: stated(last)? })
}

pub(super) fn new_date(year: i16, month: i8, day: i8) -> Option<Date> {
    (year > 0).then(|| Date::new(year, month, day).ok())?
}

pub(super) fn day(day: Date) -> Option<When> {
    span(day, day, day.to_string())
}

/// A day that is meant roughly.
pub(super) fn about(day: Date) -> Option<When> {
    span(day, day, format!("{day}~"))
}

pub(super) fn days(first: Date, last: Date) -> Option<When> {
    (first <= last).then(|| span(first, last, format!("{first}/{last}")))?
}

pub(super) fn month(year: i16, month: i8) -> Option<When> {
    let first = new_date(year, month, 1)?;
    span(first, first.last_of_month(), format!("{year:04}-{month:02}"))
}

pub(super) fn year(year: i16) -> Option<When> {
    span(new_date(year, 1, 1)?, new_date(year, 12, 31)?, format!("{year:04}"))
}

pub(super) fn years(first: i16, last: i16) -> Option<When> {
    (first < last).then(|| span(new_date(first, 1, 1)?, new_date(last, 12, 31)?, format!("{first:04}/{last:04}")))?
}

/// The ten years from a year that ends with 0.
pub(super) fn decade(year: i16) -> Option<When> {
    (year > 0 && year % 10 == 0)
        .then(|| span(new_date(year, 1, 1)?, new_date(year.checked_add(9)?, 12, 31)?, format!("{:03}X", year / 10)))?
}

pub(super) fn century(number: i16) -> Option<When> {
    let first = number.checked_sub(1)?;
    (1..=30).contains(&number).then(|| {
        let start = first * 100;
        // The century has a hundredth year, but its digits are those of the years before.
        span(new_date(start.max(1), 1, 1)?, new_date(start + 99, 12, 31)?, format!("{first:02}XX"))
    })?
}

/// A quarter, 1 to 4.
pub(super) fn quarter(year: i16, quarter: i8) -> Option<When> {
    let first = new_date(year, quarter.checked_mul(3)?.checked_sub(2)?, 1)?;
    let last = new_date(year, quarter * 3, 1)?.last_of_month();
    span(first, last, format!("{year:04}-{}", 32 + i16::from(quarter)))
}

/// A season, 21 spring to 24 winter, as the northern half has them; a winter is the one that the year ends with.
pub(super) fn season(year: i16, number: i8) -> Option<When> {
    let month = match number {
        21 => 3,
        22 => 6,
        23 => 9,
        24 => 12,
        _ => return None,
    };
    let first = new_date(year, month, 1)?;
    let last = first.checked_add(2.months()).ok()?.last_of_month();
    span(first, last, format!("{year:04}-{number}"))
}

/// The week from Monday to Sunday, so many weeks from the one of a day.
pub(super) fn week(day: Date, weeks: i64) -> Option<When> {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    let first = day.checked_sub(back.days()).ok()?.checked_add(weeks.weeks()).ok()?;
    days(first, first.checked_add(6.days()).ok()?)
}

/// The Saturday and Sunday of a week, so many weeks from the one of a day.
pub(super) fn weekend(day: Date, weeks: i64) -> Option<When> {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    let first = day.checked_sub(back.days()).ok()?.checked_add(weeks.weeks()).ok()?.checked_add(5.days()).ok()?;
    days(first, first.checked_add(1.day()).ok()?)
}

pub(super) fn add_days(day: Date, count: i64) -> Option<Date> {
    (count.abs() < 1_000_000).then(|| day.checked_add(count.days()).ok())?
}

pub(super) fn add_months(day: Date, count: i64) -> Option<Date> {
    (count.abs() < 100_000).then(|| day.checked_add(count.months()).ok())?
}

/// The weekday of a number, Monday 1.
pub(super) fn weekday(number: f64) -> Option<Weekday> {
    [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ]
    .into_iter()
    .find(|day| (f64::from(day.to_monday_one_offset()) - number).abs() < 0.5)
}

/// The last such weekday, the day itself included where asked for.
pub(super) fn last_weekday(from: Date, weekday: Weekday, is_today_possible: bool) -> Option<Date> {
    let back = i64::from(weekday.until(from.weekday()));
    add_days(from, -(if back == 0 && !is_today_possible { 7 } else { back }))
}

/// The next such weekday.
pub(super) fn next_weekday(from: Date, weekday: Weekday) -> Option<Date> {
    let ahead = i64::from(from.weekday().until(weekday));
    add_days(from, if ahead == 0 { 7 } else { ahead })
}

/// The start of the time that a person may speak of by numbers of two digits.
pub(super) fn year_of_two_digits(number: i16) -> i16 {
    1900 + number
}

/// What a date with a year that is not stated is: a day of the publication's own year or of one beside it.
pub(super) fn candidates(published: Date) -> [i16; 3] {
    [published.year().saturating_sub(1), published.year(), published.year().saturating_add(1)]
}

/// The earliest day that a story is looked at to have been published; what is before is no stated publication.
pub(super) const EARLIEST: Date = date(1500, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_as_iso_8601_2_has_them() {
        for (when, iso, first, last) in [
            (month(2026, 2), "2026-02", "2026-02-01", "2026-02-28"),
            (decade(1990), "199X", "1990-01-01", "1999-12-31"),
            (century(19), "18XX", "1800-01-01", "1899-12-31"),
            (quarter(2025, 3), "2025-35", "2025-07-01", "2025-09-30"),
            (season(2025, 22), "2025-22", "2025-06-01", "2025-08-31"),
            (years(1939, 1945), "1939/1945", "1939-01-01", "1945-12-31"),
            (week(date(2026, 3, 12), -1), "2026-03-02/2026-03-08", "2026-03-02", "2026-03-08"),
            (weekend(date(2026, 3, 12), 0), "2026-03-14/2026-03-15", "2026-03-14", "2026-03-15"),
        ] {
            let when = when.expect(iso);
            assert_eq!(
                (when.iso.as_str(), when.first.to_string(), when.last.to_string()),
                (iso, first.into(), last.into())
            );
        }
        for nothing in
            [month(2026, 13), decade(1995), century(99), quarter(2025, 5), season(2025, 20), years(1945, 1939)]
        {
            assert_eq!(nothing, None);
        }
    }

    #[test]
    fn weekdays_are_counted_from_a_day() {
        let thursday = date(2026, 3, 12);
        for (number, last, next) in
            [(2.0, "2026-03-10", "2026-03-17"), (4.0, "2026-03-12", "2026-03-19"), (5.0, "2026-03-06", "2026-03-13")]
        {
            let day = weekday(number).expect("a weekday");
            assert_eq!(last_weekday(thursday, day, true).map(|d| d.to_string()).as_deref(), Some(last));
            assert_eq!(next_weekday(thursday, day).map(|d| d.to_string()).as_deref(), Some(next));
        }
        assert_eq!(weekday(0.0), None);
    }
}
