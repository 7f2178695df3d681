//! The colours of code, found on a worker: a block is set plain first and again when its words are known. What the words
//! are is `typeset::syntax`'s work.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::page::Piece;
use super::placement::{Placed, pieces_in_sight};
use super::position::Page;
use crate::app::Story;
use crate::document::Content;
use crate::typeset::{CodeRange, syntax};

/// What a block may take; behind the line that was reached then it stays plain.
const LONGEST_WORK: Duration = Duration::from_secs(2);

/// Pieces below the view whose code is coloured before it is seen.
const PIECES_AHEAD: usize = 30;

type Answers = Vec<(usize, Vec<CodeRange>)>;

/// The colours of a story's code, by the number of the block.
#[derive(Default)]
pub struct CodeColors {
    found: HashMap<usize, Vec<CodeRange>>,
    asked: HashSet<usize>,
    answers: Arc<Mutex<Answers>>,
    working: usize,
}

impl CodeColors {
    /// What is known of a block.
    pub fn of(&self, block: usize) -> &[CodeRange] {
        self.found.get(&block).map_or(&[], Vec::as_slice)
    }

    /// Takes in what the worker has found, and gives the blocks that have colours now.
    fn take(&mut self) -> Vec<usize> {
        if self.working == 0 {
            return Vec::new();
        }
        let answers = std::mem::take(&mut *self.answers.lock().unwrap_or_else(PoisonError::into_inner));
        self.working = self.working.saturating_sub(answers.len());
        let colored = answers.into_iter().filter(|(_, ranges)| !ranges.is_empty());
        let blocks = colored.map(|(block, ranges)| {
            self.found.insert(block, ranges);
            block
        });
        blocks.collect()
    }

    /// Asks for the colours of some blocks, unless the worker has its hands full: it is asked again in the next frame.
    fn ask(&mut self, ctx: &egui::Context, story: &Arc<Story>, mut blocks: Vec<usize>) {
        blocks.retain(|block| !self.asked.contains(block));
        if blocks.is_empty() || self.working > 0 {
            return;
        }
        self.asked.extend(&blocks);
        self.working = blocks.len();
        let (ctx, story, answers) = (ctx.clone(), Arc::clone(story), Arc::clone(&self.answers));
        let work = move || {
            for block in blocks {
                let began = Instant::now();
                let ranges = match story.article.blocks.get(block).map(|block| &block.content) {
                    Some(Content::Code { language: Some(language), text }) => {
                        syntax::roles(language, text, &mut || began.elapsed() > LONGEST_WORK)
                    }
                    _ => Vec::new(),
                };
                answers.lock().unwrap_or_else(PoisonError::into_inner).push((block, ranges));
                ctx.request_repaint();
            }
        };
        if std::thread::Builder::new().name("code colours".into()).spawn(work).is_err() {
            self.working = 0;
        }
    }
}

impl Page {
    /// Colours the code that is in sight: what the worker has found is set again, what it has not seen it is asked for.
    pub(super) fn color_code(&mut self, ctx: &egui::Context, placed: &[Placed]) {
        let is_code = |block: &usize| match self.story.article.blocks.get(*block).map(|block| &block.content) {
            Some(Content::Code { language: Some(language), .. }) => syntax::is_known(language),
            _ => false,
        };
        // First what is in sight, then what comes next, so that it is coloured when it comes.
        let seen = pieces_in_sight(placed);
        let pieces = self.pieces.get(seen.start..(seen.end + PIECES_AHEAD).min(self.pieces.len())).unwrap_or_default();
        let mut blocks: Vec<usize> = pieces.iter().filter_map(Piece::block).filter(is_code).collect();
        blocks.dedup();
        let story = Arc::clone(&self.story);
        self.code.ask(ctx, &story, blocks);
    }

    /// Lets go what was set plain and has colours now.
    pub(super) fn take_colors(&mut self) {
        for block in self.code.take() {
            for piece in self.pieces_of_block(block).unwrap_or(0..0) {
                self.laid.remove(&piece);
            }
        }
    }
}
