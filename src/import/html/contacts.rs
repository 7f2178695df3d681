//! What a page would fetch from the web by itself: scripts, style sheets, fonts, frames, images, beacons. Collects
//! addresses; fetches nothing, and judges none of them.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

use super::dom::{self, attribute, filled_attribute};
use super::links;
use crate::document::{Contact, ContactKind};

/// The most contacts that are listed: what a hostile page may cost.
const MOST_CONTACTS: usize = 100_000;

/// The longest address in bytes: what is longer carries data and is cut.
const LONGEST_ADDRESS: usize = 2048;

/// Images up to this side, in CSS pixels, are there to be fetched and not to be seen.
const BEACON_SIDE_PX: u32 = 2;

/// All contacts of a page, each address once a kind, in the page's order.
pub fn collect(document: &Document, base: Option<&str>) -> Vec<Contact> {
    let mut found = Found { base, seen: HashSet::new(), contacts: Vec::new() };
    for node in document.root().descendants_it().filter(NodeRef::is_element) {
        found.element(&node);
        if found.contacts.len() >= MOST_CONTACTS {
            break;
        }
    }
    found.contacts
}

struct Found<'b> {
    base: Option<&'b str>,
    seen: HashSet<Contact>,
    contacts: Vec<Contact>,
}

impl Found<'_> {
    fn element(&mut self, node: &NodeRef) {
        let name = dom::name(node);
        let kind = match name.as_str() {
            "script" => Some(ContactKind::Script),
            "iframe" | "frame" | "amp-iframe" => Some(ContactKind::Frame),
            "video" | "audio" | "track" | "embed" | "object" | "amp-video" => Some(ContactKind::Media),
            "img" | "amp-img" if is_beacon(node) => Some(ContactKind::Beacon),
            "img" | "amp-img" | "image" => Some(ContactKind::Image),
            "source" => {
                let in_media = node.parent().is_some_and(|p| p.has_name("video") || p.has_name("audio"));
                Some(if in_media { ContactKind::Media } else { ContactKind::Image })
            }
            "link" => link_kind(node),
            "input" if node.attr("type").is_some_and(|t| t.eq_ignore_ascii_case("image")) => Some(ContactKind::Image),
            _ => None,
        };
        if let Some(kind) = kind {
            for key in ["src", "href", "data"] {
                // An image in a drawing is named by `href`, a link's target is no image.
                if key != "href" || matches!(name.as_str(), "link" | "image") {
                    self.add(attribute(node, key), kind);
                }
            }
            self.add(attribute(node, "poster"), ContactKind::Image);
            if let Some(set) = attribute(node, "srcset").or_else(|| attribute(node, "imagesrcset")) {
                for candidate in set.split(", ").filter_map(|part| part.split_whitespace().next()) {
                    self.add(Some(candidate.trim_end_matches(',').to_owned()), kind);
                }
            }
        }
        self.add(attribute(node, "background"), ContactKind::Image);
        if let Some(pings) = attribute(node, "ping") {
            for address in pings.split_whitespace() {
                self.add(Some(address.to_owned()), ContactKind::Beacon);
            }
        }
        if name == "style" {
            self.style(&node.text());
        } else if let Some(style) = filled_attribute(node, "style").filter(|style| style.contains("url(")) {
            self.style(&style);
        }
    }

    /// The addresses in a style sheet: those in `@font-face` are fonts, those of `@import` style sheets.
    fn style(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find("url(") {
            let before = rest.get(..at).unwrap_or_default();
            let inner = rest.get(at + 4..).unwrap_or_default();
            let Some((address, behind)) = inner.split_once(')') else { break };
            // The rule that it stands in begins behind the last brace that closed one.
            let rule = before.rsplit('}').next().unwrap_or_default();
            let kind = if rule.contains("@font-face") || in_font_face(text, rest, at) {
                ContactKind::Font
            } else if before.trim_end().ends_with("@import") {
                ContactKind::Style
            } else {
                ContactKind::Image
            };
            self.add(Some(address.trim().trim_matches(['"', '\'']).to_owned()), kind);
            rest = behind;
        }
    }

    fn add(&mut self, address: Option<String>, kind: ContactKind) {
        let Some(address) = address.filter(|address| !address.trim().is_empty()) else { return };
        let mut address = links::resolve(self.base, address.trim());
        if !links::is_web(&address) {
            return;
        }
        address.truncate(address.floor_char_boundary(LONGEST_ADDRESS));
        let contact = Contact::new(address, kind);
        if self.seen.insert(contact.clone()) {
            self.contacts.push(contact);
        }
    }
}

