//! The elements that state something of a page, gathered in one walk through it: a selector is then tried on a few hundred
//! elements and not on all. Reads no value.

use dom_query::{Document, Matcher, NodeRef};

/// Elements that state something whatever their attributes are.
const NAMES: [&str; 12] =
    ["html", "head", "base", "title", "meta", "link", "script", "body", "main", "article", "h1", "time"];

/// Comments that are looked at; what programs write stands at the beginning.
const MOST_COMMENTS: usize = 50;

/// What states something of a page, each in the page's order.
pub(super) struct Elements<'a> {
    /// Elements of [`NAMES`], and those with microdata or a relation.
    stating: Vec<NodeRef<'a>>,
    /// Elements whose classes speak of an author, with these.
    classed: Vec<(NodeRef<'a>, String)>,
    /// The first comments.
    comments: Vec<NodeRef<'a>>,
}

impl<'a> Elements<'a> {
    pub(super) fn read(document: &'a Document) -> Self {
        let mut elements = Self { stating: Vec::new(), classed: Vec::new(), comments: Vec::new() };
        for node in document.root().descendants_it() {
            let Some(name) = node.qual_name_ref() else {
                if node.is_comment() && elements.comments.len() < MOST_COMMENTS {
                    elements.comments.push(node);
                }
                continue;
            };
            if NAMES.contains(&&*name.local) || node.has_attr("itemprop") || node.has_attr("rel") {
                elements.stating.push(node);
            }
            if let Some(class) = node.attr("class")
                && ["author", "Author", "byline", "Byline"].iter().any(|word| class.contains(word))
            {
                elements.classed.push((node, class.to_string()));
            }
        }
        elements
    }

    /// Those that a selector matches; it has to name one of [`NAMES`], or `itemprop` or `rel`.
    pub(super) fn select(&self, selector: &str) -> Vec<NodeRef<'a>> {
        let Ok(matcher) = Matcher::new(selector) else { return Vec::new() };
        self.stating.iter().filter(|node| node.is_match(&matcher)).copied().collect()
    }

    /// Elements whose classes speak of an author, with these.
    pub(super) fn classed(&self) -> &[(NodeRef<'a>, String)] {
        &self.classed
    }

    /// The page's first comments.
    pub(super) fn comments(&self) -> &[NodeRef<'a>] {
        &self.comments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_selected_is_what_the_document_selects() {
        let document = Document::from(
            "<html lang=en><head><title>T</title><base href='/x'><meta name=generator content=Recto>\
             <meta content=a property=og:title><link rel='canonical next' href=/y><script type='application/ld+json'>{}</script>\
             </head><body dir=ltr><main><article><h1>A</h1><time>1</time><p itemprop='author'><b itemprop=name>N</b></p>\
             <a rel=author>B</a><span itemprop='name'>no author's</span><h1>C</h1></article></main></body></html>",
        );
        let elements = Elements::read(&document);
        for selector in [
            "html",
            "body",
            "article",
            "main",
            "h1",
            "time",
            "head title",
            "base[href]",
            "meta[content]",
            "meta[name=generator]",
            "meta[name][content]",
            "meta[name$='ld+json'][content]",
            "script[type]",
            "link[rel~=canonical]",
            "[itemprop~=author] [itemprop~=name]",
            "[itemprop~=author]",
            "[rel~=author]",
        ] {
            let ids = |nodes: &[NodeRef]| nodes.iter().map(|node| node.id).collect::<Vec<_>>();
            let expected = document.select(selector);
            assert_eq!(ids(&elements.select(selector)), ids(expected.nodes()), "{selector}");
        }
        assert_eq!(elements.select("]").len(), 0);
    }
}
