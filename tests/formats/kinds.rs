//! Every kind of block in every format that can carry it. A column is a format, a row a kind, a cell one file that is
//! written and opened.

use crate::carriers::{CARRIERS, Carrier, Picture};
use crate::document::{Article, Envelope, ResourceState};
use crate::make::{gzip, zip, zstd};
use crate::outline::outline;
use crate::{is_sound, open};

/// A kind of block as HTML, well-formed so that it is XHTML too, and the blocks that it has to become. `{image}` stands for
/// the address that the format gives a picture.
const KINDS: &[(&str, &str, &str)] = &[
    ("paragraph", "<p>It rose.</p><p>It fell.</p>", "p It rose.\np It fell."),
    ("line break", "<p>It rose,<br/>it fell.</p>", "p It rose,⏎it fell."),
    ("headings", "<h2>Low</h2><p>a</p><h4>Lower</h4><p>b</p>", "h2 Low\np a\nh4 Lower\np b"),
    (
        "stress",
        "<p>a <b>b</b> <strong>c</strong> <i>d</i> <em>e</em></p>",
        "p a <strong>b</strong> <strong>c</strong> <emphasis>d</emphasis> <emphasis>e</emphasis>",
    ),
    (
        "lines through and under, marks",
        "<p>a <del>b</del> <s>c</s> <ins>d</ins> <u>e</u> <mark>f</mark></p>",
        "p a <strikethrough>b</strikethrough> <strikethrough>c</strikethrough> <underline>d</underline> <underline>e</underline> <highlight>f</highlight>",
    ),
    (
        "raised and lowered",
        "<p>H<sub>2</sub>O, m<sup>2</sup></p>",
        "p H<subscript>2</subscript>O, m<superscript>2</superscript>",
    ),
    ("code in a line", "<p>say <code>a &lt; b</code></p>", "p say <code>a < b</code>"),
    (
        "link",
        "<p>see <a href=\"https://sea.example/a?b=1&amp;c=2\">the sea</a></p>",
        "p see <a https://sea.example/a?b=1&c=2>the sea</a>",
    ),
    ("link to a place", "<p><a href=\"#low\">down</a></p><h2 id=\"low\">Low</h2>", "p <a #low>down</a>\nh2 Low #low"),
    ("quotation", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "> p a\n> > p b"),
    ("quoted in a line", "<p>He said <q>go</q>.</p>", "p He said “go”."),
    ("bullets", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- p a\n- p b\n- - p c"),
    ("numbers", "<ol start=\"3\"><li>a</li><li value=\"7\">b</li></ol>", "3. p a\n7. p b"),
    (
        "tasks",
        "<ul><li><input type=\"checkbox\" checked=\"checked\"/> a</li><li><input type=\"checkbox\"/> b</li></ul>",
        "[x] p a\n[ ] p b",
    ),
    ("terms", "<dl><dt>a</dt><dd>b</dd></dl>", ":0 p <strong>a</strong>\n:0 p b"),
    ("code", "<pre><code class=\"language-rust\">fn a() {\n  b\n}</code></pre>", "code(rust) fn a() {⏎  b⏎}"),
    (
        "table",
        "<table><caption>Tides</caption><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead><tbody><tr><td>1</td><td style=\"text-align:right\">2</td></tr><tr><td colspan=\"2\">3</td></tr></tbody></table>",
        "table Tides: [*a | *b>] / 1 | 2> / 3(2×1)",
    ),
    ("rule", "<p>a</p><hr/><p>b</p>", "p a\nrule\np b"),
    (
        "figure",
        "<p>a</p><figure><img src=\"{image}\" alt=\"A gauge\"/><figcaption>The <i>gauge</i></figcaption></figure>",
        "p a\nimg0 alt=A gauge The <emphasis>gauge</emphasis>",
    ),
    ("picture in a line", "<p>one <img src=\"{image}\" width=\"16\" alt=\"dot\"/> two</p>", "p one <img0 dot>◻ two"),
    (
        "note",
        "<p>a<sup><a href=\"#fn1\">1</a></sup></p><p>b</p><ol><li id=\"fn1\">The note</li></ol>",
        "p a<superscript><a #fn1>1</a></superscript>\np b\n[^1] p The note #fn1",
    ),
    ("ruby", "<p><ruby>漢<rt>kan</rt></ruby></p>", "p <ruby kan>漢</ruby>"),
    ("language in a line", "<p>say <i lang=\"fr\">oui</i></p>", "p say <emphasis><lang fr>oui</lang></emphasis>"),
    ("language and direction", "<div lang=\"he\" dir=\"rtl\"><p>א</p></div>", "p א lang=he dir=rtl"),
    ("formula", "<p>so <math><mi>a</mi><mo>+</mo><mi>b</mi></math></p>", "p so a+b"),
    ("other scripts", "<p>Die Fähre – “夜” 🙂</p>", "p Die Fähre – “夜” 🙂"),
];

/// The blocks of a story without what its head says again.
fn body(article: &Article) -> String {
    outline(article).replace("title h1 Tides\n", "")
}

fn check_kinds(carrier: &Carrier) {
    let mut faults = Vec::new();
    for (kind, html, expected) in KINDS {
        if (carrier.cannot)(kind) {
            continue;
        }
        let file = (carrier.pack)(&html.replace("{image}", carrier.image));
        let read = file.open();
        let [article] = &read.articles[..] else { panic!("{}: {kind}: {} stories", carrier.name, read.articles.len()) };
        let found = body(article);
        if found != *expected {
            faults.push(format!("{} / {kind}:\n  is     {found}\n  wanted {expected}", carrier.name));
        }
        if read.format != carrier.format {
            faults.push(format!("{} / {kind}: read as {}", carrier.name, read.format));
        }
        if !is_sound(article) {
            faults.push(format!("{} / {kind}: cannot be written down", carrier.name));
        }
        if html.contains("{image}") {
            let state = &article.resources[0].state;
            let held = match carrier.picture {
                Picture::Here => matches!(state, ResourceState::Here { .. }),
                Picture::OnTheWeb => matches!(state, ResourceState::Remote { .. }),
            };
            if !held {
                faults.push(format!("{} / {kind}: its picture is {state:?}", carrier.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// One test a format.
macro_rules! columns {
    ($($name:ident => $carrier:literal),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                check_kinds(Carrier::named($carrier));
            }
        )*

        #[test]
        fn no_format_is_left_out() {
            let tested = [$($carrier),*];
            let left_out: Vec<_> = CARRIERS.iter().map(|c| c.name).filter(|name| !tested.contains(name)).collect();
            assert!(left_out.is_empty(), "{left_out:?}");
        }
    };
}

columns! {
    in_html => "HTML",
    in_xhtml => "XHTML",
    in_singlefile => "SingleFile",
    in_save_page_we => "Save Page WE",
    in_a_complete_page => "complete page",
    in_mhtml => "MHTML",
    in_a_binary_webarchive => "webarchive, binary",
    in_an_xml_webarchive => "webarchive, XML",
    in_maff => "MAFF",
    in_epub_2 => "EPUB 2",
    in_epub_3 => "EPUB 3",
    in_mail => "e-mail",
    in_a_mailbox => "mailbox",
    in_rss => "RSS",
    in_rss_description => "RSS, description",
    in_atom_html => "Atom, html",
    in_atom_xhtml => "Atom, xhtml",
    in_json_feed => "JSON Feed",
    in_wallabag_json => "wallabag JSON",
    in_wallabag_csv => "wallabag CSV",
    in_omnivore => "Omnivore",
    in_matter => "Matter",
    in_mymind => "mymind",
    in_markdown => "HTML in Markdown",
}

#[test]
fn in_recto_json() {
    for (kind, html, expected) in KINDS {
        let html = html.replace("{image}", &crate::make::inlined_gif());
        let read = open("a.html", format!("<title>Tides</title><body>{html}</body>"));
        let json = Envelope::new(read.articles[0].clone()).to_json().unwrap();
        let again = open("a.recto.json", json);
        assert_eq!(again.articles, read.articles, "{kind}");
        assert_eq!(body(&again.articles[0]), *expected, "{kind}");
    }
}

#[test]
fn compressed_and_in_zips() {
    for carrier in CARRIERS {
        // Each kind has its own test above; here a few stand for all.
        let all: String = KINDS
            .iter()
            .step_by(3)
            .filter(|(kind, ..)| !(carrier.cannot)(kind) && *kind != "note")
            .map(|(_, html, _)| *html)
            .collect();
        let file = (carrier.pack)(&all.replace("{image}", carrier.image));
        let plain = file.open();
        let (name, bytes) = (file.name.as_str(), file.bytes.as_slice());
        let mut inside: Vec<(&str, &[u8])> = vec![(name, bytes)];
        inside.extend(file.beside.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        let mut packed = vec![("all.zip".to_owned(), zip(&inside))];
        packed.push(("all.zip.gz".to_owned(), gzip(&packed[0].1)));
        if file.beside.is_empty() {
            packed.push((format!("{name}.gz"), gzip(bytes)));
            packed.push((format!("{name}.zst"), zstd(bytes)));
        }
        for (packed_name, packed) in packed {
            let read = open(&packed_name, packed);
            let [article] = &read.articles[..] else {
                panic!("{} in {packed_name}: {} stories", carrier.name, read.articles.len())
            };
            assert_eq!(outline(article), outline(&plain.articles[0]), "{} in {packed_name}", carrier.name);
            assert_eq!(article.metadata.title.value(), plain.articles[0].metadata.title.value(), "{}", carrier.name);
            assert_eq!(article.resources.len(), plain.articles[0].resources.len(), "{}", carrier.name);
            for (one, other) in article.resources.iter().zip(&plain.articles[0].resources) {
                assert_eq!(one.state, other.state, "{} in {packed_name}", carrier.name);
            }
        }
    }
}
