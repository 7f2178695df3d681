//! Frames, videos and players: what is not in the file and is named by its address. Plays and fetches nothing.

use dom_query::NodeRef;

use super::{Context, Draft, Walker};
use crate::document::{Block, InlineStyle, OmissionReason, RichText};
use crate::import::html::dom::{self, filled_attribute};
use crate::import::html::links;

/// Frames up to this side, in CSS pixels, count visits and show nothing.
const COUNTING_SIDE_PX: u32 = 2;

/// Whether an element stands for something outside the page.
pub(super) fn is_embed(name: &str) -> bool {
    matches!(
        name,
        "iframe" | "video" | "audio" | "embed" | "object" | "frame" | "amp-iframe" | "amp-youtube" | "amp-video"
    )
}

impl Walker<'_, '_> {
    /// A block with the address of what is embedded, left out because it is not here.
    pub(super) fn embed(&mut self, node: &NodeRef, name: &str, context: &Context) {
        if context.hidden || dom::is_hidden(node) {
            return;
        }
        let tiny = ["width", "height"].iter().any(|key| {
            filled_attribute(node, key)
                .and_then(|side| side.trim_end_matches("px").parse::<u32>().ok())
                .is_some_and(|side| side <= COUNTING_SIDE_PX)
        });
        let own = ["src", "data-src", "data-lazy-src", "data", "poster"];
        let address = own.iter().find_map(|key| filled_attribute(node, key)).or_else(|| {
            let source = node.descendants_it().find(|inner| inner.has_name("source") || inner.has_name("embed"));
            source.and_then(|source| filled_attribute(&source, "src"))
        });
        let address = address.or_else(|| {
            let id = filled_attribute(node, "data-videoid").filter(|_| name == "amp-youtube")?;
            Some(format!("https://www.youtube.com/watch?v={id}"))
        });
        let Some(address) = address.map(|address| links::resolve(self.base, &address)) else { return };
        if tiny || !links::is_web(&address) {
            return;
        }
        let title = filled_attribute(node, "title").or_else(|| filled_attribute(node, "aria-label"));
        let mut text = RichText::default();
        text.push_styled(title.as_deref().unwrap_or(&address), InlineStyle::Link { target: address.clone() });
        let block = Block::paragraph(text);
        self.asides.push(Draft { hint: Some(OmissionReason::Embed), ..Draft::of(block) });
    }
}
