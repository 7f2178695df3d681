//! Verse and addresses: paragraphs whose lines the source has broken. A line too long for the measure turns over with an
//! indent, so that it is not taken for two; none is stretched, and no word is broken.

use super::breaking::Measure;
use super::paragraph::{self, START, Spec};
use super::set_block::SetBlock;
use super::typesetter::Typesetter;
use crate::document::{InlineStyle, Span, TextRange};
use crate::text::Direction;

/// How far a line that turns over stands in, in ems.
const TURNOVER_EM: f32 = 1.5;

/// A line of verse has no more characters: fourteeners have some sixty. Prose with a break here and there has more.
const LONGEST_LINE: usize = 75;

/// Of so many lines one may be longer all the same.
const ONE_LONG_IN: usize = 5;

/// What of a long text is looked at.
const LOOKED_AT: usize = 4_000;

/// Whether a paragraph's lines are verse or an address rather than prose with line breaks in it.
pub(super) fn is_verse(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or_default();
    if memchr::memchr(b'\n', head.as_bytes()).is_none() {
        return false;
    }
    let (mut lines, mut long) = (0, 0);
    for line in head.split('\n').filter(|line| !line.trim().is_empty()) {
        lines += 1;
        long += usize::from(line.chars().nth(LONGEST_LINE).is_some());
    }
    lines >= 2 && long * ONE_LONG_IN <= lines
}

/// Sets verse to a width.
pub(super) fn set(typesetter: &mut Typesetter, spec: &Spec<'_>, width: f32) -> SetBlock {
    let whole = Spec { stand: START, hyphenate: false, ..*spec };
    let set = paragraph::set(typesetter, &whole, Measure { width, first_indent: 0.0 });
    // Mostly every line has room, and there is nothing more to do.
    if set.lines.len() <= spec.text.split_inclusive('\n').count() {
        return set;
    }
    let turnover = (spec.look.size_px * TURNOVER_EM).round().min(width / 4.0);
    let measure = Measure { width: width - turnover, first_indent: -turnover };
    let dx = if spec.direction == Direction::RightToLeft { 0.0 } else { turnover };
    let mut out = SetBlock { width, ..SetBlock::default() };
    let mut start = 0;
    for line in spec.text.split_inclusive('\n') {
        let range = TextRange::new(start, start + line.len());
        let spans = spans_of(spec.spans, range);
        let spec = Spec { text: line, spans: &spans, source_start: spec.source_start + start, ..whole };
        let set = paragraph::set(typesetter, &spec, measure);
        let top = out.height;
        out.height += set.height;
        out.append(set, dx, top);
        start = range.end;
    }
    for line in &mut out.lines {
        (line.left, line.right) = (0.0, width);
    }
    out
}

/// The spans that reach into a line, counted from its beginning. An image or an annotation stands where it begins.
fn spans_of(spans: &[Span], line: TextRange) -> Vec<Span> {
    let inside = spans.iter().filter_map(|span| {
        let stays = !matches!(span.style, InlineStyle::Image { .. } | InlineStyle::Ruby { .. });
        let range = span.range.intersection(line).filter(|_| stays || span.range.start >= line.start)?;
        Some(Span {
            range: TextRange::new(range.start - line.start, range.end - line.start),
            style: span.style.clone(),
        })
    });
    inside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_are_verse() {
        let long = "The weir at Alder Mill was built in two summers by people who had never built one before.";
        for (text, expected) in [
            ("Half a league, half a league,\nHalf a league onward", true),
            ("The Keeper\nAlder Mill\nMarren", true),
            ("One line", false),
            ("One line\n", false),
            (&format!("{long}\n{long}"), false),
            (&format!("A\nB\nC\n{long}\nD"), true),
            (&format!("A\n{long}\nB"), false),
            ("", false),
        ] {
            assert_eq!(is_verse(text), expected, "{text}");
        }
    }
}
