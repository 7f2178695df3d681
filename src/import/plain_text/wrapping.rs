//! Joins lines that were broken at a margin. A break was made by a program if the next line's first word would not have
//! fitted; a text is taken to be wrapped only if most of its breaks are of that kind. Verse, addresses and lists are not.

use std::borrow::Cow;
use std::collections::HashSet;

use super::forming::looks_like_code;
use super::lines::{
    Line, begins_large, begins_small, columns, ends_sentence, is_rule, is_url, is_wide, list_marker, speaker,
};
use super::mail::is_mail_field;
use crate::text::line_feeds;

/// Margins that texts are wrapped at, in columns: narrower is verse or a menu, wider is a paragraph a line.
const MARGINS: std::ops::RangeInclusive<usize> = 44..=132;

/// The margin from which three lines are enough to see that a text is wrapped.
const SHORTEST_PROSE_MARGIN: usize = 56;

/// One line in so many may pass the margin: addresses of the web, tables.
const LONGER_ONE_IN: usize = 33;

/// Columns by which a wrapper may fall short of the margin for the sake of an even edge (fmt(1)'s goal is 7% less).
const RAGGED_COLUMNS: usize = 6;

/// Words before which a hyphen at a line's end stands for a part left out ("Fähr- und Hafenbetrieb").
const SUSPENDED: &[&str] = &["und", "oder", "bzw", "or", "and", "to", "y", "e", "et", "ou", "en", "of", "ni", "nor"];

/// A text's lines, those that were broken at a margin joined.
pub(super) fn unwrap_lines(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let Some(margin) = margin(&lines) else { return lines };
    let is_transcript = lines.iter().filter(|l| speaker(&l.text).is_some()).count() >= 3;
    let words = hyphenated_words(&lines);
    let mut out: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    // The last physical line's columns and indent of what is last in `out`.
    let mut last: Option<(usize, usize)> = None;
    let mut is_fenced = false;
    for line in lines {
        let is_fence = line.text.starts_with("```");
        is_fenced ^= is_fence;
        let (width, indent) = (columns(&line.text), line.indent);
        let joins = match (out.last(), last) {
            (Some(before), Some((width, indent))) => {
                let begins = line.blank_before
                    || is_fenced
                    || is_fence
                    || (looks_like_code(&line) && looks_like_code(before))
                    || is_mail_field(&line.text)
                    || (is_transcript && speaker(&line.text).is_some());
                !begins && goes_on(before, indent, width, &line, margin)
            }
            _ => false,
        };
        match out.last_mut().filter(|_| joins) {
            Some(before) => join(&mut before.text, &line.text, &words),
            None => out.push(line),
        }
        last = Some((width, indent));
    }
    out
}

/// The column at which the text was wrapped, if it was.
fn margin(lines: &[Line<'_>]) -> Option<usize> {
    let end = |l: &Line<'_>| l.indent + columns(&l.text);
    let mut ends: Vec<usize> =
        lines.iter().filter(|l| l.text.contains(' ') || l.text.chars().any(is_wide)).map(end).collect();
    ends.sort_unstable();
    let margin = *ends.get(ends.len().checked_sub(1 + ends.len() / LONGER_ONE_IN)?)?;
    if !MARGINS.contains(&margin) {
        return None;
    }
    let (mut pairs, mut full, mut small, mut large) = (0usize, 0usize, 0usize, 0usize);
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        if next.blank_before || list_marker(&next.text).is_some() || is_rule(&next.text) || line.text.contains('\t') {
            continue;
        }
        // Signatures and an e-mail's head are no evidence either way.
        if end(line) * 2 <= margin || is_mail_field(&next.text) {
            continue;
        }
        pairs += 1;
        if end(line) + 1 + first_word(&next.text) > margin {
            full += 1;
            small += usize::from(begins_small(&next.text));
            large += usize::from(begins_large(&next.text));
        }
    }
    let mostly_full = full * 2 >= pairs && full >= 2;
    // Verse begins its lines with capitals; prose does so by chance, in German with its nouns in some 40% of lines.
    let is_prose = large * 4 <= full * 3;
    let enough = full >= 4 || (small * 2 >= full && margin >= SHORTEST_PROSE_MARGIN);
    (mostly_full && is_prose && enough).then_some(margin)
}

fn first_word(text: &str) -> usize {
    let mut width = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            break;
        }
        if is_wide(c) {
            return width + if width == 0 { 2 } else { 0 };
        }
        width += 1;
    }
    width
}

