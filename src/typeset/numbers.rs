//! Numbers in a table's cells: which columns hold them, and where in one the decimal sign stands, by which they are put
//! under one another. Sets no text.

/// A column is one of numbers where so many of its filled cells are: a dash or "n/a" among them changes nothing.
const MOSTLY: f32 = 0.7;

/// What may stand behind a number in its cell.
const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "k", "M", "m", "bn", "mn", "Mio", "Mrd", "Mio.", "Mrd.", "g", "kg", "t", "mm", "cm",
    "km", "m²", "km²", "m³", "ha", "l", "ml", "s", "ms", "min", "h", "W", "kW", "MW", "GW", "kWh", "MWh", "GWh", "B",
    "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "Hz", "kHz", "MHz", "GHz", "pt", "px", "pp", "x", "×", "EUR", "USD",
    "GBP", "CHF", "JPY", "kr", "zł", "Kč", "Ft", "лв", "万", "億", "亿", "円", "元",
];

/// Languages that write a comma before decimals (CLDR); the others write a point.
const WITH_COMMA: &[&str] = &[
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy",
    "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq",
    "sr", "sv", "tr", "uk", "vi",
];

/// Where Spanish is written with a point, and German and Italian as well.
const REGIONS_WITH_POINT: &[&str] = &["es-mx", "es-us", "es-419", "de-ch", "de-li", "it-ch"];

/// The sign that a language writes before decimals.
pub(super) fn decimal_sign(language: Option<&str>) -> char {
    let tag = language.unwrap_or_default().to_lowercase();
    let primary = tag.split('-').next().unwrap_or_default();
    let is_comma = WITH_COMMA.contains(&primary) && !REGIONS_WITH_POINT.contains(&tag.as_str());
    if is_comma { ',' } else { '.' }
}

/// The columns that are mostly numbers, from their cells' texts: (column, text).
pub(super) fn columns<'a>(cells: impl Iterator<Item = (usize, &'a str)>, count: usize, decimal: char) -> Vec<bool> {
    let mut found = vec![(0u32, 0u32); count];
    for (column, text) in cells.filter(|(_, text)| !text.trim().is_empty()) {
        if let Some((numbers, filled)) = found.get_mut(column) {
            *filled += 1;
            *numbers += u32::from(point_of(text, decimal).is_some());
        }
    }
    let is_mostly =
        |(numbers, filled): (u32, u32)| numbers > 0 && f64::from(numbers) >= f64::from(filled) * f64::from(MOSTLY);
    found.into_iter().map(is_mostly).collect()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' | '\u{966}'..='\u{96F}')
}

/// Signs between groups of three digits that are never a decimal sign.
fn is_group_sign(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\'' | '’' | '\u{66C}' | '_')
}

/// Where in a cell's text the decimal sign stands, or the integer ends where it has none; `None` where the cell is no
/// number.
pub(super) fn point_of(text: &str, decimal: char) -> Option<usize> {
    let is_before = |c: char| {
        matches!(
            c,
            '+' | '-'
                | '−'
                | '–'
                | '±'
                | '~'
                | '≈'
                | '<'
                | '>'
                | '≤'
                | '≥'
                | '('
                | '$'
                | '€'
                | '£'
                | '¥'
                | '₹'
                | '₽'
        ) || c.is_whitespace()
    };
    let number = text.trim_start_matches(is_before);
    let start = text.len() - number.len();
    let mut signs: Vec<(usize, char)> = Vec::new();
    let mut end = 0;
    let mut chars = number.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_digit(c) {
            end = at + c.len_utf8();
            continue;
        }
        let is_sign = matches!(c, '.' | ',' | '\u{66B}') || is_group_sign(c);
        // A sign stands between digits, or before the first of them: ".5".
        if !is_sign || !chars.peek().is_some_and(|(_, next)| is_digit(*next)) || (at == 0 && c != decimal) {
            break;
        }
        signs.push((at, c));
    }
    if end == 0 || !is_behind(number.get(end..)?) {
        return None;
    }
    let point = decimal_of(number.get(..end)?, &signs, decimal)?;
    Some(start + point.unwrap_or(end))
}

