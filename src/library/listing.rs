//! The stories of a view, in order, and what their rows show. A list is numbers alone: a hundred thousand of them are read
//! in one go, and rows are asked for as they come into sight.

use rusqlite::{Connection, OptionalExtension as _, ToSql, params_from_iter};

use super::adding::to_json;
use super::changing::{note, tags};
use super::documents::{range_under, seen_of};
use super::error::{LibraryError, Result};
use super::store::{Reader, Store};
use super::values::{Counts, Entry, Key, ReadState, Shelf, Sort, Status, View};

/// The sites that are listed, those with most stories.
const MOST_SITES: i64 = 60;

/// A condition on stories, or a question about them, and its values.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Box<dyn ToSql>>,
}

impl Reader {
    /// The stories of a view, in order.
    ///
    /// # Errors
    /// What keeps them from being listed.
    pub fn list(&self, view: &View, sort: Sort) -> Result<Vec<Key>> {
        let Condition { sql, values } = sql_of(view, sort);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let keys = statement.query_map(params_from_iter(values), |row| row.get(0).map(Key))?;
        Ok(keys.collect::<std::result::Result<_, _>>()?)
    }

    /// What the rows of stories show, in their order; a story that is gone is left out.
    ///
    /// # Errors
    /// What keeps them from being read.
    pub fn entries(&self, keys: &[Key]) -> Result<Vec<(Key, Entry)>> {
        let all =
            keys.iter().map(|key| Ok(self.entry(*key)?.map(|entry| (*key, entry)))).collect::<Result<Vec<_>>>()?;
        Ok(all.into_iter().flatten().collect())
    }

    /// What the row of a story shows; `None` where there is no such story.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn entry(&self, key: Key) -> Result<Option<Entry>> {
        let sql =
            "SELECT title, site, authors, language, excerpt, words, minutes, published, url, added_ms, shelf, read,
                       progress, thumbnail,
                       (SELECT count(*) FROM stories AS other WHERE other.series = stories.series AND shelf = 3)
                   FROM stories JOIN summaries ON summaries.story = stories.key WHERE stories.key = ?1";
        let row = |row: &rusqlite::Row<'_>| {
            #[expect(clippy::cast_possible_truncation, reason = "0 to 1, and no more precise than a screen")]
            let progress = row.get::<_, f64>(12)? as f32;
            let status = Status {
                shelf: Shelf::from_number(row.get(10)?),
                read: ReadState::from_number(row.get(11)?),
                progress,
                ..Status::default()
            };
            let entry = Entry {
                title: row.get(0)?,
                site: row.get(1)?,
                authors: Vec::new(),
                language: row.get(3)?,
                excerpt: row.get(4)?,
                words: count(row.get(5)?),
                minutes: count(row.get(6)?),
                published: row.get(7)?,
                url: row.get(8)?,
                added_ms: row.get(9)?,
                status,
                thumbnail: row.get(13)?,
                seen: None,
                is_missing: false,
                older_versions: count(row.get(14)?),
                corrections: Vec::new(),
            };
            Ok((entry, row.get::<_, String>(2)?))
        };
        let found = self.connection.prepare_cached(sql)?.query_row([key.0], row).optional()?;
        let Some((mut entry, authors)) = found else { return Ok(None) };
        entry.authors = serde_json::from_str(&authors).map_err(LibraryError::damaged)?;
        entry.status.tags = tags(&self.connection, key)?;
        entry.status.note = note(&self.connection, key)?;
        entry.corrections = self.corrections(key)?;
        let sql = "SELECT kind, path, is_missing FROM seen JOIN story_sources USING (source) WHERE story = ?1
                   ORDER BY is_missing, kind, seen_ms DESC LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| Ok((seen_of(row.get(0)?, row.get(1)?), row.get::<_, bool>(2)?));
        if let Some((seen, is_missing)) = self.connection.prepare_cached(sql)?.query_row([key.0], row).optional()? {
            entry.seen = Some(seen);
            entry.is_missing = is_missing;
        }
        Ok(Some(entry))
    }

    /// How many stories each view has.
    ///
    /// # Errors
    /// What keeps them from being counted.
    pub fn counts(&self) -> Result<Counts> {
        let mut counts = match self.kept_counts() {
            Some(counts) => counts,
            None => count_stories(&self.connection)?,
        };
        counts.folders = self.folders()?;
        Ok(counts)
    }

    /// What was counted since the last change; `None` too in a library that has no place for it.
    pub(super) fn kept_counts(&self) -> Option<Counts> {
        let mut statement = self.connection.prepare_cached("SELECT json FROM counted").ok()?;
        let json: String = statement.query_row([], |row| row.get(0)).ok()?;
        serde_json::from_str(&json).ok()
    }
}

