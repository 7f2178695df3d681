//! Exports against tables of examples, and against the importers.

use proptest::prelude::*;

use super::{Excerpt, html, html_document, markdown, plain_text};
use crate::document::{
    Article, Block, Cell, Container, Figure, InlineStyle, Marker, OmissionReason, Provenance, Resource, RichText, Row,
    Table, TextRange,
};
use crate::import::{self, Source};

fn paragraph(text: &str) -> Block {
    Block::paragraph(RichText::plain(text))
}

fn item(list: u32, item: u32, marker: Marker) -> Container {
    Container::ListItem { list, item, marker }
}

/// One of everything.
fn sample() -> Article {
    let mut article = Article::default();
    article.metadata.title.add("A & B".to_owned(), Provenance::Text);
    article.metadata.url.add("https://example.org/?a=1&b=2".to_owned(), Provenance::Text);
    let image = article.add_resource(Resource::remote("https://example.org/a.png"));
    let mut text = RichText::plain("One ");
    text.push_styled("two", InlineStyle::Strong);
    text.push_str(" \u{FFFC}<three>\nfo\u{AD}ur ");
    text.push_styled("five", InlineStyle::Link { target: "https://example.org/".to_owned() });
    text.push_styled(" six", InlineStyle::Link { target: "javascript:alert(1)".to_owned() });
    let row = |header, cells: &[&str]| Row { header, cells: cells.iter().map(|c| Cell::new((*c).into())).collect() };
    let table =
        Table { caption: RichText::default(), rows: vec![row(true, &["Year", "Boats"]), row(false, &["1999", "3|4"])] };
    let figure = Figure { image, alt: "A \"boat\"".to_owned(), caption: "At sea".into() };
    article.blocks = vec![
        Block::heading(2, "Head".into()),
        Block::paragraph(text),
        paragraph("first").within(vec![item(0, 0, Marker::Number(3))]),
        paragraph("more").within(vec![item(0, 0, Marker::Number(3))]),
        paragraph("second").within(vec![item(0, 1, Marker::Number(4))]),
        paragraph("inner").within(vec![item(0, 1, Marker::Number(4)), item(1, 0, Marker::Bullet)]),
        paragraph("Share").omitted(OmissionReason::Share),
        paragraph("said").within(vec![Container::Quotation { quotation: 0 }]),
        Block::rule(),
        Block::code(Some("rust".to_owned()), "let a = &b;\n\n`x`".to_owned()),
        Block::new(crate::document::Content::Table(table)),
        Block::new(crate::document::Content::Figure(figure)),
        paragraph("a note").within(vec![Container::Note { label: "1".to_owned() }]),
    ];
    article
}

fn whole(article: &Article) -> TextRange {
    TextRange::new(0, article.flat_text().as_str().len())
}

#[test]
fn plain_text_has_signs_and_no_placeholders() {
    let article = sample();
    let expected = "Head\n\nOne two <three>\nfour five six\n\n3. first\n\nmore\n4. second\n  • inner\n\nsaid\n\n\
                    let a = &b;\n\n`x`\n\nYear\tBoats\n1999\t3|4\n\nAt sea\n\n[1] a note";
    assert_eq!(plain_text(&article, whole(&article)), expected);
    let flat = article.flat_text();
    let start = flat.as_str().find("wo ").unwrap();
    let end = flat.as_str().find("rst").unwrap();
    assert_eq!(plain_text(&article, TextRange::new(start, end)), "wo <three>\nfour five six\n\n3. fi");
    let excerpt = Excerpt::new(&article, &flat, TextRange::new(start, start + 2), &|_| true);
    assert_eq!(excerpt.plain_text_with_source(), "wo\n\n— A & B\nhttps://example.org/?a=1&b=2");
    let share = flat.as_str().find("Share").unwrap();
    assert_eq!(plain_text(&article, TextRange::new(share, share + 5)), "");
    assert_eq!(Excerpt::new(&article, &flat, TextRange::new(share, share + 5), &|_| true).plain_text(), "Share");
}

#[test]
fn html_is_semantic_and_escaped() {
    let article = sample();
    let expected = "<h2>Head</h2>\n\
        <p>One <strong>two</strong> &lt;three&gt;<br>\nfo\u{AD}ur <a href=\"https://example.org/\">five</a><a> six</a></p>\n\
        <ol start=\"3\">\n<li value=\"3\">first\n<p>more</p>\n</li>\n<li value=\"4\">second\n<ul>\n<li>inner\n</li>\n</ul>\n</li>\n</ol>\n\
        <blockquote>\n<p>said</p>\n</blockquote>\n<hr>\n\
        <pre><code class=\"language-rust\">let a = &amp;b;\n\n`x`</code></pre>\n\
        <table>\n<tr><th>Year</th><th>Boats</th></tr>\n<tr><td>1999</td><td>3|4</td></tr>\n</table>\n\
        <figure><img src=\"https://example.org/a.png\" alt=\"A &quot;boat&quot;\"><figcaption>At sea</figcaption></figure>\n\
        <aside role=\"doc-footnote\" aria-label=\"1\">\n<p>a note</p>\n</aside>\n";
    assert_eq!(html(&article, whole(&article)), expected);
    let flat = article.flat_text();
    let excerpt = Excerpt::new(&article, &flat, TextRange::new(0, 2), &|_| false);
    assert_eq!(
        excerpt.html_with_source(),
        "<h2>He</h2>\n<p>— <a href=\"https://example.org/?a=1&amp;b=2\"><cite>A &amp; B</cite></a></p>\n"
    );
}

