//! What a worker does to open a story: read, import, measure the images, summarise. Runs on any thread, and knows no
//! session.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::action::LoadError;
use super::samples;
use super::side_by_side::{self, Head, SideBySide};
use super::story::{
    Beginning, FileChange, FileFacts, FromLibrary, KeptRow, Loaded, Origin, Story, Summary, publication_day,
};
use crate::document::{Article, Coverage, SourceId};
use crate::import::{self, Import, ImportError, ReadError, Source, Watch};
use crate::insight::facts::PublicationDay;
use crate::library::{Key, LibraryError, Reader};
use crate::pictures;

pub use crate::pictures::Picture;

/// The longest side of a row's thumbnail, in pixels: 56 points on a screen of scale 2.
const THUMBNAIL_PX: u32 = 112;

/// Opens a story.
///
/// # Errors
/// A [`LoadError`] in a person's words.
pub fn load(origin: &Origin, places: &Places, watch: &Watch) -> Result<Loaded, LoadError> {
    // A job that was cancelled while it waited reads nothing.
    watch.check().map_err(stopped)?;
    let (source, modified) = read(origin, places)?;
    import_whole(origin, source, modified, watch)
}

/// Opens a story, and before hands over the beginning of a long one, unless somebody is further than that already.
///
/// # Errors
/// A [`LoadError`] in a person's words.
pub fn load_telling(
    origin: &Origin,
    places: &Places,
    watch: &Watch,
    tell: impl FnOnce(Beginning),
) -> Result<Loaded, LoadError> {
    watch.check().map_err(stopped)?;
    let (source, modified) = read(origin, places)?;
    if import::is_long(&source)
        && !is_begun(origin, places)
        && let Some(mut import) = import::import_beginning(&source)
    {
        let mut article = import.articles.swap_remove(0);
        article.metadata.minutes = 0;
        let summary = Summary::of(&article, &origin.name());
        // Whose bytes these are takes as long to find out as to read some of them, and nobody asks yet.
        let file = facts_of(&source, SourceId::from_digits(String::new()), modified, &import);
        tell(Beginning { story: Arc::new(story_of(article, file)), summary });
    }
    import_whole(origin, source, modified, watch)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn stopped(error: ImportError) -> LoadError {
    LoadError { message: error.to_string(), is_missing: false }
}

fn import_whole(
    origin: &Origin,
    source: Source,
    modified: Option<SystemTime>,
    watch: &Watch,
) -> Result<Loaded, LoadError> {
    let name = origin.name();
    let import = import::import_watched(&source, watch).map_err(stopped)?;
    let file = facts_of(&source, source.id(), modified, &import);
    let stories = import.articles.into_iter().map(|article| {
        let summary = Summary::of(&article, &name);
        (Arc::new(story_of(article, file.clone())), summary)
    });
    let stories: Vec<_> = stories.collect();
    if stories.is_empty() {
        let message = "There is no story in this file".to_owned();
        return Err(LoadError { message, is_missing: false });
    }
    Ok(Loaded { stories, bytes: Some(source.bytes), kept: None })
}

fn facts_of(source: &Source, id: SourceId, modified: Option<SystemTime>, import: &Import) -> FileFacts {
    FileFacts {
        source_id: id,
        size: u64::try_from(source.bytes.len()).unwrap_or(u64::MAX),
        modified,
        format: import.format.to_owned(),
        encoding: import.encoding.map(str::to_owned),
        warnings: import.warnings.iter().map(|warning| warning.message.clone()).collect(),
    }
}

/// Whether somebody has begun to read a file: its beginning is not what they want to see then.
fn is_begun(origin: &Origin, places: &Places) -> bool {
    let (Some(path), Some(library)) = (origin.path(), &places.library) else { return false };
    let place = Reader::open(library).and_then(|reader| reader.place_in_file(path));
    place.ok().flatten().is_some_and(|place| place.range.start > 0)
}

/// What is found out about an article while it is opened.
fn story_of(article: Article, file: FileFacts) -> Story {
    let sizes = article.resources.iter().map(|resource| pictures::dimensions(resource.bytes()?).ok());
    let flat = article.flat_text();
    let mut story = Story {
        outline: super::outline::outline(&article, &flat),
        coverage: Coverage::default(),
        has_omissions: false,
        can_put_back: false,
        flat,
        id: article.story_id(),
        parts: Arc::new(article.blocks.iter().map(crate::typeset::parts).collect()),
        image_sizes: sizes.collect(),
        file,
        as_read: None,
        article,
    };
    story.count_blocks();
    story
}

/// Opens a story of the library, and looks whether its file is still as it was.
///
/// # Errors
/// A [`LoadError`] in a person's words.
pub fn load_kept(library: &Path, key: Key) -> Result<Loaded, LoadError> {
    let failed = |error: LibraryError| LoadError { message: error.to_string(), is_missing: false };
    let reader = Reader::open(library).map_err(failed)?;
    let Some(document) = reader.document(key).map_err(failed)? else {
        return Err(LoadError { message: "This story is no longer in the library".into(), is_missing: true });
    };
    let origin = Origin::of_seen(document.source.seen.first().cloned(), &document.source.id);
    let modified = document.source.modified_ms.and_then(|ms| u64::try_from(ms).ok());
    let file = FileFacts {
        source_id: document.source.id,
        size: document.source.size,
        modified: modified.map(|ms| SystemTime::UNIX_EPOCH + Duration::from_millis(ms)),
        format: document.source.format,
        encoding: document.source.encoding,
        warnings: document.source.warnings,
    };
    let file_change = file_change(&origin, &file);
    let mut summary = Summary::of(&document.article, &origin.name());
    summary.correct(&document.corrections);
    let story = Arc::new(story_of(document.article, file));
    let kept = FromLibrary {
        row: KeptRow {
            key,
            status: document.status,
            versions: document.versions,
            marks: document.marks,
            corrections: document.corrections,
            seconds: document.seconds,
            added_ms: Some(document.added_ms),
            file_read_ms: document.file_read_ms,
        },
        place: document.place,
        choices: serde_json::from_str(&document.choices).unwrap_or_default(),
        origin,
        file_change,
    };
    Ok(Loaded { stories: vec![(story, summary)], bytes: None, kept: Some(Box::new(kept)) })
}

/// The flat text of a story of the library.
///
/// # Errors
/// A [`LoadError`] in a person's words.
pub fn flat_text(library: &Path, key: Key) -> Result<String, LoadError> {
    let failed = |error: LibraryError| LoadError { message: error.to_string(), is_missing: false };
    let text = Reader::open(library).and_then(|reader| reader.flat_text(key)).map_err(failed)?;
    text.ok_or_else(|| LoadError { message: "This story is no longer in the library".into(), is_missing: true })
}

/// A story of the library, laid beside one that is read and was published on a day.
///
/// # Errors
/// A [`LoadError`] in a person's words.
pub fn lay_beside(
    story: &Story,
    summary: &Summary,
    day: PublicationDay,
    library: &Path,
    with: Key,
) -> Result<SideBySide, LoadError> {
    let failed = |error: LibraryError| LoadError { message: error.to_string(), is_missing: false };
    let document = Reader::open(library).and_then(|reader| reader.document(with)).map_err(failed)?;
    let Some(document) = document else {
        return Err(LoadError { message: "This story is no longer in the library".into(), is_missing: true });
    };
    let origin = Origin::of_seen(document.source.seen.first().cloned(), &document.source.id);
    let mut other = Summary::of(&document.article, &origin.name());
    other.correct(&document.corrections);
    let head = |summary: &Summary, article: &Article| Head {
        title: summary.title.clone(),
        site: summary.site.clone(),
        language: article.metadata.language.value().cloned(),
    };
    let heads = [head(summary, &story.article), head(&other, &document.article)];
    let days = [day, publication_day(&document.corrections)];
    Ok(side_by_side::lay_stories(heads, [&story.article, &document.article], days))
}

/// What happened to a file since it was read.
fn file_change(origin: &Origin, file: &FileFacts) -> Option<FileChange> {
    let path = origin.path()?;
    let Ok(metadata) = path.metadata() else { return Some(FileChange::Missing) };
    let modified = |time: SystemTime| super::keeper::milliseconds(time);
    let is_as_it_was =
        metadata.len() == file.size && metadata.modified().ok().map(modified) == file.modified.map(modified);
    if is_as_it_was {
        return None;
    }
    // It was touched; whether it was changed its bytes say.
    let source = Source::read(path).ok()?;
    (source.id() != file.source_id).then_some(FileChange::Changed)
}

/// A small picture for a story's row: its first image that can be read, as JPEG or PNG.
pub fn thumbnail(story: &Story) -> Option<Vec<u8>> {
    let article = &story.article;
    let sizes = story.image_sizes.iter().zip(&article.resources);
    // What is smaller than the row's picture is an icon, not one.
    let large = |size: &Option<(u32, u32)>| size.is_some_and(|(w, h)| w.min(h) >= THUMBNAIL_PX);
    let (_, resource) = sizes.into_iter().find(|(size, _)| large(size))?;
    pictures::thumbnail(resource.bytes()?, resource.media_type.as_deref(), THUMBNAIL_PX)
}

/// Where bytes are kept that are no file of the person's.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Pasted texts, where there is no library.
    pub kept: Option<PathBuf>,
    /// The library.
    pub library: Option<PathBuf>,
}

