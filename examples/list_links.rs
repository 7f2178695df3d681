//! Prints, as a line of JSON a file, what a plain reading of a page's tree finds: every `href` of its links, every address of
//! a resource, its base. It shares no code with the importer, so that `scripts/compare_links.py` can hold the two together.
//!
//!     cargo run --no-default-features --example list_links -- PAGE...

#![expect(clippy::print_stdout, reason = "what it is for")]

use dom_query::Document;
use serde_json::json;

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let text = recto::import::encoding::decode(&bytes).text;
        let document = Document::from(text.as_str());
        let attributes = |selector: &str, name: &str| -> Vec<String> {
            let found = document.select(selector);
            found.nodes().iter().filter_map(|node| node.attr(name)).map(|value| value.to_string()).collect()
        };
        let links = attributes("a[href], area[href]", "href");
        let mut resources = Vec::new();
        for (selector, name) in [
            ("img[src], script[src], iframe[src], frame[src], video[src], audio[src], track[src], embed[src]", "src"),
            ("source[src], input[type=image][src]", "src"),
            ("object[data]", "data"),
            ("video[poster]", "poster"),
            ("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], link[rel~=prefetch]", "href"),
            ("link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=modulepreload]", "href"),
        ] {
            resources.extend(attributes(selector, name));
        }
        let base = attributes("base[href]", "href").into_iter().next();
        println!("{}", json!({ "file": path, "base": base, "links": links, "resources": resources }));
    }
}
