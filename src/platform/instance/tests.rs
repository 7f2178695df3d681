use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Barrier, mpsc};

use interprocess::local_socket::Stream;
use tempfile::TempDir;

use super::wire::Lines;
use super::*;

/// The folders of one test.
struct Setting {
    _root: TempDir,
    library: PathBuf,
    places: Places,
}

fn setting() -> Setting {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().canonicalize().unwrap();
    let (library, runtime, temporary) = (path.join("library"), path.join("run"), path.join("tmp"));
    std::fs::create_dir(&runtime).unwrap();
    std::fs::create_dir(&temporary).unwrap();
    Setting { _root: root, library, places: Places { runtime: Some(runtime), temporary } }
}

impl Setting {
    fn claim(&self) -> Result<Claim, InstanceError> {
        claim_in(&self.library, &self.places, CLAIM_PATIENCE)
    }

    fn first(&self) -> Listener {
        match self.claim() {
            Ok(Claim::First(listener)) => listener,
            other => panic!("{other:?}"),
        }
    }

    fn second(&self) -> Connection {
        match self.claim() {
            Ok(Claim::Second(connection)) => connection,
            other => panic!("{other:?}"),
        }
    }

    fn ask(&self, request: Request) -> Response {
        self.second().ask(request, |_, _| panic!("no progress")).unwrap()
    }

    /// Says something that no [`Connection`] would.
    fn raw(&self) -> Stream {
        let mut lock = Lock::open(&self.library).unwrap();
        socket::connect(&lock.read_address(&self.library).unwrap()).unwrap()
    }
}

fn answer_to(stream: &Stream) -> protocol::Said {
    let line = Lines::new().receive(stream, Instant::now() + PATIENCE).unwrap();
    protocol::from_line(&line).unwrap()
}

fn assert_refused(response: &Response, part: &str) {
    assert!(matches!(response, Response::Refused { why } if why.contains(part)), "{response:?}");
}

#[test]
fn the_first_answers_the_second_until_it_goes() {
    let setting = setting();
    let (sender, receiver) = mpsc::channel();
    let guard = setting
        .first()
        .serve(move |request, reply| {
            sender.send(request).unwrap();
            reply.done().unwrap();
            assert_eq!(reply.done(), Err(Gone));
        })
        .unwrap();
    assert_eq!(setting.ask(Request::Ping), Response::Done);
    assert_eq!(receiver.recv().unwrap(), Request::Ping);
    let open = Request::Open { paths: vec!["/a b".into()], raise: true, activation_token: Some("token".into()) };
    assert_eq!(setting.ask(open.clone()), Response::Done);
    assert_eq!(receiver.recv().unwrap(), open);
    assert_eq!(setting.ask(Request::Import { paths: vec!["a".into()] }), Response::Done);
    let absolute = std::env::current_dir().unwrap().join("a");
    assert_eq!(receiver.recv().unwrap(), Request::Import { paths: vec![absolute] });
    drop(guard);
    drop(setting.first());
    drop(setting.first());
}

#[cfg(unix)]
#[test]
fn paths_that_are_no_text_arrive() {
    use std::os::unix::ffi::OsStringExt as _;
    let setting = setting();
    let path = PathBuf::from(OsString::from_vec(b"/odd \xff\xfe.html".to_vec()));
    let expected = path.clone();
    let _guard = setting
        .first()
        .serve(move |request, reply| {
            assert_eq!(request.paths(), std::slice::from_ref(&expected));
            let failed = vec![Failure { path: expected.clone(), why: "It is empty".into() }];
            reply.imported(0, failed).unwrap();
        })
        .unwrap();
    let failed = vec![Failure { path: path.clone(), why: "It is empty".into() }];
    assert_eq!(setting.ask(Request::Import { paths: vec![path] }), Response::Imported { imported: 0, failed });
}

#[test]
fn an_import_tells_its_progress_and_may_take_its_time() {
    let setting = setting();
    let mut listener = setting.first();
    listener.patience = Duration::from_millis(1600);
    let _guard = listener
        .serve(|_, reply| {
            reply.progress(1, 3).unwrap();
            reply.progress(2, 3).unwrap();
            thread::sleep(Duration::from_millis(2500));
            reply.imported(3, vec![]).unwrap();
        })
        .unwrap();
    let mut connection = setting.second();
    connection.patience = Duration::from_millis(1600);
    let mut seen = Vec::new();
    let response = connection.ask(Request::Import { paths: vec![] }, |done, total| seen.push((done, total)));
    assert_eq!(response.unwrap(), Response::Imported { imported: 3, failed: vec![] });
    assert_eq!(seen, [(1, 3), (2, 3)]);
}

#[test]
fn who_never_answers_is_given_up_on() {
    let setting = setting();
    let (sender, receiver) = mpsc::channel::<()>();
    let receiver = std::sync::Mutex::new(receiver);
    let _guard = setting
        .first()
        .serve(move |_, _| {
            let _ = receiver.lock().unwrap().recv();
        })
        .unwrap();
    let mut connection = setting.second();
    connection.patience = Duration::from_millis(200);
    let error = connection.ask(Request::Ping, |_, _| {}).unwrap_err();
    assert!(matches!(error, InstanceError::NoAnswer { .. }), "{error}");
    drop(sender);
}

