//! The hits in a text, in order, found a slice of work at a time. Starts no thread.

use std::ops::Range;

use super::query::{Engine, Matcher};
use super::{expression, literal};

/// What one slice of work brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A hit, as a range of bytes of the source.
    Hit(Range<usize>),
    /// Nothing yet; there is more to search.
    Searching,
    /// There are no more hits.
    Done,
}

/// The hits of a [`Matcher`] in a text, in order. None overlaps another, and each begins and ends on a border of grapheme
/// clusters.
///
/// As an iterator it runs to the next hit. Whoever has to be able to stop calls [`Matches::step`], which does a bounded
/// piece of work (some tenths of a millisecond), and may go on later from [`Matches::position`] with
/// [`Matcher::matches_from`].
#[derive(Debug)]
pub struct Matches<'a> {
    matcher: &'a Matcher,
    text: &'a str,
    search: Search,
}

#[derive(Debug)]
enum Search {
    Literal(literal::Search),
    Expression(expression::Search),
}

impl<'a> Matches<'a> {
    pub(super) fn new(matcher: &'a Matcher, text: &'a str, offset: usize) -> Self {
        let search = match matcher.engine() {
            Engine::Literal(_) => Search::Literal(literal::Search::from(text, offset)),
            Engine::Expression(_) => Search::Expression(expression::Search::from(text, offset)),
        };
        Self { matcher, text, search }
    }

    /// Does a slice of work.
    pub fn step(&mut self) -> Step {
        match (&mut self.search, self.matcher.engine()) {
            (Search::Literal(search), Engine::Literal(needle)) => search.step(needle, self.text),
            (Search::Expression(search), Engine::Expression(expression)) => search.step(expression, self.text),
            // The search was made for the matcher's own engine.
            (Search::Literal(_), Engine::Expression(_)) | (Search::Expression(_), Engine::Literal(_)) => Step::Done,
        }
    }

    /// Up to which byte of the text all hits have been given.
    pub fn position(&self) -> usize {
        match &self.search {
            Search::Literal(search) => search.position,
            Search::Expression(search) => search.position,
        }
    }
}

impl Iterator for Matches<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            match self.step() {
                Step::Hit(range) => return Some(range),
                Step::Searching => {}
                Step::Done => return None,
            }
        }
    }
}
