//! What can still be read of a damaged library, row by row, in a file of its own. Leaves the damaged file as it is; putting
//! the new one in its place is the work of [`super::upkeep::restore`].
//!
//! SQLite's own recovery (its `recover` extension) is not part of the library that `rusqlite` brings. It searches all pages
//! for rows of whatever table; this knows the tables, and asks for each row that there may be.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use super::adding::{index_again, to_json};
use super::error::{LibraryError, Result, file_in};
use super::store::{Reader, Store, log_of};
use super::values::Key;
use super::{packing, schema};
use crate::document::{Article, Block, Provenance, RichText, SourceId};

/// The most rows that are asked for one by one where a table cannot be read in one go; a number behind a damaged page may be
/// any.
const MOST_ASKED_FOR: i64 = 2_000_000;
/// Characters of a made-up excerpt.
const EXCERPT_CHARS: usize = 160;

/// What was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rescued {
    /// All stories that are in the new file.
    pub stories: usize,
    /// Of these, those whose article was lost and whose text was not: without images, headings and links.
    pub text_only: usize,
    /// Of these, those of which there is no more than what a list shows, and what was written about them. Where their file
    /// is there, reading its folder again brings back the rest.
    pub without_text: usize,
    /// Tables that could not be read to the end, and what SQLite said: for a report.
    pub problems: Vec<String>,
}

/// A table with how its rows are asked for.
struct Table {
    name: &'static str,
    /// The number of its rows, or what it is sorted by.
    order: &'static str,
    /// Whether that is one number.
    is_numbered: bool,
    /// What to ask for one by one where it is not: a column that has the numbers of a table's rows.
    by: Option<(&'static str, &'static str)>,
}

const fn numbered(name: &'static str) -> Table {
    Table { name, order: "rowid", is_numbered: true, by: None }
}

/// Those first that others belong to.
const TABLES: [Table; 18] = [
    numbered("stories"),
    numbered("summaries"),
    numbered("documents"),
    numbered("images"),
    numbered("texts"),
    numbered("sources"),
    numbered("originals"),
    Table { name: "story_sources", order: "source, number", is_numbered: false, by: Some(("story", "stories")) },
    Table { name: "seen", order: "kind, path", is_numbered: false, by: Some(("source", "sources")) },
    numbered("places"),
    numbered("tags"),
    Table { name: "story_tags", order: "story, tag", is_numbered: false, by: Some(("story", "stories")) },
    numbered("notes"),
    numbered("marks"),
    numbered("choices"),
    Table { name: "corrections", order: "series, field", is_numbered: false, by: Some(("series", "stories")) },
    Table { name: "corrected", order: "story, field", is_numbered: false, by: Some(("story", "stories")) },
    Table { name: "folders", order: "path", is_numbered: false, by: None },
];

