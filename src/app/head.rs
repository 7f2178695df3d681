//! What stands above a story's text: author, date, minutes. Knows which blocks of the story that makes needless, not how
//! anything looks.

use std::collections::BTreeSet;

use super::Story;
use crate::document::Role;
use crate::text::fold;

/// "Ines Halloran · 4 March 2026 · 4 minutes", of what is known.
pub fn byline(story: &Story) -> String {
    let metadata = &story.article.metadata;
    let mut parts = Vec::new();
    if let Some(authors) = metadata.authors.value() {
        parts.push(authors.join(", "));
    }
    if let Some(date) = metadata.published.value() {
        parts.push(date.to_prose());
    }
    if metadata.words > 0 {
        parts.push(minutes(metadata.minutes));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "1 minute", "4 minutes".
pub fn minutes(minutes: usize) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
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
            let head = fold(&format!("{title} {}", byline(story)));
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
