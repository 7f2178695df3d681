//! What stands above the list: opening, the search field with what is odd about the search, the views and their orders.

use egui::{Id, Key, Modifiers, Sense, TextEdit, Ui, UiBuilder, pos2, vec2};

use crate::app::{Action, Command, Session, Sort, Theme, View};
use crate::typeset::icons;
use crate::ui::lettering::{Lettered, Lettering, Wording};
use crate::ui::{look, widgets};

/// Points from the panel's edge to what is in it.
const MARGIN: f32 = 16.0;
/// Points down of a view's name with the line under it.
const TAB_HEIGHT: f32 = 28.0;
/// Views that have a name of their own above the list; the others are behind the last.
const TABS: [(View, &str); 3] = [(View::Inbox, "Inbox"), (View::Unread, "Unread"), (View::Finished, "Finished")];
/// Points across of a view's name at most.
const LONGEST_TAB: f32 = 200.0;
/// A line of the menu of views, in points.
const VIEW_BUTTON: egui::Vec2 = vec2(224.0, 26.0);
/// Lines of a menu before it scrolls.
const MENU_HEIGHT: f32 = 420.0;

/// The head's own state.
#[derive(Default)]
pub(super) struct Head {
    typed: String,
    goes_to_list: bool,
    /// Where the list is scrolled to, in points.
    pub(super) scroll_offset: f32,
}

impl Head {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        focus_due: &mut bool,
        lettering: &mut Lettering<'_>,
        actions: &mut Vec<Action>,
    ) {
        let theme = session.theme();
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.add_space(MARGIN);
            let title =
                egui::RichText::new("Stories").font(look::semibold(look::size::BODY)).color(look::color(theme.ink));
            let response = ui.label(title);
            widgets::mark_heading(ui, &response, 1, "Stories");
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(12.0);
                if session.catalogue.is_there() {
                    more_ui(ui, session, lettering, actions);
                }
                if widgets::icon_button_ui(ui, theme, icons::PLUS, "Open a file", false).clicked() {
                    actions.push(Action::Run(Command::Open));
                }
            });
        });
        if session.catalogue.is_there() {
            self.search_ui(ui, session, focus_due, actions);
            views_ui(ui, session, lettering, actions);
        }
        ui.add_space(4.0);
    }

    /// Whether a key asked for the list.
    pub(super) fn goes_to_list(&mut self, _ui: &Ui) -> bool {
        std::mem::take(&mut self.goes_to_list)
    }

    /// Where the list has to be scrolled to so that a line is in sight; `None` where it is.
    pub(super) fn offset_to_show(&self, at: usize, row_height: f32, height: f32) -> Option<f32> {
        #[expect(clippy::cast_precision_loss, reason = "points on a screen")]
        let top = at as f32 * row_height;
        if top < self.scroll_offset {
            return Some(top);
        }
        let bottom = top + row_height;
        (bottom > self.scroll_offset + height && height > row_height).then_some(bottom - height)
    }

    fn search_ui(&mut self, ui: &mut Ui, session: &Session, focus_due: &mut bool, actions: &mut Vec<Action>) {
        let (theme, catalogue) = (session.theme(), &session.catalogue);
        let field = Id::unique("library search");
        if self.typed != catalogue.query && !ui.memory(|memory| memory.has_focus(field)) {
            self.typed.clone_from(&catalogue.query);
        }
        ui.add_space(2.0);
        egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 0)).show(ui, |ui| {
            let hint = match catalogue.counts.of(&View::All) {
                None | Some(0) => "Search".to_owned(),
                Some(1) => "Search 1 story".to_owned(),
                Some(count) => format!("Search {} stories", with_separators(count)),
            };
            let edit = TextEdit::singleline(&mut self.typed)
                .id(field)
                .hint_text(widgets::text(hint, look::size::BODY, theme.faint))
                .align(egui::Align2::LEFT_CENTER)
                .margin(egui::Margin { left: 10, right: 30, top: 4, bottom: 4 })
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, 32.0));
            let response = ui.add(edit);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Search stories"));
            if std::mem::take(focus_due) {
                response.request_focus();
            }
            if !self.typed.is_empty() {
                let side = 24.0;
                let at = egui::Rect::from_min_size(
                    pos2(response.rect.right() - side - 4.0, response.rect.center().y - side / 2.0),
                    vec2(side, side),
                );
                let mut corner = ui.new_child(UiBuilder::new().max_rect(at));
                if widgets::small_icon_button_ui(&mut corner, theme, icons::CLOSE, "Clear the search").clicked() {
                    self.typed.clear();
                }
            }
            if response.has_focus() {
                let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
                if pressed(Key::ArrowDown) {
                    self.goes_to_list = true;
                }
            }
            // egui takes the focus away with Escape: the first only clears what was typed.
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) && !self.typed.is_empty() {
                self.typed.clear();
                response.request_focus();
            }
            if response.lost_focus()
                && ui.input(|input| input.key_pressed(Key::Enter))
                && let Some(first) = session.item(0)
            {
                actions.push(super::select(first));
            }
            explanation_ui(ui, session);
        });
        if self.typed != catalogue.query {
            actions.push(Action::SearchLibrary(self.typed.clone()));
        }
    }
}

