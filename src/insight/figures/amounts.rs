//! Numbers in digits and in words, with their scales: "1.2 million", "two hundred and fifty", "dreitausend", "une dizaine".
//! Knows no units.

use super::super::passages::{Case, Kind, Passage};
use super::super::vocabulary::{Class, Language, Vocabulary};

/// Tokens of the longest number in words.
const LONGEST: usize = 24;

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    pub(super) end: usize,
    /// Whether it is in words.
    pub(super) is_spelled: bool,
    /// The scale behind it, 1 where there is none.
    pub(super) scale: f64,
    /// Whether its word says that it is rough: "une dizaine".
    pub(super) is_rough: bool,
    /// Whether "of" belongs between it and what it counts: "millions de", "une dizaine de".
    pub(super) is_noun: bool,
}

/// The amount that begins at a place. A lone "one" is none.
pub(super) fn amount(p: &Passage<'_>, at: usize) -> Option<Amount> {
    match p.at(at).kind {
        Kind::Number(value) => {
            let value = value.filter(|_| !is_code(p.at(at).text))?;
            Some(scaled(
                p,
                Amount { value, end: at + 1, is_spelled: false, scale: 1.0, is_rough: false, is_noun: false },
            ))
        }
        Kind::Word => spelled(p, at),
        Kind::Sign(_) | Kind::Nothing => None,
    }
}

/// A small amount with "one" and "a" counted, as relative dates have it: its value and the place behind it.
pub(in crate::insight) fn small_amount(p: &Passage<'_>, at: usize) -> Option<(f64, usize)> {
    let skip = p.phrase(at, Class::About).map_or(0, |(length, _)| length);
    match amount(p, at + skip) {
        Some(amount) => Some((amount.value, amount.end)),
        None => p.is(at + skip, Class::One).then_some((1.0, at + skip + 1)),
    }
}

/// "0800", "007".
fn is_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'0') && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
}

/// An amount with the scales behind it.
fn scaled(p: &Passage<'_>, mut amount: Amount) -> Amount {
    while let Some((length, sense)) = p.phrase(amount.end, Class::Scale) {
        let behind = amount.end + length;
        // "1.5 Mio. Euro": the point is the abbreviation's, unless it ends the sentence.
        let is_short = p.at(amount.end).text.len() <= 3;
        let is_point = is_short
            && p.is_sign(behind, '.')
            && !p.at(behind).is_spaced
            && p.at(behind + 1).kind != Kind::Nothing
            && !p.at(behind + 1).is_first;
        amount.value *= sense.number;
        amount.scale *= sense.number;
        amount.end = behind + usize::from(is_point);
        amount.is_noun = sense.number >= 1e6;
        if amount.scale > 1e15 {
            break;
        }
    }
    // "dos millones y medio", "two million and a half".
    if amount.scale > 1.0 && p.is(amount.end, Class::And) {
        let article = usize::from(p.is(amount.end + 1, Class::One));
        let half = amount.end + 1 + article;
        if p.is(half, Class::Halves) || (article == 1 && p.is(half, Class::Half)) {
            amount.value += amount.scale / 2.0;
            amount.end = half + 1;
        }
    }
    amount
}

