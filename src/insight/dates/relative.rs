//! Dates that are told from the day of publication: weekdays, "yesterday", "last month", "two years ago". What is said
//! between quotation marks has a day of its own, so that "today" stays unresolved there.

use jiff::civil::{Date, Weekday};

use super::super::figures::small_amount;
use super::super::passages::{Case, Passage, Setting};
use super::super::vocabulary::{Class, Language};
use super::stated::season_number;
use super::{DateMention, Found, How, When, calendar};

/// Which way a sentence looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// Which way the sentence around a place looks: by the verb that stands nearest before it, else nearest behind it, between
/// the same quotation marks. "Said it would close on Friday" looks ahead, "will go on, she announced on Friday" back.
pub(super) fn tense(p: &Passage<'_>, at: usize) -> Tense {
    let sentence = p.near(at);
    let is_quoted = p.at(at).is_quoted;
    let told = |place: usize| {
        if p.at(place).is_quoted != is_quoted {
            None
        } else if p.phrase(place, Class::Future).is_some() || is_future_form(p, place) {
            Some(Tense::Future)
        } else if p.is(place, Class::Past) || is_past_form(p, place) {
            Some(Tense::Past)
        } else {
            p.is(place, Class::Present).then_some(Tense::Unknown)
        }
    };
    let before = (sentence.start..at).rev().find_map(told);
    before.or_else(|| (at..sentence.end).find_map(told)).unwrap_or(Tense::Unknown)
}

fn is_future_form(p: &Passage<'_>, at: usize) -> bool {
    let token = p.at(at);
    if token.case != Case::Small || token.text.len() < 6 || token.entry.is_some() {
        return false;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| token.word.ends_with(ending));
    match p.language {
        Some(Language::French) => ends(&["era", "eront", "ira", "iront", "dra", "dront"]),
        Some(Language::Spanish) => ends(&["ará", "erá", "irá", "arán", "erán", "irán", "drá", "drán"]),
        Some(Language::Italian) => ends(&["erà", "irà", "eranno", "iranno", "drà"]),
        Some(Language::Portuguese) => ends(&["ará", "erá", "irá", "arão", "erão", "irão"]),
        _ => false,
    }
}

fn is_past_form(p: &Passage<'_>, at: usize) -> bool {
    let token = p.at(at);
    if token.case != Case::Small || token.text.len() < 4 {
        return false;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| token.word.ends_with(ending));
    match p.language {
        Some(Language::English) => ends(&["ed"]),
        Some(Language::German) => ends(&["te", "ten"]) && !ends(&["ste", "sten", "eite", "eiten", "este"]),
        Some(Language::Dutch) => ends(&["de", "den", "te", "ten"]) && token.text.len() > 5,
        Some(Language::Spanish) => token.word.chars().count() > 3 && ends(&["ó", "aron", "ieron"]),
        Some(Language::Portuguese) => ends(&["ou", "eu", "iu", "aram", "eram", "iram"]),
        Some(Language::Italian) => ends(&["ò", "arono", "irono", "erono"]),
        _ => false,
    }
}

/// The relative date that begins at a place; `earlier` are those before it.
pub(super) fn find(p: &Passage<'_>, at: usize, published: Option<Date>, earlier: &[DateMention]) -> Option<Found> {
    p.language?;
    ago(p, at, published)
        .or_else(|| weekday(p, at, published, earlier))
        .or_else(|| period(p, at, published))
        .or_else(|| day(p, at, published))
}

fn found(
    p: &Passage<'_>,
    start: usize,
    end: usize,
    published: Option<Date>,
    when: &dyn Fn(Date) -> Option<When>,
) -> Option<Found> {
    debug_assert!(start < end && end <= p.len());
    match published.filter(|day| *day >= calendar::EARLIEST) {
        None => Some(Found { places: start..end, when: None, how: How::Unresolved }),
        Some(day) => Some(Found { places: start..end, when: Some(when(day)?), how: How::Resolved }),
    }
}

/// "two years ago", "il y a deux ans", "vor drei Tagen".
fn ago(p: &Passage<'_>, at: usize, published: Option<Date>) -> Option<Found> {
    let lead = p.phrase(at, Class::AgoBefore).map_or(0, |(length, _)| length);
    let (amount, behind) = small_amount(p, at + lead)?;
    let unit = p.sense(behind, Class::Span).or_else(|| p.sense(behind, Class::Period))?;
    let end = if lead > 0 { behind + 1 } else { p.is(behind + 1, Class::Ago).then_some(behind + 2)? };
    if amount.fract() != 0.0 || !(1.0..=5000.0).contains(&amount) {
        return None;
    }
    let count = (1..=5000_i16).find(|count| count_is(*count, amount)).map(i64::from)?;
    let when = |day: Date| match unit.text {
        "days" | "day" => calendar::day(calendar::add_days(day, -count)?),
        "weeks" | "week" => calendar::about(calendar::add_days(day, -7 * count)?),
        "months" | "month" => {
            let month = calendar::add_months(day, -count)?;
            calendar::month(month.year(), month.month())
        }
        "years" | "year" => calendar::year(day.year().checked_sub(i16::try_from(count).ok()?)?),
        _ => None,
    };
    // Hours and minutes are no dates.
    when(jiff::civil::date(7000, 1, 1))?;
    found(p, at, end, published, &when)
}

