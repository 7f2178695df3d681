//! What a person puts in place of what was read of a story: its title, site, authors, dates, address, language. Kept apart
//! from what was read and by series, so that neither another import nor a new version of the file undoes it. What lists and
//! searches ask for stands in `stories` and `summaries` as corrected; what was read there before is in `corrected`, and in the
//! story's document it is as its importer left it.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::adding::{index_again, to_json};
use super::changing::Change;
use super::error::{LibraryError, Result};
use super::store::Reader;
use super::values::Key;
use crate::document::StatedDate;
use crate::text;

/// A value that a story states, and that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stated {
    /// The title.
    Title,
    /// The site or publication.
    Site,
    /// The authors, apart by semicolons.
    Authors,
    /// When it was published, as ISO 8601, as precise as it is known.
    Published,
    /// When it was changed last, likewise.
    Modified,
    /// The address on the web.
    Url,
    /// The language, a BCP 47 tag.
    Language,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What was corrected.
    pub field: Stated,
    /// What holds from now on; empty where a person says that there is none.
    pub value: String,
}

impl Stated {
    /// All that can be corrected, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Site, Self::Authors, Self::Published, Self::Modified, Self::Url, Self::Language];

    fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Site => "site",
            Self::Authors => "authors",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Url => "url",
            Self::Language => "language",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// The table that lists and searches find it in, with the column that has the story's key; none where they do not ask.
    fn place(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Title | Self::Authors | Self::Url => Some(("summaries", "story")),
            Self::Site | Self::Published | Self::Language => Some(("stories", "key")),
            Self::Modified => None,
        }
    }

    /// What was typed, as it is kept; `None` where it takes the correction away.
    ///
    /// # Errors
    /// What is typed for a date is none, or for a language.
    pub fn read(self, typed: &str) -> Result<Option<String>> {
        let value = text::collapse_whitespace(typed);
        Ok(match self {
            // A story without a name could not be told from others.
            Self::Title if value.is_empty() => None,
            Self::Title | Self::Site | Self::Url => Some(value),
            Self::Authors => Some(authors_of(typed).join("; ")),
            Self::Published | Self::Modified | Self::Language if value.is_empty() => Some(value),
            Self::Published | Self::Modified => {
                let date: StatedDate = value.parse().map_err(|_| LibraryError::NotADate { typed: value.clone() })?;
                Some(date.to_string())
            }
            Self::Language if is_tag(&value) => Some(value),
            Self::Language => return Err(LibraryError::NotALanguage { typed: value }),
        })
    }
}

/// The authors of a value as it is typed: apart by semicolons or line ends, since names have commas.
pub fn authors_of(typed: &str) -> Vec<String> {
    let names = typed.split([';', '\n']).map(text::collapse_whitespace);
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether a text has the form of a BCP 47 tag (RFC 5646, section 2.1), as far as anything here asks.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_first = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_further =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_first) && parts.all(is_further)
}

impl Reader {
    /// What was corrected of a story, in the order in which values are shown.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn corrections(&self, key: Key) -> Result<Vec<Correction>> {
        // Before version 3 nothing could be corrected.
        if self.has_version_3 { corrections(&self.connection, key) } else { Ok(Vec::new()) }
    }
}

