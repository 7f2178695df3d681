//! Lists, description lists and notes. What stands in an item is walked like anything else.

use dom_query::NodeRef;

use super::{Context, Walker, nearest_tokens};
use crate::document::{Container, InlineStyle, Marker};
use crate::import::html::dom::{self, attribute, filled_attribute, name, tokens};
use crate::text::Direction;
use std::rc::Rc;

impl Walker<'_, '_> {
    pub(super) fn list(&mut self, node: &NodeRef, name: &str, context: &Context) {
        self.lists += 1;
        let list = self.lists;
        let items: Vec<NodeRef> = node.element_children();
        let count = items.iter().filter(|i| i.has_name("li")).count();
        let ordered =
            name == "ol" && !attribute(node, "style").is_some_and(|s| s.replace(' ', "").contains("list-style:none"));
        let reversed = node.has_attr("reversed");
        let stated = attribute(node, "start").and_then(|s| s.trim().parse::<i64>().ok());
        let mut number = stated.unwrap_or(if reversed { i64::try_from(count).unwrap_or(1) } else { 1 });
        let mut item = 0u32;
        let mut child = node.first_child();
        while let Some(node) = child {
            let in_line = context.hint.is_some() && node.has_name("li") && self.displays.is_inline(&node);
            if in_line && !self.holds_story(&node) {
                // A row of links in a page's foot, set as one line.
                self.inline(&node, "span", context);
            } else if node.has_name("li") {
                if let Some(value) = attribute(&node, "value").and_then(|v| v.trim().parse().ok()) {
                    number = value;
                }
                let marker = match check_box(&node) {
                    Some(ticked) => Marker::Task(ticked),
                    None if ordered => Marker::Number(u32::try_from(number.max(0)).unwrap_or(u32::MAX)),
                    None => Marker::Bullet,
                };
                self.flush(context);
                self.item(&node, context, Container::ListItem { list, item, marker });
                item += 1;
                number = if reversed { number.saturating_sub(1) } else { number.saturating_add(1) };
            } else {
                self.node(&node, context);
            }
            child = node.next_sibling();
        }
        self.flush(context);
    }

    pub(super) fn item(&mut self, node: &NodeRef, context: &Context, container: Container) {
        let mut context = context.clone();
        context.hidden |= dom::is_hidden(node);
        let own = tokens(node);
        context.caption |= crate::import::html::furniture::is_caption("li", &own);
        context.place = super::Place {
            element: Some(node.id),
            around: context.place.element,
            above: context.place.around,
            beyond: context.place.above,
            article: context.place.article,
        };
        context.hint = self.hint(node, "li", &own).or(context.hint);
        context.near = Rc::from(format!("{own}{}", context.own.trim_start()));
        context.own = Rc::from(own.as_str());
        context.tokens = nearest_tokens(&own, &context.tokens);
        context.language = filled_attribute(node, "lang").map(Rc::from).or(context.language);
        context.direction = attribute(node, "dir").and_then(|d| Direction::from_attribute(&d)).or(context.direction);
        self.name_place(node, "li");
        let container = match (&container, self.note_label(node)) {
            (Container::ListItem { marker, .. }, label) if is_note(node) => {
                let numbered = if let Marker::Number(n) = marker { Some(n.to_string()) } else { None };
                Container::Note { label: label.or(numbered).unwrap_or_else(|| "*".to_owned()) }
            }
            _ => container,
        };
        self.within(container, node, &context);
    }

    /// What the text calls a note: the text of the link that leads to it.
    pub(super) fn note_label(&self, node: &NodeRef) -> Option<String> {
        let name = filled_attribute(node, "id")?;
        let text = self.targets.get(&name)?;
        let label = text.trim().trim_matches(['[', ']', '(', ')']).trim();
        (!label.is_empty() && label.chars().count() <= 4 && !label.starts_with(['↩', '^', '↑']))
            .then(|| label.to_owned())
    }

    pub(super) fn description_list(&mut self, node: &NodeRef, context: &Context) {
        self.lists += 1;
        let list = self.lists;
        let mut item = 0u32;
        let mut described = false;
        let mut parts: Vec<NodeRef> = Vec::new();
        for child in node.children_it(false) {
            if child.has_name("div") { parts.extend(child.children_it(false)) } else { parts.push(child) }
        }
        for part in parts {
            let mut context = context.clone();
            context.hidden |= dom::is_hidden(&part);
            if !part.is_element() {
                self.node(&part, &context);
                continue;
            }
            let is_term = part.has_name("dt");
            if is_term && described {
                item += 1;
                described = false;
            }
            self.name_place(&part, "dd");
            if is_term {
                self.open_styles.push((self.run.len(), InlineStyle::Strong));
            }
            self.within(Container::ListItem { list, item, marker: Marker::None }, &part, &context);
            if is_term {
                self.open_styles.pop();
            }
            described |= !is_term;
        }
    }
}

/// Whether an item begins with a check box, and whether that is ticked.
fn check_box(item: &NodeRef) -> Option<bool> {
    let input = item.descendants_it().find(|n| n.has_name("input") || n.is_nonempty_text())?;
    let is_box = input.attr("type").is_some_and(|t| t.eq_ignore_ascii_case("checkbox"));
    is_box.then(|| input.has_attr("checked"))
}

/// Whether an element is a footnote or endnote, by its role or by the name that generators give it.
pub(super) fn is_note(node: &NodeRef) -> bool {
    if node.attr("role").is_some_and(|role| matches!(role.as_ref(), "doc-footnote" | "doc-endnote")) {
        return true;
    }
    let Some(id) = filled_attribute(node, "id") else { return false };
    let id = id.to_ascii_lowercase();
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ':' | '.'));
    let named = ["fn", "footnote", "endnote", "_ftn", "_edn", "note", "cite_note", "fn:"].contains(&stem)
        || id.starts_with("cite_note-")
        || id.starts_with("user-content-fn-")
        || id.starts_with("fn-")
        || id.starts_with("fn:");
    named && stem != id && matches!(name(node).as_str(), "li" | "p" | "div" | "aside" | "dd")
}
