//! The beginning of a long source, to be read while the rest is. What it says of the whole (its words, its dates, its
//! people) is not to be relied upon.

use super::{Import, Source, format};
use crate::document::{Block, Content};

/// Bytes from which a source is long: shorter ones are read whole before a window could be drawn.
const LONG_BYTES: usize = 512 << 10;
/// Bytes that the beginning is taken from. A large window shows less than 10 kB of text; a page's markup, and what stands above
/// its article, may be many times that.
const BEGINNING_BYTES: usize = 128 << 10;
/// Shown words, in a language that has spaces, that fill any window: with less, what is shown may not be the article at all.
const FEWEST_WORDS: usize = 1_000;
/// A picture fills as much of a window as so many words.
const WORDS_OF_A_PICTURE: usize = 60;

/// Reads the beginning of a long source: one article that begins as the whole does. `None` where the source is short, where it
/// is of a format that cannot be read in part, or where too little stands at its head to be worth showing.
pub fn import_beginning(source: &Source) -> Option<Import> {
    if source.bytes.len() < LONG_BYTES {
        return None;
    }
    let part = (format::detect(source).ok()?.beginning)(source)?;
    let import = super::import(&part).ok()?;
    let [article] = import.articles.as_slice() else { return None };
    let shown = article.blocks.iter().filter(|block| block.is_shown());
    let room: usize = shown.map(|block| block.plain_text().split_whitespace().count() + pictures(block)).sum();
    (room >= FEWEST_WORDS).then_some(import)
}

fn pictures(block: &Block) -> usize {
    if matches!(block.content, Content::Figure(_)) { WORDS_OF_A_PICTURE } else { 0 }
}

/// The beginning of text, marked up or not: whole paragraphs where there are any, whole lines where there are any, whole
/// characters in any case.
pub(super) fn of_text(source: &Source) -> Option<Source> {
    let head = source.bytes.get(..BEGINNING_BYTES)?;
    let last = |what: &[u8]| memchr::memmem::rfind(head, what).map(|at| at + what.len());
    let paragraphs = last(b"\n\n").or_else(|| last(b"\r\n\r\n")).filter(|end| *end > BEGINNING_BYTES / 2);
    // Of UTF-16 and UTF-32, which have NULs beside all that is ASCII, the whole units.
    let end = if head.contains(&0) {
        BEGINNING_BYTES
    } else {
        let characters = || head.iter().rposition(|byte| *byte < 0x80 || *byte >= 0xC0).unwrap_or(BEGINNING_BYTES);
        paragraphs.or_else(|| last(b"\n").filter(|end| *end > BEGINNING_BYTES / 2)).unwrap_or_else(characters)
    };
    Some(Source { bytes: head.get(..end)?.into(), ..source.clone() })
}

/// The beginning of a book, which its importer cuts itself.
pub(super) fn of_book(source: &Source) -> Option<Source> {
    Some(Source { is_beginning: true, ..source.clone() })
}

/// Whether so much of a book has been read that it is enough for its beginning.
pub(super) fn is_enough(bytes: usize) -> bool {
    bytes >= BEGINNING_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;

    fn paragraphs(count: usize, separator: &str, mark: impl Fn(&str) -> String) -> String {
        let words = "The ferry to Harrow Island leaves at six, when the tide has turned and the gulls are quiet";
        let lines: Vec<_> = (0..count).map(|number| mark(&format!("{words} on day {number}."))).collect();
        lines.join(separator)
    }

    fn flat(import: &Import) -> String {
        import.articles[0].flat_text().as_str().to_owned()
    }

    #[test]
    fn a_long_text_begins_as_the_whole_does() {
        let plain = |line: &str| line.to_owned();
        let utf16 = |text: &str| {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
        };
        let row = |line: &str| format!("<tr><td>{line}<td>12</tr>");
        let page = |body: &str| {
            format!(
                "<!DOCTYPE html><html><head><title>Tides</title></head><body><article><h1>Tides</h1>{body}</article></body></html>"
            )
        };
        for (name, bytes) in [
            ("a.txt", paragraphs(6_000, "\n\n", plain).into_bytes()),
            ("one paragraph.txt", paragraphs(6_000, " ", plain).into_bytes()),
            ("wrapped.txt", paragraphs(6_000, "\r\n", plain).into_bytes()),
            ("utf-16.txt", utf16(&paragraphs(6_000, "\n\n", plain))),
            ("ä.txt", paragraphs(6_000, " ", |line| line.replace('e', "ä")).into_bytes()),
            ("a.md", paragraphs(6_000, "\n\n", plain).into_bytes()),
            (
                "code.md",
                format!("# Code\n\n```rust\n{}\n```\n", paragraphs(6_000, "\n", |_| "let tide = high();".into()))
                    .repeat(4)
                    .into_bytes(),
            ),
            ("a.html", page(&paragraphs(6_000, "\n", |line| format!("<p>{line}</p>"))).into_bytes()),
            ("table.html", page(&format!("<p>Times.</p><table>{}</table>", paragraphs(6_000, "", row))).into_bytes()),
        ] {
            let source = Source::named(name, bytes);
            let beginning = import_beginning(&source).unwrap_or_else(|| panic!("{name} has a beginning"));
            let (part, whole) = (flat(&beginning), flat(&import(&source).unwrap()));
            assert!(part.len() < BEGINNING_BYTES + 100 && part.len() > FEWEST_WORDS * 3, "{name}: {}", part.len());
            assert!(whole.starts_with(part.trim_end()), "{name}: {:?}", part.get(part.len() - 60..));
            assert!(beginning.warnings.is_empty(), "{name}: {:?}", beginning.warnings);
        }
    }

    #[test]
    fn what_is_short_or_says_little_at_its_head_has_none() {
        let sentence = "Nothing stands here that is worth reading. ";
        for (name, text) in [
            ("short.txt", sentence.repeat(1_000)),
            ("style.html", format!("<style>{}</style><p>{sentence}", "p { color: red } ".repeat(60_000))),
            (
                "feed.json",
                format!(
                    r#"{{"version": "https://jsonfeed.org/version/1", "items": [{{"content_text": "{}"}}]}}"#,
                    sentence.repeat(20_000)
                ),
            ),
        ] {
            assert!(import_beginning(&Source::named(name, text.into_bytes())).is_none(), "{name}");
        }
    }
}
