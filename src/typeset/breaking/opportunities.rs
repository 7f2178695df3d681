//! The places where a line of a shaped text may end, and the widths between them. Chooses none of them.

use parley::Layout;

use super::super::east_asian;
use super::super::hyphenation::Place;
use super::super::lines::{self, SOFT_HYPHEN};
use super::super::margins::{self, Side};
use super::super::segmenting::break_opportunities;
use super::{Breaks, glue};

/// A place where a line may end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opportunity {
    /// Everything before it.
    pub(super) width: f32,
    pub(super) places: u32,
    /// Letters that may give way.
    pub(super) letters: u32,
    pub(super) characters: u32,
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
pub(super) struct Measured {
    pub(super) opportunities: Vec<Opportunity>,
    pub(super) hyphen_width: f32,
}

/// Neither the beginning of a cluster nor a place to cut: inside a letter or a ligature.
const INSIDE: f32 = f32::NAN;

impl Measured {
    /// Measures a layout whose lines end only where they must. A word that is wider than `narrowest` may end anywhere.
    pub(super) fn new(
        layout: &Layout<u16>,
        text: &str,
        advances: &Advances,
        hyphens: &[Place],
        spaces: &[(usize, f32)],
        breaks: Breaks<'_>,
        narrowest: f32,
    ) -> Self {
        let hyphen_width = advances.hyphen;
        let Breaks { hangs, letters_give, em, .. } = breaks;
        let hang = |c: char, side: Side, advance: f32| if hangs { margins::hang(c, side, advance, em) } else { 0.0 };
        let hanging_hyphen = if hangs { margins::hyphen(hyphen_width) } else { 0.0 };
        let mut boxes = layout.inline_boxes().map(|b| (b.index, b.width)).peekable();
        let mut borders = break_opportunities(text, breaks.language).into_iter().peekable();
        let mut opportunities = Vec::with_capacity(text.len() / 4 + 2);
        let mut now = Opportunity::default();
        // Places inside the word at hand, and what was before the word.
        let mut inside: Vec<Opportunity> = Vec::new();
        let mut word_start = 0.0;
        let mut previous = ' ';
        // The last character that is seen, with its advance.
        let mut seen = (' ', 0.0);
        let mut hyphens = hyphens.iter().copied().peekable();
        let mut spaces = spaces.iter().copied().peekable();
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let advance = advances.clusters.get(at).copied().unwrap_or(INSIDE);
            if let Some((_, space)) = spaces.next_if(|(offset, _)| *offset == at) {
                // It falls away where the line ends.
                now.width += space;
            }
            while borders.peek().is_some_and(|border| *border < at) {
                borders.next();
            }
            while hyphens.peek().is_some_and(|place| place.at < at) {
                hyphens.next();
            }
            let mut is_border = borders.peek() == Some(&at);
            let hyphen = hyphens.peek().filter(|place| !is_border && place.at == at);
            let is_hyphen = hyphen.is_some();
            let is_name = hyphen.is_some_and(|place| place.is_name);
            if is_border && previous == ' ' && glue::holds(text, at) {
                is_border = false;
                inside.push(Opportunity { emergency: true, ..now });
            }
            if is_border || is_hyphen {
                if now.content_width - word_start > narrowest {
                    opportunities.append(&mut inside);
                }
                inside.clear();
                now.forced = is_border && (at == text.len() || is_line_end(previous));
                now.hyphen = is_hyphen || previous == SOFT_HYPHEN;
                now.is_name = is_name;
                now.awkward = breaks.stops.is_some() && east_asian::begins_badly(c);
                if !advance.is_nan() || now.forced {
                    now.hang_end = if now.hyphen { hanging_hyphen } else { hang(seen.0, Side::End, seen.1) };
                    now.hang_start = if advance.is_nan() { 0.0 } else { hang(c, Side::Start, advance) };
                    opportunities.push(now);
                    word_start = now.width;
                }
                (now.forced, now.hyphen, now.is_name) = (false, false, false);
            } else if !advance.is_nan() && !previous.is_whitespace() {
                inside.push(Opportunity { emergency: true, hang_start: 0.0, hang_end: 0.0, ..now });
            }
            while let Some((_, width)) = boxes.next_if(|(index, _)| *index <= at) {
                now.width += width;
                now.content_width = now.width;
                now.content_places = now.places;
                now.characters += 1;
                seen = (' ', 0.0);
            }
            now.characters += 1;
            let is_seen = !c.is_whitespace() || c == '\u{A0}';
            if !is_line_end(c) && !advance.is_nan() {
                now.width += advance;
                now.places += u32::from(lines::stretches(c));
                if is_seen && advance > 0.0 {
                    now.letters += u32::from(letters_give);
                    seen = (c, advance);
                }
            }
            if is_seen {
                now.content_width = now.width;
                now.content_places = now.places;
            }
            previous = c;
        }
        if let (Some(first), Some(c)) = (opportunities.first_mut(), text.chars().next()) {
            first.hang_start = hang(c, Side::Start, advances.at(0).unwrap_or(0.0));
        }
        Self { opportunities, hyphen_width }
    }

    /// How wide the content between two opportunities is, hyphen included and without what hangs.
    pub(super) fn width(&self, from: &Opportunity, to: &Opportunity) -> f32 {
        let hyphen = if to.hyphen { self.hyphen_width } else { 0.0 };
        let hanging = from.hang_start + to.hang_end;
        ((to.content_width - from.width).max(0.0) + hyphen - hanging).max(0.0)
    }

    /// How many characters there are between two opportunities.
    pub(super) fn length(&self, from: usize, to: usize) -> u32 {
        let characters = |n: usize| self.opportunities.get(n).map_or(0, |o| o.characters);
        characters(to) - characters(from)
    }
}

/// The advances of a layout's clusters, in device pixels.
pub(super) struct Advances {
    /// By the cluster's offset, ligatures as one.
    clusters: Vec<f32>,
    /// That of a hyphen.
    hyphen: f32,
}

impl Advances {
    pub(super) fn of(layout: &Layout<u16>, text: &str) -> Self {
        let mut clusters = vec![INSIDE; text.len() + 1];
        let mut hyphen = 0.0;
        for run in layout.lines().flat_map(|line| line.runs()) {
            if hyphen == 0.0 {
                let coords: Vec<i16> = run.normalized_coords().iter().map(|c| c.to_bits()).collect();
                hyphen = lines::hyphen_of(run.font(), run.font_size(), &coords).map_or(0.0, |(_, width)| width);
            }
            let mut open = 0;
            for cluster in run.clusters() {
                let start = cluster.text_range().start;
                if cluster.is_ligature_continuation() {
                    if let Some(advance) = clusters.get_mut(open) {
                        *advance += cluster.advance();
                    }
                } else {
                    open = start;
                    if let Some(advance) = clusters.get_mut(start) {
                        *advance = cluster.advance();
                    }
                }
            }
        }
        if let Some(end) = clusters.last_mut() {
            *end = 0.0;
        }
        Self { clusters, hyphen }
    }

    /// That of the cluster that begins at an offset.
    pub(super) fn at(&self, offset: usize) -> Option<f32> {
        self.clusters.get(offset).copied().filter(|advance| !advance.is_nan())
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{85}')
}

#[cfg(test)]
pub(super) mod tests {
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
        Measured { opportunities, hyphen_width: 1.0 }
    }
}