#[test]
fn markdown_keeps_its_signs_apart_from_the_text() {
    let article = sample();
    let expected = "---\ntitle: \"A & B\"\nsource: \"https://example.org/?a=1&b=2\"\n---\n\n# A \\& B\n\n## Head\n\n\
        One **two** \\<three\\>\\\nfour [five](<https://example.org/>) six\n\n\
        3. first\n\n   more\n4. second\n\n   - inner\n\n> said\n\n---\n\n\
        ```rust\nlet a = &b;\n\n`x`\n```\n\n\
        | Year | Boats |\n| --- | --- |\n| 1999 | 3\\|4 |\n\n\
        ![A \"boat\"](<https://example.org/a.png>)\\\nAt sea\n\n[^1]: a note\n";
    assert_eq!(markdown(&article), expected);
}

/// The body of what an importer makes of an export, without white space that the importers may set as they see fit.
fn imported(name: &str, text: &str) -> String {
    let source = Source::named(name, text.as_bytes().to_vec());
    let import = import::import(&source).unwrap();
    words(&import.articles[0].body_text())
}

fn words(text: &str) -> String {
    text.replace('\u{AD}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn styled() -> impl Strategy<Value = RichText> {
    let part = ("[a-zé]{1,8}( [a-z]{1,6}){0,4}|[*_#<>&`~|\\[\\]{}$=^!+.\"'-]{1,4}|1[.)] ", 0..8u8);
    proptest::collection::vec(part, 1..6).prop_map(|parts| {
        let mut text = RichText::default();
        for (words, style) in parts {
            let style = match style {
                0 => InlineStyle::Strong,
                1 => InlineStyle::Emphasis,
                2 => InlineStyle::Code,
                3 => InlineStyle::Link { target: "https://example.org/a(b)".to_owned() },
                4 => InlineStyle::Superscript,
                _ => {
                    text.push_str(&words);
                    continue;
                }
            };
            text.push_styled(&words, style);
        }
        text.trimmed()
    })
}

/// Stories of a few paragraphs, long enough that an importer takes them for one.
fn story() -> impl Strategy<Value = Article> {
    let block = (styled(), 0..7u8);
    proptest::collection::vec(block, 1..7).prop_map(|blocks| {
        let mut article = Article::default();
        article.metadata.title.add("The ferry of Marren".to_owned(), Provenance::Text);
        let long = "The ferry goes on through the winter, the council agreed on Tuesday evening, and the fare stays. ";
        article.blocks.push(paragraph(long.repeat(3).trim()));
        for (number, (text, kind)) in (0u32..).zip(blocks) {
            let block = Block::paragraph(text.clone());
            article.blocks.push(match kind {
                0 => block.within(vec![Container::Quotation { quotation: number }]),
                1 => block.within(vec![item(number, 0, Marker::Bullet)]),
                2 => block.within(vec![item(number, 0, Marker::Number(1))]),
                3 => Block::code(None, text.as_str().to_owned()),
                _ => block,
            });
            article.blocks.push(paragraph(long.trim()));
        }
        article
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn html_imported_again_has_the_same_text(article in story()) {
        prop_assert_eq!(imported("story.html", &html_document(&article)), words(&article.body_text()));
    }

    #[test]
    fn markdown_imported_again_has_the_same_text(article in story()) {
        prop_assert_eq!(imported("story.md", &markdown(&article)), words(&article.body_text()), "{}", markdown(&article));
    }

    #[test]
    fn plain_text_is_the_source_between_two_offsets(article in story(), a: prop::sample::Index, b: prop::sample::Index) {
        let flat = article.flat_text();
        let borders: Vec<usize> = flat.as_str().char_indices().map(|(at, _)| at).collect();
        let (a, b) = (*a.get(&borders), *b.get(&borders));
        let range = TextRange::new(a.min(b), a.max(b));
        // Signs of lists and blank lines are all that is added.
        let signs = |text: &str| words(&text.replace("• ", "").replace("1. ", ""));
        let source = range.of(flat.as_str()).unwrap();
        prop_assert_eq!(signs(&plain_text(&article, range)), signs(source));
    }
}
