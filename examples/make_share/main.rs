//! Writes what a package of a free desktop installs beside the program, into a folder that becomes `/usr/share`:
//! `cargo run --no-default-features --example make_share -- FOLDER [PROGRAM]`. Used by `scripts/make_deb.sh` and by whoever
//! makes another package. Builds no package itself.

mod share;

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("Name the folder to write to")?);
    let program = arguments.next().unwrap_or_else(|| "recto".into());
    // What this computer's database of kinds of file has is part of every desktop, and not Recto's to define.
    let data_dirs = [PathBuf::from("/usr/share")];
    for (path, bytes) in share::files(Path::new(&program), &data_dirs)? {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
