//! The language and direction that a page states for itself. Detects neither.

use super::{Statements, element, json, meta};
use crate::document::{Metadata, Provenance};
use crate::import::html::dom::{self, filled_attribute};
use crate::text::Direction;

pub(super) fn read(stated: &Statements<'_>, metadata: &mut Metadata) {
    let Statements { elements, tags, ld } = stated;
    let language = |text: &str| {
        let tag = text.split([',', ';']).next().unwrap_or_default().trim().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        let plausible = (2..=3).contains(&primary.len())
            && tag.len() <= 35
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        plausible.then_some(tag)
    };
    for (selector, key) in [("html", "lang"), ("html", "xml:lang"), ("body", "lang"), ("article", "lang")] {
        let stated = elements.select(selector).first().and_then(|n| filled_attribute(n, key));
        if let Some(tag) = stated.as_deref().and_then(language) {
            let from = if selector == "html" {
                Provenance::Attribute(key.to_owned())
            } else {
                element(&format!("{selector}[{key}]"))
            };
            metadata.language.add(tag, from);
        }
    }
    if let Some(tag) = ld.language.as_deref().and_then(language) {
        metadata.language.add(tag, json("inLanguage"));
    }
    for (name, value) in tags.all(&["content-language", "og:locale", "dc.language", "dcterms.language", "language"]) {
        if let Some(tag) = language(value) {
            metadata.language.add(tag, meta(name));
        }
    }
    for selector in ["html", "body", "article", "main"] {
        let stated = elements.select(selector).first().and_then(|n| dom::attribute(n, "dir"));
        if let Some(direction) = stated.as_deref().and_then(Direction::from_attribute) {
            let from = if selector == "html" {
                Provenance::Attribute("dir".to_owned())
            } else {
                element(&format!("{selector}[dir]"))
            };
            metadata.direction.add(direction, from);
        }
    }
}
