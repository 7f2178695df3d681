//! Books made in the test: EPUB 2 and 3, their notes, links, covers, locks, and what is wrong with them.

use crate::import::bundle::tests::{GIF, zip_of};
use crate::import::{Import, ImportError, Source, import, outline::outline};

const CONTAINER: &[u8] = b"<?xml version=\"1.0\"?><container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";

fn package(version: &str, metadata: &str, manifest: &str, spine: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"{version}\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:opf=\"http://www.idpf.org/2007/opf\">{metadata}</metadata><manifest>{manifest}</manifest>{spine}</package>"
    )
}

fn chapter(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"en\"><head><title/><link rel=\"stylesheet\" href=\"a.css\"/></head><body>{body}</body></html>"
    )
}

fn book(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut all: Vec<(&str, &[u8])> =
        vec![("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER)];
    all.extend(entries.iter().map(|(name, text)| (*name, text.as_bytes())));
    all.push(("OEBPS/images/co ver.gif", GIF));
    zip_of(&all)
}

fn read(bytes: Vec<u8>) -> Import {
    import(&Source::named("book.epub", bytes)).expect("it reads")
}

fn epub3() -> Vec<u8> {
    let metadata = "<dc:title id=\"t2\">A Novel</dc:title><dc:title id=\"t1\">The Ferry</dc:title><meta refines=\"#t1\" property=\"title-type\">main</meta><dc:creator id=\"c1\">Ann Lee</dc:creator><meta refines=\"#c1\" property=\"role\">aut</meta><dc:creator id=\"c2\">Bo Li</dc:creator><meta refines=\"#c2\" property=\"role\">ill</meta><dc:language>en-GB</dc:language><dc:publisher>Harbour Press</dc:publisher><dc:date>2026-03</dc:date><meta property=\"dcterms:modified\">2026-04-01T10:00:00Z</meta><dc:subject>Sea</dc:subject><dc:description>&lt;p&gt;A &lt;b&gt;crossing&lt;/b&gt;.&lt;/p&gt;</dc:description>";
    let manifest = "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/><item id=\"one\" href=\"text/one%20a.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"two\" href=\"text/two.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"cover\" href=\"images/co%20ver.gif\" media-type=\"image/gif\" properties=\"cover-image\"/>";
    let spine = "<spine><itemref idref=\"one\"/><itemref idref=\"two\"/></spine>";
    let nav = chapter(
        "<nav epub:type=\"landmarks\"><ol><li><a href=\"text/two.xhtml\">Bodymatter</a></li></ol></nav><nav epub:type=\"toc\"><ol><li><a href=\"text/one%20a.xhtml\">Departure</a><ol><li><a href=\"text/two.xhtml#s\">Arrival</a></li></ol></li></ol></nav>",
    );
    let one = chapter(
        "<h1 id=\"top\">One</h1><p>She left<a epub:type=\"noteref\" href=\"#n1\">1</a>, see <a href=\"two.xhtml#s\">there</a> and <a href=\"two.xhtml\">all of it</a>, or <a href=\"https://sea.example/\">the sea</a> or <a href=\"map.pdf\">a map</a>.</p><a id=\"x\"/><aside epub:type=\"footnote\" id=\"n1\"><p>At dawn.</p></aside>",
    );
    let two = chapter(
        "<div><svg xmlns=\"http://www.w3.org/2000/svg\"><image xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"../images/co%20ver.gif\"/></svg><p id=\"s\">She came back to <a href=\"one%20a.xhtml#top\">the top</a><a href=\"#n1\">1</a>.</p><aside epub:type=\"footnote\" id=\"n1\"><p>By noon.</p></aside></div>",
    );
    book(&[
        ("OEBPS/book.opf", &package("3.0", metadata, manifest, spine)),
        ("OEBPS/nav.xhtml", &nav),
        ("OEBPS/text/one a.xhtml", &one),
        ("OEBPS/text/two.xhtml", &two),
    ])
}

#[test]
fn a_book_is_one_story_with_notes_and_links_in_it() {
    let import = read(epub3());
    assert_eq!((import.format, import.articles.len(), import.warnings.len()), ("EPUB", 1, 0));
    let article = &import.articles[0];
    let expected = "img0 alt=Cover\nh1 One #top\np She left<superscript>";
    let text = outline(article);
    assert!(text.starts_with("img0 alt=Cover"), "{text}\n{expected}");
    for line in [
        "<a #n1.1>1</a>",
        "<a #s>there</a> and <a #chapter.2>all of it</a>, or <a https://sea.example/>the sea</a> or a map.",
        "[^1] p At dawn.",
        "h3 Arrival",
        "She came back to <a #top>the top</a>",
        "[^1] p By noon.",
        "#n1.2",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // Every link in the book leads to a block.
    let places: Vec<&String> = article.blocks.iter().flat_map(|block| &block.fragments).collect();
    for target in ["top", "s", "chapter.2", "n1.1", "n1.2"] {
        assert!(places.iter().any(|place| *place == target), "{target} {places:?}\n{text}");
    }
    assert!(article.resources.iter().all(|resource| resource.bytes().is_some()));
    let metadata = &article.metadata;
    assert_eq!(article.title(), Some("The Ferry"));
    assert_eq!(metadata.authors.value(), Some(&vec!["Ann Lee".to_owned()]));
    assert_eq!(
        metadata.published.first().map(|r| format!("{} {}", r.value, r.from)).as_deref(),
        Some("2026-03 field dc:date")
    );
    assert_eq!(metadata.description.value().map(String::as_str), Some("A crossing."));
    assert_eq!(metadata.language.value().map(String::as_str), Some("en-GB"));
}

#[test]
fn an_older_book_is_read_by_its_own_contents() {
    let metadata = "<dc:title>The Ferry</dc:title><dc:creator opf:role=\"aut\">Ann Lee</dc:creator><dc:date opf:event=\"modification\">2026-04-01</dc:date><dc:date opf:event=\"publication\">1911</dc:date><meta name=\"cover\" content=\"c\"/>";
    let manifest = "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/><item id=\"one\" href=\"one.html\" media-type=\"application/xhtml+xml\"/><item id=\"two\" href=\"gone.html\" media-type=\"application/xhtml+xml\"/><item id=\"c\" href=\"images/co%20ver.gif\" media-type=\"image/gif\"/>";
    let ncx = "<ncx><navMap><navPoint><navLabel><text>Chapter the First</text></navLabel><content src=\"one.html#a\"/></navPoint></navMap></ncx>";
    let bytes = book(&[
        (
            "OEBPS/book.opf",
            &package(
                "2.0",
                metadata,
                manifest,
                "<spine toc=\"ncx\"><itemref idref=\"one\"/><itemref idref=\"two\"/></spine>",
            ),
        ),
        ("OEBPS/toc.ncx", ncx),
        ("OEBPS/one.html", &chapter("<p>She left.&nbsp;<br/>So.</p>")),
    ]);
    let import = read(bytes);
    let article = &import.articles[0];
    assert_eq!(
        outline(article),
        "img0 alt=Cover lang=en\nh2 Chapter the First lang=en\np She left.\u{A0}⏎So. lang=en"
            .replace("img0 alt=Cover lang=en", "img0 alt=Cover")
    );
    assert_eq!(article.metadata.published.value().map(ToString::to_string).as_deref(), Some("1911"));
}

#[test]
fn a_locked_book_is_refused_and_obfuscated_fonts_are_not_a_lock() {
    let manifest = "<item id=\"one\" href=\"one.html\" media-type=\"application/xhtml+xml\"/>";
    let encryption = |algorithm: &str, name: &str| {
        format!(
            "<encryption xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\"><enc:EncryptedData><enc:EncryptionMethod Algorithm=\"{algorithm}\"/><enc:CipherData><enc:CipherReference URI=\"{name}\"/></enc:CipherData></enc:EncryptedData></encryption>"
        )
    };
    let with = |encryption: &str, rights: bool| {
        let package = package("3.0", "<dc:title>T</dc:title>", manifest, "<spine><itemref idref=\"one\"/></spine>");
        let one = chapter("<p>Text.</p>");
        let mut entries = vec![
            ("OEBPS/book.opf", package.as_str()),
            ("OEBPS/one.html", one.as_str()),
            ("META-INF/encryption.xml", encryption),
        ];
        if rights {
            entries.push(("META-INF/rights.xml", "<rights/>"));
        }
        import(&Source::named("book.epub", book(&entries)))
    };
    let aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    assert_eq!(with(&encryption(aes, "OEBPS/one.html"), true).err(), Some(ImportError::Locked { by: Some("Adobe") }));
    assert!(with(&encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf"), false).is_ok());
    assert!(with(&encryption("http://ns.adobe.com/pdf/enc#RC", "OEBPS/font.otf"), false).is_ok());
}

#[test]
fn damaged_books_are_read_as_far_as_they_go() {
    let manifest = "<item id=\"one\" href=\"one.html\" media-type=\"application/xhtml+xml\"/><item id=\"two\" href=\"two.html\" media-type=\"application/xhtml+xml\"/>";
    // No container file, no spine.
    let bytes = zip_of(&[
        ("mimetype", b"application/epub+zip"),
        ("book.opf", package("3.0", "", manifest, "").as_bytes()),
        ("one.html", chapter("<p>One.</p>").as_bytes()),
        ("two.html", chapter("<p>Two").as_bytes()),
    ]);
    assert_eq!(read(bytes).articles[0].body_text(), "One.\n\nTwo");
    let error =
        import(&Source::named("a.epub", zip_of(&[("mimetype", b"application/epub+zip")]))).expect_err("no package");
    assert!(error.to_string().contains("no package document"), "{error}");
    let deep = format!("{}x", "<div>".repeat(50_000));
    let bytes = book(&[("OEBPS/book.opf", &package("3.0", "", manifest, "")), ("OEBPS/one.html", &chapter(&deep))]);
    assert_eq!(read(bytes).articles[0].body_text(), "x");
}

#[test]
fn a_long_book_begins_with_its_first_chapters() {
    let names: Vec<String> = (0..60).map(|number| format!("OEBPS/c{number}.html")).collect();
    let chapters: Vec<String> = (0..60)
        .map(|number| chapter(&format!("<h2>Chapter {number}</h2>{}", "<p>The ferry leaves at six.</p>".repeat(130))))
        .collect();
    let items: String = (0..60)
        .map(|n| format!("<item id=\"c{n}\" href=\"c{n}.html\" media-type=\"application/xhtml+xml\"/>"))
        .collect();
    let refs: String = (0..60).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
    let package = package("3.0", "<dc:title>Tides</dc:title>", &items, &format!("<spine>{refs}</spine>"));
    // What makes a book's file long are mostly its pictures.
    let mut state = 1u32;
    let picture: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    })
    .take(600_000)
    .collect();
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/images/map.png", &picture),
    ];
    entries.extend(names.iter().zip(&chapters).map(|(name, text)| (name.as_str(), text.as_bytes())));
    let source = Source::named("book.epub", zip_of(&entries));
    let beginning = crate::import::import_beginning(&source).expect("a beginning").articles.remove(0);
    let whole = import(&source).expect("it reads").articles.remove(0);
    assert_eq!((beginning.title(), whole.blocks.len()), (Some("Tides"), 60 * 131));
    assert!((1_000..5_000).contains(&beginning.blocks.len()), "{}", beginning.blocks.len());
    assert!(whole.flat_text().as_str().starts_with(beginning.flat_text().as_str()));
}
