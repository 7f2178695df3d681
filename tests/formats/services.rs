//! What read-later services leave in people's hands, in the odd forms that their own exporters write. One line a story, as
//! [`line`] has it.

use crate::document::Article;
use crate::make::{csv_line, zip, zip_texts};
use crate::outline::outline;
use crate::{open, refusal, warnings};

/// Title, address, saved, state, favourite, per cent, tags, blocks, highlights.
fn line(article: &Article) -> String {
    let m = &article.metadata;
    let text = |value: Option<String>| value.unwrap_or_else(|| "-".into());
    let highlights: Vec<String> = article
        .highlights
        .iter()
        .map(|mark| {
            let found = if mark.range.is_some() { "!" } else { "" };
            let note = mark.note.as_ref().map(|note| format!("({note})")).unwrap_or_default();
            let rest = [mark.color.clone(), mark.made.map(|made| made.to_string())];
            let rest: String = rest.into_iter().flatten().map(|part| format!(" {part}")).collect();
            let tags: String = mark.tags.iter().map(|tag| format!(" #{tag}")).collect();
            format!("«{}»{found}{note}{rest}{tags}", mark.quote)
        })
        .collect();
    [
        text(m.title.value().cloned()),
        text(m.url.value().cloned()),
        text(m.saved.value().map(ToString::to_string)),
        text(m.state.value().map(ToString::to_string)),
        text(m.favorite.value().map(ToString::to_string)),
        text(m.read_percent.value().map(ToString::to_string)),
        m.tags.value().map(|tags| tags.join("+")).unwrap_or_default(),
        outline(article).replace('\n', " / "),
        highlights.join(" "),
    ]
    .join(" | ")
}

fn check(name: &str, bytes: impl AsRef<[u8]>, format: &str, expected: &[&str]) {
    let read = open(name, bytes);
    let lines: Vec<String> = read.articles.iter().map(line).collect();
    assert_eq!((read.format, lines), (format, expected.iter().map(|line| (*line).to_owned()).collect()), "{name}");
}

const POCKET: &str = "Pocket export";
const TABLES: &str = "Instapaper, Readwise, Raindrop and other tables";

#[test]
fn pocket_in_parts_with_annotations_and_collections() {
    let long = "A title that was cut at seventy-five characters, as all long ones of Poc";
    let one = format!(
        "title,url,time_added,tags,status\n\"{long}\",https://a.example/1,1772532000,sea|low tide,unread\n\"Two\nlines, \"\"quoted\"\"\",https://a.example/2,1772532001,,archive\nhttps://a.example/3,https://a.example/3,1772532002,,unread\n"
    );
    let two = "title,url,time_added,cursor,tags,status\nFour,https://a.example/4,1772532003,MTc3,sea,archive\n";
    let annotations = r#"[{"url": "https://a.example/2", "title": "x", "highlights": [{"quote": "First.", "created_at": 1772532000}, {"quote": "Second.", "created_at": "1772532001"}, {"quote": " "}]}, {"url": "", "title": "No address", "highlights": [{"quote": "Kept."}]}]"#;
    let collection = r#"{"slug": "for-bo", "title": "For Bo", "description": null, "createdAt": "2025-01-01 10:00:00", "items": [{"url": "https://a.example/4", "title": "Four", "excerpt": "It is about four.", "note": null}, {"url": "https://b.example/", "title": "Only here", "excerpt": "", "note": "Read it"}]}"#;
    let expected = [
        &*format!("{long} | https://a.example/1 | 2026-03-03T10:00:00Z | unread | - | - | sea+low tide |  | "),
        "Two lines, \"quoted\" | https://a.example/2 | 2026-03-03T10:00:01Z | archived | - | - |  | > p First. / > p Second. | «First.»! 2026-03-03T10:00:00Z «Second.»! 2026-03-03T10:00:01Z",
        "- | https://a.example/3 | 2026-03-03T10:00:02Z | unread | - | - |  |  | ",
        "Four | https://a.example/4 | 2026-03-03T10:00:03Z | archived | - | - | sea |  | ",
        "No address | - | - | - | - | - |  | > p Kept. | «Kept.»!",
        "Only here | https://b.example/ | - | - | - | - | For Bo | p Read it | «»(Read it)",
    ];
    let bytes = zip_texts(&[
        ("pocket/part_000000.csv", &one),
        ("pocket/part_000001.csv", two),
        ("pocket/annotations/part_000000.json", annotations),
        ("pocket/collections/for-bo.json", collection),
    ]);
    check("pocket.zip", &bytes, POCKET, &expected);
    let read = open("pocket.zip", &bytes);
    assert!(warnings(&read).contains("3 stories have no text"), "{}", warnings(&read));
    // Both a tag of the person's and a list that it is shared in are kept.
    let tags: Vec<_> =
        read.articles[3].metadata.tags.iter().map(|r| format!("{} {}", r.value.join(","), r.from)).collect();
    assert_eq!(tags, ["sea field tags", "For Bo field collections"]);
    assert_eq!(read.articles[3].metadata.description.value().map(String::as_str), Some("It is about four."));
    // The parts on their own, as they lie there when the zip was unpacked.
    check("part_000001.csv", two, POCKET, &expected[3..4]);
    check(
        "part_000000.json",
        annotations,
        POCKET,
        &[
            "x | https://a.example/2 | - | - | - | - |  | > p First. / > p Second. | «First.»! 2026-03-03T10:00:00Z «Second.»! 2026-03-03T10:00:01Z",
            "No address | - | - | - | - | - |  | > p Kept. | «Kept.»!",
        ],
    );
    check(
        "for-bo.json",
        collection,
        POCKET,
        &[
            "Four | https://a.example/4 | - | - | - | - | For Bo |  | ",
            "Only here | https://b.example/ | - | - | - | - | For Bo | p Read it | «»(Read it)",
        ],
    );
}

