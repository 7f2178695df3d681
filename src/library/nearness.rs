//! Other tellings of a story in the library: what an agency sent to several papers, what was shortened, quoted in full or
//! saved twice with other things around it. Signatures of all stories lead to those that may share text, and the texts say how
//! much (see [`crate::text::shingles`]). Only a story's own text counts, not what was left out of it: pages of one site have
//! menus and notices in common.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::adding::to_json;
use super::error::{LibraryError, Result};
use super::store::{Reader, Store};
use super::values::{Key, Shelf};
use super::{Rules, computed, documents, packing};
use crate::document::{Article, Content, Role};
use crate::text::shingles::{ALIKE_FROM, SIGNATURE_VALUES, Shared, Shingles, VERSION, on_two_threads};

/// A value of a signature that more stories have than this leads to none of them: it is of words that a site puts below each
/// of its stories. Of one story there are not so many tellings that none is found by another value.
const MOST_OF_A_VALUE: usize = 200;

/// Stories whose texts are compared, those first that their signatures promise most of.
const MOST_COMPARED: usize = 24;
/// Words of these together. The longest texts agree by chance with more others than all the rest, so what goes beyond this is
/// compared only where its signature promises half of what makes it a telling.
const MOST_WORDS_COMPARED: usize = 10_000;
const PROMISED_BY_LONG: f32 = ALIKE_FROM / 2.0;

/// The values of a story's signature, as words.
const SIGNATURE: Rules = Rules { kind: "signature", version: VERSION };

/// Another telling of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct NearDuplicate {
    /// Its number.
    pub key: Key,
    /// Its title.
    pub title: String,
    /// Its site, if one is stated.
    pub site: Option<String>,
    /// Its language, a BCP 47 tag.
    pub language: Option<String>,
    /// How much of the story that was asked about is in it, and the other way round.
    pub shared: Shared,
}

/// The other tellings of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nearby {
    /// Those that share most first.
    pub tellings: Vec<NearDuplicate>,
    /// Stories of an older Recto's library that have no signature yet, and so were not looked at.
    pub unsigned: usize,
}

impl Reader {
    /// The other tellings of a story among all that are in the inbox and the archive. Versions of one file are none: they have
    /// a comparison of their own.
    ///
    /// # Errors
    /// What keeps them from being looked for.
    pub fn near_duplicates(&self, key: Key) -> Result<Nearby> {
        let connection = &self.connection;
        if !self.has_version_3 {
            return Ok(Nearby::default());
        }
        let unsigned: i64 =
            connection.prepare_cached("SELECT count(*) FROM unsigned")?.query_row([], |row| row.get(0))?;
        let unsigned = usize::try_from(unsigned).unwrap_or_default();
        let none = Nearby { unsigned, ..Nearby::default() };
        let Some(signed) = signed(connection, key)? else { return Ok(none) };
        let candidates = candidates(connection, key, &signed)?;
        // Most stories are told once, and their texts need not be cut.
        let Some(own) = (if candidates.is_empty() { None } else { body_of(connection, key)? }) else { return Ok(none) };
        let (mut others, mut words_compared) = (Vec::new(), 0);
        for (candidate, words, promise) in candidates {
            if others.len() == MOST_COMPARED {
                break;
            }
            if words_compared + words > MOST_WORDS_COMPARED && promise < PROMISED_BY_LONG {
                continue;
            }
            words_compared += words;
            others.extend(body_of(connection, candidate)?.map(|body| (candidate, body)));
        }
        let cut = |others: Vec<(Key, Body)>| -> Result<Vec<(Key, Shingles)>> {
            others.into_iter().map(|(candidate, body)| Ok((candidate, body.shingles()?))).collect()
        };
        let (own, others) = if signed.words + words_compared < WORTH_TWO_THREADS {
            (own.shingles(), cut(others))
        } else {
            on_two_threads(|| own.shingles(), || cut(others))
        };
        let (own, others) = (own?, others?);
        let shared = others.into_iter().map(|(candidate, other)| (candidate, own.shared_with(&other)));
        let mut tellings = Vec::new();
        for (candidate, shared) in shared.filter(|(_, shared)| shared.is_alike()) {
            tellings.extend(named(connection, candidate, shared)?);
        }
        let most = |telling: &NearDuplicate| telling.shared.part_here().max(telling.shared.part_there());
        tellings.sort_by(|a, b| most(b).total_cmp(&most(a)).then(b.key.cmp(&a.key)));
        Ok(Nearby { tellings, unsigned })
    }
}

