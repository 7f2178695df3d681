//! Stories into the library. Tells a copy, a moved file and a newer version apart by their content: one story is kept once,
//! wherever it was seen, and a file whose content changed gives a new version that takes over what was written about the
//! old one.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde::Serialize;

use super::changing::{add_tag, note, set_status, status, tags};
use super::error::{LibraryError, Result};
use super::store::Store;
use super::values::{Kept, Key, NewSource, NewStory, Seen, Shelf, Status};
use super::{correcting, nearness, packing, terms};
use crate::document::{ReadState as StatedState, StoryId};
use crate::text;

/// A source with its stories, to be added.
#[derive(Clone, Debug)]
pub struct Addition<'a> {
    /// What was read.
    pub source: &'a NewSource,
    /// Its stories; never empty.
    pub stories: Vec<NewStory<'a>>,
    /// Whether a person asked for it: then a story that was deleted comes back.
    pub is_asked_for: bool,
}

impl Store {
    /// Adds sources with their stories, all or none; they are on the disk when this answers. `now_ms` is in milliseconds
    /// since 1970. Answers for each story of each source, in order.
    ///
    /// # Errors
    /// Nothing was added then.
    pub fn add(&mut self, additions: &[Addition<'_>], now_ms: i64) -> Result<Vec<Vec<Kept>>> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let kept = additions.iter().map(|addition| add(&transaction, addition, now_ms)).collect::<Result<_>>()?;
        transaction.commit()?;
        Ok(kept)
    }

    /// A file was looked for and not found. Its stories stay.
    ///
    /// # Errors
    /// Nothing was changed then.
    pub fn mark_missing(&mut self, path: &std::path::Path, is_missing: bool) -> Result<()> {
        let (kind, path) = seen_columns(&Seen::File(path.to_owned()));
        let sql = "UPDATE seen SET is_missing = ?3 WHERE kind = ?1 AND path = ?2";
        self.connection.prepare_cached(sql)?.execute(params![kind, path, is_missing])?;
        Ok(())
    }
}

fn add(transaction: &Transaction<'_>, addition: &Addition<'_>, now_ms: i64) -> Result<Vec<Kept>> {
    let source = keep_source(transaction, addition.source)?;
    let (kind, path) = seen_columns(&addition.source.seen);
    let path = if matches!(addition.source.seen, Seen::Pasted) { addition.source.id.as_str().into() } else { path };
    let sql = "SELECT source FROM seen WHERE kind = ?1 AND path = ?2";
    let before: Option<i64> =
        transaction.prepare_cached(sql)?.query_row(params![kind, path], |row| row.get(0)).optional()?;
    let sql = "INSERT INTO seen (kind, path, source, modified_ms, seen_ms) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT DO UPDATE SET source = ?3, modified_ms = ?4, seen_ms = ?5, is_missing = 0";
    transaction.prepare_cached(sql)?.execute(params![kind, path, source, addition.source.modified_ms, now_ms])?;

    let mut older = match before.filter(|before| *before != source) {
        Some(before) => older_stories(transaction, before, addition)?,
        None => Vec::new(),
    };
    let mut all = Vec::with_capacity(addition.stories.len());
    for story in &addition.stories {
        let known = key_of(transaction, story.id)?;
        let replaced = if known.is_none() || is_superseded(transaction, known)? {
            let count = addition.stories.len();
            take_older(&mut older, story, count)
        } else {
            None
        };
        let key = match known {
            Some(key) => {
                keep_article(transaction, key, story)?;
                key
            }
            None => insert(transaction, story, now_ms)?,
        };
        if let Some(old) = replaced {
            supersede(transaction, old, key)?;
        }
        if replaced.is_some() || known.is_some() {
            come_back(transaction, key, addition.is_asked_for)?;
        }
        let sql = "INSERT INTO story_sources (source, number, story) VALUES (?1, ?2, ?3)
                   ON CONFLICT DO UPDATE SET story = ?3";
        transaction.prepare_cached(sql)?.execute(params![source, to_i64(story.number), key.0])?;
        correcting::put_over_what_was_read(transaction, key)?;
        nearness::sign(transaction, key, story.article)?;
        if known.is_none() {
            index(transaction, key, story.flat)?;
        } else {
            index_again(transaction, key)?;
        }
        let status = status(transaction, key)?.unwrap_or_default();
        let place = super::documents::place(transaction, key)?;
        let corrections = correcting::corrections(transaction, key)?;
        let added_ms = super::documents::first_added(transaction, key)?;
        all.push(Kept {
            key,
            added_ms,
            id: story.id.clone(),
            is_new: known.is_none(),
            replaces: replaced,
            status,
            place,
            corrections,
        });
    }
    Ok(all)
}

fn keep_source(connection: &Connection, source: &NewSource) -> Result<i64> {
    let sql = "INSERT INTO sources (source_id, size, format, encoding, warnings) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT DO UPDATE SET format = ?3, encoding = ?4, warnings = ?5 RETURNING key";
    let size = i64::try_from(source.size).unwrap_or(i64::MAX);
    let warnings = to_json(&source.warnings)?;
    let values = params![source.id.as_str(), size, source.format, source.encoding, warnings];
    let key: i64 = connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    if let Some(bytes) = &source.original {
        let sql = "SELECT 1 FROM originals WHERE source = ?1";
        if connection.prepare_cached(sql)?.query_row([key], |_| Ok(())).optional()?.is_none() {
            let deflated = packing::deflate(bytes);
            let is_deflated = deflated.len() < bytes.len();
            let kept: &[u8] = if is_deflated { &deflated } else { bytes };
            let sql = "INSERT INTO originals (source, is_deflated, bytes) VALUES (?1, ?2, ?3)";
            connection.prepare_cached(sql)?.execute(params![key, is_deflated, kept])?;
        }
    }
    Ok(key)
}

/// A story that the file had before, and has no more.
struct Older {
    key: Key,
    number: usize,
    title: String,
    url: Option<String>,
}

/// The stories of a file's earlier content that are neither in its new content nor in another file that is still there.
fn older_stories(connection: &Connection, source: i64, addition: &Addition<'_>) -> Result<Vec<Older>> {
    let sql = "SELECT 1 FROM seen WHERE source = ?1 AND is_missing = 0";
    if connection.prepare_cached(sql)?.query_row([source], |_| Ok(())).optional()?.is_some() {
        // A copy of the old content lies elsewhere: that story goes on, and this one is another.
        return Ok(Vec::new());
    }
    let new: HashSet<&str> = addition.stories.iter().map(|story| story.id.as_str()).collect();
    // Editions are known by what was read of them, whatever a person put in its place.
    let sql = "SELECT stories.key, number, story_id, ifnull(read_title.value, title),
                      CASE WHEN read_url.story IS NULL THEN url ELSE read_url.value END
               FROM story_sources
               JOIN stories ON stories.key = story_sources.story JOIN summaries ON summaries.story = stories.key
               LEFT JOIN corrected AS read_title ON read_title.story = stories.key AND read_title.field = 'title'
               LEFT JOIN corrected AS read_url ON read_url.story = stories.key AND read_url.field = 'url'
               WHERE source = ?1 AND shelf != 3 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &rusqlite::Row<'_>| {
        let number = usize::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
        let older = Older { key: Key(row.get(0)?), number, title: row.get(3)?, url: row.get(4)? };
        Ok((row.get::<_, String>(2)?, older))
    };
    let all = statement.query_map([source], row)?.collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|(id, _)| !new.contains(id.as_str())).map(|(_, older)| older).collect())
}

