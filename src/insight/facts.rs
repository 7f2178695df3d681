//! Figures, dates and names of an article in one reading, block by block, with progress between them. What each of them is,
//! is told by its own folder.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::passages::{Passage, passages};
use super::step::{Step, to_the_end};
use super::{dates, figures, names};
use crate::document::{Article, FlatText, Role, StatedDate};

/// Rises when the same article may give other facts than before.
pub const VERSION: u32 = figures::VERSION + dates::VERSION + names::VERSION;

/// What an article states, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The numbers.
    pub figures: Vec<figures::Figure>,
    /// Pairs of figures that give the same thing two values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<figures::Conflict>,
    /// The dates.
    pub dates: Vec<dates::DateMention>,
    /// The people, organisations and places.
    pub names: Vec<names::Name>,
}

/// The facts of an article.
pub fn facts(article: &Article) -> Facts {
    facts_until(article, &mut to_the_end).unwrap_or_default()
}

/// The facts of an article; none if `step`, which is told after each block how many bytes of how many are done, breaks off.
pub fn facts_until(article: &Article, step: Step<'_>) -> Option<Facts> {
    let flat = article.flat_text();
    let published = published(article, &flat);
    let mut facts = Facts::default();
    let mut collector = names::Collector::new(&flat);
    let total = flat.as_str().len();
    for (number, passage) in passages(article, &flat) {
        let taken = dates::find(&passage, published, &mut facts.dates);
        figures::find(&passage, &taken, &mut facts.figures);
        collector.take(&passage, &taken);
        let done = flat.block_range(number).map_or(total, |range| range.end);
        if step(done, total).is_break() {
            return None;
        }
    }
    facts.conflicts = figures::find_conflicts(flat.as_str(), &facts.figures);
    facts.names = collector.names();
    Some(facts)
}

/// The day of publication: as the metadata state it, else as the byline does.
fn published(article: &Article, flat: &FlatText) -> Option<Date> {
    let whole = |date: &StatedDate| {
        let (month, day) = (i8::try_from(date.month()?).ok()?, i8::try_from(date.day_of_month()?).ok()?);
        Date::new(date.year(), month, day).ok()
    };
    let stated = article.metadata.published.iter().find_map(|reading| whole(&reading.value));
    stated.or_else(|| {
        let language = article.metadata.language.value().map(String::as_str);
        article.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Byline).find_map(|(number, _)| {
            let range = flat.block_range(number)?;
            let passage = Passage::of_tag(range.of(flat.as_str())?, range.start, language);
            let mut found = Vec::new();
            dates::find(&passage, None, &mut found);
            found
                .iter()
                .filter_map(|date| date.when.as_ref())
                .find_map(|when| whole(&when.first).filter(|_| when.first == when.last))
        })
    })
}
