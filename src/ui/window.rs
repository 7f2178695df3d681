//! The eframe app: one frame from input to picture. The session decides, the parts draw, the hands carry out.

mod panels;
mod start;
mod toolbar;

pub use start::run;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Panel, Ui};

use super::about::About;
use super::atlas::{Atlas, SystemFallback};
use super::desktop::Desktop;
use super::details::Details;
use super::effects::{Hands, dropped_paths};
use super::find_bar::FindBar;
use super::late_fonts::LateFonts;
use super::lettering::{Lettering, Letters};
use super::menu_bar::MenuBar;
use super::notices::Notices;
use super::palette::Palette;
use super::progress_strip::ProgressStrip;
use super::reader::{Reader, foot};
use super::settings::{SettingsSheet, Tab};
use super::side_by_side::SideBySideView;
use super::sidebar::Sidebar;
use super::{dialogs, help, keys, look};
use crate::app::action::Panel as SidePanel;
use crate::app::head_start::Begun;
use crate::app::saved_state::{PANEL_WIDTHS, WindowPlace};
use crate::app::{Action, Command, Effect, Session, Theme};
use crate::platform::instance::ServerGuard;
use crate::typeset::{Family, Fonts, Typesetter};
use panels::{Panels, Shown};

/// Points down of the bar above the page.
const TOOLBAR: f32 = 44.0;

/// What egui was told of how things look.
#[derive(Clone, Copy, PartialEq)]
struct Worn {
    theme: Theme,
    reduces_motion: bool,
    /// The interface's size against what the desktop has.
    scale: f32,
}

/// The window.
pub struct Window {
    session: Session,
    reader: Reader,
    /// What egui's own text falls back to.
    fallback: Arc<SystemFallback>,
    /// The system's fonts, where the first picture does without them.
    late_fonts: Option<LateFonts>,
    atlas: Atlas,
    letters: Letters,
    hands: Hands,
    notices: Notices,
    find_bar: FindBar,
    progress_strip: ProgressStrip,
    sidebar: Sidebar,
    /// Takes what later starts hand over.
    listener: Option<ServerGuard>,
    details: Details,
    side_by_side: SideBySideView,
    families: Option<Vec<Family>>,
    typed_path: String,
    worn: Option<Worn>,
    settings: SettingsSheet,
    palette: Palette,
    menu_bar: MenuBar,
    about: About,
    panels: Panels,
    /// Whether the open list of headings has been scrolled to the current one.
    contents_followed: bool,
    /// Whether it has been laid out before.
    is_laid_out: bool,
}

