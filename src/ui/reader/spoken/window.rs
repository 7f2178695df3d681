//! Which pieces of a page a screen reader is told of: those around the place, as many as can be told in a frame. A story of
//! ordinary length is told whole. Knows positions, no text.

use std::ops::Range;

/// Pieces that are told on each side of the place at most.
const MOST_PIECES: usize = 100;
/// What is told on each side of the place weighs no more than this: some ten screens.
const MOST_WEIGHT: usize = 24_000;
/// A line or a cell weighs as much as so many bytes of text, since its node costs as much: those of code and of tables are
/// short and many.
const LINE_WEIGHT: usize = 60;
/// The window stays where it is while so many pieces are told beyond what is in sight, so that nodes do not come and go
/// with every line.
const FEWEST_BEYOND: usize = 12;

/// What telling a text costs, in bytes of running text.
pub(super) fn weight(text: Option<&str>) -> usize {
    text.map_or(0, |text| text.len() + LINE_WEIGHT * text.bytes().filter(|b| matches!(b, b'\n' | b'\t')).count())
}

/// The pieces to tell of, out of `count`: the old window while it still does, or else a new one around what is in sight.
pub(super) fn window(
    old: Option<Range<usize>>,
    seen: &Range<usize>,
    count: usize,
    weight: &dyn Fn(usize) -> usize,
) -> Range<usize> {
    if let Some(old) = old
        && old.end <= count
        && reaches(&old, seen, count, weight)
    {
        return old;
    }
    let mut sum = 0;
    let mut start = seen.start.min(count);
    while start > 0 && seen.start - start < MOST_PIECES && sum < MOST_WEIGHT {
        start -= 1;
        sum += weight(start);
    }
    sum = 0;
    let mut end = seen.end.min(count);
    while end < count && end - seen.end < MOST_PIECES && sum < MOST_WEIGHT {
        sum += weight(end);
        end += 1;
    }
    start..end
}

/// Whether a window holds enough on both sides of what is in sight.
fn reaches(window: &Range<usize>, seen: &Range<usize>, count: usize, weight: &dyn Fn(usize) -> usize) -> bool {
    if seen.start < window.start || seen.end > window.end {
        return false;
    }
    let enough = |pieces: &mut dyn Iterator<Item = usize>, is_end: bool| {
        let (mut number, mut sum) = (0, 0);
        for piece in pieces {
            number += 1;
            sum += weight(piece);
        }
        is_end || number >= FEWEST_BEYOND || sum >= MOST_WEIGHT / 2
    };
    enough(&mut (window.start..seen.start), window.start == 0)
        && enough(&mut (seen.end..window.end), window.end == count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_story_is_told_whole() {
        assert_eq!(window(None, &(3..9), 60, &|_| 300), 0..60);
    }

    #[test]
    fn a_long_one_is_told_around_the_place() {
        let around = window(None, &(5_000..5_010), 100_000, &|_| 300);
        assert_eq!(around, 4_920..5_090);
        // It stays for a while, and moves before its edge is reached.
        assert_eq!(window(Some(around.clone()), &(5_030..5_040), 100_000, &|_| 300), around);
        let moved = window(Some(around.clone()), &(5_080..5_089), 100_000, &|_| 300);
        assert_eq!(moved, 5_000..5_169);
        assert_eq!(window(Some(around), &(20..30), 100_000, &|_| 300), 0..110);
    }

    #[test]
    fn long_pieces_are_fewer() {
        let around = window(None, &(10..11), 50, &|_| 8_000);
        assert_eq!(around, 7..14);
        assert_eq!(window(Some(around.clone()), &(11..12), 50, &|_| 8_000), around);
    }
}
