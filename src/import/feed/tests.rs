//! Feeds written in the test, with the faults that feeds have.

use crate::import::{Import, Source, import, outline::outline};

fn read(text: &str) -> Import {
    import(&Source::from_bytes(text.as_bytes())).expect(text)
}

fn facts(import: &Import) -> Vec<String> {
    let first = |article: &crate::document::Article| {
        let metadata = &article.metadata;
        format!(
            "{} | {} | {} | {} | {}",
            article.title().unwrap_or("-"),
            metadata.authors.value().map(|names| names.join(", ")).unwrap_or_default(),
            metadata.published.first().map(|r| format!("{} {}", r.value, r.from)).unwrap_or_default(),
            metadata.url.first().map(|r| format!("{} {}", r.value, r.from)).unwrap_or_default(),
            outline(article).replace('\n', " / ")
        )
    };
    import.articles.iter().map(first).collect()
}

#[test]
fn rss_2_with_the_whole_text_and_with_teasers() {
    let import = read(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?xml-stylesheet href='a.xsl'?><!-- made by hand -->\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Harbour News</title><link>https://harbour.example/</link><language>en-gb</language>
<item><title>Low &amp;amp; high</title><link>/low</link><dc:creator>Ann Lee</dc:creator><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><category>Sea</category><category>Tide</category><description>Short.</description><content:encoded><![CDATA[<p>It <em>fell</em>.</p><p><img src=\"/a.png\" alt=\"Gauge\"></p>]]></content:encoded><media:title>not this</media:title></item>
<item><guid>https://harbour.example/2</guid><author>ann@b.example (Ann Lee)</author><description>&lt;p&gt;Two &amp; more&nbsp;words.&lt;/p&gt;</description></item>
<item><title>Only a title</title><link>https://harbour.example/3</link></item>
</channel></rss>",
    );
    assert_eq!((import.format, import.warnings.len()), ("Feed", 0));
    assert_eq!(
        facts(&import),
        [
            "Low & high | Ann Lee | 2026-03-03T10:00:00Z field pubDate | https://harbour.example/low field link | p It <emphasis>fell</emphasis>. / img0 alt=Gauge",
            "- | Ann Lee |  | https://harbour.example/2 field guid | p Two & more\u{A0}words.",
            "Only a title |  |  | https://harbour.example/3 field link | ",
        ]
    );
    let metadata = &import.articles[0].metadata;
    assert_eq!(metadata.site.value().map(String::as_str), Some("Harbour News"));
    assert_eq!(metadata.tags.value(), Some(&vec!["Sea".to_owned(), "Tide".to_owned()]));
    assert_eq!(metadata.description.value().map(String::as_str), Some("Short."));
    assert!(import.articles[2].is_link_only());
}

#[test]
fn rss_1_atom_and_json_feed() {
    let import = read(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"x\"><title>Old</title><link>https://old.example/</link></channel><item rdf:about=\"https://old.example/1\"><title>One</title><link>https://old.example/1</link><description>Plain words.</description><dc:date>2003-03-04T10:00:00+01:00</dc:date></item></rdf:RDF>",
    );
    assert_eq!(
        facts(&import),
        ["One |  | 2003-03-04T10:00:00+01:00 field date | https://old.example/1 field link | p Plain words."]
    );
    let import = read(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\" xml:base=\"https://hafen.example/\"><title>Hafen</title><author><name>Ann Lee</name></author>
<entry><title type=\"html\">Die &lt;i&gt;Fähre&lt;/i&gt;</title><link rel=\"self\" href=\"/self\"/><link href=\"eins\"/><published>2026-03-03T10:00:00Z</published><updated>2026-03-04T10:00:00Z</updated><category term=\"meer\" label=\"Meer\"/><summary>Kurz.</summary><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Sie <b>fährt</b>.<br/>Ja.</p></div></content></entry>
<entry><title>Zwei</title><author><name>Bo Li</name></author><link rel=\"alternate\" href=\"https://hafen.example/zwei\"/><content type=\"text\">Zeile &lt;p&gt; eins.

Zeile zwei.</content></entry></feed>",
    );
    assert_eq!(
        facts(&import),
        [
            "Die Fähre | Ann Lee | 2026-03-03T10:00:00Z field published | https://hafen.example/eins field link | p Sie <strong>fährt</strong>.⏎Ja.",
            "Zwei | Bo Li |  | https://hafen.example/zwei field link | p Zeile <p> eins. / p Zeile zwei.",
        ]
    );
    assert_eq!(import.articles[0].metadata.language.value().map(String::as_str), Some("de"));
    let import = read(
        "{\"version\": \"https:\\/\\/jsonfeed.org\\/version\\/1.1\", \"title\": \"Harbour\", \"authors\": [{\"name\": \"Ann Lee\"}], \"items\": [{\"id\": 1, \"url\": \"https://h.example/1\", \"title\": \"One\", \"content_html\": \"<p>It <b>fell</b>.\", \"date_published\": \"2026-03-03T10:00:00Z\", \"tags\": [\"sea\"]}, {\"id\": \"2\", \"content_text\": \"Two.\\n\\nThree.\"}, {\"tags\": 7}]}",
    );
    assert_eq!(
        facts(&import),
        [
            "One | Ann Lee | 2026-03-03T10:00:00Z field date_published | https://h.example/1 field url | p It <strong>fell</strong>.",
            "- | Ann Lee |  |  | p Two. / p Three.",
        ]
    );
}

#[test]
fn damaged_feeds_are_read_as_far_as_they_go_and_others_are_no_feeds() {
    let import = read(
        "<rss version='2.0'><channel><item><title>A & B</title><description>x</description></item><item><title>cut",
    );
    assert_eq!(import.articles.len(), 2);
    for text in
        ["<rss><channel><title>Empty</title></channel></rss>", "{\"version\": \"https://jsonfeed.org/version/1\"}"]
    {
        assert!(import_error(text).contains("no article in this feed"), "{}", import_error(text));
    }
    for text in ["<opml version='1.0'><body/></opml>", "<feed>not Atom</feed>", "{\"version\": 1}"] {
        assert!(!super::sniff(text.as_bytes()), "{text}");
    }
    let deep = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(100_000));
    assert!(import_error(&deep).contains("no JSON Feed"));
}

fn import_error(text: &str) -> String {
    import(&Source::from_bytes(text.as_bytes())).err().map(|error| error.to_string()).unwrap_or_default()
}