impl Store {
    /// Keeps how many stories each view has, if that is not known already: for the next start.
    ///
    /// # Errors
    /// Nothing was kept then, and nothing is lost.
    pub(super) fn keep_counts(&mut self) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let is_known: bool =
            transaction.prepare_cached("SELECT EXISTS (SELECT 1 FROM counted)")?.query_row([], |row| row.get(0))?;
        if !is_known {
            let json = to_json(&count_stories(&transaction)?)?;
            transaction.prepare_cached("INSERT INTO counted (number, json) VALUES (1, ?1)")?.execute([json])?;
        }
        Ok(transaction.commit()?)
    }
}

/// Counts the stories of each view; without the folders.
pub(super) fn count_stories(connection: &Connection) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut statement = connection.prepare_cached("SELECT shelf, read, count(*) FROM stories GROUP BY 1, 2")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (shelf, read, number) = (Shelf::from_number(row.get(0)?), row.get::<_, i64>(1)?, count(row.get(2)?));
        let of_shelf = match shelf {
            Shelf::Inbox => &mut counts.inbox,
            Shelf::Archive => &mut counts.archive,
            Shelf::Deleted => {
                counts.deleted += number;
                continue;
            }
            Shelf::Superseded => continue,
        };
        if let Some(slot) = of_shelf.get_mut(count(read)) {
            *slot += number;
        }
    }
    counts.tags = named_counts(
        connection,
        // Few stories are on other shelves: these are looked up, and the others counted in the index alone.
        "SELECT name, number FROM tags JOIN
             (SELECT tag, count(*) AS number FROM story_tags
              WHERE story NOT IN (SELECT key FROM stories WHERE shelf >= 2) GROUP BY tag) ON tag = tags.key
         ORDER BY name COLLATE NOCASE LIMIT ?1",
        i64::MAX,
    )?;
    counts.sites = named_counts(
        connection,
        "SELECT site, count(*) AS number FROM stories WHERE site IS NOT NULL AND shelf < 2
         GROUP BY site ORDER BY number DESC, site LIMIT ?1",
        MOST_SITES,
    )?;
    Ok(counts)
}

fn named_counts(connection: &Connection, sql: &str, most: i64) -> Result<Vec<(String, usize)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([most], |row| Ok((row.get(0)?, count(row.get(1)?))))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// What lists a view.
pub(super) fn sql_of(view: &View, sort: Sort) -> Condition {
    // Those of one shelf are in order in an index of their own.
    let is_looked_up = sort == Sort::Added && !matches!(view, View::All | View::Finished);
    let Condition { sql, values } = condition_of(view, is_looked_up);
    Condition { sql: format!("SELECT key FROM stories WHERE {sql} ORDER BY {}", order_of(sort)), values }
}

/// Which stories a view has. Where they are not to be looked up by their shelf, they are met on the way through an index
/// that has the list's order, and nothing is sorted (<https://sqlite.org/optoverview.html>, "Disqualifying WHERE clause terms
/// using unary +").
pub(super) fn condition_of(view: &View, is_looked_up: bool) -> Condition {
    let shelf = if is_looked_up { "shelf" } else { "+shelf" };
    let of = |condition: &str| Condition { sql: format!("{shelf} {condition}"), values: Vec::new() };
    let with = |condition: &str, values: Vec<Box<dyn ToSql>>| Condition {
        sql: format!("{shelf} IN (0, 1) AND {condition}"),
        values,
    };
    match view {
        View::Inbox => of("= 0"),
        View::Unread => of("= 0 AND read = 0"),
        View::InProgress => of("= 0 AND read = 1"),
        View::Finished => of("IN (0, 1) AND read = 2"),
        View::Archive => of("= 1"),
        View::All => of("IN (0, 1)"),
        View::Deleted => of("= 2"),
        View::Tag(tag) => with(
            "key IN (SELECT story FROM story_tags JOIN tags ON tags.key = tag WHERE name = ?)",
            vec![Box::new(tag.clone())],
        ),
        View::Site(site) => with("stories.site = ?", vec![Box::new(site.clone())]),
        View::Folder(folder) => {
            let (from, to) = range_under(folder);
            with(
                "key IN (SELECT story FROM story_sources JOIN seen USING (source)
                         WHERE kind = 0 AND path > ? AND path < ?)",
                vec![Box::new(from), Box::new(to)],
            )
        }
    }
}

pub(super) fn order_of(sort: Sort) -> &'static str {
    match sort {
        Sort::Added => "key DESC",
        // What states no date comes last: NULL is the smallest.
        Sort::Published => "published DESC, key DESC",
        Sort::Title => "title_key, key DESC",
        Sort::Length => "words DESC, key DESC",
        Sort::Progress => "progress DESC, key DESC",
    }
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}
