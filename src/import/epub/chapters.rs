//! All chapters as one page: names of places made unique, links between chapters turned into links in the page, images
//! named by their entries. Decides nothing about what is shown.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeRef};

use super::package::{Chapter, Package};
use super::xhtml;
use crate::archive::{Archive, names};
use crate::import::html::{dom, encoding, links, nesting};
use crate::import::{ImportError, Warning, Watch};

/// The joined page.
#[derive(Debug, Default)]
pub struct Book {
    /// HTML.
    pub html: String,
    /// Chapters that could not be read.
    pub warnings: Vec<Warning>,
}

/// Joins chapters of a book, all of them or the first: what leads to others leads nowhere.
///
/// # Errors
/// [`ImportError::Cancelled`], and [`ImportError::Broken`] where no chapter can be read.
pub fn join(archive: &Archive, package: &Package, spine: &[Chapter], watch: &Watch) -> Result<Book, ImportError> {
    watch.expect(spine.len());
    let mut book = Book::default();
    let mut documents: Vec<(&Chapter, Option<Document>)> = Vec::with_capacity(package.spine.len());
    for chapter in spine {
        let document = match archive.read_named(&chapter.name) {
            Ok(bytes) => Some(parse(&bytes, chapter.is_xhtml)),
            Err(error) => {
                book.warnings.push(Warning::new(format!("The chapter “{}” was left out: {error}", chapter.name)));
                None
            }
        };
        documents.push((chapter, document));
        watch.step()?;
    }
    if documents.iter().all(|(_, document)| document.is_none()) {
        let detail = "none of its chapters can be read. Download or convert it again".to_owned();
        return Err(ImportError::Broken { format: "EPUB", detail });
    }
    let places = Places::find(&documents);
    if let Some(cover) = &package.cover
        && !documents.first().is_some_and(|(chapter, document)| shows(document.as_ref(), &chapter.name, cover))
    {
        book.html.push_str(&format!("<p><img src=\"{}\" alt=\"Cover\"></p>\n", escaped(cover)));
    }
    for (number, (chapter, document)) in documents.iter().enumerate() {
        let Some(document) = document else { continue };
        rewrite(document, number, chapter, &places);
        let body = document.body().unwrap_or_else(|| document.root());
        let language = document.html_root().attr("lang").or_else(|| document.html_root().attr("xml:lang"));
        let language =
            language.map(|tag| format!(" lang=\"{}\"", quick_xml::escape::escape(&*tag))).unwrap_or_default();
        book.html.push_str(&format!("<section id=\"{}\"{language}>", places.start(number)));
        if let Some((label, depth)) = &chapter.label
            && !body.descendants_it().any(|node| is_heading(&node))
        {
            let level = depth.saturating_add(1).min(6);
            book.html.push_str(&format!("<h{level}>{}</h{level}>", quick_xml::escape::escape(label.as_str())));
        }
        book.html.push_str(&body.inner_html());
        book.html.push_str("</section>\n");
    }
    Ok(book)
}

fn parse(bytes: &[u8], is_xhtml: bool) -> Document {
    let text = encoding::decode(bytes).text;
    let text = if is_xhtml { xhtml::to_html(&text) } else { text };
    let document = Document::from(nesting::limit(&text).as_ref());
    dom::cap_nesting(&document);
    document
}

fn is_heading(node: &NodeRef) -> bool {
    ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name))
}

/// Whether a chapter shows an image.
fn shows(document: Option<&Document>, chapter: &str, image: &str) -> bool {
    document.is_some_and(|document| {
        document
            .root()
            .descendants_it()
            .filter_map(|node| image_address(&node))
            .any(|address| names::resolve(chapter, &links::percent_decoded(&address)).as_deref() == Some(image))
    })
}

/// The address of an `img`, or of an `image` in a drawing.
fn image_address(node: &NodeRef) -> Option<String> {
    if node.has_name("img") {
        return node.attr("src").map(|src| src.to_string());
    }
    let is_image = node.has_name("image");
    let href = is_image.then(|| {
        node.attrs()
            .into_iter()
            .find(|attribute| &*attribute.name.local == "href" || &*attribute.name.local == "xlink:href")
    });
    href.flatten().map(|attribute| attribute.value.to_string())
}

