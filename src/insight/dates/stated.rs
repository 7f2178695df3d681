//! Dates that name a day, month, year, decade or century. Of a day or month without its year, the one is taken that the
//! sentence's tense allows, nearest to the publication.

use std::ops::Range;

use jiff::civil::Date;

use super::super::passages::{Case, Kind, Passage};
use super::super::vocabulary::{Class, Language};
use super::relative::{Tense, tense};
use super::{Found, How, When, calendar};

/// Years that are taken for years where nothing but their place says so.
const LIKELY_YEARS: std::ops::RangeInclusive<i16> = 1900..=2060;

/// How much nearer one year's date has to be than the other's, in days, where no tense tells.
const UNDECIDED_DAYS: i64 = 60;

/// The date that begins at a place, the longest.
pub(super) fn find(p: &Passage<'_>, at: usize, published: Option<Date>) -> Option<Found> {
    let context = Context { p, published };
    weekday_with_date(&context, at)
        .or_else(|| date(&context, at))
        .or_else(|| phase(&context, at))
        .or_else(|| quarter(&context, at))
        .or_else(|| season(&context, at))
        .or_else(|| decade(&context, at))
        .or_else(|| century(&context, at))
        .or_else(|| years(&context, at))
}

pub(super) struct Context<'p, 't> {
    pub(super) p: &'p Passage<'t>,
    pub(super) published: Option<Date>,
}

impl Context<'_, '_> {
    fn is(&self, language: Language) -> bool {
        self.p.language == Some(language)
    }
}

/// A whole number from a token, within bounds.
pub(super) fn whole(p: &Passage<'_>, at: usize, least: i16, most: i16) -> Option<i16> {
    let token = p.at(at);
    let Kind::Number(Some(_)) = token.kind else { return None };
    let number = token.text.parse().ok()?;
    (least..=most).contains(&number).then_some(number)
}

/// A year in four digits.
pub(super) fn year_at(p: &Passage<'_>, at: usize) -> Option<i16> {
    let year = (p.at(at).text.len() == 4).then(|| whole(p, at, 1000, 2100))??;
    // "1990s", "1900m": digits that something is written to.
    let is_alone = p.at(at + 1).is_spaced || !p.is_word(at + 1);
    is_alone.then_some(year)
}

fn found(places: Range<usize>, when: Option<When>, how: How) -> Option<Found> {
    match (when, how) {
        (None, How::Stated | How::Resolved) => None,
        (when, how) => Some(Found { places, when, how }),
    }
}

/// A day of a month: its number, and the place behind it.
fn day_number(c: &Context<'_, '_>, at: usize) -> Option<(i8, usize)> {
    if c.is(Language::German)
        && let Some(sense) = c.p.sense(at, Class::OrdinalDay)
        && c.p.is(at + 1, Class::Month)
    {
        return [1, 2, 3].into_iter().find(|day| (f64::from(*day) - sense.number).abs() < 0.5).map(|day| (day, at + 1));
    }
    let day = i8::try_from(whole(c.p, at, 1, 31)?).ok()?;
    let next = c.p.at(at + 1);
    let suffix = !next.is_spaced
        && match next.kind {
            Kind::Word => matches!(next.word.as_ref(), "st" | "nd" | "rd" | "th" | "er" | "º" | "e" | "o"),
            Kind::Sign(sign) => matches!(sign, '.' | '°' | 'º') && (!c.is(Language::English)),
            _ => false,
        };
    Some((day, at + 1 + usize::from(suffix)))
}

/// A month's number and the place behind it and its point.
fn month_name(c: &Context<'_, '_>, at: usize) -> Option<(i8, usize)> {
    let sense = c.p.sense(at, Class::Month)?;
    let token = c.p.at(at);
    let needs_capital = matches!(c.p.language, Some(Language::English | Language::German));
    if needs_capital && token.case == Case::Small {
        return None;
    }
    let number = (1..=12_i8).find(|month| (f64::from(*month) - sense.number).abs() < 0.5)?;
    let is_short = token.text.len() <= 4 && c.p.is_sign(at + 1, '.') && !c.p.at(at + 1).is_spaced;
    let is_sure = is_short && !c.p.at(at + 2).is_first;
    Some((number, at + 1 + usize::from(is_sure)))
}

