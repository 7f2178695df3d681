#!/usr/bin/env python3
"""Writes a few small inputs for every fuzz target into fuzz/corpus, from which fuzzing starts.

Targets that read an archive take the contents of its entries, parted by the byte 0xFF, in the order of the names that
the target states. Nothing here is downloaded; run it again at any time.
"""

import base64
import gzip
import io
import pathlib
import plistlib
import struct
import zipfile
import zlib

CORPUS = pathlib.Path(__file__).parent / "corpus"
GIF = bytes.fromhex("474946383961040004008000000000007f7f7f21f90401000000002c0000000004000400000204848f0905003b")
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='20' height='10'>"
    b"<defs><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient><path id='p' d='M0 0h9v9z'/></defs>"
    b"<g transform='scale(2)'><rect width='20' height='10' fill='url(#g)'/><use xlink:href='#p'/><text x='1'>a</text></g></svg>"
)
PAGE = b"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The ferry</title>
<meta property="og:title" content="The ferry"><meta name="author" content="Ann Lee">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry", "datePublished": "2026-03-03"}</script>
</head><body><nav><ul><li><a href="/">Home</a></ul></nav><article><h1>The ferry</h1><p class="byline">By Ann Lee</p>
<p>It <b>sailed</b> at <i lang="fr">midi</i>, see <a href="#n1"><sup>1</sup></a> and <a href="/more">more</a>.</p>
<figure><img src="a.gif" alt="A ferry" srcset="b.gif 2x"><figcaption>The ferry</figcaption></figure>
<blockquote><p>It sails.</p></blockquote><pre><code class="language-c">int a;</code></pre><hr>
<table><caption>Times</caption><tr><th>From<th>To<tr><td colspan="2">Here</table>
<dl><dt>Ferry<dd>A boat</dl><ol start="3"><li value="7">One<li><ul><li>Two</ul></ol>
<p><ruby>\xe6\xbc\xa2<rt>kan</rt></ruby> <mark>x</mark> <q>y</q></p><div id="fn1" role="doc-footnote">A note</div></article>
<footer>Copyright</footer></body></html>"""
MARKDOWN = b"""---
title: "The ferry"
author:
  - "[[Ann Lee]]"
source: https://tide.example/ferry
tags: [sea, '#tide']
---

# The ferry

It **sailed** at *noon*[^1], ==marked== `code` ~~gone~~ $a_1 * b$ [[Note|shown]] ![[plan.png|300]] ![Alt](a.png "T").

> [!NOTE]
> A note

- [x] done
- [ ] open
  1. one

| a | b |
|:--|--:|
| 1 | 2 |

```rust
fn a() {}
```

Term
: Meaning

<details><summary>More</summary>

text

</details>

[^1]: The note.
"""
TEXT = b"""The ferry sails again

By Ann Lee
Coast Gazette, 3 March 2026
2 min read

The ferry sailed on Monday for the first time since the storm, and nobody on
the quay said a word.

Times

- at noon
- at six

\xe2\x80\x9cIt sails,\xe2\x80\x9d she said.

