//! `==marked==` text, which CommonMark does not have and note-taking programs do. Works on a finished text, so that a mark
//! may begin before a link and end in it.

use crate::document::{InlineStyle, RichText, TextRange};

const MARK: &str = "==";

/// The text with every pair of marks made a highlight. What has no partner, or stands in code or in a formula, stays as it
/// is.
pub fn apply(text: RichText, formulas: &[TextRange]) -> RichText {
    let pairs = pairs(&text, formulas);
    if pairs.is_empty() {
        return text;
    }
    let cuts: Vec<usize> = pairs.iter().flat_map(|(open, close)| [*open, *close]).collect();
    // Where an offset comes to stand when the marks are gone.
    let moved = |offset: usize| {
        // All marks before it are gone, and of one that it stands in, the part before it.
        let before = cuts.partition_point(|cut| *cut < offset);
        let last =
            before.checked_sub(1).and_then(|last| cuts.get(last)).map_or(0, |cut| (offset - cut).min(MARK.len()));
        offset - before.saturating_sub(1) * MARK.len() - last
    };
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for cut in &cuts {
        plain.push_str(text.as_str().get(from..*cut).unwrap_or_default());
        from = cut + MARK.len();
    }
    plain.push_str(text.as_str().get(from..).unwrap_or_default());
    let mut out = RichText::plain(plain);
    for span in text.spans() {
        out.add_span(TextRange::new(moved(span.range.start), moved(span.range.end)), span.style.clone());
    }
    for (open, close) in pairs {
        out.add_span(TextRange::new(moved(open), moved(close)), InlineStyle::Highlight);
    }
    out
}

/// The offsets of marks that open and close: text stands directly behind the one and before the other, in one line.
fn pairs(text: &RichText, formulas: &[TextRange]) -> Vec<(usize, usize)> {
    let string = text.as_str();
    let is_code = text.spans().iter().filter(|span| span.style == InlineStyle::Code).map(|span| span.range);
    let mut verbatim: Vec<TextRange> = is_code.chain(formulas.iter().copied()).collect();
    verbatim.sort_by_key(|range| range.start);
    // Code may stand in code; what begins last before a place need not be what reaches it.
    let mut reach = 0;
    for range in &mut verbatim {
        reach = reach.max(range.end);
        range.end = reach;
    }
    let in_code = |at: usize| {
        let before = verbatim.partition_point(|range| range.start <= at);
        before.checked_sub(1).and_then(|last| verbatim.get(last)).is_some_and(|range| at < range.end)
    };
    let mut pairs = Vec::new();
    let mut open: Option<usize> = None;
    let mut behind_last = 0;
    for (at, _) in string.match_indices(MARK) {
        let before = string.get(..at).and_then(|t| t.chars().next_back());
        let after = string.get(at + MARK.len()..).and_then(|t| t.chars().next());
        // "===" is an underline of signs or an operator.
        if at < behind_last || in_code(at) || before == Some('=') || after == Some('=') {
            continue;
        }
        match open {
            Some(start) if before.is_some_and(|c| !c.is_whitespace()) && at > start + MARK.len() => {
                let same_line = string.get(start..at).is_some_and(|t| !t.contains('\n'));
                if same_line {
                    pairs.push((start, at));
                    open = None;
                } else {
                    open = Some(at);
                }
            }
            _ if after.is_some_and(|c| !c.is_whitespace()) => open = Some(at),
            _ => {}
        }
        behind_last = at + MARK.len();
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_pairs_are_highlights() {
        for (text, plain, marked) in [
            ("a ==b c== d", "a b c d", &["b c"][..]),
            ("==a== ==é==", "a é", &["a", "é"]),
            ("if a == b and c == d", "if a == b and c == d", &[]),
            ("==open", "==open", &[]),
            ("a === b ===", "a === b ===", &[]),
            ("==a\nb==", "==a\nb==", &[]),
        ] {
            let out = apply(RichText::plain(text), &[]);
            assert!(out.is_valid());
            assert_eq!(out.as_str(), plain);
            let found: Vec<_> = out.spans().iter().map(|s| s.range.of(out.as_str()).unwrap_or_default()).collect();
            assert_eq!(found, marked, "{text}");
        }
    }

    #[test]
    fn other_spans_move_along_and_code_is_left_alone() {
        let mut text = RichText::plain("==a ");
        text.push_styled("b==", InlineStyle::Strong);
        text.push_styled("x == y == z", InlineStyle::Code);
        let out = apply(text, &[]);
        assert_eq!(out.as_str(), "a bx == y == z");
        assert_eq!(out.spans()[0].range, TextRange::new(2, 3));
        assert_eq!(out.spans()[2].range, TextRange::new(0, 3));
    }
}
