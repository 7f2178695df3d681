//! Whole pages through the importer: tables of what elements become, one realistic page, and hostile input.

use super::*;
use crate::document::{ResourceState, RichText};
use crate::import::outline::outline;
use proptest::prelude::*;

fn read_page(html: &str) -> Article {
    let import = import(&Source::from_bytes(html.as_bytes())).expect(html);
    import.articles.into_iter().next().expect("a story")
}

/// What a fragment becomes, in a page that is short enough to be shown whole.
fn check(html: &str, expected: &str) {
    let article = read_page(&format!("<title>T</title><body>{html}</body>"));
    assert_eq!(outline(&article), expected, "{html}");
    assert!(is_valid(&article), "{html}");
}

fn is_valid(article: &Article) -> bool {
    let json = crate::document::Envelope::new(article.clone()).to_json().expect("it writes");
    crate::document::Envelope::from_json(json.as_bytes()).is_ok_and(|envelope| envelope.article == *article)
}

#[test]
fn text_blocks() {
    for (html, expected) in [
        ("<p>One <b>two</b> <i>three</i></p>", "p One <strong>two</strong> <emphasis>three</emphasis>"),
        ("<div>one<p>two</p>three</div>", "p one\np two\np three"),
        ("one<br>two", "p one⏎two"),
        ("one<br><br>two", "p one\np two"),
        ("<h2>A</h2><h3>B</h3>c", "h2 A\nh3 B\np c"),
        ("<p>a</p>\n<p> b </p>", "p a\np b"),
        ("<div>said</div><div>The</div>", "p said\np The"),
        ("<p>港口的船\n  都没有<b>\n开出去</b>，\n“走”</p>", "p 港口的船都没有<strong>开出去</strong>，“走”"),
        ("<p>배가\n떠난다</p>", "p 배가 떠난다"),
        ("<p>a&nbsp;b</p>", "p a\u{A0}b"),
        ("<p>a<wbr>b<span>c</span>d", "p abcd"),
        ("<div style='white-space: pre-line'>a\nb</div>", "p a⏎b"),
        ("<p lang=de dir=ltr>Ja</p>", "p Ja lang=de dir=ltr"),
        ("<div dir=rtl lang=he><p>א</p></div>", "p א lang=he dir=rtl"),
        ("<p>a</p><hr><p>b</p>", "p a\nrule\np b"),
        ("<p hidden>a</p><p>b</p><p style='display:none'>c</p><template>d</template>", "p b"),
        // Words for screen readers only are words of the page.
        ("<p>a <span class=sr-only>hidden</span> b</p>", "p a hidden b"),
        ("<details><summary>More</summary><p>text</p></details>", "p <strong>More</strong>\np text"),
        ("<p>a</p><script>var x = '<p>b</p>'</script><style>p{}</style>", "p a"),
        ("<center><font>a</font></center><address>b<br>c</address>", "p a\np b⏎c"),
    ] {
        check(html, expected);
    }
}

#[test]
fn inline_styles() {
    for (html, expected) in [
        ("<p>E=mc<sup>2</sup>, H<sub>2</sub>O", "p E=mc<superscript>2</superscript>, H<subscript>2</subscript>O"),
        (
            "<p><del>a</del> <ins>b</ins> <u>c</u> <mark>d</mark> <kbd>e</kbd>",
            "p <strikethrough>a</strikethrough> <underline>b</underline> <underline>c</underline> <highlight>d</highlight> <code>e</code>",
        ),
        ("<p>He said <q>go <q>now</q></q>.", "p He said “go ‘now’”."),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>", "p <ruby kan>漢</ruby><ruby ji>字</ruby>"),
        ("<p>say <i lang=fr>oui</i>", "p say <emphasis><lang fr>oui</lang></emphasis>"),
        ("<p><span style='font-weight:bold'>a</span>", "p <strong>a</strong>"),
        (
            "<base href='https://a.example/b/'><p><a href=c>c</a> <a href='javascript:x()'>d</a>",
            "p <a https://a.example/b/c>c</a> d",
        ),
        ("<p><b>a<div>b</div></b>c", "p <strong>a</strong>\np <strong>b</strong>\np c"),
        ("<p><a href=#x>go</a></p><p>a<p id=x>b<p id=y>c", "p <a #x>go</a>\np a\np b #x\np c"),
        ("<p><a href=#x>go</a></p><p>a <a name=x>b</a></p>", "p <a #x>go</a>\np a b #x"),
    ] {
        check(html, expected);
    }
}

