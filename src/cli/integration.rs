//! `recto integrate` and `recto unintegrate`: says what was done to the desktop and what to do next. How it is done is
//! `platform`'s.

use std::io::{self, Write as _};

use super::complain;
use crate::import::FORMATS;
use crate::platform::folders::DesktopFolders;
use crate::platform::integrate::{self, Kind, Report};

/// The ending of Recto's own files.
const OWN_EXTENSION: &str = "recto.json";

/// Adds Recto to the desktop; whether that went well.
///
/// # Errors
/// Those of writing to standard output.
pub fn integrate(take_over: bool) -> io::Result<bool> {
    let Some(folders) = desktop_folders() else { return Ok(false) };
    let program = match std::env::current_exe() {
        Ok(program) if program.is_file() => program,
        Ok(program) => {
            complain(&format!("The program has been moved or replaced while it ran. Try again: {}", program.display()));
            return Ok(false);
        }
        Err(error) => {
            complain(&format!("Recto cannot find out where its own program lies: {error}"));
            return Ok(false);
        }
    };
    let report = match integrate::integrate(&program, &kinds(), take_over, &folders) {
        Ok(report) => report,
        Err(error) => {
            complain(&error.to_string());
            return Ok(false);
        }
    };
    let mut out = io::stdout().lock();
    writeln!(out, "Recto is in your desktop's menu and in \"Open with\". Written:")?;
    list_files(&report, &mut out)?;
    writeln!(out, "It opens: {}", report.opens.join(", "))?;
    if !report.kept.is_empty() {
        let kept: Vec<_> = report.kept.iter().map(|(kind, entry)| format!("{kind} ({entry})")).collect();
        writeln!(out, "Left as they were: {}", kept.join(", "))?;
        writeln!(out, "To open these with Recto too: recto integrate --default")?;
    }
    writeln!(out, "The menu starts {}: if you move it, run recto integrate again.", program.display())?;
    writeln!(out, "To take all of this back: recto unintegrate")?;
    mention_not_run(&report, &mut out)?;
    Ok(true)
}

/// Takes Recto out of the desktop; whether that went well.
///
/// # Errors
/// Those of writing to standard output.
pub fn unintegrate() -> io::Result<bool> {
    let Some(folders) = desktop_folders() else { return Ok(false) };
    let report = match integrate::unintegrate(&folders) {
        Ok(report) => report,
        Err(error) => {
            complain(&error.to_string());
            return Ok(false);
        }
    };
    let mut out = io::stdout().lock();
    if report.files.is_empty() {
        writeln!(out, "Nothing of Recto is in your desktop's menu; there was nothing to remove.")?;
        return Ok(true);
    }
    writeln!(out, "Recto is out of your desktop's menu. Removed or put back as before:")?;
    list_files(&report, &mut out)?;
    mention_not_run(&report, &mut out)?;
    Ok(true)
}

fn desktop_folders() -> Option<DesktopFolders> {
    if cfg!(any(windows, target_os = "macos")) {
        complain("This is for Linux desktops. Here, choose Recto once in the system's own \"Open with\"");
        return None;
    }
    let folders = DesktopFolders::for_user();
    if folders.is_none() {
        complain("There is no home folder to write to. Set HOME");
    }
    folders
}

/// What Recto opens, as the desktop wants to know it.
pub fn kinds() -> Vec<Kind> {
    let own_strings = |strings: &[&str]| strings.iter().map(|&string| string.to_owned()).collect();
    FORMATS
        .iter()
        .filter(|format| !format.extensions.is_empty())
        .map(|format| Kind {
            name: format.name.to_owned(),
            media_types: own_strings(format.media_types),
            extensions: own_strings(format.extensions),
            own: format.extensions.contains(&OWN_EXTENSION),
        })
        .collect()
}

fn list_files(report: &Report, out: &mut impl io::Write) -> io::Result<()> {
    report.files.iter().try_for_each(|file| writeln!(out, "  {}", file.display()))
}

fn mention_not_run(report: &Report, out: &mut impl io::Write) -> io::Result<()> {
    if report.not_run.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "Not run: {}. Your desktop may take notice only after you install the packages desktop-file-utils and \
         shared-mime-info and run this again.",
        report.not_run.join(", ")
    )
}