/// Saves what can still be read of a folder's library into a new file, which is a library and holds together. A library that
/// is not damaged is copied whole.
///
/// # Errors
/// What keeps the new file from being made; nothing is left of it then. [`LibraryError::NoLibrary`] where there is none.
pub fn rescue(folder: &Path, to: &Path) -> Result<Rescued> {
    if !file_in(folder).is_file() {
        return Err(LibraryError::NoLibrary);
    }
    if to.exists() {
        let detail = format!("there is a file of this name already: {}", to.display());
        return Err(LibraryError::CannotOpen { detail });
    }
    let around = with_ending(to, ".new");
    let repaired = with_ending(to, ".repaired");
    let saved = save(folder, &around, &repaired, to);
    for left in [&around, &repaired] {
        let _ = fs::remove_dir_all(left);
    }
    if saved.is_err() {
        let _ = fs::remove_file(to);
    }
    saved
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn save(folder: &Path, around: &Path, repaired: &Path, to: &Path) -> Result<Rescued> {
    let mut store = Store::open(around)?;
    let from = match open(folder) {
        Ok(from) => from,
        Err(error @ (LibraryError::Damaged { .. } | LibraryError::NoLibrary)) => {
            give_first_pages(folder, repaired)?;
            open(repaired).map_err(|_| error)?
        }
        Err(error) => return Err(error),
    };
    let mut rescued = Rescued::default();
    store.connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = store.connection.transaction()?;
    // What came with version 3 is in no older library, nor where the names of its tables are lost.
    let is_known = |table: &Table| -> Result<bool> {
        let sql = "SELECT 1 FROM sqlite_schema WHERE name = ?1";
        let is_later = matches!(table.name, "corrections" | "corrected");
        Ok(!is_later || from.query_row(sql, [table.name], |_| Ok(())).optional()?.is_some())
    };
    for table in &TABLES {
        if !is_known(table)? {
            continue;
        }
        copy_table(&from, &transaction, table, &mut rescued)?;
    }
    copy_counters(&from, &transaction)?;
    mend_stories(&transaction, &mut rescued)?;
    find_sources(&transaction)?;
    drop_strays(&transaction)?;
    give_sources(&transaction)?;
    super::correcting::drop_unused(&transaction)?;
    for key in keys(&transaction, "SELECT key FROM stories ORDER BY key")? {
        index_again(&transaction, Key(key))?;
        transaction.execute("INSERT OR IGNORE INTO unsigned (story) VALUES (?1)", [key])?;
    }
    let stories: i64 = transaction.query_row("SELECT count(*) FROM stories", [], |row| row.get(0))?;
    rescued.stories = usize::try_from(stories).unwrap_or_default();
    transaction.commit()?;
    if rescued.stories == 0
        && let Some(problem) = rescued.problems.first()
    {
        return Err(LibraryError::damaged(problem));
    }
    store.reader()?.back_up(to)?;
    Ok(rescued)
}

/// A library whose stories can be asked for.
fn open(folder: &Path) -> Result<Connection> {
    let connection = Reader::open(folder)?.connection;
    // What is of no use is told by checks; here each row that is left counts.
    connection.pragma_update(None, "cell_size_check", false)?;
    let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != schema::APPLICATION_ID {
        return Err(LibraryError::NoLibrary);
    }
    connection.prepare("SELECT key FROM stories")?;
    Ok(connection)
}

/// Copies a library whose first page, or the names of whose tables are lost, with those of a new library of the first version
/// in their place: every library has these tables on the same pages, and where the indexes of later versions lie depends on
/// what was in it when they came.
fn give_first_pages(folder: &Path, to: &Path) -> Result<()> {
    let io = |error: std::io::Error| LibraryError::io(&error);
    fs::create_dir_all(to).map_err(io)?;
    let mut new = Connection::open(to.join("new.db"))?;
    new.pragma_update(None, "journal_mode", "WAL")?;
    schema::make_first(&mut new)?;
    let sql = "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'";
    let pages = keys(&new, sql)?;
    let size: i64 = new.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let size = usize::try_from(size).unwrap_or(4_096);
    // Into the file, out of the log.
    new.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let new = new.path().map(PathBuf::from).unwrap_or_default();
    let new = fs::read(new).map_err(io)?;
    let mut bytes = fs::read(file_in(folder)).map_err(io)?;
    // A table's first page has to be there, even if there is nothing in it.
    bytes.resize(bytes.len().max(new.len()).next_multiple_of(size), 0);
    for page in pages {
        let Some(at) = usize::try_from(page - 1).ok().map(|page| page * size) else { continue };
        if let (Some(old), Some(new)) = (bytes.get_mut(at..at + size), new.get(at..at + size)) {
            old.copy_from_slice(new);
        }
    }
    // The header's count of pages, and the list of free ones (https://sqlite.org/fileformat2.html, section 1.3).
    let count = u32::try_from(bytes.len() / size).unwrap_or(u32::MAX).to_be_bytes();
    for (at, value) in [(28, count), (32, [0; 4]), (36, [0; 4])] {
        if let Some(field) = bytes.get_mut(at..at + 4) {
            field.copy_from_slice(&value);
        }
    }
    fs::write(file_in(to), bytes).map_err(io)?;
    let log = log_of(&file_in(folder));
    if log.exists() {
        fs::copy(log, log_of(&file_in(to))).map_err(io)?;
    }
    Ok(())
}

fn columns(to: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = to.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(names)
}

/// Copies what can be read of a table: from its beginning, from its end, and what lies between row by row.
fn copy_table(from: &Connection, to: &Connection, table: &Table, rescued: &mut Rescued) -> Result<()> {
    let columns = columns(to, table.name)?.join(", ");
    let name = table.name;
    let number = if table.is_numbered { "rowid" } else { "0" };
    let marks = vec!["?"; columns.split(", ").count()].join(", ");
    let into = format!("INSERT OR IGNORE INTO {name} ({columns}) VALUES ({marks})");
    let select = format!("SELECT {number}, {columns} FROM {name}");
    let mut last = [0, 0];
    let mut is_whole = false;
    for (direction, last) in ["ASC", "DESC"].iter().zip(&mut last) {
        let order =
            table.order.split(", ").map(|column| format!("{column} {direction}")).collect::<Vec<_>>().join(", ");
        match copy_rows(from, to, &format!("{select} ORDER BY {order}"), &[], &into, last)? {
            None => {
                is_whole = true;
                break;
            }
            Some(problem) => rescued.problems.push(format!("{name}: {problem}")),
        }
    }
    if is_whole {
        return Ok(());
    }
    let [first, end] = last;
    let mut ignored = 0;
    if table.is_numbered {
        let end = if end > 0 { end } else { highest(from, to, name)? };
        let sql = format!("{select} WHERE rowid = ?1");
        for number in (first + 1..end).take(usize::try_from(MOST_ASKED_FOR).unwrap_or_default()) {
            copy_rows(from, to, &sql, &[number], &into, &mut ignored)?;
        }
    } else if let Some((column, of)) = table.by {
        let sql = format!("{select} WHERE {column} = ?1");
        for number in keys(to, &format!("SELECT key FROM {of}"))? {
            copy_rows(from, to, &sql, &[number], &into, &mut ignored)?;
        }
    }
    Ok(())
}

/// The highest numbers that were ever given, so that none is given again.
fn copy_counters(from: &Connection, to: &Connection) -> Result<()> {
    for table in ["stories", "marks"] {
        let sql = "SELECT max(seq) FROM sqlite_sequence WHERE name = ?1";
        let given = from.query_row(sql, [table], |row| row.get::<_, Option<i64>>(0)).ok().flatten();
        // Damage may have made any number of it.
        if let Some(given) = given.filter(|given| (1..=MOST_ASKED_FOR).contains(given)) {
            to.execute("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", params![table, given])?;
        }
    }
    Ok(())
}

/// The highest number that a table's rows may have, as far as other places tell.
fn highest(from: &Connection, to: &Connection, table: &str) -> Result<i64> {
    let mut found: i64 = 0;
    let given = "SELECT max(seq) FROM sqlite_sequence";
    for (connection, sql) in [
        (from, format!("SELECT max(rowid) FROM {table}")),
        (from, given.to_owned()),
        (from, "SELECT max(story) FROM story_sources".to_owned()),
        (to, "SELECT max(key) FROM stories".to_owned()),
        (to, "SELECT max(key) FROM sources".to_owned()),
    ] {
        let number = connection.query_row(&sql, [], |row| row.get::<_, Option<i64>>(0));
        found = found.max(number.ok().flatten().unwrap_or_default());
    }
    // Images, sources and tags are counted for themselves, and there is no telling how far.
    Ok(found.saturating_add(1).saturating_mul(4).clamp(1_000, MOST_ASKED_FOR))
}

/// Copies rows until one cannot be read, and answers why. What may not be written is an error.
fn copy_rows(
    from: &Connection,
    to: &Connection,
    select: &str,
    values: &[i64],
    into: &str,
    last: &mut i64,
) -> Result<Option<String>> {
    let told = |error: rusqlite::Error| Ok(Some(error.to_string()));
    let mut statement = match from.prepare_cached(select) {
        Ok(statement) => statement,
        Err(error) => return told(error),
    };
    let width = statement.column_count();
    let mut insert = to.prepare_cached(into)?;
    let mut rows = match statement.query(params_from_iter(values)) {
        Ok(rows) => rows,
        Err(error) => return told(error),
    };
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(None),
            Err(error) => return told(error),
        };
        let values: rusqlite::Result<Vec<Value>> = (1..width).map(|column| row.get(column)).collect();
        match (row.get::<_, i64>(0), values) {
            (Ok(number), Ok(values)) => {
                *last = number;
                // Else what is in the row was never put there.
                if let Err(error @ (LibraryError::Full | LibraryError::Disk { .. } | LibraryError::ReadOnly)) =
                    insert.execute(params_from_iter(values)).map_err(LibraryError::from)
                {
                    return Err(error);
                }
            }
            (Err(error), _) | (_, Err(error)) => return told(error),
        }
    }
}

