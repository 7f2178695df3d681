//! What is typed, cut into clauses and the signs between them. Knows what a clause means, not what the query does.

use std::ops::Range;

use crate::library::terms::{can_grow, phrase_of};

use super::assembly::MOST_CLAUSES;
use super::fields::{self, Key};
use super::problem::{Problem, ProblemKind};
use super::tree::{Condition, Field, Phrase, Term};

/// Terms between the words of NEAR where no number is typed; FTS5's own default.
pub(super) const NEAR_DISTANCE: u32 = 10;

/// Clauses, signs and parentheses that are read: those of any query a person types.
const MOST_ITEMS: usize = 4 * MOST_CLAUSES;

/// More than this is most of a text anyway.
const FARTHEST: u32 = 1_000;

/// A clause or a sign between two, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) place: Range<usize>,
    pub(super) kind: Kind,
}

/// What stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Or,
    And,
    Not,
    Near(u32),
    Parenthesis,
    Words { term: Term, is_negated: bool },
    Filter { condition: Condition, is_negated: bool },
}

/// Cuts what was typed, and says what is wrong with its parts.
pub(super) fn read(typed: &str) -> (Vec<Item>, Vec<Problem>) {
    let mut reader = Reader { typed, at: 0, problems: Vec::new() };
    let mut items = Vec::new();
    while reader.at < typed.len() && items.len() < MOST_ITEMS {
        items.extend(reader.item());
    }
    (items, reader.problems)
}

struct Reader<'a> {
    typed: &'a str,
    at: usize,
    problems: Vec<Problem>,
}

/// A text between quotation marks, or as good as.
struct Quoted<'a> {
    text: &'a str,
    /// Whether its last word is still being typed, or has a star behind it.
    is_prefix: bool,
}

