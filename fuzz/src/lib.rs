//! What the fuzz targets share: bytes are read by one importer, or a text is looked through, and what comes out has to hold
//! together. Says nothing of how well that is done.

use std::io::{Cursor, Write as _};

use recto::document::{Article, Block, Container, Envelope, RichText};
use recto::import::{FORMATS, Import, ImportError, Source, Watch, format, import};
use recto::insight::facts::facts;
use recto::insight::voices::voices;

/// Stack of a thread that an importer runs on, as large as the one that the program gives it.
const PARSER_STACK_BYTES: usize = 64 << 20;

/// Parts the names of an archive's entries from each other in what the fuzzer writes; no text in UTF-8 has it.
const SEPARATOR: u8 = 0xFF;

/// Crates whose panics are caught where they are called, and cost a picture or a selection. libFuzzer's own hook would end
/// the program before that.
const CAUGHT: [&str; 4] = ["mail-parser-", "dom_smoothie-", "resvg-", "usvg-"];

fn pass_caught_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let end = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let file = panic.location().map(|place| place.file()).unwrap_or_default();
            if !CAUGHT.iter().any(|name| file.contains(name)) {
                end(panic);
            }
        }));
    });
}

/// Reads bytes with the importer of this name, as a file of this name: the way that every file takes where it leads to that
/// importer, else straight.
///
/// # Panics
/// Where the importer does, or where its result breaks a promise: that is what fuzzing looks for.
pub fn read_as(format: &str, file: &str, bytes: &[u8]) {
    pass_caught_panics();
    let source = Source::named(format!("nowhere/{file}"), bytes);
    let Some(format) = FORMATS.iter().find(|known| known.name == format) else {
        panic!("no format has the name {format}");
    };
    // The panic hook of libFuzzer ends the program, whoever would catch the panic.
    let outcome = match format::detect(&source) {
        Ok(found) if std::ptr::eq(found, format) => import(&source),
        _ => std::thread::scope(|scope| {
            let parser = std::thread::Builder::new().stack_size(PARSER_STACK_BYTES);
            let read = || (format.import)(&source, &Watch::default());
            parser.spawn_scoped(scope, read).expect("a thread").join().expect("no panic")
        }),
    };
    check(outcome);
}

/// Reads an archive whose entries have these names, and what is written between [`SEPARATOR`]s as their content. Without a
/// check sum in the way, every byte reaches a parser.
pub fn read_packed(format: &str, file: &str, names: &[&str], bytes: &[u8]) {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in names.iter().zip(bytes.split(|byte| *byte == SEPARATOR)) {
        writer.start_file(*name, stored).expect("an entry");
        writer.write_all(content).expect("its content");
    }
    read_as(format, file, &writer.finish().expect("an archive").into_inner());
}

fn check(outcome: Result<Import, ImportError>) {
    match outcome {
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
        Err(ImportError::TooSlow) => panic!("it took too long"),
        Err(error) => assert!(error.to_string().len() > 30, "an error that says too little: {error}"),
    }
}

/// Languages whose words the rules know, and one whose words they do not.
const LANGUAGES: [&str; 8] = ["en", "de", "fr", "es", "it", "pt", "nl", "ja"];

/// Finds figures, dates and names in paragraphs, of which the first byte tells the language. Each fact has to hold its own
/// words, in the text's order, and the same ones again.
pub fn find_facts(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().map_or((0, &[][..]), |(first, rest)| (usize::from(*first), rest));
    let text = String::from_utf8_lossy(rest);
    let blocks = text.split("\n\n").map(|part| Block::paragraph(RichText::plain(part)));
    let mut article = Article { blocks: blocks.collect(), ..Article::default() };
    article.metadata.language.compute(LANGUAGES[first % LANGUAGES.len()].to_owned());
    if first & 8 != 0 {
        article.metadata.published.compute("2026-03-12".parse().expect("a date"));
    }
    let flat = article.flat_text();
    let found = facts(&article);
    let words = |range: recto::document::TextRange| {
        let words = range.of(flat.as_str()).expect("a range of the text");
        assert!(!words.is_empty() && words.trim() == words, "a fact of nothing");
    };
    found.figures.iter().for_each(|figure| words(figure.range));
    found.figures.iter().filter_map(|figure| figure.counted).for_each(words);
    found.dates.iter().for_each(|date| words(date.range));
    found.names.iter().flat_map(|name| name.mentions.iter().copied()).for_each(words);
    found.names.iter().filter_map(|name| name.introduction).for_each(words);
    assert!(found.figures.is_sorted_by_key(|figure| figure.range.start), "facts out of order");
    assert_eq!(facts(&article), found, "other facts from the same text");
}

/// Finds who says what in paragraphs, of which the first byte tells the language and which stand in a block quotation. Each
/// fact has to hold its own words, in the text's order, and the same ones again.
pub fn find_voices(bytes: &[u8]) {
    let (first, rest) = bytes.split_first().map_or((0, &[][..]), |(first, rest)| (usize::from(*first), rest));
    let text = String::from_utf8_lossy(rest);
    let blocks = text.split("\n\n").enumerate().map(|(number, part)| {
        let block = Block::paragraph(RichText::plain(part));
        let is_quoted = first & 8 != 0 && number % 3 > 0;
        if is_quoted { block.within(vec![Container::Quotation { quotation: 1 }]) } else { block }
    });
    let mut article = Article { blocks: blocks.collect(), ..Article::default() };
    article.metadata.language.compute(LANGUAGES[first % LANGUAGES.len()].to_owned());
    let flat = article.flat_text();
    let found = voices(&article);
    let mut last = 0;
    for quotation in &found.quotations {
        let words = quotation.range.of(flat.as_str()).expect("a range of the text");
        assert!(!words.is_empty() && words.trim() == words, "a quotation of nothing");
        assert!(quotation.range.start >= last, "facts out of order");
        last = quotation.range.start;
        if let Some(mention) = quotation.mention {
            assert!(!mention.of(flat.as_str()).expect("a range of the text").trim().is_empty(), "a mention of nothing");
        }
    }
    assert_eq!(voices(&article), found, "other facts from the same text");
}

/// Decodes a picture and asks for its size, as a page and a thumbnail do.
pub fn decode_picture(media_type: Option<&str>, bytes: &[u8]) {
    pass_caught_panics();
    let _ = recto::pictures::dimensions(bytes);
    if let Ok(picture) = recto::pictures::decode(bytes, media_type, 300, 300) {
        let pixels =
            usize::try_from(picture.width).expect("a width") * usize::try_from(picture.height).expect("a height");
        assert_eq!(picture.rgba.len(), pixels * 4, "as many bytes as pixels");
    }
}
