//! What a person does to stories: shelves, read state, tags, notes, marks, places. Every change that loses something
//! answers with the change that brings it back. Touches no file.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde::{Deserialize, Serialize};

use super::adding::{index_again, to_json};
use super::correcting::{self, Stated};
use super::error::{LibraryError, Result};
use super::store::Store;
use super::values::{Key, ReadState, Shelf, Status};
use crate::document::Anchor;

/// From here on a story counts as read to the end: the last line is rarely scrolled to the very top.
pub const FINISHED_FROM: f32 = 0.99;
/// From here on it counts as begun.
pub const BEGUN_FROM: f32 = 0.02;

/// A change of stories.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// To another shelf.
    Move {
        /// The stories.
        keys: Vec<Key>,
        /// Where to.
        shelf: Shelf,
    },
    /// Read, unread or begun, whatever the place in them.
    MarkRead {
        /// The stories.
        keys: Vec<Key>,
        /// What they are from now on.
        read: ReadState,
    },
    /// A tag more.
    Tag {
        /// The stories.
        keys: Vec<Key>,
        /// The tag.
        tag: String,
    },
    /// A tag less.
    Untag {
        /// The stories.
        keys: Vec<Key>,
        /// The tag.
        tag: String,
    },
    /// What is written about a story; empty takes it away.
    Note {
        /// The story.
        key: Key,
        /// The words.
        text: String,
    },
    /// Everything as it was.
    Set(Vec<(Key, Status)>),
    /// The reading place moved.
    Place {
        /// The story.
        key: Key,
        /// The first line in sight.
        anchor: Anchor,
        /// How far, 0 to 1.
        progress: f32,
        /// Seconds read since the last time.
        seconds: u32,
    },
    /// Blocks put back and left out, as JSON; empty where there are none.
    Choices {
        /// The story.
        key: Key,
        /// The choices.
        json: String,
    },
    /// Words marked.
    AddMark {
        /// The story.
        key: Key,
        /// The mark; its number is given by the library.
        mark: Mark,
    },
    /// A mark less.
    RemoveMark {
        /// The story.
        key: Key,
        /// The mark's number.
        mark: i64,
    },
    /// A value that a person puts in place of what was read, for all versions of the story: found, listed and kept from now on
    /// (see [`super::correcting`]).
    Correct {
        /// The story.
        key: Key,
        /// Which value.
        field: Stated,
        /// As it was typed; empty where there is none, `None` for what was read.
        value: Option<String>,
    },
    /// Out of the library for good, with all that was written about them. Their files stay. Cannot be taken back.
    Forget(Vec<Key>),
}

/// Marked words of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its number; 0 for one that is not in a library yet.
    pub number: i64,
    /// The words.
    pub anchor: Anchor,
    /// What was written about them.
    pub note: String,
    /// Milliseconds since 1970.
    pub made_ms: i64,
}

impl Store {
    /// Makes a change; it is on the disk when this answers. The answer takes it back, where it can be and should be: reading
    /// places are not.
    ///
    /// # Errors
    /// Nothing was changed then.
    pub fn change(&mut self, change: &Change) -> Result<Option<Change>> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let inverse = apply(&transaction, change)?;
        transaction.commit()?;
        Ok(inverse)
    }
}

