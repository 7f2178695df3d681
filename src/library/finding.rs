//! Full-text search: what is typed → stories in order, and their rows with the words lit up. How a query is read is the work
//! of [`super::query`].

use std::collections::HashSet;
use std::ops::Range;

use rusqlite::{ToSql, params_from_iter};

use super::error::Result;
use super::listing::{Condition, condition_of, order_of};
use super::query::{Condition as Asked, Field, Filter, Phrase, Problem, Query, Snippet, State, Term, snippet};
use super::store::Reader;
use super::values::{Entry, Key, Sort, View};

/// Up to here hits are ranked; of more the latest are listed, the newest first. Ranking needs every hit, and nobody leafs
/// through thousands.
pub const MOST_RANKED: usize = 2_000;

/// A word that is in more stories than this is not ranked by: to rank 5,000 takes some 8 ms, and one of them alone would be
/// no help to tell stories apart.
const MOST_RARE: i64 = 5_000;

/// How much more a word counts in each column of the index than in the body: title, author, site, tags, notes, body. A
/// title of six words that has the word is about it; a body of a thousand may only mention it. They meet every row of
/// `tests/fixtures/library/queries.tsv`, as do weights near them. Equal ones miss four, since a long text that has a word
/// twice then beats a title; a site that counts as much as a title misses two, since everything in the “Harbour Post” is
/// then about harbours.
const WEIGHTS: &str = "10.0, 3.0, 2.0, 4.0, 3.0, 1.0";
/// The same for what one or two letters are searched in: title, site, tags.
const SHORT_WEIGHTS: &str = "10.0, 2.0, 3.0";

/// Where a snippet is looked for first, in bytes: more than most articles have.
const BEGINNING_BYTES: usize = 16_000;

/// Characters of a snippet on either side of its hits.
const SNIPPET_CHARS: usize = 60;

/// The stories that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In order: ranked, or as they were sorted.
    pub keys: Vec<Key>,
    /// Whether there are more than are listed.
    pub is_cut: bool,
    /// What is odd about what was typed.
    pub problems: Vec<Problem>,
}

/// A row's text with the words that were searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lit {
    /// In the title, in bytes.
    pub title: Vec<Range<usize>>,
    /// In the excerpt, in bytes.
    pub excerpt: Vec<Range<usize>>,
}

