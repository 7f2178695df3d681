//! A figure as nodes: its picture by the alternative text, its caption.

use egui::accesskit::{Action, Role};

use super::naming::{name_of, named};
use super::runs::bounds;
use super::telling::{Shown, Teller};
use super::told::Place;
use super::tree::id_of;
use crate::document::{Figure, TextRange};
use crate::typeset::PaintItem;
use crate::ui::reader::targets::target_id;

impl Teller<'_, '_> {
    /// Tells a figure. `end` is where its caption ends, with the line feed behind it.
    pub(super) fn figure(&mut self, shown: &Shown<'_>, figure: &Figure, end: usize) {
        let name = if figure.alt.trim().is_empty() { "Picture" } else { figure.alt.as_str() };
        let mut node = named(Role::Image, name);
        node.set_bounds(bounds(self.picture_frame(shown)));
        node.add_action(Action::ScrollIntoView);
        let can_be_read = self.scene.story.image_sizes.get(figure.image.0).copied().flatten().is_some();
        if can_be_read {
            node.add_action(Action::Click);
            node.add_action(Action::Focus);
        }
        let id = self.tree.leaf(target_id(shown.base).accesskit_id(), node);
        let place = if can_be_read { Place::Picture(shown.base, figure.image) } else { Place::Text(shown.base) };
        self.told.note(id, place);
        let range = TextRange::new(shown.base, shown.base + figure.caption.len());
        if !range.is_empty() {
            let caption = named(Role::FigureCaption, &name_of(figure.caption.as_str(), figure.caption.spans()));
            self.tree.open(id_of(("caption", shown.number)), caption);
            self.text(&figure.caption, shown.passage(shown.base, range, end));
            self.tree.close();
        }
    }

    fn picture_frame(&self, shown: &Shown<'_>) -> egui::Rect {
        let (Some(set), Some(site)) = (shown.spot.set, shown.spot.sites.first()) else { return shown.spot.frame };
        let picture = set.items.iter().find_map(|item| match item {
            PaintItem::Image { rect, .. } => Some(*rect),
            _ => None,
        });
        let Some(rect) = picture else { return shown.spot.frame };
        let at = |x: f32, y: f32| site.corner + egui::vec2(x, y) / self.scene.scale;
        egui::Rect::from_min_max(at(rect.x0, rect.y0), at(rect.x1, rect.y1))
    }
}
