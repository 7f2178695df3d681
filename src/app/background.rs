//! Work that nobody waits for leaves the processors to what somebody does: on a machine of two, a start that reads stories into the
//! library beside the window that is being made would hold it up.

/// How much a thread gives way: a tenth of a processor that another one wants (`nice` 10 in Linux's table of weights).
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// From now on the thread that calls this gives way to those that somebody waits for, and so do the threads that it makes. On
/// Linux, where a thread has a priority of its own; elsewhere nothing changes.
pub fn give_way() {
    // Where it may not, it goes on as it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(NICE);
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// The calling thread's priority, field 19 of proc(5)'s stat.
    fn nice() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        stat.rsplit(')').next().unwrap().split_whitespace().nth(16).unwrap().parse().unwrap()
    }

    #[test]
    fn one_thread_gives_way_and_the_others_do_not() {
        let before = nice();
        let lowered = std::thread::spawn(|| {
            give_way();
            nice()
        });
        assert_eq!(lowered.join().unwrap(), (before + NICE).min(19));
        assert_eq!(nice(), before);
    }
}
