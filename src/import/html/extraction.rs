//! Which nodes of a page are the article, by Readability's rules (`dom_smoothie`). Works on a copy of the tree: nodes keep
//! their numbers while they are moved about, so the survivors' numbers say which parts of the original are the article.
//! Makes no blocks.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;

use dom_query::{Document, NodeId};
use dom_smoothie::Readability;

/// The text nodes and images of the original that are part of the article.
#[derive(Debug, Default)]
pub struct Kept {
    nodes: HashSet<NodeId>,
}

impl Kept {
    /// Whether a text node or image is part of the article.
    pub fn contains(&self, node: NodeId) -> bool {
        self.nodes.contains(&node)
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// Finds the article; `None` where the rules find none.
pub fn extract(document: &Document) -> Option<Kept> {
    let copy = document.clone();
    // Readability knows what a style hides; SingleFile hides by a class of its own.
    copy.select(".sf-hidden").remove();
    // A panic in there costs the selection, not the story: the whole page is shown instead.
    let cleaned = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::with_document(copy, None, None).ok()?;
        readability.parse().ok()?;
        Some(readability.doc)
    }))
    .ok()
    .flatten()?;
    let article = cleaned.select_single("#readability-page-1");
    let article = article.nodes().first()?;
    // Numbers beyond the original's last belong to elements that the extraction made; no one asks for them.
    let nodes = article
        .descendants_it()
        .filter(|node| node.is_text() || node.has_name("img") || node.has_name("amp-img"))
        .map(|node| node.id)
        .collect();
    Some(Kept { nodes })
}
