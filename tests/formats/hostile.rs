//! Files that are made to do harm, and names that lead out: bombs of every kind, nesting, entities. Each ends soon, in a
//! story, a warning or an error that says what to do.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::make::{GIF, gzip, zip, zip_texts, zstd};
use crate::{is_sound, open, warnings};
use recto::import::{Import, ImportError, Source, import};
use recto::pictures::{PictureError, decode, dimensions};

/// What any of them may take, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

/// Reads what may be refused.
pub(crate) fn survive(name: &str, bytes: impl AsRef<[u8]>) -> Result<Import, ImportError> {
    let began = Instant::now();
    let outcome = import(&Source::named(format!("nowhere/{name}"), bytes.as_ref()));
    assert!(began.elapsed() < LONGEST, "{name} took {:?}", began.elapsed());
    match &outcome {
        Ok(read) => assert!(read.articles.iter().all(is_sound), "{name}"),
        Err(ImportError::Panicked { detail }) => panic!("{name}: {detail}"),
        Err(error) => assert!(error.to_string().len() > 40, "{name}: {error}"),
    }
    outcome
}

#[test]
fn what_unpacks_to_far_more_than_it_is_is_refused() {
    let zeros = vec![b' '; 9 << 20];
    let packed = gzip(&zeros);
    for (name, bytes) in [("a.gz", gzip(&packed)), ("a.txt.gz", packed), ("a.txt.zst", zstd(&zeros))] {
        let error = survive(name, bytes).unwrap_err().to_string();
        assert!(error.contains("made to do harm"), "{name}: {error}");
    }
    // Among stories it is a warning; as a picture it is a picture that is not there.
    let page = b"<!DOCTYPE html><p>A story.<img src='bomb.txt'>";
    let read = survive("a.zip", zip(&[("bomb.txt", &zeros), ("a.html", page)])).unwrap();
    assert_eq!(read.articles.len(), 1);
    assert!(read.articles[0].resources.iter().all(|resource| resource.bytes().is_none()));
    assert!(warnings(&read).contains("made to do harm"), "{}", warnings(&read));
    // As a chapter it is a chapter that is left out.
    let package = "<package><manifest><item id='a' href='a.html' media-type='text/html'/><item id='b' href='b.html' media-type='text/html'/></manifest></package>";
    let book = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("b.opf", package.as_bytes()),
        ("a.html", b"<p>One."),
        ("b.html", &zeros),
    ]);
    let read = survive("a.epub", book).unwrap();
    assert_eq!(read.articles[0].body_text(), "One.");
    assert!(warnings(&read).contains("b.html"), "{}", warnings(&read));
    // One that packs itself again and again.
    let mut nested = zip_texts(&[("a.txt", "A story.")]);
    for _ in 0..8 {
        nested = zip(&[("a.zip", &nested), ("b.zip", &nested)]);
    }
    assert!(survive("a.zip", nested).is_err());
}

#[test]
fn what_fuzzing_found() {
    // A soft line break before the boundary, in a part of fewer characters than that takes away.
    let mail = "Message-ID: <1@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<=\r\n--r--\r\n";
    let _ = survive("a.mhtml", mail);
    let _ = survive("a.eml", mail.replace("multipart/related", "multipart/mixed"));
}

/// A zip with one entry, whose name and attributes in the bytes are changed afterwards.
fn zip_with_name(name: &str) -> Vec<u8> {
    let stand_in = "x".repeat(name.len());
    let mut bytes = zip_texts(&[(&stand_in, "# A story\n\nfrom outside"), ("good.md", "# Good\n\nIt rose.")]);
    let places: Vec<usize> =
        (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(stand_in.as_bytes())).collect();
    for at in places {
        bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
    }
    bytes
}

#[test]
fn names_that_lead_out_are_left_out_with_a_warning() {
    for name in [
        "../story.md",
        "a/../../story.md",
        "/etc/story.md",
        "C:\\story.md",
        "c:story.md",
        "\\\\server\\story.md",
        "..\\story.md",
        "a\\..\\..\\story.md",
        "//server/share/story.md",
    ] {
        let read = survive("a.zip", zip_with_name(name)).unwrap();
        assert_eq!(read.articles.len(), 1, "{name}");
        assert!(warnings(&read).contains("leads out of the archive"), "{name}: {}", warnings(&read));
    }
    // Links are not followed, whatever they lead to.
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.add_symlink("link.md", "/etc/hostname", options).unwrap();
    writer.start_file("good.md", options).unwrap();
    writer.write_all(b"# Good\n\nIt rose.").unwrap();
    let read = survive("a.zip", writer.finish().unwrap().into_inner()).unwrap();
    assert_eq!(read.articles.len(), 1);
    assert!(warnings(&read).contains("it is a link"), "{}", warnings(&read));
}

