use std::io::Write as _;

use super::*;

/// How long a notice may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Watched {
    _folder: tempfile::TempDir,
    root: PathBuf,
    watcher: FolderWatcher,
    receiver: mpsc::Receiver<Vec<FolderChange>>,
}

/// A watched folder in which something is there already; nothing is pending.
fn watched(prepare: impl Fn(&Path)) -> Watched {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("watched");
    fs::create_dir(&root).unwrap();
    prepare(&root);
    let (sender, receiver) = mpsc::channel();
    let watcher = FolderWatcher::new(move |changes| {
        let _ = sender.send(changes);
    });
    let mut watched = Watched { _folder: folder, root, watcher, receiver };
    let roots = [watched.root.clone()];
    watched.watcher.set(&roots);
    // Setting is done on another thread; a file that is told says when.
    thread::sleep(Duration::from_millis(50));
    let probe = watched.root.join("probe");
    let start = Instant::now();
    loop {
        assert!(start.elapsed() < PATIENCE);
        fs::write(&probe, "probe").unwrap();
        let Ok(changes) = watched.receiver.recv_timeout(Duration::from_secs(2)) else { continue };
        if changes.contains(&FolderChange::Appeared(probe.clone())) {
            fs::remove_file(&probe).unwrap();
            watched.wait_for(&[FolderChange::Vanished(probe)]);
            return watched;
        }
    }
}

impl Watched {
    /// Waits until exactly these were told, in however many batches.
    fn wait_for(&self, expected: &[FolderChange]) {
        let mut seen = Vec::new();
        while seen.len() < expected.len() {
            seen.extend(self.receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("only {seen:?}")));
        }
        assert_eq!(seen, expected);
    }
}

#[test]
fn a_batch_tells_all_that_happened() {
    let watched = watched(|root| {
        fs::create_dir_all(root.join("old/deep")).unwrap();
        fs::write(root.join("old/deep/a"), "a").unwrap();
        fs::write(root.join("gone"), "gone").unwrap();
    });
    let root = &watched.root;
    fs::rename(root.join("old/deep/a"), root.join("b")).unwrap();
    fs::remove_file(root.join("gone")).unwrap();
    fs::write(root.join("old/deep/c"), "c").unwrap();
    fs::write(root.join(".t"), "d").unwrap();
    fs::rename(root.join(".t"), root.join("d")).unwrap();
    watched.wait_for(&[
        FolderChange::Renamed { from: root.join("old/deep/a"), to: root.join("b") },
        FolderChange::Vanished(root.join("gone")),
        FolderChange::Appeared(root.join("old/deep/c")),
        FolderChange::Appeared(root.join("d")),
    ]);
}

