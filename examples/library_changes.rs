//! A program under test: changes a library as the window does, says what it was promised, and is killed meanwhile.
//!
//! `run FOLDER SEED COUNT [FROM]` makes the changes FROM to FROM + COUNT of a seed, each when the one before is done, and
//! prints `ack N what` for each that the library has answered for. `check FOLDER SEED ACKS [FROM]` opens the library, and
//! holds what is in it to the changes that ACKS has; FROM is how many were made before. Both work out the same changes from
//! the seed, so a run goes on where another was killed, with the change that it may have made already.
//!
//! `look FOLDER WORD` opens the library as the window does, and says how that went: how many stories are listed, are found by
//! the word and can be read, and what a change is answered with.
//!
//! `run` tries a change again that failed, up to `RECTO_TRIES` times, and says `failed N why` each time. It ends with 2 where
//! the library could not be opened or a change not be made, `check` with 1 where something is wrong.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use recto::app::Action;
use recto::app::keeper::{Answer, How, Keeper, Opened, Request};
use recto::app::load::{Places, load, load_kept};
use recto::app::story::{Arrival, Loaded, Origin, Story};
use recto::document::{Anchor, StoryId, TextRange};
use recto::import::Watch;
use recto::library::changing::Mark;
use recto::library::folders::Folder;
use recto::library::{Change, Key, LibraryError, ReadState, Reader, Shelf, Sort, Status, Store, View};

/// Longer than the library waits for a lock.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);
/// From here on stories are numbered that are read from a folder, under whatever path.
const GATHERED: u64 = 1_000_000;
const TAGS: [&str; 5] = ["sea", "harbour", "Ärger", "to read", "x"];

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().map_err(|error| format!("{text}: {error}"));
    let done = match arguments.as_slice() {
        ["run", folder, seed, count] => run_arguments(folder, number(seed), number(count), Ok(0)),
        ["run", folder, seed, count, from] => run_arguments(folder, number(seed), number(count), number(from)),
        ["check", folder, seed, acks] => check_arguments(folder, number(seed), acks, Ok(0)),
        ["check", folder, seed, acks, from] => check_arguments(folder, number(seed), acks, number(from)),
        ["look", folder, word] => look(Path::new(folder), word).map_err(|words| (1, words)),
        _ => Err((
            2,
            "library_changes run FOLDER SEED COUNT [FROM] | check FOLDER SEED ACKS [FROM] | look FOLDER WORD"
                .to_owned(),
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, words)) => {
            eprintln!("{words}");
            ExitCode::from(code)
        }
    }
}

fn run_arguments(
    folder: &str,
    seed: Outcome<u64>,
    count: Outcome<u64>,
    from: Outcome<u64>,
) -> Result<(), (u8, String)> {
    let all = || Ok((seed?, count?, from?));
    let (seed, count, from) = all().map_err(|words: String| (2, words))?;
    run(Path::new(folder), seed, count, from).map_err(|words| (2, words))
}

fn check_arguments(folder: &str, seed: Outcome<u64>, acks: &str, from: Outcome<u64>) -> Result<(), (u8, String)> {
    let all = || Ok((seed?, from?));
    let (seed, from) = all().map_err(|words: String| (2, words))?;
    check(Path::new(folder), seed, Path::new(acks), from).map_err(|words| (1, words))
}

// --- Articles ---

/// A picture of one pixel.
const PICTURE: &str = "<p><img alt=\"a dot\" width=\"400\" height=\"300\" src=\"data:image/png;base64,\
    iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"></p>\n";