Share this post
Copyright 2026 Coast Gazette
"""
MAIL = b"""Received: by mail.example\r
Message-ID: <1@tide.example>\r
From: =?utf-8?B?RGllIEbDpGhyZQ==?= <news@tide.example>\r
Subject: Low =?iso-8859-1?Q?w=E4ter?=\r
Date: Tue, 3 Mar 2026 10:00:00 +0100\r
MIME-Version: 1.0\r
Content-Type: multipart/related; boundary=r\r
\r
--r\r
Content-Type: text/html; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
<p>The water is l=F6w.</p><img src=3D"cid:pic">\r
--r\r
Content-Type: image/gif\r
Content-Transfer-Encoding: base64\r
Content-ID: <pic>\r
\r
""" + base64.b64encode(GIF) + b"\r\n--r--\r\n"
LETTER = b"From: Ann Lee <ann@b.example>\nMessage-ID: <2@b>\nSubject: Letter\n\nDear Bo,\n\nIt sails.\n\n>From now on.\n"
MHTML = MAIL.replace(b"Received: by mail.example\r\n", b"Snapshot-Content-Location: https://tide.example/a\r\n").replace(
    b"From: =?utf-8?B?RGllIEbDpGhyZQ==?= <news@tide.example>", b"From: <Saved by Blink>"
)
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tides</title><link>https://tide.example/</link><item>
<title>Low &amp; high</title><link>/low</link><dc:creator>Ann</dc:creator><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>
<guid isPermaLink="false">x</guid><description>Short</description>
<content:encoded><![CDATA[<p>It <em>fell</em>.]]></content:encoded></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tide.example/"><title>Tides</title><entry>
<title type="html">&lt;i>Low&lt;/i></title><link href="low"/><published>2026-03-03T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It fell.</p></div></content></entry></feed>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Tides", "items": [{"id": 1, "url":
"https://tide.example/1", "content_html": "<p>It fell.", "authors": [{"name": "Ann"}], "tags": ["sea"]}]}"""
CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="book.opf"/></rootfiles></container>'
)
OPF = b"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>T</dc:title><dc:creator>Ann</dc:creator><dc:language>en</dc:language></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="cover.gif" media-type="image/gif" properties="cover-image"/></manifest>
<spine toc="ncx"><itemref idref="a"/><itemref idref="b"/></spine></package>"""
NAV = b'<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol><li><a href="one.xhtml">One</a><ol><li><a href="two.xhtml#s">Two</a></li></ol></li></ol></nav></body></html>'
NCX = b'<ncx><navMap><navPoint><navLabel><text>One</text></navLabel><content src="one.xhtml"/></navPoint></navMap></ncx>'
ONE = b'<html><body><p>One <a epub:type="noteref" href="#n1">1</a> <a href="two.xhtml#s">on</a></p><title/><aside epub:type="footnote" id="n1">Note</aside></body></html>'
TWO = b'<html><body><svg><image xlink:href="cover.gif"/></svg><p id="s"><![CDATA[a < b]]></p></body></html>'
ENCRYPTION = b'<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><CipherReference URI="font.otf"/></EncryptedData></encryption>'
RDF = b"""<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="https://tide.example/"/><MAF:title RDF:resource="T"/>
<MAF:archivetime RDF:resource="Tue, 03 Mar 2026 10:00:00 +0100"/><MAF:indexfilename RDF:resource="index.html"/>
</RDF:Description></RDF:RDF>"""
RECTO = b"""{"recto": 1, "article": {"metadata": {"title": [{"value": "T", "from": {"line": 1}}], "words": 1, "minutes": 1},
"blocks": [{"kind": "paragraph", "text": {"text": "One two", "spans": [{"range": {"start": 0, "end": 3}, "style": "strong"}]}},
{"kind": "figure", "image": 0, "alt": "A"}, {"kind": "rule"}], "resources": [{"state": {"remote": {"url": "https://a.example/"}}}]}}"""
POCKET_CSV = b"title,url,time_added,tags,status\nOne,https://a.example/1,1772532000,sea|tide,unread\n"
POCKET_NOTES = b'[{"url": "https://a.example/1", "title": "x", "highlights": [{"quote": "It rose.", "created_at": 1772532000}]}]'
POCKET_LIST = b'{"slug": "s", "title": "For Bo", "items": [{"url": "https://a.example/2", "title": "x", "excerpt": "E", "note": "N"}]}'
POCKET_HTML = b"<!DOCTYPE html><title>Pocket Export</title><h1>Unread</h1><ul><li><a href='https://a.example/1' time_added='1772532000' tags='a,b'>One</a></ul>"
POCKET_API = b'{"status": 1, "list": {"7": {"item_id": "7", "given_url": "https://a.example/1", "resolved_title": "One", "status": "1", "favorite": "1", "time_added": "1772532000", "tags": {"sea": {}}}}}'
OMNIVORE = b'[{"id": "1", "slug": "a", "title": "One", "url": "https://a.example/1", "state": "Archived", "readingProgress": 40, "labels": ["sea"], "savedAt": "2026-03-03T10:00:00.000Z"}]'
WALLABAG = b'[{"id": 1, "title": "One", "url": "https://a.example/1", "is_archived": 0, "is_starred": 1, "content": "<p>It rose.</p>", "created_at": "2026-03-03T10:00:00+0000", "annotations": [{"text": "Why?", "quote": "It rose", "ranges": []}], "tags": ["sea"]}]'
TABLES = [
    b'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/1,One,It rose.,Starred,1772532000,"[""sea""]"\n',
    b"Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nOne,https://a.example/1,x,\"['sea']\",2026-03-03 10:00:00+00:00,0.25,later,True\n",
    b"Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at\nIt rose.,The Ferry,Ann Lee,,Why?,yellow,,page,3,2026-03-03\n",
    b'id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,One,,S,https://a.example/1,Sea / Tide,"a, b",2026-03-03T10:00:00Z,,"Highlight:It rose\nNote:Why?",true\n',
    b'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\nOne;https://a.example/1;"<p>It rose.</p>";"a, b";text/html;en;"03/04/2026 09:05:00"\n',
    b"id,type,title,url,content,note,tags,created\n1,Article,One,https://a.example/1,Plain,,sea,2026-03-03\n",
    b"Title,Author,Publisher,Text,Highlighted Date\nOne,Ann,Press,It rose.,2026-03-03\n",
]
BOOKMARKS = [
    b'{"bookmarks": [{"createdAt": 1772532000, "title": "One", "tags": ["sea"], "lists": ["l"], "content": {"type": "link", "url": "https://a.example/1"}, "note": "n", "archived": true}], "lists": [{"id": "l", "name": "L"}]}',
    b'{"collections": [{"id": 1, "name": "Sea", "links": [{"name": "One", "url": "https://a.example/1", "tags": [{"name": "t"}]}]}]}',
    b'[{"href": "https://a.example/1", "description": "One", "extended": "", "time": "2026-03-03T10:00:00Z", "toread": "yes", "tags": "sea tide"}]',
    b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><H3>Sea</H3>\n<DL><p><DT><A HREF="https://a.example/1" ADD_DATE="1772532000" TAGS="a,b">One</A></DL></DL>',
    b'{"bookmarks": [{"article__title": "One", "article__url": "https://a.example/1", "favorite": true, "archive": false, "date_added": "2012-03-03 10:00:00"}]}',
]
HIGHLIGHTS = [
    b'[{"url": "https://a.example/1", "title": "One", "highlights": [{"text": "It rose.", "timestamp": 1772532000000, "notes": ["Why?"]}]}]',
    b'{"title": "One", "author": "Ann", "file": "a.epub", "number_of_pages": 3, "entries": [{"sort": "highlight", "page": 1, "time": 1772532000, "text": "It rose.", "note": "n", "chapter": "c", "drawer": "lighten", "color": "yellow"}], "created_on": 1, "version": "json/1.0.0"}',
    b'{"annotations": [{"value": "epubcfi(/6/4!/4/2)", "text": "It rose.", "color": "yellow", "note": "Why?"}], "metadata": {"title": "One", "author": "Ann", "identifier": "x"}}',
]


def packed(*parts):
    return b"\xff".join(parts)


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 2, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" + b"\x10\x20\x30" * 4 + b"\0" + b"\xf0\0\0" * 4))
        + chunk(b"IEND", b"")
    )


def bmp():
    pixels = b"\x10\x20\x30\0" * 8
    head = struct.pack("<IiiHHIIiiII", 40, 4, 2, 1, 32, 0, len(pixels), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + head + pixels


def zipped(*entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def web_archive(kind):
    resource = {"WebResourceData": PAGE, "WebResourceURL": "https://tide.example/", "WebResourceTextEncodingName": "UTF-8"}
    image = {"WebResourceData": GIF, "WebResourceURL": "https://tide.example/a.gif"}
    return plistlib.dumps({"WebMainResource": resource, "WebSubresources": [image]}, fmt=kind)


SMALL_PAGE = b"<title>T</title><p>One <b>two</b> <img src=a.gif alt=A></p><ul><li>x</ul>"
HEADS = [
    b'title: "T"\nauthor:\n  - "[[Ann Lee]]"\nsource: https://a.example/\npublished: 2026-03-03\ntags:\n  - sea',
    b"title: A: B\ndate: 2026-03-03 10:00:00 +0100\ncategories: [a, b]\ndescription: >\n  folded\n  text",
    b"a: &a [x]\nb: *a\nc: !t {d: e}\nf: |\n  g",
]
FACTS = [
    b"\x08Around 4,700 soldiers and 1,250 personnel (EUR 2.5m, 3\xe2\x80\x935 km, one in five) left on Tuesday, 3 May 2026.\n\nAnn Lee, the mayor of York, said on 14 April that the Coastal Rescue Service (CRS) has two dozen boats.",
    b"\x09Rund 1.234,56 Euro am 3. Mai; Bundesminister Lars Brandt (34) kam vor zwei Jahren nach Wien.",
    b"\x0aIl y a deux ans, une dizaine d\xe2\x80\x99habitants, 4 700 soldats, 7,1 %, samedi \xc3\xa0 dimanche.",
    b"\x0cVent\xe2\x80\x99anni fa, seimila persone negli anni Ottanta.",
]
VOICES = [
    b"\x00Ann Lee, the mayor, came. \xe2\x80\x9cWe go,\xe2\x80\x9d Lee told them, \xe2\x80\x9cat noon.\xe2\x80\x9d\n\nHer office said that \"it is late.\" According to her, it is.",
    b"\x00LEE: When?\n\nRAY: At noon.\n\n\xe2\x80\x98It\xe2\x80\x99s late,\xe2\x80\x99 said Mr. Ray (D-Ohio). \xe2\x80\x98No.\xe2\x80\x99",
    b"\x01\xe2\x80\x9eWir gehen\xe2\x80\x9c, sagte Eva Brandt. Laut Brandt ist es sp\xc3\xa4t.",
    b"\x02\xc2\xab Non, a-t-elle dit, jamais. \xc2\xbb\n\n\xe2\x80\x94 Oui, dit Paul.",
    b"\x08Lee wrote:\n\nIt sank.\n\n\xe2\x80\x94 Ann Lee, 1911",
]
SEEDS = {
    "text": [TEXT],
    "html": [PAGE, b"<!--\n Page saved with SingleFile \n url: https://a.example/ \n saved date: Tue Mar 03 2026\n-->" + SMALL_PAGE],
    "markdown": [MARKDOWN],
    "front_matter": HEADS,
    "front_matter_toml": [b"title = 'T'\ndate = 2026-03-03T10:00:00Z\ntags = ['a']\n[author]\nname = 'Ann'"],
    "recto_json": [RECTO],
    "mhtml": [MHTML],
    "eml": [MAIL, LETTER],
    "mbox": [b"From a Tue Mar  3 10:00:00 2026\n" + LETTER + b"\nFrom b Tue Mar  3 10:00:00 2026\n" + LETTER],
    "webarchive": [web_archive(plistlib.FMT_XML), web_archive(plistlib.FMT_BINARY)],
    "maff": [packed(RDF, SMALL_PAGE, GIF)],
    "epub": [packed(b"application/epub+zip", CONTAINER, OPF, NAV, NCX, ONE, TWO, GIF, ENCRYPTION)],
    "feed": [RSS, ATOM, JSON_FEED],
    "pocket": [packed(POCKET_CSV, POCKET_NOTES, POCKET_LIST)],
    "pocket_file": [POCKET_CSV, POCKET_HTML, POCKET_API],
    "omnivore": [packed(OMNIVORE, SMALL_PAGE, b"> It rose\n\n#tide\n\nIndeed.\n\nA note.")],
    "matter": [packed(b"Title,Author,URL,Tags,Favorited,Read,File Id\nOne,Ann,https://a.example/1,sea;tide,True,True,a.html\n", SMALL_PAGE)],
    "wallabag": [WALLABAG],
    "table": TABLES,
    "bookmarks": BOOKMARKS,
    "highlights": HIGHLIGHTS,
    "bundle": [packed(SMALL_PAGE, GIF, b"# C\n\nText", b"Text", LETTER, WALLABAG)],
    "zip": [zipped(("a.md", b"# A\n\nText"), ("b.html", SMALL_PAGE)), zipped(("a.txt.gz", gzip.compress(b"Text")))],
    "compressed": [gzip.compress(b"# A\n\nText"), b"\x28\xb5\x2f\xfd\x04\x58\x49\x00\x00# A\n\nText\x9e\x1e\x8c\x35"],
    "picture": [GIF, png(), bmp()],
    "svg": [SVG],
    "facts": FACTS,
    "voices": VOICES,
}

for target, seeds in SEEDS.items():
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(seed)
