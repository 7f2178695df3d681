//! The library at work: one thread writes, one reads, and what they find comes back as [`Action::Library`]. Decides nothing
//! and draws nothing. Dropping it waits until everything that was asked for is on the disk.
//!
//! - `messages`: what is asked, and what is answered
//! - `desk`: where the threads find their work, and where answers go

mod desk;
mod messages;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use desk::{Desk, Outbox, Taken, Writing};
pub use messages::{Answer, How, Opened, Request};

use super::Action;
use super::gather::{Controls, Gathering, Takers};
use super::story::{Arrival, Origin};
use crate::document::StoryId;
use crate::import::panic_words;
use crate::insight::insights::{self, Insights};
use crate::library::adding::Addition;
use crate::library::{Kept, LibraryError, NewSource, NewStory, Reader, Rules, Seen, Store};

/// Stories that are written at once while a folder is read; a person's own changes never wait for more than these.
pub const BATCH: usize = 32;
/// Stories that are read ahead of the writer.
pub const READ_AHEAD: usize = 48;
/// How soon a library that another program holds is tried again; each try waits for some seconds itself.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(2);
/// Rows that come with a list: those of a window of common size, and those ahead of them that it would ask for.
const FIRST_ROWS: usize = 40;
/// Rows that come with what was found: to look for the words in a story's text takes longer than to read its row.
const FIRST_FOUND: usize = 10;
/// When stories without signatures are looked for: the first frame, and what is read in it, come first.
const SIGN_AFTER: Duration = Duration::from_secs(3);
/// Between two batches of them others may write, and the processor rests.
const SIGN_EVERY: Duration = Duration::from_millis(20);
/// Stories that get their signatures at once: some 20 ms of work.
const SIGNED_AT_ONCE: usize = 32;
/// What was added is told at most this often, so that lists are not made anew for every file.
const TELL_EVERY: Duration = Duration::from_millis(400);

/// The library's threads.
#[derive(Debug)]
pub struct Keeper {
    folder: PathBuf,
    writing: Arc<Desk<Writing>>,
    reading: Arc<Desk<Request>>,
    outbox: Arc<Outbox>,
    gathering: Mutex<Option<Arc<Controls>>>,
    keep_bytes: Arc<AtomicU64>,
    threads: Vec<JoinHandle<()>>,
}

impl Keeper {
    /// Opens a folder's library on a thread of its own. What it answers is held until somebody [attends](Self::attend).
    pub fn start(folder: &Path) -> Self {
        let mut keeper = Self {
            folder: folder.to_owned(),
            writing: Arc::default(),
            reading: Arc::default(),
            outbox: Arc::default(),
            gathering: Mutex::new(None),
            keep_bytes: Arc::new(AtomicU64::new(super::settings::ProgramSettings::default().keep_bytes())),
            threads: Vec::new(),
        };
        let (folder, writing, reading) = (folder.to_owned(), Arc::clone(&keeper.writing), Arc::clone(&keeper.reading));
        let outbox = Arc::clone(&keeper.outbox);
        keeper.spawn("library writer", move || write(&folder, &writing, &reading, &outbox));
        keeper
    }

