//! The library's tables, and the way from an older library to this one: one step a version, all in one transaction. A
//! version that was ever released is never changed here; what it should have been is a step of its own.

use rusqlite::Connection;

use super::error::{LibraryError, Result};

/// Marks the file as a Recto library (SQLite's `application_id`): "Rect" in ASCII.
pub const APPLICATION_ID: i32 = 0x5265_6374;

/// The version that this program writes.
pub const VERSION: u32 = 3;

/// Each step takes a library from the version of its place to the next.
const STEPS: [&str; VERSION as usize] = [VERSION_1, VERSION_2, VERSION_3];

/// `stories` is narrow, so that a list of all of them is read quickly; what a row shows is in `summaries`.
const VERSION_1: &str = "
CREATE TABLE stories (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id TEXT NOT NULL UNIQUE,
    -- The key of the series' first version.
    series INTEGER NOT NULL,
    -- 0 inbox, 1 archive, 2 deleted, 3 superseded by a newer version.
    shelf INTEGER NOT NULL DEFAULT 0,
    -- 0 unread, 1 in progress, 2 finished.
    read INTEGER NOT NULL DEFAULT 0,
    progress REAL NOT NULL DEFAULT 0,
    -- Milliseconds since 1970.
    added_ms INTEGER NOT NULL,
    -- ISO 8601, as precise as stated.
    published TEXT,
    words INTEGER NOT NULL,
    language TEXT,
    site TEXT,
    title_key TEXT NOT NULL
) STRICT;
CREATE INDEX stories_by_shelf ON stories (shelf, read, key);
CREATE INDEX stories_by_site ON stories (site, shelf) WHERE site IS NOT NULL;
CREATE INDEX stories_by_series ON stories (series);

CREATE TABLE summaries (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    title TEXT NOT NULL,
    -- A JSON array.
    authors TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    url TEXT,
    thumbnail BLOB
) STRICT;

-- Recto's own JSON without the bytes of images, deflated.
CREATE TABLE documents (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    json BLOB NOT NULL
) STRICT;
CREATE TABLE images (
    story INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (story, number)
) STRICT;
-- The flat text, deflated: what snippets are cut from and the index is made of.
CREATE TABLE texts (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    flat BLOB NOT NULL
) STRICT;