/// Of what the file had before, what this story is the newer version of: with the same address, or the same title, or the
/// only story of a file that has one.
fn take_older(older: &mut Vec<Older>, story: &NewStory<'_>, stories: usize) -> Option<Key> {
    let url = story.article.metadata.url.value();
    let at = older
        .iter()
        .position(|old| url.is_some() && old.url.as_ref() == url)
        .or_else(|| older.iter().position(|old| old.title == story.title))
        .or_else(|| (stories == 1 && older.len() == 1 && story.number == older.first()?.number).then_some(0))?;
    Some(older.remove(at).key)
}

pub(super) fn key_of(connection: &Connection, id: &StoryId) -> Result<Option<Key>> {
    let sql = "SELECT key FROM stories WHERE story_id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([id.as_str()], |row| row.get(0).map(Key)).optional()?)
}

fn is_superseded(connection: &Connection, key: Option<Key>) -> Result<bool> {
    let Some(key) = key else { return Ok(false) };
    Ok(status(connection, key)?.is_some_and(|status| status.shelf == Shelf::Superseded))
}

/// A new version takes the place of an old one, with everything that was written about it. Anchors are taken over as they
/// are: their quotes find the words again, or are listed as not found.
fn supersede(connection: &Connection, old: Key, new: Key) -> Result<()> {
    let Some(taken_over) = status(connection, old)? else { return Ok(()) };
    set_status(connection, new, &taken_over)?;
    let series = "UPDATE stories SET series = (SELECT series FROM stories WHERE key = ?1) WHERE key = ?2";
    connection.prepare_cached(series)?.execute([old.0, new.0])?;
    for copy in [
        "INSERT INTO places (story, anchor, seconds) SELECT ?2, anchor, seconds FROM places WHERE story = ?1
             ON CONFLICT DO UPDATE SET anchor = excluded.anchor, seconds = excluded.seconds",
        "INSERT INTO choices (story, json) SELECT ?2, json FROM choices WHERE story = ?1
             ON CONFLICT DO UPDATE SET json = excluded.json",
    ] {
        connection.prepare_cached(copy)?.execute([old.0, new.0])?;
    }
    // A version that comes back has its own marks already.
    let marks = "INSERT INTO marks (story, anchor, note, made_ms)
                 SELECT ?2, anchor, note, made_ms FROM marks AS old WHERE story = ?1
                 AND NOT EXISTS (SELECT 1 FROM marks WHERE story = ?2 AND made_ms = old.made_ms AND anchor = old.anchor)";
    connection.prepare_cached(marks)?.execute([old.0, new.0])?;
    let sql = "UPDATE stories SET shelf = ?2 WHERE key = ?1";
    connection.prepare_cached(sql)?.execute(params![old.0, Shelf::Superseded.number()])?;
    Ok(())
}

