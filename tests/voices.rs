//! Who says what, from a file to the facts: ten articles of seven languages against the answers that were written before the
//! rules, and a short news page. The articles are in `fixtures/insight`.

#![expect(clippy::expect_used, reason = "a test ends where a fixture is missing")]

use std::fs;
use std::path::{Path, PathBuf};

use recto::document::{Article, TextRange};
use recto::import::{Source, import};
use recto::insight::voices::{How, Kind, Quotation, voices};

fn read(path: &Path) -> Article {
    let mut articles = import(&Source::read(path).expect("a file")).expect("an article").articles;
    assert_eq!(articles.len(), 1, "{}", path.display());
    articles.remove(0)
}

/// What is said: kind, quotation, mention, speaker.
type Said = [String; 4];

fn kind(kind: Kind) -> String {
    serde_json::to_value(kind).expect("a kind").as_str().expect("a word").to_owned()
}

fn found(article: &Article) -> Vec<Said> {
    let flat = article.flat_text();
    let words = |range: TextRange| range.of(flat.as_str()).expect("a range of the text").to_owned();
    voices(article)
        .quotations
        .iter()
        .map(|q| {
            let mention = q.mention.map(words).unwrap_or_default();
            [kind(q.kind), words(q.range), mention, q.speaker.clone().unwrap_or_default()]
        })
        .collect()
}

fn answers(path: &Path) -> Vec<Said> {
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).expect("answers")).expect("JSON");
    let rows = |key: &str| json.get(key).and_then(|rows| rows.as_array()).expect("a list").clone();
    let word = |row: &serde_json::Value, key: &str| row.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let direct = rows("voices").into_iter().map(|row| (kind(Kind::Direct), row));
    let rest = rows("indirect").into_iter().map(|row| (word(&row, "kind").expect("a kind"), row));
    direct
        .chain(rest)
        .map(|(kind, row)| {
            [
                kind,
                word(&row, "quote").expect("a quote"),
                word(&row, "mention").expect("a mention"),
                word(&row, "speaker").expect("a speaker"),
            ]
        })
        .collect()
}

fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/insight/articles");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files
}

#[test]
fn ten_articles_say_what_a_careful_reader_finds() {
    let mut wrong = Vec::new();
    let files = articles();
    assert_eq!(files.len(), 10);
    for path in files {
        let text = [path.with_extension("txt"), path.with_extension("md")].into_iter().find(|path| path.is_file());
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (mut found, mut due) = (found(&read(&text.expect("its text"))), answers(&path));
        found.sort();
        due.sort();
        wrong.extend(due.iter().filter(|said| !found.contains(said)).map(|said| format!("{name}: missing {said:?}")));
        wrong.extend(found.iter().filter(|said| !due.contains(said)).map(|said| format!("{name}: too much {said:?}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A pasted page of the kind that readers keep: a quotation that an office gives out and that does not end where it should,
/// views of people with their former posts, furniture around it.
const PAGE: &str = "Envoy’s visit to Marrenland: a sign of the Union’s patience\n\nMarrenNews\nMarrenNews 3 Min Read\n3 Min Read\n\n\
    Marrenland’s president Ilda Tarvo has confirmed that the Union’s envoy Pieter Haan will come to Marren. Speaking of the \
    visit, Tarvo emphasized that calm on the strait is a condition for trade along the whole coast. Analysts believe that \
    such visits show the Union’s patience.\n\n\
    The President’s Office stated that during the talks it was noted that the coast is facing a hard winter.\n\n\
    Tarvo added, “Our coast is facing a winter that asks for close work with our neighbours. The talks also touched on the \
    visit of the Union’s envoy, and on what it means for the ferries,” according to the President’s Office.\n\n\
    During his visit, Haan will be accompanied by five mayors.\n\n\
    Bren Okkar, former commander of the Marren Coast Guard (MCG), considers the visit to be a continuation of old promises. \
    However, Okkar states that Marrenland should use it to ask for ships. “With this visit the Union says that it wants the \
    strait kept open. We must show that we can do our part,” said Okkar.\n\n\
    Former deputy minister of ports, Valda Istre, believes that the harbours should be run together with the Union. “Our \
    pilots must be careful, and every route has to be agreed with those who sail it,” said Istre.\n\n\
    The delegation will also see the station at Low Point, where around 470 guards are posted. The largest group is from \
    Norland, with 125 guards.\n\nShare this Post";

fn page() -> Article {
    import(&Source::named("page.txt", PAGE.as_bytes())).expect("an article").articles.remove(0)
}

#[test]
fn a_news_page_has_one_quotation_of_each_who_is_quoted() {
    let article = page();
    let facts = voices(&article);
    let direct: Vec<&Quotation> = facts.quotations.iter().filter(|q| q.kind == Kind::Direct).collect();
    let speakers: Vec<&str> = direct.iter().filter_map(|q| q.speaker.as_deref()).collect();
    assert_eq!(speakers, ["Ilda Tarvo", "Bren Okkar", "Valda Istre"]);
    assert!(direct.iter().all(|q| q.how == How::NameAndVerb), "{direct:#?}");
    let told: Vec<String> = found(&article)
        .into_iter()
        .filter(|said| said.contains(&"indirect".to_owned()))
        .map(|[_, _, mention, _]| mention)
        .collect();
    assert_eq!(
        told,
        ["Marrenland’s president Ilda Tarvo", "Tarvo", "Analysts", "The President’s Office", "Okkar", "Valda Istre"]
    );
    let names: Vec<Option<String>> = facts.speakers().into_iter().map(|speaker| speaker.name).collect();
    assert_eq!(names, ["Ilda Tarvo", "Analysts", "Bren Okkar", "Valda Istre"].map(|name| Some(name.to_owned())));
    let words: usize = facts.speakers().iter().map(|speaker| speaker.words).sum();
    assert_eq!(words, facts.quoted_words());
}

#[test]
fn what_is_left_out_says_nothing() {
    let article = page();
    let flat = article.flat_text();
    for (number, block) in article.blocks.iter().enumerate().filter(|(_, block)| !block.is_shown()) {
        let range = flat.block_range(number).expect("a range");
        let inside = |q: &Quotation| q.range.intersection(range).is_some();
        assert!(!voices(&article).quotations.iter().any(inside), "{}", block.plain_text());
    }
}
