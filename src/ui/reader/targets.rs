//! Links and pictures as things that the keyboard reaches: Tab walks them through the whole story, Enter opens them, and
//! the one that has the focus has a ring.

use egui::{EventFilter, Id, Key, Modifiers, Rect, Sense, Ui};

use super::hand::Thing;
use super::placement::Placed;
use super::position::Page;
use crate::app::Theme;
use crate::document::{Content, InlineStyle};
use crate::typeset::PaintItem;
use crate::ui::look;

/// A link or picture in sight.
pub(super) struct Target {
    /// What it is.
    pub thing: Thing,
    /// Where it stands in the flat text; a picture of its own stands where its caption begins.
    pub at: usize,
    /// Its rectangles, in points.
    pub rects: Vec<Rect>,
}

/// What the keyboard asked for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The thing that was opened.
    pub opened: Option<(Thing, Rect)>,
    /// The thing that the focus goes to, where it stands outside the view.
    pub go_to: Option<usize>,
}

/// The name that egui knows a thing by.
pub(super) fn target_id(at: usize) -> Id {
    Id::unique(("reading target", at))
}

impl Page {
    /// Links and pictures in sight, in the order of the text.
    pub(super) fn targets(&self, placed: &[Placed]) -> Vec<Target> {
        let mut targets = Vec::new();
        for place in placed {
            let (Some(base), Some(set)) = (place.base, self.set(place.piece)) else { continue };
            for (range, target) in set.links() {
                let range = range.shifted(base);
                let mut rects = self.rects_of(place, range);
                rects.retain(|rect| place.clip.intersects(*rect));
                if !rects.is_empty() {
                    targets.push(Target { thing: Thing::Link(range, target.to_owned()), at: range.start, rects });
                }
            }
            for item in &set.items {
                let PaintItem::Image { rect, image } = item else { continue };
                let Some(rect) = self.seen_rect(place, *rect).map(|rect| rect.intersect(place.clip)) else { continue };
                let can_be_read = self.story.image_sizes.get(image.0).copied().flatten().is_some();
                if rect.is_positive() && can_be_read {
                    targets.push(Target { thing: Thing::Picture(*image), at: base, rects: vec![rect] });
                }
            }
        }
        targets.sort_by_key(|target| target.at);
        targets
    }

    /// Where the next link or picture stands behind (or before) an offset, in the whole story.
    fn target_beside(&self, at: usize, forward: bool) -> Option<usize> {
        let flat = &self.story.flat;
        let (block, _) = flat.locate(at)?;
        let blocks = self.story.article.blocks.len();
        let shown = |number: &usize| self.pieces_of_block(*number).is_some();
        let of = |number: usize| {
            let start = flat.block_range(number).map_or(0, |range| range.start);
            self.targets_of_block(number).into_iter().map(move |within| start + within)
        };
        if forward {
            (block..blocks).filter(shown).flat_map(of).find(|place| *place > at)
        } else {
            (0..=block).rev().filter(shown).flat_map(|number| of(number).rev()).find(|place| *place < at)
        }
    }

    fn targets_of_block(&self, number: usize) -> Vec<usize> {
        let Some(block) = self.story.article.blocks.get(number) else { return Vec::new() };
        let links = |text: &crate::document::RichText, offset: usize, found: &mut Vec<usize>| {
            let links = text.spans().iter().filter(|span| matches!(span.style, InlineStyle::Link { .. }));
            found.extend(links.map(|span| offset + span.range.start));
        };
        let mut found = Vec::new();
        match &block.content {
            Content::Figure(figure) => {
                if self.story.image_sizes.get(figure.image.0).copied().flatten().is_some() {
                    found.push(0);
                }
                links(&figure.caption, 0, &mut found);
            }
            Content::Table(table) => {
                links(&table.caption, 0, &mut found);
                let ranges = table.cell_ranges();
                for (row, ranges) in table.rows.iter().zip(ranges) {
                    for (cell, range) in row.cells.iter().zip(ranges) {
                        links(&cell.text, range.start, &mut found);
                    }
                }
            }
            _ => {
                if let Some(text) = block.rich_text() {
                    links(text, 0, &mut found);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Gives the things in sight their place in the order of focus, and takes the keys of the one that has it.
pub(super) fn focus_ui(ui: &Ui, theme: &Theme, page: &Page, targets: &[Target], wanted: &mut Option<usize>) -> Asked {
    let mut asked = Asked::default();
    let ctx = ui.ctx();
    let mut moved = false;
    for target in targets {
        let Some(bounds) = target.rects.iter().copied().reduce(Rect::union) else { continue };
        let id = target_id(target.at);
        let response = ui.interact(bounds, id, Sense::focusable_noninteractive());
        if *wanted == Some(target.at) {
            *wanted = None;
            moved = true;
            response.request_focus();
        }
        // The key that brought the focus here moves it no further.
        if moved || !response.has_focus() {
            continue;
        }
        for rect in &target.rects {
            let stroke = egui::Stroke::new(2.0, look::color(theme.accent));
            ui.painter().rect_stroke(rect.expand(2.0), 3.0, stroke, egui::StrokeKind::Outside);
        }
        let forward = ui.input(|input| input.key_pressed(Key::Tab) && !input.modifiers.shift);
        let backward = ui.input(|input| input.key_pressed(Key::Tab) && input.modifiers.shift);
        let next = page.target_beside(target.at, true);
        let previous = page.target_beside(target.at, false);
        let filter = EventFilter {
            // At both ends of the story the focus goes on to the window's other parts.
            tab: (next.is_some() || !forward) && (previous.is_some() || !backward),
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: false,
        };
        ctx.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        if let Some(at) = if forward {
            next
        } else if backward {
            previous
        } else {
            None
        } {
            *wanted = Some(at);
            moved = true;
            if !targets.iter().any(|other| other.at == at) {
                asked.go_to = Some(at);
            }
            ctx.request_repaint();
        }
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            asked.opened = Some((target.thing.clone(), bounds));
        }
    }
    asked
}
