//! Preformatted text, with its white space, and its language. Colours nothing.

use dom_query::NodeRef;

use super::{Context, Walker};
use crate::document::Content;
use crate::import::html::dom::{self, attribute, filled_attribute, name};
use crate::import::html::run::Weight;

impl Walker<'_, '_> {
    pub(super) fn code(&mut self, node: &NodeRef, context: &Context) {
        let mut text = String::new();
        let mut weight = Weight::default();
        self.gather_code(node, &mut text, &mut weight);
        if context.hidden && weight.kept == 0 {
            return;
        }
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end().to_owned();
        if !text.trim().is_empty() {
            self.emit(Content::Code { language: code_language(node), text }, weight, context, false);
        }
    }

    pub(super) fn gather_code(&mut self, node: &NodeRef, out: &mut String, weight: &mut Weight) {
        let mut child = node.first_child();
        while let Some(node) = child {
            child = node.next_sibling();
            if let Some(text) = dom::text_of(&node) {
                let words = text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
                weight.total += words;
                weight.kept += if self.kept.contains(node.id) { words } else { 0 };
                out.push_str(&text.replace("\r\n", "\n").replace(['\r', '\0'], "\n"));
                continue;
            }
            let name = name(&node);
            if is_line_number(&node) {
                self.aside(&dom::lines_of(&node));
                continue;
            }
            if dom::is_never_text(&name) {
                continue;
            }
            if name == "br" {
                out.push('\n');
                continue;
            }
            self.name_place(&node, &name);
            let own_line = matches!(name.as_str(), "div" | "p" | "li" | "tr");
            if own_line && !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            self.gather_code(&node, out, weight);
            if own_line && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}

/// Whether an element holds line numbers beside code.
fn is_line_number(node: &NodeRef) -> bool {
    ["lineno", "linenos", "line-numbers", "line-numbers-rows", "gutter", "linenodiv", "ln"]
        .iter()
        .any(|c| node.has_class(c))
}

/// The language of a code block by the class that highlighters give it.
fn code_language(node: &NodeRef) -> Option<String> {
    let inner = node.element_children().into_iter().find(|n| n.has_name("code"));
    let around = node.ancestors_it(Some(3));
    let elements = inner.into_iter().chain(std::iter::once(*node)).chain(around);
    elements.into_iter().find_map(|element| {
        let stated = ["data-lang", "data-language"].iter().find_map(|key| filled_attribute(&element, key));
        let by_class = || {
            let class = attribute(&element, "class")?;
            class.split_whitespace().find_map(|class| {
                let prefixes = ["language-", "lang-", "highlight-source-", "brush:", "sourceCode-"];
                prefixes.iter().find_map(|prefix| class.strip_prefix(prefix)).map(str::to_owned)
            })
        };
        stated
            .or_else(by_class)
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty() && !matches!(l.as_str(), "none" | "plaintext" | "text" | "plain" | "nohighlight"))
    })
}
