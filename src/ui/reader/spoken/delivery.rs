//! Hands the story's nodes to AccessKit with those of egui. egui makes a node's parent of the `Ui` it stands in, and a story
//! has no `Ui` for each list and cell; so the nodes are put into what egui gives out, in place of the view's own.

use std::collections::HashSet;

use egui::accesskit::{Node, NodeId, TreeUpdate};
use egui::{Context, FullOutput, Plugin};

/// The nodes of a frame.
pub(super) struct Parcel {
    /// The view's node, which egui has put in its place.
    pub document: NodeId,
    /// It and all below it, each node once.
    pub nodes: Vec<(NodeId, Node)>,
}

/// Puts a parcel into what egui gives out at the end of the frame.
#[derive(Default)]
pub(super) struct Delivery {
    parcel: Option<Parcel>,
}

impl Delivery {
    /// Takes a parcel for this frame.
    pub(super) fn send(ctx: &Context, parcel: Parcel) {
        ctx.plugin_or_default::<Self>().lock().parcel = Some(parcel);
    }
}

impl Plugin for Delivery {
    fn debug_name(&self) -> &'static str {
        "story for screen readers"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        if let Some(parcel) = self.parcel.take()
            && let Some(update) = &mut output.platform_output.accesskit_update
        {
            deliver(update, parcel);
        }
    }
}

fn deliver(update: &mut TreeUpdate, parcel: Parcel) {
    let Parcel { document, nodes } = parcel;
    // A tree with a node that no other holds is refused as a whole.
    if !update.nodes.iter().any(|(id, _)| *id == document) {
        return;
    }
    let ours: HashSet<NodeId> = nodes.iter().map(|(id, _)| *id).collect();
    let below = |id: &NodeId| *id != document && ours.contains(id);
    // Links and pictures in sight are widgets too, for the keyboard; here they have their place in the text.
    update.nodes.retain(|(id, _)| !ours.contains(id));
    for (_, node) in &mut update.nodes {
        if node.children().iter().any(below) {
            let kept: Vec<NodeId> = node.children().iter().copied().filter(|id| !below(id)).collect();
            node.set_children(kept);
        }
    }
    update.nodes.extend(nodes);
    // While nothing else has the focus, keys go to the story.
    if update.tree.as_ref().is_some_and(|tree| tree.root == update.focus) {
        update.focus = document;
    }
}

#[cfg(test)]
mod tests {
    use egui::accesskit::{Role, TreeId, TreeInfo};

    use super::*;

    fn node(role: Role, children: &[u64]) -> Node {
        let mut node = Node::new(role);
        node.set_children(children.iter().copied().map(NodeId).collect::<Vec<_>>());
        node
    }

    #[test]
    fn a_link_moves_from_its_widget_into_the_text() {
        let mut update = TreeUpdate {
            nodes: vec![
                (NodeId(1), node(Role::Window, &[2, 3])),
                (NodeId(2), node(Role::Unknown, &[])),
                (NodeId(3), node(Role::GenericContainer, &[4, 5])),
                (NodeId(4), node(Role::Unknown, &[])),
                (NodeId(5), node(Role::Button, &[])),
            ],
            tree: Some(TreeInfo::new(NodeId(1))),
            tree_id: TreeId::ROOT,
            focus: NodeId(1),
        };
        let nodes = vec![(NodeId(4), node(Role::Link, &[])), (NodeId(2), node(Role::Document, &[4]))];
        deliver(&mut update, Parcel { document: NodeId(2), nodes });
        let children = |id: u64| {
            let (_, node) = update.nodes.iter().find(|(other, _)| *other == NodeId(id)).unwrap();
            node.children().to_vec()
        };
        assert_eq!(children(1), [NodeId(2), NodeId(3)]);
        assert_eq!(children(2), [NodeId(4)]);
        assert_eq!(children(3), [NodeId(5)]);
        assert_eq!(update.nodes.len(), 5);
        assert_eq!(update.focus, NodeId(2));
    }
}
