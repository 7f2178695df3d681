//! Many stories of one file, read on all cores: in their order, with progress, and one that cannot be read is a warning
//! and spoils no other. Knows no format.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Import, ImportError, PARSER_STACK_BYTES, Warning, Watch, panic_words};

/// The most warnings of one file; the rest are counted.
const MOST_WARNINGS: usize = 50;

/// The most stories of one file. Pocket's largest known exports had 60,000 links.
pub const MOST_STORIES: usize = 100_000;

/// Reads every item with `read`; `name` is what its warnings begin with.
///
/// # Errors
/// [`ImportError::Cancelled`], and [`ImportError::TooLarge`] beyond [`MOST_STORIES`]. That nothing at all was read is for
/// the caller to judge.
pub fn read_each<T: Sync>(
    items: &[T],
    watch: &Watch,
    name: impl Fn(&T) -> String + Sync,
    read: impl Fn(&T) -> Result<Import, ImportError> + Sync,
) -> Result<Import, ImportError> {
    if items.len() > MOST_STORIES {
        let detail = format!("it holds {} stories, and up to {MOST_STORIES} are read at once", items.len());
        return Err(ImportError::TooLarge { detail });
    }
    watch.expect(items.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { break };
            if watch.is_cancelled() {
                break;
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                let mut import = read(item)?;
                import.articles.iter_mut().for_each(crate::document::Article::compute_metadata);
                Ok(import)
            }));
            let outcome = outcome.unwrap_or_else(|panic| Err(ImportError::Panicked { detail: panic_words(&*panic) }));
            done.push((number, outcome));
            if watch.step().is_err() {
                break;
            }
        }
        done
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let helpers = cores.min(items.len()).saturating_sub(1);
    let mut outcomes = std::thread::scope(|scope| {
        let spawn = |number: usize| {
            let helper = std::thread::Builder::new().name(format!("parser-{number}")).stack_size(PARSER_STACK_BYTES);
            // Without a helper the work takes longer, no more.
            helper.spawn_scoped(scope, work).ok()
        };
        let helpers: Vec<_> = (0..helpers).filter_map(spawn).collect();
        let mut outcomes = work();
        outcomes.extend(helpers.into_iter().filter_map(|helper| helper.join().ok()).flatten());
        outcomes
    });
    watch.check()?;
    outcomes.sort_by_key(|(number, _)| *number);
    let mut all = Import::default();
    let mut unsaid = 0;
    for (number, outcome) in outcomes {
        let mut warn = |message: String| {
            if all.warnings.len() < MOST_WARNINGS {
                let name = items.get(number).map(&name).unwrap_or_default();
                all.warnings.push(Warning::new(format!("“{name}”: {message}")));
            } else {
                unsaid += 1;
            }
        };
        match outcome {
            Ok(import) => {
                import.warnings.into_iter().for_each(|warning| warn(warning.message));
                all.articles.extend(import.articles);
            }
            Err(error) => warn(error.to_string()),
        }
    }
    if unsaid > 0 {
        all.warnings.push(Warning::new(format!("And {unsaid} more warnings of the same file")));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Article, Block};

    fn one(text: &str) -> Import {
        let article = Article { blocks: vec![Block::paragraph(text.into())], ..Article::default() };
        Import { articles: vec![article], ..Import::default() }
    }

    #[test]
    fn stories_keep_their_order_and_a_bad_one_is_a_warning() {
        let items: Vec<usize> = (0..200).collect();
        let watch = Watch::default();
        let all = read_each(&items, &watch, ToString::to_string, |number| match number {
            7 => Err(ImportError::Empty),
            9 => panic!("nine"),
            number => Ok(one(&number.to_string())),
        })
        .unwrap();
        let texts: Vec<_> = all.articles.iter().map(Article::body_text).collect();
        let expected: Vec<_> = items.iter().filter(|n| ![7, 9].contains(*n)).map(ToString::to_string).collect();
        assert_eq!(texts, expected);
        assert_eq!(all.warnings.len(), 2);
        assert!(all.warnings[1].message.contains("nine"));
        assert_eq!(watch.progress(), (200, 200));
    }

    #[test]
    fn nothing_more_is_read_once_it_is_cancelled() {
        let watch = Watch::default();
        let read = AtomicUsize::new(0);
        let outcome = read_each(
            &[(); 1000],
            &watch,
            |()| String::new(),
            |()| {
                read.fetch_add(1, Ordering::Relaxed);
                watch.cancel();
                Ok(one("x"))
            },
        );
        assert_eq!(outcome.err(), Some(ImportError::Cancelled));
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        assert!(read.load(Ordering::Relaxed) <= cores);
    }

    #[test]
    fn warnings_are_counted_beyond_a_number() {
        let all = read_each(&[(); 200], &Watch::default(), |()| "x".into(), |()| Err(ImportError::Empty)).unwrap();
        assert_eq!(all.warnings.len(), MOST_WARNINGS + 1);
    }
}
