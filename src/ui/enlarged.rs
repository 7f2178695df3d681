//! A picture of the story over the whole window: as large as fits, zoomed by wheel, keys and buttons, dragged, copied,
//! saved. What the file holds is never changed.

use egui::{Color32, Id, Key, Modal, Pos2, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::images::Images;
use super::{look, widgets};
use crate::app::{Action, Story, Theme};
use crate::document::{Content, ResourceId};
use crate::typeset::icons;

/// The largest zoom, in screen pixels to a pixel of the picture.
const LARGEST: f32 = 16.0;
/// One step of the zoom by key or button.
const STEP: f32 = 1.25;
/// Points around the picture.
const MARGIN: f32 = 24.0;
/// Points down of the bar below it.
const BAR: f32 = 44.0;

/// A picture that is shown enlarged.
#[derive(Clone, Debug)]
pub struct Enlarged {
    picture: ResourceId,
    /// Points to a pixel of the picture; `None` fits the window.
    zoom: Option<f32>,
    /// How far the picture's middle is dragged from the window's, in points.
    shift: Vec2,
}

impl Enlarged {
    /// The picture, fitted to the window.
    pub fn new(picture: ResourceId) -> Self {
        Self { picture, zoom: None, shift: Vec2::ZERO }
    }

    /// Draws it; `false` when it is to be closed.
    pub fn ui(
        &mut self,
        ui: &Ui,
        theme: &Theme,
        story: &Story,
        images: &mut Images,
        actions: &mut Vec<Action>,
    ) -> bool {
        let mut stays = true;
        let screen = ui.ctx().content_rect();
        let frame = egui::Frame::new().fill(Color32::TRANSPARENT);
        let modal = Modal::new(Id::unique("enlarged picture"))
            .frame(frame)
            .backdrop_color(Color32::from_black_alpha(215))
            .show(ui.ctx(), |ui| {
                ui.set_min_size(screen.size());
                stays = self.contents_ui(ui, theme, screen, story, images, actions);
            });
        stays && !modal.should_close()
    }

    fn contents_ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        screen: Rect,
        story: &Story,
        images: &mut Images,
        actions: &mut Vec<Action>,
    ) -> bool {
        let Some(size) = natural_size(story, self.picture) else { return false };
        let room = screen.shrink(MARGIN).with_max_y(screen.bottom() - BAR - MARGIN / 2.0);
        let fitting = (room.width() / size.x).min(room.height() / size.y);
        // A small picture is not blown up by itself.
        let fit = fitting.min(1.0);
        let label = alternative_text(story, self.picture);

        let view = ui.interact(screen, Id::unique("enlarged picture view"), Sense::click_and_drag());
        view.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, label));
        ui.ctx().accesskit_node_builder(view.id, |node| {
            node.set_role(egui::accesskit::Role::Image);
            node.set_label(label);
        });
        let mut zoom = self.zoom.unwrap_or(fit);
        let old = zoom;
        let (scroll, pinch, pointer) =
            ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta(), input.pointer.hover_pos()));
        zoom *= (scroll / 240.0).exp() * pinch;
        for (key, factor) in [(Key::Plus, STEP), (Key::Equals, STEP), (Key::Minus, 1.0 / STEP)] {
            if ui.input(|input| input.key_pressed(key)) {
                zoom *= factor;
            }
        }
        if ui.input(|input| input.key_pressed(Key::Num0)) || view.double_clicked() {
            zoom = if (old - 1.0).abs() > 0.01 { 1.0 } else { fit };
            self.shift = Vec2::ZERO;
        }
        let (smallest, largest) = (fit.min(0.1), LARGEST.max(fit));
        zoom = zoom.clamp(smallest, largest);
        if (zoom - old).abs() > f32::EPSILON {
            // What is under the pointer stays under it.
            let pivot = pointer.map_or(Vec2::ZERO, |p| p - room.center() - self.shift);
            self.shift += pivot * (1.0 - zoom / old);
            self.zoom = Some(zoom);
        }
        if view.dragged() {
            self.shift += view.drag_delta();
        }
        let shown = size * zoom;
        let slack = ((shown - room.size()) / 2.0).max(Vec2::ZERO);
        self.shift = self.shift.clamp(-slack, slack);
        let place = Rect::from_center_size(room.center() + self.shift, shown);
        self.picture_ui(ui, theme, place, story, images);
        let clicked_beside = view.clicked() && view.interact_pointer_pos().is_some_and(|at| !place.contains(at));
        let stays = self.bar_ui(ui, theme, screen, fit, zoom, actions);
        stays && !clicked_beside
    }

    fn picture_ui(&self, ui: &Ui, theme: &Theme, place: Rect, story: &Story, images: &mut Images) {
        let Some(resource) = story.article.resource(self.picture) else { return };
        let natural = natural_size(story, self.picture).map_or(1.0, |size| size.x);
        // Decoded at the next power of two of the size, so that zooming does not decode at every step.
        let wanted = (place.width() * ui.pixels_per_point()).max(64.0);
        let is_vector = resource.media_type.as_deref().is_some_and(|m| m.starts_with("image/svg"));
        let steps = wanted.log2().ceil().exp2();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width on the screen, in pixels")]
        let width = if is_vector { steps.min(8192.0) } else { steps.min(natural.max(1.0)) } as u32;
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        match images.texture(ui.ctx(), self.picture, width, false, resource) {
            Some(texture) => {
                // A picture that can be seen through is seen on the page's colour, as in the text.
                ui.painter().rect_filled(place, 2.0, look::color(theme.page));
                ui.painter().image(texture.id(), place, uv, Color32::WHITE);
            }
            None => {
                ui.painter().rect_filled(place, 4.0, look::color(theme.code));
                egui::Spinner::new().color(look::color(theme.soft)).paint_at(ui, spinner_place(place.center()));
            }
        }
    }

    fn bar_ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        screen: Rect,
        fit: f32,
        zoom: f32,
        actions: &mut Vec<Action>,
    ) -> bool {
        let mut stays = true;
        let bar = Rect::from_center_size(pos2(screen.center().x, screen.bottom() - BAR / 2.0 - 4.0), vec2(300.0, 36.0));
        ui.painter().rect_filled(bar, 10.0, look::color(theme.field));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(bar.shrink2(vec2(8.0, 4.0))));
        child.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if widgets::icon_button_ui(ui, theme, icons::ZOOM_OUT, "Smaller", false).clicked() {
                self.zoom = Some((zoom / STEP).max(fit.min(0.1)));
            }
            let percent = format!("{:.0} %", zoom * ui.pixels_per_point() * 100.0);
            ui.add_sized([52.0, 24.0], egui::Label::new(widgets::text(percent, look::size::BODY, theme.soft)));
            if widgets::icon_button_ui(ui, theme, icons::ZOOM_IN, "Larger", false).clicked() {
                self.zoom = Some((zoom * STEP).min(LARGEST));
            }
            if widgets::icon_button_ui(ui, theme, icons::EXPAND, "Fit to the window", self.zoom.is_none()).clicked() {
                self.zoom = None;
                self.shift = Vec2::ZERO;
            }
            ui.add_space(8.0);
            if widgets::icon_button_ui(ui, theme, icons::COPY, "Copy picture", false).clicked() {
                actions.push(Action::CopyPicture(self.picture));
            }
            if widgets::icon_button_ui(ui, theme, icons::SAVE, "Save picture", false).clicked() {
                actions.push(Action::SavePicture(self.picture));
            }
            ui.add_space(8.0);
            if widgets::icon_button_ui(ui, theme, icons::CLOSE, "Close picture", false).clicked() {
                stays = false;
            }
        });
        stays
    }
}

fn spinner_place(center: Pos2) -> Rect {
    Rect::from_center_size(center, vec2(24.0, 24.0))
}

/// Width and height in points at a zoom of 1.
fn natural_size(story: &Story, picture: ResourceId) -> Option<Vec2> {
    let (width, height) = story.image_sizes.get(picture.0).copied().flatten()?;
    #[expect(clippy::cast_precision_loss, reason = "pixels of an image, far below 2^24")]
    Some(vec2(width.max(1) as f32, height.max(1) as f32))
}

/// What the story says of the picture.
fn alternative_text(story: &Story, picture: ResourceId) -> &str {
    let figures = story.article.blocks.iter().filter_map(|block| match &block.content {
        Content::Figure(figure) if figure.image == picture => Some(figure),
        _ => None,
    });
    let text = figures.map(|f| if f.alt.is_empty() { f.caption.as_str() } else { f.alt.as_str() }).next();
    text.filter(|text| !text.is_empty()).unwrap_or("Picture")
}