/// Which of the signs in a number is the decimal one; `None` for what is a number only to look at, as a date is.
#[expect(clippy::option_option, reason = "no number, a whole one, or one with decimals")]
fn decimal_of(number: &str, signs: &[(usize, char)], decimal: char) -> Option<Option<usize>> {
    let Some((last_at, last)) = signs.last().copied() else { return Some(None) };
    let behind = |at: usize, c: char| number.get(at + c.len_utf8()..).unwrap_or_default();
    let digits_to_next = |at: usize, c: char| behind(at, c).chars().take_while(|c| is_digit(*c)).count();
    let is_repeated = signs.iter().filter(|(_, c)| *c == last).count() > 1;
    // Of two kinds of signs the last one parts the decimals; one alone is a group's sign where three digits follow and the
    // language has another one for decimals.
    let is_decimal = last == '\u{66B}'
        || !is_group_sign(last)
            && !is_repeated
            && (signs.len() > 1 || last == decimal || digits_to_next(last_at, last) != 3);
    let groups = if is_decimal { signs.split_last().map_or(signs, |(_, rest)| rest) } else { signs };
    let is_grouped = |(at, c): &(usize, char)| matches!(digits_to_next(*at, *c), 2 | 3);
    groups.iter().all(is_grouped).then_some(is_decimal.then_some(last_at))
}

/// Whether a text may stand behind a number: a unit, a currency, the sign of a note.
fn is_behind(text: &str) -> bool {
    let is_note = |c: char| matches!(c, '*' | '†' | '‡' | ')' | '€' | '$' | '£' | '¥' | '¹' | '²' | '³');
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_note(c));
    text.is_empty() || UNITS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_sign_is_found_in_each_language() {
        for (language, text, before) in [
            ("en", "12", Some("12")),
            ("en", "1,234", Some("1,234")),
            ("en", "1,234.5", Some("1,234")),
            ("en", "12,5", Some("12")),
            ("en", "1.234", Some("1")),
            ("de", "1.234", Some("1.234")),
            ("de", "1.234,56", Some("1.234")),
            ("de", "12,345", Some("12")),
            ("de", "1.5", Some("1")),
            ("fr", "1\u{202F}234,5\u{A0}%", Some("1\u{202F}234")),
            ("de-CH", "1’234.50", Some("1’234")),
            ("en", "−3.25", Some("−3")),
            ("en", "$ 1,200", Some("$ 1,200")),
            ("en", "7.5 %", Some("7")),
            ("en", "3 km", Some("3")),
            ("en", ".5", Some("")),
            ("en", "(12.5)", Some("(12")),
            ("en", "12.5*", Some("12")),
            ("en", "1,23,456", Some("1,23,456")),
            ("ar", "١٢٫٥", Some("١٢")),
            ("en", "2024-01-05", None),
            ("en", "12:30", None),
            ("en", "1.2.3.4", None),
            ("de", "24.12.2023", None),
            ("en", "5–7", None),
            ("en", "12 May", None),
            ("en", "A1", None),
            ("en", "–", None),
            ("en", "", None),
        ] {
            let found = point_of(text, decimal_sign(Some(language)));
            assert_eq!(found.and_then(|at| text.get(..at)), before, "{language}: {text}");
        }
    }

    #[test]
    fn a_column_is_one_of_numbers_when_most_of_it_is() {
        let cells = [(0, "Marren"), (0, "12"), (1, "1.5"), (1, "–"), (1, "2"), (1, "3"), (1, ""), (3, "1")];
        assert_eq!(columns(cells.into_iter(), 4, '.'), [false, true, false, true]);
    }
}
