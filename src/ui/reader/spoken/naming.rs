//! Single nodes: what they are called, how deep a heading is, how a run looks. Knows no tree.

use egui::accesskit::{Action, Node, Role, VerticalOffset};

use crate::document::rich_text::OBJECT_REPLACEMENT;
use crate::document::{InlineStyle, Span};

/// Characters of a name at most. What is longer has to be read in its text.
const LONGEST_NAME: usize = 20_000;
/// A node with a role and a name.
pub(super) fn named(role: Role, name: &str) -> Node {
    let mut node = Node::new(role);
    if !name.is_empty() {
        node.set_label(name);
    }
    node
}

/// A heading's node.
pub(super) fn heading(level: u8, name: &str) -> Node {
    let mut node = named(Role::Heading, name);
    node.set_level(usize::from(level));
    // AT-SPI has the level as an attribute that AccessKit does not fill in (accesskit_atspi_common 0.21); a description is
    // read out in its place.
    #[cfg(not(any(windows, target_os = "macos")))]
    node.set_description(format!("Level {level}"));
    node.add_action(Action::ScrollIntoView);
    node
}

/// A text as a name: pictures in it by their alternative text, without places for hyphens.
pub(super) fn name_of(text: &str, spans: &[Span]) -> String {
    let mut pictures = spans.iter().filter_map(|span| match &span.style {
        InlineStyle::Image { alt, .. } => Some(alt.as_str()),
        _ => None,
    });
    let mut name = String::new();
    for c in text.chars().take(LONGEST_NAME) {
        match c {
            OBJECT_REPLACEMENT => name.push_str(pictures.next().unwrap_or_default()),
            '\u{AD}' => {}
            c => name.push(c),
        }
    }
    name
}

/// What a span does to the look of a run.
pub(super) fn dress_run(node: &mut Node, style: &InlineStyle) {
    match style {
        InlineStyle::Strong => node.set_font_weight(700.0),
        InlineStyle::Emphasis => node.set_italic(),
        InlineStyle::Superscript => node.set_vertical_offset(VerticalOffset::Superscript),
        InlineStyle::Subscript => node.set_vertical_offset(VerticalOffset::Subscript),
        InlineStyle::Language { tag } => node.set_language(tag.as_str()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ResourceId, RichText};

    #[test]
    fn a_picture_in_a_text_is_called_by_its_alternative() {
        let mut text = RichText::plain("The gauge ");
        text.push_styled("\u{FFFC}", InlineStyle::Image { image: ResourceId(0), alt: "a dial".to_owned() });
        text.push_str(" hang\u{AD}s still.");
        assert_eq!(name_of(text.as_str(), text.spans()), "The gauge a dial hangs still.");
        assert_eq!(name_of("\u{FFFC}", &[]), "");
    }
}
