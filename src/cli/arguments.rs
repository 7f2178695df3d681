//! What may be asked on the command line, and what `--help` says. Does nothing of it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::import::FORMATS;
use crate::library::{Sort, View};

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
    /// Which library.
    #[command(flatten)]
    pub place: Where,
}

/// Which library is meant.
#[derive(Args, Clone, Debug, Default)]
pub struct Where {
    /// The folder of the library, where it is not your own in your data folder
    #[arg(long, value_name = "FOLDER")]
    pub library: Option<PathBuf>,
}

/// The commands that open no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what was read in files: metadata with where it stood, coverage, what was left out and why
    Inspect(Inspect),
    /// Read files and folders into your library; what is there and unchanged is passed over
    Import(Import),
    /// List the stories of your library, one a line
    List(List),
    /// Search your library, the best first
    Search(Search),
    /// Check your library, back it up, put a backup in its place
    Library(Library),
    /// Add Recto to your desktop's menu and to "Open with" of article files (Linux; without root)
    Integrate {
        /// Also make Recto the program that opens all its kinds of file
        #[arg(long)]
        default: bool,
    },
    /// Remove what `recto integrate` added
    Unintegrate,
    /// Look at what Recto needs of this computer: fonts, dialogs, display, OpenGL, library; say what to do where something
    /// is missing
    Doctor(Doctor),
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

/// What to import.
#[derive(Args, Debug)]
pub struct Import {
    /// Files, and folders with the folders in them
    #[arg(value_name = "FILE|FOLDER", required = true)]
    pub paths: Vec<PathBuf>,
    /// Read the folders again whenever Recto is opened, and while it is open
    #[arg(long)]
    pub watch: bool,
    /// One line of JSON a file
    #[arg(long)]
    pub json: bool,
    /// Which library.
    #[command(flatten)]
    pub place: Where,
}

/// What to list.
#[derive(Args, Debug)]
pub struct List {
    /// Which stories: inbox, unread, in-progress, finished, archive, all, deleted, tag:NAME or site:NAME
    #[arg(long, default_value = "inbox", value_parser = view_named)]
    pub view: View,
    /// What comes first: the latest added or published, titles from A, the longest, the furthest read [added, published,
    /// title, length, progress]
    #[arg(long, default_value = "added", value_parser = sort_named)]
    pub sort: Sort,
    /// One line of JSON a story
    #[arg(long)]
    pub json: bool,
    /// Which library.
    #[command(flatten)]
    pub place: Where,
}

/// What to search for.
#[derive(Args, Debug)]
#[command(after_help = QUERY_HELP)]
pub struct Search {
    /// Words that all have to occur, and what else is said below
    #[arg(required = true, value_name = "WORD")]
    pub query: Vec<String>,
    /// One line of JSON a story
    #[arg(long)]
    pub json: bool,
    /// Which library.
    #[command(flatten)]
    pub place: Where,
}

const QUERY_HELP: &str = "\
What can be asked:
  ferry harbour          both words, anywhere
  '\"old harbour\"'        words in sequence; the shell keeps one pair of quotation marks to itself
  'harb*'                words that begin so
  ferry OR boat          one of them at least
  ferry -boat            not this one
  ferry NEAR/5 harbour   with at most five words between
  title:ferry            in the title; also site:, author:, tag:, note:
  is:unread              also in-progress, finished, archived, inbox, missing
  after:2024-03          published then or later; also before:
  lang:de                in this language
A word that begins like an option of this command stands behind --";

/// What to do with the library.
#[derive(Args, Debug)]
pub struct Library {
    /// What to do
    #[command(subcommand)]
    pub upkeep: Upkeep,
    /// The folder of the library, where it is not your own in your data folder
    #[arg(long, value_name = "FOLDER", global = true)]
    pub library: Option<PathBuf>,
}

/// Looking after the library.
#[derive(Debug, Subcommand)]
pub enum Upkeep {
    /// Look through the whole library: that it holds together, and that every story can be read
    Check {
        /// Without reading every story
        #[arg(long)]
        quick: bool,
    },
    /// Copy the library into a new file; it may be in use
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Save what can still be read of a damaged library into a new file, to be put in its place with restore
    Rescue {
        /// The new file
        file: PathBuf,
    },
    /// Put a backup in the library's place; what was there is set aside, and Recto must be closed
    Restore {
        /// The backup
        file: PathBuf,
    },
}

/// How to say what was found.
#[derive(Args, Debug)]
pub struct Doctor {
    /// One JSON object
    #[arg(long)]
    pub json: bool,
    /// Which library.
    #[command(flatten)]
    pub place: Where,
}

