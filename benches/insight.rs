//! How long it takes to find who says what in an article of a thousand words and in a book of a million. Run with
//! `cargo bench --no-default-features --bench insight` on a machine that does nothing else.

use divan::Bencher;
use divan::counter::ItemsCount;
use recto::document::{Article, Block, RichText};
use recto::insight::voices::voices;
use recto::text::count_words;

fn main() {
    divan::main();
}

/// Three articles with some thirty quotations, 1,140 words together.
const ARTICLES: [&str; 3] = [
    include_str!("../tests/fixtures/insight/articles/en-ferry.txt"),
    include_str!("../tests/fixtures/insight/articles/en-library.txt"),
    include_str!("../tests/fixtures/insight/articles/en-lighthouse.md"),
];

/// Names of the articles, of which each chapter of the book has its own.
const NAMES: [&str; 6] = ["Solberg", "Reve", "Dahl", "Ferrer", "Hale", "Abernathy"];

fn article(words: usize) -> (Article, usize) {
    let mut blocks = Vec::new();
    let mut count = 0;
    for chapter in 0.. {
        for text in ARTICLES {
            let mut text = text.to_owned();
            for name in NAMES {
                let suffix: String =
                    format!("{chapter}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
                text = text.replace(name, &format!("{name}{suffix}"));
            }
            count += count_words(&text);
            blocks.extend(text.split("\n\n").map(|part| Block::paragraph(RichText::plain(part))));
        }
        if count >= words {
            break;
        }
    }
    let mut article = Article { blocks, ..Article::default() };
    article.metadata.language.compute("en".to_owned());
    (article, count)
}

#[divan::bench]
fn voices_of_1_000_words(bencher: Bencher) {
    let (article, words) = article(1_000);
    bencher.counter(ItemsCount::new(words)).bench(|| {
        let found = voices(&article);
        assert!(found.quotations.len() > 30);
        found
    });
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5)]
fn voices_of_a_book(bencher: Bencher, words: usize) {
    let (article, words) = article(words);
    bencher.counter(ItemsCount::new(words)).bench(|| {
        let found = voices(&article);
        assert!(found.quotations.len() > 3_000);
        found
    });
}