#[test]
fn pocket_as_html_and_as_its_interface_gave_it() {
    check(
        "ril_export.html",
        "<!DOCTYPE html>\n<html>\n\t<!--So long and thanks for all the fish-->\n\t<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\" /><title>Pocket Export</title></head>\n\t<body>\n\t\t<h1>Unread</h1>\n\t\t<ul>\n\t\t\t<li><a href=\"https://a.example/1?b=1&amp;c=2\" time_added=\"1772532000\" tags=\"sea,low tide\">Ebb &amp; flow</a></li>\n\t\t</ul>\n\t\t<h1>Read Archive</h1>\n\t\t<ul>\n\t\t\t<li><a href=\"https://a.example/2\" time_added=\"1772532001\" tags=\"\">https://a.example/2</a></li>\n\t\t</ul>\n\t</body>\n</html>\n",
        POCKET,
        &[
            "Ebb & flow | https://a.example/1?b=1&c=2 | 2026-03-03T10:00:00Z | unread | - | - | sea+low tide |  | ",
            "- | https://a.example/2 | 2026-03-03T10:00:01Z | archived | - | - |  |  | ",
        ],
    );
    let items = r#""11": {"item_id": "11", "resolved_id": "11", "given_url": "https://a.example/1#x", "given_title": "", "favorite": "1", "status": "1", "time_added": "1772532000", "time_updated": "1772532009", "time_read": "1772532008", "resolved_title": "One", "resolved_url": "https://a.example/1", "excerpt": "It rose.", "is_article": "1", "word_count": "900", "lang": "en", "time_to_read": 4, "tags": {"sea": {"item_id": "11", "tag": "sea"}}}, "12": {"item_id": "12", "given_url": "https://a.example/2", "given_title": "Two", "favorite": "0", "status": "0", "time_added": "1772532001"}"#;
    let expected = [
        "One | https://a.example/1 | 2026-03-03T10:00:00Z | archived | true | - | sea |  | ",
        "Two | https://a.example/2 | 2026-03-03T10:00:01Z | unread | false | - |  |  | ",
    ];
    check("pocket.json", format!("{{{items}}}"), POCKET, &expected);
    check(
        "pocket.json",
        format!("{{\"status\": 1, \"complete\": 1, \"list\": {{{items}}}, \"error\": null}}"),
        POCKET,
        &expected,
    );
    let list = format!("[{}]", items.replace("\"11\": {", "{").replace("\"12\": {", "{"));
    check("pocket.json", list, POCKET, &expected);
    let read = open("pocket.json", format!("{{{items}}}"));
    assert_eq!(read.articles[0].metadata.stated_minutes.value(), Some(&4));
    assert_eq!(read.articles[0].metadata.description.value().map(String::as_str), Some("It rose."));
}

