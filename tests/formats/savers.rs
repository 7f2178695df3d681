//! What programs write that save pages, mail and books: where a page came from and when it was saved, pictures kept in odd
//! places, parts in odd orders.

use crate::carriers::{Carrier, epub};
use crate::document::{InlineStyle, ResourceState};
use crate::make::{GIF, base64, inlined_gif, multipart, part, zip, zip_texts};
use crate::outline::outline;
use crate::{open, refusal, stated, story, warnings};

#[test]
fn pages_say_where_they_came_from_and_when_they_were_saved() {
    let address = "https://tide.example/news/tides";
    for (carrier, url_from, saved) in [
        ("SingleFile", "SingleFile", "2026-03-03T10:00:00+01:00 (SingleFile)"),
        ("Save Page WE", "Save Page WE", "2026-03-03T10:00:00+01:00 (Save Page WE)"),
        ("complete page", "saved from url", ""),
        ("MHTML", "header Snapshot-Content-Location", "2026-03-03T10:00:00+01:00 (header Date)"),
        ("webarchive, binary", "field WebResourceURL", ""),
        ("MAFF", "field originalurl", "2026-03-03T10:00:00+01:00 (field archivetime)"),
        ("RSS", "field link", ""),
        ("Atom, html", "field link", ""),
        ("JSON Feed", "field url", ""),
    ] {
        let file = (Carrier::named(carrier).pack)("<p>It rose.</p>");
        let metadata = file.open().articles.remove(0).metadata;
        assert_eq!(stated(&metadata.url), format!("{address} ({url_from})"), "{carrier}");
        assert_eq!(stated(&metadata.saved), saved, "{carrier}");
    }
}

#[test]
fn singlefile_of_every_version() {
    let page = |comment: &str, body: &str| {
        format!(
            "<!DOCTYPE html> <html lang=en><!--\n{comment}\n--><meta charset=utf-8>\n<title>Tides</title>\n<body>{body}"
        )
    };
    // An older name, a date that was switched off, what the person wrote of the page.
    let old = story(
        "a.html",
        page(
            " Archive processed by SingleFile \n url: https://tide.example/ \n saved date: Tue Mar 03 2020 10:00:00 GMT+0100 (CET)",
            "<p>x",
        ),
    );
    assert_eq!(stated(&old.metadata.saved), "2020-03-03T10:00:00+01:00 (SingleFile)");
    let undated = story(
        "a.html",
        page(" Page saved with SingleFile \n url: https://tide.example/a?b=1 \n info: Read this, it is good", "<p>x"),
    );
    assert_eq!(stated(&undated.metadata.url), "https://tide.example/a?b=1 (SingleFile)");
    assert_eq!(stated(&undated.metadata.saved), "");
    // A comment longer than what is looked at for telling formats apart.
    let long =
        page(&format!(" Page saved with SingleFile \n url: https://tide.example/{} \n", "x".repeat(5_000)), "<p>x");
    assert_eq!(open("a", &long).format, "HTML");
    // What the page hid is hidden by a class; pictures that stand in it more than once are kept in the style sheet.
    let drawn = "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='400'><rect fill-opacity='0'/></svg>";
    let body = format!(
        "<style>:root{{--sf-img-1: url(\"{}\");--sf-img-12: url(\"data:image/gif;base64,AAAA\")}}</style><style>.sf-hidden{{display:none!important}}</style><p>One</p><p class=sf-hidden>Two</p><p><img src=\"data:image/svg+xml,{drawn}\" alt=Gauge style=\"background-blend-mode:normal!important;background-image:var(--sf-img-1)!important;background-size:100% 100%!important\"></p>",
        inlined_gif()
    );
    let article = story("a.html", page(" Page saved with SingleFile \n url: https://tide.example/ ", &body));
    assert_eq!(outline(&article), "p One\nimg0 alt=Gauge lang=en".replace(" lang=en", ""));
    assert_eq!(article.resources[0].bytes().map(|bytes| bytes.len()), Some(GIF.len()));
    // Pictures that were left out keep their address.
    let article = story(
        "a.html",
        page(
            " Page saved with SingleFile \n url: https://tide.example/ ",
            "<p>One</p><img src=\"data:,\" data-sf-original-src=\"https://tide.example/a.gif\" alt=Gauge>",
        ),
    );
    assert_eq!(article.resources[0].state, ResourceState::Remote { url: "https://tide.example/a.gif".to_owned() });
    // What the person marked and wrote.
    let article = story(
        "a.html",
        page(
            " Page saved with SingleFile \n url: https://tide.example/ ",
            "<p>It <span class=\"single-file-highlight single-file-highlight-yellow\">rose</span> high.</p><single-file-note><template shadowrootmode=open><style>x{}</style><div class=\"note note-yellow\"><header></header><blockquote></blockquote><textarea dir=auto>Did it?</textarea></div></template></single-file-note>",
        ),
    );
    assert_eq!(outline(&article), "p It <highlight>rose</highlight> high.");
    let notes: Vec<_> = article
        .highlights
        .iter()
        .map(|mark| (mark.note.as_deref().unwrap_or_default(), mark.from.to_string()))
        .collect();
    assert_eq!(notes, [("Did it?", "SingleFile".to_owned())]);
}

