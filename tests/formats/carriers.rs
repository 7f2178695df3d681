//! How each format packs a page's HTML, with one picture where it can hold one. Checks nothing.

use crate::make::{GIF, Plist, base64, binary_plist, csv_line, multipart, part, quoted_printable, zip};
use recto::import::{Import, Source, import};

/// A format that carries HTML.
pub(crate) struct Carrier {
    /// What the tests call it.
    pub(crate) name: &'static str,
    /// What the table of formats calls it.
    pub(crate) format: &'static str,
    /// The address by which its HTML names the picture.
    pub(crate) image: &'static str,
    /// Whether the file holds the picture.
    pub(crate) picture: Picture,
    /// The kinds of block that it cannot carry.
    pub(crate) cannot: fn(&str) -> bool,
    /// Packs HTML.
    pub(crate) pack: fn(&str) -> Packed,
}

/// Where a format keeps a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picture {
    /// In the file, or in the folder beside it.
    Here,
    /// Where the page was.
    OnTheWeb,
}

/// A file, and what stands beside it.
pub(crate) struct Packed {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) beside: Vec<(String, Vec<u8>)>,
}

impl Packed {
    fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), beside: Vec::new() }
    }

    /// Opens it; from a folder where something stands beside it.
    pub(crate) fn open(&self) -> Import {
        if self.beside.is_empty() {
            return crate::open(&self.name, &self.bytes);
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(&self.name), &self.bytes).unwrap();
        for (name, bytes) in &self.beside {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        import(&Source::read(&folder.path().join(&self.name)).unwrap()).unwrap()
    }
}

impl Carrier {
    /// The carrier of a name.
    pub(crate) fn named(name: &str) -> &'static Self {
        CARRIERS.iter().find(|carrier| carrier.name == name).unwrap()
    }
}

const PAGE_ADDRESS: &str = "https://tide.example/news/tides";
const ON_THE_WEB: &str = "https://tide.example/a.gif";
const INLINED: &str = "data:image/gif;base64,R0lGODlhBAAEAIAAAAAAAP///yH5BAEAAAAALAAAAAAEAAQAAAIEhI8JBQA7";

fn page(html: &str) -> String {
    format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Tides</title></head><body>{html}</body></html>")
}

fn xhtml(html: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" \"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Tides</title></head><body>{html}</body></html>"
    )
}

