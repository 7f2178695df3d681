//! Links of a page that no block holds: around images, in hidden parts, without words. Together with the links of the blocks
//! they are all that the page has.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

use super::dom::{self, attribute};
use super::links;
use crate::document::{Block, Content, InlineStyle, PageLink, RichText};
use crate::text::collapse_whitespace;

/// The most of them that are listed: what a hostile page may cost.
const MOST_LINKS: usize = 100_000;

/// The longest address and the most words, in bytes: what is longer carries data and is cut.
const LONGEST_ADDRESS: usize = 2048;
const LONGEST_WORDS: usize = 200;

/// The links that are in none of the blocks, each address once, in the page's order.
pub(super) fn collect(document: &Document, blocks: &[Block], base: Option<&str>, page: Option<&str>) -> Vec<PageLink> {
    let mut seen: HashSet<&str> = HashSet::new();
    for block in blocks {
        each_text(block, &mut |text| {
            for span in text.spans() {
                if let InlineStyle::Link { target } = &span.style {
                    seen.insert(target);
                }
            }
        });
    }
    let mut added: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for node in document.root().descendants_it().filter(NodeRef::is_element) {
        if found.len() >= MOST_LINKS {
            break;
        }
        if !matches!(dom::name(&node).as_str(), "a" | "area") {
            continue;
        }
        let Some(href) = attribute(&node, "href") else { continue };
        // What would run a script leads nowhere, and is a link of the page all the same.
        let target = links::link_target(base, page, &href).unwrap_or_else(|| href.trim().to_owned());
        let target = cut(target, LONGEST_ADDRESS);
        if target.is_empty() || seen.contains(target.as_str()) || !added.insert(target.clone()) {
            continue;
        }
        found.push(PageLink { target, words: cut(words(&node), LONGEST_WORDS) });
    }
    found
}

fn each_text<'b>(block: &'b Block, call: &mut dyn FnMut(&'b RichText)) {
    match &block.content {
        Content::Paragraph { text } | Content::Heading { text, .. } => call(text),
        Content::Figure(figure) => call(&figure.caption),
        Content::Table(table) => {
            call(&table.caption);
            table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| call(&cell.text));
        }
        Content::Code { .. } | Content::Rule => {}
    }
}

/// A link's words, or what stands for them.
fn words(node: &NodeRef) -> String {
    let text = collapse_whitespace(&node.text());
    if !text.is_empty() {
        return text;
    }
    let named = |node: &NodeRef, keys: [&str; 2]| keys.into_iter().find_map(|key| attribute(node, key));
    let of_image = || {
        let images = node.descendants_it().filter(|inner| inner.has_name("img"));
        images.into_iter().find_map(|image| named(&image, ["alt", "title"]))
    };
    let words = named(node, ["aria-label", "title"]).or_else(|| attribute(node, "alt")).or_else(of_image);
    collapse_whitespace(&words.unwrap_or_default())
}

fn cut(mut text: String, most: usize) -> String {
    text.truncate(text.floor_char_boundary(most));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    #[test]
    fn what_no_block_holds_is_collected() {
        let html = r##"<a href="/a">In a block</a><a href="/b"><img src="x.png" alt="A quay"></a>
            <a href="javascript:void(0)">Menu</a><map><area href="https://c.example/" alt="North"></map>
            <a href="">nothing</a><a name="x">no link</a><a href="/b">again</a>"##;
        let mut text = RichText::default();
        text.push_styled("In a block", InlineStyle::Link { target: "https://p.example/a".into() });
        let base = Some("https://p.example/");
        let found = collect(&Document::from(html), &[Block::paragraph(text)], base, base);
        let found: Vec<_> = found.iter().map(|link| (link.target.as_str(), link.words.as_str())).collect();
        assert_eq!(
            found,
            [("https://p.example/b", "A quay"), ("javascript:void(0)", "Menu"), ("https://c.example/", "North")]
        );
    }
}
