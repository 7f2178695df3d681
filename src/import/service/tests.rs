//! Exports written in the test, with the odd cases that the services' own exporters have.

use crate::document::Article;
use crate::import::bundle::tests::zip_of;
use crate::import::{Import, Source, import, outline::outline};

fn read(bytes: impl AsRef<[u8]>) -> Import {
    import(&Source::from_bytes(bytes.as_ref())).expect("it reads")
}

/// Title, address, saved, state, favourite, per cent, tags, blocks, highlights: one line a story.
fn line(article: &Article) -> String {
    let m = &article.metadata;
    let text = |value: Option<String>| value.unwrap_or_else(|| "-".into());
    let highlights: Vec<_> = article
        .highlights
        .iter()
        .map(|h| {
            format!(
                "«{}»{}{}",
                h.quote,
                if h.range.is_some() { "!" } else { "" },
                h.note.as_ref().map(|n| format!("({n})")).unwrap_or_default()
            )
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

fn lines(import: &Import) -> Vec<String> {
    import.articles.iter().map(line).collect()
}

fn warnings(import: &Import) -> String {
    import.warnings.iter().map(|warning| warning.message.as_str()).collect::<Vec<_>>().join("; ")
}

#[test]
fn pocket_in_all_its_forms() {
    let part = "title,url,time_added,cursor,tags,status\n\"Two\nlines\",https://a.example/1,1772532000,abc,sea|low tide,unread\nhttps://a.example/2,https://a.example/2,1772532001,x,,archive\n";
    let annotations = r#"[{"url": "https://a.example/1", "title": "x", "highlights": [{"quote": "It rose.", "created_at": 1772532000}]}, {"url": "https://a.example/3", "title": "Three", "highlights": [{"quote": "Only a quote."}]}]"#;
    let collections = r#"{"slug": "s", "title": "For Bo", "items": [{"url": "https://a.example/2", "title": "x", "excerpt": "An excerpt.", "note": "Read this!"}]}"#;
    let import = read(zip_of(&[
        ("part_000000.csv", part.as_bytes()),
        ("annotations/part_000000.json", annotations.as_bytes()),
        ("collections/s.json", collections.as_bytes()),
        ("annotations/broken.json", b"[{"),
    ]));
    assert_eq!(import.format, "Pocket export");
    assert_eq!(
        lines(&import),
        [
            "Two lines | https://a.example/1 | 2026-03-03T10:00:00Z | unread | - | - | sea+low tide | > p It rose. | «It rose.»!",
            "- | https://a.example/2 | 2026-03-03T10:00:01Z | archived | - | - | For Bo | p Read this! | «»(Read this!)",
            "Three | https://a.example/3 | - | - | - | - |  | > p Only a quote. | «Only a quote.»!",
        ]
    );
    assert!(warnings(&import).contains("broken.json"), "{}", warnings(&import));
    let import = read("title,url,time_added,tags,status\nOne,https://a.example/1,1772532000,,archive\n");
    assert_eq!(lines(&import), ["One | https://a.example/1 | 2026-03-03T10:00:00Z | archived | - | - |  |  | "]);
    assert!(import.articles[0].is_link_only() && warnings(&import).contains("1 story has no text"));
    let import = read(
        "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul><li><a href=\"https://a.example/1\" time_added=\"1772532000\" tags=\"a,b\">One</a></li></ul><h1>Read Archive</h1><ul><li><a href=\"https://a.example/2\" time_added=\"1772532000\" tags=\"\">https://a.example/2</a></li></ul></body></html>",
    );
    assert_eq!(
        lines(&import),
        [
            "One | https://a.example/1 | 2026-03-03T10:00:00Z | unread | - | - | a+b |  | ",
            "- | https://a.example/2 | 2026-03-03T10:00:00Z | archived | - | - |  |  | ",
        ]
    );
}

#[test]
fn omnivore_with_pages_highlights_and_what_is_missing() {
    let metadata = r#"[
        {"id": "1", "slug": "one", "title": "One", "url": "https://a.example/1", "author": null, "state": "Archived", "readingProgress": 40, "labels": ["sea"], "savedAt": "2026-03-03T10:00:00.000Z", "publishedAt": null},
        {"id": "1", "slug": "one", "title": "One", "url": "https://a.example/1", "state": "Archived"},
        {"id": "2", "slug": "two", "title": "Two", "url": "https://omnivore.app/no_url?q=x", "state": "Unknown", "labels": []},
        {"id": "3", "slug": "three", "title": "Three", "url": "https://a.example/3.pdf", "state": "Active"}
    ]"#;
    let import = read(zip_of(&[
        ("metadata_0_to_20.json", metadata.as_bytes()),
        ("content/one.html", b"<div class=\"page\"><h2>Head</h2><p>It <b>rose</b> high.</p></div>"),
        ("contents/two.html", b"<p>A letter.</p>"),
        ("content/three.pdf", b"%PDF-1.4"),
        ("highlights/one.md", "> It rose\n\n#tide #high\n\nIndeed.\n\nA note on the page.\n\n> not there".as_bytes()),
    ]));
    assert_eq!(
        lines(&import),
        [
            "One | https://a.example/1 | 2026-03-03T10:00:00Z | archived | - | 40 | sea | h2 Head / p It <strong>rose</strong> high. | «It rose»!(Indeed.) «»(A note on the page.) «not there»",
            "Two | - | - | - | - | - |  | p A letter. | ",
            "Three | https://a.example/3.pdf | - | unread | - | - |  |  | ",
        ]
    );
    assert_eq!(import.articles[0].highlights[0].tags, ["tide", "high"]);
    assert!(warnings(&import).contains("PDF"), "{}", warnings(&import));
}

#[test]
fn wallabag_of_every_age() {
    let import = read(
        r#"[{"id": 1, "title": "One &amp; all", "url": "https://a.example/1", "is_archived": 0, "is_starred": 1, "content": "<p>It rose.</p>", "created_at": "2026-03-03T10:00:00+0000", "published_at": null, "published_by": ["Ann Lee"], "annotations": [{"text": "Why?", "quote": "It rose", "ranges": []}], "language": "en_GB", "reading_time": 3, "domain_name": "a.example", "tags": ["sea", "low tide"]},
        {"id": "2", "title": "Two", "url": "https://a.example/2", "is_archived": true, "is_starred": false, "content": "wallabag can't retrieve contents for this article. Please <a href='x'>troubleshoot</a>.", "tags": [{"id": 1, "label": "old"}]}]"#,
    );
    assert_eq!(import.format, "wallabag export");
    assert_eq!(
        lines(&import),
        [
            "One & all | https://a.example/1 | 2026-03-03T10:00:00Z | unread | true | - | sea+low tide | p It rose. | «It rose»!(Why?)",
            "Two | https://a.example/2 | - | archived | false | - | old |  | ",
        ]
    );
    let metadata = &import.articles[0].metadata;
    assert_eq!(
        metadata.authors.first().map(|r| format!("{} {}", r.value.join(","), r.from)).as_deref(),
        Some("Ann Lee field published_by")
    );
    assert_eq!(metadata.language.value().map(String::as_str), Some("en-GB"));
}

#[test]
fn matter_with_the_pages_it_kept() {
    let history = "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id\nOne,Ann Lee,Harbour,https://a.example/1,sea;tide,10,False,True,True,0,2026-03-03,files/one.html\nTwo,,,https://a.example/2,,0,True,False,False,0,,\n";
    let import = read(zip_of(&[
        ("Archive/_matter_history.csv", history.as_bytes()),
        ("Archive/files/one.html", b"<p>It rose.</p>"),
    ]));
    assert_eq!(
        lines(&import),
        [
            "One | https://a.example/1 | 2026-03-03 | archived | true | - | sea+tide | p It rose. | ",
            "Two | https://a.example/2 | - | unread | false | - |  |  | ",
        ]
    );
}

#[test]
fn tables_of_other_services() {
    for (table, expected) in [
        (
            "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/1,One,It rose.,Starred,1772532000,\"[\"\"sea\"\"]\"\n",
            "One | https://a.example/1 | 2026-03-03T10:00:00Z | - | true | - | sea | > p It rose. | «It rose.»!",
        ),
        (
            "URL,Title,Selection,Folder\nhttps://a.example/1,One,,Recipes\n",
            "One | https://a.example/1 | - | - | - | - | Recipes |  | ",
        ),
        (
            "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nOne,https://a.example/1,x,\"['sea', 'low tide']\",2026-03-03 10:00:00+00:00,0.25,later,True\n",
            "One | https://a.example/1 | 2026-03-03T10:00:00Z | reading | - | 25 | sea+low tide |  | ",
        ),
        (
            "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at\nIt rose.,The Ferry,Ann Lee,,Why?,yellow,,page,3,2026-03-03 10:00:00+00:00\nIt fell.,The Ferry,Ann Lee,,,,,page,9,\n",
            "The Ferry | - | - | - | - | - |  | > p It rose. / p Why? / > p It fell. | «It rose.»!(Why?) «It fell.»!",
        ),
        (
            "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,One,,Short.,https://a.example/1,Sea / Tide,\"a, b\",2026-03-03T10:00:00Z,,\"Highlight:It rose\nNote:Why?\",true\n",
            "One | https://a.example/1 | 2026-03-03T10:00:00Z | - | true | - | a+b+Sea / Tide | > p It rose / p Why? | «It rose»!(Why?)",
        ),
        (
            "Title;URL;Content;Tags;\"MIME Type\";Language;\"Creation date\"\nOne;https://a.example/1;\"<p>It rose.</p>\";\"a, b\";text/html;en;\"03/04/2026 09:05:00\"\n",
            "One | https://a.example/1 | 2026-04-03 | - | - | - | a+b | p It rose. | ",
        ),
        (
            "id,type,title,url,content,note,tags,created\n1,Article,One,https://a.example/1,Plain words.,,sea,2026-03-03\n",
            "One | https://a.example/1 | 2026-03-03 | - | - | - | sea | p Plain words. | ",
        ),
    ] {
        assert_eq!(lines(&read(table)), [expected], "{table}");
    }
}

#[test]
fn bookmarks_of_every_kind() {
    for (text, expected) in [
        (
            r#"{"bookmarks": [{"createdAt": 1772532000, "title": "One", "tags": ["sea"], "lists": ["l1"], "content": {"type": "link", "url": "https://a.example/1"}, "note": null, "archived": true}, {"createdAt": 1772532000, "title": null, "tags": [], "content": {"type": "text", "text": "A note of mine."}}, {"content": null}], "lists": [{"id": "l1", "name": "For Bo"}]}"#,
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | archived | - | - | sea+For Bo |  | ",
                "- | - | 2026-03-03T10:00:00Z | - | - | - |  | p A note of mine. | ",
            ][..],
        ),
        (
            r#"{"collections": [{"id": 1, "name": "Sea", "links": [{"name": "One", "url": "https://a.example/1", "tags": [{"name": "tide"}], "createdAt": "2026-03-03T10:00:00Z"}]}]}"#,
            &["One | https://a.example/1 | 2026-03-03T10:00:00Z | - | - | - | tide+Sea |  | "],
        ),
        (
            r#"[{"href": "https://a.example/1", "description": "One", "extended": "", "time": "2026-03-03T10:00:00Z", "shared": "no", "toread": "yes", "tags": "sea tide"}]"#,
            &["One | https://a.example/1 | 2026-03-03T10:00:00Z | unread | - | - | sea+tide |  | "],
        ),
        (
            "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE><DL><p><DT><H3>Sea</H3>\n<DL><p><DT><A HREF=\"https://a.example/1\" ADD_DATE=\"1772532000\" TAGS=\"a,b\">One</A>\n</DL><p><DT><A HREF=\"javascript:x\">Script</A></DL>",
            &[
                "One | https://a.example/1 | 2026-03-03T10:00:00Z | - | - | - | a+b+Sea |  | ",
                "Script | - | - | - | - | - |  |  | ",
            ],
        ),
    ] {
        assert_eq!(lines(&read(text)), expected, "{text}");
    }
}

#[test]
fn damaged_exports_say_what_to_do() {
    let deep = format!("[{{\"is_archived\": 0, \"url\": \"x\", \"content\": {}", "[".repeat(200_000));
    for bytes in [
        deep.into_bytes(),
        b"[{\"is_archived\": 0, \"url\": \"x\", \"content\": \"cut".to_vec(),
        zip_of(&[("metadata_0_to_20.json", b"[{")]),
        zip_of(&[("part_000000.csv", b"title,url,time_added,tags,status\n")]),
        b"title,url,time_added,tags,status\n".to_vec(),
    ] {
        let error = import(&Source::from_bytes(bytes)).expect_err("nothing to read").to_string();
        assert!(error.contains("Export it again") || error.contains("no article in this export"), "{error}");
    }
}
