//! XML → a small tree, forgiving as feeds and books need it: unknown entities stay as they are written, wrong ends are
//! passed over. Reads no document type and no entity from anywhere, so nothing in it expands. Knows no format.

use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};

use super::html::encoding;

/// Elements deeper than this are dropped with a count; feeds and packages have ten levels.
const DEEPEST: usize = 128;

/// The most elements and texts. A feed of ten thousand entries has 200,000.
const MOST_NODES: usize = 3_000_000;

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its name without a prefix, as written.
    pub name: String,
    /// Its namespace's address; empty where it has none.
    pub namespace: Rc<str>,
    /// Its attributes, names with their prefixes.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
}

impl Element {
    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it of a name, whatever their namespace.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element in it of a name.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element of a name anywhere below, in the document's order.
    pub fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }

    /// An attribute's value by its name, with or without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let exact = self.attributes.iter().find(|(key, _)| key == name);
        let local = || self.attributes.iter().find(|(key, _)| key.rsplit(':').next() == Some(name));
        exact.or_else(local).map(|(_, value)| value.as_str())
    }

    /// All the text in it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_text(out),
            }
        }
    }

    /// The text of the first element in it of a name, white space collapsed; `None` where it is empty.
    pub fn text_of(&self, name: &str) -> Option<String> {
        let text = crate::text::collapse_whitespace(&self.first(name)?.text());
        (!text.is_empty()).then_some(text)
    }

    /// What it holds, as HTML.
    pub fn inner_html(&self) -> String {
        let mut out = String::new();
        self.push_html(&mut out);
        out
    }

    fn push_html(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(&quick_xml::escape::escape(text.as_str())),
                Node::Element(element) => {
                    out.push('<');
                    out.push_str(&element.name);
                    for (key, value) in &element.attributes {
                        out.push_str(&format!(" {key}=\"{}\"", quick_xml::escape::escape(value.as_str())));
                    }
                    out.push('>');
                    element.push_html(out);
                    if !is_void(&element.name) {
                        out.push_str(&format!("</{}>", element.name));
                    }
                }
            }
        }
    }
}

/// HTML's elements that have no end.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// The tree of a document.
///
/// # Errors
/// What is wrong, as a phrase, where there is no element in it or it passes a limit.
pub fn parse(bytes: &[u8]) -> Result<Element, String> {
    parse_text(&encoding::decode(bytes).text)
}

/// The tree of a document that is text already.
///
/// # Errors
/// As [`parse`].
pub fn parse_text(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text.trim_start_matches(['\u{FEFF}', '\0']));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut namespaces: Vec<(usize, String, Rc<str>)> = Vec::new();
    let (mut skipped, mut nodes) = (0usize, 0usize);
    loop {
        nodes += 1;
        if nodes > MOST_NODES {
            return Err(format!("it has more than {MOST_NODES} elements"));
        }
        let event = match reader.read_event() {
            Ok(event) => event,
            // What was read before the damage is kept; without any of it the document is unreadable.
            Err(error) => {
                if open.len() == 1 && open.first().is_none_or(|root| root.children.is_empty()) {
                    return Err(error.to_string());
                }
                break;
            }
        };
        match event {
            Event::Start(_) if open.len() > DEEPEST => skipped += 1,
            Event::Empty(_) if open.len() > DEEPEST => {}
            Event::Start(start) => {
                let element = element(&start, &mut namespaces, open.len());
                open.push(element);
            }
            Event::Empty(start) => {
                let element = element(&start, &mut namespaces, open.len());
                namespaces.retain(|(depth, _, _)| *depth < open.len());
                push(&mut open, Node::Element(element));
            }
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::End(end) => {
                // Misnested tags: an end belongs to the nearest element of its name, or to none.
                let name = end.name();
                let local = name.as_ref().rsplit(':').next().unwrap_or_default().to_owned();
                if let Some(place) = open.iter().rposition(|element| element.name == local).filter(|at| *at > 0) {
                    while open.len() > place {
                        close(&mut open);
                    }
                    namespaces.retain(|(depth, _, _)| *depth < open.len());
                }
            }
            Event::Text(text) => push_text(&mut open, &text),
            Event::CData(text) => push_text(&mut open, &text),
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => resolve_html5_entity(&reference).map_or_else(|| format!("&{};", &*reference), str::to_owned),
                };
                push_text(&mut open, &resolved);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let root = open.pop().unwrap_or_default();
    root.children
        .into_iter()
        .find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
        .ok_or_else(|| "there is no element in it".to_owned())
}

