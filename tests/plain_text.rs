//! Plain text as a whole: pages of several languages and kinds lose their furniture and nothing else, and what is no page
//! stays whole. The texts are in `fixtures/text`.

#![expect(clippy::expect_used, reason = "a test ends where a fixture is missing")]

use recto::document::{Article, Content, OmissionReason as R, Role};
use recto::import::{Import, Source, import};

fn read(name: &str) -> Import {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    import(&Source::read(&path).expect(name)).expect(name)
}

/// What a page is expected to state, and what is left out of it.
struct Page {
    file: &'static str,
    encoding: &'static str,
    title: &'static str,
    site: Option<&'static str>,
    authors: &'static [&'static str],
    published: Option<&'static str>,
    modified: Option<&'static str>,
    minutes: Option<u32>,
    url: Option<&'static str>,
    paragraphs: usize,
    /// Runs of omissions: a reason and how many blocks in a row have it.
    omitted: &'static [(R, usize)],
}

const PAGES: &[Page] = &[
    Page {
        file: "tests/fixtures/text/leuchtturm-de.txt",
        encoding: "UTF-8",
        title: "Der Leuchtturm von Grauort sucht einen neuen Wärter",
        site: Some("Grauorter Zeitung"),
        authors: &["Heike Brandis"],
        published: Some("2026-03-04T18:20"),
        modified: None,
        minutes: Some(4),
        url: None,
        paragraphs: 4,
        omitted: &[
            (R::Navigation, 7),
            (R::Subscribe, 1),
            (R::Navigation, 1),
            (R::ReadingTime, 1),
            (R::Share, 2),
            (R::ImageCredit, 1),
            (R::Advertisement, 1),
            (R::Related, 3),
            (R::Comments, 2),
            (R::Legal, 3),
        ],
    },
    Page {
        file: "tests/fixtures/text/bac-fr-cp1252.txt",
        encoding: "windows-1252",
        title: "Le bac de Saint-Aubry reprend du service après trois ans d’arrêt",
        site: None,
        authors: &["Claire Vautrin", "Hugo Mérel"],
        published: Some("2026-04-12T07:45"),
        modified: Some("2026-04-13"),
        minutes: Some(5),
        url: None,
        paragraphs: 4,
        omitted: &[
            (R::ReadingTime, 1),
            (R::Share, 1),
            (R::Related, 1),
            (R::Related, 3),
            (R::Subscribe, 1),
            (R::Legal, 2),
        ],
    },
    Page {
        file: "tests/fixtures/text/railway-wrapped.txt",
        encoding: "UTF-8",
        title: "Millionth passenger rides the railway that would not close",
        site: Some("The Colne Valley Gazette"),
        authors: &["Edwin Marsh"],
        published: Some("2025-08-09"),
        modified: None,
        minutes: Some(6),
        url: Some("https://gazette.example/railway-millionth"),
        paragraphs: 5,
        omitted: &[
            (R::SourceName, 1),
            (R::ReadingTime, 1),
            (R::Advertisement, 1),
            (R::Related, 3),
            (R::Subscribe, 1),
            (R::Legal, 1),
            (R::SourceName, 1),
        ],
    },
    Page {
        file: "tests/fixtures/text/mercado-es.txt",
        encoding: "UTF-8",
        title: "El mercado de abastos de Villarrubia abre de noche para no cerrar",
        site: None,
        authors: &[],
        published: Some("2025-10-25"),
        modified: None,
        minutes: Some(3),
        url: None,
        paragraphs: 3,
        omitted: &[
            (R::Navigation, 7),
            (R::Subscribe, 2),
            (R::Navigation, 2),
            (R::ReadingTime, 1),
            (R::ImageCredit, 1),
            (R::Related, 2),
            (R::Comments, 2),
            (R::Legal, 2),
        ],
    },
    Page {
        file: "tests/fixtures/text/markt-nl-aaneen.txt",
        encoding: "UTF-8",
        title: "De laatste klompenmaker van Oudewaard stopt ermee",
        site: None,
        authors: &["Sanne de Wit"],
        published: Some("2026-02-14"),
        modified: None,
        minutes: Some(2),
        url: None,
        paragraphs: 3,
        omitted: &[(R::ReadingTime, 1), (R::Share, 1), (R::Related, 1), (R::Related, 3), (R::Subscribe, 1)],
    },
    Page {
        file: "assets/samples/harbour-ferry.txt",
        encoding: "UTF-8",
        title: "Harrow Bay Votes to Keep Its Ferry, by a Margin of Eleven",
        site: Some("The Harrow Courier"),
        authors: &[],
        published: None,
        modified: None,
        minutes: Some(3),
        url: None,
        paragraphs: 9,
        omitted: &[(R::SourceName, 1), (R::ReadingTime, 2), (R::Share, 1)],
    },
];

