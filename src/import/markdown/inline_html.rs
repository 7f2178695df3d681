//! HTML tags in a line of Markdown: the common ones as styles, the rest for the caller to keep as text.

use dom_query::{Document, NodeRef};

use crate::document::InlineStyle;
use crate::import::html::{dom, links};

/// What a tag means.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    /// A line break.
    Break,
    /// An image, by its address, with its alternative text.
    Image {
        /// The address.
        address: String,
        /// The alternative text.
        alt: String,
    },
    /// The beginning of a style; the name closes it.
    Open {
        /// The element's name.
        name: String,
        /// The style; `None` for an element that only groups.
        style: Option<InlineStyle>,
    },
    /// The end of an element.
    Close {
        /// The element's name.
        name: String,
    },
    /// Nothing that is seen: a comment.
    Nothing,
}

/// Reads one tag as it stands in the text; `None` where it is none of the known ones.
pub fn read(html: &str, base: Option<&str>) -> Option<Tag> {
    let html = html.trim();
    if html.starts_with("<!--") {
        return Some(Tag::Nothing);
    }
    let name: String = html
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let style = match name.as_str() {
        "br" => return Some(Tag::Break),
        "wbr" => return Some(Tag::Nothing),
        "b" | "strong" => Some(InlineStyle::Strong),
        "i" | "em" | "cite" | "var" | "dfn" => Some(InlineStyle::Emphasis),
        "u" | "ins" => Some(InlineStyle::Underline),
        "s" | "del" | "strike" => Some(InlineStyle::Strikethrough),
        "code" | "kbd" | "samp" | "tt" => Some(InlineStyle::Code),
        "sup" => Some(InlineStyle::Superscript),
        "sub" => Some(InlineStyle::Subscript),
        "mark" => Some(InlineStyle::Highlight),
        "a" | "span" | "font" | "small" | "big" | "abbr" | "time" | "bdi" | "data" | "ruby" | "rb" | "rt" | "rp" => {
            None
        }
        "img" => {
            let document = Document::fragment(html);
            let image = document.select("img");
            let node = image.nodes().first()?;
            let address = dom::filled_attribute(node, "src")?;
            return Some(Tag::Image { address, alt: dom::filled_attribute(node, "alt").unwrap_or_default() });
        }
        _ => return None,
    };
    if html.starts_with("</") {
        return Some(Tag::Close { name });
    }
    let style = style.or_else(|| {
        let document = Document::fragment(html);
        let selection = document.select(&name);
        let node = selection.nodes().first()?;
        attribute_style(node, &name, base)
    });
    Some(Tag::Open { name, style })
}

fn attribute_style(node: &NodeRef, name: &str, base: Option<&str>) -> Option<InlineStyle> {
    if name == "a" {
        let target = links::link_target(base, base, &dom::filled_attribute(node, "href")?)?;
        return Some(InlineStyle::Link { target });
    }
    dom::filled_attribute(node, "lang").map(|tag| InlineStyle::Language { tag })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_tags_are_known() {
        let open = |name: &str, style| Some(Tag::Open { name: name.to_owned(), style });
        for (html, expected) in [
            ("<br/>", Some(Tag::Break)),
            ("<!-- x -->", Some(Tag::Nothing)),
            ("<SUP>", open("sup", Some(InlineStyle::Superscript))),
            ("</sup>", Some(Tag::Close { name: "sup".to_owned() })),
            (
                "<a href=\"https://a.example/\">",
                open("a", Some(InlineStyle::Link { target: "https://a.example/".to_owned() })),
            ),
            ("<a href='javascript:x'>", open("a", None)),
            ("<img src=a.png alt='An A'>", Some(Tag::Image { address: "a.png".to_owned(), alt: "An A".to_owned() })),
            ("<custom-tag>", None),
        ] {
            assert_eq!(read(html, None), expected, "{html}");
        }
    }
}
