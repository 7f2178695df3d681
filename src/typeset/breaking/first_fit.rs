//! Lines that each take what fits, and the narrowest measure that needs no more of them.

use super::Breaks;
use super::opportunities::Measured;

/// More lines than this are no heading, and are left as they fall.
const MOST_BALANCED: usize = 8;
/// The search for the narrowest measure ends within this share of the measure.
const BALANCE_STEPS: usize = 8;

impl Measured {
    /// The opportunities that the lines end at where each takes what fits, or else as little as it can.
    pub(super) fn first_fit(&self, breaks: Breaks<'_>) -> Vec<usize> {
        self.filled(breaks, usize::MAX, true).unwrap_or_default()
    }

    /// [`Self::first_fit`] that gives up beyond `most` lines, and unless it `overflows` where something does not fit.
    fn filled(&self, breaks: Breaks<'_>, most: usize, overflows: bool) -> Option<Vec<usize>> {
        let mut ends = Vec::new();
        let mut from = 0;
        while from + 1 < self.opportunities.len() {
            let begin = self.opportunities.get(from)?;
            let width = breaks.room(from);
            let mut fits = None;
            for (to, end) in self.opportunities.iter().enumerate().skip(from + 1) {
                if end.is_name {
                    continue;
                }
                let natural = self.width(begin, end);
                if natural <= width {
                    fits = Some(to);
                } else if natural - self.hyphen_width > width {
                    break;
                }
                if end.forced {
                    break;
                }
            }
            let to = fits.or(overflows.then_some(from + 1))?;
            ends.push(to);
            if ends.len() > most {
                return None;
            }
            from = to;
        }
        Some(ends)
    }

    /// The opportunities that the lines end at where there are as few as with [`Self::first_fit`] and they differ little.
    pub(super) fn balanced(&self, breaks: Breaks<'_>) -> Vec<usize> {
        let mut best = self.first_fit(breaks);
        let most = best.len();
        if !(2..=MOST_BALANCED).contains(&most) {
            return best;
        }
        let (mut narrow, mut wide) = (breaks.measure.width / 2.0, breaks.measure.width);
        for _ in 0..BALANCE_STEPS {
            let mut tried = breaks;
            tried.measure.width = f32::midpoint(narrow, wide);
            match self.filled(tried, most, false) {
                Some(ends) => {
                    wide = tried.measure.width;
                    best = ends;
                }
                None => narrow = tried.measure.width,
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::super::opportunities::tests::measured;
    use super::super::{Manner, Measure};
    use super::*;

    fn ragged(width: f32, first_indent: f32) -> Breaks<'static> {
        let measure = Measure { width, first_indent };
        Breaks {
            measure,
            language: None,
            manner: Manner::FirstFit,
            justified: false,
            hangs: false,
            letters_give: false,
            stops: None,
            em: 8.0,
            goes_on: false,
        }
    }

    #[test]
    fn a_hyphen_has_to_fit() {
        let words = [(10.0, " "), (7.0, "-"), (5.0, "!")];
        let measured = measured(&words);
        for (width, expected) in [(19.0, vec![1, 3]), (20.0, vec![2, 3]), (24.0, vec![3])] {
            assert_eq!(measured.first_fit(ragged(width, 0.0)), expected, "{width}");
        }
        assert_eq!(measured.first_fit(ragged(20.0, 1.0)), vec![1, 3]);
    }

    #[test]
    fn a_heading_is_balanced() {
        let words = [(10.0, " "), (10.0, " "), (10.0, " "), (10.0, " "), (10.0, "!")];
        let measured = measured(&words);
        assert_eq!(measured.first_fit(ragged(48.0, 0.0)), vec![4, 5]);
        assert_eq!(measured.balanced(ragged(48.0, 0.0)), vec![3, 5]);
        assert_eq!(measured.balanced(ragged(100.0, 0.0)), vec![5]);
    }
}