#[cfg(unix)]
#[test]
fn references_to_files_outside_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(folder.path().join("secret.gif"), GIF).unwrap();
    std::fs::write(inside.join("beside.gif"), GIF).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.gif"), inside.join("link.gif")).unwrap();
    let outside = folder.path().join("secret.gif").display().to_string();
    let images: String = [
        "../secret.gif",
        "link.gif",
        &outside,
        &format!("file://{outside}"),
        "%2e%2e/secret.gif",
        "a/../../secret.gif",
        "..\\secret.gif",
    ]
    .iter()
    .map(|address| format!("<p>x<img src='{address}'></p>"))
    .collect();
    for (name, text) in [
        ("a.html", format!("<!DOCTYPE html>{images}")),
        ("a.md", images.clone()),
        (
            "a.rss",
            format!(
                "<rss><channel><item><description><![CDATA[{images}<img src='beside.gif'>]]></description></item></channel></rss>"
            ),
        ),
        (
            "a.eml",
            format!("Message-ID: <1@x>\nFrom: a@b.example\nContent-Type: text/html\n\n{images}<img src='beside.gif'>"),
        ),
        (
            "a.mht",
            format!(
                "MIME-Version: 1.0\nSubject: x\nContent-Type: text/html\nContent-Location: file://{outside}\n\n{images}<img src='beside.gif'>"
            ),
        ),
    ] {
        let path = inside.join(name);
        std::fs::write(&path, text).unwrap();
        let read = import(&Source::read(&path).unwrap()).unwrap();
        assert!(!read.articles[0].blocks.is_empty(), "{name}");
        let here: Vec<_> = read.articles[0].resources.iter().filter(|resource| resource.bytes().is_some()).collect();
        assert!(here.is_empty(), "{name}: {here:?}");
    }
    // An archive has nothing beside it on the disk either.
    for archive in ["a.zip", "a.epub", "a.maff"] {
        let page = format!("<!DOCTYPE html>{images}<img src='beside.gif'>");
        let package =
            "<package><manifest><item id='a' href='1/index.html' media-type='text/html'/></manifest></package>";
        let bytes = match archive {
            "a.zip" => zip_texts(&[("page.html", &page)]),
            "a.epub" => zip_texts(&[("mimetype", "application/epub+zip"), ("b.opf", package), ("1/index.html", &page)]),
            _ => zip_texts(&[("1/index.html", &page), ("1/index.rdf", "<RDF/>")]),
        };
        let path = inside.join(archive);
        std::fs::write(&path, bytes).unwrap();
        let read = import(&Source::read(&path).unwrap()).unwrap();
        assert!(read.articles[0].resources.iter().all(|resource| resource.bytes().is_none()), "{archive}");
    }
}

