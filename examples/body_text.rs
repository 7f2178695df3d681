//! Prints what the importers make of files as JSON, for measuring against a corpus: `{name: {"articleBody": …,
//! "metadata": …}}`, the name being the file's up to its first dot. Measures nothing itself.
//!
//! `cargo run --example body_text -- DIR > predictions.json`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

use recto::import::{Source, import};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = serde_json::Map::new();
    for argument in std::env::args_os().skip(1) {
        let path = std::path::PathBuf::from(argument);
        let mut files = if path.is_dir() {
            std::fs::read_dir(&path)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?
        } else {
            vec![path]
        };
        files.sort();
        for file in files {
            let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let name = name.split('.').next().unwrap_or_default().to_owned();
            let began = std::time::Instant::now();
            match import(&Source::read(&file)?) {
                Ok(import) => {
                    let bodies: Vec<String> = import.articles.iter().map(recto::document::Article::body_text).collect();
                    let first = import.articles.first();
                    let value = serde_json::json!({
                        "articleBody": bodies.join("\n\n"),
                        "metadata": first.map(|a| serde_json::json!({
                            "title": a.metadata.title.value(),
                            "site": a.metadata.site.value(),
                            "authors": a.metadata.authors.value(),
                            "published": a.metadata.published.value(),
                            "url": a.metadata.url.value(),
                            "stated_minutes": a.metadata.stated_minutes.value(),
                        })),
                        "blocks": first.map(|a| a.blocks.iter().map(|b| {
                            (b.omitted.map_or("", recto::document::OmissionReason::label), b.plain_text().into_owned())
                        }).collect::<Vec<_>>()),
                        "warnings": import.warnings.iter().map(|w| w.message.clone()).collect::<Vec<_>>(),
                        "encoding": import.encoding,
                        "milliseconds": began.elapsed().as_secs_f64() * 1000.0,
                    });
                    out.insert(name, value);
                }
                Err(error) => eprintln!("{error} {}", file.display()),
            }
        }
    }
    println!("{}", serde_json::Value::Object(out));
    Ok(())
}
