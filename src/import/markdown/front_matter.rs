//! The head of a Markdown file: YAML between lines of `---`, TOML between lines of `+++`, or a JSON object. Reads what it states about the
//! article; keys that are of no use to a reader stay in the file.

use saphyr::{LoadableYamlNode as _, Scalar, Yaml};

use crate::document::{Metadata, Provenance};
use crate::import::Warning;
use crate::import::html::metadata::authors::split_names;
use crate::import::html::metadata::split_keywords;
use crate::import::html::{links, metadata::dates};
use crate::text::{Direction, collapse_whitespace};

/// The raw text of the head, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head<'a> {
    /// Between lines of `---`.
    Yaml(&'a str),
    /// Between lines of `+++`.
    Toml(&'a str),
    /// An object, as Hugo has it.
    Json(&'a str),
}

/// What was made of a head.
#[derive(Debug, Default)]
pub struct Read {
    /// The values stated.
    pub metadata: Metadata,
    /// What was wrong with it.
    pub warning: Option<Warning>,
    /// The text of a head that could not be read at all, to be shown.
    pub unread: Option<String>,
}

/// The head, if there is one, and the text behind it.
pub fn split(text: &str) -> (Option<Head<'_>>, &str) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    for (fence, is_yaml) in [("---", true), ("+++", false)] {
        let Some(rest) = text.strip_prefix(fence) else { continue };
        let Some((tail, inner)) = rest.split_once('\n') else { continue };
        if !tail.trim().is_empty() {
            continue;
        }
        let mut at = 0;
        for line in inner.split_inclusive('\n') {
            let bare = line.trim_end();
            if bare == fence || (is_yaml && bare == "...") {
                let (Some(head), Some(body)) = (inner.get(..at), inner.get(at + line.len()..)) else { break };
                // Two rules with prose between them are no front matter.
                if !looks_like_keys(head, is_yaml) {
                    break;
                }
                return (Some(if is_yaml { Head::Yaml(head) } else { Head::Toml(head) }), body);
            }
            at += line.len();
        }
    }
    json_head(text).map_or((None, text), |(head, body)| (Some(Head::Json(head)), body))
}

/// A JSON object that ends its line, with a text behind it: a file that is all JSON has no head.
fn json_head(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<String, serde_json::Value>>();
    let object = values.next()?.ok()?;
    let (head, behind) = text.split_at_checked(values.byte_offset())?;
    let (tail, body) = behind.split_once('\n')?;
    (!object.is_empty() && tail.trim().is_empty() && !body.trim().is_empty()).then_some((head, body))
}

fn looks_like_keys(head: &str, is_yaml: bool) -> bool {
    let sign = if is_yaml { ':' } else { '=' };
    let mut lines =
        head.lines().map(str::trim_end).filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#'));
    lines.next().is_none_or(|line| {
        let key = line.split(sign).next().unwrap_or_default();
        line.contains(sign) && key.len() <= 60 && key.split_whitespace().count() <= 3 || line.starts_with(['{', '['])
    })
}

/// Reads a head.
pub fn read(head: &Head) -> Read {
    let (values, warning) = match head {
        Head::Yaml(text) => match yaml(text) {
            Some(values) => (values, None),
            None => {
                let values = line_by_line(text);
                if values.is_empty() && !text.trim().is_empty() {
                    return unread(text, "YAML");
                }
                (values, Some(Warning::new("The front matter is not valid YAML, so it was read line by line")))
            }
        },
        Head::Toml(text) => match text.parse::<toml::Table>() {
            Ok(table) => (table.into_iter().map(|(key, value)| (key, toml_value(value))).collect(), None),
            Err(_) => return unread(text, "TOML"),
        },
        Head::Json(text) => match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text) {
            Ok(map) => (map.into_iter().filter_map(|(key, value)| Some((key, json_value(value)?))).collect(), None),
            Err(_) => return unread(text, "JSON"),
        },
    };
    let mut metadata = Metadata::default();
    for (key, value) in &values {
        take(key, value, &mut metadata);
    }
    Read { metadata, warning, unread: None }
}