#[test]
fn nesting_without_end_ends() {
    let deep = 3_000;
    let xml = |open: &str, close: &str| format!("{}x{}", open.repeat(deep), close.repeat(deep));
    let divs = xml("<div>", "</div>");
    for (name, text) in [
        ("tags.html", format!("<!DOCTYPE html>{divs}")),
        ("styles.html", format!("<!DOCTYPE html>{}x", "<b><font>".repeat(deep))),
        ("tables.html", format!("<!DOCTYPE html>{}x", "<table><tr><td>".repeat(500))),
        ("never closed.html", format!("<!DOCTYPE html><p>x{}", "<a href='".repeat(deep))),
        ("quotes.md", format!("{} x", ">".repeat(deep))),
        ("lists.md", (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect()),
        ("links.md", format!("{}x{}", "[".repeat(deep), "](y)".repeat(deep))),
        ("stress.md", "*a **b ".repeat(5_000)),
        ("head.md", format!("---\na: {}\n---\nx", "[".repeat(deep))),
        ("map.md", format!("---\na: {}x{}\n---\ny", "{b: ".repeat(5_000), "}".repeat(5_000))),
        ("head.json.md", format!("{{\"a\": {}", "[".repeat(deep))),
        ("toml.md", format!("+++\na = {}\n+++\nx", "[".repeat(deep))),
        (
            "a.rss",
            format!("<rss><channel><item><title>T</title><description>{divs}</description></item></channel></rss>"),
        ),
        (
            "a.atom",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><content type='xhtml'>{divs}</content></entry></feed>"
            ),
        ),
        ("feed.json", format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(deep))),
        ("wallabag.json", format!("[{{\"is_archived\": 0, \"url\": \"x\", \"content\": {}", "{\"a\":".repeat(deep))),
        ("a.recto.json", format!("{{\"recto\": 1, \"article\": {}", "[".repeat(deep))),
        (
            "a.eml",
            format!(
                "Message-ID: <1@x>\nSubject: x\nMIME-Version: 1.0\n{}",
                "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(600)
            ),
        ),
        (
            "b.eml",
            format!("Message-ID: <1@x>\nSubject: x\n{}x", "Content-Type: message/rfc822\n\nSubject: y\n".repeat(600)),
        ),
        (
            "a.webarchive",
            format!(
                "<?xml version='1.0'?><!-- WebMainResource --><plist>{}",
                "<dict><key>WebMainResource</key>".repeat(deep)
            ),
        ),
        (
            "bookmarks.html",
            format!(
                "<!DOCTYPE NETSCAPE-Bookmark-file-1>{}<A HREF='https://a.example/'>x</A>",
                "<DL><DT><H3>a</H3>".repeat(400)
            ),
        ),
    ] {
        let _ = survive(name, text);
    }
}

#[test]
fn entities_are_not_expanded() {
    let laughs: String = (0..30).map(|n| format!("<!ENTITY l{} '&l{n};&l{n};&l{n};'>", n + 1)).collect();
    let entities = format!("[<!ENTITY l0 'ha'><!ENTITY file SYSTEM 'file:///etc/hostname'>{laughs}]");
    let feed = format!(
        "<?xml version='1.0'?><!DOCTYPE rss {entities}><rss><channel><item><title>T &l30; &file;</title></item></channel></rss>"
    );
    assert_eq!(survive("a.rss", feed).unwrap().articles[0].title(), Some("T &l30; &file;"));
    let chapter =
        format!("<?xml version='1.0'?><!DOCTYPE html {entities}><html><body><p>x &l30; &file;</p></body></html>");
    let package =
        "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest></package>";
    let book = zip_texts(&[("mimetype", "application/epub+zip"), ("b.opf", package), ("a.xhtml", &chapter)]);
    assert_eq!(survive("a.epub", book).unwrap().articles[0].body_text(), "x &l30; &file;");
    let svg = format!(
        "<?xml version='1.0'?><!DOCTYPE svg {entities}><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&l30;</text></svg>"
    );
    let began = Instant::now();
    let _ = decode(svg.as_bytes(), Some("image/svg+xml"), 100, 100);
    assert!(began.elapsed() < LONGEST);
    // YAML's aliases, which a tree of values would write out.
    let mut yaml = "---\na0: &a0 [x, x]\n".to_owned();
    for n in 1..30 {
        yaml.push_str(&format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1));
    }
    let _ = survive("a.md", format!("{yaml}tags: *a29\n---\nx"));
}