    fn spawn(&mut self, name: &str, work: impl FnOnce() + Send + 'static) {
        let outbox = Arc::clone(&self.outbox);
        let guarded = move || {
            if let Err(panic) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
                outbox.tell(Answer::Failed(LibraryError::Bug { detail: panic_words(&*panic) }));
            }
        };
        match std::thread::Builder::new().name(name.to_owned()).spawn(guarded) {
            Ok(thread) => self.threads.push(thread),
            Err(error) => {
                self.outbox.tell(Answer::Opened(Opened::Not(LibraryError::CannotOpen { detail: error.to_string() })));
            }
        }
    }

    /// The library's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What reads files into it, to be used on another thread.
    pub fn gatherer(&self) -> Gatherer {
        let keep_bytes = Arc::clone(&self.keep_bytes);
        Gatherer { folder: self.folder.clone(), writing: Arc::clone(&self.writing), keep_bytes }
    }

    /// From now on answers go here, those that were held first.
    pub fn attend(&self, report: impl Fn(Action) + Send + Sync + 'static) {
        self.outbox.attend(Box::new(report));
    }

    /// Asks for something.
    pub fn send(&self, request: Request) {
        match request {
            Request::List { .. }
            | Request::Rows { .. }
            | Request::Near { .. }
            | Request::Links { .. }
            | Request::Pace
            | Request::Count => self.reading.put(request),
            Request::Gather(_) | Request::GatherFolders => self.gather(request),
            Request::LimitOriginals(bytes) => self.keep_bytes.store(bytes, Ordering::Relaxed),
            Request::PauseGathering(is_paused) => self.with_controls(|controls| controls.pause(is_paused)),
            Request::CancelGathering => self.with_controls(Controls::cancel),
            _ => self.writing.put(Writing::Request(request)),
        }
    }

    fn with_controls(&self, act: impl FnOnce(&Controls)) {
        if let Some(controls) = &*self.gathering.lock().unwrap_or_else(PoisonError::into_inner) {
            act(controls);
        }
    }

    /// Reads files on threads of its own. What is asked for while some are read is read after them.
    fn gather(&self, request: Request) {
        let mut gathering = self.gathering.lock().unwrap_or_else(PoisonError::into_inner);
        let paths = match request {
            Request::Gather(paths) => Some(paths),
            _ => None,
        };
        if let Some(controls) = &*gathering
            && controls.add(paths.as_deref())
        {
            return;
        }
        let controls = Arc::new(Controls::default());
        controls.add(paths.as_deref());
        *gathering = Some(Arc::clone(&controls));
        let (gatherer, outbox) = (self.gatherer(), Arc::clone(&self.outbox));
        let work = move || gatherer.run(&controls, &|gathering| outbox.tell(Answer::Gathered(gathering)));
        if let Err(error) = std::thread::Builder::new().name("gather".into()).spawn(work) {
            *gathering = None;
            self.outbox.tell(Answer::Failed(LibraryError::Bug { detail: error.to_string() }));
        }
    }
}

/// Reads files into a library that is open, from any thread.
#[derive(Clone, Debug)]
pub struct Gatherer {
    folder: PathBuf,
    writing: Arc<Desk<Writing>>,
    keep_bytes: Arc<AtomicU64>,
}

impl Gatherer {
    /// Reads what the controls were asked for; waits until it is over.
    pub fn run(&self, controls: &Arc<Controls>, tell: &(dyn Fn(Gathering) + Sync)) {
        let takers = Takers {
            arrival: &|arrival| self.writing.put_when_there_is_room(Writing::Arrival(Box::new(arrival)), READ_AHEAD),
            unchanged: &|_| {},
            // They are in what is told of how far it has come.
            failure: &|_, _| {},
            missing: &|path| self.writing.put(Writing::Request(Request::Missing(path))),
            keep_bytes: self.keep_bytes.load(Ordering::Relaxed),
            progress: tell,
        };
        super::gather::run(&self.folder, controls, &takers);
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.with_controls(Controls::cancel);
        self.writing.close();
        self.reading.close();
        for thread in self.threads.drain(..) {
            // A panic in it was told already.
            let _ = thread.join();
        }
    }
}

