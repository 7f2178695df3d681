//! What a page's JSON-LD (schema.org) says of its article. Reads values only; which of them is believed is the work of
//! [`super::Statements`].

use serde_json::Value;

use super::elements::Elements;
use crate::import::html::dom;

/// The article's values, as stated.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct JsonLd {
    /// `headline`.
    pub headline: Option<String>,
    /// `name`.
    pub name: Option<String>,
    /// `author` (or `creator`), by name.
    pub authors: Vec<String>,
    /// `publisher`, by name.
    pub publisher: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// `url` or `mainEntityOfPage`.
    pub url: Option<String>,
    /// `keywords`.
    pub keywords: Vec<String>,
}

/// The first article that any of the page's JSON-LD describes; parts that are broken are passed over.
pub(super) fn read(elements: &Elements<'_>) -> JsonLd {
    let mut nodes: Vec<Value> = Vec::new();
    // A few sites put it into a meta tag, for scripts to move.
    for tag in elements.select("meta[name$='ld+json'][content]") {
        if let Some(value) = tag.attr("content").and_then(|content| parse(&content)) {
            flatten(value, &mut nodes);
        }
    }
    for script in elements.select("script[type]") {
        let is_ld =
            script.attr("type").is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json"));
        if is_ld && let Some(value) = parse(&script.text()) {
            flatten(value, &mut nodes);
        }
    }
    let rank = |node: &Value| types(node).iter().filter_map(|t| type_rank(t)).min();
    let Some(article) = nodes.iter().filter(|n| rank(n).is_some()).min_by_key(|n| rank(n)) else {
        return JsonLd::default();
    };
    let by_id = |value: &Value| -> Option<String> {
        let id = value.get("@id")?.as_str()?;
        let node =
            nodes.iter().find(|n| n.get("@id").and_then(Value::as_str) == Some(id) && n.get("name").is_some())?;
        string(node.get("name")?)
    };
    let field = |key: &str| article.get(key).and_then(string);
    let authors = article.get("author").or_else(|| article.get("creator"));
    JsonLd {
        headline: field("headline"),
        name: field("name"),
        authors: authors.map(|value| names(value, &by_id)).unwrap_or_default(),
        publisher: article.get("publisher").and_then(|value| names(value, &by_id).into_iter().next()),
        published: field("datePublished").or_else(|| field("dateCreated")),
        modified: field("dateModified"),
        description: field("description"),
        language: article.get("inLanguage").and_then(|v| string(v).or_else(|| v.get("alternateName").and_then(string))),
        url: field("url").or_else(|| {
            let page = article.get("mainEntityOfPage")?;
            string(page).or_else(|| page.get("@id").and_then(string))
        }),
        keywords: article.get("keywords").map(keywords).unwrap_or_default(),
    }
}

/// Parses, forgiving what real pages do: comment and CDATA marks around it, raw line feeds in strings, a trailing semicolon.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let text = text.trim_start_matches("//").trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let text = text.trim().trim_end_matches("//").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// Objects out of lists and graphs, and what an object says is its page's main thing.
fn flatten(value: Value, out: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|v| flatten(v, out)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.remove(key) {
                    flatten(inner, out);
                }
            }
            out.push(Value::Object(object));
        }
        _ => {}
    }
}

fn types(node: &Value) -> Vec<&str> {
    match node.get("@type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// How sure a type says that the node is the article: schema.org's `Article` and what is derived from it first.
fn type_rank(name: &str) -> Option<u8> {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    match name {
        _ if name.ends_with("Article") => Some(0),
        "BlogPosting"
        | "LiveBlogPosting"
        | "SocialMediaPosting"
        | "DiscussionForumPosting"
        | "Report"
        | "Review"
        | "CriticReview"
        | "Recipe"
        | "HowTo"
        | "Posting"
        | "ReportageNewsArticle" => Some(0),
        "CreativeWork" | "Blog" | "Event" | "Book" => Some(2),
        "WebPage" | "ItemPage" => Some(3),
        _ => None,
    }
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => return values.iter().find_map(string),
        Value::Object(object) => return object.get("@value").and_then(string),
        _ => return None,
    };
    // Some pages escape their JSON as if it were HTML.
    let text = if text.contains('&') { dom::visible_text(&dom_query::Document::fragment(text).root()) } else { text };
    let text = crate::text::collapse_whitespace(&text);
    (!text.is_empty()).then_some(text)
}

/// The names of persons and bodies: given as text, as objects, as references to nodes of the graph, or as lists of these.
fn names(value: &Value, by_id: &dyn Fn(&Value) -> Option<String>) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(|v| names(v, by_id)).collect(),
        Value::Object(object) => {
            let name = object.get("name").map(|name| names(name, by_id)).filter(|names| !names.is_empty());
            name.unwrap_or_else(|| by_id(value).into_iter().collect())
        }
        _ => string(value).into_iter().collect(),
    }
}

fn keywords(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(string).collect(),
        _ => string(value).map(|text| super::split_keywords(&text)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_ld(json: &str) -> JsonLd {
        read(&Elements::read(&dom_query::Document::from(format!("<script type='application/ld+json'>{json}</script>"))))
    }

    #[test]
    fn an_article_is_found_in_whatever_holds_it() {
        let headline = |text: &str| Some(text.to_owned());
        for (json, expected) in [
            (r#"{"@type":"NewsArticle","headline":"A"}"#, headline("A")),
            (r#"[{"@type":"Organization","name":"X"},{"@type":["Article"],"headline":"A"}]"#, headline("A")),
            (
                r#"{"@graph":[{"@type":"WebPage","name":"W"},{"@type":"BlogPosting","headline":"A &amp; B"}]}"#,
                headline("A & B"),
            ),
            ("<!-- {\"@type\":\"Article\",\"headline\":\"A\n B\"} -->", headline("A B")),
            (r#"{"@type":"Organization","headline":"A"}"#, None),
            ("{broken", None),
        ] {
            assert_eq!(read_ld(json).headline, expected, "{json}");
        }
    }

    #[test]
    fn authors_and_publisher_come_in_many_shapes() {
        for (author, expected) in [
            (r#""Ann Lee""#, &["Ann Lee"][..]),
            (r#"{"@type":"Person","name":"Ann Lee"}"#, &["Ann Lee"]),
            (r#"[{"name":"Ann Lee"},{"name":["Bo Li"]}]"#, &["Ann Lee", "Bo Li"]),
            (r##"{"@id":"#ann"}"##, &["Ann Lee"]),
            ("null", &[]),
        ] {
            let json = format!(
                r##"[{{"@type":"Article","author":{author}}},{{"@id":"#ann","@type":"Person","name":"Ann Lee"}}]"##
            );
            assert_eq!(read_ld(&json).authors, expected, "{author}");
        }
    }
}