fn push(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(last) = open.last_mut() else { return };
    if let Some(Node::Text(before)) = last.children.last_mut() {
        before.push_str(text);
    } else {
        last.children.push(Node::Text(text.to_owned()));
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(element) = open.pop()
    {
        push(open, Node::Element(element));
    }
}

fn element(start: &BytesStart, namespaces: &mut Vec<(usize, String, Rc<str>)>, depth: usize) -> Element {
    let attributes: Vec<(String, String)> = start
        .html_attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .map(|attribute| {
            let value = unescape_with(&attribute.value, resolve_html5_entity)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
            (attribute.key.as_ref().to_owned(), value)
        })
        .collect();
    for (key, value) in &attributes {
        if key == "xmlns" {
            namespaces.push((depth, String::new(), value.as_str().into()));
        } else if let Some(prefix) = key.strip_prefix("xmlns:") {
            namespaces.push((depth, prefix.to_owned(), value.as_str().into()));
        }
    }
    let name = start.name();
    let (prefix, local) = name.as_ref().split_once(':').unwrap_or(("", name.as_ref()));
    let namespace = namespaces.iter().rev().find(|(_, known, _)| known == prefix).map(|(_, _, uri)| Rc::clone(uri));
    Element { name: local.to_owned(), namespace: namespace.unwrap_or_default(), attributes, children: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_with_their_faults() {
        let check = |xml: &str, expected: &str| {
            let tree = parse(xml.as_bytes()).map(|root| format!("{} {}", root.name, root.inner_html()));
            assert_eq!(tree.as_deref(), Ok(expected), "{xml}");
        };
        check("<?xml version='1.0'?><a><b c='d &amp; e'/>f</a>", "a <b c=\"d &amp; e\"></b>f");
        check("<a><![CDATA[<p>&nbsp;]]></a>", "a &lt;p&gt;&amp;nbsp;");
        check("<a>x &nbsp;&unknown;&#233; & y</a>", "a x \u{A0}&amp;unknown;é &amp; y");
        check("<a><b>x</a>", "a <b>x</b>");
        check("<a>x</b></a>", "a x");
        check("<a><x:b>x</x:b>", "a <b>x</b>");
        check("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a &amp;b;");
        check("<a><b>x</b><c", "a <b>x</b>");
        assert!(parse(b"words").is_err());
        assert!(parse(b"").is_err());
    }

    #[test]
    fn namespaces_and_attributes_are_found() {
        let root = parse(b"<r xmlns='u:r' xmlns:d='u:d'><d:a d:k='v'><b xmlns='u:b'/></d:a><b/></r>").unwrap();
        let a = root.first("a").unwrap();
        assert_eq!((&*a.namespace, a.attribute("k")), ("u:d", Some("v")));
        assert_eq!(a.first("b").map(|b| &*b.namespace), Some("u:b"));
        assert_eq!(root.first("b").map(|b| &*b.namespace), Some("u:r"));
    }

    #[test]
    fn depth_and_entities_do_no_harm() {
        let deep = format!("{}x{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(parse(deep.as_bytes()).is_ok());
        let laughs: String = (0..20).map(|n| format!("<!ENTITY l{} '&l{n};&l{n};'>", n + 1)).collect();
        let xml = format!("<!DOCTYPE a [<!ENTITY l0 'ha'>{laughs}]><a>&l20;</a>");
        assert_eq!(parse(xml.as_bytes()).map(|root| root.text()).as_deref(), Ok("&l20;"));
    }
}