fn apply(transaction: &Transaction<'_>, change: &Change) -> Result<Option<Change>> {
    let before = |keys: &[Key]| -> Result<Option<Change>> {
        let all = keys.iter().map(|key| Ok(status(transaction, *key)?.map(|status| (*key, status))));
        let all = all.collect::<Result<Vec<_>>>()?;
        Ok(Some(Change::Set(all.into_iter().flatten().collect())))
    };
    // The window may still write about a story that was forgotten meanwhile.
    if let Change::Note { key, .. }
    | Change::Place { key, .. }
    | Change::Choices { key, .. }
    | Change::AddMark { key, .. }
    | Change::RemoveMark { key, .. } = change
        && status(transaction, *key)?.is_none()
    {
        return Ok(None);
    }
    match change {
        Change::Move { keys, shelf } => {
            let inverse = before(keys)?;
            for key in keys {
                let sql = "UPDATE stories SET shelf = ?2 WHERE key = ?1";
                transaction.prepare_cached(sql)?.execute(params![key.0, shelf.number()])?;
            }
            Ok(inverse)
        }
        Change::MarkRead { keys, read } => {
            let inverse = before(keys)?;
            for key in keys {
                let sql = "UPDATE stories SET read = ?2 WHERE key = ?1";
                transaction.prepare_cached(sql)?.execute(params![key.0, read.number()])?;
            }
            Ok(inverse)
        }
        Change::Tag { keys, tag } => {
            let inverse = before(keys)?;
            for key in keys {
                add_tag(transaction, *key, tag)?;
                index_again(transaction, *key)?;
            }
            Ok(inverse)
        }
        Change::Untag { keys, tag } => {
            let inverse = before(keys)?;
            for key in keys {
                let sql = "DELETE FROM story_tags WHERE story = ?1 AND tag = (SELECT key FROM tags WHERE name = ?2)";
                transaction.prepare_cached(sql)?.execute(params![key.0, tag])?;
                index_again(transaction, *key)?;
            }
            drop_unused_tags(transaction)?;
            Ok(inverse)
        }
        Change::Note { key, text } => {
            let inverse = before(&[*key])?;
            set_note(transaction, *key, text)?;
            index_again(transaction, *key)?;
            Ok(inverse)
        }
        Change::Set(all) => {
            let keys: Vec<Key> = all.iter().map(|(key, _)| *key).collect();
            let inverse = before(&keys)?;
            for (key, wanted) in all {
                let Some(now) = status(transaction, *key)? else { continue };
                set_status(transaction, *key, wanted)?;
                if now.tags != wanted.tags || now.note != wanted.note {
                    index_again(transaction, *key)?;
                }
            }
            drop_unused_tags(transaction)?;
            Ok(inverse)
        }
        Change::Place { key, anchor, progress, seconds } => {
            keep_place(transaction, *key, anchor, *progress, *seconds)?;
            Ok(None)
        }
        Change::Choices { key, json } => {
            if json.is_empty() {
                transaction.prepare_cached("DELETE FROM choices WHERE story = ?1")?.execute([key.0])?;
            } else {
                let sql = "INSERT INTO choices (story, json) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET json = ?2";
                transaction.prepare_cached(sql)?.execute(params![key.0, json])?;
            }
            Ok(None)
        }
        Change::AddMark { key, mark } => {
            let number = (mark.number != 0).then_some(mark.number);
            let sql = "INSERT INTO marks (key, story, anchor, note, made_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
            let anchor = to_json(&mark.anchor)?;
            transaction.prepare_cached(sql)?.execute(params![number, key.0, anchor, mark.note, mark.made_ms])?;
            let mark = transaction.last_insert_rowid();
            index_again(transaction, *key)?;
            Ok(Some(Change::RemoveMark { key: *key, mark }))
        }
        Change::RemoveMark { key, mark } => {
            let found = marks(transaction, *key)?.into_iter().find(|m| m.number == *mark);
            transaction.prepare_cached("DELETE FROM marks WHERE key = ?1 AND story = ?2")?.execute([*mark, key.0])?;
            index_again(transaction, *key)?;
            Ok(found.map(|mark| Change::AddMark { key: *key, mark }))
        }
        Change::Correct { key, field, value } => correcting::correct(transaction, *key, *field, value.as_deref()),
        Change::Forget(keys) => {
            for key in keys {
                forget(transaction, *key)?;
            }
            correcting::drop_unused(transaction)?;
            drop_unused_tags(transaction)?;
            Ok(None)
        }
    }
}

/// What a person did to a story; `None` where there is no such story.
pub(super) fn status(connection: &Connection, key: Key) -> Result<Option<Status>> {
    let sql = "SELECT shelf, read, progress FROM stories WHERE key = ?1";
    let row = |row: &rusqlite::Row<'_>| {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1, and no more precise than a screen")]
        let progress = row.get::<_, f64>(2)? as f32;
        Ok(Status {
            shelf: Shelf::from_number(row.get(0)?),
            read: ReadState::from_number(row.get(1)?),
            progress,
            ..Status::default()
        })
    };
    let Some(mut status) = connection.prepare_cached(sql)?.query_row([key.0], row).optional()? else {
        return Ok(None);
    };
    status.tags = tags(connection, key)?;
    status.note = note(connection, key)?;
    Ok(Some(status))
}