#[test]
fn pictures_that_claim_to_be_huge_are_refused() {
    // A PNG of 60,000 by 60,000 pixels, all of one colour: 10 MB of deflated zeros would follow.
    let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    png.extend(60_000u32.to_be_bytes());
    png.extend(60_000u32.to_be_bytes());
    png.extend([8, 6, 0, 0, 0]);
    let sum = crc(&png[12..]);
    png.extend(sum.to_be_bytes());
    png.extend(b"\0\0\0\0IDAT\x35\xAF\x06\x1E\0\0\0\0IEND\xAE\x42\x60\x82");
    assert!(
        matches!(decode(&png, None, 100, 100), Err(PictureError::TooLarge { .. })),
        "{:?}",
        decode(&png, None, 100, 100)
    );
    let mut gif = GIF.to_vec();
    gif[6..10].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert!(decode(&gif, None, 100, 100).is_err());
    // Drawings: endless in size, in copies of copies, in depth, in filters.
    let copies: String =
        (1..30).map(|n| format!("<g id='g{n}'><use href='#g{0}'/><use href='#g{0}'/></g>", n - 1)).collect();
    for svg in [
        "<svg xmlns='http://www.w3.org/2000/svg' width='1e30' height='1e30'><rect width='1e30' height='1e30'/></svg>".to_owned(),
        "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>".to_owned(),
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g id='g0'><rect width='1' height='1'/></g>{copies}<use href='#g29'/></svg>"),
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g id='a'><use href='#a'/></g></svg>".to_owned(),
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}", "<g>".repeat(50_000)),
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><filter id='f'><feGaussianBlur stdDeviation='1e9'/><feMorphology radius='1e9'/></filter><rect width='9' height='9' filter='url(#f)'/></svg>".to_owned(),
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><pattern id='p' width='1e-9' height='1e-9'><rect width='9' height='9'/></pattern><rect width='9' height='9' fill='url(#p)'/></svg>".to_owned(),
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h1e9' stroke='red' stroke-dasharray='1e-9'/></svg>".to_owned(),
    ] {
        let began = Instant::now();
        let _ = (dimensions(svg.as_bytes()), decode(svg.as_bytes(), Some("image/svg+xml"), 100, 100));
        assert!(began.elapsed() < LONGEST, "{:?}: {}", began.elapsed(), svg.get(..120).unwrap_or(&svg));
    }
    let copied = format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g id='g0'/>{copies}</svg>");
    let error = dimensions(copied.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("300000 parts"), "{error}");
    // In a page a picture that cannot be shown is no reason not to show the page.
    let page = format!("<!DOCTYPE html><p>It rose.</p><img src='data:image/png;base64,{}'>", crate::make::base64(&png));
    assert_eq!(survive("a.html", page).unwrap().articles[0].body_text(), "It rose.");
}

/// The check sum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}

#[test]
fn long_lines_and_many_of_a_kind_take_no_time_to_speak_of() {
    let many = 10_000;
    for (name, text) in [
        ("words.txt", "word ".repeat(20_000)),
        ("lines.txt", "a\n".repeat(5_000)),
        ("marks.md", "==a".repeat(many)),
        ("math.md", "$a".repeat(many)),
        ("ticks.md", (1..300).map(|n| format!("{}a", "`".repeat(n))).collect()),
        ("notes.md", (0..500).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect()),
        ("table.md", format!("|{}\n|{}\n", "a|".repeat(500), "-|".repeat(500))),
        ("attributes.html", format!("<!DOCTYPE html><p {}>x", "a=b ".repeat(many))),
        ("links.html", format!("<!DOCTYPE html>{}", "<a href=#x id=x>x</a> ".repeat(5_000))),
        ("spans.html", format!("<!DOCTYPE html><table><tr>{}", "<td colspan=1000 rowspan=65534>x".repeat(500))),
        ("amps.rss", format!("<rss><channel><item><title>{}</title></item></channel></rss>", "&a".repeat(many))),
        ("a.eml", format!("Message-ID: <1@x>\n{}\n\nx", "X-A: =?utf-8?Q?a?= =?utf-8?Q?b?=\n".repeat(many))),
        ("a.mbox", "From a\nFrom: b@c\n\nx\n\n".repeat(100)),
        ("quoted.csv", format!("URL,Title,Selection,Folder\n\"{}", "\"\",".repeat(many))),
    ] {
        let _ = survive(name, text);
    }
    // An export of many items without pages, each looked for in several places.
    let items: Vec<String> =
        (0..600).map(|n| format!("{{\"id\": \"{n}\", \"slug\": \"s{n}\", \"title\": \"T{n}\"}}")).collect();
    let mut entries = vec![("metadata_0_to_20.json".to_owned(), format!("[{}]", items.join(",")))];
    entries.extend((0..600).map(|n| (format!("highlights/other{n}.md"), "> x".to_owned())));
    let entries: Vec<_> = entries.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(survive("omnivore.zip", zip_texts(&entries)).unwrap().articles.len(), 600);
    // Many pictures that are one.
    let page = format!("<!DOCTYPE html>{}", format!("<p>x<img src='{}'>", crate::make::inlined_gif()).repeat(200));
    let read = open("a.html", page);
    assert_eq!(read.articles[0].resources.len(), 1);
}
