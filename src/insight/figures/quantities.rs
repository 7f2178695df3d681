//! A number with its unit: money, percentages, measures, lengths of time, ages, fractions, results, ranges. What a lone
//! number counts is told by [`super::counted`].

use std::borrow::Cow;
use std::ops::Range;

use super::super::passages::{Case, Kind, Passage};
use super::super::vocabulary::{Class, Language, Sense};
use super::amounts::{Amount, amount};
use super::{Approximation, Figure, FigureKind, counted};

/// The oldest that a person is taken to be.
const OLDEST: f64 = 115.0;

/// The most points or votes of a result.
const HIGHEST_SCORE: f64 = 650.0;

/// A number with its unit, by places.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    places: Range<usize>,
    kind: FigureKind,
    value: f64,
    to: Option<f64>,
    unit: Cow<'static, str>,
    approximation: Option<Approximation>,
    is_spelled: bool,
    /// Whether "of" leads to what it counts.
    is_noun: bool,
    /// Whether it is told but no figure: a time of day.
    is_dropped: bool,
}

impl Quantity {
    fn new(places: Range<usize>, kind: FigureKind, value: f64) -> Self {
        Self {
            places,
            kind,
            value,
            to: None,
            unit: Cow::Borrowed(""),
            approximation: None,
            is_spelled: false,
            is_noun: false,
            is_dropped: false,
        }
    }

    fn with_unit(mut self, unit: &'static str) -> Self {
        self.unit = Cow::Borrowed(unit);
        self
    }

    /// The figure, if it is one, and the place behind all that was read of it.
    pub(super) fn into_figure(self, p: &Passage<'_>, limit: usize) -> (usize, Option<Figure>) {
        let end = self.places.end;
        if self.is_dropped || !self.value.is_finite() {
            return (end, None);
        }
        let (kind, counted) = match self.kind {
            FigureKind::Number => match counted::noun(p, end, limit, self.is_noun) {
                Some(noun) => (FigureKind::Count, Some(noun)),
                None => (FigureKind::Number, None),
            },
            FigureKind::Fraction | FigureKind::Percentage => {
                (self.kind, counted::part(p, end, limit, self.kind == FigureKind::Fraction))
            }
            FigureKind::Measure => (self.kind, counted::substance(p, end, limit, &self.unit)),
            kind => (kind, None),
        };
        if self.is_known_already(p, kind) || self.is_idle(p, kind) {
            return (end, None);
        }
        let figure = Figure {
            range: p.range(self.places.clone()),
            kind,
            value: self.value,
            to: self.to,
            unit: self.unit,
            counted: counted.as_ref().map(|noun| p.range(noun.clone())),
            approximation: self.approximation,
            sentence: p.sentence_range(self.places.start),
        };
        (end, Some(figure))
    }

    /// "the two leaders", "these three": how many they are is no news.
    fn is_known_already(&self, p: &Passage<'_>, kind: FigureKind) -> bool {
        let start = self.places.start;
        // "the other eight", "the same four faces".
        const OTHERS: [&str; 14] = [
            "other",
            "same",
            "remaining",
            "anderen",
            "übrigen",
            "autres",
            "mêmes",
            "otros",
            "otras",
            "altri",
            "altre",
            "outros",
            "outras",
            "andere",
        ];
        let before = start.wrapping_sub(1 + usize::from(OTHERS.contains(&p.before(start, 1).word.as_ref())));
        if !p.is(before, Class::TheName) || !matches!(kind, FigureKind::Count | FigureKind::Number) {
            return false;
        }
        // "three of the seven".
        let is_part = (p.is(before, Class::Of) || p.is(before.wrapping_sub(1), Class::Of))
            && [2, 3].into_iter().any(|by| start.checked_sub(by).is_some_and(|at| amount(p, at).is_some()));
        if is_part {
            return false;
        }
        if self.is_spelled {
            self.value <= 10.0
        } else {
            kind == FigureKind::Number && self.to.is_none() && self.unit.is_empty()
        }
    }

