//! What was computed from stories, kept so that it is not computed for every reading: each value with the version of the rules
//! that it was computed by, and computed again when they are newer. Does not know what the values are, nor whether they still
//! hold when the story is read otherwise: they say that themselves.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::adding::key_of;
use super::error::Result;
use super::packing;
use super::store::{Reader, Store};
use super::values::Key;
use crate::document::StoryId;

/// A kind of value, and the version of the rules that compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The kind's name, the same in every version.
    pub kind: &'static str,
    /// Rises when the rules may give another value.
    pub version: u32,
}

impl Reader {
    /// What these rules computed from a story; `None` where they have not, or where older or newer ones have.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn computed(&self, id: &StoryId, rules: Rules) -> Result<Option<Vec<u8>>> {
        key_of(&self.connection, id)?.map_or(Ok(None), |key| computed(&self.connection, key, rules))
    }
}

impl Store {
    /// Keeps what these rules computed from a story, in place of what others have. A story that is not in the library has nothing
    /// kept.
    ///
    /// # Errors
    /// Nothing was kept then.
    pub fn keep_computed(&mut self, id: &StoryId, rules: Rules, value: &[u8]) -> Result<()> {
        key_of(&self.connection, id)?.map_or(Ok(()), |key| keep(&self.connection, key, rules, value))
    }
}

pub(super) fn computed(connection: &Connection, key: Key, rules: Rules) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT value FROM facts WHERE story = ?1 AND kind = ?2 AND version = ?3";
    let row = params![key.0, rules.kind, rules.version];
    let value: Option<Vec<u8>> = connection.prepare_cached(sql)?.query_row(row, |row| row.get(0)).optional()?;
    value.map(|value| packing::inflate(&value)).transpose()
}

pub(super) fn keep(connection: &Connection, key: Key, rules: Rules, value: &[u8]) -> Result<()> {
    let sql = "INSERT INTO facts (story, kind, version, value) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET version = excluded.version, value = excluded.value";
    let values = params![key.0, rules.kind, rules.version, packing::deflate(value)];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Article;
    use crate::library::Change;
    use crate::library::tests::{add, article, file, open};

    const RULES: Rules = Rules { kind: "insights", version: 3 };

    #[test]
    fn a_value_is_of_one_story_and_one_version() {
        let (_folder, mut store, reader) = open();
        let stories = [article("Ferries", "The boat is sold."), article("Swifts", "They came back.")];
        let keys = add(&mut store, &file("a.txt"), &stories);
        let [first, second] = [&keys[0].id, &keys[1].id];
        store.keep_computed(first, RULES, b"old").unwrap();
        store.keep_computed(first, RULES, b"new").unwrap();
        assert_eq!(reader.computed(first, RULES), Ok(Some(b"new".to_vec())));
        assert_eq!(reader.computed(second, RULES), Ok(None));
        for other in [Rules { version: 2, ..RULES }, Rules { version: 4, ..RULES }, Rules { kind: "shape", ..RULES }] {
            assert_eq!(reader.computed(first, other), Ok(None), "{other:?}");
        }
        // Read once more, it is the same story.
        add(&mut store, &file("b.txt"), &stories[..1]);
        assert_eq!(reader.computed(first, RULES), Ok(Some(b"new".to_vec())));
        // Newer rules leave nothing of what the older computed.
        store.keep_computed(first, Rules { version: 4, ..RULES }, b"newer").unwrap();
        assert_eq!(reader.computed(first, RULES), Ok(None));
        assert_eq!(reader.computed(first, Rules { version: 4, ..RULES }), Ok(Some(b"newer".to_vec())));
        // Of a story that the library does not have, nothing is kept, and nothing fails.
        let unknown = Article::default().story_id();
        store.keep_computed(&unknown, RULES, b"value").unwrap();
        assert_eq!(reader.computed(&unknown, RULES), Ok(None));
        store.change(&Change::Forget(vec![keys[0].key])).unwrap();
        assert_eq!(reader.computed(first, Rules { version: 4, ..RULES }), Ok(None));
        assert_eq!(reader.check(true).unwrap().problems, Vec::<String>::new());
    }
}
