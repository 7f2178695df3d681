//! The command line: arguments are parsed without effects, then acted on once. Opens the window where no command is
//! given. Knows nothing of how a format is read or a window is drawn.
//!
//! - [`arguments`]: what may be asked, and `--help`
//! - [`inspect`]: `recto inspect`, a file's stories as a report or as JSON
//! - [`library`]: `recto import`, `list`, `search` and `library`
//! - [`doctor`]: `recto doctor`, what is missing on this computer
//! - [`integration`]: `recto integrate` and `recto unintegrate`
//!
//! Exit codes: 0, or 1 where something could not be read or done, or 2 where the command line makes no sense.

pub mod arguments;
pub mod doctor;
pub mod inspect;
pub mod integration;
pub mod library;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use arguments::{Arguments, Command};

use crate::import::{ReadError, source::LARGEST_FILE_BYTES};
use crate::platform::Invocation;

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// Exit code where something could not be read or done.
const FAILED: u8 = 1;
/// Exit code where the command line makes no sense.
const MISUSED: u8 = 2;

/// Parses the process's arguments and acts on them.
pub fn run() -> ExitCode {
    let arguments = match Arguments::parse_from(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A reader that went away (`recto --help | head -1`) is no failure.
            let _ = error.print();
            return if error.use_stderr() { MISUSED.into() } else { ExitCode::SUCCESS };
        }
    };
    match arguments.command {
        Some(Command::Inspect(inspect)) => exit_code(inspect::run(&inspect)),
        Some(Command::Import(import)) => exit_code(library::import::run(&import)),
        Some(Command::List(list)) => exit_code(library::list::run(&list)),
        Some(Command::Search(search)) => exit_code(library::list::search(&search)),
        Some(Command::Library(asked)) => exit_code(library::upkeep::run(&asked)),
        Some(Command::Integrate { default }) => exit_code(integration::integrate(default)),
        Some(Command::Doctor(asked)) => exit_code(doctor::run(&asked)),
        Some(Command::Unintegrate) => exit_code(integration::unintegrate()),
        None => open_window(arguments.paths, arguments.place.library),
    }
}

/// Whether all went well, as a process says it. A closed pipe is the reader's choice and no failure.
fn exit_code(outcome: io::Result<bool>) -> ExitCode {
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Ok(false) => FAILED.into(),
        Err(error) => {
            complain(&format!("The output cannot be written: {error}"));
            FAILED.into()
        }
    }
}

/// Says on standard error what failed. Where that is closed too, there is nobody to tell.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "recto: {message}");
}

/// Reads standard input whole.
fn read_standard_input() -> Result<Vec<u8>, ReadError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= LARGEST_FILE_BYTES => Ok(bytes),
        length => Err(ReadError::TooLarge { bytes: length.unwrap_or(u64::MAX) }),
    }
}

/// What the window is to open; standard input is read here, since the window has none.
fn invocation(paths: Vec<PathBuf>, library: Option<PathBuf>) -> Result<Invocation, ReadError> {
    let asked = paths.len();
    let paths: Vec<_> = paths.into_iter().filter(|path| path.as_os_str() != STANDARD_INPUT).collect();
    let standard_input = if paths.len() < asked { Some(read_standard_input()?) } else { None };
    Ok(Invocation { paths, standard_input, library })
}

fn open_window(paths: Vec<PathBuf>, library: Option<PathBuf>) -> ExitCode {
    let invocation = match invocation(paths, library) {
        Ok(invocation) => invocation,
        Err(error) => {
            complain(&format!("{error}: standard input"));
            return FAILED.into();
        }
    };
    match show(invocation) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            FAILED.into()
        }
    }
}

#[cfg(feature = "gui")]
fn show(invocation: Invocation) -> Result<(), String> {
    crate::ui::run(invocation).map_err(|error| error.to_string())
}

#[cfg(not(feature = "gui"))]
fn show(_invocation: Invocation) -> Result<(), String> {
    Err("This build of Recto has no window. Use `recto inspect FILE`, or build it with the feature `gui`".to_owned())
}
