//! What is told of a figure.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::document::TextRange;

/// A number that a story states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its words: the number with its unit, without what it counts.
    pub range: TextRange,
    /// What kind of number it is.
    pub kind: FigureKind,
    /// Its value, or the lower of a range, or the first of a score.
    pub value: f64,
    /// The upper value of a range, or the second of a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// Its unit in short: an ISO 4217 code or the sign that is stated (`EUR`, `$`), `%`, `pp` (percentage points), `km`, `hours`;
    /// empty where it has none.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub unit: Cow<'static, str>,
    /// What it counts, where that follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<TextRange>,
    /// How far the text stands by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approximation: Option<Approximation>,
    /// The sentence that it stands in.
    pub sentence: TextRange,
}

/// What kind of number a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// So many of something.
    Count,
    /// A sum.
    Money,
    /// Parts of a hundred.
    Percentage,
    /// A difference of percentages.
    PercentagePoints,
    /// A part: half, a third, one in five.
    Fraction,
    /// The result of a match or a vote.
    Score,
    /// A physical quantity.
    Measure,
    /// A length of time.
    Duration,
    /// A person's years.
    Age,
    /// A number of which it is not told what it counts.
    Number,
}

impl FigureKind {
    /// What a person is told, and the heading of a group of them.
    pub fn label(self) -> &'static str {
        match self {
            Self::Count => "Counts",
            Self::Money => "Money",
            Self::Percentage => "Percentages",
            Self::PercentagePoints => "Percentage points",
            Self::Fraction => "Parts",
            Self::Score => "Results",
            Self::Measure => "Measures",
            Self::Duration => "Lengths of time",
            Self::Age => "Ages",
            Self::Number => "Other numbers",
        }
    }
}

/// How far a text stands by a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approximation {
    /// "around", "nearly".
    About,
    /// "more than", "at least".
    More,
    /// "up to", "under".
    Less,
}

impl Approximation {
    /// The sign that stands before the value in a table.
    pub fn sign(self) -> &'static str {
        match self {
            Self::About => "~",
            Self::More => ">",
            Self::Less => "<",
        }
    }
}
