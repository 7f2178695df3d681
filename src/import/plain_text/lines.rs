//! The lines of a text, with any line ending, and what can be asked of a single one. Knows nothing of its neighbours but
//! whether a blank line stands before it.

use std::borrow::Cow;

use crate::document::Marker;

/// A line with something on it; after [`super::wrapping`], a whole paragraph.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// The line's number in the file, from 1.
    pub(super) number: usize,
    /// Its text without white space at the ends and without quotation marks of e-mail (`>`).
    pub(super) text: Cow<'a, str>,
    /// Columns of white space before it; a tab reaches to the next multiple of four.
    pub(super) indent: usize,
    /// Whether a blank line stands before it; true for the first.
    pub(super) blank_before: bool,
    /// How many `>` stood before it.
    pub(super) quoted: u32,
}

/// `text` with line feeds as its only line ends and without control characters other than tabs, and how many those were.
pub(super) fn without_controls(text: &str) -> (Cow<'_, str>, usize) {
    let is_clean = |c: char| c == '\n' || c == '\t' || !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    if text.chars().all(is_clean) {
        return (Cow::Borrowed(text), 0);
    }
    let mut out = String::with_capacity(text.len());
    let mut controls = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => out.push('\n'),
            _ if is_clean(c) => out.push(c),
            _ => controls += 1,
        }
    }
    (Cow::Owned(out), controls)
}

/// The lines that have something on them.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut blank_before = true;
    let raw: Vec<&str> = text.split('\n').collect();
    let starts_quoted = |line: Option<&&str>| line.is_some_and(|l| l.trim_start().starts_with('>'));
    for (index, line) in raw.iter().enumerate() {
        if line.trim().is_empty() {
            blank_before = true;
            continue;
        }
        // One line alone that begins with '>' is a prompt or a menu's arrow; a quotation has several, or a blank one.
        let neighbours = starts_quoted(raw.get(index + 1)) || (index > 0 && starts_quoted(raw.get(index - 1)));
        let (quoted, rest) = if neighbours { strip_quote_marks(line) } else { (0, *line) };
        if rest.trim().is_empty() {
            blank_before = true;
            continue;
        }
        let blank = blank_before || lines.last().is_some_and(|l| l.quoted != quoted);
        lines.push(Line {
            number: index + 1,
            text: Cow::Borrowed(rest.trim()),
            indent: indent(rest),
            blank_before: blank,
            quoted,
        });
        blank_before = false;
    }
    lines
}

fn strip_quote_marks(line: &str) -> (u32, &str) {
    let mut rest = line.trim_start();
    let mut depth = 0;
    while let Some(after) = rest.strip_prefix('>') {
        depth += 1;
        rest = after.strip_prefix(' ').unwrap_or(after);
        if rest.trim_start().starts_with('>') {
            rest = rest.trim_start();
        }
    }
    if depth == 0 { (0, line) } else { (depth, rest) }
}

fn indent(line: &str) -> usize {
    let mut columns = 0;
    for c in line.chars() {
        match c {
            '\t' => columns = (columns / 4 + 1) * 4,
            c if c.is_whitespace() => columns += 1,
            _ => break,
        }
    }
    columns
}

/// Columns that a line takes: letters of the East Asian scripts take two.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a character belongs to a script written without spaces and set in squares.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}')
}

/// Whether the text ends as a sentence does, closing quotation marks and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_closing(c) || c.is_whitespace());
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।']) && !text.ends_with("...")
        || text.ends_with("....")
        || text.ends_with("?...")
}

/// Marks that may stand behind the end of a sentence.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | ')' | ']' | '」' | '』' | '*' | '_')
}

