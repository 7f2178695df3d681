//! What stands above the list: opening, the search field with what is odd about the search, the views and their orders.

use egui::{Id, Key, Modifiers, Sense, TextEdit, Ui, UiBuilder, pos2, vec2};

use crate::app::{Action, Command, Session, Sort, Theme, View};
use crate::typeset::icons;
use crate::ui::{look, widgets};

/// Points from the panel's edge to what is in it.
const MARGIN: f32 = 16.0;
/// Points down of a view's name with the line under it.
const TAB_HEIGHT: f32 = 28.0;
/// Views that have a name of their own above the list; the others are behind the last.
const TABS: [(View, &str); 3] = [(View::Inbox, "Inbox"), (View::Unread, "Unread"), (View::Finished, "Finished")];
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
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, focus_due: &mut bool, actions: &mut Vec<Action>) {
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
                    more_ui(ui, session, actions);
                }
                if widgets::icon_button_ui(ui, theme, icons::PLUS, "Open a file", false).clicked() {
                    actions.push(Action::Run(Command::Open));
                }
            });
        });
        if session.catalogue.is_there() {
            self.search_ui(ui, session, focus_due, actions);
            views_ui(ui, session, actions);
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
fn views_ui(ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
    let (theme, catalogue) = (session.theme(), &session.catalogue);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(MARGIN - 2.0);
        ui.spacing_mut().item_spacing.x = 12.0;
        for (view, name) in TABS {
            let is_shown = catalogue.view == view;
            let count = catalogue.counts.of(&view).filter(|count| *count > 0 && (is_shown || view == View::Inbox));
            let label = count.map_or_else(|| name.to_owned(), |count| format!("{name} {}", with_separators(count)));
            if tab_ui(ui, theme, &label, is_shown, false).clicked() {
                actions.push(Action::ShowView(view));
            }
        }
        let is_elsewhere = TABS.iter().all(|(view, _)| *view != catalogue.view);
        let name = if is_elsewhere { short(&name_of(&catalogue.view)) } else { "More".to_owned() };
        let button = tab_ui(ui, theme, &name, is_elsewhere, true);
        egui::Popup::menu(&button).show(|ui| all_views_ui(ui, session, actions));
    });
}

fn tab_ui(ui: &mut Ui, theme: &Theme, label: &str, is_shown: bool, opens_menu: bool) -> egui::Response {
    let font = if is_shown { look::semibold(look::size::NOTE) } else { look::sans(look::size::NOTE) };
    let ink = look::color(if is_shown { theme.ink } else { theme.soft });
    let mut galleys = vec![ui.painter().layout_no_wrap(label.to_owned(), font, ink)];
    if opens_menu {
        // Not one of the arrows of text, which the chrome's faces lack: to look for it among the system's would hold up the
        // first frame.
        let arrow = icons::CHEVRON_DOWN.to_string();
        galleys.push(ui.painter().layout_no_wrap(arrow, look::icons(look::size::NOTE), ink));
    }
    let width: f32 = galleys.iter().map(|galley| galley.size().x + 2.0).sum();
    let (rect, response) = ui.allocate_exact_size(vec2(width + 2.0, TAB_HEIGHT), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, is_shown, label));
    let ink = if response.hovered() { look::color(theme.ink) } else { ink };
    let mut left = rect.left() + 2.0;
    for galley in galleys {
        let (at, width) = (pos2(left, rect.center().y - galley.size().y / 2.0), galley.size().x);
        ui.painter().galley_with_override_text_color(at, galley, ink);
        left += width + 2.0;
    }
    if is_shown {
        let stroke = egui::Stroke::new(2.0, look::color(theme.accent));
        ui.painter().hline(rect.left() + 2.0..=rect.right() - 2.0, rect.bottom() - 2.0, stroke);
    }
    widgets::focus_ring(ui, &response, theme);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Every view, with how many stories it has.
fn all_views_ui(ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
    let (theme, counts) = (session.theme(), &session.catalogue.counts);
    ui.set_width(232.0);
    egui::ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
        let mut view_ui = |ui: &mut Ui, view: View| {
            let count = counts.of(&view).map(with_separators).unwrap_or_default();
            let mark = if session.catalogue.view == view { "✓ " } else { "" };
            let name = format!("{mark}{}", short(&name_of(&view)));
            let button = egui::Button::new(name).shortcut_text(count).min_size(vec2(224.0, 26.0));
            if ui.add(button).clicked() {
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

/// The order of the list, and the folders.
fn more_ui(ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) {
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
                ui.add(
                    egui::Label::new(widgets::text(folder.path.display().to_string(), look::size::NOTE, theme.soft))
                        .wrap(),
                );
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