/// A story that was deleted is asked for again, or one that was superseded stands in a file again without its successor.
fn come_back(connection: &Connection, key: Key, is_asked_for: bool) -> Result<()> {
    let Some(status) = status(connection, key)? else { return Ok(()) };
    if status.shelf == Shelf::Superseded || (status.shelf == Shelf::Deleted && is_asked_for) {
        let sql = "UPDATE stories SET shelf = ?2 WHERE key = ?1";
        connection.prepare_cached(sql)?.execute(params![key.0, Shelf::Inbox.number()])?;
    }
    Ok(())
}

fn insert(connection: &Connection, story: &NewStory<'_>, now_ms: i64) -> Result<Key> {
    let sql = "INSERT INTO stories (story_id, series, added_ms, words, title_key) VALUES (?1, 0, ?2, 0, '')";
    connection.prepare_cached(sql)?.execute(params![story.id.as_str(), now_ms])?;
    let key = Key(connection.last_insert_rowid());
    connection.prepare_cached("UPDATE stories SET series = key WHERE key = ?1")?.execute([key.0])?;
    keep_article(connection, key, story)?;
    let metadata = &story.article.metadata;
    let (shelf, read) = match metadata.state.value() {
        Some(StatedState::Archived) => (Shelf::Archive, super::ReadState::Finished),
        Some(StatedState::Reading) => (Shelf::Inbox, super::ReadState::InProgress),
        Some(StatedState::Unread) | None => (Shelf::Inbox, super::ReadState::Unread),
    };
    let progress = metadata.read_percent.value().map_or(0.0, |percent| f32::from((*percent).min(100)) / 100.0);
    let tags = metadata.tags.iter().find(|reading| is_of_a_person(&reading.from));
    let tags = tags.map(|reading| reading.value.clone()).unwrap_or_default();
    let status = Status { shelf, read, progress, ..Status::default() };
    set_status(connection, key, &status)?;
    for tag in tags {
        add_tag(connection, key, tag.trim())?;
    }
    Ok(key)
}

/// Whether a service's export says it, where the person gave the tags; a page's keywords are its publisher's.
fn is_of_a_person(from: &crate::document::Provenance) -> bool {
    use crate::document::Provenance;
    matches!(from, Provenance::Field(_) | Provenance::FrontMatter(_))
}