fn count_is(count: i16, amount: f64) -> bool {
    (f64::from(count) - amount).abs() < 0.5
}

/// Behind a word that is lower-case in some languages: whether the case is that of a weekday's name.
fn is_weekday_cased(p: &Passage<'_>, at: usize) -> bool {
    let token = p.at(at);
    match p.language {
        Some(Language::English | Language::German) => token.case != Case::Small,
        // "Domingo" in a sentence's midst is a name.
        _ => token.case == Case::Small || token.is_first,
    }
}

fn weekday(p: &Passage<'_>, at: usize, published: Option<Date>, earlier: &[DateMention]) -> Option<Found> {
    let leads = p.is(at, Class::Last) || p.is(at, Class::This) || p.is(at, Class::Next);
    let place = if leads && p.phrase(at + 1, Class::Weekday).is_some() { at + 1 } else { at };
    let (length, sense) = p.phrase(place, Class::Weekday).or_else(|| p.phrase(place, Class::ShortWeekday))?;
    if !is_weekday_cased(p, place) || is_habit(p, at, place + length) {
        return None;
    }
    let day = calendar::weekday(sense.number)?;
    let mut end = place + length;
    let mut follows = |class: Class| {
        let is = p.is(end, class) && p.is_same_sentence(at, end);
        end += usize::from(is);
        is
    };
    let direction = if place > at {
        [Class::Last, Class::Next, Class::This].into_iter().find(|class| p.is(at, *class))
    } else if follows(Class::LastAfter) {
        Some(Class::Last)
    } else if follows(Class::NextAfter) {
        Some(Class::Next)
    } else {
        None
    };
    follows(Class::Daypart);
    // "samedi à dimanche".
    if p.language == Some(Language::French)
        && p.at(end).word == "à"
        && let Some((length, last)) = p.phrase(end + 1, Class::Weekday)
    {
        let last_day = calendar::weekday(last.number)?;
        return found(p, at, end + 1 + length, published, &|from| {
            let last = calendar::last_weekday(from, last_day, true)?;
            calendar::days(calendar::last_weekday(last, day, false)?, last)
        });
    }
    let tense = tense_or_headline(p, at);
    // What is said has a day of its own, and here nothing tells which way it looks: it is said of the day that is told of.
    if p.at(at).is_quoted && tense == Tense::Unknown && direction.is_none() {
        let known = published.and_then(|_| told_weekday(earlier, day));
        return found(p, at, end, known, &calendar::day);
    }
    found(p, at, end, published, &|from| {
        let resolved = match (direction, tense) {
            (Some(Class::Last), _) => calendar::last_weekday(from, day, false),
            (Some(Class::Next), _) | (_, Tense::Future) | (Some(Class::This), Tense::Unknown) => {
                calendar::next_weekday(from, day)
            }
            _ => calendar::last_weekday(from, day, true),
        };
        calendar::day(resolved?)
    })
}

