//! A footnote at its reference: the note's blocks, set small beside the words they belong to. Finding a note is a matter
//! of the document's containers; a link that leads to no note is not for here.

use egui::{Area, Id, Key, Order, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::position::Page;
use crate::app::effect::Target;
use crate::app::{Action, Story, Theme};
use crate::document::Container;
use crate::typeset::{BlockRequest, SetBlock, Typesetter};
use crate::ui::atlas::Atlas;
use crate::ui::paint::Picture;
use crate::ui::{look, widgets};

/// Points across of a note at most.
const WIDTH: f32 = 380.0;
/// Points down of a note before it scrolls.
const HEIGHT: f32 = 220.0;
/// The note's size as a share of the text's.
const SIZE: f32 = 0.86;

/// A note that is shown.
pub(super) struct NotePopup {
    /// The name that its link leads to.
    fragment: String,
    /// The reference, in points.
    reference: Rect,
    blocks: Vec<NoteBlock>,
    width: f32,
    opened: bool,
}

/// A block of a note, set.
struct NoteBlock {
    set: SetBlock,
    picture: Option<Picture>,
    /// Space above, in device pixels.
    gap: f32,
    text: String,
}

/// The blocks of the note that a `#name` leads to.
pub(super) fn note_blocks(story: &Story, fragment: &str) -> Option<std::ops::Range<usize>> {
    let blocks = &story.article.blocks;
    let first = blocks.iter().position(|block| block.fragments.iter().any(|name| name == fragment))?;
    let label = |number: usize| {
        let containers = blocks.get(number).map(|block| block.containers.as_slice()).unwrap_or_default();
        containers.iter().find_map(|container| match container {
            Container::Note { label } => Some(label),
            _ => None,
        })
    };
    let of = label(first)?;
    let more = (first + 1..blocks.len()).take_while(|number| label(*number) == Some(of)).count();
    Some(first..first + 1 + more)
}

impl NotePopup {
    /// The note of a link, set; `None` where the link leads to no note.
    pub(super) fn new(page: &Page, fragment: &str, reference: Rect, typesetter: &mut Typesetter) -> Option<Self> {
        let story = &page.story;
        let range = note_blocks(story, fragment)?;
        let mut style = page.setting.style.clone();
        style.size_pt = (style.size_pt * SIZE).max(10.0);
        style.alignment = crate::typeset::TextAlignment::Start;
        let width = page.setting.measure.min(WIDTH);
        let mut blocks = Vec::new();
        let mut previous = None;
        for number in range {
            let Some(block) = story.article.blocks.get(number) else { continue };
            let image_size = |id| super::composer::image_box(story, id);
            let set = typesetter.set_block(&BlockRequest {
                block,
                part: None,
                previous,
                style: &style,
                width,
                scale: page.setting.scale,
                language: story.article.metadata.language.value().map(String::as_str),
                image_size: &image_size,
                code: &[],
                scrolls: false,
            });
            let gap = if blocks.is_empty() { 0.0 } else { set.space_before };
            blocks.push(NoteBlock { set, picture: None, gap, text: block.plain_text().into_owned() });
            previous = Some(block);
        }
        Some(Self { fragment: fragment.to_owned(), reference, blocks, width, opened: true })
    }

    /// The name that its link leads to.
    pub(super) fn fragment(&self) -> &str {
        &self.fragment
    }

    /// Draws the note; `false` when it is to be closed.
    pub(super) fn ui(
        &mut self,
        ui: &Ui,
        theme: &Theme,
        scale: f32,
        view: Rect,
        atlas: &mut Atlas,
        actions: &mut Vec<Action>,
    ) -> bool {
        let height: f32 = self.blocks.iter().map(|block| (block.set.height + block.gap) / scale).sum();
        let shown = height.min(HEIGHT);
        let size = vec2(self.width + 32.0, shown + 62.0);
        let below = self.reference.bottom() + 8.0 + size.y <= view.bottom();
        let y = if below { self.reference.bottom() + 8.0 } else { self.reference.top() - 8.0 - size.y };
        let x = (self.reference.center().x - size.x / 2.0)
            .clamp(view.left() + 8.0, (view.right() - size.x - 8.0).max(view.left() + 8.0));
        let mut stays = true;
        let area = Area::new(Id::unique("note")).order(Order::Foreground).fixed_pos(pos2(x, y.max(view.top() + 4.0)));
        let shown = area.show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(egui::Margin::symmetric(16, 12)).show(ui, |ui| {
                ui.set_width(self.width);
                ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
                    self.blocks_ui(ui, theme, scale, atlas);
                });
                ui.add_space(4.0);
                ui.horizontal(|ui| {
                    let go = widgets::link_button_ui(ui, theme, "Go to note", look::size::BODY);
                    if self.opened {
                        go.request_focus();
                    }
                    if go.clicked() {
                        actions.push(Action::GoTo(Target::Fragment(self.fragment.clone())));
                        stays = false;
                    }
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if widgets::link_button_ui(ui, theme, "Close", look::size::BODY).clicked() {
                            stays = false;
                        }
                    });
                });
            });
        });
        let clicked_elsewhere = !self.opened && shown.response.clicked_elsewhere();
        let escape = ui.ctx().input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
        self.opened = false;
        stays && !clicked_elsewhere && !escape
    }

    fn blocks_ui(&mut self, ui: &mut Ui, theme: &Theme, scale: f32, atlas: &mut Atlas) {
        for NoteBlock { set, picture, gap, text } in &mut self.blocks {
            ui.add_space(*gap / scale);
            let (rect, response) = ui.allocate_exact_size(vec2(self.width, set.height / scale), Sense::hover());
            if picture.as_ref().is_none_or(|picture| !picture.is_current(atlas, theme)) {
                *picture = Some(Picture::new(&set.items, atlas, theme, 1.0));
            }
            if let Some(picture) = picture {
                ui.painter().add(picture.shape(rect.min, scale));
            }
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text.as_str()));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
    }
}