/// The story itself and what a list shows of it; a later reading of the same story may know more.
fn keep_article(connection: &Connection, key: Key, story: &NewStory<'_>) -> Result<()> {
    let (json, images) = packing::pack(story.article)?;
    let metadata = &story.article.metadata;
    let sql = "UPDATE stories SET published = ?2, words = ?3, language = ?4, site = ?5, title_key = ?6 WHERE key = ?1";
    connection.prepare_cached(sql)?.execute(params![
        key.0,
        metadata.published.value().map(ToString::to_string),
        to_i64(metadata.words),
        metadata.language.value(),
        metadata.site.value(),
        text::fold(story.title),
    ])?;
    let authors = to_json(metadata.authors.value().map(Vec::as_slice).unwrap_or_default())?;
    let sql = "INSERT INTO summaries (story, title, authors, excerpt, minutes, url, thumbnail)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE
               SET title = ?2, authors = ?3, excerpt = ?4, minutes = ?5, url = ?6, thumbnail = ?7";
    connection.prepare_cached(sql)?.execute(params![
        key.0,
        story.title,
        authors,
        story.excerpt,
        to_i64(metadata.minutes),
        metadata.url.value(),
        story.thumbnail,
    ])?;
    let sql = "INSERT INTO documents (story, json) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET json = ?2";
    connection.prepare_cached(sql)?.execute(params![key.0, json])?;
    connection.prepare_cached("DELETE FROM images WHERE story = ?1")?.execute([key.0])?;
    for (number, bytes) in images {
        let sql = "INSERT INTO images (story, number, bytes) VALUES (?1, ?2, ?3)";
        connection.prepare_cached(sql)?.execute(params![key.0, to_i64(number), &*bytes])?;
    }
    let sql = "INSERT INTO texts (story, flat) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET flat = ?2";
    connection.prepare_cached(sql)?.execute(params![key.0, packing::deflate(story.flat.as_bytes())])?;
    Ok(())
}

/// Makes a story's search rows anew.
pub(super) fn index_again(connection: &Connection, key: Key) -> Result<()> {
    let sql = "SELECT flat FROM texts WHERE story = ?1";
    let flat: Option<Vec<u8>> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
    let Some(flat) = flat else { return Ok(()) };
    for table in ["search", "short_search"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE rowid = ?1"))?.execute([key.0])?;
    }
    index(connection, key, &packing::inflate_text(&flat)?)
}

/// Makes the search rows of a story that has none.
fn index(connection: &Connection, key: Key, flat: &str) -> Result<()> {
    let sql = "SELECT title, authors, site FROM stories JOIN summaries ON summaries.story = stories.key
               WHERE stories.key = ?1";
    let row = |row: &rusqlite::Row<'_>| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
    };
    let Some((title, authors, site)) = connection.prepare_cached(sql)?.query_row([key.0], row).optional()? else {
        return Ok(());
    };
    let authors: Vec<String> = serde_json::from_str(&authors).map_err(LibraryError::damaged)?;
    let (title, site) = (terms::index_text(&title), terms::index_text(&site.unwrap_or_default()));
    let tags = terms::index_text(&tags(connection, key)?.join(" \u{2022} "));
    let mut notes = note(connection, key)?;
    for mark in super::changing::marks(connection, key)? {
        notes.push('\n');
        notes.push_str(&mark.note);
    }
    let sql = "INSERT INTO search (rowid, title, author, site, tags, notes, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute(params![
        key.0,
        title,
        terms::index_text(&authors.join(" \u{2022} ")),
        site,
        tags,
        terms::index_text(&notes),
        terms::index_text(flat),
    ])?;
    let sql = "INSERT INTO short_search (rowid, title, site, tags) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute(params![key.0, title, site, tags])?;
    Ok(())
}

/// The columns of `seen`.
pub(super) fn seen_columns(seen: &Seen) -> (i64, Vec<u8>) {
    match seen {
        Seen::File(path) => (0, path_bytes(path)),
        Seen::Sample(name) => (1, name.clone().into_bytes()),
        Seen::Pasted => (2, Vec::new()),
    }
}

/// A path in the system's own bytes.
pub(super) fn path_bytes(path: &std::path::Path) -> Vec<u8> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        path.as_os_str().as_bytes().to_vec()
    }
    #[cfg(not(unix))]
    path.to_string_lossy().into_owned().into_bytes()
}

/// A path from the system's own bytes.
pub(super) fn path_of(bytes: Vec<u8>) -> std::path::PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        std::ffi::OsString::from_vec(bytes).into()
    }
    #[cfg(not(unix))]
    String::from_utf8_lossy(&bytes).into_owned().into()
}

pub(super) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| LibraryError::Bug { detail: error.to_string() })
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