fn view_named(name: &str) -> Result<View, String> {
    match name {
        "inbox" => Ok(View::Inbox),
        "unread" => Ok(View::Unread),
        "in-progress" => Ok(View::InProgress),
        "finished" => Ok(View::Finished),
        "archive" => Ok(View::Archive),
        "all" => Ok(View::All),
        "deleted" => Ok(View::Deleted),
        _ => match name.split_once(':') {
            Some(("tag", tag)) if !tag.is_empty() => Ok(View::Tag(tag.to_owned())),
            Some(("site", site)) if !site.is_empty() => Ok(View::Site(site.to_owned())),
            _ => Err("it is one of inbox, unread, in-progress, finished, archive, all, deleted, tag:NAME, site:NAME"
                .to_owned()),
        },
    }
}

fn sort_named(name: &str) -> Result<Sort, String> {
    match name {
        "added" => Ok(Sort::Added),
        "published" => Ok(Sort::Published),
        "title" => Ok(Sort::Title),
        "length" => Ok(Sort::Length),
        "progress" => Ok(Sort::Progress),
        _ => Err("it is one of added, published, title, length, progress".to_owned()),
    }
}

impl Arguments {
    /// The parser, from which the manual and the shells' completions are made too.
    pub fn definition() -> clap::Command {
        Self::command().after_help(formats_help())
    }

    /// Parses arguments, the program's name first.
    ///
    /// # Errors
    /// clap's own, for `--help` and `--version` too.
    pub fn parse_from(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::definition();
        Self::from_arg_matches(&command.try_get_matches_from_mut(with_query_last(arguments))?)
            .map_err(|e| e.format(&mut command))
    }
}

/// Of `recto search`, the options first and the query behind `--`: its words may begin with a hyphen, and options may stand
/// anywhere, which clap allows only one of.
fn with_query_last(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    let mut options: Vec<OsString> = arguments.by_ref().take(2).collect();
    if options.get(1).is_none_or(|command| command != "search") {
        options.extend(arguments);
        return options;
    }
    let mut query = Vec::new();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        if text == "--" {
            query.extend(arguments.by_ref());
        } else if text == "--library" {
            options.push(argument);
            options.extend(arguments.next());
        } else if text.starts_with("--") || text == "-h" {
            options.push(argument);
        } else {
            query.push(argument);
        }
    }
    if !query.is_empty() {
        options.push("--".into());
    }
    options.extend(query);
    options
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
    fn a_query_may_begin_with_a_hyphen() {
        let check = |arguments: &[&str], expected: &[&str]| match parse(arguments).command {
            Some(Command::Search(search)) => assert_eq!(
                (search.query.as_slice(), search.json),
                (expected.iter().map(|&word| word.to_owned()).collect::<Vec<_>>().as_slice(), true,)
            ),
            other => panic!("{other:?}"),
        };
        check(&["search", "harbour", "-ledgers", "--json"], &["harbour", "-ledgers"]);
        check(&["search", "--json", "-honey", "bread"], &["-honey", "bread"]);
        check(&["search", "-tag:later", "a", "OR", "b", "--json"], &["-tag:later", "a", "OR", "b"]);
        check(&["search", "--json", "--", "--json"], &["--json"]);
    }

    #[test]
    fn views_and_orders_have_names() {
        let check = |arguments: &[&str], view: View, sort: Sort| match parse(arguments).command {
            Some(Command::List(list)) => assert_eq!((list.view, list.sort), (view, sort)),
            other => panic!("{other:?}"),
        };
        check(&["list"], View::Inbox, Sort::Added);
        check(&["list", "--view", "tag:a:b", "--sort", "length"], View::Tag("a:b".into()), Sort::Length);
        check(&["list", "--view", "site:Harbour Post"], View::Site("Harbour Post".into()), Sort::Added);
        assert!(view_named("tag:").is_err() && view_named("everything").is_err() && sort_named("size").is_err());
    }

    #[test]
    fn a_library_is_named_for_the_window_too() {
        let parsed = parse(&["--library", "there", "a.html"]);
        assert_eq!((parsed.place.library, parsed.paths), (Some("there".into()), vec!["a.html".into()]));
    }

    #[test]
    fn commands_are_found() {
        assert!(matches!(
            parse(&["inspect", "a", "--json"]).command,
            Some(Command::Inspect(Inspect { json: true, .. }))
        ));
        assert!(matches!(parse(&["integrate", "--default"]).command, Some(Command::Integrate { default: true })));
        assert!(matches!(parse(&["unintegrate"]).command, Some(Command::Unintegrate)));
        assert!(matches!(parse(&["doctor", "--json"]).command, Some(Command::Doctor(Doctor { json: true, .. }))));
    }
}
