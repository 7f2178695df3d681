//! Whether a text was pasted from a web page. Without evidence nothing of it is ever set aside: a poem, a letter or a
//! recipe has short lines too. Does not say which lines are the page's furniture.

use std::collections::HashSet;

use crate::document::OmissionReason;

use super::lexicon::View;
use super::lines::{Line, is_rule, list_marker, speaker};

/// Evidence at which a text is a page. One kind of furniture is not enough: a letter may end with a copyright line.
const ENOUGH: i32 = 4;

/// Weight of a kind of furniture that pages have and little else does.
const STRONG: i32 = 2;

/// Weight of what other texts may have as well.
const WEAK: i32 = 1;

/// Short lines in a row, with running text before or behind, that make a menu. Longer than most stanzas and addresses.
const MENU_LINES: usize = 8;

/// Whether the text is a web page's.
pub(super) fn is_page(lines: &[Line<'_>], views: &[View]) -> bool {
    let prose = views.iter().filter(|v| v.is_prose()).count();
    prose > 0 && furniture_seen(lines, views) - other_kind(lines, prose) >= ENOUGH
}

fn furniture_seen(lines: &[Line<'_>], views: &[View]) -> i32 {
    let mut kinds: HashSet<(OmissionReason, bool)> = HashSet::new();
    for view in views {
        let Some(kind) = view.kind else { continue };
        // The same kind said in two ways counts for more than once, but less than two kinds do.
        let again = !kinds.insert((kind, false));
        if again {
            kinds.insert((kind, true));
        }
    }
    let mut evidence: i32 = kinds.iter().map(|(kind, again)| if *again { 0 } else { weight(*kind) }).sum();
    evidence +=
        i32::try_from(kinds.iter().filter(|(kind, again)| *again && weight(*kind) == STRONG).count()).unwrap_or(0);
    let menu = longest_menu(lines, views);
    if menu >= MENU_LINES {
        evidence += STRONG;
    }
    if menu >= 2 * MENU_LINES && views.iter().filter(|v| v.is_prose()).count() >= 3 {
        evidence += STRONG;
    }
    // A label that comes back (a source's name over and over, a headline in the crumbs and again above the text).
    if views.iter().any(|v| v.occurs > 1 && v.words > 0 && v.chars <= 120 && v.folded.len() > 3 && !v.ends) {
        evidence += WEAK;
    }
    evidence
}

fn weight(kind: OmissionReason) -> i32 {
    match kind {
        OmissionReason::ReadingTime
        | OmissionReason::Share
        | OmissionReason::Subscribe
        | OmissionReason::Related
        | OmissionReason::Advertisement
        | OmissionReason::Comments => STRONG,
        _ => WEAK,
    }
}

/// The longest run of short lines without punctuation.
fn longest_menu(lines: &[Line<'_>], views: &[View]) -> usize {
    let mut run = 0usize;
    let runs = lines.iter().zip(views).map(|(line, view)| {
        let is_entry = view.is_label()
            && view.words <= 5
            && list_marker(&line.text).is_none()
            && !line.text.ends_with([',', ';', ':'])
            && line.indent == 0
            && line.quoted == 0;
        run = if is_entry { run + 1 } else { 0 };
        run
    });
    runs.max().unwrap_or(0)
}

/// Evidence that the text is of another kind: e-mail, transcript, letter, README, verse.
fn other_kind(lines: &[Line<'_>], prose: usize) -> i32 {
    let mut against = 0;
    let count = |test: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|l| test(l)).count();
    if super::mail::has_mail_headers(lines) {
        against += 3 * STRONG;
    }
    if count(&|l| l.quoted > 0) >= 2 {
        against += STRONG;
    }
    let speakers = count(&|l| speaker(&l.text).is_some_and(|s| !s.contains("http")));
    if speakers * 3 > lines.len() {
        against += 3 * STRONG;
    }
    if lines.iter().take(6).any(|l| is_salutation(&l.text)) {
        against += 2 * STRONG;
    }
    let marked = count(&|l| is_rule(&l.text) && l.text.starts_with(['=', '-']));
    let code = count(&|l| l.text.starts_with("```") || (l.indent >= 4 && l.text.starts_with("$ ")));
    let listed = count(&|l| list_marker(&l.text).is_some());
    if marked >= 2 || code > 0 {
        against += 2 * STRONG;
    }
    if listed * 3 > lines.len() && listed > prose {
        against += STRONG;
    }
    against
}

/// "Dear Ann," and its like: a short first line that addresses somebody and ends with a comma.
fn is_salutation(text: &str) -> bool {
    const GREETINGS: &[&str] = &[
        "dear", "hi", "hello", "liebe", "lieber", "sehr", "hallo", "cher", "chere", "bonjour", "querido", "querida",
        "estimado", "estimada", "hola", "caro", "cara", "gentile", "egregio", "prezado", "prezada", "ola", "beste",
        "geachte",
    ];
    let first = crate::text::fold(text.split_whitespace().next().unwrap_or_default());
    text.len() < 80 && text.ends_with([',', '!', ':']) && GREETINGS.contains(&first.as_str())
}
