//! Reads article files and prints one line of JSON for each: file, title, site, authors, published, body. For measuring
//! importers against a corpus. Unpacks nothing.

use std::io::Write as _;
use std::path::Path;

use recto::import::{FORMATS, Source};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for name in std::env::args().skip(1) {
        let started = std::time::Instant::now();
        let line = match read(Path::new(&name)) {
            Ok(import) => {
                let article = import.articles.into_iter().next().unwrap_or_default();
                let metadata = &article.metadata;
                let omitted: Vec<_> = article
                    .blocks
                    .iter()
                    .map(|b| {
                        serde_json::json!([
                            b.omitted.map(recto::document::OmissionReason::label),
                            format!("{:?}", b.role),
                            b.plain_text()
                        ])
                    })
                    .collect();
                serde_json::json!({
                    "file": name,
                    "title": metadata.title.value(),
                    "site": metadata.site.value(),
                    "authors": metadata.authors.value(),
                    "published": metadata.published.value(),
                    "language": metadata.language.value(),
                    "direction": metadata.direction.value(),
                    "body": article.body_text(),
                    "warnings": import.warnings.iter().map(|w| &w.message).collect::<Vec<_>>(),
                    "blocks": omitted,
                    "milliseconds": started.elapsed().as_secs_f64() * 1000.0,
                })
            }
            Err(error) => serde_json::json!({ "file": name, "error": error }),
        };
        writeln!(out, "{line}")?;
    }
    out.flush()
}

fn read(path: &Path) -> Result<recto::import::Import, String> {
    let source = Source::read(path).map_err(|error| error.to_string())?;
    // By content, then by ending, as the program does; what is neither is taken for a page.
    let extension = source.extension().unwrap_or_default();
    let format = FORMATS
        .iter()
        .find(|format| (format.sniff)(&source.bytes))
        .or_else(|| FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str())))
        .or_else(|| FORMATS.iter().find(|format| format.name == "HTML"))
        .ok_or("no format reads it")?;
    (format.import)(&source, &recto::import::Watch::default()).map_err(|error| error.to_string())
}
