//! What a run of notices comes to: a file that came and went is nothing, a file saved by way of another is that file. Asks
//! for a look at the disk, and has no clock and no disk of its own.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::{FolderChange, QUIET};

/// How long a file that somebody opened to write, and has not closed, may lie still before it counts as whole. A slow
/// download pauses for seconds.
const OPEN_PATIENCE: Duration = Duration::from_secs(10);

/// A notice of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// There was nothing of this name before.
    Created(PathBuf),
    /// Written to, or something else.
    Written(PathBuf),
    /// Whoever wrote is done. Linux only.
    Closed(PathBuf),
    Removed(PathBuf),
    /// The first half of a rename, or a move to elsewhere.
    MovedFrom {
        tracker: Option<usize>,
        path: PathBuf,
    },
    /// The second half of one, or a move from elsewhere.
    MovedTo {
        tracker: Option<usize>,
        path: PathBuf,
    },
    /// Both halves, on Linux after each of them.
    Renamed {
        tracker: Option<usize>,
        from: PathBuf,
        to: PathBuf,
    },
}

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Missing,
    Folder,
    File {
        length: u64,
        modified: Option<SystemTime>,
    },
    /// Nothing that can be read as a file.
    Other,
}

/// The notices since the last settling.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// By where a thing is now.
    entries: HashMap<PathBuf, Entry>,
    /// What is gone, by the name it had, or has by the renames that are told before.
    gone: HashSet<PathBuf>,
    /// First halves of renames whose second half is still to come.
    moving: HashMap<Option<usize>, PathBuf>,
    /// Those of which both halves came.
    moved: HashSet<usize>,
    /// How many entries there were.
    count: u64,
}

#[derive(Debug, Default)]
struct Entry {
    /// The place among the others.
    order: u64,
    /// What it was called before, where it was renamed.
    origin: Option<PathBuf>,
    /// Whether its content may be new.
    is_written: bool,
    /// Whether there was nothing of its name before.
    is_new: bool,
    writing: Writing,
    /// What was seen last, and since when it looks like that.
    seen: Option<(Look, Instant)>,
}

/// What is known of who writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Writing {
    #[default]
    Unknown,
    Open,
    Closed,
}

impl Batch {
    pub(super) fn len(&self) -> usize {
        self.entries.len() + self.gone.len() + self.moving.len()
    }

    pub(super) fn apply(&mut self, notice: Notice) {
        match notice {
            Notice::Created(path) => {
                let was_there = self.gone.remove(&path);
                let is_known = self.entries.contains_key(&path);
                let entry = self.entry(path);
                entry.is_written = true;
                entry.is_new = !was_there && !is_known;
            }
            Notice::Written(path) => {
                self.gone.remove(&path);
                let entry = self.entry(path);
                entry.is_written = true;
                entry.writing = if cfg!(target_os = "linux") { Writing::Open } else { Writing::Unknown };
            }
            Notice::Closed(path) => {
                let entry = self.entry(path);
                entry.is_written = true;
                entry.writing = Writing::Closed;
            }
            Notice::Removed(path) => self.remove(path),
            Notice::MovedFrom { tracker, path } => {
                if let Some(lost) = self.moving.insert(tracker, path) {
                    self.remove(lost);
                }
            }
            Notice::MovedTo { tracker, path } => match self.moving.remove(&tracker) {
                Some(from) => {
                    self.moved.extend(tracker);
                    self.rename(&from, path);
                }
                None => {
                    self.gone.remove(&path);
                    self.entry(path).is_written = true;
                }
            },
            Notice::Renamed { tracker, from, to } => {
                if tracker.is_none_or(|tracker| !self.moved.remove(&tracker)) {
                    self.moving.remove(&tracker);
                    self.rename(&from, to);
                }
            }
        }
    }

    fn entry(&mut self, path: PathBuf) -> &mut Entry {
        let count = &mut self.count;
        self.entries.entry(path).or_insert_with(|| {
            *count += 1;
            Entry { order: *count, ..Entry::default() }
        })
    }

    fn remove(&mut self, path: PathBuf) {
        match self.entries.remove(&path) {
            Some(Entry { origin: Some(origin), .. }) => self.gone.insert(origin),
            Some(Entry { is_new: true, .. }) => false,
            _ => self.gone.insert(path),
        };
    }

