//! Measures how many of the figures, dates and names of sentences and articles with right answers are found, and how many
//! beside them. The answers were written before the rules; what they mean says `tests/fixtures/insight/sentences/README.md`.
//! `RECTO_SHOW=looked_at cargo test --test facts -- --nocapture` lists each difference; `held_out` does it for the other half,
//! after which it is no longer held out.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test that panics has failed, and this one reports"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use recto::document::{Article, Block, Provenance, RichText, StatedDate, TextRange};
use recto::insight::dates::{DateMention, How};
use recto::insight::facts::facts;
use recto::insight::figures::{Approximation, Figure, FigureKind};
use recto::insight::names::{Name, NameKind};

/// What a sentence or an article has.
#[derive(Clone, Debug, Default)]
struct Answers {
    figures: Vec<String>,
    dates: Vec<[String; 3]>,
    /// Name, kind, introduction, abbreviation.
    names: Vec<[String; 4]>,
    /// May be listed without a kind.
    optional: Vec<String>,
}

struct Case {
    published: Option<StatedDate>,
    text: String,
    answers: Answers,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/insight")
}

fn add_answer(answers: &mut Answers, fields: &[&str]) {
    let field = |number: usize| fields.get(number).copied().unwrap_or_default().to_owned();
    match fields.first().copied().unwrap_or_default() {
        "f" => answers.figures.push((1..=5).map(field).collect::<Vec<_>>().join(" | ")),
        "d" => answers.dates.push([field(1), field(2), field(3)]),
        "n" => answers.names.push([field(1), field(2), field(3), field(4)]),
        "o" => answers.optional.push(field(1)),
        other => panic!("an answer of no kind: {other}"),
    }
}

fn cases(file: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["s", date, text] = fields.as_slice() {
            let published = (!date.is_empty()).then(|| date.parse().unwrap());
            cases.push(Case { published, text: (*text).to_owned(), answers: Answers::default() });
        } else {
            add_answer(&mut cases.last_mut().unwrap().answers, &fields);
        }
    }
    cases
}

fn article(text: &str, language: &str, published: Option<StatedDate>) -> Article {
    let mut article = Article { blocks: vec![Block::paragraph(RichText::plain(text))], ..Article::default() };
    article.metadata.language.add(language.to_owned(), Provenance::Attribute("lang".into()));
    if let Some(date) = published {
        article.metadata.published.add(date, Provenance::Text);
    }
    article
}

/// An article as it is read from a file of pasted text.
fn read(file: &Path) -> Article {
    let source = recto::import::Source::read(file).unwrap();
    recto::import::import(&source).unwrap().articles.remove(0)
}

fn words(flat: &str, range: TextRange) -> String {
    range.of(flat).unwrap().to_owned()
}

fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn figure_line(flat: &str, figure: &Figure) -> String {
    let kind = match figure.kind {
        FigureKind::Count => "count",
        FigureKind::Money => "money",
        FigureKind::Percentage => "percentage",
        FigureKind::PercentagePoints => "percentage-points",
        FigureKind::Fraction => "fraction",
        FigureKind::Score => "score",
        FigureKind::Measure => "measure",
        FigureKind::Duration => "duration",
        FigureKind::Age => "age",
        FigureKind::Number => "number",
    };
    let mut value = figure.approximation.map_or("", Approximation::sign).to_owned();
    value.push_str(&number(figure.value));
    if let Some(to) = figure.to {
        write!(value, "{}{}", if figure.kind == FigureKind::Score { ":" } else { ".." }, number(to)).unwrap();
    }
    let counted = figure.counted.map(|range| words(flat, range)).unwrap_or_default();
    [words(flat, figure.range), kind.to_owned(), value, figure.unit.to_string(), counted].join(" | ")
}

fn date_line(flat: &str, date: &DateMention) -> [String; 3] {
    let how = match date.how {
        How::Stated => "stated",
        How::Resolved => "resolved",
        How::Unresolved => "unresolved",
    };
    [words(flat, date.range), date.when.as_ref().map(|when| when.iso.clone()).unwrap_or_default(), how.to_owned()]
}

fn name_line(flat: &str, name: &Name) -> [String; 4] {
    let kind = match name.kind {
        NameKind::Person => "person",
        NameKind::Organisation => "organisation",
        NameKind::Place => "place",
        NameKind::Unknown => "unknown",
    };
    let text = |range: Option<TextRange>| range.map(|range| words(flat, range)).unwrap_or_default();
    [words(flat, name.range), kind.to_owned(), text(name.introduction), text(name.abbreviation)]
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: usize,
    missing: usize,
    extra: usize,
}

impl Score {
    fn percent(part: usize, whole: usize) -> f64 {
        if whole == 0 {
            1.0
        } else {
            f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
        }
    }

    fn precision(self) -> f64 {
        Self::percent(self.right, self.right + self.extra)
    }

    fn recall(self) -> f64 {
        Self::percent(self.right, self.right + self.missing)
    }
}

/// Scores by what they are of: figures, dates, names; introductions, abbreviations, names whose kind is told.
type Scores = BTreeMap<&'static str, Score>;

