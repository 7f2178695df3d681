//! A story as an importer leaves it: what is known about it, every block of its source in order, and its images. The
//! person's own choices (marks, place, blocks put back) are kept elsewhere.

use serde::{Deserialize, Serialize};

use super::highlight::QuoteFinder;
use super::{Block, Contact, FlatText, Highlight, Metadata, Resource, ResourceId, Role, StoryId};
use crate::text;

/// One saved article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// What is known, each value with where it was read.
    #[serde(default)]
    pub metadata: Metadata,
    /// All the source's blocks in their order, shown or omitted.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// The images, by [`ResourceId`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
    /// What the source would have fetched had a browser opened it. Recto fetches none of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Links of the source that stand in no block: around images, on hidden parts, without words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_links: Vec<PageLink>,
    /// What the person had marked in the service that it comes from, in the export's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<Highlight>,
}

/// A link of the source that stands in no block.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageLink {
    /// The address, absolute where the source says what it is relative to.
    pub target: String,
    /// Its words, or the alternative text of the image in it; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// How much of the source's text the reading view shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Text blocks that are shown, the title's among them.
    pub shown: usize,
    /// All text blocks.
    pub total: usize,
}

impl Article {
    /// The title to show: the most trustworthy reading, if any was read.
    pub fn title(&self) -> Option<&str> {
        self.metadata.title.value().map(String::as_str)
    }

    /// All blocks, shown or omitted, as one string with the range of each.
    pub fn flat_text(&self) -> FlatText {
        FlatText::new(&self.blocks)
    }

    /// The body as plain text: shown body blocks with a blank line between, without title, byline and captions.
    pub fn body_text(&self) -> String {
        let mut out = String::new();
        for block in self.blocks.iter().filter(|b| b.is_shown() && b.role == Role::Body) {
            let text = block.body_text();
            if text.trim().is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(&text);
        }
        out
    }

    /// How many of the text blocks are shown.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for block in self.blocks.iter().filter(|b| b.has_text()) {
            coverage.total += 1;
            coverage.shown += usize::from(block.is_shown());
        }
        coverage
    }

    /// The hash this story is known by, of its canonical content.
    pub fn story_id(&self) -> StoryId {
        StoryId::of(self)
    }

    /// The image with this number.
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.get(id.0)
    }

    /// Adds an image and gives its number.
    pub fn add_resource(&mut self, resource: Resource) -> ResourceId {
        self.resources.push(resource);
        ResourceId(self.resources.len() - 1)
    }

    /// Whether it is an address without a text: what a service exports of a page that it kept no copy of.
    pub fn is_link_only(&self) -> bool {
        self.blocks.is_empty() && !self.metadata.url.is_empty()
    }

    /// Finds the places of highlights that have none, each behind the one before where the words stand more than once.
    pub fn place_highlights(&mut self) {
        if self.highlights.iter().all(|highlight| highlight.range.is_some()) {
            return;
        }
        let flat = self.flat_text();
        let finder = QuoteFinder::new(flat.as_str());
        let mut from = 0;
        for highlight in self.highlights.iter_mut().filter(|highlight| highlight.range.is_none()) {
            highlight.range = finder.find(&highlight.quote, from);
            from = highlight.range.map_or(from, |range| range.end);
        }
    }

    /// Fills in what is computed from the text: language and direction where they are not stated, words, minutes.
    /// An importer calls it last.
    pub fn compute_metadata(&mut self) {
        let body = self.body_text();
        let metadata = &mut self.metadata;
        let words = text::count_words(&body);
        metadata.words = words;
        metadata.minutes = text::reading_minutes(words);
        if metadata.language.is_empty()
            && let Some(language) = text::detect_language(&body)
        {
            metadata.language.compute(language.to_owned());
        }
        if metadata.direction.is_empty()
            && let Some(direction) = majority_direction(&self.blocks)
        {
            metadata.direction.compute(direction);
        }
    }
}

/// The direction that most of the shown body text runs in, by bytes.
fn majority_direction(blocks: &[Block]) -> Option<text::Direction> {
    let mut weight = [0usize; 2];
    for block in blocks.iter().filter(|b| b.is_shown()) {
        let text = block.plain_text();
        match text::base_direction(&text) {
            Some(text::Direction::LeftToRight) => weight[0] += text.len(),
            Some(text::Direction::RightToLeft) => weight[1] += text.len(),
            None => {}
        }
    }
    match weight {
        [0, 0] => None,
        [left, right] if right > left => Some(text::Direction::RightToLeft),
        _ => Some(text::Direction::LeftToRight),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{OmissionReason, RichText};

    fn paragraph(text: &str) -> Block {
        Block::paragraph(RichText::plain(text))
    }

    #[test]
    fn body_and_coverage_leave_out_what_is_omitted() {
        let mut article = Article {
            blocks: vec![
                Block::heading(1, RichText::plain("Title")).with_role(Role::Title),
                paragraph("One."),
                paragraph("Share this").omitted(OmissionReason::Share),
                paragraph("Two."),
                Block::rule(),
            ],
            ..Article::default()
        };
        article.compute_metadata();
        assert_eq!(article.body_text(), "One.\n\nTwo.");
        assert_eq!(article.coverage(), Coverage { shown: 3, total: 4 });
        assert_eq!((article.metadata.words, article.metadata.minutes), (2, 1));
    }
}
