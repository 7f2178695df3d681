//! What the parts of this importer ask of a parsed page: names, attributes, visibility, text, and a cap on nesting. Knows
//! nothing of articles.

use dom_query::{Document, NodeData, NodeId, NodeRef};

/// How deep elements may nest. Half of where Blink's parser stops (`kMaximumHTMLParserDOMTreeDepth`, 512), several times
/// what saved articles have; extraction takes time that grows with the square of it, 4 s for a hostile page at 512.
pub const DEEPEST_NESTING: usize = 256;

/// An element's name in lower case; empty for what is no element.
pub fn name(node: &NodeRef) -> String {
    node.qual_name_ref().map(|name| name.local.to_ascii_lowercase().to_string()).unwrap_or_default()
}

/// An attribute's value.
pub fn attribute(node: &NodeRef, key: &str) -> Option<String> {
    node.attr(key).map(|value| value.to_string())
}

/// An attribute's value without white space at its ends, if anything is left.
pub fn filled_attribute(node: &NodeRef, key: &str) -> Option<String> {
    attribute(node, key).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The words of an element's `class` and `id` in lower case, each with a space before and behind: `related-posts` gives
/// ` related posts `, `relatedPosts` too.
pub fn tokens(node: &NodeRef) -> String {
    let mut out = String::from(" ");
    for key in ["class", "id"] {
        let Some(value) = node.attr(key) else { continue };
        let mut before = ' ';
        for c in value.chars() {
            if c.is_alphanumeric() {
                if c.is_uppercase() && before.is_lowercase() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.extend(c.to_lowercase());
            } else if !out.ends_with(' ') {
                out.push(' ');
            }
            before = c;
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Whether one of `words` is among the [`tokens`].
pub fn has_token(tokens: &str, words: &[&str]) -> bool {
    let is_here = |rest: &str, word: &str| rest.strip_prefix(word).is_some_and(|behind| behind.starts_with(' '));
    let mut starts = tokens.match_indices(' ').filter_map(|(at, _)| tokens.get(at + 1..));
    starts.any(|rest| words.iter().any(|word| is_here(rest, word)))
}

/// Elements whose text is never part of a page as a person sees it.
pub fn is_never_text(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "noframes"
            | "noembed"
            | "link"
            | "meta"
            | "title"
            | "base"
            | "object"
            | "embed"
            | "applet"
            | "iframe"
            | "frame"
            | "frameset"
            | "audio"
            | "video"
            | "canvas"
            | "svg"
            | "map"
            | "area"
            | "select"
            | "datalist"
            | "option"
            | "textarea"
            | "input"
            | "progress"
            | "meter"
            | "param"
            | "source"
            | "track"
            | "dialog"
    )
}

/// Whether the page hides an element in a way that can be seen without its style sheets.
pub fn is_hidden(node: &NodeRef) -> bool {
    if node.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
        return true;
    }
    // SingleFile marks so what it found hidden.
    if node.has_class("sf-hidden") {
        return true;
    }
    let Some(style) = node.attr("style") else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Whether an element is seen and not read out: an icon's letters, a menu that a script opens, or, in a page saved while a
/// dialog stood over it, everything else. Formulas are set so beside their words.
pub fn is_unspoken(node: &NodeRef) -> bool {
    node.attr("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        && !node.has_class("fallback-image")
        && !node.has_class("mwe-math-fallback-image-inline")
}

/// Whether an element sets a formula that stands beside it as MathML.
pub fn is_set_formula(node: &NodeRef) -> bool {
    ["katex-html", "MathJax", "MathJax_Preview", "MathJax_SVG", "mjx-chtml"].iter().any(|class| node.has_class(class))
}

/// The lines of all text that an element holds, hidden parts aside: blocks, options and line breaks each end one.
pub fn lines_of(node: &NodeRef) -> Vec<String> {
    let mut out = String::new();
    gather_lines(node, &mut out);
    out.split('\n').map(crate::text::collapse_whitespace).filter(|line| !line.is_empty()).collect()
}

fn gather_lines(node: &NodeRef, out: &mut String) {
    if let Some(text) = text_of(node) {
        out.push_str(&text.replace('\n', " "));
        return;
    }
    let name = name(node);
    let chosen_from = matches!(name.as_str(), "select" | "option" | "optgroup" | "svg" | "text" | "tspan");
    if !chosen_from && is_never_text(&name) || node.is_element() && is_hidden(node) || name == "desc" {
        return;
    }
    let apart = name == "br" || !is_phrasing(&name) && name != "tspan";
    if apart {
        out.push('\n');
    }
    if name == "optgroup" {
        out.push_str(&attribute(node, "label").unwrap_or_default());
        out.push('\n');
    }
    let is_drawing = name == "svg";
    for child in node.children_it(false) {
        // Of a drawing only its lettering.
        if !is_drawing || child.is_element() {
            gather_lines(&child, out);
        }
    }
    if apart {
        out.push('\n');
    }
}

/// Whether an element is for screen readers alone, by the class names that frameworks give such text.
pub fn is_for_screen_readers(node: &NodeRef) -> bool {
    ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "u-visually-hidden"]
        .iter()
        .any(|class| node.has_class(class))
}

/// Whether white space in an element is kept, by its `style`.
pub fn keeps_white_space(node: &NodeRef) -> bool {
    node.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        ["white-space:pre", "white-space:pre-wrap", "white-space:pre-line", "white-space:break-spaces"]
            .iter()
            .any(|value| style.contains(value))
            && !style.contains("white-space:normal")
    })
}

/// The text of a node without what is never text, pieces apart by a space, white space collapsed.
pub fn visible_text(node: &NodeRef) -> String {
    let mut out = String::new();
    gather_text(node, &mut out);
    crate::text::collapse_whitespace(&out)
}

fn gather_text(node: &NodeRef, out: &mut String) {
    if let Some(text) = text_of(node) {
        out.push_str(&text);
        return;
    }
    let name = name(node);
    let is_unseen = || is_hidden(node) || is_unspoken(node) || is_for_screen_readers(node);
    if is_never_text(&name) || (node.is_element() && is_unseen()) {
        return;
    }
    let apart = name == "br" || !is_phrasing(&name);
    if apart {
        out.push(' ');
    }
    for child in node.children_it(false) {
        gather_text(&child, out);
    }
    if apart {
        out.push(' ');
    }
}

/// The content of a text node.
pub fn text_of(node: &NodeRef) -> Option<String> {
    node.query_or(None, |inner| match &inner.data {
        NodeData::Text { contents } => Some(contents.to_string()),
        _ => None,
    })
}

/// The content of a comment.
pub fn comment_of(node: &NodeRef) -> Option<String> {
    node.query_or(None, |inner| match &inner.data {
        NodeData::Comment { contents } => Some(contents.to_string()),
        _ => None,
    })
}

/// Elements that stand in a line of text and make no border in it.
pub fn is_phrasing(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "math"
            | "nobr"
            | "output"
            | "picture"
            | "img"
            | "amp-img"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "rtc"
            | "ruby"
            | "s"
            | "samp"
            | "slot"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "mi"
            | "mo"
            | "mn"
            | "mrow"
            | "msup"
            | "msub"
            | "semantics"
            | "mtext"
            | "mspace"
            | "mfrac"
            | "msqrt"
            | "mstyle"
            | "msubsup"
            | "munder"
            | "mover"
            | "munderover"
            | "annotation"
    )
}