fn write(folder: &Path, writing: &Desk<Writing>, reading: &Arc<Desk<Request>>, outbox: &Arc<Outbox>) {
    let mut is_told = false;
    let mut store = loop {
        match Store::open(folder) {
            Ok(store) => break store,
            // Whoever holds it will let it go.
            Err(error @ LibraryError::Busy) => {
                if !is_told {
                    outbox.tell(Answer::Opened(Opened::Not(error.clone())));
                    is_told = true;
                }
                if !refuse(writing, outbox, &error, TRY_AGAIN_AFTER) {
                    return;
                }
            }
            Err(error) => return without(folder, &error, writing, reading, outbox),
        }
    };
    let reader = match store.reader() {
        Ok(reader) => reader,
        Err(error) => {
            outbox.tell(Answer::Opened(Opened::Not(error.clone())));
            refuse(writing, outbox, &error, Duration::MAX);
            return;
        }
    };
    let folders = reader.folders().unwrap_or_default().into_iter().map(|folder| folder.path).collect();
    outbox.tell(Answer::Opened(Opened::Whole { folders }));
    if store.was_interrupted() {
        check(folder, outbox);
    }
    std::thread::scope(|scope| {
        scope.spawn(move || read(&reader, reading, outbox));
        let mut told = Instant::now();
        let mut is_news = false;
        let mut signing = Signing::Waiting;
        loop {
            let longest = if is_news { TELL_EVERY.saturating_sub(told.elapsed()) } else { Duration::MAX };
            match writing.take_batch(longest.min(signing.pause()), BATCH) {
                Taken::Nothing => signing.go_on(&mut store, outbox),
                Taken::Closed => break,
                Taken::One(Writing::Request(request)) => carry_out(&mut store, request, outbox),
                Taken::One(Writing::Arrival(arrival)) => is_news |= keep(&mut store, &[*arrival], outbox).is_some(),
                Taken::Many(batch) => is_news |= keep(&mut store, &batch, outbox).is_some(),
            }
            if is_news && told.elapsed() >= TELL_EVERY {
                (is_news, told) = (false, Instant::now());
                outbox.tell(Answer::Moved);
            }
        }
        reading.close();
    });
}

/// How far the stories of an older Recto's library have come by their signatures. It is done where nothing else is.
enum Signing {
    Waiting,
    Begun,
    Over,
}

impl Signing {
    /// How long the writer waits for other work first.
    fn pause(&self) -> Duration {
        match self {
            Self::Waiting => SIGN_AFTER,
            Self::Begun => SIGN_EVERY,
            Self::Over => Duration::MAX,
        }
    }

    fn go_on(&mut self, store: &mut Store, outbox: &Outbox) {
        if matches!(self, Self::Over) {
            return;
        }
        match store.sign_some(SIGNED_AT_ONCE) {
            Ok(0) => {
                if matches!(self, Self::Begun) {
                    outbox.tell(Answer::Signed);
                }
                *self = Self::Over;
            }
            Ok(_) => *self = Self::Begun,
            // The next start goes on.
            Err(_) => *self = Self::Over,
        }
    }
}

/// A library that cannot be changed; it may still be read, by a reader on this thread.
fn without(
    folder: &Path,
    error: &LibraryError,
    writing: &Desk<Writing>,
    reading: &Arc<Desk<Request>>,
    outbox: &Arc<Outbox>,
) {
    match Reader::open(folder) {
        Ok(reader) if matches!(error, LibraryError::Newer { .. } | LibraryError::ReadOnly) => {
            outbox.tell(Answer::Opened(Opened::ReadOnly(error.clone())));
            std::thread::scope(|scope| {
                scope.spawn(move || read(&reader, reading, outbox));
                refuse(writing, outbox, error, Duration::MAX);
                reading.close();
            });
        }
        _ => {
            outbox.tell(Answer::Opened(Opened::Not(error.clone())));
            refuse(writing, outbox, error, Duration::MAX);
        }
    }
}

