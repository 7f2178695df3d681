//! What the fuzz targets share: bytes are read under a name of one kind, and what comes out has to hold together.

use recto::document::Envelope;
use recto::import::{FORMATS, ImportError, Source, import};

/// Reads bytes with the importer of the format that has this ending.
///
/// # Panics
/// Where the importer does, or where its result breaks a promise: that is what fuzzing looks for.
pub fn read_as(extension: &str, bytes: &[u8]) {
    let source = Source::named(format!("fuzz.{extension}"), bytes);
    let Some(format) = FORMATS.iter().find(|format| format.extensions.contains(&extension)) else {
        panic!("no format has the ending {extension}");
    };
    // Straight to the importer, whatever the bytes look like; then the way that a file takes, which catches panics.
    let _ = (format.import)(&source);
    match import(&source) {
        Ok(read) => {
            assert!(!read.articles.is_empty(), "an import without articles");
            for article in read.articles {
                let id = article.story_id();
                let json = Envelope::new(article).to_json().expect("an article is written");
                let again = Envelope::from_json(json.as_bytes()).expect("what is written is read");
                assert_eq!(again.article.story_id(), id, "writing and reading changed the story");
            }
        }
        Err(ImportError::Panicked { detail }) => panic!("{detail}"),
        Err(_) => {}
    }
}
