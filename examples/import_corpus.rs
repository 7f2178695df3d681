//! Reads article files and prints one line of JSON for each: file, title, site, authors, published, body. For measuring
//! importers against a corpus, as the program reads them. Measures nothing itself.

use std::io::Write as _;
use std::path::Path;

use recto::import::Source;

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
                    "shown": shown(&article),
                    "metadata": metadata,
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

/// Everything that is shown below the title and byline, captions and standfirst too.
fn shown(article: &recto::document::Article) -> String {
    use recto::document::Role;
    let below = |role: Role| matches!(role, Role::Body | Role::Standfirst);
    let blocks = article.blocks.iter().filter(|b| b.is_shown() && below(b.role));
    blocks.map(|b| b.plain_text().into_owned()).collect::<Vec<_>>().join("\n\n")
}

fn read(path: &Path) -> Result<recto::import::Import, String> {
    let source = Source::read(path).map_err(|error| error.to_string())?;
    recto::import::import(&source).map_err(|error| error.to_string())
}