fn links(c: &Context<'_, '_>, at: usize) -> usize {
    let word = c.p.at(at).word.as_ref();
    at + usize::from(matches!(word, "of" | "de" | "del" | "d'" | "do" | "des" | "van"))
}

/// A year behind a month: where the date ends with it.
fn year_behind(c: &Context<'_, '_>, at: usize) -> Option<(i16, usize)> {
    let comma = usize::from(c.p.is_sign(at, ',') && c.is(Language::English));
    let place = links(c, at + comma);
    let year = year_at(c.p, place)?;
    Some((year, place + 1))
}

/// A day and month with or without a year, a month with a year, and such spans.
fn date(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    numeric(c, at).or_else(|| day_and_month(c, at)).or_else(|| month_and_rest(c, at))
}

fn day_and_month(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let (day, behind) = day_number(c, at)?;
    if let Some((month, end)) = month_name(c, links(c, behind)) {
        return whole_date(c, at..end, day, None, month);
    }
    // "3. bis 7. Mai", "14–16 April", "du 14 au 16 avril".
    let is_joined = c.p.is_hyphen(behind) || c.p.is(behind, Class::To) || c.p.is(behind, Class::And);
    let (last, behind) = day_number(c, behind + 1).filter(|_| is_joined)?;
    let (month, end) = month_name(c, links(c, behind))?;
    let start = if c.is(Language::French) && c.p.before(at, 1).word == "du" { at - 1 } else { at };
    whole_date(c, start..end, day, Some(last), month)
}

fn month_and_rest(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let (month, behind) = month_name(c, at)?;
    if let Some((year, end)) = year_behind(c, behind)
        && (!c.p.is_sign(behind, ',') || c.is(Language::English))
    {
        return found(at..end, calendar::month(year, month), How::Stated);
    }
    if c.is(Language::English)
        && let Some((day, end)) = day_number(c, behind).filter(|(_, end)| !is_measured(c, *end))
    {
        let joined = (c.p.is_hyphen(end) || c.p.is(end, Class::To)).then(|| day_number(c, end + 1)).flatten();
        let (last, end) = joined.filter(|(last, _)| *last > day).map_or((None, end), |(last, end)| (Some(last), end));
        return whole_date(c, at..end, day, last, month);
    }
    month_alone(c, at, month, behind)
}

/// Whether a number is followed by what it counts: "May 3 people".
fn is_measured(c: &Context<'_, '_>, at: usize) -> bool {
    c.p.is_sign(at, '%') || c.p.is(at, Class::Percent) || c.p.is(at, Class::Unit) || c.p.is(at, Class::Currency)
}

/// A day and a month, with their year if it is stated behind them.
fn whole_date(c: &Context<'_, '_>, places: Range<usize>, day: i8, last: Option<i8>, month: i8) -> Option<Found> {
    let of_year = |year: i16| {
        let first = calendar::new_date(year, month, day)?;
        match last {
            Some(last) => calendar::days(first, calendar::new_date(year, month, last)?),
            None => calendar::day(first),
        }
    };
    if let Some((year, end)) = year_behind(c, places.end) {
        return found(places.start..end, of_year(year), How::Stated);
    }
    // A leap year, so that the day is one of some calendar.
    of_year(2024)?;
    unresolved_year(c, places, &|year| calendar::new_date(year, month, day), &of_year)
}

