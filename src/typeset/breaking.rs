//! Where the lines of a shaped text end. Justified text is broken for the best paragraph as a whole (Knuth and Plass,
//! "Breaking Paragraphs into Lines", Software: Practice and Experience 11, 1981); ragged text greedily. A word wider than
//! the measure is broken anywhere; a letter wider than it is left to the text engine. Places no glyph.

use std::collections::VecDeque;

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use parley::{IndentOptions, Layout};

use super::lines::{self, SOFT_HYPHEN};

/// What the lines of a paragraph have to fit in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Device pixels.
    pub(super) width: f32,
    /// Device pixels that the first line begins further in.
    pub(super) first_indent: f32,
}

/// How far a space may give way and how far it stretches before a line is called bad, in ems. A space is about a quarter of
/// an em; TeX lets it shrink by a third and stretch by a half of itself (Computer Modern's fontdimen 2 to 4). On a screen a
/// tight line beside a loose one is seen more than a loose one, so it shrinks by a sixth here.
const SHRINK_EM: f32 = 0.04;
const STRETCH_EM: f32 = 0.125;

/// TeX's parameters: `\linepenalty`, `\hyphenpenalty` (50 there; a short line of a screen has more of them to choose from),
/// `\doublehyphendemerits`, `\finalhyphendemerits` and `\adjdemerits`.
const LINE_PENALTY: f64 = 10.0;
const HYPHEN_PENALTY: f64 = 80.0;
const DOUBLE_HYPHEN_DEMERITS: f64 = 10_000.0;
const FINAL_HYPHEN_DEMERITS: f64 = 20_000.0;
const ADJACENT_DEMERITS: f64 = 10_000.0;
/// A last line shorter than this, in ems, is as bad as a hyphen before it.
const SHORTEST_LAST_LINE_EM: f32 = 2.5;

/// Lines that would stretch by more than this many times [`STRETCH_EM`] are only looked at where no paragraph goes without:
/// their badness is 6400 and more, so one of them is worse than any number of fair lines.
const TOLERANCE: f32 = 4.0;

/// Ending a line inside a word that has no place for it is worse than any loose line.
const EMERGENCY_DEMERITS: f64 = 1e12;

/// A line with more places to end at than this is no prose (it may be thousands of zero-width spaces), and finding the best
/// would take time as their square.
const MOST_ACTIVE: usize = 600;

/// By what lines are broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Breaks {
    pub(super) measure: Measure,
    pub(super) justified: bool,
    /// That of the text, in device pixels.
    pub(super) em: f32,
    /// Whether the text goes on elsewhere, so that its last line has to be as full as the others.
    pub(super) goes_on: bool,
}

/// Breaks all lines. `hyphens` are the places in `text`, rising, before which a word may be broken.
pub(super) fn break_lines(layout: &mut Layout<u16>, text: &str, hyphens: &[usize], breaks: Breaks) {
    let Breaks { measure, justified, .. } = breaks;
    let width = measure.width.max(1.0);
    layout.set_text_indent(measure.first_indent, IndentOptions::default());
    // The engine is as good where no place needs a hyphen and no line is stretched.
    if justified || !hyphens.is_empty() || text.contains(SOFT_HYPHEN) {
        layout.break_all_lines(None);
        let measured = Measured::new(layout, text, hyphens, width - measure.first_indent.max(0.0));
        let best = if justified { measured.total_fit(breaks) } else { None };
        let cuts = best.or_else(|| measured.first_fit(measure));
        if let Some(cuts) = cuts {
            let mut breaker = layout.break_lines();
            for length in cuts {
                breaker.break_next_with_length(length);
            }
            // Nothing remains, unless the engine counts characters in another way; then it places them.
            breaker.break_remaining(width);
            return;
        }
    }
    layout.break_all_lines(Some(width));
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug, Default)]
struct Opportunity {
    /// Everything before it.
    width: f32,
    places: u32,
    characters: u32,
    /// Everything before it but the white space right before it.
    content_width: f32,
    content_places: u32,
    hyphen: bool,
    forced: bool,
    /// Inside a word that is wider than the measure.
    emergency: bool,
}

