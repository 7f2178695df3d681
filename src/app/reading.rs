//! What a person does in the story they read: what is selected, what is in sight, where they came from. Offsets count in
//! the story's flat text. Knows no pixels and no keys.

use crate::document::TextRange;

/// The most places that are remembered on each side of a trail.
const LONGEST_TRAIL: usize = 200;

/// What is going on in the story that is read. Begins anew with every story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What is selected; empty for a caret alone.
    pub selection: Option<Selection>,
    /// What stands in the view, from its first line to its last.
    pub view: TextRange,
    /// Where the person came from.
    pub trail: Trail,
}

/// A selection: where it began and where it goes to. Both lie on borders of grapheme clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: usize,
    /// The end that moves; where the caret stands.
    pub focus: usize,
}

impl Selection {
    /// A selection from one offset to another.
    pub fn new(anchor: usize, focus: usize) -> Self {
        Self { anchor, focus }
    }

    /// A caret.
    pub fn caret(at: usize) -> Self {
        Self { anchor: at, focus: at }
    }

    /// What is selected.
    pub fn range(self) -> TextRange {
        TextRange::new(self.anchor.min(self.focus), self.anchor.max(self.focus))
    }

    /// Whether it is a caret alone.
    pub fn is_empty(self) -> bool {
        self.anchor == self.focus
    }
}

/// How a jump came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// A new one: a link, a heading, a hit.
    New,
    /// Back to where the person came from.
    Back,
    /// On again after having gone back.
    Forward,
    /// One of many in passing, such as from hit to hit; the way back leads past it.
    Passing,
}

/// The places that jumps were made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    back: Vec<usize>,
    forward: Vec<usize>,
}

impl Trail {
    /// A jump was made from this offset.
    pub fn jumped(&mut self, from: usize, jump: Jump) {
        match jump {
            Jump::New => {
                self.forward.clear();
                push(&mut self.back, from);
            }
            Jump::Back => push(&mut self.forward, from),
            Jump::Forward => push(&mut self.back, from),
            Jump::Passing => {}
        }
    }

    /// Takes the place that a step back or forward leads to.
    pub fn take(&mut self, jump: Jump) -> Option<usize> {
        match jump {
            Jump::New | Jump::Passing => None,
            Jump::Back => self.back.pop(),
            Jump::Forward => self.forward.pop(),
        }
    }

    /// Whether there is a place to go to.
    pub fn leads(&self, jump: Jump) -> bool {
        match jump {
            Jump::New | Jump::Passing => false,
            Jump::Back => !self.back.is_empty(),
            Jump::Forward => !self.forward.is_empty(),
        }
    }
}

fn push(places: &mut Vec<usize>, place: usize) {
    if places.last() != Some(&place) {
        places.push(place);
    }
    if places.len() > LONGEST_TRAIL {
        places.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_leads_back_and_on_again() {
        let mut trail = Trail::default();
        trail.jumped(10, Jump::New);
        trail.jumped(50, Jump::New);
        assert_eq!(trail.take(Jump::Back), Some(50));
        trail.jumped(90, Jump::Back);
        assert_eq!(trail.take(Jump::Back), Some(10));
        trail.jumped(50, Jump::Back);
        assert!(!trail.leads(Jump::Back));
        assert_eq!(trail.take(Jump::Forward), Some(50));
        trail.jumped(10, Jump::Forward);
        assert!(trail.leads(Jump::Back) && trail.leads(Jump::Forward));
        trail.jumped(55, Jump::New);
        assert!(!trail.leads(Jump::Forward));
    }

    #[test]
    fn a_selection_has_a_range_either_way() {
        assert_eq!(Selection::new(9, 4).range(), TextRange::new(4, 9));
        assert!(Selection::caret(3).is_empty());
    }
}