/// Quotation marks of a keyboard, and those that a system makes of them.
fn closing_mark(opening: char) -> Option<fn(char) -> bool> {
    match opening {
        '"' | '“' | '”' | '„' | '‟' | '＂' => Some(|c| matches!(c, '"' | '“' | '”' | '„' | '‟' | '＂')),
        '«' => Some(|c| c == '»'),
        _ => None,
    }
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−')
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.typed.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over what `belongs`, and gives it.
    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.split(|c| !belongs(c)).next().unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn step_over(&mut self, sign: &str) -> bool {
        let is_there = self.rest().starts_with(sign);
        if is_there {
            self.at += sign.len();
        }
        is_there
    }

    fn problem(&mut self, start: usize, kind: ProblemKind) {
        self.problems.push(Problem { place: start..self.at, kind });
    }

    /// The next item; `None` where nothing to search for stands. Always steps ahead.
    fn item(&mut self) -> Option<Item> {
        self.take_while(char::is_whitespace);
        let start = self.at;
        let c = self.next()?;
        if matches!(c, '(' | ')') {
            self.at += 1;
            return Some(Item { place: start..self.at, kind: Kind::Parenthesis });
        }
        let is_negated = !self.take_while(is_minus).is_empty();
        if is_negated && self.next().is_none_or(char::is_whitespace) {
            return None;
        }
        let kind = self.clause(is_negated)?;
        Some(Item { place: start..self.at, kind })
    }

    fn clause(&mut self, is_negated: bool) -> Option<Kind> {
        let start = self.at;
        if self.next().and_then(closing_mark).is_some() {
            return self.words(None, is_negated);
        }
        let word = self.peek_word();
        match word {
            "OR" | "AND" | "NOT" | "NEAR" if !is_negated => {
                self.at += word.len();
                return Some(match word {
                    "OR" => Kind::Or,
                    "AND" => Kind::And,
                    "NOT" => Kind::Not,
                    _ => Kind::Near(NEAR_DISTANCE),
                });
            }
            _ => {}
        }
        if let Some(number) = word.strip_prefix("NEAR/").filter(|_| !is_negated) {
            self.at += word.len();
            let distance = distance(number);
            if distance.is_none() {
                self.problem(start, ProblemKind::NoDistance);
            }
            return Some(Kind::Near(distance.unwrap_or(NEAR_DISTANCE)));
        }
        let Some((name, colon)) = word.find([':', '：']).and_then(|at| {
            let (name, rest) = word.split_at_checked(at)?;
            Some((name, rest.chars().next()?))
        }) else {
            return self.words(None, is_negated);
        };
        let behind = start + name.len() + colon.len_utf8();
        let Some(key) = fields::key(name) else {
            self.at = behind;
            // “https://”, “std::fs”, “12:30” and “So: …” are no attempts at a field.
            let is_attempt = name.chars().count() > 1
                && name.chars().all(char::is_alphabetic)
                && self.next().is_some_and(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '/'));
            if is_attempt {
                self.problem(start, fields::unknown(name));
            }
            self.at = start;
            return self.words(None, is_negated);
        };
        self.at = behind;
        if self.next().is_none_or(char::is_whitespace) {
            self.problem(start, fields::empty(key));
            return None;
        }
        if let Key::Words(field) = key {
            return self.words(Some(field), is_negated);
        }
        let value = match self.quoted(true) {
            Some(quoted) => quoted.text,
            None => self.take_word(),
        };
        match fields::condition(key, value.trim()) {
            Ok(condition) => Some(Kind::Filter { condition, is_negated }),
            Err(kind) => {
                self.problem(start, kind);
                None
            }
        }
    }

    /// A word, a phrase or NEAR( … ), with the field already read.
    fn words(&mut self, field: Option<Field>, is_negated: bool) -> Option<Kind> {
        let term = if self.rest().starts_with("NEAR(") {
            self.near(field, is_negated)
        } else {
            self.phrase(field, is_negated, |_| false).map(Term::Phrase)
        };
        term.map(|term| Kind::Words { term, is_negated })
    }

    /// The word at the place: up to white space or a quotation mark.
    fn peek_word(&self) -> &'a str {
        self.rest().split(|c: char| c.is_whitespace() || closing_mark(c).is_some()).next().unwrap_or_default()
    }

    fn take_word(&mut self) -> &'a str {
        let word = self.peek_word();
        self.at += word.len();
        word
    }

    /// A word or a phrase in quotation marks; a word ends at what `ends` too.
    fn phrase(&mut self, field: Option<Field>, is_negated: bool, ends: impl Fn(char) -> bool) -> Option<Phrase> {
        let (text, is_prefix) = match self.quoted(is_negated) {
            Some(quoted) => (quoted.text, quoted.is_prefix),
            None => {
                let start = self.at;
                let word = self.take_while(|c| !c.is_whitespace() && closing_mark(c).is_none() && !ends(c));
                let is_typing = self.at == self.typed.len() && !is_negated;
                let (text, has_star) = self.without_star(word, start);
                (text, has_star || is_typing)
            }
        };
        let terms = phrase_of(text);
        let is_prefix = is_prefix && terms.last().is_some_and(|term| can_grow(term));
        (!terms.is_empty()).then_some(Phrase { field, terms, is_prefix })
    }

    /// A word up to its star, and whether it has one.
    fn without_star(&mut self, word: &'a str, start: usize) -> (&'a str, bool) {
        let has_letters = |part: &str| part.contains(char::is_alphanumeric);
        // Stars in front of a word ask for what cannot be searched; the word can.
        let trimmed = word.trim_start_matches('*');
        let (beginning, behind) = trimmed.split_once('*').unwrap_or((trimmed, ""));
        if has_letters(word) && (trimmed.len() < word.len() || has_letters(behind)) {
            self.problem(start, ProblemKind::MisplacedStar);
        }
        (beginning, trimmed.contains('*'))
    }

    /// The text in quotation marks, if one stands here.
    fn quoted(&mut self, is_whole: bool) -> Option<Quoted<'a>> {
        let start = self.at;
        let opening = self.next()?;
        let is_closing = closing_mark(opening)?;
        self.at += opening.len_utf8();
        let text = self.take_while(|c| !is_closing(c));
        if let Some(closing) = self.next() {
            self.at += closing.len_utf8();
            return Some(Quoted { text, is_prefix: self.step_over("*") });
        }
        self.problem(start, ProblemKind::UnclosedQuote);
        let is_typing = !is_whole && !text.ends_with(char::is_whitespace);
        Some(Quoted { text, is_prefix: is_typing })
    }

    /// `NEAR(ferry "old harbour" b*, 5)`.
    fn near(&mut self, field: Option<Field>, is_negated: bool) -> Option<Term> {
        let start = self.at;
        self.step_over("NEAR(");
        let (mut phrases, mut number, mut is_closed) = (Vec::new(), None, false);
        while let Some(c) = self.next().filter(|_| phrases.len() < MOST_CLAUSES) {
            if c.is_whitespace() {
                self.at += c.len_utf8();
            } else if self.step_over(")") {
                is_closed = true;
                break;
            } else if self.step_over(",") {
                number = self.distance_to_end();
                is_closed = number.is_some();
                if is_closed {
                    break;
                }
            } else {
                phrases.extend(self.phrase(field, is_negated, |c| matches!(c, ',' | ')')));
            }
        }
        if !is_closed {
            self.problem(start, ProblemKind::UnclosedNear);
        }
        if phrases.len() < 2 {
            self.problem(start, ProblemKind::LoneNear);
            return phrases.pop().map(Term::Phrase);
        }
        Some(Term::Near { phrases, distance: number.unwrap_or(NEAR_DISTANCE) })
    }

    /// The number and the parenthesis that end NEAR( … ), if they stand here; the parenthesis may still be to come.
    fn distance_to_end(&mut self) -> Option<u32> {
        let start = self.at;
        let number = self.take_while(|c| c.is_ascii_digit() || c.is_whitespace()).trim();
        let distance = distance(number).filter(|_| self.at == self.typed.len() || self.step_over(")"));
        if distance.is_none() {
            self.at = start;
        }
        distance
    }
}

fn distance(number: &str) -> Option<u32> {
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.parse().unwrap_or(FARTHEST).min(FARTHEST))
}
