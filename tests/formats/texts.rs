//! What Markdown and plain text write in notations of their own, and the heads that programs put before it.

use crate::carriers::Carrier;
use crate::document::InlineStyle;
use crate::outline::outline;
use crate::{is_sound, open, stated, story, warnings};

fn check(markdown: &str, expected: &str) {
    let article = story("tides.md", markdown);
    assert_eq!(outline(&article), expected, "{markdown}");
    assert!(is_sound(&article), "{markdown}");
}

#[test]
fn every_kind_in_markdown() {
    for (markdown, expected) in [
        ("It rose.\n\nIt fell.", "p It rose.\np It fell."),
        ("It rose,  \nit\nfell.\\\nSo.", "p It rose,⏎it fell.⏎So."),
        ("Low\n---\n\na\n\n#### Lower ####\n\nb", "h2 Low\np a\nh4 Lower\np b"),
        (
            "a **b** __c__ *d* _e_ ***f***",
            "p a <strong>b</strong> <strong>c</strong> <emphasis>d</emphasis> <emphasis>e</emphasis> <emphasis><strong>f</strong></emphasis>",
        ),
        ("~~a~~ ==b== snake_case_name", "p <strikethrough>a</strikethrough> <highlight>b</highlight> snake_case_name"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "p H<subscript>2</subscript>O, m<superscript>2</superscript>"),
        ("say `a < b` and ``c`d``", "p say <code>a < b</code> and <code>c`d</code>"),
        (
            "[a](https://sea.example/ \"T\"), [b][r], <ann@b.example>, https://c.example/\n\n[r]: https://r.example/",
            "p <a https://sea.example/>a</a>, <a https://r.example/>b</a>, <a mailto:ann@b.example>ann@b.example</a>, https://c.example/",
        ),
        ("[down](#low-water)\n\n## Low water", "p <a #low-water>down</a>\nh2 Low water #low-water"),
        ("> a\n>\n> > b\n>\n> - c", "> p a\n> > p b\n> - p c"),
        ("* a\n* b\n    * c\n\n      d", "- p a\n- p b\n- - p c\n- - p d"),
        ("3. a\n1. b", "3. p a\n4. p b"),
        ("- [x] a\n- [ ] b\n- [X] c", "[x] p a\n[ ] p b\n[x] p c"),
        ("Low\n: when it fell\n: and lay", ":0 p <strong>Low</strong>\n:0 p when it fell\n:0 p and lay"),
        ("~~~rust\nfn a() {\n  b\n}\n~~~", "code(rust) fn a() {⏎  b⏎}"),
        ("    four spaces\n\n    kept", "code() four spaces⏎⏎kept"),
        (
            "| a | b | c |\n|---|:-:|--:|\n| 1 | `x\\|y` | *2* |\n| 3 |",
            "table : [*a | *b>< | *c>] / 1 | <code>x|y</code>>< | <emphasis>2</emphasis>> / 3 | >< | >",
        ),
        ("a\n\n***\n\nb", "p a\nrule\np b"),
        ("![A gauge](a.gif \"The gauge\")", "img0 alt=A gauge The gauge"),
        ("one ![dot](a.gif) two", "p one <img0 dot>◻ two"),
        (
            "a[^long] b[^2]\n\n[^long]: The note\n\n    goes on.\n[^2]: Two.",
            "p a<superscript><a #fn-long>long</a></superscript> b<superscript><a #fn-2>2</a></superscript> #fnref-long #fnref-2\n[^long] p The note #fn-long\n[^long] p goes on.\n[^2] p Two. #fn-2",
        ),
        ("> [!WARNING]\n> High water", "> p <strong>Warning</strong>\n> p High water"),
        ("<ruby>漢<rt>kan</rt></ruby>", "p <ruby kan>漢</ruby>"),
        ("\u{FEFF}Die Fähre – “夜” 🙂 &amp; &copy;", "p Die Fähre – “夜” 🙂 & ©"),
    ] {
        check(markdown, expected);
    }
}