#[test]
fn who_does_not_listen_yet_is_waited_for() {
    let setting = setting();
    let listener = setting.first();
    let mut connection = setting.second();
    connection.patience = Duration::from_millis(100);
    assert!(matches!(connection.ask(Request::Ping, |_, _| {}), Err(InstanceError::NoAnswer { .. })));
    let connection = setting.second();
    let asking = thread::spawn(move || connection.ask(Request::Ping, |_, _| {}).unwrap());
    let _guard = listener.serve(|_, reply| reply.done().unwrap_or(())).unwrap();
    assert_eq!(asking.join().unwrap(), Response::Done);
}

#[test]
fn a_lock_without_a_listener_is_told() {
    let setting = setting();
    std::fs::create_dir(&setting.library).unwrap();
    let lock = Lock::open(&setting.library).unwrap();
    assert!(lock.try_take().unwrap());
    let claim = claim_in(&setting.library, &setting.places, Duration::from_millis(60));
    assert!(matches!(claim, Err(InstanceError::NoAnswer { .. })), "{claim:?}");
    drop(lock);
    setting.first();
}

#[test]
fn a_library_that_cannot_be_made_is_told() {
    let setting = setting();
    std::fs::write(&setting.library, "a file").unwrap();
    let error = setting.claim().unwrap_err();
    assert!(matches!(error, InstanceError::NoLock { .. }), "{error}");
    assert!(error.to_string().ends_with(&setting.library.display().to_string()));
}

#[test]
fn handlers_that_say_nothing_or_panic_are_answered_for() {
    let setting = setting();
    let _guard = setting
        .first()
        .serve(|request, reply| match request {
            Request::Ping => {}
            Request::Import { .. } => panic!("a bug"),
            Request::Open { .. } => reply.refuse("It is closing").unwrap(),
        })
        .unwrap();
    for _ in 0..2 * 16 {
        assert_refused(&setting.ask(Request::Ping), "what became of it");
    }
    let error = setting.second().ask(Request::Import { paths: vec![] }, |_, _| {}).unwrap_err();
    assert!(matches!(error, InstanceError::NoAnswer { .. }), "{error}");
    let open = Request::Open { paths: vec![], raise: false, activation_token: None };
    assert_refused(&setting.ask(open), "It is closing");
}

#[test]
fn who_says_nothing_blocks_nobody_and_too_many_are_refused() {
    let setting = setting();
    let mut listener = setting.first();
    listener.patience = Duration::from_secs(60);
    let _guard = listener.serve(|_, reply| reply.done().unwrap_or(())).unwrap();
    let mut silent: Vec<_> = (0..15).map(|_| setting.raw()).collect();
    assert_eq!(setting.ask(Request::Ping), Response::Done);
    silent.extend((0..20).map(|_| setting.raw()));
    assert_refused(&setting.ask(Request::Ping), "busy");
    drop(silent);
    // Whoever goes gives up the place.
    let start = Instant::now();
    while setting.ask(Request::Ping) != Response::Done {
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}

#[test]
fn who_is_slow_is_cut_off() {
    let setting = setting();
    let mut listener = setting.first();
    listener.patience = Duration::from_millis(100);
    let _guard = listener.serve(|_, reply| reply.done().unwrap_or(())).unwrap();
    let mut stream = setting.raw();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
}

#[test]
fn what_is_too_long_or_of_another_version_is_refused() {
    let setting = setting();
    let _guard = setting.first().serve(|_, reply| reply.done().unwrap_or(())).unwrap();
    let too_long = Request::Import { paths: vec!["/a/long/path".into(); 100_000] };
    let error = setting.second().ask(too_long, |_, _| {}).unwrap_err();
    assert!(matches!(error, InstanceError::TooLarge { count: 100_000 }), "{error}");
    let check = |line: &[u8], part: &str| {
        let stream = setting.raw();
        let _ = wire::send(&stream, line, Instant::now() + PATIENCE);
        let protocol::Said::Response(response) = answer_to(&stream) else { panic!("no response") };
        assert_refused(&response, part);
    };
    check(&vec![b'a'; 3 << 20], "too many files");
    check(b"{\"recto\":7,\"says\":\"sing\"}\n", "version 7");
    check(b"GET / HTTP/1.1\n", "does not understand");
}

#[cfg(unix)]
#[test]
fn only_the_same_user_may_reach_the_socket() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let setting = setting();
    let runtime = setting.places.runtime.clone().unwrap();
    let folder = runtime.join("recto");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).unwrap();
    let listener = setting.first();
    let mode = |path: &Path| std::fs::symlink_metadata(path).unwrap().mode() & 0o777;
    let sockets = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>();
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(sockets(&folder).iter().map(|path| mode(path)).collect::<Vec<_>>(), [0o600]);
    assert_eq!(mode(&setting.library.join("instance.lock")), 0o600);
    drop(listener);
    assert!(sockets(&folder).is_empty());
    // A link in the folder's place is no folder of ours: the next place is taken.
    std::fs::remove_dir(&folder).unwrap();
    symlink(&setting.places.temporary, &folder).unwrap();
    let listener = setting.first();
    assert!(sockets(&setting.places.temporary).is_empty());
    assert_eq!(sockets(&setting.library.join(".instance")).len(), 1);
    assert_eq!(mode(&setting.library.join(".instance")), 0o700);
    drop(listener);
}

