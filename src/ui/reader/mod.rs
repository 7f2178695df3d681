//! The reading view: which pieces are in sight, where they stand, and what a hand does to them. Setting type is
//! `typeset`'s work, colours are the theme's.
//!
//! - [`page`]: the pieces of a story's page
//! - [`composer`]: sets them as they come into view
//! - [`access`]: what a screen reader is told
//! - [`scroll_bar`]: the bar at the edge
//! - [`states`]: what stands there when there is no story: empty, loading, failed
//! - [`foot`]: progress, coverage, minutes left

pub mod access;
pub mod composer;
pub mod foot;
pub mod page;
pub mod scroll_bar;
pub mod states;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use egui::{Color32, CursorIcon, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use self::composer::{Composer, Laid, Setting};
use self::page::Piece;
use super::atlas::Atlas;
use super::images::Images;
use super::look;
use super::paint::Picture;
use crate::app::effect::Scroll;
use crate::app::{Action, Row, RowKey, Session, Story, Theme};
use crate::document::{Anchor, TextRange};
use crate::typeset::flow::{Flow, Position};
use crate::typeset::{ColorRole, PaintItem, TextLook, TextRequest, Typesetter};

/// Space above the page, in points.
pub const TOP_MARGIN: f32 = 28.0;
/// Space below the page, in points.
pub const BOTTOM_MARGIN: f32 = 120.0;
/// The least space on each side of the column, in points.
const SIDE_MARGIN: f32 = 28.0;
/// Seconds after the last movement until the place is remembered.
const PLACE_PAUSE: f64 = 0.6;
/// Seconds that a revealed block stays lit.
const LIT_SECONDS: f64 = 1.6;
/// Text whose mean advance gives the measure: a sentence with English letter frequencies.
const SAMPLE: &str = "The tide had turned, and along the quay the boats lay waiting for the water that would lift them off the mud before noon";

/// The reading view.
pub struct Reader {
    typesetter: Typesetter,
    images: Images,
    page: Option<Page>,
    mean_advances: HashMap<String, f32>,
    lit: Option<(usize, f64)>,
    wanted: Option<Wanted>,
    zoom: f32,
}

/// Where to go when the page is there.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Block(usize),
    Fragment(String),
    Scroll(Scroll),
}

struct Page {
    row: RowKey,
    story: Arc<Story>,
    omissions: BTreeSet<usize>,
    title: String,
    setting: Setting,
    pieces: Vec<Piece>,
    flow: Flow,
    laid: HashMap<usize, Laid>,
    position: Position,
    view_height: f32,
    moved_at: Option<f64>,
}

impl Reader {
    /// With a typesetter of its own.
    pub fn new(typesetter: Typesetter) -> Self {
        Self {
            typesetter,
            images: Images::new(),
            page: None,
            mean_advances: HashMap::new(),
            lit: None,
            wanted: None,
            zoom: 1.0,
        }
    }

    /// The typesetter, for the other texts of the window.
    pub fn typesetter(&mut self) -> &mut Typesetter {
        &mut self.typesetter
    }

    /// Brings a block into view and lights it up.
    pub fn reveal_block(&mut self, block: usize) {
        self.wanted = Some(Wanted::Block(block));
    }

    /// Brings the block that `#name` leads to into view.
    pub fn reveal_fragment(&mut self, name: String) {
        self.wanted = Some(Wanted::Fragment(name));
    }

    /// Jumps.
    pub fn scroll(&mut self, scroll: Scroll) {
        self.wanted = Some(Wanted::Scroll(scroll));
    }

    /// How far the view's bottom has come, 0 to 1; `None` without a story.
    pub fn progress(&self) -> Option<f32> {
        self.page.as_ref().map(Page::progress)
    }

    /// The place, to be remembered when the window closes.
    pub fn place(&self) -> Option<Action> {
        self.page.as_ref().and_then(Page::place)
    }