#[test]
fn omnivore_with_all_that_it_left_out() {
    let first = r#"[
        {"id": "1", "slug": "one-1", "title": "One", "description": "Of one.", "author": "Ann Lee", "url": "https://a.example/1", "state": "Archived", "readingProgress": 37.6, "thumbnail": "https://a.example/t.png", "labels": ["sea", "low tide"], "savedAt": "2024-10-30T09:15:00.123Z", "updatedAt": "2024-11-01T00:00:00.000Z", "publishedAt": "2024-10-29T00:00:00.000Z"},
        {"id": "2", "slug": "two-2", "title": "A letter", "author": null, "url": "https://omnivore.app/no_url?q=abc", "state": "Active", "readingProgress": 0, "thumbnail": null, "labels": [], "savedAt": "2024-10-30T09:15:00.000Z", "publishedAt": null}
    ]"#;
    let second = r#"[{"id": "3", "slug": "three-3", "title": "Three", "url": "https://a.example/3", "state": "Unknown", "labels": []}, {"id": "4", "slug": "four-4", "title": "Four", "url": "https://a.example/4.pdf", "state": "Active", "labels": []}, null, 7, {"id": "5"}]"#;
    let highlights =
        "> It rose\n> and rose\n\n#tide #high-water\n\nSo it did.\nTwice.\n\n> it   fell\n\nOn the whole page.";
    let mut bytes = zip_texts(&[
        ("metadata_0_to_20.json", first),
        ("metadata_20_to_40.json", second),
        (
            "content/one-1.html",
            "<DIV id=\"readability-page-1\"><p>It rose <i>and</i> rose.</p><p>Then it fell.</p></DIV>",
        ),
        ("contents/two-2.html", "<p>Dear reader.</p>"),
        ("content/four-4.pdf", "%PDF-1.7"),
        ("highlights/one-1.md", highlights),
    ]);
    let expected = [
        "One | https://a.example/1 | 2024-10-30T09:15:00Z | archived | - | 38 | sea+low tide | p It rose <emphasis>and</emphasis> rose. / p Then it fell. | «It rose\nand rose»!(So it did.\nTwice.) #tide #high-water «it   fell»!(On the whole page.)",
        "A letter | - | 2024-10-30T09:15:00Z | unread | - | 0 |  | p Dear reader. | ",
        "Three | https://a.example/3 | - | - | - | - |  |  | ",
        "Four | https://a.example/4.pdf | - | unread | - | - |  |  | ",
    ];
    check("omnivore.zip", &bytes, "Omnivore export", &expected);
    let read = open("omnivore.zip", &bytes);
    assert_eq!(
        read.articles[0].metadata.published.value().map(ToString::to_string).as_deref(),
        Some("2024-10-29T00:00:00Z")
    );
    let said = warnings(&read);
    assert!(said.contains("PDF") && said.contains("2 stories have no text"), "{said}");
    // A page that was not in its storage was written into the zip twice. Writers of zips refuse that, so names of equal
    // length are made equal in the bytes.
    let name_at = |bytes: &[u8], name: &[u8]| -> Vec<usize> {
        (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect()
    };
    bytes = zip_texts(&[
        ("metadata_0_to_20.json", r#"[{"id": "1", "slug": "one", "title": "One", "url": "https://a.example/1"}]"#),
        ("content/one.html", "<p>It rose.</p>"),
        ("content/onf.html", "<p>It rose.</p>"),
    ]);
    for at in name_at(&bytes, b"content/onf.html") {
        bytes[at..at + 16].copy_from_slice(b"content/one.html");
    }
    check("omnivore.zip", bytes, "Omnivore export", &["One | https://a.example/1 | - | - | - | - |  | p It rose. | "]);
}

#[test]
fn wallabag_of_every_age() {
    let now = r#"[{"is_archived": 0, "is_starred": 1, "user_name": "ann", "user_email": "a@b.example", "user_id": 1, "tags": ["sea", "low tide"], "is_public": false, "id": 7, "uid": null, "title": "One &amp; all", "url": "https://a.example/1", "hashed_url": "x", "origin_url": "https://feed.example/1", "given_url": "https://short.example/1", "archived_at": null, "starred_at": "2026-03-04T10:00:00+0100", "content": "<p>It rose.</p>\n<p>It fell.</p>", "created_at": "2026-03-03T10:00:00+0100", "updated_at": "2026-03-04T10:00:00+0100", "published_at": "2026-03-01T00:00:00+0000", "published_by": ["Ann Lee", ""], "annotations": [{"text": "Why?", "quote": "It fell", "ranges": [{"start": "/p[2]", "startOffset": "0", "end": "/p[2]", "endOffset": "7"}]}, {"text": "", "quote": "It rose"}], "mimetype": "text/html", "language": "en_GB", "reading_time": 0, "domain_name": "a.example", "preview_picture": "https://a.example/p.png", "http_status": "200", "headers": null}]"#;
    let expected = "One & all | https://a.example/1 | 2026-03-03T10:00:00+01:00 | unread | true | - | sea+low tide | p It rose. / p It fell. | «It fell»!(Why?) «It rose»!";
    check("wallabag.json", now, "wallabag export", &[expected]);
    let read = open("wallabag.json", now);
    let metadata = &read.articles[0].metadata;
    let addresses: Vec<_> = metadata.url.iter().map(|reading| reading.from.to_string()).collect();
    assert_eq!(addresses, ["field url", "field given_url", "field origin_url"]);
    assert_eq!(metadata.authors.value().unwrap(), &["Ann Lee"]);
    assert_eq!(metadata.language.value().map(String::as_str), Some("en-GB"));
    let old = r#"[{"id": "2", "title": "Two", "url": "https://a.example/2", "is_archived": true, "is_starred": false, "content": "<p>It fell.</p>", "created_at": "2016-03-03T10:00:00+0000", "tags": [{"id": 1, "label": "old", "slug": "old"}]}, {"id": 3, "title": null, "url": "https://a.example/3", "is_archived": "1", "is_starred": "0", "content": null, "tags": null, "annotations": null, "published_by": null}, "broken", {"id": 4}]"#;
    check(
        "wallabag.json",
        old,
        "wallabag export",
        &[
            "Two | https://a.example/2 | 2016-03-03T10:00:00Z | archived | false | - | old | p It fell. | ",
            "- | https://a.example/3 | - | archived | false | - |  |  | ",
        ],
    );
    // The time of its table is of twelve hours without a half: the day is certain.
    let head = "Title;URL;Content;Tags;\"MIME Type\";Language;\"Creation date\"\n";
    let row = csv_line(
        &[
            "Low; \"high\"",
            "https://a.example/1",
            "<p>It rose.</p>",
            "sea, low tide",
            "text/html",
            "en_GB",
            "03/04/2026 09:05:00",
        ],
        ";",
    );
    check(
        "wallabag.csv",
        format!("{head}{row}"),
        TABLES,
        &["Low; \"high\" | https://a.example/1 | 2026-04-03 | - | - | - | sea+low tide | p It rose. | "],
    );
}

#[test]
fn matter_of_both_ages() {
    let now = "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id\nOne,\"Ann Lee, Bo Li\",Harbour,https://a.example/1,sea;low tide,10,False,True,True,0,2026-03-03 10:00:00,one.html\nTwo,,,https://a.example/2,,0,True,False,False,0,,gone.html\n";
    check(
        "Archive.zip",
        zip_texts(&[("deep/er/_matter_history.csv", now), ("deep/er/one.html", "<p>It rose.</p>")]),
        "Matter export",
        &[
            "One | https://a.example/1 | 2026-03-03T10:00:00 | archived | true | - | sea+low tide | p It rose. | ",
            "Two | https://a.example/2 | - | unread | false | - |  |  | ",
        ],
    );
    let old = "Title,Author,Publisher,URL,Tags,Word Count,Saved,Read,Highlight Count,File Id\nOne,,,https://a.example/1,,10,2023-03-03,False,2,\n";
    check(
        "Archive.zip",
        zip_texts(&[("_matter_history.csv", old)]),
        "Matter export",
        &["One | https://a.example/1 | 2023-03-03 | - | - | - |  |  | "],
    );
    check(
        "highlights.csv",
        "Title,Author,Publisher,Text,Highlighted Date\nOne,Ann Lee,Harbour,It rose.,2023-03-03\nOne,Ann Lee,Harbour,It fell.,2023-03-04\n",
        TABLES,
        &["One | - | - | - | - | - |  | > p It rose. / > p It fell. | «It rose.»! 2023-03-03 «It fell.»! 2023-03-04"],
    );
}

#[test]
fn tables_of_every_year() {
    for (name, table, expected) in [
        (
            "instapaper-export.csv",
            "URL,Title,Selection,Folder\nhttps://a.example/1,One,,Unread\nhttps://a.example/2,Two,\"It rose,\nand fell.\",Archive\n",
            &[
                "One | https://a.example/1 | - | unread | - | - |  |  | ",
                "Two | https://a.example/2 | - | archived | - | - |  | > p It rose,⏎and fell. | «It rose,\nand fell.»!",
            ][..],
        ),
        (
            "instapaper-export.csv",
            "URL,Title,Selection,Folder,Timestamp\nhttps://a.example/1,One,,Recipes,1772532000\n",
            &["One | https://a.example/1 | 2026-03-03T10:00:00Z | - | - | - | Recipes |  | "],
        ),
        (
            "instapaper-export.csv",
            "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/1,One,,Starred,1772532000,\"[\"\"sea\"\",\"\"a, b\"\"]\"\nhttps://a.example/2,Two,,Unread,1772532000,[]\n",
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | - | true | - | sea+a, b |  | ",
                "Two | https://a.example/2 | 2026-03-03T10:00:00Z | unread | - | - |  |  | ",
            ],
        ),
        (
            "reader.csv",
            "\u{FEFF}Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\r\nOne,https://a.example/1,01,\"['sea', \"\"bo's\"\"]\",2026-03-03 10:00:00+00:00,0.256,shortlist,False\r\nTwo,https://a.example/2,02,,,1.0,archive,True\r\nThree,mailto:reader-forwarded-email/x,03,[],,0,feed,True\r\n",
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | reading | - | 26 | sea+bo's |  | ",
                "Two | https://a.example/2 | - | archived | - | 100 |  |  | ",
                "Three | - | - | unread | - | 0 |  |  | ",
            ],
        ),
        (
            "readwise-data.csv",
            "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\nIt rose.,The Ferry,Ann Lee,B000,Why?,yellow,\"sea, tide\",page,3,2026-03-03 10:00:00+00:00,boats\nOther.,The Quay,Bo Li,,,,,page,1,,\nIt fell.,The Ferry,Ann Lee,B000,,,,page,9,,boats\n",
            &[
                "The Ferry | - | - | - | - | - | boats | > p It rose. / p Why? / > p It fell. | «It rose.»!(Why?) yellow 2026-03-03T10:00:00Z #sea #tide «It fell.»!",
                "The Quay | - | - | - | - | - |  | > p Other. | «Other.»!",
            ],
        ),
        (
            "raindrop.csv",
            "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,One,\"My\nnote\",Short.,https://a.example/1,Sea / Tide,\"a, b\",2026-03-03T10:00:00.000Z,,\"Highlight:It rose\nNote:Why?\n\nHighlight:It fell\",false\n2,Two,,,https://a.example/2,Unsorted,,1772532000,,,true\n",
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | - | false | - | a+b+Sea / Tide | p My⏎note / > p It rose / p Why? / > p It fell | «»(My\nnote) «It rose»!(Why?) «It fell»!",
                "Two | https://a.example/2 | 2026-03-03T10:00:00Z | - | true | - |  |  | ",
            ],
        ),
        (
            "cards.csv",
            "id,type,title,url,content,note,tags,created\n1,Note,,,\"Plain words.\n\nMore.\",,\"sea,tide\",2026-03-03T10:00:00Z\n2,WebPage,Two,https://a.example/2,,Mine,,2026-03-03\n",
            &[
                "- | - | 2026-03-03T10:00:00Z | - | - | - | sea+tide | p Plain words. / p More. | ",
                "Two | https://a.example/2 | 2026-03-03 | - | - | - |  | p Mine | «»(Mine)",
            ],
        ),
    ] {
        check(name, table, TABLES, expected);
        check(name, table.replace('\n', "\r\n").replace("\r\r", "\r"), TABLES, expected);
        check("all.zip", zip(&[(name, table.as_bytes())]), "Zip of articles", expected);
        check("stored.zip", stored(name, table), "Zip of articles", expected);
    }
}

