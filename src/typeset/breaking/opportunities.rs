//! The places where a line of a shaped text may end, and the widths between them. Chooses none of them.

use super::super::east_asian;
use super::super::give::{Give, Letters};
use super::super::hyphenation::Place;
use super::super::lines::{self, SOFT_HYPHEN};
use super::super::margins::{self, Side};
use super::super::pieces::{Piece, Pieces, small};
use super::super::segmenting::break_opportunities;
use super::{Breaks, Cut, glue};

/// A place where a line may end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opportunity {
    /// Everything before it.
    pub(super) width: f32,
    pub(super) places: u32,
    /// Letters that may give way.
    pub(super) letters: u32,
    pub(super) characters: u32,
    /// The piece and the byte that a line from here begins with.
    piece: u32,
    at: u32,
    /// Everything before it but the white space right before it.
    pub(super) content_width: f32,
    pub(super) content_places: u32,
    /// How far a line that ends here reaches over the edge, and one that begins here.
    pub(super) hang_end: f32,
    pub(super) hang_start: f32,
    pub(super) hyphen: bool,
    /// What follows begins no line in careful books.
    pub(super) awkward: bool,
    /// A hyphen in a name.
    pub(super) is_name: bool,
    pub(super) forced: bool,
    /// Inside a word that is wider than the measure.
    pub(super) emergency: bool,
}

/// A text's opportunities, the first at its beginning and the last at its end.
pub(in super::super) struct Measured {
    pub(super) opportunities: Vec<Opportunity>,
    pub(super) hyphen_width: f32,
    /// The widest part without an opportunity, and what words had to fit in not to be broken anywhere.
    widest_word: f32,
    narrowest: f32,
}

impl Measured {
    /// Measures the pieces of a text. A word that is wider than `narrowest` may end anywhere. `hyphens` are the places, rising,
    /// before which a word may be broken, `boxes` the offsets and widths of objects.
    pub(in super::super) fn new(
        pieces: &Pieces,
        text: &str,
        hyphens: &[Place],
        breaks: Breaks<'_>,
        boxes: impl Iterator<Item = (usize, f32)>,
        narrowest: f32,
    ) -> Self {
        let hyphen_width = pieces.runs.first().and_then(|run| run.hyphen).map_or(0.0, |(_, width)| width);
        let Breaks { hangs, letters, em, .. } = breaks;
        let hang = |c: char, side: Side, advance: f32| if hangs { margins::hang(c, side, advance, em) } else { 0.0 };
        let hanging_hyphen = if hangs { margins::hyphen(hyphen_width) } else { 0.0 };
        let letter = u32::from(letters != Letters::Fixed);
        let mut boxes = boxes.peekable();
        let mut borders = break_opportunities(text, breaks.language).into_iter().peekable();
        let mut opportunities = Vec::with_capacity(text.len() / 3 + 2);
        let mut now = Opportunity::default();
        // What was before the word at hand.
        let (mut word, mut widest_word) = (now, 0.0f32);
        let mut previous = ' ';
        // The last character that is seen, with its advance.
        let mut seen = (' ', 0.0);
        let mut hyphens = hyphens.iter().copied().peekable();
        let end = Piece::end_of(text.len());
        for (number, piece) in pieces.list.iter().chain([&end]).enumerate() {
            let (at, c) = (piece.start as usize, piece.c);
            (now.piece, now.at) = (small(number), piece.start);
            // It falls away where the line ends.
            now.width += piece.before;
            while borders.next_if(|border| *border < at).is_some() {}
            while hyphens.next_if(|place| place.at < at).is_some() {}
            let mut is_border = borders.peek() == Some(&at);
            let hyphen = hyphens.peek().filter(|place| !is_border && place.at == at);
            let is_hyphen = hyphen.is_some();
            let is_name = hyphen.is_some_and(|place| place.is_name);
            if is_border && previous == ' ' && glue::holds(text, at) {
                is_border = false;
            }
            if (is_border || is_hyphen) && !piece.continuation {
                let width = now.content_width - word.width;
                if width > narrowest {
                    emergencies(pieces, text, word, number, letters != Letters::Fixed, &mut opportunities);
                }
                widest_word = widest_word.max(width);
                now.forced = is_border && (at == text.len() || is_line_end(previous));
                now.hyphen = is_hyphen || previous == SOFT_HYPHEN;
                now.is_name = is_name;
                now.awkward = breaks.stops.is_some() && east_asian::begins_badly(c);
                now.hang_end = if now.hyphen { hanging_hyphen } else { hang(seen.0, Side::End, seen.1) };
                now.hang_start = hang(c, Side::Start, piece.advance);
                opportunities.push(now);
                (now.forced, now.hyphen, now.is_name, now.awkward) = (false, false, false, false);
                (now.hang_start, now.hang_end) = (0.0, 0.0);
                word = now;
            }
            while let Some((_, width)) = boxes.next_if(|(index, _)| *index <= at) {
                now.width += width;
                now.content_width = now.width;
                now.content_places = now.places;
                now.characters += 1;
                seen = (' ', 0.0);
            }
            now.characters += piece.characters(text);
            let is_seen = !c.is_whitespace() || c == '\u{A0}';
            if !is_line_end(c) {
                now.width += piece.advance;
                now.places += u32::from(lines::stretches(c));
                if is_seen && piece.advance > 0.0 {
                    now.letters += letter;
                    seen = (c, piece.advance);
                }
            }
            if is_seen {
                now.content_width = now.width;
                now.content_places = now.places;
            }
            previous = piece.last_character(text);
        }
        if let (Some(first), Some(piece)) = (opportunities.first_mut(), pieces.list.first()) {
            first.hang_start = hang(piece.c, Side::Start, piece.advance);
        }
        Self { opportunities, hyphen_width, widest_word, narrowest }
    }