/// Whether the first letter is a small one.
pub(super) fn begins_small(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Whether the first letter is a capital.
pub(super) fn begins_large(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Whether the line is a rule: three or more of one mark and nothing else.
pub(super) fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next() else { return false };
    matches!(first, '-' | '*' | '_' | '=' | '~' | '–' | '—' | '·' | '•' | '#' | '+' | '─' | '═')
        && text.chars().filter(|c| *c == first).count() >= 3
        && marks.all(|c| c == first)
}

/// The sign of a list's item and what stands behind it.
pub(super) fn list_marker(text: &str) -> Option<(Marker, &str)> {
    let first = text.chars().next()?;
    if matches!(first, '-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '●' | '○' | '■' | '►' | '·' | '∙' | '⁃')
    {
        let rest = text.get(first.len_utf8()..)?;
        let trimmed = rest.trim_start();
        if trimmed.is_empty() || (rest.len() == trimmed.len() && first.is_ascii()) {
            return None;
        }
        for (sign, done) in [("[ ] ", false), ("[x] ", true), ("[X] ", true)] {
            if let Some(task) = trimmed.strip_prefix(sign).filter(|task| !task.trim().is_empty()) {
                return Some((Marker::Task(done), task.trim_start()));
            }
        }
        return Some((Marker::Bullet, trimmed));
    }
    let body = text.strip_prefix('(').unwrap_or(text);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let (number, rest) = body.split_at_checked(digits)?;
        let after = rest.strip_prefix(['.', ')'])?;
        let bracketed = text.starts_with('(') && !rest.starts_with(')');
        let trimmed = after.trim_start();
        if bracketed || trimmed.len() == after.len() || trimmed.is_empty() {
            return None;
        }
        // A number with a zero before it is more than a number: a time, a part's code.
        return if number.len() > 1 && number.starts_with('0') {
            None
        } else {
            Some((Marker::Number(number.parse().ok()?), trimmed))
        };
    }
    // Letters keep their sign in the text: the document model numbers lists, and has no letters.
    let letter = body.strip_prefix(|c: char| c.is_ascii_lowercase())?;
    let after = letter.strip_prefix(')')?;
    (after.starts_with(' ') && !after.trim().is_empty()).then_some((Marker::None, text))
}

/// The speaker of a transcript's line: "NAME: ", "Dr Ann Vale: ", "Q: ".
pub(super) fn speaker(text: &str) -> Option<&str> {
    let at = text.bytes().take(48).position(|b| b == b':')?;
    let (name, rest) = text.split_at_checked(at)?;
    let spoken = rest.strip_prefix(':')?;
    let words = name.split_whitespace().count();
    let letters = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '(' | ')'));
    let cased = name.split_whitespace().all(|w| !w.chars().next().is_some_and(char::is_lowercase));
    let named = name.chars().next().is_some_and(char::is_alphabetic);
    ((1..=4).contains(&words) && letters && cased && named && (spoken.starts_with(' ') || spoken.is_empty()))
        .then_some(name)
}

/// Whether the whole line is one address of the web.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|r| r.contains('.') && !r.contains(char::is_whitespace) && !r.contains(['<', '>', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_line_ending_ends_a_line() {
        let (text, controls) = without_controls("a\r\nb\rc\nd\u{85}e\u{2028}f\u{2029}g\0h");
        assert_eq!((text.as_ref(), controls), ("a\nb\nc\nd\ne\nf\ngh", 1));
    }

    #[test]
    fn list_markers_are_read() {
        let check = |text: &str, expected: Option<(Marker, &str)>| assert_eq!(list_marker(text), expected, "{text}");
        check("- milk", Some((Marker::Bullet, "milk")));
        check("•milk", Some((Marker::Bullet, "milk")));
        check("-5 degrees", None);
        check("- [x] milk", Some((Marker::Task(true), "milk")));
        check("12. milk", Some((Marker::Number(12), "milk")));
        check("(3) milk", Some((Marker::Number(3), "milk")));
        check("2.5 litres", None);
        check("2026. A year", None);
        check("a) milk", Some((Marker::None, "a) milk")));
        check("—", None);
    }

    #[test]
    fn sentences_end() {
        for (text, expected) in [
            ("It runs.", true),
            ("“It runs.”", true),
            ("It runs", false),
            ("Read on...", false),
            ("终于到了。", true),
            ("(Photo: A. Vale)", false),
        ] {
            assert_eq!(ends_sentence(text), expected, "{text}");
        }
    }

    #[test]
    fn speakers_are_named() {
        for (text, expected) in [
            ("MAYOR: We vote.", Some("MAYOR")),
            ("Dr Ann Vale: Yes.", Some("Dr Ann Vale")),
            ("the point is: no", None),
            ("12:30", None),
            ("https://example.org", None),
        ] {
            assert_eq!(speaker(text), expected, "{text}");
        }
    }
}