/// Which article: a number, and which version of it.
type Id = (u64, u64);

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn of(seed: u64, number: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `end`; 0 where that is 0.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

fn bytes_of(id: Id) -> Vec<u8> {
    let mut random = Random::of(id.0, id.1 + 7);
    let (number, version, word) = (id.0, id.1, word_of(id));
    // By its bytes alone it is known as HTML, whatever its name.
    let mut text = format!("<!DOCTYPE html><html><head><title>Story {number}</title></head><body><article>");
    text.push_str(&format!("<h1>Story {number}</h1>\n<p>Its version {version} has the word {word}.</p>\n"));
    if random.below(4) == 0 {
        text.push_str(PICTURE);
    }
    // Most take a page or two of the library's file; a few take many.
    let paragraphs = if random.below(8) == 0 { 120 } else { 1 + random.below(12) };
    for _ in 0..paragraphs {
        let words = ["ferry", "harbour", "dusk", "piano", "forty", "crossing", "lantern", "quay"];
        text.push_str("<p>");
        for _ in 0..(5 + random.below(60)) {
            text.push_str(random.pick(&words).copied().unwrap_or_default());
            text.push_str(if random.below(9) == 0 { ". " } else { " " });
        }
        text.push_str(&format!("{:x}</p>\n", random.next()));
    }
    text.push_str("</article></body></html>\n");
    text.into_bytes()
}

/// A word that only this article has.
fn word_of(id: Id) -> String {
    format!("zq{}v{}", id.0, id.1)
}

fn loaded(id: Id) -> Outcome<Loaded> {
    let origin = Origin::Bytes { name: "a.html".to_owned(), bytes: bytes_of(id).into() };
    load(&origin, &Places::default(), &Watch::default()).map_err(|error| error.message)
}

fn story_of(id: Id) -> Outcome<Arc<Story>> {
    thread_local! {
        /// Reading an article takes longer than most changes.
        static READ: RefCell<BTreeMap<Id, Arc<Story>>> = RefCell::default();
    }
    if let Some(story) = READ.with_borrow(|read| read.get(&id).cloned()) {
        return Ok(story);
    }
    let (story, _) = loaded(id)?.stories.into_iter().next().ok_or("no story")?;
    READ.with_borrow_mut(|read| read.insert(id, Arc::clone(&story)));
    Ok(story)
}

fn anchor_in(flat: &str, at: u64) -> Option<Anchor> {
    // The beginning is ASCII, and longer than this.
    let start = usize::try_from(at % 20).ok()?;
    Anchor::new(flat, TextRange::new(start, start + 4))
}

// --- Changes ---

/// A change, by articles rather than by the numbers that a library gives them.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// All or none.
    Keep {
        files: Vec<(String, Id)>,
        is_asked_for: bool,
    },
    /// One by one.
    Gather(Vec<Id>),
    Missing(String),
    Folder(String),
    DropFolder(String),
    Tag(Vec<Id>, &'static str),
    Untag(Vec<Id>, &'static str),
    Note(Id, String),
    Mark(Id, u64),
    Unmark(Id, u64),
    Place(Id, u64, u8),
    Choices(Id, String),
    Move(Vec<Id>, Shelf),
    MarkRead(Vec<Id>, ReadState),
    Forget(Vec<Id>),
    /// Takes back the step before.
    Undo,
}

/// What must be in the library.
#[derive(Clone, Debug, Default)]
struct Model {
    stories: BTreeMap<Id, Facts>,
    /// Where articles were seen, and whether they were missed there.
    seen: BTreeMap<String, (Id, bool)>,
    folders: BTreeSet<String>,
    /// How many versions of each article there were.
    versions: BTreeMap<u64, u64>,
    forgotten: BTreeSet<Id>,
    articles: u64,
    /// The stories of the last step as they were before it, where it can be taken back.
    before: Option<Vec<(Id, Facts)>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Facts {
    status: Status,
    /// Which place.
    place: Option<u64>,
    choices: String,
    marks: BTreeSet<u64>,
}

impl Model {
    fn after(seed: u64, count: u64) -> Self {
        let mut model = Self::default();
        for number in 0..count {
            let step = model.next_step(seed, number);
            model.take(&step);
        }
        model
    }

    /// What the person does now.
    fn next_step(&self, seed: u64, number: u64) -> Step {
        let mut random = Random::of(seed, number);
        let shown = |(_, facts): &(&Id, &Facts)| facts.status.shelf != Shelf::Superseded;
        let there: Vec<Id> = self.stories.iter().filter(shown).map(|(id, _)| *id).collect();
        let Some(one) = random.pick(&there).copied() else { return self.keep(&mut random) };
        let few: BTreeSet<Id> = (0..=random.below(3)).filter_map(|_| random.pick(&there).copied()).collect();
        let few: Vec<Id> = few.into_iter().collect();
        let tag = random.pick(&TAGS).copied().unwrap_or_default();
        let paths: Vec<&String> = self.seen.keys().collect();
        let mark = self.stories.get(&one).and_then(|facts| facts.marks.iter().next().copied());
        match random.below(100) {
            0..=21 => self.keep(&mut random),
            22..=23 => Step::Gather((0..4).map(|i| (GATHERED + number * 10 + i, 0)).collect()),
            24..=26 => match random.pick(&paths) {
                Some(path) => Step::Missing((*path).clone()),
                None => self.keep(&mut random),
            },
            27..=28 => Step::Folder(format!("/nowhere/{}", random.below(6))),
            29 => Step::DropFolder(format!("/nowhere/{}", random.below(6))),
            30..=39 => Step::Tag(few, tag),
            40..=45 => Step::Untag(few, tag),
            46..=56 if random.below(6) == 0 => Step::Note(one, String::new()),
            46..=56 => Step::Note(one, format!("note{number} {}", "why ".repeat(random.below(200))).trim().to_owned()),
            57..=62 => Step::Mark(one, number),
            63..=65 => mark.map_or(Step::Mark(one, number), |mark| Step::Unmark(one, mark)),
            66..=72 => Step::Place(one, random.next() % 20, u8::try_from(random.below(101)).unwrap_or_default()),
            73..=76 if random.below(4) == 0 => Step::Choices(one, String::new()),
            73..=76 => Step::Choices(one, format!("[{number}]")),
            77..=82 => {
                let shelves = [Shelf::Inbox, Shelf::Archive, Shelf::Deleted];
                Step::Move(few, random.pick(&shelves).copied().unwrap_or_default())
            }
            83..=86 => {
                let states = [ReadState::Unread, ReadState::InProgress, ReadState::Finished];
                Step::MarkRead(few, random.pick(&states).copied().unwrap_or_default())
            }
            87..=90 => Step::Forget(few),
            _ if self.before.is_some() => Step::Undo,
            _ => self.keep(&mut random),
        }
    }

    /// New files, changed files, copies.
    fn keep(&self, random: &mut Random) -> Step {
        let mut files: Vec<(String, Id)> = Vec::new();
        for i in 0..=random.below(3) {
            let paths: Vec<_> = self.seen.iter().collect();
            let there: Vec<Id> = self.stories.keys().filter(|id| id.0 < GATHERED).copied().collect();
            let (path, id) = match (random.below(5), random.pick(&paths), random.pick(&there)) {
                (0, Some((path, (id, _))), _) => {
                    ((*path).clone(), (id.0, self.versions.get(&id.0).copied().unwrap_or_default()))
                }
                (1, _, Some(id)) => (format!("/articles/copy {}/{}.html", random.below(3), id.0), *id),
                _ => {
                    let number = self.articles + u64::try_from(i).unwrap_or_default();
                    (format!("/articles/{number}.html"), (number, 0))
                }
            };
            if files.iter().all(|(other, (number, _))| *other != path && *number != id.0) {
                files.push((path, id));
            }
        }
        Step::Keep { files, is_asked_for: random.below(2) == 0 }
    }

    fn change(&mut self, ids: &[Id], mut with: impl FnMut(&mut Facts)) {
        let before = ids.iter().filter_map(|id| Some((*id, self.stories.get(id)?.clone()))).collect();
        self.before = Some(before);
        for id in ids {
            if let Some(facts) = self.stories.get_mut(id) {
                with(facts);
            }
        }
    }

    fn take(&mut self, step: &Step) {
        let before = self.before.take();
        match step {
            Step::Keep { files, is_asked_for } => {
                for (path, id) in files {
                    self.take_file(path, *id, *is_asked_for);
                }
            }
            Step::Gather(ids) => {
                for id in ids {
                    self.stories.entry(*id).or_default();
                }
            }
            Step::Missing(path) => {
                if let Some((_, is_missing)) = self.seen.get_mut(path) {
                    *is_missing = true;
                }
            }
            Step::Folder(path) => {
                self.folders.insert(path.clone());
            }
            Step::DropFolder(path) => {
                self.folders.remove(path);
            }
            Step::Tag(ids, tag) => self.change(ids, |facts| {
                if !facts.status.tags.iter().any(|t| t == tag) {
                    facts.status.tags.push((*tag).to_owned());
                    facts.status.tags.sort();
                }
            }),
            Step::Untag(ids, tag) => self.change(ids, |facts| facts.status.tags.retain(|t| t != tag)),
            Step::Note(id, text) => self.change(&[*id], |facts| facts.status.note.clone_from(text)),
            Step::Mark(id, number) => self.change(&[*id], |facts| {
                facts.marks.insert(*number);
            }),
            Step::Unmark(id, number) => self.change(&[*id], |facts| {
                facts.marks.remove(number);
            }),
            Step::Place(id, at, percent) => {
                self.change(&[*id], |facts| {
                    facts.place = Some(*at);
                    facts.status.progress = f32::from(*percent) / 100.0;
                    let (progress, read) = (facts.status.progress, facts.status.read);
                    if read != ReadState::Finished && progress >= 0.99 {
                        facts.status.read = ReadState::Finished;
                    } else if read == ReadState::Unread && progress >= 0.02 {
                        facts.status.read = ReadState::InProgress;
                    }
                });
                self.before = None;
            }
            Step::Choices(id, json) => {
                self.change(&[*id], |facts| facts.choices.clone_from(json));
                self.before = None;
            }
            Step::Move(ids, shelf) => self.change(ids, |facts| facts.status.shelf = *shelf),
            Step::MarkRead(ids, read) => self.change(ids, |facts| facts.status.read = *read),
            Step::Forget(ids) => {
                for id in ids {
                    self.stories.remove(id);
                    self.seen.retain(|_, (seen, _)| seen != id);
                    self.forgotten.insert(*id);
                }
            }
            Step::Undo => self.stories.extend(before.unwrap_or_default()),
        }
    }

    fn take_file(&mut self, path: &str, id: Id, is_asked_for: bool) {
        self.articles = self.articles.max(id.0 + 1);
        let versions = self.versions.entry(id.0).or_default();
        *versions = (*versions).max(id.1 + 1);
        self.forgotten.remove(&id);
        let before = self.seen.insert(path.to_owned(), (id, false)).map(|(before, _)| before);
        let is_superseded = |facts: &Facts| facts.status.shelf == Shelf::Superseded;
        let is_elsewhere = |old: &Id| self.seen.values().any(|(seen, is_missing)| seen == old && !is_missing);
        let older = before.filter(|old| *old != id && !is_elsewhere(old));
        let older = older.filter(|old| self.stories.get(old).is_some_and(|facts| !is_superseded(facts)));
        let replaced = older.filter(|_| self.stories.get(&id).is_none_or(is_superseded));
        let taken_over = replaced.and_then(|old| {
            let old = self.stories.get_mut(&old)?;
            let taken_over = old.clone();
            old.status.shelf = Shelf::Superseded;
            Some(taken_over)
        });
        let facts = self.stories.entry(id).or_default();
        if let Some(old) = taken_over {
            facts.status = old.status;
            facts.place = old.place.or(facts.place);
            if !old.choices.is_empty() {
                facts.choices = old.choices;
            }
            facts.marks.extend(old.marks);
        }
        if is_superseded(facts) || (facts.status.shelf == Shelf::Deleted && is_asked_for) {
            facts.status.shelf = Shelf::Inbox;
        }
    }
}

// --- The run ---

fn run(folder: &Path, seed: u64, count: u64, from: u64) -> Outcome<()> {
    let tries: u32 = std::env::var("RECTO_TRIES").ok().and_then(|tries| tries.parse().ok()).unwrap_or(1);
    let mut model = Model::after(seed, from);
    let keeper = Keeper::start(folder);
    let (sender, answers) = channel();
    keeper.attend(move |action| {
        if let Action::Library(answer) = action {
            // Nobody listens any more once the run is over.
            let _ = sender.send(answer);
        }
    });
    let mut person = Person { keeper, answers, reader: None, inverse: None, asked: 0 };
    person.open(folder, tries)?;
    for number in from..from.saturating_add(count) {
        let step = model.next_step(seed, number);
        let mut tried = 0;
        while let Err(words) = person.make(&step, &model) {
            tried += 1;
            say(&format!("failed {number} {words}\n"))?;
            if tried >= tries {
                return Err(format!("change {number} could not be made: {words}"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        if number == from {
            // Where it was made already, what takes it back is the change of nothing; the model knows better.
            person.inverse = None;
        }
        model.take(&step);
        say(&format!("ack {number} {}\n", described(&step)))?;
    }
    Ok(())
}

fn described(step: &Step) -> String {
    let words = format!("{step:?}");
    words.chars().take(160).collect()
}

/// One `write`, at once.
fn say(line: &str) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes()).and_then(|()| out.flush()).map_err(|error| error.to_string())
}

/// Who sits before the window.
struct Person {
    keeper: Keeper,
    answers: Receiver<Answer>,
    reader: Option<Reader>,
    /// What takes back the last step.
    inverse: Option<Change>,
    asked: i64,
}

impl Person {
    fn open(&mut self, folder: &Path, tries: u32) -> Outcome<()> {
        loop {
            match self.answer()? {
                Answer::Opened(Opened::Whole { .. }) => break,
                Answer::Opened(Opened::Not(error @ LibraryError::Busy)) if tries > 1 => {
                    say(&format!("waiting {error}\n"))?;
                }
                Answer::Opened(Opened::ReadOnly(error) | Opened::Not(error)) => return Err(error.to_string()),
                Answer::Checked(problems) => return Err(problems.join("; ")),
                _ => {}
            }
        }
        say("open\n")?;
        for _ in 0..tries.max(1) {
            match Reader::open(folder) {
                Ok(reader) => {
                    self.reader = Some(reader);
                    return Ok(());
                }
                Err(error) => say(&format!("failed to read: {error}\n"))?,
            }
        }
        Err("the library could not be read".to_owned())
    }

    fn answer(&self) -> Outcome<Answer> {
        self.answers.recv_timeout(LONGEST_ANSWER).map_err(|error| format!("no answer: {error}"))
    }

    fn reader(&self) -> Outcome<&Reader> {
        self.reader.as_ref().ok_or_else(|| "no reader".to_owned())
    }

    fn key(&self, id: Id) -> Outcome<Option<Key>> {
        self.reader()?.key_of(&story_of(id)?.id).map_err(|error| error.to_string())
    }

    fn keys(&self, ids: &[Id]) -> Outcome<Vec<Key>> {
        let keys = ids.iter().map(|id| self.key(*id)).collect::<Outcome<Vec<_>>>()?;
        Ok(keys.into_iter().flatten().collect())
    }

    fn mark_of(&self, id: Id, number: u64) -> Outcome<Option<(Key, Mark)>> {
        let Some(key) = self.key(id)? else { return Ok(None) };
        let document = self.reader()?.document(key).map_err(|error| error.to_string())?;
        let marks = document.map(|document| document.marks).unwrap_or_default();
        Ok(marks.into_iter().find(|mark| mark.note == format!("mark{number}")).map(|mark| (key, mark)))
    }

    /// A change, and its answer.
    fn change(&mut self, change: &Change) -> Outcome<()> {
        self.keeper.send(Request::Change { change: change.clone(), how: How::Made });
        loop {
            match self.answer()? {
                Answer::Changed { change: made, inverse, .. } if made == *change => {
                    self.inverse = inverse;
                    return Ok(());
                }
                Answer::Failed(error) => return Err(error.to_string()),
                _ => {}
            }
        }
    }

    /// Something whose answer says no more than that the list has changed: that of a change of nothing comes after it.
    fn ask(&mut self, request: Request) -> Outcome<()> {
        self.asked += 1;
        let nothing = Change::MarkRead { keys: vec![Key(-self.asked)], read: ReadState::Unread };
        self.keeper.send(request);
        self.keeper.send(Request::Change { change: nothing.clone(), how: How::Made });
        let mut failures = Vec::new();
        while failures.len() < 2 {
            // Where one of the two failed and the other was not told of, nothing more comes.
            let longest = if failures.is_empty() { LONGEST_ANSWER } else { Duration::from_millis(300) };
            match self.answers.recv_timeout(longest) {
                Ok(Answer::Changed { change, .. }) if change == nothing => break,
                Ok(Answer::Failed(error)) => failures.push(error.to_string()),
                Ok(_) => {}
                Err(_) if failures.is_empty() => return Err("no answer".to_owned()),
                Err(_) => break,
            }
        }
        failures.into_iter().next().map_or(Ok(()), Err)
    }

    fn make(&mut self, step: &Step, model: &Model) -> Outcome<()> {
        // What a try before this one was answered late says nothing of this one.
        while self.answers.try_recv().is_ok() {}
        let inverse = if *step == Step::Undo { self.inverse.clone() } else { None };
        match step {
            Step::Keep { files, is_asked_for } => {
                let arrivals = files.iter().map(|(path, id)| arrival(path, *id, *is_asked_for));
                let arrivals = arrivals.collect::<Outcome<Vec<_>>>()?;
                let ids = |arrival: &Arrival| arrival.stories.iter().map(|(_, story, _)| story.id.clone()).collect();
                let ids: Vec<StoryId> = arrivals.iter().flat_map::<Vec<_>, _>(ids).collect();
                self.keeper.send(Request::Keep(arrivals));
                loop {
                    match self.answer()? {
                        Answer::Kept(kept) if kept.iter().map(|kept| &kept.id).eq(&ids) => return Ok(()),
                        Answer::NotKept { error, .. } | Answer::Failed(error) => return Err(error.to_string()),
                        _ => {}
                    }
                }
            }
            Step::Gather(ids) => self.gather(ids),
            Step::Missing(path) => self.ask(Request::Missing(path.into())),
            Step::Folder(path) => self.ask(Request::SetFolder(Folder { path: path.into(), ignored: Vec::new() })),
            Step::DropFolder(path) => self.ask(Request::DropFolder(path.into())),
            Step::Tag(ids, tag) => self.change(&Change::Tag { keys: self.keys(ids)?, tag: (*tag).to_owned() }),
            Step::Untag(ids, tag) => self.change(&Change::Untag { keys: self.keys(ids)?, tag: (*tag).to_owned() }),
            Step::Note(id, text) => {
                let Some(key) = self.key(*id)? else { return Err(format!("{id:?} is gone")) };
                self.change(&Change::Note { key, text: text.clone() })
            }
            Step::Mark(id, number) => self.mark(*id, *number),
            Step::Unmark(id, number) => self.unmark(*id, *number),
            Step::Place(id, at, percent) => {
                let story = story_of(*id)?;
                let Some(key) = self.key(*id)? else { return Err(format!("{id:?} is gone")) };
                let anchor = anchor_in(story.flat.as_str(), *at).ok_or("no such place")?;
                self.change(&Change::Place { key, anchor, progress: f32::from(*percent) / 100.0, seconds: 1 })
            }
            Step::Choices(id, json) => {
                let Some(key) = self.key(*id)? else { return Err(format!("{id:?} is gone")) };
                self.change(&Change::Choices { key, json: json.clone() })
            }
            Step::Move(ids, shelf) => self.change(&Change::Move { keys: self.keys(ids)?, shelf: *shelf }),
            Step::MarkRead(ids, read) => self.change(&Change::MarkRead { keys: self.keys(ids)?, read: *read }),
            Step::Forget(ids) => self.change(&Change::Forget(self.keys(ids)?)),
            Step::Undo => match inverse {
                Some(inverse) => self.change(&inverse),
                None => self.undo(model),
            },
        }
    }

    fn mark(&mut self, id: Id, number: u64) -> Outcome<()> {
        if self.mark_of(id, number)?.is_some() {
            return Ok(());
        }
        let Some(key) = self.key(id)? else { return Err(format!("{id:?} is gone")) };
        let anchor = anchor_in(story_of(id)?.flat.as_str(), number).ok_or("no such place")?;
        let made_ms = i64::try_from(number).unwrap_or_default();
        let mark = Mark { number: 0, anchor, note: format!("mark{number}"), made_ms };
        self.change(&Change::AddMark { key, mark })
    }

    fn unmark(&mut self, id: Id, number: u64) -> Outcome<()> {
        match self.mark_of(id, number)? {
            Some((key, mark)) => self.change(&Change::RemoveMark { key, mark: mark.number }),
            None => Ok(()),
        }
    }

    /// Takes back what another run did.
    fn undo(&mut self, model: &Model) -> Outcome<()> {
        let mut statuses = Vec::new();
        for (id, facts) in model.before.iter().flatten() {
            let now = model.stories.get(id).cloned().unwrap_or_default();
            for mark in facts.marks.difference(&now.marks) {
                self.mark(*id, *mark)?;
            }
            for mark in now.marks.difference(&facts.marks) {
                self.unmark(*id, *mark)?;
            }
            if facts.status != now.status
                && let Some(key) = self.key(*id)?
            {
                statuses.push((key, facts.status.clone()));
            }
        }
        self.change(&Change::Set(statuses))
    }

    /// Reads a folder; over when everything is in the library, of which the last answer says nothing.
    fn gather(&mut self, ids: &[Id]) -> Outcome<()> {
        // Beside the library, whose folder is taken away with everything around it where this program is killed.
        let beside = self.keeper.folder().parent().unwrap_or(Path::new("."));
        let folder = tempfile::tempdir_in(beside).map_err(|error| error.to_string())?;
        for id in ids {
            let path = folder.path().join(format!("{}.html", id.0));
            std::fs::write(path, bytes_of(*id)).map_err(|error| error.to_string())?;
        }
        self.keeper.send(Request::Gather(vec![folder.path().to_owned()]));
        let end = Instant::now() + LONGEST_ANSWER;
        while self.keys(ids)?.len() < ids.len() {
            match self.answers.recv_timeout(Duration::from_millis(5)) {
                Ok(Answer::Failed(error)) => return Err(error.to_string()),
                Ok(_) | Err(RecvTimeoutError::Timeout) if Instant::now() < end => {}
                _ => return Err("a folder was not read".to_owned()),
            }
        }
        Ok(())
    }
}

fn look(folder: &Path, word: &str) -> Outcome<()> {
    let keeper = Keeper::start(folder);
    let (sender, answers) = channel();
    keeper.attend(move |action| {
        if let Action::Library(answer) = action {
            let _ = sender.send(answer);
        }
    });
    // A list brings its first rows along, which are nothing that was asked for here.
    let answer = || loop {
        match answers.recv_timeout(LONGEST_ANSWER) {
            Ok(Answer::Rows { .. }) => {}
            Ok(answer) => return Ok(answer),
            Err(error) => return Err(format!("no answer: {error}")),
        }
    };
    let list = |query: &str| {
        let (view, sort, query) = (View::All, Sort::Added, query.to_owned());
        keeper.send(Request::List { generation: 0, view, sort, query });
        match answer()? {
            Answer::Listed { list, .. } => Ok(list.keys),
            other => Err(format!("{other:?}")),
        }
    };
    match answer()? {
        Answer::Opened(Opened::Whole { .. }) => say("opened\n")?,
        Answer::Opened(Opened::ReadOnly(error)) => say(&format!("opened to be read: {error}\n"))?,
        Answer::Opened(Opened::Not(error)) => return Err(format!("not opened: {error}")),
        other => return Err(format!("{other:?}")),
    }
    let (listed, found) = (list("")?, list(word)?);
    let mut read = 0;
    for key in &listed {
        load_kept(folder, *key).map_err(|error| error.message)?;
        read += 1;
    }
    say(&format!("listed {} found {} read {read}\n", listed.len(), found.len()))?;
    keeper.send(Request::Change { change: Change::Tag { keys: listed, tag: "looked at".into() }, how: How::Made });
    match answer()? {
        Answer::Changed { .. } => say("changed\n"),
        Answer::Failed(error) => say(&format!("not changed: {error}\n")),
        other => Err(format!("{other:?}")),
    }
}

fn arrival(path: &str, id: Id, is_asked_for: bool) -> Outcome<Arrival> {
    loaded(id)?.into_arrival(Origin::File(PathBuf::from(path)), is_asked_for).ok_or_else(|| "no story".to_owned())
}

// --- The check ---

fn check(folder: &Path, seed: u64, acks: &Path, from: u64) -> Outcome<()> {
    let acks = std::fs::read_to_string(acks).map_err(|error| format!("{}: {error}", acks.display()))?;
    let mut model = Model::after(seed, from);
    let mut number = from;
    for line in acks.lines().filter_map(|line| line.strip_prefix("ack ")) {
        let step = model.next_step(seed, number);
        let expected = format!("{number} {}", described(&step));
        if line != expected {
            return Err(format!("the run said “{line}”, and should have said “{expected}”"));
        }
        model.take(&step);
        number += 1;
    }
    let in_flight = model.next_step(seed, number);

    let store = Store::open(folder).map_err(|error| format!("it does not open: {error}"))?;
    let reader = store.reader().map_err(|error| format!("it cannot be read: {error}"))?;
    let report = reader.check(false).map_err(|error| format!("it cannot be checked: {error}"))?;
    if !report.problems.is_empty() {
        return Err(format!("the check says: {}", report.problems.join("; ")));
    }
    let words = |error: recto::library::LibraryError| error.to_string();

    // What was begun and not answered is there or not; what is read from a folder, file by file.
    let mut candidates = vec![model.clone()];
    if let Step::Gather(ids) = &in_flight {
        let mut some = model.clone();
        for id in ids {
            if reader.key_of(&story_of(*id)?.id).map_err(words)?.is_some() {
                some.take(&Step::Gather(vec![*id]));
            }
        }
        candidates.push(some);
    } else {
        let mut done = model.clone();
        done.take(&in_flight);
        candidates.push(done);
        // The two parts of what another run takes back.
        if in_flight == Step::Undo && model.before.as_ref().is_some_and(|all| all.len() > 1) {
            candidates.extend(model.before.iter().flatten().map(|(id, facts)| {
                let mut part = model.clone();
                part.stories.insert(*id, facts.clone());
                part
            }));
        }
    }
    let mut failure = String::new();
    for candidate in &candidates {
        match differs(&reader, candidate, report.stories)? {
            None => {
                println!("{number} changes, {} stories", report.stories);
                return Ok(());
            }
            Some(words) if failure.is_empty() => failure = words,
            Some(words) => failure = format!("{failure}; or, if change {number} ({in_flight:?}) was made: {words}"),
        }
    }
    Err(format!("after {number} changes: {failure}"))
}

/// What a library has otherwise than it should.
fn differs(reader: &Reader, model: &Model, stories: usize) -> Outcome<Option<String>> {
    let words = |error: recto::library::LibraryError| error.to_string();
    let folders = reader.folders().map_err(words)?;
    let folders: BTreeSet<String> = folders.iter().map(|folder| folder.path.display().to_string()).collect();
    if folders != model.folders {
        return Ok(Some(format!("its folders are {folders:?}, not {:?}", model.folders)));
    }
    for (path, (id, is_missing)) in &model.seen {
        let seen = reader.seen_file(Path::new(path)).map_err(words)?;
        let size = u64::try_from(bytes_of(*id).len()).unwrap_or_default();
        if seen.as_ref().map(|seen| (seen.size, seen.is_missing)) != Some((size, *is_missing)) {
            return Ok(Some(format!("{path} is known as {seen:?}, not of {size} bytes, missing: {is_missing}")));
        }
    }
    for (id, facts) in &model.stories {
        let story = story_of(*id)?;
        let Some(key) = reader.key_of(&story.id).map_err(words)? else {
            return Ok(Some(format!("story {id:?} is not there")));
        };
        let Some(mut document) = reader.document(key).map_err(words)? else {
            return Ok(Some(format!("story {id:?} has no document")));
        };
        if document.article != story.article {
            return Ok(Some(format!("the article of story {id:?} is another")));
        }
        if reader.original(&document.source.id).map_err(words)? != Some(bytes_of(*id)) {
            return Ok(Some(format!("the original of story {id:?} is another")));
        }
        document.status.tags.sort();
        let marks: BTreeSet<String> = document.marks.iter().map(|mark| mark.note.clone()).collect();
        let wanted: BTreeSet<String> = facts.marks.iter().map(|number| format!("mark{number}")).collect();
        if marks != wanted || document.marks.len() != wanted.len() {
            return Ok(Some(format!("the marks of story {id:?} are {marks:?}, not {wanted:?}")));
        }
        // Versions begin with the same words; which of them an anchor was made in does not matter.
        let place = document.place.map(|anchor| anchor.range.start);
        let wanted = facts.place.and_then(|at| usize::try_from(at).ok());
        if (&document.status, place, &document.choices) != (&facts.status, wanted, &facts.choices) {
            let found = (&document.status, place, &document.choices);
            return Ok(Some(format!("story {id:?} has {found:?}, not {facts:?}")));
        }
        let view = match facts.status.shelf {
            Shelf::Inbox | Shelf::Archive => View::All,
            Shelf::Deleted => View::Deleted,
            Shelf::Superseded => continue,
        };
        let note = facts.status.note.split(' ').next().unwrap_or_default().to_owned();
        for word in [word_of(*id), note].into_iter().filter(|word| !word.is_empty()) {
            let found = reader.find(&view, Sort::Added, &word).map_err(words)?.keys;
            if !found.contains(&key) {
                return Ok(Some(format!("story {id:?} is not found by “{word}”")));
            }
        }
    }
    if stories != model.stories.len() {
        return Ok(Some(format!("there are {stories} stories, not {}", model.stories.len())));
    }
    for id in model.forgotten.iter().filter(|id| !model.stories.contains_key(id)) {
        let story = story_of(*id)?;
        let is_there = reader.key_of(&story.id).map_err(words)?.is_some()
            || reader.original(&story.file.source_id).map_err(words)?.is_some()
            || !reader.find(&View::All, Sort::Added, &word_of(*id)).map_err(words)?.keys.is_empty();
        if is_there {
            return Ok(Some(format!("story {id:?} was forgotten, and is there")));
        }
    }
    Ok(None)
}
