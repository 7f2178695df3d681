//! The paragraph with the fewest demerits (Knuth and Plass, "Breaking Paragraphs into Lines", Software: Practice and
//! Experience 11, 1981). Beyond their method a third hyphen in a row is looked out for, and ragged lines are broken the same
//! way, with room at the line's end in place of room in its spaces (as TeX's `\raggedright`).

use super::Breaks;
use super::opportunities::{Measured, Opportunity};

/// How much shorter than the measure a ragged line may be before it is called bad, in ems (plain TeX: `\rightskip` 0 pt plus
/// 2 em).
const RAGGED_EM: f32 = 2.0;

/// TeX's parameters: `\linepenalty`, `\hyphenpenalty` (50 there; a short line of a screen has more of them to choose from),
/// `\doublehyphendemerits`, `\finalhyphendemerits` and `\adjdemerits`.
const LINE_PENALTY: f64 = 10.0;
const HYPHEN_PENALTY: f64 = 80.0;
/// In ragged text a word is broken only where its line would be some three ems short otherwise.
const RAGGED_HYPHEN_DEMERITS: f64 = 80_000.0;
const DOUBLE_HYPHEN_DEMERITS: f64 = 10_000.0;
const ADJACENT_DEMERITS: f64 = 10_000.0;
/// As bad as two hyphens in a row: a line of squares nearly always has another place to end at.
const AWKWARD_DEMERITS: f64 = 20_000.0;
/// A name is broken where a line would be stretched to about twice what is good otherwise: (100 · 2³)².
const NAME_DEMERITS: f64 = 640_000.0;
/// A last line of a part of a word is worse than any loose line, and so is a third hyphen below two others; what only breaks
/// a word where it has no place for it is worse still.
const FRAGMENT_DEMERITS: f64 = 1e9;
const THIRD_HYPHEN_DEMERITS: f64 = 1e11;
const EMERGENCY_DEMERITS: f64 = 1e12;
/// A last line shorter than this share of the measure, mostly one word, is twice as bad as two hyphens in a row.
const SHORTEST_LAST_LINE: f32 = 0.16;
const SHORT_LAST_LINE_DEMERITS: f64 = 20_000.0;

/// Lines that would stretch by more than this many times what a good line does are only looked at where no paragraph goes
/// without. The badness of the first is 800 and more: one of them is worse than many fair lines.
const TOLERANCES: [f32; 3] = [2.0, 4.0, f32::INFINITY];

/// A line with more places to end at than this is no prose (it may be thousands of zero-width spaces), and finding the best
/// would take time as their square.
const MOST_ACTIVE: usize = 600;

/// Hyphens in a row that are told apart: none, one, and two or more.
const HYPHENS: usize = 3;

/// The best way to end a line at an opportunity after a number of lines that end with hyphens.
#[derive(Clone, Copy)]
struct Node {
    demerits: f64,
    /// The number of the [`Stop`] that the line begins at.
    from: u32,
    /// The hyphens in a row before the line.
    hyphens: u8,
    fitness: Fitness,
}

/// An opportunity that a line can end at, with the best ways to get there.
struct Stop {
    opportunity: usize,
    /// The opportunity itself: it is asked for at every place that a line from here may end at.
    begin: Opportunity,
    nodes: [Node; HYPHENS],
}

const NONE: Node = Node { demerits: f64::INFINITY, from: 0, hyphens: 0, fitness: Fitness::Decent };

impl Measured {
    /// The opportunities that the lines end at for the paragraph with the fewest demerits; `None` where no paragraph fits.
    pub(super) fn total_fit(&self, breaks: Breaks<'_>) -> Option<Vec<usize>> {
        let mut best = None;
        for tolerance in TOLERANCES {
            let Some((demerits, ends)) = self.fit(breaks, tolerance) else { continue };
            best = Some(ends);
            // With looser lines there may be a way around what should not be.
            if demerits < FRAGMENT_DEMERITS {
                break;
            }
        }
        best
    }

