//! What stands above a story's text: author, date, minutes. Knows which blocks of the story that makes needless, not how
//! anything looks.

use std::collections::BTreeSet;

use super::{Correction, Stated, Story};
use crate::document::{Role, StatedDate};
use crate::library::correcting::authors_of;
use crate::text::fold;

/// "Ines Halloran · 4 March 2026 · 4 minutes", of what is known; what a person corrected is in place of what was read.
pub fn byline(story: &Story, corrections: &[Correction]) -> String {
    let metadata = &story.article.metadata;
    let corrected = |field| {
        let correction = corrections.iter().find(|correction| correction.field == field)?;
        Some(in_prose(field, &correction.value))
    };
    let mut parts = Vec::new();
    parts.extend(corrected(Stated::Authors).or_else(|| Some(metadata.authors.value()?.join(", "))));
    parts.extend(corrected(Stated::Published).or_else(|| Some(metadata.published.value()?.to_prose())));
    if metadata.words > 0 {
        // Of a story of which only the beginning was read nobody knows yet.
        parts.push(if metadata.minutes == 0 { "…".to_owned() } else { duration(metadata.minutes) });
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// A language's English name where it is a common one, with its tag.
pub fn language_name(tag: &str) -> String {
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

/// What a person put in place of what was read, as what was read is told.
pub fn in_prose(field: Stated, value: &str) -> String {
    match field {
        Stated::Authors => authors_of(value).join(", "),
        Stated::Published | Stated::Modified => {
            value.parse().map_or_else(|_| value.to_owned(), |date: StatedDate| date.to_prose())
        }
        Stated::Language if !value.is_empty() => language_name(value),
        Stated::Language | Stated::Title | Stated::Site | Stated::Url => value.to_owned(),
    }
}

/// So many minutes in words: "1 minute", "4 minutes", "2 hours 5 minutes", "66 hours". Of ten hours on, the minutes say nothing.
pub fn duration(minutes: usize) -> String {
    let counted = |number: usize, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    match hours_and_minutes(minutes) {
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// Minutes that are left of so many behind a part, 0 to 1.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes")]
pub fn minutes_left(minutes: usize, progress: f32) -> usize {
    (minutes as f32 * (1.0 - progress)).ceil() as usize
}

/// As [`duration`], where there is little room: "4 min", "2 h 5 min", "66 h".
pub fn short_duration(minutes: usize) -> String {
    match hours_and_minutes(minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn hours_and_minutes(minutes: usize) -> (usize, usize) {
    if minutes < 10 * 60 { (minutes / 60, minutes % 60) } else { ((minutes + 30) / 60, 0) }
}

/// Whether a block says more than the head does. The head is made of what was read, so that the lines it was read from are
/// not repeated below it.
pub fn states_more(story: &Story, number: usize) -> bool {
    let Some(block) = story.article.blocks.get(number) else { return false };
    let title = story.article.title().unwrap_or_default();
    match block.role {
        Role::Body | Role::Standfirst => true,
        Role::Title => fold(&block.plain_text()) != fold(title),
        Role::Byline => {
            let head = fold(&format!("{title} {}", byline(story, &[])));
            let text = fold(&block.plain_text());
            text.split(' ').any(|word| !head.split(' ').any(|w| w == word) && word.chars().count() > 3)
        }
    }
}

/// Whether the words of a block stand on the story's page: below the head, or as its title. `omissions` are the blocks that
/// are shown though they were left out.
pub fn is_on_page(story: &Story, number: usize, omissions: &BTreeSet<usize>) -> bool {
    let Some(block) = story.article.blocks.get(number) else { return false };
    let is_title = || {
        let first = story.article.blocks.iter().position(|block| block.is_shown() && block.role == Role::Title);
        first == Some(number) && story.article.title().is_some_and(|title| *block.plain_text() == *title)
    };
    omissions.contains(&number)
        || block.is_shown() && (states_more(story, number) || block.role == Role::Title && is_title())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_become_hours() {
        for (minutes, long, short) in [
            (0, "0 minutes", "0 min"),
            (1, "1 minute", "1 min"),
            (59, "59 minutes", "59 min"),
            (60, "1 hour", "1 h"),
            (61, "1 hour 1 minute", "1 h 1 min"),
            (125, "2 hours 5 minutes", "2 h 5 min"),
            (599, "9 hours 59 minutes", "9 h 59 min"),
            (600, "10 hours", "10 h"),
            (3936, "66 hours", "66 h"),
        ] {
            assert_eq!((duration(minutes).as_str(), short_duration(minutes).as_str()), (long, short));
        }
        assert_eq!([minutes_left(10, 0.0), minutes_left(10, 0.95), minutes_left(10, 1.0)], [10, 1, 0]);
    }
}
