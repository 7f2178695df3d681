//! Clauses and the signs between them, put together to the query. Reads no text.

use std::ops::Range;

use super::Query;
use super::problem::{Problem, ProblemKind};
use super::reader::{Item, Kind};
use super::tree::{Field, Filter, Phrase, Term};

/// As many clauses as a person may type; what is more was pasted by mistake, and would only slow the search.
pub(super) const MOST_CLAUSES: usize = 64;

/// A sign that waits for what is behind it.
struct Waiting {
    place: Range<usize>,
    /// The distance of NEAR; `None` is OR.
    near: Option<u32>,
}

/// Puts the query together.
pub(super) fn assemble(typed: &str, items: Vec<Item>, problems: Vec<Problem>) -> Query {
    let mut assembly = Assembly::default();
    assembly.query.problems = problems;
    let (mut parenthesis, mut has_or, mut clauses) = (None, false, 0);
    for Item { place, kind } in items {
        match kind {
            Kind::And => {}
            Kind::Or => {
                has_or = true;
                assembly.wait(place, None);
            }
            Kind::Near(distance) => assembly.wait(place, Some(distance)),
            Kind::Not => assembly.not = true,
            Kind::Parenthesis => parenthesis = parenthesis.or(Some(place)),
            Kind::Words { .. } | Kind::Filter { .. } if clauses == MOST_CLAUSES => {
                assembly.problem(place.start..typed.len(), ProblemKind::TooManyWords { most: MOST_CLAUSES });
                break;
            }
            Kind::Words { term, is_negated } => {
                clauses += 1;
                let is_negated = is_negated ^ std::mem::take(&mut assembly.not);
                assembly.words(place, term, is_negated);
            }
            Kind::Filter { condition, is_negated } => {
                clauses += 1;
                let is_negated = is_negated ^ std::mem::take(&mut assembly.not);
                assembly.refuse_sign();
                assembly.last = None;
                assembly.query.filters.push(Filter { condition, is_negated });
            }
        }
    }
    assembly.stray_sign();
    if let Some(place) = parenthesis.filter(|_| has_or) {
        assembly.problem(place, ProblemKind::Parentheses);
    }
    assembly.finish(typed)
}

#[derive(Default)]
struct Assembly {
    query: Query,
    waiting: Option<Waiting>,
    /// Whether NOT stands before what is next.
    not: bool,
    /// Where the last clause stands, if a sign behind it could join it: words that are no exclusion.
    last: Option<Range<usize>>,
}

impl Assembly {
    fn problem(&mut self, place: Range<usize>, kind: ProblemKind) {
        self.query.problems.push(Problem { place, kind });
    }

    /// A sign between two clauses.
    fn wait(&mut self, place: Range<usize>, near: Option<u32>) {
        self.stray_sign();
        self.waiting = Some(Waiting { place, near });
        if self.last.is_none() {
            self.stray_sign();
        }
    }

    /// Says so if a sign waits in vain, and forgets it.
    fn stray_sign(&mut self) {
        if let Some(Waiting { place, near }) = self.waiting.take() {
            self.problem(place, if near.is_some() { ProblemKind::LoneNear } else { ProblemKind::StrayOr });
        }
    }

    /// Says so if a sign waits and what is behind it cannot be joined.
    fn refuse_sign(&mut self) {
        match self.waiting.take() {
            Some(Waiting { place, near: None }) => self.problem(place, ProblemKind::OrJoinsWords),
            Some(Waiting { place, near: Some(_) }) => self.problem(place, ProblemKind::LoneNear),
            None => {}
        }
    }

    fn words(&mut self, place: Range<usize>, term: Term, is_negated: bool) {
        if is_negated {
            self.refuse_sign();
            self.last = None;
            self.query.excluded.push(term);
            return;
        }
        self.last = Some(place.clone());
        let Some(waiting) = self.waiting.take() else {
            self.query.terms.push(term);
            return;
        };
        let Some(before) = self.query.terms.pop() else {
            self.query.terms.push(term);
            return;
        };
        let joined = match waiting.near {
            None => either(before, term),
            Some(distance) => {
                let is_apart = in_two_fields(&before, &term);
                if is_apart {
                    self.problem(place, ProblemKind::NearInTwoFields);
                }
                near(before, term, distance)
            }
        };
        self.query.terms.push(joined);
    }

    fn finish(mut self, typed: &str) -> Query {
        let query = &mut self.query;
        let place = {
            let start = typed.len() - typed.trim_start().len();
            start..typed.trim_end().len().max(start)
        };
        if query.terms.is_empty() && query.filters.is_empty() {
            let kind = match (query.excluded.is_empty(), query.problems.is_empty()) {
                (false, _) => Some(ProblemKind::OnlyExclusions),
                (true, true) if !place.is_empty() => Some(ProblemKind::NothingToSearch),
                _ => None,
            };
            query.problems.extend(kind.map(|kind| Problem { place, kind }));
        }
        query.problems.sort_by_key(|problem| problem.place.start);
        self.query
    }
}

/// `a OR b`.
fn either(before: Term, term: Term) -> Term {
    match before {
        Term::Any(mut terms) => {
            terms.push(term);
            Term::Any(terms)
        }
        before => Term::Any(vec![before, term]),
    }
}

fn in_two_fields(before: &Term, term: &Term) -> bool {
    let field = last_of(before).phrases().first().and_then(|phrase| phrase.field);
    term.phrases().iter().any(|phrase| phrase.field.is_some() && phrase.field != field)
}

/// What a sign behind a term joins.
fn last_of(term: &Term) -> &Term {
    match term {
        Term::Any(terms) => terms.last().unwrap_or(term),
        _ => term,
    }
}

/// `a NEAR b`; of `a OR b NEAR c`, b and c are near. The first field that is named counts for all.
fn near(before: Term, term: Term, distance: u32) -> Term {
    if let Term::Any(mut terms) = before {
        let Some(last) = terms.pop() else { return term };
        terms.push(near(last, term, distance));
        return Term::Any(terms);
    }
    let distance = [&before, &term].iter().fold(distance, |distance, term| match term {
        Term::Near { distance: other, .. } => distance.max(*other),
        _ => distance,
    });
    let mut phrases: Vec<Phrase> = before.phrases().into_iter().chain(term.phrases()).cloned().collect();
    let field: Option<Field> = phrases.iter().find_map(|phrase| phrase.field);
    for phrase in &mut phrases {
        phrase.field = field;
    }
    Term::Near { phrases, distance }
}