impl Reader {
    /// The stories of a view that answer a query, as it was typed: by rank where there are words to rank by, else sorted. An
    /// empty query is the view itself.
    ///
    /// # Errors
    /// What keeps the library from being searched.
    pub fn find(&self, view: &View, sort: Sort, typed: &str) -> Result<Found> {
        let query = Query::read(typed);
        let problems = query.problems.clone();
        if typed.trim().is_empty() {
            return Ok(Found { keys: self.list(view, sort)?, is_cut: false, problems });
        }
        let mut condition = condition_of(view, false);
        for filter in &query.filters {
            add_filter(&mut condition, filter);
        }
        let mut searchable = query.searchable();
        let short = searchable.short.pop();
        for more in searchable.short {
            condition.sql.push_str(" AND key IN (SELECT rowid FROM short_search WHERE short_search MATCH ?)");
            condition.values.push(Box::new(more));
        }
        let excluded = query.fts_excluded();
        let (table, words) = match (searchable.words, short) {
            (Some(words), short) => {
                if let Some(short) = short {
                    condition.sql.push_str(" AND key IN (SELECT rowid FROM short_search WHERE short_search MATCH ?)");
                    condition.values.push(Box::new(short));
                }
                ("search", words)
            }
            (None, short) => {
                if let Some(excluded) = &excluded {
                    condition.sql.push_str(" AND key NOT IN (SELECT rowid FROM search WHERE search MATCH ?)");
                    condition.values.push(Box::new(excluded.clone()));
                }
                match short {
                    Some(short) => ("short_search", short),
                    None => {
                        // On the way to a word, or filters alone: no more than a person looks through.
                        let (sql, order, most) = (condition.sql, order_of(sort), MOST_RANKED + 1);
                        let sql = format!("SELECT key FROM stories WHERE {sql} ORDER BY {order} LIMIT {most}");
                        let mut keys = self.keys(&sql, condition.values)?;
                        let is_cut = keys.len() > MOST_RANKED;
                        keys.truncate(MOST_RANKED);
                        return Ok(Found { keys, is_cut, problems });
                    }
                }
            }
        };
        // Rows are numbered as stories come in, so the latest hits are read first and the rest not at all.
        let sql = format!(
            "SELECT key FROM {table} CROSS JOIN stories ON key = {table}.rowid
             WHERE {table} MATCH ? AND {} ORDER BY {table}.rowid DESC LIMIT {}",
            condition.sql,
            MOST_RANKED + 1,
        );
        // FTS5's own NOT looks only where the words were found.
        let matched = match &excluded {
            Some(excluded) if table == "search" => format!("({words}) NOT ({excluded})"),
            _ => words.clone(),
        };
        let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(matched)];
        values.append(&mut condition.values);
        let mut keys = self.keys(&sql, values)?;
        let is_cut = keys.len() > MOST_RANKED;
        keys.truncate(MOST_RANKED);
        if !is_cut && keys.len() > 1 {
            keys = self.ranked(table, &searchable.terms, &words, keys)?;
            if let Some(whole_words) = searchable.whole_words {
                let sql = "SELECT rowid FROM search WHERE search MATCH ?";
                let first: HashSet<Key> = self.keys(sql, vec![Box::new(whole_words)])?.into_iter().collect();
                keys.sort_by_key(|key| !first.contains(key));
            }
        }
        Ok(Found { keys, is_cut, problems })
    }

    /// The same stories, the best first (BM25, a word in the title counting for many in the body). BM25 reads all that is
    /// known of every word it ranks by: common ones, which say least of what is meant, are left out. Where only those
    /// are left, what has them in the title comes first.
    fn ranked(&self, table: &str, terms: &[Term], words: &str, keys: Vec<Key>) -> Result<Vec<Key>> {
        let (weights, ranked_by) = if table == "search" {
            let mut rare = Vec::new();
            for term in terms {
                let is_rare = term.phrases().into_iter().map(|phrase| self.is_rare_phrase(phrase));
                if is_rare.collect::<Result<Vec<bool>>>()?.into_iter().all(|is_rare| is_rare) {
                    rare.push(term.clone());
                }
            }
            (WEIGHTS, Query { terms: rare, ..Query::default() }.fts())
        } else {
            (SHORT_WEIGHTS, self.is_rare(table, words)?.then(|| words.to_owned()))
        };
        let first = match ranked_by {
            Some(ranked_by) => {
                let sql = format!(
                    "SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY bm25({table}, {weights}), rowid DESC"
                );
                self.keys(&sql, vec![Box::new(ranked_by)])?
            }
            None => {
                // The small index has the titles too, and no texts to be passed over; but not every field that can be asked
                // for.
                let is_in_both = |phrase: &Phrase| !matches!(phrase.field, Some(Field::Author | Field::Notes));
                let is_small = terms.iter().flat_map(Term::phrases).all(is_in_both);
                let table = if is_small { "short_search" } else { table };
                let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC");
                self.keys(&sql, vec![Box::new(format!("{{title}} : ({words})"))])?
            }
        };
        let listed: HashSet<Key> = keys.iter().copied().collect();
        let mut ranked: Vec<Key> = first.into_iter().filter(|key| listed.contains(key)).collect();
        if ranked.len() < keys.len() {
            let first: HashSet<Key> = ranked.iter().copied().collect();
            ranked.extend(keys.into_iter().filter(|key| !first.contains(key)));
        }
        Ok(ranked)
    }

    /// Whether a phrase is found quickly: one of its words leads to few stories.
    fn is_rare_phrase(&self, phrase: &Phrase) -> Result<bool> {
        for (number, term) in phrase.terms.iter().enumerate() {
            let is_prefix = phrase.is_prefix && number + 1 == phrase.terms.len();
            let alone = Phrase { field: None, terms: vec![term.clone()], is_prefix };
            let alone = Query { terms: vec![Term::Phrase(alone)], ..Query::default() };
            if self.is_rare("search", &alone.fts().unwrap_or_default())? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether no more stories have words than may be ranked by them.
    fn is_rare(&self, table: &str, words: &str) -> Result<bool> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {})", MOST_RARE + 1);
        let number: i64 = self.connection.prepare_cached(&sql)?.query_row([words], |row| row.get(0))?;
        Ok(number <= MOST_RARE)
    }

    fn keys(&self, sql: &str, values: Vec<Box<dyn ToSql>>) -> Result<Vec<Key>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let keys = statement.query_map(params_from_iter(values), |row| row.get(0).map(Key))?;
        Ok(keys.collect::<std::result::Result<_, _>>()?)
    }

    /// Rows, each with the part of its text where the query's words stand in place of its beginning.
    ///
    /// # Errors
    /// What keeps them from being read.
    pub fn found_entries(&self, keys: &[Key], typed: &str) -> Result<Vec<(Key, Entry, Lit)>> {
        let phrases = if typed.trim().is_empty() { Vec::new() } else { Query::read(typed).searchable().highlights };
        let mut found = Vec::with_capacity(keys.len());
        for (key, mut entry) in self.entries(keys)? {
            let mut lit = Lit::default();
            if !phrases.is_empty() {
                lit.title = super::query::find_hits(&entry.title, &phrases, 20);
                if let Some(flat) = self.flat_text(key)? {
                    let cut = first_snippet(&flat, &phrases);
                    if !cut.hits.is_empty() {
                        (entry.excerpt, lit.excerpt) = (cut.text, cut.hits);
                    }
                }
            }
            found.push((key, entry, lit));
        }
        Ok(found)
    }
}