/// The first column of all rows.
fn keys(connection: &Connection, sql: &str) -> Result<Vec<i64>> {
    let mut statement = connection.prepare(sql)?;
    let keys = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(keys)
}

/// Gives each story what it cannot do without, from what is left of it.
fn mend_stories(to: &Connection, rescued: &mut Rescued) -> Result<()> {
    let sql = "SELECT key FROM stories UNION SELECT story FROM documents ORDER BY 1";
    for key in keys(to, sql)? {
        let article = article_of(to, key)?;
        let sql = "SELECT flat FROM texts WHERE story = ?1";
        let flat: Option<Vec<u8>> = to.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
        let flat = flat.and_then(|flat| packing::inflate_text(&flat).ok());
        let sql = "SELECT 1 FROM stories WHERE key = ?1";
        let is_there = to.prepare_cached(sql)?.query_row([key], |_| Ok(())).optional()?.is_some();
        match &article {
            _ if is_there => {}
            Some(article) => add_story(to, key, article)?,
            None => continue,
        }
        let sql = "SELECT title, authors FROM summaries WHERE story = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let summary = to.prepare_cached(sql)?.query_row([key], row).optional()?;
        let summary = summary.filter(|(_, authors)| serde_json::from_str::<Vec<String>>(authors).is_ok());
        let article = if let Some(article) = article {
            article
        } else {
            // Its file, where there is one, is taken for changed and read again.
            let sql = "UPDATE seen SET modified_ms = NULL
                       WHERE source IN (SELECT source FROM story_sources WHERE story = ?1)";
            to.prepare_cached(sql)?.execute([key])?;
            match &flat {
                Some(flat) if !flat.trim().is_empty() => rescued.text_only += 1,
                _ => rescued.without_text += 1,
            }
            let article = article_from(summary.as_ref().map(|(title, _)| title.as_str()), flat.as_deref());
            let sql = "INSERT INTO documents (story, json) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET json = ?2";
            to.prepare_cached(sql)?.execute(params![key, packing::pack(&article)?.0])?;
            article
        };
        let flat = match flat {
            Some(flat) => flat,
            None => {
                let flat = article.flat_text().as_str().to_owned();
                let sql = "INSERT INTO texts (story, flat) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET flat = ?2";
                to.prepare_cached(sql)?.execute(params![key, packing::deflate(flat.as_bytes())])?;
                flat
            }
        };
        if summary.is_none() {
            add_summary(to, key, &article, &flat)?;
        }
    }
    Ok(())
}

