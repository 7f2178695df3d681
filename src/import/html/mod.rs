//! Web pages, as browsers and saving programs leave them. One parse serves the metadata, the list of all blocks, and
//! (on a copy of the tree) the extraction that says which of them are the story. No script runs and nothing is fetched.
//!
//! - [`encoding`]: bytes → text
//! - [`twice_encoded`]: text that a program encoded twice
//! - [`nesting`]: hostile depths taken out before parsing
//! - [`dom`]: what is asked of a parsed page
//! - [`displays`]: what the page's styles set in lines or apart
//! - [`links`]: addresses made absolute
//! - [`metadata`]: what the page states about its story
//! - [`extraction`]: which nodes are the article
//! - [`blocks`], [`run`], [`tables`], [`images`]: elements → blocks
//! - [`contacts`]: what the page would fetch; [`further_links`]: its links that stand in no block
//! - [`saved_notes`]: what a person wrote on the page before saving it
//! - [`furniture`]: what stands around a story
//! - [`selection`]: what is shown, and why the rest is not

pub mod blocks;
pub mod contacts;
pub mod displays;
pub mod dom;
pub mod encoding;
pub mod extraction;
pub mod furniture;
mod further_links;
pub mod images;
pub mod links;
pub mod metadata;
pub mod nesting;
pub mod run;
pub mod saved_notes;
pub mod selection;
pub mod tables;
pub mod twice_encoded;

pub use metadata::{authors, dates};

use dom_query::Document;

use crate::document::{Article, Block};
use crate::import::{Import, ImportError, Source, Warning};

/// The most tags of a page that is read. The HTML standard on one page, the largest page people save, has 300,000.
const MOST_TAGS: usize = 3_000_000;

/// The most nodes of a parsed page: a page can be written so that few tags become many elements.
const MOST_NODES: usize = 6_000_000;

/// Bytes at the start in which a page shows that it is one.
const SNIFFED_BYTES: usize = 2048;

/// Whether the bytes are certainly a web page: a document type, or the first element that every page has.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(SNIFFED_BYTES)).unwrap_or_default();
    let text = encoding::decode(head).text.to_ascii_lowercase();
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    loop {
        let behind = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->").map(|(_, behind)| behind)
        } else if let Some(declaration) = rest.strip_prefix("<?xml") {
            declaration.split_once("?>").map(|(_, behind)| behind)
        } else {
            break;
        };
        match behind {
            Some(behind) => rest = behind.trim_start(),
            // A comment longer than what is looked at: SingleFile's can be, and nothing else begins so.
            None => return rest.contains("singlefile") || rest.contains("saved from url"),
        }
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|start| {
        rest.strip_prefix(start).is_some_and(|behind| behind.starts_with(|c: char| c == '>' || c.is_whitespace()))
    })
}

/// Reads a page.
///
/// # Errors
/// [`ImportError::Empty`] where the page has no text, no image and no title; [`ImportError::TooLarge`] beyond the limits.
pub fn import(source: &Source) -> Result<Import, ImportError> {
    let decoded = encoding::decode(&source.bytes);
    let mut warnings: Vec<_> = decoded.warning().into_iter().collect();
    let (mut text, encoding) = (decoded.text, decoded.encoding);
    if let Some(meant) = twice_encoded::repair(&text) {
        text = meant;
        warnings
            .push(Warning::new("Some of the page's characters were encoded twice; they are shown as they were meant"));
    }
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let tags = text.bytes().filter(|byte| *byte == b'<').count();
    if tags > MOST_TAGS {
        return Err(too_large());
    }
    let limited = nesting::limit(&text);
    let mut too_deep = matches!(limited, std::borrow::Cow::Owned(_));
    let document = Document::from(limited.as_ref());
    if document.tree.len() > MOST_NODES {
        return Err(too_large());
    }
    too_deep |= dom::cap_nesting(&document);
    if too_deep {
        warnings.push(Warning::new(
            "The page nests its elements extremely deep; the deepest are shown as plain paragraphs",
        ));
    }
    dom::settle_streamed_parts(&document);
    let (article, whole) = read(&document, source);
    if article.blocks.is_empty() && article.metadata.title.is_empty() {
        return Err(ImportError::Empty);
    }
    if whole {
        warnings
            .push(Warning::new("No article could be told apart from the rest of the page, so the whole page is shown"));
    }
    Ok(Import { format: "HTML", encoding: Some(encoding), articles: vec![article], warnings })
}

fn too_large() -> ImportError {
    ImportError::TooLarge {
        detail: format!("the page has more than {MOST_TAGS} tags. Save the part you want to read as a page of its own"),
    }
}

/// The story of a parsed page, and whether the page had to be shown whole.
fn read(document: &Document, source: &Source) -> (Article, bool) {
    let stated = metadata::Statements::read(document);
    let mut metadata = stated.metadata();
    // Where the page was saved from, if what it came out of says so, is what its links are meant against.
    let saved_from = source.address.as_ref().filter(|(address, _)| links::is_web(address));
    let page = saved_from.map(|(address, _)| address.clone()).or_else(|| metadata.url.value().cloned());
    if let Some((address, from)) = saved_from {
        metadata.url.add(address.clone(), from.clone());
    }
    let base = stated.base_address(page.as_deref());
    let kept = extraction::extract(document).unwrap_or_default();
    let displays = displays::Displays::read(document);
    let images = images::Images::new(source, base.as_deref()).with_styles_of(document);
    let walker = blocks::Walker::new(&kept, &displays, images, base.as_deref(), page.as_deref());
    let root = document.body().unwrap_or_else(|| document.root());
    let (drafts, images) = walker.walk(&root);
    let resources = images.into_resources();
    let selection::Selection { blocks, whole, head } = if stated.is_own_export() {
        selection::show_all(drafts, &metadata)
    } else {
        selection::select(drafts, &metadata)
    };
    read_stated_minutes(&blocks, &mut metadata);
    metadata::byline::read(&head, &mut metadata);
    stated.read_last(document, &mut metadata);
    let contacts = contacts::collect(document, base.as_deref());
    let further_links = further_links::collect(document, &blocks, base.as_deref(), page.as_deref());
    let highlights = saved_notes::read(document);
    (Article { metadata, blocks, resources, contacts, further_links, highlights }, whole)
}

/// "3 min read" as a value of its own.
fn read_stated_minutes(blocks: &[Block], metadata: &mut crate::document::Metadata) {
    let minutes = blocks.iter().find_map(|block| furniture::stated_minutes(&block.plain_text()));
    if let Some(minutes) = minutes {
        metadata.stated_minutes.add(minutes, crate::document::Provenance::Text);
    }
}

#[cfg(test)]
mod tests;
