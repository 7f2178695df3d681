//! The caret that keys move through the story: by character, word, line, paragraph and screen, from block to block, with
//! Shift to select. Where a caret stands in a block is the typesetter's answer; what is selected is the session's.

use egui::{Event, Key};

use super::page::Piece;
use super::position::Page;
use crate::app::{Action, Selection, Session};
use crate::text::boundaries;
use crate::typeset::{Affinity, Caret, Typesetter};

/// Lines that a screen's step moves the caret by at least.
const FEWEST_LINES: u16 = 3;

/// A step of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Left,
    Right,
    WordLeft,
    WordRight,
    LineUp,
    LineDown,
    LineStart,
    LineEnd,
    ParagraphUp,
    ParagraphDown,
    ScreenUp,
    ScreenDown,
    StoryStart,
    StoryEnd,
}

/// The keys, and whether Ctrl (Command on a Mac) is down with them.
const KEYS: &[(Key, bool, Step)] = &[
    (Key::ArrowLeft, true, Step::WordLeft),
    (Key::ArrowRight, true, Step::WordRight),
    (Key::ArrowUp, true, Step::ParagraphUp),
    (Key::ArrowDown, true, Step::ParagraphDown),
    (Key::Home, true, Step::StoryStart),
    (Key::End, true, Step::StoryEnd),
    (Key::ArrowLeft, false, Step::Left),
    (Key::ArrowRight, false, Step::Right),
    (Key::ArrowUp, false, Step::LineUp),
    (Key::ArrowDown, false, Step::LineDown),
    (Key::Home, false, Step::LineStart),
    (Key::End, false, Step::LineEnd),
    (Key::PageUp, false, Step::ScreenUp),
    (Key::PageDown, false, Step::ScreenDown),
];

/// Takes the keys that move the caret out of the frame's input, in the order they were pressed: a slow frame brings several.
/// With each, whether it selects.
fn take_steps(ctx: &egui::Context, caret_browsing: bool) -> Vec<(Step, bool)> {
    let mut steps = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            // Without a caret, keys that do not select go on moving the view.
            if modifiers.alt || !(modifiers.shift || caret_browsing) {
                return true;
            }
            let row = KEYS.iter().find(|(wanted, command, _)| wanted == key && *command == modifiers.command);
            steps.extend(row.map(|(_, _, step)| (*step, modifiers.shift)));
            row.is_none()
        });
    });
    steps
}

/// What of the caret the session does not know: which line's end it stands at, and the column it keeps.
#[derive(Debug, Default)]
pub(super) struct Keyboard {
    affinity: Option<(usize, Affinity)>,
    x: Option<f32>,
}

impl Keyboard {
    /// Takes the keys that move the caret. Answers with the new selection and where its caret is.
    pub(super) fn take(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        page: &mut Page,
        typesetter: &mut Typesetter,
    ) -> Option<(Action, usize)> {
        let selection = session.reading.selection;
        let extends = session.has_selection();
        if !session.caret_browsing && !extends {
            return None;
        }
        let steps = take_steps(ctx, session.caret_browsing);
        let start = selection.unwrap_or(Selection::caret(page.view.start));
        let mut reached = None;
        for (step, shift) in steps {
            let from = reached.unwrap_or(start);
            let Some(to) = self.moved(page, typesetter, from.focus, step) else { continue };
            reached = Some(Selection::new(if shift { from.anchor } else { to }, to));
        }
        let selection = reached?;
        Some((Action::SelectText(Some(selection)), selection.focus))
    }

    /// The caret's affinity, where it is the one that keys have moved.
    pub(super) fn caret(&self, offset: usize) -> Caret {
        match self.affinity {
            Some((at, affinity)) if at == offset => Caret { offset, affinity },
            _ => Caret::before(offset),
        }
    }

    fn moved(&mut self, page: &mut Page, typesetter: &mut Typesetter, from: usize, step: Step) -> Option<usize> {
        let vertical = matches!(step, Step::LineUp | Step::LineDown | Step::ScreenUp | Step::ScreenDown);
        if !vertical {
            self.x = None;
        }
        let mut place = Place::of(page, typesetter, self.caret(from))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen lines")]
        let screen = ((page.view_height / (page.line_height() * page.setting.scale)) as u16).max(FEWEST_LINES + 2) - 2;
        match step {
            Step::Left | Step::Right => place.sideways(page, typesetter, step == Step::Right),
            Step::WordLeft | Step::WordRight => place.by_word(page, typesetter, step == Step::WordRight),
            Step::LineStart | Step::LineEnd => {
                let set = page.set(place.piece)?;
                let caret = if step == Step::LineEnd { set.line_end(place.caret) } else { set.line_start(place.caret) };
                place.caret = caret?;
            }
            Step::LineUp | Step::LineDown | Step::ScreenUp | Step::ScreenDown => {
                let mut x = match self.x {
                    Some(x) => x,
                    None => *self.x.insert(page.set(place.piece)?.caret_rect(place.caret)?.x0),
                };
                let down = matches!(step, Step::LineDown | Step::ScreenDown);
                let lines = if matches!(step, Step::ScreenUp | Step::ScreenDown) { screen } else { 1 };
                for _ in 0..lines {
                    x = place.by_line(page, typesetter, x, down);
                }
                self.x = Some(x);
            }
            Step::ParagraphUp => {
                let first = page.set(place.piece)?.first()?;
                if place.caret.offset > first.offset {
                    place.caret = first;
                } else {
                    place.enter_neighbour(page, typesetter, false);
                    place.caret = page.set(place.piece)?.first()?;
                }
            }
            Step::ParagraphDown => {
                if !place.enter_neighbour(page, typesetter, true) {
                    place.caret = page.set(place.piece)?.last()?;
                }
            }
            Step::StoryStart | Step::StoryEnd => {
                let end = step == Step::StoryEnd;
                place.piece = if end { page.pieces.len() } else { 0 };
                if !end && place.is_text(page, typesetter) {
                    place.caret = page.set(0)?.first()?;
                } else {
                    place.enter_neighbour(page, typesetter, !end);
                }
            }
        }
        let to = place.offset(page)?;
        self.affinity = Some((to, place.caret.affinity));
        Some(to)
    }
}