/// A story's article with its images, where all of it is left.
fn article_of(to: &Connection, key: i64) -> Result<Option<Article>> {
    let sql = "SELECT json FROM documents WHERE story = ?1";
    let json: Option<Vec<u8>> = to.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
    Ok(json.and_then(|json| packing::unpack(&json, |_| Ok(None)).ok()))
}

fn article_from(title: Option<&str>, flat: Option<&str>) -> Article {
    let parts = flat.unwrap_or_default().split("\n\n").filter(|part| !part.trim().is_empty());
    let mut article =
        Article { blocks: parts.map(|part| Block::paragraph(RichText::plain(part))).collect(), ..Article::default() };
    if let Some(title) = title {
        article.metadata.title.add(title.to_owned(), Provenance::Line(1));
    }
    article.compute_metadata();
    article
}

/// The row of a story whose article is left.
fn add_story(to: &Connection, key: i64, article: &Article) -> Result<()> {
    let metadata = &article.metadata;
    let sql =
        "INSERT OR IGNORE INTO stories (key, story_id, series, added_ms, published, words, language, site, title_key)
               VALUES (?1, ?2, ?1, ifnull((SELECT added_ms FROM stories WHERE key < ?1 ORDER BY key DESC LIMIT 1), 0),
                       ?3, ?4, ?5, ?6, ?7)";
    to.prepare_cached(sql)?.execute(params![
        key,
        article.story_id().as_str(),
        metadata.published.value().map(ToString::to_string),
        i64::try_from(metadata.words).unwrap_or_default(),
        metadata.language.value(),
        metadata.site.value(),
        crate::text::fold(article.title().unwrap_or_default()),
    ])?;
    Ok(())
}

