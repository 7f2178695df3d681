//! The beginning of a long source, to be read while the rest is. What it says of the whole (its words, its dates, its
//! people) is not to be relied upon.

use super::{Import, Source, format};
use crate::archive::Budget;
use crate::document::{Block, Content};

/// Bytes from which a source is long: shorter ones are read whole before a window could be drawn.
const LONG_BYTES: usize = 512 << 10;
/// Bytes that the beginning is taken from. A large window shows less than 10 kB of text.
const BEGINNING_BYTES: usize = 64 << 10;
/// Bytes of a page in which its body has to begin: styles and scripts may stand before it.
const LONGEST_HEAD_BYTES: usize = 256 << 10;
/// Shown characters that fill any window: with less, what is shown may not be the article at all.
const FEWEST_CHARACTERS: usize = 5_000;
/// Bytes of a line that says where a link leads, or what a note says.
const LONGEST_DEFINITION: usize = 2_000;
/// A picture fills as much of a window as so many of them.
const CHARACTERS_OF_A_PICTURE: usize = 300;

/// Whether a source is so long that somebody would wait for it.
pub fn is_long(source: &Source) -> bool {
    source.bytes.len() >= LONG_BYTES
}

/// Reads the beginning of a long source: one article that begins as the whole does. `None` where the source is short, where it
/// is of a format that cannot be read in part, or where too little stands at its head to be worth showing.
pub fn import_beginning(source: &Source) -> Option<Import> {
    if !is_long(source) {
        return None;
    }
    let part = (format::detect(source).ok()?.beginning)(source)?;
    let import = super::import(&part).ok()?;
    let [article] = import.articles.as_slice() else { return None };
    let shown = article.blocks.iter().filter(|block| block.is_shown());
    let room: usize = shown.map(|block| block.plain_text().chars().count() + pictures(block)).sum();
    (room >= FEWEST_CHARACTERS).then_some(import)
}

fn pictures(block: &Block) -> usize {
    if matches!(block.content, Content::Figure(_)) { CHARACTERS_OF_A_PICTURE } else { 0 }
}

/// The beginning of text.
pub(super) fn of_text(source: &Source) -> Option<Source> {
    let head = source.bytes.get(..BEGINNING_BYTES)?;
    Some(Source { bytes: cut(head).into(), ..source.clone() })
}

/// The beginning of a page: its head, and as much of its body. None of one that was saved while parts of it were still to be moved
/// to their places: they come last.
pub(super) fn of_page(source: &Source) -> Option<Source> {
    let head = source.bytes.get(..LONGEST_HEAD_BYTES.min(source.bytes.len()))?;
    let body = memchr::memmem::find(head, b"<body").or_else(|| memchr::memmem::find(head, b"<BODY")).unwrap_or(0);
    let head = source.bytes.get(..body + BEGINNING_BYTES)?;
    let is_streamed = memchr::memmem::find(head, b"<div hidden id=\"S:").is_some();
    (!is_streamed).then(|| Source { bytes: cut(head).into(), ..source.clone() })
}

/// The beginning of Markdown, with what the rest says of links and notes that are named in it.
pub(super) fn of_markdown(source: &Source) -> Option<Source> {
    let head = cut(source.bytes.get(..BEGINNING_BYTES)?);
    let mut bytes = head.to_vec();
    let rest = source.bytes.get(head.len()..).unwrap_or_default();
    for at in memchr::memmem::find_iter(rest, b"\n[") {
        let line = rest.get(at + 1..).unwrap_or_default();
        let line = line.get(..memchr::memchr(b'\n', line).unwrap_or(line.len())).unwrap_or_default();
        if memchr::memmem::find(line, b"]:").is_some() && line.len() < LONGEST_DEFINITION {
            bytes.extend_from_slice(b"\n\n");
            bytes.extend_from_slice(line);
        }
        if bytes.len() > 2 * BEGINNING_BYTES {
            break;
        }
    }
    Some(Source { bytes: bytes.into(), ..source.clone() })
}