/// What lacks its year, resolved by the publication date.
fn unresolved_year(
    c: &Context<'_, '_>,
    places: Range<usize>,
    middle: &dyn Fn(i16) -> Option<Date>,
    when: &dyn Fn(i16) -> Option<When>,
) -> Option<Found> {
    let Some(published) = c.published else { return found(places, None, How::Unresolved) };
    let before = c.p.before(places.start, 1).entry;
    let is = |class| before.is_some_and(|entry| entry.has(class));
    let tense = match (is(Class::Last), is(Class::Next)) {
        (true, false) => Tense::Past,
        (false, true) => Tense::Future,
        _ => tense(c.p, places.start),
    };
    let candidates = calendar::candidates(published).into_iter().filter_map(|year| {
        let day = middle(year)?;
        let distance = i64::from((day - published).get_days());
        Some((year, distance))
    });
    // What is a little on the wrong side is not: a sentence of what was may go on to what will be.
    let allowed = candidates.filter(|(_, distance)| match tense {
        Tense::Past => *distance <= 31,
        Tense::Future => *distance >= -31,
        Tense::Unknown => true,
    });
    let mut allowed: Vec<(i16, i64)> = allowed.map(|(year, distance)| (year, distance.abs())).collect();
    allowed.sort_by_key(|(_, distance)| *distance);
    let (year, nearest) = allowed.first().copied()?;
    // Half a year away both ways: not told.
    let is_told = tense != Tense::Unknown || allowed.get(1).is_none_or(|(_, next)| next - nearest > UNDECIDED_DAYS);
    if !is_told {
        return found(places, None, How::Unresolved);
    }
    found(places, when(year), How::Resolved)
}

/// A month without day and year.
fn month_alone(c: &Context<'_, '_>, at: usize, month: i8, end: usize) -> Option<Found> {
    let p = c.p;
    let token = p.at(at);
    let leads = p.is(at.wrapping_sub(1), Class::MonthLead)
        || p.phrase_before(at, Class::MonthLead).is_some()
        || p.is(at.wrapping_sub(1), Class::Last)
        || p.is(at.wrapping_sub(1), Class::Next)
        || p.is(at.wrapping_sub(1), Class::This)
        || p.phrase_before(at, Class::Phase).is_some();
    let is_spelled_out =
        token.text.chars().count() > 4 || (!c.is(Language::English) && token.text.chars().count() >= 3);
    let is_month = match p.language {
        // "May", "March" and "August" are words and names too.
        Some(Language::English) => {
            let is_name_too = matches!(month, 3 | 4 | 5 | 6 | 8);
            let is_word_too = matches!(token.word.as_ref(), "may" | "march");
            let precedes_name = p.is_capital(end) && !p.is(end, Class::Small) && !p.is(end, Class::NotName);
            let stands_alone = !is_word_too || leads;
            (is_spelled_out || matches!(token.word.as_ref(), "may" | "june" | "july") || end > at + 1)
                && stands_alone
                && (leads || !(is_name_too && precedes_name))
        }
        Some(Language::German) => leads || !(month == 8 && p.is_capital(end)),
        // A capital makes it a name, or the planet.
        _ => is_spelled_out && (token.case == Case::Small || (token.is_first && leads)),
    };
    if !is_month {
        return None;
    }
    unresolved_year(c, at..end, &|year| calendar::new_date(year, month, 15), &|year| calendar::month(year, month))
}

/// "12.03.2026", "2026-03-12", "12/03/2026".
fn numeric(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let p = c.p;
    let Kind::Number(value) = p.at(at).kind else { return None };
    let text = p.at(at).text;
    let parts = |text: &str, separator: char| -> Option<[i16; 3]> {
        let numbers: Vec<i16> = text.split(separator).map(str::parse).collect::<Result<_, _>>().ok()?;
        numbers.try_into().ok()
    };
    if value.is_none() && text.len() >= 8 {
        let [day, month, year] = parts(text, '.')?;
        return found(at..at + 1, by_numbers(year, month, day), How::Stated);
    }
    let Kind::Sign(separator @ ('-' | '/')) = p.at(at + 1).kind else { return None };
    let is_close = (at + 1..at + 5).all(|place| !p.at(place).is_spaced);
    let follows = !p.at(at).is_spaced && p.is_hyphen(at.wrapping_sub(1));
    let goes_on = p.is_sign(at + 5, separator) && !p.at(at + 5).is_spaced;
    if !is_close || !p.is_sign(at + 3, separator) || follows || goes_on {
        return None;
    }
    let (first, second, third) = (whole(p, at, 1, 9999)?, whole(p, at + 2, 1, 31)?, whole(p, at + 4, 1, 9999)?);
    let when = if text.len() == 4 {
        by_numbers(first, second, third)
    } else if p.at(at + 4).text.len() != 4 {
        None
    } else if c.is(Language::English) && first <= 12 && second <= 12 && first != second {
        // Day and month, or month and day: not told.
        None
    } else if c.is(Language::English) && second > 12 {
        by_numbers(third, first, second)
    } else {
        by_numbers(third, second, first)
    };
    found(at..at + 5, when, How::Stated)
}