#[test]
fn lists() {
    for (html, expected) in [
        ("<ul><li>a<li>b<ol start=3><li>c<li value=7>d</ol></ul>", "- p a\n- p b\n- 3. p c\n- 7. p d"),
        ("<ol reversed><li>a<li>b</ol>", "2. p a\n1. p b"),
        ("<ul><li><input type=checkbox checked> a<li><input type=checkbox> b</ul>", "[x] p a\n[ ] p b"),
        ("<ul><li><p>a</p><p>b</p></ul>", "- p a\n- p b"),
        (
            "<dl><dt>a<dt>A<dd>b<dt>c<dd>d</dl>",
            ":0 p <strong>a</strong>\n:0 p <strong>A</strong>\n:0 p b\n:1 p <strong>c</strong>\n:1 p d",
        ),
        ("<blockquote><p>a</p><ul><li>b</ul></blockquote>", "> p a\n> - p b"),
        (
            "<p>a<sup><a href=#fn1 id=r1>1</a></sup></p><ol><li id=fn1>note <a href=#r1>↩</a></ol>",
            "p a<superscript><a #fn1>1</a></superscript> #r1\n[^1] p note <a #r1>↩</a> #fn1",
        ),
    ] {
        check(html, expected);
    }
}

#[test]
fn code_and_tables() {
    for (html, expected) in [
        ("<pre><code class='language-rust'>fn a() {\n  b\n}\n</code></pre>", "code(rust) fn a() {⏎  b⏎}"),
        ("<div class='highlight-source-shell'><pre>ls<br>cd</pre></div>", "code(shell) ls⏎cd"),
        (
            "<table><caption>C</caption><thead><tr><th>a<th align=right>b<tbody><tr><td>1<td style='text-align:right'>2</table>",
            "table C: [*a | *b>] / 1 | 2>",
        ),
        ("<table><tr><td colspan=2>a<td rowspan=0>b<tr><td>1<td>2<td>3</table>", "table : a(2×1) | b / 1 | 2 | 3"),
        ("<table><tr><td><p>a</p><p>b</p><td>c<tr><td>1<td>2</table>", "table : a⏎b | c / 1 | 2"),
        ("<table><tr><td>menu</td></tr><tr><td>text</td></tr></table>", "p menu\np text"),
        ("<table><tr><th>a<td>1<tr><th>b<td>2</table>", "table : *a | 1 / *b | 2"),
    ] {
        check(html, expected);
    }
}

#[test]
fn figures_and_images() {
    for (html, expected) in [
        (
            "<figure><img src=a.png alt=A><figcaption>The <i>A</i></figcaption></figure>",
            "img0 alt=A The <emphasis>A</emphasis>",
        ),
        ("<figure><div><img src=a.png><div><figcaption>C</figcaption></div></div></figure>", "img0 alt= C"),
        ("<figure><img src=a.png><img src=b.png><figcaption>C</figcaption></figure>", "img0 alt=\nimg1 alt= C"),
        ("<p><img src=a.png alt=A></p><p>text</p>", "img0 alt=A\np text"),
        ("<p>one <img src=a.png width=16 alt=i> two</p>", "p one <img0 i>◻ two"),
        ("<p><img src=a.png>text</p>", "img0 alt=\np text"),
        ("<p>a <img class=emoji alt=🙂 src=x.png></p>", "p a 🙂"),
        ("<p><img src=a.png><p>b<p><img src=a.png>", "img0 alt=\np b\nimg0 alt="),
        ("<figure><pre>x</pre><figcaption>C</figcaption></figure>", "code() x\np C"),
    ] {
        check(html, expected);
    }
}

#[test]
fn nothing_is_lost_where_nothing_is_known() {
    let import = import(&Source::from_bytes(*b"<form><p>Short text</p><p>and more</p></form>")).expect("it reads");
    assert_eq!(outline(&import.articles[0]), "p Short text\np and more");
    for empty in ["", "  \n", "<html><body></body></html>", "<script>x</script>"] {
        assert_eq!(super::import(&Source::from_bytes(empty.as_bytes())), Err(ImportError::Empty), "{empty}");
    }
}

