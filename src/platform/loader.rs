//! Whether the system has the libraries that the window loads when it opens. The system's own loader is asked, in a process
//! of its own, so that a broken driver can harm nothing here. Loads none itself.

/// How long the loader may take; a cold disk needs some tenths of a second.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);

/// Those of some libraries that cannot be loaded; `None` where the loader does not answer, or is none that can be asked so.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn missing<'a>(libraries: &[&'a str]) -> Option<Vec<&'a str>> {
    let program = std::env::current_exe().ok()?;
    let mut command = std::process::Command::new(program);
    // The loader tells on standard error what it could not load, and goes on (ld.so(8), LD_PRELOAD).
    command.arg("--version").env("LD_PRELOAD", libraries.join(" ")).env("LC_ALL", "C");
    let said = super::programs::standard_error_of(command, PATIENCE)?;
    Some(missing_in(&said, libraries))
}

/// Nobody to ask: elsewhere these libraries are part of the system, or the loader has no such way.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn missing<'a>(_libraries: &[&'a str]) -> Option<Vec<&'a str>> {
    None
}

#[cfg(any(test, all(target_os = "linux", target_env = "gnu")))]
fn missing_in<'a>(said: &str, libraries: &[&'a str]) -> Vec<&'a str> {
    let is_missing = |library: &str| {
        let quoted = format!("'{library}'");
        said.lines().any(|line| line.contains(&quoted) && line.contains("cannot be preloaded"))
    };
    libraries.iter().copied().filter(|library| is_missing(library)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loaders_words_are_understood() {
        let said = "ERROR: ld.so: object 'libGL.so.1' from LD_PRELOAD cannot be preloaded (cannot open shared object \
            file): ignored.\n";
        assert_eq!(missing_in(said, &["libEGL.so.1", "libGL.so.1"]), ["libGL.so.1"]);
        assert!(missing_in("", &["libEGL.so.1"]).is_empty());
    }
}
