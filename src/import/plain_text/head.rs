//! What a text states about itself: title, authors, dates, site, address, reading time, each with its line. Leaves unsaid
//! what no line says; the file's name is the caller's to fall back on.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use crate::document::{Metadata, OmissionReason, Provenance, Role};
use crate::text::fold;

use super::Decision;
use super::dates::{What, dates_in, is_date_word};
use super::lexicon::{View, entries};
use super::lines::{Line, begins_small, ends_sentence, is_rule, is_url, list_marker, speaker};
use super::mail::{has_mail_headers, read_mail_headers};
use super::reading_time;

/// Characters of a headline.
const HEADLINE: std::ops::RangeInclusive<usize> = 8..=180;

/// Lines of an article's stretch that a headline may stand in: below a standfirst or a caption.
const TITLE_INSIDE: usize = 4;

/// Characters of most headlines.
const USUAL_HEADLINE: usize = 100;

/// Lines of the text whose words a headline shares.
const TITLE_TEXT: usize = 40;

/// Characters of a standfirst.
const STANDFIRST: usize = 200;

/// Lines around an article's beginning that its author and date are looked for in.
const NEAR: usize = 16;

/// Words of a person's name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 1..=5;

/// Words of a site's name.
const SITE_WORDS: usize = 5;

static BYLINE_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| entries(include_str!("../../../assets/lexicons/byline.txt")).map(fold).collect());

