//! Images and their captions, whether in a `figure`, on their own, or at the edge of a paragraph. Reads no bytes.

use dom_query::NodeRef;
use std::rc::Rc;

use super::{Context, Walker, joined};
use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{Content, Figure, InlineStyle, OmissionReason, ResourceId, RichText};
use crate::import::html::dom::{filled_attribute, name};
use crate::import::html::run::Weight;

impl Walker<'_, '_> {
    pub(super) fn image(&mut self, node: &NodeRef, context: &Context) {
        let kept = self.kept.contains(node.id);
        if context.hidden && !kept {
            return;
        }
        let has_class = |class| node.has_class(class);
        if let Some(alt) = filled_attribute(node, "alt")
            && (has_class("emoji") || has_class("wp-smiley") || has_class("twemoji"))
        {
            // A picture of a character is that character.
            self.run.push(&alt, false);
            return;
        }
        let Some(image) = self.images.add_element(node) else { return };
        if kept {
            self.kept_images.insert(image.id);
        }
        let start = self.run.len();
        self.run.push_char(OBJECT_REPLACEMENT);
        self.run.style(start, InlineStyle::Image { image: image.id, alt: image.alt.clone() });
        self.image_info.insert(image.id, image);
    }

    pub(super) fn figure(&mut self, node: &NodeRef, context: &Context) {
        let caption_node = node
            .descendants_it()
            .find(|n| n.has_name("figcaption") || n.has_class("wp-caption-text") || n.has_class("gallery-caption"));
        let drafts = self.collect(context, |walker| {
            let mut child = node.first_child();
            while let Some(node) = child {
                if caption_node.as_ref().is_none_or(|c| c.id != node.id) {
                    walker.figure_part(&node, caption_node.as_ref(), context);
                }
                child = node.next_sibling();
            }
        });
        let captions = self.collect(context, |walker| {
            if let Some(caption) = &caption_node {
                walker.children(caption, context);
            }
        });
        let (caption, weight) = joined(captions);
        let figures = drafts.iter().filter(|d| matches!(d.block.content, Content::Figure(_))).count();
        let mut caption = Some(caption).filter(|c| !c.is_empty());
        let mut left = figures;
        for mut draft in drafts {
            match &mut draft.block.content {
                // Several images share the caption; it stands under the last.
                Content::Figure(figure) => {
                    left -= 1;
                    if left == 0
                        && figure.caption.is_empty()
                        && let Some(caption) = caption.take()
                    {
                        figure.caption = caption;
                        draft.weight += weight;
                    }
                }
                Content::Table(table) if figures == 0 && table.caption.is_empty() => {
                    if let Some(caption) = caption.take() {
                        table.caption = caption;
                        draft.weight += weight;
                    }
                }
                _ => {}
            }
            self.drafts.push(draft);
        }
        if let Some(caption) = caption {
            let lonely = figures == 0 && self.drafts.last().is_none_or(|d| d.block.content == Content::Rule);
            let mut context = context.clone();
            if lonely
                || node.descendants_it().any(|n| matches!(name(&n).as_str(), "img" | "video" | "iframe" | "amp-img"))
            {
                context.hint = context.hint.or(Some(OmissionReason::ImageCredit));
                context.tokens = Rc::from(format!(" figcaption {}", context.tokens));
            }
            self.emit(Content::Paragraph { text: caption }, weight, &context, false);
        }
    }

    /// A part of a figure without the caption, however deep that stands.
    pub(super) fn figure_part(&mut self, node: &NodeRef, caption: Option<&NodeRef>, context: &Context) {
        let holds_caption = caption.is_some_and(|c| node.descendants_it().any(|n| n.id == c.id));
        if !holds_caption {
            self.node(node, context);
            return;
        }
        let mut child = node.first_child();
        while let Some(inner) = child {
            if caption.is_none_or(|c| c.id != inner.id) {
                self.figure_part(&inner, caption, context);
            }
            child = inner.next_sibling();
        }
    }

    pub(super) fn figures(&mut self, images: Vec<(ResourceId, String)>, context: &Context) {
        for (image, alt) in images {
            let kept = usize::from(self.kept_images.contains(&image));
            let figure = Figure { image, alt, caption: RichText::default() };
            self.emit(Content::Figure(figure), Weight { kept, total: 1, linked: 0 }, context, false);
        }
    }

    /// Images at either end of a paragraph stand on their own, unless they are icons.
    #[expect(clippy::type_complexity, reason = "three parts of one paragraph, taken apart at once by the one caller")]
    pub(super) fn hoist_images(
        &self,
        text: RichText,
    ) -> (Vec<(ResourceId, String)>, Option<RichText>, Vec<(ResourceId, String)>) {
        let images: Vec<_> = text
            .spans()
            .iter()
            .filter_map(|span| match &span.style {
                InlineStyle::Image { image, alt } => Some((span.range.start, *image, alt.clone())),
                _ => None,
            })
            .collect();
        if images.is_empty() {
            return (Vec::new(), Some(text), Vec::new());
        }
        let is_icon = |id: &ResourceId| self.image_info.get(id).is_some_and(|info| info.icon);
        let only_images = text.as_str().chars().all(|c| c == OBJECT_REPLACEMENT || c.is_whitespace());
        if only_images {
            let large = images.into_iter().filter(|(_, id, _)| !is_icon(id)).map(|(_, id, alt)| (id, alt)).collect();
            return (large, None, Vec::new());
        }
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let (mut start, mut end) = (0, text.len());
        for (at, id, alt) in &images {
            let lead = text.as_str().get(start..*at).is_some_and(|t| t.trim().is_empty());
            if !lead || is_icon(id) {
                break;
            }
            before.push((*id, alt.clone()));
            start = at + OBJECT_REPLACEMENT.len_utf8();
        }
        for (at, id, alt) in images.iter().rev() {
            let behind = at + OBJECT_REPLACEMENT.len_utf8();
            let trail = *at >= start && text.as_str().get(behind..end).is_some_and(|t| t.trim().is_empty());
            if !trail || is_icon(id) {
                break;
            }
            after.insert(0, (*id, alt.clone()));
            end = *at;
        }
        (before, Some(part(&text, start, end)), after)
    }
}

/// The part of a text between two offsets, spans moved along.
pub(super) fn part(text: &RichText, start: usize, end: usize) -> RichText {
    let range = crate::document::TextRange::new(start, end);
    let mut out = RichText::plain(range.of(text.as_str()).unwrap_or_default());
    for span in text.spans() {
        if let Some(inner) = span.range.intersection(range) {
            let moved = crate::document::TextRange::new(inner.start - start, inner.end - start);
            out.add_span(moved, span.style.clone());
        }
    }
    out.trimmed()
}