/// What is odd about what was typed, and whether there is more than is listed.
fn explanation_ui(ui: &mut Ui, session: &Session) {
    let (theme, list) = (session.theme(), &session.catalogue.list);
    if !session.catalogue.is_searching() {
        return;
    }
    let mut lines: Vec<String> = list.problems.iter().take(2).map(ToString::to_string).collect();
    let found = match (list.is_cut, list.keys.len()) {
        (true, most) => format!("More than {} stories; these are the latest", with_separators(most)),
        (false, 0) => String::new(),
        (false, 1) => "1 story".to_owned(),
        (false, count) => format!("{} stories", with_separators(count)),
    };
    lines.extend((!found.is_empty()).then_some(found));
    for line in lines {
        let label = ui.add(egui::Label::new(widgets::text(&line, look::size::NOTE, theme.soft)).wrap());
        widgets::announce(ui, &label, &line, false);
    }
}

/// The names of views in a row, the one that is shown underlined; the last opens all others.
fn views_ui(ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>, actions: &mut Vec<Action>) {
    let (theme, catalogue) = (session.theme(), &session.catalogue);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(MARGIN - 2.0);
        ui.spacing_mut().item_spacing.x = 12.0;
        for (view, name) in TABS {
            let is_shown = catalogue.view == view;
            let count = catalogue.counts.of(&view).filter(|count| *count > 0 && (is_shown || view == View::Inbox));
            let label = count.map_or_else(|| name.to_owned(), |count| format!("{name} {}", with_separators(count)));
            if tab_ui(ui, theme, &label, is_shown, false, lettering).clicked() {
                actions.push(Action::ShowView(view));
            }
        }
        let is_elsewhere = TABS.iter().all(|(view, _)| *view != catalogue.view);
        let name = if is_elsewhere { short(&name_of(&catalogue.view)) } else { "More".to_owned() };
        let button = tab_ui(ui, theme, &name, is_elsewhere, true, lettering);
        egui::Popup::menu(&button).show(|ui| all_views_ui(ui, session, lettering, actions));
    });
}

/// A view's name, with an arrow behind it where it opens a menu. The arrow is the icon font's: to look for one of text, which
/// the chrome's faces lack, among the system's would hold up the first frame.
fn tab_ui(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    is_shown: bool,
    opens_menu: bool,
    lettering: &mut Lettering<'_>,
) -> egui::Response {
    let ink = if is_shown { theme.ink } else { theme.soft };
    let wording = |ink| Wording::new(name, look::size::NOTE, ink).semibold(is_shown).most_lines(1);
    let words = lettering.set(ui, &wording(ink), LONGEST_TAB);
    let arrow = if opens_menu { format!(" {}", icons::CHEVRON_DOWN) } else { String::new() };
    let galley = ui.painter().layout_no_wrap(arrow, look::icons(look::size::NOTE), look::color(ink));
    let (left, right) = words.extent();
    let width = right - left + galley.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width + 4.0, TAB_HEIGHT), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, is_shown, name));
    let words = if response.hovered() { lettering.set(ui, &wording(theme.ink), LONGEST_TAB) } else { words };
    words.paint(ui.painter(), pos2(rect.left() + 2.0 - left, rect.center().y - words.height() / 2.0));
    let at = pos2(rect.right() - 2.0 - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, look::color(ink));
    if is_shown {
        let stroke = egui::Stroke::new(2.0, look::color(theme.accent));
        ui.painter().hline(rect.left() + 2.0..=rect.right() - 2.0, rect.bottom() - 2.0, stroke);
    }
    widgets::focus_ring(ui, &response, theme);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Every view, with how many stories it has.
fn all_views_ui(ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>, actions: &mut Vec<Action>) {
    let (theme, counts) = (session.theme(), &session.catalogue.counts);
    ui.set_width(232.0);
    egui::ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
        let mut view_ui = |ui: &mut Ui, view: View| {
            let count = counts.of(&view).map(with_separators).unwrap_or_default();
            let is_shown = session.catalogue.view == view;
            if view_button_ui(ui, theme, &short(&name_of(&view)), &count, is_shown, lettering).clicked() {
                actions.push(Action::ShowView(view));
                ui.close();
            }
        };
        for view in
            [View::Inbox, View::Unread, View::InProgress, View::Finished, View::Archive, View::All, View::Deleted]
        {
            view_ui(ui, view);
        }
        let sections: [(&str, Vec<View>); 3] = [
            ("Tags", counts.tags.iter().map(|(tag, _)| View::Tag(tag.clone())).collect()),
            ("Sites", counts.sites.iter().map(|(site, _)| View::Site(site.clone())).collect()),
            ("Folders", counts.folders.iter().map(|folder| View::Folder(folder.path.clone())).collect()),
        ];
        for (name, views) in sections {
            if views.is_empty() {
                continue;
            }
            ui.add_space(6.0);
            widgets::section_head_ui(ui, theme, name);
            for view in views {
                view_ui(ui, view);
            }
        }
    });
}