    /// Geometry of the pieces in sight, for tests: each piece's block, and the rectangles of its lines in device pixels
    /// from the block's top left corner.
    pub fn laid_lines(&self) -> Vec<(Option<usize>, Vec<crate::typeset::Rect>)> {
        let Some(page) = &self.page else { return Vec::new() };
        let mut pieces: Vec<_> = page.laid.iter().collect();
        pieces.sort_by_key(|(piece, _)| **piece);
        pieces
            .into_iter()
            .map(|(piece, laid)| {
                let block = page.pieces.get(*piece).and_then(Piece::block);
                (block, laid.set.lines().map(|line| line.rect).collect())
            })
            .collect()
    }

    /// Draws the view, and gives what a person did in it.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, atlas: &mut Atlas) -> Vec<Action> {
        let mut actions = Vec::new();
        let theme = session.theme();
        let rect = ui.available_rect_before_wrap();
        ui.painter().rect_filled(rect, 0.0, look::color(theme.page));
        let Some(row) = session.selected_row() else {
            actions.extend(self.leave());
            actions.extend(states::empty_ui(ui, theme, session));
            return actions;
        };
        let Some(story) = row.story() else {
            actions.extend(self.leave());
            actions.extend(states::pending_ui(ui, theme, row));
            return actions;
        };
        let story = Arc::clone(story);
        actions.extend(self.prepare(ui, session, row, &story, rect));
        self.images.begin_frame(ui.ctx());
        self.move_by_hand(ui, rect, &mut actions);
        self.go_where_wanted(ui);
        self.keep_in_bounds();
        actions.extend(self.paint(ui, theme, rect, atlas));
        actions.extend(self.report_place(ui));
        if let Some(page) = &mut self.page {
            scroll_bar::ui(ui, theme, rect, page);
            let around = page.position.piece;
            let mut composer = page.composer(&mut self.typesetter);
            composer.0.let_go(around);
        }
        actions
    }

    /// The story is no longer read: its place is remembered, its pictures go.
    fn leave(&mut self) -> Option<Action> {
        let place = self.place();
        if self.page.take().is_some() {
            self.images.clear();
        }
        place
    }

    /// Makes the page fit what is to be seen now: the story, its omissions, the type, the width.
    fn prepare(&mut self, ui: &Ui, session: &Session, row: &Row, story: &Arc<Story>, rect: Rect) -> Option<Action> {
        let scale = ui.pixels_per_point();
        let style = session.settings.style.clone();
        let advance = self.mean_advance(&style.text_family, style.weight);
        let ideal = f32::from(session.settings.measure) * advance * style.size_pt;
        let available = (rect.width() - 2.0 * SIDE_MARGIN).max(120.0);
        // Whole pixels: a column of half a pixel's difference must not be broken anew.
        let measure = (ideal.min(available) * scale).floor() / scale;
        let setting = Setting { style, measure, scale };
        let view_height = rect.height() * scale;

        let same_story = self.page.as_ref().is_some_and(|p| p.row == row.key && Arc::ptr_eq(&p.story, story));
        if let Some(page) = &mut self.page
            && same_story
        {
            page.view_height = view_height;
            if page.setting == setting && page.omissions == session.shown_omissions && page.title == row.summary.title {
                return None;
            }
        }
        let mut left = None;
        let anchor = if same_story || self.page.as_ref().is_some_and(|p| p.row == row.key) {
            self.page.as_ref().and_then(Page::anchor)
        } else {
            left = self.leave();
            session.state.places.get(story.id.as_str()).map(|place| place.anchor.clone())
        };
        if !same_story {
            self.images.clear();
        }
        let pieces = page::pieces(story, &row.summary, &session.shown_omissions);
        let per_line = setting.measure / (advance * setting.style.size_pt).max(1.0);
        let estimate = |piece| composer::estimated_height(&self.typesetter, story, &pieces, piece, &setting, per_line);
        let mut page = Page {
            row: row.key,
            story: Arc::clone(story),
            omissions: session.shown_omissions.clone(),
            title: row.summary.title.clone(),
            flow: Flow::new((0..pieces.len()).map(estimate)),
            pieces,
            setting,
            laid: HashMap::new(),
            position: Position::default(),
            view_height,
            moved_at: None,
        };
        if let Some(range) = anchor.and_then(|anchor| anchor.find(story.flat.as_str())) {
            page.go_to_offset(range.start, &mut self.typesetter);
        }
        self.page = Some(page);
        left
    }

    /// The mean advance of a family's letters, in ems.
    fn mean_advance(&mut self, family: &str, weight: f32) -> f32 {
        let key = format!("{family}/{weight}");
        if let Some(advance) = self.mean_advances.get(&key) {
            return *advance;
        }
        let look = TextLook { family: family.to_owned(), ..TextLook::interface(100.0, weight, ColorRole::Text) };
        let set = self.typesetter.set_text(&TextRequest {
            text: SAMPLE,
            look: &look,
            width: f32::from(u16::MAX),
            scale: 1.0,
            language: Some("en"),
            direction: None,
            max_lines: None,
        });
        #[expect(clippy::cast_precision_loss, reason = "the sample's length")]
        let characters = SAMPLE.len() as f32;
        let width: f32 = set.lines().map(|line| line.rect.width()).sum();
        let advance = if width > 0.0 { width / characters / 100.0 } else { 0.46 };
        self.mean_advances.insert(key, advance);
        advance
    }

    /// Wheel, touchpad and Ctrl+wheel.
    fn move_by_hand(&mut self, ui: &Ui, rect: Rect, actions: &mut Vec<Action>) {
        let Some(page) = &mut self.page else { return };
        if !ui.rect_contains_pointer(rect) {
            return;
        }
        let (delta, zoom) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        if zoom != 1.0 {
            // A notch of the wheel is one step of the size; a touchpad's pinch comes in small parts that add up.
            self.zoom *= zoom;
            let command = if self.zoom > 1.08 {
                Some(crate::app::Command::LargerText)
            } else if self.zoom < 1.0 / 1.08 {
                Some(crate::app::Command::SmallerText)
            } else {
                None
            };
            if let Some(command) = command {
                self.zoom = 1.0;
                actions.push(Action::Run(command));
            }
        } else if delta != 0.0 {
            page.move_by(-delta * page.setting.scale, &mut self.typesetter, ui.input(|input| input.time));
        }
    }

    fn go_where_wanted(&mut self, ui: &Ui) {
        let Some(wanted) = self.wanted.take() else { return };
        let Some(page) = &mut self.page else { return };
        let now = ui.input(|input| input.time);
        let block = match wanted {
            Wanted::Scroll(scroll) => {
                page.scroll(scroll, &mut self.typesetter, now);
                return;
            }
            Wanted::Block(block) => Some(block),
            Wanted::Fragment(name) => page.block_of_fragment(&name),
        };
        let Some(block) = block else { return };
        page.reveal(block, &mut self.typesetter, now);
        self.lit = Some((block, now + LIT_SECONDS));
    }

    fn keep_in_bounds(&mut self) {
        let Some(page) = &mut self.page else { return };
        let (view_height, position) = (page.view_height, page.position);
        let (mut composer, flow) = page.composer(&mut self.typesetter);
        // Only near the end is the last full view worth finding: the pieces below have to be set for it.
        let near_end = flow.total() - flow.distance(position) < f64::from(view_height) * 2.0;
        if near_end {
            let last = flow.last_position(view_height, &mut |piece| composer.height(piece));
            if (position.piece, position.offset) > (last.piece, last.offset) {
                page.position = last;
            }
        }
    }

    fn paint(&mut self, ui: &mut Ui, theme: &Theme, rect: Rect, atlas: &mut Atlas) -> Vec<Action> {
        let mut actions = Vec::new();
        let Some(page) = &mut self.page else { return actions };
        let scale = page.setting.scale;
        let left =
            (rect.center().x - page.setting.measure / 2.0).max(rect.left() + SIDE_MARGIN.min(rect.width() / 8.0));
        let now = ui.input(|input| input.time);
        let view = ui.interact(rect, ui.scope_id().with("reading view"), Sense::click());
        let pointer = view.hover_pos();
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        child.set_clip_rect(rect);
        access::view(&child, &page.story);

        let mut top = rect.top() - page.position.offset / scale;
        let mut piece = page.position.piece;
        let mut hovered_link = None;
        while top < rect.bottom() && piece < page.pieces.len() {
            let (mut composer, flow) = page.composer(&mut self.typesetter);
            let height = composer.height(piece);
            flow.set_height(piece, height);
            let Some(what) = page.pieces.get(piece) else { break };
            if let Some(laid) = page.laid.get_mut(&piece) {
                let label_top = top + laid.gap.unwrap_or(0.0) / scale;
                let at = pos2(left, label_top + laid.label_height() / scale);
                let size = vec2(page.setting.measure, laid.set.height / scale);
                let block_rect = Rect::from_min_size(at, size);
                let is_omitted = matches!(what, Piece::Omitted(..));
                if let Some((lit, until)) = self.lit
                    && what.block() == Some(lit)
                {
                    if now < until {
                        let glow = look::color(theme.highlight).gamma_multiply(0.6);
                        child.painter().rect_filled(block_rect.expand2(vec2(10.0, 4.0)), 6.0, glow);
                        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(until - now));
                    } else {
                        self.lit = None;
                    }
                }
                if is_omitted {
                    let bar = Rect::from_min_max(pos2(left - 14.0, label_top), pos2(left - 12.0, block_rect.bottom()));
                    child.painter().rect_filled(bar, 1.0, look::color(theme.line));
                }
                paint_laid(&child, laid, at, label_top, scale, atlas, theme, is_omitted);
                paint_images(&child, &mut self.images, &page.story, laid, at, scale, theme);
                access::piece(&child, &page.story, what, block_rect, piece);
                if let Some(pointer) = pointer.filter(|pointer| block_rect.expand(2.0).contains(*pointer)) {
                    let local = (pointer - at) * scale;
                    hovered_link = laid.set.link_at(local.x, local.y).map(str::to_owned).or(hovered_link);
                }
            }
            top += height / scale;
            piece += 1;
        }
        if atlas.is_full() {
            ui.ctx().request_repaint();
        }
        if let Some(link) = hovered_link {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            if view.clicked() {
                actions.push(Action::FollowLink(link.clone()));
            }
            link_address_ui(&child, theme, rect, &link);
        }
        actions
    }

    /// Reports the place once it has rested.
    fn report_place(&mut self, ui: &Ui) -> Option<Action> {
        let page = self.page.as_mut()?;
        let moved_at = page.moved_at?;
        let rested = ui.input(|input| input.time) - moved_at;
        if rested < PLACE_PAUSE {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PLACE_PAUSE - rested));
            return None;
        }
        page.moved_at = None;
        page.place()
    }
}