fn by_numbers(year: i16, month: i16, day: i16) -> Option<When> {
    let year = (1000..=2200).contains(&year).then_some(year)?;
    calendar::day(calendar::new_date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?)
}

/// "Sunday, April 19", "Dienstag, 3. März 2026".
fn weekday_with_date(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let (length, sense) = c.p.phrase(at, Class::Weekday)?;
    let mut place = at + length;
    place += usize::from(c.p.is_sign(place, ','));
    for word in ["the", "dem", "den", "der", "le", "el", "dia", "día"] {
        place += usize::from(c.p.at(place).word == word);
    }
    let found = numeric(c, place).or_else(|| day_and_month(c, place)).or_else(|| {
        let (month, behind) = month_name(c, place).filter(|_| c.is(Language::English))?;
        let (day, end) = day_number(c, behind)?;
        whole_date(c, place..end, day, None, month)
    })?;
    let places = at..found.places.end;
    // The weekday tells the year, if it is near; where it contradicts, nothing is told.
    let fits = |when: &When| {
        let day: Option<Date> = when.first.to_string().parse().ok();
        day.is_some_and(|day| calendar::weekday(sense.number) == Some(day.weekday()))
    };
    match found.how {
        How::Resolved if !found.when.as_ref().is_some_and(fits) => {
            let near = c.published.map(calendar::candidates).into_iter().flatten();
            let day = |when: &When, year: i16| {
                let first: Date = when.first.to_string().parse().ok()?;
                calendar::day(calendar::new_date(year, first.month(), first.day())?)
            };
            let when = found.when.and_then(|when| near.filter_map(|year| day(&when, year)).find(fits));
            let how = if when.is_some() { How::Resolved } else { How::Unresolved };
            Some(Found { places, when, how })
        }
        _ => Some(Found { places, ..found }),
    }
}

/// The beginning, middle or end of a month or year, which is kept as that month or year.
fn phase(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let (length, _) = c.p.phrase(at, Class::Phase)?;
    let mut place = at + length;
    place += usize::from(c.p.is_hyphen(place));
    place = links(c, place);
    if let Some(month) = month_and_rest(c, place) {
        return Some(Found { places: at..month.places.end, ..month });
    }
    let year = year_at(c.p, place).filter(|_| is_no_count(c, place + 1))?;
    found(at..place + 1, calendar::year(year), How::Stated)
}

fn quarter(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let p = c.p;
    let (number, behind) = if p.at(at).word == "q" && !p.at(at + 1).is_spaced {
        (i8::try_from(whole(p, at + 1, 1, 4)?).ok()?, at + 2)
    } else {
        let sense = p.sense(at, Class::Quarter)?;
        let number = (1..=4_i8).find(|quarter| (f64::from(*quarter) - sense.number).abs() < 0.5)?;
        (number, p.is(at + 1, Class::QuarterWord).then_some(at + 2)?)
    };
    let place = links(c, behind);
    let year = year_at(p, place)?;
    found(at..place + 1, calendar::quarter(year, number), How::Stated)
}

/// "the autumn of 2019", "été 2024".
fn season(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let sense = c.p.sense(at, Class::Season)?;
    let place = links(c, at + 1);
    let year = year_at(c.p, place)?;
    found(at..place + 1, calendar::season(year, season_number(sense.number)?), How::Stated)
}

