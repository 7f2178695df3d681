//! The reading view: which pieces are in sight, where they stand, and what a hand does to them. Setting type is
//! `typeset`'s work, colours are the theme's, what is selected is the session's.
//!
//! - [`page`]: the pieces of a story's page
//! - [`composer`]: sets them as they come into view
//! - [`setup`]: makes the page fit the story, the type and the room
//! - [`position`]: where the view is among them; [`columns`]: where a page ends; [`placement`]: where each piece stands
//! - [`hand`]: what the pointer does; [`wheel`]: what the wheel does; [`keyboard`]: the caret that keys move; [`targets`]: links and pictures for the keyboard
//! - [`painting`]: the pieces and [`marks`]: what lies under and over them
//! - [`note`]: a footnote at its reference; [`menu`]: the menu of the right button
//! - [`spoken`]: what a screen reader is told, and what it asks for
//! - [`coloring`]: the colours of code; [`sideways`]: what is wider than the measure; [`table_head`]: what stays above rows
//! - [`scroll_bar`]: the bar at the edge
//! - [`states`]: what stands there when there is no story: empty, loading, failed
//! - [`foot`]: progress, coverage, minutes left

mod coloring;
mod columns;
pub mod composer;
pub mod foot;
mod hand;
mod keyboard;
mod marks;
mod menu;
mod note;
pub mod page;
mod painting;
mod placement;
mod position;
pub mod scroll_bar;
mod setup;
mod sideways;
mod spoken;
pub mod states;
mod table_head;
mod targets;
mod wheel;

use std::sync::Arc;

use egui::{Id, Key, Modifiers, Popup, Rect, Response, Sense, Ui, UiBuilder};

use self::hand::{Hand, Thing};
use self::keyboard::Keyboard;
use self::note::NotePopup;
use self::page::Piece;
use self::placement::Placed;
use self::position::Page;
use self::spoken::{Asked, Spoken, Telling};
use super::atlas::Atlas;
use super::enlarged::Enlarged;
use super::images::Images;
use super::lettering::{Lettering, Letters};
use crate::app::effect::{Scroll, Target};
use crate::app::{Action, Jump, RowKey, Selection, Session};
use crate::document::TextRange;
use crate::typeset::{Fonts, Typesetter};

/// Space above the page, in points.
pub const TOP_MARGIN: f32 = 28.0;
/// Space below the page, in points.
pub const BOTTOM_MARGIN: f32 = 120.0;
/// Seconds after the last movement until the place is remembered.
const PLACE_PAUSE: f64 = 0.6;
/// Seconds that what was jumped to stays lit.
const LIT_SECONDS: f64 = 1.6;
/// Seconds that the sign stays which shows where one was before a turn of the page.
const LEFT_OFF_SECONDS: f64 = 1.1;

/// The reading view.
pub struct Reader {
    typesetter: Typesetter,
    /// Rises with every change of the fonts that there are.
    fonts: u32,
    images: Images,
    page: Option<Page>,
    placed: Vec<Placed>,
    hand: Hand,
    keyboard: Keyboard,
    spoken: Spoken,
    note: Option<NotePopup>,
    enlarged: Option<Enlarged>,
    /// What was jumped to, and until when it is lit.
    lit: Option<(TextRange, f64)>,
    /// The first line that came into sight by a turn of the page, and until when it is marked.
    left_off: Option<(usize, f64)>,
    /// The words of what the pointer is at in the details.
    pointed: Option<TextRange>,
    wanted: Vec<Wanted>,
    /// What leads on from a story's beginning, for when the rest has come.
    postponed: Option<(RowKey, Target, Jump)>,
    focus_wanted: Option<usize>,
    menu_thing: Option<Thing>,
    menu_block: Option<usize>,
    zoom: f32,
    wheel: f32,
}

/// Where to go when the page is there.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Reveal(Target, Jump),
    Scroll(Scroll),
    /// The line with an offset, with as little movement as shows it.
    Caret(usize),
}

