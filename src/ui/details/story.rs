//! What is known about the story, each value with the place it was read in. What is not stated says so.

use egui::Ui;

use super::correct::name;
use super::values::{Pen, indented_ui};
use crate::app::head::{duration, in_prose, language_name};
use crate::app::story::KeptRow;
use crate::app::{Action, Command, Pace, Session, Stated, Story};
use crate::document::{Metadata, Readings};
use crate::ui::{look, widgets};

/// Draws the section.
pub(super) fn ui(
    ui: &mut Ui,
    pen: &mut Pen<'_, '_>,
    session: &Session,
    story: &Story,
    kept: Option<&KeptRow>,
    actions: &mut Vec<Action>,
) {
    let theme = pen.theme;
    let metadata = &story.article.metadata;
    let corrected = |field| kept.and_then(|kept| kept.corrected(field));
    corrected_ui(ui, pen, Stated::Title, corrected(Stated::Title), &metadata.title, Clone::clone);
    corrected_ui(ui, pen, Stated::Site, corrected(Stated::Site), &metadata.site, Clone::clone);
    let authors = corrected(Stated::Authors);
    corrected_ui(ui, pen, Stated::Authors, authors, &metadata.authors, |authors| authors.join(", "));
    let published = corrected(Stated::Published);
    corrected_ui(ui, pen, Stated::Published, published, &metadata.published, |date| date.to_prose());
    let modified = corrected(Stated::Modified);
    if !metadata.modified.is_empty() || modified.is_some() {
        corrected_ui(ui, pen, Stated::Modified, modified, &metadata.modified, |date| date.to_prose());
    }
    if !metadata.saved.is_empty() {
        pen.reading_ui(ui, "Saved", &metadata.saved, |date| date.to_prose());
    }
    let language = corrected(Stated::Language);
    corrected_ui(ui, pen, Stated::Language, language, &metadata.language, |tag| language_name(tag));
    pen.value_ui(ui, "Length", &length(metadata.words, metadata.minutes), "counted");
    pen.reading_ui(ui, "Stated", &metadata.stated_minutes, |m| duration(usize::try_from(*m).unwrap_or(usize::MAX)));
    if let Some(pace) = session.pace.filter(|_| metadata.words > 0) {
        pen.value_ui(ui, "At your pace", &duration(pace.minutes_of(metadata.words)), &pace_text(pace));
    }
    kept_ui(ui, pen, metadata);
    corrected_ui(ui, pen, Stated::Url, corrected(Stated::Url), &metadata.url, Clone::clone);
    if !metadata.url.is_empty() && !pen.is_searching() {
        indented_ui(ui, |ui| {
            if widgets::link_button_ui(ui, theme, "Open in browser", look::size::SMALL).clicked() {
                actions.push(Action::Run(Command::OpenInBrowser));
            }
        });
    }
}

/// A value with where it was read, or what a person put in its place, with what was read below it.
fn corrected_ui<T: PartialEq>(
    ui: &mut Ui,
    pen: &mut Pen<'_, '_>,
    field: Stated,
    corrected: Option<&str>,
    read: &Readings<T>,
    show: impl Fn(&T) -> String,
) {
    let Some(value) = corrected else {
        pen.reading_ui(ui, name(field), read, show);
        return;
    };
    let from = match read.first() {
        Some(first) => format!("corrected by you · {} says {}", first.from, show(&first.value)),
        None => "corrected by you".to_owned(),
    };
    let value = if value.is_empty() { "none".to_owned() } else { in_prose(field, value) };
    pen.value_ui(ui, name(field), &value, &from);
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

/// "212 words a minute, measured over 4 stories and 45 minutes".
fn pace_text(pace: Pace) -> String {
    let stories = grouped(pace.stories);
    let read_for = duration(usize::try_from(pace.minutes).unwrap_or(usize::MAX));
    format!("{} words a minute, measured over {stories} stories and {read_for}", pace.words_a_minute)
}

fn length(words: usize, needed: usize) -> String {
    let words = if words == 1 { "1 word".to_owned() } else { format!("{} words", grouped(words)) };
    format!("{words}, {}", duration(needed))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_says_what_it_is_from() {
        for (stories, minutes, expected) in [
            (3, 30, "212 words a minute, measured over 3 stories and 30 minutes"),
            (1_200, 12_345, "212 words a minute, measured over 1,200 stories and 206 hours"),
        ] {
            assert_eq!(pace_text(Pace { words_a_minute: 212, stories, minutes }), expected);
        }
    }
}