CREATE TABLE sources (
    key INTEGER PRIMARY KEY,
    source_id TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT,
    -- A JSON array.
    warnings TEXT NOT NULL
) STRICT;
CREATE TABLE originals (
    source INTEGER PRIMARY KEY REFERENCES sources (key) ON DELETE CASCADE,
    -- Whether the bytes are deflated.
    is_deflated INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE story_sources (
    source INTEGER NOT NULL REFERENCES sources (key) ON DELETE CASCADE,
    -- Which of the source's stories, from 0.
    number INTEGER NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_sources_by_story ON story_sources (story);
CREATE TABLE seen (
    -- 0 a file, 1 a sample, 2 pasted.
    kind INTEGER NOT NULL,
    -- A path in the system's bytes, or a name.
    path BLOB NOT NULL,
    source INTEGER NOT NULL REFERENCES sources (key) ON DELETE CASCADE,
    modified_ms INTEGER,
    seen_ms INTEGER NOT NULL,
    is_missing INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_source ON seen (source);

-- What a person did.
CREATE TABLE places (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    -- An anchor as JSON.
    anchor TEXT NOT NULL,
    seconds INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE tags (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE story_tags (
    story INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tags (key) ON DELETE CASCADE,
    PRIMARY KEY (story, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_tags_by_tag ON story_tags (tag, story);
CREATE TABLE notes (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE marks (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    -- An anchor as JSON.
    anchor TEXT NOT NULL,
    note TEXT NOT NULL,
    made_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX marks_by_story ON marks (story);
-- Blocks put back or left out, as JSON.
CREATE TABLE choices (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    json TEXT NOT NULL
) STRICT;
CREATE TABLE folders (
    path BLOB PRIMARY KEY,
    -- A JSON array of patterns.
    ignored TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was computed from a story, with the version of the rules that computed it.
CREATE TABLE facts (
    story INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (story, kind)
) STRICT, WITHOUT ROWID;

-- Rows are numbered as their stories are, so that the newest come first without sorting. Words are folded and cut before
-- they get here (`terms`).
CREATE VIRTUAL TABLE search USING fts5(
    title, author, site, tags, notes, body,
    content='', contentless_delete=1, prefix='3 4',
    tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\"
);
-- What one or two letters are searched in.
CREATE VIRTUAL TABLE short_search USING fts5(
    title, site, tags,
    content='', contentless_delete=1, prefix='1 2',
    tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\"
);
";

/// An index for each order that a list can have, with what views and filters ask of a story: a list is read off in its order
/// and neither sorted nor looked up story by story.
const VERSION_2: &str = "
CREATE INDEX stories_of_shelf ON stories (shelf, key);
CREATE INDEX stories_by_key ON stories (key, shelf, read, published, language);
CREATE INDEX stories_by_date ON stories (published DESC, key DESC, shelf, read, language);
CREATE INDEX stories_by_title ON stories (title_key, key DESC, shelf, read, published, language);
CREATE INDEX stories_by_length ON stories (words DESC, key DESC, shelf, read, published, language);
CREATE INDEX stories_by_progress ON stories (progress DESC, key DESC, shelf, read, published, language);
CREATE INDEX seen_missing ON seen (source) WHERE is_missing = 1;
";

/// Corrections by hand, and signatures that other tellings of a story are found by. Those of the stories that are there already
/// are made when nothing else is to be done: [`super::Store::sign_some`].
const VERSION_3: &str = "
-- What a person put in place of what was read, for all versions of a story.
CREATE TABLE corrections (
    series INTEGER NOT NULL,
    field TEXT NOT NULL,
    -- Empty where a person says that there is none.
    value TEXT NOT NULL,
    PRIMARY KEY (series, field)
) STRICT, WITHOUT ROWID;
-- What was read, where `stories` or `summaries` has a correction in its place.
CREATE TABLE corrected (
    story INTEGER NOT NULL REFERENCES stories (key) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (story, field)
) STRICT, WITHOUT ROWID;

-- Where in its flat text a story's own words stand, without title, captions and what was left out.
CREATE TABLE bodies (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE,
    words INTEGER NOT NULL,
    -- Pairs of offsets in bytes, as JSON.
    ranges TEXT NOT NULL
) STRICT;
-- The values of each story's signature (`text::shingles`) as words. Full-text search is the index for them that takes new rows
-- without touching a page for each value.
CREATE VIRTUAL TABLE signatures USING fts5(
    terms, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
-- Stories that have no signature yet.
CREATE TABLE unsigned (
    story INTEGER PRIMARY KEY REFERENCES stories (key) ON DELETE CASCADE
) STRICT;
INSERT INTO unsigned (story) SELECT key FROM stories;
";

/// Finds stories by their addresses ([`super::addressed`]), hosts in any case. Part of version 3; apart from its step since there
/// are libraries of that version that were made before it.
const ADDRESSES: &str = "
CREATE INDEX IF NOT EXISTS summaries_by_url ON summaries (url COLLATE NOCASE) WHERE url IS NOT NULL;
";

/// How many stories each view has, from when that was counted to the next change: to count 100,000 takes longer than to list them.
/// Part of version 3, as [`ADDRESSES`] is.
const COUNTED: &str = "
CREATE TABLE IF NOT EXISTS counted (number INTEGER PRIMARY KEY CHECK (number = 1), json TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS counted_added AFTER INSERT ON stories BEGIN DELETE FROM counted; END;
CREATE TRIGGER IF NOT EXISTS counted_removed AFTER DELETE ON stories BEGIN DELETE FROM counted; END;
CREATE TRIGGER IF NOT EXISTS counted_changed AFTER UPDATE OF shelf, read, site ON stories
    WHEN old.shelf IS NOT new.shelf OR old.read IS NOT new.read OR old.site IS NOT new.site
    BEGIN DELETE FROM counted; END;
CREATE TRIGGER IF NOT EXISTS counted_tagged AFTER INSERT ON story_tags BEGIN DELETE FROM counted; END;
CREATE TRIGGER IF NOT EXISTS counted_untagged AFTER DELETE ON story_tags BEGIN DELETE FROM counted; END;
CREATE TRIGGER IF NOT EXISTS counted_renamed AFTER UPDATE ON tags BEGIN DELETE FROM counted; END;
";

/// The version of an open database, 0 where it is empty.
pub(super) fn version_of(connection: &Connection) -> Result<u32> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    u32::try_from(version).map_err(|_| LibraryError::damaged(format!("its version is {version}")))
}

/// Takes a library to [`VERSION`]. Either all steps are done or none.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    migrate_to(connection, VERSION)
}

/// Makes the tables of the first version: later ones have the same on the same pages, and indexes behind them.
pub(super) fn make_first(connection: &mut Connection) -> Result<()> {
    migrate_to(connection, 1)
}

fn migrate_to(connection: &mut Connection, version: u32) -> Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited for the lock.
    let from = version_of(&transaction)?;
    for step in STEPS.iter().take(version as usize).skip(from as usize) {
        transaction.execute_batch(step)?;
    }
    if version >= 3 {
        transaction.execute_batch(ADDRESSES)?;
        transaction.execute_batch(COUNTED)?;
    }
    if from < version {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::path::Path;

    use super::*;
    use crate::library::error::file_in;
    use crate::library::listing::sql_of;
    use crate::library::rescue::rescue;
    use crate::library::{Change, Key, Reader, Sort, Stated, Store, View};

    const SORTS: [Sort; 5] = [Sort::Added, Sort::Published, Sort::Title, Sort::Length, Sort::Progress];
    const VIEWS: [View; 7] =
        [View::Inbox, View::Unread, View::InProgress, View::Finished, View::Archive, View::All, View::Deleted];

    /// A library as an older Recto left it: nine stories, two of them older versions, with tags, a note and marks. That of
    /// version 2 is that of version 1, brought up.
    fn of_version(version: u32) -> Vec<u8> {
        let packed = std::fs::read(format!("tests/fixtures/library/version-{version}.db.gz")).unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
        bytes
    }

    fn folder_of(bytes: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(file_in(folder.path()), bytes).unwrap();
        folder
    }

    /// All that can be listed and found.
    fn answers(folder: &Path) -> Vec<Vec<Key>> {
        let reader = Reader::open(folder).unwrap();
        let tag = View::Tag("sea".into());
        let listed =
            VIEWS.into_iter().chain([tag]).flat_map(|view| SORTS.map(|sort| reader.list(&view, sort).unwrap()));
        let typed =
            ["ferry", "\"", "after:2015", "is:missing", "lang:en", "tag:sea", "-ferry", "note:why", "\"the word\""];
        let found = typed.into_iter().map(|typed| reader.find(&View::All, Sort::Title, typed).unwrap().keys);
        listed.chain(found).collect()
    }

    #[test]
    fn an_older_library_is_brought_up_to_date() {
        for version in 1..VERSION {
            let folder = folder_of(&of_version(version));
            let before = answers(folder.path());
            assert_eq!((Reader::open(folder.path()).unwrap().version(), before[25].len()), (Ok(version), 7));
            let story = Reader::open(folder.path()).unwrap().list(&View::All, Sort::Added).unwrap()[0];
            drop(Store::open(folder.path()).unwrap());

            let reader = Reader::open(folder.path()).unwrap();
            assert_eq!((reader.version(), answers(folder.path())), (Ok(VERSION), before.clone()));
            let report = reader.check(false).unwrap();
            assert_eq!((report.stories, report.problems), (9, Vec::new()));
            // Its stories can be corrected, and get their signatures behind that.
            assert_eq!((reader.corrections(story), reader.near_duplicates(story).unwrap().unsigned), (Ok(vec![]), 9));
            let mut store = Store::open(folder.path()).unwrap();
            let change = Change::Correct { key: story, field: Stated::Title, value: Some("Anew".into()) };
            let inverse = store.change(&change).unwrap().unwrap();
            assert_eq!(reader.entry(story).unwrap().unwrap().title, "Anew");
            store.change(&inverse).unwrap();
            assert_eq!((store.sign_some(100), store.sign_some(100)), (Ok(9), Ok(0)));
            assert_eq!(reader.near_duplicates(story).unwrap().unsigned, 0);
            assert_eq!(answers(folder.path()), before);
            assert_eq!(reader.check(false).unwrap().problems, Vec::<String>::new());
            // The old one is kept, and is a library itself.
            let kept = std::fs::read(folder.path().join(format!("library before version {VERSION}.db"))).unwrap();
            let kept = folder_of(&kept);
            assert_eq!((Reader::open(kept.path()).unwrap().version(), answers(kept.path())), (Ok(version), before));
        }
    }

    #[test]
    fn a_library_of_any_version_is_saved_without_its_first_page() {
        let brought_up = folder_of(&of_version(1));
        drop(Store::open(brought_up.path()).unwrap());
        for folder in [folder_of(&of_version(1)), folder_of(&of_version(2)), brought_up] {
            let mut bytes = std::fs::read(file_in(folder.path())).unwrap();
            bytes[..4096].fill(0xA5);
            let folder = folder_of(&bytes);
            let rescued = rescue(folder.path(), &folder.path().join("saved.db")).unwrap();
            assert_eq!((rescued.stories, rescued.text_only, rescued.without_text), (9, 0, 0), "{:?}", rescued.problems);
        }
    }

    #[test]
    fn no_list_is_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let reader = Store::open(folder.path()).unwrap().reader().unwrap();
        for view in VIEWS {
            for sort in SORTS {
                let sql = format!("EXPLAIN QUERY PLAN {}", sql_of(&view, sort).sql);
                let mut statement = reader.connection.prepare(&sql).unwrap();
                let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().flatten().collect();
                let plan = plan.join("; ");
                assert!(plan.contains("COVERING INDEX") && !plan.contains("TEMP B-TREE"), "{view:?} {sort:?}: {plan}");
            }
        }
    }
}