/// Answers everything that would change the library with why it cannot be, for so long. `false` where the keeper is given
/// up meanwhile.
fn refuse(writing: &Desk<Writing>, outbox: &Outbox, error: &LibraryError, longest: Duration) -> bool {
    let began = Instant::now();
    loop {
        let left = longest.saturating_sub(began.elapsed());
        if left.is_zero() {
            return true;
        }
        match writing.take_batch(left, 1) {
            Taken::Closed => return false,
            Taken::One(Writing::Request(Request::Keep(arrivals))) => {
                outbox.tell(Answer::NotKept { arrivals, error: error.clone() });
            }
            Taken::One(Writing::Request(
                Request::Change { how: How::Quiet, .. } | Request::Missing(_) | Request::KeepInsights { .. },
            ))
            | Taken::Many(_)
            | Taken::Nothing => {}
            Taken::One(_) => outbox.tell(Answer::Failed(error.clone())),
        }
    }
}

fn carry_out(store: &mut Store, request: Request, outbox: &Outbox) {
    let done = match request {
        Request::Keep(arrivals) => {
            outbox.tell(match keep_all(store, &arrivals) {
                Ok(kept) => Answer::Kept(kept.into_iter().flatten().collect()),
                Err(error) => Answer::NotKept { arrivals, error },
            });
            Ok(())
        }
        Request::Change { change, how } => store.change(&change).map(|inverse| {
            outbox.tell(Answer::Changed { change, inverse, how });
        }),
        Request::KeepInsights { id, insights } => keep_insights(store, &id, &insights),
        Request::SetFolder(folder) => store.keep_folder(&folder).map(|()| outbox.tell(Answer::FolderKept(folder.path))),
        Request::DropFolder(path) => store.drop_folder(&path).map(|()| outbox.tell(Answer::Moved)),
        Request::Missing(path) => store.mark_missing(&path, true).map(|()| outbox.tell(Answer::Moved)),
        _ => Ok(()),
    };
    if let Err(error) = done {
        outbox.tell(Answer::Failed(error));
    }
}

fn keep(store: &mut Store, arrivals: &[Arrival], outbox: &Outbox) -> Option<Vec<Vec<Kept>>> {
    keep_all(store, arrivals).map_err(|error| outbox.tell(Answer::Failed(error))).ok()
}

/// Adds what was read, all or nothing. Answers for each story of each file, in their order.
///
/// # Errors
/// Nothing was added then.
pub fn keep_all(store: &mut Store, arrivals: &[Arrival]) -> Result<Vec<Vec<Kept>>, LibraryError> {
    let sources: Vec<NewSource> = arrivals.iter().map(new_source).collect();
    let thumbnails: Vec<Vec<Option<Vec<u8>>>> = arrivals
        .iter()
        .map(|arrival| arrival.stories.iter().map(|(_, story, _)| super::load::thumbnail(story)).collect())
        .collect();
    let additions: Vec<Addition<'_>> = arrivals
        .iter()
        .zip(&sources)
        .zip(&thumbnails)
        .map(|((arrival, source), thumbnails)| Addition {
            source,
            stories: arrival
                .stories
                .iter()
                .zip(thumbnails)
                .map(|((number, story, summary), thumbnail)| {
                    let read = story.as_read();
                    NewStory {
                        number: *number,
                        id: &story.id,
                        article: &read.article,
                        flat: story.flat.as_str(),
                        title: &summary.title,
                        excerpt: &summary.excerpt,
                        thumbnail: thumbnail.as_deref(),
                    }
                })
                .collect(),
            is_asked_for: arrival.is_asked_for,
        })
        .collect();
    store.add(&additions, now_ms())
}

/// Under which name and of which version insights are kept.
pub const INSIGHTS: Rules = Rules { kind: "insights", version: insights::VERSION };

fn keep_insights(store: &mut Store, id: &StoryId, insights: &Insights) -> Result<(), LibraryError> {
    let json = serde_json::to_vec(insights).map_err(|error| LibraryError::Bug { detail: error.to_string() })?;
    store.keep_computed(id, INSIGHTS, &json)
}

/// What was found in a story by the rules of this program and kept; `None` where nothing was, or where it cannot be read: it can
/// always be found anew. For a worker.
pub fn kept_insights(library: &Path, id: &StoryId) -> Option<Insights> {
    let json = Reader::open(library).and_then(|reader| reader.computed(id, INSIGHTS)).ok()??;
    serde_json::from_slice(&json).ok()
}