fn escaped(html: &str) -> String {
    html.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn json(html: &str) -> String {
    serde_json::to_string(html).unwrap()
}

const ALL: fn(&str) -> bool = |_| false;

/// What most of them have in common.
const USUAL: Carrier = Carrier {
    name: "",
    format: "HTML",
    image: INLINED,
    picture: Picture::Here,
    cannot: ALL,
    pack: |_| Packed::new("", ""),
};

/// All of them.
pub(crate) const CARRIERS: &[Carrier] = &[
    Carrier { name: "HTML", pack: |html| Packed::new("tides.html", page(html)), ..USUAL },
    Carrier { name: "XHTML", pack: |html| Packed::new("tides.xhtml", xhtml(html)), ..USUAL },
    Carrier { name: "SingleFile", pack: |html| Packed::new("tides.html", single_file(html)), ..USUAL },
    Carrier { name: "Save Page WE", pack: |html| Packed::new("tides.html", save_page_we(html)), ..USUAL },
    Carrier { name: "complete page", image: "Tides_files/a%20b.gif", pack: complete, ..USUAL },
    Carrier { name: "MHTML", format: "MHTML", image: ON_THE_WEB, pack: mhtml, ..USUAL },
    Carrier {
        name: "webarchive, binary",
        format: "Safari web archive",
        image: "/a.gif",
        pack: binary_webarchive,
        ..USUAL
    },
    Carrier { name: "webarchive, XML", format: "Safari web archive", image: "/a.gif", pack: xml_webarchive, ..USUAL },
    Carrier { name: "MAFF", format: "MAFF", image: "index_files/a.gif", pack: maff, ..USUAL },
    Carrier { name: "EPUB 2", format: "EPUB", image: "../images/a.gif", pack: |html| epub(html, 2), ..USUAL },
    Carrier { name: "EPUB 3", format: "EPUB", image: "../images/a.gif", pack: |html| epub(html, 3), ..USUAL },
    Carrier {
        name: "e-mail",
        format: "E-mail",
        image: "cid:gauge@tide",
        pack: |html| Packed::new("tides.eml", mail(html)),
        ..USUAL
    },
    Carrier { name: "mailbox", format: "Mailbox", image: "cid:gauge@tide", pack: mailbox, ..USUAL },
    Carrier { name: "RSS", format: "Feed", image: ON_THE_WEB, picture: Picture::OnTheWeb, pack: rss, ..USUAL },
    Carrier { name: "RSS, description", format: "Feed", pack: rss_description, ..USUAL },
    Carrier {
        name: "Atom, html",
        format: "Feed",
        image: "/a.gif",
        picture: Picture::OnTheWeb,
        pack: atom_html,
        ..USUAL
    },
    Carrier {
        name: "Atom, xhtml",
        format: "Feed",
        image: "a.gif",
        picture: Picture::OnTheWeb,
        pack: atom_xhtml,
        ..USUAL
    },
    Carrier { name: "JSON Feed", format: "Feed", pack: json_feed, ..USUAL },
    Carrier {
        name: "wallabag JSON",
        format: "wallabag export",
        image: ON_THE_WEB,
        picture: Picture::OnTheWeb,
        pack: wallabag,
        ..USUAL
    },
    Carrier {
        name: "wallabag CSV",
        format: "Instapaper, Readwise, Raindrop and other tables",
        pack: |html| {
            let head = "Title;URL;Content;Tags;\"MIME Type\";Language;\"Creation date\"\n";
            let row = csv_line(&["Tides", PAGE_ADDRESS, html, "sea", "text/html", "", "03/03/2026 10:00:00"], ";");
            Packed::new("wallabag.csv", format!("{head}{row}"))
        },
        ..USUAL
    },
    Carrier {
        name: "Omnivore",
        format: "Omnivore export",
        image: ON_THE_WEB,
        picture: Picture::OnTheWeb,
        pack: omnivore,
        ..USUAL
    },
    Carrier {
        name: "Matter",
        format: "Matter export",
        image: ON_THE_WEB,
        picture: Picture::OnTheWeb,
        pack: matter,
        ..USUAL
    },
    Carrier {
        name: "mymind",
        format: "Instapaper, Readwise, Raindrop and other tables",
        pack: |html| {
            let head = "id,type,title,url,content,note,tags,created\n";
            let row = csv_line(&["1", "Article", "Tides", PAGE_ADDRESS, html, "", "sea", "2026-03-03"], ",");
            Packed::new("mymind.csv", format!("{head}{row}"))
        },
        ..USUAL
    },
    // A link to a place in the file is found by Markdown's own notation.
    Carrier {
        name: "HTML in Markdown",
        format: "Markdown",
        cannot: |kind| matches!(kind, "link to a place" | "note"),
        pack: |html| Packed::new("tides.md", format!("---\ntitle: Tides\n---\n\n<div>{html}</div>\n")),
        ..USUAL
    },
];

fn single_file(html: &str) -> String {
    format!(
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {PAGE_ADDRESS} \n saved date: Tue Mar 03 2026 10:00:00 GMT+0100 (Central European Standard Time)\n--><meta charset=utf-8>\n<title>Tides</title>\n<meta name=referrer content=no-referrer><style>.sf-hidden{{display:none!important}}</style></head>\n<body>{html}<div class=sf-hidden></div></body></html>"
    )
}

fn save_page_we(html: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><base href=\"{PAGE_ADDRESS}\"><meta charset=\"utf-8\"><title>Tides</title><meta name=\"savepage-url\" content=\"{PAGE_ADDRESS}\"><meta name=\"savepage-title\" content=\"Tides\"><meta name=\"savepage-from\" content=\"{PAGE_ADDRESS}\"><meta name=\"savepage-date\" content=\"Tue Mar 03 2026 10:00:00 GMT+0100 (Mitteleuropäische Normalzeit)\"><meta name=\"savepage-state\" content=\"Standard Items; Retain cross-origin frames;\"></head><body>{html}</body></html>"
    )
}

fn complete(html: &str) -> Packed {
    let beside = vec![
        ("Tides_files/a b.gif".to_owned(), GIF.to_vec()),
        ("Tides_files/style.css".to_owned(), b"p { color: red }".to_vec()),
        ("Tides_files/frame.html".to_owned(), b"<!DOCTYPE html><p>An advertisement".to_vec()),
    ];
    let text = page(html).replace("<html>", &format!("<!-- saved from url=(0031){PAGE_ADDRESS} -->\n<html>"));
    Packed { beside, ..Packed::new("Tides.html", text) }
}