/// Lifts whatever nests deeper than [`DEEPEST_NESTING`] up to that depth, each piece of text in a paragraph of its own, so
/// that none is lost and none grows together. Gives whether anything was lifted.
pub fn cap_nesting(document: &Document) -> bool {
    let mut at_limit: Vec<NodeId> = Vec::new();
    // Depth-first by hand: the tree may be deeper than any stack.
    let mut open: Vec<(NodeRef, usize)> = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth == DEEPEST_NESTING {
            if node.children_it(false).any(|child| child.children_it(false).any(|inner| inner.is_element())) {
                at_limit.push(node.id);
            }
            continue;
        }
        open.extend(node.children_it(true).map(|child| (child, depth + 1)));
    }
    for id in &at_limit {
        let Some(node) = document.tree.get(id) else { continue };
        let mut leaves: Vec<NodeRef> = Vec::new();
        let mut open: Vec<NodeRef> = node.children_it(true).collect();
        while let Some(inner) = open.pop() {
            if inner.first_child().is_none() {
                let worth_keeping = inner.is_nonempty_text() || inner.has_name("img");
                let parent_is_text = inner.parent().is_none_or(|p| !is_never_text(&name(&p)));
                if worth_keeping && parent_is_text {
                    leaves.push(inner);
                }
            }
            open.extend(inner.children_it(true));
        }
        for leaf in &leaves {
            leaf.remove_from_parent();
        }
        node.remove_children();
        for leaf in &leaves {
            if leaf.is_element() {
                node.append_child(leaf);
                continue;
            }
            let paragraph = document.tree.new_element("p");
            paragraph.append_child(leaf);
            node.append_child(&paragraph);
        }
    }
    !at_limit.is_empty()
}

