//! The search by a regular expression, on the text as it is: nothing is folded but case. Explains a bad pattern in plain
//! words.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, ErrorKind};
use regex_syntax::hir;

use super::borders;
use super::matches::Step;
use super::query::QueryError;

/// How far ahead of its first byte a hit is looked for. Longer hits (`(?s).*`) end here or a little later, so that the
/// work of one step is bounded whatever the pattern.
const AHEAD_BYTES: usize = 32 * 1024;

/// Bytes that are searched at a time.
const WINDOW_BYTES: usize = 4 * AHEAD_BYTES;

/// Empty matches that are skipped in one step.
const EMPTY_MATCHES: usize = 1000;

/// Bytes a compiled pattern may take; the crate's own limit is ten times that, and takes seconds to reach.
const SIZE_LIMIT: usize = 1 << 20;

/// How deep groups may nest.
const NEST_LIMIT: u32 = 64;

/// A compiled pattern. `^` and `$` match at each line.
pub(super) struct Expression(Regex);

impl Expression {
    pub(super) fn new(pattern: &str, match_case: bool, whole_word: bool) -> Result<Self, QueryError> {
        let mut parser = regex_syntax::ParserBuilder::new().nest_limit(NEST_LIMIT).multi_line(true).crlf(true).build();
        let parsed = parser.parse(pattern).map_err(|error| explain(pattern, &error))?;
        let pattern = if whole_word {
            // The parsed form has neither comments nor flags that would run on into what is put around it.
            format!(r"\b{{start-half}}(?:{parsed})\b{{end-half}}")
        } else {
            pattern.to_owned()
        };
        let built = RegexBuilder::new(&pattern)
            .case_insensitive(!match_case)
            .multi_line(true)
            .crlf(true)
            .nest_limit(NEST_LIMIT + 8)
            .size_limit(SIZE_LIMIT)
            .build();
        built.map(Self).map_err(|_| QueryError::TooLarge)
    }
}

/// How far a search has come.
#[derive(Debug)]
pub(super) struct Search {
    /// Up to here all hits were given.
    pub(super) position: usize,
}

impl Search {
    pub(super) fn from(text: &str, offset: usize) -> Self {
        Self { position: text.ceil_char_boundary(offset.min(text.len())) }
    }

    pub(super) fn step(&mut self, expression: &Expression, text: &str) -> Step {
        let end = window_end(text, self.position);
        let Some(haystack) = text.get(..end) else { return Step::Done };
        for _ in 0..EMPTY_MATCHES {
            if self.position >= text.len() {
                return Step::Done;
            }
            let found = expression.0.find_at(haystack, self.position);
            // What begins near the window's end could be longer, or be no hit, with more text behind it.
            let Some(found) = found.filter(|found| end == text.len() || found.start() + AHEAD_BYTES <= end) else {
                if end == text.len() {
                    self.position = end;
                    return Step::Done;
                }
                let next = text.ceil_char_boundary((end - AHEAD_BYTES).saturating_add(1));
                self.position = next.max(self.position);
                return Step::Searching;
            };
            if found.is_empty() {
                self.position = text.ceil_char_boundary(found.end() + 1);
                continue;
            }
            let start = borders::grapheme_border_to(text, found.start()).max(self.position);
            let range = start..borders::grapheme_border_from(text, found.end());
            self.position = range.end;
            return Step::Hit(range);
        }
        Step::Searching
    }
}

/// Where a window ends that begins at an offset: behind a line, so that `$` is true there, or on a character's border.
fn window_end(text: &str, start: usize) -> usize {
    let end = text.ceil_char_boundary(start.saturating_add(WINDOW_BYTES).min(text.len()));
    let limit = text.ceil_char_boundary(end.saturating_add(AHEAD_BYTES).min(text.len()));
    match text.get(end..limit).and_then(|rest| rest.find('\n')) {
        Some(line) => end + line,
        None => end,
    }
}

/// A bad pattern in plain words.
fn explain(pattern: &str, error: &regex_syntax::Error) -> QueryError {
    match error {
        regex_syntax::Error::Parse(error) => {
            let place = place_of(pattern, error.span());
            QueryError::Pattern { problem: problem(pattern, &place, error.kind()), place }
        }
        regex_syntax::Error::Translate(error) => {
            let place = place_of(pattern, error.span());
            QueryError::Pattern { problem: class_problem(pattern, &place, error.kind()), place }
        }
        _ => QueryError::Pattern { problem: "It cannot be read".to_owned(), place: 0..pattern.len() },
    }
}