/// What a list shows of a story.
fn add_summary(to: &Connection, key: i64, article: &Article, flat: &str) -> Result<()> {
    let metadata = &article.metadata;
    let excerpt: String = crate::text::collapse_whitespace(flat).chars().take(EXCERPT_CHARS).collect();
    let authors = to_json(metadata.authors.value().map(Vec::as_slice).unwrap_or_default())?;
    let sql = "INSERT INTO summaries (story, title, authors, excerpt, minutes, url) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT DO UPDATE SET title = ?2, authors = ?3, excerpt = ?4, minutes = ?5, url = ?6";
    let minutes = i64::try_from(metadata.minutes).unwrap_or_default();
    let title = article.title().unwrap_or_default();
    to.prepare_cached(sql)?.execute(params![key, title, authors, excerpt, minutes, metadata.url.value()])?;
    Ok(())
}

/// Makes anew the sources that are lost and are spoken of, as far as their bytes tell.
fn find_sources(to: &Connection) -> Result<()> {
    let sql = "SELECT source FROM story_sources UNION SELECT source FROM seen UNION SELECT source FROM originals
               EXCEPT SELECT key FROM sources";
    for key in keys(to, sql)? {
        add_source(to, key, original_of(to, key)?.as_deref())?;
    }
    for key in keys(to, "SELECT key FROM sources")? {
        let sql = "SELECT warnings FROM sources WHERE key = ?1";
        let warnings: String = to.prepare_cached(sql)?.query_row([key], |row| row.get(0))?;
        if serde_json::from_str::<Vec<String>>(&warnings).is_err() {
            to.prepare_cached("UPDATE sources SET warnings = '[]' WHERE key = ?1")?.execute([key])?;
        }
    }
    Ok(())
}

/// Gives each story that is left without a source one that stands for it.
fn give_sources(to: &Connection) -> Result<()> {
    let highest = "SELECT ifnull(max(key), 0) FROM sources";
    let highest: i64 = to.query_row(highest, [], |row| row.get(0))?;
    let stories = keys(to, "SELECT key FROM stories WHERE key NOT IN (SELECT story FROM story_sources)")?;
    for (source, story) in (highest + 1..).zip(stories) {
        add_source(to, source, None)?;
        let sql = "INSERT INTO story_sources (source, number, story) VALUES (?1, 0, ?2)";
        to.prepare_cached(sql)?.execute([source, story])?;
    }
    Ok(())
}

fn original_of(to: &Connection, source: i64) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT is_deflated, bytes FROM originals WHERE source = ?1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, bool>(0)?, row.get::<_, Vec<u8>>(1)?));
    let found = to.prepare_cached(sql)?.query_row([source], row).optional()?;
    Ok(found.and_then(|(is_deflated, bytes)| if is_deflated { packing::inflate(&bytes).ok() } else { Some(bytes) }))
}

fn add_source(to: &Connection, key: i64, original: Option<&[u8]>) -> Result<()> {
    let stand_in = format!("a source that was lost: {key}");
    let id = SourceId::of(original.unwrap_or(stand_in.as_bytes()));
    let size = i64::try_from(original.map_or(0, <[u8]>::len)).unwrap_or_default();
    let sql =
        "INSERT OR IGNORE INTO sources (key, source_id, size, format, warnings) VALUES (?1, ?2, ?3, 'Lost', '[]')";
    to.prepare_cached(sql)?.execute(params![key, id.as_str(), size])?;
    Ok(())
}

/// Takes out what belongs to nothing, and what cannot be read.
fn drop_strays(to: &Connection) -> Result<()> {
    for (table, column) in [("marks", "anchor"), ("places", "anchor"), ("folders", "ignored")] {
        to.execute(&format!("DELETE FROM {table} WHERE NOT json_valid({column})"), [])?;
    }
    for table in [
        "summaries",
        "documents",
        "images",
        "texts",
        "story_sources",
        "places",
        "story_tags",
        "notes",
        "marks",
        "choices",
        "corrected",
    ] {
        to.execute(&format!("DELETE FROM {table} WHERE story NOT IN (SELECT key FROM stories)"), [])?;
    }
    for table in ["originals", "story_sources", "seen"] {
        to.execute(&format!("DELETE FROM {table} WHERE source NOT IN (SELECT key FROM sources)"), [])?;
    }
    to.execute("DELETE FROM story_tags WHERE tag NOT IN (SELECT key FROM tags)", [])?;
    to.execute("DELETE FROM sources WHERE key NOT IN (SELECT source FROM story_sources)", [])?;
    to.execute("DELETE FROM originals WHERE source NOT IN (SELECT key FROM sources)", [])?;
    to.execute("DELETE FROM seen WHERE source NOT IN (SELECT key FROM sources)", [])?;
    Ok(())
}