/// Bytes of text without what was cut through at their end: whole paragraphs where there are any, whole lines where there are
/// any, whole characters in any case.
fn cut(head: &[u8]) -> &[u8] {
    let last = |what: &[u8]| memchr::memmem::rfind(head, what).map(|at| at + what.len());
    let last = |what: &[u8]| last(what).filter(|end| *end > head.len() - BEGINNING_BYTES / 2);
    let characters = || match std::str::from_utf8(head) {
        Ok(_) => head.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        // In older encodings a letter may be two bytes, of which the first is none of ASCII.
        Err(_) => head.iter().rposition(u8::is_ascii_whitespace).unwrap_or(head.len()),
    };
    // Of UTF-16 and UTF-32, which have NULs beside all that is ASCII, the whole units.
    let end = if head.contains(&0) {
        head.len() & !3
    } else {
        last(b"\n\n").or_else(|| last(b"\r\n\r\n")).or_else(|| last(b"\n")).unwrap_or_else(characters)
    };
    head.get(..end).unwrap_or(head)
}

/// The beginning of a book, which its importer cuts itself. What it unpacks is not counted against the whole.
pub(super) fn of_book(source: &Source) -> Option<Source> {
    Some(Source { is_beginning: true, budget: Budget::default(), ..source.clone() })
}

/// How many chapters of these sizes in bytes make a book's beginning; `None` where they are all of it, or one of them is too
/// long to be read twice.
pub(super) fn chapters(sizes: impl IntoIterator<Item = u64>) -> Option<usize> {
    let (mut total, mut count) = (0, 0);
    for size in sizes {
        if total >= BEGINNING_BYTES as u64 {
            return (total <= 8 * BEGINNING_BYTES as u64).then_some(count);
        }
        total += size;
        count += 1;
    }
    None
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
            ("漢字.txt", paragraphs(12_000, "", |_| "船は六時に島を出る。".repeat(3)).into_bytes()),
            ("ä.txt", paragraphs(6_000, " ", |line| line.replace('e', "ä")).into_bytes()),
            ("a.md", paragraphs(6_000, "\n\n", plain).into_bytes()),
            (
                "code.md",
                format!("# Code\n\n```rust\n{}\n```\n", paragraphs(6_000, "\n", |_| "let tide = high();".into()))
                    .repeat(6)
                    .into_bytes(),
            ),
            ("a.html", page(&paragraphs(6_000, "\n", |line| format!("<p>{line}</p>"))).into_bytes()),
            ("table.html", page(&format!("<p>Times.</p><table>{}</table>", paragraphs(6_000, "", row))).into_bytes()),
        ] {
            let source = Source::named(name, bytes);
            let beginning = import_beginning(&source).unwrap_or_else(|| panic!("{name} has a beginning"));
            let (part, whole) = (flat(&beginning), flat(&import(&source).unwrap()));
            assert!(part.len() < BEGINNING_BYTES + 100 && part.len() > FEWEST_CHARACTERS, "{name}: {}", part.len());
            assert!(whole.starts_with(part.trim_end()), "{name}: {:?}", part.get(part.len() - 60..));
            assert!(beginning.warnings.is_empty(), "{name}: {:?}", beginning.warnings);
        }
    }

    #[test]
    fn links_and_notes_are_known_from_the_beginning() {
        let text = format!(
            "See [the tables][tides] and the note.[^1]\n\n{}\n\n[tides]: https://tides.example/\n[^1]: Of last year.\n",
            paragraphs(6_000, "\n\n", str::to_owned)
        );
        let source = Source::named("a.md", text.into_bytes());
        let (part, whole) = (import_beginning(&source).unwrap(), import(&source).unwrap());
        assert_eq!(part.articles[0].blocks[0], whole.articles[0].blocks[0]);
        assert!(whole.articles[0].blocks[0].plain_text().starts_with("See the tables and the note."));
    }

    #[test]
    fn chapters_are_whole_and_few() {
        let kb = |sizes: &[u64]| chapters(sizes.iter().map(|size| size << 10));
        for (sizes, expected) in [
            (&[40, 40, 40, 40, 40][..], Some(2)),
            (&[200, 40], Some(1)),
            (&[40, 40], None),
            (&[40, 3_000, 40], None),
            (&[3_000], None),
            (&[], None),
        ] {
            assert_eq!(kb(sizes), expected, "{sizes:?}");
        }
    }

    #[test]
    fn what_is_short_or_says_little_at_its_head_has_none() {
        let sentence = "Nothing stands here that is worth reading. ";
        for (name, text) in [
            ("short.txt", sentence.repeat(1_000)),
            (
                "streamed.html",
                format!("<p>{}<div hidden id=\"S:0\">", sentence.repeat(20_000)).replacen(
                    "<p>",
                    "<p><div hidden id=\"S:1\"></div>",
                    1,
                ),
            ),
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