impl Reader {
    /// With a typesetter of its own.
    pub fn new(typesetter: Typesetter) -> Self {
        Self {
            typesetter,
            fonts: 0,
            images: Images::new(),
            page: None,
            placed: Vec::new(),
            hand: Hand::default(),
            keyboard: Keyboard::default(),
            spoken: Spoken::default(),
            note: None,
            enlarged: None,
            lit: None,
            left_off: None,
            pointed: None,
            wanted: Vec::new(),
            postponed: None,
            focus_wanted: None,
            menu_thing: None,
            menu_block: None,
            zoom: 1.0,
            wheel: 0.0,
        }
    }

    /// Has other fonts from now on; what is on the page is set anew.
    pub fn adopt_fonts(&mut self, fonts: Fonts) {
        self.typesetter = Typesetter::new(fonts);
        self.fonts += 1;
    }

    /// Lights up the words of what the pointer is at in the details, as long as it is there.
    pub fn point_at(&mut self, range: Option<TextRange>) {
        self.pointed = range;
    }

    /// The offset of the flat text under the pointer, where it is over words of the page.
    pub fn pointed_at(&self, ctx: &egui::Context) -> Option<usize> {
        let at = ctx.pointer_hover_pos()?;
        let page = self.page.as_ref()?;
        let (place, set, local) = page.under(&self.placed, at)?;
        let cluster = set.cluster_at(local.x, local.y)?;
        Some(place.base? + cluster.start)
    }

    /// The typesetter, for the other texts of the window.
    pub fn typesetter(&mut self) -> &mut Typesetter {
        &mut self.typesetter
    }

    /// Brings a place into view and lights it up.
    pub fn reveal(&mut self, target: Target, jump: Jump) {
        self.wanted.push(Wanted::Reveal(target, jump));
    }

    /// Jumps.
    pub fn scroll(&mut self, scroll: Scroll) {
        self.wanted.push(Wanted::Scroll(scroll));
    }

    /// How far the view's bottom has come, 0 to 1; `None` without a story.
    pub fn progress(&self) -> Option<f32> {
        self.page.as_ref().map(Page::progress)
    }

    /// The place, to be remembered when the window closes.
    pub fn place(&self) -> Option<Action> {
        self.page.as_ref().filter(|page| page.was_read()).and_then(Page::place)
    }

    /// What stands in sight: the block, if it is one of the story's, what was set, and where in the window, in points.
    pub fn in_sight(&self) -> impl Iterator<Item = (Option<usize>, &crate::typeset::SetBlock, Rect)> {
        let page = self.page.as_ref();
        self.placed.iter().filter_map(move |place| {
            let page = page?;
            Some((page.pieces.get(place.piece).and_then(Piece::block), page.set(place.piece)?, place.rect))
        })
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

    /// Where a range of the flat text stands in the window, in points, as far as it is in sight; for tests.
    pub fn rects_in_window(&self, range: TextRange) -> Vec<Rect> {
        let Some(page) = &self.page else { return Vec::new() };
        self.placed.iter().flat_map(|place| page.rects_of(place, range)).collect()
    }

    /// Draws the view, and gives what a person did in it.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, atlas: &mut Atlas, letters: &mut Letters) -> Vec<Action> {
        let mut actions = Vec::new();
        let theme = session.theme();
        let rect = ui.available_rect_before_wrap();
        let Some(row) = session.selected_row() else {
            actions.extend(self.leave());
            actions.extend(states::empty_ui(ui, theme, session));
            return actions;
        };
        let Some(story) = row.story_in_view() else {
            actions.extend(self.leave());
            let mut lettering = Lettering::new(&mut self.typesetter, atlas, letters);
            actions.extend(states::pending_ui(ui, theme, row, &mut lettering));
            return actions;
        };
        let story = Arc::clone(story);
        actions.extend(self.prepare(ui, session, row, &story, rect));
        self.images.begin_frame(ui.ctx());
        self.take_requests(ui, &mut actions);
        self.take_keys(ui, session, &mut actions);
        self.take_wheel(ui, rect, &mut actions);
        actions.extend(self.go_where_wanted(ui));
        if let Some(page) = &mut self.page {
            page.take_colors();
            page.keep_in_bounds(&mut self.typesetter);
            self.placed = page.arrange(rect, &mut self.typesetter);
            page.color_code(ui.ctx(), &self.placed);
            page.note_widths(&self.placed);
            let view = page.view_of(&self.placed, rect).unwrap_or_default();
            if page.view != view || session.reading.view != view {
                page.view = view;
                actions.push(Action::ViewMoved(view));
            }
        }
        self.view_ui(ui, session, rect, atlas, &mut actions);
        actions.extend(self.report_place(ui));
        if let Some(page) = &mut self.page {
            sideways::bars_ui(ui, session.theme(), rect, page, &self.placed);
            scroll_bar::ui(ui, session, rect, page);
            let seen = placement::pieces_in_sight(&self.placed);
            let head = self.placed.iter().find(|place| place.is_stuck).map(|place| place.piece);
            page.composer(&mut self.typesetter).0.let_go(seen, head);
        }
        actions
    }

