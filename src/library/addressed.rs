//! The stories that links lead to, by their addresses: all links of a story are asked about at once. Opens no address.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{OptionalExtension as _, params};

use super::error::Result;
use super::store::Reader;
use super::values::Key;
use crate::text::address::page_of;

/// How the address of a page can begin.
const BEGINNINGS: [&str; 4] = ["https://", "https://www.", "http://", "http://www."];
/// What can follow the address of a page that is still that page's: nothing or a slash, parameters, a fragment. From the first
/// to before the second, in the order of their bytes.
const ENDINGS: [(&str, &str); 6] = [("", "\u{1}"), ("/", "/\u{1}"), ("?", "@"), ("#", "$"), ("/?", "/@"), ("/#", "/$")];

/// A story that an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// Its number.
    pub key: Key,
    /// Its title, as lists have it.
    pub title: String,
}

impl Reader {
    /// Of some addresses those that are a story's, each as it was asked about. Two addresses are one where they lead to the
    /// [same page](crate::text::address::is_same_page); one with a port or a user in it is found where the story's has neither.
    /// Of several stories the one that came last; none that is deleted or superseded, and not `except`.
    ///
    /// Takes a few steps in an index for each host, and some more for each page of a host that there are stories of. In a library of
    /// 100,000 stories 1,000 links to a thousand sites take 0.13 s in a build without optimisation; 1,000 links that differ in
    /// their parameters alone, beside 50,000 stories that do, 0.7 s.
    ///
    /// # Errors
    /// What keeps them from being looked up.
    pub fn addressed(&self, addresses: &[String], except: Option<Key>) -> Result<HashMap<String, Addressed>> {
        let mut wanted: HashMap<String, Vec<&String>> = HashMap::new();
        for address in addresses {
            if let Some(page) = page_of(address) {
                wanted.entry(page).or_default().push(address);
            }
        }
        let mut found: HashMap<String, Vec<i64>> = HashMap::new();
        self.each_address(&wanted, &mut |url, story| {
            if let Some(page) = page_of(url).filter(|page| wanted.contains_key(page)) {
                found.entry(page).or_default().push(story);
            }
        })?;
        let mut out = HashMap::new();
        let sql = "SELECT title FROM stories JOIN summaries ON summaries.story = stories.key
                   WHERE stories.key = ?1 AND shelf IN (0, 1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        for (page, mut stories) in found {
            stories.sort_unstable_by_key(|story| std::cmp::Reverse(*story));
            stories.dedup();
            for story in stories.into_iter().filter(|story| except != Some(Key(*story))) {
                let Some(title) = statement.query_row([story], |row| row.get(0)).optional()? else { continue };
                let there = Addressed { key: Key(story), title };
                let asked = wanted.get(&page).into_iter().flatten();
                out.extend(asked.map(|address| ((*address).clone(), there.clone())));
                break;
            }
        }
        Ok(out)
    }

    /// The addresses of stories that may be of these pages, with others among them.
    fn each_address(&self, pages: &HashMap<String, Vec<&String>>, call: &mut dyn FnMut(&str, i64)) -> Result<()> {
        let sql = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'summaries_by_url'";
        let is_indexed = self.connection.prepare_cached(sql)?.query_row([], |_| Ok(())).optional()?.is_some();
        if !is_indexed {
            // A library of an older Recto that may not be written: it is small or it takes its time.
            let sql = "SELECT url, story FROM summaries WHERE url IS NOT NULL";
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                call(row.get_ref(0)?.as_str().unwrap_or_default(), row.get(1)?);
            }
            return Ok(());
        }
        // Links to one page with other parameters lie side by side: what is there is looked through once.
        let paths: BTreeSet<&str> = pages.keys().filter_map(|page| page.split('?').next()).collect();
        let paths = paths.into_iter().map(|path| path.trim_end_matches('/')).collect::<BTreeSet<_>>();
        let mut known: HashMap<&str, Vec<&str>> = HashMap::new();
        // The index has its own order, in which the ends of a range have to be compared too.
        let sql = "SELECT 1 FROM summaries WHERE url COLLATE NOCASE >= ?1 AND url COLLATE NOCASE < ?2 LIMIT 1";
        let mut is_any = self.connection.prepare_cached(sql)?;
        let sql = "SELECT url, story FROM summaries WHERE url COLLATE NOCASE >= ?1 AND url COLLATE NOCASE < ?2";
        let mut in_range = self.connection.prepare_cached(sql)?;
        for path in paths {
            let host = path.split('/').next().unwrap_or_default();
            if !known.contains_key(host) {
                let mut beginnings = Vec::new();
                for beginning in BEGINNINGS {
                    let range = params![format!("{beginning}{host}"), format!("{beginning}{host}@")];
                    if is_any.query_row(range, |_| Ok(())).optional()?.is_some() {
                        beginnings.push(beginning);
                    }
                }
                known.insert(host, beginnings);
            }
            for beginning in known.get(host).into_iter().flatten() {
                for (from, to) in ENDINGS {
                    let range = params![format!("{beginning}{path}{from}"), format!("{beginning}{path}{to}")];
                    let mut rows = in_range.query(range)?;
                    while let Some(row) = rows.next()? {
                        call(row.get_ref(0)?.as_str().unwrap_or_default(), row.get(1)?);
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::document::Provenance;
    use crate::library::tests::{add, article, file, open};
    use crate::library::{Change, Shelf, Stated};

    fn story_at(store: &mut crate::library::Store, title: &str, url: &str) -> Key {
        let mut story = article(title, &format!("The text of {title}."));
        story.metadata.url.add(url.to_owned(), Provenance::Line(1));
        add(store, &file(&format!("{title}.txt")), &[story]).remove(0).key
    }

    #[test]
    fn a_link_finds_the_story_of_its_page() {
        for (stored, link, is_found) in [
            ("https://a.example/ferry", "https://a.example/ferry", true),
            ("https://a.example/ferry", "http://www.a.example/ferry/?utm_source=n#top", true),
            ("http://www.a.example/ferry/?utm_source=n#top", "https://a.example/ferry", true),
            ("http://www.a.example/ferry?fbclid=Q", "https://a.example/ferry/", true),
            ("https://a.example/ferry#part", "https://a.example/ferry", true),
            ("https://A.Example/ferry", "https://a.example/ferry", true),
            ("https://a.example/Ferry", "https://a.example/ferry", false),
            ("https://a.example/ferry", "https://a.example/ferrys", false),
            ("https://a.example/ferry/2", "https://a.example/ferry", false),
            ("https://a.example/item?id=1", "https://a.example/item?id=1", true),
            ("https://a.example/item?utm_source=n&id=1", "https://a.example/item?id=1", true),
            ("https://a.example/item?id=1", "https://a.example/item?id=2", false),
            ("https://a.example/item?id=1", "https://a.example/item", false),
            ("https://a.example/", "https://a.example", true),
            ("https://a.example", "https://www.a.example/#top", true),
            ("https://a.example.org/", "https://a.example/", false),
            ("https://a.example/ferry", "https://a.example:8080/ferry", true),
            ("https://a.example/50%_off", "https://a.example/50%_off", true),
            ("https://a.example/ferry", "mailto:a@a.example", false),
            ("https://a.example/ferry", "#top", false),
        ] {
            let (_folder, mut store, reader) = open();
            let key = story_at(&mut store, "Ferries", stored);
            let asked = [link.to_owned()];
            let there = Addressed { key, title: "Ferries".to_owned() };
            let expected: HashMap<String, Addressed> = is_found.then(|| (link.to_owned(), there)).into_iter().collect();
            assert_eq!(reader.addressed(&asked, None).unwrap(), expected, "{stored} {link}");
            // The same without the index, as a library has it that cannot be brought up to date.
            store.connection.execute_batch("DROP INDEX summaries_by_url").unwrap();
            assert_eq!(reader.addressed(&asked, None).unwrap(), expected, "{stored} {link}, by looking at all");
        }
    }

    #[test]
    fn the_latest_story_that_is_in_sight_and_another_one_is_found() {
        let (folder, mut store, reader) = open();
        let url = "https://a.example/ferry".to_owned();
        let old = story_at(&mut store, "Old", &url);
        let new = story_at(&mut store, "New", &url);
        let found =
            |except| reader.addressed(std::slice::from_ref(&url), except).unwrap().remove(&url).map(|there| there.key);
        assert_eq!((found(None), found(Some(new)), found(Some(old))), (Some(new), Some(old), Some(new)));
        store.change(&Change::Move { keys: vec![new], shelf: Shelf::Deleted }).unwrap();
        assert_eq!((found(None), found(Some(old))), (Some(old), None));
        // An address that was corrected is the story's.
        let other = "https://b.example/".to_owned();
        let change = Change::Correct { key: old, field: Stated::Url, value: Some(other.clone()) };
        store.change(&change).unwrap();
        assert_eq!(found(None), None);
        assert!(reader.addressed(std::slice::from_ref(&other), None).unwrap().contains_key(&other));
        // A library that was made before there was the index gets it when it is opened.
        store.connection.execute_batch("DROP INDEX summaries_by_url").unwrap();
        drop(store);
        let store = crate::library::Store::open(folder.path()).unwrap();
        let sql = "SELECT count(*) FROM sqlite_master WHERE name = 'summaries_by_url'";
        assert_eq!(store.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }

    /// `cargo test --lib -- --ignored many_links --nocapture` says how long it takes.
    #[test]
    #[ignore = "makes 100,000 stories"]
    fn many_links_are_looked_up_in_many_stories() {
        let (_folder, mut store, reader) = open();
        let transaction = store.connection.transaction().unwrap();
        for number in 0..100_000 {
            let sql = "INSERT INTO stories (story_id, series, added_ms, words, title_key) VALUES (?1, 0, 0, 1, '')";
            transaction.prepare_cached(sql).unwrap().execute([format!("{number}")]).unwrap();
            let url = match number % 2 {
                0 => format!("https://news.example/item?id={number}"),
                _ => format!("https://site{}.example/{number}?utm_source=x", number % 2_000),
            };
            let sql =
                "INSERT INTO summaries (story, title, authors, excerpt, minutes, url) VALUES (?1, '', '[]', '', 1, ?2)";
            let values = params![transaction.last_insert_rowid(), url];
            transaction.prepare_cached(sql).unwrap().execute(values).unwrap();
        }
        transaction.commit().unwrap();
        let sites = |from: i32| (0..1_000).map(|n| format!("https://site{}.example/{n}", n + from)).collect::<Vec<_>>();
        let items: Vec<_> = (0..1_000).map(|number| format!("https://news.example/item?id={number}")).collect();
        for (what, asked, expected) in
            [("sites", sites(0), 500), ("unknown", sites(5_000), 0), ("one page's parameters", items, 500)]
        {
            let began = Instant::now();
            let found = reader.addressed(&asked, None).unwrap();
            eprintln!("{what}: {:?}", began.elapsed());
            assert_eq!(found.len(), expected, "{what}");
        }
    }
}