#[test]
fn new_folders_are_watched_and_looked_through() {
    let watched = watched(|_| {});
    let root = &watched.root;
    let outside = root.parent().unwrap().join("outside");
    fs::create_dir_all(outside.join("deep")).unwrap();
    fs::write(outside.join("deep/a"), "a").unwrap();
    fs::rename(&outside, root.join("new")).unwrap();
    watched.wait_for(&[FolderChange::Appeared(root.join("new/deep/a"))]);
    fs::write(root.join("new/deep/b"), "b").unwrap();
    watched.wait_for(&[FolderChange::Appeared(root.join("new/deep/b"))]);
    fs::rename(root.join("new"), root.join("newer")).unwrap();
    watched.wait_for(&[FolderChange::Renamed { from: root.join("new"), to: root.join("newer") }]);
    fs::write(root.join("newer/deep/c"), "c").unwrap();
    watched.wait_for(&[FolderChange::Appeared(root.join("newer/deep/c"))]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_being_written_is_not_told() {
    let watched = watched(|_| {});
    let path = watched.root.join("slow");
    let mut file = fs::File::create(&path).unwrap();
    for _ in 0..3 {
        file.write_all(b"more").unwrap();
        assert_eq!(watched.receiver.recv_timeout(2 * QUIET).ok(), None);
    }
    drop(file);
    watched.wait_for(&[FolderChange::Appeared(path)]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_loops_are_harmless() {
    use std::os::unix::fs::symlink;
    let watched = watched(|root| {
        fs::create_dir(root.join("in")).unwrap();
        symlink("..", root.join("in/loop")).unwrap();
    });
    let root = &watched.root;
    symlink(".", root.join("another")).unwrap();
    fs::create_dir(root.join("later")).unwrap();
    symlink("../..", root.join("later/loop")).unwrap();
    fs::write(root.join("a"), "a").unwrap();
    symlink("a", root.join("link")).unwrap();
    let mut seen = Vec::new();
    while seen.len() < 2 {
        seen.extend(watched.receiver.recv_timeout(PATIENCE).unwrap());
    }
    assert_eq!(seen, [FolderChange::Appeared(root.join("a")), FolderChange::Appeared(root.join("link"))]);
}

#[cfg(unix)]
#[test]
fn folders_are_told_as_they_were_given_and_no_longer_when_taken_away() {
    let mut watched = watched(|_| {});
    let link = watched.root.parent().unwrap().join("link");
    std::os::unix::fs::symlink(&watched.root, &link).unwrap();
    watched.watcher.set(&[link.clone(), link.join(".")]);
    fs::write(watched.root.join("a"), "a").unwrap();
    watched.wait_for(&[FolderChange::Appeared(link.join("a"))]);
    watched.watcher.set(&[]);
    fs::write(watched.root.join("b"), "b").unwrap();
    assert_eq!(watched.receiver.recv_timeout(2 * QUIET).ok(), None);
    let missing = watched.root.join("missing");
    watched.watcher.set(std::slice::from_ref(&missing));
    let changes = watched.receiver.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(&changes[..], [FolderChange::Problem(why)] if why.ends_with("missing")), "{changes:?}");
}

#[test]
fn a_folder_that_goes_is_told() {
    let watched = watched(|root| fs::write(root.join("a"), "a").unwrap());
    fs::remove_dir_all(&watched.root).unwrap();
    let changes = watched.receiver.recv_timeout(PATIENCE).unwrap();
    assert!(changes.contains(&FolderChange::Vanished(watched.root.clone())), "{changes:?}");
}

/// What the worker tells next, without waiting.
fn worker(roots: &[&str]) -> Worker {
    let mut worker = Worker::new(mpsc::channel().0, Box::new(|_| {}));
    worker.roots = roots.iter().map(|root| Root { given: root.into(), canonical: root.into() }).collect();
    worker
}

#[test]
fn what_the_system_lost_is_looked_for_again() {
    let mut worker = worker(&["/a", "/b"]);
    let overflow = notify::Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
    worker.notice(&overflow);
    worker.notice(&overflow);
    let rescans = ["/a", "/b"].map(|root| FolderChange::Rescan(root.into()));
    assert_eq!(worker.first, rescans);
    worker.first.clear();
    for number in 0..=MOST_PENDING {
        let created = EventKind::Create(notify::event::CreateKind::File);
        worker.notice(&notify::Event::new(created).add_path(format!("/a/{number}").into()));
    }
    assert_eq!((&worker.first[..], worker.batch.len()), (&rescans[..], 0));
}

#[test]
fn problems_say_what_to_do() {
    let check = |kind: notify::ErrorKind, part: &str| {
        let mut worker = worker(&["/a"]);
        worker.fail(&notify::Error::new(kind).add_path("/a/b".into()), None);
        let [FolderChange::Problem(why)] = &worker.first[..] else { panic!("{:?}", worker.first) };
        assert!(why.contains(part) && why.ends_with(": /a/b"), "{why}");
    };
    check(notify::ErrorKind::MaxFilesWatch, "max_user_watches");
    check(notify::ErrorKind::Io(std::io::Error::from_raw_os_error(24)), "max_user_instances");
    check(notify::ErrorKind::Io(std::io::ErrorKind::PermissionDenied.into()), "by hand");
}