pub(super) fn season_number(number: f64) -> Option<i8> {
    (21..=24_i8).find(|season| (f64::from(*season) - number).abs() < 0.5)
}

fn decade(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let p = c.p;
    // "the 1990s", "the ’60s", "1980er-Jahre".
    let apostrophe = usize::from(matches!(p.at(at).kind, Kind::Sign('\'' | '\u{2019}' | '\u{2018}')));
    let place = at + apostrophe;
    let close = |place: usize| !p.at(place).is_spaced;
    if p.is_number(place) && (apostrophe == 0 || close(place)) {
        let number = decade_number(p, place)?;
        let suffix = p.at(place + 1);
        let is_plural = close(place + 1) && matches!(suffix.word.as_ref(), "s" | "er");
        if is_plural && suffix.word == "s" && (apostrophe == 1 || number.1) {
            return found(at..place + 2, calendar::decade(number.0), How::Stated);
        }
        if is_plural && suffix.word == "er" {
            let hyphen = usize::from(p.is_hyphen(place + 2));
            let years = place + 2 + hyphen;
            let end = if p.is(years, Class::Period) { years + 1 } else { place + 2 };
            return found(at..end, calendar::decade(number.0), How::Stated);
        }
        return None;
    }
    if apostrophe == 1 || !p.is(at, Class::DecadeLead) {
        return None;
    }
    // "années 1970", "anni Ottanta", "jaren ’70".
    let apostrophe = usize::from(matches!(p.at(at + 1).kind, Kind::Sign('\'' | '\u{2019}' | '\u{2018}')));
    let place = at + 1 + apostrophe;
    let year = match p.sense(place, Class::Decade) {
        Some(sense) => (1..=9_i16).map(|ten| ten * 10).find(|ten| (f64::from(*ten) - sense.number).abs() < 0.5)? + 1900,
        None => decade_number(p, place)?.0,
    };
    // "anni venti" of "per anni venti persone" would need its noun.
    let is_counted = p.is_number(at.wrapping_sub(1)) || p.is(at.wrapping_sub(1), Class::Number);
    (!is_counted).then(|| found(at..place + 1, calendar::decade(year), How::Stated))?
}

/// The first year of a decade written as "1990" or "90", and whether it has four digits.
fn decade_number(p: &Passage<'_>, at: usize) -> Option<(i16, bool)> {
    let has_century = p.at(at).text.len() == 4;
    let year =
        if has_century { whole(p, at, 1000, 2090)? } else { calendar::year_of_two_digits(whole(p, at, 10, 90)?) };
    (year % 10 == 0).then_some((year, has_century))
}

fn century(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let p = c.p;
    // "siglo XIX".
    if p.is(at, Class::CenturyWord) {
        let number = roman(p.at(at + 1).text)?;
        return found(at..at + 2, calendar::century(number), How::Stated);
    }
    // "19th century", "19. Jahrhundert", "XIXe siècle", "XIX secolo".
    let mut place = at + 1;
    let number = match whole(p, at, 1, 30) {
        Some(number) => number,
        None => roman(p.at(at).text.trim_end_matches('e'))?,
    };
    let suffix = p.at(place);
    if !suffix.is_spaced && (matches!(suffix.word.as_ref(), "st" | "nd" | "rd" | "th" | "e" | "." | "º" | "°" | "er"))
    {
        place += 1;
    }
    let is_century = p.is(place, Class::Century) || (c.is(Language::Italian) && p.is(place, Class::CenturyWord));
    is_century.then(|| found(at..place + 1, calendar::century(number), How::Stated))?
}

/// A Roman number up to thirty.
fn roman(text: &str) -> Option<i16> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    (1..=30_i16).find(|number| {
        let tens = usize::try_from(number / 10).unwrap_or_default();
        let ones = usize::try_from(number % 10).unwrap_or_default();
        ONES.get(ones).is_some_and(|ones| text.strip_prefix(&"X".repeat(tens)) == Some(*ones))
    })
}

