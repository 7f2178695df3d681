//! Who wrote a story: names from JSON-LD, meta tags, microdata, links and bylines. Believes no name that is the site's own or
//! that is no name.

use dom_query::NodeRef;

use super::{Statements, element, json, meta};
use crate::document::{Metadata, Provenance};
use crate::import::html::dom::{self, filled_attribute, visible_text};
use crate::import::html::{furniture, links};
use crate::text::{collapse_whitespace, fold};

/// The longest name of an author, in bytes, and the most words: what is longer is a sentence.
const LONGEST_NAME: usize = 60;
const MOST_NAME_WORDS: usize = 6;

pub(super) fn read_authors(stated: &Statements<'_>, metadata: &mut Metadata) {
    let site = site_names(metadata);
    for (names, from) in statements(stated) {
        let mut kept: Vec<String> = Vec::new();
        for name in names {
            // A site that names itself as author names no author, unless it is a person's own.
            if !kept.contains(&name) && (super::byline::is_person(&name) || !is_site(&name, &site)) {
                kept.push(name);
            }
        }
        if !kept.is_empty() {
            metadata.authors.add(kept, from);
        }
    }
}

/// Where no person is named: the site's own name, or its staff's, where the page shows it as that of who wrote this. What
/// programs fill in of themselves says nothing: JSON-LD, and a tag that holds the site's bare name.
pub(super) fn read_site_as_author(stated: &Statements<'_>, metadata: &mut Metadata) {
    for (names, from) in statements(stated) {
        let is_said = |name: &str| match &from {
            Provenance::JsonLd(_) => false,
            Provenance::Meta(key) => key == "twitter:data1" || names_staff(name),
            _ => true,
        };
        let kept: Vec<String> = names.into_iter().filter(|name| is_said(name)).collect();
        if !kept.is_empty() {
            metadata.authors.add(kept, from);
            return;
        }
    }
}

/// All that the page's elements state of authors, the most trustworthy first.
fn statements(stated: &Statements<'_>) -> Vec<(Vec<String>, Provenance)> {
    let Statements { elements, tags, ld } = stated;
    let mut out = Vec::new();
    let mut add = |texts: Vec<String>, from: Provenance| {
        let names: Vec<String> = texts.iter().flat_map(|text| split_names(text)).collect();
        if !names.is_empty() {
            out.push((names, from));
        }
    };
    add(ld.authors.clone(), json("author"));
    for name in [
        "author",
        "article:author",
        "og:article:author",
        "article:author_name",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "byline",
        "twitter:data1",
    ] {
        // Of Twitter's free labels only the one that says what it is.
        if name == "twitter:data1"
            && !tags.all(&["twitter:label1"]).any(|(_, v)| matches!(fold(v).as_str(), "written by" | "author" | "by"))
        {
            continue;
        }
        let names: Vec<String> =
            tags.all(&[name]).map(|(_, value)| value.to_owned()).filter(|value| !links::is_web(value)).collect();
        add(names, meta(name));
    }
    for selector in ["[itemprop~=author] [itemprop~=name]", "[itemprop~=author]", "[rel~=author]"] {
        let names: Vec<String> = elements
            .select(selector)
            .iter()
            .filter(|node| !is_beside_story(node))
            .map(|node| filled_attribute(node, "content").unwrap_or_else(|| visible_text(node)))
            .take(4)
            .collect();
        let from =
            if selector.starts_with("[rel") { element(selector) } else { Provenance::Microdata("author".to_owned()) };
        add(names, from);
    }
    for class in ["byline", "author", "article-author", "post-author", "entry-author", "author-name", "byline-name"] {
        let selector = format!(".{class}");
        let name = elements
            .classed()
            .iter()
            .filter(|(_, classes)| classes.split_ascii_whitespace().any(|one| one == class))
            .map(|(node, _)| node)
            .filter(|node| !is_beside_story(node))
            .map(visible_text)
            .find(|text| !text.is_empty() && text.len() <= LONGEST_NAME * 2);
        if let Some(name) = name {
            add(vec![name], element(&selector));
        }
    }
    // Sites have words of their own for it: "story-meta-author", "authorName".
    let named = elements
        .classed()
        .iter()
        .map(|(node, _)| node)
        .filter(|node| dom::has_token(&dom::tokens(node), &["author", "byline"]) && !is_beside_story(node))
        .map(visible_text)
        .find(|text| super::byline::is_person(text) || text.len() <= LONGEST_NAME && names_staff(text));
    if let Some(name) = named {
        add(vec![name], element("[class*=author]"));
    }
    out
}

/// The names of the site, folded: as stated, and its host's own label.
pub(super) fn site_names(metadata: &Metadata) -> Vec<String> {
    let mut names: Vec<String> = metadata.site.iter().map(|reading| fold(&reading.value)).collect();
    let host = metadata.url.value().and_then(|url| url.split('/').nth(2)).unwrap_or_default().to_lowercase();
    let label = host.trim_start_matches("www.").rsplit('.').skip(1).find(|label| label.len() > 3).map(fold);
    names.extend(label);
    names.retain(|name| !name.is_empty());
    names
}