#[test]
fn a_whole_page_is_taken_apart() {
    let bytes = include_bytes!("../../../tests/fixtures/html/lighthouse.html");
    let source = Source::named("tests/fixtures/html/lighthouse.html", bytes.as_slice());
    let import = import(&source).expect("it reads");
    let article = &import.articles[0];
    let expected = include_str!("../../../tests/fixtures/html/lighthouse.outline.txt");
    assert_eq!(outline(article), expected.trim_end());
    assert_eq!(article.title(), Some("The last keeper of Varn Point"));
    assert_eq!(article.metadata.site.value().map(String::as_str), Some("The Coast Review"));
    assert_eq!(article.metadata.authors.value(), Some(&vec!["Ida Holm".to_owned(), "Per Aas".to_owned()]));
    assert_eq!(article.metadata.published.value().map(ToString::to_string).as_deref(), Some("2026-03-04T08:30+01:00"));
    assert_eq!(article.metadata.url.value().map(String::as_str), Some("https://coast.example/2026/varn-point"));
    assert_eq!(article.metadata.stated_minutes.value(), Some(&4));
    let states: Vec<_> = article.resources.iter().map(|r| &r.state).collect();
    assert!(matches!(states[0], ResourceState::Here { .. }), "{states:?}");
    assert!(states.contains(&&ResourceState::Remote { url: "https://coast.example/img/lamp.jpg".to_owned() }));
    assert!(import.warnings.is_empty());
    assert!(is_valid(article));
}

#[test]
fn hostile_nesting_is_survived() {
    let text = "<p>Some text that a person would read, with commas, and a full stop at its end.</p>".repeat(10);
    for (name, html) in [
        ("tags", format!("{}{text}", "<div>".repeat(5_000))),
        ("lists", format!("{}{text}", "<ul><li>x".repeat(3_000))),
        ("tables", format!("{}{text}", "<table><tr><td>x".repeat(500))),
        ("formatting", format!("{}{text}", "<b><i>".repeat(5_000))),
        ("quotations", format!("{}{text}", "<blockquote>x".repeat(2_000))),
        ("unclosed", format!("<p>a{}", "<a href=x><span".repeat(3_000))),
    ] {
        let source = Source::from_bytes(html.into_bytes());
        std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn(move || {
                let import = import(&source).expect("it reads");
                assert!(is_valid(&import.articles[0]), "{name}");
            })
            .expect("a thread")
            .join()
            .expect("no overflow and no panic");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        sniff(&bytes);
        if let Ok(import) = import(&Source::from_bytes(bytes)) {
            prop_assert!(import.articles.iter().all(is_valid));
        }
    }

    #[test]
    fn any_tags_are_read(parts in proptest::collection::vec(part(), 0..60)) {
        if let Ok(import) = import(&Source::from_bytes(parts.concat().into_bytes())) {
            prop_assert!(import.articles.iter().all(is_valid));
            for block in &import.articles[0].blocks {
                prop_assert!(block.rich_text().is_none_or(RichText::is_valid));
            }
        }
    }
}

/// Pieces of pages, well formed or not.
fn part() -> impl Strategy<Value = String> {
    let tags = [
        "p",
        "div",
        "b",
        "i",
        "a href=#x",
        "a id=x href='//y'",
        "ul",
        "ol start=-3",
        "li",
        "li value=99999999999",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td colspan=70000",
        "th",
        "caption",
        "figure",
        "figcaption",
        "img src=a.png",
        "img src='data:,x'",
        "pre",
        "code class=language-c",
        "blockquote",
        "h1",
        "h6",
        "br",
        "hr",
        "ruby",
        "rt",
        "q",
        "sup",
        "details",
        "summary",
        "svg",
        "math",
        "template",
        "noscript",
        "select",
        "option",
        "body",
        "html",
        "head",
        "title",
        "p hidden",
        "span lang=ar",
        "time datetime=2026-13-99",
        "meta property=og:title content=' '",
        "base href='::'",
        "input type=checkbox",
        "form",
    ];
    prop_oneof![
        3 => proptest::sample::select(tags.to_vec()).prop_map(|tag| format!("<{tag}>")),
        2 => proptest::sample::select(tags.to_vec())
            .prop_map(|tag| format!("</{}>", tag.split(' ').next().unwrap_or_default())),
        2 => ".{0,12}",
        1 => Just("é \u{FFFC}\u{301}\0&amp;&#x10FFFF;<!--".to_owned()),
        1 => Just("\n<br>\n<br> ".to_owned()),
    ]
}