#[test]
fn formulas_stay_as_they_are_written() {
    for (markdown, expected) in [
        ("so $a_1 * b * c_2$ holds", "p so $a_1 * b * c_2$ holds"),
        ("let $\\{x \\mid x_i\\}$ be", "p let $\\{x \\mid x_i\\}$ be"),
        ("$$\na \\\\\nb\n$$", "p $$⏎a \\\\⏎b⏎$$"),
        ("so $$e^{i\\pi}$$ is", "p so $$e^{i\\pi}$$ is"),
        ("if $a==b$ and $c==d$", "p if $a==b$ and $c==d$"),
        ("```math\na_1\n```", "code(math) a_1"),
        // Prices are no formulas.
        ("from $5 to **$10**", "p from $5 to <strong>$10</strong>"),
        ("it cost $20,000 and *then* $30,000", "p it cost $20,000 and <emphasis>then</emphasis> $30,000"),
    ] {
        check(markdown, expected);
    }
}

#[test]
fn wiki_links_and_embeds() {
    for (markdown, expected) in [
        ("[[Note]], [[folder/Note|this]], [[Note#Part]]", "p Note, this, Note#Part"),
        ("[[#Low water]]\n\n## Low water", "p <a #low-water>#Low water</a>\nh2 Low water #low-water"),
        ("![[gauge.png]]", "img0 alt="),
        ("![[gauge.png|300]]", "img0 alt="),
        ("![[gauge.png|The gauge]]", "img0 alt=The gauge"),
        // A note set into another is a note of that name, not a picture that is missing.
        ("![[Tide table]]", "p Tide table"),
        ("![[Tide table#March|March]]", "p March"),
    ] {
        check(markdown, expected);
    }
}

#[test]
fn heads_as_programs_write_them() {
    // Obsidian Web Clipper.
    let read = open(
        "The tide.md",
        "---\ntitle: \"The tide: how it turned\"\nsource: \"https://tide.example/turned\"\nauthor:\n  - \"[[Ann Lee]]\"\n  - \"[[Bo Li]]\"\npublished: 2026-03-03\ncreated: 2026-03-05\ndescription: \"It turned, and \\\"fell\\\".\"\ntags:\n  - \"clippings\"\n---\nIt ==turned== here.\n",
    );
    let metadata = &read.articles[0].metadata;
    assert_eq!(stated(&metadata.title), "The tide: how it turned (front matter title)");
    assert_eq!(stated(&metadata.url), "https://tide.example/turned (front matter source)");
    assert_eq!(stated(&metadata.published), "2026-03-03 (front matter published)");
    assert_eq!(stated(&metadata.saved), "2026-03-05 (front matter created)");
    assert_eq!(stated(&metadata.description), "It turned, and \"fell\". (front matter description)");
    assert_eq!(metadata.authors.value().unwrap(), &["Ann Lee", "Bo Li"]);
    assert_eq!(metadata.tags.value().unwrap(), &["clippings"]);
    assert_eq!(warnings(&read), "");
    // The same with what the page did not state.
    let read = open(
        "a.md",
        "---\ntitle: \"T\"\nsource: \"https://a.example/\"\nauthor:\npublished:\ncreated: 2026-03-05\ndescription:\ntags:\n  - \"clippings\"\n---\nx",
    );
    assert!(read.articles[0].metadata.authors.is_empty() && warnings(&read).is_empty());
    // Jekyll: the day stands in the file's name, a time zone apart from the time.
    let read = open(
        "2024-02-29-low-water.markdown",
        "---\nlayout: post\ntitle:  \"Low water\"\ncategories: [sea, tide]\ntags: low high\npermalink: /low/\nexcerpt_separator: <!--more-->\n---\n\n{% include figure.html %}\n",
    );
    let metadata = &read.articles[0].metadata;
    assert_eq!(stated(&metadata.published), "2024-02-29 (file name)");
    assert!(metadata.url.is_empty());
    assert_eq!(outline(&read.articles[0]), "p {% include figure.html %}");
    let read = open("2024-02-29-low-water.md", "---\ntitle: T\ndate: 2024-03-01 10:00:00 +0100\n---\nx");
    assert_eq!(stated(&read.articles[0].metadata.published), "2024-03-01T10:00:00+01:00 (front matter date)");
    // Hugo, in its three notations.
    for head in [
        "---\ntitle: Low water\ndate: 2026-03-03T10:00:00+01:00\nlastmod: 2026-03-04\ndraft: false\ntags: [sea]\nauthors:\n  - name: Ann Lee\n---\n",
        "+++\ntitle = 'Low water'\ndate = 2026-03-03T10:00:00+01:00\nlastmod = 2026-03-04\ndraft = false\ntags = ['sea']\n[[authors]]\nname = 'Ann Lee'\n+++\n",
        "{\n  \"title\": \"Low water\",\n  \"date\": \"2026-03-03T10:00:00+01:00\",\n  \"lastmod\": \"2026-03-04\",\n  \"draft\": false,\n  \"tags\": [\"sea\"],\n  \"authors\": [{\"name\": \"Ann Lee\"}]\n}\n",
    ] {
        let read = open("low.md", format!("{head}\nIt fell.\n"));
        let article = &read.articles[0];
        assert_eq!(stated(&article.metadata.title), "Low water (front matter title)", "{head}");
        assert_eq!(stated(&article.metadata.published), "2026-03-03T10:00:00+01:00 (front matter date)", "{head}");
        assert_eq!(stated(&article.metadata.modified), "2026-03-04 (front matter lastmod)", "{head}");
        assert_eq!(article.metadata.authors.value().unwrap(), &["Ann Lee"], "{head}");
        assert_eq!(article.metadata.tags.value().unwrap(), &["sea"], "{head}");
        assert_eq!(outline(article), "p It fell.", "{head}");
    }
    // Braces that are no head.
    assert_eq!(outline(&story("a.md", "{ \"a\": 1 } is JSON\n\nx")), "p { \"a\": 1 } is JSON\np x");
}