#[test]
fn complete_pages_in_every_language_of_a_browser() {
    for folder in [
        "Tides_files",
        "Tides-Dateien",
        "Tides_fichiers",
        "Tides_archivos",
        "Tides_file",
        "Tides_bestanden",
        "Tides.files",
    ] {
        let page = format!("<!DOCTYPE html><title>Tides</title><p>It rose.</p><img src='{folder}/a.gif' alt=Gauge>");
        let frame = "<!DOCTYPE html><title>Frame</title><p>An advertisement";
        let (picture, inside) = (format!("{folder}/a.gif"), format!("{folder}/frame.html"));
        // In a zip.
        let bytes = zip(&[("Tides.html", page.as_bytes()), (&picture, GIF), (&inside, frame.as_bytes())]);
        let read = open("all.zip", bytes);
        assert_eq!(read.articles.len(), 1, "{folder}");
        assert!(read.articles[0].resources[0].bytes().is_some(), "{folder}");
        // In a folder.
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir(place.path().join(folder)).unwrap();
        for (name, bytes) in [("Tides.html", page.as_bytes()), (&picture, GIF), (&inside, frame.as_bytes())] {
            std::fs::write(place.path().join(name), bytes).unwrap();
        }
        assert_eq!(recto::app::folder::list(place.path()).files, [place.path().join("Tides.html")], "{folder}");
    }
    // A folder that is no page's is looked into.
    let read = open(
        "all.zip",
        zip_texts(&[("Tides.html", "<!DOCTYPE html><p>a"), ("my_files/b.html", "<!DOCTYPE html><p>b")]),
    );
    assert_eq!(read.articles.len(), 2);
}

#[test]
fn mhtml_of_other_browsers() {
    // Internet Explorer: one part, its own encoding, an address that is a file.
    let ie = "From: \"Saved by Windows Internet Explorer 8\"\r\nSubject: Der Hafen\r\nDate: Tue, 3 Mar 2009 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_NextPart_000\"\r\nX-MimeOLE: Produced By Microsoft MimeOLE\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n------=_NextPart_000\r\nContent-Type: text/html;\r\n\tcharset=\"windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: file:///C:/Users/ann/hafen.htm\r\n\r\n<html><body><p>Die F=E4hre =96 sie f=E4hrt.</p><img src=3D\"hafen_files/a.gif\"></body></html>\r\n\r\n------=_NextPart_000\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file:///C:/Users/ann/hafen_files/a.gif\r\n\r\n";
    let article = story("hafen.mht", format!("{ie}{}\r\n\r\n------=_NextPart_000--\r\n", base64(GIF)));
    assert_eq!(outline(&article), "p Die Fähre – sie fährt.\nimg0 alt=");
    assert!(article.resources[0].bytes().is_some());
    assert_eq!(stated(&article.metadata.url), "");
    assert_eq!(stated(&article.metadata.title), "Der Hafen (header Subject)");
    // Parts before the page; `start` names it. A frame is a page too.
    let head = "From: <Saved by Mozilla 5.0>\nSubject: Tides\nX-Any: 1";
    let body = multipart(
        head,
        "related; start=\"<main@x>\"",
        &[
            part(
                "Content-Type: text/html\nContent-ID: <frame@x>\nContent-Location: https://ads.example/",
                "<p>An advertisement</p>",
            ),
            part("Content-Type: image/gif\nContent-Transfer-Encoding: base64\nContent-ID: <a@x>", &base64(GIF)),
            part(
                "Content-Type: text/html\nContent-ID: <main@x>\nContent-Location: https://tide.example/",
                "<p>It rose.</p><img src=\"cid:a@x\">",
            ),
        ],
    );
    let article = story("tides.mht", body);
    assert_eq!(outline(&article), "p It rose.\nimg0 alt=");
    assert_eq!(stated(&article.metadata.url), "https://tide.example/ (header Content-Location)");
    assert!(article.resources[0].bytes().is_some());
}