pub(super) fn tags(connection: &Connection, key: Key) -> Result<Vec<String>> {
    let sql = "SELECT name FROM tags JOIN story_tags ON tag = tags.key WHERE story = ?1 ORDER BY name COLLATE NOCASE";
    let mut statement = connection.prepare_cached(sql)?;
    let tags = statement.query_map([key.0], |row| row.get(0))?.collect::<std::result::Result<Vec<String>, _>>()?;
    Ok(tags)
}

pub(super) fn note(connection: &Connection, key: Key) -> Result<String> {
    let sql = "SELECT text FROM notes WHERE story = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?.unwrap_or_default())
}

pub(super) fn marks(connection: &Connection, key: Key) -> Result<Vec<Mark>> {
    let sql = "SELECT key, anchor, note, made_ms FROM marks WHERE story = ?1 ORDER BY key";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?));
    let rows = statement.query_map([key.0], row)?.collect::<std::result::Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(number, anchor, note, made_ms)| {
            let anchor = serde_json::from_str(&anchor).map_err(LibraryError::damaged)?;
            Ok(Mark { number, anchor, note, made_ms })
        })
        .collect()
}

/// Sets a status as it was, or as another story's is.
pub(super) fn set_status(connection: &Connection, key: Key, status: &Status) -> Result<()> {
    let sql = "UPDATE stories SET shelf = ?2, read = ?3, progress = ?4 WHERE key = ?1";
    let values = params![key.0, status.shelf.number(), status.read.number(), f64::from(status.progress)];
    connection.prepare_cached(sql)?.execute(values)?;
    connection.prepare_cached("DELETE FROM story_tags WHERE story = ?1")?.execute([key.0])?;
    for tag in &status.tags {
        add_tag(connection, key, tag)?;
    }
    set_note(connection, key, &status.note)
}

pub(super) fn add_tag(connection: &Connection, key: Key, tag: &str) -> Result<()> {
    connection.prepare_cached("INSERT INTO tags (name) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([tag])?;
    let sql = "INSERT INTO story_tags (story, tag) SELECT ?1, key FROM tags WHERE name = ?2
               AND EXISTS (SELECT 1 FROM stories WHERE key = ?1) ON CONFLICT DO NOTHING";
    connection.prepare_cached(sql)?.execute(params![key.0, tag])?;
    Ok(())
}

fn set_note(connection: &Connection, key: Key, text: &str) -> Result<()> {
    if text.is_empty() {
        connection.prepare_cached("DELETE FROM notes WHERE story = ?1")?.execute([key.0])?;
    } else {
        let sql = "INSERT INTO notes (story, text) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET text = ?2";
        connection.prepare_cached(sql)?.execute(params![key.0, text])?;
    }
    Ok(())
}

fn keep_place(connection: &Connection, key: Key, anchor: &Anchor, progress: f32, seconds: u32) -> Result<()> {
    let sql = "INSERT INTO places (story, anchor, seconds) VALUES (?1, ?2, ?3)
               ON CONFLICT DO UPDATE SET anchor = ?2, seconds = seconds + ?3";
    connection.prepare_cached(sql)?.execute(params![key.0, to_json(anchor)?, seconds])?;
    // Who leafs back in a finished story has still finished it.
    let sql = "UPDATE stories SET progress = ?2,
                   read = CASE WHEN read = 2 OR ?2 >= ?3 THEN 2 WHEN read = 1 OR ?2 >= ?4 THEN 1 ELSE 0 END
               WHERE key = ?1";
    let values = params![key.0, f64::from(progress), f64::from(FINISHED_FROM), f64::from(BEGUN_FROM)];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

fn forget(connection: &Connection, key: Key) -> Result<()> {
    let sql = "SELECT source FROM story_sources WHERE story = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let sources = statement.query_map([key.0], |row| row.get(0))?.collect::<std::result::Result<Vec<i64>, _>>()?;
    for table in ["search", "short_search", "signatures"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE rowid = ?1"))?.execute([key.0])?;
    }
    connection.prepare_cached("DELETE FROM stories WHERE key = ?1")?.execute([key.0])?;
    for source in sources {
        // A source whose last story is gone goes as well, with the paths it was seen at.
        let sql = "DELETE FROM sources WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM story_sources WHERE source = ?1)";
        connection.prepare_cached(sql)?.execute([source])?;
    }
    Ok(())
}

fn drop_unused_tags(connection: &Connection) -> Result<()> {
    let sql = "DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM story_tags WHERE tag = tags.key)";
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}
