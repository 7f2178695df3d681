//! Prints the paragraphs of saved stories as JSON, one a line, with the places at which their lines may end and the order of
//! their letters; for `scripts/ask_chromium.py compare`. Judges nothing.
//!
//! `cargo run --example compare_breaks -- FILE…`

#[path = "../tests/chromium/order.rs"]
mod letters;

use std::io::Write as _;

use recto::import::{Source, import};
use recto::typeset::segmenting::break_opportunities;
use recto::typeset::{Fonts, Typesetter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut typesetter = Typesetter::new(Fonts::bundled());
    for file in std::env::args_os().skip(1) {
        let file = std::path::PathBuf::from(file);
        let Ok(import) = import(&Source::read(&file)?) else { continue };
        for article in &import.articles {
            let language = article.metadata.language.value();
            for block in &article.blocks {
                let text = block.plain_text();
                let language = block.language.as_ref().or(language).map(String::as_str);
                // Tabs and line feeds part the cells of a table.
                for line in text.split(['\n', '\t']).map(str::trim).filter(|line| !line.is_empty()) {
                    let row = serde_json::json!({
                        "page": file,
                        "language": language,
                        "direction": block.direction.map(recto::text::Direction::as_str),
                        "text": line,
                        "breaks": break_opportunities(line, language),
                        "order": letters::order(&mut typesetter, line, block.direction),
                    });
                    writeln!(out, "{row}")?;
                }
            }
        }
    }
    Ok(out.flush()?)
}
