//! Prints what the importer of pasted text sees of each line of text files, one JSON object a file, for
//! `scripts/train_plain_text.py`. Decodes nothing but UTF-8.

use std::io::Write as _;

use recto::import::plain_text::{describe_lines, feature_names};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({ "names": feature_names() }))?;
    for name in std::env::args().skip(1) {
        let (is_page, lines) = describe_lines(&std::fs::read_to_string(&name)?);
        let rows: Vec<_> = lines.iter().map(|l| serde_json::json!([l.number, l.words, l.features])).collect();
        writeln!(out, "{}", serde_json::json!({ "file": name, "is_page": is_page, "rows": rows }))?;
    }
    Ok(out.flush()?)
}
