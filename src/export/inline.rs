//! Styled text as a sequence of openings, text and closings that nest. Spans that overlap are closed and opened again.
//! Knows no format.

use crate::document::{RichText, Span, TextRange};

/// One step of the sequence.
#[derive(Debug, PartialEq)]
pub(super) enum Event<'a> {
    /// A style begins.
    Open(&'a Span),
    /// Text of the styles that are open.
    Text(&'a str),
    /// The style that was opened last ends.
    Close(&'a Span),
}

/// The sequence of a text.
pub(super) fn events(text: &RichText) -> Vec<Event<'_>> {
    let mut spans: Vec<&Span> = text.spans().iter().collect();
    // The one that reaches further is outside.
    spans.sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
    let mut borders: Vec<usize> = spans.iter().flat_map(|span| [span.range.start, span.range.end]).collect();
    borders.extend([0, text.len()]);
    borders.sort_unstable();
    borders.dedup();
    let mut events = Vec::new();
    let mut open: Vec<&Span> = Vec::new();
    for pair in borders.windows(2) {
        let [start, end] = pair else { continue };
        let wanted: Vec<&Span> =
            spans.iter().copied().filter(|span| span.range.start <= *start && span.range.end >= *end).collect();
        let kept = open.iter().zip(&wanted).take_while(|(a, b)| std::ptr::eq(**a, **b)).count();
        while open.len() > kept {
            events.extend(open.pop().map(Event::Close));
        }
        for span in wanted.into_iter().skip(kept) {
            events.push(Event::Open(span));
            open.push(span);
        }
        events.push(Event::Text(TextRange::new(*start, *end).of(text.as_str()).unwrap_or_default()));
    }
    while let Some(span) = open.pop() {
        events.push(Event::Close(span));
    }
    events
}

/// Whether a link's target may be written: web and mail addresses and places in the story. A script is never handed on.
pub(super) fn is_safe_target(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
    target.starts_with('#') || target.contains(':') && matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
}
