//! What is known about the story, each value with the place it was read in. What is not stated says so.

use egui::Ui;

use super::values::{Pen, indented_ui};
use crate::app::{Action, Command, Story};
use crate::document::Metadata;
use crate::ui::reader::page::minutes;
use crate::ui::{look, widgets};

/// Draws the section.
pub(super) fn ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, story: &Story, actions: &mut Vec<Action>) {
    let theme = pen.theme;
    let metadata = &story.article.metadata;
    pen.reading_ui(ui, "Title", &metadata.title, Clone::clone);
    pen.reading_ui(ui, "Source", &metadata.site, Clone::clone);
    pen.reading_ui(ui, "Author", &metadata.authors, |authors| authors.join(", "));
    pen.reading_ui(ui, "Published", &metadata.published, |date| date.to_prose());
    if !metadata.modified.is_empty() {
        pen.reading_ui(ui, "Updated", &metadata.modified, |date| date.to_prose());
    }
    if !metadata.saved.is_empty() {
        pen.reading_ui(ui, "Saved", &metadata.saved, |date| date.to_prose());
    }
    pen.reading_ui(ui, "Language", &metadata.language, |tag| language_name(tag));
    pen.value_ui(ui, "Length", &length(metadata.words, metadata.minutes), "counted");
    pen.reading_ui(ui, "Stated", &metadata.stated_minutes, |m| minutes(usize::try_from(*m).unwrap_or(usize::MAX)));
    kept_ui(ui, pen, metadata);
    pen.reading_ui(ui, "Address", &metadata.url, Clone::clone);
    if !metadata.url.is_empty() {
        indented_ui(ui, |ui| {
            if widgets::link_button_ui(ui, theme, "Open in browser", look::size::SMALL).clicked() {
                actions.push(Action::Run(Command::OpenInBrowser));
            }
        });
    }
}

/// What a person had said of the story in the service that it comes from; nothing where it comes from none.
fn kept_ui(ui: &mut Ui, pen: &mut Pen<'_, '_>, metadata: &Metadata) {
    if !metadata.tags.is_empty() {
        pen.reading_ui(ui, "Tags", &metadata.tags, |tags| tags.join(", "));
    }
    if !metadata.state.is_empty() {
        pen.reading_ui(ui, "State", &metadata.state, ToString::to_string);
    }
    if !metadata.favorite.is_empty() {
        pen.reading_ui(ui, "Favourite", &metadata.favorite, |is| if *is { "yes" } else { "no" }.to_owned());
    }
    if !metadata.read_percent.is_empty() {
        pen.reading_ui(ui, "Read", &metadata.read_percent, |percent| format!("{percent} %"));
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