/// A snippet of a text's beginning, or of the whole where the words stand further on: folding a book takes longer than a
/// person's next keystroke.
fn first_snippet(flat: &str, phrases: &[Phrase]) -> Snippet {
    let beginning = flat.get(..flat.floor_char_boundary(BEGINNING_BYTES)).unwrap_or(flat);
    let cut = snippet(beginning, phrases, SNIPPET_CHARS);
    if cut.hits.is_empty() && beginning.len() < flat.len() { snippet(flat, phrases, SNIPPET_CHARS) } else { cut }
}

fn add_filter(condition: &mut Condition, filter: &Filter) {
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    let mut text = |text: String| values.push(Box::new(text));
    let sql = match &filter.condition {
        Asked::Before(date) => {
            text(date.to_string());
            "published < ?"
        }
        Asked::After(date) => {
            text(date.to_string());
            "published >= ?"
        }
        Asked::Language(tag) => {
            // It has letters, digits and hyphens, none of which means anything to LIKE.
            text(tag.clone());
            text(format!("{tag}-%"));
            "language = ? COLLATE NOCASE OR language LIKE ?"
        }
        Asked::Is(State::Unread) => "read = 0",
        Asked::Is(State::InProgress) => "read = 1",
        Asked::Is(State::Finished) => "read = 2",
        Asked::Is(State::Archived) => "shelf = 1",
        Asked::Is(State::Inbox) => "shelf = 0",
        Asked::Is(State::Missing) => {
            "key IN (SELECT story FROM story_sources JOIN seen USING (source) WHERE is_missing = 1)
             AND NOT EXISTS (SELECT 1 FROM story_sources JOIN seen USING (source)
                             WHERE story = stories.key AND is_missing = 0)"
        }
    };
    // What is not known does not hold, and neither does its opposite hide a story.
    let sql = if filter.is_negated { format!(" AND NOT ifnull(({sql}), 0)") } else { format!(" AND ({sql})") };
    condition.sql.push_str(&sql);
    condition.values.append(&mut values);
}
