//! Whole files through the importer: a table of what each notation becomes, one realistic file, and any string at all.

use super::*;
use crate::import::outline::outline;
use proptest::prelude::*;

fn read_file(text: &str) -> Article {
    let import = import(&Source::from_bytes(text.as_bytes())).expect(text);
    import.articles.into_iter().next().expect("a story")
}

fn is_valid(article: &Article) -> bool {
    let json = crate::document::Envelope::new(article.clone()).to_json().expect("it writes");
    crate::document::Envelope::from_json(json.as_bytes()).is_ok_and(|envelope| envelope.article == *article)
}

fn check(text: &str, expected: &str) {
    let article = read_file(text);
    assert_eq!(outline(&article), expected, "{text}");
    assert!(is_valid(&article), "{text}");
}

#[test]
fn blocks_of_every_kind() {
    for (text, expected) in [
        ("One *two* **three**\nfour  \nfive", "p One <emphasis>two</emphasis> <strong>three</strong> four⏎five"),
        ("## A\n\nb\n\n---\n\nc", "h2 A\np b\nrule\np c"),
        ("- a\n- b\n  1. c\n  2. d\n\n  e", "- p a\n- p b\n- 1. p c\n- 2. p d\n- p e"),
        ("3) a\n4) b", "3. p a\n4. p b"),
        ("- [x] a\n- [ ] b", "[x] p a\n[ ] p b"),
        ("> a\n> > b", "> p a\n> > p b"),
        ("> [!NOTE]\n> a", "> p <strong>Note</strong>\n> p a"),
        ("```rust ignore\nfn a() {\n\n}\n```", "code(rust) fn a() {⏎⏎}"),
        ("    indented", "code() indented"),
        ("| a | b |\n|:--|--:|\n| 1 | *2* |", "table : [*a | *b>] / 1 | <emphasis>2</emphasis>>"),
        (
            "a[^1] and b[^note]\n\n[^1]: First.\n[^note]: Second.",
            "p a<superscript><a #fn-1>1</a></superscript> and b<superscript><a #fn-note>note</a></superscript> #fnref-1 #fnref-note\n[^1] p First. #fn-1\n[^note] p Second. #fn-note",
        ),
        ("Term\n: Meaning", ":0 p <strong>Term</strong>\n:0 p Meaning"),
        ("港口的船\n都*没有*\n开出去\nferry  \n船", "p 港口的船都<emphasis>没有</emphasis>开出去 ferry⏎船"),
        ("![A lamp](lamp.png \"The lamp\")", "img0 alt=A lamp The lamp"),
        ("text ![i](i.png) text", "p text <img0 i>◻ text"),
    ] {
        check(text, expected);
    }
}

#[test]
fn inline_notations() {
    for (text, expected) in [
        ("~~a~~ `b` ==c==", "p <strikethrough>a</strikethrough> <code>b</code> <highlight>c</highlight>"),
        (
            "[a](https://a.example/) <https://b.example/>",
            "p <a https://a.example/>a</a> <a https://b.example/>https://b.example/</a>",
        ),
        ("[a](javascript:x)", "p a"),
        ("[[Note]] and [[Other note|this]]", "p Note and this"),
        ("# T\n\n## A place\n\n[go](#a-place)", "title h1 T\nh2 A place #a-place\np <a #a-place>go</a>"),
        ("## A {#here}\n\nb", "h2 A #here\np b"),
        ("H<sub>2</sub>O<br>E=mc<sup>2</sup>", "p H<subscript>2</subscript>O⏎E=mc<superscript>2</superscript>"),
        ("<mark>a</mark> <custom-tag>b</custom-tag>", "p <highlight>a</highlight> <custom-tag>b</custom-tag>"),
        ("<a href=\"https://a.example/\">a</a> <!-- hidden -->", "p <a https://a.example/>a</a>"),
        ("a \\*b\\* &amp; c", "p a *b* & c"),
    ] {
        check(text, expected);
    }
}

