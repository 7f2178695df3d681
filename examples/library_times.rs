//! Measures a library: `cargo run --release --no-default-features --example library_times -- DIR [FILES]`. Opens it, types
//! queries letter by letter, imports so many made-up text files into a library of its own, and prints a Markdown table.
//! Beside each search stands SQLite's own in the same run, of the same words and on the same index: the ratio says more than
//! the milliseconds, which are one machine's. `make_library` makes a library to be measured.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]
#![expect(clippy::cast_precision_loss, reason = "numbers to be read by a person")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use recto::app::gather::{self, Controls, Takers};
use recto::app::keeper::{self, BATCH, READ_AHEAD};
use recto::app::story::Arrival;
use recto::library::{Key, Query, Reader, Sort, Store, View};
use recto::text::shingles::Shingles;

/// What `make_library` ends the title of a retelling with.
const TOLD_AGAIN: &str = " (told again)";
/// Rows that are in sight at once.
const ROWS: usize = 12;

/// What is typed, letter by letter; `make_library`'s texts have these words in all frequencies.
const QUERIES: &[(&str, &[&str])] = &[
    ("one common word", &["the", "water", "time", "government", "school", "zeit", "monde", "tiempo"]),
    ("one rare word", &["lighthouse", "photograph", "ledger", "piano", "leuchtturm", "bibliothèque", "corazón"]),
    (
        "two words",
        &[
            "ferry harbour",
            "night train",
            "the government",
            "of the",
            "honey bread",
            "old water",
            "fähre hafen",
            "guerre et",
            "story about time",
            "weather and climate",
        ],
    ),
    ("phrase", &["\"night train\"", "\"of the\"", "\"the old harbour\"", "\"in the city\"", "\"pain de\""]),
    ("prefix", &["photo*", "gov*", "in*", "libr* hist*", "th* of"]),
    (
        "field",
        &[
            "title:water",
            "site:post",
            "tag:science water",
            "author:a",
            "title:the lang:de",
            "is:unread ferry",
            "after:2015 energy",
            "tag:sea",
        ],
    ),
    ("excluded", &["water -the", "ferry -harbour", "energy -climate"]),
    ("either", &["ferry OR boat", "bees OR honey", "war OR music"]),
    ("not Latin", &["война", "история науки", "البحر", "渡轮", "图书馆", "大学 历史", "フェリー", "東京", "的"]),
    ("nothing found", &["xylophonist", "zzz", "qwertyuiop asdf", "\"harbour the of of\""]),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [folder, rest @ ..] = arguments.as_slice() else {
        return Err("usage: library_times DIR [FILES]".into());
    };
    let folder = Path::new(folder);
    println!("| | |\n|---|---|");
    open(folder)?;
    tellings(folder)?;
    search(folder)?;
    println!("| resident memory after all searches, MB | {} |", memory_mb());
    if let Some(files) = rest.first() {
        import(files.to_string_lossy().parse()?)?;
    }
    Ok(())
}

/// From nothing to the first rows, and the counts beside them.
fn open(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let reader = Reader::open(folder)?;
    let opened = began.elapsed();
    let keys = reader.list(&View::Inbox, Sort::Added)?;
    let listed = began.elapsed();
    let first: Vec<_> = keys.iter().copied().take(20).collect();
    reader.entries(&first)?;
    println!("| stories in the inbox | {} |", keys.len());
    println!(
        "| opened / inbox listed / first 20 rows, ms | {} / {} / {} |",
        ms(opened),
        ms(listed),
        ms(began.elapsed())
    );
    for view in [View::All, View::Unread, View::Finished, View::Tag("sea".into())] {
        let mut all = Vec::new();
        for sort in [Sort::Added, Sort::Published, Sort::Title, Sort::Length, Sort::Progress] {
            let began = Instant::now();
            reader.list(&view, sort)?;
            all.push(ms(began.elapsed()));
        }
        println!("| {view:?} by added, published, title, length, progress, ms | {} |", all.join(" / "));
    }
    let began = Instant::now();
    reader.counts()?;
    let first = began.elapsed();
    let began = Instant::now();
    reader.counts()?;
    println!("| counts: first / again, ms | {} / {} |", ms(first), ms(began.elapsed()));
    Ok(())
}

