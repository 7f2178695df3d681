//! A zip archive of articles: every file in it that is one becomes a story, pages with the images that stand beside them.
//! Exports of services and books have importers of their own.

use super::many::read_each;
use super::parts::{ArchiveParts, is_of_a_page};
use super::{Import, ImportError, Source, Warning, Watch, format, read_any};
use crate::archive::{Archive, Entry};

/// Whether the bytes begin like a zip archive.
pub fn sniff(bytes: &[u8]) -> bool {
    crate::archive::is_zip(bytes)
}

/// Opens the archive that a source is.
///
/// # Errors
/// [`ImportError::Broken`] with what is wrong.
pub fn open(source: &Source, format: &'static str) -> Result<Archive, ImportError> {
    Archive::open(source.bytes.clone(), &source.budget)
        .map_err(|error| ImportError::Broken { format, detail: error.to_string() })
}

/// What was left out of an archive for its name, as warnings.
pub fn warnings(archive: &Archive) -> Vec<Warning> {
    archive.refused().iter().map(Warning::new).collect()
}

/// Reads every article of an archive.
///
/// # Errors
/// [`ImportError::Broken`] where it is no archive, [`ImportError::NoStories`] where none of its files is an article.
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let archive = open(source, "zip")?;
    let entries: Vec<&Entry> = archive.entries().iter().filter(|entry| is_story(&archive, entry, source)).collect();
    if entries.is_empty() {
        return Err(ImportError::NoStories { what: "archive" });
    }
    let mut import = read_each(
        &entries,
        watch,
        |entry| entry.name.clone(),
        |entry| {
            let bytes = archive
                .read(entry)
                .map_err(|error| ImportError::Broken { format: "packed", detail: error.to_string() })?;
            let inner = source.inner(&entry.name, bytes).with_parts(ArchiveParts::new(&archive, &entry.name));
            read_any(&inner, watch)
        },
    )?;
    import.warnings.splice(0..0, warnings(&archive));
    if import.articles.is_empty() {
        return Err(match import.warnings.first() {
            Some(warning) => ImportError::Broken { format: "zip", detail: warning.message.clone() },
            None => ImportError::NoStories { what: "archive" },
        });
    }
    Ok(import)
}

/// Whether an entry is an article rather than a part of one, by its name, and where the name leaves it open by its content.
fn is_story(archive: &Archive, entry: &Entry, source: &Source) -> bool {
    let mut folders = entry.name.split('/').rev();
    let name = folders.next().unwrap_or_default();
    // A browser keeps a page's frames in a folder named after it.
    let stands_apart = folders.clone().any(|folder| {
        folder == "__MACOSX"
            || folder.starts_with('.')
            || is_of_a_page(folder, |page| {
                let around = entry.name.split('/').take_while(|part| *part != folder);
                archive.entry(&around.chain([page]).collect::<Vec<_>>().join("/")).is_some()
            })
    });
    if name.starts_with('.') || stands_apart {
        return false;
    }
    if format::is_article_name(name) {
        return true;
    }
    let read = || archive.read(entry).ok();
    format::may_hold_articles(name)
        && read().is_some_and(|bytes| format::holds_articles(&source.inner(&entry.name, bytes)))
}

#[cfg(test)]
pub(crate) mod tests;