/// An entry's name as an address in the page.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '%' | '?' | '#' | '"' | '&' | '<' | '>' | ' ' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The names of places in the joined page. One that only one chapter has stays as it is.
struct Places {
    chapters: HashMap<String, usize>,
    /// How many chapters have each name, and which of them has it alone.
    shared: HashSet<String>,
    known: HashSet<(usize, String)>,
}

impl Places {
    fn find(documents: &[(&Chapter, Option<Document>)]) -> Self {
        let mut places = Self { chapters: HashMap::new(), shared: HashSet::new(), known: HashSet::new() };
        let mut first: HashMap<String, usize> = HashMap::new();
        for (number, (chapter, document)) in documents.iter().enumerate() {
            places.chapters.entry(chapter.name.clone()).or_insert(number);
            let Some(document) = document else { continue };
            for node in document.root().descendants_it().filter(NodeRef::is_element) {
                for name in ["id", "name"].iter().filter_map(|key| node.attr(key)).filter(|name| !name.is_empty()) {
                    let before = first.entry(name.to_string()).or_insert(number);
                    if *before != number || name.starts_with("chapter.") {
                        places.shared.insert(name.to_string());
                    }
                    places.known.insert((number, name.to_string()));
                }
            }
        }
        places
    }

    /// The place where a chapter begins.
    fn start(&self, chapter: usize) -> String {
        format!("chapter.{}", chapter + 1)
    }

    /// A place of a chapter in the joined page. The number stands behind the name, where footnotes' numbers stand.
    fn name(&self, chapter: usize, name: &str) -> String {
        if self.shared.contains(name) { format!("{name}.{}", chapter + 1) } else { name.to_owned() }
    }

    /// What a link in a chapter leads to in the joined page; `None` where it leads elsewhere.
    fn target(&self, from: usize, from_name: &str, href: &str) -> Option<String> {
        if links::scheme(href).is_some() || href.starts_with("//") {
            return None;
        }
        let (path, fragment) = href.split_once('#').map_or((href, ""), |(path, fragment)| (path, fragment));
        let chapter = if path.is_empty() {
            from
        } else {
            *self.chapters.get(&names::resolve(from_name, &links::percent_decoded(path))?)?
        };
        let fragment = links::percent_decoded(fragment);
        // A place that is not there leads to the chapter it should be in.
        Some(if self.known.contains(&(chapter, fragment.clone())) {
            self.name(chapter, &fragment)
        } else {
            self.start(chapter)
        })
    }
}

fn rewrite(document: &Document, number: usize, chapter: &Chapter, places: &Places) {
    let nodes: Vec<NodeRef> = document.root().descendants_it().filter(NodeRef::is_element).collect();
    for node in nodes {
        for key in ["id", "name"] {
            if let Some(name) = node.attr(key).filter(|name| !name.is_empty()) {
                node.set_attr(key, &places.name(number, &name));
            }
        }
        // What EPUB calls a note, in the words that the page's reader knows.
        if node
            .attr("epub:type")
            .is_some_and(|kinds| kinds.split(' ').any(|k| matches!(k, "footnote" | "endnote" | "rearnote")))
        {
            node.set_attr("role", "doc-footnote");
        }
        if node.has_name("a")
            && let Some(href) = node.attr("href")
        {
            match places.target(number, &chapter.name, &href) {
                Some(place) => node.set_attr("href", &format!("#{}", place.replace('%', "%25"))),
                // A file of the book that is no chapter cannot be opened.
                None if links::scheme(&href).is_none() && !href.starts_with("//") => node.remove_attr("href"),
                None => {}
            }
        }
        if let Some(address) = image_address(&node)
            && links::scheme(&address).is_none()
        {
            let name = names::resolve(&chapter.name, &links::percent_decoded(&address));
            let src = name.map_or_else(|| address.clone(), |name| escaped(&name));
            if node.has_name("img") {
                node.set_attr("src", &src);
                node.remove_attr("srcset");
            } else if let Some(drawing) = node.ancestors(None).iter().find(|ancestor| ancestor.has_name("svg")) {
                // A drawing round a picture, as covers have it, is the picture.
                drawing.replace_with_html(format!("<img src=\"{src}\" alt=\"\">"));
            }
        }
    }
}
