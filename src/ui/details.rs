//! What is known about the story: each value with the place it was read in, the file, and what was left out. Computes
//! nothing.

use egui::{Label, ScrollArea, Ui, vec2};

use super::reader::foot::coverage_text;
use super::reader::page::minutes;
use super::{look, widgets};
use crate::app::story::FileChange;
use crate::app::{Action, Command, Origin, Row, Session, Story, Theme};
use crate::document::{Provenance, Readings};

/// Points across of the labels' column.
const LABELS: f32 = 76.0;

/// Draws the panel.
pub fn ui(ui: &mut Ui, session: &Session) -> Vec<Action> {
    let mut actions = Vec::new();
    let theme = session.theme();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin { left: 18, right: 18, top: 14, bottom: 24 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
            let Some(row) = session.selected_row() else {
                ui.label(widgets::text("Details of the story appear here.", look::size::BODY, theme.faint));
                return;
            };
            if let Some(story) = row.story() {
                story_ui(ui, theme, story, &mut actions);
                coverage_ui(ui, theme, session, story, &mut actions);
            }
            file_ui(ui, theme, row, &mut actions);
        });
    });
    actions
}

fn story_ui(ui: &mut Ui, theme: &Theme, story: &Story, actions: &mut Vec<Action>) {
    let metadata = &story.article.metadata;
    widgets::section_head_ui(ui, theme, "Story");
    ui.add_space(3.0);
    reading_ui(ui, theme, "Title", &metadata.title, Clone::clone);
    reading_ui(ui, theme, "Source", &metadata.site, Clone::clone);
    reading_ui(ui, theme, "Author", &metadata.authors, |authors| authors.join(", "));
    reading_ui(ui, theme, "Published", &metadata.published, |date| date.to_prose());
    if !metadata.modified.is_empty() {
        reading_ui(ui, theme, "Updated", &metadata.modified, |date| date.to_prose());
    }
    if !metadata.saved.is_empty() {
        reading_ui(ui, theme, "Saved", &metadata.saved, |date| date.to_prose());
    }
    reading_ui(ui, theme, "Language", &metadata.language, |tag| language_name(tag));
    value_ui(ui, theme, "Length", &length(metadata.words, metadata.minutes), "counted");
    reading_ui(ui, theme, "Stated", &metadata.stated_minutes, |m| minutes(usize::try_from(*m).unwrap_or(usize::MAX)));
    if metadata.url.is_empty() {
        reading_ui(ui, theme, "Address", &metadata.url, Clone::clone);
    } else {
        reading_ui(ui, theme, "Address", &metadata.url, Clone::clone);
        indented_ui(ui, |ui| {
            if widgets::link_button_ui(ui, theme, "Open in browser", look::size::SMALL).clicked() {
                actions.push(Action::Run(Command::OpenInBrowser));
            }
        });
    }
}

fn length(words: usize, needed: usize) -> String {
    let words = if words == 1 { "1 word".to_owned() } else { format!("{} words", grouped(words)) };
    format!("{words}, {}", minutes(needed))
}

/// 12,345.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn coverage_ui(ui: &mut Ui, theme: &Theme, session: &Session, story: &Story, actions: &mut Vec<Action>) {
    let coverage = story.article.coverage();
    ui.add_space(16.0);
    ui.horizontal(|ui| {
        widgets::section_head_ui(ui, theme, "Coverage");
        if coverage.shown < coverage.total {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let all = session.shown_omissions.is_empty();
                let label = if all { "Show all" } else { "Hide" };
                if widgets::link_button_ui(ui, theme, label, look::size::SMALL).clicked() {
                    actions.push(Action::ShowAllOmissions(all));
                }
            });
        }
    });
    ui.label(widgets::text(coverage_text(coverage.shown, coverage.total), look::size::BODY, theme.ink));
    let omitted = story.article.blocks.iter().enumerate().filter_map(|(n, b)| Some((n, b, b.omitted?)));
    for (number, block, reason) in omitted.filter(|(_, block, _)| block.has_text()).take(300) {
        let text = crate::text::collapse_whitespace(&block.plain_text());
        let short: String = text.chars().take(90).collect();
        let mut job = egui::text::LayoutJob::default();
        let part = |ink| egui::TextFormat::simple(look::sans(look::size::NOTE), look::color(ink));
        job.append(&short, 0.0, part(theme.soft));
        job.append(&format!("  {}", reason.label()), 0.0, part(theme.faint));
        job.wrap.max_rows = 2;
        let button = egui::Button::new(job).frame(true).wrap().min_size(vec2(ui.available_width(), 24.0));
        let response = ui.add(button).on_hover_text("Show in its place");
        widgets::focus_ring(ui, &response, theme);
        if response.clicked() {
            actions.push(Action::ShowOmission(number));
        }
    }
}