/// Whether `line` goes on from the paragraph before, whose last line had this indent and width.
fn goes_on(before: &Line<'_>, indent: usize, width: usize, line: &Line<'_>, margin: usize) -> bool {
    let stands_alone = |text: &str| is_rule(text) || is_url(text) || text.contains('\t');
    if list_marker(&line.text).is_some() || stands_alone(&line.text) || stands_alone(&before.text) {
        return false;
    }
    let in_item = list_marker(&before.text).is_some();
    // A first line set in begins a paragraph, unless it is the second line of a list's item.
    if line.indent > indent + 1 && !(in_item && indent == before.indent) {
        return false;
    }
    if in_item && line.indent < before.indent {
        return false;
    }
    let end = indent + width;
    let is_full = |slack: usize| end + 1 + first_word(&line.text) + slack > margin;
    if begins_small(&line.text) && end * 2 > margin {
        return true;
    }
    if ends_sentence(&before.text) && begins_large(&line.text) { is_full(0) } else { is_full(RAGGED_COLUMNS) }
}

/// The words of the text, gathered only where a line ends with a hyphen: they tell whether it is the word's own.
fn hyphenated_words(lines: &[Line<'_>]) -> HashSet<String> {
    if !lines.iter().any(|l| l.text.ends_with('-')) {
        return HashSet::new();
    }
    let mut words = HashSet::new();
    let mut after_hyphen = false;
    for line in lines {
        let is_broken = line.text.ends_with('-');
        let count = line.text.split_whitespace().count();
        for (index, word) in line.text.split_whitespace().enumerate() {
            // The two parts of a broken word are no evidence that they are words.
            let is_part = (after_hyphen && index == 0) || (is_broken && index + 1 == count);
            if !is_part {
                words.insert(bare(word));
            }
        }
        after_hyphen = is_broken;
    }
    words
}

/// A word in small letters without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn join(text: &mut Cow<'_, str>, next: &str, words: &HashSet<String>) {
    let text = text.to_mut();
    if text.ends_with('\u{AD}') {
        text.pop();
        text.push_str(next);
        return;
    }
    let stem = text.strip_suffix('-').filter(|s| s.ends_with(char::is_alphabetic));
    if let Some(stem) = stem {
        let next_word = next.split_whitespace().next().unwrap_or_default();
        if SUSPENDED.contains(&bare(next_word).as_str()) {
            text.push(' ');
        } else if begins_small(next) {
            let first = bare(stem.rsplit(char::is_whitespace).next().unwrap_or_default());
            let second = bare(next_word);
            let whole = words.contains(&format!("{first}{second}"));
            let hyphenated = words.contains(&format!("{first}-{second}"));
            // Where neither form stands elsewhere, parts that are words by themselves keep their hyphen ("well-known").
            let parts_are_words = words.contains(&first) || words.contains(&second);
            if whole || (!hyphenated && !parts_are_words) {
                text.pop();
            }
        }
        text.push_str(next);
        return;
    }
    let (before, after) = (text.chars().next_back(), next.chars().next());
    if before.zip(after).is_none_or(|(before, after)| line_feeds::is_space(before, after)) {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::plain_text::lines::split;

    fn check(text: &str, expected: &[&str]) {
        let lines = unwrap_lines(split(text));
        assert_eq!(lines.iter().map(|l| l.text.as_ref()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_broken_at_a_margin_are_joined() {
        check(
            "The ferry to the island runs every day of the week and on\nholidays, whatever the weather may be, and takes a cargo of\nmail, milk and passengers.\nIn winter the last boat leaves at four, which is early even\nfor those who live there.\n",
            &[
                "The ferry to the island runs every day of the week and on holidays, whatever the weather may be, and takes a cargo of mail, milk and passengers.",
                "In winter the last boat leaves at four, which is early even for those who live there.",
            ],
        );
    }

    #[test]
    fn lines_of_letters_without_spaces_are_joined_without() {
        let line = "港口的船都没有开出去因为整个早上都刮着很大的风，码头上的人说这样的天气已经持续了三天，";
        let last = "没有人知道什么时候会停。";
        let text = format!("{line}\n{line}\n{line}\n{line}\n{line}\n{last}\n");
        check(&text, &[&text.replace('\n', "")]);
    }

    #[test]
    fn verse_and_addresses_stay() {
        let verse = "The boat goes out upon the tide,\nThe gulls go out behind,\nAnd none who wave from the harbour side\nKnow what the nets will find.";
        check(verse, &verse.lines().collect::<Vec<_>>());
        let address = "Ann Vale\n12 Quay Street\nHarrow Bay";
        check(address, &address.lines().collect::<Vec<_>>());
    }

    #[test]
    fn hyphens_at_the_margin_are_weighed() {
        check(
            "Nobody in the town had asked the council for an expla-\nnation, and when it gave an explanation, it took a well-\nknown line, as everybody knew, about the town\u{2019}s Fähr-\nund Hafenbetrieb, of which little had been known before.",
            &[
                "Nobody in the town had asked the council for an explanation, and when it gave an explanation, it took a well-known line, as everybody knew, about the town\u{2019}s Fähr- und Hafenbetrieb, of which little had been known before.",
            ],
        );
    }
}
