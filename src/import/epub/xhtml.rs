//! XHTML as HTML: what XML allows and an HTML parser takes for something else. Elements that close themselves (`<title/>`
//! would swallow the chapter), CDATA, processing instructions, document types with declarations in them.

use crate::import::xml::is_void;

/// The text as HTML.
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        if let Some(inner) = behind.strip_prefix("![CDATA[") {
            let (data, after) = inner.split_once("]]>").unwrap_or((inner, ""));
            out.push_str(&quick_xml::escape::escape(data));
            rest = after;
        } else if let Some(inner) = behind.strip_prefix("!--") {
            let (comment, after) = inner.split_once("-->").unwrap_or((inner, ""));
            out.push_str(&format!("<!--{comment}-->"));
            rest = after;
        } else if let Some(inner) = behind.strip_prefix('?') {
            rest = inner.split_once("?>").or_else(|| inner.split_once('>')).map_or("", |(_, after)| after);
        } else if behind.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("!doctype")) {
            rest = behind_doctype(behind);
        } else {
            let end = tag_end(behind);
            let (tag, after) = behind.split_at_checked(end).unwrap_or((behind, ""));
            let name: &str = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            match tag.strip_suffix('/') {
                Some(open) if !name.is_empty() && !is_void(&name.to_ascii_lowercase()) => {
                    out.push_str(&format!("<{}></{name}>", open.trim_end()));
                }
                _ => out.push_str(&format!("<{tag}>")),
            }
            rest = after.strip_prefix('>').unwrap_or(after);
        }
    }
    out.push_str(rest);
    out
}

/// Where a tag ends, outside its quoted values.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            // A tag that never ends is cut at the next one.
            (None, '>' | '<') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    tag.find('>').unwrap_or(tag.len())
}

fn behind_doctype(text: &str) -> &str {
    let end = text.find('>').unwrap_or(text.len());
    let bracket = text.find('[').filter(|at| *at < end);
    let close = bracket.and_then(|_| text.find("]>")).map(|at| at + 1);
    text.get(close.unwrap_or(end) + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_allows_becomes_html() {
        for (xhtml, html) in [
            ("<?xml version='1.0'?><p>a</p>", "<p>a</p>"),
            ("<!DOCTYPE html [<!ENTITY a 'b'>]><p/>", "<p></p>"),
            ("<title/><a id='x' />text<br/>", "<title></title><a id='x'></a>text<br/>"),
            ("<![CDATA[a < b]]>", "a &lt; b"),
            ("<p title='a > b'/>", "<p title='a > b'></p>"),
            ("<!-- <p/> --><i>", "<!-- <p/> --><i>"),
            ("a <", "a <>"),
            ("<p", "<p>"),
        ] {
            assert_eq!(to_html(xhtml), html, "{xhtml}");
        }
    }
}
