//! Finding another program as a shell would, and running one that may hang. Decides on none.

use std::path::PathBuf;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::{
    io::Read as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How long to wait between two looks at whether a program has ended.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const PAUSE: Duration = Duration::from_millis(5);

/// The first file of this name in the folders of `PATH` that may be run.
pub(super) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_runnable(file))
}

fn is_runnable(file: &std::path::Path) -> bool {
    let Ok(metadata) = file.metadata() else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        metadata.is_file() && metadata.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    metadata.is_file()
}

/// Runs a program that says little; what it said on standard error, or `None` where it cannot be run or does not end in time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn standard_error_of(mut command: Command, patience: Duration) -> Option<String> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?;
    let end = Instant::now() + patience;
    while child.try_wait().ok()?.is_none() {
        if Instant::now() > end {
            // It may have ended since, which is as well.
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(PAUSE);
    }
    let mut said = String::new();
    child.stderr.take()?.read_to_string(&mut said).ok()?;
    Some(said)
}
