//! The `recto` program: the command line decides what happens, and nothing happens here.

use std::process::ExitCode;

fn main() -> ExitCode {
    recto::cli::run()
}
