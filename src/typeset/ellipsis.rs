//! How much of a text stays where an ellipsis takes the place of the rest. Sets nothing.

use super::set_block::SetBlock;

/// Few texts have narrower letters on the average, in ems: those are set a second time, as a whole.
const NARROWEST_EM: f32 = 0.3;
/// Room for the ellipsis, in ems: a little more than most faces' takes.
const ELLIPSIS_EM: f32 = 0.9;

/// As much of a text as most likely is more than so many lines hold.
pub(super) fn head(text: &str, limit: usize, width: f32, size_px: f32) -> &str {
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let most = limit as f32 * (width / (size_px * NARROWEST_EM).max(0.1) + 2.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "letters of a few lines")]
    let most = most.clamp(0.0, 1e6) as usize;
    if text.len() <= most {
        return text;
    }
    text.char_indices().nth(most).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// Where a text that has more lines is cut, so that an ellipsis has room behind it in the last of them.
pub(super) fn cut(block: &SetBlock, limit: usize, size_px: f32) -> usize {
    let Some(line) = limit.checked_sub(1).and_then(|last| block.lines.get(last)) else { return 0 };
    let mut letters: Vec<_> = line.clusters.iter().collect();
    letters.sort_by_key(|letter| letter.range.start);
    let mut room = line.right - line.left - size_px * ELLIPSIS_EM;
    for letter in letters {
        room -= letter.x1 - letter.x0;
        if room < 0.0 {
            return letter.range.start;
        }
    }
    line.range.end
}