/// The other tellings of a thousand stories, of all that `make_library` tells again and of the longest; beside them what reading
/// the same stories takes. Of each retelling the texts themselves say whether the story before it is a telling of the same text.
fn tellings(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::open(folder)?;
    let keys = reader.list(&View::All, Sort::Added)?;
    // No multiple of the number by which stories are told again.
    let step = (keys.len() / 1_000).max(1) | 1;
    let mut again = Vec::new();
    for key in &keys {
        if reader.entry(*key)?.is_some_and(|entry| entry.title.ends_with(TOLD_AGAIN)) {
            again.push(*key);
        }
    }
    let longest: Vec<_> = reader.list(&View::All, Sort::Length)?.into_iter().take(200).collect();
    let sampled: Vec<_> = keys.iter().copied().step_by(step).collect();
    println!(
        "\n| other tellings of | with any | looked for, ms: median / 95 % / 99 % / slowest | reading the story | ratio of the medians |"
    );
    println!("|---|---|---|---|---|");
    for (name, keys) in [("any", &sampled), ("those told again", &again), ("the longest", &longest)] {
        let (mut looking, mut reading, mut found) = (Vec::new(), Vec::new(), 0);
        for key in keys {
            let began = Instant::now();
            let nearby = reader.near_duplicates(*key)?;
            looking.push(began.elapsed());
            found += usize::from(!nearby.tellings.is_empty());
            let began = Instant::now();
            std::hint::black_box(reader.document(*key)?);
            reading.push(began.elapsed());
        }
        looking.sort();
        reading.sort();
        let middle = |times: &[Duration]| times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64);
        let rare = looking.get(looking.len() * 99 / 100).copied().unwrap_or_default();
        println!(
            "| {} stories ({name}) | {found} | {} (99 %: {}) | {} | {:.1} |",
            keys.len(),
            column(&looking),
            ms(rare),
            column(&reading),
            middle(&looking) / middle(&reading)
        );
    }
    let (mut alike, mut found) = (0, 0);
    for key in &again {
        let before = Key(key.0 - 1);
        let (Some(a), Some(b)) = (reader.document(*key)?, reader.document(before)?) else { continue };
        let [a, b] = [a, b].map(|document| Shingles::of(&document.article.body_text()));
        if a.shared_with(&b).is_alike() {
            alike += 1;
            found += usize::from(reader.near_duplicates(*key)?.tellings.iter().any(|telling| telling.key == before));
        }
    }
    println!(
        "\n{found} of the {alike} retellings that the texts themselves tell to be some were found.\n\n| | |\n|---|---|"
    );
    Ok(())
}

/// Median, 95 % and the slowest.
fn column(times: &[Duration]) -> String {
    let mut sorted = times.to_vec();
    sorted.sort();
    let at = |part: usize| sorted.get((sorted.len() * part / 100).min(sorted.len().saturating_sub(1))).copied();
    [at(50), at(95), sorted.last().copied()].map(|time| ms(time.unwrap_or_default())).join(" / ")
}

/// Times of one kind of query.
#[derive(Default)]
struct Times {
    find: Vec<Duration>,
    rows: Vec<Duration>,
    whole: Vec<Duration>,
    bare: Vec<Duration>,
    slowest: (Duration, String),
}

impl Times {
    fn add(&mut self, other: &Self) {
        self.find.extend(&other.find);
        self.rows.extend(&other.rows);
        self.whole.extend(&other.whole);
        self.bare.extend(&other.bare);
        if other.slowest.0 > self.slowest.0 {
            self.slowest = other.slowest.clone();
        }
    }

    fn print(&self, name: &str) {
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} ms: `{}` |",
            self.whole.len(),
            column(&self.whole),
            column(&self.find),
            column(&self.rows),
            column(&self.bare),
            ms(self.slowest.0),
            self.slowest.1,
        );
    }
}

