//! The log as the window begins it: what is written down, by threads that panic too, and what is left out. A process has one
//! log, so this is one test.

use std::fs;

use recto::app::{Notice, SavedState, Session, Settings};
use recto::platform::{Folders, log_file};

#[test]
fn what_went_wrong_is_written_down_and_nobodys_reading() {
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path());
    log_file::start(&folders);
    log_file::start(&folders);
    let (mut session, _) = Session::new(Settings::default(), SavedState::default());
    session.tell(Notice::error("The disk is full").about("/home/ann/The night ferry.html"));
    session.tell(Notice::warning("The file of “The night ferry” is gone"));
    session.tell(Notice::done("Saved: The night ferry"));
    let worker = std::thread::Builder::new().name("worker-7".into());
    let panicked = worker.spawn(|| panic!("no ending in {:?}", "The night ferry")).unwrap().join();
    assert!(panicked.is_err());
    log::warn!(target: "html5ever::tokenizer", "The night ferry");
    log::warn!(target: "winit::window", "no cursor");

    let text = fs::read_to_string(log_file::path(&folders)).unwrap();
    for expected in [
        "notice: The disk is full",
        "thread worker-7 panicked at log.rs:",
        "no ending in […]",
        "winit::window: no cursor",
    ] {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    assert!(text.contains("notice: The file of […] is gone"), "{text}");
    assert!(!text.contains("ferry") && !text.contains("ann"), "{text}");
    assert_eq!(text.lines().count(), 4, "{text}");
}
