//! Recto's own `.recto.json`: an article exactly as it was saved. `docs/format.md` describes it; the reading itself is
//! [`Envelope::from_json`]'s.

use super::{Import, ImportError, Source};
use crate::document::Envelope;

/// Bytes at the start in which the version stands; it is the first key that is written.
const SNIFFED_BYTES: usize = 200;

/// Whether the bytes are certainly such a file: a JSON object whose first key is `recto`.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = String::from_utf8_lossy(head.get(..head.len().min(SNIFFED_BYTES)).unwrap_or_default());
    let key = head.trim_start().strip_prefix('{').map(str::trim_start).and_then(|rest| rest.strip_prefix("\"recto\""));
    key.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Reads one.
///
/// # Errors
/// [`ImportError::Broken`] with what is wrong.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    if source.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    let bytes = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
    let envelope = Envelope::from_json(bytes)
        .map_err(|error| ImportError::Broken { format: "Recto", detail: error.to_string() })?;
    Ok(Import { format: "Recto", encoding: Some("UTF-8"), articles: vec![envelope.article], warnings: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Article, Block};

    #[test]
    fn what_is_written_is_read_back() {
        let article = Article { blocks: vec![Block::paragraph("One.".into())], ..Article::default() };
        let json = Envelope::new(article.clone()).to_json().expect("it writes");
        assert!(sniff(json.as_bytes()));
        let import = import(&Source::from_bytes(json.into_bytes())).expect("it reads");
        assert_eq!(import.articles, [article]);
    }

    #[test]
    fn what_is_broken_is_said() {
        for (json, expected) in [
            ("{\"recto\": 1", "it is no Recto story"),
            ("{\"recto\": 99, \"article\": {}}", "newer Recto"),
            ("{\"recto\": 1, \"article\": {\"blocks\": [{\"kind\": \"figure\", \"image\": 3}]}}", "block 0"),
        ] {
            let error = import(&Source::from_bytes(json.as_bytes())).expect_err(json).to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(!sniff(b"{\"title\": \"recto\"}"));
    }
}
