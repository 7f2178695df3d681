//! What may be asked on the command line, and what `--help` says. Does nothing of it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::import::FORMATS;

/// A desktop reader for the articles you have saved.
#[derive(Debug, Parser)]
#[command(name = "recto", version, about, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Articles to open, folders of articles, or - for standard input. A file that is called like a command is opened
    /// as ./inspect
    #[arg(value_name = "FILE|FOLDER|-")]
    pub paths: Vec<PathBuf>,
}

/// The commands that open no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what was read in files: metadata with where it stood, coverage, what was left out and why
    Inspect(Inspect),
    /// Add Recto to your desktop's menu and to "Open with" of article files (Linux; without root)
    Integrate {
        /// Also make Recto the program that opens all its kinds of file
        #[arg(long)]
        default: bool,
    },
    /// Remove what `recto integrate` added
    Unintegrate,
}

/// What to inspect and how to say it.
#[derive(Args, Debug)]
pub struct Inspect {
    /// Files, folders (each article file in them, without their subfolders), or - for standard input
    #[arg(value_name = "FILE|FOLDER|-", required = true)]
    pub paths: Vec<PathBuf>,
    /// One line of JSON a file
    #[arg(long)]
    pub json: bool,
}

impl Arguments {
    /// Parses arguments, the program's name first.
    ///
    /// # Errors
    /// clap's own, for `--help` and `--version` too.
    pub fn parse_from(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::command().after_help(formats_help());
        Self::from_arg_matches(&command.try_get_matches_from_mut(arguments)?).map_err(|e| e.format(&mut command))
    }
}

/// The formats with their endings, one a line.
fn formats_help() -> String {
    let mut help = "Formats:".to_owned();
    let width = FORMATS.iter().map(|format| format.name.chars().count()).max().unwrap_or_default();
    for format in FORMATS {
        let endings: Vec<_> = format.endings().map(|ending| format!(".{ending}")).collect();
        help.push_str(&format!("\n  {:width$}  {}", format.name, endings.join(" ")));
    }
    help.push_str("\n\nExit codes: 0; 1 if something could not be read or done; 2 if the command line makes no sense");
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Arguments {
        let all = std::iter::once("recto").chain(arguments.iter().copied()).map(OsString::from);
        Arguments::parse_from(all).unwrap()
    }

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_command_everything_is_a_path() {
        let check = |arguments: &[&str], expected: &[&str]| {
            let parsed = parse(arguments);
            assert!(parsed.command.is_none(), "{arguments:?}");
            assert_eq!(parsed.paths, expected.iter().map(PathBuf::from).collect::<Vec<_>>(), "{arguments:?}");
        };
        check(&[], &[]);
        check(&["a.html", "folder", "-"], &["a.html", "folder", "-"]);
        check(&["./inspect"], &["./inspect"]);
        check(&["help"], &["help"]);
        check(&["--", "inspect"], &["inspect"]);
        check(&["a.html", "inspect"], &["a.html", "inspect"]);
        check(&["--", "-dash.txt"], &["-dash.txt"]);
    }

    #[test]
    fn commands_are_found() {
        assert!(matches!(
            parse(&["inspect", "a", "--json"]).command,
            Some(Command::Inspect(Inspect { json: true, .. }))
        ));
        assert!(matches!(parse(&["integrate", "--default"]).command, Some(Command::Integrate { default: true })));
        assert!(matches!(parse(&["unintegrate"]).command, Some(Command::Unintegrate)));
    }
}