/// A zip whose entry stands in it uncompressed, so that its bytes hold the table as it is.
fn stored(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file(name, options).unwrap();
    writer.write_all(text.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn bookmarks_of_every_kind() {
    let karakeep = r#"{"bookmarks": [{"createdAt": 1772532000, "title": "One", "tags": ["sea"], "lists": ["l2"], "content": {"type": "link", "url": "https://a.example/1"}, "note": "Mine.", "archived": false}, {"createdAt": 1772532000, "title": null, "tags": [], "lists": [], "content": {"type": "text", "text": "A note\n\nof mine.", "sourceUrl": null}, "note": null, "archived": true}, {"createdAt": 1772532000, "title": "Gone", "tags": [], "content": null, "note": null}], "lists": [{"id": "l1", "name": "Top", "parentId": null}, {"id": "l2", "name": "For Bo", "description": null, "icon": "x", "type": "manual", "query": null, "parentId": "l1"}]}"#;
    let linkwarden = r#"{"id": 1, "name": "Ann", "collections": [{"id": 1, "name": "Sea", "parentId": null, "links": [{"name": "One", "url": "https://a.example/1", "description": "Of one.", "tags": [{"name": "tide"}], "createdAt": "2026-03-03T10:00:00.000Z"}]}, {"id": 2, "name": "Quay", "parentId": 1, "links": [{"name": "", "url": "https://a.example/2", "tags": []}]}]}"#;
    let pinboard = r#"[{"href": "https://a.example/1", "description": "One", "extended": "Of one.", "meta": "x", "hash": "y", "time": "2026-03-03T10:00:00Z", "shared": "no", "toread": "no", "tags": "sea low_tide"}]"#;
    let readability = r#"{"bookmarks": [{"article__title": "One", "article__url": "https://a.example/1", "article__excerpt": "Of one.", "favorite": true, "archive": false, "date_added": "2013-03-03 10:00:00"}, {"article__title": null, "article__url": "https://a.example/2", "favorite": 0, "archive": 1}]}"#;
    let netscape = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- This is an automatically generated file. -->\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n    <DT><H3 ADD_DATE=\"1\">Sea</H3>\n    <DL><p>\n        <DT><H3>Tide</H3>\n        <DL><p>\n            <DT><A HREF=\"https://a.example/1\" ADD_DATE=\"1772532000\" TAGS=\"a,b\">Ebb &amp; flow</A>\n        </DL><p>\n        <DT><A HREF=\"https://a.example/2\">Two</A>\n    </DL><p>\n</DL><p>\n";
    for (name, text, expected) in [
        (
            "karakeep.json",
            karakeep,
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | unread | - | - | sea+For Bo | p Mine. | «»(Mine.)",
                "- | - | 2026-03-03T10:00:00Z | archived | - | - |  | p A note / p of mine. | ",
                "Gone | - | 2026-03-03T10:00:00Z | - | - | - |  |  | ",
            ][..],
        ),
        (
            "linkwarden.json",
            linkwarden,
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | - | - | - | tide+Sea |  | ",
                "- | https://a.example/2 | - | - | - | - | Quay |  | ",
            ],
        ),
        (
            "pinboard.json",
            pinboard,
            &["One | https://a.example/1 | 2026-03-03T10:00:00Z | archived | - | - | sea+low_tide |  | "],
        ),
        (
            "readability.json",
            readability,
            &[
                "One | https://a.example/1 | 2013-03-03T10:00:00 | unread | true | - |  |  | ",
                "- | https://a.example/2 | - | archived | false | - |  |  | ",
            ],
        ),
        (
            "bookmarks.html",
            netscape,
            &[
                "Ebb & flow | https://a.example/1 | 2026-03-03T10:00:00Z | - | - | - | a+b+Tide+Sea |  | ",
                "Two | https://a.example/2 | - | - | - | - | Sea |  | ",
            ],
        ),
    ] {
        check(name, text, "Bookmarks", expected);
        check("stored.zip", stored(name, text), "Zip of articles", expected);
    }
}