#[test]
fn a_picture_beside_a_markdown_file_is_read_and_others_are_not() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("notes/images")).unwrap();
    std::fs::write(folder.path().join("notes/images/a b.gif"), crate::make::GIF).unwrap();
    std::fs::write(folder.path().join("outside.gif"), crate::make::GIF).unwrap();
    let path = folder.path().join("notes/a.md");
    std::fs::write(&path, "![](images/a%20b.gif)\n\n![](../outside.gif)\n\n![[images/a b.gif]]").unwrap();
    let read = recto::import::import(&recto::import::Source::read(&path).unwrap()).unwrap();
    let here: Vec<bool> = read.articles[0].resources.iter().map(|resource| resource.bytes().is_some()).collect();
    assert_eq!(here, [true, false, true]);
}

/// A text of some length, as a person would paste it: the kinds that plain text can show.
const PLAIN: &str = "The ferry that would not stop\n\nBy Ann Lee\n\nThe ferry left the quay at noon on Monday with nobody at the wheel, and it was an hour before anyone in the harbour office noticed that it had gone.\n\nWhat was on board\n\nThere were forty crates of eggs, which the cook of the island school had ordered in the autumn, and a piano. The list in the office had these on it:\n\n- forty crates of eggs, all of them whole\n- one piano, out of tune since the flood\n- a letter to the mayor, which nobody opened\n\nHow it was stopped\n\n1. The pilot boat went out with a long rope and a short ladder.\n2. The pilot climbed in by the galley window and hurt his knee.\n3. He turned the key, and that was all that had to be done.\n\nHe said later that the sea had been calm, and that he would rather not do it again for the same money.\n";

#[test]
fn kinds_in_plain_text() {
    for (name, bytes) in [
        ("ferry.txt", PLAIN.as_bytes().to_vec()),
        ("ferry.txt", PLAIN.replace('\n', "\r\n").into_bytes()),
        ("ferry", PLAIN.as_bytes().to_vec()),
        (
            "ferry.txt",
            [&[0xFF, 0xFE][..], &PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat(),
        ),
        ("ferry.txt.gz", crate::make::gzip(PLAIN.as_bytes())),
    ] {
        let read = open(name, bytes);
        let text = outline(&read.articles[0]);
        assert_eq!(read.format, "Plain text");
        for line in [
            "title h1 The ferry that would not stop",
            "byline p By Ann Lee",
            "p The ferry left the quay at noon on Monday",
            "What was on board",
            "- p forty crates of eggs, all of them whole",
            "1. p The pilot boat went out with a long rope",
            "3. p He turned the key",
        ] {
            assert!(text.contains(line), "{name}: {line}\n{text}");
        }
        assert!(is_sound(&read.articles[0]));
    }
}

#[test]
fn html_in_markdown_carries_styles() {
    let file = (Carrier::named("HTML in Markdown").pack)("<p><b>a</b></p>");
    let article = file.open().articles.remove(0);
    let text = article.blocks[0].rich_text().unwrap();
    assert_eq!(text.spans()[0].style, InlineStyle::Strong);
}
