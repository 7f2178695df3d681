//! Writes a library of made-up stories, the same ones for the same seed:
//! `cargo run --release --no-default-features --example make_library -- DIR COUNT [SEED]`. For measuring, since nobody's own
//! library may be published. Its texts mean nothing; how long they are and how often words occur is as in real ones.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "every number here is made by this file"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use recto::document::{Article, Block, Provenance, ReadState, RichText, SourceId, StatedDate, StoryId};
use recto::library::adding::Addition;
use recto::library::{NewSource, NewStory, Seen, Store};

#[path = "make_library/words.rs"]
mod words;

use words::{LANGUAGES, Language, Script};

/// Stories a transaction.
const BATCH: usize = 200;
/// Words of the tail that are made up, a language.
const MADE_UP_WORDS: usize = 24_000;
/// Sites, some with many stories.
const SITES: usize = 200;
/// The exponent of the frequencies of words: Zipf's own, 1, to two digits the one of newspaper text.
const ZIPF: f64 = 1.0;
/// The middle length in words, and the spread of its logarithm: between the quartiles lie some 380 to 1,000 words.
const MIDDLE_WORDS: f64 = 620.0;
const SPREAD: f64 = 0.7;
/// One in so many stories is a long one, of 5,000 to 50,000 words.
const LONG_ONE_IN: u64 = 100;
/// Of a text's words, how many per cent are of its subject, drawn again and again from a few.
const SUBJECT_PERCENT: u64 = 14;
/// One in so many stories tells the one before it again, and the one before that has what 2,000 others have below them.
const TOLD_AGAIN_ONE_IN: usize = 50;
/// What a retelling's title ends with.
const TOLD_AGAIN: &str = " (told again)";
/// What stands below each story of a site.
const FURNITURE: &str = "Thank you for reading this far. This story is free because other readers pay for it, and they would be \
    glad not to be the only ones. If you have seen something that the rest of the county should know of, write to the desk or ring \
    the bell at the old fire station, where somebody is always awake.";
/// Milliseconds between two batches that are added.
const BATCH_MS: i64 = 3_600_000;
/// The first of January 2020, when the library was begun.
const BEGUN_MS: i64 = 1_577_836_800_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [folder, count, rest @ ..] = arguments.as_slice() else {
        return Err("usage: make_library DIR COUNT [SEED]".into());
    };
    let count: usize = count.to_string_lossy().parse()?;
    let seed = rest.first().map_or(Ok(1), |seed| seed.to_string_lossy().parse())?;
    let mut store = Store::open(Path::new(folder))?;
    let mut maker = Maker::new(seed);
    let (began, mut in_library, mut words) = (Instant::now(), std::time::Duration::ZERO, 0);
    for first in (0..count).step_by(BATCH) {
        let made: Vec<Made> = (first..count.min(first + BATCH)).map(|number| maker.story(number)).collect();
        words += made.iter().map(|made| made.article.metadata.words).sum::<usize>();
        let additions: Vec<Addition<'_>> = made.iter().map(Made::addition).collect();
        let before = Instant::now();
        store.add(&additions, BEGUN_MS + i64::try_from(first / BATCH)? * BATCH_MS)?;
        in_library += before.elapsed();
        print!("\r{} of {count}", first + made.len());
        std::io::stdout().flush()?;
    }
    #[expect(clippy::cast_precision_loss, reason = "to be read by a person")]
    let rate = |seconds: f64| count as f64 / seconds;
    println!(
        "\r{count} stories of {words} words in {:.1} s: {:.0} a second; in the library alone {:.1} s: {:.0} a second",
        began.elapsed().as_secs_f64(),
        rate(began.elapsed().as_secs_f64()),
        in_library.as_secs_f64(),
        rate(in_library.as_secs_f64()),
    );
    Ok(())
}

/// A story and the file it is said to be from.
struct Made {
    article: Article,
    flat: String,
    id: StoryId,
    excerpt: String,
    title: String,
    source: NewSource,
}