#[test]
fn highlights_of_reading_programs() {
    let clipper = r#"[{"url": "https://a.example/1", "title": "One", "highlights": [{"text": "It rose, and fell.", "timestamp": "2026-03-03T10:00:00.000Z", "notes": ["Why, and how?"]}, {"text": "Then.", "timestamp": 1772532000000}], "data": [{"type": "element", "id": "1", "xpath": "/html/body/p", "content": "<p>It rose</p>"}]}]"#;
    let koreader = r#"{"title": "The Ferry", "author": "Ann Lee\nBo Li", "file": "/books/ferry.epub", "md5sum": "x", "number_of_pages": 90, "entries": [{"sort": "highlight", "page": 3, "time": 1772532000, "text": "It rose.", "note": "Why?", "chapter": "One", "drawer": "lighten", "color": "yellow", "pn_xp": "/body"}, {"sort": "bookmark", "page": 9, "time": 1772532001, "text": "", "chapter": "Two"}], "created_on": 1772532009, "version": "json/1.0.0"}"#;
    let foliate = r##"{"lastLocation": "epubcfi(/6/4!/4)", "progress": [1, 9], "annotations": [{"value": "epubcfi(/6/4!/4/2)", "color": "#ff0", "text": "It rose.", "note": "", "created": "2026-03-03T10:00:00.000Z"}], "metadata": {"identifier": "x", "title": "The Ferry", "author": [{"name": "Lee, Ann", "sortAs": null}]}}"##;
    for (name, text, expected) in [
        (
            "highlights.json",
            clipper.to_owned(),
            &[
                "One | https://a.example/1 | - | - | - | - |  | > p It rose, and fell. / p Why, and how? / > p Then. | «It rose, and fell.»!(Why, and how?) 2026-03-03T10:00:00Z «Then.»! 2026-03-03T10:00:00Z",
            ][..],
        ),
        (
            "ferry.json",
            koreader.to_owned(),
            &[
                "The Ferry | - | - | - | - | - |  | > p It rose. / p Why? | «It rose.»!(Why?) yellow 2026-03-03T10:00:00Z",
            ],
        ),
        (
            "all-books.json",
            format!(
                "{{\"created_on\": 1, \"version\": \"json/1.0.0\", \"documents\": [{koreader}, {}]}}",
                koreader.replace("Ferry", "Quay")
            ),
            &[
                "The Ferry | - | - | - | - | - |  | > p It rose. / p Why? | «It rose.»!(Why?) yellow 2026-03-03T10:00:00Z",
                "The Quay | - | - | - | - | - |  | > p It rose. / p Why? | «It rose.»!(Why?) yellow 2026-03-03T10:00:00Z",
            ],
        ),
        (
            "x.json",
            foliate.to_owned(),
            &["The Ferry | - | - | - | - | - |  | > p It rose. | «It rose.»! #ff0 2026-03-03T10:00:00Z"],
        ),
    ] {
        check(name, text, "Highlights", expected);
    }
    let read = open("ferry.json", koreader);
    assert_eq!(read.articles[0].metadata.authors.value().unwrap(), &["Ann Lee", "Bo Li"]);
    assert_eq!(open("x.json", foliate).articles[0].metadata.authors.value().unwrap(), &["Lee, Ann"]);
}