/// A text's opportunities, the first at its beginning and the last at its end.
struct Measured {
    opportunities: Vec<Opportunity>,
    hyphen_width: f32,
}

/// Neither the beginning of a cluster nor a place to cut: inside a letter or a ligature.
const INSIDE: f32 = f32::NAN;

impl Measured {
    /// Measures a layout whose lines end only where they must. A word that is wider than `narrowest` may end anywhere.
    fn new(layout: &Layout<u16>, text: &str, hyphens: &[usize], narrowest: f32) -> Self {
        let mut advances = vec![INSIDE; text.len() + 1];
        let mut hyphen_width = 0.0;
        for run in layout.lines().flat_map(|line| line.runs()) {
            if hyphen_width == 0.0 {
                let coords: Vec<i16> = run.normalized_coords().iter().map(|c| c.to_bits()).collect();
                hyphen_width = lines::hyphen_of(run.font(), run.font_size(), &coords).map_or(0.0, |(_, width)| width);
            }
            let mut open = 0;
            for cluster in run.clusters() {
                let start = cluster.text_range().start;
                if cluster.is_ligature_continuation() {
                    if let Some(advance) = advances.get_mut(open) {
                        *advance += cluster.advance();
                    }
                } else {
                    open = start;
                    if let Some(advance) = advances.get_mut(start) {
                        *advance = cluster.advance();
                    }
                }
            }
        }
        if let Some(end) = advances.last_mut() {
            *end = 0.0;
        }
        let mut boxes = layout.inline_boxes().map(|b| (b.index, b.width)).peekable();
        let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
        let mut borders = segmenter.segment_str(text).peekable();
        let mut opportunities = Vec::with_capacity(text.len() / 4 + 2);
        let mut now = Opportunity::default();
        // Places inside the word at hand, and what was before the word.
        let mut inside: Vec<Opportunity> = Vec::new();
        let mut word_start = 0.0;
        let mut previous = ' ';
        let mut hyphens = hyphens.iter().copied().peekable();
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let advance = advances.get(at).copied().unwrap_or(INSIDE);
            while borders.peek().is_some_and(|border| *border < at) {
                borders.next();
            }
            while hyphens.peek().is_some_and(|hyphen| *hyphen < at) {
                hyphens.next();
            }
            let is_border = borders.peek() == Some(&at);
            let is_hyphen = !is_border && hyphens.peek() == Some(&at);
            if is_border || is_hyphen {
                if now.content_width - word_start > narrowest {
                    opportunities.append(&mut inside);
                }
                inside.clear();
                now.forced = is_border && (at == text.len() || is_line_end(previous));
                now.hyphen = is_hyphen || previous == SOFT_HYPHEN;
                if !advance.is_nan() || now.forced {
                    opportunities.push(now);
                    word_start = now.width;
                }
                now.forced = false;
                now.hyphen = false;
            } else if !advance.is_nan() && !previous.is_whitespace() {
                inside.push(Opportunity { emergency: true, ..now });
            }
            while let Some((_, width)) = boxes.next_if(|(index, _)| *index <= at) {
                now.width += width;
                now.content_width = now.width;
                now.content_places = now.places;
                now.characters += 1;
            }
            now.characters += 1;
            if !is_line_end(c) && !advance.is_nan() {
                now.width += advance;
                now.places += u32::from(lines::stretches(c));
            }
            if !c.is_whitespace() || c == '\u{A0}' {
                now.content_width = now.width;
                now.content_places = now.places;
            }
            previous = c;
        }
        Self { opportunities, hyphen_width }
    }

    /// How wide the content between two opportunities is, hyphen included, and at how many places it stretches.
    fn line(&self, from: &Opportunity, to: &Opportunity) -> (f32, u32) {
        let hyphen = if to.hyphen { self.hyphen_width } else { 0.0 };
        let places = to.content_places.saturating_sub(from.places);
        ((to.content_width - from.width).max(0.0) + hyphen, places)
    }

    /// The lines' lengths in characters for the paragraph with the fewest demerits; `None` where no paragraph fits.
    fn total_fit(&self, breaks: Breaks) -> Option<Vec<u32>> {
        self.fit(breaks, TOLERANCE).or_else(|| self.fit(breaks, f32::INFINITY))
    }

    /// [`Self::total_fit`] without lines that would have to stretch by more than `tolerance` times what is good.
    fn fit(&self, breaks: Breaks, tolerance: f32) -> Option<Vec<u32>> {
        let Breaks { measure, em, goes_on, .. } = breaks;
        let mut nodes = vec![Node { demerits: 0.0, from: 0, fitness: Fitness::Decent }; self.opportunities.len()];
        // Opportunities that a line may begin at and still hold what is looked at: rising, so the lines from them get shorter.
        let mut active: VecDeque<usize> = VecDeque::from([0]);
        for (to, end) in self.opportunities.iter().enumerate().skip(1) {
            let is_last = to + 1 == self.opportunities.len();
            let is_free = end.forced && !(is_last && goes_on);
            let mut best: Option<Node> = None;
            let mut outgrown = 0;
            for from in active.iter().copied() {
                let (Some(begin), Some(node)) = (self.opportunities.get(from), nodes.get(from)) else { continue };
                let (natural, places) = self.line(begin, end);
                let width = measure.width - if from == 0 { measure.first_indent } else { 0.0 };
                let free = width - natural;
                let shrink = places as f32 * SHRINK_EM * em;
                if free + shrink < 0.0 {
                    // What has grown too long grows on, but for a hyphen that the next place does not need.
                    if free + shrink + if end.hyphen { self.hyphen_width } else { 0.0 } < 0.0 {
                        outgrown += 1;
                    }
                    continue;
                }
                let stretch = places.max(1) as f32 * STRETCH_EM * em;
                let ratio = if free < 0.0 {
                    free / shrink
                } else if is_free {
                    0.0
                } else {
                    free / stretch
                };
                if ratio > tolerance {
                    // The lines from further on are shorter still.
                    break;
                }
                let fitness = Fitness::of(ratio);
                let ratio = f64::from(ratio.abs());
                let badness = 100.0 * ratio * ratio * ratio;
                let penalty = if end.hyphen { HYPHEN_PENALTY } else { 0.0 };
                let mut demerits = (LINE_PENALTY + badness) * (LINE_PENALTY + badness) + penalty * penalty;
                if end.emergency {
                    demerits += EMERGENCY_DEMERITS;
                }
                if begin.hyphen && end.hyphen {
                    demerits += DOUBLE_HYPHEN_DEMERITS;
                }
                let short = natural < SHORTEST_LAST_LINE_EM * em && from > 0 && !begin.forced;
                if is_last && !goes_on && (begin.hyphen || short) {
                    demerits += FINAL_HYPHEN_DEMERITS;
                }
                if from > 0 && !begin.forced && fitness.is_far_from(node.fitness) {
                    demerits += ADJACENT_DEMERITS;
                }
                let total = node.demerits + demerits;
                if best.is_none_or(|best| total < best.demerits) {
                    best = Some(Node { demerits: total, from, fitness });
                }
            }
            active.drain(..outgrown.min(active.len()));
            if let Some(best) = best {
                if let Some(node) = nodes.get_mut(to) {
                    *node = best;
                }
                if end.forced {
                    active.clear();
                }
                active.push_back(to);
            } else if end.forced {
                return None;
            }
            if active.is_empty() || active.len() > MOST_ACTIVE {
                return None;
            }
        }
        Some(self.lengths(&nodes))
    }

    fn lengths(&self, nodes: &[Node]) -> Vec<u32> {
        let mut lengths = Vec::new();
        let mut to = nodes.len().saturating_sub(1);
        while to > 0 {
            let Some(node) = nodes.get(to) else { break };
            lengths.push(self.length(node.from, to));
            to = node.from;
        }
        lengths.reverse();
        lengths
    }

    fn length(&self, from: usize, to: usize) -> u32 {
        let characters = |n: usize| self.opportunities.get(n).map_or(0, |o| o.characters);
        characters(to) - characters(from)
    }

    /// The lines' lengths in characters where each takes what fits; `None` where a word does not.
    fn first_fit(&self, measure: Measure) -> Option<Vec<u32>> {
        let mut lengths = Vec::new();
        let mut from = 0;
        while from + 1 < self.opportunities.len() {
            let begin = self.opportunities.get(from)?;
            let width = measure.width - if from == 0 { measure.first_indent } else { 0.0 };
            let mut fits = None;
            for (to, end) in self.opportunities.iter().enumerate().skip(from + 1) {
                let (natural, _) = self.line(begin, end);
                if natural <= width {
                    fits = Some(to);
                } else if natural - self.hyphen_width > width {
                    break;
                }
                if end.forced {
                    break;
                }
            }
            let to = fits?;
            lengths.push(self.length(from, to));
            from = to;
        }
        Some(lengths)
    }
}