    /// The text, and all that is done to it by pointer and focus.
    fn view_ui(&mut self, ui: &mut Ui, session: &Session, rect: Rect, atlas: &mut Atlas, actions: &mut Vec<Action>) {
        let theme = session.theme();
        // Not a stop of Tab: while nothing has the focus, keys go to the story anyhow.
        let view = ui.interact(rect, ui.scope_id().with("reading view"), Sense::CLICK | Sense::DRAG);
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        child.set_clip_rect(rect);
        let Some(page) = &mut self.page else { return };
        let grasp = self.hand.take(&child, &view, page, &self.placed, session);
        actions.extend(grasp.actions);
        if let Some((block, by)) = grasp.slide {
            page.slide(block, by * page.setting.scale);
            ui.ctx().request_repaint();
        }
        if grasp.scroll_by != 0.0 {
            let now = ui.input(|input| input.time);
            page.move_by(grasp.scroll_by * page.setting.scale, &mut self.typesetter, now);
            ui.ctx().request_repaint();
        }
        self.paint(&mut child, &view, session, rect, atlas);
        let Some(page) = &self.page else { return };
        let targets = page.targets(&self.placed);
        let asked = targets::focus_ui(&child, theme, page, &targets, &mut self.focus_wanted);
        if let Some(at) = asked.go_to {
            self.wanted.push(Wanted::Caret(at));
        }
        let hovered_link = match &grasp.hovered {
            Some(Thing::Link(_, target)) => Some(target.clone()),
            _ => focused_link(&child, &targets),
        };
        if let Some(target) = hovered_link.filter(|target| !target.starts_with('#')) {
            painting::link_address(&child, theme, rect, &target);
        }
        if view.secondary_clicked() {
            self.menu_thing.clone_from(&grasp.hovered);
            let at = ui.input(|input| input.pointer.latest_pos());
            self.menu_block = at.and_then(|at| page.block_at(&self.placed, at));
        }
        let mut opened = asked.opened.map(|(thing, _)| thing).or(grasp.clicked);
        view.context_menu(|ui| {
            let chosen = menu::ui(ui, session, self.menu_thing.as_ref(), self.menu_block);
            actions.extend(chosen.action);
            opened = chosen.opened.or(opened.take());
        });
        if let Some(thing) = opened {
            actions.extend(self.open(&thing));
        }
        self.tell(ui, &view, session);
        self.popups_ui(ui, session, rect, atlas, actions);
    }

    /// Tells a screen reader what is on the page.
    fn tell(&mut self, ui: &Ui, view: &Response, session: &Session) {
        let Some(page) = &mut self.page else { return };
        let selection = session.reading.selection;
        let telling = Telling {
            placed: &self.placed,
            selection,
            affinity: selection.map(|selection| self.keyboard.caret(selection.focus).affinity).unwrap_or_default(),
            is_hidden: self.enlarged.is_some(),
        };
        self.spoken.tell(ui, view, page, &mut self.typesetter, &telling);
    }

