//! What of a query can be searched for at once while it is being typed. One or two letters begin a word in nearly every
//! text: to look for all of them takes a hundred times as long as for the words before them, and leaves out next to
//! nothing. Runs no search.

use super::tree::{Field, Phrase, Term};
use super::{Query, SHORT_LETTERS};
use crate::library::terms::can_grow;

/// A query without the beginnings that are too short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searchable {
    /// What has to occur in the large index; `None` for anything.
    pub words: Option<String>,
    /// The same with the beginnings that were left out as whole words, such as the D of vitamin D: what has them comes
    /// first. `None` where none was left out.
    pub whole_words: Option<String>,
    /// What has to occur in the small index, which has titles, sites and tags: beginnings asked for in one of these.
    pub short: Vec<String>,
    /// What `words` says, to be ranked by.
    pub terms: Vec<Term>,
    /// The phrases that are searched for, to be lit up.
    pub highlights: Vec<Phrase>,
}

impl Query {
    /// What can be searched for at once. A query that is [`Query::short`] as a whole is one for the small index.
    pub fn searchable(&self) -> Searchable {
        if let Some(short) = self.fts_short() {
            return Searchable { short: vec![short], highlights: self.highlights(), ..Searchable::default() };
        }
        let mut left = Query { terms: Vec::new(), ..self.clone() };
        let mut whole = left.clone();
        let mut short = Vec::new();
        for term in &self.terms {
            if let Term::Phrase(phrase) = term
                && is_too_short(phrase)
                && phrase.terms.len() == 1
                && matches!(phrase.field, Some(Field::Title | Field::Site | Field::Tags))
            {
                let alone = Query { terms: vec![term.clone()], ..Query::default() };
                short.extend(alone.fts());
                continue;
            }
            left.terms.extend(without_beginnings(term));
            whole.terms.push(with_whole_words(term));
        }
        let words = left.fts();
        let whole_words = Some(whole.fts()).filter(|whole| *whole != words).flatten();
        let highlights = left.highlights();
        Searchable { words, whole_words, short, terms: left.terms, highlights }
    }
}

/// Whether a phrase ends with the beginning of a word that is too short to be looked for.
fn is_too_short(phrase: &Phrase) -> bool {
    let last = phrase.terms.last().filter(|_| phrase.is_prefix);
    last.is_some_and(|last| can_grow(last) && last.chars().count() <= SHORT_LETTERS)
}

fn without_beginning(phrase: &Phrase) -> Option<Phrase> {
    let mut phrase = phrase.clone();
    if is_too_short(&phrase) {
        phrase.terms.pop();
        phrase.is_prefix = false;
    }
    (!phrase.terms.is_empty()).then_some(phrase)
}

fn without_beginnings(term: &Term) -> Option<Term> {
    match term {
        Term::Phrase(phrase) => without_beginning(phrase).map(Term::Phrase),
        Term::Near { phrases, distance } => {
            let mut phrases: Vec<Phrase> = phrases.iter().filter_map(without_beginning).collect();
            match phrases.len() {
                0 | 1 => phrases.pop().map(Term::Phrase),
                _ => Some(Term::Near { phrases, distance: *distance }),
            }
        }
        Term::Any(terms) => {
            let mut terms: Vec<Term> = terms.iter().filter_map(without_beginnings).collect();
            match terms.len() {
                0 | 1 => terms.pop(),
                _ => Some(Term::Any(terms)),
            }
        }
    }
}

fn with_whole_words(term: &Term) -> Term {
    let whole = |phrase: &Phrase| Phrase { is_prefix: phrase.is_prefix && !is_too_short(phrase), ..phrase.clone() };
    match term {
        Term::Phrase(phrase) => Term::Phrase(whole(phrase)),
        Term::Near { phrases, distance } => {
            Term::Near { phrases: phrases.iter().map(whole).collect(), distance: *distance }
        }
        Term::Any(terms) => Term::Any(terms.iter().map(with_whole_words).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_beginnings_are_left_out() {
        let check = |typed: &str, words: Option<&str>, whole_words: Option<&str>, short: &[&str]| {
            let found = Query::read(typed).searchable();
            let found_short: Vec<&str> = found.short.iter().map(String::as_str).collect();
            assert_eq!(
                (found.words.as_deref(), found.whole_words.as_deref(), found_short.as_slice()),
                (words, whole_words, short),
                "{typed}"
            );
        };
        check("", None, None, &[]);
        check("f", None, None, &[r#""f" *"#]);
        check("ferry", Some(r#""ferry" *"#), None, &[]);
        check("ferry h", Some(r#""ferry""#), Some(r#""ferry" AND "h""#), &[]);
        check("ferry h ", Some(r#""ferry" AND "h""#), None, &[]);
        check("ferry har", Some(r#""ferry" AND "har" *"#), None, &[]);
        check("\"the old h", Some(r#""the old""#), Some(r#""the old h""#), &[]);
        check("h* libr*", Some(r#""libr" *"#), Some(r#""h" AND "libr" *"#), &[]);
        check("ferry OR b", Some(r#""ferry""#), Some(r#"("ferry" OR "b")"#), &[]);
        check("a OR b OR c", Some(r#"("a" OR "b")"#), Some(r#"("a" OR "b" OR "c")"#), &[]);
        check("NEAR(ferry h", Some(r#""ferry""#), Some(r#"NEAR("ferry" "h", 10)"#), &[]);
        check("title:h", None, None, &[r#"{title} : "h" *"#]);
        check("ferry tag:la", Some(r#""ferry""#), None, &[r#"{tags} : "la" *"#]);
        check("author:a", None, Some(r#"{author} : "a""#), &[]);
        check("ferry 東", Some(r#""ferry" AND "東""#), None, &[]);
    }

    #[test]
    fn what_is_left_out_is_not_lit_up() {
        let lit = |typed: &str| Query::read(typed).searchable().highlights.len();
        assert_eq!((lit("ferry h"), lit("ferry har"), lit("f")), (1, 2, 1));
    }
}