/// A line of the menu of views.
fn view_button_ui(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    count: &str,
    is_shown: bool,
    lettering: &mut Lettering<'_>,
) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(VIEW_BUTTON, Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_shown, name));
    let visuals = ui.style().interact(&response);
    ui.painter().rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
    let mut left = rect.left() + ui.spacing().button_padding.x;
    if is_shown {
        let font = look::sans(look::size::BODY);
        let mark = ui.painter().text(
            pos2(left, rect.center().y),
            egui::Align2::LEFT_CENTER,
            "✓ ",
            font,
            look::color(theme.ink),
        );
        left = mark.right();
    }
    let room = rect.right() - ui.spacing().button_padding.x - left;
    let count = lettering.set(ui, &Wording::new(count, look::size::BODY, theme.faint), room);
    let at = |lettered: &Lettered, x: f32| pos2(x, rect.center().y - lettered.height() / 2.0);
    count.paint(ui.painter(), at(&count, rect.right() - ui.spacing().button_padding.x - count.width()));
    let wording = Wording::new(name, look::size::BODY, theme.ink).most_lines(1);
    let words = lettering.set(ui, &wording, room - count.width() - 8.0);
    words.paint(ui.painter(), at(&words, left - words.extent().0));
    response
}

/// The order of the list, and the folders.
fn more_ui(ui: &mut Ui, session: &Session, lettering: &mut Lettering<'_>, actions: &mut Vec<Action>) {
    let theme = session.theme();
    let button = widgets::icon_button_ui(ui, theme, icons::MORE, "Order and folders", false);
    egui::Popup::menu(&button).show(|ui| {
        ui.set_width(232.0);
        widgets::section_head_ui(ui, theme, "Order");
        for (sort, name) in [
            (Sort::Added, "Latest first"),
            (Sort::Published, "By date of publication"),
            (Sort::Title, "By title"),
            (Sort::Length, "Longest first"),
            (Sort::Progress, "Furthest read first"),
        ] {
            let mark = if session.catalogue.sort == sort { "✓ " } else { "" };
            if ui.add(egui::Button::new(format!("{mark}{name}")).min_size(vec2(224.0, 26.0))).clicked() {
                actions.push(Action::SortBy(sort));
                ui.close();
            }
        }
        ui.add_space(6.0);
        widgets::section_head_ui(ui, theme, "Folders");
        let can_add = session.can_run(Command::AddFolder);
        if ui.add_enabled(can_add, egui::Button::new("Add a folder…").min_size(vec2(224.0, 26.0))).clicked() {
            actions.push(Action::Run(Command::AddFolder));
            ui.close();
        }
        for folder in &session.catalogue.counts.folders {
            let name = short(&name_of(&View::Folder(folder.path.clone())));
            ui.menu_button(name, |ui| {
                ui.set_width(190.0);
                let path = folder.path.display().to_string();
                lettering.label_ui(ui, &Wording::new(&path, look::size::NOTE, theme.soft));
                for (name, action) in [
                    ("Show its stories", Action::ShowView(View::Folder(folder.path.clone()))),
                    ("Look through it again", Action::LookThrough(folder.path.clone())),
                    ("Leave files out…", Action::LeaveOut(Some(folder.clone()))),
                    ("Stop watching it", Action::DropFolder(folder.path.clone())),
                ] {
                    if ui.add(egui::Button::new(name).min_size(vec2(182.0, 26.0))).clicked() {
                        actions.push(action);
                        ui.close();
                    }
                }
            });
        }
    });
}

/// A view's name.
pub(super) fn name_of(view: &View) -> String {
    match view {
        View::Inbox => "Inbox".to_owned(),
        View::Unread => "Unread".to_owned(),
        View::InProgress => "In progress".to_owned(),
        View::Finished => "Finished".to_owned(),
        View::Archive => "Archive".to_owned(),
        View::All => "Inbox and archive".to_owned(),
        View::Deleted => "Deleted".to_owned(),
        View::Tag(name) | View::Site(name) => name.clone(),
        View::Folder(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

/// A name that fits its place.
fn short(name: &str) -> String {
    const MOST: usize = 26;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}

/// A number with its thousands apart.
pub(super) fn with_separators(number: usize) -> String {
    crate::text::with_separators(number)
}
