//! The title: which of the headings and statements is the one that the reader saw. Judges no block.

use super::{Statements, element, json, meta};
use crate::document::{Metadata, Provenance};
use crate::import::html::dom::{self, visible_text};
use crate::text::{collapse_whitespace, fold};

/// A heading needs this many words of some length to be known for a rewording of the stated title.
const LEAST_KIN_WORDS: usize = 3;

/// A `title` element of this many words names a story and not only a site.
const LEAST_TITLE_WORDS: usize = 5;

/// Separators between a title and its site in a `title` element.
const TITLE_SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " / ", " • "];

pub(super) fn read(stated: &Statements<'_>, metadata: &mut Metadata) {
    let Statements { elements, tags, ld } = stated;
    let mut site: Vec<String> = metadata.site.iter().map(|reading| fold(&reading.value)).collect();
    // The host's own name: "slashdot" of news.slashdot.org.
    let host = metadata.url.value().and_then(|url| url.split('/').nth(2)).unwrap_or_default().to_lowercase();
    let mut labels = host.trim_start_matches("www.").rsplit('.').skip(1);
    site.extend(labels.find(|label| label.len() > 3).map(fold));
    let mut add = |title: &str, from: Provenance| {
        let title = collapse_whitespace(title);
        if !title.is_empty() && !site.contains(&fold(&title)) {
            metadata.title.add(title, from);
        }
    };
    let h1s: Vec<String> = elements
        .select("h1")
        .iter()
        .filter(|n| !dom::is_hidden(n) && !dom::is_unspoken(n))
        .map(visible_text)
        .filter(|t| !t.is_empty())
        .collect();
    let stated: Vec<String> = {
        let tagged = tags.all(&["og:title", "twitter:title"]).map(|(_, value)| value.to_owned());
        ld.headline.iter().cloned().chain(tagged).collect()
    };
    let title_element =
        elements.select("head title").first().map(|n| collapse_whitespace(&n.text())).filter(|t| !t.is_empty());
    // A heading that the page's own statements repeat is the title as the reader saw it: the statements are often cut,
    // decorated with the site's name, or written for search engines.
    let is_repeated = |h1: &str| {
        let heading = fold(h1);
        let within = |other: &str| {
            let other = fold(other);
            // A word that the title happens to hold is the name of a section, not the title.
            let much = heading.len() * 5 >= other.len() * 2;
            !heading.is_empty() && (other.contains(&heading) && much || (other.len() >= 20 && heading.contains(&other)))
        };
        heading.len() >= 3 && (stated.iter().any(|t| within(t)) || title_element.as_deref().is_some_and(within))
    };
    // Written anew for the page's heads, but about the same: the heading is what the reader saw.
    let is_kin = |h1: &str| {
        let heading: Vec<String> = fold(h1).split(' ').filter(|w| w.chars().count() > 2).map(str::to_owned).collect();
        let others = stated.iter().map(String::as_str).chain(title_element.as_deref());
        heading.len() >= LEAST_KIN_WORDS
            && others.into_iter().any(|other| {
                let other = fold(other);
                let shared = heading.iter().filter(|word| other.split(' ').any(|o| o == word.as_str())).count();
                shared * 5 >= heading.len() * 2 && shared >= 2
            })
    };
    let confirmed = h1s.iter().filter(|h1| !site.contains(&fold(h1))).find(|h1| is_repeated(h1));
    let confirmed = confirmed.or_else(|| h1s.iter().filter(|h1| !site.contains(&fold(h1))).find(|h1| is_kin(h1)));
    if let Some(h1) = confirmed {
        add(&without_site(h1, &site, &[]), element("h1"));
    }
    // One that was cut off is told by the others that go on.
    let is_cut = |headline: &str| {
        let cut = fold(headline);
        cut.len() >= 30
            && stated.iter().skip(1).any(|other| fold(other).len() > cut.len() + 3 && fold(other).starts_with(&cut))
    };
    if let Some(headline) = ld.headline.as_ref().filter(|headline| !is_cut(headline)) {
        add(&without_site(headline, &site, &h1s), json("headline"));
    }
    for (name, value) in tags.all(&[
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "title",
    ]) {
        add(&without_site(value, &site, &h1s), meta(name));
    }
    let lone = if let ([h1], None) = (h1s.as_slice(), confirmed) { Some(h1) } else { None };
    // A heading that shares nothing with a title of some length names the site or a section.
    let long_title = title_element.as_deref().filter(|title| fold(title).split(' ').count() >= LEAST_TITLE_WORDS);
    if let (Some(h1), None) = (lone, long_title) {
        add(h1, element("h1"));
    }
    if let Some(title) = &title_element {
        add(&without_site(title, &site, &h1s), element("title"));
    }
    if let Some(h1) = lone {
        add(h1, element("h1"));
    }
    if let Some(headline) = &ld.headline {
        add(&without_site(headline, &site, &h1s), json("headline"));
    }
    if let Some(name) = &ld.name {
        add(&without_site(name, &site, &h1s), json("name"));
    }
}

/// A title without the site's name at its end or beginning: by the site's stated name, by an `h1` that is all but that, or,
/// behind the last bar, by being short.
fn without_site(title: &str, site: &[String], h1s: &[String]) -> String {
    for separator in TITLE_SEPARATORS {
        if let Some((rest, last)) = title.rsplit_once(separator) {
            let last = fold(last);
            let joined = last.replace(' ', "");
            let is_site = site.contains(&joined)
                || site.iter().any(|s| {
                    *s == last || (last.len() > 3 && s.contains(&last)) || (s.len() > 3 && last.contains(s.as_str()))
                });
            let is_heading = h1s.iter().any(|h1| fold(h1) == fold(rest));
            let short_behind_bar = matches!(separator, " | " | " :: " | " » ")
                && last.split(' ').count() <= 4
                && rest.split_whitespace().count() > 3;
            if is_site || is_heading || short_behind_bar {
                return without_site(rest.trim(), site, h1s);
            }
        }
        if let Some((first, rest)) = title.split_once(separator) {
            let first = fold(first);
            if site.contains(&first) || h1s.iter().any(|h1| fold(h1) == fold(rest)) {
                return rest.trim().to_owned();
            }
        }
    }
    title.to_owned()
}
