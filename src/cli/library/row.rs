//! A story in one line: aligned for people, or as JSON for programs. The JSON is an interface; the wording for people may
//! change.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use super::harmless;
use crate::library::{Entry, Key, Lit, ReadState, Seen, Shelf, Sort};

/// Width of the column of sites, in characters of a terminal.
const SITE_COLUMNS: usize = 22;

/// A story, for programs.
#[derive(Serialize)]
struct Row<'a> {
    key: Key,
    title: &'a str,
    site: Option<&'a str>,
    authors: &'a [String],
    published: Option<&'a str>,
    added: Option<String>,
    words: usize,
    minutes: usize,
    state: ReadState,
    shelf: Shelf,
    progress: f32,
    tags: &'a [String],
    url: Option<&'a str>,
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet<'a>>,
}

/// Where a story has what was searched for.
#[derive(Serialize)]
struct Snippet<'a> {
    text: &'a str,
    /// From and to, in bytes.
    hits: Vec<[usize; 2]>,
}

/// As JSON in one line; with `lit` as what a search found.
pub fn json(key: Key, entry: &Entry, lit: Option<&Lit>) -> serde_json::Result<String> {
    serde_json::to_string(&Row {
        key,
        title: &entry.title,
        site: entry.site.as_deref(),
        authors: &entry.authors,
        published: entry.published.as_deref(),
        added: jiff::Timestamp::from_millisecond(entry.added_ms).ok().map(|time| time.to_string()),
        words: entry.words,
        minutes: entry.minutes,
        state: entry.status.read,
        shelf: entry.status.shelf,
        progress: entry.status.progress,
        tags: &entry.status.tags,
        url: entry.url.as_deref(),
        path: match &entry.seen {
            Some(Seen::File(path)) => Some(path.to_string_lossy().into_owned()),
            _ => None,
        },
        snippet: lit.map(|lit| Snippet {
            text: &entry.excerpt,
            hits: lit.excerpt.iter().map(|hit| [hit.start, hit.end]).collect(),
        }),
    })
}

/// For people: date, state, minutes, site, title, tags. The title stands last, so that nothing has to be cut from it.
pub fn line(entry: &Entry, sort: Sort, title: &str) -> String {
    let added = || jiff::Timestamp::from_millisecond(entry.added_ms).map(|time| time.to_string()).unwrap_or_default();
    let date = if sort == Sort::Published { entry.published.clone().unwrap_or_default() } else { added() };
    let state = match entry.status.read {
        ReadState::Unread => String::new(),
        ReadState::InProgress => format!("{:.0} %", entry.status.progress * 100.0),
        ReadState::Finished => "read".to_owned(),
    };
    let tags: String = entry.status.tags.iter().map(|tag| format!("  #{}", harmless(tag))).collect();
    let date: String = date.chars().take("2024-12-31".len()).collect();
    let site = padded(&harmless(entry.site.as_deref().unwrap_or_default()), SITE_COLUMNS);
    format!("{date:10}  {state:>5}  {:>4} min  {site}  {title}{tags}", entry.minutes)
}

/// A text with its hits in bold, where that can be seen. Either way without a character that a terminal would obey.
pub fn lit(text: &str, hits: &[std::ops::Range<usize>], is_terminal: bool) -> String {
    let mut out = String::new();
    let mut done = 0;
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().replace(char::is_control, " ");
    for hit in hits.iter().filter(|_| is_terminal) {
        out.push_str(&part(done..hit.start));
        out.push_str("\u{1B}[1m");
        out.push_str(&part(hit.clone()));
        out.push_str("\u{1B}[22m");
        done = hit.end;
    }
    out.push_str(&part(done..text.len()));
    out
}

/// Cut or filled up to so many columns.
fn padded(text: &str, columns: usize) -> String {
    let (mut out, mut width) = (String::new(), 0);
    let whole: usize = text.graphemes(true).map(width_of).sum();
    for cluster in text.graphemes(true) {
        let room = if whole > columns { columns - 1 } else { columns };
        if width + width_of(cluster) > room {
            out.push('…');
            width += 1;
            break;
        }
        out.push_str(cluster);
        width += width_of(cluster);
    }
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(width)));
    out
}

/// Columns that a cluster takes on a terminal: two for the wide letters of East Asia (the blocks that Unicode's
/// EastAsianWidth has as W and F) and for emoji.
fn width_of(cluster: &str) -> usize {
    let is_wide = |c: char| {
        matches!(c,
            '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1FAFF}'
            | '\u{20000}'..='\u{3FFFD}')
    };
    if cluster.chars().any(is_wide) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_they_look() {
        for (text, expected) in [
            ("", "      "),
            ("ferry", "ferry "),
            ("ferries", "ferri…"),
            ("渡輪", "渡輪  "),
            ("渡輪港口", "渡輪… "),
            ("e\u{301}te\u{301}", "e\u{301}te\u{301}   "),
        ] {
            assert_eq!(padded(text, 6), expected, "{text}");
        }
    }

    #[test]
    fn hits_are_bold_on_a_terminal_and_nothing_is_obeyed() {
        let check = |is_terminal, expected: &str| {
            let hit = 2..3;
            assert_eq!(lit("a b\u{1B}[2Jc", std::slice::from_ref(&hit), is_terminal), expected);
        };
        check(true, "a \u{1B}[1mb\u{1B}[22m [2Jc");
        check(false, "a b [2Jc");
    }
}