#[test]
fn blocks_of_html() {
    for (text, expected) in [
        (
            "<details>\n<summary>More</summary>\n\n*text*\n\n</details>",
            "p <strong>More</strong>\np <emphasis>text</emphasis>",
        ),
        ("<div align=\"center\"><img src=\"a.png\" alt=\"A\"></div>", "img0 alt=A"),
        ("<iframe src=\"https://a.example/\"></iframe>", "p <a https://a.example/>https://a.example/</a>"),
        ("- a\n\n<ul><li>b</ul>\n\n- c", "- p a\n- p b\n- p c"),
        ("<!-- nothing -->\n\na", "p a"),
    ] {
        check(text, expected);
    }
}

#[test]
fn titles_come_from_the_head_or_the_first_heading() {
    for (text, expected, title) in [
        ("# A\n\nb", "title h1 A\np b", Some("A from line 1")),
        ("---\ntitle: A\n---\n\n# A\n\nb", "title h1 A\np b", Some("A from front matter title")),
        ("---\ntitle: A\n---\n\n# Chapter one\n\nb", "h1 Chapter one\np b", Some("A from front matter title")),
        ("---\nlang: en\n---\n\n# A", "title h1 A", Some("A from line 5")),
        ("b\n\n## C", "p b\nh2 C", None),
    ] {
        let article = read_file(text);
        assert_eq!(outline(&article), expected, "{text}");
        let stated = article.metadata.title.first().map(|r| format!("{} from {}", r.value, r.from));
        assert_eq!(stated.as_deref(), title, "{text}");
    }
}

#[test]
fn a_clipped_article_is_read() {
    let bytes = include_bytes!("../../../tests/fixtures/markdown/salt-road.md");
    let source = Source::named("tests/fixtures/markdown/salt-road.md", bytes.as_slice());
    assert!(sniff(bytes));
    let import = import(&source).expect("it reads");
    let article = &import.articles[0];
    assert_eq!(outline(article), include_str!("../../../tests/fixtures/markdown/salt-road.outline.txt").trim_end());
    assert_eq!(article.title(), Some("Walking the salt road"));
    assert_eq!(article.metadata.authors.value(), Some(&vec!["Lena Brandt".to_owned()]));
    assert!(import.warnings.is_empty());
}

#[test]
fn a_broken_head_is_shown_and_empty_files_are_refused() {
    let import = import(&Source::from_bytes(*b"+++\na = = b\n+++\n\ntext")).expect("it reads");
    assert_eq!(outline(&import.articles[0]), "code() a = = b\np text");
    assert_eq!(import.warnings.len(), 1);
    assert_eq!(super::import(&Source::from_bytes(*b" \n\n")), Err(ImportError::Empty));
}

#[test]
fn deep_nesting_takes_no_memory() {
    let article = read_file(&format!("{} deep", ">".repeat(5_000)));
    assert!(article.blocks.iter().all(|b| b.containers.len() <= 40));
    let lists: String = (0..400).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    assert!(is_valid(&read_file(&lists)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        sniff(&bytes);
        if let Ok(import) = import(&Source::from_bytes(bytes)) {
            prop_assert!(import.articles.iter().all(is_valid));
        }
    }

    #[test]
    fn any_notation_is_read(parts in proptest::collection::vec(part(), 0..40)) {
        if let Ok(import) = import(&Source::from_bytes(parts.concat().into_bytes())) {
            prop_assert!(import.articles.iter().all(is_valid));
        }
    }
}

/// Pieces of Markdown, well formed or not.
fn part() -> impl Strategy<Value = String> {
    let pieces = [
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "```",
        "~~~\n",
        "    ",
        "| a | b |\n|--|:-:|\n| ",
        " | ",
        "\n",
        "\n\n",
        "  \n",
        "*",
        "**",
        "~~",
        "==",
        "`",
        "[a](b)",
        "[[x|y]]",
        "![[i.png|300]]",
        "![a](b.png \"t\")",
        "[^1]",
        "[^1]: ",
        "- [ ] ",
        "- [x] ",
        "<b>",
        "</b>",
        "<br>",
        "<div>",
        "</div>",
        "<sup>",
        "<img src=a>",
        "<!--",
        "-->",
        "---\n",
        "---\ntitle: a\n---\n",
        "+++\n",
        ": ",
        "{#id}",
        "> [!TIP]\n",
        "é",
        "\u{FFFC}",
        "\t",
        "\\",
        "&amp;",
        "a",
        " ",
    ];
    prop_oneof![4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => ".{0,10}"]
}