impl Made {
    fn addition(&self) -> Addition<'_> {
        let story = NewStory {
            number: 0,
            id: &self.id,
            article: &self.article,
            flat: &self.flat,
            title: &self.title,
            excerpt: &self.excerpt,
            thumbnail: None,
        };
        Addition { source: &self.source, stories: vec![story], is_asked_for: false }
    }
}

struct Maker {
    random: Random,
    vocabularies: Vec<Vocabulary>,
    sites: Vec<String>,
    site_odds: Odds,
    authors: Vec<String>,
    /// The paragraphs of the story before.
    before: Vec<Block>,
}

struct Vocabulary {
    language: &'static Language,
    words: Vec<String>,
    odds: Odds,
}

impl Maker {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let vocabularies: Vec<_> = LANGUAGES.iter().map(|language| Vocabulary::new(language, &mut random)).collect();
        let endings = ["Post", "Times", "Review", "Journal", "Weekly", "Notes", "Observer", "Blog"];
        let latin = &vocabularies[..4];
        let name = |random: &mut Random| {
            let vocabulary = &latin[random.below(latin.len())];
            capital(&vocabulary.words[200 + random.below(5_000)])
        };
        let sites = (0..SITES).map(|_| format!("{} {}", name(&mut random), endings[random.below(8)])).collect();
        let authors = (0..2_000).map(|_| format!("{} {}", name(&mut random), name(&mut random))).collect();
        Self { random, vocabularies, sites, site_odds: Odds::zipf(SITES, 0.9), authors, before: Vec::new() }
    }

    fn story(&mut self, number: usize) -> Made {
        let random = &mut self.random;
        let share = random.below(100);
        let mut sum = 0;
        let vocabulary = self.vocabularies.iter().find(|vocabulary| {
            sum += vocabulary.language.percent;
            share < sum
        });
        let vocabulary = vocabulary.unwrap_or(&self.vocabularies[0]);
        let length = match random.next().is_multiple_of(LONG_ONE_IN) {
            true => 5_000.0 * (random.unit() * 10f64.ln()).exp(),
            false => (MIDDLE_WORDS.ln() + SPREAD * random.normal()).exp().clamp(20.0, 20_000.0),
        };
        let words = length as usize;
        let subject: Vec<usize> = (0..12).map(|_| 100 + random.below(vocabulary.words.len() - 100)).collect();
        let title_words = 3 + random.below(6);
        let mut title = capital(&vocabulary.run(random, title_words, &subject, 60));
        let mut article = Article::default();
        let mut left = words;
        while left > 0 {
            let take = left.min(30 + random.below(90));
            article.blocks.push(Block::paragraph(RichText::plain(vocabulary.paragraph(random, take, &subject))));
            left -= take;
        }
        match TOLD_AGAIN_ONE_IN - 1 - number % TOLD_AGAIN_ONE_IN {
            0 => {
                // Another lead, and the end cut off.
                title.push_str(TOLD_AGAIN);
                article.blocks.truncate(1);
                let kept = self.before.len().div_ceil(3) * 2;
                article.blocks.extend(self.before.iter().take(kept).skip(1).cloned());
            }
            1 => article.blocks.push(Block::paragraph(RichText::plain(FURNITURE))),
            _ => {}
        }
        self.before.clone_from(&article.blocks);
        let field = |name: &str| Provenance::Field(name.to_owned());
        let metadata = &mut article.metadata;
        metadata.title.add(title.clone(), field("title"));
        metadata.language.add(vocabulary.language.tag.to_owned(), field("language"));
        (metadata.words, metadata.minutes) = (words, words.div_ceil(238));
        if random.below(10) > 0 {
            metadata.site.add(self.sites[self.site_odds.draw(random)].clone(), field("site"));
        }
        if random.below(10) > 2 {
            metadata.authors.add(vec![self.authors[random.below(self.authors.len())].clone()], field("author"));
        }
        if random.below(10) > 1 {
            let (year, month, day) = (2005 + random.below(20), 1 + random.below(12), 1 + random.below(28));
            let date = StatedDate::day(year as i16, month as u8, day as u8);
            if let Some(date) = date {
                metadata.published.add(date, field("published"));
            }
        }
        if random.below(5) == 0 {
            let tags: Vec<String> =
                (0..=random.below(3)).map(|_| words::TAGS[random.below(words::TAGS.len())].to_owned()).collect();
            metadata.tags.add(tags, field("tags"));
        }
        match random.below(10) {
            0..=2 => metadata.state.add(ReadState::Archived, field("state")),
            3 => {
                metadata.state.add(ReadState::Reading, field("state"));
                metadata.read_percent.add(random.below(98) as u8, field("read"));
            }
            _ => {}
        }
        metadata.url.add(format!("https://stories.example/{number}"), field("url"));
        let flat = article.flat_text().as_str().to_owned();
        let original = format!("{title}\n\n{flat}");
        Made {
            id: article.story_id(),
            excerpt: flat.chars().take(160).collect(),
            source: NewSource {
                id: SourceId::of(original.as_bytes()),
                size: original.len() as u64,
                modified_ms: Some(BEGUN_MS),
                format: "Plain text".to_owned(),
                encoding: Some("UTF-8".to_owned()),
                warnings: Vec::new(),
                seen: Seen::File(PathBuf::from(format!("/made/up/{:03}/{number}.txt", number / 500))),
                original: Some(original.into_bytes().into()),
            },
            article,
            flat,
            title,
        }
    }
}

