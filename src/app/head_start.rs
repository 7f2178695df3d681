//! A session that begins before there is a window: while the desktop makes one, the library is opened, and what is read first
//! is read and kept, so that all of it stands in the first frame.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::jobs::Jobs;
use super::keeper::Keeper;
use super::load::Places;
use super::{Action, Effect, Notice, Row, RowStatus, SavedState, Session, Settings, errands};
use crate::typeset::{Fonts, bundled};

/// The longest that the first frame waits. A window that is not there after a tenth of a second is missed (Nielsen's limit
/// for what feels immediate), and the window itself takes longer than this to be made.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

/// How long the session waits for an answer before it looks whether the window is there.
const GLANCE: Duration = Duration::from_millis(4);

/// The most stories that the first frame waits for: the samples of the first start and the one that was asked for.
const MOST_AWAITED: usize = 5;

/// Bytes of the longest story that the first frame waits for to be kept: a story of a whole book takes a second, and can be
/// read meanwhile.
const MOST_KEPT_BYTES: usize = 256 << 10;

/// What a session begins with.
#[derive(Debug, Default)]
pub struct Opening {
    /// What was set.
    pub settings: Settings,
    /// What is remembered.
    pub state: SavedState,
    /// What to tell at once.
    pub notices: Vec<Notice>,
    /// Files and folders to open.
    pub paths: Vec<PathBuf>,
    /// What came on standard input.
    pub standard_input: Option<Vec<u8>>,
    /// Where stories are kept.
    pub places: Places,
}

/// A session at work, without a window.
pub struct Begun {
    /// What decides.
    pub session: Session,
    /// Its workers. Nobody is woken by them yet.
    pub jobs: Jobs,
    /// Its library, where there is one.
    pub keeper: Option<Keeper>,
    /// What only a window can carry out, in its order.
    pub effects: Vec<Effect>,
    /// The bundled fonts, where all that the first frame shows can be set in them.
    pub fonts: Option<Fonts>,
    places: Places,
}

/// Bytes of the story that are looked through for letters that the bundled fonts lack: more than a frame shows.
const LOOKED_THROUGH: usize = 64 << 10;

impl Begun {
    /// Opens the library, and sends for what is to be read. Waits for nothing.
    pub fn new(opening: Opening) -> Self {
        let Opening { settings, state, notices, paths, standard_input, places } = opening;
        let jobs = Jobs::new();
        let keeper = places.library.as_deref().map(|folder| {
            let keeper = Keeper::start(folder);
            Session::asks_first(&state).into_iter().for_each(|request| keeper.send(request));
            keeper.attend(jobs.reporter());
            keeper
        });
        let (mut session, effects) = match &keeper {
            Some(_) => Session::with_library(settings, state),
            None => Session::new(settings, state),
        };
        for notice in notices {
            session.tell(notice);
        }
        let mut begun = Self { session, jobs, keeper, effects: Vec::new(), fonts: None, places };
        begun.carry_out(effects);
        if let Some(bytes) = standard_input {
            begun.apply(Action::OpenStandardInput(bytes));
        }
        if !paths.is_empty() {
            begun.apply(Action::Open(paths));
        }
        begun
    }

    fn apply(&mut self, action: Action) {
        let effects = self.session.apply(action);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let left = errands::carry_out(effect, &self.session, &mut self.jobs, self.keeper.as_ref(), &self.places);
            self.effects.extend(left);
        }
    }

    /// Whether all that the first frame shows can be set in these fonts, as they would be set with any others beside them.
    fn is_covered_by(&self, fonts: &mut Fonts) -> bool {
        let session = &self.session;
        let style = &session.reading_settings().style;
        let mut families = vec![style.text_family.as_str(), style.code_family.as_str(), bundled::SANS];
        families.extend(Some(style.heading_family.as_str()).filter(|family| !family.is_empty()));
        let is_bundled = families.iter().all(|family| bundled::TEXT_FAMILIES.contains(family));
        if !is_bundled || !style.script_families.is_empty() {
            return false;
        }
        let flat = session.story_in_view().map_or("", |story| story.flat.as_str());
        let start = flat.get(..flat.floor_char_boundary(LOOKED_THROUGH)).unwrap_or_default();
        let kept = session.catalogue.rows_here().flat_map(|entry| [entry.title.as_str(), entry.excerpt.as_str()]);
        let rows = session.rows.iter().flat_map(|row| [row.summary.title.as_str(), row.summary.excerpt.as_str()]);
        fonts.cover(&families, [start]) && fonts.cover(&[bundled::SANS], kept.chain(rows))
    }

    /// Whether something is on its way that the first frame is to show: the story that is read first, the few others that
    /// are read with it, and what the library says of them. To draw a frame without them costs more than most stories take
    /// to be read and kept.
    fn awaits(&self) -> bool {
        let session = &self.session;
        let is_loading = |row: &Row| matches!(row.status, RowStatus::Loading) && row.beginning.is_none();
        let loading = session.rows.iter().filter(|row| is_loading(row)).count();
        session.selected_row().is_some_and(is_loading)
            || (1..=MOST_AWAITED).contains(&loading)
            || (session.awaits_library()
                && session.selected_story().is_none_or(|s| s.flat.as_str().len() <= MOST_KEPT_BYTES))
    }
}