    /// Does what a screen reader asks for.
    fn take_requests(&mut self, ui: &Ui, actions: &mut Vec<Action>) {
        for asked in self.spoken.take_requests(ui.ctx()) {
            match asked {
                Asked::Show { at, at_top: false } => self.wanted.push(Wanted::Caret(at)),
                Asked::Show { at, at_top: true } => self.reveal(Target::Offset(at), Jump::Passing),
                Asked::Read(at) => {
                    if let Some(focused) = ui.memory(egui::Memory::focused) {
                        ui.memory_mut(|memory| memory.surrender_focus(focused));
                    }
                    if let Some(at) = at {
                        actions.push(Action::SelectText(Some(Selection::caret(at))));
                        self.wanted.push(Wanted::Caret(at));
                    }
                }
                Asked::Focus(at) => {
                    self.focus_wanted = Some(at);
                    self.wanted.push(Wanted::Caret(at));
                }
                Asked::Press(thing) => actions.extend(self.open(&thing)),
                Asked::Select(selection) => {
                    actions.push(Action::SelectText(Some(selection)));
                    self.wanted.push(Wanted::Caret(selection.focus));
                }
                Asked::Scroll(scroll) => self.scroll(scroll),
            }
        }
    }

    /// Follows a link or enlarges a picture. A link to a note shows the note first; a second time it goes there.
    fn open(&mut self, thing: &Thing) -> Option<Action> {
        let page = self.page.as_ref()?;
        match thing {
            Thing::Picture(picture) => {
                self.enlarged = Some(Enlarged::new(*picture));
                None
            }
            Thing::Link(range, target) => {
                let in_sight =
                    |place: &Placed| page.rects_of(place, *range).into_iter().find(|rect| place.clip.intersects(*rect));
                let reference = self.placed.iter().find_map(in_sight);
                if let (Some(fragment), Some(reference)) = (target.strip_prefix('#'), reference)
                    && self.note.as_ref().is_none_or(|note| note.fragment() != fragment)
                    && let Some(note) = NotePopup::new(page, fragment, reference, &mut self.typesetter)
                {
                    self.note = Some(note);
                    return None;
                }
                self.note = None;
                Some(Action::FollowLink(target.clone()))
            }
        }
    }

    fn popups_ui(&mut self, ui: &Ui, session: &Session, rect: Rect, atlas: &mut Atlas, actions: &mut Vec<Action>) {
        let theme = session.theme();
        let Some(page) = &self.page else { return };
        if let Some(note) = &mut self.note
            && !note.ui(ui, theme, page.setting.scale, rect, atlas, actions)
        {
            self.note = None;
        }
        if let Some(enlarged) = &mut self.enlarged
            && !enlarged.ui(ui, theme, &page.story, &mut self.images, actions)
        {
            self.enlarged = None;
        }
    }

    /// The story is no longer read: its place is remembered, its pictures go.
    fn leave(&mut self) -> Option<Action> {
        let place = self.place();
        self.placed.clear();
        self.spoken = Spoken::default();
        self.note = None;
        self.enlarged = None;
        self.lit = None;
        self.left_off = None;
        if self.page.take().is_some() {
            self.images.clear();
        }
        place
    }

