//! All blocks of a story, shown or omitted, as one string: what offsets and anchors count in. A person's choice of what to
//! show changes no offset.

use super::{Block, TextRange};

/// What stands between two blocks.
const SEPARATOR: &str = "\n\n";

/// The text and the range of each block in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlatText {
    text: String,
    ranges: Vec<TextRange>,
}

impl FlatText {
    pub(super) fn new(blocks: &[Block]) -> Self {
        let mut flat = Self { text: String::new(), ranges: Vec::with_capacity(blocks.len()) };
        for (number, block) in blocks.iter().enumerate() {
            if number > 0 {
                flat.text.push_str(SEPARATOR);
            }
            let start = flat.text.len();
            flat.text.push_str(&block.plain_text());
            flat.ranges.push(TextRange::new(start, flat.text.len()));
        }
        flat
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The range of a block, by its number in the article.
    pub fn block_range(&self, block: usize) -> Option<TextRange> {
        self.ranges.get(block).copied()
    }

    /// The block that holds an offset, and the offset in it; between two blocks it is the end of the first.
    pub fn locate(&self, offset: usize) -> Option<(usize, usize)> {
        let block = self.ranges.partition_point(|range| range.start <= offset).checked_sub(1)?;
        let range = self.ranges.get(block)?;
        Some((block, offset.min(range.end) - range.start))
    }

    /// The offset of a place in a block.
    pub fn offset(&self, block: usize, within: usize) -> Option<usize> {
        self.ranges.get(block).map(|range| (range.start + within).min(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::RichText;

    #[test]
    fn offsets_go_both_ways() {
        let blocks: Vec<Block> = ["One", "", "Two é"].iter().map(|t| Block::paragraph(RichText::plain(*t))).collect();
        let flat = FlatText::new(&blocks);
        assert_eq!(flat.as_str(), "One\n\n\n\nTwo é");
        for (offset, expected) in
            [(0, (0, 0)), (3, (0, 3)), (4, (0, 3)), (5, (1, 0)), (7, (2, 0)), (13, (2, 6)), (99, (2, 6))]
        {
            assert_eq!(flat.locate(offset), Some(expected), "{offset}");
        }
        assert_eq!(flat.offset(2, 1), Some(8));
        assert_eq!(FlatText::default().locate(0), None);
    }
}
