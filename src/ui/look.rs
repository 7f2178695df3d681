//! Theme tokens and bundled fonts → egui's visuals, fonts and spacing. The chrome's measures are named here.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Visuals};

use super::atlas::SystemFallback;
use crate::app::Theme;
use crate::app::theme::Rgb;
use crate::typeset::{ColorRole, Fonts, bundled};

/// The chrome's emphasised text.
pub const SEMIBOLD: &str = "semibold";
/// The icons.
pub const ICONS: &str = "icons";

/// Sizes of the chrome's text, in points.
pub mod size {
    /// Section heads.
    pub const SMALL: f32 = 11.0;
    /// Excerpts, provenance.
    pub const NOTE: f32 = 12.0;
    /// Values, menus.
    pub const BODY: f32 = 13.0;
    /// Rows' titles.
    pub const ROW: f32 = 13.5;
    /// Icons.
    pub const ICON: f32 = 16.0;
}

/// Space from a panel's edge to what is in it, in points.
pub const PANEL_MARGIN: i8 = 16;

/// A token as egui's colour.
pub fn color(rgb: Rgb) -> Color32 {
    Color32::from_rgb(rgb.0, rgb.1, rgb.2)
}

/// The colour of a role of the page.
pub fn role_color(theme: &Theme, role: ColorRole) -> Color32 {
    color(match role {
        ColorRole::Text => theme.ink,
        ColorRole::Soft => theme.soft,
        ColorRole::Faint => theme.faint,
        ColorRole::Link | ColorRole::Accent => theme.accent,
        ColorRole::Rule => theme.line,
        ColorRole::CodeBackground => theme.code,
        ColorRole::CodeKeyword => theme.code_keyword,
        ColorRole::CodeString => theme.code_string,
        ColorRole::CodeComment => theme.code_comment,
        ColorRole::CodeNumber => theme.code_number,
        ColorRole::CodeName => theme.code_name,
        ColorRole::Highlight => theme.highlight,
    })
}

/// The chrome's sans at a size.
pub fn sans(points: f32) -> FontId {
    FontId::new(points, FontFamily::Proportional)
}

/// The chrome's emphasised sans at a size.
pub fn semibold(points: f32) -> FontId {
    FontId::new(points, FontFamily::Name(SEMIBOLD.into()))
}

/// The icon font.
pub fn icons(points: f32) -> FontId {
    FontId::new(points, FontFamily::Name(ICONS.into()))
}

/// Gives egui the bundled faces, and what pages are set in for what these lack. They are the same bytes.
pub fn install_fonts(ctx: &egui::Context, pages: &Fonts) -> Arc<SystemFallback> {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, family: &str, weight: u16, families: &[FontFamily]| {
        let Some(bytes) = bundled::bytes(family, weight, false) else { return };
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        for family in families {
            fonts.families.entry(family.clone()).or_default().push(name.to_owned());
        }
    };
    let semibold = FontFamily::Name(SEMIBOLD.into());
    let icons = FontFamily::Name(ICONS.into());
    add("semibold", bundled::SANS, 600, std::slice::from_ref(&semibold));
    add("sans", bundled::SANS, 400, &[FontFamily::Proportional, semibold.clone()]);
    add("mono", bundled::MONO, 400, &[FontFamily::Monospace]);
    add("icons", bundled::ICONS, 400, &[icons, FontFamily::Proportional, FontFamily::Monospace, semibold]);
    ctx.set_fonts(fonts);
    let fallback = Arc::new(SystemFallback::new(pages.clone()));
    ctx.add_font_provider(Arc::clone(&fallback) as Arc<dyn egui::epaint::text::FontProvider>);
    fallback
}

