//! Whole stories out of the library, with what their person did in them; kept originals; the versions of a series.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::adding::{path_bytes, path_of, seen_columns};
use super::changing::{Mark, marks, status};
use super::correcting::Correction;
use super::error::{LibraryError, Result};
use super::packing;
use super::store::Reader;
use super::values::{Key, Seen, Status};
use crate::document::{Anchor, Article, SourceId};

/// A story as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The article, as its importer left it.
    pub article: Article,
    /// The source it was last read from.
    pub source: KeptSource,
    /// Which of the source's stories, from 0.
    pub number: usize,
    /// What its person did to it.
    pub status: Status,
    /// Where its person was.
    pub place: Option<Anchor>,
    /// Seconds that were read in it.
    pub seconds: u64,
    /// When its first version came into the library, in milliseconds since 1970.
    pub added_ms: i64,
    /// When its file was last read into the library, likewise; `None` where it was read from no file.
    pub file_read_ms: Option<i64>,
    /// Blocks put back and left out, as JSON; empty where there are none.
    pub choices: String,
    /// Marked words.
    pub marks: Vec<Mark>,
    /// What its person put in place of what was read, in the order in which values are shown.
    pub corrections: Vec<Correction>,
    /// The other versions of the series, the newest first.
    pub versions: Vec<Version>,
}

/// What is known of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptSource {
    /// The hash of its bytes.
    pub id: SourceId,
    /// Bytes.
    pub size: u64,
    /// When the file was last changed, in milliseconds since 1970.
    pub modified_ms: Option<i64>,
    /// The format's name.
    pub format: String,
    /// The encoding.
    pub encoding: Option<String>,
    /// What the importer warned of.
    pub warnings: Vec<String>,
    /// Where it was seen, the best place first: a file that is there.
    pub seen: Vec<Seen>,
}

/// Another version of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub key: Key,
    /// When it came into the library, in milliseconds since 1970.
    pub added_ms: i64,
    /// Its words.
    pub words: usize,
}

/// What is known of a file that the library has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFile {
    /// Bytes.
    pub size: u64,
    /// When it was last changed, in milliseconds since 1970.
    pub modified_ms: Option<i64>,
    /// Whether it was gone when it was last looked for.
    pub is_missing: bool,
}

impl Reader {
    /// A story; `None` where there is none of this number.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn document(&self, key: Key) -> Result<Option<Document>> {
        let connection = &self.connection;
        let sql = "SELECT json FROM documents WHERE story = ?1";
        let json: Option<Vec<u8>> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
        let (Some(json), Some(status)) = (json, status(connection, key)?) else { return Ok(None) };
        let image = |number: usize| {
            let sql = "SELECT bytes FROM images WHERE story = ?1 AND number = ?2";
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            Ok(connection.prepare_cached(sql)?.query_row(params![key.0, number], |row| row.get(0)).optional()?)
        };
        let article = packing::unpack(&json, image)?;
        let (source, number) = source_of(connection, key)?;
        let sql = "SELECT json FROM choices WHERE story = ?1";
        let choices = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
        Ok(Some(Document {
            article,
            source,
            number,
            status,
            place: place(connection, key)?,
            seconds: seconds(connection, key)?,
            added_ms: first_added(connection, key)?,
            file_read_ms: file_read(connection, key)?,
            choices: choices.unwrap_or_default(),
            marks: marks(connection, key)?,
            corrections: self.corrections(key)?,
            versions: versions(connection, key)?,
        }))
    }

    /// The number of a story by its id.
    ///
    /// # Errors
    /// What keeps it from being looked up.
    pub fn key_of(&self, id: &crate::document::StoryId) -> Result<Option<Key>> {
        let sql = "SELECT key FROM stories WHERE story_id = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([id.as_str()], |row| row.get(0).map(Key)).optional()?)
    }

    /// The bytes of a source as they were opened, where they were kept.
    ///
    /// # Errors
    /// What keeps them from being read.
    pub fn original(&self, source: &SourceId) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT is_deflated, bytes FROM originals JOIN sources ON sources.key = source WHERE source_id = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, bool>(0)?, row.get::<_, Vec<u8>>(1)?));
        let found = self.connection.prepare_cached(sql)?.query_row([source.as_str()], row).optional()?;
        match found {
            Some((true, bytes)) => packing::inflate(&bytes).map(Some),
            Some((false, bytes)) => Ok(Some(bytes)),
            None => Ok(None),
        }
    }

    /// What is known of a file; `None` where it was never seen.
    ///
    /// # Errors
    /// What keeps it from being looked up.
    pub fn seen_file(&self, path: &std::path::Path) -> Result<Option<SeenFile>> {
        let sql = "SELECT size, modified_ms, is_missing FROM seen JOIN sources ON sources.key = source
                   WHERE kind = 0 AND path = ?1";
        let row = |row: &rusqlite::Row<'_>| {
            let size = u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default();
            Ok(SeenFile { size, modified_ms: row.get(1)?, is_missing: row.get(2)? })
        };
        Ok(self.connection.prepare_cached(sql)?.query_row([path_bytes(path)], row).optional()?)
    }

    /// The furthest place that is kept in a story of a file; `None` where there is none.
    ///
    /// # Errors
    /// What keeps it from being looked up.
    pub fn place_in_file(&self, path: &std::path::Path) -> Result<Option<Anchor>> {
        let sql = "SELECT anchor FROM seen JOIN story_sources USING (source) JOIN places USING (story)
                   WHERE kind = 0 AND path = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let anchors = statement.query_map([path_bytes(path)], |row| row.get::<_, String>(0))?;
        let anchors = anchors.collect::<std::result::Result<Vec<_>, _>>()?;
        let places = anchors.iter().filter_map(|json| serde_json::from_str::<Anchor>(json).ok());
        Ok(places.max_by_key(|place| place.range.start))
    }

    /// The files that were seen in a folder and the folders in it, and not found missing.
    ///
    /// # Errors
    /// What keeps them from being listed.
    pub fn files_under(&self, folder: &std::path::Path) -> Result<Vec<std::path::PathBuf>> {
        let (from, to) = range_under(folder);
        let sql = "SELECT path FROM seen WHERE kind = 0 AND path > ?1 AND path < ?2 AND is_missing = 0";
        let mut statement = self.connection.prepare_cached(sql)?;
        let paths = statement.query_map(params![from, to], |row| row.get::<_, Vec<u8>>(0))?;
        Ok(paths.map(|path| path.map(path_of)).collect::<std::result::Result<_, _>>()?)
    }

    /// The flat text of a story.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn flat_text(&self, key: Key) -> Result<Option<String>> {
        let sql = "SELECT flat FROM texts WHERE story = ?1";
        let flat: Option<Vec<u8>> =
            self.connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
        flat.map(|flat| packing::inflate_text(&flat)).transpose()
    }
}

