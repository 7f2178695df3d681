//! What a screen reader is told of the pieces in sight: their role, text, level, language and direction. The text inside
//! them is not walkable by word yet.

use egui::accesskit::Role as AccessRole;
use egui::{Rect, Role, Sense, Ui, WidgetInfo};

use super::page::Piece;
use crate::app::Story;
use crate::document::{Block, Container, Content};
use crate::text::Direction;
use crate::typeset::Part;

/// The view itself.
pub fn view(ui: &Ui, story: &Story) {
    let title = story.article.title().unwrap_or("Story").to_owned();
    let id = ui.unique_id();
    let language = story.article.metadata.language.value().cloned();
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(AccessRole::Article);
        node.set_label(title);
        if let Some(language) = language {
            node.set_language(language);
        }
    });
}

/// A piece of the page.
pub fn piece(ui: &Ui, story: &Story, piece: &Piece, rect: Rect, number: usize) {
    let response = ui.interact(rect, ui.scope_id().with(("piece", number)), Sense::hover());
    let (role, level, text) = match piece {
        Piece::Site(site) => (AccessRole::Label, None, site.clone()),
        Piece::Title { text, .. } => (AccessRole::Heading, Some(1), text.clone()),
        Piece::Byline(byline) => (AccessRole::Label, None, byline.clone()),
        Piece::HeadRule | Piece::End => return,
        Piece::Block(block, part) | Piece::Omitted(block, part) => {
            let Some(block) = story.article.blocks.get(*block) else { return };
            let (role, level) = role_of(block);
            (role, level, label_of(block, part))
        }
    };
    let block = piece.block().and_then(|block| story.article.blocks.get(block));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(role);
        // egui gives a label's text as its value; every other role is known by its label.
        node.set_label(text);
        node.clear_value();
        if let Some(level) = level {
            node.set_level(level);
        }
        if let Some(language) = block.and_then(|block| block.language.clone()) {
            node.set_language(language);
        }
        if block.and_then(|block| block.direction) == Some(Direction::RightToLeft) {
            node.set_text_direction(egui::accesskit::TextDirection::RightToLeft);
        }
    });
}

fn role_of(block: &Block) -> (AccessRole, Option<usize>) {
    match &block.content {
        Content::Heading { level, .. } => (AccessRole::Heading, Some(usize::from(*level))),
        Content::Code { .. } => (AccessRole::Code, None),
        Content::Table(_) => (AccessRole::Table, None),
        Content::Figure(_) => (AccessRole::Figure, None),
        Content::Rule => (AccessRole::Splitter, None),
        Content::Paragraph { .. } => match block.containers.last() {
            Some(Container::ListItem { .. }) => (AccessRole::ListItem, None),
            Some(Container::Quotation { .. }) => (AccessRole::Blockquote, None),
            Some(Container::Note { .. }) => (AccessRole::DocEndnote, None),
            None => (AccessRole::Paragraph, None),
        },
    }
}

fn label_of(block: &Block, part: &Part) -> String {
    match &block.content {
        Content::Figure(figure) if !figure.alt.is_empty() => {
            let caption = figure.caption.as_str();
            if caption.is_empty() { figure.alt.clone() } else { format!("{}. {caption}", figure.alt) }
        }
        _ => part.text(block).into_owned(),
    }
}
