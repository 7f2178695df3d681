//! What the programs that save pages write into them: where a page came from and when it was saved. Reads no story.

use super::dates;
use super::elements::Elements;
use crate::document::{Metadata, Provenance};
use crate::import::html::dom::{self, filled_attribute};
use crate::import::html::links;

/// What the programs that save pages write into them: SingleFile's comment, Save Page WE's meta tags, Internet Explorer's
/// mark of the web.
pub(super) fn read(elements: &Elements<'_>, metadata: &mut Metadata) {
    for comment in elements.comments().iter().filter_map(dom::comment_of) {
        let text = comment.trim();
        if let Some(at) = text.find("saved from url=(") {
            let address = text.get(at..).and_then(|t| t.split_once(')')).map(|(_, address)| address.trim());
            if let Some(address) = address.filter(|a| links::is_web(a)) {
                metadata.url.add(address.to_owned(), Provenance::SavedBy("saved from url".to_owned()));
            }
        }
        if text.contains("SingleFile") {
            for line in text.lines().map(str::trim) {
                if let Some(address) = line.strip_prefix("url:").map(str::trim).filter(|a| links::is_web(a)) {
                    metadata.url.add(address.to_owned(), Provenance::SavedBy("SingleFile".to_owned()));
                }
                if let Some(date) = line.strip_prefix("saved date:").and_then(dates::parse) {
                    metadata.saved.add(date, Provenance::SavedBy("SingleFile".to_owned()));
                }
            }
        }
    }
    for node in elements.select("meta[name][content]") {
        let (name, content) = (filled_attribute(&node, "name"), filled_attribute(&node, "content"));
        let (Some(name), Some(content)) = (name, content) else { continue };
        match name.as_str() {
            "savepage-url" if links::is_web(&content) => {
                metadata.url.add(content, Provenance::SavedBy("Save Page WE".to_owned()));
            }
            "savepage-date" => {
                if let Some(date) = dates::parse(&content) {
                    metadata.saved.add(date, Provenance::SavedBy("Save Page WE".to_owned()));
                }
            }
            _ => {}
        }
    }
}