    fn rename(&mut self, from: &Path, to: PathBuf) {
        self.entry(from.to_owned());
        // What lies in a folder moves with it.
        let inside: Vec<_> =
            self.entries.keys().filter(|path| *path != from && path.starts_with(from)).cloned().collect();
        for path in inside {
            if let Some(entry) = self.entries.remove(&path)
                && let Ok(rest) = path.strip_prefix(from)
            {
                self.entries.insert(to.join(rest), entry);
            }
        }
        let gone = std::mem::take(&mut self.gone);
        self.gone = gone.into_iter().map(|path| moved(path, from, &to)).collect();
        let Some(mut entry) = self.entries.remove(from) else { return };
        if entry.origin.is_none() && !entry.is_new {
            entry.origin = Some(from.to_owned());
        }
        // What had the name before is replaced.
        if let Some(Entry { origin: Some(origin), .. }) = self.entries.remove(&to)
            && origin != to
        {
            self.gone.insert(origin);
        }
        self.gone.remove(&to);
        entry.is_new = false;
        if entry.origin.as_ref() == Some(&to) {
            entry.origin = None;
            if !entry.is_written {
                return;
            }
        }
        self.entries.insert(to, entry);
    }

    /// The changes that are certain by now; what is still being written stays. Where there was no quiet, first halves of
    /// renames stay as well.
    pub(super) fn settle(
        &mut self,
        now: Instant,
        is_quiet: bool,
        look: impl Fn(&Path) -> Look,
        files_in: impl Fn(&Path) -> Vec<PathBuf>,
    ) -> Vec<FolderChange> {
        if is_quiet {
            self.moved.clear();
            for path in std::mem::take(&mut self.moving).into_values() {
                self.remove(path);
            }
        }
        let mut gone = std::mem::take(&mut self.gone);
        gone.retain(|path| {
            let is_back = look(path) != Look::Missing;
            if is_back {
                self.entry(path.clone()).is_written = true;
            }
            !is_back
        });
        let mut entries: Vec<_> = std::mem::take(&mut self.entries).into_iter().collect();
        entries.sort_by_key(|(_, entry)| entry.order);
        let (mut renames, mut appeared) = (Vec::new(), Vec::new());
        for (path, mut entry) in entries {
            let seen = look(&path);
            if matches!(seen, Look::Missing | Look::Other) {
                match entry.origin {
                    Some(origin) => _ = gone.insert(origin),
                    None if !entry.is_new && seen == Look::Missing => _ = gone.insert(path),
                    None => {}
                }
                continue;
            }
            if let Some(origin) = entry.origin.take() {
                renames.push((origin, path.clone()));
            }
            if !entry.is_written {
                continue;
            }
            if seen == Look::Folder {
                // Notices of what is in it may have come before it was watched.
                for file in files_in(&path) {
                    self.entry(file).is_written = true;
                }
            } else if entry.is_whole(seen, now) {
                appeared.push(path);
            } else {
                self.entries.insert(path, entry);
            }
        }
        // Files of a new folder that were seen on their own, too, are whole already.
        for path in &appeared {
            self.entries.remove(path);
        }
        for path in self.entries.iter_mut().filter(|(_, entry)| entry.seen.is_none()) {
            path.1.seen = Some((look(path.0), now));
        }
        let mut gone: Vec<_> = gone.into_iter().collect();
        gone.sort();
        let mut changes = in_order(renames, &mut appeared);
        changes.extend(gone.into_iter().map(FolderChange::Vanished));
        changes.extend(appeared.into_iter().map(FolderChange::Appeared));
        changes
    }
}

impl Entry {
    /// Whether nobody writes any more: it was closed, or has looked the same for long enough.
    fn is_whole(&mut self, look: Look, now: Instant) -> bool {
        if self.writing == Writing::Closed {
            return true;
        }
        let since = match self.seen {
            Some((seen, since)) if seen == look => since,
            _ => now,
        };
        self.seen = Some((look, since));
        let is_empty = matches!(look, Look::File { length: 0, .. });
        let patience = if self.writing == Writing::Open || (cfg!(target_os = "linux") && is_empty) {
            OPEN_PATIENCE
        } else {
            QUIET
        };
        now.saturating_duration_since(since) >= patience
    }
}

