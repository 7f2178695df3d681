//! What becomes of lists as GLib, KDE and nobody in particular write them.

use std::path::Path;

use super::{EMPTY, FILE_NAME, NotListed, Opened, add, address_of, is_address_of, with_opened};

const AT: &str = "2026-05-04T10:11:12.123456Z";
const PATH: &str = "/home/ann/light.txt";

fn opened(path: &str) -> Opened<'_> {
    Opened { path: Path::new(path), media_type: "text/plain", at: AT.parse().unwrap() }
}

fn own(count: u32) -> String {
    format!("<bookmark:application name=\"Recto\" exec=\"&apos;recto %f&apos;\" modified=\"{AT}\" count=\"{count}\"/>")
}

/// A list with something in it.
fn list(inner: &str) -> String {
    EMPTY.replace("</xbel>", &format!("{inner}</xbel>"))
}

/// What is changed of a document: everything in `expected`, with the dates that an opening sets.
fn check(before: &str, expected: &str) {
    let after = with_opened(&list(before), &opened(PATH)).unwrap();
    assert_eq!(after, list(expected), "{before}");
    // What was written is understood, counted on, and else stays.
    let again = with_opened(&after, &opened(PATH)).unwrap();
    assert_eq!(again, after.replace(&own(1), &own(2)).replace(&own(8), &own(9)), "{before}");
}

#[test]
fn a_first_document_is_written_as_glib_does() {
    let whole = format!(
        "  <bookmark href=\"file://{PATH}\" added=\"{AT}\" modified=\"{AT}\" visited=\"{AT}\">
    <info>
      <metadata owner=\"http://freedesktop.org\">
        <mime:mime-type type=\"text/plain\"/>
        <bookmark:applications>
          {}
        </bookmark:applications>
      </metadata>
    </info>
  </bookmark>\n",
        own(1)
    );
    check("", &whole);
    for nothing in ["", " \n"] {
        assert_eq!(with_opened(nothing, &opened(PATH)).unwrap(), list(&whole));
    }
    // Behind others, which stay to the last space and comment.
    let other =
        "  <bookmark href='file:///a.txt'  visited=\"then\" ><!-- <bookmark> --><info>ä &amp; ö</info></bookmark>\n";
    check(other, &format!("{other}{whole}"));
    // A list without an end tag.
    let bare = EMPTY.trim_end().replace("\n>\n</xbel>", "/>");
    let after = with_opened(&bare, &opened(PATH)).unwrap();
    assert!(after.ends_with("</bookmark>\n</xbel>"), "{after}");
    assert!(with_opened(&after, &opened(PATH)).unwrap().contains(&own(2)));
}

