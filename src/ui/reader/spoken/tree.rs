//! Nodes in the order of reading, opened and closed as they are walked. Knows no story: it sees to it that every node is
//! named once, has its children and covers them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use egui::accesskit::{Node, NodeId, Rect};

/// The name of a node, the same in every frame for the same thing.
pub(super) fn id_of(what: impl Hash) -> NodeId {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    NodeId(hasher.finish())
}

/// A tree that grows.
pub(super) struct Tree {
    open: Vec<Open>,
    done: Vec<(NodeId, Node)>,
    used: HashSet<NodeId>,
}

struct Open {
    id: NodeId,
    node: Node,
    children: Vec<NodeId>,
    covered: Option<Rect>,
}

impl Tree {
    /// An empty tree.
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), done: Vec::new(), used: HashSet::new() }
    }

    /// Opens a node inside the one that is open. A name that is taken gives way to another, since a tree with a node in two
    /// places is refused as a whole.
    pub(super) fn open(&mut self, id: NodeId, node: Node) -> NodeId {
        let mut id = id;
        while !self.used.insert(id) {
            id = id_of(("again", id.0));
        }
        self.open.push(Open { id, node, children: Vec::new(), covered: None });
        id
    }

    /// Closes the node that was opened last. Where it has no bounds of its own it gets those of its children.
    pub(super) fn close(&mut self) {
        let Some(Open { id, mut node, children, covered }) = self.open.pop() else { return };
        if node.bounds().is_none()
            && let Some(covered) = covered
        {
            node.set_bounds(covered);
        }
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(id);
            if let Some(bounds) = node.bounds() {
                parent.covered = Some(parent.covered.map_or(bounds, |covered| covered.union(bounds)));
            }
        }
        node.set_children(children);
        self.done.push((id, node));
    }

    /// A node without children.
    pub(super) fn leaf(&mut self, id: NodeId, node: Node) -> NodeId {
        let id = self.open(id, node);
        self.close();
        id
    }

    /// All nodes, each behind its children; what is still open is closed.
    pub(super) fn finish(mut self) -> Vec<(NodeId, Node)> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use egui::accesskit::Role;

    use super::*;

    #[test]
    fn a_node_covers_its_children_and_no_name_is_given_twice() {
        let mut tree = Tree::new();
        tree.open(NodeId(1), Node::new(Role::List));
        for y in [10.0, 20.0] {
            let mut node = Node::new(Role::ListItem);
            node.set_bounds(Rect::new(0.0, y, 5.0, y + 8.0));
            tree.leaf(NodeId(2), node);
        }
        let nodes = tree.finish();
        let (_, list) = nodes.last().unwrap();
        assert_eq!(list.bounds(), Some(Rect::new(0.0, 10.0, 5.0, 28.0)));
        assert_eq!(list.children().len(), 2);
        assert_ne!(list.children()[0], list.children()[1]);
    }
}