/// The best way to end a line at an opportunity.
#[derive(Clone, Copy)]
struct Node {
    demerits: f64,
    from: usize,
    fitness: Fitness,
}

/// How full a line is: TeX's four classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fitness {
    Tight,
    Decent,
    Loose,
    VeryLoose,
}

impl Fitness {
    fn of(ratio: f32) -> Self {
        if ratio < -0.5 {
            Self::Tight
        } else if ratio <= 0.5 {
            Self::Decent
        } else if ratio <= 1.0 {
            Self::Loose
        } else {
            Self::VeryLoose
        }
    }

    /// Whether two lines of these classes below one another differ to the eye.
    fn is_far_from(self, other: Self) -> bool {
        !matches!(
            (self.min(other), self.max(other)),
            (Self::Tight, Self::Tight | Self::Decent)
                | (Self::Decent, Self::Decent | Self::Loose)
                | (Self::Loose, Self::Loose | Self::VeryLoose)
                | (Self::VeryLoose, Self::VeryLoose)
        )
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opportunities behind words of these widths with a space of 2 between them; `-` marks a hyphen, `!` a forced end.
    fn measured(words: &[(f32, &str)]) -> Measured {
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

    fn justified(measure: Measure) -> Breaks {
        Breaks { measure, justified: true, em: 8.0, goes_on: false }
    }

    #[test]
    fn total_fit_looks_ahead_where_first_fit_does_not() {
        let words = [(10.0, " "), (10.0, " "), (4.0, " "), (26.0, " "), (10.0, "!")];
        let measure = Measure { width: 28.0, first_indent: 0.0 };
        let measured = measured(&words);
        assert_eq!(measured.first_fit(measure), Some(vec![3, 1, 1]));
        assert_eq!(measured.total_fit(justified(measure)), Some(vec![3, 1, 1]));
        let measure = Measure { width: 24.0, first_indent: 0.0 };
        assert_eq!(measured.total_fit(justified(measure)), None, "a word is wider than the measure");
        assert_eq!(measured.first_fit(measure), None);
    }

    #[test]
    fn a_hyphen_has_to_fit() {
        let words = [(10.0, " "), (7.0, "-"), (5.0, "!")];
        let measured = measured(&words);
        for (width, expected) in [(19.0, vec![1, 2]), (20.0, vec![2, 1]), (24.0, vec![3])] {
            assert_eq!(measured.first_fit(Measure { width, first_indent: 0.0 }), Some(expected), "{width}");
        }
        assert_eq!(measured.first_fit(Measure { width: 20.0, first_indent: 1.0 }), Some(vec![1, 2]));
    }

    #[test]
    fn forced_ends_are_kept() {
        let words = [(10.0, "!"), (10.0, " "), (10.0, "!")];
        let measure = Measure { width: 100.0, first_indent: 0.0 };
        assert_eq!(measured(&words).total_fit(justified(measure)), Some(vec![1, 2]));
        assert_eq!(measured(&words).first_fit(measure), Some(vec![1, 2]));
    }
}
