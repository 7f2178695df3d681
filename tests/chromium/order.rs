//! The order of letters on a line; for `tests/chromium.rs` and `examples/compare_breaks.rs`.

use recto::document::Block;
use recto::text::Direction;
use recto::typeset::{BlockRequest, ImageBox, Style, TextAlignment, Typesetter};
use unicode_segmentation::UnicodeSegmentation;

/// The offsets of a text's graphemes on one line from left to right, without those that are not seen.
pub(crate) fn order(typesetter: &mut Typesetter, text: &str, direction: Option<Direction>) -> Vec<usize> {
    let mut block = Block::paragraph(text.into());
    block.direction = direction;
    let style = Style { alignment: TextAlignment::Start, first_line_indent_em: 0.0, ..Style::default() };
    let set = typesetter.set_block(&BlockRequest {
        block: &block,
        part: None,
        previous: None,
        style: &style,
        width: 200_000.0,
        scale: 1.0,
        language: None,
        image_size: &|_| ImageBox::Size { width: 1.0, height: 1.0 },
        code: &[],
        scrolls: false,
    });
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let mut order: Vec<usize> = Vec::new();
    for cluster in set.clusters(0) {
        let behind = graphemes.partition_point(|(at, _)| *at <= cluster.range.start);
        let Some((grapheme, letters)) = behind.checked_sub(1).and_then(|number| graphemes.get(number)) else {
            continue;
        };
        // A ligature is a cluster for each of its letters; a letter with its marks is one.
        if !is_hidden(letters) && order.last() != Some(grapheme) {
            order.push(*grapheme);
        }
    }
    order
}

/// Whether a grapheme only says how others are ordered or joined.
pub(crate) fn is_hidden(grapheme: &str) -> bool {
    grapheme.starts_with(
        |c| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'),
    )
}