/// What a page states; the lines that state it are shown in the head, and those that repeat it are set aside.
pub(super) fn read_page(
    lines: &[Line<'_>],
    views: &[View],
    body: &Range<usize>,
    decisions: &mut [Decision],
) -> Metadata {
    let mut metadata = Metadata::default();
    let title = find_title(lines, views, body);
    if let Some(index) = title
        && let Some(line) = lines.get(index)
    {
        metadata.title.add(headline(&line.text), Provenance::Line(line.number));
        decide(decisions, index, Role::Title, None);
        // What the stretch has above its headline is the page's.
        for above in body.start..index.max(body.start) {
            decide(decisions, above, Role::Body, Some(OmissionReason::OutsideArticle));
        }
        let folded = views.get(index).map(|v| v.folded.as_str()).unwrap_or_default();
        for (other, view) in views.iter().enumerate() {
            // The crumbs and the page's own title have it with the site's name.
            let near =
                other < body.start + TITLE_INSIDE && !view.ends && view.words >= 4 && view.chars <= *HEADLINE.end();
            let same =
                view.folded == folded || (near && (view.folded.contains(folded) || folded.contains(&view.folded)));
            if other != index && same && !folded.is_empty() {
                decide(decisions, other, Role::Body, Some(OmissionReason::RepeatedTitle));
            }
        }
    }
    read_sites(lines, views, body, decisions, &mut metadata);
    for (line, view) in lines.iter().zip(views) {
        if let Some(minutes) = view.minutes {
            metadata.stated_minutes.add(minutes, Provenance::Line(line.number));
        }
    }
    let from = title.unwrap_or_else(|| body.start.saturating_sub(NEAR)).max(body.start.saturating_sub(2 * NEAR));
    let near = from.saturating_sub(3)..(body.start + 3).min(lines.len());
    read_bylines(lines, views, near, title, decisions, &mut metadata);
    read_urls(lines, Some(body), decisions, &mut metadata);
    metadata
}

/// What a text that is no page states. Nothing is set aside; a line that is author or date alone goes to the head.
pub(super) fn read_text(lines: &[Line<'_>], decisions: &mut [Decision]) -> Metadata {
    let mut metadata = Metadata::default();
    if has_mail_headers(lines) {
        read_mail_headers(lines, &mut metadata);
        return metadata;
    }
    let mut next = 0;
    if is_title_of_text(lines)
        && let Some(line) = lines.first()
    {
        metadata.title.add(headline(&line.text), Provenance::Line(line.number));
        decide(decisions, 0, Role::Title, None);
        next = 1 + usize::from(lines.get(1).is_some_and(|l| is_rule(&l.text)));
        for index in next..(next + 3).min(lines.len()) {
            let Some(line) = lines.get(index) else { break };
            let authors = authors_in(&line.text);
            let dates = if is_date_line(&line.text) { dates_in(&line.text) } else { Vec::new() };
            if authors.is_empty() && dates.is_empty() {
                break;
            }
            if !authors.is_empty() {
                metadata.authors.add(authors, Provenance::Line(line.number));
            }
            add_dates(&line.text, line.number, &mut metadata);
            decide(decisions, index, Role::Byline, None);
        }
    }
    let _ = next;
    for line in lines {
        if let Some(minutes) = reading_time::stated_minutes(&line.text) {
            metadata.stated_minutes.add(minutes, Provenance::Line(line.number));
        }
    }
    read_urls(lines, None, decisions, &mut metadata);
    metadata
}

fn decide(decisions: &mut [Decision], index: usize, role: Role, omitted: Option<OmissionReason>) {
    if let Some(decision) = decisions.get_mut(index) {
        *decision = Decision { role, omitted };
    }
}

/// A heading's text without marks that only set it off.
pub(super) fn headline(text: &str) -> String {
    let text = crate::text::collapse_whitespace(text);
    text.trim_matches(|c: char| matches!(c, '=' | '#' | '*' | '_')).trim().to_owned()
}

/// The line of a page that is its headline: near the article's beginning, of a headline's length, and saying what the
/// article says. Menus and other stories' headlines share few words with the text.
fn find_title(lines: &[Line<'_>], views: &[View], body: &Range<usize>) -> Option<usize> {
    // In how many lines of the text each of its words stands.
    let mut text_words: HashMap<String, usize> = HashMap::new();
    for line in lines.get(body.clone())?.iter().take(TITLE_TEXT) {
        let words: HashSet<String> =
            fold(&line.text).split(' ').filter(|w| w.chars().count() >= 4).map(str::to_owned).collect();
        for word in words {
            *text_words.entry(word).or_default() += 1;
        }
    }
    let mut best: Option<(i32, usize)> = None;
    for index in 0..(body.start + TITLE_INSIDE).min(body.end) {
        let (Some(line), Some(view)) = (lines.get(index), views.get(index)) else { continue };
        if !HEADLINE.contains(&view.chars)
            || view.kind.is_some_and(|k| k != OmissionReason::Navigation)
            || (index >= body.start && view.ends)
        {
            continue;
        }
        // A standfirst may come first, a paragraph may not.
        let above = views.get(body.start..index).unwrap_or_default();
        if above.iter().filter(|v| v.ends).count() > 1 || above.iter().any(|v| v.ends && v.chars > STANDFIRST) {
            continue;
        }
        if is_date_line(&line.text) || !authors_in(&line.text).is_empty() || is_url(&line.text) {
            continue;
        }
        let words: Vec<&str> = view.folded.split(' ').filter(|w| w.chars().count() >= 4).collect();
        // That a line of the text has its own words says nothing, unless it has a headline's form.
        let own = usize::from((body.start..body.start + TITLE_TEXT).contains(&index) && view.chars > USUAL_HEADLINE);
        let shared = words.iter().filter(|w| text_words.get(**w).is_some_and(|lines| *lines > own)).count();
        let share = i32::try_from(shared * 100 / words.len().max(1)).unwrap_or(0);
        let distance = i32::try_from(body.start.abs_diff(index)).unwrap_or(i32::MAX).min(200);
        let length = i32::try_from(view.words.min(10)).unwrap_or(0);
        let mut score = share * i32::try_from(shared.min(4)).unwrap_or(0) / 4 + length * 4 - distance;
        if view.ends && !line.text.ends_with(['?', '!', '”', '’', '"']) {
            score -= 40;
        }
        if index > body.start {
            // It may as well be the heading of the first section.
            score -= 25;
        }
        if index == 0 {
            score += 15;
        }
        if index + 1 == body.start && line.blank_before && lines.get(body.start).is_some_and(|l| l.blank_before) {
            // Alone, right above the text.
            score += 10;
        }
        if view.occurs > 1 {
            score += 10;
        }
        if view.words < 3 {
            score -= 30;
        }
        // Of equals the first: a headline stands above its standfirst.
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
        }
    }
    best.filter(|(score, _)| *score > 20).map(|(_, index)| index)
}

/// The site: beside a reading time, after "Source:", in the copyright line, or alone and repeated at the head.
fn read_sites(
    lines: &[Line<'_>],
    views: &[View],
    body: &Range<usize>,
    decisions: &mut [Decision],
    metadata: &mut Metadata,
) {
    let mut names: Vec<(u8, String, usize)> = Vec::new();
    for (index, (line, view)) in lines.iter().zip(views).enumerate() {
        let words = |name: &str| (1..=SITE_WORDS).contains(&name.split_whitespace().count());
        if let Some(name) = labelled(&line.text, &["source", "quelle", "fuente", "fonte", "bron", "site", "via"])
            && !is_url(name)
            && words(name)
        {
            names.push((0, name.to_owned(), index));
        }
        if view.minutes.is_some() {
            let name = reading_time::without_time(&line.text);
            if words(&name)
                && dates_in(&name).is_empty()
                && authors_in(&line.text).is_empty()
                && !is_person_beside(&name)
            {
                let alone = views.iter().any(|v| v.folded == fold(&name));
                names.push((if alone { 1 } else { 3 }, name, index));
            }
        }
        if index >= body.end
            && let Some(name) = copyright_holder(&line.text)
            && words(&name)
        {
            names.push((2, name, index));
        }
    }
    names.sort_by_key(|(rank, _, index)| (*rank, *index));
    // A name beside a reading time may be the author's or the section's; it counts if it stands alone as well.
    names.retain(|(rank, _, _)| *rank < 3);
    for (_, name, index) in &names {
        let folded = fold(name);
        // The name alone is the clearer statement of it.
        let alone = views.iter().position(|v| v.folded == folded);
        let from = alone.unwrap_or(*index);
        if let Some(line) = lines.get(from) {
            metadata.site.add(name.clone(), Provenance::Line(line.number));
        }
        for (other, view) in views.iter().enumerate() {
            let is_title = decisions.get(other).is_some_and(|d| d.role == Role::Title);
            if view.folded == folded && !is_title {
                decide(decisions, other, Role::Body, Some(OmissionReason::SourceName));
            }
        }
    }
}

/// "By Ann Vale 3 min read" names a person.
fn is_person_beside(name: &str) -> bool {
    name.split_whitespace().next().is_some_and(|first| BYLINE_WORDS.contains(&fold(first)))
}

/// What stands behind one of these labels and a colon.
fn labelled<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    let (label, value) = text.split_once(':')?;
    let value = value.trim();
    (labels.contains(&fold(label).as_str()) && !value.is_empty()).then_some(value)
}

/// "Harrow Bay Courier" of "© 2026 Harrow Bay Courier. All rights reserved."
fn copyright_holder(text: &str) -> Option<String> {
    let at = text.find('©').map(|at| at + '©'.len_utf8()).or_else(|| {
        let lower = text.to_lowercase();
        ["copyright ", "(c) "].into_iter().find(|mark| lower.starts_with(mark)).map(str::len)
    })?;
    let rest = text.get(at..)?.trim_start();
    let rest = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '©' | '.')
    });
    let name = rest.split(['.', ',', '|', '·', ';']).next()?.split(" - ").next()?.trim();
    let lower = name.to_lowercase();
    let name = ["all rights", "alle rechte", "tous droits", "todos los", "todos os", "tutti i", "copyright"]
        .iter()
        .filter_map(|tail| lower.find(tail))
        .min()
        .and_then(|at| name.get(..at))
        .unwrap_or(name)
        .trim();
    (name.len() > 2 && name.chars().any(char::is_alphabetic) && !begins_small(name)).then(|| name.to_owned())
}

