//! Spaces that a line does not end at: between a number and its unit, a currency and its amount, a reference and its
//! number. Unicode lets a line end there, a printer does not. Where the words are too long for a line they break all the
//! same.

/// Units and what else belongs to the number before it: SI and customary units, currencies, magnitudes and hours, in the
/// languages whose pages have been looked at.
const AFTER_NUMBER: &[&str] = &[
    "%",
    "‰",
    "°",
    "°C",
    "°F",
    "A",
    "AM",
    "BC",
    "BCE",
    "AD",
    "CE",
    "CHF",
    "EUR",
    "GB",
    "GBP",
    "GHz",
    "GW",
    "GWh",
    "Hz",
    "J",
    "K",
    "KB",
    "L",
    "MB",
    "MHz",
    "MW",
    "MWh",
    "Mbit/s",
    "Mio.",
    "Mrd.",
    "N",
    "PM",
    "Pa",
    "Prozent",
    "TB",
    "TWh",
    "USD",
    "Uhr",
    "V",
    "W",
    "Wh",
    "a.m.",
    "am",
    "bar",
    "billion",
    "cm",
    "cm²",
    "cm³",
    "dB",
    "dl",
    "ft",
    "g",
    "h",
    "hPa",
    "ha",
    "hours",
    "in",
    "kB",
    "kV",
    "kW",
    "kWh",
    "kcal",
    "kg",
    "kg/m³",
    "kHz",
    "kJ",
    "km",
    "km/h",
    "km²",
    "kN",
    "kPa",
    "l",
    "lb",
    "lbs",
    "m",
    "mA",
    "mb",
    "mg",
    "mi",
    "miles",
    "milliard",
    "milliards",
    "million",
    "millions",
    "min",
    "ml",
    "mm",
    "mm²",
    "mol",
    "mph",
    "ms",
    "m/s",
    "m²",
    "m³",
    "nm",
    "oz",
    "p.m.",
    "pm",
    "percent",
    "ppm",
    "pt",
    "px",
    "s",
    "t",
    "trillion",
    "yd",
    "£",
    "¥",
    "µg",
    "µm",
    "€",
    "₽",
    "$",
    "×",
];

/// What belongs to the number behind it.
const BEFORE_NUMBER: &[&str] = &[
    "$", "£", "€", "¥", "§", "§§", "#", "№", "Abb.", "Art.", "Bd.", "Fig.", "Kap.", "No.", "Nos.", "Nr.", "S.", "Tab.",
    "US$", "ca.", "chap.", "n.", "n°", "nº", "no.", "p.", "pp.", "vol.",
];

/// Longer words than this are none of the above.
const LONGEST: usize = 12;

/// Whether the space that ends at `at` keeps what is before and behind it on one line.
pub(super) fn holds(text: &str, at: usize) -> bool {
    let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else { return false };
    let Some(before) = before.strip_suffix(' ') else { return false };
    let (Some(last), Some(first)) = (before.bytes().next_back(), behind.bytes().next()) else { return false };
    let is_number = |byte: u8| byte.is_ascii_digit();
    if is_number(last) {
        return AFTER_NUMBER.contains(&first_word(behind));
    }
    is_number(first) && BEFORE_NUMBER.contains(&last_word(before))
}

/// The first word, without the punctuation that a clause ends with; empty where it is longer than any unit.
fn first_word(text: &str) -> &str {
    let end = text.char_indices().take(LONGEST).find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let end = end.or_else(|| text.char_indices().nth(LONGEST).is_none().then_some(text.len()));
    let word = end.and_then(|end| text.get(..end)).unwrap_or_default();
    let plain = word.trim_end_matches([',', ';', ':', ')', '!', '?', '”', '“', '"', '’']);
    if AFTER_NUMBER.contains(&plain) { plain } else { plain.trim_end_matches('.') }
}

fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take(LONGEST).find(|(_, c)| c.is_whitespace());
    let start = start.map(|(at, c)| at + c.len_utf8());
    let start = start.or_else(|| text.char_indices().nth_back(LONGEST).is_none().then_some(0));
    start.and_then(|start| text.get(start..)).unwrap_or_default().trim_start_matches(['(', '“', '„', '"', '‘'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_units() {
        for (text, expected) in [
            ("about 12 |km away", true),
            ("about 12 |km, or so", true),
            ("at 5 |p.m. sharp", true),
            ("it cost 5 |million.", true),
            ("in 1999 |the ferry", false),
            ("all 12 |members", false),
            ("(p. |12)", true),
            ("rose by 4 |% in May", true),
            ("a |12", false),
            ("§ |12", true),
            ("12 |", false),
            ("12\u{A0}|km", false),
        ] {
            let at = text.find('|').unwrap();
            assert_eq!(holds(&text.replace('|', ""), at), expected, "{text}");
        }
    }
}
