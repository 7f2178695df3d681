//! What workers and the library do for a session: the effects that need no window. Each is answered by an [`Action`].

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::action::LoadError;
use super::difference::{self, Comparison};
use super::jobs::Jobs;
use super::keeper::{Keeper, kept_insights};
use super::load::{self, Places};
use super::story::KeptRow;
use super::{Action, Effect, Notice, Session, find, folder};

/// A number that is counting up is told at most this often: as often as a person can read it.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Sends somebody off, and comes back at once. Gives the effect back where only a window can carry it out.
pub fn carry_out(
    effect: Effect,
    session: &Session,
    jobs: &mut Jobs,
    keeper: Option<&Keeper>,
    places: &Places,
) -> Option<Effect> {
    match effect {
        Effect::Load { row, generation, origin, kept, is_awaited, watch } => {
            let places = places.clone();
            let (report, begun) = (jobs.reporter(), jobs.reporter());
            watch.when_moved(seldom(move || report(Action::ImportMoved)));
            jobs.run(
                move || {
                    let result = match (kept, &places.library) {
                        (Some(key), Some(library)) => load::load_kept(library, key),
                        _ if !is_awaited => load::load(&origin, &places, &watch),
                        _ => load::load_telling(&origin, &places, &watch, |beginning| {
                            begun(Action::Begun { row, generation, beginning: Box::new(beginning) });
                        }),
                    };
                    Action::Loaded { row, generation, result }
                },
                move |words| {
                    let message = format!("Recto stumbled over this file, which is a bug; please report it ({words})");
                    Action::Loaded { row, generation, result: Err(LoadError { message, is_missing: false }) }
                },
            );
        }
        Effect::ListFolder(path) => jobs.run(
            move || {
                let listing = folder::list(&path);
                Action::FolderListed { folder: path, files: listing.files, problems: listing.problems }
            },
            failed,
        ),
        Effect::FindMissing(paths) => {
            let missing = move || paths.into_iter().filter(|path| !path.is_file()).collect();
            jobs.run(move || Action::RecentMissing(missing()), failed);
        }
        Effect::Library(request) => {
            if let Some(keeper) = keeper {
                keeper.send(request);
            }
        }
        Effect::FindFacts(finding) => {
            let (report, of) = (jobs.reporter(), finding.clone());
            let library = keeper.map(|keeper| keeper.folder().to_owned());
            jobs.run(
                move || {
                    let kept = library.and_then(|library| kept_insights(&library, &finding.story().id));
                    let told = |done| report(Action::FactsMoved { finding: finding.clone(), done });
                    match finding.find(kept, told) {
                        Some(facts) => Action::FactsFound(facts),
                        None => Action::FactsNotFound { finding, notice: None },
                    }
                },
                move |words| Action::FactsNotFound { finding: of, notice: Some(stumbled(&words)) },
            );
        }
        Effect::Find(job) => {
            let report = jobs.reporter();
            jobs.run(move || find::search(&job, &report), failed);
        }
        Effect::LayBeside { row, with } => {
            let (row, keeper) = (session.row(row)?, keeper?);
            let story = row.story().map(Arc::clone)?;
            let (library, summary) = (keeper.folder().to_owned(), row.summary.clone());
            let day = row.kept.as_ref().map(KeptRow::publication_day).unwrap_or_default();
            let work = move || match load::lay_beside(&story, &summary, day, &library, with) {
                Ok(laid) => Action::LaidBeside(Box::new(laid)),
                Err(error) => Action::Tell(Notice::error(error.message)),
            };
            jobs.run(work, failed);
        }
        Effect::Compare { row, with } => {
            let (row, keeper) = (session.row(row)?, keeper?);
            let (story, kept) = (row.story().map(Arc::clone)?, row.kept.as_ref()?);
            let (library, is_older) = (keeper.folder().to_owned(), with < kept.key);
            let work = move || match load::flat_text(&library, with) {
                Ok(other) => {
                    let read = story.flat.as_str();
                    let (older, newer) = if is_older { (other.as_str(), read) } else { (read, other.as_str()) };
                    let title = story.article.title().unwrap_or_default().to_owned();
                    Action::Compared(Comparison { title, stretches: difference::between(older, newer) })
                }
                Err(error) => Action::Tell(Notice::error(error.message)),
            };
            jobs.run(work, failed);
        }
        effect => return Some(effect),
    }
    None
}

/// What is told when a worker panicked.
#[expect(clippy::needless_pass_by_value, reason = "the workers hand over the panic's words")]
pub fn failed(words: String) -> Action {
    Action::Tell(stumbled(&words))
}

fn stumbled(words: &str) -> Notice {
    Notice::error(format!("Something went wrong inside Recto, which is a bug; please report it ({words})"))
}

/// Calls on at most every [`TELL_EVERY`].
fn seldom(call: impl Fn() + Send + Sync + 'static) -> impl Fn() + Send + Sync + 'static {
    let last = Mutex::new(Instant::now());
    move || {
        let Ok(mut last) = last.lock() else { return };
        if last.elapsed() >= TELL_EVERY {
            *last = Instant::now();
            call();
        }
    }
}