fn new_source(arrival: &Arrival) -> NewSource {
    let file = &arrival.file;
    NewSource {
        id: file.source_id.clone(),
        size: file.size,
        modified_ms: file.modified.map(milliseconds),
        format: file.format.clone(),
        encoding: file.encoding.clone(),
        warnings: file.warnings.clone(),
        seen: seen_at(&arrival.origin),
        original: arrival.bytes.clone(),
    }
}

/// An origin, as the library has it.
pub fn seen_at(origin: &Origin) -> Seen {
    match origin {
        Origin::File(path) => Seen::File(path.clone()),
        Origin::Sample(name) => Seen::Sample(name.clone()),
        Origin::Kept(_) | Origin::Bytes { .. } => Seen::Pasted,
    }
}

/// Milliseconds since 1970; before it, they are negative.
pub fn milliseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
    }
}

fn now_ms() -> i64 {
    milliseconds(SystemTime::now())
}

/// After a crash the library is looked through, on a thread that nobody waits for: it takes seconds in a large one.
fn check(folder: &Path, outbox: &Arc<Outbox>) {
    let (folder, outbox) = (folder.to_owned(), Arc::clone(outbox));
    let work = move || match Reader::open(&folder).and_then(|reader| reader.check(true)) {
        Ok(report) if report.problems.is_empty() => {}
        Ok(report) => outbox.tell(Answer::Checked(report.problems)),
        Err(error) => outbox.tell(Answer::Failed(error)),
    };
    // With no thread to spare the next start looks.
    let _ = std::thread::Builder::new().name("library check".into()).spawn(work);
}

fn read(reader: &Reader, reading: &Desk<Request>, outbox: &Outbox) {
    while let Some(request) = reading.take() {
        // Of lists that were asked for one after another only the last is wanted.
        if matches!(request, Request::List { .. }) && reading.any(|later| matches!(later, Request::List { .. })) {
            continue;
        }
        if matches!(request, Request::Near { .. }) && reading.any(|later| matches!(later, Request::Near { .. })) {
            continue;
        }
        if matches!(request, Request::Links { .. }) && reading.any(|later| matches!(later, Request::Links { .. })) {
            continue;
        }
        if request == Request::Pace && reading.any(|later| *later == Request::Pace) {
            continue;
        }
        if request == Request::Count && reading.any(|later| *later == Request::Count) {
            continue;
        }
        answer(reader, request, outbox);
    }
}

fn answer(reader: &Reader, request: Request, outbox: &Outbox) {
    let answered = match request {
        Request::List { generation, view, sort, query } => match reader.find(&view, sort, &query) {
            Ok(list) => {
                // The rows that are seen first come with it, before anything else that was asked for.
                let most = if query.trim().is_empty() { FIRST_ROWS } else { FIRST_FOUND };
                let first = list.keys.get(..most.min(list.keys.len())).unwrap_or_default().to_vec();
                outbox.tell(Answer::Listed { generation, list });
                reader.found_entries(&first, &query).map(|rows| Answer::Rows { query, rows })
            }
            Err(error) => Err(error),
        },
        Request::Rows { keys, query } => reader.found_entries(&keys, &query).map(|rows| Answer::Rows { query, rows }),
        Request::Near { generation, key } => {
            reader.near_duplicates(key).map(|nearby| Answer::Near { generation, nearby })
        }
        Request::Links { generation, addresses, except } => {
            reader.addressed(&addresses, except).map(|linked| Answer::Links { generation, linked })
        }
        Request::Pace => reader.pace().map(Answer::Pace),
        Request::Count => reader.counts().map(Answer::Counted),
        _ => return,
    };
    outbox.tell(answered.unwrap_or_else(Answer::Failed));
}