/// A year, or a span of years.
fn years(c: &Context<'_, '_>, at: usize) -> Option<Found> {
    let p = c.p;
    // "between 1939 and 1945", "von 1940 bis 1945".
    let leads = |class| p.phrase(at, class).is_some();
    let is_between = leads(Class::Between);
    if (is_between || leads(Class::From) || p.at(at).word == "from") && !p.is_number(at) {
        let behind = at + 1;
        if let (Some(first), Some(last)) = (year_at(p, behind), year_at(p, behind + 2)) {
            let is_joined = if is_between { p.is(behind + 1, Class::And) } else { p.is(behind + 1, Class::To) };
            if is_joined && first < last {
                return found(at..behind + 3, calendar::years(first, last), How::Stated);
            }
        }
    }
    let year = year_at(p, at)?;
    if p.is_hyphen(at.wrapping_sub(1)) && !p.at(at).is_spaced && !p.is_number(at.wrapping_sub(2)) {
        // "mid-2027" has been read; this is "F-2000".
        return None;
    }
    // "1939–1945", "2019/20".
    let is_slash = p.is_sign(at + 1, '/') && !p.at(at + 1).is_spaced;
    if (p.is_hyphen(at + 1) || is_slash) && (!p.at(at + 2).is_spaced || p.at(at + 1).is_spaced) {
        let last = year_at(p, at + 2).or_else(|| {
            let digits = (p.at(at + 2).text.len() == 2).then(|| whole(p, at + 2, 1, 99))??;
            Some(year / 100 * 100 + digits).filter(|last| *last == year + 1)
        });
        if let Some(last) = last.filter(|last| *last > year && last - year < 400) {
            return found(at..at + 3, calendar::years(year, last), How::Stated);
        }
    }
    is_year(c, at, year).then(|| found(at..at + 1, calendar::year(year), How::Stated))?
}

/// Whether what stands at a place can not be what a number counts.
fn is_no_count(c: &Context<'_, '_>, at: usize) -> bool {
    let p = c.p;
    let is_unit = [Class::Unit, Class::Currency, Class::Percent, Class::Scale, Class::Span]
        .into_iter()
        .any(|class| p.phrase(at, class).is_some());
    !is_unit && !p.is_sign(at, '%') && !p.is_sign(at, '°')
}

/// Whether four digits are a year.
fn is_year(c: &Context<'_, '_>, at: usize, year: i16) -> bool {
    let p = c.p;
    let before = at.wrapping_sub(1);
    if !is_no_count(c, at + 1) || !p.at(at).is_spaced && !p.is_sign(before, '(') && !p.is_hyphen(before) {
        return false;
    }
    let is_sum = p.is(before, Class::Currency) || p.is(before, Class::Numbered) || p.is_sign(before, '+');
    let is_rough = [Class::About, Class::Above, Class::Below].into_iter().any(|class| {
        p.phrase_before(at, class).is_some_and(|length| {
            // "from" and "over" lead years too.
            !(length == 1 && p.is(before, Class::YearLead))
        })
    });
    if is_sum || is_rough || p.is(before, Class::Number) {
        return false;
    }
    let leads = p.phrase_before(at, Class::YearLead).is_some();
    let counts = super::super::figures::counts_something(p, at + 1);
    let in_brackets = p.is_sign(before, '(') && matches!(p.at(at + 1).kind, Kind::Sign(')' | ',' | '–' | '-' | ';'));
    if !LIKELY_YEARS.contains(&year) {
        return (leads || in_brackets) && !counts && (1000..=2100).contains(&year) && p.at(at).text.len() == 4;
    }
    if leads {
        return !(counts && year % 100 == 0);
    }
    // A name with a number, or a house.
    let follows_name = p.is_capital(before)
        && !p.at(before).is_first
        && !p.is(before, Class::Month)
        && !c.is(Language::German)
        && !p.is(before, Class::Small);
    let is_owned = p.is(before, Class::Determiner) || p.at(before).word == "s" && !p.at(before).is_spaced;
    (!counts || p.is(before, Class::TheName) || is_owned) && !follows_name
}