fn mhtml(html: &str) -> Packed {
    let parts = [
        part(
            &format!(
                "Content-Type: text/html; charset=utf-8\nContent-ID: <frame-1@mhtml.blink>\nContent-Transfer-Encoding: quoted-printable\nContent-Location: {PAGE_ADDRESS}"
            ),
            &quoted_printable(&page(html)),
        ),
        part(
            &format!("Content-Type: image/gif\nContent-Transfer-Encoding: base64\nContent-Location: {ON_THE_WEB}"),
            &base64(GIF),
        ),
    ];
    let head = format!(
        "From: <Saved by Blink>\nSnapshot-Content-Location: {PAGE_ADDRESS}\nSubject: Tides\nDate: Tue, 3 Mar 2026 10:00:00 +0100"
    );
    Packed::new("tides.mhtml", multipart(&head, "related", &parts))
}

fn binary_webarchive(html: &str) -> Packed {
    let resource = |bytes: &[u8], address: &str| {
        Plist::Map(vec![
            ("WebResourceData", Plist::Data(bytes.to_vec())),
            ("WebResourceURL", Plist::Text(address.to_owned())),
            ("WebResourceTextEncodingName", Plist::Text("UTF-8".to_owned())),
        ])
    };
    let root = Plist::Map(vec![
        ("WebMainResource", resource(page(html).as_bytes(), PAGE_ADDRESS)),
        ("WebSubresources", Plist::List(vec![resource(GIF, ON_THE_WEB)])),
    ]);
    Packed::new("tides.webarchive", binary_plist(&root))
}

fn xml_webarchive(html: &str) -> Packed {
    let resource = |bytes: &[u8], address: &str| {
        let data = base64(bytes);
        let lines: Vec<String> =
            data.as_bytes().chunks(52).map(|line| String::from_utf8(line.to_vec()).unwrap()).collect();
        format!(
            "<dict>\n\t<key>WebResourceData</key>\n\t<data>\n\t{}\n\t</data>\n\t<key>WebResourceMIMEType</key>\n\t<string>text/html</string>\n\t<key>WebResourceURL</key>\n\t<string>{address}</string>\n</dict>",
            lines.join("\n\t")
        )
    };
    Packed::new(
        "tides.webarchive",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n<key>WebMainResource</key>\n{}\n<key>WebSubresources</key>\n<array>\n{}\n</array>\n</dict>\n</plist>\n",
            resource(page(html).as_bytes(), PAGE_ADDRESS),
            resource(GIF, ON_THE_WEB)
        ),
    )
}

fn maff(html: &str) -> Packed {
    let description = format!(
        "<?xml version=\"1.0\"?>\n<RDF:RDF xmlns:MAF=\"http://maf.mozdev.org/metadata/rdf#\" xmlns:NC=\"http://home.netscape.com/NC-rdf#\" xmlns:RDF=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<RDF:Description RDF:about=\"urn:root\">\n<MAF:originalurl RDF:resource=\"{PAGE_ADDRESS}\"/>\n<MAF:title RDF:resource=\"Tides\"/>\n<MAF:archivetime RDF:resource=\"Tue, 03 Mar 2026 10:00:00 +0100\"/>\n<MAF:indexfilename RDF:resource=\"index.html\"/>\n<MAF:charset RDF:resource=\"UTF-8\"/>\n</RDF:Description>\n</RDF:RDF>\n"
    );
    Packed::new(
        "tides.maff",
        zip(&[
            ("1234_5/index.html", page(html).as_bytes()),
            ("1234_5/index_files/a.gif", GIF),
            ("1234_5/index.rdf", description.as_bytes()),
        ]),
    )
}

/// The entries of a book of one chapter, for tests that add to them.
pub(crate) fn epub(html: &str, version: u8) -> Packed {
    let container = "<?xml version=\"1.0\"?><container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let (contents, toc) = if version == 2 {
        ("<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>", " toc=\"ncx\"")
    } else {
        ("<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>", "")
    };
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"{version}.0\" unique-identifier=\"id\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Tides</dc:title><dc:identifier id=\"id\">urn:uuid:1</dc:identifier></metadata><manifest>{contents}<item id=\"one\" href=\"text/one.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"gif\" href=\"images/a.gif\" media-type=\"image/gif\"/></manifest><spine{toc}><itemref idref=\"one\"/></spine></package>"
    );
    let ncx =
        "<?xml version=\"1.0\"?><ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"><navMap/></ncx>";
    let nav = "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"><body><nav epub:type=\"toc\"><ol/></nav></body></html>";
    let entries: &[(&str, &[u8])] = &[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
        if version == 2 { ("OEBPS/toc.ncx", ncx.as_bytes()) } else { ("OEBPS/nav.xhtml", nav.as_bytes()) },
        ("OEBPS/text/one.xhtml", &xhtml(html).into_bytes()),
        ("OEBPS/images/a.gif", GIF),
    ];
    Packed::new("tides.epub", zip(entries))
}