    /// Keys that move the view, while nothing else in the window has the focus.
    fn take_keys(&mut self, ui: &Ui, session: &Session, actions: &mut Vec<Action>) {
        let ctx = ui.ctx();
        let focused = ctx.memory(egui::Memory::focused);
        let is_ours = focused.is_none_or(|id| self.is_target(id));
        if !is_ours || Popup::is_any_open(ctx) || self.enlarged.is_some() || self.note.is_some() {
            return;
        }
        // In a beginning nothing is selected.
        if let Some(page) = self.page.as_mut().filter(|page| !page.is_beginning)
            && let Some((action, caret)) = self.keyboard.take(ctx, session, page, &mut self.typesetter)
        {
            actions.push(action);
            self.wanted.push(Wanted::Caret(caret));
        }
        let pages = session.reading_settings().aids.pages;
        for (modifiers, key, scroll) in [
            (Modifiers::SHIFT, Key::Space, Scroll::PageUp),
            (Modifiers::NONE, Key::Space, Scroll::PageDown),
            (Modifiers::NONE, Key::ArrowUp, Scroll::LineUp),
            (Modifiers::NONE, Key::ArrowDown, Scroll::LineDown),
            (Modifiers::NONE, Key::ArrowLeft, Scroll::PageUp),
            (Modifiers::NONE, Key::ArrowRight, Scroll::PageDown),
        ] {
            let turns = matches!(key, Key::ArrowLeft | Key::ArrowRight);
            if !turns || pages {
                // As often as it was pressed: a slow frame brings several.
                for _ in 0..ctx.input_mut(|input| input.count_and_consume_key(modifiers, key)) {
                    self.scroll(scroll);
                }
            }
        }
        if session.reading.selection.is_some() && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.push(Action::SelectText(None));
        }
    }

    /// While nothing has the focus, Tab leads to the first link or picture in sight. Called before anything is drawn: egui
    /// gives the focus to the window's first widget otherwise.
    pub fn take_tab(&mut self, ctx: &egui::Context) {
        let pressed = ctx.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Tab));
        if pressed
            && ctx.memory(egui::Memory::focused).is_none()
            && let Some(page) = &self.page
        {
            self.focus_wanted = page.targets(&self.placed).first().map(|target| target.at);
        }
    }

    fn is_target(&self, id: Id) -> bool {
        let Some(page) = &self.page else { return false };
        page.targets(&self.placed).iter().any(|target| targets::target_id(target.at) == id)
    }

    fn go_where_wanted(&mut self, ui: &Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let now = ui.input(|input| input.time);
        if let Some((_, target, jump)) =
            self.postponed.take_if(|(row, ..)| self.page.as_ref().is_some_and(|p| p.is_whole(*row)))
        {
            self.reveal(target, jump);
        }
        for wanted in std::mem::take(&mut self.wanted) {
            let Some(page) = &mut self.page else { return actions };
            let before = page.position;
            match wanted {
                Wanted::Scroll(scroll) => {
                    let last = page.view.end;
                    page.scroll(scroll, &mut self.typesetter, now);
                    if scroll == Scroll::PageDown && !page.layout.pages && page.position != before {
                        self.left_off = Some((last, now + LEFT_OFF_SECONDS));
                    }
                    if matches!(scroll, Scroll::Start | Scroll::End) && page.position != before {
                        actions.push(Action::Jumped { from: page.view.start, jump: Jump::New });
                    }
                }
                Wanted::Caret(offset) => {
                    page.show_line(offset, &mut self.typesetter, now);
                    page.show_sideways(TextRange::new(offset, offset), &mut self.typesetter);
                }
                Wanted::Reveal(target, jump) => {
                    let Some(range) = page.range_of(&target) else {
                        if page.is_beginning {
                            self.postponed = Some((page.row, target, jump));
                        }
                        continue;
                    };
                    let from = page.view.start;
                    match target {
                        Target::Offset(_) => page.go_to_offset(range.start, &mut self.typesetter, now),
                        Target::Block(_) | Target::Fragment(_) | Target::Range(_) => {
                            page.reveal(range, &mut self.typesetter, now);
                        }
                    }
                    page.show_sideways(range, &mut self.typesetter);
                    if page.position != before {
                        actions.push(Action::Jumped { from, jump });
                    }
                    self.lit = (!range.is_empty()).then_some((range, now + LIT_SECONDS));
                }
            }
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
    /// Whether it is the page of all of a row's story.
    fn is_whole(&self, row: RowKey) -> bool {
        self.row == row && !self.is_beginning
    }

    /// The words that a target stands for.
    fn range_of(&self, target: &Target) -> Option<TextRange> {
        let flat = &self.story.flat;
        match target {
            Target::Block(block) => flat.block_range(*block),
            Target::Fragment(name) => flat.block_range(self.block_of_fragment(name)?),
            Target::Range(range) => Some(*range),
            Target::Offset(offset) => Some(TextRange::new(*offset, *offset)),
        }
    }
}

/// The address of the link that has the keyboard's focus.
fn focused_link(ui: &Ui, targets: &[targets::Target]) -> Option<String> {
    let focused = ui.memory(egui::Memory::focused)?;
    let target = targets.iter().find(|target| targets::target_id(target.at) == focused)?;
    match &target.thing {
        Thing::Link(_, address) => Some(address.clone()),
        Thing::Picture(_) => None,
    }
}