fn unread(text: &str, kind: &str) -> Read {
    Read {
        warning: Some(Warning::new(format!("The front matter is not valid {kind}, so it is shown as text"))),
        unread: Some(text.trim_end().to_owned()),
        ..Read::default()
    }
}

/// A value of either notation.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// All texts in it, in order; of a map, what it names (`name`, `title`, `url`).
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::List(values) => values.iter().flat_map(Self::texts).collect(),
            Self::Map(entries) => {
                let named = entries.iter().find(|(key, _)| matches!(key.as_str(), "name" | "title" | "url"));
                named.map(|(_, value)| value.texts()).unwrap_or_default()
            }
        }
    }
}

fn yaml(text: &str) -> Option<Vec<(String, Value)>> {
    let documents = Yaml::load_from_str(text).ok()?;
    match documents.first() {
        None | Some(Yaml::Value(Scalar::Null)) => Some(Vec::new()),
        Some(Yaml::Mapping(mapping)) => {
            Some(mapping.iter().filter_map(|(key, value)| Some((scalar(key)?, yaml_value(value)?))).collect())
        }
        Some(_) => None,
    }
}

fn yaml_value(value: &Yaml) -> Option<Value> {
    match value {
        Yaml::Sequence(values) => Some(Value::List(values.iter().filter_map(yaml_value).collect())),
        Yaml::Mapping(mapping) => Some(Value::Map(
            mapping.iter().filter_map(|(key, value)| Some((scalar(key)?, yaml_value(value)?))).collect(),
        )),
        Yaml::Tagged(_, inner) => yaml_value(inner),
        _ => scalar(value).map(Value::Text),
    }
}

fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Value(Scalar::String(text)) | Yaml::Representation(text, _, _) => Some(text.to_string()),
        Yaml::Value(Scalar::Integer(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::FloatingPoint(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::Boolean(value)) => Some(value.to_string()),
        _ => None,
    }
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::Array(values) => Value::List(values.into_iter().map(toml_value).collect()),
        toml::Value::Table(table) => {
            Value::Map(table.into_iter().map(|(key, value)| (key, toml_value(value))).collect())
        }
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Integer(number) => Value::Text(number.to_string()),
        toml::Value::Float(number) => Value::Text(number.to_string()),
        toml::Value::Boolean(value) => Value::Text(value.to_string()),
        toml::Value::Datetime(date) => Value::Text(date.to_string()),
    }
}

fn json_value(value: serde_json::Value) -> Option<Value> {
    Some(match value {
        serde_json::Value::Null => return None,
        serde_json::Value::Bool(value) => Value::Text(value.to_string()),
        serde_json::Value::Number(number) => Value::Text(number.to_string()),
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Array(values) => Value::List(values.into_iter().filter_map(json_value).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(map.into_iter().filter_map(|(key, value)| Some((key, json_value(value)?))).collect())
        }
    })
}

/// `key: value` by line, and `- item` under a key: for titles with an unquoted colon and the like.
fn line_by_line(text: &str) -> Vec<(String, Value)> {
    let mut values: Vec<(String, Value)> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if let (Some(item), Some((_, last))) = (trimmed.strip_prefix("- "), values.last_mut()) {
            let item = Value::Text(unquoted(item));
            match last {
                Value::List(items) => items.push(item),
                Value::Text(text) if text.is_empty() => *last = Value::List(vec![item]),
                _ => {}
            }
        } else if let Some((key, value)) = trimmed.split_once(':')
            && !key.contains(char::is_whitespace)
            && !key.is_empty()
        {
            values.push((key.to_owned(), Value::Text(unquoted(value))));
        }
    }
    values
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