/// A caret in a piece.
struct Place {
    piece: usize,
    caret: Caret,
}

impl Place {
    fn of(page: &mut Page, typesetter: &mut Typesetter, caret: Caret) -> Option<Self> {
        let (piece, within) = page.piece_at(caret.offset)?;
        let mut place = Self { piece, caret: Caret { offset: within, affinity: caret.affinity } };
        // In a piece without text, a picture or a line, there is no caret: the text behind it is next.
        if !place.is_text(page, typesetter) && !place.enter_neighbour(page, typesetter, true) {
            place.enter_neighbour(page, typesetter, false).then_some(())?;
        }
        Some(place)
    }

    fn is_text(&self, page: &mut Page, typesetter: &mut Typesetter) -> bool {
        if page.pieces.get(self.piece).and_then(Piece::text_block).is_none() {
            return false;
        }
        page.height_of(self.piece, typesetter);
        page.set(self.piece).is_some_and(|set| set.first().is_some())
    }

    /// To the first caret of the next piece with text, or the last of the one before; `false` where there is none.
    fn enter_neighbour(&mut self, page: &mut Page, typesetter: &mut Typesetter, next: bool) -> bool {
        let from = self.piece;
        loop {
            let beside = if next { self.piece.checked_add(1) } else { self.piece.checked_sub(1) };
            let Some(piece) = beside.filter(|piece| *piece < page.pieces.len()) else {
                self.piece = from;
                return false;
            };
            self.piece = piece;
            if self.is_text(page, typesetter)
                && let Some(set) = page.set(piece)
                && let Some(caret) = if next { set.first() } else { set.last() }
            {
                self.caret = caret;
                return true;
            }
        }
    }

    fn sideways(&mut self, page: &mut Page, typesetter: &mut Typesetter, right: bool) {
        let Some(set) = page.set(self.piece) else { return };
        match if right { set.right_of(self.caret) } else { set.left_of(self.caret) } {
            Some(caret) => self.caret = caret,
            // At the block's end the text goes on in the next one, whichever side that end is on.
            None => {
                let at_start = set.first().is_some_and(|first| self.caret.offset <= first.offset);
                self.enter_neighbour(page, typesetter, !at_start);
            }
        }
    }

    fn by_word(&mut self, page: &mut Page, typesetter: &mut Typesetter, right: bool) {
        let Some(block) = page.pieces.get(self.piece).and_then(Piece::text_block) else { return };
        let Some(range) = page.story.flat.block_range(block) else { return };
        let Some(text) = range.of(page.story.flat.as_str()) else { return };
        let rtl = page.set(self.piece).is_some_and(|set| runs_right_to_left(set, self.caret));
        let forward = right != rtl;
        let at = self.caret.offset;
        let to = if forward { boundaries::next_word_end(text, at) } else { boundaries::previous_word_start(text, at) };
        if to == at {
            self.enter_neighbour(page, typesetter, forward);
            return;
        }
        let caret = if forward { Caret::behind(to) } else { Caret::before(to) };
        // The word may end in another part of a long block.
        match page.piece_of(block, to) {
            Some((piece, _)) if piece != self.piece => {
                page.height_of(piece, typesetter);
                self.piece = piece;
                self.caret = Caret::before(to);
            }
            _ => self.caret = caret,
        }
    }

    /// To the line below or above, as near to `x` as it comes. Gives `x` as the piece there counts it: what is moved sideways
    /// counts from elsewhere.
    fn by_line(&mut self, page: &mut Page, typesetter: &mut Typesetter, x: f32, down: bool) -> f32 {
        let Some(set) = page.set(self.piece) else { return x };
        if let Some(caret) = if down { set.below(self.caret, x) } else { set.above(self.caret, x) } {
            self.caret = caret;
            return x;
        }
        let moved = |page: &Page, piece: usize| page.moved(piece).map_or(0.0, |moved| moved.by);
        let seen = x - moved(page, self.piece);
        if !self.enter_neighbour(page, typesetter, down) {
            return x;
        }
        let x = seen + moved(page, self.piece);
        if let Some(set) = page.set(self.piece)
            && let Some(caret) = if down { set.first_at(x) } else { set.last_at(x) }
        {
            self.caret = caret;
        }
        x
    }

    fn offset(&self, page: &Page) -> Option<usize> {
        let block = page.pieces.get(self.piece)?.text_block()?;
        page.story.flat.offset(block, self.caret.offset)
    }
}

/// Whether the next character at a caret stands to the left.
fn runs_right_to_left(set: &crate::typeset::SetBlock, caret: Caret) -> bool {
    let here = set.caret_rect(caret).map(|rect| rect.x0);
    let next = set.right_of(caret).filter(|next| next.offset < caret.offset);
    here.is_some() && next.is_some()
}