/// The one day with a weekday's name that was resolved before; none if there are several.
fn told_weekday(earlier: &[DateMention], weekday: Weekday) -> Option<Date> {
    let mut days = earlier.iter().filter(|mention| mention.how == How::Resolved).filter_map(|mention| {
        let day: Date = mention.when.as_ref()?.iso.parse().ok()?;
        (day.weekday() == weekday).then_some(day)
    });
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

/// A headline tells what was in the present.
fn tense_or_headline(p: &Passage<'_>, at: usize) -> Tense {
    match tense(p, at) {
        Tense::Unknown if p.setting == Setting::Heading => Tense::Past,
        tense => tense,
    }
}

/// Whether a weekday is one of many: "every Monday", "a Tuesday", "le mardi", "los lunes".
fn is_habit(p: &Passage<'_>, at: usize, end: usize) -> bool {
    let before = p.before(at, 1).word.as_ref();
    match p.language {
        Some(Language::English) => matches!(
            before,
            "every" | "each" | "a" | "alternate" | "any" | "most" | "black" | "good" | "ash" | "palm" | "cyber"
        ),
        Some(Language::German) => matches!(before, "jeden" | "jeder" | "ein" | "einem" | "einen"),
        Some(Language::French) => {
            matches!(before, "chaque" | "un" | "les")
                || (before == "le" && !p.is(end, Class::LastAfter) && !p.is(end, Class::NextAfter) && !p.is_number(end))
        }
        Some(Language::Spanish) => matches!(before, "cada" | "un" | "los"),
        Some(Language::Italian) => {
            matches!(before, "ogni" | "un" | "una" | "il" | "la" | "i")
                && !p.is(end, Class::LastAfter)
                && !p.is(end, Class::NextAfter)
        }
        Some(Language::Portuguese) => matches!(before, "cada" | "um" | "uma" | "os" | "aos" | "às"),
        Some(Language::Dutch) => matches!(before, "elke" | "iedere" | "een" | "op_een"),
        None => true,
    }
}

/// "last week", "this year", "le mois dernier", "l'anno scorso".
fn period(p: &Passage<'_>, at: usize, published: Option<Date>) -> Option<Found> {
    // The article is part of it in French and Italian.
    let article = match p.language {
        Some(Language::French) => matches!(p.at(at).word.as_ref(), "le" | "la" | "l'"),
        Some(Language::Italian) => matches!(p.at(at).word.as_ref(), "il" | "la" | "lo" | "l'"),
        _ => false,
    };
    let start = at + usize::from(article);
    let before = [Class::Last, Class::Next, Class::This].into_iter().find(|class| p.is(start, *class));
    let place = start + usize::from(before.is_some());
    let period = p.phrase(place, Class::Period).map(|(length, sense)| (length, sense.text, None));
    let season = || p.sense(place, Class::Season).map(|sense| (1, "season", season_number(sense.number)));
    let (length, text, season) = period.or_else(season)?;
    let behind = place + length;
    let (direction, end) = match before {
        Some(direction) if !article || direction != Class::This => (direction, behind),
        _ if p.phrase(behind, Class::LastAfter).is_some() => {
            (Class::Last, behind + p.phrase(behind, Class::LastAfter)?.0)
        }
        _ => (Class::Next, behind + p.phrase(behind, Class::NextAfter)?.0),
    };
    // "the last year of the war", "this year's", "past years".
    const PLURALS: [&str; 20] = [
        "weeks",
        "months",
        "years",
        "wochen",
        "monate",
        "monaten",
        "jahre",
        "jahren",
        "semaines",
        "années",
        "ans",
        "semanas",
        "meses",
        "años",
        "settimane",
        "mesi",
        "anni",
        "anos",
        "weken",
        "jaren",
    ];
    let is_other =
        matches!(text, "day" | "decade") || PLURALS.contains(&p.at(place).word.as_ref()) || p.at(behind).word == "of";
    let follows_number = p.is_number(at.wrapping_sub(1)) || p.is(at.wrapping_sub(1), Class::Number);
    if is_other || follows_number {
        return None;
    }
    let step: i64 = match direction {
        Class::Last => -1,
        Class::Next => 1,
        _ => 0,
    };
    found(p, at, end, published, &|day| match text {
        "week" => calendar::week(day, step),
        "weekend" => calendar::weekend(day, step),
        "month" => {
            let month = calendar::add_months(day, step)?;
            calendar::month(month.year(), month.month())
        }
        "year" => calendar::year(day.year().checked_add(i16::try_from(step).ok()?)?),
        // Of winters it is not told which year's they are.
        _ => {
            let season = season.filter(|season| *season != 24)?;
            let own = calendar::season(day.year(), season)?;
            let published = calendar::stated(day)?.to_string();
            let year = match direction {
                Class::Last if own.last.to_string() < published => day.year(),
                Class::Last => day.year().checked_sub(1)?,
                Class::Next if own.first.to_string() > published => day.year(),
                Class::Next => day.year().checked_add(1)?,
                _ => day.year(),
            };
            calendar::season(year, season)
        }
    })
}

/// "yesterday", "heute", "anteayer".
fn day(p: &Passage<'_>, at: usize, published: Option<Date>) -> Option<Found> {
    let (length, sense) = p.phrase(at, Class::Day)?;
    let token = p.at(at);
    let before = p.before(at, 1).word.as_ref();
    let is_word = token.case == Case::Small || token.is_first;
    // "la mañana", "in de morgen": the part of a day.
    let is_daypart = p.is(at, Class::Daypart)
        && matches!(before, "la" | "las" | "esta" | "cada" | "de" | "deze" | "una" | "een" | "elke" | "media" | "hoy");
    if !is_word || is_daypart || p.is_hyphen(at + length) || p.is(at.wrapping_sub(1), Class::Weekday) {
        return None;
    }
    let end = at + length + usize::from(p.is(at + length, Class::Daypart) && !p.is(at + length, Class::Day));
    let published = published.filter(|_| !token.is_quoted);
    let count = (-3..=3_i16).find(|count| count_is(*count, sense.number)).map(i64::from)?;
    found(p, at, end, published, &|day| calendar::day(calendar::add_days(day, count)?))
}