/// `[[Ann Lee]]`, `[[people/Ann Lee|Ann]]` → the name shown.
fn without_wiki_link(text: &str) -> String {
    let text = text.trim();
    match text.strip_prefix("[[").and_then(|t| t.strip_suffix("]]")) {
        Some(inner) => {
            let shown = inner.rsplit('|').next().unwrap_or(inner);
            shown.rsplit('/').next().unwrap_or(shown).trim().to_owned()
        }
        None => text.to_owned(),
    }
}

fn take(key: &str, value: &Value, metadata: &mut Metadata) {
    let texts: Vec<String> =
        value.texts().iter().map(|t| collapse_whitespace(&without_wiki_link(t))).filter(|t| !t.is_empty()).collect();
    let Some(first) = texts.first().cloned() else { return };
    let from = Provenance::FrontMatter(key.to_owned());
    let name = key.to_lowercase().replace([' ', '-'], "_");
    match name.as_str() {
        "title" | "headline" => metadata.title.add(first, from),
        "author" | "authors" | "creator" | "creators" | "by" | "byline" | "writer" => {
            // One text may name several; a list names one each, commas and all.
            let names = match value {
                Value::Text(_) => split_names(&first),
                _ => texts,
            };
            if !names.is_empty() {
                metadata.authors.add(names, from);
            }
        }
        "source" | "url" | "link" | "source_url" | "original_url" | "canonical_url" | "canonical" | "permalink"
        | "original" | "uri" | "href" => {
            if links::is_web(&first) {
                metadata.url.add(first, from);
            } else if name == "source" {
                metadata.site.add(first, from);
            }
        }
        "site" | "publisher" | "site_name" | "sitename" | "website" | "publication" | "domain" | "journal" => {
            metadata.site.add(first, from);
        }
        "published" | "date" | "date_published" | "publish_date" | "published_at" | "pubdate" | "publishdate"
        | "publication_date" => {
            if let Some(date) = dates::parse(&first) {
                metadata.published.add(date, from);
            }
        }
        "modified" | "lastmod" | "updated" | "last_modified" | "date_modified" | "updated_at" | "last_updated" => {
            if let Some(date) = dates::parse(&first) {
                metadata.modified.add(date, from);
            }
        }
        "created" | "saved" | "clipped" | "date_saved" | "saved_at" | "date_added" | "created_at" | "saved_date"
        | "clipped_at" | "date_created" => {
            if let Some(date) = dates::parse(&first) {
                metadata.saved.add(date, from);
            }
        }
        "lang" | "language" | "locale" => metadata.language.add(first.replace('_', "-"), from),
        "dir" | "direction" => {
            if let Some(direction) = Direction::from_attribute(&first) {
                metadata.direction.add(direction, from);
            }
        }
        "tags" | "tag" | "keywords" | "categories" | "category" | "topics" | "labels" => {
            let tags: Vec<String> = match value {
                Value::Text(text) if !text.contains([',', ';']) && text.contains('#') => {
                    text.split_whitespace().map(str::to_owned).collect()
                }
                Value::Text(text) => split_keywords(text),
                _ => texts,
            };
            let tags: Vec<String> =
                tags.iter().map(|t| t.trim_start_matches('#').to_owned()).filter(|t| !t.is_empty()).collect();
            if !tags.is_empty() {
                metadata.tags.add(tags, from);
            }
        }
        "description" | "summary" | "excerpt" | "abstract" | "subtitle" | "standfirst" => {
            metadata.description.add(first, from);
        }
        "reading_time" | "read_time" | "minutes" => {
            let digits: String = first.chars().take_while(char::is_ascii_digit).collect();
            if let Ok(minutes) = digits.parse() {
                metadata.stated_minutes.add(minutes, from);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_split_off() {
        for (text, head, body) in [
            ("---\ntitle: A\n---\nBody", Some(Head::Yaml("title: A\n")), "Body"),
            ("---\r\ntitle: A\r\n---\r\nBody", Some(Head::Yaml("title: A\r\n")), "Body"),
            ("---\ntitle: A\n...\nBody", Some(Head::Yaml("title: A\n")), "Body"),
            ("+++\ntitle = 'A'\n+++\nBody", Some(Head::Toml("title = 'A'\n")), "Body"),
            ("---\n---\nBody", Some(Head::Yaml("")), "Body"),
            ("---\nProse between two rules.\n---\n", None, "---\nProse between two rules.\n---\n"),
            ("---\ntitle: never closed\n", None, "---\ntitle: never closed\n"),
            ("Body", None, "Body"),
        ] {
            assert_eq!(split(text), (head, body), "{text}");
        }
    }

    fn values(text: &str) -> Metadata {
        read(&split(text).0.expect("a head")).metadata
    }

    #[test]
    fn clippers_heads_are_read() {
        let metadata = values(
            "---\ntitle: \"A way: home\"\nauthor:\n  - \"[[Ann Lee]]\"\n  - \"[[people/Bo Li|Bo Li]]\"\nsource: https://a.example/story\nsite: The Lantern\npublished: 2026-03-04\ncreated: 2026-03-05 10:00\nlastmod: 2026\nlang: en_GB\ntags: [sea, '#tide']\ndescription: >\n  Two lines\n  folded\n---\n",
        );
        assert_eq!(metadata.title.value().map(String::as_str), Some("A way: home"));
        assert_eq!(metadata.authors.value(), Some(&vec!["Ann Lee".to_owned(), "Bo Li".to_owned()]));
        assert_eq!(metadata.url.value().map(String::as_str), Some("https://a.example/story"));
        assert_eq!(metadata.site.first().map(|r| r.from.to_string()).as_deref(), Some("front matter site"));
        assert_eq!(metadata.published.value().map(ToString::to_string).as_deref(), Some("2026-03-04"));
        assert_eq!(metadata.saved.value().map(ToString::to_string).as_deref(), Some("2026-03-05T10:00"));
        assert_eq!(metadata.modified.value().map(ToString::to_string).as_deref(), Some("2026"));
        assert_eq!(metadata.language.value().map(String::as_str), Some("en-GB"));
        assert_eq!(metadata.tags.value(), Some(&vec!["sea".to_owned(), "tide".to_owned()]));
        assert_eq!(metadata.description.value().map(String::as_str), Some("Two lines folded"));
    }

    #[test]
    fn authors_come_in_many_shapes() {
        for (line, expected) in [
            ("author: Ann Lee", &["Ann Lee"][..]),
            ("author: [[Ann Lee]]", &["Ann Lee"]),
            ("author: Ann Lee and Bo Li", &["Ann Lee", "Bo Li"]),
            ("authors: [Ann Lee, Bo Li]", &["Ann Lee", "Bo Li"]),
            ("author: {name: Ann Lee, url: x}", &["Ann Lee"]),
        ] {
            assert_eq!(
                values(&format!("---\n{line}\n---\n")).authors.value().map(Vec::as_slice).unwrap_or_default(),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn toml_is_read_and_broken_heads_lose_nothing() {
        let metadata = values("+++\ntitle = 'A'\ndate = 2026-03-04T10:00:00Z\n[author]\nname = 'Ann Lee'\n+++\n");
        assert_eq!(metadata.title.value().map(String::as_str), Some("A"));
        assert_eq!(metadata.published.value().map(ToString::to_string).as_deref(), Some("2026-03-04T10:00:00Z"));
        let broken = read(&Head::Yaml("title: A: B\ntags:\n  - x\n"));
        assert_eq!(broken.metadata.title.value().map(String::as_str), Some("A: B"));
        assert!(broken.warning.is_some());
        let unread = read(&Head::Toml("= = ="));
        assert_eq!(unread.unread.as_deref(), Some("= = ="));
    }
}
