//! Times the import of files: `cargo run --release --no-default-features --example time_import -- FILE…`. Prints
//! milliseconds, blocks and bytes; has no opinion on them.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use recto::import::{Source, import};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for argument in std::env::args_os().skip(1) {
        let path = std::path::PathBuf::from(argument);
        let source = Source::read(&path)?;
        let began = std::time::Instant::now();
        let import = import(&source)?;
        let blocks: usize = import.articles.iter().map(|a| a.blocks.len()).sum();
        let milliseconds = began.elapsed().as_millis();
        println!("{milliseconds:>6} ms {blocks:>8} blocks {:>10} bytes {}", source.bytes.len(), path.display());
    }
    Ok(())
}