impl Store {
    /// Gives signatures to so many of the stories that have none, which an older Recto's library is full of. Answers how many
    /// there were; none where all have one.
    ///
    /// # Errors
    /// Nothing was changed then.
    pub fn sign_some(&mut self, most: usize) -> Result<usize> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let keys: Vec<Key> = {
            // The latest first: they are what is read.
            let mut statement =
                transaction.prepare_cached("SELECT story FROM unsigned ORDER BY story DESC LIMIT ?1")?;
            let keys = statement.query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0).map(Key))?;
            keys.collect::<rusqlite::Result<_>>()?
        };
        for key in &keys {
            // What cannot be read is told by a check.
            match documents::bare_article(&transaction, *key) {
                Ok(Some(article)) => sign(&transaction, *key, &article)?,
                Ok(None) | Err(LibraryError::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
            transaction.prepare_cached("DELETE FROM unsigned WHERE story = ?1")?.execute([key.0])?;
        }
        transaction.commit()?;
        Ok(keys.len())
    }
}

/// Words that are unpacked and cut on two threads: a thread costs as much as some 500.
const WORTH_TWO_THREADS: usize = 5_000;

/// All of a story's text.
enum Flat {
    /// As the library has it.
    Packed(Vec<u8>),
    Open(String),
}

/// A story's own text.
struct Body {
    flat: Flat,
    /// Where in it the blocks stand that are shown, without title, byline and captions, in bytes. What stands side by side is
    /// one range.
    ranges: Vec<(usize, usize)>,
}

impl Body {
    fn of(article: &Article) -> Self {
        let flat = article.flat_text();
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for (number, block) in article.blocks.iter().enumerate() {
            let is_text = !matches!(block.content, Content::Figure(_) | Content::Rule);
            if !(block.is_shown() && block.role == Role::Body && is_text) {
                continue;
            }
            let Some(range) = flat.block_range(number) else { continue };
            match ranges.last_mut() {
                // Only white space stands between two blocks.
                Some((_, end)) if flat.as_str().get(*end..range.start).is_some_and(|gap| gap.trim().is_empty()) => {
                    *end = range.end;
                }
                _ => ranges.push((range.start, range.end)),
            }
        }
        Self { flat: Flat::Open(flat.as_str().to_owned()), ranges }
    }

    fn shingles(&self) -> Result<Shingles> {
        let flat = match &self.flat {
            Flat::Packed(bytes) => &packing::inflate_text(bytes)?,
            Flat::Open(text) => text,
        };
        Ok(Shingles::of_parts(self.ranges.iter().filter_map(|(start, end)| flat.get(*start..*end))))
    }
}

/// Makes a story's signature.
pub(super) fn sign(connection: &Connection, key: Key, article: &Article) -> Result<()> {
    let body = Body::of(article);
    let shingles = body.shingles()?;
    let sql = "INSERT INTO bodies (story, words, ranges) VALUES (?1, ?2, ?3)
               ON CONFLICT DO UPDATE SET words = ?2, ranges = ?3";
    let words = i64::try_from(shingles.words()).unwrap_or(i64::MAX);
    connection.prepare_cached(sql)?.execute(params![key.0, words, to_json(&body.ranges)?])?;
    forget_signature(connection, key)?;
    let terms = terms_of(&shingles);
    if !terms.is_empty() {
        let sql = "INSERT INTO signatures (rowid, terms) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute(params![key.0, terms])?;
    }
    // The index tells stories by their terms, and not terms by their story.
    computed::keep(connection, key, SIGNATURE, terms.as_bytes())
}

/// A story's signature.
struct Signed {
    /// Words of its own text.
    words: usize,
    /// The values, apart by spaces; empty where the text is shorter than a shingle.
    terms: String,
}