/// A number in words.
fn spelled(p: &Passage<'_>, at: usize) -> Option<Amount> {
    let token = p.at(at);
    if token.case != Case::Small && !token.is_first {
        let is_noun = p.language == Some(Language::German) && token.entry.is_some_and(|e| e.has(Class::Collective));
        if !is_noun {
            return None;
        }
    }
    // A word that goes on with an apostrophe or a hyphen is another: "one's".
    let none = Amount { value: 0.0, end: at, is_spelled: true, scale: 1.0, is_rough: false, is_noun: false };
    let mut place = at;
    // "a dozen", "half a million", "une dizaine", "mezzo milione", "medio millón".
    let is_half = p.is(at, Class::Half) && p.is(at + 1, Class::One);
    if is_half || p.is(at, Class::Halves) {
        let scale_at = at + 1 + usize::from(is_half);
        if let Some((_, scale)) = p.phrase(scale_at, Class::Scale).filter(|(_, scale)| scale.number >= 1000.0) {
            let half = scaled(p, Amount { value: 0.5, end: scale_at, ..none });
            return Some(Amount { scale: scale.number, ..half });
        }
        return None;
    }
    if p.is(at, Class::One) {
        let next = at + 1;
        if let Some(sense) = p.sense(next, Class::Roundly) {
            let base = Amount { value: sense.number, end: next + 1, is_rough: true, is_noun: true, ..none };
            return Some(scaled(p, base));
        }
        if let Some(sense) = p.sense(next, Class::Collective) {
            return Some(Amount { value: sense.number, end: next + 1, is_noun: true, ..none });
        }
        let goes_on =
            p.is(next, Class::Hundred) || p.phrase(next, Class::Scale).is_some_and(|(_, s)| s.number >= 1000.0);
        if !goes_on {
            return None;
        }
        place = next;
    }
    let (mut total, mut current, mut end) = (0.0, if place > at { 1.0 } else { 0.0 }, place);
    let (mut has_any, mut is_noun) = (place > at, false);
    while place - at < LONGEST {
        // A part behind a hyphen or "and" belongs to it where it is smaller.
        let joint = joint(p, place, has_any);
        let here = place + joint;
        if here > at && !p.at(here).is_spaced && joint == 0 && has_any {
            break;
        }
        if let Some(value) = simple(p, here) {
            let fits = current == 0.0
                || (current >= 100.0 && value < 100.0)
                || (current % 100.0 >= 20.0 && current % 10.0 == 0.0 && value < 20.0)
                // "dix-neuf".
                || (current % 100.0 == 10.0 && (7.0..10.0).contains(&value) && joint > 0);
            // "quatre-vingts".
            if value == 20.0 && current % 100.0 == 4.0 && p.language == Some(Language::French) {
                current += 76.0;
            } else if !fits || (joint > 0 && current == 0.0) {
                break;
            } else {
                current += value;
            }
        } else if p.is(here, Class::One) && joint > 0 && current >= 20.0 {
            current += 1.0;
        } else if p.is(here, Class::Hundred) && has_any && joint == 0 {
            current = current.max(1.0) * 100.0;
        } else if p.is(here, Class::Hundred) && !has_any && !matches!(p.language, Some(Language::English)) {
            current = 100.0;
        } else if let Some((length, sense)) = p.phrase(here, Class::Scale).filter(|(_, s)| s.number >= 1000.0)
            && joint == 0
            && (has_any || (sense.number - 1000.0).abs() < 0.5 && p.language.is_some_and(Language::is_romance))
        {
            total += current.max(1.0) * sense.number;
            current = 0.0;
            is_noun = sense.number >= 1e6;
            end = here + length;
            place = end;
            has_any = true;
            continue;
        } else if let Some(sense) = p.sense(here, Class::Collective).filter(|_| has_any && joint == 0) {
            current = current.max(1.0) * sense.number;
            is_noun = true;
            end = here + 1;
            break;
        } else {
            break;
        }
        has_any = true;
        end = here + 1;
        place = end;
    }
    let value = total + current;
    if !has_any || end == at || (value == 0.0 && !p.is(at, Class::Number)) {
        return None;
    }
    // Words that go on: "ten-pin", "six-shooter" is no number of something.
    let whole = Amount { value, end, is_noun, scale: if total > 0.0 { 1000.0 } else { 1.0 }, ..none };
    Some(halves(p, whole))
}

/// "two and a half".
fn halves(p: &Passage<'_>, amount: Amount) -> Amount {
    if p.is(amount.end, Class::And) && p.is(amount.end + 1, Class::One) && p.is(amount.end + 2, Class::Half) {
        let more = Amount { value: amount.value + 0.5, end: amount.end + 3, ..amount };
        return scaled(p, more);
    }
    amount
}

/// Tokens between two parts of one number: a hyphen, "and", both ("vingt-et-un").
fn joint(p: &Passage<'_>, at: usize, has_any: bool) -> usize {
    if !has_any {
        return 0;
    }
    let hyphen = usize::from(p.is_hyphen(at) && !p.at(at + 1).is_spaced);
    let and = usize::from(p.is(at + hyphen, Class::And));
    let second = usize::from(and == 1 && p.is_hyphen(at + hyphen + 1));
    hyphen + and + second
}