fn read_bylines(
    lines: &[Line<'_>],
    views: &[View],
    near: Range<usize>,
    title: Option<usize>,
    decisions: &mut [Decision],
    metadata: &mut Metadata,
) {
    for index in near {
        let (Some(line), Some(view)) = (lines.get(index), views.get(index)) else { continue };
        if Some(index) == title || view.chars > 200 {
            continue;
        }
        let authors = if view.kind == Some(OmissionReason::ImageCredit) { Vec::new() } else { authors_in(&line.text) };
        let is_dated = is_date_line(&line.text);
        if authors.is_empty() && !is_dated {
            continue;
        }
        let new_author = !authors.is_empty() && metadata.authors.value().is_none();
        let mut new_date = false;
        if !authors.is_empty() {
            metadata.authors.add(authors, Provenance::Line(line.number));
        }
        if is_dated {
            let before = (metadata.published.is_empty(), metadata.modified.is_empty());
            add_dates(&line.text, line.number, metadata);
            new_date = before != (metadata.published.is_empty(), metadata.modified.is_empty());
        }
        if new_author || new_date {
            decide(decisions, index, Role::Byline, None);
        } else {
            decide(decisions, index, Role::Body, Some(OmissionReason::RepeatedDateline));
        }
    }
}

pub(super) fn add_dates(text: &str, number: usize, metadata: &mut Metadata) {
    for found in dates_in(text) {
        let readings = if found.what == What::Updated { &mut metadata.modified } else { &mut metadata.published };
        readings.add(found.date, Provenance::Line(number));
    }
}

/// Whether a line says a date and little else.
fn is_date_line(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let dates = dates_in(text);
    let dated: usize = dates.iter().map(|d| d.words).sum();
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
    let other = words.filter(|w| !is_date_word(w) && w.chars().any(char::is_alphabetic)).count();
    !dates.is_empty() && (other <= 6 || other <= dated)
}

/// Whether a line names an author or states a date, and says little else.
pub(super) fn is_head_line(text: &str) -> bool {
    is_date_line(text) || !authors_in(text).is_empty()
}

/// The authors that a line names after "By" and its like.
fn authors_in(text: &str) -> Vec<String> {
    if text.chars().count() > 140 {
        return Vec::new();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let lead = (1..=4.min(words.len()))
        .rev()
        .find(|n| words.get(..*n).is_some_and(|first| BYLINE_WORDS.contains(&fold(&first.join(" ")))));
    let Some(lead) = lead else { return Vec::new() };
    let rest = words.get(lead..).unwrap_or_default().join(" ");
    // What stands behind a bar, a dash or a dot is a role, a place or a date.
    let names = rest.split(['|', '–', '—', '·', '•', '/']).next().unwrap_or_default();
    let names = names.split(" - ").next().unwrap_or_default();
    let mut authors = Vec::new();
    for part in names.split([',', '&', ';']) {
        for name in split_conjunctions(part) {
            let name = name.trim().trim_matches(|c: char| matches!(c, ':' | '|' | '-' | '–')).trim();
            if name.is_empty() {
                continue;
            }
            if is_name(name) {
                authors.push(name.to_owned());
            } else if authors.is_empty() {
                return Vec::new();
            } else {
                return authors;
            }
        }
    }
    authors
}

fn split_conjunctions(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in text.split_whitespace() {
        if matches!(word, "and" | "und" | "et" | "y" | "e" | "en" | "with") {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    parts
}

/// Whether it could be the name of a person: a few words with capitals, and no more than letters.
fn is_name(text: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "di", "do", "dos", "das", "del", "della", "van", "von", "der", "den", "la", "le", "du", "bin",
        "al", "ter", "zu",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = |w: &str| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    let cased = |w: &str| w.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    NAME_WORDS.contains(&words.len())
        && words.iter().all(|w| letters(w) && (cased(w) || PARTICLES.contains(w)))
        && words.iter().any(|w| cased(w) && w.chars().count() > 1)
        && !words.iter().any(|w| is_date_word(w) && w.len() > 3)
        && !ends_sentence(text.trim_end_matches("Jr.").trim_end_matches("Sr."))
}

/// "Source: https://…", "URL: …", or an address alone at either end of the text.
fn read_urls(lines: &[Line<'_>], body: Option<&Range<usize>>, decisions: &mut [Decision], metadata: &mut Metadata) {
    const LABELS: &[&str] = &[
        "source",
        "url",
        "link",
        "quelle",
        "lien",
        "fuente",
        "enlace",
        "fonte",
        "bron",
        "address",
        "adresse",
        "permalink",
        "original",
    ];
    let ends = 6;
    for (index, line) in lines.iter().enumerate() {
        if index >= ends && index + ends < lines.len() {
            continue;
        }
        let said = labelled(&line.text, LABELS).filter(|value| is_url(value));
        let alone = body.map(|_| line.text.as_ref()).filter(|text| is_url(text));
        let Some(url) = said.or(alone) else { continue };
        metadata.url.add(url.to_owned(), Provenance::Line(line.number));
        if body.is_some() {
            decide(decisions, index, Role::Body, Some(OmissionReason::SourceName));
        }
    }
}

/// Whether the first line of a text that is no page is its title: short, no sentence, and apart from what follows.
fn is_title_of_text(lines: &[Line<'_>]) -> bool {
    let (Some(first), Some(second)) = (lines.first(), lines.get(1)) else { return false };
    let is_underlined = is_rule(&second.text) && second.text.starts_with(['=', '-']) && !second.blank_before;
    let apart = second.blank_before || is_underlined || second.text.chars().count() > 120;
    let is_short = first.text.chars().count() <= 100;
    let is_heading = !first.text.ends_with(['.', ',', ';', ':', '。', '，']) && !begins_small(&first.text);
    is_short
        && apart
        && is_heading
        && first.quoted == 0
        && list_marker(&first.text).is_none()
        && !is_url(&first.text)
        && !is_rule(&first.text)
        && speaker(&first.text).is_none()
        && !first.text.contains('\t')
        && first.text.chars().any(char::is_alphanumeric)
        && !is_date_line(&first.text)
}