    /// Number words that are other words too, where nothing is counted.
    fn is_idle(&self, p: &Passage<'_>, kind: FigureKind) -> bool {
        // "six figures" is a sum of unknown size.
        if kind == FigureKind::Count && self.is_spelled && p.at(self.places.end).word == "figures" {
            return true;
        }
        if kind != FigureKind::Number || !self.is_spelled || self.to.is_some() {
            return false;
        }
        let word = p.at(self.places.start).word.as_ref();
        let next = p.at(self.places.end);
        let is_other_word = match p.language {
            Some(Language::French) => matches!(word, "neuf" | "cent" | "mille"),
            Some(Language::Italian) => matches!(word, "sei" | "mille" | "cento"),
            Some(Language::German) => matches!(word, "acht" | "null"),
            Some(Language::Spanish) => matches!(word, "once" | "cien" | "mil"),
            Some(Language::Portuguese) => matches!(word, "mil" | "cem"),
            _ => matches!(word, "zero"),
        };
        // A word in the singular behind it, or a name: nothing that it would count.
        let precedes_noun = next.kind == Kind::Word && !p.is(self.places.end, Class::Small) && next.case == Case::Small;
        is_other_word || (precedes_noun && p.language != Some(Language::German))
    }
}

/// What stands behind a number.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Money(&'static str),
    Percent,
    Points,
    Measure(&'static str),
    Span(&'static str),
    Age,
}

/// The quantity that begins at a place; nothing from `limit` on belongs to it.
pub(super) fn find(p: &Passage<'_>, at: usize, limit: usize) -> Option<Quantity> {
    let mut quantity = ratio(p, at)
        .or_else(|| fraction(p, at).map(|part| of_a_number(p, part)))
        .or_else(|| below_zero(p, at))
        .or_else(|| points_of_half(p, at))
        .or_else(|| money_before(p, at))
        .or_else(|| number(p, at))?;
    // A sum and its number may be of two sentences: ".£ 4".
    if quantity.places.end > limit || !p.is_same_sentence(quantity.places.start, quantity.places.end - 1) {
        return None;
    }
    let approximation = approximation(p, quantity.places.start);
    quantity.approximation = approximation.map(|(_, how)| how).or(quantity.approximation);
    let by = approximation.map_or(0, |(length, _)| length);
    years_of_a_person(p, &mut quantity, by);
    time_of_day(p, &mut quantity);
    tons_of_money(p, &mut quantity);
    Some(quantity)
}

/// How far the text stands by a number, by the words before it, and how many they are.
fn approximation(p: &Passage<'_>, start: usize) -> Option<(usize, Approximation)> {
    [(Class::About, Approximation::About), (Class::Above, Approximation::More), (Class::Below, Approximation::Less)]
        .into_iter()
        .filter_map(|(class, how)| Some((p.phrase_before(start, class)?, how)))
        .max_by_key(|(length, _)| *length)
}

/// "one in five", "three out of four", "uno de cada tres".
fn ratio(p: &Passage<'_>, at: usize) -> Option<Quantity> {
    let first = match amount(p, at) {
        Some(first) => (first.value, first.end, first.is_spelled),
        None => (p.is(at, Class::One)).then_some((1.0, at + 1, true))?,
    };
    let (length, _) = p.phrase(first.1, Class::Share)?;
    let second = amount(p, first.1 + length)?;
    let is_round = [3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 20.0, 50.0, 100.0, 1000.0].contains(&second.value);
    let is_alike = first.2 == second.is_spelled && first.0 < second.value && first.0 > 0.0;
    if !is_alike || !(is_round || length > 1) || second.scale > 1.0 || first.0.fract() > 0.0 {
        return None;
    }
    let mut ratio = Quantity::new(at..second.end, FigureKind::Fraction, first.0 / second.value);
    ratio.is_spelled = true;
    Some(ratio)
}

/// "half of", "a third", "two-thirds", "la moitié".
fn fraction(p: &Passage<'_>, at: usize) -> Option<Quantity> {
    if let Some((length, _)) = p.phrase(at, Class::Half) {
        return half(p, at, at + length);
    }
    let (parts, mut place) = match amount(p, at).filter(|amount| amount.scale <= 1.0 && amount.value < 20.0) {
        Some(amount) => (amount.value, amount.end),
        None => (1.0, p.is(at, Class::One).then_some(at + 1)?),
    };
    place += usize::from(p.is_hyphen(place));
    let sense = p.sense(place, Class::Part)?;
    let token = p.at(place);
    let is_noun = p.language == Some(Language::German);
    if (token.case == Case::Small) == is_noun || parts >= sense.number || parts.fract() > 0.0 {
        return None;
    }
    let end = place + 1;
    // "a third man" is an ordinal, "a quarter past" a time.
    let is_part = p.is(end, Class::Of)
        || is_of(p, end)
        || p.is_border(end)
        || (p.is(end, Class::Small) && !matches!(p.at(end).word.as_ref(), "past"))
        || is_noun
        || parts > 1.0;
    let is_time = p.at(end).word == "past" || (p.at(end).word == "to" && p.is(end + 1, Class::Number));
    let mut end = end;
    // "tres cuartas partes".
    end += usize::from(matches!(p.at(end).word.as_ref(), "partes" | "parts"));
    let mut fraction = Quantity::new(at..end, FigureKind::Fraction, parts / sense.number);
    fraction.is_spelled = true;
    (is_part && !is_time && !p.is_hyphen(end)).then_some(fraction)
}

/// "a quarter of a million dollars", "half of 1 percent".
fn of_a_number(p: &Passage<'_>, part: Quantity) -> Quantity {
    let end = part.places.end;
    let Some(whole) = amount(p, end + 1).filter(|_| is_of(p, end) && part.kind == FigureKind::Fraction) else {
        return part;
    };
    let own = unit(p, &whole);
    if whole.scale >= 1000.0 || matches!(own, Some((_, Unit::Percent))) {
        let mut quantity = with_unit(part.places.start, whole.end, own, part.value * whole.value);
        quantity.is_spelled = true;
        quantity.is_noun = whole.is_noun;
        return quantity;
    }
    part
}

fn is_of(p: &Passage<'_>, at: usize) -> bool {
    p.is(at, Class::Of)
}

fn half(p: &Passage<'_>, at: usize, end: usize) -> Option<Quantity> {
    let token = p.at(at);
    let before = p.before(at, 1).word.as_ref();
    // "the first half", "second half", "half-brother".
    let is_ordinal = matches!(
        before,
        "first"
            | "second"
            | "other"
            | "better"
            | "erste"
            | "ersten"
            | "zweite"
            | "zweiten"
            | "première"
            | "seconde"
            | "primera"
            | "segunda"
            | "eerste"
            | "tweede"
    );
    let is_noun = p.language == Some(Language::German);
    if is_ordinal
        || p.is_hyphen(end)
        || (token.case == Case::Small && is_noun)
        || (token.case != Case::Small && !token.is_first && !is_noun)
    {
        return None;
    }
    if p.language == Some(Language::English) {
        let follows = p.at(end).word.as_ref();
        if follows == "an" || (follows == "a" && p.phrase(end + 1, Class::Span).is_some()) {
            // "half an hour".
            let (length, sense) = p.phrase(end + 1, Class::Span)?;
            return Some(Quantity::new(at..end + 1 + length, FigureKind::Duration, 0.5).with_unit(sense.text));
        }
        if follows == "a" || (follows != "of" && !p.is(end, Class::Determiner) && before != "by" && !p.is_border(end)) {
            return None;
        }
    }
    let mut half = Quantity::new(at..end, FigureKind::Fraction, 0.5);
    half.is_spelled = true;
    Some(half)
}

/// "half a percentage point", "medio punto porcentual".
fn points_of_half(p: &Passage<'_>, at: usize) -> Option<Quantity> {
    let place = if p.is(at, Class::Half) && p.is(at + 1, Class::One) {
        at + 2
    } else {
        p.is(at, Class::Halves).then_some(at + 1)?
    };
    let (length, _) = p.phrase(place, Class::Points)?;
    Some(Quantity::new(at..place + length, FigureKind::PercentagePoints, 0.5).with_unit("pp"))
}

/// Degrees below zero.
fn below_zero(p: &Passage<'_>, at: usize) -> Option<Quantity> {
    let length = match p.at(at).kind {
        Kind::Sign('-' | '−' | '–') if p.at(at).is_spaced && !p.at(at + 1).is_spaced => 1,
        Kind::Word => p.phrase(at, Class::Minus).map(|(length, _)| length)?,
        _ => return None,
    };
    let quantity = number(p, at + length)?;
    let is_degrees = matches!(quantity.unit.as_ref(), "°" | "°C" | "°F");
    is_degrees.then(|| Quantity {
        places: at..quantity.places.end,
        value: -quantity.value,
        to: quantity.to.map(|to| -to),
        ..quantity
    })
}

/// The currency that a place begins with, as a sign or a code: "$", "US$", "R$", "EUR".
fn currency_sign(p: &Passage<'_>, at: usize) -> Option<(usize, Sense)> {
    let (length, sense) = p.phrase(at, Class::Currency)?;
    let is_sign = matches!(p.at(at + length - 1).kind, Kind::Sign(_));
    (is_sign || (p.at(at).case == Case::Capitals && length == 1)).then_some((length, sense))
}

/// "$2bn", "£10m–£12m", "EUR 20".
fn money_before(p: &Passage<'_>, at: usize) -> Option<Quantity> {
    let (length, sense) = currency_sign(p, at)?;
    let first = with_suffix(p, amount(p, at + length).filter(|amount| !amount.is_spelled)?);
    let mut money = Quantity::new(at..first.end, FigureKind::Money, first.value).with_unit(sense.text);
    let Some(joint) = range_joint(p, at, first.end) else { return Some(money) };
    let behind = first.end + joint;
    let sign = currency_sign(p, behind).map_or(0, |(length, _)| length);
    if let Some(second) = amount(p, behind + sign).filter(|amount| !amount.is_spelled) {
        let second = with_suffix(p, second);
        let is_other = sign == 0 && unit(p, &second).is_some();
        let low = if first.scale <= 1.0 && first.value < second.value / second.scale {
            first.value * second.scale
        } else {
            first.value
        };
        if low < second.value && !is_other {
            money.places.end = second.end;
            money.value = low;
            money.to = Some(second.value);
        }
    }
    Some(money)
}

/// "£3m", "$40k": a scale of one letter.
fn with_suffix(p: &Passage<'_>, amount: Amount) -> Amount {
    match p.sense(amount.end, Class::Suffix).filter(|_| !p.at(amount.end).is_spaced) {
        Some(sense) => Amount {
            value: amount.value * sense.number,
            scale: amount.scale * sense.number,
            end: amount.end + 1,
            ..amount
        },
        None => amount,
    }
}

/// What stands behind an amount, and where that ends.
fn unit(p: &Passage<'_>, amount: &Amount) -> Option<(usize, Unit)> {
    let mut at = amount.end;
    if p.is_sign(at, '%') {
        return Some((at + 1, Unit::Percent));
    }
    if let Some((length, _)) = p.phrase(at, Class::Points) {
        return Some((at + length, Unit::Points));
    }
    if let Some((length, _)) = p.phrase(at, Class::Percent) {
        return Some((at + length, Unit::Percent));
    }
    if p.is_sign(at, '°') {
        let next = p.at(at + 1);
        return Some(match next.text {
            "C" => (at + 2, Unit::Measure("°C")),
            "F" => (at + 2, Unit::Measure("°F")),
            _ => (at + 1, Unit::Measure("°")),
        });
    }
    // "41C".
    if !amount.is_spelled && !p.at(at).is_spaced && p.at(at).text == "C" {
        return Some((at + 1, Unit::Measure("°C")));
    }
    // "three-day", "120-mile", "34-year-old", "34-jährige".
    if p.is_hyphen(at) && !p.at(at + 1).is_spaced {
        let word = p.at(at + 1).word.as_ref();
        if word.starts_with("jährig") || word.starts_with("jarig") {
            return Some((at + 2, Unit::Age));
        }
        if matches!(word, "year" | "years") && p.is_hyphen(at + 2) && p.at(at + 3).word.starts_with("old") {
            return Some((at + 4, Unit::Age));
        }
        if let Some(sense) = p.sense(at + 1, Class::Span) {
            return Some((at + 2, Unit::Span(sense.text)));
        }
        let sense =
            p.sense(at + 1, Class::Unit).filter(|_| p.at(at + 1).case == Case::Small && p.at(at + 1).text.len() > 1)?;
        return Some((at + 2, Unit::Measure(sense.text)));
    }
    // "2,5 millions d'euros", "dos años más", "zwei weitere Jahre".
    // "une cinquantaine de minutes".
    let is_unit =
        [Class::Currency, Class::Unit, Class::Span].into_iter().any(|class| p.phrase(at + 1, class).is_some());
    if amount.is_noun && p.is(at, Class::Of) && is_unit {
        at += 1;
    }
    if p.is(at, Class::Further) && p.is(at + 1, Class::Span) {
        at += 1;
    }
    if let Some((length, sense)) = p.phrase(at, Class::Currency).filter(|_| is_currency_word(p, at)) {
        return Some((at + length, Unit::Money(sense.text)));
    }
    if let Some((length, sense)) = p.phrase(at, Class::Unit).filter(|(length, _)| is_unit_word(p, at, *length)) {
        if sense.text == "lb" && amount.scale > 1.0 {
            return Some((at + length, Unit::Money("GBP")));
        }
        return Some((at + length, Unit::Measure(sense.text)));
    }
    let (length, sense) = p.phrase(at, Class::Span)?;
    let behind = at + length;
    let is_age = match p.at(behind).word.as_ref() {
        "old" => sense.text == "years" && p.language == Some(Language::English),
        "alt" | "oud" | "oude" => sense.text == "years",
        _ => false,
    };
    Some(if is_age { (behind + 1, Unit::Age) } else { (behind, Unit::Span(sense.text)) })
}

/// "$" and "real" are words of other things too.
fn is_currency_word(p: &Passage<'_>, at: usize) -> bool {
    let token = p.at(at);
    match token.kind {
        Kind::Sign(_) => true,
        _ => token.word != "real" && token.word != "cent" || p.language != Some(Language::French),
    }
}

/// A sign of one or two letters is a unit only as it is written: "m", "km", "MW", not "M" or "Ha".
fn is_unit_word(p: &Passage<'_>, at: usize, length: usize) -> bool {
    let token = p.at(at);
    let written = token.text.len() > 3
        || length > 1
        || token.case == Case::Small
        || matches!(token.text, "MW" | "GW" | "TW" | "GB" | "TB" | "MB" | "kW" | "Hz" | "KB");
    // "5 m" in a sum of money has been read; "m" before a point may be anything.
    written
        && !(token.text.len() == 1
            && p.is_sign(at + 1, '.')
            && !p.at(at + 2).is_first
            && p.at(at + 2).kind != Kind::Nothing)
}

/// Tokens between the numbers of a range.
fn range_joint(p: &Passage<'_>, start: usize, at: usize) -> Option<usize> {
    let is_between = p.phrase_before(start, Class::Between).is_some();
    if is_between {
        return p.is(at, Class::And).then_some(1);
    }
    if p.is_hyphen(at) && (!p.at(at + 1).is_spaced) {
        return Some(1);
    }
    // "18- to 24-year-olds".
    if p.is_hyphen(at) && p.is(at + 1, Class::To) {
        return Some(2);
    }
    if matches!(p.at(at).kind, Kind::Sign('–' | '—')) && p.is_number(at.wrapping_sub(1)) && p.is_number(at + 1) {
        return Some(1);
    }
    let is_from = p.is(start.wrapping_sub(1), Class::From) && !p.language.is_some_and(Language::is_romance);
    (p.is(at, Class::To) && !is_from && p.is_same_sentence(start, at)).then_some(1)
}

/// A number with what stands behind it, a range or a result.
fn number(p: &Passage<'_>, at: usize) -> Option<Quantity> {
    let first = amount(p, at)?;
    let own = unit(p, &first);
    if let Some(quantity) = joined(p, at, &first, own) {
        return Some(quantity);
    }
    let mut quantity = with_unit(at, first.end, own, first.value);
    quantity.is_spelled = first.is_spelled;
    quantity.is_noun = first.is_noun;
    if first.is_rough {
        quantity.approximation = Some(Approximation::About);
    }
    if own.is_none() && p.is_hyphen(first.end) && !p.at(first.end + 1).is_spaced && p.is_word(first.end + 1) {
        // "two-faced", "12-part": no number of what follows.
        quantity.is_dropped = true;
        quantity.places.end = first.end + 2;
    }
    Some(quantity)
}

fn with_unit(at: usize, end: usize, unit: Option<(usize, Unit)>, value: f64) -> Quantity {
    let Some((end, unit)) = unit else { return Quantity::new(at..end, FigureKind::Number, value) };
    match unit {
        Unit::Money(currency) => Quantity::new(at..end, FigureKind::Money, value).with_unit(currency),
        Unit::Percent => Quantity::new(at..end, FigureKind::Percentage, value).with_unit("%"),
        Unit::Points => Quantity::new(at..end, FigureKind::PercentagePoints, value).with_unit("pp"),
        Unit::Measure(unit) => Quantity::new(at..end, FigureKind::Measure, value).with_unit(unit),
        Unit::Span(unit) => Quantity::new(at..end, FigureKind::Duration, value).with_unit(unit),
        Unit::Age => Quantity::new(at..end, FigureKind::Age, value).with_unit("years"),
    }
}

/// A range or a result, from its first number on.
fn joined(p: &Passage<'_>, at: usize, first: &Amount, own: Option<(usize, Unit)>) -> Option<Quantity> {
    let behind = own.map_or(first.end, |(end, _)| end);
    let is_colon =
        own.is_none() && p.is_sign(first.end, ':') && !p.at(first.end).is_spaced && !p.at(first.end + 1).is_spaced;
    let is_versus = own.is_none() && p.is(first.end, Class::Versus) && p.is_same_sentence(at, first.end);
    let joint = match range_joint(p, at, behind) {
        Some(joint) => joint,
        None => usize::from(is_colon || is_versus),
    };
    if joint == 0 {
        return None;
    }
    let second = amount(p, behind + joint)?;
    let theirs = unit(p, &second);
    let is_plain = own.is_none() && theirs.is_none() && first.scale <= 1.0 && second.scale <= 1.0;
    let is_whole = first.value.fract() == 0.0 && second.value.fract() == 0.0;
    let is_low = first.value.max(second.value) <= HIGHEST_SCORE;
    let falls = first.value >= second.value;
    let counts = theirs.is_some() || counted::noun(p, second.end, p.len(), second.is_noun).is_some();
    let score = || {
        let mut score = Quantity::new(at..second.end, FigureKind::Score, first.value);
        score.to = Some(second.value);
        score
    };
    if is_plain && is_whole && is_low {
        // "50-50" is a saying.
        let is_saying = first.value == second.value && first.value >= 50.0;
        let is_hyphen = p.is_hyphen(behind);
        if is_colon || (is_versus && (first.is_spelled || falls)) && first.is_spelled == second.is_spelled {
            return Some(score());
        }
        if is_hyphen && !first.is_spelled && !is_saying && (falls || !counts) {
            return Some(score());
        }
        if falls && !counts && p.is(behind, Class::To) && p.language == Some(Language::English) {
            return Some(score());
        }
    }
    if is_colon || is_versus && !p.is(behind, Class::To) {
        return None;
    }
    // The scale and the unit of the second are the first's too.
    let scaled = first.scale <= 1.0 && second.scale > 1.0 && first.value < second.value / second.scale;
    let low = if scaled { first.value * second.scale } else { first.value };
    let is_same_unit = match (own, theirs) {
        (None, _) | (Some((_, Unit::Percent)), Some((_, Unit::Percent))) => true,
        (Some((_, Unit::Money(a))), Some((_, Unit::Money(b))))
        | (Some((_, Unit::Measure(a))), Some((_, Unit::Measure(b))))
        | (Some((_, Unit::Span(a))), Some((_, Unit::Span(b)))) => a == b,
        _ => false,
    };
    let is_aged = matches!(p.before(at, 1).word.as_ref(), "ages" | "aged");
    let is_range =
        low < second.value && is_same_unit && (counts || is_aged || p.is(behind, Class::And) || p.is_hyphen(behind));
    // "rose 5 to 12": the second is where it went to.
    let is_near = second.value <= low * 20.0 || low == 0.0;
    if !is_range || !is_near {
        return None;
    }
    let mut range = with_unit(at, second.end, theirs, low);
    range.to = Some(second.value);
    range.is_spelled = first.is_spelled && second.is_spelled;
    range.is_noun = second.is_noun;
    Some(range)
}

/// Years that are a person's age.
fn years_of_a_person(p: &Passage<'_>, quantity: &mut Quantity, approximation: usize) {
    let Range { start, end } = quantity.places.clone();
    let lead = start.saturating_sub(approximation);
    let before = p.before(lead, 1);
    let is_age = match quantity.kind {
        FigureKind::Duration if quantity.unit == "years" => match p.language {
            Some(language) if language.is_romance() => is_age_in_romance(p, lead),
            Some(Language::German) => before.word == "von" && p.before(lead, 2).word == "alter",
            Some(Language::English) => before.word == "of" && p.before(lead, 2).word == "age",
            _ => false,
        },
        FigureKind::Number if quantity.value.fract() == 0.0 && !quantity.is_spelled => {
            let is_likely = (1.0..=OLDEST).contains(&quantity.value);
            let is_aged =
                matches!(before.word.as_ref(), "aged" | "age" | "ages") && p.language == Some(Language::English);
            is_likely
                && (is_aged
                    || quantity.to.is_none()
                        && (is_between_commas(p, start, end) || is_of_age(p, start, end, approximation)))
        }
        _ => false,
    };
    if is_age {
        quantity.kind = FigureKind::Age;
        quantity.unit = Cow::Borrowed("years");
    }
}

/// "un homme de 41 ans", "tiene 88 años", "âgée de 27 ans".
fn is_age_in_romance(p: &Passage<'_>, lead: usize) -> bool {
    let before = p.before(lead, 1).word.as_ref();
    if matches!(before, "tiene" | "tenía" | "cumple" | "cumplió" | "avait" | "tem" | "tinha" | "compie" | "aveva") {
        return true;
    }
    if !matches!(before, "de" | "di" | "d'") {
        return false;
    }
    let noun = lead.wrapping_sub(2);
    p.is(noun, Class::Human) || p.is_sign(noun, ',') || p.is(noun, Class::Role)
}

/// ", 34," behind a name.
fn is_between_commas(p: &Passage<'_>, start: usize, end: usize) -> bool {
    let (opening, closing) = (p.before(start, 1).kind, p.at(end).kind);
    let name = start.wrapping_sub(2);
    let is_named =
        p.is_capital(name) && !p.is(name, Class::Place) && !p.is(name, Class::Month) && !p.is(name, Class::NotName);
    match (opening, closing) {
        (Kind::Sign(','), Kind::Sign(',' | '.')) => is_named,
        (Kind::Sign('('), Kind::Sign(')')) => is_named && p.is_capital(start.wrapping_sub(3)),
        _ => false,
    }
}

/// "voters under 30".
fn is_of_age(p: &Passage<'_>, start: usize, end: usize, approximation: usize) -> bool {
    let word = p.before(start, 1).word.as_ref();
    p.language == Some(Language::English)
        && approximation == 1
        && matches!(word, "under" | "over")
        && counted::is_plural(p, start.wrapping_sub(2))
        && !counts_anything(p, end)
}

fn counts_anything(p: &Passage<'_>, at: usize) -> bool {
    counted::noun(p, at, p.len(), false).is_some()
}

/// "à dix-neuf heures", "om vijf uur", "at eight", "alle nove": told, and no figure.
fn time_of_day(p: &Passage<'_>, quantity: &mut Quantity) {
    let Range { start, end } = quantity.places.clone();
    let Some(length) = p.phrase_before(start, Class::TimeLead) else { return };
    if quantity.value > 24.0 || quantity.value < 0.0 {
        return;
    }
    let leads = p.before(start, length).word.as_ref();
    match quantity.kind {
        FigureKind::Duration => {
            let is_clock = quantity.unit == "hours"
                && matches!(p.language, Some(Language::French | Language::Dutch))
                && !matches!(leads, "de" | "après" | "avant");
            quantity.is_dropped = is_clock;
            if is_clock && p.language == Some(Language::French) {
                // "sept heures moins dix", "huit heures et demie".
                let joint = usize::from(matches!(p.at(end).word.as_ref(), "moins" | "et"));
                let more = end + joint;
                if joint == 1
                    && (amount(p, more).is_some() || matches!(p.at(more).word.as_ref(), "demie" | "quart" | "le"))
                {
                    quantity.places.end = amount(p, more).map_or(more + 1, |amount| amount.end);
                } else if let Some(minutes) = amount(p, end).filter(|minutes| minutes.value < 60.0) {
                    quantity.places.end = minutes.end;
                }
            }
        }
        FigureKind::Number => quantity.is_dropped = !counts_anything(p, end),
        _ => {}
    }
}

/// In Dutch a "ton" of money is a hundred thousand euros.
fn tons_of_money(p: &Passage<'_>, quantity: &mut Quantity) {
    const TON: f64 = 100_000.0;
    let Range { start, end } = quantity.places.clone();
    if quantity.unit != "t" || p.language != Some(Language::Dutch) || counted::substance(p, end, p.len(), "t").is_some()
    {
        return;
    }
    let is_paid = |place: usize| {
        let word = p.at(place).word.as_ref();
        ["kost", "betaal", "euro", "subsidie", "begroting", "bedrag"].iter().any(|head| word.starts_with(head))
    };
    if p.near(start).any(is_paid) {
        quantity.kind = FigureKind::Money;
        quantity.unit = Cow::Borrowed("EUR");
        quantity.value *= TON;
        quantity.to = quantity.to.map(|to| to * TON);
    }
}