/// Takes the answers from what was found: what is left of both is missing and extra.
fn compare<A: Clone, B: Clone>(
    expected: &[A],
    found: &[B],
    is_same: impl Fn(&A, &B) -> bool,
    score: &mut Score,
) -> (Vec<A>, Vec<B>, Vec<(A, B)>) {
    let (mut missing, mut extra, mut right) = (Vec::new(), found.to_vec(), Vec::new());
    for answer in expected {
        match extra.iter().position(|line| is_same(answer, line)) {
            Some(place) => right.push((answer.clone(), extra.remove(place))),
            None => missing.push(answer.clone()),
        }
    }
    score.right += right.len();
    score.missing += missing.len();
    score.extra += extra.len();
    (missing, extra, right)
}

fn measure(article: &Article, answers: &Answers, title: &str, scores: &mut Scores, shows: bool) {
    let found = facts(article);
    let flat = article.flat_text();
    let flat = flat.as_str();
    let mut report = String::new();

    let figures: Vec<String> = found.figures.iter().map(|figure| figure_line(flat, figure)).collect();
    let score = scores.entry("figures").or_default();
    let (missing, extra, _) = compare(&answers.figures, &figures, |a, b| a == b, score);
    missing.iter().for_each(|line| writeln!(report, "    - figure {line}").unwrap());
    extra.iter().for_each(|line| writeln!(report, "    + figure {line}").unwrap());

    let dates: Vec<[String; 3]> = found.dates.iter().map(|date| date_line(flat, date)).collect();
    let score = scores.entry("dates").or_default();
    // Articles and prepositions may belong to a date's words or not.
    let is_same = |a: &[String; 3], b: &[String; 3]| {
        (a[0].contains(b[0].as_str()) || b[0].contains(a[0].as_str())) && a[1] == b[1] && a[2] == b[2]
    };
    let (missing, extra, _) = compare(&answers.dates, &dates, is_same, score);
    missing.iter().for_each(|line| writeln!(report, "    - date {line:?}").unwrap());
    extra.iter().for_each(|line| writeln!(report, "    + date {line:?}").unwrap());

    let is_optional = |line: &[String; 4]| {
        line[1] == "unknown"
            && answers.optional.iter().any(|name| name.contains(line[0].as_str()) || line[0].contains(name.as_str()))
    };
    let names: Vec<[String; 4]> =
        found.names.iter().map(|name| name_line(flat, name)).filter(|line| !is_optional(line)).collect();
    let score = scores.entry("names").or_default();
    let is_same = |a: &[String; 4], b: &[String; 4]| a[0] == b[0] && (a[1] == b[1] || b[1] == "unknown");
    let (missing, extra, right) = compare(&answers.names, &names, is_same, score);
    missing.iter().for_each(|line| writeln!(report, "    - name {line:?}").unwrap());
    extra.iter().for_each(|line| writeln!(report, "    + name {line:?}").unwrap());
    for (answer, line) in right {
        let mut part = |name: &'static str, answer: &str, found: &str| {
            let score = scores.entry(name).or_default();
            let is_right = answer == found;
            score.right += usize::from(is_right && !answer.is_empty());
            score.missing += usize::from(!is_right && !answer.is_empty());
            score.extra += usize::from(!is_right && !found.is_empty());
            if !is_right {
                writeln!(report, "    {name}: {answer:?}, found {found:?}").unwrap();
            }
        };
        part("introductions", &answer[2], &line[2]);
        part("abbreviations", &answer[3], &line[3]);
        part("kinds of names", &answer[1], if line[1] == "unknown" { "" } else { line[1].as_str() });
    }
    if shows && !report.is_empty() {
        println!("{title}\n{report}");
    }
}

fn print(title: &str, scores: &Scores) {
    for (name, score) in scores {
        println!(
            "{title:10} {name:15} precision {:.3} recall {:.3} (right {}, missing {}, extra {})",
            score.precision(),
            score.recall(),
            score.right,
            score.missing,
            score.extra
        );
    }
}

fn shown() -> String {
    std::env::var("RECTO_SHOW").unwrap_or_default()
}

fn sentences(half: &str) -> Scores {
    let mut scores = Scores::new();
    for language in ["en", "de", "fr", "es", "it", "pt", "nl"] {
        let file = fixtures().join("sentences").join(half).join(format!("{language}.tsv"));
        for case in cases(&file) {
            let article = article(&case.text, language, case.published);
            measure(&article, &case.answers, &format!("{language}: {}", case.text), &mut scores, shown() == half);
        }
    }
    print(half, &scores);
    scores
}

fn check(scores: &Scores) {
    for name in ["figures", "dates", "names"] {
        let score = scores[name];
        assert!(score.precision() >= 0.95, "{name}: {score:?}");
        assert!(score.recall() >= 0.85, "{name}: {score:?}");
    }
}

#[test]
fn articles() {
    let mut scores = Scores::new();
    let folder = fixtures().join("articles");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    for file in files {
        let source =
            ["txt", "md"].map(|end| file.with_extension(end)).into_iter().find(|source| source.exists()).unwrap();
        let mut answers = Answers::default();
        for line in fs::read_to_string(&file).unwrap().lines() {
            add_answer(&mut answers, &line.split('\t').collect::<Vec<_>>());
        }
        let article = read(&source);
        measure(&article, &answers, &source.file_name().unwrap().to_string_lossy(), &mut scores, shown() == "articles");
    }
    print("articles", &scores);
    check(&scores);
}

#[test]
fn sentences_that_were_looked_at() {
    check(&sentences("looked_at"));
}

#[test]
fn sentences_that_were_held_out() {
    check(&sentences("held_out"));
}
