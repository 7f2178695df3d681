//! Decides which lines of a page are its article: a linear-chain conditional random field (Lafferty, McCallum and Pereira
//! 2001) over four labels, whose scores a small network with one hidden layer makes of [`super::features`]. The weights are
//! in `assets/models/pasted_text.tsv`; `scripts/train_plain_text.py` makes them anew. Says nothing about what the other
//! lines are.

use std::sync::LazyLock;

use super::features::{self, COUNT, Features};
use super::lexicon::View;

/// What a line can be: before the article, of it, between its parts, behind it.
const LABELS: usize = 4;

/// The label of the article's lines.
const INSIDE: usize = 1;

/// Units of the hidden layer.
const UNITS: usize = 10;

/// Which label may follow which: an article begins once, and is behind us once.
const MAY_FOLLOW: [[bool; LABELS]; LABELS] =
    [[true, true, false, false], [false, true, true, true], [false, true, true, false], [false, false, false, true]];

/// The labels a text may begin with, and end with.
const MAY_BEGIN: [bool; LABELS] = [true, true, false, false];
const MAY_END: [bool; LABELS] = [false, true, false, true];

/// The logarithm of what cannot be.
const NEVER: f64 = -1e9;

type Scores = [f64; LABELS];

/// The weights.
struct Model {
    /// Of each feature: on each label, and on each hidden unit.
    direct: Vec<Scores>,
    hidden: Vec<[f64; UNITS]>,
    /// Of each hidden unit on each label.
    units: Vec<Scores>,
    /// Of each step from one label to another.
    steps: Vec<Scores>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../../../assets/models/pasted_text.tsv")));

impl Model {
    /// Reads the table: a row's name, then its weights. What a row lacks counts as zero.
    fn read(table: &str) -> Self {
        let mut model = Self {
            direct: vec![[0.0; LABELS]; COUNT],
            hidden: vec![[0.0; UNITS]; COUNT],
            units: vec![[0.0; LABELS]; UNITS],
            steps: vec![[NEVER; LABELS]; LABELS],
        };
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let name = cells.next().unwrap_or_default();
            let mut weights = cells.map(|cell| cell.parse::<f64>().unwrap_or_default());
            if let Some(number) = name.strip_prefix("unit ").and_then(|n| n.parse::<usize>().ok()) {
                fill(model.units.get_mut(number), &mut weights);
            } else if let Some(number) = name.strip_prefix("step ").and_then(|n| n.parse::<usize>().ok()) {
                fill(model.steps.get_mut(number), &mut weights);
            } else if let Some(number) = features::NAMES.iter().position(|known| *known == name) {
                fill(model.direct.get_mut(number), &mut weights);
                fill(model.hidden.get_mut(number), &mut weights);
            }
        }
        for (from, follow) in model.steps.iter_mut().zip(MAY_FOLLOW) {
            for (step, may) in from.iter_mut().zip(follow) {
                *step = if may { *step } else { NEVER };
            }
        }
        model
    }

    /// How much speaks for each label of a line.
    fn scores(&self, features: &Features) -> Scores {
        let mut scores = [0.0; LABELS];
        let mut hidden = [0.0; UNITS];
        for ((value, direct), to_hidden) in features.iter().zip(&self.direct).zip(&self.hidden) {
            if *value == 0.0 {
                continue;
            }
            let value = f64::from(*value);
            add(&mut scores, direct, value);
            add(&mut hidden, to_hidden, value);
        }
        for (unit, weights) in hidden.iter().zip(&self.units) {
            add(&mut scores, weights, unit.tanh());
        }
        scores
    }