/// A session that is at work on a thread of its own until the window takes it over.
pub struct HeadStart {
    begun: Arc<Mutex<Option<Begun>>>,
    until: Arc<Mutex<Option<Instant>>>,
    rests: Option<Receiver<bool>>,
}

impl HeadStart {
    /// Lets it work.
    pub fn of(begun: Begun) -> Self {
        let (rest, rests) = channel();
        let start = Self { begun: Arc::new(Mutex::new(Some(begun))), until: Arc::default(), rests: Some(rests) };
        let (begun, until) = (Arc::clone(&start.begun), Arc::clone(&start.until));
        let work = move || {
            let mut begun = lock(&begun);
            let mut fonts = Fonts::bundled();
            let mut is_told = false;
            while let Some(begun) = begun.as_mut().filter(|begun| begun.awaits())
                && lock(&until).is_none_or(|end| Instant::now() < end)
            {
                if let Some(action) = begun.jobs.wait_for(GLANCE) {
                    begun.apply(action);
                    // What is missing already is told at once: to find the system's fonts takes as long as all the rest.
                    if !is_told && !begun.is_covered_by(&mut fonts) {
                        is_told = true;
                        let _ = rest.send(false);
                    }
                }
            }
            let is_covered = !is_told && begun.as_ref().is_some_and(|begun| begun.is_covered_by(&mut fonts));
            if let Some(begun) = begun.as_mut().filter(|_| is_covered) {
                begun.fonts = Some(fonts);
            }
            // Nobody has to wait for it.
            let _ = rest.send(is_covered);
        };
        // With no thread to spare the window's own does all of it.
        let _ = std::thread::Builder::new().name("head start".to_owned()).spawn(work);
        start
    }

    /// Tells whether the bundled fonts are enough for what there is to show: no as soon as that is known, yes when nothing is awaited
    /// any more or it was taken over.
    pub fn rests(&mut self) -> Option<Receiver<bool>> {
        self.rests.take()
    }

    /// Takes the session over: at once where all that the first frame shows has come, else in a moment.
    pub fn finish(self) -> Option<Begun> {
        *lock(&self.until) = Some(Instant::now() + LONGEST_WAIT);
        lock(&self.begun).take()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(opening: Opening) -> Begun {
        let start = HeadStart::of(Begun::new(opening));
        // The window takes its time: whatever is awaited comes.
        while lock(&start.begun).as_ref().is_some_and(Begun::awaits) {
            std::thread::sleep(GLANCE);
        }
        start.finish().unwrap()
    }

    #[test]
    fn the_story_that_will_be_read_is_read_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note.txt");
        std::fs::write(&path, "Buy rope before noon.").unwrap();
        for has_library in [false, true] {
            let library = has_library.then(|| folder.path().join("library"));
            let places = Places { library, ..Places::default() };
            let state = SavedState { started_before: true, ..SavedState::default() };
            let begun = begin(Opening { state, paths: vec![path.clone()], places, ..Opening::default() });
            assert_eq!(begun.session.selected_story().unwrap().flat.as_str(), "Buy rope before noon.");
            assert_eq!(begun.session.catalogue.list.keys.len(), usize::from(has_library));
        }
    }

    #[test]
    fn the_bundled_fonts_are_enough_where_they_have_all_letters() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note.txt");
        let family = |name: &str| {
            let mut settings = Settings::default();
            settings.reading.style.text_family = name.to_owned();
            settings
        };
        for (text, settings, expected) in [
            ("Buy rope before noon – it’s 5 €.", Settings::default(), true),
            ("Buy rope before noon.", family(bundled::DYSLEXIC), true),
            ("Buy rope before noon.", family("Some Other Family"), false),
            ("Buy 绳 before noon.", Settings::default(), false),
        ] {
            std::fs::write(&path, text).unwrap();
            let state = SavedState { started_before: true, ..SavedState::default() };
            let begun = begin(Opening { settings, state, paths: vec![path.clone()], ..Opening::default() });
            assert_eq!(begun.fonts.is_some(), expected, "{text}");
        }
    }

    #[test]
    fn the_first_start_has_its_samples_in_the_library() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { library: Some(folder.path().to_owned()), ..Places::default() };
        let begun = begin(Opening { places, ..Opening::default() });
        assert_eq!(begun.session.catalogue.list.keys.len(), super::super::samples::names().count());
        assert!(begun.session.selected_story().is_some() && begun.fonts.is_some());
    }
}