    /// [`Self::total_fit`] without lines that would have to stretch by more than `tolerance` times what is good.
    fn fit(&self, breaks: Breaks<'_>, tolerance: f32) -> Option<(f64, Vec<usize>)> {
        let Breaks { em, goes_on, justified, .. } = breaks;
        let hyphen_demerits = if justified { HYPHEN_PENALTY * HYPHEN_PENALTY } else { RAGGED_HYPHEN_DEMERITS };
        let mut start = [NONE; HYPHENS];
        if let Some(first) = start.first_mut() {
            first.demerits = 0.0;
        }
        let mut stops = Vec::with_capacity(self.opportunities.len() / 3 + 2);
        let begin = self.opportunities.first().copied().unwrap_or_default();
        stops.push(Stop { opportunity: 0, begin, nodes: start });
        // The first stop that a line may begin at and still hold what is looked at. Lines from the later ones are shorter.
        let mut first_active = 0;
        for (to, end) in self.opportunities.iter().enumerate().skip(1) {
            let is_last = to + 1 == self.opportunities.len();
            let is_free = end.forced && !(is_last && goes_on);
            let mut best = [NONE; HYPHENS];
            let mut outgrown = 0;
            for (number, stop) in stops.iter().enumerate().skip(first_active) {
                let begin = &stop.begin;
                let natural = self.width(begin, end);
                let free = breaks.room(stop.opportunity) - natural;
                let give = Self::give(begin, end, breaks);
                let shrink = if justified { give.shrink() } else { 0.0 };
                if free + shrink < 0.0 {
                    // What has grown too long grows on, but for a hyphen that the next place does not need.
                    if free + shrink + if end.hyphen { self.hyphen_width } else { 0.0 } < 0.0 {
                        outgrown += 1;
                    }
                    continue;
                }
                let stretch = if justified { give.stretch() } else { RAGGED_EM * em };
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
                let is_first = stop.opportunity == 0 || begin.forced;
                let fitness = Fitness::of(ratio);
                let ratio = f64::from(ratio.abs());
                let badness = LINE_PENALTY + 100.0 * ratio * ratio * ratio;
                let mut demerits = badness * badness;
                if end.awkward {
                    demerits += AWKWARD_DEMERITS;
                }
                if end.is_name {
                    demerits += NAME_DEMERITS;
                }
                if end.emergency {
                    demerits += EMERGENCY_DEMERITS;
                }
                if is_last && !goes_on && !is_first {
                    if begin.hyphen {
                        demerits += FRAGMENT_DEMERITS;
                    } else if natural < SHORTEST_LAST_LINE * breaks.measure.width {
                        demerits += SHORT_LAST_LINE_DEMERITS;
                    }
                }
                let before = stop.nodes.get(..if begin.hyphen { HYPHENS } else { 1 }).unwrap_or_default();
                for (hyphens, node) in (0..).zip(before) {
                    let mut demerits = demerits + node.demerits;
                    let mut in_a_row = 0usize;
                    if end.hyphen {
                        demerits += hyphen_demerits;
                        in_a_row = usize::from(hyphens) + 1;
                        if hyphens > 0 {
                            demerits += DOUBLE_HYPHEN_DEMERITS;
                        }
                        if in_a_row == HYPHENS {
                            demerits += THIRD_HYPHEN_DEMERITS;
                            in_a_row -= 1;
                        }
                    }
                    if justified && !is_first && fitness.is_far_from(node.fitness) {
                        demerits += ADJACENT_DEMERITS;
                    }
                    if let Some(best) = best.get_mut(in_a_row)
                        && demerits < best.demerits
                    {
                        *best = Node { demerits, from: u32::try_from(number).unwrap_or(u32::MAX), hyphens, fitness };
                    }
                }
            }
            first_active += outgrown;
            if best.iter().any(|node| node.demerits < f64::INFINITY) {
                if end.forced {
                    first_active = stops.len();
                }
                stops.push(Stop { opportunity: to, begin: *end, nodes: best });
            } else if end.forced {
                return None;
            }
            if first_active >= stops.len() || stops.len() - first_active > MOST_ACTIVE {
                return None;
            }
        }
        let demerits = stops.last().and_then(|stop| stop.nodes.first()).map_or(f64::INFINITY, |node| node.demerits);
        Some((demerits, Self::ends(&stops)))
    }

    fn ends(stops: &[Stop]) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut to = stops.len().saturating_sub(1);
        let mut hyphens = 0;
        while to > 0 {
            let Some(stop) = stops.get(to) else { break };
            let Some(node) = stop.nodes.get(hyphens) else { break };
            ends.push(stop.opportunity);
            (to, hyphens) = (node.from as usize, usize::from(node.hyphens));
        }
        ends.reverse();
        ends
    }
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

#[cfg(test)]
mod tests {
    use super::super::super::give::Letters;
    use super::super::opportunities::tests::measured;
    use super::super::{Manner, Measure};
    use super::*;

    fn breaks(width: f32, justified: bool) -> Breaks<'static> {
        let measure = Measure { width, first_indent: 0.0 };
        Breaks {
            measure,
            language: None,
            manner: Manner::TotalFit,
            justified,
            hangs: false,
            letters: Letters::Fixed,
            stops: None,
            em: 8.0,
            goes_on: false,
        }
    }

    #[test]
    fn a_word_wider_than_the_measure_has_no_paragraph() {
        let words = [(10.0, " "), (10.0, " "), (4.0, " "), (26.0, " "), (10.0, "!")];
        let measured = measured(&words);
        assert_eq!(measured.total_fit(breaks(28.0, true)), Some(vec![3, 4, 5]));
        assert_eq!(measured.total_fit(breaks(24.0, true)), None);
        assert_eq!(measured.first_fit(breaks(24.0, true)), vec![2, 3, 4, 5], "it takes what it must");
    }

    #[test]
    fn ragged_lines_look_ahead() {
        // Each line as full as it gets would leave 40 and then 10.
        let words = [(10.0, " "), (10.0, " "), (10.0, " "), (4.0, " "), (40.0, " "), (30.0, "!")];
        let measured = measured(&words);
        assert_eq!(measured.first_fit(breaks(42.0, false)), vec![4, 5, 6]);
        let words = [(20.0, " "), (5.0, " "), (10.0, " "), (30.0, " "), (10.0, "!")];
        let measured = super::super::opportunities::tests::measured(&words);
        assert_eq!(measured.first_fit(breaks(40.0, false)), vec![3, 4, 5]);
    }

    #[test]
    fn forced_ends_are_kept() {
        let words = [(10.0, "!"), (10.0, " "), (10.0, "!")];
        assert_eq!(measured(&words).total_fit(breaks(100.0, true)), Some(vec![1, 3]));
        assert_eq!(measured(&words).first_fit(breaks(100.0, true)), vec![1, 3]);
    }

    #[test]
    fn a_third_hyphen_in_a_row_is_avoided_at_any_cost() {
        // Only hyphens make lines of 20; words alone leave lines of 11.
        let words = [
            (10.0, " "),
            (8.0, "-"),
            (2.0, " "),
            (7.0, "-"),
            (12.0, " "),
            (6.0, "-"),
            (11.0, " "),
            (7.0, "-"),
            (11.0, "!"),
        ];
        let measured = measured(&words);
        let mut in_a_row = 0;
        for end in measured.total_fit(breaks(21.0, true)).expect("fits") {
            in_a_row = if measured.opportunities[end].hyphen { in_a_row + 1 } else { 0 };
            assert!(in_a_row < 3);
        }
    }
}
