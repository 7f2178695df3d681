//! What the search asks of the session: the story, what is shown of it, what is selected.

use super::Session;
use crate::app::find::Subject;
use crate::app::{Effect, FindAction, Jump, Selection};

/// Characters of what is selected that become the text to find; what is longer was selected for something else.
const LONGEST_SELECTION: usize = 120;

impl Session {
    pub(super) fn apply_find(&mut self, action: FindAction) -> Vec<Effect> {
        let Some(row) = self.selected_row() else { return Vec::new() };
        let Some(story) = row.story().map(std::sync::Arc::clone) else { return Vec::new() };
        let selected = match action {
            FindAction::Open => self.words_to_find(),
            _ => None,
        };
        let accepted = matches!(action, FindAction::Accept).then(|| (self.find.current, self.find.place_left()));
        let subject = Subject { story: &story, omissions: &self.shown_omissions, view: self.reading.view };
        let mut effects = self.find.apply(action, subject, selected.as_deref());
        if let Some((current, left)) = accepted {
            if let Some(left) = left {
                self.reading.trail.jumped(left, Jump::New);
            }
            if let Some(hit) = current {
                effects.extend(self.select_text(Some(Selection::new(hit.start, hit.end))));
            }
        }
        effects
    }

    /// The search begins anew when another story is read, or other blocks of it are shown.
    pub(super) fn keep_find_true(&mut self) -> Vec<Effect> {
        let story = self.selected_story().map(std::sync::Arc::clone);
        let view = self.reading.view;
        let subject = story.as_ref().map(|story| Subject { story, omissions: &self.shown_omissions, view });
        self.find.keep_true(subject)
    }

    /// Shows in the story that is read what was searched for in the library: the longest of the phrases.
    pub(super) fn find_what_is_searched(&mut self) -> Vec<Effect> {
        let phrases = crate::library::Query::read(&self.catalogue.query).highlights();
        let words = phrases.into_iter().map(|phrase| {
            // Of Chinese and Japanese every character is a term of its own.
            let stands_alone = |term: &String| term.chars().all(crate::text::segments::stands_alone);
            if phrase.terms.iter().all(stands_alone) { phrase.terms.concat() } else { phrase.terms.join(" ") }
        });
        if let Some(longest) = words.max_by_key(|words| words.chars().count()) {
            self.find.look_for(longest);
        }
        Vec::new()
    }

    /// What is selected, if it is short and on one line.
    fn words_to_find(&self) -> Option<String> {
        let text = self.selected_text()?;
        let is_short = text.chars().take(LONGEST_SELECTION + 1).count() <= LONGEST_SELECTION;
        (is_short && !text.contains('\n')).then_some(text)
    }
}