#[test]
fn what_others_wrote_of_the_same_document_stays() {
    let tag = |rest: &str| format!("<bookmark href=\"file://{PATH}\" {rest}>");
    let (before, after) = (
        tag("added=\"a\" modified=\"b\" visited=\"c\""),
        tag(&format!("added=\"a\" modified=\"{AT}\" visited=\"{AT}\"")),
    );
    let gedit = "<bookmark:application name=\"gedit\" exec=\"&apos;gedit %u&apos;\" modified=\"b\" count=\"3\"/>";
    let owner = "<metadata owner=\"http://freedesktop.org\">";
    let mime = "<mime:mime-type type=\"text/x-log\"/>";
    let programs = |inner: &str| format!("<bookmark:applications>{inner}</bookmark:applications>");
    let new_programs = format!("<bookmark:applications>\n          {}\n        </bookmark:applications>", own(1));
    let new_metadata =
        format!("{owner}\n        <mime:mime-type type=\"text/plain\"/>\n        {new_programs}\n      </metadata>");
    let new_info = format!("<info>\n      {new_metadata}\n    </info>");
    let groups = "<bookmark:groups><bookmark:group>Drafts</bookmark:group></bookmark:groups>";
    let theirs = "<metadata owner=\"http://example.org\"><bookmark:applications/></metadata>";
    let earlier = own(7).replace(AT, "b").replace("%f", "%u");
    for (inside, expected) in [
        // Another program has opened it.
        (
            format!("<info>{owner}{mime}{groups}{}</metadata></info>", programs(gedit)),
            format!(
                "<info>{owner}{mime}{groups}{}</metadata></info>",
                programs(&format!("{gedit}  {}\n        ", own(1)))
            ),
        ),
        // Recto has.
        (
            format!("<title>T</title><info>{owner}{mime}{}</metadata></info>", programs(&format!("{earlier}{gedit}"))),
            format!("<title>T</title><info>{owner}{mime}{}</metadata></info>", programs(&format!("{}{gedit}", own(8)))),
        ),
        (
            format!("<info>{owner}{}</metadata></info>", programs(&earlier.replace("/>", "> </bookmark:application>"))),
            format!("<info>{owner}{}</metadata></info>", programs(&own(8))),
        ),
        // Parts are missing or empty.
        (
            format!("<info>{theirs}{owner}{mime}<bookmark:applications/></metadata></info>"),
            format!("<info>{theirs}{owner}{mime}{new_programs}</metadata></info>"),
        ),
        (
            format!("<info>{owner}{mime}</metadata></info>"),
            format!("<info>{owner}{mime}  {new_programs}\n      </metadata></info>"),
        ),
        (format!("<info>{theirs}</info>"), format!("<info>{theirs}  {new_metadata}\n    </info>")),
        ("<info/>".to_owned(), new_info.clone()),
        ("<title>T</title><desc>D</desc>".to_owned(), format!("<title>T</title>\n    {new_info}<desc>D</desc>")),
        ("<desc>D</desc>".to_owned(), format!("\n    {new_info}<desc>D</desc>")),
    ] {
        check(&format!("{before}{inside}</bookmark>\n"), &format!("{after}{expected}</bookmark>\n"));
    }
    let (before, after) = (tag(" x='\"'/"), tag(&format!("x='\"' modified=\"{AT}\" visited=\"{AT}\"")));
    check(&before, &format!("{after}\n    {new_info}\n  </bookmark>"));
}

#[test]
fn a_list_that_is_not_understood_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    let whole = list("<bookmark href=\"file:///a\"></bookmark>");
    for broken in [
        "not a list".to_owned(),
        "<html/>".to_owned(),
        format!("\u{FEFF}{whole}"),
        "<xbel version=\"1.0\"/>".to_owned(),
        EMPTY.replace("desktop-bookmarks", "other"),
        whole.replace("</xbel>", ""),
        whole.replace("</bookmark>", ""),
        whole.replace("</bookmark>", "</info>"),
        whole.replace("href=\"", "href="),
        format!("{whole}{whole}"),
        whole.replace("file:///a", "<"),
        whole.replace("file:///a", "a & b"),
    ] {
        std::fs::write(&path, &broken).unwrap();
        assert!(matches!(add(folder.path(), &opened(PATH)), Err(NotListed::Unfamiliar { .. })), "{broken}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
    }
    std::fs::write(&path, b"\xff\xfe<\0x\0").unwrap();
    assert!(matches!(add(folder.path(), &opened(PATH)), Err(NotListed::Unfamiliar { .. })));
}

#[test]
fn documents_are_added_to_a_file_that_is_its_persons_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("share");
    for path in ["/a.txt", "/b.txt", "/a.txt"] {
        add(&data, &opened(path)).unwrap();
    }
    let path = data.join(FILE_NAME);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!((text.matches("<bookmark ").count(), text.matches(&own(2)).count()), (2, 1), "{text}");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(data.read_dir().unwrap().count(), 1, "nothing else is left");
}

#[test]
fn an_address_is_known_however_it_is_escaped() {
    for (path, address) in [
        ("/home/ann/a b.html", "file:///home/ann/a%20b.html"),
        ("/tmp/é#1?&.txt", "file:///tmp/%C3%A9%231%3F&.txt"),
        ("/tmp/100%/;[x]", "file:///tmp/100%25/%3B%5Bx%5D"),
    ] {
        assert_eq!(address_of(Path::new(path)), address);
        assert!(is_address_of(&quick_xml::escape::escape(address), Path::new(path)), "{address}");
    }
    for (written, expected) in [
        ("file:///tmp/a&amp;b%c3%a9", true),
        ("file://localhost/tmp/a%26bé", true),
        ("file:///tmp/a&apos;b%C3%A9", false),
        ("https:///tmp/a&amp;b%C3%A9", false),
        ("file:///tmp/&nonsense;", false),
    ] {
        assert_eq!(is_address_of(written, Path::new("/tmp/a&bé")), expected, "{written}");
    }
}