/// A path after a rename.
fn moved(path: PathBuf, from: &Path, to: &Path) -> PathBuf {
    match path.strip_prefix(from) {
        Ok(rest) if !rest.as_os_str().is_empty() => to.join(rest),
        _ => path,
    }
}

/// Renames so that each finds its new name free. Names that were swapped are told as new content instead.
fn in_order(mut renames: Vec<(PathBuf, PathBuf)>, appeared: &mut Vec<PathBuf>) -> Vec<FolderChange> {
    let mut changes = Vec::new();
    let mut sources: HashSet<PathBuf> = renames.iter().map(|(from, _)| from.clone()).collect();
    loop {
        let before = renames.len();
        renames.retain(|(from, to)| {
            let is_blocked = sources.contains(to);
            if !is_blocked {
                sources.remove(from);
                changes.push(FolderChange::Renamed { from: from.clone(), to: to.clone() });
            }
            is_blocked
        });
        if renames.is_empty() {
            return changes;
        }
        if renames.len() == before {
            for (_, to) in renames {
                if !appeared.contains(&to) {
                    appeared.push(to);
                }
            }
            return changes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> PathBuf {
        Path::new("/w").join(name)
    }

    fn name(path: &Path) -> String {
        path.strip_prefix("/w").unwrap().to_str().unwrap().to_owned()
    }

    /// `+a` created, `.a` written, `!a` closed, `-a` removed, `a>b` renamed in two halves and both, `a>` moved away, `>a`
    /// moved here.
    fn apply(batch: &mut Batch, notices: &str) {
        for (tracker, word) in notices.split_whitespace().enumerate() {
            let tracker = Some(tracker);
            if let Some((from, to)) = word.split_once('>') {
                if !from.is_empty() {
                    batch.apply(Notice::MovedFrom { tracker, path: path(from) });
                }
                if !to.is_empty() {
                    batch.apply(Notice::MovedTo { tracker, path: path(to) });
                }
                if !from.is_empty() && !to.is_empty() {
                    batch.apply(Notice::Renamed { tracker, from: path(from), to: path(to) });
                }
                continue;
            }
            let (sign, rest) = word.split_at(1);
            batch.apply(match sign {
                "+" => Notice::Created(path(rest)),
                "." => Notice::Written(path(rest)),
                "!" => Notice::Closed(path(rest)),
                "-" => Notice::Removed(path(rest)),
                _ => panic!("{word}"),
            });
        }
    }

    fn told(changes: &[FolderChange]) -> String {
        let words: Vec<_> = changes
            .iter()
            .map(|change| match change {
                FolderChange::Appeared(path) => format!("+{}", name(path)),
                FolderChange::Vanished(path) => format!("-{}", name(path)),
                FolderChange::Renamed { from, to } => format!("{}>{}", name(from), name(to)),
                other => format!("{other:?}"),
            })
            .collect();
        words.join(" ")
    }

    const FILE: Look = Look::File { length: 1, modified: None };

    /// What notices come to where these files, and folders that end in `/`, are there in the end, and lie still.
    fn check(notices: &str, there: &str, expected: &str) {
        let mut batch = Batch::default();
        apply(&mut batch, notices);
        let there: Vec<_> = there.split_whitespace().collect();
        let look = |path: &Path| match name(path) {
            name if there.contains(&name.as_str()) => FILE,
            name if there.contains(&format!("{name}/").as_str()) => Look::Folder,
            _ => Look::Missing,
        };
        let files_in = |folder: &Path| {
            let start = format!("{}/", name(folder));
            there
                .iter()
                .filter(|name| name.starts_with(&start) && !name.ends_with('/'))
                .map(|name| path(name))
                .collect()
        };
        let start = Instant::now();
        let mut changes = Vec::new();
        for round in 0..=OPEN_PATIENCE.as_millis() / QUIET.as_millis() {
            changes.extend(batch.settle(start + QUIET * u32::try_from(round).unwrap(), true, look, files_in));
        }
        assert_eq!(told(&changes), expected, "{notices}");
        assert_eq!(batch.len(), 0, "{notices}");
    }

    #[test]
    fn notices_come_to_changes() {
        check("", "", "");
        check("+a !a", "a", "+a");
        check("+a .a .a !a", "a", "+a");
        check(".a !a", "a", "+a");
        check("-a", "", "-a");
        check("+a -a", "", "");
        check("+a !a +b !b", "a b", "+a +b");
        check("a>b", "b", "a>b");
        check("a>b b>c", "c", "a>c");
        check("a>b b>a", "a", "");
        check("a>", "", "-a");
        check(">a", "a", "+a");
        check("a>b -b", "", "-a");
        check("a>b .b !b", "b", "a>b +b");
        check(".a a>b !b", "b", "a>b +b");
        // Notices that came too late, or not at all.
        check("+a", "", "");
        check(".a", "", "-a");
        check("-a", "a", "+a");
        check("a>b", "", "-a");
    }

    #[test]
    fn savers_are_seen_through() {
        // Written beside it, then renamed.
        check("+t .t !t t>a", "a", "+a");
        // The old one kept as a backup, and removed in the end.
        check("a>a~ +a .a !a -a~", "a", "+a");
        check("a>a~ +a .a !a", "a a~", "a>a~ +a");
        // Removed and written anew.
        check("-a +a .a !a", "a", "+a");
        check("-a +a -a", "", "-a");
        // A new file takes the place of another one.
        check("b>a", "a", "b>a");
        check("-a b>a", "a", "b>a");
        check("x>a y>a", "a", "y>a -x");
    }

    #[test]
    fn renames_find_their_name_free() {
        check("a>b c>a", "a b", "a>b c>a");
        check("a>t b>a t>b", "a b", "+b +a");
        check("3>4 2>3 1>2", "4 3 2", "3>4 2>3 1>2");
    }

    #[test]
    fn folders_bring_along_what_is_in_them() {
        check("+d", "d/ d/a d/e/ d/e/b", "+d/a +d/e/b");
        check("+d +d/a !d/a", "d/ d/a", "+d/a");
        check(">d", "d/ d/a", "+d/a");
        check("d>e", "e/ e/a", "d>e");
        check("+d/a !d/a d>e", "e/ e/a", "d>e +e/a");
        check("-d/a d>e", "e/", "d>e -e/a");
        check("d>e -e/a", "e/", "d>e -e/a");
        check("d/a>d/b d>e", "e/ e/b", "d/a>e/b d>e");
        check("+d +d/a !d/a d>e", "e/ e/a", "+e/a");
        check("-d/a -d", "", "-d -d/a");
    }

    #[test]
    fn files_are_told_when_they_are_whole() {
        let start = Instant::now();
        let at = |rounds: u32| start + QUIET * rounds;
        let settle = |batch: &mut Batch, rounds, length| {
            let look = |_: &Path| Look::File { length, modified: None };
            told(&batch.settle(at(rounds), true, look, |_| vec![]))
        };
        let batch = &mut Batch::default();
        // Without a notice that it is open or closed: the same at two looks.
        apply(batch, ">a");
        assert_eq!(settle(batch, 0, 10), "");
        assert_eq!(settle(batch, 1, 20), "");
        assert_eq!(settle(batch, 2, 20), "+a");
        assert_eq!(settle(batch, 3, 20), "");
        if cfg!(target_os = "linux") {
            apply(batch, "+a .a");
            assert_eq!(settle(batch, 4, 20), "");
            assert_eq!(settle(batch, 6, 20), "");
            apply(batch, ".a !a");
            assert_eq!(settle(batch, 7, 30), "+a");
            // Never closed, but still for long.
            apply(batch, ".a");
            assert_eq!(settle(batch, 8, 30), "");
            assert_eq!(settle(batch, 27, 30), "");
            assert_eq!(settle(batch, 28, 30), "+a");
        }
    }

    #[test]
    fn halves_of_renames_wait_for_quiet() {
        let mut batch = Batch::default();
        batch.apply(Notice::MovedFrom { tracker: Some(7), path: path("a") });
        let settle = |batch: &mut Batch, is_quiet| {
            let look = |path: &Path| if name(path) == "b" { FILE } else { Look::Missing };
            told(&batch.settle(Instant::now(), is_quiet, look, |_| vec![]))
        };
        assert_eq!(settle(&mut batch, false), "");
        batch.apply(Notice::MovedTo { tracker: Some(7), path: path("b") });
        assert_eq!(settle(&mut batch, true), "a>b");
    }
}