#[cfg(unix)]
#[test]
fn long_paths_and_other_environments_find_each_other() {
    let mut setting = setting();
    setting.library = setting.library.join("a".repeat(120)).join("é".repeat(60));
    setting.places.runtime = None;
    let guard = setting.first().serve(|_, reply| reply.done().unwrap_or(())).unwrap();
    assert_eq!(setting.ask(Request::Ping), Response::Done);
    assert_eq!(std::fs::read_dir(&setting.places.temporary).unwrap().count(), 1);
    // As from a terminal that was left open by another desktop.
    setting.places = Places { runtime: Some("/nowhere".into()), temporary: "/nowhere".into() };
    assert_eq!(setting.ask(Request::Ping), Response::Done);
    drop(guard);
    let error = setting.claim().unwrap_err();
    assert!(matches!(error, InstanceError::NoSocket { .. }), "{error}");
}

#[test]
fn of_threads_that_race_one_is_first() {
    for _ in 0..5 {
        let setting = Arc::new(setting());
        let (barrier, runners) = (Arc::new(Barrier::new(8)), 8);
        let threads: Vec<_> = (0..runners)
            .map(|_| {
                let (setting, barrier) = (Arc::clone(&setting), Arc::clone(&barrier));
                thread::spawn(move || {
                    barrier.wait();
                    setting.claim().unwrap()
                })
            })
            .collect();
        let claims: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(claims.iter().filter(|claim| matches!(claim, Claim::First(_))).count(), 1, "{claims:?}");
    }
}

#[test]
fn tokens_come_from_the_environment() {
    let check = |set: &[(&str, &str)], expected: Option<&str>| {
        let variable = |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
        assert_eq!(activation_token_in(variable).as_deref(), expected, "{set:?}");
    };
    check(&[], None);
    check(&[("DESKTOP_STARTUP_ID", "old")], Some("old"));
    check(&[("DESKTOP_STARTUP_ID", "old"), ("XDG_ACTIVATION_TOKEN", "new")], Some("new"));
    check(&[("DESKTOP_STARTUP_ID", "old"), ("XDG_ACTIVATION_TOKEN", "")], Some("old"));
}

/// Says in the environment of a child process which folder its library lies in.
const CHILD_ROOT: &str = "RECTO_TEST_INSTANCE_ROOT";

/// Another process: claims, says what it is, asks or answers, and goes when its input ends.
#[test]
#[ignore = "is started by the tests below"]
fn child() {
    let root = PathBuf::from(std::env::var_os(CHILD_ROOT).unwrap());
    let places = Places { runtime: Some(root.join("run")), temporary: root.join("tmp") };
    match claim_in(&root.join("library"), &places, Duration::from_secs(20)).unwrap() {
        Claim::First(listener) => {
            let _guard = listener.serve(|_, reply| reply.done().unwrap()).unwrap();
            println!("\nI am first");
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
        }
        Claim::Second(connection) => {
            assert_eq!(connection.ask(Request::Ping, |_, _| {}).unwrap(), Response::Done);
            println!("\nI am second");
        }
    }
}

fn start_child(setting: &Setting) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "platform::instance::tests::child", "--ignored", "--nocapture"])
        .env(CHILD_ROOT, setting.library.parent().unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a child says it is. Its output is read on, since it fails where nobody does.
fn role(child: &mut Child) -> String {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let role = lines.find_map(|line| line.strip_prefix("I am ").map(str::to_owned)).unwrap();
    thread::spawn(move || lines.count());
    role
}

#[test]
fn of_processes_that_race_one_is_first_and_a_killed_one_is_replaced() {
    let setting = setting();
    let mut children: Vec<_> = (0..5).map(|_| start_child(&setting)).collect();
    let roles: Vec<_> = children.iter_mut().map(role).collect();
    assert_eq!(roles.iter().filter(|role| *role == "first").count(), 1, "{roles:?}");
    assert_eq!(setting.ask(Request::Ping), Response::Done);
    for child in &mut children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    #[cfg(unix)]
    assert_eq!(std::fs::read_dir(setting.places.runtime.as_ref().unwrap().join("recto")).unwrap().count(), 1);
    let guard = setting.first().serve(|_, reply| reply.done().unwrap()).unwrap();
    let mut child = start_child(&setting);
    assert_eq!(role(&mut child), "second");
    assert!(child.wait().unwrap().success());
    drop(guard);
}