fn search(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let reader = Reader::open(folder)?;
    let bare = rusqlite::Connection::open_with_flags(
        folder.join("library.db"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    println!("\nEach letter typed: median / 95 % / slowest, ms.\n");
    println!("| | letters | first {ROWS} rows shown | of it finding | of it rows | bare FTS5 | slowest |");
    println!("|---|---|---|---|---|---|---|");
    let mut all = Times::default();
    for (kind, queries) in QUERIES {
        let mut of_kind = Times::default();
        for query in *queries {
            for (end, c) in query.char_indices() {
                let typed = query.get(..end + c.len_utf8()).unwrap_or_default();
                type_letter(&reader, &bare, typed, &mut of_kind)?;
            }
            type_letter(&reader, &bare, &format!("{query} "), &mut of_kind)?;
        }
        of_kind.print(kind);
        all.add(&of_kind);
    }
    all.print("**all**");
    println!();
    println!("| | |\n|---|---|");
    Ok(())
}

fn type_letter(
    reader: &Reader,
    bare: &rusqlite::Connection,
    typed: &str,
    times: &mut Times,
) -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let found = reader.find(&View::All, Sort::Added, typed)?;
    let finding = began.elapsed();
    let first: Vec<_> = found.keys.iter().copied().take(ROWS).collect();
    reader.found_entries(&first, typed)?;
    let whole = began.elapsed();
    times.find.push(finding);
    times.rows.push(whole - finding);
    times.whole.push(whole);
    if whole > times.slowest.0 {
        times.slowest = (whole, typed.to_owned());
    }
    // What a program does that hands SQLite the words as they are read, and takes what it answers.
    if let Some(words) = Query::read(typed).fts() {
        let began = Instant::now();
        let sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rank LIMIT 12";
        let mut statement = bare.prepare_cached(sql)?;
        let rows = statement.query_map([words], |row| row.get::<_, i64>(0))?;
        let count = rows.filter(Result::is_ok).count();
        std::hint::black_box(count);
        times.bare.push(began.elapsed());
    }
    Ok(())
}

/// Text files of some 600 words, into a new library, on one thread and on all.
fn import(count: usize) -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let files = folder.path().join("files");
    std::fs::create_dir(&files)?;
    let mut paths = Vec::new();
    let mut seed = 1u64;
    for number in 0..count {
        let path = files.join(format!("{number}.txt"));
        std::fs::write(&path, text(number, &mut seed))?;
        paths.push(path);
    }
    for is_alone in [true, false] {
        let library = folder.path().join(if is_alone { "one" } else { "all" });
        let (took, read) = import_into(&library, &paths, is_alone)?;
        let threads = if is_alone { "one thread" } else { "all threads" };
        let rate = count as f64 / took.as_secs_f64();
        let reading = read.as_secs_f64() * 1_000.0 / count as f64;
        print!("| {count} text files imported on {threads}: a second | {rate:.0} |");
        println!("{}", if is_alone { format!(" of it reading, ms a file: {reading:.2}") } else { String::new() });
    }
    println!("| resident memory after importing, MB | {} |", memory_mb());
    Ok(())
}

fn import_into(
    library: &Path,
    paths: &[PathBuf],
    is_alone: bool,
) -> Result<(Duration, Duration), Box<dyn std::error::Error>> {
    let mut store = Store::open(library)?;
    let began = Instant::now();
    let mut reading = Duration::ZERO;
    if is_alone {
        for paths in paths.chunks(BATCH) {
            let before = Instant::now();
            let arrivals: Vec<Arrival> = paths.iter().filter_map(|path| gather::read_one(path).ok()).collect();
            reading += before.elapsed();
            keeper::keep_all(&mut store, &arrivals)?;
        }
        return Ok((began.elapsed(), reading));
    }
    let controls = Arc::new(Controls::default());
    controls.add(Some(paths));
    let (sender, receiver) = sync_channel(READ_AHEAD);
    std::thread::scope(|scope| -> Result<(), Box<dyn std::error::Error>> {
        scope.spawn(move || {
            let takers = Takers {
                arrival: &|arrival| sender.send(arrival).is_ok(),
                unchanged: &|_| {},
                failure: &|path, why| println!("{why}: {}", path.display()),
                missing: &|_| {},
                keep_bytes: u64::MAX,
                progress: &|_| {},
            };
            gather::run(library, &controls, &takers);
        });
        let mut batch = Vec::new();
        for arrival in &receiver {
            batch.push(arrival);
            if batch.len() == BATCH {
                keeper::keep_all(&mut store, &batch)?;
                batch.clear();
            }
        }
        keeper::keep_all(&mut store, &batch)?;
        Ok(())
    })?;
    Ok((began.elapsed(), reading))
}

/// A plain text that nobody has written yet.
fn text(number: usize, seed: &mut u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["fer", "ry", "har", "bour", "light", "house", "on", "the", "sea", "to", "ni", "an", "ra", "is", "ed", "ing"];
    let mut next = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*seed >> 33).unwrap_or_default() % below
    };
    let mut out = format!("Story number {number}\n\nBy Ann Example\n\n");
    for _ in 0..8 {
        for _ in 0..5 {
            out.push('A');
            for _ in 0..14 {
                out.push(' ');
                for _ in 0..=next(3) {
                    out.push_str(SYLLABLES.get(next(16)).copied().unwrap_or_default());
                }
            }
            out.push_str(". ");
        }
        out.push_str("\n\n");
    }
    out
}

fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1_000.0;
    if ms < 10.0 { format!("{ms:.1}") } else { format!("{ms:.0}") }
}

/// Resident memory, from Linux; 0 elsewhere.
fn memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kb.unwrap_or_default() / 1_024
}
