//! How long it takes to find the figures, dates and names of an article of a thousand words and of a book of a million. Run with
//! `cargo bench --no-default-features --bench facts` on a machine that does nothing else.

use divan::Bencher;
use divan::counter::ItemsCount;
use recto::document::{Article, Block, Provenance, RichText, StatedDate};
use recto::insight::facts::facts;
use recto::text::count_words;

fn main() {
    divan::main();
}

/// The articles of a language, with what a test holds them to.
fn source(language: &str) -> String {
    match language {
        "german" => include_str!("../tests/fixtures/insight/articles/de-freibad.txt").to_owned(),
        "french" => include_str!("../tests/fixtures/insight/articles/fr-ecole.txt").to_owned(),
        _ => [
            include_str!("../tests/fixtures/insight/articles/en-bus.txt"),
            include_str!("../tests/fixtures/insight/articles/en-ferry.txt"),
            include_str!("../tests/fixtures/insight/articles/en-library.txt"),
        ]
        .join("\n\n"),
    }
}

/// Names of the articles, of which each chapter of a book has its own.
const NAMES: [&str; 6] = ["Solberg", "Reve", "Dahl", "Ferrer", "Pettifer", "Abernathy"];

fn article(language: &str, words: usize) -> (Article, usize) {
    let source = source(language);
    let (mut blocks, mut count) = (Vec::new(), 0);
    for chapter in 0.. {
        let suffix: String = format!("{chapter}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        let mut text = source.clone();
        for name in NAMES {
            text = text.replace(name, &format!("{name}{suffix}"));
        }
        for part in text.split("\n\n") {
            count += count_words(part);
            blocks.push(Block::paragraph(RichText::plain(part)));
            if count >= words {
                break;
            }
        }
        if count >= words {
            break;
        }
    }
    let mut article = Article { blocks, ..Article::default() };
    let tag = language.get(..2).unwrap_or_default().replace("ge", "de");
    article.metadata.language.compute(tag);
    if let Some(day) = StatedDate::day(2026, 3, 12) {
        article.metadata.published.add(day, Provenance::Text);
    }
    (article, count)
}

#[divan::bench(args = ["english", "german", "french"])]
fn facts_of_1_000_words(bencher: Bencher, language: &str) {
    let (article, words) = article(language, 1_000);
    bencher.counter(ItemsCount::new(words)).bench(|| {
        let found = facts(&article);
        assert!(found.figures.len() > 10 && found.names.len() > 3);
        found
    });
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5)]
fn facts_of_a_book(bencher: Bencher, words: usize) {
    let (article, words) = article("english", words);
    bencher.counter(ItemsCount::new(words)).bench(|| {
        let found = facts(&article);
        assert!(found.figures.len() > words / 200);
        found
    });
}
