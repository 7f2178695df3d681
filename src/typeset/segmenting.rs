//! Where the lines of a text may end: the rules of Unicode 17 (UAX #14) with dictionaries for the scripts that have no
//! spaces, brought to what browsers do. `tests/chromium` holds it to Chromium's answers. Knows no widths and no hyphens.

use std::borrow::Cow;

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::thai;

/// Every offset at which a line may end, rising, from 0 to the text's length; behind a line feed it has to. The language is
/// the text's BCP 47 tag.
pub fn break_opportunities(text: &str, language: Option<&str>) -> Vec<usize> {
    let mut places = Vec::with_capacity(text.len() / 5 + 2);
    places.push(0);
    // Between two words of letters alone a line ends behind their spaces, and the rules need not be asked. `plain` is where
    // the last such word begins, `rest` where the first word begins that is none.
    let (mut plain, mut rest) = (None, None);
    let mut at = 0;
    while at < text.len() {
        let tail = text.get(at..).unwrap_or_default();
        let (end, next) = word(tail);
        if is_plain(tail.get(..end).unwrap_or_default()) {
            if let Some(start) = rest.take() {
                // What is between two plain words is up to the rules, which look no further than those.
                by_rules(text, plain.unwrap_or(start), at + end, language, &mut places);
            } else if at > 0 {
                places.push(at);
            }
            plain = Some(at);
        } else {
            rest = rest.or(Some(at));
        }
        at += next;
    }
    if let Some(start) = rest {
        by_rules(text, plain.unwrap_or(start), text.len(), language, &mut places);
    }
    if text.is_empty() {
        return by_rules_alone(text, language);
    }
    places.push(text.len());
    places
}

/// How long the word at the beginning of a text is, and that with the spaces behind it.
fn word(text: &str) -> (usize, usize) {
    let end = memchr::memchr(b' ', text.as_bytes()).unwrap_or(text.len());
    let spaces = text.as_bytes().iter().skip(end).take_while(|byte| **byte == b' ').count();
    (end, end + spaces)
}

/// Whether a word begins with a letter or digit and has those and the stops behind them only: none is parted from another,
/// and a line may end between two such words.
fn is_plain(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_alphanumeric)
        && word.chars().all(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ',' | '.' | ';' => true,
            '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
            '\u{388}'..='\u{3FF}' | '\u{400}'..='\u{481}' => c.is_alphabetic(),
            _ => false,
        })
}

/// Adds the places within a part of a text, its borders not among them.
fn by_rules(text: &str, start: usize, end: usize, language: Option<&str>, places: &mut Vec<usize>) {
    let part = text.get(start..end).unwrap_or_default();
    let inside = by_rules_alone(part, language).into_iter().filter(|at| *at > 0 && *at < part.len());
    places.extend(inside.map(|at| start + at));
}

/// [`break_opportunities`] by the rules and dictionaries alone.
fn by_rules_alone(text: &str, language: Option<&str>) -> Vec<usize> {
    let shown = if language.is_some_and(is_chinese) { with_directed_quotes(text) } else { Cow::Borrowed(text) };
    let mut address = Address::default();
    let has_thai = has_thai(text);
    let mut places: Vec<usize> = segmenter()
        .segment_str(&shown)
        .filter(|at| {
            let (Some(before), Some(after)) = (before(text, *at), after(text, *at)) else { return true };
            if joins(before, after) {
                return before == '/' && address.holds(text, *at);
            }
            !(has_thai && thai::is_letter(before) && thai::is_letter(after))
        })
        .collect();
    if has_thai {
        add_thai(text, &mut places);
    }
    places
}

fn is_chinese(language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    primary.eq_ignore_ascii_case("zh") || primary.eq_ignore_ascii_case("yue")
}

/// The text with brackets of the same length for its double quotation marks. Only in Chinese is it known which of them
/// opens, so that Unicode's rules break at neither without looking at both its sides; ICU has the same exception.
fn with_directed_quotes(text: &str) -> Cow<'_, str> {
    const QUOTES: [char; 2] = ['“', '”'];
    if !text.contains(QUOTES) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('“', "\u{207D}").replace('”', "\u{207E}"))
}

/// Whether there may be Thai in a text, by its bytes.
fn has_thai(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), &[0xE0, 0xB8]).is_some()
}

/// Adds the places between the words of Thai, none of which is there yet.
fn add_thai(text: &str, places: &mut Vec<usize>) {
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(thai::is_letter)).map(|start| at + start) {
        let rest = text.get(start..).unwrap_or_default();
        let run = rest.find(|c| !thai::is_letter(c)).map_or(rest, |end| rest.get(..end).unwrap_or_default());
        thai::word_starts(run, |word| places.push(start + word));
        at = start + run.len();
    }
    places.sort_unstable();
}

/// Costs nothing to make: its data are compiled in.
fn segmenter() -> LineSegmenterBorrowed<'static> {
    let mut options = LineBreakOptions::default();
    // As `line-break: auto` has it in every browser: a line may begin with a small kana or a prolonged sound mark.
    options.strictness = Some(LineBreakStrictness::Normal);
    let mut segmenter = LineSegmenter::new_17_for_non_complex_scripts(options);
    segmenter.load_dictionary();
    segmenter
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether two characters stay together though Unicode's rules would part them. What is written without a space in ASCII
/// (`and/or`, `km/h`, `C++`) is one word in browsers, but behind a hyphen or a question mark and before an opening bracket;
/// and a space is one with an ideographic space behind it.
fn joins(before: char, after: char) -> bool {
    if !before.is_ascii_graphic() || !after.is_ascii_graphic() {
        return before == ' ' && after == '\u{3000}';
    }
    match before {
        '-' | '?' => false,
        '$' | '\'' | '(' | '/' | '<' | '@' | '[' | '^' | '_' | '`' | '{' => true,
        _ => before.is_ascii_alphanumeric() || !matches!(after, '(' | '<' | '[' | '{'),
    }
}

/// The last word that was looked at, for addresses: they are long, so that lines may end behind their slashes.
#[derive(Default)]
struct Address {
    end: usize,
    is_address: bool,
}

impl Address {
    /// Whether the word around an offset is an address. Offsets rise from call to call, so that each word is read once.
    fn holds(&mut self, text: &str, at: usize) -> bool {
        if at >= self.end {
            let edge = |c: char| !c.is_ascii_graphic();
            let (head, tail) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
            let start = head.rfind(edge).map_or(0, |edge| edge + 1);
            self.end = at + tail.find(edge).unwrap_or(tail.len());
            let word = head.get(start..).unwrap_or_else(|| head.trim_start_matches(edge));
            self.is_address = word.contains("://") || word.starts_with("www.");
        }
        self.is_address
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_between_spaces_end_as_the_rules_have_it(
            text in "([a-zéω0-9,.;:“”’()/$%!?\u{A0}\n漢字かไทยم‐–—-]{0,6} {0,2}){0,12}",
        ) {
            prop_assert_eq!(break_opportunities(&text, Some("en")), by_rules_alone(&text, Some("en")));
        }
    }
}
