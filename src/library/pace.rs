//! How fast the library's person reads, by the time that was spent in its stories. Measures no time itself: the window does,
//! and keeps it with the reading place.

use super::changing::FINISHED_FROM;
use super::error::Result;
use super::store::Reader;
use super::values::{ReadState, Shelf};
use crate::text::WORDS_PER_MINUTE;

/// Minutes that have to be read before a pace is told.
const LEAST_MINUTES: u64 = 30;
/// Stories that they have to be read in.
const LEAST_STORIES: usize = 3;
/// Seconds in a story from which on it counts: what is shorter was looked at.
const LEAST_SECONDS: i64 = 60;
/// How many times slower or faster than [`WORDS_PER_MINUTE`] a story can have been read. Most adults read 175 to 300 words a
/// minute (Brysbaert, 2019, whose mean that constant is): what is slower lay open, and what is faster was leafed through.
const MOST_TIMES: f64 = 4.0;

/// How fast a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Words a minute.
    pub words_a_minute: usize,
    /// The stories that it is measured in.
    pub stories: usize,
    /// The minutes that were read in them.
    pub minutes: u64,
}

impl Pace {
    /// The minutes that so many words take; a part of one counts as one, as it does where minutes are computed.
    pub fn minutes_of(self, words: usize) -> usize {
        words.div_ceil(self.words_a_minute.max(1))
    }
}

/// What is known of the reading of a story.
#[derive(Clone, Copy, Debug)]
struct Look {
    words: i64,
    progress: f64,
    read: ReadState,
    seconds: i64,
}

impl Look {
    /// The words that were read, where that can be said.
    fn words_read(self) -> Option<f64> {
        let is_at_end = self.progress >= f64::from(FINISHED_FROM);
        if self.seconds < LEAST_SECONDS || (self.read == ReadState::Finished && !is_at_end) {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "words and seconds of a person's reading")]
        let (words, minutes) =
            (self.words as f64 * if is_at_end { 1.0 } else { self.progress }, self.seconds as f64 / 60.0);
        #[expect(clippy::cast_precision_loss, reason = "a constant of three digits")]
        let usual = WORDS_PER_MINUTE as f64;
        let is_plausible = (usual / MOST_TIMES..=usual * MOST_TIMES).contains(&(words / minutes));
        is_plausible.then_some(words)
    }
}

impl Reader {
    /// The pace at which the library's person reads; `None` where too little was read to tell.
    ///
    /// It is the sum of the words read, divided by the sum of the time in which they were, over the stories that count, as whole
    /// words a minute. Of a story the words read are its words times how far its person is in it (from 99 % on all of them); its
    /// time is what was spent in it while its place moved, with no more than two minutes for one stay (see the window's clock).
    /// A story counts where a minute or more was spent in it and that makes between a quarter of and four times the 238 words a
    /// minute that other minutes are computed from. One that is finished while its place is not at the end does not count:
    /// nobody knows whether it was leafed back in or marked by hand. Versions that were superseded do not, since newer ones took
    /// their time over; deleted stories do. A pace is told from 30 minutes in 3 stories on.
    ///
    /// What is read a second time makes it slower than it is, and what was read in another program before, faster.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn pace(&self) -> Result<Option<Pace>> {
        let sql = "SELECT words, progress, read, seconds FROM places JOIN stories ON stories.key = places.story
                   WHERE seconds >= ?1 AND shelf != ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = |row: &rusqlite::Row<'_>| {
            let read = ReadState::from_number(row.get(2)?);
            Ok(Look { words: row.get(0)?, progress: row.get(1)?, read, seconds: row.get(3)? })
        };
        let looks = statement.query_map([LEAST_SECONDS, Shelf::Superseded.number()], row)?;
        Ok(pace_of(looks.collect::<std::result::Result<Vec<_>, _>>()?))
    }
}

fn pace_of(looks: Vec<Look>) -> Option<Pace> {
    let (mut words, mut seconds, mut stories) = (0.0, 0_u64, 0);
    for look in looks {
        if let Some(read) = look.words_read() {
            words += read;
            seconds = seconds.saturating_add(u64::try_from(look.seconds).unwrap_or_default());
            stories += 1;
        }
    }
    let minutes = seconds / 60;
    if stories < LEAST_STORIES || minutes < LEAST_MINUTES {
        return None;
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 59 and 952, by what counts"
    )]
    let words_a_minute = (words * 60.0 / seconds as f64).round() as usize;
    Some(Pace { words_a_minute, stories, minutes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Anchor, TextRange};
    use crate::library::Change;
    use crate::library::tests::{add, article, file, open};

    #[test]
    fn a_pace_is_told_from_what_counts() {
        use ReadState::{Finished, InProgress};
        let look = |words, progress, read, minutes: i64| Look { words, progress, read, seconds: minutes * 60 };
        let usual = look(2_000, 0.995, Finished, 10);
        let three = vec![usual; 3];
        let with = |more: Look| [three.clone(), vec![more]].concat();
        for (looks, expected) in [
            (vec![], None),
            // Twenty minutes in two stories, thirty in two, and what falls short by a second.
            (vec![usual; 2], None),
            (vec![look(4_000, 1.0, Finished, 20), usual], None),
            (vec![usual, usual, Look { seconds: 599, ..usual }], None),
            (three.clone(), Some((200, 3, 30))),
            // Half a story counts by half.
            (with(look(4_000, 0.5, InProgress, 10)), Some((200, 4, 40))),
            (with(look(8_000, 0.5, InProgress, 10)), Some((250, 4, 40))),
            // Leafed back in, or marked by hand.
            (with(look(4_000, 0.5, Finished, 10)), Some((200, 3, 30))),
            // Leafed through, and lying open.
            (with(look(10_000, 1.0, Finished, 10)), Some((200, 3, 30))),
            (with(look(500, 1.0, Finished, 10)), Some((200, 3, 30))),
            (with(look(0, 1.0, Finished, 10)), Some((200, 3, 30))),
            // Looked at.
            (with(Look { seconds: 59, ..look(200, 1.0, Finished, 0) }), Some((200, 3, 30))),
        ] {
            let found = pace_of(looks.clone()).map(|pace| (pace.words_a_minute, pace.stories, pace.minutes));
            assert_eq!(found, expected, "{looks:?}");
        }
        let pace = Pace { words_a_minute: 200, stories: 3, minutes: 30 };
        assert_eq!([0, 1, 200, 201].map(|words| pace.minutes_of(words)), [0, 1, 1, 2]);
    }

    #[test]
    fn it_is_measured_in_the_librarys_stories() {
        let (_folder, mut store, reader) = open();
        for (number, minutes) in [12, 12, 12].into_iter().enumerate() {
            assert_eq!(reader.pace(), Ok(None));
            let text = format!("{number} {}", "word ".repeat(2_399));
            let key = add(&mut store, &file(&format!("{number}.txt")), &[article("A", text.trim())]).remove(0).key;
            let anchor = Anchor::new(&text, TextRange::new(0, 4)).unwrap();
            store.change(&Change::Place { key, anchor, progress: 1.0, seconds: minutes * 60 }).unwrap();
        }
        assert_eq!(reader.pace(), Ok(Some(Pace { words_a_minute: 200, stories: 3, minutes: 36 })));
    }
}
