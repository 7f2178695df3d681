//! How the classes of a page are laid out, as far as the page's own style sheets say it simply: in lines, or each apart. Knows
//! no cascade: a class that is styled both ways counts as neither.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

/// The most bytes of style sheets that are read: a page that inlines a whole framework has a megabyte.
const MOST_BYTES: usize = 4 << 20;

/// How an element is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Display {
    /// In a line.
    Inline,
    /// On its own.
    Apart,
    /// On its own, and so is each of its children.
    PartsApart,
    /// The sheets disagree.
    Unclear,
}

/// The classes of a page whose layout is known.
#[derive(Debug, Default)]
pub struct Displays(HashMap<String, Display>);

impl Displays {
    /// Reads the page's style elements.
    pub fn read(document: &Document) -> Self {
        let mut displays = Self::default();
        let mut left = MOST_BYTES;
        for style in document.select("style").nodes() {
            let text = style.text();
            if text.len() > left {
                break;
            }
            left -= text.len();
            displays.sheet(&text);
        }
        displays
    }

    /// Whether the page's styles set an element apart from what stands beside it in the line.
    pub fn is_apart(&self, node: &NodeRef) -> bool {
        !self.0.is_empty()
            && (matches!(self.of(node), Some(Display::Apart | Display::PartsApart))
                || node.parent().is_some_and(|around| self.of(&around) == Some(Display::PartsApart)))
    }

    /// Whether the page's styles set an element in a line.
    pub fn is_inline(&self, node: &NodeRef) -> bool {
        !self.0.is_empty() && self.of(node) == Some(Display::Inline)
    }

    fn of(&self, node: &NodeRef) -> Option<Display> {
        let classes = node.attr("class")?;
        classes.split_whitespace().find_map(|class| self.0.get(class).copied())
    }

    /// Rules outside of `@media` and other blocks, with selectors that end in one class.
    fn sheet(&mut self, text: &str) {
        let mut depth = 0usize;
        let mut start = 0;
        let mut selector = "";
        for (at, c) in text.char_indices() {
            match c {
                '{' => {
                    if depth == 0 {
                        selector = text.get(start..at).unwrap_or_default();
                    }
                    depth += 1;
                    start = at + 1;
                }
                '}' => {
                    if depth == 1 {
                        self.rule(selector, text.get(start..at).unwrap_or_default());
                    }
                    depth = depth.saturating_sub(1);
                    start = at + 1;
                }
                _ => {}
            }
        }
    }

    fn rule(&mut self, selector: &str, body: &str) {
        let compact: String = body.chars().filter(|c| !c.is_whitespace()).collect();
        let Some(value) = compact.split(';').rev().find_map(|rule| rule.strip_prefix("display:")) else { return };
        let display = match value.trim_end_matches("!important") {
            "flex" | "grid" | "inline-flex" | "inline-grid" | "-webkit-box" | "-webkit-flex" => Display::PartsApart,
            "block" | "table" | "table-cell" | "table-row" | "list-item" => Display::Apart,
            "inline" | "inline-block" => Display::Inline,
            _ => return,
        };
        for part in selector.split(',') {
            let part = part.rsplit("*/").next().unwrap_or_default().trim();
            // Of ".row .count" the last is what is styled.
            let last = part.rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
            let Some(class) = last.strip_prefix('.') else { continue };
            if class.is_empty() || class.contains(['.', ':', '[', '#', '@']) {
                continue;
            }
            let known = self.0.entry(class.to_owned()).or_insert(display);
            if *known != display {
                *known = Display::Unclear;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_rules_are_read() {
        let document = Document::from(
            "<style>/* a */ .row { color: red; display: flex } .b, .c{display:block}.d{display:inline-block}\
             @media print { .e { display: block } } .b{display:inline} .f > .g { display: block }</style>\
             <p class=row><a id=in>x</a></p><p class=b></p><p class=c></p><p class=d></p><p class=e></p><p class=g></p>",
        );
        let displays = Displays::read(&document);
        for (selector, apart, inline) in [
            (".row", true, false),
            ("#in", true, false),
            (".b", false, false),
            (".c", true, false),
            (".d", false, true),
            (".e", false, false),
            (".g", true, false),
        ] {
            let found = document.select(selector);
            let node = found.nodes().first().expect("an element");
            assert_eq!((displays.is_apart(node), displays.is_inline(node)), (apart, inline), "{selector}");
        }
    }
}
