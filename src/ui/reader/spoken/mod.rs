//! What a screen reader is told of the story, and what it asks for. The story is a document with one text: headings with
//! their levels, paragraphs, lists, quotations, notes, tables, code, links and pictures in the order of reading, each with
//! its place, and in them the runs of the text, so that a caret goes through all of it and a selection crosses blocks. Made
//! only while somebody listens. Offsets are those of the flat text.
//!
//! - [`window`](mod@window): which pieces are told; [`stage`]: where they stand
//! - [`telling`]: pieces as nodes; [`table`] and [`figure`]: the two that hold more than a text
//! - [`naming`]: single nodes; [`runs`]: text as runs; [`tree`]: nodes in their order
//! - [`memo`]: what of a story is found out once
//! - [`told`]: nodes to offsets and back; [`requests`]: what is asked for
//! - [`delivery`]: the nodes on their way to AccessKit

mod delivery;
mod figure;
mod memo;
mod naming;
mod requests;
mod runs;
mod stage;
mod table;
mod telling;
mod told;
mod tree;
mod window;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use egui::accesskit::{Action, Node, Role, TextDirection};
use egui::{Event, Response, Ui};

use self::delivery::{Delivery, Parcel};
use self::memo::Memo;
pub(super) use self::requests::Asked;
use self::stage::Stage;
use self::telling::Scene;
use self::told::Told;
use self::tree::{Tree, id_of};
use super::placement::{Placed, pieces_in_sight};
use super::position::Page;
use crate::app::{Selection, Story};
use crate::text::Direction;
use crate::typeset::{Affinity, Typesetter};

/// Pieces beyond what is in sight, on each side, that are laid out so that they can be read by line.
const LAID_BEYOND: usize = 24;
/// Of them so many are laid out in a frame.
const LAID_AT_ONCE: usize = 3;

/// What is told of the story that is read.
#[derive(Default)]
pub(super) struct Spoken {
    page: Option<Known>,
    window: Option<Range<usize>>,
    told: Told,
    document: Option<egui::Id>,
}

/// What holds as long as the page has the same pieces.
struct Known {
    story: Arc<Story>,
    omissions: BTreeSet<usize>,
    headings: Vec<usize>,
    memo: Memo,
}

/// What the reading view has to say besides its page.
pub(super) struct Telling<'a> {
    /// The pieces in sight.
    pub placed: &'a [Placed],
    /// What is selected, or where the caret is.
    pub selection: Option<Selection>,
    /// Which line a caret at a border belongs to.
    pub affinity: Affinity,
    /// Whether something lies over the story and hides it.
    pub is_hidden: bool,
}

impl Spoken {
    /// Tells the page, if somebody listens.
    pub(super) fn tell(
        &mut self,
        ui: &Ui,
        view: &Response,
        page: &mut Page,
        typesetter: &mut Typesetter,
        telling: &Telling<'_>,
    ) {
        let ctx = ui.ctx();
        // egui gives the node its parent; what is in it comes with the parcel.
        let listens = ctx.accesskit_node_builder(view.id, |node| node.set_role(Role::Document)).is_some();
        if !listens {
            if self.document.is_some() {
                *self = Self::default();
            }
            return;
        }
        self.document = Some(view.id);
        self.told = Told::default();
        let mut tree = Tree::new();
        let document = view.id.accesskit_id();
        tree.open(document, document_node(page, view.rect));
        if telling.is_hidden {
            Delivery::send(ctx, Parcel { document, nodes: tree.finish() });
            return;
        }
        let seen = pieces_in_sight(telling.placed);
        self.know(page);
        let weight =
            |piece: usize| window::weight(page.flat_range(piece).and_then(|range| range.of(page.story.flat.as_str())));
        let window = window::window(self.window.take(), &seen, page.pieces.len(), &weight);
        if lay_out_near(page, typesetter, &seen, &window) {
            ctx.request_repaint();
        }
        let Some(known) = &mut self.page else { return };
        let stage = Stage::new(page, telling.placed, view.rect, &window);
        let mut node = Node::new(Role::GenericContainer);
        if let Some(transform) = stage.transform() {
            node.set_transform(transform);
        }
        tree.open(id_of("page"), node);
        let spot = |piece: usize| stage.spot(piece);
        let scene = Scene {
            story: &page.story,
            pieces: &page.pieces,
            window: window.clone(),
            scale: page.setting.scale,
            spot: &spot,
            headings: &known.headings,
        };
        telling::tell(&scene, &mut known.memo, &mut tree, &mut self.told);
        self.told.finish();
        self.window = Some(window);
        let mut nodes = tree.finish();
        // While nothing is selected, the caret stands where the eye does.
        let selection = telling.selection.unwrap_or(Selection::caret(page.view.start));
        if let Some(selection) = self.told.selection(selection, telling.affinity)
            && let Some((_, node)) = nodes.last_mut()
        {
            node.set_text_selection(selection);
        }
        Delivery::send(ctx, Parcel { document, nodes });
    }

    /// What was asked for since the last frame. Taken before egui looks for widgets of these names.
    pub(super) fn take_requests(&self, ctx: &egui::Context) -> Vec<Asked> {
        let Some(document) = self.document else { return Vec::new() };
        let mut taken = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::AccessKitActionRequest(request) = event else { return true };
                let asked = requests::asked(request, document.accesskit_id(), &self.told);
                let is_ours = asked.is_some();
                taken.extend(asked);
                !is_ours
            });
        });
        taken
    }

    fn know(&mut self, page: &Page) {
        let is_known = self
            .page
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(&known.story, &page.story) && known.omissions == page.omissions);
        if !is_known {
            self.window = None;
            self.page = Some(Known {
                story: Arc::clone(&page.story),
                omissions: page.omissions.clone(),
                headings: telling::heading_pieces(&page.story, &page.pieces),
                memo: Memo::default(),
            });
        }
    }
}

/// Lays out some of what is near but out of sight; `true` while there is more.
fn lay_out_near(page: &mut Page, typesetter: &mut Typesetter, seen: &Range<usize>, window: &Range<usize>) -> bool {
    let below = (seen.end..window.end).take(LAID_BEYOND);
    let above = (window.start..seen.start).rev().take(LAID_BEYOND);
    let missing: Vec<usize> = below.chain(above).filter(|piece| !page.laid.contains_key(piece)).collect();
    for piece in missing.iter().take(LAID_AT_ONCE) {
        page.height_of(*piece, typesetter);
    }
    // The space below the text is laid out as nothing, again and again.
    missing.iter().skip(LAID_AT_ONCE).any(|piece| page.pieces.get(*piece) != Some(&super::page::Piece::End))
}

fn document_node(page: &Page, view: egui::Rect) -> Node {
    let article = &page.story.article;
    let mut node = naming::named(Role::Document, &page.title);
    if let Some(language) = article.metadata.language.value() {
        node.set_language(language.as_str());
    }
    if article.metadata.direction.value() == Some(&Direction::RightToLeft) {
        node.set_text_direction(TextDirection::RightToLeft);
    }
    node.set_bounds(runs::bounds(view));
    for action in [Action::Focus, Action::SetTextSelection, Action::ScrollDown, Action::ScrollUp] {
        node.add_action(action);
    }
    node
}