    /// Whether it holds for words that have to fit in another width.
    pub(in super::super) fn holds_for(&self, narrowest: f32) -> bool {
        narrowest == self.narrowest || self.widest_word <= narrowest.min(self.narrowest)
    }

    /// How wide the content between two opportunities is, hyphen included and without what hangs.
    pub(super) fn width(&self, from: &Opportunity, to: &Opportunity) -> f32 {
        let hyphen = if to.hyphen { self.hyphen_width } else { 0.0 };
        let hanging = from.hang_start + to.hang_end;
        ((to.content_width - from.width).max(0.0) + hyphen - hanging).max(0.0)
    }

    /// What of a line gives way.
    pub(super) fn give(from: &Opportunity, to: &Opportunity, breaks: Breaks<'_>) -> Give {
        Give {
            places: to.content_places.saturating_sub(from.places),
            count: to.letters.saturating_sub(from.letters),
            letters: breaks.letters,
            em: breaks.em,
        }
    }

    /// Whether more than a sixth of the lines that end at these opportunities would have holes in them.
    pub(super) fn has_holes(&self, ends: &[usize], breaks: Breaks<'_>) -> bool {
        let mut holes = 0;
        let mut from = 0;
        for to in ends {
            if let (Some(begin), Some(end)) = (self.opportunities.get(from), self.opportunities.get(*to))
                && !end.forced
            {
                let free = breaks.room(from) - self.width(begin, end);
                holes += usize::from(Self::give(begin, end, breaks).is_torn(free));
            }
            from = *to;
        }
        holes * 6 > ends.len()
    }

    /// An opportunity as the end of a line.
    pub(super) fn cut(&self, number: usize) -> Option<Cut> {
        let found = self.opportunities.get(number)?;
        Some(Cut {
            piece: found.piece as usize,
            at: found.at as usize,
            characters: found.characters,
            hyphen: found.hyphen,
            soft: !found.forced,
        })
    }
}

/// Adds the places between the letters of a word that begins at an opportunity and ends before a piece.
fn emergencies(
    pieces: &Pieces,
    text: &str,
    word: Opportunity,
    end: usize,
    letters_give: bool,
    opportunities: &mut Vec<Opportunity>,
) {
    let mut now = Opportunity { emergency: true, ..word };
    let first = word.piece as usize;
    for (number, piece) in pieces.list.iter().enumerate().take(end).skip(first) {
        if number > first && !piece.continuation {
            (now.piece, now.at) = (small(number), piece.start);
            opportunities.push(now);
        }
        now.characters += piece.characters(text);
        now.width += piece.advance + if number > first { piece.before } else { 0.0 };
        now.places += u32::from(piece.stretches);
        now.letters += u32::from(letters_give && piece.is_letter);
        if !piece.c.is_whitespace() || piece.c == '\u{A0}' {
            (now.content_width, now.content_places) = (now.width, now.places);
        }
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{85}')
}

#[cfg(test)]
pub(in super::super) mod tests {
    use super::*;

    /// Opportunities behind words of these widths with a space of 2 between them; `-` marks a hyphen, `!` a forced end.
    pub(in super::super) fn measured(words: &[(f32, &str)]) -> Measured {
        let mut now = Opportunity::default();
        let mut opportunities = vec![now];
        for (width, kind) in words {
            now.width += width;
            now.content_width = now.width;
            now.content_places = now.places;
            now.hyphen = *kind == "-";
            now.forced = *kind == "!";
            if *kind == " " {
                now.width += 2.0;
                now.places += 1;
            }
            now.characters += 1;
            opportunities.push(now);
        }
        Measured { opportunities, hyphen_width: 1.0, widest_word: 0.0, narrowest: 0.0 }
    }
}
