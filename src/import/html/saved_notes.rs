//! Notes that a person stuck on a page with the program that saved it. They stand at a place of the screen, not of the text,
//! so they are notes on the whole story. What was marked in the text is a style of it.

use dom_query::Document;

use crate::document::{Highlight, Provenance};

/// SingleFile's notes, in the page's order.
pub(super) fn read(document: &Document) -> Vec<Highlight> {
    let root = document.root();
    let notes = root.descendants_it().filter(|node| node.has_name("single-file-note"));
    let texts = notes.flat_map(|note| {
        // A note's text stands in a shadow tree, which is saved as a template; a parser keeps those apart from the page.
        let html = note.inner_html().replace("<template", "<div").replace("</template", "</div");
        let note = Document::fragment(html);
        note.select("textarea").iter().map(|text| text.text().trim().to_owned()).collect::<Vec<_>>()
    });
    let from = || Provenance::SavedBy("SingleFile".to_owned());
    texts
        .filter(|text| !text.is_empty())
        .map(|note| Highlight { note: Some(note), ..Highlight::new("", from()) })
        .collect()
}