#[test]
fn mail_of_every_shape() {
    let head = "Received: by home.example\nMessage-ID: <1@x>\nFrom: Ann Lee <ann@b.example>\nSubject: Tides\nDate: Tue, 3 Mar 2026 10:00:00 +0100";
    let flat = |rest: &str| format!("{head}\nMIME-Version: 1.0\n{rest}").replace('\n', "\r\n");
    for (name, text, expected) in [
        ("plain", flat("Content-Type: text/plain; charset=utf-8\n\nIt rose\nand fell.\n"), "p It rose⏎and fell."),
        (
            "latin",
            flat(
                "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<p>H=F6he</p>\n",
            ),
            "p Höhe",
        ),
        (
            "base64",
            flat("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+SMO2aGU8L3A+\n"),
            "p Höhe",
        ),
        (
            "a soft break at the end",
            multipart(
                head,
                "mixed",
                &["Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nIt rose, said the pilot=\r\n"
                    .to_owned()],
            ),
            "p It rose, said the pilot",
        ),
        (
            "no page in the page",
            multipart(
                head,
                "alternative",
                &[
                    part("Content-Type: text/plain", "It rose."),
                    part("Content-Type: text/html", "<html><body></body></html>"),
                ],
            ),
            "p It rose.",
        ),
        (
            "a list's footer behind the page",
            multipart(
                head,
                "mixed",
                &[
                    part("Content-Type: text/html", "<p>It rose.</p>"),
                    part("Content-Type: text/plain", "-- \nThe list"),
                ],
            ),
            "p It rose.\ncode() -- ⏎The list",
        ),
    ] {
        let article = story("a.eml", text);
        assert!(outline(&article).ends_with(expected), "{name}: {}", outline(&article));
        assert_eq!(stated(&article.metadata.title), "Tides (header Subject)", "{name}");
        assert_eq!(stated(&article.metadata.published), "2026-03-03T10:00:00+01:00 (header Date)", "{name}");
    }
    // What is attached is named.
    let read = open(
        "a.eml",
        multipart(
            head,
            "mixed",
            &[
                part("Content-Type: text/plain", "It rose."),
                part(
                    "Content-Type: message/rfc822\nContent-Disposition: attachment",
                    "Subject: The old letter\nFrom: bo@b.example\n\nDear Ann",
                ),
                part(
                    "Content-Type: application/pdf; name=\"=?utf-8?Q?H=C3=B6he.pdf?=\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64",
                    "JVBERg==",
                ),
            ],
        ),
    );
    let said = warnings(&read);
    assert!(said.contains("The old letter") && said.contains("Höhe.pdf"), "{said}");
    // What is encrypted says so, rather than being empty.
    for kind in [
        "multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\n\n-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n--x--\n",
        "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"smime.p7m\"\n\nMIAGCSqGSIb3DQEHA6CAMIACAQAx\n",
    ] {
        let said = refusal("a.eml", flat(&format!("Content-Type: {kind}"))).to_string();
        assert!(said.contains("encrypted") && said.contains("mail program"), "{said}");
    }
    // Mailboxes of both ways to quote lines, and one whose lengths lie.
    let letter = |n: usize| {
        format!(
            "From ann@b.example Tue Mar  3 10:0{n}:00 2026\nFrom: Ann <ann@b.example>\nMessage-ID: <{n}@b>\nSubject: Letter {n}\nContent-Length: 5\n\nIt rose {n}.\n\n>From here on\n>>From there on\n\n"
        )
    };
    let read = open("a.mbox", (0..3).map(letter).collect::<String>());
    assert_eq!(read.articles.len(), 3);
    let text = read.articles[1].body_text();
    assert!(text.contains("It rose 1.") && text.contains("From here on") && text.contains(">From there on"), "{text}");
}

