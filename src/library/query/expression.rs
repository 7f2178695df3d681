//! The query in the language of FTS5, for a table with the columns `title author site tags notes body` that
//! [`crate::library::terms::index_text`] has filled. Every term stands in quotation marks, so that nothing typed is ever
//! syntax. Knows no SQL: filters are the caller's.

use super::Query;
use super::tree::{Phrase, Term};

impl Query {
    /// What to MATCH; `None` if there are no words to search for, so that every article answers that the filters and the
    /// exclusions leave.
    pub fn fts(&self) -> Option<String> {
        joined(&self.terms, " AND ")
    }

    /// What an article may not MATCH, if anything. FTS5's own NOT needs a left side, which a query of exclusions only does
    /// not have: the caller takes these rows away.
    pub fn fts_excluded(&self) -> Option<String> {
        joined(&self.excluded, " OR ")
    }

    /// What to MATCH in the small table with the columns `title site tags` if the query is [`Query::short`], `None`
    /// otherwise. What is excluded is excluded as ever.
    pub fn fts_short(&self) -> Option<String> {
        if self.short() { self.fts() } else { None }
    }
}

fn joined(terms: &[Term], sign: &str) -> Option<String> {
    let terms: Vec<String> = terms.iter().map(expression).collect();
    (!terms.is_empty()).then(|| terms.join(sign))
}

fn expression(term: &Term) -> String {
    match term {
        Term::Phrase(phrase) => format!("{}{}", column(phrase), quoted(phrase)),
        Term::Near { phrases, distance } => {
            let words: Vec<String> = phrases.iter().map(quoted).collect();
            let column = phrases.first().map(column).unwrap_or_default();
            format!("{column}NEAR({}, {distance})", words.join(" "))
        }
        Term::Any(terms) => {
            let terms: Vec<String> = terms.iter().map(expression).collect();
            format!("({})", terms.join(" OR "))
        }
    }
}

fn column(phrase: &Phrase) -> String {
    phrase.field.map(|field| format!("{{{}}} : ", field.column())).unwrap_or_default()
}

fn quoted(phrase: &Phrase) -> String {
    // Terms are letters and digits, and have no quotation mark to be doubled.
    format!("\"{}\"{}", phrase.terms.join(" "), if phrase.is_prefix { " *" } else { "" })
}
