//! A window of a page as nodes: headings with their levels, paragraphs, lists, quotations, notes, code, and the links and
//! pictures in their text. Tables and figures are told in [`super::table`] and [`super::figure`]. Pure: the same page gives the same nodes.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use egui::accesskit::{Action, Node, Role, TextDirection, Toggled};

use super::memo::Memo;
use super::naming::{dress_run, heading, name_of, named};
use super::runs::{Line, Site, Text, bounds, lines_of};
use super::told::{Place, Told};
use super::tree::{Tree, id_of};
use crate::app::Story;
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{Block, Container, Content, InlineStyle, Marker, RichText, Span, TextRange};
use crate::text::{Direction, base_direction};
use crate::typeset::{Part, SetBlock};
use crate::ui::reader::page::Piece;
use crate::ui::reader::targets::target_id;

/// Headings outside the window that are told on each side, so that a reader who goes from heading to heading reaches them.
const MOST_HEADINGS: usize = 300;

/// Where a piece stands on the page.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    /// What was set for it, if it is laid out.
    pub set: Option<&'a SetBlock>,
    /// Where that stands; two where it is parted between two columns.
    pub sites: Vec<Site>,
    /// Its box, estimated where it is not laid out.
    pub frame: egui::Rect,
}

/// What is told.
pub(super) struct Scene<'a> {
    /// The story.
    pub story: &'a Story,
    /// Its page.
    pub pieces: &'a [Piece],
    /// The pieces that are told.
    pub window: Range<usize>,
    /// Device pixels to a point.
    pub scale: f32,
    /// Where a piece stands.
    pub spot: &'a dyn Fn(usize) -> Spot<'a>,
    /// The pieces that show headings, in order.
    pub headings: &'a [usize],
}

/// A node that what follows may still belong to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Level {
    Quotation(u32),
    List(u32),
    Item(u32, u32),
    Note(String),
    Omitted(usize),
    Block(usize),
}

/// Tells the scene inside the node that is open in `tree`.
pub(super) fn tell(scene: &Scene<'_>, memo: &mut Memo, tree: &mut Tree, told: &mut Told) {
    let mut teller = Teller { scene, memo, tree, told, open: Vec::new() };
    let (before, after) = teller.headings_outside();
    for piece in before {
        teller.heading_outside(piece);
    }
    if let Some(piece) = scene.window.start.checked_sub(1) {
        teller.edge("Earlier text", piece);
    }
    for piece in scene.window.clone() {
        teller.piece(piece);
    }
    teller.leave(0);
    if scene.pieces.get(scene.window.end).is_some_and(|piece| *piece != Piece::End) {
        teller.edge("Later text", scene.window.end);
    }
    for piece in after {
        teller.heading_outside(piece);
    }
}

pub(super) struct Teller<'a, 'b> {
    pub(super) scene: &'b Scene<'a>,
    pub(super) memo: &'b mut Memo,
    pub(super) tree: &'b mut Tree,
    pub(super) told: &'b mut Told,
    /// The open levels, each with whether it has a node.
    open: Vec<(Level, bool)>,
}

/// A piece that shows a block.
pub(super) struct Shown<'a> {
    pub(super) number: usize,
    pub(super) block: &'a Block,
    pub(super) part: &'a Part,
    /// Where the block begins in the flat text.
    pub(super) base: usize,
    pub(super) spot: Spot<'a>,
    pub(super) lines: Vec<Line>,
}

/// Where a text stands.
#[derive(Clone, Copy)]
pub(super) struct Passage<'a> {
    /// Where its spans count from, in the flat text.
    pub(super) base: usize,
    /// What of it is told.
    pub(super) range: TextRange,
    /// The end with the sign behind it that parts it from what follows.
    pub(super) end: usize,
    pub(super) lines: &'a [Line],
    pub(super) frame: egui::Rect,
    pub(super) direction: Option<Direction>,
}

impl Shown<'_> {
    /// A text of the block.
    pub(super) fn passage(&self, base: usize, range: TextRange, end: usize) -> Passage<'_> {
        let direction = self.block.direction;
        Passage { base, range, end, lines: &self.lines, frame: self.spot.frame, direction }
    }
}

