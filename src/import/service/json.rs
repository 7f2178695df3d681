//! What services write for one and the same thing in JSON: numbers as strings, flags as 0 and 1, tags as strings or objects.
//! Knows no service.

use serde_json::Value;

use crate::document::StatedDate;
use crate::import::item::{any_date, unix_date};

/// The text of a key; empty where it is absent or null.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A flag: `true`, `1`, `"1"`, `"true"`; `None` where it is not stated.
pub fn flag(value: &Value, key: &str) -> Option<bool> {
    match value.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.to_lowercase().as_str() {
            "1" | "true" | "yes" => Some(true),
            "0" | "false" | "no" | "" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A date: ISO 8601, or seconds or milliseconds since 1970, as number or string.
pub fn date(value: &Value, key: &str) -> Option<StatedDate> {
    match value.get(key)? {
        Value::String(text) => any_date(text),
        Value::Number(number) => unix_date(number.as_i64()?),
        _ => None,
    }
}

/// Texts of a list of strings or of objects with `name`, `label` or `title`; or the keys of an object.
pub fn names(value: &Value, key: &str) -> Vec<String> {
    match value.get(key) {
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|item| {
                let named = ["name", "label", "title", "tag"].iter().find_map(|key| item.get(key)?.as_str());
                item.as_str().or(named).map(str::to_owned)
            })
            .collect(),
        Some(Value::Object(map)) => map.keys().cloned().collect(),
        Some(Value::String(text)) => super::csv::tags(text),
        _ => Vec::new(),
    }
}

/// One text or several: a string is one, commas and all; a list has strings or objects with `name`; an object is its `name`.
pub fn texts(value: &Value, key: &str) -> Vec<String> {
    match value.get(key) {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Object(map)) => map.get("name").and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
        _ => names(value, key),
    }
}

/// The items of a list; none where it is none.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Parses, without a byte order mark. Nesting beyond serde_json's 128 levels is an error.
///
/// # Errors
/// The parser's words.
pub fn parse(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// Whether the bytes are a JSON list or object in whose first part all these keys stand.
pub fn has_keys(bytes: &[u8], opens_with: char, keys: &[&str]) -> bool {
    /// Far enough for a first item with a text of its own before the key.
    const LOOKED_AT: usize = 1 << 20;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    let starts =
        head.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| char::from(*byte) == opens_with);
    starts && {
        let text = String::from_utf8_lossy(head);
        keys.iter().all(|key| text.contains(&format!("\"{key}\"")))
    }
}