/// An article without the bytes of its images.
pub(super) fn bare_article(connection: &Connection, key: Key) -> Result<Option<Article>> {
    let sql = "SELECT json FROM documents WHERE story = ?1";
    let json: Option<Vec<u8>> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
    json.map(|json| packing::unpack(&json, |_| Ok(None))).transpose()
}

/// The paths that begin with a folder's, as a range of their bytes.
pub(super) fn range_under(folder: &std::path::Path) -> (Vec<u8>, Vec<u8>) {
    let (_, mut from) = seen_columns(&Seen::File(folder.to_owned()));
    let separator = u8::try_from(std::path::MAIN_SEPARATOR).unwrap_or(b'/');
    if from.last() != Some(&separator) {
        from.push(separator);
    }
    let mut to = from.clone();
    if let Some(last) = to.last_mut() {
        *last += 1;
    }
    (from, to)
}

pub(super) fn place(connection: &Connection, key: Key) -> Result<Option<Anchor>> {
    let sql = "SELECT anchor FROM places WHERE story = ?1";
    let json: Option<String> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
    json.map(|json| serde_json::from_str(&json).map_err(LibraryError::damaged)).transpose()
}

fn seconds(connection: &Connection, key: Key) -> Result<u64> {
    let sql = "SELECT seconds FROM places WHERE story = ?1";
    let seconds: Option<i64> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
    Ok(seconds.and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or_default())
}

/// When the first version of a story came into the library.
pub(super) fn first_added(connection: &Connection, key: Key) -> Result<i64> {
    let sql = "SELECT min(added_ms) FROM stories WHERE series = (SELECT series FROM stories WHERE key = ?1)";
    let added: Option<i64> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0))?;
    Ok(added.unwrap_or_default())
}

fn file_read(connection: &Connection, key: Key) -> Result<Option<i64>> {
    let sql = "SELECT max(seen_ms) FROM seen JOIN story_sources USING (source) WHERE story = ?1 AND kind = 0";
    Ok(connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0))?)
}

fn source_of(connection: &Connection, key: Key) -> Result<(KeptSource, usize)> {
    let sql = "SELECT sources.key, source_id, size, format, encoding, warnings, number FROM story_sources
               JOIN sources ON sources.key = source WHERE story = ?1
               ORDER BY EXISTS (SELECT 1 FROM seen WHERE source = sources.key AND is_missing = 0) DESC, sources.key DESC
               LIMIT 1";
    let row = |row: &rusqlite::Row<'_>| {
        let source = KeptSource {
            id: SourceId::from_digits(row.get(1)?),
            size: u64::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
            modified_ms: None,
            format: row.get(3)?,
            encoding: row.get(4)?,
            warnings: Vec::new(),
            seen: Vec::new(),
        };
        let number = usize::try_from(row.get::<_, i64>(6)?).unwrap_or_default();
        Ok((row.get::<_, i64>(0)?, source, row.get::<_, String>(5)?, number))
    };
    let (source_key, mut source, warnings, number) = connection.prepare_cached(sql)?.query_row([key.0], row)?;
    source.warnings = serde_json::from_str(&warnings).map_err(LibraryError::damaged)?;
    let sql = "SELECT kind, path, modified_ms FROM seen JOIN story_sources USING (source) WHERE story = ?1
               ORDER BY is_missing, source = ?2 DESC, kind, seen_ms DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &rusqlite::Row<'_>| Ok((seen_of(row.get(0)?, row.get(1)?), row.get::<_, Option<i64>>(2)?));
    let all = statement.query_map([key.0, source_key], row)?.collect::<std::result::Result<Vec<_>, _>>()?;
    source.modified_ms = all.first().and_then(|(_, modified)| *modified);
    source.seen = all.into_iter().map(|(seen, _)| seen).collect();
    Ok((source, number))
}

/// From the columns of `seen`.
pub(super) fn seen_of(kind: i64, path: Vec<u8>) -> Seen {
    match kind {
        0 => Seen::File(path_of(path)),
        1 => Seen::Sample(String::from_utf8_lossy(&path).into_owned()),
        _ => Seen::Pasted,
    }
}

fn versions(connection: &Connection, key: Key) -> Result<Vec<Version>> {
    let sql = "SELECT key, added_ms, words FROM stories
               WHERE series = (SELECT series FROM stories WHERE key = ?1) AND key != ?1 ORDER BY key DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let row = |row: &rusqlite::Row<'_>| {
        let words = usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default();
        Ok(Version { key: Key(row.get(0)?), added_ms: row.get(1)?, words })
    };
    let versions = statement.query_map([key.0], row)?.collect::<std::result::Result<_, _>>()?;
    Ok(versions)
}