fn file_ui(ui: &mut Ui, theme: &Theme, row: &Row, actions: &mut Vec<Action>) {
    ui.add_space(16.0);
    widgets::section_head_ui(ui, theme, "File");
    ui.add_space(3.0);
    let name = match &row.origin {
        Origin::Kept(_) => "Pasted text, kept by Recto".to_owned(),
        Origin::Sample(name) => format!("{name}, part of Recto"),
        other => other.name(),
    };
    value_ui(ui, theme, "Name", &name, "");
    if let Some(folder) = row.origin.path().and_then(std::path::Path::parent) {
        value_ui(ui, theme, "Folder", &folder.display().to_string(), "");
        indented_ui(ui, |ui| {
            if widgets::link_button_ui(ui, theme, "Show in folder", look::size::SMALL).clicked() {
                actions.push(Action::Run(Command::ShowInFolder));
            }
        });
    }
    if let Some(story) = row.story() {
        let file = &story.file;
        let format = file.encoding.map_or_else(|| file.format.to_owned(), |enc| format!("{}, {enc}", file.format));
        value_ui(ui, theme, "Format", &format, "");
        value_ui(ui, theme, "Size", &size(file.size), "");
        value_ui(ui, theme, "SHA-256", file.source_id.as_str(), "");
        for warning in &file.warnings {
            ui.add_space(4.0);
            ui.add(Label::new(widgets::text(warning, look::size::NOTE, theme.soft)).wrap());
        }
    }
    if let Some(change) = row.file_change {
        let text = match change {
            FileChange::Changed => "Changed on disk since it was read",
            FileChange::Missing => "No longer there; what is open stays readable",
        };
        value_ui(ui, theme, "State", text, "");
    }
}

fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A value with where it was read; what is not stated says so.
fn reading_ui<T: PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    readings: &Readings<T>,
    show: impl Fn(&T) -> String,
) {
    let Some(first) = readings.first() else {
        row_ui(ui, theme, label, |ui| {
            let text = widgets::text("not stated", look::size::BODY, theme.faint).italics();
            ui.label(text);
        });
        return;
    };
    let mut from = provenance(&first.from);
    for other in readings.disagreeing().take(3) {
        from.push_str(&format!(" · {} says {}", other.from, show(&other.value)));
    }
    value_ui(ui, theme, label, &show(&first.value), &from);
}

fn provenance(from: &Provenance) -> String {
    from.to_string()
}

fn value_ui(ui: &mut Ui, theme: &Theme, label: &str, value: &str, from: &str) {
    row_ui(ui, theme, label, |ui| {
        ui.add(Label::new(widgets::text(value, look::size::BODY, theme.ink)).wrap().selectable(true));
        if !from.is_empty() {
            ui.add(Label::new(widgets::text(from, look::size::SMALL, theme.faint)).wrap());
        }
    });
}

fn row_ui(ui: &mut Ui, theme: &Theme, label: &str, value: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.allocate_ui_with_layout(vec2(LABELS, 18.0), egui::Layout::left_to_right(egui::Align::Min), |ui| {
            ui.set_min_width(LABELS);
            ui.label(widgets::text(label, look::size::BODY, theme.faint));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            value(ui);
        });
    });
    ui.add_space(2.0);
}

fn indented_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(LABELS);
        contents(ui);
    });
}

/// A language's English name where it is a common one, with its tag.
fn language_name(tag: &str) -> String {
    let name = match tag.split('-').next().unwrap_or_default() {
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "nl" => "Dutch",
        "pl" => "Polish",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "el" => "Greek",
        "ar" => "Arabic",
        "he" => "Hebrew",
        "fa" => "Persian",
        "hi" => "Hindi",
        "zh" => "Chinese",
        "ja" => "Japanese",
        "ko" => "Korean",
        "th" => "Thai",
        "vi" => "Vietnamese",
        "tr" => "Turkish",
        "sv" => "Swedish",
        _ => return tag.to_owned(),
    };
    if tag.contains('-') { format!("{name} ({tag})") } else { name.to_owned() }
}