fn read(origin: &Origin, places: &Places) -> Result<(Source, Option<std::time::SystemTime>), LoadError> {
    let from_file = |path: &Path| {
        // Asked for first: a change while it is read must not look like the state that was read.
        let modified = std::fs::metadata(path).and_then(|m| m.modified()).ok();
        let source = Source::read(path)
            .map_err(|error| LoadError { is_missing: error == ReadError::NotFound, message: error.to_string() })?;
        Ok((source, modified))
    };
    match origin {
        Origin::File(path) => from_file(path),
        Origin::Kept(id) => {
            if let Some(bytes) = from_library(places, id) {
                return Ok((Source::from_bytes(bytes), None));
            }
            match &places.kept {
                Some(folder) => from_file(&kept_path(folder, id)),
                None => Err(LoadError {
                    message: "There is no data folder to read pasted texts from".into(),
                    is_missing: true,
                }),
            }
        }
        Origin::Sample(name) => match samples::bytes(name) {
            Some(bytes) => Ok((Source::named(name, bytes), None)),
            None => Err(LoadError { message: "This sample story is no longer part of Recto".into(), is_missing: true }),
        },
        Origin::Bytes { bytes, .. } => Ok((Source::from_bytes(Arc::clone(bytes)), None)),
    }
}

/// A kept original of the library.
fn from_library(places: &Places, id: &str) -> Option<Vec<u8>> {
    let reader = Reader::open(places.library.as_deref()?).ok()?;
    reader.original(&SourceId::from_digits(id.to_owned())).ok()?
}

/// Where pasted bytes with this hash are kept.
pub fn kept_path(folder: &Path, source_id: &str) -> PathBuf {
    // Only what a hash can hold: the id may come from a file that somebody has edited.
    let safe: String = source_id.chars().filter(char::is_ascii_hexdigit).collect();
    folder.join(safe)
}

/// Decodes a picture of a story at a width in device pixels; `None` where it cannot be read. Slow: for a worker.
pub fn picture(bytes: &[u8], media_type: Option<&str>, width_px: u32) -> Option<pictures::Picture> {
    pictures::decode(bytes, media_type, width_px, u32::MAX).ok()
}