impl Vocabulary {
    fn new(language: &'static Language, random: &mut Random) -> Self {
        let mut words: Vec<String> = language.real.split_whitespace().map(str::to_owned).collect();
        let mut known: std::collections::HashSet<String> = words.iter().cloned().collect();
        while words.len() < MADE_UP_WORDS {
            let word = language.make_up(&mut |below| random.below(below));
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let odds = Odds::zipf(words.len(), ZIPF);
        Self { language, words, odds }
    }

    fn run(&self, random: &mut Random, count: usize, subject: &[usize], subject_percent: u64) -> String {
        let mut out = String::new();
        for number in 0..count {
            let word = if random.next() % 100 < subject_percent {
                subject[random.below(subject.len())]
            } else {
                self.odds.draw(random)
            };
            if number > 0 && self.language.script == Script::Spaced {
                out.push(' ');
            }
            out.push_str(&self.words[word]);
        }
        out
    }

    fn paragraph(&self, random: &mut Random, count: usize, subject: &[usize]) -> String {
        let mut out = String::with_capacity(count * 8);
        let mut left = count;
        while left > 0 {
            let take = left.min(4 + random.below(20));
            let run = self.run(random, take, subject, SUBJECT_PERCENT);
            let _ = match self.language.script {
                Script::Spaced => write!(out, "{}{}. ", capital(&run), if take > 14 { ", after all" } else { "" }),
                Script::Unspaced => write!(out, "{run}。"),
            };
            left -= take;
        }
        out.truncate(out.trim_end().len());
        out
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Numbers that look random and are not: SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept of 64")]
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// By Box and Muller.
    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }
}

/// How likely each of some things is, summed up.
struct Odds(Vec<f64>);

impl Odds {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    fn zipf(count: usize, exponent: f64) -> Self {
        let mut sum = 0.0;
        // Mandelbrot's shift: the first words of real texts are less frequent than Zipf has them.
        let add = |rank: usize| {
            sum += (rank as f64 + 3.7).powf(-exponent);
            sum
        };
        Self((0..count).map(add).collect())
    }

    fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.0.last().copied().unwrap_or_default();
        self.0.partition_point(|sum| *sum < at).min(self.0.len() - 1)
    }
}