fn mail(html: &str) -> String {
    let text = part("Content-Type: text/plain; charset=utf-8", "A text beside the page.");
    let page = part(
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
        &quoted_printable(&page(html)),
    );
    let picture = part(
        "Content-Type: image/gif\nContent-Transfer-Encoding: base64\nContent-ID: <gauge@tide>\nContent-Disposition: inline; filename=\"a.gif\"",
        &base64(GIF),
    );
    let related = multipart("X-Level: 2", "related", &[page, picture]).replace("--=_edge", "--=_inner");
    let related = related.replace("MIME-Version: 1.0\r\n", "");
    let head = "Received: from tide.example by home.example; Tue, 3 Mar 2026 09:00:01 +0000\nMessage-ID: <1@tide.example>\nFrom: Tide Gazette <news@tide.example>\nTo: reader@home.example\nSubject: Tides\nDate: Tue, 3 Mar 2026 10:00:00 +0100";
    multipart(head, "alternative", &[text, related])
}

fn mailbox(html: &str) -> Packed {
    Packed::new("tides.mbox", format!("From news@tide.example Tue Mar  3 10:00:00 2026\n{}\n", mail(html)))
}

fn rss_of(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Tide Gazette</title><link>https://tide.example/</link><item><title>Tides</title><link>{PAGE_ADDRESS}</link>{item}</item></channel></rss>"
    )
}

fn rss(html: &str) -> Packed {
    Packed::new(
        "tides.rss",
        rss_of(&format!("<description>Short.</description><content:encoded><![CDATA[{html}]]></content:encoded>")),
    )
}

fn rss_description(html: &str) -> Packed {
    Packed::new("tides.xml", rss_of(&format!("<description>{}</description>", escaped(html))))
}

fn atom_of(content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://tide.example/\"><title>Tide Gazette</title><entry><title>Tides</title><id>urn:1</id><link href=\"{PAGE_ADDRESS}\"/>{content}</entry></feed>"
    )
}

fn atom_html(html: &str) -> Packed {
    Packed::new("tides.atom", atom_of(&format!("<content type=\"html\">{}</content>", escaped(html))))
}

fn atom_xhtml(html: &str) -> Packed {
    let content = format!("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{html}</div></content>");
    Packed::new("tides.atom", atom_of(&content))
}

fn json_feed(html: &str) -> Packed {
    Packed::new(
        "tides.json",
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Tide Gazette\", \"items\": [{{\"id\": \"1\", \"url\": \"{PAGE_ADDRESS}\", \"title\": \"Tides\", \"content_html\": {}}}]}}",
            json(html)
        ),
    )
}

fn wallabag(html: &str) -> Packed {
    Packed::new(
        "wallabag.json",
        format!(
            "[{{\"is_archived\": 0, \"is_starred\": 0, \"tags\": [], \"id\": 1, \"title\": \"Tides\", \"url\": \"{PAGE_ADDRESS}\", \"content\": {}}}]",
            json(html)
        ),
    )
}

fn omnivore(html: &str) -> Packed {
    let metadata =
        format!("[{{\"id\": \"1\", \"slug\": \"tides-1\", \"title\": \"Tides\", \"url\": \"{PAGE_ADDRESS}\"}}]");
    let page = format!("<DIV class=\"page\" id=\"readability-page-1\">{html}</DIV>");
    Packed::new(
        "export.zip",
        zip(&[("metadata_0_to_20.json", metadata.as_bytes()), ("content/tides-1.html", page.as_bytes())]),
    )
}

fn matter(html: &str) -> Packed {
    let history = format!(
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id\nTides,,,{PAGE_ADDRESS},,9,True,False,False,0,2026-03-03,files/1.html\n"
    );
    Packed::new(
        "Archive.zip",
        zip(&[("Archive/_matter_history.csv", history.as_bytes()), ("Archive/files/1.html", html.as_bytes())]),
    )
}