impl Page {
    fn composer<'a>(&'a mut self, typesetter: &'a mut Typesetter) -> (Composer<'a>, &'a mut Flow) {
        let composer = Composer {
            typesetter,
            laid: &mut self.laid,
            pieces: &self.pieces,
            story: &self.story,
            setting: &self.setting,
        };
        (composer, &mut self.flow)
    }

    fn move_by(&mut self, by: f32, typesetter: &mut Typesetter, now: f64) {
        let from = self.position;
        let (mut composer, flow) = self.composer(typesetter);
        let to = flow.moved(from, by, &mut |piece| composer.height(piece));
        self.go_to(to, now);
    }

    fn go_to(&mut self, position: Position, now: f64) {
        if self.position != position {
            self.position = position;
            self.moved_at = Some(now);
        }
    }

    fn scroll(&mut self, scroll: Scroll, typesetter: &mut Typesetter, now: f64) {
        let line = self.setting.style.size_pt * self.setting.style.line_height * self.setting.scale;
        // Two lines stay in sight, so that the eye finds where it was.
        let screen = (self.view_height - 2.0 * line).max(line);
        match scroll {
            Scroll::LineUp => self.move_by(-2.0 * line, typesetter, now),
            Scroll::LineDown => self.move_by(2.0 * line, typesetter, now),
            Scroll::PageUp => self.move_by(-screen, typesetter, now),
            Scroll::PageDown => self.move_by(screen, typesetter, now),
            Scroll::Start => self.go_to(Position::default(), now),
            Scroll::End => {
                let view_height = self.view_height;
                let (mut composer, flow) = self.composer(typesetter);
                let last = flow.last_position(view_height, &mut |piece| composer.height(piece));
                self.go_to(last, now);
            }
        }
    }

    /// Brings a block to the upper third of the view, unless it is in sight.
    fn reveal(&mut self, block: usize, typesetter: &mut Typesetter, now: f64) {
        let Some(piece) = self.pieces.iter().position(|piece| piece.block() == Some(block)) else { return };
        let (view_height, position) = (self.view_height, self.position);
        let (mut composer, flow) = self.composer(typesetter);
        let height = composer.height(piece);
        flow.set_height(piece, height);
        let top = flow.top_of(piece) - flow.distance(position);
        let in_sight = top >= 0.0 && top + f64::from(height) <= f64::from(view_height);
        if !in_sight {
            let above = Position { piece, offset: 0.0 };
            let to = flow.moved(above, -view_height / 3.0, &mut |piece| composer.height(piece));
            self.go_to(to, now);
        }
    }

    fn block_of_fragment(&self, name: &str) -> Option<usize> {
        self.story.article.blocks.iter().position(|block| block.fragments.iter().any(|f| f == name))
    }

    /// The flat text's offset of the first line in sight.
    fn first_offset(&self) -> Option<usize> {
        let mut offset = self.position.offset;
        for (piece, what) in self.pieces.iter().enumerate().skip(self.position.piece) {
            let Some(block) = what.block() else {
                offset = 0.0;
                continue;
            };
            let laid = self.laid.get(&piece)?;
            let inside = offset - laid.gap.unwrap_or(0.0) - laid.label_height();
            offset = 0.0;
            if laid.set.height <= inside {
                continue;
            }
            let line = laid.set.lines().find(|line| line.rect.y1 > inside + 1.0);
            return self.story.flat.offset(block, line.map_or(0, |line| line.range.start));
        }
        None
    }

    fn anchor(&self) -> Option<Anchor> {
        if self.position == Position::default() {
            return None;
        }
        let offset = self.first_offset()?;
        let flat = self.story.flat.as_str();
        let end = flat.get(offset..)?.char_indices().nth(24).map_or(flat.len(), |(at, _)| offset + at);
        Anchor::new(flat, TextRange::new(offset, end))
    }

    fn place(&self) -> Option<Action> {
        let flat = self.story.flat.as_str();
        let anchor = self.anchor().or_else(|| Anchor::new(flat, TextRange::new(0, 0)))?;
        Some(Action::PlaceMoved { row: self.row, anchor, progress: self.progress() })
    }

    /// Puts the line with an offset at the view's top.
    fn go_to_offset(&mut self, offset: usize, typesetter: &mut Typesetter) {
        if offset == 0 {
            return;
        }
        let Some((block, within)) = self.story.flat.locate(offset) else { return };
        // A block that is not shown gives way to the next one that is.
        let holds = |piece: &Piece| match (piece.block(), piece.part()) {
            (Some(number), Some(part)) => {
                number > block || (number == block && (part.is_last() || part.range().end > within))
            }
            _ => false,
        };
        let Some(piece) = self.pieces.iter().position(holds) else { return };
        let is_the_block = self.pieces.get(piece).and_then(Piece::block) == Some(block);
        let (mut composer, flow) = self.composer(typesetter);
        let height = composer.height(piece);
        flow.set_height(piece, height);
        let Some(laid) = self.laid.get(&piece) else { return };
        let above = laid.gap.unwrap_or(0.0) + laid.label_height();
        let line = laid.set.lines().filter(|line| is_the_block && line.range.start <= within).last();
        self.position = Position { piece, offset: line.map_or(0.0, |line| above + line.rect.y0) };
    }

    fn progress(&self) -> f32 {
        let total = self.flow.total() - f64::from(BOTTOM_MARGIN * self.setting.scale);
        let bottom = self.flow.distance(self.position) + f64::from(self.view_height);
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
        if total <= 0.0 { 1.0 } else { (bottom / total).clamp(0.0, 1.0) as f32 }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "what it takes to paint a piece, none of which belongs together elsewhere"
)]
fn paint_laid(
    ui: &Ui,
    laid: &mut Laid,
    at: egui::Pos2,
    label_top: f32,
    scale: f32,
    atlas: &mut Atlas,
    theme: &Theme,
    is_omitted: bool,
) {
    // What was left out is paler, and still passes for text: soft on the page has the contrast, its tint only hints.
    let tint = if is_omitted { 0.72 } else { 1.0 };
    if laid.picture.as_ref().is_none_or(|picture| !picture.is_current(atlas, theme)) {
        laid.picture = Some(Picture::new(&laid.set, atlas, theme, tint));
    }
    if let Some(picture) = &laid.picture {
        ui.painter().add(picture.shape(at, scale));
    }
    let Some(label) = &laid.label else { return };
    if laid.label_picture.as_ref().is_none_or(|picture| !picture.is_current(atlas, theme)) {
        laid.label_picture = Some(Picture::new(label, atlas, theme, 1.0));
    }
    if let Some(picture) = &laid.label_picture {
        ui.painter().add(picture.shape(pos2(at.x, label_top), scale));
    }
}

