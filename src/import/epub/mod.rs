//! EPUB 2 and 3: a book is one story, its chapters follow the spine, and links in the book lead to places in it. Reads the
//! package itself, over [`crate::archive`]'s limits: `rbook` unpacks without any. Runs no script and loads no font.
//!
//! - [`package`]: what the package document says: metadata, spine, cover, contents
//! - [`locks`]: encrypted books, and fonts that are merely obfuscated
//! - [`chapters`]: all chapters as one page, with places and links that hold across them
//! - [`xhtml`]: XHTML as HTML

pub mod chapters;
pub mod locks;
pub mod package;
pub mod xhtml;

use super::parts::ArchiveParts;
use super::{Import, ImportError, Source, Warning, Watch, beginning, bundle, fragment};
use crate::archive::{entry_names, is_zip};
use crate::document::Article;
use package::Package;

/// The file that says where a book's package document is (OCF 3.3, 4.2.6.3.1).
const CONTAINER: &str = "META-INF/container.xml";

/// Whether the bytes are a zip that says that it is a book, or that holds a book's container file: at its root, or in a
/// folder, where a book was unpacked and packed again. A package document alone is no sign: Calibre keeps one beside books.
pub fn sniff(bytes: &[u8]) -> bool {
    // The first entry is uncompressed for this very purpose (OCF 3.3, 4.3).
    let says_so =
        bytes.get(..256.min(bytes.len())).unwrap_or_default().windows(20).any(|w| w == b"application/epub+zip");
    is_zip(bytes)
        && (says_so
            || entry_names(bytes).iter().any(|name| {
                name.strip_suffix(CONTAINER).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
            }))
}

/// Reads a book.
///
/// # Errors
/// [`ImportError::Locked`] where it is encrypted, [`ImportError::Broken`] where its package cannot be read.
pub fn import(source: &Source, watch: &Watch) -> Result<Import, ImportError> {
    let archive = bundle::open(source, "EPUB")?;
    let mut warnings: Vec<Warning> = bundle::warnings(&archive);
    let package = Package::read(&archive).map_err(|detail| ImportError::Broken {
        format: "EPUB",
        detail: format!("{detail}. Download or convert it again"),
    })?;
    locks::check(&archive, &package)?;
    let mut spine = package.spine.as_slice();
    if source.is_beginning {
        let sizes = spine.iter().map(|chapter| archive.entry(&chapter.name).map_or(0, |entry| entry.size));
        // A book that is its own beginning has none.
        spine = beginning::chapters(sizes).and_then(|count| spine.get(..count)).ok_or(ImportError::Empty)?;
    }
    let book = chapters::join(&archive, &package, spine, watch)?;
    warnings.extend(book.warnings);
    if book.html.bytes().filter(|byte| *byte == b'<').count() > MOST_TAGS {
        return Err(ImportError::TooLarge { detail: format!("the book has more than {MOST_TAGS} tags") });
    }
    let inner = source.inner("book.html", *b"").with_parts(ArchiveParts::new(&archive, ""));
    let read = fragment::read(&book.html, &inner, None);
    if read.too_deep {
        warnings.push(Warning::new(
            "The book nests its elements extremely deep; the deepest are shown as plain paragraphs",
        ));
    }
    let mut article = Article { metadata: package.metadata, ..Article::default() };
    read.fill(&mut article);
    if article.blocks.is_empty() && article.metadata.title.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Import { articles: vec![article], warnings, ..Import::default() })
}

/// The most tags of a book: the Bible with a tag round every verse has 200,000.
const MOST_TAGS: usize = 3_000_000;

#[cfg(test)]
mod tests;
