//! How long it takes to find the first hit and all hits in five megabytes. Run with
//! `cargo bench --no-default-features --bench matching` on a machine that does nothing else.

#![expect(clippy::unwrap_used, reason = "a bench that panics has failed, which is right")]

use divan::Bencher;
use divan::counter::BytesCount;
use recto::text::matching::Query;

fn main() {
    divan::main();
}

const BYTES: usize = 5_000_000;

const TEXTS: [(&str, &str); 4] = [
    (
        "english",
        "The ferry will go on running through the winter, the council of Marren agreed on Tuesday evening by nine votes.\n\n",
    ),
    (
        "french",
        "Le conseil de Marren a décidé mardi soir, par neuf voix, que le bac « Élan » naviguerait aussi l’hiver prochain.\n\n",
    ),
    ("russian", "Паром будет ходить и зимой, решил во вторник вечером городской совет Маррена девятью голосами.\n\n"),
    ("chinese", "渡轮将继续运行，镇议会星期二晚上以九票决定，整个冬天都不停航。\n\n"),
];

fn long(text: &str) -> String {
    text.repeat(BYTES / text.len())
}

fn texts() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(name, _)| *name)
}

fn named(name: &str) -> String {
    long(TEXTS.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text))
}

#[divan::bench(args = texts(), sample_count = 9)]
fn no_hit_in_5_mb(bencher: Bencher, name: &str) {
    let text = named(name);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let matcher = Query::text("lighthouse").matcher().unwrap();
        assert_eq!(matcher.matches(&text).count(), 0);
    });
}

#[divan::bench(args = texts(), sample_count = 9)]
fn one_letter_in_5_mb(bencher: Bencher, name: &str) {
    let text = named(name);
    let letter = match name {
        "russian" => "и",
        "chinese" => "二",
        _ => "e",
    };
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let matcher = Query::text(letter).matcher().unwrap();
        assert!(matcher.matches(&text).count() > 10_000);
    });
}

#[divan::bench(args = texts(), sample_count = 9)]
fn a_whole_word_in_5_mb(bencher: Bencher, name: &str) {
    let text = named(name);
    let word = match name {
        "russian" => "совет",
        "chinese" => "决定",
        "french" => "decide",
        _ => "council",
    };
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let matcher = Query { whole_word: true, ..Query::text(word) }.matcher().unwrap();
        assert!(matcher.matches(&text).count() > 10_000);
    });
}

#[divan::bench(args = ["english", "russian"], sample_count = 9)]
fn an_expression_in_5_mb(bencher: Bencher, name: &str) {
    let text = named(name);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let matcher = Query { regular_expression: true, ..Query::text(r"\b\w+(nn|rr|рр)\w*\b") }.matcher().unwrap();
        assert!(matcher.matches(&text).count() > 10_000);
    });
}

#[divan::bench(sample_count = 9)]
fn the_first_hit(bencher: Bencher) {
    let text = named("french");
    bencher.bench(|| {
        let matcher = Query::text("hiver prochain").matcher().unwrap();
        assert!(matcher.matches(&text).next().is_some());
    });
}