/// Puts the parts of a page that React streams behind it (`<div hidden id="S:1">`) where its script would: in the place of
/// the template that waits for them (`B:1` or `P:1`). A page saved as it was sent has most of its text in such parts.
pub fn settle_streamed_parts(document: &Document) {
    for part in document.select("div[hidden][id]").nodes() {
        let Some(number) = filled_attribute(part, "id").and_then(|id| id.strip_prefix("S:").map(str::to_owned)) else {
            continue;
        };
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
            continue;
        }
        part.remove_attr("hidden");
        let waiting = ["B", "P"].iter().find_map(|kind| {
            let place = document.select_single(&format!("template[id='{kind}:{number}']"));
            place.nodes().first().copied()
        });
        // A part that waits in itself would tie a knot in the tree.
        if let Some(place) = waiting.filter(|p| p.ancestors_it(None).all(|a| a.id != part.id)) {
            part.remove_from_parent();
            place.insert_before(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first<'a>(document: &'a Document, selector: &str) -> NodeRef<'a> {
        *document.select(selector).nodes().first().expect(selector)
    }

    #[test]
    fn tokens_are_words() {
        let document = Document::from("<div class='related-posts adSlot' id='mainNav2'></div>");
        let tokens = tokens(&first(&document, "div"));
        assert_eq!(tokens, " related posts ad slot main nav2 ");
        for (words, expected) in
            [(&["posts"][..], true), (&["post"], false), (&["x", "ad"], true), (&["ad slot"], true)]
        {
            assert_eq!(has_token(&tokens, words), expected, "{words:?}");
        }
    }

    #[test]
    fn hidden_is_hidden() {
        for (attributes, expected) in [
            ("", false),
            ("hidden", true),
            ("hidden=until-found", false),
            ("aria-hidden=true", false),
            ("aria-hidden=false", false),
            ("style='color: red; DISPLAY : none !important'", true),
            ("style='visibility:hidden'", true),
        ] {
            let document = Document::from(format!("<p {attributes}>text</p>"));
            assert_eq!(is_hidden(&first(&document, "p")), expected, "{attributes}");
        }
    }

    #[test]
    fn streamed_parts_come_to_their_places() {
        let document = Document::from(
            "<main><p>one</p><template id=B:0></template><p>three</p></main><div hidden id=S:0><p>two</p></div>\
             <div hidden id=S:1>four<template id=P:1></template></div><div hidden id=other>five</div>",
        );
        settle_streamed_parts(&document);
        assert_eq!(visible_text(&document.root()), "one two three four");
    }

    #[test]
    fn deep_nesting_is_lifted_and_loses_no_text() {
        let deep = format!("{}one<i>two</i>{}", "<div>".repeat(2000), "</div>three".repeat(1990));
        let document = Document::from(deep);
        assert!(cap_nesting(&document));
        let text = visible_text(&document.root());
        assert!(text.starts_with("one two three three"), "{}", text.chars().take(40).collect::<String>());
        assert_eq!(text.matches("three").count(), 1990);
        assert!(!cap_nesting(&document));
        assert!(!cap_nesting(&Document::from("<p>flat</p>")));
    }
}
