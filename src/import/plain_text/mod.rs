//! Plain text → one article. Nothing in a text file says what its lines are; all of it is judged from their shape first
//! (length, punctuation, position, blank lines) and from word lists second. What is judged to be furniture of a web page
//! is set aside with a reason, and only where there is evidence that the text was a web page at all.
//!
//! - [`lines`]: the text's lines, any line ending, and what can be asked of one
//! - [`wrapping`]: hard-wrapped lines joined again
//! - [`lexicon`]: the word lists in `assets/lexicons`
//! - [`evidence`]: whether the text was pasted from a web page
//! - [`stretch`]: which lines of a page are its article
//! - [`furniture`]: what the others are
//! - [`head`]: title, authors, dates, site, address
//! - [`dates`]: dates as they are written in seven languages
//! - [`reading_time`]: "3 min read" in as many
//! - [`forming`]: lines → blocks

mod dates;
mod evidence;
mod forming;
mod furniture;
mod head;
mod lexicon;
mod lines;
mod reading_time;
mod stretch;
mod wrapping;

use crate::document::{Article, OmissionReason, Role};

use super::{Import, ImportError, Source, Warning, encoding};

/// What was decided about one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Decision {
    role: Role,
    omitted: Option<OmissionReason>,
}

/// Reads a text file or pasted text.
///
/// # Errors
/// [`ImportError::Empty`] where nothing but white space is left.
pub(super) fn import(source: &Source) -> Result<Import, ImportError> {
    let decoded = encoding::decode(&source.bytes);
    let mut warnings = Vec::new();
    if decoded.undecodable_bytes > 0 {
        let bytes = if decoded.undecodable_bytes == 1 { "byte" } else { "bytes" };
        warnings.push(Warning::new(format!(
            "{} {bytes} could not be decoded as {} and became \u{FFFD}",
            decoded.undecodable_bytes, decoded.encoding
        )));
    }
    let (text, controls) = lines::without_controls(&decoded.text);
    if controls > 0 {
        let characters = if controls == 1 { "control character was" } else { "control characters were" };
        warnings.push(Warning::new(format!("{controls} {characters} left out")));
    }
    let article = read(&text);
    if article.blocks.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Import { format: "Plain text", encoding: Some(decoded.encoding), articles: vec![article], warnings })
}

/// Text without control characters → an article.
fn read(text: &str) -> Article {
    let lines = wrapping::unwrap_lines(lines::split(text));
    let views = lexicon::classify(&lines);
    if evidence::is_page(&lines, &views) {
        let body = stretch::find(&lines, &views);
        let mut decisions = furniture::decide(&lines, &views, &body);
        let metadata = head::read_page(&lines, &views, &body, &mut decisions);
        Article { metadata, blocks: forming::page(&lines, &decisions), ..Article::default() }
    } else {
        let mut decisions = vec![Decision::default(); lines.len()];
        let metadata = head::read_text(&lines, &mut decisions);
        Article { metadata, blocks: forming::text(&lines, &decisions), ..Article::default() }
    }
}