/// Whether the rule around a place further on in a style sheet is a font's: its start may lie before an earlier address.
fn in_font_face(text: &str, rest: &str, at: usize) -> bool {
    let before = text.get(..text.len() - rest.len() + at).unwrap_or_default();
    before.rsplit('}').next().is_some_and(|rule| rule.contains("@font-face"))
}

fn is_beacon(node: &NodeRef) -> bool {
    ["width", "height"].iter().any(|key| {
        let side = filled_attribute(node, key).and_then(|v| v.trim_end_matches("px").parse::<u32>().ok());
        side.is_some_and(|side| side <= BEACON_SIDE_PX)
    })
}

fn link_kind(node: &NodeRef) -> Option<ContactKind> {
    let rel = attribute(node, "rel")?.to_ascii_lowercase();
    let has = |word: &str| rel.split_whitespace().any(|rel| rel == word);
    let is_font = || node.attr("as").is_some_and(|kind| kind.eq_ignore_ascii_case("font"));
    if has("stylesheet") {
        Some(ContactKind::Style)
    } else if has("icon") || has("apple-touch-icon") || has("mask-icon") {
        Some(ContactKind::Image)
    } else if has("preload") && is_font() {
        Some(ContactKind::Font)
    } else if ["preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "prerender"].iter().any(|r| has(r))
    {
        Some(ContactKind::Prefetch)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_collected_by_kind() {
        use ContactKind::{Beacon, Font, Frame, Image, Media, Prefetch, Script, Style};
        for (html, expected) in [
            ("<script src=/a.js></script>", &[("https://x.example/a.js", Script)][..]),
            ("<script>let a = 1</script>", &[]),
            ("<link rel=stylesheet href=a.css>", &[("https://x.example/a.css", Style)]),
            ("<link rel=canonical href=a>", &[]),
            ("<link rel=dns-prefetch href=//cdn.example>", &[("https://cdn.example", Prefetch)]),
            ("<img src=a.png><img src=a.png>", &[("https://x.example/a.png", Image)]),
            ("<img src=data:image/png;base64,AAAA>", &[]),
            ("<img width=1 height=1 src=https://t.example/p>", &[("https://t.example/p", Beacon)]),
            ("<iframe src=https://v.example/1></iframe>", &[("https://v.example/1", Frame)]),
            (
                "<video poster=p.jpg><source src=v.mp4></video>",
                &[("https://x.example/p.jpg", Image), ("https://x.example/v.mp4", Media)],
            ),
            (
                "<style>@import url(b.css); @font-face { src: url('f.woff'), url(g.woff) } p { background: url(c.png) }</style>",
                &[
                    ("https://x.example/b.css", Style),
                    ("https://x.example/f.woff", Font),
                    ("https://x.example/g.woff", Font),
                    ("https://x.example/c.png", Image),
                ],
            ),
            ("<a ping=https://t.example/c href=b>b</a>", &[("https://t.example/c", Beacon)]),
        ] {
            let found = collect(&Document::from(html), Some("https://x.example/"));
            let found: Vec<(&str, ContactKind)> = found.iter().map(|c| (c.address.as_str(), c.kind)).collect();
            assert_eq!(found, expected, "{html}");
        }
    }
}
