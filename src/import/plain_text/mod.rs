//! Plain text → one article. Nothing in a text file says what its lines are; all of it is judged from their shape first
//! (length, punctuation, position, blank lines) and from word lists second. What is judged to be furniture of a web page
//! is set aside with a reason, and only where there is evidence that the text was a web page at all.
//!
//! - [`lines`]: the text's lines, any line ending, and what can be asked of one
//! - [`wrapping`]: hard-wrapped lines joined again
//! - [`lexicon`]: the word lists in `assets/lexicons`
//! - [`evidence`]: whether the text was pasted from a web page
//! - [`stretch`]: where on a page its article is, roughly
//! - [`features`]: what each line looks like, in numbers
//! - [`labelling`]: which lines are the article's, by those numbers
//! - [`furniture`]: what the others are
//! - [`head`]: title, authors, dates, site, address
//! - [`mail`]: the head of an e-mail
//! - [`dates`]: dates as they are written in seven languages
//! - [`reading_time`]: "3 min read" in as many
//! - [`forming`]: lines → blocks

mod dates;
mod evidence;
mod features;
mod forming;
mod furniture;
mod head;
mod labelling;
mod lexicon;
mod lines;
mod mail;
mod reading_time;
mod stretch;
mod wrapping;

use std::ops::Range;

use crate::document::{Article, Block, OmissionReason, RichText, Role};

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
    let mut warnings: Vec<_> = decoded.warning().into_iter().collect();
    let (text, controls) = lines::without_controls(&decoded.text);
    if controls > 0 {
        let characters = if controls == 1 { "control character was" } else { "control characters were" };
        warnings.push(Warning::new(format!("{controls} {characters} left out")));
    }
    let mut article = read(&text);
    if article.blocks.is_empty() && !text.trim().is_empty() {
        // Nothing but marks of quotations.
        article.blocks.push(Block::paragraph(RichText::plain(text.trim())));
    }
    if article.blocks.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Import { format: "Plain text", encoding: Some(decoded.encoding), articles: vec![article], warnings })
}

/// One line of a text as [`labelling`] sees it, for training and for finding out why a line is shown or left out.
#[derive(Clone, Debug)]
pub struct LineDescription {
    /// The line's number in the text, from 1; of lines that were joined, the first's.
    pub number: usize,
    /// Words apart by white space.
    pub words: usize,
    /// The values of [`feature_names`], in their order.
    pub features: Vec<f32>,
}

/// The names of the features that [`describe_lines`] gives.
pub fn feature_names() -> &'static [&'static str] {
    &features::NAMES
}

/// Describes the lines of a text, and says whether it is taken for a web page at all.
pub fn describe_lines(text: &str) -> (bool, Vec<LineDescription>) {
    let lines = wrapping::unwrap_lines(lines::split(text));
    let views = lexicon::classify(&lines);
    let described = described(&lines, &views, &stretch::find(&lines, &views));
    let rows = lines.iter().zip(&views).zip(described).map(|((line, view), features)| LineDescription {
        number: line.number,
        words: view.words,
        features: features.to_vec(),
    });
    (evidence::is_page(&lines, &views), rows.collect())
}

