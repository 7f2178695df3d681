//! The files that a package installs under `/usr/share`: the manual and the shells' completions, made from the parser of
//! arguments; menu entry, kinds of file and icons, as `recto integrate` has them; the AppStream description. Writes none.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use recto::cli::arguments::Arguments;
use recto::cli::integration::kinds;
use recto::platform::{APP_ID, integrate};

/// The program's name.
const PROGRAM: &str = "recto";

/// The description for software centres.
pub(crate) const METAINFO: &str = include_str!("../../assets/desktop/org.recto_reader.Recto.metainfo.xml");

/// A path below `share`, and the bytes.
pub(crate) type File = (PathBuf, Vec<u8>);

/// Files with their paths below `share`. `program` is what the menu entry starts; `data_dirs` have the kinds of file that are
/// known without Recto.
///
/// # Errors
/// What of it cannot be made.
pub(crate) fn files(program: &Path, data_dirs: &[PathBuf]) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = integrate::shared_files(program, &kinds(), data_dirs)?;
    files.push((PathBuf::from(format!("metainfo/{APP_ID}.metainfo.xml")), METAINFO.into()));
    files.extend(manual()?);
    for (shell, path) in [
        (Shell::Bash, "bash-completion/completions/recto"),
        (Shell::Zsh, "zsh/vendor-completions/_recto"),
        (Shell::Fish, "fish/vendor_completions.d/recto.fish"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Arguments::definition(), PROGRAM, &mut script);
        files.push((path.into(), script));
    }
    Ok(files)
}

/// A page for the program and one for each command.
fn manual() -> std::io::Result<Vec<File>> {
    let mut definition = Arguments::definition();
    definition.build();
    let mut pages = Vec::new();
    add_pages(&definition, &mut pages)?;
    Ok(pages)
}

fn add_pages(command: &clap::Command, pages: &mut Vec<File>) -> std::io::Result<()> {
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        add_pages(inner, pages)?;
    }
    let name = command.get_display_name().unwrap_or(PROGRAM).to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).manual("Recto").render(&mut page)?;
    pages.push((Path::new("man/man1").join(format!("{name}.1")), page));
    Ok(())
}