/// The value of one word below a hundred, or of a compound.
fn simple(p: &Passage<'_>, at: usize) -> Option<f64> {
    if let Some(sense) = p.sense(at, Class::Number).or_else(|| p.sense(at, Class::Tens)) {
        return Some(sense.number);
    }
    let token = p.at(at);
    is_compound(p, at).then(|| compound(token.word.as_ref(), p.language))?
}

/// Whether a word is written as numbers of several parts are: it begins with a number, and is no small word.
pub(in crate::insight) fn is_compound(p: &Passage<'_>, at: usize) -> bool {
    const GERMAN: &[&str] = &[
        "ein", "zwei", "drei", "vier", "fünf", "sech", "sieb", "acht", "neun", "zehn", "zwan", "hundert", "tausend",
        "zwölf", "elf",
    ];
    const DUTCH: &[&str] = &[
        "een", "één", "twee", "drie", "vier", "vijf", "zes", "zev", "acht", "neg", "tien", "twin", "tach", "dert",
        "veer", "honderd", "duizend", "twaalf", "elf",
    ];
    const ITALIAN: &[&str] = &[
        "due", "tre", "quattr", "quar", "cinqu", "sei", "sett", "ott", "nove", "nova", "diec", "vent", "trent", "sess",
        "cent", "mil", "dodici", "undici", "quindici",
    ];
    let heads = match p.language {
        Some(Language::German) => GERMAN,
        Some(Language::Dutch) => DUTCH,
        Some(Language::Italian) => ITALIAN,
        _ => return false,
    };
    let token = p.at(at);
    let is_small = token.entry.is_some_and(|entry| entry.has(Class::Small));
    token.kind == Kind::Word
        && !is_small
        && token.word.len() >= 6
        && heads.iter().any(|head| token.word.starts_with(head))
}

/// A number written as one word: "zweihundertfünfzig", "vierentwintig", "seimila".
fn compound(word: &str, language: Option<Language>) -> Option<f64> {
    let parts: [(&str, f64); 2] = match language? {
        Language::German => [("tausend", 1000.0), ("hundert", 100.0)],
        Language::Dutch => [("duizend", 1000.0), ("honderd", 100.0)],
        Language::Italian => [("mila", 1000.0), ("cento", 100.0)],
        _ => return None,
    };
    let word = word.strip_suffix('s').filter(|_| language == Some(Language::French)).unwrap_or(word);
    for (name, factor) in parts {
        if let Some((head, tail)) = word.split_once(name) {
            let head = if head.is_empty() { 1.0 } else { compound(head, language).filter(|v| *v < factor)? };
            let tail = tail.strip_prefix("und").or_else(|| tail.strip_prefix("en")).unwrap_or(tail);
            let tail = if tail.is_empty() { 0.0 } else { compound(tail, language).filter(|v| *v < factor)? };
            return Some(head * factor + tail);
        }
    }
    below_hundred(word, language?)
}