impl<'a> Teller<'a, '_> {
    fn piece(&mut self, piece: usize) {
        let scene = self.scene;
        let Some(what) = scene.pieces.get(piece) else { return };
        match what {
            Piece::Site(text) | Piece::Byline(text) => {
                let mut node = Node::new(Role::Label);
                node.set_value(text.as_str());
                node.set_bounds(bounds((scene.spot)(piece).frame));
                self.tree.leaf(id_of(("head", piece)), node);
            }
            Piece::Title { text, block } => self.title(piece, text, *block),
            Piece::HeadRule | Piece::End => {}
            Piece::Block(number, part) | Piece::Omitted(number, part) => {
                let Some(block) = scene.story.article.blocks.get(*number) else { return };
                let Some(base) = scene.story.flat.block_range(*number).map(|range| range.start) else { return };
                let spot = (scene.spot)(piece);
                let lines = spot.set.map_or_else(Vec::new, |set| lines_of(set, base, &spot.sites, scene.scale));
                let shown = Shown { number: *number, block, part, base, spot, lines };
                self.enter(piece, &shown);
                self.content(&shown);
            }
        }
    }

    fn title(&mut self, piece: usize, text: &str, block: Option<usize>) {
        self.leave(0);
        let scene = self.scene;
        let spot = (scene.spot)(piece);
        let mut node = heading(1, text);
        node.set_bounds(bounds(spot.frame));
        let range = block.and_then(|block| scene.story.flat.block_range(block));
        let id = self.tree.open(id_of("title"), node);
        if let Some(range) = range {
            self.told.note(id, Place::Text(range.start));
            let lines = spot.set.map_or_else(Vec::new, |set| lines_of(set, range.start, &spot.sites, scene.scale));
            let end = self.end_behind(range.end);
            let passage = Passage { base: range.start, range, end, lines: &lines, frame: spot.frame, direction: None };
            self.text(&RichText::plain(text), passage);
        }
        self.tree.close();
    }

    /// Opens what a block stands in, and closes what it does not stand in any more.
    fn enter(&mut self, piece: usize, shown: &Shown<'_>) {
        let levels = self.levels(piece);
        let shared = self.open.iter().zip(&levels).take_while(|((open, _), level)| open == *level).count();
        self.leave(shared);
        for (depth, level) in levels.iter().enumerate().skip(shared) {
            let container = container_of(shown.block, &levels, depth);
            let name = || self.name_of_block(shown);
            let has_node = match level {
                Level::Quotation(number) => {
                    self.tree.open(id_of(("quotation", number)), Node::new(Role::Blockquote));
                    true
                }
                Level::List(list) => {
                    let mut node = Node::new(Role::List);
                    node.set_size_of_set(self.memo.items(*list, &self.scene.story.article.blocks));
                    self.tree.open(id_of(("list", list)), node);
                    true
                }
                Level::Item(list, item) => {
                    let mut node = named(Role::ListItem, &name());
                    node.set_position_in_set(usize::try_from(*item).unwrap_or(usize::MAX));
                    if let Some(Container::ListItem { marker: Marker::Task(done), .. }) = container {
                        node.set_toggled(if *done { Toggled::True } else { Toggled::False });
                    }
                    let node = self.dressed(node, shown, self.is_alone(piece, &levels, depth + 1));
                    let id = self.tree.open(id_of(("item", list, item)), node);
                    self.told.note(id, Place::Text(shown.base));
                    if let Some(Container::ListItem { marker: Marker::Number(number), .. }) = container {
                        let mut node = named(Role::ListMarker, &format!("{number}."));
                        node.set_bounds(bounds(shown.spot.frame));
                        self.tree.leaf(id_of(("marker", list, item)), node);
                    }
                    true
                }
                Level::Note(label) => {
                    let node = named(Role::DocEndnote, &name());
                    let node = self.dressed(node, shown, self.is_alone(piece, &levels, depth + 1));
                    let id = self.tree.open(id_of(("note", label)), node);
                    self.told.note(id, Place::Text(shown.base));
                    let mut node = named(Role::ListMarker, label);
                    node.set_bounds(bounds(shown.spot.frame));
                    self.tree.leaf(id_of(("label", label)), node);
                    true
                }
                Level::Omitted(number) => {
                    let reason = shown.block.omitted.map_or("by choice", crate::document::OmissionReason::label);
                    self.tree.open(id_of(("omitted", number)), named(Role::Group, &format!("Left out: {reason}")));
                    true
                }
                // The one paragraph of an item is the item.
                Level::Block(_) if self.is_alone(piece, &levels, depth) => false,
                Level::Block(number) => match self.node_of(shown) {
                    Some(node) => {
                        let is_whole = shown.part.is_first() && shown.part.is_last();
                        let id = self.tree.open(id_of(("block", number)), self.dressed(node, shown, is_whole));
                        self.told.note(id, Place::Text(shown.base + shown.part.range().start));
                        true
                    }
                    None => false,
                },
            };
            self.open.push((level.clone(), has_node));
        }
    }

    fn leave(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some((_, true)) = self.open.pop() {
                self.tree.close();
            }
        }
    }

    fn levels(&self, piece: usize) -> Vec<Level> {
        let Some(what) = self.scene.pieces.get(piece) else { return Vec::new() };
        let Some(number) = what.block() else { return Vec::new() };
        let Some(block) = self.scene.story.article.blocks.get(number) else { return Vec::new() };
        let mut levels = Vec::new();
        for container in &block.containers {
            match container {
                Container::Quotation { quotation } => levels.push(Level::Quotation(*quotation)),
                Container::ListItem { list, item, .. } => {
                    levels.push(Level::List(*list));
                    levels.push(Level::Item(*list, *item));
                }
                Container::Note { label } => levels.push(Level::Note(label.clone())),
            }
        }
        if matches!(what, Piece::Omitted(..)) {
            levels.push(Level::Omitted(number));
        }
        levels.push(Level::Block(number));
        levels
    }

    /// Whether the block at a depth is a paragraph and all there is in an item or a note.
    fn is_alone(&self, piece: usize, levels: &[Level], depth: usize) -> bool {
        let Some(around) = depth.checked_sub(1).and_then(|above| levels.get(..=above)) else { return false };
        let is_item = matches!(around.last(), Some(Level::Item(..) | Level::Note(_)));
        let number = self.scene.pieces.get(piece).and_then(Piece::block);
        let is_paragraph = number
            .and_then(|number| self.scene.story.article.blocks.get(number))
            .is_some_and(|block| matches!(block.content, Content::Paragraph { .. }));
        let is_other = |piece: &usize| self.scene.pieces.get(*piece).and_then(Piece::block) != number;
        let stands_there = |piece: usize| self.levels(piece).starts_with(around);
        let before = (0..piece).rev().find(is_other).is_some_and(stands_there);
        let after = (piece..self.scene.pieces.len()).find(is_other).is_some_and(stands_there);
        is_item && is_paragraph && !before && !after
    }

    /// The node of a block that is told by its text.
    fn node_of(&self, shown: &Shown<'_>) -> Option<Node> {
        let name = self.name_of_block(shown);
        match &shown.block.content {
            Content::Heading { level, .. } => Some(heading(*level, &name)),
            Content::Paragraph { .. } => Some(named(Role::Paragraph, &name)),
            Content::Code { language, .. } => {
                let mut node = named(Role::Code, &name);
                if let Some(language) = language {
                    node.set_description(language.as_str());
                }
                Some(node)
            }
            Content::Table(table) => {
                let mut node = named(Role::Table, table.caption.as_str());
                node.set_row_count(table.rows.len());
                Some(node)
            }
            Content::Figure(_) => Some(named(Role::Figure, &name)),
            Content::Rule => None,
        }
    }

    /// A block's node with its language, its direction and, where it is no more than the block, its place. What holds more,
    /// or is told in part, covers what is told of it.
    fn dressed(&self, mut node: Node, shown: &Shown<'_>, is_whole: bool) -> Node {
        if let Some(language) = &shown.block.language {
            node.set_language(language.as_str());
        }
        match shown.block.direction.or_else(|| base_direction(&self.text_of(shown))) {
            Some(Direction::RightToLeft) => node.set_text_direction(TextDirection::RightToLeft),
            Some(Direction::LeftToRight) => node.set_text_direction(TextDirection::LeftToRight),
            None => {}
        }
        node.add_action(Action::ScrollIntoView);
        if is_whole {
            node.set_bounds(bounds(shown.spot.frame));
        }
        node
    }

    fn content(&mut self, shown: &Shown<'a>) {
        let part = shown.part.range().shifted(shown.base);
        let end = if shown.part.is_last() { self.end_behind(part.end) } else { part.end };
        let passage = shown.passage(shown.base, part, end);
        match &shown.block.content {
            Content::Paragraph { text } | Content::Heading { text, .. } => self.text(text, passage),
            Content::Code { .. } => self.text(&RichText::default(), passage),
            Content::Table(table) => self.table(shown, table, end),
            Content::Figure(figure) => self.figure(shown, figure, end),
            Content::Rule => {
                let mut node = Node::new(Role::Splitter);
                node.set_bounds(bounds(shown.spot.frame));
                self.tree.leaf(id_of(("rule", shown.number)), node);
            }
        }
    }

    /// Tells a text: its runs, and its links and pictures around them.
    pub(super) fn text(&mut self, text: &RichText, passage: Passage<'_>) {
        let Passage { base, range, end, lines, frame, direction } = passage;
        let flat = self.scene.story.flat.as_str();
        let spans: Vec<(TextRange, &Span)> = text
            .spans()
            .iter()
            .map(|span| (span.range.shifted(base), span))
            .filter(|(span, _)| span.intersection(range).is_some())
            .collect();
        let borders: BTreeSet<usize> = spans.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
        let borders: Vec<usize> = borders.into_iter().collect();
        let words = self.memo.words(flat, range);
        let direction = direction.or_else(|| base_direction(range.of(flat).unwrap_or_default()));
        let right_to_left = direction == Some(Direction::RightToLeft);
        let text = Text { flat, range, end, right_to_left, borders: &borders, words: &words, lines, frame };
        let mut inside: Vec<TextRange> = Vec::new();
        for mut run in text.runs() {
            let at = run.range.start;
            while inside.last().is_some_and(|span| span.end <= at) {
                inside.pop();
                self.tree.close();
            }
            for (span, style) in spans.iter().filter(|(span, _)| span.contains(at)) {
                dress_run(&mut run.node, &style.style);
                // Spans that cross cannot both hold the run; what was opened first does.
                let begins = span.start == at || at == range.start;
                let fits = inside.last().is_none_or(|outer| span.end <= outer.end);
                if begins && fits && self.open_span(*span, range, &style.style) {
                    inside.push(*span);
                }
            }
            let id = self.tree.leaf(run.id, run.node.clone());
            self.told.run(id, &run);
        }
        for _ in inside {
            self.tree.close();
        }
    }

    /// Opens the node of a link or a picture in a text; `false` for what is a look of the text alone.
    fn open_span(&mut self, span: TextRange, within: TextRange, style: &InlineStyle) -> bool {
        let flat = self.scene.story.flat.as_str();
        match style {
            InlineStyle::Link { target } => {
                let here = span.intersection(within).unwrap_or(span);
                let words = here.of(flat).unwrap_or_default().replace([OBJECT_REPLACEMENT, '\u{AD}'], "");
                let name = if words.trim().is_empty() { target.as_str() } else { words.trim() };
                let mut node = named(Role::Link, name);
                node.set_url(target.as_str());
                node.add_action(Action::Click);
                node.add_action(Action::Focus);
                node.add_action(Action::ScrollIntoView);
                let id = self.tree.open(target_id(here.start).accesskit_id(), node);
                self.told.note(id, Place::Link(here, target.clone()));
                true
            }
            InlineStyle::Image { alt, .. } => {
                let name = if alt.trim().is_empty() { "Picture" } else { alt.as_str() };
                let mut node = named(Role::Image, name);
                node.add_action(Action::ScrollIntoView);
                let id = self.tree.open(id_of(("picture", span.start)), node);
                self.told.note(id, Place::Text(span.start));
                true
            }
            _ => false,
        }
    }

    /// The end of a block's text with the line feed that parts it from the next.
    pub(super) fn end_behind(&self, end: usize) -> usize {
        let has_feed = self.scene.story.flat.as_str().get(end..).is_some_and(|rest| rest.starts_with('\n'));
        end + usize::from(has_feed)
    }

    fn text_of<'t>(&self, shown: &'t Shown<'_>) -> std::borrow::Cow<'t, str> {
        shown.part.text(shown.block)
    }

    fn name_of_block(&self, shown: &Shown<'_>) -> String {
        match &shown.block.content {
            Content::Figure(figure) if !figure.alt.is_empty() => {
                let caption = figure.caption.as_str();
                if caption.is_empty() { figure.alt.clone() } else { format!("{}. {caption}", figure.alt) }
            }
            _ => name_of(&self.text_of(shown), shown.block.rich_text().map(RichText::spans).unwrap_or_default()),
        }
    }

    /// The pieces outside the window that show headings, the nearest of them.
    fn headings_outside(&self) -> (Vec<usize>, Vec<usize>) {
        let (headings, window) = (self.scene.headings, &self.scene.window);
        let from = headings.partition_point(|piece| *piece < window.start);
        let to = headings.partition_point(|piece| *piece < window.end);
        let before = headings.get(from.saturating_sub(MOST_HEADINGS)..from).unwrap_or_default();
        let after = headings.get(to..headings.len().min(to + MOST_HEADINGS)).unwrap_or_default();
        (before.to_vec(), after.to_vec())
    }

    fn heading_outside(&mut self, piece: usize) {
        let Some(number) = self.scene.pieces.get(piece).and_then(Piece::block) else { return };
        let Some(block) = self.scene.story.article.blocks.get(number) else { return };
        let (Content::Heading { level, text }, Some(range)) =
            (&block.content, self.scene.story.flat.block_range(number))
        else {
            return;
        };
        let mut node = heading(*level, &name_of(text.as_str(), text.spans()));
        node.set_bounds(bounds((self.scene.spot)(piece).frame));
        node.add_action(Action::ScrollIntoView);
        let id = self.tree.leaf(id_of(("block", number)), node);
        self.told.note(id, Place::Text(range.start));
    }

    /// The way on to what is not told.
    fn edge(&mut self, name: &str, piece: usize) {
        let block = self.scene.pieces.get(piece).and_then(Piece::block);
        let part = self.scene.pieces.get(piece).and_then(Piece::part).map_or(0, |part| part.range().start);
        let at = block.and_then(|block| self.scene.story.flat.block_range(block)).map_or(0, |range| range.start + part);
        let mut node = named(Role::Button, name);
        node.set_bounds(bounds((self.scene.spot)(piece).frame));
        node.add_action(Action::Click);
        node.add_action(Action::ScrollIntoView);
        let id = self.tree.leaf(id_of(name), node);
        self.told.note(id, Place::Edge(at));
    }
}

/// The container that a level stands for.
fn container_of<'b>(block: &'b Block, levels: &[Level], depth: usize) -> Option<&'b Container> {
    let lists = levels.iter().take(depth + 1).filter(|level| matches!(level, Level::List(_))).count();
    block.containers.get((depth + 1).checked_sub(lists + 1)?)
}

/// The headings of a page, by piece.
pub(super) fn heading_pieces(story: &Story, pieces: &[Piece]) -> Vec<usize> {
    let blocks: HashMap<usize, ()> = story.outline.iter().map(|heading| (heading.block, ())).collect();
    let is_heading =
        |piece: &Piece| !piece.continues() && piece.block().is_some_and(|block| blocks.contains_key(&block));
    (0..pieces.len()).filter(|piece| pieces.get(*piece).is_some_and(is_heading)).collect()
}
