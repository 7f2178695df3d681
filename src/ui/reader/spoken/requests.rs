//! What a screen reader asks for: to bring something into view, to give it the focus, to press it, to set the caret or the
//! selection. Asks the reading view; changes nothing itself.

use egui::accesskit::{Action, ActionData, ActionRequest, NodeId, ScrollHint, ScrollUnit, TextSelection, TreeId};

use super::told::{Place, Told};
use crate::app::Selection;
use crate::app::effect::Scroll;
use crate::ui::reader::hand::Thing;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::reader) enum Asked {
    /// Bring the line at an offset into view, to its top where that is said.
    Show {
        /// In the flat text.
        at: usize,
        /// Whether it is to stand at the top.
        at_top: bool,
    },
    /// Keys are to go to the story, with the caret here.
    Read(Option<usize>),
    /// A link or picture is to have the focus.
    Focus(usize),
    /// A link or picture is pressed.
    Press(Thing),
    /// This is to be selected.
    Select(Selection),
    /// The view is to move.
    Scroll(Scroll),
}

/// What a request for one of the story's nodes means; `None` for those that are none of ours.
pub(super) fn asked(request: &ActionRequest, document: NodeId, told: &Told) -> Option<Asked> {
    if request.target_tree != TreeId::ROOT {
        return None;
    }
    let place = told.place(request.target_node);
    if place.is_none() && request.target_node != document {
        return None;
    }
    match (request.action, &request.data, place) {
        (Action::SetTextSelection, Some(ActionData::SetTextSelection(TextSelection { anchor, focus })), _) => {
            Some(Asked::Select(Selection::new(told.offset(*anchor)?, told.offset(*focus)?)))
        }
        (Action::ScrollIntoView, hint, Some(place)) => {
            let hint = matches!(hint, Some(ActionData::ScrollHint(ScrollHint::TopLeft | ScrollHint::TopEdge)));
            Some(Asked::Show { at: start_of(&place), at_top: hint || matches!(place, Place::Edge(_)) })
        }
        (Action::Focus, _, Some(Place::Link(range, _))) => Some(Asked::Focus(range.start)),
        (Action::Focus, _, Some(Place::Picture(at, _))) => Some(Asked::Focus(at)),
        (Action::Focus | Action::Click, _, Some(Place::Edge(at))) => Some(Asked::Show { at, at_top: true }),
        (Action::Focus | Action::Click, _, Some(Place::Text(at))) => Some(Asked::Read(Some(at))),
        (Action::Focus, _, None) => Some(Asked::Read(None)),
        (Action::Click, _, Some(Place::Link(range, target))) => Some(Asked::Press(Thing::Link(range, target))),
        (Action::Click, _, Some(Place::Picture(_, picture))) => Some(Asked::Press(Thing::Picture(picture))),
        (Action::ScrollDown, unit, _) => {
            Some(Asked::Scroll(if is_page(unit) { Scroll::PageDown } else { Scroll::LineDown }))
        }
        (Action::ScrollUp, unit, _) => Some(Asked::Scroll(if is_page(unit) { Scroll::PageUp } else { Scroll::LineUp })),
        _ => None,
    }
}

fn is_page(unit: &Option<ActionData>) -> bool {
    matches!(unit, Some(ActionData::ScrollUnit(ScrollUnit::Page)))
}

fn start_of(place: &Place) -> usize {
    match place {
        Place::Text(at) | Place::Edge(at) | Place::Picture(at, _) => *at,
        Place::Link(range, _) => range.start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TextRange;

    #[test]
    fn each_request_means_one_thing() {
        let mut told = Told::default();
        let link = Place::Link(TextRange::new(5, 9), "https://weir.example".to_owned());
        told.note(NodeId(2), link);
        told.note(NodeId(3), Place::Edge(700));
        told.note(NodeId(4), Place::Text(40));
        let pressed = Asked::Press(Thing::Link(TextRange::new(5, 9), "https://weir.example".to_owned()));
        for (node, action, expected) in [
            (1, Action::Focus, Some(Asked::Read(None))),
            (1, Action::ScrollDown, Some(Asked::Scroll(Scroll::LineDown))),
            (2, Action::Focus, Some(Asked::Focus(5))),
            (2, Action::Click, Some(pressed)),
            (2, Action::ScrollIntoView, Some(Asked::Show { at: 5, at_top: false })),
            (3, Action::Click, Some(Asked::Show { at: 700, at_top: true })),
            (4, Action::Focus, Some(Asked::Read(Some(40)))),
            (4, Action::Increment, None),
            (9, Action::Focus, None),
        ] {
            let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node: NodeId(node), data: None };
            assert_eq!(asked(&request, NodeId(1), &told), expected, "{node} {action:?}");
        }
    }
}
