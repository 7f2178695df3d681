//! What takes a reading of the whole text, in one value that can be kept. It knows what it was found in, so that it can be told
//! whether it still holds.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::{Deserialize, Serialize};

use super::facts::{self, Facts, PublicationDay, facts_until};
use super::shape::{self, Shape, shape_until};
use super::step::Step;
use super::voices::{self, Voices, voices_with};
use crate::document::{Article, FlatText};

/// Rises when the same article may give other insights than before.
pub const VERSION: u32 = voices::VERSION + facts::VERSION + shape::VERSION;

/// What each reading of the text takes of the whole time, in thousandths: measured on 380 kB of news in English.
const VOICES: usize = 390;
const STATED: usize = 410;
const SHAPE: usize = 200;
const WHOLE: usize = VOICES + STATED + SHAPE;

/// Who says what in an article, what it states and what shape it has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Insights {
    basis: Basis,
    /// Who says what.
    pub voices: Voices,
    /// Figures, dates and names.
    pub stated: Facts,
    /// Its shape.
    pub shape: Shape,
}

/// What they were found in, so far as the rules look at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Basis {
    /// Of the blocks' texts, of what they are, where they stand and whether they are shown, and of the metadata. Two builds of Recto may hash
    /// otherwise; then what the other one kept does not hold.
    hash: u64,
    day: PublicationDay,
}

impl Basis {
    fn of(article: &Article, flat: &FlatText, day: PublicationDay) -> Self {
        let mut hasher = DefaultHasher::new();
        flat.as_str().hash(&mut hasher);
        for block in &article.blocks {
            (block.role, std::mem::discriminant(&block.content), block.omitted, &block.containers).hash(&mut hasher);
        }
        let metadata = &article.metadata;
        (metadata.language.value(), metadata.authors.value(), metadata.words).hash(&mut hasher);
        metadata.published.iter().for_each(|reading| reading.value.hash(&mut hasher));
        Self { hash: hasher.finish(), day }
    }
}

impl Insights {
    /// The insights of an article, published on a day; none if `step`, which is told again and again how much of how much is
    /// done, breaks off. Takes some milliseconds for an article and up to a second for a book: for a worker.
    pub fn find_until(article: &Article, flat: &FlatText, day: PublicationDay, step: Step<'_>) -> Option<Self> {
        let voices = voices_with(article, &mut |done, total| step(share(done, total, 0, VOICES), WHOLE))?;
        let stated = facts_until(article, day, &mut |done, total| step(share(done, total, VOICES, STATED), WHOLE))?;
        let before = VOICES + STATED;
        let shape = shape_until(article, flat, &mut |done, total| step(share(done, total, before, SHAPE), WHOLE))?;
        Some(Self { basis: Basis::of(article, flat, day), voices, stated, shape })
    }

    /// Whether these are the insights of an article as it is shown now, published on a day.
    pub fn hold_for(&self, article: &Article, flat: &FlatText, day: PublicationDay) -> bool {
        self.basis == Basis::of(article, flat, day)
    }
}

/// How far the whole has come when a reading that is `part` of it, behind `before`, has done so much of its own.
fn share(done: usize, total: usize, before: usize, part: usize) -> usize {
    before + part * done.min(total) / total.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Container, OmissionReason, Provenance, RichText, Role, StatedDate};
    use crate::insight::step::to_the_end;

    fn article() -> Article {
        let paragraphs = [
            "“We had no other choice,” said Maren Oakley, the skipper, last Monday. The boat cost £412,000.35 in 1998.",
            "It carried 310.1 passengers a day, or 0.1 of the town, and 1,234,567,890.123 kilos of salt.",
        ];
        let blocks = paragraphs.map(|text| Block::paragraph(RichText::plain(text)));
        Article { blocks: blocks.into(), ..Article::default() }
    }

    fn find(article: &Article, day: PublicationDay) -> Insights {
        Insights::find_until(article, &article.flat_text(), day, &mut to_the_end).unwrap()
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let insights = find(&article(), PublicationDay::Corrected(StatedDate::day(2024, 5, 8)));
        assert!(insights.voices.quotations.len() == 1 && insights.stated.figures.len() >= 4, "{insights:?}");
        let json = serde_json::to_vec(&insights).unwrap();
        assert_eq!(serde_json::from_slice::<Insights>(&json).unwrap(), insights);
    }

    #[test]
    fn they_hold_for_what_they_were_found_in() {
        let article = article();
        let insights = find(&article, PublicationDay::AsRead);
        let hold_for = |other: &Article, day| insights.hold_for(other, &other.flat_text(), day);
        assert!(hold_for(&article, PublicationDay::AsRead) && hold_for(&article.clone(), PublicationDay::AsRead));
        assert!(!hold_for(&article, PublicationDay::Corrected(None)));
        let changes: [fn(&mut Article); 7] = [
            |article| article.blocks[1].omitted = Some(OmissionReason::Related),
            |article| article.blocks[1].role = Role::Standfirst,
            |article| article.blocks[0] = Block::paragraph(RichText::plain("“We had.”")),
            |article| article.blocks[1].containers = vec![Container::Quotation { quotation: 1 }],
            |article| article.metadata.authors.add(vec!["Ann Lee".into()], Provenance::Text),
            |article| article.metadata.language.add("de".into(), Provenance::Text),
            |article| article.metadata.published.add("2024-05-08".parse().unwrap(), Provenance::Text),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut other = article.clone();
            change(&mut other);
            assert!(!hold_for(&other, PublicationDay::AsRead), "change {number}");
            let others = find(&other, PublicationDay::AsRead);
            assert!(others.hold_for(&other, &other.flat_text(), PublicationDay::AsRead), "change {number}");
        }
    }
}