    /// The probability of each line to be the article's, by the forward-backward algorithm.
    fn probabilities(&self, lines: &[Features]) -> Vec<f64> {
        let scores: Vec<Scores> = lines.iter().map(|line| self.scores(line)).collect();
        let allowed = |may: [bool; LABELS]| may.map(|may| if may { 0.0 } else { NEVER });
        let mut forward: Vec<Scores> = Vec::with_capacity(lines.len());
        let mut reached = allowed(MAY_BEGIN);
        for line in &scores {
            let here = sum(&reached, line);
            forward.push(here);
            let mut next = [NEVER; LABELS];
            for (to, slot) in next.iter_mut().enumerate() {
                let ways = here.iter().zip(&self.steps).map(|(from, step)| from + step.get(to).unwrap_or(&NEVER));
                *slot = log_sum(ways);
            }
            reached = next;
        }
        let mut backward = allowed(MAY_END);
        let mut out = vec![0.0; lines.len()];
        for ((slot, line), here) in out.iter_mut().zip(&scores).zip(&forward).rev() {
            let both = sum(here, &backward);
            let all = log_sum(both.iter().copied());
            *slot = both.get(INSIDE).map_or(0.0, |inside| (inside - all).exp());
            let behind = sum(&backward, line);
            for (slot, steps) in backward.iter_mut().zip(&self.steps) {
                *slot = log_sum(sum(steps, &behind).into_iter());
            }
        }
        out
    }
}

fn fill<const N: usize>(row: Option<&mut [f64; N]>, weights: &mut impl Iterator<Item = f64>) {
    for slot in row.into_iter().flatten() {
        *slot = weights.next().unwrap_or_default();
    }
}

fn add<const N: usize>(sums: &mut [f64; N], weights: &[f64; N], by: f64) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += weight * by;
    }
}

fn sum(a: &Scores, b: &Scores) -> Scores {
    let mut out = *a;
    add(&mut out, b, 1.0);
    out
}

/// The logarithm of the sum of what these are the logarithms of.
fn log_sum(logs: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = logs.clone().fold(NEVER, f64::max);
    most + logs.map(|log| (log - most).exp()).sum::<f64>().ln()
}

/// Says of each line whether it is the article's.
pub(super) fn label(features: &[Features], views: &[View]) -> Vec<bool> {
    let probabilities = MODEL.probabilities(features);
    let least = cut(&probabilities, views);
    probabilities.iter().map(|p| *p >= least).collect()
}

/// The probability from which lines are taken so that the expected F1 of their words is greatest. Where all is certain it is
/// about a half; where little is, it is lower, so that a page of an unusual kind keeps too much rather than too little.
fn cut(probabilities: &[f64], views: &[View]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a line has fewer than 2^52 words")]
    let mut lines: Vec<(f64, f64)> = probabilities.iter().zip(views).map(|(p, v)| (*p, v.words as f64)).collect();
    lines.sort_by(|a, b| b.0.total_cmp(&a.0));
    let expected: f64 = lines.iter().map(|(p, words)| p * words).sum();
    let (mut taken, mut right, mut best, mut least) = (0.0, 0.0, -1.0, 0.5);
    for (probability, words) in lines {
        taken += words;
        right += probability * words;
        let f1 = 2.0 * right / (taken + expected).max(1e-9);
        if f1 > best {
            (best, least) = (f1, probability);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_row() {
        let table = include_str!("../../../assets/models/pasted_text.tsv");
        let rows: Vec<&str> = table.lines().filter(|row| !row.starts_with('#')).collect();
        let width = |name: &str| {
            let row = rows.iter().find(|row| row.split('\t').next() == Some(name)).expect(name);
            row.split('\t').skip(1).filter_map(|cell| cell.parse::<f64>().ok()).count()
        };
        for name in features::NAMES {
            assert_eq!(width(name), LABELS + UNITS, "{name}");
        }
        for unit in 0..UNITS {
            assert_eq!(width(&format!("unit {unit}")), LABELS);
        }
        for from in 0..LABELS {
            assert_eq!(width(&format!("step {from}")), LABELS);
        }
        assert_eq!(rows.len(), COUNT + UNITS + LABELS);
    }

    #[test]
    fn sums_of_logarithms_are_exact_and_finite() {
        assert!((log_sum([0.25f64.ln(), 0.5f64.ln()].into_iter()) - 0.75f64.ln()).abs() < 1e-12);
        assert!(log_sum([NEVER; 4].into_iter()).is_finite());
    }

    #[test]
    fn the_cut_is_lower_where_less_is_certain() {
        let view = View { words: 10, ..View::default() };
        let views = vec![view; 3];
        assert!((cut(&[0.99, 0.97, 0.01], &views) - 0.97).abs() < 1e-9);
        assert!((cut(&[0.45, 0.40, 0.01], &views) - 0.40).abs() < 1e-9);
        assert!((cut(&[], &[]) - 0.5).abs() < 1e-9);
    }
}