fn paint_images(ui: &Ui, images: &mut Images, story: &Story, laid: &Laid, at: egui::Pos2, scale: f32, theme: &Theme) {
    for item in &laid.set.items {
        let PaintItem::Image { rect, image } = item else { continue };
        let place = Rect::from_min_max(
            at + vec2(rect.x0.round(), rect.y0.round()) / scale,
            at + vec2(rect.x1.round(), rect.y1.round()) / scale,
        );
        if !ui.is_rect_visible(place) {
            continue;
        }
        let Some(resource) = story.article.resource(*image) else { continue };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width on the screen, in pixels")]
        let width_px = rect.width().round().max(1.0) as u32;
        match images.texture(ui.ctx(), *image, width_px, resource) {
            Some(texture) => {
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                // Bright pictures hurt beside a dark page. Firefox dims them to 80 % there too.
                let tint = if theme.dark { Color32::from_gray(215) } else { Color32::WHITE };
                ui.painter().image(texture.id(), place, uv, tint);
            }
            None => {
                ui.painter().rect_filled(place, 4.0, look::color(theme.code));
            }
        }
    }
}

/// The address under the pointer, at the view's lower edge.
fn link_address_ui(ui: &Ui, theme: &Theme, rect: Rect, address: &str) {
    let shown: String = address.chars().take(120).collect();
    let galley = ui.painter().layout_no_wrap(shown, look::sans(look::size::NOTE), look::color(theme.soft));
    let size = galley.size() + vec2(16.0, 8.0);
    let place = Rect::from_min_size(pos2(rect.left() + 8.0, rect.bottom() - size.y - 8.0), size);
    ui.painter().rect_filled(place, 5.0, look::color(theme.field));
    let stroke = egui::Stroke::new(1.0, look::color(theme.line));
    ui.painter().rect_stroke(place, 5.0, stroke, egui::StrokeKind::Inside);
    ui.painter().galley(place.min + vec2(8.0, 4.0), galley, look::color(theme.soft));
}