/// The signature as the index has it.
fn terms_of(shingles: &Shingles) -> String {
    shingles.signature().map(|signature| signature.terms().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// A story's signature; `None` where there is no such story.
fn signed(connection: &Connection, key: Key) -> Result<Option<Signed>> {
    let sql = "SELECT words FROM bodies WHERE story = ?1";
    let words: Option<i64> = connection.prepare_cached(sql)?.query_row([key.0], |row| row.get(0)).optional()?;
    let kept = computed::computed(connection, key, SIGNATURE)?.and_then(|terms| String::from_utf8(terms).ok());
    if let (Some(words), Some(terms)) = (words.and_then(|words| usize::try_from(words).ok()), kept) {
        return Ok(Some(Signed { words, terms }));
    }
    // It waits for its signature, or was signed before signatures were kept.
    let shingles = body_of(connection, key)?.map(|body| body.shingles()).transpose()?;
    Ok(shingles.map(|shingles| Signed { words: shingles.words(), terms: terms_of(&shingles) }))
}

pub(super) fn forget_signature(connection: &Connection, key: Key) -> Result<()> {
    connection.prepare_cached("DELETE FROM signatures WHERE rowid = ?1")?.execute([key.0])?;
    Ok(())
}

/// A story's own text; `None` where there is no such story.
fn body_of(connection: &Connection, key: Key) -> Result<Option<Body>> {
    let sql = "SELECT flat, ranges FROM texts LEFT JOIN bodies USING (story) WHERE story = ?1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?));
    let Some((flat, ranges)) = connection.prepare_cached(sql)?.query_row([key.0], row).optional()? else {
        return Ok(None);
    };
    if let Some(ranges) = ranges {
        let ranges = serde_json::from_str(&ranges).map_err(LibraryError::damaged)?;
        return Ok(Some(Body { flat: Flat::Packed(flat), ranges }));
    }
    // It waits for its signature.
    Ok(documents::bare_article(connection, key)?.map(|article| Body::of(&article)))
}

/// The stories that may share text with one, those that promise most first, with their words and what they promise.
fn candidates(connection: &Connection, key: Key, own: &Signed) -> Result<Vec<(Key, usize, f32)>> {
    let mut agreeing: HashMap<i64, usize> = HashMap::new();
    let sql = format!("SELECT rowid FROM signatures WHERE signatures MATCH ?1 LIMIT {}", MOST_OF_A_VALUE + 1);
    let mut statement = connection.prepare_cached(&sql)?;
    for term in own.terms.split_whitespace() {
        let found = statement.query_map([format!("\"{term}\"")], |row| row.get(0))?;
        let found = found.collect::<rusqlite::Result<Vec<i64>>>()?;
        if found.len() <= MOST_OF_A_VALUE {
            found.into_iter().for_each(|story| *agreeing.entry(story).or_default() += 1);
        }
    }
    agreeing.remove(&key.0);
    let sql = "SELECT bodies.words FROM bodies JOIN stories ON stories.key = story
               WHERE story = ?1 AND shelf < ?3 AND series != (SELECT series FROM stories WHERE key = ?2)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut promising = Vec::new();
    for (story, agreeing) in agreeing {
        let words: Option<i64> =
            statement.query_row([story, key.0, Shelf::Deleted.number()], |row| row.get(0)).optional()?;
        if let Some(words) = words.and_then(|words| usize::try_from(words).ok()) {
            promising.push((Key(story), words, promise(agreeing, own.words, words)));
        }
    }
    promising.sort_by(|(first, _, a), (second, _, b)| b.total_cmp(a).then(second.cmp(first)));
    Ok(promising)
}

/// How much of the shorter of two texts is in the other, as far as their signatures tell: with the resemblance `s` and the
/// lengths `a` and `b`, `s (a + b) / (1 + s)` words are in both (Broder, section 2). Of `n` values that agree, so many as chance
/// makes of them on the way up, their root, are not counted: else one that agrees with a book would promise all.
#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn promise(agreeing: usize, a: usize, b: usize) -> f32 {
    let agreeing = agreeing as f32;
    let resemblance = (agreeing - agreeing.sqrt()) / SIGNATURE_VALUES as f32;
    (resemblance * (a + b) as f32 / (1.0 + resemblance) / a.min(b).max(1) as f32).min(1.0)
}

fn named(connection: &Connection, key: Key, shared: Shared) -> Result<Option<NearDuplicate>> {
    let sql = "SELECT title, site, language FROM stories JOIN summaries ON story = stories.key WHERE stories.key = ?1";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(NearDuplicate { key, title: row.get(0)?, site: row.get(1)?, language: row.get(2)?, shared })
    };
    Ok(connection.prepare_cached(sql)?.query_row([key.0], row).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, OmissionReason, RichText};
    use crate::library::tests::{add, article, file, open};
    use crate::library::{Change, Store};

    fn fixture(name: &str) -> Article {
        let text = std::fs::read_to_string(format!("tests/fixtures/near_duplicates/{name}.txt")).unwrap();
        let (title, body) = text.split_once("\n\n").unwrap();
        article(title, body.trim())
    }

    /// The pairs by name, without their sides.
    fn pairs() -> Vec<String> {
        let all = std::fs::read_dir("tests/fixtures/near_duplicates").unwrap().flatten();
        let mut names: Vec<String> = all
            .filter_map(|entry| Some(entry.file_name().to_string_lossy().strip_suffix(".a.txt")?.to_owned()))
            .collect();
        names.sort();
        assert_eq!(names.len(), 20);
        names
    }

    fn near(reader: &Reader, key: Key) -> Vec<Key> {
        reader.near_duplicates(key).unwrap().tellings.into_iter().map(|telling| telling.key).collect()
    }

    #[test]
    fn other_tellings_are_found_and_lookalikes_are_not() {
        let (_folder, mut store, reader) = open();
        let mut kept = Vec::new();
        for name in pairs() {
            let side = |side: &str, store: &mut Store| {
                let name = format!("{name}.{side}");
                add(store, &file(&name), &[fixture(&name)]).remove(0).key
            };
            kept.push((name.clone(), side("a", &mut store), side("b", &mut store)));
        }
        for (name, a, b) in kept {
            let expected = |other| if name.starts_with("near") { vec![other] } else { vec![] };
            assert_eq!((near(&reader, a), near(&reader, b)), (expected(b), expected(a)), "{name}");
        }
        assert_eq!(reader.near_duplicates(Key(999)).unwrap(), Nearby::default());
    }

    #[test]
    fn a_signature_that_was_not_kept_is_made_again() {
        let (_folder, mut store, reader) = open();
        let first = add(&mut store, &file("a.txt"), &[fixture("near-03-reordered.a")]).remove(0).key;
        let second = add(&mut store, &file("b.txt"), &[fixture("near-03-reordered.b")]).remove(0).key;
        let kept = signed(&reader.connection, first).unwrap().unwrap();
        assert_eq!(kept.terms.split(' ').count(), SIGNATURE_VALUES);
        // As libraries are that were signed before signatures were kept.
        store.connection.execute("DELETE FROM facts", []).unwrap();
        let made = signed(&reader.connection, first).unwrap().unwrap();
        assert_eq!((made.words, made.terms), (kept.words, kept.terms));
        assert_eq!((near(&reader, first), near(&reader, second)), (vec![second], vec![first]));
    }

    #[test]
    fn neither_versions_nor_what_was_deleted_are_other_tellings() {
        let (_folder, mut store, reader) = open();
        let (a, b) = (fixture("near-03-reordered.a"), fixture("near-03-reordered.b"));
        let first = add(&mut store, &file("a.txt"), std::slice::from_ref(&a)).remove(0).key;
        let second = add(&mut store, &file("b.txt"), std::slice::from_ref(&b)).remove(0).key;
        assert_eq!(near(&reader, first), [second]);
        let inverse = store.change(&Change::Move { keys: vec![second], shelf: Shelf::Deleted }).unwrap().unwrap();
        assert_eq!(near(&reader, first), []);
        store.change(&inverse).unwrap();
        assert_eq!(near(&reader, first), [second]);
        // The file changes: its new text is a version, and the other story still another telling.
        let edited = article("How the swifts came back", &a.body_text().replace("eleven summers", "twelve summers"));
        let newer = add(&mut store, &file("a.txt"), &[edited]).remove(0);
        assert_eq!(newer.replaces, Some(first));
        assert_eq!((near(&reader, newer.key), near(&reader, second)), (vec![second], vec![newer.key]));
        store.change(&Change::Forget(vec![second])).unwrap();
        assert_eq!(near(&reader, newer.key), []);
    }

    #[test]
    fn what_was_left_out_of_a_page_makes_no_telling() {
        let (_folder, mut store, reader) = open();
        let menu = fixture("near-01-agency-copy.a").body_text();
        let mut keys = Vec::new();
        for text in ["Bread is baked before dawn, when the ovens are cold and the town sleeps.", "Bees dance."] {
            let mut page = article("Page", text);
            page.blocks.insert(0, Block::paragraph(RichText::plain(&menu)).omitted(OmissionReason::Navigation));
            keys.push(add(&mut store, &file(text), &[page]).remove(0).key);
        }
        assert_eq!((near(&reader, keys[0]), near(&reader, keys[1])), (vec![], vec![]));
    }

    #[test]
    fn stories_of_an_older_library_are_signed_some_at_a_time() {
        let (_folder, mut store, reader) = open();
        let names = ["near-10-house-style.a", "near-10-house-style.b", "near-09-agency-copy-ja.a"];
        let keys: Vec<Key> =
            names.iter().map(|name| add(&mut store, &file(name), &[fixture(name)]).remove(0).key).collect();
        // As an older Recto would have left them.
        let sql = "DELETE FROM bodies; DELETE FROM signatures; INSERT INTO unsigned SELECT key FROM stories;";
        store.connection.execute_batch(sql).unwrap();
        let nearby = reader.near_duplicates(keys[0]).unwrap();
        assert_eq!((nearby.tellings.len(), nearby.unsigned), (0, 3));
        assert_eq!((store.sign_some(2).unwrap(), near(&reader, keys[0])), (2, vec![keys[1]]));
        assert_eq!((store.sign_some(2).unwrap(), store.sign_some(2).unwrap()), (1, 0));
        let nearby = reader.near_duplicates(keys[1]).unwrap();
        assert_eq!((nearby.tellings.len(), nearby.unsigned), (1, 0));
        assert_eq!(
            (nearby.tellings[0].key, nearby.tellings[0].title.as_str()),
            (keys[0], "Why the night buses were empty")
        );
        assert!(nearby.tellings[0].shared.part_here() > 0.8);
    }
}
