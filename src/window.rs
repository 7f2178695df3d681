//! The `recto-window` program: the same as `recto`, and on Windows without a console window beside its own. A program there is
//! of the one kind or the other; what prints has to be `recto`. Nothing happens here.

#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    recto::cli::run()
}