/// Colours, measures, and whether things slide and fade.
pub fn apply(ctx: &egui::Context, theme: &Theme, reduces_motion: bool) {
    let egui_theme = if theme.dark { egui::Theme::Dark } else { egui::Theme::Light };
    ctx.set_theme(egui_theme);
    let visuals = visuals(theme);
    ctx.style_mut_of(egui_theme, |style| {
        style.visuals = visuals;
        style.text_styles = [
            (TextStyle::Small, sans(size::SMALL)),
            (TextStyle::Body, sans(size::BODY)),
            (TextStyle::Button, sans(size::BODY)),
            (TextStyle::Heading, semibold(size::ROW)),
            (TextStyle::Monospace, FontId::monospace(size::NOTE)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = egui::vec2(8.0, 6.0);
        spacing.button_padding = egui::vec2(8.0, 4.0);
        // WCAG 2.2, criterion 2.5.8: a target is at least 24 px each way.
        spacing.interact_size = egui::vec2(28.0, 24.0);
        spacing.menu_margin = egui::Margin::same(6);
        spacing.window_margin = egui::Margin::same(18);
        spacing.scroll = egui::style::ScrollStyle::thin();
        let still = egui::Style::default();
        style.animation_time = if reduces_motion { 0.0 } else { still.animation_time };
        style.scroll_animation =
            if reduces_motion { egui::style::ScrollAnimation::none() } else { still.scroll_animation };
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.5;
        style.url_in_tooltip = true;
    });
}

/// Has the controls of a part stand on fields of their own, as in a form.
pub fn fields(ui: &mut egui::Ui, theme: &Theme) {
    let edge = Stroke::new(1.0, color(theme.line));
    let visuals = ui.visuals_mut();
    for widget in [&mut visuals.widgets.inactive, &mut visuals.widgets.hovered, &mut visuals.widgets.open] {
        widget.weak_bg_fill = color(theme.field);
        widget.bg_stroke = edge;
        widget.fg_stroke = Stroke::new(1.0, color(theme.ink));
    }
    visuals.widgets.hovered.weak_bg_fill = color(theme.hover);
    visuals.widgets.active.bg_stroke = edge;
    visuals.handle_shape = egui::style::HandleShape::Rect { aspect_ratio: 0.55 };
    // The part of a slider that is turned has the colour of what is chosen everywhere else.
    visuals.selection.bg_fill = color(theme.accent);
    ui.spacing_mut().slider_rail_height = 4.0;
    ui.spacing_mut().combo_width = 40.0;
}

fn visuals(theme: &Theme) -> Visuals {
    let mut v = if theme.dark { Visuals::dark() } else { Visuals::light() };
    let (ink, soft, line) = (color(theme.ink), color(theme.soft), color(theme.line));
    let radius = CornerRadius::same(6);
    v.panel_fill = color(theme.panel);
    v.window_fill = color(theme.field);
    v.window_stroke = Stroke::new(1.0, line);
    v.window_corner_radius = CornerRadius::same(10);
    v.menu_corner_radius = CornerRadius::same(8);
    v.extreme_bg_color = color(theme.field);
    v.text_edit_bg_color = Some(color(theme.field));
    v.faint_bg_color = color(theme.hover);
    v.code_bg_color = color(theme.code);
    v.hyperlink_color = color(theme.accent);
    v.error_fg_color = color(theme.error);
    v.warn_fg_color = color(theme.accent);
    v.weak_text_color = Some(color(theme.faint));
    v.selection.bg_fill = color(theme.selected);
    v.selection.stroke = Stroke::new(1.0, ink);
    let shadow = Color32::from_black_alpha(if theme.dark { 110 } else { 34 });
    v.popup_shadow = egui::Shadow { offset: [0, 4], blur: 18, spread: 0, color: shadow };
    v.window_shadow = egui::Shadow { offset: [0, 10], blur: 40, spread: 0, color: shadow };
    for (widget, fill, stroke) in [
        (&mut v.widgets.noninteractive, Color32::TRANSPARENT, line),
        (&mut v.widgets.inactive, Color32::TRANSPARENT, Color32::TRANSPARENT),
        (&mut v.widgets.hovered, color(theme.hover), Color32::TRANSPARENT),
        (&mut v.widgets.active, color(theme.selected), Color32::TRANSPARENT),
        (&mut v.widgets.open, color(theme.hover), Color32::TRANSPARENT),
    ] {
        widget.weak_bg_fill = fill;
        widget.bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.2, ink);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    // Boxes to tick have to be seen on a menu's ground too.
    v.widgets.inactive.bg_fill = line.lerp_to_gamma(soft, 0.3);
    v.text_cursor.stroke = Stroke::new(1.5, ink);
    v.widgets.inactive.fg_stroke = Stroke::new(1.2, soft);
    v.widgets.hovered.bg_fill = color(theme.selected);
    v.widgets.inactive.bg_stroke = Stroke::new(1.0, Color32::TRANSPARENT);
    v
}
