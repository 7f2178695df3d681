//! Elements in a line of text: styles, links, quotation marks, ruby. Ends no block.

use dom_query::NodeRef;

use super::{Context, Walker};
use crate::document::InlineStyle;
use crate::import::html::dom::{self, attribute, filled_attribute, name};
use crate::import::html::links;

impl Walker<'_, '_> {
    pub(super) fn inline(&mut self, node: &NodeRef, name: &str, context: &Context) {
        self.name_place(node, name);
        let mut context = context.clone();
        let mut styles: Vec<InlineStyle> = Vec::new();
        match name {
            "b" | "strong" => styles.push(InlineStyle::Strong),
            "i" | "em" | "cite" | "dfn" | "var" => styles.push(InlineStyle::Emphasis),
            "u" | "ins" => styles.push(InlineStyle::Underline),
            "s" | "del" | "strike" => styles.push(InlineStyle::Strikethrough),
            "code" | "kbd" | "samp" | "tt" => styles.push(InlineStyle::Code),
            "sup" => styles.push(InlineStyle::Superscript),
            "sub" => styles.push(InlineStyle::Subscript),
            "mark" => styles.push(InlineStyle::Highlight),
            "a" => {
                if let Some(target) = node.attr("href").and_then(|href| links::link_target(self.base, self.page, &href))
                {
                    context.linked = true;
                    styles.push(InlineStyle::Link { target });
                }
            }
            "q" => {
                let (open, close) = if context.quote_depth.is_multiple_of(2) { ('“', '”') } else { ('‘', '’') };
                context.quote_depth += 1;
                self.run.push_char(open);
                self.children(node, &context);
                self.run.push(&close.to_string(), false);
                return;
            }
            "ruby" => {
                self.ruby(node, &context);
                return;
            }
            "annotation" | "rp" | "rt" => return,
            // What a person marked with SingleFile.
            "span" if node.has_class("single-file-highlight") => styles.push(InlineStyle::Highlight),
            "span" | "font" => styles.extend(styles_by_attribute(node)),
            _ => {}
        }
        if dom::keeps_white_space(node) {
            context.keep_breaks = true;
        }
        if let Some(tag) = filled_attribute(node, "lang").or_else(|| filled_attribute(node, "xml:lang")) {
            styles.push(InlineStyle::Language { tag });
        }
        // Beside the story, neighbouring links and counters are apart by style, not by white space.
        let is_beside = self.run.weight.kept == 0 && !self.run.is_empty();
        let meets = is_beside && self.inline_end == Some(self.run.len());
        if meets && (self.displays.is_apart(node) || self.is_behind_count(node)) {
            self.run.push(" ", false);
        }
        let opened = styles.len();
        for style in styles {
            self.open_styles.push((self.run.len(), style));
        }
        self.children(node, &context);
        for _ in 0..opened {
            if let Some((start, style)) = self.open_styles.pop() {
                self.run.style(start, style);
            }
        }
        self.inline_end = Some(self.run.len());
    }

    /// Whether a counter ends where an element of letters begins: "0" and "shares".
    fn is_behind_count(&self, node: &NodeRef) -> bool {
        let is_count = self.run.ends_with(|c| c.is_ascii_digit());
        is_count && dom::visible_text(node).starts_with(char::is_alphabetic)
    }

    /// Base text with its annotation over it, piece by piece.
    pub(super) fn ruby(&mut self, node: &NodeRef, context: &Context) {
        let mut start = self.run.len();
        let mut child = node.first_child();
        while let Some(node) = child {
            match name(&node).as_str() {
                "rt" | "rtc" => {
                    let annotation = dom::visible_text(&node);
                    if !annotation.is_empty() {
                        self.run.style(start, InlineStyle::Ruby { annotation });
                    }
                    start = self.run.len();
                }
                "rp" => {}
                _ => self.node(&node, context),
            }
            child = node.next_sibling();
        }
    }
}

/// Bold, italic and the like as word processors and old editors write them.
fn styles_by_attribute(node: &NodeRef) -> Vec<InlineStyle> {
    let Some(style) = attribute(node, "style") else { return Vec::new() };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let mut styles = Vec::new();
    let has = |words: &[&str]| words.iter().any(|word| style.contains(word));
    if has(&["font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800", "font-weight:900"]) {
        styles.push(InlineStyle::Strong);
    }
    if has(&["font-style:italic", "font-style:oblique"]) {
        styles.push(InlineStyle::Emphasis);
    }
    if has(&["text-decoration:line-through"]) {
        styles.push(InlineStyle::Strikethrough);
    }
    if has(&["vertical-align:super"]) {
        styles.push(InlineStyle::Superscript);
    }
    if has(&["vertical-align:sub"]) && !has(&["vertical-align:super"]) {
        styles.push(InlineStyle::Subscript);
    }
    styles
}
