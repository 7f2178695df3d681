//! Figures, dates and names of an article in one reading, block by block, with progress between them. What each of them is,
//! is told by its own folder.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::passages::{Passage, passages};
use super::step::{Step, to_the_end};
use super::{dates, figures, names};
use crate::document::{Article, Block, Content, FlatText, Role, StatedDate};

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
    facts_until(article, PublicationDay::AsRead, &mut to_the_end).unwrap_or_default()
}

/// What relative dates are told from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicationDay {
    /// The day that the article states.
    #[default]
    AsRead,
    /// The one that a person puts in its place; none where they say that there is none.
    Corrected(Option<StatedDate>),
}

/// The facts of an article; none if `step`, which is told after each block how many bytes of how many are done, breaks off.
pub fn facts_until(article: &Article, day: PublicationDay, step: Step<'_>) -> Option<Facts> {
    let flat = article.flat_text();
    let Publication { day: as_read, line } = publication(article, &flat);
    let published = match day {
        PublicationDay::AsRead => as_read,
        PublicationDay::Corrected(day) => day.as_ref().and_then(whole),
    };
    let mut facts = Facts::default();
    let mut collector = names::Collector::new(&flat);
    let total = flat.as_str().len();
    for (number, passage) in passages(article, &flat) {
        if Some(number) != line {
            let taken = dates::find(&passage, published, &mut facts.dates);
            figures::find(&passage, &taken, &mut facts.figures);
            collector.take(&passage, &taken);
        }
        let done = flat.block_range(number).map_or(total, |range| range.end);
        if step(done, total).is_break() {
            return None;
        }
    }
    facts.conflicts = figures::find_conflicts(flat.as_str(), &facts.figures);
    facts.names = collector.names();
    Some(facts)
}

/// The day that a date states, if it states one.
fn whole(date: &StatedDate) -> Option<Date> {
    let (month, day) = (i8::try_from(date.month()?).ok()?, i8::try_from(date.day_of_month()?).ok()?);
    Date::new(date.year(), month, day).ok()
}

/// When an article was published, and which of its blocks says so in the text and nothing else.
struct Publication {
    day: Option<Date>,
    line: Option<usize>,
}

/// Blocks among which a line with the date is looked for.
const HEAD: usize = 6;

/// Bytes of a line with an author, a newspaper and a date.
const LONGEST_LINE: usize = 90;

/// The day of publication: as the metadata state it, else as the byline does, or a short line above the text that ends with
/// a day, which importers do not know in every language.
fn publication(article: &Article, flat: &FlatText) -> Publication {
    let language = article.metadata.language.value().map(String::as_str);
    let day_of = |number: usize, is_byline: bool| {
        let range = flat.block_range(number)?;
        let passage = Passage::of_tag(range.of(flat.as_str())?, range.start, language);
        let mut found = Vec::new();
        dates::find(&passage, None, &mut found);
        let is_last = |date: &dates::DateMention| range.end - date.range.end <= 1;
        let day = |date: &dates::DateMention| {
            let when = date.when.as_ref().filter(|when| when.first == when.last)?;
            whole(&when.first)
        };
        found.iter().filter(|date| is_byline || is_last(date)).find_map(day)
    };
    let head = || article.blocks.iter().enumerate().take(HEAD).filter(|(_, block)| block.is_shown());
    let is_line = |block: &Block| {
        let text = block.plain_text();
        matches!(block.content, Content::Paragraph { .. })
            && text.len() <= LONGEST_LINE
            && !text.ends_with(['.', '!', '?'])
    };
    let line = head()
        .filter(|(_, block)| block.role == Role::Body)
        .take_while(|(_, block)| is_line(block))
        .find_map(|(number, _)| Some((number, day_of(number, false)?)));
    let stated = article.metadata.published.iter().find_map(|reading| whole(&reading.value));
    let byline = || head().filter(|(_, block)| block.role == Role::Byline).find_map(|(number, _)| day_of(number, true));
    Publication { day: stated.or_else(byline).or(line.map(|(_, day)| day)), line: line.map(|(number, _)| number) }
}