fn below_hundred(word: &str, language: Language) -> Option<f64> {
    let one = |word: &str| match (language, word) {
        (Language::German, "ein") | (Language::Dutch, "een") | (Language::Italian, "uno" | "un") => Some(1.0),
        _ => {
            let sense = Vocabulary::of(Some(language)).get(word)?.sense(Class::Number)?;
            Some(sense.number)
        }
    };
    if let Some(value) = one(word) {
        return Some(value);
    }
    match language {
        Language::German => {
            let tens = |word: &str| {
                Some(match word {
                    "zwanzig" => 20.0,
                    "dreißig" | "dreissig" => 30.0,
                    "vierzig" => 40.0,
                    "fünfzig" => 50.0,
                    "sechzig" => 60.0,
                    "siebzig" => 70.0,
                    "achtzig" => 80.0,
                    "neunzig" => 90.0,
                    _ => return None,
                })
            };
            let teens = |word: &str| {
                Some(match word {
                    "dreizehn" => 13.0,
                    "vierzehn" => 14.0,
                    "fünfzehn" => 15.0,
                    "sechzehn" => 16.0,
                    "siebzehn" => 17.0,
                    "achtzehn" => 18.0,
                    "neunzehn" => 19.0,
                    _ => return None,
                })
            };
            tens(word).or_else(|| teens(word)).or_else(|| {
                let (ones, rest) = word.split_once("und")?;
                Some(one(ones)? + tens(rest)?)
            })
        }
        Language::Dutch => {
            let tens = |word: &str| {
                Some(match word {
                    "twintig" => 20.0,
                    "dertig" => 30.0,
                    "veertig" => 40.0,
                    "vijftig" => 50.0,
                    "zestig" => 60.0,
                    "zeventig" => 70.0,
                    "tachtig" => 80.0,
                    "negentig" => 90.0,
                    _ => return None,
                })
            };
            let teens = |word: &str| {
                Some(match word {
                    "dertien" => 13.0,
                    "veertien" => 14.0,
                    "vijftien" => 15.0,
                    "zestien" => 16.0,
                    "zeventien" => 17.0,
                    "achttien" => 18.0,
                    "negentien" => 19.0,
                    _ => return None,
                })
            };
            tens(word).or_else(|| teens(word)).or_else(|| {
                word.match_indices("en").chain(word.match_indices("ën")).find_map(|(at, joint)| {
                    let (ones, rest) = (word.get(..at)?, word.get(at + joint.len()..)?);
                    Some(one(ones)? + tens(rest)?)
                })
            })
        }
        Language::Italian => {
            const TENS: [(&str, f64); 8] = [
                ("vent", 20.0),
                ("trent", 30.0),
                ("quarant", 40.0),
                ("cinquant", 50.0),
                ("sessant", 60.0),
                ("settant", 70.0),
                ("ottant", 80.0),
                ("novant", 90.0),
            ];
            let (rest, tens) = TENS.iter().find_map(|(name, value)| Some((word.strip_prefix(name)?, *value)))?;
            match rest {
                "i" | "a" => Some(tens),
                "uno" | "un" => Some(tens + 1.0),
                "otto" => Some(tens + 8.0),
                _ => {
                    let ones = rest.strip_prefix(['i', 'a'])?;
                    Some(tens + if ones == "tré" { 3.0 } else { one(ones).filter(|value| *value < 10.0)? })
                }
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::passages::Setting;
    use super::*;

    #[test]
    fn numbers_in_words_have_their_value() {
        use Language::{Dutch, English, French, German, Italian, Portuguese, Spanish};
        for (language, text, expected) in [
            (English, "two dozen people", Some(24.0)),
            (English, "twenty-three people", Some(23.0)),
            (English, "two hundred and fifty people", Some(250.0)),
            (English, "a hundred people", Some(100.0)),
            (English, "half a million people", Some(500_000.0)),
            (English, "two and a half years", Some(2.5)),
            (English, "three million people", Some(3_000_000.0)),
            (English, "1.2 billion euros", Some(1.2e9)),
            (English, "one person", None),
            (English, "hundred people", None),
            (German, "zweihundertfünfzig Leute", Some(250.0)),
            (German, "einundzwanzig Leute", Some(21.0)),
            (German, "dreitausend Leute", Some(3000.0)),
            (German, "zwei Dutzend Leute", Some(24.0)),
            (German, "1,5 Mio. Euro", Some(1_500_000.0)),
            (French, "quatre-vingt-dix personnes", Some(90.0)),
            (French, "vingt et un jours", Some(21.0)),
            (French, "soixante-dix personnes", Some(70.0)),
            (French, "une dizaine de personnes", Some(10.0)),
            (French, "mille personnes", Some(1000.0)),
            (Spanish, "treinta y dos personas", Some(32.0)),
            (Spanish, "1.500 millones de euros", Some(1.5e9)),
            (Italian, "seimila persone", Some(6000.0)),
            (Italian, "ventitré persone", Some(23.0)),
            (Italian, "duecentocinquanta persone", Some(250.0)),
            (Portuguese, "6 mil pessoas", Some(6000.0)),
            (Portuguese, "trinta e cinco pessoas", Some(35.0)),
            (Dutch, "vierentwintig mensen", Some(24.0)),
            (Dutch, "twaalfduizend mensen", Some(12_000.0)),
        ] {
            let passage = Passage::new(text, 0, Some(language), Setting::Prose);
            assert_eq!(amount(&passage, 0).map(|amount| amount.value), expected, "{text}");
        }
    }
}
