//! What a worker does to open a story: read, import, measure the images, summarise. Runs on any thread, and knows no
//! session.

use std::path::PathBuf;
use std::sync::Arc;

use super::action::LoadError;
use super::samples;
use super::story::{FileFacts, Loaded, Origin, Story, Summary};
use crate::import::{self, ImportError, ReadError, Source, Watch};
use crate::pictures;

pub use crate::pictures::Picture;

/// Opens a story.
///
/// # Errors
/// A [`LoadError`] in a person's words.
pub fn load(origin: &Origin, kept_folder: Option<&std::path::Path>, watch: &Watch) -> Result<Loaded, LoadError> {
    let stopped = |error: ImportError| LoadError { message: error.to_string(), is_missing: false };
    // A job that was cancelled while it waited reads nothing.
    watch.check().map_err(stopped)?;
    let (source, modified) = read(origin, kept_folder)?;
    let name = origin.name();
    let import = import::import_watched(&source, watch).map_err(stopped)?;
    let file = FileFacts {
        source_id: source.id(),
        size: u64::try_from(source.bytes.len()).unwrap_or(u64::MAX),
        modified,
        format: import.format,
        encoding: import.encoding,
        warnings: import.warnings.into_iter().map(|warning| warning.message).collect(),
    };
    let stories = import
        .articles
        .into_iter()
        .map(|article| {
            let summary = Summary::of(&article, &name);
            let sizes = article.resources.iter().map(|resource| pictures::dimensions(resource.bytes()?).ok());
            let flat = article.flat_text();
            let story = Story {
                outline: super::outline::outline(&article, &flat),
                flat,
                id: article.story_id(),
                parts: Arc::new(article.blocks.iter().map(crate::typeset::parts).collect()),
                image_sizes: sizes.collect(),
                file: file.clone(),
                as_read: None,
                article,
            };
            (Arc::new(story), summary)
        })
        .collect::<Vec<_>>();
    if stories.is_empty() {
        let message = "There is no story in this file".to_owned();
        return Err(LoadError { message, is_missing: false });
    }
    Ok(Loaded { stories })
}

fn read(
    origin: &Origin,
    kept_folder: Option<&std::path::Path>,
) -> Result<(Source, Option<std::time::SystemTime>), LoadError> {
    let from_file = |path: &std::path::Path| {
        let source = Source::read(path)
            .map_err(|error| LoadError { is_missing: error == ReadError::NotFound, message: error.to_string() })?;
        Ok((source, std::fs::metadata(path).and_then(|m| m.modified()).ok()))
    };
    match origin {
        Origin::File(path) => from_file(path),
        Origin::Kept(id) => match kept_folder {
            Some(folder) => from_file(&kept_path(folder, id)),
            None => {
                Err(LoadError { message: "There is no data folder to read pasted texts from".into(), is_missing: true })
            }
        },
        Origin::Sample(name) => match samples::bytes(name) {
            Some(bytes) => Ok((Source::named(name, bytes), None)),
            None => Err(LoadError { message: "This sample story is no longer part of Recto".into(), is_missing: true }),
        },
        Origin::Bytes { bytes, .. } => Ok((Source::from_bytes(Arc::clone(bytes)), None)),
    }
}

/// Where pasted bytes with this hash are kept.
pub fn kept_path(folder: &std::path::Path, source_id: &str) -> PathBuf {
    // Only what a hash can hold: the id may come from a file that somebody has edited.
    let safe: String = source_id.chars().filter(char::is_ascii_hexdigit).collect();
    folder.join(safe)
}

/// Decodes a picture of a story at a width in device pixels; `None` where it cannot be read. Slow: for a worker.
pub fn picture(bytes: &[u8], media_type: Option<&str>, width_px: u32) -> Option<pictures::Picture> {
    pictures::decode(bytes, media_type, width_px, u32::MAX).ok()
}