pub(super) fn corrections(connection: &Connection, key: Key) -> Result<Vec<Correction>> {
    let sql = "SELECT field, value FROM corrections WHERE series = (SELECT series FROM stories WHERE key = ?1)";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([key.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut all = Vec::new();
    for row in rows {
        let (field, value) = row?;
        // What a newer Recto lets be corrected is left alone.
        all.extend(Stated::of_name(&field).map(|field| Correction { field, value }));
    }
    all.sort_by_key(|correction| correction.field);
    Ok(all)
}

/// Corrects a value, for all versions of a story. Answers with what takes it back; `None` where nothing has changed.
pub(super) fn correct(connection: &Connection, key: Key, field: Stated, typed: Option<&str>) -> Result<Option<Change>> {
    let sql = "SELECT series FROM stories WHERE key = ?1";
    let series: Option<i64> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
    let Some(series) = series else { return Ok(None) };
    let value = typed.map(|typed| field.read(typed)).transpose()?.flatten();
    let sql = "SELECT value FROM corrections WHERE series = ?1 AND field = ?2";
    let before: Option<String> =
        connection.prepare_cached(sql)?.query_row(params![series, field.name()], |row| row.get(0)).optional()?;
    if before == value {
        return Ok(None);
    }
    let sql = "SELECT key FROM stories WHERE series = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let versions = statement.query_map([series], |row| row.get(0).map(Key))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for version in &versions {
        take_back(connection, *version)?;
    }
    match &value {
        Some(value) => {
            let sql = "INSERT INTO corrections (series, field, value) VALUES (?1, ?2, ?3)
                       ON CONFLICT DO UPDATE SET value = ?3";
            connection.prepare_cached(sql)?.execute(params![series, field.name(), value])?;
        }
        None => {
            let sql = "DELETE FROM corrections WHERE series = ?1 AND field = ?2";
            connection.prepare_cached(sql)?.execute(params![series, field.name()])?;
        }
    }
    for version in versions {
        put(connection, version)?;
        index_again(connection, version)?;
    }
    Ok(Some(Change::Correct { key, field, value: before }))
}

/// Puts corrections in place of what has just been read of a story.
pub(super) fn put_over_what_was_read(connection: &Connection, key: Key) -> Result<()> {
    connection.prepare_cached("DELETE FROM corrected WHERE story = ?1")?.execute([key.0])?;
    put(connection, key)
}

fn put(connection: &Connection, key: Key) -> Result<()> {
    for Correction { field, value } in corrections(connection, key)? {
        let Some((table, number)) = field.place() else { continue };
        let name = field.name();
        let sql = format!(
            "INSERT INTO corrected (story, field, value) SELECT {number}, ?2, {name} FROM {table} WHERE {number} = ?1"
        );
        connection.prepare_cached(&sql)?.execute(params![key.0, name])?;
        let value = match field {
            Stated::Authors => Some(to_json(&authors_of(&value))?),
            _ => Some(value).filter(|value| !value.is_empty()),
        };
        set(connection, key, field, value.as_deref())?;
    }
    Ok(())
}

/// Puts what was read in its place again.
fn take_back(connection: &Connection, key: Key) -> Result<()> {
    let mut statement = connection.prepare_cached("SELECT field, value FROM corrected WHERE story = ?1")?;
    let rows = statement.query_map([key.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
    for (field, value) in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        if let Some(field) = Stated::of_name(&field) {
            set(connection, key, field, value.as_deref())?;
        }
    }
    connection.prepare_cached("DELETE FROM corrected WHERE story = ?1")?.execute([key.0])?;
    Ok(())
}

/// Sets what lists and searches find, as its column has it.
fn set(connection: &Connection, key: Key, field: Stated, value: Option<&str>) -> Result<()> {
    let Some((table, number)) = field.place() else { return Ok(()) };
    let sql = format!("UPDATE {table} SET {} = ?2 WHERE {number} = ?1", field.name());
    connection.prepare_cached(&sql)?.execute(params![key.0, value])?;
    if field == Stated::Title {
        let sql = "UPDATE stories SET title_key = ?2 WHERE key = ?1";
        connection.prepare_cached(sql)?.execute(params![key.0, text::fold(value.unwrap_or_default())])?;
    }
    Ok(())
}

/// Takes away what belongs to series that have no story any more.
pub(super) fn drop_unused(connection: &Connection) -> Result<()> {
    let sql =
        "DELETE FROM corrections WHERE NOT EXISTS (SELECT 1 FROM stories WHERE stories.series = corrections.series)";
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Article, Provenance};
    use crate::library::tests::{add, article, file, open};
    use crate::library::{Sort, Store, View};

    #[test]
    fn what_is_typed_is_read_as_it_is_kept() {
        use Stated::{Authors, Language, Modified, Published, Site, Title, Url};
        let check = |field: Stated, typed: &str, expected: Option<&str>| {
            assert_eq!(field.read(typed).unwrap().as_deref(), expected, "{field:?} {typed}");
        };
        check(Title, "  Ferries\n again ", Some("Ferries again"));
        check(Title, " ", None);
        check(Site, "", Some(""));
        check(Url, " https://a.example/b ", Some("https://a.example/b"));
        check(Authors, "Smith, Ann ;\n Bo Li; ", Some("Smith, Ann; Bo Li"));
        check(Published, "2024-3", Some("2024-03"));
        check(Modified, "2024-03-04 18:20", Some("2024-03-04T18:20"));
        check(Published, "", Some(""));
        check(Language, "pt-BR", Some("pt-BR"));
        for (field, typed) in
            [(Published, "yesterday"), (Modified, "2024-13"), (Language, "English (US)"), (Language, "e")]
        {
            assert!(field.read(typed).is_err(), "{field:?} {typed}");
        }
        for field in Stated::ALL {
            assert_eq!(Stated::of_name(field.name()), Some(field));
        }
    }
    fn read_article(text: &str) -> Article {
        let mut article = article("Ferrys", text);
        let metadata = &mut article.metadata;
        metadata.site.add("harbor post".into(), Provenance::Line(1));
        metadata.authors.add(vec!["A. Writer".into()], Provenance::Line(2));
        metadata.published.add("2020-01-02".parse().unwrap(), Provenance::Line(2));
        metadata.url.add("https://old.example/ferrys".into(), Provenance::Line(3));
        article
    }

    const MADE: [(Stated, &str); 7] = [
        (Stated::Title, "Ferries"),
        (Stated::Site, "Harbour Post"),
        (Stated::Authors, "Ann Writer; Bo Li"),
        (Stated::Published, "2024-05"),
        (Stated::Modified, "2024-06-01"),
        (Stated::Url, "https://new.example/ferries"),
        (Stated::Language, "de"),
    ];

    fn correct_all(store: &mut Store, key: Key) -> Vec<Change> {
        let change = |(field, value): (Stated, &str)| Change::Correct { key, field, value: Some(value.to_owned()) };
        MADE.into_iter().map(|made| store.change(&change(made)).unwrap().unwrap()).collect()
    }

    /// What a list shows, with what is found by it and not by what was read.
    #[track_caller]
    fn is_as_corrected(reader: &Reader, key: Key) {
        let entry = reader.entry(key).unwrap().unwrap();
        assert_eq!((entry.title.as_str(), entry.site.as_deref()), ("Ferries", Some("Harbour Post")));
        assert_eq!((entry.published.as_deref(), entry.language.as_deref()), (Some("2024-05"), Some("de")));
        assert_eq!(entry.authors, ["Ann Writer", "Bo Li"]);
        assert_eq!(entry.url.as_deref(), Some("https://new.example/ferries"));
        let corrections: Vec<(Stated, String)> = entry.corrections.into_iter().map(|c| (c.field, c.value)).collect();
        assert_eq!(corrections, MADE.map(|(field, value)| (field, value.to_owned())));
        assert_eq!(reader.document(key).unwrap().unwrap().corrections.len(), MADE.len());
        for (typed, expected) in [
            ("title:ferries", true),
            ("ferries", true),
            ("title:ferrys", false),
            ("site:harbour", true),
            ("site:harbor", false),
            ("author:bo", true),
            ("author:a", true),
            ("after:2024", true),
            ("before:2021", false),
            ("lang:de", true),
            ("fe", true),
        ] {
            let found = reader.find(&View::All, Sort::Added, typed).unwrap().keys;
            assert_eq!(found.contains(&key), expected, "{typed}");
        }
        assert_eq!(reader.list(&View::Site("Harbour Post".into()), Sort::Added).unwrap(), [key]);
        assert_eq!(reader.counts().unwrap().sites, [("Harbour Post".to_owned(), 1)]);
    }

    #[test]
    fn a_correction_holds_after_a_restart_another_import_and_a_new_version() {
        let (folder, mut store, reader) = open();
        let first = read_article("The boat leaves at nine.");
        let kept = add(&mut store, &file("a.txt"), std::slice::from_ref(&first)).remove(0);
        correct_all(&mut store, kept.key);
        is_as_corrected(&reader, kept.key);
        // What was read is as it was.
        assert_eq!(reader.document(kept.key).unwrap().unwrap().article, first);
        drop((store, reader));
        let mut store = Store::open(folder.path()).unwrap();
        let reader = store.reader().unwrap();
        is_as_corrected(&reader, kept.key);

        let again = add(&mut store, &file("a.txt"), std::slice::from_ref(&first)).remove(0);
        assert_eq!((again.key, again.corrections.len()), (kept.key, MADE.len()));
        is_as_corrected(&reader, kept.key);
        add(&mut store, &file("copy.txt"), &[first]);
        is_as_corrected(&reader, kept.key);

        // A new version is known by what was read of the old one, though its title and address are other ones now.
        let edition = [read_article("The boat leaves at ten."), article("Bread", "Bread is baked before dawn.")];
        store.mark_missing(std::path::Path::new("/articles/copy.txt"), true).unwrap();
        let new = add(&mut store, &file("a.txt"), &edition).remove(0);
        assert_eq!((new.replaces, new.corrections.len()), (Some(kept.key), MADE.len()));
        is_as_corrected(&reader, new.key);

        // What is taken back for one version is for all.
        let undo = Change::Correct { key: new.key, field: Stated::Title, value: None };
        store.change(&undo).unwrap().unwrap();
        for key in [kept.key, new.key] {
            let entry = reader.entry(key).unwrap().unwrap();
            assert_eq!((entry.title.as_str(), entry.site.as_deref()), ("Ferrys", Some("Harbour Post")));
        }
        // And what the last story of a series had is forgotten with it.
        store.change(&Change::Forget(vec![kept.key])).unwrap();
        assert_eq!(reader.corrections(new.key).unwrap().len(), MADE.len() - 1);
        store.change(&Change::Forget(vec![new.key])).unwrap();
        let left: i64 = store.connection.query_row("SELECT count(*) FROM corrections", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0);
    }

    #[test]
    fn a_correction_is_taken_back_and_done_again() {
        let (_folder, mut store, reader) = open();
        let key = add(&mut store, &file("a.txt"), &[read_article("The boat leaves at nine.")]).remove(0).key;
        let before = reader.entry(key).unwrap();
        let inverses = correct_all(&mut store, key);
        let again: Vec<Change> = inverses.iter().rev().map(|inverse| store.change(inverse).unwrap().unwrap()).collect();
        assert_eq!(reader.entry(key).unwrap(), before);
        assert_eq!(reader.find(&View::All, Sort::Added, "title:ferrys").unwrap().keys, [key]);
        again.iter().rev().for_each(|change| drop(store.change(change).unwrap()));
        is_as_corrected(&reader, key);

        let change = |field, value: &str| Change::Correct { key, field, value: Some(value.to_owned()) };
        // One correction of another leads back to it, and what says nothing new is none.
        let inverse = store.change(&change(Stated::Title, "Boats")).unwrap();
        assert_eq!(inverse, Some(change(Stated::Title, "Ferries")));
        assert_eq!(store.change(&change(Stated::Title, " Boats ")).unwrap(), None);
        // There is none.
        store.change(&change(Stated::Published, "")).unwrap();
        store.change(&change(Stated::Authors, " ; ")).unwrap();
        let entry = reader.entry(key).unwrap().unwrap();
        assert_eq!((entry.published, entry.authors), (None, Vec::new()));
        // What is no date changes nothing.
        let wrong = store.change(&change(Stated::Published, "in May"));
        assert_eq!(wrong, Err(LibraryError::NotADate { typed: "in May".into() }));
        assert_eq!(store.change(&Change::Correct { key: Key(99), field: Stated::Site, value: None }).unwrap(), None);
    }
}