#[test]
fn feeds_as_they_are_found() {
    // Null where a list should be, a number where a text should be.
    check(
        "feed.json",
        r#"{"version": "https://jsonfeed.org/version/1", "title": null, "author": {"name": "Ann Lee"}, "items": [{"id": 1, "url": "https://a.example/1", "title": null, "content_html": "<dl><dt>a</dt></dl>", "authors": null, "tags": null, "attachments": [{"url": "x"}]}, {"id": "2", "title": 7, "content_text": "Two <b>words</b>."}, null]}"#,
        "Feed",
        &[
            "- | https://a.example/1 | - | - | - | - |  | :0 p <strong>a</strong> | ",
            "- | - | - | - | - | - |  | p Two <b>words</b>. | ",
        ],
    );
    let read = open(
        "feed.json",
        "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"title\": \"One\"}, null, 7]}",
    );
    assert!(warnings(&read).contains("2 entries have neither title"), "{}", warnings(&read));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret.gif"), crate::make::GIF).unwrap();
    let path = folder.path().join("a.rss");
    std::fs::write(&path, "<rss version=\"2.0\"><channel><item><description>&lt;p>x&lt;/p>&lt;img src=\"secret.gif\"></description></item></channel></rss>").unwrap();
    let read = recto::import::import(&recto::import::Source::read(&path).unwrap()).unwrap();
    assert!(
        read.articles[0].resources.iter().all(|resource| resource.bytes().is_none()),
        "a file beside a feed is not its"
    );
    // A podcast's entry, a feed that only teases, a title in CDATA with tags.
    check(
        "podcast.xml",
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>T</title><item><title><![CDATA[Low &amp; <i>high</i>]]></title><itunes:title>not this</itunes:title><itunes:author>Ann</itunes:author><enclosure url=\"https://a.example/a.mp3\" type=\"audio/mpeg\"/><guid isPermaLink=\"false\">x</guid><description>Plain &amp;amp; short.</description></item></channel></rss>",
        "Feed",
        &["Low & high | - | - | - | - | - |  | p Plain & short. | "],
    );
    check(
        "old.rss",
        "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\" [ <!ENTITY nbsp \"&#160;\"> ]>\n<rss version=\"0.91\"><channel><title>T</title><item><title>A&nbsp;B</title><link>https://a.example/1</link></item></channel></rss>",
        "Feed",
        &["A B | https://a.example/1 | - | - | - | - |  |  | "],
    );
    check(
        "atom.xml",
        "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>T</a:title><a:entry><a:title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">Low <b>and</b> high</div></a:title><a:link rel=\"enclosure\" href=\"https://a.example/a.mp3\"/><a:link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/1\"/><a:summary>Short.</a:summary></a:entry></a:feed>",
        "Feed",
        &["Low and high | https://a.example/1 | - | - | - | - |  | p Short. | "],
    );
}

#[test]
fn damaged_exports_keep_what_can_be_read() {
    let read = open(
        "omnivore.zip",
        zip_texts(&[
            ("metadata_0_to_20.json", r#"[{"id": "1", "slug": "one", "title": "One", "url": "https://a.example/1"}]"#),
            ("metadata_20_to_40.json", "[{\"id\": "),
        ]),
    );
    assert_eq!(read.articles.len(), 1);
    assert!(warnings(&read).contains("metadata_20_to_40.json"), "{}", warnings(&read));
    for (name, bytes) in [
        ("wallabag.json", b"[{\"is_archived\": 0, \"url\": \"x\", \"content\": \"cut".to_vec()),
        ("pocket.zip", zip_texts(&[("part_000000.csv", "")])),
        ("koreader.json", b"{\"entries\": [], \"created_on\": 1, \"version\": \"x\"}".to_vec()),
        ("pocket.json", b"{\"item_id\": 1, \"given_url\": [], \"time_added\": {}}".to_vec()),
    ] {
        let said = refusal(name, bytes).to_string();
        assert!(said.contains("Export it again") || said.contains("no article in this export"), "{name}: {said}");
    }
}
