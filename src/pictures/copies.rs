//! How large a drawing is once everything that it names is drawn where it is named. A drawing of thirty lines, each of two
//! copies of the one before, has a thousand million parts. Draws nothing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use resvg::usvg::roxmltree::{Document, Node, NodeId};

/// The most elements that are drawn, copies among them. The largest maps in saved pages have 50,000.
pub(super) const MOST_DRAWN: u64 = 300_000;

/// How many elements a drawing draws; counting ends soon beyond [`MOST_DRAWN`].
pub(super) fn drawn(document: &Document) -> u64 {
    let named: HashMap<&str, Node> =
        document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut sizes: HashMap<NodeId, u64> = HashMap::new();
    // Depth first without recursion: chains of copies may be as long as the file.
    let mut open = vec![(document.root_element(), false)];
    while let Some((node, is_done)) = open.pop() {
        let inner = || node.children().filter(Node::is_element).chain(referenced(node, &named));
        if is_done {
            let size =
                inner().fold(1u64, |sum, inner| sum.saturating_add(sizes.get(&inner.id()).copied().unwrap_or(0)));
            sizes.insert(node.id(), size);
        } else if let Entry::Vacant(size) = sizes.entry(node.id()) {
            // What names itself is drawn once.
            size.insert(0);
            open.push((node, true));
            open.extend(inner().filter(|inner| !sizes.contains_key(&inner.id())).map(|inner| (inner, false)));
        }
    }
    sizes.get(&document.root_element().id()).copied().unwrap_or(0)
}

/// The elements that an element's attributes name: copies, patterns, masks, markers. Gradients are drawn with what they fill.
fn referenced<'a, 'input>(
    node: Node<'a, 'input>,
    named: &HashMap<&str, Node<'a, 'input>>,
) -> impl Iterator<Item = Node<'a, 'input>> {
    let names = node.attributes().flat_map(|attribute| {
        let link = (attribute.name() == "href").then(|| attribute.value().strip_prefix('#')).flatten();
        let urls = attribute.value().split("url(").skip(1);
        let urls = urls.filter_map(|rest| rest.split(')').next()?.trim_matches(['"', '\'', ' ']).strip_prefix('#'));
        link.into_iter().chain(urls).collect::<Vec<_>>()
    });
    let found: Vec<_> = names.filter_map(|name| named.get(name).copied()).collect();
    found.into_iter().filter(|node| !node.tag_name().name().ends_with("Gradient"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_count_as_often_as_they_are_drawn() {
        for (inner, expected) in [
            ("<rect/>", 2),
            ("<g id='a'><rect/></g><use href='#a'/><use href='#a'/>", 9),
            ("<pattern id='p'><rect/></pattern><rect fill='url(#p)'/><rect style='fill: url(\"#p\")'/>", 9),
            ("<linearGradient id='p'><stop/></linearGradient><rect fill='url(#p)'/>", 4),
            ("<g id='a'><use href='#a'/></g>", 3),
            ("<use href='#none'/>", 2),
        ] {
            let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>");
            assert_eq!(drawn(&Document::parse(&svg).unwrap()), expected, "{inner}");
        }
        let copies: String =
            (1..90).map(|n| format!("<g id='g{n}'><use href='#g{0}'/><use href='#g{0}'/></g>", n - 1)).collect();
        let svg = format!("<svg><g id='g0'/>{copies}</svg>");
        assert!(drawn(&Document::parse(&svg).unwrap()) > MOST_DRAWN);
    }
}