impl Window {
    /// A window on a desktop, with these fonts, for a session that has begun.
    pub fn new(ctx: &egui::Context, desktop: Arc<dyn Desktop>, begun: Begun, fonts: Fonts) -> Self {
        let fallback = look::install_fonts(ctx, &fonts);
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.theme_preference = egui::ThemePreference::System;
        });
        let Begun { session, jobs, keeper, effects, .. } = begun;
        let wake = ctx.clone();
        jobs.attend(move || wake.request_repaint());
        let report = jobs.reporter();
        desktop.watch_preferences(Box::new(move |preferences| report(Action::SystemPreferences(preferences))));
        let mut window = Self {
            session,
            reader: Reader::new(Typesetter::new(fonts)),
            fallback,
            late_fonts: None,
            atlas: Atlas::new(ctx),
            letters: Letters::default(),
            hands: Hands::new(desktop, jobs, keeper),
            notices: Notices::default(),
            find_bar: FindBar::default(),
            progress_strip: ProgressStrip::default(),
            sidebar: Sidebar::default(),
            listener: None,
            details: Details::default(),
            side_by_side: SideBySideView::default(),
            families: None,
            typed_path: String::new(),
            worn: None,
            settings: SettingsSheet::default(),
            palette: Palette::default(),
            menu_bar: MenuBar::default(),
            about: About::default(),
            panels: Panels::default(),
            contents_followed: false,
            is_laid_out: false,
        };
        window.carry_out(ctx, effects);
        window.wear_theme(ctx);
        window
    }

    /// The session, to look at.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The reading view, to look at.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Applies an action and carries out what follows.
    pub fn apply(&mut self, ctx: &egui::Context, action: Action) {
        let Some(action) = self.panels.heed(action, &self.session.state) else {
            ctx.request_repaint();
            return;
        };
        let effects = self.session.apply(action);
        self.carry_out(ctx, effects);
    }

    fn carry_out(&mut self, ctx: &egui::Context, effects: Vec<Effect>) {
        for effect in effects {
            self.hands.carry_out(ctx, &self.session, &mut self.reader, effect);
        }
        ctx.request_repaint();
    }

    /// Gives egui the colours in force. What is being drawn already keeps the old ones until the next frame.
    fn wear_theme(&mut self, ctx: &egui::Context) {
        // What is there in the first picture does not slide in.
        let is_first = ctx.cumulative_frame_nr() == 0;
        let wanted = Worn {
            theme: *self.session.theme(),
            reduces_motion: self.session.reduces_motion() || is_first,
            scale: self.session.settings.program.scale_percent / 100.0,
        };
        if self.worn != Some(wanted) {
            look::apply(ctx, &wanted.theme, wanted.reduces_motion);
            ctx.set_zoom_factor(wanted.scale);
            self.worn = Some(wanted);
        }
    }

    /// Draws a frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        if !std::mem::replace(&mut self.is_laid_out, true) {
            // Whether the details need a bar, and how far the page is read, is known when they have been laid out: to do that
            // once more costs less than to paint a frame that moves right away.
            ctx.request_discard("the first layout");
        }
        for action in self.incoming(&ctx) {
            self.apply(&ctx, action);
        }
        self.wear_theme(&ctx);
        self.adopt_late_fonts(&ctx);
        let theme = *self.session.theme();
        self.atlas.begin_frame(&ctx, theme.dark);
        self.letters.begin_frame();
        let actions = self.draw(ui, &theme);
        if self.atlas.wants_redraw() {
            ctx.request_repaint();
        }
        for action in actions {
            self.apply(&ctx, action);
        }
        self.hands.save_due(&ctx, &self.session);
    }

    /// Sets everything in the system's fonts as soon as they are there.
    fn adopt_late_fonts(&mut self, ctx: &egui::Context) {
        let Some(late) = &self.late_fonts else { return };
        // What follows the first picture, of two passes, has time.
        if ctx.cumulative_frame_nr() > 0 {
            late.is_wanted();
        }
        let Some(fonts) = late.take() else { return };
        self.late_fonts = None;
        self.adopt_fonts(ctx, fonts);
    }

    /// Has other fonts from now on.
    pub fn adopt_fonts(&mut self, ctx: &egui::Context, fonts: Fonts) {
        if self.fallback.adopt(fonts.clone()) {
            ctx.set_font_providers(vec![Arc::clone(&self.fallback) as Arc<dyn egui::epaint::text::FontProvider>]);
        }
        self.reader.adopt_fonts(fonts);
        self.letters = Letters::default();
        self.families = None;
    }

    /// What came in since the last frame: answers of workers, keys, drops, pasted text.
    fn incoming(&mut self, ctx: &egui::Context) -> Vec<Action> {
        let mut actions: Vec<Action> = self.hands.jobs.answers().collect();
        let dropped = dropped_paths(ctx);
        if !dropped.is_empty() {
            actions.push(Action::Open(dropped));
        }
        if self.session.system.scheme.is_none()
            && let Some(system) = ctx.system_theme()
        {
            use crate::app::theme::{Scheme, SystemPreferences};
            let scheme = if system == egui::Theme::Dark { Scheme::Dark } else { Scheme::Light };
            let preferences = SystemPreferences { scheme: Some(scheme), ..self.session.system };
            actions.push(Action::SystemPreferences(preferences));
        }
        if !ctx.text_edit_focused() {
            let pasted = ctx.input(|input| {
                input.events.iter().find_map(|event| match event {
                    egui::Event::Paste(text) => Some(text.clone()),
                    _ => None,
                })
            });
            actions.extend(pasted.map(Action::Paste));
            let copies = ctx.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
            if copies && !self.letters.has_selection() {
                actions.push(Action::Run(Command::Copy));
            }
        }
        for (button, command) in
            [(egui::PointerButton::Extra1, Command::Back), (egui::PointerButton::Extra2, Command::Forward)]
        {
            if ctx.input(|input| input.pointer.button_clicked(button)) {
                actions.push(Action::Run(command));
            }
        }
        self.reader.take_tab(ctx);
        // A slow frame may bring several keys.
        while !self.settings.takes_keys()
            && let Some(command) = keys::pressed_command(ctx, &self.session, self.sidebar.has_focus)
        {
            actions.push(Action::Run(command));
        }
        actions
    }

    fn draw(&mut self, ui: &mut Ui, theme: &Theme) -> Vec<Action> {
        let mut actions = Vec::new();
        let panel = Frame::new().fill(look::color(theme.panel));
        let full_screen = ui.input(|input| input.viewport().fullscreen.unwrap_or(false));
        let focus_mode = self.session.focus_mode;
        if !full_screen && !focus_mode {
            let frame = panel.inner_margin(egui::Margin::symmetric(6, 1));
            Panel::top("menu bar").frame(frame).show(ui, |ui| {
                let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
                actions.extend(self.menu_bar.ui(ui, &self.session, &mut lettering));
            });
        }
        let is_setting = self.hands.settings_open;
        let wanted = self.panels.shown(ui.available_width(), &self.session.state, is_setting);
        let wanted = if focus_mode { Shown { sidebar: false, details: is_setting, page: true } } else { wanted };
        if wanted.sidebar {
            let side = Panel::left(if wanted.page { "stories" } else { "stories alone" }).frame(panel);
            let shown = sized(side, ui, self.session.state.sidebar.width, wanted.page).show(ui, |ui| {
                let due = &mut self.hands.search_focus_due;
                let typesetter = self.reader.typesetter();
                let mut lettering = Lettering::new(typesetter, &mut self.atlas, &mut self.letters);
                actions.extend(self.sidebar.ui(ui, &self.session, due, &mut lettering));
            });
            let width = shown.response.rect.width();
            if wanted.page && (width - self.session.state.sidebar.width).abs() > 0.5 {
                actions.push(Action::PanelResized { panel: SidePanel::Sidebar, width });
            }
        }
        if is_setting {
            actions.extend(self.settings_ui(ui, panel));
        } else if wanted.details {
            let pointed = self.reader.pointed_at(ui.ctx());
            let side = Panel::right(if wanted.page { "details" } else { "details alone" }).frame(panel);
            let shown = sized(side, ui, self.session.state.details.width, wanted.page).show(ui, |ui| {
                let typesetter = self.reader.typesetter();
                let mut lettering = Lettering::new(typesetter, &mut self.atlas, &mut self.letters);
                self.details.ui(ui, &self.session, pointed, &mut lettering)
            });
            let (asked, row) = shown.inner;
            actions.extend(asked);
            self.reader.point_at(row);
            let width = shown.response.rect.width();
            if wanted.page && (width - self.session.state.details.width).abs() > 0.5 {
                actions.push(Action::PanelResized { panel: SidePanel::Details, width });
            }
        }
        // The window is cleared with the page's colour; to fill it once more costs a software renderer a third of a frame.
        let page = Frame::NONE;
        CentralPanel::default().frame(page).show(ui, |ui| {
            if !wanted.page {
                return;
            }
            let page_rect = ui.available_rect_before_wrap();
            if focus_mode {
                if self.session.find.is_open {
                    Panel::top("find bar").frame(page).show_separator_line(false).show(ui, |ui| {
                        actions.extend(self.find_bar.ui(ui, &self.session));
                    });
                }
                CentralPanel::default().frame(page).show(ui, |ui| {
                    actions.extend(self.reader.ui(ui, &self.session, &mut self.atlas, &mut self.letters));
                    actions.extend(self.leave_focus_mode_ui(ui, theme));
                });
                let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
                actions.extend(self.notices.ui(ui, page_rect, &self.session, &mut lettering));
                return;
            }
            Panel::top("toolbar").frame(page).exact_size(TOOLBAR).show_separator_line(false).show(ui, |ui| {
                actions.extend(self.toolbar_ui(ui, theme));
            });
            if self.session.find.is_open {
                Panel::top("find bar").frame(page).show_separator_line(false).show(ui, |ui| {
                    actions.extend(self.find_bar.ui(ui, &self.session));
                });
            }
            Panel::bottom("foot").frame(page).exact_size(foot::HEIGHT).show_separator_line(false).show(ui, |ui| {
                actions.extend(foot::ui(ui, &self.session, self.reader.progress()));
            });
            if self.session.progress().is_some_and(|progress| !self.session.opens_the_rest(&progress)) {
                Panel::bottom("progress").frame(page).show_separator_line(false).show(ui, |ui| {
                    let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
                    actions.extend(self.progress_strip.ui(ui, &self.session, &mut lettering));
                });
            } else {
                self.progress_strip = ProgressStrip::default();
            }
            CentralPanel::default().frame(page).show(ui, |ui| {
                actions.extend(self.reader.ui(ui, &self.session, &mut self.atlas, &mut self.letters));
            });
            let above_foot = page_rect.with_max_y(page_rect.bottom() - foot::HEIGHT);
            let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
            actions.extend(self.notices.ui(ui, above_foot, &self.session, &mut lettering));
        });
        actions.extend(dialogs::path_prompt_ui(ui, &self.session, &mut self.typed_path));
        let mut lettering = Lettering::new(self.reader.typesetter(), &mut self.atlas, &mut self.letters);
        actions.extend(self.sidebar.tags_ui(ui, &self.session, &mut lettering));
        actions.extend(dialogs::confirmation_ui(ui, &self.session, &mut lettering));
        actions.extend(dialogs::comparison_ui(ui, &self.session, &mut lettering));
        actions.extend(self.side_by_side.ui(ui, &self.session, &mut lettering));
        self.about.ui(ui, theme, &mut self.hands.about_open);
        if help::ui(ui, &self.session, &mut self.hands.help_open) {
            self.hands.settings_open = true;
            self.settings.turn_to(Tab::Keys);
        }
        actions.extend(self.palette.ui(ui, &self.session, &mut self.hands.palette_open));
        actions.retain(|action| {
            let paste = matches!(action, Action::Run(Command::Paste));
            if paste {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            !paste
        });
        actions
    }

    /// The window's place, if it has changed.
    fn window_place(&self, ctx: &egui::Context) -> Option<WindowPlace> {
        let viewport = ctx.input(|input| input.viewport().clone());
        if viewport.fullscreen == Some(true) || viewport.minimized == Some(true) {
            return None;
        }
        let maximized = viewport.maximized.unwrap_or(false);
        let mut place = self.session.state.window;
        place.maximized = maximized;
        if !maximized {
            let size = viewport.inner_rect?.size();
            // The desktop's points, whatever the interface's size.
            let zoom = ctx.zoom_factor();
            place.size = (size.x * zoom, size.y * zoom);
            place.position = viewport.outer_rect.map(|rect| (rect.min.x * zoom, rect.min.y * zoom));
        }
        (place != self.session.state.window).then_some(place)
    }
}

/// A side panel beside a page, or with the whole window to itself.
fn sized(panel: Panel, ui: &Ui, width: f32, has_page: bool) -> Panel {
    if has_page {
        panel.resizable(true).default_size(width).size_range(*PANEL_WIDTHS.start()..=*PANEL_WIDTHS.end())
    } else {
        panel.resizable(false).exact_size(ui.available_width())
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if let Some(place) = self.window_place(&ctx) {
            self.apply(&ctx, Action::WindowChanged(place));
        }
        self.show(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        look::color(self.session.theme().page).to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if let Some(place) = self.reader.place() {
            for effect in self.session.apply(place) {
                self.hands.keep_last(effect);
            }
        }
        // Who starts now gets a window of its own, which waits for this one's library.
        self.listener = None;
        self.hands.save_all(&self.session);
    }
}