/// The place of an error, which the parser gives as empty where one character is meant.
fn place_of(pattern: &str, span: &ast::Span) -> Range<usize> {
    let (start, end) = (span.start.offset, span.end.offset);
    let first = pattern.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    start..end.max(start + first)
}

fn problem(pattern: &str, place: &Range<usize>, kind: &ErrorKind) -> String {
    let there = pattern.get(place.clone()).unwrap_or_default();
    match kind {
        ErrorKind::GroupUnclosed => r"This “(” has no “)”. Close it, or write “\(” for the sign itself".to_owned(),
        ErrorKind::GroupUnopened => r"This “)” has no “(”. Open it, or write “\)” for the sign itself".to_owned(),
        ErrorKind::ClassUnclosed => r"This “[” has no “]”. Close it, or write “\[” for the sign itself".to_owned(),
        ErrorKind::ClassRangeInvalid => format!("The range “{there}” runs backwards. Put the smaller sign first"),
        ErrorKind::ClassRangeLiteral | ErrorKind::ClassEscapeInvalid => {
            format!("“{there}” cannot stand in brackets here. A range needs one sign on each side of “-”")
        }
        ErrorKind::RepetitionMissing => {
            format!("“{there}” repeats nothing. Put something before it, or write “\\{there}” for the sign itself")
        }
        ErrorKind::RepetitionCountInvalid => format!("“{there}” asks for at least more than for at most"),
        ErrorKind::RepetitionCountDecimalEmpty | ErrorKind::DecimalEmpty | ErrorKind::DecimalInvalid => {
            r"A number belongs between “{” and “}”. Write “\{” for the sign itself".to_owned()
        }
        ErrorKind::RepetitionCountUnclosed => {
            r"This “{” has no “}”. Close it, or write “\{” for the sign itself".to_owned()
        }
        ErrorKind::EscapeUnexpectedEof => {
            r"A “\” at the end stands for nothing. Write “\\” for the sign itself".to_owned()
        }
        ErrorKind::EscapeUnrecognized => format!("“{there}” has no meaning. Leave the “\\” away for the sign itself"),
        ErrorKind::EscapeHexEmpty | ErrorKind::EscapeHexInvalid | ErrorKind::EscapeHexInvalidDigit => {
            format!("“{there}” is no character’s number")
        }
        ErrorKind::UnicodeClassInvalid => r"“\p” needs a class behind it, as in “\p{Greek}”".to_owned(),
        ErrorKind::UnsupportedBackreference => {
            format!("“{there}” refers back to a group, which this search cannot do")
        }
        ErrorKind::UnsupportedLookAround => format!("“{there}” looks around, which this search cannot do"),
        ErrorKind::NestLimitExceeded(_) => "Groups nest too deep here".to_owned(),
        ErrorKind::CaptureLimitExceeded => "There are too many groups".to_owned(),
        ErrorKind::FlagUnexpectedEof
        | ErrorKind::FlagUnrecognized
        | ErrorKind::FlagDanglingNegation
        | ErrorKind::FlagDuplicate { .. }
        | ErrorKind::FlagRepeatedNegation { .. } => {
            r"“(?” wants flags here, as in “(?i)”. Write “\(\?” for the signs themselves".to_owned()
        }
        ErrorKind::GroupNameDuplicate { .. } => format!("Two groups are called “{there}”"),
        ErrorKind::GroupNameEmpty | ErrorKind::GroupNameInvalid | ErrorKind::GroupNameUnexpectedEof => {
            "A group’s name is made of letters, digits and “_”, between “<” and “>”".to_owned()
        }
        ErrorKind::SpecialWordBoundaryUnclosed
        | ErrorKind::SpecialWordBoundaryUnrecognized
        | ErrorKind::SpecialWordOrRepetitionUnexpectedEof => {
            r"“\b{” wants “start” or “end” and “}” behind it".to_owned()
        }
        _ => format!("“{there}” cannot be read"),
    }
}

fn class_problem(pattern: &str, place: &Range<usize>, kind: &hir::ErrorKind) -> String {
    let there = pattern.get(place.clone()).unwrap_or_default();
    match kind {
        hir::ErrorKind::UnicodePropertyNotFound | hir::ErrorKind::UnicodePropertyValueNotFound => {
            format!("No class of characters is called “{there}”. “\\p{{L}}” is any letter")
        }
        _ => format!("“{there}” would find parts of characters"),
    }
}