/// Words, folded, for those who write for a site.
const STAFF_WORDS: &[&str] =
    &["team", "staff", "editorial", "editors", "editor", "official", "desk", "newsroom", "writers", "contributors"];

fn names_staff(name: &str) -> bool {
    fold(name).split(' ').any(|word| STAFF_WORDS.contains(&word))
}

/// Whether a name is the site's own, or the site's with a word for its staff.
pub(super) fn is_site(name: &str, site: &[String]) -> bool {
    let folded = fold(name);
    let joined = folded.replace(' ', "");
    let plain: Vec<&str> = folded.split(' ').filter(|word| !STAFF_WORDS.contains(word)).collect();
    let plain = plain.join(" ");
    site.iter().any(|site| {
        let whole = site.replace(' ', "");
        *site == folded || *site == plain || whole == joined || whole == plain.replace(' ', "")
    })
}

/// Whether an element stands in what the page says is no part of its story: comments, teasers, a sidebar.
pub(super) fn is_beside_story(node: &NodeRef) -> bool {
    node.ancestors_it(None).any(|a| {
        let name = dom::name(&a);
        let tokens = dom::tokens(&a);
        let hint = furniture::hint(&a, &name, &tokens);
        use crate::document::OmissionReason::{Comments, Navigation, Related};
        matches!(hint, Some(Comments | Related | Navigation))
            || name == "aside"
            || dom::has_token(&tokens, &["comment", "sidebar", "widget"])
    })
}

/// The names in a byline: "By Ann Lee and Bo Li" gives two. What is no name gives none.
pub fn split_names(text: &str) -> Vec<String> {
    let mut text = collapse_whitespace(text);
    // What stands behind a bar or a bullet is a date, a place or an office.
    for separator in [" | ", " • ", " · ", " — ", " – ", " / ", "|", " on "] {
        if let Some((first, _)) = text.split_once(separator) {
            text = first.trim().to_owned();
        }
    }
    let lower = text.to_lowercase();
    for lead in [
        "written by ",
        "posted by ",
        "words by ",
        "story by ",
        "published by ",
        "by ",
        "by: ",
        "von ",
        "par ",
        "por ",
        "author: ",
        "authors: ",
    ] {
        if lower.starts_with(lead) {
            text = text.get(lead.len()..).unwrap_or_default().trim().to_owned();
            break;
        }
    }
    let text =
        text.replace(" and ", ",").replace(" & ", ",").replace(" und ", ",").replace(" with ", ",").replace(';', ",");
    let mut names: Vec<String> = Vec::new();
    for part in text.split(',') {
        let name = part.trim().trim_matches(['.', ':', '-', '"']).trim();
        let folded = fold(name);
        let words = name.split_whitespace().count();
        let is_name = (1..=MOST_NAME_WORDS).contains(&words)
            && name.len() <= LONGEST_NAME
            && name.chars().any(char::is_alphabetic)
            && !name.contains(['@', '{', '<', '=', '…'])
            && !links::is_web(name)
            && !name.chars().any(|c| c.is_ascii_digit())
            && !is_identifier(name)
            && !matches!(
                folded.as_str(),
                "admin"
                    | "administrator"
                    | "editor"
                    | "staff"
                    | "guest"
                    | "author"
                    | "unknown"
                    | "none"
                    | "null"
                    | "jr"
                    | "anonymous"
                    | "n a"
                    | "by"
                    | "share"
                    | "follow"
                    | "undefined"
                    | "user"
                    | "root"
                    | "webmaster"
            );
        // "Ann Lee, Staff Writer": the second part is an office.
        let is_office = [
            "writer",
            "correspondent",
            "reporter",
            "editor",
            "staff",
            "columnist",
            "associated press writer",
            "contributor",
            "senior",
            "photographer",
            "ceo",
            "director",
            "founder",
            "president",
            "manager",
            "producer",
            "professor",
        ]
        .iter()
        .any(|word| folded.split(' ').any(|w| w == *word));
        if is_name && (!is_office || names.is_empty()) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Whether a name is one that a program gave: `first-last`, `page.author`.
fn is_identifier(name: &str) -> bool {
    !name.contains(' ') && name.contains(['-', '_', '.']) && !name.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_and_what_is_no_name_is_none() {
        for (text, expected) in [
            ("By Ann Lee and Bo Li", &["Ann Lee", "Bo Li"][..]),
            ("Ann Lee, Staff Writer", &["Ann Lee"]),
            ("Ann Lee | March 4, 2026", &["Ann Lee"]),
            ("Ann Lee; Bo Li & Cy Fo", &["Ann Lee", "Bo Li", "Cy Fo"]),
            ("admin", &[]),
            ("https://example.org/ann", &[]),
            ("ann@example.org", &[]),
        ] {
            assert_eq!(split_names(text), expected, "{text}");
        }
    }
}
