//! Messages written in the test, as browsers and mail programs write them.

use crate::document::ResourceState;
use crate::import::{FORMATS, Import, Source, import, outline::outline};

const GIF: &str = "R0lGODlhBAAEAIAAAAAAAP///yH5BAEAAAAALAAAAAAEAAQAAAIEhI8JBQA7";

fn read(text: &str) -> Import {
    import(&Source::from_bytes(text.replace('\n', "\r\n").into_bytes())).expect(text)
}

fn chrome() -> String {
    format!(
        "From: <Saved by Blink>
Snapshot-Content-Location: https://tide.example/news/ferry
Subject: =?utf-8?Q?The_ferry_=E2=80=93_sails?=
Date: Tue, 3 Mar 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype=\"text/html\";
\tboundary=\"----MultipartBoundary--x----\"


------MultipartBoundary--x----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://tide.example/news/ferry

<!DOCTYPE html><html><head><title>The ferry =E2=80=93 sails</title></head><body><p>It =
sails at n=C3=A4chster Flut. <a href=3D\"/more\">More</a></p><img src=3D\"https://tide.example/a.gif?x=3D1\" alt=3D\"A gauge\"><img src=3D\"cid:b@mhtml.blink\"><img src=3D\"rel/c.gif\"><img src=3D\"https://tide.example/gone.gif\"></body></html>
------MultipartBoundary--x----
Content-Type: image/gif
Content-Transfer-Encoding: base64
Content-Location: https://tide.example/a.gif?x=1

{GIF}
------MultipartBoundary--x----
Content-Type: image/gif
Content-Transfer-Encoding: base64
Content-ID: <b@mhtml.blink>

{GIF}
------MultipartBoundary--x----
Content-Type: image/gif
Content-Transfer-Encoding: base64
Content-Location: https://tide.example/news/rel/c.gif

{GIF}
------MultipartBoundary--x------
"
    )
}

#[test]
fn a_page_that_chrome_saved_has_its_images_and_its_address() {
    let import = read(&chrome());
    assert_eq!((import.format, import.warnings.len()), ("MHTML", 0));
    let article = &import.articles[0];
    assert_eq!(article.title(), Some("The ferry – sails"));
    assert_eq!(
        article.metadata.url.first().map(|r| r.from.to_string()).as_deref(),
        Some("header Snapshot-Content-Location")
    );
    assert_eq!(article.metadata.saved.value().map(ToString::to_string).as_deref(), Some("2026-03-03T10:00:00+01:00"));
    assert!(outline(article).contains("nächster Flut. <a https://tide.example/more>More</a>"), "{}", outline(article));
    let here = article.resources.iter().map(|resource| resource.bytes().is_some()).collect::<Vec<_>>();
    // Equal bytes under three addresses are three images; the fourth is not in the file.
    assert_eq!(here, [true, true, true, false]);
    assert!(matches!(&article.resources[3].state, ResourceState::Remote { url } if url.ends_with("gone.gif")));
}

#[test]
fn an_old_page_of_one_part_is_read_in_its_encoding() {
    let text = "From: \"Saved by Windows Internet Explorer 8\"
Subject: Der Hafen
Date: Tue, 3 Mar 2009 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/html;
\tcharset=\"windows-1252\"
Content-Transfer-Encoding: quoted-printable
Content-Location: http://hafen.example/

<html><body><p>Die F=E4hre =96 sie f=E4hrt.</p></body></html>
";
    let import = read(text);
    assert_eq!(import.articles[0].body_text(), "Die Fähre – sie fährt.");
    assert_eq!(import.articles[0].metadata.url.value().map(String::as_str), Some("http://hafen.example/"));
}

#[test]
fn a_newsletter_is_a_story_with_what_its_head_says() {
    let text = format!(
        "Received: by mail.example
Message-ID: <1@tide.example>
From: =?utf-8?B?RGllIEbDpGhyZQ==?= <news@tide.example>
To: reader@home.example
Subject: Low water
Date: Tue, 3 Mar 2026 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

The water is low. (text)

--a
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><body><p>The water is l=F6w.</p><img src=3D\"cid:pic\" alt=3D\"Gauge\"></body></html>
--r
Content-Type: image/gif
Content-Transfer-Encoding: base64
Content-ID: <pic>

{GIF}
--r--
--a--
--m
Content-Type: application/pdf; name=\"timetable.pdf\"
Content-Disposition: attachment; filename=\"timetable.pdf\"
Content-Transfer-Encoding: base64

JVBERg==
--m--
"
    );
    let import = read(&text);
    let article = &import.articles[0];
    assert_eq!(import.format, "E-mail");
    assert_eq!(outline(article), "p The water is löw.\nimg0 alt=Gauge");
    assert!(article.resources[0].bytes().is_some());
    let metadata = &article.metadata;
    assert_eq!(article.title(), Some("Low water"));
    assert_eq!(metadata.authors.value(), Some(&vec!["Die Fähre".to_owned()]));
    assert_eq!(
        metadata.published.first().map(|r| format!("{} {}", r.value, r.from)).as_deref(),
        Some("2026-03-03T10:00:00Z header Date")
    );
    let warnings: Vec<_> = import.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["An attachment was left in the file: timetable.pdf"]);
}

#[test]
fn a_letter_in_plain_text_is_read_and_a_mailbox_is_many() {
    let letter = |n: usize| {
        format!(
            "From: Ann Lee <ann@b.example>\nMessage-ID: <{n}@b>\nSubject: Letter {n}\n\nDear Bo,\n\nThe ferry sails at {n}.\n\n>From now on it is daily.\n"
        )
    };
    let import = read(&letter(1));
    assert_eq!((import.format, import.articles[0].title()), ("E-mail", Some("Letter 1")));
    assert!(import.articles[0].body_text().contains("The ferry sails at 1."));
    let mailbox: String =
        (0..3).map(|n| format!("From ann@b.example Tue Mar  3 10:00:00 2026\n{}\n", letter(n))).collect();
    let import = read(&mailbox);
    let titles: Vec<_> = import.articles.iter().filter_map(|a| a.title()).collect();
    assert_eq!((import.format, titles.as_slice()), ("Mailbox", &["Letter 0", "Letter 1", "Letter 2"][..]));
    assert!(import.articles[2].body_text().contains("From now on"));
    assert!(!import.articles[2].body_text().contains(">From"));
}

#[test]
fn damaged_messages_are_read_as_far_as_they_go() {
    let whole = chrome();
    for cut in [whole.len() / 2, whole.len() / 3, 400, 200] {
        let text = whole.get(..cut).unwrap_or_default();
        // No panic, and an error that says what to do.
        if let Err(error) = import(&Source::named("a.mhtml", text.as_bytes())) {
            assert!(error.to_string().len() > 40, "{error}");
        }
    }
    assert!(FORMATS.iter().any(|format| format.extensions.contains(&"mht")));
    let nested = format!(
        "MIME-Version: 1.0\nSubject: x\n{}",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(5_000)
    );
    let _ = import(&Source::from_bytes(nested.into_bytes()));
}