#[test]
fn books_as_they_are_packed() {
    let good = epub("<h1>One</h1><p>It rose.</p>", 3).bytes;
    assert_eq!(outline(&story("a.epub", &good)), "h1 One\np It rose.");
    let chapter =
        "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>It rose.</p></body></html>";
    let package = "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"2.0\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Tides</dc:title></metadata><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    let container = "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>";
    // Unpacked, changed and packed again: in a folder of its own, and without the entry that says what it is.
    for entries in [
        &[("META-INF/container.xml", container), ("book.opf", package), ("a.xhtml", chapter)][..],
        &[
            ("Tides/mimetype", "application/epub+zip"),
            ("Tides/META-INF/container.xml", container),
            ("Tides/book.opf", package),
            ("Tides/a.xhtml", chapter),
        ],
    ] {
        let read = open("a.zip", zip_texts(entries));
        assert_eq!((read.format, outline(&read.articles[0]).as_str()), ("EPUB", "p It rose."));
    }
    // A folder of Calibre's library: the book, its cover, and what is known of it.
    let read = open(
        "library.zip",
        zip(&[
            ("Ann Lee/Tides (1)/Tides - Ann Lee.epub", &good),
            ("Ann Lee/Tides (1)/cover.jpg", b"\xFF\xD8\xFF"),
            ("Ann Lee/Tides (1)/metadata.opf", package.as_bytes()),
        ]),
    );
    assert_eq!((read.format, read.articles.len()), ("Zip of articles", 1), "{}", warnings(&read));
    // Calibre's zipped page.
    let read = open(
        "a.htmlz",
        zip_texts(&[("index.html", "<html><body><p>It rose.</p></body></html>"), ("metadata.opf", package)]),
    );
    assert_eq!(outline(&read.articles[0]), "p It rose.");
}

#[test]
fn outlines_give_headings_to_chapters_without_any() {
    let container = "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>";
    let chapter = |text: &str| format!("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>{text}</body></html>");
    let package = |version: &str, contents: &str, toc: &str| {
        format!(
            "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"{version}\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Tides</dc:title></metadata><manifest>{contents}<item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"b.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"n\" href=\"notes.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine{toc}><itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"n\" linear=\"no\"/></spine></package>"
        )
    };
    let ncx = "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap><navPoint><navLabel><text>Ebb</text></navLabel><content src=\"a.xhtml\"/><navPoint><navLabel><text>Flow</text></navLabel><content src=\"b.xhtml\"/></navPoint></navPoint></navMap></ncx>";
    let nav = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><body><nav epub:type=\"toc\"><ol><li><a href=\"a.xhtml\">Ebb</a><ol><li><a href=\"b.xhtml\">Flow</a></li></ol></li></ol></nav></body></html>";
    for (package, contents) in [
        (
            package("2.0", "<item id=\"t\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>", " toc=\"t\""),
            ("toc.ncx", ncx),
        ),
        (
            package(
                "3.0",
                "<item id=\"t\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>",
                "",
            ),
            ("nav.xhtml", nav),
        ),
    ] {
        let (a, b) =
            (chapter("<p>It fell<a href=\"notes.xhtml#n1\"><sup>1</sup></a>.</p>"), chapter("<p>It rose.</p>"));
        let notes = chapter(
            "<aside epub:type=\"endnote\" xmlns:epub=\"http://www.idpf.org/2007/ops\" id=\"n1\"><p>Slowly.</p></aside>",
        );
        let article = story(
            "a.epub",
            zip_texts(&[
                ("mimetype", "application/epub+zip"),
                ("META-INF/container.xml", container),
                ("book.opf", &package),
                contents,
                ("a.xhtml", &a),
                ("b.xhtml", &b),
                ("notes.xhtml", &notes),
            ]),
        );
        assert_eq!(
            outline(&article),
            "h2 Ebb\np It fell<a #n1><superscript>1</superscript></a>.\nh3 Flow\np It rose.\n[^1] p Slowly. #n1"
        );
    }
}

#[test]
fn a_mark_in_a_page_is_a_style() {
    let article = story("a.html", "<!DOCTYPE html><p>It <mark>rose</mark>.");
    let text = article.blocks[0].rich_text().unwrap();
    assert!(text.spans().iter().any(|span| span.style == InlineStyle::Highlight));
}