fn described(lines: &[lines::Line<'_>], views: &[lexicon::View], stretch: &Range<usize>) -> Vec<features::Features> {
    features::describe(lines, views, stretch, &furniture::decide(lines, views, stretch))
}

/// Text without control characters → an article.
fn read(text: &str) -> Article {
    let lines = wrapping::unwrap_lines(lines::split(text));
    let views = lexicon::classify(&lines);
    if evidence::is_page(&lines, &views) {
        let stretch = stretch::find(&lines, &views);
        let mut labels = labelling::label(&described(&lines, &views, &stretch), &views);
        stretch::rejoin(&mut labels, &views, &stretch);
        let body = furniture::span(&labels);
        let mut decisions = furniture::decide_labelled(&lines, &views, &labels, &body);
        let metadata = head::read_page(&lines, &views, &body, &mut decisions);
        Article { metadata, blocks: forming::page(&lines, &decisions), ..Article::default() }
    } else {
        let mut decisions = vec![Decision::default(); lines.len()];
        let metadata = head::read_text(&lines, &mut decisions);
        Article { metadata, blocks: forming::text(&lines, &decisions), ..Article::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Container, Content};
    use proptest::prelude::*;

    fn article(bytes: &[u8]) -> Article {
        import(&Source::from_bytes(bytes)).expect("text").articles.remove(0)
    }

    /// What text may lose on its way into blocks: white space, marks of lists, rules and quotations, hyphens at a margin.
    fn kept(text: &str) -> String {
        text.chars().filter(|c| c.is_alphabetic()).collect()
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = crate::import::import(&Source::from_bytes(bytes.clone()));
            if let Ok(import) = import(&Source::from_bytes(bytes)) {
                for block in &import.articles[0].blocks {
                    prop_assert!(block.rich_text().is_none_or(crate::document::RichText::is_valid));
                }
            }
        }

        #[test]
        fn nothing_is_dropped(
            lines in prop::collection::vec(
                prop_oneof![
                    Just(String::new()),
                    "[ \t]{0,5}(-|>|>>|\\*|[0-9]{1,2}\\.|a\\)|```|\\[ \\]|)[ ]?[A-Za-zéß .,:-]{0,90}",
                    "(Share this|Related|3 Min Read|Comments|By Ann Vale|4 March 2026|From: a|Subject: b|To: c|====|----|© 2026 Courier)",
                    "[A-Za-z ,]{80,200}\\.",
                    "\\PC{0,40}",
                ],
                0..40,
            ),
        ) {
            let text = lines.join("\n");
            if let Ok(import) = import(&Source::from_bytes(text.clone().into_bytes())) {
                let blocks = &import.articles[0].blocks;
                let mut read = String::new();
                for block in blocks {
                    if let Content::Code { language: Some(language), .. } = &block.content {
                        read.push_str(language);
                    }
                    // The mark of a ticked box is the item's state.
                    let is_ticked = block.containers.iter().any(|c| matches!(c, Container::ListItem { marker: crate::document::Marker::Task(true), .. }));
                    prop_assert!(!is_ticked || text.contains("[x]") || text.contains("[X]"));
                    read.push_str(&block.plain_text());
                    prop_assert!(block.rich_text().is_none_or(crate::document::RichText::is_valid));
                }
                let clean = lines::without_controls(&text).0.replace("[x] ", "").replace("[X] ", "");
                prop_assert_eq!(kept(&read), kept(&clean));
            }
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_said() {
        let import = import(&Source::from_bytes(&b"K\xC3\xA4se, \xC3\x96l, M\xC3\xBChe \xFF\n"[..])).expect("text");
        assert_eq!(import.warnings, [Warning::new("1 byte could not be decoded as UTF-8 and became \u{FFFD}")]);
    }

    #[test]
    fn tables_and_code_are_formed() {
        let blocks = article(b"Sailings\n\nPort\tTime\nHarrow\t06:30\nNether\t06:42\n\nTo build it:\n\n    $ make all\n    $ make install\n").blocks;
        assert!(matches!(&blocks[1].content, Content::Table(table) if table.rows.len() == 3));
        assert!(matches!(&blocks[3].content, Content::Code { text, .. } if text == "$ make all\n$ make install"));
    }

    #[test]
    fn lists_nest() {
        let blocks = article(b"Shopping\n\n- fruit\n  - pears\n  - plums\n- bread\n").blocks;
        let path = |i: usize| {
            blocks[i]
                .containers
                .iter()
                .map(|c| match c {
                    Container::ListItem { list, item, .. } => (*list, *item),
                    _ => (99, 99),
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            [path(1), path(2), path(3), path(4)],
            [vec![(0, 0)], vec![(0, 0), (1, 0)], vec![(0, 0), (1, 1)], vec![(0, 1)]]
        );
    }
}