/// Runs of omitted blocks; a shown body block parts two runs, the head's blocks do not.
fn omissions(article: &Article) -> Vec<(R, usize)> {
    let mut runs: Vec<(R, usize)> = Vec::new();
    let mut is_open = false;
    for block in &article.blocks {
        match block.omitted {
            Some(reason) if is_open && runs.last().is_some_and(|(last, _)| *last == reason) => {
                runs.last_mut().expect("a run is open").1 += 1;
            }
            Some(reason) => {
                runs.push((reason, 1));
                is_open = true;
            }
            None if block.role == Role::Body => is_open = false,
            None => {}
        }
    }
    runs
}

#[test]
fn pages_lose_their_furniture_and_nothing_else() {
    for page in PAGES {
        let import = read(page.file);
        let article = &import.articles[0];
        let metadata = &article.metadata;
        let name = page.file;
        assert_eq!(import.encoding, Some(page.encoding), "{name}");
        assert_eq!(article.title(), Some(page.title), "{name}");
        assert_eq!(metadata.site.value().map(String::as_str), page.site, "{name}");
        let authors: Vec<&str> = metadata.authors.value().into_iter().flatten().map(String::as_str).collect();
        assert_eq!(authors, page.authors, "{name}");
        assert_eq!(metadata.published.value().map(ToString::to_string).as_deref(), page.published, "{name}");
        assert_eq!(metadata.modified.value().map(ToString::to_string).as_deref(), page.modified, "{name}");
        assert_eq!(metadata.stated_minutes.value().copied(), page.minutes, "{name}");
        assert_eq!(metadata.url.value().map(String::as_str), page.url, "{name}");
        assert_eq!(omissions(article), page.omitted, "{name}");
        let shown = article.blocks.iter().filter(|b| b.is_shown() && b.role == Role::Body);
        let paragraphs = shown.filter(|b| matches!(b.content, Content::Paragraph { .. })).count();
        assert_eq!(paragraphs, page.paragraphs, "{name}");
    }
}

#[test]
fn what_is_no_page_stays_whole() {
    for (name, title) in [
        ("poem", Some("THE LAMPLIGHTER'S SON")),
        ("transcript", Some("Harbour committee, public session")),
        ("mail", Some("The boat in the barn")),
        ("note", Some("Things to do before the guests come")),
        ("recipe", Some("Harbour fish stew")),
    ] {
        let file = format!("tests/fixtures/text/whole-{name}.txt");
        let import = read(&file);
        let article = &import.articles[0];
        assert!(article.blocks.iter().all(recto::document::Block::is_shown), "{name}");
        assert_eq!(article.title(), title, "{name}");
        let text = article.flat_text();
        let words = |s: &str| {
            s.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let source = std::fs::read_to_string(path).expect(name);
        assert_eq!(words(text.as_str()), words(&source), "{name}");
    }
}

#[test]
fn verse_keeps_its_lines_and_mail_its_quotations() {
    let poem = read("tests/fixtures/text/whole-poem.txt");
    assert_eq!(poem.articles[0].blocks[1].plain_text().lines().count(), 4);
    let mail = read("tests/fixtures/text/whole-mail.txt");
    let quoted: Vec<usize> =
        mail.articles[0].blocks.iter().filter(|b| b.is_quoted()).map(|b| b.containers.len()).collect();
    assert_eq!(quoted, [1, 2, 1]);
    let transcript = read("tests/fixtures/text/whole-transcript.txt");
    assert_eq!(transcript.articles[0].blocks.len(), 8);
}
